"""YAML for people to edit: every text comes back letter by letter, and nothing is in quotes that need not be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eventprint import records
from eventprint.problems import Problems
from eventprint.read.folder.notation import WIDTH, scalar, written

NASTY = [
    "", " ", "a: b", "a:", ":", "a #b", "#", "- a", "-", "--- a", "---", "...", "? a", "yes", "no", "On", "null", "~",
    "true", "1e3", "1", "0x1F", "0o7", "1_000", "12:30", "2026-03-05", "2026-03-05 10:00:00", "3 March", "1.5", ".5",
    ".inf", ".nan", "=", "<<", "'", '"', "it's", 'say "no"', "both ' and \"", "\\", "C:\\temp", "a\nb", "a\n\nb",
    "\na", "a\n", "a \nb", "a\n  b", "  a\nb", "a\tb", "\ta", "a\n\tb", "a\r\nb", "\x85", "\u2028", "\ufeff",
    "\u200b", "مرحبا", "\u202eabc", "שלום: עולם", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩‍💻 Code", "[a]", "{a}", "a, b", "a]b", "a}b",
    "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", ", a", "a ,b", "(a)", "“a”", "¿a?", "\xa0a", "a\xa0", "a\u3000b",
    "\u3000a", "x" * 300, "word " * 60 + "end", "a  b " * 60 + "end", "-a", "?a", ":a", "a:b", "a#b", "\x00\x07",
    "\ue000", "e" * 2000 + ": f", "\u0085a", "a\u2029b", "5 a", "5a", "1 e",
]  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(LETTERS, max_size=30),
    st.text(st.sampled_from("ab :#-'\"\\\n\t,[]{}&*!|>%@`?=0179.~éß🎉\u202e"), max_size=20),
    st.lists(st.sampled_from(["alpha", "b:", "#c", "“d”", "e", "—"]), min_size=15, max_size=60).map(" ".join),
)
KEYS = TEXTS.map(lambda text: text[:100])
VALUES: Any = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(0, 10**6), st.dates(date(1900, 1, 1))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def _by_records(text: str) -> Any:
    problems = Problems()
    node = records.parse(text, "a.yaml", problems)
    assert problems.found == []
    assert node is not None
    return node.data


def _as_records_say(value: Any) -> Any:
    """The value as the core schema of YAML 1.2 has it, which knows no dates."""
    match value:
        case date():
            return value.isoformat()
        case list():
            return [_as_records_say(item) for item in value]
        case dict():
            return {key: _as_records_say(item) for key, item in value.items()}
    return value


@given(VALUES)
def test_every_value_comes_back(value: Any) -> None:
    text = written({"value": value, "after": "x"})
    assert _by_records(text) == {"value": _as_records_say(value), "after": "x"}
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        assert yaml.load(text, loader) == {"value": value, "after": "x"}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_come_back_wherever_they_stand(text: str) -> None:
    values = {"a": text, "b": [text, text], "c": [{"d": text, text[:100] or "e": "f"}], "g": [[text], [text, "h"]]}
    assert _by_records(written(values)) == yaml.safe_load(written(values)) == values


def test_what_needs_no_quotes_has_none() -> None:
    plain = ["Power from the shore", "3 March", "Wer? Wie?", "A-B", "“Now”", "Berg, Anna"]
    assert [scalar(text) for text in plain] == plain
    assert [scalar(text) for text in ("10:45", "no", "Q: why")] == ['"10:45"', '"no"', '"Q: why"']
    assert scalar('Say "no": it\'s') == '"Say \\"no\\": it\'s"'
    assert scalar('Say "no": now') == "'Say \"no\": now'"
    assert scalar("Berg, Anna") == "Berg, Anna"
    assert scalar("Berg, Anna", flow=True) == '"Berg, Anna"'
    assert scalar("\u202eabc") == '"\\u202eabc"'


def test_short_things_stand_in_one_line_and_tall_ones_apart() -> None:
    tall = "One.\n\nTwo."
    text = written(
        {"title": "T", "days": [{"agenda": [{"a": "x"}, {"a": "u", "b": ["z", "w"]}, {"a": tall}, {"a": "v"}]}]},
        spaced=("agenda",),
    )
    assert text == (
        "title: T\ndays:\n  - agenda:\n      - {a: x}\n      - {a: u, b: [z, w]}\n\n"
        "      - a: |-\n          One.\n\n          Two.\n\n      - {a: v}\n"
    )


def test_a_long_paragraph_is_broken_at_its_words() -> None:
    text = written({"introduction": "word " * 60 + "end."})
    assert text.startswith("introduction: >-\n  word word")
    assert max(map(len, text.splitlines())) <= WIDTH
