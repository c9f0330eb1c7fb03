"""Documents of word processors (docx, odt) as the lines their writers see: paragraphs, list items and tables.

Their styles become the signs of Markdown, for that is what the reader of texts knows: `#` before a heading, `-` before
a list item, `**` round what is bold as a whole; tables stay tables, in HTML, with a line for each row. What was
deleted, comments, notes and fields are left out. docx: ECMA-376, part 1, 17; odt: OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape

from . import markup
from .markup import Element
from .packages import OLE, Refused, unpacked
from .values import dataclass

LARGEST = 20_000_000
"""Bytes of a document's text with its marks; a book has fewer."""
MOST = 1_000
"""Columns and rows that one cell may span, and spaces that one sign may stand for."""

_SIGNS = re.compile(r"[\\*`~\[<]|(?<!\w)_|_(?!\w)|^[#>+|-]")
"""What Markdown would take for a sign of its own."""


_NAMED = re.compile(r"&(?=#?\w+;)")
"""What HTML would take for the name of a letter."""


def is_document(data: bytes) -> bool:
    """Whether bytes look like docx or odt: a ZIP with their parts in it."""
    return data.startswith(b"PK\x03\x04") and (
        b"word/document" in data or b"application/vnd.oasis.opendocument.text" in data[:200]
    )


def way_out(data: bytes) -> str:
    """What to do with a kind of document that is known and not read; nothing where it is read, or is none."""
    if data.startswith(b"%PDF"):
        return "open it, copy its text into a text file, such as agenda.txt, and give that file"
    if data.startswith(b"{\\rtf") or (data.startswith(OLE) and _OLD_WORD in data):
        return "open it in a word processor and save it again as docx"
    if data.startswith(b"PK\x03\x04") and (b"ppt/presentation.xml" in data or b"Index/Document.iwa" in data):
        return "open it in the program it was made with and export it as docx, xlsx or plain text"
    return ""


_OLD_WORD = "WordDocument".encode("utf-16-le")
"""The stream of a doc ([MS-DOC], 2.1.1)."""


def text_of(data: bytes, name: str) -> str:
    """What a document says, a line for each paragraph and each row of a table.

    Raises Refused where it is damaged, needs a password, or is far more than a document.
    """
    parts = unpacked(data, "document")
    main = next((part for part in parts if re.fullmatch(r"word/document\d{0,3}\.xml|content\.xml", part)), "")
    if not main:
        raise Refused("is damaged: its text is missing")
    if len(parts[main]) > LARGEST:
        raise Refused("holds far more text than any agenda")
    read = markup.parse(parts[main], name)
    if read.root is None or read.refused:
        raise Refused(f"is damaged: {read.fault or 'its text is missing'}")
    if main == "content.xml":
        lines = _Open(read.root).lines()
    else:
        styles = markup.parse(parts.get("word/styles.xml", b""), name).root
        lines = _Word(_levels(styles)).lines(read.root)
    return "\n".join(lines) + "\n"


def as_seen(line: str) -> str:
    """A line of `text_of` as its writer knows it: a table's row as its cells, a paragraph without its signs."""
    if line.startswith(("<table><tr>", "<tr>")):
        cells = re.split(r"</t[dh]><t[dh][^>]*>", line)
        return " | ".join(unescape(_TAGS.sub("", cell).replace("<br>", " / ")) for cell in cells)
    return unescape(re.sub(r"\\(.)", r"\1", re.sub(r"^#+ |^(\s*- )?(\*\*|~~)|(\*\*|~~)$", r"\1", line)))


