"""Which script a character belongs to, and where one letter as people see it ends and the next begins.

Knows the scripts the project has fonts for; any other letter is `OTHER`, and what all scripts share is `COMMON`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import category
from unicodedata import name as unicode_name

COMMON = "Zyyy"
OTHER = "Zzzz"

_RANGES = """
Latn 41-5A 61-7A AA BA C0-D6 D8-F6 F8-2B8 2E0-2E4 1D00-1D25 1D2C-1D5C 1D62-1D65 1D6B-1D77 1D79-1DBE 1E00-1EFF
Latn 2071 207F 2090-209C 212A-212B 2132 214E 2160-2188 2C60-2C7F A722-A787 A78B-A7FF AB30-AB5A AB5C-AB64 AB66-AB69
Latn FB00-FB06 10780-107BF 1DF00-1DFF2
Grek 370-373 375-377 37A-37D 37F 384 386 388-3E1 3F0-3FF 1D26-1D2A 1D5D-1D61 1D66-1D6A 1DBF 1F00-1FFE 2126 AB65
Grek 10140-1018E 101A0 1D200-1D245
Cyrl 400-52F 1C80-1C8A 1D2B 1D78 2DE0-2DFF A640-A69F FE2E-FE2F 1E030-1E08F
Armn 531-58F FB13-FB17
Hebr 591-5F4 FB1D-FB4F
Arab 600-6FF 750-77F 870-8FF FB50-FD3D FD40-FDFF FE70-FEFC 10E60-10E7E 10EC2-10EFF 1EE00-1EEF1
Syrc 700-74F 860-86A
Thaa 780-7B1
Nkoo 7C0-7FF
Adlm 1E900-1E95F
Deva 900-963 966-97F A8E0-A8FF 11B00-11B09
Beng 980-9FE
Guru A01-A76
Gujr A81-AFF
Orya B01-B77
Taml B82-BFA 11FC0-11FFF
Telu C00-C7F
Knda C80-CF3
Mlym D00-D7F
Sinh D81-DF4 111E1-111F4
Thai E01-E3A E40-E5B
Laoo E81-EDF
Tibt F00-FD4 FD9-FDA
Mymr 1000-109F A9E0-A9FE AA60-AA7F
Geor 10A0-10FA 10FC-10FF 1C90-1CBF 2D00-2D2D
Ethi 1200-1399 2D80-2DDE AB01-AB2E 1E7E0-1E7FE
Cher 13A0-13FD AB70-ABBF
Cans 1400-167F 18B0-18F5 11AB0-11ABF
Khmr 1780-17F9 19E0-19FF
Tfng 2D30-2D7F
Olck 1C50-1C7F
Hira 3041-3096 309D-309F 1B001-1B11F 1B132 1B150-1B152
Kana 30A1-30FA 30FC-30FF 31F0-31FF FF66-FF9F 1AFF0-1B000 1B120-1B122 1B155 1B164-1B167
Bopo 2EA-2EB 3105-312F 31A0-31BF
Hang 1100-11FF 302E-302F 3131-318E A960-A97C AC00-D7FB FFA0-FFDC
Hani 2E80-2FDF 2FF0-302D 3030-3040 309B-309C 30A0 30FB 3190-319F 31C0-31EF 3200-33FF 3400-4DBF 4E00-9FFF F900-FAD9
Hani FE10-FE1F FE30-FE4F FF01-FF65 FFE0-FFEE 16FE2-16FE3 16FF0-16FF6 1F200-1F2FF 20000-33479
"""
"""Unicode 15 Scripts.txt, joined over unassigned gaps; full-width forms, CJK punctuation and Arabic punctuation stand
with the script whose fonts have them."""


def _read(table: str) -> tuple[list[int], list[tuple[int, str]]]:
    ranges = []
    for name, *items in (line.split() for line in table.splitlines() if line):
        for first, _, last in (item.partition("-") for item in items):
            ranges.append((int(first, 16), int(last or first, 16), name))
    ranges.sort()
    return [first for first, _, _ in ranges], [(last, name) for _, last, name in ranges]


_STARTS, _ENDS = _read(_RANGES)


@lru_cache(4096)
def script(character: str) -> str:
    """The ISO 15924 code of a character's script; combining marks shared by scripts are `COMMON`."""
    point = ord(character)
    at = bisect_right(_STARTS, point) - 1
    if at >= 0 and point <= _ENDS[at][0]:
        return _ENDS[at][1]
    if "\u02b9" <= character <= "\u02df":  # apostrophes and the like that are letters of many alphabets
        return COMMON
    return OTHER if category(character)[0] == "L" else COMMON


def is_mark(character: str) -> bool:
    """Whether a character is a combining mark (Unicode general category M)."""
    return category(character)[0] == "M"


_NAMELESS = {"Cc": "control character", "Cn": "not assigned", "Co": "private use", "Cs": "half a character"}


def described(cluster: str) -> str:
    """A cluster with the code point and the Unicode name of each of its characters: `𝒜 (U+1D49C MATHEMATICAL …)`.

    Of a character that has no name of its own its kind is said, and it is not shown, for it has no shape either.
    """
    parts = []
    for character in cluster:
        usual = _NAMELESS.get(category(character), "")
        parts.append(f"U+{ord(character):04X} {unicode_name(character, usual)}".rstrip())
    words = " + ".join(parts)
    return words if any(category(character) in _NAMELESS for character in cluster) else f"{cluster} ({words})"


