"""The words and dates that are printed on products, in the event's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from functools import cache
from types import MappingProxyType

from . import records
from .problems import Problems
from .shelves import shelf


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language by key; a language without its own file speaks English."""

    language: str
    table: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.table[key]

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def date(self, day: Day, *, weekday: bool = True) -> str:
        """A date in words, such as `Wednesday 11 May 2022`."""
        from babel.dates import format_date  # half the start-up of a badge that prints no date

        written = format_date(day, "full" if weekday else "long", locale=_locale(self.language))
        return written.replace(",", "") if self.language.startswith("en") else written

    def dates(self, days: Sequence[Day]) -> str:
        """One date, or the first and the last of several with an en dash."""
        if not days:
            return ""
        first, last = min(days), max(days)
        if first == last:
            return self.date(first)
        if (first.year, first.month) == (last.year, last.month) and self.language.startswith("en"):
            return f"{first.day}–{self.date(last, weekday=False)}"
        return f"{self.date(first, weekday=False)} – {self.date(last, weekday=False)}"


def _locale(language: str) -> str:
    """Plain `en` means British order, day before month, as in most of the places that write `en`."""
    return "en_GB" if language == "en" else language.replace("-", "_")


@cache
def words(language: str) -> Words:
    """The words of a language such as `en`, `en-GB` or `de`."""
    for name in (language, language.split("-")[0], "en"):
        file = shelf("data") / "words" / f"{name}.yaml"
        if file.is_file():
            table = records.build(dict[str, str], records.load(file, Problems(), file.parent), Problems())
            return Words(language, MappingProxyType(table))
    raise FileNotFoundError(f"no words for English in {shelf('data')}")
