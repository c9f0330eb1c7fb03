"""Finding families, choosing faces, static fonts for embedding."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from eventprint import fonts, text
from eventprint.problems import Exit, Problems, Stop
from eventprint.shelves import shelf

CORE = shelf("fonts") / "core"


def build(file: Path, family: str, characters: str, *, outlines: str = "glyf") -> Path:
    """A font whose every letter is a box."""
    names = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"u{ord(character):04X}" for character in characters})
    shapes = {}
    for name in names:
        pen = TTGlyphPen(None) if outlines == "glyf" else T2CharStringPen(600, None)
        pen.moveTo((50, 0))
        pen.lineTo((50, 700))
        pen.lineTo((550, 700))
        pen.lineTo((550, 0))
        pen.closePath()
        shapes[name] = pen.glyph() if outlines == "glyf" else pen.getCharString()
    if outlines == "glyf":
        builder.setupGlyf(shapes)
    else:
        builder.setupCFF(family, {}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    builder.setupOS2(sCapHeight=700, sxHeight=500, version=4)
    builder.setupPost()
    builder.save(file)
    return file


@pytest.fixture
def own(tmp_path):
    yield tmp_path
    fonts.use([])


def test_the_families_of_the_shelf():
    assert {"Fira Sans", "Source Serif 4", "Noto Sans", "Noto Sans JP", "Noto Emoji"} <= set(fonts.families())


def test_a_family_is_found_however_it_is_spelt():
    assert fonts.choose("source serif 4").file == fonts.choose("SourceSerif4").file


def test_a_family_that_is_not_there_stops_with_those_that_are():
    with pytest.raises(Stop) as stop:
        fonts.choose("Comic Sans")
    assert stop.value.code == Exit.MISSING
    assert "Comic Sans" in stop.value.problem.message
    assert "Fira Sans" in stop.value.problem.hint


@pytest.mark.parametrize(
    ("family", "weight", "italic", "file"),
    [
        ("Fira Sans", 400, False, "FiraSans-Regular.ttf"),
        ("Fira Sans", 500, False, "FiraSans-Medium.ttf"),
        ("Fira Sans", 600, False, "FiraSans-SemiBold.ttf"),
        ("Fira Sans", 900, False, "FiraSans-Bold.ttf"),
        ("Fira Sans", 600, True, "FiraSans-Italic.ttf"),
        ("Noto Sans Arabic", 500, False, "NotoSansArabic-Regular.ttf"),
        ("Noto Sans Arabic", 600, False, "NotoSansArabic-SemiBold.ttf"),
        ("Noto Sans SC", 700, False, "NotoSansSC-Medium.ttf"),
    ],
)
def test_the_nearest_weight_is_chosen(family, weight, italic, file):
    assert fonts.choose(family, weight, italic).file.name == file


def test_metrics_are_those_of_the_file():
    face = fonts.choose("Fira Sans", 600)
    font = TTFont(face.file)
    assert face.units_per_em == font["head"].unitsPerEm
    assert face.cap_height == font["OS/2"].sCapHeight
    assert face.x_height == font["OS/2"].sxHeight
    assert (face.ascent, -face.descent) == (font["hhea"].ascent, font["hhea"].descent)
    assert face.postscript_name == "FiraSans-SemiBold"


def test_a_static_file_is_its_own_sfnt():
    face = fonts.choose("Fira Sans", 400)
    assert fonts.sfnt(face.key) == (CORE / "FiraSans-Regular.ttf").read_bytes()


def test_a_variable_family_is_pinned_with_the_glyph_ids_of_its_file():
    face = fonts.choose("Source Serif 4", 600, points=9)
    pinned = TTFont(io.BytesIO(fonts.sfnt(face.key)))
    whole = TTFont(face.file)
    assert "fvar" not in pinned
    assert "gvar" not in pinned
    assert pinned["maxp"].numGlyphs == whole["maxp"].numGlyphs
    assert {code: pinned.getGlyphID(name) for code, name in pinned.getBestCmap().items()} == {
        code: whole.getGlyphID(name) for code, name in whole.getBestCmap().items()
    }


@pytest.mark.parametrize(("weight", "points"), [(400, 8), (400, 10.5), (600, 14), (700, 40)])
def test_the_pinned_font_has_the_advances_the_cells_have(weight, points):
    style = text.Style("Source Serif 4", weight, size=points, features=("-kern", "-liga"))
    line = text.shape("Programme & speakers 2022", style)
    (run,) = line.runs
    pinned = TTFont(io.BytesIO(fonts.sfnt(run.face)))
    order = pinned.getGlyphOrder()
    wanted = [pinned["hmtx"][order[cell.glyphs[0][0]]][0] for cell in run.cells]
    assert [cell.advance for cell in run.cells] == pytest.approx(wanted, abs=1)


def test_small_sizes_are_cut_wider_than_large_ones():
    small, large = (text.shape("Programme", text.Style("Source Serif 4", size=size)) for size in (8, 60))
    assert small.width > large.width * 1.05


def test_instances_have_names_of_their_own():
    names = {fonts.choose("Source Serif 4", 400, points=size).postscript_name for size in (8, 12, 60)}
    assert names == {
        "SourceSerif4Roman_400wght_8opsz",
        "SourceSerif4Roman_400wght_12opsz",
        "SourceSerif4Roman_400wght_60opsz",
    }


def test_a_key_leads_back_to_its_face():
    face = fonts.choose("Source Serif 4", 400, True, 12)
    assert fonts.face(face.key) is face
    assert fonts.units_per_em(face.key) == 1000
    assert fonts.postscript_name(face.key) == face.postscript_name


def test_a_folder_of_ones_own_comes_first(own):
    build(own / "Vai.ttf", "My Vai", "ꔀꔁ")
    assert text.missing("ꔀꔁ", text.Style()) == ("ꔀ", "ꔁ")
    fonts.use([own])
    assert "My Vai" in fonts.families()
    assert text.missing("ꔀꔁ", text.Style()) == ()
    (run,) = text.shape("ꔀꔁ", text.Style()).runs
    assert fonts.face(run.face).family == "My Vai"
    assert run.scale == pytest.approx(0.689 / 0.700)


def test_a_family_of_ones_own_can_be_the_main_one(own):
    build(own / "Mine.ttf", "Mine", "AB ")
    fonts.use([own])
    line = text.shape("AB é", text.Style("Mine"))
    assert [fonts.face(run.face).family for run in line.runs] == ["Mine", "Noto Sans"]
    assert line.runs[0].width == pytest.approx(3 * 0.6)


def test_folders_are_forgotten_again(own):
    build(own / "Vai.ttf", "My Vai", "ꔀ")
    fonts.use([own])
    fonts.use([])
    assert not fonts.has_family("My Vai")
    assert text.missing("ꔀ", text.Style()) == ("ꔀ",)


def test_fonts_of_the_same_file_name_and_other_content_have_other_keys(own):
    (own / "a").mkdir()
    (own / "b").mkdir()
    build(own / "a" / "X.ttf", "One", "AB")
    build(own / "b" / "X.ttf", "Two", "ABC")
    fonts.use([own])
    assert fonts.choose("One").key != fonts.choose("Two").key


def test_files_that_cannot_be_used_are_problems(own):
    build(own / "Cubic.otf", "Cubic", "AB", outlines="CFF")
    (own / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 and then nothing")
    (own / "web.woff2").write_bytes(b"wOF2")
    (own / "readme.txt").write_text("not a font")
    problems = Problems()
    fonts.use([own], problems)
    assert [(problem.place.file, problem.rule) for problem in problems.errors] == [
        ("Cubic.otf", "fonts.outlines"),
        ("broken.ttf", "fonts.unreadable"),
        ("web.woff2", "fonts.format"),
    ]
    assert not fonts.has_family("Cubic")


def test_a_folder_that_is_not_there_has_no_fonts(own):
    problems = Problems()
    fonts.use([own / "nowhere"], problems)
    assert problems.found == []


def opened_by(code: str) -> list[str]:
    script = f"from eventprint import fonts, text\n{code}\nprint('\\n'.join(fonts.opened()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.split()


def test_a_latin_name_opens_one_file():
    code = "text.fit('Zoë Nykänen–Łącki', text.Style(weight=600), 180, 80, sizes=(48, 40, 32))"
    assert opened_by(code) == ["FiraSans-SemiBold.ttf"]


def test_greek_and_cyrillic_need_no_other_file():
    assert opened_by("text.shape('Ελένη Иванова', text.Style())") == ["FiraSans-Regular.ttf"]


def test_an_arabic_name_opens_the_arabic_font_and_no_other():
    assert opened_by("text.shape('محمد سلمان', text.Style(weight=600))") == [
        "FiraSans-SemiBold.ttf",
        "NotoSansArabic-SemiBold.ttf",
    ]


def test_a_japanese_name_opens_no_chinese_font():
    assert opened_by("text.shape('高橋', text.Style(language='ja'))") == [
        "FiraSans-Regular.ttf",
        "NotoSansJP-Medium.ttf",
    ]
