"""Files to read on a screen are PDF/UA-1: said by veraPDF, read back by poppler, refused with any fault."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import copy_of_the_sample
from standards import vera

from eventprint import compose
from eventprint.draw import draw
from eventprint.event import Event, Product
from eventprint.page import Edition
from eventprint.problems import Problems
from eventprint.read import read

LAYOUTS = ["programme", "badge-90x55", "badge-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    return read(copy_of_the_sample(tmp_path_factory.mktemp("online")), Problems(), secret=True)


def made(event: Event, layout: str, edition: Edition, most: int = 12) -> bytes:
    pages = compose.compose(event, Product(layout), Problems()).pages[:most]
    return draw(pages, edition=edition, title="A title", language=event.language)


@pytest.fixture(scope="module")
def programme(sample: Event) -> bytes:
    return made(sample, "programme", Edition.SCREEN)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition", [Edition.SCREEN, Edition.OFFICE])
def test_every_product_can_be_heard(sample: Event, layout: str, edition: Edition) -> None:
    data = made(sample, layout, edition)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert vera.judge(data, "PDF/UA-1") == {}


def test_the_programme_is_pdf_a_2a_as_it_says(programme: bytes) -> None:
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in programme
    assert vera.judge(programme, "PDF/A-2a") == {}


# What others read


def poppler(data: bytes, folder: Path) -> list[str]:
    """The lines of poppler's own view of the tree, tags and quoted texts."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo of poppler is not installed: nobody reads the tree")
    file = folder / "file.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    return [line.strip() for line in done.stdout.decode().splitlines()]


def test_the_tree_is_read_in_the_order_of_the_agenda(sample: Event, programme: bytes, tmp_path: Path) -> None:
    told = " ".join(line[1:-1] for line in poppler(programme, tmp_path) if line.startswith('"'))
    told = told[told.index("The programme in full") :]
    place = 0
    for entry in sample.entries():
        place = told.find(re.sub(r"\s+", " ", entry.title), place)
        assert place >= 0, f"{entry.title} is not read out, or too early"
        for cast in entry.cast:
            assert told.find(sample.person(cast.person).name.full, place) >= 0


# Faults put in on purpose


