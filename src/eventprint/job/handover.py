"""What goes with files: a job sheet and a ticket for each recipient, all of a folder in one file, the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..page import Edition, artworks
from .run import JobItem, Run

if TYPE_CHECKING:
    from ..ticket import Part


def job_sheets(run: Run) -> None:
    """One sheet a recipient that says what to print, how, how often and what to do with it; the same as data."""
    from .. import compose
    from ..ticket import ticket

    for recipient, items in run.items.items():
        rows = tuple((i.file, i.what, i.size, i.pages, i.sides, i.finishing, str(i.quantity)) for i in items)
        made = compose.make(run.event, "job-sheet", run.problems, rows=rows)
        pdf = run.draw(made.pages, Edition.OFFICE, f"job sheet, {recipient}")
        run.add(
            f"{recipient}/job-sheet.pdf",
            pdf,
            "job-sheet",
            len(made.pages),
            made.trim,
            "what to print, how, and what to do with it",
        )
        data = ticket(run.event.title, recipient, [_part(run, recipient, item) for item in items])
        about = "the job sheet for a printer's software"
        run.add(f"{recipient}/job-ticket.json", data, f"job-{recipient}", 0, None, about)
        if recipient != "print-shop":
            _job_file(run, recipient, items)


def _part(run: Run, recipient: str, item: JobItem) -> Part:
    from ..ticket import Part

    name = f"{recipient}/{item.file}"
    made = next(made for made in run.made if made.name == name)
    composed = run.compositions[made.product]
    bleed = composed.pages[0].bleed if recipient == "print-shop" else 0.0
    return Part(
        file=item.file,
        product=made.product,
        what=item.what,
        data=run.files[name],
        pages=made.pages,
        size=made.trim,
        trim=composed.trim,
        bleed=bleed,
        turn=item.turn,
        imposed=item.imposed,
        right_to_left=composed.right_to_left,
        finish=composed.finish,
        finishing=item.finishing,
        quantity=item.quantity,
        spec=composed.spec,
    )


def _job_file(run: Run, recipient: str, items: Sequence[JobItem]) -> None:
    """All files of a recipient in one, the job sheet first, to look through, pass on or print part by part.

    A print shop gets none: its software takes one file a product, all pages of one size, that says it is PDF/X-4. A
    file of several sizes with a page of instructions in it says no such thing, and would be printed as it is.
    """
    from ..merge import merge

    ordered = ["job-sheet.pdf", *(item.file for item in items)]
    lists = [made.name.split("/")[1] for made in run.made if made.name.startswith(f"{recipient}/")]
    names = dict.fromkeys([*ordered, *(name for name in lists if name.endswith(".pdf"))])
    parts = [(name, run.files[f"{recipient}/{name}"]) for name in names]
    both = any(item.turn in ("long", "short") for item in items)
    pdf, pages = merge(parts, title=f"{run.event.display_title}: {recipient}", fronts=both)
    about = "everything in this folder in one file, a bookmark for each part"
    run.add(f"{recipient}/job.pdf", pdf, f"job-{recipient}", pages, None, about)


def manifest(run: Run) -> dict[str, Any]:
    """What describes a build and each of its files."""
    from .. import __version__, deliver

    supplied = {file for made in run.compositions.values() for file, _ in artworks(made.pages)}
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
