"""Preflight's colours and inks: each fault is refused by its rule alone, wherever in a file it stands."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import copy_of_the_sample
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as pillow
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from eventprint import compose
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.draw import draw
from eventprint.event import Event, Product
from eventprint.geometry import mm
from eventprint.page import Edition
from eventprint.preflight import RULES, Report, Spec, Weight, preflight, spec
from eventprint.preflight.functions import evaluate
from eventprint.preflight.pdf import open_pdf
from eventprint.preflight.plates import SQUARE, Plates, plates_of
from eventprint.preflight.syntax import operations
from eventprint.problems import Problems, Severity
from eventprint.read import read
from eventprint.shelves import shelf

BLEED = 3 * mm
WIDTH, HEIGHT = 148 * mm + 2 * BLEED, 210 * mm + 2 * BLEED
TRIM = (BLEED, BLEED, WIDTH - BLEED, HEIGHT - BLEED)


def of_marks(name: str) -> Spec:
    """A spec that looks at marks alone: the files made here have no output intent and claim nothing."""
    found = spec(name)
    whole = {rule.id: Weight.OFF for rule in RULES if rule.check.__module__.endswith((".claims", ".heard"))}
    return replace(found, rules={**found.rules, **whole})


SHEET, DIGITAL, LARGE = of_marks("sheet"), of_marks("digital"), of_marks("large")


# Files with something on their second page


@dataclass(frozen=True)
class Words:
    """A line of Fira Sans in points from the lower left corner."""

    size: float = 10
    text: str = "Ada Lovelace"
    x: float = 130
    y: float = 230


Parts = Sequence[str | Words]
"""Operators as they stand in a content stream, and lines of text in the colour of the moment."""


def write(canvas: Canvas, parts: Parts) -> None:
    for part in parts:
        if isinstance(part, Words):
            canvas.setFont("Fira", part.size)
            canvas.drawString(part.x, part.y, part.text)
        else:
            canvas.addLiteral(part)


def made(parts: Parts, where: str = "on the page", group: str = "DeviceCMYK") -> bytes:
    """Four clean pages, the second with these parts on it, in a form, on a turned page or with inherited resources."""
    if "Fira" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Fira", str(shelf("fonts") / "core" / "FiraSans-Regular.ttf")))
    out = io.BytesIO()
    size = (WIDTH, HEIGHT)
    canvas = Canvas(out, pagesize=size, initialFontName="Fira", invariant=1, trimBox=TRIM, bleedBox=(0, 0, *size))
    for number in range(1, 5):
        write(canvas, ["0 0 0 1 k", Words(12, f"Page {number}", 60, 60)])
        if number == 2 and where == "in a form":
            canvas.beginForm("stamp", 0, 0, *size)
            write(canvas, parts)
            canvas.endForm()
            canvas.doForm("stamp")
        elif number == 2:
            write(canvas, ["q", *parts, "Q"])
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        page = pdf.pages[1].obj
        holder = page.Resources
        if where == "in a form":
            (form,) = (each for each in page.Resources.XObject.values() if each.Subtype == "/Form")
            holder = form.Resources
        for key, entries in resources(pdf).items():
            listed = holder.get(key, pikepdf.Dictionary())
            holder[key] = pikepdf.Dictionary({**dict(listed.items()), **entries})
        page.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name("/" + group))
        if where == "on a turned page":
            page.Rotate = 90
        if where == "with inherited resources":
            pdf.Root.Pages.Resources = page.Resources
            del page["/Resources"]
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def array(*parts: object) -> pikepdf.Array:
    return pikepdf.Array([pikepdf.Name(part) if isinstance(part, str) else part for part in parts])


def tint(*ends: float) -> pikepdf.Dictionary:
    none = [1] * 3 if len(ends) == 3 else [0] * 4
    return pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=none, C1=list(ends), N=1)


def image(pdf: pikepdf.Pdf, space: object, value: bytes, side: int = 300, **more: object) -> pikepdf.Stream:
    made = pikepdf.Stream(pdf, value * (side * side))
    made.Type, made.Subtype, made.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, space
    made.Width, made.Height, made.BitsPerComponent = side, side, 8
    for key, each in more.items():
        made[f"/{key}"] = each
    return made


def resources(pdf: pikepdf.Pdf) -> dict[str, dict[str, object]]:
    """What the faults below name."""
    icc = {}
    for name, file, channels in (("IccRgb", "srgb", 3), ("IccCmyk", "fogra39l-coated", 4)):
        stream = pikepdf.Stream(pdf, (shelf("data") / "icc" / f"{file}.icc").read_bytes())
        stream.N = channels
        icc[f"/{name}"] = array("/ICCBased", pdf.make_indirect(stream))
    white = [0.9505, 1, 1.089]
    spaces = {
        **icc,
        "/CalRgb": array("/CalRGB", pikepdf.Dictionary(WhitePoint=white)),
        "/Lab": array("/Lab", pikepdf.Dictionary(WhitePoint=white, Range=[-128, 127, -128, 127])),
        "/Spot": array("/Separation", "/PANTONE#20021#20C", "/DeviceCMYK", tint(0, 0.6, 1, 0)),
        "/SpotRgb": array("/Separation", "/Gold", "/DeviceRGB", tint(0.8, 0.6, 0.1)),
        "/Black": array("/Separation", "/Black", "/DeviceCMYK", tint(0, 0, 0, 1)),
        "/All": array("/Separation", "/All", "/DeviceCMYK", tint(1, 1, 1, 1)),
        "/CutOut": array("/Separation", "/None", "/DeviceCMYK", tint(0, 0, 0, 0)),
        "/Duo": array("/DeviceN", array("/Cyan", "/Black"), "/DeviceCMYK", duo(pdf)),
        "/Tiled": array("/Pattern"),
        "/TiledIn": array("/Pattern", "/DeviceCMYK"),
    }
    shading = pikepdf.Dictionary(ShadingType=2, Coords=[100, 0, 300, 0])
    rainbow = pikepdf.Dictionary({**shading, "/ColorSpace": pikepdf.Name.DeviceRGB, "/Function": tint(1, 0, 0)})
    fade = pikepdf.Dictionary({**shading, "/ColorSpace": pikepdf.Name.DeviceCMYK, "/Function": tint(1, 0, 0, 0)})
    states = {
        "/Over": {"op": True, "OP": True, "OPM": 1},
        "/OverPlain": {"op": True, "OP": True, "OPM": 0},
        "/Knock": {"op": False, "OP": False},
        "/Half": {"ca": 0.5, "CA": 0.5},
        "/Multiply": {"BM": pikepdf.Name.Multiply},
    }
    soft = image(pdf, pikepdf.Name.DeviceGray, b"\x80", 40)
    indexed = array("/Indexed", "/DeviceRGB", 1, pikepdf.String(bytes((200, 0, 0, 0, 200, 0))))
    pictures = {
        "/Grey": image(pdf, pikepdf.Name.DeviceGray, b"\x40"),
        "/Rgb": image(pdf, pikepdf.Name.DeviceRGB, b"\xff\x80\x00"),
        "/Inks": image(pdf, pikepdf.Name.DeviceCMYK, b"\xff\x00\x40\x80"),
        "/Heavy": image(pdf, pikepdf.Name.DeviceCMYK, b"\xff\xff\xff\xf0"),
        "/Profiled": image(pdf, icc["/IccRgb"], b"\xff\x80\x00"),
        "/Table": image(pdf, indexed, b"\x01"),
        "/Veiled": image(pdf, pikepdf.Name.DeviceCMYK, b"\xff\x00\x40\x80", SMask=pdf.make_indirect(soft)),
        "/SpotPicture": image(pdf, spaces["/Spot"], b"\x80"),
    }
    return {
        "/ColorSpace": {key: pdf.make_indirect(value) for key, value in spaces.items()},
        "/Shading": {"/Rainbow": rainbow, "/Fade": fade},
        "/Pattern": {
            "/RainbowPattern": pikepdf.Dictionary(PatternType=2, Shading=rainbow),
            "/Tiles": tiles(pdf, b"1 0 0 rg 0 0 5 5 re f", 1),
            "/Inky": tiles(pdf, b"1 0 0 0 k 0 0 5 5 re f", 1),
            "/Plain": tiles(pdf, b"0 0 5 5 re f", 2),
        },
        "/ExtGState": {key: pikepdf.Dictionary({f"/{k}": v for k, v in each.items()}) for key, each in states.items()},
        "/XObject": {key: pdf.make_indirect(value) for key, value in pictures.items()},
    }


def duo(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    function = pikepdf.Stream(pdf, b"{ 0 exch 0 exch }")
    function.FunctionType, function.Domain, function.Range = 4, [0, 1, 0, 1], [0, 1] * 4
    return function


def tiles(pdf: pikepdf.Pdf, content: bytes, paint: int) -> pikepdf.Stream:
    pattern = pikepdf.Stream(pdf, content)
    pattern.PatternType, pattern.PaintType, pattern.TilingType = 1, paint, 1
    pattern.BBox, pattern.XStep, pattern.YStep = [0, 0, 10, 10], 10, 10
    pattern.Resources = pikepdf.Dictionary()
    return pattern


def picture(name: str, side: float = 72) -> str:
    """A picture of 300 pixels on an inch."""
    return f"q {side} 0 0 {side} 120 300 cm /{name} Do Q"


# Faults


@dataclass(frozen=True)
class Fault:
    rule: str
    faulty: Parts
    clean: Parts
    spec: str = "sheet"


BOX = "120 300 80 60 re f"
LINE = "140 220 m 240 220 l S"
GROUND = "1 0.3 0.5 0.3 k 100 200 220 80 re f"

FAULTS: dict[str, Fault] = {
    # PF-021
    "a fill in RGB": Fault("PF-021", [f"1 0 0 rg {BOX}"], [f"0 1 1 0 k {BOX}"]),
    "a line in RGB": Fault("PF-021", [f"0 0.3 0.3 RG 2 w {LINE}"], [f"1 0 0.3 0.5 K 2 w {LINE}"]),
    "text in RGB": Fault("PF-021", ["0 0.3 0.3 rg", Words()], ["1 0 0.3 0.5 k", Words()]),
    "a fill in a profile of the screen": Fault("PF-021", [f"/IccRgb cs 1 0 0 sc {BOX}"], [f"0.5 g {BOX}"]),
    "a fill in a profile of a press": Fault("PF-021", [f"/IccCmyk cs 0 1 1 0 sc {BOX}"], [f"0 1 1 0 k {BOX}"]),
    "a fill in calibrated RGB": Fault("PF-021", [f"/CalRgb cs 1 0 0 sc {BOX}"], [f"0 1 1 0 k {BOX}"]),
    "a fill in Lab": Fault("PF-021", [f"/Lab cs 50 60 40 sc {BOX}"], [f"0 1 1 0 k {BOX}"]),
    "a picture in RGB": Fault("PF-021", [picture("Rgb")], [picture("Inks")]),
    "a picture with a table of RGB": Fault("PF-021", [picture("Table")], [picture("Grey")]),
    "a picture with a profile, in offset": Fault("PF-021", [picture("Profiled")], [picture("Inks")]),
    "a fill with a profile, in digital print": Fault(
        "PF-021", [f"/IccRgb cs 1 0 0 sc {BOX}"], [picture("Profiled")], "digital"
    ),
    "RGB on a sign": Fault("PF-021", [f"1 0 0 rg {BOX}"], [f"/IccRgb cs 1 0 0 sc {BOX}"], "large"),
    "an inline picture in RGB": Fault(
        "PF-021",
        ["q 9 0 0 9 120 300 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"],
        ["q 9 0 0 9 120 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q"],
    ),
    "a shading in RGB": Fault(
        "PF-021", ["q 120 300 80 60 re W n /Rainbow sh Q"], ["q 120 300 80 60 re W n /Fade sh Q"]
    ),
    "a pattern that is a shading in RGB": Fault(
        "PF-021", [f"/Tiled cs /RainbowPattern scn {BOX}"], [f"/Tiled cs /Inky scn {BOX}"]
    ),
    "a pattern of tiles in RGB": Fault(
        "PF-021", [f"/Tiled cs /Tiles scn {BOX}"], [f"/TiledIn cs 1 0 0 0 /Plain scn {BOX}"]
    ),
    # PF-022 to PF-024
    "an ink of its own": Fault("PF-022", [f"/Spot cs 1 scn {BOX}"], [f"/Duo cs 0.5 0.2 scn {BOX}"]),
    "a picture in an ink of its own": Fault("PF-022", [picture("SpotPicture")], [picture("Grey")]),
    "the colour of registration": Fault(
        "PF-023", [f"/All cs 0.5 scn {BOX}"], ["/All cs 1 scn 20 0 2 8 re f", f"/CutOut cs 1 scn {BOX}"]
    ),
    # PF-030
    "too much ink": Fault("PF-030", ["1 1 0.9 0.3 k 100 200 60 60 re f"], ["1 1 0.9 0.3 k 100 200 30 30 re f"]),
    "too much ink by overprint": Fault(
        "PF-030",
        ["0.9 0.9 0.9 0 k 100 200 60 60 re f /Over gs 0 0 0 0.9 k 100 200 60 60 re f"],
        ["0.9 0.9 0.9 0 k 100 200 60 60 re f /Knock gs 0 0 0 0.9 k 100 200 60 60 re f"],
    ),
    "a picture of too much ink": Fault("PF-030", [picture("Heavy")], [picture("Inks")]),
    # PF-031 to PF-034
    "rich black text": Fault("PF-031", ["0.7 0.7 0.7 1 k", Words(20)], ["0 0 0 1 k", Words(20)]),
    "small rich black text": Fault("PF-031", ["0.9 0.9 0.9 0.9 k", Words(10)], ["/Duo cs 0 1 scn", Words(10)]),
    "black text with some cyan": Fault("PF-031b", ["0.4 0 0 1 k", Words()], ["/Black cs 1 scn", Words()]),
    "black text of three inks": Fault("PF-031b", ["0.9 0.9 0.9 0 k", Words()], ["0 0 0 1 k", Words()], "digital"),
    "black text of the screen": Fault(
        "PF-031b", ["/IccRgb cs 0 0 0 sc", Words()], ["/IccRgb cs 0 0.2 0.6 sc", Words()], "large"
    ),
    "small text in several inks": Fault("PF-032", ["1 0.5 0 0.2 k", Words(7.5)], ["1 0.5 0 0.2 k", Words(8)]),
    "small white text": Fault("PF-033", [GROUND, "0 g", "1 g", Words(7)], [GROUND, "1 g", Words(8)]),
    "a thin line in several inks": Fault("PF-034", [f"1 0.5 0 0.2 K 0.2 w {LINE}"], [f"1 0.5 0 0.2 K 0.25 w {LINE}"]),
    "a thin line in white": Fault("PF-034", [GROUND, f"0 0 0 0 K 0.2 w {LINE}"], [f"0 0 0 0 K 0.2 w {LINE}"]),
    # PF-040 to PF-043
    "black text that knocks out": Fault(
        "PF-040", ["0.3 0 0.1 0 k 100 200 220 80 re f 0 0 0 1 k", Words(11)], ["/Over gs 0 0 0 1 k", Words(11)]
    ),
    "black text that overprints with mode 0": Fault(
        "PF-040",
        ["0.3 0 0.1 0 k 100 200 220 80 re f /OverPlain gs 0 0 0 1 k", Words()],
        ["0.3 0 0.1 0 k 100 200 220 80 re f /Over gs 0 0 0 1 k", Words()],
    ),
    "black text in its own separation": Fault(
        "PF-040",
        ["0.3 0 0.1 0 k 100 200 220 80 re f /Black cs 1 scn", Words()],
        ["0 0 0 0.1 k 100 200 220 80 re f /Black cs 1 scn", Words()],
    ),
    "a black line that knocks out": Fault(
        "PF-041",
        [f"0.3 0 0.1 0 k 100 200 220 80 re f 0 0 0 1 K 1 w {LINE}"],
        [f"0.3 0 0.1 0 k 100 200 220 80 re f 0 0 0 1 K 2 w {LINE}"],
    ),
    "a thin black bar that knocks out": Fault(
        "PF-041",
        ["0.3 0 0.1 0 k 100 200 220 80 re f 0 0 0 1 k 120 220 100 1 re f"],
        ["0.3 0 0.1 0 k 100 200 220 80 re f /Over gs 0 0 0 1 k 120 220 100 1 re f"],
    ),
    "black text in DeviceGray on a colour": Fault(
        "PF-042",
        ["0.3 0 0.1 0 k 100 200 220 80 re f /Over gs 0 g", Words()],
        ["0.3 0 0.1 0 k 100 200 220 80 re f 0 0 0 0 k 110 210 200 60 re f 0 g", Words()],
    ),
    "a line in DeviceGray on a colour": Fault(
        "PF-042", [f"0.3 0 0.1 0 k 100 200 220 80 re f 0 G 1 w {LINE}"], [f"0 G 1 w {LINE}"]
    ),
    "white text that overprints": Fault(
        "PF-043", [GROUND, "/Over gs 0 0 0 0 k", Words()], [GROUND, "/Over gs /Knock gs 0 0 0 0 k", Words()]
    ),
    "a white shape that overprints": Fault(
        "PF-043",
        [GROUND, "/Over gs 0 0 0 0 k 120 220 50 40 re f"],
        [GROUND, "/Knock gs 0 0 0 0 k 120 220 50 40 re f"],
    ),
    # PF-065
    "pale text": Fault("PF-065", ["0 0 0 0.35 k", Words()], ["0 0 0 0.7 k", Words()]),
    "dark text on a dark ground": Fault("PF-065", [GROUND, "/Over gs 0 0 0 1 k", Words(13)], [GROUND, "0 g"]),
    "yellow text": Fault("PF-065", ["0 0 1 0 k", Words(20)], ["0 0 1 0.8 k", Words(20)]),
}

WHERE = ("on the page", "in a form", "on a turned page", "with inherited resources")


def looked_at(pdf: bytes, name: str = "sheet") -> Report:
    """A page that is turned has faults of its own, which are not meant here; signs have no small text."""
    chosen = of_marks(name)
    return preflight(pdf, replace(chosen, text=6, rules={**chosen.rules, "PF-006": Weight.OFF, "PF-006b": Weight.OFF}))


def rules_of(report: Report) -> set[str]:
    return {fault.rule for fault in report.faults}


@pytest.mark.sampled(9)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_refused_by_its_rule_alone_and_its_twin_passes(name: str, where: str) -> None:
    fault = FAULTS[name]
    report = looked_at(made(fault.faulty, where), fault.spec)
    assert rules_of(report) == {fault.rule}
    assert {each.pages for each in report.faults} == {(2,)}
    assert all(each.hint for each in report.faults)
    assert looked_at(made(fault.clean, where), fault.spec).faults == ()


@pytest.mark.sampled(5)
@pytest.mark.parametrize("where", ["on the page", "in a form"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(name: str, where: str) -> None:
    fault = FAULTS[name]
    ((number, box), *_) = looked_at(made(fault.faulty, where), fault.spec).faults[0].places
    assert number == 2
    # all of them lie between these edges, told from the top left corner of the trim
    top, bottom = HEIGHT - BLEED - 375, HEIGHT - BLEED - 195
    assert 90 - BLEED <= box.x <= box.right <= 330
    assert top <= box.y <= box.bottom <= bottom


def test_transparency_is_mixed_in_the_inks_of_the_press() -> None:
    assert rules_of(looked_at(made([], group="DeviceRGB"))) == {"PF-024"}
    assert rules_of(looked_at(made([], group="DeviceGray"))) == {"PF-024"}
    assert looked_at(made([])).faults == ()


@pytest.mark.parametrize(("space", "kind", "told"), [("Gray", "Luminosity", False), ("RGB", "Luminosity", True)])
def test_a_mask_of_brightness_may_be_grey(space: str, kind: str, told: bool) -> None:
    with pikepdf.open(io.BytesIO(made(["/Veil gs 1 0 0 0 k " + BOX]))) as pdf:
        mask = pikepdf.Stream(pdf, b"0.5 g 0 0 900 900 re f")
        mask.Type, mask.Subtype, mask.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 900, 900]
        mask.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name(f"/Device{space}"))
        soft = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), G=pdf.make_indirect(mask))
        pdf.pages[1].Resources.ExtGState["/Veil"] = pikepdf.Dictionary(SMask=soft)
        pdf.save(out := io.BytesIO())
    assert rules_of(looked_at(out.getvalue())) == ({"PF-024"} if told else set())


def test_a_default_space_stands_in_for_the_colours_of_the_screen() -> None:
    with pikepdf.open(io.BytesIO(made([f"1 0 0 rg {BOX}"]))) as pdf:
        spaces = pdf.pages[1].Resources.ColorSpace
        spaces["/DefaultRGB"] = spaces["/IccRgb"]
        pdf.save(out := io.BytesIO())
    assert looked_at(out.getvalue(), "large").faults == ()
    assert [fault.message for fault in looked_at(out.getvalue()).faults] == ["a shape is in ICCBased RGB"]


def test_a_drawn_font_is_looked_into() -> None:
    with pikepdf.open(io.BytesIO(made(["BT /Drawn 20 Tf 120 300 Td (a) Tj ET"]))) as pdf:
        glyph = pdf.make_indirect(pikepdf.Stream(pdf, b"1000 0 d0 1 0 0 rg 0 0 800 800 re f"))
        pdf.pages[1].Resources.Font["/Drawn"] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=pikepdf.Dictionary(a=glyph),
            Encoding=pikepdf.Dictionary(Differences=[97, pikepdf.Name.a]),
            FirstChar=97,
            LastChar=97,
            Widths=[1000],
            Resources=pikepdf.Dictionary(),
        )
        pdf.save(out := io.BytesIO())
    assert rules_of(looked_at(out.getvalue())) == {"PF-010b", "PF-021"}


def test_a_spot_over_the_screen_is_no_ink_of_the_press() -> None:
    ordered = replace(SHEET, spots=1)
    assert rules_of(preflight(made([f"/Spot cs 1 scn {BOX}"]), ordered)) == set()
    (fault,) = preflight(made([f"/SpotRgb cs 1 scn {BOX}"]), ordered).faults
    assert (fault.rule, fault.message) == ("PF-021", "a shape is in Separation over DeviceRGB")


def test_a_form_is_read_anew_for_each_colour_it_inherits() -> None:
    def stamped(colours: str) -> bytes:
        with pikepdf.open(io.BytesIO(made(["/Stamp Do", colours, "/Stamp Do"]))) as pdf:
            form = pikepdf.Stream(pdf, BOX.encode())
            form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 900, 900]
            pdf.pages[1].Resources.XObject["/Stamp"] = pdf.make_indirect(form)
            pdf.save(out := io.BytesIO())
        return out.getvalue()

    assert looked_at(stamped("0 1 1 0 k")).faults == ()
    assert rules_of(looked_at(stamped("1 0 0 rg"))) == {"PF-021"}


def test_white_text_that_overprints_refuses_and_a_white_shape_warns() -> None:
    (text,) = looked_at(made(FAULTS["white text that overprints"].faulty)).faults
    (shape,) = looked_at(made(FAULTS["a white shape that overprints"].faulty)).faults
    assert (text.severity, shape.severity) == (Severity.ERROR, Severity.WARNING)
    assert text.message == "“Ada Lovelace” is white and set to overprint: it would vanish"


def test_text_beside_a_shape_in_the_same_box_does_not_lie_on_it() -> None:
    corner = "0.3 0 0.1 0 k 100 200 m 320 200 l 320 280 l f 0 0 0 1 k"
    assert looked_at(made([corner, Words(x=105, y=262, text="Ada")])).faults == ()
    assert rules_of(looked_at(made([corner, Words(x=285, y=212, text="Ada")]))) == {"PF-040"}


def test_a_proposed_colour_is_one_that_reaches_the_contrast() -> None:
    (fault,) = looked_at(made(FAULTS["pale text"].faulty)).faults
    written = fault.hint.removeprefix("print it in ").split(",")[0]
    assert written.startswith("#")
    assert contrast(Colour.parse(written), WHITE) >= 4.5


def test_what_a_file_does_everywhere_is_told_in_one_line() -> None:
    lines = [Words(10, f"line {number}", 130, 200 + 14 * number) for number in range(9)]
    few, many = (looked_at(made(["0.5 0.5 0.5 0.9 k", *lines[:count]])) for count in (2, 9))
    assert [fault.message for fault in few.faults] == [f"“line {at}” is in a black of 4 inks" for at in (0, 1)]
    assert [(fault.message, len(fault.places)) for fault in many.faults] == [("text is in a black of 4 inks", 9)]


def test_words_set_apart_by_a_shift_are_told_apart() -> None:
    def shifted(by: int) -> str:
        with pikepdf.open(io.BytesIO(made(["0.5 0.5 0.5 0.9 k", Words(10, "AdaLovelace")]))) as pdf:
            page = pdf.pages[1]
            page.Contents = pikepdf.Stream(pdf, apart(page.Contents.read_bytes(), by))
            pdf.save(out := io.BytesIO())
        (fault,) = looked_at(out.getvalue()).faults
        return fault.message

    assert shifted(-60) == "“AdaLovelace” is in a black of 4 inks"
    assert shifted(-250) == "“Ada Lovelace” is in a black of 4 inks"


def apart(content: bytes, by: int) -> bytes:
    """The content with its last string shown in two parts, the first of three letters."""
    before, _, after = content.rpartition(b" Tj")
    start = before.rindex(b"(")
    codes = before[start + 1 : -1]
    three = 12 if codes.startswith(b"\\") else 3  # control characters are written as four
    return before[:start] + b"[(%b) %d (%b)] TJ" % (codes[:three], by, codes[three:]) + after


@pytest.mark.parametrize(("across", "up", "ppi"), [(72, 72, 300), (72, 150, 144), (150, 72, 144), (300, 300, 72)])
def test_the_pixels_of_a_picture_in_a_form_are_counted_on_its_coarser_side(across: int, up: int, ppi: int) -> None:
    turned = f"q 0.6 0.8 -0.8 0.6 220 210 cm {across} 0 0 {up} 0 0 cm /Grey Do Q"
    for where in ("on the page", "in a form"):
        found = preflight(made([turned], where), replace(SHEET, ppi=301, ppi_wanted=301)).faults
        assert [fault.message.split(" has ")[1].split(" pixels")[0] for fault in found] == [str(ppi)]


# Colours that reach a contrast


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2 once more, from its text."""

    def light(colour: Colour) -> float:
        red, green, blue = (
            channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4)
            for channel in (colour.red, colour.green, colour.blue)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = max(light(one), light(other)), min(light(one), light(other))
    return (high + 0.05) / (low + 0.05)


