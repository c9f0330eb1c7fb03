"""How a function becomes a rule, and what a rule says of what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...geometry import Box
from ..facts import Work
from ..limits import Weight


class Finding(NamedTuple):
    """What a rule saw: on which page (0: the file as a whole), what, what to do, and whether it is only advice."""

    page: int
    message: str
    hint: str = ""
    mild: bool = False
    box: Box | None = None
    """Where on the page: points from the top left corner of the trim, y downwards; None for the page as a whole."""


class Rule(NamedTuple):
    """A function that looks for one kind of fault, and how a report names it."""

    id: str
    line: str
    weight: Weight
    values: bool
    """Whether the rule can be applied to page values only."""
    unread: bool
    """Whether the rule says something of a file that cannot be read."""
    drawn: bool
    """Whether the rule looks at the inks in the file itself."""
    check: Callable[[Work], Iterator[Finding]]


RULES: list[Rule] = []
"""All rules, in the order of their ids."""


def rule(
    id: str, weight: Weight = Weight.ERROR, values: bool = False, unread: bool = False, drawn: bool = False
) -> Callable[[Callable[[Work], Iterator[Finding]]], Callable[[Work], Iterator[Finding]]]:
    """Make a function a rule, with the weight it has where a spec does not say another."""

    def enter(check: Callable[[Work], Iterator[Finding]]) -> Callable[[Work], Iterator[Finding]]:
        line = (check.__doc__ or "").splitlines()[0].rstrip(".")
        RULES.append(Rule(id, line, weight, values, unread, drawn, check))
        return check

    return enter
