"""Time zones as calendars name them: those of the tz database, Microsoft's, cities, and zones a file describes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from .calendars import Component

_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?")
_BEFORE = re.compile(r"\((?:UTC|GMT)[^()]*\)\s*")
_BEHIND = re.compile(r"\s+\([^()]*\)$|\s+\d$")
_MONTH = re.compile(r"BYMONTH=(\d{1,2})")
_CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_THIS_YEAR = 2026


def olson(name: str) -> ZoneInfo | None:
    """The time zone of a name: that of the tz database, one with a path before it, Microsoft's, or a list of cities."""
    name = name.strip().strip('"')
    if not name or len(name) > 200:
        return None
    parts = name.split("/")
    for start in range(min(len(parts), 8)):
        if zone := _zone("/".join(parts[start:])):
            return zone
    # `(UTC-05:00) Eastern Time (US & Canada)`, `W. Europe Standard Time 1`
    plain = _BEFORE.sub("", name, count=1)
    short = _BEHIND.sub("", plain)
    for called in (name, plain, short, short.removesuffix(" Time") + " Standard Time"):
        if known := _microsoft().get(called):
            return ZoneInfo(known)
    if plain == name and "," not in name:
        return None
    cities = (_cities().get(part.strip().replace(" ", "_").casefold(), "") for part in plain.split(","))
    return next((zone for city in cities if city and (zone := _zone(city))), None)


def described(component: Component, years: Iterable[int]) -> ZoneInfo | None:
    """A zone of the tz database whose clocks go as those that a file describes, in the years of its events."""
    standard, daylight = (
        [part for part in component.components if part.name == name and _offset(part.text("tzoffsetto")) is not None]
        for name in ("standard", "daylight")
    )
    if not standard:
        return None
    # Where the rules were changed over the years, those that came last count.
    winter = max(standard, key=lambda part: part.text("dtstart"))
    summer = max(daylight, key=lambda part: part.text("dtstart"), default=winter)
    changes = (_month(summer), _month(winter)) if daylight else ()
    offsets = (_offset(winter.text("tzoffsetto")), _offset(summer.text("tzoffsetto")))
    if changes and changes[0] > changes[1]:
        offsets = (offsets[1], offsets[0])
    return _that_goes(offsets, changes, tuple(sorted({*years} or {_THIS_YEAR})[-3:]))


@lru_cache(64)
def _that_goes(
    offsets: tuple[timedelta | None, ...], changes: tuple[int, ...], years: tuple[int, ...]
) -> ZoneInfo | None:
    for name in dict.fromkeys(_microsoft().values()):
        zone = ZoneInfo(name)
        if all(_goes_so(zone, year, offsets, changes) for year in years):
            return zone
    return None


def _goes_so(zone: ZoneInfo, year: int, offsets: tuple[timedelta | None, ...], changes: tuple[int, ...]) -> bool:
    """Whether the clocks of a zone stand so in January and July of a year, and are changed in these months alone."""
    moments = [datetime(year, month, 1, tzinfo=zone) for month in range(1, 13)]
    firsts = [moment.utcoffset() for moment in moments] + [datetime(year, 12, 31, tzinfo=zone).utcoffset()]
    changed = [month for month in range(1, 13) if firsts[month - 1] != firsts[month]]
    return (firsts[0], firsts[6]) == offsets and changed == sorted(changes)


def _offset(written: str) -> timedelta | None:
    found = _OFFSET.match(written.strip().replace(":", ""))
    if found is None:
        return None
    shift = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -shift if found[1] == "-" else shift


def _month(part: Component) -> int:
    found = _MONTH.search(part.text("rrule").upper())
    written = found[1] if found else part.text("dtstart").replace("-", "")[4:6]
    return int(written) if written.isdecimal() and len(written) < 3 else 0


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


@cache
def _microsoft() -> dict[str, str]:
    # Only calendars made by Microsoft need these names, and reading them in takes a while.
    from babel.core import get_global

    return dict(get_global("windows_zone_mapping"))


@cache
def _cities() -> dict[str, str]:
    names = (name for name in available_timezones() if name.startswith(_CONTINENTS))
    return {name.rpartition("/")[2].casefold(): name for name in sorted(names)}
