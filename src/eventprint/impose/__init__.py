"""Impose pages on sheets of paper: booklets, sections, cards, labels, by a scheme that is data.

Every source page becomes a form XObject: its content is neither parsed nor encoded again. Sheets are decided in
points from their top left corner, as pages are; the axis is turned where the content of a sheet side is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..geometry import Box, Size, around, in_mm, mm
from ..page import IDENTITY, Matrix, after
from ..pdfpages import A_FILE, Source, open_pdf, sources
from ..problems import Stop
from ..records import Length
from ..values import dataclass
from . import marks as marking
from .marks import Marks
from .places import (
    Cell,
    Sheet,
    arranged,
    block_size,
    edge_of,
    half_turned,
    is_bookwise,
    lines,
    mirrored,
    slots,
    upside_down,
)
from .plan import Block, blocks, sheets
from .scheme import Flip, Scheme, check, load, schemes
from .sides import Side, write

__all__ = ["Imposed", "Scheme", "booklet", "check", "impose", "labels", "load", "nup", "schemes"]

Slugs = Callable[[Sequence[str]], bytes]
"""Makes a PDF of lines of text, a page for each, as large as the line."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """Sheets ready for a printer."""

    pdf: bytes
    sheets: int
    """Sheets of paper."""
    sides: int
    """Pages of the file; twice the sheets where both sides are printed."""
    per_side: int
    columns: int
    rows: int
    turn: str
    """The edge sheets are turned about: long or short; manual where the printer cannot; empty for one side."""
    turning: str
    """`both sides, turn on the short edge`."""
    finishing: str
    """What is done with the printed sheets; empty where nothing is known."""
    paper: Size
    """The sheet as it lies under the pages, upright or landscape."""

    @property
    def note(self) -> str:
        """What whoever prints has to know, in a sentence."""
        return "; ".join(part for part in (f"print {self.turning}, without scaling", self.finishing) if part)


def impose(
    pdf: bytes,
    scheme: Scheme,
    paper: Size,
    *,
    title: str = "",
    job: str = "",
    version: str = "",
    slugs: Slugs | None = None,
    what: str = A_FILE,
    corrections: tuple[Matrix, Matrix] = (IDENTITY, IDENTITY),
) -> Imposed:
    """The pages of a PDF on sheets of paper, as the scheme says.

    With `slugs`, a line in the margin says job, sheet, side, pages and version. `corrections` undo what a printer does
    to fronts and backs, in points from the bottom left. Raises Stop where a page does not fit the paper, or the pages
    differ in size and are not to be made smaller.
    """
    reader = open_pdf(pdf, what)
    pages = _alike(sources(reader, what), scheme)
    page = Size(max(one.size.width for one in pages), max(one.size.height for one in pages))
    arrangement = arranged(paper, page, _reach(pages), scheme)
    if arrangement is None:
        raise _too_large(page, paper, scheme)
    made = blocks(len(pages), scheme)
    laid = sheets(made, [len(arrangement.cells[-1])], scheme.fill)
    scaled = Size(page.width * arrangement.scale, page.height * arrangement.scale)
    drawn = _Drawn(scheme, arrangement, scaled, _reach(pages) * arrangement.scale, len({one.section for one in made}))
    told = _slugs(slugs, job or title, version, laid, drawn)
    sides = drawn.sides(laid, told, corrections)
    file = write(
        reader,
        pages,
        sides,
        arrangement.paper,
        scale=arrangement.scale,
        preferences=_preferences(scheme, arrangement.paper),
        title=title,
        seed=pdf,
        what=what,
    )
    columns, rows = scheme.grid
    return Imposed(
        file,
        len(laid),
        len(sides),
        columns * rows * len(arrangement.cells[-1]),
        columns * arrangement.columns,
        rows * arrangement.rows,
        _edge(scheme, arrangement.paper) if scheme.back else "",
        _turning(scheme, arrangement.paper, len(laid)),
        scheme.finishing,
        arrangement.paper,
    )


def booklet(
    pdf: bytes, sheet: Size, *, thickness: float = 0.0, marks: bool = True, title: str = "", slugs: Slugs | None = None
) -> Imposed:
    """Pages two to a side, in the order in which a stack folded once and stapled in the fold reads from 1 on.

    Blank pages follow the last one until their number divides by four. With a paper thickness, the pages of inner
    sheets move to the spine by one thickness a sheet, so that margins are equal after the fore edge is trimmed.
    """
    scheme = replace(load("saddle"), thickness=Length(thickness))
    return impose(pdf, scheme if marks else replace(scheme, marks=()), sheet, title=title, slugs=slugs)


def nup(
    pdf: bytes,
    sheet: Size,
    *,
    duplex: bool,
    marks: bool = True,
    gutter: float | None = None,
    margin: float = 5 * mm,
    flip: Flip = "long",
    title: str = "",
    slugs: Slugs | None = None,
) -> Imposed:
    """Pages as cards, as many to a side as the sheet holds upright or turned, all sheets cut along the same lines.

    With `duplex` the pages are fronts and backs in turn, and each back lies behind its front when the sheet is turned
    over its `flip` edge, `long` or `short`; both stand upright when a finished card is turned like a leaf.
    """
    scheme = load("cards" if duplex else "cards-one-sided")
    room = None if gutter is None else Length(gutter)
    changed = replace(scheme, gutter=room, margin=Length(margin), flip=flip, marks=scheme.marks if marks else ())
    return impose(pdf, changed, sheet, title=title, slugs=slugs)


def labels(
    pdf: bytes,
    places: Sequence[Sequence[Box]],
    paper: Size,
    *,
    duplex: bool,
    flip: Flip = "long",
    title: str = "",
    corrections: tuple[Matrix, Matrix] = (IDENTITY, IDENTITY),
) -> Imposed:
    """Pages as cards on the labels of sheets, each in the middle of its label, a quarter turned where only so it fits.

    `places` are the free labels of each sheet, in points from its top left corner; the last sheet's hold for all that
    follow. No marks are drawn: labels are cut already. Raises Stop where a page is larger than a label.
    """
    reader = open_pdf(pdf)
    scheme = replace(load("cards" if duplex else "cards-one-sided"), marks=(), flip=flip)
    pages = _alike(sources(reader), scheme)
    page, label = pages[0].size, places[-1][0].size
    turned = not _fits(page, label) and _fits(Size(page.height, page.width), label)
    if turned:
        # a back is turned the other way: its head lies at the same edge of the label, seen from behind
        pages = [_quarter_turned(one, clockwise=not (duplex and at % 2)) for at, one in enumerate(pages)]
        page = pages[0].size
    if not _fits(page, label):
        over = max(page.width - label.width, 0.0), max(page.height - label.height, 0.0)
        sides = [f"{in_mm(length)} {word}" for length, word in zip(over, ("wider", "higher"), strict=True) if length]
        raise Stop(
            f"a card of {page} does not fit a label of {label}: it is {' and '.join(sides)}",
            "choose another layout or other labels",
        )
    cells = tuple(_centred(sheet, page, _reach(pages)) for sheet in places)
    arrangement = Sheet(paper, cells, len({box.x for box in places[-1]}), len({box.y for box in places[-1]}))
    laid = sheets(blocks(len(pages), scheme), [len(sheet) for sheet in places], "rows")
    drawn = _Drawn(scheme, arrangement, page, _reach(pages), 1)
    made = drawn.sides(laid, [], corrections)
    preferences = _preferences(scheme, paper)
    file = write(reader, pages, made, paper, scale=1.0, preferences=preferences, title=title, seed=pdf)
    return Imposed(
        file,
        len(laid),
        len(made),
        len(places[-1]),
        arrangement.columns,
        arrangement.rows,
        _edge(scheme, paper) if duplex else "",
        _turning(scheme, paper, len(laid)),
        "",
        paper,
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is needed to decide the sides of sheets."""

    scheme: Scheme
    arrangement: Sheet
    page: Size
    bleed: float
    sections: int

    def sides(
        self, laid: Sequence[Sequence[Block | None]], told: Sequence[Source], corrections: tuple[Matrix, Matrix]
    ) -> list[Side]:
        """Front and back of each sheet in turn; for a printer fed by hand all fronts, then the backs from the last."""
        slug = Size(max(one.size.width for one in told), max(one.size.height for one in told)) if told else None
        backs = bool(self.scheme.back)
        made: list[list[Side]] = []
        for number, on_it in enumerate(laid):
            front = self._side(number, on_it, slug, back=False)
            at = number * (1 + backs)
            pair = [front._replace(slug=told[at] if told else None, correction=corrections[0])]
            if backs:
                back = self._side(number, on_it, slug, back=True)
                pair.append(back._replace(slug=told[at + 1] if told else None, correction=corrections[1]))
            made.append(pair)
        if self.scheme.flip == "manual" and backs:
            return [pair[0] for pair in made] + [pair[1] for pair in reversed(made)]
        return [side for pair in made for side in pair]

    def _side(self, number: int, on_it: Sequence[Block | None], slug: Size | None, *, back: bool) -> Side:
        scheme, paper = self.scheme, self.arrangement.paper
        cells = self.arrangement.at(number)
        placed = slots(on_it, cells, paper, self.page, scheme, back=back)
        whole = around([cell.box for cell in cells])
        inked = around([cell.clip for cell in cells])
        drawn = self._marks(cells, whole, inked, slug)
        told = "collation" in scheme.marks and self.sections > 1 and not back
        if told and (first := on_it[0]) and first.outermost:
            gap = max(scheme.gaps()[0], default=0.0)
            drawn = drawn._replace(steps=marking.step(lines(cells, self.page, scheme), whole, first.section, gap))
        if not back:
            return Side(placed, drawn, whole, inked)
        drawn = marking.mirrored(drawn, paper)
        whole, inked = mirrored(whole, paper), mirrored(inked, paper)
        if scheme.flip in ("long", "short") and not is_bookwise(paper, scheme.flip):
            placed = [upside_down(slot, paper) for slot in placed]
            drawn = marking.half_turned(drawn, paper)
            whole, inked = half_turned(whole, paper), half_turned(inked, paper)
        return Side(placed, drawn, whole, inked)

    def _marks(self, cells: Sequence[Cell], whole: Box, inked: Box, slug: Size | None) -> Marks:
        if not self.scheme.marks and slug is None:
            return Marks()
        reach = max(whole.x - inked.x, whole.y - inked.y, 0.0)
        reach = min(reach, self.bleed)
        return marking.marks(
            self.arrangement.paper, whole, lines(cells, self.page, self.scheme), reach, self.scheme, slug
        )


