"""XML and HTML as elements that know where they stand: read as far as it is whole; entities of its own are refused.

XML is read strictly first; what is broken is read a second time with patience, and the fault is told. Nothing outside
the text is ever looked at: a document type is passed over, and one that declares entities is a fault.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from html import unescape
from html.entities import html5
from typing import Any
from xml.parsers import expat

from .problems import Place
from .values import dataclass

DEPTH = 100
"""Levels of elements inside each other; exports of schedules have fewer than ten."""
MOST = 20_000
"""Elements of any text; beyond them one for each twelve letters, so that what is made stays in proportion."""


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without prefix, its attributes, and what it holds in order."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    file: str = ""
    content: list[Element | str] = field(default_factory=list)
    whole: bool = True
    """Whether its end was met: False for what the end of a damaged file cut off."""

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, self.column)

    @property
    def elements(self) -> list[Element]:
        return [part for part in self.content if isinstance(part, Element)]

    def first(self, *names: str) -> Element | None:
        """The first child of the first of these names that any child has."""
        for name in names:
            for part in self.content:
                if isinstance(part, Element) and part.name == name:
                    return part
        return None

    def all(self, *names: str) -> list[Element]:
        """The children of these names."""
        return [part for part in self.content if isinstance(part, Element) and part.name in names]

    def walk(self, *names: str) -> Iterator[Element]:
        """All elements below this one, in order; of these names where any are given."""
        waiting = list(reversed(self.elements))
        while waiting:
            element = waiting.pop()
            if not names or element.name in names:
                yield element
            waiting += reversed(element.elements)

    def text(self, *names: str) -> str:
        """All letters in this element, or in its first child of one of these names, without spaces around."""
        if names:
            child = self.first(*names)
            return child.text() if child else ""
        if all(isinstance(part, str) for part in self.content):
            return "".join(part for part in self.content if isinstance(part, str)).strip()
        return "".join(_letters(self)).strip()

    def get(self, *names: str) -> str:
        """The first of these attributes that says something."""
        return next((value for name in names if (value := self.attributes.get(name, "").strip())), "")


def _letters(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = list(reversed(element.content))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        else:
            waiting += reversed(part.content)


@dataclass(frozen=True, slots=True)
class Document:
    """What an XML or HTML text holds, and what is wrong with it."""

    root: Element | None
    """As far as the text could be read."""
    fault: str = ""
    place: Place = Place()
    """Where the first fault is."""
    refused: bool = False
    """Nobody wrote it in good faith: nothing behind the fault was looked at."""


class _Refused(Exception):
    pass


def _most(data: str | bytes) -> int:
    return MOST + len(data) // 12


_MANY = "it has more elements than a schedule of its length can have"


_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z][\w.:-]{0,40})[\"']")
_LATE = re.compile(r"\s+<\?xml\b[^>]{0,300}\?>")
TOO_EARLY = "the file ends in the middle"
"""The fault of an XML file of which the end is missing."""
_PLAINLY = {
    "no element found": TOO_EARLY,
    "unclosed token": TOO_EARLY,
    "unclosed CDATA section": TOO_EARLY,
    "mismatched tag": "an element is closed that is not the one opened last",
    "not well-formed (invalid token)": "a sign stands here that XML must write otherwise: & as &amp;, < as &lt;",
    "junk after document element": "something follows after the end of the schedule",
    "undefined entity": "a letter is named here by a name that nobody knows",
    "duplicate attribute": "an attribute is written twice",
}
"""What expat says of a fault, in words for people."""


def encoding(data: bytes) -> str:
    """The encoding that an XML declaration names; empty where there is none."""
    found = _DECLARED.match(data, 0, 400)
    return found[1].decode("ascii").lower() if found else ""


def parse(data: str | bytes, name: str) -> Document:
    """The XML of a text; `name` names the file in places.

    What stands behind the first fault is read with patience: an end that is missing is where the parent ends.
    """
    if isinstance(data, str) and (late := _LATE.match(data)):
        # A blank line before the declaration harms nobody.
        data = re.sub(r"[^\n]", " ", late[0]) + data[late.end() :]
    document = _strictly(data, name)
    if not document.fault or document.refused:
        return document
    if isinstance(data, bytes):
        data = data.decode(encoding(data) if encoding(data) in ("latin-1", "iso-8859-1") else "utf-8", "replace")
    patient = _Patient(data, name, is_html=False)
    try:
        found = patient.read()
    except _Refused as error:
        return Document(document.root, str(error), patient.place, refused=True)
    return Document(found or document.root, document.fault, document.place)


def html(text: str, name: str) -> Document:
    """The HTML of a text, read as browsers do: what is not closed is no fault. Its root holds everything."""
    patient = _Patient(text, name, is_html=True)
    try:
        return Document(patient.read())
    except _Refused as error:
        return Document(None, str(error), patient.place, refused=True)


def _strictly(data: str | bytes, name: str) -> Document:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # names of HTML's letters, such as &nbsp;, are then met as skipped entities
    root: list[Element] = []
    open_: list[Element] = []
    left = iter(range(_most(data)))

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_) >= DEPTH:
            raise _Refused("elements stand too deep inside each other")
        if next(left, None) is None:
            raise _Refused(_MANY)
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if attributes:
            attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(tag, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, name)
        (open_[-1].content if open_ else root).append(element)
        open_.append(element)

    def end(tag: str) -> None:
        open_.pop()

    def letters(text: str) -> None:
        if open_:
            open_[-1].content.append(text)

    def declared(*what: Any) -> None:
        raise _Refused("it declares entities of its own, which no schedule needs")

    def skipped(entity: str, is_parameter: bool) -> None:
        letters(html5.get(entity + ";", f"&{entity};"))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.SkippedEntityHandler = letters, skipped
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = lambda *what: 1
    fault, refused = "", False
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code) or "it is no XML"
        fault = _PLAINLY.get(said, said)
    except _Refused as error:
        fault, refused = str(error), True
    except (LookupError, ValueError) as error:
        fault = str(error)
    at = Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1) if fault else Place()
    return Document(root[0] if root else None, fault, at, refused)


_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_RAW = frozenset(("script", "style", "textarea", "title"))
_BLOCKS = (
    frozenset(("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer"))
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "ul"}
)
_ENDS = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""What the start of an element ends in HTML, where its author left the end out."""
_HOLDS = frozenset(("ul", "ol", "dl", "table", "select", "html"))
_DEEP = 400
"""Levels of elements in a web page; what is deeper is hung on the last of them."""
_START = re.compile(r"[A-Za-z_][^\s<>/=\"'&]*+(?=[\s/>])")
_END = re.compile(r"/([A-Za-z_][^\s<>/]*+)\s*+>")
_REST = re.compile(r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?")


class _Patient:
    """Reads markup with faults: an unknown end is passed over, a missing one is where its parent ends.

    Each letter is looked at a fixed number of times, whatever the text.
    """

    def __init__(self, text: str, name: str, *, is_html: bool) -> None:
        self.source, self.name, self.is_html = text, name, is_html
        self.lines = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self.root = Element("html" if is_html else "", {}, 1, 1, name)
        self.open = [self.root]
        self.left = _most(text)
        self.place = Place(name, 1, 1)
        """Of the element begun last."""

    def read(self) -> Element | None:
        text, at = self.source, 0
        while at < len(text):
            next_ = text.find("<", at)
            if next_ < 0:
                self._letters(text[at:])
                break
            if next_ > at:
                self._letters(text[at:next_])
            at = self._markup(next_)
        for element in self.open[1:]:
            element.whole = self.is_html
        return self.root if self.is_html else next(iter(self.root.elements), None)

    def _letters(self, text: str) -> None:
        if self.is_html or len(self.open) > 1:
            self.open[-1].content.append(unescape(text) if "&" in text else text)

    def _markup(self, at: int) -> int:
        """Take in what begins with `<` at a place; where what follows begins."""
        text = self.source
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"), ("<!", ">")):
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                stop = len(text) if end < 0 else end
                if opening == "<![CDATA[" and len(self.open) > 1:
                    self.open[-1].content.append(text[at + len(opening) : stop])
                return stop + len(closing)
        if found := _END.match(text, at + 1):
            self._end(found[1])
            return found.end()
        if found := _START.match(text, at + 1):
            return self._start(found[0], at, found.end())
        self._letters("<")
        return at + 1

    def _start(self, tag: str, at: int, after: int) -> int:
        text = self.source
        rest = _REST.match(text, after)
        stop = rest.end() if rest else after
        if not text.startswith((">", "<"), stop):
            # A quotation mark that is never closed: the tag ends with the next bracket.
            found = text.find(">", stop)
            stop = len(text) if found < 0 else found
        written = text[after:stop]
        attributes = {
            (key.lower() if self.is_html else key.rpartition(":")[2]): unescape(one or two or three or "")
            for key, one, two, three in _ATTRIBUTE.findall(written)
        }
        tag = tag.lower() if self.is_html else tag.rpartition(":")[2]
        line = bisect_right(self.lines, at)
        element = Element(tag, attributes, line, at - self.lines[line - 1] + 1, self.name)
        self.left -= 1
        if not self.left:
            self.place = element.place
            raise _Refused(_MANY)
        after = stop + 1 if text.startswith(">", stop) else stop
        if self.is_html:
            self._imply(tag)
        self.open[-1].content.append(element)
        if written.endswith("/") or (self.is_html and tag in _VOID):
            return after
        if self.is_html and tag in _RAW:
            return self._raw(element, after)
        if len(self.open) <= (_DEEP if self.is_html else DEPTH):
            self.open.append(element)
        return after

    def _raw(self, element: Element, after: int) -> int:
        """What a script or a style holds is no markup."""
        closing = re.compile(rf"</{element.name}\s*>", re.IGNORECASE).search(self.source, after)
        stop = closing.start() if closing else len(self.source)
        element.content.append(unescape(self.source[after:stop]))
        return closing.end() if closing else stop

    def _imply(self, tag: str) -> None:
        ends = _ENDS.get(tag, frozenset(("p",)) if tag in _BLOCKS else frozenset())
        if not ends:
            return
        for index in range(len(self.open) - 1, 0, -1):
            name = self.open[index].name
            if name in ends:
                last = index
                # `<tr>` ends the cell and the row it stands in.
                while last > 1 and self.open[last - 1].name in ends:
                    last -= 1
                del self.open[last:]
                return
            if name in _HOLDS or tag not in _ENDS:
                return

    def _end(self, tag: str) -> None:
        tag = tag.lower() if self.is_html else tag.rpartition(":")[2]
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].name == tag:
                del self.open[index:]
                return
