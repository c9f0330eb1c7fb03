"""The whole path for a door: read, check, compose, draw, impose, preflight, deliver.

The only file that joins verbs. It prints nothing: whoever calls it shows what came back. Each verb is imported where
it is first needed, because one badge at the desk needs neither imposition nor a manifest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .codes import identify
from .event import Attendee, Event, Product
from .geometry import Size, mm
from .page import Edition, Finish, Page, artworks
from .problems import Exit, Place, Problem, Problems, Severity, Stop
from .values import dataclass

if TYPE_CHECKING:
    from . import compose as composing
    from . import impose as impositions
    from . import preflight as preflighting
    from . import stock as stocks
    from .inks import Press
    from .printers import Printer
    from .rasters import Note
    from .ticket import Part

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done and how much there is."""

GROUPS: dict[str, tuple[str, ...]] = {
    "cards": ("speaker-cards", "table-tents"),
    "signs": ("signs-a3", "signs-a4"),
    "badges": ("badges", "badges-a6"),
}
"""Words for several products at once."""

PILE = ("badges", "badges-a6")
"""Products that lie in a pile on the registration desk."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: its name in the print folder, what it is, its pages and their size."""

    name: str
    product: str
    pages: int
    trim: Size | None
    what: str
    written: bool = True
    problems: tuple[Problem, ...] = ()
    """What is wrong with a single badge; it is printed all the same, for a queue is waiting."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, what it found, and what nobody supplied."""

    folder: Path
    event: Event
    files: tuple[Made, ...]
    problems: tuple[Problem, ...]
    removed: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and everything found while reading and checking it."""

    event: Event
    problems: tuple[Problem, ...]
    agenda: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """The parse, ready for JSON."""
        return dict(self.agenda)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a badge code is genuine, and whose it is."""

    ok: bool
    name: str = ""
    roles: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JobItem:
    """One line of a job sheet: a file and what to do with it."""

    file: str
    what: str
    size: str
    pages: str
    sides: str
    finishing: str
    quantity: int


_FAR = 12.0
"""ΔE*ab from which everybody sees that a printed colour is another one than that on the screen."""


@dataclass(slots=True)
class _Run:
    """Files of a build as they come to be, by name, with what the manifest and the job sheets say of them."""

    event: Event
    problems: Problems
    files: dict[str, bytes] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    items: dict[str, list[JobItem]] = field(default_factory=dict)
    composed: list[tuple[str, tuple[Page, ...]]] = field(default_factory=list)
    """Products and their pages, for the proof."""
    placed: list[tuple[str, ...]] = field(default_factory=list)
    """Rows of the placement list."""
    compositions: dict[str, composing.Composition] = field(default_factory=dict)
    """What each product was composed as, for the job tickets."""

    _press: Press | None = None

    def press(self) -> Press:
        """The print shop's press; what is wrong with its profile, and which colours it cannot print, is told once."""
        if self._press is None:
            from . import inks

            try:
                self._press = inks.press(self.event.profile)
            except ValueError as fault:
                hint = "ask the print shop for its output profile; until then it is coated paper, FOGRA39"
                self.problems.error(str(fault), Place("event.yaml"), hint, "profile.refused")
                self._press = inks.press()
            brand = self.event.brand
            for name in ("primary", "accent", "ink"):
                colour = getattr(brand, name)
                distance = self._press.distance(colour)
                if distance > _FAR:
                    message = f"the brand's {name} colour {colour} cannot be printed as it is: ΔE {distance:.0f}"
                    hint = "look at a printed proof, or choose a colour that ink can reach"
                    self.problems.warning(message, Place("event.yaml"), hint, "brand.gamut")
        return self._press

    def add(self, name: str, data: bytes, product: str, pages: int, trim: Size | None, what: str) -> None:
        self.files[name] = data
        self.made.append(Made(name, product, pages, trim, what))

    def order(self, recipient: str, item: JobItem) -> None:
        self.items.setdefault(recipient, []).append(item)


