"""A product goes to the print shop its event names: by that shop's numbers, with marks where it wants them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from conftest import few
from PIL import Image
from standards import pdfx4, vera

from eventprint import compose, job
from eventprint.draw import draw
from eventprint.event import Product
from eventprint.job.build import _check_file
from eventprint.job.run import Run
from eventprint.page import Edition
from eventprint.preflight import preflight, spec
from eventprint.problems import Problems, Severity
from eventprint.read import read

MM = 72 / 25.4


def ordered(folder: Path, spec: str) -> Path:
    """The sample event with speaker cards alone, for the press named."""
    event = few(folder, "speaker-cards")
    file = event / "event.yaml"
    text = file.read_text(encoding="utf-8")
    assert "speaker-cards: {}" in text
    file.write_text(text.replace("speaker-cards: {}", f"speaker-cards: {{spec: {spec}}}"), encoding="utf-8")
    return event


def cards(event: Path) -> bytes:
    return (event / "print" / "print-shop" / "speaker-cards.pdf").read_bytes()


def boxes(pdf: bytes) -> list[list[float]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [[float(edge) / MM for edge in opened.pages[0][f"/{name}Box"]] for name in ("Media", "Bleed", "Trim")]


def test_an_event_s_own_shop_gets_marks_where_it_asks_for_them(tmp_path: Path) -> None:
    event = ordered(tmp_path, "corner")
    (event / "specs").mkdir()
    (event / "specs" / "corner.yaml").write_text(
        "extends: digital\ntitle: the shop round the corner\nmarks: crop\nmarks_from: 6 mm\n", encoding="utf-8"
    )
    built = job.build(event)
    assert [problem for problem in built.problems if problem.rule.startswith(("preflight", "product"))] == []
    pdf = cards(event)
    media, bleed, trim = boxes(pdf)
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    assert (width, height) == pytest.approx((148, 105), abs=0.01)
    # marks of 5 mm that begin 6 mm from the trim
    assert media == pytest.approx([0, 0, width + 22, height + 22], abs=0.01)
    assert bleed == pytest.approx([8, 8, 8 + width + 6, 8 + height + 6], abs=0.01)
    assert vera.judge(pdf, pdfx4.profile()) == {}
    assert preflight(pdf, spec("corner", [event / "specs"])).faults == ()


def test_a_shop_of_the_shelf_is_named_and_its_wishes_are_kept(tmp_path: Path) -> None:
    event = ordered(tmp_path, "woelferdruck")
    built = job.build(event)
    # eight cards are two sheets of four pages, so that a booklet's shop takes them as well
    assert [problem for problem in built.problems if problem.rule.startswith("preflight")] == []
    media, bleed, _ = boxes(cards(event))
    assert media == bleed


def test_what_a_shop_does_not_take_is_told(tmp_path: Path) -> None:
    built = job.build(ordered(tmp_path, "hetman"))
    told = [problem for problem in built.problems if problem.rule == "preflight.PF-001"]
    assert [problem.message for problem in told] == ["the file says it is PDF/X-4; the shop takes PDF/X-1a:2001"]
    assert told[0].severity is Severity.ERROR


def test_a_shop_nobody_knows_is_told_where_it_was_ordered(tmp_path: Path) -> None:
    event = ordered(tmp_path, "joom")
    built = job.build(event)
    problem = next(problem for problem in built.problems if "joom" in problem.message)
    assert problem.message == "there is no print spec 'joom'"
    assert problem.hint == "did you mean 'joon'?"
    assert problem.place.file == "event.yaml"
    assert problem.place.line > 0


def test_marks_are_on_every_plate_and_nowhere_else(tmp_path: Path) -> None:
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed: nobody makes plates")
    event = read(few(tmp_path, "speaker-cards"), Problems(), secret=True)
    pages = compose.compose(event, Product("speaker-cards"), Problems()).pages[:1]
    drawn = draw(pages, edition=Edition.SHOP, title="A title", language="en", marks_from=0.0)
    file = tmp_path / "marked.pdf"
    file.write_bytes(drawn)
    options = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r300"]
    subprocess.run(
        ["gs", *options, f"-sOutputFile={tmp_path / 'plate.tif'}", str(file)], check=True, capture_output=True
    )
    media, bleed, _ = boxes(drawn)
    plates = {}
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        plate = Image.open(next(tmp_path.glob(f"plate*({name})*"))).convert("L")
        scale = plate.width / media[2]
        inside = tuple(round(edge * scale) for edge in (bleed[0], media[3] - bleed[3], bleed[2], media[3] - bleed[1]))
        slug = plate.copy()
        slug.paste(255, (inside[0] - 1, inside[1] - 1, inside[2] + 1, inside[3] + 1))
        assert slug.getextrema()[0] < 128, f"no marks on the {name} plate"
        plates[name] = slug.point(lambda value: 255 * (value < 128)).getbbox(), slug.tobytes()
    assert len(set(plates.values())) == 1, "marks lie on each other on all plates"


def test_a_claim_that_does_not_hold_is_taken_out_of_what_is_delivered(tmp_path: Path) -> None:
    event = read(few(tmp_path, "speaker-cards"), Problems(), secret=True)
    pages = compose.compose(event, Product("speaker-cards"), Problems()).pages
    true = draw(pages, edition=Edition.SHOP, title="A title", language="en")
    with pikepdf.open(io.BytesIO(true)) as opened:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        opened.save(out := io.BytesIO())
    for pdf, claims in ((true, ("PDF/X-4", "PDF/A-2b")), (out.getvalue(), ())):
        run = Run(event, Problems())
        made = _check_file(run, pdf, spec("digital"), "print-shop/cards.pdf", pages)
        assert preflight(made, spec("office")).claims == claims
        rules = [problem.rule for problem in run.problems.found]
        if claims:
            assert (made, rules) == (pdf, [])
        else:
            assert rules == ["preflight.PF-060e", "preflight.PF-080", "preflight.PF-080", "preflight.unclaimed"]
            assert "no longer says that it is PDF/X-4 and PDF/A-2b" in run.problems.found[-1].message
            assert run.problems.found[-1].place.file == "print-shop/cards.pdf"


@pytest.mark.parametrize("product", ["speaker-cards", "badges", "signs-a4"])
def test_a_layout_bleeds_as_far_as_the_print_shop_asks(product: str, tmp_path: Path) -> None:
    event = few(tmp_path, product)
    (event / "specs").mkdir()
    wide = event / "specs" / "wide.yaml"
    wide.write_text("extends: digital\nbleed: 5 mm\ntext: 5 pt\n", encoding="utf-8")
    settings = event / "event.yaml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(rf"(?m)^(  {product}: {{.*?)(, )?}}$", r"\1\2spec: wide}", said), encoding="utf-8")
    if product == "badges":
        settings.write_text(
            said.replace("{layout: badge-90x55}", "{layout: badge-90x55, spec: wide}"), encoding="utf-8"
        )
    built = job.build(event)
    assert [str(problem) for problem in built.problems if problem.severity == "error"] == []
    with pikepdf.open(event / "print" / "print-shop" / f"{product}.pdf") as pdf:
        for page in pdf.pages:
            pairs = zip(page.obj.BleedBox, page.trimbox, strict=True)
            assert [abs(float(bleed) - float(trim)) / MM for bleed, trim in pairs] == pytest.approx([5] * 4, abs=0.01)
