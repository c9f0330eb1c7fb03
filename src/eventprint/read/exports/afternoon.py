"""Hours after noon in files that count them from one again and never say `pm`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ...problems import Problems
from .schedules import Heading, Item

_HALF = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_MORNING = range(8, 13)
"""Hours after which one of the `_EARLY` ones is an hour of the afternoon."""
_EARLY = range(1, 8)
_NIGHT = 7
"""Before this hour nothing begins by day."""


def put_right(items: Sequence[Item], headings: Iterable[Heading], text: str, problems: Problems) -> None:
    """Read 1:30 after 11:00 as 13:30, in a file that has no hour of the afternoon; an open point says so."""
    starts = [item.start for item in items if item.start]
    if any(start.tzinfo or start.hour not in range(1, 13) for start in starts) or _HALF.search(text):
        return
    first: tuple[Item, datetime] | None = None
    latest: dict[str, datetime] = {}
    late: set[datetime] = set()
    for item in items:
        if item.start is None:
            continue
        day = item.start.date().isoformat()
        before = latest.get(day)
        if before and before.hour in _MORNING and item.start.hour in _EARLY:
            first = first or (item, before)
            late.add(item.start)
        else:
            latest[day] = item.start
    if first is None:
        return
    item, before = first
    assert item.start
    shown = f"{item.start.hour}:{item.start:%M}"
    message = f"{shown} stands after {before:%H:%M}; it is read as {item.start.hour + 12}:{item.start:%M}"
    hint = "write hours after noon as 13:30 in the source, so that it is sure"
    problems.open(f"{message}, and so are all such hours", item.place, hint, "agenda.afternoon")
    timed: list[Item | Heading] = [*items, *headings]
    for each in timed:
        if each.start and (each.start in late or each.start.hour < _NIGHT):
            each.start += timedelta(hours=12)
        if each.start and each.end and each.end < each.start:
            each.end += timedelta(hours=12)
