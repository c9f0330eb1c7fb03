"""Hours as web sites write them: from one to another, `onwards`, and after noon from one again without `pm`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from ...problems import Problems
from ..language.moments import clock
from .schedules import Heading, Item

_HALF = re.compile(r"\d\s*([ap])\.?m\b", re.IGNORECASE)
_SPAN = re.compile(
    r"(\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?)\s*(?:-|–|—|~|to|bis|until|à|a)\s*(\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^\s*(?:from|starting|starts|approx\.?|about|ca\.|c\.|~|ab|gegen|à partir de|dès|desde(?: las)?|dalle|vanaf)\s+"
    r"|\s*(?:[-–—]\s*)?(?:onwards?|on|until late|till late|late|open end|ff\.?|\?|\+)\s*$"
    r"|\s*[-–—]\s*$",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s+\(?(UTC|GMT|[A-Z]{1,4}T)\)?\s*$")
"""A time zone by its letters, such as `EDT`."""
_LONGEST = 10 * 60
"""Minutes that an entry of one day takes at most."""
_MORNING = range(8, 13)
"""Hours after which one of the `_EARLY` ones is an hour of the afternoon."""
_EARLY = range(1, 8)
_MOST = 12 * 60
"""Minutes after which no entry of a day ends."""
_REST = 3
"""Hours by which the first entry of a day is earlier than the last one of the day before, at least."""
_NIGHT = 7
"""Before this hour nothing begins by day."""


def span(said: str) -> tuple[str, str] | None:
    """The two hours of `9:00 - 10:15`; of `11:25 – 12:15 pm` each with its half of the day. None for anything else."""
    found = _SPAN.search(_ZONE.sub("", said))
    if found is None:
        return None
    first, second = found[1].strip(), found[2].strip()
    first = f"{first}:00" if first.isdigit() else first
    half = _HALF.search(second)
    if half is None or _HALF.search(first):
        return first, second
    begins, ends = clock(f"{first} {half[1]}m"), clock(second)
    other = "a" if half[1].lower() == "p" else "p"
    turned = clock(f"{first} {other}m")
    if begins and ends and turned and begins > ends and 0 < ends.minutes - turned.minutes < _LONGEST:
        return f"{first} {other}m", second
    return f"{first} {half[1]}m", second


def bare(said: str) -> str:
    """An hour without the words that stand with it: `From 08:00`, `04:15 pm onwards`."""
    return _AROUND.sub("", _ZONE.sub("", said)).strip() if re.search(r"\d", said) else said


def zone(said: str) -> str:
    """The letters of the time zone that stands with an hour."""
    found = _ZONE.search(said) if re.search(r"\d", said) else None
    return found[1] if found else ""


def split_days(items: Sequence[Item], problems: Problems) -> int:
    """How many days a list without any date or day makes up where its hours begin anew; an open point says so.

    Each further day is put a day later. A list whose hours go up and down is left as it is.
    """
    timed = [(number, item.start.replace(tzinfo=None)) for number, item in enumerate(items) if item.start]
    cuts = [number for (_, before), (number, start) in pairwise(timed) if start < before - timedelta(hours=_REST)]
    falls = sum(start < before for (_, before), (_, start) in pairwise(timed))
    if not cuts or falls > len(cuts) or any(item.room or item.track for item in items):
        return 1
    first, more = items[cuts[0]], len(cuts) - 1
    assert first.start
    message = f"the times begin anew at {first.start:%H:%M}: a new day is taken to begin there"
    message += f", and {more} more further down" if more else ""
    problems.open(message, first.place, "give each day its date in the source", "agenda.begins-anew")
    for later, cut in enumerate(cuts, 1):
        for item in items[cut : cuts[later] if later < len(cuts) else len(items)]:
            item.start = item.start and item.start + timedelta(days=later)
            item.end = item.end and item.end + timedelta(days=later)
            item.day = item.day and item.day + timedelta(days=later)
    return len(cuts) + 1


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
        elif each.start and each.end and each.end - each.start > timedelta(minutes=_MOST):
            # 9:30 to 4:50 was taken to go on until the next morning.
            each.end -= timedelta(hours=12)
