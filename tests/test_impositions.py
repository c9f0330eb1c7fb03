"""Every imposition folded, cut and gathered in thought: a model of paper says what whoever leafs through it reads.

The model knows sheets, folds and knives, and nothing of how a scheme finds the place of a page.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from standards import node
from test_impose import Side, centre, pictures, sides, source

from eventprint.geometry import PAPERS, Box, Size, mm
from eventprint.impose import Imposed, Scheme, check, impose, labels, load, schemes
from eventprint.impose.plan import blocks, sheets
from eventprint.problems import Problems, Stop
from eventprint.records import Length

A3, A4, A5, A6, SRA3 = (PAPERS[name] for name in ("A3", "A4", "A5", "A6", "SRA3"))
CARD = Size(90 * mm, 55 * mm)
LARGE = Size(700 * mm, 500 * mm)


# --- paper


class Leaf(NamedTuple):
    """A leaf that lies on the table: what is to be read on its upper and its lower side, and whether upright."""

    up: int
    down: int
    upright: bool


Table = list[list[list[Leaf]]]
"""Rows and columns of piles, each from the bottom up."""


def laid(front: Sequence[Sequence[tuple[int, bool]]], back: Sequence[Sequence[tuple[int, bool]]]) -> Table:
    """A sheet laid down on its front. `back` is what is seen then, `front` what is seen when it is turned over."""
    table: Table = []
    for row, line in enumerate(back):
        table.append([])
        for column, (page, turned) in enumerate(line):
            below, also = front[row][len(line) - 1 - column]
            assert turned == also
            table[-1].append([Leaf(page, below, not turned)])
    return table


def turned_over(pile: list[Leaf], *, level: bool) -> list[Leaf]:
    """A pile turned about an upright axis, or about a level one, which stands every leaf on its head."""
    return [Leaf(leaf.down, leaf.up, leaf.upright ^ level) for leaf in reversed(pile)]


def fold_right_over(table: Table) -> Table:
    """The right half over the left one."""
    half = len(table[0]) // 2
    return [[row[at] + turned_over(row[len(row) - 1 - at], level=False) for at in range(half)] for row in table]


def fold_left_over(table: Table) -> Table:
    half = len(table[0]) // 2
    return [
        [row[len(row) - 1 - at] + turned_over(row[at], level=False) for at in reversed(range(half))] for row in table
    ]


def fold_top_down(table: Table) -> Table:
    """The upper half over the lower one."""
    half = len(table) // 2
    return [
        [
            table[len(table) - 1 - at][column] + turned_over(table[at][column], level=True)
            for column in range(len(table[0]))
        ]
        for at in reversed(range(half))
    ]


FOLDS = {
    "saddle": (fold_right_over,),
    "saddle-2up": (fold_right_over,),
    "saddle-4up": (fold_right_over,),
    "sections": (fold_right_over,),
    "perfect": (fold_right_over,),
    "quarto": (fold_top_down, fold_right_over),
    "octavo": (fold_right_over, fold_top_down, fold_right_over),
}
"""How each sheet is folded, lying on its front."""

MIRROR = {fold_right_over: fold_left_over, fold_left_over: fold_right_over, fold_top_down: fold_top_down}


def folded(table: Table, name: str, *, right_to_left: bool) -> list[Leaf]:
    """The leaves of a folded sheet from the top."""
    for fold in FOLDS[name]:
        table = (MIRROR[fold] if right_to_left else fold)(table)
    assert len(table) == len(table[0]) == 1
    return list(reversed(table[0][0]))


def nested(sections: Sequence[list[Leaf]]) -> list[Leaf]:
    """Folded sheets laid into each other, the first outside."""
    whole: list[Leaf] = []
    for leaves in reversed(sections):
        half = len(leaves) // 2
        whole = leaves[:half] + whole + leaves[half:]
    return whole


def read(leaves: Sequence[Leaf]) -> list[int]:
    """What is read from the first page on: a folded sheet lies on its first page, so from the bottom up."""
    pages = []
    for leaf in reversed(leaves):
        assert leaf.upright, "a leaf stands on its head"
        pages += [leaf.down, leaf.up]
    return pages


def bound(tables: Sequence[Table], name: str, scheme: Scheme, *, right_to_left: bool) -> list[int]:
    """All sheets folded, nested as the scheme says, the sections laid on each other in order, and read."""
    sheets_ = [folded(table, name, right_to_left=right_to_left) for table in tables]
    if scheme.nested == 0:
        return read(nested(sheets_))
    count = -(-len(sheets_) // scheme.nested)
    size, more = divmod(len(sheets_), count)
    pages: list[int] = []
    for number in range(count):
        taken, sheets_ = sheets_[: size + (number < more)], sheets_[size + (number < more) :]
        pages += read(nested(taken))
    return pages


def wanted(count: int, each: int) -> list[int]:
    return [*range(1, count + 1), *[0] * (-count % each)]


# --- the plan, for every number of pages


def of_plan(count: int, scheme: Scheme) -> list[Table]:
    tables = []
    columns, rows = scheme.grid
    for block in blocks(count, scheme):
        faces: list[list[list[tuple[int, bool]]]] = []
        for leaves in (block.front, block.back):
            face = [[(0, False)] * columns for _ in range(rows)]
            for leaf in leaves:
                face[leaf.row][leaf.column] = (0 if leaf.page is None else leaf.page + 1, leaf.turned)
            faces.append(face)
        tables.append(laid(faces[0], faces[1]))
    return tables


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("name", FOLDS)
def test_any_number_of_pages_is_read_in_order(name: str, right_to_left: bool) -> None:
    scheme = replace(load(name), right_to_left=right_to_left)
    for count in range(4, 197):
        tables = of_plan(count, scheme)
        assert bound(tables, name, scheme, right_to_left=right_to_left) == wanted(count, scheme.pages), count


@pytest.mark.parametrize("name", FOLDS)
def test_two_pages_that_changed_places_are_noticed(name: str) -> None:
    scheme = load(name)
    words = " | ".join(scheme.front)
    first, second = words.replace("|", "").split()[:2]
    # numbers change places, what stands on its head stays
    a, b = first.rstrip("^"), second.rstrip("^")
    changed = [
        " ".join(
            {a: b, b: a}.get(word.rstrip("^"), word.rstrip("^")) + "^" * word.endswith("^") for word in row.split()
        )
        for row in scheme.front
    ]
    wrong = replace(scheme, front=tuple(changed))
    assert bound(of_plan(32, wrong), name, wrong, right_to_left=False) != wanted(32, scheme.pages)


# --- the file


def table_of(front: Side, back: Side, columns: int, rows: int, block: tuple[float, float]) -> Table:
    """What lies where on a sheet that a printer has turned about its upright axis; blank leaves stand as their row."""
    upper = [page for page in (*front.pages, *back.pages) if centre(page)[1] > front.paper.height / 2]
    heads = [any(page.up[1] < 0 for page in upper) or not upper, False] if rows == 2 else [False]
    faces = []
    for side in (front, back):
        width, height = side.paper.width / 2 - block[0] / 2, side.paper.height / 2 - block[1] / 2
        face = [[(0, heads[row])] * columns for row in range(rows)]
        for page in side.pages:
            x, y = centre(page)
            column = int((x - width) / (block[0] / columns))
            row = rows - 1 - int((y - height) / (block[1] / rows))
            assert face[row][column][0] == 0
            assert abs(page.up[0]) < 0.001
            face[row][column] = (page.number, page.up[1] < 0)
        faces.append(face)
    return laid(faces[0], faces[1])


def tables_of(made: Imposed, scheme: Scheme, trim: Size) -> list[Table]:
    columns, rows = scheme.grid
    across, down = scheme.gaps()
    size = (columns * trim.width + sum(across), rows * trim.height + sum(down))
    printed = sides(made, trim)
    return [table_of(front, back, columns, rows, size) for front, back in zip(printed[::2], printed[1::2], strict=True)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("name", ["saddle", "sections", "perfect", "quarto", "octavo"])
def test_printed_sheets_are_folded_and_read_in_order(name: str, right_to_left: bool) -> None:
    scheme = replace(load(name), right_to_left=right_to_left)
    for count in (4, 5, 8, 15, 16, 17, 32, 52, 196):
        made = impose(source(count, A5), scheme, LARGE)
        pages = bound(tables_of(made, scheme, A5), name, scheme, right_to_left=right_to_left)
        assert pages == wanted(count, scheme.pages)


@pytest.mark.parametrize("thickness", [0.0, 0.08 * mm, 0.25 * mm])
@pytest.mark.parametrize("name", ["saddle", "sections", "quarto"])
def test_pages_creep_to_the_spine_by_the_paper_that_lies_around_them(name: str, thickness: float) -> None:
    scheme = replace(load(name), thickness=Length(thickness))
    flat = sides(impose(source(64, A5), replace(scheme, thickness=Length(0)), LARGE), A5)
    crept = sides(impose(source(64, A5), scheme, LARGE), A5)
    section = 64 if scheme.nested == 0 else 16
    for before, after in zip(flat, crept, strict=True):
        for one, other in zip(before.pages, after.pages, strict=True):
            inside = (one.number - 1) % section
            around = min(inside, section - 1 - inside) // 2  # leaves between this one and the cover
            recto = one.number % 2 == 1
            towards = -1 if recto == (one.up[1] > 0) else 1
            assert other.trim[0] - one.trim[0] == pytest.approx(towards * around * thickness, abs=0.001)
            assert other.trim[1] == pytest.approx(one.trim[1], abs=0.001)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("flip", ["like a page", "long", "short"])
@pytest.mark.parametrize("name", [name for name in schemes() if load(name).back])
def test_front_and_back_of_a_leaf_coincide(name: str, flip: str) -> None:
    scheme = replace(load(name), flip=flip)
    trim = A5 if scheme.bound else CARD
    made = impose(source(64, trim), scheme, LARGE)
    printed = sides(made, trim)
    assert printed[0].pages
    for front, back in zip(printed[::2], printed[1::2], strict=True):
        behind = [turned(page.trim, front.paper, flip) for page in back.pages]
        for page in front.pages:
            near = min(behind, key=lambda edges: sum(abs(a - b) for a, b in zip(edges, page.trim, strict=True)))
            assert near == pytest.approx(page.trim, abs=0.01 * mm)
        for mark, other in zip(
            sorted(turned(mark, front.paper, flip) for mark in back.marks),
            sorted(turned(mark, front.paper, "") for mark in front.marks),
            strict=True,
        ):
            assert mark == pytest.approx(other, abs=0.01 * mm)


def turned(edges: Sequence[float], paper: Size, flip: str) -> tuple[float, float, float, float]:
    """A rectangle of the back as it lies behind the front once a printer has turned the sheet about an edge."""
    left, right = sorted(edges[::2])
    low, high = sorted(edges[1::2])
    if not flip:
        return left, low, right, high
    upright = flip == "like a page" or (flip == "long") == (paper.height >= paper.width)
    if upright:
        return paper.width - right, low, paper.width - left, high
    return left, paper.height - high, right, paper.height - low


@pytest.mark.parametrize("flip", ["like a page", "long", "short"])
def test_a_card_turned_like_a_leaf_stands_upright_on_both_sides(flip: str) -> None:
    for name in ("cards", "stack", "copies"):
        made = impose(source(20, CARD), replace(load(name), flip=flip), A4)
        printed = sides(made, CARD)
        upright = flip == "like a page" or flip == "long"
        assert {page.up for page in printed[0].pages} == {(0, 1)}
        assert {page.up for page in printed[1].pages} == {(0, 1) if upright else (0, -1)}


def test_a_printer_fed_by_hand_gets_all_fronts_and_then_the_backs_from_the_last() -> None:
    fed = sides(impose(source(16, A5), replace(load("saddle"), flip="manual"), A4), A5)
    usual = sides(impose(source(16, A5), load("saddle"), A4), A5)
    # face down, the last sheet lies on top of the pile and is drawn in first
    assert fed == [*usual[::2], *reversed(usual[1::2])]
    made = impose(source(16, A5), replace(load("saddle"), flip="manual"), A4)
    assert "pages 1–4 on one side, then, the pile turned over its short edge, pages 5–8" in made.note
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"


# --- cutting


def piles(made: Imposed, trim: Size) -> list[list[int]]:
    """The fronts of each place, from the first sheet on, places row by row from the top left."""
    printed = sides(made, trim)
    fronts = printed[::2] if made.sides == 2 * made.sheets else printed
    places = sorted({(-round(centre(p)[1]), round(centre(p)[0])) for side in fronts for p in side.pages})
    found: dict[tuple[int, int], list[int]] = {place: [] for place in places}
    for side in fronts:
        for page in side.pages:
            found[(-round(centre(page)[1]), round(centre(page)[0]))].append(page.number)
    return list(found.values())


@pytest.mark.parametrize(("name", "each"), [("stack", 2), ("stack-one-sided", 1)])
@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 67, 100])
def test_piles_laid_on_each_other_after_cutting_are_in_order(name: str, each: int, count: int) -> None:
    made = impose(source(count * each, CARD), load(name), A4)
    assert [number for pile in piles(made, CARD) for number in pile] == list(range(1, count * each + 1, each))


def test_cards_in_rows_are_in_order_on_each_sheet_and_not_in_the_pile() -> None:
    made = impose(source(40, CARD), load("cards"), A4)
    assert [number for pile in piles(made, CARD) for number in pile] != list(range(1, 41, 2))


@pytest.mark.parametrize(("name", "copies"), [("copies-2", 2), ("copies-4", 4)])
def test_copies_of_one_page_fill_a_sheet(name: str, copies: int) -> None:
    made = impose(source(3, A6), load(name), A4)
    assert [[page.number for page in side.pages] for side in sides(made, A6)] == [[n] * copies for n in (1, 2, 3)]


@pytest.mark.parametrize(("name", "copies", "paper"), [("saddle-2up", 2, A4), ("saddle-4up", 4, A3)])
def test_copies_of_a_booklet_are_cut_apart_and_each_reads_in_order(name: str, copies: int, paper: Size) -> None:
    made = impose(source(10, A6), load(name), paper)
    printed = sides(made, A6)
    assert all(len(side.pages) in (copies, 2 * copies) for side in printed)
    one = load("saddle")
    for band in range(copies):
        tables = []
        for front, back in zip(printed[::2], printed[1::2], strict=True):
            cut = [strip(side, band, copies, behind) for side, behind in ((front, False), (back, True))]
            tables.append(table_of(cut[0], cut[1], 2, 1, (2 * A6.width, A6.height)))
        assert bound(tables, "saddle", one, right_to_left=False) == wanted(10, 4)


def strip(side: Side, band: int, copies: int, behind: bool) -> Side:
    """One copy's part of a sheet, as if it were a sheet of its own; the back's parts lie mirrored."""
    columns = 1 if copies == 2 else 2
    row, column = divmod(band, columns)
    column = columns - 1 - column if behind else column
    width, height = 2 * A6.width, A6.height
    whole = (side.paper.width - columns * width) / 2, (side.paper.height - copies // columns * height) / 2
    x, y = whole[0] + column * width, whole[1] + (copies // columns - 1 - row) * height
    pages = [
        page._replace(trim=tuple(edge - shift for edge, shift in zip(page.trim, (x, y, x, y), strict=True)))
        for page in side.pages
        if x < centre(page)[0] < x + width and y < centre(page)[1] < y + height
    ]
    return Side(Size(width, height), pages, [])


def test_a_card_folded_over_its_head_is_read_from_both_sides() -> None:
    made = impose(source(8, CARD), load("fold-over"), A4)
    assert (made.sides, made.sheets) == (1, 1)
    pages = {page.number: page for page in sides(made, CARD)[0].pages}
    for front in (1, 3, 5, 7):
        below, above = pages[front], pages[front + 1]
        assert below.up == (0, 1)
        assert above.up == (0, -1)
        assert above.trim[1] == pytest.approx(below.trim[3], abs=0.001)
        assert above.trim[::2] == pytest.approx(below.trim[::2], abs=0.001)
    beside = {page.number: page for page in sides(impose(source(4, CARD), load("fold-beside"), A4), CARD)[0].pages}
    assert beside[1].trim[0] == pytest.approx(beside[2].trim[2], abs=0.001)
    assert {page.up for page in beside.values()} == {(0, 1)}


# --- sheets, marks and words


@pytest.mark.parametrize("paper", ["A3", "A4", "Letter", "Tabloid", "SRA3"])
def test_every_paper_takes_a_booklet_in_the_middle(paper: str) -> None:
    trim = Size(100 * mm, 150 * mm)
    for side in sides(impose(source(8, trim), load("saddle"), PAPERS[paper]), trim):
        left = min(page.trim[0] for page in side.pages)
        right = max(page.trim[2] for page in side.pages)
        assert left == pytest.approx(side.paper.width - right, abs=0.001)


def test_boxes_of_a_sheet_are_the_paper_the_bleed_and_the_cuts() -> None:
    made = impose(source(8, A5), load("saddle"), SRA3)
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        page = pdf.pages[0]
        size = [float(edge) / mm for edge in page.mediabox]
        assert size == pytest.approx([0, 0, 450, 320], abs=0.01)
        assert [float(edge) / mm for edge in page.trimbox] == pytest.approx([77, 55, 373, 265], abs=0.01)
        assert [float(edge) / mm for edge in page.obj.BleedBox] == pytest.approx([74, 52, 376, 268], abs=0.01)


def plates(pdf: bytes, folder: Path) -> dict[str, Image.Image]:
    """Ghostscript's plates of the first page at 72 to the inch, by name."""
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed: nobody separates the plates")
    (folder / "sheet.pdf").write_bytes(pdf)
    out = folder / "plate.tif"
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-sDEVICE=tiffsep", "-r144", f"-sOutputFile={out}"]
    subprocess.run([*command, str(folder / "sheet.pdf")], check=True, capture_output=True)
    return {
        file.name[len("plate(") : -len(").tif")]: Image.open(file).convert("L")
        for file in sorted(folder.glob("plate(*.tif"))
    }


