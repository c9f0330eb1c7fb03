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
            # streams stay as they are compressed
            pdf.save(out := io.BytesIO(), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
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
    place = pdf.make_indirect(profile)
    for intent in pdf.Root.OutputIntents:
        intent.DestOutputProfile = place


def other_profile(pdf: pikepdf.Pdf) -> None:
    """A second profile that differs from the first in one letter of its text."""
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    profile = pikepdf.Stream(pdf, data.replace(b"lib", b"LIB", 1))
    profile.N = 4
    pdf.Root.OutputIntents[1].DestOutputProfile = pdf.make_indirect(profile)


def broken_profile(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    profile = pikepdf.Stream(pdf, data[:8] + b"\x05" + data[9:])
    profile.N = 4
    place = pdf.make_indirect(profile)
    for intent in pdf.Root.OutputIntents:
        intent.DestOutputProfile = place


def lzw(data: bytes) -> bytes:
    """Compressed by LZW without compressing: nine bits for each byte, and a new start before codes grow longer."""
    bits = "".join(
        f"{256:09b}" + "".join(f"{byte:09b}" for byte in data[at : at + 200]) for at in range(0, len(data), 200)
    )
    bits += f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def by_lzw(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    page.Contents = pikepdf.Stream(pdf, b"")
    page.Contents.write(lzw(content), filter=pikepdf.Name.LZWDecode)


def inline_lzw(pdf: pikepdf.Pdf) -> None:
    picture = b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID " + lzw(b"\x80") + b" EI Q"
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, picture))


def thing(subtype: str, **entries: object) -> Callable[[pikepdf.Pdf], None]:
    """An external object of a kind, put on the first page; entries are added to it."""

    def change(pdf: pikepdf.Pdf) -> None:
        made = pikepdf.Stream(pdf, b"\x80" if subtype == "/Image" else b"")
        made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name(subtype)
        if subtype == "/Image":
            made.Width = made.Height = 1
            made.BitsPerComponent, made.ColorSpace = 8, pikepdf.Name.DeviceGray
        else:
            made.BBox = [0, 0, 9, 9]
        for key, value in entries.items():
            made[f"/{key}"] = value
        pdf.pages[0].Resources.XObject["/Odd"] = made
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"q 9 0 0 9 0 0 cm /Odd Do Q"))

    return change


def state(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    """Entries in the graphics state that the page uses."""

    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].Resources.ExtGState["/O1"][f"/{key}"] = value

    return change


def two_inks_of_one_name(pdf: pikepdf.Pdf) -> None:
    spaces = {}
    for name, magenta in (("/One", 1.0), ("/Two", 0.5)):
        tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, magenta, 0, 0], N=1)
        spaces[name] = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Plum, pikepdf.Name.DeviceCMYK, tint])
    pdf.pages[0].Resources.ColorSpace = pikepdf.Dictionary(spaces)
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"/One cs 1 scn 0 0 9 9 re f /Two cs 1 scn 9 0 9 9 re f"))


def locked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out := io.BytesIO(), encryption=pikepdf.Encryption(owner="somebody", user=""))
    return out.getvalue()


