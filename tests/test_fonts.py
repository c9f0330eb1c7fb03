"""Finding families, choosing faces, outlines for embedding."""

import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont
from made_fonts import make, make_variable, ring

from eventprint import fonts, text
from eventprint.fonts.subset import TrueType
from eventprint.problems import Exit, Problems, Stop
from eventprint.shelves import shelf

CORE = shelf("fonts") / "core"


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


def test_the_outlines_of_a_static_file_are_its_own():
    ours = fonts.outlines(fonts.choose("Fira Sans", 400).key)
    theirs = TrueType((CORE / "FiraSans-Regular.ttf").read_bytes())
    assert [ours.outline(glyph) for glyph in range(50)] == [theirs.outline(glyph) for glyph in range(50)]


@pytest.mark.parametrize(("weight", "points"), [(400, 8), (400, 10.5), (600, 14), (700, 40)])
def test_a_variable_family_is_embedded_as_it_was_shaped(weight, points):
    style = text.Style("Source Serif 4", weight, size=points, features=("-kern", "-liga"))
    line = text.shape("Programme & speakers 2022", style)
    (run,) = line.runs
    outlines, face = fonts.outlines(run.face), fonts.face(run.face)
    numbers = [cell.glyphs[0][0] for cell in run.cells]
    assert [cell.advance for cell in run.cells] == pytest.approx([outlines.advance(at) for at in numbers], abs=1)
    tops = [int.from_bytes(outlines.outline(at)[8:10], signed=True) for at in numbers if outlines.outline(at)]
    assert tops == pytest.approx([face.ink(at)[0] for at in numbers if outlines.outline(at)], abs=1)


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
    make(own / "Vai.ttf", "My Vai", "ꔀꔁ")
    assert text.missing("ꔀꔁ", text.Style()) == ("ꔀ", "ꔁ")
    fonts.use([own])
    assert "My Vai" in fonts.families()
    assert text.missing("ꔀꔁ", text.Style()) == ()
    (run,) = text.shape("ꔀꔁ", text.Style()).runs
    assert fonts.face(run.face).family == "My Vai"
    assert run.scale == pytest.approx(0.689 / 0.700)


def test_a_family_of_ones_own_can_be_the_main_one(own):
    make(own / "Mine.ttf", "Mine", "AB ")
    fonts.use([own])
    line = text.shape("AB é", text.Style("Mine"))
    assert [fonts.face(run.face).family for run in line.runs] == ["Mine", "Noto Sans"]
    assert line.runs[0].width == pytest.approx(3 * 0.6)


def test_folders_are_forgotten_again(own):
    make(own / "Vai.ttf", "My Vai", "ꔀ")
    fonts.use([own])
    fonts.use([])
    assert not fonts.has_family("My Vai")
    assert text.missing("ꔀ", text.Style()) == ("ꔀ",)


def test_fonts_of_the_same_file_name_and_other_content_have_other_keys(own):
    (own / "a").mkdir()
    (own / "b").mkdir()
    make(own / "a" / "X.ttf", "One", "AB")
    make(own / "b" / "X.ttf", "Two", "ABC")
    fonts.use([own])
    assert fonts.choose("One").key != fonts.choose("Two").key


def test_a_folder_that_is_not_there_has_no_fonts(own):
    problems = Problems()
    fonts.use([own / "nowhere"], problems)
    assert problems.found == []


def test_faces_of_ones_own_join_the_projects_of_that_family(own):
    make(own / "FiraSans-Black.ttf", "Fira Sans", "AB", usWeightClass=900)
    fonts.use([own])
    assert fonts.choose("Fira Sans", 900).file.parent == own
    assert fonts.choose("Fira Sans", 400).file.parent == CORE
    assert fonts.has_family("Fira Sans")


def test_a_face_of_ones_own_comes_before_the_projects_of_the_same_style(own):
    make(own / "Fira.ttf", "Fira Sans", "AB")
    fonts.use([own])
    assert fonts.choose("Fira Sans", 400).file.parent == own


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ({"familyName": "Inter Display SemiBold"}, "Inter Display"),
        ({"familyName": "Inter Display Extra Bold Italic"}, "Inter Display"),
        ({"familyName": "Inter SemiBold", "typographicFamily": "Inter"}, "Inter"),
        ({"familyName": "Space Black", "typographicFamily": "Space Black"}, "Space Black"),
        ({"familyName": "Book Antiqua"}, "Book Antiqua"),
        ({"familyName": "Light"}, "Light"),
        ({"familyName": "Semi-Bold"}, "Semi"),
    ],
)
def test_the_family_is_told_from_its_styles(own, names, family):
    make(own / "X.ttf", "X", "AB", names=names)
    fonts.use([own])
    assert fonts.own_families() == (family,)


