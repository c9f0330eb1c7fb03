"""Events as schema.org and jCal have them: JSON-LD in files and in pages, calendars in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from effort import grows_evenly

from eventprint.event import Session
from eventprint.problems import Problems, Stop
from eventprint.read.agenda import Agenda, Given, read_agenda

Reading = Callable[..., tuple[Agenda, Problems]]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    def reading(text: str, given: Given = Given()) -> tuple[Agenda, Problems]:
        file = tmp_path / "page.data"
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path, given), problems

    return reading


def told(problems: Problems) -> list[tuple[str, str, int]]:
    return [(problem.severity.value, problem.rule, problem.place.line) for problem in problems.found]


def rows(agenda: Agenda) -> list[tuple[str, str, str, str]]:
    return [
        (str(day.date), str(entry.start), str(entry.end), entry.title) for day in agenda.days for entry in day.entries()
    ]


def event(name: str, start: str, end: str = "", **said: Any) -> dict[str, Any]:
    made = {"@type": "Event", "name": name, "startDate": f"2026-05-{start}:00+02:00", **said}
    return made | ({"endDate": f"2026-05-{end}:00+02:00"} if end else {})


PLACE = {"@type": "Place", "name": "Harbour House", "address": {"streetAddress": "Quay 1", "addressLocality": "Bremen"}}
ANA = {"@type": "Person", "name": "Ana Ruiz", "affiliation": {"name": "Harbour Institute"}, "jobTitle": "Director"}
WHOLE = {
    "@context": "https://schema.org",
    "@type": ["Event", "Thing"],
    "name": "River Days",
    "startDate": "2026-05-07",
    "endDate": "2026-05-08",
    "location": PLACE,
    "organizer": {"@type": "Organization", "name": "Nobody"},
    "subEvent": [
        event("On rivers", "07T09:30", "07T10:15", location={"name": "Hall"}, performer=[ANA]),
        event("On locks", "07T10:15", duration="PT45M", location="Harbour House", performer={"name": "Jan Maas"}),
        event("Lunch", "07T12:00", "07T13:00"),
    ],
}


def test_an_event_with_its_parts_is_an_agenda(read: Reading) -> None:
    agenda, problems = read(json.dumps(WHOLE, indent=1))
    assert told(problems) == []
    assert (agenda.title, agenda.venue.name, agenda.venue.address) == ("River Days", "Harbour House", "Quay 1, Bremen")
    assert rows(agenda) == [
        ("2026-05-07", "09:30", "10:15", "On rivers"),
        ("2026-05-07", "10:15", "11:00", "On locks"),
        ("2026-05-07", "12:00", "13:00", "Lunch"),
    ]
    assert [entry.room for entry in agenda.entries()] == ["Hall", "", ""]
    first = agenda.people[0]
    assert (first.name.full, first.organisation, first.position) == ("Ana Ruiz", "Harbour Institute", "Director")


def test_a_page_says_it_in_its_scripts_each_fault_at_its_place(read: Reading) -> None:
    parts = [event("On weirs", "08T09:00", "08T08:00"), event("On reeds", "08T10:00", eventStatus="EventCancelled")]
    script = '<script type="application/ld+json">\n{}\n</script>\n'
    page = f"<!doctype html><html><head><title>Rivers</title>\n{script.format(json.dumps(WHOLE))}"
    page += f"{script.format(json.dumps(parts, indent=1))}</head><body><p>Come to us.</p></body></html>"
    agenda, problems = read(page)
    assert [row[3] for row in rows(agenda)] == ["On rivers", "On locks", "Lunch", "On weirs"]
    assert agenda.title == "River Days"
    assert told(problems) == [("error", "agenda.range", 9), ("warning", "agenda.left-out", 15)]


def test_a_page_whose_text_says_more_is_read_as_text(read: Reading) -> None:
    rows_ = "".join(f"<tr><td>{n}:00</td><td>Talk {n}</td></tr>" for n in range(9, 18))
    two = json.dumps([event("First day", "07T09:00"), event("Second day", "08T09:00")])
    page = f'<html><script type="application/ld+json">{two}</script><h1>7 May 2026</h1><table>{rows_}</table></html>'
    agenda, _ = read(page)
    assert [entry.title for entry in agenda.entries()] == [f"Talk {n}" for n in range(9, 18)]


def test_events_and_people_may_be_named_by_their_ids(read: Reading) -> None:
    graph = [
        {"@type": "Festival", "@id": "#all", "name": "River Days", "subEvent": [{"@id": "#a"}]},
        {**event("Rivers", "07T09:00", "07T11:00"), "@id": "#s", "superEvent": {"@id": "#all"}},
        {**event("On locks", "07T09:30", "07T10:00", performer={"@id": "#ana"}), "superEvent": {"@id": "#s"}},
        {**event("Dinner", "07T19:00", "07T21:00"), "@id": "#a"},
        {"@type": "Person", "@id": "#ana", "givenName": "Ana", "familyName": "Ruiz"},
    ]
    agenda, problems = read(json.dumps({"@context": "https://schema.org", "@graph": graph}, indent=1))
    assert told(problems) == []
    session, dinner = agenda.days[0].blocks
    assert isinstance(session, Session)
    assert (agenda.title, session.title, str(session.start), dinner.title) == (
        "River Days",
        "Rivers",
        "09:00",
        "Dinner",
    )
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz"]


def test_many_scripts_and_events_inside_each_other_take_no_longer_than_few(read: Reading) -> None:
    script = '<script type="application/ld+json">{}</script>'

    def scripts(size: int) -> None:
        read(f"<html>{''.join(script.format(json.dumps(event(f'T {n}', '07T09:00'))) for n in range(size))}</html>")

    def chain(size: int) -> None:
        events = [
            {**event(f"T {n}", "07T09:00"), "@id": f"#{n}", "superEvent": {"@id": f"#{n + 1}"}} for n in range(size)
        ]
        read(json.dumps({"@context": "https://schema.org", "@graph": events}))

    assert grows_evenly(scripts, 300)
    assert grows_evenly(chain, 300)


def test_a_calendar_may_be_written_in_json(read: Reading) -> None:
    zone = {"tzid": "Europe/Berlin"}
    properties = [
        ["uid", {}, "text", "1"],
        ["summary", {"language": "en"}, "text", "On rivers"],
        ["dtstart", zone, "date-time", "2026-05-07T09:30:00"],
        ["duration", {}, "duration", "PT45M"],
        ["rrule", {}, "recur", {"freq": "DAILY", "until": "2026-05-09"}],
        ["exdate", zone, "date-time", "2026-05-08T09:30:00"],
        ["categories", {}, "text", "Water", "Land"],
    ]
    name = ["x-wr-calname", {}, "unknown", "River Days"]
    agenda, problems = read(json.dumps(["vcalendar", [name], [["vevent", properties, []]]], indent=1))
    assert (agenda.title, told(problems)) == ("River Days", [])
    assert rows(agenda) == [
        ("2026-05-07", "09:30", "10:15", "On rivers"),
        ("2026-05-09", "09:30", "10:15", "On rivers"),
    ]
    assert {(entry.track, entry.language) for entry in agenda.entries()} == {("Water, Land", "en")}


@pytest.mark.parametrize("text", ['["vcalendar"]', '["vcalendar", 1, [["vevent", [[], ["a"]], 3], [], 7]]', "[[]]"])
def test_what_is_no_whole_calendar_in_json_harms_nobody(read: Reading, text: str) -> None:
    with suppress(Stop):
        assert list(read(text)[0].entries()) == []
