"""Set a name or a short title into a box: the largest size of a scale, on balanced lines, broken with manners.

Letters are never squeezed and nothing is ever cut off: what misses the smallest size is set at it, and said to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from .. import fonts
from ..geometry import SLACK
from ..page import Line
from ..values import dataclass
from .shaping import clean, cluster_count, is_rtl, shape
from .style import Style

_BOUND_FORWARD = """
a à af al am an ap ar as at auf av az bar bat ben bin bint binte binti d' da dal dalla dalle dallo das de degli dei
del della delle dello den der des di do dos du e el i ibn in la las le les li lo los mac mc mhic na nic ní o o' op os
san sant santa santo são sankt st st. ste ste. saint sainte 's 't te ten ter the ua ud und van vom von vor y ze zu zum
zur abu umm abd ould bou بن ابن بنت آل أبو ابو أم عبد בן בת אבן
dr dr. prof prof. ing. mr mr. mrs mrs. ms ms. sir dame lord lady
"""
"""What belongs to the name that follows it: particles of Europe, Semitic kinship and articles, saints, titles."""

_BOUND_BACK = "jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq. obe mbe cbe"
"""What belongs to the name before it."""

_PARTICLES = frozenset(_BOUND_FORWARD.split())
_SUFFIXES = frozenset(_BOUND_BACK.split())
_INITIAL = re.compile(r"\w\.\Z")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{3})[-‐](?=[^\W\d_]{3})")
"""A hyphen that may end a line: three letters or more on both sides, so never after `al-`."""

_GAP = 0.04
"""Em left between the ink of one line and that of the next where letters are tall."""

_PREFERRED = 0.8
"""A break where the name divides is taken before one at another space, and that before one at a hyphen, if its letters
are no smaller than this share of what the other gives."""

_MOST_FITS = 20_000


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text stands in its box; size and leading in points."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    fits: bool
    """False: not even the smallest size fits; the lines are set at it all the same."""
    broken: bool = False
    """A line ends after a particle or between initials, for nothing else reached the smallest size."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece no line may divide, and how good a break after it is."""

    text: str
    end: int
    spaced: bool
    """A space follows it, not a hyphen's end."""
    good: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """The text on lines, measured in em."""

    lines: tuple[Line, ...]
    widest: float
    height: float
    leading: float
    broken: bool

    def room(self, width: float, height: float) -> float:
        """The size at which the box is just filled."""
        across = (width + SLACK) / self.widest if self.widest > 0 else float("inf")
        return min(across, (height + SLACK) / self.height if self.height > 0 else float("inf"))


_fits: dict[tuple[object, ...], Fit] = {}
fonts.on_change(_fits.clear)


def fit(
    text: str,
    style: Style,
    width: float,
    height: float,
    *,
    sizes: Sequence[float],
    max_lines: int = 2,
    leading: float = 1.12,
    prefer: tuple[str, ...] = (),
) -> Fit:
    """The text at the largest size of a falling scale that fits the box, on at most so many lines.

    Lines end at a space U+0020 or after a hyphen; never after a particle (`von`, `de la`, `bin`, `St` …) unless no
    other way reaches the last size. `prefer` names the pieces that are one thought, such as given and family name: a
    break between them wins over a slightly larger size. `leading` is in em; where tall letters would touch it grows.
    """
    asked = (text, style.key, style.tracking, width, height, tuple(sizes), max_lines, leading, prefer)
    known = _fits.get(asked)
    if known is None:
        if len(_fits) >= _MOST_FITS:
            _fits.clear()
        known = _fits[asked] = _fit(text, style, width, height, tuple(sizes), max_lines, leading, prefer)
    return known


