"""A test sheet for a printer: crosses to measure, bars of 100 mm, and what a printer finds hard, on both sides.

Crosses and rings lie alike on both sides of an upright axis, so that they coincide when the sheet is turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eventprint import kit
from eventprint.kit import Box, Colour, Mark, Page, Role, mm

_LEAST = kit.Size(200 * mm, 270 * mm)
"""The smallest paper that all of it fits on."""

_INDENT = 26 * mm
"""Of the text from the paper's edge: clear of the crosses."""

_HAIR = 0.3
_GREYS = (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100)
_LINES = (0.1, 0.25, 0.35, 0.5, 0.75, 1.0)
_MODULES = (0.33, 0.36, 0.40, 0.50, 0.60)
_TYPE = (4.0, 5.0, 6.0, 7.0, 8.0)
_CODE = "EVENTPRINT {}"
_READ = ((0.2, -0.2), (0.3, -0.1), (0.1, -0.3), (0.2, -0.2))
"""Millimetres by which the crosses of the example are printed too far to the right and down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    """What the test sheet says; its measures are fixed, for the program counts on them."""

    title: str = ""
    front: str = ""
    back: str = ""
    top: str = ""
    fed: str = field(default="", metadata={"doc": "Beside a square to tick, at each edge of the front."})
    from_left: str = ""
    from_top: str = ""
    should_be: str = field(default="{distance}", metadata={"doc": "Beside a reading: `{distance}` is the right one."})
    bar: str = ""
    bar_note: str = ""
    file_title: str = ""
    todo: tuple[str, ...] = ()
    back_title: str = ""
    rings_note: str = ""
    back_todo: tuple[str, ...] = ()
    greys_title: str = ""
    greys_note: str = ""
    lines_title: str = ""
    lines_note: str = ""
    codes_title: str = ""
    codes_note: str = ""
    type_title: str = ""
    type_sample: str = ""


def pages(event: kit.Event, theme: Theme) -> list[Page]:
    """The front and the back. Raises ValueError for paper that is too small."""
    if theme.trim.width < _LEAST.width or theme.trim.height < _LEAST.height:
        raise ValueError(f"a test sheet needs paper of at least {_LEAST}, upright")
    front, back = _Side(event, theme), _Side(event, theme)
    on_front = [*front.frame(theme.front, theme.title, 1), *front.bars(), *front.explained(), *front.trials()]
    on_back = [*back.frame(theme.back, theme.back_title, 2), *back.told(theme.back_todo, 112 * mm)]
    return [
        Page(theme.trim, (*on_front, *front.hairs(), *front.edges()), name=f"{theme.title}, {theme.front}", label="1"),
        Page(theme.trim, (*on_back, *back.rings()), name=f"{theme.title}, {theme.back}", label="2", back=True),
    ]


class _Side:
    """One side of the sheet: what both have in common, and the pieces of either."""

    def __init__(self, event: kit.Event, theme: Theme) -> None:
        self.theme = theme
        self.page = Box.of(theme.trim)
        self.inner = self.page.inset(0, left=_INDENT, right=_INDENT)
        self.middle = self.page.height / 2
        self.paper = next((name for name, size in kit.PAPERS.items() if size.same_as(theme.trim)), "")
        self.colour = event.brand.primary.legible(kit.WHITE)
        self.accent = event.brand.accent
        self.quiet = kit.BLACK.mix(kit.WHITE, 0.35)
        self.text = kit.style_of(event, "sans", 9, features=("tnum",))
        self.note = self.text.but(size=7.5)
        self.bold = self.text.but(weight=600)
        self.display = kit.style_of(event, "serif", 26, 600)
        self.block = 0

    # Text

    def line(
        self,
        text: str,
        x: float,
        y: float,
        style: kit.Style,
        colour: Colour = kit.BLACK,
        *,
        align: str = "left",
        role: Role = Role.P,
    ) -> kit.Text:
        """One line from, to or around x, its baseline at y."""
        shaped = kit.shape(text, style)
        wide = shaped.width * style.size
        start = {"left": x, "right": x - wide, "centre": x - wide / 2}[align]
        self.block += 1
        return kit.Text(start, y, shaped, style.size, colour, role, self.block)

    def told(self, steps: Sequence[str], width: float, y: float = 48 * mm) -> Iterator[Mark]:
        """Numbered steps below each other."""
        for number, step in enumerate(steps, 1):
            self.block += 1
            numeral = kit.shape(str(number), self.bold)
            yield kit.Text(self.inner.x, y + 8.6, numeral, 9, self.accent, Role.ITEM, self.block)
            lines = kit.paragraph(step, self.text, width - 6 * mm)
            placed, y = kit.place(
                lines, self.inner.x + 6 * mm, y, self.text, leading=12.4, role=Role.ITEM, block=self.block
            )
            yield from placed
            y += 2.2 * mm

    def heading(self, text: str, note: str, x: float, y: float) -> Iterator[Mark]:
        """A heading and what to look at, on one line."""
        head = self.line(text, x, y, self.bold.but(size=10), self.colour, role=Role.H2)
        yield head
        yield self.line(note, x + head.width + 3 * mm, y, self.note, self.quiet)

    # What both sides have

    def frame(self, side: str, title: str, level: int) -> Iterator[Mark]:
        """The crosses with room for their readings, the arrow to the top edge, the title."""
        for cross in kit.crosses(self.page.size):
            yield from self.cross(cross.x, cross.y)
            yield from self.reading(cross.x, cross.y, str(cross))
        across = self.page.centre[0]
        yield from kit.arrow("up", Box(across - 4 * mm, 6 * mm, 8 * mm, 8 * mm), self.colour)
        yield self.line(side, across, 19.5 * mm, self.bold.but(size=12), self.colour, align="centre")
        yield self.line(self.theme.top, across, 23.5 * mm, self.note, self.quiet, align="centre")
        role = Role.H1 if level == 1 else Role.H2
        yield self.line(title, self.inner.x, 39 * mm, self.display, self.colour, role=role)
        said = " · ".join(filter(None, (self.paper, str(self.page.size), side)))
        yield self.line(said, self.inner.right, 39 * mm, self.text, self.quiet, align="right")
        y = 42.5 * mm
        yield kit.rule(self.inner.x, y, self.inner.right, y, self.accent, 1.2)

    def cross(self, x: float, y: float) -> Iterator[Mark]:
        """Two hairlines of 14 mm and a ring to find them by; the crossing is the place that is measured."""
        reach = 7 * mm
        yield kit.rule(x - reach, y, x + reach, y, kit.BLACK, _HAIR, purpose="measure")
        yield kit.rule(x, y - reach, x, y + reach, kit.BLACK, _HAIR, purpose="measure")
        yield _ring(x, y, 2.5 * mm, _HAIR)

    def reading(self, x: float, y: float, name: str) -> Iterator[Mark]:
        """Room for two readings beside a cross, on the side of the sheet's middle."""
        left = x < self.page.centre[0]
        start = _INDENT if left else self.page.width - _INDENT - 60 * mm
        yield self.line(name, start, y - 4.2 * mm, self.bold, self.colour)
        for number, (text, right) in enumerate(((self.theme.from_left, x), (self.theme.from_top, y))):
            top = y - 2.2 * mm + number * 6.4 * mm
            yield self.line(text, start, top + 3.7 * mm, self.note)
            yield kit.rectangle(Box(start + 23.5 * mm, top, 14.5 * mm, 5.4 * mm), None, kit.BLACK, 0.5)
            of = self.theme.should_be.replace("{distance}", kit.in_mm(right))
            yield self.line(of, start + 39.5 * mm, top + 3.7 * mm, self.note, self.quiet)

    @property
    def spots(self) -> list[tuple[float, float]]:
        """Where front and back are compared: alike on both sides of an upright and of a level axis."""
        x, width = self.page.centre[0], self.page.width
        return [
            (x, self.middle),
            (15 * mm, self.middle),
            (width - 15 * mm, self.middle),
            (x, self.page.height - 15 * mm),
        ]

    def hairs(self) -> Iterator[Mark]:
        """Small crosses on the front."""
        for x, y in self.spots:
            yield kit.rule(x - 4 * mm, y, x + 4 * mm, y, kit.BLACK, 0.5, purpose="duplex")
            yield kit.rule(x, y - 4 * mm, x, y + 4 * mm, kit.BLACK, 0.5, purpose="duplex")

    def rings(self) -> Iterator[Mark]:
        """Rings on the back, a millimetre apart, around where the small crosses of the front show through."""
        for x, y in self.spots:
            for radius in (1, 2, 3, 4):
                yield _ring(x, y, radius * mm, 0.5, "duplex")
        x, y = self.spots[0]
        yield self.line(self.theme.rings_note, x, y + 8 * mm, self.note, self.quiet, align="centre")

    def edges(self) -> Iterator[Mark]:
        """A square to tick at each edge, for the one that the printer drew in first."""
        width, height = self.page.width, self.page.height
        level = ((width / 2, 27.8 * mm, 0), (width / 2, height - 23 * mm, 0))
        upright = ((width - 8 * mm, self.middle - 28 * mm, 90), (8 * mm, self.middle - 28 * mm, 270))
        for x, y, turn in (*level, *upright):
            said = self.line(self.theme.fed, 3.2 * mm, 0, self.note, self.quiet)
            shift = -(said.width + 3.2 * mm) / 2
            tick = kit.rectangle(Box(0, -2.1 * mm, 2.1 * mm, 2.1 * mm), None, kit.BLACK, 0.5)
            yield kit.Group((kit.Group((tick, said), shift),), x, y, turn)

    # The front

    def bars(self) -> Iterator[Mark]:
        """100 mm across and 100 mm down, with a scale at their ends."""
        x, y = self.inner.x, self.middle - 14 * mm
        yield from _scale(x, y, across=True)
        for centimetre in range(11):
            at = x + centimetre * 10 * mm
            yield self.line(str(centimetre * 10), at, y - 6.4 * mm, self.note, align="centre", role=Role.ARTIFACT)
        yield self.line(self.theme.bar, x + 104 * mm, y, self.bold, self.colour)
        yield self.line(self.theme.bar_note, x + 104 * mm, y + 4 * mm, self.note.but(size=6.8), self.quiet)
        x, y = self.inner.right - 3 * mm, self.middle + 8 * mm
        yield from _scale(x, y, across=False)
        for centimetre in range(11):
            at = y + centimetre * 10 * mm + 0.9 * mm
            yield self.line(str(centimetre * 10), x - 6.2 * mm, at, self.note, align="right", role=Role.ARTIFACT)

    def explained(self) -> Iterator[Mark]:
        """What to do, and beside it the file that the readings are written into."""
        panel = Box(self.inner.right - 58 * mm, 47 * mm, 58 * mm, 57 * mm)
        yield from self.told(self.theme.todo, self.inner.width - panel.width - 7 * mm)
        yield kit.rectangle(panel, self.colour.tint(0.08), radius=1.5 * mm)
        yield self.line(self.theme.file_title, panel.x + 4 * mm, panel.y + 7 * mm, self.bold, self.colour)
        for number, (depth, text) in enumerate(self.example()):
            x, y = panel.x + (4 + 4 * depth) * mm, panel.y + (13 + 4.9 * number) * mm
            yield self.line(text, x, y, self.text.but(size=8))

    def example(self) -> Iterator[tuple[int, str]]:
        """A printer's file, line by line with its depth; it is in no language but its own."""
        yield 0, f"paper: {self.paper or str(self.page.size).replace('×', 'x')}"
        yield 0, "front:"
        lines = [
            (1, f"{cross.name}: [{cross.x / mm + right:.1f} mm, {cross.y / mm + down:.1f} mm]")
            for cross, (right, down) in zip(kit.crosses(self.page.size), _READ, strict=True)
        ]
        yield from lines
        yield 0, "back:"
        yield lines[0]
        yield 1, "…"

    def trials(self) -> Iterator[Mark]:
        """Greys, lines, codes and type, from the middle of the sheet to the lower crosses."""
        room = Box(self.inner.x, self.middle + 10 * mm, self.inner.width - 21 * mm, 0)
        foot = self.page.height - 31 * mm
        deep = (17 * mm, 24 * mm, 21 * mm, 22 * mm)
        gap = min((foot - room.y - sum(deep)) / 3, 9 * mm)
        tops = [room.y + sum(deep[:number]) + number * gap for number in range(4)]
        theme = self.theme
        yield from self.heading(theme.greys_title, theme.greys_note, room.x, tops[0])
        yield from self.greys(room.x, tops[0] + 3 * mm, room.width)
        yield from self.heading(theme.lines_title, theme.lines_note, room.x, tops[1])
        yield from self.lines(room.x, tops[1] + 3 * mm, room.width)
        yield from self.heading(theme.codes_title, theme.codes_note, room.x, tops[2])
        yield from self.codes(room.x, tops[2] + 3 * mm, room.width)
        yield from self.heading(theme.type_title, "", room.x, tops[3])
        yield from self.type(room.x, tops[3] + 5.4 * mm)

    def greys(self, x: float, y: float, width: float) -> Iterator[Mark]:
        """Patches without gaps, so that each is seen against its neighbour."""
        wide = width / len(_GREYS)
        for number, per_cent in enumerate(_GREYS):
            patch = Box(x + number * wide, y, wide, 9 * mm)
            yield kit.rectangle(patch, kit.BLACK.tint(per_cent / 100))
            yield self.line(f"{per_cent} %", patch.centre[0], y + 12 * mm, self.note.but(size=6.8), align="centre")

    def lines(self, x: float, y: float, width: float) -> Iterator[Mark]:
        """Each width level, aslant and round, dark on white and white on dark."""
        wide = width / len(_LINES)
        yield kit.rectangle(Box(x, y + 9 * mm, width, 8 * mm), kit.BLACK)
        for number, points in enumerate(_LINES):
            left = x + number * wide
            for top, colour in ((y, kit.BLACK), (y + 9 * mm, kit.WHITE)):
                yield kit.rule(left + 1 * mm, top + 2 * mm, left + wide - 2 * mm, top + 2 * mm, colour, points)
                yield kit.rule(left + 1 * mm, top + 7 * mm, left + 9 * mm, top + 3.4 * mm, colour, points)
                yield _ring(left + 13.5 * mm, top + 5.1 * mm, 1.8 * mm, points, colour=colour)
            yield self.line(f"{points:g} pt", left + 1 * mm, y + 20 * mm, self.note.but(size=6.8))

    def codes(self, x: float, y: float, width: float) -> Iterator[Mark]:
        """The same code, ever smaller, standing on one line."""
        foot, wide = y + 13 * mm, width / len(_MODULES)
        for number, module in enumerate(_MODULES):
            said = _CODE.format(f"{module:.2f}")
            left = x + number * wide
            code = kit.sized_code(said, left, y, module * mm)
            yield kit.sized_code(said, left, foot - code.box.height, module * mm)
            yield self.line(f"{module:.2f} mm", left, foot + 3.6 * mm, self.note.but(size=6.8))

    def type(self, x: float, y: float) -> Iterator[Mark]:
        """A line of each size."""
        for size in _TYPE:
            yield self.line(f"{size:g} pt", x, y, self.note.but(size=6.8), self.quiet)
            yield self.line(self.theme.type_sample, x + 11 * mm, y, self.text.but(size=size))
            y += 3.4 * mm


