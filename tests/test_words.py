"""The printed words and dates, by language."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from eventprint.words import words

HOME = Path(__file__).resolve().parents[1]
WEDNESDAY, THURSDAY, JUNE = date(2022, 5, 11), date(2022, 5, 12), date(2022, 6, 1)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Wednesday 11 May 2022"),
        ("en-GB", "Wednesday 11 May 2022"),
        ("en-US", "Wednesday, May 11, 2022"),
        ("de", "Mittwoch, 11. Mai 2022"),
        ("de-AT", "Mittwoch, 11. Mai 2022"),
        ("fr", "mercredi 11 mai 2022"),
        ("fi", "keskiviikko 11. toukokuuta 2022"),
    ],
)
def test_a_date_is_written_the_way_of_its_language(language: str, written: str) -> None:
    assert words(language).date(WEDNESDAY) == written


def test_a_date_without_its_weekday() -> None:
    assert words("en").date(WEDNESDAY, weekday=False) == "11 May 2022"


@pytest.mark.parametrize(
    ("language", "days", "written"),
    [
        ("en", (), ""),
        ("en", (WEDNESDAY,), "Wednesday 11 May 2022"),
        ("en", (THURSDAY, WEDNESDAY), "11–12 May 2022"),
        ("en", (WEDNESDAY, JUNE), "11 May 2022 – 1 June 2022"),
        ("en-US", (WEDNESDAY, THURSDAY), "May 11, 2022 – May 12, 2022"),
        ("de", (WEDNESDAY, THURSDAY), "11. Mai 2022 – 12. Mai 2022"),
    ],
)
def test_several_days_are_the_first_and_the_last(language: str, days: tuple[date, ...], written: str) -> None:
    assert words(language).dates(days) == written


@pytest.mark.parametrize("language", ["tlh", "xx-XX", "German", ""])
def test_a_language_nobody_knows_speaks_english(language: str) -> None:
    assert words(language)["coffee"] == "Coffee"
    assert words(language).date(WEDNESDAY) == "Wednesday 11 May 2022"


def test_a_word_is_there_or_it_is_not() -> None:
    assert "welcome" in words("en")
    assert "wellcome" not in words("en")


def test_every_word_that_is_asked_for_by_name_is_there() -> None:
    asked = set()
    for file in [*(HOME / "src").rglob("*.py"), *(HOME / "layouts").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(value=ast.Name(id="words" | "vocabulary"), slice=ast.Constant(value=str(key))):
                    asked.add(key)
    for file in (HOME / "layouts").glob("*.yaml"):
        asked |= set(re.findall(r"\{word:([^}|]+)", file.read_text(encoding="utf-8")))
    assert asked
    assert [key for key in sorted(asked) if key not in words("en")] == []


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(("en", "en-GB")), st.booleans())
def test_british_dates_are_those_of_babel(day: date, language: str, weekday: bool) -> None:
    expected = format_date(day, "full" if weekday else "long", locale="en_GB").replace(",", "")
    assert words(language).date(day, weekday=weekday) == expected
