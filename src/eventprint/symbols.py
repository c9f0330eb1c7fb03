"""Arrows, pictograms and the layers of a cover, drawn as outlines so that they print sharp at any size."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, pairwise

from .colours import Colour
from .geometry import Box
from .page import Group, Mark, Shape, Step

_TURNS = {
    "up": 0,
    "up-right": 45,
    "right": 90,
    "down-right": 135,
    "down": 180,
    "down-left": 225,
    "left": 270,
    "up-left": 315,
}


def arrow(direction: str, box: Box, colour: Colour) -> tuple[Mark, ...]:
    """An arrow that fills the box, drawn pointing up and turned."""
    if direction not in _TURNS:
        return ()
    side = min(box.width, box.height)
    half, stem, head = side / 2, side * 0.085, side * 0.36
    wing = stem * 2**0.5
    outline: tuple[tuple[float, float], ...] = (
        (0, -half),
        (head + wing / 2, -half + head + wing / 2),
        (head - wing / 2, -half + head + wing * 1.5),
        (stem, -half + 2 * wing - stem + stem),
        (stem, half),
        (-stem, half),
        (-stem, -half + 2 * wing),
        (-head + wing / 2, -half + head + wing * 1.5),
        (-head - wing / 2, -half + head + wing / 2),
    )
    steps: tuple[Step, ...] = (*(("M" if i == 0 else "L", x, y) for i, (x, y) in enumerate(outline)), ("Z",))
    x, y = box.centre
    return (Group((Shape(steps, colour),), x, y, _TURNS[direction]),)


def pictogram(name: str, box: Box, colour: Colour) -> tuple[Mark, ...]:
    """A pictogram on a grid of 24 units, drawn in strokes of one weight."""
    draw = _PICTOGRAMS.get(name, _PICTOGRAMS["pause"])
    side = min(box.width, box.height)
    unit = side / 24
    x0, y0 = box.centre[0] - side / 2, box.centre[1] - side / 2

    def scaled(step: Step) -> Step:
        numbers = [float(n) for n in step[1:]]
        moved = [x0 + n * unit if i % 2 == 0 else y0 + n * unit for i, n in enumerate(numbers)]
        return (step[0], *moved)  # type: ignore[return-value]

    return tuple(Shape(tuple(scaled(step) for step in outline), None, colour, 1.5 * unit) for outline in draw)


def strata(
    seed: str, spread: Box, window: Box, bleed: float, layers: Sequence[tuple[Colour, float]]
) -> tuple[Shape, ...]:
    """Layers of colour, folded and faulted, across a spread: the part of them that shows in a window.

    The same seed gives the same picture, so that the two sides of a cover join at its spine. Layers come with their
    thickness relative to each other, the uppermost first. `bleed` is how much of the window's sides and bottom is cut
    off: no layer ends there, where a knife that is not exact would show it.
    """
    chance = [byte / 255 for byte in sha256(seed.encode()).digest()]
    columns = 5 + round(chance[0])
    steps = list(accumulate((1 + share for share in chance[1 : columns + 1]), initial=0.0))
    edges = [spread.x + step / steps[-1] * spread.width for step in steps]
    thickness = [weight * (0.8 + 0.4 * share) for (_, weight), share in zip(layers, chance[8:], strict=False)]
    unit = spread.height / (sum(thickness) + 1)
    shapes: list[Shape] = []
    for number, (left, right) in enumerate(pairwise(edges)):
        # A hair of overlap, so that no seam shows between neighbours.
        near = left if left > window.x + bleed else window.x
        far = right + 0.3 if right + 0.3 < window.right - bleed else window.right
        if near >= far:
            continue
        slope = _SLOPE if number % 2 else -_SLOPE
        depth = spread.y + _SLOPE * (right - left) / 2 + unit * chance[20 + number]
        tilt = slope * (near - (left + right) / 2), slope * (far - (left + right) / 2)
        for (colour, _), height in zip(layers, thickness, strict=True):
            if depth + min(tilt) >= window.bottom:
                break
            below = depth + height * unit + 0.3
            if colour is layers[-1][0] or window.bottom - bleed < below + max(tilt) < window.bottom:
                below = window.bottom - min(tilt)
            band = ((near, depth + tilt[0]), (far, depth + tilt[1]), (far, below + tilt[1]), (near, below + tilt[0]))
            seen = _above(band, window.bottom)
            if seen:
                shapes.append(Shape((*(("M" if i == 0 else "L", *at) for i, at in enumerate(seen)), ("Z",)), colour))
            depth += height * unit
    return tuple(shapes)


def _above(outline: Sequence[tuple[float, float]], limit: float) -> list[tuple[float, float]]:
    """The part of a convex outline above a level (Sutherland and Hodgman, Reentrant Polygon Clipping, 1974)."""
    kept: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if y1 <= limit:
            kept.append((x1, y1))
        if (y1 <= limit) != (y2 <= limit):
            kept.append((x1 + (x2 - x1) * (limit - y1) / (y2 - y1), limit))
    return kept


_SLOPE = 0.5
"""Fall of a layer per width of its column: near that of an isometric drawing."""


_PICTOGRAMS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "coffee": (
        (
            ("M", 4, 9),
            ("L", 4, 15),
            ("C", 4, 18, 6, 20, 9, 20),
            ("L", 12, 20),
            ("C", 15, 20, 17, 18, 17, 15),
            ("L", 17, 9),
            ("Z",),
        ),
        (("M", 17, 10.5), ("L", 18.5, 10.5), ("C", 22, 10.5, 22, 15.5, 18.5, 15.5), ("L", 17, 15.5)),
        (("M", 7.5, 6), ("C", 6.5, 4.8, 8.5, 4.2, 7.5, 2.8)),
        (("M", 11, 6), ("C", 10, 4.8, 12, 4.2, 11, 2.8)),
    ),
    "lunch": (
        (("M", 7, 3), ("L", 7, 21)),
        (("M", 4, 3), ("L", 4, 8), ("C", 4, 12, 10, 12, 10, 8), ("L", 10, 3)),
        (("M", 17, 21), ("L", 17, 3), ("C", 13.5, 5, 13.5, 10, 14, 13), ("L", 17, 13)),
    ),
    "registration": (
        (("M", 5, 6), ("L", 19, 6), ("L", 19, 21), ("L", 5, 21), ("Z",)),
        (("M", 12, 2), ("L", 12, 6)),
        (("M", 12, 10), ("C", 14.7, 10, 14.7, 14, 12, 14), ("C", 9.3, 14, 9.3, 10, 12, 10), ("Z",)),
        (("M", 8.5, 18), ("C", 9.3, 15.6, 14.7, 15.6, 15.5, 18)),
    ),
    "pause": (
        (("M", 12, 3), ("C", 24, 3, 24, 21, 12, 21), ("C", 0, 21, 0, 3, 12, 3), ("Z",)),
        (("M", 12, 7), ("L", 12, 12), ("L", 15.5, 14)),
    ),
}
_PICTOGRAMS["dinner"] = _PICTOGRAMS["reception"] = _PICTOGRAMS["lunch"]
