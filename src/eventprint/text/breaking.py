"""Where a line may end: the line breaking algorithm of Unicode (UAX #14, version 15.0).

Numbers are kept whole by the customization its section 8.2 gives as example 7, which Unicode's own tests ask for.
Scripts that put no spaces between words (class SA: Thai, Lao, Khmer, Burmese) break nowhere by these rules: their words
stand in dictionaries, which ICU has.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

MUST_NOT, MAY, MUST = 0, 1, 2
"""What a line may do at a place: go on only, end, end only."""

_ENDS = frozenset(("BK", "CR", "LF", "NL"))
_NO_BASE = _ENDS | {"SP", "ZW"}
_LETTERS = frozenset(("AL", "HL"))
_IDEOGRAPHS = frozenset(("ID", "EB", "EM", "XP"))
_HANGUL = frozenset(("JL", "JV", "JT", "H2", "H3"))
_CLOSING = frozenset(("CL", "CP"))
_OPENING = frozenset(("OP", "OE"))
_NEVER_BEFORE = _CLOSING | {"EX", "IS", "SY"}


def opportunities(text: str) -> list[int]:
    """For each place from before the first character to after the last: MUST_NOT, MAY or MUST.

    The first is always MUST_NOT and the last MUST; of an empty text there is one place, MUST_NOT.
    """
    found = [MUST_NOT] * (len(text) + 1)
    if not text:
        return found
    kinds = list(map(class_of, text))
    numbers = _inside_numbers(kinds)
    before = ""  # class of the character before, with its marks
    solid = ""  # class of the last character that was no space
    hebrew_hyphen = False
    flags = 0
    joined = False
    for at, kind in enumerate(kinds):
        mark = kind in ("CM", "ZWJ")
        if mark and before and before not in _NO_BASE:
            joined = kind == "ZWJ"
            continue
        if mark:
            kind = "AL"
        if at:
            found[at] = _between(before, solid, kind, joined, hebrew_hyphen, flags, numbers[at])
        flags = flags + 1 if kind == "RI" else 0
        hebrew_hyphen = before == "HL" and kind in ("HY", "BA")
        before = kind
        if kind != "SP":
            solid = kind
        joined = kinds[at] == "ZWJ"
    found[-1] = MUST
    return found


def _between(
    before: str, solid: str, after: str, joined: bool, hebrew_hyphen: bool, flags: int, in_number: bool
) -> int:
    """The rules whose answer hangs on more than two characters, in the order of the standard; then the others."""
    if before in _ENDS:
        return MUST_NOT if before == "CR" and after == "LF" else MUST
    if after in _NO_BASE:
        return MUST_NOT
    if solid == "ZW":
        return MAY
    if joined:
        return MUST_NOT
    if before == "SP":
        return MUST_NOT if _after_spaces(solid, after) else MAY
    if in_number or (hebrew_hyphen and after != "CB"):
        return MUST_NOT
    if before == after == "RI":
        return MUST_NOT if flags % 2 else MAY
    return MAY if _parted(before, after) else MUST_NOT


@cache
def _after_spaces(before: str, after: str) -> bool:
    """What stays together though spaces stand between, so that no line begins with what comes after (LB 11 to 17)."""
    return (
        after == "WJ"
        or after in _NEVER_BEFORE
        or before in _OPENING
        or (before == "QU" and after in _OPENING)
        or (before in _CLOSING and after == "NS")
        or before == after == "B2"
    )


@cache
def _parted(before: str, after: str) -> bool:
    """Whether a line may end between two characters without a space, by rules that ask for no others (LB 11 to 31)."""
    if "WJ" in (before, after) or before == "GL" or (after == "GL" and before not in ("BA", "HY")):
        return False
    if _after_spaces(before, after) or "QU" in (before, after):
        return False
    if "CB" in (before, after):
        return True
    return not (
        after in ("BA", "HY", "NS", "IN")
        or before == "BB"
        or (before == "SY" and after == "HL")
        or (before in _LETTERS and after in ("NU", "PR", "PO", "OP"))
        or (before in ("NU", "PR", "PO", "IS", "CP") and after in _LETTERS)
        or (before in _LETTERS and after in _LETTERS)
        or (before == "PR" and (after in _IDEOGRAPHS or after in _HANGUL))
        or ((before in _IDEOGRAPHS or before in _HANGUL) and after == "PO")
        or (before == "JL" and after in ("JL", "JV", "H2", "H3"))
        or (before in ("JV", "H2") and after in ("JV", "JT"))
        or (before in ("JT", "H3") and after == "JT")
        or (before == "NU" and after == "OP")
        or (before == "CP" and after == "NU")
        or (before in ("EB", "XP") and after == "EM")
    )


def _inside_numbers(kinds: list[str]) -> list[bool]:
    """The places inside a number with its signs, such as `$(12,35)%`: example 7 of section 8.2 stands for LB 25."""
    inside = [False] * len(kinds)
    if "NU" not in kinds:
        return inside
    solid = [at for at, kind in enumerate(kinds) if kind not in ("CM", "ZWJ") or not at or kinds[at - 1] in _NO_BASE]
    run = [kinds[at] for at in solid]
    at = 0
    while at < len(run):
        if run[at] != "NU":
            at += 1
            continue
        first = at
        if first and (run[first - 1] in _OPENING or run[first - 1] == "HY"):
            first -= 1
        if first and run[first - 1] in ("PR", "PO"):
            first -= 1
        while at < len(run) and run[at] in ("NU", "SY", "IS"):
            at += 1
        if at < len(run) and run[at] in _CLOSING:
            at += 1
        if at < len(run) and run[at] in ("PR", "PO"):
            at += 1
        for place in solid[first + 1 : at]:
            inside[place] = True
    return inside


def word_ends(text: str) -> Iterator[int]:
    """Where words of a script without spaces between them end inside a text, by the dictionaries of ICU."""
    at = 0
    for unspaced, characters in groupby(text, _is_unspaced):
        stretch = "".join(characters)
        if unspaced and len(stretch) > 1:
            # Loaded here alone, for all of its sixteen megabytes: few events need it, and no badge waits for it.
            from icu4py.breakers import LineBreaker

            # All these scripts lie in the plane where ICU counts as Python does.
            yield from (at + end for _, end in LineBreaker(stretch, "th").segments() if end < len(stretch))
        at += len(stretch)


def _is_unspaced(character: str) -> bool:
    return character >= "\u0e00" and _stated(ord(character)) == "SA"


@lru_cache(maxsize=1 << 14)
def class_of(character: str) -> str:
    """The line breaking class, resolved as LB 1 asks.

    Opening brackets of East Asian width are OE (closing ones of class CP there are none), and unassigned code points
    kept for pictographs are XP.
    """
    point = ord(character)
    if 0xAC00 <= point <= 0xD7A3:
        return "H3" if (point - 0xAC00) % 28 else "H2"
    kind = _stated(point)
    if kind == "SA":
        return "CM" if unicodedata.category(character) in ("Mn", "Mc") else "AL"
    if kind == "OP" and unicodedata.east_asian_width(character) in "FWH":
        return "OE"
    if kind == "ID" and 0x1F000 <= point <= 0x1FFFD and unicodedata.category(character) == "Cn":
        return "XP"
    return kind


def _stated(point: int) -> str:
    starts, ranges = _read()
    at = bisect_right(starts, point) - 1
    last, kind = ranges[at] if at >= 0 else (-1, "")
    return kind if point <= last else "AL"


@cache
def _read() -> tuple[list[int], list[tuple[int, str]]]:
    """The table below, when it is first asked for: the words of a badge are broken at spaces."""
    ranges = []
    for row in _TABLE.strip().replace("\n ", " ").splitlines():
        kind, *items = row.split()
        last = 0
        for item in items:
            gap, _, span = item.partition("-")
            first = last + int(gap, 36)
            last = first + int(span or "0", 36)
            ranges.append((first, last, kind))
    ranges.sort()
    return [first for first, _, _ in ranges], [(last, kind) for _, last, kind in ranges]


_TABLE = """
B2 6c4 2sm-1
BA 9 37 1d yl 1g py-1 z9-1 4w 15 23 6 1l-1 j 3c-1 ly 4f hs 2z-2 20-1 4e-1 3 2 16-1 np-1 2-3 t-1 59-4 1r-1 ox-6 2-2 6
 2-1 k 1b 2-3 2-2 2hn-2 3 35 4e-7 2 2 h-3 3-1 2-1 8-2 2-1 2-7 2 2-1 e bn n3y-1 7i 2 6c-4 d3-1 2n-1 48-2 44-2 41-1 6y
 gt1-2 il 1d w7 5k 8h-7 49-5 1w-6 oe be-1 3a-3 3j-3 3m-1 2 l-2 2h-1 2-1 31 bm-3 c-1 9z-1 6-e 2y-1 6y-2 ee-2 6z-3
 2e-2 5-1 bj-4 la-1 57 vl-4 dtm-1 3q 1u-2 b nn-1 fev 5wo-3
