"""Pages of a PDF, ours or anybody's, ready to be placed somewhere else as they are.

A page becomes a form: its content is neither parsed nor encoded again. Its own coordinates stay; `Source.upright`
brings them to how somebody holding the page sees it. What cannot be placed is refused in one sentence.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from .geometry import Box, Size
from .page import Matrix, place_box
from .problems import Stop
from .values import dataclass

DAMAGE = (
    *(PyPdfError, OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError),
    *(AssertionError, NotImplementedError, EOFError, zlib.error, struct.error),
)
"""What pypdf raises on a damaged file, according to where it is damaged."""

A_FILE = "a file to be put on sheets"
"""What a file is called that nobody named."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page as found, and how its own coordinates become upright ones from the bottom left corner of its trim."""

    page: PageObject
    number: int
    """From 1."""
    size: Size
    """The trim as somebody holding the page sees it, in points."""
    upright: Matrix
    bleed: Box
    """The bleed box in the page's own coordinates."""
    reach: float
    """The bleed on the side that has least."""


class Form(NamedTuple):
    """What a form needs to show a page: content as it stands in the file with its filters, and what it draws with."""

    data: bytes
    filters: dict[str, PdfObject]
    resources: PdfObject
    group: PdfObject | None


def open_pdf(pdf: bytes, what: str = A_FILE) -> PdfReader:
    """A reader of a file with pages in it. Raises Stop where it is locked, damaged or empty."""
    hint = "export it again, or ask for a new copy"
    with remarks([]):
        try:
            reader = PdfReader(io.BytesIO(pdf))
            fault = "is locked by a password" if reader.is_encrypted else "" if len(reader.pages) else "has no pages"
        except DependencyError:
            # pypdf asks for a package for ciphers before it asks for a password.
            fault = "is locked by a password"
        except DAMAGE:
            fault = "is damaged or no PDF"
    if fault:
        raise Stop(f"{what} {fault}", "ask for a copy without a password" if "locked" in fault else hint)
    return reader


@contextmanager
def remarks(found: list[str]) -> Iterator[None]:
    """Collect what pypdf logs about repairs; without this Python prints it."""
    log = logging.getLogger("pypdf")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    before = log.propagate
    log.propagate = False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = before
        found[:] = list(dict.fromkeys(found))[:3]


def sources(reader: PdfReader, what: str = A_FILE) -> list[Source]:
    """Every page with its boxes. Raises Stop with the number of a page that cannot be read."""
    found: list[Source] = []
    with remarks([]):
        for number in range(1, len(reader.pages) + 1):
            try:
                found.append(_source(reader.pages[number - 1], number))
            except DAMAGE:
                raise Stop(f"page {number} of {what} is damaged", "export it again, or ask for a new copy") from None
    return found


def _source(page: PageObject, number: int) -> Source:
    """Boxes default to each other and are cut to the media box (ISO 32000-2, 14.11.2.1)."""
    media = _rectangle(page, "/MediaBox", (0.0, 0.0, 612.0, 792.0))
    crop = _within(_rectangle(page, "/CropBox", media), media)
    trim = _within(_rectangle(page, "/TrimBox", crop), media)
    bleed = _within(_rectangle(page, "/BleedBox", crop), media)
    left, bottom, right, top = trim
    unit = _float(entry(page, "/UserUnit")) or 1.0
    turn = round(_float(entry(page, "/Rotate")) or 0) % 360
    width, height = (right - left) * unit, (top - bottom) * unit
    upright: Matrix
    match turn:
        case 90:
            upright = (0, -unit, unit, 0, -bottom * unit, right * unit)
        case 180:
            upright = (-unit, 0, 0, -unit, right * unit, top * unit)
        case 270:
            upright = (0, unit, -unit, 0, top * unit, -left * unit)
        case _:
            upright = (unit, 0, 0, unit, -left * unit, -bottom * unit)
    size = Size(height, width) if turn in (90, 270) else Size(width, height)
    reach = min(left - bleed[0], bottom - bleed[1], bleed[2] - right, bleed[3] - top) * unit
    box = Box(bleed[0], bleed[1], bleed[2] - bleed[0], bleed[3] - bleed[1])
    return Source(page, number, size, upright, box, max(reach, 0))


