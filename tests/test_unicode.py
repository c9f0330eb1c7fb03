"""The text engine against Unicode's own test files, version 15.0, kept in tests/unicode with their licence.

The running Python brings tables of its own version of Unicode (14.0 with Python 3.11): characters that it does not
know are left out, and characters that a later version moved to another class are listed here.
"""

from __future__ import annotations

import lzma
import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from eventprint.text import Style, bidi, breaking, missing, shape
from eventprint.text.scripts import clusters, grapheme_break

FILES = Path(__file__).resolve().parent / "unicode"

BASES = {bits: [base for bit, base in ((1, None), (2, 0), (4, 1)) if bits & bit] for bits in range(1, 8)}
"""What the bit set of a case says: paragraphs of automatic, of left-to-right and of right-to-left direction."""

CASES = 770_241
STEP = 10
PARTS = 4

STANDING_ALONE = {
    *(0x102B, 0x102C, 0x1038, *range(0x1062, 0x1065), *range(0x1067, 0x106E), 0x1083, *range(0x1087, 0x108D), 0x108F),
    *range(0x109A, 0x109D),
    *(0x1A61, 0x1A63, 0x1A64),
    *(0xAA7B, 0xAA7D),
    *(0x11720, 0x11721),
}
"""Vowel and tone signs (Mc) of Burmese, Mon, Karen, Shan, Tai Tham, Khamti and Ahom that Annex 29 makes clusters of
their own. The engine keeps them with their letter, as section 3.1 of the annex allows: a syllable would otherwise be
cut or spaced out in its middle."""


