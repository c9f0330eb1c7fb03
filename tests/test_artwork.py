"""Supplied PDFs placed on pages: looked at by pdfium, read by poppler, counted by pikepdf, judged by veraPDF."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image as pillow
from PIL import ImageChops
from standards import pdfx4, vera

from eventprint import artwork
from eventprint.artwork.operators import fonts_shown, without_tags
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.draw import draw
from eventprint.geometry import PAPERS, Box, Size, mm
from eventprint.images import open_image
from eventprint.page import Artwork, Edition, Group, Page, Picture, Role, Text, rectangle
from eventprint.problems import Place, Problem, Severity, Stop
from eventprint.text import Style, shape

A5 = PAPERS["A5"]
TEAL, ORANGE = Colour.parse("#0b5d5e"), Colour.parse("#d9772b")
CLAIMED = {
    "PDF/X-4": b"<pdfxid:GTS_PDFXVersion>PDF/X-4<",
    "PDF/UA-1": b"<pdfuaid:part>1<",
    "PDF/A-2a": b"<pdfaid:conformance>A<",
    "PDF/A-2b": b"<pdfaid:conformance>B<",
}


def words(x: float, y: float, text: str, size: float = 20, colour: Colour = BLACK) -> Text:
    return Text(x, y, shape(text, Style("Fira Sans")), size, colour)


def placed(*artworks: Artwork, size: Size = A5, edition: Edition = Edition.BLED, bleed: float = 9) -> bytes:
    return draw([Page(size, artworks, bleed, name="a page")], edition=edition, title="A title", language="en")


def saved(pdf: pikepdf.Pdf, file: Path) -> Path:
    pdf.save(file, deterministic_id=True)
    return file


# What a page looks like -----------------------------------------------------------------------------------------------

SIGNS = b"""
q 0.9 0.2 0.1 rg 10 20 60 30 re f Q
q 0.1 0.3 0.8 rg 20 180 40 90 re f Q
q 0 0.5 0.3 RG 6 w 110 40 m 180 250 l S Q
q 0.5 g 120 30 m 190 30 l 150 90 l h f Q
"""
"""Four signs for a page of 200 × 300 points that look the same from no other side."""


def blank(content: bytes = SIGNS, box: tuple[float, ...] = (0, 0, 200, 300), **entries: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = Dictionary(Type=Name.Page, MediaBox=Array(box), Contents=pdf.make_stream(content), Resources=Dictionary())
    for key, value in entries.items():
        page[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(page))
    return pdf


def turned(degrees: int) -> Callable[[], pikepdf.Pdf]:
    return lambda: blank(Rotate=degrees)


def inherited() -> pikepdf.Pdf:
    """Resources, rotation and boxes stand at the tree, none of them at the page."""
    pdf = blank(b"/Soft gs /F Do\n" + SIGNS)
    form = pdf.make_stream(
        b"0 0.6 0.9 rg 80 120 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 300]
    )
    soft = Dictionary(Type=Name.ExtGState, ca=0.5)
    pdf.Root.Pages.Resources = Dictionary(XObject=Dictionary(F=form), ExtGState=Dictionary(Soft=soft))
    pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = Array([0, 0, 200, 300]), 90
    for key in ("/Resources", "/MediaBox"):
        del pdf.pages[0].obj[key]
    return pdf


def in_parts() -> pikepdf.Pdf:
    """Content in two streams, one of them written as hexadecimal digits."""
    pdf = blank()
    cut = SIGNS.index(b"\nq 0 0.5")
    first, second = SIGNS[:cut], SIGNS[cut:]
    hexed = pdf.make_stream(first.hex().encode() + b">")
    hexed.Filter = Name.ASCIIHexDecode
    pdf.pages[0].obj.Contents = Array([hexed, pdf.make_stream(second)])
    return pdf


def lzw(data: bytes) -> bytes:
    """Data as LZW without any compression: a clear code before the table would grow (ISO 32000-1, 7.4.4)."""
    bits = ""
    for at, byte in enumerate(data):
        bits += ("1" + "0" * 8 if at % 200 == 0 else "") + f"{byte:09b}"
    bits += "100000001"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def in_lzw() -> pikepdf.Pdf:
    pdf = blank()
    packed = pdf.make_stream(lzw(SIGNS))
    packed.Filter = Name.LZWDecode
    pdf.pages[0].obj.Contents = packed
    return pdf


def see_through() -> pikepdf.Pdf:
    """A group with a mask and blending, its form found in resources that name itself."""
    pdf = blank(b"0.2 0.6 0.2 rg 0 0 200 150 re f /Masked gs /G Do\n")
    black = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    form = pdf.make_stream(
        SIGNS, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 300], Group=black, Resources=Dictionary()
    )
    form.Resources = Dictionary(XObject=Dictionary(G=form))
    light = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceGray)
    ramp = pdf.make_stream(
        b"/S sh", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 300], Group=light, Resources=Dictionary()
    )
    curve = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.2], C1=[1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 0, 300], Function=curve)
    ramp.Resources = Dictionary(Shading=Dictionary(S=pdf.make_indirect(shading)))
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=ramp)
    state = Dictionary(Type=Name.ExtGState, SMask=mask, BM=Name.Multiply)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(G=form), ExtGState=Dictionary(Masked=state))
    pdf.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    return pdf


def layered() -> pikepdf.Pdf:
    """A layer that is seen and one that is not."""
    pdf = blank(b"/OC /Seen BDC 0 0 1 rg 10 10 50 50 re f EMC /OC /Hidden BDC 1 0 0 rg 0 0 200 300 re f EMC\n" + SIGNS)
    seen, hidden = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("Seen", "Hidden"))
    pdf.Root.OCProperties = Dictionary(OCGs=[seen, hidden], D=Dictionary(Order=[seen, hidden], OFF=[hidden]))
    pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(Seen=seen, Hidden=hidden))
    return pdf


def patterned() -> pikepdf.Pdf:
    pdf = blank(b"/Pattern cs /P scn 0 0 200 300 re f\n" + SIGNS)
    cell = pdf.make_stream(
        b"1 0.8 0 rg 0 0 6 6 re f",
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 20, 20], XStep=20, YStep=20,
        Resources=Dictionary(),
    )  # fmt: skip
    pdf.pages[0].obj.Resources = Dictionary(Pattern=Dictionary(P=cell))
    return pdf


LOOKS: dict[str, Callable[[], pikepdf.Pdf]] = {
    "as it is": blank,
    "turned right": turned(90),
    "on its head": turned(180),
    "turned left": turned(270),
    "turned once more than once": turned(450),
    "from another origin": lambda: blank(
        b"1 0 0 1 -50 700 cm\n" + SIGNS, box=(-50, 700, 150, 1000), CropBox=Array([-40, 710, 140, 990])
    ),
    "with corners in another order": lambda: blank(box=(200, 300, 0, 0), Rotate=270),
    "cropped and turned": lambda: blank(CropBox=Array([5, 10, 195, 280]), Rotate=90),
    "in larger units": lambda: blank(UserUnit=2),
    "in larger units and turned": lambda: blank(UserUnit=1.5, Rotate=90),
    "with what it inherits": inherited,
    "with content in parts": in_parts,
    "compressed by LZW": in_lzw,
    "seen through": see_through,
    "in layers": layered,
    "with a pattern": patterned,
}


def picture(pdf: bytes | Path, number: int, width: int) -> pillow.Image:
    """A page so many pixels wide."""
    page = pypdfium2.PdfDocument(pdf)[number]
    made: pillow.Image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return made


def alike(one: pillow.Image, other: pillow.Image) -> bool:
    """Whether no more than the rims of shapes differ, by less than the eye sees."""
    assert abs(one.width - other.width) <= 1
    assert abs(one.height - other.height) <= 1
    other = other.resize(one.size)
    far = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 40 else 0)
    return far.histogram()[255] / (one.width * one.height) < 0.004


@pytest.mark.parametrize("edition", [Edition.BLED, Edition.OFFICE])
@pytest.mark.parametrize("look", LOOKS)
def test_a_placed_page_looks_as_it_did(look: str, edition: Edition, tmp_path: Path) -> None:
    file = saved(LOOKS[look](), tmp_path / "supplied.pdf")
    sheet = artwork.open_artwork(file).sheets[0]
    made = placed(Artwork(Box.of(sheet.size), file), size=sheet.size, edition=edition, bleed=0)
    width = round(2 * sheet.size.width)
    before, after = picture(file, 0, width), picture(made, 0, width)
    assert len(before.getcolors(10**6) or ()) > 4
    assert alike(before, after)


def test_a_page_that_is_another_is_not_taken_for_it(tmp_path: Path) -> None:
    """The measure of the test above: it sees a page on its head, and a layer too many."""
    width = 400
    first = picture(saved(blank(), tmp_path / "a.pdf"), 0, width)
    assert not alike(first, picture(saved(turned(180)(), tmp_path / "b.pdf"), 0, width))
    shown = layered()
    del shown.Root.OCProperties.D.OFF
    hidden = picture(saved(layered(), tmp_path / "c.pdf"), 0, width)
    assert not alike(hidden, picture(saved(shown, tmp_path / "d.pdf"), 0, width))


def test_ours_does_not_colour_what_the_supplied_page_leaves_uncoloured(tmp_path: Path) -> None:
    """A page begins in black with a line of one point, whatever was painted before it."""
    file = saved(blank(b"10 10 50 50 re f 100 100 m 150 100 l S"), tmp_path / "bare.pdf")
    size = Size(200, 300)
    ours = rectangle(Box(0, 0, 5, 5), ORANGE, TEAL, 4)
    page = Page(size, (ours, Artwork(Box.of(size), file)))
    made = picture(draw([page], edition=Edition.BLED, title="t", language="en"), 0, 400)
    black, white = (0, 0, 0), (255, 255, 255)
    assert made.getpixel((60, 540)) == black
    assert [made.getpixel((250, y)) for y in (398, 399, 400, 401)] == [white, black, black, white]


def test_it_fills_its_box_and_shows_its_bleed_where_it_may(tmp_path: Path) -> None:
    """Half as large, at (40, 60); red bleed of 10 points is shown at the left and the top."""
    content = b"1 0 0 rg 0 0 120 220 re f 0 0 1 rg 10 10 100 200 re f"
    file = saved(blank(content, (0, 0, 120, 220), TrimBox=Array([10, 10, 110, 210])), tmp_path / "bled.pdf")
    mark = Artwork(Box(40, 60, 50, 100), file, clip=Box(37, 57, 53, 103))
    made = picture(placed(mark, size=Size(200, 200), bleed=0), 0, 200)
    red, blue, white = (255, 0, 0), (0, 0, 255), (255, 255, 255)
    seen = {
        point: made.getpixel(point)
        for point in [(38, 100), (60, 58), (45, 65), (85, 155), (92, 100), (60, 162), (35, 100)]
    }
    assert list(seen.values()) == [red, red, blue, blue, white, white, white]
    sheet = artwork.open_artwork(file).sheets[0]
    assert (sheet.size, sheet.reach) == (Size(100, 200), (10, 10, 10, 10))


def test_bleed_turns_with_the_page(tmp_path: Path) -> None:
    """Bleeds of 1, 2, 3 and 4 points at left, bottom, right and top as it lies in the file; shown a quarter turned."""
    file = saved(blank(box=(0, 0, 104, 206), TrimBox=Array([1, 2, 101, 202]), Rotate=90), tmp_path / "turned.pdf")
    assert artwork.open_artwork(file).sheets[0] == artwork.Sheet(Size(200, 100), (2, 1, 4, 3))


# What is in the file --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def adverts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Clean supplied files: two in inks, one in screen colours, one with tags, each of two pages."""
    folder = tmp_path_factory.mktemp("adverts")
    drawn = pillow.new("RGB", (300, 200))
    drawn.putdata([((x * 7) % 256, (y * 5) % 256, (x * y) % 256) for y in range(200) for x in range(300)])
    drawn.save(folder / "drawn.png")
    image = open_image(folder / "drawn.png")

    def pages(name: str) -> list[Page]:
        ground = rectangle(Box.of(A5).inset(-9), TEAL)
        spot = Colour.parse("#d9772b")
        return [
            Page(
                A5,
                (ground, words(40, 90, f"{name} works", 30, WHITE), Picture(Box(40, 200, 150, 100), image)),
                9,
                name="a",
            ),
            Page(A5, (words(40, 90, f"{name} again", 30), rectangle(Box(60, 200, 90, 90), spot)), 9, name="b"),
        ]

    editions = {"inks": Edition.SHOP, "more": Edition.SHOP, "screen": Edition.BLED, "tagged": Edition.SCREEN}
    made = {}
    for name, edition in editions.items():
        made[name] = folder / f"{name}.pdf"
        made[name].write_bytes(draw(pages(name.title()), edition=edition, title=name, language="en"))
    return made


