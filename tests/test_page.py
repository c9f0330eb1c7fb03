"""Pages as values: marks and matrices against arithmetic with complex numbers, the page as text."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.colours import BLACK, WHITE
from eventprint.event import Event, Product
from eventprint.geometry import Box, Size, mm
from eventprint.page import (
    IDENTITY,
    Anchor,
    Artwork,
    Code,
    Group,
    Image,
    Link,
    Matrix,
    Page,
    Picture,
    Role,
    Shape,
    Text,
    after,
    as_text,
    matrix_of,
    place_box,
    rectangle,
    rule,
    walk,
)
from eventprint.problems import Problems
from eventprint.text import Style, shape

NUMBERS = st.floats(-500, 500)
SIDES = st.floats(0, 500)
TURNS = st.floats(-360, 360)
BOXES = st.builds(Box, NUMBERS, NUMBERS, SIDES, SIDES)


def turned(x: float, y: float, group: Group) -> complex:
    """Where a group puts a point: a turn is a product of complex numbers, clockwise where y goes down."""
    return complex(x, y) * cmath.exp(1j * math.radians(group.turn_deg)) + complex(group.x, group.y)


def placed(x: float, y: float, matrix: Matrix) -> complex:
    """A point after a matrix, taken from the box that holds nothing but it."""
    box = place_box(Box(x, y, 0, 0), matrix)
    return complex(box.x, box.y)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, TURNS)
def test_a_group_turns_about_its_origin_and_moves(x: float, y: float, to_x: float, to_y: float, turn: float) -> None:
    group = Group((), to_x, to_y, turn)
    assert abs(placed(x, y, matrix_of(group)) - turned(x, y, group)) < 1e-6


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, TURNS, NUMBERS, NUMBERS, TURNS)
def test_the_inner_group_is_placed_by_the_outer(
    x: float, y: float, x1: float, y1: float, turn1: float, x2: float, y2: float, turn2: float
) -> None:
    inner, outer = Group((), x1, y1, turn1), Group((), x2, y2, turn2)
    first = turned(x, y, inner)
    expected = turned(first.real, first.imag, outer)
    assert abs(placed(x, y, after(matrix_of(inner), matrix_of(outer))) - expected) < 1e-6


@given(BOXES, NUMBERS, NUMBERS, TURNS)
def test_a_box_is_placed_as_the_smallest_round_its_corners(box: Box, x: float, y: float, turn: float) -> None:
    group = Group((), x, y, turn)
    corners = [turned(cx, cy, group) for cx in (box.x, box.x + box.width) for cy in (box.y, box.y + box.height)]
    made = place_box(box, matrix_of(group))
    assert made.x == pytest.approx(min(c.real for c in corners), abs=1e-6)
    assert made.y == pytest.approx(min(c.imag for c in corners), abs=1e-6)
    assert made.x + made.width == pytest.approx(max(c.real for c in corners), abs=1e-6)
    assert made.y + made.height == pytest.approx(max(c.imag for c in corners), abs=1e-6)


@pytest.mark.parametrize(("turn", "x", "y"), [(0, 3, 0), (90, 0, 3), (180, -3, 0), (270, 0, -3)])
def test_quarter_turns_are_exact_and_clockwise(turn: float, x: float, y: float) -> None:
    """On a page, y goes down: what pointed right points down after a quarter turn."""
    assert placed(3, 0, matrix_of(Group((), 0, 0, turn))) == complex(x, y)


def test_walking_reaches_every_mark_in_order_with_its_matrix() -> None:
    one, two, three = (Anchor(name) for name in ("one", "two", "three"))
    marks = (one, Group((Group((two,), 1, 2), three), 10, 20))
    assert list(walk(marks)) == [(one, IDENTITY), (two, (1, 0, 0, 1, 11, 22)), (three, (1, 0, 0, 1, 10, 20))]


def test_a_text_covers_its_ink() -> None:
    line = shape("Hxg", Style("Fira Sans", size=20))
    text = Text(100, 200, line, 20)
    assert text.box == Box(100, 200 - 20 * line.ascent, 20 * line.width, 20 * (line.ascent + line.descent))
    assert text.box.y < 200 < text.box.bottom


def test_added_spaces_make_a_line_wider() -> None:
    line = shape("one two three", Style("Fira Sans", size=10))
    plain = Text(0, 0, line, 10).width
    assert Text(0, 0, line, 10, word_space=1.5).width == pytest.approx(plain + 2 * 1.5)
    assert Text(0, 0, line, 10, tracking=0.2).width == pytest.approx(plain + 13 * 0.2)


def test_an_outline_covers_half_its_stroke_but_a_fill_none() -> None:
    assert rectangle(Box(10, 20, 30, 40), BLACK).box == Box(10, 20, 30, 40)
    assert rectangle(Box(10, 20, 30, 40), None, BLACK, 2).box == Box(9, 19, 32, 42)
    assert rule(0, 0, 10, 0, BLACK, 1).box == Box(-0.5, -0.5, 11, 1)


@given(st.floats(1, 300), st.floats(1, 300), st.floats(0.1, 400))
def test_round_corners_are_quarters_of_a_circle(width: float, height: float, radius: float) -> None:
    made = rectangle(Box(0, 0, width, height), BLACK, radius=radius)
    r = min(radius, width / 2, height / 2)
    curve = next(step for step in made.steps if step[0] == "C")
    assert len(curve) == 7
    start = complex(width - r, 0)
    points = (start, *(complex(float(curve[i]), float(curve[i + 1])) for i in (1, 3, 5)))
    for t in (0.0, 0.25, 0.5, 0.75, 1.0):
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        at = sum(weight * point for weight, point in zip(weights, points, strict=True))
        assert abs(at - complex(width - r, r)) == pytest.approx(r, rel=3e-4)


def test_the_bleed_lies_round_the_trim() -> None:
    page = Page(Size(90 * mm, 55 * mm), (), bleed=3 * mm)
    assert page.trim == Box(0, 0, 90 * mm, 55 * mm)
    assert page.bleed_box.x == -3 * mm
    assert page.bleed_box.width == pytest.approx(96 * mm)


def test_what_was_found_on_a_page_does_not_make_it_another_page() -> None:
    problems = Problems()
    problems.error("too long")
    assert Page(Size(1, 1), ()) == Page(Size(1, 1), (), problems=tuple(problems.found))


def test_a_page_as_text_says_every_mark_in_millimetres() -> None:
    box = Box(10 * mm, 20 * mm, 30 * mm, 40 * mm)
    logo = Image(Path("images/logo.png"), "digest", 10, 10)
    line = shape("", Style("Fira Sans"))
    page = Page(
        Size(90 * mm, 55 * mm),
        (
            rectangle(box, WHITE),
            rule(0, 55 * mm / 2, 90 * mm, 55 * mm / 2, BLACK, 0.0, purpose="fold"),
            Picture(box, logo, "the logo"),
            Group((Code(Box(0, 0, 10 * mm, 10 * mm), (1, 2, 3), "EPX", 1.0),), 5 * mm, 6 * mm),
            Link(box, "https://example.org"),
            Anchor("contents", 0, "Contents"),
            Artwork(box, Path("cover.pdf"), 1),
            Text(10 * mm, 20 * mm, line, 9, role=Role.H1),
        ),
        bleed=3 * mm,
        label="iv",
        name="badge of Ada",
    )
    assert as_text(page).splitlines() == [
        "page iv badge of Ada 90 × 55 mm bleed 3.0 mm",
        "  10.00   20.00   30.00   40.00  shape fill #ffffff stroke None 0.00",
        "   0.00   27.50   90.00    0.00  shape fill None stroke #000000 0.00 fold",
        "  10.00   20.00   30.00   40.00  picture logo.png the logo",
        "   5.00    6.00   10.00   10.00  code 3 modules EPX",
        "  10.00   20.00   30.00   40.00  link https://example.org",
        "anchor contents Contents",
        "  10.00   20.00   30.00   40.00  artwork cover.pdf page 2",
        "  10.00   20.00    0.00    0.00  H1 9.00 pt ",
    ]


def test_shapes_are_compared_by_what_they_are() -> None:
    assert rule(0, 0, 1, 1, BLACK, 1) == Shape((("M", 0, 0), ("L", 1, 1)), None, BLACK, 1)


@pytest.mark.parametrize(
    ("name", "layout", "page"),
    [
        ("badge", "badge-90x55", "badge: Ilkka Nykänen"),
        ("badge-back", "badge-90x55", "badge: Ilkka Nykänen, back"),
        ("card", "speaker-cards", "speaker card: Kristiina Jokelainen"),
        ("tent", "table-tents", "table tent: Kristiina Jokelainen"),
        ("sign", "signs-a4", "Break: Lunch break"),
    ],
)
def test_a_page_as_text_is_the_one_agreed(
    sample: Event, golden: Callable[[str, str], None], name: str, layout: str, page: str
) -> None:
    from eventprint.compose import compose

    (made,) = (one for one in compose(sample, Product(layout), Problems()).pages if one.name == page)
    golden(name, as_text(made))
