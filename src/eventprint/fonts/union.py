"""One TrueType font out of several subsets of it: every glyph once, each subset told where its own ones went.

Takes the subsets that `subset` makes, whose glyphs carry no hints. Knows nothing of PDF.
"""

from __future__ import annotations

import struct

from .subset import Glyphs, TrueType, components, subset

MOST = 60_000
"""Glyphs of one font; its format numbers them up to 65535."""


class Union:
    """The glyphs of several subsets of one face, itself to be cut."""

    def __init__(self, first: TrueType) -> None:
        self.units_per_em = first.units_per_em
        self.head, self.hhea = first.head, first.hhea
        self._glyphs: list[tuple[bytes, int, int]] = []
        self._numbers: dict[tuple[bytes, int, int], int] = {}

    def __len__(self) -> int:
        return len(self._glyphs)

    def take(self, font: TrueType) -> list[int]:
        """Where each glyph of a subset is in the union."""
        count: int = struct.unpack_from(">H", font.table("maxp"), 4)[0]
        known: dict[int, int] = {}

        def number(glyph: int) -> int:
            if glyph not in known:
                outline = components(font.outline(glyph), number)
                key = outline, font.advance(glyph), font.bearing(glyph)
                if key not in self._numbers:
                    self._numbers[key] = len(self._glyphs)
                    self._glyphs.append(key)
                known[glyph] = self._numbers[key]
            return known[glyph]

        return [number(glyph) for glyph in range(count)]

    def table(self, tag: str) -> bytes:
        """No table: a union is made of outlines alone."""
        return b""

    def outline(self, glyph: int) -> bytes:
        """A glyph's description."""
        return self._glyphs[glyph][0]

    def advance(self, glyph: int) -> int:
        """The width of a glyph in font units."""
        return self._glyphs[glyph][1]

    def bearing(self, glyph: int) -> int:
        """The left side bearing in font units."""
        return self._glyphs[glyph][2]

    def program(self) -> bytes:
        """The font, its glyphs under the numbers that `take` told."""
        shapes: list[tuple[Glyphs, int]] = [
            (((glyph, 0, 0),), advance) for glyph, (_, advance, _) in enumerate(self._glyphs) if glyph
        ]
        return subset(self, shapes)
