"""Material made to do harm: it is refused in one line, or read as what it is, and nothing grows out of it.

Each case names what a reader that trusts would do; each has a clean twin beside it, which has to be read.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import made_workbooks as made
import pytest
from effort import ending
from PIL import Image, ImageFile

from eventprint import images, jsontext, markup, records, sheets, workbooks
from eventprint.event import Taken
from eventprint.problems import Problems, Stop
from eventprint.read import read
from eventprint.read.agenda import read_agenda


@contextmanager
def bounded(peak: int) -> Iterator[None]:
    """What happens inside comes to an end and takes no more memory than that."""
    tracemalloc.start()
    try:
        with ending():
            yield
        assert tracemalloc.get_traced_memory()[1] < peak
    finally:
        tracemalloc.stop()


AGENDA = "# A day\n\n## 11 May 2022\n\n10:00 Opening\n10:30 Birds\nAnna Berg (Museum)\n11:00 End\n"


def told(data: bytes | str, tmp_path: Path, name: str = "agenda") -> list[str]:
    """What reading a file as an agenda says, errors alone, each in one line; within bounds of time and memory."""
    file = tmp_path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    problems = Problems()
    size = file.stat().st_size
    with bounded(20 * size + 40_000_000):
        try:
            read_agenda(file, problems, tmp_path)
            found = [problem.message for problem in problems.errors]
        except Stop as stop:
            found = [stop.problem.message]
    assert all("\n" not in message and len(message) < 400 for message in found)
    return found


# XML


def schedule(title: str = "Birds", before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n{before}<schedule><conference><title>A day</title></conference>'
        '<day date="2022-05-11" index="1"><room name="Hall"><event id="1"><date>2022-05-11T10:00:00+02:00</date>'
        f"<start>10:00</start><duration>00:30</duration><room>Hall</room><title>{title}</title></event></room></day>"
        "</schedule>"
    )


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
XML = {
    "billion laughs": schedule("&l11;", f'<!DOCTYPE schedule [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quadratic blow-up": schedule("&a;" * 20_000, f'<!DOCTYPE schedule [<!ENTITY a "{"a" * 50_000}">]>'),
    "a file outside": schedule("&a;", '<!DOCTYPE schedule [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "an address": schedule("&a;", '<!DOCTYPE schedule [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'),
    "a parameter": schedule("x", '<!DOCTYPE schedule [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>'),
    "a parameter's bomb": schedule("x", "<!DOCTYPE schedule [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>"),
}


@pytest.mark.parametrize("kind", XML)
def test_xml_with_entities_is_refused(kind: str, tmp_path: Path) -> None:
    document = markup.parse(XML[kind].encode(), "a.xml")
    assert document.fault.startswith("it declares entities of its own")
    assert (document.place.file, document.place.line) == ("a.xml", 2)
    assert told(XML[kind], tmp_path) == ["agenda declares entities of its own, which no schedule needs: it is refused"]


@pytest.mark.parametrize(
    "before",
    ["", '<!DOCTYPE schedule SYSTEM "http://127.0.0.1:9/schedule.dtd">', "<!DOCTYPE schedule>", "<?xml-stylesheet a?>"],
)
def test_xml_without_is_read_whole(before: str) -> None:
    document = markup.parse(schedule("Birds &amp; bees&nbsp;&eacute;", before).encode(), "a.xml")
    assert document.fault == ""
    assert document.root is not None
    assert [title.text() for title in document.root.walk("title")] == ["A day", "Birds & bees\u00a0é"]


@pytest.mark.parametrize("many", [50_000, 500_000])
def test_xml_of_nothing_but_depth_is_refused(many: int, tmp_path: Path) -> None:
    assert markup.parse(b"<a>" * many, "a.xml").fault == "elements stand too deep inside each other"
    told("<a>" * many, tmp_path)


def test_xml_with_a_million_attributes_is_no_danger(tmp_path: Path) -> None:
    told("<schedule " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + "/>", tmp_path)


# JSON


@pytest.mark.parametrize("bracket", ["[", '{"a":', '[{"a":[', "[[],"])
def test_json_of_nothing_but_depth_is_refused(bracket: str, tmp_path: Path) -> None:
    assert "too deep" in jsontext.parse(bracket * 200_000, "a.json").fault
    told(bracket * 200_000, tmp_path)


@pytest.mark.parametrize("number", ["9" * 1_000_000, "1e999999999", "-" * 1_000_000, "1." + "0" * 1_000_000 + "1"])
def test_a_number_without_end_is_no_danger(number: str, tmp_path: Path) -> None:
    told(f'{{"schedule": {{"conference": {{"days": [{number}]}}}}}}', tmp_path)


# YAML


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
YAML = {
    "aliases": (BOMB, "yaml.size"),
    "aliases of mappings": (BOMB.replace("[x, x]", "{x: y}"), "yaml.size"),
    "an alias of itself": ("title: &a [*a]\n", "yaml.alias"),
    "a merge key": ("a: &a {title: A}\nb:\n  <<: *a\n", "yaml.merge"),
    "a tag of a program": ("title: !!python/object/apply:os.system ['touch here']\n", ""),
}


@pytest.mark.parametrize("kind", YAML)
def test_yaml_that_unfolds_is_refused(kind: str) -> None:
    source, rule = YAML[kind]
    problems = Problems()
    with bounded(3_000_000):
        records.parse(source, "a.yaml", problems)
    assert rule in [problem.rule for problem in problems.errors] or not rule


def test_a_value_used_twice_is_read_twice() -> None:
    problems = Problems()
    node = records.parse("a: &a [x, y]\nb: *a\n", "a.yaml", problems)
    assert node is not None
    assert (node.data, problems.found) == ({"a": ["x", "y"], "b": ["x", "y"]}, [])


@pytest.mark.parametrize("name", ["event.yaml", "people.yaml", "agenda.yaml"])
@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "&a ", "*a ", "!!x ", '"', "a:\n ", "%a\n", "---\n", "|", ">"])
def test_no_nesting_of_yaml_is_too_deep(name: str, piece: str, tmp_path: Path) -> None:
    (tmp_path / "agenda.md").write_text(AGENDA, encoding="utf-8")
    (tmp_path / name).write_text(piece * 30_000, encoding="utf-8")
    try:
        with ending():
            read(tmp_path, Problems())
    except Stop as stop:
        assert stop.problem.message.count("\n") == 0  # noqa: PT017


# CSV


CSV = {
    "one quote": '"',
    "quotes": '"' * 300_000,
    "quotes without end": 'a,"b\n' * 60_000,
    "a gigantic cell": "Name,Mail\n" + "a" * 1_000_000 + ",b\n",
    "a gigantic cell in quotes": 'Name,Mail\n"' + "a\n" * 500_000 + '",b\n',
    "a million columns": "Name" + "," * 1_000_000 + "\nAnna\n",
    "a million headings": ",".join(f"Name {n}" for n in range(100_000)) + "\nAnna\n",
    "a million rows": "Name\n" + "a\n" * 300_000,
    "the same row": "Name\n" + "Anna Berg\n" * 30_000,
    "nothing but commas": ",\n" * 300_000,
    "delimiters of all kinds": ",;\t|" * 200_000,
    "ever wider rows": "\n".join("," * n for n in range(1000)),
}


@pytest.mark.parametrize("kind", CSV)
def test_tables_of_odd_shapes_are_read_to_their_end(kind: str, tmp_path: Path) -> None:
    (tmp_path / "agenda.md").write_text(AGENDA, encoding="utf-8")
    (tmp_path / "attendees.csv").write_text(CSV[kind], encoding="utf-8")
    problems = Problems()
    with ending():
        read(tmp_path, problems)
    assert all(len(problem.message) < 400 for problem in problems.found)
    assert len(problems.found) < 10 or kind in ("quotes without end", "delimiters of all kinds")


# Figures that are no numbers


@pytest.mark.parametrize("figures", ["²", "٣", "9" * 5_000, "000001" + "9" * 5_000, "-", "1e999"], ids=lambda f: f[:7])
@pytest.mark.parametrize(
    "text",
    [
        ".. list-table::\n   :header-rows: {}\n\n   * - 10:00\n     - Birds\n   * - 11:00\n     - Bees\n",
        '.. csv-table::\n   :header-rows: {}\n\n   "10:00","Birds"\n   "11:00","Bees"\n',
        "days:\n- date: {0}\n  entries:\n  - {{start: {0}, title: Birds, minutes: {0}}}\n",
        "<!talk|subject=Birds|duration={0}|length={0}!>\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSEQUENCE:{0}\nSUMMARY:Birds\nDTSTART:20220511T100000\n"
        "DURATION:PT{0}M\nRRULE:FREQ=DAILY;INTERVAL={0};COUNT={0}\nEND:VEVENT\nEND:VCALENDAR\n",
        "Start,Title,Minutes\n10:00,Birds,{0}\n{0},Bees,1\n",
        "10:00 Birds ({0} min)\n{0}:00 Bees\nDay {0}\n{0} May 2022\n11 May {0}\n",
        '<table><tr><td colspan="{0}">10:00<td rowspan="{0}">Birds</table>',
    ],
    ids=["list-table", "csv-table", "yaml", "commands", "calendar", "csv", "text", "page"],
)
def test_figures_that_are_no_number_are_no_danger(text: str, figures: str, tmp_path: Path) -> None:
    (tmp_path / "agenda").write_text(text.format(figures))
    problems = Problems()
    read_agenda(tmp_path / "agenda", problems, tmp_path)
    assert all(len(problem.message) <= 600 for problem in problems.found)


@pytest.mark.parametrize("figures", ["²", "9" * 5_000, "0x" + "f" * 5_000, "1e999"], ids=lambda f: f[:7])
def test_nor_are_they_in_the_settings(figures: str, tmp_path: Path) -> None:
    (tmp_path / "agenda.md").write_text(AGENDA)
    settings = "title: {0}\ndate: {0}\nproducts: {{badges: {{copies: {0}}}}}\nsigns: [{{text: a, copies: {0}}}]\n"
    (tmp_path / "event.yaml").write_text(settings.format(figures))
    problems = Problems()
    assert read(tmp_path, problems).title == figures
    assert [problem.place.line for problem in problems.errors] == [2, 4]


# More than any event has


def test_a_text_with_more_times_than_any_event_ends_there(tmp_path: Path) -> None:
    file, problems = tmp_path / "agenda.txt", Problems()
    file.write_text("A day\n\n11 May 2022\n\n" + "10:00 Birds\n" * 6_000 + "\nThe end\n")
    agenda = read_agenda(file, problems, tmp_path)
    assert len([*agenda.entries()]) == 3_000
    assert [(str(problem.place), problem.message) for problem in problems.errors] == [
        (
            "agenda.txt:3005:1",
            "3,000 lines before this one have a time, more than any event: from here on they are passed over",
        )
    ]
    assert [reading.line for reading in agenda.coverage] == [1, 3, *range(5, 6_005), 6_006]
    assert {reading.taken for reading in agenda.coverage[3_002:]} == {Taken.PASSED}


def test_a_text_with_more_lines_than_an_agenda_ends_there(tmp_path: Path) -> None:
    file, problems = tmp_path / "agenda.txt", Problems()
    file.write_text("A day\n\n10:00 Birds\n" + "and bees\n" * 12_000)
    agenda = read_agenda(file, problems, tmp_path)
    assert len(agenda.coverage) == 12_002
    [problem] = problems.errors
    assert problem.rule == "agenda.lines"
    assert problem.message == "there are 12,004 lines, more than an agenda has: from here on they are passed over"
    assert problem.place.line == 10_000 + file.stat().st_size // 64 + 2  # a blank line stands among those that are read


def test_a_text_of_nothing_but_lines_is_refused(tmp_path: Path) -> None:
    assert told("a\n" * 300_000, tmp_path) == ["agenda has 300,001 lines, far more than any agenda"]


# Workbooks


ROWS = [["Name", "Mail"], ["Anna Berg", "a@example.org"], ["", "b"], ["Zoë", ""]]


def test_workbooks_of_every_kind_are_read() -> None:
    expected = tuple(map(tuple, ROWS))
    for data in (made.xlsx(ROWS), made.ods(ROWS), made.xls(ROWS)):
        assert [sheet.rows for sheet in sheets.workbook(data, "a")] == [expected]


def grown(text: str, size: int = 300_000_000) -> bytes:
    """A part that packs to a thousandth of what it is."""
    return text.encode() + b" " * size


def lying(data: bytes, size: int = 10) -> bytes:
    """The ZIP with every size it states of what is unpacked made small."""
    found = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        while place >= 0:
            found[place + at : place + at + 4] = struct.pack("<I", size)
            place = data.find(mark, place + 4)
    return bytes(found)


def locked(data: bytes) -> bytes:
    """The ZIP with a mark that its parts need a password."""
    entry = b"PK\x01\x02\x14\x03\x14\x00"
    return data.replace(entry + b"\0", entry + b"\1")


def nameless(data: bytes) -> bytes:
    """The ZIP with a part whose name is over before it begins."""
    return data.replace(b"xl/workbook.xml", b"\0l/workbook.xml")


def overlapping() -> bytes:
    """A ZIP whose parts are one and the same bytes, named a thousand times."""
    packed = made.zipped({"xl/worksheets/sheet1.xml": grown("<a/>", 5_000_000)})
    place = packed.find(b"PK\x01\x02")
    entry, end = packed[place : packed.find(b"PK\x05\x06")], packed[packed.find(b"PK\x05\x06") :]
    many = [entry[:46] + f"xl/worksheets/sheet{n:04}.xml".encode() + entry[46 + 24 :] for n in range(1000)]
    many = [one[:28] + struct.pack("<H", 27) + one[30:] for one in many]
    tail = end[:8] + struct.pack("<2H2I", 1000, 1000, sum(map(len, many)), place) + end[20:]
    return packed[:place] + b"".join(many) + tail


def far(*cells: str) -> bytes:
    return made.zipped(made.xlsx_parts(f"<sheetData>{''.join(f'<row>{one}</row>' for one in cells)}</sheetData>"))


def shared(count: int) -> bytes:
    parts = made.xlsx_parts(f"<sheetData><row>{made.cell('A1', 'a')}</row></sheetData>")
    return made.zipped({**parts, "xl/sharedStrings.xml": f'<sst uniqueCount="{count}"><si><t>a</t></si></sst>'})


def rows(lines: str) -> bytes:
    return made.zipped(made.ods_parts(lines))


def repeated(row: int, column: int) -> bytes:
    cells = made.open_cell("a", f'table:number-columns-repeated="{column}"')
    return rows(f'<table:table-row table:number-rows-repeated="{row}">{cells}</table:table-row>')


NESTED = made.zipped({"a.zip": made.zipped({"b.zip": made.zipped({"c": b" " * 100_000_000})})})

WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: made.zipped({**made.xlsx_parts(""), "xl/worksheets/sheet1.xml": grown("<a>")}), "unpacks to"),
    "a bomb of an ods": (lambda: made.zipped({**made.ods_parts(""), "content.xml": grown("<a>")}), "unpacks to"),
    "a bomb that says it is small": (
        lambda: lying(made.zipped({**made.xlsx_parts(""), "xl/worksheets/sheet1.xml": grown("<a>")})),
        "unpacks to",
    ),
    "a bomb nobody asks for": (lambda: made.zipped({**made.xlsx_parts(""), "xl/media/a": grown("")}), "unpacks to"),
    "parts over each other": (overlapping, "lie over each other"),
    "too many parts": (lambda: made.zipped({f"xl/{n}": b"" for n in range(6000)}), "6,000 files"),
    "cells in far corners": (lambda: far(made.cell("A1", "a"), made.cell("XFD1048576", "b")), "1,048,576 rows"),
    "cells in small letters": (lambda: far(made.cell("xfd1048576", "b")), "1,048,576 rows"),
    "a row far below": (lambda: far('</row><row r="9000000"><c><v>1</v></c>'), "far more"),
    "a column beyond all": (lambda: far(made.cell("ZZZZZZ9", "a")), "columns"),
    "texts that are not there": (lambda: shared(4_294_967_295), "4,294,967,295 things"),
    "cells repeated in an ods": (lambda: repeated(1_048_576, 16_384), "1,048,576 rows and 16,385 columns"),
    "a comment in an ods": (lambda: rows("<!-- <table:table-row> -->"), "parts that no spreadsheet has"),
    "cells in far corners of an xls": (lambda: made.xls_of(made.old_cell(65_535, 65_534, "a")), "65,536 rows"),
    "an xls that says it is large": (
        lambda: made.xls_of(made.record(0x0200, struct.pack("<2I2HH", 0, 2**32 - 1, 0, 65_535, 0))),
        "which no xls has",
    ),
    "an xls that goes in circles": (lambda: made.xls(ROWS).replace(struct.pack("<I", 3), struct.pack("<I", 2), 1), ""),
    "a workbook cut short": (lambda: made.xlsx(ROWS)[:-30], "damaged"),
    "an xls cut short": (lambda: made.xls(ROWS)[:900], ""),
    "a part without a name": (lambda: nameless(made.xlsx(ROWS)), "damaged"),
    "a password": (lambda: locked(made.xlsx(ROWS)), "password"),
    "a ZIP of ZIPs": (lambda: made.zipped({"xl/a.zip": NESTED}), ""),
    "a binary workbook": (lambda: made.zipped({"xl/workbook.bin": b"a"}), "xlsb"),
    "entities": (
        lambda: made.zipped(
            {
                **made.xlsx_parts(""),
                "xl/workbook.xml": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><workbook>&l11;</workbook>',
            }
        ),
        "entities",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_workbook_that_would_grow_is_refused(kind: str, tmp_path: Path) -> None:
    build, says = WORKBOOKS[kind]
    data = build()
    with bounded(20 * len(data) + 40_000_000), pytest.raises(Stop) as stop:
        sheets.workbook(data, "list.xlsx")
    message = str(stop.value)
    assert message.startswith("list.xlsx ")
    assert says in message
    assert "\n" not in message
    assert stop.value.problem.place.file == "list.xlsx"
    assert told(data, tmp_path, "agenda.xlsx")


def test_its_twins_are_read() -> None:
    assert sheets.workbook(far(made.cell("A1", "a"), made.cell("Z5000", "b")), "a")[0].rows[4999][25] == "b"
    assert sheets.workbook(shared(1), "a")[0].rows == (("a",),)
    assert sheets.workbook(repeated(3, 2), "a")[0].rows == (("a", "a"),) * 3
    styled = '<c r="XFD1048576" s="1"/>'  # a corner that somebody once coloured
    assert sheets.workbook(far(made.cell("A1", "a"), styled), "a")[0].rows == (("a",),)
    filled = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    assert sheets.workbook(rows(f"<table:table-row>{made.open_cell('a')}</table:table-row>{filled}"), "a")[0].rows == (
        ("a",),
    )
    assert sheets.workbook(made.xls_of(made.old_cell(300, 3, "a")), "a")[0].rows[300][3] == "a"


def test_what_was_measured_is_what_is_opened() -> None:
    measured = workbooks.measured(made.xlsx(ROWS))
    with zipfile.ZipFile(io.BytesIO(measured)) as packed:
        assert {part.compress_type for part in packed.infolist()} == {zipfile.ZIP_STORED}
        assert packed.namelist() == list(made.xlsx_parts(""))


# Pictures


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(data, kind)
    return data.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tiff(width: int, height: int) -> bytes:
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 100)]
    return (
        b"II*\0\x08\0\0\0"
        + struct.pack("<H", len(entries))
        + b"".join(struct.pack("<2H2I", *entry) for entry in entries)
        + bytes(104)
    )


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<2H3B", width, height, 0, 0, 0) + picture("GIF")[13:]


def resized(kind: str, width: int, height: int) -> bytes:
    """A small picture that says it is a large one."""
    data = bytearray(picture(kind))
    if kind == "JPEG":
        at = data.find(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">2H", height, width)
    elif kind == "BMP":
        data[18:26] = struct.pack("<2i", width, height)
    return bytes(data)


def passing(many: int) -> bytes:
    """A JPEG that is drawn again and again over itself."""
    once = picture("JPEG")
    return once[:-2] + once[once.find(b"\xff\xda") : -2] * many + once[-2:]


PICTURES: dict[str, Callable[[], bytes]] = {
    "a PNG of 60000 x 60000": lambda: png(60_000, 60_000, rows=zlib.compress(b"")),
    "a PNG of 60000 x 60000, all of it there": lambda: png(60_000, 60_000, rows=zlib.compress(bytes(180_001 * 100))),
    "a PNG of 2^31 x 2^31": lambda: png(2**31 - 1, 2**31 - 1),
    "a JPEG of 60000 x 60000": lambda: resized("JPEG", 60_000, 60_000),
    "a BMP of 60000 x 60000": lambda: resized("BMP", 60_000, 60_000),
    "a TIFF of 60000 x 60000": lambda: tiff(60_000, 60_000),
    "a JPEG in a thousand passes": lambda: passing(1000),
    "a GIF of 60000 x 60000": lambda: gif(60_000, 60_000),
    "a WebP of 16383 x 16383": lambda: picture("WEBP", (1, 1)).replace(
        b"\x9d\x01\x2a\x01\x00\x01\x00", b"\x9d\x01\x2a\xff\x3f\xff\x3f"
    ),
    "a PNG with a bomb for a profile": lambda: png(
        1, 1, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000))), rows=zlib.compress(bytes(4))
    ),
    "a PNG with a bomb for a remark": lambda: png(
        1, 1, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000))), rows=zlib.compress(bytes(4))
    ),
    "a PNG of nothing": lambda: png(0, 0),
    "a PNG cut short": lambda: picture("PNG")[:-30],
    "a JPEG cut short": lambda: picture("JPEG")[:-300],
    "a TIFF cut short": lambda: picture("TIFF")[:-300],
    "a WebP cut short": lambda: picture("WEBP")[:-10],
    "a GIF cut short": lambda: picture("GIF")[:30],
    "an SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png"/></svg>',
    "a PostScript program": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "a page of the web": lambda: b"<html><body>404</body></html>",
    "packed data": lambda: gzip.compress(picture("PNG")),
    "one byte": lambda: b"\x89",
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_that_lies_is_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # some libraries, once loaded, have Pillow fill up for everybody what is cut short
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    for name in ("a.png", "a.jpg"):
        file = tmp_path / name
        file.write_bytes(PICTURES[kind]())
        refused = ""
        with bounded(100_000_000):
            try:
                images.embeddable(images.open_image(file))
            except ValueError as fault:
                refused = str(fault)
        if "remark" not in kind and "profile" not in kind and kind != "a TIFF cut short":
            assert refused.startswith(name)
        assert "\n" not in refused


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
def test_a_picture_that_is_one_is_opened_whatever_it_is_called(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture(kind))
    image = images.open_image(tmp_path / "a.png")
    assert (image.width_px, image.height_px) == (40, 30)


# Files that are not what they are called


LOGIN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>"
LIES: dict[str, tuple[bytes, str, str]] = {
    "a PDF called JSON": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "agenda.json", "agenda.json is no text file"),
    "a ZIP called text": (made.zipped({"a": b"b"}), "agenda.txt", "agenda.txt is no text file"),
    "a picture called text": (picture("PNG"), "agenda.txt", "agenda.txt is no text file"),
    "a JPEG called Markdown": (picture("JPEG"), "agenda.md", "agenda.md is no text file"),
    "packed data": (gzip.compress(AGENDA.encode() * 50), "agenda.md", "agenda.md is no text file"),
    "a tar archive": (b"agenda.md".ljust(257, b"\0") + b"ustar" + bytes(300), "agenda.md", "agenda.md is no text file"),
    "random bytes": (bytes(range(256)) * 20, "agenda.md", "agenda.md is no text file"),
}


@pytest.mark.parametrize("kind", LIES)
def test_a_file_that_is_no_text_is_refused(kind: str, tmp_path: Path) -> None:
    data, name, message = LIES[kind]
    assert told(data, tmp_path, name) == [message]


@pytest.mark.parametrize("name", ["agenda.xlsx", "agenda.ics", "agenda.json", "agenda.xml", "agenda.csv"])
def test_a_login_page_in_place_of_an_export_says_so(name: str, tmp_path: Path) -> None:
    messages = told(LOGIN, tmp_path, name)
    assert len(messages) <= 2


@pytest.mark.parametrize("name", ["agenda.xlsx", "agenda.json", "agenda.ics", "agenda.pdf", "agenda"])
def test_a_text_is_read_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(AGENDA, encoding="utf-8")
    agenda = read_agenda(tmp_path / name, Problems(), tmp_path)
    assert [entry.title for entry in agenda.entries()] == ["Opening", "Birds", "End"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_text_of_any_unicode_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "agenda.md").write_bytes(AGENDA.encode(encoding))
    agenda = read_agenda(tmp_path / "agenda.md", Problems(), tmp_path)
    assert [entry.title for entry in agenda.entries()] == ["Opening", "Birds", "End"]


@pytest.mark.parametrize(
    "rest", ["</office:spread", "<table:table-row><a></b>", "<table:table table:name='S'>", "&none;"]
)
def test_a_workbook_of_broken_xml_is_refused(rest: str, tmp_path: Path) -> None:
    whole = made.ods([["Time", "Title"], ["10:00", "Tides"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["content.xml"] = parts["content.xml"][: len(parts["content.xml"]) // 2] + rest.encode()
    (tmp_path / "agenda.ods").write_bytes(made.zipped(parts))
    with pytest.raises(Stop, match="is damaged: its content is broken"), ending():
        read_agenda(tmp_path / "agenda.ods", Problems(), tmp_path)


ENTRIES = {
    "agenda.json": lambda n: json.dumps([{"title": f"T {i}", "start": f"2026-05-04T{i % 24:02}:00"} for i in range(n)]),
    "agenda.xml": lambda n: "<all><date>2026-05-04</date>{}</all>".format(
        "".join(f"<e><title>T {i}</title><start>{i % 24:02}:00</start></e>" for i in range(n))
    ),
    "agenda.yaml": lambda n: (
        "agenda:\n" + "".join(f"  - {{start: '{i % 24:02}:00', title: T {i}}}\n" for i in range(n))
    ),
    "agenda.ics": lambda n: "BEGIN:VCALENDAR\n{}END:VCALENDAR\n".format(
        "".join(f"BEGIN:VEVENT\nSUMMARY:T {i}\nDTSTART:20260504T{i % 24:02}0000\nEND:VEVENT\n" for i in range(n))
    ),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_more_entries_than_any_event_has_are_cut_and_told_once(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ENTRIES[name](5_200), encoding="utf-8")
    problems = Problems()
    agenda = read_agenda(tmp_path / name, problems, tmp_path)
    assert sum(1 for _ in agenda.entries()) == 5_000
    assert [problem.rule for problem in problems.errors] == ["agenda.lines"]
    assert problems.errors[0].place.line > 0
