"""The inner pages of a booklet: one column on a grid of baselines, and pages that learn their number last.

A book sets text in rows and pours rows into drafts, which know nothing of their place. `finish` puts drafts in order,
on their side of the spine, gives them folios and fills in the page numbers that others refer to. It knows no agenda.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, repeat
from pathlib import Path
from typing import Literal, Protocol

from . import flow, images, prose
from .codes import place_code
from .colours import WHITE, Colour
from .event import Event, Person
from .flow import Align, FlowLine, Piece, Row, Span
from .geometry import Box, Size
from .page import (
    Anchor,
    Group,
    Image,
    Link,
    ListItem,
    Mark,
    Page,
    Picture,
    Role,
    TableCell,
    Text,
    celled,
    listed,
    rectangle,
    rule,
)
from .problems import Place, Problem, Severity
from .text import Style, described, is_rtl, missing
from .text import width as measured
from .values import dataclass
from .words import words

_ADDRESS = re.compile(r"://|^\W{0,2}www\.|\w/\w|\w@\w+\.")
"""What is cut where it must be without harm, as no hyphen is added."""
_SHOWN = 60
"""Letters of a word that a message shows."""

Side = Literal["left", "right"]
_SIDES: tuple[Side, Side] = ("left", "right")


class Grid(Protocol):
    """The measures a book asks its layout for; lengths and sizes in points."""

    @property
    def trim(self) -> Size: ...
    @property
    def bleed(self) -> float: ...
    @property
    def inner(self) -> float: ...
    @property
    def outer(self) -> float: ...
    @property
    def right_to_left(self) -> bool: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def leading(self) -> float: ...
    @property
    def times(self) -> float: ...
    @property
    def tiny(self) -> float: ...
    @property
    def small(self) -> float: ...
    @property
    def body(self) -> float: ...
    @property
    def large(self) -> float: ...
    @property
    def heading(self) -> float: ...
    @property
    def align(self) -> Literal["justify", "ragged"]: ...
    @property
    def small_caps(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """An inner page before its place is known; x counts from the left edge of the column."""

    section: str
    marks: tuple[Mark, ...]
    continued: str = ""
    """What runs on from the page before."""
    whole: bool = False
    """Its marks count from the corner of the trim, and nothing is set round them: a page that somebody supplied."""
    foot: str | None = None
    """What the running foot says of the page instead of its section; empty: nothing."""


class Book:
    """What all pages share: the grid, the styles, the colours, and the problems met."""

    def __init__(self, event: Event, grid: Grid) -> None:
        self.event, self.grid = event, grid
        self.words = words(event.language)
        self.line = grid.leading
        height = grid.trim.height - grid.top - grid.bottom
        self.column = Box(0, grid.top, grid.trim.width - grid.inner - grid.outer, height // self.line * self.line)
        self.text = self.style("serif", grid.body)
        self.running_text = self.text.but(features=("onum",))
        """Figures that go with small letters, as the numbers of running text do."""
        self.italic = self.text.but(italic=True)
        self.sans = self.style("sans", grid.body)
        self.title = self.sans.but(weight=600)
        self.label = self.style("sans", grid.small, 500)
        self.number = self.style("sans", grid.body, 500, features=("tnum",))
        self.part = self.style("serif", grid.heading, 600)
        brand = event.brand
        self.ink, self.primary = brand.ink.legible(brand.paper), brand.primary
        self.quiet = brand.ink.mix(WHITE, 0.42)
        self.hairline = brand.primary.tint(0.35)
        self.band = brand.primary.tint(0.08)
        # On white paper what reads on the band reads too.
        self.accent = _readable(self.band, brand.accent, brand.primary, brand.ink)
        self.heading = _readable(self.band, brand.primary, brand.ink)
        self.blocks = count(1)
        self.found: dict[Problem, None] = {}

    def style(self, font: str, size: float, weight: int = 400, *, features: tuple[str, ...] = ()) -> Style:
        """A style in one of the brand's families, `serif` or `sans`."""
        family = self.event.brand.serif if font == "serif" else self.event.brand.sans
        return Style(family, weight, False, size, features, self.event.language)

    def lines(
        self,
        text: str | Sequence[Span],
        style: Style,
        width: float,
        place: Place = Place(),
        *,
        align: Align = "start",
        hyphenate: bool = False,
        balance: bool = False,
        indent: float = 0.0,
        hang: float = 0.0,
    ) -> tuple[FlowLine, ...]:
        """A paragraph as `flow.paragraph` sets it; letters that no font has and words that were cut become problems."""
        spans = [Span(text, style)] if isinstance(text, str) else text
        for span in spans:
            self.check(span.text, span.style, place)
        lines = flow.paragraph(
            spans, style, width, align=align, hyphenate=hyphenate, balance=balance, indent=indent, hang=hang
        )
        if any(line.broken for line in lines):
            for word in "".join(span.text for span in spans).split():
                if _ADDRESS.search(word) or measured(word, style) <= width - max(indent, hang):
                    continue
                shown = word if len(word) <= _SHOWN else f"{word[:_SHOWN]} …"
                hint = "add a soft hyphen or a space where it may be parted"
                message = f"“{shown}” is wider than its column and was cut"
                self.problem(Severity.WARNING, message, place, hint, "text.too-long")
        return lines

    def check(self, text: str, style: Style, place: Place = Place()) -> None:
        """Letters that no font has become problems."""
        lost = missing(text, style)
        if lost:
            shown = ", ".join(map(described, lost))
            hint = "put a font that has it into the event's fonts folder"
            self.problem(Severity.ERROR, f"{text}: no font has {shown}", place, hint, "text.missing-glyph")

    def problem(self, severity: Severity, message: str, place: Place, hint: str, rule: str) -> None:
        self.found[Problem(severity, message, place, hint, rule)] = None

    def set(
        self, lines: Sequence[FlowLine], colour: Colour, role: Role = Role.P, *, x: float = 0.0, deep: float = 1.0
    ) -> list[Row]:
        """One row a line, `deep` grid lines high; whatever the size, baselines stand on the grid."""
        block = next(self.blocks)
        height = deep * self.line

        def row(line: FlowLine) -> Row:
            def marks(left: float, top: float) -> Sequence[Mark]:
                return self.stand([line], left + x, top + height - self.line, colour, role, block)

            return Row(height, marks)

        return [row(line) for line in lines]

    def paragraphs(
        self,
        text: str,
        place: Place,
        *,
        x: float = 0.0,
        style: Style | None = None,
        align: Align | None = None,
        deep: float = 1.0,
    ) -> list[list[Row]]:
        """Running text as rows, those of each paragraph together; `x` from the column's left edge to its end."""
        style = style or self.running_text
        made: list[list[Row]] = []
        align = align or ("justify" if self.grid.align == "justify" else "start")
        last = prose.Paragraph(())
        items: dict[int, int] = {}
        for paragraph in prose.read(text, self.event.language):
            width = self.column.width - x
            indent = self.line if made and not paragraph.depth and not last.depth else 0.0
            in_from = 0.0
            if paragraph.depth:
                mark = self.lines(paragraph.marker, style, width, place)
                wide = max((1.5 if paragraph.marker[:1].isdigit() else 1.0) * self.line, _wide(mark) + self.line / 3)
                in_from = (paragraph.depth - 1) * self.line + wide
            spans = list(self._spans(paragraph, style))
            rtl = is_rtl(paragraph.text)
            lines = self.lines(
                spans,
                style,
                width - in_from,
                place,
                align=align,
                hyphenate=align == "justify" or self.grid.align == "ragged",
                indent=indent,
            )
            rows = self.set(lines, self.ink, x=x + (0.0 if rtl else in_from), deep=deep)
            if paragraph.depth:
                if paragraph.marker or paragraph.depth not in items:
                    items[paragraph.depth] = next(self.blocks)
                item = ListItem(paragraph.depth, items[paragraph.depth])
                rows = [in_item(row, item) for row in rows]
            if paragraph.marker:
                at = x + (width - in_from + wide - _wide(mark) if rtl else in_from - wide)
                (first,) = self.set(mark, self.ink, x=at, deep=deep)
                first = in_item(first, item, Role.LABEL)
                rows = [before(rows[0], first.marks), *rows[1:]] if rows else [first]
            made.append(rows)
            last = paragraph
        return made

    def _spans(self, paragraph: prose.Paragraph, style: Style) -> Iterator[Span]:
        for phrase in paragraph.phrases:
            own = style
            if phrase.bold or phrase.italic:
                own = style.but(italic=phrase.italic, weight=600 if phrase.bold else style.weight)
            pieces = _CAPITALS.split(phrase.text) if self.grid.small_caps else [phrase.text]
            for at, piece in enumerate(pieces):
                if piece:
                    small = own.but(features=(*own.features, "c2sc")) if at % 2 else own
                    yield Span(piece, small, link=phrase.link)

    def with_prose(self, head: Piece, text: str, place: Place, *, x: float, whole: int) -> list[Piece]:
        """A heading and the running text below it, half a line of white between.

        Up to so many rows as a `whole` they stay on one page. Longer ones are parted with two lines of a paragraph on
        either side, and never the heading from its first lines.
        """
        half = self.line / 2
        paragraphs = self.paragraphs(text, place, x=x)
        if not paragraphs:
            return [replace(head, grid=self.line)]
        first, *others = paragraphs
        brief = len(head.rows) + sum(map(len, paragraphs)) <= whole
        rows = (*head.rows, white(half), *first)
        kept = len(head.rows) + 1
        pieces = [replace(head, rows=rows, space_after=0.0, orphans=kept + 2, keep_with_next=brief)]
        pieces += [Piece(tuple(more), keep_with_next=brief) for more in others]
        pieces[-1] = replace(pieces[-1], space_after=max(head.space_after, half), keep_with_next=head.keep_with_next)
        pieces[0] = replace(pieces[0], grid=self.line)
        return [replace(piece, keep_together=brief) for piece in pieces]

    def stand(
        self, lines: Sequence[FlowLine], x: float, y: float, colour: Colour, role: Role, block: int = 0
    ) -> tuple[Text | Link, ...]:
        """Lines whose first baseline is that of running text in the grid line at `y`, so that sizes can be mixed.

        Parts that lead to an address are links.
        """
        texts = flow.place(lines, x, y, self.text, colour, leading=self.line, role=role, block=block)[0]
        return (*texts, *(link for at, line in enumerate(lines) for link in self._links(line, x, y + at * self.line)))

    def _links(self, line: FlowLine, x: float, y: float) -> Iterator[Link]:
        """A place to press for each part of a line that leads to an address."""
        ends = [*(part.x for part in line.parts[1:]), line.width]
        for part, end in zip(line.parts, ends, strict=True):
            if part.link:
                yield Link(Box(x + line.x + part.x, y, end - part.x, self.line), part.link, part.line.text)

    def running(self, texts: Sequence[str], style: Style, y: float, align: Side, colour: Colour) -> tuple[Mark, ...]:
        """The first of some texts that keeps to one line, as a running head or foot."""
        for text in texts:
            lines = flow.paragraph(text, style, self.column.width - 3 * self.line, align=align)
            if len(lines) == 1:
                x = 3 * self.line if align == "right" else 0.0
                return self.stand(lines, x, y, colour, Role.ARTIFACT)
        return ()

    def opening(self, title: str, above: str, anchor: str, level: int = 0, place: Place = Place()) -> Piece:
        """The heading of a part: a small line and a large title, always as high, so that facing pages begin level."""
        rows = self.set(self.lines(above, self.label, self.column.width, place), self.accent)
        rows = rows or [white(self.line)]
        rows[0] = before(rows[0], lambda x, y: (Anchor(anchor, y, title, level),))
        rows += self.set(
            self.lines(title, self.part, self.column.width, place, balance=True), self.heading, Role.H1, deep=2
        )
        return Piece(tuple(rows), space_after=self.line, keep_with_next=True, keep_together=True)

    def pour(
        self, pieces: Sequence[Piece], section: str, running: Sequence[str] = (), *, even: bool = False
    ) -> list[Draft]:
        """Pages filled with pieces, full or, where asked, evenly.

        `running` names for each piece what is said to run on where it begins a page.
        """
        drafts = []
        columns = flow.pour(pieces, repeat(self.column)).columns
        if even and len(columns) > 1:
            columns = flow.balance_columns(pieces, [self.column] * len(columns)).columns
        for column in columns:
            continued = running[column.starts[0]] if running and column.starts else ""
            drafts.append(Draft(section, column.marks, continued))
        return drafts

    def subheading(self, title: str, anchor: str) -> Piece:
        """A heading on two lines of the grid."""
        style = self.style("serif", self.grid.large, 600)
        rows = self.set(self.lines(title, style, self.column.width, balance=True), self.heading, Role.H2)
        rows[0] = before(rows[0], lambda x, y: (Anchor(anchor, y, title),))
        return Piece((*rows, white(self.line)), keep_with_next=True, keep_together=True)

    def ruled(self, height: float) -> Row:
        """White with a hairline at its top."""
        end = self.column.width
        return Row(height, lambda x, y: (rule(x, y, x + end, y, self.hairline, 0.5),))

    def ground(self, x: float, y: float, height: float) -> tuple[Mark, ...]:
        """The band of colour behind a session, a little wider than the column."""
        over = self.line / 2
        return (rectangle(Box(x - over, y, self.column.width + 2 * over, height), self.band),)

    def linked(self, rows: Sequence[Row], anchor: str, label: str) -> list[Row]:
        """Rows that lead to a place; where it stands is known, and filled in, when all pages are in order."""
        height = len(rows) * self.line
        last = rows[-1]

        def marks(x: float, y: float) -> Sequence[Mark]:
            box = Box(x, y + self.line - height, self.column.width, height)
            return (*last.marks(x, y), Link(box, f"#{anchor}", label))

        return [*rows[:-1], Row(last.height, marks)]

    def portrait(self, person: Person, side: float, x: float, y: float) -> list[Mark]:
        """A person's photograph in a circle."""
        circle = Box(x, y, side, side)
        image = self.picture(person.photo) if person.photo else None
        return [Picture(images.cover(circle, image), image, person.name.full, circle, round=True)] if image else []

    def logo(self, x: float) -> list[Mark]:
        """The logo on a white label that hangs from the top of the cover; nothing where there is none."""
        image = self.picture(self.event.brand.logo) if self.event.brand.logo else None
        if image is None:
            return []
        pad = self.line
        box = images.contain(Box(x + pad, self.grid.top, 9 * self.line, 3 * self.line), image)
        box = replace(box, x=x + pad)
        label = Box(x, -self.grid.bleed, box.width + 2 * pad, box.bottom + pad + self.grid.bleed)
        return [rectangle(label, WHITE), Picture(box, image, self.event.display_title)]

    def code(self, payload: str, box: Box) -> list[Mark]:
        """A code to scan, on white."""
        try:
            return [rectangle(box, WHITE), place_code(payload, box, level="M")]
        except ValueError as fault:
            hint = "use a shorter address"
            self.problem(Severity.ERROR, f"{payload}: {fault}", Place(), hint, "code.too-small")
            return []

    def picture(self, file: Path) -> Image | None:
        try:
            return images.open_image(file)
        except (ValueError, OSError) as fault:
            self.found[images.unreadable(file, fault, self.event.folder, self.event.pictures)] = None
            return None

    def too_long(self, text: str) -> None:
        message, hint = f"{text!r} does not fit the cover", "give the event a shorter title or subtitle"
        self.problem(Severity.WARNING, message, Place(), hint, "text.too-long")


