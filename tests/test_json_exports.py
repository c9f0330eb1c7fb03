"""Exports in JSON: what each format has that others have not, and what is wrong in one is told once, in its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_exports import Folder, entry, rules, shown

from eventprint.event import Kind, Service
from eventprint.problems import Problems, Severity, Stop
from eventprint.read.agenda import read_agenda


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# schedule.json


def frab(*events: dict[str, Any], **conference: Any) -> dict[str, Any]:
    day = {
        "index": 1,
        "date": "2026-05-07",
        "day_start": "2026-05-07T09:00:00+02:00",
        "day_end": "2026-05-08T04:00:00+02:00",
        "rooms": {"Aula": list(events)},
    }
    conference = {"title": "Bees", "time_zone_name": "Europe/Berlin", "days": [day], **conference}
    return {"schedule": {"version": "1", "conference": conference}}


def talk(number: int, clock: str, **more: Any) -> dict[str, Any]:
    on = "08" if clock < "09" else "07"
    return {
        "id": number,
        "guid": f"guid-{number}",
        "date": f"2026-05-{on}T{clock}:00+02:00",
        "start": clock,
        "duration": "00:45",
        "room": "Aula",
        "title": f"Talk {number}",
        "persons": [{"id": number, "public_name": f"Ada {chr(64 + number)}"}],
        **more,
    }


def test_a_schedule_by_day_and_room_is_read(folder: Folder) -> None:
    agenda, found = folder.read(frab(talk(1, "10:00"), talk(2, "01:00")))
    assert found == []
    assert agenda.title == "Bees"
    assert shown(agenda) == [
        "2026-05-07 10:00-10:45 [Aula] Talk 1 (Ada A)",
        "2026-05-07 01:00-01:45 [Aula] Talk 2 (Ada B)",
    ], "the night belongs to the day before"


def test_the_clock_at_the_venue_is_printed_whatever_zone_the_date_is_in(folder: Folder) -> None:
    agenda, found = folder.read(
        frab(talk(1, "10:00", date="2026-05-07T08:00:00Z"), talk(2, "11:00", date="2026-05-07"))
    )
    assert (shown(agenda)[0][11:16], shown(agenda)[1][11:16], found) == ("10:00", "11:00", [])


def test_a_start_may_be_a_whole_moment(folder: Folder) -> None:
    data = frab(talk(1, "10:00", date=None, start="2026-05-07T10:00:00+02:00"))["schedule"]
    data["conference"]["days"][0] |= {"day_start": "10:30", "day_end": "21:53"}
    agenda, found = folder.read(data)
    assert (shown(agenda), found) == (["2026-05-07 10:00-10:45 [Aula] Talk 1 (Ada A)"], [])


def test_rooms_may_be_a_list(folder: Folder) -> None:
    data = frab(rooms=[{"name": "Saal"}, {"name": "Aula"}])
    data["schedule"]["conference"]["days"][0]["rooms"] = [{"name": "Saal", "events": [talk(1, "10:00", room=None)]}]
    agenda, found = folder.read(data)
    assert (shown(agenda), found) == (["2026-05-07 10:00-10:45 [Saal] Talk 1 (Ada A)"], [])


@pytest.mark.parametrize(
    ("change", "severity", "rule", "words"),
    [
        ({"date": "2026-05-07T10:30:00+02:00"}, "warning", "agenda.two-times", "start says 10:00, but date says 10:30"),
        ({"date": "2026-15-07T10:00:00"}, "error", "agenda.time", "“2026-15-07T10:00:00” is no time"),
        ({"start": "ten"}, "error", "agenda.time", "“ten” is no time"),
        ({"date": None, "start": "10:75"}, "error", "agenda.time", "“10:75” is no time"),
        ({"date": None, "start": None}, "open", "agenda.no-time", "has no time"),
        ({"duration": "long"}, "error", "agenda.length", "“long” is no length"),
        ({"duration": []}, "error", "agenda.length", "a list is no length"),
        ({"room": "Keller"}, "warning", "agenda.two-rooms", "but its room is Keller"),
        ({"title": ""}, "warning", "agenda.no-title", "has no title"),
        ({"state": "cancelled"}, "warning", "agenda.left-out", "is cancelled"),
        ({"persons": [{"id": 9, "public_name": "TBA"}]}, None, "", ""),
        ({"date": "2026-06-20T10:00:00+02:00"}, "warning", "agenda.other-day", "stands on 2026-05-07"),
    ],
)
def test_a_fault_in_a_schedule_is_told_once_in_its_place(
    folder: Folder, change: dict[str, Any], severity: str | None, rule: str, words: str
) -> None:
    data = frab(talk(1, "10:00", **change), talk(2, "11:00"))
    agenda, found = folder.read(data)
    assert "2026-05-07 11:00-11:45 [Aula] Talk 2 (Ada B)" in shown(agenda), "everything else is read"
    if severity is None:
        assert found == []
        return
    assert [(p.severity.value, p.rule) for p in found] == [(severity, rule)]
    assert words in found[0].message
    assert found[0].place.line in range(folder.line('"id": 1,'), folder.line('"id": 2,'))


def test_a_speaker_to_be_confirmed_is_a_state(folder: Folder) -> None:
    agenda, _ = folder.read(frab(talk(1, "10:00", persons=[{"public_name": "TBA"}])))
    assert (next(agenda.entries()).to_be_confirmed, agenda.people) == (True, ())


@pytest.mark.parametrize("junk", [None, 5, "x", [], {}, [[]], [None, 5, "x"], {"a": 5}, True])
@pytest.mark.parametrize("where", ["days", "rooms", "events", "persons", "title", "date", "conference", "track"])
def test_wrong_types_anywhere_are_borne(folder: Folder, where: str, junk: Any) -> None:
    data = frab(talk(1, "10:00"))
    conference = data["schedule"]["conference"]
    match where:
        case "days":
            conference["days"] = junk
        case "rooms":
            conference["days"][0]["rooms"] = junk
        case "events":
            conference["days"][0]["rooms"]["Aula"] = junk
        case "conference":
            data["schedule"]["conference"] = junk
        case _:
            conference["days"][0]["rooms"]["Aula"][0][where] = junk
    try:
        agenda, found = folder.read(data)
    except Stop as stop:
        lines = str(stop.problem).splitlines()
    else:
        lines = [str(p.place.file) for p in found]
        assert len(list(agenda.entries())) <= 2
    assert all("agenda.json" in line or line.startswith("  hint:") for line in lines)


def hub(**event: Any) -> dict[str, Any]:
    return {
        "schedule": {
            "conference": {
                "title": "Bees",
                "time_zone_name": "Europe/Berlin",
                "tracks": [{"slug": "hive", "name": "The Hive"}],
                "rooms": [{"guid": "r1", "slug": "aula", "name": "Aula"}],
                "days": [
                    {"date": "2026-05-07", "start": "2026-05-07T09:00:00+02:00", "end": "2026-05-08T05:00:00+02:00"},
                    {"date": "2026-05-08", "start": "2026-05-08T05:00:00+02:00", "end": "2026-05-09T05:00:00+02:00"},
                ],
            },
            "events": [
                {
                    "guid": "e1",
                    "start": "2026-05-07T23:30:00Z",
                    "end": "2026-05-08T00:15:00Z",
                    "room": {"guid": "r1"},
                    "title": "Night flight",
                    "track": {"slug": "hive"},
                    "participants": [
                        {"guid": "p1", "role": "MODERATOR"},
                        {"guid": "p2", "name": "Alan", "role": "SPEAKER"},
                    ],
                    **event,
                }
            ],
            "persons": [{"guid": "p1", "name": "Ada", "biography": "Bio"}],
        }
    }


def test_version_2_joins_rooms_tracks_and_persons(folder: Folder) -> None:
    agenda, found = folder.read(hub())
    assert found == []
    assert shown(agenda) == ["2026-05-07 01:30-02:15 [Aula] Night flight (Ada, Alan)"]
    night = entry(agenda, "Night flight")
    assert (night.track, [cast.duty.value for cast in night.cast]) == ("The Hive", ["moderator", "speaker"])
    assert agenda.people[0].bio == "Bio"


def test_a_hidden_event_of_version_2_is_left_out(folder: Folder) -> None:
    agenda, found = folder.read(hub(state="DRAFT"))
    assert (shown(agenda), rules(found)) == ([], [("warning", "agenda.left-out", folder.line("Night flight"))])


# pretalx


def submission(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Talk {code}",
        "speakers": [{"code": f"S{code}", "name": f"Ada {code}", "email": f"{code}@example.org"}],
        "submission_type": {"en": "Talk"},
        "track": None,
        "state": "confirmed",
        "content_locale": "en",
        "duration": 30,
        "slot_count": 1,
        "slot": {"room": {"en": "Aula"}, "start": "2026-05-07T10:00:00+02:00", "end": "2026-05-07T10:30:00+02:00"},
        **more,
    }


def test_submissions_are_read_from_an_answer_of_several_pages(folder: Folder) -> None:
    page = {"count": 2, "next": None, "results": [submission("A"), submission("B", state="rejected")]}
    agenda, found = folder.read(page)
    assert shown(agenda) == ["2026-05-07 10:00-10:30 [Aula] Talk A (Ada A)"]
    assert rules(found) == [("warning", "agenda.left-out", folder.line("Talk B"))]
    assert [person.known_as[0] for person in agenda.people] == ["id:SA"]
    assert "example.org" not in repr(agenda), "a mail address is kept as a hash alone"


def test_many_rejected_submissions_are_one_word(folder: Folder) -> None:
    _, found = folder.read([submission("A"), *(submission(f"R{n}", state="rejected") for n in range(9))])
    assert rules(found) == [("warning", "agenda.left-out", folder.line("Talk R0"))]
    assert "9 entries are rejected" in found[0].message


def test_cancelled_submissions_are_told_one_by_one(folder: Folder) -> None:
    _, found = folder.read([submission("A"), submission("B", state="canceled"), submission("C", state="withdrawn")])
    assert [p.message for p in found] == [
        "“Talk B” is cancelled and is left out",
        "“Talk C” is withdrawn and is left out",
    ]


def test_a_submission_in_two_slots_stands_twice(folder: Folder) -> None:
    slots = [
        {"id": n, "room": {"id": 1, "name": {"en": "Aula"}}, "start": f"2026-05-0{n}T10:00:00+02:00", "end": None}
        for n in (7, 8)
    ]
    agenda, found = folder.read([submission("A", slot=None, slots=slots)])
    assert shown(agenda) == [
        "2026-05-07 10:00-10:30 [Aula] Talk A (Ada A)",
        "2026-05-08 10:00-10:30 [Aula] Talk A (Ada A)",
    ]
    assert found == []


def test_newer_submissions_name_speakers_and_slots_by_their_numbers(folder: Folder) -> None:
    agenda, found = folder.read(
        [submission("A", slot=None, slots=[5], speakers=["SA"], track=3, submission_type=2)],
        speakers={"results": [{"code": "SA", "name": "Ada", "submissions": ["A"], "biography": "Bio"}]},
        slots={
            "results": [{"id": 5, "room": 1, "start": "2026-05-07T10:00:00+02:00", "end": "2026-05-07T10:30:00+02:00"}]
        },
        rooms={"results": [{"id": 1, "name": {"en": "Aula"}}]},
        tracks={"results": [{"id": 3, "name": {"en": "Hive"}}]},
    )
    assert (shown(agenda), found) == (["2026-05-07 10:00-10:30 [Aula] Talk A (Ada)"], [])
    assert (entry(agenda, "Talk A").track, agenda.people[0].bio) == ("Hive", "Bio")


def test_slots_hold_talks_and_breaks(folder: Folder) -> None:
    slot = {"schedule": 1, "is_visible": True, "room": {"id": 1, "name": {"en": "Aula"}}, "end": None}
    slots = [
        {"id": 1, "submission": submission("A"), "start": "2026-05-07T10:00:00+02:00", **slot},
        {"id": 2, "submission": None, "description": {"en": "Coffee"}, "start": "2026-05-07T10:30:00+02:00", **slot},
        {"id": 3, "submission": "ZZZ", "start": "2026-05-07T11:00:00+02:00", **slot},
        {"id": 4, "submission": submission("D"), "start": "2026-05-07T12:00:00+02:00", **slot, "is_visible": False},
    ]
    agenda, found = folder.read({"results": slots})
    assert shown(agenda)[:2] == ["2026-05-07 10:00-10:30 [Aula] Talk A (Ada A)", "2026-05-07 10:30- [Aula] Coffee"]
    assert (entry(agenda, "Coffee").kind, entry(agenda, "Coffee").service) == (Kind.BREAK, Service.COFFEE)
    assert ("error", "agenda.unknown-id", folder.line('"ZZZ"')) in rules(found)
    assert any("“Talk D” is hidden" in p.message for p in found)


def test_a_dangling_speaker_is_told_at_its_place(folder: Folder) -> None:
    agenda, found = folder.read(
        [submission("A", speakers=["SA", "SB"])],
        speakers=[{"code": "SA", "name": "Ada", "submissions": []}, {"code": "SA", "name": "Eve", "submissions": []}],
    )
    assert shown(agenda) == ["2026-05-07 10:00-10:30 [Aula] Talk A (Ada)"]
    assert [(p.severity.value, p.rule, p.place.file, p.place.line) for p in found] == [
        ("warning", "agenda.equal-ids", "speakers.json", 8),
        ("error", "agenda.unknown-id", "agenda.json", folder.line('"SB"')),
    ]


def test_a_talk_by_minute_whose_slot_says_another_time_is_told(folder: Folder) -> None:
    data = {"schedule": {"2026-05-07": {"600": {"1": submission("A")}, "660": {"1": submission("B")}}}, "rooms": []}
    agenda, found = folder.read(data)
    assert [line[11:16] for line in shown(agenda)] == ["10:00", "11:00"]
    text = (folder.path / "agenda.json").read_text(encoding="utf-8")
    second = text[: text.rindex('"start": "2026')].count("\n") + 1
    assert rules(found) == [("warning", "agenda.two-times", second)], "the slot of the second talk"


# Sessionize


def session(number: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"Talk {number}",
        "description": "One\r\n\r\nTwo",
        "startsAt": "2026-05-07T10:00:00",
        "endsAt": "2026-05-07T10:45:00",
        "isServiceSession": False,
        "isPlenumSession": False,
        "speakers": ["a"],
        "categoryItems": [7, 8],
        "roomId": 1,
        "status": "Accepted",
        **more,
    }


def everything(*sessions: dict[str, Any]) -> dict[str, Any]:
    return {
        "sessions": list(sessions),
        "speakers": [
            {"id": "a", "firstName": "Ada", "lastName": "Lovelace", "fullName": "Ada Lovelace", "tagLine": "Countess"}
        ],
        "rooms": [{"id": 2, "name": "Saal", "sort": 0}, {"id": 1, "name": "Aula", "sort": 1}],
        "categories": [
            {"title": "Track", "items": [{"id": 7, "name": "Hive"}]},
            {"title": "Session format", "items": [{"id": 8, "name": "Panel"}]},
        ],
    }


def test_all_data_is_joined(folder: Folder) -> None:
    agenda, found = folder.read(everything(session("1")))
    assert (shown(agenda), found) == (["2026-05-07 10:00-10:45 [Aula] Talk 1 (Ada Lovelace)"], [])
    one = entry(agenda, "Talk 1")
    assert (one.track, one.kind, one.abstract) == ("Hive", Kind.PANEL, "One\n\nTwo")
    assert (agenda.people[0].position, agenda.people[0].name.family) == ("Countess", "Lovelace")


def test_what_people_were_asked_tells_more_of_them(folder: Folder) -> None:
    data = everything(session("1"))
    data["questions"] = [{"id": 4, "question": "Company"}, {"id": 5, "question": "T-shirt size"}]
    data["speakers"][0]["questionAnswers"] = [
        {"questionId": 4, "answerValue": "Analytical"},
        {"questionId": 5, "answerValue": "M"},
    ]
    agenda, _ = folder.read(data)
    assert agenda.people[0].organisation == "Analytical"
    answers = [
        {"question": {"id": 1, "question": {"en": "Company / Organization"}}, "answer": "Analytical"},
        {"question": {"id": 2, "question": {"en": "Pronouns"}}, "answer": "she/her"},
        {"question": {"id": 3, "question": {"en": "Are you over 18?"}}, "answer": "yes"},
    ]
    agenda, _ = folder.read([submission("A", speakers=[{"code": "S", "name": "Ada", "answers": answers}])])
    assert (agenda.people[0].organisation, agenda.people[0].pronouns) == ("Analytical", "she/her")


def test_the_sessions_without_rooms_keep_their_order_of_rooms(folder: Folder) -> None:
    agenda, _ = folder.read(everything(session("1"), session("2", roomId=2)))
    assert [line.split()[2] for line in shown(agenda)] == ["[Saal]", "[Aula]"], "as Sessionize sorts its rooms"


@pytest.mark.parametrize(
    ("change", "severity", "rule", "words"),
    [
        ({"roomId": 99}, "error", "agenda.unknown-id", '"roomId": 99'),
        ({"speakers": ["a", "zz"]}, "error", "agenda.unknown-id", '"zz"'),
        ({"startsAt": None}, "open", "agenda.no-time", "Talk 1"),
        ({"startsAt": "tomorrow"}, "error", "agenda.time", "tomorrow"),
        ({"startsAt": {}}, "error", "agenda.time", '"startsAt"'),
        ({"endsAt": "2026-05-07T09:00:00"}, "error", "agenda.range", "T09:00:00"),
        ({"status": "Declined"}, "warning", "agenda.left-out", "Talk 1"),
        ({"status": "Waitlisted"}, "warning", "agenda.left-out", "Talk 1"),
    ],
)
def test_a_fault_in_all_data_is_told_once_in_its_place(
    folder: Folder, change: dict[str, Any], severity: str, rule: str, words: str
) -> None:
    agenda, found = folder.read(everything(session("1", **change), session("2")))
    assert rules(found) == [(severity, rule, folder.line(words))]
    assert "2026-05-07 10:00-10:45 [Aula] Talk 2 (Ada Lovelace)" in shown(agenda)


def test_the_grid_is_read_by_day_and_room(folder: Folder) -> None:
    nested = [{"id": "a", "name": "Ada Lovelace"}]
    plenum = session("9", title="Lunch", isServiceSession=True, isPlenumSession=True, speakers=[], room="Aula")
    day = {
        "date": "2026-05-07T00:00:00",
        "rooms": [
            {"id": 1, "name": "Aula", "sessions": [session("1", room="Aula", speakers=nested), plenum]},
            {"id": 2, "name": "Saal", "sessions": [session("2", room="Saal", speakers=[])]},
        ],
        "timeSlots": [{"slotStart": "10:00:00", "rooms": [{"id": 1, "name": "Aula", "session": session("1")}]}],
    }
    agenda, found = folder.read([day])
    assert found == []
    assert sorted(shown(agenda)) == [
        "2026-05-07 10:00-10:45 [Aula] Lunch",
        "2026-05-07 10:00-10:45 [Aula] Talk 1 (Ada Lovelace)",
        "2026-05-07 10:00-10:45 [Saal] Talk 2",
    ], "the slots say the same again"


def test_speakers_of_sessionize_alone_are_no_agenda(folder: Folder) -> None:
    with pytest.raises(Stop, match="holds the speakers of Sessionize, and no session"):
        folder.read([{"id": "a", "fullName": "Ada", "profilePicture": "x", "sessions": [{"id": "1", "name": "Wax"}]}])


# Indico


def when(clock: str, zone: str = "Europe/Zurich") -> dict[str, str]:
    return {"date": "2026-05-07", "time": f"{clock}:00", "tz": zone}


def contribution(number: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {
        "_type": "Contribution",
        "id": number,
        "title": f"Talk {number}",
        "startDate": when(start),
        "endDate": when(end),
        "speakers": [
            {"first_name": "Ada", "last_name": f"L{number}", "fullName": f"L{number}, Ada", "affiliation": "CERN"}
        ],
        "room": "Aula",
        "location": "CERN",
        "session": None,
        **more,
    }


def indico(**event: Any) -> dict[str, Any]:
    whole = {
        "_type": "Conference",
        "id": "1",
        "title": "Bees",
        "timezone": "Europe/Zurich",
        "startDate": when("09:00"),
        "endDate": when("18:00"),
        "location": "CERN",
        "description": "<p>About <b>bees</b></p>",
        "chairs": [{"first_name": "Marie", "last_name": "Curie"}],
        **event,
    }
    return {"_type": "HTTPAPIResult", "count": 1, "results": [whole]}


def test_contributions_sessions_and_subcontributions(folder: Folder) -> None:
    parts = [{"title": "Part a", "speakers": [{"first_name": "Alan", "last_name": "Turing"}]}, {"title": "Part b"}]
    agenda, found = folder.read(
        indico(
            contributions=[contribution("1", "09:00", "09:30", subContributions=parts)],
            sessions=[
                {
                    "_type": "Session",
                    "id": "5",
                    "title": "Hives",
                    "startDate": when("10:00"),
                    "endDate": when("12:00"),
                    "room": "Saal",
                    "conveners": [{"first_name": "Grace", "last_name": "Hopper"}],
                    "contributions": [contribution("2", "10:00", "10:30"), contribution("2", "10:00", "10:30")],
                },
                {
                    "_type": "Session",
                    "id": "6",
                    "title": "Coffee",
                    "startDate": when("12:00"),
                    "endDate": when("12:30"),
                },
            ],
        )
    )
    assert found == []
    assert shown(agenda) == [
        "2026-05-07 09:00-09:30 [Aula] Talk 1 (Ada L1)",
        "2026-05-07 --:--- [Aula] Part a (Alan Turing)",
        "2026-05-07 --:--- [Aula] Part b",
        "2026-05-07 10:00-10:30 [Aula] Talk 2 (Ada L2)",
        "2026-05-07 12:00-12:30 Coffee",
    ]
    hives = agenda.days[0].sessions[0]
    names = {person.key: person.name.full for person in agenda.people}
    assert (hives.title, hives.room, [names[cast.person] for cast in hives.cast]) == ("Hives", "Saal", ["Grace Hopper"])
    assert [names[cast.person] for cast in agenda.cast] == ["Marie Curie"]
    assert (agenda.introduction, agenda.venue.name) == ("About bees", "CERN")


def test_a_person_of_indico_is_one_in_two_contributions(folder: Folder) -> None:
    def ada(number: int) -> dict[str, Any]:
        return {
            "id": str(number),
            "db_id": number,
            "person_id": 7,
            "fullName": "Lovelace, Ada",
            "email": ["a@example.org"],
        }

    agenda, found = folder.read(
        indico(
            contributions=[
                contribution("1", "09:00", "09:30", speakers=[ada(101)]),
                contribution("2", "10:00", "10:30", speakers=[ada(102)]),
            ],
            chairs=[],
        )
    )
    assert ([person.name.full for person in agenda.people], found) == (["Ada Lovelace"], [])
    assert agenda.people[0].name.family == "Lovelace"


def test_slots_of_one_session_have_titles_of_their_own(folder: Folder) -> None:
    slots = [
        {
            "_type": "SessionSlot",
            "id": number,
            "title": "Hives",
            "slotTitle": f"Part {number}",
            "session": {"title": "Hives"},
            "startDate": when(start),
            "endDate": when(end),
            "conveners": [],
            "contributions": [contribution(str(number), start, end)],
        }
        for number, start, end in ((1, "09:00", "10:00"), (2, "11:00", "12:00"))
    ]
    agenda, found = folder.read(indico(sessions=slots, contributions=[contribution("1", "09:00", "10:00")]))
    assert ([session.title for session in agenda.days[0].sessions], found) == (["Hives: Part 1", "Hives: Part 2"], [])
    assert len(list(agenda.entries())) == 2


def test_a_contribution_in_another_zone_is_at_the_clock_of_the_venue(folder: Folder) -> None:
    moved = contribution("1", "08:00", "08:30", startDate=when("08:00", "UTC"), endDate=when("08:30", "UTC"))
    agenda, _ = folder.read(indico(contributions=[moved]))
    assert shown(agenda) == ["2026-05-07 10:00-10:30 [Aula] Talk 1 (Ada L1)"]


def test_the_timetable_by_day_has_sessions_and_breaks(folder: Folder) -> None:
    def timed(kind: str, number: str, start: str, end: str, **more: Any) -> dict[str, Any]:
        whole = {"entryType": kind, "uniqueId": number, "id": number, "conferenceId": 1, "title": number}
        return {**whole, "startDate": when(start), "endDate": when(end), **more}

    people = [{"firstName": "Ada", "familyName": "Lovelace", "name": "Ms Ada Lovelace", "email": "ada@example.org"}]
    inside = {
        "c2": timed("Contribution", "c2", "10:00", "10:30", presenters=people),
        "b3": timed("Break", "b3", "10:30", "11:00", title="Tea"),
    }
    links = [{"firstName": "Alan", "familyName": "Turing", "roles": ["primary"]}, {**people[0], "roles": ["speaker"]}]
    entries = {
        "s1": timed(
            "Session", "s1", "10:00", "12:00", title="Hives", slotTitle="Part I", entries=inside, conveners=people
        ),
        "s4": timed("Session", "s4", "12:00", "13:00", title="Lunch", entries={}),
        "c5": timed("Contribution", "c5", "13:00", "13:30", personLinks=links),
    }
    agenda, found = folder.read({"results": {"1": {"20260507": entries, "20260508": {}}}})
    assert found == []
    assert shown(agenda) == [
        "2026-05-07 10:00-10:30 c2 (Ada Lovelace)",
        "2026-05-07 10:30-11:00 Tea",
        "2026-05-07 12:00-13:00 Lunch",
        "2026-05-07 13:00-13:30 c5 (Ada Lovelace)",
    ]
    assert agenda.days[0].sessions[0].title == "Hives: Part I"
    assert [entry(agenda, title).service for title in ("Tea", "Lunch")] == [Service.COFFEE, Service.LUNCH]
    assert "ada@example.org" not in repr(agenda)


def test_the_newer_timetable_counts_in_seconds(folder: Folder) -> None:
    place = {"room_name": "Aula", "venue_name": "CERN"}
    data = {
        "session_blocks": [
            {
                "id": 1,
                "title": "Hives",
                "start_dt": "2026-05-07T10:00:00+02:00",
                "duration": 3600,
                "session_id": 9,
                "conveners": [{"first_name": "Grace", "last_name": "Hopper"}],
                "location_data": place,
                "code": "H",
            }
        ],
        "contributions": [
            {
                "id": 2,
                "title": "Wax",
                "start_dt": "2026-05-07T10:00:00+02:00",
                "duration": 1800,
                "session_block_id": 1,
                "person_links": [{"first_name": "Ada", "last_name": "Lovelace", "is_speaker": True}],
                "location_data": place,
            }
        ],
        "breaks": [
            {
                "id": 3,
                "title": "Pause",
                "start_dt": "2026-05-07T11:00:00+02:00",
                "duration": 900,
                "session_id": None,
                "location_data": place,
            }
        ],
    }
    agenda, found = folder.read(data)
    assert found == []
    assert shown(agenda) == ["2026-05-07 10:00-10:30 Wax (Ada Lovelace)", "2026-05-07 11:00-11:15 [Aula] Pause"]
    assert (agenda.days[0].sessions[0].title, agenda.days[0].sessions[0].room) == ("Hives", "Aula")


def test_an_event_without_contributions_says_how_to_export_them(folder: Folder) -> None:
    agenda, found = folder.read(indico())
    assert rules(found) == [("open", "agenda.no-contributions", folder.line('"Bees"'))]
    assert shown(agenda) == ["2026-05-07 09:00-18:00 Bees (Marie Curie)"]


# EuroPython, Open Event, Sched, wafer, Hoverboard


def test_europython_by_day_has_events_in_several_rooms(folder: Folder) -> None:
    rooms = ["North", "South"]
    events = [
        {
            "event_type": "break",
            "title": "Coffee",
            "duration": 30,
            "rooms": rooms,
            "start": "2026-05-07T10:00:00+02:00",
        },
        {
            "event_type": "session",
            "session_type": "Talk",
            "code": "A",
            "title": "Wax",
            "duration": 45,
            "rooms": ["South"],
            "start": "2026-05-07T10:30:00+02:00",
            "speakers": [{"code": "S", "name": "Ada"}],
            "website_url": "https://e.example/a",
        },
    ]
    agenda, found = folder.read({"days": {"2026-05-07": {"rooms": rooms, "events": events}}})
    assert (shown(agenda), found) == (
        ["2026-05-07 10:00-10:30 Coffee", "2026-05-07 10:30-11:15 [South] Wax (Ada)"],
        [],
    )
    assert (entry(agenda, "Coffee").service, entry(agenda, "Wax").link) == (Service.COFFEE, "https://e.example/a")


def open_event(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"Talk {number}",
        "short-abstract": "<p>About &amp; more</p>",
        "long-abstract": "",
        "starts-at": "2026-05-07T10:00:00-07:00",
        "ends-at": "2026-05-07T10:45:00-07:00",
        "session-type": {"id": 1, "name": "Talk"},
        "track": {"id": 1, "name": "Hive"},
        "speakers": [{"id": 1, "name": "Ada", "organisation": "Analytical"}],
        "microlocation": {"id": 1, "name": "Aula"},
        "state": "accepted",
        **more,
    }


def test_open_event_takes_what_the_files_beside_it_know(folder: Folder) -> None:
    agenda, found = folder.read(
        [open_event(1), open_event(2, state="rejected", speakers=[{"id": 2, "name": "Eve"}])],
        event={"name": "Bees", "organizer-name": "X", "location-name": "The Hall", "timezone": "US/Pacific"},
        speakers=[
            {
                "id": 1,
                "name": "Ada",
                "organisation": "",
                "position": "Countess",
                "sessions": [],
                "short-biography": "Bio",
            },
            {"id": 2, "name": "Eve", "organisation": "", "sessions": []},
        ],
    )
    assert shown(agenda) == ["2026-05-07 10:00-10:45 [Aula] Talk 1 (Ada)"]
    assert (agenda.title, agenda.venue.name, entry(agenda, "Talk 1").abstract) == ("Bees", "The Hall", "About & more")
    ada = agenda.people[0]
    assert (ada.organisation, ada.position, ada.bio) == ("Analytical", "Countess", "Bio")
    assert [person.name.full for person in agenda.people] == ["Ada"], "nobody whose only talk was rejected"
    assert rules(found) == [("warning", "agenda.left-out", folder.line("Talk 2"))]


def test_a_fault_in_a_file_beside_is_told_there(folder: Folder) -> None:
    text = '[{"id": 1, "name": "Ada",}]'
    _, found = folder.read([open_event(1)], speakers=text)
    at = text.index(",}") + 1
    assert [(p.rule, p.place.file, p.place.column) for p in found] == [("agenda.json", "speakers.json", at)]


def test_sched_has_hidden_sessions_and_kinds(folder: Folder) -> None:
    def sched(key: str, **more: Any) -> dict[str, Any]:
        whole = {
            "event_key": key,
            "name": f"Talk {key}",
            "event_start": "2026-05-07 10:00",
            "event_end": "2026-05-07 10:45",
        }
        return {
            **whole,
            "event_type": "Hive",
            "venue": "Aula",
            "speakers": "Ada Lovelace, Alan Turing",
            "active": "Y",
            **more,
        }

    lunch = sched("C", name="Lunch", event_type="Meals", speakers="", event_start="2026-05-07 12:00", event_end=None)
    people = [{"name": "Grace Hopper", "company": "Navy"}]
    agenda, found = folder.read(
        [sched("A"), sched("B", active="N"), lunch, sched("D", moderators=people, speakers=None)]
    )
    assert shown(agenda) == [
        "2026-05-07 10:00-10:45 [Aula] Talk A (Ada Lovelace, Alan Turing)",
        "2026-05-07 10:00-10:45 [Aula] Talk D (Grace Hopper)",
        "2026-05-07 12:00- [Aula] Lunch",
    ]
    assert (entry(agenda, "Talk A").track, entry(agenda, "Lunch").kind) == ("Hive", Kind.BREAK)
    assert entry(agenda, "Talk D").cast[0].duty == "moderator"
    assert rules(found) == [("warning", "agenda.left-out", folder.line("Talk B"))]


def test_wafer_names_venues_by_number(folder: Folder) -> None:
    event = {"id": 1, "start_time": "2026-05-07T10:00:00+02:00", "duration": 45, "title": "Wax", "track": "No Track"}
    events = [
        {**event, "room_id": 4, "authors": [{"name": "Ada", "email": "ada@example.org"}], "description": "# Text"},
        {**event, "id": 2, "room_id": 5, "authors": []},
    ]
    agenda, found = folder.read({"conference name": "Bees", "venues": [{"id": 4, "name": "Aula"}], "events": events})
    assert (agenda.title, sorted(shown(agenda))) == (
        "Bees",
        ["2026-05-07 10:00-10:45 Wax", "2026-05-07 10:00-10:45 [Aula] Wax (Ada)"],
    )
    assert rules(found) == [("error", "agenda.unknown-id", folder.line('"room_id": 5'))]
    assert [each.track for each in agenda.entries()] == ["", ""]


def test_hoverboard_has_slots_over_tracks(folder: Folder) -> None:
    day = {
        "date": "2026-05-07",
        "tracks": [{"title": "Aula"}, {"title": "Saal"}],
        "timeslots": [
            {"startTime": "09:00", "endTime": "10:00", "sessions": [{"items": ["coffee"]}]},
            {"startTime": "10:00", "endTime": "10:45", "sessions": [{"items": [1]}, {"items": [2], "extend": 2}]},
            {"startTime": "11:00", "endTime": "11:45", "sessions": [{"items": [3]}, {"items": []}]},
            {"startTime": "11:45", "endTime": "12:30", "sessions": [[3], [99]]},
            {"startTime": "12:30", "endTime": "13:00", "sessions": [{"items": ["coffee"]}]},
        ],
    }
    agenda, found = folder.read(
        {"2026-05-07": day},
        sessions={
            "1": {"title": "Wax", "speakers": ["ada", "nobody"]},
            "2": {"title": "Honey", "speakers": ["ada"]},
            "3": {"title": "Queens", "speakers": []},
            "coffee": {"title": "Coffee break"},
        },
        speakers={"ada": {"name": "Ada", "company": "Analytical", "title": "Lead"}},
    )
    assert shown(agenda) == [
        "2026-05-07 09:00-10:00 Coffee break",
        "2026-05-07 10:00-10:45 [Aula] Wax (Ada)",
        "2026-05-07 10:00-11:45 [Saal] Honey (Ada)",
        "2026-05-07 11:00-12:30 [Aula] Queens",
        "2026-05-07 11:45-12:30 [Saal] session 99",
        "2026-05-07 12:30-13:00 Coffee break",
    ]
    assert [(p.rule, p.place.file) for p in found] == [
        ("agenda.unknown-id", "sessions.json"),
        ("agenda.unknown-id", "agenda.json"),
    ]
    assert (agenda.people[0].organisation, agenda.people[0].position) == ("Analytical", "Lead")


# Damaged files


def test_a_damaged_export_is_read_as_far_as_it_goes(folder: Folder) -> None:
    text = json.dumps(frab(talk(1, "10:00"), talk(2, "11:00"), talk(3, "12:00")), indent=1)
    cut = text[: text.index('"title": "Talk 3"')]
    agenda, found = folder.read(cut)
    assert [line.split(" [")[0] for line in shown(agenda)][:2] == ["2026-05-07 10:00-10:45", "2026-05-07 11:00-11:45"]
    assert ("error", "agenda.json", len(cut.splitlines())) in rules(found)
    by_hand = text.replace('"duration": "00:45",', '"duration": "00:45", // long\n', 1).replace("]", ",]", 1)
    agenda, found = folder.read(by_hand)
    assert len(shown(agenda)) == 3
    assert [p.rule for p in found] == ["agenda.json", "agenda.json"]
    assert {p.severity for p in found} == {Severity.WARNING}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings_are_those_of_any_text(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(frab(talk(1, "10:00", title="Über Bienen")), ensure_ascii=False)
    data = text.encode(encoding)
    (tmp_path / "agenda.json").write_bytes(b"\xfe\xff" + data if encoding == "utf-16-be" else data)
    problems = Problems()
    agenda = read_agenda(tmp_path / "agenda.json", problems, tmp_path)
    assert next(agenda.entries()).title == "Über Bienen"
    assert [p.rule for p in problems.found] == (["file.encoding"] if encoding == "cp1252" else [])
