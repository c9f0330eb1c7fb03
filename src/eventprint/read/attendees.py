"""The attendee list: rows of a CSV file, however a registration system heads them, as people who get a badge.

A row that cannot be used is reported with its cell, and the rest goes on. Mail addresses tell people apart and are then
forgotten; where somebody chose a name for the badge, the legal name is forgotten too.

An attendee's id is, in this order of trust: `id:` and the registration's own number, `order:` and the order code,
`mail:` and 16 digits of the SHA-256 of the mail address, `name:` and the folded name. It stays when a name is
corrected, unless the name is all there is. Where two people share one, the later one's name is added to it. Somebody
who stands on the programme alone is `person:` and the key of the person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from .. import records, sheets
from ..event import Attendee, Consents, Duty, Name, Person
from ..problems import Place, Problems
from ..sheets import Row, Table
from ..shelves import shelf
from ..values import dataclass
from .names import fold, name, untitled
from .roles import Roles
from .settings import Columns

LONGEST = 120
"""Letters of a name above which a second column has most likely run into it."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile("[ \t\r\n]+")
_PERSONAL = ("id", "name", "given", "middle", "family", "badge_name", "sort", "email")
"""Columns that are never kept among the further fields, even where a better column of the same kind is used."""


@dataclass(frozen=True)
class Headings:
    """How lists head their columns and answer yes or no: `data/headings.yaml`."""

    columns: Mapping[str, tuple[str, ...]]
    family_beside_given: tuple[str, ...]
    given_beside_family: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    online_yes: tuple[str, ...]
    online_no: tuple[str, ...]
    cancelled: tuple[str, ...]

    @classmethod
    def known(cls) -> Headings:
        file = shelf("data") / "headings.yaml"
        problems = Problems()
        return records.build(cls, records.load(file, problems, file.parent), problems)


@dataclass(frozen=True, slots=True)
class Found:
    """What the list holds: who gets a badge, and the people of the programme it says are online."""

    attendees: tuple[Attendee, ...] = ()
    online: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Entry:
    """A row while it is read, with what is forgotten afterwards: the legal name and the mail address."""

    attendee: Attendee
    legal: str
    email: str
    row: Row
    online: bool = False

    @property
    def names(self) -> set[str]:
        return {self.legal, fold(self.attendee.name.full)}


def read_attendees(
    file: Path,
    columns: Columns,
    roles: Roles,
    people: Sequence[Person],
    problems: Problems,
    root: Path,
    language: str = "",
) -> Found:
    """The people of an attendee list, one entry for each person, joined to the people of the programme."""
    table = sheets.table(file, problems, root)
    if table is None:
        return Found()
    if table.header is None:
        problems.error(f"{file.name} is empty", Place(table.file), "export the list again", "attendees.empty")
        return Found()
    words = Headings.known()
    reader = _Reader(table, words, _columns(table, words, columns, problems), roles, problems, language)
    if not {"name", "given", "family", "badge_name"} & reader.columns.keys():
        problems.error(
            f"{file.name} has no column with names",
            table.header.place(0),
            f"name it in event.yaml: attendees: {{file: {file.name}, columns: {{name: …}}}}",
            "attendees.columns",
        )
        return Found()
    entries = _once([entry for row in table.rows if (entry := reader.entry(row))], problems)
    roles.report(problems)
    joined = [_joined(entry, people, problems) for entry in entries]
    away = [entry for entry in joined if entry.online]
    if away:
        who = "1 person joins" if len(away) == 1 else f"{len(away)} people join"
        problems.warning(f"{who} online and get no badge", away[0].row.place(), "", "attendees.online")
    return Found(
        tuple(entry.attendee for entry in joined if not entry.online),
        frozenset(entry.attendee.person for entry in away if entry.attendee.person),
    )


# Headings


def _plain(heading: str) -> str:
    """A heading without case, accents and punctuation; `#` means number, but before a heading it marks a comment."""
    numbered = heading.lstrip("# ").replace("#", " no ")
    return " ".join(re.findall(r"\w+", fold(numbered).replace("_", " ")))


