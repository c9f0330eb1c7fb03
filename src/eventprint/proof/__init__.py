"""What the organiser looks at before printing: what does not fit, what is open, and how the agenda was read."""

from __future__ import annotations

from .fit import HEADINGS, as_text, fit_table, strained
from .points import MOST_POINTS, points
from .sides import Side, figure, gist, mark, sides, worth_showing

__all__ = [
    "HEADINGS",
    "MOST_POINTS",
    "Side",
    "as_text",
    "figure",
    "fit_table",
    "gist",
    "mark",
    "points",
    "sides",
    "strained",
    "worth_showing",
]
