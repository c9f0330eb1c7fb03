"""Middle names as initials, for names that are too long for their place."""

from __future__ import annotations

from functools import cache

from . import records
from .problems import Problems
from .shelves import shelf
from .text.fitting import PARTICLES
from .text.scripts import clusters


def with_initials(given: str, language: str) -> str:
    """The first of some given names in full and the others as initials, by the patterns of Unicode's CLDR.

    Unchanged where there is one name only, where a word such as `de` or `al-` binds names together, and in scripts
    without capitals, where the first letter of a word is no initial.
    """
    first, *others = given.split() or [""]
    if not others or any(other.casefold() in PARTICLES or other[0].lower() == other[0].upper() for other in others):
        return given
    initial, sequence = _patterns(language)
    short = ""
    for other in others:
        start, stop = next(iter(clusters(other)))
        one = other if other.endswith(".") else initial.format(other[start:stop])
        short = sequence.format(short, one) if short else one
    return f"{first} {short}"


@cache
def _patterns(language: str) -> tuple[str, str]:
    """How an initial is written in a language, and how two of them are joined."""
    file = shelf("data") / "initials" / "patterns.yaml"
    table = records.build(dict[str, tuple[str, str]], records.load(file, Problems(), file.parent), Problems())
    for name in (language, language.split("-")[0]):
        if name in table:
            return table[name]
    return table["default"]
