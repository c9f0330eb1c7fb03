"""The design rules of everything made from YAML alone, held against the sample and against people who fit nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from eventprint.colours import BLACK, Colour
from eventprint.compose import compose, find
from eventprint.event import Attendee, Brand, Cast, Day, Entry, Event, Name, Product, RoleStyle, Session, Sign, Time
from eventprint.geometry import Box, mm
from eventprint.page import Code, Group, Outcome, Page, Picture, Role, Shape, Text, place_box, walk
from eventprint.problems import Place, Problem, Problems, Severity
from eventprint.records import build

FORMATS = ("badge-90x55", "badge-a6", "speaker-cards", "table-tents", "signs-a3", "signs-a4")
BADGES = ("badge-90x55", "badge-a6")

BROKEN = "Maximilianealexandrinafriederikewilhelminecharlotteemilie"
"""A given name that fits no badge and has no place to break."""


@pytest.fixture(scope="module")
def pages(sample: Event) -> Callable[[str], tuple[Page, ...]]:
    """The sample's pages of a layout, made once."""
    return cache(lambda layout: compose(sample, Product(layout), Problems()).pages)


Pages = Callable[[str], tuple[Page, ...]]


def made(event: Event, layout: str) -> tuple[tuple[Page, ...], list[Problem]]:
    problems = Problems()
    return compose(event, Product(layout), problems).pages, problems.found


def texts(page: Page) -> Iterator[tuple[Text, Box]]:
    for mark, matrix in walk(page.marks):
        if isinstance(mark, Text):
            yield mark, place_box(mark.box, matrix)


def said(page: Page) -> list[str]:
    return [text.line.text for text, _ in texts(page)]


def guest(name: str, **facts: object) -> Attendee:
    place = Place("guests.csv", 7, 1, "B7", "Name")
    given, _, family = name.partition(" ")
    who = Attendee(f"id of {name}", Name(name, given if family else "", family), place=place)
    return replace(who, **facts)  # type: ignore[arg-type]


# The rules


@pytest.mark.parametrize("layout", FORMATS)
def test_all_text_keeps_three_millimetres_from_the_trim(pages: Pages, layout: str) -> None:
    cut = [
        (page.name, text.line.text)
        for page in pages(layout)
        for text, box in texts(page)
        if not page.trim.inset(3 * mm).contains(box)
    ]
    assert cut == []


@pytest.mark.parametrize("layout", FORMATS)
def test_ink_that_reaches_the_trim_runs_through_the_bleed(pages: Pages, layout: str) -> None:
    """A fill that ends at the trim, or a little beyond, leaves white edges where the knife is not exact."""
    for page in pages(layout):
        trim, bleed = page.trim, page.bleed_box
        for mark, matrix in walk(page.marks):
            if isinstance(mark, Shape) and mark.fill:
                box = place_box(mark.box, matrix)
                for side, edge, end in (
                    (box.x, trim.x, bleed.x),
                    (box.y, trim.y, bleed.y),
                    (-box.right, -trim.right, -bleed.right),
                    (-box.bottom, -trim.bottom, -bleed.bottom),
                ):
                    assert side > edge + 2 * mm or side == pytest.approx(end, abs=0.01), page.name


@pytest.mark.parametrize("layout", FORMATS)
def test_everything_stays_within_the_bleed(pages: Pages, layout: str) -> None:
    for page in pages(layout):
        marks = [place_box(m.box, at) for m, at in walk(page.marks) if isinstance(m, Text | Shape | Picture | Code)]
        assert [box for box in marks if not page.bleed_box.contains(box, 0.3)] == []


@pytest.mark.parametrize("layout", BADGES)
def test_codes_have_modules_a_phone_reads_and_a_quiet_zone(pages: Pages, layout: str) -> None:
    """Each code stands on paper alone: nothing dark within four modules of it, and the trim farther still."""
    for page in pages(layout)[::2]:
        ((code, at),) = [(mark, at) for mark, at in walk(page.marks) if isinstance(mark, Code)]
        assert code.module >= 0.40 * mm
        quiet = place_box(code.box, at).inset(-4 * code.module)
        assert page.trim.contains(quiet)
        others = [place_box(mark.box, at) for mark, at in walk(page.marks) if isinstance(mark, Text | Shape | Picture)]
        assert [box for box in others if quiet.intersects(box)] == []


