"""Shaping, fallback between fonts, measuring, fitting."""

import random
import subprocess
import sys
import unicodedata
from itertools import combinations, pairwise

import pytest
from fontTools import unicodedata as tables
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from made_fonts import make
from PIL import ImageFont, features

from eventprint import fonts
from eventprint.geometry import SLACK, mm
from eventprint.page import Line
from eventprint.text import (
    Style,
    ascent,
    cap_height,
    clean,
    descent,
    described,
    fit,
    is_rtl,
    missing,
    shape,
    width,
    x_height,
)
from eventprint.text.scripts import COMMON, OTHER, clusters, script
from eventprint.text.shaping import shape_words

PLAIN = Style()
NAME = Style(weight=600)
SCALE = (60.0, 48.0, 40.0, 36.0, 32.0, 28.0, 24.0)


def cells(line: Line) -> list[str]:
    """The clusters' texts from left to right."""
    return [cell.text for run in line.runs for cell in run.cells]


def families(line: Line) -> list[str]:
    return [fonts.face(run.face).family for run in line.runs]


def glyphs(line: Line) -> list[tuple[int, ...]]:
    return [tuple(glyph for glyph, _, _ in cell.glyphs) for run in line.runs for cell in run.cells]


# shaping


def test_letters_are_kerned():
    font = TTFont(fonts.choose("Fira Sans", 400).file)
    unkerned = sum(font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in "AVATAR") / 1000
    assert shape("AVATAR", PLAIN).width < unkerned * 0.98
    assert shape("AVATAR", PLAIN.but(features=("-kern",))).width == pytest.approx(unkerned)


def test_figures_stand_in_columns_with_tnum():
    tabular = {shape(figure, PLAIN.but(features=("tnum",))).width for figure in "0123456789"}
    assert len(tabular) == 1
    assert len({shape(figure, PLAIN).width for figure in "0123456789"}) > 1


@pytest.mark.parametrize("feature", ["smcp", "c2sc", "onum", "frac", "case"])
def test_features_change_glyphs(feature):
    sample = "Abc 0123 1/2 (A-B)"
    assert glyphs(shape(sample, PLAIN.but(features=(feature,)))) != glyphs(shape(sample, PLAIN))


def test_a_ligature_is_one_cell_with_all_its_text():
    assert cells(shape("fi office", PLAIN)) == ["fi", " ", "o", "f", "fi", "c", "e"]


def test_spaced_letters_are_not_joined():
    assert cells(shape("fi", PLAIN.but(tracking=0.05))) == ["f", "i"]


def test_letter_forms_follow_the_language():
    assert glyphs(shape("ş", PLAIN.but(language="ro"))) != glyphs(shape("ş", PLAIN.but(language="tr")))


@pytest.mark.parametrize(
    "name", ["Zoë Nykänen", "Łącki", "Nguyễn Thị Lý", "Ångström", "Ελένη Παπαδοπούλου", "Чайковский"]
)
def test_decomposed_letters_are_the_same_as_composed(name):
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert shape(apart, PLAIN) is shape(name, PLAIN)
    assert missing(apart, PLAIN) == ()


def test_ink_is_measured_by_glyphs_not_by_the_font():
    low, high, deep = shape("ace", PLAIN), shape("Ế", PLAIN), shape("gy", PLAIN)
    assert low.ascent == pytest.approx(x_height(PLAIN), abs=0.02)
    assert shape("H", PLAIN).ascent == pytest.approx(cap_height(PLAIN), abs=0.002)
    assert shape("H", PLAIN).descent == 0
    assert high.ascent > 0.9
    assert 0.15 < deep.descent < 0.3


def test_the_faces_metrics_in_em():
    assert (cap_height(PLAIN), x_height(PLAIN)) == (0.689, 0.527)
    assert (ascent(PLAIN), descent(PLAIN)) == (0.935, 0.265)


def test_nothing_takes_no_room():
    line = shape("", PLAIN)
    assert (line.runs, line.width, line.ascent, line.descent) == ((), 0, 0, 0)


def test_the_same_text_is_shaped_once_whatever_its_size():
    assert shape("Ada", PLAIN.at(10)) is shape("Ada", PLAIN.at(48))


def test_a_family_with_optical_sizes_is_shaped_for_each():
    serif = Style("Source Serif 4")
    assert shape("Ada", serif.at(10)) is shape("Ada", serif.at(10.3))
    assert shape("Ada", serif.at(10)) is not shape("Ada", serif.at(48))


