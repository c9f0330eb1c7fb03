"""A finished page as a value: a trim size, a bleed, and marks at fixed places.

Coordinates are points from the top left corner of the trim, y downwards; marks in the bleed lie at negative
coordinates or beyond the trim. Whoever makes a page has decided everything: drawing it cannot fail or change it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from .colours import BLACK, Colour
from .geometry import Box, Size
from .problems import Problem
from .values import dataclass


class Role(StrEnum):
    """What a mark is to somebody who hears the page instead of seeing it."""

    ARTIFACT = "artifact"
    """Decoration, rules, running heads, page numbers: not read out."""
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    ITEM = "LI"
    LABEL = "Lbl"
    """The bullet or the number before an item of a list."""
    CONTENTS = "TOCI"
    """An entry of a table of contents."""
    HEADER = "TH"
    CELL = "TD"
    CAPTION = "Caption"
    FIGURE = "Figure"


class Cell(NamedTuple):
    """One grapheme cluster as set: its glyphs, its advance and the text it stands for.

    Glyphs are (glyph id, x, y) with offsets from the cluster's origin, y upwards, in font units.
    """

    glyphs: tuple[tuple[int, int, int], ...]
    advance: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Clusters of one font in visual order, left to right; compared by identity, for the shaper keeps each once."""

    face: str
    """The key under which `fonts` knows the face."""
    cells: tuple[Cell, ...]
    units_per_em: int
    scale: float = 1.0
    """Size of this run relative to the line's, so that cap heights of a fallback font agree."""

    @property
    def width(self) -> float:
        """Width in em of the line's size."""
        return sum(cell.advance for cell in self.cells) / self.units_per_em * self.scale


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A shaped line of text, independent of size; all measures in em of its size."""

    text: str
    """What was asked for, in logical order."""
    runs: tuple[Run, ...]
    width: float
    ascent: float
    """The ink's reach above the baseline."""
    descent: float
    """The ink's reach below the baseline, positive downwards."""


class TableCell(NamedTuple):
    """Where a text stands in a table; a table numbered above zero goes on over pages, one below ends with its page."""

    table: int
    row: int
    column: int


class ListItem(NamedTuple):
    """Which item of a list a text belongs to: in how many lists it stands, and a number of the item's own."""

    depth: int
    number: int


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at its baseline."""

    x: float
    y: float
    line: Line
    size: float
    colour: Colour = BLACK
    role: Role = Role.P
    block: int = 0
    """Lines of one number above 0 are one paragraph, also on pages after each other; of one below 0, on one page."""
    word_space: float = 0.0
    """Points added to every space, to justify the line."""
    tracking: float = 0.0
    """Points added after every cluster."""
    cell: TableCell | None = None
    """Of a table, for those who hear it."""
    item: ListItem | None = None
    """Of a list, for those who hear it; its role is then `ITEM` or `LABEL`."""

    @property
    def width(self) -> float:
        spaces = self.line.text.count(" ") if self.word_space else 0
        clusters = sum(len(run.cells) for run in self.line.runs) if self.tracking else 0
        return self.line.width * self.size + spaces * self.word_space + clusters * self.tracking

    @property
    def box(self) -> Box:
        """The ink from its highest to its lowest point, over the advance width."""
        above, below = self.line.ascent * self.size, self.line.descent * self.size
        return Box(self.x, self.y - above, self.width, above + below)


Step = tuple[str, float, float] | tuple[str, float, float, float, float, float, float] | tuple[str]
"""A step of an outline: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline, filled, stroked or both."""

    steps: tuple[Step, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 0.0
    dash: tuple[float, ...] = ()
    role: Role = Role.ARTIFACT
    purpose: str = ""
    """`crop`, `fold` … for marks a print shop knows by name."""

    @property
    def box(self) -> Box:
        """The smallest box around the outline's points, half the stroke included."""
        xs = [float(x) for step in self.steps for x in step[1::2]]
        ys = [float(y) for step in self.steps for y in step[2::2]]
        half = self.stroke_width / 2 if self.stroke else 0
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).inset(-half)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture file, checked and known by its content."""

    file: Path
    digest: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image scaled to fill a box exactly; whoever placed it kept its proportions by choosing the box or a crop."""

    box: Box
    image: Image
    alternative: str = ""
    """What the picture shows, for those who do not see it; empty for decoration."""
    clip: Box | None = None
    """Only this part of the page shows the picture."""
    round: bool = False
    """The clip is the ellipse inside the clip box."""
    role: Role = Role.FIGURE


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: dark modules as rows of bits, the box without its quiet zone, and what it says."""

    box: Box
    rows: tuple[int, ...]
    """One integer a row, the leftmost module in the highest of len(rows) bits."""
    payload: str
    quiet: float
    """Width of the empty border kept round the box, in points; never under 4 modules."""
    role: Role = Role.FIGURE

    @property
    def module(self) -> float:
        return self.box.width / len(self.rows)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to press in the reading edition: a web address, or `#name` of an anchor."""

    box: Box
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named place that links and the contents point to; with a title it is a bookmark, level 0 outermost."""

    name: str
    y: float = 0.0
    title: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Artwork:
    """A page of a supplied PDF, placed as vectors."""

    box: Box
    """Where its trim comes to lie; whoever placed it kept its proportions by choosing the box."""
    file: Path
    number: int = 0
    """From 0."""
    alternative: str = ""
    """What it shows, for those who do not see it; empty for decoration."""
    role: Role = Role.ARTIFACT
    clip: Box | None = None
    """What is seen of it, beyond its trim where its bleed is; without one, what is in the box."""

    @property
    def seen(self) -> Box:
        return self.clip or self.box


@dataclass(frozen=True, slots=True)
class Group:
    """Marks moved, and turned about their own origin, clockwise as seen; shared ones are drawn once a file."""

    marks: tuple[Mark, ...]
    x: float = 0.0
    y: float = 0.0
    turn_deg: float = 0.0
    shared: bool = False


Leaf = Text | Shape | Picture | Code | Link | Anchor | Artwork
Mark = Leaf | Group


class Outcome(StrEnum):
    """What became of a text that could not be set as wished; the worst last."""

    CLOSER = "letters set closer"
    SMALLER = "smaller than wished"
    INITIALS = "middle names as initials"
    BROKEN = "broken after a word that binds"
    TOO_LONG = "does not fit its place"


@dataclass(frozen=True, slots=True)
class Fitting:
    """A text that is not set as wished; sizes in points."""

    part: str
    """What of the page it is: the name of its text style."""
    text: str
    size: float
    wished: float
    """0 where no size was wished."""
    outcomes: tuple[Outcome, ...]

    @property
    def strain(self) -> float:
        """How much was asked of it; what does not fit is worse than what is broken, and that than what is small."""
        small = max(0.0, 1 - self.size / self.wished) if self.wished else 0.0
        return small + max((_ORDER.index(outcome) for outcome in self.outcomes), default=0)


_ORDER = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Page:
    """One page or one side of a card."""

    size: Size
    """The trim."""
    marks: tuple[Mark, ...]
    bleed: float = 0.0
    label: str = ""
    """The page's own number as printed (`iv`, `12`), empty where it has none."""
    name: str = ""
    """What the page is, for people: `badge of Ada Lovelace, front`."""
    subject: str = ""
    """Id of the attendee or key of the person the page is for."""
    back: bool = False
    """The reverse of the page before it."""
    where: str = ""
    """Where in the venue it goes, for signs."""
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    fittings: tuple[Fitting, ...] = field(default=(), compare=False)
    """Its texts that are not set as wished."""

    @property
    def strain(self) -> float:
        """That of its worst text, 0 where all are as wished."""
        return max((fitting.strain for fitting in self.fittings), default=0.0)

    @property
    def trim(self) -> Box:
        return Box.of(self.size)

    @property
    def bleed_box(self) -> Box:
        return self.trim.inset(-self.bleed)


class Finish(StrEnum):
    """What becomes of printed pages; it decides how they are imposed and what the job sheet asks for."""

    BOOKLET = "booklet"
    """Folded and stapled through the spine."""
    CARDS = "cards"
    """Printed several on a sheet and cut apart; fronts and backs alternate where there are backs."""
    TENTS = "tents"
    """One to a sheet, folded once to stand on a table."""
    SHEETS = "sheets"
    """Used as they are: signs, lists."""


class Edition(StrEnum):
    """What a drawn file is for; it decides what is drawn beyond the page itself."""

    SHOP = "shop"
    """PDF/X-4: single pages with bleed, Trim and Bleed boxes, in the inks of a press, no links: for print shops."""
    BLED = "bled"
    """The same pages in the colours of the screen: to be imposed for the organiser's own printer."""
    OFFICE = "office"
    """Trimmed pages without links: for the organiser's own printer."""
    SCREEN = "screen"
    """Trimmed pages with links, bookmarks and page labels: for reading."""


Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def matrix_of(group: Group) -> Matrix:
    """How a group's own coordinates become its parent's."""
    angle = math.radians(group.turn_deg)
    cos, sin = round(math.cos(angle), 12), round(math.sin(angle), 12)
    return (cos, sin, -sin, cos, group.x, group.y)


