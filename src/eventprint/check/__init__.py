"""Check an event: what is missing, what contradicts itself, what somebody should look at.

Each rule is one function; it knows the joined event and nothing of files. What the reader could not make out, the
reader has said; what does not fit its place on a page, composing says, and `check_pages` looks at what it made.
"""

from __future__ import annotations

from ..event import Event
from ..problems import Problems
from . import missing, names, programme, supplied
from .supplied import check_pages


def check(event: Event, problems: Problems) -> None:
    """Report everything the joined event leaves open or contradicts."""
    for theme in (missing, supplied, names, programme):
        for rule in theme.RULES:
            rule(event, problems)


__all__ = ["check", "check_pages"]
