"""Where lines shall end: all of a paragraph are chosen together, so that the worst of them is as good as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..geometry import SLACK
from ..values import dataclass
from .breaks import HYPHENS, Break, Ending


class Way(NamedTuple):
    """The best way found to set the paragraph up to a break."""

    cost: float
    at: Break
    kind: int
    """What the next line must know of the last ones besides its break: how tight, how many in a row hyphenated."""
    before: Way | None
    """The way up to the line before; None at the paragraph's start."""


@dataclass(frozen=True, slots=True)
class Justified:
    """Lines that fill the measure: Knuth and Plass, Breaking Paragraphs into Lines (1981), with values of plain TeX.

    A space stretches by half its width and shrinks by a third, `ratio` times; a line that would stretch more than
    `tolerance` times is not considered.
    """

    tolerance: float = float("inf")
    shrink = 1 / 3
    stretch = 1 / 2

    @property
    def loosest(self) -> float:
        """A line is too loose where its room is larger than so many times its spaces."""
        return self.tolerance * self.stretch

    def toll(self, at: Break) -> float:
        """What ending a line here costs, whatever the line."""
        match at.ending:
            case Ending.HYPHEN | Ending.DASH:
                return 50.0**2  # \hyphenpenalty and \exhyphenpenalty
            case Ending.CUT:
                return 1e6 + 1e7 * at.malus
            case _:
                return 0.0

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        """What the line from `way` to `at` costs, with `room` points to fill; its kind is its class of tightness and
        how many hyphens stand below each other."""
        if room < 0:
            ratio = room / (self.shrink * spaces) if spaces else 0.0
        elif at.ends:
            ratio = 0.0
        elif at.ending is Ending.CUT:
            ratio = 4 * room / measure
        else:
            ratio = room / (self.stretch * spaces) if spaces else _NO_SPACE if room else 0.0
        badness = 100 * abs(ratio) ** 3
        tightness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        cost = (10 + badness) ** 2  # \linepenalty
        if not -1 <= tightness - way.kind % _HYPHEN_KIND <= 1:
            cost += 10_000  # \adjdemerits
        if way.at.ending is Ending.HYPHEN:
            if at.ending is Ending.HYPHEN:
                cost += 10_000  # \doublehyphendemerits
            elif at.ending is Ending.LAST:
                cost += 400_000 if _lonely(way, room, spaces, measure) else 5_000
        if at.ending is Ending.LAST and _lonely(way, room, spaces, measure):
            cost += 50_000
        if at.ending not in HYPHENS:
            return cost, tightness
        stacked = way.kind // _HYPHEN_KIND
        if stacked == 2:
            return cost + 1e9, tightness + 2 * _HYPHEN_KIND
        return cost, tightness + (stacked + 1) * _HYPHEN_KIND


_HYPHEN_KIND = 4
"""A way's kind is its tightness and so many times the number of lines, up to two, that end it with hyphens."""

_NO_SPACE = 25.0
"""Counts as the ratio of a justified line without any space, which stays short."""

TOLERANCES = (3.0, 10.0, float("inf"))
"""Tried in this order: with a small tolerance few ways stay open, so that most paragraphs are set quickly."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lines as equally full as can be: the least sum of squared shortfalls, as shares of the measure, but the last."""

    shrink = 0.0
    loosest = float("inf")

    def toll(self, at: Break) -> float:
        match at.ending:
            case Ending.HYPHEN:
                return 0.0625  # as bad as a line a quarter short
            case Ending.DASH:
                return 0.01
            case Ending.CUT:
                return 0.15 + at.malus
            case _:
                return 0.0

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        if at.ends:
            return (1.0 if at.ending is Ending.LAST and _lonely(way, room, spaces, measure) else 0.0), 1
        short = room / measure
        if at.ending not in HYPHENS:
            return short * short, 0
        stacked = way.kind // _HYPHEN_KIND
        if stacked == 2:
            return short * short + 5, 2 * _HYPHEN_KIND
        return short * short + 0.0625 * stacked, (stacked + 1) * _HYPHEN_KIND


@dataclass(frozen=True, slots=True)
class Balanced:
    """A heading: the fewest lines, and these as equally long as sense allows."""

    shrink = 0.0
    loosest = float("inf")

    def toll(self, at: Break) -> float:
        # One line more costs more than all else can, so that the fewest win.
        return 1000 + (5 + 5 * at.malus if at.ending is Ending.CUT else 0.07 * at.malus)

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        # Of the same words on the same number of lines, equal lines have the least sum of squared shortfalls.
        lonely = at.ending is Ending.LAST and way.before is not None and not spaces
        return (room / measure) ** 2 + (10 if lonely else 0), 1


Manner = Justified | Ragged | Balanced


def _lonely(way: Way, room: float, spaces: float, measure: float) -> bool:
    """A last line of one short word, or of next to nothing."""
    return way.before is not None and room > measure * (0.9 if spaces else 2 / 3)


def total_fit(breaks: Sequence[Break], first: float, rest: float, manner: Manner) -> tuple[Break, ...]:
    """The breaks of the cheapest way to set a paragraph, its start and end included; none where the manner allows none.

    `first` and `rest` are the widths of the first line and of all others. The cost of a way is the sum of what the
    manner asks for each of its lines, its `toll` and its `judge`; of ways with equal cost the one found first is taken.
    """
    shrink, loosest, judge = manner.shrink, manner.loosest, manner.judge
    recoil = _recoil(breaks)
    start = Way(0.0, breaks[0], 1, None)
    # Where a line of each open way would end when full, the spaces before it, the width it has, and the way.
    ways = [(first + start.at.left, start.at.spaces_left, first, start)]
    for at in breaks[1:]:
        right, spaces_right, ends, toll = at.right, at.spaces_right, at.ends, manner.toll(at)
        may_be_short = ends or at.ending is Ending.CUT
        best: dict[int, Way] = {}
        alive = []
        for open_way in ways:
            full, spaces_left, measure, way = open_way
            room = full - right
            spaces = spaces_right - spaces_left
            if room + shrink * spaces < -SLACK:
                if room + shrink * spaces >= -SLACK - recoil:
                    alive.append(open_way)
                continue
            alive.append(open_way)
            if room > loosest * spaces and not may_be_short:  # false of a line without spaces where all may be loose
                continue
            cost, kind = judge(way, at, room, spaces, measure)
            cost += way.cost + toll
            if kind not in best or cost < best[kind].cost:
                best[kind] = Way(cost, at, kind, way)
        ways = [] if ends else alive
        ways += [(rest + at.left, at.spaces_left, rest, best[kind]) for kind in sorted(best)]
        if not ways:
            return ()
    last: Way | None = min((way for *_, way in ways), key=lambda way: way.cost)
    chosen = []
    while last:
        chosen.append(last.at)
        last = last.before
    return tuple(reversed(chosen))


def _recoil(breaks: Sequence[Break]) -> float:
    """How far at most a break lies left of an earlier one: by an added hyphen, or by a mark hung out."""
    furthest = recoil = 0.0
    for at in breaks:
        recoil = max(recoil, furthest - at.right)
        furthest = max(furthest, at.right)
    return recoil
