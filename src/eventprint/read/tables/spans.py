"""The times, days and lengths that stand in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from ...event import Time
from ...values import dataclass
from ..language.dates import Calendar
from ..language.lines import Marked
from ..language.moments import NOON, Clock, clock
from ..language.vocabulary import Vocabulary, split
from .grids import Cell
from .headings import Headings

_NOTE = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_SHORT = re.compile(r"(?:([^\W\d]{2,12})\.?,?\s+)?(\d{1,2})[./]\s?(\d{1,2})(\.)?$")
_FIGURE = re.compile(r"\d")
_HOURS = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?$")
_CODE = re.compile(r"[^\W\d_]\d{1,2}")
"""A room such as V1, in which no hour is meant."""
MIDNIGHT = re.compile(r"(?<=\d)[T ]00:00(?::00(?:\.0+)?)?$")
"""Behind a date that a program wrote as a moment."""
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T\s]+(\d{1,2}:\d\d)(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$")
_ZONE = re.compile(
    r"\s*\(?\b(?:UTC|GMT|CES?T|[ECMP][SD]T|BST|IST|JST|MSK|EES?T|WES?T|AE[SD]T|NZ[SD]T)(?:\s*[+-]\s*\d+)?\b\)?$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The time a cell states."""

    start: Time | None
    end: Time | None
    half: bool = False
    """It says am or pm."""
    fault: str = ""
    """What stands where a time stands and is none."""
    date: str = ""
    note: str = ""
    """What else the cell says."""


