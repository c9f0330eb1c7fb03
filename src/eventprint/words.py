"""The words and dates that are printed on products, in the event's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date as Day
from functools import cache
from pathlib import Path
from types import MappingProxyType

from . import records
from .problems import Problems
from .shelves import shelf
from .values import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language by key; what its file leaves out, and a language without a file, is in English."""

    language: str
    table: Mapping[str, str]
    dated: bool = False
    """Whether the table has all that dates of this language need."""

    def __getitem__(self, key: str) -> str:
        return self.table[key]

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def date(self, day: Day, *, weekday: bool = True) -> str:
        """A date in words, such as `Wednesday 11 May 2022`."""
        if self.dated:
            # As babel writes it; loading babel for so little would be a tenth of the time of a badge.
            written = self._long(self._number(day), day)
            return self["full_date"].format(weekday=self.weekday(day), date=written) if weekday else written
        from babel.dates import format_date

        locale = _locale(self.language)
        written = format_date(day, "full" if weekday else "long", locale=locale)
        return written.replace(",", "") if locale in _DAY_FIRST else written

    def weekday(self, day: Day) -> str:
        """The day of the week in full, such as `Wednesday`."""
        if self.dated:
            return self["weekdays"].split()[day.weekday()]
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=_locale(self.language))

    def _number(self, day: Day) -> str:
        return self["first_day"] if day.day == 1 else str(day.day)

    def _long(self, number: str, day: Day) -> str:
        month = self["months"].split()[day.month - 1]
        return self["long_date"].format(day=number, month=month, year=day.year)

    def dates(self, days: Sequence[Day]) -> str:
        """One date, or the first and the last of several with an en dash."""
        if not days:
            return ""
        first, last = min(days), max(days)
        if first == last:
            return self.date(first)
        if (first.year, first.month) == (last.year, last.month):
            if self.dated:
                return self._long(self["day_range"].format(first=self._number(first), last=last.day), last)
            if _locale(self.language) in _DAY_FIRST:
                return f"{first.day}–{self.date(last, weekday=False)}"
        return f"{self.date(first, weekday=False)} – {self.date(last, weekday=False)}"


_DAY_FIRST = ("en_GB", "en_IE", "en_AU", "en_NZ", "en_ZA", "en_IN")
"""English where the day stands before the month, without a comma."""


@cache
def _locale(language: str) -> str:
    """Plain `en`, and what is no language, means British order, as in most of the places that write `en`."""
    if language in ("en", "en-GB"):
        return "en_GB"
    from babel import Locale, UnknownLocaleError

    try:
        known = str(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        known = "en"
    return "en_GB" if known == "en" else known


def speaks(language: str) -> bool:
    """Whether the language has words of its own, and needs none in English."""
    return any(_file_of(name) for name in (language, language.split("-")[0]))


@cache
def words(language: str) -> Words:
    """The words of a language such as `en`, `en-GB` or `de`; raises FileNotFoundError where not even English is there.

    Dates of a region, as of `de-AT`, are babel's, because its order and its months may be its own.
    """
    english = _table("en")
    if not english:
        raise FileNotFoundError(f"no words for English in {shelf('data')}")
    name, own = next(
        ((name, own) for name in (language, language.split("-")[0]) if (own := _table(name))), ("en", english)
    )
    british = name == "en" and _locale(language) == "en_GB"
    dated = british or (name == language and own.keys() >= _OF_DATES)
    return Words(language, MappingProxyType({**english, **own}), dated)


_OF_DATES = {"weekdays", "months", "full_date", "long_date", "first_day", "day_range"}


def _file_of(name: str) -> Path | None:
    """The file of a language; what is no name of a language, such as a path, has none."""
    file = shelf("data") / "words" / f"{name}.yaml"
    return file if re.fullmatch(r"[A-Za-z0-9-]{1,35}", name) and file.is_file() else None


@cache
def _table(name: str) -> dict[str, str]:
    """What a language's own file says, nothing where it has none."""
    file = _file_of(name)
    if file is None:
        return {}
    return records.build(dict[str, str], records.load(file, Problems(), file.parent), Problems())
