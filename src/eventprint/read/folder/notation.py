"""YAML as people like to edit it: short things in one line, texts in quotes only where they need them.

Takes texts, numbers, dates, truth values, lists and mappings. What the values mean, this file does not know. Whatever a
text holds, every reader of YAML 1.1 and 1.2 gets it back letter by letter. A key has at most some hundred letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

Value = str | bool | int | date | Sequence["Value"] | Mapping[str, "Value"]

WIDTH = 100
"""Letters up to which a list or a mapping stands in one line."""

# Letters that nobody sees or that YAML does not take: they are written as escapes. Joiners stay, for names and emoji
# hold them, and so do the tags of flags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff0-\uffff\ue000-\uf8ff]"
)
_LONE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"(?:[^\W\d_]|[^\x00-\x7f]|\d+ [^\W\d_]|\()[^\n\t]*", re.DOTALL)
_MARKS = re.compile(r":(?:\s|$)|\s#|[\s]$")
_IN_FLOW = re.compile(r"[,\[\]{}?]")
_MEANT = frozenset(
    word
    for each in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    for word in (each, each.upper(), each.capitalize())
)
"""Words that are no text without quotes, in one version of YAML or another."""


def written(value: Mapping[str, Value], *, spaced: Sequence[str] = ()) -> str:
    """The lines of a YAML file. Under the keys in `spaced`, wherever they are, a blank line parts the items of a list
    that take more than one line."""
    return "\n".join(_block(value, "", frozenset(spaced))) + "\n"


def scalar(value: str | bool | int | date, *, flow: bool = False) -> str:
    """A value in one line; `flow`: inside brackets or braces."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
    if _is_plain(value, flow=flow):
        return value
    if _HIDDEN.search(value) or "\n" in value or "\t" in value or "'" in value or not {'"', "\\"} & {*value}:
        return _quoted(value)
    return f"'{value}'"


def _is_plain(text: str, *, flow: bool) -> bool:
    return (
        text not in _MEANT
        and _PLAIN.fullmatch(text) is not None
        and not (text[0].isspace() or _MARKS.search(text) or _HIDDEN.search(text))
        and not (flow and _IN_FLOW.search(text))
    )


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_HIDDEN.sub(_escape, text)}"'


def _escape(letter: re.Match[str]) -> str:
    code = 0xFFFD if _LONE.match(letter[0]) else ord(letter[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _block(value: Mapping[str, Value], indent: str, spaced: frozenset[str]) -> Iterator[str]:
    for key, item in value.items():
        yield from _pair(key, item, indent, spaced)


def _pair(key: str, value: Value, indent: str, spaced: frozenset[str]) -> Iterator[str]:
    name = f"{indent}{scalar(key)}:"
    if isinstance(value, str):
        yield from _text(name, value, indent)
    elif isinstance(value, bool | int | date):
        yield f"{name} {scalar(value)}"
    elif (short := _flow(value)) is not None and (not value or len(name) + 1 + len(short) <= WIDTH):
        yield f"{name} {short}"
    elif isinstance(value, Mapping):
        yield name
        yield from _block(value, indent + "  ", spaced)
    else:
        yield name
        yield from _items(value, indent + "  ", spaced, apart=key in spaced)


def _items(values: Sequence[Value], indent: str, spaced: frozenset[str], *, apart: bool) -> Iterator[str]:
    tall = False
    for number, value in enumerate(values):
        lines = list(_item(value, indent, spaced))
        if apart and number and (tall or len(lines) > 1):
            yield ""
        tall = len(lines) > 1
        yield from lines


def _item(value: Value, indent: str, spaced: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text(f"{indent}-", value, indent)
        return
    if isinstance(value, bool | int | date):
        yield f"{indent}- {scalar(value)}"
        return
    if (short := _flow(value)) is not None and (not value or len(indent) + 2 + len(short) <= WIDTH):
        yield f"{indent}- {short}"
        return
    inner = indent + "  "
    lines = _block(value, inner, spaced) if isinstance(value, Mapping) else _items(value, inner, spaced, apart=False)
    first = next(lines)
    yield f"{indent}- {first[len(inner) :]}"
    yield from lines


def _text(lead: str, text: str, indent: str) -> Iterator[str]:
    """A text after its key or dash: in this line, or as a block below it where it has lines of its own."""
    inner = indent + "  "
    if text[:1].isspace() or text[-1:].isspace() or _HIDDEN.search(text):
        yield f"{lead} {scalar(text)}"
    elif "\n" in text or (len(text) > WIDTH and ("  " in text or "\t" in text)):
        yield f"{lead} |-"
        yield from (f"{inner}{line}" if line else "" for line in text.split("\n"))
    elif len(text) <= WIDTH:
        yield f"{lead} {scalar(text)}"
    else:
        yield f"{lead} >-"
        yield from _folded(text, inner)


def _folded(text: str, indent: str) -> Iterator[str]:
    """Lines of words; a line break among them reads as a space."""
    line = ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _flow(value: Value) -> str | None:
    """A list or mapping of short things in one line; None where it holds longer ones, or lists of mappings."""
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        inside = [
            f"{scalar(key, flow=True)}: {one}" for key, item in value.items() if (one := _short(item)) is not None
        ]
        return "{" + ", ".join(inside) + "}" if len(inside) == len(value) else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        inside = [one for item in value if not isinstance(item, Mapping) and (one := _short(item)) is not None]
        return "[" + ", ".join(inside) + "]" if len(inside) == len(value) else None
    return None


def _short(value: Value) -> str | None:
    if isinstance(value, str):
        return None if "\n" in value or len(value) > WIDTH else scalar(value, flow=True)
    if isinstance(value, bool | int | date):
        return scalar(value)
    if isinstance(value, Mapping):
        return None
    return _flow(value) if all(isinstance(item, str) for item in value) else None
