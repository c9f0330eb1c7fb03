"""Pictures: checked when they are opened, and turned into what a PDF can hold; the one file that uses pillow for both.

Knows nothing of pages' design or of PDF syntax.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import struct
import warnings
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from PIL import Image as pillow
from PIL import UnidentifiedImageError

from . import files
from .geometry import Box, inch
from .page import Image, Picture
from .problems import Place, Problem, Severity, place_in
from .values import dataclass

if TYPE_CHECKING:
    from PIL import ImageCms

    from .inks import Press

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")
"""What is opened. No format that runs an outside program or reads a second file."""

LARGEST = 200_000_000
"""Bytes of a picture file: a poster in 16 bits has less."""

_BEGIN_SCAN = b"\xff\xda"
_MOST_SCANS = 200
"""Scans of a JPEG (ITU-T T.81, B.2.3): programs write a dozen, and each is drawn over the whole picture."""

_QUALITY = 95
"""Of a JPEG that has to be encoded again: above what the eye or a printing screen resolves."""


@dataclass(frozen=True, slots=True)
class Embeddable:
    """A picture as a PDF image: data already under its filter, rows from the top, no predictor."""

    data: bytes
    filter: Literal["DCTDecode", "FlateDecode"]
    colour_space: Literal["DeviceGray", "DeviceRGB", "DeviceCMYK"]
    width: int
    height: int
    bits: int
    """Bits of one channel of a pixel, 1 or 8."""
    mask: Embeddable | None = None
    """Where the picture covers what is below it: white covers."""
    inverted: bool = False
    """Its numbers say how much ink is missing, as those of a CMYK JPEG do."""


def open_image(file: Path) -> Image:
    """The picture in a file, decoded once to know that all of it is there; its sides as seen, upright.

    Raises ValueError with one sentence for people where it is missing, no picture, damaged or too large.
    """
    try:
        state = file.stat()
    except OSError:
        raise ValueError(f"{file.name} is not there") from None
    return _checked(file, state.st_mtime_ns, state.st_size)


def unreadable(file: Path, fault: Exception, root: Path, places: Mapping[Path, Place]) -> Problem:
    """What to say of a picture that cannot be opened: at the place where the material names it, if it does."""
    name = place_in(root, file).file
    message = f"{name}{str(fault).removeprefix(file.name)}"
    hint = "save the picture again as PNG or JPEG"
    return Problem(Severity.ERROR, message, places.get(file, Place(name)), hint, "picture.unreadable")


@lru_cache(maxsize=4096)
def _checked(file: Path, _changed_ns: int, _size: int) -> Image:
    data = _read(file)
    with _decode(file, data) as image:
        width, height = image.size
        if image.mode not in _MODES:
            raise ValueError(f"{file.name} keeps its colours as {image.mode}, which cannot be printed: save it as RGB")
        # A JPEG at an eighth of its size is decoded from end to end all the same, in a third of the time.
        image.draft(None, (max(width // 8, 1), max(height // 8, 1)))
        _load(file.name, image)
        if _orientation(image) >= 5:
            width, height = height, width
    digest = hashlib.sha256(data).hexdigest()
    _held.clear()
    if image.format not in ("JPEG", "MPO"):
        _held[digest] = image
    return Image(file, digest, width, height)


_held: dict[str, pillow.Image] = {}
"""The picture decoded last, where it was decoded whole: a logo is embedded right after it was placed."""


@lru_cache(maxsize=64)
def embeddable(image: Image) -> Embeddable:
    """A picture as a PDF holds it: upright, sRGB or grey, with its transparency as a mask.

    A JPEG that a PDF can hold keeps its compressed data as they are, without what cameras write beside them (place,
    owner, thumbnail). Other JPEGs are encoded again, everything else without loss.
    Raises ValueError where the file is no longer what was opened.
    """
    name, data = image.file.name, _unchanged(image)
    with _held.pop(image.digest, None) or _decode(image.file, data) as source:
        jpeg = source.format in ("JPEG", "MPO")
        if not jpeg:
            _load(name, source)
        turned = _orientation(source) != 1
        profile = _foreign_profile(source)
        if jpeg and not turned and profile is None and source.mode in ("L", "RGB"):
            bare = _bare_jpeg(data)
            if bare is not None:
                return Embeddable(bare, "DCTDecode", _SPACES[source.mode], *source.size, 8)
        _load(name, source)
        pixels, mask = _plain(_upright(source) if turned else source, profile)
    if jpeg:
        return _jpeg(pixels)
    return _flate(pixels, None if mask is None else _flate(mask))


PRINT_PPI = 300
"""What a press resolves of a picture in tones: more is thrown away, not less printed (ISO 12647-2 screens, 60 l/cm)."""


@lru_cache(maxsize=64)
def separated(image: Image, press: Press, width: float) -> Embeddable:
    """A picture as a print-shop file holds it: grey or in the inks of a press, no finer than the press resolves.

    `width` is that of its largest place in points. Raises ValueError where the file is no longer what was opened.
    """
    name, data = image.file.name, _unchanged(image)
    with _decode(image.file, data) as source:
        jpeg = source.format in ("JPEG", "MPO")
        _load(name, source)
        profile = _foreign_profile(source)
        pixels, mask = _plain(_upright(source) if _orientation(source) != 1 else source, profile)
    most = math.ceil(width / inch * PRINT_PPI)
    if pixels.width > 1.25 * most and pixels.mode != "1":
        size = (most, max(1, round(pixels.height * most / pixels.width)))
        pixels = pixels.resize(size, pillow.Resampling.LANCZOS)
        mask = mask and mask.resize(size, pillow.Resampling.LANCZOS)
    if pixels.mode == "RGB":
        pixels = press.separated(pixels)
    if jpeg:
        return _jpeg(pixels)
    return _flate(pixels, None if mask is None else _flate(mask))


def coarse_inks(
    data: bytes,
    size: tuple[int, int],
    channels: int,
    bits: int,
    to: tuple[int, int],
    *,
    press: Press,
    tables: Sequence[bytes] = (),
    inverted: bool = False,
) -> list[bytes]:
    """A picture from a PDF as a few pixels of ink, one plane each: cyan, magenta, yellow, black; or one a table.

    Data are JPEG or JPEG 2000 as such, or bare samples. One channel is a share of light, three are those of the screen,
    four are inks. Tables say what each of 256 values of a single channel is. Raises ValueError for what cannot be read.
    """
    made = _coded(data, to) or _bare(data, size, channels, bits)
    if tables:
        if made.mode not in ("1", "L"):
            raise ValueError("a picture has other channels than its colour space")
        return [made.convert("L").point(list(table)).resize(to, pillow.Resampling.BOX).tobytes() for table in tables]
    if made.mode == "CMYK" and made.format == "JPEG" and "adobe" in made.info:
        # pillow takes what Adobe writes to be upside down; a PDF says so itself (ISO 32000-1, 7.4.8)
        inverted = not inverted
    small = made.convert("L") if made.mode == "1" else made
    small = small.resize(to, pillow.Resampling.BOX)
    if inverted:
        small = small.point([255 - value for value in range(256)] * len(small.getbands()))
    if small.mode == "L":
        none = bytes(to[0] * to[1])
        return [none, none, none, small.point([255 - value for value in range(256)]).tobytes()]
    if small.mode == "RGB":
        small = press.separated(small)
    return [small.getchannel(at).tobytes() for at in range(4)]


def _coded(data: bytes, to: tuple[int, int]) -> pillow.Image | None:
    """A JPEG or JPEG 2000, decoded no finer than is needed; None for data that are neither."""
    if not data.startswith((b"\xff\xd8", b"\x00\x00\x00\x0cjP", b"\xff\x4f\xff\x51")):
        return None
    try:
        image = pillow.open(io.BytesIO(data), formats=("JPEG", "JPEG2000"))
        if image.size[0] * image.size[1] > (pillow.MAX_IMAGE_PIXELS or math.inf):
            raise ValueError("a picture is too large")
        image.draft(None, (2 * to[0], 2 * to[1]))
        _load("a picture", image)
    except UnidentifiedImageError:
        return None
    except _DAMAGE as fault:
        raise ValueError("a picture cannot be read") from fault
    if image.mode not in ("L", "RGB", "CMYK"):
        plain = image.convert("RGB")
        plain.format = image.format
        return plain
    return image


def _bare(data: bytes, size: tuple[int, int], channels: int, bits: int) -> pillow.Image:
    width, height = size
    if bits == 1 and channels == 1:
        row = (width + 7) // 8
        return pillow.frombytes("1", size, data[: row * height].ljust(row * height, b"\0"))
    if bits == 16:
        data, bits = data[::2], 8
    if bits in (2, 4) and channels == 1:
        data, bits = _widened(data, size, bits), 8
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(channels)
    whole = width * height * channels
    if bits != 8 or mode is None or not whole:
        raise ValueError("a picture is of no kind that can be read")
    return pillow.frombytes(mode, size, data[:whole].ljust(whole, b"\0"))


def _widened(data: bytes, size: tuple[int, int], bits: int) -> bytes:
    """Samples of two or four bits as bytes of the same number."""
    width, height = size
    per, row = 8 // bits, (width * bits + 7) // 8
    parts = [tuple(byte >> (8 - bits * (at + 1)) & (1 << bits) - 1 for at in range(per)) for byte in range(256)]
    lines = (data[start : start + row].ljust(row, b"\0") for start in range(0, row * height, row))
    return b"".join(bytes([value for byte in line for value in parts[byte]])[:width] for line in lines)


def effective_ppi(picture: Picture) -> float:
    """Pixels for every inch on paper, on the coarser axis."""
    box, image = picture.box, picture.image
    return min(image.width_px / box.width, image.height_px / box.height) * inch


def cover(box: Box, image: Image, focus: tuple[float, float] = (0.5, 0.5)) -> Box:
    """Where a picture has to lie to fill a box and keep its proportions; the rest overhangs and wants a clip.

    The focus, as shares of width and height, is the point of the picture kept as near as can be to the box's own.
    """
    return _scaled(box, image, max(box.width / image.width_px, box.height / image.height_px), focus)


def contain(box: Box, image: Image, anchor: tuple[float, float] = (0.5, 0.5)) -> Box:
    """Where a picture lies whole inside a box, as large as its proportions allow; (0, 0) anchors it top left."""
    return _scaled(box, image, min(box.width / image.width_px, box.height / image.height_px), anchor)


def _scaled(box: Box, image: Image, scale: float, share: tuple[float, float]) -> Box:
    width, height = image.width_px * scale, image.height_px * scale
    return Box(box.x + (box.width - width) * share[0], box.y + (box.height - height) * share[1], width, height)


_ORIENTATION = 0x0112
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "I;16", "I;16B", "I;16L")
_SPACES: dict[str, Literal["DeviceGray", "DeviceRGB", "DeviceCMYK"]] = {
    "1": "DeviceGray",
    "L": "DeviceGray",
    "RGB": "DeviceRGB",
    "CMYK": "DeviceCMYK",
}


def _read(file: Path) -> bytes:
    try:
        data = files.contents(file, LARGEST)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ValueError(f"{file.name} cannot be read: {reason[0].lower()}{reason[1:]}") from None
    if not data:
        raise ValueError(f"{file.name} is empty")
    return data


def _decode(file: Path, data: bytes) -> pillow.Image:
    """The picture's header; its pixels are still to be loaded."""
    name = file.name
    if data.startswith(b"\xff\xd8") and (passes := data.count(_BEGIN_SCAN)) > _MOST_SCANS:
        raise ValueError(f"{name} is drawn in {passes:,} passes over each other, far more than any picture")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", pillow.DecompressionBombWarning)
        try:
            if file.suffix.lower() == ".png" and data.startswith(b"\x89PNG"):
                # By a name pillow brings in one decoder, by content alone five, and a queue is waiting.
                return pillow.open(file, formats=("PNG",))
            return pillow.open(io.BytesIO(data), formats=FORMATS)
        except (pillow.DecompressionBombWarning, pillow.DecompressionBombError):
            raise ValueError(
                f"{name} has more than {(pillow.MAX_IMAGE_PIXELS or 0) // 1_000_000} million pixels, too many to open"
            ) from None
        except UnidentifiedImageError:
            known = "JPEG, PNG, WebP, TIFF, GIF or BMP"
            raise ValueError(f"{name} is damaged or no picture of a kind that can be printed: {known}") from None
        except _DAMAGE:
            raise ValueError(f"{name} is damaged") from None


