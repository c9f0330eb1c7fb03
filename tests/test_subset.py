"""The subset a PDF embeds, judged by HarfBuzz (outlines, advances) and fontTools (tables, composites)."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path

import pytest
import uharfbuzz as hb

from eventprint import fonts
from eventprint.fonts.subset import Glyphs, TrueType, subset
from eventprint.shelves import shelf

FIRA = (shelf("fonts") / "core" / "FiraSans-SemiBold.ttf").read_bytes()


def outline(sfnt: bytes, glyph: int, by: tuple[int, int] = (0, 0)) -> list[tuple[str, float, ...]]:
    """A glyph as HarfBuzz draws it, moved by so many units."""
    return outline_of(hb.Font(hb.Face(sfnt)), glyph, by)


def outline_of(font: hb.Font, glyph: int, by: tuple[int, int] = (0, 0)) -> list[tuple[str, float, ...]]:
    drawn: list[tuple[str, float, ...]] = []

    def step(kind: str):
        def take(*values):
            points = values[:-1]
            drawn.append((kind, *(round(v + by[i % 2], 3) for i, v in enumerate(points))))

        return take

    pen = hb.DrawFuncs()
    pen.set_move_to_func(step("M"))
    pen.set_line_to_func(step("L"))
    pen.set_quadratic_to_func(step("Q"))
    pen.set_cubic_to_func(step("C"))
    pen.set_close_path_func(lambda data: drawn.append(("Z",)))
    font.draw_glyph(glyph, pen)
    return drawn


def glyph(sfnt: bytes, character: str) -> int:
    found = hb.Font(hb.Face(sfnt)).get_nominal_glyph(ord(character))
    assert found
    return found


def advance(sfnt: bytes, number: int) -> int:
    return hb.Font(hb.Face(sfnt)).get_glyph_h_advance(number)


def single(character: str, sfnt: bytes = FIRA) -> tuple[Glyphs, int]:
    number = glyph(sfnt, character)
    return ((number, 0, 0),), advance(sfnt, number)


def test_every_shape_is_the_sources_outline_at_the_sources_advance():
    characters = "AVfiÅéĄŁ ßЮἈω€½"
    shapes = [single(character) for character in characters]
    cut = subset(TrueType(FIRA), shapes)
    for number, character in enumerate(characters, 1):
        assert outline(cut, number) == outline(FIRA, glyph(FIRA, character)), character
        assert advance(cut, number) == advance(FIRA, glyph(FIRA, character)), character
    assert outline(cut, 0) == outline(FIRA, 0)


@pytest.mark.parametrize("file", ["NotoSansArabic-Regular", "NotoSansTamil-SemiBold", "NotoSans-Italic"])
def test_glyphs_of_other_fonts_keep_their_outlines(file):
    sfnt = (shelf("fonts") / "core" / f"{file}.ttf").read_bytes()
    count = hb.Face(sfnt).glyph_count
    chosen = random.Random(7).sample(range(1, count), 60)
    cut = subset(TrueType(sfnt), [(((number, 0, 0),), advance(sfnt, number)) for number in chosen])
    for place, number in enumerate(chosen, 1):
        assert outline(cut, place) == outline(sfnt, number)
        assert advance(cut, place) == advance(sfnt, number)


def test_a_pinned_variable_font_can_be_cut():
    face = fonts.choose("Source Serif 4", 400, False, 10)
    number = face.font.get_nominal_glyph(ord("g"))
    source = fonts.outlines(face.key)
    cut = subset(source, [(((number, 0, 0),), source.advance(number))])
    ours, theirs = outline(cut, 1), outline_of(face.font, number)
    assert [step[0] for step in ours] == [step[0] for step in theirs]
    assert [v for step in ours for v in step[1:]] == pytest.approx([v for step in theirs for v in step[1:]], abs=1)


def test_a_cluster_is_drawn_as_its_glyphs_where_they_were_placed():
    base, ring, dot = (glyph(FIRA, character) for character in "e\u030a\u0323")
    cluster: Glyphs = ((base, 0, 0), (ring, 290, 10), (dot, 300, -5))
    cut = subset(TrueType(FIRA), [(cluster, 567)])
    assert advance(cut, 1) == 567
    parts = [outline(FIRA, number, (x, y)) for number, x, y in cluster]
    assert outline(cut, 1) == [step for part in parts for step in part]


def test_a_glyph_moved_from_its_place_is_moved():
    number = glyph(FIRA, "Å")
    cut = subset(TrueType(FIRA), [(((number, 35, -12),), 600)])
    assert outline(cut, 1) == outline(FIRA, number, (35, -12))


def test_a_cluster_follows_bearings_that_are_not_the_outlines_edge():
    """A renderer shifts a glyph to its bearing; a component it does not, so the composite has to say it."""
    shifted = bytearray(FIRA)
    number = glyph(FIRA, "l")
    hmtx = next(
        offset for tag, offset in (struct.unpack_from(">4s4xL", FIRA, 12 + 16 * i) for i in range(40)) if tag == b"hmtx"
    )
    bearing = struct.unpack_from(">h", shifted, hmtx + 4 * number + 2)[0]
    struct.pack_into(">h", shifted, hmtx + 4 * number + 2, bearing + 40)
    source = bytes(shifted)
    assert outline(source, number) == outline(FIRA, number, (40, 0))
    cut = subset(TrueType(source), [(((number, 0, 0),), 300), (((number, 7, 0),), 300)])
    assert outline(cut, 1) == outline(source, number)
    assert outline(cut, 2) == outline(source, number, (7, 0))


def test_glyphs_without_ink_are_empty_even_when_composed():
    space = glyph(FIRA, " ")
    cut = subset(TrueType(FIRA), [(((space, 0, 0),), 265), (((space, 4, 0), (space, 9, 0)), 530), ((), 0)])
    assert [outline(cut, number) for number in (1, 2, 3)] == [[], [], []]
    assert [advance(cut, number) for number in (1, 2, 3)] == [265, 530, 0]


def test_the_same_shapes_give_the_same_bytes_and_others_give_others():
    shapes = [single("A"), single("Å")]
    assert subset(TrueType(FIRA), shapes) == subset(TrueType(bytes(FIRA)), list(shapes))
    assert subset(TrueType(FIRA), shapes) != subset(TrueType(FIRA), shapes[::-1])


def test_a_subset_of_many_glyphs_needs_long_offsets_and_has_them():
    sfnt = (shelf("fonts") / "cjk" / "NotoSansJP-Medium.ttf").read_bytes()
    numbers = range(1000, 2500)
    cut = subset(TrueType(sfnt), [(((number, 0, 0),), 1000) for number in numbers])
    assert len(cut) > 0x20000
    assert outline(cut, 1) == outline(sfnt, 1000)
    assert outline(cut, 1500) == outline(sfnt, 2499)


@pytest.mark.parametrize("data", [b"", b"OTTO" + b"\0" * 40, b"no font at all, only words of no use"])
def test_what_is_no_truetype_font_is_refused(data: bytes):
    with pytest.raises(ValueError, match="not a TrueType font"):
        TrueType(data)


class TestAsFontToolsReadsIt:
    """fontTools is a second opinion, for what HarfBuzz forgives."""

    @pytest.fixture
    def read(self):
        ttlib = pytest.importorskip("fontTools.ttLib", reason="fontTools is not installed here: pip install fonttools")
        return lambda sfnt: ttlib.TTFont(io.BytesIO(sfnt), checkChecksums=2)

    def test_it_has_six_tables_with_right_checksums(self, read):
        font = read(subset(TrueType(FIRA), [single("A")]))
        assert set(font.keys()) == {"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
        for tag in font.reader.keys():  # noqa: SIM118  # the reader is no mapping; reading a table checks its sum
            assert font.reader[tag]

    def test_every_composite_has_the_sources_components(self, read):
        source = read(FIRA)
        names = [name for name in source.getGlyphOrder() if source["glyf"][name].isComposite()][:40]
        numbers = [source.getGlyphID(name) for name in names]
        font = read(subset(TrueType(FIRA), [(((number, 0, 0),), 500) for number in numbers]))
        order = font.getGlyphOrder()
        assert names
        for place, name in enumerate(names, 1):
            ours = font["glyf"][order[place]]
            theirs = source["glyf"][name]
            assert [(part.x, part.y) for part in ours.components] == [(part.x, part.y) for part in theirs.components]
            for part, original in zip(ours.components, theirs.components, strict=True):
                drawn = font["glyf"][part.glyphName].getCoordinates(font["glyf"])
                assert drawn == source["glyf"][original.glyphName].getCoordinates(source["glyf"])

    def test_a_component_in_use_by_itself_is_not_kept_twice(self, read):
        base, ring = glyph(FIRA, "e"), glyph(FIRA, "\u030a")
        font = read(subset(TrueType(FIRA), [single("e"), (((base, 0, 0), (ring, 290, 0)), 567)]))
        assert font["maxp"].numGlyphs == 4
        assert [part.glyphName for part in font["glyf"]["glyph00002"].components] == ["glyph00001", "glyph00003"]

    def test_maxp_says_what_the_glyphs_need(self, read):
        shapes = [single(character) for character in "Ἆ½ǭ"]
        nested = (((glyph(FIRA, "Å"), 0, 0), (glyph(FIRA, "\u0323"), 300, 0)), 600)
        font = read(subset(TrueType(FIRA), [*shapes, nested]))
        said = dict(vars(font["maxp"]))
        font["maxp"].recalc(font)
        assert {key: said[key] for key in vars(font["maxp"])} == vars(font["maxp"])

    def test_no_glyph_keeps_hinting(self, read, tmp_path: Path):
        hinted = read(FIRA)
        ttprogram = pytest.importorskip("fontTools.ttLib.tables.ttProgram")
        for name in ("A", "Aring", "ring"):
            program = ttprogram.Program()
            program.fromBytecode([0x4F])
            hinted["glyf"][name].program = program
        target = tmp_path / "hinted.ttf"
        hinted.save(target)
        sfnt = target.read_bytes()
        cut = subset(TrueType(sfnt), [single("A", sfnt), single("Å", sfnt)])
        assert outline(cut, 1) == outline(FIRA, glyph(FIRA, "A"))
        assert outline(cut, 2) == outline(FIRA, glyph(FIRA, "Å"))
        font = read(cut)
        glyphs = [font["glyf"][name] for name in font.getGlyphOrder()]
        assert [bool(one.program.getBytecode()) for one in glyphs if hasattr(one, "program")].count(True) == 0
