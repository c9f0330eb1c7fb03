"""Printers as measured facts: where a printer puts what it is told to print, and how to make up for it.

A profile is the event's `printers/NAME.yaml`. It holds what a ruler says of a printed test sheet: how far each of its
four crosses lies from the left and the top edge of the paper, the front and the back each as one looks at it. From
that follow offset, scale and skew of each side, as the affine map that fits the readings best, and its inverse.
Knows nothing of PDF and prints nothing; the test sheet is a layout.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple

from . import records
from .geometry import PAPERS, Size, in_mm, mm
from .page import Matrix
from .problems import Exit, Place, Problems, Stop
from .records import Length
from .values import dataclass

Side = Literal["front", "back"]

CROSS = 15 * mm
"""The crosses of the test sheet lie so far from the edges: beyond what printers leave white, and far apart."""

FARTHEST = 10 * mm
"""An offset beyond this is no property of a printer but a slip of the ruler or of the pen."""

SCALE = 0.03
"""As is a scale that is off by more than this, or a sheet that is printed more aslant than three in a hundred."""

_AGREE = 1 * mm
"""Diagonals of crosses measured with care agree within this: no reading is then wrong by more than a quarter of it."""


class Cross(NamedTuple):
    """A cross of the test sheet: the name of its reading and its place in points from the top left corner."""

    name: str
    x: float
    y: float

    def __str__(self) -> str:
        return self.name.replace("_", " ")


def crosses(paper: Size) -> tuple[Cross, ...]:
    """Where the four crosses lie on either side of a test sheet."""
    right, bottom = paper.width - CROSS, paper.height - CROSS
    return (
        Cross("top_left", CROSS, CROSS),
        Cross("top_right", right, CROSS),
        Cross("bottom_left", CROSS, bottom),
        Cross("bottom_right", right, bottom),
    )


@dataclass(frozen=True)
class Readings:
    """Where the crosses of one side lie on the paper, as one looks at that side."""

    top_left: tuple[Length, Length] = field(metadata={"doc": "From the left edge, from the top edge."})
    top_right: tuple[Length, Length] = field(metadata={"doc": "From the left edge, from the top edge."})
    bottom_left: tuple[Length, Length] = field(metadata={"doc": "From the left edge, from the top edge."})
    bottom_right: tuple[Length, Length] = field(metadata={"doc": "From the left edge, from the top edge."})
    place: Place = Place()


@dataclass(frozen=True, kw_only=True)
class Printer:
    """A printer with one of its papers."""

    about: str = field(default="", metadata={"doc": "Which printer, which tray, which driver settings."})
    paper: Size = field(default=PAPERS["A4"], metadata={"doc": "The paper of the test sheet."})
    measured: datetime.date | None = field(default=None, metadata={"doc": "When it was measured: 2026-03-05."})
    front: Readings
    back: Readings | None = field(default=None, metadata={"doc": "Left out for printers of one side."})
    place: Place = Place()

    def distortion(self, side: Side) -> Distortion:
        """What the printer does to a side; nothing to a back that was not measured.

        Raises Stop, naming the reading, where that can be no printer.
        """
        readings = self.front if side == "front" else self.back
        return Distortion(self.paper, (1, 0, 0, 1, 0, 0)) if readings is None else _fitted(self.paper, readings, side)

    def matrix(self, side: Side) -> Matrix:
        """Takes a place on the sheet to where it has to be drawn, so that it is printed where it belongs.

        In points from the top left corner of that side, y downwards. Raises Stop as `distortion` does.
        """
        return self.distortion(side).correction

    def check(self, problems: Problems) -> None:
        """Report readings that can be no printer's."""
        for side in _SIDES:
            try:
                self.distortion(side)
            except Stop as stop:
                problems.add(stop.problem)


_SIDES: tuple[Side, Side] = ("front", "back")


@dataclass(frozen=True, slots=True)
class Distortion:
    """What a printer does to a side: the map from where something is drawn to where it is printed."""

    paper: Size
    matrix: Matrix
    residual: float = 0.0
    """By how much the readings miss the map; each is likely to be wrong by as much."""

    @property
    def correction(self) -> Matrix:
        """The inverse of the map."""
        a, b, c, d, e, f = self.matrix
        area = a * d - b * c
        return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)

    @property
    def offset(self) -> tuple[float, float]:
        """How far the middle of the sheet is printed to the right and down."""
        a, b, c, d, e, f = self.matrix
        x, y = self.paper.width / 2, self.paper.height / 2
        return a * x + c * y + e - x, b * x + d * y + f - y

    @property
    def scale(self) -> tuple[float, float]:
        """How large things are printed, across and down; 1 is right."""
        a, b, c, d, _, _ = self.matrix
        return math.hypot(a, b), math.hypot(c, d)

    @property
    def turn_deg(self) -> float:
        """By how much lines across are turned, clockwise."""
        return math.degrees(math.atan2(self.matrix[1], self.matrix[0]))

    @property
    def skew_deg(self) -> float:
        """By how much lines down lean further to the left than the turn makes them."""
        a, b, c, d, _, _ = self.matrix
        return math.degrees(math.atan2(-c, d) - math.atan2(b, a))

    def __str__(self) -> str:
        right, down = (round(off / mm, 2) for off in self.offset)
        across, along = self.scale
        turn, skew = (round(angle, 2) + 0.0 for angle in (self.turn_deg, self.skew_deg))
        return (
            f"{in_mm(abs(right) * mm)} too far {'left' if right < 0 else 'right'}, "
            f"{in_mm(abs(down) * mm)} too far {'up' if down < 0 else 'down'}, "
            f"{across:.2%} wide, {along:.2%} high, turned by {turn:.2f}°, skewed by {skew:.2f}°"
        )