def catalogue(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(f"/{key}", value)


def page_entry(key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__(f"/{key}", value)


def info(key: str, value: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.docinfo.__setitem__(f"/{key}", value)


def intents(change: Callable[[pikepdf.Object], object]) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: [change(intent) for intent in pdf.Root.OutputIntents] and None


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep(0)")

FAULTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "RGB fill": ("rgb", painted(b"1 0 0 rg 0 0 9 9 re f")),
    "RGB stroke": ("rgb", painted(b"1 0 0 RG 0 0 9 9 re S")),
    "RGB picture": ("rgb", fault(rgb_picture)),
    "no TrimBox": ("trim", fault(lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox"))),
    "Trim and ArtBox": ("trim and art", fault(lambda pdf: setattr(pdf.pages[0].obj, "ArtBox", pdf.pages[0].TrimBox))),
    "a link": ("annotation", fault(link)),
    "a font without its program": ("font", fault(bare_font)),
    "no output intent": ("intent", fault(lambda pdf: pdf.Root.__delitem__("/OutputIntents"))),
    "an intent without profile": ("profile", fault(intents(lambda one: one.__delitem__("/DestOutputProfile")))),
    "an intent of the screen": ("press", fault(screen_profile)),
    "two profiles": ("same press", fault(other_profile)),
    "a profile of ICC version 5": ("sound profile", fault(broken_profile)),
    "an intent without a name": (
        "condition",
        fault(intents(lambda one: one.__delitem__("/OutputConditionIdentifier"))),
    ),
    "a profile in another file": (
        "reference",
        fault(intents(lambda one: setattr(one, "DestOutputProfileRef", pikepdf.Dictionary(URLs=[])))),
    ),
    "JavaScript": ("action", fault(catalogue("OpenAction", SCRIPT))),
    "something before printing": ("triggers", fault(catalogue("AA", pikepdf.Dictionary(WP=SCRIPT)))),
    "something when a page opens": ("page triggers", fault(page_entry("AA", pikepdf.Dictionary(O=SCRIPT)))),
    "steps of a presentation": ("slides", fault(page_entry("PresSteps", pikepdf.Dictionary()))),
    "a second presentation": (
        "alternates",
        fault(catalogue("Names", pikepdf.Dictionary(AlternatePresentations=pikepdf.Dictionary(Names=[])))),
    ),
    "a form": ("form", fault(lambda pdf: setattr(pdf.Root, "AcroForm", pikepdf.Dictionary(Fields=[])))),
    "a transfer curve": ("transfer", fault(state(TR=pikepdf.Name.Identity))),
    "a second kind of transfer curve": ("transfer 2", fault(state(TR2=pikepdf.Name.Identity))),
    "a halftone of type 6": (
        "halftone",
        fault(lambda pdf: state(HT=pikepdf.Dictionary(Type=pikepdf.Name.Halftone, HalftoneType=6))(pdf)),
    ),
    "a halftone with a name": (
        "named halftone",
        fault(
            lambda pdf: state(
                HT=pikepdf.Dictionary(
                    Type=pikepdf.Name.Halftone,
                    HalftoneType=1,
                    HalftoneName="own",
                    Frequency=60,
                    Angle=45,
                    SpotFunction=pikepdf.Name.Round,
                )
            )(pdf)
        ),
    ),
    "a way of blending of one's own": ("blend", fault(state(BM=pikepdf.Name.Glow))),
    "an intent of one's own": ("intent of rendering", painted(b"/Vivid ri 0 0 9 9 re f")),
    "a blending space left open": ("group", fault(lambda pdf: [page.obj.__delitem__("/Group") for page in pdf.pages])),
    "two inks of one name": ("spot", fault(two_inks_of_one_name)),
    "PostScript": ("postscript", fault(thing("/PS"))),
    "OPI": ("opi", fault(thing("/Image", OPI=pikepdf.Dictionary()))),
    "a form that stands for a page elsewhere": ("placed file", fault(thing("/Form", Ref=pikepdf.Dictionary(Page=0)))),
    "a stream in another file": ("outside", fault(thing("/Image", F="elsewhere.bin"))),
    "LZW": ("lzw", fault(by_lzw)),
    "LZW in the content": ("inline lzw", fault(inline_lzw)),
    "a lock": ("encryption", locked),
    "no ID": ("identifier", lambda data: data.replace(b"/ID ", b"/No ")),
    "no metadata": ("metadata", fault(lambda pdf: pdf.Root.__delitem__("/Metadata"))),
    "another title": ("title", fault(info("Title", "Another"))),
    "another day of making": ("created", fault(info("CreationDate", "D:20010101000000Z"))),
    "another day of change": ("changed", fault(info("ModDate", "D:20010101000000Z"))),
    "another producer": ("producer", fault(info("Producer", "Another"))),
}


FOLLOWS = {
    "an intent without profile": {"intent"},
    "an intent of the screen": {"intent"},
    "something before printing": {"action"},
    "something when a page opens": {"action"},
    "no metadata": {"title", "created", "changed", "producer"},
}
"""What cannot be right either where a fault is."""


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_one_fault_is_refused_for_that_fault(clean: bytes, name: str) -> None:
    named, spoil = FAULTS[name]
    assert set(vera.judge(spoil(clean), X4)) == {named, *FOLLOWS.get(name, ())}


def test_every_rule_is_broken_once() -> None:
    assert set(pdfx4.RULES) == {named for named, _ in FAULTS.values()}


def test_rewriting_a_file_breaks_no_rule(clean: bytes) -> None:
    assert vera.judge(fault(lambda pdf: None)(clean), X4) == {}
