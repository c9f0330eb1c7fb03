"""Abstracts, biographies and introductions: Markdown as people write it, read into paragraphs.

Bold, italic, links and lists are all there is; everything else is plain text, and nothing in it is ever run, fetched
or lost. Straight quotation marks become those of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .flow import LINE_END
from .text.typography import typographic
from .values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """Part of a paragraph that looks alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """The address it leads to."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one item of a list."""

    phrases: tuple[Phrase, ...]
    depth: int = 0
    """In how many lists it stands."""
    marker: str = ""
    """A bullet, or the number as written; empty in a paragraph of no list, and in the later ones of an item."""

    @property
    def text(self) -> str:
        return "".join(phrase.text for phrase in self.phrases)


_BULLET = re.compile(r"^([ \t]*)[•‣▪◦●∙][ \t]+", re.MULTILINE)
_MARKED = re.compile(r"[*_\[<\\]|^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]", re.MULTILINE)
"""What may be markup; without it there is no need of a reader of Markdown."""

_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)

_MARKERS = ("•", "–")


def read(text: str, language: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, which blank lines part; none of an empty one.

    A line that begins with a bullet sign is an item of a list, as it is in what people paste. The address of a link
    follows it in round brackets where it is not what the link says, because paper cannot be pressed.
    """
    text = _BULLET.sub(r"\1- ", text)
    if _MARKED.search(text):
        found = _paragraphs(_reader().parse(text))
    else:
        parts = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text))
        found = (Paragraph((Phrase(part),)) for part in parts if part)
    return tuple(_finished(paragraph, language) for paragraph in found)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    """Brought in where a text has markup: neither a badge nor most events should wait for it."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["list", "emphasis", "link", "autolink", "escape", "newline"])


def _paragraphs(tokens: list[Token]) -> Iterator[Paragraph]:
    lists: list[str] = []
    marker = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(_MARKERS[len(lists) % 2])
            case "ordered_list_open":
                lists.append("")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                marker = lists[-1] or f"{token.info}{token.markup}"
            case "list_item_close" if marker:
                yield Paragraph((), len(lists), marker)
                marker = ""
            case "inline":
                yield Paragraph(tuple(_phrases(token.children or [])), len(lists), marker)
                marker = ""


def _phrases(tokens: list[Token]) -> Iterator[Phrase]:
    looks = Phrase("")
    said = address = ""
    for token in tokens:
        match token.type:
            case "text":
                said += token.content
                yield replace(looks, text=token.content)
            case "softbreak":
                yield replace(looks, text=" ")
            case "hardbreak":
                yield replace(looks, text=LINE_END)
            case "strong_open" | "strong_close":
                looks = replace(looks, bold=token.nesting > 0)
            case "em_open" | "em_close":
                looks = replace(looks, italic=token.nesting > 0)
            case "link_open":
                address, said = str(token.attrs["href"]), ""
                looks = replace(looks, link=address if _WEB.match(address) else "")
            case "link_close":
                if shown(address) not in shown(said):
                    yield replace(looks, text=f" ({shown(address)})")
                looks = replace(looks, link="")


def shown(address: str) -> str:
    """An address as it is printed: without `https://`, `mailto:` and a slash at its end."""
    return re.sub(r"\A(?:https?://|mailto:)", "", address).removesuffix("/")


def _finished(paragraph: Paragraph, language: str) -> Paragraph:
    texts = typographic([phrase.text for phrase in paragraph.phrases], language)
    kept = [replace(phrase, text=text) for phrase, text in zip(paragraph.phrases, texts, strict=True) if text]
    return replace(paragraph, phrases=tuple(kept))
