"""Agendas in CSV files and spreadsheets: workbooks are written here by hand, so that every part of them is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from eventprint.event import Kind, Taken
from eventprint.problems import Problem, Problems, Severity, Stop
from eventprint.read.agenda import Agenda, Given, read_agenda
from eventprint.sheets import column_name

Value = str | int | float | time | date | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(sheets: Mapping[str, Sequence[Sequence[Value]]], merged: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; times and dates are numbers with the form of a time or a date."""
    names = list(sheets)
    entries = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for i in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="w" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
        f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="20" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    for number, rows in enumerate(sheets.values(), 1):
        made = "".join(
            f'<row r="{r}">{"".join(_cell(r, c, value) for c, value in enumerate(row))}</row>'
            for r, row in enumerate(rows, 1)
        )
        joined = f"<mergeCells>{spans}</mergeCells>" if spans else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{made}</sheetData>{joined}</worksheet>'
        )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return data.getvalue()


def _cell(row: int, column: int, value: Value) -> str:
    at = f"{column_name(column)}{row}"
    match value:
        case None | "":
            return ""
        case str():
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case time():
            return f'<c r="{at}" s="1"><v>{(value.hour * 60 + value.minute) / 1440}</v></c>'
        case date():
            return f'<c r="{at}" s="2"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet as LibreOffice keeps it; a cell `>2 text` stands over two columns."""
    made = ""
    for row in rows:
        cells = ""
        for text in row:
            span, _, rest = text[1:].partition(" ") if text.startswith(">") else ("", "", text)
            wide = f' table:number-columns-spanned="{span}"' if span else ""
            cells += (
                f'<table:table-cell{wide} office:value-type="string"><text:p>{escape(rest)}</text:p></table:table-cell>'
            )
            cells += "<table:covered-table-cell/>" * (int(span or 1) - 1)
        made += f"<table:table-row>{cells}</table:table-row>"
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="Plan">{made}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()


def read(folder: Path, data: bytes | str, given: Given = Given()) -> tuple[Agenda, list[Problem]]:
    file = folder / ("plan.csv" if isinstance(data, str) else "plan.xlsx")
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    problems = Problems()
    return read_agenda(file, problems, folder, given), problems.found


def said(agenda: Agenda) -> list[str]:
    """Every entry as `09:00-10:00 Title @room: people`."""
    names = {person.key: person.name.full for person in agenda.people}
    return [
        f"{entry.start or ''}{f'-{entry.end}' if entry.end_stated else ''} {entry.title}"
        f"{f' @{entry.room}' if entry.room else ''}"
        f"{': ' + ', '.join(names[cast.person] for cast in entry.cast) if entry.cast else ''}".strip()
        for entry in agenda.entries()
    ]


LIST: Sequence[Sequence[Value]] = [
    ["Date", "Start", "End", "Title", "Speaker", "Room"],
    [date(2027, 5, 3), time(9), time(10), "Tides", "Eva Lang", "Hall 1"],
    [date(2027, 5, 3), time(10), time(10, 30), "Coffee break", "", ""],
    [date(2027, 5, 4), time(9, 30), time(11), "Ships", "Tom Hardy; Di Fox", "Hall 1"],
]


def test_a_list_with_real_times_and_dates(tmp_path: Path) -> None:
    agenda, found = read(tmp_path, xlsx({"Agenda": LIST}))
    assert [(str(day.date), len(list(day.entries()))) for day in agenda.days] == [("2027-05-03", 2), ("2027-05-04", 1)]
    assert said(agenda) == [
        "09:00-10:00 Tides @Hall 1: Eva Lang",
        "10:00-10:30 Coffee break",
        "09:30-11:00 Ships @Hall 1: Tom Hardy, Di Fox",
    ]
    assert found == []
    assert next(agenda.entries()).place.cell == "Agenda!D2"


def test_the_same_list_as_csv_reads_the_same(tmp_path: Path) -> None:
    rows = [[value.isoformat()[:10] if isinstance(value, date) else str(value)[:5] if isinstance(value, time) else value
             for value in row] for row in LIST]  # fmt: skip
    for delimiter in (",", ";", "\t"):
        text = "".join(
            delimiter.join(f'"{value}"' if ";" in str(value) else str(value) for value in row) + "\n" for row in rows
        )
        agenda, found = read(tmp_path, text)
        assert said(agenda) == said(read(tmp_path, xlsx({"Agenda": LIST}))[0])
        assert [day.date for day in agenda.days] == [date(2027, 5, 3), date(2027, 5, 4)]
        assert found == []


