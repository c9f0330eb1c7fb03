"""The job ticket as data: what a recipient's files are and what is to be done with each, for a printer's own software.

Names are those of CIP4's Job Definition Format (JDF 1.6: LayoutPreparationParams, StitchingParams, TrimmingParams,
FileSpec) wherever it has one; lengths are points there and here, and in millimetres beside it for people.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from .geometry import Size, mm
from .page import Finish
from .values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a job and what is known of it."""

    file: str
    product: str
    what: str
    data: bytes
    pages: int
    size: Size | None
    """Of a page of the file: a trim, or where several lie on a sheet the paper."""
    trim: Size
    """Of the finished product."""
    bleed: float
    turn: str
    """On which edge of the paper sheets are turned: `long`, `short`, or `manual`, like pages; empty for one side."""
    imposed: bool
    right_to_left: bool
    finish: Finish
    finishing: str
    quantity: int
    spec: str


def ticket(event: str, recipient: str, parts: Sequence[Part]) -> bytes:
    """The ticket of one recipient as JSON, the same for the same parts."""
    told = {"JobID": event, "Recipient": recipient, "Parts": [_part(part) for part in parts]}
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _part(part: Part) -> dict[str, Any]:
    told: dict[str, Any] = {
        "JobPartID": part.product,
        "DescriptiveName": part.what,
        "FileSpec": {"URL": part.file, "MimeType": "application/pdf", "SHA256": hashlib.sha256(part.data).hexdigest()},
        "NPage": part.pages,
        "Amount": part.quantity,
        "TrimmingParams": {"Width": round(part.trim.width, 3), "Height": round(part.trim.height, 3)},
        "trim_mm": _millimetres(part.trim),
        "bleed_mm": round(part.bleed / mm, 2),
        "Sides": _sides(part),
        "finishing": part.finishing,
        "Claims": list(claims(part.data)),
    }
    if part.imposed and part.size:
        told["paper_mm"] = _millimetres(part.size)
    else:
        told["spec"] = part.spec
    # the organiser may bind in another way than the layout was made for
    if part.finish is Finish.BOOKLET and "staple" in part.finishing:
        told |= {"BindingEdge": "Right" if part.right_to_left else "Left", "FoldCatalog": "F4-1"}
        told["StitchingParams"] = {"StitchType": "Saddle", "NumberOfStitches": 2}
    return told


def _sides(part: Part) -> str:
    """JDF names the axis that a sheet is turned about: Y is the upright one."""
    if not part.turn:
        return "OneSidedFront"
    wide = part.size is not None and part.size.width > part.size.height
    # backs that are fed by hand lie behind their fronts when the sheet is turned like a page, whatever its shape
    upright = part.turn == "manual" or (part.turn == "short") == wide
    return "TwoSidedFlipY" if upright else "TwoSidedFlipX"


def _millimetres(size: Size) -> list[float]:
    return [round(size.width / mm, 2), round(size.height / mm, 2)]


_CLAIMS = (
    (re.compile(rb"<pdfxid:GTS_PDFXVersion>([^<]+)<"), b"%b"),
    (re.compile(rb"<pdfuaid:part>(\d)<"), b"PDF/UA-%b"),
    (re.compile(rb"<pdfaid:part>(\d)</pdfaid:part>\s*<pdfaid:conformance>(\w)<"), b"PDF/A-%b%b"),
)


def claims(pdf: bytes) -> tuple[str, ...]:
    """The standards that a file we made says it keeps to."""
    found = []
    for pattern, name in _CLAIMS:
        if match := pattern.search(pdf):
            said = name % tuple(match.groups())
            found.append(said[:-1].decode() + said[-1:].decode().lower() if b"PDF/A" in said else said.decode())
    return tuple(found)
