"""Faults in the user's material: collected, placed, and shown by a door.

A bug in the program stays an exception; a fault in the material is a `Problem`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from .values import dataclass


class Severity(StrEnum):
    """How much a problem matters. Only an error makes a build end with exit code 1."""

    ERROR = "error"
    """Something given cannot be used as given."""
    WARNING = "warning"
    """Everything can be made, but somebody should look."""
    OPEN = "open"
    """A point the material leaves open: somebody has to decide or supply it."""


IGNORE = "ignore"
"""What an organiser says of a rule that is not to be spoken of."""


class Exit:
    """The exit codes of every door."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    LAYOUT = 3
    PREFLIGHT = 4
    MISSING = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file relative to the event folder, a line and a column, both from 1.

    For tables `cell` is the spreadsheet's own name of the place (`C17`) and `heading` its column's heading.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""
    heading: str = ""

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what is wrong in the user's words, where, and what to do about it."""

    severity: Severity
    message: str
    place: Place = Place()
    hint: str = ""
    rule: str = ""
    """A short stable name such as `agenda.no-end`, for filters and for changing the severity."""

    def __str__(self) -> str:
        cell = f" (cell {self.place.cell}{f', {self.place.heading}' if self.place.heading else ''})"
        at = f"{self.place}: " if self.place.file else ""
        text = f"{at}{self.severity}: {self.message}{cell if self.place.cell else ''}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class Problems:
    """The problems met so far, in the order they were met; the same one is kept once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._weights: Mapping[str, str] = {}

    @property
    def found(self) -> list[Problem]:
        """The problems as much as they matter to the organiser; those of rules that are to be ignored are left out."""
        if not self._weights:
            return list(self._found)
        weighed = [(problem, self._weights.get(problem.rule, "")) for problem in self._found]
        return [
            replace(problem, severity=Severity(weight)) if weight else problem
            for problem, weight in weighed
            if weight != IGNORE
        ]

    def weigh(self, weights: Mapping[str, str]) -> None:
        """From now on each problem of these rules, also one met before, has the severity named here, or is ignored."""
        self._weights = weights

    def error(self, message: str, place: Place = Place(), hint: str = "", rule: str = "") -> None:
        self.add(Problem(Severity.ERROR, message, place, hint, rule))

    def warning(self, message: str, place: Place = Place(), hint: str = "", rule: str = "") -> None:
        self.add(Problem(Severity.WARNING, message, place, hint, rule))

    def open(self, message: str, place: Place = Place(), hint: str = "", rule: str = "") -> None:
        self.add(Problem(Severity.OPEN, message, place, hint, rule))

    def add(self, *problems: Problem) -> None:
        self._found.update(dict.fromkeys(map(_readable, problems)))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.found if problem.severity is Severity.ERROR]

    @property
    def latest(self) -> Problem:
        """The error that was met last, as the one who met it put it."""
        return next(one for one in reversed(self._found) if one.severity is Severity.ERROR)


LONGEST = 600
"""Letters of a message; what somebody wrote may be a whole book in one line."""


def _readable(problem: Problem) -> Problem:
    """The problem with a message, a heading and a hint that are not longer than anybody reads."""
    if max(len(problem.message), len(problem.hint), len(problem.place.heading)) <= LONGEST:
        return problem
    place = replace(problem.place, heading=_cut(problem.place.heading))
    return replace(problem, message=_cut(problem.message), hint=_cut(problem.hint), place=place)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 200]} … {text[-190:]}"


class Stop(Exception):
    """Nothing more can be made, for a reason the user can mend: one line, a hint, an exit code."""

    def __init__(self, message: str, hint: str = "", code: int = Exit.USAGE, place: Place = Place()) -> None:
        super().__init__(message)
        self.problem = _readable(Problem(Severity.ERROR, message, place, hint))
        self.code = code


def place_in(folder: Path, file: Path, line: int = 0, column: int = 0) -> Place:
    """A place named relative to the event folder where that is possible."""
    name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
    return Place(name, line, column)
