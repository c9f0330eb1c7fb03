"""The rules: one function each, whose docstring's first line is its line in the report.

Ids are those of the table that the Ghent Workgroup's 2022 specification was read into; letters split its rows. A file
of rules looks at one kind of thing; to add a rule is to add a function to one of them.
"""

from __future__ import annotations

from . import boxes, claims, codes, colours, fonts, heard, inks, marks, safety
from .registry import RULES, Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "boxes",
    "claims",
    "codes",
    "colours",
    "fonts",
    "heard",
    "inks",
    "marks",
    "safety",
]

RULES.sort(key=lambda rule: rule.id)