def _fit(
    text: str,
    style: Style,
    width: float,
    height: float,
    sizes: tuple[float, ...],
    max_lines: int,
    leading: float,
    prefer: tuple[str, ...],
) -> Fit:
    whole = " ".join(filter(None, clean(text).split(" ")))
    rtl = is_rtl(whole)
    parts = _parts(whole)
    forced = _preferred_breaks(whole, parts, prefer)
    optical = fonts.has_optical_sizes(style.family)
    found: dict[str, tuple[float, _Setting]] = {}
    last: list[_Setting] = []
    for _, group in groupby(sizes, lambda size: style.at(size).key if optical else None):
        steps = tuple(group)
        largest = max((size for size, _ in found.values()), default=0.0)
        if "single" in found or steps[0] < largest * _PREFERRED:
            break
        setter = _Setter(whole, parts, style.at(steps[0]), leading, rtl, max_lines)
        last = []
        for name, setting in setter.settings(forced):
            last.append(setting)
            if name in found and found[name][0] >= steps[0]:
                continue
            room = setting.room(width, height)
            size = next((size for size in steps if size <= room), None)
            if size is not None and (name not in found or size > found[name][0]):
                found[name] = (size, setting)
    chosen = _choose(found)
    if chosen is None:
        setter = _Setter(whole, parts, style.at(sizes[-1]), leading, rtl, max_lines)
        last += setter.rude_settings()
        best = max(last, key=lambda setting: setting.room(width, height))
        fits = best.room(width, height) >= sizes[-1]
        if best.widest * sizes[-1] > width + SLACK:
            # Lines beyond the number wanted stay on the page; one line too long would leave it.
            best = setter.narrow_setting((width + SLACK) / sizes[-1]) or best
        return _finish(best, sizes[-1], fits)
    return _finish(chosen[1], chosen[0], True)


def _finish(setting: _Setting, size: float, fits: bool) -> Fit:
    return Fit(setting.lines, size, setting.leading * size, fits, setting.broken)


def _choose(found: dict[str, tuple[float, _Setting]]) -> tuple[float, _Setting] | None:
    """The larger of one line and many, one line where they are equal; among the many the breaks people like best,
    unless the next best give much larger letters."""
    many: tuple[float, _Setting] | None = None
    for name in ("hyphens", "spaces", "preferred"):
        nicer = found.get(name)
        if nicer and (many is None or nicer[0] >= many[0] * _PREFERRED):
            many = nicer
    single = found.get("single")
    if single and (many is None or single[0] >= many[0]):
        return single
    return many


def _parts(text: str) -> list[_Part]:
    """The pieces between which a line may end."""
    words = text.split(" ")
    parts: list[_Part] = []
    end = 0
    for at, word in enumerate(words):
        start = 0
        for hyphen in _HYPHEN.finditer(word):
            parts.append(_Part(word[start : hyphen.end()], end + hyphen.end(), False, True))
            start = hyphen.end()
        end += len(word)
        following = words[at + 1] if at + 1 < len(words) else ""
        plain = word.casefold().replace("’", "'")
        initials = bool(_INITIAL.match(word) and _INITIAL.match(following))
        good = not (plain in _PARTICLES or initials or following.casefold() in _SUFFIXES)
        parts.append(_Part(word[start:], end, True, good))
        end += 1
    return parts


def _preferred_breaks(text: str, parts: list[_Part], prefer: tuple[str, ...]) -> frozenset[int]:
    """The parts before which the pieces begin; none where the text is not made of the pieces."""
    starts = {part.end + part.spaced: at + 1 for at, part in enumerate(parts)}
    found, position = set(), 0
    for at, piece in enumerate(prefer):
        position = text.find(clean(piece), position)
        if position < 0:
            return frozenset()
        if at and position in starts:
            found.add(starts[position])
        position += len(clean(piece))
    return frozenset(found)


