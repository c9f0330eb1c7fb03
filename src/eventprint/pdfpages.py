"""Pages of a PDF, ours or anybody's, ready to be placed somewhere else as they are.

A page becomes a form: its content is neither parsed nor encoded again. Its own coordinates stay; `Source.upright`
brings them to how somebody holding the page sees it. What cannot be placed is refused in one sentence.
"""

from __future__ import annotations

import codecs
import io
import logging
import math
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from .geometry import Box, Size, mm
from .page import Matrix, after, place_box
from .problems import Stop
from .values import dataclass

DAMAGE = (
    *(PyPdfError, OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError),
    *(DependencyError, AssertionError, NotImplementedError, EOFError, zlib.error, struct.error),
)
"""What pypdf raises on a damaged file, according to where it is damaged."""

A_FILE = "a file to be put on sheets"
"""What a file is called that nobody named."""


NEW_COPY = "export it again, or ask for a new copy"

_FLATTENED = "print it into a new PDF, or have its notes and fields flattened"


# --- names


_STRAY = 0xF700
"""Where bytes of names that are no UTF-8 are kept among the characters for private use."""


def _name_read(data: Any, errors: str = "strict", /) -> tuple[str, int]:
    """Bytes that are no UTF-8 as characters for private use, so that a name can be written again as it stood.

    Names in content are not parsed, so those in resources must keep their bytes; old fonts and spot colours have
    names in Latin-1 and GBK.
    """
    return "".join(chr(byte) if byte < 0x80 else chr(_STRAY + byte) for byte in bytes(data)), len(data)


def _name_sought(name: str) -> codecs.CodecInfo | None:
    return codecs.CodecInfo(encode=codecs.utf_8_encode, decode=_name_read) if name == "pdf_name_bytes" else None


_name_written = NameObject.renumber


def _written(self: NameObject) -> bytes:
    if not any(_STRAY + 0x80 <= ord(character) <= _STRAY + 0xFF for character in self):
        return _name_written(self)
    stray = (_name_written(NameObject(f"/{each}"))[1:] if ord(each) < _STRAY else _hashed(each) for each in self[1:])
    return b"/" + b"".join(stray)


def _hashed(character: str) -> bytes:
    return b"#%02X" % (ord(character) - _STRAY)


codecs.register(_name_sought)
# pypdf guesses GBK and Latin-1, and writes what it guessed as UTF-8: a font or colour would lose its name
NameObject.CHARSETS = ("utf-8", "pdf_name_bytes")  # type: ignore[assignment]
NameObject.renumber = _written  # type: ignore[method-assign]
# a NUL is white space as well (ISO 32000-1, table 1)
NameObject.delimiter_pattern = re.compile(rb"[\x00\s]+|[\(\)<>\[\]{}/%]")


# --- pages


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
    read: set[int]
    """The objects of its file that were found whole, shared by all pages of the file."""


class Form(NamedTuple):
    """What a form needs to show a page: content as it stands in the file with its filters, and what it draws with."""

    data: bytes
    filters: dict[str, PdfObject]
    resources: PdfObject
    group: PdfObject | None


def open_pdf(pdf: bytes, what: str = A_FILE) -> PdfReader:
    """A reader of a file with pages in it. Raises Stop where it is locked, damaged or empty."""
    if pdf.rfind(b"startxref") > pdf.rfind(b"%%EOF"):
        # the last line is lost at times, and without it pypdf would take an older state of the file
        pdf += b"\n%%EOF\n"
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
        raise Stop(f"{what} {fault}", "ask for a copy without a password" if "locked" in fault else NEW_COPY)
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
    read: set[int] = set()
    with remarks([]):
        for number in range(1, len(reader.pages) + 1):
            try:
                found.append(_source(reader.pages[number - 1], number, what, read))
            except DAMAGE:
                raise Stop(f"page {number} of {what} is damaged", NEW_COPY) from None
    return found


