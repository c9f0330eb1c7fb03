"""Print-shop files are PDF/X-4: said by veraPDF, shown by Ghostscript's plates, and refused with any fault put in."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import copy_of_the_sample
from PIL import Image as pillow
from standards import pdfx4, vera

from eventprint import compose, inks
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.draw import draw
from eventprint.event import Event, Product
from eventprint.geometry import Box, Size
from eventprint.images import open_image
from eventprint.page import Edition, Group, Page, Picture, Text, rectangle, rule
from eventprint.problems import Problems
from eventprint.read import read
from eventprint.shelves import shelf
from eventprint.text import Style, shape

TEAL, ORANGE, GREY = Colour.parse("#0b5c5c"), Colour.parse("#d8531f"), Colour(0.5, 0.5, 0.5)
X4 = pdfx4.profile()


def shop(*pages: Page, press: inks.Press | None = None) -> bytes:
    return draw(pages, edition=Edition.SHOP, title="A title", language="en", author="Ada", press=press)


def words(x: float, y: float, text: str, colour: Colour = BLACK, size: float = 20) -> Text:
    return Text(x, y, shape(text, Style(weight=600)), size, colour)


def photograph(folder: Path, mode: str = "RGB", kind: str = "JPEG", side: int = 1200) -> Picture:
    ramp = pillow.linear_gradient("L").resize((side, side))
    picture = pillow.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180))).convert(mode)
    if mode == "RGBA":
        picture.putalpha(ramp)
    file = folder / f"{mode}.{kind.lower()}"
    picture.save(file, kind)
    return Picture(Box(100, 100, 60, 60), open_image(file), "a ramp")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder = tmp_path_factory.mktemp("pictures")
    marks = (
        rectangle(Box(-9, -9, 218, 60), TEAL),
        words(10, 30, "Black on teal"),
        words(10, 80, "Orange", ORANGE),
        words(10, 120, "Grey", GREY, 8),
        rule(10, 130, 90, 130, BLACK, 0.5),
        rectangle(Box(20, 140, 40, 20), WHITE, ORANGE, 1),
        photograph(folder),
        Group((rectangle(Box(0, 0, 30, 10), ORANGE), words(0, 8, "ab", BLACK, 8)), 120, 80, 30, shared=True),
        photograph(folder, "RGBA", "PNG"),
    )
    return Page(Size(200, 200), marks, 9, name="a page")


@pytest.fixture(scope="module")
def clean(page: Page) -> bytes:
    return shop(page, page)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    return read(copy_of_the_sample(tmp_path_factory.mktemp("shop")), Problems(), secret=True)


# The whole file


@pytest.mark.parametrize(
    "layout", ["programme", "badge-90x55", "badge-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4"]
)
def test_every_product_of_the_sample_is_pdf_x_4(sample: Event, layout: str) -> None:
    pages = compose.compose(sample, Product(layout), Problems()).pages
    assert vera.judge(shop(*pages[:12]), X4) == {}


def test_a_page_with_everything_on_it_is_pdf_x_4(clean: bytes) -> None:
    assert vera.judge(clean, X4) == {}


def test_what_it_claims_besides_is_true_too(clean: bytes) -> None:
    assert b"<pdfaid:part>2</pdfaid:part>" in clean
    assert vera.judge(clean, "PDF/A-2b") == {}


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed: nobody else checks the syntax")
def test_qpdf_finds_nothing_wrong(clean: bytes, tmp_path: Path) -> None:
    file = tmp_path / "clean.pdf"
    file.write_bytes(clean)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_info_and_metadata_say_the_same_and_equal_pages_are_equal_files(clean: bytes, page: Page) -> None:
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA39"
        assert str(pdf.docinfo["/Trapped"]) == "/False"
        with pdf.open_metadata() as told:
            assert told["pdf:Trapped"] == "False"
            assert told["dc:title"] == str(pdf.docinfo["/Title"])
            assert told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
            assert told["xmpMM:DocumentID"] == "xmp.did:" + bytes(pdf.trailer.ID[0]).hex()
        assert "/Annots" not in pdf.pages[0]
    assert shop(page, page) == clean
    assert shop(page) != clean


def test_pictures_are_in_inks_and_no_finer_than_they_are_printed(clean: bytes) -> None:
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert sorted(str(one.ColorSpace) for one in found) == ["/DeviceCMYK", "/DeviceCMYK", "/DeviceGray"]
        assert {int(one.Width) for one in found} == {250}  # 60 points at 300 to the inch


def test_a_profile_of_ones_own_is_embedded_and_any_other_refused(page: Page, tmp_path: Path) -> None:
    icc = shelf("data") / "icc"
    own = inks.press(icc / "isocoated-v2-300.icc")
    made = shop(page, press=own)
    assert vera.judge(made, X4) == {}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert intent.DestOutputProfile.read_bytes() == (icc / "isocoated-v2-300.icc").read_bytes()
        assert "/RegistryName" not in intent
    with pytest.raises(ValueError, match=r"srgb\.icc is a profile of class 'mntr' for RGB"):
        inks.press(icc / "srgb.icc")
    (tmp_path / "no.icc").write_bytes(b"no profile")
    with pytest.raises(ValueError, match=r"no\.icc is no ICC profile"):
        inks.press(tmp_path / "no.icc")
    with pytest.raises(ValueError, match=r"none\.icc is no ICC profile: No such file"):
        inks.press(tmp_path / "none.icc")


# Inks


def test_greys_are_black_ink_alone_and_colours_keep_to_the_limit() -> None:
    press = inks.press()
    assert press.inks(BLACK) == (0, 0, 0, 1)
    assert press.inks(WHITE) == (0, 0, 0, 0)
    assert press.inks(GREY) == (0, 0, 0, 0.5)
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                assert sum(press.inks(Colour(red / 255, green / 255, blue / 255))) <= 3.01


def test_inks_that_were_said_are_printed_as_said(tmp_path: Path) -> None:
    petrol, orange = Colour.parse("cmyk 90 35 45 40"), Colour.parse("spot PANTONE 021 C: cmyk 0 60 100 0")
    marks = (
        rectangle(Box(0, 0, 50, 50), petrol),
        rectangle(Box(0, 50, 50, 50), orange.tint(0.25), orange, 2),
        words(60, 40, "Petrol", petrol),
        Group((words(0, 0, "Orange", orange),), 60, 80, shared=True),
    )
    made = shop(Page(Size(200, 200), marks, 9))
    assert vera.judge(made, X4) == {}
    assert vera.judge(made, "PDF/A-2b") == {}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert b"0.9 0.35 0.45 0.4 k" in content
        assert b"/S1 cs 0.25 scn" in content
        assert b"/S1 CS 1 SCN" in content
        separation = pdf.pages[0].Resources.ColorSpace.S1
        assert str(separation[1]) == "/PANTONE 021 C"
        assert [float(ink) for ink in separation[3].C1] == [0, 0.6, 1, 0]
    if shutil.which("gs"):
        (tmp_path / "file.pdf").write_bytes(made)
        options = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72"]
        out = f"-sOutputFile={tmp_path / 'plate.tif'}"
        subprocess.run(["gs", *options, out, str(tmp_path / "file.pdf")], check=True)
        plate = pillow.open(next(tmp_path.glob("plate*PANTONE*"))).convert("L")
        assert plate.getextrema()[0] == 0


def test_inks_are_shown_as_paper_shows_them() -> None:
    assert inks.shown(TEAL) is TEAL
    cyan = inks.shown(Colour.parse("cmyk 100 0 0 0"))
    assert cyan.inks == (1, 0, 0, 0)
    assert cyan.red < 0.1
    assert 0.5 < cyan.green < 0.7


def test_the_distance_says_what_the_press_cannot_print() -> None:
    press = inks.press()
    assert press.distance(GREY) == 0
    assert press.distance(Colour.parse("#0b5c5c")) < 6
    assert press.distance(Colour(0, 1, 0)) > 40
    assert press.distance(Colour(0, 0, 1)) > 40


@pytest.fixture
def plates(tmp_path: Path) -> Callable[[bytes], dict[str, pillow.Image]]:
    """The plates of a file's first page, 255 for no ink, at 72 to the inch."""
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed: nobody makes plates")

    def made(pdf: bytes) -> dict[str, pillow.Image]:
        file = tmp_path / "file.pdf"
        file.write_bytes(pdf)
        out = tmp_path / "plate.tif"
        options = ["-dSAFER", "-dBATCH", "-dNOPAUSE", "-dLastPage=1", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={out}"]
        subprocess.run(["gs", "-q", *options, str(file)], check=True, capture_output=True)
        names = ("Cyan", "Magenta", "Yellow", "Black")
        return {name: pillow.open(next(tmp_path.glob(f"plate*({name})*"))).convert("L") for name in names}

    return made


def test_black_text_leaves_the_other_plates_as_they_are(plates: Callable[[bytes], dict[str, pillow.Image]]) -> None:
    ground = rectangle(Box(-9, -9, 218, 218), TEAL)
    bare, told = (
        plates(shop(Page(Size(200, 200), marks, 9)))
        for marks in ((ground,), (ground, words(10, 100, "Black on teal", BLACK, 24)))
    )
    for name in ("Cyan", "Magenta", "Yellow"):
        assert bare[name].tobytes() == told[name].tobytes(), f"the {name} plate has a hole under the text"
    assert told["Black"].getextrema()[0] == 0
    white = plates(shop(Page(Size(200, 200), (ground, words(10, 100, "White", WHITE, 40)), 9)))
    assert white["Cyan"].getextrema()[1] == 255, "white letters are no ink at all"


def test_what_is_black_and_grey_is_on_the_black_plate_alone(
    plates: Callable[[bytes], dict[str, pillow.Image]],
) -> None:
    marks = (words(10, 40, "Black"), words(10, 80, "Grey", GREY), rule(10, 100, 90, 100, BLACK, 0.5))
    made = plates(shop(Page(Size(200, 200), marks, 9)))
    for name in ("Cyan", "Magenta", "Yellow"):
        assert made[name].getextrema() == (255, 255)
    assert made["Black"].getextrema()[0] == 0


def test_no_spot_has_more_ink_than_the_press_takes(
    plates: Callable[[bytes], dict[str, pillow.Image]], clean: bytes
) -> None:
    made = plates(clean)
    ink = [sum(255 - value for value in spot) / 255 for spot in zip(*(p.tobytes() for p in made.values()), strict=True)]
    # a JPEG overshoots by a little in a few spots
    assert sorted(ink)[-len(ink) // 1000] <= 3.05
    assert max(ink) <= 3.2


# Faults put in on purpose


def fault(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            change(pdf)
            pdf.save(out := io.BytesIO())
        return out.getvalue()

    return made


def painted(operators: bytes) -> Callable[[bytes], bytes]:
    return fault(lambda pdf: pdf.pages[0].contents_add(pikepdf.Stream(pdf, operators)))


def link(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pdf.make_indirect([note])


def bare_font(pdf: pikepdf.Pdf) -> None:
    descriptor = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)
    del descriptor["/FontFile2"]


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    picture = pikepdf.Stream(pdf, b"\xff\x00\x00")
    for key, value in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB"}.items():
        picture[key] = pikepdf.Name(value)
    picture.Width = picture.Height = 1
    picture.BitsPerComponent = 8
    pdf.pages[0].Resources.XObject["/Rgb"] = picture
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"q 9 0 0 9 0 0 cm /Rgb Do Q"))


def screen_profile(pdf: pikepdf.Pdf) -> None:
    profile = pikepdf.Stream(pdf, (shelf("data") / "icc" / "srgb.icc").read_bytes())
    profile.N = 3
    pdf.Root.OutputIntents[0].DestOutputProfile = profile


FAULTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "RGB fill": ("rgb", painted(b"1 0 0 rg 0 0 9 9 re f")),
    "RGB stroke": ("rgb", painted(b"1 0 0 RG 0 0 9 9 re S")),
    "RGB picture": ("rgb", fault(rgb_picture)),
    "no TrimBox": ("trim", fault(lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox"))),
    "Trim and ArtBox": ("trim and art", fault(lambda pdf: setattr(pdf.pages[0].obj, "ArtBox", pdf.pages[0].TrimBox))),
    "a link": ("annotation", fault(link)),
    "a font without its program": ("font", fault(bare_font)),
    "no output intent": ("intent", fault(lambda pdf: pdf.Root.__delitem__("/OutputIntents"))),
    "an intent without profile": (
        "profile",
        fault(lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
    ),
    "an intent of the screen": ("press", fault(screen_profile)),
    "JavaScript": (
        "action",
        fault(
            lambda pdf: setattr(pdf.Root, "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep(0)"))
        ),
    ),
    "a form": ("form", fault(lambda pdf: setattr(pdf.Root, "AcroForm", pikepdf.Dictionary(Fields=[])))),
    "a transfer curve": (
        "transfer",
        fault(lambda pdf: setattr(pdf.pages[0].Resources.ExtGState["/O1"], "TR", pikepdf.Name.Identity)),
    ),
    "no metadata": ("metadata", fault(lambda pdf: pdf.Root.__delitem__("/Metadata"))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_one_fault_is_refused_for_that_fault(clean: bytes, name: str) -> None:
    named, spoil = FAULTS[name]
    assert named in vera.judge(spoil(clean), X4)


def test_every_rule_that_can_be_broken_is_broken_once() -> None:
    unbroken = set(pdfx4.RULES) - {named for named, _ in FAULTS.values()}
    assert unbroken == {"postscript", "encryption", "identifier", "lzw"}


def test_rewriting_a_file_breaks_no_rule(clean: bytes) -> None:
    assert vera.judge(fault(lambda pdf: None)(clean), X4) == {}
