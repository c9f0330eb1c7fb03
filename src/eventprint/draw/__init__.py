"""Turn pages into PDF: the one file that paints with reportlab.

Everything was decided before: drawing complains of nothing and changes nothing. reportlab numbers the objects and
writes the file; what stands in them is written here, for its canvas names fonts that are not embedded, cannot shape
text and keeps a date. The same pages give the same bytes. Names and numbers of operators and keys: ISO 32000-1.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDocument, PDFObject

from .. import __version__, fonts, images, inks
from ..colours import BLACK, Colour
from ..fonts.codes import to_unicode, widths
from ..fonts.subset import Glyphs, subset
from ..geometry import Box, mm
from ..inks import Press
from ..packed import packed
from ..page import (
    KAPPA,
    Anchor,
    Artwork,
    Cell,
    Code,
    Edition,
    Group,
    Image,
    Link,
    Mark,
    Matrix,
    Page,
    Picture,
    Role,
    Run,
    Shape,
    Step,
    Text,
    leaves,
    matrix_of,
    place_box,
    rectangle,
    rule,
    walk,
)
from .structure import Structure

if TYPE_CHECKING:
    from .. import artwork as supplied
    from ..pdfpages import Source


def draw(
    pages: Sequence[Page],
    *,
    edition: Edition,
    title: str,
    language: str,
    author: str = "",
    subject: str = "",
    press: Press | None = None,
    marks_from: float | None = None,
) -> bytes:
    """The pages as one PDF file, the same bytes for the same pages.

    A shop file is PDF/X-4 (ISO 15930-7): it keeps the bleed, names its boxes and is in the inks of the press, coated
    paper where none is given. Office and screen files end at the trim, and are PDF/UA-1 (ISO 14289-1); a screen file
    has links, bookmarks and page labels. `language` is a BCP 47 tag. With `marks_from` a shop file has crop marks on
    every plate, that far from the trim or more and outside the bleed.
    """
    press = (press or inks.press()) if edition is Edition.SHOP else None
    file = _File(language, press, pages, tagged=edition in _TAGGED)
    if edition is Edition.SCREEN:
        file.anchors = {mark.name for page in pages for mark, _ in walk(page.marks) if isinstance(mark, Anchor)}
    places = [file.page() for _ in pages]
    for place, page in zip(places, pages, strict=True):
        outside = page.bleed if edition in _WITH_BLEED else 0.0
        slug = max(page.bleed + _GAP, marks_from) + _MARK if press and marks_from is not None else 0.0
        outside = slug or outside
        painter = _Painter(file, outside, outside + page.size.height)
        if file.structure:
            file.structure.page()
            place.tags = f" /StructParents {len(file.places)} /Tabs /S"
            file.places.append(place.reference)
        if slug:
            painter.paint_within(page.bleed_box, page.marks)
            painter.paint(_crop_marks(page, slug))
        else:
            painter.paint(page.marks)
        content = file.stream("", painter.content())
        place.body = (
            f"/Type /Page /Parent {file.parent} {_boxes(page, edition, slug)}"
            f" {file.resources(painter.objects)}{file.group}{place.tags} /Contents {content}"
        ).encode()
    if edition is Edition.SCREEN:
        _navigate(file, pages, places)
        file.catalogue(ViewerPreferences="<< /DisplayDocTitle true >>")
    if edition is Edition.OFFICE:
        both = " /Duplex /DuplexFlipLongEdge" if any(page.back for page in pages) else ""
        file.catalogue(ViewerPreferences=f"<< /PrintScaling /None{both} /DisplayDocTitle true >>")
    if file.structure:
        tree = file.structure.write(file, file.places)
        file.catalogue(StructTreeRoot=tree, MarkInfo="<< /Marked true >>")
    for place in places:
        place.body = b"<< " + place.body + b" >>"
    pdf = file.close(_plain(title), _plain(author), _plain(subject), language)
    return packed(pdf) if edition is Edition.SCREEN else pdf


_TAGGED = (Edition.OFFICE, Edition.SCREEN)
_WITH_BLEED = (Edition.SHOP, Edition.BLED)


_MARK, _GAP = 5 * mm, 1 * mm
"""The length of a crop mark, at whose end the sheet ends, and how far it keeps away from the bleed at least."""

_EVERY_PLATE = Colour.parse("spot All: cmyk 100 100 100 100")
"""Ink on all plates that there are (ISO 32000-1, 8.6.6.4), so that marks show whether they lie on each other."""


def _crop_marks(page: Page, slug: float) -> tuple[Mark, ...]:
    """Two fine lines at each corner of the trim, from the slug's end to 5 mm further in."""
    near, far = slug - _MARK, slug
    return tuple(
        rule(*line, _EVERY_PLATE, 0.25, purpose="crop")
        for x, out_x in ((0.0, -1), (page.size.width, 1))
        for y, out_y in ((0.0, -1), (page.size.height, 1))
        for line in ((x + out_x * near, y, x + out_x * far, y), (x, y + out_y * near, x, y + out_y * far))
    )


