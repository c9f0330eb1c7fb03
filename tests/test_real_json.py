"""Real exports in JSON are read whole: every count is taken from the file by the standard reader, not from ours."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from eventprint.event import Entry, Kind, Service
from eventprint.problems import Problem, Problems, Severity, Stop
from eventprint.read.agenda import Agenda, Given, read_agenda


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8-sig"))


def read(file: Path, given: Given = Given()) -> tuple[Agenda, list[Problem]]:
    problems = Problems()
    return read_agenda(file, problems, file.parent, given), problems.found


def faults(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity is not Severity.OPEN]


def sizes(agenda: Agenda) -> list[int]:
    return [len(list(day.entries())) for day in agenda.days]


def rooms(agenda: Agenda) -> set[str]:
    return {entry.room for entry in agenda.entries() if entry.room}


def named(agenda: Agenda, title: str) -> Entry:
    return next(entry for entry in agenda.entries() if entry.title == title)


def names(agenda: Agenda) -> set[str]:
    return {person.name.full for person in agenda.people}


def frab_events(data: Any) -> list[tuple[str, Any]]:
    return [
        (day["date"], event)
        for day in data["schedule"]["conference"]["days"]
        for events in day["rooms"].values()
        for event in events
    ]


FRAB = {
    # days, events, rooms, persons: SOURCES.md
    "camp2019-frab.json": ([17, 17, 19, 17, 9], 2, 90),
    "democon-2020-pretalx.json": ([12, 12, 12], 2, 27),
    "tuebix-2024-pretalx.json": ([32], 5, 23),
}


@pytest.mark.parametrize("name", FRAB)
def test_a_schedule_by_day_and_room_is_read_whole(real_data: Path, name: str) -> None:
    file = real_data / "schedule-json" / name
    agenda, found = read(file)
    events = frab_events(load(file))
    days, count_of_rooms, people = FRAB[name]
    assert (sizes(agenda), len(rooms(agenda)), len(agenda.people)) == (days, count_of_rooms, people)
    assert faults(found) == []
    assert sorted(entry.id for entry in agenda.entries()) == sorted(str(event["id"]) for _, event in events)
    by_id = {str(event["id"]): (day, event) for day, event in events}
    for day in agenda.days:
        for entry in day.entries():
            on, event = by_id[entry.id]
            hours, minutes = map(int, event["duration"].split(":"))
            assert day.date == date.fromisoformat(on)
            assert entry.title == " ".join(event["title"].split())
            assert (entry.room, entry.track, entry.language) == (event["room"], event["track"] or "", event["language"])
            assert entry.start is not None
            assert entry.start.written == event["start"]
            assert entry.end is not None
            assert entry.end.minutes - entry.start.minutes == hours * 60 + minutes
            assert entry.end_stated
            assert len(entry.cast) == len({person["id"] for person in event["persons"]})
    assert {entry.place.file for entry in agenda.entries()} == {name}


def test_a_camp_goes_on_after_midnight(real_data: Path) -> None:
    file = real_data / "schedule-json" / "camp2019-frab.json"
    agenda, _ = read(file)
    late = [str(event["id"]) for day, event in frab_events(load(file)) if event["date"][:10] != day]
    night = [entry for entry in agenda.entries() if entry.start and entry.start.minutes >= 24 * 60]
    assert sorted(entry.id for entry in night) == sorted(late)
    assert agenda.title == "Chaos Communication Camp 2019"
    assert [str(day.date) for day in agenda.days] == [f"2019-08-{day}" for day in range(21, 26)]


def test_a_time_zone_that_contradicts_the_times_is_an_open_point(real_data: Path) -> None:
    agenda, found = read(real_data / "schedule-json" / "democon-2020-pretalx.json")
    assert [(p.rule, p.place.line) for p in found] == [("agenda.timezone", 40)]
    assert "UTC" in found[0].message
    assert "+01:00" in found[0].message
    assert min(entry.start.written for entry in agenda.entries() if entry.start) == "09:00"


def test_people_of_one_name_and_two_ids_are_an_open_point(real_data: Path) -> None:
    file = real_data / "schedule-json" / "camp2019-frab.json"
    ids = {person["id"]: person["public_name"] for _, event in frab_events(load(file)) for person in event["persons"]}
    assert len(ids) == 90
    folded = [name.casefold() for name in ids.values()]
    assert {name for name in folded if folded.count(name) > 1} == {"mo"}
    _, found = read(file)
    assert [(p.severity, p.rule, p.place.line) for p in found] == [(Severity.OPEN, "agenda.same-name", 1821)]
    assert "3988" in found[0].message
    assert "9029" in found[0].message


def test_tuebix_is_german_and_two_talks_have_nobody(real_data: Path) -> None:
    agenda, _ = read(real_data / "schedule-json" / "tuebix-2024-pretalx.json")
    assert agenda.title == "Tübix 2024"
    assert sum(not entry.cast for entry in agenda.entries()) == 2
    entry = named(agenda, "Tübix init")
    assert entry.abstract.splitlines()[0] == "* Begrüßung"
    assert "\r" not in entry.abstract
    assert (entry.start.written if entry.start else "", entry.link) == (
        "09:30",
        "https://cfp.tuebix.org/tuebix-2024/talk/P79U79/",
    )


def test_version_2_has_days_events_and_persons_beside_each_other(real_data: Path) -> None:
    file = real_data / "schedule-json" / "38c3-hub-schedule2.json"
    agenda, found = read(file)
    data = load(file)["schedule"]
    assert found == []
    assert [str(day.date) for day in agenda.days] == [day["date"] for day in data["conference"]["days"]]
    assert sizes(agenda) == [2, 0, 0, 0], "the talk at 00:15 belongs to the day before, which lasts until 06:00"
    assert names(agenda) == {person["name"] for person in data["persons"]}
    talk = next(entry for entry in agenda.entries() if entry.subtitle)
    assert (talk.start.minutes if talk.start else 0) == 24 * 60 + 15
    assert (talk.room, talk.track, talk.language) == ("Saal ZIGZAG", "Hardware & Making", "en")
    opening = next(agenda.entries())
    assert [cast.duty.value for cast in opening.cast] == ["speaker"] * 3
    assert all(person.bio for person in agenda.people)


def nested(data: Any, part: str) -> list[tuple[str, str, Any]]:
    return [
        (day, minute, talk)
        for day, minutes in data[part].items()
        for minute, at in minutes.items()
        for talk in ([at] if "title" in at else at.values())
    ]


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr"), ("de", "fr")])
def test_talks_nested_by_day_and_minute_are_read_in_the_language_of_the_event(
    real_data: Path, language: str, other: str
) -> None:
    file = real_data / "pretalx-api" / "pyconfr-2024.json"
    data = load(file)
    talks, sprints, extra = (nested(data, part) for part in ("schedule", "sprints", "extra"))
    assert (len(talks), len(sprints), len(extra), len(data["rooms"])) == (68, 8, 5, 11), "SOURCES.md: 38 + 30 talks"
    agenda, found = read(file, Given(language=language))
    assert sizes(agenda) == [8, 38 + 3, 30 + 2]
    assert [(p.severity, p.rule) for p in found] == [(Severity.OPEN, "agenda.languages")]
    assert found[0].message.endswith(f"not {other}")
    breaks = [entry for entry in agenda.entries() if not entry.cast and not entry.end_stated]
    spoken = language if language == "fr" else "en"
    assert {entry.title for entry in breaks} == {" ".join(item["title"][spoken].split()) for _, _, item in extra}
    assert [entry.kind for entry in breaks if entry.service is Service.LUNCH] == [Kind.BREAK] * 2
    assert named(agenda, "Accueil / Welcome").kind is Kind.ADDRESS, "it has a speaker, though Accueil is a registration"
    everybody = {s["name"].strip() for _, _, t in talks + sprints for s in t["speakers"]}
    assert len(data["speakers"]) == 72
    assert {" ".join(name.split()) for name in everybody} <= names(agenda)
    assert {" ".join(person["name"].split()) for person in data["speakers"].values()} <= names(agenda)
    starts = sorted(int(minute) for _, minute, _ in talks + sprints + extra)
    assert sorted(entry.start.minutes for entry in agenda.entries() if entry.start) == starts


def test_submissions_without_a_slot_are_open_points(real_data: Path) -> None:
    agenda, found = read(real_data / "pretalx-api" / "europython-example-submissions.json")
    assert (list(agenda.entries()), len(agenda.coverage)) == ([], 2)
    assert [(p.rule, p.place.line) for p in found] == [("agenda.no-time", 20), ("agenda.no-time", 136)]


def test_speakers_alone_are_no_agenda(real_data: Path) -> None:
    for name in ("pretalx-api/europython-example-speakers.json", "europython-api/example-speakers.json"):
        with pytest.raises(Stop, match="holds the speakers"):
            read(real_data / name)


def test_sessions_of_europython_are_joined_with_the_speakers_beside_them(real_data: Path) -> None:
    file = real_data / "europython-api" / "example-sessions.json"
    agenda, found = read(file)
    assert [(p.rule, p.place.line, p.place.column) for p in found if p.severity is Severity.ERROR] == [
        ("agenda.unknown-id", 6, 23),
        ("agenda.unknown-id", 41, 13),
    ]
    assert sum(p.rule == "agenda.no-time" for p in found) == len(load(file))
    assert [(p.name.full, p.organisation) for p in agenda.people] == [("A Speaker", "A Company")]


def test_sessionize_all_data_is_joined_by_its_ids(real_data: Path) -> None:
    file = real_data / "sessionize" / "global-azure-austria-2024-all.json"
    data = load(file)
    agenda, found = read(file)
    assert found == []
    assert (len(list(agenda.entries())), len(agenda.people), len(rooms(agenda))) == (15, 16, 4)
    assert rooms(agenda) == {room["name"] for room in data["rooms"]}
    people = {speaker["id"]: speaker["fullName"] for speaker in data["speakers"]}
    keys = {person.key: person.name.full for person in agenda.people}
    for session in data["sessions"]:
        entry = next(entry for entry in agenda.entries() if entry.id == session["id"])
        assert [keys[cast.person] for cast in entry.cast] == [people[number] for number in session["speakers"]]
        assert (entry.start.written if entry.start else "") == session["startsAt"][11:16]
        assert (entry.end.written if entry.end else "") == session["endsAt"][11:16]
        assert "\r" not in entry.abstract
    assert all(a.start <= b.start for a, b in pairwise(agenda.entries()) if a.start and b.start)


def test_sessionize_view_of_sessions_has_a_service_session(real_data: Path) -> None:
    agenda, found = read(real_data / "sessionize" / "view-sessions-sample.json")
    assert found == []
    assert next((entry.title, entry.kind, entry.room) for entry in agenda.entries()) == (
        "Check-in",
        Kind.BREAK,
        "Building Q Lobby",
    )
    assert (len(list(agenda.entries())), len(agenda.people)) == (2, 1)


def test_open_event_is_a_folder_of_files(real_data: Path) -> None:
    folder = real_data / "open-event" / "droidcon-2017"
    data = load(folder / "sessions.json")
    agenda, found = read(folder / "sessions.json")
    assert agenda.title == "Droidcon 2017"
    assert (sizes(agenda), len(rooms(agenda)), len(agenda.people)) == ([15, 23], 3, 33)
    assert len(data) == 38
    assert sum(not entry.cast for entry in agenda.entries()) == sum(not each["speakers"] for each in data) == 5
    assert next(agenda.entries()).start is not None
    starts = {entry.start.written for entry in agenda.entries() if entry.start}
    assert starts == {each["starts-at"][11:16] for each in data}, "at -07:00, the clock of the venue"
    assert {p.organisation for p in agenda.people if p.name.full == "Annyce Davis"} == {"Facebook"}
    # session 32 is there twice with all it says: a room with two entries at once, which the check tells
    assert sorted(p.rule for p in found) == ["agenda.sponsors"]
    assert faults(found) == []
    assert [each["id"] for each in data].count(32) == 2
    whole, _ = read(folder / "event.json")
    assert whole.days == agenda.days
    for name in ("speakers", "microlocations", "session_types", "sponsors", "tracks"):
        with pytest.raises(Stop, match="and no session"):
            read(folder / f"{name}.json")


def test_indico_gives_the_same_with_contributions_and_with_sessions(real_data: Path) -> None:
    folder = real_data / "indico"
    event = load(folder / "docs-example-contributions.json")["results"][0]
    known = {each["title"]: each for each in event["contributions"]}
    for name in ("docs-example-contributions.json", "docs-example-sessions.json"):
        agenda, found = read(folder / name)
        assert found == []
        assert (agenda.title, agenda.venue.name, sizes(agenda)) == ("Export Test", "CERN", [2, 2])
        assert {entry.title for entry in agenda.entries()} == set(known)
        for entry in agenda.entries():
            assert entry.start is not None
            assert f"{entry.start}:00" == known[entry.title]["startDate"]["time"]
            assert f"{entry.end}:00" == known[entry.title]["endDate"]["time"]
        sessions = [session.title for day in agenda.days for session in day.sessions]
        assert sessions == [each["session"] for each in known.values() if each["session"]] == ["d2s1"]


def test_an_event_of_indico_alone_stands_in_its_occurrences(real_data: Path) -> None:
    file = real_data / "indico" / "docs-example-event.json"
    agenda, found = read(file)
    times = [(each["startDT"]["date"], each["startDT"]["time"]) for each in load(file)["results"][0]["occurrences"]]
    entries = [(str(day.date), f"{entry.start}:00") for day in agenda.days for entry in day.entries()]
    assert entries == times
    assert [p.rule for p in found] == ["agenda.no-contributions"]


def test_the_timetable_of_indico_has_one_entry(real_data: Path) -> None:
    agenda, found = read(real_data / "indico" / "docs-example-timetable.json")
    assert found == []
    assert [(str(e.start), str(e.end), e.title, e.room) for e in agenda.entries()] == [
        ("16:00", "16:30", "Contrib 1", "160-1-009")
    ]


@pytest.mark.parametrize("seed", range(40))
def test_mutated_real_exports_never_raise(real_data: Path, tmp_path: Path, seed: int) -> None:
    """Values of any other type in any place: what is left is read, or the file is refused in one line."""
    rand = random.Random(seed)
    junk = [
        None,
        True,
        0,
        -1,
        10**30,
        1e300,
        "",
        "x",
        "2026-13-45",
        "99:99",
        [],
        {},
        [[]],
        [None],
        {"a": None},
        "Z" * 500,
    ]
    files = [file for kind in KINDS for file in sorted((real_data / kind).rglob("*.json"))]
    file = files[seed % len(files)]
    data = load(file)
    places = list(places_in(data))
    for _ in range(rand.choice([1, 3, 20])):
        holder, key = rand.choice(places)
        if key in holder if isinstance(holder, dict) else key < len(holder):
            holder[key] = rand.choice(junk)
    mutant = tmp_path / file.name
    mutant.write_text(json.dumps(data), encoding="utf-8")
    problems = Problems()
    try:
        read_agenda(mutant, problems, tmp_path)
    except Stop as stop:
        problems.add(stop.problem)
    assert all("\n" not in problem.message for problem in problems.found)


KINDS = ("schedule-json", "pretalx-api", "europython-api", "sessionize", "open-event", "indico")


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from places_in(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_real_exports_cut_short_give_what_stands_before(real_data: Path, tmp_path: Path, kind: str) -> None:
    for file in sorted((real_data / kind).rglob("*.json")):
        text = file.read_text(encoding="utf-8-sig")
        cut = tmp_path / file.name
        cut.write_text(text[: len(text) * 2 // 3], encoding="utf-8")
        problems = Problems()
        try:
            read_agenda(cut, problems, tmp_path)
        except Stop as stop:
            problems.add(stop.problem)
        ends = [
            p for p in problems.found if p.rule == "agenda.json" or "no schedule" in p.message or "no " in p.message
        ]
        assert ends, file