_Deviations = tuple[float, float, float, float]
"""How far the crosses are printed from their places along one axis, in the order of `crosses`."""

_SIGNS: tuple[tuple[int, int], ...] = ((-1, -1), (1, -1), (-1, 1), (1, 1))
"""On which side of the sheet's middle each cross lies, across and down."""


def _fitted(paper: Size, readings: Readings, side: Side) -> Distortion:
    """The affine map of least squares; for crosses at the corners of a rectangle its six numbers are plain means."""
    across, down = _sane(paper, readings, side, 0), _sane(paper, readings, side, 1)
    (a, c), (b, d) = _shares(paper, across), _shares(paper, down)
    right, below = sum(across) / 4, sum(down) / 4
    x, y = paper.width / 2, paper.height / 2
    matrix = (1 + a, b, c, 1 + d, right - a * x - c * y, below - b * x - d * y)
    return Distortion(paper, matrix, max(abs(_twist(across)), abs(_twist(down))))


def _twist(deviations: _Deviations) -> float:
    """What no affine map explains: by how much the diagonals disagree, shared among the four crosses."""
    return sum(sign[0] * sign[1] * off for sign, off in zip(_SIGNS, deviations, strict=True)) / 4


def _sane(paper: Size, readings: Readings, side: Side, axis: int) -> _Deviations:
    """How far the crosses are printed from their places along an axis.

    Raises Stop where no printer does that, naming the reading that looks wrong.
    """
    targets = crosses(paper)
    whole, edge = ((paper.width, "left"), (paper.height, "top"))[axis]

    def off(cross: Cross) -> float:
        found: tuple[Length, Length] = getattr(readings, cross.name)
        return found[axis] - (cross.x, cross.y)[axis]

    def refused(number: int, reason: str, hint: str = "measure it again, in millimetres from the edge") -> Stop:
        cross = targets[number]
        found: tuple[Length, Length] = getattr(readings, cross.name)
        said = f"{side}, {cross}: {in_mm(found[axis])} from the {edge} looks wrong: {reason}"
        return Stop(said, hint, Exit.PROBLEMS, records.at(readings, cross.name))

    first, second, third, fourth = (off(cross) for cross in targets)
    deviations = (first, second, third, fourth)
    for number, (cross, deviation) in enumerate(zip(targets, deviations, strict=True)):
        target = (cross.x, cross.y)[axis]
        if abs(deviation) > FARTHEST + SCALE * whole:
            mirrored = abs(target + deviation - (whole - target)) < FARTHEST
            hint = "measure every cross from the left and from the top edge" if mirrored else ""
            raise refused(number, f"the test sheet has it at {in_mm(target)}", hint or "measure it again")
    twist = 4 * abs(_twist(deviations))
    if twist > _AGREE:
        raise refused(_suspect(deviations), f"the four crosses disagree by {in_mm(twist)}")
    worst = max(range(4), key=lambda number: abs(deviations[number]))
    offset = sum(deviations) / 4
    if abs(offset) > FARTHEST:
        reason = f"the sheet would be printed {in_mm(abs(offset))} off its place, and {in_mm(FARTHEST)} is the most"
        raise refused(worst, reason)
    for way, share in enumerate(_shares(paper, deviations)):
        if abs(share) > SCALE:
            what = "too " + ("large" if share > 0 else "small") if way == axis else "aslant"
            raise refused(worst, f"the sheet would be printed {abs(share):.1%} {what}, and {SCALE:.0%} is the most")
    return deviations


def _shares(paper: Size, deviations: _Deviations) -> tuple[float, float]:
    """By how much deviations grow with each point to the right, and with each point down."""
    halves = (paper.width / 2 - CROSS, paper.height / 2 - CROSS)
    across, down = (
        sum(sign[way] * off for sign, off in zip(_SIGNS, deviations, strict=True)) / (4 * halves[way]) for way in (0, 1)
    )
    return across, down


def _suspect(deviations: _Deviations) -> int:
    """The reading that, put where the three others want it, leaves the least distortion."""
    twist = _twist(deviations)

    def left_over(number: int) -> float:
        mended = list(deviations)
        mended[number] -= 4 * twist * _SIGNS[number][0] * _SIGNS[number][1]
        return max(mended) - min(mended)

    return min(range(4), key=left_over)


# The files


def names(event_folder: Path | None) -> list[str]:
    """Every printer the event knows, in the order of the alphabet."""
    return sorted(file.stem for file in (event_folder / "printers").glob("*.yaml")) if event_folder else []


def load(name: str, problems: Problems, event_folder: Path | None = None, place: Place = Place()) -> Printer:
    """A printer of the event by name, or from a file that was named by its path; its faults are added to the problems.

    Raises Stop for a name the event does not know, or a file that holds no readings.
    """
    path = Path(name)
    if path.suffix == ".yaml":
        return _read(
            path, problems, event_folder if event_folder and path.is_relative_to(event_folder) else path.parent
        )
    known = names(event_folder)
    if event_folder is None or name not in known:
        near = get_close_matches(name, known, n=1)
        hint = (
            f"did you mean {near[0]!r}?" if near else "print `eventprint test-sheet`, it says how to measure a printer"
        )
        raise Stop(f"there is no printer {name!r}", hint, Exit.USAGE, place)
    return _read(event_folder / "printers" / f"{name}.yaml", problems, event_folder)


def _read(file: Path, problems: Problems, root: Path) -> Printer:
    printer = records.build(Printer, records.load(file, problems, root), problems)
    printer.check(problems)
    return printer


def upwards(matrix: Matrix, height: float) -> Matrix:
    """The same map for places counted from the bottom left corner, y upwards, as PDF counts them."""
    a, b, c, d, e, f = matrix
    return (a, -b, -c, d, e + c * height, height - d * height - f)