def _readable(ground: Colour, *colours: Colour) -> Colour:
    """The first colour that small text can have on a ground (WCAG 2.2, 1.4.3), the last where none can."""
    return next((colour for colour in colours if colour.contrast(ground) >= 4.5), colours[-1])


_CAPITALS = re.compile(r"(?<!\w)([A-Z][A-Z0-9&/-]+[A-Z])(?!\w)")
"""Three capitals or more in a row: in running text they stand as small ones, if the theme says so."""


def _wide(lines: Sequence[FlowLine]) -> float:
    return max((line.width for line in lines), default=0.0)


def before(row: Row, marks: Callable[[float, float], Sequence[Mark]]) -> Row:
    """The row with marks that come before its own."""
    return Row(row.height, lambda x, y: (*marks(x, y), *row.marks(x, y)))


def in_cell(row: Row, cell: TableCell, role: Role = Role.CELL) -> Row:
    """The row with its texts in a cell of a table, for those who hear it."""
    return Row(row.height, lambda x, y: celled(row.marks(x, y), cell, role))


def in_item(row: Row, item: ListItem, role: Role = Role.ITEM) -> Row:
    """The row with its texts in an item of a list, for those who hear it."""
    return Row(row.height, lambda x, y: listed(row.marks(x, y), item, role))


