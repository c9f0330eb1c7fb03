"""The operators of a content stream with their operands, as plain Python values; knows nothing of what they mean.

Numbers are floats, names texts with their slash, strings bytes, arrays lists, dictionaries dicts (ISO 32000-1, 7.2,
7.3 and 7.8.2). Pages of badges are mostly the rectangles of codes, so a row of rectangles comes as one operator with
all their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple


class InlineImage(NamedTuple):
    """An image that stands in the content itself: its dictionary as written, and its data."""

    settings: dict[str, Any]
    data: bytes


_SPACE = rb"[\x00\t\n\f\r ]"
_NUMBER = rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_OPERATOR = rb"[A-Za-z'\"][A-Za-z0-9*]*+"
_END = rb"(?![^\x00\t\n\f\r ()<>\[\]{}/%])"
_PLAIN = re.compile(rb"[\t\n\f\r ]*+((?:" + _NUMBER + rb"[\t\n\f\r ]++)*+)(" + _OPERATOR + rb")" + _END)
"""Numbers and their operator: nine operators of ten."""

_RECTANGLES = re.compile(rb"(?:[\t\n\f\r ]++(?:" + _NUMBER + rb"[\t\n\f\r ]++){4}re" + _END + rb")++")
_TOKEN = re.compile(
    rb"(?:%[^\r\n]*+|"
    + _SPACE
    + rb"++)*+(?:(?P<number>"
    + _NUMBER
    + rb")"
    + _END
    + rb"|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*+)"
    rb"|\((?P<plain>[^()\\]*+)\)|<(?P<hex>[0-9A-Fa-f\x00\t\n\f\r ]*+)>|(?P<mark><<|>>|[\[\](){}<>])"
    rb"|(?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]++)|(?P<end>\Z))"
)
_SHOWN = re.compile(rb"[\t\n\f\r ]*+\[((?:<[0-9A-Fa-f]*+>|" + _NUMBER + rb"(?![^<>\]\t\n\f\r ])|[\t\n\f\r ]++)*+)\]")
"""An array of plain numbers and strings in hexadecimal: what most text is shown with."""

_SHOWN_PART = re.compile(rb"<([0-9A-Fa-f]*)>|([^<>\t\n\f\r ]+)")
_NESTED = re.compile(rb"[^()\\]++|\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_HEX_NAME = re.compile(r"#([0-9A-Fa-f]{2})")
_VALUES: dict[bytes, Any] = {b"true": True, b"false": False, b"null": None}
_DEEP = 64
"""So many arrays inside each other are enough for any real file."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Each operator with its operands, an inline image as the operator `BI`.

    Raises ValueError where a string, an array or a dictionary has no end.
    """
    at = 0
    operands: list[Any] = []
    while True:
        found = _PLAIN.match(data, at)
        if found is not None:
            numbers, operator = found.groups()
            at = found.end()
            operands += map(float, numbers.split())
            if operator in _VALUES:
                operands.append(_VALUES[operator])
                continue
            if operator == b"re":
                more = _RECTANGLES.match(data, at)
                if more is not None:
                    at = more.end()
                    operands += map(float, more[0].replace(b"re", b"").split())
            elif operator == b"BI":
                settings, at = _inline_settings(data, at)
                image, at = _inline_data(data, at, settings)
                yield b"BI", [InlineImage(settings, image)]
                operands = []
                continue
            yield operator, operands
            operands = []
            continue
        shown = _SHOWN.match(data, at)
        if shown is not None:
            at = shown.end()
            operands.append([_part(text, number) for text, number in _SHOWN_PART.findall(shown[1])])
            continue
        kind, value, at = _token(data, at)
        if kind == "end":
            return
        if kind != "word":
            operands.append(value)
        elif value == b"BI":
            settings, at = _inline_settings(data, at)
            image, at = _inline_data(data, at, settings)
            yield b"BI", [InlineImage(settings, image)]
            operands = []
        else:
            yield value, operands
            operands = []


def _part(text: bytes, number: bytes) -> float | bytes:
    if number:
        return float(number)
    return bytes.fromhex((text + b"0" if len(text) % 2 else text).decode("ascii"))


def _token(data: bytes, at: int, depth: int = 0) -> tuple[str, Any, int]:
    """The next value or word, and where it ends."""
    found = _TOKEN.match(data, at)
    if found is None:
        raise ValueError(f"the content cannot be read from byte {at} on")
    kind, end = str(found.lastgroup), found.end()
    text: bytes = found[kind]
    match kind:
        case "number":
            return "value", float(text), end
        case "name":
            name = text.decode("latin-1")
            return "value", _HEX_NAME.sub(lambda each: chr(int(each[1], 16)), name) if "#" in name else name, end
        case "plain":
            return "value", text, end
        case "hex":
            digits = bytes(text.translate(None, b"\x00\t\n\f\r "))
            return "value", bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), end
        case "mark":
            return _marked(data, text, end, depth)
        case "word":
            if text in _VALUES:
                return "value", _VALUES[text], end
            # a number with a slip in it, such as 1.2.3 or --5, is what can be read of it
            number = re.match(rb"[+-]*+([+-]?[0-9]*\.?[0-9]+)", text)
            if number and not text[:1].isalpha():
                return "value", float(number[1]), end
            return "word", text, end
    return "end", None, end


def _marked(data: bytes, mark: bytes, at: int, depth: int) -> tuple[str, Any, int]:
    """What begins with a bracket."""
    if depth > _DEEP:
        raise ValueError("arrays lie too deep inside each other")
    if mark == b"(":
        return _string(data, at)
    if mark in (b"[", b"<<"):
        closing = {b"[": b"]", b"<<": b">>"}[mark]
        values: list[Any] = []
        while True:
            kind, value, at = _token(data, at, depth + 1)
            if kind == "closing" and value == closing:
                break
            if kind == "end":
                raise ValueError("an array or a dictionary has no end")
            if kind == "value":
                values.append(value)
        if mark == b"[":
            return "value", values, at
        return "value", {key: each for key, each in zip(values[::2], values[1::2], strict=False) if _named(key)}, at
    if mark == b"<":
        raise ValueError("a string has no end")
    if depth:
        return "closing", mark, at
    # braces, and brackets that close what was never opened, mean nothing here
    return "value", None, at


def _named(key: Any) -> bool:
    return isinstance(key, str)


def _string(data: bytes, at: int) -> tuple[str, bytes, int]:
    """A string with brackets or escapes in it (ISO 32000-1, 7.3.4.2)."""
    depth, start = 1, at
    while depth:
        found = _NESTED.match(data, at)
        if found is None:
            raise ValueError("a string has no end")
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return "value", _ESCAPE.sub(_unescaped, data[start : at - 1]), at


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return bytes((int(found[1], 8) & 0xFF,))
    return b"" if found[2] is None else _ESCAPED.get(found[2], found[2])


def _inline_settings(data: bytes, at: int) -> tuple[dict[str, Any], int]:
    values: list[Any] = []
    while True:
        kind, value, at = _token(data, at)
        if kind == "word" and value == b"ID":
            return {key: each for key, each in zip(values[::2], values[1::2], strict=False) if _named(key)}, at + 1
        if kind == "end":
            raise ValueError("an inline image has no data")
        values.append(value)


_AFTER = re.compile(rb"[\x00\t\n\f\r ]EI" + _END)


def _inline_data(data: bytes, at: int, settings: dict[str, Any]) -> tuple[bytes, int]:
    """The data up to the EI that ends them: one after which the content goes on as content does."""
    start = at
    bare = "/F" not in settings and "/Filter" not in settings
    if bare:
        at += _bytes_of(settings)
    while True:
        found = _AFTER.search(data, max(at - 1, start - 1))
        if found is None:
            raise ValueError("an inline image has no end")
        at = found.end()
        # what follows is text: data that happen to hold " EI " are followed by more of themselves
        if all(byte in b"\t\n\f\r" or 32 <= byte < 127 for byte in data[at : at + 12]):
            return data[start : max(found.start(), start)], at


def _bytes_of(settings: dict[str, Any]) -> int:
    """How many bytes an image without filters has at least."""

    def number(short: str, long: str, usual: float) -> float:
        value = settings.get(short, settings.get(long, usual))
        return value if isinstance(value, float) else usual

    space = str(settings.get("/CS", settings.get("/ColorSpace", "/G")))
    channels = {"/RGB": 3, "/DeviceRGB": 3, "/CMYK": 4, "/DeviceCMYK": 4}.get(space, 1)
    bits = 1.0 if settings.get("/IM", settings.get("/ImageMask")) is True else number("/BPC", "/BitsPerComponent", 8)
    row = (number("/W", "/Width", 0) * bits * channels + 7) // 8
    return int(min(max(row * number("/H", "/Height", 0), 0), 1e9))
