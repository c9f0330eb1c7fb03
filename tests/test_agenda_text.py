"""The reader of agendas as people write them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint.event import Duty, Kind, Service, Sure, Taken
from eventprint.problems import Problem, Problems, Severity, Stop
from eventprint.read.agenda import Agenda, as_data, organisations, read_agenda

SAMPLE = Path(__file__).parents[1] / "data" / "mine-the-gap" / "agenda.md"

CUESTA, STOYANOVA, PINNA, JOKELAINEN, LEE, NOVO, NYKANEN = (
    "santiago-cuesta-lopez",
    "milena-stoyanova",
    "valentina-pinna",
    "kristiina-jokelainen",
    "meng-chun-lee",
    "antonio-novo-guerrero",
    "ilkka-nykanen",
)

INTRODUCTION = (
    "Regions and clusters play an important role in the development of innovation system for SMEs. The MINE.THE.GAP "
    "Inter-platform Workshop will bring European regional bodies, S3 platforms and clusters from different industrial "
    "value chains together to discuss about common threats, challenges and solutions for interregional cooperation in "
    "the frame of regional policies and cluster activities."
)


def _by(person: str, line: int, duty: str = "speaker") -> list[dict[str, object]]:
    return [{"person": person, "duty": duty, "line": line}]


EXPECTED_AGENDA = [
    {
        "start": "09:45",
        "end": "10:00",
        "kind": "break",
        "service": "registration",
        "title": "Registration and morning coffee",
        "line": 25,
    },
    {"start": "10:00", "end": "10:20", "kind": "address", "title": "Welcome", "cast": _by(CUESTA, 29), "line": 27},
    {
        "start": "10:20",
        "end": "10:30",
        "kind": "talk",
        "title": "Cross-regional collaboration in INNOSUP actions implemented under H2020 Programme",
        "cast": _by(STOYANOVA, 33),
        "line": 31,
    },
    {
        "start": "10:30",
        "end": "10:50",
        "kind": "talk",
        "title": "I3 – Interregional Innovation Investments Instrument",
        "cast": _by(PINNA, 37),
        "line": 35,
    },
    {"start": "10:50", "end": "11:00", "kind": "break", "service": "coffee", "title": "Coffee break", "line": 39},
    {
        "session": "Session I",
        "title": "Interregional cooperation in the development of innovation eco-systems for raw materials sector",
        "start": "11:00",
        "end": "12:00",
        "line": 41,
        "entries": [
            {
                "start": "11:00",
                "end": None,
                "kind": "talk",
                "title": "The EU raw materials regions panorama",
                "speaker_tbc": True,
                "line": 43,
            },
            {
                "start": None,
                "end": None,
                "kind": "talk",
                "title": "S3P mining industry partnership – Fostering sustainable mining through Regional Innovation "
                "Hub of responsible Mining and Metallurgy Business Solutions",
                "cast": _by(JOKELAINEN, 49),
                "line": 47,
            },
            {
                "start": None,
                "end": None,
                "kind": "talk",
                "title": "The role of regions in sustainable raw materials sector – EU Circular Cooperation Hub & SRIA",
                "cast": _by(LEE, 53),
                "line": 51,
            },
        ],
    },
    {"start": "12:00", "end": "13:00", "kind": "break", "service": "lunch", "title": "Lunch break", "line": 55},
    {
        "session": "Session II",
        "title": "Interregional cooperation in the frame of cluster activities",
        "start": "13:00",
        "end": "14:00",
        "line": 57,
        "entries": [
            {
                "start": "13:00",
                "end": None,
                "kind": "talk",
                "title": "Interregional cooperation through European Clusters Alliance",
                "cast": _by(NOVO, 61),
                "line": 59,
            },
            {
                "start": None,
                "end": None,
                "kind": "talk",
                "title": "Investment in industrial symbiosis and promotion of value for innovative technologies "
                "through cooperative alliances",
                "speaker_tbc": True,
                "line": 63,
            },
            {
                "start": None,
                "end": None,
                "kind": "talk",
                "title": "Assessment for interregional sustainable mining value chain and opportunities for SMEs Case "
                "Outokumpu Mining Hub – sustainable mining solutions",
                "cast": _by(NYKANEN, 69),
                "line": 67,
            },
        ],
    },
    {"start": "14:00", "end": "14:15", "kind": "break", "service": "coffee", "title": "Coffee Break", "line": 71},
    {
        "session": "Session III",
        "title": "Panel discussion",
        "start": "14:15",
        "end": "15:30",
        "line": 73,
        "entries": [
            {
                "start": "14:15",
                "end": "15:30",
                "kind": "panel",
                "title": "Panel discussion",
                "cast": [
                    *_by(STOYANOVA, 77, "panellist"),
                    *_by(NOVO, 79, "panellist"),
                    *_by(JOKELAINEN, 81, "panellist"),
                ],
                "line": 75,
            }
        ],
    },
    {"start": "15:30", "end": None, "kind": "address", "title": "Closing remark", "cast": _by(CUESTA, 85), "line": 83},
]

EXPECTED_EVENT = {
    "title": "MINE.THE.GAP Inter-platform Workshop",
    "subtitle": "Challenges and Opportunities for Interregional Cooperation of Raw Materials and Mining Regions and "
    "Clusters",
    "date": "2022-05-11",
    "format": "Physical",
    "venue": {"name": "Hilton Grand Place Brussels", "room": None, "address": None, "note": "live", "line": 13},
    "online": {"channel": "Microsoft Teams", "for": "speakers", "link": None, "line": 13},
    "organisers": ["DIGIPOLIS"],
    "supporters": ["GKZ", "ICAMCyL", "ISMC"],
    "introduction": INTRODUCTION,
    "facts": [],
    "cast": _by(CUESTA, 23, "moderator"),
    "imprint": "Consortium of MINE.THE.GAP",
}

EXPECTED_PEOPLE = {
    CUESTA: {"name": "Santiago Cuesta Lopez", "organisation": "ICAMCyL", "line": 23},
    STOYANOVA: {"name": "Milena Stoyanova", "organisation": "EISMEA", "line": 33},
    PINNA: {"name": "Valentina Pinna", "organisation": "EISMEA", "line": 37},
    JOKELAINEN: {"name": "Kristiina Jokelainen", "organisation": "SmartNorth", "line": 49},
    LEE: {"name": "Meng-Chun Lee", "organisation": "GKZ", "line": 53},
    NOVO: {"name": "Antonio Novo Guerrero", "organisation": "IDiA", "line": 61},
    NYKANEN: {"name": "Ilkka Nykänen", "organisation": "Business Joensuu", "line": 69},
}

EXPECTED_COVERAGE = {
    5: "title",
    7: "subtitle",
    9: "date",
    11: "field",
    13: "field",
    15: "field",
    17: "heading",
    19: "introduction",
    21: "heading",
    23: "people",
    **dict.fromkeys((25, 27, 31, 35, 39, 43, 55, 59, 71, 75, 83), "slot"),
    **dict.fromkeys((29, 33, 37, 49, 53, 61, 69, 77, 79, 81, 85), "people"),
    **dict.fromkeys((41, 57, 73), "session"),
    **dict.fromkeys((45, 65), "tbc"),
    **dict.fromkeys((47, 51, 63, 67), "untimed entry"),
    87: "imprint",
}


@pytest.fixture
def agenda_of(tmp_path: Path) -> Callable[[str | bytes], tuple[Agenda, list[Problem]]]:
    def of(text: str | bytes) -> tuple[Agenda, list[Problem]]:
        file = tmp_path / "agenda.md"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        problems = Problems()
        return read_agenda(file, problems, tmp_path), problems.found

    return of


Of = Callable[[str | bytes], tuple[Agenda, list[Problem]]]


def _shape(agenda: Agenda) -> dict[str, object]:
    """What an agenda says, without the lines it says it on."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(inner) for key, inner in value.items() if key != "line"}
        return [bare(inner) for inner in value] if isinstance(value, list) else value

    data = as_data(agenda)
    del data["coverage"], data["counts"]["lines"], data["counts"]["lines used"]
    shape = bare(data)
    assert isinstance(shape, dict)
    return shape


