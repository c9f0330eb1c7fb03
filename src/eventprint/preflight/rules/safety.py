"""Nothing in the file acts, hides or is locked."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Work, flipped
from ..limits import Weight
from .registry import Finding, rule


@rule("PF-060")
def _annotations(work: Work) -> Iterator[Finding]:
    """No links, notes or form fields lie on the pages (ISO 15930-7).

    Links and notes are for the screen. On a press they are left out or printed as boxes, and the standard for print
    files forbids them.
    """
    for side in work.sides:
        reach = side.bleed or side.sight
        for kind, box in side.annotations:
            if kind not in _PRESS_NOTES and (box is None or box.intersects(reach)):
                place = None if box is None else flipped(box, side.sight)
                message = f"an annotation lies on it ({kind})"
                yield Finding(side.number, message, "export for print, without links", box=place)


_PRESS_NOTES = ("TrapNet", "PrinterMark")
"""Annotations that are made for presses (ISO 32000-1, 14.11.3 and 14.11.6)."""


@rule("PF-060i", Weight.OFF)
def _steady(work: Work) -> Iterator[Finding]:
    """Notes and links look the same everywhere and are printed (ISO 19005-2, 6.3).

    A note that each reader draws in its own way, or that is hidden from some, makes two files out of one.
    """
    for number, why in work.file.document.unsteady:
        yield Finding(number, why, "flatten notes into the page, or take them out")


@rule("PF-060b")
def _actions(work: Work) -> Iterator[Finding]:
    """Nothing happens when the file is opened or read: no actions, no form (ISO 15930-7).

    A print file has to look the same whoever opens it; what acts can change what is printed.
    """
    if work.file.form:
        yield Finding(0, "the file holds a form", "export for print, without actions and forms")
    on_links = {side.number for side in work.sides if any(kind == "Link" for kind, _ in side.annotations)}
    for number, kind in dict.fromkeys(work.file.document.acts):
        # a link on a page is told as one, with the place it has
        if kind not in _DANGEROUS and number not in on_links:
            message = f"an action is tied to it ({kind})" if number else f"the file holds an action ({kind})"
            yield Finding(number, message, "export for print, without actions and forms")


_DANGEROUS = frozenset(
    {"Launch", "JavaScript", "ImportData", "ResetForm", "SubmitForm", "Sound", "Movie", "Rendition", "Hide"}
    | {"SetOCGState", "Trans", "GoTo3DView", "GoToE", "RichMediaExecute", "unknown"}
)
"""Actions that PDF/A forbids even on a screen (ISO 19005-2, 6.5.1), and others that bring something from outside."""


@rule("PF-060e")
def _programs(work: Work) -> Iterator[Finding]:
    """Nothing in the file starts a program, plays, or changes what is shown.

    Such a file is stopped by mail servers and refused by shops, because viruses travel in this way. No printed page
    needs it.
    """
    for number, kind in dict.fromkeys(work.file.document.acts):
        if kind in _DANGEROUS:
            what = {"JavaScript": "a program (JavaScript)", "Launch": "a command to start a program (Launch)"}.get(kind)
            message = f"the file holds {what or f'an action of the kind {kind}'}"
            yield Finding(number, message, "export it again without; a form or a viewer's extra may have brought it")


@rule("PF-060f")
def _lzw(work: Work) -> Iterator[Finding]:
    """No part of the file is compressed by LZW (ISO 15930-7).

    This old way of compressing is forbidden in print files: some presses' programs never learned it.
    """
    if count := work.file.document.lzw:
        parts = "1 part" if count == 1 else f"{count} parts"
        yield Finding(0, f"{parts} of it compressed by LZW", "save it again with a program of this century")


@rule("PF-060g")
def _curves(work: Work) -> Iterator[Finding]:
    """No transfer curves or halftones are set (ISO 15930-7).

    They change every tint behind the shop's back: on the screen all looks right, and the print is too dark or too pale.
    """
    if work.file.document.transfers:
        yield Finding(0, "a graphics state has a transfer curve or a halftone", "export without them")


@rule("PF-060h")
def _elsewhere(work: Work) -> Iterator[Finding]:
    """All that is printed is in the file itself: no PostScript, no second pictures, no references (ISO 15930-7).

    What lies elsewhere may be missing at the shop, or be another version of it.
    """
    for thing in sorted(work.file.document.foreign):
        yield Finding(0, f"the file holds {thing}", "export it again with everything embedded")


@rule("PF-060c", unread=True)
def _open_to_all(work: Work) -> Iterator[Finding]:
    """The file is not encrypted (ISO 15930-7).

    A shop's programs have to take the file apart to put its pages on sheets; a lock keeps them out.
    """
    if work.file.encrypted:
        also = ", and nothing else could be looked at" if work.file.broken else ""
        yield Finding(0, f"the file is encrypted{also}", "export it without a password or restrictions")


@rule("PF-060d")
def _attachments(work: Work) -> Iterator[Finding]:
    """No other files are attached.

    Nobody at a shop prints attached files, and a firewall may hold the whole file back because of them.
    """
    if work.file.attached:
        yield Finding(0, "other files are attached to it", "export it without attachments")
