"""Dates as people write them: `11th May 2022`, `13.-14. Juni`, `2022-05-11`, 令和8年.

Only what is written is read: no year is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ...values import dataclass
from .vocabulary import Vocabulary, narrow, split

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Found:
    """A date met in a text."""

    start: int
    end: int
    day: int
    month: int
    year: int
    """0 where none is written."""
    last: int = 0
    """The last day of `13-14 June`."""
    weekday: int | None = None
    ambiguous: bool = False
    """Day and month could change places."""

    def date(self, year: int = 0) -> date | None:
        """The date, with this year where none is written; None where there is no such day or no year."""
        try:
            return date(self.year or year, self.month, self.day) if self.year or year else None
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        return self.date(2024 if not self.year else 0) is not None


_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|º|°|ª|\.))?"
FIGURE = re.compile(r"\d")
_FIGURES = re.compile(r"\d\D+\d")
_DIVIDED = re.compile(r"\d\s?[./-]")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_ISO = re.compile(r"(?<![\d.-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d-]|\.\d)")
_NAMED_MONTH = re.compile(r"(?<![\d.-])(\d{4})[-/. ]([^\W\d_]{3,9})[-/. ](\d{1,2})(?![\d-])")
_YEAR_FIRST = re.compile(r"(?<![\d./])(\d{4})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)\.?")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.\s?(\d{1,2})(?:\.(?![\d.])|(?=\s|$|,))")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/.])")
_EASTERN = re.compile(
    r"(?:(\d{4}|(?:令和|平成|民國|民国)\s?(?:元|\d{1,3})|(?<!\d)1\d\d)\s?[年년]\s?)?(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?(?:[日일号號]|(?=[-~–—]\d{1,2}\s?[日일号號]))"
    r"(?:\s?(?:\([^()]{1,4}\))?\s?[-~–—至到から・,、]{1,2}\s?(?:\d{4}\s?[年년]\s?)?(?:\d{1,2}\s?[月월]\s?)?(\d{1,2})\s?[日일号號])?"
)
_THROUGH = (
    r"(?:\s*[-–—/&+]\s*|\s+(?i:and|to|through|und|bis|et|au|y|al|e|en|tot|a|até|ao|i|do|og|till?|och|ja|до|по|и|-|–)\s+)"
    r"(?:[^\W\d_]{2,}\.?,?\s+)?"
)
_YEAR = r"(\d{4})(?!\d)(?:\s?(?i:г|р|r|года|roku)(?![^\W\d_])\.?)?"
_ACROSS = re.compile(
    rf"(?<![\d.:])(\d{{1,2}}){_ORDINAL}\s+([^\W\d_]{{3,}})\.?,?(?:\s+(\d{{4}}))?{_THROUGH}"
    rf"(\d{{1,2}}){_ORDINAL}\s+([^\W\d_]{{3,}})\.?,?\s+{_YEAR}"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.:])(\d{{1,2}}){_ORDINAL}(?:{_THROUGH}(\d{{1,2}}){_ORDINAL})?"
    rf"(?:\s+|(?<=\.)|[-/](?=[^\W\d_]{{3}})|(?=[^\W\d_]{{4}}))(?i:(?:of|de|di)\s+|d['’]\s*)?([^\W\d_]{{3,}})\.?,?'?"
    rf"(?:(?:\s+(?:(?i:del?|di|de|of)\s+)?|[-/]){_YEAR}|[-/](\d{{2}})(?!\d))?"
)
_MONTH_FIRST = re.compile(
    rf"(?:(?<!\d)(\d{{4}})\.?\s+)?([^\W\d_]{{3,}})[.,]?\s+(\d{{1,2}})(?![\d:]|\s?[hH]\b|\.\d){_ORDINAL}"
    rf"(?:\s*[-–—&]\s*(\d{{1,2}})(?![\d:]){_ORDINAL})?(?:(?:,?\s*|\s+of\s+)(\d{{4}})(?!\d))?"
)
_MONTH_FIRST_ACROSS = re.compile(
    rf"([^\W\d_]{{3,}})[.,]?\s+(\d{{1,2}}){_ORDINAL},?{_THROUGH}([^\W\d_]{{3,}})[.,]?\s+(\d{{1,2}})(?![\d:]){_ORDINAL}"
    rf"(?:(?:,?\s*|\s+of\s+)(\d{{4}})(?!\d))?"
)
FAR = 300
"""Letters of a text beyond which a date is one that somebody tells of, and not the day of what stands there."""
_IN_BRACKETS = re.compile(
    r"\s?[(\[]\s?([^\W\d_]{1,12})\.?\s?[)\]]|\s?([월화수목금토일]요일|[月火水木金土日]曜日?|(?:星期|周|週)[一二三四五六日天])"
)
_IN_FRONT = re.compile(r"(?<![^\W_])([^\W\d_]{2})\.?,?\s*$")
_SIGNS = {
    sign: at for signs in ("月火水木金土日", "월화수목금토일", "一二三四五六日") for at, sign in enumerate(signs)
} | {"天": 6}
_NEARLY = re.compile(r"(?:([^\W\d_]{2,12})\.?,?\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s+[^\W\d_]{3,}\.?,?\s+(\d{4,6})")


_ERAS = {"令": 2018, "平": 1988, "民": 1911}
"""The years before the first of an era."""


def _western(year: str) -> int:
    """The year of `2026`, `令和8`, `民國115` and, as Taiwan writes it, `115`; 0 where none is written."""
    figures = year.lstrip("令和平成民國国 ").replace("元", "1")
    if not figures:
        return 0
    return int(figures) + (_ERAS.get(year[0], 0) if len(year) != 3 or not year.isdigit() else _ERAS["民"])


@dataclass(frozen=True, slots=True)
class Calendar:
    """Finds dates in a text."""

    words: Vocabulary

    def find(self, text: str) -> Found | None:
        """The first date in a text."""
        if not FIGURE.search(text):
            return None
        plain = narrow(text[:FAR])
        dates = sorted(self._all(plain), key=lambda found: (found.start, -found.end))
        if not dates:
            return None
        first = dates[0]
        for other in dates[1:]:
            # "mar 11 mars 2022" is no 11 March in front of something else.
            if other.start < first.end and (
                (other.year and not first.year) or other.end - other.start > first.end - first.start
            ):
                first = other
        return self._with_weekday(first, plain)

    def _with_weekday(self, found: Found, text: str) -> Found:
        start, end, weekday = found.start, found.end, self.weekday(f"{text[: found.start]} {text[found.end :]}")
        if after := _IN_BRACKETS.match(text, end):
            word = (after[1] or after[2]).casefold()
            sign = word.removesuffix("曜日").removesuffix("曜").removesuffix("요일").removeprefix("星期")
            sign = sign.removeprefix("周").removeprefix("週")
            if sign in _SIGNS or word in self.words.weekdays:
                weekday, end = _SIGNS.get(sign, self.words.weekdays.get(word)), after.end()
                weekday = None if found.last else weekday
        elif (before := _IN_FRONT.search(text, 0, start)) and before[1].casefold() in self.words.weekdays:
            weekday, start = self.words.weekdays[before[1].casefold()], before.start()
        return Found(start, end, found.day, found.month, found.year, found.last, weekday, found.ambiguous)

    def spans(self, text: str) -> list[tuple[date, date]]:
        """The dates of a text that have a year, each with the last day of what it begins."""
        if not re.search(r"\d{4}", text):
            return []
        found: list[tuple[date, date]] = []
        for each in self._all(narrow(text[:FAR])):
            if each.year and (first := each.date()):
                try:
                    last = first.replace(day=each.last or first.day)
                except ValueError:
                    last = first
                if last < first:
                    last = (first.replace(day=28) + timedelta(days=4)).replace(day=each.last)
                found.append((first, last))
        return found

    def weekday(self, text: str) -> int | None:
        """The first weekday named, Monday being 0."""
        for word in re.findall(r"[^\W\d_]+", text.casefold()):
            if len(word) > 2 and word in self.words.weekdays:
                return self.words.weekdays[word]
        return None

    def nearly(self, text: str) -> bool:
        """Whether a text looks like a date and is none, such as `11 Mya 2022`."""
        found = _NEARLY.fullmatch(text.strip())
        if found is None or (found[1] and found[1].casefold() not in self.words.weekdays):
            return False
        return bool(found[1]) or len(found[2]) == 4

    def _all(self, text: str) -> Iterator[Found]:
        if _DIVIDED.search(text):
            yield from self._in_figures(text)
        if not text.isascii():
            for eastern in _EASTERN.finditer(text):
                year, last = _western(eastern[1] or ""), int(eastern[4] or 0)
                yield Found(eastern.start(), eastern.end(), int(eastern[3]), int(eastern[2]), year, last)
        if self._names_month(text):
            yield from self._in_words(text)

    def _names_month(self, text: str) -> bool:
        """Whether a word, without the ending of a figure that may hang on before it, is a month's."""
        months = self.words.months
        return any(
            word in months or word[1:] in months or word[2:] in months for word in _LONG_WORD.findall(text.casefold())
        )

    def _in_figures(self, text: str) -> Iterator[Found]:
        for iso in _ISO.finditer(text):
            yield Found(iso.start(), iso.end(), int(iso[3]), int(iso[2]), int(iso[1]))
        for named in _NAMED_MONTH.finditer(text):
            if (index := self._month(named[2])) is not None and int(named[1]) in YEARS:
                yield Found(named.start(), named.end(), int(named[3]), index, int(named[1]))
        for numeric in _YEAR_FIRST.finditer(text):
            if int(numeric[1]) in YEARS:
                yield Found(numeric.start(), numeric.end(), int(numeric[4]), int(numeric[3]), int(numeric[1]))
        for numeric in _NUMERIC.finditer(text):
            day, month, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
            swapped = numeric[2] == "/" and month > 12 >= day
            unsure = numeric[2] == "/" and month <= 12 and day <= 12 and month != day
            if swapped:
                day, month = month, day
            year = year if year > 99 else 2000 + year
            yield Found(numeric.start(), numeric.end(), day, month, year, ambiguous=unsure)
        for numeric in _DOTTED.finditer(text):
            rest = split(f"{text[: numeric.start()]} {text[numeric.end() :]}")
            told = self.weekday(text) is not None or all(word in self.words.weekdays for word in rest)
            # "22.9 - Friday" is a date where nothing else stands beside it.
            told = told and (
                numeric[0].endswith(".") or (bool(rest) and all(word in self.words.weekdays for word in rest))
            )
            if 1 <= int(numeric[2]) <= 12 and told:
                yield Found(numeric.start(), numeric.end(), int(numeric[1]), int(numeric[2]), 0)
        for numeric in _SLASHED.finditer(text) if self.weekday(text) is not None else ():
            day, month = int(numeric[1]), int(numeric[2])
            day, month = (month, day) if month > 12 >= day else (day, month)
            if 1 <= month <= 12:
                yield Found(numeric.start(), numeric.end(), day, month, 0, ambiguous=day <= 12 and day != month)

    def _in_words(self, text: str) -> Iterator[Found]:
        for named in _ACROSS.finditer(text):
            first, end = self._month(named[2]), self._month(named[5])
            if first is not None and end is not None:
                year = int(named[3] or named[6])
                yield Found(named.start(), named.end(), int(named[1]), first, year, int(named[4]))
        for named in _MONTH_FIRST_ACROSS.finditer(text) if _FIGURES.search(text) else ():
            first, end = self._month(named[1]), self._month(named[3])
            if first is not None and end is not None:
                year = int(named[5] or 0)
                yield Found(named.start(), named.end(), int(named[2]), first, year, int(named[4]))
        for named in _DAY_FIRST.finditer(text):
            if (index := self._month(named[3])) is not None:
                # "4-May-26", as spreadsheets write it.
                year = int(named[4] or 0) or (2000 + int(named[5]) if named[5] else 0)
                start, day, last = named.start(), int(named[1]), int(named[2] or 0)
                if last and self._counted(text[:start]):
                    start, day, last = named.start(2), last, 0
                yield Found(start, named.end(), day, index, year, last)
        for named in _MONTH_FIRST.finditer(text):
            if (index := self._month(named[2])) is not None:
                year = int(named[5] or named[1] or 0)
                start = named.start() if named[1] and not named[5] else named.start(2)
                yield Found(start, named.end(), int(named[3]), index, year, int(named[4] or 0))

    def _counted(self, before: str) -> bool:
        """Whether a figure belongs to the words before it, as in `Day 1 – 3 March`."""
        words = re.findall(r"[^\W\d_]+", before.casefold())
        return bool(words) and (words[-1],) in self.words.phrases["day"]

    def _month(self, word: str) -> int | None:
        index = self.words.months.get(word.casefold())
        return None if index is None else index + 1
