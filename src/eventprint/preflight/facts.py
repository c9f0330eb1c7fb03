"""What rules look at: the file, its pages, and every mark as it lies on the paper.

Filled from page values or from a PDF; no rule knows which.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..colours import Colour, Inks
from ..geometry import Box, Size
from ..page import IDENTITY, Leaf, Matrix, Page, place_box
from ..values import dataclass
from .document import Document
from .limits import Spec

if TYPE_CHECKING:
    from .marked import Reading

Point = tuple[float, float]


NO_INK: Inks = (0.0, 0.0, 0.0, 0.0)


class Paint(NamedTuple):
    """What a mark in a file is painted with."""

    families: tuple[str, ...]
    """Of its colour space, the intended one first and then the alternates: `Separation`, `DeviceCMYK`."""
    inks: Inks = NO_INK
    """Cyan, magenta, yellow and black, from 0 to 1; of screen colours an estimate."""
    spots: tuple[tuple[str, float], ...] = ()
    """Other inks by name, and how much of each."""
    look: Colour | None = None
    """How it looks; inks in it are still to be shown by a press."""
    known: bool = True
    """Whether it is one colour: pictures, shadings and patterns are many."""
    inside: tuple[Paint, ...] = ()
    """What a pattern or the letters of a drawn font are painted with."""

    @property
    def total(self) -> float:
        """All inks together: 4 is all there is of all four."""
        return sum(self.inks) + sum(share for name, share in self.spots if name != "All")

    @property
    def white(self) -> bool:
        """Whether it leaves the paper bare."""
        return self.known and self.total < _TRACE

    @property
    def plates(self) -> int:
        """On how many plates it stands."""
        spots = sum(share >= _TRACE for name, share in self.spots if name != "All")
        return sum(ink >= _TRACE for ink in self.inks) + spots

    @property
    def black(self) -> bool:
        """Whether it is all of the black ink and nothing else."""
        return self.known and self.inks[3] > 0.995 and self.plates == 1


_TRACE = 0.004
"""Less of an ink than the lightest of 256 tones is none."""


class Manner(NamedTuple):
    """How paint meets what lies under it (ISO 32000-1, 8.6.7 and 11.3)."""

    over: bool = False
    """Whether fills overprint."""
    over_stroke: bool = False
    mode: int = 0
    """1: an ink of which there is none leaves its plate as it is (OPM)."""
    alpha: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "Normal"
    soft: bool = False
    """Whether a mask lets it through in part."""


PLAIN = Manner()


class Ink(NamedTuple):
    """A mark as it lies on the paper: points from the top left corner of the trim, y downwards, turns undone."""

    kind: Literal["text", "shape", "picture", "code", "artwork"]
    box: Box
    words: str = ""
    """What a text says, or which picture it is."""
    size: float = 0.0
    """Height of the text, width of a stroke or of a filled line, width of a code's module; in points."""
    seen: bool = True
    """Whether it prints: white on paper does not."""
    ppi: float = 0.0
    bitmap: bool = False
    solid: Box | None = None
    """A part of the box that a shape's fill is known to cover whole."""
    mark: Leaf | None = None
    matrix: Matrix = IDENTITY
    """How the mark's own coordinates become those of the page."""
    fill: Paint | None = None
    """Of a mark in a file; a picture's own colours are its fill."""
    stroke: Paint | None = None
    manner: Manner = PLAIN
    drawing: Any = None
    """Of a mark in a file: its path, its letters or its image, for who has to paint it."""
    clips: tuple[Clip, ...] = ()
    """What else than boxes hides parts of it."""

    @property
    def paints(self) -> tuple[Paint, ...]:
        """All it is painted with, also inside patterns and drawn letters."""
        own = [paint for paint in (self.fill, self.stroke) if paint is not None]
        return (*own, *(inner for paint in own for inner in paint.inside))


Path = list[tuple[bytes, list[float]]]
"""An outline as a file has it: operators with their numbers, several rectangles perhaps under one `re`."""


class Clip(NamedTuple):
    """An outline outside which nothing is seen."""

    path: Path
    matrix: Matrix
    even_odd: bool


