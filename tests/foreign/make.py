"""Files by other people's programs, one oddity each: made by name, byte by byte, the same in every run.

The kinds are those that the test suites of pypdf, pdf.js and PDFium hold; the files are our own.
"""

from __future__ import annotations

import base64
import io
import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image

_DATA = Path(__file__).resolve().parents[2] / "data"


class Kind(NamedTuple):
    """A file of a kind, and what must come of it."""

    make: Callable[[], bytes]
    refused: str = ""
    """A pattern of the sentence that says why; empty where it must be placed."""
    blank: bool = False
    """Whether its page shows nothing."""
    unheard: tuple[str, str] = ("", "")
    """Why PDFium, and why poppler, has no opinion on it; empty where it is asked."""


KINDS: dict[str, Kind] = {}


def kind(
    name: str, make: Callable[[], bytes], *, refused: str = "", blank: bool = False, pdfium: str = "", poppler: str = ""
) -> None:
    """Keep a maker under its name; `pdfium` and `poppler` say why one of them has no opinion."""
    assert name not in KINDS
    KINDS[name] = Kind(make, refused, blank, (pdfium, poppler))


# --- bytes


def stream(data: bytes, dictionary: str = "") -> bytes:
    return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\nendstream"


def file(
    objects: Sequence[bytes], *, header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", trailer: str = "", shift: int = 0
) -> bytes:
    """Numbered from 1, the first one the catalogue; `shift` makes the cross-reference table lie by so many bytes."""
    out = bytearray(header)
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % (place + shift)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def picture(width: float = 200, height: float = 300, left: float = 0, bottom: float = 0) -> bytes:
    """Corners of four colours and a letter F: no turn and no mirror image looks like it."""
    parts = []
    for x, y, across, down, colour in (
        (0, 0, 0.25, 0.15, "1 0 0"),
        (0.6, 0, 0.4, 0.1, "0 0.6 0"),
        (0, 0.7, 0.15, 0.3, "0 0 1"),
        (0.8, 0.8, 0.2, 0.2, "1 0.8 0"),
        (0.35, 0.3, 0.08, 0.45, "0 0 0"),
        (0.35, 0.67, 0.3, 0.08, "0 0 0"),
        (0.35, 0.5, 0.2, 0.08, "0 0 0"),
    ):
        box = (left + x * width, bottom + y * height, across * width, down * height)
        parts.append(f"{colour} rg " + " ".join(f"{number:.4f}" for number in box) + " re f")
    return "\n".join(parts).encode()


def page(
    content: bytes = b"",
    *,
    media: str = "/MediaBox [0 0 200 300]",
    own: str = "",
    resources: str = "<< >>",
    more: Sequence[bytes] = (),
    catalog: str = "",
    coded: str = "",
    **how: object,
) -> bytes:
    """A file of one page: catalogue 1, tree 2, page 3, content 4, and whatever more from 5 on."""
    return file(
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode("latin-1"),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R {media} /Contents 4 0 R /Resources {resources} {own} >>".encode("latin-1"),
            stream(content or picture(), coded),
            *more,
        ],
        **how,  # type: ignore[arg-type]
    )


# --- turned, boxes, units

for turn in ("90", "180", "270", "-90", "450", "45", "90.0", "5 0 R"):
    kind(
        f"rotate {turn}",
        lambda turn=turn: page(own=f"/Rotate {turn}", more=[b"270"]),
        poppler="it turns by whole numbers alone" if turn == "90.0" else "",
    )

MEDIA = "/MediaBox [0 0 200 300]"
ODD = (-30.5, -40.25, 170.25, 259.5)
_BOXES: Mapping[str, tuple[bytes, str]] = {
    "crop inside media": (picture(), f"{MEDIA} /CropBox [20 30 150 270]"),
    "trim inside crop inside media": (
        picture(),
        f"{MEDIA} /CropBox [10 10 190 290] /BleedBox [20 20 180 280] /TrimBox [30 30 170 270]",
    ),
    "crop, trim and a turn": (picture(), f"{MEDIA} /CropBox [10 20 190 280] /TrimBox [30 40 170 250] /Rotate 90"),
    "origin below zero": (picture(200, 300, -100, -150), "/MediaBox [-100 -150 100 150]"),
    "corners reversed": (picture(), "/MediaBox [200 300 0 0] /CropBox [150 30 20 270]"),
    "boxes of reals": (
        picture(200.75, 299.75, -30.5, -40.25),
        "/MediaBox [-30.5 -40.25 170.25 259.5] /TrimBox [-20.3 -30.2 160.12 249.45]",
    ),
    "box numbers elsewhere": (picture(), "/MediaBox [5 0 R 5 0 R 6 0 R 7 0 R]"),
    "box elsewhere": (picture(), "/MediaBox 8 0 R"),
    "tiny page": (picture(6, 9), "/MediaBox [0 0 6 9]"),
    "largest page of old": (picture(14400, 14400), "/MediaBox [0 0 14400 14400]"),
    "empty media box": (picture(612, 792), "/MediaBox [0 0 0 0]"),
    "no media box": (picture(612, 792), ""),
    "media box of three numbers": (picture(612, 792), "/MediaBox [0 0 200]"),
    "bleed beyond media": (picture(), f"{MEDIA} /BleedBox [-50 -50 400 400] /TrimBox [20 20 180 280]"),
    "crop beyond media": (picture(), f"{MEDIA} /CropBox [-50 -50 150 400]"),
    "trim outside media": (picture(), f"{MEDIA} /TrimBox [500 500 600 700]"),
    "crop without area": (picture(), f"{MEDIA} /CropBox [10 10 10 290]"),
    "art box alone": (picture(), f"{MEDIA} /ArtBox [40 40 100 100]"),
    "user unit 2": (picture(), f"{MEDIA} /UserUnit 2"),
    "user unit, turn and crop": (picture(), f"{MEDIA} /UserUnit 0.5 /Rotate 270 /CropBox [20 30 150 270]"),
}
for name, (content, boxes) in _BOXES.items():
    kind(
        name,
        lambda content=content, boxes=boxes: page(content, media=boxes, more=[b"0", b"200", b"300", b"[0 0 200 300]"]),
    )


# --- what pages inherit


def _tree() -> bytes:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] /CropBox [10 10 190 290] >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 /Rotate 90 "
            b"/Resources << /Font << /F1 " + font.encode() + b" >> >> >>",
            b"<< /Type /Pages /Parent 3 0 R /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 4 0 R /Contents 6 0 R >>",
            stream(picture() + b"\nBT /F1 24 Tf 40 60 Td (Inherited) Tj ET"),
        ]
    )


kind("all inherited over four levels", _tree)


def _tree_of(kids: bytes, *others: bytes, count: int = 1) -> bytes:
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids " + kids + b" /Count %d /MediaBox [0 0 200 300] >>" % count,
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>",
            stream(picture()),
            *others,
        ]
    )