def test_other_looks_are_other_lines():
    changes = ({"weight": 600}, {"italic": True}, {"features": ("tnum",)}, {"language": "tr"}, {"family": "Noto Sans"})
    assert len({id(shape("Ada", PLAIN.but(**change))) for change in changes}) == len(changes)


def test_width_in_points_includes_tracking():
    assert width("Ada", PLAIN.at(20)) == pytest.approx(shape("Ada", PLAIN).width * 20)
    spaced = PLAIN.but(size=20, tracking=0.1)
    assert width("Ada", spaced) == pytest.approx(shape("Ada", PLAIN).width * 20 + 3 * 0.1 * 20)


def test_a_run_is_as_wide_as_its_cells():
    line = shape("AVATAR 王小明 محمد", NAME)
    assert line.width == pytest.approx(sum(run.width for run in line.runs))


def test_marks_that_have_no_letter_of_their_own_stand_inside_the_cell():
    line = shape("ḳ\u0304", PLAIN)
    assert cells(line) == ["ḳ\u0304"]
    (cell,) = (cell for run in line.runs for cell in run.cells)
    base, *marks = cell.glyphs
    assert base[1:] == (0, 0)
    assert all(x + 600 > 0 for _, x, _ in marks)
    assert cell.advance == shape("k", PLAIN).runs[0].cells[0].advance


# clean


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Ada", "Ada"),
        ("\ufeffAda", "Ada"),
        ("A\x00d\x07a\x9f", "Ada"),
        ("Ada\tLovelace\nCountess", "Ada Lovelace Countess"),
        ("Ada\r\nLovelace", "Ada Lovelace"),
        ("e\u0301", "é"),
        ("10\u00a0km \u202f€", "10\u00a0km \u202f€"),
        ("\u2068محمد\u2069", "\u2068محمد\u2069"),
        ("क्\u200dष", "क्\u200dष"),
        ("<b>&{}\\", "<b>&{}\\"),
        ("\ud835\udc9cda", "𝒜da"),
        ("A\ud835da", "A\ufffdda"),
    ],
)
def test_clean(given, cleaned):
    assert clean(given) == cleaned


@given(st.text())
def test_clean_text_is_clean(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(character) == "Cc" for character in once)


# scripts and clusters


def test_scripts_are_those_of_the_unicode_tables():
    listed = {tables.script(chr(point)) for point in range(0x3000) if script(chr(point)) not in (COMMON, OTHER)}
    wrong = [
        f"{point:04X}"
        for point in range(0x20000)
        if unicodedata.category(chr(point)) not in ("Cn", "Co", "Cs")
        and (real := tables.script(chr(point)))
        in (listed - {"Zyyy", "Zinh"}) | {"Hani", "Hira", "Kana", "Bopo", "Hang"}
        and script(chr(point)) != real
        # full-width and enclosed letters are in the fonts of East Asia
        and not (script(chr(point)) == "Hani" and (point >= 0xFF00 or 0x3200 <= point < 0x3400 or point >= 0x1F200))
        # a musical notation no font here has
        and not 0x1D200 <= point <= 0x1D245
    ]
    assert wrong == []


def test_what_scripts_share_is_common():
    assert {script(character) for character in " ()-0123456789.,&@€·–“”…\u0301"} == {COMMON}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301\u0323x", ["e\u0301\u0323", "x"]),
        ("नि", ["नि"]),
        ("กำ", ["กำ"]),
        ("한글", ["한", "글"]),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"]),
        ("👩\u200d💻x", ["👩\u200d💻", "x"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇫🇮🇸🇪🇩", ["🇫🇮", "🇸🇪", "🇩"]),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("", []),
    ],
)
def test_letters_as_people_see_them(text, expected):
    assert [text[start:end] for start, end in clusters(text)] == expected


