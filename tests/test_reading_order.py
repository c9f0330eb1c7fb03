"""What is heard is the agenda, in its order: the tree of tags as pikepdf, PDFium and pdf.js read it.

What the sample must say is written out below from the lines of its agenda; of the other event it is what its maker
wrote down. Faults that veraPDF lets pass are put in, and have to be seen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from unicodedata import bidirectional, normalize

import made_event
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from standards import node, tree, vera
from standards.tree import Node

from eventprint import job
from eventprint.codes import place_code
from eventprint.draw import draw
from eventprint.geometry import Box, Size
from eventprint.job import Built
from eventprint.page import Edition, Link, ListItem, Mark, Page, Role, TableCell, Text, listed
from eventprint.text import Style, shape

pytestmark = pytest.mark.thorough

CROSS = "Cross-regional collaboration in INNOSUP actions implemented under H2020 Programme"
PANORAMA = "The EU raw materials regions panorama"
S3P = (
    "S3P mining industry partnership – Fostering sustainable mining through Regional Innovation Hub of responsible "
    "Mining and Metallurgy Business Solutions"
)
ROLE = "The role of regions in sustainable raw materials sector – EU Circular Cooperation Hub & SRIA"
ALLIANCE = "Interregional cooperation through European Clusters Alliance"
SYMBIOSIS = (
    "Investment in industrial symbiosis and promotion of value for innovative technologies through cooperative "
    "alliances"
)
CHAIN = (
    "Assessment for interregional sustainable mining value chain and opportunities for SMEs Case Outokumpu Mining Hub "
    "– sustainable mining solutions"
)
ECO = "Interregional cooperation in the development of innovation eco-systems for raw materials sector"
FRAME = "Interregional cooperation in the frame of cluster activities"
I3 = "I3 – Interregional Innovation Investments Instrument"
OPEN = "Speaker to be confirmed"

DAY: list[tuple[str, ...]] = [
    ("H1", "The programme in full"),
    ("row", "09:45", "Registration and morning coffee", ""),
    ("row", "10:00", "Welcome", "Santiago Cuesta Lopez, ICAMCyL"),
    ("row", "10:20", CROSS, "Milena Stoyanova, EISMEA"),
    ("row", "10:30", I3, "Valentina Pinna, EISMEA"),
    ("row", "10:50", "Coffee break", ""),
    ("P", "Session I"),
    ("P", "11:00–12:00"),
    ("H2", ECO),
    ("row", "11:00", PANORAMA, OPEN),
    ("row", "", S3P, "Kristiina Jokelainen, SmartNorth"),
    ("row", "", ROLE, "Meng-Chun Lee, GKZ"),
    ("row", "12:00", "Lunch break"),
    ("P", "Session II"),
    ("P", "13:00–14:00"),
    ("H2", FRAME),
    ("row", "13:00", ALLIANCE, "Antonio Novo Guerrero, IDiA"),
    ("row", "", SYMBIOSIS, OPEN),
    ("row", "", CHAIN, "Ilkka Nykänen, Business Joensuu"),
    ("row", "14:00", "Coffee Break"),
    ("P", "Session III"),
    ("P", "14:15–15:30"),
    ("H2", "Panel discussion"),
    ("row", "14:15", "Milena Stoyanova, EISMEA Antonio Novo Guerrero, IDiA Kristiina Jokelainen, SmartNorth"),
    ("row", "15:30", "Closing remark", "Santiago Cuesta Lopez, ICAMCyL"),
]
"""The day in full; a row is time, title, people. Breaks between sessions are tables of two columns."""

GLANCE = [
    ("09:45", "Registration and morning coffee", ""),
    ("10:00", "Welcome", ""),
    ("10:20", CROSS, ""),
    ("10:30", I3, ""),
    ("10:50", "Coffee break", ""),
    ("11:00", ECO, "Session I"),
    ("12:00", "Lunch break", ""),
    ("13:00", FRAME, "Session II"),
    ("14:00", "Coffee Break", ""),
    ("14:15", "Panel discussion", "Session III"),
    ("15:30", "Closing remark", ""),
]

READERS = ("pikepdf", "PDFium", "pdf.js")


@pytest.fixture(scope="module")
def sample_run(print_run: Built) -> Built:
    return print_run


@pytest.fixture(scope="module")
def hard_run(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return job.build(made_event.hard(tmp_path_factory.mktemp("heard")), ["programme", "badges"])


def heard(file: Path, reader: str) -> list[Node]:
    """What a reader tells of a file, page by page where it goes by pages."""
    if reader == "pdf.js":
        return tree.by_pdfjs(node.pdfjs(file)[0])
    return tree.by_pdfium(file.read_bytes()) if reader == "PDFium" else [tree.whole(file.read_bytes())]


def told(nodes: Sequence[Node]) -> list[tuple[str, ...]]:
    """Rows of tables cell by cell, and everything else as its role and its words."""
    return [one for top in nodes for one in _told(top)]


def _told(top: Node) -> Iterator[tuple[str, ...]]:
    if top.role == "TR":
        cells = [kid.said for kid in top.kids if isinstance(kid, Node)]
        if any(cells):  # readers that go by pages name the rows of other pages too, and leave them empty
            yield ("row", *cells)
    elif top.role == "Figure" or any(isinstance(kid, str) for kid in top.kids) or _inline(top):
        yield (top.role, top.said)
    else:
        for kid in top.kids:
            if isinstance(kid, Node):
                yield from _told(kid)


def _inline(top: Node) -> bool:
    return bool(top.kids) and all(isinstance(kid, Node) and kid.role in ("Link", "Span") for kid in top.kids)


def part(all_of_it: list[tuple[str, ...]], first: str, after: str) -> list[tuple[str, ...]]:
    """From one heading up to another, whose line above it is left out too."""
    start, end = (all_of_it.index(("H1", title)) for title in (first, after))
    return all_of_it[start : end - 1]


# The sample


@pytest.mark.parametrize("reader", READERS)
def test_the_day_is_heard_as_the_agenda_has_it(sample_run: Built, reader: str) -> None:
    said = told(heard(sample_run.folder / "online/programme.pdf", reader))
    assert part(said, "The programme in full", "Speakers and moderators") == DAY


@pytest.mark.parametrize("reader", READERS)
def test_the_day_at_a_glance_is_heard_row_by_row(sample_run: Built, reader: str) -> None:
    said = told(heard(sample_run.folder / "online/programme.pdf", reader))
    (heading, *rows) = part(said, "The day at a glance", "The programme in full")
    assert heading == ("H1", "The day at a glance")
    assert [row[1:] for row in rows] == GLANCE


def test_the_headings_are_the_outline_of_the_programme(sample_run: Built) -> None:
    said = told(heard(sample_run.folder / "online/programme.pdf", "pikepdf"))
    people = ["Santiago Cuesta Lopez", "Kristiina Jokelainen", "Meng-Chun Lee", "Antonio Novo Guerrero"]
    people += ["Ilkka Nykänen", "Valentina Pinna", "Milena Stoyanova"]
    headings = [(role, words.partition(",")[0].strip()) for role, words, *_ in said if re.fullmatch("H[1-6]", role)]
    assert headings == [
        ("H1", "MINE.THE.GAP Inter-platform Workshop"),
        ("H1", "Introduction"),
        ("H2", "Good to know"),
        ("H1", "The day at a glance"),
        ("H1", "The programme in full"),
        *(("H2", title) for title in (ECO, FRAME, "Panel discussion")),
        ("H1", "Speakers and moderators"),
        *(("H2", name) for name in people),
        ("H1", "Notes"),
    ]


def test_bookmarks_and_page_labels_are_those_of_the_paper(sample_run: Built) -> None:
    (said,) = node.pdfjs(sample_run.folder / "online/programme.pdf")
    assert said["labels"] == ["", "2", "3", "4", "5", "6", "7", ""]
    assert (said["language"], said["title"]) == ("en", "MINE.THE.GAP Workshop: programme")
    assert said["marked"]["Marked"] is True
    titles = [one["title"] for one in said["bookmarks"]]
    parts = ["Introduction", "Good to know", "The day at a glance", "The programme in full", "Speakers and moderators"]
    assert titles == [*parts, "Notes"]
    day = said["bookmarks"][3]["items"]
    assert [one["title"] for one in day] == [
        *("Welcome", CROSS, I3, f"Session I: {ECO}", f"Session II: {FRAME}", "Session III: Panel discussion"),
        "Closing remark",
    ]
    assert [one["title"] for one in day[3]["items"]] == [PANORAMA, S3P, ROLE]


def test_a_cell_that_names_its_row_or_its_column_says_so(sample_run: Built) -> None:
    """To PDFium, on every page."""
    scopes = {
        name: {cell.scope for page in heard(sample_run.folder / name, "PDFium") for cell in page.all("TH")}
        for name in ("online/programme.pdf", "desk/pile-list.pdf", "venue/placement-list.pdf")
    }
    assert scopes == {
        "online/programme.pdf": {"Row"},
        "desk/pile-list.pdf": {"Column"},
        "venue/placement-list.pdf": {"Column"},
    }


def test_a_list_of_several_pages_is_one_table_whose_headings_are_heard_once(sample_run: Built) -> None:
    whole = tree.whole((sample_run.folder / "desk/pile-list.pdf").read_bytes())
    (table,) = whole.all("Table")
    assert len(table.pages) >= 3
    heads = [row for row in table.all("TR") if [cell.role for cell in row.all("TH")][1:]]
    assert [cell.said for cell in heads[0].all("TH")] == ["No.", "Name", "Organisation", "Role", "Code"]
    assert len(heads) == 1
    numbers = [cell for row in table.rows for cell in row if cell.isdigit()]
    assert numbers == [str(number) for number in range(1, len(sample_run.event.attendees) + 1)]
    assert [one.said for one in whole.all("H1")] == [next(whole.all("H1")).said]


def unread(data: bytes) -> list[list[str]]:
    """The texts of each page that nobody hears."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            textpage = page.get_textpage()
            lost = [
                textpage.get_text_bounded(*mark.get_bounds()).strip()
                for mark in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
                if pdfium.FPDFPageObj_GetMarkedContentID(mark) < 0
            ]
            found.append([text for text in lost if text])
    return found