def programme(file: Path, *more: Artwork) -> list[Page]:
    """Six pages: two of a file, one of them once more at half its size and in a group, and what else is given."""
    whole, bled = Box.of(A5), Box.of(A5).inset(-9)
    small = Artwork(Box(0, 0, A5.width / 2, A5.height / 2), file, 1, "The second page, small", Role.FIGURE)
    return [
        Page(A5, (Artwork(whole, file, 0, "An advert", Role.FIGURE, bled),), 9, name="1"),
        Page(A5, (words(30, 40, "Our own text"), Artwork(Box(60, 60, 200, 283.8), file, 1)), 9, name="2"),
        Page(A5, (Group((small,), 100, 150, 0), words(30, 40, "More text")), 9, name="3"),
        Page(A5, (Group((small,), 100, 150, 0, shared=True),), 9, name="4"),
        Page(A5, (words(30, 40, "Last"), *more), 9, name="5"),
    ]


def bytes_of(pdf: pikepdf.Pdf, kind: Callable[[pikepdf.Stream], bool]) -> Counter[bytes]:
    streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    return Counter(one.read_raw_bytes() for one in streams if kind(one))


def of_fonts(one: pikepdf.Stream) -> bool:
    return "/Length1" in one


def of_pictures(one: pikepdf.Stream) -> bool:
    return one.get("/Subtype") == "/Image"


