"""Spreadsheet files before they are opened: how much they unpack to, and how many cells they will become.

A library that opens spreadsheets believes what a file says of itself: a few hundred bytes may unpack to gigabytes, and
two cells in far corners are billions of empty ones between them. So what the file really holds is measured first, and
the library is handed only what was measured. Knows nothing of what stands in cells.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from .packages import OLE, Refused, unpacked

CELLS = 2_000_000
"""Cells of a sheet, empty ones between full ones counted."""
LETTERS = 40_000_000
"""Bytes of the texts of a workbook, once each stands in every cell that shows it."""
TIMES = 10_000
"""Times one row with something in it may be repeated."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that a workbook with a password hides in ([MS-OFFCRYPTO], 1.3.3)."""


def measured(data: bytes) -> bytes:
    """The same spreadsheet, packed anew where it was packed, so that it holds what was measured and nothing else.

    Raises Refused where it is damaged, or would become far more than any spreadsheet is.
    """
    if data.startswith(OLE):
        if _LOCKED in data:
            raise Refused("needs a password")
        _count(_old_areas(data))
        return data
    if not data.startswith(b"PK"):
        raise Refused("is no spreadsheet")
    parts = unpacked(data, "spreadsheet")
    if "xl/workbook.bin" in parts:
        raise Refused("is a binary workbook (xlsb), which is not read")
    for name, part in parts.items():
        if b"<!DOCTYPE" in part[:2000]:
            raise Refused("declares entities of its own, which no spreadsheet needs")
        if claim := _CLAIM.search(part):
            raise Refused(f"says that it has {int(claim[1]):,} things of a kind, which it has not")
        if name == "content.xml":
            _count(_open_areas(part))
            _whole(part)
        elif b"<" in part[:200]:  # a workbook says which of its parts are sheets, and they may be called anything
            _count([_area(part)])
    _count_letters(parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as anew:
        for name, part in parts.items():
            anew.writestr(name, part)
    return packed.getvalue()


def _whole(part: bytes) -> None:
    """Refuse XML that is broken: the library would look for its end for ever."""
    try:
        expat.ParserCreate().Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused("is damaged: its content is broken") from None


def _count(areas: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> None:
    for rows, columns in areas:
        if rows * columns > CELLS:
            raise Refused(f"has a sheet of {rows:,} rows and {columns:,} columns, far more than any list")


# Sheets of xlsx (ECMA-376, part 1, 18.3.1)


_CLAIM = re.compile(rb"[cC]ount\s*=\s*[\"']0*([1-9][0-9]{7,11})[\"']")
"""How many there are of what follows: room is made for them before they are counted."""
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,8})([0-9]{1,12})[\"']([^<]*)")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b[^<]*?\sr\s*=\s*[\"']([0-9]{1,12})[\"']([^<]*)")


def _area(sheet: bytes) -> tuple[int, int]:
    """How many rows and columns the cells of a sheet reach over, cells that only look a certain way left out."""
    rows = columns = named = 0
    for cell in _CELL.finditer(sheet):
        named += 1
        if not _closed(cell[3]):
            rows, columns = max(rows, int(cell[2])), max(columns, _number(cell[1]))
    if len(re.findall(rb"<(?:\w{1,20}:)?c[\s>]", sheet)) > named:
        # Cells may leave out where they stand: then they follow each other.
        lines = re.split(rb"<(?:\w{1,20}:)?row\b", sheet)
        rows = max(rows, *(int(row[1]) for row in _ROW.finditer(sheet)), 0) + len(lines)
        columns += max(len(re.findall(rb"<(?:\w{1,20}:)?c[\s>]", line)) for line in lines)
    return rows, columns


_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]{0,200}>\s*<(?:\w{1,20}:)?v>\s*([0-9]{1,9})")


def _count_letters(parts: Mapping[str, bytes]) -> None:
    """Refuse a workbook that shows one long text in so many cells that they are more than any list."""
    kept = next((part for name, part in parts.items() if name.lower().endswith("sharedstrings.xml")), b"")
    lengths = [len(text) for text in re.split(rb"<(?:\w{1,20}:)?si\b", kept)[1:]]
    if not lengths or max(lengths) * sum(part.count(b"<") for part in parts.values()) < LETTERS:
        return
    shown = (int(cell[1]) for part in parts.values() for cell in _SHARED.finditer(part))
    if sum(lengths[number] for number in shown if number < len(lengths)) > LETTERS:
        raise Refused("shows a long text in far more cells than any list")


def _closed(rest: bytes) -> bool:
    """Whether a tag ends here, and is empty."""
    return rest.count(b">") == 1 and rest.rstrip().endswith(b"/>")


