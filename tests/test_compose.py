"""Layouts are found, extended and called; what is wrong in one is said with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eventprint.compose import Composition, compose, describe, find, make, names
from eventprint.event import Event, Product
from eventprint.geometry import Size, mm
from eventprint.page import Finish, as_text
from eventprint.problems import Exit, Place, Problem, Problems, Severity, Stop
from eventprint.records import parse

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"

PROGRAM = """
from dataclasses import dataclass
from eventprint import kit

@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    words: str = "Hello"

def pages(event, theme):
    line = kit.shape(theme.words, kit.style_of(event, "sans", 12))
    return [kit.Page(theme.trim, (kit.Text(40, 40, line, 12),), theme.bleed)]
"""

Write = Callable[..., Event]


@pytest.fixture
def own(tmp_path: Path, sample: Event) -> Write:
    """`own(**{"name.yaml": text})`: the sample with a few attendees and these files in its layouts folder."""

    def write(**files: str) -> Event:
        (tmp_path / "layouts").mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / "layouts" / name).write_text(text, encoding="utf-8")
        return replace(sample, folder=tmp_path, attendees=sample.attendees[:2])

    return write


def composed(event: Event, layout: str, *, own_code: bool = False) -> tuple[Composition, list[Problem]]:
    problems = Problems()
    made = compose(event, Product(layout), problems, own_code=own_code)
    return made, problems.found


def stopped(event: Event, layout: str, *, own_code: bool = False) -> Stop:
    with pytest.raises(Stop) as caught:
        composed(event, layout, own_code=own_code)
    return caught.value


@pytest.mark.parametrize("layout", sorted(names(None)))
def test_every_layout_on_the_shelf_makes_pages_of_its_trim_without_an_error(sample: Event, layout: str) -> None:
    made, problems = composed(sample, layout)
    assert {page.size for page in made.pages} <= {made.trim}
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    bases = {"panel", "lists", "job-sheet", "placement-list", "open-points", "readings"}
    assert bool(made.pages) == (layout not in bases)


def test_a_composition_says_what_becomes_of_its_pages(sample: Event) -> None:
    made, _ = composed(sample, "badge-90x55")
    assert (made.name, made.layout, made.finish, made.duplex) == ("badge-90x55", "badge-90x55", Finish.CARDS, True)
    assert made.trim == Size(90 * mm, 55 * mm)
    assert len(made.pages) == 2 * len(sample.attendees)
    assert [page.back for page in made.pages[:4]] == [False, True, False, True]


def test_a_booklet_is_half_a_letter_sheet_where_its_own_size_does_not_fold_from_one(sample: Event) -> None:
    letter = replace(sample, paper=Size(215.9 * mm, 279.4 * mm))
    assert composed(letter, "programme")[0].trim.same_as(Size(139.7 * mm, 215.9 * mm))
    assert composed(sample, "programme")[0].trim.same_as(Size(148 * mm, 210 * mm))


def test_a_layout_of_the_event_s_own_changes_one_box_and_nothing_else(own: Write) -> None:
    front = (LAYOUTS / "badge-90x55.yaml").read_text(encoding="utf-8").split("panels:")[1]
    moved = front.replace('{box: 5 4 62 5 mm, text: "{event}"', '{box: 8 4 62 5 mm, text: "{event}"')
    assert moved != front
    event = own(**{"badge-moved.yaml": f"extends: badge-90x55\npanels:{moved}"})
    (plain, _), (changed, problems) = composed(event, "badge-90x55"), composed(event, "badge-moved")
    assert problems == []
    before, after = as_text(plain.pages[0]).splitlines(), as_text(changed.pages[0]).splitlines()
    differing = [(one.split(), other.split()) for one, other in zip(before, after, strict=True) if one != other]
    ((one, other),) = differing
    assert (one[0], other[0]) == ("5.00", "8.00")
    assert one[1:] == other[1:]


def test_a_style_of_its_own_is_laid_over_the_one_below(own: Write) -> None:
    event = own(**{"badge-dinner.yaml": "extends: badge-90x55\nstyles:\n  given: {sizes: 20 18 pt}\n"})
    made, problems = composed(event, "badge-dinner")
    assert problems == []
    first = as_text(made.pages[0])
    assert f"H1 20.00 pt {event.attendees[0].name.first_line}" in first
    assert made.about == "Name badge for a 90 × 55 mm holder, front and back"


def test_the_event_s_own_layout_takes_the_name_of_ours(own: Write) -> None:
    event = own(**{"badge-90x55.yaml": "extends: badge-a6\nabout: Ours\n"})
    assert composed(event, "badge-90x55")[0].about == "Ours"
    assert names(event.folder)["badge-90x55"] == event.folder / "layouts" / "badge-90x55.yaml"
    assert names(None)["badge-90x55"] == LAYOUTS / "badge-90x55.yaml"


def test_a_product_may_set_what_its_layout_may_set(own: Write) -> None:
    settings = parse("duplex: false\nstyles: {given: {sizes: 20 pt}}", "event.yaml", Problems())
    assert settings is not None
    problems = Problems()
    product = Product("badge-a6", "badges", settings=settings.mapping)
    made = compose(own(), product, problems)
    assert problems.found == []
    assert (made.name, made.layout, made.duplex) == ("badges", "badge-a6", False)
    assert "H1 20.00 pt" in as_text(made.pages[0])


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("about: Mine\ntrimm: A6\n", 3, 1, "this file knows no 'trimm'", "did you mean 'trim'?"),
        ("styles:\n  given: {weigth: 600}\n", 3, 11, "given knows no 'weigth'", "did you mean 'weight'?"),
        (
            "panels:\n  - each: attendee\n    front:\n      - {box: trim, txet: Hi}\n",
            5,
            21,
            "front[1] knows no 'txet'",
            "did you mean 'text'?",
        ),
        ("finish: card\n", 2, 9, "finish cannot be 'card'", "did you mean 'cards'?"),
        ("recipient: dsk\n", 2, 12, "recipient cannot be 'dsk'", "did you mean 'desk'?"),
        ("bleed: 3\n", 2, 8, "'3' is not a length", "add its unit, such as 3 mm"),
    ],
)
def test_what_a_layout_does_not_know_is_said_with_its_line(
    own: Write, text: str, line: int, column: int, message: str, hint: str
) -> None:
    event = own(**{"mine.yaml": f"extends: badge-90x55\n{text}"})
    _, problems = composed(event, "mine")
    found = [(problem.severity, problem.message, problem.place, problem.hint) for problem in problems]
    assert found == [(Severity.ERROR, message, Place("layouts/mine.yaml", line, column), hint)]


def test_an_unknown_layout_stops_with_the_nearest_name() -> None:
    with pytest.raises(Stop) as caught:
        find("badge-90x5", None, Problems(), place=Place("event.yaml", 7, 3))
    assert str(caught.value.problem) == (
        "event.yaml:7:3: error: there is no layout 'badge-90x5'\n  hint: did you mean 'badge-90x55'?"
    )


@pytest.mark.parametrize("name", ["../event", "/etc/passwd", "layouts/panel", ""])
def test_a_layout_is_a_name_and_no_path(own: Write, name: str) -> None:
    assert stopped(own(), name).code == Exit.USAGE


def test_layouts_that_extend_each_other_are_refused(own: Write) -> None:
    event = own(**{"one.yaml": "extends: two\n", "two.yaml": "about: Two\nextends: one\n"})
    stop = stopped(event, "one")
    assert str(stop) == "layout 'one' extends 'one', which extends it"
    assert stop.problem.place == Place("layouts/two.yaml", 2, 10)


def test_a_base_that_is_missing_is_said_where_it_is_named(own: Write) -> None:
    stop = stopped(own(**{"mine.yaml": "extends: badge-a5\n"}), "mine")
    assert str(stop.problem) == (
        "layouts/mine.yaml:1:10: error: layout 'mine' extends 'badge-a5', which is missing\n"
        "  hint: did you mean 'badge-a6'?"
    )


def test_a_layout_without_a_base_is_told_what_to_add(own: Write) -> None:
    stop = stopped(own(**{"mine.yaml": "about: Mine\n"}), "mine")
    assert str(stop.problem) == (
        "layouts/mine.yaml: error: layout 'mine' has no module\n  hint: add `extends: panel` to mine.yaml"
    )


def test_a_program_in_the_event_folder_does_not_run_by_itself(own: Write, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    event = own(**{"mine.yaml": "about: Mine\n", "mine.py": f"open({str(trace)!r}, 'w').close()\n{PROGRAM}"})
    stop = stopped(event, "mine")
    assert str(stop) == "layouts/mine.py is a program and was not run"
    assert stop.problem.hint == "build with --own-code if you trust it"
    assert not trace.exists()
    describe(event.folder)
    assert not trace.exists()

    made, problems = composed(event, "mine", own_code=True)
    assert problems == []
    assert trace.exists()
    assert [as_text(page).splitlines()[1][-5:] for page in made.pages] == ["Hello"]


def test_a_program_s_settings_come_from_its_yaml(own: Write) -> None:
    event = own(**{"mine.yaml": "trim: A6\nwords: Moin\n", "mine.py": PROGRAM})
    made, _ = composed(event, "mine", own_code=True)
    assert made.trim == Size(105 * mm, 148 * mm)
    assert as_text(made.pages[0]).endswith("Moin\n")


@pytest.mark.parametrize(
    ("program", "place", "message"),
    [
        (
            PROGRAM.replace("theme.words, kit", "theme.word, kit"),
            "layouts/mine.py:10",
            "object has no attribute 'word'",
        ),
        (PROGRAM + "1 / 0\n", "layouts/mine.py:12", "division by zero"),
        (PROGRAM + "def (:\n", "layouts/mine.py:12", "invalid syntax"),
        ("x = 1\n", "layouts/mine.py", "it has no Theme and no pages"),
        (PROGRAM.replace("def pages", "def pagse"), "layouts/mine.py", "it has no pages"),
    ],
)
def test_a_program_that_fails_is_said_with_its_line(own: Write, program: str, place: str, message: str) -> None:
    event = own(**{"mine.yaml": "about: Mine\n", "mine.py": program})
    for _ in range(2):  # what failed once is not taken for loaded the second time
        stop = stopped(event, "mine", own_code=True)
        assert stop.code == Exit.LAYOUT
        assert str(stop.problem.place) == place
        assert str(stop).startswith("layout 'mine' failed: ")
        assert message in str(stop)


def test_the_list_of_layouts_says_what_cannot_be_used(own: Write) -> None:
    event = own(**{"mine.yaml": "about: Mine\n", "mine.py": PROGRAM, "late.yaml": "extends: panel\nabout: Late\n"})
    rows = {name: (about, size) for name, about, size, _ in describe(event.folder)}
    assert rows["mine"] == ("layouts/mine.py is a program and was not run", "")
    assert rows["late"] == ("Late", "210 × 297 mm")
    assert rows["badge-a6"][1] == "105 × 148 mm"
    assert set(names(None)) < set(rows)


def test_lists_are_made_of_rows_the_program_brings(sample: Event) -> None:
    made = make(sample, "placement-list", Problems(), rows=(("", "Exit", "Hall", "A4", "1", "signs.pdf, 3"),))
    assert len(made.pages) == 1
    assert "TD 9.50 pt signs.pdf, 3" in as_text(made.pages[0])
