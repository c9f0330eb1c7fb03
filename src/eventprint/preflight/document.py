"""What a file says of itself: its claims, its metadata, its press, and how it is to be heard.

Plain values and how they are read from bytes; where in a PDF the bytes lie is `catalogue`'s affair.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field
from typing import NamedTuple

from ..values import dataclass

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}
"""Namespaces of metadata by the prefix that their own specifications give them."""


class Claim(NamedTuple):
    """A standard that a file says it keeps, such as `PDF/X-4`; its family is what its proof depends on."""

    name: str

    @property
    def family(self) -> str:
        """`X`, `A` or `UA`."""
        return self.name.removeprefix("PDF/").partition("-")[0]

    @property
    def level(self) -> str:
        """Of PDF/A the letter, in lower case; nothing of others."""
        return self.name[-1] if self.family == "A" and self.name[-1].isalpha() else ""


@dataclass(slots=True)
class Profile:
    """What the head of an ICC profile says (ICC.1:2010, 7.2)."""

    kind: str
    space: str
    version: float

    @property
    def channels(self) -> int:
        return {"CMYK": 4, "RGB": 3, "GRAY": 1, "Lab": 3}.get(self.space, 0)


def profile(data: bytes) -> Profile | None:
    """The head of a profile; None for what is none."""
    if len(data) < 132 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") > len(data):
        return None
    kind, space = (data[at : at + 4].decode("latin-1").strip() for at in (12, 16))
    return Profile(kind, space, data[8] + (data[9] >> 4) / 10)


@dataclass(slots=True)
class Intent:
    """The printing condition a file is made for."""

    kind: str
    """`GTS_PDFX`, `GTS_PDFA1` or another."""
    condition: str
    profile: Profile | None
    embedded: bool
    components: int = 0
    """How many inks or lights the file says the profile has."""


@dataclass(slots=True)
class Tag:
    """A node of the tree that a file is heard by."""

    role: str
    """What it stands for, once the file's own names are translated."""
    parent: Tag | None = None
    page: int = 0
    kids: list[Tag] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    """Pages, counted from 1, and numbers of the pieces of their content that belong to it."""
    annotations: int = 0
    alternative: bool = False
    """Whether it has words of its own that stand for what it shows."""
    worded: bool = False
    """Whether these words are to be read instead of what it holds."""
    scope: bool = False
    headers: bool = False
    across: int = 1
    down: int = 1
    language: str = ""
    name: str = ""
    """What others of the tree refer to it by."""

    def walk(self) -> Iterator[Tag]:
        """The node and all below it, in the order they are read in."""
        waiting = [self]
        while waiting:
            tag = waiting.pop()
            yield tag
            waiting.extend(reversed(tag.kids))

    def first_page(self) -> int:
        """The page where it begins, 0 where it is on none."""
        return next((page for tag in self.walk() for page in (tag.page, *(at for at, _ in tag.pieces)) if page), 0)


@dataclass(slots=True)
class Document:
    """What the file as a whole says."""

    version: float = 0.0
    size: int = 0
    named: int = 0
    """How many halves of an identifier its trailer has; two are whole."""
    info: dict[str, str] = field(default_factory=dict)
    trapped: str = ""
    """The entry Trapped of Info as it is written: with a slash where it is a name, as it has to be."""
    metadata: bool = False
    xmp: dict[str, str] | None = None
    """Facts by prefix and name, such as `dc:title`; None where there are none or they cannot be read."""
    intents: list[Intent] = field(default_factory=list)
    marked: bool = False
    language: str = ""
    shows_title: bool = False
    suspect: bool = False
    """Whether the file itself doubts its tags."""
    tree: Tag | None = None
    foreign_roles: set[str] = field(default_factory=set)
    """Kinds of tags that no reader knows, and those whose meaning the file changes."""
    reading: list[tuple[int, int]] = field(default_factory=list)
    """Pages and numbers of pieces of content in the order in which they are read."""
    worded: set[tuple[int, int]] = field(default_factory=set)
    """Those of them for which the tree gives other words."""
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Annotations that the tree does not have, by page, and what they are."""
    nameless: list[tuple[int, str]] = field(default_factory=list)
    """Annotations without words, by page, and what they are."""
    tabless: list[int] = field(default_factory=list)
    """Pages whose annotations are not reached in the order of the tree."""
    unsteady: list[tuple[int, str]] = field(default_factory=list)
    """Annotations that do not look the same everywhere, by page, and why."""
    acts: list[tuple[int, str]] = field(default_factory=list)
    """Kinds of actions, by page; 0 is the file."""
    lzw: int = 0
    transfers: int = 0
    foreign: set[str] = field(default_factory=set)
    """Kinds of objects that bring pictures or programs from elsewhere."""

    @property
    def claims(self) -> list[Claim]:
        """The standards the file says it keeps."""
        told = self.xmp or {}
        claims = []
        press = (
            told.get("pdfxid:GTS_PDFXVersion") or told.get("pdfx:GTS_PDFXVersion") or self.info.get("GTS_PDFXVersion")
        )
        if press:
            claims.append(press.strip() if press.strip().startswith("PDF/X-") else f"PDF/X-{press.strip()}")
        if part := told.get("pdfaid:part"):
            claims.append(f"PDF/A-{part}{told.get('pdfaid:conformance', '').lower()}")
        if part := told.get("pdfuaid:part"):
            claims.append(f"PDF/UA-{part}")
        return [Claim(name) for name in claims]


def xmp(data: bytes) -> dict[str, str] | None:
    """The facts of a metadata packet (ISO 16684-1) by prefix and name, of lists the first; None for what is no XML.

    A packet with entities of its own is not read: no metadata needs them, and they can be made to grow without end.
    """
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", data):
        return None
    try:
        root = ET.fromstring(data.strip(b"\0 \t\r\n"))
    except (ET.ParseError, ValueError, LookupError):
        return None
    facts: dict[str, str] = {}
    for about in root.iter(f"{{{RDF}}}Description"):
        for key, value in about.attrib.items():
            _note(facts, key, value)
        for element in about:
            member = next(element.iter(f"{{{RDF}}}li"), None)
            _note(facts, element.tag, (element.text if member is None else member.text) or "")
    return facts


def _note(facts: dict[str, str], key: str, value: str) -> None:
    space, _, name = key.removeprefix("{").rpartition("}")
    if space in SPACES:
        facts.setdefault(f"{SPACES[space]}:{name}", value.strip())
