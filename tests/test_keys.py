"""The names that exports have for things are data, and are known in any spelling."""

from __future__ import annotations

import json

import pytest

from eventprint.event import Duty
from eventprint.jsontext import parse
from eventprint.read.exports.keys import Names, known, names, plainly


def named(*keys: str) -> Names:
    return names(parse(json.dumps(dict.fromkeys(keys, 1)), "a").root)


@pytest.mark.parametrize("key", ["start_time", "Start Time", "startTime", "START-TIME", "start.time"])
def test_a_name_is_known_in_any_spelling(key: str) -> None:
    assert plainly(key) == "starttime"
    assert named(key).of("start") == [key]


def test_the_most_telling_name_comes_first_wherever_it_stands() -> None:
    assert named("name", "Title", "summary").of("title") == ["Title", "name", "summary"]
    assert named("date", "start").of("start") == ["start", "date"]
    assert named("colour").of("title") == []


def test_a_name_may_end_in_a_language() -> None:
    both = named("title_ja", "title_en", "titleFr")
    assert both.of("title") == []
    assert both.of("title", "en") == ["title_en"]
    assert both.of("title", "ja", "en") == ["title_ja", "title_en"]


def test_of_two_names_alike_the_first_counts() -> None:
    assert named("Title", "title").of("title") == ["Title"]


def test_the_file_says_something_of_everything() -> None:
    found = known()
    wanted = {"title", "start", "end", "minutes", "date", "room", "track", "language", "type", "abstract", "subtitle"}
    assert set(found.entry) == wanted | {"link", "id", "state"}
    assert {duty for _, duty in found.people} == {None, Duty.PANELLIST, Duty.MODERATOR, Duty.CHAIR}
    assert set(found.lists) == {"rooms", "tracks", "days", "entries", "whole", "none", "talk", "slot", "speakertalk"}
    assert all(all(names) for names in found.entry.values()), "no name is empty"