def _boxes(page: Page, edition: Edition, slug: float) -> str:
    width, height, bleed = page.size.width, page.size.height, page.bleed
    if slug:
        bleeding = (slug - bleed, slug - bleed, slug + width + bleed, slug + height + bleed)
        cut = (slug, slug, slug + width, slug + height)
        media = (0.0, 0.0, width + 2 * slug, height + 2 * slug)
        named = (("Media", media), ("Bleed", bleeding), ("Trim", cut))
        return " ".join(f"/{name}Box [{' '.join(map(_number, box))}]" for name, box in named)
    if edition not in _WITH_BLEED:
        whole = f"[0 0 {_number(width)} {_number(height)}]"
        return f"/MediaBox {whole} /TrimBox {whole}"
    whole = f"[0 0 {_number(width + 2 * bleed)} {_number(height + 2 * bleed)}]"
    trim = " ".join(map(_number, (bleed, bleed, bleed + width, bleed + height)))
    return f"/MediaBox {whole} /BleedBox {whole} /TrimBox [{trim}]"


class _Object(PDFObject):
    """An object of the file whose bytes are ready by the time it is closed."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body
        self.reference = ""
        self.tags = ""

    def format(self, document: PDFDocument) -> bytes:
        return self.body


class _File:
    """The file being made: its objects, and the fonts, pictures and shared groups kept once in it."""

    def __init__(self, language: str, press: Press | None, pages: Sequence[Page], *, tagged: bool) -> None:
        self.structure = Structure() if tagged else None
        self.places: list[str] = []
        """References to the pages of a tagged file."""
        self.anchors: set[str] | None = None
        """The places that links may lead to; None where nothing can be pressed."""
        self.press = press
        """Of a file for a print shop; without one, colours are those of the screen."""
        self.operators: dict[tuple[Colour, str], str] = {}
        """What sets each colour, as it was said before."""
        self._pages = pages
        self._widths: dict[str, float] = {}
        # reportlab's stubs leave out most of what is used here
        self._pdf = cast(Any, PDFDocument(compression=1, invariant=1, pdfVersion=(1, 6), lang=language))
        # reportlab writes no key of the catalogue that it does not know
        self._pdf.Catalog.__NoDefault__ = (*self._pdf.Catalog.__NoDefault__, "OutputIntents", "OCProperties")
        self._fonts = self._refer(self._pdf.idToObject[BasicFonts])
        self.parent = self._refer(self._pdf.Pages)
        self._faces: dict[str, _Face] = {}
        self._images: dict[str, tuple[str, str]] = {}
        self._profiles: dict[bytes, str] = {}
        self._copies: supplied.Copies | None = None
        self._artworks: dict[tuple[Path, int], tuple[str, str, Source]] = {}
        self.claims = {"PDF/X-4", "PDF/A-2b"} if press else {"PDF/UA-1", "PDF/A-2a"} if tagged else set[str]()
        """What the file may say of itself; a supplied PDF may cost it something."""
        self._forms: dict[int, tuple[str, str]] = {}
        self.catalogue(Outlines=None)
        self.group = " /Group << /Type /Group /S /Transparency /CS /DeviceCMYK >>" if press else ""
        """The blending space of a page: that of the plates (ISO 15930-7, 6.8)."""
        self._states = ""
        if press:
            knock, over = (
                self.add(f"<< /Type /ExtGState /OP {word} /op {word} /OPM 1 >>") for word in ("false", "true")
            )
            self._plates = self.place()
            self._spots: dict[str, str] = {}
            self._states = f" /ExtGState << /{_KNOCK} {knock} /{_OVER} {over} >> /ColorSpace {self._plates.reference}"
            self.catalogue(OutputIntents=self._intent(press))
        if tagged:
            screen = self.profile(inks.screen(), 3)
            self.catalogue(
                OutputIntents="[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
                f" /DestOutputProfile {screen} >>]"
            )

    def _intent(self, press: Press) -> str:
        """The printing condition the file is made for, with its profile, for PDF/X (ISO 15930-7, 6.2) and PDF/A."""
        registry = " /RegistryName (http://www.color.org)" if press.registered else ""
        facts = (
            f"/OutputConditionIdentifier {_string(press.condition)}{registry} /Info {_string(press.about)}"
            f" /DestOutputProfile {self.profile(press.profile, 4)}"
        )
        return f"[{' '.join(f'<< /Type /OutputIntent /S /{kind} {facts} >>' for kind in ('GTS_PDFX', 'GTS_PDFA1'))}]"

    def _refer(self, thing: PDFObject) -> str:
        number, version = self._pdf.idToObjectNumberAndVersion[self._pdf.Reference(thing).name]
        return f"{number} {version} R"

    def add(self, body: str | bytes) -> str:
        """The reference to a new object."""
        return self._refer(_Object(body.encode("latin-1") if isinstance(body, str) else body))

    def reserve(self) -> tuple[str, Callable[[str], None]]:
        """The reference to an object, and what takes its body when it is known."""
        thing = self.place()

        def finish(body: str) -> None:
            thing.body = body.encode("latin-1")

        return thing.reference, finish

    def place(self) -> _Object:
        """A new object whose bytes come later."""
        thing = _Object()
        thing.reference = self._refer(thing)
        return thing

    def page(self) -> _Object:
        """The next page's object."""
        page = self.place()
        self._pdf.Pages.addPage(page)
        return page

    def stream(self, entries: str, data: bytes, filtered: str = "") -> str:
        """The reference to a new stream, deflated unless it was filtered already."""
        if not filtered:
            data, filtered = zlib.compress(data, 6), "FlateDecode"
        head = f"<< {entries} /Filter /{filtered} /Length {len(data)} >>\nstream\n"
        return self.add(b"".join((head.encode("latin-1"), data, b"\nendstream\n")))

    def catalogue(self, **entries: str | None) -> None:
        for key, value in entries.items():
            setattr(self._pdf.Catalog, key, value and value.encode("latin-1"))

    def spot(self, colour: Colour) -> str:
        """The name of the colour space of a spot ink, and what stands for it where there is no such plate."""
        if colour.spot not in self._spots:
            assert colour.inks is not None
            whole = " ".join(_number(ink / colour.share) for ink in colour.inks)
            plate = "".join(f"#{byte:02x}" if byte < 48 or byte > 122 else chr(byte) for byte in colour.spot.encode())
            tint = f"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [{whole}] /N 1 >>"
            self._spots[colour.spot] = f"S{len(self._spots) + 1}"
            self._plates.body += f" /{self._spots[colour.spot]} [/Separation /{plate} /DeviceCMYK {tint}]".encode()
        return self._spots[colour.spot]

    def resources(self, objects: Mapping[str, str], faces: Iterable[_Face] | None = None) -> str:
        """The entry for a page or a shared group that uses these external objects, and of all fonts some or any."""
        named = " ".join(f"/{name} {reference}" for name, reference in objects.items())
        known = self._fonts
        if faces is not None:
            known = f"<< {' '.join(f'/{face.name} {face.place.reference}' for face in faces)} >>"
        return f"/Resources << /Font {known}{self._states}{named and f' /XObject << {named} >>'} >>"

    def face(self, key: str) -> _Face:
        face = self._faces.get(key)
        if face is None:
            # called like the font and not by their order, so that equal parts of different files are equal
            drawn = hashlib.sha256(fonts.postscript_name(key).encode()).hexdigest()
            taken = {face.name for face in self._faces.values()}
            name = next(name for length in range(3, 64) if (name := f"F{drawn[:length]}") not in taken)
            face = self._faces[key] = _Face(key, name, self.place())
        return face

    def image(self, image: Image) -> tuple[str, str]:
        """Name and reference of a picture, embedded once whatever the number of places."""
        if image.digest not in self._images:
            made = images.separated(image, self.press, self._width(image)) if self.press else images.embeddable(image)
            reference = self._embed(made)
            self._images[image.digest] = (f"I{len(self._images) + 1}", reference)
        return self._images[image.digest]

    def _width(self, image: Image) -> float:
        """The width of a picture's largest place."""
        if not self._widths:
            for mark in leaves(self._pages):
                if isinstance(mark, Picture):
                    digest = mark.image.digest
                    self._widths[digest] = max(mark.box.width, self._widths.get(digest, 0.0))
        return self._widths[image.digest]

    def _embed(self, picture: images.Embeddable) -> str:
        mask = f" /SMask {self._embed(picture.mask)}" if picture.mask else ""
        mask += " /Decode [1 0 1 0 1 0 1 0]" if picture.inverted else ""
        return self.stream(
            f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
            f" /ColorSpace /{picture.colour_space} /BitsPerComponent {picture.bits}{mask}",
            picture.data,
            picture.filter,
        )

    def profile(self, data: bytes, channels: int) -> str:
        """The reference to an ICC profile, kept once."""
        if data not in self._profiles:
            self._profiles[data] = self.stream(f"/N {channels}", data)
        return self._profiles[data]

    @property
    def heard(self) -> bool:
        """Whether the file has a structure of its own."""
        return self.structure is not None

    @property
    def inks(self) -> int | None:
        """The channels of the colours it is in; None where nothing is claimed of them."""
        return 4 if self.press else 3 if self.structure else None

    def artwork(self, mark: Artwork) -> tuple[str, str, Source]:
        """Name and reference of a supplied page as a form, and its measures."""
        # reading PDFs takes longer to bring in than most files take to draw
        from .. import artwork as supplied

        if self._copies is None:
            self._copies = supplied.Copies(self, inks.screen(), inks.press().profile)
        key = mark.file, mark.number
        if key not in self._artworks:
            found = supplied.open_artwork(mark.file)
            for fault in supplied.faults(mark.file, mark.number):
                self.claims -= fault.breaks
            form = self._copies.form(found, mark.number)
            self._artworks[key] = f"A{len(self._artworks) + 1}", form, found.sources[mark.number]
        return self._artworks[key]

    def form(self, marks: tuple[Mark, ...]) -> tuple[str, str]:
        """Name and reference of shared marks, drawn once and known by their identity while the pages live."""
        if id(marks) not in self._forms:
            painter = _Painter(self, 0.0, 0.0, None)
            painter.paint(marks)
            reach = _reach(marks)
            edges = " ".join(map(_number, (reach.x, -reach.bottom, reach.right, -reach.y)))
            entries = f"/Type /XObject /Subtype /Form /BBox [{edges}]"
            entries += f" {self.resources(painter.objects, painter.faces)}"
            reference = self.stream(entries, painter.content())
            self._forms[id(marks)] = (f"G{len(self._forms) + 1}", reference)
        return self._forms[id(marks)]

    def close(self, title: str, author: str, subject: str, language: str) -> bytes:
        """The bytes of the whole file; nothing can be added after."""
        if self.press:
            self._plates.body = b"<<" + self._plates.body + b" >>"
        for face in self._faces.values():
            face.place.body = face.embed(self).encode("latin-1")
            self._pdf.idToObject[BasicFonts].dict[face.name] = face.place.reference
        if self._copies and (layers := self._copies.layer_properties()):
            self.catalogue(OCProperties=layers)
        producer = f"eventprint {__version__}"
        facts = {"Title": title, "Author": author, "Subject": subject, "Producer": producer}
        entries = " ".join(f"/{key} {_string(words)}" for key, words in facts.items() if words)
        blank = b"0" * 32
        if self.press:
            date = _DATE.translate(_NO_MARKS)
            entries += f" /CreationDate (D:{date}) /ModDate (D:{date}) /Trapped /False"
            entries += " /GTS_PDFXVersion (PDF/X-4)" if "PDF/X-4" in self.claims else ""
        self._pdf.info = _Object(f"<< {entries} >>".encode("latin-1"))
        metadata = _xmp(title, author, subject, producer, language, _said(self.claims, printed=self.press is not None))
        length = f"<< /Type /Metadata /Subtype /XML /Length {len(metadata)} >>\nstream\n".encode()
        self.catalogue(Metadata=self.add(b"".join((length, metadata, b"\nendstream\n"))))
        self._pdf._ID = b"[<" + blank + b"> <" + blank + b">]"
        pdf: bytes = self._pdf.format()
        name = hashlib.sha256(pdf).hexdigest()[:32].encode()
        body, trailer, end = pdf.rpartition(b"trailer\n")
        if self.press:
            body = body.replace(b"xmp.did:" + blank, b"xmp.did:" + name)
        return body + trailer + end.replace(blank, name)


