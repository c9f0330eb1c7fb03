"""Agendas in plain text and Markdown that other people wrote, read as `SOURCES.md` beside them counts them.

What is expected was counted in the files, by hand and with grep, not taken from what the reader said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eventprint.event import Duty, Entry, Kind, Service, Session, Taken
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, read_agenda

Read = Callable[[str], tuple[Agenda, list[Problem]]]

FILES = (
    "00-mine-the-gap-2022.txt", "bbs-meeting-2015.md", "copenhagen-hackathon-2018.md", "ecc-mobility-workshop-2023.md",
    "httpbis-interim-2013-06.md", "nordic-rse-unconference-2021.md", "simlint-workshop-2023.md",
)  # fmt: skip


@pytest.fixture
def read(real_data: Path) -> Read:
    def one(name: str) -> tuple[Agenda, list[Problem]]:
        problems = Problems()
        file = real_data / "agenda-text" / name
        return read_agenda(file, problems, file.parent), problems.found

    return one


def _slots(blocks: tuple[Session | Entry, ...]) -> list[tuple[str, str]]:
    """Start and title of everything that has a start of its own, blocks included."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        own = isinstance(block, Entry) or not (block.entries and block.entries[0].start == block.start)
        if own and block.start:
            found.append((str(block.start), block.title))
        found += [(str(e.start), e.title) for e in getattr(block, "entries", ()) if e.start]
    return found


def _people(agenda: Agenda) -> set[str]:
    return {person.name.full for person in agenda.people}


def _points(found: list[Problem], severity: Severity = Severity.OPEN) -> list[tuple[int, str]]:
    return [(problem.place.line, problem.rule) for problem in found if problem.severity is severity]


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_used_or_passed_over_with_a_reason(read: Read, real_data: Path, name: str) -> None:
    agenda, found = read(name)
    text = (real_data / "agenda-text" / name).read_text(encoding="utf-8-sig")
    filled = [number for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if line.strip()]
    assert [reading.line for reading in agenda.coverage] == filled
    assert all(reading.note for reading in agenda.coverage if reading.taken is Taken.PASSED)
    assert [problem.message for problem in found if problem.severity is Severity.ERROR] == []


def test_mine_the_gap(read: Read) -> None:
    agenda, found = read("00-mine-the-gap-2022.txt")
    entries = list(agenda.entries())
    timed = [entry for entry in entries if entry.start]
    assert (len(agenda.days), len(timed), len(entries) - len(timed)) == (1, 11, 4)
    assert (len(agenda.days[0].sessions), len(agenda.people)) == (3, 7)
    assert (str(timed[0].start), str(timed[-1].start)) == ("09:45", "15:30")
    assert {rule for _, rule in _points(found)} == {
        "agenda.shared-start", "agenda.to-be-confirmed", "agenda.run-on-title", "agenda.label-as-title",
    }  # fmt: skip


def test_bbs_2015(read: Read) -> None:
    agenda, found = read("bbs-meeting-2015.md")
    (day,) = agenda.days
    entries = list(day.entries())
    assert (len(entries), [session.title for session in day.sessions]) == (
        10,
        ["BBS Technical Meeting", "BBS Expanded Meeting"],
    )
    # 12:00 - 1:00 and 1:00 - 1:30 are after noon, though nobody says so.
    assert [(e.start.minutes, e.end.minutes) for e in entries if e.start and e.end][5:7] == [(720, 780), (780, 810)]
    assert [(str(e.start), e.start.minutes) for e in (entries[0], entries[-1]) if e.start] == [
        ("9:00", 540),
        ("2:10", 14 * 60 + 10),
    ]
    assert [(e.title, e.service) for e in entries if e.is_break] == [("Lunch provided by NZGL", Service.LUNCH)]
    assert (day.date, _points(found)) == (date(2015, 10, 28), [(4, "agenda.no-year")])


def test_copenhagen_2018(read: Read) -> None:
    agenda, found = read("copenhagen-hackathon-2018.md")
    (day,) = agenda.days
    entries = list(day.entries())
    assert (day.date, len(entries), agenda.title) == (date(2018, 3, 11), 11, "")
    assert [(str(e.start), str(e.end), e.title) for e in (entries[0], entries[-2])] == [
        ("10:30", "11:00", "Welcome, coffee and tea"),
        ("18:30", "19:00", "final presentations"),
    ]
    assert (str(entries[-1].start), entries[-1].end, entries[-1].service) == ("19:00", None, Service.DINNER)
    # The first agenda has no times: it is passed over, and told.
    assert _points(found) == [(4, "agenda.passed-over")]