def test_a_week_with_two_columns_of_times(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Summer school 2027", "", "", "", ""],
        ["Time", "Monday", "Tuesday", "Friday", ""],
        ["9:00 - 10:00", "Tides (Eva)\nEbb (Tom)", "Sea (Liz)", "9:30 - 11:00", "Ships (Tom)"],
        ["10:00 - 10:30", "Break", "Break", "11:00 - 11:15", "Break"],
        ["10:30 - 1:00", "Cranes (Eva - Room 5)\nDocks (Liz - Room 6)", "A course in locks (Eva)", "", ""],
        ["1:00 - 2:00", "Lunch", "", "", ""],
    ]
    agenda, found = read(tmp_path, xlsx({"Week": rows}, ["A1:E1", "D2:E2", "C5:C6"]))
    assert agenda.title == "Summer school 2027"
    assert [(day.title, len(list(day.entries()))) for day in agenda.days] == [
        ("Monday", 6),
        ("Tuesday", 3),
        ("Friday", 2),
    ]
    assert said(agenda) == [
        "9:00-10:00 Tides: Eva",
        "Ebb: Tom",
        "10:00-10:30 Break",
        "10:30-1:00 Cranes @Room 5: Eva",
        "10:30-1:00 Docks @Room 6: Liz",
        "1:00-2:00 Lunch",
        "9:00-10:00 Sea: Liz",
        "10:00-10:30 Break",
        "10:30-2:00 A course in locks: Eva",
        "9:30-11:00 Ships: Tom",
        "11:00-11:15 Break",
    ]
    assert [(problem.place.cell, problem.rule) for problem in found] == [("Week!B3", "agenda.shared-start")]


def test_pairs_of_columns(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        "START,END,Name1,TRACK A,Name2,TRACK B,,\n9:00,9:30,Registration,,,,,\n"
        "9:30,10:00,Eva Lang,Tides,Tom Hardy,Ships,,\n"
        "10:00,10:10,Break,,Break,,,\n10:10,11:00,Di Fox,Cranes,Jo Day,,,stray\n",
    )
    assert [(entry.title, entry.track) for entry in agenda.entries()] == [
        ("Registration", ""),
        ("Tides", "TRACK A"),
        ("Ships", "TRACK B"),
        ("Break", ""),
        ("Cranes", "TRACK A"),
        ("Jo Day", "TRACK B"),
    ]
    assert [(str(problem.place), problem.place.cell, problem.rule) for problem in found] == [
        ("plan.csv:5:36", "H5", "agenda.stray-cell"),
        ("plan.csv:5:27", "E5", "agenda.name-as-title"),
    ]


def test_what_has_neither_day_nor_time_is_left_out_and_said(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        "day,from,to,title,speaker,type\nfri,9:00,9:30,Welcome,,break\nfri,9:30,10:00,Tides,Eva Lang,talk\n"
        ",,,Ships,Tom Hardy,talk\n",
    )
    assert [entry.kind for entry in agenda.entries()] == [Kind.BREAK, Kind.TALK]
    assert [(problem.severity, problem.place.cell, problem.rule) for problem in found] == [
        (Severity.OPEN, "D4", "agenda.no-time")
    ]
    assert [reading.taken for reading in agenda.coverage][-1] is Taken.PASSED


def test_days_known_from_the_event_give_weekdays_their_date(tmp_path: Path) -> None:
    given = Given(dates=(date(2027, 5, 7), date(2027, 5, 8)))
    agenda, _ = read(tmp_path, "day,time,title\nFri,9:00,Tides\nSat,9:00,Ships\n", given)
    assert [day.date for day in agenda.days] == [date(2027, 5, 7), date(2027, 5, 8)]


def test_columns_may_be_named_by_the_event(tmp_path: Path) -> None:
    given = Given(columns={"title": "Zibble", "speaker": "Zobble"})
    agenda, found = read(tmp_path, "time,Zobble,Zibble\n9:00,Eva Lang,Tides\n10:00,Tom Hardy,Ships\n", given)
    assert (said(agenda), found) == (["9:00 Tides: Eva Lang", "10:00 Ships: Tom Hardy"], [])


