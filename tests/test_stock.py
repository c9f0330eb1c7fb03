"""Sheets are facts from data/stock, and each one's arithmetic adds up or says on which axis it does not."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint import stock
from eventprint.geometry import Box, Size, inch, mm
from eventprint.labels import Labels
from eventprint.problems import Exit, Place, Problem, Problems, Severity, Stop
from eventprint.records import Length
from eventprint.stock import Edge, Outline, Stock

SHEET = Stock(
    sheet=Size(210 * mm, 297 * mm),
    label=Size(80 * mm, 50 * mm),
    columns=2,
    rows=5,
    left=Length(18 * mm),
    top=Length(13 * mm),
    across=Length(95 * mm),
    down=Length(55 * mm),
    place=Place("l4785.yaml", 1, 1),
)


def faults(sheet: Stock) -> list[Problem]:
    problems = Problems()
    sheet.check(problems)
    return problems.found


def error(message: str, hint: str, rule: str) -> Problem:
    return Problem(Severity.ERROR, message, SHEET.place, hint, rule)


@pytest.mark.parametrize("name", stock.names())
def test_every_sheet_on_the_shelf_can_be_cut(name: str) -> None:
    problems = Problems()
    sheet = stock.load(name, problems)
    assert problems.found == []
    labels = list(sheet.labels())
    assert len(labels) == sheet.per_sheet == sheet.columns * sheet.rows
    assert all(Box.of(sheet.sheet).contains(label) for label in labels)
    assert not any(one.intersects(other) for n, one in enumerate(labels) for other in labels[:n])
    assert sheet.about
    assert len(sheet.source) > 20
    if sheet.maker != "any":
        parts = {folded(f"{maker}-{sheet.part}") for maker in sheet.maker.split()}
        assert folded(name) in parts


def folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


SHELF = stock.known(Problems())

OFTEN = """
avery-l4785 avery-l7418 avery-l7414 avery-j8414 avery-c32011 avery-c32015 avery-l7160 avery-l7161 avery-l7162
avery-l7163 avery-l7164 avery-l7165 avery-l7166 avery-l7169 avery-l7173 zweckform-3424 zweckform-3425 zweckform-3426
zweckform-3427 zweckform-3660 zweckform-4722 herma-4667 herma-4677 herma-4457 durable-1445 avery-5395 avery-5390
avery-5392 avery-5371 avery-8373 avery-5160 avery-5163 avery-5164 avery-5389 brother-dk-11202 brother-dk-11201
brother-dk-11208 dymo-11356 dymo-99012 dymo-99014
"""
"""Sheets and rolls that badges are printed on everywhere."""

SOURCES = (
    "LibreOffice's label list|gLabels 4|Paper::Specs|Avery's Word template|Microsoft Word's list|pretix|LaTeX|PPD|"
    "brother_ql|LPrint|XSL-FO"
)


def test_the_shelf_has_what_is_sold() -> None:
    assert len(SHELF) >= 80
    makers = Counter(word for sheet in SHELF.values() for word in sheet.maker.split())
    assert {"Avery", "Zweckform", "HERMA", "Sigel", "Durable", "Brother", "Dymo", "any"} <= set(makers)
    papers = Counter(sheet.paper.removesuffix(" landscape") for sheet in SHELF.values())
    assert papers["A4"] >= 40
    assert papers["Letter"] >= 20
    assert papers["roll"] >= 20


@pytest.mark.parametrize(
    ("width", "height"),
    [(62, 100), (57.15, 101.6), (36, 89), (41, 89), (101.6, 152.4), (105, 148), (74, 105), (85.6, 53.98)],
)
def test_rolls_and_lanyard_cards_of_every_usual_size_are_there(width: float, height: float) -> None:
    size = Size(width * mm, height * mm)
    single = [sheet for sheet in SHELF.values() if sheet.per_sheet == 1 and sheet.label.same_as(sheet.sheet)]
    assert any(sheet.label.same_as(size, slack=0.1 * mm) for sheet in single)


@pytest.mark.parametrize("name", OFTEN.split())
def test_what_is_used_often_has_two_sources(name: str) -> None:
    assert len(set(re.findall(SOURCES, SHELF[name].source))) >= 2


def test_no_two_sheets_have_a_number_in_common() -> None:
    """Neither with the maker's name before it nor alone."""
    said = Counter(number for sheet in SHELF.values() for number in stock.numbers(sheet))
    assert [number for number, times in said.items() if times > 1] == []