# fallback


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ελένη Ἀθηνᾶ", {"Fira Sans"}),
        ("Иван Ђорђевић", {"Fira Sans"}),
        ("Қазақстан Ӯ", {"Fira Sans"}),
        ("Ṣọlá Adébáyọ̀", {"Fira Sans"}),
        ("Hastiin Łitsooí Ąą́", {"Fira Sans"}),
        ("محمد بن سلمان", {"Noto Sans Arabic"}),
        ("דוד בן־גוריון", {"Noto Sans Hebrew"}),
        ("क्षितिज शर्मा", {"Noto Sans"}),
        ("বাংলা", {"Noto Sans Bengali"}),
        ("தமிழ்", {"Noto Sans Tamil"}),
        ("สมชาย", {"Noto Sans Thai"}),
        ("ສົມຊາຍ", {"Noto Sans Lao"}),
        ("ဦးသန့်", {"Noto Sans Myanmar"}),
        ("សុខា", {"Noto Sans Khmer"}),
        ("བསྟན་འཛིན", {"Noto Serif Tibetan"}),
        ("გიორგი", {"Noto Sans Georgian"}),
        ("Արամ", {"Noto Sans Armenian"}),
        ("አበበ", {"Noto Sans Ethiopic"}),
        ("ᏣᎳᎩ", {"Noto Sans Cherokee"}),
        ("ⵜⵉⴼⵉⵏⴰⵖ", {"Noto Sans Tifinagh"}),
        ("ᱥᱟᱱᱛᱟᱲᱤ", {"Noto Sans Ol Chiki"}),
        ("ᐃᓄᒃᑎᑐᑦ", {"Noto Sans Canadian Aboriginal"}),
        ("𞤀𞤣𞤢𞤥", {"Noto Sans Adlam"}),
        ("ߒߞߏ", {"Noto Sans NKo"}),
        ("ܐܪܡ", {"Noto Sans Syriac"}),
        ("ދިވެހި", {"Noto Sans Thaana"}),
        ("김민수", {"Noto Sans KR"}),
        ("山田はなこ", {"Noto Sans JP"}),
        ("玛丽·居里", {"Noto Sans SC"}),
        ("王小明 (Tom)", {"Noto Sans SC", "Fira Sans"}),
        ("Tom (王小明)", {"Noto Sans SC", "Fira Sans"}),
        ("№ 5 – “Quote” · € ½", {"Fira Sans"}),
        ("👩\u200d💻", {"Noto Emoji"}),
        ("♿", {"Noto Sans Symbols 2"}),
        ("𠮷", {"Noto Sans SC", "Noto Sans JP"}),
    ],
)
def test_every_script_has_its_font(text, expected):
    line = shape(text, PLAIN)
    assert missing(text, PLAIN) == ()
    assert set(families(line)) <= expected
    assert 0 not in [glyph for cell in glyphs(line) for glyph in cell]


def test_brackets_match_and_are_kerned_with_what_they_hold():
    line = shape("王小明 (Tom)", NAME)
    assert [(fonts.face(run.face).family, [cell.text for cell in run.cells]) for run in line.runs] == [
        ("Noto Sans SC", ["王", "小", "明"]),
        ("Fira Sans", [" ", "(", "T", "o", "m", ")"]),
    ]
    assert families(shape("Tom (王小明)", NAME)) == ["Fira Sans", "Noto Sans SC", "Fira Sans"]


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("ja", "Noto Sans JP"),
        ("zh", "Noto Sans SC"),
        ("zh-Hans", "Noto Sans SC"),
        ("zh-Hant", "Noto Sans TC"),
        ("zh-TW", "Noto Sans TC"),
        ("yue", "Noto Sans TC"),
        ("en", "Noto Sans SC"),
    ],
)
def test_chinese_characters_follow_the_language(language, family):
    assert families(shape("直骨", PLAIN.but(language=language))) == [family]


def test_kana_tell_japanese():
    assert set(families(shape("直子さん", PLAIN))) == {"Noto Sans JP"}


def test_a_fallback_font_is_scaled_to_the_same_cap_height():
    line = shape("Ю王م", NAME)
    assert [round(run.scale, 3) for run in line.runs if run.scale != 1] == [0.969, 0.969]


def test_a_latin_fallback_has_capitals_of_the_same_height():
    serif = Style("Source Serif 4", size=24)
    line = shape("Ꞝ", serif)
    assert families(line) == ["Noto Sans"]
    assert line.ascent == pytest.approx(shape("H", serif).ascent, abs=0.02)


@pytest.mark.parametrize("letter", ["Լ", "Ⴈ", "Ꮋ", "𞤀"])
@pytest.mark.parametrize("family", ["Fira Sans", "Source Serif 4"])
@pytest.mark.parametrize("weight", [400, 600])
def test_capitals_of_all_fonts_in_a_line_are_equally_high(letter, family, weight):
    style = Style(family, weight, size=24)
    assert len(families(shape(f"H{letter}", style))) == 2
    high = shape("H", style).ascent
    assert shape(letter, style).ascent == pytest.approx(high, rel=0.01)
    assert high / 0.714 != pytest.approx(1, rel=0.02)  # so that it would be seen if nothing were scaled


