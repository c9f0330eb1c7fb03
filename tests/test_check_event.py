"""A whole event folder checked: what composing finds, how much rules matter, source and reading side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from effort import grows_evenly
from PIL import Image as pillow
from test_cli import eventprint

from eventprint import job, proof
from eventprint.event import Sure, Taken
from eventprint.problems import Place, Problem, Severity
from eventprint.rules import RULES

AGENDA = """\
# Harbour Days

3 March 2026

10:00 – 11:00 Tides
Anna Berg, ETH

11:00 – 12:00 Ships
Tom Hardy, MIT
"""
SETTINGS = """\
title: Harbour Days
venue: {name: Old Customs House, room: Baltic, address: 5 Quay Street}
link: https://example.org
brand: {logo: images/logo.png}
products: {badges: {}, programme: {}}
"""
PEOPLE = """\
Anna Berg: {photo: images/anna.png, bio: Builds cranes.}
Tom Hardy: {photo: images/tom.png, bio: Sails.}
"""
LIST = "Name,Organisation\nAda Lovelace,Analytical Engines\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small event with nothing wrong and nothing missing."""
    (tmp_path / "images").mkdir()
    for name, size in (("logo", (1200, 400)), ("anna", (900, 900)), ("tom", (900, 900))):
        pillow.new("RGB", size, "teal").save(tmp_path / "images" / f"{name}.png")
    for file, text in (
        ("agenda.md", AGENDA),
        ("event.yaml", SETTINGS),
        ("people.yaml", PEOPLE),
        ("attendees.csv", LIST),
    ):
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(problems: Sequence[Problem]) -> list[tuple[str, str, str, int]]:
    return [(str(each.severity), each.rule, each.place.file, each.place.line) for each in problems]