def _columns(table: Table, words: Headings, stated: Columns, problems: Problems) -> dict[str, int]:
    """The column of each thing we look for: as event.yaml says, else by its heading."""
    assert table.header is not None
    plain = [_plain(heading) for heading in table.headings]
    for index, heading in enumerate(plain):
        if heading and heading in plain[:index]:
            message = f"the heading {table.headings[index]!r} stands twice"
            problems.warning(message, table.header.place(index), "rename one of the two", "attendees.heading-twice")
    found: dict[str, int] = {}
    for field_name in words.columns:
        wanted = getattr(stated, field_name, "")
        if wanted:
            if _plain(wanted) in plain:
                found[field_name] = plain.index(_plain(wanted))
            else:
                hint = records.suggest(wanted, [heading for heading in table.headings if heading])
                place = records.at(stated, field_name)
                problems.error(f"{table.file} has no column {wanted!r}", place, hint, "attendees.column")
    taken = set(found.values())
    for field_name, headings in words.columns.items():
        for heading in map(_plain, headings):
            if field_name not in found and heading in plain and plain.index(heading) not in taken:
                found[field_name] = plain.index(heading)
                taken.add(found[field_name])
    _halves(found, plain, words, {each for each in found if getattr(stated, each, "")})
    return found


def _halves(found: dict[str, int], plain: Sequence[str], words: Headings, stated: set[str]) -> None:
    """`Name` beside `Vorname` is a family name, `Nombre` beside `Apellidos` a given name."""
    headings = {key: "" if key in stated else plain[column] for key, column in found.items()}
    if "given" in found and "family" not in found:
        if headings.get("name", "") in map(_plain, words.family_beside_given):
            found["family"] = found.pop("name")
        elif "name" not in found and headings["given"] in map(_plain, words.given_beside_family):
            found["name"] = found.pop("given")


# Rows


