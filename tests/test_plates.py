"""What a press would print of each file of the print run: ink by ink, on Ghostscript's plates.

A file is compared with its twin without black text: whatever differs on another plate is a hole under letters. What
inks a page uses is read from its content by pikepdf, and must be what the plates show.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import made_event
import pikepdf
import pytest
from conftest import few
from PIL import Image as pillow
from PIL import ImageChops
from standards.plates import PROCESS, heaviest, inked, plates, total

from eventprint import impose, job
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.draw import draw
from eventprint.geometry import PAPERS, Box, Size
from eventprint.job import Built
from eventprint.page import Edition, Page, Text, rectangle
from eventprint.text import Style, shape

SHOP = ("programme", "badges", "badges-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4")

LIMIT = 300.0
"""Per cent: what the converting profile keeps to, and the least that a print shop was found to ask for in offset."""

SPOT = "PANTONE 166 C"


pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module", params=["the sample", "a hard event"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("plates")
    return job.build(few(folder) if request.param == "the sample" else made_event.hard(folder))


@pytest.fixture(scope="module")
def made(run: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Plates]]:
    """The plates of the first pages of each file for the print shop, by its name."""
    folder = tmp_path_factory.mktemp("made")
    return {name: plates(file(run, name), folder, ppi=_PPI.get(name, 72), last=_MOST) for name in SHOP}


def file(run: Built, name: str) -> bytes:
    return (run.folder / f"print-shop/{name}.pdf").read_bytes()


Plates = dict[str, pillow.Image]

_PPI = {"signs-a3": 36, "signs-a4": 36, "table-tents": 36}
_MOST = 10
"""Pages looked at in each file."""


# Black


def without_black_text(pdf: bytes) -> tuple[bytes, int]:
    """The file with no text in 100 % black, and how many texts that were."""
    gone = 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.contents_coalesce()
        streams = [page.obj.Contents for page in opened.pages]
        streams += [one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        for stream in streams:
            kept, lost = _unblackened(pikepdf.parse_content_stream(stream))
            stream.write(pikepdf.unparse_content_stream(kept))
            gone += lost
        opened.save(out := io.BytesIO())
    return out.getvalue(), gone


def _unblackened(content: Sequence[pikepdf.ContentStreamInstruction]) -> tuple[list, int]:  # type: ignore[type-arg]
    kept, lost, black = [], 0, False
    before: list[bool] = []
    inside = False
    for one in content:
        match str(one.operator):
            case "k":
                black = [float(ink) for ink in one.operands] == [0, 0, 0, 1]
            case "g" | "rg" | "cs" | "scn" | "sc":
                black = False
            case "q":
                before.append(black)
            case "Q":
                black = before.pop()
            case "BT" if black:
                inside = True
                lost += 1
        if not inside:
            kept.append(one)
        inside = inside and str(one.operator) != "ET"
    return kept, lost


@pytest.mark.parametrize("name", SHOP)
def test_black_text_leaves_no_hole_on_any_other_plate(
    run: Built, made: dict[str, list[Plates]], name: str, tmp_path: Path
) -> None:
    bare, gone = without_black_text(file(run, name))
    shown, hidden = made[name], plates(bare, tmp_path, ppi=_PPI.get(name, 72), last=_MOST)
    assert len(shown) == len(hidden)
    for number, (page, twin) in enumerate(zip(shown, hidden, strict=True), 1):
        for ink in page.keys() - {"Black"}:
            assert not inked(ImageChops.difference(page[ink], twin[ink])), f"page {number}: holes on {ink}"
    assert gone > 0
    assert any(inked(ImageChops.difference(a["Black"], b["Black"])) for a, b in zip(shown, hidden, strict=True))


def test_a_hole_is_seen(tmp_path: Path) -> None:
    """The same page with black that knocks out: the twin shows it."""
    teal = Colour.parse("#0b5c5c")
    text = Text(10, 100, shape("Black on teal", Style(weight=600)), 24, BLACK)
    good = draw([Page(Size(200, 200), (rectangle(Box(-9, -9, 218, 218), teal), text), 9)], **FACTS)
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.pages[0].Resources.ExtGState["/O1"].op = False
        pdf.save(out := io.BytesIO())
    for data, holes in ((good, False), (out.getvalue(), True)):
        bare, gone = without_black_text(data)
        assert gone == 1
        (page,), (twin,) = plates(data, tmp_path), plates(bare, tmp_path)
        assert inked(ImageChops.difference(page["Cyan"], twin["Cyan"])) is holes


FACTS = {"edition": Edition.SHOP, "title": "A title", "language": "en"}


# How much ink


@pytest.mark.parametrize("name", SHOP)
def test_no_place_has_more_ink_than_the_press_takes(made: dict[str, list[Plates]], name: str) -> None:
    ppi = _PPI.get(name, 72)
    for number, page in enumerate(made[name], 1):
        assert heaviest(page, ppi) <= LIMIT + 0.5, f"page {number}"
        spots = total(page)
        # one spot in a thousand: a photograph as JPEG overshoots by a little in single ones
        assert spots[-1 - len(spots) // 1000] <= LIMIT + 0.5, f"page {number}"


def test_too_much_ink_is_seen(tmp_path: Path) -> None:
    heavy = Colour.parse("cmyk 100 100 90 80")
    patch = rectangle(Box(20, 20, 60, 60), heavy)
    (page,) = plates(draw([Page(Size(200, 200), (patch,), 9)], **FACTS), tmp_path)
    assert heaviest(page, 72) == pytest.approx(370, abs=2)
    assert total(page)[-1 - 40000 // 1000] == pytest.approx(370, abs=2)


# Which ink


def inks_of(pdf: bytes) -> list[set[str]]:
    """The inks each page puts anything on, as its content says."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [_inks(pikepdf.parse_content_stream(page), page.obj.Resources) for page in opened.pages]


