"""Arrows point where they say, pictograms stay in their boxes, layers of a cover repeat from their seed."""

from __future__ import annotations

import math

import pytest

from eventprint.colours import BLACK, WHITE
from eventprint.geometry import Box
from eventprint.page import Group, Shape, place_box, walk
from eventprint.symbols import arrow, pictogram, strata

BOX = Box(100, 50, 80, 60)
HALF = 30
"""The arrow is as long as the shorter side of its box."""


@pytest.mark.parametrize(
    ("direction", "x", "y"),
    [
        ("up", 0, -1),
        ("right", 1, 0),
        ("down", 0, 1),
        ("left", -1, 0),
        ("up-right", math.sqrt(0.5), -math.sqrt(0.5)),
        ("down-right", math.sqrt(0.5), math.sqrt(0.5)),
        ("down-left", -math.sqrt(0.5), math.sqrt(0.5)),
        ("up-left", -math.sqrt(0.5), -math.sqrt(0.5)),
    ],
)
def test_an_arrow_s_tip_lies_where_it_points(direction: str, x: float, y: float) -> None:
    (group,) = arrow(direction, BOX, BLACK)
    assert isinstance(group, Group)
    ((shape, (a, b, c, d, e, f)),) = walk((group,))
    assert isinstance(shape, Shape)
    points = [(float(step[1]), float(step[2])) for step in shape.steps if len(step) == 3]
    placed = [(a * px + c * py + e, b * px + d * py + f) for px, py in points]
    tip = max(placed, key=lambda at: (at[0] - 140) * x + (at[1] - 80) * y)
    assert tip[0] == pytest.approx(140 + HALF * x)
    assert tip[1] == pytest.approx(80 + HALF * y)


@pytest.mark.parametrize("direction", ["", "north", "Left", "up left"])
def test_a_direction_nobody_knows_draws_nothing(direction: str) -> None:
    assert arrow(direction, BOX, BLACK) == ()


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_an_arrow_stays_in_its_box(direction: str) -> None:
    assert all(
        BOX.contains(place_box(mark.box, m))
        for mark, m in walk(arrow(direction, BOX, BLACK))
        if isinstance(mark, Shape)
    )


@pytest.mark.parametrize("name", ["coffee", "lunch", "dinner", "reception", "registration", "pause"])
def test_a_pictogram_stays_in_its_box_and_has_one_weight(name: str) -> None:
    shapes = [mark for mark in pictogram(name, BOX, BLACK) if isinstance(mark, Shape)]
    assert shapes
    assert {shape.stroke_width for shape in shapes} == {60 / 24 * 1.5}
    assert all(BOX.contains(shape.box) for shape in shapes)


def test_what_has_no_pictogram_gets_a_clock() -> None:
    assert pictogram("karaoke", BOX, BLACK) == pictogram("pause", BOX, BLACK)


def test_layers_repeat_from_their_seed() -> None:
    spread, layers = Box(0, 0, 296, 210), [(BLACK, 1.0), (WHITE, 2.0)]
    assert strata("tea", spread, spread, 9, layers) == strata("tea", spread, spread, 9, layers)
    assert strata("tea", spread, spread, 9, layers) != strata("coffee", spread, spread, 9, layers)
