"""Agendas in the commands of Microdown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eventprint.event import Kind, Taken
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, read_agenda

TEXT = """<!agenda|title=Harbour Days
<!day|start=2026 March 3rd

<!segment|start=09:45
<!talk|subject=Tides & Ships=Both&author=A. Berg, T. Hardy and E. Lang&length=15&room=Hall, 2!>
<!break|subject=Coffee&length=30!>
<!talk|subject=Cranes&author=A. Berg&length=45!>
!>
!>
<!day|start=2026 March 4th
<!segment|start=23:30
<!talk|subject=Night&length=60!>
!>
"""

Of = Callable[[str], tuple[Agenda, list[Problem]]]


@pytest.fixture
def agenda_of(tmp_path: Path) -> Of:
    def of(text: str) -> tuple[Agenda, list[Problem]]:
        file = tmp_path / "agenda.md"
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path), problems.found

    return of


def _entries(agenda: Agenda) -> list[tuple[str | None, str | None, str]]:
    return [(str(e.start) if e.start else None, str(e.end) if e.end else None, e.title) for e in agenda.entries()]


def test_times_are_added_up_from_the_start_of_the_segment(agenda_of: Of) -> None:
    agenda, found = agenda_of(TEXT)
    assert (agenda.title, [day.date for day in agenda.days]) == (
        "Harbour Days",
        [date(2026, 3, 3), date(2026, 3, 4)],
    )
    assert _entries(agenda) == [
        ("09:45", "10:00", "Tides & Ships=Both"),
        ("10:00", "10:30", "Coffee"),
        ("10:30", "11:15", "Cranes"),
        ("23:30", "00:30", "Night"),
    ]
    tides, coffee, cranes, night = agenda.entries()
    assert ([c.person for c in tides.cast], tides.room) == (["a-berg", "t-hardy", "e-lang"], "Hall, 2")
    assert [c.place.column for c in tides.cast] == [42, 51, 64]
    assert (coffee.kind, cranes.cast[0].person, night.end and night.end.minutes) == (Kind.BREAK, "a-berg", 24 * 60 + 30)
    assert len(agenda.people) == 3
    assert found == []


def test_every_line_is_used_or_passed_over(agenda_of: Of) -> None:
    agenda, found = agenda_of(TEXT + "See you there\n<!speaker|name=A. Berg!>\n")
    assert [reading.line for reading in agenda.coverage] == [
        n for n, line in enumerate((TEXT + "x\ny\n").split("\n"), 1) if line.strip()
    ]
    assert [(r.line, r.note) for r in agenda.coverage if r.taken is Taken.PASSED] == [
        (8, "the end of a command"),
        (9, "the end of a command"),
        (13, "the end of a command"),
        (14, "no command of an agenda"),
        (15, "a command “speaker” is not known"),
    ]
    assert [(p.place.line, p.rule, p.severity) for p in found] == [
        (14, "agenda.passed-over", Severity.OPEN),
        (15, "agenda.passed-over", Severity.OPEN),
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("length=30!>", "length=soon!>", "agenda.md:6:31", "“soon” is not a length in minutes"),
        ("&length=30!>", "!>", "agenda.md:6:1", "“Coffee” has no length"),
        ("start=09:45", "start=25:45", "agenda.md:4:17", "25:45 is not a time"),
        ("2026 March 3rd", "2026 Mars", "agenda.md:2:13", "2026 Mars is not a date"),
    ],
)
def test_a_fault_is_told_in_its_place(agenda_of: Of, old: str, new: str, place: str, message: str) -> None:
    agenda, found = agenda_of(TEXT.replace(old, new))
    assert [(str(p.place), p.message) for p in found if p.severity is Severity.ERROR] == [(place, message)]
    assert [entry.title for entry in agenda.entries()] == ["Tides & Ships=Both", "Coffee", "Cranes", "Night"]


def test_what_follows_an_unknown_length_has_no_time(agenda_of: Of) -> None:
    agenda, _ = agenda_of(TEXT.replace("length=30!>", "length=soon!>"))
    assert _entries(agenda)[:3] == [
        ("09:45", "10:00", "Tides & Ships=Both"),
        ("10:00", None, "Coffee"),
        (None, None, "Cranes"),
    ]
    assert [entry.when for entry in agenda.entries()][:3] == ["09:45", "10:00", "45 min"]


def test_a_real_one(real_data: Path) -> None:
    """Counted with grep: 59 lines `<!talk` or `<!break`, 16 of them breaks, 4 `<!day`."""
    file = real_data / "agenda-text" / "esug-2024-microdown.md"
    problems = Problems()
    agenda = read_agenda(file, problems, file.parent)
    entries = list(agenda.entries())
    assert (len(agenda.days), sum(e.kind is Kind.TALK for e in entries), sum(e.is_break for e in entries)) == (
        4,
        43,
        16,
    )
    assert [str(next(iter(day.entries())).start) for day in agenda.days] == ["09:00", "09:15", "09:15", "09:30"]
    # By hand: 9:00 and 15+15+30+30*4+120+30*3+30+30*3+200 minutes; 9:30 and 30+30+30*3+120+30*3+30+30*2+60.
    assert [str(list(day.entries())[-1].end) for day in agenda.days] == ["20:50", "18:30", "00:00", "18:00"]
    assert agenda.title == "ESUG 2024"
    # "A. Chis" in one line is "A. Chiș" in two others
    assert [(problem.place.line, problem.rule) for problem in problems.found] == [(43, "agenda.same-person")]