CHANNEL = st.integers(0, 255).map(lambda value: value / 255)
COLOUR = st.builds(Colour, CHANNEL, CHANNEL, CHANNEL)


@given(colour=COLOUR, ground=COLOUR, ratio=st.sampled_from([3, 4.5, 7]))
@settings(max_examples=200, deadline=None)
def test_a_colour_is_moved_as_far_as_it_needs_and_no_farther(colour: Colour, ground: Colour, ratio: float) -> None:
    better = colour.reaching(ground, ratio)
    assert Colour.parse(better.written) == better
    best = max(contrast(BLACK, ground), contrast(WHITE, ground))
    assert contrast(better, ground) >= min(ratio, best) - 1e-9
    if contrast(colour, ground) >= ratio:
        assert str(better) == str(colour)


def test_a_colour_in_inks_stays_one_in_inks() -> None:
    pale = Colour.parse("cmyk 60 0 30 0")
    better = pale.reaching(WHITE, 4.5)
    assert better.written.startswith("cmyk ")
    assert better.inks is not None
    assert better.inks[3] > 0
    assert contrast(better, WHITE) >= 4.5


# Our own files


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    return read(copy_of_the_sample(tmp_path_factory.mktemp("inks")), Problems(), secret=True)


PRODUCTS = ["programme", "badge-90x55", "badge-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4"]


