"""Any sensible JSON: objects with a title and a start, whatever holds them and whatever their names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_exports import Folder, rules, shown

from eventprint.problems import Severity, Stop
from eventprint.read.agenda import Given


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            [
                {
                    "title": "Wax",
                    "start": "2026-05-07T10:00",
                    "end": "2026-05-07T10:45",
                    "room": "Aula",
                    "speakers": ["A", "B"],
                }
            ],
            ["2026-05-07 10:00-10:45 [Aula] Wax (A, B)"],
        ),
        (
            [
                {
                    "Title": "Wax",
                    "Start Time": "10:00 AM",
                    "End Time": "1:15 PM",
                    "Date": "May 7, 2026",
                    "Speaker": "A. & B.",
                }
            ],
            ["2026-05-07 10:00-13:15 Wax (A., B.)"],
        ),
        (
            {"days": [{"date": "2026-05-07", "slots": [{"time": "10:00 - 10:45", "talks": [{"title": "Wax"}]}]}]},
            ["2026-05-07 10:00-10:45 Wax"],
        ),
        (
            {"2026-05-07": {"Aula": [{"title": "Wax", "start": "10:00", "duration": 45}]}},
            ["2026-05-07 10:00-10:45 [Aula] Wax"],
        ),
        (
            {
                "days": [
                    {"date": "2026-05-07", "rooms": [{"name": "A", "sessions": [{"title": "Wax", "start": "10:00"}]}]}
                ]
            },
            ["2026-05-07 10:00- [A] Wax"],
        ),
        (
            {"days": [{"date": "2026-05-07", "rooms": {"A": [{"title": "Wax", "start": "10:00", "end": "10:30"}]}}]},
            ["2026-05-07 10:00-10:30 [A] Wax"],
        ),
        (
            {"2026-05-07": {"10:00": [{"title": "Wax", "room": "Aula"}], "11:00": [{"title": "Honey"}]}},
            ["2026-05-07 10:00- [Aula] Wax", "2026-05-07 11:00- Honey"],
        ),
        (
            [
                {
                    "titel": "Wachs",
                    "beginn": "07.05.2026 10:00",
                    "ende": "07.05.2026 10:45",
                    "raum": "A",
                    "referent": "Ada L",
                }
            ],
            ["2026-05-07 10:00-10:45 [A] Wachs (Ada L)"],
        ),
        (
            {
                "items": [
                    {"summary": "Wax", "start": {"dateTime": "2026-05-07T10:00:00"}, "end": {"date": "2026-05-07"}}
                ]
            },
            ["2026-05-07 10:00- Wax"],
        ),
        (
            {
                "@type": "Event",
                "name": "Bees",
                "startDate": "2026-05-07T09:00",
                "subEvent": [
                    {
                        "name": "Wax",
                        "startDate": "2026-05-07T10:00",
                        "location": {"name": "Aula"},
                        "performer": {"name": "Ada"},
                    }
                ],
            },
            ["2026-05-07 10:00- [Aula] Wax (Ada)"],
        ),
        (
            {
                "talks": [{"id": 3, "title": "Wax", "speaker": "Ada"}],
                "schedule": [{"date": "2026-05-07", "time": "10:00", "talk": 3}],
            },
            ["2026-05-07 10:00- Wax (Ada)"],
        ),
        (
            {
                "speakers": [{"id": 1, "name": "Ada"}],
                "sessions": [{"name": "Wax", "starts_at": "2026-05-07 10:00", "speaker_ids": [1]}],
            },
            ["2026-05-07 10:00- Wax (Ada)"],
        ),
        (
            {
                "data": [
                    {
                        "type": "session",
                        "id": "1",
                        "attributes": {"title": "Wax", "starts-at": "2026-05-07T10:00:00"},
                        "relationships": {
                            "speakers": {"data": [{"type": "speaker", "id": "3"}]},
                            "microlocation": {"data": {"type": "microlocation", "id": "4"}},
                        },
                    }
                ],
                "included": [
                    {"type": "speaker", "id": "3", "attributes": {"name": "Ada"}},
                    {"type": "microlocation", "id": "4", "attributes": {"name": "Aula"}},
                ],
            },
            ["2026-05-07 10:00- [Aula] Wax (Ada)"],
        ),
        (
            [
                {
                    "ID": "A",
                    "Proposal title": "Wax",
                    "Speaker names": ["Ada"],
                    "Speaker IDs": ["S"],
                    "Room": {"en": "Aula"},
                    "Start": "2026-05-07T10:00:00+02:00",
                    "Start (date)": "2026-05-07",
                    "Start (time)": "10:00:00",
                    "End": "2026-05-07T10:45:00+02:00",
                }
            ],
            ["2026-05-07 10:00-10:45 [Aula] Wax (Ada)"],
        ),
        (
            [
                {
                    "fromDate": "2026-05-07T08:00:00Z",
                    "toDate": "2026-05-07T08:45:00Z",
                    "timezone": "Europe/Brussels",
                    "room": {"name": "Aula"},
                    "proposal": {"title": "Wax", "speakers": [{"firstName": "Ada", "lastName": "L."}]},
                },
                {
                    "fromDate": "2026-05-07T08:45:00Z",
                    "toDate": "2026-05-07T09:00:00Z",
                    "timezone": "Europe/Brussels",
                    "proposal": None,
                    "sessionType": {"name": "Coffee break"},
                },
            ],
            ["2026-05-07 10:00-10:45 [Aula] Wax (Ada L.)", "2026-05-07 10:45-11:00 Coffee break"],
        ),
        (
            [
                {
                    "title": {"rendered": "Wax &#8211; a story"},
                    "content": {"rendered": "<p>About</p>"},
                    "meta": {"_wcpt_session_time": 1778148000, "_wcpt_session_duration": 2700},
                    "session_speakers": [{"id": "1", "name": "Ada", "link": "https://ada.example"}],
                }
            ],
            ["2026-05-07 10:00-10:45 Wax – a story (Ada)"],
        ),
        (
            [["Start", "End", "Title", "Speaker"], ["2026-05-07 10:00", "2026-05-07 10:45", "Wax", "Ada L."]],
            ["2026-05-07 10:00-10:45 Wax (Ada L.)"],
        ),
        (
            {"events": [{"name": {"text": "Wax"}, "start": {"timezone": "X/Y", "local": "2026-05-07T10:00:00"}}]},
            ["2026-05-07 10:00- Wax"],
        ),
        ([{"title_en": "Wax", "title_ja": "蝋", "start": "2026-05-07T10:00"}], ["2026-05-07 10:00- Wax"]),
        (
            [
                {"title": "Party", "start": "2026-05-07T23:00", "end": "02:00"},
                {"title": "Late", "date": "2026-05-07", "start": "22:00", "end": "01:30"},
            ],
            ["2026-05-07 22:00-01:30 Late", "2026-05-07 23:00-02:00 Party"],
        ),
        ([{"title": "Wax", "start": 1778148000, "end": 1778150700}], ["2026-05-07 10:00-10:45 Wax"]),
    ],
)
def test_any_sensible_json_is_read(folder: Folder, data: Any, lines: list[str]) -> None:
    agenda, found = folder.read(data)
    assert shown(agenda) == lines
    assert [p for p in found if p.severity is not Severity.OPEN] == []


def test_a_session_holds_talks_without_a_time_of_their_own(folder: Folder) -> None:
    block = {"title": "Hives", "start": "10:00", "end": "11:00", "chair": "Grace Hopper"}
    data = {
        "title": "Bees",
        "date": "2026-05-07",
        "sessions": [
            {**block, "talks": [{"title": "Wax", "speaker": "Ada"}, {"title": "Honey"}]},
            {"title": "Lunch", "start": "12:00", "tags": [{"name": "food"}]},
        ],
    }
    agenda, found = folder.read(data)
    assert (agenda.title, found) == ("Bees", [])
    assert shown(agenda) == ["2026-05-07 --:--- Wax (Ada)", "2026-05-07 --:--- Honey", "2026-05-07 12:00- Lunch"]
    hives = agenda.days[0].sessions[0]
    assert (hives.title, str(hives.start), str(hives.end), len(hives.cast)) == ("Hives", "10:00", "11:00", 1)


def test_days_without_a_date_keep_their_names(folder: Folder) -> None:
    data = [{"day": f"Day {n}", "events": [{"title": f"Talk {n}", "time": "9:30 - 10:00"}]} for n in (1, 2)]
    agenda, found = folder.read(data)
    assert shown(agenda) == ["Day 1 9:30-10:00 Talk 1".replace("9:30", "09:30"), "Day 2 09:30-10:00 Talk 2"]
    assert found == [], "the check says it of each day"
    assert [day.date for day in agenda.days] == [None, None]


def test_an_entry_without_a_time_among_others_is_told(folder: Folder) -> None:
    data = [
        {"title": "Wax", "start": "2026-05-07T10:00"},
        {"title": "Honey", "room": "Aula"},
        {"title": "Queens", "start": "noonish"},
        {"title": "Gone", "start": "2026-05-07T12:00", "status": "cancelled"},
    ]
    agenda, found = folder.read(data)
    assert shown(agenda) == ["2026-05-07 10:00- Wax"]
    assert sorted(rules(found)) == [
        ("error", "agenda.time", folder.line("noonish")),
        ("open", "agenda.no-time", folder.line("Honey")),
        ("warning", "agenda.left-out", folder.line("Gone")),
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"name": "package", "version": "1.0", "dependencies": {"a": "^1"}},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "x"}}]},
        [{"name": "Ada", "email": "ada@example.org"}],
        {"results": [{"code": "A", "status": "p", "datetime": "2026-05-07T10:00:00Z", "positions": []}]},
        {},
        [],
        [[]],
        [{}],
        {"title": "Bees"},
        {"a": {"b": {"c": []}}},
    ],
)
def test_other_json_is_refused_in_one_line(folder: Folder, data: Any) -> None:
    with pytest.raises(Stop) as stop:
        folder.read(data)
    assert stop.value.problem.message.startswith("agenda.json is JSON, but no schedule that is known")
    assert "\n" not in stop.value.problem.message


def test_days_named_by_weekdays_stand_in_their_order(folder: Folder) -> None:
    data = {day: [{"title": f"Talk {day}", "start": "10:00"}] for day in ("sunday", "monday", "friday", "saturday")}
    agenda, found = folder.read(data)
    assert ([day.title for day in agenda.days], found) == (["friday", "saturday", "sunday", "monday"], [])
    agenda, _ = folder.read(data, Given(dates=tuple(date(2026, 5, day) for day in (8, 9, 10, 11))))
    assert shown(agenda)[0] == "2026-05-08 10:00- Talk friday"


def test_a_list_of_days_is_no_list_of_sessions(folder: Folder) -> None:
    data = [
        {
            "title": f"Day {n}",
            "start": "08:00",
            "end": "17:00",
            "tracks": [{"title": "A", "talks": [{"title": f"T{n}", "start": "9:30h"}]}],
        }
        for n in (1, 2)
    ]
    agenda, found = folder.read(data)
    assert (shown(agenda), found) == (["Day 1 09:30- T1", "Day 2 09:30- T2"], [])
    assert [each.track for each in agenda.entries()] == ["A", "A"]


def test_lists_of_entries_beside_each_other_are_strands(folder: Folder) -> None:
    agenda, _ = folder.read(
        {
            "badges": [{"title": "Wax", "start": "2026-05-07T10:00"}],
            "games": [{"title": "Honey", "start": "2026-05-07T10:00"}],
        }
    )
    assert [each.track for each in agenda.entries()] == ["badges", "games"]
    agenda, _ = folder.read({"data": [{"title": "Wax", "start": "2026-05-07T10:00"}]})
    assert [each.track for each in agenda.entries()] == [""]


def test_a_date_with_slashes_is_read_as_the_other_dates_of_the_file(folder: Folder) -> None:
    def dated(*days: str) -> list[dict[str, str]]:
        return [{"title": f"Talk {day}", "start": f"{day} 10:00"} for day in days]

    agenda, found = folder.read(dated("6/7/2026", "6/17/2026"))
    assert ([str(day.date) for day in agenda.days], found) == (["2026-06-07", "2026-06-17"], [])
    agenda, found = folder.read(dated("6/7/2026", "17/7/2026"))
    assert ([str(day.date) for day in agenda.days], found) == (["2026-07-06", "2026-07-17"], [])
    agenda, found = folder.read(dated("6/7/2026"))
    assert [str(day.date) for day in agenda.days] == ["2026-07-06"]
    assert rules(found) == [("open", "agenda.ambiguous-date", folder.line("6/7/2026"))]


def test_a_name_beside_a_title_is_likely_the_speaker(folder: Folder) -> None:
    agenda, found = folder.read([{"title": "Wax", "name": "Ada Lovelace", "start": "2026-05-07T10:00"}])
    assert shown(agenda) == ["2026-05-07 10:00- Wax (Ada Lovelace)"]
    assert next(agenda.entries()).cast[0].sure == "likely"
    assert rules(found) == [("open", "agenda.doubtful-person", folder.line("Ada Lovelace"))]


def test_a_talk_that_stands_nowhere_is_told(folder: Folder) -> None:
    data = {
        "talks": [{"id": "a", "title": "Wax"}],
        "slots": [{"start": "2026-05-07T10:00", "talkId": "a"}, {"start": "2026-05-07T11:00", "talkId": "b"}],
    }
    agenda, found = folder.read(data)
    assert shown(agenda) == ["2026-05-07 10:00- Wax", "2026-05-07 11:00- b"]
    assert rules(found) == [("error", "agenda.unknown-id", folder.line('"b"'))]


def test_hours_after_noon_that_are_counted_from_one_again_are_an_open_point(folder: Folder) -> None:
    data = [
        {"date": "2026-05-07", "time": time, "title": title}
        for time, title in (("9:00", "Wax"), ("11:30", "Lunch"), ("1:30", "Honey"), ("2:15", "Bees"))
    ]
    agenda, found = folder.read(data)
    assert [str(entry.start) for entry in agenda.entries()] == ["09:00", "11:30", "13:30", "14:15"]
    assert rules(found) == [("open", "agenda.afternoon", folder.line("Honey"))]


def test_a_night_among_hours_of_the_afternoon_stays_a_night(folder: Folder) -> None:
    data = [
        {"date": "2026-05-07", "time": time, "title": title}
        for time, title in (("15:00", "Wax"), ("11:30", "Lunch"), ("1:30", "Honey"))
    ]
    agenda, found = folder.read(data)
    assert sorted(str(entry.start) for entry in agenda.entries()) == ["01:30", "11:30", "15:00"]
    assert found == []


def test_the_pages_of_entries_are_no_rooms(folder: Folder) -> None:
    data = [
        {"title": "Wax", "start": "2026-05-07T10:00", "location": "/wax.html"},
        {"title": "Honey", "start": "2026-05-07T11:00", "location": "papers.html?session=1"},
        {"title": "Bees", "start": "2026-05-07T12:00", "location": "B2/17"},
    ]
    assert [entry.room for entry in folder.read(data)[0].entries()] == ["", "", "B2/17"]


def test_entries_by_their_names_have_a_date_and_a_clock_time_each(folder: Folder) -> None:
    data = {"talks": {"wax-and-wane": {"title": "Wax", "date": "2026.05.07", "start": "10:00", "duration": 45}}}
    assert shown(folder.read(data)[0]) == ["2026-05-07 10:00-10:45 Wax"]


def test_talks_without_any_time_stand_in_the_order_of_the_file(folder: Folder) -> None:
    data = [{"Talk Title": "Wax", "Presenter Name": "Ada Lund"}, {"Talk Title": "Honey", "Presenter Name": "Bo Ek"}]
    agenda, found = folder.read(data)
    assert [line.strip() for line in shown(agenda)] == ["--:--- Wax (Ada Lund)", "--:--- Honey (Bo Ek)"]
    assert rules(found) == [("open", "agenda.no-time", folder.line("Wax"))]


def test_who_speaks_is_told_from_where_they_come_from(folder: Folder) -> None:
    data = [
        {
            "title": "Wax",
            "start": "2026-05-07T10:00",
            "participants": ["Ada Lund, Director, Hive Maps US", "Bo Ek, Wax Works"],
        },
        {"title": "Honey", "start": "2026-05-07T11:00", "speaker": "Cy Dahl, Wax University"},
    ]
    agenda, found = folder.read(data)
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Ada Lund", "Hive Maps US"),
        ("Bo Ek", "Wax Works"),
        ("Cy Dahl", "Wax University"),
    ]
    assert found == []


def test_sessions_without_a_title_hold_their_talks_and_chairs(folder: Folder) -> None:
    data = [
        {
            "day": "May 7, 2026",
            "sessions": [
                {"from": "9:00", "to": "10:15", "chair": "Ada Lund", "talks": [{"title": "Wax"}, {"title": "Honey"}]},
                {"from": "10:45", "to": "12:00", "talks": [{"title": "Bees"}]},
            ],
        }
    ]
    agenda, found = folder.read(data)
    first, second = agenda.days[0].sessions
    assert [(str(s.start), str(s.end), len(s.entries), len(s.cast)) for s in (first, second)] == [
        ("09:00", "10:15", 2, 1),
        ("10:45", "12:00", 1, 0),
    ]
    assert found == []


def test_the_month_of_dates_with_slashes_is_what_they_share(folder: Folder) -> None:
    data = [{"title": title, "date": f"8/{day}/2026 9:00am"} for day, title in enumerate(("Wax", "Honey", "Bees"), 1)]
    agenda, found = folder.read(data)
    assert [str(day.date) for day in agenda.days] == ["2026-08-01", "2026-08-02", "2026-08-03"]
    assert found == []
