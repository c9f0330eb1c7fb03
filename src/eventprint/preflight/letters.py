"""Fonts as a file holds them: how wide their codes are, how far they reach, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..fonts.coverage import Blot, Coverage
from .facts import Paint
from .objects import descendant, value_of


def _of_readers(name: str) -> dict[int, float]:
    """The widths of one of the fonts that readers bring along (ISO 32000-1, 9.6.2.2), by code; empty for any other."""
    from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

    known = CORE_FONT_METRICS.get(name)
    letters = {} if known is None else known.character_widths
    return {ord(letter): float(width) for letter, width in letters.items() if len(letter) == 1 and ord(letter) < 256}


class Letters:
    """How wide a font's codes are and how far its capitals reach, in em.

    Descenders are left out: which lines have any is not known here, and an estimate is not to refuse what is right.
    """

    __slots__ = ("_blots", "_unicode", "above", "bytes_a_code", "font", "inside", "other", "widths")

    def __init__(self, font: Any) -> None:
        """Widths as the font says; heights as its descriptor does, capitals for what rises above the line.

        ISO 32000-1, 9.7.4.3 for `/W` of composite fonts, 9.6.2 for `/Widths` of simple ones.
        """
        self.font = font
        self.inside: tuple[Paint, ...] = ()
        """What the letters of a drawn font bring of paint of their own."""
        self._unicode: dict[int, str] | None = None
        self._blots: Callable[[int], Blot | None] | None = None
        widths: dict[int, float] = {}
        composite = value_of(font, "/Subtype") == "/Type0"
        holder = descendant(font) if composite else font
        em = 1000.0
        if composite:
            listed = [value.get_object() for value in value_of(holder, "/W") or ()]
            while listed:
                first, second = int(listed.pop(0)), listed.pop(0)
                if isinstance(second, list):
                    widths.update((first + at, float(width)) for at, width in enumerate(second))
                else:
                    width = float(listed.pop(0))
                    widths.update((code, width) for code in range(first, min(int(second), first + 65535) + 1))
            other = float(value_of(holder, "/DW") or 1000)
        else:
            first = int(value_of(font, "/FirstChar") or 0)
            widths.update((first + at, float(width)) for at, width in enumerate(value_of(font, "/Widths") or ()))
            other = 0.0 if widths else 500.0
            if not widths:
                # the fonts that readers bring along have no widths in the file
                widths = _of_readers(str(value_of(font, "/BaseFont") or "").lstrip("/"))
            if value_of(font, "/Subtype") == "/Type3":
                em = 1 / (abs(float((value_of(font, "/FontMatrix") or [0.001])[0])) or 0.001)
        descriptor = value_of(holder, "/FontDescriptor") or {}
        above = float(value_of(descriptor, "/CapHeight") or value_of(descriptor, "/Ascent") or 0) / 1000
        self.bytes_a_code = 2 if composite else 1
        self.widths = {code: width / em for code, width in widths.items()}
        self.other = other / em
        self.above = above if 0.4 <= above <= 1 else 0.7

    def says(self, code: int) -> str:
        """What a code stands for, as far as the font tells; empty where it does not."""
        if self._unicode is None:
            try:
                self._unicode = _unicode(self.font)
            except (ValueError, TypeError, LookupError, AttributeError):
                self._unicode = {}  # a map with faults tells nothing; that is no reason not to print
        return self._unicode.get(code, "")

    def blot(self, code: int) -> Blot:
        """How much paper a code blackens, and where; by its width where the font cannot be drawn here."""
        if self._blots is None:
            try:
                self._blots = _blots(self.font)
            except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
                self._blots = _unknown
        width = self.widths.get(code, self.other)
        return self._blots(code) or Blot(_USUAL * width, 0.0, 0.0, width, self.above)


_USUAL = 0.2
"""Of a letter's advance times the em, by text faces of the shelf."""


def _unknown(_code: int) -> None:
    return None


