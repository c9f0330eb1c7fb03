"""The reader of agendas written as YAML."""

from __future__ import annotations

import os
from pathlib import Path

from agendas import agendas, as_printed
from effort import grows_evenly
from hypothesis import HealthCheck, given, settings

from eventprint.event import Kind
from eventprint.problems import Problems, Severity
from eventprint.read.agenda import UNLIKELY, Agenda, Source, Taken, as_data, read_agenda
from eventprint.read.folder import agenda_yaml
from eventprint.read.folder.written import written

HARBOUR = """\
# Where the cranes are
title: Harbour Days
venue: {name: Old Customs House, room: Baltic}
organisers: [Port of Riga, Baltic Hub]
moderator: Anna Berg, Port of Riga
days:
  - date: 2026-03-03
    agenda:
      - {start: 09:30, title: Registration}
      - session: Session I
        title: Energy
        chair: Maria Rossi, CNR
        entries:
          - start: 10:00
            title: Power from the shore
            speakers:
              - Carlos Díaz, Port of Vigo
              - {name: Eva Lang, organisation: ETH}
          - title: Hydrogen in harbours
            speaker: TBC
      - {start: "11:00", end: "12:30", title: Lunch}
      - {start: "12:30", title: Who pays?, kind: panel, panellists: [Eva Lang]}
  - date: 2026-03-04
    agenda:
      - {start: 9.00, title: Closing}
"""


def _read(folder: Path, text: str) -> tuple[Agenda, Problems]:
    file = folder / "agenda.txt"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_agenda(file, problems, folder), problems


def test_the_content_chooses_the_reader_not_the_name(tmp_path: Path) -> None:
    agenda, problems = _read(tmp_path, HARBOUR)
    assert [
        (str(e.start) if e.start else None, str(e.end) if e.end else None, e.kind.value, e.title)
        for e in agenda.entries()
    ] == [
        ("09:30", "10:00", "break", "Registration"),
        ("10:00", None, "talk", "Power from the shore"),
        (None, None, "talk", "Hydrogen in harbours"),
        ("11:00", "12:30", "break", "Lunch"),
        ("12:30", None, "panel", "Who pays?"),
        ("9.00", None, "address", "Closing"),
    ]
    session = agenda.days[0].sessions[0]
    assert (session.label, session.title, str(session.start), str(session.end)) == (
        "Session I", "Energy", "10:00", "11:00",
    )  # fmt: skip
    assert [len(session.entries) for session in agenda.days[0].sessions] == [2]
    assert {person.name.full: (person.organisation, person.place.line) for person in agenda.people} == {
        "Anna Berg": ("Port of Riga", 5),
        "Maria Rossi": ("CNR", 12),
        "Carlos Díaz": ("Port of Vigo", 17),
        "Eva Lang": ("ETH", 18),
    }
    assert [(p.place.line, p.rule, p.severity) for p in problems.found] == [
        (20, "agenda.to-be-confirmed", Severity.OPEN)
    ]
    assert as_data(agenda)["event"]["organisers"] == ["Port of Riga", "Baltic Hub"]


def test_every_line_is_covered(tmp_path: Path) -> None:
    agenda, _ = _read(tmp_path, HARBOUR)
    assert [reading.line for reading in agenda.coverage] == list(range(1, len(HARBOUR.splitlines()) + 1))
    assert [reading.line for reading in agenda.coverage if reading.taken is Taken.PASSED] == [1]
    assert [reading.line for reading in agenda.coverage if reading.taken is Taken.SLOT][:2] == [9, 14]


def test_faults_are_reported_at_their_places(tmp_path: Path) -> None:
    text = """\
title: Talks
agenda:
  - {start: 25:10, title: Tides}
  - {start: 10:00, titel: Ships}
  - {start: 11:00, title: Cranes, kind: speech}
  - {start: 12:00, title: Load, speakers: [Anna Berg, ETH]}
date: tomorrow
"""
    agenda, problems = _read(tmp_path, text)
    assert [(str(p.place), p.severity.value, p.message) for p in problems.found] == [
        ("agenda.txt:3:13", "error", "25:10 is not a time"),
        ("agenda.txt:4:5", "error", "this entry has no title"),
        ("agenda.txt:4:20", "error", "an entry has no “titel”"),
        ("agenda.txt:5:41", "error", "“speech” is no kind of entry"),
        ("agenda.txt:6:55", "open", "“ETH” is taken for a person's name"),
        ("agenda.txt:7:7", "error", "tomorrow is not a date"),
    ]
    assert [entry.title for entry in agenda.entries()] == ["Tides", "", "Cranes", "Load"]
    assert [entry.kind for entry in agenda.entries()] == [Kind.OTHER, Kind.OTHER, Kind.OTHER, Kind.TALK]


@settings(max_examples=int(os.environ.get("EVENTPRINT_EXAMPLES", "60")), suppress_health_check=[HealthCheck.too_slow])
@given(agendas())
def test_every_agenda_comes_back_from_yaml(agenda: Agenda) -> None:
    text = written(agenda)
    source = Source(Path("agenda.yaml"), "agenda.yaml", text.encode(), "words", text)
    problems = Problems()
    again = agenda_yaml.read(source, problems)
    assert as_printed(again) == as_printed(agenda)
    assert problems.errors == []
    assert agenda_yaml.likelihood(source) > UNLIKELY
    assert written(again) == text


