"""Contact sheets: every page once, in order, at its proportions, with its number."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw

from eventprint.geometry import Box, mm
from eventprint.rasters import Note, contact_sheets, marked_page, pages_to_png

PAPER = (236, 236, 234)


def coloured(colours: Sequence[tuple[int, int, int]], width: float, height: float, bleed: float = 0.0) -> bytes:
    """A page of each colour within the trim, magenta in the bleed."""
    pdf = pikepdf.new()
    for colour in colours:
        page = pdf.add_blank_page(page_size=(width + 2 * bleed, height + 2 * bleed))
        page.trimbox = [bleed, bleed, bleed + width, bleed + height]
        fill = " ".join(str(channel / 255) for channel in colour)
        whole = f"1 0 1 rg 0 0 {width + 2 * bleed} {height + 2 * bleed} re f"
        page.Contents = pdf.make_stream(f"{whole} {fill} rg {bleed} {bleed} {width} {height} re f".encode())
    pdf.save(file := io.BytesIO())
    return file.getvalue()


def shades(count: int) -> list[tuple[int, int, int]]:
    return [(200, 10 + 2 * number, 30) for number in range(count)]


def seen(png: bytes, colours: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Where each colour lies on a sheet: left, top, right, bottom of its pixels."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    found = []
    for colour in colours:
        red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
        same = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda off: 255 * (off == 0))
        if place := same.getbbox():
            assert same.histogram()[255] == (place[2] - place[0]) * (place[3] - place[1])
            found.append(place)
    return found


def count(png: bytes, colours: Sequence[tuple[int, int, int]]) -> int:
    """How many of the colours fill more of a sheet than the edge of a letter."""
    shown = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24) or []
    return sum(1 for pixels, colour in shown if colour in colours and pixels > 5000)


@pytest.mark.parametrize("number", [1, 2, 5, 12])
def test_every_page_shows_once_in_reading_order_and_proportion(number: int) -> None:
    (sheet,) = contact_sheets(coloured(shades(number), 90 * mm, 55 * mm, 3 * mm), title="Badges")
    places = seen(sheet, shades(number))
    assert len(places) == number
    assert places == sorted(places, key=lambda place: (place[1], place[0]))
    for left, top, right, bottom in places:
        assert (right - left) / (bottom - top) == pytest.approx(90 / 55, rel=0.02)


def test_bleed_is_not_shown() -> None:
    (sheet,) = contact_sheets(coloured(shades(4), 90 * mm, 55 * mm, 3 * mm), title="Badges")
    assert seen(sheet, [(255, 0, 255)]) == []


def test_many_pages_take_several_sheets_of_like_length() -> None:
    sheets = contact_sheets(coloured(shades(36), 90 * mm, 55 * mm), title="Badges", max_pages_per_sheet=16)
    assert [count(sheet, shades(36)) for sheet in sheets] == [12, 12, 12]


def test_fronts_keep_their_backs() -> None:
    sheets = contact_sheets(coloured(shades(14), 90 * mm, 55 * mm), title="Badges", max_pages_per_sheet=8)
    assert [count(sheet, shades(14)) for sheet in sheets] == [8, 6]


def test_spreads_stand_as_an_open_booklet() -> None:
    (sheet,) = contact_sheets(coloured(shades(8), 148 * mm, 210 * mm), title="Programme", spreads=True)
    places = seen(sheet, shades(8))
    cover, left, right, *_, back = places
    assert right[0] - left[2] <= 1
    assert left[1] == right[1]
    assert cover[0] - min(place[0] for place in places) == pytest.approx(cover[2] - cover[0], abs=2)
    assert len(places) == 8
    assert back[2] not in {place[0] - 1 for place in places if place[1] == back[1]}


def test_columns_can_be_asked_for() -> None:
    (sheet,) = contact_sheets(coloured(shades(6), 50 * mm, 50 * mm), title="Signs", columns=2)
    assert len({place[0] for place in seen(sheet, shades(6))}) == 2


def test_pages_of_different_sizes_keep_their_scale() -> None:
    pdf = pikepdf.open(io.BytesIO(coloured(shades(2)[:1], 210 * mm, 297 * mm)))
    pdf.pages.extend(pikepdf.open(io.BytesIO(coloured(shades(2)[1:], 148 * mm, 210 * mm))).pages)
    pdf.save(file := io.BytesIO())
    (sheet,) = contact_sheets(file.getvalue(), title="Signs")
    large, small = seen(sheet, shades(2))
    assert (small[2] - small[0]) / (large[2] - large[0]) == pytest.approx(148 / 210, rel=0.01)
    assert large[3] == small[3]


def test_a_turned_page_is_shown_upright() -> None:
    pdf = pikepdf.open(io.BytesIO(coloured(shades(1), 90 * mm, 55 * mm, 3 * mm)))
    pdf.pages[0].rotate(90, relative=True)
    pdf.save(file := io.BytesIO())
    (sheet,) = contact_sheets(file.getvalue(), title="Sign")
    ((left, top, right, bottom),) = seen(sheet, shades(1))
    assert (right - left) / (bottom - top) == pytest.approx(55 / 90, rel=0.02)


def test_the_number_stands_below_its_page() -> None:
    pdf = pikepdf.open(io.BytesIO(coloured(shades(2), 90 * mm, 55 * mm)))
    pdf.save(plain := io.BytesIO())
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r, St=7)])
    pdf.save(roman := io.BytesIO())
    sheets = [Image.open(io.BytesIO(contact_sheets(file.getvalue(), title="X")[0])) for file in (plain, roman)]
    left, top, right, _ = ImageChops.difference(*(sheet.convert("L") for sheet in sheets)).getbbox() or (0, 0, 0, 0)
    first, second = seen(contact_sheets(plain.getvalue(), title="X")[0], shades(2))
    assert top > first[3]
    assert first[0] < left < first[2] < second[0] < right < second[2]


def test_the_same_file_gives_the_same_bytes() -> None:
    pdf = coloured(shades(10), 90 * mm, 55 * mm)
    assert contact_sheets(pdf, title="Badges") == contact_sheets(pdf, title="Badges")


def test_the_ground_is_light_grey_and_the_width_fixed() -> None:
    picture = Image.open(io.BytesIO(contact_sheets(coloured(shades(3), 90 * mm, 55 * mm), title="Badges")[0]))
    assert picture.getpixel((0, 0)) == picture.getpixel((picture.width - 1, picture.height - 1)) == PAPER
    assert picture.width == 2400


def test_pages_become_pictures_at_the_asked_resolution() -> None:
    pictures = pages_to_png(coloured(shades(2), 25.4 * mm, 50.8 * mm), 300)
    assert [picture.size for picture in pictures] == [(300, 600)] * 2
    assert [picture.getpixel((150, 300)) for picture in pictures] == shades(2)


# Marked pages


def trimmed_page() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(240, 240))
        pdf.pages[0].TrimBox = pikepdf.Array([20, 20, 220, 220])
        pdf.pages[0].BleedBox = pikepdf.Array([11, 11, 229, 229])
        pdf.save(out)
    return out.getvalue()


def around(picture: Image.Image, colour: tuple[int, int, int], right: int) -> tuple[int, int, int, int] | None:
    """The box round all pixels of exactly this colour left of a column."""
    page = picture.crop((0, 0, right, picture.height))
    off = ImageChops.difference(page, Image.new("RGB", page.size, colour)).convert("RGB").split()
    worst = ImageChops.lighter(ImageChops.lighter(off[0], off[1]), off[2])
    return worst.point([255] + 255 * [0]).getbbox()


def test_a_place_is_marked_where_it_is() -> None:
    note = Note(7, "something is wrong", "PF-999", "mend it", True, (Box(50, 100, 60, 30),))
    picture = Image.open(io.BytesIO(marked_page(trimmed_page(), 1, [note], title="a.pdf")))
    page = picture.crop((0, 0, 1440, 1480))  # without the key below it
    trim = around(page, (0, 104, 180), 1440)
    assert trim is not None
    side = trim[2] - trim[0]  # 200 points, as wide as the trim
    found = around(page, (206, 0, 62), 1440)
    assert found is not None
    left, upper = (found[0] - trim[0]) / side * 200, (found[1] - trim[1]) / side * 200
    right, lower = (found[2] - trim[0]) / side * 200, (found[3] - trim[1]) / side * 200
    # the outline stands a little off its place; its number lies at the upper left corner
    assert 40 < left < 50
    assert 90 < upper < 100
    assert 110 < right < 113
    assert 130 < lower < 133


@pytest.mark.thorough
def test_a_page_with_nothing_to_outline_has_its_notes_all_the_same() -> None:
    note = Note(1, "the page has no fonts " * 40, hint="embed " * 60, grave=False)
    bare = Image.open(io.BytesIO(marked_page(trimmed_page(), 1, [], title="a.pdf")))
    noted = Image.open(io.BytesIO(marked_page(trimmed_page(), 1, [note] * 30, title="a.pdf")))
    assert bare.width == noted.width
    assert bare.height < noted.height
    assert around(bare, (214, 110, 0), bare.width) is None
    assert around(noted, (214, 110, 0), 1440) is None
    assert around(noted, (214, 110, 0), noted.width) is not None


@pytest.mark.thorough
def test_numbers_never_cover_each_other() -> None:
    """Ten remarks about the same corner: as many discs, each whole, so each with its own white rim."""
    many = [Note(number, "something", places=(Box(-9, -9, 30, 30),)) for number in range(1, 11)]
    picture = Image.open(io.BytesIO(marked_page(trimmed_page(), 1, many, title="a.pdf")))
    page = picture.crop((0, 0, 1440, 1480))
    off = ImageChops.difference(page, Image.new("RGB", page.size, (206, 0, 62))).convert("RGB").split()
    red = ImageChops.lighter(ImageChops.lighter(off[0], off[1]), off[2]).point([255] + 255 * [0])
    found = 0
    while box := red.getbbox():
        x, y = next((x, box[1]) for x in range(box[0], box[2]) if red.getpixel((x, box[1])))
        ImageDraw.floodfill(red, (x, y), 0)
        found += 1
    # the outline is one piece, broken by discs that lie on it; every disc is one more
    assert found >= 10


def test_what_cannot_be_drawn_is_told() -> None:
    with pytest.raises(ValueError, match="page 9 cannot be drawn"):
        marked_page(trimmed_page(), 9, [], title="a.pdf")
    with pytest.raises(ValueError, match="page 1 cannot be drawn"):
        marked_page(b"no PDF", 1, [], title="a.pdf")