def _blots(font: Any) -> Callable[[int], Blot | None]:
    """What each code of a font blackens, where its program is one that can be drawn: TrueType, embedded."""
    composite = value_of(font, "/Subtype") == "/Type0"
    holder = descendant(font) if composite else font
    program = value_of(value_of(holder, "/FontDescriptor") or {}, "/FontFile2")
    if program is None:
        return _unknown
    coverage = Coverage(bytes(program.get_data()))
    if not composite:
        return lambda code: coverage.blot(coverage.glyph(code))
    if value_of(font, "/Encoding") not in ("/Identity-H", "/Identity-V"):
        return _unknown
    glyphs = value_of(holder, "/CIDToGIDMap")
    if not hasattr(glyphs, "get_data"):
        return coverage.blot
    table = glyphs.get_data()
    return lambda code: coverage.blot(int.from_bytes(table[2 * code : 2 * code + 2], "big"))


class Shown(NamedTuple):
    """A string as it is shown: codes and the shifts between them, with all that places them."""

    letters: Letters
    parts: list[Any]
    size: float
    spacing: float
    word_spacing: float
    stretch: float
    rise: float

    def places(self) -> Iterator[tuple[int, float, float]]:
        """Each code, how far from the beginning it stands, and its width before any spacing."""
        letters, at = self.letters, 0.0
        step = letters.bytes_a_code
        for part in self.parts:
            if not isinstance(part, bytes):
                at -= float(part or 0) / 1000 * self.size * self.stretch
                continue
            for start in range(0, len(part) - step + 1, step):
                code = part[start] if step == 1 else part[start] << 8 | part[start + 1]
                width = letters.widths.get(code, letters.other) * self.size * self.stretch
                yield code, at, width
                space = self.word_spacing if step == 1 and code == 32 else 0.0
                at += width + (self.spacing + space) * self.stretch

    def words(self) -> str:
        """What the string says, as far as its font tells; a wide shift between letters is taken for a space."""
        said, end = "", 0.0
        for code, at, width in self.places():
            wide = said and at - end > _SPACE * abs(self.size * self.stretch) and not said.endswith(" ")
            said += (" " if wide else "") + self.letters.says(code)
            end = at + width
        return said.strip()


_SPACE = 0.18
"""Em: less is kerning or tracking, more is what typesetters write who know no space."""


_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PARTS = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _unicode(font: Any) -> dict[int, str]:
    """What codes stand for, from the font's ToUnicode map (9.10.3); plain Latin where a simple font has none."""
    stream = value_of(font, "/ToUnicode")
    if stream is None or not hasattr(stream, "get_data"):
        simple = value_of(font, "/Subtype") in ("/Type1", "/TrueType") and isinstance(value_of(font, "/Encoding"), str)
        return {code: chr(code) for code in range(32, 127)} if simple else {}
    told: dict[int, str] = {}
    for kind, body in _SECTION.findall(stream.get_data()):
        values: list[Any] = []
        for found in _PARTS.finditer(body):
            if found[2]:
                values.append([])
            elif found[1] is not None:
                text = bytes.fromhex(found[1].decode("ascii"))
                last = values[-1] if values else None
                (last if isinstance(last, list) and not _closed(found, body) else values).append(text)
        told.update(_chars(values) if kind == b"bfchar" else _ranges(values))
    return told


def _closed(found: re.Match[bytes], body: bytes) -> bool:
    """Whether the last bracket before a string closes an array."""
    return body.rfind(b"]", 0, found.start()) > body.rfind(b"[", 0, found.start())


def _chars(values: list[Any]) -> Iterator[tuple[int, str]]:
    for code, text in zip(values[::2], values[1::2], strict=False):
        if isinstance(code, bytes) and isinstance(text, bytes):
            yield int.from_bytes(code, "big"), text.decode("utf-16-be", "replace")


def _ranges(values: list[Any]) -> Iterator[tuple[int, str]]:
    for first, last, to in zip(values[::3], values[1::3], values[2::3], strict=False):
        if not isinstance(first, bytes) or not isinstance(last, bytes):
            return
        low = int.from_bytes(first, "big")
        for at in range(min(int.from_bytes(last, "big") - low, 65535) + 1):
            if isinstance(to, list):
                if at < len(to):
                    yield low + at, to[at].decode("utf-16-be", "replace")
            else:
                text = to.decode("utf-16-be", "replace")
                yield low + at, text[:-1] + chr(min(ord(text[-1]) + at, 0x10FFFF)) if text else ""
