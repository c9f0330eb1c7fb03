"""Tables: CSV as spreadsheets write it, every cell with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint import sheets
from eventprint.problems import Place, Problems, Severity


def tabled(source: str) -> tuple[list[list[str]], list[str]]:
    problems = Problems()
    table = sheets.parse_table(source, "a.csv", problems)
    rows = [list(table.headings), *(list(row.cells) for row in table.rows)]
    return rows, [f"{p.place}: {p.message}" for p in problems.found]


WRITTEN = [["Name", "Organisation", "Note"], ["Zoë Müller", "Grün & Söhne", "a, b; c\td"], ["O'Brien", 'Say "Æ"', ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_gives_the_same_table(tmp_path: Path, encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(WRITTEN)
    (tmp_path / "list.csv").write_bytes(out.getvalue().encode(encoding))
    problems = Problems()
    table = sheets.table(tmp_path / "list.csv", problems, tmp_path)
    assert table is not None
    assert [list(table.headings), *(list(row) for row in table.rows)] == WRITTEN
    warned = [(str(problem.place), problem.severity) for problem in problems.found]
    assert warned == ([("list.csv:2:3", Severity.WARNING)] if encoding == "cp1252" else [])


def test_the_place_of_a_cell() -> None:
    table = sheets.parse_table('A;B;C\n1;2;3\n\n"x\ny";"p";q\n1;2\n', "a.csv", Problems())
    assert table.rows[0].place(2) == Place("a.csv", 2, 5, "C2", "C")
    assert table.rows[1].place() == Place("a.csv", 4)
    assert table.rows[1].place(0) == Place("a.csv", 4, 2, "A4", "A")
    assert table.rows[1].place(2) == Place("a.csv", 5, 8, "C4", "C")
    assert table.rows[2].place(1) == Place("a.csv", 6, 3, "B5", "B")
    assert (table.rows[2][2], table.rows[2].place(2)) == ("", Place("a.csv", 6, 0, "C5", "C"))


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_spreadsheets_name_them(index: int, name: str) -> None:
    assert sheets.column_name(index) == name


def test_line_ends_of_every_system_and_the_delimiter_line() -> None:
    assert tabled("A,B\r\n1,2\r\n")[0] == tabled("A,B\r1,2\r")[0] == tabled("A,B\n1,2")[0] == [["A", "B"], ["1", "2"]]
    assert tabled("sep=;\nA,B;C\n1;2\n")[0] == [["A,B", "C"], ["1", "2"]]


@pytest.mark.parametrize("source", ['A,B\n1,"open\n2,x\n', 'A,B\n1,"open\n2,"x"\n', 'A,B\n1,"open\n2,x,\n"3","y"\n'])
def test_an_unclosed_quote_costs_one_cell(source: str) -> None:
    rows, problems = tabled(source)
    assert rows[1] == ["1", '"open']
    assert rows[2][:2] == ["2", "x"]
    assert problems == ["a.csv:2:3: this quote is never closed"]


def test_a_row_that_is_too_long_is_reported_at_its_first_cell_too_many() -> None:
    assert tabled("A,B\n1,2,3\n") == (
        [["A", "B"], ["1", "2", "3"]],
        ["a.csv:2:5: row 2 has more cells than there are headings"],
    )
    assert tabled("A,B\n1,2,,\n")[1] == []


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('",;\t\n'), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    written = [["One", "Two", "Three"], *(row for row in rows if any(cell.strip() for cell in row))]
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(written)
    assert tabled(out.getvalue()) == (written, [])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='a",;\t\n\r\0é ', max_size=60))
def test_no_table_breaks_the_reader(source: str) -> None:
    problems = Problems()
    table = sheets.parse_table(source, "a.csv", problems)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            place = row.place(column)
            first = cell.split("\n")[0].split('"')[0]
            assert lines[place.line - 1][place.column - 1 :].replace('"', "").startswith(first)
