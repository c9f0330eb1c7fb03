"""Write sides of sheets as a PDF: every source page is a form, kept once however often it lies on a sheet."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from .. import __version__, pdfpages
from ..geometry import Box, Size
from ..packed import packed
from ..page import IDENTITY, Matrix, after, place_box
from ..pdfpages import A_FILE, DAMAGE, NEW_COPY, Source, array, entry, matrix_text
from ..problems import Stop
from . import marks as marking
from .marks import Marks
from .places import Slot


class Side(NamedTuple):
    """One side of a sheet: pages, marks, a line about it, and what the printer's own distortion is undone by."""

    slots: Sequence[Slot]
    marks: Marks
    whole: Box
    """From the first cut to the last."""
    inked: Box
    """How far ink reaches."""
    slug: Source | None = None
    correction: Matrix = IDENTITY
    """Of the side in points from the bottom left."""


@pdfpages.remarks([])
def write(
    reader: PdfReader,
    sources: Sequence[Source],
    sides: Iterable[Side],
    paper: Size,
    *,
    scale: float,
    preferences: dict[str, str],
    title: str,
    seed: bytes,
    what: str = A_FILE,
) -> bytes:
    """The file of all sides; equal sides from an equal source are equal files.

    Raises Stop where a page's content cannot be read.
    """
    writer = PdfWriter()
    forms = _Forms(writer, what)
    digest = hashlib.sha256(seed + repr((title, preferences)).encode())
    for side in sides:
        used, resources = DictionaryObject(), DictionaryObject()
        operators: list[str] = []
        for slot in side.slots:
            source = sources[slot.page]
            way = after(_fitted(source, slot.box, scale), _on_sheet(slot, paper))
            name, form = forms.form(source, _visible(source, slot.clip, way, paper))
            used[NameObject(name)] = form
            operators.append(f"q {matrix_text(way)} cm {name} Do Q")
        if drawn := marking.content(side.marks, paper):
            name, form = forms.marks("\n".join(drawn).encode(), paper)
            used[NameObject(name)] = form
            operators.append(f"{name} Do")
        if side.slug is not None and side.marks.slug is not None:
            place = side.marks.slug
            way = after(side.slug.upright, (1, 0, 0, 1, place.x, paper.height - place.bottom))
            said = pdfpages.decoded(side.slug.page).decode("latin-1")
            operators.append(f"q {matrix_text(way)} cm {said} Q")
            resources[NameObject("/Font")] = forms.fonts(side.slug)
        if side.correction != IDENTITY:
            operators = [f"q {matrix_text(side.correction)} cm", *operators, "Q"]
        content = "\n".join(operators).encode("latin-1")
        digest.update(content)
        page = PageObject()
        page[NameObject("/Type")] = NameObject("/Page")
        page[NameObject("/MediaBox")] = array((0, 0, paper.width, paper.height))
        page[NameObject("/BleedBox")] = _box(side.inked, paper)
        page[NameObject("/TrimBox")] = _box(side.whole, paper)
        if used:
            resources[NameObject("/XObject")] = used
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = writer._add_object(_stream(content))
        writer.add_page(page)
    wanted = {"/PrintScaling": "/None", **preferences}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in wanted.items()}
    )
    for key, value in pdfpages.carried(reader, what).items():
        writer.root_object[NameObject(key)] = value.clone(writer)
    return _finished(writer, reader, digest, title)


def _finished(writer: PdfWriter, reader: PdfReader, digest: hashlib._Hash, title: str) -> bytes:
    """The file with title, language and an identifier that depends on its content alone."""
    said = reader.metadata or DictionaryObject()
    known = {key: str(entry(said, key)) for key in ("/Title", "/Author", "/Subject") if key in said}
    if title:
        known["/Title"] = title
    writer.metadata = {**known, "/Producer": f"eventprint {__version__}"}
    if "/Lang" in reader.root_object:
        writer.root_object[NameObject("/Lang")] = TextStringObject(reader.root_object["/Lang"])
    name = ByteStringObject(digest.digest()[:16])
    writer._ID = ArrayObject((name, name))
    writer.pdf_header = "%PDF-1.7"
    writer.write(file := io.BytesIO())
    # a sheet is many small objects for few pages
    return packed(file.getvalue())


def _fitted(source: Source, place: Box, scale: float) -> Matrix:
    """Upright coordinates of the page made as large as its place, and centred there; at full size where it can be."""
    size = source.size
    if scale != 1:
        scale = min(place.width / size.width, place.height / size.height)
    left, below = (place.width - size.width * scale) / 2, (place.height - size.height * scale) / 2
    return after(source.upright, (scale, 0, 0, scale, left, below))


