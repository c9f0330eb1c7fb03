"""The programme booklet, read back from the drawn file by another library, and measured as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from conftest import copy_of_the_sample

from eventprint import compose
from eventprint.booklet import roman
from eventprint.draw import draw
from eventprint.event import Cast, Day, Duty, Entry, Event, Kind, Name, Person, Product, Service, Session, Time
from eventprint.geometry import Box, mm
from eventprint.page import Anchor, Code, Edition, Group, Leaf, Link, Page, Picture, Role, Shape, Text, place_box, walk
from eventprint.preflight import preflight, spec
from eventprint.problems import Problems
from eventprint.read import read
from eventprint.records import parse

AGENDA = """
09:45 Registration and morning coffee
10:00 Welcome | Santiago Cuesta Lopez, ICAMCyL
10:20 Cross-regional collaboration in INNOSUP actions implemented under H2020 Programme | Milena Stoyanova, EISMEA
10:30 I3 – Interregional Innovation Investments Instrument | Valentina Pinna, EISMEA
10:50 Coffee break
Session I Interregional cooperation in the development of innovation eco-systems for raw materials sector
11:00 The EU raw materials regions panorama | Speaker to be confirmed
S3P mining industry partnership – Fostering sustainable mining through Regional Innovation Hub of responsible Mining \
and Metallurgy Business Solutions | Kristiina Jokelainen, SmartNorth
The role of regions in sustainable raw materials sector – EU Circular Cooperation Hub & SRIA | Meng-Chun Lee, GKZ
12:00 Lunch break
Session II Interregional cooperation in the frame of cluster activities
13:00 Interregional cooperation through European Clusters Alliance | Antonio Novo Guerrero, IDiA
Investment in industrial symbiosis and promotion of value for innovative technologies through cooperative alliances \
| Speaker to be confirmed
Assessment for interregional sustainable mining value chain and opportunities for SMEs Case Outokumpu Mining Hub – \
sustainable mining solutions | Ilkka Nykänen, Business Joensuu
14:00 Coffee Break
Session III Panel discussion
14:15 Milena Stoyanova, EISMEA Antonio Novo Guerrero, IDiA Kristiina Jokelainen, SmartNorth
15:30 Closing remark | Santiago Cuesta Lopez, ICAMCyL
"""
"""The sample's agenda as it must be read in the programme in full, written down by hand."""

TIMES = {"09:45", "10:00", "10:20", "10:30", "10:50", "11:00", "12:00", "13:00", "14:00", "14:15", "15:30"}


# What is looked at


def made(event: Event) -> tuple[tuple[Page, ...], Problems]:
    problems = Problems()
    composed = compose.compose(event, Product("programme", "programme"), problems)
    return composed.pages, problems


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    return read(copy_of_the_sample(tmp_path_factory.mktemp("programme")), Problems(), secret=True)


@pytest.fixture(scope="module")
def booklet(sample: Event) -> tuple[Page, ...]:
    pages, problems = made(sample)
    assert problems.found == []
    return pages