_KNOCK, _OVER = "O0", "O1"
"""Graphics states: ink that knocks out what is below it, and black that overprints it (OPM 1: other plates stay)."""

_DATE = "2000-01-01T00:00:00Z"
"""Of every file: with the day it was made, equal pages would not be equal files."""

_NO_MARKS = str.maketrans("", "", "-:T")


def _explained(*extensions: tuple[str, str, str, str, str]) -> str:
    """What PDF/A wants explained of metadata that it does not know (ISO 19005-2, 6.6.2.3.3)."""
    told = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{prefix}</pdfaSchema:schema><pdfaSchema:namespaceURI>{space}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{about}</pdfaProperty:description>"
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
        for space, prefix, name, kind, about in extensions
    )
    return f"<pdfaExtension:schemas><rdf:Bag>{told}</rdf:Bag></pdfaExtension:schemas>"


_STATEMENTS = {
    "PDF/UA-1": ("<pdfuaid:part>1</pdfuaid:part>",),
    "PDF/X-4": ("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",),
    "PDF/A-2a": ("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"),
    "PDF/A-2b": ("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>"),
}
"""Claims in the metadata (ISO 14289-1, 5; ISO 15930-7, 6.10; ISO 19005-2, 6.6.4); PDF/A costs nothing besides."""