kind("pages miscounted", lambda: _tree_of(b"[3 0 R]", count=9))
kind("pages uncounted below", lambda: _tree_of(b"[3 0 R]", count=-1))
kind("a page twice in the tree", lambda: _tree_of(b"[3 0 R 3 0 R]", count=2))
kind(
    "an empty node in the tree",
    lambda: _tree_of(b"[5 0 R 3 0 R]", b"<< /Type /Pages /Kids [] /Count 0 /Parent 2 0 R >>"),
)
kind("a tree that bites its tail", lambda: _tree_of(b"[3 0 R 2 0 R]", count=2), refused="damaged")
kind("no pages", lambda: _tree_of(b"[]", count=0), refused="has no pages")
kind(
    "a page without a type",
    lambda: _tree_of(b"[5 0 R]", b"<< /Parent 2 0 R /Contents 4 0 R >>"),
)


# --- content


def _parts(*parts: bytes) -> bytes:
    numbers = " ".join(f"{number} 0 R" for number in range(5, 5 + len(parts)))
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R {MEDIA} /Contents [{numbers}] /Resources << >> >>".encode(),
            b"null",
            *(stream(part) for part in parts),
        ]
    )


kind("content in parts between operands", lambda: _parts(b"q 1 0 0", b"rg 20 20", b"100 100 re f Q\n" + picture()))
kind(
    "content in parts around a saved state",
    lambda: _parts(b"q 0.5 0 0 0.5 0 0 cm", picture(), b"Q", b"0 1 0 rg 150 200 40 40 re f"),
)
kind(
    "content with a missing part", lambda: _parts(picture()).replace(b"[5 0 R]", b"[5 0 R 99 0 R]"), poppler="it warns"
)


def _contents(value: str) -> bytes:
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R {MEDIA} {value} /Resources << >> >>".encode(),
            stream(b""),
        ]
    )


for name, value in {
    "no content": "",
    "content null": "/Contents null",
    "content an empty array": "/Contents []",
    "content of length zero": "/Contents 4 0 R",
    "content missing": "/Contents 99 0 R",
}.items():
    kind(name, lambda value=value: _contents(value), blank=True)

kind("resources null", lambda: page(resources="null"))
kind("states saved and not restored", lambda: page(b"q q q 0.5 0 0 0.5 20 20 cm\n" + picture()))
kind("states restored and not saved", lambda: page(b"Q Q 0.5 0 0 0.5 20 20 cm Q\n" + picture()))
kind("content ends in a comment", lambda: page(picture() + b"\n% the end"))
kind("content ends in a string", lambda: page(picture() + b"\nBT (never closed"))
kind("unknown operators", lambda: page(b"BX 1 2 foo EX\n" + picture() + b"\n7 bar"))
kind("numbers of strange form", lambda: page(b"q +.5 0 0 0.50000 00 -0 cm 1. 0 0 rg 20 -.0 100 100. re f Q"))


# --- filters


def _lzw(data: bytes) -> bytes:
    """Codes of nine bits alone: the table is cleared before it needs ten."""
    codes = []
    for start in range(0, len(data), 200):
        codes += [256, *data[start : start + 200]]
    codes.append(257)
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _run_lengths(data: bytes) -> bytes:
    out = bytearray()
    for start in range(0, len(data), 128):
        part = data[start : start + 128]
        out += bytes([len(part) - 1]) + part
    return bytes(out) + b"\x80"


def _up(data: bytes, columns: int) -> bytes:
    """PNG's second predictor."""
    data += b" " * (-len(data) % columns)
    rows = [bytes(columns), *(data[start : start + columns] for start in range(0, len(data), columns))]
    return b"".join(
        b"\x02" + bytes((new - old) % 256 for old, new in zip(above, row, strict=True)) for above, row in pairwise(rows)
    )


_a85 = lambda data: base64.a85encode(data) + b"~>"  # noqa: E731
_FILTERS: Mapping[str, Callable[[bytes], bytes]] = {
    "/Filter /ASCII85Decode": _a85,
    "/Filter /ASCIIHexDecode": lambda data: data.hex().encode() + b">",
    "/Filter /LZWDecode": _lzw,
    "/Filter /RunLengthDecode": _run_lengths,
    "/Filter /FlateDecode": zlib.compress,
    "/Filter [/FlateDecode] /DecodeParms [null]": zlib.compress,
    "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 32 >>": lambda data: zlib.compress(_up(data, 32)),
    "/Filter [/ASCII85Decode /FlateDecode]": lambda data: _a85(zlib.compress(data)),
    "/Filter [/ASCIIHexDecode /LZWDecode]": lambda data: _lzw(data).hex().encode() + b">",
    "/Filter [/Crypt /FlateDecode] /DecodeParms [<< /Name /Identity >> null]": zlib.compress,
    "/Filter 5 0 R": zlib.compress,
}
for coded, encode in _FILTERS.items():
    kind(
        f"content with {coded}",
        lambda coded=coded, encode=encode: page(encode(picture()), coded=coded, more=[b"/FlateDecode"]),
        pdfium="it does not know the filter" if "Crypt" in coded else "",
    )
kind("flate data cut short", lambda: page(zlib.compress(picture() * 30)[:-9], coded="/Filter /FlateDecode"))


# --- pictures

_GREY = bytes((x * 16 + y * 3) % 256 for y in range(16) for x in range(16))
_RGB = bytes(v for y in range(16) for x in range(16) for v in (x * 16, y * 16, (x + y) * 8))
_CMYK = bytes(v for y in range(16) for x in range(16) for v in (x * 16, y * 16, 0, (x * y) % 64))


def _image(data: bytes, dictionary: str, *more: bytes, content: bytes = b"", how: str = "") -> bytes:
    """A picture object 5 on a coloured page."""
    common = "/Type /XObject /Subtype /Image /Width 16 /Height 16"
    shown = content or b"0.9 0.95 0.7 rg 0 0 200 300 re f 0.8 0 0.4 rg q 160 20 -30 200 30 40 cm /Im Do Q"
    return page(
        shown, resources=f"<< /XObject << /Im 5 0 R >> {how} >>", more=[stream(data, f"{common} {dictionary}"), *more]
    )


def _jpeg(mode: str, **how: int) -> bytes:
    size, data = (16, 16), {"L": _GREY, "RGB": _RGB, "CMYK": _CMYK}[mode]
    Image.frombytes(mode, size, data).save(out := io.BytesIO(), "JPEG", quality=90, **how)
    return out.getvalue()


def _jpeg2000() -> bytes:
    Image.frombytes("RGB", (16, 16), _RGB).save(out := io.BytesIO(), "JPEG2000")
    return out.getvalue()


def _fax() -> bytes:
    """The one strip of a TIFF that Pillow makes."""
    black = Image.frombytes("L", (16, 16), _GREY).point(lambda grey: 255 if grey > 99 else 0).convert("1")
    black.save(out := io.BytesIO(), "TIFF", compression="group4")
    made = Image.open(io.BytesIO(out.getvalue()))
    (start,), (length,) = made.tag_v2[273], made.tag_v2[279]  # type: ignore[attr-defined]
    return out.getvalue()[start : start + length]


