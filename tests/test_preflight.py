"""Every fault is refused by the rule that names it, and by no other; its clean twin passes."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import test_claims
from dressing import dressed
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pixels
from pypdf import PdfReader
from qrcode import QRCode, constants
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from test_preflight_inks import FAULTS as INK_FAULTS

from eventprint.codes import matrix
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.geometry import Box, Size, mm
from eventprint.page import (
    Anchor,
    Artwork,
    Cell,
    Code,
    Group,
    Image,
    Line,
    Link,
    Mark,
    Page,
    Picture,
    Role,
    Run,
    Shape,
    Text,
    rectangle,
    rule,
)
from eventprint.preflight import RULES, Report, Spec, Weight, preflight, spec, specs
from eventprint.preflight.content import Content
from eventprint.problems import Exit, Severity, Stop
from eventprint.shelves import shelf
from eventprint.text import Style, shape

A5 = Size(148 * mm, 210 * mm)
BLEED = 3 * mm
MEDIA = (A5.width + 2 * BLEED, A5.height + 2 * BLEED)
TRIM = (BLEED, BLEED, BLEED + A5.width, BLEED + A5.height)
TEAL = Colour.parse("#0b5d5e")
SHEET = spec("sheet")
DIGITAL = spec("digital")
ALONE = replace(SHEET, rules={**SHEET.rules, "PF-080": Weight.OFF})
"""Without the rule that proves claims: it finds what other rules find, once more."""


# A clean file, and one fault at a time


def picture(width: int, height: int, mode: str = "L") -> ImageReader:
    return ImageReader(Pixels.new(mode, (width, height), 0))


def booklet(extra: Callable[[Canvas], object] = lambda canvas: None, pages: int = 4) -> bytes:
    """A file a print shop is glad of: bleed, boxes, a font of its own, sharp pictures; `extra` goes on page 2."""
    if "Fira" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Fira", str(shelf("fonts") / "core" / "FiraSans-Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=MEDIA, initialFontName="Fira", invariant=1, trimBox=TRIM, bleedBox=(0, 0, *MEDIA))
    for number in range(1, pages + 1):
        canvas.setFillColorCMYK(0.1, 0, 0.05, 0)
        canvas.rect(0, MEDIA[1] - 40 * mm, MEDIA[0], 40 * mm, stroke=0, fill=1)
        canvas.setFillColorCMYK(0, 0, 0, 1)
        canvas.setFont("Fira", 10)
        canvas.drawString(20 * mm, 100 * mm, f"Page {number}")
        canvas.line(20 * mm, 90 * mm, 120 * mm, 90 * mm)
        # 300 pixels on one inch
        canvas.drawImage(picture(300, 300), 20 * mm, 30 * mm, 72, 72)
        if number == 2:
            extra(canvas)
        canvas.showPage()
    canvas.save()
    return dressed(out.getvalue())


CLEAN = booklet()


def changed(change: Callable[[pikepdf.Pdf], object], pdf: bytes = CLEAN) -> bytes:
    """The file after a change to its objects, written by another library than the one that reads it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def entry(key: str, value: object, page: int = 1) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page].obj[key] = value

    return changed(change)


def without(key: str) -> bytes:
    return changed(lambda pdf: pdf.pages[1].obj.__delitem__(key))


def content(pdf: pikepdf.Pdf, text: bytes) -> None:
    page = pdf.pages[1]
    page.contents_add(pikepdf.Stream(pdf, text))


def font_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    fonts = pdf.pages[1].obj.Resources.Font
    return next(fonts[key] for key in fonts if "/FontDescriptor" in fonts[key])


def named_helvetica(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources.Font["/Plain"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


def helvetica_in_a_form(pdf: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(pdf, b"")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    pdf.pages[1].obj.Resources.XObject["/Stamp"] = form


def no_program(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).FontDescriptor["/FontFile2"]


def whole_font(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).BaseFont = pikepdf.Name("/FiraSans-Regular")


def type_3(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources.Font["/Drawn"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        FontBBox=[0, 0, 1, 1],
        FontMatrix=[1, 0, 0, 1, 0, 0],
        CharProcs=pikepdf.Dictionary(),
        Encoding=pikepdf.Dictionary(Differences=[]),
        FirstChar=0,
        LastChar=0,
        Widths=[1],
    )


def link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 90, 90])]
    )


def script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.beep()"))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["hello", action])))


def opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.Print)


def form_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="name"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["agenda.txt"] = b"09:00 welcome"


def encrypted(user: str = "", **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(CLEAN)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="press", user=user, **how))
    return out.getvalue()


def text_at(x: float, y: float, size: float = 10, text: str = "Live text") -> bytes:
    """A line that begins so far from the left and the top of the trim, in millimetres."""

    def write(canvas: Canvas) -> None:
        canvas.setFont("Fira", size)
        canvas.setFillOverprint(True)
        canvas.setOverprintMask(True)
        canvas.drawString(BLEED + x * mm, MEDIA[1] - BLEED - y * mm, text)

    return booklet(write)


def in_a_form(paint: Callable[[Canvas], object], scale: float) -> bytes:
    """What is painted, inside a form that is scaled where it is placed."""

    def write(canvas: Canvas) -> None:
        canvas.beginForm("stamp", 0, 0, 500, 500)
        paint(canvas)
        canvas.endForm()
        canvas.translate(30 * mm, 120 * mm)
        canvas.scale(scale, scale)
        canvas.doForm("stamp")

    return booklet(write)