BB 50 es 4 j 1w8 d hp-3 2-1 2-1 5i-1 2 1mb 1kn qyf-1 3r kmx 2u rq 4f-c om 2l 6 2h-2 2o-9 9z
BK b-1 6cc-1
CB 1ekc
CL 3h 2wu 2 1gf 1wq 1k g hn 2 v u7 2 2 2 2 2 2 29 x 2 2 2 2 b9 2 2 2 2 2 2 2 2 2 2 1t 2 y ti 2 2 2 19 2 2 2 bp-1 7 2
 2 2 2 4 2 2 2 3-1 14in 5v-1 6 u 2 2 2 2 2 2 2 4 8 2 8 2 2 4r 3 2 1b w 3-1 2-1 a2f-2 11 5 2 6p-1 59 5 2 3gw
CM 0-8 6-h 2o-5 2-p gx-26 2-b 8-c 7o-6 7c-18 2 2-1 2-1 2 21-a 2 1b-k h 2u-6 3-5 3-1 2-3 10 v-q 2k-a 1n-8 a p-3 2-8
 2-2 2-4 18-2 1p-7 17-n 2-w 1j-2 2-h 2-6 b-1 u-2 1l 2-6 3-1 3-2 a b-1 r 3-2 1l 2-4 5-1 3-2 4 v-1 4 c-2 1l 2-7 2-2
 2-2 l-1 n-5 2-2 1l 2-6 3-1 3-2 8-2 b-1 v 1o-4 4-2 2-3 a 15-4 1k 2-6 2-2 2-3 8-1 c-1 u-2 1l 2-6 2-2 2-3 8-1 c-1 g
 d-3 1k-1 2-6 2-2 2-3 a b-1 u-2 1z 5-5 2 2-7 j-1 85-1 s 2 2 5-1 1e-d 2-4 2-1 6-a 2-z a pj-2 qb-3 t-2 u-1 v-1 48-2 2
 3a-1 z 3b-b 5-b 64-4 2s 1d-u 1e-4 1c-g 13-8 d-2 v-c 1l-d 1d-j 49-2 2-k 5 7 3-2 5j-c 2-19 2-2 el 2-1 r-4 1k-9 2p-w
 2db-2 3y 2p-v ff-5 6 2s-1 n9x-3 2-9 x-1 29-1 7l 4 5 o-4 5 2c-1 1f-h r-h e 13-7 q-c 19-3 1c-d 2x-d d 9-1 4e-4 6-1
 6l-7 2-1 fn5 ki-f h-f cq-2 ea 6b 46-4 1af-2 2-1 6-3 15-2 5 4m-1 fy-3 as-1 29-2 1z-a 1e-3 3f-2 1i-e 16 3-1 b-3 1a-a
 8 1q-2 11-d h-1 19 d-2 1d-d 9-3 2-1 2l-b 7 3 4e-b m-3 1k-1 2-6 3-1 3-2 a b-1 3-6 4-4 5d-h o 2a-j 6k-6 3-8 s-1 2b-g
 2z-c ad-e 6u-5 2-1 3-3 2 2-1 3y-6 3-6 4 t-9 15-6 2-3 9 a-a 1b-f ba-7 2-7 2b-l 2-d 3f-5 4 2-1 2-6 2 1v-4 2-1 2-4
 9o-3 a-1 2 1d-6 4-4 45a 7-e asb-4 1o-6 t5 2-1i 8-3 2m-1 f58-1 2-3 3ml-19 3-m f3-4 4-l 3-6 v-3 45-2 1j0-1i 5-1d 9 f
 n-4 2-e 11t-6 2-g 3-6 2-1 2-4 2t 4h-6 ag 1q-3 e5-3 rl-6 32-6 gzav v-2n 3l-6n