def test_marks_print_on_every_plate_and_outside_the_bleed(tmp_path: Path) -> None:
    scheme = replace(load("saddle"), marks=("crop", "fold", "registration"))
    blank = pikepdf.new()
    for _ in range(8):
        page = blank.add_blank_page(page_size=(A5.width + 6 * mm, A5.height + 6 * mm))
        page.trimbox = [3 * mm, 3 * mm, 3 * mm + A5.width, 3 * mm + A5.height]
    blank.save(file := io.BytesIO())
    found = plates(impose(file.getvalue(), scheme, SRA3).pdf, tmp_path)
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black"}
    inked = {name: plate.point(lambda value: 255 if value < 128 else 0).getbbox() for name, plate in found.items()}
    assert len(set(inked.values())) == 1
    assert None not in inked.values()
    for plate in found.values():
        dark = plate.point(lambda value: 255 if value < 128 else 0)
        scale = 2 * mm
        left, top, right, bottom = (round(edge * scale) for edge in (74, 52, 376, 268))
        assert dark.crop((left + 1, top + 1, right - 1, bottom - 1)).getbbox() is None
        # one target in each margin: top and bottom, left and right
        assert dark.crop((0, 0, plate.width, top)).getbbox()
        assert dark.crop((0, 0, left, plate.height)).getbbox()