_Edges = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def _rectangle(page: DictionaryObject, name: str, default: _Edges) -> _Edges:
    """A box of a page; the default where it has none, or one without an area."""
    found = entry(page, name)
    if not isinstance(found, ArrayObject) or len(found) != 4:
        return default
    numbers = [_float(number.get_object()) for number in found]
    if None in numbers:
        return default
    x, y, to_x, to_y = (number or 0.0 for number in numbers)
    edges = min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
    return edges if edges[2] > edges[0] and edges[3] > edges[1] else default


def _within(inner: _Edges, outer: _Edges) -> _Edges:
    """What two rectangles share; the outer one where that is nothing, as readers do with a nonsensical box."""
    left, bottom = max(inner[0], outer[0]), max(inner[1], outer[1])
    right, top = min(inner[2], outer[2]), min(inner[3], outer[3])
    return (left, bottom, right, top) if right > left and top > bottom else outer


def form(source: Source, what: str = A_FILE) -> Form:
    """What shows a page somewhere else, the notes and form fields that print with it included.

    Raises Stop where its content cannot be read.
    """
    page = source.page
    try:
        data, filters = _content(page)
        resources = page.raw_get("/Resources") if "/Resources" in page else DictionaryObject()
        if isinstance(resources, NullObject):
            resources = DictionaryObject()
        if stamps := list(_stamps(page)):
            resources, behind = _with_stamps(resources, stamps)
            whole = b"q\n" + decoded(page) + b"\nQ\n" + behind
            data, filters = zlib.compress(whole), {"/Filter": NameObject("/FlateDecode")}
        group = _isolated(page)
    except DAMAGE:
        hint = "export it again, or ask for a new copy"
        raise Stop(f"page {source.number} of {what} is damaged", hint) from None
    return Form(data, filters, resources, group)


def _content(page: PageObject) -> tuple[bytes, dict[str, PdfObject]]:
    """A page's content as it stands in the file, with its filters; only content in several parts is joined anew."""
    found = entry(page, "/Contents")
    if isinstance(found, StreamObject):
        return found._data, {key: found.raw_get(key) for key in ("/Filter", "/DecodeParms") if key in found}
    return zlib.compress(decoded(page)), {"/Filter": NameObject("/FlateDecode")}


def decoded(page: PageObject) -> bytes:
    """The operators of a page, its parts joined."""
    found = entry(page, "/Contents")
    parts = found if isinstance(found, ArrayObject) else [found]
    return b"\n".join(part.get_data() for one in parts if isinstance(part := _followed(one), StreamObject))


def stream(page: Form) -> StreamObject:
    """The content of a page as a stream with its filters and nothing else."""
    made = StreamObject()
    made.update({NameObject(name): value for name, value in page.filters.items()})
    made._data = page.data
    return made


def root(source: Source) -> DictionaryObject:
    """The catalogue of the file that a page is from."""
    reader = source.page.pdf
    return reader.root_object if isinstance(reader, PdfReader) else DictionaryObject()


def decoded_stream(stream: StreamObject) -> bytes:
    """The data of a stream as they were before its filters."""
    return decode_stream_data(stream)


def _isolated(page: PageObject) -> PdfObject | None:
    """A page's transparency group as that of a form: a page's is isolated without saying so (ISO 32000-1, 11.4.7)."""
    group = entry(page, "/Group")
    if not isinstance(group, DictionaryObject):
        return None
    return DictionaryObject({**group, NameObject("/I"): BooleanObject(True)})


class _Stamp(NamedTuple):
    """What an annotation shows, and how it comes to its place on the page."""

    appearance: PdfObject
    matrix: Matrix


