"""JSON as objects that know where they stand, read whatever is wrong with it, and never trusted in its types.

A schedule export is read by what it should hold: `Object.text("title")` is the text there, or nothing where there is
no text, whatever else the file holds in its place. What people do to a file by hand (a comma too many, a comment, a
quotation mark left out) is a fault at its place, and everything around it is still read.
"""

from __future__ import annotations

import json.decoder
import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from .problems import Place
from .values import dataclass

DEPTH = 60
"""Levels of lists and objects inside each other; exports of schedules have fewer than ten."""
FAULTS = 50
"""Faults that are told one by one; a file with more is no JSON."""

_SPACE = re.compile(r"[ \t\n\r\ufeff\u00a0\u2028\u2029]*")
_COMMENT = re.compile(r"//[^\n\r]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|#[^\n\r]*")
_NUMBER = re.compile(r"-?\d++(?:\.\d++)?(?:[eE][-+]?\d++)?(?![^\s,\]}/#])")
_BARE = re.compile(r"[^\s,:\[\]{}\"][^,\n\r\[\]{}\"]*")
_NAME = re.compile(r"[^\W\d][\w$-]*(?=\s*:)")
_BREAK = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"(?:true|false|null|NaN|-?Infinity)(?![^\s,:\]}/#])")
_WORDS = {"true": True, "false": False, "null": None}
_LOOSE_WORDS = {"True": True, "False": False, "None": None, "undefined": None, "nil": None}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.)|$)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/", "'": "'"}
_CLOSED = {
    '"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL),
    "'": re.compile(r"[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*(?:'|(?=[\n\r])|\\?\Z)"),
}
_FOLLOWS = re.compile(r"[ \t]*(?:[,:}\]/#\n\r]|\Z)|[ \t]+\"")
_CLOSES = re.compile(r'"(?=[ \t]*(?:[}\]][ \t]*,?[ \t]*|,[ \t]*)?(?:[\n\r]|\Z)|[ \t]*,[ \t]*["{\[]|[ \t]*[}\]])')
_LOOK = 2000
"""Letters of a line that are looked through for the real end of a text."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHORT, _KEPT = 40, 10_000
"""Letters of a text that may come again, and how many different ones are looked for."""
_NAMELESS = "\0"
"""Stands for the name of a value that has none."""
_string: Any = json.decoder.scanstring  # type: ignore[attr-defined]


@dataclass(slots=True)
class Lines:
    """Line and column of any letter of a text."""

    name: str
    text: str
    starts: list[int] = field(default_factory=list)

    def place(self, at: int) -> Place:
        if not self.starts:
            self.starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        line = bisect_right(self.starts, at)
        return Place(self.name, line, at - self.starts[line - 1] + 1)

    def at(self, line: int, column: int) -> int:
        """The letter at a line and a column."""
        self.place(0)
        return self.starts[min(line, len(self.starts)) - 1] + column - 1


class List(list[Any]):
    """A JSON list: its values, and the place of each."""

    __slots__ = ("at", "ats", "lines")

    def __init__(self, at: int, lines: Lines) -> None:
        super().__init__()
        self.at, self.lines = at, lines
        self.ats: array[int] | None = None
        """The letter each value starts at."""

    def place(self, index: int) -> Place:
        """Where a value stands."""
        return self.lines.place(self.ats[index] if self.ats and 0 <= index < len(self.ats) else self.at)


@dataclass(slots=True, eq=False)
class Object:
    """A JSON object: its values by key, and the place of each."""

    values: dict[str, Any]
    at: int
    """The letter it starts at."""
    ats: dict[str, int]
    """The letter each value starts at."""
    lines: Lines = field(repr=False)

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

    def key(self, *keys: str) -> str:
        """The first of these keys whose value says something; the first one where none does."""
        return next((key for key in keys if self.values.get(key) not in (None, "", [])), keys[0] if keys else "")

    def text(self, *keys: str) -> str:
        """The first of these keys that holds a text or a number, as a text without spaces around; else nothing."""
        for key in keys:
            if said := told(self.values.get(key)):
                return said
        return ""

    def number(self, *keys: str) -> float | None:
        """The first of these keys that holds a number of a sensible size, or a text that is one."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str) and len(value) < 40 and _NUMBER.fullmatch(value.strip()):
                value = float(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool) and -1e15 < value < 1e15:
                return value
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