@pytest.mark.thorough
@pytest.mark.parametrize("layout", PRODUCTS)
def test_our_own_files_have_no_faults_of_colour_seen_as_anybodys(sample: Event, layout: str) -> None:
    found = compose.compose(sample, Product(layout), Problems())
    pdf = draw(found.pages[:20], edition=Edition.SHOP, title="A title", language="en")
    for pages in ((), found.pages[:20]):
        report = preflight(pdf, replace(of_marks(found.spec), multiple=1), pages=pages)
        assert [fault.message for fault in report.faults if fault.rule >= "PF-02" and fault.rule != "PF-062"] == []


def test_our_own_files_are_looked_at_as_they_came_out(sample: Event) -> None:
    found = compose.compose(sample, Product("badge-90x55"), Problems())
    screen = draw(found.pages[:4], edition=Edition.BLED, title="A title", language="en")
    report = preflight(screen, DIGITAL, pages=found.pages[:4])
    assert {"PF-021"} <= rules_of(report)
    assert all(fault.places for fault in report.faults if fault.rule == "PF-021")


# Plates, with Ghostscript as judge

gs = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed: nobody else makes plates")
PPI = 254
"""Ten pixels a millimetre: a renderer that fills every pixel it touches makes fine things fat."""


def separated(pdf: bytes, folder: Path, last: int) -> list[dict[str, pillow.Image]]:
    """Each page's plates as Ghostscript makes them, 255 for no ink."""
    file = folder / "file.pdf"
    file.write_bytes(pdf)
    options = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-dLastPage={last}", "-sDEVICE=tiffsep", f"-r{PPI}"]
    subprocess.run(
        ["gs", *options, f"-sOutputFile={folder / 'p%03d.tif'}", "-c", "0 0 .setfilladjust2", "-f", str(file)],
        check=True,
        capture_output=True,
    )
    pages = []
    for number in range(1, last + 1):
        found = {}
        for each in folder.glob(f"p{number:03}*(*).tif"):
            found[each.name.split("(", 1)[1].rsplit(")", 1)[0]] = pillow.open(each).convert("L")
        pages.append(found)
    return pages


