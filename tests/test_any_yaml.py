"""Schedules that web sites keep in YAML: as the same in JSON, each thing where it stands in the YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_exports import rules, shown

from eventprint.problems import Problem, Problems
from eventprint.read.agenda import Agenda, read_agenda


def read(folder: Path, text: str, **beside: str) -> tuple[Agenda, list[Problem]]:
    for name, more in beside.items():
        (folder / f"{name}.yml").write_text(more, encoding="utf-8")
    (folder / "schedule.yml").write_text(text, encoding="utf-8")
    problems = Problems()
    return read_agenda(folder / "schedule.yml", problems, folder), problems.found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            """
            - title: Wax
              date: 2026-05-07
              start: "10:00"
              end: "10:45"
              room: Aula
              speakers: [Ada Lund, Bo Ek]
            - title: Coffee
              date: 2026-05-07
              start: "10:45"
              end: "11:00"
            """,
            ["2026-05-07 10:45-11:00 Coffee", "2026-05-07 10:00-10:45 [Aula] Wax (Ada Lund, Bo Ek)"],
        ),
        (
            """
            days:
              - name: Thursday
                date: 2026-05-07
                events:
                  - time: 9.30
                    title: Wax
                    speaker: {name: Ada Lund, from: Hive}
            """,
            ["2026-05-07 09:30- Wax (Ada Lund)"],
        ),
        (
            """
            days:
              - date: 2026-05-07
                agenda:
                  - time: 10:00
                    title: Wax
            """,
            ["2026-05-07 10:00- Wax"],
        ),
        (
            """
            '09:30':
              title: Wax
            '10:30':
              - speaker: Ada Lund
                title: Honey
                location: Aula
              - speaker: ''
                title: ''
            """,
            ["09:30- Wax", "10:30- [Aula] Honey (Ada Lund)"],
        ),
    ],
)
def test_yaml_is_read_as_the_same_in_json(tmp_path: Path, text: str, lines: list[str]) -> None:
    agenda, found = read(tmp_path, text)
    assert sorted(line.removeprefix("None").strip() for line in shown(agenda)) == sorted(lines)
    assert found == []


def test_the_own_agenda_is_read_to_the_letter(tmp_path: Path) -> None:
    text = 'days:\n  - date: 2026-05-07\n    agenda:\n      - {start: "10:00", titel: Wax}\n'
    assert rules(read(tmp_path, text)[1]) == [
        ("error", "agenda.no-title", 4),
        ("error", "agenda.unknown-key", 4),
    ]


def test_a_heading_of_names_and_values_is_no_schedule(tmp_path: Path) -> None:
    agenda, _ = read(tmp_path, "Title: Bees\nDate: 2026-05-07 09:00\n\n09:00 Wax\n10:00 Honey\n")
    assert [entry.title for entry in agenda.entries()][-2:] == ["Wax", "Honey"]


def test_talks_rooms_speakers_and_slots_stand_in_files_of_their_own(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        """
        - day: 2026-05-07
          start: "08:00"
          rooms:
            - room: big
              slots:
                - {slot: first, talk: wax}
                - {slot: break, talk: coffee_break}
                - {slot: lost, talk: honey_for_all}
        """,
        slots='- {key: first, start: "10:00", duration: 45}\n- {key: break, start: "10:45", duration: 15}\n',
        rooms="- {key: big, label: Aula}\n",
        talks="- {key: wax, title: Wax and wane, speakers: [ada]}\n",
        speakers="- {key: ada, name: Ada Lund}\n",
    )
    assert shown(agenda) == [
        "2026-05-07 10:00-10:45 [Aula] Wax and wane (Ada Lund)",
        "2026-05-07 10:45-11:00 [Aula] coffee break",
        "2026-05-07 --:--- [Aula] honey for all",
    ]
    assert rules(found) == [("error", "agenda.unknown-id", 9), ("open", "agenda.unknown-id", 9)]


def test_talks_that_stand_in_pages_are_one_open_point(tmp_path: Path) -> None:
    slots = "".join(f'    - {{time: "{hour}:00", session: talk_of_{hour}}}\n' for hour in range(10, 16))
    agenda, found = read(
        tmp_path, f"- day: 2026-05-07\n  sessions:\n{slots}    - {{time: '16:00', session: __break}}\n"
    )
    assert [entry.title for entry in agenda.entries()] == [*(f"talk of {hour}" for hour in range(10, 16)), "break"]
    assert rules(found) == [("open", "agenda.unknown-id", 3)]
    assert "talk_of_10" in found[0].message
    assert "5 other" in found[0].message


def test_a_hive_of_slots_and_sessions_is_read_as_in_json(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        """
        - date: "2026-05-07"
          dateReadable: May 7
          tracks:
            - {title: Aula}
            - {title: Attic}
          timeslots:
            - {startTime: "10:00", endTime: "10:45", sessionIds: [1, 2]}
            - {startTime: "10:45", endTime: "11:00", sessionIds: [3]}
        """,
        sessions="- {id: 1, title: Wax, speakers: [1]}\n- {id: 2, title: Honey}\n- {id: 3, title: Coffee}\n",
        speakers="- {id: 1, name: Ada Lund}\n",
    )
    assert shown(agenda) == [
        "2026-05-07 10:00-10:45 [Aula] Wax (Ada Lund)",
        "2026-05-07 10:00-10:45 [Attic] Honey",
        "2026-05-07 10:45-11:00 Coffee",
    ]
    assert found == []


def test_a_session_that_is_missing_in_many_slots_is_told_once(tmp_path: Path) -> None:
    _, found = read(
        tmp_path,
        """
        - date: "2026-05-07"
          tracks: [{title: Aula}, {title: Attic}]
          timeslots:
            - {startTime: "10:00", endTime: "10:45", sessionIds: [1, 404]}
            - {startTime: "11:00", endTime: "11:45", sessionIds: [2, 404]}
        """,
        sessions="- {id: 1, title: Wax}\n- {id: 2, title: Honey}\n",
    )
    assert rules(found) == [("error", "agenda.unknown-id", 5)]
    assert "2 places" in found[0].message


def test_long_texts_between_do_not_hide_yaml(tmp_path: Path) -> None:
    prose = "\n".join(["      and on it goes, line by line, with a word: or two"] * 9).replace("word:", "word")
    agenda, found = read(
        tmp_path,
        f"days:\n- label: Thursday, 7 May 2026\n  sessions:\n  - title: Wax\n    time: 9:00-10:00\n"
        f"    abstract: Wax\n{prose}\n",
    )
    assert shown(agenda) == ["2026-05-07 09:00-10:00 Wax"]
    assert found == []


def test_what_is_laid_under_an_entry_is_its_own(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        """
        day1:
        - &talk
          title: Wax
          from: "09:00"
          to: "10:00"
        - <<: *talk
          from: "11:00"
          to: "12:00"
        """.replace("\n        ", "\n"),
    )
    assert shown(agenda) == ["day1 09:00-10:00 Wax", "day1 11:00-12:00 Wax"]
    assert found == []


def test_names_as_ruby_writes_them_are_names(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        ":talks:\n- :title: Wax\n  :start_at: !!timestamp 2026-05-07T11:20:00+09:00\n  :duration_minutes: 40\n"
        "  :speakers:\n  - :name: Ada Lund\n",
    )
    assert shown(agenda) == ["2026-05-07 11:20-12:00 Wax (Ada Lund)"]
    assert found == []


def test_an_own_agenda_without_any_time_is_read_to_the_letter(tmp_path: Path) -> None:
    text = "days:\n  - agenda:\n      - {title: Wax, speaker: Ada Lund}\n      - {title: Honey, speaker: Bo Ek}\n"
    agenda, found = read(tmp_path, text)
    assert [entry.title for entry in agenda.entries()] == ["Wax", "Honey"]
    assert found == []


def test_ids_beside_those_of_the_tracks_are_sessions_too(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        """
        - date: "2026-05-07"
          tracks: [{title: Aula}, {title: Attic}]
          timeslots:
            - {startTime: "9:00", endTime: "10:00", singles: [3]}
            - {startTime: "10:00", endTime: "10:45", sessionIds: [1, 2], workshopsIds: [4, 5]}
        """,
        sessions="".join(f"- {{id: {n}, title: Talk {n}}}\n" for n in range(1, 6)),
    )
    assert sorted(shown(agenda)) == [
        "2026-05-07 09:00-10:00 Talk 3",
        "2026-05-07 10:00-10:45 Talk 4",
        "2026-05-07 10:00-10:45 Talk 5",
        "2026-05-07 10:00-10:45 [Attic] Talk 2",
        "2026-05-07 10:00-10:45 [Aula] Talk 1",
    ]
    assert found == []


def test_breaks_that_are_named_again_are_no_session(tmp_path: Path) -> None:
    entries = "".join(
        f"    - {{time: '{hour}:00', session: {name}}}\n"
        for hour, name in enumerate(("talk_wax", "__break", "talk_honey", "__break"), 9)
    )
    agenda, _ = read(tmp_path, f"- day: 2026-05-07\n  sessions:\n{entries}")
    assert [entry.title for entry in agenda.entries()] == ["talk wax", "break", "talk honey", "break"]
    assert agenda.days[0].sessions == ()
