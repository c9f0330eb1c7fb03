"""Anybody's PDF comes onto sheets as it is, or a sentence says why not."""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from effort import ending
from foreign import judge
from foreign.make import KINDS, page, pages_of, picture, stream
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from eventprint.draw import draw
from eventprint.geometry import Box, Size, mm
from eventprint.impose import booklet, nup
from eventprint.merge import merge
from eventprint.page import Artwork, Edition, Page
from eventprint.problems import Stop

LIKE = 0.003
"""The share of pixels that may be strange: edges of meshes and letters where a sheet's place is no whole pixel."""

PLACED = [name for name, kind in KINDS.items() if not kind.refused]

MARGIN = 5 * mm


def on_a_sheet(pdf: bytes) -> tuple[bytes, judge.Trim]:
    """The first page alone on paper that is a margin larger on each side."""
    trim = judge.trims(pdf)[0]
    width, height = trim.size
    paper = Size(width + 2 * MARGIN, height + 2 * MARGIN)
    return nup(pdf, paper, duplex=False, marks=False).pdf, trim


def place(trim: judge.Trim) -> judge.Edges:
    width, height = trim.size
    return MARGIN, MARGIN, MARGIN + width, MARGIN + height


def scales(trim: judge.Trim) -> tuple[float, float]:
    """Two, so that a fault hidden between pixels shows at one of them."""
    longest = max(trim.size)
    small, large = (min(max(scale, 60 / longest), 500 * scale / longest) for scale in (1.0, 2.3))
    return small, large


def differences(
    look: Callable[[bytes, int, judge.Edges, float], Image.Image], pdf: bytes, sheet: bytes, trim: judge.Trim
) -> tuple[list[float], bool]:
    """How far page and place differ at each scale, and whether there is anything to be seen."""
    found, blank = [], True
    for scale in scales(trim) if look is judge.seen else scales(trim)[1:]:
        one = look(pdf, 0, trim.edges, scale * trim.unit)
        other = look(sheet, 0, place(trim), scale)
        found.append(judge.difference(one, other))
        blank = blank and judge.is_blank(one)
    return found, blank


@pytest.mark.sampled(16)
@pytest.mark.parametrize("name", PLACED)
def test_a_page_looks_on_its_sheet_as_in_its_file(name: str, tool: Callable[[str], str], tmp_path: Path) -> None:
    kind = KINDS[name]
    pdf = kind.make()
    sheet, trim = on_a_sheet(pdf)
    pdftoppm = "" if kind.unheard[1] else tool("pdftoppm")
    blank = True
    for deaf, look in zip(kind.unheard, (judge.seen, judge.second_opinion(pdftoppm)), strict=True):
        if not deaf:
            found, nothing = differences(look, pdf, sheet, trim)
            assert max(found) <= LIKE
            blank = blank and nothing
    assert blank == kind.blank
    (tmp_path / "sheet.pdf").write_bytes(sheet)
    checked = subprocess.run([tool("qpdf"), "--check", tmp_path / "sheet.pdf"], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


CONVERTED = 0.02
"""The same where inks are seen through the profile of coated paper: a file to be heard says what its inks are."""


@pytest.mark.sampled(16)
@pytest.mark.parametrize("edition", [Edition.BLED, Edition.OFFICE])
@pytest.mark.parametrize("name", [name for name in PLACED if not KINDS[name].unheard[0]])
def test_a_page_placed_in_a_page_of_ours_looks_as_in_its_file(name: str, edition: Edition, tmp_path: Path) -> None:
    pdf = KINDS[name].make()
    (tmp_path / "supplied.pdf").write_bytes(pdf)
    trim = judge.trims(pdf)[0]
    width, height = trim.size
    mark = Artwork(Box(MARGIN, MARGIN, width, height), tmp_path / "supplied.pdf")
    whole = Page(Size(width + 2 * MARGIN, height + 2 * MARGIN), (mark,))
    made = draw([whole], edition=edition, title="A title", language="en")
    found, _ = differences(judge.seen, pdf, made, trim)
    assert max(found) <= (CONVERTED if "CMYK" in name and edition is Edition.OFFICE else LIKE)


@pytest.mark.sampled(16)
@pytest.mark.parametrize("name", [name for name in PLACED if not KINDS[name].unheard[0]])
def test_a_merged_page_looks_as_in_its_file(name: str) -> None:
    pdf = KINDS[name].make()
    trim = judge.trims(pdf)[0]
    made = merge([("part", pdf)]).pdf
    for scale in scales(trim):
        one, other = (judge.seen(each, 0, trim.edges, scale * trim.unit) for each in (pdf, made))
        assert judge.difference(one, other) <= LIKE


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.refused])
def test_what_cannot_be_placed_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(Stop, match=KINDS[name].refused) as stop:
        nup(KINDS[name].make(), Size(2000, 2000), duplex=False)
    assert "\n" not in str(stop.value)
    assert stop.value.problem.hint


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLACED[::12])
def test_a_page_in_a_booklet_looks_as_in_its_file(name: str) -> None:
    """On the right of the outer sheet's front; what its neighbour on the left would show is blank."""
    pdf = KINDS[name].make()
    trim = judge.trims(pdf)[0]
    width, height = trim.size
    paper = Size(2 * width + 20, height + 20)
    sheet = booklet(pdf, paper, marks=False)
    left, bottom = sheet.paper.width / 2, (sheet.paper.height - height) / 2
    scale = scales(trim)[1]
    one = judge.seen(pdf, 0, trim.edges, scale * trim.unit)
    other = judge.seen(sheet.pdf, 0, (left, bottom, left + width, bottom + height), scale)
    assert judge.difference(one, other) <= LIKE


