"""The test sheet as it comes out: measured in PDFium's and poppler's pictures of it, not in the marks it is made of."""

from __future__ import annotations

import io
import math
import subprocess
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from standards import vera

from eventprint import printers
from eventprint.compose import make
from eventprint.draw import draw
from eventprint.event import Event
from eventprint.geometry import PAPERS, Box, Size, mm
from eventprint.page import Edition, Matrix, Page, Role, Text, after, place_box, walk
from eventprint.printers import Printer, Readings, crosses
from eventprint.problems import Problems
from eventprint.records import Length

NAMES = ["A4", "Letter", "A3"]
DOTS = 600
DOT = 25.4 / DOTS
"""Millimetres."""


@cache
def pages(name: str) -> tuple[Page, ...]:
    problems = Problems()
    made = make(Event(Path(), ""), "test-sheet", problems, trim=PAPERS[name]).pages
    assert problems.found == []
    return made


@cache
def sheet(name: str) -> bytes:
    return draw(pages(name), edition=Edition.OFFICE, title="Test sheet", language="en")


@cache
def picture(name: str, number: int) -> Image.Image:
    """A side as PDFium sees it, in grey."""
    document = pypdfium2.PdfDocument(sheet(name))
    return document[number].render(scale=DOTS / 72).to_pil().convert("L")


def runs(shades: Iterable[int]) -> list[tuple[float, float]]:
    """Dark stretches of a row of pixels: centre and width, in pixels, shades counted as parts of a pixel."""
    found: list[tuple[float, float]] = []
    weight = moment = 0.0
    for at, shade in enumerate([*shades, 255]):
        ink = (255 - shade) / 255
        if ink > 0.02:
            weight, moment = weight + ink, moment + ink * (at + 0.5)
        elif weight:
            found.append((moment / weight, weight))
            weight = moment = 0.0
    return found


def row(image: Image.Image, y: float, left: float, right: float) -> list[float]:
    """The middles of the dark stretches along a level line, in millimetres from the left edge."""
    strip = image.crop((round(left / DOT), round(y / DOT), round(right / DOT), round(y / DOT) + 1))
    return [(centre + round(left / DOT)) * DOT for centre, _ in runs(strip.tobytes())]


def column(image: Image.Image, x: float, top: float, bottom: float) -> list[float]:
    strip = image.crop((round(x / DOT), round(top / DOT), round(x / DOT) + 1, round(bottom / DOT)))
    return [(centre + round(top / DOT)) * DOT for centre, _ in runs(strip.tobytes())]


def ends_of_bars(image: Image.Image, size: Size) -> tuple[list[float], list[float]]:
    """Where the two long ticks of each bar lie: the only ink 4.8 mm above the one and to the left of the other."""
    width, height = size.width / mm, size.height / mm
    level = row(image, height / 2 - 14 - 4.8, 20, 130)
    upright = column(image, width - 26 - 3 - 4.8, height / 2 + 5, height / 2 + 111)
    return level, upright


@pytest.mark.parametrize("name", NAMES)
def test_both_bars_are_a_hundred_millimetres_long(name: str) -> None:
    for ends in ends_of_bars(picture(name, 0), PAPERS[name]):
        assert len(ends) == 2
        assert ends[1] - ends[0] == pytest.approx(100, abs=0.05)


