"""`eventprint new`: a folder that builds at once, around an invented agenda or around what was read from a file."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from eventprint import cli, job
from eventprint.problems import Exit, Problems, Severity, Stop
from eventprint.read import read
from eventprint.read.agenda import Given
from eventprint.read.folder import starter
from eventprint.read.folder.origin import origin

PLAIN = """\
# Harbour Days

3 March 2026

09:30 Registration

10:00 **Power from the shore**

Carlos Díaz, Port of Vigo

11:00 **Hydrogen: a "small" talk**

TBC

12:00 Lunch

13:75 **Cranes**

Anna Berg, Port of Riga
"""

SCHEDULE = {
    "schedule": {
        "version": "1",
        "conference": {
            "title": "Night Talks",
            "days": [
                {
                    "index": 1,
                    "date": "2026-03-05",
                    "day_start": "2026-03-05T09:00:00+01:00",
                    "day_end": "2026-03-06T04:00:00+01:00",
                    "rooms": {
                        "Saal: 1": [
                            {
                                "id": 7,
                                "guid": "a",
                                "date": "2026-03-06T00:30:00+01:00",
                                "start": "00:30",
                                "duration": "00:45",
                                "room": "Saal: 1",
                                "title": "yes",
                                "language": "de",
                                "abstract": "One.\n\n- Two: three #4",
                                "persons": [
                                    {"id": 3, "public_name": "Ben Müller", "biography": "He: writes.\n\nA lot."}
                                ],
                            }
                        ]
                    },
                }
            ],
        },
    }
}


def _new(folder: Path, name: str, text: str, given: Given = Given()) -> starter.Started:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return starter.write(folder / "event", file, given)


def test_what_was_read_stands_in_a_folder_that_reads_the_same(tmp_path: Path) -> None:
    made = _new(tmp_path, "any name.md", PLAIN)
    event = tmp_path / "event"
    assert sorted(str(file.relative_to(event)) for file in event.rglob("*") if file.is_file()) == [
        ".gitignore", "agenda.yaml", "event.yaml", "open-points.md", "source/any name.md",
    ]  # fmt: skip
    assert (event / "source" / "any name.md").read_bytes() == PLAIN.encode()
    assert (event / "agenda.yaml").read_text(encoding="utf-8").partition("\n\n")[2] == (
        "title: Harbour Days\nsource: source/any name.md\n\ndays:\n  - date: 2026-03-03\n    agenda:\n"
        '      - {start: "09:30", title: Registration, from: 5}\n'
        '      - {start: "10:00", title: Power from the shore, speaker: "Carlos Díaz, Port of Vigo", from: 7}\n'
        '      - {start: "11:00", title: \'Hydrogen: a "small" talk\', speaker: TBC, from: 11}\n'
        '      - {start: "12:00", title: Lunch, from: 15}\n\n'
        "      - title: Cranes\n        speaker: Anna Berg, Port of Riga\n        from: 17\n"
        '        open: "13:75 is not a time (line 17). Write hours and minutes, such as 09:45."\n'
    )
    assert [(problem.rule, problem.place.line) for problem in made.problems] == [
        ("agenda.to-be-confirmed", 13),
        ("agenda.time", 17),
    ]
    assert {problem.place.file for problem in made.problems} == {"source/any name.md"}


def test_open_points_are_reported_until_their_notes_are_gone(tmp_path: Path) -> None:
    _new(tmp_path, "a.md", PLAIN)
    file = tmp_path / "event" / "agenda.yaml"

    def told() -> list[tuple[str, str, int]]:
        problems = Problems()
        read(tmp_path / "event", problems)
        return [(problem.severity.value, problem.rule, problem.place.line) for problem in problems.found]

    lines = file.read_text(encoding="utf-8").splitlines()
    tbc = next(number for number, line in enumerate(lines, 1) if "speaker: TBC" in line)
    note = next(number for number, line in enumerate(lines, 1) if "open: " in line and "13:75" in line)
    assert told() == [("open", "agenda.to-be-confirmed", tbc), ("open", "agenda.noted", note)]
    del lines[note - 1]
    lines[tbc - 1] = lines[tbc - 1].replace("speaker: TBC", 'speaker: "Eva Lang, ETH"')
    file.write_text("\n".join(lines), encoding="utf-8")
    assert told() == []


def test_the_list_of_open_points_tells_place_source_and_what_to_do(tmp_path: Path) -> None:
    made = _new(tmp_path, "a.md", PLAIN)
    text = (tmp_path / "event" / "open-points.md").read_text(encoding="utf-8")
    assert text.count("- [ ]") == len(made.problems) == 2
    assert "# Open points: Harbour Days\n" in text
    assert re.search(r"- \[ \] \*\*line 13\*\*: the speaker .*is to be confirmed\n  `TBC`\n  → ", text)
    assert "- [ ] **line 17**: 13:75 is not a time\n  `13:75 **Cranes**`\n  → write hours and minutes" in text


def test_many_points_of_one_kind_are_one_point(tmp_path: Path) -> None:
    talks = "".join(f"{hour:02}:75 Talk {hour}\n\n" for hour in range(9, 20))
    _new(tmp_path, "a.md", f"# Days\n\n3 March 2026\n\n08:00 Registration\n\n{talks}")
    text = (tmp_path / "event" / "open-points.md").read_text(encoding="utf-8")
    assert text.count("- [ ]") == 1
    assert "- [ ] 11 points of one kind. Write hours and minutes" in text
    assert "and 8 more: line 13, line 15" in text
    assert len(text.splitlines()) < 20


def test_a_folder_full_of_notes_is_still_read_as_what_it_is(tmp_path: Path) -> None:
    faults = '"a": "b" "c": "d" ' * 5 + ', "title": "One",'
    text = json.dumps({"sessions": [{"id": "1", "title": "One", "startsAt": "2026-03-05T09:00:00", "roomId": None}]})
    made = _new(tmp_path, "a.json", text.replace('"title": "One",', faults))
    assert len(made.problems) >= 5
    problems = Problems()
    event = read(tmp_path / "event", problems)
    assert [entry.title for entry in event.entries()] == ["One"]
    assert {problem.rule for problem in problems.found} == {"agenda.noted"}
    assert len(problems.found) < len(made.problems)


def test_what_else_is_known_of_people_stands_in_people_yaml(tmp_path: Path) -> None:
    _new(tmp_path, "export.json", json.dumps(SCHEDULE))
    event = tmp_path / "event"
    assert yaml.safe_load((event / "people.yaml").read_text(encoding="utf-8")) == {
        "Ben Müller": {"bio": "He: writes.\n\nA lot."}
    }
    problems = Problems()
    found = read(event, problems)
    assert problems.found == []
    entry = next(found.entries())
    assert entry.start is not None
    assert entry.end is not None
    assert (entry.start.minutes, str(entry.start), str(entry.end)) == (24 * 60 + 30, "00:30", "01:15")
    assert (entry.title, entry.room, entry.language, entry.abstract) == (
        "yes", "Saal: 1", "de", "One.\n\n- Two: three #4",
    )  # fmt: skip
    assert [(person.name.full, person.bio, person.known_as) for person in found.people] == [
        ("Ben Müller", "He: writes.\n\nA lot.", ("id:3",))
    ]
    text = (event / "agenda.yaml").read_text(encoding="utf-8")
    assert 'start: "00:30 (24:30)"' in text
    assert 'title: "yes"' in text
    assert "He: writes" not in text


def test_the_settings_say_what_was_given_and_show_what_was_found(tmp_path: Path) -> None:
    given = Given("de", "Europe/Berlin", (date(2026, 3, 4),))
    _new(tmp_path, "a.md", PLAIN.replace("3 March 2026\n", "Venue: Old Customs House, Baltic\n"), given)
    text = (tmp_path / "event" / "event.yaml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)
    assert {key: settings[key] for key in ("language", "timezone", "dates", "agenda")} == {
        "language": "de", "timezone": "Europe/Berlin", "dates": [date(2026, 3, 4)], "agenda": "agenda.yaml",
    }  # fmt: skip
    assert not {"title", "venue", "signs", "attendees"} & settings.keys()
    said = yaml.safe_load("\n".join(re.findall(r"^# ((?:title|venue): .*)$", text, re.MULTILINE)))
    assert said["title"] == "Harbour Days"
    assert said["venue"]["name"].startswith("Old Customs House")


def test_a_folder_of_an_export_is_read_by_its_main_file(real_data: Path, tmp_path: Path) -> None:
    made = starter.write(tmp_path / "event", real_data / "open-event" / "droidcon-2017")
    copied = sorted(file.name for file in (tmp_path / "event" / "source").iterdir())
    assert "sessions.json" in copied
    assert made.counts["entries"] == 38
    for name in copied:
        original = real_data / "open-event" / "droidcon-2017" / name
        assert (tmp_path / "event" / "source" / name).read_bytes() == original.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "code", "message"),
    [
        ("none.md", None, Exit.MISSING, "there is no file"),
        ("a.pdf", b"%PDF-1.7\n", Exit.PROBLEMS, "a.pdf is no text file"),
        ("a.json", b'{"a": 1}', Exit.PROBLEMS, "a.json is JSON, but no schedule that is known"),
        ("a.md", b"# Only a title\n", Exit.PROBLEMS, "a.md holds no agenda that can be read"),
        ("a.xml", b"<a>", Exit.PROBLEMS, "a.xml holds no agenda that can be read"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    tmp_path: Path, name: str, data: bytes | None, code: int, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Stop, match=re.escape(message)) as stopped:
        starter.write(tmp_path / "deep" / "event", tmp_path / name)
    assert stopped.value.code == code
    assert sorted(file.name for file in tmp_path.iterdir()) == ([name] if data is not None else [])


def test_a_folder_without_an_agenda_is_refused(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "a.json").write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(Stop, match="holds no agenda that is known"):
        starter.write(tmp_path / "event", tmp_path / "export")
    assert not (tmp_path / "event").exists()


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    made = _new(tmp_path, "a.md", PLAIN)
    assert all(file.is_file() for file in made.files)
    assert not list((tmp_path / "event").glob(".*.part"))
    with pytest.raises(Stop, match="is there already"):
        _new(tmp_path, "b.md", PLAIN)


def test_nothing_is_written_where_the_disk_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "a.md").write_text(PLAIN, encoding="utf-8")
    with pytest.raises(Stop, match="cannot be written"):
        starter.write(tmp_path / "file" / "event", tmp_path / "a.md")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.md", "file"]


def test_without_a_source_the_starter_checks_without_errors(tmp_path: Path) -> None:
    made = job.new(tmp_path / "event")
    assert [file.name for file in made.files] == ["agenda.md", "attendees.csv", "event.yaml"]
    assert made.counts == {}
    assert not [problem for problem in job.check(tmp_path / "event").problems if problem.severity is Severity.ERROR]


def test_the_source_may_be_moved_away_afterwards(tmp_path: Path) -> None:
    _new(tmp_path, "a.md", PLAIN)
    shutil.rmtree(tmp_path / "event" / "source")
    assert not [problem for problem in job.check(tmp_path / "event").problems if problem.severity is Severity.ERROR]


def test_a_list_of_people_becomes_the_attendee_list_as_it_is(tmp_path: Path) -> None:
    rows = "\ufeffName;Organisation;E-mail\r\nAnna Berg;Port of Riga;a@example.org\r\nCarlos Díaz;;c@example.org\r\n"
    made = _new(tmp_path, "registrations.CSV", rows)
    assert (made.agenda, made.listed) == (None, 2)
    assert sorted(file.name for file in made.files) == ["attendees.csv", "event.yaml"]
    assert (tmp_path / "event" / "attendees.csv").read_bytes() == rows.encode()
    problems = Problems()
    event = read(tmp_path / "event", problems)
    assert [attendee.name.full for attendee in event.attendees] == ["Anna Berg", "Carlos Díaz"]
    assert [problem.rule for problem in problems.errors] == ["agenda.none"]


def test_a_point_stands_at_the_entry_it_is_about_also_where_a_file_is_one_line(tmp_path: Path) -> None:
    talks = "".join(
        f"<event id='{number}'><date>2026-03-05T1{number}:00:00+01:00</date><start>1{number}:00</start>"
        f"<duration>00:{30 if number != 5 else 'x'}</duration><title>Talk {number}</title><persons/></event>"
        for number in range(9)
    )
    days = f"<day index='1' date='2026-03-05'><room name='A'>{talks}</room></day>"
    made = _new(tmp_path, "a.xml", f"<schedule><conference><title>T</title></conference>{days}</schedule>")
    assert [problem.place.line for problem in made.problems] == [1]
    agenda = yaml.safe_load((tmp_path / "event" / "agenda.yaml").read_text(encoding="utf-8"))
    entries = agenda["days"][0]["agenda"]
    assert [entry["title"] for entry in entries if "open" in entry] == ["Talk 5"]
    assert len({entry["from"] for entry in entries}) == 9
    assert "open" not in agenda


def test_a_check_covers_the_source_that_the_agenda_was_read_from(tmp_path: Path) -> None:
    made = _new(tmp_path, "a.md", PLAIN)
    assert made.agenda is not None
    checked = job.check(tmp_path / "event")
    assert checked.agenda["source"] == "source/a.md"
    assert [each["line"] for each in checked.agenda["coverage"]] == [
        number for number, line in enumerate(PLAIN.splitlines(), 1) if line.strip()
    ]
    found = origin(checked.event)
    assert found is not None
    lines = (tmp_path / "event" / "agenda.yaml").read_text(encoding="utf-8").splitlines()
    assert {line: lines[place.line - 1].strip() for line, place in found.at.items()} == {
        "5": '- {start: "09:30", title: Registration, from: 5}',
        "7": '- {start: "10:00", title: Power from the shore, speaker: "Carlos Díaz, Port of Vigo", from: 7}',
        "11": '- {start: "11:00", title: \'Hydrogen: a "small" talk\', speaker: TBC, from: 11}',
        "15": '- {start: "12:00", title: Lunch, from: 15}',
        "17": "- title: Cranes",
    }


@pytest.mark.parametrize("source", ["../a.md", "/etc/hostname", "source/none.md", "agenda.yaml", "event.yaml"])
def test_a_source_that_is_gone_or_none_is_not_looked_for(tmp_path: Path, source: str) -> None:
    _new(tmp_path, "a.md", PLAIN)
    file = tmp_path / "event" / "agenda.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("source/a.md", source), encoding="utf-8")
    checked = job.check(tmp_path / "event")
    assert checked.agenda.get("source") in (None, "agenda.yaml")
    assert checked.agenda["counts"]["lines used"] > 5


def test_the_command_tells_what_was_read_and_where_points_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(PLAIN, encoding="utf-8")
    event = tmp_path / "event"
    assert cli.main(["new", str(event), "--from", str(tmp_path / "a.md")]) == Exit.DONE
    told = capsys.readouterr()
    assert told.out.splitlines()[-2:] == [
        "read: 1 day, 5 entries, 2 people; 10 of 10 lines used",
        f"2 open points, listed in {event / 'open-points.md'}",
    ]
    assert told.err.splitlines()[-1] == f"next: eventprint check {event}"


def test_the_command_answers_as_data_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(PLAIN, encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "event"), "--from", str(tmp_path / "a.md"), "--json"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["read"]["entries"], told["summary"]) == (5, {"errors": 1, "warnings": 0, "open": 1})
    assert [problem["line"] for problem in told["problems"]] == [13, 17]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--date", "5.3.2026"], "5.3.2026 is not a date; write it such as 2026-03-05"),
        (["--timezone", "Berlin"], "Berlin is no time zone"),
        (["--timezone", "../../etc/passwd"], "../../etc/passwd is no time zone"),
    ],
)
def test_what_is_said_of_the_source_wrongly_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    (tmp_path / "a.md").write_text(PLAIN, encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "event"), "--from", str(tmp_path / "a.md"), *words]) == Exit.USAGE
    assert message in capsys.readouterr().err
    assert not (tmp_path / "event").exists()


def test_the_one_language_of_all_talks_is_that_of_the_event(tmp_path: Path) -> None:
    _new(tmp_path, "a.json", json.dumps(SCHEDULE))
    text = (tmp_path / "event" / "event.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["language"] == "de"


def test_times_that_a_zone_decides_are_those_of_the_venue(tmp_path: Path) -> None:
    talk = {"title": "Late", "start": "2026-03-05T23:30:00Z", "end": "2026-03-06T00:30:00Z"}
    made = _new(tmp_path, "a.json", json.dumps({"sessions": [talk]}), Given(timezone="Europe/Berlin"))
    assert made.agenda is not None
    assert [(str(entry.start), str(entry.end)) for entry in made.agenda.entries()] == [("00:30", "01:30")]
    event = read(tmp_path / "event", Problems())
    assert [(str(entry.start), str(entry.end)) for entry in event.entries()] == [("00:30", "01:30")]


def test_people_of_the_list_and_new_ones_may_stand_in_one_entry(tmp_path: Path) -> None:
    _new(tmp_path, "a.json", json.dumps(SCHEDULE))
    file = tmp_path / "event" / "agenda.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("speaker: Ben Müller") == 1
    file.write_text(
        text.replace("speaker: Ben Müller", "speakers: [Ben Müller, 'Eva Lang, ETH', TBC]"), encoding="utf-8"
    )
    event = read(tmp_path / "event", Problems())
    entry = next(event.entries())
    assert [(event.person(cast.person).name.full, event.person(cast.person).organisation) for cast in entry.cast] == [
        ("Ben Müller", ""), ("Eva Lang", "ETH"),
    ]  # fmt: skip
    assert entry.to_be_confirmed


def test_a_list_of_registrations_is_no_agenda_though_it_has_days_and_times(tmp_path: Path) -> None:
    rows = "First,Last,Email,Ticket,Event Date,Event Time\nAnna,Berg,a@example.org,Full,2026-03-05,8:00 PM\n"
    made = _new(tmp_path, "a.csv", rows)
    assert (made.agenda, made.listed) == (None, 1)


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["speakers.json", "sessions.json", "b.json"], "sessions.json"),
        (["all.txt", "agenda.txt"], "agenda.txt"),
        (["all.txt"], ""),
        (["a.json", "b.json"], ""),
        (["a.json", "readme.md"], "a.json"),
        (["schedule.md", "schedule.json"], "schedule.json"),
    ],
)
def test_the_main_file_of_a_folder_is_told_by_what_it_holds_and_its_name(
    tmp_path: Path, names: list[str], main: str
) -> None:
    for name in names:
        (tmp_path / name).write_text(json.dumps(SCHEDULE) if name.endswith("json") else PLAIN, encoding="utf-8")
    if main:
        assert starter.main_file(tmp_path).name == main
        return
    with pytest.raises(Stop, match="it is not clear which file"):
        starter.main_file(tmp_path)


def test_what_a_new_folder_cannot_mend_is_said_of_the_whole(tmp_path: Path) -> None:
    """The zone of times counts while the source is read: a timezone in event.yaml would come too late."""
    talks = [{"title": title, "start": f"2026-03-05T{hour}:00:00Z"} for title, hour in (("One", "09"), ("Two", "10"))]
    _new(tmp_path, "a.json", json.dumps({"sessions": talks}))
    agenda = yaml.safe_load((tmp_path / "event" / "agenda.yaml").read_text(encoding="utf-8"))
    assert len(agenda["open"]) == 1
    assert "--timezone Europe/Berlin" in agenda["open"][0]
    assert "event.yaml" not in agenda["open"][0]
    assert not any("open" in entry for entry in agenda["days"][0]["agenda"])


def test_source_and_reading_stand_side_by_side_through_the_agenda(tmp_path: Path) -> None:
    """People stand in lines of their own in the agenda, and beside the entry's line of the source all the same."""
    text = PLAIN.replace("Power from the shore", "Power from the shore, and what the harbours of the Baltic do with it")
    _new(tmp_path, "a.md", text)
    sides = {side.line: side.read_as for side in job.check(tmp_path / "event", readings=True).sides}
    assert sides[5] == "break 09:30 “Registration”"
    assert sides[7].endswith("do with it”, Carlos Díaz (Port of Vigo)")
    assert sides[11].endswith("talk”, speaker to be confirmed")


