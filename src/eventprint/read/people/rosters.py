"""A people list opened as a table, whatever it is kept in: CSV, a workbook, a web page, a registration system's JSON.

Which sheet holds the people and which row the headings is found by what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ... import charsets, records, sheets
from ...problems import Problems, Stop, place_in
from ...sheets import Sheet, Table
from ..language.names import fold
from ..settings import Columns
from .headings import Headings, header_row, is_heading, known_in, names_things, names_two, reads_like_a_person

_CELL = re.compile(r"[,;\t|]")
_LOOKED_AT = 50
"""Rows after a gap or a title that are looked at for further headings."""
_TITLES = 8
"""Rows of titles above a list without headings."""
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
    text = charsets.decoded(data, place.file, problems, encoding, lambda top: _headings_in(top, words))
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
    parts = _parts(sheet, words, columns)
    if len(parts) > 1:
        return _best_part(parts, columns, words, problems)
    return _headed(sheet, header_row(sheet.rows, words, columns), words, problems)


def _headings_in(top: str, words: Headings) -> int:
    """How many cells of the first lines are headings that are known: in the wrong encoding few are."""
    cells = [cell.strip(' "') for line in top.splitlines()[:5] for cell in _CELL.split(line[:5000])]
    return sum(not cell.isascii() and is_heading(cell, words) for cell in cells[:200])


def _parts(sheet: Sheet, words: Headings, columns: Columns) -> list[tuple[str, Sheet]]:
    """The tables of one sheet, each with the line above it: reports of meetings put several under one another."""
    first = header_row(sheet.rows, words, columns)
    if first is None:
        return [("", sheet)]
    begins = [(0, _title(sheet, first))]
    looked = 0
    for at in range(first + 2, len(sheet.rows)):
        alone = sum(1 for cell in sheet.rows[at - 1] if cell.strip()) == 1
        if not alone and sheet.row(at).number == sheet.row(at - 1).number + 1:
            continue
        looked += 1
        if looked > _LOOKED_AT:
            break
        title = _title(sheet, at)
        if names_two(sheet.rows[at], words) and (title or sheet.rows[at] != sheet.rows[first]):
            begins.append((at, title))
    ends = [at - (1 if title else 0) for at, title in begins[1:]] + [len(sheet.rows)]
    return [(title, _cut(sheet, at, end)) for (at, title), end in zip(begins, ends, strict=True)]


def _title(sheet: Sheet, at: int) -> str:
    """What stands alone above a row of headings."""
    above = [cell.strip() for cell in sheet.rows[at - 1] if cell.strip()] if at else []
    return above[0] if len(above) == 1 else ""


def _cut(sheet: Sheet, first: int, end: int) -> Sheet:
    return replace(
        sheet,
        rows=sheet.rows[first:end],
        starts=sheet.starts[first:end],
        numbers=tuple(sheet.row(at).number for at in range(first, end)),
    )


def _best_part(parts: Sequence[tuple[str, Sheet]], columns: Columns, words: Headings, problems: Problems) -> Table:
    """The table whose headings tell most of people, with those of the same headings; the others are named."""
    heads = [header_row(sheet.rows, words, columns) for _, sheet in parts]
    headed = [() if head is None else sheet.rows[head] for head, (_, sheet) in zip(heads, parts, strict=True)]
    told = [known_in(row, words) if row else 0 for row in headed]
    best = max(range(len(parts)), key=lambda n: (told[n], len(parts[n][1].rows), -n))
    read = [number for number, row in enumerate(headed) if row == headed[best]]
    _tell_others([title for title, _ in parts], read, parts[best][1], "in one table", problems)
    whole, head = parts[read[0]][1], heads[read[0]]
    for number in read[1:]:
        more, top = parts[number][1], heads[number]
        assert top is not None
        whole = replace(
            whole,
            rows=whole.rows + more.rows[top + 1 :],
            starts=whole.starts + more.starts[top + 1 :],
            numbers=whole.numbers + more.numbers[top + 1 :],
        )
    return _headed(whole, head, words, problems)


def _tell_others(titles: Sequence[str], read: Sequence[int], sheet: Sheet, where: str, problems: Problems) -> None:
    called = [_short(title or f"table {number}") for number, title in enumerate(titles, 1)]
    others = [title for number, title in enumerate(called) if number not in read]
    message = f"people are read from {', '.join(called[number] for number in read[:10])}"
    if others:
        message += f"; not read: {', '.join(others[:10])}" + (" …" if len(others) > 10 else "")
    hint = f"if people stand there too, put them all {where}" if others else f"to be sure, put them all {where}"
    problems.open(message, sheet.place(0, 0), hint, "attendees.sheets")


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
    if len(found) > 1:
        _tell_others([sheet.name for sheet in found], [best], found[best], "on one sheet", problems)
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
        begin = _people_from(sheet, words)
        if begin:
            lead = f"the first person stands in row {sheet.row(begin).number}; above it"
            _tell_above(sheet, range(begin), lead, problems)
            return sheets.below(_cut(sheet, begin, len(sheet.rows)), None, problems)
        # Rows that are wider than a title are no fault of theirs.
        wider = first is not None and 2 * sum(len(row) > len(sheet.rows[first]) for row in sheet.rows) > len(sheet.rows)
        return sheets.below(sheet, first, Problems() if wider else problems)
    above = [at for at in range(head) if any(cell.strip() for cell in sheet.rows[at])]
    if above:
        _tell_above(sheet, above, f"the headings stand in row {sheet.row(head).number}; above them", problems)
    return sheets.below(sheet, head, problems)


def _tell_above(sheet: Sheet, above: Sequence[int], lead: str, problems: Problems) -> None:
    said = " ".join(" ".join(cell for cell in sheet.rows[at] if cell.strip()) for at in above)
    column = next((n for n, cell in enumerate(sheet.rows[above[0]]) if cell.strip()), 0)
    hint = "if a person stands there, move the row below the headings"
    message = f"{lead} stands {_short(' '.join(said.split()))}"
    problems.open(message, sheet.place(above[0], column), hint, "attendees.above")


def _people_from(sheet: Sheet, words: Headings) -> int:
    """The row from which people stand in a list without headings that has a title above them; 0 for none."""
    for begin in range(1, min(_TITLES, len(sheet.rows))):
        if sum(1 for cell in sheet.rows[begin - 1] if cell.strip()) > 1:
            return 0
        if _is_data(sheet, begin, words):
            return begin
    return 0


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _is_data(sheet: Sheet, first: int, words: Headings) -> bool:
    """Whether the first row is a person as the others are: no heading, but a name in a column of names."""
    rows = [row for row in sheet.rows[first:] if any(row)]
    named = column_of_names(rows, words) is not None or names_by_mail(rows) is not None
    return named and not names_things(rows, words)


def column_of_names(rows: Sequence[Sequence[str]], words: Headings) -> int | None:
    """The column whose cells read most like names of people, the topmost among them; None where none does."""
    if not rows:
        return None
    shares: dict[int, float] = {}
    for column, cell in enumerate(rows[0][:50]):
        if not reads_like_a_person(cell.strip(), words):
            continue
        cells = [row[column].strip() for row in rows[:500] if column < len(row) and row[column].strip()]
        if 5 * len(set(cells)) < len(cells):
            continue  # kinds of tickets, states, towns: names are mostly different
        shares[column] = sum(reads_like_a_person(each, words) for each in cells) / len(cells)
    best = max(shares, key=lambda column: (shares[column], -column), default=None)
    return best if best is not None and shares[best] >= 0.5 else None


def names_by_mail(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The columns of given and family name in a list without headings: side by side, and one told by the addresses."""
    rows = [row for row in rows[:500] if any(cell.strip() for cell in row)]
    mail = next((column for column, cell in enumerate(rows[0][:50]) if "@" in cell), None) if rows else None
    if mail is None:
        return None
    locals_ = [fold("".join(row[mail : mail + 1]).partition("@")[0]) for row in rows]
    hits: dict[int, int] = {}
    for column in range(min(20, len(rows[0]))):
        cells = [fold("".join(row[column : column + 1])) for row in rows]
        if column != mail and sum(cell.replace(" ", "").isalpha() for cell in cells) * 10 >= 9 * len(rows):
            hits[column] = sum(len(cell) > 2 and cell in said for cell, said in zip(cells, locals_, strict=True))
    best = max(hits, key=lambda column: (hits[column], -column), default=None)
    if best is None or 3 * hits[best] < len(rows):
        return None
    beside = [column for column in (best - 1, best + 1) if column in hits]
    if not beside:
        return None
    other = max(beside, key=lambda column: (hits[column], -column))
    return min(best, other), max(best, other)