_TAGS = re.compile(r"</?t(?:able|r|d|h)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    heading: int = 0
    depth: int = -1
    """Of a list item, from 0."""
    bold: bool = False
    struck: bool = False

    def lines(self) -> Iterator[str]:
        """The paragraph as lines of Markdown; signs in it stand for themselves."""
        for number, line in enumerate(self.text.split("\n")):
            plain = _NAMED.sub("&amp;", _SIGNS.sub(lambda sign: f"\\{sign[0]}", line.strip()))
            if not plain:
                yield ""
            elif self.heading:
                yield f"{'#' * self.heading} {plain}"
            else:
                marked = f"~~{plain}~~" if self.struck else f"**{plain}**" if self.bold else plain
                first = "- " if not number else "  "
                yield f"{'  ' * self.depth}{first}{marked}" if self.depth >= 0 else marked


def _table(rows: Sequence[Sequence[tuple[str, str, int, int]]]) -> Iterator[str]:
    """Rows of cells (element, text, columns, rows) as HTML, the first and last line with the table's own tags."""
    for number, row in enumerate(rows):
        cells = []
        for tag, text, columns, deep in row:
            spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{deep}"' if deep > 1 else "")
            cells.append(f"<{tag}{spans}>{escape(text, quote=False).replace(chr(10), '<br>')}</{tag}>")
        before = "<table>" if not number else ""
        yield f"{before}<tr>{''.join(cells)}</tr>{'</table>' if number == len(rows) - 1 else ''}"


def _number(text: str, default: int = 0) -> int:
    return min(int(text[:9]), MOST) if text.isascii() and text.isdigit() else default


# docx


def _levels(styles: Element | None) -> dict[str, int]:
    """The level of each style of headings by its id; what Word calls them in its files is English in any language."""
    found: dict[str, int] = {}
    for style in styles.walk("style") if styles else ():
        named = style.first("name")
        name = named.get("val").lower() if named else ""
        heading = re.fullmatch(r"heading ([1-6])", name)
        if heading or name in ("title", "subtitle"):
            found[style.get("styleId")] = int(heading[1]) if heading else 1 + (name == "subtitle")
    return found


class _Word:
    """Reads `w:body`; what stands in `mc:Fallback` is said before it, for programs that know more."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        self.levels = levels

    def lines(self, root: Element) -> list[str]:
        body = root.first("body") or root
        return [line for part in self._parts(body) for line in self._of(part)]

    def _parts(self, holder: Element) -> Iterator[Element]:
        """The paragraphs and tables right inside, also those in content controls and text boxes."""
        for element in holder.elements:
            if element.name in ("p", "tbl"):
                yield element
                if element.name == "p":
                    for box in element.walk("txbxContent"):
                        if not _within_fallback(element, box):
                            yield from self._parts(box)
            elif element.name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
                yield from self._parts(element)

    def _of(self, part: Element) -> Iterator[str]:
        if part.name == "p":
            yield from self._paragraph(part).lines()
        elif rows := self._rows(part):
            yield from _table(rows)

    def _paragraph(self, element: Element) -> _Paragraph:
        about = element.first("pPr")
        style = _value(about, "pStyle")
        outline = _value(about, "outlineLvl")
        heading = self.levels.get(style, _number(outline, 9) + 1 if outline else 0)
        listed = about.first("numPr") if about else None
        depth = _number(_value(listed, "ilvl")) if listed and _value(listed, "numId") != "0" else -1
        runs = [run for run in _runs(element) if _said(run).strip()]
        text = "".join(_said(run) for run in _runs(element))
        return _Paragraph(
            text,
            heading if heading <= 6 and text.strip() else 0,
            min(depth, 8),
            bool(runs) and all(_is_on(run, "b") for run in runs),
            bool(runs) and all(_is_on(run, "strike", "dstrike") for run in runs),
        )

    def _rows(self, table: Element) -> list[list[tuple[str, str, int, int]]]:
        """The rows of a table; a cell that goes on with the one above it makes that one deeper."""
        rows: list[list[tuple[str, str, int, int]]] = []
        above: dict[int, tuple[int, int]] = {}
        for row in _inside(table, "tr"):
            about = row.first("trPr")
            tag = "th" if about and about.first("tblHeader") else "td"
            column = _number(_value(about, "gridBefore"))
            cells: list[tuple[str, str, int, int]] = [("td", "", column, 1)] if column else []
            for cell in _inside(row, "tc"):
                facts = cell.first("tcPr")
                wide = max(_number(_value(facts, "gridSpan"), 1), 1)
                merged = facts.first("vMerge") if facts else None
                if merged is not None and merged.get("val") != "restart" and column in above:
                    at, place = above[column]
                    kind, text, columns, deep = rows[at][place]
                    rows[at][place] = (kind, text, columns, deep + 1)
                else:
                    above[column] = (len(rows), len(cells))
                    cells.append((tag, self._cell(cell), wide, 1))
                column += wide
            rows.append(cells)
        return rows

    def _cell(self, cell: Element) -> str:
        """All that a cell says, tables inside it row by row."""
        said = []
        for part in self._parts(cell):
            if part.name == "p":
                said.append(self._paragraph(part).text.strip())
            else:
                said += [" ".join(filter(None, (cell[1] for cell in row))) for row in self._rows(part)]
        return "\n".join(said).strip("\n")


def _inside(holder: Element, name: str) -> Iterator[Element]:
    """The children of this name, also those in content controls and insertions."""
    for element in holder.elements:
        if element.name == name:
            yield element
        elif element.name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(element, name)


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph that are shown in it: not what was deleted, nor what stands in boxes of its own."""
    for element in paragraph.elements:
        if element.name == "r":
            yield element
        elif element.name not in ("del", "moveFrom", "pPr", "txbxContent", "Fallback"):
            yield from _runs(element)


def _said(run: Element) -> str:
    letters = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
    return "".join(
        "".join(part for part in element.content if isinstance(part, str))
        if element.name == "t"
        else letters.get(element.name, "")
        for element in run.elements
    )


def _value(holder: Element | None, name: str) -> str:
    child = holder.first(name) if holder else None
    return child.get("val") if child else ""


def _is_on(run: Element, *names: str) -> bool:
    about = run.first("rPr")
    found = [child for name in names if about and (child := about.first(name))]
    return any(child.get("val").lower() not in ("0", "false", "off", "none") for child in found)


def _within_fallback(paragraph: Element, box: Element) -> bool:
    return any(box in fallback.walk("txbxContent") for fallback in paragraph.walk("Fallback"))


# odt


class _Open:
    """Reads `office:text`."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.bold, self.struck = set[str](), set[str]()
        for style in root.walk("style"):
            for about in style.all("text-properties"):
                if about.get("font-weight") == "bold":
                    self.bold.add(style.get("name"))
                if about.get("text-line-through-style") not in ("", "none"):
                    self.struck.add(style.get("name"))

    def lines(self) -> list[str]:
        body = next(self.root.walk("body"), self.root)
        return list(self._of(body.first("text") or body, -1))

    def _of(self, holder: Element, depth: int) -> Iterator[str]:
        for element in holder.elements:
            match element.name:
                case "p" | "h":
                    level = max(1, min(_number(element.get("outline-level"), 1), 6)) if element.name == "h" else 0
                    yield from self._paragraph(element, level, depth).lines()
                    for box in element.walk("text-box"):
                        yield from self._of(box, -1)
                case "list":
                    for item in element.all("list-item", "list-header"):
                        yield from self._of(item, min(depth + 1, 8))
                case "table":
                    if rows := list(self._rows(element)):
                        yield from _table(rows)
                case "section" | "index-body" | "text-box":
                    yield from self._of(element, depth)

    def _paragraph(self, element: Element, level: int, depth: int) -> _Paragraph:
        said = list(self._said(element, element.get("style-name")))
        text = "".join(piece for piece, _ in said)
        shown = [style for piece, style in said if piece.strip()]
        return _Paragraph(
            text,
            level if text.strip() else 0,
            depth,
            bool(shown) and all(style in self.bold for style in shown),
            bool(shown) and all(style in self.struck for style in shown),
        )

    def _said(self, holder: Element, style: str) -> Iterator[tuple[str, str]]:
        """The letters inside, each piece with the style it is in."""
        for part in holder.content:
            if isinstance(part, str):
                yield re.sub(r"\s+", " ", part), style
            elif part.name == "line-break":
                yield "\n", style
            elif part.name == "tab":
                yield "\t", style
            elif part.name == "s":
                yield " " * max(_number(part.get("c"), 1), 1), style
            elif part.name not in ("annotation", "note", "tracked-changes", "text-box", "frame", "ruby-text"):
                yield from self._said(part, part.get("style-name") or style)

    def _rows(self, table: Element) -> Iterator[list[tuple[str, str, int, int]]]:
        for holder in table.elements:
            if holder.name in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._rows(holder)
            elif holder.name == "table-row":
                tag = "th" if table.name == "table-header-rows" else "td"
                yield [
                    (
                        tag,
                        "\n".join(self._words(cell)).strip("\n"),
                        max(
                            _number(cell.get("number-columns-spanned"), 1), _number(cell.get("number-columns-repeated"))
                        ),
                        max(_number(cell.get("number-rows-spanned"), 1), 1),
                    )
                    for cell in holder.all("table-cell")
                ]

    def _words(self, cell: Element) -> Iterator[str]:
        """The paragraphs of a cell, those of lists and tables in it as well."""
        for element in cell.elements:
            if element.name in ("p", "h"):
                yield "".join(piece for piece, _ in self._said(element, "")).strip()
            elif element.name in ("list", "list-item", "section", "table", "table-row", "table-cell"):
                yield from self._words(element)


def _spans(cell: Element) -> tuple[int, int]:
    wide = cell.get("number-columns-spanned") or cell.get("number-columns-repeated")
    return max(_number(wide, 1), 1), max(_number(cell.get("number-rows-spanned"), 1), 1)
