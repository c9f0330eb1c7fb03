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
    why: str
    """Why it matters, for somebody who never saw a print shop."""
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
    """Make a function a rule, with the weight it has where a spec does not say another.

    The first line of its docstring is its line in a report, the rest says why it matters.
    """

    def enter(check: Callable[[Work], Iterator[Finding]]) -> Callable[[Work], Iterator[Finding]]:
        line, _, why = (check.__doc__ or "").partition("\n")
        RULES.append(Rule(id, line.rstrip("."), " ".join(why.split()), weight, values, unread, drawn, check))
        return check

    return enter
