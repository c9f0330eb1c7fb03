"""The tables of a text as the text's reader meets them: which hold an agenda, and what each of their lines was.

Days and sessions whose headings stand between tables come from that reader; a table that stands there once more, in
another form, is found out and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...event import Sure, Taken
from ...problems import Problems
from ..casting import Casting
from ..drafts import DayDraft, EntryDraft, SessionDraft
from ..language.lines import Line
from ..language.mentions import Mentions
from ..language.moments import Slot
from ..language.vocabulary import split
from .entries import Aids, Plan, in_order
from .headings import headings
from .in_text import NoTables, Table
from .plans import Judged, judged, plan

_Key = tuple[str, int, str]


class Tabled(NoTables):
    """The lines of a text that stand in tables."""

    def __init__(self, found: Sequence[Table], aids: Aids) -> None:
        self.aids = aids
        self.by_line: dict[int, list[Table]] = {}
        for table in found:
            if table.grid is not None and _is_heading(table, aids):
                continue
            for number in range(table.first, table.last + 1):
                self.by_line.setdefault(number, []).append(table)
        self.agendas: dict[int, Judged] = {
            id(table): made
            for table in found
            if table.grid is not None and (made := judged(table.grid, aids)) is not None
        }
        self.last = max(
            (number for number, each in self.by_line.items() if any(id(t) in self.agendas for t in each)), default=0
        )
        self.met: set[str] = set()
        """What the cells of the tables taken so far say."""
        self.readings: dict[int, tuple[Taken, Sure, str]] = {}
        self.taken: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return number in self.by_line

    def is_markup(self, number: int) -> bool:
        if number in self.readings or number not in self.by_line:
            return False
        return any(id(table) in self.agendas for table in self.by_line[number])

    def spans(self) -> frozenset[tuple[int, int]]:
        moments = self.aids.moments
        found: set[tuple[int, int]] = set()
        for table in dict.fromkeys(table for each in self.by_line.values() for table in each):
            if table.grid is None or id(table) not in self.agendas:
                continue
            for row in table.grid.rows:
                times = [span for cell in row if cell and (span := moments.span(cell))]
                start = next((span.start for span in times if span.start), None)
                end = next(
                    (each for span in times[:2] for each in (span.end, span.start) if each and start and each > start),
                    None,
                )
                if start:
                    found.add((start.minutes, end.minutes if end else -1))
        return frozenset(found)

    def slot(self, line: Line) -> Slot | None:
        return Slot(None, None, line.content) if self.is_agenda(line) else None

    def is_agenda(self, line: Line) -> bool:
        return any(id(table) in self.agendas for table in self.by_line[line.number])

    def begins(self, line: Line) -> bool:
        return any(id(table) not in self.taken for table in self.by_line[line.number])

    def reading(self, line: Line) -> tuple[Taken, Sure, str]:
        if line.number in self.readings:
            return self.readings[line.number]
        if line.aside:
            return Taken.PASSED, Sure.CERTAIN, line.aside
        table = self.by_line[line.number][0]
        if table.grid is None:
            return Taken.PASSED, Sure.CERTAIN, "a table that is too large for an agenda"
        if id(table) in self.agendas:
            return Taken.PASSED, Sure.CERTAIN, "markup of a table"
        return Taken.PASSED, Sure.LIKELY, "a table without times"

    def take(
        self, line: Line, days: list[DayDraft], day: DayDraft | None, session: SessionDraft | None, year: int
    ) -> DayDraft | None:
        self.aids.year = year
        for table in self.by_line[line.number]:
            if id(table) in self.taken:
                continue
            self.taken.add(id(table))
            if table.grid is None or id(table) not in self.agendas:
                continue
            if again := self._again(table, days):
                self._passed(table, again, days)
                continue
            found = plan(self.agendas[id(table)], self.aids)
            self._note(table, found)
            day = self._join(found, days, day, session)
            self.met |= _texts(table)
        return day

    def finish(self, days: Sequence[DayDraft]) -> None:
        for day in days if self.taken else ():
            in_order(day)

    def _note(self, table: Table, found: Plan) -> None:
        assert table.grid is not None
        for row, lines in enumerate(table.grid.lines):
            reading = found.rows.get(row)
            for number in lines:
                if reading and (number not in self.readings or self.readings[number][0] is Taken.PASSED):
                    self.readings[number] = reading

    # Days

    def _join(
        self, found: Plan, days: list[DayDraft], day: DayDraft | None, session: SessionDraft | None
    ) -> DayDraft | None:
        for each in found.days:
            each_session = session if each is found.days[0] else None
            if each.date is None and not each.title:
                if day is None:
                    day = DayDraft(each.items[0].place)
                    days.append(day)
                self._into(day, each, each_session)
                continue
            if day is not None and not day.items and (day.date in (None, each.date) or each.date is None):
                # A date above the table that the table tells again, or more exactly.
                each.date = each.date or (day.date if len(found.days) == 1 else None)
                days.remove(day)
            same = next(
                (d for d in days if (d.date, d.title) == (each.date, each.title) or (d.date and d.date == each.date)),
                None,
            )
            if same is None:
                days.append(each)
                day = each
            else:
                self._into(same, each, each_session)
                day = same
        return day

    def _into(self, day: DayDraft, more: DayDraft, session: SessionDraft | None) -> None:
        """Add what a table holds to a day; a heading above it that is a room or a track is said with each entry."""
        if session is not None and day.items and day.items[-1] is session and (session.room or self._strand(session)):
            day.items.pop()
            for item in more.items:
                for entry in item.entries if isinstance(item, SessionDraft) else [item]:
                    if session.room:
                        entry.room = entry.room or session.room
                    else:
                        entry.track = entry.track or session.written
        day.items += more.items

    def _strand(self, session: SessionDraft) -> bool:
        return headings().part("strand", session.label)

    # The same table again

    def _again(self, table: Table, days: Sequence[DayDraft]) -> Plan | None:
        """The plan of a table whose entries nearly all stand in the days already."""
        texts = _texts(table)
        if len(texts & self.met) * 2 < len(texts) or len(texts) < 4:
            return None
        known = set(_keys(days))
        casting = Casting(Problems())
        trial = replace(
            self.aids,
            casting=casting,
            mentions=Mentions(self.aids.words, casting.__contains__),
            problems=Problems(),
            told=set(),
            rooms={},
        )
        found = plan(self.agendas[id(table)], trial)
        keys = set(_keys(found.days))
        return found if len(keys) > 3 and len(keys & known) * 4 >= len(keys) * 3 else None

    def _passed(self, table: Table, again: Plan, days: Sequence[DayDraft]) -> None:
        """Pass over a table that was read before, and say in what it differs."""
        for number in range(table.first, table.last + 1):
            self.readings[number] = (Taken.PASSED, Sure.CERTAIN, "the same table as above")
        known = set(_keys(days))
        for day in again.days:
            for entry in _entries(day):
                if _key(day, entry) in known:
                    continue
                name = f"{entry.start} “{entry.title}”" if entry.start else f"“{entry.title}”"
                of = day.date.isoformat() if day.date else day.title
                self.aids.problems.open(
                    f"{name}{f' on {of}' if of else ''} stands in this table, but not in the same table above",
                    entry.place,
                    "correct one of the two; the table above is printed",
                    "agenda.tables-differ",
                )


def _is_heading(table: Table, aids: Aids) -> bool:
    """Whether a table holds one cell, and that a day or a room: a heading in a frame."""
    assert table.grid is not None
    cells = list({id(cell): cell for row in table.grid.rows for cell in row if cell}.values())
    if len(cells) != 1 or len(cells[0].text) > 60:
        return False
    return aids.moments.is_day(cells[0].text) or headings().part("place", cells[0].text)


def _entries(day: DayDraft) -> Iterator[EntryDraft]:
    for item in day.items:
        if isinstance(item, SessionDraft):
            yield from item.entries
        else:
            yield item


def _texts(table: Table) -> set[str]:
    """What the cells of a table say below its first row."""
    rows = table.grid.rows[1:] if table.grid else ()
    return {" ".join(split(cell.text)) for row in rows for cell in row if cell}


def _key(day: DayDraft, entry: EntryDraft) -> _Key:
    of = day.date.isoformat() if day.date else " ".join(split(day.title))
    return of, entry.start.minutes if entry.start else -1, " ".join(split(entry.title))


def _keys(days: Sequence[DayDraft]) -> Iterator[_Key]:
    for day in days:
        for entry in _entries(day):
            yield _key(day, entry)