_PRINTED = (
    "<pdf:Trapped>False</pdf:Trapped>",
    f"<xmp:CreateDate>{_DATE}</xmp:CreateDate>",
    f"<xmp:ModifyDate>{_DATE}</xmp:ModifyDate>",
    f"<xmp:MetadataDate>{_DATE}</xmp:MetadataDate>",
    f"<xmpMM:DocumentID>xmp.did:{'0' * 32}</xmpMM:DocumentID>",
    "<xmpMM:VersionID>1</xmpMM:VersionID>",
    "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
)
"""What PDF/X-4 asks of the metadata (ISO 15930-7, 6.10 and 6.11)."""

_TERMS = {
    "PDF/UA-1": ("http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer", "the part of PDF/UA"),
    "PDF/X-4": ("http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "Text", "the version of PDF/X"),
    "Trapped": ("http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text", "whether the plates are trapped"),
}
"""Metadata that PDF/A does not know."""


def _said(claims: set[str], *, printed: bool) -> list[str]:
    """The file's claims as metadata."""
    said = [line for claim, lines in _STATEMENTS.items() if claim in claims for line in lines]
    terms = [*sorted(claims), *["Trapped"] * printed]
    return [*said, *(_PRINTED if printed else ()), _explained(*(_TERMS[term] for term in terms if term in _TERMS))]


def _reach(marks: tuple[Mark, ...]) -> Box:
    """A box round everything marks put on paper; letters may overhang their line by as much as their size."""
    boxes = []
    for mark, matrix in walk(marks):
        if not isinstance(mark, Anchor):
            box = mark.seen if isinstance(mark, Artwork) else mark.box
            boxes.append(place_box(box.inset(-mark.size) if isinstance(mark, Text) else box, matrix))
    if not boxes:
        return Box(0, 0, 0, 0)
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


class _Face:
    """One face in one file: a code for every cluster drawn with it, and the font that is embedded in the end.

    A code stands for a shape and the text it was set for, so that text copied from the file is what was typed even
    where two texts look alike. It does not depend on what else is in the file: so files can become one.
    """

    def __init__(self, key: str, name: str, place: _Object) -> None:
        self.name = name
        self.place = place
        self._key = key
        self._source = fonts.outlines(key)
        self._per_mille = 1000 / self._source.units_per_em
        self._codes: dict[tuple[Glyphs, str], tuple[str, float]] = {}
        self._taken: set[int] = set()
        self._shapes: dict[Glyphs, int] = {}
        self._advances: list[int] = []
        self._runs: dict[Run, str] = {}

    def show(self, run: Run, word_space: float, tracking: float) -> str:
        """The operator that shows a run; spaces between words and after clusters in thousandths of its size."""
        spaced = bool(word_space or tracking)
        if not spaced and run in self._runs:
            return self._runs[run]
        parts, behind, per_mille = ["[<"], 0.0, self._per_mille
        for cell in run.cells:
            code, width = self._codes.get((cell.glyphs, cell.text)) or self._code(cell)
            if abs(behind) >= 0.001:
                parts.append(f">{_number(behind)}<")
            parts.append(code)
            behind = width - cell.advance * per_mille
            if spaced:
                behind -= tracking + word_space * cell.text.count(" ")
        parts.append(">] TJ")
        shown = "".join(parts)
        if not spaced:
            self._runs[run] = shown
        return shown

    def _code(self, cell: Cell) -> tuple[str, float]:
        if cell.glyphs not in self._shapes:
            self._shapes[cell.glyphs] = len(self._shapes)
            alone = len(cell.glyphs) == 1 and cell.glyphs[0][1:] == (0, 0)
            # an advance may have been kerned: a glyph's own width is the same whichever pair came first
            self._advances.append(self._source.advance(cell.glyphs[0][0]) if alone else max(0, cell.advance))
        width = round(self._advances[self._shapes[cell.glyphs]] * self._per_mille, 4)
        number = cell.glyphs[0][0] if len(cell.glyphs) == 1 and cell.glyphs[0][1:] == (0, 0) else 0
        drawn = hashlib.sha256(repr((cell.glyphs, cell.text)).encode()).digest()
        while not 0 < number < 0xFFFF or number in self._taken:
            number, drawn = int.from_bytes(drawn[:2], "big"), hashlib.sha256(drawn).digest()
        self._taken.add(number)
        code = (f"{number:04x}", width)
        self._codes[cell.glyphs, cell.text] = code
        return code

    def embed(self, file: _File) -> str:
        """The font, with everything that belongs to it written."""
        program = subset(self._source, list(zip(self._shapes, self._advances, strict=True)))
        number = int.from_bytes(hashlib.sha256(program).digest()[:8], "big")
        tag = "".join(chr(65 + number // 26**place % 26) for place in range(6))
        name = f"{tag}+{fonts.postscript_name(self._key)}"
        coded = {int(code, 16): (shape, text, width) for (shape, text), (code, width) in self._codes.items()}
        glyphs = [0] * (max(coded, default=0) + 1)
        for code, (shape, _, _) in coded.items():
            glyphs[code] = self._shapes[shape] + 1
        program_at = file.stream(f"/Length1 {len(program)}", program)
        map_at = file.stream("", struct.pack(f">{len(glyphs)}H", *glyphs))
        descendant = file.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {file.add(self._descriptor(name, program_at))}"
            f" /W [{widths({code: _number(width) for code, (_, _, width) in coded.items()})}] /CIDToGIDMap {map_at} >>"
        )
        texts = {code: text.encode("utf-16-be").hex() for code, (_, text, _) in coded.items()}
        unicode_at = file.stream("", to_unicode(texts))
        return (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant}] /ToUnicode {unicode_at} >>"
        )

    def _descriptor(self, name: str, program: str) -> str:
        source = self._source
        box = struct.unpack_from(">4h", source.head, 36)
        ascent, descent = struct.unpack_from(">2h", source.hhea, 4)
        post, os2 = source.table("post"), source.table("OS/2")
        slant = struct.unpack_from(">l", post, 4)[0] / 65536 if post else 0
        capitals = struct.unpack_from(">h", os2, 88)[0] if len(os2) >= 90 else ascent
        weight = struct.unpack_from(">H", os2, 4)[0] if os2 else 400
        reach, rise, fall, height = (
            " ".join(_number(value * self._per_mille) for value in values)
            for values in (box, (ascent,), (descent,), (capitals,))
        )
        # no font says how thick its stems are; 50 + (weight / 65)^2 is the customary estimate
        return (
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {4 | (64 if slant else 0)} /FontBBox [{reach}]"
            f" /ItalicAngle {_number(slant)} /Ascent {rise} /Descent {fall} /CapHeight {height}"
            f" /StemV {round(50 + (weight / 65) ** 2)} /FontFile2 {program} >>"
        )