def test_what_stands_below_a_text_belongs_to_it(tmp_path: Path) -> None:
    text = """\
days:
  - agenda:
      - start: "10:00"
        title: One
        abstract: |-
          # A heading
          - start: "11:00"
            title: not an entry
      - start: "12:00"   # noon
        open:
          - >-
            # is this
            right?
        title: Two
"""
    agenda, problems = _read(tmp_path, text)
    assert [entry.title for entry in agenda.entries()] == ["One", "Two"]
    assert [reading.line for reading in agenda.coverage if reading.taken is Taken.PASSED] == []
    assert [(problem.rule, problem.message) for problem in problems.found] == [("agenda.noted", "# is this right?")]


def test_times_that_count_otherwise_than_they_are_printed(tmp_path: Path) -> None:
    agenda, problems = _read(
        tmp_path,
        """\
agenda:
  - {start: "1:30 (13:30)", end: "2:00 (14:00)", title: One}
  - {start: "23:30", title: Two}
  - {start: "00:30 (24:30)", end: open, title: Three}
  - {start: "01:00 (25:00)", until: "02:00 (26:00)", title: Four}
  - {start: "24:30", title: Five}
""",
    )
    assert [
        (*((time.minutes if time else None, str(time)) for time in (entry.start, entry.end)), entry.end_stated)
        for entry in agenda.entries()
    ] == [
        ((13 * 60 + 30, "1:30"), (14 * 60, "2:00"), True),
        ((23 * 60 + 30, "23:30"), (24 * 60 + 30, "00:30"), False),
        ((24 * 60 + 30, "00:30"), (None, "None"), False),
        ((25 * 60, "01:00"), (26 * 60, "02:00"), False),
        ((None, "None"), (None, "None"), False),
    ]  # fmt: skip
    assert [(problem.place.line, problem.message) for problem in problems.found] == [(6, "24:30 is not a time")]
    assert "00:30 (24:30)" in problems.found[0].hint


def test_a_doubtful_entry_is_an_open_point_unless_a_note_says_why(tmp_path: Path) -> None:
    _, problems = _read(
        tmp_path,
        """\
agenda:
  - {start: "10:00", title: One, sure: doubtful}
  - {start: "11:00", title: Two, sure: doubtful, open: why}
  - {start: "12:00", title: Three, sure: perhaps}
""",
    )
    assert [(problem.place.line, problem.rule) for problem in problems.found] == [
        (2, "agenda.doubtful-entry"),
        (3, "agenda.noted"),
        (4, "agenda.sure"),
    ]


def test_people_may_be_listed_and_named_by_key(tmp_path: Path) -> None:
    agenda, problems = _read(
        tmp_path,
        """\
agenda:
  - {start: "10:00", title: One, speaker: {key: anna-2}}
  - {start: "11:00", title: Two, cast: [{moderator: Anna Berg}, {speaker: TBA}, {speaker: {key: nobody}}]}
people:
  - {name: Anna Berg, organisation: ETH, id: 7}
  - {name: Anna Berg, key: anna-2}
  - Carlos Díaz, RTU
  - {organisation: nobody}
""",
    )
    assert [[(cast.person, cast.duty.value) for cast in entry.cast] for entry in agenda.entries()] == [
        [("anna-2", "speaker")], [("anna-berg", "moderator")],
    ]  # fmt: skip
    assert [(person.key, person.organisation, person.known_as) for person in agenda.people] == [
        ("anna-berg", "ETH", ("id:7",)), ("anna-2", "", ()), ("carlos-diaz", "RTU", ()),
    ]  # fmt: skip
    assert [(problem.place.line, problem.rule) for problem in problems.found] == [
        (3, "agenda.to-be-confirmed"),
        (3, "agenda.unknown-person"),
        (8, "agenda.no-name"),
    ]


def test_a_value_of_another_kind_is_told_and_nothing_vanishes(tmp_path: Path) -> None:
    agenda, problems = _read(
        tmp_path,
        """\
title: [Harbour, Days]
organisers: [{name: Port of Riga}]
facts: {Wi-Fi: [a, b]}
agenda:
  - {start: "10:00", title: One, room: {name: Hall}, online: perhaps}
  - {start: "11:00", title: Two, online: yes, speaker_tbc: 1}
""",
    )
    assert [(str(problem.place), problem.message) for problem in problems.found] == [
        ("agenda.txt:1:8", "title needs a text"),
        ("agenda.txt:2:14", "organisers needs a text"),
        ("agenda.txt:3:16", "Wi-Fi needs a text"),
        ("agenda.txt:5:40", "room needs a text"),
        ("agenda.txt:5:62", "online is neither true nor false"),
        ("agenda.txt:6:60", "speaker_tbc is neither true nor false"),
    ]
    assert [entry.online for entry in agenda.entries()] == [None, True]


def test_very_many_unknown_names_take_no_longer_than_few(tmp_path: Path) -> None:
    def unknown(size: int) -> int:
        names = "".join(f"nobody_knows_{number}: x\n" for number in range(size))
        _, problems = _read(tmp_path, f"agenda:\n  - {{start: '10:00', title: One}}\n{names}")
        return len(problems.errors)

    assert grows_evenly(unknown, 1000)
    assert unknown(20_000) == 20_000
