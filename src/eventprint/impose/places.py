"""Where blocks and their pages lie on a sheet, in points from its top left corner; one side, and what is behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..geometry import SLACK, Box, Size, mm
from ..values import dataclass
from .plan import Block
from .scheme import Scheme

LEAST_GUTTER = 2 * mm
"""Between cards with bleed: what a guillotine needs so that no card shows its neighbour's ink."""

MARK_OFFSET = 2 * mm
"""Crop and fold marks keep this far from the trim, or the bleed where it reaches further."""

MARK_MARGIN = 9 * mm
"""A margin in which a mark is still seen when a printer leaves the outer 4 to 5 mm of the paper white."""


class Cell(NamedTuple):
    """Where a block lies: its trim, and how far its ink may reach."""

    box: Box
    clip: Box


class Slot(NamedTuple):
    """A page from 0 at its place: where its trim comes to lie, how far its ink may reach, whether on its head."""

    page: int
    box: Box
    clip: Box
    turned: bool


class Lines(NamedTuple):
    """Where a side is cut and folded: positions of upright and of level lines."""

    cut_across: tuple[float, ...]
    cut_down: tuple[float, ...]
    fold_across: tuple[float, ...]
    fold_down: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Blocks in columns and rows on paper, or labels wherever they are."""

    paper: Size
    cells: tuple[tuple[Cell, ...], ...]
    """For each sheet; the last one holds for all that follow."""
    columns: int
    rows: int
    scale: float = 1.0
    """By which pages are made smaller."""

    def at(self, number: int) -> tuple[Cell, ...]:
        """The cells of a sheet, counted from 0."""
        return self.cells[min(number, len(self.cells) - 1)]


def block_size(page: Size, scheme: Scheme, scale: float = 1.0) -> Size:
    """A block of pages with the room between them; room is never scaled."""
    columns, rows = scheme.grid
    across, down = scheme.gaps()
    return Size(columns * page.width * scale + sum(across), rows * page.height * scale + sum(down))


def arranged(paper: Size, page: Size, bleed: float, scheme: Scheme) -> Sheet | None:
    """The arrangement of most blocks on the paper as given or turned; None where not one fits.

    Blocks are centred, so that both sides of a sheet agree. The room between them, where it is not given, grows from
    what a guillotine needs to twice the bleed.
    """
    ways = (paper.landscape, paper.portrait) if scheme.bound else (paper, Size(paper.height, paper.width))
    found = [made for way in ways for made in _ways(way, page, bleed, scheme, 1.0)]
    if not found and scheme.shrink:
        scales = [(_largest(way, page, scheme), way) for way in ways]
        scale, way = max(scales, key=lambda pair: pair[0])
        found = list(_ways(way, page, bleed * scale, scheme, scale)) if scale > 0 else []
    return max(found, key=lambda made: made.columns * made.rows, default=None)


def _ways(paper: Size, page: Size, bleed: float, scheme: Scheme, scale: float) -> Iterator[Sheet]:
    block = block_size(page, scheme, scale)
    # where a sheet is cut into a few equal parts, one cut between them will do
    usual = 0.0 if scheme.blocks else min(2 * bleed, LEAST_GUTTER)
    least = usual if scheme.gutter is None else scheme.gutter
    most = tuple(
        int((length - 2 * scheme.margin + least + SLACK) / (side + least))
        for length, side in ((paper.width, block.width), (paper.height, block.height))
    )
    for columns, rows in _counts((most[0], most[1]), scheme):
        gutters = tuple(
            _gutter(length - 2 * scheme.margin - count * side, count, least, bleed, scheme)
            for length, count, side in (
                (paper.width, columns, block.width),
                (paper.height, rows, block.height),
            )
        )
        yield _placed(paper, block, (columns, rows), (gutters[0], gutters[1]), bleed, scheme, scale)


def _counts(most: tuple[int, int], scheme: Scheme) -> Iterator[tuple[int, int]]:
    """Columns and rows of blocks that fit and are asked for."""
    blocks = 1 if scheme.fill == "once" else scheme.blocks
    for columns in range(1, most[0] + 1):
        for rows in range(1, most[1] + 1):
            if scheme.columns not in (0, columns) or scheme.rows not in (0, rows):
                continue
            if blocks == columns * rows or (not blocks and _is_full(columns, rows, most, scheme)):
                yield columns, rows


def _is_full(columns: int, rows: int, most: tuple[int, int], scheme: Scheme) -> bool:
    return (columns == most[0] or bool(scheme.columns)) and (rows == most[1] or bool(scheme.rows))


def _gutter(spare: float, count: int, least: float, bleed: float, scheme: Scheme) -> float:
    if scheme.gutter is not None or count == 1:
        return least
    wanted = spare - 2 * max(MARK_MARGIN - scheme.margin, 0) if scheme.marks else spare
    return min(max(wanted / (count - 1), least), max(2 * bleed, least))


def _largest(paper: Size, page: Size, scheme: Scheme) -> float:
    """By what pages have to be made smaller so that as many blocks as were asked for fit the paper."""
    columns, rows = scheme.columns or 1, scheme.rows or 1
    gap = block_size(Size(0, 0), scheme)
    pages = scheme.grid
    between = LEAST_GUTTER if scheme.gutter is None else scheme.gutter
    across = paper.width - 2 * scheme.margin - columns * gap.width - (columns - 1) * between
    down = paper.height - 2 * scheme.margin - rows * gap.height - (rows - 1) * between
    return min(across / (columns * pages[0] * page.width), down / (rows * pages[1] * page.height))


def _placed(
    paper: Size,
    block: Size,
    counts: tuple[int, int],
    gutters: tuple[float, float],
    bleed: float,
    scheme: Scheme,
    scale: float,
) -> Sheet:
    """Between blocks the ink ends in the middle of the room; outside it reaches as far as the bleed."""
    (columns, rows), (beside, below) = counts, gutters
    width = columns * block.width + (columns - 1) * beside
    height = rows * block.height + (rows - 1) * below
    whole = Box((paper.width - width) / 2, (paper.height - height) / 2, width, height)
    aside, above = (bleed if scheme.bound else min(bleed, max(gutter / 2, MARK_OFFSET)) for gutter in gutters)
    cells = []
    for row, band in enumerate(whole.rows(rows, below)):
        for column, box in enumerate(band.columns(columns, beside)):
            clip = box.inset(
                left=-(beside / 2 if column else aside),
                top=-(below / 2 if row else above),
                right=-(beside / 2 if column < columns - 1 else aside),
                bottom=-(below / 2 if row < rows - 1 else above),
            )
            cells.append(Cell(box, clip))
    if scheme.fill == "columns":
        cells = [cells[row * columns + column] for column in range(columns) for row in range(rows)]
    return Sheet(paper, (tuple(cells),), columns, rows, scale)


def slots(
    blocks: Sequence[Block | None], cells: Sequence[Cell], paper: Size, page: Size, scheme: Scheme, *, back: bool
) -> list[Slot]:
    """The pages of a side of a sheet, as it is seen when the sheet is turned like a page of a book."""
    across, down = scheme.gaps()
    across = across[::-1] if back else across
    found = []
    for block, cell in zip(blocks, cells, strict=True):
        if block is None:
            continue
        place = Cell(mirrored(cell.box, paper), mirrored(cell.clip, paper)) if back else cell
        for leaf in block.back if back else block.front:
            if leaf.page is None:
                continue
            x = place.box.x + leaf.column * page.width + sum(across[: leaf.column])
            y = place.box.y + leaf.row * page.height + sum(down[: leaf.row])
            box = Box(x, y, page.width, page.height)
            left = x - across[leaf.column - 1] / 2 if leaf.column else place.clip.x
            top = y - down[leaf.row - 1] / 2 if leaf.row else place.clip.y
            right = box.right + across[leaf.column] / 2 if leaf.column < len(across) else place.clip.right
            bottom = box.bottom + down[leaf.row] / 2 if leaf.row < len(down) else place.clip.bottom
            creep = leaf.spine * leaf.layer * scheme.thickness
            clip = Box(left, top, right - left, bottom - top)
            found.append(Slot(leaf.page, box.moved(creep, 0), clip, leaf.turned))
    return found


def lines(cells: Sequence[Cell], page: Size, scheme: Scheme) -> Lines:
    """Where a sheet is cut and folded; the back is a mirror of it."""
    across, down = scheme.gaps()
    cut_x, fold_x = _edges([cell.box.x for cell in cells], page.width, across)
    cut_y, fold_y = _edges([cell.box.y for cell in cells], page.height, down)
    return Lines(cut_x, cut_y, fold_x, fold_y)


def _edges(starts: Sequence[float], side: float, gaps: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Cuts at the ends of pages, and folds in the middle of the room between them; where there is none, no cut."""
    cuts, folds = set(), set()
    for start in starts:
        at = start
        cuts.add(round(at, 6))
        for gap in gaps:
            at += side
            folds.add(round(at + gap / 2, 6))
            if gap > SLACK:
                cuts |= {round(at, 6), round(at + gap, 6)}
            at += gap
        cuts.add(round(at + side, 6))
    return tuple(sorted(cuts)), tuple(sorted(folds))


def mirrored(box: Box, paper: Size) -> Box:
    """A box after the sheet was turned about its upright axis."""
    return Box(paper.width - box.right, box.y, box.width, box.height)


def upside_down(slot: Slot, paper: Size) -> Slot:
    """A page after half a turn of the sheet."""
    return Slot(slot.page, half_turned(slot.box, paper), half_turned(slot.clip, paper), not slot.turned)


def half_turned(box: Box, paper: Size) -> Box:
    """A box after half a turn of the sheet."""
    return Box(paper.width - box.right, paper.height - box.bottom, box.width, box.height)


def is_bookwise(paper: Size, edge: str) -> bool:
    """Whether a printer that turns sheets about this edge turns them like a page: about their upright axis."""
    return (edge == "long") == (paper.height >= paper.width)


def edge_of(paper: Size) -> str:
    """The edge about which a printer turns a sheet like a page."""
    return "long" if math.isclose(paper.height, paper.width) or paper.height > paper.width else "short"