@pytest.mark.parametrize("layout", BADGES)
def test_the_given_name_is_the_largest_text_on_a_badge(pages: Pages, sample: Event, layout: str) -> None:
    for page, who in zip(pages(layout)[::2], sample.attendees, strict=True):
        largest = max(text.size for text, _ in texts(page))
        given = [text for text, _ in texts(page) if text.size == largest]
        assert "".join(text.line.text for text in given).replace(" ", "") == who.name.first_line.replace(" ", "")
        assert {text.role for text in given} == {Role.H1}
        rest = [text.size for text, _ in texts(page) if text not in given]
        assert all(size < largest for size in rest)


@pytest.mark.parametrize("layout", BADGES)
def test_every_attendee_s_code_is_their_own(pages: Pages, sample: Event, layout: str) -> None:
    fronts = pages(layout)[::2]
    payloads = [mark.payload for page in fronts for mark, _ in walk(page.marks) if isinstance(mark, Code)]
    assert len(set(payloads)) == len(payloads) == len(sample.attendees)
    assert [page.subject for page in fronts] == [who.id for who in sample.attendees]


@pytest.mark.parametrize("layout", BADGES)
def test_a_badge_wears_its_role_s_word_and_colour(pages: Pages, sample: Event, layout: str) -> None:
    for page, who in zip(pages(layout)[::2], sample.attendees, strict=True):
        role = sample.role(who.role)
        fills = {mark.fill for mark, _ in walk(page.marks) if isinstance(mark, Shape)}
        assert role.colour in fills
        assert any(line.startswith(role.word) for line in said(page))
        others = {other.colour for other in sample.roles} - {role.colour, sample.brand.primary}
        assert fills & others == set()


@pytest.mark.parametrize("layout", BADGES)
def test_letters_on_a_role_s_colour_read(pages: Pages, sample: Event, layout: str) -> None:
    for page in pages(layout)[::2]:
        shapes = [(place_box(m.box, at), m.fill) for m, at in walk(page.marks) if isinstance(m, Shape) and m.fill]
        for text, box in texts(page):
            grounds = [fill for area, fill in shapes if area.contains(box, 1)]
            assert text.colour.contrast(grounds[-1] if grounds else sample.brand.paper) >= 4.5, text.line.text


@pytest.mark.parametrize("layout", BADGES)
def test_the_back_marks_a_speaker_s_own_items_and_nobody_else_s(pages: Pages, sample: Event, layout: str) -> None:
    """A bar in the accent stands beside each block of the programme the holder takes part in."""
    backs = {page.subject: page for page in pages(layout)[1::2]}
    for who in sample.attendees:
        page = backs[who.id]
        bars = [
            place_box(mark.box, at)
            for mark, at in walk(page.marks)
            if isinstance(mark, Shape) and mark.fill == sample.brand.accent
        ]
        if not who.person:
            assert bars == []
            continue
        marked = {
            text.line.text
            for text, box in texts(page)
            if any(bar.y - 1 <= box.centre[1] <= bar.bottom + 1 for bar in bars)
        }
        own = [a for a in sample.appearances(who.person) if a.entry]
        assert bars
        for appearance in own:
            entry, session = appearance.entry, appearance.session
            assert entry is not None
            if layout == "badge-90x55" and session:
                assert any(line.startswith(f"{session.label}:") for line in marked)
            else:
                start = (session or entry).title if session and len(session.entries) == 1 else entry.title
                assert any(start.startswith(line) or start in line for line in marked), (who.name.full, start)


# Names no template reads


HOSTILE = (
    "{word:welcome}",
    "[x]",
    "{}",
    "{given}[ {family}]",
    "<b>Ada</b> &amp; Co",
    "%s %(x)s \\n",
    "$name `id`",
)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("layout", BADGES)
def test_a_name_is_never_read_as_a_template(sample: Event, layout: str, name: str) -> None:
    who = replace(guest("x"), name=Name(name), organisation=name, pronouns=name)
    ((front, _), problems) = made(replace(sample, attendees=(who,)), layout)
    assert [problem for problem in problems if problem.rule == "layout.field"] == []
    whole = " ".join(said(front))
    assert whole.count(name) == 3
    assert "Welcome" not in whole


