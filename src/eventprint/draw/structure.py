"""What a file says to somebody who hears it: a tree of headings, paragraphs, lists, tables, figures and links.

The tree follows the order in which marks are painted, which is the order they are read in. It is built while pages are
painted and written at the end. Names and numbers of clauses: ISO 32000-1, 14.8, and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..page import Role, TableCell, Text

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


class Structure:
    """The tree of one file."""

    def __init__(self) -> None:
        self._root = Element("Document", None)
        self._contents: list[list[Element]] = []
        """For each page the nodes of its pieces of content, by number."""
        self._links: list[Element] = []
        self._open: dict[tuple[object, ...], Element] = {}
        self._level = 0
        self._list: Element | None = None

    def page(self) -> None:
        """Begin the next page; what is numbered below zero belongs to one page and ends with it."""
        self._contents.append([])
        self._open = {key: element for key, element in self._open.items() if isinstance(key[1], int) and key[1] > 0}

    def text(self, text: Text) -> tuple[str, int]:
        """The tag and the number of a line of text on the page at hand."""
        if text.cell is not None:
            element = self._cell(text.cell, text.role)
        elif text.role is Role.ITEM:
            element = self._item(text.block)
        else:
            element = self._kept(("block", text.block, text.role), lambda: self._paragraph(text.role))
        return self._piece(element)

    def figure(self, alternative: str, box: str) -> tuple[str, int]:
        """The tag and the number of a picture that says something; `box` is its place on the page."""
        said = f" /Alt {alternative} /A << /O /Layout /Placement /Block /BBox [{box}] >>"
        return self._piece(self._new("Figure", said))

    def link(self, annotation: str, label: str) -> None:
        """Take in a link, which is an annotation and not content."""
        element = Element("Link", self._new("P"), f" /Alt {label}")
        element.kids.append(annotation)
        self._links.append(element)

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
        self._list = None
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

    def _item(self, block: int) -> Element:
        def made() -> Element:
            if self._list is None:
                self._list = Element("L", self._root)
            return Element("LBody", Element("LI", self._list))

        return self._kept(("item", block), made)

    def _cell(self, cell: TableCell, role: Role) -> Element:
        table = self._kept(("table", cell.table), lambda: self._new("Table"))
        row = self._kept(("row", cell.table, cell.row), lambda: Element("TR", table, order=cell.row))
        if role is Role.HEADER:
            scope = " /A << /O /Table /Scope /" + ("Column" if cell.row == 0 else "Row") + " >>"
            make = lambda: Element("TH", row, scope, cell.column)  # noqa: E731
        else:
            make = lambda: Element("TD", row, "", cell.column)  # noqa: E731
        return self._kept(("cell", cell.table, cell.row, cell.column), make)

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
