"""Outlines: what lies under a mark, and what reaches into a box."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..fonts import faces
from ..geometry import SLACK, Box
from ..page import Artwork, Matrix, Picture, Shape, Text, place_box
from .facts import Ink, Point
from .limits import Spec
from .outlines import within

_FLAT = 0.1
"""How far a curve may leave the straight pieces it is followed by, in the shape's own points."""


def may_cover(ink: Ink) -> bool:
    """Whether a mark is of a kind that hides what lies under it."""
    mark = ink.mark
    return isinstance(mark, Picture | Artwork) or (isinstance(mark, Shape) and mark.fill is not None)


def solid_part(shape: Shape, matrix: Matrix) -> Box | None:
    """What an upright rectangle, its corners round or not, covers for certain; None for any other shape.

    Most grounds are one or the other, and this saves following their outlines for every text that lies on them.
    """
    a, b, c, d, _, _ = matrix
    corners = {len(step): step for step in shape.steps}
    if shape.fill is None or (a * d and b * c) or len(shape.steps) not in (5, 10) or not corners.keys() <= {1, 3, 7}:
        return None
    ends = {(round(step[-2], 4), round(step[-1], 4)) for step in shape.steps if len(step) > 1}
    xs, ys = {x for x, _ in ends}, {y for _, y in ends}
    if len(xs) == 1 or len(ys) == 1:
        return None
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    radius = round(min(xs - {left}) - left, 4) if 7 in corners else 0.0
    expected = {
        (x + east, y + south)
        for x, east_ in ((left, radius), (right, -radius))
        for y, south_ in ((top, radius), (bottom, -radius))
        for east, south in ((east_, 0.0), (0.0, south_))
    }
    if {(round(x, 3), round(y, 3)) for x, y in expected} != {(round(x, 3), round(y, 3)) for x, y in ends}:
        return None
    # a quarter circle leaves 1 - 1/√2 of its radius open in the corner
    return place_box(Box(left, top, right - left, bottom - top).inset(0.3 * radius), matrix)


def covers(ink: Ink, box: Box) -> bool:
    """Whether a mark leaves nothing of a box uncovered, as far as eight points round it can tell."""
    if not ink.box.contains(box) or not may_cover(ink):
        return False
    if not isinstance(ink.mark, Shape) or (ink.solid and ink.solid.contains(box)):
        return True
    outlines = _outlines_of(ink.mark, ink.matrix)
    # points just inside, so that a plate exactly as large as the box covers it
    near = box.inset(2 * SLACK)
    middle_x, middle_y = near.centre
    points = [(x, y) for x in (near.x, middle_x, near.right) for y in (near.y, middle_y, near.bottom)]
    return all(within(point, outlines, even_odd=False) for point in points)


def ground_of(inks: Sequence[Ink], box: Box) -> int:
    """Which of the marks is the topmost that covers a box, -1 where the box lies on bare paper."""
    return next((at for at in range(len(inks) - 1, -1, -1) if covers(inks[at], box)), -1)


def is_dark(inks: Sequence[Ink], at: int, spec: Spec) -> bool:
    """Whether a mark gives back too little light to be the ground of a code; bare paper (-1) never."""
    mark = inks[at].mark if at >= 0 else None
    if not isinstance(mark, Shape):
        return at >= 0
    return any(colour is not None and colour.luminance < spec.ground for colour in (mark.fill, mark.stroke))


def reaches(ink: Ink, box: Box) -> bool:
    """Whether any ink of a mark lies in a box, once the boxes meet: a frame round it does not."""
    mark = ink.mark
    if isinstance(mark, Text):
        return any(box.intersects(place_box(letter, ink.matrix)) for letter in _letters(mark))
    if not isinstance(mark, Shape):
        return True
    outlines = _outlines_of(mark, ink.matrix)
    around = box.inset(-max(ink.size, 0) / 2 + SLACK) if mark.stroke else box.inset(SLACK)
    if any(_meets(a, b, around) for outline in outlines for a, b in pairwise(outline)):
        return True
    return mark.fill is not None and within(box.centre, outlines, even_odd=False)


def _letters(text: Text) -> Iterator[Box]:
    """The ink of each cluster, as wide as its advance: one letter's descender is not the whole line's."""
    x = text.x
    for run in text.line.runs:
        face = faces.face(run.face)
        em = text.size * run.scale / run.units_per_em
        for cell in run.cells:
            reach = [(face.ink(glyph), rise) for glyph, _, rise in cell.glyphs]
            high = max(((top + rise) * em for (top, _), rise in reach), default=0.0)
            low = min(((bottom + rise) * em for (_, bottom), rise in reach), default=0.0)
            if high > low:
                yield Box(x, text.y - high, cell.advance * em, high - low)
            x += cell.advance * em + text.tracking + (text.word_space if cell.text == " " else 0)


def _outlines_of(shape: Shape, matrix: Matrix) -> list[list[Point]]:
    """The outline as straight pieces."""
    a, b, c, d, e, f = matrix
    outlines: list[list[Point]] = []
    start = at = (0.0, 0.0)
    for step in shape.steps:
        match step:
            case ("M", x, y):
                start = at = (x, y)
                outlines.append([at])
            case ("L", x, y):
                at = (x, y)
                outlines[-1].append(at)
            case ("C", x1, y1, x2, y2, x, y):
                pieces = _pieces_for(at, (x1, y1), (x2, y2), (x, y))
                for part in range(1, pieces + 1):
                    t = part / pieces
                    s = 1 - t
                    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
                    outlines[-1].append(
                        (
                            sum(w * v for w, v in zip(weights, (at[0], x1, x2, x), strict=True)),
                            sum(w * v for w, v in zip(weights, (at[1], y1, y2, y), strict=True)),
                        )
                    )
                at = (x, y)
            case _:
                outlines[-1].append(start)
                at = start
    return [[(a * x + c * y + e, b * x + d * y + f) for x, y in outline] for outline in outlines]


def _pieces_for(start: Point, first: Point, second: Point, end: Point) -> int:
    """In how many straight pieces a Bézier curve is nowhere further than _FLAT from them (Wang's formula, 1984)."""
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
        for a, b, c in ((start, first, second), (first, second, end))
    )
    return max(1, math.ceil(math.sqrt(0.75 * bend / _FLAT)))


def _meets(a: Point, b: Point, box: Box) -> bool:
    """Whether a straight piece passes through a box (clipping after Liang and Barsky, 1984)."""
    enters, leaves = 0.0, 1.0
    for start, step, low, high in (
        (a[0], b[0] - a[0], box.x, box.right),
        (a[1], b[1] - a[1], box.y, box.bottom),
    ):
        if step == 0:
            if not low <= start <= high:
                return False
            continue
        first, second = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, first), min(leaves, second)
    return enters <= leaves
