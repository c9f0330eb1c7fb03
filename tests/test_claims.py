"""What a file claims is proved again: every false claim is named, by veraPDF too where it can see it, and taken out."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from conftest import copy_of_the_sample
from dressing import dressed
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from standards import pdfx4, vera

from eventprint import compose
from eventprint.colours import Colour
from eventprint.draw import draw
from eventprint.event import Event, Product
from eventprint.geometry import Box, Size, mm
from eventprint.page import Edition, Page, Text, rectangle
from eventprint.preflight import Report, Spec, Weight, preflight, spec, unclaimed
from eventprint.preflight.document import Claim, profile, xmp
from eventprint.problems import Problems, Severity
from eventprint.read import read
from eventprint.shelves import shelf
from eventprint.text import Style, shape

A6 = Size(105 * mm, 148 * mm)
BLEED = 3 * mm
Change = Callable[[pikepdf.Pdf], object]


def alone(name: str) -> Spec:
    """A spec without the rule that proves claims: it finds what other rules find, once more."""
    found = spec(name)
    return replace(found, rules={**found.rules, "PF-080": Weight.OFF})


def rules_of(report: Report) -> set[str]:
    return {fault.rule for fault in report.faults}


def card() -> Page:
    ground = rectangle(Box(-BLEED, -BLEED, A6.width + 2 * BLEED, A6.height + 2 * BLEED), Colour.parse("#dcebe9"))
    line = Text(20 * mm, 40 * mm, shape("Ada Lovelace", Style(weight=600)), 18)
    return Page(A6, (ground, line), BLEED, name="a card")


@pytest.fixture(scope="module")
def shop() -> bytes:
    """A file for a print shop: PDF/X-4 and PDF/A-2b."""
    return draw([card()], edition=Edition.SHOP, title="A title", language="en", author="Ada")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    return read(copy_of_the_sample(tmp_path_factory.mktemp("claims")), Problems(), secret=True)


@pytest.fixture(scope="module")
def heard(sample: Event) -> bytes:
    """A file to read on a screen: PDF/UA-1 and PDF/A-2a."""
    pages = compose.compose(sample, Product("programme"), Problems()).pages
    return draw(pages, edition=Edition.SCREEN, title="A title", language=sample.language)


def changed(pdf: bytes, change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        # as it is: otherwise old ways of compressing are mended on the way
        opened.save(out := io.BytesIO(), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


# Faults put in on purpose: files for a print shop


def told(key: str, value: str | None) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if value is None:
                del metadata[key]
            else:
                metadata[key] = value

    return change


def another_standard(pdf: pikepdf.Pdf) -> None:
    told("{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion", "PDF/X-3:2002")(pdf)
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-3:2002"


def info(key: str, value: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.docinfo[key]
        else:
            pdf.docinfo[key] = value

    return change


def without_intent(kind: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = pikepdf.Array([one for one in pdf.Root.OutputIntents if str(one.S) != kind])

    return change


def with_profile(data: bytes, components: int) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(data)
        stream.N = components
        pdf.Root.OutputIntents[0].DestOutputProfile = stream

    return change


def icc(name: str) -> bytes:
    return (shelf("data") / "icc" / f"{name}.icc").read_bytes()


def proofing(data: bytes) -> bytes:
    """The same profile, said to be that of a screen."""
    return data[:12] + b"mntr" + data[16:]


def lzw(pdf: pikepdf.Pdf) -> None:
    # ISO 32000-1, 7.4.4.2, example 1
    stream = pikepdf.Stream(pdf, bytes.fromhex("800b6050220c0c8501"))
    stream.stream_dict.Filter = pikepdf.Name.LZWDecode
    pdf.pages[0].obj.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=pdf.make_indirect(stream)))


def state(key: str, value: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.ExtGState["/O1"][key] = value

    return change


def external(kind: str, key: str = "", value: object = None) -> Change:
    """Another external object among the resources of the page, painted where it is nothing but a square."""

    def change(pdf: pikepdf.Pdf) -> None:
        thing = pikepdf.Stream(pdf, b"" if kind != "/Image" else b"\0")
        thing.Type, thing.Subtype = pikepdf.Name.XObject, pikepdf.Name(kind)
        if kind == "/Image":
            thing.Width = thing.Height = thing.BitsPerComponent = 1
            thing.ColorSpace = pikepdf.Name.DeviceGray
        elif kind == "/Form":
            thing.BBox = pikepdf.Array([0, 0, 9, 9])
        if key:
            thing[key] = value
        objects = pdf.pages[0].Resources.get("/XObject", pikepdf.Dictionary())
        objects["/Extra"] = pdf.make_indirect(thing)
        pdf.pages[0].Resources.XObject = objects
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"q 9 0 0 9 90 90 cm /Extra Do Q"))

    return change


def opening(**action: object) -> Change:
    return lambda pdf: setattr(pdf.Root, "OpenAction", pikepdf.Dictionary(**action))


def bookmark_to_the_web(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(
            pikepdf.OutlineItem("the web", action=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://a.org"))
        )


def missing_letter(pdf: pikepdf.Pdf) -> None:
    name = next(iter(pdf.pages[0].Resources.Font.keys()))
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, f"BT {name} 12 Tf 90 90 Td <0000> Tj ET".encode()))


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0"]


def courier(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        name = pikepdf.Name("/ABCDEF+CourierPrime")
        font.BaseFont = font.DescendantFonts[0].BaseFont = font.DescendantFonts[0].FontDescriptor.FontName = name


def unnamed(pdf: bytes) -> bytes:
    head, _, end = pdf.rpartition(b"/ID")
    return head + b"/XX" + end


SHOP: dict[str, tuple[str, str, str, Change]] = {
    # what was done: the rule that says so, a standard and what veraPDF says by it, the change
    "another standard": ("PF-001", "", "", another_standard),
    "no metadata": ("PF-001b", "X-4", "metadata", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "no document's name": ("PF-001b", "", "", told("xmpMM:DocumentID", None)),
    "no date": ("PF-001b", "", "", info("/CreationDate", None)),
    "an intent without profile": (
        *("PF-020", "X-4", "profile"),
        lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"),
    ),
    "no press": ("PF-020", "", "", without_intent("/GTS_PDFX")),
    "the profile of a screen": ("PF-020", "X-4", "press", with_profile(icc("srgb"), 3)),
    "a press said to be a screen": ("PF-020", "X-4", "press", with_profile(proofing(icc("fogra39l-coated")), 4)),
    "three inks where there are four": ("PF-020", "", "", with_profile(icc("fogra39l-coated"), 3)),
    "no profile at all": ("PF-020", "", "", with_profile(b"no profile", 4)),
    "no meaning of colours": ("PF-020b", "A-2b", "", without_intent("/GTS_PDFA1")),
    "two titles": ("PF-061", "", "", info("/Title", "Another title")),
    "two dates": ("PF-061", "", "", info("/ModDate", "D:20240229120000Z")),
    "Trapped in brackets": ("PF-061b", "", "", info("/Trapped", "/False")),
    "nothing said of trapping": ("PF-061b", "", "", info("/Trapped", None)),
    "trapped and not": ("PF-061b", "", "", info("/Trapped", pikepdf.Name("/True"))),
    "LZW": ("PF-060f", "X-4", "lzw", lzw),
    "a transfer curve": ("PF-060g", "X-4", "transfer", state("/TR", pikepdf.Name.Identity)),
    "a second transfer curve": ("PF-060g", "A-2b", "6.2.5-2", state("/TR2", pikepdf.Name.Identity)),
    "PostScript": ("PF-060h", "X-4", "postscript", external("/PS")),
    "a second picture": ("PF-060h", "A-2b", "6.2.8-1", external("/Image", "/Alternates", pikepdf.Array([]))),
    "a picture to be exchanged": ("PF-060h", "A-2b", "6.2.9-1", external("/Form", "/OPI", pikepdf.Dictionary())),
    "a page of another file": ("PF-060h", "A-2b", "6.2.9-2", external("/Form", "/Ref", pikepdf.Dictionary())),
    "a command to start": ("PF-060e", "X-4", "action", opening(S=pikepdf.Name.Launch, F="calc.exe")),
    "a sound": ("PF-060e", "A-2b", "6.5.1-1", opening(S=pikepdf.Name.Sound)),
    "a way to the web in the bookmarks": ("PF-060b", "X-4", "action", bookmark_to_the_web),
    "a letter that the font has not": ("PF-011", "A-2b", "6.2.11.8-1", missing_letter),
}


def judged(pdf: bytes, standard: str) -> dict[str, str]:
    return vera.judge(pdf, pdfx4.profile() if standard == "X-4" else f"PDF/{standard}")


def test_what_we_draw_is_what_it_says(shop: bytes, heard: bytes) -> None:
    for pdf, name, claims in ((shop, "digital", ("PDF/X-4", "PDF/A-2b")), (heard, "online", ("PDF/A-2a", "PDF/UA-1"))):
        report = preflight(pdf, spec(name))
        assert report.faults == ()
        assert sorted(report.claims) == sorted(claims)
        assert report.untrue == ()


@pytest.mark.sampled(8)
@pytest.mark.parametrize("fault", SHOP)
def test_each_fault_of_a_print_file_is_refused_by_its_rule_alone(shop: bytes, fault: str) -> None:
    rule, standard, clause, change = SHOP[fault]
    made = changed(shop, change)
    report = preflight(made, alone("digital"))
    assert rules_of(report) == {rule}
    assert all(each.hint and each.why for each in report.faults)
    if standard:
        found = judged(made, standard)
        assert found, "veraPDF sees nothing wrong"
        assert not clause or clause in found


@pytest.mark.parametrize("fault", [name for name in SHOP if SHOP[name][0] != "PF-001"])
def test_a_claim_that_a_fault_breaks_is_named_false_with_what_breaks_it(shop: bytes, fault: str) -> None:
    rule, _, _, change = SHOP[fault]
    report = preflight(changed(shop, change), spec("digital"))
    false = [each for each in report.faults if each.rule == "PF-080"]
    assert false
    assert all(f"({rule})" in each.message for each in false)
    assert all(each.severity is Severity.ERROR for each in false)
    assert {each.message.split(",")[0].removeprefix("it says it is ") for each in false} == set(report.untrue)


# Rules that shops do not ask for, and claims do


def note(kind: str, **entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        one = pikepdf.Dictionary(Subtype=pikepdf.Name(kind), Rect=pikepdf.Array([20, 20, 60, 60]), **entries)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(one)])

    return change


def bare(pdf: pikepdf.Pdf) -> None:
    descriptor = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)
    del descriptor["/FontFile2"]


def painted(operators: bytes) -> Change:
    return lambda pdf: pdf.pages[0].contents_add(pikepdf.Stream(pdf, operators))


def lights(kind: str) -> Change:
    """A picture, a spot colour, a pattern or a shading made of red, green and blue."""
    rgb, page_space = pikepdf.Name.DeviceRGB, "q 9 0 0 9 90 90 cm"

    def change(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].Resources
        function = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
        if kind == "picture":
            stream = pikepdf.Stream(pdf, b"\xff\0\0")
            stream.Type, stream.Subtype, stream.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, rgb
            stream.Width = stream.Height = 1
            stream.BitsPerComponent = 8
            resources.XObject = pikepdf.Dictionary(Red=pdf.make_indirect(stream))
            painted(f"{page_space} /Red Do Q".encode())(pdf)
        elif kind == "spot":
            space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/Red"), rgb, function])
            resources.ColorSpace = pikepdf.Dictionary(Red=pdf.make_indirect(space))
            painted(b"/Red cs 1 scn 90 90 9 9 re f")(pdf)
        elif kind == "shading":
            shade = pikepdf.Dictionary(ShadingType=2, ColorSpace=rgb, Coords=[0, 0, 9, 9], Function=function)
            resources.Shading = pikepdf.Dictionary(Red=pdf.make_indirect(shade))
            painted(f"{page_space} 0 0 1 1 re W n /Red sh Q".encode())(pdf)
        else:
            tile = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 5 5 re f")
            tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
            tile.BBox, tile.XStep, tile.YStep = pikepdf.Array([0, 0, 9, 9]), 9, 9
            tile.Resources = pikepdf.Dictionary()
            resources.Pattern = pikepdf.Dictionary(Red=pdf.make_indirect(tile))
            painted(b"/Pattern cs /Red scn 90 90 9 9 re f")(pdf)

    return change


UNTRUE: dict[str, tuple[str, str, str, Change]] = {
    "red light": ("PF-020c", "A-2b", "6.2.4.3-2", painted(b"1 0 0 rg 90 90 9 9 re f")),
    "a red outline": ("PF-020c", "X-4", "rgb", painted(b"/DeviceRGB CS 1 0 0 SC 90 90 9 9 re S")),
    "a red picture": ("PF-020c", "X-4", "rgb", lights("picture")),
    "a spot colour of lights": ("PF-020c", "X-4", "rgb", lights("spot")),
    "a shading of lights": ("PF-020c", "X-4", "rgb", lights("shading")),
    "a pattern of lights": ("PF-020c", "X-4", "rgb", lights("pattern")),
    "text in a font that is not there": ("PF-010d", "A-2b", "6.2.11.4.1-1", bare),
    "a hidden note": ("PF-060i", "A-2b", "6.3.2-2", note("/Square", F=2)),
    "a note without a look": ("PF-060i", "A-2b", "6.3.3-1", note("/Square", F=4)),
    "a film": ("PF-060i", "A-2b", "6.3.1-1", note("/Movie", F=4)),
}


@pytest.mark.parametrize("fault", UNTRUE)
def test_what_shops_do_not_ask_for_breaks_claims_all_the_same(shop: bytes, fault: str) -> None:
    rule, standard, clause, change = UNTRUE[fault]
    made = changed(shop, change)
    claim = "PDF/A-2b" if standard == "A-2b" else "PDF/X-4"
    report = preflight(made, spec("office"))
    false = next(each for each in report.faults if each.rule == "PF-080" and claim in each.message)
    assert f"({rule})" in false.message
    assert clause in judged(made, standard)
    assert claim not in preflight(unclaimed(made, [claim]), spec("office")).claims


def test_a_file_without_an_identifier(shop: bytes) -> None:
    made = unnamed(shop)
    assert rules_of(preflight(made, alone("digital"))) == {"PF-061c"}
    assert "identifier" in judged(made, "X-4")


def test_rewriting_breaks_nothing(shop: bytes, heard: bytes) -> None:
    assert preflight(changed(shop, lambda pdf: None), spec("digital")).faults == ()
    assert preflight(changed(heard, lambda pdf: None), spec("online")).faults == ()


def test_courier_is_asked_about(shop: bytes) -> None:
    made = changed(shop, courier)
    sheet = replace(alone("sheet"), multiple=1)
    assert rules_of(preflight(made, sheet)) == {"PF-012"}
    assert preflight(made, sheet).ok
    assert preflight(shop, sheet).faults == ()


def test_a_newer_pdf_and_a_larger_file_than_the_shop_takes(shop: bytes) -> None:
    digital = alone("digital")
    assert rules_of(preflight(shop, replace(digital, version=1.4))) == {"PF-001c"}
    assert rules_of(preflight(shop, replace(digital, version=1.6))) == set()
    assert rules_of(preflight(shop, replace(digital, megabytes=len(shop) / 1e6 - 0.001))) == {"PF-009b"}
    assert rules_of(preflight(shop, replace(digital, megabytes=len(shop) / 1e6))) == set()


def test_a_pdf_that_claims_nothing_is_fine_where_nothing_is_asked(shop: bytes) -> None:
    plain = unclaimed(shop, ["PDF/X-4", "PDF/A-2b"])
    any_kind = replace(spec("digital"), standards=())
    assert preflight(plain, any_kind).faults == ()
    assert rules_of(preflight(plain, spec("digital"))) == {"PF-001", "PF-020"}


def test_actions_that_follow_others_are_found(shop: bytes) -> None:
    def chained(pdf: pikepdf.Pdf) -> None:
        last = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep(0)")
        goes = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit]))
        goes.Next = pikepdf.Array([pdf.make_indirect(last)])
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=goes)

    report = preflight(changed(shop, chained), alone("digital"))
    assert {(fault.rule, fault.pages) for fault in report.faults} == {("PF-060b", (1,)), ("PF-060e", (1,))}


def test_a_place_to_open_at_is_no_action(shop: bytes) -> None:
    def place(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])

    assert preflight(changed(shop, place), spec("digital")).faults == ()


def test_fonts_of_notes_and_forms_are_looked_at(shop: bytes) -> None:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica"))

    def stamp(pdf: pikepdf.Pdf) -> None:
        look = pikepdf.Stream(pdf, b"")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Stamp,
            Rect=pikepdf.Array([0, 0, 9, 9]),
            AP=pikepdf.Dictionary(N=pdf.make_indirect(look)),
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])

    assert rules_of(preflight(changed(shop, stamp), alone("digital"))) == {"PF-010", "PF-060"}

    def form(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([]), DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        )

    assert rules_of(preflight(changed(shop, form), alone("digital"))) == {"PF-010"}


def test_notes_outside_the_bleed_and_those_of_presses_may_stay(shop: bytes) -> None:
    def notes(pdf: pikepdf.Pdf) -> None:
        far = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([-90, -90, -50, -50]))
        mark = pikepdf.Dictionary(Subtype=pikepdf.Name.PrinterMark, Rect=pikepdf.Array([0, 0, 9, 9]))
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(far), pdf.make_indirect(mark)])

    assert rules_of(preflight(changed(shop, notes), alone("digital"))) == set()


# Faults put in on purpose: files to be heard


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem" and one.get("/S") == kind
    ]


def renamed(old: str, new: str) -> Change:
    return lambda pdf: setattr(elements(pdf, old)[0], "S", pikepdf.Name(new))


def dropped(kind: str, key: str) -> Change:
    return lambda pdf: elements(pdf, kind)[0].__delitem__(key)


def linked(pdf: pikepdf.Pdf) -> pikepdf.Page:
    return next(page for page in pdf.pages if "/Annots" in page)


def backwards(pdf: pikepdf.Pdf) -> None:
    document = elements(pdf, "/Document")[0]
    document.K = pikepdf.Array(list(reversed(list(document.K))))


def swapped(pdf: pikepdf.Pdf) -> None:
    """The first two paragraphs of a page are read the other way round."""
    document = elements(pdf, "/Document")[0]
    kids = list(document.K)
    at = next(
        at
        for at in range(len(kids) - 1)
        if kids[at].get("/S") == kids[at + 1].get("/S") == "/P" and kids[at].get("/Pg") == kids[at + 1].get("/Pg")
    )
    document.K[at], document.K[at + 1] = kids[at + 1], kids[at]


def wordless(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        del font["/ToUnicode"]


def private(pdf: pikepdf.Pdf) -> None:
    font = fonts_of(pdf)[0]
    cmap = bytes(font.ToUnicode.read_bytes()).split(b"beginbfchar\n", 1)
    line, rest = cmap[1].split(b"\n", 1)
    font.ToUnicode = pdf.make_stream(cmap[0] + b"beginbfchar\n" + line.split(b"> <")[0] + b"> <e001>\n" + rest)


def decoration_inside(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2]
    content = bytes(page.Contents.read_bytes())
    assert b"BDC" in content
    page.Contents = pdf.make_stream(content.replace(b"BDC", b"BDC /Artifact BMC 0 0 1 1 re f EMC", 1))


def heading_again(pdf: pikepdf.Pdf) -> None:
    """Behind the last row of a table its headings once more, on the page after."""
    table = elements(pdf, "/Table")[0]
    last = list(table.K)[-1]
    pages = [page.obj for page in pdf.pages]
    home = next(cell.Pg for cell in last.K if "/Pg" in cell)
    after = pages[next(at for at, page in enumerate(pages) if page.objgen == home.objgen) + 1]
    row = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TR, P=table))
    scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Column)
    row.K = pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.StructElem, S=pikepdf.Name.TH, P=row, Pg=after, A=scope, K=pikepdf.Array([])
                )
            )
            for _ in last.K
        ]
    )
    table.K.append(row)


HEARD: dict[str, tuple[str, str, Change]] = {
    # what was done: the rule that says so, what veraPDF says by PDF/UA-1, the change
    "untagged ink": ("PF-070g", "7.1-3", lambda pdf: pdf.pages[2].contents_add(pikepdf.Stream(pdf, b"9 9 9 9 re f"))),
    "a page outside the tree": ("PF-070g", "7.1-3", lambda pdf: pdf.pages[2].obj.__delitem__("/StructParents")),
    "decoration inside a tag": ("PF-070g", "7.1-1", decoration_inside),
    "no language": ("PF-070b", "7.2-34", lambda pdf: pdf.Root.__delitem__("/Lang")),
    "no title shown": ("PF-070c", "7.1-10", lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
    "not marked": ("PF-070", "6.2-1", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "no tree": ("PF-070", "7.1-11", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "a skipped heading": ("PF-070e", "7.4.2-1", renamed("/H2", "/H4")),
    "a picture without words": ("PF-070d", "7.3-1", dropped("/Figure", "/Alt")),
    "a heading cell without scope": ("PF-070f", "7.5-1", dropped("/TH", "/A")),
    "a row of fewer cells": ("PF-070f", "7.2-42", lambda pdf: elements(pdf, "/TR")[0].K.__delitem__(2)),
    "a cell outside a row": ("PF-070f", "7.2-3", renamed("/TR", "/P")),
    "headings read again": ("PF-070f", "", heading_again),
    "a link without name": ("PF-070h", "7.18.5-2", lambda pdf: linked(pdf).Annots[0].__delitem__("/Contents")),
    "a link outside the tree": ("PF-070h", "7.18.5-1", lambda pdf: linked(pdf).Annots[0].__delitem__("/StructParent")),
    "tabs in no order": ("PF-070h", "7.18.3-1", lambda pdf: linked(pdf).obj.__delitem__("/Tabs")),
    "read backwards": ("PF-070i", "", backwards),
    "a note without a name": ("PF-070j", "7.9-1", renamed("/P", "/Note")),
    "two lines the other way round": ("PF-070i", "", swapped),
    "letters without names": ("PF-011b", "7.21.7-1", wordless),
    "a sign of one's own": ("PF-011b", "", private),
}


@pytest.mark.sampled(8)
@pytest.mark.parametrize("fault", HEARD)
def test_each_fault_of_a_file_to_be_heard_is_told_by_its_rule_alone(heard: bytes, fault: str) -> None:
    rule, clause, change = HEARD[fault]
    made = changed(heard, change)
    report = preflight(made, alone("online"))
    assert rules_of(report) == {rule}
    if clause:
        assert clause in judged(made, "UA-1")
        assert not report.ok
        assert "PDF/UA-1" in report.untrue
        assert f"({rule})" in next(e.message for e in preflight(made, spec("office")).faults if "UA-1" in e.message)


def test_signs_of_ones_own_break_the_archive_s_claim_too(heard: bytes) -> None:
    made = changed(heard, private)
    assert "6.2.11.7.3-1" in judged(made, "A-2a")
    assert "PDF/A-2a" in preflight(made, spec("online")).untrue


def test_a_tree_that_contains_itself_comes_to_an_end(heard: bytes) -> None:
    made = changed(heard, lambda pdf: elements(pdf, "/P")[0].K.append(elements(pdf, "/Document")[0]))
    assert preflight(made, spec("online")).pages > 0


# Taking claims out


def test_a_claim_taken_out_is_gone_and_the_rest_as_it_was(shop: bytes) -> None:
    plain = unclaimed(shop, ["PDF/X-4"])
    assert preflight(plain, replace(spec("digital"), standards=())).claims == ("PDF/A-2b",)
    assert judged(plain, "A-2b") == {}
    with pikepdf.open(io.BytesIO(plain)) as after, pikepdf.open(io.BytesIO(shop)) as before:
        assert "/GTS_PDFXVersion" not in after.docinfo
        assert [str(each.S) for each in after.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert after.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()
        assert {key: str(value) for key, value in after.docinfo.items()} == {
            key: str(value) for key, value in before.docinfo.items() if key != "/GTS_PDFXVersion"
        }
        assert str(after.docinfo["/Trapped"]) == "/False"
        with after.open_metadata() as metadata:
            assert "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion" not in metadata
            assert metadata["dc:title"] == "A title"
            assert metadata["xmpMM:DocumentID"] == "xmp.did:" + bytes(after.trailer.ID[0]).hex()
        assert bytes(after.trailer.ID[0]) != bytes(before.trailer.ID[0])


@pytest.mark.thorough
@pytest.mark.parametrize(("kept", "lost"), [("PDF/UA-1", "PDF/A-2a"), ("PDF/A-2a", "PDF/UA-1")])
def test_one_claim_of_a_file_to_be_heard_goes_and_the_other_stays_true(heard: bytes, kept: str, lost: str) -> None:
    plain = unclaimed(heard, [lost])
    report = preflight(plain, spec("online"))
    assert (report.claims, report.untrue, report.faults) == ((kept,), (), ())
    assert judged(plain, kept.removeprefix("PDF/")) == {}


def test_the_same_file_gives_the_same_bytes(shop: bytes) -> None:
    once = unclaimed(shop, ["PDF/X-4", "PDF/A-2b"])
    assert once == unclaimed(shop, ["PDF/A-2b", "PDF/X-4"])
    assert once != unclaimed(shop, ["PDF/X-4"])
    assert unclaimed(shop, []) == shop
    with pytest.raises(ValueError, match="nothing is known of PDF/VT"):
        unclaimed(shop, ["PDF/VT-1"])


def test_claims_are_found_and_taken_out_however_they_are_written() -> None:
    """As attributes, with other prefixes: as other programs write their metadata."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 200))
    canvas.drawString(20, 20, "in a font that is not in the file")
    canvas.save()
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:q="http://www.aiim.org/pdfa/ns/id/" q:part="3" q:conformance="U"/>'
        "<rdf:Description rdf:about='' xmlns:u='http://www.aiim.org/pdfua/ns/id/'><u:part>1</u:part></rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    )

    def write(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(packet.encode())
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = stream

    made = changed(out.getvalue(), write)
    report = preflight(made, spec("office"))
    assert (report.claims, report.untrue) == (("PDF/A-3u", "PDF/UA-1"), ("PDF/A-3u", "PDF/UA-1"))
    assert preflight(unclaimed(made, report.untrue), spec("office")).claims == ()


def test_foreign_metadata_is_read_and_traps_in_it_are_not() -> None:
    assert xmp(b"no xml") is None
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    assert xmp(bomb) is None
    assert profile(b"\0" * 200) is None
    found = profile(icc("srgb"))
    assert found is not None
    assert (found.kind, found.space, found.channels) == ("mntr", "RGB", 3)
    assert [Claim(name).family for name in ("PDF/X-4", "PDF/A-2b", "PDF/UA-1")] == ["X", "A", "UA"]
    assert [Claim(name).level for name in ("PDF/X-4", "PDF/A-2b", "PDF/A-4", "PDF/UA-1")] == ["", "b", "", ""]


# Marks and spreads, as shops want them


def sheet_of(trims: list[tuple[float, float]], *, room: float = 0.0, marks: bool = False) -> bytes:
    """Pages with 3 mm of bleed and more room around it, with or without a line in that room."""
    if "Fira" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Fira", str(shelf("fonts") / "core" / "FiraSans-Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName="Fira", invariant=1)
    edge = BLEED + room
    for width, height in trims:
        canvas.setPageSize((width + 2 * edge, height + 2 * edge))
        canvas.setTrimBox((edge, edge, edge + width, edge + height))
        canvas.setBleedBox((room, room, room + width + 2 * BLEED, room + height + 2 * BLEED))
        canvas.setFont("Fira", 12)
        canvas.drawString(edge + 30, edge + 60, "A page")
        if marks:
            canvas.setLineWidth(0.5)
            canvas.line(edge, 0, edge, room - 2)
        canvas.showPage()
    canvas.save()
    return dressed(out.getvalue())


