"""Marks from page values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..colours import WHITE
from ..geometry import Box, inch
from ..page import (
    IDENTITY,
    Anchor,
    Artwork,
    Code,
    Group,
    Link,
    Mark,
    Matrix,
    Page,
    Picture,
    Shape,
    Text,
    after,
    matrix_of,
)
from .facts import SOLID, SPECK, Face, Ink, Sides, common, placed, scale_of
from .shapes import solid_part


def faces(pages: Sequence[Page]) -> list[Face]:
    """The pages' marks as they lie on the paper; art that many pages share is looked at once."""
    shared: dict[tuple[int, Matrix], tuple[Ink, ...]] = {}
    whole: dict[int, tuple[Ink, ...]] = {}
    faces = []
    for number, page in enumerate(pages, 1):
        inks = whole.get(id(page.marks))
        if inks is None:
            inks = whole[id(page.marks)] = tuple(_inks(page.marks, IDENTITY, shared))
        bleed = Sides(page.bleed, page.bleed, page.bleed, page.bleed)
        faces.append(Face(number, page.trim, page.bleed_box, bleed, inks, bool(page.name)))
    return faces


def _inks(marks: tuple[Mark, ...], matrix: Matrix, shared: dict[tuple[int, Matrix], tuple[Ink, ...]]) -> Iterator[Ink]:
    for mark in marks:
        if isinstance(mark, Group):
            inner = after(matrix_of(mark), matrix)
            if mark.shared:
                known = shared.get((id(mark.marks), inner))
                if known is None:
                    known = shared[id(mark.marks), inner] = tuple(_inks(mark.marks, inner, shared))
                yield from known
            else:
                yield from _inks(mark.marks, inner, shared)
        elif not isinstance(mark, Link | Anchor):
            ink = _ink(mark, matrix)
            if ink is not None:
                yield ink


def _ink(mark: Text | Shape | Picture | Code | Artwork, matrix: Matrix) -> Ink | None:
    scale = 1.0 if matrix is IDENTITY else scale_of(matrix)
    match mark:
        case Text():
            if not mark.line.runs:
                return None
            box = placed(mark.box, matrix)
            return Ink("text", box, mark.line.text, mark.size * scale, True, mark=mark, matrix=matrix)
        case Shape():
            if not mark.steps:
                return None
            box = placed(mark.box, matrix)
            seen = mark.stroke not in (None, WHITE) or mark.fill not in (None, WHITE)
            solid = solid_part(mark, matrix)
            return Ink("shape", box, "", _thin(box, mark, scale), seen, solid=solid, mark=mark, matrix=matrix)
        case Picture():
            shown = mark.box if mark.clip is None else common(mark.box, mark.clip)
            if shown is None:
                return None
            name = mark.image.file.name
            across = mark.image.width_px / max(mark.box.width * scale / inch, 1e-9)
            down = mark.image.height_px / max(mark.box.height * scale / inch, 1e-9)
            ppi = min(across, down) if mark.image.width_px * mark.image.height_px > SPECK else 0.0
            return Ink("picture", placed(shown, matrix), name, 0.0, True, ppi, mark=mark, matrix=matrix)
        case Code():
            return Ink("code", placed(mark.box, matrix), "", mark.module * scale, True, mark=mark, matrix=matrix)
    return Ink("artwork", placed(mark.seen, matrix), mark.file.name, mark=mark, matrix=matrix)


def _thin(box: Box, mark: Shape, scale: float) -> float:
    """How thin a shape is where it is a line: its stroke, or the short side of a filled one."""
    if mark.stroke is not None:
        return mark.stroke_width * scale
    return min(box.width, box.height) if mark.fill is not None else SOLID
