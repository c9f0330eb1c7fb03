"""Objects of PDFs that are read, written into a PDF that is made: what is equal byte by byte is kept once.

Children are written first, so that what refers to equal things is equal too, whichever file it comes from. Streams
keep their encoding. Knows nothing of pages.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeGuard

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from .pdfpages import decoded_stream, entry, hidden_layers


class File(Protocol):
    """What a transfer needs of the file that is made."""

    def add(self, body: str | bytes) -> str:
        """The reference to a new object."""

    def reserve(self) -> tuple[str, Callable[[str], None]]:
        """The reference to an object, and what takes its body when it is known."""


def reached(root: object, left_out: frozenset[str] = frozenset()) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that is reached from an object, each once, by any key but those left out."""
    waiting, seen = [root], set[tuple[int, int]]()
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()
        if isinstance(value, ArrayObject):
            waiting += value
        elif isinstance(value, DictionaryObject):
            yield value
            waiting += [value.raw_get(key) for key in value if key not in left_out]


def draws(thing: object) -> TypeGuard[StreamObject]:
    """Whether something is a stream of operators with resources of its own: a form or the cell of a pattern."""
    return isinstance(thing, StreamObject) and (entry(thing, "/Subtype") == "/Form" or "/PatternType" in thing)


def filters(stream: DictionaryObject) -> list[str]:
    """The names of a stream's filters, in the order in which they are undone."""
    found = entry(stream, "/Filter")
    return [str(name.get_object()) for name in found] if isinstance(found, ArrayObject) else [str(found)] * bool(found)


_CODING = ("/Filter", "/DecodeParms")
_FOREIGN = ("/Length", "/DL", "/F", "/FFilter", "/FDecodeParms")
_Key = tuple[str, int, int, bool]


