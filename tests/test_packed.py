"""Packed files say what they said before: other libraries read every object back."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest

from eventprint.draw import draw
from eventprint.geometry import Size
from eventprint.packed import packed
from eventprint.page import Anchor, Edition, Link, Page, Text
from eventprint.text import Style, shape


def pages(count: int) -> list[Page]:
    line = shape("A line (with brackets) that is here to be read", Style())
    return [
        Page(
            Size(300, 300),
            (Anchor(f"p{n}", title=f"Page {n}"), Text(10, 40, line, 12), Link(Text(10, 40, line, 12).box, "#p0")),
        )
        for n in range(count)
    ]


def drawn(edition: Edition, count: int = 30) -> bytes:
    return draw(pages(count), edition=edition, title="A title", language="en")


def test_every_object_is_read_back_under_its_number() -> None:
    plain = drawn(Edition.OFFICE)
    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(packed(plain))) as after:
        for one in before.objects:
            other = after.get_object(one.objgen)
            assert one.unparse() == other.unparse() or isinstance(one, pikepdf.Stream)
            if isinstance(one, pikepdf.Stream):
                assert one.read_raw_bytes() == other.read_raw_bytes()
        assert before.trailer.ID == after.trailer.ID
        assert str(after.docinfo.Title) == "A title"
    assert len(packed(plain)) < 0.8 * len(plain)


def test_a_file_to_read_is_packed_and_one_to_print_is_not(tmp_path: Path) -> None:
    for edition in Edition:
        data = drawn(edition)
        assert (b"/ObjStm" in data) == (edition is Edition.SCREEN)
        assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 30
        if shutil.which("qpdf"):
            (tmp_path / "file.pdf").write_bytes(data)
            assert subprocess.run(["qpdf", "--check", tmp_path / "file.pdf"], capture_output=True).returncode == 0


def test_a_reader_notices_a_file_packed_wrongly() -> None:
    data = packed(drawn(Edition.OFFICE))
    at = data.index(b"/First ")
    wrong = data[:at] + b"/First 9" + data[at + 8 :]
    with pytest.raises((pikepdf.PdfError, AssertionError)):
        sound(wrong)


def sound(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 30
