"""Pages of supplied PDFs written into a file that is being drawn: each as one form, whatever it shows kept once.

Only what would break a claim of the file is changed on the way: marks of another structure go, device colours of the
other kind get a profile, LZW becomes Flate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from .. import pdfpages, transfer
from ..pdfpages import DAMAGE, NEW_COPY, entry, followed, number_text
from ..problems import Stop
from ..transfer import Transfer, draws, reached, unpacked
from .faults import LEFT_OUT
from .operators import without_tags

if TYPE_CHECKING:
    from . import Supplied


class File(transfer.File, Protocol):
    """What copies need of the file they are written to."""

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


class Copies(Transfer):
    """The supplied pages of one file."""

    left_out = LEFT_OUT

    def __init__(self, file: File, screen: bytes, press: bytes) -> None:
        super().__init__(file)
        self._made = file
        self._profiles = {3: screen, 4: press}
        self._forms: dict[tuple[str, int], str] = {}
        self._colours: dict[str, _Colours] = {}
        self._set = _Colours()
        self._page: PdfObject = DictionaryObject()
        """The resources of the page at hand."""

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
                raise Stop(message, NEW_COPY) from None
        return self._forms[key]

    def _written(self, supplied: Supplied, source: pdfpages.Source) -> str:
        found = pdfpages.form(source, supplied.file.name)
        root = pdfpages.root(source)
        self.begin(supplied.digest, root)
        if supplied.digest not in self._colours:
            self._colours[supplied.digest] = self._managed(supplied, root)
        self._set = self._colours[supplied.digest]
        form = pdfpages.stream(found)
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        bleed = source.bleed
        edges = " ".join(map(number_text, (bleed.x, bleed.y, bleed.right, bleed.bottom)))
        form[NameObject("/Resources")] = self._page = found.resources
        if found.group is not None:
            form[NameObject("/Group")] = found.group
        return self.once(self.stream(form, f"/BBox [{edges}]".encode()))

    def _managed(self, supplied: Supplied, root: DictionaryObject) -> _Colours:
        """What gives a profile to colours the file is not in, where any page uses such (ISO 32000-1, 8.6.5.6)."""
        channels = {3: 4, 4: 3}.get(self._made.inks or 0)
        if channels is None or not any(_uses(channels, pdfpages.form(one)) for one in supplied.sources):
            return _Colours()
        profile = self._made.profile(_intended(root, channels) or self._profiles[channels], channels)
        name = {3: "RGB", 4: "CMYK"}[channels]
        return _Colours(f"/Device{name}", f"/Default{name}", f"[/ICCBased {profile}]".encode())

    def value(self, value: object, key: str = "") -> bytes:
        """An object as it is written where it stands, a device's colour space with its profile."""
        if self._set.device and self.role(key) and value == self._set.device:
            return self._set.space
        return super().value(value, key)

    def role(self, key: str) -> bool:
        """Whether a key names a colour space."""
        return key in ("/ColorSpace", "/CS")

    def items(self, array: Sequence[object]) -> list[bytes]:
        """The members of an array; those of a colour space that rests on another are colour spaces."""
        rests = len(array) > 1 and str(array[0]) in ("/Indexed", "/I", "/Separation", "/DeviceN", "/Pattern")
        return [self.value(item, "/CS" if rests else "") for item in array]

    def entry(self, dictionary: DictionaryObject, name: str, key: str) -> bytes:
        """One value of a dictionary; overprinting in the manner of inks ends where their colours got a profile."""
        if name == "/OPM" and self._made.heard and self._set.device:
            return b""
        if name == "/Resources":
            return self._resources(dictionary.raw_get(name))
        return self.value(dictionary.raw_get(name), "/CS" if key == "/ColorSpace" else name)

    def _resources(self, value: PdfObject) -> bytes:
        """Resources in place of their own reference, with the profiles that the content needs."""
        found = value.get_object()
        if not isinstance(found, DictionaryObject):
            return b"<< >>"
        if not self._set.device:
            return self.value(value)
        rest = DictionaryObject({name: found.raw_get(name) for name in found if name != "/ColorSpace"})
        spaces = entry(found, "/ColorSpace")
        own = spaces if isinstance(spaces, DictionaryObject) else DictionaryObject()
        ours = b"" if self._set.default in own else b"%b %b " % (self._set.default.encode(), self._set.space)
        written = b"/ColorSpace << " + ours + self.entries(own, "/ColorSpace") + b" >>"
        return b"<< " + self.entries(rest) + b" " + written + b" >>"

    def stream(self, stream: StreamObject, more: bytes = b"") -> bytes:
        """A stream as an object is written; a form that draws with what its page has gets that, with its profiles."""
        if self._set.device and draws(stream) and "/Resources" not in stream:
            more = b" ".join(part for part in (more, b"/Resources " + self._resources(self._page)) if part)
        return super().stream(stream, more)

    def anew(self, stream: StreamObject) -> bytes | None:
        """Content without the marks of its own structure in a file that has one; no LZW in any."""
        if self._made.heard and draws(stream):
            content = pdfpages.decoded_stream(stream)
            plain = without_tags(content)
            if plain != content:
                return plain
        return unpacked(stream)


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
    found = followed(value)
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
