"""Outlines of any font as those of a TrueType font: what HarfBuzz draws, its cubic curves made quadratic.

For fonts whose outlines are in `CFF` or `CFF2`, static or at one place in their design space. A glyph is drawn when it
is asked for, so that a font with all Chinese characters costs no more than the ones in use. Knows nothing of text, PDF
or where fonts are kept.

TrueType's glyph descriptions: ISO/IEC 14496-22 (Open Font Format), 5.3.4.
"""

from __future__ import annotations

import math
import struct
from itertools import groupby

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

Point = tuple[float, float]

_TOLERANCE = 0.0001
"""Em by which a quadratic curve may leave the cubic it stands for: 0.03 mm in letters 300 mm high."""

_MOST = 16383
"""The farthest a point may lie from the origin, so that no step between two points exceeds 16 bits."""

_ON_CURVE = 0x01
_X_SHORT = 0x02
_Y_SHORT = 0x04
_REPEAT = 0x08
_X_SAME_OR_POSITIVE = 0x10
_Y_SAME_OR_POSITIVE = 0x20


class DrawnOutlines:
    """A font's measures, advances and outlines by glyph id, as `subset.TrueType` has them."""

    def __init__(self, font: hb.Font) -> None:
        self._font = font
        self.head = self.table("head")[:54]
        self.hhea = self.table("hhea")[:36]
        self.units_per_em = int(font.face.upem)
        self._drawn: dict[int, bytes] = {}

    def table(self, tag: str) -> bytes:
        """A table's bytes, empty where the font has no such table."""
        return bytes(self._font.face.reference_table(tag).data)

    def advance(self, glyph: int) -> int:
        """The width of a glyph before any kerning, in font units."""
        return int(self._font.get_glyph_h_advance(glyph))

    def bearing(self, glyph: int) -> int:
        """The left side bearing in font units: where the outline begins, for it is drawn in its place."""
        outline = self.outline(glyph)
        return int(struct.unpack_from(">h", outline, 2)[0]) if outline else 0

    def outline(self, glyph: int) -> bytes:
        """A glyph's description as the `glyf` table has it, empty for a glyph without ink."""
        if glyph not in self._drawn:
            pen = _Pen(self.units_per_em * _TOLERANCE)
            self._font.draw_glyph_with_pen(glyph, pen)
            self._drawn[glyph] = _description(pen.contours())
        return self._drawn[glyph]


def quadratics(start: Point, first: Point, second: Point, end: Point, tolerance: float) -> list[Point]:
    """The control points of the fewest quadratic curves, equally long in the parameter, that follow a cubic.

    Between two of them lies a point of the curve, halfway: TrueType implies it. Such a curve leaves the cubic by at
    most √3/36 · |end − 3 second + 3 first − start|, and each of n by that over n³. It is the cubic with its degree
    reduced so that both ends stay: the difference is half that vector times t (1 − t) (1 − 2t), whose greatest value is
    √3/18 (G. Farin, Curves and Surfaces for CAGD, on degree reduction). The halfway point is exact because
    what is left out is odd about every joint.
    """
    terms = []
    for p, q, r, s in zip(start, first, second, end, strict=True):
        terms.append((p, 3 * (q - p), 3 * (r - 2 * q + p), s - 3 * r + 3 * q - p))
    error = math.sqrt(3) / 36 * math.hypot(terms[0][3], terms[1][3])
    count = max(1, math.ceil((error / tolerance) ** (1 / 3) - 1e-9))
    controls = []
    for number in range(count):
        a, b = number / count, (number + 1) / count
        # the polar form of 1, t and t² at (a, b), and for t³ the control point of its own reduction
        linear, square, cube = (a + b) / 2, a * b, (3 * a * b * (a + b) - a**3 - b**3) / 4
        x, y = (c0 + c1 * linear + c2 * square + c3 * cube for c0, c1, c2, c3 in terms)
        controls.append((x, y))
    return controls


class _Pen:
    """Takes what HarfBuzz draws, which calls the methods by their names: whole points, on a curve or beside it."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._contours: list[list[tuple[int, int, bool]]] = []
        self._at: Point = (0.0, 0.0)

    def _add(self, point: Point, on_curve: bool) -> None:
        x, y = (max(-_MOST, min(_MOST, math.floor(value + 0.5))) for value in point)
        self._contours[-1].append((x, y, on_curve))

    def moveTo(self, to: Point) -> None:
        self._contours.append([])
        self.lineTo(to)

    def lineTo(self, to: Point) -> None:
        self._add(to, True)
        self._at = to

    def qCurveTo(self, control: Point, to: Point) -> None:
        self._add(control, False)
        self.lineTo(to)

    def curveTo(self, first: Point, second: Point, to: Point) -> None:
        for control in quadratics(self._at, first, second, to, self._tolerance):
            self._add(control, False)
        self.lineTo(to)

    def closePath(self) -> None:
        """Nothing: every contour of a glyph is closed."""

    def contours(self) -> list[list[tuple[int, int, bool]]]:
        """The closed contours that enclose something, each point once."""
        found = []
        for contour in self._contours:
            points = [point for point, _ in groupby(contour)]
            if len(points) > 1 and points[0] == points[-1]:
                points.pop()
            if len(points) > 2 or any(not on_curve for *_, on_curve in points):
                found.append(points)
        return found


def _description(contours: list[list[tuple[int, int, bool]]]) -> bytes:
    """A simple glyph without instructions."""
    points = [point for contour in contours for point in contour]
    if not points:
        return b""
    across, up, _ = zip(*points, strict=True)
    ends, last = [], -1
    for contour in contours:
        last += len(contour)
        ends.append(last)
    flags, steps_across, steps_up = [], [], []
    before = (0, 0)
    for x, y, on_curve in points:
        x_flags, x_step = _step(x - before[0], _X_SHORT, _X_SAME_OR_POSITIVE)
        y_flags, y_step = _step(y - before[1], _Y_SHORT, _Y_SAME_OR_POSITIVE)
        flags.append(_ON_CURVE * on_curve | x_flags | y_flags)
        steps_across.append(x_step)
        steps_up.append(y_step)
        before = (x, y)
    return b"".join(
        (
            struct.pack(">5h", len(contours), min(across), min(up), max(across), max(up)),
            struct.pack(f">{len(ends)}H", *ends),
            b"\0\0",
            _packed(flags),
            *steps_across,
            *steps_up,
        )
    )


def _step(distance: int, short: int, same_or_positive: int) -> tuple[int, bytes]:
    """From one coordinate to the next: the flags that say how it is written, and the bytes."""
    if distance == 0:
        return same_or_positive, b""
    if -256 < distance < 256:
        return short | (same_or_positive if distance > 0 else 0), bytes((abs(distance),))
    return 0, struct.pack(">h", distance)


def _packed(flags: list[int]) -> bytes:
    packed = bytearray()
    for flag, group in groupby(flags):
        left = len(list(group))
        while left:
            times = min(left, 256)
            packed += bytes((flag,)) if times == 1 else bytes((flag | _REPEAT, times - 1))
            left -= times
    return bytes(packed)
