"""Agendas in plain words: forms of times, of days and of people that other tests do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventprint.event import Entry, Session
from eventprint.problems import Problems
from eventprint.read.agenda import Agenda, read_agenda


def reading(tmp_path: Path, text: str) -> tuple[Agenda, Problems]:
    file = tmp_path / "agenda.txt"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_agenda(file, problems, tmp_path), problems


def entries(agenda: Agenda) -> Iterator[Entry]:
    for day in agenda.days:
        for block in day.blocks:
            yield from block.entries if isinstance(block, Session) else (block,)


def times(agenda: Agenda) -> list[tuple[str, str, str]]:
    return [
        (str(entry.start), str(entry.end) if entry.end_stated else "", entry.title)
        for entry in entries(agenda)
        if entry.start
    ]


def cast(agenda: Agenda) -> dict[str, list[str]]:
    names = {person.key: person.name.full for person in agenda.people}
    return {entry.title: [names[member.person] for member in entry.cast] for entry in entries(agenda)}


def rules(problems: Problems) -> list[str]:
    return [problem.rule for problem in problems.found]


@pytest.mark.parametrize(
    "written",
    ["12 december 2025", "12. dezember 2025", "12 de diciembre de 2025", "12 dicembre 2025", "12 dezembro 2025"],
)
def test_a_month_may_begin_like_the_word_before_it(tmp_path: Path, written: str) -> None:
    agenda, _ = reading(tmp_path, f"Winter\n\n{written}\n\n10:00 Talk\n11:00 Talk\n")
    assert [str(day.date) for day in agenda.days] == ["2025-12-12"]


def test_hours_alone_are_times_where_the_text_writes_them_so(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Meeting\n\n9 – 10 Welcome\n10 – 12 Talks\n12 – 1 Lunch\n1 – 3 Talks\n")
    assert times(agenda) == [
        ("9", "10", "Welcome"),
        ("10", "12", "Talks"),
        ("12", "1", "Lunch"),
        ("1", "3", "Talks"),
    ]
    assert [entry.start.minutes // 60 for entry in entries(agenda) if entry.start] == [9, 10, 12, 13]


def test_figures_before_a_line_are_no_hours_by_themselves(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Meeting\n\n10:00 Games\n- 3-4 people in a group\n- 2-3 rounds\n11:00 Talk\n")
    assert times(agenda) == [("10:00", "", "Games"), ("11:00", "", "Talk")]


@pytest.mark.parametrize("noon", ["Noon: Lunch", "12 noon Lunch", "Midi : Lunch", "Mezzogiorno – Lunch"])
def test_noon_is_a_time(tmp_path: Path, noon: str) -> None:
    agenda, _ = reading(tmp_path, f"Meeting\n\n10:00 – noon Talk\n{noon}\n13:00 Talk\n")
    assert [(entry.start.minutes, entry.title) for entry in entries(agenda) if entry.start] == [
        (600, "Talk"),
        (720, "Lunch"),
        (780, "Talk"),
    ]


def test_a_title_may_begin_with_the_word_for_an_end(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Journée\n\n9h00 - Accueil\n15h30 - Fin des journées\n16h00 - fin\n")
    assert [title for _, _, title in times(agenda)][:2] == ["Accueil", "Fin des journées"]


def test_times_at_the_end_need_no_sign_before_them(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Workshop\n\n10:00-11:00 Talk\n\n**Coffee break 11.00-11.30**\n\n11:30-12:00 Talk\n")
    assert times(agenda)[1] == ("11.00", "11.30", "Coffee break")


def test_a_backslash_that_breaks_a_line_is_no_part_of_it(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "# Workshop\n\n10:00 Tides of the north\\\nAnna Berg, ETH\n\n11:00 Talk\n")
    assert cast(agenda)["Tides of the north"] == ["Anna Berg"]


@pytest.mark.parametrize("room", ["Visboekzaal B", "Tagungssaal", "Vergaderkamer 3", "Turnhalle"])
def test_rooms_may_be_written_as_one_word(tmp_path: Path, room: str) -> None:
    agenda, _ = reading(tmp_path, f"Workshop\n\n10:00 Welcome ({room})\n11:00 Talk\n")
    assert next(entries(agenda)).room == room
    assert not agenda.people


def test_several_authors_before_a_stop_are_believed(tmp_path: Path) -> None:
    text = "Workshop\n\n* 9:00-10:30 Session 1\n    * Bent Ulv, Mira Falk, Sten Ask and Gerd Holm. _When tides meet_.\n"
    text += "    * Invited talk – Matti Mo (HCL). _Tools for ships_.\n* 10:30 coffee\n"
    agenda, _ = reading(tmp_path, text)
    assert cast(agenda) == {
        "When tides meet.": ["Bent Ulv", "Mira Falk", "Sten Ask", "Gerd Holm"],
        "Tools for ships.": ["Matti Mo"],
        "coffee": [],
    }


def test_things_of_one_kind_are_not_people(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Journée\n\n9h00 Prospective (Réalité Virtuelle, Réalité Augmentée)\n10h00 Pause\n")
    assert not agenda.people
