"""QR codes and the tokens they carry: the one file that uses qrcode.

qrcode writes characters as bits, has the tables of the standard and knows where a symbol keeps its codewords. What
takes time with a thousand codes is done here: check bytes by table, and the choice of one of the eight masks on whole
symbols held as one integer. Knows nothing of people, pages' design or PDF.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from qrcode import QRCode, base, constants, util  # type: ignore[import-untyped]  # the package has no annotations

from .geometry import SLACK, Box, inch, mm
from .page import Code
from .values import dataclass

ALPHABET = "BCDFGHJKLNPRSTVX"
"""Consonants that every European keyboard layout types alike in either case, so that a scanner cannot garble them."""

SMALLEST_MODULE = 0.40 * mm
"""Phones lose smaller modules at a hand's distance; the build refuses them."""

QUIET_MODULES = 4
"""Width of the empty border a reader needs (ISO/IEC 18004, 5.3.8)."""

_PREFIX = "EP"
_IDENTITY_LETTERS, _SEAL_LETTERS = 10, 16
_TO_LETTERS = bytes.maketrans(b"0123456789abcdef", ALPHABET.encode())
_TOKEN = re.compile(f"{_PREFIX}([{ALPHABET}]{{{_IDENTITY_LETTERS}}})([{ALPHABET}]{{{_SEAL_LETTERS}}})")
_LEVELS: dict[str, int] = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}


def token(secret: bytes, identity: str) -> str:
    """`EP` and 26 letters that stand for an identity and that only a holder of the secret can make.

    Ten letters are a 40-bit pseudonym, sixteen a 64-bit seal over them; nothing of the identity can be read back.
    Raises ValueError without a secret.
    """
    if not secret:
        raise ValueError("a token needs a secret")
    pseudonym = _letters(hmac.digest(secret, b"id:" + identity.encode(), hashlib.sha256), _IDENTITY_LETTERS)
    return _PREFIX + pseudonym + _seal(secret, pseudonym)


def identify(secret: bytes, text: str) -> str | None:
    """The ten letters of a genuine code, or None; case, hyphens and spaces do not matter."""
    if not secret:
        return None
    match = _TOKEN.fullmatch(re.sub(r"[\s‐‑–-]", "", text).upper())
    if match is None or not hmac.compare_digest(match[2], _seal(secret, match[1])):
        return None
    return match[1]


def short(token: str) -> str:
    """The pseudonym of a token as printed below its code: `BCDFG HJKLN`."""
    letters = token.removeprefix(_PREFIX)[:_IDENTITY_LETTERS]
    return f"{letters[:5]} {letters[5:]}"


def _seal(secret: bytes, pseudonym: str) -> str:
    """Sixteen letters over a pseudonym, under a key of their own: whoever learns pseudonyms learns no seals."""
    key = hmac.digest(secret, b"seal", hashlib.sha256)
    return _letters(hmac.digest(key, pseudonym.encode(), hashlib.sha256), _SEAL_LETTERS)


def _letters(digest: bytes, count: int) -> str:
    return digest.hex()[:count].encode().translate(_TO_LETTERS).decode()


def place_code(payload: str, box: Box, *, level: str = "Q", dots_per_inch: float = 600) -> Code:
    """The code centred in a box with its quiet zone inside, its modules as many whole device dots as fit.

    Raises ValueError where a module would be under 0.40 mm.
    """
    rows = matrix(payload, level)
    dot = inch / dots_per_inch
    across = len(rows) + 2 * QUIET_MODULES
    module = int((min(box.width, box.height) + SLACK) / across / dot) * dot
    if module < SMALLEST_MODULE:
        raise ValueError(
            f"a code of {len(rows)} modules does not fit {box.size}: a module would be {module / mm:.2f} mm, "
            f"and phones need {SMALLEST_MODULE / mm:.2f} mm"
        )
    side = len(rows) * module
    x, y = box.centre
    return Code(Box(x - side / 2, y - side / 2, side, side), rows, payload, QUIET_MODULES * module)


def sized_code(payload: str, x: float, y: float, module: float, *, level: str = "M") -> Code:
    """The code with its top left corner at a place and modules of a size, however small: for test sheets alone."""
    rows = matrix(payload, level)
    side = len(rows) * module
    return Code(Box(x, y, side, side), rows, payload, QUIET_MODULES * module)


@lru_cache(maxsize=4096)
def matrix(payload: str, level: str = "Q") -> tuple[int, ...]:
    """The rows of the smallest symbol that holds a payload, the leftmost module in each row's highest bit.

    The mask is the one with the lowest penalty, the first of equals (ISO/IEC 18004, 7.8.3). The level is the share of
    damage it survives: L 7 %, M 15 %, Q 25 %, H 30 %. Raises ValueError for an empty payload or one too long.
    """
    if not payload:
        raise ValueError("a code needs something to say")
    version, pieces = _fit(payload.encode(), level)
    frame = _frame(version, level)
    data = frame.arrange(_codewords(_bits(pieces, version, frame.blocks), frame.blocks))
    return frame.rows(min((data ^ template for template in frame.templates), key=frame.penalty))