# What does not fit


@pytest.mark.parametrize("layout", BADGES)
def test_a_name_that_does_not_fit_is_reported_with_its_holder_and_place(sample: Event, layout: str) -> None:
    who = guest(f"{BROKEN} Berg")
    _, problems = made(replace(sample, attendees=(who,)), layout)
    (problem,) = [one for one in problems if one.rule == "text.too-long"]
    assert problem.severity is Severity.WARNING
    assert problem.place == who.place
    assert problem.message.startswith(f"{BROKEN!r} does not fit its place on the badge of {BROKEN} Berg, even at ")
    assert str(problem).splitlines()[0].endswith("(cell B7, Name)")


@pytest.mark.parametrize("layout", BADGES)
def test_what_fits_is_not_reported(sample: Event, layout: str) -> None:
    assert made(replace(sample, attendees=(guest("Ada Lovelace", organisation="ETH"),)), layout)[1] == []


def test_nobody_of_the_sample_is_too_long_for_any_format(sample: Event) -> None:
    reported = [str(problem) for layout in FORMATS for problem in made(sample, layout)[1]]
    assert reported == []


def test_a_card_with_too_many_talks_says_how_many_more_there_are(sample: Event) -> None:
    who = sample.people[0]
    talks = tuple(Entry(f"Talk {number} " + "of some length " * 6, cast=(Cast(who.key),)) for number in range(9))
    event = replace(sample, people=(who,), cast=(), days=(replace(sample.days[0], blocks=talks),))
    (page,), problems = made(event, "speaker-cards")
    (left,) = [int(words[1]) for words in map(str.split, said(page)) if words[0] == "and" and words[-1] == "more"]
    assert sum(line.startswith("Talk ") for line in said(page)) == 9 - left
    (problem,) = problems
    assert (problem.rule, problem.place) == ("text.too-long", who.place)
    assert problem.message.startswith(f"{left} of 9 lines do not fit the speaker card of {who.name.full} at 8 pt")


@pytest.mark.parametrize("layout", BADGES)
def test_a_programme_too_long_for_every_badge_is_told_once(sample: Event, layout: str) -> None:
    crowd = tuple(Entry(f"Talk {number} in its own time", start=Time(540 + 5 * number, "")) for number in range(90))
    event = replace(sample, days=(replace(sample.days[0], blocks=crowd),), attendees=(guest("Ada"), guest("Ben")))
    pages, problems = made(event, layout)
    assert sum("more" in line for page in pages for line in said(page)) == 2
    assert {problem.rule for problem in problems} == {"text.too-long"}
    assert len(set(map(str, problems))) == 1


def test_each_room_has_its_own_sign(sample: Event) -> None:
    talks = (Entry("Opening"), Entry("Tides", room="Hall"), Entry("Dunes", room="Attic"), Entry("Ships", room="Attic"))
    event = replace(sample, days=(replace(sample.days[0], blocks=talks),))
    doors = [page for page in made(event, "signs-a3")[0] if "Opening" in said(page)]
    assert [(said(page)[0], page.where) for page in doors] == [("Hall", "Hall"), ("Attic", "Attic")]
    assert [[line for line in said(page) if line in ("Tides", "Dunes", "Ships")] for page in doors] == [
        ["Tides"],
        ["Dunes", "Ships"],
    ]


def test_of_many_days_each_sign_says_what_is_in_its_own_room(sample: Event) -> None:
    days = [
        tuple(Entry(f"Talk {day}.{n}", start=Time(540 + n, ""), room=f"Room {n % rooms}") for n in range(rooms))
        for day, rooms in enumerate((5, 6, 3, 9, 2, 7, 4, 8))
    ]
    event = replace(sample, days=tuple(replace(sample.days[0], blocks=talks) for talks in days))
    doors = [page for page in made(event, "signs-a3")[0] if page.where.startswith("Room ")]
    told = [[line for line in said(page) if line.startswith("Talk ")] for page in doors]
    assert told == [[talk.title] for talks in days for talk in talks]


