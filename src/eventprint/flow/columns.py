"""Columns: rows of set lines, pieces of rows that belong together, and pouring them into columns and pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from ..colours import BLACK, Colour
from ..geometry import SLACK, Box
from ..page import Mark, Role
from ..text import Style
from ..values import dataclass
from .lines import FirstBaseline, FlowLine, place


@dataclass(frozen=True, slots=True)
class Row:
    """A strip across a column that is never parted: a line of text, a picture, a row of a table."""

    height: float
    """In points, what stands below a baseline and the white up to the next row included."""
    marks: Callable[[float, float], Sequence[Mark]]
    """The row's marks, given the column's left edge and the row's top in points."""

    def beside(self, marks: Callable[[float, float], Sequence[Mark]]) -> Row:
        """The same row with more marks: a time left of a title, a rule above a heading."""
        return Row(self.height, lambda x, y: (*self.marks(x, y), *marks(x, y)))


def text_rows(
    lines: Sequence[FlowLine],
    style: Style,
    colour: Colour = BLACK,
    *,
    leading: float,
    role: Role = Role.P,
    block: int = 0,
    x: float = 0.0,
    first_baseline: FirstBaseline = "centred",
) -> tuple[Row, ...]:
    """One row a line, as high as `leading`; `x` moves the lines to the right of the column's edge; else as `place`."""

    def row(line: FlowLine) -> Row:
        def marks(left: float, top: float) -> Sequence[Mark]:
            return place(
                (line,),
                left + x,
                top,
                style,
                colour,
                leading=leading,
                role=role,
                block=block,
                first_baseline=first_baseline,
            )[0]

        return Row(leading, marks)

    return tuple(row(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something poured into columns: rows below each other, parted only between rows. Lengths in points."""

    rows: tuple[Row, ...]
    space_before: float = 0.0
    """Between two pieces stands the larger of the upper one's `space_after` and this; none at a column's top."""
    space_after: float = 0.0
    keep_with_next: bool = False
    """As headings: a column does not end with this piece."""
    keep_together: bool = False
    """All rows stay in one column, where one is high enough."""
    orphans: int = 2
    """So many rows at least stand at a column's foot before the piece goes on in the next."""
    widows: int = 2
    """So many rows at least stand at a column's top after the piece began in another."""
    grid: float = 0.0
    """The piece begins a multiple of this below the column's top, so that lines of facing pages agree."""

    @property
    def height(self) -> float:
        """All rows without the space around them."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was filled."""

    box: Box
    marks: tuple[Mark, ...]
    bottom: float
    """Where the last row ends; the box's top in an empty column."""
    starts: tuple[int, ...]
    """Numbers, from 0, of the pieces that begin here: for contents, running heads and an index."""
    strained: bool = False
    """It had to end where a piece asked not to be parted: what belongs together is higher than the column."""
    over: bool = False
    """Its one row is higher than the column and stands out of it."""


@dataclass(frozen=True, slots=True)
class Poured:
    """The columns that were filled, in order, and what found no room in them."""

    columns: tuple[Column, ...]
    rest: tuple[Piece, ...]
    """Empty whenever there were columns enough; else what to pour on, or to report."""


def pour(pieces: Sequence[Piece], columns: Iterable[Box]) -> Poured:
    """Fill columns one after the other, each as full as its pieces allow.

    `columns` may be endless, such as a generator of the columns of page after page; it is read little further than
    needed. Lines were broken for a width, so columns should have that width; their heights may differ. A column ends,
    by preference: between pieces or inside one with orphans and widows kept; inside one that asked to be kept
    together; with an orphan or a widow; after a piece that asked to be kept with the next. The second and later
    happen only where what belongs together is higher than this column and the next few, and `strained` says so;
    a low column before higher ones is rather left empty.
    """
    strips = _strips(pieces)
    filled: list[Column] = []
    source = iter(columns)
    ahead = list(islice(source, _AHEAD))
    done = 0
    while ahead and done < len(strips):
        box = ahead.pop(0)
        ahead += islice(source, 1)
        fitting = _fitting(strips, done, box.height)
        taken = fitting
        strain = _FREE
        if fitting < len(strips):
            ends = range(done + 1, fitting + 1)
            taken = min(ends, key=lambda end: (strips[end].strain, -end), default=done)
            strain = strips[taken].strain if taken > done else _TORN
        over = False
        if strain > _FREE and any(other.height > box.height + SLACK for other in ahead):
            taken, strain = done, _FREE
        elif taken == done:
            taken, over = done + 1, True
            strain = strips[taken].strain if taken < len(strips) else _FREE
        filled.append(_fill(strips[done:taken], box, strain > _FREE, over))
        done = taken
    return Poured(tuple(filled), _left_over(pieces, strips, done))


def balance_columns(pieces: Sequence[Piece], columns: Sequence[Box]) -> Poured:
    """Fill columns side by side so that they end as high up, and so as evenly, as what belongs together allows.

    For a list or an index that does not fill its page. Where the pieces need the full height this is `pour`.
    """
    best = pour(pieces, columns)
    strained = sum(column.strained or column.over for column in best.columns)
    if best.rest or not best.columns:
        return best
    low, high = 0.0, max(box.height for box in columns)
    while high - low > 0.1:
        middle = (low + high) / 2
        trial = pour(pieces, [Box(box.x, box.y, box.width, min(box.height, middle)) for box in columns])
        if trial.rest or sum(column.strained or column.over for column in trial.columns) > strained:
            low = middle
        else:
            best, high = trial, middle
    # Every box becomes one column, so columns and boxes go in step.
    return Poured(tuple(replace(column, box=box) for column, box in zip(best.columns, columns, strict=False)), ())


_AHEAD = 4
"""Columns looked at beyond the one being filled."""

_FREE, _TOGETHER_TORN, _FEW_TORN, _TORN = range(4)
"""How bad a column end is: fine; in a piece to keep together; by an orphan or a widow; after a heading."""


class _Strip(NamedTuple):
    """A row in the sequence of all rows."""

    row: Row
    gap: float
    """The space above it where it does not begin a column."""
    grid: float
    """It stands a multiple of this below the column's top; 0: anywhere."""
    strain: int
    """How bad it is to end a column above it."""
    piece: int
    number: int
    """Which row of its piece it is, from 0."""

    def top(self, above: float) -> float:
        """Where it begins below the column's top, when what is above it ends there."""
        y = above + self.gap
        return math.ceil((y - SLACK) / self.grid) * self.grid if self.grid else y


def _strips(pieces: Sequence[Piece]) -> list[_Strip]:
    strips: list[_Strip] = []
    above = Piece(())
    for index, piece in enumerate(pieces):
        count = len(piece.rows)
        for number, row in enumerate(piece.rows):
            if number == 0:
                gap = max(above.space_after, piece.space_before)
                strain = _TORN if above.keep_with_next else _FREE
            else:
                gap = 0.0
                few = number < piece.orphans or count - number < piece.widows
                strain = _FEW_TORN if few else _TOGETHER_TORN if piece.keep_together else _FREE
            strips.append(_Strip(row, gap, 0.0 if number else piece.grid, strain, index, number))
        if count:
            above = piece
    return strips


def _fitting(strips: Sequence[_Strip], start: int, height: float) -> int:
    """The number of the first row that does not fit below the row `start` at the column's top."""
    y = 0.0
    for at in range(start, len(strips)):
        if at > start:
            y = strips[at].top(y)
        y += strips[at].row.height
        if y > height + SLACK:
            return at
    return len(strips)


def _fill(strips: Sequence[_Strip], box: Box, strained: bool, over: bool) -> Column:
    marks: list[Mark] = []
    y = box.y
    for at, strip in enumerate(strips):
        y = box.y + strip.top(y - box.y) if at else y
        marks += strip.row.marks(box.x, y)
        y += strip.row.height
    starts = tuple(strip.piece for strip in strips if strip.number == 0)
    return Column(box, tuple(marks), y, starts, strained, over)


def _left_over(pieces: Sequence[Piece], strips: Sequence[_Strip], done: int) -> tuple[Piece, ...]:
    if done == len(strips):
        return ()
    first = strips[done]
    piece = pieces[first.piece]
    if first.number:
        # What was parted already is no new beginning: its rows need no company above.
        piece = replace(piece, rows=piece.rows[first.number :], space_before=0.0, orphans=1)
    return (piece, *pieces[first.piece + 1 :])
