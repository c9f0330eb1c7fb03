"""Text can be read on what lies under it, whatever the brand's colours: measured on pixels, product by product.

Each page is drawn for the screen and rendered by PDFium. In the place of each text the pixels of its colour are
held against those round them. What preflight says of the same pages must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image as pillow

from eventprint import compose, preflight
from eventprint.colours import WHITE, Colour
from eventprint.draw import draw
from eventprint.event import Brand, Event, Product
from eventprint.geometry import Box, Size
from eventprint.page import Edition, Page, Text, place_box, rectangle, walk
from eventprint.problems import Problems
from eventprint.text import Style, shape

pytestmark = pytest.mark.thorough

PALETTES = {
    "the sample's": ("#0d4f57", "#a9571f"),
    "light": ("#cfe8ff", "#ffe08a"),
    "pastel": ("#f7c6d9", "#c9f2c7"),
    "dark": ("#101820", "#3a1020"),
    "red and green": ("#ff0000", "#00ff00"),
    "yellow and blue": ("#ffd500", "#0000ff"),
    "blue and yellow": ("#0000ff", "#ffff00"),
    "magenta and cyan": ("#ff00ff", "#00ffff"),
    "the middle of greys": ("#777777", "#767676"),
    "orange": ("#ff7a00", "#ff9a3c"),
    "white": ("#ffffff", "#fefefe"),
    "black": ("#000000", "#111111"),
}
"""Primary and accent: light, dark, saturated, and those that neither white nor black letters like."""

PRODUCTS = ("programme", "badge-90x55", "badge-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4", "pile-list")

NEEDED, NEEDED_LARGE, LARGE = 4.5, 3.0, 18.0
"""WCAG 2.2, 1.4.3: the ratio of small text, and of text from so many points on."""


def in_colours(event: Event, palette: str) -> Event:
    """The event in the colours of a palette, its people's roles too."""
    primary, accent = (Colour.parse(colour) for colour in PALETTES[palette])
    brand = Brand(primary, accent, logo=event.brand.logo)
    roles = tuple(replace(role, colour=(primary, accent)[at % 2]) for at, role in enumerate(event.roles))
    return replace(event, brand=brand, roles=roles)


def luminance(pixel: Sequence[int]) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in pixel[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Sequence[int], other: Sequence[int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def apart(one: Sequence[int], other: Sequence[int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def measured(picture: pillow.Image, box: Box, scale: float, colour: Colour) -> float:
    """The contrast of letters in a box to what lies under them, the least where that has two colours; 1 for nothing.

    The pixels nearest to the colour of the letters are theirs; their ground is what fills a good part of the rest.
    """
    edges = (box.x * scale - 1, box.y * scale - 1, box.right * scale + 1, box.bottom * scale + 1)
    part = picture.crop(tuple(map(round, edges)))  # type: ignore[arg-type]
    colours = sorted(part.getcolors(part.width * part.height) or (), reverse=True)
    wanted = [round(255 * channel) for channel in colour.channels]
    letters = min((pixel for count, pixel in colours if count >= 3), key=lambda pixel: apart(pixel, wanted))
    others = [(count, pixel) for count, pixel in colours if apart(pixel, letters) > 4]
    if apart(letters, wanted) > 8 or not others:
        return 1.0
    area = part.width * part.height
    grounds = [pixel for count, pixel in others if count > 0.1 * area] or [others[0][1]]
    return min(ratio(letters, ground) for ground in grounds)


def look(pages: Sequence[Page]) -> Iterator[tuple[str, float, float]]:
    """Each text of each page: what it says, its size, its contrast as measured."""
    data = draw(pages, edition=Edition.OFFICE, title="A title", language="en")
    with pypdfium2.PdfDocument(data) as document:
        for page, drawn in zip(pages, document, strict=True):
            scale = 300 / 72 * min(1.0, 420 / page.size.width)
            picture = drawn.render(scale=scale).to_pil().convert("RGB")
            for mark, matrix in walk(page.marks):
                if isinstance(mark, Text) and mark.line.text.strip():
                    place = place_box(mark.box, matrix)
                    yield mark.line.text, mark.size, measured(picture, place, scale, mark.colour)


def of(event: Event, layout: str) -> list[Page]:
    """The pages that differ: some people, every kind of sign."""
    some = replace(event, attendees=event.attendees[:3])
    pages = compose.compose(some, Product(layout), Problems()).pages
    return list(pages[:14] if layout.startswith("signs") else pages[:8])


@pytest.mark.parametrize("palette", PALETTES)
def test_every_text_of_every_product_stands_out(sample: Event, palette: str) -> None:
    event = in_colours(sample, palette)
    pale: dict[str, list[tuple[str, float, float]]] = {}
    count = 0
    for layout in PRODUCTS:
        pages = of(event, layout)
        for text, size, found in look(pages):
            count += 1
            # a shade of 255 more or less is rounding
            if found < (NEEDED if size < LARGE else NEEDED_LARGE) - 0.08:
                pale.setdefault(layout, []).append((text, round(size, 1), round(found, 2)))
    assert count > 300, "there is nothing to look at"
    assert pale == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_preflight_says_the_same(sample: Event, palette: str) -> None:
    event = in_colours(sample, palette)
    spec = preflight.spec("sheet")
    for layout in PRODUCTS:
        pages = of(event, layout)
        pdf = draw(pages, edition=Edition.SHOP, title="A title", language="en")
        report = preflight.preflight(pdf, spec, pages=pages)
        assert [fault.message for fault in report.faults if fault.rule == "PF-065"] == [], layout


@pytest.mark.parametrize(
    ("letters", "ground", "size"),
    [
        ("#777777", "#ffffff", 12),
        ("#767676", "#ffffff", 12),
        ("#949494", "#ffffff", 24),
        ("#959595", "#ffffff", 24),
        ("#ffffff", "#ffd500", 40),
        ("#0b5c5c", "#ffd500", 9),
        ("#ff0000", "#0000ff", 20),
        ("#ff7a00", "#ffffff", 10),
        ("#ff7a00", "#000000", 10),
    ],
)
def test_pixels_and_preflight_agree_at_the_limit(letters: str, ground: str, size: float) -> None:
    """On both sides of it: what pixels say is pale is what preflight reports, and nothing else."""
    text = Text(20, 100, shape("Hamburg", Style(weight=600)), size, Colour.parse(letters))
    page = Page(Size(300, 200), (rectangle(Box(0, 0, 300, 200), Colour.parse(ground)), text), 0)
    ((_, _, found),) = look([page])
    assert found == pytest.approx(Colour.parse(letters).contrast(Colour.parse(ground)), abs=0.03)
    pdf = draw([page], edition=Edition.SHOP, title="A title", language="en")
    report = preflight.preflight(pdf, preflight.spec("sheet"), pages=[page])
    reported = any(fault.rule == "PF-065" for fault in report.faults)
    assert reported is (found < (NEEDED if size < LARGE else NEEDED_LARGE) - 0.005)


def test_text_over_two_grounds_is_judged_by_the_worse() -> None:
    """The left half on black, where it reads well, the right half on nearly its own colour."""
    grounds = (rectangle(Box(0, 0, 60, 200), Colour(0, 0, 0)), rectangle(Box(60, 0, 240, 200), Colour(0.9, 0.9, 0.9)))
    text = Text(20, 100, shape("Hamburg", Style(weight=600)), 24, WHITE)
    ((_, _, found),) = look([Page(Size(300, 200), (*grounds, text), 0)])
    assert found < 1.5
