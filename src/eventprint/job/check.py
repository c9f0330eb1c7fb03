"""Read and check an event without writing anything."""

from __future__ import annotations

from pathlib import Path

from ..event import Event, Product
from ..problems import Problems, Stop
from .made import Checked
from .papers import on_stock


def check(folder: Path) -> Checked:
    """Read and check an event without writing anything."""
    from .. import check as checking
    from ..read import read
    from ..read.agenda import as_data
    from ..read.origin import origin

    problems = Problems()
    event = read(folder, problems)
    checking.check(event, problems)
    for product in event.products:
        if product.stock or product.printer:
            _check_stock(event, product, problems)
    source = origin(event)
    agenda = as_data(event, source.coverage if source else event.coverage)
    return Checked(event, tuple(problems.found), {**agenda, "source": source.source} if source else agenda)


def _check_stock(event: Event, product: Product, problems: Problems) -> None:
    """The same that a build says of a product's labels; a layout that cannot be used is the build's own matter."""
    from .. import compose

    try:
        trim = compose.trim(event, product)
    except Stop:
        return
    on_stock(event, product, trim, problems)
