"""What follows from the items of an export: days, clock times, ends, people, and what is told of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from eventprint.event import Kind
from eventprint.problems import Place, Problems
from eventprint.read.agenda import Agenda, Given, Source
from eventprint.read.exports.schedules import Item, Schedule, Speaker, agenda, headline, several
from eventprint.read.language.stamps import clock, length, stamp

CET = timezone(timedelta(hours=1))


def naive(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc, arg-type]


def made(*items: Item, given: Given = Given(), **said: object) -> tuple[Agenda, Problems]:
    for line, item in enumerate(items, 1):
        item.place = Place("s", line)
    problems = Problems()
    source = Source(Path("s"), "s", b"", "json", "", given)
    return agenda(Schedule(list(items), **said), source, problems), problems  # type: ignore[arg-type]


def told(problems: Problems) -> list[tuple[str, str, int]]:
    return [(problem.severity.value, problem.rule, problem.place.line) for problem in problems.found]


def times(found: Agenda) -> list[str]:
    return [f"{day.date:%d} {entry.start} {entry.end}" for day in found.days if day.date for entry in day.entries()]


def test_what_is_before_the_change_of_the_day_belongs_to_the_night_before() -> None:
    late = Item("Owls", start=naive(2026, 5, 8, 1, 30), minutes=60, room="Hall")
    found, problems = made(late, Item("Larks", start=naive(2026, 5, 7, 9)), day_change=240)
    assert times(found) == ["07 09:00 None", "07 01:30 02:30"]
    assert [entry.start.minutes for entry in found.entries() if entry.start] == [540, 1530]
    assert told(problems) == []


@pytest.mark.parametrize(
    ("start", "zone", "given", "expected"),
    [
        (datetime(2026, 5, 7, 8, tzinfo=UTC), "Europe/Berlin", "", "10:00"),
        (datetime(2026, 5, 7, 8, tzinfo=UTC), "", "Europe/Berlin", "10:00"),
        (datetime(2026, 5, 7, 8, tzinfo=UTC), "America/New_York", "Europe/Berlin", "10:00"),
        (datetime(2026, 5, 7, 10, tzinfo=CET), "", "", "10:00"),
        (naive(2026, 5, 7, 10), "Europe/Berlin", "", "10:00"),
    ],
)
def test_times_are_those_of_the_venue(start: datetime, zone: str, given: str, expected: str) -> None:
    found, problems = made(Item("A", start=start), timezone=zone, given=Given(timezone=given))
    assert ([str(entry.start) for entry in found.entries()], told(problems)) == ([expected], [])


def test_utc_alone_is_an_open_point_also_where_an_export_calls_it_its_zone() -> None:
    for zone in ("", "UTC"):
        _, problems = made(Item("A", start=datetime(2026, 5, 7, 8, tzinfo=UTC)), timezone=zone)
        assert told(problems) == [("open", "agenda.utc", 1)]


def test_an_end_that_nobody_stated_is_the_next_start_in_the_room() -> None:
    starts = ((9, "Hall"), (9, "Loft"), (10, "Hall"), (10, "Hall"), (12, "Hall"))
    found, _ = made(*(Item(f"{n}", start=naive(2026, 5, 7, hour), room=room) for n, (hour, room) in enumerate(starts)))
    ends = {entry.title: (str(entry.end), entry.end_stated) for entry in found.entries()}
    assert ends["0"] == ("10:00", False)
    assert ends["1"] == ("None", False)
    assert ends["2"] == ends["3"] == ("12:00", False)


def test_an_hour_is_as_long_in_the_night_the_clock_is_put_forward() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    found, _ = made(Item("A", start=night, minutes=60), timezone="Europe/Berlin")
    (entry,) = found.entries()
    assert (str(entry.start), str(entry.end)) == ("01:30", "03:30")


def test_a_day_without_a_time_keeps_its_items() -> None:
    items = (
        Item("A", start=naive(2026, 5, 7, 10)),
        Item("B", day=date(2026, 5, 7)),
        Item("C", start=naive(2026, 5, 7, 11)),
    )
    found, problems = made(*items, Item("Z", day=date(2026, 5, 7), whole_day=True), Item("No"))
    assert [entry.title for entry in found.entries()] == ["Z", "A", "B", "C"]
    assert told(problems) == [("open", "agenda.no-time", 5)]


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (Item("A", start=naive(2026, 5, 7, 10), end=naive(2026, 5, 7, 9)), "agenda.range"),
        (Item("A", start=naive(2026, 5, 7, 10), end=naive(2026, 5, 9, 18)), "agenda.several-days"),
        (Item("A", start=naive(2026, 5, 7, 10), day=date(2026, 5, 6)), "agenda.other-day"),
        (Item("", start=naive(2026, 5, 7, 10)), "agenda.no-title"),
        (Item("A", start=naive(1, 1, 1, 10), minutes=10.0**12), "agenda.date"),
        (Item("A", start=naive(9999, 12, 31, 23), minutes=10.0**9), "agenda.date"),
    ],
)
def test_each_fault_is_told_once_in_its_place(item: Item, rule: str) -> None:
    _, problems = made(Item("First", start=naive(2026, 5, 7, 8), minutes=5), item)
    assert [(name, line) for _, name, line in told(problems)] == [(rule, 2)]


def test_the_word_of_the_export_counts_where_the_title_does_not_tell() -> None:
    at = naive(2026, 5, 7, 10)
    items = (
        Item("A", start=at, type="Break"),
        Item("B", start=at, type="lecture"),
        Item("Lunch", start=at, type="other"),
    )
    assert [entry.kind for entry in made(*items)[0].entries()] == [Kind.BREAK, Kind.OTHER, Kind.BREAK]


@pytest.mark.parametrize(
    ("written", "title", "below"),
    [
        ("# On rivers", "On rivers", ""),
        ("**On rivers**", "On rivers", ""),
        ("On rivers\n\nand seas", "On rivers", "and seas"),
        ("[On rivers](https://example.org/1)", "On rivers", "[On rivers](https://example.org/1)"),
        ("C# and #rivers", "C# and #rivers", ""),
        ("2 ** 3 ** 4", "2 ** 3 ** 4", ""),
        ("RCPT TO:<a@example.org>", "RCPT TO:<a@example.org>", ""),
    ],
)
def test_a_headline_is_one_line_without_marks(written: str, title: str, below: str) -> None:
    assert headline(written) == (title, below)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Ana Ruiz, Jan Maas y Ole Bull", ["Ana Ruiz", "Jan Maas", "Ole Bull"]),
        ("Ana Ruiz and Jan Maas", ["Ana Ruiz", "Jan Maas"]),
        ("Ana Ruiz & Jan Maas", ["Ana Ruiz", "Jan Maas"]),
        ("Ana Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz, Ph.D.", ["Ana Ruiz, Ph.D."]),
        ("Read & Delete", ["Read & Delete"]),
    ],
)
def test_several_people_in_one(name: str, names: list[str]) -> None:
    problems = Problems()
    assert [speaker.name for speaker in several(Speaker(name), problems)] == names
    assert len(problems.found) == (len(names) > 1)


def test_a_name_with_where_the_person_comes_from_is_parted() -> None:
    (found,) = several(Speaker("Ana Ruiz, Harbour Institute of Oslo"), Problems())
    assert (found.name, found.organisation) == ("Ana Ruiz", "Harbour Institute of Oslo")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-07", date(2026, 5, 7)),
        ("20260507", date(2026, 5, 7)),
        ("2013-034", date(2013, 2, 3)),
        ("2026-05-07T09:30", naive(2026, 5, 7, 9, 30)),
        ("2026-05-07 09:30:15", naive(2026, 5, 7, 9, 30, 15)),
        ("20260507T093000Z", datetime(2026, 5, 7, 9, 30, tzinfo=UTC)),
        ("2026-05-07T09:30:00+0100", datetime(2026, 5, 7, 9, 30, tzinfo=CET)),
        ("2026-05-07T09:30:00.123456+01:00", datetime(2026, 5, 7, 9, 30, tzinfo=CET)),
        ("2026-13-01", None),
        ("2026-05-07T25:00", None),
        ("0000-01-01", None),
        ("99999-01-01", None),
        ("2013-400", None),
        ("tomorrow", None),
    ],
)
def test_stamps(written: str, expected: date | None) -> None:
    assert stamp(written) == expected


def test_clocks_and_lengths() -> None:
    assert [str(clock(text)) for text in ("19:00", "0930", "7pm", "7:05 a.m.", "12am", "24:00", "7", "x")] == [
        *("19:00:00", "09:30:00", "19:00:00", "07:05:00", "00:00:00"),
        *("None", "None", "None"),
    ]
    lengths = ("00:45", "01:30:00", "90", "PT1H30M", "P1D", "P1W", "1:00:00", "-PT5M", "P", "soon", "9" * 30)
    assert [length(text) for text in lengths] == [45, 90, 90, 90, 1440, 10080, 60, -5, None, None, None]


def test_what_stands_in_brackets_beside_a_name() -> None:
    (found,) = several(Speaker("Ana Ruiz [Harbour, Oslo]"), Problems())
    assert (found.name, found.organisation) == ("Ana Ruiz", "Harbour, Oslo")
    (found,) = several(Speaker("Ana Ruiz (she/her)"), Problems())
    assert (found.name, found.pronouns) == ("Ana Ruiz", "she/her")
    (found,) = several(Speaker("Ana Ruiz (ana)"), Problems())
    assert found.name == "Ana Ruiz (ana)"


def cast(*people: Speaker) -> tuple[list[str], list[tuple[str, str, int]]]:
    items = [Item(f"Talk {n}", start=naive(2026, 5, 7, n), people=[person]) for n, person in enumerate(people)]
    for line, person in enumerate(people, 1):
        person.place = Place("s", line)
    found, problems = made(*items)
    return [person.name.full for person in found.people], told(problems)


def test_a_number_is_one_person_and_two_names_of_it_are_told() -> None:
    names, problems = cast(Speaker("Ana Ruiz", id="7"), Speaker("Ana María Ruiz", id="7"))
    assert (names, problems) == (["Ana Ruiz"], [("open", "agenda.two-names", 2)])
    names, problems = cast(Speaker("Dr. Ana Ruiz", id="7"), Speaker("ana ruiz", id="7"))
    assert (names, problems) == (["Dr. Ana Ruiz"], [])


def test_an_address_that_two_people_share_makes_them_not_one() -> None:
    names, problems = cast(Speaker("Ana Ruiz", mail="us@example.org"), Speaker("Jan Maas", mail="us@example.org"))
    assert (names, problems) == (["Ana Ruiz", "Jan Maas"], [("open", "agenda.two-names", 2)])


def test_two_numbers_of_one_name_are_two_people_and_told() -> None:
    names, problems = cast(Speaker("Ana Ruiz", id="7"), Speaker("Ana Ruiz", id="8"), Speaker("Ana Ruiz", id="8"))
    assert (names, problems) == (["Ana Ruiz", "Ana Ruiz"], [("open", "agenda.same-name", 2)])