def blank_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"q Q")


def half(pdf: bytes = CLEAN) -> bytes:
    return pdf[: len(pdf) // 2]


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "scaled by a UserUnit": ("PF-002", lambda: changed(lambda pdf: [user_unit(page) for page in pdf.pages])),
    "cropped": ("PF-003", lambda: entry("/CropBox", [9, 9, 300, 400])),
    "no trim box": ("PF-004", lambda: without("/TrimBox")),
    "an art box beside it": ("PF-004", lambda: entry("/ArtBox", list(TRIM))),
    "bleed inside the trim": ("PF-005", lambda: entry("/BleedBox", [20, 20, MEDIA[0] - 20, MEDIA[1] - 20])),
    "bleed beyond the paper": ("PF-005", lambda: entry("/BleedBox", [-9, -9, *MEDIA])),
    "a band that stops at the trim": ("PF-005b", lambda: booklet(lambda c: band(c, BLEED, MEDIA[0] - 2 * BLEED))),
    "a band that runs 1 mm beyond": ("PF-005b", lambda: booklet(lambda c: band(c, 2 * mm, 30 * mm))),
    "turned": ("PF-006b", lambda: entry("/Rotate", 180)),
    "an empty page": ("PF-007", lambda: changed(blank_page)),
    "five pages": ("PF-008", lambda: booklet(pages=5)),
    "Helvetica named and not used": ("PF-010", lambda: changed(named_helvetica)),
    "Courier named in a form": ("PF-010", lambda: changed(helvetica_in_a_form)),
    "a font without its program": ("PF-010", lambda: changed(no_program)),
    "a font that is no subset": ("PF-010c", lambda: changed(whole_font)),
    "a drawn font": ("PF-010b", lambda: changed(type_3)),
    "a line of no width": ("PF-035", lambda: changed(lambda pdf: content(pdf, b"q 0 w 90 90 m 200 90 l S Q"))),
    "a thin line": ("PF-035", lambda: changed(lambda pdf: content(pdf, b"q 0.1 w 90 90 m 200 90 l S Q"))),
    "a thin line by a form's scale": ("PF-035", lambda: in_a_form(lambda c: c.line(0, 0, 200, 0), 0.2)),
    "a thin rectangle": ("PF-035", lambda: changed(lambda pdf: content(pdf, b"90 90 100 0.1 re f"))),
    "a coarse picture": ("PF-050", lambda: booklet(lambda c: c.drawImage(picture(99, 99), 90, 300, 72, 72))),
    "a picture coarse one way": ("PF-050", lambda: booklet(lambda c: c.drawImage(picture(300, 99), 90, 300, 72, 72))),
    "a picture coarse by a form's scale": (
        "PF-050",
        lambda: in_a_form(lambda c: c.drawImage(picture(300, 300), 0, 0, 36, 36), 6),
    ),
    "a coarse inline picture": (
        "PF-050",
        lambda: booklet(lambda c: c.drawInlineImage(Pixels.new("L", (99, 99)), 90, 300, 72, 72)),
    ),
    "a coarse bitmap": ("PF-051", lambda: changed(bitmap)),
    "a link": ("PF-060", lambda: changed(link)),
    "a script": ("PF-060e", lambda: changed(script)),
    "an action on opening": ("PF-060b", lambda: changed(opening)),
    "a form": ("PF-060b", lambda: changed(form_field)),
    "encrypted": ("PF-060c", lambda: encrypted(R=3, aes=False, metadata=False)),
    "encrypted as is usual today": ("PF-060c", lambda: encrypted(R=6)),
    "locked": ("PF-060c", lambda: encrypted(R=3, aes=False, metadata=False, user="secret")),
    "an attachment": ("PF-060d", lambda: changed(attachment)),
    "text 2 mm from the left": ("PF-062", lambda: text_at(2, 60)),
    "text 2 mm from the top": ("PF-062", lambda: text_at(60, 2 + 10 / mm * 0.7)),
    "text 4 mm from the left": ("PF-062", lambda: text_at(4, 60)),
    "text over the left edge": ("PF-062b", lambda: text_at(-1, 60)),
    "text over the right edge": ("PF-062b", lambda: text_at(120, 60, 20, "far too long a line")),
    "a shape off the paper": ("PF-062c", lambda: booklet(lambda c: c.rect(-200, 90, 100, 50, stroke=0, fill=1))),
    "text off the paper": ("PF-062c", lambda: text_at(400, 60)),
    "small text": ("PF-064", lambda: text_at(60, 60, 5)),
    "half a file": ("PF-000", half),
    "no PDF": ("PF-000", lambda: b"\x89PNG and so on"),
    "nothing": ("PF-000", lambda: b""),
}


def user_unit(page: pikepdf.Page) -> None:
    page.obj.UserUnit = 2


def band(canvas: Canvas, x: float, width: float) -> None:
    canvas.setFillColorCMYK(0.8, 0, 0.2, 0)
    canvas.rect(x, 200, width, 40, stroke=0, fill=1)


def bitmap(pdf: pikepdf.Pdf) -> None:
    image = pikepdf.Stream(pdf, bytes(38 * 300))
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 300, 300, 1, pikepdf.Name.DeviceGray
    pdf.pages[1].obj.Resources.XObject["/Line"] = image
    content(pdf, b"q 72 0 0 72 90 300 cm /Line Do Q")


