"""Sheets folded, turned and cut in thought: a model of paper, not the formula, says where pages must lie."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from eventprint import __version__
from eventprint.geometry import PAPERS, Size, mm
from eventprint.impose import Imposed, booklet, nup
from eventprint.merge import merge as merge_
from eventprint.problems import Stop
from eventprint.shelves import shelf

A4, A5 = PAPERS["A4"], PAPERS["A5"]
BADGE = Size(90 * mm, 55 * mm)


def merge(parts: Sequence[tuple[str, bytes]], title: str = "") -> bytes:
    return merge_(parts, title=title).pdf


# --- sources, and sheets read back by another library


def source(count: int, trim: Size, bleed: float = 3 * mm, *, alike: bool = False) -> bytes:
    """Pages that say their number, from 1, in a comment of their content, each in its own grey up to the bleed."""
    pdf = pikepdf.new()
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=(trim.width + 2 * bleed, trim.height + 2 * bleed))
        page.trimbox = [bleed, bleed, bleed + trim.width, bleed + trim.height]
        page.obj.BleedBox = page.mediabox
        said = 0 if alike and number % 2 == 0 else number
        whole = f"0 0 {trim.width + 2 * bleed:.4f} {trim.height + 2 * bleed:.4f} re f"
        corner = f"1 0 0 rg {bleed} {bleed + trim.height - 12} 8 12 re f"
        page.Contents = pdf.make_stream(f"% page {said}\n{0.3 + said % 50 / 100} g {whole} {corner}".encode())
    pdf.save(file := io.BytesIO())
    return file.getvalue()


class Placed(NamedTuple):
    """A page on a side: edges left, bottom, right, top in points from the bottom left, and where its top points."""

    number: int
    trim: tuple[float, float, float, float]
    visible: tuple[float, float, float, float]
    up: tuple[float, float]


class Side(NamedTuple):
    paper: Size
    pages: list[Placed]
    marks: list[tuple[float, float, float, float]]


def nested(*boxes: Sequence[float]) -> bool:
    """Whether each box lies in the next one."""
    pairs = list(pairwise([[float(edge) for edge in box] for box in boxes]))
    return all(a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3] for a, b in pairs)


def moved(edges: Sequence[float], matrix: Sequence[float]) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in edges[::2] for y in edges[1::2]]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def sides(imposed: Imposed, trim: Size, bleed: float = 3 * mm) -> list[Side]:
    own = (bleed, bleed, bleed + trim.width, bleed + trim.height)
    found = []
    with pikepdf.open(io.BytesIO(imposed.pdf)) as pdf:
        for page in pdf.pages:
            assert nested(page.trimbox, page.obj.BleedBox, page.mediabox)
            side = Side(Size(float(page.mediabox[2]), float(page.mediabox[3])), [], [])
            matrix: list[float] = []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "cm":
                        matrix = [float(value) for value in operands]
                    case "Do":
                        form = page.Resources.XObject[operands[0]]
                        said = re.match(rb"% page (\d+)", form.read_bytes())
                        if said is None:
                            side.marks.extend(ticks(form))
                            continue
                        visible = moved([float(value) for value in form.BBox], matrix)
                        up = (matrix[2], matrix[3])
                        side.pages.append(Placed(int(said[1]), moved(own, matrix), visible, up))
            found.append(side)
    return found


def ticks(form: pikepdf.Object) -> list[tuple[float, float, float, float]]:
    """The straight lines of a form that holds marks, which print on every plate."""
    assert form.Resources.ColorSpace.All[1] == "/All"
    found = []
    start = (0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(form):
        match str(operator):
            case "m":
                start = (float(operands[0]), float(operands[1]))
            case "l":
                found.append((*start, float(operands[0]), float(operands[1])))
    return sorted(found)


def centre(placed: Placed) -> tuple[float, float]:
    left, bottom, right, top = placed.trim
    return (left + right) / 2, (bottom + top) / 2


def pictures(pdf: bytes, scale: float = 1) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    made = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    document.close()
    return made


# --- booklets


def fold(imposed: Imposed, trim: Size) -> list[int]:
    """Print, turn about the spine, fold the stack with the first sheet outside, and leaf through it; 0 is blank."""
    printed = sides(imposed, trim)
    rights: list[tuple[int, int]] = []
    lefts: list[tuple[int, int]] = []
    for front, back in zip(printed[::2], printed[1::2], strict=True):
        spine = front.paper.width / 2
        ink = {centre(page)[0] > spine: page.number for page in front.pages}
        # Turned about the spine, what is printed on the left of the back lies behind the right of the front.
        behind = {centre(page)[0] < spine: page.number for page in back.pages}
        rights.append((ink.get(True, 0), behind.get(True, 0)))
        lefts.append((behind.get(False, 0), ink.get(False, 0)))
    leaves = [*rights, *reversed(lefts)]
    return [number for leaf in leaves for number in leaf]


@pytest.mark.parametrize("count", range(1, 65))
def test_a_folded_booklet_reads_from_1_to_its_end(count: int) -> None:
    imposed = booklet(source(count, A5), A4)
    sheets = -(-count // 4)
    assert fold(imposed, A5) == [*range(1, count + 1), *[0] * (4 * sheets - count)]
    assert (imposed.sheets, imposed.sides, imposed.per_side) == (sheets, 2 * sheets, 2)


def test_a_folding_model_refuses_a_wrong_order() -> None:
    imposed = booklet(source(16, A5), A4)
    pdf = pikepdf.open(io.BytesIO(imposed.pdf))
    pdf.pages.append(pdf.pages[0])
    del pdf.pages[0]
    pdf.save(file := io.BytesIO())
    wrong = replace(imposed, pdf=file.getvalue())
    assert fold(wrong, A5) != list(range(1, 17))


def test_two_pages_meet_at_the_spine_in_the_middle_of_the_sheet() -> None:
    for side in sides(booklet(source(8, A5), A4), A5):
        assert side.paper.same_as(A4.landscape)
        left, right = sorted(side.pages, key=centre)
        spine = A4.height / 2
        assert left.trim[2] == pytest.approx(spine, abs=0.001)
        assert right.trim[0] == pytest.approx(spine, abs=0.001)
        assert left.visible[2] == pytest.approx(spine, abs=0.001)
        assert right.visible[0] == pytest.approx(spine, abs=0.001)
        assert left.trim[1::2] == right.trim[1::2] == pytest.approx((0, A4.width), abs=0.01)


def test_bleed_stays_on_the_outer_edges() -> None:
    left, right = sorted(sides(booklet(source(4, A5), PAPERS["A3"]), A5)[0].pages, key=centre)
    assert left.trim[0] - left.visible[0] == pytest.approx(3 * mm, abs=0.001)
    assert right.visible[2] - right.trim[2] == pytest.approx(3 * mm, abs=0.001)
    assert left.visible[3] - left.trim[3] == pytest.approx(3 * mm, abs=0.001)


def test_creep_moves_inner_pages_to_the_spine_by_a_thickness_a_sheet() -> None:
    printed = sides(booklet(source(24, A5), A4, thickness=0.1 * mm), A5)
    spine = A4.height / 2
    for number, side in enumerate(printed):
        left, right = sorted(side.pages, key=centre)
        sheet = number // 2
        assert left.trim[2] - spine == pytest.approx(sheet * 0.1 * mm, abs=0.001)
        assert spine - right.trim[0] == pytest.approx(sheet * 0.1 * mm, abs=0.001)
        assert left.visible[2] <= spine + 0.001
        assert right.visible[0] >= spine - 0.001
    assert fold(booklet(source(24, A5), A4, thickness=0.1 * mm), A5) == list(range(1, 25))


def test_no_mark_lies_on_a_page() -> None:
    for sheet in (A4, PAPERS["A3"], PAPERS["SRA3"]):
        for side in sides(booklet(source(4, A5), sheet), A5):
            for mark in side.marks:
                for page in side.pages:
                    assert apart(mark, page.trim)


def test_fold_ticks_stand_on_the_spine_where_there_is_paper_for_them() -> None:
    on_spine = {
        sheet: sum(mark[0] == mark[2] == pytest.approx(side.paper.width / 2, abs=0.001) for mark in side.marks)
        for sheet in ("A4", "SRA3")
        for side in sides(booklet(source(4, A5), PAPERS[sheet]), A5)[:1]
    }
    assert on_spine == {"A4": 0, "SRA3": 2}
    assert sides(booklet(source(4, A5), PAPERS["SRA3"], marks=False), A5)[0].marks == []


def test_a_sheet_looks_as_its_pages_do() -> None:
    trim = Size(300, 400)
    pdf = source(4, trim, 10)
    pages = [picture.crop((10, 10, 310, 410)) for picture in pictures(pdf)]
    front, back = pictures(booklet(pdf, Size(640, 440), marks=False).pdf)
    for side, (left, right) in ((front, (4, 1)), (back, (2, 3))):
        assert same(side.crop((20, 20, 320, 420)), pages[left - 1])
        assert same(side.crop((320, 20, 620, 420)), pages[right - 1])


def same(first: Image.Image, second: Image.Image) -> bool:
    return first.size == second.size and ImageChops.difference(first, second).getbbox() is None


def test_printers_are_told_to_turn_and_not_to_scale() -> None:
    pdf = pikepdf.open(io.BytesIO(booklet(source(4, A5), A4).pdf))
    assert pdf.Root.ViewerPreferences == pikepdf.Dictionary(
        Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
    )
    tall = booklet(source(4, Size(99 * mm, 290 * mm)), A4)
    assert pikepdf.open(io.BytesIO(tall.pdf)).Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipLongEdge
    assert "long edge" in tall.note


# --- cards


def apart(first: Sequence[float], second: Sequence[float], slack: float = 0.001) -> bool:
    """Whether two rectangles, given by any two opposite corners, share nothing but an edge."""
    (l1, r1), (b1, t1) = sorted(first[::2]), sorted(first[1::2])
    (l2, r2), (b2, t2) = sorted(second[::2]), sorted(second[1::2])
    return r1 <= l2 + slack or r2 <= l1 + slack or t1 <= b2 + slack or t2 <= b1 + slack


def most(length: float, side: float, gutter: float, margin: float, slack: float) -> int:
    count = 0
    while (count + 1) * side + count * gutter <= length - 2 * margin + slack:
        count += 1
    return count


MILLIMETRES = st.integers(0, 60).map(lambda tenths: tenths / 10 * mm)


@given(
    card=st.builds(Size, st.floats(30 * mm, 150 * mm), st.floats(30 * mm, 150 * mm)),
    sheet=st.sampled_from([A4, PAPERS["A3"], PAPERS["Letter"], A4.landscape, PAPERS["SRA3"]]),
    bleed=st.sampled_from([0, 1 * mm, 3 * mm, 5 * mm]),
    gutter=st.one_of(st.none(), MILLIMETRES),
    margin=st.one_of(st.just(5 * mm), MILLIMETRES),
    duplex=st.booleans(),
    flip=st.sampled_from(["long", "short"]),
)
@settings(max_examples=60, deadline=None)
def test_cards_lie_apart_inside_the_margin_as_many_as_fit_and_backs_behind_fronts(
    card: Size, sheet: Size, bleed: float, gutter: float | None, margin: float, duplex: bool, flip: str
) -> None:
    each = 2 if duplex else 1
    least = min(2 * bleed, 2 * mm) if gutter is None else gutter
    least_count, most_count = (
        max(
            most(way.width, card.width, least, margin, slack) * most(way.height, card.height, least, margin, slack)
            for way in (sheet, Size(sheet.height, sheet.width))
        )
        for slack in (0, 0.02)
    )
    imposed = nup(source(3 * each, card, bleed), sheet, duplex=duplex, gutter=gutter, margin=margin, flip=flip)
    assert least_count <= imposed.per_side <= most_count
    assert imposed.columns * imposed.rows == imposed.per_side
    full = nup(
        source((imposed.per_side + 1) * each, card, bleed),
        sheet,
        duplex=duplex,
        gutter=gutter,
        margin=margin,
        flip=flip,
    )
    assert (full.sheets, full.sides) == (2, 2 * each)
    printed = sides(full, card, bleed)
    for side in printed:
        for number, page in enumerate(side.pages):
            left, bottom, right, top = page.trim
            assert min(left, bottom, side.paper.width - right, side.paper.height - top) >= margin - 0.02
            for other in side.pages[:number]:
                assert apart(page.trim, other.trim)
                assert apart(page.visible, other.visible)
            for mark in side.marks:
                assert apart(mark, page.trim)
                assert apart(mark, page.visible)
                assert min(mark) >= -0.001
    for side in printed:
        for mark, first in zip(side.marks, printed[0].marks, strict=True):
            assert mark == pytest.approx(first, abs=0.001)
    assert sorted(page.number for side in printed for page in side.pages) == list(
        range(1, (imposed.per_side + 1) * each + 1)
    )
    if duplex:
        for front, back in zip(printed[::2], printed[1::2], strict=True):
            for page in front.pages:
                behind = next(other for other in back.pages if other.number == page.number + 1)
                edges, up = turned(behind, back.paper, flip)
                assert edges == pytest.approx(page.trim, abs=0.01 * mm)
                assert up == page.up == (0, 1)


def turned(page: Placed, paper: Size, flip: str) -> tuple[tuple[float, ...], tuple[float, float]]:
    """Where a page of the back lies seen through the paper, and where its top points."""
    left, bottom, right, top = page.trim
    axis_upright = (paper.height >= paper.width) == (flip == "long")
    if axis_upright:
        return (paper.width - right, bottom, paper.width - left, top), (-page.up[0] + 0.0, page.up[1])
    return (left, paper.height - top, right, paper.height - bottom), (page.up[0], -page.up[1])


def test_ten_badges_fit_on_a4() -> None:
    imposed = nup(source(20, BADGE), A4, duplex=True)
    assert (imposed.per_side, imposed.columns, imposed.rows, imposed.sheets, imposed.sides) == (10, 2, 5, 1, 2)
    assert "long edge" in imposed.note


def test_fronts_come_row_by_row() -> None:
    (side,) = sides(nup(source(10, BADGE), A4, duplex=False), BADGE)
    in_place = sorted(side.pages, key=lambda page: (-round(page.trim[1]), page.trim[0]))
    assert [page.number for page in in_place] == list(range(1, 11))


def test_sheets_are_cut_along_the_same_lines_and_marks_name_every_cut() -> None:
    printed = sides(nup(source(24, BADGE), A4, duplex=True), BADGE)
    assert len(printed) == 4
    cuts = {round(edge, 2) for page in printed[0].pages for edge in page.trim[::2]}
    marked = {round(mark[0], 2) for mark in printed[0].marks if mark[0] == mark[2]}
    assert marked == cuts
    cuts = {round(edge, 2) for page in printed[0].pages for edge in page.trim[1::2]}
    assert {round(mark[1], 2) for mark in printed[0].marks if mark[1] == mark[3]} == cuts


def test_marks_keep_their_distance_and_can_be_left_out() -> None:
    (side,) = sides(nup(source(10, BADGE), A4, duplex=False), BADGE)
    for mark in side.marks:
        for page in side.pages:
            left, bottom, right, top = page.trim
            assert apart(mark, (left - 2 * mm, bottom - 2 * mm, right + 2 * mm, top + 2 * mm))
    assert sides(nup(source(10, BADGE), A4, duplex=False, marks=False), BADGE)[0].marks == []


def test_a_given_gutter_is_kept() -> None:
    (side,) = sides(nup(source(10, BADGE), A4, duplex=False, gutter=1 * mm), BADGE)
    lefts = sorted({round(page.trim[0], 3) for page in side.pages})
    assert lefts[1] - lefts[0] == pytest.approx(91 * mm, abs=0.01)
    inner = max(page.visible[2] - page.trim[2] for page in side.pages if round(page.trim[0], 3) == lefts[0])
    assert inner == pytest.approx(0.5 * mm, abs=0.001)


def test_four_a6_cards_fill_a4_without_margins() -> None:
    imposed = nup(source(4, PAPERS["A6"], 0), A4, duplex=False, gutter=0, margin=0)
    assert (imposed.per_side, imposed.sheets) == (4, 1)


def test_a_fifth_front_without_back_is_printed() -> None:
    printed = sides(nup(source(9, BADGE), A4, duplex=True), BADGE)
    assert [[page.number for page in side.pages] for side in printed] == [[1, 3, 5, 7, 9], [2, 4, 6, 8]]


@pytest.mark.parametrize(("flip", "name"), [("long", "DuplexFlipLongEdge"), ("short", "DuplexFlipShortEdge")])
def test_the_printer_is_told_which_edge(flip: str, name: str) -> None:
    pdf = pikepdf.open(io.BytesIO(nup(source(4, BADGE), A4, duplex=True, flip=flip).pdf))
    assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name("/" + name)
    single = pikepdf.open(io.BytesIO(nup(source(4, BADGE), A4, duplex=False).pdf))
    assert "/Duplex" not in single.Root.ViewerPreferences


def test_backs_alike_are_kept_once_for_each_way_they_are_cut() -> None:
    many = nup(source(400, BADGE, alike=True), A4, duplex=True)
    with pikepdf.open(io.BytesIO(many.pdf)) as pdf:
        objects = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"]
        forms = [form for form in objects if form.read_bytes().startswith(b"% page")]
        backs = [form for form in forms if form.read_bytes().startswith(b"% page 0\n")]
    assert len(forms) - len(backs) == 200
    assert len(backs) <= 6


# --- files


def worded(folder: Path, count: int, trim: Size = A5, bleed: float = 3 * mm, mark: str = "side") -> bytes:
    """Pages of real text in an embedded font."""
    registerFont(TTFont("Fira", shelf("fonts") / "core" / "FiraSans-Regular.ttf"))
    canvas = Canvas(
        str(folder / "words.pdf"),
        pagesize=(trim.width + 2 * bleed, trim.height + 2 * bleed),
        invariant=1,
        initialFontName="Fira",
        lang="en-GB",
    )
    canvas.setTitle("Words & more")
    for number in range(1, count + 1):
        canvas.setTrimBox((bleed, bleed, bleed + trim.width, bleed + trim.height))
        canvas.setBleedBox((0, 0, trim.width + 2 * bleed, trim.height + 2 * bleed))
        canvas.setFont("Fira", 9)
        canvas.drawString(bleed + 20, bleed + trim.height / 2, f"{mark} {number:03d}")
        for line in range(int(trim.height / 2 / 12) - 2):
            canvas.drawString(bleed + 20, bleed + 20 + 12 * line, f"Nykänen talks about page {number}, line {line}")
        canvas.showPage()
    canvas.save()
    return (folder / "words.pdf").read_bytes()


def test_words_are_found_on_the_right_half(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(booklet(worded(tmp_path, 12), A4).pdf)
    found = {}
    for side, page in enumerate(document):
        text = page.get_textpage()
        for number in range(1, 13):
            occurrence = text.search(f"side {number:03d}").get_next()
            if occurrence:
                left = text.get_charbox(occurrence[0])[0]
                found[number] = (side, "left" if left < A4.height / 2 else "right")
        text.close()
        page.close()
    document.close()
    assert found == {
        12: (0, "left"),
        1: (0, "right"),
        2: (1, "left"),
        11: (1, "right"),
        10: (2, "left"),
        3: (2, "right"),
        4: (3, "left"),
        9: (3, "right"),
        8: (4, "left"),
        5: (4, "right"),
        6: (5, "left"),
        7: (5, "right"),
    }


def test_fonts_stay_shared_and_the_file_hardly_grows(tmp_path: Path) -> None:
    pdf = worded(tmp_path, 64)
    for imposed in (booklet(pdf, A4).pdf, nup(pdf, PAPERS["A3"], duplex=True).pdf):
        assert programs(imposed) == programs(pdf) == 1
        assert len(imposed) <= 1.05 * len(pdf) + 2000


def programs(pdf: bytes) -> int:
    """Font programs in a file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        dictionaries = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
        return len({item.FontFile2.objgen for item in dictionaries if "/FontFile2" in item})


