"""What lies under a mark of a file: bare paper, or ink, and which."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..colours import WHITE
from ..geometry import SLACK, Box
from .facts import Face, Ink, Paint
from .outlines import Outline, outlines_of, within

_CELL = 36.0
"""Points: marks are looked for cell by cell, so that a map of ten thousand lines is no product of itself."""


def grounds_of(face: Face) -> Grounds:
    """What lies under the marks of a page, looked up once a page."""
    if face.grounds is None:
        face.grounds = Grounds(face)
    grounds: Grounds = face.grounds
    return grounds


class Grounds:
    """The marks of a page that others may lie on, by where they are."""

    def __init__(self, face: Face) -> None:
        self.inks = face.inks
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.wide: list[int] = []
        self.outlines: dict[int, tuple[list[Outline], bool]] = {}
        for at, ink in enumerate(face.inks):
            if ink.kind in ("shape", "picture") and ink.manner.alpha > 0:
                cells = _cells(ink.box)
                if cells is None:
                    self.wide.append(at)
                else:
                    for cell in cells:
                        self.cells.setdefault(cell, []).append(at)

    def _near(self, box: Box) -> set[int]:
        cells = _cells(box)
        if cells is None:
            return {*self.wide, *(at for found in self.cells.values() for at in found)}
        return {*self.wide, *(at for cell in cells for at in self.cells.get(cell, ()))}

    def under(self, at: int) -> Iterator[tuple[Ink, bool]]:
        """What a mark lies on, the uppermost first, and whether all of it does; nothing below what hides all."""
        box = self.inks[at].box
        for each in sorted((each for each in self._near(box) if each < at), reverse=True):
            other = self.inks[each]
            if other.box.intersects(box, SLACK) and (share := self._share(each, box)):
                yield other, share == 1
                if share == 1 and hides(other):
                    return

    def inked(self, at: int) -> bool:
        """Whether any ink lies under a mark."""
        return any(not _blank(other) for other, _ in self.under(at))

    def coloured(self, at: int) -> bool:
        """Whether ink other than black lies under a mark."""
        return any(_beyond_black(other) for other, _ in self.under(at))

    def alone(self, at: int) -> Paint | None:
        """The one known paint that lies under all of a mark, that of bare paper without ink.

        None where there are several, or where it is not known which: pictures, shadings, what is seen through.
        """
        for other, whole in self.under(at):
            known = other.kind == "shape" and other.fill is not None and other.fill.known
            return other.fill if whole and known and hides(other) else None
        return BARE

    def _share(self, at: int, box: Box) -> float:
        """How much of nine places in a box a mark covers."""
        ink = self.inks[at]
        if ink.solid is not None:
            return 1.0 if ink.solid.contains(box) else 0.5
        if ink.kind == "picture":
            return 1.0 if ink.box.contains(box) and not ink.clips else 0.5
        if ink.fill is None:
            # a straight line is met; a frame round a text does not lie under it
            return 0.5 if min(ink.box.width, ink.box.height) <= 2 * ink.size else 0.0
        inner = box.inset(min(box.width, box.height) / 20)
        middle_x, middle_y = inner.centre
        outlines, even_odd = self._outlines(at)
        places = [(x, y) for x in (inner.x, middle_x, inner.right) for y in (inner.y, middle_y, inner.bottom)]
        holes = [(outlines_of(clip.path, clip.matrix, 0.5), clip.even_odd) for clip in ink.clips]
        areas = [(outlines, even_odd), *holes]
        return sum(all(within(place, *area) for area in areas) for place in places) / len(places)

    def _outlines(self, at: int) -> tuple[list[Outline], bool]:
        if at not in self.outlines:
            ink = self.inks[at]
            try:
                outlines = outlines_of(ink.drawing, ink.matrix, 0.5)
            except (ArithmeticError, ValueError):
                outlines = []
            self.outlines[at] = (outlines, bool(ink.drawing) and ink.drawing[-1][0] == b"*")
        return self.outlines[at]


BARE = Paint(("DeviceGray",), look=WHITE)
"""What paper is painted with."""

_MOST = 64
"""A mark in more cells than this is looked at wherever one looks."""


def _cells(box: Box) -> list[tuple[int, int]] | None:
    """The cells that a box lies in; None for too many."""
    left, right, top, bottom = (edge / _CELL for edge in (box.x, box.right, box.y, box.bottom))
    if (right - left + 2) * (bottom - top + 2) > _MOST:
        return None
    rows = range(math.floor(top), math.floor(bottom) + 1)
    return [(column, row) for column in range(math.floor(left), math.floor(right) + 1) for row in rows]


def hides(ink: Ink) -> bool:
    """Whether nothing shows through a mark that covers another."""
    manner = ink.manner
    opaque = manner.alpha >= 1 and not manner.soft and manner.blend in ("Normal", "Compatible")
    return opaque and not manner.over and not ink.clips


def _blank(ink: Ink) -> bool:
    return all(paint.white for paint in (ink.fill, ink.stroke) if paint is not None)


def _beyond_black(ink: Ink) -> bool:
    for paint in ink.paints:
        if not paint.known and not paint.inside and paint.families[-1] not in ("DeviceGray", "ICCBased gray"):
            return True
        if any(paint.inks[:3]) or paint.spots:
            return True
    return False
