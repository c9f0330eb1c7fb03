"""Slips of the pen: two spellings that are likely one name, found by letters they share, never each with each."""

from __future__ import annotations

import re
from collections.abc import Set

FEW = 8
"""So many with one key are looked at: what more share is no sign of anything."""
_SHORTEST, _LONGEST = 5, 60
"""Letters of a name in which one letter more, less or other may be a slip of the pen."""


def near_spellings(name: str) -> Set[str]:
    """The letters of a name, and those with one left out: two names of one slip have one of them in common."""
    letters = " ".join(name.casefold().split())
    if not _SHORTEST <= len(letters) <= _LONGEST:
        return frozenset()
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def is_slip(one: str, other: str) -> bool:
    """Whether two names of the same number of words differ by a slip inside one of the longer of them."""
    first, second = one.casefold().split(), other.casefold().split()
    if len(first) != len(second):
        return False
    odd = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(odd) == 1 and not any(letter.isdigit() for letter in "".join(odd[0])) and slipped(*odd[0])


def slipped(a: str, b: str) -> bool:
    """Whether two words differ by a letter more, less or other inside them, or by two that changed places."""
    if min(len(a), len(b)) < 3 or a[0] != b[0]:
        return False
    if re.sub(r"(.)\1", r"\1", a) == re.sub(r"(.)\1", r"\1", b):
        return True  # Anna and Ana
    if min(len(a), len(b)) < 4:
        return False
    if len(a) == len(b):
        odd = [at for at in range(len(a)) if a[at] != b[at]]
        changed = len(odd) == 2 and odd[1] == odd[0] + 1 and a[odd[0]] == b[odd[1]] and a[odd[1]] == b[odd[0]]
        return changed or (len(odd) == 1 and odd[0] < len(a) - 1)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) - len(shorter) != 1 or longer.startswith(shorter):
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
