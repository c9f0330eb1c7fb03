"""The problems as a list to tick off: errors first, those of one file together, in the order of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from ..problems import Problem, Severity

MOST_POINTS = 400
"""So many problems are worth a list on paper."""

_GROUPS = {
    Severity.ERROR: "Errors: something cannot be used as it is",
    Severity.WARNING: "Warnings: all is printed, but somebody should look",
    Severity.OPEN: "Open points: somebody has to decide",
}
_MISSING = "Not supplied, and so left out"


def points(problems: Sequence[Problem]) -> list[tuple[str, tuple[str, str, str]]]:
    """Rows with the heading they stand under: where, what is wrong, what to do; at most `MOST_POINTS`."""
    files = list(dict.fromkeys(problem.place.file for problem in problems))
    order = [*_GROUPS.values(), _MISSING]

    def key(problem: Problem) -> tuple[int, int, int, int]:
        place = problem.place
        return order.index(_group(problem)), files.index(place.file), place.line, place.column

    return [
        (_group(problem), (_where(problem), problem.message, problem.hint))
        for problem in sorted(problems, key=key)[:MOST_POINTS]
    ]


def _group(problem: Problem) -> str:
    if problem.severity is Severity.OPEN and problem.rule.startswith("missing.") and not problem.place.line:
        return _MISSING
    return _GROUPS[problem.severity]


def _where(problem: Problem) -> str:
    place = problem.place
    if place.cell:
        return f"{place.file}, {place.cell}" + (f" ({place.heading})" if place.heading else "")
    return str(place)
