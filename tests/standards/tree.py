"""The tree of tags as three strangers read it: pikepdf's objects, PDFium and pdf.js; and what no validator asks of it.

veraPDF knows whether a tree is well formed. Whether it says the right things in the right order, and each once, is
asked here: `faults` names what somebody who hears the file would stumble over.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Node:
    """A tag with what is in it, in reading order: other tags, and the text of pieces of a page's content."""

    role: str
    kids: list[Node | str] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    """What it says in place of its pieces."""
    scope: str = ""
    place: bool = False
    """Whether it says where on the page it is."""
    lists: str = ""
    """How the items of a list are numbered."""
    pages: set[int] = field(default_factory=set)

    @property
    def said(self) -> str:
        """All of its words; where a line ends, and at the end of a tag, is a space, but not after a soft hyphen."""
        parts = [self.actual] if self.actual else [kid if isinstance(kid, str) else kid.said for kid in self.kids]
        return re.sub(r"\s+", " ", re.sub("\u00ad\\s*", "", " ".join(parts))).strip()

    def all(self, role: str = "") -> Iterator[Node]:
        """This tag and all within, in reading order; those of one role where it is given."""
        if role in ("", self.role):
            yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all(role)

    def blocks(self) -> Iterator[Node]:
        """The tags that have text or a picture of their own, in reading order."""
        if self.role == "Figure" or any(isinstance(kid, str) for kid in self.kids):
            yield self
        else:
            for kid in self.kids:
                if isinstance(kid, Node):
                    yield from kid.blocks()

    @property
    def rows(self) -> list[list[str]]:
        """Of a table: its rows, cell by cell."""
        return [[cell.said for cell in row.kids if isinstance(cell, Node)] for row in self.all("TR")]


# pikepdf: the whole file


def whole(pdf: bytes) -> Node:
    """The tree of the whole file, through its objects; the text is what PDFium finds at each number."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [contents(page) for page in document]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        root = opened.Root.StructTreeRoot.K
        (top,) = root if isinstance(root, pikepdf.Array) else [root]
        return _element(top, None, numbers, found)


def _element(element: Any, page: int | None, numbers: dict[tuple[int, int], int], found: list[dict[int, str]]) -> Node:
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    node = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")), actual=str(element.get("/ActualText", "")))
    told = element.get("/A", ())
    for attributes in told if isinstance(told, pikepdf.Array) else [told] if told != () else []:
        node.place = node.place or "/BBox" in attributes
        node.scope = str(attributes.get("/Scope", "/"))[1:] or node.scope
        node.lists = str(attributes.get("/ListNumbering", "/"))[1:] or node.lists
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, (pikepdf.Array, tuple)) else [kids]:
        if isinstance(kid, int):
            assert page is not None
            node.kids.append(found[page].get(kid, ""))
            node.pages.add(page)
        elif kid.get("/Type") == "/MCR":
            at = numbers[kid.Pg.objgen] if "/Pg" in kid else page
            assert at is not None
            node.kids.append(found[at].get(int(kid.MCID), ""))
            node.pages.add(at)
        elif kid.get("/Type") == "/OBJR":
            node.kids.append(Node("OBJR", alt=str(kid.Obj.get("/Contents", ""))))
        else:
            assert kid.P.objgen == element.objgen, "a tag names another parent than the one that has it"
            inner = _element(kid, page, numbers, found)
            node.kids.append(inner)
            node.pages |= inner.pages
    return node


# PDFium: page by page


def by_pdfium(pdf: bytes) -> list[Node]:
    """The tree of each page as PDFium, the reader of Chromium, gives it to a screen reader."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> Node:
    found = contents(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    made = Node("Page")
    for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        made.kids.append(_pdfium(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), found))
    pdfium.FPDF_StructTree_Close(tree)
    return made


def _pdfium(element: Any, found: dict[int, str]) -> Node:
    node = Node(_words(pdfium.FPDF_StructElement_GetType, element))
    node.alt = _words(pdfium.FPDF_StructElement_GetAltText, element)
    node.actual = _words(pdfium.FPDF_StructElement_GetActualText, element)
    node.scope = _scope(element)
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if kid:
            node.kids.append(_pdfium(kid, found))
        elif number in found:
            node.kids.append(found[number])
        elif node.role == "TR":
            # a cell with nothing in it, which PDFium counts and does not give
            node.kids.append(Node("TD"))
    return node


def _scope(element: Any) -> str:
    for at in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, at)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, b"Scope")
        if value:
            length = ctypes.c_ulong()
            buffer = ctypes.create_string_buffer(64)
            pdfium.FPDF_StructElement_Attr_GetStringValue(value, buffer, 64, length)
            return buffer.raw[: length.value].decode("utf-16-le").rstrip("\0")
    return ""


