"""Codes read back by another reader, masks judged by the four rules written plainly, tokens that forgive no typo."""

from __future__ import annotations

import io
import itertools
import re
import string
from collections.abc import Iterator, Sequence

import pypdfium2
import pytest
import zxingcpp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import QRCode, constants, util
from reportlab.pdfgen.canvas import Canvas

from eventprint.codes import ALPHABET, _frame, identify, matrix, place_code, short, token
from eventprint.geometry import Box, inch, mm
from eventprint.page import Code

LEVELS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
SECRET = b"a secret for tests"
PAYLOADS = [
    *(token(SECRET, f"person {number}") for number in range(12)),
    "1",
    "0123456789012345678901234567890123456789",
    "HTTPS://EXAMPLE.ORG/P/ABCDEF",
    "https://example.org/programme#day-1",
    "MECARD:N:Nguyễn,Thị Minh Khai;ORG:Søren & Łukasz GmbH;;",
    "https://example.org/tickets/123456789012345678901234567890/transfer",
    "x" * 200,
]


# --- the symbol


def bits(rows: Sequence[int]) -> list[list[int]]:
    return [[row >> (len(rows) - 1 - column) & 1 for column in range(len(rows))] for row in rows]


def penalty(modules: Sequence[Sequence[int]]) -> int:
    """The four rules of ISO/IEC 18004, 7.8.3.1, one module at a time."""
    size = len(modules)
    lines = [list(line) for line in (*modules, *zip(*modules, strict=True))]
    points = 0
    for line in lines:
        runs = [(value, len(list(group))) for value, group in itertools.groupby(line)]
        points += sum(3 + length - 5 for _, length in runs if length >= 5)
        edged = [(value, len(list(group))) for value, group in itertools.groupby([0] * size + line + [0] * size)]
        for first in range(len(edged) - 6):
            (value, before), *middle, (_, after) = edged[first : first + 7]
            lengths = [length for _, length in middle]
            width = lengths[0]
            if value == 0 and lengths == [width, width, 3 * width, width, width]:
                points += 40 * (before >= 4 * width and after >= width)
                points += 40 * (after >= 4 * width and before >= width)
    for row in range(size - 1):
        for column in range(size - 1):
            block = {modules[row + down][column + right] for down in (0, 1) for right in (0, 1)}
            points += 3 * (len(block) == 1)
    share = 100 * sum(map(sum, modules)) / size**2
    steps = 0
    while not 45 - 5 * steps <= share <= 55 + 5 * steps:
        steps += 1
    return points + 10 * steps


def stretched(width: int, shift: int, inverse: bool) -> int:
    """A line of 21 modules with a finder-like pattern of some width in it."""
    line = int("".join(width * bit for bit in "1011101"), 2) << shift & 2**21 - 1
    return line ^ (2**21 - 1) if inverse else line


