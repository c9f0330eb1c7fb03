"""`schedule.xml` of Pentabarf, frab, pretalx and their kin: every quirk in a small sample, each fault in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eventprint.event import Duty, Kind
from eventprint.problems import Problems, Severity, Stop
from eventprint.read.agenda import Agenda, Given, read_agenda

EVENT = """      <event guid="g-{id}" id="{id}">
        <date>{date}</date>
        <start>{start}</start>
        <duration>{duration}</duration>
        <room>{room}</room>
        <title>{title}</title>
{more}
      </event>
"""


def event(id: str = "1", start: str = "10:00", title: str = "On rivers", more: str = "", **said: str) -> str:
    given = {"date": f"2026-05-07T{start}:00+02:00", "duration": "00:30", "room": "Hall", **said}
    return EVENT.format(id=id, start=start, title=title, more=more, **given)


def schedule(*events: str, conference: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f"""{head}
<schedule>
  <conference><title>River Days</title>{conference}</conference>
  <day index="1" date="2026-05-07">
    <room name="Hall">
{"".join(events)}    </room>
  </day>
</schedule>
"""


Reading = Callable[..., tuple[Agenda, Problems]]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    def reading(text: str | bytes, given: Given = Given()) -> tuple[Agenda, Problems]:
        file = tmp_path / "export.data"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        problems = Problems()
        return read_agenda(file, problems, tmp_path, given), problems

    return reading


def told(problems: Problems) -> list[tuple[str, str, int]]:
    return [(problem.severity.value, problem.rule, problem.place.line) for problem in problems.found]


def test_an_event_is_an_entry_with_all_it_says(read: Reading) -> None:
    more = """<subtitle>From source to sea</subtitle><track>Water</track><type>lecture</type><language>de</language>
        <abstract>
        &lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</abstract><description>Four.</description>
        <url>https://example.org/1</url><persons><person id="7">Ana Ruiz</person><person id="8" role="moderator">Jan
        Maas</person></persons><recording><license/><optout>true</optout></recording>"""
    agenda, problems = read(schedule(event(more=more), conference="<venue>Mill</venue><city>Ulm</city>"))
    assert told(problems) == []
    (day,) = agenda.days
    (entry,) = day.entries()
    assert (agenda.title, agenda.venue.name, agenda.venue.address, day.date) == (
        "River Days",
        "Mill",
        "Ulm",
        date(2026, 5, 7),
    )
    assert (entry.title, entry.subtitle, entry.track, entry.language) == (
        "On rivers",
        "From source to sea",
        "Water",
        "de",
    )
    assert (str(entry.start), str(entry.end), entry.end_stated, entry.room) == ("10:00", "10:30", True, "Hall")
    assert (entry.abstract, entry.link, entry.id) == ("One & two.\n\nThree.\n\nFour.", "https://example.org/1", "1")
    assert [(cast.person, cast.duty) for cast in entry.cast] == [
        ("ana-ruiz", Duty.SPEAKER),
        ("jan-maas", Duty.MODERATOR),
    ]
    assert [person.known_as for person in agenda.people] == [("id:7",), ("id:8",)]
    assert (entry.place.line, entry.place.column) == (6, 7)


def test_the_night_belongs_to_the_day_before(read: Reading) -> None:
    late = event("2", "00:30", "Ghosts", date="2026-05-08T00:30:00+02:00")
    agenda, problems = read(schedule(late, event("1", "23:00", "Owls")))
    assert told(problems) == []
    (day,) = agenda.days
    assert [(entry.title, str(entry.start)) for entry in day.entries()] == [("Owls", "23:00"), ("Ghosts", "00:30")]


def test_a_clock_time_alone_follows_the_change_of_the_day(read: Reading) -> None:
    events = [
        event(str(n), start).replace(f"<date>2026-05-07T{start}:00+02:00</date>", "")
        for n, start in enumerate(("23:00", "02:00"))
    ]
    agenda, problems = read(schedule(*events, conference="<day_change>04:00:00</day_change>"))
    assert told(problems) == []
    assert [(entry.start.minutes, str(entry.start)) for entry in agenda.entries() if entry.start] == [
        (1380, "23:00"),
        (1560, "02:00"),
    ]


def test_an_event_of_another_day_is_told(read: Reading) -> None:
    agenda, problems = read(schedule(event(date="2026-05-09T10:00:00+02:00")))
    assert told(problems) == [("warning", "agenda.other-day", 7)]
    assert [str(day.date) for day in agenda.days if day.blocks] == ["2026-05-09"]


def test_a_night_that_is_all_a_day_holds_stays_on_it(read: Reading) -> None:
    night = event("1", "00:00", date="2026-05-08T00:00:00+02:00")
    day = '<day date="2026-05-07" start="2026-05-07T09:00:00+02:00" end="2026-05-08T08:00:00+02:00">\n{}</day>'
    agenda, problems = read(f"<schedule>{day.format(night)}</schedule>")
    assert ([str(day.date) for day in agenda.days], told(problems)) == (["2026-05-07"], [])


def test_a_room_with_a_longer_name_is_one_and_another_is_told_once(read: Reading) -> None:
    rooms = ("Big Hall", "Hall", "Cellar", "Cellar")
    events = [event(str(n), f"1{n}:00", room=room) for n, room in enumerate(rooms)]
    _, problems = read(schedule(*events))
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("warning", "agenda.two-rooms")]


def test_days_in_another_zone_are_those_of_their_entries_and_told_once(read: Reading) -> None:
    day = '<day date="2026-05-0{0}" start="2026-05-0{0}T21:30:00+00:00" end="2026-05-0{1}T21:29:59+00:00">\n{2}</day>'
    late = event("2", "01:30", more="", date="2026-05-07T20:00:00+00:00")
    first = event("1", "07:00", date="2026-05-07T01:30:00+00:00")
    second = event("3", "07:00", date="2026-05-08T01:30:00+00:00")
    agenda, problems = read(f"<schedule>{day.format(6, 7, first)}{day.format(7, 8, second)}</schedule>")
    assert [(str(day.date), len(list(day.entries()))) for day in agenda.days] == [("2026-05-07", 1), ("2026-05-08", 1)]
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("open", "agenda.other-day")]
    agenda, problems = read(f"<schedule>{day.format(7, 8, second.replace('08T01:30', '09T01:30') + late)}</schedule>")
    assert ("warning", "agenda.other-day") in [(severity, rule) for severity, rule, _ in told(problems)]


@pytest.mark.parametrize(
    "written", ["2026-10-07T15:00:00+0100", "2026-10-07T15:00:00", "2026-10-07T13:00:00Z", "2026-10-07 15:00"]
)
def test_start_is_the_clock_on_the_wall(read: Reading, written: str) -> None:
    text = schedule(event(start="15:00", date=written)).replace("2026-05-07", "2026-10-07")
    agenda, problems = read(text, Given(timezone="Europe/Madrid"))
    assert told(problems) == []
    assert [str(entry.start) for entry in agenda.entries()] == ["15:00"]


def test_two_times_that_differ_are_told(read: Reading) -> None:
    agenda, problems = read(schedule(event(start="15:00", date="2026-05-07T14:20:00+02:00")))
    assert told(problems) == [("warning", "agenda.two-times", 8)]
    assert [str(entry.start) for entry in agenda.entries()] == ["15:00"]


def test_a_start_in_utc_beside_a_date_with_its_zone_is_told_once(read: Reading) -> None:
    events = [event(str(n), f"0{n}:00", date=f"2026-05-07T{n + 2:02}:00:00+02:00") for n in (7, 8)]
    agenda, problems = read(schedule(*events))
    assert [str(entry.start) for entry in agenda.entries()] == ["09:00", "10:00"]
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("open", "agenda.two-times")]


def test_three_people_in_one_are_parted_and_told(read: Reading) -> None:
    more = "<persons>\n<person>Ana Ruiz, Jan Maas y Ole Bull</person></persons>"
    agenda, problems = read(schedule(event(more=more)))
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz", "Jan Maas", "Ole Bull"]
    assert told(problems) == [("open", "agenda.people-in-one", 13)]
    assert "Ana Ruiz; Jan Maas; Ole Bull" in problems.found[0].message


def test_numbers_that_tell_nobody_apart_are_told_once_and_names_count(read: Reading) -> None:
    names = ("Ana Ruiz", "Jan Maas", "Ole Bull", "Ana Ruiz")
    persons = [f'<persons><person id="0">{name}</person></persons>' for name in names]
    events = [event(str(n), f"1{n}:00", more=each) for n, each in enumerate(persons)]
    agenda, problems = read(schedule(*events))
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz", "Jan Maas", "Ole Bull"]
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("open", "agenda.two-names")]


def test_lists_that_each_count_their_people_from_one_are_told_once(read: Reading) -> None:
    lists = [[f"{given} {family}" for given in ("Ana", "Jan", "Ole", "Ida", "Eva")] for family in ("Ruiz", "Maas")]
    events = []
    for number, names in enumerate(lists):
        for n, name in enumerate(names):
            persons = f'<persons><person id="{(n + number) % 5}">{name}</person></persons>'
            events.append(event(f"{number}{n}", f"1{n}:0{number}", more=persons))
    events.append(event("9", "16:00", more='<persons><person id="77">Ana Ruiz</person></persons>'))
    agenda, problems = read(schedule(*events))
    assert len(agenda.people) == 10
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("open", "agenda.two-names")]


def test_mentions_that_are_each_numbered_are_no_people_of_one_name(read: Reading) -> None:
    names = ("Ana Ruiz", "Jan Maas", "Ole Bull", "Ida Lund", "Eva Novak")
    more = [f'<persons><person id="{n}">{name}</person></persons>' for n, name in enumerate(names * 2)]
    agenda, problems = read(schedule(*(event(str(n), f"{10 + n}:00", more=each) for n, each in enumerate(more))))
    assert [person.name.full for person in agenda.people] == list(names)
    assert [(severity, rule) for severity, rule, _ in told(problems)] == [("open", "agenda.same-name")]


@pytest.mark.parametrize(
    "name", ["Donnie Berk, Ph.D.", "Andrea Behr - read & delete", "erdgeist", "Ruiz, Ana", "Ana Ruiz, Jr.", "R2, D2"]
)
def test_one_person_stays_one(read: Reading, name: str) -> None:
    agenda, problems = read(schedule(event(more=f"<persons><person>{name.replace('&', '&amp;')}</person></persons>")))
    assert ([person.name.full for person in agenda.people], told(problems)) == ([name], [])


def test_a_title_is_one_line_and_no_markup(read: Reading) -> None:
    agenda, problems = read(schedule(event(title="## Opening\n\n[Visit us](https://example.org)")))
    (entry,) = agenda.entries()
    assert (entry.title, entry.abstract) == ("Opening", "[Visit us](https://example.org)")
    assert told(problems) == [("open", "agenda.long-title", 6)]
    plain = [entry.title for entry in read(schedule(event(title="C# &lt;T&gt; and #hash 2 * 3 * 4")))[0].entries()]
    assert plain == ["C# <T> and #hash 2 * 3 * 4"]


def test_an_empty_title_is_told_and_the_slot_kept(read: Reading) -> None:
    agenda, problems = read(schedule(event(title="")))
    assert (told(problems), sum(1 for _ in agenda.entries())) == ([("warning", "agenda.no-title", 11)], 1)


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("<state>canceled</state>", "agenda.left-out"),
        ("<status>CANCELLED</status>", "agenda.left-out"),
        ("<public>false</public>", "agenda.left-out"),
        ("<state>withdrawn</state>", "agenda.left-out"),
    ],
)
def test_what_does_not_take_place_is_left_out_and_told(read: Reading, more: str, rule: str) -> None:
    agenda, problems = read(schedule(event(more=more), event("2", "11:00", more="<state>confirmed</state>")))
    assert [entry.id for entry in agenda.entries()] == ["2"]
    assert told(problems) == [("warning", rule, 6)]


def test_do_not_record_is_no_reason_to_leave_out(read: Reading) -> None:
    agenda, problems = read(schedule(event(more="<do_not_record>true</do_not_record><logo>x.png</logo><attachments/>")))
    assert (told(problems), sum(1 for _ in agenda.entries())) == ([], 1)


def test_equal_ids_are_told_over_all_days(read: Reading) -> None:
    agenda, problems = read(schedule(event("1"), event("1", "11:00", "On lakes"), event("1", "12:00")))
    assert told(problems) == [("warning", "agenda.equal-ids", 14), ("open", "agenda.equal-ids", 22)]
    assert sum(1 for _ in agenda.entries()) == 3


def test_many_equal_ids_are_one_open_point(read: Reading) -> None:
    twice = [event(str(n % 8), f"{8 + n // 2:02}:{n % 2 * 30:02}", f"Talk {n}") for n in range(16)]
    agenda, problems = read(schedule(*twice))
    assert [(rule, severity) for severity, rule, _ in told(problems)] == [("agenda.equal-ids", "open")]
    assert sum(1 for _ in agenda.entries()) == 16


def test_the_type_tells_where_the_title_does_not(read: Reading) -> None:
    events = (
        event(title="Anything", more="<type>coffee break</type>"),
        event("2", "11:00", "The grid", "<type>podium</type>"),
    )
    kinds = [entry.kind for entry in read(schedule(*events))[0].entries()]
    assert kinds == [Kind.BREAK, Kind.PANEL]


@pytest.mark.parametrize(
    ("said", "rule", "line"),
    [
        ({"start": "25:99", "date": "2026-05-07"}, "agenda.time", 8),
        ({"date": "yesterday", "start": "10:00"}, "agenda.date", 7),
        ({"date": "99999-01-01T10:00:00", "start": "10:00"}, "agenda.date", 7),
        ({"date": "0000-01-01T10:00:00", "start": "10:00"}, "agenda.date", 7),
        ({"duration": "soon"}, "agenda.length", 9),
        ({"date": "1801-01-01T10:00:00"}, "agenda.date", 7),
    ],
)
def test_absurd_times_are_told_once_each_in_its_place(
    read: Reading, said: dict[str, str], rule: str, line: int
) -> None:
    agenda, problems = read(schedule(event(**said), event("2", "11:00")))
    assert [(rule_, line_) for _, rule_, line_ in told(problems)] == [(rule, line)]
    assert "2" in [entry.id for entry in agenda.entries()]


def test_a_day_without_a_date_is_told_and_its_events_kept(read: Reading) -> None:
    agenda, problems = read(schedule(event()).replace('date="2026-05-07"', 'date="May"'))
    assert told(problems) == [("error", "agenda.date", 4)]
    assert sum(1 for _ in agenda.entries()) == 1


def test_what_takes_longer_than_a_day_is_an_open_point(read: Reading) -> None:
    agenda, problems = read(schedule(event(duration="36:00"), event("2", "11:00")))
    assert told(problems) == [("open", "agenda.several-days", 6)]
    assert next((str(entry.start), entry.end) for entry in agenda.entries()) == ("10:00", None)


def test_a_file_that_ends_in_the_middle_is_read_as_far_as_it_is_whole(read: Reading) -> None:
    text = schedule(event("1"), event("2", "11:00", "On lakes"), event("3", "12:00", "On seas"))
    agenda, problems = read(text[: text.index("On seas") + 4])
    assert [entry.id for entry in agenda.entries()] == ["1", "2"]
    assert told(problems) == [("error", "agenda.cut-off", 27)]


def test_a_bare_ampersand_is_told_and_everything_is_read(read: Reading) -> None:
    agenda, problems = read(schedule(event("1", title="R & D"), event("2", "11:00")))
    assert [entry.title for entry in agenda.entries()] == ["R & D", "On rivers"]
    assert told(problems) == [("error", "agenda.xml", 11)]


@pytest.mark.parametrize("name", ["iso-8859-1", "utf-16", "cp1250", "utf-8-sig"])
def test_the_declared_encoding_is_believed(read: Reading, name: str) -> None:
    label = {"utf-8-sig": "utf-8", "cp1250": "windows-1250"}.get(name, name)
    text = schedule(event(title="Größe"), head=f'<?xml version="1.0" encoding="{label}"?>')
    agenda, problems = read(text.encode(name))
    assert ([entry.title for entry in agenda.entries()], told(problems)) == (["Größe"], [])


def test_an_encoding_that_is_not_the_declared_one_is_told_once(read: Reading) -> None:
    title = "Die Größe der Flüsse: für Schüler, Gäste und Zuhörer"
    agenda, problems = read(schedule(event(title=title)).encode("cp1252"))
    assert [entry.title for entry in agenda.entries()] == [title]
    assert told(problems) == [("warning", "file.encoding", 11)]


def test_bombs_are_refused_in_one_line(read: Reading) -> None:
    bomb = "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    with pytest.raises(Stop, match="declares entities"):
        read(schedule(event(title="&b;"), head=bomb))


def test_every_event_is_in_the_coverage(read: Reading) -> None:
    agenda, problems = read(schedule(event("1"), event("2", more="<state>canceled</state>")))
    assert [(reading.line, reading.taken.value) for reading in agenda.coverage] == [(6, "slot"), (14, "passed over")]
    assert {problem.severity for problem in problems.found} == {Severity.WARNING}