def build(
    folder: Path,
    wanted: Sequence[str] = (),
    *,
    out: Path | None = None,
    progress: Progress | None = None,
    own_code: bool = False,
) -> Built:
    """Make the ordered products, or the wanted ones, into `print/` of the event folder or into `out`.

    Raises Stop where nothing can be made at all; everything else is in the problems.
    """
    from . import check, deliver
    from .read import read

    problems = Problems()
    event = read(folder, problems, secret=True)
    check.check(event, problems)
    products = _wanted(event, wanted)
    run = _Run(event, problems)
    tell = progress or (lambda what, done, total: None)
    for done, product in enumerate(products):
        tell(product.name, done, len(products) + 1)
        try:
            _make(run, product, own_code)
        except Stop as stop:
            problems.add(_placed(stop, product))
    tell("lists and job sheets", len(products), len(products) + 1)
    _lists(run, [product.name for product in products])
    _fits(run)
    if not wanted:
        _job_sheets(run)
    target = out or folder / "print"
    only = {made.product for made in run.made} if wanted else None
    delivery = deliver.deliver(target, run.files, manifest=_manifest(run), only=only)
    tell("done", len(products) + 1, len(products) + 1)
    written = set(delivery.written)
    files = tuple(
        Made(m.name, m.product, m.pages, m.trim, m.what, m.name in written)
        for m in sorted(run.made, key=lambda m: m.name)
    )
    return Built(target, event, files, tuple(problems.found), delivery.removed, _missing(problems))


def _placed(stop: Stop, product: Product) -> Problem:
    """What ended one product: at its order where no other place is known, and as a layout's failure where it is one."""
    problem = stop.problem
    rule = problem.rule or ("layout.failed" if stop.code == Exit.LAYOUT else "product.stopped")
    return replace(problem, place=problem.place if problem.place.file else product.place, rule=rule)


