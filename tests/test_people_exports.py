"""Lists as registration systems write them: exactly their headings, invented people, and every column understood.

The headings are those of the note `attendees/export-headers.yaml` among the real material; the rows are invented here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_workbooks as made
import pytest
import yaml

from eventprint.event import Attendee, Consents
from eventprint.problems import Place, Problem, Problems
from eventprint.read.people.attendees import read_attendees
from eventprint.read.people.roles import Roles
from eventprint.read.settings import Columns
from eventprint.values import dataclass

QUESTIONS = {
    "What should we print on your badge?": "Ada L.",
    "Your pronouns": "she/her",
    "Do you consent to being photographed?": "No",
    "Allergies / dietary requirements": "no nuts",
    "Do you need a wheelchair space?": "Yes, row 1",
    "T-shirt size": "M",
}
"""What organisers ask, as it stands at the place marked QUESTIONS."""


def read(file: Path, columns: Columns = Columns(), **more: Any) -> tuple[list[Attendee], list[Problem]]:
    """The attendees of a list and what is told of it."""
    problems = Problems()
    found = read_attendees(file, columns, Roles.of_event("en", {}), (), problems, file.parent, **more)
    return list(found.attendees), problems.found


def written(headings: Sequence[str], rows: Sequence[Mapping[str, str]], delimiter: str, quoted: bool) -> str:
    """A CSV of rows by heading; a heading that no list has would be a mistake of the test."""
    for row in rows:
        assert set(row) <= set(headings), set(row) - set(headings)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(headings)
    writer.writerows([[row.get(heading, "") for heading in headings] for row in rows])
    return out.getvalue()


@pytest.fixture(scope="module")
def noted(real_data: Path) -> Mapping[str, Any]:
    return yaml.safe_load((real_data / "attendees" / "export-headers.yaml").read_text(encoding="utf-8"))


def headings_of(entry: Mapping[str, Any], parts: Sequence[str] = ()) -> list[str]:
    """The headings of an export, with its variable parts filled in and the organiser's questions in their place."""
    found: list[str] = []
    for written_as in map(str, entry["columns"]):
        heading = written_as.rstrip("?")
        if heading == "QUESTIONS":
            found += QUESTIONS
        elif "{part}" in heading:
            found += [heading.replace("{part}", part) for part in parts]
        elif heading == "{every registration field by its title}":
            found += [*entry["default_fields"], *QUESTIONS]
        elif "{field}" not in heading:
            found.append(heading)
    return found


@dataclass(frozen=True)
class Export:
    """An export: how its cells are parted, whom it lists, and what must be read of them."""

    rows: Sequence[Mapping[str, str]]
    expected: Sequence[Mapping[str, Any]]
    problems: Sequence[tuple[int, str, str]] = ()
    """Row, heading and text of each."""
    delimiter: str = ","
    quoted: bool = False
    parts: Sequence[str] = ()
    asked: bool = True
    """Whether the organiser's questions stand in it."""


