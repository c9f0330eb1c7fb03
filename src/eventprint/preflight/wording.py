"""A report as people read it: what, where, why it matters and how to mend it, fault by fault.

The numbers before the faults are those in the marked pictures of the pages.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..geometry import Box, mm
from ..problems import Severity

if TYPE_CHECKING:
    from . import Fault, Report

_WIDTH = 100
_MOST = 6
"""So many places of one fault are told; a picture and the JSON have all of them."""


def report(told: Report) -> list[str]:
    """Lines of at most 100 characters: the file, the verdict, every fault, and what was looked at."""
    size = f", {told.trim} when cut" if told.trim else ", not all of one size" if told.pages else ""
    pages = "1 page" if told.pages == 1 else f"{told.pages} pages"
    lines = [f"{told.name or 'the file'}: {pages}{size}"]
    explained: set[str] = set()
    lines += _wrapped(f"held against {told.spec}" + (f": {told.about}" if told.about else ""), "")
    for severity in Severity:
        faults = [(n, fault) for n, fault in enumerate(told.numbered, 1) if fault.severity is severity]
        if faults:
            lines += ["", _heading(severity, len(faults))]
            for number, fault in faults:
                lines += ["", *_fault(number, fault, "" if fault.rule in explained else fault.why)]
                explained.add(fault.rule)
    quiet = len(told.checked) - len({fault.rule for fault in told.faults})
    lines += ["", f"{len(told.checked)} rules were applied, {quiet} of them found nothing"]
    if told.unchecked:
        rules = ", ".join(rule.split()[0] for rule in told.unchecked)
        lines += _wrapped(f"not applied, since they need the layout and not the file alone: {rules}", "")
    return lines


def _heading(severity: Severity, count: int) -> str:
    if severity is Severity.ERROR:
        return f"{count} {'error' if count == 1 else 'errors'}, for which the file would come back"
    return f"{count} {'warning' if count == 1 else 'warnings'}, worth a look"


def _fault(number: int, fault: Fault, why: str) -> Iterator[str]:
    yield from _wrapped(f"{_capital(fault.message)}  [{fault.rule}]", f"{number:>3}  ")
    yield from _wrapped(place(fault), "     where  ")
    if why:
        yield from _wrapped(why, "     why    ")
    if fault.hint:
        yield from _wrapped(_capital(fault.hint), "     mend   ")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _wrapped(words: str, label: str) -> list[str]:
    """Words after a label, further lines below their beginning."""
    return textwrap.wrap(
        words, _WIDTH, initial_indent=label, subsequent_indent=" " * len(label), break_long_words=False
    ) or [label.rstrip()]


def place(fault: Fault) -> str:
    """`page 3 (badge of Ada Lovelace, front): 12 mm from the left, 40.5 mm from the top`."""
    where = fault.where or "the file as a whole"
    if not fault.places:
        return where
    spots: dict[str, list[int]] = {}
    for page, box in fault.places:
        pages = spots.setdefault(spot(box), [])
        if page not in pages:
            pages.append(page)
    told = [
        words if len(pages) == len(fault.pages) else f"{words} ({in_words(pages)})" for words, pages in spots.items()
    ]
    more = f"; and {len(told) - _MOST} more places" if len(told) > _MOST else ""
    return f"{where}: {'; '.join(told[:_MOST])}{more}"


def in_words(pages: Sequence[int]) -> str:
    """`page 3`, `pages 1–4, 7`."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    text = ", ".join("–".join(str(page) for page in run) for run in runs)
    return f"pages {text}" if len(pages) > 1 else f"page {text}"


def spot(box: Box) -> str:
    """Where a box begins, from the corner that remains when the page is cut."""
    return f"{_from(box.x, 'left')}, {_from(box.y, 'top')}"


def _from(points: float, edge: str) -> str:
    if abs(points) < 0.05 * mm:
        return f"at the {edge} edge"
    length = f"{abs(points) / mm:.1f}".removesuffix(".0") + " mm"
    return f"{length} beyond the {edge} edge" if points < 0 else f"{length} from the {edge}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """`a, b, c and 4 more`."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