@pytest.mark.parametrize("said", [300, 700, 1400])
def test_a_font_of_the_event_is_scaled_by_its_ink_whatever_it_says(tmp_path, said):
    make(tmp_path / "Mine.ttf", "Mine", "HꞜ", sCapHeight=said)
    fonts.use([tmp_path])
    line = shape("HꞜ", NAME)
    assert families(line) == ["Fira Sans", "Mine"]
    high = shape("H", NAME).ascent
    assert shape("Ꞝ", NAME).ascent == pytest.approx(high, rel=0.01)
    assert line.runs[1].scale == pytest.approx(high / 0.7, rel=0.01)


def test_bold_scripts_go_with_bold_names():
    assert shape("محمد", NAME).runs[0].face == "NotoSansArabic-SemiBold"
    assert shape("محمد", PLAIN).runs[0].face == "NotoSansArabic-Regular"


@pytest.mark.parametrize("text", ["Ꞝ", "ꔀ", "ᠮᠣᠩ", "م", "★", "直", "👩", "𝒜"])
def test_a_font_of_the_event_comes_before_the_projects_though_nothing_names_it(tmp_path, text):
    make(tmp_path / "Mine.ttf", "Mine", text)
    fonts.use([tmp_path])
    line = shape(f"A {text}", PLAIN)
    assert families(line) == ["Fira Sans", "Mine"]
    assert missing(text, PLAIN) == ()


def test_a_font_of_the_event_leaves_plain_text_alone(tmp_path):
    make(tmp_path / "Mine.ttf", "Mine", "AB ")
    fonts.use([tmp_path])
    assert families(shape("AB ABBA", PLAIN)) == ["Fira Sans"]


def test_the_events_own_chinese_fonts_follow_the_language_too(tmp_path):
    for region in ("HK", "JP", "KR", "SC", "TC"):
        make(tmp_path / f"{region}.ttf", f"Own CJK {region}", "直骨")
        make(tmp_path / f"Mono{region}.ttf", f"Own Mono CJK {region}", "直骨")
    fonts.use([tmp_path])
    chosen = {language: families(shape("直骨", PLAIN.but(language=language))) for language in ("ja", "ko", "zh", "en")}
    assert chosen == {"ja": ["Own CJK JP"], "ko": ["Own CJK KR"], "zh": ["Own CJK SC"], "en": ["Own CJK SC"]}
    assert families(shape("直骨", PLAIN.but(language="zh-Hant"))) in (["Own CJK HK"], ["Own CJK TC"])
    make(tmp_path / "any.ttf", "Brush", "直骨")
    for file in tmp_path.glob("*SC.ttf"):
        file.unlink()
    fonts.use([tmp_path])
    assert families(shape("直骨", PLAIN.but(language="zh"))) == ["Brush"]


def test_figures_among_chinese_characters_of_the_event_stay_those_of_the_text(tmp_path):
    make(tmp_path / "Mine.ttf", "Mine", "直骨 5")
    fonts.use([tmp_path])
    assert families(shape("直 5 骨", PLAIN)) == ["Mine", "Fira Sans", "Mine"]


@pytest.mark.parametrize("text", ["ꔀ", "★", "é"])
def test_an_empty_letter_is_not_taken_for_one(tmp_path, text):
    make(tmp_path / "Blank.ttf", "Blank", f"A{text}", blank=text)
    fonts.use([tmp_path])
    assert "Blank" not in families(shape(f"A{text}", PLAIN))
    assert families(shape(f"A{text}", Style("Blank")))[0] == "Blank"
    assert (missing(text, Style("Blank")) == (text,)) == (text == "ꔀ")


def test_spaces_and_fillers_of_the_event_may_be_empty(tmp_path):
    make(tmp_path / "Mine.ttf", "Mine", "A \u3164\u2800", blank=" \u3164\u2800")
    fonts.use([tmp_path])
    assert set(families(shape("A A\u3164\u2800", Style("Mine")))) == {"Mine"}


def test_a_lost_letter_is_told_though_fonts_have_a_sign_for_it():
    assert missing("Nyk\ufffdnen", PLAIN) == ("\ufffd",)
    assert 0 not in [glyph for cell in glyphs(shape("Nyk\ufffdnen", PLAIN)) for glyph in cell]


@pytest.mark.parametrize(
    ("cluster", "described_as"),
    [
        ("𝒜", "𝒜 (U+1D49C MATHEMATICAL SCRIPT CAPITAL A)"),
        ("e\u0334", "e\u0334 (U+0065 LATIN SMALL LETTER E + U+0334 COMBINING TILDE OVERLAY)"),
        ("\ue000", "U+E000 private use"),
        ("\u0378", "U+0378 not assigned"),
        ("\U0010ffff", "U+10FFFF not assigned"),
        ("\ud835", "U+D835 half a character"),
        ("a\ue000", "U+0061 LATIN SMALL LETTER A + U+E000 private use"),
    ],
)
def test_a_character_is_described_so_that_it_can_be_found(cluster, described_as):
    assert described(cluster) == described_as
    described(cluster).encode()