ASKED = {
    "pronouns": "she/her",
    "consents": Consents(photo=False),
    "dietary": "no nuts",
    "access": "Yes, row 1",
    "T-shirt size": "M",
}
PRETIX = {
    "Order code": "ABC12", "Attendee name": "Augusta Ada King", "Product": "Full day", "Price": "10.00",
    "Company": "Engines & Co", "Order date": "2026-01-05", "Country": "GB", "City": "London", "Seat name": "A-1",
}  # fmt: skip
PARTS = ("Title", "Given name", "Middle name", "Family name")
NAMED = {
    "Attendee name: Title": "Dr", "Attendee name: Given name": "Augusta", "Attendee name: Middle name": "Ada",
    "Attendee name: Family name": "King",
}  # fmt: skip
MAIL = "ada@invented.example"
EXPORTS: Mapping[str, Export] = {
    "pretix_checkin_list_csv": Export(
        rows=[
            {**PRETIX, **NAMED, **QUESTIONS, "Email": MAIL, "Paid": "Yes", "Secret": "s3cret",
             "Checked in": "2026-03-05 09:01", "Requires special attention": "No", "State": "Greater London"},
            {"Order code": "ABC12", "Attendee name": "Grace Hopper", "Attendee name: Given name": "Grace",
             "Attendee name: Family name": "Hopper", "Product": "Student", "Email": MAIL, "Paid": "No"},
            {"Order code": "DEF34", "Product": "Parking", "Email": "x@invented.example", "Paid": "Yes"},
        ],
        expected=[
            {"name": "Ada L.", "id": "order:ABC12", "organisation": "Engines & Co", "ticket": "Full day",
             "checked in": "2026-03-05 09:01", "seat": "A-1", "city": "London", "country": "GB",
             "form of address": "Dr", "State": "Greater London", "Secret": "s3cret", **ASKED},
        ],
        problems=[
            (3, "Paid", "open: row 3 (Grace Hopper) is not paid or not approved and gets no badge"),
            (4, "Attendee name", "open: row 4 names nobody (booked by DEF34) and gets no badge"),
        ],
        parts=PARTS,
    ),
    "pretix_checkin_list_csv_older": Export(
        rows=[
            {**PRETIX, "Attendee name: Title": "Dr", "Attendee name: First name": "Augusta",
             "Attendee name: Middle name": "Ada", "Attendee name: Family name": "King", "E-mail": MAIL},
            {**PRETIX, "Attendee name": "Grace Hopper", "Attendee name: First name": "Grace",
             "Attendee name: Family name": "Hopper", "E-mail": MAIL},
        ],
        expected=[
            {"name": "Augusta Ada King", "given": "Augusta Ada", "family": "King", "id": "order:ABC12",
             "form of address": "Dr", "organisation": "Engines & Co"},
            {"name": "Grace Hopper", "given": "Grace", "family": "Hopper", "id": "order:ABC12|grace hopper",
             "ticket": "Full day"},
        ],
        quoted=True,
        asked=False,
    ),
    "pretix_order_positions": Export(
        rows=[
            {"Event slug": "ws", "Order code": "ABC12", "Position ID": "1", "Status": "paid",
             "Email": "b@invented.example",
             "Product": "Full day", "Attendee name": "Augusta Ada King", "Attendee name: Given name": "Augusta",
             "Attendee name: Family name": "King", "Attendee email": MAIL, "Attendee company": "Engines & Co",
             "Pseudonymization ID": "PSEU1", "Invoice address company": "Bank", "Order locale": "de",
             "Invoice address street": "To Augusta King, Road 1", **QUESTIONS},
            {"Order code": "ABC12", "Position ID": "2", "Status": "paid", "Product": "Dinner",
             "Pseudonymization ID": "PSEU2",
             "Add-on to position ID": "1", "Attendee name": "Augusta Ada King"},
            {"Order code": "DEF34", "Position ID": "1", "Status": "canceled", "Attendee name": "Alan Turing",
             "Pseudonymization ID": "PSEU3"},
            {"Order code": "GHI56", "Position ID": "1", "Status": "pending", "Attendee name": "Grace Hopper",
             "Pseudonymization ID": "PSEU4"},
        ],
        expected=[
            {"name": "Ada L.", "id": "id:PSEU1", "organisation": "Engines & Co", "ticket": "Full day",
             "language": "de",
             "Invoice address company": "Bank", "Invoice address street": None, **ASKED},
        ],
        problems=[
            (3, "Add-on to position ID",
             "open: row 3 (Augusta Ada King) is an addition to another ticket and gets no badge of its own"),
            (4, "Status", "warning: row 4 (Alan Turing) is cancelled and gets no badge"),
            (5, "Status", "open: row 5 (Grace Hopper) is not paid or not approved and gets no badge"),
        ],
        delimiter=";",
        parts=PARTS,
    ),
    "indico_registrations_csv": Export(
        rows=[
            {"ID": "7", "Name": "Augusta King", "Email Address": MAIL, "First Name": "Augusta", "Last Name": "King",
             "Affiliation": "Engines & Co", "Title": "Dr", "Position": "Analyst", "Country": "GB",
             "Registration state": "Completed", "Checked in": "No", "Price": "10", **QUESTIONS},
            {"ID": "8", "Name": "Alan Turing", "First Name": "Alan", "Last Name": "Turing", "Title": "Prof",
             "Registration state": "Withdrawn"},
        ],
        expected=[
            {"name": "Ada L.", "id": "id:7", "organisation": "Engines & Co", "position": "Analyst", "country": "GB",
             "form of address": "Dr", **ASKED},
        ],
        problems=[
            (3, "Registration state", "warning: row 3 (Alan Turing) is cancelled and gets no badge"),
        ],
    ),
    "eventbrite_attendee_report_csv": Export(
        rows=[
            {"Order #": "11", "Attendee #": "99", "First Name": "Augusta", "Last Name": "King", "Email": MAIL,
             "Quantity": "1", "Ticket Type": "Full day", "Attendee Status": "Checked In", "Home City": "London",
             "Home Country": "GB", "Job Title": "Analyst", "Company": "Engines & Co", **QUESTIONS},
            {"Order #": "12", "Attendee #": "100", "First Name": "Alan", "Last Name": "Turing", "Quantity": "1",
             "Attendee Status": "Refunded"},
            {"Order #": "13", "Attendee #": "101", "First Name": "Grace", "Last Name": "Hopper", "Quantity": "3",
             "Attendee Status": "Attending"},
            {"Order #": "14", "Attendee #": "102", "First Name": "Emmy", "Last Name": "Noether", "Quantity": "1",
             "Attendee Status": "Not Attending"},
        ],
        expected=[
            {"name": "Ada L.", "id": "id:99", "organisation": "Engines & Co", "position": "Analyst", "city": "London",
             "ticket": "Full day", **ASKED},
            {"name": "Grace Hopper", "given": "Grace", "family": "Hopper", "id": "id:101"},
        ],
        problems=[
            (3, "Attendee Status", "warning: 2 people are cancelled and get no badge: rows 3 and 5"),
            (4, "Quantity", "open: row 4 stands for several people (Grace Hopper: 3 places); one badge is printed"),
        ],
    ),
    "tito_csv": Export(
        rows=[
            {"Number": "1", "Ticket": "Full day", "Ticket Full Name": "Augusta King", "Ticket First Name": "Augusta",
             "Ticket Last Name": "King", "Ticket Email": MAIL, "Ticket Company Name": "Engines & Co", "Event": "WS",
             "Void Status": "false", "Ticket Reference": "REF1-1", "Order Reference": "REF1",
             "Order Name": "Buyer One",
             "Order Email": "b@invented.example", **QUESTIONS},
            {"Number": "2", "Ticket": "Full day", "Void Status": "false", "Ticket Reference": "REF1-2",
             "Order Reference": "REF1", "Order Name": "Buyer One"},
            {"Number": "3", "Ticket": "Full day", "Ticket Full Name": "Alan Turing", "Ticket First Name": "Alan",
             "Ticket Last Name": "Turing", "Void Status": "true", "Ticket Reference": "REF2-1",
             "Order Reference": "REF2"},
        ],
        expected=[
            {"name": "Ada L.", "id": "id:REF1-1", "organisation": "Engines & Co", "ticket": "Full day",
             "Order Name": None, **ASKED},
        ],
        problems=[
            (3, "Ticket Full Name", "open: row 3 names nobody (booked by Buyer One) and gets no badge"),
            (4, "Void Status", "warning: row 4 (Alan Turing) is cancelled and gets no badge"),
        ],
    ),
    "meetup_event_attendees_tsv": Export(
        rows=[
            {"Name": "Ada King", "User ID": "user 9", "RSVP": "Yes", "Guests": "2", "Title": "", "Event Host": "Yes"},
            {"Name": "Alan Turing", "User ID": "user 10", "RSVP": "No", "Guests": "0"},
            {"Name": "Grace Hopper", "User ID": "user 11", "RSVP": "Waitlist", "Guests": "0"},
            {"Name": "Emmy Noether", "User ID": "user 12", "RSVP": "Yes", "Guests": "0"},
        ],
        expected=[
            {"name": "Ada King", "id": "id:user 9", "Event Host": "Yes"},
            {"name": "Emmy Noether", "given": "Emmy", "family": "Noether"},
        ],
        problems=[
            (2, "Guests", "open: row 2 stands for several people (Ada King: 3 places); one badge is printed"),
            (3, "RSVP", "warning: row 3 (Alan Turing) is cancelled and gets no badge"),
            (4, "RSVP", "open: row 4 (Grace Hopper) is not paid or not approved and gets no badge"),
        ],
        delimiter="\t",
        asked=False,
    ),
    "meetup_member_list_tsv": Export(
        rows=[
            {"Name": "Ada King", "User ID": "user 9", "Member ID": "9", "Location": "London",
             "Photo": "https://a.invented/1",
             "Title": "Organizer"},
            {"Name": "Alan Turing", "User ID": "user 10", "Member ID": "10", "Photo": "https://a.invented/2"},
        ],
        expected=[
            {"name": "Ada King", "id": "id:user 9", "Photo": "https://a.invented/1", "consents": Consents()},
            {"name": "Alan Turing", "id": "id:user 10", "Title": None},
        ],
        problems=[
            (1, "Title", "open: the column 'Title' may hold jobs or something else; it is not printed as a position"),
        ],
        delimiter="\t",
        asked=False,
    ),
    "luma_guests_csv": Export(
        rows=[
            {"api_id": "gst-1", "name": "", "first_name": "Augusta", "last_name": "King", "email": MAIL,
             "approval_status": "approved", "ticket_name": "Full day", "checked_in_at": "2026-03-05T09:00Z",
             **QUESTIONS},
            {"api_id": "gst-2", "name": "Grace Hopper", "approval_status": "approved", "ticket_name": "Full day"},
            {"api_id": "gst-3", "name": "Alan Turing", "approval_status": "declined"},
            {"api_id": "gst-4", "name": "Emmy Noether", "approval_status": "pending"},
        ],
        expected=[
            {"name": "Ada L.", "id": "id:gst-1", "ticket": "Full day", "checked in": "2026-03-05T09:00Z", **ASKED},
            {"name": "Grace Hopper", "given": "Grace", "family": "Hopper", "id": "id:gst-2"},
        ],
        problems=[
            (4, "approval_status", "warning: row 4 (Alan Turing) is cancelled and gets no badge"),
            (5, "approval_status", "open: row 5 (Emmy Noether) is not paid or not approved and gets no badge"),
        ],
    ),
    "event_espresso_import_csv": Export(
        rows=[
            {"0": "1", "Registration ID (optional)": "R-1", "First": "Ada", "Last": "King", "Email": MAIL, "QTY": "1",
             "Payment Status": "Completed", "Price Option": "Full day"},
            {"0": "2", "Registration ID (optional)": "R-2", "First": "Alan", "Last": "Turing", "QTY": "1",
             "Payment Status": "Pending", "Price Option": "Full day"},
        ],
        expected=[{"name": "Ada King", "given": "Ada", "family": "King", "id": "id:R-1", "ticket": "Full day",
        "0": "1"}],
        problems=[
            (3, "Payment Status", "open: row 3 (Alan Turing) is not paid or not approved and gets no badge"),
        ],
        asked=False,
    ),
    "pretalx_speakers_csv": Export(
        rows=[{"name": "Ada King", "email": MAIL, "confirmed": "True"}, {"name": "Alan Turing",
        "confirmed": "False"}],
        expected=[{"name": "Ada King", "id": "mail:803d8ec1dbc9a06f"}],
        problems=[
            (3, "confirmed", "open: row 3 (Alan Turing) is not paid or not approved and gets no badge"),
        ],
        asked=False,
    ),
}  # fmt: skip


