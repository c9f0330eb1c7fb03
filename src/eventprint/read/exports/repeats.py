"""Rules of repetition (RFC 5545, 3.3.10) worked out day by day up to a limit: a rule that never fits ends there.

The usual library follows such a rule to the year 9999, which takes seconds for each; here a rule costs what its days
cost. Rules by the hour, minute and second are none of an agenda.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_RANGES = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
}


def instances(parts: Mapping[str, str], start: datetime, limit: datetime, most: int) -> list[datetime]:
    """The first starts, at most so many, that a rule gives from its first one up to a limit.

    Raises ValueError for what is no rule, and for one that repeats within a day.
    """
    frequency = parts.get("FREQ", "")
    interval = int(parts.get("INTERVAL", "1"))
    if frequency not in _PERIODS or not 1 <= interval <= 10_000:
        raise ValueError(frequency)
    rule = _Rule(parts, start, frequency)
    found: list[datetime] = []
    for first, last in _PERIODS[frequency](start.date(), limit.date(), interval, rule.week_start):
        moments = sorted(datetime.combine(day, at) for day in _days(first, last) if rule.fits(day) for at in rule.times)
        for moment in rule.chosen(moments):
            if moment > limit or len(found) >= most:
                return found
            if moment >= start:
                found.append(moment)
    return found


class _Rule:
    """What a rule says of the days it fits, with what follows from its start where it says nothing."""

    def __init__(self, parts: Mapping[str, str], start: datetime, frequency: str) -> None:
        numbers = {key: _numbers(parts.get(key, ""), *_RANGES[key]) for key in _RANGES}
        self.month, self.monthday, self.yearday = numbers["BYMONTH"], numbers["BYMONTHDAY"], numbers["BYYEARDAY"]
        self.week, self.positions = numbers["BYWEEKNO"], numbers["BYSETPOS"]
        self.weekdays = [_weekday(written) for written in parts.get("BYDAY", "").split(",") if written]
        self.week_start = WEEKDAYS.index(parts.get("WKST") or "MO")
        self.by_month = frequency == "MONTHLY" or (frequency == "YEARLY" and bool(self.month))
        self.counted = frequency in ("MONTHLY", "YEARLY")
        if not (self.monthday or self.yearday or self.week or self.weekdays):
            if frequency == "WEEKLY":
                self.weekdays = [(0, start.weekday())]
            elif frequency in ("MONTHLY", "YEARLY"):
                self.monthday = {start.day}
                if frequency == "YEARLY":
                    self.month = self.month or {start.month}
        elif self.week and not (self.weekdays or self.monthday or self.yearday):
            self.weekdays = [(0, start.weekday())]
        hours, minutes = numbers["BYHOUR"] or {start.hour}, numbers["BYMINUTE"] or {start.minute}
        self.times = [time(hour, minute, start.second) for hour in sorted(hours) for minute in sorted(minutes)]

    def fits(self, day: date) -> bool:
        if self.month and day.month not in self.month:
            return False
        if self.monthday and not self.monthday.intersection((day.day, day.day - _month_days(day) - 1)):
            return False
        if self.yearday or self.week or self.weekdays:
            return self._fits_year(day)
        return True

    def _fits_year(self, day: date) -> bool:
        number = day.timetuple().tm_yday
        days = 366 if _is_leap(day.year) else 365
        if self.yearday and not self.yearday.intersection((number, number - days - 1)):
            return False
        if self.week:
            year, week, _ = day.isocalendar()
            weeks = date(year, 12, 28).isocalendar()[1]
            if not self.week.intersection((week, week - weeks - 1)) or year != day.year:
                return False
        if not self.weekdays:
            return True
        before, after = (day.day - 1, _month_days(day) - day.day) if self.by_month else (number - 1, days - number)
        return any(
            day.weekday() == weekday and (not nth or not self.counted or nth in (before // 7 + 1, -(after // 7) - 1))
            for nth, weekday in self.weekdays
        )

    def chosen(self, moments: list[datetime]) -> list[datetime]:
        """Of the moments of one period those at the positions that are named."""
        if not self.positions:
            return moments
        count = len(moments)
        places = {position - 1 if position > 0 else count + position for position in self.positions}
        return [moment for number, moment in enumerate(moments) if number in places]


def _numbers(written: str, least: int, most: int) -> set[int]:
    numbers = {int(number) for number in written.split(",") if number}
    if any(not least <= number <= most for number in numbers) or (least < 0 and 0 in numbers):
        raise ValueError(written)
    return numbers


def _weekday(written: str) -> tuple[int, int]:
    found = _BYDAY.fullmatch(written)
    if found is None:
        raise ValueError(written)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_days(day: date) -> int:
    return (
        29 if day.month == 2 and _is_leap(day.year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[day.month - 1]
    )


def _days(first: date, last: date) -> Iterator[date]:
    for shift in range((last - first).days + 1):
        yield first + timedelta(days=shift)


# The periods of a rule: their first and last days, from that of the start


def _daily(start: date, limit: date, interval: int, week_start: int) -> Iterator[tuple[date, date]]:
    for shift in range(0, (limit - start).days + 1, interval):
        yield start + timedelta(days=shift), start + timedelta(days=shift)


def _weekly(start: date, limit: date, interval: int, week_start: int) -> Iterator[tuple[date, date]]:
    monday = start - timedelta(days=(start.weekday() - week_start) % 7)
    for shift in range(0, (limit - monday).days + 1, 7 * interval):
        yield monday + timedelta(days=shift), monday + timedelta(days=shift + 6)


def _monthly(start: date, limit: date, interval: int, week_start: int) -> Iterator[tuple[date, date]]:
    for number in range(start.year * 12 + start.month - 1, limit.year * 12 + limit.month, interval):
        first = date(number // 12, number % 12 + 1, 1)
        yield first, first.replace(day=_month_days(first))


def _yearly(start: date, limit: date, interval: int, week_start: int) -> Iterator[tuple[date, date]]:
    for year in range(start.year, limit.year + 1, interval):
        yield date(year, 1, 1), date(year, 12, 31)


_PERIODS: Mapping[str, Callable[[date, date, int, int], Iterator[tuple[date, date]]]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}
