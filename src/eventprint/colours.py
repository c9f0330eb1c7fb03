"""Colours as the brand names them: parsed, mixed, and compared for contrast."""

from __future__ import annotations

import re
from functools import lru_cache

from .values import dataclass

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour on paper or screen; red, green and blue from 0 to 1.

    Where the three are equal it is grey, and print editions put it on the black plate alone.
    """

    red: float
    green: float
    blue: float
    inks: Inks | None = None
    """What is printed, where somebody said so; otherwise the press converts."""
    spot: str = ""
    """The name of an ink of its own, which then stands for `inks`."""
    share: float = 1.0
    """How much of that ink."""

    @classmethod
    def parse(cls, text: str) -> Colour:
        """A colour from `#0b5d5e` or `#06c`, `cmyk 90 35 45 40` in per cent, or `spot NAME: cmyk 0 60 100 0`.

        Inks are shown on the screen as a simple sum of what they take away. Raises ValueError for anything else.
        """
        text = text.strip()
        if match := re.fullmatch(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text):
            digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
            red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
            return cls(red, green, blue)
        if match := re.fullmatch(r"(?:spot\s+([^:]+?)\s*:\s*)?cmyk" + r"\s+(\d+(?:\.\d+)?)" * 4, text):
            cyan, magenta, yellow, black = (float(match[number]) / 100 for number in range(2, 6))
            if max(cyan, magenta, yellow, black) <= 1:
                red, green, blue = (round((1 - ink) * (1 - black), 4) for ink in (cyan, magenta, yellow))
                return cls(red, green, blue, (cyan, magenta, yellow, black), match[1] or "")
        raise ValueError(f"{text!r} is not a colour")

    @property
    def grey(self) -> bool:
        return self.inks is None and self.red == self.green == self.blue

    def tint(self, share: float) -> Colour:
        """This colour thinned with white: 1 is the colour itself, 0 is white."""
        return self.mix(WHITE, 1 - share)

    def mix(self, other: Colour, share: float) -> Colour:
        """This colour with a share, from 0 to 1, of another."""
        if not share:
            return self
        red, green, blue = (_between(a, b, share) for a, b in zip(self.channels, other.channels, strict=True))
        ours, theirs = self._plates, other._plates
        if (self.inks is None and other.inks is None) or ours is None or theirs is None:
            return Colour(red, green, blue)
        cyan, magenta, yellow, black = (_between(a, b, share) for a, b in zip(ours, theirs, strict=True))
        # a spot ink can be thinned; mixed with another it is no longer itself
        spot = self.spot if other == WHITE else ""
        inks = (cyan, magenta, yellow, black)
        return Colour(red, green, blue, inks, spot, round(self.share * (1 - share), 4) if spot else 1.0)

    @property
    def _plates(self) -> Inks | None:
        """Its inks where they are known without a press: as said, or those of a grey."""
        return (0.0, 0.0, 0.0, 1 - self.red) if self.grey else self.inks

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

    def reaching(self, ground: Colour, ratio: float) -> Colour:
        """The nearest darker or lighter colour of its kind that reaches a contrast to its ground.

        It is one that can be written: whole steps of `#rrggbb`, or of per cent where inks were said. Where no colour
        reaches the ratio, it is black or white, whichever comes closer.
        """
        return _reaching(self, ground, ratio)

    @property
    def written(self) -> str:
        """As `parse` reads it."""
        if self.inks is None:
            return str(self)
        whole = (ink / self.share if self.share else ink for ink in self.inks)
        inks = "cmyk " + " ".join(f"{round(100 * ink)}" for ink in whole)
        return f"spot {self.spot}: {inks}" if self.spot else inks

    def __str__(self) -> str:
        return "#" + "".join(f"{round(c * 255):02x}" for c in self.channels)


def _between(a: float, b: float, share: float) -> float:
    return round(a + (b - a) * share, 4)


@lru_cache(maxsize=256)
def _legible(colour: Colour, ground: Colour) -> Colour:
    far = BLACK if ground.contrast(BLACK) >= ground.contrast(WHITE) else WHITE
    mixed = (colour.mix(far, step / 20) for step in range(20))
    return next((each for each in mixed if each.contrast(ground) >= 4.5), far)


@lru_cache(maxsize=256)
def _reaching(colour: Colour, ground: Colour, ratio: float) -> Colour:
    best = None
    for far in (BLACK, WHITE):
        for step in range(_STEPS + 1):
            if best and step >= best[0]:
                break
            made = _writable(colour.mix(far, step / _STEPS)) if step < _STEPS else far
            if made.contrast(ground) >= ratio:
                best = (step, made)
                break
    return best[1] if best else max((BLACK, WHITE), key=ground.contrast)


_STEPS = 100


def _writable(colour: Colour) -> Colour:
    if colour.inks is None:
        return Colour.parse(str(colour))
    cyan, magenta, yellow, black = (round(ink, 2) for ink in colour.inks)
    return Colour(colour.red, colour.green, colour.blue, (cyan, magenta, yellow, black))


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)
