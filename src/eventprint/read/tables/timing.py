"""When the rows of a table take place: times by their order, dates by the whole table, lengths.

What the rows are about, this file does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...event import Time
from ...problems import Place, Problems
from ...values import dataclass
from ..language.dates import WEEKDAYS, Found
from ..language.moments import DAY, NOON, Clock, has_half
from ..language.vocabulary import split
from .columns import Columns
from .grids import Cell, Grid
from .headings import Role
from .spans import MIDNIGHT, Moments, Span, after_noon, minutes

_FIGURE = re.compile(r"\d")
_CLOCKED = re.compile(r"\d{1,2}(?:[:.]\d\d|\s?[hH](?:\d\d)?)(?!\w)")
Slot = tuple[Time | None, Time | None, str, bool, str]
"""Start, end, the date beside them, whether a row shares the time of the row above it, and what else its cell says."""


@dataclass(slots=True)
class _Clock:
    """The times of one column of times, in order."""

    last: Time | None = None
    latest: int = 0
    """Of all starts and ends."""


class Timing:
    """The times and dates of a table, row by row from above."""

    def __init__(
        self, grid: Grid, columns: Columns, moments: Moments, problems: Problems, dates: Sequence[date], year: int
    ) -> None:
        self.grid, self.columns, self.moments, self.problems = grid, columns, moments, problems
        self.dates, self.year = dates, year
        self.months: set[tuple[int, int]] = set()
        """Years and months that stand over the table, or in a column of their own."""
        self.year_from = ""
        """The text that the year is taken from, until that is told."""
        self.heads, self.words = moments.heads, moments.words
        self.clocks: dict[tuple[int, str], _Clock] = {}
        """For each column of times, and each room that a list names: rooms need not be in order among each other."""
        self.swapped: bool | None = None
        """Whether dates such as 08/07/2024 have the month first; None: nothing tells."""
        self.misread: set[int] = set()
        """Rows whose time is none that can be read."""
        self.odd: set[str] = set()
        """Dates on another weekday than they say, which were told of."""
        self._look_for_months()
        self.late = self._is_late()
        """No time of the table says am or pm, and all lie between one and seven: in the afternoon."""

    def _look_for_months(self) -> None:
        """The year of days that are written without one, where just one stands above them: `May 2026`."""
        above = [cell.text for row in self.grid.rows[: self.columns.first] for cell in row if cell]
        beside = [
            cell.text
            for column in self.columns.of(Role.UNKNOWN, Role.ASIDE)
            for cell in self.grid.column(column, self.columns.first)
            if len(cell.text) < 30 and not self.moments.is_day(cell.text)
        ]
        names = self.words.months
        years: dict[int, str] = {}
        for number, text in enumerate([self.grid.title, self.grid.name, *above, *beside]):
            found = set(re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)) if len(text) <= 80 else set()
            named = {names[word] + 1 for word in split(text) if word in names} if found else set()
            if len(found) == 1 and (named or number < 2 + len(above)):
                year = int(found.pop())
                years.setdefault(year, text)
                self.months |= {(year, month) for month in named}
        if not self.year and len(years) == 1:
            ((self.year, self.year_from),) = years.items()

    def _in_months(self, text: str) -> date | None:
        """The day of `Tue 29` in the months that stand over the table."""
        found = re.fullmatch(r"([^\W\d_]{2,})\.?,?\s+(\d{1,2})(?:st|nd|rd|th|\.)?", text.strip())
        weekday = self.moments.weekday(found[1]) if found else None
        days = []
        for year, month in sorted(self.months) if found and weekday is not None else ():
            try:
                days.append(date(year, month, int(found[2])))  # type: ignore[index]
            except ValueError:
                continue
        fitting = [day for day in days if day.weekday() == weekday]
        return fitting[0] if len(fitting) == 1 else None

    def _tell_of_year(self, text: str, place: Place) -> None:
        """An open point for all dates of the table whose year stands elsewhere."""
        if self.year_from:
            message = f"“{text}” has no year; {self.year} is taken from “{self.year_from}”"
            hint = f"write it with its year, such as “{text} {self.year}”"
            self.problems.open(message, place, hint, "agenda.no-year")
            self.year_from = ""

    def text(self, index: int, *roles: Role) -> str:
        cells = [self.grid.rows[index][column] for column in self.columns.of(*roles)]
        said = dict.fromkeys(cell.text for cell in cells if cell and not self.heads.holds("nobody", cell.text))
        return ", ".join(said)

    def dated(self, text: str, cell: Cell | None) -> tuple[date | None, str]:
        """The date a text says, and what it says beside it."""
        bare = " ".join(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text).split()) or text
        # "Day 2 (30 August)" has its date in brackets.
        text = bare if self.moments.calendar.find(bare) or not self.moments.calendar.find(text) else text
        text = MIDNIGHT.sub("", text)
        place = cell.place if cell else Place()
        if when := self._in_months(text):
            self._tell_of_year(text, place)
            return when, ""
        found = self.moments.calendar.find(text)
        weekday = self.moments.calendar.weekday(text)
        if weekday is None and (words := split(text)):
            weekday = self.moments.weekday(words[0])
        if found is None and (short := self.moments.short_date(text)):
            day, month = short
            found = Found(0, len(text), day, month, 0, 0, weekday)
        if found is None:
            fitting = [day for day in self.dates if weekday is not None and day.weekday() == weekday]
            return (fitting[0], "") if len(fitting) == 1 else (None, text)
        when = self._swap(found, text) if found.ambiguous else found.date(self.year)
        if when is None and not found.year:
            fitting = [day for day in self.dates if (day.day, day.month) == (found.day, found.month)]
            when = fitting[0] if len(fitting) == 1 else None
        if when and not found.year:
            self._tell_of_year(text, place)
        if when is None:
            if found.year:
                self.problems.error(f"{text} is not a date", place, "write it such as 2022-05-11", "agenda.date")
            else:
                hint = f"write it with its year, such as “{text} 2026”"
                self.problems.open(f"“{text}” has no year", place, hint, "agenda.no-year")
            return None, text
        if found.year and weekday is not None and weekday != when.weekday() and text not in self.odd:
            self.odd.add(text)
            message = f"{when.isoformat()} is a {WEEKDAYS[when.weekday()]}, not a {WEEKDAYS[weekday]}"
            self.problems.warning(message, place, "correct the date or the weekday", "agenda.weekday")
        if found.ambiguous and self.swapped is None:
            other = f"{found.year}-{found.day:02}-{found.month:02}"
            hint = f"write the month in letters, or {when.isoformat()}"
            message = f"“{text}” is read as {when.isoformat()}; it could be {other}"
            self.problems.open(message, place, hint, "agenda.ambiguous-date")
        rest = f"{text[: found.start]} {text[found.end :]}"
        kept = [word for word in split(rest) if self.moments.weekday(word) is None]
        label = re.sub(r"\s+", " ", rest).strip(" ,;:–—-()") if kept else ""
        return when, label if not label or not all(word in self.words.weekdays for word in split(label)) else ""

    def _swap(self, found: Found, text: str) -> date | None:
        """A date such as 08/07/2024 in the order in which all dates of the table lie close together."""
        if self.swapped is None:
            texts = {strand.day for strand in self.columns.strands.values() if strand.day}
            for index in self.columns.of(Role.DAY):
                texts |= {cell.text for cell in self.grid.column(index, self.columns.first)}
            dates = [each for said in texts if (each := self.moments.calendar.find(said)) and each.year]
            plain = [each.date() for each in dates]
            turned = [_turned(each) if each.ambiguous else each.date() for each in dates]
            near, far = _reach(plain), _reach(turned)
            if near is not None and (far is None or near < far):
                self.swapped = False
            elif far is not None and (near is None or far < near):
                self.swapped = True
        return _turned(found) if self.swapped else found.date()

    def _time(self, index: int) -> tuple[dict[int, Span | None], bool]:
        """The time of a row by its columns of times, and whether it hangs on from the row above."""
        found: dict[int, Span | None] = {}
        hanging = False
        for column in self.columns.times:
            cell = self.grid.rows[index][column]
            span = self.moments.span(cell, headed=True) if cell else None
            if cell and index > self.columns.first and self.grid.rows[index - 1][column] is cell:
                hanging = True
            if (
                cell
                and span is None
                and _FIGURE.search(cell.text)
                and (len(cell.text) <= 20 or _CLOCKED.search(cell.text))
            ):
                self._no_time(cell, cell.text)
                self.misread.add(index)
            found[column] = span
        return found, hanging

    def _no_time(self, cell: Cell, text: str) -> None:
        found = ((line, line.text.find(text)) for line in cell.lines)
        place = next((cell.at(line.columns[at]) for line, at in found if at >= 0), cell.place)
        hint = "write hours and minutes, such as 09:45"
        self.problems.error(f"{text} is not a time", place, hint, "agenda.time")

    def slot(self, index: int, before: int) -> Slot:
        """Start, end, date, whether the row shares the time of the row above, and a note, for a column of talks."""
        spans, hanging = self._time(index)
        columns = self.times_before(before)
        start = end = None
        day = last = note = ""
        half = False
        fault = ""
        cell: Cell | None = None
        wrong: Cell | None = None
        for column in columns:
            span = spans.get(column)
            if span is None:
                continue
            cell = self.grid.rows[index][column]
            role = self.columns.roles[column]
            half = half or span.half
            day, note, fault = day or span.date, note or span.note, fault or span.fault
            wrong = wrong or (cell if span.fault else None)
            if role is Role.END:
                end, last = _standing(span.start, cell), span.date
            else:
                start, end = start or _standing(span.start, cell), end or _standing(span.end, cell)
        if wrong is not None:
            self._no_time(wrong, fault)
            self.misread.add(index)
        if hanging:
            return start, end, day, True, note
        if end and last and day and (apart := self._apart(day, last)):
            end = self._on_another_day(end, last, apart, cell)
        where = f"{self.text(index, Role.ROOM)}|{self.text(index, Role.TRACK)}" if not self.columns.is_grid else ""
        clock = self.clocks.setdefault((columns[0] if columns else -1, where), _Clock())
        if (
            end
            and not start
            and index not in self.misread
            and any(self.columns.roles[column] is Role.START for column in columns)
        ):
            message, hint = f"{end} is an end without a start", "write when it starts in the cell beside it"
            self.problems.warning(message, end.place, hint, "agenda.time")
            self.misread.add(index)
        start, end = self._settled(clock, start, end, cell, half=half)
        if start and end is None and (length := self.length(index)):
            end = Time(start.minutes + length, _written(start.minutes + length))
        return start, end, day, False, note

    def _apart(self, day: str, last: str) -> int:
        """The days from one date to another; 0 where one of them is none."""
        dates = [found.date(self.year) if (found := self.moments.calendar.find(text)) else None for text in (day, last)]
        return (dates[1] - dates[0]).days if dates[0] and dates[1] else 0

    def _on_another_day(self, end: Time, last: str, apart: int, cell: Cell | None) -> Time | None:
        """An end after midnight; None, and reported, where something goes on for days or ends before it begins."""
        place = cell.place if cell else Place()
        if apart == 1 and end.minutes <= NOON:
            return replace(end, minutes=end.minutes + DAY)
        if apart < 0:
            message, hint = f"it ends on {last}, before the day it begins on", "correct one of the two dates"
            self.problems.error(message, place, hint, "agenda.range")
        else:
            message = f"it goes on until {last} {end}; it is printed once, without that end"
            hint = "give it a row for each day, if it is to stand on each"
            self.problems.open(message, place, hint, "agenda.several-days")
        return None

    def settled(self, start: Time | None, end: Time | None, cell: Cell) -> tuple[Time | None, Time | None]:
        """The times that stand in the text of a cell, in the half of the day that the times above ask for."""
        times = self.columns.times
        clock = self.clocks.setdefault((times[0] if times else -1, "|"), _Clock())
        half = any(has_half(time.written) for time in (start, end) if time)
        return self._settled(clock, start, end, cell, half=half)

    def times_before(self, column: int) -> list[int]:
        """The columns of times that count for a column: those nearest to its left, or the first there are."""
        times = self.columns.times
        groups: list[list[int]] = []
        for at in times:
            between = self.columns.roles[groups[-1][-1] + 1 : at] if groups else []
            if groups and all(role in (Role.NOTHING, Role.DURATION) for role in between):
                groups[-1].append(at)
            else:
                groups.append([at])
        if not self.columns.is_grid:
            return times
        left = [group for group in groups if group[0] < column]
        return left[-1] if left else groups[0] if groups else []

    def _settled(
        self, clock: _Clock, start: Time | None, end: Time | None, cell: Cell | None, *, half: bool
    ) -> tuple[Time | None, Time | None]:
        """Times in the half of the day that their order asks for; what cannot be is reported."""
        last = clock.last
        if start and not half and self.late and start.minutes < NOON:
            start, end = after_noon(start), after_noon(end) if end and end.minutes < NOON else end
        if start and not half:
            if last and start < last:
                moved = after_noon(start)
                if clock.latest >= 11 * 60 and moved >= last and re.match(r"0?[1-7](?!\d)", start.written):
                    start = moved
                    end = after_noon(end) if end and end < start else end
                elif last.minutes >= 18 * 60 and start.minutes < 6 * 60:
                    start = replace(start, minutes=start.minutes + DAY)
            if end and end < start:
                moved = after_noon(end)
                if re.match(r"0?[1-9](?!\d)", end.written) and start < moved <= Time(start.minutes + 600, ""):
                    end = moved
        if start and end and end < start and start.minutes >= 16 * 60 and end.minutes <= 8 * 60:
            end = replace(end, minutes=end.minutes + DAY)
        if start and end and end < start and cell is not None:
            place = cell.place
            self.problems.error(
                f"{start} to {end} ends before it begins", place, "correct one of the two times", "agenda.range"
            )
            end = None
        if start and last and start < last and cell is not None:
            place, hint = start.place if start.place.file else cell.place, "put the rows in order, or correct the time"
            self.problems.warning(f"{start} comes after {last}", place, hint, "agenda.order")
        clock.last = start or last
        clock.latest = max(clock.latest, start.minutes if start else 0, end.minutes if end else 0)
        return start, None if end == start else end

    def length(self, index: int) -> int:
        for column in self.columns.of(Role.DURATION):
            if cell := self.grid.rows[index][column]:
                return minutes(cell.text, Clock(self.words))
        return 0

    def _is_late(self) -> bool:
        spans = [
            span
            for column in self.columns.times
            for cell in self.grid.column(column, self.columns.first)
            if (span := self.moments.span(cell, headed=True)) and span.start
        ]
        starts = [span.start.minutes for span in spans if span.start]
        return len(starts) > 2 and not any(span.half for span in spans) and min(starts) >= 60 and max(starts) <= 7 * 60


def _standing(time: Time | None, cell: Cell) -> Time | None:
    return replace(time, place=cell.place) if time else None


def _turned(found: Found) -> date | None:
    """The date with day and month in each other's place."""
    return replace(found, day=found.month, month=found.day).date() if found.month <= 31 else None


def _reach(dates: Sequence[date | None]) -> int | None:
    """The days from the first to the last date; None where one of them does not exist."""
    known = [day for day in dates if day]
    return (max(known) - min(known)).days if known and len(known) == len(dates) > 1 else None


def _written(total: int) -> str:
    return f"{total // 60 % 24:02}:{total % 60:02}"
