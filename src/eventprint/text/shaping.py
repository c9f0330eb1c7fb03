"""From text to a line of placed glyphs, each line shaped once."""

from __future__ import annotations

import re
from unicodedata import normalize

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

from .. import fonts
from ..fonts import Face
from ..page import Cell, Line, Run
from . import bidi
from .bidi import has_rtl
from .itemise import Item, is_plain, itemise
from .scripts import OTHER
from .style import Key, Style

_MOST_LINES = 20_000
"""Shaped lines kept; a badge run of ten thousand names stays within it."""

_LONG = 80
"""Letters above which a text is looked through word by word: running text is never one line."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")

_lines: dict[tuple[str, Key, bool | None], Line] = {}
_gaps: dict[tuple[str, str, Key], Cell | None] = {}
_missing: dict[Line, tuple[str, ...]] = {}
_cells: dict[str, dict[tuple[int, int, int, int, str], tuple[Cell, int, int]]] = {}
"""For each face its single-glyph cells with the reach of their ink up and down: nearly all text is made of few."""


def forget_lines() -> None:
    """Shape every text anew from now on; what is known of fonts stays."""
    _lines.clear()
    _missing.clear()


def _forget() -> None:
    _lines.clear()
    _missing.clear()
    _gaps.clear()
    _cells.clear()


fonts.on_change(_forget)


def clean(text: str) -> str:
    """Composed (NFC), without control characters and byte order marks; tabs and line ends become spaces.

    Two halves of a character (surrogates) become that character, and a half alone becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return normalize("NFC", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def shape(text: str, style: Style, rtl: bool | None = None) -> Line:
    """The text as one line; the same line again for the same text and look.

    `rtl` says which way the paragraph runs; without it the first strong character does. What no font has is shown as
    the style's own "no such glyph" box: see `missing`.
    """
    asked = (text, style.key, rtl)
    line = _lines.get(asked)
    if line is None:
        line = _shape(text, style, rtl)
        _lines[asked] = line
    return line


def shape_words(text: str, style: Style) -> Line:
    """As `shape`, but made of its words where all are of one face: much quicker for lines of words shaped before.

    What fonts kern across a space is asked once for each two letters. Text that needs bidi or several fonts is shaped
    whole.
    """
    words = text.split(" ")
    lines = [shape(word, style) for word in words if word]
    face = lines[0].runs[0].face if lines and lines[0].runs else ""
    if len(lines) < 2 or any(len(line.runs) != 1 or line.runs[0].face != face for line in lines) or has_rtl(text):
        return shape(text, style)
    cells: list[Cell] = []
    total = 0
    before: Line | None = None
    for at, word in enumerate(words):
        line = shape(word, style) if word else None
        if at:
            left = before.runs[0].cells[-1].text if before else ""
            gap = _gap(left, line.runs[0].cells[0].text if line else "", style)
            if gap is None:
                return shape(text, style)
            cells.append(gap)
            total += gap.advance
        if line:
            cells += line.runs[0].cells
        before = line
    first = lines[0].runs[0]
    return Line(
        text,
        (Run(face, tuple(cells), first.units_per_em, first.scale),),
        sum(line.width for line in lines) + total * first.scale / first.units_per_em,
        max(line.ascent for line in lines),
        max(line.descent for line in lines),
    )


def _gap(before: str, after: str, style: Style) -> Cell | None:
    """The space between two letters, kerned; None where it is not of their font."""
    asked = (before, after, style.key)
    if asked not in _gaps:
        alone = [cell.advance for text in (before, after) for run in shape(text, style).runs for cell in run.cells]
        runs = shape(f"{before} {after}", style).runs
        spaces = [cell for run in runs for cell in run.cells if cell.text == " "]
        if len(runs) == len(spaces) == 1:
            kerned = sum(cell.advance for cell in runs[0].cells) - sum(alone)
            _gaps[asked] = spaces[0]._replace(advance=kerned)
        else:
            _gaps[asked] = None
    return _gaps[asked]


def missing(text: str, style: Style) -> tuple[str, ...]:
    """The grapheme clusters that no font has, each once, in order."""
    if len(text) > _LONG and " " in text:
        return tuple(dict.fromkeys(lost for word in text.split(" ") for lost in missing(word, style)))
    return _missing.get(shape(text, style), ())


def width(text: str, style: Style) -> float:
    """The advance width in points, tracking after every cluster included."""
    return line_width(shape(text, style), style)


def line_width(line: Line, style: Style) -> float:
    """The same of a line that is shaped already."""
    if not style.tracking:
        return line.width * style.size
    return (line.width + style.tracking * cluster_count(line)) * style.size


def cluster_count(line: Line) -> int:
    """How many grapheme clusters a shaped line has."""
    return sum(len(run.cells) for run in line.runs)


def is_rtl(text: str) -> bool:
    """Whether a paragraph of this text runs from right to left."""
    return has_rtl(text) and bidi.base_level(text) == 1


def _shape(text: str, style: Style, rtl: bool | None) -> Line:
    if len(_lines) >= _MOST_LINES:
        _forget()
    cleaned = clean(text)
    family, weight, italic, _, features, language, spaced = style.key
    primary = fonts.choose(family, weight, italic, style.size)
    key: Key = (primary.key, weight, italic, 0.0, features, language, spaced)
    asked = (cleaned, key, rtl)
    line = _lines.get(asked)
    if line is not None:
        return line
    if is_plain(cleaned, primary) and not rtl:
        absent: list[str] = []
        items = [Item(0, len(cleaned), primary, "Latn", 0, 1.0)] if cleaned else []
        shown = cleaned
    else:
        shown, levels = _directions(cleaned, rtl)
        items, absent = itemise(shown, levels, style, primary)
    if any(item.level for item in items):
        items = [items[at] for at in bidi.visual_order([item.level for item in items])]
    runs = []
    ascent = descent = total = 0.0
    for item in items:
        face = item.face
        cells, advance, top, bottom = _set(shown[item.start : item.end], item, style)
        runs.append(Run(face.key, cells, face.units_per_em, item.scale))
        em = item.scale / face.units_per_em
        ascent, descent, total = max(ascent, top * em), max(descent, -bottom * em), total + advance * em
    line = Line(cleaned, tuple(runs), total, ascent, descent)
    if absent:
        _missing[line] = tuple(dict.fromkeys(absent))
    _lines[asked] = line
    return line


def _directions(text: str, rtl: bool | None) -> tuple[str, list[int]]:
    """The text without characters that only steer direction, and a level for each of the others."""
    if not rtl and not has_rtl(text):
        return text, []
    _, levels = bidi.levels(text, None if rtl is None else int(rtl))
    if not bidi.CONTROLS.search(text):
        return text, levels
    kept = [at for at, character in enumerate(text) if not bidi.CONTROLS.match(character)]
    return "".join(text[at] for at in kept), [levels[at] for at in kept]


def _set(piece: str, item: Item, style: Style) -> tuple[tuple[Cell, ...], int, int, int]:
    """Cells of one stretch, their advance, and the reach of their ink up and down from the baseline, in font units."""
    backwards = item.level % 2 == 1
    buffer = hb.Buffer()
    buffer.add_str(piece)
    if item.script == OTHER:
        buffer.guess_segment_properties()
    else:
        buffer.script = item.script
    buffer.direction = "rtl" if backwards else "ltr"
    if style.language:
        buffer.language = style.language
    hb.shape(item.face.font, buffer, _features(style))
    glyphs = [
        (info.codepoint, info.cluster, *place.position[:3])
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    return _group(piece, glyphs, item.face)


def _features(style: Style) -> dict[str, bool] | None:
    if not style.features and not style.tracking:
        return None
    # letters set apart must not be joined in one glyph
    found = {"liga": False, "clig": False} if style.tracking else {}
    for name in style.features:
        found[name.lstrip("-")] = not name.startswith("-")
    return found


def _group(
    piece: str, glyphs: list[tuple[int, int, int, int, int]], face: Face
) -> tuple[tuple[Cell, ...], int, int, int]:
    """Glyphs (id, cluster, x, y, advance) gathered by HarfBuzz's clusters, which never part a grapheme cluster."""
    known = _cells.setdefault(face.key, {})
    cells: list[Cell] = []
    total = top = bottom = 0
    clusters = [cluster for _, cluster, _, _, _ in glyphs]
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(piece)], strict=True))
    at, count = 0, len(glyphs)
    while at < count:
        glyph, cluster, x, y, advance = glyphs[at]
        source = piece[cluster : ends[cluster]]
        at += 1
        if at == count or clusters[at] != cluster:
            found = known.get((glyph, x, y, advance, source))
            if found is None:
                up, down = face.ink(glyph)
                found = (Cell(((glyph, x, y),), advance, source), y + up, y + down)
                known[glyph, x, y, advance, source] = found
            cell, up, down = found
        else:
            placed, pen = [(glyph, x, y)], advance
            up, down = face.ink(glyph)
            up, down = y + up, y + down
            while at < count and clusters[at] == cluster:
                glyph, _, x, y, advance = glyphs[at]
                placed.append((glyph, pen + x, y))
                pen += advance
                above, below = face.ink(glyph)
                up, down = max(up, y + above), min(down, y + below)
                at += 1
            cell = Cell(tuple(placed), pen, source)
        cells.append(cell)
        total += cell.advance
        if up > top:
            top = up
        if down < bottom:
            bottom = down
    return tuple(cells), total, top, bottom
