"""Lengths, papers and boxes: units by their definitions, cuts that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.geometry import PAPERS, Box, Size, cm, in_mm, inch, length, mm, paper, pt

POINTS = st.integers(-2000, 2000)
SIDES = st.integers(0, 2000)
BOXES = st.builds(Box, POINTS, POINTS, SIDES, SIDES)
"""Whole points, so that sums are exact."""


@pytest.mark.parametrize(
    ("text", "points"),
    [("1 in", 72), ("25.4 mm", 72), ("2.54cm", 72), ("9 pt", 9), ("-12,7 mm", -36), (" +0.5 in ", 36)],
)
def test_a_length_is_a_number_and_its_unit(text: str, points: float) -> None:
    assert length(text) == pytest.approx(points, abs=1e-12)


@pytest.mark.parametrize(
    "text", ["12", "12 px", "mm", "", "1 2 mm", "12 mm wide", ".5 mm", "1e3 mm", "--1 mm", "12 MM"]
)
def test_anything_else_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        length(text)


def test_units_by_definition() -> None:
    assert (inch, pt) == (72, 1)
    assert 254 * mm == pytest.approx(720)
    assert 25.4 * cm == pytest.approx(720)


@pytest.mark.parametrize(
    ("points", "text"), [(72, "25.4 mm"), (0, "0 mm"), (148 * mm, "148 mm"), (-4.5 * mm, "-4.5 mm")]
)
def test_a_length_for_people(points: float, text: str) -> None:
    assert in_mm(points) == text


def test_each_a_paper_is_the_half_of_the_one_before() -> None:
    """ISO 216, 3.1: halved across its longer side, rounded down to the millimetre."""
    width, height = 841, 1189
    for number in range(8):
        assert PAPERS[f"A{number}"] == Size(width * mm, height * mm)
        width, height = height // 2, width


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("A5", 148 * mm, 210 * mm),
        ("A5 landscape", 210 * mm, 148 * mm),
        ("A5 portrait", 148 * mm, 210 * mm),
        ("Letter", 612, 792),
        ("90 x 55 mm", 90 * mm, 55 * mm),
        ("90 mm × 55 mm", 90 * mm, 55 * mm),
        ("3.375 in x 60 mm", 243, 60 * mm),
    ],
)
def test_a_paper_by_name_or_by_measure(text: str, width: float, height: float) -> None:
    assert paper(text) == Size(pytest.approx(width), pytest.approx(height))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["A9", "a5", "A5 sideways", "90 x 55", "90 mm", "", "1 x 2 x 3 mm", "Letter landscape A4"]
)
def test_anything_else_is_no_paper(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (paper size|length)"):
        paper(text)


def test_a_size_turns_and_compares() -> None:
    size = Size(90 * mm, 55 * mm)
    assert size.portrait == Size(55 * mm, 90 * mm)
    assert size.landscape == size.portrait.landscape == size
    assert str(size) == "90 × 55 mm"
    assert size.same_as(Size(90 * mm + 0.009, 55 * mm))
    assert not size.same_as(Size(90 * mm + 0.02, 55 * mm))


@given(BOXES, SIDES)
def test_a_cut_gives_two_boxes_that_make_up_the_one(box: Box, depth: int) -> None:
    west, north, east, south = box.x, box.y, box.x + box.width, box.y + box.height

    strip, rest = box.cut_top(depth)
    assert (strip.x, strip.y, strip.right, strip.bottom) == (west, north, east, north + depth)
    assert (rest.x, rest.y, rest.right, rest.bottom) == (west, north + depth, east, south)

    strip, rest = box.cut_bottom(depth)
    assert (strip.x, strip.y, strip.right, strip.bottom) == (west, south - depth, east, south)
    assert (rest.x, rest.y, rest.right, rest.bottom) == (west, north, east, south - depth)

    strip, rest = box.cut_left(depth)
    assert (strip.x, strip.y, strip.right, strip.bottom) == (west, north, west + depth, south)
    assert (rest.x, rest.y, rest.right, rest.bottom) == (west + depth, north, east, south)

    strip, rest = box.cut_right(depth)
    assert (strip.x, strip.y, strip.right, strip.bottom) == (east - depth, north, east, south)
    assert (rest.x, rest.y, rest.right, rest.bottom) == (west, north, east - depth, south)


@given(BOXES, POINTS, POINTS, POINTS, POINTS)
def test_an_inset_moves_each_side_by_its_own(box: Box, left: int, top: int, right: int, bottom: int) -> None:
    inner = box.inset(left=left, top=top, right=right, bottom=bottom)
    assert (inner.x - box.x, inner.y - box.y) == (left, top)
    assert (box.right - inner.right, box.bottom - inner.bottom) == (right, bottom)
    assert inner.inset(left=-left, top=-top, right=-right, bottom=-bottom) == box


def test_a_named_side_overrides_the_inset_of_every_side() -> None:
    assert Box(0, 0, 100, 50).inset(5, top=0) == Box(5, 0, 90, 45)


@given(POINTS, POINTS, st.integers(1, 12), st.integers(0, 300), st.integers(0, 40))
def test_columns_and_rows_tile_a_box(x: int, y: int, count: int, side: int, gutter: int) -> None:
    whole = count * side + (count - 1) * gutter
    starts = [number * (side + gutter) for number in range(count)]
    assert list(Box(x, y, whole, 7).columns(count, gutter)) == [Box(x + start, y, side, 7) for start in starts]
    assert list(Box(x, y, 7, whole).rows(count, gutter)) == [Box(x, y + start, 7, side) for start in starts]


@given(BOXES, BOXES)
def test_boxes_meet_where_they_share_a_point_inside(one: Box, other: Box) -> None:
    wide = max(one.x, other.x), min(one.x + one.width, other.x + other.width)
    high = max(one.y, other.y), min(one.y + one.height, other.y + other.height)
    proper = min(one.width, one.height, other.width, other.height) > 0
    if proper:
        assert one.intersects(other) == (wide[0] < wide[1] and high[0] < high[1])
    assert one.intersects(other) == other.intersects(one)


@given(BOXES, POINTS, POINTS)
def test_a_box_contains_itself_and_nothing_that_sticks_out(box: Box, x: int, y: int) -> None:
    assert box.contains(box)
    assert box.moved(x, y).size == box.size
    assert box.contains(box.moved(x, y)) == (x == y == 0)
    assert box.inset(-1).contains(box)
    assert not box.contains(box.inset(-1))


def test_the_centre_is_as_far_from_every_side() -> None:
    assert Box(10, 20, 30, 50).centre == (25, 45)
    assert Box.of(Size(3, 4)) == Box(0, 0, 3, 4)