_BITS = bytes((0b10110011, 0b01010101) * 8 + (0b11110000, 0b00001111) * 8)
_16 = "/BitsPerComponent 8 /ColorSpace"
_PALETTE = bytes(v for i in range(16) for v in (i * 17, 255 - i * 17, (i * 57) % 256)).hex()
_PICTURES: Mapping[str, Callable[[], bytes]] = {
    "picture, grey": lambda: _image(_GREY, f"{_16} /DeviceGray"),
    "picture, RGB in Flate with a TIFF predictor": lambda: _image(
        zlib.compress(
            b"".join(
                bytes((_RGB[row * 48 + i] - (_RGB[row * 48 + i - 3] if i > 2 else 0)) % 256 for i in range(48))
                for row in range(16)
            )
        ),
        f"{_16} /DeviceRGB /Filter /FlateDecode /DecodeParms << /Predictor 2 /Colors 3 /Columns 16 >>",
    ),
    "picture, CMYK": lambda: _image(_CMYK, f"{_16} /DeviceCMYK"),
    "picture, stencil": lambda: _image(_BITS, "/ImageMask true /BitsPerComponent 1"),
    "picture, stencil reversed": lambda: _image(_BITS, "/ImageMask true /BitsPerComponent 1 /Decode [1 0]"),
    "picture, one bit": lambda: _image(_BITS, "/BitsPerComponent 1 /ColorSpace /DeviceGray"),
    "picture, palette in hex": lambda: _image(
        bytes(i * 7 % 256 for i in range(128)),
        f"/BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 15 <{_PALETTE}>]",
    ),
    "picture, palette like UTF-16": lambda: _image(
        bytes(i * 5 % 256 for i in range(64)),
        "/BitsPerComponent 2 "
        "/ColorSpace [/Indexed /DeviceRGB 3 (\\376\\377\\000\\330\\000\\377\\000\\000\\210\\012\\015\\134)]",
    ),
    "picture, palette after a NUL": lambda: _image(
        bytes(i * 7 % 256 for i in range(128)),
        f"/BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB\x0015 <{_PALETTE}>]",
    ),
    "picture, palette in a stream": lambda: _image(
        bytes(i * 7 % 256 for i in range(128)),
        "/BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 15 6 0 R]",
        stream(bytes.fromhex(_PALETTE)),
    ),
    "picture, decode reversed": lambda: _image(_RGB, f"{_16} /DeviceRGB /Decode [1 0 0 1 1 0]"),
    "picture, sixteen bits": lambda: _image(
        bytes(v for i in range(256) for v in (i, 255 - i)), "/BitsPerComponent 16 /ColorSpace /DeviceGray"
    ),
    "picture, JPEG grey": lambda: _image(_jpeg("L"), f"{_16} /DeviceGray /Filter /DCTDecode"),
    "picture, JPEG progressive": lambda: _image(_jpeg("RGB", progressive=1), f"{_16} /DeviceRGB /Filter [/DCTDecode]"),
    "picture, JPEG CMYK as Adobe has it": lambda: _image(
        _jpeg("CMYK"), f"{_16} /DeviceCMYK /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]"
    ),
    "picture, JPEG in hex": lambda: _image(
        _jpeg("RGB").hex().encode() + b">", f"{_16} /DeviceRGB /Filter [/ASCIIHexDecode /DCTDecode] /DecodeParms []"
    ),
    "picture, JPEG 2000": lambda: _image(_jpeg2000(), "/Filter /JPXDecode"),
    "picture, fax": lambda: _image(
        _fax(),
        "/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "
        "/DecodeParms << /K -1 /Columns 16 /Rows 16 >>",
    ),
    "picture with a soft mask": lambda: _image(
        _RGB,
        f"{_16} /DeviceRGB /SMask 6 0 R",
        stream(_GREY, f"/Type /XObject /Subtype /Image /Width 16 /Height 16 {_16} /DeviceGray"),
    ),
    "picture with a soft mask and matte": lambda: _image(
        _RGB,
        f"{_16} /DeviceRGB /SMask 6 0 R",
        stream(_GREY, f"/Type /XObject /Subtype /Image /Width 16 /Height 16 {_16} /DeviceGray /Matte [0.2 0.2 0.2]"),
    ),
    "picture with a stencil": lambda: _image(
        _RGB,
        f"{_16} /DeviceRGB /Mask 6 0 R",
        stream(_BITS, "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ImageMask true /BitsPerComponent 1"),
    ),
    "picture with colours left out": lambda: _image(_RGB, f"{_16} /DeviceRGB /Mask [0 90 0 255 0 255]"),
    "picture in the content": lambda: page(
        b"q 150 0 0 200 20 40 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /AHx ID\n"
        + bytes(range(0, 256, 16)).hex().encode()
        + b">\nEI Q"
    ),
    "raw picture in the content": lambda: page(
        b"q 150 0 0 200 20 40 cm BI /W 3 /H 2 /BPC 8 /CS /RGB ID EIQEI\x00EI\xff\xee\x80\x10\xa0QEI\x7f\nEI Q\n"
        b"1 0 0 rg 0 0 30 30 re f"
    ),
    "picture with a comment before its data": lambda: _image(_GREY, f"{_16} /DeviceGray").replace(
        b"/Length 256 >>\nstream", b"/Length 256 >>\n% made by hand\nstream"
    ),
}
for name, make in _PICTURES.items():
    kind(name, make, refused="page 1 .* is damaged" if "comment" in name else "")


# --- shadings and patterns

_RAMP = "<< /FunctionType 2 /Domain [0 1] /C0 [1 0.9 0] /C1 [0 0.1 0.7] /N 1 >>"
_SHADINGS: Mapping[str, tuple[str, bytes]] = {
    "axial": (
        f"/ShadingType 2 /ColorSpace /DeviceRGB /Coords [20 20 180 250] /Function {_RAMP} /Extend [true false]",
        b"",
    ),
    "radial": (
        f"/ShadingType 3 /ColorSpace /DeviceRGB /Coords [80 120 20 120 160 90] /Function {_RAMP} /Extend [true true]",
        b"",
    ),
    "stitched": (
        "/ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 0 300] /Function << /FunctionType 3 /Domain [0 1] "
        f"/Functions [{_RAMP} {_RAMP}] /Bounds [0.3] /Encode [0 1 1 0] >>",
        b"",
    ),
    "of a function": (
        "/ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Matrix [200 0 0 300 0 0] /Function 6 0 R",
        b"",
    ),
    "of triangles": (
        "/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 "
        "/Decode [0 200 0 300 0 1 0 1 0 1]",
        bytes((0, 0, 0, 255, 0, 0, 0, 255, 20, 0, 255, 0, 0, 120, 250, 0, 0, 255)),
    ),
    "of a lattice": (
        "/ShadingType 5 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /VerticesPerRow 2 "
        "/Decode [0 200 0 300 0 1 0 1 0 1]",
        bytes((0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 20, 250, 0, 0, 255, 230, 240, 255, 255, 0)),
    ),
    "of a Coons patch": (
        "/ShadingType 6 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 "
        "/Decode [0 200 0 300 0 1 0 1 0 1]",
        bytes(
            (
                *(0, 20, 20, 0, 90, 60, 160, 20, 230, 90, 255, 160, 200, 235, 230, 255, 160, 200, 90, 230, 20, 160, 60),
                *(90, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0),
            )
        ),
    ),
}
_WAVES = stream(
    b"{ 2 copy mul 3 1 roll 360 mul sin abs exch }", "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]"
)
for name, (shading, data) in _SHADINGS.items():
    made = stream(data, shading) if data else f"<< {shading} >>".encode()
    kind(
        f"shading {name}",
        lambda made=made: page(
            b"q 0.9 0.1 0 0.8 10 10 cm /Sh sh Q", resources="<< /Shading << /Sh 5 0 R >> >>", more=[made, _WAVES]
        ),
    )
    kind(
        f"shading {name} as a pattern",
        lambda made=made: page(
            b"q 0.5 0 0 0.5 30 30 cm /Pattern cs /P scn 0 0 300 450 re f Q",
            resources="<< /Pattern << /P << /PatternType 2 /Shading 5 0 R /Matrix [0.8 0.1 0 0.8 20 10] >> >> >>",
            more=[made, _WAVES],
        ),
    )

