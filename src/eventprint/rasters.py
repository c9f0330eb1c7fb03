"""Pages as pictures, for proofs: PDFium draws them, a contact sheet shows many at once, a marked page its faults.

The pictures are for looking at, never for printing.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

import pypdfium2  # type: ignore[import-untyped]  # the package has no marker for its annotations
from PIL import Image, ImageDraw, ImageFont

from .geometry import Box, Size, inch
from .page import Group, Page, Text
from .shelves import shelf
from .values import dataclass

_WIDTH = 2400
_MARGIN, _GAP = 72, 48
_HEADING, _LABEL = 40, 24
_PAPER, _HAIRLINE, _INK, _QUIET = (236, 236, 234), (178, 178, 174), (34, 34, 34), (110, 110, 106)


def pages_to_png(pdf: bytes, ppi: float = 96) -> list[Image.Image]:
    """Every page of a file as a picture on white, at so many pixels an inch."""
    with _pages(pdf) as (_, pages):
        return [cast(Image.Image, page.render(scale=ppi / inch).to_pil()) for page in pages]


def worth_showing(pages: Sequence[Page]) -> tuple[list[int], str]:
    """The pages, counted from 0, that a proof has to show, and in a few words which they are.

    Pages of the very same marks, such as the backs of most badges, are shown once. Of more than `_MOST` different ones
    a sample stands for all, the worst of this list first: some with faults, some that are not set as wished, some of
    each look, some with the smallest letters, then the first.
    """
    # What several roles share is equal without being the same: each group is compared by what is in it, but once.
    groups = {id(m): m for page in pages for m in page.marks if isinstance(m, Group) and m.shared}
    first: dict[Group, int] = {}
    same = {key: first.setdefault(group, key) for key, group in groups.items()}
    alike: dict[tuple[int, ...], int] = {}
    for number, page in enumerate(pages):
        alike.setdefault(tuple(same.get(id(mark), id(mark)) for mark in page.marks), number)
    different = list(alike.values())
    if len(different) <= _MOST:
        return different, "pages that are alike are shown once" if len(different) < len(pages) else ""
    looks: dict[tuple[int, ...], int] = {}
    for number in different:
        looks.setdefault(tuple(id(m) for m in pages[number].marks if isinstance(m, Group) and m.shared), number)
    faulty = [number for number in different if pages[number].problems]
    strained = sorted((n for n in different if pages[n].fittings), key=lambda number: -pages[number].strain)
    tight = sorted(different, key=lambda number: _ease(pages[number]))
    part = _SAMPLE // 4
    kept = dict.fromkeys((*faulty[:part], *strained[:part], *list(looks.values())[:part], *tight[:part], *different))
    return list(kept)[:_SAMPLE], "the worst, some of each look and with the smallest letters, then the first"


_MOST, _SAMPLE = 120, 40


def _ease(page: Page) -> tuple[float, int]:
    """How little the largest words of a page's own were pressed: their size, then how few letters there are."""
    texts = [mark for mark in page.marks if isinstance(mark, Text)]
    return max((text.size for text in texts), default=math.inf), -sum(len(text.line.text) for text in texts)


def contact_sheets(
    pdf: bytes,
    *,
    title: str,
    spreads: bool = False,
    right_to_left: bool = False,
    columns: int | None = None,
    max_pages_per_sheet: int = 40,
    shown: Sequence[int] | None = None,
    note: str = "",
) -> list[bytes]:
    """The pages of a file, small and in rows with their numbers, as PNG pictures 2400 pixels wide.

    With `spreads` pages stand in pairs as in an open booklet, the first and an even last one alone; in one that is
    read from right to left they change sides. With `shown` only
    these pages, counted from 0, are drawn; how many there are stands on the sheet, and the note why. Pages show their
    trim. The same file gives the same bytes.
    """
    with _pages(pdf, shown, trimmed=True) as (labels, pages):
        if not pages:
            return []
        sizes = [Size(*page.get_size()) for page in pages]
        units = _units(len(pages), spreads)
        units = [unit[::-1] for unit in units] if right_to_left else units
        sheets = _sheets(units, max_pages_per_sheet)
        about = f"{len(pages)} of {len(labels)} pages" if len(pages) < len(labels) else _count(len(pages))
        about += f": {note}" if note else ""
        numbers = range(len(pages)) if shown is None else shown
        made = []
        for number, units in enumerate(sheets, 1):
            name = f"{title} ({number}/{len(sheets)})" if len(sheets) > 1 else title
            plan = _plan(units, sizes, columns)
            pictures = [_picture(pages[place.page], place) for place in plan]
            made.append(_sheet(name, about, plan, pictures, [labels[numbers[place.page]] for place in plan]))
        return made


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


