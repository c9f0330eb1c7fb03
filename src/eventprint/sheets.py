"""Tables as people keep them: CSV and the sheets of a spreadsheet, every cell with the place it stands at.

The one file that knows python-calamine. What a table is about, this file does not know.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from . import packages, records, workbooks
from .problems import Exit, Place, Problems, Stop, place_in
from .values import dataclass

_BREAKS = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: its cells by column, and where each stands."""

    number: int
    """As a spreadsheet numbers it: the headings are row 1 where nothing stands above them."""
    cells: tuple[str, ...]
    starts: Sequence[tuple[int, int]] = field(compare=False)
    """Line and column at which each cell starts; a quoted cell starts after its quote. Empty for a workbook."""
    table: str = field(default="", compare=False)
    headings: tuple[str, ...] = field(default=(), repr=False, compare=False)
    sheet: str | None = field(default="", compare=False)
    """The sheet of a workbook; empty for CSV, None for what has no cells with names."""

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    def place(self, column: int | None = None) -> Place:
        """Where a cell stands; without a column, the first line of the record. A missing cell has no column."""
        if self.sheet:
            heading = self.headings[column] if column is not None and column < len(self.headings) else ""
            name = column_name(column or 0)
            return Place(self.table, cell=f"{self.sheet}!{name}{self.number}", heading=heading)
        if column is None:
            return Place(self.table, self.starts[0][0] if self.starts else 0)
        line, start = self.starts[column] if column < len(self.starts) else (self.starts[0][0] if self.starts else 0, 0)
        heading = self.headings[column] if column < len(self.headings) else ""
        return Place(
            self.table, line, start, f"{column_name(column)}{self.number}" if self.sheet == "" else "", heading
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings: a CSV file, a sheet of a workbook, or what was made to look like one."""

    file: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    header: Row | None = None
    """None where the table has no headings."""


def column_name(index: int) -> str:
    """A spreadsheet's name of a column counted from 0: A, B … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def table(file: Path, problems: Problems, root: Path) -> Table | None:
    """The CSV table of a file, delimited by comma, semicolon or tab, encoded as `text` reads it; None if unreadable.

    Blank lines are left out but counted. The first record is the headings. A quote that is never closed is reported and
    taken for a letter, so that it costs one cell and not the rest of the list.
    """
    source = records.text(file, problems, root)
    return None if source is None else parse_table(source, place_in(root, file).file, problems)


def parse_table(source: str, name: str, problems: Problems) -> Table:
    """The table in a text whose first record is its headings; `name` names the file in problems."""
    sheet = delimited(source, name, problems)
    return below(sheet, 0 if sheet.rows else None, problems)


WIDEST = 1000
"""Columns with headings; the widest known export of a registration system has some two hundred."""


def below(sheet: Sheet, header: int | None, problems: Problems) -> Table:
    """What stands below a row of headings; with None, all of it, and without headings.

    Blank rows are left out but counted. A row with more cells than there are headings is reported.
    """
    headings: tuple[str, ...] = ()
    if header is not None:
        headings = tuple(cell.replace("\n", " ").strip() for cell in sheet.rows[header])
        last = max((at for at, heading in enumerate(headings) if heading), default=-1)
        headings = headings[: last + 1]
        if len(headings) > WIDEST:
            message = f"there are {len(headings):,} columns; those after the first {WIDEST:,} are left out"
            hint = "export the table with fewer columns"
            problems.error(message, sheet.row(header, headings).place(WIDEST), hint, "table.wide")
            headings = headings[:WIDEST]
    width = len(sheet.rows[header]) if header is not None else 0
    if sheet.name and header is not None and _few_beyond(sheet, header, len(headings)):
        width = len(headings)  # a sheet fills all its rows up to one width
    rows: list[Row] = []
    for at in range(0 if header is None else header + 1, len(sheet.rows)):
        cells = sheet.rows[at]
        if not any(cell.strip() for cell in cells):
            continue
        row = sheet.row(at, headings)
        if header is not None and len(cells) > width and any(cell.strip() for cell in cells[width:]):
            extra = next(i for i in range(width, len(cells)) if cells[i].strip())
            message = f"row {row.number} has more cells than there are headings"
            problems.warning(message, row.place(extra), "put a text that holds the delimiter in quotes", "table.ragged")
        rows.append(row)
    return Table(sheet.file, headings, tuple(rows), None if header is None else sheet.row(header))


_STRAY = 3
"""Rows of a sheet with a cell behind the last heading up to which it is a slip; more are a column of remarks."""


def _few_beyond(sheet: Sheet, header: int, width: int) -> bool:
    beyond = (any(cell.strip() for cell in cells[width:]) for cells in sheet.rows[header + 1 :])
    return width > 0 and sum(beyond) <= _STRAY


_LOOKED_AT = 30
"""Lines from the top that say what parts the cells."""


def _separator(lines: Sequence[str]) -> tuple[int, str]:
    """The line the records begin at, and what parts their cells.

    As the file says; else what its first line holds most, unless hardly any line agrees and another sign fits.
    """
    if hint := re.fullmatch(r"sep=(.)", lines[0].strip('"\ufeff')):
        # What spreadsheets write to tell each other the delimiter is no record.
        return 1, hint[1]
    top = [re.sub(r'"[^"]*"', "", line[:20_000]) for line in lines[: 10 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    if not top:
        return 0, ","
    agreeing = {sign: _agreeing([line.count(sign) for line in top]) for sign in ",;\t|"}
    # Where the first line holds two of them alike, a sign with a space behind it parts words: `Name, Vorname;Firma`.
    first = max(
        ",;\t|",
        key=lambda sign: (top[0].count(sign), agreeing[sign], top[0].count(sign) - top[0].count(f"{sign} ")),
    )
    if not any(sign in top[0] for sign in ",;\t|") and 2 * sum("\t" in line for line in top) > len(top):
        return 0, "\t"  # a title stands above; nobody types tabs in texts, but commas in times and names
    best = max(",;\t|", key=lambda sign: agreeing[sign])
    return 0, best if 2 * agreeing[first] < agreeing[best] else first


def _agreeing(counts: Sequence[int]) -> int:
    """How many lines hold a sign as often as most of those that hold it at all."""
    held = [count for count in counts if count]
    return max((held.count(count) for count in set(held)), default=0)


class _Starts(Sequence[tuple[int, int]]):
    """Where the cells of a line without quotes start: worked out when it is asked for, which is seldom."""

    __slots__ = ("_cells", "_line")

    def __init__(self, line: int, cells: tuple[str, ...]) -> None:
        self._line, self._cells = line, cells

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        if not 0 <= at < len(self._cells):
            raise IndexError(at)
        return self._line, 1 + at + sum(map(len, self._cells[:at]))


_KEPT = 10_000
"""Different cells of a table that are looked for among those that follow."""
_Record = tuple[tuple[str, ...], Sequence[tuple[int, int]]]


def _records(lines: Sequence[str], first: int, delimiter: str, name: str, problems: Problems) -> Iterator[_Record]:
    """Records after RFC 4180, with spaces allowed around quotes; each cell's place is that of its first letter."""
    row = first
    texts: dict[str, str] = {}
    """Cells as they were first met: what comes again, as dates and rooms do, is kept once."""

    def once(text: str) -> str:
        known = texts.get(text)
        if known is None and len(texts) < _KEPT:
            texts[text] = text
        return known or text

    while row < len(lines):
        if '"' not in lines[row]:
            cells = tuple(map(once, lines[row].split(delimiter)))
            yield cells, _Starts(row + 1, cells)
            row += 1
            continue
        found: list[str] = []
        begun: list[tuple[int, int]] = []
        column = 0
        while True:
            opening = re.compile(r"[^\S\t]*\"" if delimiter == "\t" else r'\s*"').match(lines[row], column)
            closed = _quoted(lines, row, opening.end(), delimiter) if opening else None
            if opening and closed:
                begun.append((row + 1, opening.end() + 1))
                found.append(closed[0])
                row, column = closed[1], closed[2]
            else:
                if opening:
                    place = Place(name, row + 1, opening.end())
                    problems.error("this quote is never closed", place, 'close it, or double it: ""', "table.quote")
                end = lines[row].find(delimiter, column)
                end = len(lines[row]) if end < 0 else end
                begun.append((row + 1, column + 1))
                found.append(lines[row][column:end])
                column = end
            if column >= len(lines[row]):
                break
            column += len(delimiter)
        yield tuple(found), tuple(begun)
        row += 1


def _quoted(lines: Sequence[str], row: int, column: int, delimiter: str) -> tuple[str, int, int] | None:
    """A quoted cell from after its quote: its text, and the line and column after it; None if it is never closed."""
    parts: list[str] = []
    first = row
    while row < len(lines):
        line = lines[row]
        while (quote := line.find('"', column)) >= 0:
            parts.append(line[column:quote])
            if line[quote + 1 : quote + 2] == '"':
                parts.append('"')
                column = quote + 2
                continue
            end = line.find(delimiter, quote + 1)
            end = len(line) if end < 0 else end
            after = line[quote + 1 : end]
            if after.strip() and row > first:
                # The next quoted cell has been reached: this quote was opened by mistake.
                return None
            # Letters after the closing quote belong to the cell, as spreadsheets read them.
            parts.append(after if after.strip() else "")
            return "".join(parts), row, end
        parts.append(line[column:] + "\n")
        row, column = row + 1, 0
    return None


# Spreadsheets

LARGEST = 20_000_000
"""Bytes of a spreadsheet file; lists of 10,000 people have a tenth of it."""
LONGEST = 32_767
"""Letters of a cell: what a spreadsheet itself allows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a CSV file: cells by row and column, counted from 0, empty ones as empty texts."""

    file: str
    name: str
    """Of the sheet; empty for CSV."""
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row and last column of each cell that stands over several."""
    starts: tuple[Sequence[tuple[int, int]], ...] = field(default=(), compare=False)
    """For CSV: line and column at which each cell starts."""
    numbers: tuple[int, ...] = field(default=(), compare=False)
    """For CSV: each row as a spreadsheet numbers it."""

    def __getitem__(self, at: tuple[int, int]) -> str:
        row, column = at
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def row(self, at: int, headings: tuple[str, ...] = ()) -> Row:
        """A row as a record of a table with these headings."""
        number = self.numbers[at] if at < len(self.numbers) else at + 1
        starts = self.starts[at] if at < len(self.starts) else ()
        return Row(number, self.rows[at], starts, self.file, headings, self.name)

    def place(self, row: int, column: int, heading: str = "") -> Place:
        """Where a cell stands: its name, with the sheet's before it in a workbook, and line and column in a CSV."""
        number = self.numbers[row] if row < len(self.numbers) else row + 1
        cell = f"{column_name(column)}{number}"
        if row < len(self.starts):
            starts = self.starts[row]
            line, letter = starts[column] if column < len(starts) else (starts[0][0] if starts else 0, 0)
            return Place(self.file, line, letter, cell, heading)
        return Place(self.file, cell=f"{self.name}!{cell}" if self.name else cell, heading=heading)


def is_workbook(data: bytes) -> bool:
    """Whether bytes look like xlsx, xlsb or ods (a ZIP with their parts in it) or xls."""
    if data.startswith(packages.OLE):
        return True
    return data.startswith(b"PK\x03\x04") and (b"xl/" in data or b"opendocument.spreadsheet" in data[:200])


def workbook(data: bytes, name: str, problems: Problems | None = None) -> tuple[Sheet, ...]:
    """The visible sheets of a spreadsheet, cells as they would be read aloud: `9`, `09:30`, `2026-03-05`.

    `problems` hears of the hidden ones.

    Formulas give the value they had when the file was saved. Raises Stop for what is no spreadsheet, what unpacks to
    far more than any spreadsheet holds, and what needs a password.
    """
    if len(data) > LARGEST:
        raise Stop(f"{Path(name).name} is too large for a spreadsheet ({len(data) // 1_000_000} MB)", place=Place(name))
    import python_calamine as calamine

    hint = "open it in a spreadsheet program and save it again as xlsx, without a password"
    try:
        measured = io.BytesIO(workbooks.measured(data))
        with _silent():
            book = calamine.CalamineWorkbook.from_filelike(measured)
        visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible is calamine.SheetVisibleEnum.Visible]
        if book.sheet_names and not visible:
            raise Stop(
                f"{Path(name).name} has hidden sheets alone", "show the sheet that is to be read", place=Place(name)
            )
        if problems is not None:
            _tell_of_hidden([sheet for sheet in book.sheet_names if sheet not in visible], name, problems)
        found: list[Sheet] = []
        cells = 0
        for title in visible:
            with _silent():
                sheet = book.get_sheet_by_name(title)
            cells += sheet.total_height * sheet.total_width
            if cells > workbooks.CELLS:
                raise Stop(f"{Path(name).name} has more than {workbooks.CELLS:,} cells", place=Place(name))
            found.append(Sheet(name, title, tuple(_rows(sheet)), _merged(sheet)))
    except packages.Refused as fault:
        raise Stop(f"{Path(name).name} {fault}", hint, Exit.PROBLEMS, Place(name)) from None
    except (calamine.CalamineError, OSError, ValueError) as fault:
        raise Stop(
            f"{Path(name).name} cannot be read as a spreadsheet: {fault}", hint, Exit.PROBLEMS, Place(name)
        ) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # how a library in Rust says that it met what it did not expect
            raise
        raise Stop(f"{Path(name).name} is damaged: it is no spreadsheet", hint, Exit.PROBLEMS, Place(name)) from None
    return tuple(found)


def _tell_of_hidden(titles: Sequence[str], name: str, problems: Problems) -> None:
    for title in titles:
        message, hint = f"the sheet “{title}” is hidden and passed over", "show it if it belongs to the agenda"
        problems.open(message, Place(name, cell=f"{title}!A1"), hint, "table.hidden")


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing is said on standard error: a library in Rust tells there, in its own words, what we tell in ours."""
    try:
        kept = os.dup(2)
    except OSError:  # a process without it, such as one without a window
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    """The rows from the first on, all of one width; equal texts and empty rows are kept once."""
    if sheet.start is None:
        return
    texts: dict[str, str] = {}
    before = ("",) * sheet.start[1]
    blank = (*before, *[""] * sheet.width)
    for row in sheet.iter_rows():
        cells = [texts.setdefault(text, text) if (text := _said(value)) else "" for value in row]
        yield (*before, *cells) if any(cells) else blank


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())


def _said(value: object) -> str:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            midnight = value.time() == time()
            return value.date().isoformat() if midnight else f"{value.date().isoformat()} {_clock(value.time())}"
        case time():
            return _clock(value)
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _clock(value: time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def delimited(source: str, name: str, problems: Problems) -> Sheet:
    """The cells of a CSV text as they stand, blank rows left out: its headings may be in any row, or nowhere."""
    lines = _BREAKS.split(source)
    first, delimiter = _separator(lines)
    kept = [
        (number, cells, starts)
        for number, (cells, starts) in enumerate(_records(lines, first, delimiter, name, problems), first + 1)
        if any(cell.strip() for cell in cells)
    ]
    return Sheet(name, "", tuple(c for _, c, _ in kept), (), tuple(s for *_, s in kept), tuple(n for n, *_ in kept))
