"""Read records: YAML into dataclasses, every value with the place it stands at.

The one file that knows pyyaml. A dataclass is the whole description of a YAML file: `build` reads it, `schema` turns
the same class into a JSON Schema, so what an editor underlines and what the program reports agree. All faults are
collected; what is at fault keeps its default. What an event is, this file does not know.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, field, is_dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal, NewType, Protocol, TypeGuard, TypeVar, Union, cast, get_args, get_origin

import yaml

from . import files
from .charsets import decoded as decoded
from .colours import Colour
from .geometry import PAPERS, Size, length, paper
from .problems import Exit, Place, Problems, Stop, place_in
from .values import dataclass
from .yamlfaults import mended

T = TypeVar("T")

Length = NewType("Length", float)
"""A field kind: points, written with a unit such as `12 mm`."""


class Written(Protocol):
    """A field kind with a notation of its own: a class that makes a value of a text, and says how to write one."""

    notation: ClassVar[str]
    """For hints: what to write."""

    @classmethod
    def parse(cls, text: str) -> object:
        """The value. Raises ValueError that says what is wrong."""
        ...


UNFOLDED = 100_000
"""Values a file with aliases may hold once they are followed: far above any real file, far below a bomb."""

_RETRIES = 20
_TOLD = 20
"""Control characters that are told one by one."""
_BREAKS = re.compile(r"\r\n|\n|\r")


# YAML


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value and where it stands; two nodes are equal when they say the same, wherever they stand.

    Scalars stay as written: `10:45`, `NO` and `2026-03-05` are texts. `value` gives what YAML 1.2 makes of one.
    """

    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    """What a scalar says; empty for lists and mappings."""
    plain: bool = False
    """Whether a scalar was written without quotes, so that it may be a number, true, false or nothing."""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()
    place: Place = field(default=Place(), compare=False)

    @property
    def value(self) -> str | int | float | bool | None:
        """A scalar by the core schema of YAML 1.2.2 (section 10.3.2); None for lists and mappings."""
        if not self.plain:
            return self.text if self.kind == "scalar" else None
        if self.text in _CORE:
            return _CORE[self.text]
        if len(self.text) > _LONGEST_NUMBER:
            return self.text
        for pattern, read in _NUMBERS:
            if pattern.fullmatch(self.text):
                return read(self.text)
        return self.text

    @property
    def data(self) -> Any:
        """The whole as plain lists, mappings and core-schema scalars."""
        match self.kind:
            case "list":
                return [item.data for item in self.items]
            case "mapping":
                return {key.text: node.data for key, node in self.pairs}
        return self.value

    @property
    def mapping(self) -> dict[str, Node]:
        """A mapping's values by key; empty for anything else."""
        return {key.text: node for key, node in self.pairs}

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.text == key), None)

    def __str__(self) -> str:
        return self.text


