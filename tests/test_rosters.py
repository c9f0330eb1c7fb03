"""Lists of people as reports and offices keep them: several tables in one file, titles above, states in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventprint.event import Attendee, Person
from eventprint.problems import Problems
from eventprint.read.language.names import name
from eventprint.read.people.attendees import read_attendees
from eventprint.read.people.roles import Roles
from eventprint.read.settings import Columns


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[tuple[Attendee, ...], list[tuple[str, str, str]]]:
    """The people of a list, and the severity, rule and cell of what is told of it."""
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode(encoding))
    problems = Problems()
    found = read_attendees(file, Columns(), Roles.of_event("en", {}), (), problems, tmp_path)
    told = [(problem.severity.value, problem.rule, problem.place.cell) for problem in problems.found]
    return found.attendees, told


def names(people: tuple[Attendee, ...]) -> list[str]:
    return [each.name.full for each in people]


MEETING = """1. Summary
Meeting title\tKick-off
Start time\t3/5/26, 10:00:00 AM
End time\t3/5/26, 11:00:00 AM

2. Participants
Name\tFirst Join\tEmail\tParticipant ID (UPN)\tRole
King, Ada\t3/5/26, 10:00:00 AM\tada@king.example\tada@king.example\tOrganizer
Wei Li (External)\t3/5/26, 10:01:00 AM\tli@wei.example\tli@wei.example\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tEmail\tRole
King, Ada\t3/5/26, 10:00:00 AM\tada@king.example\tOrganizer
King, Ada\t3/5/26, 10:30:00 AM\tada@king.example\tOrganizer
Wei Li (External)\t3/5/26, 10:01:00 AM\tli@wei.example\tPresenter
"""


def test_the_report_of_a_meeting_has_its_people_in_one_of_three_tables(tmp_path: Path) -> None:
    people, told = read(tmp_path, MEETING.replace("\n", "\r\n"), "utf-16")
    assert names(people) == ["Ada King", "Wei Li (External)"]
    assert [each.roles for each in people] == [("organiser",), ("speaker",)]
    assert told == [
        ("open", "attendees.sheets", "A1"), ("open", "attendees.above", "A1"), ("open", "attendees.brackets", "A9")
    ]  # fmt: skip


def test_tables_of_the_same_headings_are_read_together(tmp_path: Path) -> None:
    text = "Monday\nName,Email\nAda King,a@k.example\n\nTuesday\nName,Email\nLi Wei,l@w.example\n"
    people, told = read(tmp_path, text)
    assert names(people) == ["Ada King", "Li Wei"]
    assert told == [("open", "attendees.sheets", "A1"), ("open", "attendees.above", "A1")]


def test_a_title_above_a_list_without_headings(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Workshop 2026\n\nAda King;Engines\nLi Wei;Mills\n")
    assert [(each.name.full, each.organisation) for each in people] == [("Ada King", "Engines"), ("Li Wei", "Mills")]
    assert told == [("open", "attendees.above", "A1"), ("open", "attendees.no-headings", "A3")]


def test_a_list_with_headings_alone_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, "Name,Email\n") == ((), [("warning", "attendees.empty", "A1")])


def test_the_line_under_the_headings_of_a_table_is_nobody(tmp_path: Path) -> None:
    people, told = read(tmp_path, "| Name | Role |\n| ---- | ---- |\n| Ada King | Speaker |\n")
    assert (names(people), told) == (["Ada King"], [])


@pytest.mark.parametrize(
    ("headings", "person", "encoding"),
    [
        ("Jméno;Příjmení", "Žofie Říhová", "cp1250"),
        ("Όνομα;Επώνυμο", "Γιώργος Παπαδόπουλος", "cp1253"),
        ("שם פרטי;שם משפחה", "יעל כהן", "cp1255"),
        ("الاسم الأول;اسم العائلة", "محمد الأحمد", "cp1256"),
        ("Ad;Soyad", "Şule Yıldız", "cp1254"),
    ],
)
def test_an_old_encoding_is_told_by_the_headings_it_makes(
    tmp_path: Path, headings: str, person: str, encoding: str
) -> None:
    people, told = read(tmp_path, f"{headings}\n{person.replace(' ', ';')}\n", encoding)
    assert names(people) == [person]
    assert [rule for _, rule, _ in told] == ["file.encoding"]


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ("Pending from pay later", "attendees.pending"),
        ("Cancelled by organiser", "attendees.cancelled"),
        ("storniert (bezahlte Gebühr)", "attendees.cancelled"),
        ("参加キャンセル", "attendees.cancelled"),
        ("キャンセル待ち", "attendees.pending"),
        ("Paid, partly refunded", ""),
        ("pending (confirmed)", ""),
    ],
)
def test_states_in_more_words(tmp_path: Path, state: str, rule: str) -> None:
    people, told = read(tmp_path, f"Name;Attendee status\nAda King;paid\nLi Wei;{state}\n")
    assert [each for _, each, _ in told] == ([rule] if rule else [])
    assert len(people) == (1 if rule else 2)


def test_where_nobody_would_get_a_badge_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Status\nAda King,Invited\nLi Wei,Invited\n")
    problems = Problems()
    assert read_attendees(file, Columns(), Roles.of_event("en", {}), (), problems, tmp_path).attendees == ()
    (only,) = problems.found
    assert only.message == "all 2 people have not paid or are not approved: nobody gets a badge"


@pytest.mark.parametrize(
    ("text", "rule", "cell"),
    [
        ("Name\nAda King & Li Wei\n", "attendees.several", "A2"),
        ("Name\nAda and Li Wei\n", "attendees.several", "A2"),
        ("Name\nAda King / Li Wei\n", "attendees.several", "A2"),
        ("Name,Plus one\nAda King,yes\n", "attendees.several", "B2"),
        ("First name,Last name\nSuharto,Suharto\n", "attendees.doubled", "A2"),
        ("Name\nAda King (she/her)\n", "attendees.brackets", "A2"),
    ],
)
def test_names_that_nobody_may_want_to_wear_are_asked_about(tmp_path: Path, text: str, rule: str, cell: str) -> None:
    people, told = read(tmp_path, text)
    assert (len(people), told) == (1, [("open", rule, cell)])


@pytest.mark.parametrize("full", ["Ana von und zu Ahlen", "O'Neil-Smith", "José Ortega y Gasset", "Sandy Anderson"])
def test_names_with_small_words_are_one_person(tmp_path: Path, full: str) -> None:
    people, told = read(tmp_path, f"Name\n{full}\n")
    assert (names(people), told) == ([full], [])


def test_a_name_written_whole_where_the_given_name_is_asked_is_printed_once(tmp_path: Path) -> None:
    people, told = read(tmp_path, "First name,Last name\nAda King,King\n")
    assert ([(each.name.full, each.name.given, each.name.family) for each in people], told) == (
        [("Ada King", "Ada", "King")], []
    )  # fmt: skip


def test_who_is_booked_together_shares_an_address_and_is_no_question(tmp_path: Path) -> None:
    text = "Order,Name,Email\nA1,Ada King,a@k.example\nA1,Li Wei,a@k.example\n"
    assert read(tmp_path, text)[1] == []
    assert read(tmp_path, text.replace("A1,Li", "A2,Li"))[1] == [("warning", "attendees.shared", "C3")]


def test_addresses_that_an_export_hides_tell_nobody_apart(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Name,Email\nAda King,a***@x.example\nLi Wei,a***@x.example\nBo Ek,anonymous\n")
    assert (len(people), told) == (3, [])


def test_a_mail_address_beside_a_name_is_not_printed(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Participant,Note\nAda King <ada@king.example>,a\nli@wei.example,b\n")
    assert [(each.name.full, each.id[:5]) for each in people] == [("Ada King", "mail:")]
    assert told == [("error", "attendees.no-name", "A3")]


def test_given_and_family_names_without_headings_are_told_by_the_addresses(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Ada,King,aking@x.example\nWei,Li,wei.li@x.example\nMaria,Berg,mberg2@x.example\n")
    assert names(people) == ["Ada King", "Wei Li", "Maria Berg"]
    assert told == [("open", "attendees.no-headings", "A1")]


def test_a_numbered_line_that_nobody_has_filled_in_is_no_fault(tmp_path: Path) -> None:
    people, told = read(tmp_path, "No,Company,First name,Last name\n1,Mills,Ada,King\n2,,,\n3,,,\n4,Engines,,\n")
    assert (names(people), told) == (["Ada King"], [("error", "attendees.no-name", "C5")])


def test_one_name_in_every_column_of_a_form_is_one_name(tmp_path: Path) -> None:
    (only,), told = read(tmp_path, "name,first_name,last_name\nSuharto,Suharto,Suharto\n")
    assert (only.name.full, only.name.first_line, only.name.second_line, told) == ("Suharto", "Suharto", "", [])


@pytest.mark.parametrize(
    ("heading", "cell", "given", "family"),
    [
        ("Cognome e nome", "Rossi Mario", "Mario", "Rossi"),
        ("Name, Vorname", "Weiß Jörg", "Jörg", "Weiß"),
        ("Name, Vorname", "Weiß, Jörg", "Jörg", "Weiß"),
        ("Фамилия Имя", "Иванов Иван", "Иван", "Иванов"),
        ("Név", "Nagy Ágnes", "Ágnes", "Nagy"),
        ("Nome e cognome", "Mario Rossi", "Mario", "Rossi"),
        ("Vor- und Nachname", "Jörg Weiß", "Jörg", "Weiß"),
    ],
)
def test_a_heading_may_say_that_the_family_name_comes_first(
    tmp_path: Path, heading: str, cell: str, given: str, family: str
) -> None:
    (only,), told = read(tmp_path, f"{heading};Firma\n{cell};Engines\n")
    assert (only.name.given, only.name.family, told) == (given, family, [])


def test_a_column_called_type_holds_roles_where_roles_stand_in_it(tmp_path: Path) -> None:
    people, _ = read(tmp_path, "Name,Type\nAda King,Speaker\nLi Wei,Volunteer\n")
    assert [each.roles for each in people] == [("speaker",), ("volunteer",)]
    people, _ = read(tmp_path, "Name,Type\nAda King,Red\nLi Wei,Blue\n")
    assert [(each.roles, each.fields) for each in people] == [
        (("attendee",), {"Type": "Red"}), (("attendee",), {"Type": "Blue"})
    ]  # fmt: skip


def test_of_a_list_without_headings_codes_and_short_names_are_no_organisations(tmp_path: Path) -> None:
    people, _ = read(tmp_path, "Ada King;Ada K.;A/17.1;Engines\nLi Wei;Li W.;A/17.2;Mills\n")
    assert [each.organisation for each in people] == ["Engines", "Mills"]


def test_two_people_of_one_name_with_two_addresses_get_a_badge_each(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Name,Email\nAnna Berg,a@x.example\nAnna Berg,b@y.example\n")
    assert (len(people), told) == (2, [("warning", "attendees.shared", "A3")])


@pytest.mark.parametrize(
    ("listed", "spoken", "joined", "asked"),
    [
        ("Ada King, PhD;Engines", "Ada King;Engines", True, []),
        ("Ada (Addie) King;Engines", "Ada King;", True, []),
        ("A. King;Engines", "Ada King;Engines", True, ["attendees.doubtful"]),
        ("A. King;", "Ada King;Engines", False, ["attendees.doubtful"]),
        ("Ana Ruiz Martín;UPM", "Ana Ruiz;", False, ["attendees.doubtful"]),
        ("A. King;Mills", "Ada King;Engines", False, []),
        ("Ada King Jr.;", "Ada King;", False, ["attendees.doubtful"]),
    ],
)
def test_a_speaker_in_the_list_under_a_name_written_otherwise(
    tmp_path: Path, listed: str, spoken: str, joined: bool, asked: list[str]
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Name;Company\n{listed}\n", encoding="utf-8")
    full, organisation = spoken.split(";")
    problems = Problems()
    speaker = Person("speaker", name(full), organisation)
    found = read_attendees(file, Columns(), Roles.of_event("en", {}), (speaker,), problems, tmp_path)
    (attendee,) = found.attendees
    assert attendee.person == ("speaker" if joined else "")
    assert [problem.rule for problem in problems.found if problem.rule != "attendees.brackets"] == asked
    assert all(problem.place.cell == "A2" for problem in problems.found)


def test_a_table_without_names_is_told_in_one_line(tmp_path: Path) -> None:
    assert read(tmp_path, "Part,Part,X,Y\nC1,a,1,2\nC2,b,3,4\n") == ((), [("error", "attendees.columns", "A1")])


def test_not_available_is_no_answer_and_no_fault(tmp_path: Path) -> None:
    people, told = read(tmp_path, "Name,Company,Photo consent\nAda King,NA,yes\nLi Wei,Mills,NA\nBo Ek,,no\n")
    assert [(each.organisation, each.consents.photo) for each in people] == [
        ("", True), ("Mills", None), ("", False)
    ]  # fmt: skip
    assert told == []


def test_many_shared_addresses_are_one_warning(tmp_path: Path) -> None:
    rows = "".join(f"Ann{n} A,m{n}@x.example\nBob{n} B,m{n}@x.example\n" for n in range(9))
    people, told = read(tmp_path, f"Name,Email\n{rows}")
    assert (len(people), told) == (18, [("warning", "attendees.shared", "A3")])
