"""Free labels as people write them: read, said again in the shortest way, and refused in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.labels import Labels


@pytest.mark.parametrize(
    ("written", "said", "numbers"),
    [
        ("4-10", "4-10", (4, 5, 6, 7, 8, 9, 10)),
        ("2,5,7-10", "2,5,7-10", (2, 5, 7, 8, 9, 10)),
        ("8-", "8-", (8, 9, 10)),
        ("3", "3", (3,)),
        (" 7 - 8 ,1", "1,7-8", (1, 7, 8)),
        ("1,2,3,5", "1-3,5", (1, 2, 3, 5)),
        ("1–3", "1-3", (1, 2, 3)),
        ("9-,1-2", "1-2,9-", (1, 2, 9, 10)),
        ("4-5,6-", "4-", (4, 5, 6, 7, 8, 9, 10)),
    ],
)
def test_labels_are_read_and_said_in_the_shortest_way(written: str, said: str, numbers: tuple[int, ...]) -> None:
    labels = Labels.parse(written)
    assert str(labels) == said
    assert labels.on(10) == numbers


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", "a label is missing"),
        ("1,,2", "a label is missing"),
        ("four", "'four' names no label"),
        ("1.5", "'1.5' names no label"),
        ("-3", "'-3' names no label"),
        ("٣", "'٣' names no label"),
        ("0", "there is no label 0: they are counted from 1"),
        ("10-4", "10-4 runs backwards: write 4-10"),
        ("2,5,2", "label 2 is named twice in '2,5,2'"),
        ("4-10,7", "label 7 is named twice in '4-10,7'"),
        ("4-,9", "label 9 is named twice in '4-,9'"),
    ],
)
def test_what_names_no_labels_is_refused_in_words(written: str, fault: str) -> None:
    with pytest.raises(ValueError, match=rf"\A{re.escape(fault)}\Z"):
        Labels.parse(written)


@pytest.mark.parametrize("written", ["11", "4-11", "11-", "2,12-"])
def test_a_label_the_sheet_does_not_have_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\Athere is no label 1[12] on a sheet of 10\Z"):
        Labels.parse(written).on(10)


def test_a_start_is_a_label_and_all_that_follow_it() -> None:
    assert Labels.after(4) == Labels.parse("4-")
    with pytest.raises(ValueError, match="there is no label 0"):
        Labels.after(0)


@given(st.sets(st.integers(1, 60), min_size=1), st.randoms())
def test_whatever_way_labels_are_written_they_are_said_alike(numbers: set[int], chance: object) -> None:
    order = sorted(numbers)
    chance.shuffle(order)  # type: ignore[attr-defined]
    labels = Labels.parse(",".join(map(str, order)))
    assert labels.on(60) == tuple(sorted(numbers))
    assert Labels.parse(str(labels)) == labels
    assert len(str(labels)) <= len(",".join(map(str, order)))


@given(st.sets(st.integers(1, 30), max_size=8), st.integers(1, 40))
def test_an_open_end_survives_being_said(numbers: set[int], start: int) -> None:
    before = [str(number) for number in numbers if number < start]
    labels = Labels.parse(",".join([*before, f"{start}-"]))
    assert Labels.parse(str(labels)) == labels
    assert labels.on(50)[-1] == 50
    assert set(labels.on(50)) == {int(number) for number in before} | set(range(start, 51))
