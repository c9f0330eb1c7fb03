"""Calendars, as iCalendar and as xCal: lines and their folds, zones, repetitions, who speaks, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from effort import ending

from eventprint.event import Duty, Kind, Sure
from eventprint.problems import Problems
from eventprint.read.agenda import Agenda, Given, read_agenda

Reading = Callable[..., tuple[Agenda, Problems]]


def event(*lines: str, uid: str = "1", summary: str = "On rivers") -> str:
    said = "\r\n".join(lines)
    when = "" if "DTSTART" in said else "DTSTART:20260507T100000\r\nDTEND:20260507T103000\r\n"
    said += "\r\n" if said else ""
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{summary}\r\n{when}{said}END:VEVENT\r\n"


def calendar(*events: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(events)}END:VCALENDAR\r\n"


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


def times(agenda: Agenda) -> list[str]:
    return [f"{day.date} {entry.start}" for day in agenda.days for entry in day.entries()]


def test_an_event_is_an_entry_with_all_it_says(read: Reading) -> None:
    lines = (
        "LOCATION:Hall",
        "CATEGORIES:Water,Life\\, and all",
        "URL:https://example.org/1",
        "DESCRIPTION:One\\, two\\;\\nthree \\\\ four",
        'ATTENDEE;CN="Ruiz, Ana":https://example.org/ana',
        "ATTENDEE;ROLE=CHAIR;CN=Jan Maas:invalid:nomail",
    )
    agenda, problems = read(calendar(event(*lines), head="X-WR-CALNAME:River Days\r\n"))
    assert told(problems) == []
    (entry,) = agenda.entries()
    assert (agenda.title, entry.title, entry.room, entry.track) == (
        "River Days",
        "On rivers",
        "Hall",
        "Water, Life, and all",
    )
    assert (str(entry.start), str(entry.end), entry.end_stated) == ("10:00", "10:30", True)
    assert (entry.abstract, entry.link, entry.id) == ("One, two;\nthree \\ four", "https://example.org/1", "1")
    assert [person.name.full for person in agenda.people] == ["Ruiz, Ana", "Jan Maas"]
    assert [cast.duty for cast in entry.cast] == [Duty.SPEAKER, Duty.CHAIR]
    assert (entry.place.line, entry.place.column) == (4, 1)


def test_folds_may_stand_inside_escapes_and_inside_letters(read: Reading) -> None:
    text = calendar(event("DESCRIPTION:salt\\\r\n , pepper and Gr\r\n ö\r\n ße", summary="Plä\r\n ne"))
    agenda, problems = read(text.replace("Gr\r\n ö", "Grö"))
    (entry,) = agenda.entries()
    assert (entry.title, entry.abstract, told(problems)) == ("Pläne", "salt, pepper and Größe", [])
    split = calendar(event(summary="Größe")).encode().replace("ö".encode(), b"\xc3\r\n \xb6")
    agenda, problems = read(split)
    assert ([entry.title for entry in agenda.entries()], told(problems)) == (["Größe"], [])


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n"])
def test_lines_may_end_in_any_way(read: Reading, ends: str) -> None:
    agenda, problems = read(calendar(event("LOCATION:Hall")).replace("\r\n", ends))
    assert [(entry.room, entry.place.line) for entry in agenda.entries()] == [("Hall", 3)]
    assert told(problems) == []


def test_a_line_that_was_not_folded_goes_on_and_is_told(read: Reading) -> None:
    agenda, problems = read(calendar(event("DESCRIPTION:One", "two", "Note: three", "LOCATION:Hall")))
    assert [(entry.abstract, entry.room) for entry in agenda.entries()] == [("One\ntwo\nNote: three", "Hall")]
    assert told(problems) == [("warning", "agenda.unfolded", 9)]


@pytest.mark.parametrize(
    ("head", "start", "given", "expected"),
    [
        ("", "DTSTART:20260507T100000", "", "10:00"),
        ("X-WR-TIMEZONE:Europe/Berlin\r\n", "DTSTART:20260507T080000Z", "", "10:00"),
        ("X-WR-TIMEZONE:Europe/Berlin\r\n", "DTSTART:20260107T080000Z", "", "09:00"),
        ("", "DTSTART:20260507T080000Z", "Europe/Berlin", "10:00"),
        ("X-WR-TIMEZONE:America/New_York\r\n", "DTSTART:20260507T080000Z", "Europe/Berlin", "10:00"),
        ("", "DTSTART;TZID=Europe/Berlin:20260507T100000", "", "10:00"),
        ("", 'DTSTART;TZID="Europe/Berlin":20260507T100000', "", "10:00"),
        ("", "DTSTART;TZID=W. Europe Standard Time:20260507T100000", "", "10:00"),
        ("", "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260507T100000", "", "10:00"),
        ("", "DTSTART;TZID=Europe/Berlin:20260507T100000", "Europe/London", "09:00"),
        ("X-WR-TIMEZONE:America/New_York\r\n", "DTSTART;TZID=Europe/Berlin:20260507T100000", "", "10:00"),
    ],
)
def test_times_are_those_of_the_venue(read: Reading, head: str, start: str, given: str, expected: str) -> None:
    agenda, problems = read(calendar(event(start, "DURATION:PT45M"), head=head), Given(timezone=given))
    assert [str(entry.start) for entry in agenda.entries()] == [expected]
    assert told(problems) == []


@pytest.mark.parametrize("head", ["", "X-WR-TIMEZONE:UTC\r\n"])
def test_utc_without_a_venue_is_an_open_point(read: Reading, head: str) -> None:
    agenda, problems = read(calendar(event("DTSTART:20260507T080000Z"), head=head))
    assert [rule for _, rule, _ in told(problems)] == ["agenda.utc"]
    assert times(agenda) == ["2026-05-07 08:00"]


def test_the_zone_a_file_describes_is_known_by_its_other_name(read: Reading) -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nX-LIC-LOCATION:Europe/Berlin\r\nEND:VTIMEZONE\r\n"
    agenda, problems = read(
        calendar(event("DTSTART;TZID=Ours:20260507T100000"), head=zone), Given(timezone="Europe/London")
    )
    assert (times(agenda), told(problems)) == (["2026-05-07 09:00"], [])


def test_a_zone_that_nobody_knows_is_told_once(read: Reading) -> None:
    events = [event(f"DTSTART;TZID=Nowhere:20260507T{hour}0000", uid=str(hour)) for hour in (10, 11)]
    agenda, problems = read(calendar(*events))
    assert told(problems) == [("warning", "agenda.timezone", 6)]
    assert times(agenda) == ["2026-05-07 10:00", "2026-05-07 11:00"]


OWN_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Our clock\r\n"
    "BEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)


def test_a_zone_that_a_file_describes_under_a_name_of_its_own_is_known_by_its_clock(read: Reading) -> None:
    here = event("DTSTART;TZID=Our clock:20260507T100000")
    there = event("DTSTART:20260507T150000Z", uid="2")
    agenda, problems = read(calendar(OWN_ZONE, here, there))
    assert (times(agenda), told(problems)) == (["2026-05-07 10:00", "2026-05-07 11:00"], [])


def test_many_zones_of_a_files_own_take_no_time(read: Reading) -> None:
    zones = "".join(
        OWN_ZONE.replace("Our clock", f"Clock {n}").replace("-0500", f"-{n % 90:02}17") for n in range(2000)
    )
    with ending():
        agenda, _ = read(calendar(zones, event("DTSTART;TZID=Clock 1:20260507T100000")))
    assert times(agenda) == ["2026-05-07 10:00"]


@pytest.mark.parametrize(
    "name",
    [
        "(UTC-05:00) Eastern Time (US & Canada)",
        "Eastern Standard Time 1",
        "Amsterdam, New York",
        "(UTC-05:00) New York",
    ],
)
def test_zones_may_be_named_as_people_read_them(read: Reading, name: str) -> None:
    here = event(f'DTSTART;TZID="{name}":20260507T100000', "RRULE:FREQ=DAILY;UNTIL=20260508T080000Z")
    _, problems = read(calendar(here))
    assert told(problems) == []


def test_a_night_in_which_the_clock_is_put_back_keeps_its_hours(read: Reading) -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20261025T013000", "DURATION:PT2H")
    agenda, problems = read(calendar(event(*lines)))
    (entry,) = agenda.entries()
    assert (str(entry.start), str(entry.end), told(problems)) == ("01:30", "02:30", [])
    assert entry.end.minutes - entry.start.minutes == 120  # type: ignore[union-attr]


def test_the_older_form_writes_letters_as_numbers(read: Reading) -> None:
    title = "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=B6=C3=9Fe=3D1"
    agenda, problems = read(calendar(event(), head="").replace("SUMMARY:On rivers", title))
    assert ([entry.title for entry in agenda.entries()], told(problems)) == (["Größe=1"], [])


def test_an_end_may_be_a_length_or_nothing(read: Reading) -> None:
    start = "DTSTART:20260507T{}0000"
    one = event(start.format("10"), "DURATION:PT1H15M", "LOCATION:Hall")
    two = event(start.format("12"), "LOCATION:Hall", uid="2")
    three = event(start.format("13"), "DTEND:20260507T130000", "LOCATION:Hall", uid="3")
    agenda, problems = read(calendar(one, two, three))
    ends = [(str(entry.end or ""), entry.end_stated) for entry in agenda.entries()]
    assert (ends, told(problems)) == ([("11:15", True), ("13:00", False), ("", False)], [])


def test_whole_days_stand_first_and_have_no_time(read: Reading) -> None:
    days = event("DTSTART;VALUE=DATE:20260507", "DTEND;VALUE=DATE:20260509", summary="Exhibition")
    agenda, problems = read(calendar(event(uid="2"), days))
    found = [(day.date.day, entry.title, entry.start) for day in agenda.days if day.date for entry in day.entries()]
    assert [(day, title) for day, title, _ in found] == [(7, "Exhibition"), (7, "On rivers"), (8, "Exhibition")]
    assert (found[0][2], told(problems)) == (None, [])


def test_many_whole_days_are_printed_once(read: Reading) -> None:
    agenda, problems = read(calendar(event("DTSTART;VALUE=DATE:20260507", "DTEND;VALUE=DATE:20260609")))
    assert (len(times(agenda)), told(problems)) == (1, [("open", "agenda.several-days", 3)])


# What is left out


@pytest.mark.parametrize(("line", "reason"), [("STATUS:CANCELLED", "cancelled"), ("CLASS:PRIVATE", "private")])
def test_what_is_not_for_the_programme_is_left_out_and_told(read: Reading, line: str, reason: str) -> None:
    agenda, problems = read(calendar(event(line), event(uid="2", summary="On lakes")))
    assert [entry.title for entry in agenda.entries()] == ["On lakes"]
    assert told(problems) == [("warning", "agenda.left-out", 3)]
    assert reason in problems.found[0].message


def test_alarms_and_tasks_are_no_entries(read: Reading) -> None:
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Alarm\r\nSUMMARY:Wake up\r\nEND:VALARM"
    task = "BEGIN:VTODO\r\nSUMMARY:Buy pens\r\nEND:VTODO\r\n"
    agenda, problems = read(calendar(event("DESCRIPTION:Text", alarm), task))
    assert [(entry.title, entry.abstract) for entry in agenda.entries()] == [("On rivers", "Text")]
    assert told(problems) == []


# Repetition


def test_a_rule_is_followed_with_its_exceptions(read: Reading) -> None:
    lines = (
        "DTSTART;TZID=Europe/Berlin:20260319T100000",
        "DTEND;TZID=Europe/Berlin:20260319T110000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20260326T100000",
        "RDATE;TZID=Europe/Berlin:20260401T120000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260402T100000",
        "DTSTART;TZID=Europe/Berlin:20260402T150000",
        summary="Moved",
    )
    agenda, problems = read(calendar(event(*lines), moved))
    assert told(problems) == []
    assert times(agenda) == ["2026-03-19 10:00", "2026-04-01 12:00", "2026-04-02 15:00", "2026-04-09 10:00"]


def test_exceptions_in_utc_and_as_days_are_found(read: Reading) -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20260319T100000", "RRULE:FREQ=DAILY;UNTIL=20260322T235959Z")
    agenda, problems = read(calendar(event(*lines, "EXDATE:20260320T090000Z", "EXDATE;VALUE=DATE:20260322")))
    assert (times(agenda), told(problems)) == (["2026-03-19 10:00", "2026-03-21 10:00"], [])


def test_several_rules_and_rules_of_exception_are_followed(read: Reading) -> None:
    rules = ("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=WEEKLY;COUNT=2", "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2")
    agenda, problems = read(calendar(event("DTSTART:20260507T100000", *rules)))
    assert times(agenda) == ["2026-05-08 10:00", "2026-05-14 10:00"]
    assert told(problems) == []


@pytest.mark.parametrize(
    "instance", ["RECURRENCE-ID;TZID=Europe/Berlin:20260514T000000", "RECURRENCE-ID:20260513T220000Z"]
)
def test_a_whole_day_may_be_moved_from_a_midnight(read: Reading, instance: str) -> None:
    series = event("DTSTART;VALUE=DATE:20260507", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("DTSTART;VALUE=DATE:20260515", instance, summary="Moved")
    agenda, _ = read(calendar(series, moved, head="X-WR-TIMEZONE:Europe/Berlin\r\n"))
    assert [str(day.date) for day in agenda.days] == ["2026-05-07", "2026-05-15", "2026-05-21"]


def test_exceptions_of_a_start_without_a_zone_are_on_its_clock(read: Reading) -> None:
    series = event("DTSTART:20260507T100000", "RRULE:FREQ=DAILY; COUNT=3", "EXDATE:20260508T100000Z")
    agenda, problems = read(calendar(series))
    assert (times(agenda), told(problems)) == (["2026-05-07 10:00", "2026-05-09 10:00"], [])


def test_an_event_inside_a_component_of_a_programs_own_is_read(read: Reading) -> None:
    agenda, _ = read(calendar(f"BEGIN:X-BOX\r\n{event()}END:X-BOX\r\n"))
    assert [entry.title for entry in agenda.entries()] == ["On rivers"]


def test_a_series_of_several_years_is_printed_to_its_end(read: Reading) -> None:
    monthly = event("DTSTART:20200106T100000", "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20250131T000000")
    agenda, problems = read(calendar(monthly))
    assert (len(times(agenda)), times(agenda)[-1], told(problems)) == (61, "2025-01-06 10:00", [])
    yearly = event("DTSTART:20200106T100000", "RRULE:FREQ=YEARLY;COUNT=40")
    agenda, problems = read(calendar(yearly))
    assert (len(times(agenda)), told(problems)) == (11, [("open", "agenda.endless", 7)])
    assert "40 times" in problems.found[0].message


def test_what_is_taken_out_at_each_of_its_times_is_told(read: Reading) -> None:
    gone = event("DTSTART:20260507T100000", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20260507T100000")
    agenda, problems = read(calendar(gone, event("DTSTART:20260508T100000", uid="2", summary="On lakes")))
    assert times(agenda) == ["2026-05-08 10:00"]
    assert told(problems) == [("warning", "agenda.left-out", 3)]


def test_of_several_versions_the_last_is_printed(read: Reading) -> None:
    old, new = (event(f"SEQUENCE:{n}", f"DTSTART:2026050{7 + n}T100000", summary=f"V {n}") for n in (0, 1))
    agenda, problems = read(calendar(old, new, event("DTSTART:20260509T100000", uid="2")))
    assert [entry.title for entry in agenda.entries()] == ["V 1", "On rivers"]
    assert told(problems) == [("warning", "agenda.left-out", 3)]
    assert "replaced by a later version" in problems.found[0].message


def test_a_change_of_all_later_times_is_an_open_point(read: Reading) -> None:
    series = event("DTSTART:20260507T100000", "RRULE:FREQ=DAILY;COUNT=3")
    later = event("DTSTART:20260508T110000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260508T100000")
    agenda, problems = read(calendar(series, later))
    assert times(agenda) == ["2026-05-07 10:00", "2026-05-08 11:00", "2026-05-09 10:00"]
    assert told(problems) == [("open", "agenda.repeats", 13)]


def test_a_rule_without_end_goes_as_far_as_the_calendar(read: Reading) -> None:
    lines = ("DTSTART:20260507T100000", "RRULE:FREQ=DAILY")
    agenda, problems = read(calendar(event(*lines), event("DTSTART:20260509T120000", uid="2")))
    assert len(times(agenda)) == 4
    assert told(problems) == [("open", "agenda.endless", 7)]
    agenda, problems = read(calendar(event(*lines)), Given(dates=(date(2026, 5, 7), date(2026, 5, 8))))
    assert len(times(agenda)) == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=NEVER",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYMONTH=99",
        "COUNT=3",
        "UNTIL=29991231",
        "nonsense",
    ],
)
def test_a_rule_that_is_none_is_told_and_the_first_time_kept(read: Reading, rule: str) -> None:
    agenda, problems = read(calendar(event(f"RRULE:{rule}")))
    found = [(severity, line) for severity, _, line in told(problems)]
    assert (times(agenda), found) == (["2026-05-07 10:00"], [("error", 8)])


def test_rules_cannot_keep_anybody_waiting(read: Reading) -> None:
    never = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=99999"
    often = "RRULE:FREQ=DAILY;COUNT=99999"
    events = [event(never if number % 2 else often, uid=str(number)) for number in range(1200)]
    with ending():
        agenda, problems = read(calendar(*events))
    assert len(times(agenda)) <= 1200 + 2000
    assert {rule for _, rule, _ in told(problems)} == {"agenda.many-times", "agenda.repeats"}


# Who speaks


def test_what_stands_in_brackets_after_by_is_a_speaker(read: Reading) -> None:
    titles = ("On rivers (talk by Ana Ruiz)", "Lakes (workshop by Jan Maas & Ole Bull)", "Seas (talk by Zeth)")
    events = [event(uid=str(number), summary=title) for number, title in enumerate(titles)]
    agenda, problems = read(calendar(*events))
    assert [entry.title for entry in agenda.entries()] == ["On rivers", "Lakes", "Seas"]
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz", "Jan Maas", "Ole Bull", "Zeth"]
    assert {cast.sure for entry in agenda.entries() for cast in entry.cast} == {Sure.LIKELY}
    assert told(problems) == [("open", "agenda.people-in-titles", 3)]


def test_what_is_no_name_stays_in_the_title(read: Reading) -> None:
    agenda, problems = read(calendar(event(summary="Data (panel by From data to publications: a discussion)")))
    assert [entry.title for entry in agenda.entries()] == ["Data (panel by From data to publications: a discussion)"]
    assert told(problems) == [("open", "agenda.doubtful-person", 3)]


@pytest.mark.parametrize(
    "form", ["{title} - {name}", "{title} -- {name}", "{name}: {title}", "{name} – {title}", "{title} ({name})"]
)
def test_a_form_that_most_titles_have_is_read(read: Reading, form: str) -> None:
    said = [("On rivers", "Ana Ruiz"), ("On lakes", "Jan Maas"), ("On seas", "Ole Bull")]
    events = [
        event(f"DTSTART:20260507T1{number}0000", uid=str(number), summary=form.format(title=title, name=name))
        for number, (title, name) in enumerate(said)
    ]
    agenda, problems = read(calendar(*events, event("DTSTART:20260507T140000", uid="9", summary="Coffee break")))
    assert [entry.title for entry in agenda.entries()] == ["On rivers", "On lakes", "On seas", "Coffee break"]
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz", "Jan Maas", "Ole Bull"]
    assert told(problems) == [("open", "agenda.people-in-titles", 3)]


def test_pretalx_puts_the_speakers_behind_a_dash(read: Reading) -> None:
    titles = ("On rivers - and seas - Ana Ruiz [Mill\\, Ulm]\\, zeth", "Walk - ")
    events = [event(f"DTSTART:20260507T1{n}0000", uid=str(n), summary=title) for n, title in enumerate(titles)]
    agenda, problems = read(calendar(*events, head="PRODID:-//pretalx//cfp.example.org//\r\n"))
    assert [entry.title for entry in agenda.entries()] == ["On rivers - and seas", "Walk"]
    people = [(person.name.full, person.organisation) for person in agenda.people]
    assert people == [("Ana Ruiz", "Mill, Ulm"), ("zeth", "")]
    assert told(problems) == [("open", "agenda.people-in-titles", 4)]


def test_an_entry_that_is_repeated_proves_no_form_of_titles(read: Reading) -> None:
    series = event("DTSTART:20260507T100000", "RRULE:FREQ=DAILY;COUNT=6", summary="River Group - Europe and Asia")
    agenda, problems = read(calendar(series))
    assert {entry.title for entry in agenda.entries()} == {"River Group - Europe and Asia"}
    assert told(problems) == []


def test_a_title_that_ends_in_whom_its_text_names_is_parted(read: Reading) -> None:
    names = ('Ana "Nix" Ruiz', "Jan K A", "Ole Bull/Ida Lund")
    events = [
        event(
            f"DTSTART:20260507T1{n}0000",
            f"DESCRIPTION:River {n}\\nSpeaker: {name}",
            summary=f"R {n} - {name}",
            uid=name,
        )
        for n, name in enumerate(names)
    ]
    agenda, problems = read(calendar(*events))
    assert [(entry.title, len(entry.cast)) for entry in agenda.entries()] == [("R 0", 1), ("R 1", 1), ("R 2", 2)]
    assert [person.name.full for person in agenda.people] == ['Ana "Nix" Ruiz', "Jan K A", "Ole Bull", "Ida Lund"]
    assert [rule for _, rule, _ in told(problems)] == ["agenda.people-in-titles"]


def test_a_form_that_few_titles_have_is_left_alone(read: Reading) -> None:
    titles = ("Testing - A Journey", "On rivers", "On lakes", "On seas", "Life (Part Two)")
    agenda, problems = read(calendar(*(event(uid=title, summary=title) for title in titles)))
    assert sorted(entry.title for entry in agenda.entries()) == sorted(titles)
    assert (agenda.people, told(problems)) == ((), [])


def test_a_keynote_by_somebody_is_doubtful(read: Reading) -> None:
    agenda, problems = read(calendar(event(summary="Keynote: Ana Ruiz - On rivers")))
    (entry,) = agenda.entries()
    assert (entry.title, [cast.sure for cast in entry.cast]) == ("Keynote: Ana Ruiz - On rivers", [Sure.DOUBTFUL])
    assert told(problems) == [("open", "agenda.doubtful-person", 3)]


@pytest.mark.parametrize(
    "text", ["Speaker: Ana Ruiz", "About it.\\nSpeakers:\\nAna Ruiz\\nShe swims.", "Presented by Ana Ruiz. See"]
)
def test_speakers_may_stand_in_the_text(read: Reading, text: str) -> None:
    agenda, problems = read(calendar(event(f"DESCRIPTION:{text}")))
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz"]
    assert told(problems) == [("open", "agenda.people-in-texts", 3)]


def test_guests_are_no_speakers(read: Reading) -> None:
    guest = "ATTENDEE;CN=Jan Maas;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:jan@example.org"
    agenda, problems = read(calendar(event(guest, "ORGANIZER;CN=Ana Ruiz:mailto:ana@example.org")))
    assert (agenda.people, told(problems)) == ((), [("open", "agenda.guests", 8)])


def test_an_organiser_of_each_entry_is_its_speaker_and_told(read: Reading) -> None:
    names = ("Ana Ruiz", "Jan Maas", "Ole Bull")
    events = [event(f"ORGANIZER;CN={name}:mailto:us@example.org", uid=name) for name in names]
    agenda, problems = read(calendar(*events))
    assert [person.name.full for person in agenda.people] == list(names)
    assert [rule for _, rule, _ in told(problems)][:1] == ["agenda.organiser"]


# Rooms


def test_those_who_keep_a_calendar_are_no_speakers(read: Reading) -> None:
    names = ("Ana Ruiz", "Jan Maas", "Ole Bull")
    events = [
        event(f"DTSTART:202605{n + 1:02}T100000", f"ORGANIZER;CN={names[n % 3]}:mailto:a@example.org", uid=str(n))
        for n in range(9)
    ]
    agenda, problems = read(calendar(*events))
    assert (agenda.people, told(problems)) == ((), [])


def test_what_all_places_end_in_is_the_venue(read: Reading) -> None:
    rooms = ("Hall A", "Hall B", "Hall A")
    events = [
        event(f"LOCATION:{room}\\, Mill\\, Ulm", f"DTSTART:20260507T1{n}0000", uid=str(n))
        for n, room in enumerate(rooms)
    ]
    agenda, problems = read(calendar(*events))
    assert [entry.room for entry in agenda.entries()] == list(rooms)
    assert (agenda.venue.name, agenda.venue.address, told(problems)) == ("Mill", "Ulm", [])


def test_one_address_for_everything_is_the_venue(read: Reading) -> None:
    agenda, _ = read(calendar(event("LOCATION:Mill\\, River Street 5\\, Ulm")))
    assert (agenda.venue.name, agenda.venue.address) == ("Mill", "River Street 5, Ulm")
    assert [entry.room for entry in agenda.entries()] == [""]


def test_a_link_for_a_place_is_online(read: Reading) -> None:
    (entry,) = read(calendar(event("LOCATION:https://meet.example.org/1")))[0].entries()
    assert (entry.room, entry.online, entry.link) == ("", True, "https://meet.example.org/1")


def test_html_is_told_as_paragraphs(read: Reading) -> None:
    alt = "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>One</p><p>Two &amp\\; three</p></body></html>"
    (entry,) = read(calendar(event("DESCRIPTION:OneTwo", alt)))[0].entries()
    assert entry.abstract == "One\n\nTwo & three"


# Faults


@pytest.mark.parametrize(
    ("line", "severity", "rule"),
    [
        ("DTSTART:tomorrow", "error", "agenda.time"),
        ("DTSTART:00000507T100000", "error", "agenda.time"),
        ("DTSTART:99991231T235959Z", "error", "agenda.date"),
        ("DTSTART:999990507T100000", "error", "agenda.time"),
        ("DTSTART;TZID=Europe/Berlin:16010101T000000", "error", "agenda.date"),
        ("DTSTART:20260507T250000", "error", "agenda.time"),
        ("", "", ""),
    ],
)
def test_a_start_that_is_none_is_told_once_and_the_rest_read(
    read: Reading, line: str, severity: str, rule: str
) -> None:
    lines = [line] if line else []
    agenda, problems = read(
        calendar(event(*lines, uid="1"), event("DTSTART:20260507T110000", uid="2", summary="On lakes"))
    )
    assert "On lakes" in [entry.title for entry in agenda.entries()]
    assert told(problems) == ([(severity, rule, 6)] if line else [])


def test_an_end_before_the_start_is_told(read: Reading) -> None:
    _, problems = read(calendar(event("DTSTART:20260507T100000", "DTEND:20260507T090000")))
    assert told(problems) == [("error", "agenda.range", 7)]


def test_equal_uids_are_told(read: Reading) -> None:
    agenda, problems = read(calendar(event(), event("DTSTART:20260507T110000", summary="On lakes")))
    assert (told(problems), len(times(agenda))) == ([("warning", "agenda.equal-ids", 10)], 2)


def test_a_calendar_that_ends_in_the_middle_is_read_as_far_as_it_is_whole(read: Reading) -> None:
    text = calendar(event(), event("LOCATION:Hall", uid="2", summary="On lakes"))
    agenda, problems = read(text[: text.index("LOCATION") + 5])
    assert [entry.title for entry in agenda.entries()] == ["On rivers"]
    assert told(problems) == [("error", "agenda.cut-off", 14)]


def test_a_line_that_ends_twice_goes_on_and_breaks_within_a_text_are_no_fault(read: Reading) -> None:
    text = event("DESCRIPTION:One\u2028two\r\r\n \\n\r\n three", "SUMMARY;CHARSET=UTF-8:Ö", summary="")
    agenda, problems = read(calendar(text))
    (entry,) = agenda.entries()
    assert (entry.title, entry.abstract, told(problems)) == ("Ö", "One\ntwo\nthree", [])


def test_properties_of_a_programs_own_are_no_fault(read: Reading) -> None:
    agenda, problems = read(calendar(event("SUBCALENDAR-NAME:team", "EVENT-ID:7", "LASTMOD:x", "ROOMCODE:3")))
    assert ([entry.title for entry in agenda.entries()], told(problems)) == (["On rivers"], [])


def test_an_event_taken_out_of_a_calendar_is_read_and_told(read: Reading) -> None:
    text = event("DTSTART:20260507T100000", "AALARM:20260507T090000;;1;")
    agenda, problems = read(f"{text}END:VCALENDAR\r\n")
    assert (times(agenda), told(problems)) == (["2026-05-07 10:00"], [("warning", "agenda.cut-off", 1)])
    agenda, problems = read(f"   {calendar(text)}")
    assert (times(agenda), told(problems)) == (["2026-05-07 10:00"], [])


def test_nesting_is_harmless(read: Reading) -> None:
    deep = "BEGIN:VEVENT\r\n" * 20_000
    with ending():
        read(calendar(deep, event()))


@pytest.mark.parametrize(
    "piece", ["A", ";", "A;B=", 'A;B="', "BEGIN:V\n", "\\", " \n", "A:\n b", "SUMMARY:\n", "END:VEVENT\n", ","]
)
def test_any_calendar_is_read_to_its_end(read: Reading, piece: str) -> None:
    with ending():
        read(calendar("BEGIN:VEVENT\r\nCATEGORIES:" + (piece * 300_000)[:300_000] + "\r\n"))


# xCal

XCAL = """<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
<properties><x-wr-calname><text>River Days</text></x-wr-calname></properties>
<components><vevent><properties>
<summary><text>On rivers</text></summary>
<dtstart><parameters><tzid><text>Europe/Berlin</text></tzid></parameters><date-time>2026-05-07T10:00:00</date-time></dtstart>
<duration><duration>PT30M</duration></duration>
<rrule><recur><freq>DAILY</freq><count>2</count></recur></rrule>
<location><text>Hall</text></location>
<categories><text>Water</text><text>Life</text></categories>
</properties></vevent></components></vcalendar></icalendar>
"""


def test_xcal_is_read_as_a_calendar(read: Reading) -> None:
    agenda, problems = read(XCAL)
    assert (agenda.title, times(agenda)) == ("River Days", ["2026-05-07 10:00", "2026-05-08 10:00"])
    entry = next(agenda.entries())
    assert (entry.room, entry.track, str(entry.end), entry.kind) == ("Hall", "Water, Life", "10:30", Kind.OTHER)
    assert told(problems) == []


def test_the_older_xcal_names_people_in_plain_elements(read: Reading) -> None:
    agenda, problems = read(
        "<iCalendar xmlns:p='http://pentabarf.org'><vcalendar>\n<x-wr-calname>River Days</x-wr-calname>\n<vevent>"
        "<uid>1</uid><p:title>On rivers</p:title><summary>On rivers-</summary><dtstart>20260507T100000</dtstart>"
        "<dtend>20260507T103000</dtend><location>Hall</location><attendee>Ana Ruiz, Harbour Institute</attendee>"
        "</vevent></vcalendar></iCalendar>"
    )
    (entry,) = agenda.entries()
    assert (entry.title, entry.room, str(entry.end)) == ("On rivers", "Hall", "10:30")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Ana Ruiz", "Harbour Institute")]
    assert told(problems) == []