def test_a_letter_no_font_has_is_an_error_with_its_number(sample: Event) -> None:
    _, problems = made(replace(sample, attendees=(guest("Ada \U0001234f"),)), "badge-90x55")
    (problem,) = [one for one in problems if one.rule == "text.missing-glyph"]
    assert (problem.severity, problem.place.cell) == (Severity.ERROR, "B7")
    assert problem.message == "Ada \U0001234f: no font has \U0001234f (U+1234F CUNEIFORM SIGN URUDA)"


def boxes_of(layout: str) -> dict[str, list[Box]]:
    """Where each panel of a layout lets something stand, by the panel's name."""
    found = find(layout, None, Problems())
    theme = build(found.module.Theme, found.settings, Problems())
    return {
        panel.name: [
            element.box.on(Box.of(theme.trim), theme.bleed)
            for element in (*panel.front, *panel.back)
            if element.text or element.stack or element.code or element.picture or element.list
        ]
        for panel in theme.panels
    }


@pytest.mark.parametrize("layout", FORMATS)
def test_nothing_is_printed_outside_its_box(pages: Pages, layout: str) -> None:
    """Ink may overshoot a box by what round letters and accents overshoot their line."""
    boxes = boxes_of(layout)
    for page in pages(layout):
        allowed = boxes[page.name.split(":")[0].removesuffix(", back").lower()]
        for mark, at in walk(page.marks):
            if isinstance(mark, Text):
                box = place_box(mark.box, at)
                assert any(area.contains(box, 0.06 * mark.size + 0.5) for area in allowed), mark.line.text
            elif isinstance(mark, Picture | Code):
                assert any(area.contains(place_box(mark.box, at)) for area in allowed)


# Tents and signs


def test_a_tent_has_two_names_one_upside_down_and_its_fold_in_the_middle(pages: Pages, sample: Event) -> None:
    tents = pages("table-tents")
    assert len(tents) == 4
    for page in tents:
        person = sample.person(page.subject)
        (fold,) = [m for m, _ in walk(page.marks) if isinstance(m, Shape) and m.purpose == "fold"]
        middle = page.size.height / 2
        assert (fold.box.x, fold.box.right) == (-0.2, page.size.width + 0.2)
        assert fold.box.centre[1] == pytest.approx(middle)

        upright: dict[str, Box] = {}
        turned: dict[str, Box] = {}
        for mark, at in walk(page.marks):
            if isinstance(mark, Text):
                side = {1.0: upright, -1.0: turned}[at[0]]
                side[mark.line.text] = place_box(mark.box, at)
        assert set(upright) == set(turned) >= {person.name.first_line, person.name.second_line}
        for text, box in upright.items():
            assert box.y > middle
            assert turned[text].bottom < middle
            # Half a turn about the middle of the sheet brings one copy onto the other, but for the band's own height.
            assert turned[text].x == pytest.approx(page.size.width - box.right, abs=0.01)
        for name in (person.name.first_line, person.name.second_line):
            assert abs((turned[name].y - middle) + (upright[name].bottom - middle)) < 3 * mm


def test_each_sign_is_printed_as_often_as_ordered(pages: Pages, sample: Event) -> None:
    printed = Counter(page.name.partition(": ")[2] for page in pages("signs-a4"))
    for text in {sign.text for sign in sample.signs}:
        assert printed[text] == sum(sign.copies for sign in sample.signs if sign.text == text)


def test_a_sign_knows_where_it_goes(sample: Event) -> None:
    event = replace(sample, signs=(Sign("Exit", "arrow", "left", where="Hall"),), days=())
    ((page,), _) = made(event, "signs-a4")
    assert page.where == "Hall"


# What is shared is shared only by those it is the same for

ONE = """
extends: panel
trim: A6
panels:
  - each: {each}
    front:
{front}
"""


@pytest.fixture
def own(tmp_path: Path, sample: Event) -> Callable[..., Event]:
    """`own(front, each=…)`: the sample with a layout `mine` of one panel with these elements."""

    def write(*front: str, each: str = "attendee", head: str = "") -> Event:
        (tmp_path / "layouts").mkdir(exist_ok=True)
        elements = "\n".join(f"      - {element}" for element in front)
        text = ONE.format(each=each, front=elements).lstrip() + head
        (tmp_path / "layouts" / "mine.yaml").write_text(text, encoding="utf-8")
        return replace(sample, folder=tmp_path)

    return write


