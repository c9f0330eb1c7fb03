"""Workbooks made by hand, so that they may lie: xlsx, ods and xls with the least each needs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(parts: Mapping[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as packed:
        for name, part in parts.items():
            packed.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else kind)
    return made.getvalue()


def xlsx_parts(sheet: str) -> dict[str, str]:
    """The parts of an xlsx whose one sheet has this inside."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
    }


def cell(name: str, text: str) -> str:
    """A cell of an xlsx with its text in it."""
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """An xlsx of these rows."""
    lines = (
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + column)}{number}", text) for column, text in enumerate(row) if text)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return zipped(xlsx_parts(f"<sheetData>{''.join(lines)}</sheetData>"))


def ods_parts(table: str) -> dict[str, str]:
    """The parts of an ods whose one sheet has this inside."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OPEN}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        "content.xml": f'<office:document-content xmlns:office="{_OPEN}office:1.0" xmlns:table="{_OPEN}table:1.0" '
        f'xmlns:text="{_OPEN}text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>",
    }


def open_cell(text: str, more: str = "") -> str:
    """A cell of an ods with its text in it."""
    said = f'office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>' if text else "/>"
    return f"<table:table-cell {more} {said}"


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An ods of these rows."""
    lines = (f"<table:table-row>{''.join(map(open_cell, row))}</table:table-row>" for row in rows)
    return zipped(ods_parts("".join(lines)))


def record(kind: int, data: bytes) -> bytes:
    """A record of an xls."""
    return struct.pack("<2H", kind, len(data)) + data


def old_cell(row: int, column: int, text: str) -> bytes:
    """A cell of an xls with its text in it."""
    return record(0x0204, struct.pack("<4HB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls_of(cells: bytes) -> bytes:
    """An xls whose one sheet holds these records; a compound file of one stream."""
    begin = record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 6))
    sheet = record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 6)) + cells + record(0x000A, b"")
    bound = 8 + 2 + 4 + len(begin) + 4 - 4
    named = record(0x0085, struct.pack("<IBBBB", bound, 0, 0, 1, 0) + b"S")
    begin_of_sheet = len(begin) + len(named) + 4
    named = record(0x0085, struct.pack("<IBBBB", begin_of_sheet, 0, 0, 1, 0) + b"S")
    return compound(begin + named + record(0x000A, b"") + sheet)


def compound(book: bytes) -> bytes:
    """A compound file whose only stream is a workbook."""
    book = book.ljust(4096, b"\0")
    book += b"\0" * (-len(book) % 512)
    sectors = len(book) // 512
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    tables = -(-(len(links) + 64) // 128)
    if tables > 1:
        raise ValueError("longer than one table of sectors")
    table = struct.pack(f"<{len(links)}I", *links).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
        title = (name + "\0").encode("utf-16-le")
        made = title.ljust(64, b"\0") + struct.pack("<HBB3I", len(title), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return made + bytes(36) + struct.pack("<2I", start, length) + bytes(4)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(book)) + bytes(256)
    return head + table + folder + book


def xls(rows: Sequence[Sequence[str]]) -> bytes:
    """An xls of these rows."""
    return xls_of(b"".join(old_cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text))
