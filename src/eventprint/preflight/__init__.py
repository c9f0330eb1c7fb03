"""Look at a finished file as a print shop would: page values where there are any, the PDF itself in every case.

A rule is a function in `rules`; limits and weights come from a spec, a file under `data/specs`. The one thing done to
the PDF is reading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import records
from ..geometry import Box, Size, mm
from ..page import Page
from ..problems import Exit, Place, Problem, Problems, Severity, Stop
from ..shelves import shelf
from ..values import dataclass
from .facts import Work
from .limits import Spec, Weight
from .pdf import open_pdf
from .rules import RULES, Finding

__all__ = ["RULES", "Fault", "Finding", "Report", "Spec", "Weight", "preflight", "spec", "specs"]


def specs(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names of all specs: those of the given folders, and those that come with eventprint."""
    return tuple(sorted({file.stem for folder in (*folders, _shelf()) for file in folder.glob("*.yaml")}))


def spec(name: str, folders: Sequence[Path] = ()) -> Spec:
    """The spec of this name, from the first folder that has one.

    Raises Stop for an unknown name, naming the known ones, and for a spec with faults in it.
    """
    known = specs(folders)
    if name not in known:
        raise Stop(f"there is no print spec {name!r}", records.suggest(name, known))
    file = next(file for folder in (*folders, _shelf()) if (file := folder / f"{name}.yaml").is_file())
    problems = Problems()
    found = records.build(Spec, records.load(file, problems, file.parent), problems)
    ids = [rule.id for rule in RULES]
    for rule in found.rules:
        if rule not in ids:
            problems.error(f"there is no rule {rule!r}", records.at(found, "rules"), records.suggest(rule, ids))
    for problem in problems.errors:
        raise Stop(problem.message, problem.hint, Exit.USAGE, problem.place)
    return replace(found, name=name)


def _shelf() -> Path:
    return shelf("data") / "specs"


@dataclass(frozen=True, slots=True)
class Fault:
    """The same finding of one rule on one page or many, counted from 1."""

    rule: str
    severity: Severity
    pages: tuple[int, ...]
    where: str
    message: str
    hint: str = ""
    places: tuple[tuple[int, Box], ...] = ()
    """Where on which page: points from the top left corner of the trim, y downwards."""


@dataclass(frozen=True, slots=True)
class Report:
    """What preflight saw in one file."""

    name: str
    spec: str
    pages: int
    trim: Size | None
    """The trim all pages share; None where they differ."""
    faults: tuple[Fault, ...]
    checked: tuple[str, ...]
    """Id and line of each rule that was applied."""
    unchecked: tuple[str, ...] = ()
    """Id and line of each rule that needs to know the marks, which the file alone does not tell."""

    @property
    def ok(self) -> bool:
        return not any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults for a door: `page 3: …`, with the file as place and `preflight.PF-…` as rule."""
        return tuple(
            Problem(
                fault.severity,
                f"{fault.where}: {fault.message}" if fault.where else fault.message,
                Place(self.name),
                fault.hint,
                f"preflight.{fault.rule}",
            )
            for fault in self.faults
        )

    def as_data(self) -> dict[str, Any]:
        """The report as lists, texts and numbers, ready for JSON; lengths in millimetres."""
        return {
            "file": self.name,
            "spec": self.spec,
            "ok": self.ok,
            "pages": self.pages,
            "trim": self.trim and [round(self.trim.width / mm, 3), round(self.trim.height / mm, 3)],
            "faults": [
                {
                    "rule": fault.rule,
                    "severity": str(fault.severity),
                    "pages": list(fault.pages),
                    "where": fault.where,
                    "message": fault.message,
                    "hint": fault.hint,
                }
                for fault in self.faults
            ],
            "checked": list(self.checked),
            "unchecked": list(self.unchecked),
        }


def preflight(
    pdf: bytes,
    spec: Spec,
    *,
    pages: Sequence[Page] = (),
    name: str = "",
    size: Size | None = None,
    sheets: bool = False,
) -> Report:
    """Hold a PDF, ours or anybody's, against a spec.

    With the `pages` it was drawn from, the marks are taken from them, and codes and contrast are checked as well;
    `sheets` says that several of them lie on each page of the file. `size` is the trim that was ordered, where it is
    not that of the pages.
    """
    inks = any(rule.drawn and spec.rules.get(rule.id, rule.weight) is not Weight.OFF for rule in RULES)
    work = open_pdf(pdf, spec, pages, size, sheets, inks)
    faults: list[Fault] = []
    checked: list[str] = []
    unchecked: list[str] = []
    for rule in RULES:
        weight = spec.rules.get(rule.id, rule.weight)
        if weight is Weight.OFF or (work.file.broken and not rule.unread):
            continue
        if rule.values and not pages:
            unchecked.append(f"{rule.id} {rule.line}")
            continue
        checked.append(f"{rule.id} {rule.line}")
        faults += _gathered(rule.id, weight, rule.check(work), work)
    sizes = [side.trim_size for side in work.sides]
    trim = sizes[0] if sizes and all(each.same_as(sizes[0], spec.tolerance) for each in sizes) else None
    return Report(name, spec.name, len(sizes), trim, tuple(faults), tuple(checked), tuple(unchecked))


_MANY = 20
"""So many different faults of one rule are told in full; a file of a thousand badges may have one on each."""


def _gathered(rule: str, weight: Weight, findings: Iterable[Finding], work: Work) -> list[Fault]:
    alike: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.message, finding.hint, finding.mild), []).append(finding)
    faults = []
    for (message, hint, mild), found in list(alike.items())[:_MANY]:
        pages = _pages(found)
        severity = Severity.WARNING if mild or weight is Weight.WARNING else Severity.ERROR
        faults.append(Fault(rule, severity, pages, _where(pages, work), message, hint, _places(found)))
    if rest := list(alike.items())[_MANY:]:
        more = [finding for _, found in rest for finding in found]
        pages = _pages(more)
        mild = all(key[2] for key, _ in rest) or weight is Weight.WARNING
        severity = Severity.WARNING if mild else Severity.ERROR
        message = f"{len(more)} more faults of this kind"
        faults.append(Fault(rule, severity, pages, _where(pages, work), message, rest[0][0][1], _places(more)))
    return faults


def _pages(findings: Iterable[Finding]) -> tuple[int, ...]:
    return tuple(sorted({finding.page for finding in findings if finding.page}))


def _places(findings: Iterable[Finding]) -> tuple[tuple[int, Box], ...]:
    return tuple((finding.page, finding.box) for finding in findings if finding.box is not None)


def _where(pages: Sequence[int], work: Work) -> str:
    """`page 3 (badge of Ada Lovelace, front)`, `pages 1–4, 7`."""
    if not pages:
        return ""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    text = ", ".join("–".join(str(page) for page in run) for run in runs)
    if len(pages) > 1:
        return f"pages {text}"
    name = work.pages[pages[0] - 1].name if pages[0] <= len(work.pages) else ""
    return f"page {text} ({name})" if name else f"page {text}"
