"""The programme that a table holds: its rows as days, sessions and entries, whatever form the table has.

Lists with a column each for time, title and people; tracks, rooms or days side by side; tables bent into sections by
rows that hold a day, a room or a session. What cannot be used is reported with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from ..event import Duty, Kind, Sure, Taken, Time
from ..problems import Place, Problems
from ..values import dataclass
from .casting import Casting
from .columns import Columns, Judge, Moments, Role, Span, Strand, after_noon, headings, minutes
from .drafts import DayDraft, EntryDraft, SessionDraft
from .grids import Cell, Grid
from .lines import Marked
from .mentions import Mention, Mentions
from .moments import DAY, Calendar, Clock, Found
from .names import fold
from .talks import Cells, Talk
from .vocabulary import Vocabulary, split

_NUMERAL = re.compile(r"([^\W\d_]+)\s+([IVXLC]+|\d{1,2}|[A-Z])(?![\w/&+])\.?\s*(?:[:.–—|-]\s*|$|(?=\())")


@dataclass(slots=True, eq=False)
class Aids:
    """What reading a table needs: words, clock and calendar, and the people met so far."""

    words: Vocabulary
    calendar: Calendar
    casting: Casting
    mentions: Mentions
    problems: Problems
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings by what stands below them, as `event.yaml` gives them."""
    dates: tuple[date, ...] = ()
    year: int = 0
    """Of dates that are written without one."""
    told: set[str] = field(default_factory=set)
    """Names that were reported: of rooms spelt in two ways, of people that may be groups."""
    rooms: dict[str, str] = field(default_factory=dict)
    """How rooms are spelt where they are first met."""


@dataclass(slots=True, eq=False)
class Plan:
    """What a table says."""

    days: list[DayDraft] = field(default_factory=list)
    """One without date and title belongs to the day under whose heading the table stands."""
    rows: dict[int, tuple[Taken, Sure, str]] = field(default_factory=dict)
    """What each row of the grid was taken for."""
    title: str = ""
    rooms: bool = False
    """Several rooms or tracks stand beside each other."""


def plan(grid: Grid, aids: Aids) -> Plan | None:
    """The programme in a table; None where it holds no agenda."""
    columns, turned = _columns(grid, aids)
    return None if columns is None else _Planner(turned, columns, aids).plan()


def is_plan(grid: Grid, aids: Aids) -> bool:
    """Whether a table holds an agenda with times."""
    columns, _ = _columns(grid, aids)
    return columns is not None


def _columns(grid: Grid, aids: Aids) -> tuple[Columns | None, Grid]:
    heads = headings()
    judge = Judge(Moments(aids.words, aids.calendar, heads), aids.columns)
    columns = judge.columns(grid)
    if columns is None and grid.height > 1 and grid.width > 2:
        turned = grid.transposed()
        first = [cell for row in grid.rows[:2] for cell in row if judge.moments.is_time(cell)]
        if len(first) > 1 and (columns := judge.columns(turned)) and columns.times:
            return columns, turned
        return None, grid
    if columns is not None and not columns.times:
        bodies = sum(bool(row[index]) for row in grid.rows[columns.first :] for index in columns.of(Role.DURATION))
        if bodies < 2 or not columns.of(Role.TITLE, Role.TALK):
            return None, grid
    return columns, grid


@dataclass(slots=True)
class _Clock:
    """The times of one column of times, in order."""

    last: Time | None = None
    latest: int = 0
    """Of all starts and ends."""


_Slot = tuple[Time | None, Time | None, str, bool, str]
"""Start, end, the date beside them, whether a row shares the time of the row above it, and what else its cell says."""