def test_what_no_font_has_is_told_and_shown():
    line = shape("A𝒜ꔀ𝒜\ue000", PLAIN)
    assert missing("A𝒜ꔀ𝒜\ue000", PLAIN) == ("𝒜", "ꔀ", "\ue000")
    assert glyphs(line)[1] == (0,)
    assert line.width > shape("A", PLAIN).width
    assert "".join(cells(line)) == "A𝒜ꔀ𝒜\ue000"


def test_invisible_characters_are_never_missing():
    assert missing("a\u200bb\u00adc\u2060d\u200de\ufe0ff\u2011g", PLAIN) == ()


# directions and conjuncts


def test_arabic_joins():
    apart = [glyphs(shape(letter, PLAIN))[0] for letter in "دمحم"]
    joined = glyphs(shape("محمد", PLAIN))
    assert cells(shape("محمد", PLAIN)) == list("دمحم"), "from left to right the last letter comes first"
    assert joined[1:] != apart[1:]
    assert len(set(joined)) == 4, "the two meems have different forms"


def test_a_vowelled_letter_is_one_cell():
    assert cells(shape("مُحَمَّد", PLAIN)) == ["د", "مَّ", "حَ", "مُ"]


def test_hebrew_runs_from_the_right_and_brackets_are_mirrored():
    line = shape("שלום (אב)", PLAIN)
    assert "".join(cells(line)) == "שלום (אב)"[::-1]
    left, right = line.runs[0].cells[0], line.runs[0].cells[3]
    assert (left.text, right.text) == (")", "(")
    upright = shape("ש", PLAIN).runs[0].face
    font = fonts.face(upright).font
    assert left.glyphs[0][0] == font.get_nominal_glyph(ord("("))


def test_words_of_mixed_direction_stand_in_the_order_of_the_paragraph():
    assert "".join(cells(shape("محمد Tom 27", PLAIN))) == "Tom 27 دمحم"
    assert "".join(cells(shape("Tom محمد 27", PLAIN))) == "Tom 27 دمحم"
    assert "".join(cells(shape("Tom", PLAIN, rtl=True))) == "Tom"
    assert "".join(cells(shape("Tom!", PLAIN, rtl=True))) == "!Tom"


def test_isolates_steer_and_leave_no_trace():
    line = shape("Tom \u2068محمد\u2069 27", PLAIN)
    assert "".join(cells(line)) == "Tom دمحم 27"
    assert line.text == "Tom \u2068محمد\u2069 27"


def test_a_paragraph_knows_its_direction():
    assert is_rtl("محمد Tom")
    assert not is_rtl("Tom محمد")
    assert not is_rtl("Tom")


def test_a_devanagari_conjunct_is_one_cell():
    assert cells(shape("क्षत्रिय", PLAIN)) == ["क्ष", "त्रि", "य"]


@pytest.mark.parametrize(
    "text", ["क्षत्रिय", "বাংলা", "သန့်", "སྟན", "กำนัน", "เก้า", "ශ්‍රී", "ക്ഷേ", "Ọláyínká fi", "👩\u200d💻!"]
)
def test_cells_give_back_exactly_the_text(text):
    assert "".join(cells(shape(text, PLAIN))) == text


@settings(deadline=None, max_examples=150)
@given(
    st.text(st.sampled_from([*"abfi ÉẹǾßЖωאבמحمد١2(),-क्षि王はกำ한👩\u200d💻♿\u0301\u0323𝒜\u2068\u2069"]), max_size=12)
)
def test_no_letter_is_lost_or_made_up(text):
    line = shape(text, PLAIN)
    kept = [character for character in clean(text) if character not in "\u2068\u2069"]
    assert sorted("".join(cells(line))) == sorted(kept)
    assert line.width >= 0
    assert line.width == pytest.approx(sum(run.width for run in line.runs))


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow cannot lay out text by itself")
@pytest.mark.parametrize(
    ("family", "weight", "names"),
    [
        (
            "Fira Sans",
            600,
            "Ada Lovelace|AVATAR Tolkien|Johann Wolfgang von Goethe|Zoë Nykänen|Łukasz Wałęsa|Nguyễn Thị Lý|Yves Tanguy"
            "|Ελένη Παπαδοπούλου|Пётр Чайковский|Ọláyínká Ṣẹ́gun|fi ffl Ty. “Wa”|10:45–12:30|P. T. Barnum|LT AV To Ye",
        ),
        ("Noto Sans Arabic", 600, "محمد بن سلمان|عبد الله|مُحَمَّد|لا إله"),
        ("Noto Sans Hebrew", 400, "דוד בן־גוריון|שָׁלוֹם"),
        ("Noto Sans", 400, "क्षत्रिय|शर्मा निर्मला"),
        ("Noto Sans Thai", 400, "สมชาย กำนัน"),
        ("Noto Sans Myanmar", 400, "ဦးသန့်"),
        ("Noto Sans JP", 400, "山田太郎"),
    ],
)
def test_another_program_measures_the_same(family, weight, names):
    face = fonts.choose(family, weight)
    other = ImageFont.truetype(str(face.file), 1000, layout_engine=ImageFont.Layout.RAQM)
    for name in names.split("|"):
        line = shape(name, Style(family, weight))
        assert families(line) == [family] * len(line.runs)
        assert line.width * 1000 == pytest.approx(other.getlength(name), rel=0.01), name


