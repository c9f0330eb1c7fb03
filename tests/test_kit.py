"""What layouts are given: colours by name, text styles, pictures, and one list of all of it."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from eventprint import kit
from eventprint.colours import BLACK, WHITE, Colour
from eventprint.event import Brand, Day, Event
from eventprint.geometry import Box
from eventprint.kit import Paint

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"
GREEN, RED = Colour(0, 0.4, 0.2), Colour(0.8, 0.1, 0.1)
BRAND = Brand(primary=GREEN, accent=Colour(1, 1, 0), ink=Colour(0.1, 0.1, 0.1))


def test_everything_the_kit_lists_is_there_once_and_in_order() -> None:
    assert [name for name in kit.__all__ if not hasattr(kit, name)] == []
    assert len(kit.__all__) == len(set(kit.__all__))
    assert kit.__all__ == sorted(kit.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_layouts_use_what_the_kit_lists() -> None:
    asked = set()
    for file in LAYOUTS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="kit"), attr=name):
                    asked.add(name)
                case ast.ImportFrom(module="eventprint.kit", names=names):
                    asked |= {alias.name for alias in names}
    assert asked - set(kit.__all__) == set()


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("primary", GREEN),
        ("ink", Colour(0.1, 0.1, 0.1)),
        ("white", WHITE),
        ("black", BLACK),
        ("role", RED),
        ("primary 50%", Colour(0.5, 0.7, 0.6)),
        ("primary 0 %", WHITE),
        ("on primary", WHITE),
        ("on accent", BLACK),
        ("on primary 10%", BLACK),
        ("on role", WHITE),
        ("#06c", Colour(0, 0.4, 0.8)),
        ("on #ffffff", BLACK),
    ],
)
def test_a_colour_by_its_name(name: str, colour: Colour) -> None:
    assert Paint.parse(name).of(BRAND, RED) == colour


def test_where_nobody_has_a_role_its_colour_is_the_brand_s() -> None:
    assert Paint.parse("role").of(BRAND) == GREEN


@pytest.mark.parametrize("name", ["", "prmary", "primary 20", "primary 120%", "on", "#12", "primary accent", "20%"])
def test_anything_else_is_no_colour(name: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Paint.parse(name)


def test_sans_and_serif_are_the_brand_s_and_other_families_themselves(sample: Event) -> None:
    event = replace(sample, brand=replace(sample.brand, sans="Noto Sans"), language="de")
    assert kit.style_of(event, "sans", 9).family == "Noto Sans"
    assert kit.style_of(event, "serif", 9).family == "Source Serif 4"
    style = kit.style_of(event, "Fira Sans", 12, 600, italic=True, features=["tnum"])
    assert (style.family, style.size, style.weight, style.italic, style.features, style.language) == (
        "Fira Sans",
        12,
        600,
        True,
        ("tnum",),
        "de",
    )


def test_the_event_s_dates_are_empty_where_none_is_known(sample: Event) -> None:
    assert kit.event_dates(sample) == "Wednesday 11 May 2022"
    assert kit.event_dates(replace(sample, days=(Day(),))) == ""


def test_a_picture_is_as_large_as_fits_and_centred(sample: Event) -> None:
    logo = sample.brand.logo
    assert logo is not None
    box = Box(10, 10, 300, 300)
    picture = kit.picture_in(box, logo, "the logo")
    assert box.contains(picture.box)
    assert max(picture.box.width, picture.box.height) == pytest.approx(300)
    assert picture.box.centre[0] == pytest.approx(160)
    assert picture.box.centre[1] == pytest.approx(160)
    ratio = picture.image.width_px / picture.image.height_px
    assert picture.box.width / picture.box.height == pytest.approx(ratio)
    assert picture.alternative == "the logo"


def test_what_is_no_picture_is_refused(sample: Event) -> None:
    with pytest.raises(ValueError, match=r"agenda\.md"):
        kit.picture_in(Box(0, 0, 9, 9), sample.folder / "agenda.md")