def test_a_line_in_the_margin_says_what_the_sheet_is() -> None:
    from eventprint.job import slugs

    made = impose(source(8, A5), load("saddle"), SRA3, job="Programme", version="v2", slugs=slugs)
    document = pypdfium2.PdfDocument(made.pdf)
    told = [page.get_textpage().get_text_bounded().strip() for page in document]
    document.close()
    assert told == [
        "Programme · sheet 1/2 · front · pages 1, 8 · v2",
        "Programme · sheet 1/2 · back · pages 2, 7 · v2",
        "Programme · sheet 2/2 · front · pages 3, 6 · v2",
        "Programme · sheet 2/2 · back · pages 4–5 · v2",
    ]
    # two A5 fill an A4 sheet: no margin, no line
    tight = pypdfium2.PdfDocument(impose(source(8, A5), load("saddle"), A4, job="Programme", slugs=slugs).pdf)
    assert [page.get_textpage().get_text_bounded().strip() for page in tight] == [""] * 4
    tight.close()


def test_sections_are_told_apart_at_the_spine_where_it_is_milled() -> None:
    def bars(pdf: bytes) -> list[int]:
        """The height of the dark bar in the room between the two pages of each front, in pixels from the top."""
        found = []
        for picture in pictures(pdf, 2)[::2]:
            middle = picture.width // 2
            strip_ = picture.crop((middle - 2, 0, middle + 2, picture.height)).convert("L")
            box = strip_.point(lambda value: 255 if value < 100 else 0).getbbox()
            found.append(box[1] if box else -1)
        return found

    plain = pikepdf.new()
    for _ in range(16):
        plain.add_blank_page(page_size=(A5.width, A5.height))
    plain.save(file := io.BytesIO())
    assert bars(impose(file.getvalue(), replace(load("perfect"), marks=()), SRA3).pdf) == [-1] * 4
    steps = bars(impose(file.getvalue(), replace(load("perfect"), marks=("collation",)), SRA3).pdf)
    assert steps == sorted(steps)
    assert len(set(steps)) == 4