def candidates(payload: str, level: str, version: int) -> Iterator[list[list[int]]]:
    """The symbol under each mask, made by qrcode alone."""
    for mask in range(8):
        maker = QRCode(version, LEVELS[level], border=0, mask_pattern=mask)
        maker.add_data(payload, optimize=0)
        maker.make(fit=False)
        yield [[int(module) for module in row] for row in maker.get_matrix()]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "payload", [*PAYLOADS[:6], "1", "HTTPS://EXAMPLE.ORG/P/ABCDEF", "https://example.org/x", "x" * 150]
)
def test_the_mask_is_the_first_of_lowest_penalty(payload: str, level: str) -> None:
    rows = matrix(payload, level)
    masked = list(candidates(payload, level, (len(rows) - 17) // 4))
    assert bits(rows) == min(masked, key=penalty)


@given(st.text(ALPHABET, min_size=1, max_size=60), st.sampled_from("LMQH"))
@settings(max_examples=40, deadline=None)
def test_any_word_gets_the_mask_of_lowest_penalty(payload: str, level: str) -> None:
    rows = matrix(payload, level)
    assert bits(rows) == min(candidates(payload, level, (len(rows) - 17) // 4), key=penalty)


@given(
    st.lists(
        st.one_of(
            st.integers(0, 2**21 - 1),
            st.builds(stretched, st.integers(1, 2), st.integers(0, 12), st.booleans()),
        ),
        min_size=21,
        max_size=21,
    ),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_the_fast_penalty_is_that_of_the_plain_rules(rows: list[int], turned: bool) -> None:
    grid = bits(rows)
    if turned:
        grid = [list(line) for line in zip(*grid, strict=True)]
    frame = _frame(1, "Q")
    packed = "".join("0" * frame.pad + "".join(map(str, line)) for line in (*grid, *zip(*grid, strict=True)))
    assert frame.penalty(int(packed + "0" * frame.pad, 2)) == penalty(grid)


def fewest_bits(data: bytes, group: int) -> int:
    """The shortest bit stream over all ways to cut a payload into modes."""
    heads = {"digit": 4 + (10, 12, 14)[group], "letter": 4 + (9, 11, 13)[group], "byte": 4 + (8, 16, 16)[group]}
    sixths = {"digit": 20, "letter": 33, "byte": 48}
    best: dict[str, int] = {}
    for byte in data:
        ended = min((-(-bits // 6) * 6 for bits in best.values()), default=0)
        modes = ["byte"]
        if chr(byte) in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:":
            modes.append("letter")
        if chr(byte) in string.digits:
            modes.append("digit")
        best = {mode: min(best.get(mode, 10**9), ended + 6 * heads[mode]) + sixths[mode] for mode in modes}
    return min(-(-bits // 6) for bits in best.values())


@given(
    st.lists(
        st.one_of(
            st.text(string.digits, min_size=1, max_size=30),
            st.text(string.ascii_uppercase + "$/:", min_size=1, max_size=30),
            st.text(string.ascii_lowercase, min_size=1, max_size=30),
        ),
        min_size=1,
        max_size=5,
    ).map("".join),
    st.sampled_from("LMQH"),
)
@settings(max_examples=200, deadline=None)
def test_no_smaller_version_holds_the_payload(payload: str, level: str) -> None:
    version = (len(matrix(payload, level)) - 17) // 4
    limits = util.BIT_LIMIT_TABLE[LEVELS[level]]
    smallest = next(v for v in range(1, 41) if fewest_bits(payload.encode(), (v > 9) + (v > 26)) <= limits[v])
    assert version == smallest


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90), st.sampled_from("LMQH"))
@settings(max_examples=60, deadline=None)
def test_another_reader_reads_what_was_written(payload: str, level: str) -> None:
    rows = matrix(payload, level)
    picture = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    picture.putdata([255 * (1 - bit) for line in framed(rows) for bit in line])
    found = zxingcpp.read_barcodes(picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST))
    assert [code.bytes for code in found] == [payload.encode()]


def framed(rows: Sequence[int]) -> list[list[int]]:
    side = len(rows) + 8
    return [[0] * side] * 4 + [[0] * 4 + line + [0] * 4 for line in bits(rows)] + [[0] * side] * 4


def test_every_version_is_read() -> None:
    for size in (10, 60, 150, 300, 500, 800, 1200):
        rows = matrix("z" * size, "L")
        picture = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
        picture.putdata([255 * (1 - bit) for line in framed(rows) for bit in line])
        found = zxingcpp.read_barcodes(picture.resize((picture.width * 3,) * 2, Image.Resampling.NEAREST))
        assert [code.text for code in found] == ["z" * size]


def test_the_default_token_takes_25_modules() -> None:
    assert {len(matrix(token(SECRET, str(number)))) for number in range(50)} == {25}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_another_maker_needs_no_fewer_modules(payload: str) -> None:
    made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    assert len(matrix(payload)) <= made.to_image(scale=1, add_quiet_zones=False).shape[0]


def test_nothing_and_too_much_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="something to say"):
        matrix("")
    with pytest.raises(ValueError, match="3000 bytes are too much for one code"):
        matrix("z" * 3000)


# --- its place


def printed(codes: Sequence[Code], dots_per_inch: int) -> Image.Image:
    """Codes on one page each below the other, as a printer or a screen shows them."""
    width = max(code.box.right for code in codes) + 20 * mm
    height = max(code.box.bottom for code in codes) + 20 * mm
    canvas = Canvas(file := io.BytesIO(), pagesize=(width, height))
    for code in codes:
        for row, line in enumerate(bits(code.rows)):
            for column, dark in enumerate(line):
                if dark:
                    x, y = code.box.x + column * code.module, code.box.y + (row + 1) * code.module
                    canvas.rect(x, height - y, code.module, code.module, stroke=0, fill=1)
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    picture = document[0].render(scale=dots_per_inch / inch).to_pil()
    document.close()
    return picture


@pytest.mark.parametrize("dots_per_inch", [200, 300])
def test_every_code_reads_from_paper(dots_per_inch: int) -> None:
    side = 30.3 * mm
    codes = [
        place_code(payload, Box(5 * mm + number % 4 * side, 5 * mm + number // 4 * side, side, side))
        for number, payload in enumerate(PAYLOADS[:-1])
    ]
    found = zxingcpp.read_barcodes(printed(codes, dots_per_inch))
    assert sorted(code.text for code in found) == sorted(PAYLOADS[:-1])


@given(
    st.floats(-50, 500),
    st.floats(-50, 500),
    st.floats(17 * mm, 60 * mm),
    st.floats(17 * mm, 60 * mm),
    st.sampled_from([203, 300, 600, 1200]),
)
@settings(max_examples=100, deadline=None)
def test_a_code_keeps_its_quiet_zone_in_the_box_and_whole_dots(
    x: float, y: float, width: float, height: float, dots_per_inch: int
) -> None:
    box = Box(x, y, width, height)
    code = place_code(PAYLOADS[0], box, dots_per_inch=dots_per_inch)
    dots = code.module * dots_per_inch / 72
    assert box.contains(code.box.inset(-4 * code.module))
    assert code.quiet == pytest.approx(4 * code.module)
    assert dots == pytest.approx(round(dots))
    assert code.box.centre == pytest.approx(box.centre)
    assert code.module >= 0.40 * mm
    assert (len(code.rows) + 8) * (round(dots) + 1) * 72 / dots_per_inch > min(width, height)


def test_a_module_under_40_hundredths_is_refused_with_its_size() -> None:
    with pytest.raises(ValueError, match=re.escape("13 × 13 mm: a module would be 0.38 mm")):
        place_code(PAYLOADS[0], Box(0, 0, 13 * mm, 13 * mm))


def test_an_exact_box_is_filled() -> None:
    side = 33 * 10 * 72 / 600
    assert place_code(PAYLOADS[0], Box(1 / 3, 1 / 7, side, side)).module == pytest.approx(10 * 72 / 600)


# --- tokens


def test_a_token_is_EP_and_26_consonants() -> None:
    for number in range(200):
        assert re.fullmatch(f"EP[{ALPHABET}]{{26}}", token(SECRET, str(number)))


def test_a_token_is_the_same_every_time_and_differs_by_person_and_secret() -> None:
    assert token(SECRET, "ada") == token(SECRET, "ada")
    assert len({token(secret, who) for secret in (b"one", b"two") for who in ("ada", "bo", "")}) == 6


def test_a_token_stays_what_is_already_printed() -> None:
    assert token(b"secret", "ada") == "EPLRNXLGCKXRKGBJNSJKBCTDVRXP"


@given(st.binary(min_size=1), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_genuine_token_is_known_however_it_is_typed(secret: bytes, identity: str) -> None:
    made = token(secret, identity)
    letters = made[2:12]
    typed = [made, made.lower(), "-".join(re.findall(".{1,5}", made)), f" {made[:7]} {made[7:]}\n", made.title()]
    assert [identify(secret, text) for text in typed] == [letters] * 5
    assert short(made).replace(" ", "") == letters


def test_no_single_typo_passes() -> None:
    made = token(SECRET, "ada")
    wrong = [
        made[:place] + letter + made[place + 1 :]
        for place in range(len(made))
        for letter in string.ascii_uppercase
        if letter != made[place]
    ]
    assert len(wrong) == 28 * 25
    assert [text for text in wrong if identify(SECRET, text) is not None] == []


def test_no_two_letters_exchanged_pass() -> None:
    made = token(SECRET, "ada")
    for first, second in itertools.combinations(range(28), 2):
        text = list(made)
        text[first], text[second] = text[second], text[first]
        assert (identify(SECRET, "".join(text)) is not None) == (made[first] == made[second])


@given(st.binary(min_size=1), st.binary(min_size=1), st.text(max_size=20))
def test_another_secret_refuses(secret: bytes, other: bytes, identity: str) -> None:
    # HMAC pads a key with zero bytes, so keys that differ only in those are one key.
    assume(secret.rstrip(b"\0") != other.rstrip(b"\0"))
    assert identify(other, token(secret, identity)) is None


@pytest.mark.parametrize("text", ["", "EP", "EP" + "B" * 26, "B" * 28, "https://example.org", "EP" + "ß" * 26, "\0"])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert identify(SECRET, text) is None


def test_part_of_a_token_and_a_token_with_more_are_refused() -> None:
    made = token(SECRET, "ada")
    assert [identify(SECRET, text) for text in (made[:-1], made + "B", "EP" + made, made[2:])] == [None] * 4


def test_no_secret_makes_and_accepts_nothing() -> None:
    with pytest.raises(ValueError, match="secret"):
        token(b"", "ada")
    assert identify(b"", "EP" + "B" * 26) is None
