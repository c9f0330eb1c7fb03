"""Pages of supplied PDFs written into a file that is being drawn: each as one form, whatever it shows kept once.

Objects are written as they are found, children first; what is equal byte by byte is one object, also where two
supplied PDFs bring it. Streams keep their encoding. Only what would break a claim of the file is changed: marks of
another structure go, device colours of the other kind get a profile, LZW becomes Flate.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from .. import pdfpages
from ..pdfpages import DAMAGE, entry, number_text
from ..problems import Stop
from .faults import LEFT_OUT, draws, filters, reached
from .operators import without_tags

if TYPE_CHECKING:
    from . import Supplied


class File(Protocol):
    """What copies need of the file they are written to."""

    def add(self, body: str | bytes) -> str:
        """The reference to a new object."""

    def reserve(self) -> tuple[str, Callable[[str], None]]:
        """The reference to an object, and what takes its body when it is known."""

    def profile(self, data: bytes, channels: int) -> str:
        """The reference to an ICC profile, kept once."""

    @property
    def heard(self) -> bool:
        """Whether the file has a structure of its own."""

    @property
    def inks(self) -> int | None:
        """The channels of the colours it is in, 3 or 4; None where nothing is claimed of them."""


class _Colours(NamedTuple):
    """A device's colour space, the name of what stands for it, and the space with a profile that does."""

    device: str = ""
    default: str = ""
    space: bytes = b""