def white(height: float) -> Row:
    """A row of nothing, so many points high."""
    return Row(height, lambda x, y: ())


def finish(book: Book, drafts: Sequence[Draft], front: int = 0) -> list[Page]:
    """Drafts as pages: on their side of the spine, with folios, references filled in.

    The first of them is the cover's back, page 2, or `ii` of so many pages of front matter, after which counting begins
    at 1. A draft of no section is a page left blank.
    """
    grid, line = book.grid, book.line
    labels = [roman(number) for number in range(2, front + 2)]
    labels += [str(number) for number in range(1 if front else 2, len(drafts) + 2)]
    folios = {
        mark.name: label
        for label, draft in zip(labels, drafts, strict=False)
        for mark in draft.marks
        if isinstance(mark, Anchor)
    }
    made = []
    foot = book.label.but(size=grid.tiny, weight=400)
    for number, (label, draft) in enumerate(zip(labels, drafts, strict=False), 2):
        if draft.whole:
            made.append(Page(grid.trim, draft.marks, grid.bleed, label=label, name=draft.section))
            continue
        right = (number % 2 == 1) != grid.right_to_left
        x = grid.inner if right else grid.outer
        marks: list[Mark] = []
        for mark in draft.marks:
            if isinstance(mark, Link) and mark.target[1:] in folios:
                page = book.lines(folios[mark.target[1:]], book.number, mark.box.width, align="right")
                # read in one breath with what it is the number of
                words = [other for other in marks if isinstance(other, Text) and mark.box.intersects(other.box)]
                role, block = (words[-1].role, words[-1].block) if words else (Role.P, 0)
                marks += book.stand(page, mark.box.x, mark.box.bottom - line, book.accent, role, block)
            marks.append(mark)
        outer, inner = _SIDES[::-1] if right else _SIDES
        y = book.column.bottom + 1.5 * line
        below = draft.section if draft.foot is None else draft.foot
        if draft.section or below:
            marks += book.running([label], book.number.but(size=grid.small), y, outer, book.heading)
            title = book.event.display_title
            feet = [f"{title} · {below}", below] if title and below else [title or below]
            marks += book.running(feet, foot, y, inner, book.quiet)
        if draft.continued:
            heads = [draft.continued, book.words["continued"]]
            # in black ink alone: so small, a colour of several plates is never sharp
            marks += book.running(heads, foot, book.column.y - 1.5 * line, outer, book.quiet)
        made.append(
            Page(
                grid.trim,
                (Group(tuple(marks), x, 0),),
                grid.bleed,
                label=label,
                name=draft.section or "left blank",
            )
        )
    return made


def roman(number: int) -> str:
    """A number as front matter has it: `ii`, `iv`, `xiii`."""
    written = ""
    for value, letters in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv")):
        written += letters * (number // value)
        number %= value
    return written + "i" * number
