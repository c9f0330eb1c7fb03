"""Boxes, fonts and the rest of a PDF that is not ink: the door through which pypdf comes in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError

from ..geometry import Box, Size
from ..page import Matrix, Page, after
from ..pdfpages import DAMAGE, remarks
from . import catalogue, marked
from .content import Content
from .facts import Face, File, Ink, Side, Typeface, Work, flipped, past
from .limits import Spec
from .objects import box_of, descendant, is_embedded, value_of
from .values import faces


def open_pdf(pdf: bytes, spec: Spec, pages: Sequence[Page], size: Size | None, sheets: bool, inks: bool = True) -> Work:
    """Everything there is to look at; a file that cannot be read has a reason for it and nothing else.

    Where there are page values, what the file itself draws is read only if `inks` are asked for.
    """
    work = Work(spec, File(), [], faces(pages), pages, size, sheets)
    with remarks(work.file.repaired):
        try:
            reader = PdfReader(io.BytesIO(pdf))
            work.file.encrypted = reader.is_encrypted
            if reader.is_encrypted and not reader.decrypt(""):
                work.file.broken = "it is locked with a password"
                return work
            _read(reader, work, inks)
            work.file.document = catalogue.read(reader, len(pdf))
            _hear(reader, work)
        except DependencyError:
            # only ciphers need packages that are not there
            work.file.encrypted, work.file.broken = True, "it is encrypted"
        except DAMAGE as damage:
            work.file.broken = _said(damage)
            work.sides.clear()
    return work


def _read(reader: PdfReader, work: Work, inks: bool) -> None:
    fonts, blends = Fonts(work.file.fonts), Blends(work.file.blends)
    content, flip = Content(), _Flip()
    known: set[frozenset[bytes]] = set()
    for number, page in enumerate(reader.pages, 1):
        side = _side(number, page)
        work.sides.append(side)
        fonts.visit(page.get("/Resources"), number)
        for note in value_of(page, "/Annots") or ():
            fonts.visit_shapes(value_of(note.get_object(), "/AP"), number)
        blends.visit(page, number)
        own = work.faces[number - 1] if work.pages and not work.sheets and number <= len(work.faces) else None
        artwork = own is not None and any(ink.kind == "artwork" for ink in own.inks)
        if work.pages and not inks and not artwork:
            continue
        if own is not None and not artwork and len(work.pages) > _MANY and _is_known(page, known):
            continue
        trim = side.sight
        bleed = side.bleed or side.media
        drawn = tuple(flip.down(ink, trim) for ink in _content(content, page, side, work))
        reach = past(flipped(bleed, trim), Box.of(trim.size))
        paper = flipped(side.media, trim)
        face = Face(number, Box.of(trim.size), paper, reach, drawn, cut=side.trim is not None)
        face.declared = bool(work.file.damaged) and work.file.damaged[-1][0] == number
        work.drawn.append(face)
        if not work.pages:
            work.faces.append(face)
        elif own is not None and artwork:
            marks = [ink if ink.kind != "picture" else ink._replace(ppi=0.0) for ink in own.inks]
            # a page value knows its own pictures but not those inside artwork; the file knows both
            own.inks = (*marks, *(ink for ink in drawn if ink.kind == "picture" and ink.ppi))
    fonts.visit(value_of(value_of(reader.root_object, "/AcroForm") or {}, "/DR"), 0)
    _read_catalog(reader, work.file)


_MANY = 40
"""In files of ours of more pages than this, a page is read only where it is drawn with something new."""

_SETS = frozenset(
    (b" k", b" K", b" g", b" G", b"rg", b"RG", b" w", b" d", b" J", b"gs", b"cs", b"CS", b"cn", b"CN", b"Do")
)
"""How lines of ours end that set inks, overprint and pens, or show forms and pictures."""


def _is_known(page: Any, known: set[frozenset[bytes]]) -> bool:
    """Whether a page of ours is drawn with the same inks, sizes and forms as one that was read before."""
    content = value_of(page, "/Contents")
    lines = content.get_data().split(b"\n") if content is not None else []
    drawn_with = {line for line in lines if line[-2:] in _SETS}
    # a line of text begins with its font and size
    drawn_with |= {line[: line.index(b" Tf")] for line in lines if line[-2:] == b"TJ" and b" Tf" in line}
    if drawn_with in known:
        return True
    known.add(frozenset(drawn_with))
    return False


def _hear(reader: PdfReader, work: Work) -> None:
    """Read the content of pages for what can be heard of it.

    Of our own pages that claim nothing of the kind only those with artwork on them are unknown.
    """
    spoken = any(claim.family == "UA" or claim.level in ("a", "u") for claim in work.file.document.claims)
    heard = marked.Reader()
    damaged = {number for number, _ in work.file.damaged}
    for number, page in enumerate(reader.pages, 1):
        own = (
            number <= len(work.pages)
            and not work.sheets
            and not any(ink.kind == "artwork" for ink in work.faces[number - 1].inks)
        )
        if number in damaged or (own and not spoken):
            continue
        try:
            work.file.readings.append(heard.page(page, number))
        except DAMAGE as damage:
            work.file.damaged.append((number, _said(damage)))


class _Flip:
    """Turns marks into the frame of the trim, those that many pages share once."""

    def __init__(self) -> None:
        self.trim: Box | None = None
        self.known: dict[int, tuple[Ink, Ink]] = {}

    def down(self, ink: Ink, trim: Box) -> Ink:
        if trim != self.trim:
            self.trim, self.known = trim, {}
        found = self.known.get(id(ink))
        if found is None:
            turn: Matrix = (1, 0, 0, -1, -trim.x, trim.bottom)
            turned = ink._replace(
                box=flipped(ink.box, trim),
                solid=flipped(ink.solid, trim) if ink.solid else None,
                matrix=after(ink.matrix, turn),
                clips=tuple(clip._replace(matrix=after(clip.matrix, turn)) for clip in ink.clips),
            )
            # the mark itself is kept, for an id is only good as long as its object lives
            found = self.known[id(ink)] = (ink, turned)
        return found[1]


def _content(content: Content, page: Any, side: Side, work: Work) -> list[Ink]:
    """The ink of a page; a page that cannot be read is noted, so that the others still are."""
    try:
        return content.page(page, side.media)
    except DAMAGE as damage:
        work.file.damaged.append((side.number, _said(damage)))
        return []


def _said(damage: BaseException) -> str:
    return " ".join(str(damage).split())[:200] or type(damage).__name__


def _read_catalog(reader: PdfReader, file: File) -> None:
    root = reader.root_object
    names = value_of(root, "/Names") or {}
    form = value_of(root, "/AcroForm") or {}
    file.form = bool(value_of(form, "/Fields") or value_of(form, "/XFA"))
    file.attached = value_of(names, "/EmbeddedFiles") is not None or bool(value_of(root, "/AF"))


def _side(number: int, page: Any) -> Side:
    media = box_of(page, "/MediaBox")
    if media is None:
        raise ValueError(f"page {number} has no size")
    notes = []
    for each in value_of(page, "/Annots") or ():
        annotation = each.get_object()
        notes.append((str(value_of(annotation, "/Subtype") or "unknown").lstrip("/"), box_of(annotation, "/Rect")))
    return Side(
        number,
        media,
        box_of(page, "/CropBox"),
        box_of(page, "/TrimBox"),
        box_of(page, "/BleedBox"),
        box_of(page, "/ArtBox"),
        int(value_of(page, "/Rotate") or 0) % 360,
        float(value_of(page, "/UserUnit") or 1),
        tuple(notes),
        page.get("/Contents") is not None,
    )


class Blends:
    """Finds the colour spaces that transparency is mixed in, each dictionary once (ISO 32000-1, 11.4.7 and 11.6.6)."""

    def __init__(self, found: dict[str, list[int]]) -> None:
        self.found = found
        self.known: dict[int, frozenset[str]] = {}
        self.kept: list[Any] = []

    def visit(self, page: Any, number: int) -> None:
        for space in self._of_group(page) | self._behind(page.get("/Resources")):
            self.found.setdefault(space, []).append(number)

    def _of_group(self, holder: Any) -> frozenset[str]:
        space = value_of(value_of(holder, "/Group") or {}, "/CS")
        if space is None:
            return frozenset()
        return frozenset({str(space[0].get_object() if isinstance(space, list) else space).lstrip("/")})

    def _behind(self, resources: Any) -> frozenset[str]:
        """The spaces of all groups that resources name, at any depth."""
        if resources is None:
            return frozenset()
        resources = resources.get_object()
        if id(resources) in self.known:
            return self.known[id(resources)]
        self.known[id(resources)] = frozenset()  # for forms that name themselves
        self.kept.append(resources)
        found: frozenset[str] = frozenset()
        for kind in ("/XObject", "/Pattern"):
            for each in (value_of(resources, kind) or {}).values():
                found |= self._form(each.get_object())
        for state in (value_of(resources, "/ExtGState") or {}).values():
            soft = value_of(state.get_object(), "/SMask")
            mask = value_of(soft, "/G") if isinstance(soft, Mapping) else None
            if isinstance(mask, Mapping):
                # a mask made of brightness may be grey (GWG 2022, R0030)
                grey = {"DeviceGray"} if value_of(soft, "/S") == "/Luminosity" else set()
                found |= self._of_group(mask) - grey | self._behind(mask.get("/Resources"))
        self.known[id(resources)] = found
        return found

    def _form(self, form: Any) -> frozenset[str]:
        if not isinstance(form, Mapping) or value_of(form, "/Subtype") == "/Image":
            return frozenset()
        if id(form) not in self.known:
            self.known[id(form)] = frozenset()
            self.kept.append(form)
            self.known[id(form)] = self._of_group(form) | self._behind(form.get("/Resources"))
        return self.known[id(form)]


class Fonts:
    """Finds the fonts behind resources, each dictionary once."""

    def __init__(self, found: dict[Typeface, list[int]]) -> None:
        self.found = found
        self.known: dict[int, frozenset[Typeface]] = {}
        self.kept: list[Any] = []

    def visit(self, resources: Any, number: int) -> None:
        for font in self._behind(resources):
            pages = self.found.setdefault(font, [])
            if number not in pages[-1:]:
                pages.append(number)

    def visit_shapes(self, shapes: Any, number: int) -> None:
        """The fonts of what an annotation looks like: a form for each state, or for each name of one."""
        for shape in shapes.values() if isinstance(shapes, Mapping) else ():
            form = shape.get_object()
            if isinstance(form, Mapping):
                self.visit(form.get("/Resources"), number)
                self.visit_shapes(None if hasattr(form, "get_data") else form, number)

    def _behind(self, resources: Any) -> frozenset[Typeface]:
        """The fonts of resources and of all forms and patterns they name."""
        if resources is None:
            return frozenset()
        resources = resources.get_object()
        known = self.known.get(id(resources))
        if known is not None:
            return known
        self.known[id(resources)] = frozenset()  # for forms that name themselves
        self.kept.append(resources)  # an id is only good as long as its object lives
        fonts: set[Typeface] = set()
        for font in (value_of(resources, "/Font") or {}).values():
            fonts |= self._font(font.get_object())
        for kind in ("/XObject", "/Pattern"):
            for each in (value_of(resources, kind) or {}).values():
                fonts |= self._behind(each.get_object().get("/Resources"))
        for state in (value_of(resources, "/ExtGState") or {}).values():
            soft = value_of(state.get_object(), "/SMask")
            if isinstance(soft, Mapping):
                fonts |= self._behind((value_of(soft, "/G") or {}).get("/Resources"))
        self.known[id(resources)] = frozenset(fonts)
        return self.known[id(resources)]

    def _font(self, font: Any) -> frozenset[Typeface]:
        known = self.known.get(id(font))
        if known is not None:
            return known
        self.kept.append(font)
        kind = str(value_of(font, "/Subtype") or "").lstrip("/")
        holder = font
        if kind == "Type0":
            holder = descendant(font)
        name = str(value_of(font, "/BaseFont") or value_of(font, "/Name") or "without a name").lstrip("/")
        typeface = Typeface(name, kind, is_embedded(holder), re.match(r"[A-Z]{6}\+", name) is not None)
        inner = self._behind(font.get("/Resources")) if kind == "Type3" else frozenset()
        self.known[id(font)] = inner | {typeface}
        return self.known[id(font)]