CP 15 1g
CR d
EB 7j1 64 h-3 2iyg 1p-2 3 3-2 3a-1 3-a m-i 4 5-2 2-2 8 2 p 5m-1 5 m 5-1 4v-2 4-4 2c h-2 a c g0 3 9-7 7 a-9 3-2 1l
 1q-1 2-1 2 i-2 2-c 6e-2 17-8
EM 2qrf-4
EX x u 13b 2d 2-2 51 85 1ec-4 3 1ri-1 5-1 8r-1 2sd-1 13q 5 8g 11-1 nne h4-1 gwu-1 1s-1 4q u 4h1-1 1bg
GL 4g j3 d-6 2au 4 6 5j-1 1mc 14v 1b ej a u 1iip-6 3-2 bs9
HL 15c-q 5-3 1cff 2-9 2-c 2-4 2 2-1 2-1 2-9
HY 19
ID 6xm-1 5x-3 el-3 h-1 3 2-2 2-1 q-2 19 n 1q-b 5 2-2 2-1 4-1 3 3-2 9 7-4 2-1 2 3-7 4-1 2j 1ek-p 2-2g d-5x r-b 8-1
 2-1 b-1 d-9 7-4 2-4 3-2 3 2 2 2 2-o 2-u 2 2 2-5 2-5 b 3 2 2 2 2-o 2-u 2 2 2-5 2-5 3-3 5 6-16 2-2l 2-2b t-u 2-13
 9-5f3 1t-g7o 2-vq 4-1i gmy-e7 mp-4 h-1 3-6 2 7 7-7 2 3 47-1 3-1 3-1 2 2-a 3-2 2-q 2 2-s 2 2 8 b-18 3-u 4-5 3-5 3-5
 3-2 6-2 675-a fxt-4qf 9-lb e9-8 6wo-82 26-az c1x-73 e-2 2m-2 1q-1k r-as 2-l 3-m 3-4 2-4 4-1 2-1 4-19 6-1t 3-1 c-k
 k-2 2-3 4 4-6 2 2-d 2 2 2-4 2-3 2 3-24 8-f f-c p-15 3-3 2-k 2-3 3-1o 9-n 7-22 4-2 1i-y 2-f 4-8 2-a 2-1e 39-b 2e-16
 d-3 1l-7 b-5 15-7 v-29 e-1 2-7 9-5 2-8 b-1 4-1j 2-1o 3 3 2-g 4 e-x 2d-32 4-15 a-6 75-sd 3-1ekd 3-1ekd
