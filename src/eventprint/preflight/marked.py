"""What of a page's content can be heard: which ink belongs to which tag, and which letters its codes stand for.

Clauses are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from pypdf.generic import ContentStream

from ..values import dataclass
from .objects import descendant, is_embedded, value_of
from .syntax import operations


@dataclass(slots=True)
class Letters:
    """What a font says of its codes."""

    name: str
    bytes_a_code: int
    """0 where its codes are not all of one length; such a font is not looked into."""
    told: bool
    """Whether it says at all which letters its codes stand for."""
    embedded: bool
    words: dict[int, str] | None
    """What each code stands for; None where an encoding that everybody knows says it."""
    glyphs: bytes | None = None
    """Of a composite font the glyph of each code, two bytes each; None where the code is the number of the glyph."""
    composite: bool = False
    empty: frozenset[int] = frozenset()
    """Codes of a simple font that it says have no letter."""

    def is_missing(self, code: int) -> bool:
        """Whether a code shows the box that stands for a letter the font does not have."""
        if not self.composite:
            return code in self.empty
        if self.glyphs is None:
            return code == 0
        return int.from_bytes(self.glyphs[2 * code : 2 * code + 2], "big") == 0


@dataclass(slots=True)
class Use:
    """The codes of a font that a page shows."""

    letters: Letters
    shown: bool = False
    codes: set[int] = field(default_factory=set)
    bare: set[tuple[int, int]] = field(default_factory=set)
    """Those shown where content gives no other words for them, with the number of the piece they are in; -1 is none."""


@dataclass(slots=True)
class Reading:
    """What a page's content tells somebody who hears it."""

    number: int
    structured: bool
    """Whether the page says where its pieces are found in the tree."""
    pieces: list[int] = field(default_factory=list)
    """Numbers of tagged pieces in the order they are painted in."""
    untagged: dict[str, int] = field(default_factory=dict)
    """How often ink belongs to no tag and is no artifact either: text, shapes, pictures."""
    mixed: int = 0
    """Artifacts inside tagged content and the other way round."""
    devices: set[str] = field(default_factory=set)
    """Colours that mean something only on the device they are meant for: Gray, RGB, CMYK."""
    speaks: bool = False
    """Whether a part of the content says which language it is in."""
    uses: dict[int, Use] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Where:
    tagged: bool = False
    artifact: bool = False
    worded: bool = False
    piece: int = -1