@pytest.mark.parametrize(
    ("wanted", "room", "marks", "told"),
    [
        ("any", 0, False, set()),
        ("any", 20, True, set()),
        ("none", 0, False, set()),
        ("none", 20, False, set()),
        ("none", 20, True, {"PF-066"}),
        ("crop", 0, False, {"PF-066"}),
        ("crop", 20, False, {"PF-066"}),
        ("crop", 20, True, set()),
    ],
)
def test_marks_are_where_the_shop_wants_them(wanted: str, room: float, marks: bool, told: set[str]) -> None:
    pdf = sheet_of([(200, 300)], room=room, marks=marks)
    assert rules_of(preflight(pdf, replace(alone("digital"), marks=wanted))) == told


def test_two_pages_side_by_side_are_told() -> None:
    digital = replace(alone("digital"), spreads=False, rules={**alone("digital").rules, "PF-006": Weight.OFF})
    report = preflight(sheet_of([(200, 300), (400, 300), (400, 300), (200, 300)]), digital)
    assert [(fault.rule, fault.pages) for fault in report.faults] == [("PF-006c", (2, 3))]
    assert preflight(sheet_of([(200, 300), (200, 300)]), digital).faults == ()
    assert preflight(sheet_of([(400, 300)] * 4), digital).faults == ()