def test_nobody_hears_page_numbers_and_running_feet_and_everybody_hears_the_rest(sample_run: Built) -> None:
    lost = unread((sample_run.folder / "online/programme.pdf").read_bytes())
    assert lost[0] == lost[-1] == []
    for number, page in enumerate(lost[1:-1], 2):
        assert page[0] == str(number)
        assert page[1].startswith("MINE.THE.GAP Workshop · ")
        assert all("continued" in text for text in page[2:]), page


@pytest.mark.parametrize("reader", READERS)
def test_a_link_is_heard_where_its_words_stand(sample_run: Built, reader: str) -> None:
    """What a person does is a link below the person's name; its name is that of the talk."""
    file = sample_run.folder / "online/programme.pdf"
    links: list[tuple[str, str, str]] = []
    person = ""
    for page in heard(file, reader):
        for one in page.all():
            if one.role == "H2":
                person = one.said.partition(",")[0].strip()
            if one.role == "Link":
                names = [kid.alt for kid in one.kids if isinstance(kid, Node) and kid.role == "OBJR"]
                links.append((person, one.said, names[0] if names else ""))
    assert [(who, words.partition(" · ")[0].removesuffix(" 4").removesuffix(" 5")) for who, words, _ in links][:3] == [
        ("Santiago Cuesta Lopez", "Welcome"),
        ("Santiago Cuesta Lopez", "Closing remark"),
        ("Kristiina Jokelainen", f"{S3P} Session I, 11:00–12:00, talk 2 of 3"),
    ]
    assert len(links) == 11
    if reader != "PDFium":  # which tells of no annotation in its tree
        assert all(words.startswith(name) for _, words, name in links)


