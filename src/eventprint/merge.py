"""Put PDFs together: their pages one after another, a bookmark for each part, what parts share kept once.

Pages are neither drawn nor encoded again. Fonts that parts use different letters of become one, where the parts were
made here: a code stands for one glyph in all of them, whatever else was in the part. Left out is what holds for a part
alone and not for the whole: its claims (PDF/X, PDF/UA, PDF/A), its structure for reading aloud, programs. Form fields
stay as they were filled in, and can be filled in no more.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    Destination,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from . import __version__
from .artwork.operators import without_tags
from .fonts.codes import texts_of, to_unicode, widths, widths_of
from .fonts.subset import TrueType
from .fonts.union import MOST, Union
from .pdfpages import DAMAGE, NEW_COPY, appearance, decoded_stream, entry, followed, open_pdf, remarks
from .problems import Stop
from .transfer import Transfer, Written, draws


class Merged(NamedTuple):
    """Several PDFs in one."""

    pdf: bytes
    pages: int


def merge(parts: Sequence[tuple[str, bytes]], *, title: str = "", fronts: bool = False) -> Merged:
    """The pages of named files in one, each part beginning at a bookmark of its name without `.pdf`.

    With `fronts` each part begins on the front of a sheet that is printed on both sides, after a blank page if need be.

    Language and title are the first part's unless a title is given. Raises Stop where a part is locked or damaged.
    """
    file = Written()
    root, finish_root = file.reserve()
    tree, finish_tree = file.reserve()
    merged = _Merge(file, tree)
    for number, (name, pdf) in enumerate(parts):
        reader = open_pdf(pdf, name)
        with remarks([]):
            try:
                if fronts:
                    merged.begin_on_a_front()
                merged.take(f"{number}", name, reader)
            except DAMAGE:
                raise Stop(f"{name} is damaged", NEW_COPY) from None
    kids = " ".join(merged.pages)
    finish_tree(f"<< /Type /Pages /Count {len(merged.pages)} /Kids [{kids}] >>")
    entries = merged.close()
    finish_root(f"<< /Type /Catalog /Pages {tree} {entries} >>")
    facts = {"Title": title or merged.title, "Producer": f"eventprint {__version__}"}
    said = " ".join(f"/{key} {_string(words)}" for key, words in facts.items() if words)
    return Merged(file.close(root, file.add(f"<< {said} >>")), len(merged.pages))


def _string(words: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


class _Coding(NamedTuple):
    """A font as pages use it: for each code its glyph in the union, its width and its text."""

    reference: str
    finish: Callable[[str], None]
    codes: dict[int, tuple[int, str, str]]


class _Family(NamedTuple):
    """A font that several subsets became, and the codes it is used with, all of one `codings` agreeing."""

    name: str
    union: Union
    rest: bytes
    codings: list[_Coding]


class _Bookmark(NamedTuple):
    title: str
    target: str
    below: list[_Bookmark]


_KEPT = (
    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Group"),
)
"""Of a page, besides its content and what lies on it."""

_OF_ITS_FILE = ("/P", "/Parent", "/Popup", "/AA")
"""Of an annotation: what ties it to the file it comes from."""

_TABLES = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
"""Those of a font that was cut here: it has no others, hints among them."""


class _Merge(Transfer):
    """The file while parts are taken into it."""

    left_out = frozenset(
        {
            *("/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb"),
        }
    )

    def __init__(self, file: Written, tree: str) -> None:
        super().__init__(file)
        self._file, self._tree = file, tree
        self.pages: list[str] = []
        self.title = ""
        self._last = ""
        """The boxes of the last page."""
        self._language = ""
        self._bookmarks: list[_Bookmark] = []
        self._labels: list[str] = []
        self._labelled = False
        self._intents: set[bytes] = set()
        self._duplex: set[str] = set()
        self._unscaled = False
        self._own: dict[tuple[str, int], str] = {}
        self._names: dict[str, Destination] = {}
        self._tagged = False
        self._families: dict[tuple[object, ...], list[_Family]] = {}
        self._taken: dict[tuple[object, ...], tuple[_Family, list[int]]] = {}
        self._fonts: dict[tuple[str, int], bytes] = {}

    def take(self, source: str, name: str, reader: PdfReader) -> None:
        """The pages of one file, at the end of those that are there."""
        root = reader.root_object
        self.begin(source, root)
        self._tagged = "/StructTreeRoot" in root
        self._names = dict(reader.named_destinations)
        pages = list(reader.pages)
        placed = [self._file.reserve() for _ in pages]
        for page, (reference, _) in zip(pages, placed, strict=True):
            if page.indirect_reference is not None:
                self._own[source, page.indirect_reference.idnum] = reference
        if not self.pages:
            said = reader.metadata
            self.title = (said.title or "") if said else ""
            self._language = str(entry(root, "/Lang") or "")
        for page, (_, finish) in zip(pages, placed, strict=True):
            finish(self._page(page))
        boxes = [key for key in _KEPT if key in pages[-1] and key not in ("/Resources", "/Group")]
        self._last = b" ".join(key.encode() + b" " + self.value(pages[-1].raw_get(key)) for key in boxes).decode()
        first = f"[{placed[0][0]} /Fit]"
        self._bookmarks.append(_Bookmark(name.removesuffix(".pdf"), first, list(self._below(reader.outline))))
        self.pages += [reference for reference, _ in placed]
        self._labelled |= "/PageLabels" in root
        self._labels += reader.page_labels
        self._intents.add(self.value(root.raw_get("/OutputIntents")) if "/OutputIntents" in root else b"")
        wishes = entry(root, "/ViewerPreferences")
        wishes = wishes if isinstance(wishes, DictionaryObject) else DictionaryObject()
        self._duplex.add(str(entry(wishes, "/Duplex") or ""))
        self._unscaled |= entry(wishes, "/PrintScaling") == "/None"

    def begin_on_a_front(self) -> None:
        """After an odd number of pages one more, blank and as large as the last."""
        if len(self.pages) % 2:
            self.pages.append(self._file.add(f"<< /Type /Page /Parent {self._tree} {self._last} /Resources << >> >>"))
            self._labels.append("")

    def close(self) -> str:
        """The entries of the catalogue besides its pages; nothing can be taken after."""
        for families in self._families.values():
            for family in families:
                self._write(family)
        entries = [f"/Outlines {self._outline(self._bookmarks)} /PageMode /UseOutlines"]
        if self._language:
            entries.append(f"/Lang {_string(self._language)}")
        if self._labelled:
            labels = " ".join(f"{number} << /P {_string(label)} >>" for number, label in enumerate(self._labels))
            entries.append(f"/PageLabels << /Nums [{labels}] >>")
        if len(self._intents) == 1 and (intents := next(iter(self._intents))):
            entries.append(f"/OutputIntents {intents.decode('latin-1')}")
        if layers := self.layer_properties():
            entries.append(f"/OCProperties {layers}")
        wishes = "/PrintScaling /None " if self._unscaled else ""
        if len(self._duplex) == 1 and (duplex := next(iter(self._duplex))):
            wishes += f"/Duplex {duplex} "
        entries.append(f"/ViewerPreferences << {wishes}/DisplayDocTitle true >>")
        return " ".join(entries)

    # Pages

    def _page(self, page: PageObject) -> str:
        entries = [f"/Type /Page /Parent {self._tree}".encode()]
        for key in _KEPT:
            if key in page:
                entries.append(key.encode() + b" " + self.value(page.raw_get(key), key))
        if "/Contents" in page:
            entries.append(b"/Contents " + self._contents(page))
        notes = [note for note in map(self._note, self._notes(page)) if note]
        if notes:
            entries.append(b"/Annots [" + b" ".join(notes) + b"]")
        return (b"<< " + b" ".join(entries) + b" >>").decode("latin-1")

    def _contents(self, page: PageObject) -> bytes:
        """A page's content; without the marks of a structure that is left out."""
        if not self._tagged:
            return self.value(page.raw_get("/Contents"))
        found = entry(page, "/Contents")
        parts = found if isinstance(found, ArrayObject) else [found]
        streams = [part for each in parts if isinstance(part := followed(each), StreamObject)]
        packed = zlib.compress(without_tags(b"\n".join(map(decoded_stream, streams))))
        head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
        return self.once(head + packed + b"\nendstream\n").encode()

    def _notes(self, page: PageObject) -> Iterator[DictionaryObject]:
        found = entry(page, "/Annots")
        for each in found if isinstance(found, ArrayObject) else []:
            if isinstance(note := followed(each), DictionaryObject):
                yield note

    def _note(self, note: DictionaryObject) -> bytes:
        """The reference to an annotation; nothing for fields, and for what runs a program."""
        action = entry(note, "/A")
        does = entry(action, "/S", "/GoTo") if isinstance(action, DictionaryObject) else "/GoTo"
        if entry(note, "/Subtype") == "/Widget":
            return self._field(note)
        if entry(note, "/Subtype") == "/Popup" or does not in ("/GoTo", "/URI"):
            return b""
        shown = DictionaryObject({key: note.raw_get(key) for key in note if key not in _OF_ITS_FILE})
        return self._file.add(self.value(shown)).encode()

    def _field(self, note: DictionaryObject) -> bytes:
        """A form field as a stamp that shows what was filled in; nothing where it shows nothing."""
        shown = appearance(note)
        if not isinstance(followed(shown), StreamObject):
            return b""
        assert shown is not None
        kept = {key: note.raw_get(key) for key in ("/Rect", "/F", "/OC") if key in note}
        looks = DictionaryObject({NameObject("/N"): shown})
        stamp = DictionaryObject({NameObject(key): value for key, value in kept.items()})
        stamp |= {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Stamp")}
        stamp[NameObject("/AP")] = looks
        return self._file.add(self.value(stamp)).encode()

    def entry(self, dictionary: DictionaryObject, name: str, key: str) -> bytes:
        """One value of a dictionary; a place that is named is told by where it is, for parts share no names."""
        value = dictionary.raw_get(name)
        if name in ("/Dest", "/D") and isinstance(found := followed(value), str):
            named = self._names.get(str(found))
            return self.value(named.dest_array) if named is not None else b""
        return super().entry(dictionary, name, key)

    def anew(self, stream: StreamObject) -> bytes | None:
        """The content of forms in a part with a structure, without its marks."""
        if not (self._tagged and draws(stream)):
            return None
        content = decoded_stream(stream)
        plain = without_tags(content)
        return None if plain == content else plain

    # Bookmarks

    def _below(self, outline: Sequence[object]) -> Iterator[_Bookmark]:
        """A part's own bookmarks; a list holds those below the one before it."""
        for number, one in enumerate(outline):
            if isinstance(one, Destination) and one.title and isinstance(one.page, IndirectObject):
                after = outline[number + 1] if number + 1 < len(outline) else None
                below = list(self._below(after)) if isinstance(after, list) else []
                yield _Bookmark(str(one.title), self.value(one.dest_array).decode("latin-1"), below)

    def _outline(self, marks: Sequence[_Bookmark]) -> str:
        root, finish = self._file.reserve()
        first, last = self._row(marks, root)
        finish(f"<< /Type /Outlines /First {first} /Last {last} /Count {len(marks)} >>")
        return root

    def _row(self, marks: Sequence[_Bookmark], parent: str) -> tuple[str, str]:
        """The first and the last of some bookmarks beside each other; what is below them is closed."""
        placed = [self._file.reserve() for _ in marks]
        for at, (mark, (reference, finish)) in enumerate(zip(marks, placed, strict=True)):
            parts = [f"/Title {_string(mark.title)} /Parent {parent} /Dest {mark.target}"]
            if at:
                parts.append(f"/Prev {placed[at - 1][0]}")
            if at + 1 < len(placed):
                parts.append(f"/Next {placed[at + 1][0]}")
            if mark.below:
                first, last = self._row(mark.below, reference)
                parts.append(f"/First {first} /Last {last} /Count {-len(mark.below)}")
            finish(f"<< {' '.join(parts)} >>")
        return placed[0][0], placed[-1][0]

    # Fonts

    def reference(self, reference: IndirectObject, role: str) -> bytes:
        """What stands for a reference: a page as it is here, a font cut here as part of that of all parts."""
        if page := self._own.get((self._source, reference.idnum)):
            return page.encode()
        at = self._source, reference.idnum
        if at not in self._fonts:
            found = reference.get_object()
            self._fonts[at] = b""
            if isinstance(found, DictionaryObject) and found.get("/Subtype") == "/Type0":
                self._fonts[at] = self._coded(found)
        return self._fonts[at] or super().reference(reference, role)

    def _coded(self, font: DictionaryObject) -> bytes:
        """The reference to the font of all parts whose codes agree with those of this one; nothing for foreign ones."""
        inner = _descendant(font)
        found, codes = self._family(inner), _codes(font, inner)
        if found is None or codes is None:
            return b""
        family, numbers = found
        here = {
            code: (numbers[glyph] if glyph < len(numbers) else 0, width, text)
            for code, (glyph, width, text) in codes.items()
        }
        for coding in family.codings:
            if all(coding.codes.get(code, what) == what for code, what in here.items()):
                break
        else:
            family.codings.append(coding := _Coding(*self._file.reserve(), {}))
        coding.codes.update(here)
        return coding.reference.encode()

    def _family(self, font: object) -> tuple[_Family, list[int]] | None:
        """The font of all parts that a subset belongs to, and where the subset's glyphs are in it."""
        if not isinstance(font, DictionaryObject) or not isinstance(entry(font, "/CIDToGIDMap"), StreamObject):
            return None
        descriptor = entry(font, "/FontDescriptor")
        name = str(entry(font, "/BaseFont") or "")
        if not isinstance(descriptor, DictionaryObject) or name[7:8] != "+":
            return None
        program = entry(descriptor, "/FontFile2")
        if not isinstance(program, StreamObject):
            return None
        data = program._data
        if (name, data) not in self._taken:
            cut = _cut(decoded_stream(program))
            if cut is None:
                return None
            own = ("/FontName", "/FontFile2", "/CIDSet")
            rest = self.entries(
                DictionaryObject({key: descriptor.raw_get(key) for key in descriptor if key not in own})
            )
            key = name[8:], cut.units_per_em, rest
            families = self._families.setdefault(key, [])
            if not families or len(families[-1].union) > MOST:
                families.append(self._new(name[8:], Union(cut), rest, len(families)))
            self._taken[name, data] = families[-1], families[-1].union.take(cut)
        return self._taken[name, data]

    def _new(self, name: str, union: Union, rest: bytes, number: int) -> _Family:
        drawn = hashlib.sha256(b"%b %b %d" % (name.encode("latin-1", "replace"), rest, number)).digest()
        tag = "".join(chr(65 + byte % 26) for byte in drawn[:6])
        return _Family(f"/{tag}+{name}", union, rest, [])

    def _write(self, family: _Family) -> None:
        """A font with its one program, and one face for each of its codings."""
        program = family.union.program()
        at = self._file.add_stream(f"/Length1 {len(program)}", program)
        described = f"<< {family.rest.decode('latin-1')} /FontName {family.name} /FontFile2 {at} >>"
        descriptor = self._file.add(described)
        for coding in family.codings:
            glyphs = [0] * (max(coding.codes, default=0) + 1)
            for code, (glyph, _, _) in coding.codes.items():
                glyphs[code] = glyph
            table = self._file.add_stream("", struct.pack(f">{len(glyphs)}H", *glyphs))
            texts = self._file.add_stream("", to_unicode({code: what[2] for code, what in coding.codes.items()}))
            face = self._file.add(
                f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {family.name}"
                " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
                f" /FontDescriptor {descriptor} /CIDToGIDMap {table}"
                f" /W [{widths({code: what[1] for code, what in coding.codes.items()})}] >>"
            )
            coding.finish(
                f"<< /Type /Font /Subtype /Type0 /BaseFont {family.name} /Encoding /Identity-H"
                f" /DescendantFonts [{face}] /ToUnicode {texts} >>"
            )


def _codes(font: DictionaryObject, inner: object) -> dict[int, tuple[int, str, str]] | None:
    """Glyph, width and text of each code of a font that was made here; None for any other."""
    cmap = entry(font, "/ToUnicode")
    if entry(font, "/Encoding") != "/Identity-H" or not isinstance(cmap, StreamObject):
        return None
    if not isinstance(inner, DictionaryObject) or "/DW" in inner or "/W2" in inner:
        return None
    table, listed = entry(inner, "/CIDToGIDMap"), entry(inner, "/W")
    if not isinstance(table, StreamObject) or not isinstance(listed, ArrayObject):
        return None
    texts, wide = texts_of(decoded_stream(cmap)), widths_of([followed(each) for each in listed])
    data = decoded_stream(table)
    if texts is None or wide is None or max([*texts, *wide], default=0) * 2 + 2 > len(data):
        return None
    return {code: (*struct.unpack_from(">H", data, 2 * code), wide[code], texts.get(code, "")) for code in wide}


def _cut(program: bytes) -> TrueType | None:
    """A font that was cut here; None for any other."""
    try:
        font = TrueType(program)
    except ValueError:
        return None
    return font if set(font.tables) == _TABLES else None


def _descendant(font: DictionaryObject) -> object:
    found = entry(font, "/DescendantFonts")
    return followed(found[0]) if isinstance(found, ArrayObject) and found else None
