"""Cut the glyphs in use out of a TrueType font, for embedding in a PDF.

What comes out has the six tables a PDF needs and no others: `glyf head hhea hmtx loca maxp`. Hinting programs are left
out. A cluster of several glyphs, or a glyph moved from its place, becomes one composite glyph, so that it can have a
code of its own and stand for its exact text. Knows nothing of text, PDF or where fonts are kept.

Tables and flags: ISO/IEC 14496-22 (Open Font Format), clause 5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Protocol

from ..values import dataclass

Glyphs = tuple[tuple[int, int, int], ...]
"""Glyph ids of the source font with the place of each, x to the right and y upwards, in font units."""

_ARGS_ARE_WORDS = 0x0001
_ARGS_ARE_XY = 0x0002
_HAS_SCALE = 0x0008
_MORE_COMPONENTS = 0x0020
_HAS_TWO_SCALES = 0x0040
_HAS_TWO_BY_TWO = 0x0080
_HAS_INSTRUCTIONS = 0x0100


class Outlines(Protocol):
    """What can be cut: a font's measures, advances and outlines by glyph id, as the tables of TrueType have them."""

    units_per_em: int
    head: bytes
    hhea: bytes

    def table(self, tag: str) -> bytes:
        """A table's bytes, empty where the font has no such table."""

    def advance(self, glyph: int) -> int:
        """The width of a glyph before any kerning, in font units."""

    def bearing(self, glyph: int) -> int:
        """The left side bearing in font units."""

    def outline(self, glyph: int) -> bytes:
        """A glyph's description as the `glyf` table has it, empty for a glyph without ink."""