def fault(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    def spoiled(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            change(pdf)
            pdf.save(out := io.BytesIO())
        return out.getvalue()

    return spoiled


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem" and one.get("/S") == kind
    ]


def untagged(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2]
    page.contents_add(pikepdf.Stream(pdf, b"0 0 9 9 re f"))


def renamed(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        elements(pdf, old)[0].S = pikepdf.Name(new)

    return change


def dropped(kind: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del elements(pdf, kind)[0][key]

    return change


def link_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def hole(pdf: pikepdf.Pdf) -> None:
    """The tree does not know to which tag the first text of a page belongs."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[5][0] = pikepdf.Object.parse(b"null")


def nested(operators: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[2].contents_add(pikepdf.Stream(pdf, operators))


def circular(pdf: pikepdf.Pdf) -> None:
    """Two kinds of tags that each stand for the other."""
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(One=pikepdf.Name.Two, Two=pikepdf.Name.One)
    renamed("/P", "/One")(pdf)


def no_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        del told["dc:title"]


def no_unicode(pdf: pikepdf.Pdf) -> None:
    font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one)
    del font["/ToUnicode"]


def no_program(pdf: pikepdf.Pdf) -> None:
    descriptor = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)
    del descriptor["/FontFile2"]


def note(pdf: pikepdf.Pdf) -> None:
    """A remark stuck on a page, which says nothing."""
    page = pdf.pages[2]
    made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 29, 29])
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(made)])
    page.obj.Tabs = pikepdf.Name.S


FAULTS: dict[str, tuple[str, Callable[[pikepdf.Pdf], object]]] = {
    "untagged ink": ("7.1-3", untagged),
    "no language": ("7.2-34", lambda pdf: pdf.Root.__delitem__("/Lang")),
    "no title shown": ("7.1-10", lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
    "not marked": ("6.2-1", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "no tree": ("7.1-11", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "a skipped heading": ("7.4.2-1", renamed("/H2", "/H4")),
    "a picture without words": ("7.3-1", dropped("/Figure", "/Alt")),
    "a heading cell without scope": ("7.5-1", dropped("/TH", "/A")),
    "a row of fewer cells": ("7.2-42", lambda pdf: elements(pdf, "/TR")[0].K.__delitem__(2)),
    "a cell outside a row": ("7.2-3", renamed("/TR", "/P")),
    "a link without name": ("7.18.5-2", lambda pdf: link_of(pdf).__delitem__("/Contents")),
    "a link outside the tree": ("7.18.5-1", lambda pdf: link_of(pdf).__delitem__("/StructParent")),
    "tabs in no order": (
        "7.18.3-1",
        lambda pdf: next(page for page in pdf.pages if "/Annots" in page).obj.__delitem__("/Tabs"),
    ),
    "no metadata": ("7.1-8", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "a page outside the tree": ("7.1-3", lambda pdf: pdf.pages[2].obj.__delitem__("/StructParents")),
    "a tree with a hole": ("7.1-3", hole),
    "an artifact in the text": ("7.1-1", nested(b"/P << /MCID 0 >> BDC /Artifact BMC 0 0 9 9 re f EMC EMC")),
    "text in an artifact": ("7.1-2", nested(b"/Artifact BMC /P << /MCID 0 >> BDC 0 0 9 9 re f EMC EMC")),
    "a tag of one's own": ("7.1-5", renamed("/P", "/Paragraf")),
    "tags that stand for each other": ("7.1-6", circular),
    "no title": ("7.1-9", no_title),
    "a letter without Unicode": ("7.21.7-1", no_unicode),
    "a font without its program": ("7.21.4.1-1", no_program),
    "a note without words": ("7.18.1-2", note),
    "a tag that suspects itself": ("7.1-4", lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True)),
}


FOLLOWS = {
    "no language": {"7.2-2", "7.2-22", "7.2-24", "7.2-33"},
    "no tree": {"7.1-3", "7.18.5-1"},
    "a cell outside a row": {"7.2-8", "7.2-9"},
    "a link without name": {"7.18.1-2"},
    "a note without words": {"7.18.1-1"},
}
"""What cannot be right either where a fault is."""


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_one_fault_is_refused_for_that_fault(programme: bytes, name: str) -> None:
    named, change = FAULTS[name]
    assert set(vera.judge(fault(change)(programme), "PDF/UA-1")) == {named, *FOLLOWS.get(name, ())}


def unexplained(pdf: pikepdf.Pdf) -> None:
    """Metadata that PDF/A does not know, without the words that explain it."""
    told = re.sub(
        rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b"", pdf.Root.Metadata.read_bytes(), flags=re.S
    )
    pdf.Root.Metadata.write(told)


def private(pdf: pikepdf.Pdf) -> None:
    """Letters that stand for something nobody else knows: the first of each font."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and b"beginbfchar" in one.read_bytes():
            one.write(re.sub(rb"(beginbfchar\n<[0-9a-f]+>) <[0-9a-f]+>", rb"\1 <e000>", one.read_bytes()))


def wide(pdf: pikepdf.Pdf) -> None:
    font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/CIDToGIDMap" in one)
    font.W[1][0] = 9999


def smoothed(pdf: pikepdf.Pdf) -> None:
    picture = next(one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
    picture.Interpolate = True


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"notes"


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep(0)")

ARCHIVE_FAULTS: dict[str, tuple[set[str], Callable[[pikepdf.Pdf], object]]] = {
    "no output intent": (
        {"6.2.4.3-2", "6.2.4.3-4", "6.2.10-2"},
        lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    ),
    "metadata without explanation": ({"6.6.2.3.1-1", "6.6.2.3.1-2"}, unexplained),
    "a letter of private use": ({"6.2.11.7.3-1"}, private),
    "another width than the font's": ({"6.2.11.5-1"}, wide),
    "a picture to be smoothed": ({"6.2.8-3"}, smoothed),
    "an attached file": ({"6.8-5"}, attached),
    "JavaScript": ({"6.5.1-1"}, lambda pdf: pdf.Root.__setitem__("/OpenAction", SCRIPT)),
    "something before printing": ({"6.5.2-1"}, lambda pdf: pdf.Root.__setitem__("/AA", pikepdf.Dictionary())),
    "a hidden link": ({"6.3.2-2"}, lambda pdf: link_of(pdf).__setitem__("/F", 2)),
    "not marked": ({"6.7.2.2-1"}, lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
}


@pytest.mark.parametrize("name", ARCHIVE_FAULTS)
def test_a_file_that_is_no_pdf_a_is_refused_for_its_fault(programme: bytes, name: str) -> None:
    named, change = ARCHIVE_FAULTS[name]
    assert set(vera.judge(fault(change)(programme), "PDF/A-2a")) == named


def test_rewriting_a_file_breaks_no_rule(programme: bytes) -> None:
    assert vera.judge(fault(lambda pdf: None)(programme), "PDF/UA-1") == {}
    assert vera.judge(fault(lambda pdf: None)(programme), "PDF/A-2a") == {}