def _stamps(page: PageObject) -> Iterator[_Stamp]:
    """The appearances of annotations that print: of notes, stamps and form fields (ISO 32000-1, 12.5.3 and 12.5.5)."""
    found = entry(page, "/Annots")
    for one in found if isinstance(found, ArrayObject) else []:
        note = _followed(one)
        if not isinstance(note, DictionaryObject):
            continue
        flags = int(_float(entry(note, "/F")) or 0)
        if flags & _HIDDEN or not flags & _PRINTS or entry(note, "/Subtype") == "/Popup":
            continue
        appearances = entry(note, "/AP")
        if not isinstance(appearances, DictionaryObject) or "/N" not in appearances:
            continue
        shown = appearances.raw_get("/N")
        if not isinstance(_followed(shown), StreamObject):
            states, state = _followed(shown), str(entry(note, "/AS") or "/Off")
            if not isinstance(states, DictionaryObject) or state not in states:
                continue
            shown = states.raw_get(state)
        stream = _followed(shown)
        if isinstance(stream, StreamObject) and (matrix := _onto(stream, note)) is not None:
            yield _Stamp(shown, matrix)


_HIDDEN, _PRINTS = 2, 4
"""Flags of annotations (ISO 32000-1, table 165)."""


def _onto(appearance: DictionaryObject, note: DictionaryObject) -> Matrix | None:
    """What brings the box of an appearance onto its annotation's place (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    nowhere = (0.0, 0.0, 0.0, 0.0)
    edges, place = _rectangle(appearance, "/BBox", nowhere), _rectangle(note, "/Rect", nowhere)
    if nowhere in (edges, place):
        return None
    numbers = entry(appearance, "/Matrix")
    own = [_float(_followed(each)) or 0.0 for each in numbers] if isinstance(numbers, ArrayObject) else []
    a, b, c, d, e, f = own if len(own) == 6 else (1, 0, 0, 1, 0, 0)
    box = place_box(Box(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]), (a, b, c, d, e, f))
    if not box.width or not box.height:
        return None
    across, down = (place[2] - place[0]) / box.width, (place[3] - place[1]) / box.height
    return (across, 0, 0, down, place[0] - box.x * across, place[1] - box.y * down)


def _with_stamps(resources: PdfObject, stamps: Sequence[_Stamp]) -> tuple[DictionaryObject, bytes]:
    """A page's resources with the appearances in them, and the operators that show these."""
    known = _followed(resources)
    ours = DictionaryObject(known if isinstance(known, DictionaryObject) else {})
    objects = entry(ours, "/XObject")
    named = DictionaryObject(objects if isinstance(objects, DictionaryObject) else {})
    operators = []
    for number, stamp in enumerate(stamps, 1):
        name = NameObject(f"/eventprint{number}")
        stream = _followed(stamp.appearance)
        assert isinstance(stream, StreamObject)
        # some makers leave out what makes an appearance a form
        stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        named[name] = stamp.appearance
        operators.append(f"q {matrix_text(stamp.matrix)} cm {name} Do Q")
    ours[NameObject("/XObject")] = named
    return ours, "\n".join(operators).encode()


def entry(dictionary: DictionaryObject, key: str, default: object = None) -> object:
    """A value, followed to where it stands."""
    return _followed(dictionary.raw_get(key)) if key in dictionary else default


def _followed(value: object) -> object:
    return value.get_object() if isinstance(value, PdfObject) else value


def _float(value: object) -> float | None:
    """A number, None for what is none."""
    if isinstance(value, int | float):
        return float(value)
    return None


def number_text(value: float) -> str:
    """Four decimals: a thirtieth of a micrometre."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def matrix_text(matrix: Matrix) -> str:
    """The six numbers of a matrix: its first four multiply lengths, and so are finer."""
    scales = (f"{value:.8f}".rstrip("0").rstrip(".") for value in matrix[:4])
    return " ".join("0" if text == "-0" else text for text in (*scales, *map(number_text, matrix[4:])))


def array(numbers: Sequence[float]) -> ArrayObject:
    """Numbers as an array of a file."""
    return ArrayObject(FloatObject(number_text(number)) for number in numbers)