def said_of(attendee: Attendee, key: str) -> Any:
    match key:
        case "name" | "given" | "family":
            return attendee.name.full if key == "name" else getattr(attendee.name, key)
        case _:
            return getattr(attendee, key) if key in Attendee.__dataclass_fields__ else attendee.fields.get(key)


def letters(index: int) -> str:
    """A spreadsheet's name of a column, for as many as an export has."""
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


@pytest.mark.parametrize("system", EXPORTS)
def test_every_column_of_an_export_is_understood(noted: Mapping[str, Any], tmp_path: Path, system: str) -> None:
    export = EXPORTS[system]
    headings = headings_of(noted[system], export.parts)
    assert (set(QUESTIONS) <= set(headings)) is export.asked
    text = written(headings, export.rows, export.delimiter, export.quoted)
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    found, problems = read(tmp_path / "list.csv")
    read_of_it = [{key: said_of(a, key) for key in wanted} for a, wanted in zip(found, export.expected, strict=True)]
    assert read_of_it == list(export.expected)
    assert [
        (problem.place.line, problem.place.cell, problem.place.heading, f"{problem.severity}: {problem.message}")
        for problem in problems
    ] == [
        (row, f"{letters(headings.index(heading))}{row}", heading if row > 1 else "", message)
        for row, heading, message in export.problems
    ]
    lines = text.splitlines()
    for problem in problems:
        cells = next(csv.reader([lines[problem.place.line - 1]], delimiter=export.delimiter))
        column = headings.index(problem.place.heading or "Title")
        assert lines[problem.place.line - 1][problem.place.column - 1 :].startswith(cells[column])
    assert "@invented" not in repr(found)
    assert not export.asked or "Augusta" not in repr(found)


