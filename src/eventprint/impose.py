"""Impose pages on sheets of paper: booklets, cards several to a sheet, and files put together.

Every source page becomes a form XObject: its content is neither parsed nor encoded again. Sheets are decided in
points from their top left corner, as pages are; the axis is turned where the content of a sheet side is written.
"""

from __future__ import annotations

import hashlib
import io
import math
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from . import pdfpages
from .geometry import SLACK, Box, Size, in_mm, mm
from .page import Matrix, after, place_box
from .pdfpages import Source, array, entry, matrix_text, number_text, open_pdf, sources
from .problems import Stop
from .values import dataclass

LEAST_GUTTER = 2 * mm
"""Between cards with bleed: what a guillotine needs so that no card shows its neighbour's ink."""

MARK_OFFSET = 2 * mm
"""Crop and fold marks keep this far from the trim, or the bleed where it reaches further."""

_MARK_LENGTH = 5 * mm
_LEAST_MARK = 1 * mm
_MARK_WIDTH = 0.25
_MARK_MARGIN = 9 * mm
"""A margin in which a mark is still seen when a printer leaves the outer 4 to 5 mm of the paper white."""


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
    note: str
    """What whoever prints has to know, in a sentence."""
    paper: Size
    """The sheet as it lies under the pages, upright or landscape."""


