"""Cubic outlines as TrueType's, judged by sampling, by fontTools, and by FreeType's drawing of the original."""

from __future__ import annotations

import io
import math
import random
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from made_fonts import box, make, make_collection, make_variable, ring
from PIL import Image, ImageChops, ImageDraw, ImageFont

from eventprint import draw, fonts
from eventprint.fonts.outlines import DrawnOutlines, Point, quadratics
from eventprint.fonts.subset import subset
from eventprint.geometry import Size, inch
from eventprint.page import Edition, Page, Text
from eventprint.problems import Problems
from eventprint.text import Style, missing, shape

PPI = 150
FINER = 8
"""FreeType draws so many times larger, for it moves stems to whole pixels."""

SIZE = 60.0
ALIKE = 0.02
"""Of a thin letter's ink, what may differ by how two programs round at its edge: a fifth of a pixel shows."""

SAMPLES = 25

points = st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000))


@pytest.fixture
def own(tmp_path):
    yield tmp_path
    fonts.use([])


# from cubic to quadratic


def cubic_at(cubic: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return tuple(sum(w * p[axis] for w, p in zip(weights, cubic, strict=True)) for axis in (0, 1))


def farthest(cubic: tuple[Point, Point, Point, Point], controls: list[Point]) -> float:
    """The greatest distance between the cubic and the quadratics that TrueType makes of these controls."""
    halfway = [tuple((a + b) / 2 for a, b in zip(p, q, strict=True)) for p, q in pairwise(controls)]
    joints = [cubic[0], *halfway, cubic[3]]
    found = 0.0
    for number, control in enumerate(controls):
        for step in range(SAMPLES + 1):
            s = step / SAMPLES
            weights = ((1 - s) ** 2, 2 * s * (1 - s), s * s)
            three = (joints[number], control, joints[number + 1])
            at = [sum(w * p[axis] for w, p in zip(weights, three, strict=True)) for axis in (0, 1)]
            found = max(found, math.dist(at, cubic_at(cubic, (number + s) / len(controls))))
    return found


@given(points, points, points, points, st.sampled_from([0.1, 0.3, 2.0]))
@settings(max_examples=150)
def test_a_quadratic_curve_stays_within_the_tolerance(a, b, c, d, tolerance):
    controls = quadratics(a, b, c, d, tolerance)
    assert farthest((a, b, c, d), controls) <= tolerance + 1e-6


@given(points, points, points, points)
@settings(max_examples=150)
def test_there_is_no_piece_too_many(a, b, c, d):
    count = len(quadratics(a, b, c, d, 0.1))
    if count > 1:
        looser = 0.1 * (count / (count - 1)) ** 3
        fewer = quadratics(a, b, c, d, looser)
        assert len(fewer) == count - 1
        # the greatest distance lies between two samples, so a little of it may be lost
        assert farthest((a, b, c, d), fewer) > 0.1 * 0.97


def test_a_quadratic_written_as_a_cubic_comes_back():
    a, q, d = (0.0, 0.0), (30.0, 60.0), (90.0, 0.0)
    b, c = ((a[0] + 2 * q[0]) / 3, (a[1] + 2 * q[1]) / 3), ((d[0] + 2 * q[0]) / 3, (d[1] + 2 * q[1]) / 3)
    (control,) = quadratics(a, b, c, d, 0.1)
    assert control == pytest.approx(q)


# as a glyph


class Drawing:
    """Stands for a HarfBuzz font that draws the given contours, in straight lines."""

    def __init__(self, contours):
        self.contours = contours
        self.face = self
        self.upem = 1000

    def reference_table(self, _):
        return self

    data = b"\0" * 54

    def draw_glyph_with_pen(self, _, pen):
        for first, *others in self.contours:
            pen.moveTo(first)
            for point in others:
                pen.lineTo(point)
            pen.closePath()


def read_back(outline: bytes, donor: TTFont) -> list[list[tuple[int, int]]]:
    """The contours as fontTools reads them."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    glyph = Glyph(outline)
    glyph.expand(donor["glyf"])
    coordinates, ends, _ = glyph.getCoordinates(donor["glyf"])
    starts = [0, *(end + 1 for end in ends)]
    return [list(coordinates[start : end + 1]) for start, end in zip(starts, ends, strict=False)]


@pytest.fixture(scope="module")
def donor():
    return make(None, "Donor", "A")


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_every_step_between_points_can_be_written(donor, seed):
    dice = random.Random(seed)
    reach = dice.choice((2, 200, 300, 16000))
    contours = []
    for _ in range(dice.randint(1, 4)):
        contour = [(dice.randint(-reach, reach), dice.randint(-reach, reach)) for _ in range(dice.randint(3, 600))]
        kept = [point for at, point in enumerate(contour) if point != contour[at - 1]]
        if len(kept) > 2:
            contours.append(kept)
    assert read_back(DrawnOutlines(Drawing(contours)).outline(1), donor) == contours if contours else True


def test_what_encloses_nothing_is_left_out():
    contours = [[(0, 0), (0, 0)], [(5, 5), (9, 9)], [(7, 7)]]
    assert DrawnOutlines(Drawing(contours)).outline(1) == b""


def test_a_point_too_far_away_is_brought_to_the_edge(donor):
    (contour,) = read_back(DrawnOutlines(Drawing([[(-90000, 0), (90000, 0), (0, 90000)]])).outline(1), donor)
    assert contour == [(-16383, 0), (16383, 0), (0, 16383)]


def test_a_straight_letter_is_the_same_in_both_kinds_of_outline(own):
    for kind in ("glyf", "CFF"):
        make(own / f"{kind}.otf", kind, "AB", outlines=kind, shape=box)
    fonts.use([own])
    cut = {}
    for kind in ("glyf", "CFF"):
        outlines = fonts.outlines(fonts.choose(kind).key)
        assert (outlines.units_per_em, outlines.advance(1), outlines.bearing(1)) == (1000, 600, 50)
        cut[kind] = subset(outlines, [(((1, 0, 0),), 600), (((1, 0, 0), (2, 620, 30)), 1200)])
    one, other = (TTFont(io.BytesIO(cut[kind]), checkChecksums=2) for kind in ("glyf", "CFF"))
    for number in range(4):
        name = one.getGlyphOrder()[number]
        assert set(one["glyf"][name].getCoordinates(one["glyf"])[0]) == set(
            other["glyf"][name].getCoordinates(other["glyf"])[0]
        )
    said = dict(vars(other["maxp"]))
    other["maxp"].recalc(other)
    assert {key: said[key] for key in vars(other["maxp"])} == vars(other["maxp"])


# as FreeType draws the original


def pictures(style: Style, text: str, weight: int | None = None) -> tuple[Image.Image, Image.Image]:
    """The text drawn from our file by pdfium, and from the font's own by FreeType, black on white."""
    line = shape(text, style)
    assert missing(text, style) == ()
    (run,) = line.runs
    page = Page(Size(384, 96), (Text(10, 70, line, SIZE),))
    pdf = draw.draw([page], edition=Edition.OFFICE, title="letters", language="en")
    with pypdfium2.PdfDocument(pdf) as document:
        ours = document[0].render(scale=PPI / inch, grayscale=True).to_pil().convert("L")
        assert document[0].get_textpage().get_text_range() == text
    face = fonts.face(run.face)
    fine = FINER * PPI / inch
    font = ImageFont.truetype(str(face.file), SIZE * fine, face.number)
    if weight:
        font.set_variation_by_axes([weight])
    theirs = Image.new("L", (ours.width * FINER, ours.height * FINER), 255)
    ImageDraw.Draw(theirs).text((10 * fine, 70 * fine), text, 0, font, anchor="ls")
    return ours, theirs.reduce(FINER)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Pixels dark in one picture and light in the other, as a share of those dark in either."""
    masks = [picture.point(lambda grey: 255 if grey < 128 else 0) for picture in (one, other)]
    dark = ImageChops.lighter(*masks).histogram()[255]
    assert dark > 1000
    return ImageChops.difference(*masks).histogram()[255] / dark


def test_a_cff_font_is_printed_as_it_is_drawn(own: Path):
    make(own / "Round.otf", "Round", "ABC", outlines="CFF", shape=ring, stem=60)
    make(own / "Bolder.otf", "Bolder", "ABC", outlines="CFF", shape=ring, stem=64)
    problems = Problems()
    fonts.use([own], problems)
    assert problems.found == []
    ours, theirs = pictures(Style("Round", size=SIZE), "CAB")
    assert differing(ours, theirs) < ALIKE
    other, _ = pictures(Style("Bolder", size=SIZE), "CAB")
    assert differing(ours, other) > ALIKE


def test_a_variable_cff_font_is_printed_at_the_weight_asked_for(own: Path):
    make_variable(own / "Varied.otf", "Varied", "ABC")
    fonts.use([own])
    assert "CFF2" in TTFont(own / "Varied.otf")
    pairs = {weight: pictures(Style("Varied", weight, size=SIZE), "CAB", weight) for weight in (300, 600, 800)}
    for ours, theirs in pairs.values():
        assert differing(ours, theirs) < ALIKE
    assert differing(pairs[300][0], pairs[800][0]) > ALIKE


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_each_face_of_a_collection_is_printed(own: Path, outlines: str):
    made = [make(None, name, letters, outlines=outlines, shape=ring) for name, letters in (("One", "AB"), ("Two", "C"))]
    make_collection(own / "Both.ttc", made)
    problems = Problems()
    fonts.use([own], problems)
    assert problems.found == []
    assert fonts.own_families() == ("One", "Two")
    for family, text in (("One", "AB"), ("Two", "C")):
        assert differing(*pictures(Style(family, size=SIZE), text)) < ALIKE
