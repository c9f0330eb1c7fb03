"""The plates of a page, coarse: how much of each ink lies where, with what knocks out and what overprints.

A pixel is a millimetre, which is enough for a mean over 15 of them; edges are counted by the share of a pixel that
they cover, letters by their area. Overprint: ISO 32000-1, 8.6.7 and 11.7.4.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from .. import images, inks
from ..geometry import Box, mm
from ..page import Matrix, after
from .facts import Clip, Face, Ink, Paint
from .letters import Shown
from .objects import value_of
from .outlines import Outline, outlines_of
from .paints import Space, Spaces

SQUARE = 15 * mm
"""The side of the squares that ink is added up over (GWG 2022, R0026)."""

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")

_PIXEL = mm
_LINES = 4
"""Scan lines a pixel."""

_MOST = 3_000_000
"""Pixels: larger pages, such as banners, get larger pixels."""


class Run(NamedTuple):
    """Pixels of one row that a mark covers by the same share."""

    row: int
    first: int
    long: int
    share: float


class Plates:
    """Ink by plate, rows from the top, 1 where there is all of it."""

    def __init__(self, frame: Box, pixel: float = _PIXEL) -> None:
        pixel = max(pixel, math.sqrt(frame.width * frame.height / _MOST))
        self.frame, self.pixel = frame, pixel
        self.width = max(1, math.ceil(frame.width / pixel - 1e-6))
        self.height = max(1, math.ceil(frame.height / pixel - 1e-6))
        self.plates = {name: self._empty() for name in PROCESS}
        self.masks: dict[tuple[int, Matrix], dict[tuple[int, int], float]] = {}

    def _empty(self) -> array[float]:
        return array("f", bytes(4 * self.width * self.height))

    def paint(self, ink: Ink) -> None:
        """Lay a mark of a file on what is there already."""
        manner = ink.manner
        if ink.kind == "picture" and (ink.fill is None or not ink.fill.known):
            self._picture(ink)
            return
        if ink.fill is not None and not ink.fill.inside:
            alpha = manner.alpha * (_VEILED if manner.soft else 1)
            self._lay(self._clipped(self._filled(ink), ink.clips), ink.fill, manner.over, ink, alpha)
        if ink.stroke is not None and ink.kind == "shape":
            alpha = manner.alpha_stroke * (_VEILED if manner.soft else 1)
            self._lay(self._clipped(self._stroked(ink), ink.clips), ink.stroke, manner.over_stroke, ink, alpha)

    # Where

    def _filled(self, ink: Ink) -> Iterator[Run]:
        if ink.kind == "text":
            yield from self._letters(ink)
        elif ink.kind == "picture":
            # a stencil: how much of it lets paint through is not looked up
            yield from (run._replace(share=run.share * _STENCIL) for run in self._upright(ink.box))
        elif ink.solid is not None:
            yield from self._upright(ink.solid)
        elif ink.drawing:
            outlines = outlines_of(ink.drawing, ink.matrix, self.pixel / 10)
            yield from self._scanned(outlines, ink.drawing[-1][0] == b"*", ink.box)

    def _upright(self, box: Box) -> Iterator[Run]:
        """An upright rectangle, counted exactly."""
        left, right = self._across(box)
        top, bottom = self._down(box)
        for row in range(max(math.floor(top), 0), min(math.ceil(bottom), self.height)):
            high = min(bottom, row + 1) - max(top, row)
            start, end = math.ceil(left), math.floor(right)
            if start > end:
                yield Run(row, end, 1, high * (right - left))
                continue
            if start > left and start > 0:
                yield Run(row, start - 1, 1, high * (start - left))
            if end > start:
                yield Run(row, start, end - start, high)
            if right > end and end < self.width:
                yield Run(row, end, 1, high * (right - end))

    def _across(self, box: Box) -> tuple[float, float]:
        left, right = ((edge - self.frame.x) / self.pixel for edge in (box.x, box.right))
        return min(max(left, 0.0), self.width), min(max(right, 0.0), self.width)

    def _down(self, box: Box) -> tuple[float, float]:
        top, bottom = ((edge - self.frame.y) / self.pixel for edge in (box.y, box.bottom))
        return min(max(top, 0.0), self.height), min(max(bottom, 0.0), self.height)

    def _scanned(self, outlines: Sequence[Outline], even_odd: bool, box: Box) -> Iterator[Run]:
        """The inside of outlines, scan line by scan line, exact along each; nothing outside a box."""
        top, bottom = self._down(box)
        left, right = self._across(box)
        first, last = math.floor(top), math.ceil(bottom)
        crossings = self._crossings(outlines, first, last)
        for row in range(first, last):
            spans: list[tuple[float, float]] = []
            for line in range(row * _LINES, (row + 1) * _LINES):
                if line in crossings:
                    spans += _spans(sorted(crossings[line]), even_odd)
            cut = [(max(start, left), min(end, right)) for start, end in spans if start < right and end > left]
            if cut:
                yield from _runs(row, cut, self.width)

    def _crossings(self, outlines: Sequence[Outline], first: int, last: int) -> dict[int, list[tuple[float, int]]]:
        """Where outlines cross the middle of each scan line, and which way."""
        found: dict[int, list[tuple[float, int]]] = {}
        x0, y0, scale = self.frame.x, self.frame.y, 1 / self.pixel
        for outline in outlines:
            before = outline[-1]
            for here in outline:
                (ax, ay), (bx, by) = before, here
                before = here
                ax, ay, bx, by = ((ax - x0) * scale, (ay - y0) * scale, (bx - x0) * scale, (by - y0) * scale)
                if ay == by:
                    continue
                way = 1 if by > ay else -1
                low, high = (ay, by) if way > 0 else (by, ay)
                slope = (bx - ax) / (by - ay)
                start = max(math.ceil(low * _LINES - 0.5), first * _LINES)
                end = min(math.ceil(high * _LINES - 0.5), last * _LINES)
                for line in range(start, end):
                    found.setdefault(line, []).append((ax + ((line + 0.5) / _LINES - ay) * slope, way))
        return found

    def _stroked(self, ink: Ink) -> Iterator[Run]:
        """A line as one quarter of a ribbon for each straight piece; corners are left as they come."""
        outlines = outlines_of(ink.drawing, ink.matrix, self.pixel / 10)
        half = max(ink.size, 0.1) / 2
        ribbons: list[Outline] = []
        for outline in outlines:
            for (ax, ay), (bx, by) in pairwise(outline):
                long = math.hypot(bx - ax, by - ay)
                if long:
                    x, y = -(by - ay) / long * half, (bx - ax) / long * half
                    # all turn the same way, so that where they overlap they still count once
                    ribbons.append([(ax + x, ay + y), (bx + x, by + y), (bx - x, by - y), (ax - x, ay - y)])
        if len(ribbons) == 1 and (upright := _upright_box(ribbons[0])):
            yield from self._upright(upright)
        elif ink.size < self.pixel / 2:
            yield from self._thin(ribbons)
        else:
            yield from self._scanned(ribbons, False, ink.box)

    def _thin(self, ribbons: Sequence[Outline]) -> Iterator[Run]:
        """Ribbons thinner than a scan line can see, each with its area along its middle."""
        for (ax, ay), (bx, by), (cx, cy), (dx, dy) in ribbons:
            from_x, from_y, to_x, to_y = (ax + dx) / 2, (ay + dy) / 2, (bx + cx) / 2, (by + cy) / 2
            long, wide = math.hypot(to_x - from_x, to_y - from_y), math.hypot(ax - dx, ay - dy)
            steps = min(max(1, math.ceil(2 * long / self.pixel)), _FINEST)
            share = long * wide / steps / self.pixel**2
            for step in range(steps):
                at = (step + 0.5) / steps
                column = math.floor((from_x + (to_x - from_x) * at - self.frame.x) / self.pixel)
                row = math.floor((from_y + (to_y - from_y) * at - self.frame.y) / self.pixel)
                if 0 <= column < self.width and 0 <= row < self.height:
                    yield Run(row, column, 1, min(share, 1.0))

    def _letters(self, ink: Ink) -> Iterator[Run]:
        """Letters as grey boxes of the same ink: a line of small ones as one, large ones each by itself."""
        shown: Shown = ink.drawing
        if ink.size > _LARGE:
            yield from self._outlined(ink)
            return
        size, wide = shown.size, shown.size * shown.stretch
        placed = [(at, shown.letters.blot(code)) for code, at, _ in shown.places()]
        boxes = [
            (at + blot.left * wide, blot.low * size, at + blot.right * wide, blot.high * size, blot.area * size * wide)
            for at, blot in placed
            if blot.area
        ]
        if ink.size <= _SMALL and boxes:
            lefts, lows, rights, highs, areas = zip(*boxes, strict=True)
            # ascenders and descenders stand out of a line by as much as they are many
            low, high = sum(lows) / len(lows), sum(highs) / len(highs)
            boxes = [(min(lefts), low, max(rights), high, sum(areas))]
        a, b, c, d, e, f = ink.matrix
        for left, low, right, high, area in boxes:
            space = (right - left) * (high - low)
            if not space:
                continue
            corners = [(left, low), (right, low), (right, high), (left, high)]
            outline = [(a * x + c * (y + shown.rise) + e, b * x + d * (y + shown.rise) + f) for x, y in corners]
            upright = _upright_box(outline)
            runs = self._upright(upright) if upright else self._scanned([outline], False, ink.box.inset(-ink.size))
            share = min(abs(area / space), 1.0)
            yield from (run._replace(share=run.share * share) for run in runs)

    def _outlined(self, ink: Ink) -> Iterator[Run]:
        """Letters by their outlines: of large ones a square may see a stem alone."""
        shown: Shown = ink.drawing
        size, wide = shown.size, shown.size * shown.stretch
        outlines: list[Outline] = []
        for code, at, _ in shown.places():
            blot = shown.letters.blot(code)
            edges = [blot.left, blot.low, blot.right - blot.left, blot.high - blot.low]
            steps = list(blot.steps) or [(b"re", edges)]
            outlines += outlines_of(steps, after((wide, 0, 0, size, at, shown.rise), ink.matrix), self.pixel / 10)
        yield from self._scanned(outlines, False, ink.box.inset(-ink.size))

    def _clipped(self, runs: Iterator[Run], clips: Sequence[Clip]) -> Iterator[Run]:
        """Runs as far as they lie inside clips."""
        if not clips:
            yield from runs
            return
        masks = [self._mask(clip) for clip in clips]
        for run in runs:
            for column in range(max(run.first, 0), min(run.first + run.long, self.width)):
                share = run.share
                for mask in masks:
                    share *= mask.get((run.row, column), 0.0)
                if share:
                    yield Run(run.row, column, 1, share)

    def _mask(self, clip: Clip) -> dict[tuple[int, int], float]:
        known = self.masks.get((id(clip.path), clip.matrix))
        if known is not None:
            return known
        outlines = outlines_of(clip.path, clip.matrix, self.pixel / 10)
        covered: dict[tuple[int, int], float] = {}
        for row, first, long, share in self._scanned(outlines, clip.even_odd, self.frame):
            for column in range(first, first + long):
                covered[row, column] = covered.get((row, column), 0.0) + share
        self.masks[id(clip.path), clip.matrix] = covered
        return covered

    # What

    def _lay(self, runs: Iterator[Run], paint: Paint, over: bool, ink: Ink, alpha: float) -> None:
        values = self._values(paint, over, ink.manner.mode)
        multiplied = ink.manner.blend in _DARKENING
        for row, first, long, share in runs:
            share *= alpha
            start = row * self.width + max(first, 0)
            end = row * self.width + min(first + long, self.width)
            if start >= end:
                continue
            for plate, value in values:
                if multiplied:
                    for at in range(start, end):
                        plate[at] = 1 - (1 - plate[at]) * (1 - value * share)
                elif share >= 0.9999:
                    plate[start:end] = array("f", (value,)) * (end - start)
                else:
                    for at in range(start, end):
                        plate[at] += (value - plate[at]) * share

    def _values(self, paint: Paint, over: bool, mode: int) -> list[tuple[array[float], float]]:
        """What becomes of which plates; those not named keep what they have."""
        for name, _ in paint.spots:
            if name != "All" and name not in self.plates:
                self.plates[name] = self._empty()
        values = {**dict(zip(PROCESS, paint.inks, strict=True)), **dict(paint.spots)}
        values.pop("All", None)
        if over:
            named = paint.families[0] in ("Separation", "DeviceN")
            if named or (mode == 1 and paint.families[0] == "DeviceCMYK"):
                values = {name: value for name, value in values.items() if value}
            return [(self.plates[name], value) for name, value in values.items()]
        return [(plate, values.get(name, 0.0)) for name, plate in self.plates.items()]

    def _picture(self, ink: Ink) -> None:
        """A picture, sampled at the middle of each pixel; one that cannot be read is left out."""
        a, b, c, d, e, f = ink.matrix
        turn = a * d - b * c
        if not turn:
            return
        wide = max(1, min(round(math.hypot(a, b) / self.pixel), 2000))
        high = max(1, min(round(math.hypot(c, d) / self.pixel), 2000))
        try:
            planes, mask = _planes(ink.drawing, (wide, high))
        except _DAMAGE:
            return
        names = list(planes)
        for name in names:
            if name not in self.plates:
                self.plates[name] = self._empty()
        corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
        outline = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        for row, first, long, share in self._clipped(self._scanned([outline], False, ink.box), ink.clips):
            for column in range(max(first, 0), min(first + long, self.width)):
                x = self.frame.x + (column + 0.5) * self.pixel - e
                y = self.frame.y + (row + 0.5) * self.pixel - f
                across, up = (d * x - c * y) / turn, (a * y - b * x) / turn
                place = min(max(int((1 - up) * high), 0), high - 1) * wide + min(max(int(across * wide), 0), wide - 1)
                at = row * self.width + column
                cover = share * ink.manner.alpha * (mask[place] / 255 if mask else 1)
                for name, plate in self.plates.items():
                    value = planes[name][place] / 255 if name in planes else 0.0
                    plate[at] += (value - plate[at]) * cover

    # How much

    def total(self) -> array[float]:
        """All inks together, pixel by pixel."""
        return array("f", map(sum, zip(*self.plates.values(), strict=True)))

    def heaviest(self) -> tuple[float, Box]:
        """The square of 15 mm with the most ink, and its mean: 4 is all of four inks."""
        side = SQUARE / self.pixel
        wide, high = (max(1, min(round(side), most)) for most in (self.width, self.height))
        total = self.total()
        sums = [0.0] * self.width
        rows: list[list[float]] = []
        best, where = -1.0, (0, 0)
        for row in range(self.height):
            line = total[row * self.width : (row + 1) * self.width]
            rows.append(list(accumulate(line, initial=0.0)))
            if row >= high:
                old = rows[row - high]
                sums = [a + b - c for a, b, c in zip(sums, _steps(rows[row]), _steps(old), strict=True)]
            else:
                sums = [a + b for a, b in zip(sums, _steps(rows[row]), strict=True)]
            if row >= high - 1:
                along = list(accumulate(sums, initial=0.0))
                windows = [b - a for a, b in zip(along, along[wide:], strict=False)]
                most = max(windows)
                if most > best:
                    best, where = most, (windows.index(most), row - high + 1)
        x, y = self.frame.x + where[0] * self.pixel, self.frame.y + where[1] * self.pixel
        return best / (wide * high), Box(x, y, wide * self.pixel, high * self.pixel)


_SMALL = 14.0
"""Letters up to this size, in points, are counted a line at a time."""

_LARGE = 36.0
"""Letters from this size on are counted by their outlines."""

_VEILED = 0.5
"""What a soft mask lets through where nobody looks at it."""

_STENCIL = 0.5
_FINEST = 10_000
"""Steps along a line: one that leaves the page by miles need not be followed."""

_DARKENING = frozenset({"Multiply", "Darken", "ColorBurn"})
_DAMAGE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, OSError, AssertionError)


def _steps(line: Sequence[float]) -> list[float]:
    return [b - a for a, b in pairwise(line)]


def _spans(crossings: Sequence[tuple[float, int]], even_odd: bool) -> Iterator[tuple[float, float]]:
    turns = 0
    start = 0.0
    for x, way in crossings:
        before = turns % 2 != 0 if even_odd else turns != 0
        turns += 1 if even_odd else way
        now = turns % 2 != 0 if even_odd else turns != 0
        if now and not before:
            start = x
        elif before and not now and x > start:
            yield start, x


def _runs(row: int, spans: Sequence[tuple[float, float]], width: int) -> Iterator[Run]:
    """Spans of a row's scan lines as shares of its pixels, equal neighbours together."""
    first, last = math.floor(min(start for start, _ in spans)), math.ceil(max(end for _, end in spans))
    last = min(last, width)
    edge = [0.0] * (last - first + 2)
    steps = [0.0] * (last - first + 2)
    weight = 1 / _LINES
    for start, end in spans:
        left, right = math.floor(start), math.floor(end)
        if left == right:
            edge[left - first] += weight * (end - start)
            continue
        edge[left - first] += weight * (left + 1 - start)
        steps[left + 1 - first] += weight
        steps[right - first] -= weight
        edge[right - first] += weight * (end - right)
    shares = [min(a + b, 1.0) for a, b in zip(accumulate(steps), edge, strict=True)]
    begin = 0
    for at in range(1, last - first + 1):
        if at == last - first or shares[at] != shares[begin]:
            if shares[begin] > 1e-9:
                yield Run(row, first + begin, at - begin, shares[begin])
            begin = at


