"""Small fonts made for a test: letters of curves or boxes, in every kind of file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import varLib  # type: ignore[import-untyped]
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor  # type: ignore[import-untyped]
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]


def box(pen: Any, stem: int = 0) -> None:
    """A square-cornered letter, 700 units high."""
    pen.moveTo((50, 0))
    pen.lineTo((50, 700))
    pen.lineTo((550, 700))
    pen.lineTo((550, 0))
    pen.closePath()


def ring(pen: Any, stem: int = 60) -> None:
    """A round letter of cubic curves with so thick a stem, 720 units high, leaning a little to the right."""
    pen.moveTo((300, -10))
    pen.curveTo((460, -10), (550, 150), (570, 350))
    pen.curveTo((590, 580), (450, 710), (330, 710))
    pen.curveTo((150, 710), (50, 550), (50, 350))
    pen.curveTo((50, 150), (150, -10), (300, -10))
    pen.closePath()
    pen.moveTo((300, stem))
    pen.curveTo((200, stem), (50 + stem, 200), (50 + stem, 350))
    pen.curveTo((50 + stem, 510), (200, 700 - stem), (330, 700 - stem))
    pen.curveTo((400, 700 - stem), (570 - stem, 510), (570 - stem, 350))
    pen.curveTo((570 - stem, 190), (400, stem), (300, stem))
    pen.closePath()


def make(
    file: Path | None,
    family: str,
    characters: str,
    *,
    outlines: str = "glyf",
    shape: Any = box,
    stem: int = 60,
    names: dict[str, str] | None = None,
    blank: str = "",
    **os2: int,
) -> TTFont:
    """A font whose every letter is the shape, but for those that are blank, saved where a file is named."""
    glyphs = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(character): f"u{ord(character):04X}" for character in characters})
    empty = {f"u{ord(character):04X}" for character in blank}
    shapes = {}
    for name in glyphs:
        pen = TTGlyphPen(None) if outlines == "glyf" else T2CharStringPen(600, None)
        if name not in empty:
            (box if outlines == "glyf" else shape)(pen, stem)
        shapes[name] = pen.glyph() if outlines == "glyf" else pen.getCharString()
    if outlines == "glyf":
        builder.setupGlyf(shapes)
    else:
        builder.setupCFF(family.replace(" ", ""), {}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    said = {"familyName": family, "styleName": "Regular", "psName": f"{family.replace(' ', '')}-Regular"}
    builder.setupNameTable(said | (names or {}))
    builder.setupOS2(**{"sCapHeight": 700, "sxHeight": 500, "version": 4, "fsType": 0} | os2)
    builder.setupPost()
    if file:
        builder.save(file)
    return builder.font


def reopened(font: TTFont) -> TTFont:
    """The font as a reader sees it."""
    stream = io.BytesIO()
    font.save(stream)
    return TTFont(io.BytesIO(stream.getvalue()))


def make_variable(file: Path, family: str, characters: str, *, outlines: str = "CFF", tag: str = "wght") -> None:
    """A font with one axis, from 300 to 800 for the weight and from 0 to −10 for the slant."""
    ends = {"wght": (300, 300, 800), "slnt": (-10, 0, 0)}[tag]
    document = DesignSpaceDocument()
    document.addAxis(AxisDescriptor(tag=tag, name=tag, minimum=ends[0], default=ends[1], maximum=ends[2]))
    other = ends[2] if ends[0] == ends[1] else ends[0]
    for value, stem in ((ends[1], 60), (other, 150)):
        source = SourceDescriptor()
        source.font = reopened(make(None, family, characters, outlines=outlines, shape=ring, stem=stem))
        source.location = {tag: value}
        document.addSource(source)
    varLib.build(document)[0].save(file)


def make_collection(file: Path, fonts: Iterable[TTFont]) -> None:
    """Several fonts in one file."""
    collection = TTCollection()
    collection.fonts = [reopened(font) for font in fonts]
    collection.save(file)