def _source(page: PageObject, number: int, what: str, read: set[int]) -> Source:
    """Boxes default to each other and are cut to the media box (ISO 32000-2, 14.11.2.1)."""
    media = _rectangle(page, "/MediaBox", (0.0, 0.0, 612.0, 792.0))
    crop = _within(_rectangle(page, "/CropBox", media), media)
    trim = _within(_rectangle(page, "/TrimBox", crop), media)
    bleed = _within(_rectangle(page, "/BleedBox", crop), media)
    left, bottom, right, top = trim
    # what is left after cutting shows, also where a box for the screen or a bleed inside the trim would hide it
    bleed = (min(bleed[0], left), min(bleed[1], bottom), max(bleed[2], right), max(bleed[3], top))
    unit = _float(entry(page, "/UserUnit")) or 1.0
    turn = _turn(page)
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
    if not _LEAST_SIDE <= min(width, height) <= max(width, height) <= _LONGEST_SIDE:
        raise Stop(f"page {number} of {what} measures {size}, which is no size of a page", NEW_COPY)
    reach = min(left - bleed[0], bottom - bleed[1], bleed[2] - right, bleed[3] - top) * unit
    box = Box(bleed[0], bleed[1], bleed[2] - bleed[0], bleed[3] - bleed[1])
    return Source(page, number, size, upright, box, max(reach, 0), read)


def _turn(page: DictionaryObject) -> int:
    """By how many degrees clockwise a page is shown turned; what is no quarter turn is none."""
    return round(_float(entry(page, "/Rotate")) or 0) % 360


_LEAST_SIDE, _LONGEST_SIDE = 1 * mm, 1_000_000 * mm
"""What is smaller or larger than this is a slip of whoever made the file."""

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
    page, which = source.page, f"page {source.number} of {what}"
    with remarks([]):
        try:
            _read_whole(entry(page, "/Contents"), source.read, which)
            data, filters = _content(page)
            resources = page.raw_get("/Resources") if "/Resources" in page else DictionaryObject()
            if not isinstance(followed(resources), DictionaryObject):
                resources = DictionaryObject()
            group = _isolated(page)
            if stamps := list(_stamps(page, which)):
                content = _content_form(source, data, filters, resources)
                resources, data = _with_stamps(content, stamps)
                data, filters = zlib.compress(data), {"/Filter": NameObject("/FlateDecode")}
            for value in (resources, group):
                _read_whole(value, source.read, which)
        except DAMAGE:
            raise Stop(f"{which} is damaged", NEW_COPY) from None
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
    parts = [followed(one) for one in found] if isinstance(found, ArrayObject) else [found]
    if any(isinstance(part, DictionaryObject) and not isinstance(part, StreamObject) for part in parts):
        raise ValueError("content that is none")
    return b"\n".join(part.get_data() for part in parts if isinstance(part, StreamObject))


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
    """The data of a stream as they were before its filters, if it has any."""
    found = entry(stream, "/Filter")
    names = [followed(name) for name in found] if isinstance(found, ArrayObject) else [found]
    if "/Crypt" in names:
        # nothing is encrypted in a file that could be opened: what says so is left out
        given = entry(stream, "/DecodeParms")
        parameters = list(given) if isinstance(given, ArrayObject) else [given]
        parameters += [None] * (len(names) - len(parameters))
        kept = [(n, p) for n, p in zip(names, parameters, strict=False) if n != "/Crypt"]
        plain = StreamObject()
        plain._data = stream._data
        plain[NameObject("/Filter")] = ArrayObject(NameObject(str(name)) for name, _ in kept)
        plain[NameObject("/DecodeParms")] = ArrayObject(
            one if isinstance(one, PdfObject) else NullObject() for _, one in kept
        )
        return decode_stream_data(plain) if kept else stream._data
    return decode_stream_data(stream) if found is not None else stream._data


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
    layer: PdfObject | None