def test_one_style_can_be_asked_for_by_the_name_programs_show(own):
    for name, weight in (("Inter", 400), ("Inter SemiBold", 600), ("Inter Black", 900)):
        make(own / f"{name}.ttf", name, "AB", names={"typographicFamily": "Inter"}, usWeightClass=weight)
    fonts.use([own])
    assert fonts.own_families() == ("Inter",)
    assert [fonts.choose("Inter", weight).weight for weight in (400, 600, 800)] == [400, 600, 900]
    assert fonts.choose("inter semibold", 400).weight == 600
    assert "Inter SemiBold" not in fonts.families()


def test_the_usual_width_is_chosen_before_a_nearer_weight(own):
    make(own / "Narrow.ttf", "Mine", "AB", usWeightClass=700, usWidthClass=3)
    make(own / "Usual.ttf", "Mine", "AB", usWeightClass=400, usWidthClass=5)
    fonts.use([own])
    assert fonts.choose("Mine", 700).file.name == "Usual.ttf"


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_a_variable_font_of_ones_own_has_the_weight_asked_for(own, outlines):
    make_variable(own / "V.ttf", "Varied", "AB", outlines=outlines)
    fonts.use([own])
    assert [dict(fonts.choose("Varied", weight).axes)["wght"] for weight in (100, 400, 900)] == [300, 400, 800]
    assert fonts.choose("Varied", 400).postscript_name == "Varied-Regular_400wght"


def test_a_static_file_of_the_weight_asked_for_is_as_good_as_a_variable_one_that_ends_before(own):
    make_variable(own / "V.ttf", "Varied", "AB")
    make(own / "Black.ttf", "Varied", "AB", usWeightClass=900)
    fonts.use([own])
    assert fonts.choose("Varied", 900).file.name == "Black.ttf"
    assert fonts.choose("Varied", 600).file.name == "V.ttf"


def test_an_axis_makes_the_italic_where_no_file_does(own):
    make_variable(own / "Leaning.ttf", "Mine", "AB", tag="slnt")
    fonts.use([own])
    assert fonts.choose("Mine", italic=True).axes == (("slnt", -10.0),)
    assert fonts.choose("Mine").axes == (("slnt", 0.0),)
    make(own / "Italic.ttf", "Mine", "AB", fsSelection=1)
    fonts.use([own])
    assert fonts.choose("Mine", italic=True).file.name == "Italic.ttf"


def test_capitals_are_measured_and_what_a_file_says_of_them_is_not_believed(own):
    make(own / "Wrong.ttf", "Wrong", "HA", sCapHeight=300)
    make(own / "Silent.ttf", "Silent", "AB", sCapHeight=650)
    fonts.use([own])
    assert fonts.choose("Wrong").cap_height == 700
    assert fonts.choose("Silent").cap_height == 650


def test_a_letter_without_an_outline_is_known(own):
    make(own / "Half.otf", "Half", "AB", outlines="CFF", shape=ring, blank="B")
    fonts.use([own])
    face = fonts.choose("Half")
    assert [face.has_ink(face.font.get_nominal_glyph(ord(letter))) for letter in "AB"] == [True, False]


def opened_by(code: str) -> list[str]:
    script = f"from eventprint import fonts, text\n{code}\nprint('\\n'.join(fonts.opened()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.split()


def test_a_latin_name_opens_one_file():
    code = "text.fit('Zoë Nykänen–Łącki', text.Style(weight=600), 180, 80, sizes=(48, 40, 32))"
    assert opened_by(code) == ["FiraSans-SemiBold.ttf"]


def test_the_first_latin_badge_opens_fonts_for_latin_alone(small):
    badge = (
        "from pathlib import Path; from eventprint import job; job.badge(Path({folder!r}), {who!r}, out=Path({out!r}))"
    )
    opened = opened_by(badge.format(folder=str(small), who="Dhuibhne", out=str(small / "one.pdf")))
    assert (small / "one.pdf").stat().st_size > 1000
    assert opened
    assert [file for file in opened if not file.startswith("FiraSans-")] == []


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


def test_a_plain_name_opens_no_other_file_though_the_event_has_fonts(own):
    make(own / "Vai.ttf", "My Vai", "ꔀ")
    code = (
        f"from pathlib import Path; fonts.use([Path({str(own)!r})])\n"
        "text.shape('Santiago Cuesta Lopez', text.Style(weight=600))"
    )
    assert opened_by(code) == ["FiraSans-SemiBold.ttf"]