def test_pages_too_large_are_made_smaller_where_that_is_asked_for() -> None:
    made = impose(source(8, A4, 0), load("four-up"), A4)
    assert (made.sheets, made.columns, made.rows) == (2, 2, 2)
    scheme = replace(load("saddle"), shrink=True)
    small = impose(source(8, A4, 0), scheme, A4)
    assert small.sheets == 2
    with pytest.raises(Stop, match="do not fit side by side"):
        impose(source(8, A4, 0), load("saddle"), A4)


def test_pages_of_several_sizes_are_each_fitted_where_they_are_made_smaller() -> None:
    mixed = pikepdf.new()
    for size in (A4, A5, A4.landscape, A6):
        page = mixed.add_blank_page(page_size=(size.width, size.height))
        page.Contents = mixed.make_stream(f"0.5 g 0 0 {size.width} {size.height} re f".encode())
    mixed.save(file := io.BytesIO())
    picture = pictures(impose(file.getvalue(), load("four-up"), A4).pdf, 1)[0]
    grey = sum(picture.getpixel((x, y))[0] < 200 for x in range(0, 590, 5) for y in range(0, 840, 5))
    assert grey > 1000
    with pytest.raises(Stop, match="page 2 measures"):
        impose(file.getvalue(), load("cards-one-sided"), A3)


