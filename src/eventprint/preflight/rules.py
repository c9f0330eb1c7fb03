"""The rules: one function each, whose docstring's first line is its line in the report.

Ids are those of the table that the Ghent Workgroup's 2022 specification was read into; letters split its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..colours import WHITE, Colour
from ..geometry import SLACK, Box, in_mm, mm
from ..page import Code, Shape, Text
from .facts import Sides, Work, named, past
from .limits import Weight
from .shapes import covers, ground_of, is_dark, may_cover, reaches
from .symbol import level


class Finding(NamedTuple):
    """What a rule saw: on which page (0: the file as a whole), what, what to do, and whether it is only advice."""

    page: int
    message: str
    hint: str = ""
    mild: bool = False


class Rule(NamedTuple):
    """A function that looks for one kind of fault, and how a report names it."""

    id: str
    line: str
    weight: Weight
    values: bool
    """Whether the rule can be applied to page values only."""
    unread: bool
    """Whether the rule says something of a file that cannot be read."""
    check: Callable[[Work], Iterator[Finding]]


RULES: list[Rule] = []
"""All rules, in the order of their functions below."""


def _rule(
    id: str, weight: Weight = Weight.ERROR, values: bool = False, unread: bool = False
) -> Callable[[Callable[[Work], Iterator[Finding]]], Callable[[Work], Iterator[Finding]]]:
    """Make a function a rule, with the weight it has where a spec does not say another."""

    def enter(check: Callable[[Work], Iterator[Finding]]) -> Callable[[Work], Iterator[Finding]]:
        RULES.append(Rule(id, (check.__doc__ or "").splitlines()[0].rstrip("."), weight, values, unread, check))
        return check

    return enter


# Rules: the file and its boxes. Ids are those of the rule table that GWG 2022 was read into; letters split its rows.


@_rule("PF-000", unread=True)
def _opens(work: Work) -> Iterator[Finding]:
    """The file can be read, and read without repairs."""
    if work.file.broken and not work.file.encrypted:
        yield Finding(0, f"the file cannot be read: {work.file.broken}", "export it again, or ask for a new copy")
    for number, why in work.file.damaged:
        yield Finding(number, f"what is on it cannot be read: {why}", "export it again, or ask for a new copy")
    for repair in work.file.repaired:
        yield Finding(0, f"the file is damaged: {repair}", "export it again", True)


@_rule("PF-002")
def _units(work: Work) -> Iterator[Finding]:
    """A unit in the file is 1/72 inch, no other (GWG 2022, R0002)."""
    for side in work.sides:
        if side.unit != 1:
            yield Finding(side.number, f"the page is scaled by UserUnit {side.unit:g}", "export at full size")


@_rule("PF-003")
def _crop(work: Work) -> Iterator[Finding]:
    """No CropBox hides part of the page (GWG 2022, R0003)."""
    for side in work.sides:
        if side.crop and not (side.crop.contains(side.media) and side.media.contains(side.crop)):
            yield Finding(side.number, "its CropBox differs from its MediaBox", "export without cropping")


@_rule("PF-004")
def _trim(work: Work) -> Iterator[Finding]:
    """Each page says where it is cut: a TrimBox, and no ArtBox beside it (ISO 15930-7)."""
    for side in work.sides:
        if side.trim is None:
            yield Finding(side.number, "it has no TrimBox", "export with bleed and page boxes")
        elif side.art is not None:
            yield Finding(side.number, "it has both a TrimBox and an ArtBox", "export with a TrimBox alone")


@_rule("PF-005")
def _nested(work: Work) -> Iterator[Finding]:
    """The TrimBox lies in the BleedBox, and that in the MediaBox."""
    for side in work.sides:
        boxes = [("TrimBox", side.trim), ("BleedBox", side.bleed), ("MediaBox", side.media)]
        known = [(name, box) for name, box in boxes if box is not None]
        for (inner, small), (outer, large) in pairwise(known):
            if not large.contains(small):
                yield Finding(side.number, f"its {inner} reaches out of its {outer}", "export with page boxes again")


@_rule("PF-005b")
def _bleed(work: Work) -> Iterator[Finding]:
    """Ink that touches the trim runs beyond it by the bleed."""
    wanted = work.spec.bleed
    for face in work.faces:
        trim = face.trim
        if not face.cut or min(face.bleed) < -SLACK:
            continue  # no box, or one inside the other: those are faults of their own
        for ink in face.inks:
            if ink.kind in ("text", "code") or not ink.seen or not trim.intersects(ink.box):
                continue
            for side, beyond in zip(Sides._fields, past(ink.box, trim), strict=True):
                has = min(beyond, getattr(face.bleed, side))
                short = beyond > -SLACK and has < wanted - work.spec.tolerance
                # A slanting outline may leave the page by another side, and come to this one in the bleed only.
                if short and reaches(ink, _edge(trim, side)):
                    yield Finding(
                        face.number,
                        f"{named(ink)} touches the {side} edge and runs {in_mm(max(has, 0))} beyond it",
                        f"let it run {in_mm(wanted)} beyond the edge, or keep it inside",
                    )


def _edge(trim: Box, side: str) -> Box:
    """A strip of the trim along one of its sides, a twentieth of a millimetre wide."""
    width = 0.05 * mm
    match side:
        case "left":
            return Box(trim.x, trim.y, width, trim.height)
        case "top":
            return Box(trim.x, trim.y, trim.width, width)
        case "right":
            return Box(trim.right - width, trim.y, width, trim.height)
        case _:
            return Box(trim.x, trim.bottom - width, trim.width, width)


@_rule("PF-005c")
def _ordered(work: Work) -> Iterator[Finding]:
    """The trim is the size that was ordered."""
    for side in work.sides:
        ordered = work.size
        if ordered is None and not work.sheets and side.number <= len(work.pages):
            ordered = work.pages[side.number - 1].size
        if ordered and not side.trim_size.same_as(ordered, work.spec.tolerance):
            yield Finding(side.number, f"its trim is {side.trim_size}, ordered was {ordered}", "export at that size")


@_rule("PF-006", Weight.WARNING)
def _same_size(work: Work) -> Iterator[Finding]:
    """All pages have the same trim (GWG 2022, R0004)."""
    for side in work.sides[1:]:
        first = work.sides[0].trim_size
        if (side.trim is None) == (work.sides[0].trim is None) and not side.trim_size.same_as(
            first, work.spec.tolerance
        ):
            yield Finding(side.number, f"its trim is {side.trim_size}, that of page 1 {first}", "one file a size")


@_rule("PF-006b", Weight.WARNING)
def _unturned(work: Work) -> Iterator[Finding]:
    """No page is turned by its Rotate entry (GWG 2022, R0004)."""
    for side in work.sides:
        if side.turned:
            yield Finding(side.number, f"it is shown turned by {side.turned}°", "turn what is on it instead")


@_rule("PF-007", Weight.WARNING)
def _filled(work: Work) -> Iterator[Finding]:
    """No page is empty unless it is declared to be (GWG 2022, R0005)."""
    for face in work.faces:
        if not face.inks and not face.declared:
            yield Finding(face.number, "it is empty", "take it out, or say that it is to be blank")
    if not work.sheets:
        for side, page in zip(work.sides, work.pages, strict=False):
            if page.marks and not side.drawn:
                yield Finding(side.number, "it is empty in the file though something was laid out", "build it again")


@_rule("PF-008")
def _folds(work: Work) -> Iterator[Finding]:
    """The number of pages is what the binding needs."""
    rest = len(work.sides) % work.spec.multiple
    if rest:
        more = work.spec.multiple - rest
        yield Finding(
            0,
            f"{len(work.sides)} pages are no multiple of {work.spec.multiple}",
            f"add {more} page{'s' if more > 1 else ''}, for notes perhaps, or take out {rest}",
        )


@_rule("PF-009")
def _complete(work: Work) -> Iterator[Finding]:
    """The file has pages, and as many as were laid out."""
    if not work.sides:
        yield Finding(0, "the file has no pages", "export it again")
    elif work.pages and not work.sheets and len(work.pages) != len(work.sides):
        yield Finding(0, f"the file has {len(work.sides)} pages, {len(work.pages)} were laid out", "build it again")


# Rules: fonts

_BASE_14 = frozenset(
    {"Symbol", "ZapfDingbats", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}
    | {family + style for family in ("Helvetica", "Courier") for style in ("", "-Bold", "-Oblique", "-BoldOblique")}
)
"""ISO 32000-1, 9.6.2.2."""


@_rule("PF-010")
def _fonts(work: Work) -> Iterator[Finding]:
    """Every font is embedded as a subset; none that readers are to bring along is even named."""
    for font, pages in work.file.fonts.items():
        if font.kind == "Type3":
            continue
        if not font.embedded:
            also = " (one of the 14 that readers bring along)" if font.name in _BASE_14 else ""
            message = f"the font {font.name} is not in the file{also}"
        elif not font.subset:
            message = f"the font {font.name} is in the file whole and not as a subset"
        else:
            continue
        yield from (Finding(page, message, "export with fonts embedded as subsets") for page in pages)


@_rule("PF-010b")
def _outlines(work: Work) -> Iterator[Finding]:
    """No font is a Type 3 font."""
    for font, pages in work.file.fonts.items():
        if font.kind == "Type3":
            yield from (Finding(page, f"the font {font.name} is a Type 3 font", "use a real font") for page in pages)


# Rules: marks


@_rule("PF-035")
def _lines(work: Work) -> Iterator[Finding]:
    """No line is thinner than the press can hold."""
    for face in work.faces:
        for ink in face.inks:
            if ink.kind == "shape" and ink.seen and 0 <= ink.size < work.spec.line - 1e-6:
                yield Finding(
                    face.number,
                    f"a line is {ink.size:.2g} pt thin" if ink.size else "a line has no width of its own",
                    f"make it {work.spec.line:g} pt or more",
                    ink.size > 0,
                )


@_rule("PF-050")
def _pictures(work: Work) -> Iterator[Finding]:
    """Pictures have pixels enough for their size (GWG 2022, R0031: those of more than 16 pixels)."""
    yield from _coarse(work, False, work.spec.ppi, work.spec.ppi_wanted)


@_rule("PF-051")
def _bitmaps(work: Work) -> Iterator[Finding]:
    """Pictures of black and white pixels have enough of them for their size (GWG 2022, R0032)."""
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
                )


@_rule("PF-060")
def _annotations(work: Work) -> Iterator[Finding]:
    """No links, notes or form fields lie on the pages (ISO 15930-7)."""
    for side in work.sides:
        for kind in side.annotations:
            yield Finding(side.number, f"an annotation lies on it ({kind})", "export for print, without links")


@_rule("PF-060b")
def _actions(work: Work) -> Iterator[Finding]:
    """Nothing happens when the file is opened: no actions, no JavaScript, no form (ISO 15930-7)."""
    for action in work.file.actions:
        yield Finding(0, f"the file holds {action}", "export for print, without actions and forms")
    for side in work.sides:
        if side.actions:
            yield Finding(side.number, "an action is tied to it", "export for print, without actions and forms")


@_rule("PF-060c", unread=True)
def _open_to_all(work: Work) -> Iterator[Finding]:
    """The file is not encrypted (ISO 15930-7)."""
    if work.file.encrypted:
        also = ", and nothing else could be looked at" if work.file.broken else ""
        yield Finding(0, f"the file is encrypted{also}", "export it without a password or restrictions")


@_rule("PF-060d")
def _attachments(work: Work) -> Iterator[Finding]:
    """No other files are attached."""
    if work.file.attached:
        yield Finding(0, "other files are attached to it", "export it without attachments")


@_rule("PF-062")
def _live(work: Work) -> Iterator[Finding]:
    """Text and codes keep away from the trim."""
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
            )


@_rule("PF-062b")
def _uncut(work: Work) -> Iterator[Finding]:
    """No text or code is cut by the trim."""
    for face in work.faces:
        for ink in face.inks:
            if ink.kind in ("text", "code") and not face.trim.contains(ink.box) and face.trim.intersects(ink.box):
                beyond = past(ink.box, face.trim)
                edge = Sides._fields[beyond.index(max(beyond))]
                yield Finding(
                    face.number,
                    f"{named(ink)} crosses the {edge} edge by {in_mm(max(beyond))}",
                    "move it in, make it smaller, or break it into lines",
                )


@_rule("PF-062c")
def _on_paper(work: Work) -> Iterator[Finding]:
    """Nothing lies off the page, where nobody will ever see it."""
    for face in work.faces:
        for ink in face.inks:
            if isinstance(ink.mark, Shape) and ink.mark.purpose:
                continue
            # text beside the trim is a job's name or a colour bar in a file from elsewhere; we lay out nothing there
            meant = face.trim if ink.mark is not None and ink.kind in ("text", "code") else face.paper
            if not meant.intersects(ink.box, 0):
                yield Finding(face.number, f"{named(ink)} lies off the page", "move it onto the page")


@_rule("PF-063", values=True)
def _modules(work: Work) -> Iterator[Finding]:
    """The modules of a code are large enough for a telephone."""
    for face in work.faces:
        for ink in face.inks:
            if ink.kind == "code" and ink.size < work.spec.module - 1e-6:
                yield Finding(
                    face.number,
                    f"a code's modules are {in_mm(ink.size)} wide",
                    f"make the code larger: {in_mm(work.spec.module)} a module or more",
                )


@_rule("PF-063b", values=True)
def _quiet(work: Work) -> Iterator[Finding]:
    """The border round a code is empty (ISO/IEC 18004, 5.3.8: four modules)."""
    for face in work.faces:
        for at, ink in enumerate(face.inks):
            if ink.kind != "code":
                continue
            zone = ink.box.inset(-work.spec.quiet * ink.size)
            hint = f"leave {work.spec.quiet} modules, here {in_mm(work.spec.quiet * ink.size)}, empty round the code"
            if not face.trim.contains(zone):
                yield Finding(face.number, "the empty border of a code is cut by the edge", hint)
            ground = ground_of(face.inks[:at], zone)
            if is_dark(face.inks, ground, work.spec) and ground == ground_of(face.inks[:at], ink.box):
                continue  # the whole code stands on it, which is the next rule's
            if is_dark(face.inks, ground, work.spec):
                yield Finding(face.number, f"{named(face.inks[ground])} lies under the empty border of a code", hint)
            for index, other in enumerate(face.inks):
                if index <= ground or index == at or not zone.intersects(other.box) or not reaches(other, zone):
                    continue
                if index > at or is_dark(face.inks, index, work.spec):
                    yield Finding(face.number, f"{named(other)} lies in the empty border of a code", hint)


@_rule("PF-063c", values=True)
def _scannable(work: Work) -> Iterator[Finding]:
    """A code is a whole QR symbol, dark on light, with the error correction asked for."""
    for face in work.faces:
        for at, ink in enumerate(face.inks):
            if not isinstance(ink.mark, Code):
                continue
            told = level(ink.mark.rows)
            if not told:
                yield Finding(face.number, "a code is no whole QR symbol", "make it again")
            elif "LMQH".index(told) < "LMQH".index(work.spec.level):
                yield Finding(
                    face.number,
                    f"a code has error correction {told}; {work.spec.level} is asked for",
                    "make it again with more error correction",
                )
            ground = ground_of(face.inks[:at], ink.box)
            if is_dark(face.inks, ground, work.spec):
                yield Finding(face.number, f"a code stands on {named(face.inks[ground])}", "put white under it")


@_rule("PF-064", Weight.WARNING)
def _legible(work: Work) -> Iterator[Finding]:
    """No text is smaller than the floor."""
    for face in work.faces:
        for ink in face.inks:
            if ink.kind == "text" and ink.size < work.spec.text - SLACK:
                yield Finding(
                    face.number,
                    f"{named(ink)} is set in {ink.size:.1f} pt",
                    f"set it in {work.spec.text:g} pt or more",
                )


@_rule("PF-065", Weight.WARNING, values=True)
def _contrast(work: Work) -> Iterator[Finding]:
    """Text stands out from the ground it lies on (WCAG 2.2, 1.4.3)."""
    for face in work.faces:
        grounds = [(at, ink) for at, ink in enumerate(face.inks) if ink.kind != "text" and may_cover(ink)]
        for at, ink in enumerate(face.inks):
            if not isinstance(ink.mark, Text):
                continue
            under = [ground for before, ground in grounds if before < at and ground.box.intersects(ink.box)]
            ground = next((each for each in reversed(under) if covers(each, ink.box)), None)
            colour = WHITE if ground is None else ground.mark.fill if isinstance(ground.mark, Shape) else None
            if colour is None:
                continue
            least = work.spec.contrast if ink.size < _LARGE else work.spec.contrast_large
            has = _ratio(ink.mark.colour, colour)
            if has < least - 0.005:
                yield Finding(
                    face.number,
                    f"{named(ink)} has a contrast of {has:.1f} : 1 to its ground; {least:g} : 1 is needed",
                    "choose a darker or lighter colour for one of them",
                )


_LARGE = 18.0
"""Text from this size on, in points, is large (WCAG 2.2, definition of large-scale text)."""

_ratio = lru_cache(maxsize=4096)(Colour.contrast)