def _stamps(page: PageObject, which: str) -> Iterator[_Stamp]:
    """The appearances of annotations that print: of notes, stamps and form fields (ISO 32000-1, 12.5.3 and 12.5.5).

    Raises Stop where a note would print that only says what it is, so that every reader draws it as it likes.
    """
    found = entry(page, "/Annots")
    for one in found if isinstance(found, ArrayObject) else []:
        note = followed(one)
        if not isinstance(note, DictionaryObject):
            continue
        flags = int(_float(entry(note, "/F")) or 0)
        if flags & _HIDDEN or not flags & _PRINTS or entry(note, "/Subtype") == "/Popup":
            continue
        appearances = entry(note, "/AP")
        if not isinstance(appearances, DictionaryObject) or "/N" not in appearances:
            if _is_drawn_by_readers(note):
                kind = "form field" if entry(note, "/Subtype") == "/Widget" else "note"
                raise Stop(f"{which} has a {kind} that does not say how it looks", _FLATTENED)
            continue
        shown = appearance(note)
        stream = followed(shown)
        if not isinstance(stream, StreamObject) or not isinstance(shown, IndirectObject):
            continue
        if (matrix := _onto(stream, note)) is not None:
            if flags & _STAYS_UPRIGHT and (turn := _turn(page)):
                matrix = after(matrix, _about_top_left(note, turn))
            yield _Stamp(shown, matrix, note.raw_get("/OC") if "/OC" in note else None)


def _is_drawn_by_readers(note: DictionaryObject) -> bool:
    """Whether readers make up a look for an annotation without one (ISO 32000-1, 12.5.6 and 12.7.3.3)."""
    kind = entry(note, "/Subtype")
    if kind != "/Widget":
        return kind in _DRAWN
    looks = entry(note, "/MK")
    if isinstance(looks, DictionaryObject) and any(entry(looks, key) for key in ("/BC", "/BG", "/CA")):
        return True
    parent = entry(note, "/Parent")
    for place in (note, parent):
        value = entry(place, "/V") if isinstance(place, DictionaryObject) else None
        if value not in (None, "", b"", "/Off", NullObject()):
            return True
    return False