def rules_of(report: Report) -> set[str]:
    return {fault.rule for fault in report.faults}


@pytest.mark.parametrize("name", ["sheet", "digital", "office"])
def test_a_clean_file_has_no_faults(name: str) -> None:
    assert preflight(CLEAN, spec(name), size=A5).faults == ()


def test_a_clean_file_for_signs_differs_in_nothing_but_its_text() -> None:
    assert preflight(booklet(), spec("large"), size=A5).faults == ()


@pytest.mark.parametrize("fault", FILES)
def test_each_fault_of_a_file_is_refused_by_its_rule_alone(fault: str) -> None:
    name, make = FILES[fault]
    report = preflight(make(), ALONE)
    assert rules_of(report) == {name}
    assert all(problem.hint for problem in report.problems)


@pytest.mark.parametrize("fault", [fault for fault in FILES if FILES[fault][0] not in ("PF-000", "PF-008", "PF-002")])
def test_a_fault_is_told_with_the_page_it_is_on(fault: str) -> None:
    report = preflight(FILES[fault][1](), ALONE, name="programme.pdf")
    of_the_file = FILES[fault][0] in ("PF-060b", "PF-060c", "PF-060d", "PF-060e")
    assert {each.pages for each in report.faults} <= ({()} if of_the_file else {(2,), (1, 2, 3, 4)})
    assert {problem.place.file for problem in report.problems} == {"programme.pdf"}


def test_a_page_of_another_size_is_told() -> None:
    report = preflight(entry("/TrimBox", [BLEED, BLEED, 300, 400]), replace(SHEET, rules={"PF-062": Weight.OFF}))
    assert [(fault.rule, fault.pages) for fault in report.faults if fault.rule == "PF-006"] == [("PF-006", (2,))]
    assert report.trim is None


def test_the_trim_is_the_ordered_one_to_a_hundredth_of_a_millimetre() -> None:
    near, far = Size(A5.width + 0.009 * mm, A5.height), Size(A5.width + 0.011 * mm, A5.height)
    assert rules_of(preflight(CLEAN, SHEET, size=near)) == set()
    assert rules_of(preflight(CLEAN, SHEET, size=far)) == {"PF-005c"}


def test_a_file_that_had_to_be_repaired_prints_nothing_and_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    report = preflight(CLEAN.replace(b"startxref", b"startxxxx"), SHEET)
    assert rules_of(report) == {"PF-000"}
    assert capfd.readouterr() == ("", "")


def test_white_at_the_edge_needs_no_bleed() -> None:
    def plate(canvas: Canvas) -> None:
        canvas.setFillColorCMYK(0, 0, 0, 0)
        canvas.rect(BLEED, 200, 60, 40, stroke=0, fill=1)

    assert preflight(booklet(plate), SHEET).faults == ()


def test_what_a_clip_hides_is_not_there() -> None:
    def clipped(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(60, 200, 60, 40)
        canvas.clipPath(path, stroke=0)
        canvas.rect(-500, 100, 2000, 400, stroke=0, fill=1)
        canvas.drawString(-300, 210, "behind the clip")

    assert preflight(booklet(clipped), SHEET).faults == ()


def test_a_form_that_names_itself_comes_to_an_end() -> None:
    def snake(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_indirect(pikepdf.Stream(pdf, b"/Snake Do"))
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Snake=form))
        pdf.pages[1].obj.Resources.XObject["/Snake"] = form
        content(pdf, b"/Snake Do")

    assert preflight(changed(snake), SHEET).ok


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(10, 300),
    height=st.integers(10, 300),
    turn=st.sampled_from([0, 90, 180, 270]),
    at=st.tuples(st.integers(-50, 300), st.integers(-50, 300)),
    scale=st.sampled_from([0.5, 1, 3]),
)
def test_ink_lies_where_another_reader_sees_it(
    width: int, height: int, turn: int, at: tuple[int, int], scale: float
) -> None:
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    drawn = f"q {cos} {sin} {-sin} {cos} {at[0]} {at[1]} cm {scale} 0 0 {scale} 0 0 cm 5 7 {width} {height} re f Q"
    pdf = changed(lambda opened: setattr(opened.pages[1].obj, "Contents", pikepdf.Stream(opened, drawn.encode())))
    document = pypdfium2.PdfDocument(pdf)
    left, bottom, right, top = next(iter(document[1].get_objects())).get_bounds()
    document.close()
    (ink,) = Content().page(PdfReader(io.BytesIO(pdf)).pages[1], Box(0, 0, *MEDIA))
    seen = (ink.box.x, ink.box.y, ink.box.right, ink.box.bottom)
    # pdfium keeps single precision, and grows what it fills by nothing
    assert seen == pytest.approx((left, bottom, right, top), abs=0.01)


# Page values


def line(text: str, width: float = 4.0) -> Line:
    """A shaped line of this width in em; what its glyphs are does not matter here."""
    cells = (Cell(((1, 0, 0),), round(width * 1000), text),)
    return Line(text, (Run("fira-400", cells, 1000),), width, 0.7, 0.2)


def words(x: float, y: float, text: str = "Ada Lovelace", size: float = 10, colour: Colour = BLACK) -> Text:
    """A line whose ink begins at this place, in millimetres from the trim."""
    return Text(x * mm, y * mm + 0.7 * size, line(text), size, colour)


