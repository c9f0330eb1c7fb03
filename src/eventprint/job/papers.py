"""How products lie on the organiser's own paper: sheets by a scheme, labels, and the printer that is made up for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..event import Event, Product
from ..geometry import Size, mm
from ..page import IDENTITY, Edition, Matrix, Page
from ..problems import Problems, Stop
from ..values import dataclass

if TYPE_CHECKING:
    from .. import compose as composing
    from .. import impose as impositions
    from .. import stock as stocks
    from ..printers import Printer


@dataclass(frozen=True, slots=True)
class OnStock:
    """How a product lies on the labels it was ordered on, and the printer that is made up for, if any."""

    agreement: stocks.Agreement | None = None
    """None where no stock was ordered, or the one ordered cannot be used."""
    printer: Printer | None = None


def on_stock(event: Event, product: Product, trim: Size, problems: Problems) -> OnStock:
    """Find a product's stock and printer; whether they are known, fit each other and the pages is in the problems."""
    from .. import printers
    from .. import stock as stocks

    if not (product.stock or product.printer):
        return OnStock()
    places = product.places
    made = OnStock()
    try:
        if product.stock:
            stock = stocks.load(product.stock, problems, event.folder, places.get("stock", product.place))
            made = OnStock(_agreeing(stock, product, trim, problems))
        if product.printer:
            where = places.get("printer", product.place)
            made = replace(made, printer=printers.load(product.printer, problems, event.folder, where))
    except Stop as stop:
        problems.add(stop.problem)
    if made.agreement and made.printer:
        sheet, paper = made.agreement.stock.sheet, made.printer.paper
        if not sheet.same_as(paper, slack=0.5 * mm):
            message = f"the printer {product.printer} was measured on {paper}, but {product.stock} is {sheet}"
            across = sheet.portrait.same_as(paper.portrait, slack=0.5 * mm)
            hint = _ACROSS if across else "measure it with a test sheet of that paper"
            problems.error(message, places.get("printer", product.place), hint, "printer.paper")
            made = replace(made, printer=None)
    return made


_ACROSS = "which way a printer turns sheets that lie across is not known: leave the printer out"


def _agreeing(stock: stocks.Stock, product: Product, trim: Size, problems: Problems) -> stocks.Agreement | None:
    """How the pages lie on the labels of a stock; None, with the axis and the excess in the problems, where not."""
    what = product.name.removesuffix("s") if product.name in ("badges", "speaker-cards") else "page"
    agreement = stock.agreement(trim, what.replace("-", " "))
    place = product.places.get("stock", product.place)
    if agreement.fault:
        size = f"{trim.width / mm:g}x{trim.height / mm:g}"
        hint = f"choose a layout of {stock.label}, or one of the labels of `eventprint stock {size}`"
        problems.error(f"{product.name} on {product.stock}: {agreement.fault}", place, hint, "stock.disagrees")
    elif agreement.note:
        hint = "print one sheet and look at it"
        problems.warning(f"{product.name} on {product.stock}: {agreement.note}", place, hint, "stock.smaller")
    for labels in product.free:
        try:
            labels.on(stock.per_sheet)
        except ValueError as fault:
            hint = f"{product.stock} has {stock.per_sheet} to a sheet, counted row by row"
            problems.error(str(fault), product.places.get("free", place), hint, "stock.free")
            return None
    return None if agreement.fault else agreement


def imposed(
    event: Event, product: Product, made: composing.Composition, pdf: bytes, lying: OnStock
) -> impositions.Imposed:
    """A product's pages on its labels, or on sheets by the scheme it asks for or the usual one of its kind.

    Raises Stop where they do not fit.
    """
    from .. import impose
    from ..page import Finish

    title = f"{event.display_title}: {product.name}"
    if lying.agreement is not None:
        stock = lying.agreement.stock
        sheets = stock.sheets(len(made.pages) // (2 if made.duplex else 1), product.free)
        off = _corrections(lying.printer, stock.sheet)
        flip = product.flip or "long"
        return impose.labels(pdf, sheets, stock.sheet, duplex=made.duplex, flip=flip, title=title, corrections=off)
    usual = "saddle" if made.finish is Finish.BOOKLET else "cards" if made.duplex else "cards-one-sided"
    scheme = impose.load(product.imposition or usual, [event.folder / "impositions"])
    changed: dict[str, Any] = {key: value for key in ("thickness", "flip") if (value := getattr(product, key))}
    paper = product.paper or event.paper
    return impose.impose(
        pdf,
        replace(scheme, **changed),
        paper,
        title=title,
        version=hashlib.sha256(pdf).hexdigest()[:8],
        slugs=slugs,
        what=product.name,
        corrections=_corrections(lying.printer, paper),
    )


def _corrections(printer: Printer | None, paper: Size) -> tuple[Matrix, Matrix]:
    """What undoes a printer's distortion of fronts and backs, in points from the bottom left; nothing without one."""
    if printer is None:
        return IDENTITY, IDENTITY

    def turned(matrix: Matrix) -> Matrix:
        a, b, c, d, e, f = matrix
        return (a, -b, -c, d, c * paper.height + e, paper.height - d * paper.height - f)

    return turned(printer.matrix("front")), turned(printer.matrix("back"))


def slugs(lines: Sequence[str]) -> bytes:
    """Lines for the margins of sheets, a page for each, as wide as the longest."""
    from ..draw import draw
    from ..page import Text
    from ..text import Style, clean, shape

    size, style = 5.5, Style()
    shaped = [shape(clean(line), style) for line in lines]
    page = Size(max(line.width for line in shaped) * size, 1.3 * size)
    pages = [Page(page, (Text(0, size, line, size),)) for line in shaped]
    return draw(pages, edition=Edition.BLED, title="", language="en")
