"""Look at a finished file as a print shop would: page values where there are any, the PDF itself in every case.

A rule is a function in `rules`; limits and weights come from a spec, a file under `data/specs`. The one thing done to
the PDF is reading it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import records
from ..files import is_there
from ..geometry import Box, Size, mm
from ..page import Page
from ..problems import Exit, Place, Problem, Problems, Severity, Stop
from ..shelves import shelf
from ..values import dataclass
from . import wording
from .facts import Work
from .limits import Spec, Weight
from .pdf import open_pdf
from .rules import RULES, Finding, Rule
from .rules.claims import broken
from .unclaim import unclaimed

__all__ = ["RULES", "Fault", "Finding", "Report", "Spec", "Weight", "preflight", "spec", "specs", "unclaimed"]


def specs(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names of all specs: those of the given folders, and those that come with eventprint."""
    return tuple(sorted({file.stem for folder in (*folders, _shelf()) for file in folder.glob("*.yaml")}))


def spec(name: str, folders: Sequence[Path] = ()) -> Spec:
    """The spec of this name, from the first folder that has one, or from a file where a path is given.

    Raises Stop for an unknown name, naming the known ones, and for a spec with faults in it.
    """
    problems = Problems()
    node = _node(name, folders, problems)
    found = records.build(Spec, node, problems)
    ids = [rule.id for rule in RULES]
    for rule in found.rules:
        if rule not in ids:
            problems.error(f"there is no rule {rule!r}", records.at(found, "rules"), records.suggest(rule, ids))
    for problem in problems.errors:
        raise Stop(problem.message, problem.hint, Exit.USAGE, problem.place)
    return replace(found, name=Path(name).stem if _is_path(name) else name)


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or os.sep in name


def _node(name: str, folders: Sequence[Path], problems: Problems) -> records.Node | None:
    """What a spec says, laid over the specs it extends."""
    node: records.Node | None = None
    seen: list[Path] = []
    wanted = name
    while wanted:
        file = _file(wanted, folders, seen)
        if file is None:
            known = [each for each in specs(folders) if each not in {file.stem for file in seen}]
            if not seen:
                raise Stop(f"there is no print spec {name!r}", records.suggest(name, known))
            raise Stop(f"the print spec {name!r} extends {wanted!r}, which is missing", records.suggest(wanted, known))
        seen.append(file)
        below = records.load(file, problems, file.parent)
        node = records.merged(below, node) if below and node else node or below
        wanted = records.text_at(below, "extends") if below and below.kind == "mapping" else ""
    return records.without(node, "extends") if node and node.kind == "mapping" else node


def _file(name: str, folders: Sequence[Path], seen: Sequence[Path]) -> Path | None:
    """The first file of this name that is not already in the chain: an event's `sheet` may extend the shelf's."""
    if _is_path(name) and not seen:
        return Path(name) if is_there(Path(name)) else None
    files = (folder / f"{name}.yaml" for folder in (*folders, _shelf()))
    return next((file for file in files if is_there(file) and file not in seen), None)


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
    why: str = ""
    """Why it matters, for somebody who never saw a print shop."""


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

    about: str = ""
    """What the spec is for, in a line."""
    claims: tuple[str, ...] = ()
    """The standards the file says it keeps."""
    untrue: tuple[str, ...] = ()
    """Those of them that do not hold."""

    @property
    def ok(self) -> bool:
        return not any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def numbered(self) -> tuple[Fault, ...]:
        """The faults in the order in which they are told and counted from 1: errors first, each by rule and page."""
        severities = list(Severity)
        return tuple(sorted(self.faults, key=lambda fault: (severities.index(fault.severity), fault.rule, fault.pages)))

    @property
    def lines(self) -> list[str]:
        """The report in plain language."""
        return wording.report(self)

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
            "claims": list(self.claims),
            "untrue": list(self.untrue),
            "faults": [
                {
                    "number": number,
                    "rule": fault.rule,
                    "severity": str(fault.severity),
                    "pages": list(fault.pages),
                    "where": fault.where,
                    "message": fault.message,
                    "why": fault.why,
                    "hint": fault.hint,
                    "places": [
                        {
                            "page": page,
                            **{key: round(getattr(box, key) / mm, 2) for key in ("x", "y", "width", "height")},
                        }
                        for page, box in fault.places
                    ],
                }
                for number, fault in enumerate(self.numbered, 1)
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
        faults += _gathered(rule, weight, rule.check(work), work)
    claims = tuple(claim.name for claim in work.file.document.claims)
    untrue = tuple(claim.name for claim in work.file.document.claims if broken(work, claim))
    sizes = [side.trim_size for side in work.sides]
    trim = sizes[0] if sizes and all(each.same_as(sizes[0], spec.tolerance) for each in sizes) else None
    return Report(
        name, spec.name, len(sizes), trim, tuple(faults), tuple(checked), tuple(unchecked), spec.title, claims, untrue
    )


_MANY = 20
"""So many different faults of one rule are told in full; a file of a thousand badges may have one on each."""


def _gathered(rule: Rule, weight: Weight, findings: Iterable[Finding], work: Work) -> list[Fault]:
    alike: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.message, finding.hint, finding.mild), []).append(finding)
    faults = []
    for (message, hint, mild), found in list(alike.items())[:_MANY]:
        pages = _pages(found)
        severity = Severity.WARNING if mild or weight is Weight.WARNING else Severity.ERROR
        where = _where(pages, work)
        faults.append(Fault(rule.id, severity, pages, where, message, hint, _places(found), rule.why))
    if rest := list(alike.items())[_MANY:]:
        more = [finding for _, found in rest for finding in found]
        pages = _pages(more)
        mild = all(key[2] for key, _ in rest) or weight is Weight.WARNING
        severity = Severity.WARNING if mild else Severity.ERROR
        message = f"{len(more)} more faults of this kind"
        where = _where(pages, work)
        faults.append(Fault(rule.id, severity, pages, where, message, rest[0][0][1], _places(more), rule.why))
    return faults


def _pages(findings: Iterable[Finding]) -> tuple[int, ...]:
    return tuple(sorted({finding.page for finding in findings if finding.page}))


def _places(findings: Iterable[Finding]) -> tuple[tuple[int, Box], ...]:
    return tuple((finding.page, finding.box) for finding in findings if finding.box is not None)


def _where(pages: Sequence[int], work: Work) -> str:
    """`page 3 (badge of Ada Lovelace, front)`, `pages 1–4, 7`."""
    if not pages:
        return ""
    text = wording.in_words(pages)
    if len(pages) > 1:
        return text
    name = work.pages[pages[0] - 1].name if pages[0] <= len(work.pages) else ""
    return f"{text} ({name})" if name else text