@pytest.mark.parametrize("name", ["saddle", "sections", "perfect", "quarto"])
@pytest.mark.parametrize("count", [5, 6, 7, 8, 21])
def test_a_back_cover_stays_the_last_page(name: str, count: int) -> None:
    scheme = replace(load(name), last=1)
    blank = -count % scheme.pages
    pages = bound(of_plan(count, scheme), name, scheme, right_to_left=False)
    assert pages == [*range(1, count), *[0] * blank, count]


# --- labels


def sheet_of_labels(columns: int, rows: int, size: Size, left: float, top: float, gap: float) -> list[Box]:
    return [
        Box(left + column * (size.width + gap), top + row * (size.height + gap), size.width, size.height)
        for row in range(rows)
        for column in range(columns)
    ]


def test_cards_lie_on_the_free_labels_of_part_used_sheets() -> None:
    label = Size(95 * mm, 60 * mm)
    full = sheet_of_labels(2, 4, label, 8 * mm, 20 * mm, 2 * mm)
    made = labels(source(13, CARD), [full[5:], [full[0], full[7]], full], A4, duplex=False)
    printed = sides(made, CARD)
    assert [len(side.pages) for side in printed] == [3, 2, 8]
    assert [page.number for side in printed for page in side.pages] == list(range(1, 14))
    for side, places in zip(printed, (full[5:], [full[0], full[7]], full), strict=True):
        for page, place in zip(side.pages, places, strict=True):
            x, y = place.centre
            assert centre(page) == pytest.approx((x, A4.height - y), abs=0.001)
        assert side.marks == []


