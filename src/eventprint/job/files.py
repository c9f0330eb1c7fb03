"""Any PDF, made here or anywhere else: checked, marked, put on sheets, put together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..event import Event
from ..files import astray, contents, shown
from ..geometry import Size
from ..page import Edition
from ..problems import Exit, Problems, Severity, Stop
from .made import Made
from .papers import slugs

if TYPE_CHECKING:
    from .. import impose as impositions
    from .. import preflight as preflighting
    from ..rasters import Note


def preflight(file: Path, spec: str, event_folder: Path | None = None) -> preflighting.Report:
    """A report on any PDF by a spec: a name, also of one in the event's own `specs` folder, or a YAML file.

    Raises Stop where the file or the spec is missing.
    """
    from .. import preflight as preflighting

    wanted = preflighting.spec(spec, specs_of(event_folder))
    return preflighting.preflight(_bytes_of(file), wanted, name=file.name)


def _bytes_of(file: Path) -> bytes:
    try:
        return contents(file)
    except OSError as fault:
        raise Stop(f"{file} cannot be read: {fault.strerror}", "check the name", Exit.MISSING) from None


def specs_of(event_folder: Path | None) -> list[Path]:
    """Where an event keeps print specs of its own."""
    return [event_folder / "specs"] if event_folder else []


def spec_of(event: Event, name: str) -> preflighting.Spec:
    """The print spec that a layout of an event names. Raises Stop where there is none, and for a file elsewhere."""
    from .. import preflight as preflighting

    if reason := astray(event.folder, Path(name)):
        raise Stop(f"the print spec {shown(name)} {reason}", "put it into specs/, and write its name", Exit.USAGE)
    return preflighting.spec(name, specs_of(event.folder))


_PICTURES, _OUTLINES = 12, 60
"""So many pages of a file are worth a picture, and so many places of one fault an outline."""


def mark(file: Path, report: preflighting.Report, target: Path) -> list[Path]:
    """Pictures of the pages a report finds fault with, the places marked, each written whole or not at all.

    A target that ends in `.png` is the picture, or where several pages are at fault the beginning of their names; any
    other is a folder for them. Raises Stop where a page cannot be drawn or a picture not be written.
    """
    from .. import rasters
    from ..deliver import write

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
    from ..rasters import Note

    notes = []
    for at, fault in enumerate(report.numbered, 1):
        if number in fault.pages or (not number and not fault.pages):
            places = tuple(box for page, box in fault.places if page == number)[:_OUTLINES]
            grave = fault.severity is Severity.ERROR
            notes.append(Note(at, fault.message, fault.rule, fault.hint, grave, places))
    return notes


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
    from .. import impose as impositions
    from ..deliver import write

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
        slugs=slugs,
        what=file.name,
    )
    target = out or file.with_name(f"{file.stem}-{name}.pdf")
    if target.resolve() == file.resolve():
        raise Stop(f"{target} would be written over", "name another file with --out", Exit.USAGE)
    write(target, made.pdf)
    return target, made


def merge(out: Path, files: Sequence[Path], *, replace: bool = False) -> Made:
    """The pages of some PDFs in one new file, a bookmark for each, whole or not at all.

    Raises Stop where a file is missing, locked or damaged, and where the new one is there already.
    """
    from ..deliver import write
    from ..merge import merge as merged

    if out.exists() and not replace:
        raise Stop(f"{out} is there already", "name the new file first; --replace writes over it", Exit.USAGE)
    pdf, pages = merged([(file.name, _bytes_of(file)) for file in files])
    write(out, pdf)
    return Made(str(out), "", pages, None, f"{len(files)} files in one")


def measuring_sheet(paper: str, *, out: Path | None = None) -> Made:
    """A sheet to measure a printer with, front and back. Raises Stop for paper that is none or too small."""
    from .. import compose
    from ..deliver import write
    from ..draw import draw
    from ..geometry import PAPERS
    from ..geometry import paper as paper_of

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
