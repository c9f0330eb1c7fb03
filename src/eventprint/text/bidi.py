"""Which way each character of a line runs: the Unicode Bidirectional Algorithm (Unicode Standard Annex 9).

Rule names in comments are the annex's. Mirrored brackets are left to the shaper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import bidirectional

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer direction and have no shape of their own."""

_MAX_DEPTH = 125
_ISOLATES = ("LRI", "RLI", "FSI")
_EMBEDDINGS = {"RLE": (1, ""), "LRE": (0, ""), "RLO": (1, "R"), "LRO": (0, "L")}
_REMOVED = {"RLE", "LRE", "RLO", "LRO", "PDF", "BN"}
_NEUTRAL = {"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"}

_CLOSING = {
    **{chr(point): chr(point + 1) for point in (0x28, 0x0F3A, 0x0F3C, 0x169B, 0x2045, 0x207D, 0x208D, 0x2308, 0x230A)},
    **{chr(point): chr(point + 1) for point in (0x29D8, 0x29DA, 0x29FC, 0xFF08, 0xFF5F, 0xFF62, 0x2329, 0x27C5)},
    **{
        chr(point): chr(point + 1)
        for first, last in (
            (0x2768, 0x2775), (0x27E6, 0x27EF), (0x2983, 0x298C), (0x2991, 0x2998), (0x2E22, 0x2E29), (0x2E55, 0x2E5C),
            (0x3008, 0x3011), (0x3014, 0x301B), (0xFE59, 0xFE5E),
        )
        for point in range(first, last, 2)
    },
    "[": "]", "{": "}", "\u298d": "\u2990", "\u298f": "\u298e", "\uff3b": "\uff3d", "\uff5b": "\uff5d",
}  # fmt: skip
"""BidiBrackets.txt of Unicode 15: 64 pairs."""

