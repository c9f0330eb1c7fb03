"""JSON as objects that know where they stand, read as far as it is whole, and never trusted to have the right types.

A schedule export is read by what it should hold: `Object.text("title")` is the text there, or nothing where there is
no text, whatever else the file holds in its place.
"""

from __future__ import annotations

import json.decoder
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from .problems import Place
from .values import dataclass

DEPTH = 60
"""Levels of lists and objects inside each other; exports of schedules have fewer than ten."""

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BREAK = re.compile(r"\r\n|\n|\r")
_WORDS = {"true": True, "false": False, "null": None, "NaN": None, "Infinity": None, "-Infinity": None}
_string: Any = json.decoder.scanstring  # type: ignore[attr-defined]


@dataclass(slots=True)
class _Lines:
    """Line and column of any letter of a text."""

    name: str
    text: str
    starts: list[int] = field(default_factory=list)

    def place(self, at: int) -> Place:
        if not self.starts:
            self.starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        line = bisect_right(self.starts, at)
        return Place(self.name, line, at - self.starts[line - 1] + 1)


@dataclass(slots=True, eq=False)
class Object:
    """A JSON object: its values by key, and the place of each."""

    values: dict[str, Any]
    at: int
    """The letter it starts at."""
    ats: dict[str, int]
    """The letter each value starts at."""
    lines: _Lines = field(repr=False)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __bool__(self) -> bool:
        return True

    def get(self, *keys: str) -> Any:
        """The first of these keys' values that is not null: a text, a number, a list or an Object."""
        return next((value for key in keys if (value := self.values.get(key)) is not None), None)

    def text(self, *keys: str) -> str:
        """The first of these keys that holds a text or a number, as a text without spaces around; else nothing."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str) and value.strip():
                return value.strip()
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return str(value)
        return ""

    def number(self, *keys: str) -> float | None:
        """The first of these keys that holds a number, or a text that is one."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
                return float(value)
        return None

    def flag(self, *keys: str) -> bool:
        """Whether one of these keys is true."""
        return any(self.values.get(key) is True for key in keys)

    def object(self, *keys: str) -> Object | None:
        """The first of these keys that holds an object."""
        return next((value for key in keys if isinstance(value := self.values.get(key), Object)), None)

    def objects(self, *keys: str) -> list[Object]:
        """The objects in the list under the first of these keys that holds a list of any; or those of an object."""
        for key in keys:
            if found := objects(self.values.get(key)):
                return found
        return []

    def texts(self, *keys: str) -> list[str]:
        """The texts in the list under the first of these keys that holds one, or the text alone."""
        for key in keys:
            value = self.values.get(key)
            found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
            if texts := [item.strip() for item in found if isinstance(item, str) and item.strip()]:
                return texts
        return []

    def place(self, key: str = "") -> Place:
        """Where a key's value stands; without a key or where there is none, the object itself."""
        return self.lines.place(self.ats.get(key, self.at))


def objects(value: Any) -> list[Object]:
    """The objects of a list, or of an object whose every value is one; nothing for anything else."""
    if isinstance(value, Object):
        found = list(value.values.values())
        return found if found and all(isinstance(item, Object) for item in found) else []
    return [item for item in value if isinstance(item, Object)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Document:
    """What a JSON text holds, and what is wrong with it."""

    root: Any
    """An Object, a list, a text, a number, a truth value or None; as far as the text could be read."""
    fault: str = ""
    place: Place = Place()


class _Broken(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def parse(text: str, name: str) -> Document:
    """The JSON of a text up to its first fault; `name` names the file in places."""
    lines = _Lines(name, text)
    top: list[Any] = []
    try:
        end = _value(text, 0, lines, 0, top.append)
        end = _skip(text, end)
        if end < len(text):
            raise _Broken("something follows after the end", end)
    except _Broken as fault:
        return Document(top[0] if top else None, str(fault), lines.place(min(fault.at, len(text))))
    return Document(top[0])


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, lines: _Lines, depth: int, put: Any) -> int:
    """Read the value at a letter, hand it on before its parts are read, and say where it ends."""
    at = _skip(text, at)
    first = text[at : at + 1]
    if first == '"':
        value, end = _text(text, at)
        put(value)
        return end
    if first == "{":
        return _object(text, at, lines, depth, put)
    if first == "[":
        return _list(text, at, lines, depth, put)
    if number := _NUMBER.match(text, at):
        written = number[0]
        whole = len(written) < 300 and not set(".eE") & set(written)
        put(int(written) if whole else float(written))
        return number.end()
    for word, meant in _WORDS.items():
        if text.startswith(word, at):
            put(meant)
            return at + len(word)
    raise _Broken("a value is missing" if first else "the text ends too early", at)


def _text(text: str, at: int) -> tuple[str, int]:
    try:
        value, end = _string(text, at + 1, False)
    except ValueError as fault:
        raise _Broken("a text is never closed, or holds a wrong \\ sign", getattr(fault, "pos", at)) from None
    # Halves of surrogate pairs are no letters, and no file can hold them.
    return (value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")), end


def _object(text: str, at: int, lines: _Lines, depth: int, put: Any) -> int:
    if depth > DEPTH:
        raise _Broken("lists and objects stand too deep inside each other", at)
    made = Object({}, at, {}, lines)
    put(made)
    end = _skip(text, at + 1)
    if text[end : end + 1] == "}":
        return end + 1
    while True:
        if text[end : end + 1] != '"':
            raise _Broken("a name in quotes is missing" if end < len(text) else "the text ends too early", end)
        key, end = _text(text, end)
        end = _skip(text, end)
        if text[end : end + 1] != ":":
            raise _Broken("a colon is missing" if end < len(text) else "the text ends too early", end)
        end = _skip(text, end + 1)
        made.ats[key] = end
        end = _skip(text, _value(text, end, lines, depth + 1, lambda value, key=key: made.values.update({key: value})))
        following = text[end : end + 1]
        end = _skip(text, end + 1)
        if following == "}":
            return end
        if following != ",":
            raise _Broken("a comma is missing" if following else "the text ends too early", min(end, len(text)))


def _list(text: str, at: int, lines: _Lines, depth: int, put: Any) -> int:
    if depth > DEPTH:
        raise _Broken("lists and objects stand too deep inside each other", at)
    made: list[Any] = []
    put(made)
    end = _skip(text, at + 1)
    if text[end : end + 1] == "]":
        return end + 1
    while True:
        end = _skip(text, _value(text, end, lines, depth + 1, made.append))
        following = text[end : end + 1]
        end = _skip(text, end + 1)
        if following == "]":
            return end
        if following != ",":
            raise _Broken("a comma is missing" if following else "the text ends too early", min(end, len(text)))