def told(problems: Sequence[Problem]) -> list[str]:
    """Problems as one line each."""
    return [str(problem).split("\n")[0] for problem in problems]


@pytest.mark.parametrize("system", ["indico_contributions_csv", "indico_sessions_csv"])
def test_an_agenda_given_as_a_list_of_people_is_refused_in_one_line(
    noted: Mapping[str, Any], tmp_path: Path, system: str
) -> None:
    headings = [str(heading).rstrip("?") for heading in noted[system]["columns"]]
    (tmp_path / "list.csv").write_text(",".join(headings) + "\n1,Opening,Welcome to all\n", encoding="utf-8")
    found, problems = read(tmp_path / "list.csv")
    assert found == []
    assert [problem.message for problem in problems if problem.severity == "error"] == [
        "list.csv has no column with names"
    ]


# JSON


ORDERS = {
    "results": [
        {
            "code": "ABC12",
            "status": "p",
            "email": "buyer@invented.example",
            "positions": [
                {
                    "id": 7, "positionid": 1, "item": 1, "variation": 11, "attendee_name": "Augusta King",
                    "attendee_name_parts": {"_scheme": "given_family", "given_name": "Augusta",
                    "family_name": "King"},
                    "attendee_email": "ada@invented.example", "company": "Engines & Co", "addon_to": None,
                    "pseudonymization_id": "PSEU1", "canceled": False, "seat": {"name": "A-1"},
                    "checkins": [{"datetime": "2026-03-05T09:00:00Z", "list": 1}],
                    "answers": [
                        {"question": 3, "answer": "Ada L.", "question_identifier": "BADGE"},
                        {"question": 4, "answer": "False", "question_identifier": "FOTO"},
                    ],
                },
                {"id": 8, "positionid": 2, "item": 2, "attendee_name": "Augusta King", "addon_to": 7,
                 "pseudonymization_id": "PSEU2"},
                {"id": 9, "positionid": 3, "item": 1, "attendee_name": "Alan Turing", "canceled": True,
                 "pseudonymization_id": "PSEU3"},
            ],
        },
        {"code": "DEF34", "status": "n", "positions": [{"positionid": 1, "item": 1,
         "attendee_name": "Grace Hopper"}]},
    ]
}  # fmt: skip
ITEMS = {"results": [{"id": 1, "name": {"de": "Ganzer Tag", "en": "Full day"}, "variations": [
    {"id": 11, "value": {"en": "Student"}}]}, {"id": 2, "name": {"en": "Dinner"}, "variations": []}]}  # fmt: skip
