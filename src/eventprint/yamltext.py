"""YAML as the objects that `jsontext` makes: schedules that web sites keep in YAML are read as those in JSON are.

The event's own YAML is another matter: `records` makes dataclasses of it, and minds every name.
"""

from __future__ import annotations

import re
from array import array
from typing import Any

from . import records
from .jsontext import DEPTH, Document, Fault, Lines, List, Object
from .problems import Place, Problems, Severity
from .records import Node

FAULTS = 4
"""Lines that may be no YAML; a file with more is no YAML."""
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
"""Numbers that say no more than their figures; `007` and `9.30` stay texts."""


def parse(text: str, name: str) -> Document:
    """The YAML of a text; `name` names the file in places. Its names are texts, its numbers whole or texts."""
    problems = Problems()
    top = records.parse(text, name, problems, FAULTS + 1, merges=True)
    maker = _Maker(Lines(name, text))
    root = None if top is None else maker.made(top, 0)
    faults = [
        Fault(each.message, each.place, each.hint, each.severity is Severity.ERROR, each.rule)
        for each in problems.found
    ]
    return Document(root, (*faults, *maker.faults))


class _Maker:
    """Makes objects of nodes; what an alias stands for is made once."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.known: dict[int, Object | List] = {}
        self.faults: list[Fault] = []

    def made(self, node: Node, depth: int) -> Any:
        """The value of a node."""
        if node.kind == "scalar":
            value = node.value
            if value is None or isinstance(value, bool):
                return value
            return int(node.text) if node.plain and _WHOLE.fullmatch(node.text) else node.text
        if depth > DEPTH:
            if not self.faults:
                message = f"more than {DEPTH} levels stand inside each other; what is deeper is left out"
                self.faults.append(Fault(message, node.place, "", True, "yaml.size"))
            return None
        if id(node) not in self.known:
            self.known[id(node)] = self._listed(node, depth) if node.kind == "list" else self._named(node, depth)
        return self.known[id(node)]

    def _listed(self, node: Node, depth: int) -> List:
        made = List(self._at(node.place), self.lines)
        made.extend(self.made(item, depth + 1) for item in node.items)
        made.ats = array("q", (self._at(item.place) for item in node.items))
        return made

    def _named(self, node: Node, depth: int) -> Object:
        # Ruby writes its names as `:title:`.
        pairs = [(key.text.removeprefix(":") if key.plain else key.text, value) for key, value in node.pairs]
        values = {key: self.made(value, depth + 1) for key, value in pairs}
        ats = {key: self._at(value.place) for key, value in pairs}
        return Object(values, self._at(node.place), ats, self.lines)

    def _at(self, place: Place) -> int:
        return self.lines.at(place.line, place.column)