Own = Callable[..., Event]
BOX = "box: 10 10 80 20 mm"


def lines(event: Event) -> Sequence[str]:
    """All that each page of `mine` says."""
    return [" ".join(said(page)) for page in made(event, "mine")[0]]


def test_two_roles_of_one_colour_keep_their_words(own: Own) -> None:
    event = own(f'{{{BOX}, text: "{{role}}"}}')
    roles = (RoleStyle("staff", "Crew", BLACK), RoleStyle("press", "Press", BLACK))
    who = (guest("A B", roles=("staff",)), guest("C D", roles=("press",)))
    assert lines(replace(event, roles=roles, attendees=who)) == ["Crew", "Press"]


def test_what_is_printed_on_a_condition_is_printed_for_those_alone(own: Own) -> None:
    event = own(
        f"{{{BOX}, fill: primary}}",
        f'{{{BOX}, text: "her", when: pronouns is she}}',
        f'{{{BOX}, text: "him", when: pronouns is he}}',
        f"{{{BOX}, stack: [{{text: both}}, {{text: silent, when: not pronouns}}]}}",
    )
    people = (guest("A", pronouns="she"), guest("B", pronouns="he"), guest("C"), guest("D", pronouns="she"))
    assert lines(replace(event, attendees=people)) == ["her both", "him both", "both silent", "her both"]


def test_each_session_has_its_own_room(own: Own) -> None:
    event = own(f'{{{BOX}, text: "{{room}}"}}', each="session")
    day = Day((Session("I", "One", room="Baltic"), Session("II", "Two", room="Arctic")))
    assert lines(replace(event, days=(day,))) == ["Baltic", "Arctic"]


def test_a_column_called_like_a_fact_changes_nobody_else_s_badge(own: Own) -> None:
    event = own(f'{{{BOX}, text: "{{event}} {{Diet}}"}}')
    people = (guest("A", fields={"event": "A's party", "Diet": "vegan"}), guest("B", fields={"Diet": ""}))
    assert lines(replace(event, attendees=people)) == ["MINE.THE.GAP Workshop vegan", "MINE.THE.GAP Workshop"]


def test_what_is_the_same_is_drawn_once(pages: Pages) -> None:
    fronts = pages("badge-90x55")[::2]
    shared = {id(mark) for page in fronts for mark in page.marks if isinstance(mark, Group) and mark.shared}
    assert 0 < len(shared) < len(fronts)


def test_what_stands_under_a_name_stays_smaller_than_it(own: Own) -> None:
    event = own(
        "{box: 5 5 30 40 mm, text: '{given}', style: given, sizes: 40 20 10 pt, lines: 1}",
        "{box: 5 50 95 20 mm, text: '{role}', style: role, sizes: 30 15 8 pt, under: given}",
    )
    people = (guest("Bo Å"), guest("Maximiliane Å"), guest("Cy Å"))
    sides = [[text.size for text, _ in texts(page)] for page in made(replace(event, attendees=people), "mine")[0]]
    assert sides == [[40, 30], [10, 8], [40, 30]]


# What is not set as wished

LONG = "{box: 5 5 48 30 mm, text: '{given}', style: given, sizes: 40 24 20 pt, lines: 1}"


def called(given: str, family: str) -> Attendee:
    name = f"{given} {family}"
    return replace(guest(name), name=Name(name, given, family))


def outcomes(event: Event) -> list[tuple[str, ...]]:
    return [one.outcomes for page in made(event, "mine")[0] for one in page.fittings]


def test_middle_names_become_initials_only_where_the_layout_says_so_and_they_must(own: Own) -> None:
    people = (called("Ada Mary", "Byron"), called("Wilhelmina Alexandra", "Ek"))
    off = replace(own(LONG), attendees=people)
    assert lines(off) == ["Ada Mary", "Wilhelmina Alexandra"]
    assert outcomes(off) == [(Outcome.SMALLER,), (Outcome.SMALLER, Outcome.TOO_LONG)]
    on = replace(own(LONG, head="initials: true\n"), attendees=people)
    assert lines(on) == ["Ada Mary", "Wilhelmina A."]
    assert outcomes(on) == [(Outcome.SMALLER,), (Outcome.SMALLER, Outcome.INITIALS)]
    assert [problem.rule for problem in made(on, "mine")[1]] == []