def of_forms(one: pikepdf.Stream) -> bool:
    return one.get("/Subtype") == "/Form"


@pytest.mark.parametrize("edition", list(Edition))
def test_every_thing_is_in_the_file_once(adverts: dict[str, Path], edition: Edition) -> None:
    pages = programme(adverts["inks"], Artwork(Box(50, 100, 100, 141.9), adverts["more"]))
    made = draw(pages, edition=edition, title="t", language="en")
    with pikepdf.open(io.BytesIO(made)) as pdf, pikepdf.open(adverts["inks"]) as supplied:
        for kind in (of_fonts, of_pictures, of_forms):
            found = bytes_of(pdf, kind)
            assert found
            assert set(found.values()) == {1}, kind.__name__
        # pictures of two supplied files that are equal are one; their fonts have different letters
        assert bytes_of(pdf, of_pictures) == bytes_of(supplied, of_pictures)
        # streams are as they were
        assert bytes_of(supplied, of_fonts).keys() < bytes_of(pdf, of_fonts).keys()
        profiles = bytes_of(pdf, lambda one: "/N" in one and "/Type" not in one)
        assert set(profiles.values()) <= {1}


@pytest.mark.parametrize("edition", list(Edition))
def test_a_background_of_many_badges_is_one_form(adverts: dict[str, Path], edition: Edition) -> None:
    size = Size(90 * mm, 55 * mm)
    ground = Artwork(Box.of(size), adverts["screen"])
    pages = [Page(size, (ground, words(20, 60, f"Badge {n}")), name=f"{n}") for n in range(200)]
    with pikepdf.open(io.BytesIO(draw(pages, edition=edition, title="t", language="en"))) as pdf:
        assert len(bytes_of(pdf, of_forms)) == 1
        assert len(pdf.pages) == 200


