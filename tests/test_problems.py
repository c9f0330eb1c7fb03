"""Problems read like a compiler's lines, are kept once, and name places as the organiser sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventprint.problems import Exit, Place, Problem, Problems, Severity, Stop, place_in


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("agenda.md", 12, 3), "agenda.md:12:3"),
        (Place("agenda.md", 12), "agenda.md:12"),
        (Place("event.yaml"), "event.yaml"),
        (Place(), ""),
    ],
)
def test_a_place_says_what_is_known_of_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_problem_is_a_line_and_its_hint() -> None:
    problem = Problem(Severity.ERROR, "9.75 is not a time", Place("agenda.md", 12, 1), "write 09:45")
    assert str(problem) == "agenda.md:12:1: error: 9.75 is not a time\n  hint: write 09:45"


def test_a_problem_without_a_place_or_hint_is_short() -> None:
    assert str(Problem(Severity.OPEN, "there is no venue")) == "open: there is no venue"


def test_a_problem_in_a_table_names_its_cell() -> None:
    cell = Place("people.csv", 17, 9, "C17", "Organisation")
    assert str(Problem(Severity.WARNING, "too long", cell)) == (
        "people.csv:17:9: warning: too long (cell C17, Organisation)"
    )
    assert str(Problem(Severity.WARNING, "too long", Place("p.csv", 2, 1, "A2"))) == (
        "p.csv:2:1: warning: too long (cell A2)"
    )


def test_problems_are_kept_once_in_the_order_they_were_met() -> None:
    problems = Problems()
    problems.warning("b")
    problems.error("a")
    problems.open("c")
    problems.warning("b")
    assert [(problem.severity, problem.message) for problem in problems.found] == [
        (Severity.WARNING, "b"),
        (Severity.ERROR, "a"),
        (Severity.OPEN, "c"),
    ]
    assert [problem.message for problem in problems.errors] == ["a"]


def test_the_same_words_in_two_places_are_two_problems() -> None:
    problems = Problems()
    problems.error("empty", Place("a", 1))
    problems.error("empty", Place("a", 2))
    assert len(problems.found) == 2


def test_what_was_found_cannot_be_changed_from_outside() -> None:
    problems = Problems()
    problems.error("a")
    problems.found.clear()
    assert len(problems.found) == 1


def test_a_stop_is_an_error_with_an_exit_code() -> None:
    stop = Stop("there is no layout 'x'", "`eventprint layouts` lists them", Exit.LAYOUT, Place("event.yaml", 3, 1))
    assert str(stop) == "there is no layout 'x'"
    assert stop.code == 3
    assert stop.problem == Problem(
        Severity.ERROR,
        "there is no layout 'x'",
        Place("event.yaml", 3, 1),
        "`eventprint layouts` lists them",
    )
    assert Stop("wrong use").code == 2


def test_files_are_named_from_the_event_folder_where_they_are_in_it() -> None:
    event = Path("/events/tea")
    assert place_in(event, event / "layouts" / "badge.yaml", 4, 2) == Place("layouts/badge.yaml", 4, 2)
    assert place_in(event, Path("/shelf/panel.yaml")).file == str(Path("/shelf/panel.yaml"))


def test_rules_weigh_what_the_organiser_says() -> None:
    problems = Problems()
    problems.error("no title", rule="missing.title")
    problems.weigh({"missing.title": "warning", "names.case": "ignore", "agenda.gap": "error"})
    problems.open("ANNA BERG", rule="names.case")
    problems.open("nothing is planned", rule="agenda.gap")
    problems.open("no venue", rule="missing.venue")
    assert [(problem.rule, problem.severity) for problem in problems.found] == [
        ("missing.title", Severity.WARNING),
        ("agenda.gap", Severity.ERROR),
        ("missing.venue", Severity.OPEN),
    ]
    assert [problem.rule for problem in problems.errors] == ["agenda.gap"]