IN 6ck-2 jt 17ai 2jh
IS 18 2 c-1 n7 ej 3n-1 dn 4ss 17t8 3-1
JL 3cw-2n u0x-s
JT 3hk-2f 132k-1c
JV 3fk-1z 1349-m
LF a
NL 3p
NS 4pi 1nq-1 a-2 33w n v-1 5 2 2 2 2 q w 2 2 7 7-1 5-3 2-1 2 2 2 2 q w 2 2 7 7-1 5-3 6q-f lqu im7-1 5h-1 22 2-9 1a-1
 m69-3 cwf u-2 3 f-3 dn6-2
NU 1c-9 17r-9 2-1 3o-9 5j-9 bh-9 3b-9 3b-9 3b-9 3b-9 3b-9 3b-9 3b-9 3b-9 3b-9 2p-9 3b-9 1z-9 7r-9 1z-9 1fr-9 13-9
 8d-9 3l-9 4n-9 7-9 53-9 2f-9 3r-9 7-9 r7r-9 iv-9 13-9 5j-9 n-9 2f-9 bb-9 hif-9 1on-9 ml-9 3l-9 1p-9 41-9 7r-9 9j-9
 3b-9 af-9 2v-9 2v-9 br-9 2v-9 l3-9 6v-9 1z-9 br-9 etj-9 2f-9 3r-9 lf9-1d 1tt-9 br-9 dz-9 uv-9 3o7-9
OP 14 1f w 12 u 2uz 2 1gf 1vj 4 13 1k g hn 2 v u7 2 2 2 2 2 2 29 x 2 2 2 2 b9 2 2 2 2 2 2 2 2 2 2 1t 2 y t8 a 2 2 2
 q j 2 2 2 bx 2 2 2 2 4 2 2 2 3 14iq 60 u 2 2 2 2 2 2 2 4 i 2 2 4r 1f w 4 3 a2e-2 18 2 6p 5a 5 2 3gw wb4-1
PO 11 3h e 121-2 2n p4-1 6 ow 3p3-7 w 28 f 5 3 2 1v 6 qpb gxw 32 4b 63 6bh-3 14gc 4
PR 10 7 1d 1z-2 c ym hb-1 e4 6u 7c g6 1wc 1qd-6 2-d 2-3 2-1 2 2-e 1z 70-1 17iu 4b 65 4-1 18ux
QU y 5 3o g 671-1 2-2 2 q-1 1ep-5 1b4-d f-1 3-1 2i51-2
RI 2qcm-p
SA 2rl-1l 6-e 1f-1 2 2-4 2-n 2 2-m 3-4 2 2-6 e-3 81-1r h-1r b-5 1cx-2b 4 5-1 ab-t 3-4 c-17 5-p h 4-1 1t-1q 2-s 10-d
 sab-f b-4 2q-2q p-4 lcx-q 3-e f-1 4-7
SP w
SY 1b
WJ 6e8 17z3
ZW 6bv
ZWJ 6bx
"""
"""Unicode 15.0 LineBreak.txt: for each class its ranges as distance from the end of the one before and, after a hyphen,
length less one, in base 36. CJ stands with NS, code points reserved for a class with it; AL, AI, SG and XX, which are
all the rest, and the Hangul syllables are left out."""
