"""How a piece of text is asked to look."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from .. import fonts
from ..values import dataclass

Key = tuple[str, int, bool, float, tuple[str, ...], str, bool]
"""What decides a shape: family, weight, italic, optical size, features, language, whether letters are spaced out."""


@dataclass(frozen=True, slots=True)
class Style:
    """Family, weight and the rest of what a text looks like; size in points, tracking in em after each cluster."""

    family: str = "Fira Sans"
    weight: int = 400
    italic: bool = False
    size: float = 9.0
    features: tuple[str, ...] = ()
    """OpenType features to switch on (`tnum`, `onum`, `smcp`, `c2sc`, `case`, `frac` …), or off: `-liga`."""
    language: str = "en"
    """BCP 47: chooses letter forms (Romanian, Serbian …), and between Chinese, Japanese and Korean fonts."""
    tracking: float = 0.0
    key: Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        optical = fonts.optical_size(self.size)
        spaced = self.tracking != 0
        key = (self.family, self.weight, self.italic, optical, self.features, self.language, spaced)
        object.__setattr__(self, "key", key)

    def at(self, size: float) -> Style:
        """The same at another size."""
        if size == self.size:
            return self
        return Style(self.family, self.weight, self.italic, size, self.features, self.language, self.tracking)

    def but(self, **changes: Any) -> Style:
        """The same with some fields changed."""
        return replace(self, **changes)


def cap_height(style: Style) -> float:
    """Height of capitals in em."""
    face = _face(style)
    return face.cap_height / face.units_per_em


def x_height(style: Style) -> float:
    """Height of small letters without ascenders in em."""
    face = _face(style)
    return face.x_height / face.units_per_em


def ascent(style: Style) -> float:
    """The face's own ascent in em; the ink of a line is `Line.ascent`."""
    face = _face(style)
    return face.ascent / face.units_per_em


def descent(style: Style) -> float:
    """The face's own descent in em, positive downwards."""
    face = _face(style)
    return face.descent / face.units_per_em


def _face(style: Style) -> fonts.Face:
    return fonts.choose(style.family, style.weight, style.italic, style.size)