def differences(pdf: bytes, folder: Path, last: int) -> Iterator[tuple[int, str, float, float, float]]:
    """Page, plate, in the worst of many squares of 15 mm ours and Ghostscript's, and how far the means differ."""
    work = open_pdf(pdf, SHEET, (), None, False)
    for number, theirs in enumerate(separated(pdf, folder, last), 1):
        face, side = work.drawn[number - 1], work.sides[number - 1]
        assert side.trim is not None
        ours = plates_of(face)
        scale = PPI / 72
        left = round((side.trim.x + ours.frame.x - side.media.x) * scale)
        top = round((side.media.bottom - side.trim.bottom + ours.frame.y) * scale)
        for name, plate in theirs.items():
            whole = pillow.new("L", (ours.width * 10, ours.height * 10), 255)
            whole.paste(plate, (-left, -top))
            small = whole.resize((ours.width, ours.height), pillow.Resampling.BOX)
            given = [1 - value / 255 for value in small.tobytes()]
            known = list(ours.plates.get(name, [0.0] * len(given)))
            a, b = worst(known, given, ours)
            yield number, name, a, b, abs(sum(known) - sum(given)) / len(given)


def worst(ours: list[float], theirs: list[float], plates: Plates) -> tuple[float, float]:
    found = (0.0, 0.0)
    side = round(SQUARE / plates.pixel)
    for y in range(0, plates.height - side + 1, 6):
        for x in range(0, plates.width - side + 1, 6):
            rows = [slice(row * plates.width + x, row * plates.width + x + side) for row in range(y, y + side)]
            a, b = (sum(sum(plane[row]) for row in rows) / side**2 for plane in (ours, theirs))
            if abs(a - b) > abs(found[0] - found[1]):
                found = (a, b)
    return found


