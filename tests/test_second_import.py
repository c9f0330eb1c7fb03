"""A list imported again: who is new, gone or changed, and that a build makes only what follows from it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import made_workbooks as made
import pytest
from effort import grows_evenly

from eventprint.event import Attendee
from eventprint.problems import Problems
from eventprint.read.people.compare import ComparedPeople, as_data, compare_people, is_people_list, read_list, told

FIRST = (
    "Registration ID,Name,Organisation,Role,Photo consent\n"
    "1,Ada King,Engines,speaker,yes\n"
    "2,Grace Hopper,Navy,,yes\n"
    "3,Alan Turing,Bletchley,,\n"
    "4,Emmy Noether,Göttingen,,no\n"
)
SECOND = (
    "Registration ID,Name,Organisation,Role,Photo consent\n"
    "5,Mary Somerville,Oxford,,\n"
    "4,Emmy Noether,Göttingen,,no\n"
    "2,Grace Brewster Hopper,US Navy,,yes\n"
    "1,Ada King,Engines,speaker,no\n"
)


def listed(folder: Path, name: str, source: str) -> tuple[Attendee, ...]:
    (folder / name).write_text(source, encoding="utf-8")
    problems = Problems()
    found = read_list(folder / name, problems)
    assert problems.found == []
    return found


def test_what_a_second_import_brings(tmp_path: Path) -> None:
    compared = compare_people(listed(tmp_path, "old.csv", FIRST), listed(tmp_path, "new.csv", SECOND))
    assert told(compared) == [
        "new      Mary Somerville, Oxford  new.csv:2:3",
        "gone     Alan Turing, Bletchley  old.csv:4:3: take the badge out",
        "changed  Grace Brewster Hopper, US Navy  old.csv:3:3 → new.csv:4:3",
        "           name: Grace Hopper → Grace Brewster Hopper",
        "           organisation: Navy → US Navy",
        "changed  Ada King, Engines  old.csv:2:3 → new.csv:5:3",
        "           consent to photo: yes → no",
        "people: 1 new, 1 gone, 2 changed, 1 the same",
    ]
    data = json.loads(json.dumps(as_data(compared)))
    assert [each["name"] for each in data["new"]] == ["Mary Somerville"]
    assert data["gone"] == [
        {"id": "id:3", "name": "Alan Turing", "organisation": "Bletchley", "file": "old.csv", "line": 4, "cell": "B4"}
    ]
    assert [(each["was"]["name"], len(each["differences"])) for each in data["changed"]] == [
        ("Grace Hopper", 2), ("Ada King", 1)
    ]  # fmt: skip
    assert data["counts"] == {"new": 1, "gone": 1, "changed": 2, "same": 1}


def test_a_list_is_the_same_as_itself_in_any_order(tmp_path: Path) -> None:
    found = list(listed(tmp_path, "old.csv", FIRST))
    shuffled = random.Random(7).sample(found, len(found))
    assert told(compare_people(found, shuffled)) == ["4 people, all the same"]


def test_people_with_another_number_are_found_by_their_names_and_told(tmp_path: Path) -> None:
    found = listed(tmp_path, "old.csv", FIRST)
    numbered = [replace(attendee, id=f"id:9{attendee.id[3:]}") for attendee in found]
    compared = compare_people(found, numbered)
    assert (compared.new, compared.gone) == ((), ())
    assert [[(one.what, one.before, one.after) for one in each.differences] for each in compared.changed] == [
        [("id", f"id:{n}", f"id:9{n}")] for n in (1, 2, 3, 4)
    ]
    assert all(each.is_renumbered for each in compared.changed)
    assert "           a code printed before no longer says who this is: print the badge again" in told(compared)


def test_two_people_of_one_name_are_never_mixed_up(tmp_path: Path) -> None:
    old = listed(tmp_path, "old.csv", "Name,Organisation\nLi Wei,One\nLi Wei,Two\n")
    new = listed(tmp_path, "new.csv", "Name,Organisation\nLi Wei,Two\nLi Wei,Three\n")
    two, other = compare_people(old, new).changed
    assert [(one.what, one.before, one.after) for one in two.differences] == [
        ("id", "name:li wei|li wei", "name:li wei")
    ]  # the name is all that tells who they are, so the first of a list has it alone
    assert [(one.what, one.after) for one in other.differences if one.what != "id"] == [("organisation", "Three")]
    three = listed(tmp_path, "new.csv", "Name,Organisation\nLi Wei,Two\nLi Wei,Three\nLi Wei,Four\n")
    compared = compare_people(old, three)
    assert sorted(attendee.organisation for attendee in compared.new) == ["Four", "Three"]
    assert [attendee.organisation for attendee in compared.gone] == ["One"]


def test_a_ticket_handed_on_changes_its_name(tmp_path: Path) -> None:
    old = listed(tmp_path, "old.csv", "Order code,Position ID,Attendee name\nABC,1,Ada King\nABC,2,Alan Turing\n")
    new = listed(tmp_path, "new.csv", "Order code,Position ID,Attendee name\nABC,1,Ada King\nABC,2,Emmy Noether\n")
    compared = compare_people(old, new)
    assert [(each.old.name.full, each.new.name.full) for each in compared.changed] == [("Alan Turing", "Emmy Noether")]


def test_many_people_are_compared_as_quickly_as_few() -> None:
    from eventprint.event import Name

    def compared(size: int) -> ComparedPeople:
        old = [Attendee(f"id:{n}", Name(f"Person {n}")) for n in range(size)]
        return compare_people(old, [*old[1:], replace(old[0], id="id:new")])

    assert grows_evenly(compared, 2000)
    whole = compared(100_000)
    assert (len(whole.changed), whole.same) == (1, 99_999)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        (FIRST, True),
        ("Name\nAda King\n", True),
        ("Ada King,Engines\nAlan Turing,Bletchley\n", True),
        ('[{"name": "Ada King", "email": "a@b.example"}]', True),
        ("Time,Room,Title,Speaker\n09:00,A,Opening,Ada King\n", False),
        ("# Workshop\n\n09:00 Opening\n09:30 Ada King\n", False),
        ('{"schedule": {"conference": {"days": []}}}', False),
    ],
)
def test_a_list_of_people_is_told_from_an_agenda(tmp_path: Path, source: str, is_one: bool) -> None:
    (tmp_path / "any").write_text(source, encoding="utf-8")
    assert is_people_list(tmp_path / "any") is is_one


def told_by_the_door(*words: str | Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "eventprint", "compare", *words], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_the_door_compares_lists_in_different_forms(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(FIRST, encoding="utf-8")
    rows = [line.split(",") for line in SECOND.splitlines()]
    (tmp_path / "new.xlsx").write_bytes(made.xlsx(rows))
    code, said = told_by_the_door(tmp_path / "old.csv", tmp_path / "new.xlsx")
    assert code == 0
    assert said.splitlines()[:2] == [
        "new      Mary Somerville, Oxford  new.xlsx S!B2",
        "gone     Alan Turing, Bletchley  old.csv:4:3: take the badge out",
    ]
    assert "people: 1 new, 1 gone, 2 changed, 1 the same" in said


def test_the_door_compares_the_people_of_event_folders(tmp_path: Path) -> None:
    for name, source in (("old", FIRST), ("new", SECOND)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "agenda.md").write_text("# Day\n\n09:00 Opening\n", encoding="utf-8")
        (tmp_path / name / "attendees.csv").write_text(source, encoding="utf-8")
    code, said = told_by_the_door(tmp_path / "old", tmp_path / "new", "--json")
    assert code == 0
    assert json.loads(said)["attendees"]["counts"] == {"new": 1, "gone": 1, "changed": 2, "same": 1}
