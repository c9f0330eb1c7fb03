"""Names of the whole world: every letter there, drawn as another program draws it, copied as it was typed."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from fontTools import unicodedata as tables  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from eventprint import draw, fonts
from eventprint.compose import compose
from eventprint.event import Event, Name, Product
from eventprint.geometry import Size, inch, mm
from eventprint.page import Edition, Line, Page, Run, Text, walk
from eventprint.problems import Problems
from eventprint.text import Style, clean, fit, is_rtl, missing, shape

LIST = Path(__file__).with_name("names") / "hard-names.tsv"
SIZE = 32.0
PPI = 150
SCALE = (48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 17.0, 15.0, 14.0)
ROW = 24 * mm
BASELINE = 16 * mm
LEFT = 6 * mm
WIDE = 200 * mm

JOINED = {"Arab", "Syrc", "Nkoo", "Adlm"}
BUILT = {"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Khmr", "Mymr", "Tibt"}
"""Scripts whose letters change, move or stack by their neighbours: wrong wherever nothing shapes them."""

TURNED = {"Hebr", "Thaa"} | JOINED
"""Scripts written from right to left."""


@dataclass(frozen=True)
class Hard:
    """A name of the list, with the language whose forms it wants."""

    language: str
    name: str

    @property
    def style(self) -> Style:
        return Style(weight=600, language=self.language)

    @property
    def line(self) -> Line:
        return shape(self.name, self.style)

    @property
    def scripts(self) -> set[str]:
        return {tables.script(character) for character in self.name} - {"Zyyy", "Zinh"}


def hard_names() -> list[Hard]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return [Hard(row["language"], row["name"]) for row in csv.DictReader(stream, delimiter="\t", quoting=3)]


NAMES = hard_names()


def on_one_page(lines: list[Line], size: float = SIZE) -> bytes:
    """Each line in a row of its own, one below the other."""
    marks = tuple(Text(LEFT, at * ROW + BASELINE, line, size) for at, line in enumerate(lines))
    page = Page(Size(WIDE, ROW * len(lines)), marks)
    return draw.draw([page], edition=Edition.OFFICE, title="names", language="en")


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return on_one_page([hard.line for hard in NAMES])


def test_the_list_is_hard_enough() -> None:
    assert len({hard.name for hard in NAMES}) == len(NAMES) == 80
    assert len(set().union(*(hard.scripts for hard in NAMES))) >= 35
    assert sum(unicodedata.normalize("NFC", hard.name) != hard.name for hard in NAMES) >= 3


# no letter is missing


def test_no_letter_of_a_hard_name_is_missing() -> None:
    assert [(hard.name, gone) for hard in NAMES if (gone := missing(hard.name, hard.style))] == []
    assert [hard.name for hard in NAMES if 0 in glyphs(hard.line)] == []


def test_no_letter_of_a_name_that_cldr_gives_as_a_sample_is_missing(real_data: Path) -> None:
    samples = list(cldr_names(real_data))
    assert len(samples) > 900
    gone = [(language, name) for language, name in samples if missing(name, Style(weight=600, language=language))]
    assert gone == []


def test_a_variant_no_font_has_is_reported_and_shown_in_its_usual_form() -> None:
    style = Style(language="ja")
    assert missing("葛\U000e01ef城", style) == ("葛\U000e01ef",)
    line = shape("葛\U000e01ef城", style)
    assert 0 not in glyphs(line)
    assert line.width == shape("葛城", style).width


def test_an_apostrophe_that_is_a_letter_stands_in_the_same_run_as_its_neighbours() -> None:
    assert len(shape("Keʻalohilani", Style()).runs) == 1


def glyphs(line: Line) -> Iterator[int]:
    return (glyph for run in line.runs for cell in run.cells for glyph, _, _ in cell.glyphs)


def cldr_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Language and name of every sample: each of its fields, and all of them as one line."""
    found = json.loads((folder / "names" / "cldr-48-sample-names.json").read_text(encoding="utf-8"))
    for language, facts in found.items():
        for fields in facts["sampleName"].values():
            yield from ((language, field) for field in fields.values())
            yield language, " ".join(fields.values())


# drawn as another program draws it


def pieces(line: Line) -> list[tuple[float, Run, str, str]]:
    """Where each stretch of one font and one direction begins, in em, its first run, its text and its direction."""
    found, x = [], 0.0
    for _, together in groupby(line.runs, key=lambda run: (run.face, direction(run, line))):
        runs = list(together)
        way = direction(runs[0], line)
        texts = ["".join(cell.text for cell in (run.cells if way == "ltr" else run.cells[::-1])) for run in runs]
        found.append((x, runs[0], "".join(texts if way == "ltr" else texts[::-1]), way))
        x += sum(run.width for run in runs)
    return found


def direction(run: Run, line: Line) -> str:
    letters = [unicodedata.bidirectional(character) for cell in run.cells for character in cell.text]
    if any(kind in ("R", "AL") for kind in letters):
        return "rtl"
    if "L" in letters or "AN" in letters or "EN" in letters:
        return "ltr"
    return "rtl" if is_rtl(line.text) else "ltr"


def by_pillow(size: tuple[int, int], *, shaped: bool) -> Image.Image:
    """All rows, black on white; unshaped, every letter is the font's first for its character."""
    picture = Image.new("L", size, 255)
    pencil = ImageDraw.Draw(picture)
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    scale = PPI / inch
    for row, hard in enumerate(NAMES):
        for x, run, text, direct in pieces(hard.line):
            font = ImageFont.truetype(fonts.face(run.face).file, SIZE * run.scale * scale, layout_engine=engine)
            way, language = (direct, hard.language) if shaped else (None, None)
            at = ((LEFT + x * SIZE) * scale, (row * ROW + BASELINE) * scale)
            pencil.text(at, text, 0, font, anchor="ls", direction=way, language=language)
    return picture


