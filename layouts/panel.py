"""Fixed formats from YAML alone: badges, cards, tents and signs.

A panel is one thing to print, repeated for every attendee, person, session, break, sign, day or once for the event.
Its front and back are lists of elements, each in a box: text with fields, stacks of text, codes, pictures, supplied
PDFs, fills, arrows, pictograms and the agenda as a list. What each repetition is and which fields it offers, `items`
says.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Literal

from eventprint import kit
from eventprint.kit import Box, Each, Item, Mark, Page, Paint, Problem, Template, pt


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an element stands: a box from the trim's top left corner, the whole trim, or the trim and its bleed."""

    notation: ClassVar[str] = "`x y width height mm`, such as `5 10 80 12 mm`, or trim, or bleed"

    source: str
    box: Box | None = None

    @classmethod
    def parse(cls, text: str) -> Frame:
        """Raises ValueError for anything but four lengths of one unit and the two names."""
        if text in ("trim", "bleed"):
            return cls(text)
        *numbers, unit = text.split() or [""]
        try:
            x, y, width, height = (kit.length(f"{number} {unit}") for number in numbers)
        except ValueError:
            raise ValueError(f"{text!r} is not a box") from None
        if width <= 0 or height <= 0:
            raise ValueError(f"the box {text!r} has no room in it")
        return cls(text, Box(x, y, width, height))

    def on(self, trim: Box, bleed: float) -> Box:
        """The box on a page of this trim; where it reaches beyond the trim, it goes to the end of the bleed."""
        if self.box is None:
            return trim.inset(-bleed) if self.source == "bleed" else trim
        box, outer = self.box, trim.inset(-bleed)
        left = min(box.x, outer.x) if box.x < trim.x else box.x
        top = min(box.y, outer.y) if box.y < trim.y else box.y
        right = max(box.right, outer.right) if box.right > trim.right else box.right
        bottom = max(box.bottom, outer.bottom) if box.bottom > trim.bottom else box.bottom
        return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes to try, largest first; the last is the floor."""

    notation: ClassVar[str] = "sizes from the largest to the smallest and their unit, such as `12 11 10 pt`"

    points: tuple[float, ...]

    @classmethod
    def parse(cls, text: str) -> Sizes:
        """Raises ValueError where a number or the unit is missing, or a size follows a smaller one."""
        *numbers, unit = text.split() or [""]
        try:
            points = tuple(kit.length(f"{number} {unit}") for number in numbers)
        except ValueError:
            points = ()
        if not points or min(points) <= 0 or list(points) != sorted(set(points), reverse=True):
            raise ValueError(f"{text!r} are not sizes")
        return cls(points)


@dataclass(frozen=True, kw_only=True)
class Type:
    """A text style: everything but where it stands."""

    font: str = field(default="sans", metadata={"doc": "sans, serif, or the name of a family."})
    weight: int = field(default=400, metadata={"doc": "100 to 900.", "minimum": 100, "maximum": 900})
    italic: bool = False
    sizes: Sizes = field(
        default=Sizes((9 * pt,)), metadata={"doc": "Sizes to try, largest first; the last is the floor."}
    )
    wished: kit.Length = field(
        default=kit.Length(0),
        metadata={"doc": "Whoever's text is smaller than this is listed in proof/fit.csv, the worst first."},
    )
    leading: float = field(
        default=1.15, metadata={"doc": "Line height as a multiple of the size.", "minimum": 0.8, "maximum": 3}
    )
    lines: int = field(default=1, metadata={"doc": "The most lines it may take.", "minimum": 1})
    colour: Paint = field(
        default=Paint("ink"), metadata={"doc": "primary, accent, ink, role, white, on role, primary 20%, '#hex'."}
    )
    features: tuple[str, ...] = field(default=(), metadata={"doc": "OpenType features, such as tnum or smcp."})
    tracking: float = field(default=0.0, metadata={"doc": "Space added after each letter, in em."})
    role: kit.Role = field(default=kit.Role.P, metadata={"doc": "What it is to somebody who hears the page."})
    case: Literal["upper"] | None = field(
        default=None, metadata={"doc": "`upper` for short labels that are never names."}
    )


@dataclass(frozen=True, kw_only=True)
class Element:
    """One thing in a panel. It is what it has: a text, a stack, a code, a picture, artwork, a fill, a list."""

    box: Frame = field(
        default=Frame("trim"),
        metadata={"doc": "`x y width height mm` from the trim's top left, `trim` or `bleed`."},
    )
    when: kit.Condition = field(
        default=kit.Condition(),
        metadata={"doc": "Only when: `pronouns`, `not room`, `role key is speaker`; joined by `and`."},
    )
    text: Template | None = field(
        default=None, metadata={"doc": "Text with {fields}; a part in [ ] vanishes where its field is empty."}
    )
    style: str = field(default="text", metadata={"doc": "Name of a text style."})
    sizes: Sizes | None = field(default=None, metadata={"doc": "Sizes instead of the style's."})
    under: str = field(default="", metadata={"doc": "A text style: this stays smaller than that came out before it."})
    lines: int | None = field(default=None, metadata={"doc": "The most lines, instead of the style's.", "minimum": 1})
    colour: Paint | None = field(default=None, metadata={"doc": "Colour instead of the style's."})
    align: Literal["left", "centre", "right"] | None = field(
        default=None, metadata={"doc": "left, centre or right; in a stack, instead of the stack's own."}
    )
    valign: Literal["top", "middle", "bottom"] = "top"
    stack: tuple[Element, ...] = field(default=(), metadata={"doc": "Texts under each other that share the box."})
    gap: kit.Length = field(default=kit.Length(0), metadata={"doc": "Space above this text in a stack."})
    code: Template | None = field(
        default=None, metadata={"doc": "`badge` for the holder's token, or text with {fields}."}
    )
    picture: str = field(default="", metadata={"doc": "`logo`, `photo`, or a file in the event folder."})
    artwork: str = field(default="", metadata={"doc": "A PDF in the event folder, placed as vectors."})
    page: int = field(default=1, metadata={"doc": "Which page of the PDF.", "minimum": 1})
    alternative: str = field(
        default="", metadata={"doc": "What the PDF shows, for those who do not see it; empty for decoration."}
    )
    fill: Paint | None = field(default=None, metadata={"doc": "Fill the box with this colour."})
    stroke: Paint | None = field(default=None, metadata={"doc": "Outline the box with this colour."})
    stroke_width: kit.Length = kit.Length(0.5 * pt)
    radius: kit.Length = kit.Length(0)
    arrow: Template | None = field(
        default=None, metadata={"doc": "Direction, such as left or up-right; may be a {field}."}
    )
    pictogram: Template | None = field(
        default=None, metadata={"doc": "coffee, lunch, registration … ; may be a {field}."}
    )
    list: Literal["day", "glance", "session", "appearances"] | None = field(
        default=None, metadata={"doc": "The agenda as rows: day, glance, session or appearances."}
    )
    band: Paint | None = field(default=None, metadata={"doc": "Ground behind session headings in a list."})
    people: bool = field(default=True, metadata={"doc": "Lists name the people of each entry."})
    beside: float = field(
        default=0.0,
        metadata={"doc": "Share of a list's width for people in a column of their own.", "minimum": 0, "maximum": 0.8},
    )
    row_gap: kit.Length | None = field(
        default=None, metadata={"doc": "Space between a list's rows at its largest size."}
    )
    stretch: float = field(default=1.0, metadata={"doc": "How far a list's gaps may grow to fill the box."})
    turn: Literal[0, 180] = field(default=0, metadata={"doc": "180 turns the element upside down in its box."})
    fold: bool = field(default=False, metadata={"doc": "A fold line along the top of the box."})

    def asks(self) -> frozenset[str]:
        """The fields it reads, those of its stack included."""
        templates = (self.text, self.code, self.arrow, self.pictogram)
        own = self.when.names.union(*(template.names for template in templates if template))
        return own.union(*(inner.asks() for inner in self.stack))


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One thing to print and what it is repeated for."""

    name: str = "panel"
    each: Each = Each.EVENT
    kind: str = field(default="", metadata={"doc": "For signs and breaks: only those of this kind."})
    when: kit.Condition = field(default=kit.Condition(), metadata={"doc": "Only for items that meet this condition."})
    front: tuple[Element, ...] = ()
    back: tuple[Element, ...] = ()
    copies: int = field(default=1, metadata={"doc": "How many of each are printed.", "minimum": 1})
    called: Template | None = field(
        default=None, metadata={"doc": "What the placement list calls it, instead of its name; text with {fields}."}
    )
    where: Template | None = field(
        default=None, metadata={"doc": "Where it goes, for the placement list; text with {fields}."}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    """What a panel YAML may set."""

    styles: Mapping[str, Type] = field(default_factory=dict)
    initials: bool = field(
        default=False, metadata={"doc": "Middle names become initials where the name misses its smallest size."}
    )
    panels: tuple[Panel, ...] = ()


def pages(event: kit.Event, theme: Theme) -> list[Page]:
    """The pages of every panel, in the panels' order, each item's front followed by its back."""
    painter = _Painter(event, theme)
    return [page for panel in theme.panels for page in _pages_of(event, theme, panel, painter)]


def _pages_of(event: kit.Event, theme: Theme, panel: Panel, painter: _Painter) -> list[Page]:
    made: list[Page] = []
    asked = _asked(panel)
    offered: dict[str, None] = {}
    for item in kit.items(event, panel.each, panel.kind):
        if asked - offered.keys():
            offered |= dict.fromkeys(item.fields)
        if panel.when.holds(item.fields):
            sides = [painter.side(panel, item, panel.front, back=False)]
            if panel.back or theme.duplex:
                sides.append(painter.side(panel, item, panel.back, back=True))
            made += sides * (panel.copies * item.copies)
    if made:
        unknown = tuple(_unknown_fields(panel, list(offered)))
        made[0] = replace(made[0], problems=(*unknown, *made[0].problems))
    return made


def _asked(panel: Panel) -> frozenset[str]:
    own = panel.when.names.union(*(template.names for template in (panel.called, panel.where) if template))
    return own.union(*(element.asks() for element in (*panel.front, *panel.back)))


def _unknown_fields(panel: Panel, offered: list[str]) -> Iterator[Problem]:
    """A field that no item has prints nothing, so a wrong letter in its name would never be seen."""

    def unknown(asked: frozenset[str], place: kit.Place) -> Iterator[Problem]:
        for name in sorted(asked.difference(offered)):
            known = [name for name in offered if not name.startswith("word:")] if ":" not in name else offered
            hint = kit.suggest(name, known)
            message = f"nothing that {panel.name!r} is printed for has a field {name!r}"
            yield Problem(kit.Severity.WARNING, message, place, hint, "layout.field")

    yield from unknown(panel.when.names, kit.at(panel, "when"))
    for part, template in (("called", panel.called), ("where", panel.where)):
        if template:
            yield from unknown(template.names, kit.at(panel, part))
    waiting = [*panel.front, *panel.back]
    for element in waiting:
        waiting += element.stack
        yield from unknown(element.when.names, kit.at(element, "when"))
        for part in ("text", "code", "arrow", "pictogram"):
            template = getattr(element, part)
            if template:
                yield from unknown(template.names, kit.at(element, part))


def _page_name(words: kit.Words, panel: Panel, item: Item, *, back: bool) -> str:
    name = panel.called.fill(item.fields) if panel.called else panel.name
    title = item.title if item.title.casefold() not in (panel.name.casefold(), name.casefold()) else ""
    if panel.called and title:
        return words["labelled"].format(label=name, text=title) + (", back" if back else "")
    return f"{name}: {title}".rstrip(": ") + (", back" if back else "")


_Key = tuple[object, ...]


class _Painter:
    """Sets the elements of one theme; what looks the same on many pages is made once and shared."""

    def __init__(self, event: kit.Event, theme: Theme) -> None:
        self.event = event
        self.theme = theme
        self.trim = Box.of(theme.trim)
        self.words = kit.words(event.language)
        self.naming = ""
        self._kept: dict[_Key, tuple[kit.Group, dict[str, float], kit.Day | None]] = {}
        self._asks: dict[int, tuple[str, ...] | None] = {}
        self._styles: dict[tuple[str, Sizes], kit.Style] = {}
        self._blocks = itertools.count(1)
        self._came_out: dict[str, float] = {}
        """The smallest size of each style on the side being made."""
        self._fittings: list[kit.Fitting] = []
        """What of the side being made is not set as wished."""

    def side(self, panel: Panel, item: Item, elements: tuple[Element, ...], *, back: bool) -> Page:
        self.naming = panel.name
        self._came_out = {}
        self._fittings = []
        item = item if item.title else replace(item, title=panel.name)
        marks: list[Mark] = []
        problems: list[Problem] = []
        alike: list[Element] = []
        for element in elements:
            if not element.when.holds(item.fields):
                continue
            if self._repeats(element):
                alike.append(element)
                continue
            marks += self._shared(alike, item, problems)
            alike = []
            marks += self._element(element, item, problems)
        marks += self._shared(alike, item, problems)
        return Page(
            self.theme.trim,
            tuple(marks),
            self.theme.bleed,
            name=_page_name(self.words, panel, item, back=back),
            subject=item.subject,
            back=back,
            where=item.fields.get("where", "") or (panel.where.fill(item.fields) if panel.where else ""),
            problems=tuple(problems),
            fittings=tuple(self._fittings),
        )

    def _repeats(self, element: Element) -> bool:
        """Whether an element is likely to look the same on many pages, so that it pays to draw it once a file."""
        return self._asked_by(element) is not None

    def _asked_by(self, element: Element) -> tuple[str, ...] | None:
        """The fields an element depends on, or None where they are the holder's own."""
        key = id(element)
        if key not in self._asks:
            asks = element.asks()
            personal = (
                any(name not in kit.REPEATING and not name.startswith("word:") for name in asks)
                or (element.code is not None and element.code.source == "badge")
                or element.picture == "photo"
                or element.list in ("session", "appearances")
                or any(part.under for part in (element, *element.stack))
            )
            self._asks[key] = None if personal else tuple(sorted(asks))
        return self._asks[key]

    def _shared(self, alike: list[Element], item: Item, problems: list[Problem]) -> list[Mark]:
        """One shared group for neighbouring elements, made anew for whatever changes how they look."""
        if not alike:
            return []
        lists = any(element.list for element in alike)
        key: _Key = (
            item.role,
            (item.mine, id(item.day)) if lists else (),
            *((id(e), *(item.fields.get(name, "") for name in self._asked_by(e) or ())) for e in alike),
        )
        if key not in self._kept:
            before, self._came_out = self._came_out, {}
            marks = [mark for element in alike for mark in self._element(element, item, problems)]
            # The day is kept as well: its id stands for it, and would be another's once it is gone.
            self._kept[key] = kit.Group(tuple(marks), shared=True), self._came_out, item.day
            self._came_out = before
        group, sizes, _ = self._kept[key]
        self._came_out |= sizes
        return [group]

    def _element(self, element: Element, item: Item, problems: list[Problem]) -> list[Mark]:
        box = element.box.on(self.trim, self.theme.bleed)
        ink = element.colour or Paint("ink")
        marks: list[Mark] = []
        if element.fill or element.stroke:
            fill = self._colour(element.fill, item) if element.fill else None
            stroke = self._colour(element.stroke, item) if element.stroke else None
            weight = element.stroke_width if stroke else 0
            marks.append(kit.rectangle(box, fill, stroke, weight, element.radius))
        if element.stack or element.text:
            marks += self._stack(element, box, item, problems)
        if element.code:
            marks += self._code(element.code, box, item, problems)
        if element.picture:
            marks += self._picture(element, box, item, problems)
        if element.artwork:
            marks += self._artwork(element, box, problems)
        if element.arrow:
            marks += self._arrow(element, element.arrow, box, item, problems)
        if element.pictogram:
            marks += kit.pictogram(element.pictogram.fill(item.fields), box, self._ink(ink, item))
        if element.list:
            marks += self._list(element, box, item, problems)
        if element.fold:
            marks.append(kit.rule(box.x, box.y, box.right, box.y, kit.BLACK.tint(0.35), 0.4, (2, 3), "fold"))
        if element.turn == 180:
            centre_x, centre_y = box.centre
            marks = [kit.Group(tuple(marks), 2 * centre_x, 2 * centre_y, 180)]
        return marks

    def _colour(self, paint: Paint, item: Item) -> kit.Colour:
        return paint.of(self.event.brand, item.role)

    def _ink(self, paint: Paint, item: Item) -> kit.Colour:
        """A colour for text and signs on paper: one of the brand's is darkened where it is too light to be read."""
        colour = self._colour(paint, item)
        fixed = paint.on or isinstance(paint.base, kit.Colour) or paint.base in ("white", "black")
        return colour if fixed else colour.legible(self.event.brand.paper)

    def _type(self, element: Element, problems: list[Problem]) -> Type:
        for key, named in (("style", element.style), ("under", element.under)):
            if named and named not in self.theme.styles:
                message, hint = f"there is no text style {named!r}", kit.suggest(named, self.theme.styles)
                problems.append(Problem(kit.Severity.ERROR, message, kit.at(element, key), hint, "layout.style"))
        return self.theme.styles.get(element.style) or Type()

    def _style(self, element: Element, problems: list[Problem]) -> tuple[Type, kit.Style, tuple[float, ...]]:
        """How an element's text is set, and the sizes to try."""
        kind = self._type(element, problems)
        if kind.font not in ("sans", "serif") and not kit.has_family(kind.font):
            message, hint = f"there is no font family {kind.font!r}", kit.suggest(kind.font, kit.families())
            problems.append(Problem(kit.Severity.ERROR, message, kit.at(kind, "font"), hint, "layout.font"))
            kind = replace(kind, font="sans")
        sizes = element.sizes or kind.sizes
        key = (element.style, sizes)
        if key not in self._styles:
            self._styles[key] = kit.style_of(
                self.event, kind.font, sizes.points[0], kind.weight, italic=kind.italic, features=kind.features
            ).but(tracking=kind.tracking)
        ceiling = self._came_out.get(element.under, math.inf)
        smaller = tuple(size for size in sizes.points if size < ceiling)
        return kind, self._styles[key], smaller or sizes.points[-1:]

    def _stack(self, element: Element, box: Box, item: Item, problems: list[Problem]) -> list[Mark]:
        """Texts under each other; where they are too tall together, they step down by turns."""
        parts: list[_Part] = []
        for inner in element.stack or (element,):
            content = inner.text.fill(item.fields) if inner.text else ""
            if content and inner.when.holds(item.fields):
                kind, style, sizes = self._style(inner, problems)
                made = _Part(inner, kind, style, sizes, content, box, inner.gap if parts else 0.0, _pieces(inner, item))
                parts.append(self._with_initials(made, item))
        _shrink(parts, box.height)
        height = sum(part.height for part in parts)
        for part in parts:
            named = part.element.style
            self._came_out[named] = min(part.size, self._came_out.get(named, math.inf))
            lost = kit.missing(part.content, part.style)
            if lost:
                shown = ", ".join(map(kit.described, lost))
                problems.append(
                    Problem(
                        kit.Severity.ERROR,
                        f"{item.title}: no font has {shown}",
                        item.place,
                        "put a font that has it into the event's fonts folder",
                        "text.missing-glyph",
                    )
                )
            over = not part.fitted.fits or height > box.height + 0.01
            if over:
                problems.append(self._too_long(part, item))
            if outcomes := tuple(part.outcomes(over)):
                self._fittings.append(
                    kit.Fitting(part.element.style, part.content, part.size, part.kind.wished, outcomes)
                )
        free = box.height - height
        y = box.y + {"top": 0.0, "middle": free / 2, "bottom": free}[element.valign]
        marks: list[Mark] = []
        for part in parts:
            y += part.gap
            colour = self._ink(part.element.colour or part.kind.colour, item)
            marks += part.marks(y, part.element.align or element.align or "left", colour, -next(self._blocks))
            y += part.fitted_height
        return marks

    def _with_initials(self, part: _Part, item: Item) -> _Part:
        """The part, or where its name misses the smallest size and the theme allows it, the same with initials."""
        text, name = part.element.text, item.name
        if part.fitted.fits or not (self.theme.initials and text and name and text.names & {"name", "given"}):
            return part
        short = kit.with_initials(name.given, self.event.language)
        if short == name.given:
            return part
        fields = {"given": short, "name": name.full.replace(name.given, short, 1)}
        shorter = part.saying(text.fill({**item.fields, **fields}))
        return shorter if shorter.fitted.fits else part

    def _too_long(self, part: _Part, item: Item) -> Problem:
        """What does not fit; the event's own title once for all the cards that bear it."""
        on = f"the {self.naming}" if item.title == self.naming else f"the {self.naming} of {item.title}"
        place, hint = item.place, "shorten it, or give a badge name"
        if part.content == self.event.display_title:
            on, place, hint = f"every {self.naming}", kit.Place(), "write a short_title: in event.yaml"
        message = f"{part.content!r} does not fit its place on {on}, even at {part.size:g} pt"
        return Problem(kit.Severity.WARNING, message, place, hint, "text.too-long")

    def _code(self, code: Template, box: Box, item: Item, problems: list[Problem]) -> list[Mark]:
        payload = item.token if code.source == "badge" else code.fill(item.fields)
        if not payload:
            return []
        try:
            return [kit.place_code(payload, box)]
        except ValueError as fault:
            problems.append(
                Problem(
                    kit.Severity.ERROR,
                    f"{item.title}: {fault}",
                    item.place,
                    "make the code's box larger or its text shorter",
                    "code.too-small",
                )
            )
            return []

    def _picture(self, element: Element, box: Box, item: Item, problems: list[Problem]) -> list[Mark]:
        named = {"logo": self.event.brand.logo, "photo": item.person.photo if item.person else None}
        file = named[element.picture] if element.picture in named else self._own_picture(element, problems)
        if file is None:
            return []
        try:
            image = kit.open_image(file)
        except (ValueError, OSError) as fault:
            problems.append(kit.unreadable(file, fault, self.event.folder, self.event.pictures))
            return []
        if element.picture == "photo":
            return [kit.Picture(kit.cover(box, image), image, item.title, box, round=True)]
        inside = kit.contain(box, image)
        shift = {"left": box.x - inside.x, "centre": 0.0, "right": box.right - inside.right}[element.align or "left"]
        return [
            kit.Picture(inside.moved(shift, 0), image, self.event.display_title if element.picture == "logo" else "")
        ]

    def _own_picture(self, element: Element, problems: list[Problem]) -> Path | None:
        """A picture the layout names; None, and a problem, where it is not in the event's folder."""
        reason = kit.files.astray(self.event.folder, Path(element.picture))
        if reason:
            message = f"the picture {kit.files.shown(element.picture)} {reason}"
            hint = "copy it into the folder, and name it from there: images/logo.png"
            problems.append(Problem(kit.Severity.ERROR, message, kit.at(element, "picture"), hint, "file.outside"))
            return None
        return self.event.folder / element.picture

    def _artwork(self, element: Element, box: Box, problems: list[Problem]) -> list[Mark]:
        """A page of a supplied PDF: behind everything with its bleed, or whole in its box."""
        place, named = kit.at(element, "artwork"), Path(element.artwork)
        supplied = kit.artwork.find(self.event.folder, named, place, problems.append)
        if supplied is None or not kit.artwork.has_page(supplied, element.page, place, problems.append):
            return []
        number, theme, size = element.page - 1, self.theme, box.size
        if element.box.box is None:
            size = theme.trim
            placed = kit.artwork.whole(supplied, number, self.trim, theme.bleed, element.alternative)
        else:
            placed = kit.artwork.inside(supplied, number, box, element.alternative)
        sheet, where = supplied.sheets[number], f"the {self.naming}"
        problems += kit.artwork.remarks(placed, sheet, size, theme.bleed, where, place, element.artwork)
        return [placed.mark]

    def _arrow(
        self, element: Element, arrow: Template, box: Box, item: Item, problems: list[Problem]
    ) -> Sequence[Mark]:
        direction = arrow.fill(item.fields)
        marks = kit.arrow(direction, box, self._ink(element.colour or Paint("ink"), item))
        if not marks:
            message = f"no arrow points {direction!r}" if direction else f"the arrow {item.title!r} has no direction"
            place = kit.at(element, "arrow") if arrow.source == direction else item.place
            hint = "write left, right, up or down, or two such as up-left"
            severity = kit.Severity.ERROR if direction else kit.Severity.WARNING
            problems.append(Problem(severity, message, place, hint, "layout.arrow"))
        return marks

    def _list(self, element: Element, box: Box, item: Item, problems: list[Problem]) -> list[Mark]:
        kind, style, sizes = self._style(element, problems)
        band = self._colour(element.band, item) if element.band else None
        ground = band or self.event.brand.paper
        ink = self._ink(element.colour or kind.colour, item)
        setting = kit.timetable.Setting(
            sizes,
            style.family,
            ink,
            ink.mix(kit.WHITE, 0.42).legible(ground) if ink.luminance < 0.5 else ink,
            self.event.brand.accent.legible(ground),
            self.event.language,
            leading=kind.leading,
            title_weight=kind.weight,
            band=band,
            stretch=element.stretch,
            beside=element.beside,
            gap=element.row_gap / sizes[0] if element.row_gap is not None else 0.42,
        )
        rows: list[kit.timetable.Row] = []
        for way in self._rows(element, item):
            fits = kit.timetable.may_fit(way, box, setting)
            if fits and (made := kit.timetable.set_rows(way, box, setting)).fits:
                return list(made.marks)
            rows = way
        made, left = kit.timetable.set_cut(rows, box, setting, kit.words(self.event.language))
        problems.append(self._too_many(element, item, left, len(rows), made.size))
        return list(made.marks)

    def _too_many(self, element: Element, item: Item, left: int, of: int, size: float) -> Problem:
        """Rows that were left out; those of the whole programme once for all the cards that bear them."""
        end = f"at {size:g} pt: the last line says how many more there are"
        if element.list == "appearances" or (item.day and len(self.event.days) > 1):
            message = f"{left} of {of} lines do not fit the {self.naming} of {item.title} {end}"
            return Problem(kit.Severity.WARNING, message, item.place, "use a larger format", "text.too-long")
        hint = "use a larger format" if element.list != "day" else "use a larger format, or `list: glance`"
        message = f"the programme does not fit every {self.naming} {end}"
        return Problem(kit.Severity.WARNING, message, kit.Place(), hint, "text.too-long")

    def _rows(self, element: Element, item: Item) -> Iterator[list[kit.timetable.Row]]:
        """What a list may show, the fullest first."""
        event, table = self.event, kit.timetable
        vocabulary = kit.words(event.language)
        match element.list:
            case "day" | "glance" if event.days:
                days = (item.day,) if item.day else event.days
                full = element.list == "day"
                yield from table.days_rows(event, vocabulary, days, mine=item.mine, full=full, people=element.people)
            case "session" if item.session:
                yield table.panel_rows(event, vocabulary, item.session)
            case "appearances" if item.person:
                all_of_them = event.appearances(item.person.key)
                yield [table.appearance_row(event, vocabulary, one) for one in all_of_them]
                yield [table.brief_row(event, vocabulary, one) for one in all_of_them]
            case _:
                yield []


def _pieces(element: Element, item: Item) -> tuple[str, ...]:
    """The two parts of a name that is printed whole, in its own order: a line ends between them rather than inside."""
    if not (element.text and "name" in element.text.names and item.name and item.name.family):
        return ()
    return tuple(sorted(filter(None, (item.name.given, item.name.family)), key=item.name.full.find))


def _shrink(parts: list[_Part], height: float) -> None:
    """Step texts down by turns until all fit a height together, then up again where a shorter break left room."""

    def fit() -> bool:
        return sum(part.height for part in parts) <= height + 0.01

    while not fit():
        able = [part for part in parts if part.can_step]
        if not able:
            return
        max(able, key=lambda part: part.size / part.sizes[0]).step(1)
    for part in parts:
        while part.first > 0:
            before = part.first
            part.step(-1)
            if part.first >= before or not fit():
                part.step(before - part.first)
                break


class _Part:
    """One text of a stack, fitted to the stack's width, that can step down its sizes."""

    def __init__(
        self,
        element: Element,
        kind: Type,
        style: kit.Style,
        sizes: tuple[float, ...],
        content: str,
        box: Box,
        gap: float,
        pieces: tuple[str, ...],
        *,
        initials: bool = False,
    ) -> None:
        self.pieces, self.initials = pieces, initials
        self.element, self.kind, self.style, self.sizes = element, kind, style, sizes
        self.box, self.gap = box, gap
        self.content = content.upper() if self.kind.case == "upper" else content
        self.max_lines = element.lines or self.kind.lines
        self.first = 0
        self._fit()

    def _fit(self) -> None:
        self.fitted = kit.fit(
            self.content,
            self.style,
            self.box.width,
            self.box.height,
            sizes=self.sizes[self.first :],
            max_lines=self.max_lines,
            leading=self.kind.leading,
            prefer=self.pieces,
            wished=self.kind.wished,
        )
        self.first = self.sizes.index(self.fitted.size)
        size, lines = self.fitted.size, self.fitted.lines
        self.above = max(kit.cap_height(self.style), lines[0].ascent if lines else 0) * size
        self.below = max(0.22, lines[-1].descent if lines else 0) * size

    def saying(self, content: str) -> _Part:
        """The same part with a shorter form of the name."""
        return _Part(
            self.element, self.kind, self.style, self.sizes, content, self.box, self.gap, self.pieces, initials=True
        )

    def outcomes(self, over: bool) -> Iterator[kit.Outcome]:
        """What became of it that nobody wished; `over`: it stands out of its box."""
        if self.fitted.tracking < self.style.tracking:
            yield kit.Outcome.CLOSER
        if self.size < min(self.kind.wished, self.element.sizes.points[0] if self.element.sizes else math.inf):
            yield kit.Outcome.SMALLER
        if self.initials:
            yield kit.Outcome.INITIALS
        if self.fitted.broken:
            yield kit.Outcome.BROKEN
        if over:
            yield kit.Outcome.TOO_LONG

    @property
    def size(self) -> float:
        return self.fitted.size

    @property
    def can_step(self) -> bool:
        return self.first + 1 < len(self.sizes)

    def step(self, steps: int) -> None:
        self.first += steps
        self._fit()

    @property
    def fitted_height(self) -> float:
        """From the top of the first line's ink, or its capitals, to below the last line's descenders."""
        return self.above + (len(self.fitted.lines) - 1) * self.fitted.leading + self.below

    @property
    def height(self) -> float:
        return self.gap + self.fitted_height

    def marks(self, y: float, align: str, colour: kit.Colour, block: int) -> list[Mark]:
        made: list[Mark] = []
        baseline = y + self.above
        tracking = self.fitted.tracking * self.size
        for line in self.fitted.lines:
            room = self.box.width - line.width * self.size - tracking * sum(len(run.cells) for run in line.runs)
            x = self.box.x + {"left": 0.0, "centre": room / 2, "right": room}[align]
            made.append(kit.Text(x, baseline, line, self.size, colour, self.kind.role, block, tracking=tracking))
            baseline += self.fitted.leading
        return made
