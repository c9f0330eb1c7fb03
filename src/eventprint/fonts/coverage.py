"""How much of the paper a glyph blackens, for whoever adds up ink; knows nothing of text or of where fonts are kept."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

Point = tuple[float, float]


class Blot(NamedTuple):
    """A glyph as a grey box: its inked area in square em, and where it lies, in em from its origin."""

    area: float
    left: float
    low: float
    right: float
    high: float
    steps: tuple[tuple[bytes, list[float]], ...] = ()
    """The outline as a PDF writes it: operators `m`, `l`, `c` and `h` with their numbers, in em."""


class Coverage:
    """The areas of a font program's glyphs."""

    def __init__(self, program: bytes) -> None:
        """Raises ValueError where the program is no font that HarfBuzz can draw."""
        self._face = hb.Face(hb.Blob(program))
        self._font = hb.Font(self._face)
        if not self._face.glyph_count:
            raise ValueError("the font program has no glyphs")
        self._em = float(self._face.upem) or 1000.0
        self.blot = cache(self._blot)
        """A glyph as a grey box, by its id."""

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 where the font names none; symbols may stand from U+F000 on."""
        return self._font.get_nominal_glyph(code) or self._font.get_nominal_glyph(0xF000 + code) or 0

    def _blot(self, glyph: int) -> Blot:
        pen = _Area()
        self._font.draw_glyph_with_pen(glyph, pen)
        if not pen.xs:
            return Blot(0.0, 0.0, 0.0, 0.0, 0.0)
        edges = (min(pen.xs), min(pen.ys), max(pen.xs), max(pen.ys))
        left, low, right, high = (edge / self._em for edge in edges)
        steps = tuple((operator, [number / self._em for number in numbers]) for operator, numbers in pen.steps)
        return Blot(abs(pen.area) / self._em**2, left, low, right, high, steps)


class _Area:
    """A pen that adds up the area inside the outlines it draws (Green's theorem)."""

    def __init__(self) -> None:
        self.area = 0.0
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.steps: list[tuple[bytes, list[float]]] = []
        self._start: Point = (0.0, 0.0)
        self._at: Point = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:
        self._start = point
        self._goes(b"m", point)

    def lineTo(self, point: Point) -> None:
        self.area += _cross(self._at, point) / 2
        self._goes(b"l", point)

    def qCurveTo(self, *points: Point) -> None:
        *controls, end = points
        for number, control in enumerate(controls):
            following = controls[number + 1] if number + 1 < len(controls) else None
            to = end if following is None else ((control[0] + following[0]) / 2, (control[1] + following[1]) / 2)
            # a parabola takes two thirds of the triangle of its points (Archimedes)
            triangle = (_cross(self._at, control) + _cross(control, to) + _cross(to, self._at)) / 2
            self.area += _cross(self._at, to) / 2 + triangle * 2 / 3
            (ax, ay), (x, y), (bx, by) = self._at, control, to
            # a parabola as a cubic has its handles at two thirds of the way to its own
            handles = ((ax + 2 * x) / 3, (ay + 2 * y) / 3), ((bx + 2 * x) / 3, (by + 2 * y) / 3)
            self._goes(b"c", *handles, to)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:
        # of a cubic's area: three twentieths of six, six, and so on, of the cross products of its points
        p, q, r, s = self._at, first, second, end
        products = 6 * _cross(p, q) + 3 * _cross(p, r) + _cross(p, s) + 3 * _cross(q, r) + 3 * _cross(q, s)
        self.area += (products + 6 * _cross(r, s)) / 20
        self._goes(b"c", first, second, end)

    def closePath(self) -> None:
        self.lineTo(self._start)

    def _goes(self, operator: bytes, *points: Point) -> None:
        self._at = points[-1]
        self.xs += (x for x, _ in points)
        self.ys += (y for _, y in points)
        self.steps.append((operator, [number for point in points for number in point]))

    def endPath(self) -> None:
        self.closePath()


def _cross(one: Point, other: Point) -> float:
    return one[0] * other[1] - one[1] * other[0]