def is_ignorable(character: str) -> bool:
    """Whether a character shows nothing where a font does not know it (the commoner Default_Ignorable_Code_Points)."""
    return (
        character in "\u00ad\u034f\u061c\u180b\u180c\u180d\u180e\u180f\ufeff"
        or "\u200b" <= character <= "\u200f"
        or "\u2060" <= character <= "\u206f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e0fff"
    )


_PICTURES = """
A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 24C2 25AA-25AB 25B6 25C0
25FB-25FE 2600-2605 2607-2612 2614-2685 2690-2705 2708-2712 2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E
2753-2755 2757 2763-2767 2795-2797 27A1 27B0 27BF 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299
1F000-1F0FF 1F10D-1F10F 1F12F 1F16C-1F171 1F17E-1F17F 1F18E 1F191-1F19A 1F1AD-1F1E5 1F201-1F20F 1F21A 1F22F
1F232-1F23A 1F23C-1F23F 1F249-1F3FA 1F400-1F53D 1F546-1F64F 1F680-1F6FF 1F774-1F77F 1F7D5-1F7FF 1F80C-1F80F
1F848-1F84F 1F85A-1F85F 1F888-1F88F 1F8AE-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1FAFF 1FC00-1FFFD
"""
"""The Extended_Pictographic characters of emoji-data.txt, Unicode 15."""

_PICTURE_STARTS, _PICTURE_ENDS = _read("".join(f"Pict {line}\n" for line in _PICTURES.split("\n") if line))

_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    "\U0001193f\U00011941\U00011a3a\U00011a84\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89\U00011d46\U00011f02"
)
"""GraphemeBreakProperty.txt of Unicode 15, class Prepend."""


def is_prepended(character: str) -> bool:
    """Whether a sign goes with the letter or figure after it, such as the Arabic number sign or Malayalam dot reph."""
    return character in _PREPENDED


def _hangul(point: int) -> str:
    """L, V, T, LV or LVT for Hangul, as in Unicode Standard Annex 29, table 2."""
    if 0xAC00 <= point <= 0xD7A3:
        return "LV" if (point - 0xAC00) % 28 == 0 else "LVT"
    if 0x1100 <= point <= 0x115F or 0xA960 <= point <= 0xA97C:
        return "L"
    if 0x1160 <= point <= 0x11A7 or 0xD7B0 <= point <= 0xD7C6:
        return "V"
    return "T" if 0x11A8 <= point <= 0x11FF or 0xD7CB <= point <= 0xD7FB else ""


_HANGUL_JOINS = {
    ("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("V", "V"), ("LV", "T"), ("V", "T"), ("LVT", "T"),
    ("T", "T"),
}  # fmt: skip

_BARRIERS = frozenset({"CR", "LF", "Control"})
_JOINERS = frozenset({"Extend", "SpacingMark", "ZWJ"})


@lru_cache(4096)
def grapheme_break(character: str) -> str:
    """The Grapheme_Cluster_Break class (Unicode Standard Annex 29, table 2), "Pict" for Extended_Pictographic, or "".

    Spacing marks that the annex leaves to stand alone, such as Burmese aa and visarga, are `SpacingMark` as well: they
    are never typed without their letter, and no line may be cut and no space let in before them.
    """
    point = ord(character)
    general = category(character)
    if character in "\r\n":
        return "CR" if character == "\r" else "LF"
    if character == "\u200d":
        return "ZWJ"
    if character in _PREPENDED:
        return "Prepend"
    tag_or_tone = 0xE0020 <= point <= 0xE007F or 0x1F3FB <= point <= 0x1F3FF
    if general in ("Mn", "Me") or character in "\u200c\uff9e\uff9f" or tag_or_tone:
        return "Extend"
    if general == "Mc" or character in "\u0e33\u0eb3":
        return "SpacingMark"
    if general in ("Cc", "Cf", "Zl", "Zp"):
        return "Control"
    if general == "Cn" and (is_ignorable(character) or 0xFFF0 <= point <= 0xFFF8):
        return "Control"
    if 0x1F1E6 <= point <= 0x1F1FF:
        return "RI"
    at = bisect_right(_PICTURE_STARTS, point) - 1
    if at >= 0 and point <= _PICTURE_ENDS[at][0]:
        return "Pict"
    return _hangul(point)


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every grapheme cluster: Unicode Standard Annex 29 of Unicode 15.0, extended clusters.

    The conjuncts of Indic scripts, which 15.1 joins, are left to the shaper: it knows whether the font has them.
    """
    if text.isascii() and "\r\n" not in text:
        yield from pairwise(range(len(text) + 1))
        return
    start = 0
    before = grapheme_break(text[0])
    flags, pictured = int(before == "RI"), before == "Pict"
    for at in range(1, len(text)):
        here = grapheme_break(text[at])
        if not here and not before:  # two letters, as nearly always
            flags, pictured = 0, False
            yield start, at
            start = at
            continue
        if before in _BARRIERS or here in _BARRIERS:  # GB3 to GB5
            joined = before == "CR" and here == "LF"
        else:
            joined = (
                here in _JOINERS  # GB9, GB9a
                or before == "Prepend"  # GB9b
                or (here == "Pict" and before == "ZWJ" and pictured)  # GB11
                or (here == "RI" and flags % 2 == 1)  # GB12, GB13
                or (before, here) in _HANGUL_JOINS  # GB6 to GB8
            )
        flags = flags + 1 if here == "RI" else 0
        pictured = here == "Pict" or (pictured and here in ("Extend", "ZWJ") and before != "ZWJ")
        if not joined:
            yield start, at
            start = at
        before = here
    yield start, len(text)
