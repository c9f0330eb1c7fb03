"""What a door gets back: files, problems, and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..event import Event
from ..geometry import Size
from ..problems import Problem
from ..values import dataclass

if TYPE_CHECKING:
    from ..proof import Side

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: its name in the print folder, what it is, its pages and their size."""

    name: str
    product: str
    pages: int
    trim: Size | None
    what: str
    written: bool = True
    problems: tuple[Problem, ...] = ()
    """What is wrong with a single badge; it is printed all the same, for a queue is waiting."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, what it found, and what nobody supplied."""

    folder: Path
    event: Event
    files: tuple[Made, ...]
    problems: tuple[Problem, ...]
    removed: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and everything found while reading and checking it."""

    event: Event
    problems: tuple[Problem, ...]
    agenda: Mapping[str, Any]
    covered: str = ""
    """How much of the agenda was used, in words."""
    sides: tuple[Side, ...] = ()
    """Source and reading side by side, where that was asked for."""
    composed: bool = True
    """Whether everything ordered was set; of a very large event only a build says what does not fit."""

    def as_data(self) -> dict[str, Any]:
        """The parse, ready for JSON."""
        return dict(self.agenda)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a badge code is genuine, and whose it is."""

    ok: bool
    name: str = ""
    roles: tuple[str, ...] = ()
    reason: str = ""
