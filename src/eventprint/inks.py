"""From screen colours to printing inks: a press by its ICC profile. The one file besides `images` that uses pillow.

Greys are printed with black alone; every other colour is converted by the profile, once.
"""

from __future__ import annotations

import io
import math
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from . import files
from .colours import Colour, Inks
from .shelves import shelf
from .values import dataclass

if TYPE_CHECKING:
    from PIL import Image, ImageCms


LARGEST = 20_000_000
"""Bytes of a profile; those of presses have a few."""


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """A printing condition, and how colours get there."""

    condition: str
    """Its name in the characterisation registry, such as `FOGRA39`, or that of a profile of one's own."""
    about: str
    profile: bytes
    """The ICC profile a file embeds as its output intent."""
    converter: bytes
    """The ICC profile that converts, which may keep to less ink than the press allows."""
    registered: bool = True
    """Whether the condition stands in the registry of the ICC."""

    def inks(self, colour: Colour) -> Inks:
        """A colour in inks: as said, a grey on the black plate alone, others by the profile, relative colorimetric."""
        if colour.inks is not None:
            return colour.inks
        if colour.grey:
            return 0.0, 0.0, 0.0, round(1 - colour.red, 4)
        return _converted(self, colour)

    def separation(self, colour: Colour) -> Inks:
        """What becomes of a colour of the screen that nobody put into inks: by the profile, greys in all four."""
        return _converted(self, colour)

    def separated(self, picture: Image.Image) -> Image.Image:
        """An sRGB picture in CMYK, within the ink limit of the converting profile."""
        from PIL import ImageCms

        made = ImageCms.applyTransform(picture, _transform(self))
        assert made is not None
        return made

    def distance(self, colour: Colour) -> float:
        """How far the printed colour lies from the one on the screen, as ΔE*ab (CIE 1976); 0 where inks were said."""
        return 0.0 if colour.grey or colour.inks else _distance(self, colour)


def press(file: Path | None = None) -> Press:
    """The press of a profile of one's own, or coated paper in offset (FOGRA39).

    Raises ValueError with one sentence for people where the file is no CMYK profile of a printer.
    """
    return _coated() if file is None else _own(file)


@cache
def screen() -> bytes:
    """The ICC profile of the colours of the screen, sRGB."""
    return (shelf("data") / "icc" / "srgb.icc").read_bytes()


@cache
def _coated() -> Press:
    folder = shelf("data") / "icc"
    return Press(
        "FOGRA39",
        "Offset on coated paper, ISO 12647-2:2004, FOGRA39",
        (folder / "fogra39l-coated.icc").read_bytes(),
        (folder / "isocoated-v2-300.icc").read_bytes(),
    )


def _own(file: Path) -> Press:
    from PIL import ImageCms

    try:
        data = files.contents(file, LARGEST)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except OSError as fault:
        raise ValueError(f"{file.name} is no ICC profile: {fault.strerror or 'it cannot be read as one'}") from None
    kind, space = profile.device_class.strip(), profile.xcolor_space.strip()
    if (kind, space) != ("prtr", "CMYK"):
        raise ValueError(f"{file.name} is a profile of class {kind!r} for {space}: a press has class 'prtr' and CMYK")
    name = (profile.profile_description or file.stem).strip()
    return Press(name, name, data, data, registered=False)


def shown(colour: Colour) -> Colour:
    """A colour that was said in inks as coated paper shows it; any other is unchanged."""
    if colour.inks is None:
        return colour
    from PIL import Image, ImageCms

    pixel = Image.new("CMYK", (1, 1), tuple(round(255 * ink) for ink in colour.inks))
    profile = ImageCms.ImageCmsProfile(io.BytesIO(_coated().converter))
    made = ImageCms.profileToProfile(pixel, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert made is not None
    red, green, blue = (round(channel / 255, 4) for channel in cast(tuple[int, int, int], made.getpixel((0, 0))))
    return replace(colour, red=red, green=green, blue=blue)


@lru_cache(maxsize=4)
def _transform(press: Press) -> ImageCms.ImageCmsTransform:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(press.converter)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@lru_cache(maxsize=1024)
def _converted(press: Press, colour: Colour) -> Inks:
    from PIL import Image

    pixel = Image.new("RGB", (1, 1), _eight_bits(colour))
    inks = cast(tuple[int, ...], press.separated(pixel).getpixel((0, 0)))
    cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in inks)
    return cyan, magenta, yellow, black


@lru_cache(maxsize=256)
def _distance(press: Press, colour: Colour) -> float:
    from PIL import Image, ImageCms

    lab = ImageCms.createProfile("LAB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    screen = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB", intent)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(press.converter))
    paper = ImageCms.buildTransform(profile, lab, "CMYK", "LAB", intent)
    pixel = Image.new("RGB", (1, 1), _eight_bits(colour))
    seen, printed = ImageCms.applyTransform(pixel, screen), ImageCms.applyTransform(press.separated(pixel), paper)
    assert seen is not None
    assert printed is not None
    return math.dist(_lab(seen), _lab(printed))


def _lab(pixel: Image.Image) -> tuple[float, float, float]:
    """L* from 0 to 100, a* and b* from -128: pillow keeps the latter two with the sign in the highest bit."""
    light, a, b = cast(tuple[int, int, int], pixel.getpixel((0, 0)))
    return light / 255 * 100, (a + 128) % 256 - 128.0, (b + 128) % 256 - 128.0


def _eight_bits(colour: Colour) -> tuple[int, ...]:
    return tuple(round(255 * channel) for channel in colour.channels)