def test_labels_stand_row_by_row_at_their_pitch() -> None:
    corners = [(round(label.x / mm, 6), round(label.y / mm, 6)) for label in SHEET.labels()]
    assert corners == [(x, y) for y in (13, 68, 123, 178, 233) for x in (18, 113)]


def test_a_sheet_that_adds_up_is_silent() -> None:
    assert faults(SHEET) == []


def test_overlapping_labels_are_refused_with_axis_and_excess() -> None:
    assert faults(replace(SHEET, across=Length(78.5 * mm))) == [
        error("labels overlap across by 1.5 mm", "check the pitch", "stock.overlap")
    ]
    assert faults(replace(SHEET, down=Length(49 * mm))) == [
        error("labels overlap down by 1 mm", "check the pitch", "stock.overlap")
    ]


def test_labels_beyond_the_sheet_are_refused_with_axis_and_excess() -> None:
    """18 + 95 + 80 = 193 of 210 mm across; 13 + 4 × 55 + 50 = 283 of 297 mm down."""
    assert faults(replace(SHEET, left=Length(40 * mm))) == [
        error("labels run off the sheet across by 5 mm", "check margin and pitch", "stock.excess")
    ]
    assert faults(replace(SHEET, rows=6)) == [
        error("labels run off the sheet down by 41 mm", "check margin and pitch", "stock.excess")
    ]


def test_labels_before_the_sheet_begins_are_refused() -> None:
    assert faults(replace(SHEET, top=Length(-2 * mm))) == [
        error("labels run off the sheet down by 2 mm", "check margin and pitch", "stock.excess")
    ]


def test_one_label_has_no_pitch_to_check() -> None:
    assert faults(replace(SHEET, columns=1, rows=1, across=Length(0), down=Length(0))) == []


def test_the_shelf_lists_every_file() -> None:
    folder = Path(__file__).resolve().parents[1] / "data" / "stock"
    assert stock.names() == sorted(file.stem for file in folder.iterdir())


def test_a_rolls_page_is_its_label() -> None:
    label = Size(62 * mm, 100 * mm)
    roll = Stock(sheet=label, label=label, roll=True, place=SHEET.place)
    assert faults(roll) == []
    hint = "write the same size for sheet and label"
    assert faults(replace(roll, sheet=Size(67 * mm, 100 * mm))) == [
        error("a roll's page is its label, but the page is 67 × 100 mm and the label 62 × 100 mm", hint, "stock.roll")
    ]
    assert [fault.message for fault in faults(replace(SHEET, roll=True))] == [
        "a roll has one label to a page, as large as the page, but this has 10"
    ]
    assert faults(replace(SHEET, endless=True)) == [error("only a roll can be endless", "add roll: true", "stock.roll")]


def test_corners_are_no_rounder_than_the_label() -> None:
    assert faults(replace(SHEET, radius=Length(25 * mm))) == []
    assert faults(replace(SHEET, radius=Length(26 * mm))) == [
        error("corners of 26 mm do not fit a label of 80 × 50 mm", "the radius is at most 25 mm", "stock.radius")
    ]