def shaped(x: float, y: float, text: str, size: float = 10) -> Text:
    """A line of real letters on a baseline so far down, in millimetres."""
    return Text(x * mm, y * mm, shape(text, Style(size=size)), size)


def photo(width_px: int, height_px: int, box: Box, clip: Box | None = None) -> Picture:
    return Picture(box, Image(Path("ada.jpg"), "0", width_px, height_px), clip=clip)


def code(x: float = 50, y: float = 50, module: float = 0.5, level: str = "Q", rows: tuple[int, ...] = ()) -> Code:
    rows = rows or matrix("EPBCDFGHJKLNPRSTVXBCDFGHJKLN", level)
    side = len(rows) * module * mm
    return Code(Box(x * mm, y * mm, side, side), rows, "EPBCDFGHJKLNPRSTVXBCDFGHJKLN", 4 * module * mm)


SIDE = 25 * 0.5
"""Millimetres of the code above: 25 modules."""

GROUND = rectangle(Box(-BLEED, -BLEED, *MEDIA), Colour(0.95, 0.95, 0.9))
GOOD: tuple[Mark, ...] = (
    GROUND,
    Link(Box(-5, -5, 9, 9), "https://example.org"),
    Anchor("top"),
    words(20, 20),
    rectangle(Box(46 * mm, 46 * mm, 40 * mm, 40 * mm), WHITE, radius=2 * mm),
    code(),
    rule(20 * mm, 40 * mm, 100 * mm, 40 * mm, TEAL, 0.5),
    photo(600, 300, Box(20 * mm, 120 * mm, 144, 72)),
)


def page(*marks: Mark, good: Sequence[Mark] = GOOD, name: str = "badge of Ada Lovelace, front") -> Page:
    return Page(A5, (*good, *marks), BLEED, name=name)


def four(second: Page) -> list[Page]:
    return [page(), second, page(), page()]


def flipped(rows: tuple[int, ...]) -> tuple[int, ...]:
    """The symbol as seen in a mirror."""
    return tuple(int(f"{row:0{len(rows)}b}"[::-1], 2) for row in rows)


def no_code() -> tuple[Mark, ...]:
    return tuple(mark for mark in GOOD if not isinstance(mark, Code))


PAGES: dict[str, tuple[str, Page]] = {
    "a slanting shape that ends 1 mm beyond": (
        "PF-005b",
        page(Shape((("M", 300, 400), ("L", A5.width + mm, 420), ("L", 300, 440), ("Z",)), TEAL)),
    ),
    "a band that stops at the trim": ("PF-005b", page(rectangle(Box(0, 400, 90, 40), TEAL))),
    "a picture that runs 1 mm beyond": (
        "PF-005b",
        page(photo(900, 900, Box(300, 450, A5.width + mm - 300, 90))),
    ),
    "a page without bleed": ("PF-005b", replace(page(good=GOOD), bleed=0)),
    "a thin line": ("PF-035", page(rule(90, 400, 200, 400, BLACK, 0.1))),
    "a line thin by a fill": ("PF-035", page(rectangle(Box(90, 400, 100, 0.1), BLACK))),
    "a coarse photo": ("PF-050", page(photo(99, 99, Box(90, 450, 72, 72)))),
    "a photo coarse under its clip": (
        "PF-050",
        page(photo(100, 100, Box(90, 450, 720, 720), Box(90, 450, 36, 36))),
    ),
    "text 2 mm from the left": ("PF-062", page(words(2, 100))),
    "text 2 mm from the top": ("PF-062", page(words(60, 2))),
    "text 2 mm from the right": ("PF-062", page(words(146 - 40 / mm, 100))),
    "text 2 mm from the foot": ("PF-062", page(words(60, 208 - 9 / mm))),
    "text turned towards the edge": ("PF-062", page(Group((words(0, 0),), 12 * mm, 208 * mm, -90))),
    "text in a shared group": ("PF-062", page(Group((words(0, 0),), 2 * mm, 90 * mm, shared=True))),
    "a code 2 mm from the left": (
        "PF-062",
        Page(A5, (code(2.5, 100, 0.6),), BLEED, name="a sign"),
    ),
    "text over the edge": ("PF-062b", page(words(140, 100))),
    "a folio over the edge": ("PF-062b", page(replace(words(140, 100), role=Role.ARTIFACT))),
    "text off the page": ("PF-062c", page(words(200, 100))),
    "text in the bleed": ("PF-062c", page(words(149, 100))),
    "a shape off the page": ("PF-062c", page(rectangle(Box(-300, 100, 90, 90), TEAL))),
    "a code too small": ("PF-063", page(code(module=0.39), good=no_code())),
    "a code made too small by its place": (
        "PF-063",
        page(code(40, 150, module=0.399)),
    ),
    "text in the border of a code": ("PF-063b", page(shaped(50, 50 + SIDE + 4, "Ada"))),
    "text over a code": ("PF-063b", page(shaped(51, 60, "Ada"))),
    "a descender in the border of a code": ("PF-063b", page(shaped(50, 47, "Jan ggg", 20))),
    "a frame too near a code": (
        "PF-063b",
        page(rectangle(Box(49 * mm, 49 * mm, (SIDE + 2) * mm, (SIDE + 2) * mm), None, BLACK, 1)),
    ),
    "white laid over a code": ("PF-063b", page(rectangle(Box(40 * mm, 40 * mm, 60 * mm, 60 * mm), WHITE))),
    "a plate too small on a dark ground": (
        "PF-063b",
        Page(
            A5,
            (
                rectangle(Box(-BLEED, -BLEED, *MEDIA), TEAL),
                rectangle(Box(49 * mm, 49 * mm, 14.5 * mm, 14.5 * mm), WHITE),
                code(),
            ),
            BLEED,
            name="a sign",
        ),
    ),
    "a code on a photo": (
        "PF-063c",
        Page(A5, (photo(3000, 4000, Box(-BLEED, -BLEED, *MEDIA)), code()), BLEED, name="a sign"),
    ),
    "a code on a dark ground": (
        "PF-063c",
        Page(A5, (rectangle(Box(-BLEED, -BLEED, *MEDIA), TEAL), code()), BLEED, name="a sign"),
    ),
    "a code with too little correction": ("PF-063c", page(code(level="M"), good=no_code())),
    "a code in a mirror": ("PF-063c", page(code(rows=flipped(matrix("HELLO", "Q"))), good=no_code())),
    "a code with a row missing": ("PF-063c", page(code(rows=matrix("HELLO", "Q")[:-1]), good=no_code())),
    "small text": ("PF-064", page(words(60, 100, size=5))),
    "pale text": ("PF-065", page(words(60, 100, colour=Colour(0.6, 0.6, 0.6)))),
    "dark text on a dark band": ("PF-065", page(rectangle(Box(150, 250, 200, 90), TEAL), words(60, 100))),
}