class Copies:
    """The supplied pages of one file."""

    def __init__(self, file: File, screen: bytes, press: bytes) -> None:
        self._file = file
        self._profiles = {3: screen, 4: press}
        self._forms: dict[tuple[str, int], str] = {}
        self._known: dict[tuple[str, int, int, bool], bytes] = {}
        self._content: dict[bytes, bytes] = {}
        self._open: dict[tuple[str, int, int, bool], tuple[str, Callable[[str], None]] | None] = {}
        self.layers: list[tuple[str, bool]] = []
        """The layers that were taken along, and whether each is seen."""
        self._colours: dict[str, _Colours] = {}
        self._supplied: Supplied | None = None
        self._hidden: set[int] = set()
        self._set = _Colours()

    def form(self, supplied: Supplied, number: int) -> str:
        """The reference to a page as a form, in the page's own coordinates and cut to its bleed.

        Raises Stop where it cannot be read.
        """
        key = supplied.digest, number
        if key not in self._forms:
            source = supplied.sources[number]
            try:
                self._forms[key] = self._written(supplied, source)
            except DAMAGE:
                message = f"page {source.number} of {supplied.file.name} is damaged"
                raise Stop(message, "export it again, or ask for a new copy") from None
        return self._forms[key]

    def _written(self, supplied: Supplied, source: pdfpages.Source) -> str:
        found = pdfpages.form(source, supplied.file.name)
        root = pdfpages.root(source)
        self._supplied, self._hidden = supplied, _hidden(root)
        if supplied.digest not in self._colours:
            self._colours[supplied.digest] = self._managed(supplied, root)
        self._set = self._colours[supplied.digest]
        form = pdfpages.stream(found)
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        bleed = source.bleed
        edges = " ".join(map(number_text, (bleed.x, bleed.y, bleed.right, bleed.bottom)))
        form[NameObject("/Resources")] = found.resources
        if found.group is not None:
            form[NameObject("/Group")] = found.group
        return self._object(self._stream(form, (f"/BBox [{edges}]").encode()))

    # Colours

    def _managed(self, supplied: Supplied, root: DictionaryObject) -> _Colours:
        """What gives a profile to colours the file is not in, where any page uses such (ISO 32000-1, 8.6.5.6)."""
        channels = {3: 4, 4: 3}.get(self._file.inks or 0)
        if channels is None or not any(_uses(channels, pdfpages.form(one)) for one in supplied.sources):
            return _Colours()
        profile = self._file.profile(_intended(root, channels) or self._profiles[channels], channels)
        name = {3: "RGB", 4: "CMYK"}[channels]
        return _Colours(f"/Device{name}", f"/Default{name}", f"[/ICCBased {profile}]".encode())

    # Objects

    def _object(self, body: bytes) -> str:
        """The reference to an object of these bytes, the same for the same ones."""
        key = hashlib.sha256(body).digest()
        if key not in self._content:
            self._content[key] = self._file.add(body).encode()
        return self._content[key].decode()

    def _value(self, value: object, key: str = "") -> bytes:
        """An object as it is written where it stands."""
        match value:
            case IndirectObject():
                return self._reference(value, key)
            case StreamObject():
                return self._object(self._stream(value)).encode()
            case DictionaryObject():
                return b"<< " + self._entries(value, key) + b" >>"
            case ArrayObject():
                return b"[" + b" ".join(self._items(value)) + b"]"
            case NameObject() if key in ("/ColorSpace", "/CS") and value == self._set.device:
                return self._set.space
            case PdfObject():
                value.write_to_stream(written := io.BytesIO())
                return written.getvalue()
        return b"null"

    def _items(self, array: Sequence[object]) -> list[bytes]:
        """The members of an array; a colour space that rests on a device's own gets a profile."""
        rests = len(array) > 1 and str(array[0]) in ("/Indexed", "/I", "/Separation", "/DeviceN", "/Pattern")
        return [self._value(item, "/CS" if rests else "") for item in array]

    def _entries(self, dictionary: DictionaryObject, key: str = "") -> bytes:
        parts = []
        kinds = key == "/ColorSpace"
        for name in sorted(dictionary):
            if name in LEFT_OUT or (name == "/OPM" and self._file.heard and self._set.device):
                continue
            value = dictionary.raw_get(name)
            if name == "/Resources":
                written = self._resources(value)
            else:
                written = self._value(value, "/CS" if kinds else str(name))
            NameObject(name).write_to_stream(label := io.BytesIO())
            parts.append(label.getvalue() + b" " + written)
        return b" ".join(parts)

    def _resources(self, value: PdfObject) -> bytes:
        """Resources in place of their own reference, with the profiles that the content needs."""
        found = value.get_object()
        if not isinstance(found, DictionaryObject):
            return b"<< >>"
        if not self._set.device:
            return self._value(value)
        rest = DictionaryObject({name: found.raw_get(name) for name in found if name != "/ColorSpace"})
        spaces = entry(found, "/ColorSpace")
        own = spaces if isinstance(spaces, DictionaryObject) else DictionaryObject()
        ours = b"" if self._set.default in own else b"%b %b " % (self._set.default.encode(), self._set.space)
        written = b"/ColorSpace << " + ours + self._entries(own, "/ColorSpace") + b" >>"
        return b"<< " + self._entries(rest) + b" " + written + b" >>"

    def _reference(self, reference: IndirectObject, role: str) -> bytes:
        assert self._supplied is not None
        names = role in ("/ColorSpace", "/CS")
        key = self._supplied.digest, reference.idnum, reference.generation, names
        if key in self._known:
            return self._known[key]
        if key in self._open:
            # it holds itself, by a way round: its number has to be known before its content
            place = self._open[key] or self._file.reserve()
            self._open[key] = place
            return place[0].encode()
        found = reference.get_object()
        if not isinstance(found, DictionaryObject | ArrayObject):
            return self._value(NullObject() if found is None else found, role)
        self._open[key] = None
        body = self._stream(found) if isinstance(found, StreamObject) else self._value(found, role)
        begun = self._open.pop(key)
        if isinstance(found, DictionaryObject) and entry(found, "/Type") == "/OCG":
            written = self._layer(body, reference.idnum)
        elif begun:
            written, finish = begun
            finish(body.decode("latin-1"))
        else:
            written = self._object(body)
        self._known[key] = written.encode()
        return self._known[key]

    def _layer(self, body: bytes, number: int) -> str:
        reference = self._file.add(body)
        self.layers.append((reference, number not in self._hidden))
        return reference

    def _stream(self, stream: StreamObject, more: bytes = b"") -> bytes:
        data = stream._data if isinstance(stream._data, bytes) else bytes(stream._data)
        coding = DictionaryObject({name: stream.raw_get(name) for name in _CODING if name in stream})
        rest = DictionaryObject({name: stream.raw_get(name) for name in stream if name not in (*_CODING, *_FOREIGN)})
        plain = None
        if self._file.heard and draws(stream):
            content = pdfpages.decoded_stream(stream)
            plain = without_tags(content)
            plain = None if plain == content else plain
        elif "/LZWDecode" in filters(stream) or "/LZW" in filters(stream):
            plain = _unpacked(stream)
        if plain is not None:
            data, coding = zlib.compress(plain), DictionaryObject({NameObject("/Filter"): NameObject("/FlateDecode")})
        entries = b" ".join(part for part in (more, self._entries(rest), self._entries(coding)) if part)
        return b"<< %b /Length %d >>\nstream\n%b\nendstream\n" % (entries, len(data), data)


