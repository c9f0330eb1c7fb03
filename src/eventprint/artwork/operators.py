"""The operators of a content stream as far as artwork needs them: marked content, and which fonts show text.

Tokens: ISO 32000-1, 7.2 and 7.3; inline images: 8.9.7; marked content: 14.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    rb"""(?P<skip>[\x00\t\n\x0c\r ]+|%[^\r\n]*)
    |(?P<name>/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)
    |(?P<open><<|\[)|(?P<close>>>|\])
    |(?P<hex><[^>]*>)
    |(?P<text>\()
    |(?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)
_IN_TEXT = re.compile(rb"[()\\]")
_NUMBER = re.compile(rb"[+-]?[\d.][\d.+-]*\Z")
_VALUES = (b"true", b"false", b"null")
_END_OF_IMAGE = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)")

Operation = tuple[bytes, int, int]
"""An operator, where the first of its operands begins, and where it ends."""


def operations(content: bytes) -> Iterator[Operation]:
    """Every operator in order. What is damaged is passed over, as readers do."""
    at, begin, depth = 0, -1, 0
    while at < len(content):
        match = _TOKEN.match(content, at)
        assert match is not None
        kind, end = match.lastgroup, match.end()
        if kind == "text":
            end = _end_of_text(content, end)
        if kind != "skip" and begin < 0:
            begin = at
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "word" and not depth and not _is_value(match[0]):
            operator = match[0]
            if operator == b"ID" and (ending := _END_OF_IMAGE.search(content, end)):
                operator, end = b"EI", ending.end()
            yield operator, begin, end
            begin = -1
        at = end


def _is_value(word: bytes) -> bool:
    return bool(_NUMBER.match(word)) or word in _VALUES


def _end_of_text(content: bytes, at: int) -> int:
    depth = 1
    while depth and (match := _IN_TEXT.search(content, at)):
        at = match.end() + (match[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
    return len(content) if depth else at


_MARKS = re.compile(rb"\b(?:BDC|BMC|EMC|DP|MP)\b")


def without_tags(content: bytes) -> bytes:
    """The content without the marks of its own structure; those that switch layers stay."""
    if not _MARKS.search(content):
        return content
    kept, since = [], 0
    layers: list[bool] = []
    for operator, begin, end in operations(content):
        if operator in (b"BDC", b"BMC"):
            layers.append(operator == b"BDC" and re.match(rb"/OC[\s/]", content[begin:end]) is not None)
            gone = not layers[-1]
        elif operator == b"EMC":
            gone = not (layers.pop() if layers else False)
        else:
            gone = operator in (b"DP", b"MP")
        if gone:
            kept.append(content[since:begin])
            since = end
    return b"".join((*kept, content[since:]))


_SHOWS = (b"Tj", b"TJ", b"'", b'"')


def fonts_shown(content: bytes) -> set[str]:
    """The names, with their slash, of the fonts that text is shown with."""
    shown: set[str] = set()
    chosen = ""
    outside: list[str] = []
    for operator, begin, end in operations(content):
        if operator == b"Tf":
            chosen = content[begin:end].split()[0].decode("latin-1")
        elif operator == b"q":
            outside.append(chosen)
        elif operator == b"Q" and outside:
            chosen = outside.pop()
        elif operator in _SHOWS and chosen:
            shown.add(chosen)
    return shown
