"""Inks can be printed: no more than paper takes, black as black, nothing fine of several plates, overprint as meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized

from ...geometry import SLACK, in_mm
from ..facts import Ink, Manner, Paint, Work, named
from ..grounds import grounds_of
from ..limits import Weight
from ..plates import SQUARE, heaviest
from .registry import Finding, rule


@rule("PF-030", Weight.WARNING, drawn=True)
def _coverage(work: Work) -> Iterator[Finding]:
    """No square of 15 mm carries more ink than the paper takes (GWG 2022, R0026).

    Paper takes only so much ink. With more, sheets stick together in the pile, and the picture on the page
    shows up on the back of the next one.
    """
    for face in work.drawn:
        for percent, box in heaviest(face, work.spec.ink):
            yield Finding(
                face.number,
                f"{percent:.0f} % of ink lie on a square of {in_mm(SQUARE)}; {work.spec.ink:g} % are the most",
                "convert with a profile of less ink, or choose a lighter colour: too much does not dry",
                box=box,
            )


@rule("PF-031", Weight.WARNING, drawn=True)
def _rich(work: Work) -> Iterator[Finding]:
    """No text is in black enriched with much of the other inks (GWG 2022, R0015).

    Black letters made of four inks need four plates that fit to a hair. Where they do not, letters have
    coloured shadows.
    """
    found = list(_texts(work, _is_rich))
    for number, ink, paint in found:
        yield Finding(
            number,
            f"{_called(ink, found)} is in black with {_percent(sum(paint.inks[:3]))} of other inks",
            _ALONE,
            box=ink.box,
        )


@rule("PF-031b", Weight.WARNING, drawn=True)
def _black(work: Work) -> Iterator[Finding]:
    """Black text is in black ink alone.

    One ink is always sharp. Black mixed of several looks the same on the screen, and has coloured rims on
    paper.
    """
    found = [each for each in _texts(work, _is_mixed_black) if each[1].size < _LARGE]
    for number, ink, paint in found:
        screen = paint.families[0] not in _INKS
        made = f"black in {paint.families[0]}" if screen else f"in a black of {paint.plates} inks"
        yield Finding(
            number,
            f"{_called(ink, found)} is {made}",
            _ALONE,
            box=ink.box,
        )


@rule("PF-032", Weight.WARNING, drawn=True)
def _small(work: Work) -> Iterator[Finding]:
    """Small text is in one ink (GWG 2022, R0017).

    Plates are never exactly on top of each other. Small letters in several inks get coloured rims and fill up.
    """
    found = [
        (number, ink, paint)
        for number, ink, paint in _texts(work, lambda paint: paint.plates > 1 and not _is_rich(paint))
        if ink.size < work.spec.text_inks - SLACK and not (ink.size < _LARGE and _is_mixed_black(paint))
    ]
    for number, ink, paint in found:
        yield Finding(
            number,
            f"{_called(ink, found)} is in {ink.size:.2g} pt of {paint.plates} inks",
            f"print it in one ink, or in {work.spec.text_inks:g} pt or more: plates never meet exactly",
            box=ink.box,
        )


@rule("PF-033", Weight.WARNING, drawn=True)
def _knocked(work: Work) -> Iterator[Finding]:
    """No small text is left white on ink (GWG 2022, R0016).

    Ink creeps into fine white letters from all sides, and with several plates each from another one: thin
    strokes close up.
    """
    found = [
        (face, ink)
        for face, at, ink in work.marks(lambda ink: ink.kind == "text" and ink.fill is not None and ink.fill.white)
        if ink.size < work.spec.text_inks - SLACK and grounds_of(face).inked(at)
    ]
    for face, ink in found:
        yield Finding(
            face.number,
            f"{_called(ink, found)} is white on ink in {ink.size:.2g} pt",
            f"set it in {work.spec.text_inks:g} pt or more, or bolder: ink fills what is so fine",
            box=ink.box,
        )


@rule("PF-034", Weight.WARNING, drawn=True)
def _fine(work: Work) -> Iterator[Finding]:
    """No thin line is in several inks, or white on ink (GWG 2022, R0018 and R0019).

    A hairline of several inks comes out as several hairlines beside each other, and a white one closes up.
    """
    for face, at, ink in work.marks(_is_of_several_or_white):
        paint = ink.stroke or ink.fill
        if paint is None or not 0 < ink.size < work.spec.line_inks - 1e-6:
            continue
        if not paint.white or grounds_of(face).inked(at):
            what = "white on ink" if paint.white else f"of {paint.plates} inks"
            yield Finding(
                face.number,
                f"a line {what} is {ink.size:.2g} pt thin",
                f"make it {work.spec.line_inks:g} pt or more" + ("" if paint.white else ", or print it in one ink"),
                box=ink.box,
            )


def _is_of_several_or_white(ink: Ink) -> bool:
    paint = ink.stroke or ink.fill
    return ink.kind == "shape" and paint is not None and paint.known and (paint.white or paint.plates > 1)


# Overprint


@rule("PF-040", Weight.WARNING, drawn=True)
def _black_text(work: Work) -> Iterator[Finding]:
    """Small black text overprints the ink it lies on (GWG 2022, R0009).

    Where black letters are cut out of a colour and the plates are off by a hair, a white rim shines round every
    letter. Printed on top, none can.
    """
    found = [
        (face, ink)
        for face, at, ink in work.marks(lambda ink: ink.kind == "text" and _knocks_out(ink.fill, ink.manner))
        if ink.size < work.spec.over_text - SLACK and grounds_of(face).coloured(at)
    ]
    for face, ink in found:
        what = f"{_called(ink, found)} is black and knocks out the colour under it"
        yield Finding(face.number, what, _OVERPRINT, box=ink.box)


@rule("PF-041", Weight.WARNING, drawn=True)
def _black_lines(work: Work) -> Iterator[Finding]:
    """Thin black lines overprint the ink they lie on (GWG 2022, R0010).

    A thin black line that is cut out of a colour shows white beside it when plates are off by a hair. Printed
    on top, it does not.
    """
    for face, at, ink in work.marks(_is_knocking_line):
        if 0 <= ink.size < work.spec.over_line - SLACK and grounds_of(face).coloured(at):
            yield Finding(face.number, "a thin black line knocks out the colour under it", _OVERPRINT, box=ink.box)


def _is_knocking_line(ink: Ink) -> bool:
    return ink.kind == "shape" and _knocks_out(ink.stroke or ink.fill, ink.manner, ink.stroke is not None)


@rule("PF-042", Weight.WARNING, drawn=True)
def _grey_space(work: Work) -> Iterator[Finding]:
    """Small black text and thin lines on ink are not in DeviceGray, which knocks out (GWG 2022, R0011, R0012).

    Grey of this kind is always cut out of what lies below, whatever else was asked for, so that white rims show
    round small letters and thin lines.
    """
    limits = {"text": work.spec.over_text, "shape": work.spec.over_line}
    found = [
        (face, ink)
        for face, at, ink in work.marks(_is_black_in_grey)
        if 0 <= ink.size < limits[ink.kind] - SLACK and grounds_of(face).coloured(at)
    ]
    for face, ink in found:
        what = _called(ink, found) if ink.kind == "text" else "a thin line"
        yield Finding(
            face.number,
            f"{what} lies on a colour and is black in DeviceGray, which knocks it out",
            _OVERPRINT,
            box=ink.box,
        )


def _is_black_in_grey(ink: Ink) -> bool:
    paint = ink.stroke or ink.fill
    grey = paint is not None and paint.families == ("DeviceGray",) and paint.black
    return grey and ink.kind in ("text", "shape")


@rule("PF-043", drawn=True)
def _white(work: Work) -> Iterator[Finding]:
    """Nothing white overprints, for it would not be there (GWG 2022, R0007 and R0008).

    White is no ink but paper left free. Printed on top it leaves nothing free: on the screen it is there, on
    paper it is not.
    """
    for face, at, ink in work.marks(_is_white_over):
        if grounds_of(face).inked(at):
            what = named(ink) if ink.kind == "text" else "a white shape"
            yield Finding(
                face.number,
                f"{what} is white and set to overprint: it would vanish",
                "switch overprint off for everything white",
                ink.kind != "text",
                ink.box,
            )


def _is_white_over(ink: Ink) -> bool:
    fill = ink.manner.over and ink.fill is not None and ink.fill.white
    stroke = ink.manner.over_stroke and ink.stroke is not None and ink.stroke.white
    return (fill or stroke) and ink.kind in ("text", "shape")


_ALONE = "print it in black alone, 0 0 0 100: four plates never meet exactly"

_OVERPRINT = "set black to overprint (in CMYK, with overprint mode 1): else a white rim shows where plates shift"

_LARGE = 18.0
"""Larger text may be enriched by design: of its letters nobody sees a rim."""

_INKS = frozenset({"DeviceCMYK", "DeviceGray", "ICCBased CMYK", "Separation", "DeviceN"})


def _texts(work: Work, wanted: Callable[[Paint], bool]) -> Iterator[tuple[int, Ink, Paint]]:
    """Texts of a known paint that is wanted, by page."""
    paints = {id(paint): paint for ink in work.kinds if (paint := _of_text(ink)) and paint.known and wanted(paint)}
    for face in work.drawn if paints else ():
        for ink in face.inks:
            paint = _of_text(ink)
            if paint is not None and id(paint) in paints:
                yield face.number, ink, paint


def _of_text(ink: Ink) -> Paint | None:
    return (ink.fill or ink.stroke) if ink.kind == "text" else None


def _is_rich(paint: Paint) -> bool:
    return paint.families[0] in _INKS and paint.inks[3] >= 0.85 and sum(paint.inks) > 2.8


def _is_mixed_black(paint: Paint) -> bool:
    """Whether it looks black and is not black ink alone, short of being rich."""
    if paint.families[0] not in _INKS:
        return paint.look is not None and max(paint.look.channels) <= 0.12
    mixed = sum(paint.inks[:3]) > 0.02
    return mixed and not _is_rich(paint) and (paint.inks[3] >= 0.85 or min(paint.inks[:3]) >= 0.85)


def _knocks_out(paint: Paint | None, manner: Manner, stroked: bool = False) -> bool:
    """Whether black takes away what lies under it; in DeviceGray it always does, which is a rule of its own."""
    if paint is None or not paint.black or paint.families[0] not in ("DeviceCMYK", "Separation", "DeviceN"):
        return False
    over = manner.over_stroke if stroked else manner.over
    return not over or (paint.families[0] == "DeviceCMYK" and manner.mode != 1)


def _called(ink: Ink, found: Sized) -> str:
    """A text by its words, as long as they are few: of a file that does it everywhere one line says as much."""
    return named(ink) if len(found) <= _FEW else "text"


_FEW = 6


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