@pytest.mark.thorough
@gs
@pytest.mark.parametrize("layout", ["programme", "badge-a6", "table-tents"])
def test_plates_of_our_own_products_are_those_that_ghostscript_makes(
    sample: Event, layout: str, tmp_path: Path
) -> None:
    found = compose.compose(sample, Product(layout), Problems())
    pdf = draw(found.pages[:3], edition=Edition.SHOP, title="A title", language="en")
    for number, plate, ours, theirs, mean in differences(pdf, tmp_path, 3):
        assert ours == pytest.approx(theirs, abs=0.06), f"page {number}, {plate}"
        assert mean < 0.01, f"page {number}, {plate}"


CURVE = "0.2 0.9 0.4 0.1 k 100 250 m 140 380 280 380 320 250 c 250 200 160 200 100 250 c"
PAGES: dict[str, Parts] = {
    "knock-out": ["1 0.5 0 0 k 80 80 150 150 re f 0 0 1 0.3 k 120 120 60 60 re f"],
    "overprint of one ink": ["1 0.5 0 0 k 80 80 150 150 re f /Over gs 0 0 1 0 k 120 120 60 60 re f"],
    "overprint with mode 0": ["1 0.5 0 0 k 80 80 150 150 re f /OverPlain gs 0 0 1 0 k 120 120 60 60 re f"],
    "a spot that knocks out": ["1 0.5 0 0 k 80 80 150 150 re f /Spot cs 0.7 scn 120 120 60 60 re f"],
    "a spot that overprints": ["1 0.5 0 0 k 80 80 150 150 re f /Over gs /Spot cs 0.7 scn 120 120 60 60 re f"],
    "curves": [f"{CURVE} f"],
    "a ring, even and odd": ["0 0.8 0.8 0 k 80 80 200 200 re 120 120 120 120 re f*"],
    "a ring, the same way round": ["0 0.8 0.8 0 k 80 80 200 200 re 120 120 120 120 re f"],
    "a clip of curves": [f"q {CURVE} W n 1 0 0.3 0 k 60 150 300 300 re f Q"],
    "lines": [
        "1 0 0 0.2 K 12 w 80 80 m 250 300 l S 4 w 80 300 m 300 80 l S 0.5 w 60 200 m 360 210 l S 9 w 70 70 300 300 re S"
    ],
    "a turned frame": ["q 0.8 0.6 -0.6 0.8 150 100 cm 0.4 0.4 0.4 0 k 0 0 120 90 re f Q"],
    "a picture": [picture("Inks", 150)],
    "a turned picture": ["q 100 80 -80 100 200 200 cm /Inks Do Q"],
    "a veiled picture": ["0 1 0 0 k 100 280 120 120 re f", picture("Veiled", 150)],
    "a picture in a spot ink": [picture("SpotPicture", 150)],
    "a grey picture": [picture("Grey", 150)],
    "half through": ["1 0 0 0 k 80 80 150 150 re f /Half gs 0 1 0 0.4 k 120 120 100 100 re f"],
    "multiplied": ["0.5 0.2 0 0 k 80 80 150 150 re f /Multiply gs 0.4 0.5 0 0.1 k 120 120 100 100 re f"],
    "text": [
        "0 0 0 1 k",
        *(Words(11, "the quick brown fox jumps over the lazy dog", 70, y) for y in range(200, 400, 14)),
    ],
    "large letters": ["1 0.2 0.3 0.3 k", Words(70, "Agenda", 80, 300), Words(120, "gQ8", 90, 150)],
}


