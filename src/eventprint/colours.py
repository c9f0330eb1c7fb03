"""Colours as the brand names them: parsed, mixed, and compared for contrast."""

from __future__ import annotations

import re
from functools import lru_cache

from .values import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour on paper or screen; red, green and blue from 0 to 1.

    Where the three are equal it is grey, and print editions put it on the black plate alone.
    """

    red: float
    green: float
    blue: float

    @classmethod
    def parse(cls, text: str) -> Colour:
        """A colour from `#0b5d5e` or `#06c`. Raises ValueError for anything else."""
        match = re.fullmatch(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a colour")
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return cls(*(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)))

    @property
    def grey(self) -> bool:
        return self.red == self.green == self.blue

    def tint(self, share: float) -> Colour:
        """This colour thinned with white: 1 is the colour itself, 0 is white."""
        return self.mix(WHITE, 1 - share)

    def mix(self, other: Colour, share: float) -> Colour:
        """This colour with a share, from 0 to 1, of another."""
        if not share:
            return self
        pairs = zip(self.channels, other.channels, strict=True)
        return Colour(*(round(a + (b - a) * share, 4) for a, b in pairs))

    @property
    def channels(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue

    @property
    def luminance(self) -> float:
        """Relative luminance from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in self.channels)
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(self, other: Colour) -> float:
        """Contrast ratio from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
        low, high = sorted((self.luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)

    def ink_on(self) -> Colour:
        """White where it reads at 4.5 : 1 or better, black otherwise."""
        return WHITE if self.contrast(WHITE) >= 4.5 else BLACK

    def legible(self, ground: Colour) -> Colour:
        """This colour, darkened or lightened as far as small text needs to read at 4.5 : 1 (WCAG 2.2, 1.4.3)."""
        return _legible(self, ground)

    def __str__(self) -> str:
        return "#" + "".join(f"{round(c * 255):02x}" for c in self.channels)


@lru_cache(maxsize=256)
def _legible(colour: Colour, ground: Colour) -> Colour:
    far = BLACK if ground.contrast(BLACK) >= ground.contrast(WHITE) else WHITE
    mixed = (colour.mix(far, step / 20) for step in range(20))
    return next((each for each in mixed if each.contrast(ground) >= 4.5), far)


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)