CUT_BORDER = Page(A5, (code(0.5 + 3, 100, module=1.2),), BLEED, name="a sign")


def test_clean_page_values_have_no_faults_in_any_spec() -> None:
    for name in ("sheet", "digital", "office"):
        assert preflight(CLEAN, spec(name), pages=four(page())).faults == ()


@pytest.mark.parametrize("fault", PAGES)
def test_each_fault_of_a_page_is_refused_by_its_rule_alone(fault: str) -> None:
    name, faulty = PAGES[fault]
    report = preflight(CLEAN, DIGITAL, pages=four(faulty))
    assert rules_of(report) == {name}
    assert {each.pages for each in report.faults} == {(2,)}
    assert all(each.where == f"page 2 ({faulty.name})" for each in report.faults)


def test_the_border_of_a_code_ends_at_the_trim() -> None:
    assert rules_of(preflight(CLEAN, DIGITAL, pages=four(CUT_BORDER))) == {"PF-063b"}


HARMLESS: dict[str, Page] = {
    "a descender beside the border of a code, in a line above it": page(shaped(38, 47, "gJ Hanna", 20)),
    "a frame round the border of a code": page(
        rectangle(Box(47.5 * mm, 47.5 * mm, 17.5 * mm, 17.5 * mm), None, BLACK, 1)
    ),
    "a plate exactly as large as code and border": Page(
        A5,
        (
            rectangle(Box(-BLEED, -BLEED, *MEDIA), TEAL),
            rectangle(Box(48 * mm, 48 * mm, (SIDE + 4) * mm, (SIDE + 4) * mm), WHITE),
            code(),
        ),
        BLEED,
        name="a sign",
    ),
    "a white plate smaller than the border, on white": Page(
        A5, (rectangle(Box(49 * mm, 49 * mm, 20 * mm, 20 * mm), WHITE), code()), BLEED, name="a sign"
    ),
    "white text on a dark band": page(rectangle(Box(150, 250, 200, 90), TEAL), words(60, 100, colour=WHITE)),
    "large text of less contrast": page(words(60, 100, size=18, colour=Colour(0.48, 0.48, 0.48))),
    "text exactly 3 mm from the edge": page(words(3, 100)),
    "a slanting shape that leaves by the foot": page(
        Shape(
            (
                ("M", A5.width - 30, A5.height - 10),
                ("L", A5.width + 5, A5.height + BLEED),
                ("L", A5.width - 30, A5.height + BLEED),
                ("Z",),
            ),
            TEAL,
        )
    ),
    "a fold mark in the slug": page(rule(200, -20, 200, -12, BLACK, 0.5, purpose="fold")),
    "a speck of a picture": page(photo(4, 4, Box(90, 450, 72, 72))),
    "a line of nothing": page(Text(0, 0, Line("", (), 0, 0, 0), 10)),
    "nothing on the back of a card": Page(A5, (), BLEED),
    "a group turned by a quarter": page(Group((words(0, 0),), 60 * mm, 150 * mm, 90)),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_harmless_passes(case: str) -> None:
    assert preflight(CLEAN, DIGITAL, pages=four(HARMLESS[case])).faults == ()


def test_a_blank_page_is_fine_when_it_has_a_name() -> None:
    blank = Page(A5, (), BLEED)
    assert rules_of(preflight(CLEAN, SHEET, pages=four(blank))) == {"PF-007"}
    assert preflight(CLEAN, SHEET, pages=four(replace(blank, name="blank, before the cover"))).faults == ()


def test_a_page_that_lost_its_content_is_told() -> None:
    assert rules_of(preflight(without("/Contents"), SHEET, pages=four(page()))) == {"PF-007"}


def test_the_file_has_the_pages_that_were_laid_out() -> None:
    assert rules_of(preflight(CLEAN, SHEET, pages=[page()] * 3)) == {"PF-009"}
    assert preflight(CLEAN, spec("office"), pages=[page()] * 3, sheets=True).faults == ()


def test_the_trim_is_that_of_the_page_value() -> None:
    other = Page(Size(A5.width, A5.height + 1), (words(60, 100),), BLEED)
    assert rules_of(preflight(CLEAN, DIGITAL, pages=four(other))) == {"PF-005c"}


def test_pictures_inside_artwork_are_found_in_the_file() -> None:
    pdf = FILES["a coarse picture"][1]()
    artwork = Artwork(Box(20 * mm, 120 * mm, 90, 90), Path("floor-plan.pdf"))
    assert rules_of(preflight(pdf, DIGITAL, pages=four(page()))) == set()
    assert rules_of(preflight(pdf, DIGITAL, pages=four(page(artwork)))) == {"PF-050"}


@pytest.mark.parametrize("level", "LMQH")
@pytest.mark.parametrize("letters", [10, 60, 300])
def test_the_level_of_a_code_is_read_from_its_modules(level: str, letters: int) -> None:
    made = QRCode(error_correction=getattr(constants, f"ERROR_CORRECT_{level}"), border=0)
    made.add_data("B" * letters)
    made.make()
    rows = tuple(int("".join("01"[bool(module)] for module in row), 2) for row in made.modules)
    for asked in "LMQH":
        report = preflight(
            CLEAN,
            replace(DIGITAL, level=asked, safe=0),
            pages=[Page(A5, (code(20, 20, 0.5, rows=rows),), BLEED, name="a sign")] * 4,
        )
        assert rules_of(report) == (set() if "LMQH".index(level) >= "LMQH".index(asked) else {"PF-063c"})


@given(x=st.floats(3.001, 100), y=st.floats(3.001, 200), turn=st.sampled_from([0, 90, 180, 270]))
@settings(max_examples=50, deadline=None)
def test_text_is_safe_exactly_where_its_four_corners_are(x: float, y: float, turn: int) -> None:
    # 40 pt wide, 9 pt high, turned about its top left corner
    size = {0: (0, 0, 40, 9), 90: (-9, 0, 0, 40), 180: (-40, -9, 0, 0), 270: (0, -40, 9, 0)}[turn]
    left, top = x + size[0] / mm, y + size[1] / mm
    right, bottom = x + size[2] / mm, y + size[3] / mm
    margin = min(left, top, 148 - right, 210 - bottom)
    marks = (Group((words(0, 0),), x * mm, y * mm, turn),)
    report = preflight(CLEAN, DIGITAL, pages=four(Page(A5, marks, BLEED, name="a sign")))
    if abs(margin) > 0.01 and abs(margin - 3) > 0.01:
        lost = right < 0 or bottom < 0 or left > 148 or top > 210
        told = {"PF-062c"} if lost else {"PF-062b"} if margin < 0 else {"PF-062"} if margin < 3 else set()
        assert rules_of(report) == told


# Reports


def test_the_same_fault_on_many_pages_is_told_once() -> None:
    report = preflight(CLEAN, DIGITAL, pages=[page(words(2, 100)), page(), page(words(2, 100)), page(words(2, 100))])
    (problem,) = report.problems
    assert problem.message == "pages 1, 3–4: “Ada Lovelace” is 2 mm from the left edge"
    assert problem.hint == "keep 3 mm from the edge: cutting is not exact"
    assert problem.rule == "preflight.PF-062"
    assert problem.severity is Severity.ERROR


def test_a_thousand_different_faults_do_not_drown_the_report() -> None:
    pages = [Page(A5, (words(2, 100, f"Guest {number}"),), BLEED, name="badge") for number in range(1000)]
    report = preflight(CLEAN, spec("office"), pages=pages, sheets=True)
    assert len(report.problems) == 21
    assert report.problems[-1].message == "pages 21–1000: 980 more faults of this kind"


def test_a_report_is_ready_for_json() -> None:
    report = preflight(CLEAN, DIGITAL, pages=four(page(words(2, 100))), name="cards.pdf")
    data = json.loads(json.dumps(report.as_data()))
    assert (data["file"], data["spec"], data["ok"], data["pages"]) == ("cards.pdf", "digital", False, 4)
    assert data["trim"] == [148, 210]
    assert data["faults"][0]["rule"] == "PF-062"
    assert data["faults"][0]["pages"] == [2]


def test_a_report_says_what_it_could_not_see() -> None:
    report = preflight(CLEAN, SHEET)
    assert [each.split()[0] for each in report.unchecked] == ["PF-063", "PF-063b", "PF-063c"]
    assert preflight(CLEAN, SHEET, pages=four(page())).unchecked == ()
    assert "PF-062 Text and codes keep away from the trim" in report.checked


def test_advice_is_a_warning_and_does_not_refuse() -> None:
    report = preflight(FILES["text 4 mm from the left"][1](), SHEET)
    assert [fault.severity for fault in report.faults] == [Severity.WARNING]
    assert report.ok


def test_a_spec_gives_rules_their_weight() -> None:
    pdf = FILES["text 2 mm from the left"][1]()
    assert not preflight(pdf, SHEET).ok
    assert preflight(pdf, replace(SHEET, rules={"PF-062": Weight.WARNING})).ok
    assert preflight(pdf, replace(SHEET, rules={"PF-062": Weight.OFF})).faults == ()


# Rules and specs as data


def test_every_rule_has_its_line_and_an_id_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.line and not rule.line.endswith(".") for rule in RULES)