ASKING = {"results": [
    {"id": 3, "question": {"en": "What should we print on your badge?"}, "identifier": "BADGE"},
    {"id": 4, "question": {"en": "Do you consent to being photographed?"}, "identifier": "FOTO"},
]}  # fmt: skip


def test_orders_of_pretix_with_the_names_of_tickets_and_questions_beside_them(tmp_path: Path) -> None:
    for name, what in (("list.json", ORDERS), ("products.json", ITEMS), ("asked.json", ASKING)):
        (tmp_path / name).write_text(json.dumps(what, indent=1), encoding="utf-8")
    (ada,), problems = read(tmp_path / "list.json")
    assert (ada.name.full, ada.id, ada.organisation) == ("Ada L.", "id:PSEU1", "Engines & Co")
    assert (ada.ticket, ada.consents) == ("Full day – Student", Consents(photo=False))
    assert ada.fields == {
        "Seat": "A-1", "seat": "A-1", "Checked in": "2026-03-05T09:00:00Z", "checked in": "2026-03-05T09:00:00Z",
    }  # fmt: skip
    lines = (tmp_path / "list.json").read_text(encoding="utf-8").splitlines()
    assert [(p.severity, p.message, lines[p.place.line - 1].strip()) for p in problems] == [
        (
            "open",
            "row 2 (Augusta King) is an addition to another ticket and gets no badge of its own",
            '"addon_to": 7,',
        ),
        ("warning", "row 3 (Alan Turing) is cancelled and gets no badge", '"status": "p",'),
        ("open", "row 4 (Grace Hopper) is not paid or not approved and gets no badge", '"status": "n",'),
    ]
    found, _ = read(tmp_path / "list.json", pending=True)
    assert [attendee.name.full for attendee in found] == ["Ada L.", "Grace Hopper"]