def _number(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = 26 * number + letter - 64
    return number


# Sheets of ods (OASIS OpenDocument 1.3, part 3, 9.1)


_TIMES = re.compile(rb"number-(columns|rows)-repeated\s*=\s*[\"']([0-9]{1,12})[\"']")
_FULL = re.compile(rb"value|<text:p|formula")


def _open_areas(content: bytes) -> Iterator[tuple[int, int]]:
    """The rows and columns of each sheet as far as its last full cell."""
    if b"<!" in content:
        raise Refused("is damaged: its content has parts that no spreadsheet has")
    for sheet in re.split(rb"<table:table\b(?!-)", content):
        rows = pending = columns = often = 0
        for line in re.split(rb"<table:table-row\b(?!-)", sheet.partition(b"</table:table>")[0])[1:]:
            cells = re.split(rb"<table:(?:covered-)?table-cell", line)
            times = {kind: int(number) for kind, number in _TIMES.findall(cells[0])}
            pending += times.get(b"rows", 1)
            full = next((at for at in range(len(cells) - 1, -1, -1) if at and _FULL.search(cells[at])), -1)
            if full < 0:
                continue
            often = max(often, times.get(b"rows", 1))
            rows, pending = rows + pending, 0
            width = times.get(b"columns", 0) + full
            if b"columns-repeated" in line:
                repeated = (times for cell in cells[1 : full + 1] for times in _TIMES.findall(cell))
                width += sum(int(number) for _, number in repeated)
            columns = max(columns, width)
        yield rows, columns
        if often > TIMES:
            raise Refused(f"repeats one row {often:,} times")


# Sheets of xls ([MS-CFB] for the file, [MS-XLS] for the records)

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_EXTENT, _MANY_NUMBERS = 0x0200, 0x00BD
_FULL_CELLS = {0x0203, 0x027E, 0x0204, 0x00FD, 0x0205, 0x0006, 0x00D6, _MANY_NUMBERS, 0x0003, 0x0002, 0x0004}
"""Records that are a cell with something in it: number, RK, label, shared label, truth, formula, rich text."""


def _old_areas(data: bytes) -> Iterator[tuple[int, int]]:
    for book in _books(data):
        rows = columns = at = 0
        while at + 4 <= len(book):
            kind, length = struct.unpack_from("<2H", book, at)
            if kind & 0xFF == 0x09:
                yield rows, columns
                rows = columns = 0
            elif kind == _EXTENT and length >= 12 and at + 16 <= len(book):
                first, last, left, right = struct.unpack_from("<2I2H", book, at + 4)
                if (last - first) * (right - left) > 65_536 * 256:
                    raise Refused(f"says that a sheet has {last:,} rows and {right:,} columns, which no xls has")
            elif kind in _FULL_CELLS and length >= 4 and at + 8 <= len(book):
                row, column = struct.unpack_from("<2H", book, at + 4)
                if kind == _MANY_NUMBERS:
                    column += length // 6
                rows, columns = max(rows, row + 1), max(columns, column + 1)
            at += 4 + length
        yield rows, columns


def _books(data: bytes) -> Iterator[bytes]:
    """The streams of a compound file that hold workbooks."""
    try:
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        tables, first, least, mini_first, _, more, _ = struct.unpack_from("<2I4x5I", data, 44)
        if shift not in (9, 12) or mini_shift != 6 or tables > len(data) >> shift:
            raise Refused("is damaged: it is no workbook")
        size = 1 << shift
        listed = list(struct.unpack_from("<109I", data, 76))
        seen = 0
        while more not in (_END, _FREE) and seen <= len(data) >> shift:
            further = struct.unpack_from(f"<{size // 4}I", data, (more + 1) << shift)
            listed += further[:-1]
            more, seen = further[-1], seen + 1
        chain: list[int] = []
        for sector in [each for each in listed if each not in (_END, _FREE)][: tables or None]:
            chain += struct.unpack(f"<{size // 4}I", data[(sector + 1) << shift : (sector + 2) << shift])
    except struct.error:
        raise Refused("is cut short or damaged") from None

    def sectors(start: int, links: list[int]) -> Iterator[int]:
        count = 0
        while start not in (_END, _FREE):
            if start >= len(links) or count > len(links):
                raise Refused("is damaged: its parts do not hang together")
            yield start
            start, count = links[start], count + 1

    def whole(start: int) -> bytes:
        return b"".join(data[(each + 1) << shift : (each + 2) << shift] for each in sectors(start, chain))

    folder = whole(first)
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    if not entries:
        raise Refused("is damaged: nothing is in it")
    small = minis = b""
    for entry in entries:
        name = entry[: max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)].decode("utf-16-le", "replace")
        if name.casefold() not in ("workbook", "book"):
            continue
        start, length = struct.unpack_from("<2I", entry, 116)
        if length >= least:
            yield whole(start)[:length]
            continue
        if not small:
            small = whole(struct.unpack_from("<I", entries[0], 116)[0])
            minis = whole(mini_first)
        links = list(struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4]))
        yield b"".join(small[at << 6 : (at + 1) << 6] for at in sectors(start, links))[:length]
