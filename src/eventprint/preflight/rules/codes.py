"""Codes can be read by a telephone."""

from __future__ import annotations

from collections.abc import Iterator

from ...geometry import in_mm
from ...page import Code
from ..facts import Work, common, named
from ..shapes import ground_of, is_dark, reaches
from ..symbol import level
from .registry import Finding, rule


@rule("PF-063", values=True)
def _modules(work: Work) -> Iterator[Finding]:
    """The modules of a code are large enough for a telephone.

    A telephone sees only so much detail: where the squares are too small, nobody can scan the code.
    """
    for face in work.faces:
        for ink in face.inks:
            if ink.kind == "code" and ink.size < work.spec.module - 1e-6:
                yield Finding(
                    face.number,
                    f"a code's modules are {in_mm(ink.size)} wide",
                    f"make the code larger: {in_mm(work.spec.module)} a module or more",
                    box=ink.box,
                )


@rule("PF-063b", values=True)
def _quiet(work: Work) -> Iterator[Finding]:
    """The border round a code is empty (ISO/IEC 18004, 5.3.8: four modules).

    A reader finds a code by the empty border round it. With print or an edge in that border many telephones
    find nothing.
    """
    for face in work.faces:
        for at, ink in enumerate(face.inks):
            if ink.kind != "code":
                continue
            zone = ink.box.inset(-work.spec.quiet * ink.size)
            hint = f"leave {work.spec.quiet} modules, here {in_mm(work.spec.quiet * ink.size)}, empty round the code"
            if not face.trim.contains(zone):
                yield Finding(face.number, "the empty border of a code is cut by the edge", hint, box=zone)
            ground = ground_of(face.inks[:at], zone)
            if is_dark(face.inks, ground, work.spec) and ground == ground_of(face.inks[:at], ink.box):
                continue  # the whole code stands on it, which is the next rule's
            if is_dark(face.inks, ground, work.spec):
                message = f"{named(face.inks[ground])} lies under the empty border of a code"
                yield Finding(face.number, message, hint, box=zone)
            for index, other in enumerate(face.inks):
                if index <= ground or index == at or not zone.intersects(other.box) or not reaches(other, zone):
                    continue
                if index > at or is_dark(face.inks, index, work.spec):
                    message = f"{named(other)} lies in the empty border of a code"
                    yield Finding(face.number, message, hint, box=common(other.box, zone) or zone)


@rule("PF-063c", values=True)
def _scannable(work: Work) -> Iterator[Finding]:
    """A code is a whole QR symbol, dark on light, with the error correction asked for.

    Codes on badges and cards get bent, scratched and badly lit. Error correction and contrast are what makes
    them read all the same.
    """
    for face in work.faces:
        for at, ink in enumerate(face.inks):
            if not isinstance(ink.mark, Code):
                continue
            told = level(ink.mark.rows)
            if not told:
                yield Finding(face.number, "a code is no whole QR symbol", "make it again", box=ink.box)
            elif "LMQH".index(told) < "LMQH".index(work.spec.level):
                yield Finding(
                    face.number,
                    f"a code has error correction {told}; {work.spec.level} is asked for",
                    "make it again with more error correction",
                    box=ink.box,
                )
            ground = ground_of(face.inks[:at], ink.box)
            if is_dark(face.inks, ground, work.spec):
                message = f"a code stands on {named(face.inks[ground])}"
                yield Finding(face.number, message, "put white under it", box=ink.box)