class Reader:
    """Reads the content of pages, fonts once each."""

    def __init__(self) -> None:
        self._letters: dict[int, Letters] = {}
        self._kept: list[Any] = []

    def page(self, page: Any, number: int) -> Reading:
        reading = Reading(number, value_of(page, "/StructParents") is not None)
        group = value_of(page, "/Group") or {}
        _note_space(value_of(group, "/CS"), value_of(page, "/Resources") or {}, reading)
        contents = value_of(page, "/Contents")
        if contents is not None:
            data = (
                contents.get_data() if hasattr(contents, "get_data") else ContentStream(contents, page.pdf).get_data()
            )
            self._run(data, value_of(page, "/Resources") or {}, reading, _Where(), 0)
        return reading

    def _run(self, data: bytes, resources: Any, reading: Reading, where: _Where, depth: int) -> None:
        stack: list[_Where] = []
        saved: list[tuple[Use | None, int]] = []
        use: Use | None = None
        mode = 0
        for operator, operands in operations(data):
            match operator:
                case b"BMC" | b"BDC":
                    stack.append(where)
                    where = self._within(where, operands, resources, reading, depth)
                case b"EMC":
                    where = stack.pop() if stack else where
                case b"q":
                    saved.append((use, mode))
                case b"Q":
                    use, mode = saved.pop() if saved else (use, mode)
                case b"Tf":
                    use = self._use(operands[0], resources, reading)
                case b"Tr":
                    mode = int(operands[0])
                case b"Tj" | b"TJ" | b"'" | b'"':
                    _note(reading, where, "text")
                    if use is not None and mode != 3:
                        use.shown = True
                        _count(operands[-1], use, where)
                case b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"sh":
                    _note(reading, where, "shapes")
                    if operator == b"sh":
                        shading = value_of(value_of(resources, "/Shading") or {}, str(operands[0])) or {}
                        _note_space(value_of(shading, "/ColorSpace"), resources, reading)
                case b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K":
                    _note_space(_OPERATORS[operator.lower()], resources, reading)
                case b"cs" | b"CS":
                    _note_space(operands[0], resources, reading)
                case b"scn" | b"SCN":
                    self._pattern(operands, resources, reading, where, depth)
                case b"BI":
                    _note(reading, where, "pictures")
                    head = operands[0].settings
                    _note_space(head.get("/CS", head.get("/ColorSpace")), resources, reading)
                case b"Do":
                    self._external(operands[0], resources, reading, where, depth)
                case b"gs":
                    use = self._of_state(operands[0], resources, reading) or use

    def _within(self, where: _Where, operands: Any, resources: Any, reading: Reading, depth: int) -> _Where:
        """Where content is after a marked part begins (14.6)."""
        told: Any = operands[1] if len(operands) > 1 else None
        if isinstance(told, str):
            told = value_of(value_of(resources, "/Properties") or {}, told)
        facts: Mapping[Any, Any] = told if isinstance(told, Mapping) else {}
        piece = value_of(facts, "/MCID")
        reading.speaks = reading.speaks or value_of(facts, "/Lang") is not None
        worded = where.worded or value_of(facts, "/ActualText") is not None
        if operands and str(operands[0]) == "/Artifact":
            reading.mixed += where.tagged
            return _Where(where.tagged, True, worded, where.piece)
        if piece is not None:
            reading.mixed += where.artifact
            if not depth:
                reading.pieces.append(int(piece))
            return _Where(True, where.artifact, worded, int(piece) if not depth else where.piece)
        return _Where(where.tagged, where.artifact, worded, where.piece)

    def _external(self, name: Any, resources: Any, reading: Reading, where: _Where, depth: int) -> None:
        thing = value_of(value_of(resources, "/XObject") or {}, str(name))
        if thing is None:
            return
        if value_of(thing, "/Subtype") != "/Form":
            _note(reading, where, "pictures")
            _note_space(value_of(thing, "/ColorSpace"), resources, reading)
        elif depth < _DEEP:
            own = value_of(thing, "/Resources") or resources
            self._run(thing.get_data(), own, reading, where, depth + 1)

    def _pattern(self, operands: Any, resources: Any, reading: Reading, where: _Where, depth: int) -> None:
        """The colours of a pattern; what it paints is tagged where it is painted with."""
        pattern = value_of(value_of(resources, "/Pattern") or {}, str(operands[-1])) if operands else None
        if not isinstance(pattern, Mapping) or depth >= _DEEP:
            return
        if hasattr(pattern, "get_data"):
            own = value_of(pattern, "/Resources") or resources
            inside = _Where(True, False, where.worded)
            self._run(pattern.get_data(), own, reading, inside, depth + 1)
        else:
            _note_space(value_of(value_of(pattern, "/Shading") or {}, "/ColorSpace"), resources, reading)

    def _use(self, name: Any, resources: Any, reading: Reading) -> Use | None:
        font = value_of(value_of(resources, "/Font") or {}, str(name))
        return None if font is None else self._of(font, reading)

    def _of_state(self, name: Any, resources: Any, reading: Reading) -> Use | None:
        state = value_of(value_of(resources, "/ExtGState") or {}, str(name))
        chosen = value_of(state, "/Font") if isinstance(state, Mapping) else None
        return self._of(chosen[0].get_object(), reading) if isinstance(chosen, list) and chosen else None

    def _of(self, font: Any, reading: Reading) -> Use:
        if id(font) not in self._letters:
            self._kept.append(font)
            self._letters[id(font)] = _letters(font)
        return reading.uses.setdefault(id(font), Use(self._letters[id(font)]))


_DEEP = 12
"""So many forms inside each other are read; one that paints itself has no end."""


def _note(reading: Reading, where: _Where, kind: str) -> None:
    if not (where.tagged or where.artifact):
        reading.untagged[kind] = reading.untagged.get(kind, 0) + 1


_OPERATORS = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}


def _note_space(space: Any, resources: Any, reading: Reading) -> None:
    """Note the device a colour space is of, unless the resources say what its colours mean (8.6.5.6)."""
    named = value_of(resources, "/ColorSpace") or {}
    for _ in range(6):
        if isinstance(space, str):
            name = _SHORT.get(str(space), str(space))
            if name.startswith("/Device") and name != "/DeviceN":
                kind = name.removeprefix("/Device")
                if value_of(named, f"/Default{kind}") is None:
                    reading.devices.add(kind)
                return
            space = value_of(named, name)
        elif isinstance(space, list) and space:
            # spot colours and indexed ones are made of others
            at = {"/Indexed": 1, "/I": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}.get(str(space[0]))
            space = space[at].get_object() if at is not None and at < len(space) else None
        else:
            return