def _covered(agenda: Agenda, text: str) -> None:
    seen = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029](?<![\r])", " ", text)
    filled = [n for n, line in enumerate(re.split(r"\r\n|\n|\r", seen), 1) if line.strip()]
    assert [reading.line for reading in agenda.coverage] == filled
    assert all(reading.note for reading in agenda.coverage if reading.taken is Taken.PASSED)


def _places(found: list[Problem], severity: Severity) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.message) for problem in found if problem.severity is severity]


# The sample


def test_the_sample_reads_as_its_notes_say() -> None:
    data = as_data(read_agenda(SAMPLE, Problems(), SAMPLE.parent))
    assert data["event"] == EXPECTED_EVENT
    assert data["people"] == EXPECTED_PEOPLE
    assert data["days"] == [{"date": "2022-05-11", "title": None, "line": 9, "agenda": EXPECTED_AGENDA}]


def test_the_sample_has_the_counts_of_its_notes() -> None:
    assert as_data(read_agenda(SAMPLE, Problems(), SAMPLE.parent))["counts"] == {
        "days": 1,
        "sessions": 3,
        "entries": 15,
        "timed": 11,
        "untimed": 4,
        "talks": 8,
        "breaks": 4,
        "to be confirmed": 2,
        "people": 7,
        "organisations": 8,
        "lines": 42,
        "lines used": 42,
    }


def test_every_line_of_the_sample_is_used() -> None:
    agenda = read_agenda(SAMPLE, Problems(), SAMPLE.parent)
    assert {reading.line: reading.taken.value for reading in agenda.coverage} == EXPECTED_COVERAGE
    assert {reading.sure for reading in agenda.coverage} == {Sure.CERTAIN}
    _covered(agenda, SAMPLE.read_text(encoding="utf-8"))


def test_the_sample_names_eight_organisations() -> None:
    agenda = read_agenda(SAMPLE, Problems(), SAMPLE.parent)
    assert organisations(agenda) == (
        "DIGIPOLIS", "GKZ", "ICAMCyL", "ISMC", "EISMEA", "SmartNorth", "IDiA", "Business Joensuu",
    )  # fmt: skip


def test_no_time_is_invented() -> None:
    written = set(re.findall(r"\d\d:\d\d", SAMPLE.read_text(encoding="utf-8")))
    agenda = read_agenda(SAMPLE, Problems(), SAMPLE.parent)
    items = [*agenda.entries(), *agenda.days[0].sessions]
    assert {str(time) for item in items for time in (item.start, item.end) if time} == written
    assert not any(item.end_stated for item in items)


def test_the_sample_leaves_these_points_open() -> None:
    problems = Problems()
    read_agenda(SAMPLE, problems, SAMPLE.parent)
    assert [(p.place.line, p.place.column, p.rule, p.severity) for p in problems.found] == [
        (43, 1, "agenda.shared-start", Severity.OPEN),
        (45, 1, "agenda.to-be-confirmed", Severity.OPEN),
        (59, 1, "agenda.shared-start", Severity.OPEN),
        (65, 1, "agenda.to-be-confirmed", Severity.OPEN),
        (67, 88, "agenda.run-on-title", Severity.OPEN),
        (75, 9, "agenda.label-as-title", Severity.OPEN),
    ]
    assert all(problem.hint and problem.place.file == "agenda.md" for problem in problems.found)