_PAINTS = {
    **dict.fromkeys(("f", "F", "f*", "Tj", "TJ"), "f"),
    **dict.fromkeys(("S", "s"), "s"),
    **dict.fromkeys(("B", "B*", "b", "b*"), "fs"),
}


def _inks(content: Sequence[pikepdf.ContentStreamInstruction], resources: pikepdf.Object) -> set[str]:
    found: set[str] = set()
    now: dict[str, set[str]] = {"f": {"Black"}, "s": {"Black"}}
    spaces = {"f": "", "s": ""}
    before: list[tuple[dict[str, set[str]], dict[str, str]]] = []
    for one in content:
        operator = str(one.operator)
        side = "f" if operator.islower() else "s"
        if operator in ("k", "K"):
            now[side] = {ink for ink, amount in zip(PROCESS, one.operands, strict=True) if float(amount) > 0}
        elif operator in ("cs", "CS"):
            spaces[side] = str(resources.ColorSpace[one.operands[0]][1])[1:]
        elif operator in ("scn", "SCN"):
            now[side] = {spaces[side]} if float(one.operands[0]) > 0 else set()
        elif operator == "q":
            before.append((dict(now), dict(spaces)))
        elif operator == "Q":
            now, spaces = before.pop()
        elif operator in _PAINTS:
            for way in _PAINTS[operator]:
                found |= now[way]
        elif operator == "Do":
            thing = resources.XObject[one.operands[0]]
            if thing.Subtype == pikepdf.Name.Image:
                found |= set(PROCESS) if thing.ColorSpace == pikepdf.Name.DeviceCMYK else {"Black"}
            else:
                found |= _inks(pikepdf.parse_content_stream(thing), thing.get("/Resources", resources))
    return found


@pytest.mark.parametrize("name", SHOP)
def test_plates_show_ink_where_the_page_uses_it_and_nowhere_else(
    run: Built, made: dict[str, list[Plates]], name: str
) -> None:
    for number, (used, page) in enumerate(zip(inks_of(file(run, name)), made[name], strict=False), 1):
        shown = {ink for ink, plate in page.items() if inked(plate)}
        assert shown <= used, f"page {number}: ink that nobody ordered"
        # a photograph may have no yellow in it, and a thin line none at this size
        assert used - shown <= set(PROCESS), f"page {number}"


