"""Quotation marks, apostrophes and the narrow spaces of French, for running prose only: names stay as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NARROW, _FIXED = "\u202f", "\u00a0"

_QUOTES = {
    "“”‘’": "en es-419 es-MX es-US pt pt-BR nl tr vi id ms cy ga gd eu-US zh ja ko th hi",
    "„“‚‘": "de lb cs sk sl bg is sr-Latn mk hsb dsb",
    "„”‚’": "ro-MD hr bs sr",
    "„”»«": "hu",
    "„”«»": "ro pl",
    "„“«»": "et sq",
    "„“„“": "lt ka",
    "«»“”": "es it pt-PT ca gl eu el fa",
    "«»‹›": "de-CH it-CH rm",
    "«»„“": "ru uk be kk",
    "«»‘’": "nb no nn",
    "””’’": "sv fi",
    "“”“”": "da lv",
    f"«{_NARROW}|{_NARROW}»“”": "fr",
}
"""Outer and inner marks by language, after the delimiters of Unicode CLDR 48; what is not here has those of English."""

_OPENERS = frozenset(" \t\n([{<-–—/¿¡«„“‘‚\"'\u00a0\u202f\u2028")
_AFTER_FRENCH = frozenset(" \n\u00a0\u202f\u2028)»”\"'")


@lru_cache(maxsize=64)
def quotes(language: str) -> tuple[str, str, str, str]:
    """The marks that open and close a quotation, and one inside another; those of French hold their narrow space."""
    for name in (language, language.split("-")[0], "en"):
        for marks, languages in _QUOTES.items():
            if name in languages.split():
                outer, inner = marks[:-2], marks[-2:]
                first, last = outer.split("|") if "|" in outer else (outer[0], outer[1])
                return first, last, inner[0], inner[1]
    raise AssertionError("English is in the table")


def typographic(pieces: Sequence[str], language: str) -> list[str]:
    """The pieces of one paragraph with the quotation marks, apostrophes and narrow spaces of a language.

    Straight marks become curved ones where it is plain what they are: those after a digit, which may mean feet and
    inches, stay unless a quotation is open. In French a narrow no-break space stands before `;`, `!` and `?` and a
    no-break space before `:`, and the quotation marks of French hold one, whether the writer typed them or not.
    """
    text = "".join(pieces)
    french = language.split("-")[0] == "fr" and language != "fr-CA"
    made = list(text)
    if '"' in text or "'" in text:
        _quote(text, made, quotes(language))
    if french:
        _space(text, made)
    done, start = [], 0
    for piece in pieces:
        done.append("".join(made[start : start + len(piece)]))
        start += len(piece)
    return done


def _quote(text: str, made: list[str], marks: tuple[str, str, str, str]) -> None:
    double = single = False
    for at, mark in enumerate(text):
        if mark not in "\"'":
            continue
        before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
        opens = before in _OPENERS and not after.isspace()
        if mark == '"':
            if opens and not (double and before in "\"'"):
                made[at], double = marks[0], True
            elif double or not before.isdigit():
                made[at], double = marks[1], False
        elif before.isalnum() and after.isalnum():
            made[at] = "’"
        elif opens and _is_quoted(text, at):
            made[at], single = marks[2], True
        elif single and not opens:
            made[at], single = marks[3], False
        elif opens or not before.isdigit():
            made[at] = "’"


_ELIDED = frozenset(["n", "t", "s", "em", "tis", "twas", "til", "cause", "bout", "round"])
"""What is left of words that lost their beginning: 'n', 't (Dutch het), 'em …"""


def _is_quoted(text: str, at: int) -> bool:
    """Whether a single mark that may open a quotation does: another can close it, and it stands for no lost letters."""
    word = re.match(r"\w*", text[at + 1 :])
    if word and (word[0].casefold() in _ELIDED or word[0][:1].isdigit()):
        return False
    close = text.find("'", at + 2)
    while close >= 0:
        if not text[close - 1].isspace() and not text[close + 1 : close + 2].isalnum():
            return True
        close = text.find("'", close + 1)
    return False


def _space(text: str, made: list[str]) -> None:
    """The spaces of French, after the Imprimerie nationale's Lexique des règles typographiques."""
    for at, mark in enumerate(text):
        before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else " "
        space = _FIXED if mark == ":" else _NARROW
        if mark in ":;!?" and before and (after in _AFTER_FRENCH or after in "!?.…"):
            if before in " \u00a0\u202f":
                made[at - 1] = space
            elif before not in "!?;:…([\"'«" and not (mark == ":" and before.isdigit() and after.isdigit()):
                made[at] = space + mark
        elif mark == "»" and before:
            if before in " \u00a0\u202f":
                made[at - 1] = _NARROW
            else:
                made[at] = _NARROW + mark
        elif mark == "«":
            if after in " \u00a0\u202f" and at + 1 < len(text):
                made[at + 1] = _NARROW
            elif at + 1 < len(text):
                made[at] = mark + _NARROW