def test_tickets_of_pretix_without_names_are_an_open_point(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps(ORDERS), encoding="utf-8")
    (ada,), problems = read(tmp_path / "list.json")
    assert (ada.name.full, ada.ticket) == ("Augusta King", "1")
    assert "the tickets have numbers and no names here" in [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        pytest.param(
            {"results": [{"registrants": [{
                "registrant_id": "7", "checked_in": True, "full_name": "Ada King", "registration_date": "2026-01-01",
                "personal_data": {"firstName": "Ada", "surname": "King", "affiliation": "Engines & Co", "title": "Dr",
                                  "email": "ada@invented.example", "position": "Analyst", "country": "GB"},
            }]}]},
            {"id": "id:7", "organisation": "Engines & Co", "position": "Analyst", "country": "GB",
             "checked in": "yes",
             "form of address": "Dr"},
            id="Indico registrants",
        ),
        pytest.param(
            [{"id": 7, "regformId": 1, "fullName": "Ada King", "state": "complete", "checkedIn": False,
              "email": "ada@invented.example"}],
            {"id": "id:7"},
            id="Indico check-in",
        ),
        pytest.param(
            {"attendees": [{
                "id": "99", "order_id": "11", "quantity": 1, "status": "Attending", "cancelled": False,
                "ticket_class_name": "Full day", "checked_in": False,
                "profile": {"first_name": "Ada", "last_name": "King", "name": "Ada King", "company": "Engines & Co",
                            "email": "ada@invented.example", "job_title": "Analyst"},
                "answers": [{"question": "Your pronouns please", "answer": "she/her"}],
            }]},
            {"id": "id:99", "organisation": "Engines & Co", "position": "Analyst", "ticket": "Full day",
             "pronouns": "she/her"},
            id="Eventbrite attendees",
        ),
        pytest.param(
            {"tickets": [{"reference": "REF1", "first_name": "Ada", "last_name": "King", "name": "Ada King",
                          "company_name": "Engines & Co", "release_title": "Full day",
                          "email": "ada@invented.example"}]},
            {"organisation": "Engines & Co", "ticket": "Full day"},
            id="Tito tickets",
        ),
        pytest.param(
            {"count": 1, "results": [{"code": "XYZ", "name": "Ada King", "email": "ada@invented.example",
                                      "submissions": ["A1"], "biography": "She wrote."}]},
            {"id": "id:XYZ", "biography": "She wrote."},
            id="pretalx speakers",
        ),
        pytest.param(
            {"speakers": [{"id": "a-b", "firstName": "Ada", "lastName": "King", "fullName": "Ada King",
                           "tagLine": "Analyst", "sessions": [1], "links": []}], "sessions": [{"id": 1,
                           "title": "T"}]},
            {"id": "id:a-b", "position": "Analyst"},
            id="Sessionize all data",
        ),
        pytest.param({"1": {"name": "Ada King", "company": "Engines & Co"}}, {"organisation": "Engines & Co"},
        id="by key"),
        pytest.param(
            {"entries": [{"api_id": "gst-1", "guest": {
                "api_id": "gst-1", "approval_status": "approved", "user_name": "Ada King",
                "user_email": "ada@invented.example",
                "registration_answers": [{"label": "Company", "answer": "Engines & Co"}],
            }}]},
            {"id": "id:gst-1", "organisation": "Engines & Co"},
            id="Luma guests",
        ),
        pytest.param(
            {"data": {"event": {"rsvps": {"edges": [
                {"node": {"member": {"id": "5", "name": "Ada King"}, "status": "YES", "guestsCount": 0}},
            ]}}}},
            {"id": "id:5"},
            id="Meetup RSVPs",
        ),
        pytest.param(["Ada King"], {}, id="names alone"),
    ],
)  # fmt: skip
def test_people_in_the_json_of_systems(tmp_path: Path, what: object, expected: Mapping[str, str]) -> None:
    (tmp_path / "list.json").write_text(json.dumps(what, indent=2), encoding="utf-8")
    (ada,), problems = read(tmp_path / "list.json")
    assert (ada.name.full, ada.name.given, ada.name.family) == ("Ada King", "Ada", "King")
    assert {key: said_of(ada, key) for key in expected} == expected
    assert told(problems) == []
    assert "@invented" not in repr(ada)