def _upright_box(outline: Outline) -> Box | None:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = outline
    level = abs(ay - by) < 1e-6 and abs(cy - dy) < 1e-6 and abs(ax - dx) < 1e-6 and abs(bx - cx) < 1e-6
    plumb = abs(ax - bx) < 1e-6 and abs(cx - dx) < 1e-6 and abs(ay - dy) < 1e-6 and abs(by - cy) < 1e-6
    if not (level or plumb):
        return None
    return Box(min(ax, cx), min(ay, cy), abs(cx - ax), abs(cy - ay))


def _planes(image: Any, to: tuple[int, int]) -> tuple[dict[str, bytes], bytes]:
    """A picture's ink by plate, and how far it covers what lies under it (empty: wholly)."""
    inline = image.get("data")
    if inline is not None and value_of(image, "/Filter") is not None:
        raise ValueError("the data of inline images are not decoded")
    size = int(value_of(image, "/Width")), int(value_of(image, "/Height"))
    bits = int(value_of(image, "/BitsPerComponent") or 8)
    decode = [float(value) for value in value_of(image, "/Decode") or ()]
    inverted = len(decode) > 1 and decode[0] > decode[1]
    named = image.get("/ColorSpace")
    space = Spaces().space(named, {}) if named is not None else None
    data = inline.data if inline is not None else image.get_data()
    press = inks.press()
    mask = b""
    soft = value_of(image, "/SMask")
    if soft is not None:
        of = int(value_of(soft, "/Width")), int(value_of(soft, "/Height"))
        opaque = images.coarse_inks(
            soft.get_data(), of, 1, int(value_of(soft, "/BitsPerComponent") or 8), to, press=press
        )
        mask = bytes(255 - value for value in opaque[3])
    if space is not None and (space.palette or space.names):
        tables = _tables(space, bits, inverted)
        channels = images.coarse_inks(data, size, 1, bits, to, press=press, tables=list(tables.values()))
        return dict(zip(tables, channels, strict=True)), mask
    channels = images.coarse_inks(data, size, space.channels if space else 4, bits, to, press=press, inverted=inverted)
    return dict(zip(PROCESS, channels, strict=True)), mask