@dataclass(slots=True)
class _Reader:
    table: Table
    words: Headings
    columns: Mapping[str, int]
    roles: Roles
    problems: Problems
    language: str
    answers: dict[str, dict[str, bool]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    further: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        plainly = {fold(word): True for word in self.words.yes} | {fold(word): False for word in self.words.no}
        online = {fold(word): True for word in self.words.online_yes} | {fold(w): False for w in self.words.online_no}
        self.answers = {"": plainly, "online": plainly | online}
        self.gone = frozenset(map(fold, self.words.cancelled))
        personal = {_plain(heading) for key in _PERSONAL for heading in self.words.columns.get(key, ()) if key != "id"}
        used = set(self.columns.values())
        seen: set[str] = set()
        for index, heading in enumerate(self.table.headings):
            plain = _plain(heading)
            if index in used or plain in personal or "mail" in plain.replace(" ", "") or plain.endswith(" name"):
                continue
            title = heading or sheets.column_name(index)
            self.further.append((index, title if title not in seen else f"{title} ({sheets.column_name(index)})"))
            seen.add(title)

    def entry(self, row: Row) -> _Entry | None:
        """A row as a person; None where it has no name or no longer stands."""
        cells = {key: self.cell(row, column) for key, column in self.columns.items()}
        given = " ".join(part for part in (cells.get("given", ""), cells.get("middle", "")) if part)
        named = partial(
            name, sort=cells.get("sort", ""), language=self.language, own_language=cells.get("language", "")
        )
        legal = named(cells.get("name", ""), given, cells.get("family", ""))
        printed = named(cells["badge_name"]) if cells.get("badge_name") else legal
        place = row.place()
        if not printed.full:
            column = next(self.columns[key] for key in ("name", "given", "family", "badge_name") if key in self.columns)
            hint = "write the name, or delete the row"
            self.problems.error(f"row {row.number} has no name", row.place(column), hint, "attendees.no-name")
            return None
        if self.cancelled(cells):
            message = f"row {row.number} ({printed.full}) is cancelled and gets no badge"
            self.problems.warning(message, row.place(self.columns["status"]), "", "attendees.cancelled")
            return None
        self.length(row, printed)
        consents = Consents(*(self.answer(row, key) for key in ("photo", "listed", "contact")))
        further = {title: cell for index, title in self.further if (cell := self.cell(row, index))}
        if printed is not legal and legal.full:
            hidden = fold(legal.full)
            further = {title: cell for title, cell in further.items() if hidden not in fold(cell)}
        attendee = Attendee(
            "",
            printed,
            organisation=cells.get("organisation", ""),
            position=cells.get("position", ""),
            pronouns=cells.get("pronouns", ""),
            roles=self.roles.of(row, self.columns, cells.get("role", ""), cells.get("ticket", "")),
            ticket=cells.get("ticket", ""),
            language=cells.get("language", ""),
            consents=consents,
            walk_in=bool(self.answer(row, "walk_in")),
            fields=further,
            place=place,
        )
        email = cells.get("email", "").casefold()
        identity = _identity(cells, email, printed)
        online = bool(self.answer(row, "online"))
        return _Entry(replace(attendee, id=identity), fold(legal.full or printed.full), email, row, online)

    def cell(self, row: Row, column: int) -> str:
        """A cell as one line of text without control characters; what was wrong with it is reported."""
        text = row[column]
        if _CONTROLS.search(text):
            found = ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in _CONTROLS.findall(text)))
            message = f"a control character ({found}) was left out"
            self.problems.error(message, row.place(column), "delete it in the list", "attendees.control")
            text = _CONTROLS.sub("", text)
        text = _BLANKS.sub(" ", text).strip(" \u00a0\ufeff")
        if text.startswith("="):
            message = f"a formula, {_short(text)}, stands where a text should be; it is printed as written"
            self.problems.warning(message, row.place(column), "export the list with values", "attendees.formula")
        return text

    def length(self, row: Row, printed: Name) -> None:
        if len(printed.full) > LONGEST:
            key = next(key for key in ("badge_name", "name", "given", "family") if key in self.columns)
            message = f"a name of {len(printed.full)} characters: {_short(printed.full)}"
            hint = "look whether another cell has run into it"
            self.problems.warning(message, row.place(self.columns[key]), hint, "attendees.long-name")

    def answer(self, row: Row, key: str) -> bool | None:
        """Yes, no, or None for an empty cell and for one that says neither, which is reported."""
        if key not in self.columns:
            return None
        text = self.cell(row, self.columns[key])
        answers = self.answers.get(key, self.answers[""])
        if not text or text in ("-", "–", "—", "?", "n/a", "N/A"):
            return None
        said = answers.get(fold(text))
        if said is None:
            message = f"{_short(text)} is neither yes nor no; it counts as not answered"
            self.problems.error(message, row.place(self.columns[key]), "write yes or no", "attendees.answer")
        return said

    def cancelled(self, cells: Mapping[str, str]) -> bool:
        status = fold(cells.get("status", ""))
        if "status" in self.columns and "void" in _plain(self.table.headings[self.columns["status"]]):
            return self.answers[""].get(status, False)
        return status in self.gone


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _identity(cells: Mapping[str, str], email: str, printed: Name) -> str:
    if cells.get("id"):
        return f"id:{cells['id']}"
    if cells.get("order"):
        return f"order:{cells['order']}" + (f"-{cells['part']}" if cells.get("part") else "")
    if email:
        return f"mail:{hashlib.sha256(email.encode()).hexdigest()[:16]}"
    return f"name:{fold(printed.full)}"


# One entry for each person


def _once(entries: Iterable[_Entry], problems: Problems) -> list[_Entry]:
    """The entries, those of one person joined: same number or mail and a like name, or same name and organisation."""
    kept: list[_Entry] = []
    known: dict[tuple[str, str], _Entry] = {}
    taken: set[str] = set()
    for entry in entries:
        keys = _keys(entry)
        earlier = next((known[key] for key in keys if key in known and _alike(known[key], entry, key[0])), None)
        if earlier is not None:
            message = (
                f"{entry.attendee.name.full} stands in rows {earlier.row.number} and {entry.row.number}; one badge"
            )
            hint = f"delete one of the rows; the first is in line {earlier.row.place().line}"
            problems.warning(message, entry.row.place(0), hint, "attendees.twice")
            earlier.attendee = _together(earlier.attendee, entry.attendee)
            earlier.online = earlier.online and entry.online
            continue
        shared = next((key for key in keys if key in known), None)
        if shared:
            message = (
                f"{entry.attendee.name.full} in row {entry.row.number} and {known[shared].attendee.name.full} in row"
            )
            message += f" {known[shared].row.number} share one {shared[0]}; two badges"
            problems.warning(
                message, entry.row.place(0), "delete one of the rows if it is one person", "attendees.shared"
            )
        if entry.attendee.id in taken:
            entry.attendee = replace(entry.attendee, id=_free(entry.attendee, taken))
        taken.add(entry.attendee.id)
        kept.append(entry)
        for key in keys:
            known.setdefault(key, entry)
    return kept