def test_nothing_is_told_of_an_event_with_nothing_wrong(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    checked = job.check(folder)
    assert checked.problems == ()
    assert checked.covered == "6 of 6 lines used"
    assert sorted(folder.rglob("*")) == before


def test_what_does_not_fit_is_told_before_anything_is_built(folder: Path) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft Schaferswessenschafe"
    change(folder / "attendees.csv", "Ada Lovelace", long)
    assert ("warning", "text.too-long", "attendees.csv", 2) in told(job.check(folder).problems)


def test_a_picture_too_small_for_print_is_told_where_it_is_named(folder: Path) -> None:
    pillow.new("RGB", (30, 30), "teal").save(folder / "images" / "tom.png")
    change(folder / "event.yaml", "badges: {}, ", "badges: {}, speaker-cards: {}, ")
    (problem,) = job.check(folder).problems
    assert told([problem]) == [("warning", "picture.coarse", "people.yaml", 2)]
    assert problem.message.startswith("images/tom.png is printed ")


def test_a_layout_that_is_not_there_is_told_by_the_check_as_by_the_build(folder: Path) -> None:
    change(folder / "event.yaml", "badges: {}", "badges: {layout: badge-90x56}")
    assert told(job.check(folder).problems) == told(job.build(folder).problems)


def test_event_yaml_says_how_much_a_rule_matters(folder: Path) -> None:
    change(folder / "attendees.csv", "Ada Lovelace", "ADA LOVELACE")
    assert told(job.check(folder).problems) == [("open", "names.case", "attendees.csv", 2)]
    settings = folder / "event.yaml"
    for weight, said in (("error", ["error"]), ("warning", ["warning"]), ("open", ["open"]), ("ignore", [])):
        settings.write_text(f"{SETTINGS}rules:\n  names.case: {weight}\n", encoding="utf-8")
        assert [str(problem.severity) for problem in job.check(folder).problems] == said
        done = eventprint("check", folder)
        assert done.returncode == (1 if weight == "error" else 0)
    assert [str(problem.severity) for problem in job.build(folder, ["badges"]).problems] == []


@pytest.mark.parametrize(
    ("written", "rule", "said"),
    [
        ("names.cas: ignore", "event.rules", "names.case"),
        ("case: ignore", "event.rules", "names.case"),
        ("preflight.PF-001: ignore", "event.rules", "print shop"),
        ("names.case: off", "yaml.choice", "error, warning, open, ignore"),
    ],
)
def test_a_rule_that_does_not_exist_is_told_where_it_stands(folder: Path, written: str, rule: str, said: str) -> None:
    (folder / "event.yaml").write_text(f"{SETTINGS}rules:\n  {written}\n", encoding="utf-8")
    (problem,) = job.check(folder).problems
    column = 3 if rule == "event.rules" else written.index(": ") + 5
    assert (problem.rule, problem.place) == (rule, Place("event.yaml", 7, column))
    assert said in problem.hint


def test_the_rules_are_listed() -> None:
    done = eventprint("check", "--rules")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(RULES)
    data = json.loads(eventprint("check", "--rules", "--json").stdout)
    assert {rule["name"]: rule["about"] for rule in data["rules"]} == RULES


def test_many_badges_are_checked_as_quickly_as_few(folder: Path) -> None:
    syllables = [
        "an",
        "be",
        "lo",
        "mi",
        "ra",
        "ton",
        "ku",
        "vel",
        "sa",
        "dor",
        "pi",
        "gen",
        "fu",
        "hal",
        "we",
        "zo",
        "nik",
    ]
    names = [f"{a}{b} {b}{c}{a}".title() for a in syllables for b in syllables for c in ("", "n")]

    def badges(size: int) -> None:
        rows = "".join(f"{name},Institute {number}\n" for number, name in enumerate(names[:size]))
        (folder / "attendees.csv").write_text(f"Name,Organisation\n{rows}", encoding="utf-8")
        assert len(job.check(folder).event.attendees) == size + 2

    assert grows_evenly(badges, 100)


def test_a_very_large_event_is_checked_without_setting_it(folder: Path) -> None:
    """Two hundred entries and more: the rules hold, and it is said that nobody looked at what fits."""
    lines = [f"{8 + n // 20:02}:{n % 20 * 3:02} Talk {n}" for n in range(230)]
    (folder / "agenda.md").write_text("Harbour Days\n\n3 March 2026\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "people.yaml").unlink()
    checked = job.check(folder)
    assert not checked.composed
    done = eventprint("check", folder)
    assert "too large to be set in a check" in done.stderr


# Side by side


def test_each_line_stands_beside_what_it_was_read_as(folder: Path) -> None:
    (folder / "agenda.md").write_text(f"{AGENDA}\n<!-- room still open -->\n", encoding="utf-8")
    checked = job.check(folder, readings=True)
    assert [(side.line, side.source, side.read_as) for side in checked.sides] == [
        (1, "# Harbour Days", "title"),
        (3, "3 March 2026", "day 2026-03-03"),
        (5, "10:00 – 11:00 Tides", "talk 10:00–11:00 “Tides”"),
        (6, "Anna Berg, ETH", "Anna Berg (ETH), of “Tides”"),
        (8, "11:00 – 12:00 Ships", "talk 11:00–12:00 “Ships”"),
        (9, "Tom Hardy, MIT", "Tom Hardy (MIT), of “Ships”"),
        (11, "<!-- room still open -->", "passed over"),
    ]
    assert checked.sides[-1].taken is Taken.PASSED
    assert checked.covered.startswith("6 of 7 lines used, 1 passed over (")


def test_the_rows_of_a_sheet_stand_beside_what_they_were_read_as(folder: Path, tmp_path: Path) -> None:
    (folder / "agenda.md").unlink()
    (folder / "agenda.csv").write_text("Time;Title;Speaker\n10:00;Tides;Anna Berg (ETH)\n", encoding="utf-8")
    checked = job.check(folder, readings=True)
    assert [(side.line, side.read_as) for side in checked.sides] == [
        (1, "heading"),
        (2, "talk 10:00 “Tides”, Anna Berg (ETH)"),
    ]


def test_the_columns_fit_the_terminal(folder: Path) -> None:
    change(
        folder / "agenda.md",
        "Tides",
        "Tides and 潮汐と月の引力についての講演の題名 of the northern seas, told by those who measure them",
    )
    for wide in (60, 100):
        done = eventprint("check", folder, "--readings", COLUMNS=str(wide))
        lines = done.stdout.split("lines used\n\n")[1].splitlines()
        assert max(len(line) + sum(letter > "⺀" for letter in line) for line in lines) <= wide
        assert any("潮汐" in line for line in lines)


def test_readings_are_in_the_json(folder: Path) -> None:
    data = json.loads(eventprint("check", folder, "--readings", "--json").stdout)
    assert data["covered"] == "6 of 6 lines used"
    assert data["readings"][2] == {
        "line": 5,
        "source": "10:00 – 11:00 Tides",
        "taken": "slot",
        "sure": "certain",
        "read_as": "talk 10:00–11:00 “Tides”",
        "note": "",
    }


def test_of_very_many_lines_the_doubtful_ones_are_shown() -> None:
    made = [
        proof.Side(n, f"line {n}", Taken.SLOT, Sure.DOUBTFUL if n == 900 else Sure.CERTAIN, "") for n in range(1000)
    ]
    shown, note = proof.worth_showing(made, 10)
    assert [side.line for side in shown] == [*range(9), 900]
    assert note.startswith("10 are shown")
    assert proof.worth_showing(made[:10], 10) == (made[:10], "")


# On paper


def test_problems_are_listed_by_weight_and_by_file() -> None:
    at = [Place("b.md", 2), Place("b.md", 1), Place("a.md", 3), Place("list.csv", 4, 1, "C4", "Name")]
    found = [
        Problem(Severity.OPEN, "one", at[0], "do", "x.y"),
        Problem(Severity.WARNING, "two", at[3], "", "x.y"),
        Problem(Severity.OPEN, "three", at[1], "do", "x.y"),
        Problem(Severity.OPEN, "four", Place(), "do", "missing.logo"),
        Problem(Severity.ERROR, "five", at[2], "do", "x.y"),
    ]
    rows = proof.points(found)
    assert [group.partition(":")[0] for group, _ in rows] == [
        "Errors",
        "Warnings",
        "Open points",
        "Open points",
        "Not supplied, and so left out",
    ]
    assert [row for _, row in rows][1:4] == [
        ("list.csv, C4 (Name)", "two", ""),
        ("b.md:1", "three", "do"),
        ("b.md:2", "one", "do"),
    ]


def test_a_build_makes_both_lists_for_the_proof(folder: Path) -> None:
    change(folder / "attendees.csv", "Ada Lovelace", "ADA {LOVELACE}")
    names = {made.name: made.pages for made in job.build(folder).files}
    assert names["proof/open-points.pdf"] == names["proof/readings.pdf"] == 1