@pytest.mark.parametrize("flip", ["long", "short"])
def test_backs_lie_on_the_backs_of_their_labels(flip: str) -> None:
    label = Size(95 * mm, 60 * mm)
    uneven = sheet_of_labels(2, 4, label, 3 * mm, 20 * mm, 2 * mm)
    front, back = sides(labels(source(16, CARD), [uneven], A4, duplex=True, flip=flip), CARD)
    for one, other in zip(front.pages, back.pages, strict=True):
        assert other.number == one.number + 1
        assert turned(other.trim, A4, flip) == pytest.approx(one.trim, abs=0.01 * mm)


def test_a_card_that_fits_a_label_only_on_its_side_is_turned() -> None:
    label = Size(60 * mm, 95 * mm)
    places = sheet_of_labels(3, 2, label, 10 * mm, 20 * mm, 2 * mm)
    front, back = sides(labels(source(12, CARD), [places], A4, duplex=True), CARD)
    assert {page.up for page in front.pages} == {(1, 0)}
    # turned like a page, the head of a card lies at the same edge of its label
    assert {page.up for page in back.pages} == {(-1, 0)}


def test_a_card_larger_than_its_label_is_refused_with_axis_and_excess() -> None:
    with pytest.raises(Stop, match="a card of 90 × 55 mm does not fit a label of 80 × 50 mm: it is 10 mm wider and 5"):
        labels(source(2, CARD), [[Box(0, 0, 80 * mm, 50 * mm)]], A4, duplex=False)