# fitting


def set_lines(fitted) -> list[str]:
    return [line.text for line in fitted.lines]


def test_a_short_name_has_the_largest_size():
    fitted = fit("Bo", NAME, 66 * mm, 30 * mm, sizes=SCALE)
    assert (set_lines(fitted), fitted.size, fitted.fits, fitted.broken) == (["Bo"], 60, True, False)


def test_two_lines_when_they_allow_a_larger_size():
    fitted = fit("Ada Lovelace", NAME, 66 * mm, 40 * mm, sizes=SCALE)
    assert set_lines(fitted) == ["Ada", "Lovelace"]
    alone = fit("Ada Lovelace", NAME, 66 * mm, 40 * mm, sizes=SCALE, max_lines=1)
    assert set_lines(alone) == ["Ada Lovelace"]
    assert alone.size < fitted.size


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Vincent van Gogh", ["Vincent", "van Gogh"]),
        ("Maria de la Cruz", ["Maria", "de la Cruz"]),
        ("Johann Wolfgang von Goethe", ["Johann Wolfgang", "von Goethe"]),
        ("Osama bin Mohammed", ["Osama", "bin Mohammed"]),
        ("J. R. R. Tolkien", ["J. R. R.", "Tolkien"]),
        ("Martin Luther King Jr.", ["Martin Luther", "King Jr."]),
        ("Marie-Claire Dubois-Lefèvre", ["Marie-Claire", "Dubois-Lefèvre"]),
        ("Featherstonehaugh-Cholmondeley", ["Featherstonehaugh-", "Cholmondeley"]),
        ("St John Philby-Jones", ["St John", "Philby-Jones"]),
        ("محمد بن سلمان", ["محمد", "بن سلمان"]),
    ],
)
def test_lines_end_where_people_would_end_them(name, lines):
    assert set_lines(fit(name, NAME, 62 * mm, 50 * mm, sizes=(*SCALE, 20, 16))) == lines


def test_an_article_keeps_its_word():
    fitted = fit("Abdulrahman al-Mutairibahni", NAME, 40 * mm, 50 * mm, sizes=(16, 12, 9), max_lines=3)
    assert set_lines(fitted) == ["Abdulrahman", "al-Mutairibahni"]


def test_hard_spaces_hold():
    fitted = fit("Ada\u00a0Byron\u202fKing Lovelace", NAME, 60 * mm, 50 * mm, sizes=SCALE, max_lines=4)
    assert set_lines(fitted) == ["Ada\u00a0Byron\u202fKing", "Lovelace"]


def test_a_particle_may_end_a_line_when_nothing_else_reaches_the_floor():
    box = width("Mmmmmmmmmm von", NAME.at(24)) * 1.02
    fitted = fit("Mmmmmmmmmm von Wwwwwwwwwwwww", NAME, box, 80, sizes=(28, 24))
    assert set_lines(fitted) == ["Mmmmmmmmmm von", "Wwwwwwwwwwwww"]
    assert (fitted.fits, fitted.broken, fitted.size) == (True, True, 24)


def test_what_does_not_fit_is_set_at_the_floor_whole():
    fitted = fit("Wolfeschlegelsteinhausenbergerdorff", NAME, 60 * mm, 30 * mm, sizes=SCALE)
    assert (set_lines(fitted), fitted.size, fitted.fits) == (["Wolfeschlegelsteinhausenbergerdorff"], 24, False)


def test_height_counts_too():
    wide = fit("Bo", NAME, 500, 20, sizes=(60, 24, 12))
    assert wide.size == 24
    assert fit("Bo Ek", NAME, 500, 8, sizes=(60, 24, 12)).fits is False