_DAMAGE = (OSError, SyntaxError, ValueError, KeyError, IndexError, OverflowError, EOFError, TypeError, zlib.error)
"""What pillow's decoders raise when a file lies about itself."""


def _load(name: str, image: pillow.Image) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image.load()
        except (pillow.DecompressionBombError, *_DAMAGE):
            raise ValueError(f"{name} is cut short or damaged") from None


def _orientation(image: pillow.Image) -> int:
    """How the camera was held (Exif 2.3, tag 0x0112): 1 upright, from 5 on with width and height exchanged."""
    try:
        held = image.getexif().get(_ORIENTATION, 1)
    except (struct.error, *_DAMAGE):
        return 1
    return held if held in range(1, 9) else 1


def _upright(image: pillow.Image) -> pillow.Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _plain(image: pillow.Image, profile: ImageCms.ImageCmsProfile | None) -> tuple[pillow.Image, pillow.Image | None]:
    """The pixels as 1-bit, grey or RGB, and the transparency where there is any."""
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
        image.info.pop("transparency", None)  # a 16-bit colour key names no 8-bit grey
    if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA"):
        grey = image.mode in ("1", "L", "LA")
        whole = image if image.mode == "RGBA" else image.convert("RGBA")
        alpha = whole.getchannel("A")
        image = whole.convert("RGB").convert("L") if grey else whole.convert("RGB")
        mask = alpha if alpha.getextrema() != (255, 255) else None
    else:
        mask = None
    if image.mode in ("P", "RGBX", "YCbCr"):
        image = image.convert("RGB")
    if profile is not None and image.mode in ("RGB", "CMYK"):
        image = _managed(image, profile)
    if image.mode == "CMYK":
        image = image.convert("RGB")
    return image, mask


