"""Everything an event orders, or the products named, into one folder for each recipient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..event import Event, Product
from ..page import Edition, Finish, Page
from ..problems import Exit, Place, Problem, Problems, Stop
from ..template import Template
from .files import spec_of
from .handover import job_sheets, manifest
from .made import Built, Made, Progress
from .papers import imposed, on_stock
from .run import JobItem, Run

if TYPE_CHECKING:
    from .. import compose as composing
    from .. import impose as impositions
    from .. import preflight as preflighting


GROUPS: dict[str, tuple[str, ...]] = {
    "cards": ("speaker-cards", "table-tents"),
    "signs": ("signs-a3", "signs-a4"),
    "badges": ("badges", "badges-a6"),
}
"""Words for several products at once."""


PILE = ("badges", "badges-a6")
"""Products that lie in a pile on the registration desk."""


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
    from .. import check, deliver
    from ..read import read

    problems = Problems()
    event = read(folder, problems, secret=True)
    check.check(event, problems)
    products = _wanted(event, wanted)
    run = Run(event, problems)
    tell = progress or (lambda what, done, total: None)
    for done, product in enumerate(products):
        tell(product.name, done, len(products) + 1)
        try:
            _make(run, product, own_code)
        except Stop as stop:
            problems.add(stopped(stop, product))
    tell("lists and job sheets", len(products), len(products) + 1)
    _lists(run, [product.name for product in products])
    _fits(run)
    if not wanted:
        job_sheets(run)
        _for_the_organiser(run)
    target = out or folder / "print"
    # a job file and a ticket hold for all parts of a folder: beside newer ones they would be wrong
    touched = {f"job-{made.name.partition('/')[0]}" for made in run.made}
    only = {*touched, *(made.product for made in run.made)} if wanted else None
    delivery = deliver.deliver(target, run.files, manifest=manifest(run), only=only)
    tell("done", len(products) + 1, len(products) + 1)
    written = set(delivery.written)
    files = tuple(
        Made(m.name, m.product, m.pages, m.trim, m.what, m.name in written)
        for m in sorted(run.made, key=lambda m: m.name)
    )
    return Built(target, event, files, tuple(problems.found), delivery.removed, _missing(problems))


def stopped(stop: Stop, product: Product) -> Problem:
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


def _make(run: Run, product: Product, own_code: bool) -> None:
    from .. import compose

    def bleed(spec: str) -> float:
        return spec_of(run.event, spec).bleed

    composition = compose.compose(run.event, product, run.problems, own_code=own_code, bleed_for=bleed)
    if not composition.pages:
        run.problems.open(f"there is nothing to print on {product.name}", rule="missing.content")
        return
    run.compositions[product.name] = composition
    run.lying[product.name] = on_stock(run.event, product, composition.trim, run.problems)
    match composition.finish:
        case Finish.BOOKLET:
            _booklet(run, product, composition)
        case Finish.CARDS:
            _cards(run, product, composition)
        case Finish.TENTS | Finish.SHEETS:
            _sheets(run, product, composition)


def _for_shop(run: Run, made: composing.Composition, name: str) -> bytes:
    """The pages as the print shop wants them, looked at as it would."""

    spec = spec_of(run.event, made.spec)
    pdf = run.draw(made.pages, Edition.SHOP, name, spec.marks_from if spec.marks == "crop" else None)
    return _check_file(run, pdf, spec, f"print-shop/{name}.pdf", made.pages)


def _check_file(run: Run, pdf: bytes, spec: preflighting.Spec, name: str, pages: Sequence[Page]) -> bytes:
    """The file, without any claim that did not stand; what is wrong with it is in the problems."""
    from .. import preflight

    report = preflight.preflight(pdf, spec, pages=pages, name=name)
    run.problems.add(*report.problems)
    if not report.untrue:
        return pdf
    claims = " and ".join(report.untrue)
    message = f"the file no longer says that it is {claims}, since that does not hold"
    run.problems.warning(message, Place(name), "mend what preflight names, and build again", "preflight.unclaimed")
    return preflight.unclaimed(pdf, report.untrue)


def _booklet(run: Run, product: Product, made: composing.Composition) -> None:
    from .. import preflight

    name, pages, size = product.name, made.pages, str(made.trim)
    shop = "single pages in order, with bleed"
    _to_shop(run, product, made, shop, f"{len(pages)} pages", f"fold, staple twice through the spine, trim to {size}")
    bled = run.draw(pages, Edition.BLED, name)
    laid = imposed(run.event, product, made, bled, run.lying[name], run.problems)
    file, about = f"office/{name}-booklet.pdf", "imposed for a duplex printer: print, fold, staple"
    _to_printer(run, product, made, laid, file, about, laid.finishing)
    screen = run.draw(pages, Edition.SCREEN, name)
    screen = _check_file(run, screen, preflight.spec("online"), f"online/{name}.pdf", pages)
    run.add(f"online/{name}.pdf", screen, name, len(pages), made.trim, "for reading on screen, with links")
    _proof(run, name, screen, spreads=True, right_to_left=made.right_to_left)


def _cards(run: Run, product: Product, made: composing.Composition) -> None:
    name, pages = product.name, made.pages
    count = len(pages) // (2 if made.duplex else 1)
    shop = "single pages with bleed" + (", each front followed by its back" if made.duplex else "")
    _to_shop(run, product, made, shop, f"{count} cards", f"cut to {made.trim}")
    bled = run.draw(pages, Edition.BLED, name)
    lying = run.lying[name]
    laid = imposed(run.event, product, made, bled, lying, run.problems)
    if lying.agreement is not None:
        about = f"{laid.per_side} to a sheet of {product.stock}"
        finishing = lying.agreement.stock.edge.finishing
    else:
        about, finishing = f"{laid.per_side} to a sheet, with crop marks", laid.finishing or "cut along the marks"
    _to_printer(run, product, made, laid, f"{made.recipient}/{name}.pdf", about, finishing)
    _proof(run, name, bled, pages)


def _sheets(run: Run, product: Product, made: composing.Composition) -> None:
    name, pages = product.name, made.pages
    folded = "fold once in the middle" if made.finish is Finish.TENTS else ""
    cut = ", ".join(part for part in (f"cut to {made.trim}", folded) if part)
    _to_shop(run, product, made, "single pages with bleed", f"{len(pages)} sheets", cut)
    office = run.draw(pages, Edition.OFFICE, name)
    file, about = f"{made.recipient}/{name}.pdf", f"for a printer with {made.trim} paper"
    run.add(file, office, name, len(pages), made.trim, about)
    item = (f"{name}.pdf", made.about, str(made.trim), f"{len(pages)} sheets", "one side", folded or "none")
    run.order(made.recipient, JobItem(*item, product.quantity))
    if made.recipient == "venue":
        _note_places(run, f"{name}.pdf", made)
    _proof(run, name, office, pages)


def _to_shop(run: Run, product: Product, made: composing.Composition, about: str, count: str, finishing: str) -> None:
    """A product's file for the print shop, and its line on the shop's job sheet."""
    name, both = product.name, made.duplex or made.finish is Finish.BOOKLET
    file = f"print-shop/{name}.pdf"
    run.add(file, _for_shop(run, made, name), name, len(made.pages), made.trim, about)
    item = (f"{name}.pdf", made.about, str(made.trim), count, "both sides" if both else "one side", finishing)
    run.order("print-shop", JobItem(*item, product.quantity, turn="long" if both else ""))


def _to_printer(
    run: Run,
    product: Product,
    made: composing.Composition,
    laid: impositions.Imposed,
    file: str,
    about: str,
    finishing: str,
) -> None:
    """A product's sheets for the organiser's own printer, and their line on the job sheet."""
    run.add(file, laid.pdf, product.name, laid.sides, laid.paper, about)
    recipient, _, name = file.partition("/")
    size = f"{made.trim} from {laid.paper}"
    item = (name, made.about, size, f"{laid.sheets} sheets", laid.turning, finishing, product.quantity)
    run.order(recipient, JobItem(*item, turn=laid.turn, imposed=True))


def _note_places(run: Run, file: str, made: composing.Composition) -> None:
    """A row of the placement list for each different sign; copies are counted, their pages named."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, page in enumerate(made.pages, 1):
        numbers.setdefault((page.name, page.where), []).append(number)
    for (name, where), pages in numbers.items():
        span = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
        run.placed.append(("", name, where, str(made.trim), str(len(pages)), f"{file}, {span}"))


