"""The shared comparison, hash and representation of values, held against the standard library's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from typing import Any

import pytest

from eventprint.values import dataclass


def _twins(decorator: Any) -> tuple[type, type]:
    """The same two classes, made by one decorator or the other."""

    @decorator(frozen=True, slots=True)
    class Sheet:
        name: str
        number: int = 1
        note: str = field(default="", compare=False)
        columns: Mapping[str, str] = field(default_factory=dict, hash=False)
        secret: str = field(default="", repr=False)

    @decorator(slots=True)
    class Pile:
        sheets: int = 0

    return Sheet, Pile


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "a"}, {"name": "a"}),
        ({"name": "a"}, {"name": "b"}),
        ({"name": "a", "note": "x"}, {"name": "a", "note": "y"}),
        ({"name": "a", "columns": {"k": "v"}}, {"name": "a", "columns": {"k": "w"}}),
        ({"name": "a", "secret": "x"}, {"name": "a", "secret": "y"}),
    ],
)
def test_values_are_equal_and_hash_as_the_standard_ones_do(one: dict[str, Any], other: dict[str, Any]) -> None:
    ours, standard = _twins(dataclass)[0], _twins(dataclasses.dataclass)[0]
    assert (ours(**one) == ours(**other)) is (standard(**one) == standard(**other))
    same_hash = hash(standard(**one)) == hash(standard(**other))
    assert (hash(ours(**one)) == hash(ours(**other))) is same_hash


def test_a_value_is_shown_as_the_standard_one_is() -> None:
    ours, standard = _twins(dataclass)[0], _twins(dataclasses.dataclass)[0]
    assert repr(ours("a", 2, secret="s")) == repr(standard("a", 2, secret="s"))


def test_values_of_other_classes_are_never_equal() -> None:
    sheet, pile = _twins(dataclass)
    assert sheet("a") != pile(0)
    assert pile(1) == pile(1)


def test_what_can_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(_twins(dataclass)[1]())


def test_what_is_frozen_stays() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        _twins(dataclass)[0]("a").name = "b"