_TILE = "/Type /Pattern /PatternType 1 /TilingType 1 /BBox [0 0 20 30] /XStep 24 /YStep 33 /Resources << >>"
_TILES: Mapping[str, Callable[[], bytes]] = {
    "tiles, coloured": lambda: page(
        b"/Pattern cs /P scn 10 10 180 280 re f",
        resources="<< /Pattern << /P 5 0 R >> >>",
        more=[stream(picture(20, 30), f"{_TILE} /PaintType 1")],
    ),
    "tiles under a changed scale": lambda: page(
        b"0.7 0.3 -0.3 0.7 60 10 cm /Pattern cs /P scn 10 10 180 280 re f",
        resources="<< /Pattern << /P 5 0 R >> >>",
        more=[stream(picture(20, 30), f"{_TILE} /PaintType 1 /Matrix [1.5 0.4 0 1 7 11]")],
    ),
    "tiles, uncoloured": lambda: page(
        b"/Cs cs 1 0 0 /P scn 10 10 80 280 re f 0 0.5 1 /P scn 110 10 80 280 re f",
        resources="<< /Pattern << /P 5 0 R >> /ColorSpace << /Cs [/Pattern /DeviceRGB] >> >>",
        more=[stream(b"2 2 10 20 re f", f"{_TILE} /PaintType 2")],
    ),
    "tiles on a turned page with a crop": lambda: page(
        b"/Pattern cs /P scn 0 0 200 300 re f",
        own="/Rotate 90 /CropBox [13 17 187 283]",
        resources="<< /Pattern << /P 5 0 R >> >>",
        more=[stream(picture(20, 30), f"{_TILE} /PaintType 1 /Matrix [1 0 0 1 5 9]")],
    ),
    "tiles in a form": lambda: page(
        b"q 0.6 0 0 0.6 30 40 cm /Fm Do Q",
        resources="<< /XObject << /Fm 6 0 R >> >>",
        more=[
            stream(picture(20, 30), f"{_TILE} /PaintType 1"),
            stream(
                b"/Pattern cs /P scn 0 0 200 300 re f",
                "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Matrix [1 0 0 1 20 0] "
                "/Resources << /Pattern << /P 5 0 R >> >>",
            ),
        ],
    ),
}
for name, make in _TILES.items():
    kind(name, make)


# --- transparency

_BACK = b"0.2 0.6 1 rg 0 0 120 300 re f 1 0.7 0.1 rg 60 100 140 120 re f\n"


def _states(content: bytes, states: str, *more: bytes, own: str = "", resources: str = "") -> bytes:
    return page(_BACK + content, own=own, resources=f"<< /ExtGState << {states} >> {resources} >>", more=list(more))


def _group(content: bytes, dictionary: str, resources: str = "<< >>") -> bytes:
    return stream(
        content,
        f"/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources {resources} "
        f"/Group << /S /Transparency {dictionary} >>",
    )


_MODES = (
    *("Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight", "SoftLight"),
    *("Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
)
_OVERLAPPING = b"/K gs 1 0 0 rg 30 60 100 100 re f 0 0.8 0 rg 80 110 100 100 re f"
_TRANSPARENT: Mapping[str, Callable[[], bytes]] = {
    "alpha": lambda: _states(
        b"/A gs 1 0 0 rg 40 50 100 200 re f 0 0 0 RG 20 w 20 20 m 180 280 l S", "/A << /ca 0.4 /CA 0.6 >>"
    ),
    **{
        f"blend mode {mode}": lambda mode=mode: _states(
            b"/B gs 0.8 0.2 0.5 rg 30 50 140 200 re f", f"/B << /BM /{mode} >>"
        )
        for mode in _MODES
    },
    "blend modes to choose from": lambda: _states(
        b"/B gs 0.8 0.2 0.5 rg 30 50 140 200 re f", "/B << /BM [/Unknown /Multiply] >>"
    ),
    "blend mode on bare paper, page group in CMYK": lambda: page(
        b"/B gs 1 0 0 0 k 20 20 100 200 re f 0 1 0 0 k 70 80 100 200 re f",
        own="/Group << /S /Transparency /CS /DeviceCMYK >>",
        resources="<< /ExtGState << /B << /BM /Multiply >> >> >>",
    ),
    "page group that knocks out": lambda: page(
        b"/B gs 1 0 0 rg 20 20 100 200 re f 0 0 1 rg 70 80 100 200 re f",
        own="/Group << /S /Transparency /CS /DeviceRGB /K true /I true >>",
        resources="<< /ExtGState << /B << /ca 0.5 >> >> >>",
    ),
    "soft mask by luminosity": lambda: _states(
        b"/M gs 0.8 0 0.2 rg 0 0 200 300 re f",
        "/M << /SMask << /S /Luminosity /G 5 0 R >> >>",
        _group(b"0.2 g 0 0 200 300 re f 1 g 50 50 100 200 re f", "/CS /DeviceGray"),
    ),
    "soft mask by alpha": lambda: _states(
        b"/M gs 0.8 0 0.2 rg 0 0 200 300 re f",
        "/M << /SMask << /S /Alpha /G 5 0 R >> >>",
        _group(b"/H gs 0 g 50 50 100 200 re f", "/I true", "<< /ExtGState << /H << /ca 0.5 >> >> >>"),
    ),
    "soft mask set under a changed scale": lambda: _states(
        b"q 0.5 0 0 0.5 40 60 cm /M gs Q /M gs 0.8 0 0.2 rg 0 0 200 300 re f",
        "/M << /SMask << /S /Luminosity /G 5 0 R /BC [0.3] >> >>",
        _group(b"1 g 50 50 100 200 re f", "/CS /DeviceGray"),
    ),
    **{
        f"group, isolated {i}, knocking out {k}": lambda i=i, k=k: _states(
            b"/Fm Do",
            "",
            _group(
                _OVERLAPPING, f"/CS /DeviceRGB /I {i} /K {k}", "<< /ExtGState << /K << /ca 0.6 /BM /Multiply >> >> >>"
            ),
            resources="/XObject << /Fm 5 0 R >>",
        )
        for i in ("true", "false")
        for k in ("true", "false")
    },
    "overprint": lambda: page(
        b"1 0 0 0 k 20 20 120 200 re f /O gs 0 0 0 1 k 60 80 120 100 re f",
        resources="<< /ExtGState << /O << /op true /OP true /OPM 1 >> >> >>",
    ),
    "transfer function and flatness": lambda: _states(
        b"/T gs 0.3 0.3 0.3 rg 30 50 140 200 re f", "/T << /TR2 /Default /FL 3 /SA true /D [[6 3] 0] /LW 4 >>"
    ),
}
for name, make in _TRANSPARENT.items():
    kind(name, make)


# --- layers


def _layers(usual: str, content: bytes = b"", second: str = "", properties: str = "/A 5 0 R /B 6 0 R") -> bytes:
    """Layer A shows the picture, layer B a red bar across it."""
    shown = content or b"/OC /A BDC " + picture() + b" EMC /OC /B BDC 1 0 0 rg 0 120 200 60 re f EMC"
    return page(
        shown,
        resources=f"<< /Properties << {properties} >> /XObject << /Fm 7 0 R >> >>",
        catalog=f"/OCProperties << /OCGs [5 0 R 6 0 R] /D << {usual} >> >>",
        more=[
            b"<< /Type /OCG /Name (A) >>",
            f"<< /Type /OCG /Name (B) {second} >>".encode(),
            stream(b"1 0 0 rg 0 120 200 60 re f", "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /OC 6 0 R"),
            b"<< /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AllOff >>",
            b"<< /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AllOn /VE [/And 5 0 R [/Not 6 0 R]] >>",
        ],
    )


_LAYERS: Mapping[str, Callable[[], bytes]] = {
    "layer shown": lambda: _layers("/Order [5 0 R 6 0 R]"),
    "layer hidden": lambda: _layers("/OFF [6 0 R]"),
    "layers hidden unless named": lambda: _layers("/BaseState /OFF /ON [5 0 R]"),
    "layer hidden, as a form": lambda: _layers("/OFF [6 0 R]", picture() + b" /Fm Do"),
    "layer hidden when printed": lambda: _layers(
        "/AS [<< /Event /Print /Category [/Print] /OCGs [5 0 R 6 0 R] >>]",
        second="/Usage << /Print << /PrintState /OFF >> /View << /ViewState /ON >> >>",
    ),
    "layers by membership": lambda: _layers(
        "/OFF [6 0 R]", picture() + b" /OC /B BDC 1 0 0 rg 0 120 200 60 re f EMC", properties="/B 8 0 R"
    ),
    "layers by expression": lambda: _layers(
        "/OFF [6 0 R]", b"/OC /B BDC " + picture() + b" EMC", properties="/B 9 0 R"
    ),
    "layers within layers": lambda: _layers(
        "/OFF [6 0 R]", b"/OC /B BDC /OC /A BDC 1 0 0 rg 0 0 99 99 re f EMC EMC " + picture()
    ),
}
for name, make in _LAYERS.items():
    kind(name, make, poppler="it does not ask what is printed" if "when printed" in name else "")


# --- fonts

_SIMPLE = "/Type /Font /Subtype"
_FIRST = b"BT /F1 36 Tf 20 200 Td (Foreign) Tj 0 -60 Td (pages & co) Tj ET"
_BOXES_FONT = (
    "/FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 800 800] /FirstChar 97 /LastChar 98 /Widths [800 800] "
    "/Encoding << /Type /Encoding /Differences [97 /box /ring] >> /CharProcs << /box 6 0 R /ring 7 0 R >>"
)


def _font(font: str, *more: bytes, content: bytes = _FIRST, name: str = "F1", key: bytes = b"") -> bytes:
    """The font as object 5; `key` is put for its name, in content and in resources, where it is no ASCII."""
    made = page(content, resources=f"<< /Font << /{name} 5 0 R >> >>", more=[f"<< {font} >>".encode("latin-1"), *more])
    assert not key or len(key) == len(name)
    return made.replace(f"/{name} ".encode(), b"/" + key + b" ") if key else made


def _true_type() -> bytes:
    from made_fonts import make

    make(None, "Foreign", "abc").save(out := io.BytesIO())
    return out.getvalue()


def _embedded() -> tuple[str, bytes, bytes]:
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Foreign-Regular /Flags 4 /FontBBox [0 -200 600 900] /ItalicAngle 0 "
        b"/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>"
    )
    widths = "/FirstChar 97 /LastChar 99 /Widths [600 600 600]"
    font = f"{_SIMPLE} /TrueType /BaseFont /Foreign-Regular {widths} /FontDescriptor 6 0 R"
    return font, descriptor, stream(zlib.compress(_true_type()), "/Filter /FlateDecode")


