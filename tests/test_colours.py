"""Colours: written, mixed, and compared by the numbers WCAG gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.colours import BLACK, WHITE, Colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_a_colour_is_written_as_it_is_read(text: str) -> None:
    assert str(Colour.parse(text)) == text
    assert Colour.parse(text.upper()) == Colour.parse(text)


def test_three_digits_stand_for_six() -> None:
    assert Colour.parse("#06c") == Colour.parse("#0066cc") == Colour(0, 0.4, 0.8)


@pytest.mark.parametrize("text", ["", "red", "#12", "#1234", "#12345g", "0b5d5e", "#0b5d5e80", "##0b5d5e"])
def test_anything_else_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Colour.parse(text)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_as_the_published_checkers_give_it(one: str, other: str, ratio: float) -> None:
    first, second = Colour.parse(one), Colour.parse(other)
    assert round(first.contrast(second), 2) == ratio
    assert first.contrast(second) == second.contrast(first)


def test_letters_are_white_where_white_reads() -> None:
    assert Colour.parse("#767676").ink_on() == WHITE
    assert Colour.parse("#777777").ink_on() == BLACK


@given(COLOURS)
def test_whatever_the_ground_its_letters_read(text: str) -> None:
    ground = Colour.parse(text)
    assert ground.contrast(ground.ink_on()) >= 4.5


@given(COLOURS, COLOURS)
def test_any_colour_can_be_made_to_read_on_any_ground(text: str, below: str) -> None:
    colour, ground = Colour.parse(text), Colour.parse(below)
    made = colour.legible(ground)
    assert made.contrast(ground) >= 4.5
    assert colour.contrast(ground) < 4.5 or made.contrast(colour) < 1.001


def test_a_light_brand_colour_keeps_its_hue_as_ink() -> None:
    made = Colour.parse("#fff3b0").legible(WHITE)
    assert made.red > made.green > made.blue
    assert 4.5 <= made.contrast(WHITE) < 5.5


def test_a_tint_lies_between_the_colour_and_white() -> None:
    colour = Colour(0.2, 0.4, 0.6)
    assert colour.tint(1) == colour
    assert colour.tint(0) == WHITE
    assert colour.tint(0.5) == Colour(0.6, 0.7, 0.8)


def test_a_mix_takes_its_share_of_the_other() -> None:
    assert Colour(0, 0.5, 1).mix(Colour(1, 0.5, 0), 0.25) == Colour(0.25, 0.5, 0.75)


def test_grey_is_what_black_ink_alone_can_print() -> None:
    assert Colour.parse("#808080").grey
    assert not Colour.parse("#808081").grey


def test_a_colour_may_be_said_in_inks() -> None:
    petrol = Colour.parse("cmyk 90 35 45 40")
    assert petrol.inks == (0.9, 0.35, 0.45, 0.4)
    assert not petrol.grey
    assert petrol.tint(0.5).inks == (0.45, 0.175, 0.225, 0.2)
    assert petrol.mix(BLACK, 0.5).inks == (0.45, 0.175, 0.225, 0.7)
    assert petrol.mix(Colour.parse("#0b5d5e"), 0.5).inks is None
    assert Colour.parse("cmyk 0 0 0 100").channels == (0, 0, 0)


def test_a_colour_may_be_an_ink_of_its_own() -> None:
    orange = Colour.parse("spot PANTONE 021 C: cmyk 0 60 100 0")
    assert (orange.spot, orange.share) == ("PANTONE 021 C", 1)
    thin = orange.tint(0.2)
    assert (thin.spot, thin.share, thin.inks) == ("PANTONE 021 C", 0.2, (0, 0.12, 0.2, 0))
    assert orange.mix(BLACK, 0.3).spot == ""


@pytest.mark.parametrize("text", ["cmyk 1 2 3", "cmyk 0 0 0 101", "spot: cmyk 0 0 0 0", "spot X", "rgb 1 2 3"])
def test_what_is_no_ink_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Colour.parse(text)
