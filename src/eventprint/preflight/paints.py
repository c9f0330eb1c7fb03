"""Colour spaces of a PDF, and what inks a colour in them is (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .. import inks
from ..colours import Colour, Inks
from .facts import NO_INK, Paint
from .functions import evaluate
from .objects import value_of


class Space(NamedTuple):
    """A colour space: its families, the intended one first and then the alternate, and how its colours are read."""

    families: tuple[str, ...]
    channels: int
    names: tuple[str, ...] = ()
    """Colorants of a Separation or DeviceN space."""
    alternate: Space | None = None
    """What stands for a space: of tints, of an index, of an uncoloured pattern."""
    tint: Any = None
    palette: bytes = b""

    @property
    def family(self) -> str:
        return self.families[0]


GRAY, RGB, CMYK = Space(("DeviceGray",), 1), Space(("DeviceRGB",), 3), Space(("DeviceCMYK",), 4)
_PATTERN = Space(("Pattern",), 0)
_NAMED = {
    "/DeviceGray": GRAY,
    "/DeviceRGB": RGB,
    "/DeviceCMYK": CMYK,
    "/Pattern": _PATTERN,
}
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
"""The names in inline images (8.9.7)."""
_DEFAULTS = {"/DeviceGray": "/DefaultGray", "/DeviceRGB": "/DefaultRGB", "/DeviceCMYK": "/DefaultCMYK"}
"""What stands in for a device's space where resources name it (8.6.5.6)."""

_PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
_ICC = {1: "ICCBased gray", 3: "ICCBased RGB", 4: "ICCBased CMYK"}


class Spaces:
    """Reads colour spaces, each object once."""

    def __init__(self) -> None:
        self.known: dict[int, Space] = {}
        self.kept: list[Any] = []
        self.paints: dict[tuple[int, tuple[float, ...]], Paint] = {}

    def named(self, name: Any, resources: Any, deep: int = 0) -> Space:
        """The space of this name, or that a name in the resources stands for."""
        listed = value_of(resources, "/ColorSpace") or {}
        full = _SHORT.get(str(name), str(name))
        if full in _NAMED:
            usual = value_of(listed, _DEFAULTS.get(full, ""))
            return _NAMED[full] if usual is None or deep else self.space(usual, resources, 1)
        found = value_of(listed, str(name))
        return GRAY if found is None else self.space(found, resources, deep)

    def space(self, found: Any, resources: Any, deep: int = 0) -> Space:
        """The space an object describes. Raises ValueError for one that describes itself."""
        if deep > 8:
            raise ValueError("a colour space is made of itself")
        found = found.get_object() if hasattr(found, "get_object") else found
        if not isinstance(found, list):
            return self.named(found, resources, deep + 1) if found is not None else GRAY
        if id(found) not in self.known:
            self.kept.append(found)
            self.known[id(found)] = self._read(found, resources, deep)
        return self.known[id(found)]

    def _read(self, found: list[Any], resources: Any, deep: int) -> Space:
        parts = [part.get_object() if hasattr(part, "get_object") else part for part in found]
        match str(parts[0]):
            case "/CalGray" | "/CalRGB" | "/Lab" as family:
                return Space((family[1:],), 1 if family == "/CalGray" else 3)
            case "/ICCBased":
                channels = int(value_of(parts[1], "/N") or 3)
                return Space((_ICC.get(channels, "ICCBased"),), channels)
            case "/Indexed" | "/I":
                base = self.space(parts[1], resources, deep + 1)
                table = parts[3]
                palette = table.get_data() if hasattr(table, "get_data") else _bytes(table)
                return Space(base.families, 1, base.names, base, None, palette)
            case "/Separation":
                alternate = self.space(parts[2], resources, deep + 1)
                families = ("Separation", *alternate.families)
                return Space(families, 1, (str(parts[1]).lstrip("/"),), alternate, parts[3])
            case "/DeviceN" | "/NChannel":
                alternate = self.space(parts[2], resources, deep + 1)
                names = tuple(str(name).lstrip("/") for name in parts[1])
                return Space(("DeviceN", *alternate.families), len(names), names, alternate, parts[3])
            case "/Pattern":
                under = self.space(parts[1], resources, deep + 1) if len(parts) > 1 else None
                return Space(("Pattern",), under.channels if under else 0, (), under)
        return self.named(parts[0], resources, deep + 1)

    def paint(self, space: Space, values: Sequence[float]) -> Paint:
        """A colour of a space as inks; each colour is worked out once."""
        key = (id(space), tuple(values))
        if key not in self.paints:
            self.kept.append(space)
            self.paints[key] = _paint(space, [float(value) for value in values])
        return self.paints[key]

    def first(self, space: Space) -> Paint:
        """The colour a space begins with (8.6.5.1 and on): black, or all of an ink."""
        match space.family:
            case "DeviceCMYK" | "ICCBased CMYK":
                return self.paint(space, (0, 0, 0, 1))
            case "Separation" | "DeviceN":
                return self.paint(space, (1,) * space.channels)
            case "Pattern":
                return Paint(space.families, known=False)
        return self.paint(space, (0,) * space.channels)