# Which sheet is meant


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("avery-l4785", "avery-l4785"),
        ("Avery L4785", "avery-l4785"),
        ("AVERY  l 4785", "avery-l4785"),
        ("L4785-20", "avery-l4785"),
        ("Avery Zweckform 3424", "zweckform-3424"),
        ("avery 3424", "zweckform-3424"),
        ("5395", "avery-5395"),
        ("Avery 8395", "avery-5395"),
        ("DK-2205", "brother-dk-22205"),
        ("dk 11234", "brother-dk-11234"),
        ("1453-02", "durable-1453"),
        ("herma 4412", "herma-4412"),
        ("57x102", "thermal-57x102"),
    ],
)
def test_a_sheet_is_found_however_its_number_is_typed(typed: str, name: str) -> None:
    assert stock.load(typed, Problems()) == SHELF[name]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("avery-l4758", "avery-l4785"),
        ("Avery 5396", "avery-5395"),
        ("labels from the cupboard", "`eventprint stock` lists them"),
        ("", "`eventprint stock` lists them"),
        ("-20", "`eventprint stock` lists them"),
        ("../stock/avery-l4785", "avery-l4785"),
    ],
)
def test_an_unknown_sheet_is_refused_with_near_ones(typed: str, hint: str) -> None:
    with pytest.raises(Stop) as stop:
        stock.load(typed, Problems(), place=Place("event.yaml", 4, 12))
    assert stop.value.code == Exit.USAGE
    assert stop.value.problem.message == f"there is no label sheet {typed!r}"
    assert hint in stop.value.problem.hint
    assert stop.value.problem.place == Place("event.yaml", 4, 12)


CARDS = """about: Cards of the printer round the corner
maker: Corner
part: "5395"
sheet: A4
label: 90 x 55 mm
columns: 2
rows: 5
left: 15 mm
top: 11 mm
across: 90 mm
down: 55 mm
source: measured with a ruler
"""


def test_an_event_brings_its_own_sheets_and_they_come_first(tmp_path: Path) -> None:
    folder = tmp_path / "stock"
    folder.mkdir()
    (folder / "avery-l4785.yaml").write_text(CARDS, encoding="utf-8")
    assert stock.load("Avery L4785", Problems(), tmp_path).maker == "Corner"
    assert "avery-l4785" in stock.names(tmp_path)
    assert len(stock.names(tmp_path)) == len(stock.names())
    with pytest.raises(Stop) as stop:
        stock.load("5395", Problems(), tmp_path)
    assert stop.value.problem.message == "'5395' is a number of Avery (avery-5395) and Corner (avery-l4785)"
    assert stop.value.problem.hint == "write avery-5395 or avery-l4785"
    assert stock.load("corner 5395", Problems(), tmp_path).label == Size(90 * mm, 55 * mm)


def test_faults_in_an_events_own_sheet_are_told_with_their_place(tmp_path: Path) -> None:
    folder = tmp_path / "stock"
    folder.mkdir()
    (folder / "own.yaml").write_text(CARDS.replace("top: 11 mm", "top: 30 mm"), encoding="utf-8")
    problems = Problems()
    stock.load("own", problems, tmp_path)
    assert [str(problem).split("\n")[0] for problem in problems.found] == [
        "stock/own.yaml:1:1: error: labels run off the sheet down by 8 mm"
    ]
    (folder / "own.yaml").write_text(CARDS.replace("label: 90 x 55 mm\n", ""), encoding="utf-8")
    with pytest.raises(Stop, match="needs 'label', which is missing"):
        stock.load("own", problems, tmp_path)
    assert "avery-l4785" in stock.known(problems, tmp_path)


@pytest.mark.parametrize(
    ("words", "some", "none"),
    [
        (["90x55"], "plain-a4-90x55", "avery-l7417"),
        (["55 x 90 mm"], "plain-a4-90x55", "avery-l7417"),
        (["4x3"], "avery-5392", "avery-l4785"),
        (["4x6in", "roll"], "thermal-4x6", "avery-5389"),
        (["HERMA", "name", "badges"], "herma-4412", "dymo-11356"),
        (["2205"], "brother-dk-22205", "avery-l4785"),
        (["l4786"], "avery-l4785", "avery-l4784"),
        (["round"], "herma-8863", "avery-l4785"),
        (["perforated", "letter"], "avery-5390", "avery-l7418"),
    ],
)
def test_sheets_are_found_by_words_and_sizes(words: list[str], some: str, none: str) -> None:
    found = [name for name, sheet in SHELF.items() if sheet.matches(words)]
    assert some in found
    assert none not in found


