"""Tables: CSV as spreadsheets write it, every cell with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import made_workbooks as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint import sheets
from eventprint.problems import Place, Problems, Severity, Stop


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


# Workbooks


DATES = (
    '<row r="1"><c r="A1" s="1"><v>45356</v></c><c r="B1" s="2"><v>45356.395833333336</v></c>'
    '<c r="C1" s="3"><v>0.395833333333333</v></c><c r="D1" t="b"><v>0</v></c><c r="E1" t="e"><v>#N/A</v></c>'
    '<c r="F1"><v>12345678901234567</v></c><c r="G1"><v>1.5</v></c><c r="H1" s="4"><v>1.0416666666666667</v></c>'
    '<c r="I1" t="str"><f>1+1</f><v>two</v></c><c r="J1"><f>6*7</f><v>42</v></c></row>'
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
"""Built-in formats 14, 22 and 20 are a date, a date with its time and a time (ECMA-376, part 1, 18.8.30)."""


def styled(rows: str) -> bytes:
    parts = made.xlsx_parts(f"<sheetData>{rows}</sheetData>")
    relation = parts["xl/_rels/workbook.xml.rels"]
    kind = relation.partition('Type="')[2].partition("/worksheet")[0]
    more = f'<Relationship Id="rId9" Type="{kind}/styles" Target="styles.xml"/></Relationships>'
    return made.zipped(
        parts | {"xl/styles.xml": STYLES, "xl/_rels/workbook.xml.rels": relation.replace("</Relationships>", more)}
    )


def test_values_of_a_workbook_are_as_they_would_be_read_aloud() -> None:
    (sheet,) = sheets.workbook(styled(DATES), "a.xlsx")
    assert sheet.rows == (
        ("2024-03-05", "2024-03-05 09:30", "09:30", "no", "", "1.2345678901234568e+16", "1.5", "25:00", "two", "42"),
    )


def test_values_of_an_open_workbook() -> None:
    cells = (
        '<table:table-cell office:value-type="date" office:date-value="2024-03-05"><text:p>5.3.24</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>9</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="12345"><text:p>12.345</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p></table:table-cell>'
    )
    data = made.zipped(made.ods_parts(f"<table:table-row>{cells}</table:table-row>"))
    assert sheets.workbook(data, "a.ods")[0].rows == (("2024-03-05", "09:30", "yes", "12345", "a\nb"),)


def test_cells_stand_where_they_are_however_empty_the_rest_is() -> None:
    rows = [["", "", ""], ["", "", ""], ["", "", "Name"], ["", "", ""], ["", "x", "y"]]
    for data in (made.xlsx(rows), made.ods(rows), made.xls(rows)):
        (sheet,) = sheets.workbook(data, "a")
        assert (sheet[2, 2], sheet[4, 1], sheet[4, 2], len(sheet.rows)) == ("Name", "x", "y", 5)
        assert sheet.place(4, 2) == Place("a", cell="S!C5")


def test_merged_cells_are_told() -> None:
    row = f'<row r="1">{made.cell("A1", "Title")}</row><row r="2">{made.cell("C2", "x")}</row>'
    parts = made.xlsx_parts(f'<sheetData>{row}</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>')
    assert sheets.workbook(made.zipped(parts), "a")[0].merged == ((0, 0, 0, 2),)


def hidden(data: dict[str, str]) -> bytes:
    state = 'sheetId="1" state="hidden"'
    return made.zipped(data | {"xl/workbook.xml": data["xl/workbook.xml"].replace('sheetId="1"', state)})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (made.xlsx([["Name"], ["A"]])[:300], "damaged"),
        (b"", "is no spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
        (hidden(made.xlsx_parts("<sheetData/>")), "hidden sheets alone"),
    ],
)
def test_what_is_no_workbook_to_read_is_told_in_one_line_with_a_hint(data: bytes, says: str) -> None:
    with pytest.raises(Stop) as stop:
        sheets.workbook(data, "list.xlsx")
    assert says in str(stop.value)
    assert stop.value.problem.hint
    assert stop.value.problem.place.file == "list.xlsx"


def test_a_text_that_many_cells_show_is_kept_once_or_refused() -> None:
    def shown(letters: int, cells: int) -> bytes:
        rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
        parts = made.xlsx_parts(f"<sheetData>{rows}</sheetData>")
        relation = parts["xl/_rels/workbook.xml.rels"]
        kind = relation.partition('Type="')[2].partition("/worksheet")[0]
        more = f'<Relationship Id="rId9" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"><si><t>{"x" * letters}</t></si></sst>'
        parts["xl/_rels/workbook.xml.rels"] = relation.replace("</Relationships>", more)
        return made.zipped(parts)

    (sheet,) = sheets.workbook(shown(1000, 3000), "a")
    assert len({id(row[0]) for row in sheet.rows}) == 1
    with pytest.raises(Stop, match="a long text in far more cells"):
        sheets.workbook(shown(32_000, 20_000), "a")


def test_a_row_repeated_a_million_times_is_refused() -> None:
    row = f'<table:table-row table:number-rows-repeated="1000000">{made.open_cell("Ada")}</table:table-row>'
    with pytest.raises(Stop, match="repeats one row 1,000,000 times"):
        sheets.workbook(made.zipped(made.ods_parts(row)), "a")


def test_a_workbook_that_a_library_chokes_on_is_one_line_too(capfd: pytest.CaptureFixture[str]) -> None:
    rows = [["Name", "Organisation"], *([f"Person {number}", "ETH"] for number in range(9))]
    whole = made.xls(rows)
    choked = 0
    for at in range(512, len(whole), 7):
        for value in (70, 182, 211):
            try:
                sheets.workbook(whole[:at] + bytes([value]) + whole[at + 1 :], "a.xls")
            except Stop as stop:
                choked += "is damaged: it is no spreadsheet" in str(stop)
    assert choked
    assert capfd.readouterr() == ("", "")
