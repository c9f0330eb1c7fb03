"""What is wrong where a text is no YAML: said plainly, at its place, and mended so that the rest can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any


def mended(
    fault: Any, lines: list[str], first_fault: Callable[[Sequence[str]], Any]
) -> tuple[tuple[int, int], str, str]:
    """The line and column of a scanner's fault, what it is and what to do; its lines are mended, or emptied.

    `first_fault` scans lines again and gives the first fault that is left, or None.
    """
    (line, column), message, hint = _plainly(fault, lines)
    if opened := _opened_above(lines, line - 1, first_fault):
        return opened, "this quote is never closed", 'close it with "'
    _blank(lines, line - 1)
    return (line, column), message, hint


def _blank(lines: list[str], at: int) -> None:
    """Empty a line and what is indented below it, so that one fault is not reported as ten."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = ""
    for below in range(at + 1, len(lines)):
        if lines[below].strip() and len(lines[below]) - len(lines[below].lstrip()) <= indent:
            return
        lines[below] = ""


_ABOVE = 20
"""Lines above a fault in which a quote is looked for that was left open."""
_SMALL = 100_000
"""Letters of a text up to which it may be scanned again to see what is at fault."""


def _opened_above(lines: list[str], at: int, first_fault: Callable[[Sequence[str]], Any]) -> tuple[int, int] | None:
    """Close the quote that made a line no YAML, where one was left open in it or above; its line and column.

    Such a quote ends at the next one, lines below, and everything up to there seems to be at fault.
    """
    rows = range(at, max(-1, at - _ABOVE), -1)
    above = next((row for row in rows if lines[row].count('"') % 2 and '\\"' not in lines[row]), None)
    if above is None or sum(map(len, lines)) > _SMALL:
        return None
    written = lines[above]
    for instead in (f'{written}"', ""):
        lines[above] = instead
        following = first_fault(lines)
        if following is None or _plainly(following, lines)[0][0] - 1 > at:
            return above + 1, written.index('"') + 1
    lines[above] = written
    return None


def _plainly(fault: Any, lines: Sequence[str]) -> tuple[tuple[int, int], str, str]:
    """A scanner's complaint as line and column, message and hint for a person."""
    mark: Any = fault.problem_mark or fault.context_mark
    context = fault.context or ""
    if "flow" in context or "quoted" in context:
        mark = fault.context_mark or mark
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    while row and not lines[row].strip():
        row, column = row - 1, 0
    written, problem = lines[row], fault.problem or ""
    place = (row + 1, column + 1)
    if "quoted" in context:
        if "escape" in problem:
            return (
                place,
                r"a backslash in double quotes needs a known letter after it",
                r"write \\, or use single quotes",
            )
        return place, "this quote is never closed", f"close it with {written[column : column + 1]}"
    if "flow" in context and written[column : column + 1] in ("[", "{"):
        closing = {"[": "]", "{": "}"}[written[column]]
        return (
            place,
            f"this {written[column]} is never closed",
            f"close it with {closing}, with commas between the items",
        )
    if "	" in written[: column + 1] and not written[:column].strip():
        return place, "a tab stands where YAML needs spaces", "indent with spaces"
    if "cannot start" in problem:
        return place, f"a text cannot start with {written[column : column + 1]!r}", "put the text in quotes"
    if "mapping values" in problem:
        if re.search(r":\s", written[:column]):
            return place, "a second ': ' in one line", "put the text after the first colon in quotes"
        return place, "this line is indented deeper than the ones it belongs to", "line it up with the others"
    if "':'" in problem:
        return place, "this line has no colon after its name", "write 'name: value'"
    return place, "this line does not fit the lines above it", "check its indentation, its dashes and colons"