def ink(picture: Image.Image) -> Image.Image:
    return picture.point(lambda grey: 255 if grey < 128 else 0)


def grown(mask: Image.Image) -> Image.Image:
    """The mask with every pixel within 2 of one of its own."""
    for step in ((1, 0), (2, 0), (0, 1), (0, 2)):
        moved = (ImageChops.offset(mask, step[0] * way, step[1] * way) for way in (1, -1))
        wider = ImageChops.lighter(*moved)
        mask = ImageChops.lighter(mask, wider)
    return mask


def differences(one: Image.Image, other: Image.Image) -> dict[str, float]:
    """For each name the share of inked pixels that have no ink of the other picture within 2 pixels."""
    alone = [ImageChops.subtract(one, grown(other)), ImageChops.subtract(other, grown(one))]
    alone_in_either, inked = ImageChops.lighter(*alone), ImageChops.lighter(one, other)
    found = {}
    for row, hard in enumerate(NAMES):
        box = (0, round(row * ROW * PPI / inch), one.width, round((row + 1) * ROW * PPI / inch))
        found[hard.name] = alone_in_either.crop(box).histogram()[255] / inked.crop(box).histogram()[255]
    return found


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow cannot lay out text by itself")
def test_every_name_looks_as_an_independent_program_draws_it(sheet: bytes) -> None:
    with pypdfium2.PdfDocument(sheet) as document:
        drawn = ink(document[0].render(scale=PPI / inch, grayscale=True).to_pil().convert("L"))
    ours = differences(drawn, ink(by_pillow(drawn.size, shaped=True)))
    unshaped = differences(drawn, ink(by_pillow(drawn.size, shaped=False)))
    assert {name: share for name, share in ours.items() if share >= 0.01} == {}
    needy = [hard.name for hard in NAMES if hard.scripts & (BUILT | JOINED)]
    assert len(needy) > 25
    assert {name: unshaped[name] for name in needy if unshaped[name] < max(0.01, 2 * ours[name])} == {}


# copied as it was typed


def by_pdfium(pdf: bytes, _: Callable[[str], str]) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def by_pypdf(pdf: bytes, _: Callable[[str], str]) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def by_poppler(pdf: bytes, tool: Callable[[str], str]) -> list[str]:
    out = subprocess.run([tool("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return out.decode().split("\f")


READERS = {"pdfium": by_pdfium, "pypdf": by_pypdf, "poppler": by_poppler}


def lost(pdf: bytes, reader: str, tool: Callable[[str], str]) -> list[Hard]:
    """The names that do not come back; poppler brackets what runs from right to left with two invisible characters."""
    lines = READERS[reader](pdf, tool)[0].translate({0x202B: None, 0x202C: None}).splitlines()
    copied = {unicodedata.normalize("NFC", line.strip()) for line in lines}
    return [hard for hard in NAMES if clean(hard.name) not in copied]


@pytest.mark.parametrize("reader", READERS)
def test_what_runs_from_left_to_right_is_copied_as_it_was_typed(
    sheet: bytes, reader: str, tool: Callable[[str], str]
) -> None:
    assert [hard.name for hard in lost(sheet, reader, tool) if not hard.scripts & TURNED] == []


def test_nine_names_of_ten_are_copied_as_they_were_typed(sheet: bytes, tool: Callable[[str], str]) -> None:
    # readers turn round vowel points, brackets and scripts they do not know to run from right to left
    gone = {reader: [hard.name for hard in lost(sheet, reader, tool)] for reader in READERS}
    assert sum(map(len, gone.values())) <= 0.1 * len(NAMES) * len(READERS), gone


# names nobody has


def naughty(folder: Path) -> list[str]:
    """The lines of the Big List of Naughty Strings that say something once they are cleaned."""
    lines = (folder / "names" / "blns.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if clean(line).strip() and not line.startswith("#")]


def squeezed(text: str) -> str:
    """Without spaces, invisible signs of direction, and what readers make of ligatures that are one character."""
    composed = unicodedata.normalize("NFKC", text)
    return re.sub("[\\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe0f]", "", composed)


def test_a_naughty_name_is_printed_as_it_was_typed_or_reported(real_data: Path, sample: Event) -> None:
    names = naughty(real_data)
    assert len(names) > 500
    people = [replace(sample.attendees[0], id=f"R{at}", name=Name(line, "", "", line)) for at, line in enumerate(names)]
    problems = Problems()
    made = compose(replace(sample, attendees=tuple(people)), Product("badge-90x55"), problems)
    fronts = [page for page in made.pages if not page.back]
    assert [page.subject for page in fronts] == [person.id for person in people]
    reported = {page.subject for page in fronts if page.problems}
    pdf = draw.draw(fronts, edition=Edition.OFFICE, title="names", language="en")
    changed = []
    for page, text in zip(fronts, by_pdfium(pdf, str), strict=True):
        name = squeezed(clean(names[int(page.subject.removeprefix("R"))]))
        set_in_order = squeezed("".join(mark.line.text for mark, _ in walk(page.marks) if isinstance(mark, Text)))
        # a reader may turn the order round, never lose a letter: so on its side letters are counted
        if page.subject not in reported and (name not in set_in_order or Counter(name) - Counter(squeezed(text))):
            changed.append(name)
    assert changed == []


def test_letters_of_a_very_long_name_stay_in_the_box() -> None:
    name = " ".join(["Abcdef"] * 60)
    fitted = fit(name, Style(weight=600), 80 * mm, 18 * mm, sizes=SCALE)
    assert not fitted.fits
    assert " ".join(line.text for line in fitted.lines) == name
    assert max(line.width for line in fitted.lines) * fitted.size <= 80 * mm