@pytest.mark.parametrize("name", ["online/programme.pdf", "desk/pile-list.pdf", "print-shop/job-sheet.pdf"])
def test_nobody_stumbles(sample_run: Built, name: str) -> None:
    assert tree.faults(tree.whole((sample_run.folder / name).read_bytes())) == {}


def test_three_readers_hear_the_same_of_every_file(sample_run: Built) -> None:
    """Letter by letter, but for hyphens at the end of lines, which each tells in its own way.

    On a line with letters from right to left PDFium turns round whole words of others; there any order will do.
    """
    names = ["online/programme.pdf", "desk/pile-list.pdf", "desk/table-tents.pdf", "venue/signs-a4.pdf"]
    files = [sample_run.folder / name for name in names]
    for file, said in zip(files, node.pdfjs(*files), strict=True):
        readings = [letters(told(nodes)) for nodes in (heard(file, "pikepdf"), heard(file, "PDFium"))]
        assert readings[0] == readings[1] == letters(told(tree.by_pdfjs(said))), file.name


def letters(said: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    made = []
    for role, *rest in said:
        bare = [re.sub("[\\s\u00ad\u0002-]", "", words) for words in rest]
        turned = any(bidirectional(letter) in ("R", "AL") for words in bare for letter in words)
        made.append((role, *("".join(sorted(words)) if turned else words for words in bare)))
    return made


# The hard event


def test_the_talks_of_a_day_are_heard_as_time_title_speakers_room(hard_run: Built) -> None:
    """On the day without abstracts, which is read as tables."""
    said = told(heard(hard_run.folder / "online/programme.pdf", "pikepdf"))
    rows = [tuple(normalize("NFC", cell) for cell in row[1:]) for row in said if row[0] == "row" and len(row) == 5]
    organisation = {name: f"{name}, Institute {at + 1}" for at, (_, name) in enumerate(made_event.speakers())}
    talks = made_event.talks()[9:18]
    assert rows == [
        (time, title, normalize("NFC", " ".join(organisation[name] for name in cast)), room)
        for time, title, cast, room in talks
    ]


def test_talks_with_abstracts_are_heard_as_time_title_speakers_room_abstract(hard_run: Built) -> None:
    said = told(heard(hard_run.folder / "online/programme.pdf", "pikepdf"))
    for time, title, cast, room in [*made_event.talks()[:9], *made_event.talks()[18:]]:
        at = said.index(("H3", title))
        assert said[at - 1] == ("P", time)
        names = [words.rpartition(", ")[0] for _, words in said[at + 1 : at + 1 + len(cast)]]
        assert names == [normalize("NFC", name) for name in cast]
        assert said[at + 1 + len(cast)] == ("P", room)
        abstract = said[at + 2 + len(cast) :]
        assert abstract[0][1].startswith("What began in three towns is now known widely")
        roles = [role for role, *_ in abstract[1:12]]
        assert roles == [*["Lbl", "LBody"] * 3, "P", *["Lbl", "LBody"] * 2]


def test_lists_are_lists_with_their_kind(hard_run: Built) -> None:
    whole = tree.whole((hard_run.folder / "online/programme.pdf").read_bytes())
    biographies = sum(bool(person.bio) for person in hard_run.event.people)
    kinds = [one.lists for one in whole.all("L")]
    assert kinds == ["Disc", "Decimal"] * (18 + biographies)
    assert {len([kid for kid in one.kids if isinstance(kid, Node)]) for one in whole.all("L")} == {2, 3}
    assert tree.faults(whole) == {}


def test_the_contents_are_heard_as_contents_and_lead_where_they_say(hard_run: Built) -> None:
    data = (hard_run.folder / "online/programme.pdf").read_bytes()
    whole = tree.whole(data)
    entries = [entry.said for entry in whole.all("TOCI")]
    assert entries[0].startswith("Introduction ")
    assert [entry for entry in entries if entry.startswith("Session ")] == [
        entry for entry in entries if re.fullmatch(r"Session \d: \w+ \d+", entry)
    ]
    assert len([entry for entry in entries if entry.startswith("Session ")]) == 9
    (said,) = node.pdfjs(hard_run.folder / "online/programme.pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = pdf.Root.Names.Dests.Names
        places = {bytes(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
    links = [link for page in said["pages"] for link in page["links"] if link.get("dest")]
    shown = [said["labels"][places[link["dest"].encode()]] for link in links]
    spoken = [link.said for link in whole.all("Link") if not link.said.startswith(("first plant", "(example"))]
    assert [words.rpartition(" ")[2] for words in spoken] == shown
    assert said["labels"][:5] == ["", "ii", "iii", "iv", "1"]
    assert entries[0] == "Introduction iii"


def test_names_from_right_to_left_are_heard_as_they_are_said(hard_run: Built) -> None:
    whole = tree.whole((hard_run.folder / "online/programme.pdf").read_bytes())
    said = [one.said for one in whole.all()]
    for language, name in made_event.speakers():
        if language in ("ar", "he", "fa", "ur"):
            assert any(words.startswith(f"{name}, Institute") for words in said), name


def test_photographs_are_heard_by_name_and_the_logo_as_the_event(hard_run: Built) -> None:
    whole = tree.whole((hard_run.folder / "online/programme.pdf").read_bytes())
    figures = [figure.alt for figure in whole.all("Figure")]
    photographed = {person.name.full for person in hard_run.event.people if person.photo}
    assert figures[0] == "Deep and Dry"
    assert set(figures[1:-1]) == photographed
    assert len(figures[1:-1]) == len(photographed)
    assert figures[-1].startswith("QR code: https://example.org/deep")


# Faults that veraPDF lets pass


def words(y: float, text: str, role: Role = Role.P, **more: object) -> Text:
    return Text(10, y, shape(text, Style()), 10, role=role, **more)  # type: ignore[arg-type]


def table(number: int, top: float, *rows: str, first: int = 0) -> list[Mark]:
    """A row of headings and rows of cells."""
    marks: list[Mark] = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.split("|")):
            role = Role.HEADER if at == 0 else Role.CELL
            text = words(top + 20 * at, cell, role, cell=TableCell(number, first + at, column))
            marks.append(replace(text, x=10 + 100 * column))
    return marks


def screen(*pages: Sequence[Mark]) -> bytes:
    made = [Page(Size(300, 400), tuple(marks)) for marks in pages]
    return draw(made, edition=Edition.SCREEN, title="A title", language="en")


TITLE = words(20, "A day", Role.H1)
ROWS = ("Time|Title", "10:00|Welcome", "11:00|Coffee")


def test_a_good_file_is_heard_well() -> None:
    linked = [words(150, "more", block=3), Link(Box(0, 140, 100, 14), "https://example.org", "more")]
    label = listed((words(180, "•"),), ListItem(1, 5), Role.LABEL)
    item = listed((words(180, "bring a question", block=7),), ListItem(1, 5))
    good = screen([TITLE, *table(1, 50, *ROWS), *linked, *label, *item])
    assert vera.judge(good, "PDF/UA-1") == {}
    assert tree.faults(tree.whole(good)) == {}
    assert told([tree.whole(good)]) == [
        ("H1", "A day"),
        *(("row", *row.split("|")) for row in ROWS),
        ("P", "more"),
        ("Lbl", "•"),
        ("LBody", "bring a question"),
    ]


def heading_on_each_page() -> bytes:
    """One table over two pages whose headings are drawn, and read, on both."""
    return screen([TITLE, *table(1, 50, *ROWS)], table(1, 20, *ROWS, first=10))


def tables_with_one_heading() -> bytes:
    return screen([TITLE, *table(1, 50, *ROWS)], table(2, 20, *ROWS))


def link_after_everything() -> bytes:
    """The link lies where no words are."""
    return screen([TITLE, words(150, "more"), Link(Box(0, 300, 100, 14), "https://example.org", "more")])


def bullet_in_a_paragraph() -> bytes:
    return screen([TITLE, words(50, "• bring a question", block=3)])


def heading_of_nothing() -> bytes:
    return spoiled(screen([TITLE, words(50, "Welcome", Role.H2)]), empty_heading)


def figure_without_a_place() -> bytes:
    code = place_code("https://example.org", Box(20, 150, 90, 90))
    return spoiled(screen([TITLE, code]), lambda pdf: elements(pdf, "/Figure")[0].__delitem__("/A"))


def figure_with_empty_words() -> bytes:
    code = place_code("https://example.org", Box(20, 150, 90, 90))
    return spoiled(screen([TITLE, code]), lambda pdf: elements(pdf, "/Figure")[0].__setitem__("/Alt", " "))


def empty_heading(pdf: pikepdf.Pdf) -> None:
    """Its words are read as a paragraph, and the heading has none."""
    heading, body = elements(pdf, "/H2")[0], pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P)
    body.P, body.K, body.Pg = heading.P, heading.K, heading.Pg
    body = pdf.make_indirect(body)
    heading.P.K.append(body)
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][1] = body
    heading.K = pikepdf.Array([])


def spoiled(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out := io.BytesIO())
    return out.getvalue()


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The tags of a kind, in the order of the tree."""
    found = []
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        one = waiting.pop(0)
        if str(one.S) == kind:
            found.append(one)
        waiting[:0] = [kid for kid in one.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (heading_on_each_page, "headings read twice"),
        (tables_with_one_heading, "headings read twice"),
        (link_after_everything, "a link without its words"),
        (bullet_in_a_paragraph, "an item outside a list"),
        (heading_of_nothing, "a heading without words"),
        (figure_without_a_place, "a figure without its place"),
        (figure_with_empty_words, "a figure without words"),
    ],
)
def test_what_no_validator_minds_is_seen(make: Callable[[], bytes], named: str) -> None:
    data = make()
    assert vera.judge(data, "PDF/UA-1") == {}
    assert set(tree.faults(tree.whole(data))) == {named}


def two_rows_changed(pdf: pikepdf.Pdf) -> None:
    rows = elements(pdf, "/Table")[1].K
    first, second = rows[1], rows[2]
    rows[1], rows[2] = second, first


def speaker_before_title(pdf: pikepdf.Pdf) -> None:
    cells = elements(pdf, "/Table")[1].K[1].K
    title, speaker = cells[1], cells[2]
    cells[1], cells[2] = speaker, title


def session_after_its_talks(pdf: pikepdf.Pdf) -> None:
    document = elements(pdf, "/Document")[0]
    heading = next(one for one in elements(pdf, "/H2")[1:] if "/K" in one)
    at = next(number for number, kid in enumerate(document.K) if kid.objgen == heading.objgen)
    one, other = document.K[at], document.K[at + 1]
    document.K[at], document.K[at + 1] = other, one


def a_row_left_out(pdf: pikepdf.Pdf) -> None:
    table = elements(pdf, "/Table")[1]
    del table.K[3]


@pytest.mark.parametrize("change", [two_rows_changed, speaker_before_title, session_after_its_talks, a_row_left_out])
def test_another_order_is_not_that_of_the_agenda(
    sample_run: Built, change: Callable[[pikepdf.Pdf], object], tmp_path: Path
) -> None:
    """veraPDF has nothing against any order, and only one against a tag whose words are lost."""
    data = spoiled((sample_run.folder / "online/programme.pdf").read_bytes(), change)
    if change is not a_row_left_out:
        assert vera.judge(data, "PDF/UA-1") == {}
    said = told([tree.whole(data)])
    assert part(said, "The programme in full", "Speakers and moderators") != DAY
    untouched = spoiled((sample_run.folder / "online/programme.pdf").read_bytes(), lambda pdf: None)
    assert part(told([tree.whole(untouched)]), "The programme in full", "Speakers and moderators") == DAY
