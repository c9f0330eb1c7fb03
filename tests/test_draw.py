"""The drawn file, judged by others: pdfium, poppler, qpdf, pypdf, pikepdf, zxing and the pixels themselves."""

from __future__ import annotations

import hashlib
import io
import math
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as pillow
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from eventprint import __version__
from eventprint.codes import place_code
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.draw import draw
from eventprint.geometry import PAPERS, Box, Size, mm
from eventprint.images import embeddable, open_image
from eventprint.page import (
    Anchor,
    Cell,
    Code,
    Edition,
    Group,
    Line,
    Link,
    Mark,
    Page,
    Picture,
    Run,
    Shape,
    Text,
    matrix_of,
    place_box,
    rectangle,
    rule,
)
from eventprint.text import Style, shape

A6 = PAPERS["A6"]
CARD = Size(300, 420)
"""Whole points, so that a pixel is the same part of a point in every rendering."""
TEAL = Colour.parse("#0b5d5e")
RED = Colour.parse("#ff0000")

NAMES = [
    "Ada Lovelace",
    "AVATAR To. Yes, LTA",
    "Łukasz Żółć-Ångström",
    "office affluent fjord first",
    "Ἀθηνᾶ Παπαδοπούλου",
    "Юлия Щербакова",
    "Ngô Nguyễn Thị Ṣẹ́gun",
    "e̊x̣́ q̃ɔ̃",
    "(brackets) \\ back/slash & <angles>",
    "10:45–11:30 “quoted” 1½ €",
]


def page(*marks: Mark, size: Size = CARD, bleed: float = 0.0, label: str = "") -> Page:
    return Page(size, marks, bleed=bleed, label=label)


def pdf(*pages: Page, edition: Edition = Edition.BLED, title: str = "A title", language: str = "en") -> bytes:
    return draw(pages, edition=edition, title=title, language=language)


def rendered(data: bytes, ppi: float = 144, number: int = 0) -> pillow.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[number].render(scale=ppi / 72).to_pil().convert("RGB")


def ink(data: bytes, ppi: float = 144, number: int = 0) -> Box:
    """The smallest box round everything darker than half grey, in points from the media box's top left corner."""
    dark = rendered(data, ppi, number).convert("L").point(lambda value: 255 if value < 128 else 0)
    found = dark.getbbox()
    assert found, "there is no ink"
    left, top, right, bottom = (edge * 72 / ppi for edge in found)
    return Box(left, top, right - left, bottom - top)


def near(box: Box, other: Box, slack: float) -> bool:
    return box.contains(other, slack) and other.contains(box, slack)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def operators(stream: pikepdf.Page | pikepdf.Object) -> list[tuple[list[object], str]]:
    return [(list(operands), str(operator)) for operands, operator in pikepdf.parse_content_stream(stream)]


def line(words: str, **style: object) -> Line:
    return shape(words, Style(**style))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [page(Text(20, 60, line(name, weight=600), 12)) for name in NAMES]
    file = tmp_path_factory.mktemp("names") / "names.pdf"
    file.write_bytes(pdf(*pages))
    return file


class TestTextComesBackAsTyped:
    def test_for_pdfium(self, names):
        with pypdfium2.PdfDocument(names) as document:
            assert [one.get_textpage().get_text_range() for one in document] == NAMES

    def test_for_pypdf(self, names):
        assert [one.extract_text() for one in pypdf.PdfReader(names).pages] == NAMES

    def test_for_poppler(self, names, tool):
        out = subprocess.run([tool("pdftotext"), names, "-"], capture_output=True, check=True, text=True).stdout
        assert [one.strip() for one in out.split("\f")[:-1]] == NAMES

    @pytest.mark.parametrize(
        "name", ["林 美咲", "김민준", "स्क्रिप्टी शर्मा", "ธนกร สุวรรณ", "မောင်မောင်", "ფირუზა", "አበበ ቢቂላ", "தமிழ்ச்செல்வி"]
    )
    def test_in_other_scripts(self, name):
        data = pdf(page(Text(20, 60, line(name, weight=600), 18)))
        with pypdfium2.PdfDocument(data) as document:
            assert document[0].get_textpage().get_text_range() == name
        assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text() == name

    def test_with_a_serif_cut_for_its_size_and_two_faces_in_one_line(self):
        data = pdf(page(Text(20, 60, line("office 林 naïve", family="Source Serif 4"), 12)))
        with pypdfium2.PdfDocument(data) as document:
            assert document[0].get_textpage().get_text_range() == "office 林 naïve"
        assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text() == "office 林 naïve"

    @pytest.mark.parametrize("spacing", [{"word_space": 3.5}, {"word_space": -0.6}, {"tracking": 0.9}])
    def test_when_spaced_to_fit(self, spacing):
        words = "To say it briefly, AVATAR won"
        data = pdf(page(Text(20, 60, line(words), 10, **spacing)))
        with pypdfium2.PdfDocument(data) as document:
            assert document[0].get_textpage().get_text_range() == words
        assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text() == words

    def test_when_one_outline_stands_for_two_texts(self):
        shaped = line("AA").runs[0]
        twice = Run(
            shaped.face,
            tuple(Cell(shaped.cells[0].glyphs, shaped.cells[0].advance, text) for text in ("A", "Α")),
            shaped.units_per_em,
        )
        data = pdf(page(Text(20, 60, Line("AΑ", (twice,), twice.width, 0.7, 0), 12)))
        with pypdfium2.PdfDocument(data) as document:
            assert document[0].get_textpage().get_text_range() == "A\N{GREEK CAPITAL LETTER ALPHA}"

    def test_in_metadata_that_would_break_a_string(self):
        title = r"Paths (like C:\new) & <tags> – žluťoučký"
        read = pypdf.PdfReader(io.BytesIO(pdf(page(), title=title)))
        assert read.metadata["/Title"] == title
        assert read.xmp_metadata.dc_title == {"x-default": title}