_CODING = ("/Filter", "/DecodeParms")
_FOREIGN = ("/Length", "/DL", "/F", "/FFilter", "/FDecodeParms")


def _unpacked(stream: StreamObject) -> bytes | None:
    """The data of a stream that LZW compressed; None where what is below is no plain data, such as a JPEG."""
    names = filters(stream)
    return pdfpages.decoded_stream(stream) if not set(names) & set(_PICTURES) else None


_PICTURES = ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")


def _hidden(root: DictionaryObject) -> set[int]:
    """The numbers of the layers that a reader does not show at first (ISO 32000-1, 8.11.4.3)."""
    properties = entry(root, "/OCProperties")
    config = entry(properties, "/D") if isinstance(properties, DictionaryObject) else None
    if not isinstance(properties, DictionaryObject) or not isinstance(config, DictionaryObject):
        return set()

    def numbers(found: object) -> set[int]:
        listed = found if isinstance(found, ArrayObject) else []
        return {one.idnum for one in listed if isinstance(one, IndirectObject)}

    every = numbers(entry(properties, "/OCGs")) if entry(config, "/BaseState") == "/OFF" else set()
    return (every - numbers(entry(config, "/ON"))) | numbers(entry(config, "/OFF"))


_OPERATORS = {3: re.compile(rb"\b(?:rg|RG)\b|/(?:DeviceRGB|RGB)\b"), 4: re.compile(rb"\b[kK]\b|/(?:DeviceCMYK|CMYK)\b")}
_NAMES = {3: "/DeviceRGB", 4: "/DeviceCMYK"}


def _uses(channels: int, page: pdfpages.Form) -> bool:
    """Whether a page may set colours of a device with so many channels; rather too often than once too seldom."""
    if _OPERATORS[channels].search(pdfpages.decoded_stream(pdfpages.stream(page))):
        return True
    for thing in (*reached(page.resources), *reached(page.group)):
        values = [thing.raw_get(name) for name in thing]
        if any(value == _NAMES[channels] or _names(value, _NAMES[channels]) for value in values):
            return True
        if draws(thing) and _OPERATORS[channels].search(pdfpages.decoded_stream(thing)):
            return True
    return False


def _names(value: object, name: str) -> bool:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return isinstance(found, ArrayObject) and any(each == name or _names(each, name) for each in found[:4])


def _intended(root: DictionaryObject, channels: int) -> bytes | None:
    """The profile of the colours a supplied PDF says it is made for."""
    intents = entry(root, "/OutputIntents")
    for one in intents if isinstance(intents, ArrayObject) else []:
        intent = one.get_object()
        profile = entry(intent, "/DestOutputProfile") if isinstance(intent, DictionaryObject) else None
        if isinstance(profile, StreamObject) and entry(profile, "/N") == channels:
            return pdfpages.decoded_stream(profile)
    return None