def _scale(x: float, y: float, *, across: bool) -> Iterator[Mark]:
    """A bar of 100 mm from a point, ticks on one side of it: every centimetre, and every millimetre of both ends."""

    def stroke(along: float, aside: float, to_along: float, to_aside: float, width: float, purpose: str) -> Mark:
        if across:
            return kit.rule(x + along, y - aside, x + to_along, y - to_aside, kit.BLACK, width, purpose=purpose)
        return kit.rule(x - aside, y + along, x - to_aside, y + to_along, kit.BLACK, width, purpose=purpose)

    yield stroke(0, 0, 100 * mm, 0, 0.5, "bar")
    ends = {0, 100}
    for millimetre in sorted({*range(0, 101, 10), *range(11), *range(90, 101)}):
        long = 5.5 if millimetre in ends else 4 if millimetre % 10 == 0 else 3 if millimetre % 5 == 0 else 1.8
        at = millimetre * mm
        yield stroke(at, 0, at, long * mm, 0.5 if millimetre in ends else _HAIR, "tick")


def _ring(
    x: float, y: float, radius: float, width: float, purpose: str = "measure", colour: Colour = kit.BLACK
) -> kit.Shape:
    """A circle as four curves."""
    bend = radius * 0.5522847498
    right, left, low, high = x + radius, x - radius, y + radius, y - radius
    steps: tuple[kit.Step, ...] = (
        ("M", right, y),
        ("C", right, y + bend, x + bend, low, x, low),
        ("C", x - bend, low, left, y + bend, left, y),
        ("C", left, y - bend, x - bend, high, x, high),
        ("C", x + bend, high, right, y - bend, right, y),
        ("Z",),
    )
    return kit.Shape(steps, None, colour, width, purpose=purpose)
