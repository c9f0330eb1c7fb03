"""The colours of the file are those that the press can take: spaces, inks of their own, blending."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Ink, Paint, Work
from ..limits import Weight
from .registry import Finding, rule

_ICC_INKS = frozenset({"ICCBased gray", "ICCBased CMYK"})
_CALIBRATED = frozenset({"CalGray", "CalRGB"})
_PROFILED = frozenset({"ICCBased", "ICCBased gray", "ICCBased RGB", "ICCBased CMYK"})
_REFUSED: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "early": (
        _PROFILED | _CALIBRATED | {"DeviceRGB", "Lab"},
        _PROFILED | _CALIBRATED | {"DeviceRGB", "Lab"},
        _PROFILED | _CALIBRATED | {"DeviceRGB"},
    ),
    "intermediate": (
        _ICC_INKS | {"DeviceRGB", "CalGray"},
        _PROFILED | _CALIBRATED | {"DeviceRGB", "Lab"},
        _ICC_INKS | {"DeviceRGB", "CalGray"},
    ),
    "late": (
        frozenset({"DeviceRGB", "CalGray", "ICCBased gray"}),
        _ICC_INKS | _CALIBRATED | {"DeviceRGB"},
        frozenset({"DeviceRGB", "CalGray", "ICCBased gray"}),
    ),
}
"""Spaces that a binding refuses: of pictures, of everything else, and as alternates (GWG 2022, R0027 to R0029)."""


@rule("PF-021", drawn=True)
def _spaces(work: Work) -> Iterator[Finding]:
    """Colours are in spaces that the press takes: inks, and no colours of the screen (GWG 2022, R0027 to R0029).

    A press has inks, and a screen has lights. What is sent as light is turned into ink by whoever happens to do
    it, and the blue of the logo comes out violet.
    """
    refused: dict[tuple[Paint, bool], str] = {}
    for ink in work.kinds:
        for paint in ink.paints:
            if space := _refused(paint, _is_picture(ink), work.spec.binding):
                refused[paint, _is_picture(ink)] = space
    for face in work.drawn if refused else ():
        for ink in face.inks:
            for paint in ink.paints:
                if space := refused.get((paint, _is_picture(ink)), ""):
                    yield Finding(
                        face.number,
                        f"{_kind(ink)} is in {space}",
                        "export in the inks of the press (CMYK), black text in black alone",
                        box=ink.box,
                    )


def _is_picture(ink: Ink) -> bool:
    """Whether a mark is a picture with colours of its own, and no stencil."""
    return ink.kind == "picture" and ink.fill is not None and not ink.fill.known


def _refused(paint: Paint, picture: bool, binding: str) -> str:
    """The space of a paint that a binding refuses; empty where all pass."""
    pictures, others, alternates = _REFUSED[binding]
    families = paint.families[1:] if paint.families[0] == "Pattern" else paint.families
    if families and families[0] in (pictures if picture else others):
        return families[0]
    return next((f"{families[0]} over {family}" for family in families[1:] if family in alternates), "")


def _kind(ink: Ink) -> str:
    return {"text": "text", "picture": "a picture"}.get(ink.kind, "a shape")


@rule("PF-022", drawn=True)
def _spots(work: Work) -> Iterator[Finding]:
    """No inks of their own are used beyond those that are ordered (GWG 2022, R0020).

    Each ink of its own needs a plate and a washed press, and is paid for. One that nobody ordered stops the job
    until somebody asks.
    """
    where: dict[str, dict[int, Ink]] = {}
    for face in work.drawn if any(paint.spots for ink in work.kinds for paint in ink.paints) else ():
        for ink in face.inks:
            for paint in ink.paints:
                for name, _ in paint.spots:
                    if name != "All":
                        where.setdefault(name, {}).setdefault(face.number, ink)
    if len(where) <= work.spec.spots:
        return
    ordered = f"; {work.spec.spots} ordered" if work.spec.spots else ""
    for name, pages in where.items():
        for number, ink in pages.items():
            yield Finding(
                number,
                f"the ink “{name}” has a plate of its own{ordered}",
                "order it as an extra ink, or put it into the four inks of the press",
                # a brand colour that somebody said to be an ink of its own is meant
                bool(work.pages),
                ink.box,
            )


@rule("PF-023", Weight.WARNING, drawn=True)
def _registration(work: Work) -> Iterator[Finding]:
    """Nothing inside the page is in the colour of registration marks, which is on all plates (GWG 2022, R0024).

    This colour is for marks in the margin and lies on every plate at full strength: inside the page it soaks
    the paper and never dries.
    """
    for face, _, ink in work.marks(_registers):
        if face.trim.intersects(ink.box):
            yield Finding(
                face.number,
                f"{_kind(ink)} is in the colour of registration marks (All)",
                "use black, or a colour in its inks",
                box=ink.box,
            )


def _registers(ink: Ink) -> bool:
    return any(name == "All" for paint in ink.paints for name, _ in paint.spots)


@rule("PF-024")
def _blending(work: Work) -> Iterator[Finding]:
    """Transparency is mixed in the inks of the press (GWG 2022, R0030).

    Shadows and see-through colours are mixed before they are printed. Mixed as light and turned into ink
    afterwards, they come out in other colours than those around them.
    """
    for space, pages in work.file.blends.items():
        if space != "DeviceCMYK":
            for number in pages:
                yield Finding(
                    number,
                    f"transparency on it is mixed in {space}",
                    "export with CMYK as the blending space, or with transparency flattened",
                )