def test_a_break_between_given_and_family_name_is_preferred():
    names = {"sizes": (40, 36, 32, 28, 24), "max_lines": 2}
    free = fit("Anna Maria Luisa Berg", NAME, 90 * mm, 40 * mm, **names)
    told = fit("Anna Maria Luisa Berg", NAME, 90 * mm, 40 * mm, **names, prefer=("Anna Maria Luisa", "Berg"))
    assert set_lines(free) == ["Anna Maria", "Luisa Berg"]
    assert set_lines(told) == ["Anna Maria Luisa", "Berg"]
    assert free.size * 0.8 <= told.size < free.size


def test_a_preferred_break_that_costs_too_much_is_not_taken():
    fitted = fit(
        "Anna Maria Luisa Josefine Berg",
        NAME,
        60 * mm,
        40 * mm,
        sizes=SCALE,
        prefer=("Anna Maria Luisa Josefine", "Berg"),
    )
    assert set_lines(fitted) != ["Anna Maria Luisa Josefine", "Berg"]


def test_pieces_that_are_not_the_text_change_nothing():
    plain = fit("Ada Lovelace", NAME, 66 * mm, 40 * mm, sizes=SCALE)
    assert set_lines(fit("Ada Lovelace", NAME, 66 * mm, 40 * mm, sizes=SCALE, prefer=("Grace", "Hopper"))) == set_lines(
        plain
    )


def test_tall_scripts_get_more_leading():
    flat = fit("Ada Eve", NAME, 30 * mm, 60 * mm, sizes=(40,))
    tall = fit("བསྟན་འཛིན རྒྱ་མཚོ", NAME, 30 * mm, 60 * mm, sizes=(20,))
    assert flat.leading == pytest.approx(1.12 * flat.size)
    assert tall.leading >= (tall.lines[0].descent + tall.lines[1].ascent) * tall.size


def test_a_long_title_is_set_on_even_lines():
    title = "The long title of a session that has to be set on a door sign"
    fitted = fit(title, Style("Source Serif 4", 600), 190 * mm, 90 * mm, sizes=(72, 60, 48, 40), max_lines=4)
    widths = [line.width for line in fitted.lines]
    assert fitted.fits
    assert len(widths) == 3
    assert min(widths) > 0.75 * max(widths)
    assert fonts.face(fitted.lines[0].runs[0].face).axes == (("wght", 600), ("opsz", 60))


def test_an_empty_text_fits_anything():
    fitted = fit("", NAME, 1, 1, sizes=SCALE)
    assert (set_lines(fitted), fitted.fits, fitted.size) == ([""], True, 60)


PARTICLES = {"von", "der", "de", "la", "bin"}
NAMES = st.lists(
    st.sampled_from(["Ada", "Bo", "Wilhelmina", "Jean-Pierre", "Mohammed", "Smith-Jones", "Łącki", "Ngô", *PARTICLES]),
    min_size=1,
    max_size=5,
).map(" ".join)


def by_brute_force(name: str, box: float, height: float, most: int, *, good: bool) -> float:
    """The largest size of all ways to break at spaces, each line as tall and deep as the whole name."""
    words, best, whole = name.split(" "), 0.0, shape(name, NAME)
    step = max(1.12, whole.descent + whole.ascent + 0.04)
    for count in range(most):
        for breaks in combinations(range(1, len(words)), count):
            if good and any(words[at - 1] in PARTICLES for at in breaks):
                continue
            widest = max(shape(" ".join(words[a:b]), NAME).width for a, b in pairwise((0, *breaks, len(words))))
            tall = whole.ascent + count * step + whole.descent
            best = max([best, *(size for size in SCALE if size * widest <= box and size * tall <= height)])
    return best


@settings(deadline=None, max_examples=200)
@given(NAMES, st.floats(60, 300), st.floats(25, 120), st.integers(1, 3))
def test_fit_keeps_its_promises(name, box, height, most):
    fitted = fit(name, NAME, box, height, sizes=SCALE, max_lines=most)
    joined = fitted.lines[0].text
    for line in fitted.lines[1:]:
        joined += line.text if joined.endswith("-") else " " + line.text
    assert joined == name
    assert fitted.size in SCALE
    if fitted.fits:
        assert 1 <= len(fitted.lines) <= most
        assert all(
            (line.width + fitted.tracking * len(line.text)) * fitted.size <= box + 2 * SLACK for line in fitted.lines
        )
        tall = fitted.lines[0].ascent + fitted.lines[-1].descent
        assert tall * fitted.size + (len(fitted.lines) - 1) * fitted.leading <= height + 2 * SLACK
    else:
        assert fitted.size == SCALE[-1]
        assert by_brute_force(name, box, height, most, good=False) == 0
    assert fitted.tracking in (0.0, -0.01)
    reachable = by_brute_force(name, box, height, most, good=True)
    assert fitted.size >= reachable * 0.8, "another way to break gives a much larger size"
    if "-" not in name:
        assert fitted.size >= reachable, "another way to break gives a larger size"
    if reachable:
        assert not fitted.broken
        assert fitted.tracking == 0, "letters are only set closer where nothing else reaches the last size"
    if not fitted.broken and fitted.fits:
        assert not any(line.text.rsplit(" ", 1)[-1] in PARTICLES for line in fitted.lines[:-1])