def told(value: Any) -> str:
    """A text or a number as a text without spaces around; nothing for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def objects(value: Any) -> list[Object]:
    """The objects of a list, or of an object whose every value is one; nothing for anything else."""
    if isinstance(value, Object):
        found = list(value.values.values())
        return found if found and all(isinstance(item, Object) for item in found) else []
    return [item for item in value if isinstance(item, Object)] if isinstance(value, list) else []


_ENDS_EARLY = "the text ends too early"
_UNCLOSED = "a text is never closed; it was read up to the end of its line"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a JSON text at one place."""

    message: str
    place: Place
    hint: str = ""
    loses: bool = False
    """Whether something of the text could not be kept."""
    rule: str = "agenda.json"


@dataclass(frozen=True, slots=True)
class Document:
    """What a JSON text holds, and what is wrong with it."""

    root: Any
    """An Object, a list, a text, a number, a truth value or None; as far as the text could be read."""
    faults: tuple[Fault, ...] = ()

    @property
    def ends_early(self) -> bool:
        """Whether the end of the text is missing, and with it whatever stood there."""
        return any(fault.message.startswith(_ENDS_EARLY) for fault in self.faults)

    @property
    def fault(self) -> str:
        """The first fault."""
        return self.faults[0].message if self.faults else ""

    @property
    def place(self) -> Place:
        """Where the first fault is."""
        return self.faults[0].place if self.faults else Place()


def parse(text: str, name: str) -> Document:
    """The JSON of a text; `name` names the file in places.

    Several values one after another, as in JSON Lines, are a list. After `FAULTS` faults the rest is left out.
    """
    return _Reader(text, name).document()


class _TooMany(Exception):
    pass


