"""reStructuredText's tables: grid tables, simple tables, list-tables and csv-tables.

Widths are counted as a terminal shows them: a Chinese letter is as wide as two Latin ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import field
from itertools import pairwise

from ... import sheets
from ...problems import Place, Problems
from ...values import dataclass
from ..language.lines import Marked, mark
from .grids import COLUMNS, ROWS, Cell, Grid, Link, grid, position

_BORDER = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")
_SIMPLE = re.compile(r"\s*={2,}(?:\s+={2,})+\s*$")
_UNDERLINE = re.compile(r"\s*-{2,}(?:\s+-{2,})*\s*$")
_DIRECTIVE = re.compile(r"(\s*)\.\.\s+(list-table|csv-table|table)::\s*(.*)$")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)$")
_ITEM = re.compile(r"(\s*)([*+-])(\s+|$)")
_INLINE = re.compile(
    r"`(?P<linked>[^`<>]*?)\s*<(?P<address>[^<>`]*)>`_{1,2}"
    r"|:[\w:.-]+:`(?P<role>[^`<>]*?)(?:\s*<[^<>`]*>)?`"
    r"|``(?P<coded>[^`]+)``"
    r"|`(?P<ref>[^`]+)`_{0,2}"
    r"|\|(?P<put>[^|\s](?:[^|]*[^|\s])?)\|_{0,2}"
    r"|\\(?P<plain>.)"
)

Placing = Callable[[int], Place]


def is_border(raw: str) -> bool:
    """Whether a line is the border of a grid table, such as `+----+----+`."""
    return raw.lstrip().startswith("+") and _BORDER.match(raw) is not None


def rst_table(raw: Sequence[str], at: int, place: Placing) -> tuple[Grid | None, int] | None:
    """The table that begins in this line, counted from 0, and the line it ends in; None where none does."""
    line = raw[at]
    if is_border(line):
        return _grid_table(raw, at, place)
    if "==" in line and _SIMPLE.match(line):
        return _simple_table(raw, at, place)
    if found := _DIRECTIVE.match(line) if ".." in line else None:
        if found[2] == "list-table":
            return _list_table(raw, at, len(found[1].expandtabs(8)), found[3], place)
        if found[2] == "csv-table":
            return _csv_table(raw, at, len(found[1].expandtabs(8)), found[3], place)
    return None


# What stands in a cell


def _cell(
    lines: Sequence[tuple[str, int, int]], place: Placing, rows: int = 1, columns: int = 1, width: int = 0
) -> Cell:
    """A cell of pieces of lines: text, line number from 1 and letters before it; a blank piece parts paragraphs.

    `width`: a line that has no room for the first word below it goes on there, though a blank line stands between.
    """
    made: list[Marked] = []
    links: list[Link] = []
    going_on = False
    for text, number, before in lines:
        if not text.strip():
            going_on = False
            continue
        bullet = re.match(r"\s*(?:[-*+•|]\s+)", text)
        if bullet:
            going_on = False
            text, before = text[bullet.end() :], before + bullet.end()
        piece = _inline(text, number, before, links)
        if not piece:
            continue
        if made and not going_on and width:
            first = piece.text.split(" ")[0]
            going_on = len(made[-1].text) + 1 + len(first) > width
        if going_on and made:
            last = made.pop()
            joint = last.columns[-1] if last.columns else 0
            piece = Marked(
                f"{last.text} {piece.text}", (*last.columns, joint, *piece.columns), last.bold and piece.bold
            )
        made.append(piece)
        going_on = True
    begin = position(lines[0][1], lines[0][2] + 1) if lines else 0
    return Cell(tuple(made), place, begin, tuple(links), rows=rows, columns=columns)


def _inline(text: str, number: int, before: int, links: list[Link]) -> Marked:
    letters: list[str] = []
    columns: list[int] = []
    bold: list[bool] = []

    def take(start: int, end: int, *, plain: bool = False) -> None:
        piece = text[start:end]
        if plain:
            letters.extend(piece)
            columns.extend(range(start, end))
            return
        # Spaces around a piece part it from its neighbours.
        lead = len(piece) - len(piece.lstrip())
        marked = mark(piece)
        letters.extend(piece[:lead])
        columns.extend(range(start, start + lead))
        letters.extend(marked.text)
        columns.extend(start + column - 1 for column in marked.columns)
        if marked:
            bold.append(marked.bold)
            tail = len(piece) - len(piece.rstrip())
            letters.extend(piece[len(piece) - tail :])
            columns.extend(range(end - tail, end))

    at = 0
    for found in _INLINE.finditer(text) if re.search(r"[`|\\]", text) else ():
        if found.start() > at:
            take(at, found.start())
        name = found.lastgroup or ""
        name = "linked" if name == "address" else name
        start, end = found.span(name)
        take(start, end, plain=True)
        if name == "linked":
            address = found["address"]
            if start == end:
                letters.extend(address)
                columns.extend(range(found.start("address"), found.end("address")))
                start, end = found.span("address")
            if not address.endswith("_"):
                links.append(Link(position(number, before + start + 1), position(number, before + end), address))
        at = found.end()
    if at < len(text):
        take(at, len(text))
    placed = tuple(position(number, before + column + 1) for column in columns)
    return Marked("".join(letters), placed, bool(bold) and all(bold)).cut(0)


# List tables


def _block(raw: Sequence[str], at: int, indent: int) -> int:
    """The last line of the block that is indented below line `at`."""
    last = at
    for number in range(at + 1, len(raw)):
        line = raw[number].expandtabs(8)
        if not line.strip():
            continue
        if len(line) - len(line.lstrip()) <= indent:
            break
        last = number
    return last


def _options(raw: Sequence[str], at: int, last: int) -> tuple[dict[str, str], int]:
    options: dict[str, str] = {}
    at += 1
    while at <= last and (found := _OPTION.match(raw[at])):
        options[found[1]] = found[2].strip()
        at += 1
    return options, at


def _list_table(raw: Sequence[str], at: int, indent: int, title: str, place: Placing) -> tuple[Grid | None, int] | None:
    last = _block(raw, at, indent)
    options, first = _options(raw, at, last)
    rows: list[list[list[tuple[str, int, int]]]] = []
    lines: list[list[int]] = []
    outer = inner = -1
    for number in range(first, last + 1):
        line = raw[number]
        if not line.strip():
            if rows and rows[-1]:
                rows[-1][-1].append(("", number + 1, 0))
            continue
        item = _ITEM.match(line)
        if item and (outer < 0 or len(item[1]) == outer):
            outer = len(item[1])
            rows.append([])
            lines.append([])
            inner = item.end()
            rest = line[item.end() :]
            second = _ITEM.match(rest)
            if second and not second[1]:
                rows[-1].append([(rest[second.end() :], number + 1, inner + second.end())])
        elif item and rows and (inner < 0 or len(item[1]) <= inner):
            inner = len(item[1])
            rows[-1].append([(line[item.end() :], number + 1, item.end())])
        elif rows and rows[-1]:
            rows[-1][-1].append((line, number + 1, 0))
        if rows:
            lines[-1].append(number + 1)
    if not rows:
        return None
    header = _whole(options.get("header-rows", ""))
    made = [[_cell(cell, place) for cell in row] for row in rows]
    return grid(made, header=min(header, len(made) - 1), lines=lines, title=title.strip()), last


def _csv_table(raw: Sequence[str], at: int, indent: int, title: str, place: Placing) -> tuple[Grid | None, int] | None:
    last = _block(raw, at, indent)
    options, first = _options(raw, at, last)
    while first <= last and not raw[first].strip():
        first += 1
    if first > last:
        return None
    margin = len(raw[first]) - len(raw[first].lstrip())
    sheet = sheets.delimited("\n".join(line[margin:] for line in raw[first : last + 1]), "", Problems())
    rows: list[list[Cell]] = []
    lines: list[list[int]] = []
    if header := options.get("header"):
        number = next(n for n in range(at, last + 1) if ":header:" in raw[n])
        names = sheets.delimited(header, "", Problems()).rows
        rows += [[_cell([(name, number + 1, 0)], place) for name in row] for row in names]
        lines += [[number + 1] for _ in names]
    stated = _whole(options.get("header-rows", ""))
    for row, starts in zip(sheet.rows, sheet.starts, strict=True):
        rows.append(
            [
                _cell([(part, first + line, margin + column - 1) for part in text.split("\n")], place)
                for text, (line, column) in zip(row, starts, strict=True)
            ]
        )
        lines.append([first + starts[0][0]])
    return grid(rows, header=min(len(rows) - 1, stated + bool(header)), lines=lines, title=title.strip()), last


# Grid tables and simple tables


def _wide(line: str) -> str:
    """A line with a stand-in after each letter that is as wide as two."""
    if line.isascii():
        return line
    return "".join(
        letter + "\0"
        if unicodedata.east_asian_width(letter) in "WF"
        else ""
        if unicodedata.combining(letter)
        else letter
        for letter in line
    )


def _piece(line: str, start: int, end: int) -> tuple[str, int]:
    """The text between two columns as shown, and how many letters of the source stand before it."""
    piece = line[start:end].replace("\0", "")
    return piece, start - line[:start].count("\0")


@dataclass(slots=True, eq=False)
class _Open:
    """A cell of a grid table that no border has closed yet."""

    row: int
    left: int
    right: int
    lines: list[tuple[str, int, int]] = field(default_factory=list)


def _grid_table(raw: Sequence[str], at: int, place: Placing) -> tuple[Grid | None, int] | None:
    last = at
    while last + 1 < len(raw) and raw[last + 1].lstrip()[:1] in ("|", "+"):
        last += 1
    while last > at and not is_border(raw[last]):
        last -= 1
    if last < at + 2:
        return None
    if last - at > 4 * ROWS or raw[at].count("+") > COLUMNS:
        return None, last
    lines = [_wide(line) for line in raw[at : last + 1]]
    edges = sorted({index for line in lines if _BORDER.match(line) for index, c in enumerate(line) if c == "+"})
    where = {edge: index for index, edge in enumerate(edges)}
    row, header = 0, 0
    open_: dict[int, _Open] = {}
    closed: list[tuple[int, int, _Open, int]] = []
    numbers: list[list[int]] = [[]]
    for offset, line in enumerate(lines):
        number = at + offset + 1
        shut = {
            left
            for left, right in pairwise(edges)
            if re.fullmatch(r"[-=+]+", line[left + 1 : right] or " ") and line[left : left + 1] in ("+", "|", "-", "=")
        }
        if shut:
            if offset:
                for left in [left for left, cell in open_.items() if where[left] is not None and left in shut]:
                    cell = open_.pop(left)
                    closed.append((where[left], where[cell.right], cell, row))
                row += 1
                numbers.append([])
            if "=" in line and _BORDER.match(line):
                header = row
            begun = {*(edges[i] for left, cell in open_.items() for i in range(where[left], where[cell.right]))}
            free = [left for left in edges[:-1] if left not in begun]
        else:
            free = [left for left in edges[:-1] if not any(left_ <= left < c.right for left_, c in open_.items())]
        if not _BORDER.match(line):
            _open_cells(line, free, edges, row, open_)
            for left, cell in open_.items():
                if left not in shut:
                    text, before = _piece(line, left + 1, cell.right)
                    cell.lines.append((text.strip("|") if not shut else text, number, before))
            numbers[-1].append(number)
    return _laid(closed, row, len(edges) - 1, header, numbers, place), last


def _open_cells(line: str, free: Sequence[int], edges: Sequence[int], row: int, open_: dict[int, _Open]) -> None:
    """Begin cells at bars that stand at an edge, each up to the next such bar."""
    begins = [left for left in free if line[left : left + 1] == "|"]
    for left in begins:
        right = next((edge for edge in edges if edge > left and line[edge : edge + 1] in ("|", "+")), edges[-1])
        open_[left] = _Open(row, left, right)


def _laid(
    closed: Sequence[tuple[int, int, _Open, int]],
    height: int,
    width: int,
    header: int,
    numbers: Sequence[Sequence[int]],
    place: Placing,
) -> Grid | None:
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(height)]
    for left, right, cell, last in closed:
        made = _cell(cell.lines, place, last - cell.row + 1, right - left, max(cell.right - cell.left - 3, 0))
        rows[cell.row].append((left, made))
    laid = [[cell for _, cell in sorted(row, key=lambda each: each[0])] for row in rows]
    return grid(laid, header=header if header < height else 0, lines=numbers[:height])


def _simple_table(raw: Sequence[str], at: int, place: Placing) -> tuple[Grid | None, int] | None:
    borders = [at]
    for number in range(at + 1, len(raw)):
        line = raw[number]
        if _SIMPLE.match(line) and len(line.split()) == len(raw[at].split()):
            borders.append(number)
            if number + 1 >= len(raw) or not raw[number + 1].strip():
                break
        elif not line.strip() and number + 1 < len(raw) and not raw[number + 1].strip():
            break
    if len(borders) < 2:
        return None
    last = borders[-1]
    starts = [found.span() for found in re.finditer(r"=+", raw[at])]
    rows: list[list[list[tuple[str, int, int]]]] = []
    numbers: list[list[int]] = []
    header = 0
    for number in range(at + 1, last):
        line = _wide(raw[number])
        if number in borders:
            header = len(rows)
            continue
        if not line.strip() or _UNDERLINE.fullmatch(line):
            if not line.strip() and rows:
                for cell in rows[-1]:
                    cell.append(("", number + 1, 0))
            continue
        ends = [start for start, _ in starts[1:]] + [max(len(line), starts[-1][1])]
        pieces = [_piece(line, start, end) for (start, _), end in zip(starts, ends, strict=True)]
        if pieces[0][0].strip() or not rows:
            rows.append([[] for _ in starts])
            numbers.append([])
        for cell, (text, before) in zip(rows[-1], pieces, strict=True):
            cell.append((text, number + 1, before))
        numbers[-1].append(number + 1)
    made = [[_cell(cell, place) for cell in row] for row in rows]
    return grid(made, header=header if header < len(rows) else 0, lines=numbers), last


def _whole(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0
