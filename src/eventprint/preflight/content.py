"""Marks from the content of a PDF: enough of the imaging model to know where ink lies, which, and how it is laid.

ISO 32000-1, annex A, lists the operators.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import add
from typing import Any

from pypdf.generic import ContentStream

from ..geometry import Box, inch
from ..page import IDENTITY, Matrix, after, place_box
from ..values import dataclass
from .facts import PLAIN, SOLID, SPECK, Clip, Ink, Manner, Paint, Path, Point, common, scale_of
from .functions import evaluate
from .letters import Letters, Shown
from .objects import box_of, is_true, value_of
from .paints import CMYK, GRAY, Space, Spaces
from .syntax import InlineImage, operations

__all__ = ["Content"]


@dataclass(slots=True)
class _State:
    fill: Paint
    stroke: Paint
    fill_space: Space = GRAY
    stroke_space: Space = GRAY
    matrix: Matrix = IDENTITY
    clip: Box | None = None
    """None where nothing can be seen."""
    clips: tuple[Clip, ...] = ()
    manner: Manner = PLAIN
    line: float = 1.0
    font: Letters | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


def _copied(state: _State) -> _State:
    copy = _State.__new__(_State)
    for name in _State.__slots__:
        setattr(copy, name, getattr(state, name))
    return copy


class Content:
    """Where the ink of pages lies; forms that many pages share are read once for each way they are drawn."""

    def __init__(self) -> None:
        self.spaces = Spaces()
        self.forms: dict[Any, tuple[Ink, ...]] = {}
        self.placed: dict[Any, list[Ink]] = {}
        self.letters: dict[int, Letters] = {}
        self.images: dict[int, Paint] = {}
        self.patterns: dict[Any, Paint] = {}
        self.kept: list[Any] = []
        self.blacks = self.spaces.first(GRAY)

    def page(self, page: Any, media: Box) -> list[Ink]:
        """The marks of a page in the order they are painted, in its own frame, y upwards."""
        contents = value_of(page, "/Contents")
        if contents is None:
            return []
        # what lies off the paper is to be seen too, so the paper is no clip
        wide = Box(media.x - _FAR, media.y - _FAR, media.width + 2 * _FAR, media.height + 2 * _FAR)
        resources = value_of(page, "/Resources") or {}
        data = contents.get_data() if hasattr(contents, "get_data") else ContentStream(contents, page.pdf).get_data()
        first = self.spaces.first(self.spaces.named("/DeviceGray", resources))
        found = self._run(data, resources, _State(first, first, clip=wide))
        # numbers beyond all measure lead nowhere that anybody could print
        return [ink for ink in found if math.isfinite(ink.box.x + ink.box.y + ink.box.width + ink.box.height)]

    def _run(self, data: bytes, resources: Any, state: _State, depth: int = 0) -> list[Ink]:
        inks: list[Ink] = []
        stack: list[_State] = []
        path: Path = []
        clipping = b""
        text = text_line = IDENTITY
        for operator, operands in operations(data):
            if operator in _STEPS:
                path.append((operator, operands))
                continue
            match operator:
                case b"f" | b"S" | b"n" | b"s" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*":
                    if path:
                        inks += _painted(path, operator, state)
                        if clipping:
                            self._clip(path, clipping, state)
                    path, clipping = [], b""
                case b"Tj" | b"TJ" | b"'" | b'"':
                    if operator in (b"'", b'"'):
                        text = text_line = after((1, 0, 0, 1, 0, -state.leading), text_line)
                    if operator == b'"':
                        state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                    ink, text = _shown(operands[-1], state, text)
                    inks += ink
                case b"Tf":
                    state.font = self._font(operands[0], resources)
                    state.size = float(operands[1])
                case b"Tm":
                    text = text_line = _matrix(operands)
                case b"BT":
                    text = text_line = IDENTITY
                case b"Td" | b"TD":
                    x, y = float(operands[0]), float(operands[1])
                    state.leading = -y if operator == b"TD" else state.leading
                    text = text_line = after((1, 0, 0, 1, x, y), text_line)
                case b"T*":
                    text = text_line = after((1, 0, 0, 1, 0, -state.leading), text_line)
                case b"q":
                    stack.append(_copied(state))
                case b"Q":
                    state = stack.pop() if stack else state
                case b"cm":
                    state.matrix = after(_matrix(operands), state.matrix)
                case b"k" | b"g" | b"rg":
                    state.fill_space = self.spaces.named(_DEVICES[operator], resources)
                    state.fill = self.spaces.paint(state.fill_space, _numbers(operands))
                case b"K" | b"G" | b"RG":
                    state.stroke_space = self.spaces.named(_DEVICES[operator.lower()], resources)
                    state.stroke = self.spaces.paint(state.stroke_space, _numbers(operands))
                case b"cs":
                    state.fill_space = self.spaces.named(operands[0], resources)
                    state.fill = self.spaces.first(state.fill_space)
                case b"CS":
                    state.stroke_space = self.spaces.named(operands[0], resources)
                    state.stroke = self.spaces.first(state.stroke_space)
                case b"sc" | b"scn":
                    state.fill = self._colour(state.fill_space, operands, resources, depth)
                case b"SC" | b"SCN":
                    state.stroke = self._colour(state.stroke_space, operands, resources, depth)
                case b"gs":
                    self._parameters(operands[0], resources, state)
                case b"w":
                    state.line = float(operands[0])
                case b"W" | b"W*":
                    clipping = operator
                case b"Do":
                    inks += self._external(operands[0], resources, state, depth)
                case b"sh":
                    if state.clip:
                        inks.append(self._shaded(operands[0], resources, state))
                case b"BI":
                    inks += self._image(_full(operands[0]), "", resources, state)
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
        return inks

    def _clip(self, path: Path, operator: bytes, state: _State) -> None:
        box = _around(path, state.matrix)
        state.clip = state.clip and common(state.clip, box)
        if not _upright(path, state.matrix):
            state.clips = (*state.clips, Clip(path, state.matrix, operator == b"W*"))

    # Colours

    def _colour(self, space: Space, operands: Sequence[Any], resources: Any, depth: int) -> Paint:
        if space.family != "Pattern":
            return self.spaces.paint(space, _numbers(operands))
        pattern = value_of(value_of(resources, "/Pattern") or {}, str(operands[-1])) if operands else None
        if pattern is None:
            return Paint(space.families, known=False)
        under = self.spaces.paint(space.alternate, _numbers(operands[:-1])) if space.alternate else None
        known = (id(pattern), under)
        if known not in self.patterns:
            self.kept.append(pattern)
            self.patterns[known] = Paint(space.families, known=False)  # for patterns that name themselves
            self.patterns[known] = self._pattern(pattern, under, resources, depth)
        return self.patterns[known]

    def _pattern(self, pattern: Any, under: Paint | None, resources: Any, depth: int) -> Paint:
        if value_of(pattern, "/PatternType") == 2:
            return self._shading(value_of(pattern, "/Shading") or {}, resources)
        if not hasattr(pattern, "get_data") or depth >= _DEEP:
            return Paint(("Pattern",), known=False)
        inner = self._inner(pattern, under or self.blacks, resources, depth)
        if under is not None:
            inner = tuple(dict.fromkeys((under, *(paint for paint in inner if paint != self.blacks))))
        return Paint(("Pattern",), known=False, inside=inner)

    def _inner(self, stream: Any, paint: Paint, resources: Any, depth: int) -> tuple[Paint, ...]:
        """What the content of a pattern or of a drawn letter paints with."""
        wide = Box(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR)
        own = value_of(stream, "/Resources") or resources
        found = self._run(stream.get_data(), own, _State(paint, paint, clip=wide), depth + 1)
        return tuple(dict.fromkeys(inner for ink in found for inner in ink.paints))

    def _shading(self, shading: Any, resources: Any) -> Paint:
        """The mean of a shading: what is left of it where nobody paints it."""
        space = self.spaces.space(shading.get("/ColorSpace"), resources)
        function = value_of(shading, "/Function")
        paints = []
        if function is not None and value_of(shading, "/ShadingType") in (2, 3):
            low, high = (float(value) for value in value_of(shading, "/Domain") or (0, 1))
            for step in range(_SAMPLES):
                values = evaluate(function, [low + (high - low) * step / (_SAMPLES - 1)])
                paints.append(self.spaces.paint(space, tuple(values)))
        return _mean(("Pattern", *space.families), paints)

    def _shaded(self, name: Any, resources: Any, state: _State) -> Ink:
        shading = value_of(value_of(resources, "/Shading") or {}, str(name)) or {}
        paint = self._shading(shading, resources)
        paint = paint._replace(families=paint.families[1:])
        assert state.clip is not None
        path: Path = [(b"re", [state.clip.x, state.clip.y, state.clip.width, state.clip.height])]
        return Ink("shape", state.clip, "", SOLID, fill=paint, manner=state.manner, drawing=path, clips=state.clips)

    def _parameters(self, name: Any, resources: Any, state: _State) -> None:
        """Set what an ExtGState sets (8.4.5)."""
        found = value_of(value_of(resources, "/ExtGState") or {}, str(name)) or {}
        if (line := value_of(found, "/LW")) is not None:
            state.line = float(line)
        if font := value_of(found, "/Font"):
            state.font, state.size = self._metrics(font[0].get_object()), float(font[1])
        state.manner = _manner(found, state.manner)

    # Fonts, forms and images

    def _font(self, name: Any, resources: Any) -> Letters | None:
        font = value_of(value_of(resources, "/Font") or {}, str(name))
        return None if font is None else self._metrics(font)

    def _metrics(self, font: Any) -> Letters:
        if id(font) not in self.letters:
            self.kept.append(font)
            self.letters[id(font)] = letters = Letters(font)
            if value_of(font, "/Subtype") == "/Type3":
                drawn = list((value_of(font, "/CharProcs") or {}).values())[:256]
                inner = [self._inner(each.get_object(), self.blacks, _of_font(font), _DEEP - 2) for each in drawn]
                paints = dict.fromkeys(paint for paints in inner for paint in paints if paint != self.blacks)
                letters.inside = tuple(paints)
        return self.letters[id(font)]

    def _external(self, name: Any, resources: Any, state: _State, depth: int) -> list[Ink]:
        thing = value_of(value_of(resources, "/XObject") or {}, str(name))
        if thing is None or state.clip is None:
            return []
        if value_of(thing, "/Subtype") == "/Image":
            return self._image(thing, str(name).lstrip("/"), resources, state)
        if value_of(thing, "/Subtype") != "/Form" or depth >= _DEEP:
            return []
        inner = value_of(thing, "/Resources")
        # a group is painted as one: how it meets what is under it is not passed on to what is in it (11.6.6)
        group = value_of(thing, "/Group") is not None
        manner = state.manner._replace(alpha=1.0, alpha_stroke=1.0, blend="Normal", soft=False)
        start = _copied(state)
        start.manner = manner if group else state.manner
        start.matrix, start.clip, start.clips = IDENTITY, box_of(thing, "/BBox"), ()
        text = (id(state.font), state.size, state.spacing, state.word_spacing, state.stretch, state.rise, state.mode)
        spaces = (id(state.fill_space), id(state.stroke_space))
        lent = None if inner else id(resources)
        known = (id(thing), state.fill, state.stroke, spaces, start.manner, state.line, text, lent)
        if known not in self.forms:
            self.kept += (thing, resources, state.font, state.fill_space, state.stroke_space)
            self.forms[known] = tuple(self._run(thing.get_data(), inner or resources, start, depth + 1))
        matrix = after(_matrix(value_of(thing, "/Matrix") or IDENTITY), state.matrix)
        # the same form in the same place of many pages is placed once
        place = (known, matrix, state.clip, state.manner, tuple(map(id, state.clips)))
        if place not in self.placed:
            self.kept.append(state.clips)
            placed = _placed(self.forms[known], matrix, state.clip, state.clips)
            if group and start.manner != state.manner:
                placed = [ink._replace(manner=_within(ink.manner, state.manner)) for ink in placed]
            self.placed[place] = placed
        return self.placed[place]

    def _image(self, image: Mapping[str, Any], name: str, resources: Any, state: _State) -> list[Ink]:
        """An image fills the unit square of its frame (8.9.3)."""
        box = place_box(_UNIT, state.matrix)
        shown = state.clip and common(box, state.clip)
        if not shown:
            return []
        mask = is_true(value_of(image, "/ImageMask"))
        bitmap = int(value_of(image, "/BitsPerComponent") or 8) == 1 or mask
        manner = state.manner
        if value_of(image, "/SMask") is not None or value_of(image, "/Mask") is not None:
            manner = manner._replace(soft=True)
        paint = state.fill if mask else self._colours(image, resources)
        return [
            Ink(
                *("picture", shown, name),
                ppi=_resolution(image, state.matrix),
                bitmap=bitmap,
                matrix=state.matrix,
                fill=paint,
                manner=manner,
                drawing=image,
                clips=state.clips,
            )
        ]

    def _colours(self, image: Mapping[str, Any], resources: Any) -> Paint:
        if id(image) not in self.images:
            self.kept.append(image)
            space = image.get("/ColorSpace")
            read = CMYK if space is None and _is_jpx(image) else self.spaces.space(space, resources)
            names = tuple((each, 1.0) for each in read.names if each not in _NO_SPOTS)
            self.images[id(image)] = Paint(read.families, spots=names, known=False)
        return self.images[id(image)]


_FAR = 14400.0
"""Points round a page in which a lost mark is still looked for: the largest page a reader shows (ISO 32000-1, C.2)."""

_DEEP = 24
"""So many forms inside each other are enough for any real file; one that names itself is none."""

_SAMPLES = 9
"""Of a shading, for its mean."""

_STEPS = frozenset((b"m", b"l", b"c", b"v", b"y", b"re", b"h"))
_DEVICES = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}
_NO_SPOTS = frozenset(("Cyan", "Magenta", "Yellow", "Black", "None"))
_UNIT = Box(0, 0, 1, 1)
_FULL = {
    "/W": "/Width",
    "/H": "/Height",
    "/BPC": "/BitsPerComponent",
    "/IM": "/ImageMask",
    "/CS": "/ColorSpace",
    "/D": "/Decode",
    "/F": "/Filter",
    "/DP": "/DecodeParms",
}
"""What inline images may shorten (ISO 32000-1, table 93)."""


def _full(image: InlineImage) -> dict[str, Any]:
    return {**{_FULL.get(key, key): value for key, value in image.settings.items()}, "data": image}


def _is_jpx(image: Mapping[str, Any]) -> bool:
    return "JPXDecode" in str(value_of(image, "/Filter"))


def _of_font(font: Any) -> Any:
    return value_of(font, "/Resources") or {}


def _numbers(operands: Sequence[Any]) -> tuple[float, ...]:
    return tuple(operand for operand in operands if isinstance(operand, float))


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = operands
    return (float(a), float(b), float(c), float(d), float(e), float(f))


def _manner(found: Any, now: Manner) -> Manner:
    over = value_of(found, "/OP")
    fill = value_of(found, "/op")
    if over is not None:
        # one key for both where the other is not there (table 58)
        now = now._replace(over_stroke=is_true(over), over=is_true(over) if fill is None else now.over)
    if fill is not None:
        now = now._replace(over=is_true(fill))
    if (mode := value_of(found, "/OPM")) is not None:
        now = now._replace(mode=int(mode))
    if (alpha := value_of(found, "/ca")) is not None:
        now = now._replace(alpha=float(alpha))
    if (alpha := value_of(found, "/CA")) is not None:
        now = now._replace(alpha_stroke=float(alpha))
    if (blend := value_of(found, "/BM")) is not None:
        now = now._replace(blend=str(blend[0] if isinstance(blend, list) else blend).lstrip("/"))
    if (soft := value_of(found, "/SMask")) is not None:
        now = now._replace(soft=isinstance(soft, Mapping))
    return now


def _within(inner: Manner, outer: Manner) -> Manner:
    """How a mark of a group meets the page when the whole group meets it so."""
    return inner._replace(
        alpha=inner.alpha * outer.alpha,
        alpha_stroke=inner.alpha_stroke * outer.alpha,
        blend=inner.blend if outer.blend == "Normal" else outer.blend,
        soft=inner.soft or outer.soft,
    )


def _mean(families: tuple[str, ...], paints: Sequence[Paint]) -> Paint:
    if not paints:
        return Paint(families, known=False)
    cyan, magenta, yellow, black = (sum(values) / len(paints) for values in zip(*(p.inks for p in paints), strict=True))
    tints: dict[str, float] = {}
    for name, share in (tint for paint in paints for tint in paint.spots):
        tints[name] = tints.get(name, 0.0) + share / len(paints)
    return Paint(families, (cyan, magenta, yellow, black), tuple(tints.items()), known=False)


def _placed(inks: Sequence[Ink], matrix: Matrix, clip: Box, clips: tuple[Clip, ...]) -> list[Ink]:
    """The marks of a form where it is drawn."""
    scale = scale_of(matrix)
    straight = not (matrix[1] or matrix[2]) or not (matrix[0] or matrix[3])
    placed = []
    for ink in inks:
        box = common(_moved(ink.box, matrix), clip)
        if box is None:
            continue
        inner = after(ink.matrix, matrix)
        beyond = tuple(Clip(each.path, after(each.matrix, matrix), each.even_odd) for each in ink.clips)
        placed.append(
            ink._replace(
                box=box,
                size=ink.size * scale if ink.size < SOLID else SOLID,
                ppi=_resolution(ink.drawing, inner) if ink.ppi else 0.0,
                solid=common(place_box(ink.solid, matrix), clip) if ink.solid and straight and not clips else None,
                matrix=inner,
                clips=(*clips, *beyond),
            )
        )
    return placed


def _moved(box: Box, matrix: Matrix) -> Box:
    """A box after a matrix, at less cost where that only moves and stretches."""
    a, b, c, d, e, f = matrix
    if b or c or a < 0 or d < 0:
        return place_box(box, matrix)
    return Box(a * box.x + e, d * box.y + f, a * box.width, d * box.height)


def _bounds(path: Path) -> tuple[list[float], list[float]]:
    """The outermost points of an outline, handles of curves for curves."""
    xs: list[float] = []
    ys: list[float] = []
    for operator, numbers in path:
        if operator == b"re":
            left, low, wide, high = numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4]
            xs += left
            ys += low
            xs += map(add, left, wide)
            ys += map(add, low, high)
        else:
            xs += numbers[::2]
            ys += numbers[1::2]
    return xs, ys


def _around(path: Path, matrix: Matrix) -> Box:
    a, b, c, d, _, _ = matrix
    if not (b or c) or not (a or d):
        xs, ys = _bounds(path)
        if not xs:
            return Box(0, 0, 0, 0)
        left, low = min(xs), min(ys)
        return _moved(Box(left, low, max(xs) - left, max(ys) - low), matrix)
    points = _points(path)
    return _box_of([_at(matrix, point) for point in points]) if points else Box(0, 0, 0, 0)


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _box_of(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _points(path: Path) -> list[Point]:
    points: list[Point] = []
    for operator, numbers in path:
        if operator == b"re":
            for x, y, wide, high in zip(*(numbers[at::4] for at in range(4)), strict=False):
                points += ((x, y), (x + wide, y), (x, y + high), (x + wide, y + high))
        else:
            points += zip(numbers[::2], numbers[1::2], strict=False)
    return points


def _upright(path: Path, matrix: Matrix) -> bool:
    """Whether an outline is one upright rectangle, drawn as such or line by line."""
    a, b, c, d, _, _ = matrix
    if (b or c) and (a or d):
        return False
    if len(path) == 1:
        return path[0][0] == b"re" and len(path[0][1]) == 4
    if any(operator not in (b"m", b"l", b"h") for operator, _ in path):
        return False
    points = list(_points(path))
    if len(points) == 5 and points[0] == points[-1]:
        points.pop()
    if len(points) != 4:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)


def _painted(path: Path, operator: bytes, state: _State) -> list[Ink]:
    fills, strokes = operator[:1] in b"fFBb", operator[:1] in b"SsBb"
    if state.clip is None or not (fills or strokes):
        return []
    box = _around(path, state.matrix)
    width = state.line * scale_of(state.matrix) if strokes else 0.0
    thin = width if strokes else min(box.width, box.height)
    shown = common(box.inset(-width / 2), state.clip)
    if not shown:
        return []
    fill, stroke = state.fill if fills else None, state.stroke if strokes else None
    manner = state.manner
    solid = None
    if fills and not state.clips and manner.alpha == 1 and not manner.soft and _upright(path, state.matrix):
        solid = common(box, state.clip)
    seen = not ((fill is None or fill.white) and (stroke is None or stroke.white))
    drawing = [*path, (b"*", [])] if operator.endswith(b"*") else path
    return [
        Ink(
            *("shape", shown, "", thin, seen),
            solid=solid,
            matrix=state.matrix,
            fill=fill,
            stroke=stroke,
            manner=manner,
            drawing=drawing,
            clips=state.clips,
        )
    ]


def _resolution(image: Any, matrix: Matrix) -> float:
    """Pixels for every inch on paper, on the coarser axis; 0 for a speck."""
    a, b, c, d, _, _ = matrix
    across, down = float(value_of(image, "/Width") or 0), float(value_of(image, "/Height") or 0)
    wide, high = math.hypot(a, b) / inch, math.hypot(c, d) / inch
    return min(across / wide, down / high) if wide and high and across * down > SPECK else 0.0


def _shown(operand: Any, state: _State, text: Matrix) -> tuple[list[Ink], Matrix]:
    """The ink of a string or an array of strings and shifts, and the text matrix after it (ISO 32000-1, 9.4.4)."""
    font = state.font
    if font is None:
        return [], text
    advance = 0.0
    codes = 0
    size, widths, other = state.size, font.widths, font.other
    parts = operand if isinstance(operand, list) else [operand]
    for part in parts:
        if not isinstance(part, bytes):
            advance -= float(part or 0) / 1000 * size
            continue
        if font.bytes_a_code == 1:
            count = len(part)
            advance += sum(widths.get(code, other) for code in part) * size
            if state.word_spacing:
                advance += state.word_spacing * part.count(32)
        else:
            count = len(part) // 2
            pairs = zip(part[::2], part[1::2], strict=False)
            advance += sum(widths.get(high << 8 | low, other) for high, low in pairs) * size
        advance += count * state.spacing
        codes += count
    advance *= state.stretch
    low, high = state.rise, font.above * size + state.rise
    placed = after(text, state.matrix)
    box = _moved(Box(min(0.0, advance), low, abs(advance), high - low), placed)
    shown = state.clip and common(box, state.clip)
    inks = []
    # mode 3 is text nobody sees, such as that of scanned pages; mode 7 is a clip alone
    if shown and codes and state.mode != 3 and advance:
        fill = state.fill if state.mode in (0, 2, 4, 6) else None
        if fill is not None and font.inside:
            fill = fill._replace(known=False, inside=(*fill.inside, *font.inside))
        inks.append(
            Ink(
                *("text", shown, "", abs(size) * scale_of(placed)),
                matrix=placed,
                fill=fill,
                stroke=state.stroke if state.mode in (1, 2, 5, 6) else None,
                manner=state.manner,
                drawing=Shown(font, parts, size, state.spacing, state.word_spacing, state.stretch, state.rise),
                clips=state.clips,
            )
        )
    return inks, after((1, 0, 0, 1, advance, 0), text)