def _words(ask: Callable[[Any, Any, int], int], element: Any) -> str:
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


def contents(page: pypdfium2.PdfPage) -> dict[int, str]:
    """What PDFium finds under each number of marked content of a page."""
    found: dict[int, str] = {}
    textpage = pdfium.FPDFText_LoadPage(page.raw)
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        _content(pdfium.FPDFPage_GetObject(page.raw, at), textpage, found)
    pdfium.FPDFText_ClosePage(textpage)
    return found


def _content(thing: Any, textpage: Any, found: dict[int, str]) -> None:
    number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
    kind = pdfium.FPDFPageObj_GetType(thing)
    if number < 0:
        return
    found.setdefault(number, "")
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        size = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        pdfium.FPDFTextObj_GetText(thing, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        found[number] += buffer.raw[:size].decode("utf-16-le").rstrip("\0")


# pdf.js: page by page


def by_pdfjs(told: dict[str, Any]) -> list[Node]:
    """The tree of each page out of what `node.pdfjs` tells of a file."""
    made = []
    for page in told["pages"]:
        names = {link["id"]: link["name"] for link in page["links"]}
        tree = page["tree"] or {"role": "Root", "children": []}
        made.append(Node("Page", [_pdfjs(kid, page["pieces"], names) for kid in tree["children"]]))
    return made


def _pdfjs(told: dict[str, Any], pieces: dict[str, str], names: dict[str, str]) -> Node:
    node = Node(told["role"], alt=told.get("alt", ""))
    for kid in told["children"]:
        if kid.get("type") == "content":
            node.kids.append(pieces.get(kid["id"], ""))
        elif kid.get("type") in ("annotation", "object"):
            node.kids.append(Node("OBJR", alt=names.get(kid["id"], "")))
        else:
            node.kids.append(_pdfjs(kid, pieces, names))
    return node


# What nobody else asks


def faults(tree: Node) -> dict[str, str]:
    """What somebody who hears the whole file would stumble over, and where."""
    return dict([*_twice(tree), *_apart(tree), *_lists(tree), *_headings(tree), *_figures(tree)])


def _twice(tree: Node) -> Iterator[tuple[str, str]]:
    """A table's headings are read once: not again where it goes on, nor at the head of a table that is the same one."""
    for table in tree.all("Table"):
        seen: set[str] = set()
        for row in table.all("TR"):
            cells = [cell for cell in row.kids if isinstance(cell, Node)]
            if len(cells) > 1 and all(cell.role == "TH" for cell in cells):
                if row.said in seen:
                    yield "headings read twice", row.said
                seen.add(row.said)
    tables = [kid for kid in tree.all() if kid.role in ("Table", *_BETWEEN)]
    for one, other in pairwise(tables):
        if one.role == other.role == "Table" and one.rows and other.rows:
            heads = [next(table.all("TR")) for table in (one, other)]
            columns = all(cell.scope == "Column" for head in heads for cell in head.all("TH"))
            if columns and list(heads[0].all("TH")) and heads[0].said == heads[1].said:
                yield "headings read twice", heads[1].said


_BETWEEN = ("H1", "H2", "H3", "P")


def _apart(tree: Node) -> Iterator[tuple[str, str]]:
    """A link is read where its words stand, and has a name."""
    for link in tree.all("Link"):
        notes = [kid for kid in link.kids if isinstance(kid, Node) and kid.role == "OBJR"]
        if not link.said:
            yield "a link without its words", link.alt or (notes[0].alt if notes else "")
        if not notes or not all(note.alt for note in notes):
            yield "a link without a name", link.said


def _lists(tree: Node) -> Iterator[tuple[str, str]]:
    """A list is made of items, an item of a body and at most a label; a line that begins like an item is one."""
    for node in tree.all():
        roles = [kid.role for kid in node.kids if isinstance(kid, Node)]
        if node.role == "L" and set(roles) - {"LI", "L", "Caption"}:
            yield "a list of something else", node.said
        if node.role == "LI" and roles not in (["LBody"], ["Lbl", "LBody"]):
            yield "an item without a body", node.said
        if node.role == "P" and re.match(r"(?:[•‣]|–)(?:\s|$)", node.said):
            yield "an item outside a list", node.said


def _headings(tree: Node) -> Iterator[tuple[str, str]]:
    """A heading says something."""
    for node in tree.all():
        if re.fullmatch("H[1-6]", node.role) and not node.said:
            yield "a heading without words", node.role


def _figures(tree: Node) -> Iterator[tuple[str, str]]:
    """A figure says what it shows, and where it is: what is read aloud can then be pointed to."""
    for figure in tree.all("Figure"):
        if not figure.place:
            yield "a figure without its place", figure.alt
        if not figure.alt.strip():
            yield "a figure without words", figure.said