def test_a_printer_that_is_out_of_true_is_corrected_on_each_side() -> None:
    places = [sheet_of_labels(1, 1, CARD, 50 * mm, 50 * mm, 0)]
    off = ((1, 0, 0, 1, 5, 0), (1, 0, 0, 1, 0, -7))
    shifted = pictures(labels(source(2, CARD), places, A4, duplex=True, corrections=off).pdf)
    straight = pictures(labels(source(2, CARD), places, A4, duplex=True).pdf)
    for side, before, moved_by in zip(shifted, straight, ((5, 0), (0, 7)), strict=True):
        box, old = (image.convert("L").point(lambda v: 255 if v < 250 else 0).getbbox() for image in (side, before))
        assert box is not None
        assert old is not None
        assert (box[0] - old[0], box[1] - old[1]) == pytest.approx(moved_by, abs=1)


# --- schemes


@pytest.mark.parametrize("name", schemes())
def test_every_scheme_on_the_shelf_adds_up(name: str) -> None:
    problems = Problems()
    scheme = load(name)
    check(scheme, problems)
    assert problems.found == []
    assert scheme.about
    assert scheme.finishing or not scheme.bound


@pytest.mark.parametrize(
    ("front", "back", "message"),
    [
        ("[4 1]", "[2 2]", "the pages are not 1 to 4, each once"),
        ("[4 1]", "[3 2]", "page 4 has page 2 behind it"),
        ("[4 1]", "[2^ 3]", "differ in what is up"),
        ("[4 1]", "[2 3, 5 6]", "front and back differ"),
        ("[4 one]", "[2 3]", "no page number"),
    ],
)
def test_a_scheme_that_cannot_be_folded_is_refused_in_one_line(
    tmp_path: Path, front: str, back: str, message: str
) -> None:
    (tmp_path / "mine.yaml").write_text(f"about: mine\nfront: {front}\nback: {back}\nbound: true\n", encoding="utf-8")
    with pytest.raises(Stop, match=message):
        load("mine", [tmp_path])


def test_a_scheme_of_ones_own_is_one_file_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text('about: mine\nfront: ["2 1"]\n', encoding="utf-8")
    assert "mine" in schemes([tmp_path])
    assert load("mine", [tmp_path]).pages == 2
    with pytest.raises(Stop, match="there is no imposition 'sadle'") as stop:
        load("sadle")
    assert "saddle" in stop.value.problem.hint


