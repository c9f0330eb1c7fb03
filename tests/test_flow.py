"""Lines are the best there are, join back to their text, and fill columns without an orphan, a widow or a lost row."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations, count, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventprint.colours import Colour
from eventprint.flow import (
    Balanced,
    Break,
    Column,
    Ending,
    FlowLine,
    Justified,
    Piece,
    Ragged,
    Row,
    Span,
    balance_columns,
    paragraph,
    place,
    pour,
    text_rows,
    total_fit,
)
from eventprint.geometry import Box
from eventprint.page import Anchor, Mark, Role, Text
from eventprint.text import Style, cap_height, width

SERIF = Style("Source Serif 4", size=9.5, language="en-GB")
BOLD = Style("Fira Sans", weight=600, size=11)

TITLES = (
    "MINE.THE.GAP Inter-platform Workshop",
    "Challenges and Opportunities for Interregional Cooperation of Raw Materials and Mining Regions and Clusters",
    "Cross-regional collaboration in INNOSUP actions implemented under H2020 Programme",
    "I3 – Interregional Innovation Investments Instrument",
    "Session I: Interregional cooperation in the development of innovation eco-systems for raw materials sector",
    "S3P mining industry partnership – Fostering sustainable mining through Regional Innovation Hub of responsible "
    "Mining and Metallurgy Business Solutions",
    "The role of regions in sustainable raw materials sector – EU Circular Cooperation Hub & SRIA",
    "Investment in industrial symbiosis and promotion of value for innovative technologies through cooperative "
    "alliances",
    "Assessment for interregional sustainable mining value chain and opportunities for SMEs Case Outokumpu Mining Hub "
    "– sustainable mining solutions",
)
LONGEST = TITLES[5]
INTRODUCTION = (
    "Regions and clusters play an important role in the development of innovation system for SMEs. The MINE.THE.GAP "
    "Inter-platform Workshop will bring European regional bodies, S3 platforms and clusters from different industrial "
    "value chains together to discuss about common threats, challenges and solutions for interregional cooperation in "
    "the frame of regional policies and cluster activities."
)


def texts(lines: Sequence[FlowLine]) -> list[str]:
    return [line.text for line in lines]


def set_in(measure: float, text: str, style: Style = SERIF, **how: object) -> list[str]:
    return texts(paragraph(text, style, measure, **how))  # type: ignore[arg-type]


def reach(line: FlowLine) -> tuple[float, float]:
    """The left and right end of a line, from the marks that are drawn."""
    marks, _ = place((line,), 0, 0, SERIF, leading=12)
    # the width of a mark has the space after its last letter too
    return min(mark.x for mark in marks), max(mark.x + mark.width for mark in marks) - line.tracking


# The best lines there are ---------------------------------------------------------------------------------------------

SPACE = 3.0


def words_of(widths: Sequence[float], endings: Sequence[Ending]) -> list[Break]:
    """Fragments of these widths; each ending but LAST stands between two of them."""
    breaks = [Break(0, 0, Ending.FORCED, 0.0, 0.0, 0.0, 0.0, ends=True)]
    x = spaces = 0.0
    for at, (wide, ending) in enumerate(zip(widths, [*endings, Ending.LAST], strict=True), 1):
        x += wide
        space = SPACE if ending is Ending.SPACE else 0.0
        hyphen = 2.0 if ending is Ending.HYPHEN else 0.0
        last = ending is Ending.LAST
        breaks.append(Break(at, at, ending, x + hyphen, x + space, spaces, spaces + space, ends=last))
        x += space
        spaces += space
    return breaks


def every_way(breaks: Sequence[Break]) -> Iterator[tuple[Break, ...]]:
    inner = breaks[1:-1]
    for number in range(len(inner) + 1):
        for chosen in combinations(inner, number):
            yield (breaks[0], *chosen, breaks[-1])


def tex_demerits(way: Sequence[Break], first: float, rest: float, tolerance: float) -> float:
    """The TeXbook's demerits (chapter 14) for plain TeX's parameters, and ours: for a short word alone at the end, for
    the end of a word alone there, and for a third hyphen in a row."""
    total, fitness, run = 0.0, 1, 0
    for number, (before, after) in enumerate(pairwise(way)):
        measure = rest if number else first
        natural = after.right - before.left
        glue = after.spaces_right - before.spaces_left
        if natural > measure:
            if natural - glue / 3 > measure + 0.01:
                return float("inf")
            ratio = (measure - natural) / (glue / 3) if glue else 0.0
        elif after.ending is Ending.LAST:
            ratio = 0.0
        else:
            ratio = (measure - natural) / (glue / 2) if glue else 25.0 if natural < measure else 0.0
        if ratio > tolerance:
            return float("inf")
        line_class = 3 if ratio > 1 else 2 if ratio > 0.5 else 0 if ratio < -0.5 else 1
        total += (10 + 100 * abs(ratio) ** 3) ** 2
        total += 2500 if after.ending in (Ending.HYPHEN, Ending.DASH) else 0
        total += 10_000 if abs(line_class - fitness) >= 2 else 0
        lonely = after.ending is Ending.LAST and number and natural < measure * (0.1 if glue else 1 / 3)
        if before.ending is Ending.HYPHEN:
            total += {Ending.HYPHEN: 10_000, Ending.LAST: 400_000 if lonely else 5_000}.get(after.ending, 0)
        total += 50_000 if lonely else 0
        run = run + 1 if after.ending in (Ending.HYPHEN, Ending.DASH) else 0
        total += 1e9 if run > 2 else 0
        fitness = line_class
    return total


def raggedness(way: Sequence[Break], first: float, rest: float) -> float:
    total, run = 0.0, 0
    for number, (before, after) in enumerate(pairwise(way)):
        measure = rest if number else first
        short = measure - (after.right - before.left)
        if short < -0.01:
            return float("inf")
        if after.ending is Ending.LAST:
            glue = after.spaces_right - before.spaces_left
            total += 1 if number and short > measure * (0.9 if glue else 2 / 3) else 0
        else:
            total += (short / measure) ** 2
        run = run + 1 if after.ending in (Ending.HYPHEN, Ending.DASH) else 0
        total += {Ending.HYPHEN: 0.0625, Ending.DASH: 0.01}.get(after.ending, 0)
        total += 5 if run > 2 else 0.0625 if run == 2 else 0
    return total


def unevenness(way: Sequence[Break], first: float, rest: float) -> tuple[int, float]:
    total = 0.0
    for number, (before, after) in enumerate(pairwise(way)):
        measure = rest if number else first
        short = measure - (after.right - before.left)
        if short < -0.01:
            return 1000, float("inf")
        total += (short / measure) ** 2
        if after.ending is Ending.LAST and number and after.spaces_right == before.spaces_left:
            total += 10
    return len(way) - 1, total


FRAGMENTS = st.lists(st.floats(1, 30, width=16), min_size=1, max_size=10)
BETWEEN = st.lists(st.sampled_from([Ending.SPACE, Ending.SPACE, Ending.HYPHEN, Ending.DASH]), min_size=9, max_size=9)


GAP, HYPHEN = Ending.SPACE, Ending.HYPHEN


@example([7.0, 7.0, 3.0, 4.0], [GAP, HYPHEN, HYPHEN], 21.0, 21.0, 5.0)  # a tight line must not follow a loose one
@example([12.0, 10.0, 3.0], [GAP, HYPHEN], 27.0, 27.0, 5.0)  # the end of a word alone on the last line
@example([6.0, 5.0, 1.0], [GAP, HYPHEN], 14.0, 14.0, 5.0)  # with its hyphen a part is wider than the whole word
@given(FRAGMENTS, BETWEEN, st.floats(32, 80), st.floats(32, 80), st.sampled_from([2.0, 5.0, float("inf")]))
def test_justified_lines_have_the_fewest_demerits(
    widths: list[float], between: list[Ending], first: float, rest: float, tolerance: float
) -> None:
    breaks = words_of(widths, between[: len(widths) - 1])
    least = min(tex_demerits(way, first, rest, tolerance) for way in every_way(breaks))
    chosen = total_fit(breaks, first, rest, Justified(tolerance))
    if least == float("inf"):
        assert chosen == ()
    else:
        assert tex_demerits(chosen, first, rest, tolerance) == pytest.approx(least)


@example([5.0, 4.0, 6.0, 12.0], [HYPHEN, GAP, HYPHEN], 15.0, 15.0)  # two hyphens below each other
@example([5.0, 6.0, 1.0], [GAP, HYPHEN], 15.0, 15.0)
@given(FRAGMENTS, BETWEEN, st.floats(32, 80), st.floats(32, 80))
def test_ragged_lines_are_the_least_ragged(
    widths: list[float], between: list[Ending], first: float, rest: float
) -> None:
    breaks = words_of(widths, between[: len(widths) - 1])
    least = min(raggedness(way, first, rest) for way in every_way(breaks))
    assert raggedness(total_fit(breaks, first, rest, Ragged()), first, rest) == pytest.approx(least)


@given(FRAGMENTS, st.floats(32, 80))
def test_a_heading_has_the_fewest_lines_and_of_those_the_most_equal(widths: list[float], measure: float) -> None:
    breaks = words_of(widths, [Ending.SPACE] * (len(widths) - 1))
    lines, uneven = min(unevenness(way, measure, measure) for way in every_way(breaks))
    chosen = total_fit(breaks, measure, measure, Balanced())
    assert unevenness(chosen, measure, measure) == (lines, pytest.approx(uneven))


# Paragraphs -----------------------------------------------------------------------------------------------------------

AWKWARD = ("–", "&", "J.", "12", "mm", "a", "09:45–10:15", "“Mining”", "soft\u00adhyphen", "Nykänen")
FAR = ("日本語の文章、「括弧」", "https://example.org/programme/2022")
WORDS = st.sampled_from([*INTRODUCTION.split(), *AWKWARD, *FAR])
PROSE = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
MEASURES = st.floats(40, 320)
HOW = st.fixed_dictionaries(
    {
        "align": st.sampled_from(["start", "left", "right", "centre", "justify"]),
        "hyphenate": st.booleans(),
        "balance": st.booleans(),
        "indent": st.sampled_from([0.0, 12.0]),
        "hang": st.sampled_from([0.0, 9.0]),
    }
)


@settings(deadline=None)
@given(PROSE, MEASURES, HOW)
def test_lines_join_back_to_the_text(text: str, measure: float, how: dict[str, object]) -> None:
    lines = paragraph(text, SERIF, measure, **how)  # type: ignore[arg-type]
    assert "".join(line.source for line in lines) == text
    for line in lines:
        hyphen = "\u00ad" if line.hyphenated else ""
        assert line.text == line.source.rstrip(" ").replace("\u00ad", "") + hyphen


@settings(deadline=None)
@given(PROSE, MEASURES, HOW)
@example(
    "Regions & bodies,",
    40.0,
    {"align": "start", "hyphenate": True, "balance": False, "indent": 12.0, "hang": 9.0},
)  # a word cut where a hyphen would have stood
def test_no_line_is_wider_than_its_column(text: str, measure: float, how: dict[str, object]) -> None:
    hung = 0.7 * width("”", SERIF) if how["align"] == "justify" and not how["balance"] else 0.0
    for number, line in enumerate(paragraph(text, SERIF, measure, **how)):  # type: ignore[arg-type]
        left, right = reach(line)
        inset = how["hang"] if number else how["indent"]
        assert left >= inset - hung - 0.02  # type: ignore[operator]
        assert right <= measure + hung + 0.02


@settings(deadline=None)
@given(PROSE, MEASURES, st.booleans())
def test_justified_lines_fill_the_measure(text: str, measure: float, hyphenate: bool) -> None:
    lines = paragraph(text, SERIF, measure, align="justify", hyphenate=hyphenate)
    for line in lines[:-1]:
        if " " in line.text and not line.broken:
            left, right = reach(line)
            first, last = line.text[0], line.text[-1].replace("\u00ad", "-")
            out = 0.6 * width(first, SERIF) if first in "“”" else 0.0
            share = {"-": 0.6, ",": 0.7, ".": 0.7, "–": 0.3, "”": 0.6}.get(last, 0.0)
            assert left == pytest.approx(-out, abs=0.02)
            assert right == pytest.approx(measure + share * width(last, SERIF), abs=0.02)


@settings(deadline=None)
@given(PROSE, st.floats(62, 320), HOW)
def test_times_names_and_measures_are_never_parted(text: str, measure: float, how: dict[str, object]) -> None:
    text = f"{text} from 09:45–10:15 or 14:00 – 14:15, 12 mm, J. Smith in Room 7 on 11 May 2022"
    lines = paragraph(text, SERIF, measure + 12, **how)  # type: ignore[arg-type]
    sources = [line.source for line in lines if not line.broken]
    for whole in ("09:45–10:15", "14:00 – 14:15,", "12 mm,", "J. Smith", "Room 7", "11 May"):
        start = text.rindex(whole)
        at = 0
        for line in lines:
            inside = start < at < start + len(whole)
            assert not inside or line.broken, (whole, sources)
            at += len(line.source)


@pytest.mark.parametrize("measure", range(90, 460, 10))
@pytest.mark.parametrize("title", TITLES)
def test_no_title_of_the_sample_ends_in_a_lonely_word(title: str, measure: int) -> None:
    lines = paragraph(title, BOLD, measure, balance=True)
    last_two = " ".join(title.split()[-2:])
    assert len(lines) == 1 or len(lines[-1].text.split()) > 1 or width(last_two, BOLD) > measure
    assert not any(line.hyphenated or line.broken for line in lines)


@pytest.mark.parametrize("measure", range(120, 460, 20))
@pytest.mark.parametrize("title", TITLES)
def test_titles_have_no_more_lines_than_filling_one_after_the_other_gives(title: str, measure: int) -> None:
    lines, line = 1, ""
    for word in title.replace("– ", "–\u00a0").replace(" –", "\u00a0–").replace("–\u00a0", "– ").split(" "):
        longer = f"{line} {word}".strip()
        if width(longer, BOLD) > measure:
            lines, line = lines + 1, word
        else:
            line = longer
    assert len(paragraph(title, BOLD, measure, balance=True)) <= lines


def test_titles_break_where_they_make_sense() -> None:
    assert set_in(220, LONGEST, BOLD, balance=True) == [
        "S3P mining industry partnership –",
        "Fostering sustainable mining through",
        "Regional Innovation Hub of responsible",
        "Mining and Metallurgy Business Solutions",
    ]
    assert set_in(220, TITLES[2], BOLD, balance=True) == [
        "Cross-regional collaboration",
        "in INNOSUP actions implemented",
        "under H2020 Programme",
    ]
    assert set_in(300, TITLES[6], BOLD, balance=True) == [
        "The role of regions in sustainable raw materials sector –",
        "EU Circular Cooperation Hub & SRIA",
    ]
    assert set_in(150, TITLES[0], BOLD, balance=True) == ["MINE.THE.GAP", "Inter-platform Workshop"]


def test_a_ragged_paragraph_keeps_company_for_its_last_word() -> None:
    text = "one two three four five six"
    measure = width("one two three four five", SERIF) + 2
    assert set_in(measure, text) == ["one two three four", "five six"]


def test_the_last_line_of_a_justified_paragraph_shrinks_rather_than_leaving_a_word_alone() -> None:
    text = "Regions and clusters play an important role"
    (line,) = paragraph(text, SERIF, width(text, SERIF) - 2, align="justify")
    assert line.text == text
    assert reach(line) == pytest.approx((0, width(text, SERIF) - 2))


def test_hyphens_come_only_when_asked_for_and_in_the_language_of_the_text() -> None:
    assert not any(line.hyphenated for line in paragraph(INTRODUCTION, SERIF, 150, align="justify"))
    hyphenated = paragraph(INTRODUCTION, SERIF, 150, align="justify", hyphenate=True)
    assert any(line.hyphenated for line in hyphenated)
    assert all(line.text.endswith("\u00ad") == line.hyphenated for line in hyphenated)
    german = SERIF.but(language="de-AT")
    measure = width("Zusammenarbei-", german)
    assert set_in(measure, "Zusammenarbeiten", german, hyphenate=True)[0].endswith("\u00ad")
    finnish = paragraph("yhteistyömahdollisuudet", SERIF.but(language="fi"), 60, hyphenate=True)
    assert not any(line.hyphenated for line in finnish)
    assert all(line.broken for line in finnish)


@pytest.mark.parametrize("name", ["Jokelainen", "ICAMCyL", "MINE.THE.GAP", "EISMEA", "H2020", "Cross-regional"])
def test_names_and_short_forms_are_not_hyphenated(name: str) -> None:
    measure = width(name, SERIF) + 1
    text = f"innovation {name} innovation"
    assert name in set_in(measure, text, hyphenate=True)


def test_a_soft_hyphen_is_seen_only_where_a_line_ends_at_it() -> None:
    assert set_in(300, "inter\u00adplatform") == ["interplatform"]
    assert set_in(width("platform", SERIF) + 1, "inter\u00adplatform") == ["inter\u00ad", "platform"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Inter-platform", ["Inter-", "platform"]),
        ("threats—challenges", ["threats—", "challenges"]),
        ("wide\u200bspace", ["wide", "space"]),
        ("one\u2028two", ["one", "two"]),
        ("Hub – case", ["Hub –", "case"]),
        ("Hub & SRIA", ["Hub", "& SRIA"]),
    ],
)
def test_where_a_line_may_end(text: str, parts: list[str]) -> None:
    assert set_in(max(width(part, SERIF) for part in parts) + 0.5, text) == parts


@pytest.mark.parametrize(
    "text",
    ["9.45–10.15", "COVID-19", "e-mail", "12\u00a0mm", "Session\u202fIV", "2022-05-11", "10:00 – 10:20", "J. Smith",
     "5 %", "9.30 a.m.", "Session II", "« oui »", "Quoi ?", "J.-P. Dupont"],
)  # fmt: skip
def test_where_no_line_ends(text: str) -> None:
    lines = paragraph(f"word {text} word", SERIF, max(width(text, SERIF), width("word", SERIF)) + 1)
    assert [line.text for line in lines] == ["word", text, "word"]
    assert not any(line.broken for line in lines)


def test_no_line_of_chinese_characters_begins_with_a_stop_or_ends_with_a_bracket() -> None:
    text = "日本語の文章は、どこでも改行できますが、「括弧」や句読点には規則があります。"
    style = SERIF.but(language="ja")
    for measure in range(30, 200, 5):
        for line in paragraph(text, style, measure):
            assert not line.broken
            assert line.text[0] not in "、。」"
            assert line.text[-1] not in "「"


def test_what_fits_no_column_is_cut_and_says_so() -> None:
    address = ["https://example.org/", "programme/2022"]
    lines = paragraph("".join(address), SERIF, max(width(part, SERIF) for part in address) + 4)
    assert texts(lines) == address
    assert all(line.broken for line in lines)
    measure = width(address[0], SERIF) + 4
    around = paragraph(f"Slides at {address[0]}{'programme/' * 9} for all of us, and no more", SERIF, measure)
    assert (around[0].broken, around[1].broken, around[-1].broken) == (False, True, False)
    assert all(line.text.endswith("/") for line in around if line.broken and " " not in line.text)
    wide = paragraph("W", SERIF, 2)
    assert texts(wide) == ["W"]
    assert wide[0].broken


def test_marks_of_one_letter_are_never_parted() -> None:
    text = "क्षि" * 8 + "e\u0301\u0323" * 20
    lines = paragraph(text, SERIF, 30)
    assert all(line.broken for line in lines)
    assert not any(line.text[0] in "\u0301\u0323\u093f\u094d" for line in lines)


def test_spaces_and_line_feeds_of_the_source_do_not_matter() -> None:
    assert set_in(500, "  Regions \n and\tclusters  ") == ["Regions and clusters"]
    assert set_in(500, " a \u2028 \u2028 b ") == ["a", "b"]
    assert paragraph(" \n ", SERIF, 100) == ()


def test_no_width_left_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no width left"):
        paragraph("text", SERIF, 20, indent=20)


def test_alignment_and_indents() -> None:
    text = "Regions and clusters play an important role"
    for align, edges in {
        "left": [(12, None), (5, None)],
        "right": [(None, 100), (None, 100)],
        "centre": [(None, None)] * 2,
    }.items():
        lines = paragraph(text, SERIF, 100, align=align, indent=12, hang=5)  # type: ignore[arg-type]
        for number, (line, (left, right)) in enumerate(zip(lines, edges, strict=False)):
            inset = 5 if number else 12
            start, end = reach(line)
            assert left is None or start == pytest.approx(left)
            assert right is None or end == pytest.approx(right)
            assert align != "centre" or start - inset == pytest.approx(100 - end)


def test_text_from_right_to_left_starts_at_the_right() -> None:
    text = "مرحبا بالعالم هذا نص عربي طويل بما يكفي للكسر"
    for align in ("start", "justify"):
        lines = paragraph(text, SERIF, 100, align=align)  # type: ignore[arg-type]
        assert len(lines) > 1
        assert all(reach(line)[1] == pytest.approx(100, abs=0.02) for line in lines)


def test_styles_change_inside_a_paragraph() -> None:
    red = Colour.parse("#c00000")
    italic = SERIF.but(italic=True)
    spans = [Span("Speakers: ", SERIF), Span(" Milena Stoyanova,", italic, red), Span(" EISMEA", SERIF)]
    (line,) = paragraph(spans, SERIF, 300)
    assert [(part.line.text, part.style, part.colour) for part in line.parts] == [
        ("Speakers: ", SERIF, None),
        ("Milena Stoyanova,", italic, red),
        (" EISMEA", SERIF, None),
    ]
    marks, _ = place((line,), 10, 20, SERIF, leading=12)
    for before, after in pairwise(marks):
        assert before.x + before.width == pytest.approx(after.x)
    assert [mark.colour == red for mark in marks] == [False, True, False]
    assert texts(paragraph([Span("same ", SERIF), Span("same ", BOLD), Span("same", SERIF)], SERIF, 300)) == [
        "same same same"
    ]
    narrow = paragraph(spans, SERIF, 70, align="justify")
    assert "".join(line.source for line in narrow) == "Speakers: Milena Stoyanova, EISMEA"
    assert all(reach(line)[1] <= 70 + 3 for line in narrow)


def test_spaced_letters_are_measured_as_they_are_drawn() -> None:
    spaced = BOLD.but(tracking=0.08)
    for line in paragraph(INTRODUCTION, spaced, 180, align="justify")[:-1]:
        _, right = reach(line)
        assert right == pytest.approx(180, abs=5 if line.text[-1] in ",.-" else 0.02)


def test_letters_take_over_a_little_where_spaces_would_gape() -> None:
    space = width(" ", SERIF)
    loose = [line for line in paragraph(INTRODUCTION, SERIF, 110, align="justify") if line.word_space > space]
    assert len(loose) > 2
    assert all(0 < line.tracking <= 0.015 * SERIF.size + 1e-9 for line in loose)
    even = paragraph(INTRODUCTION, SERIF, 300, align="justify", hyphenate=True)
    assert all(line.tracking == 0 for line in even if line.word_space <= 0.5 * space)
    assert any(line.word_space > 0 for line in even)


@pytest.mark.parametrize("text", ["إدارة المواد الخام الإقليمية", "क्षेत्रीय कच्चे माल का प्रबंधन"])
def test_letters_that_join_are_never_set_apart(text: str) -> None:
    lines = paragraph(f"{text} {text}", SERIF, 80, align="justify")
    assert len(lines) > 1
    assert all(line.tracking == 0 for line in lines)


def test_the_first_baseline_stands_where_asked() -> None:
    lines = paragraph(INTRODUCTION, SERIF, 200)
    cap = cap_height(SERIF) * SERIF.size
    marks, end = place(lines, 10, 100, SERIF, leading=12, first_baseline="cap", role=Role.CAPTION, block=7)
    assert marks[0].y - cap == pytest.approx(100)
    assert [mark.y for mark in marks] == pytest.approx([100 + cap + 12 * number for number in range(len(lines))])
    assert end == 100 + 12 * len(lines)
    assert {(mark.role, mark.block) for mark in marks} == {(Role.CAPTION, 7)}
    centred, _ = place(lines[:1], 10, 100, SERIF, leading=12)
    above, below = centred[0].y - cap - 100, 112 - centred[0].y
    assert above == pytest.approx(below)


def test_nothing_of_pyphen_is_loaded_before_a_hyphen_is_asked_for() -> None:
    code = (
        "import sys, eventprint.flow as f, eventprint.text as t\n"
        "f.paragraph('word ' * 50, t.Style(), 100)\n"
        "print('pyphen' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


# Columns --------------------------------------------------------------------------------------------------------------


def named(piece: int, row: int, height: float) -> Row:
    return Row(height, lambda x, y: (Anchor(f"{piece}.{row}", y),))


@st.composite
def stories(draw: st.DrawFn) -> list[Piece]:
    pieces = []
    for index in range(draw(st.integers(1, 12))):
        heights = draw(st.lists(st.sampled_from([10.0, 12.0, 14.5]), min_size=1, max_size=9))
        heading = draw(st.booleans()) and len(heights) < 3
        pieces.append(
            Piece(
                tuple(named(index, number, height) for number, height in enumerate(heights)),
                space_before=draw(st.sampled_from([0.0, 6.0, 20.0])),
                space_after=draw(st.sampled_from([0.0, 6.0])),
                keep_with_next=heading,
                keep_together=draw(st.booleans()) and len(heights) < 5,
            )
        )
    return pieces


def rows_in(column: Column) -> list[tuple[int, int, float]]:
    found = []
    for mark in column.marks:
        assert isinstance(mark, Anchor)
        piece, row = map(int, mark.name.split("."))
        found.append((piece, row, mark.y))
    return found


def endless(height: float) -> Iterator[Box]:
    return (Box(100 * number, 50, 90, height) for number in count())


@given(stories(), st.floats(60, 300))
def test_every_row_is_set_once_in_order_and_inside_its_column(pieces: list[Piece], height: float) -> None:
    poured = pour(pieces, endless(height))
    assert poured.rest == ()
    order = [(piece, row) for column in poured.columns for piece, row, _ in rows_in(column)]
    assert order == [(index, number) for index, piece in enumerate(pieces) for number in range(len(piece.rows))]
    for column in poured.columns:
        y = column.box.y
        for at, (piece, row, top) in enumerate(rows_in(column)):
            if at == 0:
                assert top == column.box.y
            elif row == 0:
                space = max(pieces[piece - 1].space_after, pieces[piece].space_before)
                assert top - y == pytest.approx(space)
            else:
                assert top == pytest.approx(y)
            y = top + pieces[piece].rows[row].height
        assert column.bottom == pytest.approx(y)
        assert y <= column.box.bottom + 0.02
        assert not column.over
    assert [piece for column in poured.columns for piece in column.starts] == list(range(len(pieces)))


@given(stories(), st.floats(60, 300))
def test_no_orphan_no_widow_no_heading_at_a_foot(pieces: list[Piece], height: float) -> None:
    for column, following in pairwise(pour(pieces, endless(height)).columns):
        last, row, _ = rows_in(column)[-1]
        after, next_row, _ = rows_in(following)[0]
        if column.strained:
            continue
        if after == last:
            assert row + 1 >= 2
            assert len(pieces[last].rows) - next_row >= 2
            assert not pieces[last].keep_together
        else:
            assert not pieces[last].keep_with_next


@given(stories())
def test_no_column_is_strained_where_everything_that_belongs_together_fits(pieces: list[Piece]) -> None:
    assert not any(column.strained for column in pour(pieces, endless(1200)).columns)


@given(stories(), st.floats(60, 300))
def test_no_column_ends_before_it_must(pieces: list[Piece], height: float) -> None:
    """With one row more, up to the next place where a column may end, it would be too high."""
    columns = pour(pieces, endless(height)).columns
    for column, following in pairwise(columns):
        if column.strained:
            continue
        space = column.box.bottom - column.bottom
        last = rows_in(column)[-1][0]
        needed = 0.0
        for piece, row, _ in rows_in(following):
            if row == 0 and piece:
                needed += max(pieces[piece - 1].space_after, pieces[piece].space_before)
            needed += pieces[piece].rows[row].height
            whole = pieces[piece]
            left = len(whole.rows) - row - 1
            free = not whole.keep_with_next if left == 0 else row + 1 >= 2 and left >= 2 and not whole.keep_together
            if free:
                assert needed > space, (last, piece, row)
                break


@given(stories(), st.floats(60, 300), st.integers(0, 3))
def test_what_finds_no_column_is_handed_back_whole(pieces: list[Piece], height: float, columns: int) -> None:
    poured = pour(pieces, [box for box, _ in zip(endless(height), range(columns), strict=False)])
    assert len(poured.columns) <= columns
    rest = pour(poured.rest, endless(height))
    names = [mark.name for part in (poured, rest) for column in part.columns for mark in column.marks]  # type: ignore[union-attr]
    assert names == [f"{index}.{row}" for index, piece in enumerate(pieces) for row in range(len(piece.rows))]


def test_pieces_that_must_be_parted_are_and_the_column_says_so() -> None:
    tall = Piece(tuple(named(0, row, 10) for row in range(8)), keep_together=True)
    columns = pour([tall], endless(55)).columns
    assert [len(column.marks) for column in columns] == [5, 3]
    assert [column.strained for column in columns] == [True, False]
    assert not any(column.over for column in columns)


def test_a_row_higher_than_any_column_is_set_and_the_column_says_so() -> None:
    columns = pour([Piece((named(0, 0, 80),)), Piece((named(1, 0, 10),))], endless(55)).columns
    assert [column.over for column in columns] == [True, False]
    assert columns[0].bottom == 50 + 80


def test_a_low_column_before_higher_ones_is_left_empty_by_what_does_not_fit() -> None:
    boxes = [Box(0, 0, 90, 30), Box(100, 0, 90, 30), Box(0, 0, 90, 200)]
    heading = Piece((named(0, 0, 20),), keep_with_next=True)
    body = Piece(tuple(named(1, row, 10) for row in range(4)))
    columns = pour([heading, body], boxes).columns
    assert [len(column.marks) for column in columns] == [0, 0, 5]
    assert not any(column.strained or column.over for column in columns)


@given(stories(), st.integers(2, 4))
def test_balanced_columns_are_as_low_as_they_can_be(pieces: list[Piece], number: int) -> None:
    boxes = [Box(100 * at, 50, 90, 400) for at in range(number)]
    plain, balanced = pour(pieces, boxes), balance_columns(pieces, boxes)
    assert [mark for column in balanced.columns for mark in column.marks] != [] or plain.rest
    lowest = max(column.bottom for column in balanced.columns)
    assert lowest <= max(column.bottom for column in plain.columns)
    assert all(column.box == box for column, box in zip(balanced.columns, boxes, strict=False))
    if not plain.rest and not any(column.strained for column in plain.columns):
        lower = pour(pieces, [Box(box.x, 50, 90, lowest - 50 - 0.2) for box in boxes])
        assert lower.rest or any(column.strained or column.over for column in lower.columns)


def test_lines_become_rows() -> None:
    lines = paragraph(INTRODUCTION, SERIF, 200)
    rows = text_rows(lines, SERIF, leading=12, block=3, x=20)
    poured = pour([Piece(rows)], [Box(10, 30, 220, 500)])
    marks = poured.columns[0].marks
    expected, end = place(lines, 30, 30, SERIF, leading=12, block=3)
    assert [mark for mark in marks if isinstance(mark, Text)] == list(expected)
    assert poured.columns[0].bottom == end


def test_a_row_takes_marks_beside_it() -> None:
    def beside(x: float, y: float) -> Sequence[Mark]:
        return (Anchor("beside", y),)

    row = named(0, 0, 10).beside(beside)
    assert [mark.name for mark in row.marks(0, 5) if isinstance(mark, Anchor)] == ["0.0", "beside"]


def test_the_same_pieces_give_the_same_columns() -> None:
    def once() -> list[str]:
        lines = paragraph(INTRODUCTION, SERIF, 120, align="justify", hyphenate=True)
        columns = pour([Piece(text_rows(lines, SERIF, leading=12))] * 4, endless(100)).columns
        marks = [mark for column in columns for mark in column.marks if isinstance(mark, Text)]
        return [f"{mark.x} {mark.y} {mark.line.text}" for mark in marks]

    assert once() == once()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("ภาษา", "ไทย", "เป็น", "ภาษา"), "ภ"),
        (("ຍິນດີ", "ຕ້ອນຮັບ", "ສູ່", "ປະເທດ", "ລາວ"), "ຍ"),
        (("សូមស្វាគមន៍", "មកកាន់", "ព្រះរាជាណាចក្រ", "កម្ពុជា"), "ស"),
        (("မြန်မာနိုင်ငံ", "သည်", "အရှေ့တောင်"), "မ"),
    ],
    ids=["Thai", "Lao", "Khmer", "Burmese"],
)
def test_lines_of_scripts_without_spaces_end_where_words_end(words: tuple[str, ...], wrong: str) -> None:
    text = "".join(words) * 4
    borders = {sum(map(len, (words * 4)[:count])) for count in range(len(words) * 4 + 1)}
    style = Style("Fira Sans", 400, False, 10.0)
    widest = max(width(word, style) for word in words)
    lines = paragraph(text, style, widest * 2.2)
    ends, at = set(), 0
    for line in lines:
        at += len(line.source)
        ends.add(at)
    assert len(lines) > 3
    assert ends <= borders
    assert not any(line.broken or line.hyphenated for line in lines)
    assert text.index(wrong) + 1 not in borders


def test_a_latin_paragraph_loads_no_dictionaries() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from eventprint import flow; from eventprint.text import Style; "
            "flow.paragraph('Ein Lyoner Café – 10:15–10:30 (live) ☕ für S3-Plattformen', Style('Fira Sans'), 90.0); "
            "print('icu4py' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"


def test_a_line_runs_as_its_paragraph_does_whatever_it_begins_with() -> None:
    """In an English paragraph a line that begins with Hebrew still runs from left to right; in a Hebrew one it is
    the other way about."""
    style = Style("Fira Sans", size=10)
    english, hebrew = "so they say", "שלום עולם"
    for text, from_left in (
        (f"{english}\u2028{hebrew} {english}", True),
        (f"{hebrew}\u2028{english} {hebrew}", False),
    ):
        line = paragraph(text, style, 300)[1]
        leftmost = "".join(cell.text for cell in line.parts[0].line.runs[0].cells)
        assert any("\u0590" <= letter <= "\u05ff" for letter in leftmost)
        assert (line.x < 1) is from_left
