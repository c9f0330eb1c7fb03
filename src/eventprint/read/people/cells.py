"""Cells that are not plain text: formulas, the markup of other programs, letters read with the wrong encoding.

Everything is printed, and what became of it is told at its cell.
"""

from __future__ import annotations

import html
import re
import unicodedata

from ... import charsets
from ...problems import Place, Problems
from ...sheets import LONGEST

_FORMULA = re.compile(r"=|[+@-][A-Za-z.]+\(|[+@-]\d[^|!]{0,200}[|!]")
_TEX = re.compile(r"\\(?:[A-Za-z]{2,}|\\)|\\[\"'^`~=.cuvH]\{?[A-Za-z]")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+\*?((?:\{-?[\d.]{0,8}(?:pt|mm|cm|em|ex|in|bp)?\})*) ?")
_TEX_BREAK = re.compile(r"\\\\(?:\[[^\]]{0,20}\])?")
_TEX_ACCENT = re.compile(r"\\(?:([\"'^`~=.]) ?|([cuvH])(?: |(?=\{)))\{?([A-Za-z])\}?")
_ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "^": "\u0302",
    "`": "\u0300",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
}
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,6}|[A-Za-z]{2,8});")
_TAG = re.compile(r"</?(?:br|b|i|u|p|em|strong|span|div|font)\b[^<>]{0,200}>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


def doubtful(text: str, place: Place, printed: str, problems: Problems) -> str:
    """What a cell says, and a word on what was odd about it.

    `printed`: `name` for what names a person, `text` for what else is printed as it stands, nothing for the rest.
    """
    if len(text) > LONGEST:
        message = f"a cell of {len(text):,} characters; its first {LONGEST:,} are kept"
        problems.warning(message, place, "look whether a quote is missing in the list", "attendees.long-cell")
        text = text[:LONGEST]
    if text[0] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]  # so programs keep a spreadsheet from taking a text for a formula
    if _FORMULA.match(text) or (printed == "name" and text[0] in "+@"):
        message = f"a formula, {_short(text)}, stands where a text should be; it is printed as written"
        problems.warning(message, place, "export the list with values", "attendees.formula")
    elif printed and _TEX.search(text):
        _tell(text, "commands of LaTeX", _untexed(text), place, "attendees.latex", problems)
    elif printed and (_ENTITY.search(text) or _TAG.search(text)):
        plainly = _CONTROLS.sub(" ", html.unescape(_TAG.sub(" ", text)))
        _tell(text, "marks of a web page", " ".join(plainly.split()), place, "attendees.html", problems)
    elif printed:
        _misread(text, place, problems)
    return text


def _tell(text: str, what: str, plainly: str, place: Place, rule: str, problems: Problems) -> None:
    """Ask about marks that a person may have meant as they stand: nobody's text is markup here."""
    message = f"{_short(text)} holds {what}; it is printed as written"
    problems.open(message, place, f"if {_short(plainly)} is meant, write it so", rule)


def _untexed(text: str) -> str:
    """A text without the commands of LaTeX: line breaks become spaces, accents letters, braces go."""
    plainly = _TEX_BREAK.sub(" ", text)
    plainly = _TEX_ACCENT.sub(_accented, plainly)
    plainly = _TEX_COMMAND.sub("", plainly)
    return " ".join(re.sub(r"[{}\\]", "", plainly).replace("~", " ").split())


def _accented(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[3] + _ACCENTS[found[1] or found[2]])


def _misread(text: str, place: Place, problems: Problems) -> None:
    meant = text
    for found in charsets.misread(text):
        meant = meant.replace(found.word, found.meant)
    if meant == text:
        return
    said = f"{_short(text)} looks like {_short(meant)}"
    message = f"{said}, read with the wrong encoding; it is printed as written"
    hint = "export the list again as UTF-8, and do not save it in between"
    problems.warning(message, place, hint, "attendees.misread")


def _short(text: str) -> str:
    return f"“{text if len(text) <= 40 else f'{text[:39]}…'}”"