def test_a_name_printed_whole_ends_its_line_between_its_parts(own: Own) -> None:
    event = own("{box: 5 5 60 40 mm, text: '{name}', style: name, sizes: 30 28 20 pt, lines: 2}")
    (page,) = made(replace(event, attendees=(called("Maria Louise Anna", "Ek Björk"),)), "mine")[0]
    assert said(page) == ["Maria Louise Anna", "Ek Björk"]


@pytest.mark.parametrize("layout", BADGES)
def test_nobody_s_name_is_silently_smaller_than_wished(sample: Event, layout: str) -> None:
    pages, _ = made(sample, layout)
    wished = {"badge-90x55": (28, 24), "badge-a6": (32, 24)}[layout]
    for page in pages:
        small = [
            text.line.text
            for text, _ in texts(page)
            if (text.role is Role.H1 and text.size < wished[0]) or (text.role is Role.H2 and text.size < wished[1])
        ]
        told = " ".join(one.text for one in page.fittings if Outcome.SMALLER in one.outcomes)
        assert all(text in told for text in small)
    assert any(page.fittings for page in pages)


# What is wrong in a layout


@pytest.mark.parametrize(
    ("element", "column", "message", "hint"),
    [
        ("{box: 1 2 3 mm, text: x}", 15, "'1 2 3 mm' is not a box", "write `x y width height mm`"),
        ("{box: 1 2 3 4, text: x}", 15, "'1 2 3 4' is not a box", "write `x y width height mm`"),
        ("{box: 1 2 3 4 em, text: x}", 15, "'1 2 3 4 em' is not a box", "write `x y width height mm`"),
        ("{box: bled, fill: ink}", 15, "'bled' is not a box", "write `x y width height mm`"),
        ("{box: 5 5 0 9 mm, text: x}", 15, "the box '5 5 0 9 mm' has no room in it", "write `x y width height mm`"),
        ("{text: x, sizes: 12 11 10}", 26, "'12 11 10' are not sizes", "write sizes from the largest to the smallest"),
        ("{text: x, sizes: 10 12 pt}", 26, "'10 12 pt' are not sizes", "write sizes from the largest to the smallest"),
        ("{text: x, sizes: pt}", 26, "'pt' are not sizes", "write sizes from the largest to the smallest"),
        ("{text: x, style: givn}", 26, "there is no text style 'givn'", "did you mean 'given'?"),
        ("{text: x, colour: prmary}", 27, "'prmary' is not a colour", "write primary, accent, ink"),
        ("{fill: '#12345'}", 16, "'#12345' is not a colour", "write primary, accent, ink"),
        ("{fill: }", 16, "fill is empty", "write primary, accent, ink"),
        ("{stack: [{text: x, gap: 3}]}", 33, "'3' is not a length", "add its unit, such as 3 mm"),
        ("{text: x, align: center}", 26, "align cannot be 'center'", "did you mean 'centre'?"),
        ("{text: x, valign: centre}", 27, "valign cannot be 'centre'", "known here: top, middle, bottom"),
        ("{list: days}", 16, "list cannot be 'days'", "did you mean 'day'?"),
        ("{text: x, turn: over}", 25, "turn cannot be 'over'", "known here: 0, 180"),
        ("{text: x, when: and}", 25, "'and' is not a condition", "write a field, `not` and a field"),
        ("{arrow: lft}", 17, "no arrow points 'lft'", "write left, right, up or down"),
        ("{text: x, lines: 0}", 26, "lines is 0, but 1 is the least", "write 1 or more"),
    ],
)
def test_a_fault_in_a_layout_is_an_error_at_its_place(
    own: Own, element: str, column: int, message: str, hint: str
) -> None:
    event = own("{box: trim, fill: white}", element, each="event")
    _, problems = made(event, "mine")
    (problem,) = problems
    assert (problem.severity, problem.message) == (Severity.ERROR, message)
    assert (problem.place.file, problem.place.line) == ("layouts/mine.yaml", 7)
    assert problem.place.column == column
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("style", "message", "hint"),
    [
        ("{sizes: 9}", "'9' are not sizes", "write sizes from the largest to the smallest"),
        ("{colour: petrol}", "'petrol' is not a colour", "write primary, accent, ink"),
        ("{font: Fira Snas}", "there is no font family 'Fira Snas'", "did you mean 'Fira Sans'?"),
        ("{case: Upper}", "case cannot be 'Upper'", "did you mean 'upper'?"),
        ("{weight: 4000}", "weight is 4000, but 900 is the most", "write 900 or less"),
    ],
)
def test_a_fault_in_a_text_style_is_an_error_at_its_place(own: Own, style: str, message: str, hint: str) -> None:
    event = own("{text: x, style: loud}", each="event", head=f"styles:\n  loud: {style}\n")
    _, problems = made(event, "mine")
    (problem,) = problems
    assert (problem.severity, problem.message) == (Severity.ERROR, message)
    assert (problem.place.file, problem.place.line) == ("layouts/mine.yaml", 8)
    assert problem.hint.startswith(hint)