# The same agenda in other clothes


def _text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def _ranged(text: str) -> str:
    """Every time with its end, as far as the notes derive one for the whole slot."""
    starts = re.findall(r"^(\d\d:\d\d)", text, re.MULTILINE)
    for start, end in pairwise(starts):
        text = text.replace(f"\n{start} ", f"\n{start} – {end} ")
    return text


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="CR"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="byte order mark"),
        pytest.param(lambda text: text.encode("cp1252"), id="cp1252"),
        pytest.param(lambda text: b"\xff\xfe" + text.encode("utf-16-le"), id="UTF-16"),
        pytest.param(lambda text: re.sub(r"\n{2,}", "\n", text).encode(), id="no blank lines"),
        pytest.param(lambda text: text.replace("\n\n", "\n\n\n").encode(), id="more blank lines"),
        pytest.param(lambda text: text.replace("*", "").encode(), id="no bold"),
        pytest.param(lambda text: re.sub(r"\n(\d\d:\d\d) \*\*", r"\n**\1 ", text).encode(), id="time bold too"),
        pytest.param(lambda text: re.sub(r"\n(?=\d\d:\d\d)", "\n- ", text).encode(), id="bullets"),
        pytest.param(lambda text: re.sub(r"\n(?=\d\d:\d\d)", "\n  * ", text).encode(), id="indented bullets"),
        pytest.param(lambda text: text.replace("\nSession", "\n## Session").encode(), id="marked headings"),
        pytest.param(lambda text: re.sub(r"\n(Session .*)", r"\n**\1**", text).encode(), id="bold headings"),
        pytest.param(lambda text: text.replace("Agenda\n", "## Agenda ##\n").encode(), id="agenda heading"),
        pytest.param(lambda text: re.sub(r"\n(MINE.*Workshop:)\n", r"\n# \1\n", text).encode(), id="title heading"),
        pytest.param(lambda text: text.replace("11th May", "Date: Wednesday, 11 May").encode(), id="date field"),
        pytest.param(lambda text: text.replace("11th May 2022", "2022-05-11").encode(), id="ISO date"),
        pytest.param(lambda text: text.replace("11th May 2022", "11.05.2022").encode(), id="dotted date"),
        pytest.param(lambda text: text.replace("TBC", "*Speaker: tbc*").encode(), id="TBC with a label"),
        pytest.param(lambda text: re.sub(r"\n([^\n,]+), (EISMEA|GKZ|IDiA|SmartNorth)\n", r"\n\1 (\2)\n", text).encode(),
                     id="organisations in brackets"),
        pytest.param(lambda text: re.sub(r"\n([^\n,]+), (EISMEA|GKZ|IDiA|SmartNorth)\n", r"\n\1 – \2\n", text).encode(),
                     id="organisations after a dash"),
    ],
)  # fmt: skip
def test_it_reads_the_same(agenda_of: Of, changed: Callable[[str], bytes]) -> None:
    agenda, found = agenda_of(changed(_text()))
    assert _shape(agenda) == _shape(read_agenda(SAMPLE, Problems(), SAMPLE.parent))
    assert not [problem for problem in found if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        (lambda text: re.sub(r"\n(\d\d):(\d\d)", r"\n\1.\2", text), ["09.45", "10.00"]),
        (lambda text: text.replace("\n09:45", "\n9:45"), ["9:45", "10:00"]),
        (lambda text: re.sub(r"\n(\d\d):(\d\d)", r"\n\1h\2", text), ["09h45", "10h00"]),
        (lambda text: re.sub(r"\n(\d\d:\d\d)", r"\n\1 Uhr", text), ["09:45", "10:00"]),
        (lambda text: re.sub(r"\n(\d\d:\d\d)", r"\n\1 –", text), ["09:45", "10:00"]),
    ],
)
def test_times_stay_as_written(agenda_of: Of, changed: Callable[[str], str], written: list[str]) -> None:
    agenda, found = agenda_of(changed(_text()))
    entries = list(agenda.entries())
    expected = list(read_agenda(SAMPLE, Problems(), SAMPLE.parent).entries())
    assert [str(entry.start) for entry in entries[:2]] == written
    assert [(e.start and e.start.minutes, e.end and e.end.minutes, e.title) for e in entries] == [
        (e.start and e.start.minutes, e.end and e.end.minutes, e.title) for e in expected
    ]
    assert not [problem for problem in found if problem.severity is not Severity.OPEN]


@pytest.mark.parametrize("dash", [" – ", "–", " - ", "-", " to ", " bis "])
def test_stated_ends_are_stated(agenda_of: Of, dash: str) -> None:
    agenda, _ = agenda_of(_ranged(_text()).replace(" – 1", f"{dash}1"))
    first = next(agenda.entries())
    assert (str(first.start), str(first.end), first.end_stated) == ("09:45", "10:00", True)
    assert [entry.title for entry in agenda.entries()] == [
        entry.title for entry in read_agenda(SAMPLE, Problems(), SAMPLE.parent).entries()
    ]
    assert [len(session.entries) for session in agenda.days[0].sessions] == [3, 3, 1]


# What stands near the sample


def _entries(agenda: Agenda) -> list[tuple[str | None, str | None, str, str]]:
    return [
        (str(e.start) if e.start else None, str(e.end) if e.end else None, e.kind.value, e.title)
        for e in agenda.entries()
    ]


