"""Lines, pictures and text can be printed, and keep away from the knife."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...colours import WHITE, Colour
from ...geometry import SLACK, in_mm
from ...inks import shown
from ...page import Shape, Text
from ..facts import Face, Ink, Sides, Work, named, past
from ..grounds import grounds_of, hides
from ..limits import Weight
from ..shapes import covers, may_cover
from .registry import Finding, rule


@rule("PF-035")
def _lines(work: Work) -> Iterator[Finding]:
    """No line is thinner than the press can hold.

    A line without a width is as thin as the machine can make it: visible on the screen, gone on a plate. Thin
    ones break up.
    """
    of_several = work.spec.line_inks if work.spec.rules.get("PF-034") is not Weight.OFF else 0.0
    for face in work.faces:
        for ink in face.inks:
            paint = ink.stroke or ink.fill
            if paint is not None and paint.plates > 1 and 0 < ink.size < of_several:
                continue  # PF-034 tells of it
            if ink.kind == "shape" and ink.seen and 0 <= ink.size < work.spec.line - 1e-6:
                yield Finding(
                    face.number,
                    f"a line is {ink.size:.2g} pt thin" if ink.size else "a line has no width of its own",
                    f"make it {work.spec.line:g} pt or more",
                    ink.size > 0,
                    ink.box,
                )


@rule("PF-050")
def _pictures(work: Work) -> Iterator[Finding]:
    """Pictures have pixels enough for their size (GWG 2022, R0031: those of more than 16 pixels).

    On paper the same picture has to give three times as many pixels an inch as on a screen; with fewer it looks
    blurred or shows steps.
    """
    yield from _coarse(work, False, work.spec.ppi, work.spec.ppi_wanted)


@rule("PF-051")
def _bitmaps(work: Work) -> Iterator[Finding]:
    """Pictures of black and white pixels have enough of them for their size (GWG 2022, R0032).

    Black and white pixels have no shades to soften an edge: with too few of them every slanting line is a
    staircase.
    """
    yield from _coarse(work, True, work.spec.bitmap_ppi, work.spec.bitmap_ppi_wanted)


def _coarse(work: Work, bitmap: bool, least: float, wanted: float) -> Iterator[Finding]:
    for face in work.faces:
        for ink in face.inks:
            # half a pixel an inch is rounding: a picture made for exactly this size
            if ink.kind == "picture" and ink.bitmap == bitmap and 0 < ink.ppi < max(least, wanted) - 0.5:
                few = ink.ppi < least - 0.5
                yield Finding(
                    face.number,
                    f"{named(ink)} has {ink.ppi:.0f} pixels an inch at this size; "
                    f"{f'{least:g} are needed' if few else f'{wanted:g} are better'}",
                    "supply a larger picture, or print it smaller",
                    not few,
                    ink.box,
                )


@rule("PF-062")
def _live(work: Work) -> Iterator[Finding]:
    """Text and codes keep away from the trim.

    The knife is off by a millimetre now and then. What stands close to the edge is cut, or looks as if it
    nearly was.
    """
    least, wanted = work.spec.safe, max(work.spec.safe, work.spec.safe_wanted)
    for face in work.faces:
        inner = face.trim.inset(wanted)
        for ink in face.inks:
            if ink.kind not in ("text", "code") or inner.contains(ink.box) or not face.trim.contains(ink.box):
                continue
            beyond = past(ink.box, face.trim)
            near = max(beyond)
            mild = -near >= least - SLACK
            yield Finding(
                face.number,
                f"{named(ink)} is {in_mm(max(-near, 0))} from the {Sides._fields[beyond.index(near)]} edge",
                f"keep {in_mm(wanted if mild else least)} from the edge: cutting is not exact",
                mild,
                ink.box,
            )


@rule("PF-062b")
def _uncut(work: Work) -> Iterator[Finding]:
    """No text or code is cut by the trim.

    What crosses the edge is cut off and lost.
    """
    for face in work.faces:
        for ink in face.inks:
            if ink.kind in ("text", "code") and not face.trim.contains(ink.box) and face.trim.intersects(ink.box):
                beyond = past(ink.box, face.trim)
                edge = Sides._fields[beyond.index(max(beyond))]
                yield Finding(
                    face.number,
                    f"{named(ink)} crosses the {edge} edge by {in_mm(max(beyond))}",
                    "move it in, make it smaller, or break it into lines",
                    box=ink.box,
                )


@rule("PF-062c")
def _on_paper(work: Work) -> Iterator[Finding]:
    """Nothing lies off the page, where nobody will ever see it.

    It will not be on the paper, so it is either forgotten or in the wrong place.
    """
    for face in work.faces:
        for ink in face.inks:
            if isinstance(ink.mark, Shape) and ink.mark.purpose:
                continue
            # text beside the trim is a job's name or a colour bar in a file from elsewhere; we lay out nothing there
            meant = face.trim if ink.mark is not None and ink.kind in ("text", "code") else face.paper
            if not meant.intersects(ink.box, 0):
                yield Finding(face.number, f"{named(ink)} lies off the page", "move it onto the page", box=ink.box)


@rule("PF-064", Weight.WARNING)
def _legible(work: Work) -> Iterator[Finding]:
    """No text is smaller than the floor.

    Ink spreads a little on paper; very small letters fill up, and many readers cannot read them in the light of
    a hall.
    """
    for face in work.faces:
        for ink in face.inks:
            if ink.kind == "text" and ink.size < work.spec.text - SLACK:
                yield Finding(
                    face.number,
                    f"{named(ink)} is set in {ink.size:.1f} pt",
                    f"set it in {work.spec.text:g} pt or more",
                    box=ink.box,
                )


@rule("PF-065", Weight.WARNING)
def _contrast(work: Work) -> Iterator[Finding]:
    """Text stands out from the ground it lies on (WCAG 2.2, 1.4.3).

    Pale letters on a pale ground are hard to read for many, and in the light of a hall for everybody.
    """
    for face in work.faces:
        for ink, colour, ground in _laid_out(face) if work.pages else _drawn(face):
            least = work.spec.contrast if ink.size < _LARGE else work.spec.contrast_large
            has = _ratio(colour, ground)
            if has < least - 0.005:
                better = colour.reaching(ground, least)
                yield Finding(
                    face.number,
                    f"{named(ink)} has a contrast of {has:.1f} : 1 to its ground; {least:g} : 1 is needed",
                    f"print it in {better.written}, which has {_ratio(better, ground):.1f} : 1, or change the ground",
                    box=ink.box,
                )


def _laid_out(face: Face) -> Iterator[tuple[Ink, Colour, Colour]]:
    """Each text of a page value with its colour and that of its ground."""
    grounds = [(at, ink) for at, ink in enumerate(face.inks) if ink.kind != "text" and may_cover(ink)]
    for at, ink in enumerate(face.inks):
        if not isinstance(ink.mark, Text):
            continue
        under = [ground for before, ground in grounds if before < at and ground.box.intersects(ink.box)]
        ground = next((each for each in reversed(under) if covers(each, ink.box)), None)
        colour = WHITE if ground is None else ground.mark.fill if isinstance(ground.mark, Shape) else None
        if colour is not None:
            yield ink, ink.mark.colour, colour


def _drawn(face: Face) -> Iterator[tuple[Ink, Colour, Colour]]:
    """Each text of a file with its colour and that of its ground, where both are one known colour."""
    for at, ink in enumerate(face.inks):
        paint = ink.fill
        if ink.kind != "text" or paint is None or not paint.known or paint.look is None:
            continue
        if not hides(ink) and not paint.black:
            continue  # what shows through or mixes has no colour of its own
        ground = grounds_of(face).alone(at)
        if ground is not None and ground.look is not None:
            yield ink, _look(paint.look), _look(ground.look)


_LARGE = 18.0
"""Text from this size on, in points, is large (WCAG 2.2, definition of large-scale text)."""

_look = lru_cache(maxsize=1024)(shown)

_ratio = lru_cache(maxsize=4096)(Colour.contrast)
