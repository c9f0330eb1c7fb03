"""Fonts are in the file."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Work
from ..limits import Weight
from .registry import Finding, rule

_BASE_14 = frozenset(
    {"Symbol", "ZapfDingbats", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}
    | {family + style for family in ("Helvetica", "Courier") for style in ("", "-Bold", "-Oblique", "-BoldOblique")}
)
"""ISO 32000-1, 9.6.2.2."""


@rule("PF-010")
def _fonts(work: Work) -> Iterator[Finding]:
    """Every font is embedded; none that readers are to bring along is even named.

    A font that is not in the file is replaced by another one at the shop: letters change their shape, lines their
    length, and some letters disappear.
    """
    for font, pages in work.file.fonts.items():
        if font.kind != "Type3" and not font.embedded:
            also = " (one of the 14 that readers bring along)" if font.name in _BASE_14 else ""
            message = f"the font {font.name} is not in the file{also}"
            yield from (Finding(page, message, "export with fonts embedded as subsets") for page in pages)


@rule("PF-010d", Weight.OFF)
def _shown(work: Work) -> Iterator[Finding]:
    """No text is shown in a font that is not in the file (ISO 14289-1, 7.21.4; ISO 19005-2, 6.2.11.4).

    Standards let a file name a font that it does not use; shops do not like even that, which is another rule.
    """
    for reading in work.file.readings:
        for use in reading.uses.values():
            if use.shown and not use.letters.embedded:
                message = f"text is shown in the font {use.letters.name}, which is not in the file"
                yield Finding(reading.number, message, "export with fonts embedded as subsets")


@rule("PF-010b")
def _outlines(work: Work) -> Iterator[Finding]:
    """No font is a Type 3 font.

    A drawn font prints coarse on many presses, and many shops refuse it.
    """
    for font, pages in work.file.fonts.items():
        if font.kind == "Type3":
            yield from (Finding(page, f"the font {font.name} is a Type 3 font", "use a real font") for page in pages)


@rule("PF-010c")
def _subsets(work: Work) -> Iterator[Finding]:
    """Every embedded font is a subset: only the letters that are used.

    Whole fonts make large files, and few licences allow handing a whole font to somebody else.
    """
    for font, pages in work.file.fonts.items():
        if font.kind != "Type3" and font.embedded and not font.subset:
            message = f"the font {font.name} is in the file whole and not as a subset"
            yield from (Finding(page, message, "export with fonts embedded as subsets") for page in pages)


@rule("PF-011")
def _missing(work: Work) -> Iterator[Finding]:
    """No letter is missing from its font.

    Where a font does not have a letter, an empty box or nothing at all is printed. Names suffer first.
    """
    for reading in work.file.readings:
        for use in reading.uses.values():
            if any(use.letters.is_missing(code) for code in use.codes):
                message = f"a letter is shown that the font {use.letters.name} does not have"
                yield Finding(reading.number, message, "use a font that has it, or spell it another way")


@rule("PF-011b", Weight.OFF)
def _worded(work: Work) -> Iterator[Finding]:
    """The file says of every sign which letter it is (ISO 14289-1, 7.21.7; ISO 19005-2, 6.2.11.7).

    Without this nobody can search the text, copy a name out of it or hear it read.
    """
    for reading in work.file.readings:
        for use in reading.uses.values():
            name, words = use.letters.name, use.letters.words
            hint = "export it again with fonts that can be searched"
            if not use.letters.told and use.bare:
                yield Finding(reading.number, f"the font {name} does not say which letters it shows", hint)
            if words is None:
                continue
            told = work.file.document.worded
            shown = [words.get(code, "") for code, piece in use.bare if (reading.number, piece) not in told]
            if use.letters.composite and not all(shown):
                yield Finding(reading.number, f"the font {name} does not say what some of its signs are", hint)
            if any(letter in _NO_LETTERS for text in shown for letter in text):
                yield Finding(reading.number, f"the font {name} gives signs that are no letters", hint)
            if any(_is_private(letter) for text in shown for letter in text):
                message = f"the font {name} has signs of its own that nobody else knows"
                yield Finding(reading.number, message, "give the words they stand for as ActualText")


_NO_LETTERS = "\0\ufeff\ufffe"
"""What veraPDF and the standards' texts name as values that stand for nothing."""


def _is_private(letter: str) -> bool:
    """Whether a sign lies in one of Unicode's private use areas."""
    return "\ue000" <= letter <= "\uf8ff" or letter >= "\U000f0000"


@rule("PF-012", Weight.WARNING)
def _courier(work: Work) -> Iterator[Finding]:
    """No font is called Courier (GWG 2022, R0014).

    Programs put Courier where they could not find the font that was meant, so it is asked about before it is printed.
    """
    for font, pages in work.file.fonts.items():
        if font.embedded and "courier" in font.name.lower():
            hint = "if it is meant, say so; otherwise put the right font in its place"
            yield from (Finding(page, f"the font {font.name} is used", hint) for page in pages)