def _count(operand: Any, use: Use, where: _Where) -> None:
    step = use.letters.bytes_a_code
    if not step:
        return
    for part in operand if isinstance(operand, list) else [operand]:
        if isinstance(part, bytes):
            codes = {int.from_bytes(part[at : at + step], "big") for at in range(0, len(part) - step + 1, step)}
            use.codes |= codes
            if not where.worded:
                use.bare |= {(code, where.piece) for code in codes}


def _letters(font: Any) -> Letters:
    name = str(value_of(font, "/BaseFont") or value_of(font, "/Name") or "without a name").lstrip("/")
    to_unicode = value_of(font, "/ToUnicode")
    words = _words(to_unicode.get_data()) if hasattr(to_unicode, "get_data") else None
    encoding = value_of(font, "/Encoding")
    if value_of(font, "/Subtype") == "/Type0":
        holder = descendant(font)
        mapped = value_of(holder, "/CIDToGIDMap")
        known = str(encoding) in ("/Identity-H", "/Identity-V")
        glyphs = mapped.get_data() if hasattr(mapped, "get_data") else None
        # the character collections of East Asia are known to every reader (9.10.2)
        collection = str(value_of(value_of(holder, "/CIDSystemInfo") or {}, "/Ordering") or "")
        registered = collection in ("Japan1", "GB1", "CNS1", "Korea1", "KR")
        has = is_embedded(holder)
        return Letters(name, 2 if known else 0, words is not None or registered, has, words, glyphs, True)
    names = value_of(encoding, "/Differences") if isinstance(encoding, Mapping) else None
    differences = _differences(names or ())
    standard = isinstance(encoding, str) or value_of(encoding if isinstance(encoding, Mapping) else {}, "/BaseEncoding")
    known = bool(standard or differences) and all(_KNOWN.fullmatch(each) for each in differences.values())
    empty = frozenset(code for code, each in differences.items() if each == ".notdef")
    symbols = int(value_of(value_of(font, "/FontDescriptor") or {}, "/Flags") or 0) & 4
    told = words is not None or (known and not (symbols and not differences))
    has = value_of(font, "/Subtype") == "/Type3" or is_embedded(font)
    return Letters(name, 1, told, has, words, None, False, empty)


_KNOWN = re.compile(r"uni[0-9A-F]{4}|u[0-9A-F]{4,6}|\.notdef|(?!(?:g|cid|glyph|c|a|index)\d+$)[A-Za-z]+(?:[._]?\w+)?")
"""Names of glyphs that a reader can turn into letters, and not mere numbers."""


def _differences(listed: Any) -> dict[int, str]:
    """Code and name of the glyphs that an encoding exchanges (9.6.6.1)."""
    found: dict[int, str] = {}
    code = 0
    for each in listed:
        value = each.get_object()
        if isinstance(value, int):
            code = int(value)
        else:
            found[code] = str(value).lstrip("/")
            code += 1
    return found


_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _words(cmap: bytes) -> dict[int, str]:
    """What codes stand for, from a CMap (9.10.3)."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        tokens = [
            b"[" if opened else b"]" if closed else bytes(number) for number, opened, closed in _TOKEN.findall(body)
        ]
        at = 0
        if kind == b"char":
            for code, word in zip(tokens[::2], tokens[1::2], strict=False):
                found[_number(code)] = _text(word)
            continue
        while at + 2 < len(tokens):
            first, last = _number(tokens[at]), _number(tokens[at + 1])
            if tokens[at + 2] == b"[":
                end = tokens.index(b"]", at) if b"]" in tokens[at:] else len(tokens)
                found.update((first + number, _text(word)) for number, word in enumerate(tokens[at + 3 : end]))
                at = end + 1
            else:
                start = _text(tokens[at + 2])
                for number in range(first, min(last, first + 65535) + 1):
                    found[number] = start[:-1] + chr(min(ord(start[-1]) + number - first, 0x10FFFF)) if start else ""
                at += 3
    return found


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split()).decode("latin-1")
    return bytes.fromhex(packed + "0" * (len(packed) % 2)).decode("utf-16-be", "replace")