def test_poppler_says_so_too(tool: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(sheet("A4"))
    command = [tool("pdftoppm"), "-r", str(DOTS), "-gray", "-f", "1", "-l", "1", "sheet.pdf", "side"]
    subprocess.run(command, cwd=tmp_path, check=True)
    (file,) = tmp_path.glob("side*.pgm")
    for ends in ends_of_bars(Image.open(file).convert("L"), PAPERS["A4"]):
        assert ends[1] - ends[0] == pytest.approx(100, abs=0.05)


def test_a_bar_printed_too_small_would_be_seen() -> None:
    """The judge of the tests above, on a sheet that somebody printed to fit the page."""
    whole = picture("A4", 0)
    small = whole.resize((round(whole.width * 0.97), round(whole.height * 0.97)), Image.Resampling.BICUBIC)
    fitted = Image.new("L", whole.size, 255)
    fitted.paste(small, ((whole.width - small.width) // 2, (whole.height - small.height) // 2))
    y = 297 / 2 - (14 + 4.8) * 0.97
    (first, last) = row(fitted, y, 20, 130)
    assert last - first == pytest.approx(97, abs=0.1)


def test_the_ends_of_a_bar_have_a_tick_for_every_millimetre() -> None:
    ticks = row(picture("A4", 0), 297 / 2 - 14 - 1.2, 25, 127.5)
    expected = [26 + n for n in (*range(11), *range(20, 90, 10), *range(90, 101))]
    assert [round(tick, 1) for tick in ticks] == expected


def read(image: Image.Image, x: float, y: float) -> tuple[float, float]:
    """Where the cross near a place lies: its arms, seen 5 mm above and 5 mm to the left."""
    across = row(image, y - 5, x - 4, x + 4)
    down = column(image, x - 5, y - 4, y + 4)
    assert (len(across), len(down)) == (1, 1)
    return across[0], down[0]


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_crosses_lie_where_printers_are_told_and_coincide_when_the_sheet_is_turned(name: str) -> None:
    width = PAPERS[name].width / mm
    front, back = picture(name, 0), picture(name, 1)
    for cross in crosses(PAPERS[name]):
        x, y = cross.x / mm, cross.y / mm
        seen = read(front, x, y)
        assert seen == pytest.approx((x, y), abs=0.05)
        behind = read(back, width - x, y)
        assert (width - behind[0], behind[1]) == pytest.approx(seen, abs=0.05)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_rings_of_the_back_lie_around_the_small_crosses_of_the_front(name: str) -> None:
    """Seen against the light: the back turned about its upright axis lies on the front."""
    width, height = PAPERS[name].width / mm, PAPERS[name].height / mm
    front = picture(name, 0)
    back = picture(name, 1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for x, y in ((width / 2, height / 2), (15, height / 2), (width - 15, height / 2), (width / 2, height - 15)):
        (across,) = row(front, y - 2.5, x - 5, x + 5)
        (down,) = column(front, x - 2.5, y - 5, y + 5)
        rings = row(back, y, x - 5, x + 5)
        assert [round(at - across) for at in rings] == [-4, -3, -2, -1, 1, 2, 3, 4]
        assert sum(rings) / 8 == pytest.approx(across, abs=0.06)
        above = column(back, x, y - 5, y + 5)
        assert sum(above) / 8 == pytest.approx(down, abs=0.06)


def test_greys_are_as_dark_as_they_say() -> None:
    image = picture("A4", 0)
    words = {text.line.text: box for text, box in texts(pages("A4")[0])}
    for per_cent in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100):
        said = words[f"{per_cent} %"]
        shade = image.getpixel((round(said.centre[0] / mm / DOT), round((said.y / mm - 4) / DOT)))
        assert shade == pytest.approx(255 * (1 - per_cent / 100), abs=1.5)


def test_lines_are_as_wide_as_they_say() -> None:
    """The ink of a level line, added up over a column of pixels."""
    image = picture("A4", 0)
    words = {text.line.text: box for text, box in texts(pages("A4")[0])}
    for points in (0.25, 0.35, 0.5, 0.75, 1.0):
        said = words[f"{points:g} pt"]
        x, top = (said.x / mm + 5) / DOT, (said.y / mm - 19.5) / DOT
        strip = image.crop((round(x), round(top), round(x) + 1, round(top + 4 / DOT)))
        ((_, width),) = runs(strip.tobytes())
        assert width / DOTS * 72 == pytest.approx(points, abs=0.06)


def test_every_code_can_be_read_by_another_reader() -> None:
    found = zxingcpp.read_barcodes(picture("A4", 0))
    said = sorted(code.text for code in found)
    assert said == [f"EVENTPRINT {module}" for module in ("0.33", "0.36", "0.40", "0.50", "0.60")]
    for code in found:
        corner = code.position
        side = math.dist((corner.top_left.x, corner.top_left.y), (corner.top_right.x, corner.top_right.y)) * DOT
        assert side / 21 == pytest.approx(float(code.text.split()[1]), abs=0.02)


def test_the_file_asks_for_both_sides_and_no_scaling() -> None:
    with pikepdf.open(io.BytesIO(sheet("A4"))) as pdf:
        wanted = pdf.Root.ViewerPreferences
        assert (wanted.Duplex, wanted.PrintScaling) == ("/DuplexFlipLongEdge", "/None")
        assert len(pdf.pages) == 2


def test_it_can_be_heard() -> None:
    assert vera.judge(sheet("A4"), "PDF/UA-1") == {}


def texts(page: Page) -> list[tuple[Text, Box]]:
    return [(mark, place_box(mark.box, matrix)) for mark, matrix in walk(page.marks) if isinstance(mark, Text)]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_another_or_near_the_edge(name: str) -> None:
    for page in pages(name):
        placed = texts(page)
        assert all(page.trim.inset(5 * mm).contains(box) for _, box in placed)
        clashes = [
            (one.line.text, other.line.text)
            for (one, a), (other, b) in combinations(placed, 2)
            if a.intersects(b) and one.block != other.block
        ]
        assert clashes == []
        assert [text.line.text for text, _ in placed if text.role is Role.H1] in (["Test sheet"], [])


def test_paper_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="a test sheet needs paper of at least 200 × 270 mm, upright"):
        make(Event(Path(), ""), "test-sheet", Problems(), trim=PAPERS["A5"])


def through(matrix: Matrix, image: Image.Image) -> Image.Image:
    """What comes out of a printer that puts every point where a map of millimetres says."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    e, f = e / DOT, f / DOT
    back = (d / area, -c / area, (c * f - d * e) / area, -b / area, a / area, (b * e - a * f) / area)
    return image.transform(image.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.thorough
def test_measured_in_a_crooked_print_and_corrected_everything_is_where_it_belongs() -> None:
    """The whole way: a crooked printer prints the sheet, a ruler reads it, the corrected sheet is printed again."""
    image = picture("A4", 0)
    crooked: Matrix = (1.004, 0.003, -0.0022, 0.997, 0.9, -1.1)
    printed = through(crooked, image)
    readings = {}
    for cross in crosses(PAPERS["A4"]):
        x, y = read(printed, cross.x / mm, cross.y / mm)
        assert math.dist((x, y), (cross.x / mm, cross.y / mm)) > 0.3
        readings[cross.name] = (Length(x * mm), Length(y * mm))
    correction = Printer(front=Readings(**readings)).matrix("front")
    a, b, c, d, e, f = correction
    again = through(after((a, b, c, d, e / mm, f / mm), crooked), image)
    for cross in crosses(PAPERS["A4"]):
        assert read(again, cross.x / mm, cross.y / mm) == pytest.approx((cross.x / mm, cross.y / mm), abs=0.1)
    for ends in ends_of_bars(again, PAPERS["A4"]):
        assert ends[1] - ends[0] == pytest.approx(100, abs=0.1)


def test_the_example_on_the_sheet_is_a_file_that_can_be_read(tmp_path: Path) -> None:
    """What the panel shows of the front, line by line with its indents."""
    panel = [
        (box.x, text.line.text)
        for text, box in texts(pages("Letter")[0])
        if ":" in text.line.text
        and text.line.text.partition(":")[0] in ("paper", "front", *(cross.name for cross in crosses(PAPERS["A4"])))
    ]
    left = min(x for x, _ in panel)
    lines = ["  " * (x > left + 1) + text for x, text in panel][:6]
    (tmp_path / "mine.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems = Problems()
    printer = printers.load(str(tmp_path / "mine.yaml"), problems)
    assert problems.found == []
    assert printer.paper == PAPERS["Letter"]
    assert printer.distortion("front").offset[0] / mm == pytest.approx(0.2)