def test_equal_pages_are_equal_files(adverts: dict[str, Path], tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere.pdf"
    copy.write_bytes(adverts["tagged"].read_bytes())
    for edition in Edition:
        first, again, moved = (
            draw(programme(file), edition=edition, title="t", language="en")
            for file in (adverts["tagged"], adverts["tagged"], copy)
        )
        assert first == again == moved


def test_its_words_can_be_found(adverts: dict[str, Path], tool: Callable[[str], str], tmp_path: Path) -> None:
    for edition in Edition:
        file = tmp_path / f"{edition}.pdf"
        file.write_bytes(draw(programme(adverts["inks"]), edition=edition, title="t", language="en"))
        told = subprocess.run([tool("pdftotext"), str(file), "-"], capture_output=True, text=True, check=True).stdout
        pages = told.split("\f")
        assert "Inks works" in pages[0]
        assert "Inks again" in pages[1]
        assert "Our own text" in pages[1]


def test_qpdf_finds_nothing_wrong(adverts: dict[str, Path], tool: Callable[[str], str], tmp_path: Path) -> None:
    for look in LOOKS:
        supplied = saved(LOOKS[look](), tmp_path / "supplied.pdf")
        for edition in (Edition.SHOP, Edition.SCREEN):
            file = tmp_path / "made.pdf"
            file.write_bytes(placed(Artwork(Box(0, 0, 200, 300), supplied), edition=edition))
            done = subprocess.run([tool("qpdf"), "--check", str(file)], capture_output=True, text=True)
            assert done.returncode == 0, (look, done.stdout, done.stderr)


# What the file says of itself -----------------------------------------------------------------------------------------

STANDARDS = {Edition.SHOP: ("PDF/X-4", "PDF/A-2b"), Edition.SCREEN: ("PDF/UA-1", "PDF/A-2a")}


def claims(pdf: bytes) -> set[str]:
    return {claim for claim, said in CLAIMED.items() if said in pdf}


def verdicts(pdf: bytes, edition: Edition) -> dict[str, dict[str, str]]:
    return {claim: vera.judge(pdf, pdfx4.profile() if claim == "PDF/X-4" else claim) for claim in STANDARDS[edition]}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("edition", STANDARDS)
@pytest.mark.parametrize("name", ["inks", "screen", "tagged"])
def test_a_clean_advert_costs_no_claim(adverts: dict[str, Path], name: str, edition: Edition) -> None:
    file = adverts[name]
    assert [artwork.faults(file, number) for number in (0, 1)] == [(), ()]
    made = draw(programme(file), edition=edition, title="t", language="en")
    assert claims(made) == set(STANDARDS[edition])
    assert verdicts(made, edition) == {claim: {} for claim in STANDARDS[edition]}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("edition", STANDARDS)
@pytest.mark.parametrize("look", LOOKS)
def test_what_has_no_text_costs_no_claim(look: str, edition: Edition, tmp_path: Path) -> None:
    file = saved(LOOKS[look](), tmp_path / "supplied.pdf")
    made = placed(Artwork(Box(0, 0, 200, 300), file), edition=edition)
    assert claims(made) == set(STANDARDS[edition])
    assert verdicts(made, edition) == {claim: {} for claim in STANDARDS[edition]}


def spotted() -> pikepdf.Pdf:
    """Inks in every place a colour space can stand: a spot, an index, a shading, a picture, one in the content."""
    pdf = blank(
        b"/Spot cs 0.7 scn 10 10 50 50 re f /Shade sh 0.1 0.9 0 0 K 5 w 20 200 m 150 250 l S"
        b" q 40 0 0 40 100 100 cm /Im Do Q q 40 0 0 40 150 100 cm /Small Do Q"
        b" q 30 0 0 30 20 100 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK ID \x00\xff\x00\x10 EI Q"
    )
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.7, 1, 0], N=1)
    spot = pdf.make_indirect(Array([Name.Separation, Name("/Brick"), Name.DeviceCMYK, tint]))
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 200, 0], BBox=[0, 60, 200, 90],
        Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0, 0], C1=[0, 0, 1, 0], N=1),
    )  # fmt: skip
    small = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    full = pdf.make_stream(b"\x10\x20\x30\x40", **small, ColorSpace=Name.DeviceCMYK, Interpolate=True)
    table = Array([Name.Indexed, Name.DeviceCMYK, 0, pikepdf.String(b"\xff\x00\x00\x00")])
    index = pdf.make_stream(b"\x00", **small, ColorSpace=table)
    pdf.pages[0].obj.Resources = Dictionary(
        ColorSpace=Dictionary(Spot=spot),
        Shading=Dictionary(Shade=shade),
        XObject=Dictionary(Im=full, Small=index),
        ExtGState=Dictionary(Over=Dictionary(OP=True, op=True, OPM=1)),
    )
    pdf.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    return pdf


