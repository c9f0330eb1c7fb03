"""Real exports that nobody here wrote: counted by ElementTree and plain text search, then read and compared."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eventprint.problems import Problems, Severity
from eventprint.read.agenda import Agenda, read_agenda

pytestmark = pytest.mark.filterwarnings("default")


def read(file: Path) -> tuple[Agenda, Problems]:
    problems = Problems()
    return read_agenda(file, problems, file.parent), problems


def rules(problems: Problems) -> Counter[tuple[str, str]]:
    return Counter((problem.severity.value, problem.rule) for problem in problems.found)


def per_day(agenda: Agenda) -> list[int]:
    return [sum(1 for _ in day.entries()) for day in agenda.days]


@pytest.mark.parametrize(
    ("name", "days", "events", "rooms", "persons", "without"),
    [
        ("31c3-frab-2014", [35, 45, 40, 18], 138, 4, 198, 0),
        ("fosdem-2024", [433, 443], 876, 29, 945, 6),
        ("pycones-2016", [9, 39, 32], 80, 11, 63, 13),
    ],
)
def test_counts(
    real_data: Path, name: str, days: list[int], events: int, rooms: int, persons: int, without: int
) -> None:
    file = real_data / "pentabarf-xml" / f"{name}.xml"
    root = ElementTree.parse(file).getroot()
    told = list(root.iter("event"))
    ids = {person.get("id") or person.text for person in root.iter("person")}
    assert [len(list(day.iter("event"))) for day in root.iter("day")] == days
    assert (len(told), len(ids)) == (events, persons)
    assert sum(1 for event in told if not list(event.iter("person"))) == without
    agenda, _ = read(file)
    entries = list(agenda.entries())
    assert per_day(agenda) == days
    assert {entry.room for entry in entries} == {event.findtext("room") for event in told}
    assert len({entry.room for entry in entries}) == rooms
    assert sum(1 for entry in entries if not entry.cast) == without
    # ids repeat in one of the files, so entries are compared as a bag
    assert Counter(entry.id for entry in entries) == Counter(event.get("id") for event in told)
    starts = Counter((event.get("id"), event.findtext("start")) for event in told)
    assert Counter((entry.id, str(entry.start)) for entry in entries) == starts


def test_31c3(real_data: Path) -> None:
    agenda, problems = read(real_data / "pentabarf-xml" / "31c3-frab-2014.xml")
    assert len(agenda.people) == 198
    late = [
        (day.date.day, str(entry.start))
        for day in agenda.days
        for entry in day.entries()
        if day.date and entry.start and entry.start.minutes >= 1440
    ]
    assert len(late) == 4
    for day in agenda.days:
        starts = [entry.start.minutes for entry in day.entries() if entry.start]
        assert starts == sorted(starts)
    assert Counter(entry.language for entry in agenda.entries()) == {"en": 113, "de": 25}
    assert rules(problems) == {("open", "agenda.same-name"): 1}


def test_fosdem(real_data: Path) -> None:
    file = real_data / "pentabarf-xml" / "fosdem-2024.xml"
    agenda, problems = read(file)
    assert len(agenda.people) == 945
    titles = [entry.title for entry in agenda.entries()]
    assert "[Protocols] Unicode in email: RCPT TO:<grå@grå.org>" in titles
    assert sum(len(title) > 120 for title in titles) == 17
    assert any(any("\u0400" <= letter <= "\u04ff" for letter in person.name.full) for person in agenda.people)
    assert not any("<p>" in entry.abstract or "&lt;" in entry.abstract for entry in agenda.entries())
    # three names stand with two numbers each: two people, or one who has two accounts
    assert rules(problems) == {("open", "agenda.same-name"): 3}
    assert (agenda.venue.name, agenda.venue.address) == ("ULB (Université Libre de Bruxelles)", "Brussels")


def test_pycones(real_data: Path) -> None:
    agenda, problems = read(real_data / "pentabarf-xml" / "pycones-2016.xml")
    # 63 strings; three of them hold 3, 3 and 2 people, all of whom stand nowhere else
    assert len(agenda.people) == 63 - 3 + 8
    assert not any(entry.title.startswith("#") and entry.title[1:2] in "# " for entry in agenda.entries())
    assert sum(not entry.title for entry in agenda.entries()) == 1
    assert rules(problems) == {
        ("open", "agenda.people-in-one"): 3,
        ("open", "agenda.long-title"): 1,
        ("warning", "agenda.equal-ids"): 1,
        ("warning", "agenda.no-title"): 1,
    }
    assert not [problem for problem in problems.found if problem.severity is Severity.ERROR]


def test_europython(real_data: Path) -> None:
    file = real_data / "other-xml" / "europython-2014.xml"
    root = ElementTree.parse(file).getroot()
    told = list(root.iter("entry"))
    assert (len(root.findall("day")), len(told)) == (7, 188)
    agenda, problems = read(file)
    assert per_day(agenda) == [len(day) for day in root.findall("day")] == [13, 39, 40, 42, 30, 12, 12]
    speakers = {speaker.get("id") for speaker in root.iter("speaker")}
    assert len(agenda.people) == len(speakers) == 117
    starts = Counter(entry.findtext("start") for entry in told)
    assert Counter(str(entry.start).replace(":", "") for entry in agenda.entries()) == starts
    rooms = {entry.findtext("room") for entry in told}
    assert {entry.room or "ALL" for entry in agenda.entries()} == rooms
    assert sum(not entry.cast for entry in agenda.entries()) == 59
    # 188 entries share 132 ids: talks and all else are counted each from one
    assert rules(problems) == {("open", "agenda.equal-ids"): 1}


@pytest.mark.parametrize(
    ("name", "entries", "days", "rooms"),
    [
        ("fosdem-2024-app-export", 16, [6, 10], 9),
        ("pycones-2016", 80, [9, 39, 32], 11),
        ("pyconuk-2015", 162, [55, 57, 44, 6], 11),
    ],
)
def test_calendars(real_data: Path, name: str, entries: int, days: list[int], rooms: int) -> None:
    file = real_data / "ics" / f"{name}.ics"
    text = file.read_text(encoding="utf-8").replace("\n ", "")
    assert text.count("BEGIN:VEVENT") == entries
    starts = Counter(line.partition(":")[2][:8] for line in text.splitlines() if line.startswith("DTSTART"))
    assert [starts[day] for day in sorted(starts)] == days
    agenda, _ = read(file)
    assert per_day(agenda) == days
    locations = {line[9:].replace("\\", "") for line in text.splitlines() if line.startswith("LOCATION:")}
    assert {entry.room for entry in agenda.entries()} == locations
    assert len(locations) == rooms


def test_fosdem_app(real_data: Path) -> None:
    file = real_data / "ics" / "fosdem-2024-app-export.ics"
    agenda, problems = read(file)
    named = re.findall(r'ATTENDEE;.*?CN="([^"]+)"', file.read_text(encoding="utf-8"))
    assert [person.name.full for person in agenda.people] == list(dict.fromkeys(named))
    assert all(entry.track and entry.cast and "<p>" not in entry.abstract for entry in agenda.entries())
    assert rules(problems) == {("open", "agenda.utc"): 1}


def test_pyconuk(real_data: Path) -> None:
    file = real_data / "ics" / "pyconuk-2015.ics"
    text = file.read_text(encoding="utf-8").replace("\n ", "")
    by = [line for line in text.splitlines() if re.match(r"SUMMARY:.*\((?:talk|workshop|demo|panel) by .*\)$", line)]
    agenda, problems = read(file)
    assert len(by) == 72
    # one of them says "panel by" and a title, which is no name
    assert sum(bool(entry.cast) for entry in agenda.entries()) == 71 + 2
    assert not any("talk by" in entry.title for entry in agenda.entries())
    assert sum(not entry.title for entry in agenda.entries()) == 4
    ends = sum("DTEND" not in part for part in text.split("BEGIN:VEVENT")[1:])
    assert ends == 5
    assert sum(not entry.end_stated for entry in agenda.entries()) == 5
    assert rules(problems) == {
        ("warning", "agenda.no-title"): 4,
        ("warning", "agenda.equal-ids"): 1,
        ("open", "agenda.people-in-titles"): 1,
        ("open", "agenda.doubtful-person"): 3,
        ("open", "agenda.utc"): 1,
    }


def test_xcal(real_data: Path) -> None:
    file = real_data / "xcal" / "pycones-2016.xcal.xml"
    root = ElementTree.parse(file).getroot()
    assert sum(element.tag.endswith("}vevent") for element in root.iter()) == 80
    agenda, problems = read(file)
    assert (per_day(agenda), agenda.people) == ([9, 39, 32], ())
    assert rules(problems) == {
        ("warning", "agenda.no-title"): 1,
        ("open", "agenda.long-title"): 1,
    }
