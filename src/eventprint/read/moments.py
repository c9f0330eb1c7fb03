"""Times of day and dates as people write them: `09:45`, `9.30 – 10.15`, `2 pm`, `0830-0900`, `11th May 2022`.

Only what is written is read: no time is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..event import Time
from ..values import dataclass
from .lines import Marked
from .vocabulary import Vocabulary

NOON = 12 * 60
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands where a time stands and is none."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Slot:
    """The time a line states, and what is left of the line."""

    start: Time | None
    end: Time | None
    rest: Marked
    fault: Fault | None = None
    half: bool = False
    """It says am or pm, so that nothing is to be concluded."""
    column: int = 1


_HALF = r"\s?[aApP]\.?[mM]\b\.?"
_ONE = rf"(?:\d{{1,3}}[:.hH]\d{{1,3}}(?:[:.]\d\d(?!\d))?(?:{_HALF})?|\d{{1,2}}{_HALF}|\d{{1,2}}\s?[hH](?!\w))"
_COMPACT = r"\d{4}"
_DASH = r"\s*[-‐‑–—−~〜]+\s*"
_AFTER = r"(?!\d|[:/.]\d)"
_PARTS = re.compile(r"(\d{1,3})(?:([:.hH])(\d{1,3}))?(?:[:.]\d\d)?\s?(?:([aApP])\.?[mM]\.?|[hH])?$")
_GLUE = " \t\xa0:|–—-•.,)]~>"
_LEADING_WORD = re.compile(r"([^\W\d]+\.?|~|a las)\s*(?=\d)")
_YEARS = range(1900, 2100)


def clock(written: str) -> Time | None:
    """A time of day, or None where hours or minutes are none."""
    parts = _PARTS.match(written.strip())
    if parts is None:
        if re.fullmatch(_COMPACT, written) and int(written[:2]) < 24 and int(written[2:]) < 60:
            return Time(int(written[:2]) * 60 + int(written[2:]), written)
        return None
    hour, minute = int(parts[1]), int(parts[3] or 0)
    if len(parts[1]) > 2 or (parts[3] and len(parts[3]) != 2) or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if half := (parts[4] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return Time(hour * 60 + minute, written.strip())


def has_half(written: str) -> bool:
    """Whether a time says am or pm."""
    return bool(re.search(r"[aApP]\.?[mM]\.?$", written.strip()))


@dataclass(frozen=True, slots=True)
class Clock:
    """Finds the time of a line; `compact` where the text writes 0830 without a colon."""

    words: Vocabulary
    compact: bool = False

    def slot(self, line: Marked) -> Slot | None:
        """The time at the start of a line, or in brackets at its end."""
        return self._leading(line) or self._closing(line)

    def _leading(self, line: Marked) -> Slot | None:
        text = line.text
        if not _FIGURE.search(text, 0, 20):
            return None
        at = 1 if text.startswith(("(", "[")) else 0
        while at < 12 and (word := _LEADING_WORD.match(text, at)):
            if word[1].lower() not in self._starting:
                return None
            at = word.end()
        one = self._token(text, at)
        if one is None:
            return None
        start_at, after = one
        first = text[start_at:after]
        end_text, end_at = "", 0
        after = self._oclock(text, after)
        joint = self._joint(text, after)
        if joint and (second := self._token(text, joint)):
            end_at, after = second
            end_text = text[end_at:after]
            after = self._oclock(text, after)
        elif re.fullmatch(_COMPACT, first) and not first.startswith("0"):
            return None
        if len(first) == 4 == len(end_text) and first.isdigit() and end_text.isdigit():
            years = int(first) in _YEARS and int(end_text) in _YEARS
            if years and not self.compact:
                return None
        rest = self._rest(line, after)
        start, end = clock(first), clock(end_text) if end_text else None
        if not self._plausible(first, start, rest, bool(end_text)):
            return None
        fault = None
        if start is None or start.minutes == DAY:
            fault, start, end = Fault(first, line.columns[start_at]), None, None
        elif end_text and end is None:
            fault = Fault(end_text, line.columns[end_at])
        half = has_half(first) or has_half(end_text)
        if start and end and has_half(end_text) and not has_half(first):
            start = _same_half(start, end)
        return Slot(start, end, rest, fault, half, line.columns[start_at])

    @property
    def _starting(self) -> frozenset[str]:
        return self.words.single("starting") | {"~"}

    def _token(self, text: str, at: int) -> tuple[int, int] | None:
        for pattern in (_ONE, _COMPACT):
            if (found := re.compile(pattern + _AFTER).match(text, at)) and not (
                pattern is _COMPACT and found.end() < len(text) and text[found.end()].isalnum()
            ):
                return found.span()
        return None

    def _oclock(self, text: str, at: int) -> int:
        word = re.compile(r"\s*([^\W\d][\w']*\.?)").match(text, at)
        return word.end() if word and word[1].lower().rstrip(".") in self.words.single("oclock") else at

    def _joint(self, text: str, at: int) -> int:
        if dash := re.compile(_DASH).match(text, at):
            return dash.end()
        word = re.compile(r"\s+([^\W\d]+)\s+").match(text, at)
        return word.end() if word and word[1].lower() in self.words.single("until") else 0

    def _rest(self, line: Marked, after: int) -> Marked:
        text = line.text
        while after < len(text) and text[after] in _GLUE:
            after += 1
        return line.cut(after)

    @staticmethod
    def _plausible(first: str, start: Time | None, rest: Marked, ranged: bool) -> bool:
        """Whether this is meant as a time: `1.25 million` and `3.1 Aims` are not, `9.75 Welcome` is."""
        separator = next((letter for letter in first if not letter.isdigit()), "")
        digits = re.findall(r"\d+", first)
        if ranged or has_half(first):
            return True
        if separator == ".":
            return len(digits[1]) == 2 and not rest.text[:1].islower() and not rest.text.startswith("%")
        if separator == ":" and start is None:
            return len(digits[1]) >= 2 or 6 <= int(digits[0]) <= 23
        if separator in "hH" and separator:
            return start is not None
        return True

    def _closing(self, line: Marked) -> Slot | None:
        text = line.text
        found = re.search(r"[(\[]\s*([^()\[\]]{4,40}?)\s*[)\]]\s*$", text)
        if found is None or not found[1][0].isdigit():
            return None
        times = re.fullmatch(rf"({_ONE}|{_COMPACT})(?:{_DASH}({_ONE}|{_COMPACT})?)?", found[1])
        if times is None or (re.fullmatch(_COMPACT, times[1]) and not times[2]):
            return None
        if times[2] and times[1].isdigit() and times[2].isdigit() and int(times[1]) in _YEARS:
            return None
        start, end = clock(times[1]), clock(times[2]) if times[2] else None
        if start is None:
            return None
        fault = Fault(times[2], line.columns[found.start(1) + times.start(2)]) if times[2] and end is None else None
        half = has_half(times[1]) or has_half(times[2] or "")
        return Slot(start, end, line.cut(0, found.start()), fault, half, line.columns[found.start(1)])


def _same_half(start: Time, end: Time) -> Time:
    """`2:00 – 3:00 PM`: both in the afternoon, unless that would turn them round."""
    later = start.minutes + NOON
    return Time(later, start.written) if start.minutes < NOON <= end.minutes and later <= end.minutes else start


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
_FIGURE = re.compile(r"\d")
_ISO = re.compile(r"(?<![\d.-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_THROUGH = r"(?:\s*[-–—/&]\s*|\s+(?:and|to|und|bis|et|au|y|al|e|en|tot)\s+)(?:[^\W\d_]{2,}\.?,?\s+)?"
_ACROSS = re.compile(
    rf"(?<![\d.:])(\d{{1,2}}){_ORDINAL}\s+([^\W\d_]{{3,}})\.?,?(?:\s+(\d{{4}}))?{_THROUGH}"
    rf"(\d{{1,2}}){_ORDINAL}\s+([^\W\d_]{{3,}})\.?,?\s+(\d{{4}})(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.:])(\d{{1,2}}){_ORDINAL}(?:{_THROUGH}(\d{{1,2}}){_ORDINAL})?"
    rf"\s+(?:(?:of|de|di|d')\s*)?([^\W\d_]{{3,}})\.?,?(?:\s+(?:(?:del?|di)\s+)?(\d{{4}})(?!\d))?"
)
_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,}})\.?\s+(\d{{1,2}})(?![\d:]){_ORDINAL}(?:\s*[-–—&]\s*(\d{{1,2}})(?![\d:]){_ORDINAL})?(?:,?\s*(\d{{4}})(?!\d))?"
)
_NEARLY = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?\s+([^\W\d_]{3,})\.?,?\s+\d{4}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Finds dates in a text."""

    words: Vocabulary

    def find(self, text: str) -> Found | None:
        """The first date in a text."""
        if not _FIGURE.search(text):
            return None
        dates = sorted(self._all(text), key=lambda found: (found.start, -found.end))
        return dates[0] if dates else None

    def weekday(self, text: str) -> int | None:
        """The first weekday named, Monday being 0."""
        for word in re.findall(r"[^\W\d_]+", text.casefold()):
            if len(word) > 2 and word in self.words.weekdays:
                return self.words.weekdays[word]
        return None

    def nearly(self, text: str) -> bool:
        """Whether a text looks like a date and is none, such as `11 Mya 2022`."""
        return _NEARLY.fullmatch(text.strip()) is not None

    def _all(self, text: str) -> Iterator[Found]:
        weekday = self.weekday(text)
        for iso in _ISO.finditer(text):
            yield Found(iso.start(), iso.end(), int(iso[3]), int(iso[2]), int(iso[1]), 0, weekday)
        for numeric in _NUMERIC.finditer(text):
            day, month, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
            swapped = numeric[2] == "/" and month > 12 >= day
            unsure = numeric[2] == "/" and month <= 12 and day <= 12 and month != day
            if swapped:
                day, month = month, day
            yield Found(
                numeric.start(),
                numeric.end(),
                day,
                month,
                year if year > 99 else 2000 + year,
                0,
                weekday,
                unsure,
            )
        for named in _ACROSS.finditer(text):
            first, last = self._month(named[2]), self._month(named[5])
            if first is not None and last is not None:
                year = int(named[3] or named[6])
                yield Found(named.start(), named.end(), int(named[1]), first, year, int(named[4]), weekday)
        for named in _DAY_FIRST.finditer(text):
            if (index := self._month(named[3])) is not None:
                year = int(named[4] or 0)
                start, day, last = named.start(), int(named[1]), int(named[2] or 0)
                if last and self._counted(text[:start]):
                    start, day, last = named.start(2), last, 0
                yield Found(start, named.end(), day, index, year, last, weekday)
        for named in _MONTH_FIRST.finditer(text):
            if (index := self._month(named[1])) is not None:
                year = int(named[4] or 0)
                yield Found(named.start(), named.end(), int(named[2]), index, year, int(named[3] or 0), weekday)

    def _counted(self, before: str) -> bool:
        """Whether a figure belongs to the words before it, as in `Day 1 – 3 March`."""
        words = re.findall(r"[^\W\d_]+", before.casefold())
        return bool(words) and (words[-1],) in self.words.phrases["day"]

    def _month(self, word: str) -> int | None:
        index = self.words.months.get(word.casefold())
        return None if index is None else index + 1