class _Setter:
    """The ways to set a text's parts on lines, in one style; widths in em."""

    def __init__(self, whole: str, parts: list[_Part], style: Style, leading: float, rtl: bool, max_lines: int) -> None:
        self.whole = whole
        self.parts = parts
        self.style = style
        self.leading = leading
        self.rtl = rtl or None
        self.most = min(max_lines, len(parts))
        self.starts, self.ends = self._places()
        """Where each part begins and ends on one long line."""

    def settings(self, forced: frozenset[int]) -> Iterator[tuple[str, _Setting]]:
        yield "single", self._set(())
        good = [at + 1 for at, part in enumerate(self.parts[:-1]) if part.good]
        spaces = [at for at in good if self.parts[at - 1].spaced]
        for count in range(2, self.most + 1):
            breaks = self._balance(count, spaces, frozenset())
            if breaks:
                yield "spaces", self._set(breaks)
            if forced and len(forced) < count:
                breaks = self._balance(count, sorted({*spaces, *forced}), forced)
                if breaks:
                    yield "preferred", self._set(breaks)
            if len(good) > len(spaces):
                breaks = self._balance(count, good, frozenset())
                if breaks:
                    yield "hyphens", self._set(breaks)

    def rude_settings(self) -> list[_Setting]:
        """Also with breaks that good manners forbid."""
        every = list(range(1, len(self.parts)))
        found = (self._balance(count, every, frozenset()) for count in range(2, self.most + 1))
        return [self._set(breaks) for breaks in found if breaks]

    def narrow_setting(self, width: float) -> _Setting | None:
        """As few lines as it takes, of whatever number, for none to be wider; None where one piece alone is."""
        count, start = 1, 0
        for at, right in enumerate(self.ends):
            if right - self.starts[start] > width:
                count, start = count + 1, at
                if right - self.starts[start] > width:
                    return None
        breaks = self._balance(count, list(range(1, len(self.parts))), frozenset())
        return self._set(breaks) if breaks else None

    def _width(self, line: Line) -> float:
        tracking = self.style.tracking
        return line.width + tracking * cluster_count(line) if tracking else line.width

    def _places(self) -> tuple[list[float], list[float]]:
        line = shape(self.whole, self.style, self.rtl)
        places, at, x = {0: 0.0}, 0, 0.0
        tracking = self.style.tracking
        for run in line.runs:
            em = run.scale / run.units_per_em
            for cell in run.cells:
                at += len(cell.text)
                x += cell.advance * em + tracking
                places[at] = x
        in_order = "".join(cell.text for run in line.runs for cell in run.cells) == self.whole
        starts = [0, *(part.end + part.spaced for part in self.parts[:-1])]
        ends = [part.end for part in self.parts]
        if in_order and all(place in places for place in (*starts, *ends)):
            return [places[start] for start in starts], [places[end] for end in ends]
        space = self._width(shape(" ", self.style))
        lefts, rights, x = [], [], 0.0
        for part in self.parts:
            lefts.append(x)
            x += self._width(shape(part.text, self.style, self.rtl))
            rights.append(x)
            x += space * part.spaced
        return lefts, rights

    def _balance(self, count: int, breaks: list[int], forced: frozenset[int]) -> tuple[int, ...]:
        """The breaks that make the widest of `count` lines narrowest, and then the lines most even; empty if there
        are too few."""
        ends = [*breaks, len(self.parts)]
        lefts, rights = self.starts, self.ends
        rows: dict[int, tuple[float, float, tuple[int, ...]]] = {0: (0.0, 0.0, ())}
        for row in range(count):
            following: dict[int, tuple[float, float, tuple[int, ...]]] = {}
            for start, (widest, uneven, path) in rows.items():
                # the last line ends with the text, and no other does
                for end in ends[-1:] if row == count - 1 else ends[bisect_right(ends, start) : -1]:
                    if forced and any(start < must < end for must in forced):
                        continue
                    width = rights[end - 1] - lefts[start]
                    candidate = (max(widest, width), uneven + width * width, (*path, end))
                    if end not in following or candidate < following[end]:
                        following[end] = candidate
            rows = following
        best = rows.get(len(self.parts))
        return best[2][:-1] if best else ()

    def _set(self, breaks: tuple[int, ...]) -> _Setting:
        borders = (0, *breaks, len(self.parts))
        lines = []
        for first, last in pairwise(borders):
            start = self.parts[first - 1].end + self.parts[first - 1].spaced if first else 0
            lines.append(shape(self.whole[start : self.parts[last - 1].end], self.style, self.rtl))
        leading = self.leading
        for upper, lower in pairwise(lines):
            leading = max(leading, upper.descent + lower.ascent + _GAP)
        height = lines[0].ascent + leading * (len(lines) - 1) + lines[-1].descent
        broken = any(not self.parts[at - 1].good for at in breaks)
        return _Setting(tuple(lines), max(map(self._width, lines)), height, leading, broken)