def _composite() -> bytes:
    _, descriptor, program = _embedded()
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Foreign-Regular /CIDToGIDMap /Identity /DW 600 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R >>"
    )
    font = f"{_SIMPLE} /Type0 /BaseFont /Foreign-Regular /Encoding /Identity-H /DescendantFonts [8 0 R]"
    return _font(font, descriptor, program, below, content=b"BT /F1 40 Tf 20 150 Td <000100020003> Tj ET")


_GLYPHS = (
    stream(b"800 0 0 0 700 700 d1 0 0 700 700 re f"),
    stream(b"800 0 d0 1 0 0 rg 0 0 700 700 re f 0 0 1 rg 200 200 300 300 re f"),
)
_LETTERS = b"0 0.5 0 rg BT /F1 40 Tf 20 200 Td (abba) Tj ET"
_FONTS: Mapping[str, Callable[[], bytes]] = {
    "font not embedded": lambda: _font(f"{_SIMPLE} /Type1 /BaseFont /Helvetica"),
    "font not embedded, bold Courier with differences": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Courier-Bold "
        "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [80 /germandbls 111 /Euro] >>"
    ),
    "font of symbols": lambda: _font(f"{_SIMPLE} /Type1 /BaseFont /ZapfDingbats"),
    "font without widths": lambda: _font(f"{_SIMPLE} /TrueType /BaseFont /Arial"),
    "font of type 3": lambda: _font(f"{_SIMPLE} /Type3 {_BOXES_FONT} /Resources << >>", *_GLYPHS, content=_LETTERS),
    "font of type 3 with the resources of its page": lambda: _font(
        f"{_SIMPLE} /Type3 {_BOXES_FONT}",
        stream(b"800 0 0 0 700 700 d1 /F2 1000 Tf BT 0 0 Td (X) Tj ET"),
        _GLYPHS[1],
        content=_LETTERS,
    ),
    "font embedded": lambda: _font(*_embedded(), content=b"BT /F1 40 Tf 20 150 Td (abcba) Tj ET"),
    "font of two bytes": _composite,
    "font named in Latin-1": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Times-Roman", name="Fxx", key=b"F\xfc\xdf", content=_FIRST.replace(b"F1", b"Fxx")
    ),
    "font named in GBK": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Times-Bold",
        name="Fxxxx",
        key=b"F\xcb\xce\xcc\xe5",
        content=_FIRST.replace(b"F1", b"Fxxxx"),
    ),
    "font named in UTF-8": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Times-Bold",
        name="Fxxx",
        key="F宋".encode()[:4],
        content=_FIRST.replace(b"F1", b"Fxxx"),
    ),
    "font named by numbers": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Times#2DBold", name="F#31#20#fc", content=_FIRST.replace(b"/F1", b"/F1#20#FC")
    ),
    **{
        f"text of mode {mode}": lambda mode=mode: _font(
            f"{_SIMPLE} /Type1 /BaseFont /Helvetica-Bold",
            content=f"0 0.6 0.9 rg 0.9 0 0 RG 2 w q BT /F1 60 Tf {mode} Tr 10 150 Td (Clip) Tj ET\n".encode()
            + picture()
            + b" Q",
        )
        for mode in range(8)
    },
    "text with all its states": lambda: _font(
        f"{_SIMPLE} /Type1 /BaseFont /Helvetica",
        content=b"BT /F1 20 Tf 3 Tc 9 Tw 80 Tz 22 TL 5 Ts 20 250 Td (one two) Tj T* [(three) -300 (four)] TJ (five) ' "
        b'4 2 (six) " 0.8 0.3 -0.3 0.8 60 80 Tm (seven) Tj ET',
    ),
}
for name, make in _FONTS.items():
    kind(name, make)


