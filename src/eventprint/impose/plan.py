"""Which page lies where, in numbers alone: pages to blocks, blocks to sheets. Knows neither lengths nor PDF."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .scheme import Face, Scheme


class Leaf(NamedTuple):
    """A page of a block at its place."""

    page: int | None
    """From 0; None where the book has no more pages."""
    row: int
    column: int
    turned: bool
    spine: int
    """Where the page is bound, as the sheet is seen: -1 at its left, 1 at its right, 0 nowhere."""
    layer: int
    """Folded leaves that lie around this one."""


class Block(NamedTuple):
    """What stays together when a sheet is cut."""

    front: tuple[Leaf, ...]
    back: tuple[Leaf, ...]
    section: int = 0
    """Of sheets folded into each other; counted from 0."""
    outermost: bool = True


def blocks(count: int, scheme: Scheme) -> list[Block]:
    """The blocks that so many pages need, in order; blank pages fill them up before those that stay the last.

    Sheets that are folded into each other hold pages from both ends of their section: with h pages on either half of
    a sheet, sheet j of a section of P pages has pages h·j + 1 … and P - h·(j + 1) + 1 ….
    """
    each = scheme.pages
    total = max(1, math.ceil(count / each))
    last = min(scheme.last, count)
    blank = total * each - count
    said = [*range(count - last), *[None] * blank, *range(count - last, count)]
    faces = scheme.faces(False), scheme.faces(True)
    made: list[Block] = []
    first = 0
    for section, size in enumerate(_sections(total, scheme.nested)):
        pages, half = size * each, each // 2
        for sheet in range(size):
            numbers = [first + (half * sheet + q if q < half else pages - each - half * sheet + q) for q in range(each)]
            sides = tuple(_leaves(scheme, side, numbers, said, first, pages) for side in faces)
            made.append(Block(sides[0], sides[1], section, sheet == 0))
        first += pages
    return made


def _sections(sheets: int, nested: int) -> list[int]:
    """So many sheets as sections of at most so many, their sizes alike within one."""
    if nested == 0:
        return [sheets]
    count = math.ceil(sheets / nested)
    return [sheets // count + (number < sheets % count) for number in range(count)]


def _leaves(
    scheme: Scheme, faces: Sequence[Face], numbers: Sequence[int], said: Sequence[int | None], first: int, pages: int
) -> tuple[Leaf, ...]:
    leaves = []
    for face in faces:
        page = numbers[face.number - 1]
        inside = page - first
        recto = inside % 2 == 0
        # a right-hand page is bound at its left; upside down, or read from the right, it is the other way round
        at_left = recto ^ face.turned ^ scheme.right_to_left
        spine = (-1 if at_left else 1) if scheme.bound else 0
        layer = min(inside, pages - 1 - inside) // 2 if scheme.bound else 0
        leaves.append(Leaf(said[page], face.row, face.column, face.turned, spine, layer))
    return tuple(leaves)


def sheets(made: Sequence[Block], places: Sequence[int], fill: str) -> list[list[Block | None]]:
    """The block in each place of each sheet. `places` are how many the sheets have; the last number holds for the rest.

    In a stack each place's blocks follow each other from sheet to sheet, so that the piles laid on each other after
    cutting are in order. Copies are one block in all places.
    """
    if fill == "copies":
        return [[block] * _at(places, number) for number, block in enumerate(made)]
    if fill == "stack":
        count = math.ceil(len(made) / places[-1])
        return [
            [made[at] if (at := place * count + sheet) < len(made) else None for place in range(places[-1])]
            for sheet in range(count)
        ]
    laid: list[list[Block | None]] = []
    waiting = list(made)
    while waiting:
        room = _at(places, len(laid))
        taken, waiting = waiting[:room], waiting[room:]
        laid.append([*taken, *[None] * (room - len(taken))])
    return laid


def _at(places: Sequence[int], number: int) -> int:
    return places[min(number, len(places) - 1)]
