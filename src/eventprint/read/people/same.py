"""Who is the same human: rows of one list, and rows and people of the programme. In doubt two badges, and a question.

Mail addresses and legal names tell people apart here and are then forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from ...event import Attendee, Consents, Person
from ...problems import Problems
from ...sheets import Row
from ...values import dataclass
from ..language.names import core, fold

_LISTED = 12
"""Rows named in one problem."""
_LOOKED_AT = 100
"""People of the programme with a word of a name in common that are compared with it."""
_TOLD = 5
"""Shared mail addresses told of one by one; where there are more, groups have booked with one address."""


@dataclass(slots=True)
class Entry:
    """A row while it is read, with what is forgotten afterwards: the legal name and the mail address."""

    attendee: Attendee
    legal: str
    email: str
    row: Row
    online: bool = False
    order: str = ""

    @property
    def names(self) -> set[str]:
        return {self.legal, fold(self.attendee.name.full)}

    @property
    def words(self) -> list[list[str]]:
        """The words of each of the names."""
        return [core(name).split() for name in sorted(self.names)]


def mail_mark(mail: str) -> str:
    """How a mail address is remembered: by 16 digits of its SHA-256; nothing for none."""
    if not mail:
        return ""
    folded = mail.strip().casefold()
    return f"mail:{hashlib.sha256(folded.encode()).hexdigest()[:16]}" if folded else ""


def rows_named(rows: Sequence[Row]) -> str:
    """Rows by their numbers, the first of them where there are many."""
    numbers = [str(row.number) for row in rows[:_LISTED]]
    if len(rows) > _LISTED:
        return f"{', '.join(numbers)} and {len(rows) - _LISTED} more"
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)


# One entry for each person


def once(entries: Iterable[Entry], problems: Problems) -> list[Entry]:
    """The entries, those of one person joined: same number or mail and a like name, or same name and organisation."""
    kept: list[Entry] = []
    known: dict[str, dict[str, Entry]] = {"number": {}, "mail address": {}, "name": {}}
    taken: set[str] = set()
    again: dict[str, list[Row]] = {}
    """Further rows of the same human, by the id of the first."""
    shared: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        keys = _keys(entry)
        met = [(what, value, known[what][value]) for what, value in keys if value in known[what]]
        earlier = next((first for what, _, first in met if _alike(first, entry, what)), None)
        if earlier is not None:
            again.setdefault(earlier.attendee.id, []).append(entry.row)
            earlier.attendee = _together(earlier.attendee, entry.attendee)
            earlier.online = earlier.online and entry.online
            continue
        if met:
            what, value, first = met[0]
            shared.setdefault((what, value), [first]).append(entry)
        if entry.attendee.id in taken:
            entry.attendee = replace(entry.attendee, id=_free(entry.attendee, taken))
        taken.add(entry.attendee.id)
        kept.append(entry)
        for what, value in keys:
            known[what].setdefault(value, entry)
    for entry in kept if again else ():
        if entry.attendee.id in again:
            _twice(entry, again[entry.attendee.id], problems)
    doubtful = {key: those for key, those in shared.items() if not _booked_together(key[0], those)}
    mails = [those for (what, _), those in doubtful.items() if what == "mail address"]
    for (what, value), those in doubtful.items():
        if what != "mail address" or len(mails) <= _TOLD:
            _shared(what, value.removeprefix("id:").casefold(), those, problems)
    if len(mails) > _TOLD:
        _all_shared(mails, problems)
    return kept


def _booked_together(what: str, those: Sequence[Entry]) -> bool:
    """Whether people share a mail address because one of them booked for all: nothing about that is doubtful."""
    return what == "mail address" and bool(those[0].order) and len({entry.order for entry in those}) == 1


def _all_shared(groups: Sequence[Sequence[Entry]], problems: Problems) -> None:
    first, second = groups[0][:2]
    many = sum(map(len, groups))
    message = f"{len(groups)} mail addresses are shared by {many} people, such as {first.attendee.name.full} in row"
    message += f" {first.row.number} and {second.attendee.name.full} in row {second.row.number}; a badge for each"
    hint = "delete a row where two are one person"
    problems.warning(message, second.row.place(0), hint, "attendees.shared")


def _twice(entry: Entry, again: Sequence[Row], problems: Problems) -> None:
    rows = [entry.row, *again]
    message = f"{entry.attendee.name.full} stands in rows {rows_named(rows)}; one badge"
    first = entry.row.place(0)
    where = f"line {first.line}" if first.line else f"cell {first.cell}"
    hint = f"delete {'one' if len(rows) == 2 else 'all but one'} of the rows; the first is in {where}"
    problems.warning(message, again[0].place(0), hint, "attendees.twice")


def _shared(what: str, value: str, those: Sequence[Entry], problems: Problems) -> None:
    first, second = those[:2]
    if len(those) == 2:
        message = f"{second.attendee.name.full} in row {second.row.number} and {first.attendee.name.full} in row"
        message += f" {first.row.number} share one {what}; two badges"
    else:
        rows = rows_named([entry.row for entry in those])
        message = f"{len(those)} people share one {what}: rows {rows}; a badge for each"
    hint = "delete one of the rows if it is one person"
    cells = [cell.strip().casefold() for cell in second.row.cells]
    place = second.row.place(cells.index(value) if value in cells else 0)
    problems.warning(message, place, hint, "attendees.shared")


def _free(attendee: Attendee, taken: set[str]) -> str:
    wanted = plain = f"{attendee.id}|{fold(attendee.name.full)}"
    if wanted in taken and attendee.organisation:
        wanted = plain = f"{plain}|{fold(attendee.organisation)}"
    number = 1
    while wanted in taken:
        number += 1
        wanted = f"{plain}|{number}"
    return wanted


def _keys(entry: Entry) -> list[tuple[str, str]]:
    keys = [("number", entry.attendee.id)] if entry.attendee.id.startswith("id:") else []
    if entry.email:
        keys.append(("mail address", entry.email))
    return [*keys, ("name", f"{entry.legal}|{fold(entry.attendee.organisation)}")]


def _alike(earlier: Entry, entry: Entry, key: str) -> bool:
    """Whether two rows are one person: colleagues and families book with one address, so the names must agree too."""
    if key == "name":
        # Two addresses and no organisation: of a common name there may be two people, and a badge too few is worse.
        return not (earlier.email and entry.email and earlier.email != entry.email) or bool(entry.attendee.organisation)
    pairs = [(one, other) for one in earlier.words for other in entry.words]
    if key == "number":
        return any(set(one) & set(other) for one, other in pairs)
    return any(_agree(one, other) for one, other in pairs)


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be one person's: the same given name, an initial of it, or one name within the other."""
    if not one or not other:
        return False
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    short, long = sorted((one[0], other[0]), key=len)
    return short == long or (
        len(short.rstrip(".")) == 1 and long[0] == short[0] and bool(set(one[1:]) & set(other[1:]))
    )