def minutes(text: str, clock: Clock) -> int:
    """A duration such as `50 min`, `1h30`, `0:50`, `90` or `30 minutes (with questions)`; 0 for what is none."""
    text = text.strip()
    if ranged := re.match(r"(\d{1,2}):(\d\d)(?::\d\d)?$", text):
        return int(ranged[1]) * 60 + int(ranged[2])
    if re.fullmatch(r"\d{1,3}", text):
        return int(text)
    if found := clock.length(text) or clock.length(_NOTE.sub("", text)):
        return found
    # "5 x 10 minutes, 50 minutes": the whole stands last.
    last = re.search(r"(?<![\d.:])(\d{1,3}\s?[^\W\d_]{1,9}\.?)$", _NOTE.sub("", text).strip())
    return clock.length(last[1]) if last else 0


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads the times and days that stand in cells."""

    words: Vocabulary
    calendar: Calendar
    heads: Headings
    spans: dict[tuple[str, bool], Span | None] = field(default_factory=dict, compare=False, repr=False)
    days: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was found of texts before: a table asks often, and says the same in many cells."""

    def span(self, cell: Cell, *, headed: bool = False) -> Span | None:
        """The time of a cell that says little else; `headed`: its heading says that times stand here, so `9` is one."""
        text = cell.text
        if len(text) > 80 or not _FIGURE.search(text):
            return None
        key = text, headed
        if key not in self.spans:
            self.spans[key] = self._span(text, headed=headed)
        return self.spans[key]

    def _span(self, text: str, *, headed: bool) -> Span | None:
        text = text.strip().strip("*_~").strip()
        if not any(letter.isdigit() for letter in text) or self.short_date(text) or _CODE.fullmatch(text):
            return None
        if not headed and text.isdigit():
            # A number of a session; that of a year.
            return None
        if iso := _ISO.match(text):
            return Span(clock(iso[2]), None, False, "", iso[1])
        bare = _ZONE.sub("", text)
        if headed and (found := _HOURS.match(bare)):
            start, end = (clock(f"{hour}:00") if hour else None for hour in found.groups())
            if start:
                start = Time(start.minutes, found[1])
                return Span(start, Time(end.minutes, found[2]) if end else None)
        if headed and re.fullmatch(r"0?\.\d+", bare):
            # A day's fraction: a spreadsheet's time that lost its form.
            total = round(float(bare) * 24 * 60)
            return Span(Time(total, f"{total // 60:02}:{total % 60:02}"), None)
        if re.fullmatch(r"24[:.]00(?::00)?", bare):
            # The end of a day; a line of text could not begin with it.
            return Span(clock(bare), None)
        slot = Clock(self.words, compact=True).slot(Marked(bare, range(1, len(bare) + 1)))
        if slot is None:
            date = self.calendar.find(bare)
            if date and date.start == 0 and date.exists:
                rest = bare[date.end :].strip(" ,;–-")
                slot = Clock(self.words, compact=True).slot(Marked(rest, range(1, len(rest) + 1)))
                if slot and slot.start and not slot.rest:
                    return Span(slot.start, slot.end, slot.half, "", bare[: date.end])
            return None
        rest = slot.rest.text.strip(" ()-–—:.,;")
        if rest and len(rest) > (30 if headed else 4):
            return None
        if rest and self.heads.part("title", rest) and not headed:
            return None
        if rest and not headed and len(rest.split()) > 1:
            return None
        start, end = slot.start, slot.end
        if rest and not end and start and (finish := clock(rest)):
            end, rest = finish, ""
        if rest and end and Clock(self.words).length(rest):
            # "13:00 – 13:10 (10 min)" says it twice.
            rest = ""
        return Span(start, end, slot.half, slot.fault.text if slot.fault else "", "", rest)

    def learn(self, texts: Sequence[str]) -> None:
        """Take numbers such as 900 for times from now on, where a heading or their column says that they are."""
        for text in texts:
            hour, minute = divmod(int(text), 100)
            self.spans[text, True] = Span(Time(hour * 60 + minute, f"{hour}:{minute:02}"), None)

    def is_time(self, cell: Cell, *, headed: bool = False) -> bool:
        return self.span(cell, headed=headed) is not None

    def is_day(self, text: str) -> bool:
        """Whether a text is a date, a weekday or `Day 2`, with at most a few words beside it."""
        text = text.strip()
        if not text or len(text) > 60:
            return False
        if text not in self.days:
            self.days[text] = self._is_day(text)
        return self.days[text]

    def _is_day(self, text: str) -> bool:
        text = MIDNIGHT.sub("", _NOTE.sub(" ", text))
        if self.short_date(text):
            return True
        found = self.calendar.find(text)
        words = split(f"{text[: found.start]} {text[found.end :]}" if found else text)
        if found and found.exists:
            return len(words) <= 4 and Clock(self.words).slot(Marked(text, range(1, len(text) + 1))) is None
        if self.label(words):
            return len(words) <= 4
        named = [word for word in words if self.weekday(word) is not None]
        return bool(named) and len(words) <= 2 and all(word in named or word.isdigit() for word in words)

    def short_date(self, text: str) -> tuple[int, int] | None:
        """Day and month of `3.12.` and `Mon 3/12`."""
        found = _SHORT.match(text.strip())
        if found is None or not (found[4] or (found[1] and self.calendar.weekday(found[1]) is not None)):
            return None
        day, month = int(found[2]), int(found[3])
        return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None

    def weekday(self, word: str) -> int | None:
        word = word.casefold().strip(".")
        return self.words.weekdays.get(word) if len(word) > 1 else None

    def label(self, words: Sequence[str]) -> bool:
        """Whether words begin with `Day 1`."""
        for index, word in enumerate(words[:-1]):
            if (word,) in self.words.phrases["day"] and re.fullmatch(
                r"\d{1,2}|one|two|three|four|five|[ivx]+|eins|zwei|drei", words[index + 1]
            ):
                return True
        joined = "".join(words)
        return bool(re.fullmatch(r"第.{1,3}天|day\d{1,2}|\d{1,2}日目|\d{1,2}일차|tag\d{1,2}", joined))


def after_noon(time: Time) -> Time:
    """The time twelve hours later, written alike."""
    return replace(time, minutes=time.minutes + NOON)