class _Painter:
    """Writes the operators of one page or one shared group.

    `left` and `base` are where the marks' origin lies in the PDF's own coordinates, whose y grows upwards.
    """

    def __init__(self, file: _File, left: float, base: float, over: bool | None = False) -> None:
        self._file = file
        self._over = over
        """Whether ink overprints at this point; None: whatever the page that uses the group does."""
        self._left = left
        self._base = base
        self._operators: list[str] = []
        self._fill = self._stroke = self._pen = ""
        """What the operators set last, to say it once."""
        self.objects: dict[str, str] = {}
        self._frame = 0
        """Changes with each turn of the axes: places within one can be compared."""
        self.faces: dict[_Face, None] = {}

    def content(self) -> bytes:
        return "\n".join(self._operators).encode("latin-1")

    def paint(self, marks: tuple[Mark, ...]) -> None:
        tagged = self._file.structure is not None
        for mark in marks:
            match mark:
                case Text() | Shape() | Code() | Picture() | Artwork():
                    if tagged:
                        self._operators.append(self._tag(mark))
                    self._leaf(mark)
                    if tagged:
                        self._operators.append("EMC")
                case Group():
                    self._group(mark)
                case Link() if self._file.structure and _pressable(mark, self._file.anchors):
                    place, name = self._placed(mark.box), _string(_name_of(mark))
                    self._file.structure.link(self._frame, place, mark.target, name)
                case Link() | Anchor():
                    # no ink
                    continue

    def _leaf(self, mark: Text | Shape | Code | Picture | Artwork) -> None:
        match mark:
            case Text():
                self._text(mark)
            case Shape():
                self._shape(mark)
            case Code():
                self._code(mark)
            case Picture():
                self._picture(mark)
            case Artwork():
                self._artwork(mark)

    def _tag(self, mark: Text | Shape | Code | Picture | Artwork) -> str:
        """The operator that says what the following content is to somebody who hears the page."""
        structure = self._file.structure
        assert structure is not None
        told = ""
        match mark:
            case Text() if mark.role is not Role.ARTIFACT and mark.line.text.strip():
                actual = _string(_plain(mark.line.text)) if _RIGHT_TO_LEFT.search(mark.line.text) else ""
                name, number = structure.text(mark, self._frame, self._placed(mark.box), actual)
                return f"/{name} << /MCID {number} >> BDC"
            case Picture() | Artwork():
                told = mark.alternative
            case Code():
                told = f"QR code: {mark.payload}"
        if not told:
            return "/Artifact BMC"
        box = mark.seen if isinstance(mark, Artwork) else mark.box
        low, high = self._point(box.x, box.bottom), self._point(box.right, box.y)
        name, number = structure.figure(_string(_plain(told)), f"{low} {high}")
        return f"/{name} << /MCID {number} >> BDC"

    def _placed(self, box: Box) -> Box:
        return box.moved(self._left, -self._base)

    def _point(self, x: float, y: float) -> str:
        return f"{_number(self._left + x)} {_number(self._base - y)}"

    def _set_fill(self, colour: Colour, *, over: bool = False) -> None:
        operator = self._ink(colour, "g", "rg", "k")
        self._overprint(over)
        if operator != self._fill:
            self._fill = operator
            self._operators.append(operator)

    def _ink(self, colour: Colour, grey: str, rgb: str, cmyk: str) -> str:
        """The operator that sets a colour; plates know inks alone, so that a grey is a share of black."""
        known = self._file.operators.get((colour, grey))
        if known is None:
            if self._file.press and colour.spot:
                name = self._file.spot(colour)
                known = (
                    f"/{name} {'cs' if grey == 'g' else 'CS'} {_number(colour.share)} {'scn' if grey == 'g' else 'SCN'}"
                )
            elif self._file.press:
                known = f"{' '.join(map(_number, self._file.press.inks(colour)))} {cmyk}"
            elif colour.grey:
                known = f"{_number(colour.red)} {grey}"
            else:
                known = f"{' '.join(map(_number, colour.channels))} {rgb}"
            self._file.operators[colour, grey] = known
        return known

    def _overprint(self, over: bool) -> None:
        if self._file.press and over is not self._over:
            self._over = over
            self._operators.append(f"/{_OVER if over else _KNOCK} gs")

    def _set_stroke(self, shape: Shape, colour: Colour) -> None:
        operator = self._ink(colour, "G", "RG", "K")
        self._overprint(colour == BLACK and shape.fill is None and shape.stroke_width < 2)
        if operator != self._stroke:
            self._stroke = operator
            self._operators.append(operator)
        dash = " ".join(map(_number, shape.dash))
        # a dash of no length is a dot, which only round ends make visible
        pen = f"{_number(shape.stroke_width)} w [{dash}] 0 d {1 if 0 in shape.dash[::2] else 0} J"
        if pen != self._pen:
            self._pen = pen
            self._operators.append(pen)

    def _text(self, text: Text) -> None:
        if not text.line.runs:
            return
        # solid black over a colour leaves no white rim where plates shift
        self._set_fill(text.colour, over=text.colour == BLACK)
        self._operators.append("BT")
        x = text.x
        for run in text.line.runs:
            size = text.size * run.scale
            face = self._file.face(run.face)
            self.faces[face] = None
            shown = face.show(run, text.word_space * 1000 / size, text.tracking * 1000 / size)
            self._operators.append(f"/{face.name} {_number(size)} Tf 1 0 0 1 {self._point(x, text.y)} Tm {shown}")
            x += run.width * text.size
            if text.tracking or text.word_space:
                spaces = sum(cell.text.count(" ") for cell in run.cells)
                x += text.tracking * len(run.cells) + text.word_space * spaces
        self._operators.append("ET")

    def _shape(self, shape: Shape) -> None:
        if not shape.steps or not (shape.fill or shape.stroke):
            return
        if shape.fill:
            self._set_fill(shape.fill)
        if shape.stroke:
            self._set_stroke(shape, shape.stroke)
        self._operators.append(self._outline(shape.steps))
        self._operators.append("B" if shape.fill and shape.stroke else "f" if shape.fill else "S")

    def _outline(self, steps: Iterable[Step]) -> str:
        parts: list[str] = []
        for step in steps:
            parts.extend(map(self._point, map(float, step[1::2]), map(float, step[2::2])))
            parts.append({"M": "m", "L": "l", "C": "c", "Z": "h"}[step[0]])
        return " ".join(parts)

    def _code(self, code: Code) -> None:
        """One path, filled once, so that no seam can show between modules.

        Its unit is the module, its first axis down and its second to the right: so a rectangle's first number is its
        row's, and the rest is the same for the same stretch of any row.
        """
        self._set_fill(BLACK)
        count = len(code.rows)
        right, down = _fine(code.box.width / count), _fine(-code.box.height / count)
        self._operators.append(f"q 0 {down} {right} 0 {self._point(code.box.x, code.box.y)} cm")
        stretches = _stretches(count)
        for number, row in enumerate(code.rows):
            found = [stretches[dark.span()] for dark in _DARK.finditer(f"{row:0{count}b}")]
            if found:
                self._operators.append(f"{number} " + f"\n{number} ".join(found))
        self._operators.append("f Q")

    def _picture(self, picture: Picture) -> None:
        name, reference = self._file.image(picture.image)
        self.objects[name] = reference
        box = picture.box
        self._operators.append("q")
        if picture.clip or picture.round:
            clip = picture.clip or box
            steps = _ellipse(clip) if picture.round else rectangle(clip).steps
            self._operators.append(f"{self._outline(steps)} W n")
        corner = self._point(box.x, box.bottom)
        self._operators.append(f"{_number(box.width)} 0 0 {_number(box.height)} {corner} cm /{name} Do Q")

    def _artwork(self, mark: Artwork) -> None:
        """A supplied page at its place; it begins in the state in which a page begins, not in ours."""
        name, reference, source = self._file.artwork(mark)
        self.objects[name] = reference
        box = mark.box
        across, down = box.width / source.size.width, box.height / source.size.height
        a, b, c, d, e, f = source.upright
        moved = (e * across + self._left + box.x, f * down + self._base - box.bottom)
        matrix = " ".join((*map(_fine, (a * across, b * down, c * across, d * down)), *map(_number, moved)))
        fresh = "0 g 0 G 1 w [] 0 d 0 J" + (f" /{_KNOCK} gs" if self._file.press else "")
        self._operators.append(f"q {self._outline(rectangle(mark.seen).steps)} W n {fresh} {matrix} cm /{name} Do Q")

    def paint_within(self, box: Box, marks: tuple[Mark, ...]) -> None:
        """Paint marks of which nothing is to be seen outside a box."""
        outside = (self._fill, self._stroke, self._pen, self._over)
        self._operators.append(f"q {self._outline(rectangle(box).steps)} W n")
        self.paint(marks)
        self._operators.append("Q")
        self._fill, self._stroke, self._pen, self._over = outside

    def _group(self, group: Group) -> None:
        a, b, c, d, e, f = matrix_of(group)
        # numbers of tagged content are a page's own, so that in a tagged file nothing is drawn once for many pages
        shared = group.shared and self._file.structure is None
        if (a, b) == (1, 0) and not shared:
            self._left, self._base = self._left + e, self._base - f
            self.paint(group.marks)
            self._left, self._base = self._left - e, self._base + f
            return
        # both systems have their y turned, so the two off-diagonal members change sign
        turned = " ".join(map(_fine, (a, -b, -c, d)))
        self._operators.append(f"q {turned} {self._point(e, f)} cm")
        if shared:
            name, reference = self._file.form(group.marks)
            self.objects[name] = reference
            self._operators.append(f"/{name} Do")
        else:
            outside = (self._left, self._base, self._fill, self._stroke, self._pen, self._over, self._frame)
            self._left = self._base = 0.0
            self._frame = len(self._operators)
            self.paint(group.marks)
            self._left, self._base, self._fill, self._stroke, self._pen, self._over, self._frame = outside
        self._operators.append("Q")


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are drawn from the right, though content is read from the left (Unicode's blocks of such scripts)."""

_DARK = re.compile("1+")


@lru_cache(maxsize=16)
def _stretches(count: int) -> dict[tuple[int, int], str]:
    """All but the first number of the rectangle for dark modules from one column up to another."""
    return {(at, end): f"{at} 1 {end - at} re" for at in range(count) for end in range(at + 1, count + 1)}


def _ellipse(box: Box) -> tuple[Step, ...]:
    (x, y), (across, down) = box.centre, (box.width / 2, box.height / 2)
    h, v = across * KAPPA, down * KAPPA
    return (
        ("M", box.right, y),
        ("C", box.right, y + v, x + h, box.bottom, x, box.bottom),
        ("C", x - h, box.bottom, box.x, y + v, box.x, y),
        ("C", box.x, y - v, x - h, box.y, x, box.y),
        ("C", x + h, box.y, box.right, y - v, box.right, y),
        ("Z",),
    )


def _navigate(file: _File, pages: Sequence[Page], places: Sequence[_Object]) -> None:
    """Links, named places, bookmarks and page labels; a link to a place that no page has is not pressable."""
    names: dict[str, str] = {}
    marked: list[tuple[Anchor, str]] = []
    links: list[list[tuple[Link, Matrix]]] = []
    for page, place in zip(pages, places, strict=True):
        links.append([])
        for mark, matrix in walk(page.marks):
            if isinstance(mark, Link):
                links[-1].append((mark, matrix))
            elif isinstance(mark, Anchor):
                top = page.size.height - place_box(Box(0, mark.y, 0, 0), matrix).y
                target = f"[{place.reference} /XYZ null {_number(top)} null]"
                names.setdefault(mark.name, target)
                if mark.title:
                    marked.append((mark, target))
    count = 0
    for page, place, found in zip(pages, places, links, strict=True):
        notes = []
        for link, matrix in found:
            if _pressable(link, file.anchors):
                number = file.structure.key(count) if file.structure else 0
                count += 1
                note = file.add(_annotation(link, place_box(link.box, matrix), page.size.height, number))
                notes.append(note)
                if file.structure:
                    file.structure.annotation(count - 1, note)
        if notes:
            place.body += f" /Annots [{' '.join(notes)}]".encode()
    if names:
        # a name tree is searched by the bytes of its keys (ISO 32000-1, 7.9.6)
        keyed = sorted((name.encode(), target) for name, target in names.items())
        tree = " ".join(f"<{key.hex()}> {target}" for key, target in keyed)
        file.catalogue(Names=f"<< /Dests << /Names [{tree}] >> >>")
    if marked:
        file.catalogue(Outlines=_bookmarks(file, marked), PageMode="/UseOutlines")
    if any(page.label for page in pages):
        labels = " ".join(f"{number} << /P {_string(page.label)} >>" for number, page in enumerate(pages))
        file.catalogue(PageLabels=f"<< /Nums [{labels}] >>")


def _pressable(link: Link, anchors: set[str] | None) -> bool:
    """Whether a link leads anywhere, in a file where links can be pressed."""
    return anchors is not None and (not link.target.startswith("#") or link.target[1:] in anchors)


def _name_of(link: Link) -> str:
    return _plain(link.label or link.target)


def _annotation(link: Link, box: Box, height: float, number: int) -> str:
    edges = " ".join(map(_number, (box.x, height - box.bottom, box.right, height - box.y)))
    if link.target.startswith("#"):
        target = f"/Dest <{link.target[1:].encode().hex()}>"
    else:
        target = f"/A << /S /URI /URI {_string(quote(link.target, safe=_URI_CHARACTERS))} >>"
    label = _string(_name_of(link))
    return (
        f"<< /Type /Annot /Subtype /Link /Rect [{edges}] /Border [0 0 0] /F 4 /StructParent {number}"
        f" /Contents {label} {target} >>"
    )


_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=-._~"
"""What may stand in a web address as it is (RFC 3986, 2)."""


def _bookmarks(file: _File, marked: Sequence[tuple[Anchor, str]]) -> str:
    """The reference to the outline, all its branches closed."""
    root = file.place()
    entries = [file.place() for _ in marked]
    parents: list[int] = []
    children: dict[int, list[int]] = {-1: []}
    branch: list[tuple[int, int]] = []
    for number, (anchor, _) in enumerate(marked):
        while branch and branch[-1][0] >= anchor.level:
            branch.pop()
        parents.append(branch[-1][1] if branch else -1)
        children.setdefault(parents[-1], []).append(number)
        branch.append((anchor.level, number))
    top = children[-1]
    root.body = (
        f"<< /Type /Outlines /First {entries[top[0]].reference} /Last {entries[top[-1]].reference} /Count {len(top)} >>"
    ).encode()
    for number, ((anchor, target), parent) in enumerate(zip(marked, parents, strict=True)):
        beside = children[parent]
        at = beside.index(number)
        parts = [f"/Title {_string(_plain(anchor.title))} /Dest {target}"]
        parts.append(f"/Parent {(entries[parent] if parent >= 0 else root).reference}")
        if at:
            parts.append(f"/Prev {entries[beside[at - 1]].reference}")
        if at + 1 < len(beside):
            parts.append(f"/Next {entries[beside[at + 1]].reference}")
        if below := children.get(number):
            first, last = entries[below[0]].reference, entries[below[-1]].reference
            parts.append(f"/First {first} /Last {last} /Count {-len(below)}")
        entries[number].body = f"<< {' '.join(parts)} >>".encode()
    return root.reference


def _xmp(title: str, author: str, subject: str, producer: str, language: str, claims: Sequence[str] = ()) -> bytes:
    """The same facts as in the file's Info dictionary, in XML (ISO 16684-1)."""
    facts = [
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Producer>{escape(producer)}</pdf:Producer>",
    ]
    facts += claims
    if author:
        facts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>")
    if subject:
        alternatives = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(subject)}</rdf:li></rdf:Alt>'
        facts.append(f"<dc:description>{alternatives}</dc:description>")
    return "\n".join(
        (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
            ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
            ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
            ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
            ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
            ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">',
            *facts,
            "</rdf:Description>",
            "</rdf:RDF>",
            "</x:xmpmeta>",
            '<?xpacket end="r"?>',
        )
    ).encode()


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def _plain(words: str) -> str:
    """Words for a place that holds one line and that XML can hold too."""
    return _CONTROLS.sub(" ", words).strip()


def _string(words: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    if words.isascii():
        return "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<feff{words.encode('utf-16-be').hex()}>"


def _number(value: float) -> str:
    """A number to a ten-thousandth of a point, never in the notation with an exponent."""
    written = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _fine(value: float) -> str:
    """A member of a matrix, which multiplies lengths."""
    written = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
