"""Sorting by language against ICU, whose orders are kept in tests/names/order.tsv; and what a list of names adds."""

from __future__ import annotations

import random
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint import collation
from eventprint.collation import Collator, collator

TABLE = Path(__file__).resolve().parent / "names" / "order.tsv"
ORDERS = {
    tag: names.split("|")
    for tag, names in (
        line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
}


@pytest.mark.parametrize("tag", ORDERS)
def test_names_stand_in_the_order_icu_gives_them(tag: str) -> None:
    shuffled = random.Random(tag).sample(ORDERS[tag], len(ORDERS[tag]))
    assert sorted(shuffled, key=collator(tag).key) == ORDERS[tag]


@pytest.mark.parametrize("tag", [tag for tag in ORDERS if collation._rules(tag)])
def test_the_judge_refuses_the_order_of_another_language(tag: str) -> None:
    """A mutant of each language: without its rules, in the order that English has too."""
    assert sorted(ORDERS[tag], key=Collator("").key) != ORDERS[tag]


@pytest.mark.thorough
def test_the_judge_notices_nearly_every_rule_left_out() -> None:
    """Mutants: of over 250 rules each is left out once. Those that no list notices repeat what holds everywhere."""
    rules = {tag: collation._rules(tag).split("&") for tag in ORDERS}
    mutants = [(tag, at) for tag, parts in rules.items() for at in range(1, len(parts))]
    assert len(mutants) > 250
    unseen = [
        (tag, rules[tag][at])
        for tag, at in mutants
        if sorted(ORDERS[tag], key=Collator("&".join([*rules[tag][:at], *rules[tag][at + 1 :]])).key) == ORDERS[tag]
    ]
    assert len(unseen) <= 17, unseen


def test_every_language_with_rules_can_be_asked_for() -> None:
    for tag in collation._languages():
        language, _, kind = tag.partition("-") if tag.endswith(("-trad", "-phonebk")) else (tag, "", "")
        asked = f"{language}-u-co-{kind}" if kind else tag
        assert sorted(["b", "a"], key=collator(asked).key) == ["a", "b"]


def test_a_region_has_the_order_of_its_language() -> None:
    assert collator("sv-FI") is collator("sv")
    assert collator("de-AT-u-co-phonebk") is collator("de-u-co-phonebk")
    assert collator("zh-TW") is collator("zh-Hant")
    assert collator("en-GB") is collator("tlh")


# What a list of names wants


def ordered(*names: str, language: str = "en") -> list[str]:
    return sorted(names, key=collator(language).filed)


def test_nothing_comes_before_something() -> None:
    assert ordered("Meer-Bos, An", "Meera, An", "Meer, Jan van der", "Meer Bos, Bo") == [
        "Meer, Jan van der", "Meer-Bos, An", "Meer Bos, Bo", "Meera, An",
    ]  # fmt: skip


def test_apostrophes_and_full_stops_do_not_count() -> None:
    assert ordered("Oz, A", "O’Brien, C", "Obrien, B", "O'Brien, D", "Oakes, E") == [
        "Oakes, E", "Obrien, B", "O’Brien, C", "O'Brien, D", "Oz, A",
    ]  # fmt: skip


def test_an_accent_of_the_family_name_counts_after_the_given_name() -> None:
    assert ordered("Müller, Anna", "Muller, Zoe", "Muller, Anna") == ["Muller, Anna", "Müller, Anna", "Muller, Zoe"]


def test_sharp_s_is_filed_as_two() -> None:
    assert ordered("Weisz", "Weißmann", "Weissberg", "Weiß", language="de") == [
        "Weiß",
        "Weissberg",
        "Weißmann",
        "Weisz",
    ]


def test_scripts_of_the_event_come_first() -> None:
    assert ordered("Ada", "Ελένη", "Анна", language="bg") == ["Анна", "Ada", "Ελένη"]
    assert ordered("Ada", "Ελένη", "Анна", language="el") == ["Ελένη", "Ada", "Анна"]


def test_chinese_characters_go_by_reading_strokes_or_code() -> None:
    names = ("王伟", "丁一", "安琪", "欧阳静怡")
    assert ordered(*names, language="zh") == ["安琪", "丁一", "欧阳静怡", "王伟"]
    assert ordered(*names, language="zh-Hant")[0] == "丁一"  # two strokes
    assert ordered(*names, language="en") == sorted(names)


@pytest.mark.parametrize(
    ("language", "text", "letter"),
    [
        ("sv", "Ågren", "Å"), ("en", "Ågren", "A"), ("da", "Aagaard", "Å"), ("pl", "Łoś", "Ł"), ("en", "Łoś", "L"),
        ("hu", "Szabó", "Sz"), ("hu", "szabó", "Sz"), ("tr", "ilgaz", "İ"), ("tr", "ısı", "I"), ("de", "ßa", "S"),
        ("cs", "Chytil", "Ch"), ("en", "3M", "#"), ("nl", "’t Hooft", "T"), ("en", "...", ""), ("lt", "Ylius", "I"),
        ("ka", "ანა", "ა"), ("th", "เกษม", "ก"), ("ar", "أحمد", "ا"), ("ko", "김민준", "ㄱ"), ("ja", "ガトウ", "か"),
        ("zh", "欧阳", "O"), ("en", "欧阳", "欧"), ("vi", "Đặng", "Đ"), ("vi", "Ấn", "Â"), ("en", "-Ö", "O"),
    ],
)  # fmt: skip
def test_the_letter_an_index_files_a_name_under(language: str, text: str, letter: str) -> None:
    assert collator(language).heading(text) == letter


NAMES = st.text(st.sampled_from("aAbÅåäzŁłßıİçñ ’-,čĆдЙйاأ王김がгก\u0301\u0323\u0308"), max_size=8)
LANGUAGES = st.sampled_from(["en", "sv", "hu", "tr", "vi", "zh", "uk", "fr-CA", "da"])


@given(LANGUAGES, NAMES, NAMES)
def test_only_the_same_name_has_the_same_key(language: str, one: str, other: str) -> None:
    key = collator(language).key
    assert (key(one) == key(other)) == (normalize("NFC", one) == normalize("NFC", other))


@given(LANGUAGES, NAMES, st.sampled_from("azдא王3"))
def test_a_longer_name_comes_after_its_beginning(language: str, name: str, letter: str) -> None:
    key = collator(language).key
    assert key(name, "z") < key(f"{name}{letter}", "a")


@given(LANGUAGES, st.lists(NAMES, max_size=6))
def test_index_letters_do_not_come_back(language: str, names: list[str]) -> None:
    """In a sorted list each letter is one run, or its index would name it twice."""
    found = collator(language)
    letters = [found.heading(name) for name in sorted(names, key=found.key) if name[:1].isalpha()]
    runs = [letter for at, letter in enumerate(letters) if at == 0 or letters[at - 1] != letter]
    assert len(runs) == len(set(runs))
