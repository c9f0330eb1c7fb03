"""Abstracts and biographies of exports as plain text in paragraphs, whether they were written in HTML or in Markdown.

What is printed as it is in Markdown (bold, italics, links, lists) stays; marks that would be printed as signs go.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:\s[^<>]*)?/?)>|<!--|-->|<!\[CDATA\[|\]\]>")
_APART = frozenset(
    {"article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figure", "footer", "form", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"table", "tbody", "tfoot", "thead", "ul"}
)
_SILENT = frozenset({"script", "style", "head", "svg", "iframe", "title"})
_LINES = frozenset({"br", "li", "tr"})
_INSIDE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "col", "colgroup", "del", "em", "figcaption", "font", "i", "img", "input"}
    | {"ins", "kbd", "label", "link", "mark", "meta", "picture", "q", "s", "samp", "small", "source", "span", "strike"}
    | {"strong", "sub", "sup", "td", "th", "tt", "u", "var", "video"}
)
_KNOWN = _APART | _SILENT | _LINES | _INSIDE
"""Tags of HTML; a word between other angle brackets is text, such as `<name>`."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+([^\n]*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^[ \t]*(\S[^\n]*)\n[ \t]*(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_RULER = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]{1,300})`")
_IMAGE = re.compile(r"!\[([^\]\[\n]{0,300})\]\([^()\s]{0,2000}\)")
_BREAKS = re.compile(r"\r\n|\r|\u2028|\u2029|\x0b|\x0c")
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)


def plain(text: str) -> str:
    """A text as people read it: without tags and entities, paragraphs parted by a blank line."""
    text = _BREAKS.sub("\n", text)
    if "<" in text and any(found[2] and found[2].lower() in _KNOWN for found in _TAG.finditer(text)):
        text = _untagged(text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = text.replace("\xa0", " ")
    if any(sign in text for sign in "#=`>~![-_*"):
        text = _FENCE.sub("", text)
        text = _HEADING.sub(lambda found: "\n" + found[1].rstrip(" \t#") + "\n", text)
        text = _UNDERLINED.sub(r"\n\1\n", text)
        text = _RULER.sub("\n", text)
        text = _QUOTE.sub("", text)
        text = _IMAGE.sub(r"\1", text)
        text = _CODE.sub(r"\1", text)
    return _BLANKS.sub("\n\n", _TRAILING.sub("", text)).strip()


def _untagged(text: str) -> str:
    """The words of HTML; blocks stand apart, items of lists have a dash, links their address."""
    blocks = any(found[2] and found[2].lower() in _APART | _LINES for found in _TAG.finditer(text))
    parts = list(_parts(text, blocks))
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split()) if not line.startswith("\t") else line for line in lines)


def _parts(text: str, blocks: bool) -> Iterator[str]:
    at, silent, links = 0, "", list[tuple[str, list[str]]]()
    for found in _TAG.finditer(text):
        said = text[at : found.start()]
        at = found.end()
        if said and not silent:
            yield _said(said, blocks, links)
        closing, name = found[1], (found[2] or "").lower()
        if silent:
            silent = "" if (closing and name == silent) or (found[0] == silent == "-->") else silent
            continue
        if found[0] == "<!--":
            silent = "-->"
            continue
        if name not in _KNOWN:
            if name:
                yield _said(found[0], blocks, links)
            continue
        if name in _SILENT:
            silent = name if not closing and not found[3].endswith("/") else ""
        elif name == "br":
            yield "\n"
        elif name == "li":
            yield "" if closing else "\n- "
        elif name == "tr":
            yield "\n"
        elif name in ("td", "th"):
            yield " "
        elif name in _APART:
            yield "\n\n"
        elif name == "a" and not closing:
            address = _HREF.search(found[3])
            links.append((html.unescape(address[1]) if address else "", []))
        elif name == "a" and links:
            address_, words = links.pop()
            named = html.unescape("".join(words))
            if address_.lower().startswith(("http://", "https://")) and address_.rstrip("/") not in named:
                yield f" ({address_})"
    if not silent:
        yield _said(text[at:], blocks, links)


def _said(text: str, blocks: bool, links: list[tuple[str, list[str]]]) -> str:
    if links:
        links[-1][1].append(text)
    if blocks:
        # In HTML a line break of the source is a space; but many texts are half HTML, with blank lines for paragraphs.
        return "\n\n".join(" ".join(part.split("\n")) for part in _BLANKS.split(text))
    return text