# --- colours

_TINT = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0.8 1 0.1] /N 1 >>"
_COLOURS: Mapping[str, str] = {
    "ICC": "[/ICCBased 5 0 R]",
    "Lab": "[/Lab << /WhitePoint [0.9505 1 1.089] /Range [-100 100 -100 100] >>]",
    "calibrated RGB": "[/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] >>]",
    "a spot colour": f"[/Separation /Orange#20Spot /DeviceCMYK {_TINT}]",
    "a spot colour named in Latin-1": f"[/Separation /Gr#fcn /DeviceCMYK {_TINT}]",
    "all plates": f"[/Separation /All /DeviceCMYK {_TINT}]",
    "several spot colours": "[/DeviceN [/Orange /Cyan] /DeviceCMYK 6 0 R << /Colorants << >> >>]",
    "a palette of a spot colour": f"[/Indexed [/Separation /Orange /DeviceCMYK {_TINT}] 3 <004080ff>]",
}


def _coloured(space: str, operands: Sequence[str]) -> bytes:
    bars = "".join(f"/Cs cs {each} sc {10 + 60 * i} 20 55 260 re f\n" for i, each in enumerate(operands))
    profile = (_DATA / "icc" / "srgb.icc").read_bytes()
    return page(
        bars.encode(),
        resources=f"<< /ColorSpace << /Cs {space} >> >>",
        more=[
            stream(zlib.compress(profile), "/N 3 /Alternate /DeviceRGB /Filter /FlateDecode"),
            stream(b"{ 0 exch dup 0 exch }", "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]"),
        ],
    )


for name, space in _COLOURS.items():
    three = ("0.9 0.2 0.1", "0.1 0.7 0.3", "0.2 0.2 0.8")
    values = {
        "Lab": ("60 80 40", "50 -60 30", "30 10 -70"),
        "several spot colours": ("1 0", "0 1", "0.5 0.5"),
        "a palette of a spot colour": ("1", "2", "3"),
    }.get(name, three if name in ("ICC", "calibrated RGB") else ("1", "0.5", "0.2"))
    kind(f"colour in {name}", lambda space=space, values=values: _coloured(space, values))

kind(
    "device colours that mean others",
    lambda: page(
        b"1 0 0 rg 0 0 100 150 re f 0 1 0 0 k 100 0 100 150 re f 0.5 g 0 150 200 150 re f",
        resources="<< /ColorSpace << /DefaultRGB [/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [1 1 1] >>] "
        "/DefaultGray [/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 3 >>] >> >>",
    ),
)


# --- forms

_FORM = "/Type /XObject /Subtype /Form /BBox [0 0 200 300]"


def _nested(depth: int) -> bytes:
    """Forms within forms, each a little smaller and turned."""
    forms = [
        stream(
            b"q 0.95 0.02 -0.02 0.95 6 4 cm 0.5 w 1 1 198 298 re S /Fm Do Q",
            f"{_FORM} /Resources << /XObject << /Fm {6 + number} 0 R >> >>",
        )
        for number in range(depth)
    ]
    return page(
        b"/Fm Do",
        resources="<< /XObject << /Fm 5 0 R >> >>",
        more=[*forms, stream(picture(), f"{_FORM} /Resources << >>")],
    )


def _form(content: bytes, dictionary: str, *more: bytes, shown: bytes = b"/Fm Do", how: str = "") -> bytes:
    return page(shown, resources=f"<< /XObject << /Fm 5 0 R >> {how} >>", more=[stream(content, dictionary), *more])


kind("forms within forms", lambda: _nested(12))
kind("forms within forms without an end", lambda: _nested(400), refused="page 1 .* too deep to be placed")
kind(
    "a form that shows itself",
    lambda: _form(picture() + b" /Fm Do", f"{_FORM} /Resources << /XObject << /Fm 5 0 R >> >>"),
    poppler="it follows the loop",
)
kind(
    "a form with a matrix and a box of its own",
    lambda: _form(
        picture(),
        "/Type /XObject /Subtype /Form /BBox [30 40 180 200] /Matrix [0.8 0.3 -0.3 0.8 50 10] /Resources << >>",
        shown=b"q 0.9 0 0 0.9 5 5 cm /Fm Do Q",
    ),
)
kind(
    "a form with the resources of its page",
    lambda: _form(_FIRST, _FORM, how="/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"),
)
kind(
    "a picture in another file",
    lambda: _image(b"", f"{_16} /DeviceGray /F (elsewhere.raw)"),
    refused="page 1 .* another file",
)
kind(
    "names with numbers in them",
    lambda: page(
        b"q /A#42#20C#2F Do Q q 0.3 0 0 0.3 90 90 cm /\xe4\xf6 Do Q",
        resources="<< /XObject << /AB#20C#2f 5 0 R /\xe4\xf6 5 0 R >> >>",
        more=[stream(picture(), f"{_FORM} /Resources << >>")],
    ),
)


# --- notes and form fields


def _noted(*notes: str, more: Sequence[bytes] = (), content: bytes = b"", own: str = "", catalog: str = "") -> bytes:
    """Notes on a page with the picture; 5 is a look of two colours, 6 one in the colour of the page's own state."""
    return page(
        content or picture(),
        own=f"/Annots [{' '.join(notes)}] {own}",
        catalog=catalog,
        resources="<< /Properties << /B 7 0 R >> >>",
        more=[
            stream(
                b"1 0.4 0.8 rg 0 0 60 40 re f 0 0.3 0.3 rg 0 0 20 20 re f",
                "/Type /XObject /Subtype /Form /BBox [0 0 60 40] /Resources << >>",
            ),
            stream(b"5 5 40 20 re f", "/BBox [0 0 60 40]"),
            b"<< /Type /OCG /Name (B) >>",
            stream(
                b"1 0.4 0.8 rg 0 0 60 40 re f 0 0.3 0.3 rg 0 0 20 20 re f",
                "/Type /XObject /Subtype /Form /BBox [10 5 55 40] /Matrix [0 1 -1 0 30 -20] /Resources << >>",
            ),
            *more,
        ],
    )