def _proof(
    run: Run,
    name: str,
    pdf: bytes,
    pages: Sequence[Page] = (),
    *,
    spreads: bool = False,
    right_to_left: bool = False,
) -> None:
    """Contact sheets of a file: all of it, or where its pages are given those of them worth a look."""
    from .. import rasters
    from ..text import clean

    shown, note = rasters.worth_showing(pages) if pages else (None, "")
    title = clean(f"{run.event.display_title} · {name}")
    sheets = rasters.contact_sheets(
        pdf, title=title, spreads=spreads, right_to_left=right_to_left, shown=shown, note=note
    )
    for number, png in enumerate(sheets, 1):
        part = f"-{number}" if len(sheets) > 1 else ""
        run.add(f"proof/{name}{part}.png", png, name, 1, None, "contact sheet")


def _fits(run: Run) -> None:
    """Whose name could not be set as wished: a table, and pictures of the worst; nothing where all are."""
    from .. import proof, rasters

    composed = [(name, made.pages) for name, made in run.compositions.items()]
    worst = proof.strained(composed)
    if not worst:
        return
    run.add("proof/fit.csv", proof.fit_table(composed), "fit", 1, None, "texts that are not set as wished")
    what = "not set as wished"
    title = f"{run.event.display_title} · {what}"
    sheets = rasters.contact_sheets(run.draw(worst, Edition.OFFICE, what), title=title, note="the worst first")
    run.add("proof/fit.png", sheets[0], "fit", 1, None, "the same as pictures, the worst first")