@pytest.mark.thorough
@gs
def test_plates_of_made_up_pages_are_those_that_ghostscript_makes(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for parts in PAGES.values():
            with pikepdf.open(io.BytesIO(made(parts))) as one:
                page = one.pages[1]
                page.TrimBox, page.BleedBox, page.MediaBox = ([60, 60, 390, 410] for _ in range(3))
                pdf.pages.append(page)
        pdf.save(out := io.BytesIO())
    names = list(PAGES)
    for number, plate, ours, theirs, mean in differences(out.getvalue(), tmp_path, len(PAGES)):
        assert ours == pytest.approx(theirs, abs=0.04), f"{names[number - 1]}, {plate}"
        assert mean < 0.01, f"{names[number - 1]}, {plate}"


def test_a_page_of_one_colour_has_its_ink_in_every_square() -> None:
    pdf = made(["0.6 0.5 0.4 0.3 k 0 0 900 900 re f"])
    plates = plates_of(open_pdf(pdf, SHEET, (), None, False).drawn[1])
    share, box = plates.heaviest()
    assert share == pytest.approx(1.8, abs=1e-5)
    assert (box.width, box.height) == pytest.approx((SQUARE, SQUARE))


# Content, read as another library reads it

NUMBER = st.one_of(st.integers(-9999, 9999), st.floats(-9999, 9999, allow_nan=False).map(lambda each: round(each, 4)))
NAME = st.text("ABCxyz019#+-_ é", min_size=1, max_size=6).map(lambda text: pikepdf.Name("/" + text))
VALUE = st.recursive(
    st.one_of(NUMBER, NAME, st.binary(max_size=9).map(pikepdf.String), st.booleans()),
    lambda inner: st.lists(inner, max_size=4).map(pikepdf.Array),
    max_leaves=6,
)
OPERATOR = st.sampled_from(
    ["re", "m", "l", "c", "f*", "S", "k", "cm", "Tj", "TJ", "'", '"', "Tf", "gs", "BDC", "T*", "d0"]
)


def plain(value: Any) -> Any:
    """What pikepdf read, as our reader has it."""
    if isinstance(value, pikepdf.Array | list):
        return [plain(each) for each in value]
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, pikepdf.Name):
        return str(value).encode("utf-8").decode("latin-1")
    return value if isinstance(value, bool) else float(value)