class _Mode(NamedTuple):
    """A way to write characters as bits (ISO/IEC 18004, 7.3 and table 3)."""

    number: int
    characters: bytes
    count_bits: tuple[int, int, int]
    """Bits of the character count in versions 1-9, 10-26 and 27-40."""
    sixths: int
    """Sixths of a bit a character takes."""


_MODES = (
    _Mode(util.MODE_NUMBER, b"0123456789", (10, 12, 14), 20),
    _Mode(util.MODE_ALPHA_NUM, util.ALPHA_NUM, (9, 11, 13), 33),
    _Mode(util.MODE_8BIT_BYTE, bytes(range(256)), (8, 16, 16), 48),
)
_GROUPS = (range(1, 10), range(10, 27), range(27, 41))


def _fit(data: bytes, level: str) -> tuple[int, list[util.QRData]]:
    """The smallest version that holds the data, and the data in pieces of one mode each."""
    limits = util.BIT_LIMIT_TABLE[_LEVELS[level]]
    for group, versions in enumerate(_GROUPS):
        bits, pieces = _cut(data, group)
        for version in versions:
            if bits <= limits[version]:
                return version, pieces
    raise ValueError(f"{len(data)} bytes are too much for one code")


def _cut(data: bytes, group: int) -> tuple[int, list[util.QRData]]:
    """The shortest bit stream in a group of versions: for each byte, the best way that ends in each mode."""
    ways: dict[_Mode, tuple[int, tuple[tuple[int, _Mode], ...]]] = {}
    done: tuple[int, tuple[tuple[int, _Mode], ...]] = (0, ())
    for at, byte in enumerate(data):
        further = {}
        for mode in _MODES:
            if byte in mode.characters:
                fresh = done[0] + 6 * (4 + mode.count_bits[group])
                kept = ways.get(mode)
                sixths, cuts = (fresh, (*done[1], (at, mode))) if kept is None or fresh < kept[0] else kept
                further[mode] = (sixths + mode.sixths, cuts)
        ways = further
        sixths, cuts = min(ways.values(), key=itemgetter(0))
        done = (-(-sixths // 6) * 6, cuts)
    ends = [at for at, _ in done[1][1:]] + [len(data)]
    pieces = [util.QRData(data[at:end], mode.number) for (at, mode), end in zip(done[1], ends, strict=True)]
    return done[0] // 6, pieces


class _Bits:
    """A bit stream as one number; what qrcode's characters are written to."""

    def __init__(self) -> None:
        self.number = self.length = 0

    def put(self, number: int, length: int) -> None:
        self.number, self.length = self.number << length | number, self.length + length


_Blocks = tuple[tuple[int, int], ...]
"""Of each block of a symbol, how many codewords it has, and how many of them are data."""


def _bits(pieces: Sequence[util.QRData], version: int, blocks: _Blocks) -> bytes:
    """The data codewords: pieces, terminator and padding (ISO/IEC 18004, 7.4)."""
    bits = _Bits()
    for piece in pieces:
        bits.put(piece.mode, 4)
        bits.put(len(piece), util.length_in_bits(piece.mode, version))
        piece.write(bits)
    room = sum(data for _, data in blocks)
    ended = min(-(-(bits.length + 4) // 8), room)
    written = (bits.number << 8 * ended - bits.length).to_bytes(ended)
    return written + (bytes((util.PAD0, util.PAD1)) * room)[: room - ended]


def _codewords(data: bytes, blocks: _Blocks) -> bytes:
    """Data and check codewords of all blocks, interleaved (ISO/IEC 18004, 7.5 and 7.6)."""
    parts, checks, at = [], [], 0
    for total, count in blocks:
        part, more = data[at : at + count], total - count
        table, top, kept = _remainders(more), 8 * (more - 1), (1 << 8 * more) - 1
        rest = 0
        for byte in part:
            rest = (rest << 8 & kept) ^ table[rest >> top ^ byte]
        parts.append(part)
        checks.append(rest.to_bytes(more))
        at += count
    return bytes(byte for row in (*zip_longest(*parts), *zip(*checks, strict=True)) for byte in row if byte is not None)


@lru_cache(maxsize=32)
def _remainders(count: int) -> tuple[int, ...]:
    """What each byte, followed by `count` zero bytes, leaves when divided by the generator (ISO/IEC 18004, annex A)."""
    generator = base.Polynomial([1], 0)
    for power in range(count):
        generator *= base.Polynomial([1, base.gexp(power)], 0)
    table = [0]
    for power in range(8):
        single = int.from_bytes(bytes(base.gexp(base.glog(part) + power) for part in list(generator)[1:]))
        table += [single ^ lower for lower in table]
    return tuple(table)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all symbols of one version and level share.

    A symbol is one integer: all its rows, then all its columns, each line followed by light modules enough that no
    pattern reaches from one line into the next. So a shift compares every module with its neighbour, along rows and
    columns at once.
    """

    size: int
    pad: int
    """Light modules after every line, and before the first."""
    codewords: int
    blocks: _Blocks
    everything: int
    """All bits of the integer set."""
    modules: int
    """The bits set that are modules and no padding."""
    templates: tuple[int, ...]
    """The symbol without data under each of the eight masks."""
    order: Callable[[str], tuple[str, ...]]
    """Picks, for every bit of the integer, its bit of the data; index 0 is a module that holds none."""

    @property
    def stride(self) -> int:
        return self.size + self.pad

    def arrange(self, codewords: bytes) -> int:
        """The data modules of a symbol, unmasked."""
        bits = f"0{int.from_bytes(codewords):0{8 * self.codewords}b}"
        return int("".join(self.order(bits)), 2)

    def rows(self, symbol: int) -> tuple[int, ...]:
        lines = range(2 * self.size - 1, self.size - 1, -1)
        return tuple(symbol >> self.pad + line * self.stride & (1 << self.size) - 1 for line in lines)

    def penalty(self, symbol: int) -> int:
        """The sum of the four penalties (ISO/IEC 18004, 7.8.3.1, table 11); lower reads better.

        As in the usual reference encoders, the quiet zone counts as light beside a finder-like pattern, and such a
        pattern counts at any module width.
        """
        dark, light = symbol, self.modules ^ symbol
        columns = self.size * self.stride
        square = self.size * self.size
        share = abs(20 * (dark >> columns).bit_count() - 10 * square)
        return (
            _runs(dark)
            + _runs(light)
            + 3 * (_blocks(dark >> columns, self.stride) + _blocks(light >> columns, self.stride))
            + 40 * _finders(dark, self.everything ^ symbol)
            + 10 * ((share + square - 1) // square - 1)
        )


def _runs(modules: int) -> int:
    """3 for every five equal modules in a line, and 1 for each further one."""
    two = modules & modules >> 1
    five = two & two >> 2 & modules >> 4
    return five.bit_count() + 2 * (five & ~(five >> 1)).bit_count()


def _blocks(modules: int, stride: int) -> int:
    """Blocks of 2 × 2 equal modules, overlapping ones too."""
    two = modules & modules >> 1
    return (two & two >> stride).bit_count()


def _finders(dark: int, light: int) -> int:
    """Dark-light-dark-light-dark as 1:1:3:1:1 with light four wide on one side of it; on both sides it counts twice."""
    found = 0
    dark_run, light_run, width = dark, light, 1
    while dark_run & dark_run >> width & dark_run >> 2 * width:
        beside = dark_run & light_run >> width
        core = light_run & beside >> width & dark_run >> 3 * width & dark_run >> 4 * width
        core &= beside >> 5 * width & dark_run >> 7 * width & light_run >> 8 * width
        if core:
            wide = light_run & light_run >> width & light_run >> 2 * width
            found += (core & wide << 3 * width).bit_count() + (core & wide >> 9 * width).bit_count()
        dark_run &= dark >> width
        light_run &= light >> width
        width += 1
    return found


@lru_cache(maxsize=32)
def _frame(version: int, level: str) -> _Frame:
    """Read off symbols that qrcode makes: empty ones for the templates, a full one to see which modules hold data."""
    blocks = tuple((block.total_count, block.data_count) for block in base.rs_blocks(version, _LEVELS[level]))
    codewords = sum(total for total, _ in blocks)
    size = 17 + 4 * version
    gap = [0] * (4 * (size // 7))

    def symbol(data: bytes, mask: int) -> list[list[bool]]:
        maker = QRCode(version, _LEVELS[level])
        maker.data_cache = data
        maker.makeImpl(False, mask)
        modules: list[list[bool]] = maker.modules
        return modules

    def lines(modules: Sequence[Sequence[int]]) -> list[int]:
        return gap + [module for line in (*modules, *zip(*modules, strict=True)) for module in (*line, *gap)]

    def number(modules: Sequence[Sequence[int]]) -> int:
        return int("".join(["1" if module else "0" for module in lines(modules)]), 2)

    empty = [symbol(bytes(codewords), mask) for mask in range(8)]
    full = symbol(b"\xff" * codewords, 0)
    numbers = [[0] * size for _ in range(size)]
    following = 1
    for row, column in _zigzag(size):
        if full[row][column] != empty[0][row][column]:
            numbers[row][column] = following
            following += 1
    return _Frame(
        size=size,
        pad=len(gap),
        codewords=codewords,
        blocks=blocks,
        everything=(1 << len(lines(numbers))) - 1,
        modules=number([[1] * size] * size),
        templates=tuple(number(modules) for modules in empty),
        order=itemgetter(*lines(numbers)),
    )


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """Rows and columns in the order in which data fill them (ISO/IEC 18004, 7.7.3)."""
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, right
            yield row, right - 1
        upwards = not upwards