class _Reader:
    """Reads values without recursion: `open` holds the containers around the letter it stands at."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.lines = Lines(name, text)
        self.faults: list[tuple[int, str, str, bool]] = []
        self.told: set[str] = set()
        self.texts: dict[str, str] = {}
        """Names and short texts as they were first met: what comes again is kept once."""
        self.top = List(0, self.lines)
        self.open: list[Object | List] = []
        self.key: str | None = None
        """The name that waits for its value, in the innermost object."""
        self.after = 0
        """Where the last value or comma of the innermost container ended."""
        self.room = 2000 + len(text) // 12
        """How many lists and objects may follow: a file of nothing but brackets would fill the memory."""

    def document(self) -> Document:
        try:
            self._all()
        except _TooMany:
            what = "too much is wrong" if self.room >= 0 else "there are more lists and objects than words"
            self.faults.append((self.after, f"{what} up to here: the rest is left out", "export the file again", True))
        faults = tuple(
            Fault(message, self.lines.place(min(at, len(self.text))), hint, loses)
            for at, message, hint, loses in self.faults
        )
        return Document(self.top[0] if len(self.top) == 1 else self.top or None, faults)

    def _fault(self, at: int, message: str, hint: str = "", loses: bool = False) -> None:
        if len(self.faults) >= FAULTS:
            raise _TooMany
        self.faults.append((at, message, hint, loses))

    def _skip(self, at: int) -> int:
        """The next letter that is neither a space nor in a comment; the first comment is a fault."""
        text = self.text
        while True:
            found = _SPACE.match(text, at)
            at = found.end() if found else at
            if text[at : at + 1] not in ("/", "#"):
                return at
            comment = _COMMENT.match(text, at)
            if comment is None:
                return at
            if "comment" not in self.told:
                self.told.add("comment")
                self._fault(at, "JSON has no comments; they were passed over", "delete the comments")
            at = comment.end()

    def _all(self) -> None:
        text, at, comma = self.text, self._skip(0), False
        while at < len(text):
            inside = self.open[-1] if self.open else None
            letter = text[at]
            if letter in "}]":
                if comma and self.key is None and inside is not None:
                    self._fault(self.after - 1, f"there is a comma too many before {letter}", "delete it")
                at, comma = self._close(at, letter), False
            elif letter == ",":
                if self.key is not None:
                    self._fault(at, f"the value of “{self.key[:60]}” is missing", "write it, or null", loses=True)
                    self._put(None, at)
                elif comma or inside is None or not len(inside):
                    self._fault(at, "there is a comma too many", "delete it")
                at, comma = at + 1, inside is not None
                self.after = at
            elif isinstance(inside, Object) and self.key is None:
                if len(inside) and not comma:
                    self._fault(self.after, "a comma is missing", "write a comma between the two")
                at, comma = self._named(at, inside), False
            else:
                if inside is not None and len(inside) and not comma and self.key is None:
                    self._fault(self.after, "a comma is missing", "write a comma between the two")
                at, comma = self._value(at), False
            at = self._skip(at)
        if self.open:
            kind = "}" if isinstance(self.open[-1], Object) else "]"
            if self.faults and self.faults[-1][1] == _UNCLOSED and "\n" not in text[self.faults[-1][0] :].rstrip():
                self.faults.pop()  # the end of the file cut that text off too
            message = f"{_ENDS_EARLY}: {kind} is missing; what stands before was read"
            self._fault(len(text), message, "export or download the file again", loses=True)
        elif not self.top:
            self._fault(0, "the file is empty", loses=True)

    def _close(self, at: int, letter: str) -> int:
        kind: type = Object if letter == "}" else List
        if self.key is not None:
            self._fault(at, f"the value of “{self.key[:60]}” is missing", "write it, or null", loses=True)
            self._put(None, at)
        depth = next((n for n in range(len(self.open) - 1, -1, -1) if isinstance(self.open[n], kind)), -1)
        other = "}" if letter == "]" else "]"
        if not self.open:
            self._fault(at, f"there is a {letter} too many", "delete it")
            return at + 1
        if depth < 0:
            self._fault(at, f"{letter} stands where {other} is expected", f"write {other} in its place")
            depth = len(self.open) - 1
        elif depth < len(self.open) - 1:
            self._fault(at, f"{letter} stands where {other} is expected", f"write {other} before it")
        del self.open[depth:]
        self.after = at + 1
        return at + 1

    def _named(self, at: int, inside: Object) -> int:
        """Read a name and its colon."""
        text, start = self.text, at
        if text[at] in "\"'":
            self.key, at = self._text(at, name=True)
        elif found := _NAME.match(text, at):
            self._fault(at, f"the name “{found[0][:60]}” stands without quotation marks", "put it in double quotes")
            self.key, at = found[0], found.end()
        else:
            bare = _BARE.match(text, at)
            self._fault(at, "a name in quotes is missing; this was passed over", loses=True)
            if text[at] in "{[":
                # A value without a name: it is read for the places of what follows, and kept nowhere.
                self.key = _NAMELESS
                return at
            self.after = bare.end() if bare else at + 1
            return self.after
        if self.key in inside:
            first = self.lines.place(inside.ats[self.key]).line
            message = f"“{self.key[:60]}” stands twice in one object; the first, in line {first}, is left out"
            self._fault(start, message, "keep one of the two", loses=True)
        at = self._skip(at)
        if text[at : at + 1] == ":":
            return at + 1
        if text[at : at + 1] == "=":
            self._fault(at, "= stands where a colon is expected", "write a colon")
            return at + 1
        if at < len(text) and text[at] not in ",}]":
            self._fault(at, "a colon is missing", "write a colon between the name and its value")
        return at

    def _value(self, at: int) -> int:
        text = self.text
        letter = text[at]
        if letter == '"':
            value, end = self._text(at)
            self._put(value, at)
        elif letter in "{[":
            made: Object | List = Object({}, at, {}, self.lines) if letter == "{" else List(at, self.lines)
            self._put(made, at, keep=len(self.open) <= DEPTH)
            if len(self.open) == DEPTH + 1 and "deep" not in self.told:
                self.told.add("deep")
                message = "lists and objects stand too deep inside each other; the inner ones are left out"
                self._fault(at, message, loses=True)
            self.open.append(made)
            self.after = at + 1
            self.room -= 1
            if self.room < 0:
                raise _TooMany
            return at + 1
        elif number := _NUMBER.match(text, at):
            end = number.end()
            self._put(self._number(number[0], at), at)
        elif word := _WORD.match(text, at):
            end = word.end()
            self._put(_WORDS.get(word[0]), at)
        elif letter == "'":
            value, end = self._text(at)
            self._put(value, at)
        else:
            found = _BARE.match(text, at)
            end = found.end() if found else at + 1
            said = found[0].rstrip() if found else text[at]
            if found and (comment := re.search(r"\s(?://|#)", said)):
                end, said = at + comment.start(), said[: comment.start()].rstrip()
            if said in _LOOSE_WORDS:
                self._fault(at, f"{said} is no word of JSON", "write true, false or null")
                self._put(_LOOSE_WORDS[said], at)
            elif found is None or letter in ":":
                self._fault(at, f"{letter} stands where no such sign is expected; it was passed over", loses=True)
                return at + 1
            elif self.open:
                self._fault(at, f"“{said[:60]}” stands without quotation marks", "put it in double quotes")
                self._put(said, at)
            else:
                self._fault(at, "this is no JSON; it was passed over", loses=True)
        self.after = end
        return end

    def _number(self, written: str, at: int) -> int | float | None:
        if len(written) < 300 and not set(".eE") & set(written):
            return int(written)
        value = float(written)
        if math.isfinite(value):
            return value
        self._fault(at, "the number is too large", loses=True)
        return None

    def _put(self, value: Any, at: int, *, keep: bool = True) -> None:
        inside = self.open[-1] if self.open else self.top
        if isinstance(inside, Object):
            if keep and self.key is not None and self.key is not _NAMELESS:
                inside.values[self.key] = value
                inside.ats[self.key] = at
            self.key = None
        elif keep:
            inside.append(value)
            if inside.ats is None:
                inside.ats = array("q")
            inside.ats.append(at)

    # Texts

    def _text(self, at: int, *, name: bool = False) -> tuple[str, int]:
        """A text in quotes and where it ends, also one that is not closed or holds quotation marks of its own."""
        text, quote = self.text, self.text[at]
        if quote == "'":
            self._fault(at, "a text stands in single quotes", "put it in double quotes")
            return self._loose(at, at + 1)
        try:
            value, end = _string(text, at + 1, False)
        except (ValueError, IndexError):
            return self._loose(at, at + 1)
        if end - at < _SHORT:
            known = self.texts.get(value)
            if known is None and len(self.texts) < _KEPT:
                self.texts[value] = value
            value = known or value
        follows = _FOLLOWS.match(text, end) is not None
        if "\n" in text[at:end] and (not follows or (name and self._skip_to(end) != ":")):
            return self._loose(at, at + 1)
        if not name and not follows and (closing := self._later(end)):
            self._fault(end - 1, "a text holds quotation marks of its own", 'write \\" for each of them')
            return self._unescaped(text[at + 1 : closing], at), closing + 1
        return (value if value.isascii() else self._whole(value, at)), end

    def _skip_to(self, at: int) -> str:
        found = _SPACE.match(self.text, at)
        end = found.end() if found else at
        return self.text[end : end + 1]

    def _later(self, at: int) -> int:
        """Where the text really closes, on the same line; 0 where it does not."""
        line = _BREAK.search(self.text, at, at + _LOOK)
        found = _CLOSES.search(self.text, at, line.end() if line else at + _LOOK)
        return found.start() if found else 0

    def _loose(self, at: int, start: int) -> tuple[str, int]:
        """A text that is not well formed: up to its closing quote, or to the end of its line where it has none."""
        text, quote = self.text, self.text[at]
        found = _CLOSED[quote].match(text, start)
        end = found.end() if found else len(text)
        closed = found is not None and end > start and text[end - 1 : end] == quote
        line = _BREAK.search(text, start)
        if closed and (line is None or line.start() >= end or _FOLLOWS.match(text, end)):
            return self._unescaped(text[start : end - 1], start, report=quote == '"'), end
        stop = line.start() if line else len(text)
        said = text[start:stop].rstrip()
        kept = said.rstrip(",") if line else said
        self._fault(at, _UNCLOSED, f"write {quote} at its end")
        return self._unescaped(kept, start, report=False), start + len(kept)

    def _unescaped(self, said: str, at: int, *, report: bool = False) -> str:
        wrong = False

        def letter(found: re.Match[str]) -> str:
            nonlocal wrong
            if found[1]:
                return chr(int(found[1], 16))
            known = _ESCAPES.get(found[2] or "")
            wrong = wrong or known is None
            return found[0] if known is None else known

        value = _ESCAPE.sub(letter, said)
        if wrong and report:
            self._fault(at, "a text holds a \\ sign that means nothing", "write \\\\ for a \\ sign")
        return self._whole(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), at)

    def _whole(self, value: str, at: int) -> str:
        """The text without halves of surrogate pairs: they are no letters, and no file can hold them."""
        if not _SURROGATE.search(value):
            return value
        message = "a text holds half of a letter (\\ud800 to \\udfff); it was left out"
        self._fault(at, message, "export the file again", loses=True)
        return _SURROGATE.sub("", value)