def booklet(pdf: bytes, sheet: Size, *, thickness: float = 0.0, marks: bool = True, title: str = "") -> Imposed:
    """Pages two to a side, in the order in which a stack folded once and stapled in the fold reads from 1 on.

    Blank pages follow the last one until their number divides by four. With a paper thickness, the pages of inner
    sheets move to the spine by one thickness a sheet, so that margins are equal after the fore edge is trimmed.
    Raises Stop where two pages do not fit the sheet side by side, or the pages differ in size.
    """
    source = open_pdf(pdf)
    pages = _alike(sources(source))
    page = pages[0].size
    spread = Size(2 * page.width, page.height)
    paper = next((way for way in (sheet.landscape, sheet.portrait) if _fits(spread, way)), None)
    if paper is None:
        raise Stop(
            f"two pages of {page} do not fit side by side on paper of {sheet}",
            f"a booklet of this size needs paper of at least {spread}",
        )
    count = math.ceil(len(pages) / 4) * 4
    spine, top = paper.width / 2, (paper.height - page.height) / 2
    left = Box(spine - page.width, top, page.width, page.height)
    right = left.moved(page.width, 0)
    sides: list[_Side] = []
    for number in range(count // 4):
        creep = number * thickness
        for first, second in ((count - 2 * number, 2 * number + 1), (2 * number + 2, count - 2 * number - 1)):
            slots = (
                _Slot(first - 1, left.moved(creep, 0), Box(0, 0, spine, paper.height)),
                _Slot(second - 1, right.moved(-creep, 0), Box(spine, 0, spine, paper.height)),
            )
            sides.append(_Side(tuple(slot for slot in slots if slot.page < len(pages))))
    block, reach = Box(left.x, top, spread.width, spread.height), _reach(pages)
    lines = _crop_marks(paper, block, [block.x, block.right], [top, block.bottom], (reach, reach)) if marks else []
    lines += _fold_marks(paper, block, spine, reach) if marks else []
    # A sheet is turned about the spine, which stands upright.
    edge = "short" if paper.width > paper.height else "long"
    made = _write(source, pdf, pages, paper, sides, lines, _both_sides(edge), title)
    note = f"print on both sides, turned on the {edge} edge, without scaling; fold in the middle"
    return Imposed(made, count // 4, count // 2, 2, 2, 1, note, paper)


def nup(
    pdf: bytes,
    sheet: Size,
    *,
    duplex: bool,
    marks: bool = True,
    gutter: float | None = None,
    margin: float = 5 * mm,
    flip: str = "long",
    title: str = "",
) -> Imposed:
    """Pages as cards, as many to a side as the sheet holds upright or turned, all sheets cut along the same lines.

    With `duplex` the pages are fronts and backs in turn, and each back lies behind its front when the sheet is turned
    over its `flip` edge, `long` or `short`; both stand upright when a finished card is turned like a leaf.
    The gutter, where it is not given, grows from 2 mm to twice the bleed as far as there is room.
    Raises Stop where not even one card fits, or the pages differ in size.
    """
    source = open_pdf(pdf)
    pages = _alike(sources(source))
    grid = _grid(sheet, pages[0].size, _reach(pages), gutter, margin, marks)
    if grid is None:
        raise Stop(
            f"a card of {pages[0].size} does not fit paper of {sheet} with margins of {in_mm(margin)}",
            "choose larger paper or a smaller margin",
        )
    paper = grid.paper
    cells = list(grid.cells())
    if duplex and (flip == "long") == (paper.height >= paper.width):
        # The sheet is turned about an upright axis: left and right change places.
        behind = [_Cell(_mirrored_across(cell.box, paper), _mirrored_across(cell.clip, paper)) for cell in cells]
    else:
        # About a level one: top and bottom do, and a back has to stand on its head to be upright behind its front.
        behind = [_Cell(_mirrored_down(cell.box, paper), _mirrored_down(cell.clip, paper), True) for cell in cells]
    each = 2 if duplex else 1
    sheets = math.ceil(len(pages) / (each * len(cells)))
    sides = [
        _Side(
            tuple(
                _Slot(page, cell.box, cell.clip, cell.turned)
                for position, cell in enumerate(behind if back else cells)
                if (page := (number * len(cells) + position) * each + back) < len(pages)
            )
        )
        for number in range(sheets)
        for back in range(each)
    ]
    lines = _crop_marks(paper, grid.block, grid.across, grid.down, grid.outside) if marks else []
    made = _write(source, pdf, pages, paper, sides, lines, _both_sides(flip) if duplex else {}, title)
    turned = f"on both sides, turned on the {flip} edge" if duplex else "on one side"
    note = f"print {turned}, without scaling; {grid.columns} × {grid.rows} to a sheet"
    return Imposed(made, sheets, sheets * each, len(cells), grid.columns, grid.rows, note, paper)


def merge(parts: Sequence[tuple[str, bytes]], *, title: str = "") -> bytes:
    """The pages of named files in one, each beginning at a bookmark of its name; what they share is kept once.

    Language and title are the first part's unless a title is given. Structure for reading aloud is left out.
    """
    writer = PdfWriter()
    readers = [open_pdf(pdf) for _, pdf in parts]
    for (name, _), reader in zip(parts, readers, strict=True):
        writer.append(reader, outline_item=name)
    writer.compress_identical_objects()
    digest = hashlib.sha256()
    for name, pdf in parts:
        digest.update(repr((name, len(pdf))).encode() + pdf)
    return _finish(writer, readers[0], digest, title)


def _both_sides(edge: str) -> dict[str, str]:
    return {"/Duplex": {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge"}[edge]}


# --- geometry


class _Cell(NamedTuple):
    """Where a card lies on a sheet: its trim, how far its ink may reach, and whether it stands on its head."""

    box: Box
    clip: Box
    turned: bool = False


class _Slot(NamedTuple):
    """A page from 0 in its cell."""

    page: int
    box: Box
    clip: Box
    turned: bool = False


class _Side(NamedTuple):
    slots: tuple[_Slot, ...]


class _Grid(NamedTuple):
    """Cards in columns and rows, centred on the paper so that both sides of it agree."""

    paper: Size
    card: Size
    columns: int
    rows: int
    gutter: tuple[float, float]
    outside: tuple[float, float]
    """How far the outer cards' bleed reaches, to the sides and up and down."""

    @property
    def block(self) -> Box:
        """From the first card's top left corner to the last one's bottom right."""
        width = self.columns * self.card.width + (self.columns - 1) * self.gutter[0]
        height = self.rows * self.card.height + (self.rows - 1) * self.gutter[1]
        return Box((self.paper.width - width) / 2, (self.paper.height - height) / 2, width, height)

    @property
    def across(self) -> list[float]:
        """The upright cuts."""
        starts = [self.block.x + i * (self.card.width + self.gutter[0]) for i in range(self.columns)]
        return sorted({round(x, 6) for start in starts for x in (start, start + self.card.width)})

    @property
    def down(self) -> list[float]:
        """The level cuts."""
        starts = [self.block.y + i * (self.card.height + self.gutter[1]) for i in range(self.rows)]
        return sorted({round(y, 6) for start in starts for y in (start, start + self.card.height)})

    def cells(self) -> Iterator[_Cell]:
        """Row by row; between cards the bleed ends in the middle of the gutter."""
        for row, band in enumerate(self.block.rows(self.rows, self.gutter[1])):
            for column, box in enumerate(band.columns(self.columns, self.gutter[0])):
                clip = box.inset(
                    left=-(self.gutter[0] / 2 if column else self.outside[0]),
                    top=-(self.gutter[1] / 2 if row else self.outside[1]),
                    right=-(self.gutter[0] / 2 if column < self.columns - 1 else self.outside[0]),
                    bottom=-(self.gutter[1] / 2 if row < self.rows - 1 else self.outside[1]),
                )
                yield _Cell(box, clip)


def _grid(sheet: Size, card: Size, bleed: float, gutter: float | None, margin: float, marks: bool) -> _Grid | None:
    """The arrangement of most cards on the sheet as given or turned; None where not one fits."""
    best: _Grid | None = None
    least = min(2 * bleed, LEAST_GUTTER) if gutter is None else gutter
    for paper in (sheet, Size(sheet.height, sheet.width)):
        counts: list[int] = []
        gutters: list[float] = []
        for length, side in ((paper.width, card.width), (paper.height, card.height)):
            count = int((length - 2 * margin + least + SLACK) / (side + least))
            spare = length - 2 * margin - count * side
            if gutter is None and count > 1:
                wanted = spare - 2 * max(_MARK_MARGIN - margin, 0) if marks else spare
                gutters.append(min(max(wanted / (count - 1), least), 2 * bleed))
            else:
                gutters.append(least)
            counts.append(count)
        if min(counts) > 0 and (best is None or counts[0] * counts[1] > best.columns * best.rows):
            across, down = (min(bleed, max(width / 2, MARK_OFFSET)) for width in gutters)
            best = _Grid(paper, card, counts[0], counts[1], (gutters[0], gutters[1]), (across, down))
    return best


def _mirrored_across(box: Box, paper: Size) -> Box:
    return Box(paper.width - box.right, box.y, box.width, box.height)


def _mirrored_down(box: Box, paper: Size) -> Box:
    return Box(box.x, paper.height - box.bottom, box.width, box.height)


def _fits(inner: Size, outer: Size) -> bool:
    return inner.width <= outer.width + SLACK and inner.height <= outer.height + SLACK


_Line = tuple[float, float, float, float]


def _crop_marks(
    paper: Size, block: Box, across: Sequence[float], down: Sequence[float], bleed: tuple[float, float]
) -> list[_Line]:
    """Ticks at both ends of every cut, in the margins around all cards; none where a margin has no room for them."""
    aside, above = _tick(block.x, max(bleed[0], MARK_OFFSET)), _tick(block.y, max(bleed[1], MARK_OFFSET))
    upright = [(x, y, x, to) for y, to in _both_ends(above, paper.height) for x in across]
    level = [(x, y, to, y) for x, to in _both_ends(aside, paper.width) for y in down]
    return upright + level


def _fold_marks(paper: Size, block: Box, spine: float, bleed: float) -> list[_Line]:
    above = _tick(block.y, max(bleed, MARK_OFFSET))
    return [(spine, y, spine, to) for y, to in _both_ends(above, paper.height)]


def _tick(margin: float, offset: float) -> tuple[float, float] | None:
    """Where a mark in a margin at the start of an axis begins and ends, away from the trim."""
    start = margin - offset
    return (start, max(start - _MARK_LENGTH, 0.0)) if start >= _LEAST_MARK else None


def _both_ends(tick: tuple[float, float] | None, length: float) -> list[tuple[float, float]]:
    return [] if tick is None else [tick, (length - tick[0], length - tick[1])]


def _alike(pages: list[Source]) -> list[Source]:
    """The pages, all of one size. Raises Stop where they are not."""
    for page in pages:
        if not page.size.same_as(pages[0].size, slack=0.1 * mm):
            raise Stop(
                f"page {page.number} measures {page.size}, page 1 {pages[0].size}",
                "pages of one job have to be of one size",
            )
    return pages


def _reach(pages: Sequence[Source]) -> float:
    return min(page.reach for page in pages)


# --- the file


def _write(
    reader: PdfReader,
    pdf: bytes,
    pages: Sequence[Source],
    paper: Size,
    sides: Sequence[_Side],
    lines: Sequence[_Line],
    preferences: dict[str, str],
    title: str,
) -> bytes:
    writer = PdfWriter()
    forms = _Forms(writer)
    whole = array((0, 0, paper.width, paper.height))
    digest = hashlib.sha256(pdf + repr((title, preferences)).encode())
    drawn = _marks_content(lines, paper)
    for side in sides:
        operators: list[str] = []
        used = DictionaryObject()
        for slot in side.slots:
            source = pages[slot.page]
            whole_way = after(source.upright, _on_sheet(slot, paper))
            name, form = forms.form(source, _visible(source, slot, whole_way, paper))
            used[NameObject(name)] = form
            operators.append(f"q {matrix_text(whole_way)} cm {name} Do Q")
        content = "\n".join([*operators, *drawn]).encode()
        digest.update(content)
        page = PageObject()
        page[NameObject("/Type")] = NameObject("/Page")
        page[NameObject("/MediaBox")] = page[NameObject("/TrimBox")] = whole
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): used} if used else {})
        page[NameObject("/Contents")] = writer._add_object(_stream(content))
        writer.add_page(page)
    wanted = {"/PrintScaling": "/None", **preferences}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in wanted.items()}
    )
    if "/OutputIntents" in reader.root_object:
        writer.root_object[NameObject("/OutputIntents")] = reader.root_object.raw_get("/OutputIntents").clone(writer)
    return _finish(writer, reader, digest, title)


