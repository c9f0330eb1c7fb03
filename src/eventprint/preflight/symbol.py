"""What a QR symbol tells of itself, read from its modules."""

from __future__ import annotations

from collections.abc import Iterator

_FINDER = (0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111)
"""ISO/IEC 18004, figure 3: the pattern in three corners."""

_FORMAT_MASK = 0b101010000010010
"""ISO/IEC 18004, annex C: what format information is combined with."""


def level(rows: tuple[int, ...]) -> str:
    """The level of error correction a QR symbol tells of itself; empty where it is no whole symbol.

    Format information has two bits of level, three of mask, ten of check (ISO/IEC 18004, 7.9 and annex C).
    """
    size = len(rows)
    if size < 21 or size > 177 or size % 4 != 1 or any(row >> size for row in rows):
        return ""
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        if any(rows[top + i] >> (size - 7 - left) & 0b1111111 != _FINDER[i] for i in range(7)):
            return ""
    places = [*((8, i) for i in (0, 1, 2, 3, 4, 5, 7, 8)), *((i, 8) for i in (7, 5, 4, 3, 2, 1, 0))]
    told = 0
    for row, column in places:
        told = told << 1 | rows[row] >> (size - 1 - column) & 1
    return _FORMATS.get(told ^ _FORMAT_MASK, "")


def _formats() -> Iterator[tuple[int, str]]:
    for bits in range(32):
        check = bits << 10
        for at in range(14, 9, -1):
            if check >> at & 1:
                check ^= 0b10100110111 << (at - 10)
        yield bits << 10 | check, "MLHQ"[bits >> 3]


_FORMATS = dict(_formats())