def _tables(space: Space, bits: int, inverted: bool) -> Mapping[str, bytes]:
    """What each value of an indexed or spot picture is on each plate."""
    if space.channels != 1:
        raise ValueError("pictures of several spot inks are not taken apart")
    spaces = Spaces()
    most = 255 if space.palette else (1 << min(bits, 8)) - 1
    paints = []
    for value in range(256):
        share = min(value / most, 1.0)
        paints.append(spaces.paint(space, (value if space.palette else 1 - share if inverted else share,)))
    if bits == 1:
        # pillow keeps the white of black and white as 255
        paints = [paints[0]] * 128 + [paints[1]] * 128
    names = {name: None for paint in paints for name, _ in paint.spots if name != "All"}
    tables = {name: bytes(round(255 * paint.inks[at]) for paint in paints) for at, name in enumerate(PROCESS)}
    for name in names:
        tables[name] = bytes(round(255 * dict(paint.spots).get(name, 0.0)) for paint in paints)
    return tables


def plates_of(face: Face) -> Plates:
    """The plates of a page as its file draws it, with the bleed."""
    bleed = min(5 * mm, max(0.0, min(face.bleed)))
    plates = Plates(face.trim.inset(-bleed))
    for ink in face.inks:
        if ink.box.intersects(plates.frame):
            try:
                plates.paint(ink)
            except _DAMAGE:
                continue  # what is beyond all measure is left out
    return plates


