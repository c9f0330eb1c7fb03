"""The file can be read, and its pages and their boxes are what was ordered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...geometry import SLACK, Box, in_mm, mm
from ..facts import Sides, Work, common, flipped, named, past
from ..limits import Weight
from ..shapes import reaches
from .registry import Finding, rule


@rule("PF-000", unread=True)
def _opens(work: Work) -> Iterator[Finding]:
    """The file can be read, and read without repairs.

    What cannot be read cannot be printed, and a program that repairs a damaged file may leave out part of it
    without a word.
    """
    if work.file.broken and not work.file.encrypted:
        yield Finding(0, f"the file cannot be read: {work.file.broken}", "export it again, or ask for a new copy")
    for number, why in work.file.damaged:
        yield Finding(number, f"what is on it cannot be read: {why}", "export it again, or ask for a new copy")
    for repair in work.file.repaired:
        yield Finding(0, f"the file is damaged: {repair}", "export it again", True)


@rule("PF-002")
def _units(work: Work) -> Iterator[Finding]:
    """A unit in the file is 1/72 inch, no other (GWG 2022, R0002).

    Most programs at a print shop do not know this key: the page would come out at another size than ordered.
    """
    for side in work.sides:
        if side.unit != 1:
            yield Finding(side.number, f"the page is scaled by UserUnit {side.unit:g}", "export at full size")


@rule("PF-003")
def _crop(work: Work) -> Iterator[Finding]:
    """No CropBox hides part of the page (GWG 2022, R0003).

    Some programs print what the crop shows and some print everything, so nobody can say what will be on the
    paper.
    """
    for side in work.sides:
        if side.crop and not (side.crop.contains(side.media) and side.media.contains(side.crop)):
            message = "its CropBox differs from its MediaBox"
            yield Finding(side.number, message, "export without cropping", box=flipped(side.crop, side.sight))


@rule("PF-004")
def _trim(work: Work) -> Iterator[Finding]:
    """Each page says where it is cut: a TrimBox, and no ArtBox beside it (ISO 15930-7).

    Pages are printed on larger sheets and cut afterwards. Without this box somebody has to guess where to cut.
    """
    for side in work.sides:
        if side.trim is None:
            yield Finding(side.number, "it has no TrimBox", "export with bleed and page boxes")
        elif side.art is not None:
            message = "it has both a TrimBox and an ArtBox"
            yield Finding(side.number, message, "export with a TrimBox alone", box=flipped(side.art, side.sight))


@rule("PF-005")
def _nested(work: Work) -> Iterator[Finding]:
    """The TrimBox lies in the BleedBox, and that in the MediaBox.

    Boxes that contradict each other are put right by guessing, and the cut lands in the wrong place.
    """
    for side in work.sides:
        boxes = [("TrimBox", side.trim), ("BleedBox", side.bleed), ("MediaBox", side.media)]
        known = [(name, box) for name, box in boxes if box is not None]
        for (inner, small), (outer, large) in pairwise(known):
            if not large.contains(small):
                message = f"its {inner} reaches out of its {outer}"
                yield Finding(side.number, message, "export with page boxes again", box=flipped(small, side.sight))


@rule("PF-005b")
def _bleed(work: Work) -> Iterator[Finding]:
    """Ink that touches the trim runs beyond it by the bleed.

    A stack of paper shifts a little under the knife. Colour that ends exactly where the cut should be leaves a
    white sliver along the edge.
    """
    wanted = work.spec.bleed
    for face in work.faces:
        trim = face.trim
        if not face.cut or min(face.bleed) < -SLACK:
            continue  # no box, or one inside the other: those are faults of their own
        for ink in face.inks:
            # where the ink of a supplied page ends only its maker knows; one without bleed was told when it was placed
            if ink.kind in ("text", "code", "artwork") or not ink.seen or not trim.intersects(ink.box):
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
                        box=_along(ink.box, trim, side),
                    )


def _along(box: Box, trim: Box, side: str) -> Box:
    """Where a mark lies at one side of the trim: the strip in which a fault of its bleed can be seen."""
    return common(box.inset(-2 * mm), _edge(trim, side, 2 * mm)) or box


def _edge(trim: Box, side: str, width: float = 0.05 * mm) -> Box:
    """A strip of the trim along one of its sides."""
    match side:
        case "left":
            return Box(trim.x, trim.y, width, trim.height)
        case "top":
            return Box(trim.x, trim.y, trim.width, width)
        case "right":
            return Box(trim.right - width, trim.y, width, trim.height)
        case _:
            return Box(trim.x, trim.bottom - width, trim.width, width)


@rule("PF-005c")
def _ordered(work: Work) -> Iterator[Finding]:
    """The trim is the size that was ordered.

    What is not the ordered size is scaled to fit or sent back; scaled, margins and letters are no longer as
    designed.
    """
    for side in work.sides:
        ordered = work.size
        if ordered is None and not work.sheets and side.number <= len(work.pages):
            ordered = work.pages[side.number - 1].size
        if ordered and not side.trim_size.same_as(ordered, work.spec.tolerance):
            yield Finding(side.number, f"its trim is {side.trim_size}, ordered was {ordered}", "export at that size")


@rule("PF-006", Weight.WARNING)
def _same_size(work: Work) -> Iterator[Finding]:
    """All pages have the same trim (GWG 2022, R0004).

    The pages of one job are cut in one go. A page of another size is cut wrong, or the job stops.
    """
    for side in work.sides[1:]:
        first = work.sides[0].trim_size
        if (side.trim is None) == (work.sides[0].trim is None) and not side.trim_size.same_as(
            first, work.spec.tolerance
        ):
            yield Finding(side.number, f"its trim is {side.trim_size}, that of page 1 {first}", "one file a size")


@rule("PF-006b", Weight.WARNING)
def _unturned(work: Work) -> Iterator[Finding]:
    """No page is turned by its Rotate entry (GWG 2022, R0004).

    Programs that arrange pages on sheets do not all follow this turn: the page may come out sideways or upside
    down.
    """
    for side in work.sides:
        if side.turned:
            yield Finding(side.number, f"it is shown turned by {side.turned}°", "turn what is on it instead")


@rule("PF-006c")
def _single(work: Work) -> Iterator[Finding]:
    """Pages are single, and not two of them side by side.

    The shop puts pages together itself, and rarely those that follow each other: page 2 goes beside the last but one.
    Pages that come in pairs have to be cut apart by hand.
    """
    if work.spec.spreads:
        return
    sizes = [side.trim_size for side in work.sides]
    least = min((size.width for size in sizes), default=0.0)
    for side, size in zip(work.sides, sizes, strict=True):
        pair = abs(size.width - 2 * least) <= 2 * mm
        if pair and any(abs(one.height - size.height) <= mm and one.width < size.width for one in sizes):
            yield Finding(side.number, "it is twice as wide as others: two pages side by side", "export single pages")


@rule("PF-007", Weight.WARNING)
def _filled(work: Work) -> Iterator[Finding]:
    """No page is empty unless it is declared to be (GWG 2022, R0005).

    An empty page is usually a page that failed to export. A shop asks before it prints one, and asking takes a
    day.
    """
    for face in work.faces:
        if not face.inks and not face.declared:
            yield Finding(face.number, "it is empty", "take it out, or say that it is to be blank")
    if not work.sheets:
        for side, page in zip(work.sides, work.pages, strict=False):
            if page.marks and not side.drawn:
                yield Finding(side.number, "it is empty in the file though something was laid out", "build it again")


@rule("PF-008")
def _folds(work: Work) -> Iterator[Finding]:
    """The number of pages is what the binding needs.

    A folded sheet makes four pages. Where the number does not come out even, blank pages are added wherever the
    shop thinks best.
    """
    rest = len(work.sides) % work.spec.multiple
    if rest:
        more = work.spec.multiple - rest
        yield Finding(
            0,
            f"{_counted(len(work.sides))} no multiple of {work.spec.multiple}",
            f"add {more} page{'s' if more > 1 else ''}, for notes perhaps, or take out {rest}",
        )


def _counted(pages: int) -> str:
    return "1 page is" if pages == 1 else f"{pages} pages are"


@rule("PF-009")
def _complete(work: Work) -> Iterator[Finding]:
    """The file has pages, and as many as were laid out.

    A missing page is noticed when the booklets are already stapled.
    """
    if not work.sides:
        yield Finding(0, "the file has no pages", "export it again")
    elif work.pages and not work.sheets and len(work.pages) != len(work.sides):
        yield Finding(0, f"the file has {len(work.sides)} pages, {len(work.pages)} were laid out", "build it again")


@rule("PF-066")
def _marked(work: Work) -> Iterator[Finding]:
    """Crop marks stand where the shop wants them, and nowhere else.

    Some shops cut by these marks. Others put their own, and theirs fall on top of yours; where the page's size is read
    by a program, marks make it the wrong one.
    """
    if work.spec.marks == "any" or work.sheets:
        return
    for side, face in zip(work.sides, work.faces, strict=False):
        if side.trim is None:
            continue  # a fault of its own, and nobody knows where marks would stand
        reach = flipped(side.bleed or side.trim.inset(-work.spec.bleed), side.trim)
        room = max(past(flipped(side.media, side.trim), reach)) > mm
        # marks are drawn last and are no part of what was laid out: of our own pages the room for them is what shows
        outside = [ink for ink in face.inks if ink.kind == "shape" and not reach.inset(0.5 * mm).intersects(ink.box)]
        has = room and (bool(outside) or bool(work.pages))
        if work.spec.marks == "crop" and not has:
            message = "it has no crop marks; the shop wants them"
            yield Finding(side.number, message, "export it with crop marks outside the bleed")
        if work.spec.marks == "none" and has:
            message = "it has marks outside the bleed; the shop wants none"
            place = outside[0].box if outside else None
            yield Finding(side.number, message, "export it without any marks", box=place)