@pytest.mark.thorough
@given(st.lists(st.tuples(st.lists(VALUE, max_size=5), OPERATOR), max_size=12))
@settings(max_examples=100, deadline=None)
def test_content_is_read_as_qpdf_reads_it(written: list[tuple[list[Any], str]]) -> None:
    with pikepdf.new() as pdf:
        data = pikepdf.unparse_content_stream([(values, pikepdf.Operator(operator)) for values, operator in written])
        stream = pikepdf.Stream(pdf, data)
        known = [(str(each.operator), plain(list(each.operands))) for each in pikepdf.parse_content_stream(stream)]
    ours: list[tuple[str, list[Any]]] = []
    for operator, operands in operations(data):
        ours.append((operator.decode(), operands))
    assert joined(ours) == joined(known)


def joined(found: list[tuple[str, list[Any]]]) -> list[tuple[str, list[Any]]]:
    """Rectangles after each other as one operator with all their numbers."""
    made: list[tuple[str, list[Any]]] = []
    for operator, operands in found:
        numbers = operator == "re" and len(operands) % 4 == 0 and all(isinstance(each, float) for each in operands)
        if (
            numbers
            and operands
            and made
            and made[-1][0] == "re"
            and made[-1][1][:0] == []
            and len(made[-1][1]) % 4 == 0
        ):
            made[-1] = ("re", [*made[-1][1], *operands])
        else:
            made.append((operator, operands))
    return made


WHOLE = st.sampled_from(
    [
        *("q", "Q", "BT", "ET", "W n", "1 0 0 rg", "0 0 0 1 k", "0 G", "0 0 0 0 K", "0.2 w", "2 Tr", "7 Tr", "0 Tr"),
        *("2 0 0 2 0 0 cm", "0 1 -1 0 300 0 cm", "0 0 0 0 0 0 cm", "9e 0 0 9 0 0 cm", f"{'9' * 80} 0 0 1 0 0 cm"),
        *("10 10 100 100 re f", "0 0 0 0 re B*", "10 10 m 50 90 90 50 200 200 c S", "5 5 l h f", "90 90 m f*", "h S"),
        *(
            f"{'9' * 400} 1 m 5 5 l S",
            "-99999999 5 m 99999999 6 l S",
            "1 2 v 1 2 3 4 y f",
            "10 10 m 20 20 l 30 10 l W* n",
        ),
        *(
            "/Spot cs 0.5 scn",
            "/IccRgb cs 1 0 0 sc",
            "/Lab cs 9 9 9 scn",
            "/Duo cs 1 1 scn",
            "/Duo CS 1 SCN",
            "/None cs",
        ),
        *("/Tiled cs /Tiles scn", "/TiledIn cs 1 0 0 0 /Plain scn", "/Tiled cs /RainbowPattern scn", "/Tiled cs scn"),
        *("/Over gs", "/Half gs", "/Multiply gs", "/Nothing gs", "/Rainbow sh", "/Fade sh", "/Nothing sh"),
        *("q 90 0 0 90 100 100 cm /Inks Do Q", "/Table Do", "/SpotPicture Do", "/Veiled Do", "/Nothing Do"),
        *(
            "/F1 9 Tf",
            "/F2 30 Tf",
            "/F2+0 12 Tf",
            "/F9 1 Tf",
            "(abc) Tj",
            "[(a) -200 (b)] TJ",
            '1 2 (c) "',
            "(d) '",
            "T*",
        ),
        *(
            "1 0 0 1 100 200 Tm",
            "0 0 0 0 0 0 Tm",
            "90 Tz",
            "0 Tz",
            "5 Tc",
            "-3 TL",
            "BI /W 1 /H 1 /BPC 8 /CS /G ID a EI",
        ),
    ]
)


