"""Documents of word processors: their lines, headings, lists and tables as their writers see them; nothing deleted."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_documents import docx, odt, p, packed

from eventprint import documents
from eventprint.packages import Refused
from eventprint.problems import Problems, Stop
from eventprint.read.agenda import Agenda, read_agenda
from eventprint.read.language.lines import mark


def lines(data: bytes) -> list[str]:
    assert documents.is_document(data)
    return documents.text_of(data, "agenda").splitlines()


def cell(text: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("River Days", "Titel") + p("Monday", "berschrift1"), ["# River Days", "# Monday"]),
        (p("A", about='<w:outlineLvl w:val="1"/>') + p(""), ["## A", ""]),
        (
            p("One", about='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
            + p("Two", about='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
            + p("None", about='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
            ["- One", "  - Two", "None"],
        ),
        (
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>10:00</w:t><w:tab/><w:t>Tides</w:t></w:r></w:p>"
            '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>10:30</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr>'
            "<w:t> Dunes</w:t></w:r></w:p>",
            ["**10:00\tTides**", "10:30 Dunes"],
        ),
        ("<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>10:00 Gulls</w:t></w:r></w:p>", ["~~10:00 Gulls~~"]),
        ("<w:p><w:r><w:t>10:00 Tides</w:t><w:br/><w:t>Ada King</w:t></w:r></w:p>", ["10:00 Tides", "Ada King"]),
        (
            "<w:p><w:r><w:t>Now</w:t></w:r><w:del><w:r><w:delText>then</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t> and here</w:t></w:r></w:ins>"
            '<w:r><w:instrText> HYPERLINK "https://x" </w:instrText></w:r>'
            "<w:hyperlink><w:r><w:t>, see</w:t></w:r></w:hyperlink></w:p>",
            ["Now and here, see"],
        ),
        (
            "<w:p><w:r><w:t>Above</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
            + p("In the box")
            + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            + p("In the box")
            + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["Above", "In the box"],
        ),
        ("<w:sdt><w:sdtContent>" + p("Held") + "</w:sdtContent></w:sdt>", ["Held"]),
    ],
)
def test_paragraphs_of_docx(body: str, said: list[str]) -> None:
    assert lines(docx(body)) == said


@given(st.text(st.sampled_from("ab 1*_`~<>[]()#+-|\\&;.!/:amp"), min_size=1))
@example("*** new *** <b> 2 * 3, a_b # c")
@example("&copy; &amp; &#65; <br> \\")
@example("[a](b) ![c](d) `e <f>`_ **g** ~~h~~")
def test_no_sign_in_a_document_is_taken_for_markdown(text: str) -> None:
    (line,) = lines(docx(p(escape(text)))) or [""]
    assert mark(line).text == text.strip()


def test_a_table_of_docx_is_a_line_for_each_row_with_its_merged_cells() -> None:
    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Time") + cell("Hall") + cell("Attic"),
        cell("10:00") + cell("Tides|Ada &amp; Bo", '<w:vMerge w:val="restart"/>') + cell("Dunes"),
        cell("11:00") + cell("", "<w:vMerge/>") + cell("Ships"),
        cell("12:00") + cell("Lunch", '<w:gridSpan w:val="2"/>'),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert lines(docx(table)) == [
        "<table><tr><th>Time</th><th>Hall</th><th>Attic</th></tr>",
        '<tr><td>10:00</td><td rowspan="2">Tides<br>Ada &amp; Bo</td><td>Dunes</td></tr>',
        "<tr><td>11:00</td><td>Ships</td></tr>",
        '<tr><td>12:00</td><td colspan="2">Lunch</td></tr></table>',
    ]


def test_lines_of_odt() -> None:
    styles = (
        '<style:style style:name="P1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Monday</text:h>'
        '<text:p text:style-name="P1">10:00<text:tab/>Tides<text:note><text:p>a note</text:p></text:note></text:p>'
        '<text:p><text:span text:style-name="T1">10:30 Gulls</text:span></text:p>'
        "<text:list><text:list-item><text:p>One<text:line-break/>more</text:p>"
        "<text:list><text:list-item><text:p>Two</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Time</text:p>"
        "</table:table-cell><table:table-cell><text:p>What</text:p></table:table-cell></table:table-row>"
        '</table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>'
        "11:00<text:s text:c='2'/>Tea</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table>"
    )
    assert lines(odt(body, styles)) == [
        "## Monday",
        "**10:00\tTides**",
        "~~10:30 Gulls~~",
        "- One",
        "  more",
        "  - Two",
        "<table><tr><th>Time</th><th>What</th></tr>",
        '<tr><td colspan="2">11:00  Tea</td></tr></table>',
    ]


def read(tmp_path: Path, data: bytes, name: str) -> tuple[Agenda, Problems]:
    (tmp_path / name).write_bytes(data)
    problems = Problems()
    return read_agenda(tmp_path / name, problems, tmp_path), problems


@pytest.mark.parametrize("form", ["docx", "odt", "what it is called does not matter"])
def test_an_agenda_in_a_document_is_read_as_the_same_text(form: str, tmp_path: Path) -> None:
    said = ["Monday, 4 May 2026", "10:00 Tides", "Ada King, ETH", "10:30 Dunes", "Bo Li, Zoo", "11:00 Lunch"]
    if form == "odt":
        data = odt("<text:h>River Days</text:h>" + "".join(f"<text:p>{line}</text:p>" for line in said))
    else:
        data = docx(p("River Days", "Titel") + "".join(map(p, said)))
    agenda, problems = read(tmp_path, data, f"agenda.{form}")
    text, _ = read(tmp_path, "\n".join(["# River Days", *said, ""]).encode(), "agenda.md")
    assert (agenda.title, problems.found) == ("River Days", [])
    assert [(entry.title, str(entry.start)) for entry in agenda.entries()] == [
        ("Tides", "10:00"),
        ("Dunes", "10:30"),
        ("Lunch", "11:00"),
    ]
    assert [person.name.full for person in agenda.people] == [person.name.full for person in text.people]
    assert [(reading.line, reading.taken) for reading in agenda.coverage] == [
        (reading.line, reading.taken) for reading in text.coverage
    ]


def test_a_table_in_a_document_is_an_agenda(tmp_path: Path) -> None:
    rows = ["Time|Title|Speaker", "10:00|Tides|Ada King", "10:30|Lunch|", "11:00|Dunes|Bo Li"]
    table = "".join(f"<w:tr>{''.join(map(cell, row.split('|')))}</w:tr>" for row in rows)
    agenda, _ = read(tmp_path, docx(p("4 May 2026", "berschrift1") + f"<w:tbl>{table}</w:tbl>"), "agenda.docx")
    assert [(str(entry.start), entry.title) for entry in agenda.entries()] == [
        ("10:00", "Tides"),
        ("10:30", "Lunch"),
        ("11:00", "Dunes"),
    ]
    assert [person.name.full for person in agenda.people] == ["Ada King", "Bo Li"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed({"word/document2.xml.rels": "", "word/documentation": ""}), "is damaged: its text is missing"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "declares entities"),
        (docx(p("a" * 21_000_000)), "far more than any document"),
        (docx(p("10:00 Tides"))[:-40], "is damaged: it cannot be unpacked"),
        (docx("<w:p>" * 200 + "</w:p>" * 200), "too deep inside each other"),
    ],
)
def test_what_is_no_document_is_refused_in_a_line(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=why) as stop:
        read(tmp_path, data, "agenda.docx")
    assert "\n" not in stop.value.problem.message


def test_a_document_with_a_password_is_told(tmp_path: Path) -> None:
    locked = bytearray(docx(p("10:00 Tides")))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(head)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(head, at + 1)
    with pytest.raises(Refused, match="needs a password"):
        documents.text_of(bytes(locked), "agenda.docx")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("<table><tr><th>Time</th><th>What</th></tr>", "Time | What"),
        (
            '<tr><td>10:00</td><td rowspan="2">Tides &amp; more<br>Ada</td><td></td></tr></table>',
            "10:00 | Tides & more / Ada | ",
        ),
        ("## Monday", "Monday"),
        ("  - **Tides**", "  - Tides"),
        ("~~10:30 Gulls~~", "10:30 Gulls"),
        ("\\*** new *** 2 \\* 3", "*** new *** 2 * 3"),
    ],
)
def test_a_line_is_shown_as_its_writer_knows_it(line: str, seen: str) -> None:
    assert documents.as_seen(line) == seen


def test_places_in_a_document_are_its_paragraphs(tmp_path: Path) -> None:
    said = ["River Days", "Sunday, 4 May 2026", "10:00 Tides", "Ada King, ETH (tbc)"]
    agenda, problems = read(tmp_path, docx("".join(map(p, said))), "agenda.docx")
    assert [(problem.rule, str(problem.place)) for problem in problems.found] == [
        ("agenda.weekday", "agenda.docx:2"),
        ("agenda.to-be-confirmed", "agenda.docx:4"),
    ]
    assert [str(entry.place) for entry in agenda.entries()] == ["agenda.docx:3"]
    assert [str(person.place) for person in agenda.people] == ["agenda.docx:4"]


@pytest.mark.parametrize(
    ("data", "way_out"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "copy its text into a text file"),
        (b"{\\rtf1\\ansi 10:00 Tides\\par}", "save it again as docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "WordDocument".encode("utf-16-le"),
            "save it again as docx",
        ),
        (packed({"ppt/presentation.xml": "<a/>"}), "export it as docx, xlsx or plain text"),
        (packed({"Index/Document.iwa": "x"}), "export it as docx, xlsx or plain text"),
        (bytes(range(256)), "save the agenda as plain text, Markdown or YAML"),
    ],
)
def test_other_documents_are_refused_with_a_way_out(data: bytes, way_out: str, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"agenda\.doc is no text file") as stop:
        read(tmp_path, data, "agenda.doc")
    assert way_out in stop.value.problem.hint
