"""HTML's tables as people write them: tags left open, cells that span, tables in tables, letters by their names.

Only the table that begins at a place is read, up to its end or the end of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from ...problems import Place
from ..language.lines import Marked
from .grids import CELLS, COLUMNS, ROWS, Cell, Grid, Link, grid, line_of, position

_TOKEN = re.compile(r"<!--|</?([A-Za-z][A-Za-z0-9]*)([^<>]*)>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_BROKEN = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?$")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_BLOCK = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dt", "dd", "dl", "blockquote")
) | {"section", "article", "table", "tr", "td", "th", "pre"}


class _Cell:
    """A cell while its letters are met."""

    def __init__(self, begin: int, name: str, attributes: str) -> None:
        self.begin, self.head = begin, name == "th"
        spans = {found[1].lower(): int(found[2]) for found in _SPAN.finditer(attributes)}
        self.columns = min(max(spans.get("col", 1), 1), COLUMNS)
        self.rows = min(max(spans.get("row", 1), 1), ROWS)
        self.lines: list[list[tuple[str, int, bool]]] = [[]]
        self.links: list[Link] = []
        self.bold = self.struck = 0

    def add(self, text: str, at: int, *, fixed: bool = False) -> None:
        """Letters in a row from a position on; `fixed`: one letter of the source stands for them all."""
        line, bold = self.lines[-1], self.bold > 0
        for index, letter in enumerate(text):
            if letter.isspace() or letter == "\u00a0":
                if line and line[-1][0] != " ":
                    line.append((" ", at if fixed else at + index, bold))
            else:
                line.append((letter, at if fixed else at + index, bold))

    def finish(self, place: Callable[[int], Place]) -> Cell:
        lines: list[Marked] = []
        for letters in self.lines:
            text = "".join(letter for letter, _, _ in letters)
            solid = [bold for letter, _, bold in letters if letter != " "]
            columns = tuple(at for _, at, _ in letters)
            if marked := Marked(text, columns, bool(solid) and all(solid), self.struck > 1).cut(0):
                lines.append(marked)
        return Cell(tuple(lines), place, self.begin, tuple(self.links), self.head, self.rows, self.columns)


class _Table:
    """The rows of a table while they are met."""

    def __init__(self, place: Callable[[int], Place]) -> None:
        self.place = place
        self.rows: list[list[Cell]] = []
        self.lines: list[set[int]] = []
        self.cell: _Cell | None = None
        self.open = False
        self.depth = 0
        self.link: tuple[int, str] | None = None
        self.caption: list[str] = []
        self.in_caption = False
        self.heads = 0
        self.in_head = False
        self.count = 0

    def close_cell(self) -> None:
        if self.cell is not None:
            self.close_link(self.cell.begin)
            self.rows[-1].append(self.cell.finish(self.place))
            self.cell = None

    def close_row(self) -> None:
        self.close_cell()
        self.open = False

    def close_link(self, at: int) -> None:
        if self.link and self.cell is not None:
            letters = [each for line in self.cell.lines for _, each, _ in line]
            if letters and letters[-1] >= self.link[0]:
                self.cell.links.append(Link(self.link[0], letters[-1], self.link[1]))
        self.link = None

    def row(self, line: int) -> None:
        self.close_cell()
        self.rows.append([])
        self.lines.append({line})
        self.open = True
        if self.in_head:
            self.heads = len(self.rows)

    def tag(self, name: str, attributes: str, at: int, *, closing: bool) -> bool:
        """Take a tag; whether the table ends with it."""
        nested = self.depth > 1
        if name == "table":
            self.depth += -1 if closing else 1
            if self.depth == 0:
                self.close_row()
                return True
        if nested or (name == "table" and self.depth > 1):
            if name in _BLOCK and self.cell:
                self.cell.lines.append([])
            return False
        if name in ("td", "th"):
            if closing:
                self.close_cell()
                return False
            if not self.open:
                self.row(line_of(at))
            self.close_cell()
            self.cell = _Cell(at, name, attributes)
            self.count += 1
        elif name == "tr":
            if closing:
                self.close_row()
            elif not (self.open and not self.rows[-1] and self.cell is None):
                self.row(line_of(at))
        elif name in ("thead", "tbody", "tfoot"):
            self.close_row()
            self.in_head = name == "thead" and not closing
        elif name == "caption":
            self.in_caption = not closing
        elif self.cell:
            self.inline(name, attributes, at, closing=closing)
        return False

    def inline(self, name: str, attributes: str, at: int, *, closing: bool) -> None:
        assert self.cell is not None
        if name in _BLOCK or (name == "span" and not closing and self._parts(attributes)):
            self.cell.lines.append([])
        elif name in ("b", "strong"):
            self.cell.bold += -1 if closing else 1
        elif name in ("s", "del", "strike"):
            self.cell.struck += 0 if closing else 2
        elif name == "a":
            self.close_link(at)
            if not closing and (href := _HREF.search(attributes)):
                address = unescape(href[1] or href[2] or href[3] or "")
                # The first letter after the tag stands behind the link.
                self.link = (at + 1, address)

    def _parts(self, attributes: str) -> bool:
        """Whether a span with a class stands directly behind letters: what browsers then show apart."""
        assert self.cell is not None
        line = self.cell.lines[-1]
        return "class" in attributes and bool(line) and line[-1][0] not in " ([“"

    def text(self, text: str, at: int, *, fixed: bool = False) -> None:
        text = text.replace("\xad", "")
        if self.in_caption:
            self.caption.append(text)
        elif self.cell is not None:
            self.cell.add(text, at, fixed=fixed)


def _whole_tag(raw: Sequence[str], number: int, at: int) -> tuple[re.Match[str], int, int] | None:
    """A tag that begins at a letter and ends in one of the next lines; the line and the letter after it."""
    parts = [raw[number][at:]]
    for following in range(number + 1, min(number + 8, len(raw))):
        line = raw[following]
        end = line.find(">")
        parts.append(line[: end + 1] if end >= 0 else line)
        if end >= 0 or "<" in line:
            found = _TOKEN.match(" ".join(parts))
            return (found, following, end + 1) if found and end >= 0 else None
    return None


def html_table(
    raw: Sequence[str], first: int, column: int, place: Callable[[int], Place]
) -> tuple[Grid | None, int, int]:
    """The table that begins in line `first`, counted from 0, at a letter; and where it ends."""
    table = _Table(place)
    comment = False
    number = first - 1
    at = column
    while number + 1 < len(raw):
        number += 1
        line = raw[number]
        if number > first:
            at = 0
        if table.open and table.lines:
            table.lines[-1].add(number + 1)
        while at <= len(line) and table.count <= CELLS and len(table.rows) <= ROWS:
            if comment:
                end = line.find("-->", at)
                if end < 0:
                    break
                comment, at = False, end + 3
                continue
            found = _TOKEN.search(line, at)
            broken = _BROKEN.search(line, at) if found is None and "<" in line[at:] else None
            if broken and (whole := _whole_tag(raw, number, broken.start())):
                # A tag that goes on in the lines below it.
                table.text(line[at : broken.start()], position(number + 1, at + 1))
                tag, number, at = whole
                if table.tag(tag[1].lower(), tag[2], position(number + 1, at + 1), closing=tag[0].startswith("</")):
                    return _finish(table), number, at
                line = raw[number]
                if table.open and table.lines:
                    table.lines[-1].add(number + 1)
                continue
            text_end = found.start() if found else len(line)
            if text_end > at:
                table.text(line[at:text_end], position(number + 1, at + 1))
            if found is None:
                break
            at = found.end()
            if found[0] == "<!--":
                comment = True
            elif found[0].startswith("&"):
                table.text(unescape(found[0]), position(number + 1, found.start() + 1), fixed=True)
            else:
                closing = found[0].startswith("</")
                if table.tag(found[1].lower(), found[2], position(number + 1, found.start() + 1), closing=closing):
                    return _finish(table), number, at
                if table.open and table.lines:
                    table.lines[-1].add(number + 1)
        table.text(" ", position(number + 1, len(line) + 1))
        if table.count > CELLS or len(table.rows) > ROWS:
            break
    table.close_row()
    too_large = table.count > CELLS or len(table.rows) > ROWS
    return (None if too_large else _finish(table)), len(raw) - 1, len(raw[-1])


def _finish(table: _Table) -> Grid | None:
    rows, lines = list(table.rows), [sorted(each) for each in table.lines]
    header = table.heads
    if not header:
        for row in rows:
            if not row or not all(cell.head or not cell for cell in row):
                break
            header += 1
    kept, reach = [], 0
    for index, row in enumerate(rows):
        # A row without cells counts where a cell above it spans it, as browsers draw it.
        if row or index < reach:
            kept.append(index)
        reach = max([reach, *(index + cell.rows for cell in row)])
    header = sum(index < header for index in kept)
    return grid(
        [rows[index] for index in kept],
        header=header if header < len(kept) else 0,
        lines=[lines[index] for index in kept],
        title=" ".join("".join(table.caption).split()),
    )