# Page and label agree


def label(width: float, height: float, **fields: object) -> Stock:
    size = Size(width * mm, height * mm)
    return Stock(sheet=size, label=size, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("trim", "on", "fault"),
    [
        ((90, 50), (80, 50), "the badge is 10 mm wider than the label: 90 mm on 80 mm"),
        ((80, 55), (80, 50), "the badge is 5 mm higher than the label: 55 mm on 50 mm"),
        (
            (90, 55),
            (80, 50),
            "the badge is 10 mm wider and 5 mm higher than the label: 90 mm on 80 mm and 55 mm on 50 mm",
        ),
        ((105, 140), (80, 50), "the badge is 25 mm wider and 90 mm higher than the label: "),
        ((55, 90), (80, 50), "even turned, the badge is 10 mm wider and 5 mm higher than the label: "),
        ((80.4, 50), (80, 50), "the badge is 0.4 mm wider than the label: 80.4 mm on 80 mm"),
    ],
)
def test_a_badge_larger_than_its_label_is_refused_with_axis_and_excess(
    trim: tuple[float, float], on: tuple[float, float], fault: str
) -> None:
    agreement = label(*on).agreement(Size(trim[0] * mm, trim[1] * mm), "badge")
    assert agreement.fault.startswith(fault)
    assert agreement.note == ""


@pytest.mark.parametrize("trim", [(80, 50), (80.3, 49.7), (79.8, 50.29)])
def test_what_nobody_sees_is_no_difference(trim: tuple[float, float]) -> None:
    agreement = label(80, 50).agreement(Size(trim[0] * mm, trim[1] * mm))
    assert (agreement.fault, agreement.note, agreement.turned) == ("", "", False)


def test_a_badge_may_lie_on_its_side() -> None:
    agreement = label(80, 50).agreement(Size(50 * mm, 80 * mm))
    assert (agreement.fault, agreement.note, agreement.turned) == ("", "", True)
    assert agreement.box(Box(10, 20, 80 * mm, 50 * mm)) == Box(10, 20, 80 * mm, 50 * mm)


def test_a_badge_smaller_than_its_label_is_centred_and_said_to_be() -> None:
    agreement = label(90, 55).agreement(Size(85 * mm, 54 * mm), "badge")
    assert agreement.fault == ""
    assert agreement.note == (
        "the badge is 5 mm narrower and 1 mm lower than the label, and centred on it: 85 mm on 90 mm and 54 mm on 55 mm"
    )
    box = agreement.box(Box(0, 0, 90 * mm, 55 * mm))
    assert (round(box.x / mm, 6), round(box.y / mm, 6)) == (2.5, 0.5)


def test_it_lies_upright_where_both_ways_fit_and_turned_where_that_fits_better() -> None:
    assert not label(100, 100).agreement(Size(50 * mm, 80 * mm)).turned
    assert label(90, 60).agreement(Size(58 * mm, 90 * mm)).turned
    assert not label(90, 90).agreement(Size(80 * mm, 90 * mm)).turned


def test_an_endless_roll_is_cut_to_the_badge() -> None:
    tape = label(62, 100, roll=True, endless=True)
    badge = tape.agreement(Size(62 * mm, 86 * mm))
    assert (badge.fault, badge.note, badge.turned) == ("", "", False)
    assert badge.stock.sheet == badge.stock.label == Size(62 * mm, 86 * mm)
    lying = tape.agreement(Size(150 * mm, 62 * mm))
    assert (lying.fault, lying.turned, lying.stock.sheet.height) == ("", True, 150 * mm)
    assert tape.agreement(Size(90 * mm, 70 * mm), "badge").fault == (
        "even turned, the badge is 8 mm wider than the label: 70 mm on 62 mm"
    )
    faultless = Problems()
    badge.stock.check(faultless)
    assert faultless.found == []