@contextmanager
def _pages(
    pdf: bytes, shown: Sequence[int] | None = None, *, trimmed: bool = False
) -> Iterator[tuple[list[str], list[pypdfium2.PdfPage]]]:
    """The labels of all pages and the pages shown, of a file as long as it is open."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        labels = [str(document.get_page_label(number)) or str(number + 1) for number in range(len(document))]
        pages = [document[number] for number in (range(len(document)) if shown is None else shown)]
        for page in pages if trimmed else ():
            page.set_cropbox(*page.get_trimbox())
        yield labels, pages
    finally:
        document.close()


_Unit = tuple[int | None, ...]
"""Pages from 0 that stand side by side; None keeps the place of one that is not there."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page on a contact sheet, in pixels."""

    page: int
    x: int
    y: int
    width: int
    height: int


def _units(count: int, spreads: bool) -> list[_Unit]:
    if not spreads:
        return [(number,) for number in range(count)]
    pairs: list[_Unit] = [(number, number + 1 if number + 1 < count else None) for number in range(1, count, 2)]
    return [(None, 0), *pairs] if count else []


def _sheets(units: Sequence[_Unit], most: int) -> list[list[_Unit]]:
    """Units in sheets of nearly equal length, none with a lonely page and no back parted from its front."""
    pages = sum(len(unit) for unit in units)
    count = max(1, math.ceil(pages / most))
    each = 2 * math.ceil(len(units) / count / 2)
    return [list(units[start : start + each]) for start in range(0, len(units), each)]


def _plan(units: Sequence[_Unit], sizes: Sequence[Size], columns: int | None) -> list[_Placed]:
    """Where pages lie: equal columns, rows as high as their highest page, pages of one sheet at one scale."""
    wide = max(_width(unit, sizes) for unit in units)
    high = max(_height(unit, sizes) for unit in units)
    across = columns or _columns(len(units), wide / high)
    column = (_WIDTH - 2 * _MARGIN - (across - 1) * _GAP) / across
    scale = min(column / wide, (_WIDTH - 2 * _MARGIN) / high)
    placed = []
    y = _MARGIN + 2 * _HEADING
    for start in range(0, len(units), across):
        row = units[start : start + across]
        height = max(round(_height(unit, sizes) * scale) for unit in row)
        for position, unit in enumerate(row):
            x = _MARGIN + position * (column + _GAP)
            half = _width(unit, sizes) * scale / len(unit)
            for number, page in enumerate(unit):
                if page is not None:
                    # Edges are rounded rather than widths: the pages of a spread meet.
                    left, right = round(x + number * half), round(x + number * half + sizes[page].width * scale)
                    page_height = round(sizes[page].height * scale)
                    placed.append(_Placed(page, left, y + height - page_height, right - left, page_height))
        y += height + 2 * _LABEL + _GAP
    return placed


def _columns(count: int, proportion: float) -> int:
    """Few columns for few pages, so that they are large, and a sheet no taller than about twice its width."""
    return next((n for n in range(min(count, 2), 11) if math.ceil(count / n) / n / proportion <= 1.4), 11)


def _width(unit: _Unit, sizes: Sequence[Size]) -> float:
    return max(sizes[page].width for page in unit if page is not None) * len(unit)


def _height(unit: _Unit, sizes: Sequence[Size]) -> float:
    return max(sizes[page].height for page in unit if page is not None)


def _sheet(
    title: str, about: str, plan: Sequence[_Placed], pictures: Sequence[Image.Image], labels: Sequence[str]
) -> bytes:
    bottom = max(place.y + place.height for place in plan) + 2 * _LABEL + _MARGIN
    sheet = Image.new("RGB", (_WIDTH, bottom), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_MARGIN, _MARGIN + _HEADING), title, _INK, _font(_HEADING), anchor="ls")
    pen.text((_WIDTH - _MARGIN, _MARGIN + _HEADING), about, _QUIET, _font(_LABEL), anchor="rs")
    for place, picture, label in zip(plan, pictures, labels, strict=True):
        sheet.paste(picture, (place.x, place.y))
        pen.rectangle((place.x - 1, place.y - 1, place.x + place.width, place.y + place.height), outline=_HAIRLINE)
        below = (place.x + place.width / 2, place.y + place.height + 1.5 * _LABEL)
        pen.text(below, label, _QUIET, _font(_LABEL), anchor="ms")
    # Flat colours and letters: higher levels take half as long again and save nothing.
    sheet.save(file := io.BytesIO(), "PNG", compress_level=2)
    return file.getvalue()


@lru_cache(maxsize=8)
def _font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(shelf("fonts") / "core" / f"FiraSans-{weight}.ttf", size)