def test_several_days_with_sessions_and_chairs(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        """# Harbour Days

## Day 1 – Tuesday 3 March 2026
9.00 Registration
9.30 **Welcome** (Anna Berg, Port of Riga)

## Session 1 – Energy (chair: Maria Rossi, CNR)
- 10:00–10:30 Power from the shore
  Speakers: Carlos Díaz, Port of Vigo; Eva Lang, ETH
- 10:30 Coffee break

## Wednesday 4 March 2026
Session 2: Safety
Chair: Olga Petrova, Baltic Hub
14h00 Drones
Tom Hardy, Jr., MIT
2:45 PM Closing
"""
    )
    first, second = agenda.days
    assert (first.date, first.title, second.date, second.title) == (date(2026, 3, 3), "Day 1", date(2026, 3, 4), "")
    assert _entries(agenda) == [
        ("9.00", "9.30", "break", "Registration"),
        ("9.30", "10:00", "address", "Welcome"),
        ("10:00", "10:30", "talk", "Power from the shore"),
        ("10:30", None, "break", "Coffee break"),
        ("14h00", "2:45 PM", "talk", "Drones"),
        ("2:45 PM", None, "address", "Closing"),
    ]
    assert [(s.label, s.title, [(c.person, c.duty) for c in s.cast], len(s.entries)) for s in first.sessions] == [
        ("Session 1", "Energy", [("maria-rossi", Duty.CHAIR)], 1)
    ]
    assert [(s.label, [(c.person, c.duty) for c in s.cast], len(s.entries)) for s in second.sessions] == [
        ("Session 2", [("olga-petrova", Duty.CHAIR)], 1)
    ]
    assert {person.name.full: person.organisation for person in agenda.people} == {
        "Anna Berg": "Port of Riga",
        "Maria Rossi": "CNR",
        "Carlos Díaz": "Port of Vigo",
        "Eva Lang": "ETH",
        "Olga Petrova": "Baltic Hub",
        "Tom Hardy, Jr.": "MIT",
    }
    assert found == []


def test_a_panel_with_labels(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\nAgenda\n11:30 to 12:15 Round table: who pays?\nModerator: Eva Lang, ETH\n"
        "Panellists: Carlos Díaz, Olga Petrova, Anna Berg\n12:15 Lunch\n"
    )
    panel = next(agenda.entries())
    assert (panel.kind, panel.title) == (Kind.PANEL, "Round table: who pays?")
    assert [(cast.person, cast.duty.value, cast.place.column) for cast in panel.cast] == [
        ("eva-lang", "moderator", 12),
        ("carlos-diaz", "panellist", 13),
        ("olga-petrova", "panellist", 26),
        ("anna-berg", "panellist", 40),
    ]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Marie d'Aubigné, Phares & Balises", {"Marie d'Aubigné": "Phares & Balises"}),
        ("Pierre Le Goff, Chantier du Port", {"Pierre Le Goff": "Chantier du Port"}),
        ("Mme Hélène de La Tour, Ville d'Orléans", {"Mme Hélène de La Tour": "Ville d'Orléans"}),
        ("Ole Bull Jr., Lumen A/S; Eva Lang, ETH", {"Ole Bull Jr.": "Lumen A/S", "Eva Lang": "ETH"}),
        ("Cy Young, ETH Zürich and Di Fox, EPFL", {"Cy Young": "ETH Zürich", "Di Fox": "EPFL"}),
        ("Anna Berg, Ministry of Water and Rural Affairs", {"Anna Berg": "Ministry of Water and Rural Affairs"}),
        (
            "Speakers: Pierre Le Goff, Chantier du Bout du Monde; Eva Lang, ETH",
            {"Pierre Le Goff": "Chantier du Bout du Monde", "Eva Lang": "ETH"},
        ),
        ("Speakers: Jan van der Meer, Ole Bull and Plato", {"Jan van der Meer": "", "Ole Bull": "", "Plato": ""}),
    ],
)
def test_people_are_read_as_they_are_written(agenda_of: Of, line: str, people: dict[str, str]) -> None:
    agenda, found = agenda_of(f"Talks\n\n10:00 Tides\n{line}\n")
    assert {person.name.full: person.organisation for person in agenda.people} == people
    assert found == []


def test_titles_before_a_name_make_nobody_else(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\nAgenda\nModerator: Prof. Dr. Ute von der Heide, ETH\n10:00 Tides\nUte von der Heide, ETH\n"
    )
    (cast,) = next(agenda.entries()).cast
    assert [person.name.full for person in agenda.people] == ["Prof. Dr. Ute von der Heide"]
    assert cast.person == agenda.cast[0].person == "ute-von-der-heide"