class TestLettersStandWhereTheyWereShaped:
    def origins(self, text: Text) -> list[float]:
        with pypdfium2.PdfDocument(pdf(page(text))) as document:
            read = document[0].get_textpage()
            return [read.get_charbox(number, loose=True)[0] for number in range(read.count_chars())]

    def test_kerned(self):
        cells = line("AVATAR To").runs[0].cells
        advances = [cell.advance for cell in cells]
        assert len({cell.advance for cell in cells if cell.text == "A"}) > 1, "the font no longer kerns AV and AT apart"
        expected = [20 + sum(advances[:number]) / 1000 * 15 for number in range(len(cells))]
        assert self.origins(Text(20, 60, line("AVATAR To"), 15)) == pytest.approx(expected, abs=0.002)

    def test_with_wider_spaces(self):
        plain = self.origins(Text(20, 60, line("a b c"), 10))
        wide = self.origins(Text(20, 60, line("a b c"), 10, word_space=2.5))
        assert [b - a for a, b in zip(plain, wide, strict=True)] == pytest.approx([0, 0, 2.5, 2.5, 5], abs=0.002)

    def test_with_tracking(self):
        plain = self.origins(Text(20, 60, line("abcd"), 10))
        loose = self.origins(Text(20, 60, line("abcd"), 10, tracking=0.7))
        assert [b - a for a, b in zip(plain, loose, strict=True)] == pytest.approx([0, 0.7, 1.4, 2.1], abs=0.002)

    def test_in_runs_of_another_scale_after_each_other(self):
        first, second = line("ab c").runs[0], line("de").runs[0]
        scaled = replace(second, scale=0.8)
        both = Line("ab cde", (first, scaled), first.width + scaled.width, 1, 0)
        text = Text(20, 60, both, 10, word_space=3, tracking=1)
        width_d = second.cells[0].advance / 1000 * 8
        start = 20 + first.width * 10 + 3 + 4 * 1
        assert self.origins(text)[-2:] == pytest.approx([start, start + width_d + 1], abs=0.002)
        assert text.width == pytest.approx(start + scaled.width * 10 + 2 * 1 - 20)

    def test_on_their_baseline(self):
        found = ink(pdf(page(Text(20, 100, line("HHH", weight=700), 40))), 288)
        assert found.bottom == pytest.approx(100, abs=0.3)


