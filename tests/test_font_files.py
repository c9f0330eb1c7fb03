"""The files of a folder of fonts: what is in them, and why some are not used."""

import struct
import zlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from made_fonts import make, make_collection

from eventprint import fonts
from eventprint.fonts.files import open_face, read_folder
from eventprint.problems import Problems


def read(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The families found, and file and rule of every error."""
    problems = Problems()
    families = [source.family for source in read_folder(folder, problems)]
    assert all(problem.message.startswith(problem.place.file) for problem in problems.found)
    return families, [(problem.place.file, problem.rule) for problem in problems.errors]


def test_files_that_cannot_be_used_are_problems(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 and then nothing")
    (tmp_path / "web.woff2").write_bytes(b"wOF2")
    (tmp_path / "readme.txt").write_text("not a font")
    (tmp_path / "folder.ttf").mkdir()
    assert read(tmp_path)[1] == [
        ("broken.ttf", "fonts.unreadable"),
        ("web.woff2", "fonts.format"),
    ]


def test_every_kind_of_file_is_read(tmp_path):
    make(tmp_path / "a.ttf", "One", "AB")
    make(tmp_path / "b.OTF", "Two", "AB", outlines="CFF")
    web = make(None, "Three", "AB")
    web.flavor = "woff"
    web.save(tmp_path / "c.woff")
    make_collection(tmp_path / "d.ttc", [make(None, name, "AB") for name in ("Four", "Five")])
    assert read(tmp_path) == (["One", "Two", "Three", "Four", "Five"], [])


def test_a_woff_holds_the_font_it_was_made_of(tmp_path):
    plain = make(tmp_path / "a.ttf", "One", "ABC")
    plain.flavor = "woff"
    plain.save(tmp_path / "a.woff")
    face, same = open_face(tmp_path / "a.woff"), open_face(tmp_path / "a.ttf")
    assert face.table_tags == same.table_tags
    for tag in set(same.table_tags) - {"head"}:  # which has the time and the sum of the whole file
        assert face.reference_table(tag).data == same.reference_table(tag).data


@pytest.mark.parametrize("cut", [20, 60, 200, 400])
def test_a_woff_cut_short_is_reported(tmp_path, cut):
    web = make(None, "Three", "AB")
    web.flavor = "woff"
    web.save(tmp_path / "c.woff")
    whole = (tmp_path / "c.woff").read_bytes()
    (tmp_path / "c.woff").write_bytes(whole[:cut])
    assert read(tmp_path) == ([], [("c.woff", "fonts.unreadable")])


def test_a_table_that_unpacks_to_more_than_it_says_is_no_danger(tmp_path):
    bomb = zlib.compress(bytes(50_000_000), 9)
    entry = struct.pack(">4s4L", b"glyf", 64, len(bomb), len(bomb) + 1, 0)
    (tmp_path / "c.woff").write_bytes(b"wOFF" + struct.pack(">4sL2H6L", b"\0\1\0\0", 0, 1, 0, *[0] * 6) + entry + bomb)
    families, errors = read(tmp_path)
    assert families == []
    assert [rule for _, rule in errors] == ["fonts.unreadable"]


@pytest.mark.parametrize(
    ("usage", "used"),
    [
        (0x0000, True),
        (0x0002, False),
        (0x0004, True),
        (0x0008, True),
        (0x0006, True),
        (0x000A, True),
        (0x0100, False),
        (0x0104, False),
        (0x0200, False),
        (0x0208, False),
    ],
)
def test_a_font_that_must_not_be_embedded_is_not_used(tmp_path, usage, used):
    make(tmp_path / "Licensed.ttf", "Licensed", "AB", fsType=usage)
    assert TTFont(tmp_path / "Licensed.ttf")["OS/2"].fsType == usage
    families, errors = read(tmp_path)
    assert families == (["Licensed"] if used else [])
    assert errors == ([] if used else [("Licensed.ttf", "fonts.licence")])
    fonts.use([tmp_path])
    assert fonts.has_family("Licensed") == used


def test_a_font_of_pictures_is_not_used(tmp_path):
    font = make(None, "Pictures", "AB")
    del font["glyf"], font["loca"]
    for tag in ("CBDT", "CBLC"):
        font[tag] = DefaultTable(tag)
        font[tag].data = b"\0\3\0\0"
    font.save(tmp_path / "Pictures.ttf")
    assert read(tmp_path) == ([], [("Pictures.ttf", "fonts.outlines")])