_MOST_SIDES = 150
"""Lines of the agenda that are shown on paper: about six pages."""


def _for_the_organiser(run: Run) -> None:
    """The problems to tick off, and the agenda beside what it was read as; letters no font has are told elsewhere."""
    from .. import compose, proof
    from ..read.folder.origin import origin

    found = run.problems.found
    listed = proof.points(found)
    if listed:
        more = f"; {len(found) - len(listed)} more are listed by eventprint check" if len(found) > len(listed) else ""
        boxes = tuple(("", where, f"{what}\n{hint}" if hint else what) for _, (where, what, hint) in listed)
        groups = tuple(group for group, _ in listed)
        note = _verbatim(f"{len(listed)} to look at{more}")
        made = compose.make(run.event, "open-points", Problems(), rows=boxes, groups=groups, note=note)
        _add_list(run, "proof/open-points.pdf", made)
    source = origin(run.event)
    coverage = source.coverage if source else run.event.coverage
    made_of = proof.sides(run.event, coverage, source.at if source else {})
    sides, note_of_some = proof.worth_showing(made_of, _MOST_SIDES)
    if sides:
        said = "; ".join(
            filter(None, (proof.figure(coverage, source.covers if source else run.event.covers), note_of_some))
        )
        rows = tuple(
            (str(side.line), side.source, proof.mark(side), side.read_as + (f"\n{side.note}" if side.note else ""))
            for side in sides
        )
        made = compose.make(run.event, "readings", Problems(), rows=rows, note=_verbatim(said))
        _add_list(run, "proof/readings.pdf", made)


def _verbatim(text: str) -> Template:
    """A text in the place of a template, whatever braces the material put into it."""
    return Template(text, ((False, (text,)),))


def _add_list(run: Run, file: str, made: composing.Composition) -> None:
    run.add(file, run.draw(made.pages, Edition.OFFICE, made.name), made.name, len(made.pages), made.trim, made.about)


def _lists(run: Run, names: Iterable[str]) -> None:
    """The lists that go with products: the pile of badges, and where signs hang."""
    from .. import compose

    made = []
    if set(names).intersection(PILE):
        made.append(compose.make(run.event, "pile-list", run.problems))
    if run.placed:
        made.append(compose.make(run.event, "placement-list", run.problems, rows=tuple(run.placed)))
    for one in made:
        _add_list(run, f"{one.recipient}/{one.name}.pdf", one)


def _missing(problems: Problems) -> tuple[str, ...]:
    return tuple(problem.message for problem in problems.found if problem.rule.startswith("missing."))