def after(inner: Matrix, outer: Matrix) -> Matrix:
    """The one matrix that does what `inner` does and then what `outer` does."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def place_box(box: Box, matrix: Matrix) -> Box:
    """The smallest upright box around a box after a matrix."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def celled(marks: Iterable[Mark], cell: TableCell, role: Role = Role.CELL) -> tuple[Mark, ...]:
    """Marks with their texts in a cell of a table."""
    return tuple(replace(mark, cell=cell, role=role) if isinstance(mark, Text) else mark for mark in marks)


def listed(marks: Iterable[Mark], item: ListItem, role: Role = Role.ITEM) -> tuple[Mark, ...]:
    """Marks with their texts in an item of a list."""
    return tuple(replace(mark, item=item, role=role) if isinstance(mark, Text) else mark for mark in marks)


def walk(marks: tuple[Mark, ...], matrix: Matrix = IDENTITY) -> Iterator[tuple[Leaf, Matrix]]:
    """Every mark inside and outside groups, in order, with the matrix that brings it to the page."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from walk(mark.marks, after(matrix_of(mark), matrix))
        else:
            yield mark, matrix


def leaves(pages: Iterable[Page]) -> Iterator[Leaf]:
    """The marks of pages and of the groups on them; a group that many pages share is looked into once."""
    seen: set[int] = set()
    waiting: list[Mark] = [mark for page in pages for mark in page.marks]
    for mark in waiting:  # grows by what is in groups
        if not isinstance(mark, Group):
            yield mark
        elif id(mark.marks) not in seen:
            seen.add(id(mark.marks))
            waiting += mark.marks


def artworks(pages: Iterable[Page]) -> dict[tuple[Path, int], None]:
    """The supplied pages on some pages, each once."""
    return {(mark.file, mark.number): None for mark in leaves(pages) if isinstance(mark, Artwork)}


def rectangle(
    box: Box,
    fill: Colour | None = None,
    stroke: Colour | None = None,
    stroke_width: float = 0.0,
    radius: float = 0.0,
) -> Shape:
    """A rectangle, with round corners where a radius is given."""
    if radius <= 0:
        corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
        steps: list[Step] = [("M" if i == 0 else "L", x, y) for i, (x, y) in enumerate(corners)]
        return Shape((*steps, ("Z",)), fill, stroke, stroke_width)
    r = min(radius, box.width / 2, box.height / 2)
    k = r * (1 - KAPPA)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    return Shape(
        (
            ("M", x + r, y),
            ("L", right - r, y),
            ("C", right - k, y, right, y + k, right, y + r),
            ("L", right, bottom - r),
            ("C", right, bottom - k, right - k, bottom, right - r, bottom),
            ("L", x + r, bottom),
            ("C", x + k, bottom, x, bottom - k, x, bottom - r),
            ("L", x, y + r),
            ("C", x, y + k, x + k, y, x + r, y),
            ("Z",),
        ),
        fill,
        stroke,
        stroke_width,
    )


KAPPA = 4 / 3 * (math.sqrt(2) - 1)
"""Length of a cubic's handle for a quarter circle of radius 1."""


def rule(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    colour: Colour,
    width: float,
    dash: tuple[float, ...] = (),
    purpose: str = "",
) -> Shape:
    """A straight line."""
    return Shape((("M", x, y), ("L", to_x, to_y)), None, colour, width, dash, purpose=purpose)


def as_text(page: Page) -> str:
    """The page for people and tests: every mark with its place in millimetres, one a line."""
    mm = 72 / 25.4
    lines = [f"page {page.label or '-'} {page.name} {page.size} bleed {page.bleed / mm:.1f} mm"]
    for mark, matrix in walk(page.marks):
        if isinstance(mark, Anchor):
            lines.append(f"anchor {mark.name} {mark.title}".rstrip())
            continue
        box = place_box(mark.box, matrix)
        at = f"{box.x / mm:7.2f} {box.y / mm:7.2f} {box.width / mm:7.2f} {box.height / mm:7.2f}"
        match mark:
            case Text():
                what = f"{mark.role} {mark.size:.2f} pt {mark.line.text}"
            case Shape():
                what = f"shape fill {mark.fill} stroke {mark.stroke} {mark.stroke_width:.2f} {mark.purpose}".rstrip()
            case Picture():
                what = f"picture {mark.image.file.name} {mark.alternative}".rstrip()
            case Code():
                what = f"code {len(mark.rows)} modules {mark.payload}"
            case Link():
                what = f"link {mark.target}"
            case Artwork():
                what = f"artwork {mark.file.name} page {mark.number + 1}"
        lines.append(f"{at}  {what}")
    return "\n".join(lines) + "\n"
