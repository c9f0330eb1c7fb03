"""Files to read on a screen are PDF/UA-1: said by veraPDF, read back by poppler and PDFium, refused with any fault."""

from __future__ import annotations

import ctypes
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
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


def kids(element: Any) -> Iterator[Any]:
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if kid:
            yield kid


def role(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def texts(page: Any) -> dict[int, str]:
    """What PDFium finds under each number of marked content of a page."""
    found: dict[int, str] = {}
    textpage = pdfium.FPDFText_LoadPage(page)
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
        if number >= 0 and pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            size = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 2))
            pdfium.FPDFTextObj_GetText(thing, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
            found[number] = found.get(number, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    pdfium.FPDFText_ClosePage(textpage)
    return found


def said(element: Any, contents: dict[int, str]) -> str:
    words = [
        contents.get(pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at), "")
        for at in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element))
    ]
    return " ".join([*words, *(said(kid, contents) for kid in kids(element))]).strip()


def rows(data: bytes) -> Iterator[list[str]]:
    """Every row of every table, cell by cell, as PDFium tells a screen reader."""
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            contents = texts(page.raw)
            tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
            waiting = [
                pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
                for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
            ]
            while waiting:
                element = waiting.pop(0)
                if role(element) == "TR":
                    yield [said(cell, contents) for cell in kids(element)]
                else:
                    waiting[:0] = kids(element)
            pdfium.FPDF_StructTree_Close(tree)


def test_a_row_of_the_day_is_read_as_time_title_speaker(programme: bytes) -> None:
    found = list(rows(programme))
    assert ["10:00", "Welcome", "Santiago Cuesta Lopez, ICAMCyL"] in [row[:3] for row in found]
    whole = ["10:30", "I3 – Interregional Innovation Investments Instrument", "Valentina Pinna, EISMEA"]
    assert whole in [row[:3] for row in found]
    assert ["13:00", "Interregional cooperation in the frame of cluster activities", "Session II"] in found


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
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_one_fault_is_refused_for_that_fault(programme: bytes, name: str) -> None:
    named, change = FAULTS[name]
    assert named in vera.judge(fault(change)(programme), "PDF/UA-1")


def test_rewriting_a_file_breaks_no_rule(programme: bytes) -> None:
    assert vera.judge(fault(lambda pdf: None)(programme), "PDF/UA-1") == {}