class TestFonts:
    WORDS = (("Ada é", {"weight": 600}), ("Ада 林", {}), ("serif", {"family": "Source Serif 4"}))

    def test_are_embedded_once_a_face_cut_and_readable(self, tmp_path, tool):
        marks = [Text(20, 40 * n, line(words, **style), 12) for n, (words, style) in enumerate(self.WORDS, 1)]
        file = tmp_path / "fonts.pdf"
        file.write_bytes(pdf(*(page(*marks) for _ in range(40))))
        listing = subprocess.run([tool("pdffonts"), file], capture_output=True, check=True, text=True).stdout
        rows = listing.splitlines()[2:]
        assert len(rows) == 4
        for row in rows:
            assert re.match(r"[A-Z]{6}\+\S+\s+CID TrueType\s+Identity-H\s+yes yes yes ", row), row

    def test_name_none_of_those_a_viewer_would_have_to_supply(self):
        with opened(pdf(page(Text(20, 40, line("Ada"), 12)), page())) as file:
            fonts = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
            assert {str(one.Subtype) for one in fonts} == {"/Type0", "/CIDFontType2"}
            whole = b"".join(one.unparse() for one in file.objects if not isinstance(one, pikepdf.Stream))
        assert not re.search(rb"Helvetica|Times|Courier|Symbol/|ZapfDingbats", whole)

    def test_have_a_tag_made_from_what_is_in_them(self):
        def tags(words: str) -> set[str]:
            with opened(pdf(page(Text(20, 40, line(words), 12)))) as file:
                return {str(one.FontName)[1:7] for one in file.objects if "/FontFile2" in getattr(one, "keys", list)()}

        assert tags("Ada") == tags("Ada") != tags("Bob")

    def test_have_the_widths_their_program_has(self):
        with opened(pdf(page(Text(20, 40, line("Ada Lovelace, e̊ fi"), 12)))) as file:
            font = next(one for one in file.objects if "CIDFontType2" in str(getattr(one, "Subtype", "")))
            program = font.FontDescriptor.FontFile2.read_bytes()
            glyphs = font.CIDToGIDMap.read_bytes()
            told = list(font.W)
            lists = zip(told[::2], told[1::2], strict=True)
            widths = {int(first) + at: float(width) for first, row in lists for at, width in enumerate(row)}
        ttlib = pytest.importorskip("fontTools.ttLib", reason="fontTools is not installed here: pip install fonttools")
        embedded = ttlib.TTFont(io.BytesIO(program))
        order = embedded.getGlyphOrder()
        numbers = {code: int.from_bytes(glyphs[2 * code : 2 * code + 2]) for code in range(len(glyphs) // 2)}
        wide = {code: embedded["hmtx"][order[number]][0] for code, number in numbers.items() if number}
        assert widths == wide
        assert len(widths) == len(set("Ada Lovelace, ")) + len(("e̊", "fi"))

    def test_show_text_that_holds_no_letters(self):
        assert opened(pdf(page(Text(20, 40, line(""), 12), Text(20, 40, line(" "), 12))))


class TestBoxes:
    @pytest.mark.parametrize("paper", ["A4", "A5", "A6", "A7", "Letter", "A1"])
    @pytest.mark.parametrize("bleed", [0.0, 3 * mm, 0.125 * 72])
    def test_of_a_shop_file_are_the_ordered_size_and_the_bleed(self, paper, bleed):
        size = PAPERS[paper]
        with opened(pdf(page(size=size, bleed=bleed))) as file:
            drawn = file.pages[0].obj
            names = ("/MediaBox", "/BleedBox", "/TrimBox")
            media, bleeding, trim = ([float(edge) for edge in drawn[name]] for name in names)
        assert media == bleeding == pytest.approx([0, 0, size.width + 2 * bleed, size.height + 2 * bleed], abs=0.0002)
        assert trim == pytest.approx([bleed, bleed, bleed + size.width, bleed + size.height], abs=0.0002)
        assert "/CropBox" not in drawn

    @pytest.mark.parametrize("edition", [Edition.OFFICE, Edition.SCREEN])
    def test_of_other_files_end_at_the_trim(self, edition):
        with opened(pdf(page(size=A6, bleed=9), edition=edition)) as file:
            drawn = file.pages[0].obj
            assert drawn.MediaBox == drawn.TrimBox
            assert [str(edge) for edge in drawn.MediaBox] == ["0", "0", "297.6378", "419.5276"]

    def test_a_page_says_nothing_it_need_not(self):
        with opened(pdf(page(bleed=9))) as file:
            assert set(file.pages[0].obj.keys()) == {
                *("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/BleedBox", "/TrimBox")
            }
            assert set(file.pages[0].obj.Resources.keys()) == {"/Font"}


class TestMarksLandOnPaperWhereThePageHasThem:
    BOX = Box(30, 50, 80, 25)

    def test_counted_from_the_trim_whatever_the_bleed(self):
        drawn = pdf(page(rectangle(self.BOX, BLACK), bleed=9))
        assert near(ink(drawn), self.BOX.moved(9, 9), 0.3)
        assert near(ink(pdf(page(rectangle(self.BOX, BLACK), bleed=9), edition=Edition.OFFICE)), self.BOX, 0.3)

    def test_in_the_bleed_of_a_shop_file_only(self):
        strip = page(rectangle(Box(-9, -9, 318, 12), BLACK), bleed=9)
        assert near(ink(pdf(strip)), Box(0, 0, 318, 12), 0.5)
        assert near(ink(pdf(strip, edition=Edition.OFFICE)), Box(0, 0, 300, 3), 0.5)

    @settings(max_examples=25, deadline=None)
    @given(
        st.floats(-180, 180, allow_nan=False),
        st.floats(110, 190),
        st.floats(150, 270),
        st.floats(-40, 20),
        st.floats(-40, 20),
        st.booleans(),
    )
    def test_turned_and_moved(self, turn, x, y, own_x, own_y, shared):
        box = Box(own_x, own_y, 60, 30)
        group = Group((rectangle(box, BLACK),), x, y, turn, shared)
        assert near(ink(pdf(page(group))), place_box(box, matrix_of(group)), 0.8)

    def test_clockwise(self):
        """A flag whose weight is below its right end hangs to the left after a quarter turn."""
        flag = (rectangle(Box(0, 0, 100, 10), BLACK), rectangle(Box(90, 0, 10, 40), BLACK))
        drawn = rendered(pdf(page(Group(flag, 150, 100, 90))), 72)
        assert drawn.getpixel((145, 150)) == (0, 0, 0)
        assert drawn.getpixel((120, 195)) == (0, 0, 0)
        assert drawn.getpixel((180, 150)) == (255, 255, 255)

    def test_in_groups_within_groups(self):
        """Three eighths of a turn in two steps, and a second group at a place the first one turns."""
        bar = (rectangle(Box(0, 0, 40, 10), BLACK),)
        for shared in (True, False):
            inner = Group(bar, 20, 0, 45, shared)
            nested = pdf(page(Group((inner, Group((inner,), 30, 0)), 100, 150, 90, shared)))
            flat = pdf(page(Group(bar, 100, 170, 135), Group(bar, 100, 200, 135)))
            assert near(ink(nested), ink(flat), 0.01)

    def test_the_same_whether_shared_or_not(self):
        marks = (Text(0, 0, line("Ada Łukasz fj"), 20, TEAL), rectangle(Box(0, 4, 90, 6), RED, BLACK, 2))
        one, other = (pdf(page(Group(marks, 60, 200, 12, shared))) for shared in (True, False))
        assert rendered(one).tobytes() == rendered(other).tobytes()

    def test_after_a_group_nothing_of_it_is_left(self):
        """What comes after it looks as the group did, and may not count on the group's colours and pen."""
        first = rectangle(Box(5, 5, 20, 20), TEAL, BLACK, 1)
        group = Group((rectangle(Box(0, 0, 30, 30), RED, RED, 3),), 200, 300, 20)
        second = rectangle(Box(50, 50, 20, 20), RED, RED, 3)
        between, last = pdf(page(first, group, second)), pdf(page(first, second, group))
        assert rendered(between).tobytes() == rendered(last).tobytes()


class TestSharedGroups:
    def test_are_in_the_file_once(self):
        marks = (rectangle(Box(0, 0, 100, 20), TEAL), Text(5, 15, line("Mine the Gap"), 12))
        pages = [page(Group(marks, 10 * n, 10, shared=True), Group(marks, 0, 200, 90, shared=True)) for n in range(5)]
        with opened(pdf(*pages)) as file:
            forms = [one for one in file.objects if getattr(one, "Subtype", None) == "/Form"]
            assert len(forms) == 1
            for one in file.pages:
                assert list(one.obj.Resources.XObject.keys()) == ["/G1"]

    def test_are_not_cut_off(self):
        words = line("fÅg", family="Source Serif 4", italic=True)
        marks = (Text(0, 0, words, 60), rule(0, 20, 120, 20, BLACK, 10))
        shared, plain = (pdf(page(Group(marks, 60, 200, 0, shared))) for shared in (True, False))
        assert rendered(shared).tobytes() == rendered(plain).tobytes()

    def test_name_only_what_they_use(self):
        group = Group((rectangle(Box(0, 0, 10, 10), TEAL),), shared=True)
        with opened(pdf(page(group), page())) as file:
            assert "/XObject" not in file.pages[1].obj.Resources
            assert "/XObject" not in file.pages[0].obj.Resources.XObject.G1.Resources


class TestColoursAndShapes:
    def test_greys_stay_on_the_black_plate(self):
        grey = Colour(0.4, 0.4, 0.4)
        marks = (
            Text(10, 30, line("black"), 12),
            rectangle(Box(10, 50, 30, 30), grey, BLACK, 1),
            rectangle(Box(50, 50, 30, 30), WHITE),
            rectangle(Box(90, 50, 30, 30), TEAL, TEAL, 1),
            place_code("https://example.org", Box(10, 200, 90, 90)),
        )
        with opened(pdf(page(*marks))) as file:
            used = operators(file.pages[0])
        colours = [(*map(float, operands), name) for operands, name in used if name in ("g", "G", "rg", "RG", "k", "K")]
        teal = (0.0431, 0.3647, 0.3686)
        assert colours == [(0, "g"), (0.4, "g"), (0, "G"), (1, "g"), (*teal, "rg"), (*teal, "RG"), (0, "g")]

    def test_pixels_have_the_colours_asked_for(self):
        marks = (rectangle(Box(0, 0, 50, 50), TEAL), rectangle(Box(50, 0, 50, 50), RED, BLACK, 10))
        drawn = rendered(pdf(page(*marks)), 72)
        assert drawn.getpixel((20, 20)) == (0x0B, 0x5D, 0x5E)
        assert drawn.getpixel((75, 25)) == (255, 0, 0)
        assert drawn.getpixel((52, 25)) == (0, 0, 0)

    def test_a_line_is_as_thick_as_asked_and_ends_where_it_ends(self):
        assert near(ink(pdf(page(rule(20, 100, 120, 100, BLACK, 6))), 144), Box(20, 97, 100, 6), 0.3)

    def test_dashes_leave_gaps(self):
        drawn = rendered(pdf(page(rule(20, 100, 120, 100, BLACK, 6, dash=(10, 10)))), 72).convert("L")
        assert [drawn.getpixel((25 + 10 * n, 100)) for n in range(6)] == [0, 255, 0, 255, 0, 255]

    def test_a_dash_of_no_length_is_a_round_dot(self):
        drawn = rendered(pdf(page(rule(20, 100, 120, 100, BLACK, 8, dash=(0, 20)))), 144).convert("L")
        assert [drawn.getpixel((40 + 20 * n, 200)) < 128 for n in range(5)] == [True, False, True, False, True]
        assert drawn.getpixel((80, 194)) < 128
        assert drawn.getpixel((86, 194)) > 200, "the dot has corners"

    def test_a_dash_ends_with_its_shape(self):
        marks = (rule(20, 50, 120, 50, BLACK, 6, dash=(0, 20)), rule(20, 100, 120, 100, BLACK, 6))
        covered = rectangle(Box(0, 40, 200, 20), WHITE)
        assert near(ink(pdf(page(*marks, covered))), Box(20, 97, 100, 6), 0.3)

    def test_round_corners_are_round(self):
        drawn = rendered(pdf(page(rectangle(Box(20, 20, 60, 60), BLACK, radius=30))), 72).convert("L")
        assert drawn.getpixel((50, 50)) == 0
        assert [drawn.getpixel(corner) for corner in ((22, 22), (77, 22), (22, 77), (77, 77))] == [255] * 4

    def test_a_shape_of_nothing_leaves_no_ink(self):
        with opened(pdf(page(Shape(()), rectangle(Box(0, 0, 10, 10))))) as file:
            assert operators(file.pages[0]) == []


class TestCodes:
    PAYLOAD = "EPBCDFGHJKLNPRSTVXBCDFGHJKL"

    @pytest.mark.parametrize("ppi", [200, 300])
    @pytest.mark.parametrize("turn", [0, 90, 180, 33])
    def test_are_read_back(self, ppi, turn):
        code = place_code(self.PAYLOAD, Box(-40, -40, 80, 80))
        found = zxingcpp.read_barcodes(rendered(pdf(page(Group((code,), 150, 200, turn))), ppi))
        assert [one.text for one in found] == [self.PAYLOAD]

    def test_every_module_is_where_its_row_has_it_and_no_seam_shows(self):
        placed = place_code(self.PAYLOAD, Box(0, 0, 90, 90))
        count = len(placed.rows)
        code = replace(placed, box=Box(36, 54, count * 3, count * 3))
        drawn = rendered(pdf(page(code)), 72 * 4).convert("L").crop((144, 216, 144 + count * 12, 216 + count * 12))
        expected = pillow.new("L", (count, count))
        expected.putdata([255 * (1 - (row >> count - 1 - at & 1)) for row in placed.rows for at in range(count)])
        assert drawn.tobytes() == expected.resize((count * 12, count * 12), pillow.Resampling.NEAREST).tobytes()

    def test_no_seam_shows_between_pixels_either(self):
        solid = Code(Box(30.13, 40.07, 77.77, 77.77), (2**25 - 1,) * 25, "", 12)
        drawn = rendered(pdf(page(solid)), 97).convert("L")
        scale = 97 / 72
        inside = [math.ceil(edge * scale) + 1 for edge in (30.13, 40.07)]
        outside = [math.floor(edge * scale) - 1 for edge in (30.13 + 77.77, 40.07 + 77.77)]
        assert drawn.crop((*inside, *outside)).getextrema() == (0, 0)

    def test_are_one_path_filled_once(self):
        with opened(pdf(page(place_code(self.PAYLOAD, Box(20, 20, 90, 90))))) as file:
            names = Counter(name for _, name in operators(file.pages[0]))
        assert names.pop("re") > 100
        assert names == {"g": 1, "q": 1, "cm": 1, "f": 1, "Q": 1}


class TestPictures:
    @pytest.fixture
    def photo(self, tmp_path: Path) -> Path:
        file = tmp_path / "photo.jpg"
        picture = pillow.new("RGB", (80, 60), (200, 30, 40))
        picture.paste((20, 60, 200), (0, 0, 40, 60))
        picture.save(file, quality=95, subsampling=0)
        return file

    def test_fill_their_box_upright(self, photo):
        drawn = rendered(pdf(page(Picture(Box(40, 60, 160, 120), open_image(photo)))), 72)
        assert drawn.getpixel((60, 120))[2] > 150
        assert drawn.getpixel((180, 120))[0] > 150
        assert drawn.getpixel((36, 120)) == drawn.getpixel((120, 56)) == drawn.getpixel((204, 120)) == (255, 255, 255)

    def test_are_in_the_file_once_as_they_were_given(self, photo):
        picture = Picture(Box(40, 60, 160, 120), open_image(photo))
        again = replace(picture, box=Box(0, 0, 40, 30))
        with opened(pdf(*(page(picture, again, Group((again,), 50, 300, 30, shared=True)) for _ in range(5)))) as file:
            embedded = [one for one in file.objects if getattr(one, "Subtype", None) == "/Image"]
            assert len(embedded) == 1
            assert embedded[0].Filter == "/DCTDecode"
            assert embedded[0].read_raw_bytes() == embeddable(picture.image).data

    def test_are_let_through_where_they_are_transparent(self, tmp_path):
        file = tmp_path / "logo.png"
        logo = pillow.new("RGBA", (40, 40), (255, 0, 0, 255))
        logo.paste((0, 0, 0, 0), (0, 0, 20, 40))
        logo.save(file)
        behind = rectangle(Box(0, 0, 200, 200), TEAL)
        data = pdf(page(behind, Picture(Box(20, 20, 100, 100), open_image(file))))
        drawn = rendered(data, 72)
        assert drawn.getpixel((40, 70)) == (0x0B, 0x5D, 0x5E)
        assert drawn.getpixel((100, 70)) == (255, 0, 0)
        with opened(data) as read:
            assert len([one for one in read.objects if "/SMask" in getattr(one, "keys", list)()]) == 1

    def test_show_only_inside_their_clip(self, photo):
        whole = Picture(Box(0, 0, 200, 200), open_image(photo), clip=Box(50, 60, 40, 80))
        assert near(ink(pdf(page(whole)), 144), Box(50, 60, 40, 80), 0.6)

    def test_show_only_inside_a_round_clip(self, photo):
        drawn = rendered(pdf(page(Picture(Box(0, 0, 100, 100), open_image(photo), round=True))), 72)
        assert drawn.getpixel((50, 50)) != (255, 255, 255)
        assert [drawn.getpixel(corner) for corner in ((5, 5), (94, 5), (5, 94), (94, 94))] == [(255, 255, 255)] * 4
        oval = Picture(Box(0, 0, 200, 200), open_image(photo), clip=Box(40, 60, 100, 50), round=True)
        assert near(ink(pdf(page(oval)), 144), Box(40, 60, 100, 50), 1)


class TestReading:
    """What only the screen edition has."""

    PAGES = (
        page(
            Link(Box(20, 70, 60, 12), "https://example.org/ü?a=b&c=(d)", "the programme"),
            Link(Box(20, 90, 60, 12), "#grace"),
            Link(Box(20, 110, 60, 12), "#nowhere"),
            Group((Link(Box(0, 0, 30, 10), "mailto:desk@example.org"),), 100, 200, 90, shared=True),
            Anchor("start", 0, "Opening – day 1"),
            Anchor("aside", 50),
            bleed=9,
            label="iv",
        ),
        page(
            Anchor("ada", 30, "Ada (Countess)", 1),
            Anchor("note", 40, "A note", 2),
            Anchor("grace", 100, "Grace", 1),
            label="1",
        ),
        page(Anchor("end", 12.5, "End")),
    )

    @pytest.fixture
    def screen(self):
        return pdf(*self.PAGES, edition=Edition.SCREEN, language="de-AT")

    def test_links_can_be_pressed_where_they_are(self, screen):
        with opened(screen) as file:
            notes = list(file.pages[0].obj.Annots)
            height = float(file.pages[0].obj.MediaBox[3])
            assert [str(note.Contents) for note in notes] == ["the programme", "#grace", "mailto:desk@example.org"]
            assert str(notes[0].A.URI) == "https://example.org/%C3%BC?a=b&c=(d)"
            for note in notes:
                assert (note.Subtype, note.F, list(note.Border)) == ("/Link", 4, [0, 0, 0])
            edges = [[float(edge) for edge in note.Rect] for note in notes]
            assert "/Annots" not in file.pages[1].obj
        assert edges[0] == pytest.approx([20, height - 82, 80, height - 70], abs=0.001)
        assert edges[2] == pytest.approx([90, height - 230, 100, height - 200], abs=0.001)

    def test_links_lead_to_the_place_they_name(self, screen):
        read = pypdf.PdfReader(io.BytesIO(screen))
        places = read.named_destinations
        assert set(places) == {"start", "aside", "ada", "note", "grace", "end"}
        assert bytes(read.pages[0]["/Annots"][1].get_object()["/Dest"].original_bytes) == b"grace"
        assert read.get_destination_page_number(places["grace"]) == 1
        assert places["grace"].top == pytest.approx(320, abs=0.001)

    def test_bookmarks_are_a_tree(self, screen):
        def tree(items):
            return [tree(item) if isinstance(item, list) else (item.title, round(item.top, 3)) for item in items]

        assert tree(pypdf.PdfReader(io.BytesIO(screen)).outline) == [
            ("Opening – day 1", 420),
            [("Ada (Countess)", 390), [("A note", 380)], ("Grace", 320)],
            ("End", 407.5),
        ]
        with opened(screen) as file, file.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Opening – day 1", "End"]
            assert [item.title for item in outline.root[0].children] == ["Ada (Countess)", "Grace"]
            assert file.Root.PageMode == "/UseOutlines"

    def test_pages_are_called_as_they_are_printed(self, screen):
        assert pypdf.PdfReader(io.BytesIO(screen)).page_labels == ["iv", "1", ""]

    def test_the_window_shows_the_title(self, screen):
        with opened(screen) as file:
            assert file.Root.ViewerPreferences.DisplayDocTitle is True
            assert str(file.Root.Lang) == "de-AT"

    @pytest.mark.parametrize("edition", [Edition.SHOP, Edition.BLED, Edition.OFFICE])
    def test_paper_cannot_be_pressed(self, edition):
        with opened(pdf(*self.PAGES, edition=edition)) as file:
            assert not {"/Names", "/Outlines", "/PageLabels", "/Dests"} & set(file.Root.keys())
            assert all("/Annots" not in one.obj for one in file.pages)

    def test_an_office_printer_is_told_not_to_scale(self):
        with opened(pdf(page(), edition=Edition.OFFICE)) as file:
            assert file.Root.ViewerPreferences.PrintScaling == "/None"


class TestTheFile:
    MARKS = (
        Text(20, 40, line("Ada Łukasz", weight=600), 20, TEAL),
        Group((Text(0, 0, line("shared"), 9), rectangle(Box(0, 5, 40, 4), TEAL)), 30, 80, 20, shared=True),
        place_code("https://example.org", Box(20, 150, 90, 90)),
        Link(Box(0, 0, 10, 10), "#here"),
        Anchor("here", 0, "Here"),
    )

    @pytest.mark.parametrize("edition", list(Edition))
    def test_has_no_fault_qpdf_can_find(self, edition, tmp_path, tool):
        file = tmp_path / f"{edition}.pdf"
        file.write_bytes(pdf(*(page(*self.MARKS, bleed=9, label=str(n)) for n in range(3)), edition=edition))
        subprocess.run([tool("qpdf"), "--check", file], check=True, capture_output=True)

    @pytest.mark.parametrize("edition", list(Edition))
    def test_has_no_fault_ghostscript_stops_at(self, edition, tmp_path, tool):
        file = tmp_path / f"{edition}.pdf"
        file.write_bytes(pdf(page(*self.MARKS, bleed=9), edition=edition))
        strict = ["-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"]
        subprocess.run([tool("gs"), *strict, file], check=True, capture_output=True)

    def test_says_who_made_it_and_not_when(self):
        data = draw([page()], edition=Edition.BLED, title="Bädges", language="de", author="Ada & Co", subject="<b>")
        with opened(data) as file:
            packet = file.Root.Metadata.read_bytes()
            info = {key: str(value) for key, value in file.docinfo.items()}
            assert info == {
                "/Title": "Bädges",
                "/Author": "Ada & Co",
                "/Subject": "<b>",
                "/Producer": f"eventprint {__version__}",
            }
            xmp = file.open_metadata()
            assert xmp["dc:title"] == info["/Title"]
            assert xmp["dc:creator"] == [info["/Author"]]
            assert xmp["dc:description"] == info["/Subject"]
            assert xmp["pdf:Producer"] == info["/Producer"]
            assert not re.search(rb"Date|uuid:", packet)
            assert file.pdf_version == "1.6"

    def test_is_known_by_what_is_in_it(self):
        def identity(data: bytes) -> bytes:
            with opened(data) as file:
                first, second = (bytes(part) for part in file.trailer.ID)
            assert first == second
            assert len(first) == 16
            return first

        assert identity(pdf(page(*self.MARKS))) == identity(pdf(page(*self.MARKS)))
        others = [pdf(page()), pdf(page(bleed=1)), pdf(page(), title="B"), pdf(page(), language="fr")]
        assert len({identity(data) for data in others}) == 4

    def test_is_the_same_in_every_process(self):
        script = """
import sys, hashlib
sys.path.insert(0, "tests")
from test_draw import TestReading, TestTheFile, page
from eventprint.draw import draw
from eventprint.page import Edition
for edition in Edition:
    pages = [page(*TestTheFile.MARKS, bleed=9), *TestReading.PAGES]
    print(hashlib.sha256(draw(pages, edition=edition, title="T", language="en")).hexdigest())
"""
        root = Path(__file__).resolve().parents[1]
        printed = {
            subprocess.run(
                [sys.executable, "-c", script],
                cwd=root,
                env=os.environ | {"PYTHONHASHSEED": seed},
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            for seed in ("1", "2")
        }
        here = [
            draw([page(*self.MARKS, bleed=9), *TestReading.PAGES], edition=edition, title="T", language="en")
            for edition in Edition
        ]
        assert printed == {"".join(f"{hashlib.sha256(data).hexdigest()}\n" for data in here)}

    def test_holds_no_pages_if_there_are_none(self):
        with opened(pdf()) as file:
            assert len(file.pages) == 0


class TestReportlab:
    def test_still_has_the_parts_that_are_used_of_it(self):
        """Internals of reportlab, and so the first thing to look at when a new version fails."""
        document = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 6), lang="en")
        assert isinstance(document.idToObject[pdfdoc.BasicFonts], pdfdoc.PDFDictionary)
        first, second = (document.Reference(pdfdoc.PDFDictionary()) for _ in range(2))
        numbers = [document.idToObjectNumberAndVersion[one.name] for one in (first, second)]
        assert numbers == [(2, 0), (3, 0)]
        document.Catalog.Outlines = None
        document.Catalog.ViewerPreferences = b"<< /Test true >>"
        document.info = pdfdoc.PDFDictionary({"Title": "(kept)"})
        document._ID = b"[<00> <00>]"
        written = document.format()
        assert written.startswith(b"%PDF-1.6\n")
        assert b"/ViewerPreferences << /Test true >>" in written
        assert b"/Title (kept)" in written
        assert b"/ID [<00> <00>]" in written
        assert written.count(b"trailer\n") == 1

    def test_keeps_its_settings(self):
        before = {name: value for name, value in vars(rl_config).items() if isinstance(value, (int, str, tuple))}
        pdf(page(*TestTheFile.MARKS))
        assert {name: getattr(rl_config, name) for name in before} == before

    def test_is_not_imported_whole(self):
        script = "import sys, eventprint.draw; print(*sys.modules)"
        ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        loaded = ran.stdout.split()
        heavy = ("reportlab.platypus", "reportlab.pdfgen", "reportlab.pdfbase.ttfonts", "reportlab.graphics")
        assert [name for name in loaded if name.startswith((*heavy, "pypdf", "fontTools", "qrcode", "xml.sax"))] == []
