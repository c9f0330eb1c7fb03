"""Font files: which can be used, what is in them, and how one is opened.

A file may hold one face or, as a collection, several. Knows nothing of which face is chosen for what.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

from .. import files
from ..problems import Place, Problems
from ..values import dataclass

LARGEST = 200_000_000
"""Bytes of a font file; the largest collections have half of it."""

_KINDS = (".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2")

_STYLES = {
    "thin": 100,
    "extralight": 200,
    "light": 300,
    "regular": 400,
    "roman": 400,
    "": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "extrabold": 800,
    "black": 900,
}

_COMMON_TABLES = {"cmap", "head", "hhea", "hmtx", "maxp"}
_GLYF_TABLES = {"glyf", "loca"}
_CUBIC_TABLES = {"CFF ", "CFF2"}

_STYLE_WORDS = re.compile(
    r"([ -]+((extra|ultra|semi|demi)[ -]?)?(thin|hairline|light|regular|book|medium|demi|semi|bold|black|heavy|italic"
    r"|oblique))+$",
    re.IGNORECASE,
)
"""What many files say behind the family in the name old programs read (name id 1), which know only four styles."""


@dataclass(frozen=True, slots=True)
class Source:
    """A face in a file, as the index knows it."""

    file: Path
    stem: str
    """What keys of its faces begin with; unique for this content."""
    family: str
    weight: int
    italic: bool
    variable: bool
    width: float = 100.0
    """Per cent of the usual width."""
    alias: str = ""
    """Another name of this face alone, such as `Inter SemiBold`."""
    number: int = 0
    """Which face of a collection."""


def shelf_sources(fonts: Path) -> Iterator[Source]:
    """The project's own faces, told by their file names alone."""
    for folder in ("core", "cjk"):
        for file in sorted((fonts / folder).glob("*.ttf")):
            family, _, style = file.stem.partition("-")
            variable = family.endswith("Variable")
            name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", family.removesuffix("Variable"))
            weight = _STYLES.get(style.removesuffix("Italic").lower(), 400)
            yield Source(file, file.stem, name, weight, style.endswith("Italic"), variable)


def open_face(file: Path, number: int = 0) -> hb.Face:
    """One face of a file, mapped and not read; a `.woff` is unpacked. Raises OSError, ValueError or HarfBuzzError."""
    with file.open("rb") as stream:
        packed = stream.read(4) == b"wOFF"
    if packed:
        return hb.Face(_unpacked(file.read_bytes()))
    return hb.Face(hb.Blob.from_file_path(str(file)), number)


def read_folder(folder: Path, problems: Problems) -> Iterator[Source]:
    """The usable faces of a user's folder; for every other font file an error in `problems`."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.suffix.lower() in _KINDS and file.is_file():
            if files.holds(folder.parent, file):
                yield from _read(file, problems)
            else:
                hint = "put the font itself into the folder, not a link to it"
                message = f"{file.name} lies outside the event folder, and is not used"
                problems.error(message, Place(file.name), hint, "fonts.outside")


def _read(file: Path, problems: Problems) -> Iterator[Source]:
    place = Place(file.name)
    if file.suffix.lower() == ".woff2":
        hint = "put the family's .ttf or .otf files in the folder; its makers offer them for print"
        problems.error(f"{file.name} is a .woff2 file, which is made for web pages", place, hint, "fonts.format")
        return
    try:
        content = files.contents(file, LARGEST)
        count = struct.unpack_from(">L", content, 8)[0] if content[:4] == b"ttcf" else 1
        faces = [open_face(file, number) for number in range(min(count, 256))]
        tables = [set(face.table_tags) for face in faces]
    except (OSError, ValueError, struct.error, zlib.error, hb.HarfBuzzError) as fault:
        problems.error(f"{file.name} cannot be read: {fault}", place, "", "fonts.unreadable")
        return
    stem = f"{file.stem}.{zlib.crc32(content):08x}"
    for number, (face, found) in enumerate(zip(faces, tables, strict=True)):
        if not (found >= _COMMON_TABLES and (found >= _GLYF_TABLES or found & _CUBIC_TABLES)):
            pictures = found & {"CBDT", "sbix", "SVG ", "EBDT"}
            what = "has pictures instead of outlines" if pictures else "is no font, or a damaged one"
            rule = "fonts.outlines" if pictures else "fonts.unreadable"
            problems.error(f"{file.name} {what}", place, "most families are also offered as .ttf or .otf", rule)
        elif refusal := _refusal(face):
            hint = "ask whoever made it for a licence that allows embedding, or take another font"
            problems.error(f"{file.name} {refusal}; it is not used", place, hint, "fonts.licence")
        else:
            yield _source(file, f"{stem}.{number}" if count > 1 else stem, number, face)


def _source(file: Path, stem: str, number: int, face: hb.Face) -> Source:
    name = hb.OTNameIdPredefined
    typographic, plain = face.get_name(name.TYPOGRAPHIC_FAMILY), face.get_name(name.FONT_FAMILY) or file.stem
    font = hb.Font(face)
    return Source(
        file,
        stem,
        typographic or _STYLE_WORDS.sub("", plain) or plain,
        int(font.get_style_value(hb.StyleTag.WEIGHT)),
        bool(font.get_style_value(hb.StyleTag.ITALIC) or font.get_style_value(hb.StyleTag.SLANT_ANGLE)),
        bool(face.has_var_data),
        float(font.get_style_value(hb.StyleTag.WIDTH)),
        plain,
        number,
    )


def _refusal(face: hb.Face) -> str:
    """Why the font itself says that a PDF may not hold its outlines, or nothing (OpenType 1.9, OS/2, fsType)."""
    os2 = bytes(face.reference_table("OS/2").data)
    usage = struct.unpack_from(">H", os2, 8)[0] if len(os2) >= 10 else 0
    # where old fonts set several of the first bits, the one that allows most counts
    if usage & 0x000E == 0x0002:
        return "says that it must not be embedded (fsType 2, restricted licence)"
    if usage & 0x0200:
        return "says that only its bitmaps may be embedded (fsType bit 9)"
    if usage & 0x0100:
        return "says that it may only be embedded whole, and a PDF holds the letters in use (fsType bit 8)"
    return ""


def _unpacked(packed: bytes) -> bytes:
    """The font inside a WOFF file (W3C Recommendation WOFF File Format 1.0, 3 to 5)."""
    flavour, count = struct.unpack_from(">4s4xH", packed, 4)
    heads, body = [], []
    at = 12 + 16 * count
    for number in range(count):
        tag, start, stored, length, checksum = struct.unpack_from(">4s4L", packed, 44 + 20 * number)
        data = packed[start : start + stored]
        if stored < length:
            data = zlib.decompressobj().decompress(data, length)
        if len(data) != length:
            raise ValueError("a table of it is damaged")
        heads.append(struct.pack(">4s3L", tag, checksum, at, length))
        body.append(data + b"\0" * (-length % 4))
        at += len(body[-1])
    return b"".join((flavour, struct.pack(">4H", count, 0, 0, 0), *heads, *body))