def _foreign_profile(image: pillow.Image) -> ImageCms.ImageCmsProfile | None:
    """The colour profile a picture carries, unless it is sRGB, which is what numbers without a profile mean."""
    data = image.info.get("icc_profile")
    if not data or image.mode in ("1", "L", "LA"):
        return None
    from PIL import ImageCms  # as seldom needed as a picture with a profile, and slow to load

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        return None if "srgb" in ImageCms.getProfileDescription(profile).lower() else profile
    except (OSError, ImageCms.PyCMSError):
        return None


def _managed(image: pillow.Image, profile: ImageCms.ImageCmsProfile) -> pillow.Image:
    """The picture in sRGB; as it is where its profile is for another kind of picture."""
    from PIL import ImageCms

    try:
        managed = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        return image
    return managed or image


_EFFORT = 3
"""Of deflating: from 4 on it takes three times as long, which a badge made at the desk would wait for."""


def _unchanged(image: Image) -> bytes:
    data = _read(image.file)
    if hashlib.sha256(data).hexdigest() != image.digest:
        raise ValueError(f"{image.file.name} changed while it was used")
    return data


def _jpeg(pixels: pillow.Image) -> Embeddable:
    encoded = io.BytesIO()
    pixels.save(encoded, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    space, inverted = _SPACES[pixels.mode], pixels.mode == "CMYK"
    return Embeddable(encoded.getvalue(), "DCTDecode", space, *pixels.size, 8, inverted=inverted)


def _flate(image: pillow.Image, mask: Embeddable | None = None) -> Embeddable:
    data = zlib.compress(image.tobytes(), _EFFORT)
    return Embeddable(data, "FlateDecode", _SPACES[image.mode], *image.size, 1 if image.mode == "1" else 8, mask)


class _Segment(NamedTuple):
    marker: int
    start: int
    end: int


def _bare_jpeg(data: bytes) -> bytes | None:
    """The first picture of a JPEG file without its metadata, or None where a PDF reader might not show it right.

    Readers know Huffman-coded 8-bit pictures (ISO 32000-2, 7.4.8), and take three channels for YCbCr unless an Adobe
    segment says otherwise. Segments are those of ITU-T T.81, annex B.
    """
    kept = [data[:2]]
    says_colours = False
    for marker, start, end in _segments(data):
        if marker in _OTHER_FRAMES or (marker in _FRAMES and data[start + 4] != 8):
            return None
        says_colours |= marker in (_JFIF, _ADOBE)
        if (
            marker in _FRAMES
            and not says_colours
            and data[start + 9] == 3
            and data[start + 10 : start + 17 : 3] == b"RGB"
        ):
            return None
        if marker in (_JFIF, _ADOBE) or not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
            kept.append(data[start:end])
        if marker == _END:
            return b"".join(kept)
    return None


_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
_JFIF, _ADOBE, _COMMENT, _SCAN, _END = 0xE0, 0xEE, 0xFE, 0xDA, 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _segments(data: bytes) -> list[_Segment]:
    """The segments after the first marker, a scan together with its coded data; as many as the file holds whole."""
    found: list[_Segment] = []
    at = 2
    while at + 4 <= len(data) or data[at:] == b"\xff\xd9":
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            found.append(_Segment(marker, at, at + 2))
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                break
            end = following.start()
        found.append(_Segment(marker, at, end))
        at = end
    return found