_LONGEST_NUMBER = 300
"""Letters of what may be a number: of a longer one Python makes none, and nobody means one."""
_CORE: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((f"{sign}.{inf}" for sign in ("", "+") for inf in ("inf", "Inf", "INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text[2:], 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NO_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


LARGEST = 20_000_000
"""Bytes of a text; the largest real schedule or list known has a tenth of it."""


def raw(file: Path, problems: Problems, root: Path, most: int = LARGEST) -> bytes | None:
    """The bytes of a file; None, and a problem, where it cannot be read.

    So it is for what is no ordinary file, for more bytes than `most`, and for a link in `root` that leads out of it.
    """
    if file.is_relative_to(root) and file.exists() and not files.holds(root, file):
        hint = "put the file itself into the folder, not a link to it"
        message = f"{file.name} is a link that leads out of the event folder, and is not read"
        problems.error(message, place_in(root, file), hint, "file.outside")
        return None
    try:
        return files.contents(file, most)
    except OSError as fault:
        reason = "there is no such file" if isinstance(fault, FileNotFoundError) else fault.strerror or "unknown reason"
        problems.error(
            f"{file.name} cannot be read: {reason[0].lower()}{reason[1:]}",
            place_in(root, file),
            "check the name, and that you may read it",
            "file.unreadable",
        )
        return None


def text(file: Path, problems: Problems, root: Path) -> str | None:
    """A file as text, as `decoded` reads it; None, and a problem, where it cannot be read."""
    data = raw(file, problems, root)
    return None if data is None else decoded(data, place_in(root, file).file, problems)


def load(file: Path, problems: Problems, root: Path) -> Node | None:
    """The YAML of a file; None where it cannot be read or says nothing.

    A line that is no YAML is reported and left out together with what is indented below it; the rest is still read.
    """
    source = text(file, problems, root)
    return None if source is None else parse(source, place_in(root, file).file, problems)


def plain(file: Path) -> Any:
    """The YAML of a file that comes along with the program, as lists, mappings and texts: without places, and fast."""
    return yaml.load(file.read_text(encoding="utf-8"), _LOADER)


def parse(source: str, name: str, problems: Problems, retries: int = _RETRIES, *, merges: bool = False) -> Node | None:
    """The YAML of a text; `name` names the file in problems. None after more faults of its form than `retries`.

    `merges`: `<<` lays a mapping under the one it stands in, as YAML 1.1 has it.
    """
    controls = list(_UNPRINTABLE.finditer(source))
    for number, match in enumerate(controls[:_TOLD], 1):
        start = max(source.rfind("\n", 0, match.start()), source.rfind("\r", 0, match.start())) + 1
        line = len(_BREAKS.findall(source, 0, start)) + 1
        message = f"a control character (U+{ord(match[0]):04X}) is in the text"
        if number == _TOLD < len(controls):
            message = f"{len(controls) - number + 1} more control characters are in the text, the first of them here"
        problems.error(message, Place(name, line, match.start() - start + 1), "remove it", "yaml.control")
    # What YAML 1.1 takes for the end of a line is none in 1.2, nor in any editor: lines would be counted wrongly.
    lines = _BREAKS.split(_UNPRINTABLE.sub(" ", source).translate(_NO_ENDS))
    for _ in range(retries):
        try:
            return _Composer(name, problems, merges).compose("\n".join(lines))
        except yaml.MarkedYAMLError as fault:
            (line, column), message, hint = mended(fault, lines, _first_fault)
            problems.error(message, Place(name, line, column), hint, "yaml.syntax")
    return None


def _first_fault(lines: Sequence[str]) -> yaml.MarkedYAMLError | None:
    try:
        for _ in cast(Iterator[Any], yaml.parse("\n".join(lines), Loader=_LOADER)):
            pass
    except yaml.MarkedYAMLError as fault:
        return fault
    return None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been met."""

    kind: Literal["list", "mapping"]
    place: Place
    anchor: str | None
    nodes: list[Node] = field(default_factory=list)


class _Composer:
    """Nodes out of parser events, without recursion, so that no nesting is too deep."""

    def __init__(self, name: str, problems: Problems, merges: bool) -> None:
        self.name, self.problems, self.merges = name, problems, merges
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}
        self.repeats = False
        """Whether anything stands for something above it: without, a file holds no more than is written in it."""

    def compose(self, source: str) -> Node | None:
        found: list[tuple[Place, str, str, str]] = []
        stack: list[_Open] = []
        top: list[Node] = []
        for event in cast(Iterator[Any], yaml.parse(source, Loader=_LOADER)):
            place = Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
            node: Node | None = None
            anchor: str | None = getattr(event, "anchor", None)
            match event:
                case yaml.DocumentStartEvent() if top:
                    found.append(
                        (place, "a second document starts here", "keep one; remove the line ---", "yaml.document")
                    )
                    break
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    stack.append(
                        _Open("mapping" if isinstance(event, yaml.MappingStartEvent) else "list", place, anchor)
                    )
                    continue
                case yaml.ScalarEvent():
                    plain = not event.style and event.tag is None
                    node = Node("scalar", event.value, plain, place=place)
                    self.sizes[id(node)] = 1
                case yaml.AliasEvent():
                    known = self.anchors.get(anchor or "")
                    if known is None:
                        found.append(
                            (
                                place,
                                f"*{anchor} stands for nothing",
                                f"mark a value with &{anchor} before",
                                "yaml.alias",
                            )
                        )
                    self.repeats = True
                    node, anchor = known or Node("scalar", "", True, place=place), None
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    closed = stack.pop()
                    anchor = closed.anchor
                    node = self._close(closed, found)
                case _:
                    continue
            if anchor:
                self.anchors[anchor] = node
            (stack[-1].nodes if stack else top).append(node)
        for place, message, hint, rule in found:
            self.problems.error(message, place, hint, rule)
        if not top or (top[0].kind == "scalar" and top[0].value is None):
            return None
        return top[0]

    def _close(self, opened: _Open, found: list[tuple[Place, str, str, str]]) -> Node:
        nodes = opened.nodes
        size = 1 + sum(self.sizes.get(id(node), 1) for node in nodes)
        if size > UNFOLDED and self.repeats:
            found.append(
                (opened.place, "this repeats itself too often through its aliases", "write it out", "yaml.size")
            )
            nodes, size = [], 1
        if opened.kind == "list":
            node = Node("list", items=tuple(nodes), place=opened.place)
        else:
            pairs: dict[str, tuple[Node, Node]] = {}
            under: list[Node] = []
            for key, value in zip(nodes[::2], nodes[1::2], strict=True):
                if key.kind != "scalar":
                    found.append((key.place, "a name must be a text", "put it in quotes", "yaml.key"))
                elif key.text in pairs:
                    first = pairs[key.text][0].place.line
                    message = f"{key.text!r} is given twice; the first is in line {first}"
                    found.append((key.place, message, "keep one of the two", "yaml.duplicate"))
                elif key.text == "<<" and key.plain and self.merges:
                    under += value.items if value.kind == "list" else (value,)
                elif key.text == "<<" and key.plain:
                    found.append((key.place, "'<<' does not merge in YAML 1.2", "write the values out", "yaml.merge"))
                else:
                    pairs[key.text] = key, value
            for merged_ in under:
                pairs |= {key.text: (key, value) for key, value in merged_.pairs if key.text not in pairs}
            node = Node("mapping", pairs=tuple(pairs.values()), place=opened.place)
        self.sizes[id(node)] = size
        return node


def text_at(node: Node, key: str) -> str:
    """What a mapping says under a key, as written; empty where it says nothing."""
    value = node.get(key)
    return value.text if value else ""


def merged(under: Node, over: Node) -> Node:
    """One mapping laid over another, key by key and group by group; a list or a scalar replaces what is under it."""
    if under.kind != "mapping" or over.kind != "mapping":
        return over
    pairs = {key.text: (key, value) for key, value in under.pairs}
    for key, value in over.pairs:
        below = pairs.get(key.text)
        pairs[key.text] = key, merged(below[1], value) if below else value
    return replace(over, pairs=tuple(pairs.values()))


def without(node: Node, key: str) -> Node:
    """A mapping without one of its keys."""
    return replace(node, pairs=tuple(pair for pair in node.pairs if pair[0].text != key))


def with_setting(node: Node | None, key: str, value: Node) -> Node:
    """A mapping with one value laid over it; groups are merged."""
    added = Node("mapping", pairs=((Node("scalar", key, True, place=value.place), value),), place=value.place)
    return merged(node, added) if node else added


# Dataclasses


def build(kind: type[T], node: Node | None, problems: Problems) -> T:
    """A frozen dataclass, or a `dict[str, …]`, from a mapping; without a node, all its defaults.

    Field metadata: `doc` (a sentence for the schema), `key` (the name in YAML where it is no Python name), `minimum`
    and `maximum` of numbers, `rest` (True for the mapping that takes every key not named by another field). A field of
    kind `Place` is filled with the place of the mapping itself. Faults are reported and keep the default. Raises Stop
    where a field without default is missing or at fault.
    """
    reading = _Reading(problems, "")
    value = _record(kind, node, reading) if is_dataclass(kind) else _value(kind, node or Node("mapping"), reading)
    if isinstance(value, _Fault):
        if node is not None and node.kind != "mapping":
            return build(kind, None, problems)
        problem = problems.latest
        raise Stop(problem.message, problem.hint, Exit.PROBLEMS, problem.place)
    return cast(T, value)


def at(instance: object, name: str = "") -> Place:
    """Where the value of a field was written; without a name or where it was not given, where the whole stands.

    Classes with slots have no room for the places of single fields: for them it is always the whole.
    """
    places: Mapping[str, Place] = getattr(instance, "_places", {})
    whole = places.get("") or getattr(instance, "place", Place())
    return places.get(name) or (whole if isinstance(whole, Place) else Place())


class _Fault:
    """What a reader returns for a value it has reported."""


_FAULT = _Fault()


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where reported faults go, and the name of what is being read."""

    problems: Problems
    where: str

    def inside(self, name: str) -> _Reading:
        return _Reading(self.problems, name)

    def fault(self, node: Node, message: str, hint: str, rule: str = "yaml.value") -> _Fault:
        self.problems.error(message, node.place, hint, rule)
        return _FAULT


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    kind: Any
    required: bool
    doc: str
    limits: tuple[float | None, float | None]
    default: object


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a dataclass by key, those that hold the place of the whole, and the one that takes the rest."""

    known: dict[str, _Field]
    places: tuple[str, ...]
    rest: str


@lru_cache(maxsize=256)
def _fields(kind: type) -> _Fields:
    hints = typing.get_type_hints(kind)
    found: dict[str, _Field] = {}
    places: list[str] = []
    rest = ""
    for each in dataclasses.fields(kind):
        if not each.init or each.name.startswith("_"):
            continue
        if hints[each.name] is Place:
            places.append(each.name)
            continue
        if each.metadata.get("rest"):
            rest = each.name
            continue
        default = each.default if each.default is not MISSING else None
        if each.default_factory is not MISSING:
            default = each.default_factory()
        required = each.default is MISSING and each.default_factory is MISSING
        key = each.metadata.get("key", each.name)
        limits = each.metadata.get("minimum"), each.metadata.get("maximum")
        found[key] = _Field(each.name, key, hints[each.name], required, each.metadata.get("doc", ""), limits, default)
    return _Fields(found, tuple(places), rest)


def _record(kind: type, node: Node | None, reading: _Reading) -> object:
    fields = _fields(kind)
    if node is not None and node.kind != "mapping":
        message = f"{reading.where or 'this'} is {_SHAPES[node.kind]}, but should be {_SHAPES['mapping']}"
        return reading.fault(
            node, message, f"write them one to a line, such as '{next(iter(fields.known), 'name')}: …'"
        )
    pairs = node.pairs if node else ()
    values: dict[str, object] = {}
    places = {"": node.place if node else Place()}
    rest: dict[str, Node] = {}
    for key, value in pairs:
        known = fields.known.get(key.text)
        if known is None:
            if fields.rest:
                rest[key.text] = value
            else:
                message = f"{reading.where or 'this file'} knows no {key.text!r}"
                reading.fault(key, message, suggest(key.text, fields.known), "yaml.unknown")
            continue
        if _is_empty(value) and not _minds_empty(known.kind):
            continue
        result = _value(known.kind, value, reading.inside(key.text))
        if not isinstance(result, _Fault):
            result = _within(known, value, result, reading)
        if not isinstance(result, _Fault):
            values[known.name] = result
            places[known.name] = value.place
    missing = [known for known in fields.known.values() if known.required and known.name not in values]
    for known in missing:
        if not any(key.text == known.key and not _is_empty(value) for key, value in pairs):
            message = f"{reading.where or 'this file'} needs {known.key!r}, which is missing"
            reading.problems.error(message, node.place if node else Place(), f"add '{known.key}: …'", "yaml.missing")
    if missing:
        return _FAULT
    values.update(dict.fromkeys(fields.places, places[""]))
    if fields.rest:
        values[fields.rest] = rest
    made: object = kind(**values)
    if hasattr(made, "__dict__"):
        object.__setattr__(made, "_places", places)
    return made


def _is_empty(node: Node) -> bool:
    return node.kind == "scalar" and node.value is None


def _within(known: _Field, node: Node, value: object, reading: _Reading) -> object:
    low, high = known.limits
    if isinstance(value, int | float) and not isinstance(value, bool):
        if low is not None and value < low:
            return reading.fault(node, f"{known.key} is {node.text}, but {low} is the least", f"write {low} or more")
        if high is not None and value > high:
            return reading.fault(node, f"{known.key} is {node.text}, but {high} is the most", f"write {high} or less")
    return value


def suggest(word: str, known: Mapping[str, object] | Sequence[str]) -> str:
    """A hint for a word that is not known: the nearest known one, or all of them."""
    folded = {each.casefold().replace("_", "-"): each for each in known}
    near = get_close_matches(word.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{folded[near[0]]}'?"
    return f"known here: {', '.join(known)}" if known else "nothing can be set here"


def _members(kind: Any) -> tuple[Any, ...]:
    """The kinds in a union, None left out; a kind that is no union is its own only member."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(member for member in get_args(kind) if member is not type(None))
    return (kind,)


def _is_written(kind: Any) -> TypeGuard[type[Written]]:
    return isinstance(kind, type) and hasattr(kind, "notation")


def _minds_empty(kind: Any) -> bool:
    """Whether nothing after the colon is a fault: where a colour may stand, it is most likely one without quotes."""
    return any(member is Colour or _is_written(member) for member in _members(kind))


def _shape(kind: Any) -> str:
    """Which kind of node can be a value of this kind: a scalar, a list or a mapping; `any` for a raw node."""
    if kind in (Node, Any, object):
        return "any"
    if is_dataclass(kind) and kind not in (Colour, Size) and not _is_written(kind):
        return "mapping"
    match get_origin(kind):
        case origin if origin is tuple:
            return "list"
        case origin if origin is not None and origin is not Literal:
            return "mapping"
    return "scalar"


def _value(kind: Any, node: Node, reading: _Reading) -> object:
    members = _members(kind)
    fitting = [member for member in members if _shape(member) in (node.kind, "any")]
    if node.kind == "scalar" and not fitting:
        # One text where a list is asked for is a list of one: nobody puts a single organiser into brackets.
        fitting = [m for m in members if _shape(m) == "list" and _lone(m)]
    if not fitting:
        return reading.fault(
            node, f"{reading.where or 'this'} is {_SHAPES[node.kind]}, but should be {_wanted(members)}", ""
        )
    if len(fitting) == 1:
        return _one(fitting[0], node, reading)
    for member in fitting:
        trial = Problems()
        result = _one(member, node, _Reading(trial, reading.where))
        if not isinstance(result, _Fault) and not trial.found:
            return result
    reading.problems.add(*trial.found)
    return result


_SHAPES = {"scalar": "a single value", "list": "a list", "mapping": "a group of names and values"}


def _wanted(members: Sequence[Any]) -> str:
    return " or ".join(dict.fromkeys(_SHAPES[_shape(member)] for member in members))


def _lone(kind: Any) -> bool:
    """Whether a list of this kind may be written as one value."""
    args = get_args(kind)
    return len(args) == 2 and args[1] is Ellipsis and any(_shape(member) == "scalar" for member in _members(args[0]))


def _one(kind: Any, node: Node, reading: _Reading) -> object:
    shape = _shape(kind)
    if shape == "any":
        return node
    if shape == "mapping":
        return _record(cast(type, kind), node, reading) if is_dataclass(kind) else _named(kind, node, reading)
    if shape == "list":
        return _listed(kind, node, reading)
    return _scalar(kind, node, reading)


def _named(kind: Any, node: Node, reading: _Reading) -> object:
    inner = get_args(kind)[1]
    found = {}
    for key, value in node.pairs:
        # A bare `badges:` orders badges with all defaults.
        empty = _is_empty(value) and any(_shape(m) == "mapping" for m in _members(inner))
        result = _value(inner, Node("mapping", place=key.place) if empty else value, reading.inside(key.text))
        if not isinstance(result, _Fault):
            found[key.text] = result
    return found


def _listed(kind: Any, node: Node, reading: _Reading) -> object:
    args = get_args(kind)
    items = node.items if node.kind == "list" else (node,)
    if len(args) == 2 and args[1] is Ellipsis:
        results = [_value(args[0], item, reading.inside(f"{reading.where}[{i}]")) for i, item in enumerate(items, 1)]
        return tuple(result for result in results if not isinstance(result, _Fault))
    if len(items) != len(args):
        return reading.fault(node, f"{reading.where} has {len(items)} values, but should have {len(args)}", "")
    results = [_value(arg, item, reading) for arg, item in zip(args, items, strict=True)]
    return _FAULT if any(isinstance(result, _Fault) for result in results) else tuple(results)


def _scalar(kind: Any, node: Node, reading: _Reading) -> object:
    value, written = node.value, node.text
    if kind is Colour:
        try:
            return Colour.parse(written)
        except ValueError:
            if value is None:
                return reading.fault(
                    node, f"{reading.where} is empty", "a colour needs quotes: '#0b5d5e', or # starts a comment"
                )
            return reading.fault(node, f"{written} is not a colour", "write it as '#0b5d5e', in quotes")
    if _is_written(kind):
        if value is None:
            return reading.fault(node, f"{reading.where} is empty", f"write {kind.notation}")
        try:
            return kind.parse(written)
        except ValueError as fault:
            return reading.fault(node, str(fault), f"write {kind.notation}")
    if value is None:
        return reading.fault(node, f"{reading.where} is empty", "write a value or remove the line")
    if kind is str:
        return written
    if kind is Path:
        return Path(written) if written else reading.fault(node, f"{reading.where} is empty", "write a file name")
    if kind is bool:
        return (
            value
            if isinstance(value, bool)
            else reading.fault(node, f"{written!r} is not true or false", "write true or false")
        )
    if kind is int or kind is float:
        return _number(kind, node, reading)
    if kind is Length:
        try:
            return Length(length(written))
        except ValueError:
            unit = "add its unit, such as" if isinstance(value, int | float) else "write a number and its unit, such as"
            return reading.fault(node, f"{written!r} is not a length", f"{unit} {written if unit[0] == 'a' else 12} mm")
    if kind is Size:
        try:
            return paper(written)
        except ValueError:
            return reading.fault(
                node, f"{written!r} is not a paper size", "write A4, A5 landscape, Letter or 90 mm x 55 mm"
            )
    if kind is date:
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
                raise ValueError
            return date.fromisoformat(written)
        except ValueError:
            return reading.fault(node, f"{written!r} is not a date", "write year-month-day, such as 2026-03-05")
    choices = _choices(kind)
    if choices:
        if written in choices:
            return choices[written]
        return reading.fault(node, f"{reading.where} cannot be {written!r}", suggest(written, choices), "yaml.choice")
    supertype = getattr(kind, "__supertype__", None)
    if supertype is not None:
        return _scalar(supertype, node, reading)
    raise TypeError(f"{kind!r} is no kind of field")


def _number(kind: type, node: Node, reading: _Reading) -> object:
    value = node.value
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (whole or kind is float)
        and abs(value) < 1e15
    ):
        return kind(value)
    wanted = "a whole number" if kind is int else "a number"
    quoted = not node.plain and Node("scalar", node.text, plain=True).value != node.text
    return reading.fault(
        node, f"{node.text!r} is not {wanted}", "write it without quotes" if quoted else "write digits only, such as 2"
    )


def _choices(kind: Any) -> dict[str, object]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {member.value: member for member in kind}
    return {str(choice): choice for choice in get_args(kind)} if get_origin(kind) is Literal else {}


# JSON Schema


def schema(kind: type) -> dict[str, Any]:
    """The JSON Schema (draft-07) of a YAML file whose values a dataclass, or a `dict[str, …]`, holds."""
    definitions: dict[str, Any] = {}
    top = _schema_record(kind, definitions) if is_dataclass(kind) else _schema(kind, definitions)
    made = {"$schema": "http://json-schema.org/draft-07/schema#", **top}
    return {**made, "definitions": definitions} if definitions else made


def _schema_record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = _fields(kind)
    made: dict[str, Any] = {"type": "object", "additionalProperties": bool(fields.rest), "properties": {}}
    doc = (kind.__doc__ or "").strip()
    if doc and not doc.startswith(f"{kind.__name__}("):
        made["description"] = doc.split("\n\n")[0].replace("\n    ", " ")
    for key, known in fields.known.items():
        inner = [item for member in _members(known.kind) for item in _alternatives(member, definitions)]
        if not _minds_empty(known.kind) and {} not in inner:
            inner.append({"type": "null"})
        made["properties"][key] = {"anyOf": inner} if len(inner) > 1 else inner[0]
        low, high = known.limits
        for limit, word in ((low, "minimum"), (high, "maximum")):
            if limit is not None:
                made["properties"][key][word] = limit
        if known.doc:
            made["properties"][key]["description"] = known.doc
        default = str(known.default) if isinstance(known.default, Colour | Path) else known.default
        if default != "" and isinstance(default, str | int | float | bool) and Length not in _members(known.kind):
            made["properties"][key]["default"] = default
    required = [key for key, known in fields.known.items() if known.required]
    return {**made, "required": required} if required else made


def _alternatives(kind: Any, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas of one member of a union: a list may also be written as its only item."""
    made = [_schema(kind, definitions)]
    if _shape(kind) == "list" and _lone(kind):
        made += [_schema(m, definitions) for m in _members(get_args(kind)[0]) if _shape(m) == "scalar"]
    return made


def _union(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    made = [item for member in _members(kind) for item in _alternatives(member, definitions)]
    return made[0] if len(made) == 1 else {"anyOf": made}


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    shape = _shape(kind)
    if shape == "any":
        return {}
    if shape == "list":
        args = get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return {"type": "array", "items": _union(args[0], definitions)}
        items = [_union(arg, definitions) for arg in args]
        return {"type": "array", "items": items, "minItems": len(args), "maxItems": len(args)}
    if shape == "mapping":
        if not is_dataclass(kind):
            inner = get_args(kind)[1]
            made = _union(inner, definitions)
            if made and any(_shape(member) == "mapping" for member in _members(inner)):
                made = {"anyOf": [*made.get("anyOf", [made]), {"type": "null"}]}
            return {"type": "object", "additionalProperties": made}
        name = cast(type, kind).__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _schema_record(cast(type, kind), definitions)
        return {"$ref": f"#/definitions/{name}"}
    return _schema_scalar(kind)


_SPACE = r"[ \t]*"
_LENGTH = r"[+-]?[0-9]+([.,][0-9]+)?[ \t]*(mm|cm|in|pt)"
_SIDE = r"[+-]?[0-9]+([.,][0-9]+)?[ \t]*(mm|cm|in|pt)?"


def _schema_scalar(kind: Any) -> dict[str, Any]:
    if kind is Colour:
        return {"type": "string", "pattern": rf"^{_SPACE}#([0-9a-fA-F]{{6}}|[0-9a-fA-F]{{3}}){_SPACE}$"}
    if kind is Length:
        return {"type": "string", "pattern": f"^{_SPACE}{_LENGTH}{_SPACE}$"}
    if kind is Size:
        named = f"({'|'.join(PAPERS)})([ \\t]+(landscape|portrait))?"
        return {"type": "string", "pattern": f"^{_SPACE}({named}|{_SIDE}[ \\t]*[x×][ \\t]*{_LENGTH}){_SPACE}$"}
    if kind is date:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
    if kind is bool:
        return {"type": "boolean"}
    if kind in (int, float):
        return {"type": "integer" if kind is int else "number"}
    if kind in (str, Path) or _is_written(kind):
        # A text may look like a number or like true: the reader keeps it as written.
        return {"type": ["string", "number", "boolean"], **({"minLength": 1} if kind is Path else {})}
    choices = _choices(kind)
    if choices:
        return {"enum": list(choices.values())}
    return _schema_scalar(kind.__supertype__)
