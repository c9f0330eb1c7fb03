"""Templates and conditions: fields are filled, what stands in them is never read as a template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.template import Condition, Template

ADA = {"given": "Ada", "pronouns": "she/her", "room": "", "venue": "Town Hall", "role key": "speaker"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hello", "Hello"),
        ("", ""),
        ("{given}", "Ada"),
        ("{nobody}", ""),
        ("{given}[ · {pronouns}]", "Ada · she/her"),
        ("{given}[ · {room}]", "Ada"),
        ("{venue}[, {room}]", "Town Hall"),
        ("[{room}, ]{venue}", "Town Hall"),
        ("{room|venue}", "Town Hall"),
        ("[at {room|venue}]", "at Town Hall"),
        ("[{given} in {room}]", ""),
        ("  {room} by {given} ", "by Ada"),
        ("[sic] {given}", "[sic] Ada"),
        ("{given", "{given"),
        ("given}]", "given}]"),
        ("{}", "{}"),
    ],
)
def test_fields_are_filled_and_optional_parts_vanish(template: str, text: str) -> None:
    assert Template.parse(template).fill(ADA) == text


@given(st.text("{}[]|: abword:welcome", max_size=30))
def test_what_stands_in_a_field_is_never_read_as_a_template(said: str) -> None:
    fields = {"name": said, "word:welcome": "Welcome", "a": "A", "b": "B"}
    assert Template.parse("{name}").fill(fields) == said.strip()
    assert Template.parse("<{name}>").fill(fields) == f"<{said}>"
    if said:
        assert Template.parse("x[ {name}]y").fill(fields) == f"x {said}y"


@given(st.text(max_size=40))
def test_every_text_is_a_template(text: str) -> None:
    Template.parse(text).fill({})


def test_a_template_says_which_fields_it_asks_for() -> None:
    assert Template.parse("{a}[, {b|word:c}] {}").names == {"a", "b", "word:c"}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("pronouns", True),
        ("room", False),
        ("not room", True),
        ("not pronouns", False),
        ("role key is speaker", True),
        ("role key is sponsor or speaker", True),
        ("role key is sponsor", False),
        ("not role key is sponsor", True),
        ("pronouns and not room", True),
        ("pronouns and room", False),
        ("given is Ada and role key is speaker or chair and venue", True),
        ("nobody", False),
    ],
)
def test_a_condition_asks_whether_a_field_holds_something(condition: str, holds: bool) -> None:
    assert Condition.parse(condition).holds(ADA) is holds


def test_no_condition_always_holds() -> None:
    assert Condition().holds({})


@pytest.mark.parametrize("text", ["", "not", "room and", "and room", "room and and venue", "is speaker"])
def test_a_condition_without_a_field_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a condition"):
        Condition.parse(text)


def test_a_condition_says_which_fields_it_asks_about() -> None:
    assert Condition.parse("role key is a or b and not room").names == {"role key", "room"}