def test_odd_names_and_letters_make_a_folder_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"a\xff\n: #b.json")
    talk = {"title": "Half \ud83c a letter", "start": "2026-03-05T09:00:00", "room": "A\u0000B"}
    file.write_text(json.dumps({"title": "\udc00", "sessions": [talk]}), encoding="utf-8")
    starter.write(tmp_path / "event", file)
    assert [each.name for each in (tmp_path / "event" / "source").iterdir()] == ["a__: #b.json"]
    problems = Problems()
    event = read(tmp_path / "event", problems)
    assert len(list(event.entries())) == 1
    assert problems.errors == []
    assert origin(event) is not None


def test_a_list_of_people_in_the_text_of_a_meeting_leaves_it_an_agenda(tmp_path: Path) -> None:
    people = "| Name | Organisation | Location |\n| --- | --- | --- |\n| Anna Berg | Tides | Oslo |\n"
    people += "| Tom Hardy | Ships | Riga |\n"
    items = "".join(f"{at}. Item of the meeting (10 min)\n" for at in range(1, 9))
    file = tmp_path / "meeting.md"
    file.write_text(f"# Harbour group\n\n## Attendees\n\n{people}\n## Agenda\n\n{items}", encoding="utf-8")
    started = starter.write(tmp_path / "event", file)
    assert (started.listed, sum(1 for _ in started.agenda.entries())) == (0, 8)
