"""Every file of a whole print run is what it says it is: the sample's, and those of an event that is hard to print.

Each claim in a file's metadata is proved by veraPDF; qpdf, Ghostscript, pdfcpu and poppler are asked besides.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import made_event
import pikepdf
import pytest
from conftest import copy_of_the_sample
from standards import claims, node

from eventprint import job
from eventprint.draw import draw
from eventprint.geometry import Size
from eventprint.job import Built
from eventprint.page import Edition, Page

PRESS = {"PDF/X-4", "PDF/A-2b"}
HEARD = {"PDF/UA-1", "PDF/A-2a"}

IMPOSED = {"desk/badges.pdf", "desk/badges-a6.pdf", "desk/speaker-cards.pdf", "office/programme-booklet.pdf"}
"""Sheets for the organiser's own printer: of several pages each, so that nobody is to read them as they are."""

SHOP_SHEETS = {"print-shop/job-sheet.pdf"}
"""What the print shop is to read, not to print."""


pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module", params=["the sample", "a hard event"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("claims")
    return job.build(copy_of_the_sample(folder) if request.param == "the sample" else made_event.hard(folder))


@pytest.fixture(scope="module")
def files(run: Built) -> dict[str, bytes]:
    """Every PDF of the print folder, by its name there."""
    return {file.relative_to(run.folder).as_posix(): file.read_bytes() for file in sorted(run.folder.rglob("*.pdf"))}


def expected(name: str) -> set[str]:
    if name in IMPOSED or name.endswith("/job.pdf"):
        return set()  # several pages or several files together are none of it
    return PRESS if name.startswith("print-shop/") and name not in SHOP_SHEETS else HEARD


def test_each_recipient_has_files(files: dict[str, bytes]) -> None:
    folders = {name.split("/")[0] for name in files}
    assert folders == {"print-shop", "office", "desk", "venue", "online", "proof"}
    assert files.keys() >= IMPOSED | SHOP_SHEETS


def test_each_file_claims_what_it_is_made_for_and_sheets_claim_nothing(files: dict[str, bytes]) -> None:
    assert {name: claims.claims(data) for name, data in files.items()} == {name: expected(name) for name in files}


def test_every_claim_is_true(files: dict[str, bytes]) -> None:
    assert {name: wrong for name, data in files.items() if (wrong := claims.disproved(data))} == {}


@pytest.mark.parametrize("run", ["a hard event"], indirect=True)
def test_the_hard_event_is_hard(run: Built, files: dict[str, bytes]) -> None:
    """That its pictures, scripts and inks reached the files, or what is proved of them says nothing."""
    with pikepdf.open(io.BytesIO(files["print-shop/programme.pdf"])) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        pictures = [one for one in streams if one.get("/Subtype") == "/Image"]
        spaces = [space for page in pdf.pages for space in dict(page.Resources.get("/ColorSpace", {})).values()]
        assert {str(space[1]) for space in spaces} == {"/PANTONE 166 C"}
        assert any("/SMask" in one for one in pictures)
        assert len(pictures) >= 5
    assert "נועם בן־חורין" in {person.name.full for person in run.event.people}


def test_boxes_lie_in_each_other_and_sheets_are_as_large_as_they_say(files: dict[str, bytes]) -> None:
    """ISO 15930-7, 6.14: the trim inside the bleed inside the media, on every page of every file."""
    for name, data in files.items():
        pressed = expected(name) == PRESS
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                media, trim = box(page.obj.MediaBox), box(page.obj.TrimBox)
                bleed = box(page.obj.get("/BleedBox", page.obj.MediaBox))
                assert inside(trim, bleed), name
                assert inside(bleed, media), name
                assert "/ArtBox" not in page.obj
                assert "/UserUnit" not in page.obj
                if pressed:
                    assert [round(edge, 2) for edge in (trim[0] - bleed[0], bleed[3] - trim[3])] == [8.5, 8.5], name


def box(found: pikepdf.Object) -> list[float]:
    return [float(edge) for edge in found]


def inside(inner: list[float], outer: list[float]) -> bool:
    return all(inner[at] >= outer[at] - 0.001 and inner[at + 2] <= outer[at + 2] + 0.001 for at in (0, 1))


# Second opinions


def test_qpdf_has_nothing_to_say(run: Built, files: dict[str, bytes], tool: Callable[[str], str]) -> None:
    for name in files:
        done = subprocess.run([tool("qpdf"), "--check", run.folder / name], capture_output=True, text=True)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def test_ghostscript_stops_nowhere(run: Built, files: dict[str, bytes], tool: Callable[[str], str]) -> None:
    strict = ["-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"]
    for name in files:
        done = subprocess.run([tool("gs"), *strict, run.folder / name], capture_output=True, text=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), name


def test_pdfcpu_finds_every_file_strictly_sound(run: Built, files: dict[str, bytes]) -> None:
    said = node.pdfcpu([run.folder / name for name in files])
    assert len(said) == len(files)
    assert {file: words for file, words in said.items() if words} == {}


def test_poppler_knows_what_is_for_a_press_and_what_is_tagged(
    run: Built, files: dict[str, bytes], tool: Callable[[str], str]
) -> None:
    for name in files:
        done = subprocess.run([tool("pdfinfo"), run.folder / name], capture_output=True, text=True, check=True)
        told = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
        assert told["Tagged"].strip() == ("yes" if expected(name) == HEARD else "no"), name
        assert done.stderr == "", name


def test_pdfcpu_refuses_a_file_that_is_broken(tmp_path: Path) -> None:
    pdf = draw([Page(Size(200, 200), ())], edition=Edition.OFFICE, title="A title", language="en")
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf)
    bad.write_bytes(pdf.replace(b"/Type /Page /Parent", b"/Type /Pale /Parent"))
    said = node.pdfcpu([good, bad])
    assert said[good] == ""
    assert said[bad] != ""


# Claims that are not true


def test_a_claim_that_is_not_true_is_found() -> None:
    """The same file with another claim in its metadata: what nobody proved is not passed over."""
    shop, screen = (
        draw([Page(Size(200, 200), (), 9)], edition=edition, title="A title", language="en")
        for edition in (Edition.SHOP, Edition.SCREEN)
    )
    assert claims.disproved(shop) == claims.disproved(screen) == {}
    said = b"<pdfuaid:part>1</pdfuaid:part>"
    lied = shop.replace(
        b"<xmpMM:VersionID>1</xmpMM:VersionID>", said.ljust(len("<xmpMM:VersionID>1</xmpMM:VersionID>"))
    )
    assert claims.claims(lied) == {*PRESS, "PDF/UA-1"}
    assert claims.disproved(lied).keys() >= {"PDF/UA-1"}
    unknown = screen.replace(said, b"<pdfuaid:part>2</pdfuaid:part>")
    assert claims.disproved(unknown)["PDF/UA-2"] == {"": "nobody here can prove it"}