class _Planner:
    def __init__(self, grid: Grid, columns: Columns, aids: Aids) -> None:
        self.grid, self.columns, self.aids = grid, columns, aids
        self.words, self.problems = aids.words, aids.problems
        self.heads = headings()
        self.moments = Moments(aids.words, aids.calendar, self.heads)
        self.judge = Judge(self.moments, aids.columns)
        self.cells = Cells(aids.words, self.heads, aids.mentions, Clock(aids.words))
        self.found = Plan(title=grid.title)
        self.days: dict[str, DayDraft] = {}
        self.day: DayDraft | None = None
        self.session: SessionDraft | None = None
        self.room = self.track = ""
        self.clocks: dict[int, _Clock] = {}
        self.seen: dict[int, list[EntryDraft]] = {}
        """What was made of a cell that stands over several rows."""
        self.last: EntryDraft | None = None
        self.commas = False
        self.sessions: dict[str, SessionDraft] = {}
        self.asides: dict[int, list[Cell]] = {}
        self.named_titles: list[tuple[EntryDraft, Place]] = []
        self.swapped: bool | None = None
        self.misread: set[int] = set()
        """Rows whose time is none that can be read."""
        self.slots: dict[tuple[int, tuple[int, ...]], _Slot] = {}

    # The whole

    def plan(self) -> Plan:
        self._learn()
        self._above()
        index = self.columns.first
        while index < self.grid.height:
            row = self.grid.rows[index]
            if self._is_again(index):
                self._note(index, Taken.HEADING, note="the headings of the table")
            elif not any(row):
                self._note(index, Taken.PASSED, note="an empty row")
            elif self.columns.is_grid:
                self._beside(index)
            else:
                self._listed(index)
            index += 1
        self._left_aside()
        self._names_as_titles()
        self.found.days = [day for day in {id(day): day for day in self.days.values()}.values() if day.items]
        for day in self.found.days:
            for entry in _entries(day):
                self._spoken(entry)
        self.found.rooms = len({s.room or s.track for s in self.columns.strands.values()}) > 1
        for day in self.found.days:
            in_order(day)
        return self.found

    def _spelt(self, room: str, place: Place) -> str:
        """A room as it is spelt where it is first met: capitals and spaces make no other room."""
        first = self.aids.rooms.setdefault(fold(room), room)
        if room != first and room not in self.aids.told:
            self.aids.told.add(room)
            message = f"“{room}” is taken for “{first}”"
            self.problems.open(message, place, "spell a room alike everywhere", "agenda.room-spelling")
        return first

    def _spoken(self, entry: EntryDraft) -> None:
        """ "Introduction to networks" with a speaker is a talk, and no address."""
        words = split(entry.title)
        if (
            entry.cast
            and self.words.address(entry.title)
            and not self.words.covered(words, ("opening", "closing", "filler"))
        ):
            entry.kind = entry.kind or Kind.TALK

    def _note(self, row: int, taken: Taken, sure: Sure = Sure.CERTAIN, note: str = "") -> None:
        self.found.rows[row] = (taken, sure, note)

    def _learn(self) -> None:
        rows = self.grid.rows[self.columns.first :]
        several = [index for index, role in enumerate(self.columns.roles) if role is Role.TALK]
        if several:
            cells = list(dict.fromkeys(row[index] for row in rows for index in several if row[index]))
            self.cells.learn(cells)
        people = [c for i in self.columns.of(Role.SPEAKER, Role.CHAIR) for c in self.grid.column(i, self.columns.first)]
        with_commas = [line.text for cell in people for line in cell.lines if re.search("[,，、]", line.text)]
        if self.columns.of(Role.AFFILIATION):
            self.commas = True
        elif with_commas:
            parts = [re.split(r"\s*[,，、]\s*", re.sub(r"[(\[][^()\[\]]*[)\]]", "", text)) for text in with_commas]
            names = [
                name.strip()
                for part in parts
                for piece in part
                for name in re.split(r"\s*[&/;]\s*|\s+(?:and|und|et|y|e|en|i)\s+", piece)
                if name.strip()
            ]
            self.commas = all(self.aids.mentions.named(name) or _cjk(name) for name in names)

    def _above(self) -> None:
        """Rows of headings, and a title over the whole table."""
        for index in range(self.columns.first):
            cells = list({id(cell): cell for cell in self.grid.rows[index] if cell}.values())
            day = next((cell for cell in cells if self.moments.is_day(cell.text)), None)
            if not cells:
                self._note(index, Taken.PASSED, note="an empty row")
            elif day and len(cells) > 1 and not self.columns.is_grid:
                self._begin_day(day)
                self._note(index, Taken.HEADING, note="the headings of the table")
            elif len(cells) == 1 and not self.judge.is_heading_row(self.grid.rows[index]):
                self._title(index, cells[0])
            else:
                self._note(index, Taken.HEADING, note="the headings of the table")

    def _title(self, index: int, cell: Cell) -> None:
        strand = next((s for s in self.columns.strands.values() if s.day_cell is cell), None)
        if strand is not None:
            self._note(index, Taken.DATE)
        elif self.moments.is_day(cell.text) and not any(strand.day for strand in self.columns.strands.values()):
            self._begin_day(cell)
            self._note(index, Taken.DATE)
        elif not self.found.title:
            self.found.title = cell.text
            self._note(index, Taken.TITLE, Sure.LIKELY)
        else:
            self._note(index, Taken.PASSED, Sure.LIKELY, "above the headings of the table")

    def _is_again(self, index: int) -> bool:
        """Whether a row names columns anew; they are read so from there on."""
        row = self.grid.rows[index]
        if index <= self.columns.first or not self.judge.is_heading_row(row):
            return False
        if not any(self.judge.roles(cell.text) for cell in row if cell) and not self.columns.is_grid:
            return False
        rest = Grid(self.grid.rows[index:], 1, stated=self.grid.stated[index:])
        columns = self.judge.columns(rest)
        if columns is None or not columns.times:
            return False
        columns.first = self.columns.first
        self.columns = columns
        self.clocks.clear()
        self._learn()
        return True

    # Days

    def _begin_day(self, cell: Cell, text: str = "") -> DayDraft:
        self.day = self._day(text or cell.text, cell)
        self.session, self.room, self.track, self.last = None, "", "", None
        self.clocks.clear()
        return self.day

    def _day(self, text: str, cell: Cell | None) -> DayDraft:
        key = " ".join(split(text)) or text
        if key in self.days:
            return self.days[key]
        when, title = (None, "") if not text else self._date(text, cell)
        same = next((day for day in self.days.values() if when and day.date == when), None)
        if same is None:
            same = DayDraft(cell.place if cell else Place(), when, title)
        self.days[key] = same
        return same

    def _the_day(self) -> DayDraft:
        if self.day is None:
            self.day = self.days.setdefault("", DayDraft())
        return self.day

    def _date(self, text: str, cell: Cell | None) -> tuple[date | None, str]:
        """The date a text says, and what it says beside it."""
        found = self.aids.calendar.find(text)
        weekday = self.aids.calendar.weekday(text)
        if weekday is None and (words := split(text)):
            weekday = self.moments.weekday(words[0])
        if found is None:
            fitting = [day for day in self.aids.dates if weekday is not None and day.weekday() == weekday]
            return (fitting[0], "") if len(fitting) == 1 else (None, text)
        when = self._swap(found, text) if found.ambiguous else found.date(self.aids.year)
        if when is None and not found.year:
            fitting = [day for day in self.aids.dates if (day.day, day.month) == (found.day, found.month)]
            when = fitting[0] if len(fitting) == 1 else None
        place = cell.place if cell else Place()
        if when is None:
            if found.year:
                self.problems.error(f"{text} is not a date", place, "write it such as 2022-05-11", "agenda.date")
            else:
                hint = f"write it with its year, such as “{text} 2026”"
                self.problems.open(f"“{text}” has no year", place, hint, "agenda.no-year")
            return None, text
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
            dates = [each for said in texts if (each := self.aids.calendar.find(said)) and each.year]
            plain = [each.date() for each in dates]
            turned = [_turned(each) if each.ambiguous else each.date() for each in dates]
            near, far = _reach(plain), _reach(turned)
            if near is not None and (far is None or near < far):
                self.swapped = False
            elif far is not None and (near is None or far < near):
                self.swapped = True
        return _turned(found) if self.swapped else found.date()

    # Times

    def _time(self, index: int) -> tuple[dict[int, Span | None], bool]:
        """The time of a row by its columns of times, and whether it hangs on from the row above."""
        found: dict[int, Span | None] = {}
        hanging = False
        for column in self.columns.times:
            cell = self.grid.rows[index][column]
            span = self.moments.span(cell, headed=True) if cell else None
            if cell and index > self.columns.first and self.grid.rows[index - 1][column] is cell:
                hanging = True
            if cell and span is None and any(c.isdigit() for c in cell.text):
                self._no_time(cell, cell.text)
                self.misread.add(index)
            found[column] = span
        return found, hanging

    def _no_time(self, cell: Cell, text: str) -> None:
        place, hint = self._at(cell, cell.lines[0].column), "write hours and minutes, such as 09:45"
        self.problems.error(f"{text} is not a time", place, hint, "agenda.time")

    def _slot(self, index: int, before: int) -> _Slot:
        """Start, end, date, whether the row shares the time of the row above, and a note, for a column of talks."""
        spans, hanging = self._time(index)
        columns = self._times_before(before)
        start = end = None
        day = note = ""
        half = False
        fault = ""
        cell = None
        for column in columns:
            span = spans.get(column)
            if span is None:
                continue
            cell = self.grid.rows[index][column]
            role = self.columns.roles[column]
            half = half or span.half
            day, note, fault = day or span.date, note or span.note, fault or span.fault
            if role is Role.END:
                end = span.start
            else:
                start, end = start or span.start, end or span.end
        if fault and cell is not None:
            self._no_time(cell, fault)
            self.misread.add(index)
        if hanging:
            return start, end, day, True, note
        clock = self.clocks.setdefault(columns[0] if columns else -1, _Clock())
        start, end = self._settled(clock, start, end, cell, half=half)
        if start and end is None and (length := self._length(index)):
            end = Time(start.minutes + length, _written(start.minutes + length))
        return start, end, day, False, note

    def _times_before(self, column: int) -> list[int]:
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
        if start and not half:
            if last and start < last:
                moved = after_noon(start)
                if clock.latest >= 11 * 60 and moved >= last and re.match(r"0?[1-7](?!\d)", start.written):
                    start = moved
                elif last.minutes >= 18 * 60 and start.minutes < 6 * 60:
                    start = Time(start.minutes + DAY, start.written)
            if end and end < start:
                moved = after_noon(end)
                if re.match(r"0?[1-9](?!\d)", end.written) and start < moved <= Time(start.minutes + 600, ""):
                    end = moved
        if start and end and end < start and start.minutes >= 16 * 60 and end.minutes <= 8 * 60:
            end = Time(end.minutes + DAY, end.written)
        if start and end and end < start and cell is not None:
            place = self._at(cell, cell.lines[0].column)
            self.problems.error(
                f"{start} to {end} ends before it begins", place, "correct one of the two times", "agenda.range"
            )
            end = None
        if start and last and start < last and cell is not None:
            place, hint = self._at(cell, cell.lines[0].column), "put the rows in order, or correct the time"
            self.problems.warning(f"{start} comes after {last}", place, hint, "agenda.order")
        clock.last = start or last
        clock.latest = max(clock.latest, start.minutes if start else 0, end.minutes if end else 0)
        return start, None if end == start else end

    def _length(self, index: int) -> int:
        for column in self.columns.of(Role.DURATION):
            if cell := self.grid.rows[index][column]:
                return minutes(cell.text, self.cells.clock)
        return 0

    def _room(self, index: int) -> str:
        cells = [self.grid.rows[index][column] for column in self.columns.of(Role.ROOM)]
        text = self._text(index, Role.ROOM)
        return self._spelt(text, next(cell for cell in cells if cell).place) if text else ""

    # Rows of a list

    def _text(self, index: int, *roles: Role) -> str:
        cells = [self.grid.rows[index][column] for column in self.columns.of(*roles)]
        said = dict.fromkeys(cell.text for cell in cells if cell and not self.heads.holds("nobody", cell.text))
        return ", ".join(said)

    def _listed(self, index: int) -> None:
        row = self.grid.rows[index]
        cells = list({id(cell): cell for cell in row if cell}.values())
        timed = any(row[column] for column in self.columns.times)
        if not timed and len(cells) == 1 and self._section(index, cells[0]):
            return
        wide = len(cells) == 1 and self.grid.width > 1 and cells[0].columns >= self.grid.width - 1
        if wide and not timed and self._remark(index, cells[0]):
            return
        if wide and cells[0].columns == self.grid.width and self._section(index, cells[0]):
            return
        self._day_of(index)
        titles = [row[c] for c in self.columns.of(Role.TITLE, Role.TALK) if row[c]]
        start, end, day, hanging, note = self._slot(index, self.grid.width)
        if day:
            self._begin_day(row[self.columns.times[0]], day)
        if not titles:
            titles = self._instead(index)
        if not titles and not timed:
            self._nothing(index, cells)
            return
        if not hanging and start is None and self._unscheduled(index, titles, cells):
            return
        for column in self.columns.of(Role.ASIDE, Role.UNKNOWN):
            if row[column]:
                self.asides.setdefault(column, []).append(row[column])
        self._entries(
            index, titles, start if not hanging else None, end if not hanging else None, note, hanging=hanging
        )

    def _instead(self, index: int) -> list[Cell]:
        """What stands in for a title where its cell is empty: the type, the session, else whoever speaks."""
        row = self.grid.rows[index]
        for role in (Role.SUBTITLE, Role.TYPE, Role.SESSION, Role.ABSTRACT, Role.TRACK):
            for column in self.columns.of(role):
                if row[column]:
                    return [row[column]]
        for column in self.columns.of(Role.SPEAKER, Role.ROOM):
            if row[column] and self.words.kind(row[column].text, named=False)[0] is not Kind.OTHER:
                return [row[column]]
        return []

    def _nothing(self, index: int, cells: Sequence[Cell]) -> None:
        text = "; ".join(cell.text for cell in cells)
        place = self._at(cells[0], cells[0].lines[0].column)
        hint = "give it a title and a time, or take it out"
        self.problems.open(
            f"“{_short(text)}” has neither a time nor a title and is left out", place, hint, "agenda.passed-over"
        )
        self._note(index, Taken.PASSED, Sure.DOUBTFUL, "neither a time nor a title")

    def _day_of(self, index: int) -> None:
        for column in self.columns.of(Role.DAY):
            cell = self.grid.rows[index][column]
            if cell and (self.day is None or self.day is not self._day(cell.text, cell)):
                self._begin_day(cell)

    def _unscheduled(self, index: int, titles: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        """Leave out a row that has neither day nor time in a table in which every other row has both."""
        row = self.grid.rows[index]
        if not self.columns.times:
            return False
        dayless = self.columns.of(Role.DAY) and not any(row[column] for column in self.columns.of(Role.DAY))
        if not dayless or any(row[column] for column in self.columns.times):
            return False
        title = titles[0] if titles else cells[0]
        place = self._at(title, title.lines[0].column)
        hint = "give it a time in the table, or leave it: it is not printed"
        self.problems.open(f"“{_short(title.text)}” has no time and is left out", place, hint, "agenda.no-time")
        self._note(index, Taken.PASSED, Sure.CERTAIN, "no time")
        return True

    def _section(self, index: int, cell: Cell) -> bool:
        """A row that holds one thing and no time: a day, a room, a session."""
        text = cell.text.strip()
        marked = self.cells.unmarked(cell.lines[0]) if cell.lines else cell.lines[0]
        if self.moments.is_day(text):
            self._begin_day(cell)
            self._note(index, Taken.DATE)
            return True
        column = next(i for i, each in enumerate(self.grid.rows[index]) if each is cell)
        role = self.columns.roles[column]
        wide = cell.columns > 1
        if self.judge.is_room(text) and role is not Role.TALK and not self._ends_with_people(cell):
            self.room, self.session = text, None
            self.clocks.clear()
            self._note(index, Taken.SESSION, note="the room of the rows below it")
            return True
        parts = self._session_parts(text)
        bold = all(line.bold for line in cell.lines) or cell.head
        below = self._time_below(index)
        if parts is None and (bold or wide) and below and self._kind(text) is Kind.OTHER:
            parts = ("", text)
        if parts is None and below and column in self.columns.times[:1]:
            parts = ("", text)
        if parts is None and self.heads.part("strand", text) and below and len(split(text)) <= 5:
            self.track, self.session = text, None
            self.clocks.clear()
            self._note(index, Taken.SESSION, note="the track of the rows below it")
            return True
        if parts is None:
            return False
        label, title = parts
        session = SessionDraft(
            label, title.removesuffix(":"), self._at(cell, marked.column), text, heading=bool(bold and wide)
        )
        session.room = ""
        self._put(session)
        self.session = session
        self._note(index, Taken.SESSION)
        return True

    def _ends_with_people(self, cell: Cell) -> bool:
        return any(self.cells.names(line) for line in cell.lines)

    def _kind(self, text: str) -> Kind:
        return self.words.kind(text, named=False)[0]

    def _time_below(self, index: int) -> bool:
        for row in self.grid.rows[index + 1 : index + 3]:
            if any(row[column] for column in [*self.columns.times, *self.columns.of(Role.DURATION)]):
                return True
        return False

    def _session_parts(self, text: str) -> tuple[str, str] | None:
        found = _NUMERAL.match(text)
        if found and self.words.is_one("session", [found[1].casefold()]):
            return text[: found.end(2)], text[found.end() :]
        found = re.match(r"([^\W\d_]+)\s*:\s*(.+)", text)
        if found and self.words.is_one("session", [found[1].casefold()]) and len(found[1]) > 4:
            return "", found[2]
        return None

    def _remark(self, index: int, cell: Cell) -> bool:
        """A remark over the whole width, above or below all times."""
        before = any(row in (Taken.SLOT,) for row, _, _ in self.found.rows.values())
        if before and self._time_below(index):
            return False
        self._note(index, Taken.PASSED, Sure.LIKELY, "a remark over the whole table")
        place = self._at(cell, cell.lines[0].column)
        hint = "if it belongs on the programme, give it a time"
        self.problems.open(
            f"“{_short(cell.text)}” is passed over: a remark over the whole table", place, hint, "agenda.passed-over"
        )
        return True

    def _entries(
        self,
        index: int,
        titles: Sequence[Cell],
        start: Time | None,
        end: Time | None,
        note: str,
        *,
        hanging: bool,
    ) -> None:
        """The entries of a row of a list: one, or several where its title cell names several."""
        row = self.grid.rows[index]
        people, others, is_open = self._people_of(index)
        plain = bool(self.columns.of(Role.SPEAKER)) and not self.columns.both
        spanned = [cell for cell in titles if index > self.columns.first and cell in self.grid.rows[index - 1]]
        if spanned and titles == spanned and id(titles[0]) in self.seen and not hanging:
            for entry in self.seen[id(titles[0])]:
                entry.end = end or start or entry.end
            self._note(index, Taken.SLOT, note="goes on from the row above")
            self._join(self.seen[id(titles[0])][0], people, row)
            return
        talks: list[tuple[Cell, Talk]] = []
        for cell in titles[:1]:
            made = self.cells.talks(cell, plain=plain)
            if plain and len(made) > 1:
                made = self._one(made)
            talks += [(cell, talk) for talk in made]
        more = [cell for cell in titles[1:] if cell.text != titles[0].text]
        if not talks:
            if start is None and not hanging:
                self._nothing(index, [cell for cell in row if cell])
                return
            cell = next(cell for cell in row if cell)
            talks = [(cell, Talk(Marked("", ())))]
        made_entries: list[EntryDraft] = []
        for number, (cell, talk) in enumerate(talks):
            first = number == 0
            entry = self._entry(cell, talk, start if first else None, end if first else None)
            entry.abstract[:0] = [each.text for each in more] if first else []
            entry.misread = first and index in self.misread
            entry.minutes = self._length(index) if first and entry.start is None else 0
            self._put(entry)
            made_entries.append(entry)
        entry = made_entries[0]
        if titles:
            self.seen[id(titles[0])] = made_entries
        self._fill(index, made_entries, note)
        self._join(entry, people, row)
        self._open_speaker(entry, is_open, index)
        for piece in others:
            self._not_people(entry, piece)
        if not entry.title:
            self._untitled(entry, people, row)
        untimed = start is None
        self._note(index, Taken.UNTIMED if untimed else Taken.SLOT)
        self.last = entry

    @staticmethod
    def _one(talks: Sequence[Talk]) -> list[Talk]:
        """Lines of a title cell beside a column of people: one talk, what stands below its title is more about it."""
        first, *others = talks
        first.more += [text for talk in others for text in (talk.title.text, *talk.more)]
        first.people += [person for talk in others for person in talk.people]
        return [first]

    def _people_of(
        self, index: int
    ) -> tuple[list[tuple[Mention, Duty | None, Cell]], list[tuple[Marked, Cell]], Cell | None]:
        row = self.grid.rows[index]
        found: list[tuple[Mention, Duty | None, Cell]] = []
        others: list[tuple[Marked, Cell]] = []
        is_open: Cell | None = None
        affiliation = self._text(index, Role.AFFILIATION)
        for column in self.columns.of(Role.SPEAKER, Role.CHAIR):
            if column in self.columns.pairs.values() or not row[column]:
                continue
            usual = Duty.CHAIR if self.columns.roles[column] is Role.CHAIR else None
            people, rest, open_ = self.cells.people(row[column], commas=self.commas)
            for mention, duty in people:
                if affiliation and usual is None and not mention.organisation:
                    mention = replace(mention, organisation=affiliation)
                found.append((mention, duty or usual, row[column]))
            others += [(piece, row[column]) for piece in rest]
            is_open = row[column] if open_ is not None else is_open
        return found, others, is_open

    def _join(
        self, entry: EntryDraft, people: Sequence[tuple[Mention, Duty | None, Cell]], row: Sequence[Cell]
    ) -> None:
        said = {key for key, *_ in entry.cast}
        for mention, duty, cell in people:
            place = self._at(cell, mention.column)
            kind = self.words.kind(entry.title, named=False)[0]
            if (
                kind is Kind.BREAK
                and not self.aids.mentions.named(mention.name)
                and mention.name not in self.aids.casting
            ):
                entry.abstract.append(mention.name)
                continue
            key = self.aids.casting.add(mention, place)
            if key not in said:
                entry.cast.append((key, duty, place))
                said.add(key)
            if mention.open:
                entry.open = True
                hint = "take (tbc) out when it is settled"
                self.problems.open(f"{mention.name} is still to be confirmed", place, hint, "agenda.to-be-confirmed")
            elif self._is_group(mention, place):
                pass
            elif self.aids.mentions.holds_person(mention):
                self.problems.open(
                    f"“{mention.organisation}” is taken for one organisation; it could hold a second person",
                    place,
                    "put a semicolon between two people",
                    "agenda.doubtful-person",
                )

    def _is_group(self, mention: Mention, place: Place) -> bool:
        """An open point for a name that may be that of a group, once for each."""
        if not self.heads.part("group", mention.name) or mention.name in self.aids.told:
            return False
        self.aids.told.add(mention.name)
        self.problems.open(
            f"“{mention.name}” is taken for a person; it could be a group",
            place,
            "leave it, or write the names of those who speak",
            "agenda.doubtful-person",
        )
        return True

    def _not_people(self, entry: EntryDraft, piece: tuple[Marked, Cell]) -> None:
        text, cell = piece
        entry.abstract.append(text.text)
        if self.words.kind(entry.title, named=False)[0] is Kind.BREAK:
            return
        self.problems.open(
            f"“{_short(text.text)}” is not read as people's names",
            self._at(cell, text.column),
            "write them as Name, Organisation; several with semicolons between",
            "agenda.unnamed-people",
        )

    def _open_speaker(self, entry: EntryDraft, cell: Cell | None, index: int) -> None:
        if cell is not None:
            self._to_be_confirmed(entry, self._at(cell, cell.lines[0].column))

    def _to_be_confirmed(self, entry: EntryDraft, place: Place) -> None:
        entry.open = True
        self.problems.open(
            f"the speaker of “{_short(entry.title)}” is to be confirmed",
            place,
            "write “Name, Organisation” here when it is known; until then it is printed as open",
            "agenda.to-be-confirmed",
        )

    def _untitled(
        self, entry: EntryDraft, people: Sequence[tuple[Mention, Duty | None, Cell]], row: Sequence[Cell]
    ) -> None:
        if people:
            entry.title = ", ".join(mention.name for mention, _, _ in people)
            self.named_titles.append((entry, self._at(people[0][2], people[0][0].column)))
            return
        hint = "write what happens then beside the time"
        self.problems.warning(f"{entry.start or 'an entry'} has no title", entry.place, hint, "agenda.no-title")

    def _fill(self, index: int, entries: Sequence[EntryDraft], note: str) -> None:
        """What further columns of the row say of its entries."""
        row = self.grid.rows[index]
        room = self._room(index)
        track = self._text(index, Role.TRACK)
        for entry in entries:
            entry.room = entry.room or room or self.room
            entry.track = entry.track or track or self.track
            entry.language = self._text(index, Role.LANGUAGE)
        first = entries[0]
        for column in self.columns.of(Role.ABSTRACT):
            if row[column] and row[column].text != first.title and not self.heads.holds("nobody", row[column].text):
                first.abstract += [line.text for line in row[column].lines]
        for column in self.columns.of(Role.SUBTITLE):
            if row[column] and row[column].text != first.title:
                first.subtitle = row[column].text
        for column in self.columns.of(Role.LINK):
            if row[column]:
                first.link = first.link or row[column].link(row[column].lines[0]) or row[column].text
        if note:
            first.abstract.append(note)
        self._by_type(index, first)
        self._in_session(index, entries)

    def _by_type(self, index: int, entry: EntryDraft) -> None:
        text = self._text(index, Role.TYPE)
        for group, kind in (("type_break", Kind.BREAK), ("type_panel", Kind.PANEL)):
            if text and self.heads.holds(group, text) and not (kind is Kind.BREAK and entry.cast):
                entry.kind = kind

    def _in_session(self, index: int, entries: Sequence[EntryDraft]) -> None:
        """Entries under the session that a column of their row names."""
        text = self._text(index, Role.SESSION)
        if not text or text == entries[0].title:
            return
        day = self._the_day()
        key = f"{id(day)}:{fold(text)}"
        session = self.sessions.get(key)
        if session is None:
            label, title = self._session_parts(text) or ("", text)
            session = SessionDraft(label, title, entries[0].place, text, whole=True)
            self.sessions[key] = session
            day.items.insert(len(day.items) - len(entries), session)
        # They were put at the end of the day just before.
        del day.items[-len(entries) :]
        session.entries += entries

    def _entry(self, cell: Cell, talk: Talk, start: Time | None, end: Time | None) -> EntryDraft:
        place = self._at(cell, talk.title.column) if talk.title else cell.place
        entry = EntryDraft(
            _bare(talk.title.text), place, talk.start or start, talk.end or (None if talk.start else end)
        )
        entry.room, entry.link, entry.abstract = talk.room, talk.link, list(talk.more)
        for mention, duty in talk.people:
            at = self._at(cell, mention.column)
            entry.cast.append((self.aids.casting.add(mention, at), duty, at))
            self._is_group(mention, at)
        if talk.people and len(talk.people) == 1 and entry.title == talk.people[0][0].name:
            self.named_titles.append((entry, place))
        if talk.open is not None:
            self._to_be_confirmed(entry, self._at(cell, talk.open.column))
        if self.aids.mentions.is_open(entry.title):
            self.problems.open(
                "what happens then is to be confirmed",
                place,
                "write the title when it is known",
                "agenda.to-be-confirmed",
            )
        return entry

    def _put(self, item: EntryDraft | SessionDraft) -> None:
        self._the_day().items.append(item)

    # Rows of talks beside each other

    def _beside(self, index: int) -> None:
        row = self.grid.rows[index]
        strands = self.columns.strands
        cells = [
            (column, row[column]) for column in strands if row[column] or row[self.columns.pairs.get(column, column)]
        ]
        timed = any(row[column] for column in self.columns.times)
        distinct = list({id(cell): cell for cell in row if cell}.values())
        if (
            not timed
            and len(distinct) == 1
            and not self._spans_on(index, distinct[0])
            and self._section(index, distinct[0])
        ):
            return
        if not cells:
            self._strays(index, timed=timed)
            return
        groups: dict[int, list[int]] = {}
        for column, cell in cells:
            pair = self.columns.pairs.get(column)
            key = id(cell) if cell else id(row[pair]) if pair is not None else column
            groups.setdefault(key, []).append(column)
        self._common(index, groups)
        count = 0
        for columns in groups.values():
            count += self._side(index, columns)
        self._strays(index, timed=timed, quiet=True)
        self._note(index, Taken.SLOT if timed else Taken.UNTIMED)

    def _spans_on(self, index: int, cell: Cell) -> bool:
        return index > 0 and cell in self.grid.rows[index - 1]

    def _common(self, index: int, groups: dict[int, list[int]]) -> None:
        """Put together the columns of one day that say the same in a row."""
        by: dict[tuple[str, str], int] = {}
        for key in list(groups):
            column = groups[key][0]
            talk, people = self._pair(index, column)
            if self._spans_on(index, talk or people or _NONE) and (talk or people):
                continue
            said = fold(f"{talk.text if talk else ''} {people.text if people else ''}".strip())
            day = self.columns.strands[column].day
            if not said:
                continue
            first = by.setdefault((day, said), key)
            if first != key:
                groups[first] += groups.pop(key)

    def _pair(self, index: int, column: int) -> tuple[Cell | None, Cell | None]:
        row = self.grid.rows[index]
        pair = self.columns.pairs.get(column)
        return row[column] or None, (row[pair] or None) if pair is not None else None

    def _side(self, index: int, columns: list[int]) -> int:
        """The entries of one cell, or of equal cells beside each other; how many there are."""
        strands = self.columns.strands
        first = strands[columns[0]]
        talk_cell, people_cell = self._pair(index, columns[0])
        cell = talk_cell or people_cell
        assert cell is not None
        start, end, _, hanging, note = self._slot_beside(index, columns[0])
        if self._spans_on(index, cell) and id(cell) in self.seen:
            for entry in self.seen[id(cell)]:
                if not hanging and (end or start):
                    entry.end = end
            return 0
        by_day: dict[str, list[int]] = {}
        for column in columns:
            by_day.setdefault(strands[column].day, []).append(column)
        made: list[EntryDraft] = []
        for day_columns in by_day.values():
            strand = strands[day_columns[0]]
            target = self._day(strand.day, strand.day_cell) if strand.day else self._the_day()
            entries = self._talks_beside(index, cell, talk_cell, people_cell, start, end, hanging=hanging)
            everywhere = self._everywhere(index, cell, day_columns, entries)
            for entry in entries:
                if not everywhere:
                    self._stands(entry, [strands[column] for column in day_columns])
                if not entry.room and len(strands) == 1:
                    entry.room = first.room
            for entry in entries:
                entry.room = entry.room or self._room(index) or self.room
                entry.track = entry.track or self.track
            self._extras(index, entries, note)
            target.items += entries
            made += entries
        self.seen[id(cell)] = made
        return len(made)

    def _slot_beside(self, index: int, column: int) -> _Slot:
        key = (index, tuple(self._times_before(column)))
        if key not in self.slots:
            self.slots[key] = self._slot(index, column)
        return self.slots[key]

    def _extras(self, index: int, entries: Sequence[EntryDraft], note: str) -> None:
        """What columns beside those of the talks say of all of them."""
        if note:
            entries[0].abstract.append(note)
        people, others, _ = self._people_of(index)
        for entry in entries if people else ():
            self._join(entry, people, self.grid.rows[index])
        for piece in others:
            self._not_people(entries[0], piece)

    def _talks_beside(
        self,
        index: int,
        cell: Cell,
        talk_cell: Cell | None,
        people_cell: Cell | None,
        start: Time | None,
        end: Time | None,
        *,
        hanging: bool,
    ) -> list[EntryDraft]:
        if self.columns.pairs and talk_cell and people_cell:
            people, others, open_ = self.cells.people(people_cell, commas=self.commas)
            talk = self._one(self.cells.talks(talk_cell, plain=True))[0]
            entry = self._entry(talk_cell, talk, None if hanging else start, None if hanging else end)
            self._join(entry, [(mention, duty, people_cell) for mention, duty in people], self.grid.rows[index])
            for piece in others:
                self._not_people(entry, (piece, people_cell))
            if open_ is not None:
                self._to_be_confirmed(entry, self._at(people_cell, open_.column))
            return [entry]
        if self.columns.pairs and people_cell and self.aids.mentions.named(people_cell.text):
            people, _, _ = self.cells.people(people_cell, commas=self.commas)
            entry = self._entry(people_cell, Talk(people_cell.lines[0], people), start, end)
            self.named_titles.append((entry, entry.place))
            return [entry]
        talks = self.cells.talks(cell, plain=bool(self.columns.pairs and talk_cell))
        if not talks:
            talks = [Talk(cell.lines[0])]
        rooms = [talk.room for talk in talks]
        apart = len(talks) > 1 and all(rooms) and len(set(rooms)) == len(rooms)
        return [
            self._entry(
                cell,
                talk,
                None if hanging or (n and not apart) else start,
                None if hanging or (n and not apart) else end,
            )
            for n, talk in enumerate(talks)
        ]

    def _everywhere(self, index: int, cell: Cell, columns: Sequence[int], entries: Sequence[EntryDraft]) -> bool:
        """Whether what a row says is for all rooms or tracks of the day: it stands over all, or alone."""
        strands = self.columns.strands
        day = strands[columns[0]].day
        beside = [column for column in strands if strands[column].day == day]
        if len(beside) == 1:
            return False
        if len(columns) == len(beside):
            return True
        filled = [column for column in beside if any(self._pair(index, column))]
        if len(filled) > len(columns):
            return False
        entry = entries[0]
        kind = entry.kind_by(self.words)
        if kind in (Kind.BREAK, Kind.ADDRESS):
            return True
        missing = self.grid.stated[index] <= max(columns) + 1 if index < len(self.grid.stated) else False
        if columns[0] != beside[0]:
            return False
        plain = not entry.cast and (self._names_people() or self.heads.part("plenary", entry.title))
        if len(columns) == 1 and (missing or plain):
            return True
        if len(columns) == 1:
            room = strands[columns[0]].room or strands[columns[0]].track
            self.problems.open(
                f"“{_short(entry.title)}” stands alone in its row: it is read as in {room}; it could be for all",
                entry.place,
                "write it in every column if it is for all",
                "agenda.doubtful-room",
            )
        return False

    def _names_people(self) -> bool:
        """Whether the cells of the table name who speaks, so that one that does not is no talk."""
        style = self.cells.style
        named = style.before or style.after or style.colon or style.brackets or style.people_first or style.below
        return bool(self.columns.pairs) or named

    def _stands(self, entry: EntryDraft, strands: Sequence[Strand]) -> None:
        rooms = dict.fromkeys(strand.room for strand in strands if strand.room)
        tracks = dict.fromkeys(strand.track for strand in strands if strand.track)
        entry.room = entry.room or ", ".join(rooms)
        entry.track = entry.track or ", ".join(tracks)

    def _strays(self, index: int, *, timed: bool, quiet: bool = False) -> None:
        """Cells in columns that nothing is known of."""
        row = self.grid.rows[index]
        found = False
        for column in self.columns.of(Role.UNKNOWN, Role.ASIDE, Role.ABSTRACT, Role.SUBTITLE):
            if row[column] and (index == 0 or self.grid.rows[index - 1][column] is not row[column]):
                found = True
                if self.columns.titles[column]:
                    self.asides.setdefault(column, []).append(row[column])
                    continue
                self.problems.open(
                    f"“{_short(row[column].text)}” stands in a column without a heading and is passed over",
                    self._at(row[column], row[column].lines[0].column),
                    "move it below the heading it belongs to, or take it out",
                    "agenda.stray-cell",
                )
        if quiet:
            return
        note = "a time with nothing beside it" if timed and not found else "nothing in the columns of talks"
        self._note(index, Taken.PASSED, Sure.LIKELY, note)

    # What is left

    def _left_aside(self) -> None:
        """One open point for each column that is not printed."""
        for column, cells in sorted(self.asides.items()):
            heading = self.columns.titles[column]
            place = self._at(cells[0], cells[0].lines[0].column)
            named = f"the column “{heading}”" if heading else "a column without a heading"
            known = self.columns.roles[column] is Role.ASIDE
            hint = (
                "nothing is to be done if it need not be printed"
                if known
                else "say in event.yaml, under columns:, what it holds, such as abstract: " + (heading or "…")
            )
            many = f"{len(cells)} cells" if len(cells) > 1 else "1 cell"
            self.problems.open(f"{named} is passed over ({many})", place, hint, "agenda.passed-over")

    def _names_as_titles(self) -> None:
        """One open point for all cells that hold nothing but a name."""
        entries = [(entry, place) for entry, place in self.named_titles if entry.cast]
        if not entries:
            return
        names = list(dict.fromkeys(entry.title for entry, _ in entries))
        shown = ", ".join(f"“{name}”" for name in names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        stand = "stands" if len(names) == 1 else "stand"
        taken = "a person who speaks" if len(names) == 1 else "people who speak"
        self.problems.open(
            f"{shown} {stand} where a title is expected: taken for {taken}",
            entries[0][1],
            "write the title of the talk too; until then the name is printed in its place",
            "agenda.name-as-title",
        )
        for entry, _ in entries:
            entry.sure = Sure.LIKELY

    def _at(self, cell: Cell, at: int) -> Place:
        return cell.at(at)


_NONE = Cell((), lambda at: Place())


def _entries(day: DayDraft) -> Iterator[EntryDraft]:
    for item in day.items:
        if isinstance(item, SessionDraft):
            yield from item.entries
        else:
            yield item


def in_order(day: DayDraft) -> None:
    """Put what stands in several columns or tables in order of time; what has no time stays behind what it follows.

    Sessions that are mere headings keep everything where it is.
    """
    if any(isinstance(item, SessionDraft) and not item.whole for item in day.items):
        return
    keyed: list[tuple[int, int, EntryDraft | SessionDraft]] = []
    anchor = (-1, 0)
    for index, item in enumerate(day.items):
        start = item.start
        if isinstance(item, SessionDraft):
            start = start or next((entry.start for entry in item.entries if entry.start), None)
        if start:
            anchor = (start.minutes, index)
        keyed.append((*anchor, item))
    day.items = [item for _, _, item in sorted(keyed, key=lambda each: each[:2])]


def shared_starts(day: DayDraft, problems: Problems) -> None:
    """An open point for each time that several entries stand under."""
    group: list[EntryDraft] = []
    for item in [*day.items, None]:
        if isinstance(item, EntryDraft) and item.start is None and group and not item.misread:
            group.append(item)
            continue
        if len(group) > 1:
            what = "talks" if all(entry.named for entry in group) else "entries"
            problems.open(
                f"{len(group)} {what} share the start {group[0].start}; their own times are not given",
                group[0].place,
                "write a time before each, or leave them as they are: they are printed in order under one time",
                "agenda.shared-start",
            )
        group = [item] if isinstance(item, EntryDraft) and item.start else []


def _turned(found: Found) -> date | None:
    """The date with day and month in each other's place."""
    return replace(found, day=found.month, month=found.day).date() if found.month <= 31 else None


def _reach(dates: Sequence[date | None]) -> int | None:
    """The days from the first to the last date; None where one of them does not exist."""
    known = [day for day in dates if day]
    return (max(known) - min(known)).days if known and len(known) == len(dates) > 1 else None


def _written(total: int) -> str:
    return f"{total // 60 % 24:02}:{total % 60:02}"


def _cjk(text: str) -> bool:
    return bool(text) and all(letter >= "\u2e80" for letter in text if not letter.isspace()) and len(text) <= 5


def _bare(text: str) -> str:
    """A title without the colon or dash that joined it to what stood behind it."""
    text = " ".join(text.split())
    return text.rstrip(":–—- ").strip() or text


def _short(text: str) -> str:
    """A title short enough to be named in a message."""
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"
