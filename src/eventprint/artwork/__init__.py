"""Supplied PDFs, such as adverts, covers and backgrounds: opened once, measured, and found a place on a page of ours.

`Copies` writes them into a file that is being drawn, `faults` says which claims that file then cannot make. Knows
nothing of an event's design.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .. import files, pdfpages
from ..geometry import Box, Size, in_mm, mm
from ..page import Artwork, Role, place_box
from ..problems import Place, Problem, Severity, Stop
from ..values import dataclass
from .copies import Copies, File
from .faults import CLAIMS, Fault
from .faults import faults as _faults

__all__ = [
    "CLAIMS",
    "Copies",
    "Fault",
    "File",
    "Placed",
    "Sheet",
    "Supplied",
    "contained",
    "covering",
    "faults",
    "find",
    "has_page",
    "inside",
    "open_artwork",
    "remarks",
    "whole",
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a supplied PDF as somebody holding it sees it."""

    size: Size
    """Its trim."""
    reach: tuple[float, float, float, float]
    """Its bleed at the left, the top, the right and the bottom, in points."""


@dataclass(frozen=True, slots=True, eq=False)
class Supplied:
    """A supplied PDF: where it lies, what is in it, and its pages."""

    file: Path
    digest: str
    sheets: tuple[Sheet, ...]
    sources: tuple[pdfpages.Source, ...]