def _wanted(event: Event, wanted: Sequence[str]) -> list[Product]:
    """The ordered products that were asked for; raises Stop for a word that names none."""
    if not wanted:
        return list(event.products)
    ordered = {product.name: product for product in event.products}
    names = dict.fromkeys(name for word in wanted for name in GROUPS.get(word, (word,)))
    chosen = []
    for name in names:
        if name in ordered:
            chosen.append(ordered[name])
        elif name not in {member for group in GROUPS.values() for member in group}:
            from difflib import get_close_matches

            close = get_close_matches(name, [*ordered, *GROUPS], n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"this event has: {', '.join(ordered)}"
            raise Stop(f"this event has no product {name!r}", hint, Exit.USAGE)
    if not chosen:
        raise Stop(f"this event orders nothing of: {', '.join(wanted)}", f"it has: {', '.join(ordered)}", Exit.USAGE)
    return chosen


def _make(run: _Run, product: Product, own_code: bool) -> None:
    from . import compose

    composition = compose.compose(run.event, product, run.problems, own_code=own_code)
    if not composition.pages:
        run.problems.warning(f"{product.name}: there is nothing to print on it", product.place, rule="product.empty")
        return
    run.composed.append((product.name, composition.pages))
    run.compositions[product.name] = composition
    if product.stock or product.printer:
        on_stock(run.event, product, composition.trim, run.problems)
    match composition.finish:
        case Finish.BOOKLET:
            _booklet(run, product, composition)
        case Finish.CARDS:
            _cards(run, product, composition)
        case Finish.TENTS | Finish.SHEETS:
            _sheets(run, product, composition)


def _draw(run: _Run, pages: Sequence[Page], edition: Edition, what: str, marks_from: float | None = None) -> bytes:
    from .draw import draw

    event = run.event
    title = f"{event.display_title}: {what}"
    author = ", ".join(event.organisers)
    press = run.press() if edition is Edition.SHOP else None
    return draw(
        pages,
        edition=edition,
        title=title,
        language=event.language,
        author=author,
        press=press,
        marks_from=marks_from,
    )


def _slugs(lines: Sequence[str]) -> bytes:
    """Lines for the margins of sheets, a page for each, as wide as the longest."""
    from .draw import draw
    from .page import Text
    from .text import Style, clean, shape

    size, style = 5.5, Style()
    shaped = [shape(clean(line), style) for line in lines]
    page = Size(max(line.width for line in shaped) * size, 1.3 * size)
    pages = [Page(page, (Text(0, size, line, size),)) for line in shaped]
    return draw(pages, edition=Edition.BLED, title="", language="en")


def _for_shop(run: _Run, made: composing.Composition, name: str) -> bytes:
    """The pages as the print shop wants them, looked at as it would."""
    from . import preflight

    spec = preflight.spec(made.spec, _specs_of(run.event.folder))
    pdf = _draw(run, made.pages, Edition.SHOP, name, spec.marks_from if spec.marks == "crop" else None)
    return _check_file(run, pdf, spec, f"print-shop/{name}.pdf", made.pages)


def _check_file(run: _Run, pdf: bytes, spec: preflighting.Spec, name: str, pages: Sequence[Page]) -> bytes:
    """The file, without any claim that did not stand; what is wrong with it is in the problems."""
    from . import preflight

    report = preflight.preflight(pdf, spec, pages=pages, name=name)
    run.problems.add(*report.problems)
    if not report.untrue:
        return pdf
    claims = " and ".join(report.untrue)
    message = f"the file no longer says that it is {claims}, since that does not hold"
    run.problems.warning(message, Place(name), "mend what preflight names, and build again", "preflight.unclaimed")
    return preflight.unclaimed(pdf, report.untrue)


def _imposed(run: _Run, product: Product, pdf: bytes, usual: str) -> impositions.Imposed:
    """A product's pages on the sheets of the organiser's printer, by the scheme it asks for or the usual one."""
    from . import impose

    scheme = impose.load(product.imposition or usual, [run.event.folder / "impositions"])
    changed: dict[str, Any] = {key: value for key in ("thickness", "flip") if (value := getattr(product, key))}
    title = f"{run.event.display_title}: {product.name}"
    return impose.impose(
        pdf,
        replace(scheme, **changed),
        product.paper or run.event.paper,
        title=title,
        version=hashlib.sha256(pdf).hexdigest()[:8],
        slugs=_slugs,
        what=product.name,
    )


def _booklet(run: _Run, product: Product, made: composing.Composition) -> None:
    from . import preflight

    name, pages, size = product.name, made.pages, str(made.trim)
    shop = _for_shop(run, made, name)
    run.add(f"print-shop/{name}.pdf", shop, name, len(pages), made.trim, "single pages in order, with bleed")
    run.order(
        "print-shop",
        JobItem(
            f"{name}.pdf",
            made.about,
            size,
            f"{len(pages)} pages",
            "both sides",
            f"fold, staple twice through the spine, trim to {size}",
            product.quantity,
        ),
    )
    bled = _draw(run, pages, Edition.BLED, name)
    imposed = _imposed(run, product, bled, "saddle")
    run.add(
        f"office/{name}-booklet.pdf",
        imposed.pdf,
        name,
        imposed.sides,
        imposed.paper,
        "imposed for a duplex printer: print, fold, staple",
    )
    run.order(
        "office",
        JobItem(
            f"{name}-booklet.pdf",
            made.about,
            f"{size} from {imposed.paper}",
            f"{imposed.sheets} sheets",
            imposed.turning,
            imposed.finishing,
            product.quantity,
        ),
    )
    screen = _draw(run, pages, Edition.SCREEN, name)
    screen = _check_file(run, screen, preflight.spec("online"), f"online/{name}.pdf", pages)
    run.add(f"online/{name}.pdf", screen, name, len(pages), made.trim, "for reading on screen, with links")
    _proof(run, name, screen, spreads=True)


def _cards(run: _Run, product: Product, made: composing.Composition) -> None:
    name, pages = product.name, made.pages
    per = 2 if made.duplex else 1
    shop = _for_shop(run, made, name)
    run.add(
        f"print-shop/{name}.pdf",
        shop,
        name,
        len(pages),
        made.trim,
        "single pages with bleed" + (", each front followed by its back" if made.duplex else ""),
    )
    run.order(
        "print-shop",
        JobItem(
            f"{name}.pdf",
            made.about,
            str(made.trim),
            f"{len(pages) // per} cards",
            "both sides" if made.duplex else "one side",
            f"cut to {made.trim}",
            product.quantity,
        ),
    )
    bled = _draw(run, pages, Edition.BLED, name)
    imposed = _imposed(run, product, bled, "cards" if made.duplex else "cards-one-sided")
    run.add(
        f"{made.recipient}/{name}.pdf",
        imposed.pdf,
        name,
        imposed.sides,
        imposed.paper,
        f"{imposed.per_side} to a sheet, with crop marks",
    )
    run.order(
        made.recipient,
        JobItem(
            f"{name}.pdf",
            made.about,
            f"{made.trim} from {imposed.paper}",
            f"{imposed.sheets} sheets",
            imposed.turning,
            imposed.finishing or "cut along the marks",
            product.quantity,
        ),
    )
    _proof(run, name, bled, pages)


def _sheets(run: _Run, product: Product, made: composing.Composition) -> None:
    name, pages = product.name, made.pages
    shop = _for_shop(run, made, name)
    finishing = "fold once in the middle" if made.finish is Finish.TENTS else "none"
    run.add(f"print-shop/{name}.pdf", shop, name, len(pages), made.trim, "single pages with bleed")
    run.order(
        "print-shop",
        JobItem(
            f"{name}.pdf",
            made.about,
            str(made.trim),
            f"{len(pages)} sheets",
            "one side",
            f"cut to {made.trim}" + (", " + finishing if finishing != "none" else ""),
            product.quantity,
        ),
    )
    office = _draw(run, pages, Edition.OFFICE, name)
    run.add(
        f"{made.recipient}/{name}.pdf", office, name, len(pages), made.trim, f"for a printer with {made.trim} paper"
    )
    run.order(
        made.recipient,
        JobItem(
            f"{name}.pdf", made.about, str(made.trim), f"{len(pages)} sheets", "one side", finishing, product.quantity
        ),
    )
    if made.recipient == "venue":
        _note_places(run, f"{name}.pdf", made)
    _proof(run, name, office, pages)


def _note_places(run: _Run, file: str, made: composing.Composition) -> None:
    """A row of the placement list for each different sign; copies are counted, their pages named."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, page in enumerate(made.pages, 1):
        numbers.setdefault((page.name, page.where), []).append(number)
    for (name, where), pages in numbers.items():
        span = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
        run.placed.append(("", name, where, str(made.trim), str(len(pages)), f"{file}, {span}"))


def _proof(run: _Run, name: str, pdf: bytes, pages: Sequence[Page] = (), *, spreads: bool = False) -> None:
    """Contact sheets of a file: all of it, or where its pages are given those of them worth a look."""
    from . import rasters
    from .text import clean

    shown, note = rasters.worth_showing(pages) if pages else (None, "")
    title = clean(f"{run.event.display_title} · {name}")
    sheets = rasters.contact_sheets(pdf, title=title, spreads=spreads, shown=shown, note=note)
    for number, png in enumerate(sheets, 1):
        part = f"-{number}" if len(sheets) > 1 else ""
        run.add(f"proof/{name}{part}.png", png, name, 1, None, "contact sheet")


def _fits(run: _Run) -> None:
    """Whose name could not be set as wished: a table, and pictures of the worst; nothing where all are."""
    from . import proof, rasters

    worst = proof.strained(run.composed)
    if not worst:
        return
    run.add("proof/fit.csv", proof.fit_table(run.composed), "fit", 1, None, "texts that are not set as wished")
    what = "not set as wished"
    title = f"{run.event.display_title} · {what}"
    sheets = rasters.contact_sheets(_draw(run, worst, Edition.OFFICE, what), title=title, note="the worst first")
    run.add("proof/fit.png", sheets[0], "fit", 1, None, "the same as pictures, the worst first")


def _lists(run: _Run, names: Iterable[str]) -> None:
    """The lists that go with products: the pile of badges, and where signs hang."""
    from . import compose

    made = []
    if set(names).intersection(PILE):
        made.append(compose.make(run.event, "pile-list", run.problems))
    if run.placed:
        made.append(compose.make(run.event, "placement-list", run.problems, rows=tuple(run.placed)))
    for one in made:
        pdf = _draw(run, one.pages, Edition.OFFICE, one.name)
        run.add(f"{one.recipient}/{one.name}.pdf", pdf, one.name, len(one.pages), one.trim, one.about)


def _job_sheets(run: _Run) -> None:
    """One sheet a recipient that says what to print, how, how often and what to do with it; the same as data."""
    from . import compose
    from .ticket import ticket

    for recipient, items in run.items.items():
        rows = tuple((i.file, i.what, i.size, i.pages, i.sides, i.finishing, str(i.quantity)) for i in items)
        made = compose.make(run.event, "job-sheet", run.problems, rows=rows)
        pdf = _draw(run, made.pages, Edition.OFFICE, f"job sheet, {recipient}")
        run.add(
            f"{recipient}/job-sheet.pdf",
            pdf,
            "job-sheet",
            len(made.pages),
            made.trim,
            "what to print, how, and what to do with it",
        )
        data = ticket(run.event.title, recipient, [_part(run, recipient, item) for item in items])
        run.add(f"{recipient}/job-ticket.json", data, "job-sheet", 0, None, "the job sheet for a printer's software")
        if recipient != "print-shop":
            _job_file(run, recipient, items)


def _part(run: _Run, recipient: str, item: JobItem) -> Part:
    from .ticket import Part

    name = f"{recipient}/{item.file}"
    made = next(made for made in run.made if made.name == name)
    composed = run.compositions[made.product]
    bleed = composed.pages[0].bleed if recipient == "print-shop" else 0.0
    both = item.sides.startswith("both sides")
    return Part(
        file=item.file,
        product=made.product,
        what=item.what,
        data=run.files[name],
        pages=made.pages,
        size=made.trim,
        trim=composed.trim,
        bleed=bleed,
        turn=("short" if "short" in item.sides else "long") if both else "",
        imposed=recipient != "print-shop" and made.trim != composed.trim,
        finish=composed.finish,
        finishing=item.finishing,
        quantity=item.quantity,
        spec=composed.spec,
    )


def _job_file(run: _Run, recipient: str, items: Sequence[JobItem]) -> None:
    """All files of a recipient in one, the job sheet first, to look through, pass on or print part by part.

    A print shop gets none: its software takes one file a product, all pages of one size, that says it is PDF/X-4. A
    file of several sizes with a page of instructions in it says no such thing, and would be printed as it is.
    """
    from .merge import merge

    ordered = ["job-sheet.pdf", *(item.file for item in items)]
    lists = [made.name.split("/")[1] for made in run.made if made.name.startswith(f"{recipient}/")]
    names = dict.fromkeys([*ordered, *(name for name in lists if name.endswith(".pdf"))])
    parts = [(name, run.files[f"{recipient}/{name}"]) for name in names]
    pdf, pages = merge(parts, title=f"{run.event.display_title}: {recipient}")
    about = "everything in this folder in one file, a bookmark for each part"
    run.add(f"{recipient}/job.pdf", pdf, "job-sheet", pages, None, about)


def _manifest(run: _Run) -> dict[str, Any]:
    from . import __version__, deliver

    supplied = {file for _, pages in run.composed for file, _ in artworks(pages)}
    sources = sorted({_relative(run.event.folder, file) for file in (*run.event.sources, *supplied)})
    return {
        "eventprint": __version__,
        "event": run.event.title,
        "files": [
            deliver.describe(
                made.name, run.files[made.name], product=made.product, sources=sources, pages=made.pages, trim=made.trim
            )
            for made in run.made
        ],
    }


def _relative(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name


def _missing(problems: Problems) -> tuple[str, ...]:
    return tuple(problem.message for problem in problems.found if problem.rule.startswith("missing."))


def check(folder: Path) -> Checked:
    """Read and check an event without writing anything."""
    from . import check as checking
    from .read import read
    from .read.agenda import as_data

    problems = Problems()
    event = read(folder, problems)
    checking.check(event, problems)
    for product in event.products:
        if product.stock or product.printer:
            _check_stock(event, product, problems)
    return Checked(event, tuple(problems.found), as_data(event, event.coverage))


def _check_stock(event: Event, product: Product, problems: Problems) -> None:
    """The same that a build says of a product's labels; a layout that cannot be used is the build's own matter."""
    from . import compose

    try:
        trim = compose.trim(event, product)
    except Stop:
        return
    on_stock(event, product, trim, problems)


@dataclass(frozen=True, slots=True)
class OnStock:
    """How a product lies on the labels it was ordered on, and the printer that is made up for, if any."""

    agreement: stocks.Agreement | None = None
    """None where no stock was ordered, or the one ordered cannot be used."""
    printer: Printer | None = None


def on_stock(event: Event, product: Product, trim: Size, problems: Problems) -> OnStock:
    """Find a product's stock and printer; whether they are known, fit each other and the pages is in the problems."""
    from . import printers
    from . import stock as stocks

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
    if made.agreement and made.printer and not made.agreement.stock.sheet.same_as(made.printer.paper, slack=0.5):
        message = f"the printer {product.printer} was measured on {made.printer.paper}, but"
        message += f" {product.stock} is {made.agreement.stock.sheet}"
        hint = "measure it with a test sheet of that paper, upright"
        problems.error(message, places.get("printer", product.place), hint, "printer.paper")
    return made


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


def badge(folder: Path, who: str, *, out: Path | None = None, layout: str | None = None) -> Made:
    """One badge for the person named, by id, code, name or part of a name.

    Raises Stop with the candidates where nobody or more than one is meant.
    """
    from . import compose
    from .deliver import write
    from .draw import draw
    from .read import read
    from .read.names import slug

    problems = Problems()
    event = read(folder, problems, secret=True, ordered=False)
    attendee = _one(event, who)
    product = next((p for p in event.products if p.name == "badges"), Product("badge-90x55", "badges"))
    chosen = Product(layout or product.layout, product.name, 1, product.settings, product.place)
    found = Problems()
    made = compose.compose(replace(event, attendees=(attendee,)), chosen, found)
    pdf = draw(
        made.pages,
        edition=Edition.OFFICE,
        title=f"{event.display_title}: {attendee.name.full}",
        language=event.language,
        author=", ".join(event.organisers),
    )
    file = out or folder / "print" / "desk" / f"badge-{slug(attendee.name.full)[:60] or 'nameless'}.pdf"
    write(file, pdf)
    what = f"badge of {attendee.name.full}"
    return Made(str(file), "badges", len(made.pages), made.trim, what, problems=tuple(found.found))


def _one(event: Event, who: str) -> Attendee:
    """The one attendee meant; names match where every typed word begins a word of name or organisation."""
    letters = identify(event.secret, who)
    if letters:
        return _by_letters(event, letters)
    exact = [a for a in event.attendees if _is_exactly(who, a, event.secret)]
    found = exact or [a for a in event.attendees if _matches(who, a)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Stop(f"nobody on the list is called {who!r}", "type the beginning of a name, or an id", Exit.USAGE)
    from .collation import collator

    found.sort(key=lambda a: collator(event.language).filed(a.name.sort or a.name.full))
    shown = "; ".join(f"{a.name.full}, {a.organisation}" if a.organisation else a.name.full for a in found[:6])
    more = f" and {len(found) - 6} more" if len(found) > 6 else ""
    raise Stop(
        f"{len(found)} people match {who!r}: {shown}{more}", "type more of the name or the organisation", Exit.USAGE
    )


def _is_exactly(who: str, attendee: Attendee, secret: bytes) -> bool:
    """Whether the full name, the id with or without its kind before a colon, or the letters below a code were typed."""
    from .codes import short, token
    from .read.names import fold

    typed = fold(who)
    names = (attendee.name.full, attendee.id, attendee.id.partition(":")[2])
    if any(typed == fold(name) for name in names):
        return True
    letters = re.sub(r"[\s-]", "", who).upper()
    return len(letters) == 10 and letters == short(token(secret, attendee.id)).replace(" ", "")


def _by_letters(event: Event, letters: str) -> Attendee:
    from .codes import token

    for attendee in event.attendees:
        if token(event.secret, attendee.id)[2:12] == letters:
            return attendee
    raise Stop(
        "the code is genuine, but nobody on the list has it",
        "the person may have been taken off the list",
        Exit.PROBLEMS,
    )


def _matches(who: str, attendee: Attendee) -> bool:
    from .read.names import fold

    words = f"{fold(attendee.name.full)} {fold(attendee.organisation)}".split()
    return all(any(word.startswith(typed) for word in words) for typed in fold(who).split())


def verify(folder: Path, code: str) -> Verified:
    """Whether a badge code was made by this event, and whose it is."""
    from .read import read

    event = read(folder, Problems())
    if not event.secret:
        return Verified(False, reason="this event has printed no codes yet")
    letters = identify(event.secret, code)
    if letters is None:
        return Verified(False, reason="this code was not made by this event, or a letter is wrong")
    try:
        attendee = _by_letters(event, letters)
    except Stop as stop:
        return Verified(False, reason=stop.problem.message)
    return Verified(True, attendee.name.full, tuple(event.role(key).word for key in attendee.roles))


def preflight(file: Path, spec: str, event_folder: Path | None = None) -> preflighting.Report:
    """A report on any PDF by a spec: a name, also of one in the event's own `specs` folder, or a YAML file.

    Raises Stop where the file or the spec is missing.
    """
    from . import preflight as preflighting

    wanted = preflighting.spec(spec, _specs_of(event_folder))
    return preflighting.preflight(_bytes_of(file), wanted, name=file.name)


def impose(
    file: Path,
    name: str,
    paper: Size,
    *,
    out: Path | None = None,
    changes: Mapping[str, Any] | None = None,
    one_sided: bool = False,
    version: str = "",
) -> tuple[Path, impositions.Imposed]:
    """Any PDF on sheets of paper by a named scheme, into a file beside it or `out`.

    `changes` are fields of the scheme that are to be others. Raises Stop where the file, the scheme or the paper does
    not do.
    """
    from . import impose as impositions
    from .deliver import write

    data = _bytes_of(file)
    scheme = impositions.load(name, [Path("impositions")])
    if one_sided and scheme.back:
        if scheme.grid != (1, 1):
            raise Stop(f"{name} needs both sides of a sheet", "leave out --one-sided", Exit.USAGE)
        scheme = replace(scheme, front=("1",), back=())
    scheme = replace(scheme, **(changes or {}))
    made = impositions.impose(
        data,
        scheme,
        paper,
        job=file.stem,
        version=version or hashlib.sha256(data).hexdigest()[:8],
        slugs=_slugs,
        what=file.name,
    )
    target = out or file.with_name(f"{file.stem}-{name}.pdf")
    if target.resolve() == file.resolve():
        raise Stop(f"{target} would be written over", "name another file with --out", Exit.USAGE)
    write(target, made.pdf)
    return target, made


def schemes() -> list[tuple[str, str, int]]:
    """Every way to put pages on sheets: name, what it is for, pages of a block."""
    from . import impose as impositions

    folders = [Path("impositions")]
    found = [(name, impositions.load(name, folders)) for name in impositions.schemes(folders)]
    return [(name, scheme.about, scheme.pages) for name, scheme in found]


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Stop(f"{file} cannot be read: {fault.strerror}", "check the name", Exit.MISSING) from None


def _specs_of(event_folder: Path | None) -> list[Path]:
    return [event_folder / "specs"] if event_folder else []


_PICTURES, _OUTLINES = 12, 60
"""So many pages of a file are worth a picture, and so many places of one fault an outline."""


def mark(file: Path, report: preflighting.Report, target: Path) -> list[Path]:
    """Pictures of the pages a report finds fault with, the places marked, each written whole or not at all.

    A target that ends in `.png` is the picture, or where several pages are at fault the beginning of their names; any
    other is a folder for them. Raises Stop where a page cannot be drawn or a picture not be written.
    """
    from . import rasters
    from .deliver import write

    pdf = _bytes_of(file)
    numbers = _worth_marking(report)
    made = []
    for number in numbers:
        notes, whole = _notes(report, number), _notes(report, 0) if number == numbers[0] else []
        about = f"held against {report.spec}"
        try:
            picture = rasters.marked_page(pdf, number, notes, title=file.name, about=about, whole=whole)
        except ValueError as fault:
            raise Stop(
                f"no picture of {file.name}: {fault}", "the report tells what is wrong", Exit.PREFLIGHT
            ) from None
        out = target
        if target.suffix.lower() != ".png":
            out = target / f"page-{number:03d}.png"
        elif len(numbers) > 1:
            out = target.with_stem(f"{target.stem}-page-{number}")
        write(out, picture)
        made.append(out)
    return made


def _worth_marking(report: preflighting.Report) -> list[int]:
    """The first pages with places to show; where faults have none, one page stands for all."""
    places = {number for fault in report.faults for number, _ in fault.places}
    pages = {number for fault in report.faults for number in fault.pages}
    if places:
        return sorted(places)[:_PICTURES]
    first = min(pages, default=1)
    return [first] if report.faults and report.pages else []


def _notes(report: preflighting.Report, number: int) -> list[Note]:
    """What a report says of a page, or with 0 of the file as a whole, as notes for its picture."""
    from .rasters import Note

    notes = []
    for at, fault in enumerate(report.numbered, 1):
        if number in fault.pages or (not number and not fault.pages):
            places = tuple(box for page, box in fault.places if page == number)[:_OUTLINES]
            grave = fault.severity is Severity.ERROR
            notes.append(Note(at, fault.message, fault.rule, fault.hint, grave, places))
    return notes


def specs(event_folder: Path | None) -> list[tuple[str, str, str]]:
    """Every print spec: name, what it is for, where its numbers are from."""
    from . import preflight as preflighting

    folders = _specs_of(event_folder)
    found = [preflighting.spec(name, folders) for name in preflighting.specs(folders)]
    return [(one.name, one.title, one.source) for one in found]


def merge(out: Path, files: Sequence[Path], *, replace: bool = False) -> Made:
    """The pages of some PDFs in one new file, a bookmark for each, whole or not at all.

    Raises Stop where a file is missing, locked or damaged, and where the new one is there already.
    """
    from .deliver import write
    from .merge import merge as merged

    if out.exists() and not replace:
        raise Stop(f"{out} is there already", "name the new file first; --replace writes over it", Exit.USAGE)
    pdf, pages = merged([(file.name, _bytes_of(file)) for file in files])
    write(out, pdf)
    return Made(str(out), "", pages, None, f"{len(files)} files in one")


def new(folder: Path, *, source: Path | None = None) -> list[Path]:
    """A commented event folder that builds at once; with a source, around that agenda."""
    from .read import starter

    return starter.write(folder, source)


def stock(words: Sequence[str] = (), folder: Path | None = None) -> tuple[dict[str, stocks.Stock], tuple[Problem, ...]]:
    """Every label and badge sheet by name, the event's own too, or those that all words name; and faults of its own."""
    from . import stock as stocks

    problems = Problems()
    known = stocks.known(problems, folder)
    return {name: one for name, one in known.items() if one.matches(words)}, tuple(problems.found)


def measuring_sheet(paper: str, *, out: Path | None = None) -> Made:
    """A sheet to measure a printer with, front and back. Raises Stop for paper that is none or too small."""
    from . import compose
    from .deliver import write
    from .draw import draw
    from .geometry import PAPERS
    from .geometry import paper as paper_of

    usual = next((name for name in PAPERS if name.casefold() == paper.strip().casefold()), paper)
    try:
        made = compose.make(Event(Path(), ""), "test-sheet", Problems(), trim=paper_of(usual))
    except ValueError as fault:
        raise Stop(str(fault), "write A4, Letter or a size such as 210 mm x 297 mm", Exit.USAGE) from None
    pdf = draw(made.pages, edition=Edition.OFFICE, title=made.about, language="en")
    named = re.sub(r"[^a-z0-9]+", "-", usual.casefold()).strip("-")
    file = out or Path(f"test-sheet-{named}.pdf")
    write(file, pdf)
    return Made(str(file), "test-sheet", len(made.pages), made.trim, made.about)


def layouts(folder: Path | None) -> list[tuple[str, str, str, str]]:
    """Every layout: name, what it is, its size, where it was found."""
    from . import compose
    from .shelves import shelf

    rows = []
    for name, about, size, file in compose.describe(folder):
        if name == "panel":
            continue
        where = "eventprint" if file.is_relative_to(shelf("layouts")) else str(file)
        rows.append((name, about, size, where))
    return rows


def schema() -> dict[str, Any]:
    """The JSON Schema of `event.yaml`, from the classes that read it."""
    from .read.settings import EventSettings
    from .records import schema as schema_of

    return schema_of(EventSettings)