@pytest.mark.thorough
@given(st.lists(WHOLE, max_size=40))
@settings(max_examples=120, deadline=None)
def test_whatever_is_painted_is_looked_at_and_never_a_crash(words: list[str]) -> None:
    with pikepdf.open(io.BytesIO(SOMETHING)) as pdf:
        pdf.pages[1].contents_add(pikepdf.Stream(pdf, "\n".join(words).encode()))
        pdf.save(out := io.BytesIO())
    report = preflight(out.getvalue(), replace(SHEET, ink=1))
    assert report.pages == 4
    assert all(math.isfinite(box.x + box.width) for fault in report.faults for _, box in fault.places)


WORD = st.sampled_from(
    [
        "q",
        "Q",
        "cm",
        "re",
        "m",
        "l",
        "c",
        "h",
        "f",
        "f*",
        "S",
        "B",
        "W",
        "n",
        "BT",
        "ET",
        "Tf",
        "Tj",
        "TJ",
        "Td",
        "Tm",
        "Tr",
        "k",
        "K",
        "g",
        "rg",
        "cs",
        "CS",
        "sc",
        "scn",
        "SCN",
        "gs",
        "w",
        "Do",
        "sh",
        "d0",
        "BI",
        "ID",
        "EI",
    ]
)
THING = st.sampled_from(
    [
        "/Spot",
        "/IccRgb",
        "/Lab",
        "/All",
        "/Duo",
        "/Tiled",
        "/TiledIn",
        "/Tiles",
        "/Plain",
        "/RainbowPattern",
        "/Over",
        "/Half",
        "/Rainbow",
        "/Fade",
        "/Inks",
        "/Table",
        "/SpotPicture",
        "/Veiled",
        "/F1",
        "/F2",
        "/None",
        "(abc)",
        "<61>",
        "[(a)-20(b)]",
        "0",
        "1",
        "0.5",
        "-3",
        "12",
        "100",
        "1e9",
        "9" * 400,
        "-" + "9" * 200,
        "99999999",
        ".5",
        "true",
        "<<",
        ">>",
        "[",
        "]",
        "(",
        ">",
        "{",
        "}",
    ]
)


@pytest.mark.thorough
@given(st.lists(st.one_of(WORD, THING), max_size=60))
@settings(max_examples=100, deadline=None)
def test_content_of_any_kind_is_looked_at_and_never_a_crash(words: list[str]) -> None:
    with pikepdf.open(io.BytesIO(SOMETHING)) as pdf:
        pdf.pages[1].contents_add(pikepdf.Stream(pdf, " ".join(words).encode()))
        pdf.save(out := io.BytesIO())
    assert looked_at(out.getvalue()).pages == 4


SOMETHING = made(["0 0 0 1 k", Words(), picture("Inks")])


@pytest.mark.thorough
@given(where=st.lists(st.tuples(st.integers(0, len(SOMETHING) - 1), st.integers(0, 255)), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_reported_and_never_a_crash(where: list[tuple[int, int]]) -> None:
    damaged = bytearray(SOMETHING)
    for place, value in where:
        damaged[place] = value
    assert looked_at(bytes(damaged)).spec == "sheet"


# Functions: the numbers are those of ISO 32000-1, 7.10, worked out by hand


class Program(dict[str, Any]):
    """A function with data."""

    def get_data(self) -> bytes:
        data = self["data"]
        assert isinstance(data, bytes)
        return data


@pytest.mark.parametrize(
    ("program", "given", "made"),
    [
        (b"{ 2 mul }", [0.25], [0.5]),
        (b"{ dup 0.5 gt { pop 1 } { pop 0 } ifelse }", [0.6], [1]),
        (b"{ dup 0.5 gt { pop 1 } { pop 0 } ifelse }", [0.4], [0]),
        (b"{ 0 exch dup 0.6 mul exch 0 }", [0.5], [0, 0.3, 0.5, 0]),
        (b"{ 1 2 3 3 1 roll }", [0.5], [0.5, 3, 1, 2]),
        (b"{ 1 index add }", [0.25, 0.5], [0.25, 0.75]),
        (b"{ 7 2 idiv exch 7 2 mod exch pop }", [0.5], [3, 1]),
    ],
)
def test_a_calculator_calculates(program: bytes, given: list[float], made: list[float]) -> None:
    ends = [0, 1] * len(given)
    function = Program(data=program, **{"/FunctionType": 4, "/Domain": Numbers(ends)})
    assert evaluate(function, given) == pytest.approx(made)


class Number(float):
    def get_object(self) -> float:
        return float(self)


def Numbers(values: Sequence[float]) -> list[Number]:  # reads as the array it makes
    return [Number(value) for value in values]


def test_tables_and_stitches_lie_between_their_samples() -> None:
    table = Program(
        data=bytes((0, 255, 128, 0)),
        **{
            "/FunctionType": 0,
            "/Domain": Numbers([0, 1]),
            "/Range": Numbers([0, 1]),
            "/Size": Numbers([4]),
            "/BitsPerSample": 8,
        },
    )
    assert evaluate(table, [1 / 6]) == pytest.approx([0.5])
    assert evaluate(table, [1 / 2]) == pytest.approx([(255 + 128) / 2 / 255])
    rising = Program(
        **{"/FunctionType": 2, "/Domain": Numbers([0, 1]), "/C0": Numbers([0]), "/C1": Numbers([1]), "/N": 2}
    )
    stitched = Program(
        **{
            "/FunctionType": 3,
            "/Domain": Numbers([0, 1]),
            "/Functions": [rising, rising],
            "/Bounds": Numbers([0.5]),
            "/Encode": Numbers([0, 1, 1, 0]),
        }
    )
    assert evaluate(stitched, [0.25]) == pytest.approx([0.25])
    assert evaluate(stitched, [0.75]) == pytest.approx([0.25])
    assert evaluate(stitched, [0.9]) == pytest.approx([0.04])
