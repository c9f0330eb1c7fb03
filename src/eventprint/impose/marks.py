"""Marks in the margins of a sheet: where to cut and fold, whether plates and sides agree, which sheet it is.

All lie outside the bleed, and print on every plate: their colour is Separation All (ISO 32000-1, 8.6.6.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..geometry import Box, Size, mm
from ..page import KAPPA
from ..pdfpages import number_text
from . import places
from .places import MARK_OFFSET, Lines
from .scheme import Scheme

Line = tuple[float, float, float, float]

_LENGTH = 5 * mm
_LEAST = 1 * mm
_WIDTH = 0.25
_DASH = 2.0
_RADIUS = 1.5 * mm
_CROSS = 2.5 * mm
_ROOM = 1 * mm
"""Between a mark and what is beside it."""


class Marks(NamedTuple):
    """What is drawn in the margins of one side; points from the top left corner."""

    cuts: tuple[Line, ...] = ()
    folds: tuple[Line, ...] = ()
    targets: tuple[tuple[float, float], ...] = ()
    """Centres of registration marks."""
    steps: tuple[Box, ...] = ()
    """Bars on the folds of sections, one lower than the one before, so that a wrong order is seen at the spine."""
    slug: Box | None = None
    """Where there is room for a line that says which sheet it is."""


def marks(paper: Size, whole: Box, lines: Lines, bleed: float, scheme: Scheme, slug: Size | None) -> Marks:
    """The marks of a front side that there is room for.

    `whole` is what lies between the outermost cuts, `bleed` how far ink reaches beyond it, `slug` how large a line
    about the sheet is.
    """
    offset = max(bleed, MARK_OFFSET)
    aside, above = _tick(whole.x, offset), _tick(whole.y, offset)
    cuts: list[Line] = []
    folds: list[Line] = []
    if "crop" in scheme.marks:
        cuts += [(x, y, x, to) for y, to in _both_ends(above, paper.height) for x in lines.cut_across]
        cuts += [(x, y, to, y) for x, to in _both_ends(aside, paper.width) for y in lines.cut_down]
    if "fold" in scheme.marks:
        folds += [(x, y, x, to) for y, to in _both_ends(above, paper.height) for x in lines.fold_across]
        folds += [(x, y, to, y) for x, to in _both_ends(aside, paper.width) for y in lines.fold_down]
    targets: list[tuple[float, float]] = []
    room = None
    upright = sorted({*lines.cut_across, *lines.fold_across})
    level = sorted({*lines.cut_down, *lines.fold_down})
    below = _free(upright, whole.x, whole.right)
    if slug is not None and paper.height - whole.bottom >= offset + slug.height + _ROOM:
        start, end = max(below, key=lambda span: span[1] - span[0])
        if end - start >= slug.width + 2 * _ROOM:
            room = Box(start + _ROOM, whole.bottom + offset + _ROOM / 2, slug.width, slug.height)
            below = [(low, high) for low, high in below if low != start] + [(room.right + _ROOM, end)]
    if "registration" in scheme.marks:
        across, down = _targets(aside, paper.width), _targets(above, paper.height)
        sides = _free(level, whole.y, whole.bottom)
        if down:
            targets += [(x, down[0]) for x in _middle(_free(upright, whole.x, whole.right))]
            targets += [(x, down[1]) for x in _middle(below)]
        if across:
            targets += [(x, y) for x in across for y in _middle(sides)]
    return Marks(tuple(cuts), tuple(folds), tuple(targets), (), room)


def step(lines: Lines, whole: Box, section: int, gap: float) -> tuple[Box, ...]:
    """The bar on the back of a section that is bound with others, in the room that is milled off."""
    height, width = 4 * mm, min(1.5 * mm, gap)
    places = max(1, int((whole.height - 20 * mm) / (height * 1.25)))
    y = whole.y + 10 * mm + section % places * height * 1.25
    return tuple(Box(x - width / 2, y, width, height) for x in lines.fold_across[::2]) if gap > 0 else ()


def _tick(margin: float, offset: float) -> tuple[float, float] | None:
    """Where a mark in a margin at the start of an axis begins and ends, away from the trim."""
    start = margin - offset
    return (start, max(start - _LENGTH, 0.0)) if start >= _LEAST else None


def _both_ends(tick: tuple[float, float] | None, length: float) -> list[tuple[float, float]]:
    return [] if tick is None else [tick, (length - tick[0], length - tick[1])]


def _targets(tick: tuple[float, float] | None, length: float) -> tuple[float, float] | None:
    """Where on an axis registration marks are centred in the two margins; None where they have no room."""
    if tick is None or tick[0] < 2 * _CROSS:
        return None
    at = tick[0] - _CROSS
    return at, length - at


def _free(taken: Sequence[float], start: float, end: float) -> list[tuple[float, float]]:
    """The stretches between ticks."""
    stops = sorted({start, *taken, end})
    return [(low, high) for low, high in pairwise(stops) if low >= start and high <= end]


def _middle(spans: Iterable[tuple[float, float]]) -> list[float]:
    """The middle of the widest stretch, where it has room for a registration mark."""
    low, high = max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
    return [(low + high) / 2] if high - low >= 2 * (_CROSS + _ROOM) else []


def mirrored(drawn: Marks, paper: Size) -> Marks:
    """The marks of the back of a sheet, which lie behind those of its front; the slug keeps its place."""
    return Marks(
        tuple((paper.width - x, y, paper.width - to_x, to_y) for x, y, to_x, to_y in drawn.cuts),
        tuple((paper.width - x, y, paper.width - to_x, to_y) for x, y, to_x, to_y in drawn.folds),
        tuple((paper.width - x, y) for x, y in drawn.targets),
        (),
        drawn.slug and places.mirrored(drawn.slug, paper),
    )


def half_turned(drawn: Marks, paper: Size) -> Marks:
    """The marks of a side after half a turn of the sheet."""

    def turn(line: Line) -> Line:
        x, y, to_x, to_y = line
        return paper.width - x, paper.height - y, paper.width - to_x, paper.height - to_y

    return Marks(
        tuple(map(turn, drawn.cuts)),
        tuple(map(turn, drawn.folds)),
        tuple((paper.width - x, paper.height - y) for x, y in drawn.targets),
        tuple(places.half_turned(box, paper) for box in drawn.steps),
        drawn.slug and places.half_turned(drawn.slug, paper),
    )


def content(drawn: Marks, paper: Size) -> list[str]:
    """The operators that draw marks, but not the slug, in the colour space `All`."""
    n = number_text
    made: list[str] = []

    def path(one: Line) -> str:
        x, y, to_x, to_y = one
        return f"{n(x)} {n(paper.height - y)} m {n(to_x)} {n(paper.height - to_y)} l"

    if drawn.cuts:
        made += [*sorted(map(path, drawn.cuts)), "S"]
    if drawn.folds:
        made += [f"[{n(_DASH)}] 0 d", *sorted(map(path, drawn.folds)), "S [] 0 d"]
    for x, y in drawn.targets:
        made += [path((x - _CROSS, y, x + _CROSS, y)), path((x, y - _CROSS, x, y + _CROSS)), _circle(x, y, paper), "S"]
    for box in drawn.steps:
        made += [f"{n(box.x)} {n(paper.height - box.bottom)} {n(box.width)} {n(box.height)} re f"]
    return [f"q /All CS 1 SCN /All cs 1 scn {_WIDTH} w", *made, "Q"] if made else []


def _circle(x: float, y: float, paper: Size) -> str:
    n, r, k = number_text, _RADIUS, _RADIUS * KAPPA
    y = paper.height - y
    arcs = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return " ".join([f"{n(x + r)} {n(y)} m", *(" ".join(map(n, arc)) + " c" for arc in arcs)])
