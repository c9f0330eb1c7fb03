"""PDFs put together: looked at by pdfium, read by poppler, counted by pikepdf and measured against the batch."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools import ttLib
from pikepdf import Array, Dictionary, Name
from PIL import Image as pillow
from PIL import ImageChops

from eventprint import compose
from eventprint.draw import draw
from eventprint.event import Event, Product
from eventprint.fonts.codes import texts_of, to_unicode, widths, widths_of
from eventprint.geometry import PAPERS, Box, Size
from eventprint.merge import merge
from eventprint.page import Anchor, Artwork, Edition, Link, Page, Text
from eventprint.problems import Problems, Stop
from eventprint.text import Style, shape

A5 = PAPERS["A5"]
GIVEN = ("Anna", "Łukasz", "Ségolène", "Björn", "Zoë", "Quentin", "Ivana", "Xavier", "Юлия", "Νίκος", "Wang", "Fatima")
FAMILY = (
    "Schmidt",
    "Nowak",
    "García",
    "Öztürk",
    "Papadopoulos",
    "Щербакова",
    "Quist",
    "Zimmermann",
    "Fitzgerald",
    "Xu",
)


def words(x: float, y: float, text: str, size: float = 20, family: str = "Fira Sans") -> Text:
    return Text(x, y, shape(text, Style(family)), size)


def drawn(*pages: Page, edition: Edition = Edition.OFFICE, title: str = "A title", language: str = "en") -> bytes:
    return draw(pages, edition=edition, title=title, language=language)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def pictures(pdf: bytes) -> list[pillow.Image]:
    return [page.render(scale=1.5).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def same(one: Sequence[pillow.Image], other: Sequence[pillow.Image]) -> bool:
    return all(ImageChops.difference(a, b).getbbox() is None for a, b in zip(one, other, strict=True))


def told(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def streams(pdf: pikepdf.Pdf, key: str, value: str = "") -> list[pikepdf.Stream]:
    found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and key in one]
    return [one for one in found if not value or one[key] == value]


# Badges made one by one -----------------------------------------------------------------------------------------------

MANY = 500


@pytest.fixture(scope="module")
def badges(sample: Event) -> tuple[Page, ...]:
    """Fronts and backs for 500 people of many names."""
    people = []
    for number in range(MANY):
        who = sample.attendees[number % len(sample.attendees)]
        given, family = GIVEN[number % len(GIVEN)], FAMILY[number // len(GIVEN) % len(FAMILY)]
        name = replace(who.name, full=f"{given} {family} {number}", given=given, family=f"{family} {number}")
        people.append(replace(who, id=f"invented:{number}", name=name))
    event = replace(sample, attendees=tuple(people))
    return compose.compose(event, Product("badge-90x55", "badges"), Problems()).pages


@pytest.mark.thorough
@pytest.mark.parametrize("edition", [Edition.OFFICE, Edition.BLED, Edition.SHOP])
def test_badges_made_one_by_one_take_no_more_room_than_a_batch(badges: tuple[Page, ...], edition: Edition) -> None:
    assert len(badges) == 2 * MANY
    batch = drawn(*badges, edition=edition)
    singles = [(f"{number}", drawn(*badges[2 * number : 2 * number + 2], edition=edition)) for number in range(MANY)]
    merged = merge(singles)
    assert merged.pages == 2 * MANY
    assert len(merged.pdf) < 1.3 * len(batch)
    assert sum(len(pdf) for _, pdf in singles) > 20 * len(batch) or edition is Edition.OFFICE
    some = [0, 1, 2, 3, 498, 499, 998, 999]
    whole, pages = pypdfium2.PdfDocument(merged.pdf), pypdfium2.PdfDocument(batch)
    for number in some:
        one, other = (file[number].render(scale=2).to_pil() for file in (whole, pages))
        assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None
        text, again = (file[number].get_textpage().get_text_range() for file in (whole, pages))
        assert text == again
    with opened(merged.pdf) as file, opened(batch) as other:
        assert len(streams(file, "/Length1")) == len(streams(other, "/Length1"))
        assert len(streams(file, "/Subtype", "/Image")) == len(streams(other, "/Subtype", "/Image"))


# Fonts ----------------------------------------------------------------------------------------------------------------


def test_subsets_of_a_font_become_one_whose_measures_are_right() -> None:
    parts = [drawn(Page(A5, (words(20, 40, text),))) for text in ("Ada é", "Bob fi", "Ada Bob", "e̊ Zoë")]
    merged = merge([(f"{number}", pdf) for number, pdf in enumerate(parts)]).pdf
    assert same(pictures(merged), [picture for pdf in parts for picture in pictures(pdf)])
    assert told(merged) == [text for pdf in parts for text in told(pdf)]
    with opened(merged) as pdf:
        (program,) = streams(pdf, "/Length1")
        font = next(
            one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Subtype") == "/CIDFontType2"
        )
        glyphs = font.CIDToGIDMap.read_bytes()
        listed = list(font.W)
        rows = zip(listed[::2], listed[1::2], strict=True)
        wide = {int(code) + at: float(width) for code, row in rows for at, width in enumerate(row)}
        embedded = ttLib.TTFont(io.BytesIO(program.read_bytes()))
        order, metrics = embedded.getGlyphOrder(), embedded["hmtx"]
        for code, width in wide.items():
            number = int.from_bytes(glyphs[2 * code : 2 * code + 2])
            assert number
            assert width == metrics[order[number]][0] * 1000 / embedded["head"].unitsPerEm
        assert all(embedded["glyf"][name] is not None for name in order)
        # two letters, and what they are composed of, each once
        assert len(set(order)) == len(order) < 25


def test_a_glyph_that_stands_for_two_texts_keeps_both(tmp_path: Path) -> None:
    """Space and no-break space look alike; a part with one and a part with the other do not mix them up."""
    parts = [drawn(Page(A5, (words(20, 40, text),))) for text in ("a b", "a\u00a0b", "a b\u00a0c")]
    merged = merge([("x", pdf) for pdf in parts]).pdf
    assert told(merged) == [text for pdf in parts for text in told(pdf)]


def test_fonts_of_others_are_left_as_they_are() -> None:
    """A font with hints, and one with codes of another make."""
    own = drawn(Page(A5, (words(20, 40, "Ada"),)), edition=Edition.BLED)
    with opened(own) as pdf:
        (cmap,) = (one for one in streams(pdf, "/Filter") if b"begincmap" in one.read_bytes())
        cmap.write(cmap.read_bytes().replace(b"beginbfchar", b"beginbfchar "))
        pdf.save(changed := io.BytesIO(), deterministic_id=True)
    merged = merge([("a", own), ("b", changed.getvalue())]).pdf
    assert told(merged) == told(own) * 2
    assert same(pictures(merged), pictures(own) * 2)


def test_codes_are_read_as_they_were_written() -> None:
    texts = {number: chr(number).encode("utf-16-be").hex() for number in range(60, 300)}
    assert texts_of(to_unicode(texts)) == texts
    assert texts_of(to_unicode(texts).replace(b"<003c>", b"<3c>")) is None
    wide = {1: "500", 2: "600.5", 7: "10", 9: "20", 10: "30"}
    assert widths(wide) == "1 [500 600.5]7 [10]9 [20 30]"
    assert widths_of([1, ["500", "600.5"], 7, ["10"], 9, ["20", "30"]]) == wide
    assert widths_of([1, 5, 500]) is None


# Parts ----------------------------------------------------------------------------------------------------------------


def chapters(name: str, *, edition: Edition = Edition.SCREEN) -> bytes:
    """Two pages with bookmarks, a place both parts call alike, and a link to it."""
    begins, ends = Anchor("start", 0, f"{name} begins"), Anchor("end", 100, f"{name} ends", 1)
    first = (words(20, 40, f"{name} one"), begins, Link(Box(20, 80, 90, 20), "#end", "end"))
    second = (words(20, 40, f"{name} two"), ends, Link(Box(9, 9, 9, 9), "https://a.example"))
    return drawn(Page(A5, first, label="i"), Page(A5, second, label="ii"), edition=edition, title=name, language="de")


def test_each_part_begins_at_a_bookmark_with_its_own_below() -> None:
    merged = merge([("First.pdf", chapters("First")), ("Räume & mehr", chapters("Second"))])
    assert merged.pages == 4
    with opened(merged.pdf) as pdf:
        with pdf.open_outline() as outline:
            told = [
                (item.title, at, [(inner.title, [last.title for last in inner.children]) for inner in item.children])
                for item, at in zip(outline.root, (0, 2), strict=True)
                if pdf.pages.index(pikepdf.Page(item.destination[0])) == at
            ]
        assert told == [
            ("First", 0, [("First begins", ["First ends"])]),
            ("Räume & mehr", 2, [("Second begins", ["Second ends"])]),
        ]
        assert str(pdf.Root.Lang) == "de"
        assert pdf.docinfo.Title == "First"
        assert [page.label for page in pdf.pages] == ["i", "ii", "i", "ii"]


def test_links_lead_to_places_of_their_own_part() -> None:
    with opened(merge([("a", chapters("First")), ("b", chapters("Second"))]).pdf) as pdf:
        for at in (0, 2):
            (note,) = pdf.pages[at].Annots
            assert note.Dest[0].objgen == pdf.pages[at + 1].obj.objgen
        assert [str(note.A.URI) for at in (1, 3) for note in pdf.pages[at].Annots] == ["https://a.example"] * 2


def test_what_holds_for_a_part_alone_is_left_out() -> None:
    with opened(merge([("a", chapters("First")), ("b", drawn(Page(A5, (words(9, 30, "x"),))))]).pdf) as pdf:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        for page in pdf.pages:
            assert "/StructParents" not in page.obj
            assert b"MCID" not in page.obj.Contents.read_bytes()


def test_intents_and_sides_stay_where_all_parts_agree() -> None:
    shop = drawn(Page(A5, (words(20, 40, "x"),), 9), edition=Edition.SHOP)
    other = drawn(Page(A5, (words(20, 40, "y"),), 9), edition=Edition.SHOP)
    with opened(merge([("a", shop), ("b", other)]).pdf) as pdf:
        assert len(pdf.Root.OutputIntents) == 2
        assert len([one for one in streams(pdf, "/N") if "/Type" not in one]) == 1
        assert "/GTS_PDFXVersion" not in pdf.docinfo
    with opened(merge([("a", shop), ("b", drawn(Page(A5, ())))]).pdf) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def foreign(**page: object) -> bytes:
    pdf = pikepdf.new()
    content = pdf.make_stream(b"0.9 0.2 0.1 rg 10 20 60 30 re f 0 0 1 rg 20 180 40 90 re f")
    made = Dictionary(Type=Name.Page, Contents=content, MediaBox=Array([0, 0, 200, 300]), Resources=Dictionary())
    for key, value in page.items():
        made[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(made))
    pdf.save(out := io.BytesIO(), deterministic_id=True)
    return out.getvalue()


def test_pages_of_others_look_as_before() -> None:
    parts = [
        foreign(),
        foreign(Rotate=90),
        foreign(CropBox=Array([5, 10, 195, 280]), UserUnit=2),
        foreign(MediaBox=Array([-10, -10, 150, 290]), Rotate=180),
        chapters("Ours"),
        drawn(Page(A5, (words(20, 40, "x"),), 9), edition=Edition.SHOP),
    ]
    merged = merge([(f"{number}", part) for number, part in enumerate(parts)])
    assert same(pictures(merged.pdf), [picture for part in parts for picture in pictures(part)])
    with opened(merged.pdf) as pdf:
        assert pdf.pages[2].UserUnit == 2
        assert "/BleedBox" in pdf.pages[-1]


def test_a_part_twice_is_kept_once() -> None:
    part = drawn(Page(A5, (words(20, 40, "the same " * 4),)))
    one, two = (merge([("x", part)] * count).pdf for count in (1, 2))
    assert len(two) < 1.15 * len(one)


def test_a_part_for_both_sides_begins_on_a_front() -> None:
    one, two = drawn(Page(A5, (words(20, 40, "one"),))), chapters("Two")
    merged = merge([("a", one), ("b", two), ("c", one)], fronts=True)
    assert merged.pages == 5
    assert [text.split("\r")[0] for text in told(merged.pdf)] == ["one", "", "Two one", "Two two", "one"]
    with opened(merged.pdf) as pdf:
        assert pdf.pages[1].mediabox == pdf.pages[0].mediabox
        with pdf.open_outline() as outline:
            assert [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root] == [0, 2, 4]
    assert merge([("a", one), ("b", two), ("c", one)]).pages == 4


def test_equal_parts_give_equal_files() -> None:
    parts = [("a", chapters("First")), ("b", foreign())]
    assert merge(parts).pdf == merge(parts).pdf != merge(parts[::-1]).pdf


def test_outside_tools_find_nothing_wrong(tool: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "merged.pdf"
    parts = [("a", chapters("First")), ("b", foreign(Rotate=90)), ("c", drawn(Page(A5, (words(9, 40, "Ada"),))))]
    file.write_bytes(merge(parts).pdf)
    done = subprocess.run([tool("qpdf"), "--check", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    strict = [tool("gs"), "-q", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"]
    done = subprocess.run([*strict, str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    fonts = subprocess.run([tool("pdffonts"), str(file)], capture_output=True, text=True, check=True).stdout
    assert Counter(row.split()[0] for row in fonts.splitlines()[2:]).most_common(1)[0][1] == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\nand nothing else"])
def test_what_cannot_be_read_stops_it_by_name(data: bytes) -> None:
    with pytest.raises(Stop, match=r"torn\.pdf is damaged or no PDF"):
        merge([("good.pdf", foreign()), ("torn.pdf", data)])


def test_a_locked_part_stops_it_by_name() -> None:
    with opened(foreign()) as pdf:
        pdf.save(out := io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Stop, match=r"locked\.pdf is locked by a password"):
        merge([("good.pdf", foreign()), ("locked.pdf", out.getvalue())])


@pytest.mark.parametrize(
    "name", ["/B", "/AA", "/Tabs", "/Parent", "/PS", "/Ref", "/Metadata", "/Interpolate", "/Popup"]
)
def test_a_resource_may_have_any_name(name: str, tmp_path: Path) -> None:
    """What is left out of a page by this name is one thing, what its maker called a form another."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    form = pdf.make_stream(b"1 0 0 rg 20 20 60 60 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = [0, 0, 100, 100]
    page.Resources = pikepdf.Dictionary(XObject=pdf.make_indirect(pikepdf.Dictionary({name: form})))
    page.Contents = pdf.make_stream(f"{name} Do".encode())
    pdf.save(out := io.BytesIO())
    (tmp_path / "form.pdf").write_bytes(out.getvalue())
    mark = Artwork(Box(0, 0, 100, 100), tmp_path / "form.pdf")
    placed = [
        draw([Page(Size(100, 100), (mark,))], edition=edition, title="A title", language="en")
        for edition in (Edition.BLED, Edition.OFFICE)
    ]
    for made in (merge([("part", out.getvalue())]).pdf, *placed):
        picture = pypdfium2.PdfDocument(made)[0].render().to_pil().convert("RGB")
        assert picture.getpixel((50, 50)) == (255, 0, 0)