def test_a_field_nobody_has_is_a_warning_at_its_place(own: Own) -> None:
    event = own('{text: "{given}"}', '{text: "[{orgnisation}]"}', "{text: x, when: not organization}")
    _, problems = made(event, "mine")
    assert [str(problem) for problem in problems] == [
        "layouts/mine.yaml:7:16: warning: nothing that 'panel' is printed for has a field 'orgnisation'\n"
        "  hint: did you mean 'organisation'?",
        "layouts/mine.yaml:8:25: warning: nothing that 'panel' is printed for has a field 'organization'\n"
        "  hint: did you mean 'organisation'?",
    ]


def test_a_column_of_the_list_is_a_field_even_if_few_have_it(own: Own) -> None:
    event = own('{text: "{Diet}"}')
    people = (guest("A"), guest("B", fields={"Diet": "vegan"}))
    assert made(replace(event, attendees=people), "mine")[1] == []


def test_a_code_with_no_room_is_an_error(own: Own) -> None:
    event = own("{box: 5 5 8 8 mm, code: badge}")
    _, (problem,) = made(replace(event, attendees=(guest("Ada"),)), "mine")
    assert (problem.severity, problem.rule, problem.place.cell) == (Severity.ERROR, "code.too-small", "B7")
    assert problem.message.startswith("Ada: a code of 25 modules does not fit 8 × 8 mm")


def test_a_picture_that_is_not_there_is_an_error(own: Own) -> None:
    event = own("{box: 5 5 8 8 mm, picture: images/map.png}", each="event")
    (page,), (problem,) = made(event, "mine")
    assert page.marks == (Group((), shared=True),)
    assert (problem.severity, problem.rule, problem.place.file) == (
        Severity.ERROR,
        "picture.unreadable",
        "images/map.png",
    )


def test_an_arrow_sign_without_a_direction_is_a_warning(sample: Event) -> None:
    sign = Sign("Exit", "arrow", place=Place("event.yaml", 40, 5))
    event = replace(sample, signs=(sign,), days=())
    _, (problem,) = made(event, "signs-a4")
    assert (problem.severity, problem.place) == (Severity.WARNING, sign.place)
    assert problem.message == "the arrow 'Exit' has no direction"


def test_colours_of_a_layout_follow_the_brand(own: Own) -> None:
    event = own("{box: bleed, fill: primary}", "{box: trim, stroke: accent, stroke_width: 1 mm}", each="event")
    red, blue = Colour(0.7, 0.1, 0.1), Colour(0.1, 0.1, 0.7)
    (page,), _ = made(replace(event, brand=Brand(red, blue)), "mine")
    shapes = [mark for mark, _ in walk(page.marks) if isinstance(mark, Shape)]
    assert [(shape.fill, shape.stroke, shape.stroke_width) for shape in shapes] == [
        (red, None, 0),
        (None, blue, pytest.approx(mm)),
    ]
    assert shapes[0].box == page.bleed_box