def _on_sheet(slot: _Slot, paper: Size) -> Matrix:
    """From upright coordinates of the page to the sheet's, both from the bottom left."""
    if slot.turned:
        return (-1, 0, 0, -1, slot.box.right, paper.height - slot.box.y)
    return (1, 0, 0, 1, slot.box.x, paper.height - slot.box.bottom)


def _visible(source: Source, slot: _Slot, whole_way: Matrix, paper: Size) -> Box:
    """The part of a page that prints, in its own coordinates: its bleed as far as its place on the sheet allows."""
    bleed, allowed = place_box(source.bleed, whole_way), _mirrored_down(slot.clip, paper)
    x, y = max(bleed.x, allowed.x), max(bleed.y, allowed.y)
    seen = Box(x, y, min(bleed.right, allowed.right) - x, min(bleed.bottom, allowed.bottom) - y)
    return place_box(seen, _inverse(whole_way))


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


class _Forms:
    """Form XObjects by what they show, so that pages alike, such as the backs of all badges, are kept once."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._made: dict[tuple[object, ...], tuple[str, PdfObject]] = {}
        self._shared: dict[str, PdfObject] = {}

    def form(self, source: Source, visible: Box) -> tuple[str, PdfObject]:
        """The name and the form of a page, cut to a box in the page's own coordinates."""
        data, coding, resources, group = pdfpages.form(source)
        shared = {"/Resources": self._share(resources)}
        if group is not None:
            shared["/Group"] = self._share(group)
        box = (visible.x, visible.y, visible.right, visible.bottom)
        key = (data, repr(coding), repr(shared), tuple(map(number_text, box)))
        if key not in self._made:
            form = StreamObject()
            form.set_data(data)
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            form[NameObject("/BBox")] = array(box)
            for entry, value in coding.items():
                form[NameObject(entry)] = value.clone(self._writer)
            for entry, value in shared.items():
                form[NameObject(entry)] = value
            self._made[key] = (f"/P{len(self._made) + 1}", self._writer._add_object(form))
        return self._made[key]

    def _share(self, value: PdfObject) -> PdfObject:
        """A reference to a value that many pages have alike, such as their fonts."""
        key = repr(value)
        if key not in self._shared:
            copy = value.clone(self._writer)
            self._shared[key] = copy if isinstance(copy, IndirectObject) else self._writer._add_object(copy)
        return self._shared[key]


def _marks_content(lines: Sequence[_Line], paper: Size) -> list[str]:
    if not lines:
        return []
    paths = [
        f"{number_text(x)} {number_text(paper.height - y)} m {number_text(to_x)} {number_text(paper.height - to_y)} l"
        for x, y, to_x, to_y in lines
    ]
    return [f"q 0 G {_MARK_WIDTH} w", *paths, "S Q"]


def _stream(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(zlib.compress(content))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def _finish(writer: PdfWriter, reader: PdfReader, digest: hashlib._Hash, title: str) -> bytes:
    """The file with title, language and an identifier that depends on its content alone."""
    said = reader.metadata or DictionaryObject()
    known = {key: str(entry(said, key)) for key in ("/Title", "/Author", "/Subject") if key in said}
    if title:
        known["/Title"] = title
    writer.metadata = {**known, "/Producer": "eventprint"}
    if "/Lang" in reader.root_object:
        writer.root_object[NameObject("/Lang")] = TextStringObject(reader.root_object["/Lang"])
    name = ByteStringObject(digest.digest()[:16])
    writer._ID = ArrayObject((name, name))
    writer.pdf_header = "%PDF-1.7"
    writer.write(file := io.BytesIO())
    return file.getvalue()
