"""Agendas in spreadsheets and CSV files: a list of talks, a grid of rooms or days, one sheet or several.

A text is taken for CSV only where its lines have the same cells and one column of times.
"""

from __future__ import annotations

from ...event import Reading, Sure, Taken
from ...problems import Problems
from ...sheets import Sheet
from ..agenda import Agenda, Source
from ..casting import Casting
from ..drafts import DayDraft, finish
from ..language.dates import Calendar
from ..language.mentions import Mentions
from ..language.vocabulary import split, vocabulary
from .entries import Aids, Plan, in_order, shared_starts
from .grids import Grid, most_rows, of_sheet
from .headings import headings
from .plans import judged, plan

LOOKED_AT = 200_000
"""Letters of a text that are looked at to tell whether it is CSV."""
_BEYOND = (Taken.PASSED, Sure.CERTAIN, "after more rows than an agenda has")
_FIRST_ROWS = 1_000
"""Rows that tell whether a sheet is an agenda."""


def likelihood(source: Source) -> float:
    """A workbook with times in one of its sheets; a text only where it clearly is CSV."""
    if source.form == "workbook":
        found = any(_is_agenda(sheet, source) for sheet in source.sheets)
        return 0.8 if found else 0.3 if source.given.columns else 0.0
    if not _is_csv(source):
        return 0.0
    return 0.8 if _is_agenda(source.sheets[0], source) else 0.3 if _has_headings(source.sheets[0]) else 0.0


def _is_csv(source: Source) -> bool:
    """Whether the first lines of a text part into the same number of cells, as no prose does."""
    head = source.text[:LOOKED_AT].lstrip()
    first = head.partition("\n")[0]
    if first.startswith(("|", "#", "<", "+", "-")) or not any(first.count(d) for d in ",;\t"):
        return False
    rows = source.sheets[0].rows[:200]
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count) if widths else 0
    if usual > 1 and len(widths) > 1 and widths.count(usual) * 10 >= len(widths) * 7:
        return True
    # Whoever writes the table by hand leaves out the commas behind the last cell, or puts one too many.
    heads = headings()
    named = [heads.exact(cell) for cell in rows[0]] if rows else []
    parted = sum(width > 1 for width in widths)
    return sum(role is not None for role in named) > 2 and parted * 10 >= len(widths) * 7


def _has_headings(sheet: Sheet) -> bool:
    """Whether the first row names columns, so that a table without times is no text for it."""
    heads = headings()
    cells = [cell for cell in sheet.rows[0] if cell.strip()] if sheet.rows else []
    known = sum(heads.exact(cell) is not None for cell in cells)
    return known > 1 and known * 3 > len(cells)


def _aids(source: Source, problems: Problems) -> Aids:
    words = vocabulary()
    casting = Casting(problems)
    return Aids(
        words,
        Calendar(words),
        casting,
        Mentions(words, casting.__contains__),
        problems,
        source.given.columns,
        source.given.dates,
    )


def _is_agenda(sheet: Sheet, source: Source) -> bool:
    made = of_sheet(sheet, _FIRST_ROWS)
    return made is not None and judged(made, _aids(source, Problems())) is not None


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of the sheets that hold one; the others are reported."""
    return _Book(source, problems).agenda()


class _Book:
    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.aids = _aids(source, problems)
        self.days: list[DayDraft] = []
        self.readings: list[Reading] = []
        self.title = ""

    def agenda(self) -> Agenda:
        met = [(sheet, made, self._plan(made)) for sheet in self.source.sheets for made in [of_sheet(sheet)]]
        self.problems.add(*self.source.table_faults)
        several = sum(found is not None for _, _, found in met) > 1
        for sheet, made, found in met:
            if made is None or found is None:
                self._pass(sheet, made)
                continue
            self._take(sheet, made, found, several=several)
        for day in self.days:
            shared_starts(day, self.problems)
        days = tuple(finish(day, self.aids.words, self.problems) for day in self.days)
        return Agenda(
            title=self.title, days=days, people=self.aids.casting.finish(), coverage=tuple(self.readings), covers="rows"
        )

    def _plan(self, made: Grid | None) -> Plan | None:
        known = judged(made, self.aids) if made is not None else None
        return plan(known, self.aids) if known is not None else None

    def _pass(self, sheet: Sheet, made: Grid | None) -> None:
        if not any(cell.strip() for row in sheet.rows for cell in row):
            return
        reason = "no column of it holds times" if made is not None else "it is too large for an agenda"
        named = f"the sheet “{sheet.name}”" if sheet.name else "the table"
        place, hint = sheet.place(0, 0), "nothing is to be done if it is not the agenda"
        self.problems.open(f"{named} is passed over: {reason}", place, hint, "agenda.passed-over")
        for row, cells in enumerate(sheet.rows):
            if any(cell.strip() for cell in cells):
                self.readings.append(_reading(sheet, row, Taken.PASSED, Sure.CERTAIN, reason))

    def _take(self, sheet: Sheet, made: Grid, found: Plan, *, several: bool) -> None:
        """Put what a sheet holds where it belongs: its name may be a day or a room."""
        self.title = self.title or found.title
        end = most_rows(sheet)
        if end < len(sheet.rows):
            message = f"there are {len(sheet.rows):,} rows, more than an agenda has: from here on they are passed over"
            hint = "look at what the file is, or divide the agenda"
            self.problems.error(message, sheet.place(end, 0), hint, "agenda.lines")
        for row, cells in enumerate(sheet.rows):
            if any(cell.strip() for cell in cells):
                nothing = (Taken.PASSED, Sure.DOUBTFUL, "nothing was made of it")
                self.readings.append(_reading(sheet, row, *(found.rows.get(row, nothing) if row < end else _BEYOND)))
        for day in found.days:
            self._join(sheet, day, several=several)

    def _join(self, sheet: Sheet, day: DayDraft, *, several: bool) -> None:
        if day.date is None and not day.title:
            named = self.aids.calendar.find(sheet.name)
            weekday = self.aids.calendar.weekday(sheet.name)
            if named and named.exists:
                day.date = named.date()
                day.title = "" if day.date else sheet.name
            elif (
                weekday is not None
                or self.aids.moments.label(split(sheet.name))
                or any((word,) in self.aids.words.phrases["day"] for word in sheet.name.casefold().split())
            ):
                day.title = sheet.name
            elif several:
                for item in day.items:
                    item.room = item.room or sheet.name
        same = next((each for each in self.days if (each.date, each.title) == (day.date, day.title)), None)
        if same is None:
            self.days.append(day)
            return
        same.items += day.items
        in_order(same)


def _reading(sheet: Sheet, row: int, taken: Taken, sure: Sure, note: str) -> Reading:
    line = sheet.starts[row][0][0] if row < len(sheet.starts) and sheet.starts[row] else row + 1
    said = (cell.strip() for cell in sheet.rows[row] if cell.strip()) if note != _BEYOND[2] else ()
    return Reading(line, taken, sure, " | ".join(said)[:500], note)
