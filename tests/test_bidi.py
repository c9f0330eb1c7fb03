"""Directions by Unicode Standard Annex 9; levels worked out by hand from its rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint.text import bidi

RLE, LRE, PDF, RLO, LRO = "\u202b", "\u202a", "\u202c", "\u202e", "\u202d"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


def levels(text: str, base: int | None = None) -> str:
    return "".join(map(str, bidi.levels(text, base)[1]))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("abc", None, "000"),
        ("אבג", None, "111"),
        ("abc", 1, "222"),
        ("אבג", 0, "111"),
        ("abc אבג", None, "0000111"),
        ("אבג abc", None, "1111222"),
        # numbers: European after Hebrew, after Arabic letters (W2), Arabic-Indic
        ("אב 12 גד", None, "11122111"),
        ("אב 12.5", None, "1112222"),
        ("مح 12.5", None, "1112222"),
        ("مح 1,2-3", None, "11122212"),
        ("אב 1-2", None, "111222"),
        ("ab 12 אב", 1, "22222111"),
        ("a ١٢", None, "0022"),
        # separators and terminators (W4 to W6)
        ("אב 12%", None, "111222"),
        ("אב $12", None, "111222"),
        ("אב 12 %", None, "1112211"),
        ("אב 1,,2", None, "1112112"),
        # marks go with their letter (W1)
        ("אָב", None, "111"),
        ("a\u0301ב", None, "001"),
        # neutrals between equal and unequal neighbours (N1, N2)
        ("אב, גד", None, "111111"),
        ("ab, אב", None, "000011"),
        ("אב - ab", None, "1111122"),
        # paired brackets (N0), with the annex's own example last
        ("אב (cd) גד", None, "1111221111"),
        ("ab (אב) cd", None, "0000110000"),
        ("ab (אב cd) x", None, "000011000000"),
        ("אב(גד)[&ef]!", 1, "111111112211"),
        ("〈אב〉 a", 0, "011000"),
        # white space at the end and tabs have the paragraph's level (L1)
        ("ab אב  ", 0, "0001100"),
        ("אב ab ", 1, "111221"),
        ("אב\tab", 0, "11000"),
        # isolates keep their inside apart (X5)
        (f"ab {FSI}אב{PDI} cd", None, "0000110000"),
        (f"אב {FSI}ab{PDI}, 12", None, "11112211122"),
        (f"a{RLI}b{PDI}c", None, "00200"),
        (f"א{LRI}בג{PDI}ד", 1, "113311"),
        (f"a {RLI}אב", None, "00011"),
        # embeddings and overrides (X2 to X7); an embedding's border counts with the levels before resolution (X10)
        (f"a{RLE}b{PDF}c", None, "00220"),
        (f"a{RLO}bc{PDF}d", None, "001110"),
        (f"א{LRO}בג{PDF}ד", None, "112221"),
        (f"٤{RLE})a{PDF}", 0, "22122"),
        (f"a{PDF}b", None, "000"),
        (f"a{PDI}b", None, "000"),
    ],
)  # fmt: skip
def test_levels(text, base, expected):
    assert levels(text, base) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", 0),
        ("אבג", 1),
        ("12 אב", 1),
        ("12", 0),
        ("", 0),
        (f"{FSI}אב{PDI} ab", 0),
        (f"{FSI}אב ab", 0),
        ("(אב)", 1),
    ],
)
def test_the_first_strong_letter_decides(text, expected):
    assert bidi.base_level(text) == expected
    assert bidi.levels(text)[0] == expected


@pytest.mark.parametrize(
    ("levels", "order"),
    [
        ([0, 0, 0], [0, 1, 2]),
        ([1, 1, 1], [2, 1, 0]),
        ([0, 1, 1, 0], [0, 2, 1, 3]),
        ([1, 2, 2, 1], [3, 1, 2, 0]),
        ([1, 2, 3, 3, 2, 1, 0], [5, 1, 3, 2, 4, 0, 6]),
        ([], []),
    ],
)
def test_visual_order(levels, order):
    assert bidi.visual_order(levels) == order


def test_there_are_64_pairs_of_brackets_and_each_is_mirrored():
    assert len(bidi._CLOSING) == 64
    for opening, closing in bidi._CLOSING.items():
        assert bidi.kind(opening) == bidi.kind(closing) == "ON"


LETTERS = st.text(
    st.sampled_from([*"ab1٣אم ,.()[]%$\t\u0301", RLE, LRE, PDF, RLO, LRO, LRI, RLI, FSI, PDI, "\u200f", "\u200d"]),
    max_size=20,
)


@settings(deadline=None, max_examples=300)
@given(LETTERS, st.sampled_from([None, 0, 1]))
def test_each_character_has_one_level_and_one_place(text, base):
    paragraph, found = bidi.levels(text, base)
    assert len(found) == len(text)
    assert sorted(bidi.visual_order(found)) == list(range(len(text)))
    assert all(level >= paragraph for level in found)
    for character, level in zip(text, found, strict=True):
        if bidi.kind(character) in ("EN", "AN"):
            assert level % 2 == 0 or RLO in text, "figures always run left to right"


@settings(deadline=None, max_examples=200)
@given(LETTERS)
def test_what_the_fast_path_skips_runs_left_to_right(text):
    if not bidi.has_rtl(text):
        assert set(bidi.levels(text, 0)[1]) <= {0}


def test_deep_nesting_ends_somewhere():
    paragraph, found = bidi.levels(RLE * 200 + "a" + PDF * 200 + "b")
    assert paragraph == 0
    assert max(found) <= 126
    assert found[-1] == 0