def test_every_rule_says_why_it_matters() -> None:
    for each in RULES:
        assert len(each.why) > 30, f"{each.id} says nothing to somebody who never saw a print shop"
        assert each.why.endswith("."), each.id
        assert each.why != each.line


@pytest.mark.parametrize("fault", FILES)
def test_a_report_tells_place_reason_and_remedy(fault: str) -> None:
    report = preflight(FILES[fault][1](), SHEET, name="programme.pdf")
    told = "\n".join(report.lines)
    squeezed = " ".join(told.split())
    for number, each in enumerate(report.numbered, 1):
        assert f"{number} {each.message[:1].upper()}{each.message[1:]} [{each.rule}]" in squeezed
        assert each.why in squeezed
        assert f"mend {each.hint[:1].upper()}{each.hint[1:]}" in squeezed
    assert all(len(line) <= 100 for line in report.lines)


def test_a_place_is_told_in_millimetres_from_the_trim() -> None:
    report = preflight(text_at(2, 60), SHEET)
    ((page, box),) = report.faults[0].places
    assert (page, box.x / mm, box.bottom / mm) == pytest.approx((2, 2, 60))
    where = next(line for line in report.lines if line.startswith("     where"))
    # a letter of 10 pt is about 2.5 mm high
    assert re.fullmatch(r"     where  page 2: 2 mm from the left, 57\.[4-7] mm from the top", where)
    (place,) = report.as_data()["faults"][0]["places"]
    assert (place["page"], place["x"]) == (2, 2.0)


