"""Two agendas compared: what is new, changed and gone, and what only looks so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from effort import grows_evenly

from eventprint.event import Cast, Day, Entry, Name, Person, Session, Time
from eventprint.problems import Place, Problems
from eventprint.read.agenda import Agenda, Given, read_agenda
from eventprint.read.compare import Aspect, Comparison, compare


def at(written: str) -> Time:
    hours, minutes = written.split(":")
    return Time(int(hours) * 60 + int(minutes), written)


def talk(title: str, start: str = "10:00", room: str = "Hall", *, id: str = "", who: str = "", line: int = 1) -> Entry:
    cast = (Cast(who),) if who else ()
    return Entry(title, start=at(start), room=room, id=id, cast=cast, place=Place("a", line))


def agenda(*entries: Entry, day: date = date(2026, 5, 7)) -> Agenda:
    people = tuple(Person(key, Name(key)) for key in dict.fromkeys(c.person for e in entries for c in e.cast))
    return Agenda(days=(Day(entries, day),), people=people)


def changes(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(c.aspect.value, c.old, c.new) for pair in comparison.changed for c in pair.changes]


def titles(comparison: Comparison) -> tuple[list[str], list[str]]:
    return [item.entry.title for item in comparison.new], [item.entry.title for item in comparison.gone]


RIVERS, LAKES, SEAS = talk("On rivers"), talk("On lakes", "11:00"), talk("On seas", "12:00")


def test_one_agenda_is_the_same_as_itself() -> None:
    found = compare(agenda(RIVERS, LAKES, SEAS), agenda(SEAS, RIVERS, LAKES))
    assert found.same
    assert (len(found.pairs), changes(found), titles(found)) == (3, [], ([], []))


def test_new_and_gone_have_their_places() -> None:
    new = talk("On tides", "15:00", line=7)
    found = compare(agenda(RIVERS, LAKES), agenda(RIVERS, new))
    assert titles(found) == (["On tides"], ["On lakes"])
    assert str(found.new[0].place) == "a:7"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (talk("On rivers", "16:00"), ("start", "10:00", "16:00")),
        (talk("On rivers", room="Loft"), ("room", "Hall", "Loft")),
        (talk("Of stones and sand", "10:00"), ("title", "On rivers", "Of stones and sand")),
    ],
)
def test_one_thing_that_changed_is_told_and_nothing_else(later: Entry, expected: tuple[str, str, str]) -> None:
    found = compare(agenda(RIVERS, LAKES, SEAS), agenda(later, LAKES, SEAS))
    assert (changes(found), titles(found)) == ([expected], ([], []))


def test_another_day_is_told() -> None:
    old = Agenda(days=(Day((RIVERS, LAKES), date(2026, 5, 7)), Day((SEAS,), date(2026, 5, 8))))
    new = Agenda(days=(Day((RIVERS,), date(2026, 5, 7)), Day((LAKES, SEAS), date(2026, 5, 8))))
    assert changes(compare(old, new)) == [("day", "2026-05-07", "2026-05-08")]


def test_people_are_compared_as_names_and_not_by_their_order() -> None:
    one, two = Person("a", Name("Ana Ruiz")), Person("b", Name("Zoë Maas"))
    other = Person("b", Name("Zoe  Maas"))
    entry = Entry("On rivers", start=at("10:00"), cast=(Cast("a"), Cast("b")))
    turned = Entry("On rivers", start=at("10:00"), cast=(Cast("b"), Cast("a")))
    alone = Entry("On rivers", start=at("10:00"), cast=(Cast("a"),))
    old = Agenda(days=(Day((entry,)),), people=(one, two))
    assert compare(old, Agenda(days=(Day((turned,)),), people=(one, other))).same
    found = compare(old, Agenda(days=(Day((alone,)),), people=(one,)))
    assert changes(found) == [("people", "Ana Ruiz, Zoë Maas", "Ana Ruiz")]
    assert (found.people_new, found.people_gone) == ((), ("Zoë Maas",))


def test_an_id_keeps_an_entry_together_that_has_another_title_time_and_room() -> None:
    later = talk("On rivers and streams", "16:00", "Loft", id="7@example.org")
    found = compare(agenda(talk("On rivers", id="7"), LAKES), agenda(later, LAKES))
    assert {aspect for aspect, _, _ in changes(found)} == {"title", "start", "room"}
    assert titles(found) == ([], [])


def test_equal_ids_of_different_things_match_nothing() -> None:
    found = compare(agenda(talk("On rivers", id="7")), agenda(talk("Tax law", "18:00", "Loft", id="7")))
    assert titles(found) == (["Tax law"], ["On rivers"])


def test_what_stands_twice_is_matched_twice() -> None:
    found = compare(agenda(RIVERS, RIVERS, LAKES), agenda(RIVERS, LAKES))
    assert (len(found.pairs), titles(found)) == (2, ([], ["On rivers"]))


def test_what_one_agenda_never_says_is_told_once() -> None:
    named = [talk(f"Talk {number}", f"1{number}:00", who=f"p{number}") for number in range(3)]
    bare = [talk(f"Talk {number}", f"1{number}:00") for number in range(3)]
    found = compare(agenda(*named), agenda(*bare))
    assert (found.silent, changes(found)) == (((Aspect.PEOPLE, "new"),), [])


def test_a_room_that_is_called_otherwise_is_told_once_and_a_moved_talk_by_itself() -> None:
    old = [
        talk("A", "10:00", "Raum 1"),
        talk("B", "11:00", "Raum 1"),
        talk("C", "10:00", "Raum 2"),
        talk("D", "11:00", "Raum 2"),
    ]
    new = [
        talk("A", "10:00", "Room 1"),
        talk("B", "11:00", "Room 1"),
        talk("C", "10:00", "Raum 2"),
        talk("D", "11:00", "Loft"),
    ]
    found = compare(agenda(*old), agenda(*new))
    assert [(change.old, change.new) for change in found.renamed] == [("Raum 1", "Room 1")]
    assert changes(found) == [("room", "Raum 2", "Loft")]


def test_another_time_zone_is_told_once() -> None:
    later = [talk("On rivers", "11:00"), talk("On lakes", "12:00"), talk("On seas", "13:00")]
    found = compare(agenda(RIVERS, LAKES, SEAS), agenda(*later))
    assert (found.shift, changes(found), titles(found)) == (60, [], ([], []))
    later[2] = talk("On seas", "14:30")
    found = compare(agenda(RIVERS, LAKES, SEAS), agenda(*later))
    assert (found.shift, len(changes(found))) == (0, 3)


def test_the_room_of_a_session_is_that_of_its_entries() -> None:
    inside = Session("", "Water", (talk("On rivers", room=""),), room="Hall")
    assert compare(Agenda(days=(Day((inside,), date(2026, 5, 7)),)), agenda(RIVERS)).same


def test_many_entries_with_nothing_in_common_take_no_longer_than_few() -> None:
    def found(size: int) -> int:
        old = agenda(*(talk(f"The word {number} of all", "10:00", "") for number in range(size)))
        new = agenda(*(talk(f"All of the other {number}", "10:00", "", line=2) for number in range(size, 2 * size)))
        return len(compare(old, new).new)

    assert grows_evenly(found, 400)
    assert found(3000) == 3000


# The same event in several forms


def read(file: Path, timezone: str = "") -> Agenda:
    return read_agenda(file, Problems(), file.parent, Given(timezone=timezone))


def test_pycones_reads_the_same_from_three_formats(real_data: Path) -> None:
    xml = read(real_data / "pentabarf-xml" / "pycones-2016.xml")
    xcal = read(real_data / "xcal" / "pycones-2016.xcal.xml")
    ics = read(real_data / "ics" / "pycones-2016.ics")
    found = compare(xcal, ics)
    assert (len(found.pairs), found.same, found.silent) == (80, True, ())
    for other in (xcal, ics):
        found = compare(xml, other)
        assert (len(found.pairs), titles(found), found.shift, found.renamed) == (80, ([], []), 0, ())
        assert found.silent == ((Aspect.PEOPLE, "new"),)
        # only the XML has an abstract beside the description
        assert Counter(aspect for aspect, _, _ in changes(found)) == {"abstract": 52}


def test_fosdem_reads_the_same_from_the_app_as_far_as_it_goes(real_data: Path) -> None:
    xml = read(real_data / "pentabarf-xml" / "fosdem-2024.xml")
    for timezone, shift in (("Europe/Brussels", 0), ("", -60)):
        found = compare(xml, read(real_data / "ics" / "fosdem-2024-app-export.ics", timezone))
        assert (len(found.pairs), len(found.new), len(found.gone)) == (16, 0, 876 - 16)
        assert (found.shift, found.silent, found.people_new) == (shift, ((Aspect.LANGUAGE, "new"),), ())
        # the app leaves the description out where there is an abstract
        assert Counter(aspect for aspect, _, _ in changes(found)) == {"abstract": 3}


def test_tuebix_reads_the_same_from_text_and_export(real_data: Path) -> None:
    text = read(real_data / "agenda-text" / "tuebix-2024-raumplan.de.md")
    export = read(real_data / "schedule-json" / "tuebix-2024-pretalx.json")
    found = compare(text, export)
    assert (len(found.pairs), titles(found), changes(found)) == (32, ([], []), [])
    assert {aspect for aspect, _ in found.silent} >= {Aspect.TRACK, Aspect.LANGUAGE, Aspect.ABSTRACT}
    # the page writes "Raum" before the name of each of its five rooms
    assert {f"Raum {change.new}" for change in found.renamed} == {change.old for change in found.renamed}
    assert len(found.renamed) == 5


# The door


def test_the_door_tells_new_changed_and_gone(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("Days\n7 May 2026\n10:00 On rivers\n11:00 On lakes\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text(
        "Days\n7 May 2026\n10:00 On rivers\n11:30 On lakes\n15:00 Tides\n", encoding="utf-8"
    )
    words = [sys.executable, "-m", "eventprint", "compare", str(tmp_path / "old.txt"), str(tmp_path / "new.txt")]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == [
        "new      Tides  (2026-05-07 15:00)  new.txt:5:1",
        "changed  On lakes  old.txt:4:1 → new.txt:4:1",
        "           start: 11:00 → 11:30",
        "1 same, 1 changed, 1 new, 0 gone",
    ]
    data = json.loads(subprocess.run([*words, "--json"], capture_output=True, text=True, check=True).stdout)
    assert data["counts"] == {"same": 1, "changed": 1, "new": 1, "gone": 0}
    assert data["new"][0]["place"]["line"] == 5


def test_the_door_takes_event_folders_and_says_what_is_missing(event: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "eventprint", "compare", str(event)]
    done = subprocess.run([*words, str(event)], capture_output=True, text=True, check=False)
    assert done.stdout.endswith("entries, all the same\n67 people, all the same\n")
    done = subprocess.run([*words, str(tmp_path / "none")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "")
    assert "there is no file or folder" in done.stderr


def test_an_agenda_and_its_folder_differ_in_nothing(event: Path) -> None:
    words = [sys.executable, "-m", "eventprint", "compare", str(event / "agenda.md"), str(event)]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.partition(" ")[2] for line in told] == ["entries, all the same"]
