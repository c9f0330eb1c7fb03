"""The event as a value: what a badge sets large, and what a person does in the order of the agenda."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eventprint.colours import BLACK
from eventprint.event import (
    Appearance,
    Attendee,
    Cast,
    Day,
    Duty,
    Entry,
    Event,
    Kind,
    Name,
    Person,
    RoleStyle,
    Session,
    Time,
)

ADA = Person("ada", Name("Ada Lovelace", "Ada", "Lovelace"))
BEN = Person("ben", Name("Ben"))
OPENING = Entry("Opening", Kind.ADDRESS, Time(540, "9:00"), cast=(Cast("ada", Duty.HOST),))
FIRST = Entry("Tides", cast=(Cast("ben"),))
COFFEE = Entry("Coffee", Kind.BREAK)
SECOND = Entry("Ships", cast=(Cast("ada"), Cast("ben")))
SESSION = Session("Session I", "The sea", (FIRST, COFFEE, SECOND), (Cast("ada", Duty.CHAIR),))
DAY = Day((OPENING, SESSION), date(2026, 3, 3))
EVENT = Event(
    Path("event"),
    "Harbour Days of the Baltic",
    days=(DAY,),
    cast=(Cast("ben", Duty.MODERATOR),),
    people=(ADA, BEN),
    roles=(RoleStyle("attendee", "Guest", BLACK),),
)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        (Name("Ada Lovelace", "Ada", "Lovelace"), "Ada", "Lovelace"),
        (Name("田中 さくら", "さくら", "田中", family_first=True), "田中 さくら", ""),
        (Name("石静", "静", "石", family_first=True), "石静", ""),
        (Name("Nagy Ferenc", "Ferenc", "Nagy", family_first=True), "Ferenc", "Nagy"),
        (Name("Q"), "Q", ""),
        (Name("Lovelace", "", "Lovelace"), "Lovelace", ""),
    ],
)
def test_a_badge_sets_the_given_name_apart_or_the_whole(name: Name, first: str, second: str) -> None:
    assert (name.first_line, name.second_line) == (first, second)
    assert str(name) == name.full


def test_times_sort_by_the_clock_and_print_as_written() -> None:
    times = [Time(600, "10:00"), Time(540, "9.00"), Time(615, "10:15 a.m.")]
    assert [str(time) for time in sorted(times)] == ["9.00", "10:00", "10:15 a.m."]
    assert Time(540, "9:00") == Time(540, "09:00")


def test_entries_come_in_the_order_of_the_agenda() -> None:
    assert list(EVENT.entries()) == [OPENING, FIRST, COFFEE, SECOND]
    assert DAY.sessions == (SESSION,)
    assert [entry.is_break for entry in EVENT.entries()] == [False, False, True, False]


def test_appearances_name_the_duty_and_count_talks_not_breaks() -> None:
    assert EVENT.appearances("ada") == (
        Appearance(OPENING, None, DAY, Duty.HOST, 1, 1),
        Appearance(None, SESSION, DAY, Duty.CHAIR),
        Appearance(SECOND, SESSION, DAY, Duty.SPEAKER, 2, 2),
    )


def test_what_is_done_for_the_whole_event_comes_first() -> None:
    assert EVENT.appearances("ben") == (
        Appearance(None, None, None, Duty.MODERATOR),
        Appearance(FIRST, SESSION, DAY, Duty.SPEAKER, 1, 2),
        Appearance(SECOND, SESSION, DAY, Duty.SPEAKER, 2, 2),
    )
    assert EVENT.appearances("nobody") == ()


def test_people_and_roles_are_found_by_key() -> None:
    assert EVENT.person("ben") == BEN
    assert EVENT.role("attendee").word == "Guest"


def test_the_first_role_is_the_one_that_shows() -> None:
    assert Attendee("1", ADA.name, roles=("speaker", "sponsor")).role == "speaker"


def test_the_short_title_is_displayed_where_there_is_one() -> None:
    assert EVENT.display_title == "Harbour Days of the Baltic"
    assert Event(Path(), "Harbour Days of the Baltic", short_title="Harbour Days").display_title == "Harbour Days"


def test_the_secret_is_in_no_printout_of_the_value() -> None:
    assert "sesame" not in repr(Event(Path(), "Tea", secret=b"sesame"))
