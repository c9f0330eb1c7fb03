"""Which script a character belongs to, and where one letter as people see it ends and the next begins.

Knows the scripts the project has fonts for; any other letter is `OTHER`, and what all scripts share is `COMMON`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category

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


_ZWJ = "\u200d"


def is_mark(character: str) -> bool:
    """Whether a character is a combining mark (Unicode general category M)."""
    return category(character)[0] == "M"


@lru_cache(4096)
def _extends(character: str) -> bool:
    return (
        category(character)[0] == "M"
        or character in "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def is_ignorable(character: str) -> bool:
    """Whether a character shows nothing where a font does not know it (the commoner Default_Ignorable_Code_Points)."""
    return (
        character in "\u00ad\u034f\u061c\u180b\u180c\u180d\u180e\u180f\ufeff"
        or "\u200b" <= character <= "\u200f"
        or "\u2060" <= character <= "\u206f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e0fff"
    )


def _hangul(character: str) -> str:
    """L, V, T, LV or LVT for Hangul, as in Unicode Standard Annex 29, table 2."""
    point = ord(character)
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


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every grapheme cluster: Unicode Standard Annex 29, without its rules for Indic conjuncts.

    Conjuncts are joined by the shaper, which knows whether the font has them.
    """
    start, flags = 0, 0
    for at in range(1, len(text)):
        here, before = text[at], text[at - 1]
        if here >= "\u0300":
            if _extends(here):
                continue
            if before == _ZWJ and here > "\u2000" and category(here) == "So":
                continue
            if "\U0001f1e6" <= here <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff":
                flags += 1
                if flags % 2:
                    continue
            else:
                flags = 0
                if (_hangul(before), _hangul(here)) in _HANGUL_JOINS:
                    continue
        yield start, at
        start = at
    if text:
        yield start, len(text)
