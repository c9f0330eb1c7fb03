"""People in the tables of web pages, and of the XML that old spreadsheets saved: many systems call both of them `.xls`.

What a table is about, this file does not know; which of them holds the people is decided by their headings.
"""

from __future__ import annotations

from ... import markup
from ...markup import Element
from ...problems import Problems
from ...sheets import Sheet

_WIDEST = 500
"""Columns of a table that are read."""


def tables(text: str, name: str, problems: Problems) -> list[Sheet]:
    """The tables of a page, or of an XML spreadsheet of 2003, with the line and column of every cell."""
    start = text[:2000]
    document = markup.parse(text, name) if "<Workbook" in start or "spreadsheet" in start else markup.html(text, name)
    if document.refused:
        problems.error(f"this is not read: {document.fault}", document.place, "", "attendees.form")
    if document.root is None:
        return []
    found = []
    for table in [document.root, *document.root.walk()]:
        if table.name.lower() != "table" or any(inner.name.lower() == "table" for inner in table.walk()):
            continue
        rows = [_row(row) for row in table.walk() if row.name.lower() in ("tr", "row")]
        if rows := [row for row in rows if any(cell for cell, _ in row)]:
            cells = tuple(tuple(cell for cell, _ in row) for row in rows)
            starts = tuple(tuple(start for _, start in row) for row in rows)
            found.append(Sheet(name, "", cells, (), starts))
    return found


def _row(row: Element) -> list[tuple[str, tuple[int, int]]]:
    """The cells of a row in their columns, each with its line and column; what spans several stands in the first."""
    cells: list[tuple[str, tuple[int, int]]] = []
    for cell in row.elements:
        if cell.name.lower() not in ("td", "th", "cell"):
            continue
        at = (cell.line, cell.column)
        wanted = cell.get("ss:Index", "Index")
        if wanted.isdecimal() and len(wanted) < 9 and len(cells) < int(wanted) - 1 < _WIDEST:
            cells += [("", at)] * (int(wanted) - 1 - len(cells))
        cells.append((" ".join(cell.text().split()), at))
        spans = cell.get("colspan", "ss:MergeAcross", "MergeAcross")
        if spans.isdecimal():
            more = int(spans[:4]) - (1 if "colspan" in cell.attributes else 0)
            cells += [("", at)] * min(max(more, 0), _WIDEST - len(cells))
        if len(cells) >= _WIDEST:
            break
    return cells