@pytest.mark.parametrize("edition", STANDARDS)
def test_inks_are_held_wherever_they_stand(edition: Edition, tmp_path: Path) -> None:
    made = placed(Artwork(Box(0, 0, 200, 300), saved(spotted(), tmp_path / "spotted.pdf")), edition=edition)
    assert claims(made) == set(STANDARDS[edition])
    assert verdicts(made, edition) == {claim: {} for claim in STANDARDS[edition]}


def fault(change: Callable[[pikepdf.Pdf], object]) -> Callable[[Path], pikepdf.Pdf]:
    def made(file: Path) -> pikepdf.Pdf:
        pdf = pikepdf.open(file)
        change(pdf)
        return pdf

    return made


def without_program(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one.FontFile2


def without_letters(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/ToUnicode" in one:
            del one.ToUnicode


def with_curve(pdf: pikepdf.Pdf) -> None:
    curve = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    resources = pdf.pages[0].obj.Resources
    resources.ExtGState = Dictionary(Bent=Dictionary(Type=Name.ExtGState, TR=pdf.make_indirect(curve)))
    pdf.pages[0].contents_add(b"/Bent gs", prepend=True)


FAULTS = {
    "a font without its program": (without_program, "the font FiraSans-Regular is not in the file", set(CLAIMED)),
    "a font without letters": (
        without_letters,
        "the font FiraSans-Regular does not say which letters it shows",
        {"PDF/UA-1", "PDF/A-2a"},
    ),
    "a transfer curve": (with_curve, "it bends the tones of the press (a transfer curve)", set(CLAIMED)),
}


@pytest.mark.parametrize("edition", STANDARDS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_advert_costs_the_claims_it_breaks(
    adverts: dict[str, Path], name: str, edition: Edition, tmp_path: Path
) -> None:
    change, message, breaks = FAULTS[name]
    file = saved(fault(change)(adverts["screen"]), tmp_path / "faulty.pdf")
    assert [(one.message, set(one.breaks)) for one in artwork.faults(file, 0)] == [(message, breaks)]
    made = placed(Artwork(Box.of(A5), file, 0, "An advert", Role.FIGURE), edition=edition)
    assert claims(made) == set(STANDARDS[edition]) - breaks
    # the judge agrees: what is still said is true, and what is left out would not have been
    found = verdicts(made, edition)
    assert {claim for claim in STANDARDS[edition] if not found[claim] or set(found[claim]) <= METADATA} >= claims(made)
    assert all(found[claim] for claim in breaks & set(STANDARDS[edition]))
    if "PDF/X-4" in breaks:
        assert b"GTS_PDFXVersion (PDF/X-4)" not in made


METADATA = {"6.6.4-1", "5-1"}
"""Rules on what the metadata say: broken by every file without its claim."""


def test_a_font_that_shows_nothing_is_no_fault(tmp_path: Path) -> None:
    """As reportlab's canvas names one on every page."""
    for content, count in ((b"BT /F1 12 Tf 14 TL ET", 0), (b"BT /F1 12 Tf (seen) Tj ET", 1)):
        named = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        pdf = blank(content, Resources=Dictionary(Font=Dictionary(F1=named)))
        file = saved(pdf, tmp_path / f"{count}.pdf")
        assert len(artwork.faults(file, 0)) == count


# Heard ----------------------------------------------------------------------------------------------------------------


def figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/S") == "/Figure":
            yield str(one.Alt)


def test_an_advert_is_a_figure_with_what_it_says_or_is_not_heard(adverts: dict[str, Path]) -> None:
    made = draw(programme(adverts["tagged"]), edition=Edition.SCREEN, title="t", language="en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert list(figures(pdf)) == ["An advert", "The second page, small", "The second page, small"]
        for form in (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and of_forms(one)):
            assert "/StructParents" not in form
            assert not re.search(rb"BDC|BMC|EMC|MCID", form.read_bytes())
        assert b"/Artifact BMC" in pdf.pages[1].Contents.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/P <</MCID 0>> BDC (EMC) Tj EMC", b" (EMC) Tj "),
        (b"/Span <</ActualText (BDC)>> BDC\n1 0 0 rg\nEMC f", b"\n1 0 0 rg\n f"),
        (b"/Artifact BMC /OC /L BDC 0 g f EMC EMC", b" /OC /L BDC 0 g f EMC "),
        (b"/OC /L BDC /P BMC f EMC EMC", b"/OC /L BDC  f  EMC"),
        (b"/Note MP /Note /Name DP f", b"  f"),
        (b"q BI /W 1 /H 1 /BPC 8 /CS /G ID EMC EI Q /P BMC EMC", b"q BI /W 1 /H 1 /BPC 8 /CS /G ID EMC EI Q  "),
        (b"(a \\) BMC (b) EMC) Tj % BMC\n/P BMC f EMC", b"(a \\) BMC (b) EMC) Tj % BMC\n f "),
        (b"f EMC", b"f "),
        (b"1 0 0 1 0 0 cm", b"1 0 0 1 0 0 cm"),
    ],
)
def test_marks_of_another_structure_go_and_layers_stay(before: bytes, after: bytes) -> None:
    assert without_tags(before).split() == after.split()


def test_the_fonts_that_show_text_are_those_in_force() -> None:
    content = b"/A 9 Tf q /B 9 Tf (x) Tj Q BT /C 8 Tf ET q /D 1 Tf Q [(y)] TJ"
    assert fonts_shown(content) == {"/B", "/C"}


# Places ---------------------------------------------------------------------------------------------------------------


def supplied(size: Size, tmp_path: Path, bleed: float = 0.0) -> artwork.Supplied:
    box = (0, 0, size.width + 2 * bleed, size.height + 2 * bleed)
    trim = Array([bleed, bleed, size.width + bleed, size.height + bleed])
    name = f"{size.width:.0f}-{size.height:.0f}-{bleed:.0f}.pdf"
    return artwork.open_artwork(saved(blank(box=box, TrimBox=trim), tmp_path / name))


@pytest.mark.parametrize(
    ("size", "bleed", "box", "scale", "full", "bled"),
    [
        ("A5", 9, Box.of(A5), 1.0, True, True),
        ("A5", 20, Box.of(A5), 1.0, True, True),
        ("A5", 0, Box.of(A5), 1.0, True, False),
        ("A4", 0, Box.of(A5), 0.7048, True, False),
        ("A4", 18, Box.of(A5), 0.7048, True, True),
    ],
)
def test_a_page_of_one_shape_fills_the_page(
    size: str, bleed: float, box: Box, scale: float, full: bool, bled: bool, tmp_path: Path
) -> None:
    made = artwork.whole(supplied(PAPERS[size], tmp_path, bleed), 0, Box.of(A5), 8.5)
    assert (made.full, made.bled) == (full, bled)
    assert made.scale == pytest.approx(scale, abs=0.001)
    assert made.mark.box.contains(box, slack=1.5)
    assert made.mark.clip is not None
    assert made.mark.clip.contains(Box.of(A5), slack=1)
    assert Box.of(A5).inset(-8.5).contains(made.mark.clip)


def test_a_page_that_was_made_with_its_bleed_and_no_trim_is_understood(tmp_path: Path) -> None:
    over = Box.of(A5).inset(-3 * mm)
    made = artwork.whole(supplied(over.size, tmp_path), 0, Box.of(A5), 3 * mm)
    assert (made.scale, made.full, made.bled, made.mark.box) == (1.0, True, True, over)


def test_a_page_of_another_shape_lies_whole_inside_and_never_grows(tmp_path: Path) -> None:
    wide, small = PAPERS["A4"].landscape, Size(100, 60)
    made = artwork.whole(supplied(wide, tmp_path), 0, Box.of(A5), 9)
    assert made.mark.box.width == pytest.approx(A5.width)
    assert made.mark.box.centre == pytest.approx(Box.of(A5).centre)
    assert not made.full
    made = artwork.inside(supplied(small, tmp_path), 0, Box(0, 0, 300, 300))
    assert made.mark.box == Box(100, 120, 100, 60)
    assert artwork.covering(Box(0, 0, 300, 300), small) == Box(-100, 0, 500, 300)
    assert artwork.contained(Box(0, 0, 300, 300), small) == Box(0, 60, 300, 180)


def test_what_cannot_be_used_is_told_at_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "event"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    blank().save(folder / "images" / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    saved(blank(), tmp_path / "outside.pdf")
    (folder / "images" / "linked.pdf").symlink_to(tmp_path / "outside.pdf")
    told = {}
    for name in (
        "advert.pdf",
        "images/lokced.pdf",
        "../outside.pdf",
        "images/linked.pdf",
        "images/torn.pdf",
        "images/locked.pdf",
    ):
        found: list[Problem] = []
        assert artwork.find(folder, Path(name), Place("event.yaml", 7, 3), found.append) is None
        (problem,) = found
        assert problem.severity is Severity.ERROR
        assert (problem.place.line, problem.place.column) == (7, 3)
        told[name] = (problem.rule, problem.message, problem.hint)
    assert told["advert.pdf"] == ("artwork.missing", "there is no PDF advert.pdf", "check the name, or put it there")
    assert told["images/lokced.pdf"][2] == "did you mean 'images/locked.pdf'?"
    assert told["../outside.pdf"][:2] == ("artwork.outside", "the PDF ../outside.pdf lies outside the event folder")
    assert told["images/linked.pdf"][0] == "artwork.outside"
    assert told["images/torn.pdf"][:2] == ("artwork.unreadable", "images/torn.pdf is damaged or no PDF")
    assert told["images/locked.pdf"][1:] == (
        "images/locked.pdf is locked by a password",
        "ask for a copy without a password",
    )


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = saved(blank(), tmp_path / "advert.pdf")
    first = artwork.open_artwork(file)
    assert artwork.open_artwork(file) is first
    saved(blank(box=(0, 0, 500, 400)), file)
    assert artwork.open_artwork(file).sheets[0].size == Size(500, 400)
    file.unlink()
    with pytest.raises(Stop, match="is not there"):
        artwork.open_artwork(file)


def test_lzw_of_this_test_is_lzw() -> None:
    with in_lzw() as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == SIGNS
        assert pdf.pages[0].obj.Contents.read_raw_bytes() != SIGNS