class Sides(NamedTuple):
    """A length for each side of a page, in points."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Face:
    """A page with its marks, from a page value or from the content of a PDF."""

    number: int
    trim: Box
    paper: Box
    """What of the page there is to print on: the bleed box of a page value, the media box in a file."""
    bleed: Sides
    inks: tuple[Ink, ...]
    declared: bool = False
    """Whether somebody named the page, so that it may be blank on purpose."""
    cut: bool = True
    """Whether it is known where the page is cut."""
    grounds: Any = None
    """What lies under its marks, once somebody asked."""


class Typeface(NamedTuple):
    """A font as a file holds it."""

    name: str
    kind: str
    embedded: bool
    subset: bool


@dataclass(slots=True)
class Side:
    """A page of the PDF without its marks; boxes in the PDF's own frame, y upwards."""

    number: int
    media: Box
    crop: Box | None
    trim: Box | None
    bleed: Box | None
    art: Box | None
    turned: int
    unit: float
    annotations: tuple[tuple[str, Box | None], ...]
    """Their kinds and places."""
    drawn: bool
    """Whether there is any content stream."""

    @property
    def sight(self) -> Box:
        """What is left of the page when it is cut, as far as the file tells: places are counted from its corner."""
        return self.trim or self.crop or self.media

    @property
    def trim_size(self) -> Size:
        """The trim as somebody holding the page sees it."""
        box = self.sight
        width, height = box.width * self.unit, box.height * self.unit
        return Size(height, width) if self.turned % 180 else Size(width, height)


@dataclass(slots=True)
class File:
    """The PDF as a whole."""

    broken: str = ""
    """Why nothing of it could be read."""
    damaged: list[tuple[int, str]] = field(default_factory=list)
    """Pages whose content could not be read, and why."""
    repaired: list[str] = field(default_factory=list)
    encrypted: bool = False
    form: bool = False
    attached: bool = False
    fonts: dict[Typeface, list[int]] = field(default_factory=dict)
    """Each font with the pages it stands on; 0 is the file, where a form or a note brings it."""
    blends: dict[str, list[int]] = field(default_factory=dict)
    """Each colour space that transparency is mixed in, with the pages where."""
    document: Document = field(default_factory=Document)
    readings: list[Reading] = field(default_factory=list)
    """What can be heard, of pages whose content was looked into for it."""


@dataclass(slots=True)
class Work:
    """All that a rule may look at."""

    spec: Spec
    file: File
    sides: list[Side]
    faces: list[Face]
    pages: Sequence[Page]
    size: Size | None
    sheets: bool
    drawn: list[Face] = field(default_factory=list)
    """The pages as the file has them, with inks and overprint; the same as `faces` where there are no page values."""
    known: list[Ink] = field(default_factory=list)
    proofs: dict[str, list[str]] = field(default_factory=dict)
    """What was found wrong with each claim that was proved, by its name."""

    def marks(self, wanted: Callable[[Ink], bool]) -> Iterator[tuple[Face, int, Ink]]:
        """Marks painted in a way that is wanted: their page, where in its order they stand, and they themselves."""
        if any(wanted(ink) for ink in self.kinds):
            for face in self.drawn:
                for at, ink in enumerate(face.inks):
                    if wanted(ink):
                        yield face, at, ink

    @property
    def kinds(self) -> list[Ink]:
        """One mark of each way that marks are painted in the file: what none of them does, no mark does."""
        if not self.known:
            seen: dict[tuple[str, int, int, int], Ink] = {}
            for face in self.drawn:
                for ink in face.inks:
                    # paints are kept once each, so that they are the same where they are equal
                    seen.setdefault((ink.kind, id(ink.fill), id(ink.stroke), id(ink.manner)), ink)
            self.known = list(seen.values())
        return self.known


SPECK = 16
"""Pictures of so few pixels are flat colour, not pictures (GWG 2022, R0031)."""


SOLID = math.inf
"""The thinness of a mark that is no line."""


def placed(box: Box, matrix: Matrix) -> Box:
    """A box after a matrix, at no cost where it is the identity."""
    return box if matrix is IDENTITY else place_box(box, matrix)


def scale_of(matrix: Matrix) -> float:
    """How much larger a matrix makes things; the mean where it differs by direction."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share, None where they do not meet."""
    left, top = max(one.x, other.x), max(one.y, other.y)
    width, height = min(one.right, other.right) - left, min(one.bottom, other.bottom) - top
    return Box(left, top, width, height) if width >= 0 and height >= 0 else None


def flipped(box: Box, trim: Box) -> Box:
    """A box of the PDF's frame in the frame of the trim: from its top left corner, y downwards."""
    return Box(box.x - trim.x, trim.bottom - box.bottom, box.width, box.height)


def past(box: Box, trim: Box) -> Sides:
    """How far a box reaches beyond each side of the trim; negative inside."""
    return Sides(trim.x - box.x, trim.y - box.y, box.right - trim.right, box.bottom - trim.bottom)


def named(ink: Ink) -> str:
    """What a mark is, for a message."""
    words = ink.words or (ink.drawing.words() if ink.kind == "text" and ink.drawing else "")
    words = words if len(words) <= 48 else f"{words[:47]}…"
    match ink.kind:
        case "text":
            return f"“{words}”" if words else "a line of text"
        case "picture":
            # what a file calls a picture tells nobody which one it is
            return f"the picture {words}" if words and ink.mark is not None else "a picture"
        case "artwork":
            return f"the artwork {words}" if words else "artwork"
        case "code":
            return "a code"
    return "a shape"
