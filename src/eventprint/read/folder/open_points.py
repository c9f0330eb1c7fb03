"""What reading a source left open: as notes inside the agenda that was made of it, and as a page to tick off.

Knows problems and where entries came from; who settles them, and how, is for people.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...event import Day, Entry, Session, Taken
from ...problems import Place, Problem, Severity
from ...sheets import column_name
from ..agenda import Agenda, Source
from .written import Notes

_ZONE = "make the folder again with --timezone, such as --timezone Europe/Berlin, unless the times are right"
_HINTS = {
    "agenda.no-time": "if it is to be printed, write it as an entry of its own, with a start",
    "agenda.no-year": "write its day above agenda:, such as date: 2026-03-05",
    "agenda.doubtful-entry": "if it is none, put its words where they belong: into a title, an abstract, speaker:",
    "agenda.passed-over": "if it belongs on the programme, write it as an entry with a title",
    "agenda.languages": "to have another, make the folder again with --language, such as --language fr",
    "agenda.timezone": _ZONE,
    "agenda.utc": _ZONE,
    "agenda.same-name": "if they are one, keep one of them under people:, and name that one everywhere",
}
"""What to do about a point in agenda.yaml, where that is something else than in the source."""
_OF_ALL = frozenset({"agenda.languages", "agenda.timezone", "agenda.utc"})
"""Rules about the whole agenda, although they are met at an entry."""
_THERE = " in the source"
"""Where hints send people who read the source itself."""
_FRAME = re.compile(r"BEGIN:\w+|[\[\]{}(), ]*|<[^<>]*>|\W*\w+\W*:\s*[\[{]?")
"""Lines that only begin or end something, and tell nobody what."""
ALIKE = 3
"""Points of one kind above which they are told as one."""
SHOWN = 100
"""Letters of the source shown beside a point."""

_GROUPS = (
    (Severity.OPEN, "To decide"),
    (Severity.ERROR, "Could not be read"),
    (Severity.WARNING, "To look at"),
)
_BESIDE = frozenset({Taken.TITLE, Taken.SUBTITLE, Taken.DATE, Taken.FIELD, Taken.INTRODUCTION, Taken.IMPRINT})
"""What a line of the source may be that belongs to no entry."""


def notes(agenda: Agenda, source: Source, problems: Iterable[Problem]) -> Notes:
    """The problems at the entries, sessions and days they are about; what is about none of them is for the whole."""
    owner, problems = _Owners(agenda, source.name), list(problems)
    many = {rule for rule, count in Counter(problem.rule for problem in problems).items() if count > ALIKE}
    found: dict[Place | None, dict[str, list[Problem]]] = {}
    for problem in problems:
        place = None if problem.rule in _OF_ALL else owner.of(problem.place)
        found.setdefault(place, {}).setdefault(problem.rule, []).append(problem)
    whole = found.pop(None, {})
    at = {
        place: [note for rule, group in groups.items() for note in _notes(group, source, short=rule in many)]
        for place, groups in found.items()
        if place is not None
    }
    return Notes(at, [note for group in whole.values() for note in _notes(group, source)])


def page(title: str, source: Source, problems: Sequence[Problem]) -> str:
    """The list of open points: each with its place in the source, what stands there, what is open, what to do."""
    count = f"{len(problems)} point{'' if len(problems) == 1 else 's'}" if problems else "Nothing"
    lines = [f"# Open points: {title or source.file.name}", ""]
    lines += [f"{count} left open by reading `{source.name}`."]
    if not problems:
        return "\n".join(lines) + "\n"
    lines += [
        "Settle each in `agenda.yaml`, delete its note under `open:` there, and tick it off here.",
        "`eventprint check` tells what is left, and what is still missing for print.",
    ]
    for severity, heading in _GROUPS:
        found: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.severity is severity:
                found.setdefault(problem.rule, []).append(problem)
        if found:
            lines += ["", f"## {heading}", ""]
        for group in found.values():
            lines += (
                _point(group, source) if len(group) > ALIKE else [x for one in group for x in _point([one], source)]
            )
    return "\n".join(lines) + "\n"


def where(place: Place, source: Source) -> str:
    """A place in the source in words: `line 12`, `cell C17`, `line 3 of speakers.json`."""
    said = f"cell {place.cell}" if place.cell else f"line {place.line}" if place.line else ""
    if place.column > SHOWN and not place.cell:
        said += f", column {place.column}"
    if place.file not in ("", source.name):
        name = place.file.rpartition("/")[2]
        return f"{said} of {name}" if said else name
    return said


def _point(group: Sequence[Problem], source: Source) -> list[str]:
    first = group[0]
    if len(group) > 1:
        listed = [f"  - {_placed(one, source)}" for one in group[:ALIKE]]
        others = [said for one in group[ALIKE:] if (said := where(one.place, source))]
        more = f"{', '.join(others[:20])}{' …' if len(others) > 20 else ''}"
        rest = f"  - and {len(group) - ALIKE} more{f': {more}' if more else ''}"
        hint = _sentence(_hint(first, " in agenda.yaml"))
        return [f"- [ ] {len(group)} points of one kind. {hint}".rstrip(), *listed, rest]
    lines = [f"- [ ] {_placed(first, source)}"]
    if text := _text(first.place, source):
        lines.append(f"  `{text.replace('`', chr(39))}`")
    if first.hint:
        lines.append(f"  → {_hint(first, ' in agenda.yaml')}")
    return lines


def _placed(problem: Problem, source: Source) -> str:
    said = where(problem.place, source)
    return f"**{said}**: {problem.message}" if said else _sentence(problem.message)


def _text(place: Place, source: Source) -> str:
    """What stands in the source at a place, shortened."""
    if place.file not in ("", source.name):
        return ""
    text = ""
    if place.cell and source.form == "workbook":
        text = _cell(place.cell, source)
    elif place.line:
        lines = source.lines
        text = lines[place.line - 1] if place.line <= len(lines) else ""
        text = text[place.column - 1 :] if place.column > SHOWN else text
    text = " ".join(text[: 10 * SHOWN].split())
    if _FRAME.fullmatch(text):
        return ""
    return text if len(text) <= SHOWN else text[: SHOWN - 2].rstrip() + " …"


def _cell(cell: str, source: Source) -> str:
    sheet, _, name = cell.rpartition("!")
    row = int("".join(letter for letter in name if letter.isdecimal()) or 0) - 1
    letters = name.rstrip("0123456789")
    for each in source.sheets:
        if each.name == sheet and 0 <= row < len(each.rows):
            return next((text for at, text in enumerate(each.rows[row]) if column_name(at) == letters), "")
    return ""


def _note(problem: Problem, source: Source, *, short: bool) -> str:
    said = where(problem.place, source)
    text = f"{problem.message} ({said})" if said else problem.message
    return " ".join(part for part in (_sentence(text), "" if short else _sentence(_hint(problem, " here"))) if part)


def _notes(group: Sequence[Problem], source: Source, *, short: bool = False) -> list[str]:
    """Notes of one kind, told as one where they are many; short ones leave it to the page what to do about them."""
    if len(group) <= ALIKE:
        return [_note(one, source, short=short) for one in group]
    shown = "; ".join(f"{one.message} ({where(one.place, source)})" for one in group[:ALIKE])
    return [f"{len(group)} points of one kind: {shown}; and more. {_sentence(_hint(group[0], ' here'))}".rstrip()]


def _hint(problem: Problem, where: str) -> str:
    """What to do about it where it is settled."""
    return _HINTS.get(problem.rule, problem.hint).replace(_THERE, where)


def _sentence(text: str) -> str:
    """A text with a capital and a full stop."""
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "…")) else ".")


class _Owners:
    """The entry, session or day that a place in the source belongs to."""

    def __init__(self, agenda: Agenda, file: str) -> None:
        self.file = file
        self.exact: dict[Place, Place] = {}
        starts: dict[tuple[int, int], Place | None] = {}
        for item in (*_items(agenda), *agenda.days):
            for cast in item.cast if not isinstance(item, Day) else ():
                self.exact.setdefault(cast.place, item.place)
            self.exact.setdefault(item.place, item.place)
            starts.setdefault((item.place.line, item.place.column), item.place)
        lines = {line for line, _ in starts}
        for reading in agenda.coverage:
            if (reading.taken is Taken.PASSED or reading.taken in _BESIDE) and reading.line not in lines:
                starts[reading.line, 0] = None
        self.starts = sorted(starts)
        self.at: Mapping[tuple[int, int], Place | None] = starts

    def of(self, place: Place) -> Place | None:
        if (known := self.exact.get(place)) is not None:
            return known
        if place.file != self.file or not place.line or place.cell:
            return None
        after = bisect_right(self.starts, (place.line, place.column))
        # What stands in a line before all entries of it, such as a time, belongs to the first of them.
        if after < len(self.starts) and self.starts[after][0] == place.line != self.starts[after - 1][0]:
            return self.at[self.starts[after]]
        return self.at[self.starts[after - 1]] if after else None


def _items(agenda: Agenda) -> Iterable[Entry | Session]:
    for day in agenda.days:
        for block in day.blocks:
            yield block
            if isinstance(block, Session):
                yield from block.entries
