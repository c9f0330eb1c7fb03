"""Two lists of people compared: who is new, who is gone, and what has changed about the others.

People are found again by their id, then by name and organisation, then by a name that is nobody else's. Which badges
have to be printed again follows from it: those of everybody new or changed; those of everybody gone are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...event import Attendee
from ...problems import Problems, Stop
from ...values import dataclass
from .. import agenda
from ..language.names import fold
from ..settings import AttendeeSettings, Columns
from .attendees import read_attendees
from .headings import NAMES, Headings
from .mapping import columns
from .roles import Roles
from .rosters import open_list

_COMPARED = ("organisation", "position", "pronouns", "ticket", "language")
_OF_PEOPLE = frozenset(
    {"email", "organisation", "ticket", "role", "order", "badge_name", "pronouns", "given", "family"}
)
"""Columns that a list of people has and an agenda with a column of names has not."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: what, before and after; empty where there was or is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody who stands in both lists, and what is not the same."""

    old: Attendee
    new: Attendee
    differences: tuple[Difference, ...]

    @property
    def is_renumbered(self) -> bool:
        """Whether the id is another: codes on badges that are printed no longer say who this is."""
        return self.old.id != self.new.id


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """What a second import of a list brings."""

    new: tuple[Attendee, ...] = ()
    gone: tuple[Attendee, ...] = ()
    changed: tuple[ChangedPerson, ...] = ()
    same: int = 0


def compare_people(old: Sequence[Attendee], new: Sequence[Attendee]) -> ComparedPeople:
    """What has changed from one list to the other, in the order of the lists."""
    pairs: dict[int, int] = {}
    for key in (_by_id, _by_name_and_organisation, _by_name):
        _pair(old, new, key, pairs)
    changed = []
    same = 0
    found_again = {there: here for here, there in pairs.items()}
    for number, after in enumerate(new):
        if number not in found_again:
            continue
        before = old[found_again[number]]
        if differences := tuple(_differences(before, after)):
            changed.append(ChangedPerson(before, after, differences))
        else:
            same += 1
    return ComparedPeople(
        tuple(attendee for number, attendee in enumerate(new) if number not in found_again),
        tuple(attendee for number, attendee in enumerate(old) if number not in pairs),
        tuple(changed),
        same,
    )


def _by_id(attendee: Attendee) -> str:
    return "" if attendee.id.startswith("name:") else attendee.id


def _by_name_and_organisation(attendee: Attendee) -> str:
    return f"{fold(attendee.name.full)}|{fold(attendee.organisation)}"


def _by_name(attendee: Attendee) -> str:
    return fold(attendee.name.full)


def _pair(
    old: Sequence[Attendee], new: Sequence[Attendee], key: Callable[[Attendee], str], pairs: dict[int, int]
) -> None:
    """Pair those who are not paired yet and whose key is nobody else's in either list."""
    taken = set(pairs.values())
    before = _single((key(each), n) for n, each in enumerate(old) if n not in pairs)
    after = _single((key(each), n) for n, each in enumerate(new) if n not in taken)
    pairs.update({before[said]: after[said] for said in before if said and after.get(said) is not None})


def _single(keyed: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice: set[str] = set()
    for said, number in keyed:
        if said in found:
            twice.add(said)
        found[said] = number
    return {said: number for said, number in found.items() if said not in twice}


def _differences(old: Attendee, new: Attendee) -> Iterable[Difference]:
    before, after = _facts(old), _facts(new)
    for what in dict.fromkeys((*before, *after)):
        if before.get(what, "") != after.get(what, ""):
            yield Difference(what, before.get(what, ""), after.get(what, ""))


def _facts(attendee: Attendee) -> dict[str, str]:
    """What a badge may show of somebody, as texts."""
    consents = {
        f"consent to {key}": "" if said is None else "yes" if said else "no"
        for key in ("photo", "listed", "contact")
        for said in (getattr(attendee.consents, key),)
    }
    return {
        "name": attendee.name.full,
        **{key: getattr(attendee, key) for key in _COMPARED},
        "roles": ", ".join(attendee.roles),
        **consents,
        **attendee.fields,
        "id": attendee.id,
    }


# What doors show


def told(compared: ComparedPeople) -> list[str]:
    """The comparison as lines for people, each with the places of both; the counts come last."""
    lines = [f"new      {_who(attendee)}  {_place(attendee)}" for attendee in compared.new]
    lines += [f"gone     {_who(attendee)}  {_place(attendee)}: take the badge out" for attendee in compared.gone]
    for each in compared.changed:
        lines.append(f"changed  {_who(each.new)}  {_place(each.old)} → {_place(each.new)}")
        lines += [
            f"           {one.what}: {one.before or 'nothing'} → {one.after or 'nothing'}" for one in each.differences
        ]
        if each.is_renumbered:
            lines.append("           a code printed before no longer says who this is: print the badge again")
    new, gone, changed = len(compared.new), len(compared.gone), len(compared.changed)
    if not lines:
        return [f"{compared.same} people, all the same"]
    return [*lines, f"people: {new} new, {gone} gone, {changed} changed, {compared.same} the same"]


def as_data(compared: ComparedPeople) -> dict[str, Any]:
    """The comparison as lists and mappings for JSON."""
    new, gone, changed = len(compared.new), len(compared.gone), len(compared.changed)
    return {
        "counts": {"new": new, "gone": gone, "changed": changed, "same": compared.same},
        "new": [_named(attendee) for attendee in compared.new],
        "gone": [_named(attendee) for attendee in compared.gone],
        "changed": [
            {
                **_named(each.new),
                "was": _named(each.old),
                "differences": [
                    {"what": one.what, "before": one.before, "after": one.after} for one in each.differences
                ],
            }
            for each in compared.changed
        ],
    }


def _who(attendee: Attendee) -> str:
    return f"{attendee.name.full}, {attendee.organisation}" if attendee.organisation else attendee.name.full


def _place(attendee: Attendee) -> str:
    place = attendee.place
    return f"{place.file} {place.cell}" if place.cell and not place.line else str(place)


def _named(attendee: Attendee) -> dict[str, Any]:
    place = attendee.place
    return {
        "id": attendee.id,
        "name": attendee.name.full,
        "organisation": attendee.organisation,
        "file": place.file,
        **({"line": place.line} if place.line else {}),
        **({"cell": place.cell} if place.cell else {}),
    }


# Lists that stand alone


def is_people_list(file: Path) -> bool:
    """Whether a file is a list of people and no agenda: it has a column of names, and another that only people have."""
    try:
        source = agenda.open_source(file, Problems(), file.parent)
    except Stop:
        return False
    if source is None:
        return False
    words = Headings.known()
    table = open_list(file, Columns(), words, Problems(), file.parent)
    if table is None or not table.rows:
        return False
    if table.header is None:
        return not table.headings
    found = set(columns(replace(table, rows=table.rows[:50]), words, Columns(), Problems()))
    if not found & NAMES:
        return False
    if source.form in ("words", "workbook") and {"given", "family", "email"} <= found:
        return True
    return agenda.likelihood(source) <= 0.5 and bool(found & _OF_PEOPLE or len(table.headings) <= 2)


def read_list(file: Path, problems: Problems, listing: AttendeeSettings | None = None) -> tuple[Attendee, ...]:
    """The people of a list alone, without an event around it."""
    said = listing or AttendeeSettings(file)
    found = read_attendees(
        file,
        said.columns,
        Roles.of_event("en", {}),
        (),
        problems,
        file.parent,
        pending=said.pending,
        encoding=said.encoding or "",
    )
    return found.attendees