def test_files_are_sound(tmp_path: Path) -> None:
    words, cards = worded(tmp_path, 10), source(25, BADGE)
    made = [booklet(words, A4).pdf, nup(cards, A4, duplex=True).pdf, merge([("a", words), ("b", cards)])]
    for number, pdf in enumerate(made):
        with pikepdf.open(io.BytesIO(pdf)) as file:
            assert file.check_pdf_syntax() == []
        qpdf = shutil.which("qpdf")
        if qpdf:
            (tmp_path / f"{number}.pdf").write_bytes(pdf)
            subprocess.run([qpdf, "--check", tmp_path / f"{number}.pdf"], check=True, capture_output=True)


def test_title_and_language_are_carried_over_and_the_maker_is_named(tmp_path: Path) -> None:
    words = worded(tmp_path, 4)
    for pdf in (booklet(words, A4).pdf, nup(words, A4, duplex=False).pdf, merge([("a", words)])):
        with pikepdf.open(io.BytesIO(pdf)) as file:
            assert (str(file.Root.Lang), str(file.docinfo.Title)) == ("en-GB", "Words & more")
            assert str(file.docinfo.Producer) == f"eventprint {__version__}"
    with pikepdf.open(io.BytesIO(booklet(words, A4, title="Ours").pdf)) as file:
        assert str(file.docinfo.Title) == "Ours"