def _picture(page: pypdfium2.PdfPage, place: _Placed) -> Image.Image:
    """The page at the size of its place, without a second scaling that would blur it."""
    scale = max(place.width / page.get_width(), place.height / page.get_height())
    return cast(Image.Image, page.render(scale=scale).to_pil()).crop((0, 0, place.width, place.height))


# Pages with places marked on them


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered remark about a page: what stands in the legend, and the places it is about.

    Places are in points from the top left corner of the trim, y downwards; without any the remark is about all of it.
    """

    number: int
    words: str
    source: str = ""
    hint: str = ""
    grave: bool = True
    places: tuple[Box, ...] = ()


_GRAVE, _MILD, _TRIM, _BLEED = (206, 0, 62), (214, 110, 0), (0, 104, 180), (120, 120, 116)
_LEGEND, _TALLEST, _WIDEST = 860, 1760, _WIDTH - 860 - 3 * _MARGIN
_SMALL, _DISC = 22, 19
_STROKE, _HALO = 5, 11


def marked_page(
    pdf: bytes, number: int, notes: Sequence[Note], *, title: str, about: str = "", whole: Sequence[Note] = ()
) -> bytes:
    """A page, counted from 1, with numbered outlines round the places of notes and the notes beside it, as PNG.

    Shown is all there is of the page, its trim and its bleed as thin lines; `whole` are notes about the file. Raises
    ValueError where the page cannot be drawn.
    """
    try:
        with _pages(pdf, [number - 1]) as (labels, (page,)):
            media, bleed, trim = page.get_mediabox(), page.get_bleedbox(), page.get_trimbox()
            page.set_rotation(0)
            page.set_cropbox(*media)
            across, down = media[2] - media[0], media[3] - media[1]
            scale = min(_WIDEST / across, _TALLEST / down)
            picture = cast(Image.Image, page.render(scale=scale).to_pil()).convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as fault:
        raise ValueError(f"page {number} cannot be drawn: {fault}") from None
    name = f"{title} · page {number} of {len(labels)}"
    legend = _Legend(notes, whole)
    top = _MARGIN + 2 * _HEADING
    width = 2 * _MARGIN + picture.width + _MARGIN + _LEGEND
    height = top + max(picture.height + _KEY, legend.height) + _MARGIN
    sheet = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text(
        (_MARGIN, _MARGIN + _HEADING),
        _shortened(name, _font(_HEADING), width - 2 * _MARGIN),
        _INK,
        _font(_HEADING),
        anchor="ls",
    )
    sheet.paste(picture, (_MARGIN, top))
    pen.rectangle((_MARGIN - 1, top - 1, _MARGIN + picture.width, top + picture.height), outline=_HAIRLINE)
    by = (picture.width / across, picture.height / down)

    def placed(left: float, upper: float, right: float, lower: float) -> tuple[float, float, float, float]:
        """Edges of the PDF's frame, y upwards, as pixels of the sheet."""
        return (
            _MARGIN + (left - media[0]) * by[0],
            top + (media[3] - upper) * by[1],
            _MARGIN + (right - media[0]) * by[0],
            top + (media[3] - lower) * by[1],
        )

    for box, colour in ((bleed, _BLEED), (trim, _TRIM)):
        pen.rectangle(placed(box[0], box[3], box[2], box[1]), outline=colour, width=2)
    frame = (_MARGIN, top, _MARGIN + picture.width, top + picture.height)
    _outline(
        pen,
        notes,
        lambda box: placed(trim[0] + box.x, trim[3] - box.y, trim[0] + box.right, trim[3] - box.bottom),
        frame,
    )
    _key(pen, _MARGIN, top + picture.height, about)
    legend.draw(pen, 2 * _MARGIN + picture.width, top)
    sheet.save(file := io.BytesIO(), "PNG", compress_level=4)
    return file.getvalue()


_KEY = 4 * _LABEL

_Edges = tuple[float, float, float, float]


def _outline(pen: ImageDraw.ImageDraw, notes: Sequence[Note], placed: Callable[[Box], _Edges], frame: _Edges) -> None:
    """An outline round each place, and its number on a disc at a corner that no other disc covers."""
    taken: list[tuple[float, float]] = []
    found = [(note, _grown(placed(box), frame)) for note in reversed(notes) for box in note.places]
    for note, edges in found:
        colour = _GRAVE if note.grave else _MILD
        pen.rounded_rectangle(_wider(edges, (_HALO - _STROKE) / 2), 6, outline="white", width=_HALO)
        pen.rounded_rectangle(edges, 6, outline=colour, width=_STROKE)
    for note, edges in found:
        places = [_clamped(at, frame) for at in _corners(edges)]
        free = (at for at in places if all(math.dist(at, other) > 2 * _DISC for other in taken))
        x, y = next(free, places[0])
        taken.append((x, y))
        _disc(pen, x, y, note)


