"""A file's small objects packed into compressed streams: what is read on a screen is sent by mail and loaded by phone.

Numbers of clauses: ISO 32000-1. Knows the plain files that reportlab and pypdf write, not every PDF there is.
"""

from __future__ import annotations

import re
import struct
import zlib

_TOGETHER = 200
"""Objects in a stream: a reader has to unpack all for one."""

_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf]) ?\r?\n")


def packed(pdf: bytes) -> bytes:
    """The same file with object streams (7.5.7) and a cross-reference stream (7.5.8); objects keep their numbers."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    table, _, trailer = pdf[start : pdf.rindex(b"startxref")].partition(b"trailer")
    offsets = {number: int(entry[1]) for number, entry in enumerate(_ENTRY.finditer(table)) if entry[2] == b"n"}
    ends = dict(zip(sorted(offsets.values()), [*sorted(offsets.values())[1:], start], strict=True))
    bodies = {number: _body(pdf[at : ends[at]]) for number, at in offsets.items()}
    small = [number for number, body in bodies.items() if not body.endswith(b"endstream")]
    parts = [pdf[: min(offsets.values())]]
    length = len(parts[0])
    where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def write(number: int, body: bytes) -> None:
        nonlocal length
        where[number] = (1, length, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])

    for number, body in bodies.items():
        if body.endswith(b"endstream"):
            write(number, body)
    free = max(offsets) + 1
    for at in range(0, len(small), _TOGETHER):
        together = small[at : at + _TOGETHER]
        write(free, _object_stream(together, bodies))
        where.update({number: (2, free, place) for place, number in enumerate(together)})
        free += 1
    rows = b"".join(struct.pack(">BIH", *where.get(number, (0, 0, 0))) for number in range(free))
    rows += struct.pack(">BIH", 1, length, 0)
    entries = re.sub(rb"/Size \d+", b"", trailer.strip().removeprefix(b"<<").removesuffix(b">>"))
    data = zlib.compress(rows, 9)
    head = b"<< /Type /XRef /Size %d /W [1 4 2] %s /Filter /FlateDecode /Length %d >>" % (
        free + 1,
        b" ".join(entries.split()),
        len(data),
    )
    at = length
    write(free, head + b"\nstream\n" + data + b"\nendstream")
    return b"".join((*parts, b"startxref\n%d\n%%%%EOF\n" % at))


def _body(written: bytes) -> bytes:
    """What stands between `obj` and `endobj`."""
    return written.partition(b" obj")[2].strip().removesuffix(b"endobj").strip()


def _object_stream(numbers: list[int], bodies: dict[int, bytes]) -> bytes:
    """The stream that holds these objects, each announced by its number and its place."""
    heads: list[bytes] = []
    whole: list[bytes] = []
    at = 0
    for number in numbers:
        heads.append(b"%d %d" % (number, at))
        whole.append(bodies[number])
        at += len(bodies[number]) + 1
    first = b" ".join(heads) + b"\n"
    data = zlib.compress(first + b"\n".join(whole), 9)
    return b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(numbers),
        len(first),
        len(data),
        data,
    )
