"""Columns of people that put the surname first: `Hardy, Tom; Brandt, Lea`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..language.lines import Marked
from ..language.mentions import Mention
from ..language.vocabulary import Vocabulary
from .headings import Headings

_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）]+)[)\]）]\s*[.,;]?\s*$")


def turned_round(piece: Marked) -> Mention:
    """`Hardy, Tom (Example Inc.)` as people say it."""
    bare, organisation = piece.text, ""
    if bracket := _BRACKET.search(bare):
        bare, organisation = bare[: bracket.start()], bracket[1].strip()
    surname, _, given = bare.partition(",")
    return Mention(f"{given.strip()} {surname.strip()}", organisation, "", piece.column, False, "none")


def surnames_first(texts: Iterable[str], words: Vocabulary, heads: Headings) -> bool:
    """Whether texts name people as `Hardy, Tom; Brandt, Lea`: two parts each, and given names behind the commas."""
    known = words.single("given_name")
    given = surnames = 0
    for piece in (part for text in texts for part in re.split(r"\s*;\s*", text) if "," in part):
        parts = [part.split() for part in _BRACKET.sub("", piece).split(",")]
        if len(parts) != 2 or not parts[0] or not parts[1] or len(parts[0]) > 3 or len(parts[1]) > 3:
            return False
        if heads.part("firm", parts[1][0]) or not all(word[0].isupper() for word in parts[1]):
            return False
        plain = [word for word in parts[0] if word.casefold() not in words.single("particle")]
        if len(plain) > 2 or parts[0][0].casefold() in known:
            surnames += 1
        initials = re.fullmatch(r"(?:[^\W\d_]\.[\s-]?)+", " ".join(parts[1]))
        given += parts[1][0].casefold() in known or initials is not None
    return given > 2 * surnames