class Transfer:
    """The objects taken over into one file; whoever changes some of them on the way extends this."""

    left_out: frozenset[str] = frozenset()
    """Keys that are not taken along."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.layers: list[tuple[str, bool]] = []
        """The layers that were taken along, and whether each is seen."""
        self._source = ""
        self._hidden: set[int] = set()
        self._known: dict[_Key, bytes] = {}
        self._content: dict[bytes, str] = {}
        self._open: dict[_Key, tuple[str, Callable[[str], None]] | None] = {}

    def begin(self, source: str, root: DictionaryObject) -> None:
        """Go on with the objects of the file of this name, which no other has; `root` is its catalogue."""
        self._source, self._hidden = source, hidden_layers(root)

    def once(self, body: bytes) -> str:
        """The reference to an object of these bytes, the same for the same ones."""
        key = hashlib.sha256(body).digest()
        if key not in self._content:
            self._content[key] = self.file.add(body)
        return self._content[key]

    def value(self, value: object, key: str = "") -> bytes:
        """An object as it is written where it stands; `key` is the one it stands at."""
        match value:
            case IndirectObject():
                return self.reference(value, key)
            case StreamObject():
                return self.once(self.stream(value)).encode()
            case DictionaryObject():
                return b"<< " + self.entries(value, key) + b" >>"
            case ArrayObject():
                return b"[" + b" ".join(self.items(value)) + b"]"
            case PdfObject():
                value.write_to_stream(written := io.BytesIO())
                return written.getvalue()
        return b"null"

    def items(self, array: Sequence[object]) -> list[bytes]:
        """The members of an array."""
        return [self.value(item) for item in array]

    def entries(self, dictionary: DictionaryObject, key: str = "") -> bytes:
        """The entries of a dictionary that stands at a key, in the order of their names."""
        parts = []
        # what has no type may be a list of resources, whose names are whatever their maker liked
        typed = isinstance(dictionary, StreamObject) or "/Type" in dictionary or "/Subtype" in dictionary
        left_out = self.left_out if typed else frozenset()
        for name in sorted(dictionary):
            if name not in left_out and (written := self.entry(dictionary, name, key)):
                NameObject(name).write_to_stream(label := io.BytesIO())
                parts.append(label.getvalue() + b" " + written)
        return b" ".join(parts)

    def entry(self, dictionary: DictionaryObject, name: str, key: str) -> bytes:
        """One value of a dictionary, empty to leave it out; `key` is the one the dictionary stands at."""
        return self.value(dictionary.raw_get(name), name)

    def role(self, key: str) -> bool:
        """Whether what stands at a key is written otherwise than the same thing elsewhere."""
        return False

    def reference(self, reference: IndirectObject, role: str) -> bytes:
        """What stands for a reference: one to the object as it is in the file that is made."""
        key = self._source, reference.idnum, reference.generation, self.role(role)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            # it holds itself, by a way round: its number has to be known before its content
            place = self._open[key] or self.file.reserve()
            self._open[key] = place
            return place[0].encode()
        found = reference.get_object()
        if not isinstance(found, DictionaryObject | ArrayObject):
            return self.value(NullObject() if found is None else found, role)
        self._open[key] = None
        body = self.stream(found) if isinstance(found, StreamObject) else self.value(found, role)
        begun = self._open.pop(key)
        if isinstance(found, DictionaryObject) and entry(found, "/Type") == "/OCG":
            written = self.file.add(body)
            self.layers.append((written, reference.idnum not in self._hidden))
        elif begun:
            written, finish = begun
            finish(body.decode("latin-1"))
        else:
            written = self.once(body)
        self._known[key] = written.encode()
        return self._known[key]

    def stream(self, stream: StreamObject, more: bytes = b"") -> bytes:
        """A stream as an object is written, with more entries where there are some."""
        data = bytes(stream._data)
        coding = DictionaryObject({name: stream.raw_get(name) for name in _CODING if name in stream})
        rest = DictionaryObject({name: stream.raw_get(name) for name in stream if name not in (*_CODING, *_FOREIGN)})
        if (plain := self.anew(stream)) is not None:
            data, coding = zlib.compress(plain), DictionaryObject({NameObject("/Filter"): NameObject("/FlateDecode")})
        entries = b" ".join(part for part in (more, self.entries(rest), self.entries(coding)) if part)
        return b"<< %b /Length %d >>\nstream\n%b\nendstream\n" % (entries, len(data), data)

    def anew(self, stream: StreamObject) -> bytes | None:
        """The data of a stream that has to be written in another way than it was found; None: as it was found."""
        return None

    def layer_properties(self) -> str:
        """The entry of the catalogue for the layers, seen or hidden as they were; empty where there are none."""
        if not self.layers:
            return ""
        every = " ".join(reference for reference, _ in self.layers)
        hidden = " ".join(reference for reference, seen in self.layers if not seen)
        return f"<< /OCGs [{every}] /D << /Name (Layers) /Order [{every}] /OFF [{hidden}] >> >>"


def unpacked(stream: StreamObject) -> bytes | None:
    """The data of a stream that LZW compressed; None for any other, and for pictures that keep a coding below."""
    names = set(filters(stream))
    return decoded_stream(stream) if names & {"/LZWDecode", "/LZW"} and not names & _PICTURES else None


_PICTURES = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}


class Written:
    """A PDF being made of objects, which shares its small ones' compression (ISO 32000-1, 7.5.7 and 7.5.8)."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: str | bytes) -> str:
        """The reference to a new object."""
        self._bodies.append(body.encode("latin-1") if isinstance(body, str) else body)
        return f"{len(self._bodies)} 0 R"

    def reserve(self) -> tuple[str, Callable[[str], None]]:
        """The reference to an object, and what takes its body when it is known."""
        reference = self.add(b"null")
        number = len(self._bodies) - 1

        def finish(body: str) -> None:
            self._bodies[number] = body.encode("latin-1")

        return reference, finish

    def add_stream(self, entries: str, data: bytes) -> str:
        """The reference to a new stream, deflated."""
        packed = zlib.compress(data)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode("latin-1")
        return self.add(head + packed + b"\nendstream\n")

    def close(self, root: str, info: str) -> bytes:
        """The bytes of the file, whose identifier is made from them."""
        small = [number for number, body in enumerate(self._bodies, 1) if not body.endswith(b"\nendstream\n")]
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        for group in (small[at : at + 200] for at in range(0, len(small), 200)):
            bodies = [self._bodies[number - 1] for number in group]
            heads, at = [], 0
            for number, body in zip(group, bodies, strict=True):
                heads.append(f"{number} {at}")
                at += len(body) + 1
            index = " ".join(heads).encode() + b"\n"
            entries = f"/Type /ObjStm /N {len(group)} /First {len(index)}"
            holder = int(self.add_stream(entries, index + b"\n".join(bodies)).split()[0])
            places.update({number: (2, holder, at) for at, number in enumerate(group)})
        parts, at = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], 15
        for number, body in enumerate(self._bodies, 1):
            if number not in places:
                places[number] = (1, at, 0)
                parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body.rstrip(b"\n")))
                at += len(parts[-1])
        name = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        own = len(self._bodies) + 1
        places[own] = (1, at, 0)
        table = b"".join(
            kind.to_bytes(1) + where.to_bytes(4) + index.to_bytes(2)
            for _, (kind, where, index) in sorted(places.items())
        )
        packed = zlib.compress(table)
        head = (
            f"{own} 0 obj\n<< /Type /XRef /Size {own + 1} /W [1 4 2] /Root {root} /Info {info} /ID [<{name}> <{name}>]"
            f" /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        )
        end = f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"
        return b"".join((*parts, head.encode("latin-1"), packed, end.encode()))