def lines(name: str) -> Iterator[str]:
    """The lines of a file that say something, without their comments."""
    with lzma.open(FILES / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if said := line.partition("#")[0].strip():
                yield said


def text(points: str) -> str:
    return "".join(chr(int(point, 16)) for point in points.split())


def visible(expected: list[str]) -> list[tuple[int, int]]:
    """Place and level of the characters that the algorithm keeps; for the others the files have "x"."""
    return [(at, int(level)) for at, level in enumerate(expected) if level != "x"]


def right(wanted: list[tuple[int, int]], order: list[int], found: list[int]) -> bool:
    """Whether the kept characters have the wanted levels and, from left to right, the wanted order."""
    if any(found[at] != level for at, level in wanted):
        return False
    return [wanted[at][0] for at in bidi.visual_order([found[at] for at, _ in wanted])] == order


def bidi_failures(first: int, step: int) -> tuple[int, list[str]]:
    """How many cases of BidiTest.txt were run, every `step`th from `first` on, and which of them failed."""
    wanted: list[tuple[int, int]] = []
    order: list[int] = []
    failures = []
    at = count = 0
    for line in lines("BidiTest"):
        if line.startswith("@Levels:"):
            wanted = visible(line.removeprefix("@Levels:").split())
        elif line.startswith("@Reorder:"):
            order = [int(at) for at in line.removeprefix("@Reorder:").split()]
        else:
            names, _, bits = line.partition(";")
            for base in BASES[int(bits)]:
                if at % step == first:
                    kinds = names.split()
                    count += 1
                    if not right(wanted, order, bidi.levels_of(kinds, "x" * len(kinds), base)[1]):
                        failures.append(f"{line} as {base}")
                at += 1
    return count, failures


def test_a_tenth_of_the_bidi_test():
    """Every tenth case of BidiTest.txt, evenly spread; the full run, 18 s of computing, is the test below."""
    count, failures = bidi_failures(0, STEP)
    assert count == -(-CASES // STEP)
    assert failures == []


@pytest.mark.skipif(
    not os.environ.get("EVENTPRINT_ALL_TESTS"),
    reason="the whole BidiTest takes half a minute: a tenth of it was run; set EVENTPRINT_ALL_TESTS=1 for all",
)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_whole_bidi_test(part: int):
    """All 770,241 cases of BidiTest.txt, in four parts that can run side by side."""
    count, failures = bidi_failures(part, PARTS)
    assert count == len(range(part, CASES, PARTS))
    assert failures == []


@pytest.mark.thorough
def test_the_bidi_character_test():
    """All 91,707 lines, with the classes and the brackets of real characters."""
    failures = []
    count = 0
    for line in lines("BidiCharacterTest"):
        points, direction, base, expected, order = line.split(";")
        count += 1
        given = None if direction == "2" else int(direction)
        found_base, found = bidi.levels(text(points), given)
        wanted = visible(expected.split())
        if found_base != int(base) or not right(wanted, [int(at) for at in order.split()], found):
            failures.append(line)
    assert count == 91_707
    assert failures == []


def ranges(name: str) -> Iterator[tuple[range, str]]:
    """The ranges of a property file and their value."""
    for line in lines(name):
        points, _, value = line.partition(";")
        first, _, last = points.strip().partition("..")
        yield range(int(first, 16), int(last or first, 16) + 1), value.strip()


def known(point: int) -> bool:
    """Whether this Python knows the character, so that it can say anything of it."""
    return unicodedata.category(chr(point)) != "Cn"


@cache
def bidi_classes() -> dict[int, str]:
    return {point: value for span, value in ranges("DerivedBidiClass") for point in span}


def test_every_character_has_its_bidi_class():
    classes = bidi_classes()
    assert [f"{point:X}" for point in classes if known(point) and bidi.kind(chr(point)) != classes[point]] == []


def test_no_character_that_steers_direction_slips_past_the_short_cut():
    """Text for which `has_rtl` is false is never asked for its levels."""
    steering = {"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    classes = bidi_classes()
    assert [f"{point:X}" for point in classes if classes[point] in steering and not bidi.has_rtl(chr(point))] == []


def test_the_grapheme_break_test():
    """All 602 lines: where the file has ÷ a cluster ends, and nowhere else."""
    failures = []
    count = 0
    for line in lines("GraphemeBreakTest"):
        wanted = [text(part.replace("×", " ")) for part in line.split("÷") if part.strip()]
        whole = "".join(wanted)
        count += 1
        if [whole[start:end] for start, end in clusters(whole)] != wanted:
            failures.append(line)
    assert count == 602
    assert failures == []


@cache
def grapheme_classes() -> dict[int, str]:
    return {point: value for span, value in ranges("GraphemeBreakProperty") for point in span}


def test_every_character_has_its_grapheme_break_class():
    """Extend and SpacingMark are taken as one: they differ only between an emoji and a joiner."""
    short = {"Regional_Indicator": "RI", "Extend": "Mark", "SpacingMark": "Mark"}
    named = {"Extend": "Mark", "SpacingMark": "Mark", "Pict": ""}
    classes = grapheme_classes()
    differing = set()
    for point in range(0x110000):
        if known(point):
            wanted = classes.get(point, "")
            found = grapheme_break(chr(point))
            if named.get(found, found) != short.get(wanted, wanted):
                differing.add(point)
    assert {f"{point:X}" for point in differing} == {f"{point:X}" for point in STANDING_ALONE}


def test_every_picture_is_known_as_one():
    pictures = {point for span, value in ranges("emoji-data") if value == "Extended_Pictographic" for point in span}
    assert max(pictures) < 0x20000
    assert {point for point in range(0x20000) if grapheme_break(chr(point)) == "Pict"} == pictures


@pytest.mark.parametrize("together", ["🙂‍↔️", "👩🏽‍❤️‍💋‍👨🏿", "🐦‍⬛", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇺🇦", "각", "ကြော", "ก็ำ", "\u0600١"])
def test_what_people_see_as_one_is_one(together: str):
    assert list(clusters(f"a{together}b")) == [(0, 1), (1, 1 + len(together)), (1 + len(together), 2 + len(together))]


def test_two_joiners_join_nothing():
    assert list(clusters("🙂\u200d\u200d🙂")) == [(0, 3), (3, 4)]


def runs(text: str) -> list[str]:
    """The runs from left to right, each in logical order."""
    return [
        "".join(sorted((cell.text for cell in run.cells), key=text.index)) for run in shape(text, Style(), False).runs
    ]


def test_a_sign_before_a_figure_is_shaped_with_it_but_not_with_what_runs_another_way_or_has_another_font():
    assert runs("\u0600\u0661") == ["\u0600\u0661"]
    assert runs("\u0600\u0628\u062a") == ["\u0628\u062a", "\u0600"]
    assert runs("\u0605A") == ["\u0605", "A"]
    assert missing("\u06dd\u070fA", Style()) == ()


def line_break_faults() -> Iterator[str]:
    """The cases of LineBreakTest that come out otherwise: ÷ where a line may end, × where it may not."""
    for line in lines("LineBreakTest"):
        marks, points = line.split()[::2], line.split()[1::2]
        written = "".join(chr(int(point, 16)) for point in points)
        found = ["×" if place == breaking.MUST_NOT else "÷" for place in breaking.opportunities(written)]
        if found != marks:
            yield line


def test_the_line_break_test() -> None:
    assert sum(1 for _ in lines("LineBreakTest")) == 7_654
    assert list(line_break_faults()) == []


@pytest.mark.parametrize(
    "kind",
    [
        *("B2", "BA", "BB", "CB", "CL", "CM", "CP", "EB", "EM", "EX", "GL", "H2", "H3", "HL", "HY", "ID", "IN"),
        *("IS", "JL", "JT", "JV", "NS", "NU", "OE", "OP", "PO", "PR", "QU", "RI", "SP", "SY", "WJ", "XP", "ZW"),
    ],
)
def test_the_line_break_test_notices_a_class_that_is_not_kept(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = breaking.class_of
    other = "ID" if kind in ("HL", "OP") else "AL"
    monkeypatch.setattr(breaking, "class_of", lambda character: other if kept(character) == kind else kept(character))
    assert next(line_break_faults(), None)
