"""Two agendas or two lists of people compared, each a file or an event folder: new, changed, gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import Exit, Problem, Problems, Stop
from ..values import dataclass

if TYPE_CHECKING:
    from ..read.compare import Comparison, Programme
    from ..read.people.compare import ComparedPeople


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and what was found while reading the two."""

    comparison: Comparison | None
    """Of the agendas; None for two lists of people."""
    problems: tuple[Problem, ...]
    people: ComparedPeople | None = None
    """Of the lists of people; None for two agendas."""

    def lines(self) -> list[str]:
        """What differs, line by line, each with the places of both."""
        from ..read.people.compare import told

        lines = _differences(self.comparison) if self.comparison else []
        return [*lines, *(told(self.people) if self.people else [])]

    def as_data(self) -> dict[str, Any]:
        """The same for JSON: what differs of the agenda, and under `attendees` what differs of the people."""
        from ..read.people.compare import as_data

        data = self.comparison.as_data() if self.comparison else {}
        return data | ({"attendees": as_data(self.people)} if self.people else {})


def compare(old: Path, new: Path) -> Compared:
    """Compare two agendas or lists of people: files of any known kind, or event folders.

    Raises Stop where one cannot be read at all.
    """
    from ..event import Event
    from ..read.compare import compare as comparing
    from ..read.people.compare import compare_people, is_people_list, read_list

    problems = Problems()
    if old.is_file() and new.is_file() and is_people_list(old) and is_people_list(new):
        people = compare_people(read_list(old, problems), read_list(new, problems))
        return Compared(None, tuple(problems.found), people)
    before, after = _programme(old, problems), _programme(new, problems)
    comparison = comparing(before, after)
    changed = None
    if isinstance(before, Event) and isinstance(after, Event) and (before.attendees or after.attendees):
        # An agenda alone knows nobody who only listens.
        changed = compare_people(before.attendees, after.attendees)
    return Compared(comparison, tuple(problems.found), changed)


def _programme(path: Path, problems: Problems) -> Programme:
    from ..read import read
    from ..read.agenda import read_agenda

    if path.is_dir():
        return read(path, problems)
    if not path.is_file():
        raise Stop(
            f"there is no file or folder {path}",
            "name two agendas, two lists of people or two event folders",
            Exit.MISSING,
        )
    return read_agenda(path, problems, path.parent)


def _differences(comparison: Comparison) -> list[str]:
    """What differs between two agendas, each line with the places of both."""
    if comparison.same:
        return [*_throughout(comparison), f"{len(comparison.pairs)} entries, all the same"]
    lines = _throughout(comparison)
    for word, items in (("new", comparison.new), ("gone", comparison.gone)):
        for item in items:
            lines.append(f"{word:<8} {item.entry.title or 'without a title'}  ({item.when})  {item.place}")
    for pair in comparison.changed:
        lines.append(f"changed  {pair.new.entry.title or 'without a title'}  {pair.old.place} → {pair.new.place}")
        for change in pair.changes:
            if change.aspect == "abstract":
                lines.append("           abstract: another text")
            else:
                lines.append(f"           {change.aspect}: {change.old or 'nothing'} → {change.new or 'nothing'}")
    counts = comparison.as_data()["counts"]
    lines.append(", ".join(f"{count} {word}" for word, count in counts.items()))
    return lines


def _throughout(comparison: Comparison) -> list[str]:
    """What differs in all entries alike, each told once."""
    lines = [f"the {side} agenda says nothing of: {aspect}" for aspect, side in comparison.silent]
    lines += [f"{change.aspect} {change.old} is called {change.new}" for change in comparison.renamed]
    if comparison.shift:
        how = "later" if comparison.shift > 0 else "earlier"
        lines.append(f"every start is {abs(comparison.shift)} minutes {how} in the new agenda: another time zone?")
    return lines