_LOOK, _PLACE = "/AP << /N 5 0 R >>", "/Rect [100 180 180 230]"
_BOX = "/Subtype /Widget /FT /Btn /AP << /N << /Yes 5 0 R /Off 6 0 R >> >>"
_NOTES: Mapping[str, Callable[[], bytes]] = {
    "stamp": lambda: _noted(f"<< /Type /Annot /Subtype /Stamp /F 4 {_PLACE} {_LOOK} >>"),
    "stamp without a form's type": lambda: _noted(f"<< /Subtype /Stamp /F 4 {_PLACE} /AP << /N 6 0 R >> >>"),
    "stamp with a matrix": lambda: _noted(f"<< /Subtype /Stamp /F 4 {_PLACE} /AP << /N 8 0 R >> >>"),
    "stamp twice": lambda: _noted(
        f"<< /Subtype /Stamp /F 4 {_PLACE} {_LOOK} >>", f"<< /Subtype /Stamp /F 4 /Rect [20 20 40 120] {_LOOK} >>"
    ),
    "stamp after a state not restored": lambda: _noted(
        f"<< /Subtype /Stamp /F 4 {_PLACE} /AP << /N 6 0 R >> >>",
        content=picture() + b"\nq q 0.5 0 0 0.5 9 9 cm 1 0 0 rg",
    ),
    "stamp after states restored and not saved": lambda: _noted(
        f"<< /Subtype /Stamp /F 4 {_PLACE} {_LOOK} >>", content=b"Q Q Q 0.5 0 0 0.5 9 9 cm\n" + picture() + b"\nBT ("
    ),
    "stamp on a turned page with crop and unit": lambda: _noted(
        f"<< /Subtype /Stamp /F 4 {_PLACE} {_LOOK} >>", own="/Rotate 90 /CropBox [20 30 190 280] /UserUnit 1.5"
    ),
    "note that stays upright on a turned page": lambda: _noted(
        f"<< /Subtype /Text /F 28 /Rect [80 120 120 160] {_LOOK} >>", own="/Rotate 90"
    ),
    "stamp reaching beyond the page": lambda: _noted(f"<< /Subtype /Stamp /F 4 /Rect [150 250 300 400] {_LOOK} >>"),
    "free text with its look": lambda: _noted(
        f"<< /Subtype /FreeText /DA (/Helv 9 Tf) /F 4 {_PLACE} {_LOOK} /Contents (Hello) >>"
    ),
    "square with its look": lambda: _noted(f"<< /Subtype /Square /F 4 {_PLACE} {_LOOK} /IC [1 0 0] >>"),
    "highlight with a blend mode": lambda: _noted(
        f"<< /Subtype /Highlight /F 4 {_PLACE} /AP << /N 9 0 R >> /QuadPoints [100 230 180 230 100 180 180 180] >>",
        more=[
            stream(
                b"/M gs 1 1 0 rg 0 0 60 40 re f",
                "/Type /XObject /Subtype /Form /BBox [0 0 60 40] "
                "/Resources << /ExtGState << /M << /BM /Multiply >> >> >> /Group << /S /Transparency >>",
            )
        ],
    ),
    **{
        f"check box {name}": lambda state=state: _noted(
            "9 0 R",
            more=[f"<< /Type /Annot {_BOX} /T (a) {state} /F 4 {_PLACE} >>".encode()],
            catalog="/AcroForm << /Fields [9 0 R] >>",
        )
        for name, state in {"ticked": "/V /Yes /AS /Yes", "not ticked": "/AS /Off", "of one state": "/V /Yes"}.items()
    },
    "field filled": lambda: _noted(
        "9 0 R",
        more=[
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Ada) /DA (/Helv 12 Tf) /F 4 {_PLACE} "
            "/AP << /N 10 0 R >> >>".encode(),
            stream(
                b"/Tx BMC q BT /Helv 12 Tf 5 9 Td (Ada) Tj ET Q EMC",
                "/Type /XObject /Subtype /Form /BBox [0 0 80 50] /Resources << /Font << /Helv "
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
            ),
        ],
        catalog="/AcroForm << /Fields [9 0 R] /DR << /Font << >> >> >>",
    ),
    "note hidden": lambda: _noted(f"<< /Subtype /Stamp /F 6 {_PLACE} {_LOOK} >>"),
    "note for the screen": lambda: _noted(f"<< /Subtype /Stamp /F 0 {_PLACE} {_LOOK} >>"),
    "note for paper alone": lambda: _noted(f"<< /Subtype /Stamp /F 36 {_PLACE} {_LOOK} >>"),
    "note on a hidden layer": lambda: _noted(
        f"<< /Subtype /Stamp /F 4 {_PLACE} {_LOOK} /OC 7 0 R >>",
        f"<< /Subtype /Stamp /F 4 /Rect [20 20 40 120] {_LOOK} >>",
        catalog="/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>",
    ),
    "pop-up": lambda: _noted(f"<< /Subtype /Popup /F 4 {_PLACE} {_LOOK} >>"),
    "link": lambda: _noted(
        f"<< /Subtype /Link {_PLACE} /Border [0 0 0] /A << /S /URI /URI (https://example.org/) >> >>"
    ),
    "notes null, missing and no notes": lambda: _noted(
        "null", "99 0 R", "7", f"<< /Subtype /Stamp /F 4 {_PLACE} {_LOOK} >>"
    ),
    "notes that are no list": lambda: page(own="/Annots 7"),
    "note without a place": lambda: _noted(f"<< /Subtype /Stamp /F 4 {_LOOK} >>"),
}
for name, make in _NOTES.items():
    ours = {
        "note for the screen": "its pictures are those of a screen",
        "note for paper alone": "its pictures are those of a screen",
        "pop-up": "it shows the look of what never prints",
    }
    deaf = {
        "note on a hidden layer": "it shows notes on every layer",
        "check box of one state": "it draws a frame of its own",
    }
    kind(
        name,
        make,
        pdfium=deaf.get(name, ""),
        poppler=ours.get(name, ""),
    )
for name, note in {
    "square without a look": "/Subtype /Square /C [1 0 0]",
    "ink without a look": "/Subtype /Ink /InkList [[100 180 140 230]] /C [1 0 0]",
    "highlight without a look": "/Subtype /Highlight /QuadPoints [100 230 180 230 100 180 180 180] /C [1 1 0]",
}.items():
    kind(
        name, lambda note=note: _noted(f"<< {note} /F 4 {_PLACE} >>"), refused="page 1 .* has a note that does not say"
    )
for name, field in {
    "field filled without a look": "/FT /Tx /T (a) /V (Ada) /DA (/Helv 12 Tf)",
    "button without a look": "/FT /Btn /T (a) /MK << /CA (Send) /BG [0.8] >>",
    "check box ticked without a look": "/FT /Btn /T (a) /V /Yes /AS /Yes",
}.items():
    kind(
        name,
        lambda field=field: _noted(
            f"<< /Subtype /Widget {field} /F 4 {_PLACE} >>", catalog="/AcroForm << /Fields [] >>"
        ),
        refused="page 1 .* has a form field that does not say",
    )


# --- files

_CARRIED = (
    "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /JavaScript /JS (1) >> >> "
    "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(2\\)) >>] >> "
    "/EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >> /AF [6 0 R] /URI << /Base (https://example.org/) >> "
    "/PageLabels << /Nums [0 << /S /r >>] >> /MarkInfo << /Marked true >> /StructTreeRoot 8 0 R "
    "/Outlines << >> /AcroForm << /Fields [9 0 R] >> "
)


