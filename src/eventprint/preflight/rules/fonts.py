"""Fonts are in the file."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Work
from .registry import Finding, rule

_BASE_14 = frozenset(
    {"Symbol", "ZapfDingbats", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}
    | {family + style for family in ("Helvetica", "Courier") for style in ("", "-Bold", "-Oblique", "-BoldOblique")}
)
"""ISO 32000-1, 9.6.2.2."""


@rule("PF-010")
def _fonts(work: Work) -> Iterator[Finding]:
    """Every font is embedded as a subset; none that readers are to bring along is even named.

    A font that is not in the file is replaced by another one at the shop: letters change their shape, lines
    their length, and some letters disappear.
    """
    for font, pages in work.file.fonts.items():
        if font.kind == "Type3":
            continue
        if not font.embedded:
            also = " (one of the 14 that readers bring along)" if font.name in _BASE_14 else ""
            message = f"the font {font.name} is not in the file{also}"
        elif not font.subset:
            message = f"the font {font.name} is in the file whole and not as a subset"
        else:
            continue
        yield from (Finding(page, message, "export with fonts embedded as subsets") for page in pages)


@rule("PF-010b")
def _outlines(work: Work) -> Iterator[Finding]:
    """No font is a Type 3 font.

    A drawn font prints coarse on many presses, and many shops refuse it.
    """
    for font, pages in work.file.fonts.items():
        if font.kind == "Type3":
            yield from (Finding(page, f"the font {font.name} is a Type 3 font", "use a real font") for page in pages)
