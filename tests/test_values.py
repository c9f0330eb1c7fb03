"""The shared comparison, hash and representation of values, held against the standard library's own."""

from __future__ import annotations

import copy
import dataclasses
import pickle
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
    with pytest.raises(dataclasses.FrozenInstanceError):
        del _twins(dataclass)[0]("a").name


def _orders(decorator: Any) -> type:
    """Every way a field can come by its value."""

    @decorator(frozen=True, kw_only=True)
    class Order:
        name: str
        copies: int = 1
        parts: list[str] = field(default_factory=list)
        key: str = field(init=False)
        seen: list[str] = field(init=False, default_factory=list)
        fixed: int = field(init=False, default=7)

        def __post_init__(self) -> None:
            object.__setattr__(self, "key", self.name.lower())

    return Order


@pytest.mark.parametrize(
    "given",
    [
        {"name": "Badges"},
        {"name": "Badges", "copies": 2, "parts": ["a"]},
        {},
        {"name": "Badges", "sides": 2},
        {"name": "Badges", "key": "b"},
    ],
)
def test_values_are_made_and_refused_as_the_standard_ones_are(given: dict[str, Any]) -> None:
    twins = [_orders(dataclass), _orders(dataclasses.dataclass)]
    for _ in range(2):  # the first value is made by another way than those after it
        shown = []
        for order in twins:
            try:
                made = order(**given)
                shown.append({each.name: getattr(made, each.name) for each in dataclasses.fields(order)})
            except TypeError as error:
                shown.append({"refused": str(error)})
        assert shown[0] == shown[1]


def test_each_value_has_a_list_of_its_own() -> None:
    order = _orders(dataclass)
    order(name="a").parts.append("cover")
    assert order(name="b").parts == []


def test_a_value_is_replaced_matched_and_copied() -> None:
    sheet = _twins(dataclass)[0]("a", 2, columns={"k": "v"})
    assert dataclasses.replace(sheet, number=3) == type(sheet)("a", 3, columns={"k": "v"})
    assert copy.deepcopy(sheet) == sheet
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a pickle can find it."""

    x: int
    y: int = 0


def test_a_layouts_standard_class_inherits_from_ours() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Urgent(_orders(dataclass)):  # type: ignore[misc]
        by: str = "now"

    assert Urgent(name="Badges").by == "now"
    assert Urgent(name="Badges").key == "badges"
    with pytest.raises(dataclasses.FrozenInstanceError):
        Urgent(name="Badges").by = "later"
