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

    @property
    def corrections(self) -> tuple[Matrix, Matrix]:
        """What makes up for the printer on fronts and on backs, in points from the bottom left corner of the sheet."""
        from ..printers import upwards

        if self.printer is None:
            return IDENTITY, IDENTITY
        height = self.printer.paper.height
        return upwards(self.printer.matrix("front"), height), upwards(self.printer.matrix("back"), height)


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
    event: Event, product: Product, made: composing.Composition, pdf: bytes, lying: OnStock, problems: Problems
) -> impositions.Imposed:
    """A product's pages on its labels, or on sheets by the scheme it asks for or the usual one of its kind.

    Raises Stop where they do not fit.
    """
    from .. import impose
    from ..page import Finish

    title = f"{event.display_title}: {product.name}"
    if lying.agreement is not None:
        return impose.labels(
            pdf,
            lying.agreement.places(product.free),
            lying.agreement.stock.sheet,
            duplex=made.duplex,
            flip=product.flip or "long",
            title=title,
            corrections=lying.corrections,
        )
    usual = "saddle" if made.finish is Finish.BOOKLET else "cards" if made.duplex else "cards-one-sided"
    scheme = impose.load(product.imposition or usual, [event.folder / "impositions"])
    changed: dict[str, Any] = {key: value for key in ("thickness", "flip") if (value := getattr(product, key))}

    if made.right_to_left and scheme.bound:
        changed["right_to_left"] = True

    def laid(corrections: tuple[Matrix, Matrix]) -> impositions.Imposed:
        return impose.impose(
            pdf,
            replace(scheme, **changed),
            product.paper or event.paper,
            title=title,
            version=hashlib.sha256(pdf).hexdigest()[:8],
            slugs=slugs,
            what=product.name,
            corrections=corrections,
        )

    found = laid((IDENTITY, IDENTITY))
    if lying.printer is None:
        return found
    if found.paper.same_as(lying.printer.paper, slack=0.5 * mm):
        return laid(lying.corrections)
    message = f"{product.name} lies on {found.paper}, and the printer was measured on {lying.printer.paper}"
    problems.warning(message, product.places.get("printer", product.place), _ACROSS, "printer.paper")
    return found


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
