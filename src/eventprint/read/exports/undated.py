"""Days of which an export does not say the date: they are printed in order, by the names it has for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ..agenda import Agenda
from .export import calendar

NO_DATE = date(2100, 1, 1)
"""Stands for the first of the days of which no date is said; each further one is a day later."""
MOST_DAYS = 300
"""Days without a date that are told apart; no event has so many."""


def named_days(made: Agenda, names: Mapping[int, str], given: Sequence[date]) -> Agenda:
    """The agenda with its days that stand at `NO_DATE` and after it as days without a date, or with those given.

    `names`: what the first of them is called, and each after it.
    """
    called = {NO_DATE + timedelta(days=number): name for number, name in names.items()}
    unsaid = [day for day in made.days if day.date in called]
    titles = [called[day.date] for day in unsaid if day.date]
    named = [replace(unsaid[n], date=None, title=titles[n]) for n in _in_order(titles)]
    if len(named) <= len(given) and len(named) == len(made.days):
        named = [replace(day, date=on) for day, on in zip(named, given, strict=False)]
    return replace(made, days=(*(day for day in made.days if day.date not in called), *named))


def _in_order(names: list[str]) -> list[int]:
    """The order of days by their weekdays where each is one; else as they stand."""
    weekdays = [calendar().weekday(name) for name in names]
    known = [weekday for weekday in weekdays if weekday is not None]
    if len(known) < len(names) or len(set(known)) < len(known) or not known:
        return list(range(len(names)))
    # A week-end that goes on until Monday begins after the longest rest of the week.
    first = max(known, key=lambda day: min((day - other - 1) % 7 for other in known) if len(known) > 1 else 0)
    return sorted(range(len(names)), key=lambda n: (known[n] - first) % 7)
