"""Tables of any form as grids of cells: lines of text, each letter with the place it stands at, and cells that span.

What the cells are about, this file does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from html import unescape

from ...problems import Place
from ...sheets import Sheet
from ...values import dataclass
from ..language.lines import Marked

_LINE = 1 << 24
_MARKUP = re.compile(
    r"</?(?:br|p|div|li|ul|ol|t[rdh]|table|b|i|u|em|strong|a|span|small|sup|sub|font|s|tt|code|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags in the cells of sheets that were made for web pages."""
_PARTS = re.compile(r"</?(?:br|p|div|li|ul|ol|t[rdh]|h[1-6])\b", re.IGNORECASE)
_HREF = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)

ROWS, COLUMNS, CELLS = 5_000, 120, 60_000
"""A table that is larger is no agenda; of a sheet as many rows are read."""


def position(line: int, column: int) -> int:
    """Line and column in one number, so that the letters of a cell may stand in several lines."""
    return line * _LINE + min(column, _LINE - 1)


def line_of(at: int) -> int:
    """The line of a position."""
    return at // _LINE


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the first and last letter it stands behind."""

    first: int
    last: int
    address: str


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell that says something, or stands over several places.

    The columns of its lines are positions; `at` gives their place. The same cell stands at each place it spans.
    """

    lines: tuple[Marked, ...]
    at: Callable[[int], Place]
    begin: int = 0
    links: tuple[Link, ...] = ()
    head: bool = False
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def place(self) -> Place:
        return self.at(self.lines[0].column if self.lines else self.begin)

    def link(self, piece: Marked) -> str:
        """The address behind the first letter of a piece that has one."""
        for at in piece.columns if self.links else ():
            for link in self.links:
                if link.first <= at <= link.last:
                    return link.address
        return ""

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows of cells, all of one length."""

    rows: tuple[tuple[Cell, ...], ...]
    header: int = 0
    """Rows that the table itself marks as its headings."""
    lines: tuple[tuple[int, ...], ...] = ()
    """The source lines of each row."""
    stated: tuple[int, ...] = ()
    """How many cells each row has in the source: what is missing at its end is empty here."""
    title: str = ""
    name: str = ""
    """Of the sheet."""
    titles: list[str] = field(default_factory=list)
    """The headings of the columns of a sheet, which the places of its cells name: put in once they are known."""

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        return len(self.rows)

    def column(self, index: int, first: int = 0) -> Iterator[Cell]:
        """The cells of a column that say something, each once."""
        last: Cell | None = None
        for row in self.rows[first:]:
            if row[index] and row[index] is not last:
                yield row[index]
            last = row[index]

    def transposed(self) -> Grid:
        """Rows as columns."""
        rows = tuple(zip(*self.rows, strict=True))
        everything = tuple(sorted({line for lines in self.lines for line in lines}))
        turned = tuple(
            tuple(sorted({line_of(cell.begin) for cell in row if cell and cell.begin} & set(everything)))
            for row in rows
        )
        stated = tuple(len(row) for row in rows)
        return replace(self, rows=rows, header=0, lines=turned, stated=stated, titles=[])


def grid(
    rows: Sequence[Sequence[Cell]],
    *,
    header: int = 0,
    lines: Sequence[Iterable[int]] = (),
    title: str = "",
) -> Grid | None:
    """Rows as written, with the cells that span put at every place they cover; None for what is too large."""
    laid: list[list[Cell | None]] = []
    stated: list[int] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    count = 0
    if len(rows) > ROWS:
        return None
    for row in rows:
        made: list[Cell | None] = []
        waiting = list(row)[::-1]
        while waiting or any(column >= len(made) for column in hanging):
            at = len(made)
            if at >= COLUMNS:
                break
            if at in hanging:
                cell, left = hanging.pop(at)
                made.append(cell)
                if left > 1:
                    hanging[at] = (cell, left - 1)
                continue
            if not waiting:
                made.append(None)
                continue
            cell = waiting.pop()
            for offset in range(min(cell.columns, COLUMNS - at)):
                made.append(cell)
                if cell.rows > 1:
                    hanging[at + offset] = (cell, cell.rows - 1)
        count += len(made)
        if count > CELLS:
            return None
        stated.append(sum(cell.columns for cell in row))
        laid.append(made)
    width = max(map(len, laid), default=0)
    if width * len(laid) > CELLS * 4:
        return None
    return Grid(
        tuple(tuple(cell or _EMPTY for cell in made) + (_EMPTY,) * (width - len(made)) for made in laid),
        header,
        tuple(tuple(each) for each in lines),
        tuple(stated),
        title,
    )


_EMPTY = Cell((), lambda at: Place())


def most_rows(sheet: Sheet) -> int:
    """How many rows of a sheet are read."""
    return min(ROWS, CELLS * 4 // max(sheet.width, 1))


def of_sheet(sheet: Sheet, most: int = ROWS) -> Grid | None:
    """The cells of the first rows of a sheet; blank columns at its end are left out. None for one that is too wide."""
    height = min(len(sheet.rows), most_rows(sheet), most)
    width = max((index + 1 for row in sheet.rows[:height] for index, cell in enumerate(row) if cell.strip()), default=0)
    if width > COLUMNS:
        return None

    titles: list[str] = []

    def at(begin: int) -> Place:
        row, column = divmod(begin, position(1, 0))
        return sheet.place(row - 1, column - 1, titles[column - 1] if column <= len(titles) else "")

    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    covered: dict[tuple[int, int], Cell] = {}
    rows: list[tuple[Cell, ...]] = []
    numbers: list[tuple[int, ...]] = []
    for top in range(height):
        row: list[Cell] = []
        for left in range(width):
            if (top, left) in covered:
                row.append(covered[top, left])
                continue
            bottom, right = spans.get((top, left), (top, left))
            cell = _sheet_cell(sheet, top, left, min(bottom, height - 1), min(right, width - 1), at)
            if (bottom, right) != (top, left) and cell:
                for r in range(top, min(bottom, height - 1) + 1):
                    for c in range(left, min(right, width - 1) + 1):
                        covered[r, c] = cell
            row.append(cell)
        rows.append(tuple(row))
        numbers.append((top + 1,))
    return Grid(tuple(rows), 0, tuple(numbers), (width,) * len(rows), "", sheet.name, titles)


def _sheet_cell(sheet: Sheet, row: int, column: int, bottom: int, right: int, at: Callable[[int], Place]) -> Cell:
    text = sheet[row, column]
    if not text or text.isspace():
        return _EMPTY
    links: tuple[Link, ...] = ()
    begin = position(row + 1, column + 1)
    if "<" in text and _MARKUP.search(text):
        links = tuple(Link(begin, begin, found[1]) for found in _HREF.finditer(text))[:1]
        text = _MARKUP.sub(lambda tag: "\n" if _PARTS.match(tag[0]) else "", text)
    if "&" in text and ";" in text:
        text = unescape(text)
    if not text.strip():
        return _EMPTY
    lines = tuple(line for raw in text.split("\n") if (line := Marked(raw, (begin,) * len(raw)).cut(0)))
    return Cell(lines, at, begin, links, rows=bottom - row + 1, columns=right - column + 1) if lines else _EMPTY
