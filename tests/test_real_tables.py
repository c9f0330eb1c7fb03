"""Real agendas that are tables are read whole: what is counted here is counted in the files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from eventprint.event import Entry, Taken
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, Given, read_agenda


def read(file: Path, given: Given = Given()) -> tuple[Agenda, list[Problem]]:
    problems = Problems()
    return read_agenda(file, problems, file.parent, given), problems.found


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def faults(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity is not Severity.OPEN]


def sizes(agenda: Agenda) -> list[int]:
    return [len(list(day.entries())) for day in agenda.days]


def who(agenda: Agenda, entry: Entry) -> list[str]:
    names = {person.key: person.name.full for person in agenda.people}
    return [names[cast.person] for cast in entry.cast]


def hours(entry: Entry) -> str:
    return f"{entry.start}-{entry.end}" if entry.end_stated else str(entry.start or "")


def whole(agenda: Agenda, file: Path) -> bool:
    """Whether every line that is not blank was taken or passed over, each once and in order."""
    lines = re.split(r"\r\n|\n|\r", text(file))
    return [reading.line for reading in agenda.coverage] == [n for n, line in enumerate(lines, 1) if line.strip()]


def test_cyverse_neon_2021(real_data: Path) -> None:
    file = real_data / "agenda-text" / "cyverse-neon-2021.rst"
    agenda, found = read(file)
    times = re.findall(r"^  \* - (\d{4})-(\d{4})\s*$", text(file), re.MULTILINE)
    assert len(times) == 12
    assert [hours(entry) for entry in agenda.entries()] == [f"{start}-{end}" for start, end in times]
    assert [(day.date, len(list(day.entries()))) for day in agenda.days] == [(date(2021, 11, 19), 12)]
    assert [person.name.full for person in agenda.people] == ["Tyson", "Bridget"]
    assert sum(entry.is_break for entry in agenda.entries()) == text(file).count("Break\n") == 3
    assert (faults(found), whole(agenda, file)) == ([], True)
    assert {problem.rule for problem in found} == {"agenda.passed-over"}


def test_dan24(real_data: Path) -> None:
    file = real_data / "agenda-text" / "dan24-timetable.ko.md"
    agenda, found = read(file)
    rows = [[cell.strip() for cell in line.split("|")] for line in text(file).split("\n")[4:11]]
    assert [(hours(e).replace("-", "~"), e.title) for e in agenda.entries()] == [(row[0], row[1]) for row in rows]
    assert [who(agenda, entry) for entry in agenda.entries()] == [[row[2]] for row in rows[:5]] + [[], []]
    assert sizes(agenda) == [7]
    assert [(problem.place.line, problem.rule) for problem in found][:1] == [(10, "agenda.unnamed-people")]
    assert (faults(found), whole(agenda, file)) == ([], True)
    assert all(reading.taken is Taken.PASSED for reading in agenda.coverage if reading.line > 11)


def test_devfest_2019(real_data: Path) -> None:
    file = real_data / "agenda-text" / "devfest-2019.ru.md"
    agenda, found = read(file)
    entries = list(agenda.entries())
    talks = [unescape(title) for title in re.findall(r'<a href="(?:/sessions/[^"]*|#)">([^<]*)</a>(?! —)', text(file))]
    people = re.findall(r'<a href="(?:/speakers/[^"]*|#)">([^<]*)</a> —', text(file))
    assert len(talks) == len(people) == 13
    assert Counter(entry.title for entry in entries if entry.cast) == Counter(talks)
    assert sorted(name for entry in entries for name in who(agenda, entry)) == sorted(people)
    assert list(dict.fromkeys(str(entry.start) for entry in entries if entry.start)) == [
        f"{h}:00" for h in range(11, 18)
    ]
    assert Counter(entry.room for entry in entries) == {"Зал 1": 6, "Зал 2": 7, "": 1}
    assert [(entry.title, entry.room) for entry in entries if str(entry.start) == "14:00"] == [("🍕🍕🍕🍕🍕", "")]
    assert [(problem.place.line, problem.rule) for problem in found] == [(63, "agenda.shared-start")]
    assert not any(entry.link for entry in entries), "what they have leads nowhere outside of their page"
    assert whole(agenda, file)


def test_embo_ppi_course_2015(real_data: Path) -> None:
    file = real_data / "agenda-text" / "embo-ppi-course-2015.md"
    agenda, found = read(file)
    rows = re.findall(r"^\| (\d\d:\d\d)(?:-(\d\d:\d\d))?\s*\|", text(file), re.MULTILINE)
    assert len(rows) == 70
    assert [hours(entry) for entry in agenda.entries()] == [f"{a}-{b}" if b else a for a, b in rows]
    assert [day.date for day in agenda.days] == [
        *(date(2015, 9, n) for n in (28, 29, 30)),
        *(date(2015, 10, n) for n in (1, 2, 3)),
    ]
    assert [day.title for day in agenda.days] == [f"DAY {n}" for n in range(1, 7)]
    assert sizes(agenda) == [14, 12, 9, 12, 11, 12]
    assert Counter(e.room for e in agenda.entries())["Darwin - Training Room"] == len(
        re.findall("Darwin - Training [Rr]oom", text(file))
    )
    assert [(p.place.line, p.rule) for p in found if p.rule == "agenda.room-spelling"] == [
        (33, "agenda.room-spelling"),
        (60, "agenda.room-spelling"),
    ]
    assert (faults(found), whole(agenda, file)) == ([], True)
    assert all(
        reading.taken is not Taken.PASSED or "|" not in reading.text or "---" in reading.text
        for reading in agenda.coverage
    )


def test_galaxy_esg_kickoff_2022(real_data: Path) -> None:
    file = real_data / "agenda-text" / "galaxy-esg-kickoff-2022.md"
    agenda, found = read(file, Given(dates=(date(2022, 10, 6), date(2022, 10, 7))))
    rows = re.findall(r"^\| (\d\d:\d\d) - (\d\d:\d\d) \|", text(file), re.MULTILINE)
    assert [hours(entry) for entry in agenda.entries()] == [f"{start}-{end}" for start, end in rows]
    assert sizes(agenda) == [11, 5]
    people = {person.name.full: person.organisation for person in agenda.people}
    assert people["Björn Grüning"] == people["Oana Marchis"] == "University of Freiburg"
    assert len(people) == 7
    assert (faults(found), whole(agenda, file)) == ([], True)


def test_global_azure_auckland_2019(real_data: Path) -> None:
    file = real_data / "agenda-text" / "global-azure-auckland-2019.md"
    agenda, found = read(file)
    rows = re.findall(r"^\| (\d+:\d\d [AP]M) - (\d+:\d\d [AP]M) \|", text(file), re.MULTILINE)
    assert len(rows) == 12
    assert list(dict.fromkeys(hours(entry) for entry in agenda.entries())) == [f"{a}-{b}" for a, b in rows]
    assert Counter(entry.track for entry in agenda.entries()) == {"": 7, "Developer Track": 5, "IT Pro Track": 5}
    assert [entry.start.minutes for entry in agenda.entries() if entry.start][-1] == 16 * 60 + 30
    assert (found, whole(agenda, file)) == ([], True)


def test_orconf_2017(real_data: Path) -> None:
    file = real_data / "agenda-text" / "orconf-2017.md"
    agenda, found = read(file)
    rows = re.findall(r"^\| (\d\d:\d\d) ", text(file), re.MULTILINE)
    timed = [entry for entry in agenda.entries() if entry.start]
    assert len(rows) == 43
    assert [str(entry.start) for entry in timed] == rows
    assert [day.title for day in agenda.days] == ["Friday", "Saturday", "Sunday"]
    untimed = [entry.title for entry in agenda.entries() if not entry.start]
    assert untimed == ["ZipCPU update", "What the Heck is System Hyper Pipelining?", "FuseSoc", "myStorm"]
    assert not any(word in entry.title for entry in agenda.entries() for word in ("Video", "Slide"))
    assert who(agenda, next(e for e in timed if e.title == "Chip Hack EDSAC 2017")) == [
        "Mary Bennett",
        "Peter Bennett",
        "Dan Gorringe",
    ]
    assert {problem.rule for problem in found} == {"agenda.doubtful-person", "agenda.shared-start"}
    assert (faults(found), whole(agenda, file)) == ([], True)


def test_tarot_school_2024(real_data: Path) -> None:
    file = real_data / "agenda-text" / "tarot-school-2024-grid.md"
    agenda, found = read(file)
    rows = [line.split("|")[3:8] for line in text(file).split("\n")[8:17]]
    assert [day.date for day in agenda.days] == [date(2024, 7, n) for n in range(8, 13)]
    assert sizes(agenda) == [sum(bool(row[n].strip()) for row in rows) for n in range(5)]
    assert list(agenda.days[0].entries())[-1].title == "Welcome reception - Ristorante il Sole Città Alta"
    assert len(agenda.people) == 8
    differing = [problem for problem in found if problem.rule == "agenda.tables-differ"]
    assert [problem.place.line for problem in differing] == [125]
    assert (faults(found), whole(agenda, file)) == ([], True)


def test_tuebix_2024_agrees_with_its_export(real_data: Path) -> None:
    file = real_data / "agenda-text" / "tuebix-2024-raumplan.de.md"
    agenda, found = read(file)
    conference: Any = json.loads(text(real_data / "schedule-json" / "tuebix-2024-pretalx.json"))["schedule"][
        "conference"
    ]
    exported = {
        (f"Raum {room}", item["start"], item["title"], tuple(person["public_name"] for person in item["persons"]))
        for day in conference["days"]
        for room, items in day["rooms"].items()
        for item in items
    }
    assert len(exported) == 32
    assert {(e.room, str(e.start), e.title, tuple(who(agenda, e))) for e in agenda.entries()} == exported
    assert len({entry.room for entry in agenda.entries()}) == 5
    assert len(list(agenda.entries())) == 32
    assert (faults(found), whole(agenda, file)) == ([], True)


def test_african_ai_workshop_2025(real_data: Path) -> None:
    file = real_data / "agenda-text" / "african-ai-workshop-2025-durations.md"
    agenda, found = read(file)
    assert [entry.start for entry in agenda.entries()] == [None] * 11
    assert [entry.minutes for entry in agenda.entries()] == [10, 30, 50, 40, 20, 60, 30, 50, 40, 50, 10]
    assert sum(entry.minutes for entry in agenda.entries()) == 390
    assert [(s.label, len(s.entries)) for s in agenda.days[0].sessions] == [("Part 1", 4), ("Part 2", 5)]
    assert [person.name.full for person in agenda.people] == ["Joan Kinyua", "Girmaw Abebe Tadesse"]
    assert [(problem.place.line, problem.rule) for problem in found] == [
        (15, "agenda.doubtful-person"),
        (21, "agenda.doubtful-person"),
        (24, "agenda.to-be-confirmed"),
    ]
    assert whole(agenda, file)


def test_devfest_cz_2017(real_data: Path) -> None:
    first, second = (real_data / "csv-agenda" / f"devfest-cz-2017-day{n}.csv" for n in (1, 2))
    agenda, found = read(first)
    rows = list(csv.reader(io.StringIO(text(first))))[1:]
    assert list(dict.fromkeys(hours(entry) for entry in agenda.entries())) == [f"{row[0]}-{row[1]}" for row in rows]
    talks = [(row[n], row[n + 1]) for row in rows for n in (3, 5, 7) if row[n + 1]]
    assert Counter(
        (*who(agenda, e), e.title) for e in agenda.entries() if e.cast and who(agenda, e) != [e.title]
    ) == Counter(talks)
    assert Counter(entry.track for entry in agenda.entries() if entry.track).keys() == {
        "TRACK 1 - T1",
        "TRACK 2 - E1",
        "TRACK 3 - E2",
    }
    assert [(problem.place.cell, problem.rule) for problem in found] == [
        ("J11", "agenda.stray-cell"),
        ("J12", "agenda.stray-cell"),
        ("H10", "agenda.name-as-title"),
    ]
    agenda, found = read(second)
    assert list(dict.fromkeys(hours(entry) for entry in agenda.entries())) == [
        "9:30-10:00",
        "10:00-12:30",
        "12:30-13:00",
        "13:00-15:30",
    ]
    talks = [
        row[n + 1]
        for row in list(csv.reader(io.StringIO(text(second))))[1:]
        for n in range(3, 15, 2)
        if row[n + 1 : n + 2] > [""]
    ]
    assert Counter(entry.title for entry in agenda.entries() if entry.room) == Counter(talks)
    assert "Neha Sharma" in {person.name.full for person in agenda.people}
    assert found == []


def test_orconf_2023(real_data: Path) -> None:
    file = real_data / "csv-agenda" / "orconf-2023.csv"
    agenda, found = read(file)
    rows = list(csv.DictReader(io.StringIO(text(file))))
    assert len(rows) == 45
    timed = [row for row in rows if row["day"]]
    assert [(hours(e), e.title) for e in agenda.entries()] == [
        (f"{r['from']}-{r['to']}", " ".join(r["title"].split())) for r in timed
    ]
    assert [(day.title, len(list(day.entries()))) for day in agenda.days] == list(
        Counter(row["day"] for row in timed).items()
    )
    left_out = [problem for problem in found if problem.rule == "agenda.no-time"]
    assert len(left_out) == len(rows) - len(timed) == 12
    assert all(row["title"][:40] in problem.message for row, problem in zip(rows[-12:], left_out, strict=True))
    assert [reading.taken for reading in agenda.coverage].count(Taken.PASSED) == 12
    assert faults(found) == []


def test_ml4hst_2023(real_data: Path) -> None:
    file = real_data / "xlsx-agenda" / "ml4hst-2023.xlsx"
    with zipfile.ZipFile(file) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert 'ref="E7:E9"' in sheet
    agenda, found = read(file)
    assert [day.title for day in agenda.days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    timed = [[hours(entry) for entry in day.entries() if entry.start] for day in agenda.days]
    assert [len(day) for day in timed] == [9, 9, 9, 8, 8]
    assert timed[3][4:6] == ["12:15-3:00", "12:15-3:00"]
    assert timed[4][-3:] == ["12:00-1:00", "1:00-2:15", "2:15-2:30"]
    assert [entry.room for entry in agenda.days[3].entries() if entry.room] == [
        "EN 5041",
        "EN 5041",
        "EN 5041",
        "EN 5054",
    ]
    assert agenda.title == "ML4HST 2023 Schedule - Location EN 5022"
    assert {"Dr. Suresh", "Fletcher", "Josh", "Matt", "Nischal", "Bruce", "Tessa"} <= {
        p.name.full for p in agenda.people
    }
    assert {problem.rule for problem in found} == {"agenda.name-as-title", "agenda.shared-start"}
    assert faults(found) == []