def test_two_people_in_one_organisation_are_asked_about(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nCy Young, University of Oslo and Di Fox, EPFL\n")
    assert [person.organisation for person in agenda.people] == ["University of Oslo and Di Fox, EPFL"]
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:4:1", "agenda.doubtful-person")]


def test_a_name_of_one_word_is_asked_about(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nPlato, Academy\n11:00 Lunch\nSoup, Bread\n12:00 Ships\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Plato", "Academy")]
    assert (str(found[0].place), found[0].rule) == ("agenda.md:4:1", "agenda.doubtful-person")


def test_a_panel_label_in_other_words_names_people_or_is_a_title(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\n10:00 Podiumsdiskussion: Zusammen\nPodium: Jürgen Öztürk, Anna Berg und Eva Lang\n"
        "11:00 Tides\nTom Hardy, MIT\nPanel: who pays for it?\nTBC\n"
    )
    assert [(entry.title, len(entry.cast)) for entry in agenda.entries()] == [
        ("Podiumsdiskussion: Zusammen", 3),
        ("Tides", 1),
        ("Panel: who pays for it?", 0),
    ]


def test_control_characters_are_left_out_and_told(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Ti\x00des\n11:00 Ships\x1d\n")
    assert [entry.title for entry in agenda.entries()] == ["Ti des", "Ships"]
    assert [(str(problem.place), problem.message) for problem in found if problem.severity is Severity.ERROR] == [
        ("agenda.md:3:9", "2 control characters were left out")
    ]


def test_the_span_of_an_event_is_told_where_its_days_are_not(agenda_of: Of) -> None:
    days = "Talks\n\n3 - 4 March 2026\n\nDay 1: 3 March 2026\n10:00 Tides\nDay 2{}\n10:00 Ships\n"
    told, _ = agenda_of(days.format(": 4 March 2026"))
    assert (told.facts, [day.date for day in told.days]) == ((), [date(2026, 3, 3), date(2026, 3, 4)])
    untold, _ = agenda_of(days.replace("3 - 4", "3 - 5").format(""))
    assert [fact.text for fact in untold.facts] == ["3 - 5 March 2026"]


def test_rooms_are_rooms_and_nobody(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Trees\n\n## 22 September 2026\n\n### Room Oak\n10:00 Soil\nIvo Ivić, Zagreb\n11:00 Roots\nEva Lang, ETH\n"
        "### Room Elm\n10:00 Water (Room Elm 2)\nNoa Cohen, Tel Aviv\n"
    )
    assert [(session.title, session.room) for session in agenda.days[0].sessions] == [
        ("Room Oak", "Room Oak"),
        ("Room Elm", "Room Elm"),
    ]
    assert [(entry.title, entry.room) for entry in agenda.entries()] == [
        ("Soil", ""),
        ("Roots", ""),
        ("Water", "Room Elm 2"),
    ]
    assert [person.name.full for person in agenda.people] == ["Ivo Ivić", "Eva Lang", "Noa Cohen"]
    assert found == []


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Wednesday 14 and Thursday 15 October 2026", date(2026, 10, 14)),
        ("30 September to 2 October 2026", date(2026, 9, 30)),
        ("Montag 30. November bis Mittwoch 2. Dezember 2026", date(2026, 11, 30)),
    ],
)
def test_a_span_of_days_is_no_introduction(agenda_of: Of, line: str, first: date) -> None:
    agenda, found = agenda_of(f"Talks\n\n{line}\n\nDay 1 – {first:%d %B %Y}\n\n10:00 Tides\n")
    assert (agenda.introduction, [fact.text for fact in agenda.facts]) == ("", [line])
    assert [(day.date, day.title) for day in agenda.days] == [(first, "Day 1")]
    assert found == []


def test_a_last_session_without_entries_is_no_imprint(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\nSession A: Tides\n10:00 Moon\nEva Lang, ETH\nSession B: Ships\n")
    assert ([session.title for session in agenda.days[0].sessions], agenda.imprint) == (["Tides", "Ships"], "")
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:6:1", "agenda.empty-session")]


def test_what_is_no_plain_text_is_passed_over_with_its_lines(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "Talks\n\n10:00 Tides\nEva Lang, ETH\n\n<table>\n<tr style='a:\n b;'>\n"
        "<td>11:00</td>\n<td>Ships</td>\n</table>\n<!talk|subject=Cranes!>\n"
    )
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships"]
    assert [(problem.place.line, problem.rule) for problem in found] == [(12, "agenda.passed-over")]
    assert (agenda.introduction, agenda.imprint) == ("", "")


def test_a_person_without_an_organisation_is_kept(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nOlga Petrova\n11:00 Ships\nTom Hardy,\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Olga Petrova", ""),
        ("Tom Hardy", ""),
    ]
    assert [(problem.place.line, problem.rule) for problem in found] == [(4, "agenda.doubtful-person")]


def test_people_of_one_organisation_share_it(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n10:00 Overview\nBjörn Grüning & Oana Marchis, University of Freiburg\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Björn Grüning", "University of Freiburg"),
        ("Oana Marchis", "University of Freiburg"),
    ]


@pytest.mark.parametrize("word", ["TBC", "tba", "t.b.c.", "(TBC)", "To be confirmed", "**TBC**", "N.N.", "TBC, EISMEA"])
def test_somebody_to_be_confirmed_is_nobody(agenda_of: Of, word: str) -> None:
    agenda, found = agenda_of(f"Talks\n\n10:00 Tides\n{word}\n11:00 Ships\nTom Hardy, MIT\n")
    first = next(agenda.entries())
    assert (first.to_be_confirmed, first.cast, first.kind) == (True, (), Kind.TALK)
    assert [person.name.full for person in agenda.people] == ["Tom Hardy"]
    assert [(problem.place.line, problem.rule) for problem in found] == [(4, "agenda.to-be-confirmed")]


def test_a_person_to_be_confirmed_is_kept(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nAnna Berg, ETH (tbc)\n")
    entry = next(agenda.entries())
    assert (entry.to_be_confirmed, [cast.person for cast in entry.cast]) == (True, ["anna-berg"])
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:4:1", "agenda.to-be-confirmed")]


@pytest.mark.parametrize(
    ("title", "kind", "service"),
    [
        ("Coffee Break", Kind.BREAK, Service.COFFEE),
        ("Registration and morning coffee", Kind.BREAK, Service.REGISTRATION),
        ("Networking lunch", Kind.BREAK, Service.LUNCH),
        ("Lunch provided by NZGL", Kind.BREAK, Service.LUNCH),
        ("Conference dinner", Kind.BREAK, Service.DINNER),
        ("Kaffeepause", Kind.BREAK, Service.COFFEE),
        ("Mittagessen", Kind.BREAK, Service.LUNCH),
        ("Pause déjeuner", Kind.BREAK, Service.LUNCH),
        ("Almuerzo", Kind.BREAK, Service.LUNCH),
        ("Pausa caffè", Kind.BREAK, Service.COFFEE),
        ("Koffiepauze", Kind.BREAK, Service.COFFEE),
        ("Group photo", Kind.BREAK, Service.PAUSE),
        ("Poster session", Kind.BREAK, Service.PAUSE),
        ("Clôture et verre de l'amitié", Kind.BREAK, Service.RECEPTION),
        ("Registration of chemicals under REACH in small firms", Kind.OTHER, None),
        ("Breaking silos", Kind.OTHER, None),
        ("Welcome and opening remarks", Kind.ADDRESS, None),
        ("Begrüßung", Kind.ADDRESS, None),
        ("Closing", Kind.ADDRESS, None),
        ("End of day 1", Kind.ADDRESS, None),
        ("Closing the loop in battery recycling", Kind.OTHER, None),
        ("Podiumsdiskussion", Kind.PANEL, None),
        ("Industry panel", Kind.PANEL, None),
        ("Solar panel factories in Europe", Kind.OTHER, None),
    ],
)
def test_what_a_title_says_of_its_kind(agenda_of: Of, title: str, kind: Kind, service: Service | None) -> None:
    agenda, _ = agenda_of(f"Talks\n\n10:00 {title}\n11:00 Ships\n")
    entry = next(agenda.entries())
    assert (entry.kind, entry.service, entry.title) == (kind, service, title)


def test_the_clock_of_twelve_hours_goes_on_after_noon(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n11:00 - 12:00 Tides\n12:00 - 1:00 Lunch\n1:00 - 2:15 Ships\n")
    assert [(e.start.minutes, e.end.minutes) for e in agenda.entries() if e.start and e.end] == [
        (660, 720), (720, 780), (780, 855),
    ]  # fmt: skip
    assert [str(entry.start) for entry in agenda.entries()] == ["11:00", "12:00", "1:00"]
    assert found == []


def test_a_venue_with_room_and_address(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\nVenue: Old Customs House, Room Baltic, 5 Quay Street, Riga\nOnline: Zoom https://z.example/1\n"
    )
    assert (agenda.venue.name, agenda.venue.room, agenda.venue.address) == (
        "Old Customs House",
        "Room Baltic",
        "5 Quay Street, Riga",
    )
    assert (agenda.online.channel, agenda.online.link) == ("Zoom", "https://z.example/1")


def test_facts_keep_their_label(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\nWi-Fi: HarbourGuest / fish1234\nContact: desk@example.org\n")
    assert [(fact.label, fact.text, fact.place.line) for fact in agenda.facts] == [
        ("Wi-Fi", "HarbourGuest / fish1234", 3),
        ("Contact", "desk@example.org", 4),
    ]


def test_text_is_never_markup(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n10:00 A < B & C > D {x} \\n snake_case_name 2*3*4\nAnna Berg, R&D <GmbH>\n")
    entry = next(agenda.entries())
    assert entry.title == "A < B & C > D {x} \\n snake_case_name 2*3*4"
    assert agenda.people[0].organisation == "R&D <GmbH>"


# Faults


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Talks\n\n9.75 Welcome\n", [("agenda.md:3:1", "9.75 is not a time")]),
        ("Talks\n\n- 25:10 **Welcome**\n", [("agenda.md:3:3", "25:10 is not a time")]),
        ("Talks\n\n10:00 - 10:75 Welcome\n", [("agenda.md:3:9", "10:75 is not a time")]),
        ("Talks\n\n10:30 - 10:10 Welcome\n", [("agenda.md:3:1", "10:30 to 10:10 ends before it begins")]),
        ("Talks\n\n7:30 - 7:10 Welcome\n", [("agenda.md:3:1", "7:30 to 7:10 ends before it begins")]),
        ("Talks\n\n**10:60** Welcome\n", [("agenda.md:3:3", "10:60 is not a time")]),
        ("Talks\n\n31 June 2022\n\n10:00 Welcome\n", [("agenda.md:3:1", "31 June 2022 is not a date")]),
        ("Talks\n\nDate: next spring\n\n10:00 Welcome\n", [("agenda.md:3:7", "next spring is not a date")]),
        ("Talks\n\n11 Mya 2022\n\n10:00 Welcome\n", [("agenda.md:3:1", "11 Mya 2022 is not a date")]),
    ],
)
def test_a_fault_is_an_error_at_its_place(agenda_of: Of, text: str, places: list[tuple[str, str]]) -> None:
    agenda, found = agenda_of(text)
    assert _places(found, Severity.ERROR) == places
    assert all(problem.hint for problem in found)
    assert [entry.title for entry in agenda.entries()] == ["Welcome"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Talks\n\n10:30 Tides\n  10:20 Ships\n",
            [("agenda.md:4:3", "10:20 comes after 10:30")],
        ),
        (
            "Talks\n\n10:30 Tides\nSession II: Ships\n11:00 Lunch\nSession III: Cranes\n11:30 Load\nAnna Berg, ETH\n",
            [("agenda.md:4:1", "Session II “Ships” has no entries")],
        ),
        (
            "Talks\n\nThursday, 11 May 2022\n\n10:00 Tides\n",
            [("agenda.md:3:1", "2022-05-11 is a Wednesday, not a Thursday")],
        ),
    ],
)
def test_a_contradiction_is_a_warning_at_its_place(agenda_of: Of, text: str, places: list[tuple[str, str]]) -> None:
    _, found = agenda_of(text)
    assert _places(found, Severity.WARNING) == places


def test_an_unreadable_time_is_kept_without_one(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n10:00 Tides\n25:10 Ships\n12:00 Lunch\n")
    assert _entries(agenda) == [
        ("10:00", None, "other", "Tides"),
        (None, None, "other", "Ships"),
        ("12:00", None, "break", "Lunch"),
    ]


@pytest.mark.parametrize(
    "line",
    ["1.25 million tonnes of ore", "3.1 Aims", "2021-2027 Programme for Europe", "11.05.2022",
     "1:1 meetings with mentors", "10.5 % growth", "2022 was a good year"],
)  # fmt: skip
def test_figures_that_are_no_times(agenda_of: Of, line: str) -> None:
    agenda, found = agenda_of(f"Talks\n\n{line}\n\nAgenda\n\n10:00 Tides\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides"]
    assert _places(found, Severity.ERROR) == []


def test_a_date_with_two_readings_is_open(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n03/04/2026\n\n10:00 Tides\n")
    assert agenda.days[0].date == date(2026, 4, 3)
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:3:1", "agenda.ambiguous-date")]


def test_a_date_without_a_year_is_open_and_keeps_its_words(agenda_of: Of) -> None:
    agenda, found = agenda_of("# Talks\n\n## October 28th Rotorua\n\n10:00 Tides\n")
    assert (agenda.days[0].date, agenda.days[0].title) == (None, "October 28th Rotorua")
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:3:4", "agenda.no-year")]


def test_a_doubtful_line_is_an_open_point(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nAnna Berg, ETH\n\nA walk along the quay\n\n11:00 Ships\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "A walk along the quay", "Ships"]
    assert [(problem.place.line, problem.rule) for problem in found] == [
        (6, "agenda.doubtful-entry"),
    ]


def test_what_follows_the_agenda_is_passed_over_with_a_reason(agenda_of: Of) -> None:
    text = "# Talks\n\n## Agenda\n\n10:00 Tides\n\n## How to get there\n\nBy boat.\n\n- Quay 5\n"
    agenda, found = agenda_of(text)
    assert [entry.title for entry in agenda.entries()] == ["Tides"]
    assert [(r.line, r.note) for r in agenda.coverage if r.taken is Taken.PASSED] == [
        (7, "after the agenda"), (9, "after the agenda"), (11, "after the agenda"),
    ]  # fmt: skip
    assert [(problem.place.line, problem.rule) for problem in found] == [(7, "agenda.passed-over")]


def test_no_text_is_refused_in_one_line(agenda_of: Of) -> None:
    with pytest.raises(Stop, match=r"agenda\.md is no text file"):
        agenda_of(b"%PDF-1.7\n\x00\x01\x02")


def test_an_empty_file_is_an_empty_agenda(agenda_of: Of) -> None:
    assert agenda_of("")[0] == Agenda()


# Any text


_PIECES = st.sampled_from(
    ["10:00", "9.75", "25:10 ", "**", "*", "_", "# ", "- ", "TBC", "Session II: ", "Chair: ", "Anna Berg, ETH", " – ",
     "\t", "11 May 2022", "Agenda", "Introduction:", "Venue: ", "(", ")", "[", "](", "<b>", "&amp;", "|", "~~", "---",
     "<!--", "-->", "```", "Day 1", "Lunch", "Panel speakers:", "12:00 - 1:00", "é", "\x00", "\u2028", "\x0b", "ſ", "İ"]
)  # fmt: skip
_LINES = st.lists(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=6).map("".join)), max_size=25)


@settings(max_examples=150, deadline=None)
@given(_LINES)
def test_any_text_reads_and_no_line_vanishes(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    text = "\n".join(lines).replace("\ufeff", "")
    file = tmp_path_factory.mktemp("any") / "agenda.md"
    # Bytes with many zeros are refused as no text: that is another test.
    file.write_bytes(text.replace("\x00", " ").encode("utf-8", errors="replace"))
    agenda = read_agenda(file, Problems(), file.parent)
    _covered(agenda, file.read_bytes().decode())
    keys = {person.key for person in agenda.people}
    assert {cast.person for entry in agenda.entries() for cast in entry.cast} <= keys
    as_data(agenda)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sample_with_lines_lost_or_doubled_still_reads(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = _text().split("\n")
    times = data.draw(st.lists(st.integers(0, 2), min_size=len(lines), max_size=len(lines)))
    text = "\n".join(line for line, count in zip(lines, times, strict=True) for _ in range(count))
    file = tmp_path_factory.mktemp("mutated") / "agenda.md"
    file.write_text(text, encoding="utf-8")
    agenda = read_agenda(file, Problems(), file.parent)
    _covered(agenda, text)
    kept = set(re.findall(r"\d\d:\d\d", text))
    assert {str(entry.start) for entry in agenda.entries() if entry.start} <= kept
    assert not {"TBC", "Panel speakers", "Consortium of MINE.THE.GAP"} & {p.name.full for p in agenda.people}


# Agendas that other people wrote


REAL = os.environ.get("EVENTPRINT_REAL_DATA")
real = pytest.mark.skipif(REAL is None, reason="EVENTPRINT_REAL_DATA names no folder with agendas other people wrote")
SLOTS = {
    "00-mine-the-gap-2022.txt": 11,
    "bbs-meeting-2015.md": 10,
    "copenhagen-hackathon-2018.md": 11,
    "ecc-mobility-workshop-2023.md": 10,
    "httpbis-interim-2013-06.md": 12,
    "nordic-rse-unconference-2021.md": 18,
    "simlint-workshop-2023.md": 18,
}


def _real() -> list[Path]:
    return sorted((Path(REAL) / "agenda-text").glob("*")) if REAL else []


@real
@pytest.mark.parametrize("file", _real(), ids=lambda file: file.name)
def test_a_real_agenda_reads_and_no_line_vanishes(file: Path) -> None:
    _covered(read_agenda(file, Problems(), file.parent), file.read_text(encoding="utf-8-sig"))


@real
@pytest.mark.parametrize("name", SLOTS)
def test_a_real_agenda_has_its_times(name: str) -> None:
    file = Path(REAL or "") / "agenda-text" / name
    agenda = read_agenda(file, Problems(), file.parent)
    slots = {reading.line for reading in agenda.coverage if reading.taken is Taken.SLOT}
    blocks = sum(session.place.line in slots for day in agenda.days for session in day.sessions)
    assert blocks + sum(entry.start is not None for entry in agenda.entries()) == SLOTS[name]


# What texts hold beside their words


def test_a_zone_in_brackets_after_the_time_is_no_title(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# Talks\n\n- **10:00** [CEST] Tides\n- **11:00** (UTC+2) Ships\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships"]


def test_commands_of_templates_are_no_agenda(agenda_of: Of) -> None:
    text = "# Talks\n\n{% for talk in talks %}\n10:00 Tides\n{: .border }\n{{ talk.title }}\n11:00 Ships\n"
    agenda, _ = agenda_of(text)
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships"]
    commands = [reading.line for reading in agenda.coverage if reading.note == "a command for another program"]
    assert commands == [3, 5, 6]


def test_hyphens_that_show_only_at_a_break_are_left_out(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# Talks\n\n10:00 Intro&shy;duc&shy;tion to tides\n11:00 Ships\n")
    assert [entry.title for entry in agenda.entries()] == ["Introduction to tides", "Ships"]


def test_a_title_below_its_speakers_may_be_long_and_end_with_a_stop(agenda_of: Of) -> None:
    title = "Methods and open tools for the analysis of old harbours and their many forgotten walls in the north."
    talks = (("10:00", "Anna Berg, Tom Hardy", title), ("11:00", "Jan Maas", "Ships"), ("12:00", "Ole Bull", "Sails"))
    agenda, _ = agenda_of("# Talks\n\n" + "".join(f"- {at} {who}  \n*{what}*\n\n" for at, who, what in talks))
    assert [entry.title for entry in agenda.entries()] == [title, "Ships", "Sails"]


def test_a_name_with_other_accents_is_one_person_and_asked_about_once(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n10:00 Tides\nTom Hardy, MIT\n\n11:00 Ships\nTóm Hardy, MIT\n\n12:00 Sails\nTóm Hardy, MIT\n\n"
        "13:00 Docks\nDr. TOM HARDY, MIT\n"
    )
    assert [person.name.full for person in agenda.people] == ["Tom Hardy"]
    assert [(p.place.line, p.rule) for p in found if p.rule == "agenda.same-person"] == [(7, "agenda.same-person")]


def test_links_of_restructuredtext_are_their_words(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "`Back to the start <https://example.org/>`_\n\nSpring School\n=============\n\n4 May 2026\n\n"
        "09:00 `Tides and Stones <https://example.org/tides>`__\n10:00 Dunes_ and ``make``\n"
    )
    assert agenda.title == "Spring School"
    assert [entry.title for entry in agenda.days[0].entries()] == ["Tides and Stones", "Dunes_ and make"]


@pytest.mark.parametrize(
    "line", ["09:00 Wax\n, , Anna Berg", "09:00 Wax\n13:10 - 15 Honey", "kl. 13:10 - 15 Honey\n14 Wax"]
)
def test_odd_lines_are_read_without_a_fault(tmp_path: Path, line: str) -> None:
    (tmp_path / "agenda.md").write_text(line, encoding="utf-8")
    assert list(read_agenda(tmp_path / "agenda.md", Problems(), tmp_path).entries())


@pytest.mark.parametrize("hours", ["10:00 – 12:00", "10:00 am - 12:00 pm ET", "10:00-12:00 (CEST)"])
def test_the_hours_of_the_whole_day_are_no_entry(agenda_of: Of, hours: str) -> None:
    agenda, found = agenda_of(f"Talks\n\n4 May 2026\n\n{hours}\n\n10:00 Tides\n10:30 Dunes\n")
    assert [(fact.label, fact.text) for fact in agenda.facts] == [("Time", hours)]
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Dunes"]
    assert found == []


def test_hours_with_a_title_below_or_in_order_are_an_entry(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n4 May 2026\n\n10:00 – 11:00\nTides\n10:30 – 11:30\nDunes\n12:00 Lunch\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Dunes", "Lunch"]
    agenda, _ = agenda_of("Talks\n\n4 May 2026\n\n9:00 – 10:00 CET\n\n10:00 Tides\n10:30 Dunes\n")
    assert [str(entry.start) for entry in agenda.entries()] == ["9:00", "10:00", "10:30"]


MAILED = "{}\n\nDear all,\n\nFriday 8 May 2026\n10:00 Tides\nAda King, ETH\n12:00 Lunch\n\nBest wishes\nAnna\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("From: Anna <a@b.example>\nTo: All <c@b.example>\nDate: 1 May 2026\nSubject: Re: River Days", "River Days"),
        ("Von: Anna\nGesendet: Montag, 4. Mai 2026\nAn: Bo; Cy\nBetreff: WG: Flusstage", "Flusstage"),
        ("De : Anna\nEnvoyé : lundi\nÀ : Bo\nObjet : Journées", "Journées"),
    ],
)
def test_the_head_of_a_mail_is_no_agenda_and_its_subject_the_title(agenda_of: Of, head: str, title: str) -> None:
    agenda, _ = agenda_of(MAILED.format(head))
    assert (agenda.title, agenda.subtitle, agenda.facts) == (title, "", ())
    assert [(str(entry.start), entry.title) for entry in agenda.entries()] == [("10:00", "Tides"), ("12:00", "Lunch")]
    assert [day.date for day in agenda.days] == [date(2026, 5, 8)]


def test_labels_above_an_agenda_are_no_mail(agenda_of: Of) -> None:
    agenda, _ = agenda_of("River Days\nFrom: the rivers\nSubject: water\n\n8 May 2026\n10:00 Tides\n")
    assert agenda.title == "River Days"