def _free(attendee: Attendee, taken: set[str]) -> str:
    wanted = f"{attendee.id}|{fold(attendee.name.full)}"
    while wanted in taken:
        wanted += f"|{fold(attendee.organisation)}"
    return wanted


def _keys(entry: _Entry) -> list[tuple[str, str]]:
    keys = [("number", entry.attendee.id)] if entry.attendee.id.startswith("id:") else []
    if entry.email:
        keys.append(("mail address", entry.email))
    return [*keys, ("name", f"{entry.legal}|{fold(entry.attendee.organisation)}")]


def _alike(earlier: _Entry, entry: _Entry, key: str) -> bool:
    """Whether two rows are one person: colleagues book with one address, so their names must share a word too."""
    if key == "name":
        return True
    words = [{word for each in one.names for word in each.split()} for one in (earlier, entry)]
    return bool(words[0] & words[1])


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


def _joined(entry: _Entry, people: Sequence[Person], problems: Problems) -> _Entry:
    """The entry with the person of the programme it is: the same name, and an organisation that does not contradict."""
    attendee = entry.attendee
    names = {untitled(each) for each in entry.names}
    same = [person for person in people if untitled(fold(person.name.full)) in names]
    if not same:
        return entry
    here = fold(attendee.organisation)
    match = next((p for p in same if not here or not p.organisation or fold(p.organisation) == here), None)
    if match is None:
        message = (
            f"{attendee.name.full} of {attendee.organisation} has the name of {same[0].name.full} of "
            f"{same[0].organisation} on the programme; taken for two people"
        )
        hint = "write the organisation the same way if it is one person"
        problems.warning(message, entry.row.place(), hint, "attendees.doubtful")
        return entry
    # What the list states of a name is better than what was guessed from the agenda.
    by_list = attendee.name.stated and not match.name.stated
    entry.attendee = replace(
        attendee,
        name=match.name if fold(attendee.name.full) == fold(match.name.full) and not by_list else attendee.name,
        organisation=attendee.organisation or match.organisation,
        position=attendee.position or match.position,
        pronouns=attendee.pronouns or match.pronouns,
        person=match.key,
    )
    return entry


def on_programme(
    attendees: Sequence[Attendee],
    people: Sequence[Person],
    moderators: frozenset[str],
    roles: Roles,
    language: str | None = "en",
) -> tuple[Attendee, ...]:
    """Everybody who gets a badge: the list, and the people of the programme who are not online.

    They are in pile order, sorted by the rules of the language; with None, as at the desk, in no certain order.
    """
    made: list[Attendee] = []
    listed = {attendee.person for attendee in attendees}
    for attendee in attendees:
        duty = (Duty.MODERATOR if attendee.person in moderators else Duty.SPEAKER,) if attendee.person else ()
        made.append(replace(attendee, roles=roles.ranked([*duty, *attendee.roles])))
    for person in people:
        if person.key not in listed and person.online is not True:
            made.append(
                Attendee(
                    f"person:{person.key}",
                    person.name,
                    person.organisation,
                    person.position,
                    person.pronouns,
                    roles.ranked([Duty.MODERATOR if person.key in moderators else Duty.SPEAKER]),
                    person=person.key,
                    place=person.place,
                )
            )
    if language is None:
        return tuple(made)
    from ..collation import collator  # a badge at the desk needs no order

    filed = collator(language).filed
    return tuple(sorted(made, key=lambda attendee: (filed(attendee.name.sort), attendee.name.full, attendee.id)))
