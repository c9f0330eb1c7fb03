"""Everything a layout needs, and the only thing it imports besides the standard library.

A layout is a module with two names: `Theme`, a frozen dataclass whose fields its YAML may set, and
`pages(event, theme)`, which returns finished pages. It paints nothing and prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from . import files, timetable
from .codes import identify, place_code, short, sized_code, token
from .colours import BLACK, WHITE, Colour
from .event import (
    Appearance,
    Attendee,
    Block,
    Brand,
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
from .fonts.faces import families, has_family
from .geometry import PAPERS, Box, Size, in_mm, inch, length, mm, paper, pt
from .images import contain, cover, open_image, unreadable
from .initials import with_initials
from .items import REPEATING, Each, Item, items
from .page import (
    Anchor,
    Artwork,
    Code,
    Finish,
    Fitting,
    Group,
    Image,
    Line,
    Link,
    Mark,
    Outcome,
    Page,
    Picture,
    Role,
    Shape,
    Step,
    TableCell,
    Text,
    celled,
    rectangle,
    rule,
    walk,
)
from .problems import Place, Problem, Problems, Severity
from .records import Length, Node, at, build, suggest
from .symbols import arrow, pictogram, strata
from .template import Condition, Template
from .text import Fit, Style, cap_height, clean, described, fit, missing, shape, width, x_height
from .values import dataclass
from .words import Words, words

if TYPE_CHECKING:
    from . import artwork, booklet
    from .booklet import Draft
    from .collation import collator
    from .printers import crosses


def __getattr__(name: str) -> Any:
    """The tools of booklets, lists and test sheets, brought in by the layouts that use them: a badge needs none."""
    if name == "collator":
        return import_module(".collation", __package__).collator
    if name == "artwork":
        return import_module(".artwork", __package__)
    if name == "crosses":
        return import_module(".printers", __package__).crosses
    if name not in ("booklet", "Draft"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(".booklet", __package__)
    return module if name == "booklet" else module.Draft


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
    recipient: Literal["desk", "venue", "office"] = field(
        default="desk", metadata={"doc": "Whose folder gets it: desk, venue or office."}
    )


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as a layout names it: `primary`, `accent 12%`, `on role`, `#0b5d5e`.

    `role` is the colour of the badge holder's role. `on NAME` is white or black, whichever reads on NAME.
    """

    notation: ClassVar[str] = (
        "primary, accent, ink, paper, role, white or black, `primary 20%`, `on primary`, or '#0b5d5e' in quotes"
    )

    base: str | Colour
    share: float = 1.0
    on: bool = False

    @classmethod
    def parse(cls, text: str) -> Paint:
        """Raises ValueError for a name that is not known, or a share beyond 100 %."""
        match = re.fullmatch(r"\s*(on\s+)?(#?\w+)(?:\s+(\d+(?:\.\d+)?)\s*%)?\s*", text)
        share = float(match[3]) / 100 if match and match[3] else 1.0
        if match is None or share > 1:
            raise ValueError(f"{text!r} is not a colour")
        return cls(match[2] if match[2] in _PAINTS else Colour.parse(match[2]), share, bool(match[1]))

    def of(self, brand: Brand, role: Colour | None = None) -> Colour:
        """The colour itself; without a role, its colour is the brand's main one."""
        if isinstance(self.base, Colour):
            colour = self.base
        else:
            named = {"white": WHITE, "black": BLACK, "role": role or brand.primary}
            colour = named[self.base] if self.base in named else getattr(brand, self.base)
        colour = colour if self.share == 1 else colour.tint(self.share)
        return colour.ink_on() if self.on else colour


_PAINTS = ("primary", "accent", "ink", "paper", "role", "white", "black")


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
    "REPEATING",
    "WHITE",
    "Anchor",
    "Appearance",
    "Artwork",
    "Attendee",
    "BaseTheme",
    "Block",
    "Box",
    "Brand",
    "Cast",
    "Code",
    "Colour",
    "Column",
    "Condition",
    "Day",
    "Draft",
    "Duty",
    "Each",
    "Entry",
    "Event",
    "Fact",
    "Finish",
    "Fit",
    "Fitting",
    "FlowLine",
    "Group",
    "Image",
    "Item",
    "Kind",
    "Length",
    "Line",
    "Link",
    "Mark",
    "Name",
    "Node",
    "Outcome",
    "Page",
    "Paint",
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
    "TableCell",
    "Template",
    "Text",
    "Time",
    "Words",
    "arrow",
    "artwork",
    "at",
    "balance_columns",
    "booklet",
    "build",
    "cap_height",
    "celled",
    "clean",
    "collator",
    "contain",
    "cover",
    "crosses",
    "described",
    "event_dates",
    "families",
    "files",
    "fit",
    "has_family",
    "identify",
    "in_mm",
    "inch",
    "items",
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
    "sized_code",
    "strata",
    "style_of",
    "suggest",
    "text_rows",
    "timetable",
    "token",
    "unreadable",
    "walk",
    "width",
    "with_initials",
    "words",
    "x_height",
]
