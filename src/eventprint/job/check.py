"""Read and check an event without writing anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..event import Event
from ..page import Page
from ..problems import Problems, Stop
from .build import stopped
from .files import spec_of
from .made import Checked
from .papers import on_stock

MOST_ENTRIES, MOST_ROWS = 200, 100_000
"""Entries of a programme, and entries times badges, above which setting them all takes longer than a check should."""


def check(folder: Path, *, own_code: bool = False, readings: bool = False) -> Checked:
    """Read and check an event, and compose what it orders, without writing anything.

    With `readings`, source and reading of the agenda side by side. Raises Stop where there is no event.
    """
    from .. import check as checking
    from .. import proof
    from ..read import read
    from ..read.agenda import as_data
    from ..read.folder.origin import origin

    problems = Problems()
    event = read(folder, problems)
    checking.check(event, problems)
    entries = sum(1 for _ in event.entries())
    large = entries > MOST_ENTRIES or entries * len(event.attendees) > MOST_ROWS
    if large:
        _check_stock(event, problems)
    else:
        checking.check_pages(event, _composed(event, problems, own_code), problems)
    source = origin(event)
    coverage = source.coverage if source else event.coverage
    agenda = {**as_data(event, coverage), **({"source": source.source} if source else {})}
    covered = proof.figure(coverage, event.covers if not source else source.covers) if coverage else ""
    sides = proof.sides(event, coverage, source.at if source else {}) if readings else ()
    return Checked(event, tuple(problems.found), agenda, covered, sides, composed=not large)


def _check_stock(event: Event, problems: Problems) -> None:
    """What a build says of labels, without the pages; a layout that cannot be used is then the build's own matter."""
    from .. import compose

    for product in event.products:
        if product.stock or product.printer:
            try:
                trim = compose.trim(event, product)
            except Stop:
                continue
            on_stock(event, product, trim, problems)


def _composed(event: Event, problems: Problems, own_code: bool) -> list[tuple[str, tuple[Page, ...]]]:
    """The pages of every product: what does not fit, and what is wrong with labels, a build would say of them too."""
    from .. import compose

    def bleed(spec: str) -> float:
        return spec_of(event, spec).bleed

    # Before the first build there is no key yet; how long a code is does not depend on it.
    keyed = event if event.secret else replace(event, secret=bytes(32))
    made = []
    for product in event.products:
        try:
            composition = compose.compose(keyed, product, problems, own_code=own_code, bleed_for=bleed)
        except Stop as stop:
            problems.add(stopped(stop, product))
            continue
        if composition.pages and (product.stock or product.printer):
            on_stock(event, product, composition.trim, problems)
        made.append((product.name, composition.pages))
    return made