def _together(first: Attendee, second: Attendee) -> Attendee:
    """One attendee of two rows: the first row counts, the second fills its gaps; the more careful consent holds."""
    return replace(
        first,
        organisation=first.organisation or second.organisation,
        position=first.position or second.position,
        pronouns=first.pronouns or second.pronouns,
        roles=tuple(dict.fromkeys([*first.roles, *second.roles])),
        ticket=first.ticket or second.ticket,
        language=first.language or second.language,
        consents=Consents(
            *(
                _careful(getattr(first.consents, key), getattr(second.consents, key))
                for key in ("photo", "listed", "contact")
            )
        ),
        walk_in=first.walk_in and second.walk_in,
        fields={**second.fields, **first.fields},
    )


def _careful(first: bool | None, second: bool | None) -> bool | None:
    return False if False in (first, second) else first if first is not None else second


# People of the programme


class Programme:
    """The people of the programme by all that tells who somebody is."""

    def __init__(self, people: Sequence[Person], problems: Problems) -> None:
        self.problems = problems
        self.marks: dict[str, Person] = {}
        self.names: dict[str, list[Person]] = {}
        self.turned: dict[tuple[str, ...], list[Person]] = {}
        self.near: dict[str, list[Person]] = {}
        """By the last word of the name, and by the first."""
        self.taken: dict[str, Entry] = {}
        for person in people:
            for mark in person.known_as:
                self.marks.setdefault(mark, person)
            said = core(fold(person.name.full))
            self.names.setdefault(said, []).append(person)
            self.turned.setdefault(tuple(sorted(said.split())), []).append(person)
            self.near.setdefault(said.rpartition(" ")[2], []).append(person)
            self.near.setdefault(said.partition(" ")[0], []).append(person)

    def joined(self, entry: Entry) -> Entry:
        """The entry with the person of the programme it is: by mail address, number and name, name and organisation."""
        person = (self._by_mark(entry) or self._by_name(entry)) if self.names else None
        if person is None:
            return entry
        if person.key in self.taken:
            first = self.taken[person.key]
            message = (
                f"rows {first.row.number} and {entry.row.number} both have the name of {person.name.full} on the "
                f"programme; the first of them is taken for that person"
            )
            hint = "delete one of the rows if it is one person, or tell them apart by their organisations"
            self.problems.open(message, entry.attendee.place, hint, "attendees.doubtful")
            return entry
        self.taken[person.key] = entry
        attendee = entry.attendee
        # What the list states of a name is better than what was guessed from the agenda.
        by_list = attendee.name.stated and not person.name.stated
        entry.attendee = replace(
            attendee,
            name=person.name if fold(attendee.name.full) == fold(person.name.full) and not by_list else attendee.name,
            organisation=attendee.organisation or person.organisation,
            position=attendee.position or person.position,
            pronouns=attendee.pronouns or person.pronouns,
            person=person.key,
        )
        return entry

    def _by_mark(self, entry: Entry) -> Person | None:
        """The person with the same mail address or number, where the names do not contradict."""
        person = self.marks.get(mail_mark(entry.email)) if entry.email else None
        if person is not None:
            if any(_agree(each, _words(person)) for each in entry.words):
                return person
            message = (
                f"{entry.attendee.name.full} has the mail address of {person.name.full} on the programme; "
                "taken for two people"
            )
            hint = "write the name the same way if it is one person"
            self.problems.open(message, entry.attendee.place, hint, "attendees.doubtful")
        # Numbers of two systems may be equal by chance: then the names share no word.
        person = self.marks.get(entry.attendee.id)
        if person is not None and any(_agree(each, _words(person)) for each in entry.words):
            return person
        return None

    def _by_name(self, entry: Entry) -> Person | None:
        names = sorted({core(each) for each in entry.names})
        same = [person for each in names for person in self.names.get(each, ())]
        here = fold(entry.attendee.organisation)
        if not same:
            return self._turned_round(entry, names, here) or self._shortened(entry, names, here)
        fitting = [p for p in same if not here or not p.organisation or fold(p.organisation) == here]
        exactly = [p for p in fitting if here and fold(p.organisation) == here] or fitting
        if len(exactly) == 1:
            return exactly[0]
        attendee, first = entry.attendee, same[0]
        if exactly:
            message = (
                f"{len(exactly)} people of the programme are called {attendee.name.full}; row {entry.row.number} is "
                "taken for none of them"
            )
            hint = "give the organisation in the list and on the programme"
            self.problems.open(message, entry.attendee.place, hint, "attendees.doubtful")
            return None
        message = (
            f"{attendee.name.full} of {attendee.organisation} has the name of {first.name.full} of "
            f"{first.organisation} on the programme; taken for two people"
        )
        hint = "write the organisation the same way if it is one person"
        self.problems.warning(message, entry.attendee.place, hint, "attendees.doubtful")
        return None

    def _shortened(self, entry: Entry, names: Sequence[str], here: str) -> Person | None:
        """`J. van der Meer` may be `Jan van der Meer`: one person where the organisation is the same; else doubtful."""
        said = [words for each in names if (words := each.split())]
        near = (person for words in said for word in (words[-1], words[0]) for person in self.near.get(word, ()))
        for person in islice(near, _LOOKED_AT):
            there = fold(person.organisation)
            if not any(_may_be(words, _words(person)) for words in said) or (here and there and here != there):
                continue
            one = bool(here) and there == here and person.key not in self.taken
            message = (
                f"{entry.attendee.name.full} may be {person.name.full} of the programme; "
                f"taken for {'one person' if one else 'two people'}"
            )
            hint = "write the name the same way in both places" if one else "if it is one person, write the name alike"
            self.problems.open(message, entry.attendee.place, hint, "attendees.doubtful")
            return person if one else None
        return None

    def _turned_round(self, entry: Entry, names: Sequence[str], here: str) -> Person | None:
        """`Borges Luciano` is `Luciano Borges` where the organisation is the same; else it is doubtful."""
        found = next((p for each in names for p in self.turned.get(tuple(sorted(each.split())), ())), None)
        if found is None:
            return None
        one = bool(here) and fold(found.organisation) == here
        message = (
            f"{entry.attendee.name.full} may be {found.name.full} of the programme, the name turned round; "
            f"taken for {'one person' if one else 'two people'}"
        )
        hint = (
            "write the name the same way in both places" if one else "if it is one person, write the name the same way"
        )
        self.problems.open(message, entry.attendee.place, hint, "attendees.doubtful")
        return found if one else None


def _may_be(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be one person's, written shorter once: `J. van der Meer`, `Ana Ruiz` without `Martín`."""
    if min(len(one), len(other)) < 2 or one == other:
        return False
    if set(one) <= set(other) or set(other) <= set(one):
        return one[0] == other[0]
    initial, whole = sorted((one[0], other[0]), key=len)
    return len(initial.rstrip(".")) == 1 and whole[0] == initial[0] and list(one[1:]) == list(other[1:])


def _words(person: Person) -> list[str]:
    return core(fold(person.name.full)).split()
