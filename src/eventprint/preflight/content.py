"""Marks from the content of a PDF: just enough of the imaging model to know where ink lies.

ISO 32000-1, annex A, lists the operators.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pypdf.generic import ContentStream

from ..geometry import Box, inch
from ..page import IDENTITY, Matrix, after, place_box
from ..values import dataclass
from .facts import SOLID, SPECK, Ink, Point, common, scale_of


def box_of(page: Any, key: str) -> Box | None:
    """A rectangle of a PDF dictionary, whichever corners it names; None where there is none."""
    found = value_of(page, key)
    if found is None:
        return None
    x1, y1, x2, y2 = (float(value) for value in found)
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def value_of(mapping: Any, key: str) -> Any:
    """A value of a PDF dictionary, references followed; None for null and for what is not there."""
    value = mapping.get(key)
    if value is None:
        return None
    value = value.get_object()
    return None if type(value).__name__ == "NullObject" else value


@dataclass(slots=True)
class _State:
    matrix: Matrix = IDENTITY
    clip: Box | None = None
    """None where nothing can be seen."""
    fill_seen: bool = True
    stroke_seen: bool = True
    fill_space: str = "/DeviceGray"
    stroke_space: str = "/DeviceGray"
    line: float = 1.0
    font: _Metrics | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class Content:
    """Where the ink of pages lies; forms that many pages share are read once."""

    def __init__(self) -> None:
        self.forms: dict[tuple[int, bool, bool, float], tuple[Ink, ...]] = {}
        self.metrics: dict[int, _Metrics] = {}
        self.kept: list[Any] = []

    def page(self, page: Any, media: Box) -> list[Ink]:
        contents = value_of(page, "/Contents")
        if contents is None:
            return []
        # what lies off the paper is to be seen too, so the paper is no clip
        wide = Box(media.x - _FAR, media.y - _FAR, media.width + 2 * _FAR, media.height + 2 * _FAR)
        return self._run(
            ContentStream(contents, page.pdf, "bytes"), value_of(page, "/Resources") or {}, _State(clip=wide)
        )

    def _run(self, stream: ContentStream, resources: Any, state: _State, depth: int = 0) -> list[Ink]:
        inks: list[Ink] = []
        stack: list[_State] = []
        path: list[Point] = []
        clipping = False
        text = text_line = IDENTITY
        for operands, operator in stream.operations:
            match operator:
                case b"q":
                    stack.append(replace(state))
                case b"Q":
                    state = stack.pop() if stack else state
                case b"cm":
                    state.matrix = after(_matrix(operands), state.matrix)
                case b"w":
                    state.line = float(operands[0])
                case b"gs":
                    self._parameters(operands[0], resources, state)
                case b"g" | b"rg" | b"k" | b"sc" | b"scn":
                    state.fill_space = _SPACES.get(operator, state.fill_space)
                    state.fill_seen = not _is_white(operands, state.fill_space)
                case b"G" | b"RG" | b"K" | b"SC" | b"SCN":
                    state.stroke_space = _SPACES.get(operator.lower(), state.stroke_space)
                    state.stroke_seen = not _is_white(operands, state.stroke_space)
                case b"cs":
                    state.fill_space, state.fill_seen = str(operands[0]), True
                case b"CS":
                    state.stroke_space, state.stroke_seen = str(operands[0]), True
                case b"m" | b"l" | b"c" | b"v" | b"y":
                    numbers = [float(value) for value in operands]
                    path += zip(numbers[::2], numbers[1::2], strict=False)
                case b"re":
                    x, y, width, height = (float(value) for value in operands)
                    path += ((x, y), (x + width, y + height))
                case b"W" | b"W*":
                    clipping = True
                case b"n" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*":
                    if path:
                        inks += _painted(path, operator, state)
                        if clipping:
                            box = _around(path, state.matrix)
                            state.clip = state.clip and common(state.clip, box)
                    path, clipping = [], False
                case b"sh":
                    if state.clip and state.clip.width < _FAR:
                        inks.append(Ink("shape", state.clip, "", SOLID))
                case b"BT":
                    text = text_line = IDENTITY
                case b"Tf":
                    state.font = self._font(operands[0], resources)
                    state.size = float(operands[1])
                case b"Tc":
                    state.spacing = float(operands[0])
                case b"Tw":
                    state.word_spacing = float(operands[0])
                case b"Tz":
                    state.stretch = float(operands[0]) / 100
                case b"TL":
                    state.leading = float(operands[0])
                case b"Ts":
                    state.rise = float(operands[0])
                case b"Tr":
                    state.mode = int(operands[0])
                case b"Td" | b"TD":
                    x, y = float(operands[0]), float(operands[1])
                    state.leading = -y if operator == b"TD" else state.leading
                    text = text_line = after((1, 0, 0, 1, x, y), text_line)
                case b"Tm":
                    text = text_line = _matrix(operands)
                case b"T*":
                    text = text_line = after((1, 0, 0, 1, 0, -state.leading), text_line)
                case b"Tj" | b"TJ" | b"'" | b'"':
                    if operator in (b"'", b'"'):
                        text = text_line = after((1, 0, 0, 1, 0, -state.leading), text_line)
                    if operator == b'"':
                        state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                    ink, text = _shown(operands[-1], state, text)
                    inks += ink
                case b"Do":
                    inks += self._external(operands[0], resources, state, depth)
                case b"INLINE IMAGE":
                    inks += _image(operands["settings"], "", state, ("/W", "/H", "/BPC", "/IM"))
        return inks

    def _external(self, name: Any, resources: Any, state: _State, depth: int) -> list[Ink]:
        thing = value_of(value_of(resources, "/XObject") or {}, name)
        if thing is None or state.clip is None:
            return []
        if value_of(thing, "/Subtype") == "/Image":
            return _image(thing, str(name).lstrip("/"), state, ("/Width", "/Height", "/BitsPerComponent", "/ImageMask"))
        if value_of(thing, "/Subtype") != "/Form" or depth >= _DEEP:
            return []
        known = (id(thing), state.fill_seen, state.stroke_seen, state.line)
        if known not in self.forms:
            self.kept.append(thing)
            start = replace(state, matrix=IDENTITY, clip=box_of(thing, "/BBox"))
            inner = value_of(thing, "/Resources") or resources
            self.forms[known] = tuple(self._run(ContentStream(thing, None, "bytes"), inner, start, depth + 1))
        own = _matrix(value_of(thing, "/Matrix") or IDENTITY)
        matrix = after(own, state.matrix)
        scale = scale_of(matrix)
        placed = []
        for ink in self.forms[known]:
            box = common(place_box(ink.box, matrix), state.clip)
            if box is not None:
                ppi = ink.ppi / scale if scale else 0.0
                placed.append(ink._replace(box=box, size=ink.size * scale if ink.size < SOLID else SOLID, ppi=ppi))
        return placed

    def _parameters(self, name: Any, resources: Any, state: _State) -> None:
        parameters = value_of(value_of(resources, "/ExtGState") or {}, name) or {}
        if (line := value_of(parameters, "/LW")) is not None:
            state.line = float(line)
        if font := value_of(parameters, "/Font"):
            state.font, state.size = self._metrics(font[0].get_object()), float(font[1])

    def _font(self, name: Any, resources: Any) -> _Metrics | None:
        font = value_of(value_of(resources, "/Font") or {}, name)
        return None if font is None else self._metrics(font)

    def _metrics(self, font: Any) -> _Metrics:
        if id(font) not in self.metrics:
            self.kept.append(font)
            self.metrics[id(font)] = _metrics_of(font)
        return self.metrics[id(font)]


_FAR = 14400.0
"""Points round a page in which a lost mark is still looked for: the largest page a reader shows (ISO 32000-1, C.2)."""

_DEEP = 24
"""So many forms inside each other are enough for any real file; one that names itself is none."""

_SPACES = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return (a, b, c, d, e, f)


def _is_white(operands: Any, space: str) -> bool:
    """Whether a colour leaves the paper as it is; tints of spot colours and patterns are taken as ink."""
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False
    match space:
        case "/DeviceGray" | "/DeviceRGB" | "/CalGray" | "/CalRGB":
            return all(value >= 1 for value in values)
        case "/DeviceCMYK":
            return not any(values)
    return False


def _around(path: Sequence[Point], matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in path]
    ys = [b * x + d * y + f for x, y in path]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _painted(path: Sequence[Point], operator: bytes, state: _State) -> list[Ink]:
    fills, strokes = operator[:1] in b"fFBb", operator[:1] in b"SsBb"
    if state.clip is None or not (fills or strokes):
        return []
    box = _around(path, state.matrix)
    width = state.line * scale_of(state.matrix) if strokes else 0.0
    thin = width if strokes else min(box.width, box.height)
    shown = common(box.inset(-width / 2), state.clip)
    seen = (fills and state.fill_seen) or (strokes and state.stroke_seen)
    return [Ink("shape", shown, "", thin, seen)] if shown else []


def _image(image: Any, name: str, state: _State, keys: tuple[str, str, str, str]) -> list[Ink]:
    """An image fills the unit square of its frame (ISO 32000-1, 8.9.3)."""
    a, b, c, d, _, _ = state.matrix
    box = place_box(Box(0, 0, 1, 1), state.matrix)
    shown = state.clip and common(box, state.clip)
    if not shown:
        return []
    # inline images may spell either form of a key
    full = ("/Width", "/Height", "/BitsPerComponent", "/ImageMask")
    width, height, bits, mask = (
        value_of(image, short) if value_of(image, short) is not None else value_of(image, long)
        for short, long in zip(keys, full, strict=True)
    )
    across, down = float(width or 0), float(height or 0)
    wide, high = math.hypot(a, b) / inch, math.hypot(c, d) / inch
    ppi = min(across / wide, down / high) if wide and high and across * down > SPECK else 0.0
    bitmap = int(bits or 8) == 1 or bool(mask and str(mask) in ("True", "true"))
    return [Ink("picture", shown, name, ppi=ppi, bitmap=bitmap)]


class _Metrics(NamedTuple):
    """How wide a font's codes are and how far its capitals reach, in em.

    Descenders are left out: which lines have any is not known here, and an estimate is not to refuse what is right.
    """

    bytes_a_code: int
    widths: dict[int, float]
    other: float
    above: float


def _metrics_of(font: Any) -> _Metrics:
    """Widths as the font says; heights as its descriptor does, capitals for what rises above the line.

    ISO 32000-1, 9.7.4.3 for `/W` of composite fonts, 9.6.2 for `/Widths` of simple ones.
    """
    widths: dict[int, float] = {}
    composite = value_of(font, "/Subtype") == "/Type0"
    holder = (value_of(font, "/DescendantFonts") or [font])[0].get_object() if composite else font
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
        if value_of(font, "/Subtype") == "/Type3":
            em = 1 / (abs(float((value_of(font, "/FontMatrix") or [0.001])[0])) or 0.001)
    descriptor = value_of(holder, "/FontDescriptor") or {}
    above = float(value_of(descriptor, "/CapHeight") or value_of(descriptor, "/Ascent") or 0) / 1000
    return _Metrics(
        2 if composite else 1,
        {code: width / em for code, width in widths.items()},
        other / em,
        above if 0.4 <= above <= 1 else 0.7,
    )


def _shown(operand: Any, state: _State, text: Matrix) -> tuple[list[Ink], Matrix]:
    """The ink of a string or an array of strings and shifts, and the text matrix after it (ISO 32000-1, 9.4.4)."""
    font = state.font
    if font is None:
        return [], text
    advance = 0.0
    codes = 0
    for part in operand if isinstance(operand, list) else [operand]:
        if not isinstance(part, bytes):
            advance -= float(part) / 1000 * state.size * state.stretch
            continue
        step = font.bytes_a_code
        for at in range(0, len(part) - step + 1, step):
            code = int.from_bytes(part[at : at + step], "big")
            space = state.word_spacing if step == 1 and code == 32 else 0.0
            width = font.widths.get(code, font.other) * state.size
            advance += (width + state.spacing + space) * state.stretch
            codes += 1
    low, high = state.rise, font.above * state.size + state.rise
    placed = after(text, state.matrix)
    box = place_box(Box(min(0.0, advance), low, abs(advance), high - low), placed)
    shown = state.clip and common(box, state.clip)
    inks = []
    # mode 3 is text nobody sees, such as that of scanned pages
    if shown and codes and state.mode != 3 and advance:
        inks.append(Ink("text", shown, "", abs(state.size) * scale_of(placed)))
    return inks, after((1, 0, 0, 1, advance, 0), text)