@given(st.integers(1, 400), st.integers(1, 40), st.sampled_from(["rows", "columns", "stack"]))
@settings(max_examples=200, deadline=None)
def test_every_block_lies_on_a_sheet_once(count: int, places: int, fill: str) -> None:
    made = blocks(count, load("cards-one-sided"))
    found = [block for sheet in sheets(made, [places], fill) for block in sheet if block is not None]
    assert sorted(leaf.page for block in found for leaf in block.front if leaf.page is not None) == list(range(count))


# --- other programs


PDFIMPOSE = {
    "saddle": ("saddle", 2, 1, ("--bind", "left")),
    "saddle, from right to left": ("saddle", 2, 1, ("--bind", "right")),
    "perfect": ("perfect", 2, 1, ("--bind", "left")),
    "perfect, from right to left": ("perfect", 2, 1, ("--bind", "right")),
    "quarto": ("saddle", 2, 2, ("--bind", "left")),
    "octavo": ("perfect", 4, 2, ("--bind", "left")),
    "sections": ("hardcover", 2, 1, ("--group", "4")),
}
"""What it calls the same thing: the word, columns and rows, and options."""


@pytest.mark.skipif(shutil.which("pdfimpose") is None, reason="pdfimpose is not installed: its order is not compared")
@pytest.mark.parametrize("case", PDFIMPOSE)
def test_the_order_of_pages_is_that_of_pdfimpose(case: str, tmp_path: Path) -> None:
    word, columns, rows, options = PDFIMPOSE[case]
    right_to_left = "right to left" in case
    plain = source(32, A5, 0)
    (tmp_path / "in.pdf").write_bytes(plain)
    command = ["pdfimpose", word, "--signature", f"{columns}x{rows}", *options, "in.pdf", "-o", "out.pdf"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    # books from right to left it prints with all pages on their heads
    turn = 180 if right_to_left else 0
    scheme = replace(load(case.partition(",")[0]), marks=(), right_to_left=right_to_left, across=(), down=())
    mine = impose(plain, scheme, Size(columns * A5.width, rows * A5.height)).pdf
    theirs = [shades(picture.rotate(turn), columns, rows) for picture in pictures((tmp_path / "out.pdf").read_bytes())]
    assert [shades(picture, columns, rows) for picture in pictures(mine)] == theirs
    assert len({shade for sheet in theirs for shade in sheet}) == 32


PDFCPU = {
    "saddle": "btype:booklet",
    "cards": "btype:perfectbound",  # leaves that are cut and not folded
    "sections": "btype:booklet, multifolio:on, foliosize:4",
}
"""What it calls the same thing."""


@pytest.mark.parametrize("name", PDFCPU)
def test_the_order_of_pages_is_that_of_pdfcpu(name: str, tmp_path: Path) -> None:
    node.home("pdfcpu-booklet.mjs")
    plain = source(32, A5, 0)
    (tmp_path / "in.pdf").write_bytes(plain)
    node.booklet(tmp_path / "in.pdf", tmp_path / "out.pdf", f"papersize:A4, {PDFCPU[name]}, border:off, margin:0", 2)
    theirs = [
        # it stands sheets upright, and turns backs the other way for printers that flip on the long edge
        shades(picture.rotate(-90 if number % 2 else 90, expand=True), 2, 1)
        for number, picture in enumerate(pictures((tmp_path / "out.pdf").read_bytes()))
    ]
    scheme = replace(load(name), marks=(), margin=Length(0), gutter=Length(0), flip="like a page")
    assert [shades(picture, 2, 1) for picture in pictures(impose(plain, scheme, A4).pdf)] == theirs
    assert len({shade for sheet in theirs for shade in sheet}) == 32


def shades(picture: Image.Image, columns: int, rows: int) -> list[int]:
    """The grey in the middle of each page of a sheet; the pages of a source differ in it."""
    grey = picture.convert("L")
    return [
        grey.getpixel((round(grey.width * (column + 0.5) / columns), round(grey.height * (row + 0.5) / rows)))
        for row in range(rows)
        for column in range(columns)
    ]
