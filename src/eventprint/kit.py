"""Everything a layout needs, and the only thing it imports besides the standard library.

A layout is a module with two names: `Theme`, a frozen dataclass whose fields its YAML may set, and
`pages(event, theme)`, which returns finished pages. It paints nothing and prints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import timetable
from .codes import identify, place_code, short, token
from .colours import BLACK, WHITE, Colour
from .event import (
    Appearance,
    Attendee,
    Block,
    Cast,
    Day,
    Duty,
    Entry,
    Event,
    Fact,
    Kind,
    Name,
    Person,
    Product,
    RoleStyle,
    Service,
    Session,
    Sign,
    Time,
)
from .flow import Column, FlowLine, Piece, Row, Span, balance_columns, paragraph, place, pour, text_rows
from .geometry import PAPERS, Box, Size, in_mm, inch, length, mm, paper, pt
from .images import contain, cover, open_image
from .page import (
    Anchor,
    Artwork,
    Code,
    Finish,
    Group,
    Image,
    Line,
    Link,
    Mark,
    Page,
    Picture,
    Role,
    Shape,
    Step,
    Text,
    rectangle,
    rule,
    walk,
)
from .problems import Place, Problem, Problems, Severity
from .records import Length, Node, at, build
from .symbols import arrow, pictogram, strata
from .text import Fit, Style, cap_height, clean, fit, missing, shape, width, x_height
from .words import Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseTheme:
    """What every layout's YAML may set; a layout's own Theme adds to it."""

    about: str = field(default="", metadata={"doc": "One line for `eventprint layouts`."})
    trim: Size = field(
        default=PAPERS["A4"], metadata={"doc": "Size of the finished page, such as `A5` or `90 x 55 mm`."}
    )
    bleed: Length = field(default=Length(3 * mm), metadata={"doc": "How far ink at the edge reaches beyond the trim."})
    finish: Finish = field(default=Finish.SHEETS, metadata={"doc": "What becomes of the printed pages."})
    duplex: bool = field(default=False, metadata={"doc": "Every other page is the back of the page before it."})
    spec: str = field(default="office", metadata={"doc": "The preflight profile, from data/specs."})
    recipient: str = field(default="desk", metadata={"doc": "Whose folder gets it: desk, venue or office."})


def brand_colour(event: Event, name: str, role: Colour | None = None) -> Colour:
    """A colour by its name in a layout: `primary`, `accent 12%`, `on role`, `#0b5d5e`.

    `role` is the colour of the badge holder's role. `on NAME` is white or black, whichever reads on NAME.
    Raises ValueError for an unknown name.
    """
    words_of = name.split()
    if words_of and words_of[0] == "on":
        return brand_colour(event, " ".join(words_of[1:]), role).ink_on()
    share = 1.0
    if len(words_of) == 2 and words_of[1].endswith("%"):
        share = float(words_of[1][:-1]) / 100
    base = words_of[0] if words_of else ""
    known = {
        "primary": event.brand.primary,
        "accent": event.brand.accent,
        "ink": event.brand.ink,
        "paper": event.brand.paper,
        "white": WHITE,
        "black": BLACK,
        "role": role or event.brand.primary,
    }
    colour = known[base] if base in known else Colour.parse(base)
    return colour if share == 1 else colour.tint(share)


def style_of(
    event: Event, font: str, size: float, weight: int = 400, *, italic: bool = False, features: Sequence[str] = ()
) -> Style:
    """A text style in one of the brand's two families, `sans` or `serif`, or in a family by its own name."""
    family = {"sans": event.brand.sans, "serif": event.brand.serif}.get(font, font)
    return Style(family, weight, italic, size, tuple(features), event.language)


def event_dates(event: Event) -> str:
    """The event's date or dates in words, empty where none is known."""
    return words(event.language).dates([day.date for day in event.days if day.date])


def picture_in(box: Box, file: Path, alternative: str = "") -> Picture:
    """A picture as large as fits the box, its proportions kept, centred. Raises ValueError for a file that is none."""
    image = open_image(file)
    return Picture(contain(box, image), image, alternative)


__all__ = [
    "BLACK",
    "PAPERS",
    "WHITE",
    "Anchor",
    "Appearance",
    "Artwork",
    "Attendee",
    "BaseTheme",
    "Block",
    "Box",
    "Cast",
    "Code",
    "Colour",
    "Column",
    "Day",
    "Duty",
    "Entry",
    "Event",
    "Fact",
    "Finish",
    "Fit",
    "FlowLine",
    "Group",
    "Image",
    "Kind",
    "Length",
    "Line",
    "Link",
    "Mark",
    "Name",
    "Node",
    "Page",
    "Person",
    "Picture",
    "Piece",
    "Place",
    "Problem",
    "Problems",
    "Product",
    "Role",
    "RoleStyle",
    "Row",
    "Service",
    "Session",
    "Severity",
    "Shape",
    "Sign",
    "Size",
    "Span",
    "Step",
    "Style",
    "Text",
    "Time",
    "Words",
    "arrow",
    "at",
    "balance_columns",
    "brand_colour",
    "build",
    "cap_height",
    "clean",
    "contain",
    "cover",
    "event_dates",
    "fit",
    "identify",
    "in_mm",
    "inch",
    "length",
    "missing",
    "mm",
    "open_image",
    "paper",
    "paragraph",
    "pictogram",
    "picture_in",
    "place",
    "place_code",
    "pour",
    "pt",
    "rectangle",
    "rule",
    "shape",
    "short",
    "style_of",
    "text_rows",
    "strata",
    "timetable",
    "token",
    "walk",
    "width",
    "words",
    "x_height",
]
