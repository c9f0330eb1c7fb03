"""Any sensible JSON: objects with a title and a start, whatever holds them and whatever their names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_exports import Folder, rules, shown

from eventprint.problems import Problems, Severity, Stop
from eventprint.read.agenda import Given, likelihood, open_source


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
    assert shown(agenda) == ["2026-05-07 10:00- Wax", "2026-05-07 --:--- [Aula] Honey"]
    assert sorted(rules(found)) == [
        ("error", "agenda.time", folder.line("noonish")),
        ("open", "agenda.untimed", folder.line("Honey")),
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
    assert rules(found) == [("open", "agenda.untimed", folder.line("Wax"))]


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


def listed(*entries: tuple[str, str], **more: str) -> list[dict[str, str]]:
    return [{"time": time, "title": title, **more} for time, title in entries]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("1:30 - 2:15 pm", "13:30", "14:15"),
        ("11:25 – 12:15 PM", "11:25", "12:15"),
        ("09:00 – 10:00 AM", "09:00", "10:00"),
        ("12:00 – 1:00 PM", "12:00", "13:00"),
        ("04:15 PM onwards", "16:15", "None"),
        ("From 08:00", "08:00", "None"),
        ("11-13:00 EST", "11:00", "13:00"),
        ("10:00 EDT", "10:00", "None"),
    ],
)
def test_hours_are_read_as_web_sites_write_them(folder: Folder, written: str, start: str, end: str) -> None:
    agenda, found = folder.read(listed((written, "Wax"), date="2026-05-07"))
    assert [(str(entry.start), str(entry.end)) for entry in agenda.entries()] == [(start, end)]
    assert found == []


def test_a_span_that_no_half_of_the_day_puts_right_is_told(folder: Folder) -> None:
    _, found = folder.read(listed(("03:10 – 02:55 PM", "Wax"), date="2026-05-07"))
    assert rules(found) == [("error", "agenda.range", folder.line("Wax"))]


def test_a_list_whose_times_begin_anew_is_several_days(folder: Folder) -> None:
    entries = (("18:00", "Dinner"), ("8:30", "Wax"), ("9:30", "Honey"), ("9:00", "Bees"), ("13:00", "Lunch"))
    agenda, found = folder.read(listed(*entries[:3], ("17:00", "Talk"), *entries[3:]))
    assert [[entry.title for entry in day.entries()] for day in agenda.days] == [
        ["Dinner"],
        ["Wax", "Honey", "Talk"],
        ["Bees", "Lunch"],
    ]
    assert rules(found) == [("open", "agenda.begins-anew", folder.line("Wax"))]
    assert "1 more" in found[0].message


def test_a_list_by_room_is_one_day(folder: Folder) -> None:
    data = [
        {"time": time, "title": title, "room": room}
        for time, title, room in (("9:00", "Wax", "A"), ("16:00", "Honey", "A"), ("9:00", "Bees", "B"))
    ]
    agenda, found = folder.read(data)
    assert len(agenda.days) == 1
    assert found == []


def test_days_without_a_year_are_known_by_their_names(folder: Folder) -> None:
    data = [
        {"title": "Wax", "start": "Tue Aug 6 8:30 AM", "length": 55},
        {"title": "**Break**<br>*Coffee*", "start": "Tue Aug 6 9:30 AM"},
        {"title": "Structured<br>Meshes", "speakers": ["Ada Lund"]},
        {"title": "Honey", "start": "Wed Aug 7 8:30 AM"},
    ]
    agenda, found = folder.read(data)
    assert shown(agenda) == [
        "Tue Aug 6 08:30-09:25 Wax",
        "Tue Aug 6 09:30- Break",
        "Tue Aug 6 --:--- Structured Meshes (Ada Lund)",
        "Wed Aug 7 08:30- Honey",
    ]
    assert [rule for _, rule, _ in rules(found)] == ["agenda.untimed"]


def test_a_day_by_its_name_has_a_motto_and_no_session(folder: Folder) -> None:
    data = {
        "Day 1": {"title": "Of Wax", "sessions": listed(("9:00", "Wax"))},
        "Day 2": {"sessions": listed(("9:30", "Honey"))},
    }
    agenda, found = folder.read(data)
    assert [day.title for day in agenda.days] == ["Day 1: Of Wax", "Day 2"]
    assert [len(day.sessions) for day in agenda.days] == [0, 0]
    assert found == []


def test_the_label_of_a_day_is_its_date(folder: Folder) -> None:
    data = {"days": [{"label": "Thursday, 7 May 2026", "sessions": listed(("9:00", "Wax"))}]}
    assert shown(folder.read(data)[0]) == ["2026-05-07 09:00- Wax"]


def test_an_entry_takes_place_on_each_day_that_says_so(folder: Folder) -> None:
    data = [
        {"title": "Registration", "time": "08:00-09:00", "day1": True, "day2": True, "day3": False},
        {"title": "Wax", "time": "09:00-10:00", "day2": True},
    ]
    agenda, found = folder.read(data)
    assert [(day.title, [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("day1", ["Registration"]),
        ("day2", ["Registration", "Wax"]),
    ]
    assert found == []


def test_a_speaker_without_a_title_is_an_entry_and_told(folder: Folder) -> None:
    data = [{"time": "9:00", "speaker": {"name": "Ada Lund"}, "topic": ""}, {"time": "10:00", "title": "Honey"}]
    agenda, found = folder.read(data)
    assert [(entry.title, len(entry.cast)) for entry in agenda.entries()] == [("", 1), ("Honey", 0)]
    assert rules(found) == [("warning", "agenda.no-title", folder.line("topic"))]


def test_the_title_of_a_talk_may_stand_with_its_speaker(folder: Folder) -> None:
    data = [{"from": "9:00", "to": "9:45", "speaker": "Ada Lund", "type": "speaker"}]
    agenda, found = folder.read(data, speakers=[{"name": "Ada Lund", "talk_title": "Wax and wane"}])
    assert [entry.title for entry in agenda.entries()] == ["Wax and wane"]
    assert found == []


def test_what_stands_beside_a_title_is_the_speakers(folder: Folder) -> None:
    data = [
        {
            "title": "Wax",
            "start": "2026-05-07T10:00",
            "speaker": "Ada Lund",
            "affiliation": "Hive",
            "bio": "Keeps bees.",
        }
    ]
    agenda, _ = folder.read(data)
    assert [(one.name.full, one.organisation, one.bio) for one in agenda.people] == [
        ("Ada Lund", "Hive", "Keeps bees.")
    ]


def test_parts_of_a_list_that_are_no_entries_are_one_open_point(folder: Folder) -> None:
    data = [*listed(("9:00", "Wax")), {"coffee": True}, *listed(("10:00", "Honey")), {"coffee": True}]
    agenda, found = folder.read(data)
    assert [entry.title for entry in agenda.entries()] == ["Wax", "Honey"]
    assert rules(found) == [("open", "agenda.passed-over", 6)]
    assert found[0].message.startswith("2 parts")


def test_entries_without_a_title_are_talks_by_their_address(folder: Folder) -> None:
    data = [{"time": "9:00 - 9:45", "title": "Block 1", "sessions": [{"url": "https://bees.example/1", "room": "A"}]}]
    agenda, found = folder.read(data, sessions=[{"url": "https://bees.example/1", "title": "Wax"}])
    assert [[entry.title for entry in session.entries] for session in agenda.days[0].sessions] == [["Wax"]]
    assert found == []


def test_a_surname_belongs_to_the_name(folder: Folder) -> None:
    data = [{"title": "Wax", "start": "2026-05-07T10:00", "speakers": [{"name": "Ada", "surname": "Lund"}]}]
    assert [one.name.full for one in folder.read(data)[0].people] == ["Ada Lund"]


def test_slots_by_name_hold_rooms_with_talks_and_breaks(folder: Folder) -> None:
    data = {
        "slot-open": {"break_key": "break-registration"},
        "slot-1": {"venue-a": {"talk_key": "talk-wax"}, "venue-b": {"talk_key": "talk-honey"}},
    }
    agenda, found = folder.read(
        data,
        slots={"slot-open": {"from": "8:00", "to": "9:00"}, "slot-1": {"from": "9:15", "to": "10:00"}},
        breaks={"break-registration": {"title": "Registration"}},
        talks={
            "talk-wax": {"title": "Wax", "speakers_keys": ["speaker-ada"]},
            "talk-honey": {"title": "Honey", "description_html": "<p>Sweet</p>"},
        },
        speakers={"speaker-ada": {"name": "Ada Lund"}},
    )
    assert [line.removeprefix("None").strip() for line in shown(agenda)] == [
        "08:00-09:00 Registration",
        "09:15-10:00 [venue-a] Wax (Ada Lund)",
        "09:15-10:00 [venue-b] Honey",
    ]
    assert [entry.abstract for entry in agenda.entries()] == ["", "", "Sweet"]
    assert [entry.track for entry in agenda.entries()] == ["", "", ""]
    assert found == []


def test_headings_between_entries_are_sessions(folder: Folder) -> None:
    data = [
        {"title": "Morning", "session": True},
        *listed(("10:00 - 11:00", "Wax"), ("11:00 - 12:00", "Honey")),
        {"name": "Afternoon", "header": "Yes"},
        *listed(("13:00 - 14:00", "Bees")),
    ]
    agenda, found = folder.read({"days": [{"name": "Friday", "events": data}]})
    assert [(session.title, len(session.entries)) for session in agenda.days[0].sessions] == [
        ("Morning", 2),
        ("Afternoon", 1),
    ]
    assert found == []


def test_sessions_below_numbered_days_hold_their_talks(folder: Folder) -> None:
    data = {
        "day1": [
            {
                "title": "Session 1",
                "from": "9:00",
                "to": "10:00",
                "session": [{"title": "Wax", "from": "9:00", "to": "9:30"}, {"title": "Honey"}],
            },
            {"title": "Coffee", "from": "10:00", "to": "10:30"},
        ]
    }
    agenda, _ = folder.read(data)
    assert [(day.title, len(day.sessions), len(list(day.entries()))) for day in agenda.days] == [("day1", 1, 3)]


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Ada Lund (HI), Bo Ek (Wax Works)", [("Ada Lund", "HI"), ("Bo Ek", "Wax Works")]),
        ("Lund, Ek, De Russis", [("Lund", ""), ("Ek", ""), ("De Russis", "")]),
        ("Ada Lund, Wax University", [("Ada Lund", "Wax University")]),
    ],
)
def test_names_in_one_text_are_parted(folder: Folder, written: str, people: list[tuple[str, str]]) -> None:
    agenda, _ = folder.read([{"title": "Wax", "start": "2026-05-07T10:00", "authors": written}])
    assert [(one.name.full, one.organisation) for one in agenda.people] == people


def test_speakers_may_be_objects_that_name_others(folder: Folder) -> None:
    data = {
        "speakers": [{"slug": "ada", "name": "Ada Lund", "company": "Hive"}],
        "events": [{"title": "Wax", "start": "2026-05-07T10:00", "speakers": [{"slug": "ada", "role": "moderator"}]}],
    }
    agenda, found = folder.read(data)
    assert [(one.name.full, one.organisation) for one in agenda.people] == [("Ada Lund", "Hive")]
    assert [cast.duty.value for entry in agenda.entries() for cast in entry.cast] == ["moderator"]
    assert found == []


def test_hours_in_two_time_zones_are_an_open_point(folder: Folder) -> None:
    _, found = folder.read(listed(("10:00 EDT", "Wax"), ("11:00 EDT", "Honey"), ("17:30 IST", "Bees")))
    assert rules(found) == [("open", "agenda.timezone", folder.line("10:00"))]


def test_a_list_of_entries_is_an_agenda_and_one_of_people_with_orders_is_none(folder: Folder) -> None:
    problems = Problems()
    for data, is_agenda in (
        ([{"id": 1, "time": "9:00-9:30", "title": "Wax", "speaker": {"name": "Ada Lund"}}], True),
        ([{"name": "Ada Lund", "title": "Dr", "email": "ada@hive.example", "date": "2026-05-07 10:00"}], False),
    ):
        folder.write("agenda.json", data)
        source = open_source(folder.path / "agenda.json", problems, folder.path)
        assert source
        assert (likelihood(source) > 0.5) == is_agenda


def test_entries_that_name_one_session_stand_in_it(folder: Folder) -> None:
    data = [
        {"start": "9:00", "end": "9:30", "title": "Wax", "session": "Morning"},
        {"start": "9:30", "end": "10:00", "paperid": 7, "session": "Morning"},
        {"start": "10:00", "end": "10:30", "title": "Coffee"},
        {"start": "10:30", "end": "11:00", "title": "Honey", "session": "Morning"},
        {"start": "11:00", "end": "12:00", "session": "Walk"},
    ]
    agenda, found = folder.read(data)
    assert [(session.title, [entry.title for entry in session.entries]) for session in agenda.days[0].sessions] == [
        ("Morning", ["Wax", ""]),
        ("Morning", ["Honey"]),
    ]
    assert [entry.title for entry in agenda.entries()] == ["Wax", "", "Coffee", "Honey", "Walk"]
    assert [(severity, rule) for severity, rule, _ in rules(found)] == [("warning", "agenda.no-title")]


def test_lengths_with_parts_are_hours_where_all_are_small(folder: Folder) -> None:
    data = [
        {"time": "9:00", "title": "Wax", "duration": 0.75},
        {"time": "10:00", "title": "<a href='#honey'>Honey</a>", "duration": 1},
    ]
    agenda, found = folder.read({"days": [{"date": "2026-05-07", "slots": data}]})
    assert shown(agenda) == ["2026-05-07 09:00-09:45 Wax", "2026-05-07 10:00-11:00 Honey"]
    assert found == []


def test_several_people_from_one_place_are_told_from_it(folder: Folder) -> None:
    data = [{"title": "Wax", "start": "2026-05-07T10:00", "authors": "Ada Lund, Bo Ek, Harbour University"}]
    agenda, _ = folder.read(data)
    assert [(one.name.full, one.organisation) for one in agenda.people] == [
        ("Ada Lund", "Harbour University"),
        ("Bo Ek", "Harbour University"),
    ]


def test_the_name_of_the_list_is_no_day(folder: Folder) -> None:
    agenda, _ = folder.read(
        {"legend": {"title": "L"}, "days": [{"name": "Programme", "events": listed(("9:00", "Wax"))}]}
    )
    assert [day.title for day in agenda.days] == ["Programme"]
