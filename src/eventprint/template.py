"""Texts with fields, and conditions on fields: how a layout speaks of people and talks it has not met.

What stands in a field only ever takes the field's place; it is never read as a template itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from .values import dataclass

_Alternatives = tuple[str, ...]
_Piece = str | _Alternatives
"""Words as they stand, or a field with those that may take its place."""


@dataclass(frozen=True, slots=True)
class Template:
    """Text such as `{given}[ · {pronouns}]`: a part in [ ] vanishes where one of its fields is empty.

    `{room|venue}` takes the first of its fields that is not empty. Brackets without a field are brackets.
    """

    notation: ClassVar[str] = "a text with {fields}"

    source: str
    parts: tuple[tuple[bool, tuple[_Piece, ...]], ...]
    """Runs of pieces, each with whether it vanishes where one of its fields is empty."""

    @classmethod
    def parse(cls, text: str) -> Template:
        """Any text is a template: a brace or a bracket that is alone stands for itself."""
        parts: list[tuple[bool, tuple[_Piece, ...]]] = []
        for number, part in enumerate(_OPTIONAL.split(text)):
            optional = number % 2 == 1
            if part:
                parts.append((optional, _pieces(part[1:-1] if optional else part)))
        return cls(text, tuple(parts))

    @property
    def names(self) -> frozenset[str]:
        """Every field that is asked for."""
        return frozenset(name for _, pieces in self.parts for piece in pieces if type(piece) is tuple for name in piece)

    def fill(self, fields: Mapping[str, str]) -> str:
        """The text with what the fields hold, without spaces around; a field that is not there counts as empty."""
        return "".join(_joined(optional, pieces, fields) for optional, pieces in self.parts).strip()


_OPTIONAL = re.compile(r"(\[[^\[\]]*\{[^{}\[\]]+\}[^\[\]]*\])")
_FIELD = re.compile(r"\{([^{}]+)\}")


def _pieces(text: str) -> tuple[_Piece, ...]:
    halves = enumerate(_FIELD.split(text))
    return tuple(tuple(half.split("|")) if number % 2 else half for number, half in halves if half)


def _joined(optional: bool, pieces: tuple[_Piece, ...], fields: Mapping[str, str]) -> str:
    said = []
    for piece in pieces:
        if isinstance(piece, str):
            said.append(piece)
            continue
        value = next((fields[name] for name in piece if fields.get(name)), "")
        if optional and not value:
            return ""
        said.append(value)
    return "".join(said)


@dataclass(frozen=True, slots=True)
class _Test:
    """One part of a condition: a field that holds something, or one of some values."""

    name: str
    values: tuple[str, ...] = ()
    wanted: bool = True

    def holds(self, fields: Mapping[str, str]) -> bool:
        said = fields.get(self.name, "")
        return (said in self.values if self.values else bool(said)) is self.wanted


@dataclass(frozen=True, slots=True)
class Condition:
    """When something is printed: `pronouns`, `not room`, `role key is speaker or moderator`, joined by `and`."""

    notation: ClassVar[str] = "a field, `not` and a field, or `field is value`, joined by `and`"

    tests: tuple[_Test, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Raises ValueError where a field's name or value is missing."""
        tests = []
        for part in re.split(r"\s+and\s+", text.strip()):
            match = re.fullmatch(r"(not\s+)?(.+?)(?:\s+is\s+(.+))?", part)
            words = match[2].split() if match else [""]
            if match is None or {words[0], words[-1]} & {"and", "is", "not", "or"}:
                raise ValueError(f"{text!r} is not a condition")
            values = tuple(value.strip() for value in re.split(r"\s+or\s+", match[3])) if match[3] else ()
            tests.append(_Test(match[2], values, not match[1]))
        return cls(tuple(tests))

    @property
    def names(self) -> frozenset[str]:
        """Every field that is asked about."""
        return frozenset(test.name for test in self.tests)

    def holds(self, fields: Mapping[str, str]) -> bool:
        """Whether all of it is so; a field that is not there counts as empty."""
        return all(test.holds(fields) for test in self.tests)
