"""What a file says to somebody who hears it: a tree of headings, paragraphs, lists, tables, figures and links.

The tree follows the order in which marks are painted, which is the order they are read in. It is built while pages are
painted and written at the end. Names and numbers of clauses: ISO 32000-1, 14.8, and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..geometry import Box
from ..page import ListItem, Role, TableCell, Text

_HEADINGS = {Role.H1: 1, Role.H2: 2, Role.H3: 3}


class Writer(Protocol):
    """What the tree needs of the file it is written to."""

    def add(self, body: str) -> str: ...
    def reserve(self) -> tuple[str, Callable[[str], None]]: ...


class Element:
    """A node: what it is, what is in it in reading order, and which one it is in."""

    __slots__ = ("attributes", "kids", "order", "parent", "role")

    def __init__(self, role: str, parent: Element | None, attributes: str = "", order: int = 0) -> None:
        self.role, self.parent, self.attributes, self.order = role, parent, attributes, order
        self.kids: list[Element | tuple[int, int] | str] = []
        """Nodes; pieces of a page's content, by page and number; annotations, by reference."""
        if parent is not None:
            parent.kids.append(self)


class _List:
    """A list that may get more items: how deep it lies in others, its last item and what stands in that."""

    __slots__ = ("body", "depth", "item", "number", "whole")

    def __init__(self, depth: int, inside: Element) -> None:
        self.depth, self.number = depth, 0
        self.whole = Element("L", inside)
        self.item = self.body = self.whole