def _bytes(table: Any) -> bytes:
    return table if isinstance(table, bytes) else str(table).encode("latin-1", "replace")


def _paint(space: Space, values: list[float]) -> Paint:
    values = (values + [0.0] * space.channels)[: max(space.channels, 1)]
    if space.palette and space.alternate:
        count = space.alternate.channels
        at = int(values[0]) * count
        return _paint(space.alternate, [byte / 255 for byte in space.palette[at : at + count]])
    if space.names:
        return _tints(space, values)
    made = process(space.family, values)
    return Paint(space.families, made, look=colour_of(space.family, values, made))


def _tints(space: Space, values: Sequence[float]) -> Paint:
    plates = [0.0, 0.0, 0.0, 0.0]
    spots: list[tuple[str, float]] = []
    for name, value in zip(space.names, values, strict=False):
        share = min(max(value, 0.0), 1.0)
        if name == "All":
            plates = [max(plate, share) for plate in plates]
            spots.append((name, share))
        elif name in _PROCESS:
            plates[_PROCESS[name]] = max(plates[_PROCESS[name]], share)
        elif name != "None":
            spots.append((name, share))
    cyan, magenta, yellow, black = plates
    made = (cyan, magenta, yellow, black)
    look: Colour | None = None
    if space.alternate and space.tint is not None:
        try:
            standing = evaluate(space.tint, values)
            family = space.alternate.family
            look = colour_of(family, standing, process(family, standing))
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError):
            look = None
    return Paint(space.families, made, tuple(spots), look, known=look is not None)


def process(family: str, values: Sequence[float]) -> Inks:
    """A colour of a family in the four inks, greys of the screen in all of them, as any conversion leaves them."""
    values = [*values, 0.0, 0.0, 0.0, 0.0]
    match family:
        case "DeviceCMYK" | "ICCBased CMYK":
            cyan, magenta, yellow, black = (min(max(value, 0.0), 1.0) for value in values[:4])
            return cyan, magenta, yellow, black
        case "DeviceRGB" | "CalRGB" | "ICCBased RGB" | "Lab":
            return inks.press().separation(_rgb(family, values))
        case "Pattern":
            return NO_INK
    return 0.0, 0.0, 0.0, round(1 - min(max(values[0], 0.0), 1.0), 6)


def colour_of(family: str, values: Sequence[float], made: Inks) -> Colour:
    """How a colour looks; one in inks as coated paper shows it."""
    if family in ("DeviceRGB", "CalRGB", "ICCBased RGB", "Lab"):
        return _rgb(family, [*values, 0.0, 0.0, 0.0])
    if made[:3] == (0, 0, 0):
        light = round(1 - made[3], 4)
        return Colour(light, light, light)
    return Colour(0, 0, 0, made)


def _rgb(family: str, values: Sequence[float]) -> Colour:
    if family == "Lab":
        return _from_lab(*values[:3])
    red, green, blue = (round(min(max(value, 0.0), 1.0), 4) for value in values[:3])
    return Colour(red, green, blue)


def _from_lab(light: float, a: float, b: float) -> Colour:
    """CIE 1976 L*a*b* as sRGB (IEC 61966-2-1), the white point taken for that of the screen."""
    y = (light + 16) / 116
    x, z = y + a / 500, y - b / 200
    cubes = [t**3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29) for t in (x, y, z)]
    white_x, white_y, white_z = (cube * white for cube, white in zip(cubes, (0.9505, 1.0, 1.089), strict=True))
    linear = (
        3.2406 * white_x - 1.5372 * white_y - 0.4986 * white_z,
        -0.9689 * white_x + 1.8758 * white_y + 0.0415 * white_z,
        0.0557 * white_x - 0.2040 * white_y + 1.0570 * white_z,
    )

    def encode(c: float) -> float:
        return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055

    red, green, blue = (round(min(max(encode(max(c, 0.0)), 0.0), 1.0), 4) for c in linear)
    return Colour(red, green, blue)