@pytest.mark.parametrize("away", [0.0, 3 * mm, 6 * mm])
def test_marks_we_draw_lie_on_every_plate_outside_the_bleed(away: float, tmp_path: Path) -> None:
    made = draw([card()], edition=Edition.SHOP, title="A title", language="en", author="Ada", marks_from=away)
    assert judged(made, "X-4") == {}
    assert judged(made, "A-2b") == {}
    for name in ("goffset", "suchecki"):
        shop = replace(alone(name), multiple=1, standards=("PDF/X-4",), version=0)
        assert preflight(made, shop).faults == ()
        assert preflight(made, shop, pages=[card()]).faults == ()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        page = pdf.pages[0]
        media, bleed, trim = ([float(value) for value in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        assert trim[2] - trim[0] == pytest.approx(A6.width, abs=0.001)
        assert trim[0] - bleed[0] == pytest.approx(BLEED, abs=0.001)
        assert media[0] == media[1] == 0
        assert trim[0] == pytest.approx(max(BLEED + 1 * mm, away) + 5 * mm, abs=0.001)
        lines = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("m", "l"):
                lines.append([float(value) for value in operands])
        marks = [(start, end) for start, end in zip(lines[-16::2], lines[-15::2], strict=True)]
        assert len(marks) == 8
        for start, end in marks:
            for x, y in (start, end):
                outside = max(trim[0] - x, x - trim[2], trim[1] - y, y - trim[3])
                assert outside >= max(BLEED + 1 * mm, away) - 0.001
            along = 0 if start[0] == pytest.approx(end[0], abs=0.001) else 1
            edges = (trim[0], trim[2]) if along == 0 else (trim[1], trim[3])
            assert min(abs(start[along] - edge) for edge in edges) < 0.001, "a mark points at the line of the cut"
        names = [str(space[1]) for space in page.Resources.ColorSpace.values()]
        assert names == ["/All"]


def test_without_marks_the_file_is_as_it_was(shop: bytes) -> None:
    assert draw([card()], edition=Edition.SHOP, title="A title", language="en", author="Ada", marks_from=None) == shop