def test_ecc_2023(read: Read) -> None:
    agenda, found = read("ecc-mobility-workshop-2023.md")
    (day,) = agenda.days
    slots = _slots(day.blocks)
    assert (day.date, len(slots), slots[0], slots[-1][0]) == (
        date(2023, 11, 23), 10, ("8:00", "Participant Welcoming at ECC"), "17:45",
    )  # fmt: skip
    assert agenda.venue.name == "École Centrale de Casablanca (ECC)"
    panels = [entry for entry in day.entries() if entry.kind is Kind.PANEL]
    assert ([session.title.split(":")[0] for session in day.sessions], len(panels)) == (
        ["Panel 1", "Panel 2", "Panel 3", "Panel 4"],
        4,
    )
    assert _people(agenda) == {
        "Mr. Alain Bullot", "Mr. Borges Luciano", "Mr. Mehdi Sahel", "Mr. Mohamed Hosni", "Mr. Nabil Belabed",
        "Mr. Thierno Birahim AW", "Mr. Karim Eddine Chennouf",
    }  # fmt: skip
    assert [(e.title, e.minutes) for e in day.sessions[0].entries] == [
        ("Introductory Conference", 30),
        ("Panel Discussion", 60),
    ]
    points = _points(found)
    # "Luciano Borges" is taken to be "Borges Luciano"; 30 and 60 minutes are no 105.
    assert (30, "agenda.same-person") in points
    assert [line for line, rule in points if rule == "agenda.lengths"] == [15, 29, 49]
    # Moderators that are organisations, and representatives.
    assert [line for line, rule in points if rule == "agenda.unnamed-people"] == [18, 40, 52]


def test_httpbis_2013(read: Read) -> None:
    agenda, found = read("httpbis-interim-2013-06.md")
    assert [day.date for day in agenda.days] == [date(2013, 6, 13), date(2013, 6, 14)]
    for day in agenda.days:
        entries = list(day.entries())
        assert [(str(e.start), str(e.end)) for e in entries] == [
            ("0830", "0900"), ("0900", "1200"), ("1200", "1300"), ("1300", "1500"), ("1500", "1530"), ("1530", "1700"),
        ]  # fmt: skip
        assert [e.service for e in entries if e.is_break] == [Service.RECEPTION, Service.LUNCH, Service.PAUSE]
    # Documents before it and the list of topics after it are no agenda.
    assert _points(found) == [(10, "agenda.passed-over"), (37, "agenda.passed-over")]
    assert agenda.people == ()


def test_nordic_rse_2021(read: Read) -> None:
    agenda, found = read("nordic-rse-unconference-2021.md")
    first, second = agenda.days
    assert (agenda.title, first.date, second.date) == (
        "Nordic-RSE online unconference 2021", date(2021, 6, 29), date(2021, 6, 30),
    )  # fmt: skip
    (invited,) = first.sessions
    # Twelve bullets with a time, counted with grep; one of them is the block, which begins with its first talk.
    assert (len(list(first.entries())), len(invited.entries), len(list(second.entries()))) == (11, 4, 6)
    assert [(c.person, c.duty) for c in invited.cast] == [("samantha-wittke", Duty.CHAIR)]
    assert [(e.title, [c.person for c in e.cast]) for e in invited.entries[:2]] == [
        ("Keep your code alive - lessons from the QuTiP project", ["shahnawaz-ahmed"]),
        ("Julia for research software engineers", ["kristoffer-carlsson"]),
    ]
    assert {person.name.full: person.organisation for person in agenda.people if person.organisation} == {
        "Shahnawaz Ahmed": "Wallenberg Centre for Quantum Technology",
        "Kristoffer Carlsson": "JuliaComputing",
        "Anne Fouilloux": "Nordic-RSE",
    }
    # Who spoke is named; who was cancelled, and who organised, is not.
    assert len(agenda.people) == 7
    assert _points(found, Severity.WARNING) == [(76, "agenda.cancelled")]
    assert {(64, "agenda.timezone"), (62, "agenda.no-year"), (89, "agenda.no-year")} <= set(_points(found))
    assert [sum(entry.is_break for entry in day.entries()) for day in agenda.days] == [2, 1]


def test_simlint_2023(read: Read) -> None:
    agenda, found = read("simlint-workshop-2023.md")
    monday, tuesday, wednesday = agenda.days
    (plenary,) = monday.sessions
    assert (len(plenary.entries), str(plenary.start), str(plenary.end)) == (9, "14:00", "18:00")
    # Fourteen bullets with a time on Monday, the block of nine among them.
    assert len(list(monday.entries())) + 1 == 14
    assert (len(list(tuesday.entries())), len(list(wednesday.entries()))) == (3, 1)
    last = list(monday.entries())[-2:]
    assert [(str(e.start), e.title.split(" ")[0], e.service) for e in last] == [
        ("16:50", "Plenary", None),
        ("19:00", "dinner", Service.DINNER),
    ]
    assert [(e.title, [c.person for c in e.cast]) for e in plenary.entries] == [
        ("EPCC: What do we do & why, On Learned Corrections", []),
        ("Jony Castagna", ["jony-castagna"]),
        ("Stanislas Pamela", ["stanislas-pamela"]),
        ("Peter Hill", ["peter-hill"]),
        ("ExCALIBUR Project NEPTUNE", ["ed-threlfal"]),
        ("Coffee break", []),
        ("Ben Dudson/Ben Zhu", ["ben-dudson", "ben-zhu"]),
        ("Josh Williams", ["josh-williams"]),
        ("Robin Heinonen", ["robin-heinonen"]),
    ]
    assert [line for line, rule in _points(found) if rule == "agenda.no-year"] == [1, 23, 31]
