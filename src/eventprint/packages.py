"""Files that hold files, such as spreadsheets and documents: the parts of a ZIP, measured before they are unpacked.

A few hundred bytes may unpack to gigabytes, and a ZIP may say anything of its own sizes: nothing it says is believed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the older kind of such files begins ([MS-CFB], 2.2)."""
UNPACKED = 200_000_000
"""Bytes a file may have once it is unpacked: far above any real one, far below a bomb."""
PARTS = 5_000
"""Files inside a file; pictures and sheets of real ones are some dozens."""


class Refused(ValueError):
    """A file that is not opened; says why, to follow the file's name."""


def unpacked(data: bytes, what: str) -> dict[str, bytes]:
    """The parts of a ZIP by name, unpacked where they are not too large, whatever the ZIP says of their sizes.

    Raises Refused where it is damaged, needs a password, or holds far more than `what`, such as a spreadsheet, does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            listed = [part for part in packed.infolist() if not part.is_dir()]
    except (zipfile.BadZipFile, ValueError, IndexError, OverflowError, NotImplementedError, struct.error):
        raise Refused("is damaged: it cannot be unpacked") from None
    if len(listed) > PARTS:
        raise Refused(f"is packed of {len(listed):,} files: no {what} is")
    if len({part.filename for part in listed}) < len(listed):
        raise Refused("is damaged: two of its parts have one name")
    left = min(UNPACKED, 200 * len(data) + 10_000_000)
    spans = []
    ends = 0
    for part in sorted(listed, key=lambda part: part.header_offset):
        if part.header_offset < ends:
            raise Refused("is damaged: its parts lie over each other")
        start, ends = _span(data, part)
        if part.flag_bits & 1:
            raise Refused("needs a password")
        spans.append((part, data[start:ends]))
        # Counted before anything is kept: a bomb never fills the memory.
        left -= sum(map(len, _pieces(data[start:ends], part.compress_type, left)))
        if left < 0:
            raise Refused(f"unpacks to far more than any {what} holds")
    return {part.filename: b"".join(_pieces(packed, part.compress_type)) for part, packed in spans}


def _span(data: bytes, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the packed bytes of a part begin and end (APPNOTE.TXT 6.3.10, 4.3.7)."""
    head = data[part.header_offset : part.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise Refused("is damaged: a part is not where it should be")
    start = part.header_offset + 30 + sum(struct.unpack("<2H", head[26:30]))
    if start + part.compress_size > len(data):
        raise Refused("is cut short")
    return start, start + part.compress_size


def _pieces(packed: bytes, kind: int, most: int = UNPACKED) -> Iterator[bytes]:
    """A part unpacked piece by piece, as far as it is not longer than that."""
    if kind == zipfile.ZIP_STORED:
        yield packed
        return
    if kind != zipfile.ZIP_DEFLATED:
        raise Refused("is packed in a way that is not known")
    unpacking = zlib.decompressobj(-15)
    try:
        while packed and not unpacking.eof and most >= 0:
            piece = unpacking.decompress(packed, 1_000_000)
            packed, most = unpacking.unconsumed_tail, most - len(piece)
            yield piece
    except zlib.error:
        raise Refused("is damaged: it cannot be unpacked") from None