@pytest.fixture(scope="module")
def conference(sample: Event) -> Event:
    """Three days in two rooms, sixty talks with abstracts, forty people with biographies."""
    words = ["region", "mining", "policy", "material", "cluster", "innovation", "value", "chain", "finance", "water"]

    def prose(length: int, start: int) -> str:
        return " ".join(words[(start + n * 5 + n // 7) % len(words)] for n in range(length // 8)).capitalize() + "."

    people = tuple(
        Person(
            f"p{n}", Name(f"Given{n} Family{n:02d}", f"Given{n}", f"Family{n:02d}", f"Family{n:02d}"), bio=prose(300, n)
        )
        for n in range(40)
    )
    days = []
    for day in range(3):
        blocks: list[Session | Entry] = []
        for number in range(4):
            minutes = 9 * 60 + (number // 2) * 150
            talks = tuple(
                Entry(
                    f"Talk {day}.{number}.{at} on {prose(40 + 13 * at, day + at)}",
                    start=clock(minutes + 25 * at),
                    cast=(Cast(f"p{(day * 20 + number * 5 + at) % 40}"),),
                    abstract=prose(600, at),
                )
                for at in range(5)
            )
            chair = (Cast(f"p{number}", Duty.CHAIR),)
            room, label = f"Hall {number % 2 + 1}", f"Session {day + 1}.{number + 1}"
            blocks.append(Session(label, prose(60, number), talks, chair, room, clock(minutes), clock(minutes + 125)))
            if number == 1:
                blocks.append(Entry("Lunch", Kind.BREAK, clock(minutes + 125), service=Service.LUNCH))
        days.append(Day(tuple(blocks), date(2027, 5, 11 + day)))
    introduction = prose(1500, 3)
    return replace(
        sample, days=tuple(days), people=people, cast=(), introduction=introduction, link="https://example.org/2027"
    )


@pytest.fixture(scope="module")
def thick(conference: Event) -> tuple[Page, ...]:
    pages, problems = made(conference)
    assert problems.found == []
    return pages


def clock(minutes: int) -> Time:
    return Time(minutes, f"{minutes // 60:02d}:{minutes % 60:02d}")


def read_back(pages: Sequence[Page]) -> list[str]:
    """The text of each page as a reader of the screen edition gives it, white space made single."""
    pdf = pypdfium2.PdfDocument(draw(pages, edition=Edition.SCREEN, title="Programme", language="en"))
    texts = []
    for page in pdf:
        text = page.get_textpage()
        texts.append(" ".join(text.get_text_bounded().replace("\ufffe", "-").split()))
        text.close()
        page.close()
    pdf.close()
    return texts


def marks(page: Page) -> Iterator[tuple[Leaf, Box]]:
    """Every mark but anchors, with its box on the page."""
    for mark, matrix in walk(page.marks):
        if not isinstance(mark, Anchor):
            yield mark, place_box(mark.box, matrix)


def texts(page: Page) -> list[tuple[Text, Box]]:
    return [(mark, box) for mark, box in marks(page) if isinstance(mark, Text)]


def numbers(pages: Sequence[Page]) -> Iterator[tuple[Page, str, str, str]]:
    """What refers to another page: where, the number printed, the anchor and the words."""
    for page in pages:
        before: Leaf | None = None
        for mark, _ in marks(page):
            if isinstance(mark, Link) and mark.target.startswith("#"):
                assert isinstance(before, Text)
                yield page, before.line.text, mark.target[1:], mark.label
            before = mark


def place_of(pages: Sequence[Page]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for mark, _ in walk(page.marks):
            if isinstance(mark, Anchor):
                assert mark.name not in found, f"two places are called {mark.name}"
                found[mark.name] = number
    return found


# The sample


def test_the_sample_is_two_sheets(booklet: tuple[Page, ...]) -> None:
    names = [page.name for page in booklet]
    full = "The programme in full"
    assert names == [
        *("Cover", "Introduction", "The day at a glance", full, full),
        *("Speakers and moderators", "Notes", "Back cover"),
    ]
    assert [page.label for page in booklet] == ["", "2", "3", "4", "5", "6", "7", ""]
    assert {str(page.size) for page in booklet} == {"148 × 210 mm"}
    assert {page.bleed for page in booklet} == {3 * mm}


def test_the_programme_in_full_is_the_agenda_word_for_word(booklet: tuple[Page, ...]) -> None:
    body = " ".join(
        " ".join(m.line.text for m, _ in texts(page) if m.role is not Role.ARTIFACT) for page in booklet[3:5]
    )
    ranges = {f"{label} {times} ": f"{label} " for label, times in zip(("I", "II", "III"), RANGES, strict=True)}
    for said, agenda in ranges.items():
        assert body.count(said) == 1
        body = body.replace(said, agenda)
    assert body.removeprefix("Wednesday 11 May 2022 The programme in full ") == " ".join(
        AGENDA.replace("|", "").split()
    )


RANGES = ("11:00–12:00", "13:00–14:00", "14:15–15:30")


def test_another_library_reads_every_line_of_the_agenda_in_order(booklet: tuple[Page, ...]) -> None:
    text = " ".join(read_back(booklet)[3:5])
    at = 0
    for line in re.split(r"[|\n]", AGENDA):
        time, words = re.fullmatch(r"(\d\d:\d\d|Session I+)? ?(.*)", line.strip()).groups()  # type: ignore[union-attr]
        for part in filter(None, (time, words)):
            found = text.find(" ".join(part.split()), at)
            assert found >= 0, f"{part!r} is missing, or out of order"
            at = found + len(part)


def test_the_front_matter_is_as_written(booklet: tuple[Page, ...], sample: Event) -> None:
    pages = read_back(booklet)
    assert pages[0].startswith("MINE.THE.GAP Inter-platform Workshop Challenges and Opportunities for Interregional")
    assert sample.subtitle in pages[0]
    assert "Wednesday 11 May 2022 Hilton Grand Place Brussels" in pages[0]
    assert sample.introduction in pages[1]
    for fact in (
        "Date Wednesday 11 May 2022",
        "Venue Hilton Grand Place Brussels (live)",
        "Format Physical Online speakers join by Microsoft Teams",
        "Moderator Santiago Cuesta Lopez, ICAMCyL",
        "Organised by DIGIPOLIS",
        "With support from GKZ, ICAMCyL, ISMC",
    ):
        assert fact in pages[1]
    assert "Consortium of MINE.THE.GAP" in pages[7]


def test_no_time_is_printed_that_is_not_in_the_agenda(booklet: tuple[Page, ...]) -> None:
    assert set(re.findall(r"\d\d?[:.]\d\d", " ".join(read_back(booklet)))) == TIMES


def test_at_a_glance_every_time_stands_once(booklet: tuple[Page, ...]) -> None:
    assert re.findall(r"\d\d:\d\d", read_back(booklet)[2]) == sorted(TIMES)


def test_nobody_is_called_tbc_and_no_label_became_a_talk(booklet: tuple[Page, ...]) -> None:
    text = " ".join(read_back(booklet))
    assert "TBC" not in text
    assert "Panel speakers" not in text
    assert text.count("Speaker to be confirmed") == 2


def test_speakers_stand_by_their_family_names(booklet: tuple[Page, ...]) -> None:
    names = [m.line.text for m, _ in texts(booklet[5]) if m.role is Role.H2 and m.size == 11]
    assert names == [
        *("Santiago Cuesta Lopez", "Kristiina Jokelainen", "Meng-Chun Lee", "Antonio Novo Guerrero"),
        *("Ilkka Nykänen", "Valentina Pinna", "Milena Stoyanova"),
    ]


def test_a_talk_without_its_own_time_is_told_by_its_session(booklet: tuple[Page, ...]) -> None:
    text = read_back(booklet)[5]
    assert "Session I, 11:00–12:00, talk 2 of 3" in text
    assert "Session II, 13:00–14:00, talk 3 of 3" in text
    assert "13:00 Interregional cooperation through European Clusters Alliance · Session II, talk 1 of 3" in text


def test_the_page_of_each_appearance_is_right(booklet: tuple[Page, ...]) -> None:
    written = read_back(booklet)
    referred = list(numbers(booklet))
    assert len(referred) == 11  # twelve mentions, but the moderator's day has no page of its own
    for _, printed, _, title in referred:
        assert title.removeprefix("Session III: ") in written[int(printed) - 1]


# Typography


def test_what_begins_together_stands_together_with_its_room_beside_it(sample: Event) -> None:
    entries = tuple(
        Entry(title, kind, clock(at), clock(at + 30), True, room=room)
        for title, kind, at, room in (
            ("Tides", Kind.TALK, 600, "Aula"),
            ("Ships", Kind.TALK, 600, "Hall B"),
            ("Coffee", Kind.BREAK, 630, "Aula"),
            ("Coffee", Kind.BREAK, 630, "Hall B"),
        )
    )
    pages, _ = made(replace(sample, days=(Day(entries, title="Monday"),), people=(), cast=()))
    glance = next(page for page in pages if "The day at a glance" in read_back([page])[0])
    placed = {text.line.text: box for text, box in texts(glance)}
    tides, ships, aula = placed["Tides"], placed["Ships"], placed["Aula"]
    assert tides.y < aula.y + aula.height / 2 < tides.bottom
    assert aula.x == placed["Hall B"].x > max(tides.right, ships.right)
    assert read_back([glance])[0].count("Coffee") == 1
    rules = [box.y for leaf, box in marks(glance) if isinstance(leaf, Shape) and box.width > 60 * mm and box.height < 1]
    assert [y for y in rules if y < tides.y]
    assert not [y for y in rules if tides.y < y < ships.y]


def test_times_beside_a_long_title_and_links_in_an_abstract_are_heard_in_order(sample: Event) -> None:
    title = "Ada and the Zangemann: a tale of software, skateboards, raspberry ice cream and of who may repair them"
    abstract = "Read the book at [its page](https://example.org/book) before you come, and bring questions about it."
    entry = Entry(title, Kind.TALK, clock(600), clock(650), True, abstract=abstract)
    pages, _ = made(replace(sample, days=(Day((entry, replace(entry, abstract=""))),), people=(), cast=()))
    drawn = draw(pages, edition=Edition.SCREEN, title="Programme", language="en")
    assert "PF-070i" not in {fault.rule for fault in preflight(drawn, spec("online")).faults}


@pytest.fixture(scope="module")
def both(booklet: tuple[Page, ...], thick: tuple[Page, ...]) -> list[Page]:
    return [*booklet, *thick]


def test_text_keeps_three_millimetres_from_the_trim(both: list[Page]) -> None:
    for page in both:
        for mark, box in texts(page):
            assert page.trim.inset(3 * mm).contains(box), mark.line.text


def test_nothing_lies_over_anything(both: list[Page]) -> None:
    for page in both:
        placed = texts(page)
        for at, (mark, box) in enumerate(placed):
            # Ink of neighbouring lines may interlock, so boxes are looked at without ascenders and descenders.
            core = Box(box.x, mark.y - 0.4 * mark.size, box.width, 0.4 * mark.size)
            for other, beside in placed[at + 1 :]:
                if abs(other.y - mark.y) < 40:
                    under = Box(beside.x, other.y - 0.4 * other.size, beside.width, 0.4 * other.size)
                    assert not core.intersects(under), f"{mark.line.text!r} and {other.line.text!r} on {page.label}"


def test_headings_end_with_two_words_at_least(both: list[Page]) -> None:
    for page in both[1:]:
        blocks: dict[int, list[str]] = {}
        for mark, _ in texts(page):
            if mark.role in (Role.H1, Role.H2, Role.H3) and page.label:
                blocks.setdefault(mark.block, []).append(mark.line.text)
        for lines in blocks.values():
            assert len(lines) == 1 or " " in lines[-1].strip(), lines


def test_facing_pages_share_a_grid(booklet: tuple[Page, ...]) -> None:
    """Titles of talks stand on whole lines; in bands text stands half a line lower."""
    placed = [mark for page in booklet[3:6] for mark, _ in texts(page) if mark.role is not Role.ARTIFACT]
    titles = {id(mark) for mark in placed if mark.cell and mark.cell.column == 1}
    first = next(mark.y for mark in placed if id(mark) in titles)
    steps = {(id(mark) in titles, round((mark.y - first) / 6.5, 6) % 2) for mark in placed}
    assert {step for title, step in steps if title} == {0}
    assert {step for _, step in steps} == {0, 1}


def test_sizes_stand_on_one_scale(both: list[Page]) -> None:
    assert {mark.size for page in both for mark, _ in texts(page)} <= {7.5, 8.5, 9.5, 11, 14, 20, 28, 32, 36}


def test_running_heads_are_not_read_out(both: list[Page]) -> None:
    for page in both:
        outside = [m for m, box in texts(page) if page.label and not 12 * mm < m.y < page.size.height - 15 * mm]
        assert all(mark.role is Role.ARTIFACT for mark in outside)
        assert bool(outside) == bool(page.label and page.name != "left blank")


def test_a_session_heading_is_never_at_the_foot(thick: tuple[Page, ...]) -> None:
    where = place_of(thick)
    headings = [f"day-{day}-{at}" for day in range(3) for at in (0, 1, 3, 4)]
    assert [where[heading] for heading in headings] == [where[f"{heading}-0"] for heading in headings]


def test_an_entry_stays_on_its_page(conference: Event, thick: tuple[Page, ...]) -> None:
    pages = thick
    where, written = place_of(pages), read_back(pages)
    for day, each in enumerate(conference.days):
        for at, block in enumerate(each.blocks):
            for number, entry in enumerate(block.entries if isinstance(block, Session) else ()):
                page = written[where[f"day-{day}-{at}-{number}"] - 1]
                assert entry.title in page
                assert conference.person(entry.cast[0].person).name.full in page


# A conference


def test_contents_and_speakers_give_the_right_pages(thick: tuple[Page, ...]) -> None:
    pages = thick
    where, written = place_of(pages), read_back(pages)
    assert pages[1].name == "Contents"
    referred = list(numbers(pages))
    assert len(referred) > 60 + 12 + 3
    for page, printed, anchor, title in referred:
        shown = [page.label for page in pages].index(printed)
        assert shown == where[anchor] - 1
        if page.name != "Contents" or anchor.count("-") == 2:
            assert title.split(": ")[-1] in written[shown]


def test_contents_and_introduction_have_roman_numbers_and_the_programme_begins_at_1_on_the_right(
    thick: tuple[Page, ...],
) -> None:
    front = next(at for at, page in enumerate(thick) if page.name.startswith("The day at a glance"))
    assert [page.label for page in thick[:front]] == ["", "ii", "iii", "iv"]
    assert [page.name for page in thick[1:front]] == ["Contents", "Introduction", "left blank"]
    assert thick[front - 1].marks == (Group((), thick[front - 1].marks[0].x, 0),)  # type: ignore[union-attr]
    assert [page.label for page in thick[front:-1]] == [str(number) for number in range(1, len(thick) - front)]
    assert front % 2 == 0, "the first page lies on the left"
    for page in thick[front:-1]:
        folio = next(
            box for mark, box in texts(page) if mark.line.text == page.label and mark.y > page.size.height - 60
        )
        assert (folio.x > page.size.width / 2) is (int(page.label) % 2 == 1)


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        ("contents: no", ["2", "3", "4", "5"]),
        ("{contents: no, roman: yes}", ["ii", "1", "2", "3"]),
        ("contents: yes", ["ii", "iii", "iv", "1"]),
        ("{contents: yes, roman: no}", ["2", "3", "4", "5"]),
    ],
)
def test_roman_numbers_can_be_had_and_refused(sample: Event, settings: str, labels: list[str]) -> None:
    node, problems = parse(settings, "event.yaml", Problems()), Problems()
    assert node is not None
    composed = compose.compose(sample, Product("programme", settings=node.mapping), problems).pages
    assert problems.found == []
    assert [page.label for page in composed[1:5]] == labels


def test_numbers_in_roman() -> None:
    numbers = {
        1: "i",
        2: "ii",
        4: "iv",
        9: "ix",
        14: "xiv",
        40: "xl",
        49: "xlix",
        90: "xc",
        144: "cxliv",
        388: "ccclxxxviii",
    }
    assert {number: roman(number) for number in numbers} == numbers


def test_the_contents_name_every_day_and_session(thick: tuple[Page, ...]) -> None:
    pages = thick
    listed = [title for page, _, _, title in numbers(pages) if page.name == "Contents"]
    assert listed[:3] == ["Introduction", "Good to know", "The day at a glance"]
    assert [title for title in listed if title.startswith(("T", "W"))] == [
        *("The day at a glance", "Tuesday 11 May 2027", "Wednesday 12 May 2027", "Thursday 13 May 2027")
    ]
    assert sum(title.startswith("Session") for title in listed) == 12
    assert listed[-1] == "Speakers and moderators"


def test_pages_before_a_session_ends_say_that_it_runs_on(thick: tuple[Page, ...]) -> None:
    pages = thick
    heads = {mark.line.text for page in pages for mark, _ in texts(page) if mark.y < 15 * mm and page.label}
    assert "Session 1.1, continued" in heads


def test_rows_tell_their_room(thick: tuple[Page, ...]) -> None:
    pages = thick
    glance = next(page for page in pages if page.name.startswith("The day at a glance"))
    assert "Session 1.2 · Hall 2" in [mark.line.text for mark, _ in texts(glance)]


def test_the_back_cover_has_the_link_as_a_code(thick: tuple[Page, ...], booklet: tuple[Page, ...]) -> None:
    pages = thick
    assert [mark.payload for mark, _ in marks(pages[-1]) if isinstance(mark, Code)] == ["https://example.org/2027"]
    assert [mark for mark, _ in marks(booklet[-1]) if isinstance(mark, Code)] == []


@pytest.mark.parametrize("talks", [0, 1, 2, 3, 5, 9, 17, 40])
def test_pages_come_in_fours_and_the_back_cover_is_last(sample: Event, talks: int) -> None:
    entries = tuple(Entry(f"Talk number {n}", start=clock(540 + n), abstract="Some words. " * 40) for n in range(talks))
    pages, problems = made(replace(sample, days=(Day(entries, date(2027, 5, 11)),)))
    assert problems.found == []
    assert len(pages) % 4 == 0
    assert [page.name for page in pages].index("Back cover") == len(pages) - 1
    notes = [page.name for page in pages].count("Notes")
    assert notes < 4
    assert {page.name for page in pages[-1 - notes : -1]} <= {"Notes"}
    front = [page.name for page in pages].index("The day at a glance") if pages[1].name == "Contents" else 0
    first = str(1 if front else 2)
    assert [page.label for page in pages[front or 1 : -1]][:1] == [first]
    arabic = [page.label for page in pages[front or 1 : -1]]
    assert arabic == [str(int(first) + at) for at in range(len(arabic))]


def test_a_print_shop_has_nothing_to_say(booklet: tuple[Page, ...], thick: tuple[Page, ...]) -> None:
    for pages in (booklet, thick):
        file = draw(pages, edition=Edition.SHOP, title="Programme", language="en")
        report = preflight(file, spec("sheet"), pages=pages)
        assert [str(problem) for problem in report.problems] == []


# What is missing, and what is wrong


def test_an_event_of_nothing_but_a_title_is_still_a_booklet(sample: Event) -> None:
    bare = Event(sample.folder, "Workshop")
    pages, problems = made(bare)
    assert problems.found == []
    assert [page.name for page in pages] == ["Cover", "Notes", "Notes", "Back cover"]


def test_a_date_alone_makes_no_page_of_facts(sample: Event) -> None:
    bare = Event(sample.folder, "Tides", days=sample.days, people=sample.people, brand=sample.brand)
    spoken = [[text.line.text for text, _ in texts(page)] for page in made(bare)[0]]
    assert not any("Good to know" in page for page in spoken)
    told = [[text.line.text for text, _ in texts(page)] for page in made(replace(bare, format="Hybrid"))[0]]
    assert sum("Good to know" in page for page in told) == 1


def test_nothing_stands_where_a_logo_is_missing(sample: Event) -> None:
    plain = replace(sample, brand=replace(sample.brand, logo=None))
    assert [mark for mark, _ in marks(made(sample)[0][0]) if isinstance(mark, Picture)] != []
    assert [mark for mark, _ in marks(made(plain)[0][0]) if isinstance(mark, Picture)] == []


def test_a_portrait_that_is_no_picture_is_a_problem(sample: Event, tmp_path: Path) -> None:
    file = tmp_path / "portrait.png"
    file.write_bytes(b"no picture")
    people = (replace(sample.people[0], photo=file), *sample.people[1:])
    pages, problems = made(replace(sample, people=people))
    assert [problem.rule for problem in problems.found] == ["picture.unreadable"]
    assert len(pages) == 8


def test_a_word_that_is_cut_is_named_and_an_address_may_be_cut(sample: Event) -> None:
    address = "https://source.example.org/" + "a/long/way/down/" * 12
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    day = sample.days[0]

    def found(abstract: str) -> list[str]:
        talk = Entry("Ships", start=Time(540, "9:00"), abstract=abstract)
        _, problems = made(replace(sample, days=(replace(day, blocks=(talk,)),)))
        return [problem.message for problem in problems.found if problem.rule == "text.too-long"]

    assert found(f"Look at {address} and see.") == []
    (message,) = found(f"Look at the {long} and at {address}.")
    assert message == f"“{long[:60]} …” is wider than its column and was cut"


def test_letters_that_no_font_has_are_a_problem(sample: Event) -> None:
    _, problems = made(replace(sample, subtitle="A tale \U00013000 of stones"))
    assert [problem.rule for problem in problems.found] == ["text.missing-glyph"]
    assert "U+13000" in problems.found[0].message


def test_a_stated_end_is_printed_and_a_derived_one_is_not(sample: Event) -> None:
    entries = (
        Entry("Told", start=clock(540), end=clock(575), end_stated=True),
        Entry("Derived", start=clock(580), end=clock(605)),
    )
    text = " ".join(read_back(made(replace(sample, days=(Day(entries),)))[0]))
    assert "09:35" in text
    assert "10:05" not in text


def test_times_of_twelve_hours_do_not_reach_into_titles(sample: Event) -> None:
    long = Entry("Told", start=Time(615, "10:15 a.m."), end=Time(630, "10:30 a.m."), end_stated=True)
    pages, _ = made(replace(sample, days=(Day((Session("Session I", "Sea", (long,), start=long.start),)),)))
    for page in pages:
        lines = texts(page)
        for time, box in ((text, box) for text, box in lines if text.line.text.endswith("a.m.")):
            level = [other for _, other in lines if abs(other.centre[1] - box.centre[1]) < 8 and other.x > box.x]
            assert all(box.right < other.x for other in level), time.line.text


def test_a_room_that_is_its_session_is_named_once(sample: Event) -> None:
    oak = Session("", "Room Oak", (Entry("Soil", start=clock(600)),), room="Room Oak", start=clock(600))
    pages, _ = made(replace(sample, days=(Day((oak,)),)))
    named = [[text.line.text for text, _ in texts(page)].count("Room Oak") for page in pages]
    assert sorted(named) == [0] * (len(pages) - 2) + [1, 1]


def test_the_cover_runs_over_the_spine(booklet: tuple[Page, ...]) -> None:
    """Layers reach the same heights at the spine on the front's left edge and on the back's right edge."""
    width = booklet[0].size.width

    def heights(page: Page, spine: float) -> list[float]:
        found = []
        for mark, _ in walk(page.marks):
            steps = [step for step in getattr(mark, "steps", ()) if len(step) == 3]
            for (_, x1, y1), (_, x2, y2) in pairwise(steps):
                if min(x1, x2) < spine < max(x1, x2) and y1 != y2:
                    found.append(round(y1 + (y2 - y1) * (spine - x1) / (x2 - x1), 3))
        return sorted(found)

    front, back = heights(booklet[0], 0.0), heights(booklet[-1], width)
    assert front
    assert front == back


def test_a_session_without_a_title_is_printed_and_not_in_the_contents(
    thick: tuple[Page, ...], conference: Event
) -> None:
    day = conference.days[0]
    blocks = tuple(replace(b, label="", title="") if isinstance(b, Session) else b for b in day.blocks)
    pages, _ = made(replace(conference, days=(replace(day, blocks=blocks), *conference.days[1:])))
    listed = [title for page, _, _, title in numbers(pages) if page.name == "Contents"]
    assert sum(title.startswith("Session") for title in listed) == 8
