"""Sheets are facts from data/stock, and each one's arithmetic adds up or says on which axis it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eventprint import stock
from eventprint.geometry import Box, Size, mm
from eventprint.problems import Place, Problem, Problems, Severity
from eventprint.records import Length
from eventprint.stock import Stock

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
    assert sheet.source


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