@pytest.mark.thorough
def test_every_page_of_a_file_has_its_own_place() -> None:
    pdf = pages_of(7)
    sheet = nup(pdf, Size(200 + 2 * MARGIN, 300 + 2 * MARGIN), duplex=False, marks=False)
    trims = judge.trims(pdf)
    assert sheet.sides == len(trims) == 7
    for number, trim in enumerate(trims):
        one = judge.seen(pdf, number, trim.edges, 2.3)
        assert judge.difference(one, judge.seen(sheet.pdf, number, place(trim), 2.3)) <= LIKE
        assert judge.difference(one, judge.seen(sheet.pdf, (number + 1) % 7, place(trim), 2.3)) > LIKE


# --- whether the judge sees anything


@pytest.mark.thorough
@pytest.mark.parametrize("off", [(1 * mm, 0), (0, -1 * mm), (-0.7 * mm, 0.7 * mm)])
@pytest.mark.parametrize("name", ["rotate 90", "user unit, turn and crop", "font not embedded", "forms within forms"])
def test_a_page_a_millimetre_off_is_noticed(name: str, off: tuple[float, float], tool: Callable[[str], str]) -> None:
    pdf = KINDS[name].make()
    sheet, trim = on_a_sheet(pdf)
    with pikepdf.open(io.BytesIO(sheet)) as moved:
        (form,) = moved.pages[0].Contents.read_bytes().splitlines()
        moved.pages[0].Contents = moved.make_stream(b"q 1 0 0 1 %f %f cm " % off + form + b" Q")
        moved.save(out := io.BytesIO())
    for look in (judge.seen, judge.second_opinion(tool("pdftoppm"))):
        assert min(differences(look, pdf, out.getvalue(), trim)[0]) > LIKE


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("stamp", lambda sheet: sheet.pages[0].Resources.XObject.P1.Resources.XObject.__delitem__("/Note1")),
        ("layer hidden", lambda sheet: sheet.Root.__delitem__("/OCProperties")),
        ("layers hidden unless named", lambda sheet: sheet.Root.OCProperties.D.__delitem__("/OFF")),
        ("font named in GBK", lambda sheet: sheet.pages[0].Resources.XObject.P1.Resources.__delitem__("/Font")),
        (
            "picture with a soft mask",
            lambda sheet: sheet.pages[0].Resources.XObject.P1.Resources.XObject.Im.__delitem__("/SMask"),
        ),
        (
            "blend mode Multiply",
            lambda sheet: sheet.pages[0].Resources.XObject.P1.Resources.ExtGState.B.__delitem__("/BM"),
        ),
        (
            "tiles under a changed scale",
            lambda sheet: sheet.pages[0].Resources.XObject.P1.Resources.Pattern.P.__delitem__("/Matrix"),
        ),
    ],
)
def test_what_is_lost_on_the_way_is_noticed(name: str, without: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = KINDS[name].make()
    made, trim = on_a_sheet(pdf)
    with pikepdf.open(io.BytesIO(made)) as sheet:
        without(sheet)
        sheet.save(out := io.BytesIO())
    assert max(differences(judge.seen, pdf, out.getvalue(), trim)[0]) > LIKE


# --- boxes, turns and units of all sorts

edges = st.integers(-400, 400).map(lambda quarters: quarters / 4)
lengths = st.integers(240, 1600).map(lambda quarters: quarters / 4)
insets = st.tuples(*[st.integers(0, 25).map(lambda quarters: quarters / 4)] * 4)


@pytest.mark.thorough
@settings(max_examples=40)
@given(
    edges, edges, lengths, lengths, insets, st.none() | insets, st.sampled_from([0, 90, 180, 270, -90, 720, 810]),
    st.sampled_from([1, 1, 0.5, 2, 3.25]), st.booleans(),
)  # fmt: skip
def test_any_box_turn_and_unit_is_seen_as_it_is_held(
    left: float,
    bottom: float,
    width: float,
    height: float,
    cropped: judge.Edges,
    trimmed: judge.Edges | None,
    turn: int,
    unit: float,
    reversed_: bool,
) -> None:
    """The model is drawn without a PDF: four corners and a letter, cut, turned and scaled by Pillow."""
    media = (left, bottom, left + width, bottom + height)
    crop = inside(media, cropped)
    trim = inside(media, trimmed) if trimmed else crop
    corners = (media[2], media[3], media[0], media[1]) if reversed_ else media
    boxes = " ".join(
        f"/{name} [{' '.join(map(str, box))}]"
        for name, box in (("MediaBox", corners), ("CropBox", crop), *([("TrimBox", trim)] if trimmed else []))
    )
    pdf = page(picture(width, height, left, bottom), media=boxes, own=f"/Rotate {turn} /UserUnit {unit}")
    size = (trim[2] - trim[0]) * unit, (trim[3] - trim[1]) * unit
    wide, high = reversed(size) if turn % 180 else size
    sheet = nup(pdf, Size(wide + 2 * MARGIN, high + 2 * MARGIN), duplex=False, marks=False)
    assert sheet.paper.same_as(Size(wide + 2 * MARGIN, high + 2 * MARGIN))
    shown = (MARGIN, MARGIN, MARGIN + wide, MARGIN + high)
    seen = judge.seen(sheet.pdf, 0, shown, 600 / max(wide, high))
    assert judge.difference(model(media, trim, turn, seen.size), seen) <= 0.01


def inside(box: judge.Edges, insets: judge.Edges) -> judge.Edges:
    return box[0] + insets[0], box[1] + insets[1], box[2] - insets[2], box[3] - insets[3]


def model(media: judge.Edges, trim: judge.Edges, turn: int, size: tuple[int, int]) -> Image.Image:
    """What `picture` describes, as pixels, four to a point, then as many as wanted."""
    fine = 4
    width, height = media[2] - media[0], media[3] - media[1]
    whole = Image.new("RGB", (round(width * fine), round(height * fine)), "white")
    for line in picture(width, height).decode().splitlines():
        red, green, blue, _, x, y, across, up, *_ = line.split()
        box = [float(number) * fine for number in (x, y, across, up)]
        colour = tuple(round(float(part) * 255) for part in (red, green, blue))
        top = height * fine - box[1] - box[3]
        whole.paste(colour, (round(box[0]), round(top), round(box[0] + box[2]), round(top + box[3])))
    cut = (trim[0] - media[0], media[3] - trim[3], trim[2] - media[0], media[3] - trim[1])
    shown = whole.crop(tuple(round(edge * fine) for edge in cut)).rotate(-turn, expand=True)
    return shown.resize(size, Image.Resampling.BOX)


# --- what stays behind


def test_scripts_attachments_tags_links_and_metadata_stay_behind() -> None:
    made, _ = on_a_sheet(KINDS["laden with what must stay behind"].make())
    with pikepdf.open(io.BytesIO(made)) as sheet:
        assert set(sheet.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
        keys, kinds = set(), set()
        for each in sheet.objects:
            for found in values(each):
                keys |= set(found.keys())
                kinds |= {str(found.get(key)) for key in ("/Type", "/Subtype", "/S")}
    assert (
        keys
        & {
            *("/AA", "/A", "/JS", "/AF", "/EF", "/Names", "/Metadata", "/StructParent", "/StructParents", "/PieceInfo"),
            *("/Annots", "/AcroForm", "/Thumb", "/OpenAction", "/StructTreeRoot", "/Outlines", "/PageLabels", "/URI"),
        }
        == set()
    )
    assert (
        kinds & {"/EmbeddedFile", "/Filespec", "/Metadata", "/StructTreeRoot", "/Annot", "/Link", "/JavaScript"}
        == set()
    )
    assert b"secret" not in made


def values(found: pikepdf.Object) -> list[pikepdf.Object]:
    """A value and all within it, that have keys; references are followed nowhere."""
    out = []
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            out.append(one)
        within = one.values() if out and out[-1] is one else one if isinstance(one, pikepdf.Array) else ()
        waiting += [each for each in within if isinstance(each, pikepdf.Object) and not each.is_indirect]
    return out


def test_a_printers_profile_comes_along() -> None:
    pdf = KINDS["marked for another printer"].make()
    made, _ = on_a_sheet(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as before, pikepdf.open(io.BytesIO(made)) as after:
        one, other = before.Root.OutputIntents[0], after.Root.OutputIntents[0]
        assert one.DestOutputProfile.read_bytes() == other.DestOutputProfile.read_bytes()
        assert one.OutputConditionIdentifier == other.OutputConditionIdentifier


@pytest.mark.parametrize("name", ["a spot colour named in Latin-1", "several spot colours"])
def test_spot_colours_keep_their_names(name: str) -> None:
    pdf = KINDS[f"colour in {name}"].make()
    made, _ = on_a_sheet(pdf)
    with pikepdf.open(io.BytesIO(made)) as sheet:
        sheet.save(plain := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    names = re.compile(rb"/(?:Separation|DeviceN)\s*(\[[^\]]*\]|/\S+)")

    def inks(data: bytes) -> list[bytes]:
        return [re.sub(rb"\s+", b" ", found).lower().strip(b"[ ]") for found in names.findall(data)]

    assert inks(plain.getvalue()) == inks(pdf)


def test_a_page_of_notes_keeps_its_content_as_it_stands() -> None:
    pdf = page(picture() * 50, own="/Annots [<< /Subtype /Stamp /F 4 /Rect [0 0 9 9] /AP << /N 5 0 R >> >>]",
               more=[stream(b"0 0 9 9 re f", "/Subtype /Form /BBox [0 0 9 9]")])  # fmt: skip
    made, _ = on_a_sheet(pdf)
    with pikepdf.open(io.BytesIO(made)) as sheet:
        content = sheet.pages[0].Resources.XObject.P1.Resources.XObject["/Page"]
        assert content.read_raw_bytes() == picture() * 50


# --- size


def packed(pdf: bytes) -> int:
    """Bytes when qpdf writes it, so that the ways of two programs to write the same are left out."""
    with pikepdf.open(io.BytesIO(pdf)) as file_:
        file_.save(out := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(out.getvalue())


def test_a_thousand_pages_grow_by_a_twentieth_at_most() -> None:
    pdf = pages_of(1000)
    sheets = nup(pdf, Size(1200, 1600), duplex=False, marks=True)
    assert sheets.sides == -(-1000 // sheets.per_side)
    assert len(sheets.pdf) <= 1.05 * len(pdf)
    assert packed(sheets.pdf) <= 1.05 * packed(pdf)


def test_pages_alike_are_kept_once() -> None:
    pdf = pages_of(100, different=False)
    assert len(nup(pdf, Size(1200, 1600), duplex=False).pdf) < 0.2 * len(pdf)


# --- damage

SEEDS = [name for name in PLACED if name not in ("largest page of old", "tiny page")]


def mutated(pdf: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or moved, as disks, mails and editors do."""
    data = bytearray(pdf)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(7):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 30)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 60)]
            case 3:
                data[at:at] = bytes(chance.choices(b"<>[]()/ 0123456789R\n%", k=chance.randint(1, 4)))
            case 4:
                digits = [found.start() for found in re.finditer(rb"\d", data)]
                data[chance.choice(digits)] = chance.choice(b"0123456789-.") if digits else 0
            case 5:
                names = re.findall(rb"/[A-Za-z]+", data)
                spans = [found.span() for found in re.finditer(rb"/[A-Za-z]+", data)]
                if spans:
                    start, end = chance.choice(spans)
                    data[start:end] = chance.choice(names)
            case _:
                spans = [found.span() for found in re.finditer(rb"\d+ 0 R", data)]
                if spans:
                    start, end = chance.choice(spans)
                    data[start:end] = b"%d 0 R" % chance.randrange(12)
        data = data or bytearray(b" ")
    return bytes(data)


def place_or_refuse(pdf: bytes) -> str:
    """What became of a file: a sentence, or nothing where it was placed and PDFium opens what came out."""
    said = ""
    try:
        with ending():
            sheets = nup(pdf, Size(907, 1276), duplex=False, marks=False)
    except Stop as stop:
        said = str(stop)
    else:
        with pikepdf.open(io.BytesIO(sheets.pdf)) as made:
            assert len(made.pages) == sheets.sides
            # what is in the streams is as it was; how they are put together is ours
            own = ("stream data", "data loss", "input stream")
            assert [each for each in made.check_pdf_syntax() if not any(fault in each for fault in own)] == []
    return said


@settings(max_examples=150)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_a_damaged_file_is_placed_or_refused(name: str, seed: int) -> None:
    place_or_refuse(mutated(KINDS[name].make(), random.Random(seed)))
