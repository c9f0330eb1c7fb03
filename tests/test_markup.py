"""XML and HTML as elements with places: what is whole is read, faults are told, nothing grows out of proportion."""

from __future__ import annotations

import tracemalloc

import pytest
from effort import ending

from eventprint.markup import DEPTH, encoding, html, parse


def test_elements_know_where_they_stand() -> None:
    root = parse('<?xml version="1.0"?>\n<a>\n  <b id="1">né &amp; <c>x</c>y</b></a>', "s.xml").root
    assert root is not None
    b = root.elements[0]
    assert (b.name, b.line, b.column, b.get("id"), b.text()) == ("b", 3, 3, "1", "né & xy")
    assert str(b.elements[0].place) == "s.xml:3:22"


def test_prefixes_are_left_out_and_names_of_letters_known() -> None:
    root = parse('<x:a xmlns:x="urn:x" x:k="v">&nbsp;&eacute;&nothing;</x:a>', "s.xml").root
    assert root is not None
    assert (root.name, root.get("k"), root.text()) == ("a", "v", "é&nothing;")


@pytest.mark.parametrize(
    ("text", "fault", "line", "column"),
    [
        ("<a>\n<b>R & D</b></a>", "& as &amp;", 2, 7),
        ("<a>\n<b>x</a>", "closed that is not the one opened last", 2, 7),
        ("<a>\n<b>x</b>", "ends in the middle", 2, 9),
        ("<a>\n<b>x</b><c", "ends in the middle", 2, 9),
        ("<a/>\n<b/>", "after the end", 2, 1),
    ],
)
def test_the_first_fault_is_told_in_its_place_and_the_rest_is_read(
    text: str, fault: str, line: int, column: int
) -> None:
    document = parse(text, "s.xml")
    assert fault in document.fault
    assert (document.place.line, document.place.column) == (line, column)
    assert document.root is not None
    assert [element.name for element in document.root.walk()] == (["b"] if "<b>" in text else [])


def test_what_the_end_of_the_file_cuts_off_is_not_whole() -> None:
    root = parse("<a><b>one</b><b>tw", "s.xml").root
    assert root is not None
    assert [(b.text(), b.whole) for b in root.all("b")] == [("one", True), ("tw", False)]


def test_html_that_was_not_escaped_costs_nothing_else() -> None:
    root = parse("<a><b><p>one<br>two</b><b>three</b></a>", "s.xml").root
    assert root is not None
    assert [b.text() for b in root.all("b")] == ["onetwo", "three"]


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.org/b.dtd"> %b;]><a/>',
    ],
)
def test_entities_of_its_own_are_refused(bomb: str) -> None:
    document = parse(bomb, "s.xml")
    assert "declares entities" in document.fault
    assert document.root is None


def test_a_foreign_document_type_is_passed_over() -> None:
    document = parse('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a>x</a>', "s.xml")
    assert (document.fault, document.root is not None) == ("", True)


def test_elements_stand_no_deeper_than_a_schedule_needs() -> None:
    assert parse("<a>" * DEPTH + "</a>" * DEPTH, "s.xml").fault == ""
    assert "too deep" in parse("<a>" * 5000 + "</a>" * 5000, "s.xml").fault


def test_a_blank_line_before_the_declaration_harms_nobody() -> None:
    document = parse('\n <?xml version="1.0"?><a/>', "s.xml")
    assert (document.fault, document.place.line) == ("", 0)


def test_the_declared_encoding() -> None:
    assert encoding(b'<?xml version="1.0" encoding="ISO-8859-15"?><a/>') == "iso-8859-15"
    assert encoding(b"<a/>") == ""


def test_html_is_read_as_browsers_do() -> None:
    root = html(
        "<!doctype html><ul><li>one<li class=x>two &amp; three<br>four</ul><p>a<p>b<script>if (1<2)</script>", "p"
    ).root
    assert root is not None
    assert [item.text() for item in root.walk("li")] == ["one", "two & threefour"]
    assert [item.text() for item in root.walk("p")] == ["a", "bif (1<2)"]
    assert root.first("ul").all("li")[1].get("class") == "x"  # type: ignore[union-attr]


def test_rows_and_cells_end_where_the_next_begins() -> None:
    root = html("<table><tr><td>1<td>2<tr><td>3<td><table><tr><td>inner</table></table>", "p").root
    assert root is not None
    table = root.elements[0]
    assert [[cell.text() for cell in row.all("td")] for row in table.all("tr")] == [["1", "2"], ["3", "inner"]]


UGLY = [
    "<a ",
    '<a "',
    "<a x='",
    "<a",
    "<p>",
    "<!--",
    "<![CDATA[",
    "<script>",
    "</a>",
    "&",
    "<li>",
    "<tr><td>",
    "<p><a href=x>",
]
UGLY += ["<p> \n \n", "<style></style", "<br/>" + " " * 50, "<a href=' \"> "]


@pytest.mark.parametrize("piece", UGLY)
def test_any_text_is_read_to_its_end(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    with ending():
        parse(text, "x")
        html(text, "x")


def test_many_small_elements_do_not_fill_the_memory() -> None:
    text = "<a>" + "<b/>" * 400_000 + "</a>"
    tracemalloc.start()
    document = parse(text, "x")
    assert tracemalloc.get_traced_memory()[1] < 20 * len(text) + 20_000_000
    tracemalloc.stop()
    assert "more elements" in document.fault