def _corners(edges: _Edges) -> Iterator[tuple[float, float]]:
    """Where a number may stand: off the corners of an outline, or else along its upper edge."""
    left, upper, right, lower = _wider(edges, 0.7 * _DISC)
    yield from ((left, upper), (right, upper), (left, lower), (right, lower))
    step = 2 * _DISC + 4
    for at in range(1, 40):
        yield left + at * step, upper


def _clamped(at: tuple[float, float], frame: _Edges) -> tuple[float, float]:
    """The nearest point that leaves a whole disc inside a frame."""
    x, y = at
    return (
        min(max(x, frame[0] + _DISC), frame[2] - _DISC),
        min(max(y, frame[1] + _DISC), frame[3] - _DISC),
    )


def _grown(edges: _Edges, frame: _Edges) -> _Edges:
    """Edges a little away from what they are about, so that nothing of it is hidden; inside the frame."""
    left, upper, right, lower = _wider(edges, 11)
    return (
        min(max(left, frame[0]), frame[2] - 14),
        min(max(upper, frame[1]), frame[3] - 14),
        max(min(right, frame[2]), frame[0] + 14),
        max(min(lower, frame[3]), frame[1] + 14),
    )


def _wider(edges: _Edges, by: float) -> _Edges:
    return edges[0] - by, edges[1] - by, edges[2] + by, edges[3] + by


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, note: Note) -> None:
    box = (x - _DISC, y - _DISC, x + _DISC, y + _DISC)
    pen.ellipse(_wider(box, 3), fill="white")
    pen.ellipse(box, fill=_GRAVE if note.grave else _MILD)
    size = _SMALL if note.number < 100 else _SMALL - 6
    # figures have no descenders: their middle is half their height above the line
    pen.text((x, y + 0.345 * size), str(note.number), "white", _font(size, "SemiBold"), anchor="ms")


def _key(pen: ImageDraw.ImageDraw, x: int, y: int, about: str) -> None:
    """What the thin lines are, below the page."""
    y += 2 * _LABEL
    for colour, words in ((_TRIM, "the trim: here it is cut"), (_BLEED, "the bleed, cut off")):
        pen.line((x, y - 0.34 * _SMALL, x + 36, y - 0.34 * _SMALL), colour, 3)
        pen.text((x + 48, y), words, _QUIET, _font(_SMALL), anchor="ls")
        x += 48 + round(_font(_SMALL).getlength(words)) + 40
    pen.text((x, y), about, _QUIET, _font(_SMALL), anchor="ls")


class _Legend:
    """Notes as a column: number, what is wrong, what to do, and by which rule."""

    def __init__(self, notes: Sequence[Note], whole: Sequence[Note]) -> None:
        self._lines: list[tuple[int, Note | None, str, tuple[int, int, int], str]] = []
        """How far down, whose number stands before it, the words, their colour and their weight."""
        self.height = 0
        self._add("On this page", notes)
        self._add("The whole file", whole)

    def _add(self, heading: str, notes: Sequence[Note]) -> None:
        if not notes:
            return
        self.height += _LABEL if self.height else 0
        self._line(None, heading, _QUIET, "Regular", 1.6)
        for note in notes:
            self.height += 14
            width = _LEGEND - _INDENT
            for at, words in enumerate(_broken(_sentence(note.words), _font(_TEXT, "SemiBold"), width)):
                self._line(None if at else note, words, _INK, "SemiBold")
            for words in _broken(_sentence(note.hint), _font(_TEXT), width):
                self._line(None, words, _INK, "Regular")
            if note.source:
                self._line(None, note.source, _QUIET, "Small")

    def _line(
        self, note: Note | None, words: str, colour: tuple[int, int, int], weight: str, lead: float = 1.3
    ) -> None:
        self.height += round(lead * _TEXT)
        self._lines.append((self.height, note, words, colour, weight))

    def draw(self, pen: ImageDraw.ImageDraw, x: int, top: int) -> None:
        for y, note, words, colour, weight in self._lines:
            indent = 0 if weight == "Regular" and colour == _QUIET else _INDENT
            font = _font(_SMALL) if weight == "Small" else _font(_TEXT, weight)
            pen.text((x + indent, top + y - _TEXT // 3), words, colour, font, anchor="ls")
            if note:
                _disc(pen, x + _DISC, top + y - _TEXT // 3 - 0.34 * _TEXT, note)


_TEXT, _INDENT = 28, 58


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _broken(words: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Words in lines that are no wider; a word that is wider itself is cut."""
    lines: list[str] = []
    for word in words.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(_shortened(word, font, width))
    return lines


def _shortened(words: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(words) <= width:
        return words
    return next((cut for at in range(len(words), 0, -1) if font.getlength(cut := f"{words[:at]}…") <= width), "…")
