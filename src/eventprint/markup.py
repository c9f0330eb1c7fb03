"""XML as elements that know where they stand: read as far as it is whole; entities of its own are refused.

Nothing outside the text is ever looked at: a document type is passed over, and one that declares entities is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from html.entities import html5
from typing import Any
from xml.parsers import expat

from .problems import Place
from .values import dataclass

DEPTH = 100
"""Levels of elements inside each other; exports of schedules have fewer than ten."""


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without prefix, its attributes, and what it holds in order."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    file: str = ""
    content: list[Element | str] = field(default_factory=list)

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
    """What an XML text holds, and what is wrong with it."""

    root: Element | None
    """As far as the text could be read."""
    fault: str = ""
    place: Place = Place()


class _Refused(Exception):
    pass


def parse(data: bytes, name: str) -> Document:
    """The XML of some bytes up to its first fault; `name` names the file in places."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # names of HTML's letters, such as &nbsp;, are then met as skipped entities
    root: list[Element] = []
    open_: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_) >= DEPTH:
            raise _Refused("elements stand too deep inside each other")
        element = Element(
            tag.rpartition(":")[2],
            {key.rpartition(":")[2]: value for key, value in attributes.items()},
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
            name,
        )
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
        letters(html5.get(entity + ";", ""))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.SkippedEntityHandler = letters, skipped
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = lambda *what: 1
    fault = ""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        fault = expat.ErrorString(error.code) or "it is no XML"
    except (_Refused, LookupError, ValueError) as error:
        fault = str(error)
    at = Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1) if fault else Place()
    return Document(root[0] if root else None, fault, at)
