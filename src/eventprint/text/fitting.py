"""Set a name or a short title into a box: the largest size of a scale, on balanced lines, broken with manners.

Letters are never squeezed and nothing is ever cut off: what misses the smallest size is set at it, and said to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from .. import fonts
from ..geometry import SLACK
from ..page import Line
from ..values import dataclass
from .bidi import has_rtl
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

PARTICLES = frozenset(_BOUND_FORWARD.split())
_SUFFIXES = frozenset(_BOUND_BACK.split())
_INITIAL = re.compile(r"\w\.\Z")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{3})[-‐](?=[^\W\d_]{3})")
"""A hyphen that may end a line: three letters or more on both sides, so never after `al-`."""

_GAP = 0.04
"""Em left between the ink of one line and that of the next where letters are tall."""

_PREFERRED = 0.8
"""A break where the name divides is taken before one at another space, and that before one at a hyphen, if its letters
are no smaller than this share of what the other gives."""


_CLOSER = 0.01
"""Em by which letters are set closer where that gives a larger size than the wished one's next."""

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
    tracking: float = 0.0
    """Em after each cluster: the style's own, less where letters were set closer."""


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
    tracking: float

    def room(self, width: float, height: float) -> float:
        """The size at which the box is just filled."""
        across = (width + SLACK) / self.widest if self.widest > 0 else float("inf")
        return min(across, (height + SLACK) / self.height if self.height > 0 else float("inf"))


class _Task(NamedTuple):
    """A text, and all that decides how it is set whatever the box; leading in em."""

    text: str
    leading: float
    max_lines: int
    prefer: tuple[str, ...]


_fits: dict[tuple[object, ...], Fit] = {}
_setters: dict[tuple[object, ...], _Setter] = {}


def _forget() -> None:
    _fits.clear()
    _setters.clear()


fonts.on_change(_forget)


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
    wished: float = 0.0,
) -> Fit:
    """The text at the largest size of a falling scale that fits the box, on at most so many lines.

    Lines end at a space U+0020 or after a hyphen; never after a particle (`von`, `de la`, `bin`, `St` …) unless no
    other way reaches the last size. `prefer` names the pieces that are one thought, such as given and family name: a
    break between them wins over a slightly larger size. `leading` is in em; where tall letters would touch it grows.
    Below the `wished` size, and below the last one, letters are set one hundredth of an em closer if they can then be
    larger. Letters of scripts that join are not.
    """
    asked = (text, style.key, style.tracking, width, height, tuple(sizes), max_lines, leading, prefer, wished)
    known = _fits.get(asked)
    if known is None:
        if len(_fits) >= _MOST_FITS:
            _fits.clear()
        known = _fits[asked] = _fit(_Task(text, leading, max_lines, prefer), style, width, height, sizes, wished)
    return known


def _fit(task: _Task, style: Style, width: float, height: float, sizes: Sequence[float], wished: float) -> Fit:
    plain = _largest(task, style, width, height, sizes)
    if plain and plain[0] >= wished:
        return _finish(plain[1], plain[0], True)
    styles = [style]
    if _may_be_closer(task.text):
        styles.append(style.but(tracking=style.tracking - _CLOSER))
        closer = _largest(task, styles[1], width, height, sizes)
        if closer and (plain is None or closer[0] > plain[0]):
            return _finish(closer[1], closer[0], True)
    if plain:
        return _finish(plain[1], plain[0], True)
    setters = [_setter(task, each.at(sizes[-1])) for each in styles]
    for setter in setters:
        best = setter.best_at_all(width, height)
        if best.room(width, height) >= sizes[-1]:
            return _finish(best, sizes[-1], True)
    best = setters[0].best_at_all(width, height)
    if best.widest * sizes[-1] > width + SLACK:
        # Lines beyond the number wanted stay on the page; one line too long would leave it.
        best = setters[0].narrow_setting((width + SLACK) / sizes[-1]) or best
    return _finish(best, sizes[-1], False)


def _largest(
    task: _Task, style: Style, width: float, height: float, sizes: Sequence[float]
) -> tuple[float, _Setting] | None:
    """The largest size that fits with manners, and how; None where none does."""
    optical = fonts.has_optical_sizes(style.family)
    found: dict[str, tuple[float, _Setting]] = {}
    for _, group in groupby(sizes, lambda size: style.at(size).key) if optical else ((None, sizes),):
        steps = tuple(group)
        largest = max((size for size, _ in found.values()), default=0.0)
        if "single" in found or steps[0] < largest * _PREFERRED:
            break
        for name, setting in _setter(task, style.at(steps[0])).settings:
            if name in found and found[name][0] >= steps[0]:
                continue
            room = setting.room(width, height)
            for size in steps:
                if size <= room:
                    if name not in found or size > found[name][0]:
                        found[name] = (size, setting)
                    break
    return _choose(found)


def _finish(setting: _Setting, size: float, fits: bool) -> Fit:
    return Fit(setting.lines, size, setting.leading * size, fits, setting.broken, setting.tracking)


def _may_be_closer(text: str) -> bool:
    """Whether tracking does the letters no harm: scripts that know capitals and run to the right never join them."""
    return text.upper() != text.lower() and not has_rtl(text)


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
        good = not (plain in PARTICLES or initials or following.casefold() in _SUFFIXES)
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


def _setter(task: _Task, style: Style) -> _Setter:
    """What knows the ways to set a text in a style, whatever the box."""
    asked = (task, style.key, style.tracking)
    known = _setters.get(asked)
    if known is None:
        if len(_setters) >= _MOST_FITS:
            _setters.clear()
        known = _setters[asked] = _Setter(task, style)
    return known


class _Setter:
    """The ways to set a text's parts on lines, in one style; widths in em."""

    def __init__(self, task: _Task, style: Style) -> None:
        self.whole = " ".join(filter(None, clean(task.text).split(" ")))
        self.parts = _parts(self.whole)
        self.style = style
        self.leading = task.leading
        self.rtl = is_rtl(self.whole) or None
        self.most = min(task.max_lines, len(self.parts))
        self.starts, self.ends = self._places()
        """Where each part begins and ends on one long line."""
        self.settings = tuple(self._settings(_preferred_breaks(self.whole, self.parts, task.prefer)))
        """The ways with manners, and what each is called."""

    def _settings(self, forced: frozenset[int]) -> Iterator[tuple[str, _Setting]]:
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

    def best_at_all(self, width: float, height: float) -> _Setting:
        """The way that gives the largest letters, also with breaks that good manners forbid."""
        ways = [setting for _, setting in self.settings]
        every = list(range(1, len(self.parts)))
        for count in range(2, self.most + 1):
            breaks = self._balance(count, every, frozenset())
            if breaks:
                ways.append(self._set(breaks))
        return max(ways, key=lambda setting: setting.room(width, height))

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
        widest = max(map(self._width, lines))
        return _Setting(tuple(lines), widest, height, leading, broken, self.style.tracking)
