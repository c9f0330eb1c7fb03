"""Moments and lengths as machines write them: ISO 8601 in its many forms, clock times, `00:45`, `PT1H30M`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|(\d{2})(\d{2})|-(\d{3})|/(\d{1,2})/(\d{1,2}))(?!\d)")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h]?(\d{2}))?(?:[:.]?(\d{2}))?(?:[.,]\d{1,9})?\s?(?:([aApP])\.?[mM]\.?)?\s?(?:(Z|z|UTC|GMT)"
    r"|([+-])(\d{2}):?(\d{2})?)?$"
)
_PERIOD = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})(?:\.\d{1,9})?S)?)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$")
_SECONDS = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?$")


def stamp(written: str) -> date | datetime | None:
    """A moment with its offset from UTC where one is written, a date alone where no time is; None for anything else."""
    written = written.strip()
    found = _DATE.match(written)
    if found is None:
        return None
    try:
        if found[6]:
            day = date(int(found[1]), 1, 1) + timedelta(days=int(found[6]) - 1)
            if day.year != int(found[1]):
                return None
        else:
            day = date(int(found[1]), int(found[2] or found[4] or found[7]), int(found[3] or found[5] or found[8]))
    except (ValueError, OverflowError):
        return None
    rest = written[found.end() :].lstrip("Tt ,")
    if not rest:
        return day
    parts = clock(rest)
    return None if parts is None else datetime.combine(day, parts)


def clock(written: str) -> time | None:
    """A time of day with its offset where one is written: `19:00`, `0930`, `7:00 pm`, `19:00:00-0800`."""
    found = _CLOCK.match(written.strip())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if half := found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    elif found[2] is None:
        return None
    zone: tzinfo | None = UTC if found[5] else None
    try:
        if found[6]:
            shift = timedelta(hours=int(found[7]), minutes=int(found[8] or 0))
            zone = timezone(-shift if found[6] == "-" else shift)
        return time(hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None


_BEYOND = re.compile(r"\d{1,3}:[6-9]\d")


def is_beyond(written: str) -> bool:
    """Whether a length such as `00:75` has more minutes than an hour has."""
    return _BEYOND.fullmatch(written.strip()) is not None


def length(written: str) -> float | None:
    """Minutes of `00:45`, `01:30:00`, `90`, `PT1H30M` or `1:00:30` with days in front; None for anything else."""
    written = written.strip()
    if written.isdigit() and len(written) <= 5:
        return float(written)
    if found := _PERIOD.match(written):
        if not any(found[number] for number in range(2, 7)):
            return None
        weeks, days, hours, minutes, seconds = (int(found[number] or 0) for number in range(2, 7))
        total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + seconds / 60
        return -total if found[1] == "-" else total
    if found := _SECONDS.match(written):
        # frab writes hours, minutes and seconds; old Pentabarf wrote days first, and then never more than 24 hours.
        return int(found[1]) * 60 + int(found[2]) + int(found[3]) / 60
    if found := _COUNTED.match(written):
        return float(int(found[2]) * 60 + int(found[3]))
    return None