def test_every_rule_has_a_fault_that_it_refuses() -> None:
    # these need a second size or count, or what a shop wants, and have tests of their own
    by_name = {"PF-005c", "PF-006", "PF-009", "PF-001c", "PF-006c", "PF-009b", "PF-012", "PF-061c", "PF-066", "PF-080"}
    tables = (test_claims.SHOP, test_claims.HEARD, test_claims.UNTRUE)
    of_claims = {str(each[0]) for table in tables for each in table.values()}
    refused = {name for name, _ in (*FILES.values(), *PAGES.values())} | by_name | of_claims
    refused |= {fault.rule for fault in INK_FAULTS.values()} | {"PF-024"}  # which is a page's, not a mark's
    assert refused == {rule.id for rule in RULES}


def test_specs_are_the_files_of_their_shelf() -> None:
    assert {"digital", "large", "office", "online", "sheet"} <= set(specs())
    for name in specs():
        found = spec(name)
        assert found.name == name
        assert found.title


def test_print_shops_say_where_their_numbers_are_from_and_differ() -> None:
    shops = [spec(name) for name in specs() if name not in ("digital", "large", "office", "online", "sheet")]
    assert len(shops) >= 6
    for shop in shops:
        assert re.match(r"https?://", shop.source), f"{shop.name} does not say where its numbers are from"
        assert 0 < shop.bleed / mm <= 6
        assert 200 <= shop.ink <= 400
    for field in ("bleed", "safe", "ink", "marks", "standards", "multiple"):
        assert len({getattr(shop, field) for shop in shops}) > 1, f"all shops have the same {field}"


def test_the_shelf_has_specs_for_every_press() -> None:
    assert spec("sheet").multiple == 4
    assert spec("sheet").safe == pytest.approx(3 * 72 / 25.4)


def test_an_unknown_spec_is_named_with_the_known_ones() -> None:
    with pytest.raises(Stop, match="there is no print spec 'shet'") as stop:
        spec("shet")
    assert stop.value.problem.hint == "did you mean 'sheet'?"
    assert stop.value.code == Exit.USAGE


def test_a_print_shop_of_ones_own_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "corner-shop.yaml").write_text("title: round the corner\nsafe: 1 mm\nrules: {PF-008: off}\n")
    found = spec("corner-shop", [tmp_path])
    assert found == Spec(name="corner-shop", title="round the corner", safe=72 / 25.4, rules={"PF-008": Weight.OFF})
    assert "corner-shop" in specs([tmp_path])


def test_a_spec_may_extend_another_and_be_given_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sheet.yaml"
    file.write_text("extends: sheet\ntitle: ours\nsafe: 7 mm\nrules: {PF-008: off}\n")
    for found in (spec("sheet", [tmp_path]), spec(str(file))):
        assert (found.name, found.title, found.safe / mm) == ("sheet", "ours", pytest.approx(7))
        assert found.rules == {**SHEET.rules, "PF-008": Weight.OFF}
        assert (found.ppi, found.bleed) == (SHEET.ppi, SHEET.bleed)
    (tmp_path / "lost.yaml").write_text("extends: shet\n")
    with pytest.raises(Stop, match="the print spec 'lost' extends 'shet', which is missing") as stop:
        spec("lost", [tmp_path])
    assert stop.value.problem.hint == "did you mean 'sheet'?"
    (tmp_path / "round.yaml").write_text("extends: round\n")
    with pytest.raises(Stop, match="the print spec 'round' extends 'round', which is missing"):
        spec("round", [tmp_path])
    with pytest.raises(Stop, match=r"there is no print spec 'nowhere\.yaml'"):
        spec("nowhere.yaml")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("rules: {PF-06: off}", "there is no rule 'PF-06'", "did you mean"),
        ("saef: 3 mm", "saef", "did you mean 'safe'"),
        ("safe: 3", "'3'", "3 mm"),
        ("rules: {PF-062: maybe}", "maybe", "warning"),
    ],
)
def test_a_faulty_spec_stops_with_its_place(tmp_path: Path, text: str, message: str, hint: str) -> None:
    (tmp_path / "mine.yaml").write_text(f"title: mine\n{text}\n")
    with pytest.raises(Stop, match=message) as stop:
        spec("mine", [tmp_path])
    assert hint in stop.value.problem.hint
    assert (stop.value.problem.place.file, stop.value.problem.place.line) == ("mine.yaml", 2)