def test_sheets_are_days_or_rooms(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Time", "Talk"], ["9:00", "Tides"], ["10:00", "Ships"]]
    agenda, found = read(tmp_path, xlsx({"3 May 2027": rows, "4 May 2027": rows, "Notes": [["to do", "x"]]}))
    assert [(day.date, len(list(day.entries()))) for day in agenda.days] == [
        (date(2027, 5, 3), 2),
        (date(2027, 5, 4), 2),
    ]
    assert [(problem.place.cell, problem.rule) for problem in found] == [("Notes!A1", "agenda.passed-over")]
    agenda, _ = read(tmp_path, xlsx({"Hall 1": rows, "Hall 2": rows}))
    assert said(agenda) == ["9:00 Tides @Hall 1", "9:00 Tides @Hall 2", "10:00 Ships @Hall 1", "10:00 Ships @Hall 2"]


def test_an_open_document_reads_alike(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path,
        ods([["Time", "Hall 1", "Hall 2"], ["9:00", ">2 Welcome"], ["10:00", "Tides (Eva Lang)", "Ships (Tom Hardy)"]]),
    )
    assert said(agenda) == ["9:00 Welcome", "10:00 Tides @Hall 1: Eva Lang", "10:00 Ships @Hall 2: Tom Hardy"]
    assert found == []


def test_every_row_is_taken_or_passed_over(tmp_path: Path) -> None:
    agenda, _ = read(
        tmp_path, xlsx({"A": [["My talks"], [], ["Time", "Talk"], ["9:00", "Tides"], ["", ""], ["10:00", "Ships"]]})
    )
    assert [(reading.line, reading.taken) for reading in agenda.coverage] == [
        (1, Taken.TITLE),
        (3, Taken.HEADING),
        (4, Taken.SLOT),
        (6, Taken.SLOT),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Welcome, dear guests, to our conference\n\n09:00 Tides\nEva Lang, ETH\n10:00 Ships\nTom Hardy, MIT\n",
        "# Talks, and more\n\n- 9:00 Tides, Eva Lang\n- 10:00 Ships, Tom Hardy\n",
        "| Time | Talk, or so |\n|---|---|\n| 9:00 | Tides |\n",
    ],
)
def test_a_text_with_commas_is_no_csv(tmp_path: Path, text: str) -> None:
    agenda, _ = read(tmp_path, text)
    assert next(agenda.entries()).title.split(",")[0] == "Tides"


def test_a_workbook_without_an_agenda_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        read(tmp_path, xlsx({"People": [["Name", "Mail"], ["Eva Lang", "eva@example.org"]]}))
    assert str(stop.value) == (
        "plan.xlsx is a spreadsheet, but no schedule that is known: "
        "no sheet of it has a column of times beside what happens then"
    )


def test_a_wrong_time_is_told_with_its_cell(tmp_path: Path) -> None:
    _, found = read(
        tmp_path, xlsx({"A": [["Time", "Talk"], ["9:00", "Tides"], ["25:70", "Ships"], ["11:00-10:30", "Cranes"]]})
    )
    assert [(problem.severity, problem.place.cell, problem.rule) for problem in found] == [
        (Severity.ERROR, "A!A3", "agenda.time"),
        (Severity.ERROR, "A!A4", "agenda.range"),
    ]


def test_several_presenters_have_a_column_each(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [
            "SessionId",
            "Date",
            "StartTime",
            "EndTime",
            "Name",
            "Track",
            "Presenter1",
            "Company1",
            "Presenter2",
            "Company2",
        ],
        ["1001", date(2027, 5, 3), time(9), time(10), "Tides", "Sea", "Eva Lang", "ETH", "Tom Hardy", "MIT"],
        ["1002", date(2027, 5, 3), time(10), time(11), "Ships", "Land", "Di Fox", "EPFL", "", ""],
    ]
    agenda, found = read(
        tmp_path, xlsx({"A": rows, "tracks": [["TrackId", "Name"], ["1000", "Sea"], ["1010", "Land"]]})
    )
    assert said(agenda) == ["09:00-10:00 Tides: Eva Lang, Tom Hardy", "10:00-11:00 Ships: Di Fox"]
    assert [person.organisation for person in agenda.people] == ["ETH", "MIT", "EPFL"]
    assert [entry.track for entry in agenda.entries()] == ["Sea", "Land"]
    assert [(problem.place.cell, problem.rule) for problem in found] == [("tracks!A1", "agenda.passed-over")]


def test_days_may_be_counted_in_a_column(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["", "", "Hall 1", "Hall 2"],
        ["1", time(9), "Tides", "Ships"],
        ["", time(10), "Cranes", "Docks"],
        ["", time(11), "Dikes", "Locks"],
        ["2", time(9), "Hills", "Woods"],
        ["", time(10), "Fields", "Farms"],
        ["", time(11), "Roads", "Bridges"],
    ]
    agenda, found = read(tmp_path, xlsx({"A": rows}))
    assert [(day.title, len(list(day.entries()))) for day in agenda.days] == [("1", 6), ("2", 6)]
    assert found == []


def test_somebody_of_a_firm_is_one_person_and_two_names_are_two(tmp_path: Path) -> None:
    rows = '9:00,Tides,Eva Lang\n10:00,Ships,"Tom Hardy, Example Inc."\n11:00,Cranes,"Di Fox, Jo Day"\n'
    agenda, _ = read(tmp_path, f"Time,Title,Speakers\n{rows}")
    names = {person.key: f"{person.name.full} ({person.organisation})" for person in agenda.people}
    assert [[names[cast.person] for cast in entry.cast] for entry in agenda.entries()] == [
        ["Eva Lang ()"], ["Tom Hardy (Example Inc)"], ["Di Fox ()", "Jo Day ()"],
    ]  # fmt: skip