def test_there_are_spot_plates_only_where_the_brand_has_the_ink(run: Built, made: dict[str, list[Plates]]) -> None:
    found = {ink for pages in made.values() for page in pages for ink in page}
    assert found == ({*PROCESS, SPOT} if run.event.brand.accent.spot else set(PROCESS))


def test_a_spot_plate_has_its_own_marks_and_nothing_else(tmp_path: Path) -> None:
    orange, petrol = Colour.parse(f"spot {SPOT}: cmyk 0 76 100 0"), Colour.parse("#0b5c5c")
    marks = (rectangle(Box(20, 20, 40, 40), orange), rectangle(Box(100, 20, 40, 40), petrol))
    half = rectangle(Box(20, 100, 40, 40), orange.tint(0.5))
    (page,) = plates(draw([Page(Size(200, 200), (*marks, half), 9)], **FACTS), tmp_path)
    assert page[SPOT].getbbox() == (29, 29, 69, 149)
    assert page[SPOT].crop((100, 0, 218, 218)).getbbox() is None
    assert page[SPOT].getpixel((40, 40)) == 255
    assert page[SPOT].getpixel((40, 120)) == pytest.approx(128, abs=1)
    for ink in PROCESS:
        assert page[ink].crop((29, 29, 69, 149)).getbbox() is None, "a spot ink is not printed in process inks besides"


def test_a_page_in_black_and_grey_leaves_three_plates_empty(tmp_path: Path) -> None:
    marks = (
        Text(10, 40, shape("Black", Style()), 20, BLACK),
        rectangle(Box(10, 60, 50, 50), Colour(0.5, 0.5, 0.5)),
        rectangle(Box(20, 70, 10, 10), WHITE, BLACK, 1),
    )
    (page,) = plates(draw([Page(Size(200, 200), marks, 9)], **FACTS), tmp_path)
    assert {ink for ink, plate in page.items() if inked(plate)} == {"Black"}


# Marks


def test_registration_marks_are_on_every_plate(tmp_path: Path) -> None:
    """On a page drawn by hand: what is in Separation All is on each plate, a spot ink's too."""
    orange = Colour.parse(f"spot {SPOT}: cmyk 0 76 100 0")
    made = draw([Page(Size(200, 200), (rectangle(Box(20, 20, 40, 40), orange),), 9)], **FACTS)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        every = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK, tint])
        pdf.pages[0].Resources.ColorSpace["/All"] = every
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, b"/All CS 1 SCN 1 w 0 5 m 9 5 l S"))
        pdf.save(out := io.BytesIO())
    (page,) = plates(out.getvalue(), tmp_path)
    assert page.keys() == {*PROCESS, SPOT}
    for ink, plate in page.items():
        assert plate.crop((0, 205, 10, 218)).getextrema()[1] == 255, f"no mark on {ink}"


def test_marks_of_imposed_sheets_are_on_every_plate_and_only_outside_the_bleed(tmp_path: Path) -> None:
    """A booklet in inks, imposed with marks: beyond the pages each plate shows the same, the spot ink's too."""
    orange = Colour.parse(f"spot {SPOT}: cmyk 0 76 100 0")
    pages = [Page(PAPERS["A6"], (rectangle(Box(40, 40, 90, 90), orange),), 9) for _ in range(4)]
    sheets = impose.booklet(draw(pages, **FACTS), PAPERS["A4"], title="A title")
    for page in plates(sheets.pdf, tmp_path, last=2):
        assert page.keys() == {*PROCESS, SPOT}
        black = page["Black"].getbbox()
        assert black is not None
        assert all(page[ink].getbbox() == black for ink in PROCESS)
        outside = page["Black"]
        assert all(not inked(ImageChops.difference(outside, page[ink])) for ink in ("Cyan", "Magenta", "Yellow"))
        assert not inked(ImageChops.subtract(outside, page[SPOT])), "a mark is missing on the spot plate"
