"""One person: a badge while a queue waits, and whose a code is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..codes import identify
from ..event import Attendee, Event, Product
from ..geometry import Size
from ..labels import Labels
from ..page import Edition
from ..problems import Exit, Problems, Stop
from .made import Made, Verified
from .run import Run

if TYPE_CHECKING:
    from .. import compose as composing


def badge(
    folder: Path,
    who: str,
    *,
    out: Path | None = None,
    layout: str | None = None,
    stock: str = "",
    free: str = "",
    printer: str = "",
) -> Made:
    """One badge for the person named, by id, code, name or part of a name.

    It is a page of its own, or with a `stock` it lies on the first of the `free` labels of a sheet. Raises Stop with
    the candidates where nobody or more than one is meant, and where it does not fit the label.
    """
    from .. import compose
    from ..deliver import write
    from ..read import read
    from ..read.language.names import slug

    problems = Problems()
    event = read(folder, problems, secret=True, ordered=False)
    attendee = _one(event, who)
    product = next((p for p in event.products if p.name == "badges"), Product("badge-90x55", "badges"))
    chosen = Product(layout or product.layout, product.name, 1, product.settings, product.place)
    found = Problems()
    made = compose.compose(replace(event, attendees=(attendee,)), chosen, found)
    run = Run(event, found)
    what = f"badge of {attendee.name.full}"
    trim = made.trim
    if stock or free or printer:
        labels = _labels(free)
        asked = replace(chosen, stock=stock or product.stock, free=labels, printer=printer or product.printer)
        pdf, trim = _on_label(run, asked, made, attendee.name.full)
    else:
        pdf = run.draw(made.pages, Edition.OFFICE, attendee.name.full)
    file = out or folder / "print" / "desk" / f"badge-{slug(attendee.name.full)[:60] or 'nameless'}.pdf"
    write(file, pdf)
    return Made(str(file), "badges", len(made.pages), trim, what, problems=tuple(found.found))


def _labels(text: str) -> tuple[Labels, ...]:
    try:
        return (Labels.parse(text),) if text else ()
    except ValueError as fault:
        raise Stop(f"--free: {fault}", f"write {Labels.notation}", Exit.USAGE) from None


def _on_label(run: Run, product: Product, made: composing.Composition, name: str) -> tuple[bytes, Size]:
    """The badge on a label of a sheet, and the sheet. Raises Stop where no labels are named, or they do not do."""
    from .papers import imposed, on_stock

    if not product.stock:
        raise Stop("no labels were named", "write --stock with a name that `eventprint stock` lists", Exit.USAGE)
    before = len(run.problems.errors)
    lying = on_stock(run.event, product, made.trim, run.problems)
    for problem in run.problems.errors[before:]:
        raise Stop(problem.message, problem.hint, Exit.PROBLEMS)
    laid = imposed(run.event, product, made, run.draw(made.pages, Edition.BLED, name), lying, run.problems)
    return laid.pdf, laid.paper


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
    from ..collation import collator

    found.sort(key=lambda a: collator(event.language).filed(a.name.sort or a.name.full))
    shown = "; ".join(f"{a.name.full}, {a.organisation}" if a.organisation else a.name.full for a in found[:6])
    more = f" and {len(found) - 6} more" if len(found) > 6 else ""
    raise Stop(
        f"{len(found)} people match {who!r}: {shown}{more}", "type more of the name or the organisation", Exit.USAGE
    )


def _is_exactly(who: str, attendee: Attendee, secret: bytes) -> bool:
    """Whether the full name, the id with or without its kind before a colon, or the letters below a code were typed."""
    from ..codes import short, token
    from ..read.language.names import fold

    typed = fold(who)
    names = (attendee.name.full, attendee.id, attendee.id.partition(":")[2])
    if any(typed == fold(name) for name in names):
        return True
    letters = re.sub(r"[\s-]", "", who).upper()
    return len(letters) == 10 and letters == short(token(secret, attendee.id)).replace(" ", "")


def _by_letters(event: Event, letters: str) -> Attendee:
    from ..codes import token

    for attendee in event.attendees:
        if token(event.secret, attendee.id)[2:12] == letters:
            return attendee
    raise Stop(
        "the code is genuine, but nobody on the list has it",
        "the person may have been taken off the list",
        Exit.PROBLEMS,
    )


def _matches(who: str, attendee: Attendee) -> bool:
    from ..read.language.names import fold

    words = f"{fold(attendee.name.full)} {fold(attendee.organisation)}".split()
    return all(any(word.startswith(typed) for word in words) for typed in fold(who).split())


def verify(folder: Path, code: str) -> Verified:
    """Whether a badge code was made by this event, and whose it is."""
    from ..read import read

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