def _laden() -> bytes:
    """All that must stay behind: scripts, attachments, tags, links, metadata, thumbnails."""
    attached = "/AF [6 0 R] /Metadata 10 0 R /StructParent 1 /PieceInfo << /Some << /Private 7 0 R >> >>"
    return page(
        b"/Span << /MCID 0 >> BDC /Fm Do EMC /Artifact /MC BDC 1 0 0 rg 0 0 9 9 re f EMC",
        own="/AA << /O << /S /JavaScript /JS (3) >> >> /Thumb 11 0 R /Metadata 10 0 R /StructParents 0 /Tabs /S "
        "/Annots [9 0 R]",
        resources="<< /XObject << /Fm 5 0 R >> /Properties << /MC << /Metadata 10 0 R /AF [6 0 R] >> >> >>",
        catalog=_CARRIED,
        more=[
            stream(picture(), f"{_FORM} /Resources << >> {attached}"),
            b"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 7 0 R >> >>",
            stream(b"A secret that nobody wants on sheets", "/Type /EmbeddedFile"),
            b"<< /Type /StructTreeRoot /K << /S /P /P 8 0 R /K << /Type /MCR /Pg 3 0 R /MCID 0 >> >> >>",
            b"<< /Subtype /Link /Rect [0 0 99 99] /Border [0 0 0] /A << /S /URI /URI (https://example.org/) >> >>",
            stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "/Type /Metadata /Subtype /XML"),
            stream(bytes(12), "/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB"),
        ],
        trailer="/Info << /Title (Foreign) /Producer (Somebody) >>",
    )


def _saved(**how: object) -> bytes:
    """As qpdf writes it."""
    with pikepdf.open(io.BytesIO(_tree())) as made:
        made.save(out := io.BytesIO(), static_id=True, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _later() -> bytes:
    """A page whose content was written anew, and its box changed, by an update at the end of the file."""
    before = page(b"1 0 0 rg 0 0 200 300 re f", media="/MediaBox [0 0 100 100]")
    made = bytearray(before + b"\n")
    changed = {
        3: f"<< /Type /Page /Parent 2 0 R {MEDIA} /Contents 4 0 R /Resources << >> >>".encode(),
        4: stream(picture()),
    }
    places = {}
    for number, each in changed.items():
        places[number] = len(made)
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table, first = len(made), before.rindex(b"xref\n0 ")
    made += b"xref\n3 2\n" + b"".join(b"%010d 00000 n \n" % place for place in places.values())
    made += b"trailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (first, table)
    return bytes(made)


def _hybrid() -> bytes:
    """The picture is in an object stream that only the stream of a hybrid file's references knows."""
    outer = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox 6 0 R /Contents 4 0 R /Resources << >> >>",
        stream(picture()),
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, each in enumerate(outer, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    inside = len(out)
    out += b"5 0 obj\n" + stream(b"6 0 [0 0 200 300]", "/Type /ObjStm /N 1 /First 4") + b"\nendobj\n"
    second = len(out)
    rows = bytes((0, 0, 0, 0, 1, inside >> 8, inside & 255, 0, 2, 0, 5, 0, 1, second >> 8, second & 255, 0))
    out += b"7 0 obj\n" + stream(rows, "/Type /XRef /Size 8 /W [1 2 1] /Index [0 1 5 3] /Root 1 0 R") + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 8 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n" % (second, table)
    return bytes(out)


_DAMAGED: Mapping[str, Callable[[], bytes]] = {
    "references off by a few bytes": lambda: file(_plain(), shift=3),
    "references to nowhere": lambda: file(_plain(), shift=90000),
    "objects without an end": lambda: page().replace(b"\nendobj", b"\n"),
    "length too small": lambda: page().replace(b"/Length ", b"/Length 5 /Was "),
    "length too large": lambda: page().replace(b"/Length ", b"/Length 99"),
    "length elsewhere": lambda: page(more=[b"%d" % len(picture())]).replace(
        b"/Length %d" % len(picture()), b"/Length 5 0 R"
    ),
    "length missing": lambda: page().replace(b"/Length %d" % len(picture()), b""),
    "junk before the header": lambda: b"From: a@example.org\r\n\r\n" + page(),
    "junk after the end": lambda: page() + b"\r\n--boundary--\r\n" + bytes(300),
    "no end of file mark": lambda: page().replace(b"%%EOF\n", b""),
    "lines ended as on old Macs": lambda: page().replace(b"\nendobj\n", b"\rendobj\r").replace(b">>\n", b">>\r"),
    "version 2.0": lambda: page(header=b"%PDF-2.0\n"),
    "version 1.0": lambda: page(header=b"%PDF-1.0\n"),
    "no version": lambda: page(header=b"%PDF-\n"),
    "changed at its end": _later,
    "references of both kinds": _hybrid,
    "objects in streams": lambda: _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "ready for the web": lambda: _saved(linearize=True),
    "laden with what must stay behind": _laden,
    "marked for another printer": lambda: page(
        catalog="/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (Custom) "
        "/DestOutputProfile 5 0 R >>]",
        more=[stream((_DATA / "icc" / "srgb.icc").read_bytes(), "/N 3")],
    ),
}


def _plain() -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {MEDIA} /Contents 4 0 R /Resources << >> >>".encode(),
        stream(picture()),
    ]


for name, make in _DAMAGED.items():
    kind(name, make, poppler="it takes no such file" if name == "length missing" else "")

for name, make in {
    "cut off": lambda: page()[:400],
    "nothing": lambda: b"",
    "a picture, no PDF": lambda: _jpeg("L"),
    "no table and no trailer": lambda: page().partition(b"xref\n0 ")[0],
    "content of no kind": lambda: page().replace(b"/Contents 4 0 R", b"/Contents 1 0 R"),
}.items():
    kind(name, make, refused="damaged")

for cipher, revision, aes in (
    ("RC4, 40 bits", 2, False),
    ("RC4, 128 bits", 3, False),
    ("AES, 128 bits", 4, True),
    ("AES, 256 bits", 6, True),
):
    for password in ("", "user"):
        kind(
            f"locked by {cipher}, {'password' if password else 'empty password'}",
            lambda revision=revision, aes=aes, password=password: _saved(
                encryption=pikepdf.Encryption(owner="owner", user=password, R=revision, aes=aes, metadata=aes)
            ),
            refused="locked by a password",
        )


def pages_of(count: int, *, different: bool = True) -> bytes:
    """A file of many pages with a picture and a font for all, and forty lines of text on each."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} {MEDIA} "
        "/Resources << /Font << /F1 3 0 R >> /XObject << /Im 4 0 R >> >> >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(_RGB, f"/Type /XObject /Subtype /Image /Width 16 /Height 16 {_16} /DeviceRGB"),
    ]
    chance = random.Random(0)
    words = ["".join(chance.choices("aeinorstlmd", k=chance.randint(2, 9))) for _ in range(2000)]
    for number in range(count):
        chance = random.Random(number if different else 0)
        # as typesetting programs justify lines: a number between any two words
        lines = (
            " ".join(f"({word}) {chance.randint(-350, -250)}" for word in chance.choices(words, k=9)) for _ in range(40)
        )
        text = "".join(f"1 0 0 1 10 {290 - 7 * at} Tm [{line}] TJ\n" for at, line in enumerate(lines))
        text = f"BT /F1 140 Tf 0.8 g 50 100 Td ({chance.randrange(10)}) Tj 0 g /F1 6 Tf\n{text}ET\n"
        content = zlib.compress(b"q 60 0 0 60 20 10 cm /Im Do Q\n" + text.encode())
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {6 + 2 * number} 0 R >>".encode())
        objects.append(stream(content, "/Filter /FlateDecode"))
    return file(objects)


kind(
    "pages of two sizes",
    lambda: _tree_of(b"[3 0 R 5 0 R]", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>", count=2),
    refused="page 2 measures",
)
kind("seven pages", lambda: pages_of(7))