class TrueType:
    """A TrueType font, or one of a collection, read where needed: its `Outlines`.

    Raises ValueError for bytes that are no TrueType font with outlines in `glyf`.
    """

    def __init__(self, sfnt: bytes, number: int = 0) -> None:
        start = int.from_bytes(sfnt[12 + 4 * number : 16 + 4 * number]) if sfnt[:4] == b"ttcf" else 0
        count = int.from_bytes(sfnt[start + 4 : start + 6]) if sfnt[start : start + 4] in (b"\0\1\0\0", b"true") else 0
        count = min(count, (len(sfnt) - start - 12) // 16)
        records = (struct.unpack_from(">4s4xLL", sfnt, start + 12 + 16 * i) for i in range(count))
        view = memoryview(sfnt)
        self._tables = {tag.decode("latin-1"): view[offset : offset + length] for tag, offset, length in records}
        if not {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} <= self._tables.keys():
            raise ValueError("not a TrueType font with glyf outlines")
        self.head = self.table("head")[:54]
        self.hhea = self.table("hhea")[:36]
        self.units_per_em: int = struct.unpack_from(">H", self.head, 18)[0]
        self._long: bool = struct.unpack_from(">h", self.head, 50)[0] == 1
        self._metrics: int = struct.unpack_from(">H", self.hhea, 34)[0]

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(self._tables)

    def table(self, tag: str) -> bytes:
        """A table's bytes, empty where the font has no such table."""
        return bytes(self._tables.get(tag, b""))

    def advance(self, glyph: int) -> int:
        """The width of a glyph before any kerning, in font units."""
        advance: int = struct.unpack_from(">H", self._tables["hmtx"], 4 * min(glyph, self._metrics - 1))[0]
        return advance

    def bearing(self, glyph: int) -> int:
        """The left side bearing in font units."""
        at = 4 * glyph + 2 if glyph < self._metrics else 4 * self._metrics + 2 * (glyph - self._metrics)
        bearing: int = struct.unpack_from(">h", self._tables["hmtx"], at)[0]
        return bearing

    def outline(self, glyph: int) -> bytes:
        """A glyph's description as the `glyf` table has it, empty for a glyph without ink."""
        if self._long:
            start, end = struct.unpack_from(">LL", self._tables["loca"], 4 * glyph)
        else:
            start, end = (2 * half for half in struct.unpack_from(">HH", self._tables["loca"], 2 * glyph))
        data = bytes(self._tables["glyf"][start:end])
        return data if len(data) > 10 and data[:2] != b"\0\0" else b""


def components(data: bytes, number: Callable[[int], int]) -> bytes:
    """A glyph's description with new numbers for what it is composed of; then without instructions."""
    if not data or struct.unpack_from(">h", data)[0] >= 0:
        return data
    parts, at, more = [data[:10]], 10, True
    while more:
        flags, glyph = struct.unpack_from(">HH", data, at)
        length = 4 + (4 if flags & _ARGS_ARE_WORDS else 2)
        length += 2 if flags & _HAS_SCALE else 4 if flags & _HAS_TWO_SCALES else 8 if flags & _HAS_TWO_BY_TWO else 0
        parts.append(struct.pack(">HH", flags & ~_HAS_INSTRUCTIONS, number(glyph)) + data[at + 4 : at + length])
        at += length
        more = bool(flags & _MORE_COMPONENTS)
    return b"".join(parts)


@dataclass(slots=True)
class _Outline:
    """A glyph of the subset: its description, its metrics, and what `maxp` has to know of it."""

    data: bytes
    advance: int
    bearing: int
    points: int = 0
    contours: int = 0
    components: tuple[int, ...] = ()


class _Assembly:
    """The subset's glyphs in order, components behind the shapes that need them."""

    def __init__(self, source: Outlines, shapes: Sequence[tuple[Glyphs, int]]) -> None:
        self.source = source
        self.outlines: list[_Outline] = []
        self.numbers: dict[int, int] = {0: 0}
        for number, (glyphs, _) in enumerate(shapes, 1):
            if len(glyphs) == 1 and glyphs[0][1:] == (0, 0):
                self.numbers.setdefault(glyphs[0][0], number)
        self.waiting: list[int] = []
        self.next = len(shapes) + 1
        self.outlines.append(self._single(0, source.advance(0)))
        for glyphs, advance in shapes:
            if len(glyphs) == 1 and glyphs[0][1:] == (0, 0):
                self.outlines.append(self._single(glyphs[0][0], advance))
            else:
                self.outlines.append(self._cluster(glyphs, advance))
        for glyph in self.waiting:  # grows while components have components of their own
            self.outlines.append(self._single(glyph, source.advance(glyph)))

    def _number(self, glyph: int) -> int:
        if glyph not in self.numbers:
            self.numbers[glyph] = self.next
            self.waiting.append(glyph)
            self.next += 1
        return self.numbers[glyph]

    def _single(self, glyph: int, advance: int) -> _Outline:
        data, bearing = self.source.outline(glyph), self.source.bearing(glyph)
        if not data:
            return _Outline(b"", advance, bearing)
        contours: int = struct.unpack_from(">h", data)[0]
        if contours < 0:
            composite, parts = self._renumbered(data)
            return _Outline(composite, advance, bearing, components=parts)
        flags_at = 10 + 2 * contours
        points: int = struct.unpack_from(">H", data, flags_at - 2)[0] + 1
        hints: int = struct.unpack_from(">H", data, flags_at)[0]
        plain = data[:flags_at] + b"\0\0" + data[flags_at + 2 + hints :]
        return _Outline(plain, advance, bearing, points, contours)

    def _renumbered(self, data: bytes) -> tuple[bytes, tuple[int, ...]]:
        """A composite of the source with its components' new numbers and without instructions."""
        found: list[int] = []

        def number(glyph: int) -> int:
            found.append(self._number(glyph))
            return found[-1]

        return components(data, number), tuple(found)

    def _cluster(self, glyphs: Glyphs, advance: int) -> _Outline:
        inked = []
        for glyph, x, y in glyphs:
            outline = self.source.outline(glyph)
            if outline:
                left, *rest = struct.unpack_from(">4h", outline, 2)
                # on its own a glyph stands where its bearing puts it, as a component where its outline lies
                inked.append((glyph, x + self.source.bearing(glyph) - left, y, (left, *rest)))
        if not inked:
            return _Outline(b"", advance, 0)
        reach = [(x + box[0], y + box[1], x + box[2], y + box[3]) for _, x, y, box in inked]
        west, south, east, north = zip(*reach, strict=True)
        parts = [struct.pack(">5h", -1, min(west), min(south), max(east), max(north))]
        numbers = []
        for left_over, (glyph, x, y, _) in zip(range(len(inked) - 1, -1, -1), inked, strict=True):
            flags = _ARGS_ARE_WORDS | _ARGS_ARE_XY | (_MORE_COMPONENTS if left_over else 0)
            numbers.append(self._number(glyph))
            parts.append(struct.pack(">HHhh", flags, numbers[-1], x, y))
        return _Outline(b"".join(parts), advance, min(west), components=tuple(numbers))

    def _totals(self, number: int) -> tuple[int, int, int]:
        """Points, contours and depth of a glyph with all its components."""
        outline = self.outlines[number]
        if not outline.components:
            return outline.points, outline.contours, 0
        points, contours, depths = zip(*(self._totals(part) for part in outline.components), strict=True)
        return sum(points), sum(contours), max(depths) + 1

    def maxp(self) -> bytes:
        simple = [(outline.points, outline.contours) for outline in self.outlines]
        composite = [self._totals(number) for number, outline in enumerate(self.outlines) if outline.components]
        points, contours, depths = zip(*(composite or [(0, 0, 0)]), strict=True)
        return struct.pack(
            ">LH13H",
            0x00010000,
            len(self.outlines),
            max(count for count, _ in simple),
            max(count for _, count in simple),
            max(points),
            max(contours),
            1,  # zones: no glyph programs, so no twilight zone and nothing else of theirs
            *(0, 0, 0, 0, 0, 0),
            max(len(outline.components) for outline in self.outlines),
            max(depths),
        )

    def tables(self) -> dict[str, bytes]:
        padded = [outline.data + b"\0" * (-len(outline.data) % 4) for outline in self.outlines]
        offsets = [0, *accumulate(map(len, padded))]
        long = offsets[-1] >= 0x20000
        head = bytearray(self.source.head)
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, long)
        hhea = bytearray(self.source.hhea)
        struct.pack_into(">H", hhea, 10, max(outline.advance for outline in self.outlines))
        struct.pack_into(">H", hhea, 34, len(self.outlines))
        return {
            "glyf": b"".join(padded),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", outline.advance, outline.bearing) for outline in self.outlines),
            "loca": struct.pack(f">{len(offsets)}L", *offsets)
            if long
            else struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets)),
            "maxp": self.maxp(),
        }


def subset(source: Outlines, shapes: Sequence[tuple[Glyphs, int]]) -> bytes:
    """A TrueType font with `.notdef` as glyph 0 and shape i as glyph i + 1, then whatever they are composed of.

    Each shape is its glyphs and its advance in font units, 0 to 65535. The same shapes give the same bytes.
    """
    tables = _Assembly(source, shapes).tables()
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = [struct.pack(">L4H", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)]
    offset = 12 + 16 * count
    body = []
    for tag, data in sorted(tables.items()):
        directory.append(struct.pack(">4sLLL", tag.encode(), _checksum(data), offset, len(data)))
        body.append(data + b"\0" * (-len(data) % 4))
        offset += len(body[-1])
    font = bytearray(b"".join(directory + body))
    head_at = 12 + 16 * count + len(tables["glyf"])
    struct.pack_into(">L", font, head_at + 8, (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
    return total & 0xFFFFFFFF
