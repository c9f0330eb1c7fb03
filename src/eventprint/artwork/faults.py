"""What in a supplied page breaks a claim of the file it is placed in: a cheap look, before anything is drawn.

Colours are no fault: `Copies` gives those of another kind than the file's own a profile. Neither is LZW, which is
written anew. What is left is told here, in the words of an organiser. It proves nothing: that is for a judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from .. import pdfpages
from ..pdfpages import DAMAGE, entry
from ..transfer import draws, filters, reached
from ..values import dataclass
from .operators import fonts_shown

CLAIMS = ("PDF/X-4", "PDF/UA-1", "PDF/A-2a", "PDF/A-2b")
"""What our files claim."""

_ALL = frozenset(CLAIMS)
_HEARD = frozenset({"PDF/UA-1", "PDF/A-2a"})
"""What a file claims that can be heard."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence on a supplied page, and the claims that a file with this page in it cannot make."""

    message: str
    breaks: frozenset[str]


def faults(source: pdfpages.Source, name: str) -> tuple[Fault, ...]:
    """What is at fault with a page, each thing once."""
    return tuple(dict.fromkeys(_found(source, name)))


def _found(source: pdfpages.Source, name: str) -> Iterator[Fault]:
    content = pdfpages.form(source, name)
    try:
        yield from _in(pdfpages.stream(content), content.resources.get_object())
        for thing in reached(content.resources, LEFT_OUT):
            yield from _of(thing)
    except DAMAGE:
        yield Fault(f"{name} is damaged on page {source.number}", _ALL)


LEFT_OUT = frozenset(
    {
        *("/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/Parent"),
        *("/OPI", "/Ref", "/PS", "/Alternates", "/CIDSet", "/CharSet", "/Interpolate"),
    }
)
"""What is not taken along: places in another structure, makers' notes, low copies, and what PDF/A forbids."""


def _of(thing: DictionaryObject) -> Iterator[Fault]:
    if isinstance(thing, StreamObject):
        yield from _of_stream(thing)
        if draws(thing):
            yield from _in(thing, entry(thing, "/Resources"))
    bends = {"/TR", "/HTP"} & thing.keys() or entry(thing, "/TR2", "/Default") != "/Default"
    if bends and entry(thing, "/Type", "/ExtGState") == "/ExtGState":
        yield Fault("it bends the tones of the press (a transfer curve)", _ALL)


def _of_stream(stream: StreamObject) -> Iterator[Fault]:
    if "/F" in stream and "/Filter" not in stream and not stream._data:
        yield Fault("a part of it lies in another file", _ALL)
    if "/Crypt" in filters(stream):
        yield Fault("a part of it is encrypted", _ALL)
    if entry(stream, "/Subtype") == "/PS":
        yield Fault("it holds a program in PostScript", _ALL)


def _in(stream: StreamObject, resources: object) -> Iterator[Fault]:
    """What is at fault with the fonts that a content stream shows text with."""
    known = entry(resources, "/Font") if isinstance(resources, DictionaryObject) else None
    if not isinstance(known, DictionaryObject):
        return
    doubtful: dict[str, list[Fault]] = {}
    for name in known:
        font = entry(known, name)
        if isinstance(font, DictionaryObject) and (found := list(_of_font(font))):
            doubtful[name] = found
    if doubtful:
        shown = fonts_shown(pdfpages.decoded_stream(stream))
        for name in sorted(shown & doubtful.keys()):
            yield from doubtful[name]


_READABLE = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding")
"""Encodings whose codes stand for known characters (ISO 32000-1, 9.10.2)."""

_CHARACTER_COLLECTIONS = ("GB1", "CNS1", "Japan1", "Korea1")


def _of_font(font: DictionaryObject) -> Iterator[Fault]:
    descendants = entry(font, "/DescendantFonts")
    inner = descendants[0].get_object() if isinstance(descendants, ArrayObject) and descendants else font
    if not isinstance(inner, DictionaryObject):
        return
    kind = entry(inner, "/Subtype")
    name = str(entry(font, "/BaseFont") or entry(font, "/Name") or "").removeprefix("/")
    name = name[7:] if name[6:7] == "+" else name
    descriptor = entry(inner, "/FontDescriptor")
    program = isinstance(descriptor, DictionaryObject) and {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()
    if kind != "/Type3" and not program:
        yield Fault(f"the font {name} is not in the file", _ALL)
    if "/ToUnicode" in font or _can_be_read(font, inner, kind):
        return
    yield Fault(f"the font {name or 'of its own drawings'} does not say which letters it shows", _HEARD)


def _can_be_read(font: DictionaryObject, inner: DictionaryObject, kind: object) -> bool:
    if inner is not font:
        system = entry(inner, "/CIDSystemInfo")
        ordering = entry(system, "/Ordering") if isinstance(system, DictionaryObject) else None
        return str(ordering) in _CHARACTER_COLLECTIONS
    encoding = entry(font, "/Encoding")
    if isinstance(encoding, DictionaryObject):
        return kind != "/Type3"
    return str(encoding) in _READABLE or kind in ("/Type1", "/MMType1")
