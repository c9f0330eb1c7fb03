"""Outlines of a file's paths as straight pieces, and what lies inside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..page import Matrix
from .facts import Path, Point

Outline = list[Point]


def outlines_of(path: Path, matrix: Matrix, flat: float = 0.1) -> list[Outline]:
    """A path's outlines on the page; curves leave the pieces by no more than `flat`."""
    a, b, c, d, e, f = matrix
    outlines: list[Outline] = []
    closed: list[bool] = []

    def placed(x: float, y: float) -> Point:
        return a * x + c * y + e, b * x + d * y + f

    for operator, numbers in path:
        if operator == b"re":
            for x, y, wide, high in zip(*(numbers[at::4] for at in range(4)), strict=False):
                corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
                outlines.append([placed(*corner) for corner in corners])
                closed.append(True)
            continue
        if operator == b"h":
            if outlines and not closed[-1]:
                outlines[-1].append(outlines[-1][0])
                closed[-1] = True
            continue
        points = [placed(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        if not points:
            continue
        if operator == b"m" or not outlines:
            outlines.append(points[-1:])
            closed.append(False)
            continue
        if closed[-1]:
            outlines.append(outlines[-1][:1])
            closed.append(False)
        line = outlines[-1]
        start = line[-1]
        match operator, len(points):
            case b"c", 3:
                line += _curve(start, points[0], points[1], points[2], flat)
            case b"v", 2:
                line += _curve(start, start, points[0], points[1], flat)
            case b"y", 2:
                line += _curve(start, points[0], points[1], points[1], flat)
            case _:
                line += points[-1:]
    return outlines


def _curve(start: Point, first: Point, second: Point, end: Point, flat: float) -> list[Point]:
    """A Bézier curve in straight pieces (Wang's formula, 1984, for how many)."""
    bend = max(
        math.hypot(one[0] - 2 * two[0] + three[0], one[1] - 2 * two[1] + three[1])
        for one, two, three in ((start, first, second), (first, second, end))
    )
    pieces = max(1, math.ceil(min(math.sqrt(0.75 * bend / flat), _MOST))) if math.isfinite(bend) else 1
    made = []
    for part in range(1, pieces + 1):
        t = part / pieces
        s = 1 - t
        weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
        points = (start, first, second, end)
        made.append(
            (
                sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
                sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
            )
        )
    return made


_MOST = 200
"""Straight pieces of one curve."""


def within(point: Point, outlines: Sequence[Outline], even_odd: bool) -> bool:
    """Whether a point lies inside."""
    x, y = point
    turns = 0
    for outline in outlines:
        before = outline[-1]
        for here in outline:
            (x1, y1), (x2, y2) = before, here
            before = here
            if (y1 <= y) != (y2 <= y) and x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x:
                turns += 1 if y2 > y1 else -1
    return turns % 2 != 0 if even_odd else turns != 0