_DRAWN = (
    *("/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp", "/Caret"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut"),
)


def _about_top_left(note: DictionaryObject, turn: int) -> Matrix:
    """What keeps an annotation upright on a page that is shown turned (ISO 32000-1, table 165)."""
    edges = _rectangle(note, "/Rect", (0.0, 0.0, 0.0, 0.0))
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    way: Matrix = (cos, sin, -sin, cos, 0, 0)
    return after(after((1, 0, 0, 1, -edges[0], -edges[3]), way), (1, 0, 0, 1, edges[0], edges[3]))


def appearance(note: DictionaryObject) -> PdfObject | None:
    """What an annotation shows, in the state it is in; None where the file does not say."""
    appearances = entry(note, "/AP")
    if not isinstance(appearances, DictionaryObject) or "/N" not in appearances:
        return None
    shown: PdfObject = appearances.raw_get("/N")
    states = followed(shown)
    if isinstance(states, StreamObject) or not isinstance(states, DictionaryObject):
        return shown
    state = str(entry(note, "/AS") or "/Off")
    found: PdfObject | None = states.raw_get(state) if state in states else None
    return found


_HIDDEN, _PRINTS, _STAYS_UPRIGHT = 2, 4, 16
"""Flags of annotations (ISO 32000-1, table 165)."""


def _onto(appearance: DictionaryObject, note: DictionaryObject) -> Matrix | None:
    """What brings the box of an appearance onto its annotation's place (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    nowhere = (0.0, 0.0, 0.0, 0.0)
    edges, place = _rectangle(appearance, "/BBox", nowhere), _rectangle(note, "/Rect", nowhere)
    if nowhere in (edges, place):
        return None
    numbers = entry(appearance, "/Matrix")
    own = [_float(followed(each)) or 0.0 for each in numbers] if isinstance(numbers, ArrayObject) else []
    a, b, c, d, e, f = own if len(own) == 6 else (1, 0, 0, 1, 0, 0)
    box = place_box(Box(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]), (a, b, c, d, e, f))
    if not box.width or not box.height:
        return None
    across, down = (place[2] - place[0]) / box.width, (place[3] - place[1]) / box.height
    return (across, 0, 0, down, place[0] - box.x * across, place[1] - box.y * down)


def _content_form(source: Source, data: bytes, filters: dict[str, PdfObject], resources: PdfObject) -> IndirectObject:
    """A page's own content as a form in its file: whatever state it leaves behind, what follows does not see it."""
    reader = source.page.pdf
    assert isinstance(reader, PdfReader)
    number = _OURS + source.number
    if (0, number) not in reader.resolved_objects:
        content = StreamObject()
        content.set_data(data)
        content[NameObject("/Type")], content[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        bleed = source.bleed
        content[NameObject("/BBox")] = array((bleed.x, bleed.y, bleed.right, bleed.bottom))
        content[NameObject("/Resources")] = resources
        content.update({NameObject(key): value for key, value in filters.items()})
        reader.cache_indirect_object(0, number, content)
    return IndirectObject(number, 0, reader)


_OURS = 1 << 24
"""Beyond the numbers of a file's own objects (ISO 32000-1, annex C: 8,388,607)."""


def _with_stamps(content: IndirectObject, stamps: Sequence[_Stamp]) -> tuple[DictionaryObject, bytes]:
    """A page's content and the appearances on it as resources, and the operators that show these."""
    named = DictionaryObject({NameObject("/Page"): content})
    layers = DictionaryObject()
    operators = ["/Page Do"]
    for number, stamp in enumerate(stamps, 1):
        name = NameObject(f"/Note{number}")
        stream = followed(stamp.appearance)
        assert isinstance(stream, StreamObject)
        # some makers leave out what makes an appearance a form
        stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        named[name] = stamp.appearance
        shown = f"q {matrix_text(stamp.matrix)} cm {name} Do Q"
        if stamp.layer is not None:
            layers[NameObject(f"/Layer{number}")] = stamp.layer
            shown = f"/OC /Layer{number} BDC {shown} EMC"
        operators.append(shown)
    resources = DictionaryObject({NameObject("/XObject"): named})
    if layers:
        resources[NameObject("/Properties")] = layers
    return resources, "\n".join(operators).encode()


def _read_whole(value: object, known: set[int], which: str) -> None:
    """Read all that a page draws with, so that what is damaged is found now, and take out what no paper shows.

    Raises Stop where a part is kept in another file, or lies deeper than can be copied.
    """
    waiting = [(value, 0)]
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in known:
                continue
            known.add(found.idnum)
            found = found.get_object()
        if depth > _DEEPEST:
            raise Stop(f"{which} has forms within forms, too deep to be placed", _FLATTENED)
        if isinstance(found, DictionaryObject):
            streams = [found] if isinstance(found, StreamObject) else []
            if not streams and "/Length" in found:
                raise ValueError("a stream whose data was not found")
            if streams and "/F" in found:
                raise Stop(f"{which} keeps a part of what it shows in another file", "export it with everything in it")
            if streams and not isinstance(entry(found, "/Filter"), NameObject | ArrayObject | NullObject | None):
                raise ValueError("a filter without a name")
            properties = entry(found, "/Properties")
            lists = map(followed, properties.values()) if isinstance(properties, DictionaryObject) else ()
            for place in (*streams, *(one for one in lists if isinstance(one, DictionaryObject))):
                for key in _UNSEEN:
                    place.pop(key, None)
            waiting += [(each, depth + 1) for each in found.values()]
        elif isinstance(found, ArrayObject):
            waiting += [(each, depth + 1) for each in found if isinstance(each, PdfObject)]


_DEEPEST = 150
"""Values within values; pypdf copies them by calling itself."""

_UNSEEN = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI", "/Ref")
"""What forms, pictures and marked content carry along: whole files and trees at times, none of it ink."""


def carried(reader: PdfReader, what: str = A_FILE) -> DictionaryObject:
    """What of a file's catalogue its pages need wherever they are placed: printing conditions, and which layers show.

    Raises Stop where it cannot be read.
    """
    root, made = reader.root_object, DictionaryObject()
    with remarks([]):
        try:
            intents = entry(root, "/OutputIntents")
            for key, value in (("/OutputIntents", intents), ("/OCProperties", _layers(root))):
                if isinstance(value, ArrayObject | DictionaryObject):
                    _read_whole(value, set(), what)
                    made[NameObject(key)] = value
        except DAMAGE:
            raise Stop(f"{what} is damaged", NEW_COPY) from None
    return made


def _layers(root: DictionaryObject) -> DictionaryObject | None:
    """A file's layers and which of them print; None without any.

    States that hold in print alone are settled here (ISO 32000-1, 8.11.4), so that a screen shows what is printed.
    """
    found = entry(root, "/OCProperties")
    groups = entry(found, "/OCGs") if isinstance(found, DictionaryObject) else None
    if not isinstance(found, DictionaryObject) or not isinstance(groups, ArrayObject):
        return None
    every = {group.idnum: group for group in groups if isinstance(group, IndirectObject)}
    usual = entry(found, "/D")
    usual = usual if isinstance(usual, DictionaryObject) else DictionaryObject()
    off = hidden_layers(root)
    events = entry(usual, "/AS")
    for event in map(followed, events if isinstance(events, ArrayObject) else ()):
        if isinstance(event, DictionaryObject) and entry(event, "/Event") == "/Print":
            for number in _numbers(entry(event, "/OCGs")) & set(every):
                state = _printed(every[number])
                off = off | {number} if state == "/OFF" else off - {number} if state == "/ON" else off
    order = ArrayObject(every.values())
    state = DictionaryObject(
        {
            NameObject("/Name"): TextStringObject("as printed"),
            NameObject("/Order"): order,
            NameObject("/OFF"): ArrayObject(group for number, group in every.items() if number in off),
        }
    )
    return DictionaryObject({NameObject("/OCGs"): ArrayObject(every.values()), NameObject("/D"): state})


def hidden_layers(root: DictionaryObject) -> set[int]:
    """The numbers of the layers that a reader does not show at first (ISO 32000-1, 8.11.4.3)."""
    properties = entry(root, "/OCProperties")
    config = entry(properties, "/D") if isinstance(properties, DictionaryObject) else None
    if not isinstance(properties, DictionaryObject) or not isinstance(config, DictionaryObject):
        return set()
    every = _numbers(entry(properties, "/OCGs")) if entry(config, "/BaseState") == "/OFF" else set()
    return (every - _numbers(entry(config, "/ON"))) | _numbers(entry(config, "/OFF"))


def _numbers(groups: object) -> set[int]:
    found = groups if isinstance(groups, ArrayObject) else ()
    return {group.idnum for group in found if isinstance(group, IndirectObject)}


def _printed(group: IndirectObject) -> object:
    """What a layer says of itself in print."""
    value: object = group
    for key in ("/Usage", "/Print"):
        value = followed(value)
        value = entry(value, key) if isinstance(value, DictionaryObject) else None
    return entry(value, "/PrintState") if isinstance(value, DictionaryObject) else None


def entry(dictionary: DictionaryObject, key: str, default: object = None) -> object:
    """A value, followed to where it stands."""
    return followed(dictionary.raw_get(key)) if key in dictionary else default


def followed(value: object) -> object:
    """What a reference refers to; anything else as it is."""
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
