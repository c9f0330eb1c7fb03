"""Checks of the joined event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from effort import grows_evenly

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
        (replace(CLEAN, people=(replace(ANNA, name=Name("anna Berg", "anna", "Berg", "Berg, anna")),)), 4, "names.case",
         Severity.OPEN),
        (_days(replace(TIDES, room="Studio"), replace(SHIPS, room="Studio"), _talk("Ropes", "12:00", "13:00", 6,
               room="Stduio")), 6, "agenda.two-spellings", Severity.OPEN),
        (_days(replace(TIDES, room="Studio"), _talk("Coffee", "10:50", "11:20", 6, kind=Kind.BREAK)), 6,
         "agenda.overlap", Severity.WARNING),
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


def test_what_only_seems_to_be_a_fault_is_not_told() -> None:
    """A stream of a talk, time that entries without a time may fill, a dinner hours later, letters of rooms."""
    stream = _talk("Tides (stream)", "10:00", "11:00", 6, "anna-berg", room="Foyer")
    untimed = replace(SHIPS, start=None, end=None, end_stated=False)
    dinner = _talk("Dinner", "19:00", "21:00", 6, kind=Kind.BREAK)
    rooms = (
        replace(TIDES, room="Saal A"),
        replace(SHIPS, room="Saal A"),
        _talk("Ropes", "12:00", "13:00", 6, room="Saal B"),
    )
    for entries in (
        (replace(TIDES, room="Baltic"), stream, replace(SHIPS, room="Baltic")),
        (TIDES, untimed, _talk("Ropes", "12:30", "13:00", 6)),
        (TIDES, SHIPS, dinner),
        rooms,
    ):
        assert _found(_days(*entries)) == []


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


def test_tracks_side_by_side_without_rooms_are_one_open_point() -> None:
    talks = [_talk(f"Talk {n}", f"{10 + n // 3}:00", f"{11 + n // 3}:00", 3 + n) for n in range(9)]
    (found,) = _found(replace(_days(*talks), people=()))
    assert (found.rule, found.severity, found.place.line) == ("agenda.overlap", Severity.OPEN, 4)
    assert found.message.startswith("6 entries")


def test_posters_of_one_session_are_no_room_twice() -> None:
    posters = tuple(_talk(f"Poster {n}", "10:00", "11:00", 4 + n) for n in range(4))
    session = Session("", "Posters", posters, (), "Hall", _time("10:00"), _time("11:00"), True, _at(3))
    assert _found(replace(_days(session), people=())) == []
    late = _talk("Late", "10:30", "11:30", 9, room="Hall")
    found = _found(replace(_days(session, late), people=()))
    assert [(problem.rule, problem.place.line) for problem in found] == [("agenda.room-twice", 9)]


def test_a_programme_that_is_held_again_is_one_open_point() -> None:
    said = (("10:00", "10:01"), ("20:00", "20:01"))
    talks = [_talk(f"T {n}", *at, n + 3, "anna-berg", room=f"R {n}") for at in said for n in range(21)]
    found = [problem for problem in _found(_days(*talks)) if problem.rule == "agenda.title-twice"]
    assert [problem.message[:8] for problem in found] == ["21 talks"]


def test_georgian_names_have_no_small_letters() -> None:
    guest = replace(GUEST, name=Name("ნინო ჩხარტიშვილი"))
    assert _found(replace(CLEAN, attendees=(guest,))) == []


def test_several_people_without_photos_are_one_point() -> None:
    tom = Person("tom-hardy", Name("Tom Hardy"), "MIT", bio="Sails.", place=_at(6))
    event = replace(_days(TIDES, replace(SHIPS, cast=(Cast("tom-hardy"),))), people=(ANNA, tom))
    assert [problem.message for problem in _found(event)] == ["there is no photo of Tom Hardy"]
    event = replace(event, people=(replace(ANNA, photo=None), tom))
    assert [problem.message for problem in _found(event)] == ["there is no photo of any of the 2 people"]


# Names


def _named(full: str, organisation: str = "ETH", **more: object) -> Event:
    """The clean event with Anna Berg in its second talk, and one more person in the first."""
    who = replace(Person("other", Name(full), organisation, photo=ANNA.photo, bio=ANNA.bio, place=_at(8)), **more)  # type: ignore[arg-type]
    talks = _days(replace(TIDES, cast=(Cast("other"),)), replace(SHIPS, cast=(Cast("anna-berg"),)))
    return replace(talks, people=(ANNA, replace(who, name=replace(who.name, stated=True))))


@pytest.mark.parametrize(
    "full",
    ["Berg Anna", "Anna B. Berg", "A. Berg", "Ana Berg", "Anna Breg", "Anna Berrg", "Anna-Berg", "Mayor Anna Berg"],
)
def test_two_spellings_of_a_name_may_be_one_person(full: str) -> None:
    found = _found(_named(full))
    assert [(problem.rule, problem.place.line, problem.severity) for problem in found] == [
        ("names.same-person", 8, Severity.OPEN)
    ]
    assert "line 4" in found[0].hint


@pytest.mark.parametrize(
    ("full", "organisation"),
    [
        ("Tom Berg", "ETH"),
        ("Anna Bergmann", "ETH"),
        ("Anne Berg", "MIT"),
        ("A. Berg", "MIT"),
        ("Anna Maria Lang", "ETH"),
        ("B. Berg", "ETH"),
        ("李娜", "ETH"),
    ],
)
def test_other_names_are_other_people(full: str, organisation: str) -> None:
    assert _found(_named(full, organisation)) == []


def test_numbers_of_an_export_tell_two_of_one_name_apart() -> None:
    event = _named("Anna Berg", known_as=("id:7",))
    event = replace(event, people=tuple(replace(each, known_as=(f"id:{at}",)) for at, each in enumerate(event.people)))
    assert _found(event) == []


@pytest.mark.parametrize(
    ("full", "rule", "said"),
    [
        ("TOM LOWES", "names.case", "capitals"),
        ("tom lowes", "names.case", "small letters"),
        ("Mr. Tom Lowes", "names.title", "a form of address, “Mr.”"),
        ("Frau Tina Lowes", "names.title", "a form of address, “Frau”"),
        ("Dr Tom Lowes", "names.title", "a title, “Dr”"),
        ("Prof. Dr. Tom Lowes", "names.title", "a title, “Prof.”"),
        ("Tom Lowes, PhD", "names.title", "a title, “PhD”"),
        ("Tom Lowes,", "names.mark", "a stray “,”"),
        ("Tom; Lowes", "names.mark", "a stray “;”"),
        ("Tom Lowes 2", "names.mark", "a number in it, 2"),
        ("tom.lowes@example.org", "names.mark", "a mail address"),
        ("Tom (Lowes", "names.mark", "only one of two brackets"),
    ],
)
def test_what_is_odd_in_a_name_is_told_once(full: str, rule: str, said: str) -> None:
    problems = [problem for problem in _found(_named(full)) if problem.rule != "names.case" or rule == "names.case"]
    assert [(problem.rule, problem.place.line) for problem in problems] == [(rule, 8)]
    assert said in problems[0].message


@pytest.mark.parametrize(
    "full",
    ["Mag Tolosa", "Ing Lee", "Fr Delacroix", "O’Neil Sanders", "Jean-Luc d’Orbigny", "Lea Pan", "Uwe Drs", "ნინო ჩხა"],
)
def test_names_that_look_like_titles_or_marks_are_names(full: str) -> None:
    assert [problem for problem in _found(_named(full)) if problem.rule in ("names.mark",)] == []


# The programme


def test_people_and_rooms_in_two_places_at_once() -> None:
    ships = _talk("Ships", "10:30", "11:30", 5, "anna-berg", room="Nordic")
    (found,) = _found(_days(replace(TIDES, room="Baltic"), ships))
    assert (found.rule, found.place.line) == ("agenda.person-twice", 5)
    assert "in Baltic and Nordic" in found.message
    (found,) = _found(_days(replace(TIDES, room="Baltic"), replace(ships, cast=(), room="Baltic")))
    assert (found.rule, found.place.line) == ("agenda.room-twice", 5)


def test_a_chair_may_speak_in_the_session_but_not_sit_elsewhere() -> None:
    chair = (Cast("anna-berg", Duty.CHAIR),)
    session = Session("Session I", "Sea", (TIDES,), chair, "", _time("10:00"), _time("11:00"), True, _at(2))
    assert _found(_days(session, SHIPS)) == []
    other = _talk("Ships", "10:30", "11:30", 5, "anna-berg", room="Nordic")
    sea = replace(session, room="Baltic", entries=(replace(TIDES, cast=()),))
    assert [(problem.rule, problem.place.line) for problem in _found(_days(sea, other))] == [("agenda.person-twice", 5)]


def test_tracks_are_side_by_side_and_a_shared_entry_is_one() -> None:
    assert _found(_days(replace(TIDES, track="Sea"), _talk("Ships", "10:00", "11:00", 5, track="Land"))) == []
    both = (replace(TIDES, room="Baltic"), replace(TIDES, room="Nordic", place=_at(5)))
    assert _found(_days(*both)) == []


def test_days_twice_out_of_order_and_empty() -> None:
    first, second = Day((TIDES,), date(2026, 3, 4), place=_at(2)), Day((SHIPS,), date(2026, 3, 3), place=_at(7))
    assert [(p.rule, p.place.line) for p in _found(replace(CLEAN, days=(first, second)))] == [("agenda.day-order", 7)]
    same = replace(second, date=first.date)
    assert [(p.rule, p.place.line) for p in _found(replace(CLEAN, days=(first, same)))] == [("agenda.day-twice", 7)]
    empty = Day((), date(2026, 3, 5), place=_at(9))
    assert [(p.rule, p.place.line) for p in _found(replace(CLEAN, days=(first, empty)))] == [("agenda.empty-day", 9)]


def test_a_talk_twice_is_an_open_point() -> None:
    (found,) = _found(_days(TIDES, _talk("Tides", "11:00", "12:00", 5, "anna-berg")))
    assert (found.rule, found.place.line, found.severity) == ("agenda.title-twice", 5, Severity.OPEN)


def test_a_whole_list_in_capitals_is_one_question() -> None:
    words = [f"{one}{two}" for one in ("BER", "LIN", "MOR", "TAL") for two in ("GA", "DO", "NI", "SU")]
    people = tuple(
        replace(ANNA, key=f"p{n}", name=Name(f"{word} {word[::-1]}", stated=True)) for n, word in enumerate(words)
    )
    (found,) = [problem for problem in _found(replace(CLEAN, people=people)) if problem.rule == "names.case"]
    assert found.message == f"{len(people)} names are written in capitals only, such as BERGA AGREB"
    assert found.hint == "if that is not meant, write them as they should be printed"


def test_rooms_spelt_in_two_ways() -> None:
    (found,) = _found(_days(replace(TIDES, room="Room 1"), replace(SHIPS, room="room 1")))
    assert (found.rule, found.place.line) == ("agenda.two-spellings", 5)


def test_a_large_programme_is_checked_as_quickly_as_a_small_one() -> None:
    """As large as the largest known: 900 entries in 35 rooms, 1,000 people."""
    assert grows_evenly(_of_many, 450)
    assert {problem.rule for problem in _of_many(900)} <= {"agenda.no-appearance", "names.same-person", "names.title"}


def _of_many(size: int) -> list[Problem]:
    letters = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprstvwxz"][: size + 100]
    names = [Name(f"{word[::-1].title()} {word.title() * 2}", stated=True) for word in letters]
    people = tuple(replace(ANNA, key=name.full, name=name, place=_at(n)) for n, name in enumerate(names))
    talks = []
    for n in range(size):
        hour, slot = 9 + n // 105, n // 35 % 3 * 20
        talk = _talk(f"Talk {n}", f"{hour}:{slot:02}", f"{hour}:{slot + 19}", n, names[n].full)
        talks.append(replace(talk, room=f"Room {n % 35}"))
    event = replace(_days(*talks), people=people)
    return list(_found(event))


# Links


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("htp://example.org", "begins with 'htp'"),
        ("https://example.org/two words", "has a blank"),
        ("https://", "names no host"),
        ("https:///programme", "two slashes"),
        ("https:example.org", "two slashes"),
        ("https://müsli.example/über", "some telephones"),
        ("example.org/programme", "https://"),
        ("www.example.org", "https://"),
        ("anna@example.org", "is a mail address"),
        ("mailto:anna", "names no mail address"),
        ("mailto:", "names no mail address"),
        ("https://intranet/programme", "reached from elsewhere"),
        ("https://exa_mple..org", "no possible host"),
        ("https://example.org:port/", "is no address"),
        ("file:///home/anna/agenda.pdf", "opens nothing"),
        ("programme", "is no address"),
        ("tel:zero", "no telephone number"),
    ],
)
def test_links_that_cannot_be_followed(link: str, said: str) -> None:
    (found,) = _found(replace(CLEAN, links={link: Place("event.yaml", 7, 7)}))
    assert (found.rule, found.place.line, found.severity) == ("link.form", 7, Severity.WARNING)
    assert said in found.message + found.hint


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://xn--msli-0ra.example/%C3%BCber",
        "mailto:anna@example.org?subject=Hello",
        "tel:+49-30-123456",
        "https://user@sub.example.co.uk/~a/b,c;d",
        "https://192.0.2.1/x",
        "https://[2001:db8::1]/x",
    ],
)
def test_links_that_can_be_followed(link: str) -> None:
    assert _found(replace(CLEAN, links={link: Place("event.yaml", 7, 7)})) == []


def test_links_inside_a_site_are_one_point() -> None:
    links = {f"{start}{n}": Place("agenda.md", n) for n, start in enumerate(("/talks/", "../talks/", "talks.html#"), 3)}
    (found,) = _found(replace(CLEAN, links=links))
    assert (found.rule, found.place.line, found.severity) == ("link.form", 3, Severity.OPEN)