def _on_sheet(slot: Slot, paper: Size) -> Matrix:
    """From upright coordinates of the page to the sheet's, both from the bottom left."""
    if slot.turned:
        return (-1, 0, 0, -1, slot.box.right, paper.height - slot.box.y)
    return (1, 0, 0, 1, slot.box.x, paper.height - slot.box.bottom)


def _visible(source: Source, clip: Box, way: Matrix, paper: Size) -> Box:
    """The part of a page that prints, in its own coordinates: its bleed as far as its place on the sheet allows."""
    bleed = place_box(source.bleed, way)
    allowed = Box(clip.x, paper.height - clip.bottom, clip.width, clip.height)
    x, y = max(bleed.x, allowed.x), max(bleed.y, allowed.y)
    width, height = min(bleed.right, allowed.right) - x, min(bleed.bottom, allowed.bottom) - y
    return place_box(Box(x, y, max(width, 0.0), max(height, 0.0)), _inverse(way))


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


class _Forms:
    """Form XObjects by what they show, so that pages alike, such as the backs of all badges, are kept once."""

    def __init__(self, writer: PdfWriter, what: str) -> None:
        self._writer = writer
        self._what = what
        self._made: dict[tuple[object, ...], tuple[str, PdfObject]] = {}
        self._shared: dict[str, PdfObject] = {}

    def form(self, source: Source, visible: Box) -> tuple[str, PdfObject]:
        """The name and the form of a page, cut to a box in the page's own coordinates."""
        try:
            return self._form(source, visible)
        except DAMAGE:
            raise Stop(f"page {source.number} of {self._what} is damaged", NEW_COPY) from None

    def _form(self, source: Source, visible: Box) -> tuple[str, PdfObject]:
        data, coding, resources, group = pdfpages.form(source, self._what)
        shared = {"/Resources": self._share(resources)}
        if group is not None:
            shared["/Group"] = self._share(group)
        box = array((visible.x, visible.y, visible.right, visible.bottom))
        key = (data, repr(coding), repr(shared), repr(box))
        if key not in self._made:
            form = StreamObject()
            form.set_data(data)
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            form[NameObject("/BBox")] = box
            for name, value in coding.items():
                form[NameObject(name)] = value.clone(self._writer)
            for name, value in shared.items():
                form[NameObject(name)] = value
            self._made[key] = (f"/P{len(self._made) + 1}", self._writer._add_object(form))
        return self._made[key]

    def marks(self, content: bytes, paper: Size) -> tuple[str, PdfObject]:
        """The name and the form of marks; most sheets have the same ones."""
        key = (content,)
        if key not in self._made:
            form = _stream(content)
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            form[NameObject("/BBox")] = array((0, 0, paper.width, paper.height))
            plates = DictionaryObject({NameObject("/All"): _separation_all()})
            form[NameObject("/Resources")] = DictionaryObject({NameObject("/ColorSpace"): plates})
            self._made[key] = (f"/P{len(self._made) + 1}", self._writer._add_object(form))
        return self._made[key]

    def fonts(self, source: Source) -> PdfObject:
        """The fonts of a page."""
        resources = entry(source.page, "/Resources")
        assert isinstance(resources, DictionaryObject)
        return self._share(resources.raw_get("/Font"))

    def _share(self, value: PdfObject) -> PdfObject:
        """A reference to a value that many pages have alike, such as their fonts."""
        key = repr(value)
        if key not in self._shared:
            copy = value.clone(self._writer)
            self._shared[key] = copy if isinstance(copy, IndirectObject) else self._writer._add_object(copy)
        return self._shared[key]


def _separation_all() -> ArrayObject:
    """The colour of registration: all plates at once (ISO 32000-1, 8.6.6.4)."""
    tint = DictionaryObject(
        {
            NameObject("/FunctionType"): NumberObject(2),
            NameObject("/Domain"): array((0, 1)),
            NameObject("/C0"): array((0, 0, 0, 0)),
            NameObject("/C1"): array((1, 1, 1, 1)),
            NameObject("/N"): NumberObject(1),
        }
    )
    return ArrayObject((NameObject("/Separation"), NameObject("/All"), NameObject("/DeviceCMYK"), tint))


def _box(box: Box, paper: Size) -> ArrayObject:
    """A box of a sheet, cut to it, in the file's frame."""
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.right, paper.width), min(box.bottom, paper.height)
    return array((left, paper.height - bottom, right, paper.height - top))


def _stream(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(zlib.compress(content))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream
