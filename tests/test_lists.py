"""Lists: every row once and in order, headings on each page, numbers of pages, nothing beyond the margin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eventprint.collation import collator
from eventprint.compose import compose, make
from eventprint.event import Event, Name, Product
from eventprint.geometry import Box, mm
from eventprint.page import Mark, Page, Role, Shape, Text, place_box, walk
from eventprint.problems import Problems

HEADINGS = ["File", "What", "Finished size", "Pages or sheets", "Sides", "Finishing", "Copies"]


def placed(page: Page) -> list[tuple[Text, Box]]:
    return [(mark, place_box(mark.box, matrix)) for mark, matrix in walk(page.marks) if isinstance(mark, Text)]


def said(page: Page, role: Role) -> list[str]:
    return [mark.line.text for mark, _ in placed(page) if mark.role is role]


def job_sheet(event: Event, *rows: tuple[str, ...]) -> tuple[Page, ...]:
    return make(event, "job-sheet", Problems(), rows=rows).pages


def row(name: str, copies: str = "1") -> tuple[str, ...]:
    return (name, "Badges", "90 × 55 mm", "12 sheets", "both sides", "cut", copies)


def test_the_pile_list_has_everybody_in_the_order_of_the_pile(sample: Event) -> None:
    pages = compose(sample, Product("pile-list"), Problems()).pages
    cells = [text for page in pages for text in said(page, Role.CELL)]
    numbers = [cell for cell in cells if cell.isdigit()]
    assert numbers == [str(number) for number in range(1, len(sample.attendees) + 1)]


def test_the_pile_list_names_people_as_it_is_sorted(sample: Event) -> None:
    (page, *_) = compose(sample, Product("pile-list"), Problems()).pages
    first = sample.attendees[0].name
    cells = said(page, Role.CELL)
    assert cells[0] == "1"
    assert " ".join(cells).startswith(f"1 {first.family}, {first.given}")


def test_every_page_repeats_the_headings_and_has_its_number(sample: Event) -> None:
    """They are seen on each page and heard once."""
    pages = job_sheet(sample, *(row(f"file-{number}.pdf") for number in range(80)))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert said(page, Role.HEADER) == (HEADINGS if number == 1 else [])
        assert said(page, Role.H1) == (["Job sheet"] if number == 1 else [])
        unread = said(page, Role.ARTIFACT)
        assert unread[-1] == f"{number} / {len(pages)}"
        if number > 1:
            assert unread[0] == "Job sheet"
            assert unread[-1 - len(HEADINGS) : -1] == HEADINGS
        assert (page.label, page.name) == (str(number), f"Job sheet, page {number}")
    files = [text for page in pages for text in said(page, Role.CELL) if text.startswith("file-")]
    assert files == [f"file-{number}.pdf" for number in range(80)]


def test_nothing_stands_in_the_margin(sample: Event) -> None:
    long = "a name of a file that needs several lines in its narrow column.pdf"
    for page in job_sheet(sample, *(row(long) for _ in range(30))):
        inner = page.trim.inset(12 * mm)
        assert [mark.line.text for mark, box in placed(page) if not inner.contains(box, 0.5)] == []


def test_rows_do_not_run_into_each_other(sample: Event) -> None:
    """A cell of several lines makes its row higher: the rule under it lies below all of its text."""
    (page,) = job_sheet(sample, row("one two three four five six seven eight nine ten eleven twelve.pdf"), row("b.pdf"))
    (next_row,) = (box for mark, box in placed(page) if mark.line.text == "b.pdf")
    deepest = max(box.bottom for mark, box in placed(page) if mark.line.text.endswith("twelve.pdf"))
    rules = [place_box(mark.box, m).y for mark, m in walk(page.marks) if isinstance(mark, Shape) and mark.stroke]
    assert any(deepest < y < next_row.y for y in rules)


def test_numbers_of_copies_end_at_the_right(sample: Event) -> None:
    (page,) = job_sheet(sample, row("a.pdf", "7"), row("b.pdf", "134"))
    ends = [box.right for mark, box in placed(page) if mark.line.text in ("7", "134")]
    assert ends == [pytest.approx((297 - 16) * mm, abs=0.1)] * 2


def test_each_name_has_a_square_to_tick(sample: Event) -> None:
    few = replace(sample, attendees=sample.attendees[:3])
    (page,) = compose(few, Product("pile-list"), Problems()).pages
    squares = [mark for mark, _ in walk(page.marks) if isinstance(mark, Shape) and len(mark.steps) == 5 and mark.stroke]
    assert len(squares) == 3


def test_a_list_without_rows_has_no_pages(sample: Event) -> None:
    assert job_sheet(sample) == ()


def pile(event: Event, language: str, *families: str) -> list[str]:
    """The letters of the pile list, of people with these family names, in the order of the language."""
    one = event.attendees[0]
    people = tuple(
        replace(one, id=f"id:{number}", name=Name(f"An {family}", "An", family, f"{family}, An"))
        for number, family in enumerate(families)
    )
    filed = collator(language).filed
    ordered = tuple(sorted(people, key=lambda who: filed(who.name.sort)))
    pages = compose(replace(event, language=language, attendees=ordered), Product("pile-list"), Problems()).pages
    return [mark.line.text for page in pages for mark, _ in walk(page.marks) if is_letter(mark)]


def is_letter(mark: Mark) -> bool:
    """A heading of the list's own, below the headings of its columns."""
    return isinstance(mark, Text) and mark.role is Role.HEADER and mark.cell is not None and mark.cell.row > 0


@pytest.mark.parametrize(
    ("language", "letters"),
    [("en", "A C L O Z"), ("sv", "A C L O Z Å Ö"), ("pl", "A C Ć L Ł O Z"), ("hu", "A C Cs L O Ö Z")],
)
def test_a_long_pile_list_shows_where_each_letter_begins(sample: Event, language: str, letters: str) -> None:
    families = ["Aas", "Åberg", "Csaba", "Ćma", "Lund", "Łoś", "Ohm", "Öst", *(f"Zorn{n}" for n in range(30))]
    assert pile(sample, language, *families) == letters.split()


def test_a_short_pile_list_needs_no_letters(sample: Event) -> None:
    assert pile(sample, "en", "Aas", "Zorn") == []


def test_a_pile_list_of_hardly_two_names_a_letter_does_without(sample: Event) -> None:
    assert pile(sample, "en", *(chr(letter) + "a" * extra for letter in range(65, 90) for extra in (1, 2))) == []


def test_a_letter_stands_on_the_page_of_the_name_below_it(sample: Event) -> None:
    families = [chr(letter) + "a" * extra for letter in range(ord("A"), ord("Z")) for extra in range(1, 4)]
    one = sample.attendees[0]
    people = tuple(
        replace(one, id=f"id:{number}", name=Name(f"An {family}", "An", family, f"{family}, An"))
        for number, family in enumerate(families)
    )
    pages = compose(replace(sample, attendees=people), Product("pile-list"), Problems()).pages
    assert len(pages) > 1
    for page in pages:
        lowest = max(box.bottom for mark, box in placed(page) if mark.role is Role.CELL)
        assert all(box.bottom < lowest for mark, box in placed(page) if is_letter(mark))


def test_a_name_is_listed_as_it_is_filed(sample: Event) -> None:
    one = sample.attendees[0]
    names = [
        Name("Jan van der Meer", "Jan", "van der Meer", "Meer, Jan van der"),
        Name("Ada Lovelace", "Ada", "Lovelace", "Byron"),
        Name("Nagy Ferenc", "Ferenc", "Nagy", "Nagy, Ferenc", family_first=True),
    ]
    people = tuple(replace(one, id=f"id:{at}", organisation="", name=name) for at, name in enumerate(names))
    (page,) = compose(replace(sample, attendees=people), Product("pile-list"), Problems()).pages
    cells = said(page, Role.CELL)
    assert [cell for cell in cells if cell in ("Meer, Jan van der", "Ada Lovelace", "Nagy Ferenc")] == [
        "Meer, Jan van der", "Ada Lovelace", "Nagy Ferenc",
    ]  # fmt: skip
