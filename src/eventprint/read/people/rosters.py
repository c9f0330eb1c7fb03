"""A people list opened as a table, whatever it is kept in: CSV, a workbook, a web page, a registration system's JSON.

Which sheet holds the people and which row the headings is found by what stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ... import charsets, records, sheets
from ...problems import Problems, Stop, place_in
from ...sheets import Sheet, Table
from ..settings import Columns
from .headings import Headings, header_row, names_things, reads_like_a_person

LARGEST = 50_000_000
"""Bytes of a list; a hundred thousand people have half of it."""


def open_list(
    file: Path, columns: Columns, words: Headings, problems: Problems, root: Path, encoding: str = ""
) -> Table | None:
    """The table of people in a file; None, and a problem, where there is none."""
    place = place_in(root, file)
    data = records.raw(file, problems, root, LARGEST)
    if data is None:
        return None
    if sheets.is_workbook(data):
        return _of_workbook(data, place.file, columns, words, problems)
    if not charsets.is_text(data):
        hint = "save the list as CSV or as a workbook (xlsx, ods) and give that file"
        problems.error(f"{file.name} is neither a text nor a spreadsheet", place, hint, "attendees.form")
        return None
    text = charsets.decoded(data, place.file, problems, encoding)
    start = text[:400].lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[{", "[\n", "[\r", "[ ")):
        from .roster_json import table  # most lists are no JSON

        return table(text, file, root, problems)
    if start.startswith("<"):
        from .roster_markup import tables  # fewer still are web pages

        found = [_measured(sheet, len(text), problems) for sheet in tables(text, place.file, problems)]
        if not found and not problems.errors:
            hint = "open it in a spreadsheet program and save it as xlsx"
            problems.error(f"{file.name} is a web page or XML without a table", place, hint, "attendees.form")
        return _best(found, columns, words, problems) if found else None
    sheet = _measured(sheets.delimited(text, place.file, problems), len(text), problems)
    return _headed(sheet, header_row(sheet.rows, words, columns), words, problems)


def _measured(sheet: Sheet, letters: int, problems: Problems) -> Sheet:
    """The sheet without the rows that are too many for people: a name alone has more letters than those."""
    most = 20_000 + letters // 12
    if len(sheet.rows) <= most:
        return sheet
    message = f"there are {len(sheet.rows):,} rows, too many for so short a list: the rest is left out from here"
    problems.error(message, sheet.place(most, 0), "look at what the list is, or divide it", "attendees.rows")
    return replace(sheet, rows=sheet.rows[:most])


def _of_workbook(data: bytes, name: str, columns: Columns, words: Headings, problems: Problems) -> Table | None:
    """The sheet with the people; sheets that hold something else are named."""
    try:
        found = [sheet for sheet in sheets.workbook(data, name) if any(map(any, sheet.rows))]
    except Stop as stop:
        problems.add(stop.problem)
        return None
    return _best(found, columns, words, problems) if found else Table(name)


def _best(found: Sequence[Sheet], columns: Columns, words: Headings, problems: Problems) -> Table:
    """The one of several tables that holds the people, the largest of them; the others are named."""
    heads = [header_row(sheet.rows, words, columns) for sheet in found]
    best = max(
        range(len(found)),
        key=lambda n: (heads[n] is not None, _names(found[n], heads[n], words), len(found[n].rows), -n),
    )
    others = [sheet.name or f"table {number + 1}" for number, sheet in enumerate(found) if number != best]
    if others:
        named = ", ".join(f"“{each}”" for each in others[:10]) + (" …" if len(others) > 10 else "")
        message = f"people are read from “{found[best].name or f'table {best + 1}'}”; not read: {named}"
        hint = "if people stand there too, put them all on one sheet"
        problems.open(message, found[best].place(0, 0), hint, "attendees.sheets")
    return _headed(found[best], heads[best], words, problems)


def _names(sheet: Sheet, head: int | None, words: Headings) -> bool:
    """Whether a row of headings names a column with people."""
    return head is not None and header_row(sheet.rows[head : head + 1], words, Columns()) == 0


def _headed(sheet: Sheet, head: int | None, words: Headings, problems: Problems) -> Table:
    """The table of a sheet; what stands above its headings is told; where no row looks like them, the first is."""
    if head is None:
        first = next((at for at, row in enumerate(sheet.rows) if any(cell.strip() for cell in row)), None)
        if first is not None and _is_data(sheet, first, words):
            return sheets.below(sheet, None, problems)
        return sheets.below(sheet, first, problems)
    above = [at for at in range(head) if any(cell.strip() for cell in sheet.rows[at])]
    if above:
        said = " ".join(" ".join(cell for cell in sheet.rows[at] if cell.strip()) for at in above)
        said = " ".join(said.split())
        message = f"the headings stand in row {sheet.row(head).number}; above them stands {_short(said)}"
        column = next(n for n, cell in enumerate(sheet.rows[above[0]]) if cell.strip())
        hint = "if a person stands there, move the row below the headings"
        problems.open(message, sheet.place(above[0], column), hint, "attendees.above")
    return sheets.below(sheet, head, problems)


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _is_data(sheet: Sheet, first: int, words: Headings) -> bool:
    """Whether the first row is a person as the others are: no heading, but a name in a column of names."""
    rows = [row for row in sheet.rows[first:] if any(row)]
    return column_of_names(rows, words) is not None and not names_things(rows, words)


def column_of_names(rows: Sequence[Sequence[str]], words: Headings) -> int | None:
    """The column whose cells read most like names of people, the topmost among them; None where none does."""
    if not rows:
        return None
    shares: dict[int, float] = {}
    for column, cell in enumerate(rows[0][:50]):
        if not reads_like_a_person(cell.strip(), words):
            continue
        cells = [row[column].strip() for row in rows[:500] if column < len(row) and row[column].strip()]
        shares[column] = sum(reads_like_a_person(each, words) for each in cells) / len(cells)
    best = max(shares, key=lambda column: (shares[column], -column), default=None)
    return best if best is not None and shares[best] >= 0.5 else None