def test_a_square_on_a_round_label_says_that_its_corners_reach_beyond() -> None:
    round_label = label(60, 60, shape=Outline.ROUND)
    assert round_label.agreement(Size(60 * mm, 60 * mm)).note == ""
    assert "corners" not in round_label.agreement(Size(42 * mm, 42 * mm)).note
    assert round_label.agreement(Size(50 * mm, 50 * mm), "badge").note.endswith(
        "; the badge's corners reach beyond the round label"
    )


@given(st.floats(10, 200), st.floats(10, 200), st.floats(10, 200), st.floats(10, 200))
def test_a_page_without_a_fault_stays_on_its_label(width: float, height: float, across: float, down: float) -> None:
    sheet = label(across, down)
    agreement = sheet.agreement(Size(width * mm, height * mm))
    box, room = agreement.box(Box.of(sheet.label)), Box.of(sheet.label)
    fits = any(w <= across + 0.303 and h <= down + 0.303 for w, h in ((width, height), (height, width)))
    assert fits == (agreement.fault == "")
    assert room.inset(-0.15 * mm).contains(box) == fits
    assert math.isclose(box.centre[0], room.centre[0])
    assert math.isclose(box.centre[1], room.centre[1])


# Part-used sheets


def numbers_used(pages: int, *free: str) -> list[list[int]]:
    boxes = list(SHEET.labels())
    sheets = SHEET.sheets(pages, [Labels.parse(each) for each in free])
    return [[boxes.index(box) + 1 for box in sheet] for sheet in sheets]


def test_part_used_sheets_are_filled_first() -> None:
    every = list(range(1, 11))
    assert numbers_used(25) == [every, every, [1, 2, 3, 4, 5]]
    assert numbers_used(12, "4-") == [[4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5]]
    assert numbers_used(21, "4-10", "2,5,7") == [[4, 5, 6, 7, 8, 9, 10], [2, 5, 7], every, [1]]
    assert numbers_used(3, "4-10", "2,5,7") == [[4, 5, 6]]
    assert numbers_used(0, "4-10") == []


def test_places_are_the_free_labels_of_each_sheet_and_a_full_one_at_the_end() -> None:
    agreement = SHEET.agreement(Size(80.2 * mm, 49.9 * mm))
    places = agreement.places([Labels.parse("4-10"), Labels.parse("2,5")])
    assert [len(sheet) for sheet in places] == [7, 2, 10]
    every = list(SHEET.labels())
    assert [place.centre for place in places[1]] == [every[1].centre, every[4].centre]
    for sheet in places:
        for place in sheet:
            assert (round(place.width / mm, 6), round(place.height / mm, 6)) == (80.2, 50)
    with pytest.raises(ValueError, match="there is no label 12"):
        agreement.places([Labels.parse("12")])


def test_a_label_a_part_used_sheet_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no label 11 on a sheet of 10"):
        numbers_used(3, "4-10", "11")


@given(st.integers(0, 60), st.lists(st.sets(st.integers(1, 10), min_size=1), max_size=3))
def test_every_page_gets_one_free_label(pages: int, free: list[set[int]]) -> None:
    used = numbers_used(pages, *(",".join(map(str, each)) for each in free))
    assert sum(map(len, used)) == pages
    assert all(set(sheet) <= left for sheet, left in zip(used, free, strict=False))
    assert all(sheet for sheet in used)
    assert all(len(set(sheet)) == len(sheet) for sheet in used)


def test_every_outline_and_every_way_to_come_off_is_on_the_shelf() -> None:
    assert {sheet.shape for sheet in SHELF.values()} == set(Outline)
    assert {sheet.edge for sheet in SHELF.values()} == set(Edge)
    assert any(sheet.radius for sheet in SHELF.values())
    assert max(sheet.label.width for sheet in SHELF.values()) < 12 * inch