def test_the_same_pages_give_the_same_bytes_and_others_another_identifier(tmp_path: Path) -> None:
    cards = source(8, BADGE)
    assert nup(cards, A4, duplex=True).pdf == nup(bytes(bytearray(cards)), A4, duplex=True).pdf
    identifiers = set()
    for pdf in (
        nup(cards, A4, duplex=True).pdf,
        nup(cards, A4, duplex=False).pdf,
        nup(source(9, BADGE), A4, duplex=True).pdf,
        booklet(cards, A4).pdf,
        merge([("a", cards)]),
        merge([("b", cards)]),
    ):
        with pikepdf.open(io.BytesIO(pdf)) as file:
            first, second = file.trailer.ID
            assert bytes(first) == bytes(second)
            identifiers.add(bytes(first))
    assert len(identifiers) == 6


# --- pages from elsewhere


def foreign(**entries: object) -> bytes:
    """One page of 200 × 100 with a red corner at its bottom left, resources and box inherited, content in parts."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    page.obj.Contents = pdf.make_indirect(
        pikepdf.Array(
            [pdf.make_stream(b"/G gs 0 0 1 rg 0 0 200 100 re"), pdf.make_stream(b"f 1 0 0 rg 0 0 30 10 re f")]
        )
    )
    pdf.Root.Pages.Resources = pikepdf.Dictionary(
        ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.5))
    )
    pdf.Root.Pages.MediaBox = page.obj.MediaBox
    for key in ("/Resources", "/MediaBox"):
        if key in page.obj:
            del page.obj[key]
    for key, value in entries.items():
        page.obj["/" + key] = value
    pdf.save(file := io.BytesIO())
    return file.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
def test_a_turned_page_stands_upright_on_the_sheet(turn: int) -> None:
    pdf = foreign(Rotate=turn)
    (page,) = pictures(pdf)
    sheet = Size(page.width + 40, page.height + 60)
    (side,) = pictures(nup(pdf, sheet, duplex=False, margin=0, marks=False).pdf)
    assert same(side.crop((20, 30, 20 + page.width, 30 + page.height)), page)


def test_a_page_in_larger_units_keeps_its_size() -> None:
    with pikepdf.open(io.BytesIO(nup(foreign(UserUnit=2), Size(440, 260), duplex=False, margin=0).pdf)) as pdf:
        scales = [
            operands for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "cm"
        ]
    assert [[float(value) for value in operands] for operands in scales] == [[2, 0, 0, 2, 20, 30]]


def test_a_crop_box_counts_where_there_is_no_trim() -> None:
    pdf = foreign(CropBox=pikepdf.Array([10, 5, 190, 95]))
    (side,) = pictures(nup(pdf, Size(220, 130), duplex=False, margin=0, marks=False).pdf)
    (page,) = pictures(pdf)
    assert same(side.crop((20, 20, 200, 110)), page)
    assert side.getpixel((19, 65)) == side.getpixel((200, 65)) == (255, 255, 255)


def test_nonsensical_boxes_fall_back_to_the_page() -> None:
    pdf = foreign(TrimBox=pikepdf.Array([500, 500, 600, 600]), BleedBox=pikepdf.Array([5]))
    (side,) = pictures(nup(pdf, Size(220, 130), duplex=False, margin=0, marks=False).pdf)
    assert same(side.crop((10, 15, 210, 115)), pictures(pdf)[0])


def test_links_stay_behind(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "link.pdf"), pagesize=(200, 100))
    canvas.linkURL("https://example.org", (0, 0, 50, 50))
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(nup((tmp_path / "link.pdf").read_bytes(), A4, duplex=False).pdf)) as pdf:
        assert "/Annots" not in pdf.pages[0]
        assert not any("/URI" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))


# --- merging


def test_merged_parts_begin_at_a_bookmark_and_share_what_is_alike(tmp_path: Path) -> None:
    words = worded(tmp_path, 3)
    again = worded(tmp_path, 3)
    merged = merge([("Welcome", words), ("Räume & mehr", again), ("Last", source(2, A5))])
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert len(pdf.pages) == 8
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            starts = [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]
        assert (titles, starts) == (["Welcome", "Räume & mehr", "Last"], [0, 3, 6])
        assert float(pdf.pages[0].trimbox[0]) == pytest.approx(3 * mm, abs=0.001)
    assert programs(merged) == 1
    assert len(merged) < 1.2 * len(words)


def test_merged_pages_look_as_before() -> None:
    parts = [source(2, Size(100, 50), 5), source(1, Size(60, 60), 0)]
    before = [picture for part in parts for picture in pictures(part)]
    after = pictures(merge([("a", parts[0]), ("b", parts[1])]))
    assert [same(first, second) for first, second in zip(before, after, strict=True)] == [True] * 3


# --- what cannot be done


@pytest.mark.parametrize(
    ("pdf", "message"),
    [
        (b"", "is damaged or no PDF"),
        (b"%PDF-1.4 and nothing else", "is damaged or no PDF"),
        (b"hello" * 1000, "is damaged or no PDF"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_line(pdf: bytes, message: str) -> None:
    for act in (lambda: booklet(pdf, A4), lambda: nup(pdf, A4, duplex=False), lambda: merge([("a", pdf)])):
        with pytest.raises(Stop, match=message):
            act()


def test_locked_and_empty_files_are_refused() -> None:
    pdf = pikepdf.open(io.BytesIO(source(1, A5)))
    pdf.save(locked := io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Stop, match="locked by a password"):
        booklet(locked.getvalue(), A4)
    pikepdf.new().save(empty := io.BytesIO())
    with pytest.raises(Stop, match="has no pages"):
        booklet(empty.getvalue(), A4)


def test_paper_too_small_is_refused_with_what_would_do() -> None:
    with pytest.raises(
        Stop, match="two pages of 148 × 210 mm do not fit side by side on paper of 148 × 210 mm"
    ) as stop:
        booklet(source(4, A5), A5)
    assert "at least 296 × 210 mm" in stop.value.problem.hint
    with pytest.raises(Stop, match="a card of 210 × 297 mm does not fit paper of 210 × 297 mm with margins of 5 mm"):
        nup(source(1, A4), A4, duplex=False)


def test_pages_of_two_sizes_are_refused() -> None:
    mixed = merge([("a", source(1, A5)), ("b", source(1, BADGE))])
    with pytest.raises(Stop, match="page 2 measures 90 × 55 mm, page 1 148 × 210 mm"):
        booklet(mixed, A4)
