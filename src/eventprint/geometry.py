"""Lengths, sizes and boxes: points (1/72 inch), origin top left, y downwards.

Knows nothing of events, pages or PDF. `draw` is the one place that turns the axis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .values import dataclass

inch = 72.0
mm = inch / 25.4
cm = 10 * mm
pt = 1.0

SLACK = 0.01
"""Lengths closer than this, in points, count as equal: rounding, never design."""

_UNITS = {"mm": mm, "cm": cm, "in": inch, "pt": pt}
_LENGTH = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)\s*\Z")


def length(text: str) -> float:
    """Points for a written length such as `12 mm`, `9 pt`, `0.5 in`.

    Raises ValueError for anything without a known unit, bare numbers included.
    """
    match = _LENGTH.match(text)
    if match is None:
        raise ValueError(f"{text!r} is not a length")
    return float(match[1].replace(",", ".")) * _UNITS[match[2]]


def in_mm(points: float) -> str:
    """A length for people: `148 mm`, `4.5 mm`."""
    return f"{points / mm:.2f}".rstrip("0").rstrip(".") + " mm"


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height in points."""

    width: float
    height: float

    @property
    def landscape(self) -> Size:
        return Size(max(self.width, self.height), min(self.width, self.height))

    @property
    def portrait(self) -> Size:
        return Size(min(self.width, self.height), max(self.width, self.height))

    def same_as(self, other: Size, slack: float = SLACK) -> bool:
        return abs(self.width - other.width) <= slack and abs(self.height - other.height) <= slack

    def __str__(self) -> str:
        width, height = (f"{side / mm:.2f}".rstrip("0").rstrip(".") for side in (self.width, self.height))
        return f"{width} × {height} mm"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its top left corner, its width and its height, in points."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, size: Size) -> Box:
        return cls(0, 0, size.width, size.height)

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    def cut_top(self, height: float) -> tuple[Box, Box]:
        """The strip of this height, and what is left below it."""
        return Box(self.x, self.y, self.width, height), Box(self.x, self.y + height, self.width, self.height - height)

    def cut_bottom(self, height: float) -> tuple[Box, Box]:
        """The strip of this height, and what is left above it."""
        return (
            Box(self.x, self.bottom - height, self.width, height),
            Box(self.x, self.y, self.width, self.height - height),
        )

    def cut_left(self, width: float) -> tuple[Box, Box]:
        """The strip of this width, and what is left to its right."""
        return Box(self.x, self.y, width, self.height), Box(self.x + width, self.y, self.width - width, self.height)

    def cut_right(self, width: float) -> tuple[Box, Box]:
        """The strip of this width, and what is left to its left."""
        return (
            Box(self.right - width, self.y, width, self.height),
            Box(self.x, self.y, self.width - width, self.height),
        )

    def inset(
        self,
        every: float = 0,
        *,
        left: float | None = None,
        top: float | None = None,
        right: float | None = None,
        bottom: float | None = None,
    ) -> Box:
        """The box with this much taken off every side; a named side overrides. Negative values grow it."""
        west, north, east, south = (every if side is None else side for side in (left, top, right, bottom))
        return Box(self.x + west, self.y + north, self.width - west - east, self.height - north - south)

    def columns(self, count: int, gutter: float = 0) -> Iterator[Box]:
        """Equal columns from left to right with a gutter between them."""
        width = (self.width - gutter * (count - 1)) / count
        return (Box(self.x + i * (width + gutter), self.y, width, self.height) for i in range(count))

    def rows(self, count: int, gutter: float = 0) -> Iterator[Box]:
        """Equal rows from top to bottom with a gutter between them."""
        height = (self.height - gutter * (count - 1)) / count
        return (Box(self.x, self.y + i * (height + gutter), self.width, height) for i in range(count))

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.width, self.height)

    def contains(self, other: Box, slack: float = SLACK) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def intersects(self, other: Box, slack: float = SLACK) -> bool:
        return (
            other.x < self.right - slack
            and other.right > self.x + slack
            and other.y < self.bottom - slack
            and other.bottom > self.y + slack
        )


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box round boxes."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _millimetres(width: float, height: float) -> Size:
    return Size(width * mm, height * mm)


PAPERS: dict[str, Size] = {
    # ISO 216, trimmed sizes of the A series
    "A0": _millimetres(841, 1189),
    "A1": _millimetres(594, 841),
    "A2": _millimetres(420, 594),
    "A3": _millimetres(297, 420),
    "A4": _millimetres(210, 297),
    "A5": _millimetres(148, 210),
    "A6": _millimetres(105, 148),
    "A7": _millimetres(74, 105),
    # ANSI/ASME Y14.1
    "Letter": Size(8.5 * inch, 11 * inch),
    "Tabloid": Size(11 * inch, 17 * inch),
    # ISO 217, supplementary raw format for bleed on A3
    "SRA3": _millimetres(320, 450),
}


def paper(text: str) -> Size:
    """A paper by name (`A5`, `A4 landscape`) or by measure (`90 mm x 55 mm`, `90 × 55 mm`).

    Raises ValueError for an unknown name or measure.
    """
    words = text.split()
    if words and words[0] in PAPERS and (len(words) == 1 or words[1:] in (["landscape"], ["portrait"])):
        size = PAPERS[words[0]]
        return size.landscape if words[1:] == ["landscape"] else size
    sides = re.split(r"\s*[x×]\s*", text.strip())
    if len(sides) == 2:
        unit = re.search(r"[a-z]+\Z", sides[1])
        if unit and not re.search(r"[a-z]+\Z", sides[0]):
            sides[0] += " " + unit[0]
        return Size(length(sides[0]), length(sides[1]))
    raise ValueError(f"{text!r} is not a paper size")
