"""Checks of the joined event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eventprint.check import check
from eventprint.colours import BLACK
from eventprint.event import (
    Attendee,
    Brand,
    Cast,
    Day,
    Duty,
    Entry,
    Event,
    Kind,
    Name,
    Online,
    Person,
    RoleStyle,
    Session,
    Time,
    Venue,
)
from eventprint.problems import Place, Problem, Problems, Severity


def _time(written: str) -> Time:
    hours, minutes = written.split(":")
    return Time(int(hours) * 60 + int(minutes), written)


def _at(line: int) -> Place:
    return Place("agenda.md", line, 1)


def _talk(title: str, start: str, end: str, line: int, *people: str, **more: object) -> Entry:
    cast = tuple(Cast(person) for person in people)
    return replace(Entry(title, Kind.TALK, _time(start), _time(end), True, cast, place=_at(line)), **more)  # type: ignore[arg-type]


ANNA = Person(
    "anna-berg",
    Name("Anna Berg", "Anna", "Berg", "Berg, Anna"),
    "ETH",
    photo=Path("images/anna.jpg"),
    bio="Builds cranes.",
    place=_at(4),
)
TIDES = _talk("Tides", "10:00", "11:00", 3, "anna-berg")
SHIPS = _talk("Ships", "11:00", "12:00", 5)
GUEST = Attendee("row:1", Name("Tom Hardy"), place=Place("attendees.csv", 2, 1, "A2", "Name"))
CLEAN = Event(
    folder=Path("event"),
    title="Harbour Days",
    days=(Day((TIDES, SHIPS), date(2026, 3, 3), place=_at(2)),),
    venue=Venue("Old Customs House", "Baltic", "5 Quay Street, Riga", place=_at(1)),
    people=(ANNA,),
    attendees=(GUEST,),
    roles=(RoleStyle("attendee", "Attendee", BLACK),),
    brand=Brand(logo=Path("images/logo.svg")),
)


def _found(event: Event) -> list[Problem]:
    problems = Problems()
    check(event, problems)
    return problems.found


def _days(*blocks: Entry | Session) -> Event:
    return replace(CLEAN, days=(Day(blocks, date(2026, 3, 3), place=_at(2)),))


def test_a_complete_event_is_clean() -> None:
    assert _found(CLEAN) == []


@pytest.mark.parametrize(
    ("event", "line", "rule", "severity"),
    [
        (replace(CLEAN, title=""), 0, "missing.title", Severity.ERROR),
        (replace(CLEAN, title="Harbour Days of the Baltic Sea Ports"), 0, "missing.short-title", Severity.OPEN),
        (replace(CLEAN, venue=Venue()), 0, "missing.venue", Severity.OPEN),
        (replace(CLEAN, venue=replace(CLEAN.venue, room="")), 1, "missing.room", Severity.OPEN),
        (replace(CLEAN, venue=replace(CLEAN.venue, address="")), 1, "missing.address", Severity.OPEN),
        (
            replace(CLEAN, format="Physical", online=Online("Teams", "speakers", place=_at(9))),
            9,
            "missing.who-is-online",
            Severity.OPEN,
        ),
        (replace(CLEAN, days=(replace(CLEAN.days[0], date=None),)), 2, "missing.date", Severity.OPEN),
        (_days(TIDES, replace(SHIPS, end=None, end_stated=False)), 5, "missing.end", Severity.OPEN),
        (_days(TIDES, replace(SHIPS, kind=Kind.PANEL)), 5, "missing.panel-moderator", Severity.OPEN),
        (replace(CLEAN, attendees=()), 0, "missing.attendees", Severity.OPEN),
        (replace(CLEAN, people=(replace(ANNA, photo=None),)), 0, "missing.photos", Severity.OPEN),
        (replace(CLEAN, people=(replace(ANNA, bio=""),)), 0, "missing.biographies", Severity.OPEN),
        (replace(CLEAN, brand=Brand()), 0, "missing.logo", Severity.OPEN),
        (replace(CLEAN, people=(replace(ANNA, organisation=""),)), 4, "missing.organisation", Severity.OPEN),
        (
            replace(CLEAN, people=(replace(ANNA, name=Name("Anna Lena Berg", sort="Lena Berg, Anna")),)),
            4,
            "names.sort-key",
            Severity.OPEN,
        ),
        (replace(CLEAN, people=(replace(ANNA, name=Name("ANNA BERG")),)), 4, "names.case", Severity.OPEN),
        (replace(CLEAN, people=(ANNA, replace(ANNA, key="x"))), 4, "agenda.no-appearance", Severity.WARNING),
        (replace(CLEAN, attendees=(replace(GUEST, roles=("captain",)),)), 2, "attendees.role", Severity.ERROR),
        (_days(replace(TIDES, cast=(Cast("x", place=_at(6)),)), SHIPS), 6, "agenda.unknown-person", Severity.ERROR),
        (_days(TIDES, _talk("Ships", "10:00", "11:00", 5, "anna-berg")), 5, "agenda.person-twice", Severity.WARNING),
        (_days(TIDES, _talk("Ships", "10:50", "12:00", 5)), 5, "agenda.overlap", Severity.WARNING),
        (_days(TIDES, _talk("Ships", "11:30", "12:00", 5)), 5, "agenda.gap", Severity.OPEN),
        (
            _days(Session("Session I", "Sea", (TIDES, SHIPS), (), "", _time("10:00"), _time("11:00"), True, _at(2))),
            5,
            "agenda.outside-session",
            Severity.WARNING,
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found_where_it_stands(event: Event, line: int, rule: str, severity: Severity) -> None:
    found = [problem for problem in _found(event) if problem.rule == rule]
    assert [(problem.place.line, problem.severity) for problem in found] == [(line, severity)]
    assert found[0].hint


def test_an_event_without_entries_is_an_error() -> None:
    assert [problem.rule for problem in _found(replace(CLEAN, days=()))] == [
        "agenda.no-entries",
        "agenda.no-appearance",
    ]


def test_what_was_said_is_not_asked_again() -> None:
    online = replace(CLEAN, online=Online("Teams"), people=(replace(ANNA, online=False),))
    moderated = replace(SHIPS, kind=Kind.PANEL, cast=(Cast("anna-berg", Duty.MODERATOR),))
    short = replace(CLEAN, title="Harbour Days of the Baltic Sea Ports", short_title="Harbour Days")
    sorted_by_owner = replace(ANNA, name=Name("Anna Lena Berg", "Anna Lena", "Berg", "Berg, Anna Lena", stated=True))
    for event in (online, _days(TIDES, moderated), short, replace(CLEAN, people=(sorted_by_owner,))):
        assert _found(event) == []


def test_a_name_with_its_parts_turned_round_may_be_one_person() -> None:
    turned = Person("berg-anna", Name("Berg Anna"), "ETH", photo=ANNA.photo, bio=ANNA.bio, place=_at(6))
    event = replace(_days(TIDES, replace(SHIPS, cast=(Cast("berg-anna"),))), people=(ANNA, turned))
    assert [(problem.place.line, problem.rule) for problem in _found(event)] == [(6, "names.same-person")]


def test_a_name_with_an_office_before_it_may_be_one_person() -> None:
    mayor = Person("mayor-anna-berg", Name("Mayor Anna Berg"), "ETH", photo=ANNA.photo, bio=ANNA.bio, place=_at(6))
    event = replace(_days(TIDES, replace(SHIPS, cast=(Cast("mayor-anna-berg"),))), people=(ANNA, mayor))
    assert ("names.same-person", 6) in [(problem.rule, problem.place.line) for problem in _found(event)]


def test_a_picture_that_cannot_be_opened_is_told_where_it_is_named(tmp_path: Path) -> None:
    file, place = tmp_path / "images" / "logo.png", Place("event.yaml", 9, 9)
    file.parent.mkdir()
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    (problem,) = _found(replace(CLEAN, folder=tmp_path, pictures={file: place}))
    assert (problem.severity, problem.place, problem.rule) == (Severity.ERROR, place, "picture.unreadable")
    assert problem.message.startswith("images/logo.png ")


def test_a_language_without_words_is_told() -> None:
    assert [problem.rule for problem in _found(replace(CLEAN, language="xx"))] == ["event.language"]
    assert _found(replace(CLEAN, language="en-GB")) == []


def test_two_rooms_at_one_time_are_no_overlap() -> None:
    event = _days(replace(TIDES, room="Baltic"), _talk("Ships", "10:00", "11:00", 5, room="Nordic"))
    assert _found(event) == []


def test_georgian_names_have_no_small_letters() -> None:
    guest = replace(GUEST, name=Name("ნინო ჩხარტიშვილი"))
    assert _found(replace(CLEAN, attendees=(guest,))) == []


def test_several_people_without_photos_are_one_point() -> None:
    tom = Person("tom-hardy", Name("Tom Hardy"), "MIT", bio="Sails.", place=_at(6))
    event = replace(_days(TIDES, replace(SHIPS, cast=(Cast("tom-hardy"),))), people=(ANNA, tom))
    assert [problem.message for problem in _found(event)] == ["there is no photo of Tom Hardy"]
    event = replace(event, people=(replace(ANNA, photo=None), tom))
    assert [problem.message for problem in _found(event)] == ["there is no photo of any of the 2 people"]
