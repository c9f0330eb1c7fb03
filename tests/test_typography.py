"""Quotation marks, apostrophes and the spaces of French, written down by hand for each language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.text.typography import quotes, typographic

NARROW, FIXED = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "typed", "set_"),
    [
        ("en", "She said \"it's 'fine' now\".", "She said “it’s ‘fine’ now”."),
        ("en-GB", "the '90s, rock 'n' roll, dogs' ears", "the ’90s, rock ’n’ roll, dogs’ ears"),
        ("en", 'A 12" pipe of 6\' 2"', 'A 12" pipe of 6\' 2"'),
        ("en", '("Why?")', "(“Why?”)"),
        ("en", "\"'Twice' quoted\"", "“‘Twice’ quoted”"),
        ("en", "O'Brien's", "O’Brien’s"),
        ("de", "Er sagte \"das 'Neue'\" laut.", "Er sagte „das ‚Neue‘“ laut."),
        ("de-AT", '"Grüß Gott"', "„Grüß Gott“"),
        ("de-CH", "\"eins 'zwei'\"", "«eins ‹zwei›»"),
        ("fr", 'Il dit "oui" !', f"Il dit «{NARROW}oui{NARROW}»{NARROW}!"),
        ("fr", "Quoi? Ça alors!", f"Quoi{NARROW}? Ça alors{NARROW}!"),
        ("fr", "Vraiment ?!", f"Vraiment{NARROW}?!"),
        ("fr", "Lieu : Lyon; à 14:30, voir http://a.fr", f"Lieu{FIXED}: Lyon{NARROW}; à 14:30, voir http://a.fr"),
        ("fr", "«non» et « si »", f"«{NARROW}non{NARROW}» et «{NARROW}si{NARROW}»"),
        ("fr-CA", "Quoi?", "Quoi?"),
        ("es", "¿\"Qué 'es' eso\"?", "¿«Qué “es” eso»?"),
        ("it", 'L\'"arte"', "L’«arte»"),
        ("pl", '"Tak"', "„Tak”"),
        ("sv", "\"Ja 'då'\"", "”Ja ’då’”"),
        ("ru", '"Да"', "«Да»"),
        ("hu", '"Igen"', "„Igen”"),
        ("nl", '"Ja" in \'t veld', "“Ja” in ’t veld"),
        ("xx", '"?"', "“?”"),
        ("en", "“already” set", "“already” set"),
    ],
)
def test_marks_are_those_of_the_language(language: str, typed: str, set_: str) -> None:
    assert "".join(typographic([typed], language)) == set_


def test_a_quotation_may_run_through_pieces_of_several_looks() -> None:
    assert typographic(['He said "', "never", '" twice.'], "en") == ["He said “", "never", "” twice."]


@given(st.text("ab 9.,!?:;()'\"«»\u00a0-", max_size=30), st.sampled_from(["en", "de", "fr", "sv"]))
def test_nothing_is_lost_but_straight_marks_and_spaces(text: str, language: str) -> None:
    kept = set("".join(quotes(language))) | set("\"'’ \u00a0\u202f")
    made = "".join(typographic([text], language))
    assert [c for c in made if c not in kept] == [c for c in text if c not in kept]


@given(st.lists(st.text("ab 9!'\"", max_size=6), max_size=6), st.sampled_from(["en", "fr"]))
def test_where_looks_change_changes_nothing(pieces: list[str], language: str) -> None:
    assert "".join(typographic(pieces, language)) == "".join(typographic(["".join(pieces)], language))