_ALIKE = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are canonically equal to another pair (BD16)."""

_CLOSERS = frozenset(_CLOSING.values())


def has_rtl(text: str) -> bool:
    """Whether anything in the text can run from right to left or steer direction."""
    return _RTL.search(text) is not None


def kind(character: str) -> str:
    """The Bidi_Class; for code points not assigned yet the default of their block."""
    found = bidirectional(character)
    if found:
        return found
    point = ord(character)
    if 0x0600 <= point <= 0x07BF or 0x0860 <= point <= 0x08FF or 0xFB50 <= point <= 0xFDCF or 0xFDF0 <= point <= 0xFEFF:
        return "AL"
    if 0x10D00 <= point <= 0x10D3F or 0x10EC0 <= point <= 0x10EFF or 0x10F30 <= point <= 0x10F6F:
        return "AL"
    if 0x1EC70 <= point <= 0x1ECBF or 0x1ED00 <= point <= 0x1ED4F or 0x1EE00 <= point <= 0x1EEFF:
        return "AL"
    if 0x0590 <= point <= 0x085F or 0xFB1D <= point <= 0xFB4F:
        return "R"
    if 0x10800 <= point <= 0x10FFF or 0x1E800 <= point <= 0x1EFFF:
        return "R"
    if 0x20A0 <= point <= 0x20CF:
        return "ET"
    ignorable = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE or 0xE0000 <= point <= 0xE0FFF
    return "BN" if ignorable else "L"


def base_level(text: str, default: int = 0) -> int:
    """0 or 1 by the first strong character outside isolates (P2, P3); the default where there is none."""
    return _first_strong([kind(character) for character in text], 0, default)


def levels(text: str, base: int | None = None) -> tuple[int, list[int]]:
    """The line's own level, and the level of every character: even runs left to right, odd right to left.

    Characters the algorithm removes (X9) get the level of what stands before them.
    """
    return levels_of([kind(character) for character in text], text, base)


def levels_of(kinds: Sequence[str], text: str, base: int | None = None) -> tuple[int, list[int]]:
    """As `levels`, with the Bidi_Class of each character given."""
    if base is None:
        base = _first_strong(kinds, 0, 0)
    partners = _isolate_partners(kinds)
    embedded, types = _explicit(kinds, base, partners)
    found = list(embedded)
    kept = [at for at, name in enumerate(kinds) if name not in _REMOVED]
    for sequence in _sequences(kept, embedded, kinds, partners):
        _resolve(sequence, embedded, found, types, kinds, text, base, partners)
    # L1: what separates segments, and white space before it or at the end of the line, has the line's own level
    trailing = True
    for at in range(len(kinds) - 1, -1, -1):
        name = kinds[at]
        if name in ("S", "B"):
            found[at], trailing = base, True
        elif name in ("WS", "FSI", "LRI", "RLI", "PDI"):
            if trailing:
                found[at] = base
        elif name not in _REMOVED:
            trailing = False
    for at, name in enumerate(kinds):
        if name in _REMOVED:
            found[at] = found[at - 1] if at else base
    return base, found


def visual_order(levels: Sequence[int]) -> list[int]:
    """The indices of items with these levels from left to right (L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > at:
                order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


def _first_strong(kinds: Sequence[str], start: int, default: int) -> int:
    """P2 and P3 from `start` on, as far as the isolate that surrounds it reaches."""
    depth = 0
    for name in kinds[start:]:
        if name == "B":
            break
        if name in _ISOLATES:
            depth += 1
        elif name == "PDI":
            if depth == 0 and start:
                break
            depth = max(0, depth - 1)
        elif depth == 0 and name in ("L", "R", "AL"):
            return 0 if name == "L" else 1
    return default


def _isolate_partners(kinds: Sequence[str]) -> dict[int, int]:
    """Isolate initiators and the PDI that matches each, both ways (BD9)."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for at, name in enumerate(kinds):
        if name in _ISOLATES:
            waiting.append(at)
        elif name == "PDI" and waiting:
            start = waiting.pop()
            partners[start], partners[at] = at, start
        elif name == "B":
            waiting.clear()
    return partners


def _explicit(kinds: Sequence[str], base: int, partners: dict[int, int]) -> tuple[list[int], list[str]]:
    """Levels and types after the embedding, override and isolate characters (X1 to X8)."""
    levels, types = [base] * len(kinds), list(kinds)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    lost_isolates = lost_embeddings = valid_isolates = 0
    for at, name in enumerate(kinds):
        level, override, _ = stack[-1]
        if name in _EMBEDDINGS:
            odd, forced = _EMBEDDINGS[name]
            deeper = level + 1 if (level + 1) % 2 == odd else level + 2
            if deeper <= _MAX_DEPTH and not lost_isolates and not lost_embeddings:
                stack.append((deeper, forced, False))
            elif not lost_isolates:
                lost_embeddings += 1
        elif name in _ISOLATES:
            levels[at] = level
            types[at] = override or name
            odd = int(name == "RLI")
            if name == "FSI":
                odd = _first_strong(kinds[: partners.get(at, len(kinds))], at + 1, 0)
            deeper = level + 1 if (level + 1) % 2 == odd else level + 2
            if deeper <= _MAX_DEPTH and not lost_isolates and not lost_embeddings:
                valid_isolates += 1
                stack.append((deeper, "", True))
            else:
                lost_isolates += 1
        elif name == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif valid_isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            levels[at] = stack[-1][0]
            types[at] = stack[-1][1] or name
        elif name == "PDF":
            if not lost_isolates:
                if lost_embeddings:
                    lost_embeddings -= 1
                elif not stack[-1][2] and len(stack) > 1:
                    stack.pop()
        elif name == "B":
            levels[at] = base
            stack = [(base, "", False)]
            lost_isolates = lost_embeddings = valid_isolates = 0
        elif name != "BN":
            levels[at] = level
            types[at] = override or name
    return levels, types


def _sequences(kept: list[int], levels: list[int], kinds: Sequence[str], partners: dict[int, int]) -> list[list[int]]:
    """The isolating run sequences (BD13): indices that are resolved together."""
    runs: list[list[int]] = []
    for at in kept:
        if runs and levels[runs[-1][-1]] == levels[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    run_of = {run[0]: run for run in runs}
    sequences = []
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in partners:
            continue
        sequence = list(run)
        while kinds[sequence[-1]] in _ISOLATES and sequence[-1] in partners:
            following = run_of.get(partners[sequence[-1]])
            if following is None:
                break
            sequence += following
        sequences.append(sequence)
    return sequences


def _resolve(
    sequence: list[int],
    embedded: list[int],
    found: list[int],
    types: list[str],
    kinds: Sequence[str],
    text: str,
    base: int,
    partners: dict[int, int],
) -> None:
    """Weak and neutral types of one sequence, and the levels that follow (W1 to I2)."""
    level = embedded[sequence[0]]
    embedding = "R" if level % 2 else "L"
    before = _neighbour(sequence[0], -1, embedded, kinds, base)
    unmatched = kinds[sequence[-1]] in _ISOLATES and sequence[-1] not in partners
    after = base if unmatched else _neighbour(sequence[-1], 1, embedded, kinds, base)
    first = "R" if max(level, before) % 2 else "L"
    last = "R" if max(level, after) % 2 else "L"
    names = [types[at] for at in sequence]
    _resolve_weak(names, first)
    _resolve_brackets(names, [text[at] for at in sequence], [kinds[at] for at in sequence], embedding, first)
    count = len(names)
    at = 0
    while at < count:
        if names[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < count and names[end] in _NEUTRAL:
            end += 1
        left = _strong(names[at - 1]) if at else first
        right = _strong(names[end]) if end < count else last
        names[at:end] = [left if left == right else embedding] * (end - at)  # N1, N2
        at = end
    for place, name in zip(sequence, names, strict=True):
        if level % 2 == 0:
            found[place] = level + {"L": 0, "R": 1, "EN": 2, "AN": 2}[name]
        else:
            found[place] = level + (0 if name == "R" else 1)


def _neighbour(at: int, step: int, levels: list[int], kinds: Sequence[str], base: int) -> int:
    """The level of the next kept character outside, for the start and the end of a sequence (X10)."""
    at += step
    while 0 <= at < len(kinds) and kinds[at] in _REMOVED:
        at += step
    return levels[at] if 0 <= at < len(kinds) else base


def _strong(name: str) -> str:
    return "R" if name in ("R", "AN", "EN") else name


def _resolve_weak(names: list[str], first: str) -> None:
    count = len(names)
    previous = first
    for at, name in enumerate(names):  # W1
        if name == "NSM":
            names[at] = "ON" if previous in (*_ISOLATES, "PDI") else previous
        previous = names[at]
    strong = first
    for at, name in enumerate(names):  # W2, W3
        if name in ("L", "R", "AL"):
            strong = name
            if name == "AL":
                names[at] = "R"
        elif name == "EN" and strong == "AL":
            names[at] = "AN"
    for at in range(1, count - 1):  # W4
        before, name, after = names[at - 1 : at + 2]
        if (name == "ES" and before == after == "EN") or (name == "CS" and before == after and before in ("EN", "AN")):
            names[at] = before
    at = 0
    while at < count:  # W5
        end = at
        while end < count and names[end] == "ET":
            end += 1
        if end > at and ((at and names[at - 1] == "EN") or (end < count and names[end] == "EN")):
            names[at:end] = ["EN"] * (end - at)
        at = end + 1
    strong = first
    for at, name in enumerate(names):  # W6, W7
        if name in ("ES", "ET", "CS"):
            names[at] = "ON"
        elif name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            names[at] = "L"


def _resolve_brackets(names: list[str], text: list[str], kinds: list[str], embedding: str, first: str) -> None:
    """N0: both brackets of a pair take the direction of what is inside, or of what leads to them."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if names[at] != "ON":
            continue
        closing = _CLOSING.get(character)
        if closing is not None:
            if len(waiting) == 63:
                return
            waiting.append((_ALIKE.get(closing, closing), at))
        elif character in _CLOSERS:
            wanted = _ALIKE.get(character, character)
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == wanted:
                    pairs.append((waiting[depth][1], at))
                    del waiting[depth:]
                    break
    for start, end in sorted(pairs):
        inside = {_strong(name) for name in names[start + 1 : end]} & {"L", "R"}
        if embedding in inside:
            direction = embedding
        elif inside:
            context = next((s for s in map(_strong, reversed(names[:start])) if s in ("L", "R")), first)
            direction = context if context != embedding else embedding
        else:
            continue
        for at in (start, end):
            names[at] = direction
            following = at + 1
            while following < len(names) and kinds[following] == "NSM":
                names[following] = direction
                following += 1