def _slugs(
    slugs: Slugs | None, job: str, version: str, laid: Sequence[Sequence[Block | None]], drawn: _Drawn
) -> list[Source]:
    """The lines about each side, as pages to be placed; none where nobody makes any."""
    if slugs is None:
        return []
    said = []
    for number, on_it in enumerate(laid, 1):
        for back in (False, True) if drawn.scheme.back else (False,):
            leaves = [leaf for block in on_it if block for leaf in (block.back if back else block.front)]
            pages = sorted({leaf.page + 1 for leaf in leaves if leaf.page is not None})
            parts = [job, f"sheet {number}/{len(laid)}", ("back" if back else "front") if drawn.scheme.back else ""]
            parts += [f"pages {_runs(pages)}" if pages else "blank", version]
            said.append(" · ".join(part for part in parts if part))
    return sources(open_pdf(slugs(said)))


def _runs(numbers: Sequence[int]) -> str:
    """`1–4, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _alike(pages: list[Source], scheme: Scheme) -> list[Source]:
    """The pages, all of one size unless they are made to fit. Raises Stop where they are not."""
    for page in pages:
        if not scheme.shrink and not page.size.same_as(pages[0].size, slack=0.1 * mm):
            raise Stop(
                f"page {page.number} measures {page.size}, page 1 {pages[0].size}",
                "pages of one job have to be of one size",
            )
    return pages


def _reach(pages: Sequence[Source]) -> float:
    return min(page.reach for page in pages)


def _fits(inner: Size, outer: Size) -> bool:
    slack = 0.3 * mm
    return inner.width <= outer.width + slack and inner.height <= outer.height + slack


def _centred(places: Sequence[Box], page: Size, bleed: float) -> tuple[Cell, ...]:
    """Cards in the middle of their labels; their bleed ends half way to the next label."""
    room = [bleed, bleed]
    for one in places:
        for other in places:
            if other.x > one.right - 0.01 and other.y < one.bottom and one.y < other.bottom:
                room[0] = min(room[0], (other.x - one.right) / 2)
            if other.y > one.bottom - 0.01 and other.x < one.right and one.x < other.right:
                room[1] = min(room[1], (other.y - one.bottom) / 2)
    cells = []
    for place in places:
        across, down = place.centre
        box = Box(across - page.width / 2, down - page.height / 2, page.width, page.height)
        reach = place.inset(left=-room[0], right=-room[0], top=-room[1], bottom=-room[1])
        cells.append(Cell(box, reach))
    return tuple(cells)


def _quarter_turned(source: Source, *, clockwise: bool) -> Source:
    width, height = source.size.width, source.size.height
    turn: Matrix = (0, -1, 1, 0, 0, width) if clockwise else (0, 1, -1, 0, height, 0)
    return replace(source, size=Size(height, width), upright=after(source.upright, turn))


def _too_large(page: Size, paper: Size, scheme: Scheme) -> Stop:
    columns, rows = scheme.grid
    needed = block_size(page, scheme)
    if (columns, rows) == (1, 1):
        if scheme.columns * scheme.rows > 1 or scheme.blocks > 1:
            count = scheme.blocks or scheme.columns * scheme.rows
            return Stop(f"{count} pages of {page} do not fit paper of {paper}", "choose larger paper")
        return Stop(
            f"a card of {page} does not fit paper of {paper} with margins of {in_mm(scheme.margin)}",
            "choose larger paper or a smaller margin",
        )
    if (columns, rows) == (2, 1):
        found = f"two pages of {page} do not fit side by side on paper of {paper}"
    else:
        found = f"{columns} × {rows} pages of {page} do not fit paper of {paper}"
    if (blocks_ := scheme.blocks) > 1:
        return Stop(f"{blocks_} times {found}", "choose larger paper or fewer copies")
    least = Size(needed.width + 2 * scheme.margin, needed.height + 2 * scheme.margin)
    return Stop(found, f"a booklet of this size needs paper of at least {least}")


def _edge(scheme: Scheme, paper: Size) -> str:
    return scheme.flip if scheme.flip in ("long", "short", "manual") else edge_of(paper)


def _preferences(scheme: Scheme, paper: Size) -> dict[str, str]:
    """How a printer is asked to turn sheets (ISO 32000-1, table 150)."""
    if not scheme.back:
        return {}
    edges = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge", "manual": "/Simplex"}
    return {"/Duplex": edges[_edge(scheme, paper)]}


def _turning(scheme: Scheme, paper: Size, count: int) -> str:
    """How sheets are printed, for whoever stands at the printer."""
    if not scheme.back:
        return "one side"
    edge = _edge(scheme, paper)
    if edge != "manual":
        return f"both sides, turn on the {edge} edge"
    first, then = ("page 1", "page 2") if count == 1 else (f"pages 1–{count}", f"pages {count + 1}–{2 * count}")
    return f"{first} on one side, then, the pile turned over its {edge_of(paper)} edge, {then}"