def test_what_does_not_fit_leaves_its_box_downwards_and_not_by_the_side():
    title = "Fourteenth Conference of the Federated Societies for Everything That Grows and Flows"
    fitted = fit(title, NAME, 120, 20, sizes=(12, 10), max_lines=2)
    assert (fitted.fits, fitted.size) == (False, 10)
    assert all(line.width * fitted.size <= 120 + SLACK for line in fitted.lines)
    assert " ".join(set_lines(fitted)) == title


def test_fitting_again_costs_nothing():
    asked = ("Grace Hopper", NAME, 100.0, 60.0)
    assert fit(*asked, sizes=SCALE) is fit(*asked, sizes=list(SCALE))


def test_importing_text_brings_no_heavy_library():
    heavy = ["reportlab", "fontTools", "PIL", "pypdf", "yaml", "babel", "pyphen"]
    code = f"import sys, eventprint.text; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_names_do_not_change_what_is_measured():
    letters = random.Random(1)
    names = ["".join(letters.choices("abcdefghijklmnopqrstuvwxyz ", k=12)) for _ in range(500)]
    first = [shape(name, PLAIN).width for name in names]
    fonts.use([])
    assert [shape(name, PLAIN).width for name in names] == first


RUNNING = "We measured Ta Vo “dust”, noise: f. fj AV Zürich Łódź 12"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["", *sorted(RUNNING.split(" "))]), min_size=1), st.booleans())
def test_a_line_made_of_its_words_is_the_line(words, serif):
    style = Style("Source Serif 4" if serif else "Fira Sans", size=9.5)
    text = " ".join(words)
    whole, made = shape(text, style), shape_words(text, style)
    assert made.text == whole.text
    assert made.width == pytest.approx(whole.width, abs=1e-9)
    assert [cell.text for run in made.runs for cell in run.cells] == [c.text for run in whole.runs for c in run.cells]
    assert (made.ascent, made.descent) == (whole.ascent, whole.descent)


@pytest.mark.parametrize("text", ["Ένα “ωραίο” πρωί, Άννα", "Так “было”, и всё 12", "Ωμέγα and Йод"])
def test_where_scripts_meet_a_line_of_words_may_be_kerned_a_hair_otherwise(text):
    assert shape_words(text, PLAIN).width == pytest.approx(shape(text, PLAIN).width, abs=0.03)


@pytest.mark.parametrize("text", ["one שלום two", "日本 語 x", "", " ", "one", "a  b"])
def test_a_line_that_cannot_be_made_of_words_is_shaped(text):
    assert shape_words(text, NAME).text == shape(text, NAME).text
    assert shape_words(text, NAME).width == pytest.approx(shape(text, NAME).width)


def test_letters_are_set_closer_before_they_become_smaller_than_wished():
    name, scale = "Wilhelmina", (48.0, 24.0, 12.0)
    box = (shape(name, NAME).width - 0.05) * 24
    plain = fit(name, NAME, box, 60, sizes=scale)
    closer = fit(name, NAME, box, 60, sizes=scale, wished=24)
    assert (plain.size, plain.tracking, closer.size, closer.tracking) == (12, 0, 24, -0.01)
    assert fit(name, NAME, box - 0.06 * 24, 60, sizes=scale, wished=24) == fit(
        name, NAME, box - 0.06 * 24, 60, sizes=scale
    )
    assert fit(name, NAME, box, 60, sizes=scale, wished=12) == plain


@pytest.mark.parametrize("name", ["محمد الإدريسي", "कमला देवी", "กมลวรรณ ศิลาสุวรรณ"])
def test_letters_that_join_or_carry_marks_are_never_set_closer(name):
    wide = shape(name, NAME).width
    assert fit(name, NAME, (wide - 0.005) * 12, 14, sizes=(12,), max_lines=1).tracking == 0
