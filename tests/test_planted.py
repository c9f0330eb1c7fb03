"""Mistakes planted one at a time into clean material of every kind: each is told once, with its rule, in its place.

tests/planted holds the material, one small event in every form, and mistakes.tsv: the file a mistake is in, its name,
what was written and what stands there instead, the rule that has to tell of it, and where, line and column: a text, a
cell, or `-` for no line; where nothing is said, where the change begins; `⟦` in a text is the very place. Rules under
`with it` follow from the mistake. Clean material gives nothing to tell, so whatever is told after a change comes from
it.
"""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path

import made_workbooks
import pytest
from PIL import Image as pillow

from eventprint import job
from eventprint.check import check
from eventprint.problems import Problem, Problems, Severity
from eventprint.read import read
from eventprint.rules import RULES
from eventprint.values import dataclass

PLANTED = Path(__file__).parent / "planted"
BESIDE = ("event.yaml", "people.yaml", "attendees.csv")
"""What every event has beside its agenda."""
NAMELESS = ("agenda.ics", "hcalendar.html")
"""Agendas that name nobody, and so have no people.yaml."""


@dataclass(frozen=True)
class Mistake:
    """A row of mistakes.tsv."""

    kind: str
    name: str
    written: str
    instead: str
    rule: str
    at: str
    """Where it is told: `⟦` in it, or else its beginning; where it is empty, where the change begins."""
    with_it: tuple[str, ...]
    composed: bool


def mistakes() -> list[Mistake]:
    """All of them; `\\n` is a line break, `\\x07` a byte of this value."""

    def said(text: str) -> str:
        text = re.sub(r"\\x([89a-f].)", lambda match: chr(0xDC00 + int(match[1], 16)), text)
        return re.sub(r"\\(n|\\|x..)", lambda m: {"n": "\n", "\\": "\\"}.get(m[1]) or chr(int(m[1][1:], 16)), text)

    rows = (PLANTED / "mistakes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = []
    for row in rows:
        cells = [*row.split("\t"), "", "", "", ""]
        kind, name, written, instead, rule, at, with_it, composed = cells[:8]
        found.append(
            Mistake(kind, name, said(written), said(instead), rule, said(at), tuple(with_it.split()), composed == "yes")
        )
    return found


MISTAKES = mistakes()
KINDS = sorted({mistake.kind for mistake in MISTAKES})


def build(folder: Path, kind: str, mistake: Mistake | None = None) -> None:
    """The folder of an event whose agenda, list or picture is of this kind, with a mistake in it.

    A workbook has the rows of the CSV file that is called like it.
    """
    is_agenda = kind not in BESIDE and kind != "attendees.xlsx" and "/" not in kind
    agenda = kind if is_agenda else "agenda.txt"
    attendees = "attendees.xlsx" if kind == "attendees.xlsx" else "attendees.csv"
    (folder / "images").mkdir(parents=True)
    for name, size in (("logo", (1200, 400)), ("anna", (900, 900))):
        pillow.new("RGB", size, "teal").save(folder / "images" / f"{name}.png")
    for name in (agenda, attendees, "event.yaml", *(() if kind in NAMELESS else ("people.yaml",))):
        text = (PLANTED / name.replace(".xlsx", ".csv")).read_text(encoding="utf-8")
        if mistake and name == kind:
            assert text.count(mistake.written) == 1, f"{mistake.written!r} stands {text.count(mistake.written)} times"
            text = text.replace(mistake.written, mistake.instead)
        if name == "event.yaml":
            text = text.replace("AGENDA", agenda).replace("ATTENDEES", attendees)
        if name.endswith(".xlsx"):
            (folder / name).write_bytes(made_workbooks.xlsx(list(csv.reader(io.StringIO(text)))))
        else:
            (folder / name).write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    if mistake and "/" in kind:
        (folder / kind).write_text(mistake.instead, encoding="ascii", errors="surrogateescape", newline="")


def told(folder: Path, *, composed: bool) -> list[Problem]:
    """Everything that is told of an event; where it is composed too, also what does not fit."""
    if composed:
        return list(job.check(folder).problems)
    problems = Problems()
    check(read(folder, problems), problems)
    return problems.found


@cache
def clean(folder: Path, kind: str) -> list[Problem]:
    build(folder / kind.replace("/", "-"), kind)
    return told(folder / kind.replace("/", "-"), composed=False)


@pytest.fixture(scope="session")
def cleanly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clean")


@pytest.mark.parametrize("kind", KINDS)
def test_clean_material_gives_nothing_to_tell(kind: str, cleanly: Path) -> None:
    """But that nobody is named, or nobody said where people come from, in formats that have no place for it."""
    found = clean(cleanly, kind)
    assert [str(each) for each in found if each.severity is not Severity.OPEN] == []
    assert [str(each) for each in found if each.rule != "missing.organisation"] == []


def test_the_mistakes_are_two_hundred_different_ones() -> None:
    assert len({(mistake.kind, mistake.name) for mistake in MISTAKES}) == len(MISTAKES) >= 200
    assert len({(mistake.kind, mistake.written, mistake.instead) for mistake in MISTAKES}) == len(MISTAKES)
    assert {mistake.rule for mistake in MISTAKES} <= set(RULES)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.kind}: {mistake.name}")
def test_a_planted_mistake_is_told_once_in_its_place(mistake: Mistake, tmp_path: Path, cleanly: Path) -> None:
    known = clean(cleanly, mistake.kind)
    before = {(each.rule, each.place.line) for each in known} | {(each.rule, each.message) for each in known}
    folder = tmp_path / "event"
    build(folder, mistake.kind, mistake)
    new = [
        each
        for each in told(folder, composed=mistake.composed)
        if not before & {(each.rule, each.place.line), (each.rule, each.message)}
    ]
    own = [each for each in new if each.rule == mistake.rule]
    others = [each for each in new if each.rule != mistake.rule and each.rule not in mistake.with_it]
    assert (len(own), others) == (1, []), "\n".join(f"{each.rule} {each}" for each in new) or "nothing is told"
    place = own[0].place
    if re.fullmatch(r"[A-Z]+\d+", mistake.at):
        assert place.cell.rpartition("!")[2] == mistake.at, f"told of {place.cell}"
    elif mistake.at == "-":
        assert place.line == 0, f"told of line {place.line}"
    else:
        name = "people.yaml" if "/" in mistake.kind else mistake.kind
        text = (folder / name).read_text(encoding="utf-8", errors="surrogateescape")
        before, _, after = mistake.at.rpartition("⟦")
        where = text.index(f"{before}{after}" or mistake.instead.lstrip("\n ")) + len(before)
        line, column = text.count("\n", 0, where) + 1, where - text.rfind("\n", 0, where)
        assert (place.file, place.line, place.column) == (name, line, column), f"told of {place}"
    assert own[0].hint