class Structure:
    """The tree of one file."""

    def __init__(self) -> None:
        self._root = Element("Document", None)
        self._contents: list[list[Element]] = []
        """For each page the nodes of its pieces of content, by number."""
        self._links: list[Element] = []
        """The nodes of annotations, in the order of these."""
        self._target = ""
        """Where the last of them leads."""
        self._here: list[tuple[int, Box, Element, tuple[int, int]]] = []
        """The texts of the page at hand: frame, place in it, node, piece."""
        self._open: dict[tuple[object, ...], Element] = {}
        self._level = 0
        self._lists: list[_List] = []
        """Those that the last text stands in, the outermost first."""
        self._toc: Element | None = None
        self._first: dict[Element, int] = {}
        """The number of the first paragraph in each cell."""

    def page(self) -> None:
        """Begin the next page; what is numbered below zero belongs to one page and ends with it."""
        self._contents.append([])
        self._here = []
        self._open = {key: element for key, element in self._open.items() if isinstance(key[1], int) and key[1] > 0}

    def text(self, text: Text, frame: int, place: Box, actual: str = "") -> tuple[str, int]:
        """The tag and the number of a line of text on the page at hand; places of one frame can be compared.

        `actual` is what it says where the order of its letters on the line is another one.
        """
        if text.cell is not None:
            element = self._cell(text.cell, text)
        elif text.item is not None:
            element = self._item(text.item, text)
        elif text.role is Role.CONTENTS:
            element = self._kept(("contents", text.block), self._entry)
        else:
            element = self._kept(("block", text.block, text.role), lambda: self._paragraph(text.role))
        if actual:
            element = Element("Span", element, f" /ActualText {actual}")
        made = self._piece(element)
        self._here.append((frame, place, element, (len(self._contents) - 1, made[1])))
        return made

    def figure(self, alternative: str, box: str) -> tuple[str, int]:
        """The tag and the number of a picture that says something; `box` is its place on the page."""
        said = f" /Alt {alternative} /A << /O /Layout /Placement /Block /BBox [{box}] >>"
        return self._piece(self._new("Figure", said))

    def link(self, frame: int, place: Box, target: str, label: str) -> None:
        """A place to press, which comes after its words: they are read as a link, where they stand.

        Words of one paragraph alone: those that come last. Lines below each other that lead to one place are one link.
        """
        x, y = place.x, place.y
        found = [
            (element, piece)
            for at, box, element, piece in self._here
            if at == frame and 0 <= box.centre[0] - x <= place.width and 0 <= box.centre[1] - y <= place.height
        ]
        home = found[-1][0] if found else None
        pieces = [piece for element, piece in found if element is home and piece in element.kids]
        if home is None or not pieces:
            self._links.append(Element("Link", self._new("P"), f" /Alt {label}"))
            return
        at = home.kids.index(pieces[0])
        link = self._links[-1] if self._links else None
        if link is None or not at or home.kids[at - 1] is not link or target != self._target or not self._is_here(link):
            link = Element("Link", None)
            link.parent = home
            home.kids.insert(at, link)
        for piece in pieces:
            home.kids.remove(piece)
            link.kids.append(piece)
            self._contents[-1][piece[1]] = link
        self._links.append(link)
        self._target = target

    def _is_here(self, element: Element) -> bool:
        """Whether an element has words on the page at hand."""
        return any(isinstance(kid, tuple) and kid[0] == len(self._contents) - 1 for kid in element.kids)

    def annotation(self, link: int, reference: str) -> None:
        """What is pressed, of a link by its number."""
        self._links[link].kids.append(reference)

    def key(self, link: int) -> int:
        """Under which number the tree finds a link, the first of them 0; pages come before."""
        return len(self._contents) + link

    def _piece(self, element: Element) -> tuple[str, int]:
        page = self._contents[-1]
        number = len(page)
        page.append(element)
        element.kids.append((len(self._contents) - 1, number))
        return element.role, number

    def _new(self, role: str, attributes: str = "") -> Element:
        self._lists, self._toc = [], None
        return Element(role, self._root, attributes)

    def _kept(self, key: tuple[object, ...], make: Callable[[], Element]) -> Element:
        """The node of a number, made where it is met first; 0 is nobody's number."""
        if not key[1]:
            return make()
        if key not in self._open:
            self._open[key] = make()
        return self._open[key]

    def _paragraph(self, role: Role) -> Element:
        if role in _HEADINGS:
            # a heading is at most one level below the one before it (ISO 14289-1, 7.4.2)
            self._level = min(_HEADINGS[role], self._level + 1)
            return self._new(f"H{self._level}")
        return self._new("Caption" if role is Role.CAPTION else "P")

    def _entry(self) -> Element:
        """The next line of the contents: what stands there refers to something."""
        self._toc = self._toc or Element("TOC", self._root)
        return Element("Reference", Element("TOCI", self._toc))

    def _item(self, item: ListItem, text: Text) -> Element:
        """The label or the body of an item; the second paragraph of a body, and more, are paragraphs in it."""
        while self._lists and self._lists[-1].depth > item.depth:
            self._lists.pop()
        if not self._lists or self._lists[-1].depth < item.depth:
            self._lists.append(_List(item.depth, self._lists[-1].body if self._lists else self._root))
        last = self._lists[-1]
        if last.number != item.number:
            last.number, last.item = item.number, Element("LI", last.whole)
            last.body = last.item
        if text.role is Role.LABEL:
            # a list with labels says of what kind they are (ISO 14289-1, 7.6)
            last.whole.attributes = f" /A << /O /List /ListNumbering /{_numbering(text.line.text)} >>"
            return Element("Lbl", last.item)

        def made() -> Element:
            if last.body is last.item:
                last.body = Element("LBody", last.item)
                return last.body
            return Element("P", last.body)

        return self._kept(("item", text.block), made)

    def _cell(self, cell: TableCell, text: Text) -> Element:
        """The cell itself for its first paragraph, and paragraphs in it for more: each person of a talk is one."""
        table = self._kept(("table", cell.table), lambda: self._new("Table"))
        row = self._kept(("row", cell.table, cell.row), lambda: Element("TR", table, order=cell.row))
        if text.role is Role.HEADER:
            scope = " /A << /O /Table /Scope /" + ("Column" if cell.row == 0 else "Row") + " >>"
            make = lambda: Element("TH", row, scope, cell.column)  # noqa: E731
        else:
            make = lambda: Element("TD", row, "", cell.column)  # noqa: E731
        key = ("cell", cell.table, cell.row, cell.column)
        new = key not in self._open
        whole = self._kept(key, make)
        if new:
            self._first[whole] = text.block
        if self._first[whole] == text.block or not text.block:
            return whole
        return self._kept(("cell", cell.table, cell.row, cell.column, text.block), lambda: Element("P", whole))

    def write(self, file: Writer, pages: list[str]) -> str:
        """The reference to the tree's root, all of it written; `pages` are those of its pages, in order."""
        self._complete_tables(self._root)
        root, finish_root = file.reserve()
        placed = {element: file.reserve() for element in self._walk(self._root)}
        for element, (_, finish) in placed.items():
            home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
            kids = []
            for kid in element.kids:
                if isinstance(kid, Element):
                    kids.append(placed[kid][0])
                elif isinstance(kid, str):
                    kids.append(f"<< /Type /OBJR /Obj {kid} >>")
                elif kid[0] == home:
                    kids.append(str(kid[1]))
                else:
                    kids.append(f"<< /Type /MCR /Pg {pages[kid[0]]} /MCID {kid[1]} >>")
            parent = placed[element.parent][0] if element.parent else root
            page = "" if home is None else f" /Pg {pages[home]}"
            told = f"/S /{element.role} /P {parent}{page}{element.attributes} /K [{' '.join(kids)}]"
            finish(f"<< /Type /StructElem {told} >>")
        numbers = [
            f"{number} [{' '.join(placed[element][0] for element in page)}]"
            for number, page in enumerate(self._contents)
        ]
        numbers += [f"{self.key(number)} {placed[element][0]}" for number, element in enumerate(self._links)]
        parents = file.add(f"<< /Nums [{' '.join(numbers)}] >>")
        finish_root(
            f"<< /Type /StructTreeRoot /K [{placed[self._root][0]}] /ParentTree {parents}"
            f" /ParentTreeNextKey {len(numbers)} >>"
        )
        return root

    def _walk(self, element: Element) -> Iterator[Element]:
        yield element
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._walk(kid)

    def _complete_tables(self, root: Element) -> None:
        """Cells in the order of their columns, and an empty one where a row has none (ISO 14289-1, 7.5)."""
        for table in (kid for kid in root.kids if isinstance(kid, Element) and kid.role == "Table"):
            rows = [row for row in table.kids if isinstance(row, Element)]
            cells = [{cell.order: cell for cell in row.kids if isinstance(cell, Element)} for row in rows]
            columns = sorted({column for row in cells for column in row})
            for row, found in zip(rows, cells, strict=True):
                row.kids = []
                for column in columns:
                    cell = found.get(column) or Element("TD", None)
                    cell.parent = row
                    row.kids.append(cell)


def _numbering(label: str) -> str:
    """The kind of a list by one of its labels (ISO 32000-1, table 347)."""
    return "Decimal" if label[:1].isdigit() else "Disc" if label.startswith("•") else "None"
