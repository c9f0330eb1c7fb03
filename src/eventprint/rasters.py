"""Pages as pictures, for proofs: PDFium draws them, a contact sheet shows many at once.

The pictures are for looking at, never for printing.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

import pypdfium2  # type: ignore[import-untyped]  # the package has no marker for its annotations
from PIL import Image, ImageDraw, ImageFont

from .geometry import Size, inch
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
    columns: int | None = None,
    max_pages_per_sheet: int = 40,
    shown: Sequence[int] | None = None,
    note: str = "",
) -> list[bytes]:
    """The pages of a file, small and in rows with their numbers, as PNG pictures 2400 pixels wide.

    With `spreads` pages stand in pairs as in an open booklet, the first and an even last one alone. With `shown` only
    these pages, counted from 0, are drawn; how many there are stands on the sheet, and the note why. Pages show their
    trim. The same file gives the same bytes.
    """
    with _pages(pdf, shown, trimmed=True) as (labels, pages):
        if not pages:
            return []
        sizes = [Size(*page.get_size()) for page in pages]
        sheets = _sheets(_units(len(pages), spreads), max_pages_per_sheet)
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


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(shelf("fonts") / "core" / "FiraSans-Regular.ttf", size)


def _picture(page: pypdfium2.PdfPage, place: _Placed) -> Image.Image:
    """The page at the size of its place, without a second scaling that would blur it."""
    scale = max(place.width / page.get_width(), place.height / page.get_height())
    return cast(Image.Image, page.render(scale=scale).to_pil()).crop((0, 0, place.width, place.height))