def heaviest(face: Face, limit: float) -> Iterator[tuple[float, Box]]:
    """The square of a page with the most ink and its per cent, where that is more than a limit."""
    if _bound(face) <= limit / 100:
        return
    share, box = plates_of(face).heaviest()
    if 100 * share > limit + _SLACK:
        yield 100 * share, box


_SLACK = 1.5
"""Per cent: rounding of eight-bit inks, and what a JPEG overshoots by."""


def _bound(face: Face) -> float:
    """No spot of a page can have more ink than this: what knocks out stands alone, only what overprints adds to it."""
    alone: set[tuple[tuple[str, float], ...]] = {()}
    over: dict[str, float] = {}
    added: dict[str, float] = {}
    seen: set[tuple[Paint, bool, bool]] = set()
    for ink in face.inks:
        for paint in ink.paints:
            stroked = paint is ink.stroke
            overprints = ink.manner.over_stroke if stroked else ink.manner.over
            darkens = ink.manner.blend not in ("Normal", "Compatible")
            if (paint, overprints, darkens) in seen:
                continue
            seen.add((paint, overprints, darkens))
            plates = _most_of(paint)
            if darkens:
                added.update((name, added.get(name, 0.0) + value) for name, value in plates)
            elif overprints:
                over.update((name, max(value, over.get(name, 0.0))) for name, value in plates)
            else:
                alone.add(plates)
    most = 0.0
    for each in alone:
        plates_ = dict(each)
        names = {*plates_, *over, *added}
        sums = (max(plates_.get(name, 0.0), over.get(name, 0.0)) + added.get(name, 0.0) for name in names)
        most = max(most, sum(min(value, 1.0) for value in sums))
    return most


def _most_of(paint: Paint) -> tuple[tuple[str, float], ...]:
    """The most ink of each plate that a paint can bring."""
    if not paint.known and not paint.inside:
        grey = paint.families[-1] in ("DeviceGray", "ICCBased gray")
        return tuple((name, 1.0) for name in ((*PROCESS[3:],) if grey else PROCESS)) + paint.spots
    return tuple(
        (name, value) for name, value in (*zip(PROCESS, paint.inks, strict=True), *paint.spots) if name != "All"
    )