def open_artwork(file: Path) -> Supplied:
    """A supplied PDF with its pages measured; the same one for as long as the file is unchanged.

    Raises Stop with one sentence where it is missing, locked, damaged or empty.
    """
    try:
        state = file.stat()
    except OSError:
        raise Stop(f"{file.name} is not there", "check the name, or put the file there") from None
    return _opened(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _opened(file: Path, _changed_ns: int, _size: int) -> Supplied:
    try:
        data = files.contents(file)
    except OSError as fault:
        raise Stop(f"{file.name} cannot be read: {fault.strerror}", "check whose file it is") from None
    sources = pdfpages.sources(pdfpages.open_pdf(data, file.name), file.name)
    for source in sources:
        pdfpages.form(source, file.name)
    return Supplied(file, hashlib.sha256(data).hexdigest(), tuple(map(_sheet, sources)), tuple(sources))


def _sheet(source: pdfpages.Source) -> Sheet:
    bleed = place_box(source.bleed, source.upright)  # y upwards, from the bottom left corner of the trim
    width, height = source.size.width, source.size.height
    reach = (-bleed.x, bleed.bottom - height, bleed.right - width, -bleed.y)
    left, top, right, bottom = (max(0.0, round(length, 4)) for length in reach)
    return Sheet(source.size, (left, top, right, bottom))


def faults(file: Path, number: int) -> tuple[Fault, ...]:
    """What a page of a supplied PDF, counted from 0, brings along that a claim of the whole file forbids."""
    return _faults(open_artwork(file).sources[number], file.name)


def find(folder: Path, named: Path, place: Place, found: Callable[[Problem], object]) -> Supplied | None:
    """The supplied PDF of this name in an event's folder; None, and a problem, where there is none to be used."""

    def fault(message: str, hint: str, rule: str) -> None:
        found(Problem(Severity.ERROR, message, place, hint, rule))

    file = folder / named
    if reason := files.astray(folder, named):
        hint = "copy it into the folder, and name it from there: images/advert.pdf"
        fault(f"the PDF {files.shown(named)} {reason}", hint, "artwork.outside")
        return None
    if not files.is_there(file):
        beside = [each.name for each in file.parent.iterdir() if each.is_file()] if file.parent.is_dir() else []
        near = get_close_matches(named.name, beside, n=1)
        hint = f"did you mean '{(named.parent / near[0]).as_posix()}'?" if near else "check the name, or put it there"
        fault(f"there is no PDF {named.as_posix()}", hint, "artwork.missing")
        return None
    try:
        return open_artwork(file)
    except Stop as stop:
        fault(stop.problem.message.replace(file.name, named.as_posix(), 1), stop.problem.hint, "artwork.unreadable")
        return None


def has_page(supplied: Supplied, page: int, place: Place, found: Callable[[Problem], object]) -> bool:
    """Whether a supplied PDF has a page, counted from 1; a problem where it does not."""
    count = len(supplied.sheets)
    if page <= count:
        return True
    message = f"{supplied.file.name} has {'one page' if count == 1 else f'{count} pages'}, and no page {page}"
    found(Problem(Severity.ERROR, message, place, f"write a number from 1 to {count}", "artwork.page"))
    return False


# Where a supplied page comes to lie


class Placed(NamedTuple):
    """A supplied page at its place, how large it is there, and whether its ink reaches the bleed that is asked for."""

    mark: Artwork
    scale: float
    bled: bool
    """Whether it covers the whole page of ours with all its bleed."""
    full: bool
    """Whether its trim is that of the page of ours."""


_SAME = 0.5 * mm
"""Sizes that differ by less are one size: makers round differently."""

_ALIKE = 0.005
"""Proportions that differ by less are the same: those of A4 and A5 do, by rounding to millimetres."""


def contained(box: Box, size: Size, most: float | None = None) -> Box:
    """Where a page lies whole and centred in a box, as large as its proportions, or the most it may grow, allow."""
    return _scaled(box, size, min(box.width / size.width, box.height / size.height, most or float("inf")))


def covering(box: Box, size: Size) -> Box:
    """Where a page has to lie to cover a box, centred, with its proportions kept; the rest overhangs."""
    return _scaled(box, size, max(box.width / size.width, box.height / size.height))


def _scaled(box: Box, size: Size, scale: float) -> Box:
    width, height = size.width * scale, size.height * scale
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def inside(supplied: Supplied, number: int, box: Box, alternative: str = "", most: float | None = 1.0) -> Placed:
    """A page whole and centred in a box, cut at its trim; without another `most`, never larger than it was supplied."""
    at = contained(box, supplied.sheets[number].size, most)
    mark = Artwork(at, supplied.file, number, alternative, _role(alternative), at)
    return Placed(mark, at.width / supplied.sheets[number].size.width, False, False)


def whole(supplied: Supplied, number: int, trim: Box, bleed: float, alternative: str = "") -> Placed:
    """A page as the whole of a page of ours, its bleed over ours; where its proportions are others, inside the trim.

    One without a bleed that is as large as trim and bleed together is taken for a page that has been given its bleed.
    """
    sheet = supplied.sheets[number]
    over = trim.inset(-bleed)
    role = _role(alternative)
    if bleed and not any(sheet.reach) and sheet.size.same_as(over.size, _SAME):
        return Placed(Artwork(over, supplied.file, number, alternative, role, over), 1.0, True, True)
    if sheet.size.same_as(trim.size, _SAME):
        # makers write hundredths or ten-thousandths of a point
        at, scale = trim if sheet.size.same_as(trim.size, 0.05) else _scaled(trim, sheet.size, 1.0), 1.0
    elif abs(sheet.size.width / sheet.size.height * trim.height / trim.width - 1) < _ALIKE:
        at, scale = trim, trim.width / sheet.size.width
    else:
        return inside(supplied, number, trim, alternative)
    left, top, right, bottom = (min(length * scale, bleed) for length in sheet.reach)
    shown = trim.inset(left=-left, top=-top, right=-right, bottom=-bottom)
    bled = min(left, top, right, bottom) > bleed - _SAME
    return Placed(Artwork(at, supplied.file, number, alternative, role, shown), scale, bled, True)


def _role(alternative: str) -> Role:
    return Role.FIGURE if alternative else Role.ARTIFACT


def remarks(
    placed: Placed, sheet: Sheet, size: Size, bleed: float, where: str, place: Place, name: str
) -> list[Problem]:
    """What the organiser should know of a page at its place: that it was scaled, or that it ends at the knife.

    `size` is what it was to fill, and `where` what that is called.
    """
    found = []
    if abs(placed.scale - 1) > 0.005:
        message = f"{name}: {sheet.size} on {where} of {size}: set at {placed.scale * 100:.0f} %"
        hint = f"ask for one of {size}" if placed.full else f"ask for one no larger than {size}"
        found.append(Problem(Severity.WARNING, message, place, hint, "artwork.scaled"))
    if placed.full and not placed.bled and bleed:
        message = f"{name} has less than {in_mm(bleed)} of bleed: where its ink ends at the edge, paper may show white"
        hint = f"ask for it with {in_mm(bleed)} of bleed and a TrimBox"
        found.append(Problem(Severity.WARNING, message, place, hint, "artwork.bleed"))
    return found