def test_a_ticket_that_is_void_is_cancelled(tmp_path: Path) -> None:
    tickets = [{"name": "Ada King", "state": "complete"}, {"name": "Li Wei", "state": "void"}]
    (tmp_path / "list.json").write_text(json.dumps({"tickets": tickets}), encoding="utf-8")
    found, problems = read(tmp_path / "list.json")
    assert [attendee.name.full for attendee in found] == ["Ada King"]
    assert [problem.rule for problem in problems] == ["attendees.cancelled"]
    (tmp_path / "list.csv").write_text(
        "Name,City,State\nAda King,Tulsa,OK\nLi Wei,Reno,NV\nBo Ek,Macon,GA\nCy Oh,Pa,ME\n"
    )
    found, problems = read(tmp_path / "list.csv")
    assert (len(found), problems) == (4, [])  # states of a country


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", "[1, 2]", '[{"name": null}]', '{"results": []}', '[{"name": {"a": {"b": [1]}}}]', '[{"a": 1}]',
     '{"orders": [{"positions": [{"attendee_name": null, "item": 1e999}]}]}', '[{"name": 7}', "[" * 500],
)  # fmt: skip
def test_json_that_holds_nobody_is_told_in_a_line_or_two(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.json").write_text(text, encoding="utf-8")
    found, problems = read(tmp_path / "list.json")
    assert len(found) <= 1
    assert 1 <= len(problems) + len(found) <= 3


# Real files


def test_repeated_speakers_of_a_meetup_get_one_badge_each(real_data: Path) -> None:
    file = real_data / "attendees" / "brooklynjs-speakers-public.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = [" ".join(row["Name"].split()).casefold() for row in rows]
    found, problems = read(file)
    assert len(found) == len(set(names))
    again = [problem for problem in problems if problem.rule == "attendees.twice"]
    assert len(again) == len({name for name in names if names.count(name) > 1})
    other = [(problem.rule, problem.place.cell) for problem in problems if problem not in again]
    assert other == [("attendees.title", "D1"), ("attendees.several", "E40")]  # two people speak together, twice
    assert found[0].fields == {
        "No": "BrooklynJS #1", "Date": "2013-11-14T19:00Z", "Twitter": "@nakajima", "Title": rows[0]["Title"],
    }  # fmt: skip


def test_a_header_that_starts_like_a_comment_with_blanks_after_commas(real_data: Path) -> None:
    found, problems = read(real_data / "attendees" / "csv-to-qr-vcard-sample.csv")
    assert [(a.name.given, a.name.family, a.organisation) for a in found] == [
        ("John", "Doe1", "College University"), ("Jane", "Doe2", "College University"),
        ("John", "Doe3", "College University"), ("Jane", "Doe4", "College University"),
    ]  # fmt: skip
    assert problems == []


def test_line_ends_of_an_old_machine_and_a_first_heading_that_is_a_nought(real_data: Path) -> None:
    found, problems = read(real_data / "attendees" / "eventespresso-import-sample.csv")
    assert [(a.name.full, a.ticket, a.place.line) for a in found] == [
        ("John Doe", "General Admission", 2), ("Jane Doe", "General Admission", 3)
    ]  # fmt: skip
    assert [(p.rule, p.place.cell, p.place.line) for p in problems] == [
        ("attendees.shared", "E3", 3), ("attendees.several", "F2", 2)
    ]  # fmt: skip


def test_commands_of_latex_in_names_are_asked_about(real_data: Path) -> None:
    found, problems = read(real_data / "attendees" / "latex-namebadges-sample.csv")
    # sort participants.csv | uniq -c: 17 equal rows and 3 others
    assert [(a.name.full, a.organisation) for a in found] == [
        ("Name Surname", "Affiliated Institution"), ("Long Name Long Surname", "Automatic Line Break"),
        (r"Long Name\\ Long Surname", "Manual Line Break"),
        (r"{\fontsize{18pt}{20pt}\selectfont Long Name\\ Extra Extra Long Surname}", "Reduced Font Size"),
    ]  # fmt: skip
    assert [(p.rule, p.place.line, p.place.column) for p in problems] == [
        ("attendees.latex", 4, 1), ("attendees.latex", 5, 1), ("attendees.twice", 6, 1)
    ]  # fmt: skip


def test_a_workbook_with_wrong_mail_addresses(real_data: Path) -> None:
    found, problems = read(real_data / "attendees" / "npch-sample.xlsx")
    assert [(a.id, a.name.given, a.name.family, a.organisation) for a in found] == [
        ("id:1", "Arthur", "Smith", "University of Example"), ("id:2", "Betty Bridget", "Jones", "Somewhere College"),
        ("id:3", "Clive", "McDonald", ""), ("id:4", "Daphne", "Wilson-Brown", "Where"),
        ("id:5", "Eric", "Taylor Davies", ""),
    ]  # fmt: skip
    assert [(p.rule, p.place.cell, p.place.heading) for p in problems] == [
        ("attendees.mail", "Sheet1!D4", "Email"), ("attendees.mail", "Sheet1!D6", "Email")
    ]  # fmt: skip


def test_a_list_without_headings_is_read_and_questioned(real_data: Path) -> None:
    file = real_data / "attendees" / "pybadges-sample.csv"
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    found, problems = read(file)
    assert len(found) == len({(row[0], row[1] if len(row) > 1 else "") for row in rows})
    assert (found[0].name.full, found[0].organisation, found[0].role, found[0].place.line) == (
        "John Doe", "Intel", "speaker", 1
    )  # fmt: skip
    opened = [problem for problem in problems if problem.severity == "open"]
    assert [(p.rule, p.place.cell) for p in opened] == [("attendees.no-headings", "A1")]
    assert "A as name, B as organisation, C as role" in opened[0].message


def test_the_orders_of_pretix_as_they_came(real_data: Path) -> None:
    file = real_data / "attendees" / "pretix-orders-api-mock.json"
    orders = json.loads(file.read_text(encoding="utf-8"))["results"]
    paid = [p["attendee_name"] for order in orders if order["status"] == "p" for p in order["positions"]]
    assert (len(orders), sum(len(order["positions"]) for order in orders), len(paid)) == (4, 5, 3)
    found, problems = read(file)
    assert [(a.name.full, a.id, a.ticket, a.role) for a in found] == [
        ("Eva Nováková", "order:BR7UH-1", "Business – Conference", "attendee"),
        ("Jan Novák", "order:BR7UH-2", "Business – Tutorials", "attendee"),
        ("Maija Meikäläinen", "order:RCZN9", "Personal", "attendee"),
    ]
    assert [a.name.full for a in found] == paid
    assert [(p.rule, p.message) for p in problems] == [
        ("attendees.cancelled", "2 people are cancelled and get no badge: rows 3 and 4")
    ]


@pytest.mark.parametrize(
    ("file", "count", "asked"),
    [
        ("sessionize/global-azure-austria-2024-all.json", 16, []),
        ("open-event/droidcon-2017/speakers.json", 33, ["Doug Stevenson + TAs"]),
    ],
)
def test_speakers_of_other_exports_are_a_list_of_people_too(
    real_data: Path, file: str, count: int, asked: Sequence[str]
) -> None:
    found, problems = read(real_data / file)
    assert len(found) == count
    assert [problem.rule for problem in problems] == ["attendees.several"] * len(asked)
    assert all(who in str(problem) for who, problem in zip(asked, problems, strict=True))


def as_xlsx(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as a workbook; numbers as numbers, as exports write them."""
    lines = [dict(zip(headings, headings, strict=True)), *rows]
    written_rows = []
    for number, row in enumerate(lines, 1):
        cells = []
        for index, heading in enumerate(headings):
            value, name = row.get(heading, ""), f"{letters(index)}{number}"
            if number > 1 and value.isdigit():
                cells.append(f'<c r="{name}"><v>{value}</v></c>')
            elif value:
                cells.append(made.cell(name, value))
        written_rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return made.zipped(made.xlsx_parts(f"<sheetData>{''.join(written_rows)}</sheetData>"))


@pytest.mark.parametrize("system", EXPORTS)
def test_an_export_as_a_workbook_reads_the_same(noted: Mapping[str, Any], tmp_path: Path, system: str) -> None:
    export = EXPORTS[system]
    headings = headings_of(noted[system], export.parts)
    (tmp_path / "list.csv").write_text(written(headings, export.rows, ",", quoted=False), encoding="utf-8")
    people, problems = read(tmp_path / "list.csv")
    cells = [headings, *([row.get(heading, "") for heading in headings] for row in export.rows)]
    for data in (as_xlsx(headings, export.rows), made.ods(cells)):
        (tmp_path / "list.any").write_bytes(data)
        again, same = read(tmp_path / "list.any")
        assert [replace(attendee, place=Place()) for attendee in again] == [replace(a, place=Place()) for a in people]
        assert [(p.message, p.place.cell) for p in same] == [(p.message, f"S!{p.place.cell}") for p in problems]