def test_a_shape_of_curves_covers_what_lies_inside_it() -> None:
    disc = Shape(
        (("M", 0, 100), ("C", 0, 45, 45, 0, 100, 0), ("C", 155, 0, 200, 45, 200, 100), ("L", 100, 200), ("Z",)), TEAL
    )
    inside, outside = words(60, 40, size=8), words(76.4, 73.5, size=8)
    for text, told in ((inside, {"PF-065"}), (outside, set())):
        marks = (Group((disc,), 20 * mm, 10 * mm), text)
        assert rules_of(preflight(CLEAN, DIGITAL, pages=four(Page(A5, marks, BLEED, name="a sign")))) == told


COORDINATE = st.integers(-2, 6).map(lambda each: each * 20.0)
STEP = st.one_of(
    st.tuples(st.just("L"), COORDINATE, COORDINATE),
    st.tuples(st.just("C"), *[COORDINATE] * 6),
    st.just(("Z",)),
)
OUTLINE = st.lists(STEP, max_size=9).map(lambda steps: (("M", 0.0, 0.0), *steps))


@given(outline=OUTLINE, turn=st.sampled_from([0, 45, 90]), at=st.tuples(COORDINATE, COORDINATE))
@settings(max_examples=100, deadline=None)
def test_a_ground_of_any_shape_is_seen_as_a_picture_of_it_shows(
    outline: tuple[Any, ...], turn: float, at: tuple[float, float]
) -> None:
    """The oracle is pdfium: where it paints the text's whole box dark, and only there, black text is hard to read."""
    box = (at[0] + 100, at[1] + 100, 20.0, 9.0)
    shape = Group((Shape(outline, TEAL),), 100, 100, turn)
    pages = [Page(Size(300, 300), (shape, Text(box[0], box[1] + 7, line("on", 2), 10)), name="a sign")]
    spec_ = replace(DIGITAL, rules={rule.id: Weight.OFF for rule in RULES if rule.id != "PF-065"})
    told = rules_of(preflight(CLEAN, spec_, pages=pages, sheets=True))
    shares = painted(outline, turn, box)
    if told:
        assert min(shares) > 0.4
    elif len([each for each in shares if each > 0.99]) == len(shares):
        pytest.fail("the box is painted over and the rule did not see it")


def painted(outline: tuple[Any, ...], turn: float, box: tuple[float, float, float, float]) -> list[float]:
    """How dark pdfium paints nine places in a box, from 0 to 1."""
    names = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    path = " ".join(" ".join([*(str(value) for value in step[1:]), names[step[0]]]) for step in outline)
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    drawn = f"1 0 0 -1 0 300 cm {cos:.9f} {sin:.9f} {-sin:.9f} {cos:.9f} 100 100 cm {path} f"
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, drawn.encode()))
        pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    pixels = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    x, y, width, height = box
    places = [(x + width * i / 2, y + height * j / 2) for i in (0.04, 1, 1.96) for j in (0.04, 1, 1.96)]
    inside = [(int(2 * a), int(2 * b)) for a, b in places]
    return [1 - pixels.getpixel(place) / 255 if max(place) < 600 else 0.0 for place in inside]  # type: ignore[operator]


@given(where=st.lists(st.tuples(st.integers(0, len(CLEAN) - 1), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_reported_and_never_a_crash(where: list[tuple[int, int]]) -> None:
    damaged = bytearray(CLEAN)
    for place, value in where:
        damaged[place] = value
    assert preflight(bytes(damaged), SHEET).as_data()["file"] == ""


@given(text=st.text("0123456789./()<>[] qQcmBTETfrewWnSTjDo-", max_size=60))
@settings(max_examples=100, deadline=None)
def test_content_of_any_kind_is_reported_and_never_a_crash(text: str) -> None:
    assert preflight(changed(lambda pdf: content(pdf, text.encode())), SHEET).pages == 4


def test_a_page_that_cannot_be_read_does_not_hide_the_others() -> None:
    report = preflight(changed(lambda pdf: content(pdf, b"<"), FILES["small text"][1]()), ALONE)
    assert [(fault.rule, fault.pages) for fault in report.faults] == [("PF-000", (2,))]
    other = changed(lambda pdf: setattr(pdf.pages[0].obj, "Contents", pikepdf.Stream(pdf, b"(")), text_at(2, 60))
    faults = [(fault.rule, fault.pages) for fault in preflight(other, ALONE).faults]
    assert faults == [("PF-000", (1,)), ("PF-062", (2,))]
