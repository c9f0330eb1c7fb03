"""The attendee list: its rows, however a registration system heads them, as people who get a badge.

A row that cannot be used is reported with its cell, and the rest goes on. Mail addresses tell people apart and are then
forgotten; where somebody chose a name for the badge, the legal name is forgotten too.

An attendee's id is, in this order of trust: `id:` and the registration's own number, `order:` and the order code,
`mail:` and 16 digits of the SHA-256 of the mail address, `name:` and the folded name. It stays when a name is
corrected, unless the name is all there is. Where two people share one, the later one's name is added to it. Somebody
who stands on the programme alone is `person:` and the key of the person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from ...event import Attendee, Consents, Duty, Name, Person
from ...problems import Place, Problems
from ...sheets import LONGEST as KEPT
from ...sheets import Row, Table, column_name
from ...values import dataclass
from ..language.names import PARTICLES, fold, name
from ..settings import Columns
from .headings import ANSWERED, NAMES, Headings, forms, plain
from .mapping import columns, further
from .roles import Roles
from .rosters import column_of_names, names_by_mail, open_list
from .same import Entry, Programme, mail_mark, once, rows_named

LONGEST = 120
"""Letters of a name above which a second column has most likely run into it."""

MARKS = {
    "dietary": "dietary",
    "access": "access",
    "checked_in": "checked in",
    "country": "country",
    "city": "city",
    "seat": "seat",
    "honorific": "form of address",
}
"""Columns that layouts may also name in one way, whatever their heading: `{dietary}`."""

_MANY = 8
"""Different words in a column of roles that are no roles, from which on it is taken for something else."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile("[ \t\r\n]+")
_PERSONAL = ("name", "given", "middle", "family", "badge_name", "sort", "email", "booker")
"""Columns that are never kept among the further fields, even where a better column of the same kind is used."""
_NAMED = ("badge_name", "name", "given", "family")
"""Columns that name somebody, the one printed first in front."""
_PRINTED = ("name", "given", "middle", "family", "badge_name", "organisation", "position", "pronouns")
"""Columns whose cells are printed as they stand."""
_EMPTY = frozenset(
    {"", "-", "–", "—", "--", "?", ".", "..", "n/a", "N/A", "#N/A", "#N/V", "NULL", "null", "NaN", "nan", "./."}
)
"""What a cell holds where nobody filled it in."""
_WHOLE = re.compile(r"(\d+)\.0+")
_DAMAGED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_CODE = re.compile(r"^\S*\d\S*$|://|@")
_MAIL = re.compile(r"[^@\s,;<>\"]+@(?:[^@\s,;<>\".]+\.)+[^@\s,;<>\".]+")
_DOUBTFUL = frozenset("=+-@'")


_OPEN = frozenset(
    {"tbc", "tba", "tbd", "t.b.c.", "t.b.a.", "n.n.", "nn", "n. n.", "to be confirmed", "to be announced"}
)
"""What stands in the place of a name that is not known yet."""
_SUMMED = frozenset("TtSsGgAaCcΣИи∑")
_TOTAL = re.compile(
    r"(?:total|totals|totale|sum|summe|suma|somme|gesamt|anzahl|count|итого|σ|∑)\b[\s:=.\d]*(?:\w+\s*)?\d*$"
)
_RULES = frozenset("-=_*–—:+~|. ")
"""Signs of a line drawn with letters."""
_MARKED = re.compile(r"\w\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\]|（[^（）]{1,60}）)$")
_AND = frozenset(("and", "und", "et", "och", "og"))
_NOTHING: dict[str, str] = {}
"""The further fields of everybody who has none."""
_UNASKED = Consents()


@dataclass(frozen=True, slots=True)
class Found:
    """What the list holds: who gets a badge, and the people of the programme it says are online."""

    attendees: tuple[Attendee, ...] = ()
    online: frozenset[str] = frozenset()


def read_attendees(
    file: Path,
    columns: Columns,
    roles: Roles,
    people: Sequence[Person],
    problems: Problems,
    root: Path,
    language: str = "",
    *,
    pending: bool = False,
    encoding: str = "",
) -> Found:
    """The people of an attendee list, one entry for each person, joined to the people of the programme.

    With `pending`, who has not paid or is not approved gets a badge too. `encoding` is that of a CSV file, where it is
    not recognised.
    """
    words = Headings.known()
    table = open_list(file, columns, words, problems, root, encoding)
    if table is None:
        return Found()
    if table.header is None and not table.rows:
        problems.error(f"{file.name} is empty", Place(table.file), "export the list again", "attendees.empty")
        return Found()
    met = Problems()
    found = _columns(table, words, columns, roles, met)
    for problem in met.found:
        # Of a table without names nothing else matters, but what event.yaml says of it.
        if NAMES & found.keys() or problem.rule == "attendees.column":
            problems.add(problem)
    if not NAMES & found.keys():
        _no_names(table, file, words, problems)
        return Found()
    reader = _Reader(table, words, found, roles, problems, language, pending)
    if not table.rows and table.header is not None:
        hint = "export the list again, with its people"
        problems.warning(
            f"{file.name} has headings and nobody below them", table.header.place(0), hint, "attendees.empty"
        )
    read = [entry for row in table.rows if (entry := reader.entry(row))]
    entries = once(read, problems)
    reader.report(nobody=not read)
    roles.report(problems)
    programme = Programme(people, problems)
    joined = [programme.joined(entry) for entry in entries]
    away = [entry for entry in joined if entry.online]
    if away:
        who = "1 person joins" if len(away) == 1 else f"{len(away)} people join"
        gets = "gets" if len(away) == 1 else "get"
        hint = "nothing is to be done, unless somebody of them comes to the venue: then correct the list"
        problems.warning(f"{who} online and {gets} no badge", away[0].attendee.place, hint, "attendees.online")
    return Found(
        tuple(entry.attendee for entry in joined if not entry.online),
        frozenset(entry.attendee.person for entry in away if entry.attendee.person),
    )


def _no_names(table: Table, file: Path, words: Headings, problems: Problems) -> None:
    header = table.header or table.rows[0]
    likely = column_of_names([row.cells for row in table.rows], words)
    heading = table.headings[likely] if likely is not None and likely < len(table.headings) else "…"
    problems.error(
        f"{file.name} has no column with names",
        header.place(0),
        f"name it in event.yaml: attendees: {{file: {file.name}, columns: {{name: {heading}}}}}",
        "attendees.columns",
    )


def _columns(table: Table, words: Headings, stated: Columns, roles: Roles, problems: Problems) -> dict[str, int]:
    """The column of each thing we look for; in a list without headings, by what stands in them."""
    if table.header is not None:
        found = columns(table, words, stated, problems)
        if "role" in found and not stated.role:
            _jobs(table, found, roles, problems)
        if "role" not in found:
            _kinds(table, found, words, roles)
        return found
    rows = table.rows[:500]
    cells_of = [row.cells for row in rows]
    names = column_of_names(cells_of, words)
    pair = names_by_mail(cells_of) if names is None else None
    if names is not None:
        found = {"name": names}
    elif pair:
        names, found = pair[0], {"given": pair[0], "family": pair[1]}
    else:
        return {}
    for column in range(max(len(row.cells) for row in rows)):
        cells = [cell for row in rows if (cell := row[column].strip())]
        if column in found.values() or not cells:
            continue
        if "email" not in found and 2 * sum("@" in cell for cell in cells) > len(cells):
            found["email"] = column
        elif "role" not in found and 2 * sum(fold(cell) in roles.keys for cell in cells) > len(cells):
            found["role"] = column
        elif "organisation" not in found and _are_houses(cells, [row[names] for row in rows if row[column].strip()]):
            found["organisation"] = column
    taken = ", ".join(f"{column_name(column)} as {key.replace('_', ' ')}" for key, column in found.items())
    message = f"no row looks like headings; the first row is taken for a person, {taken}"
    hint = "put a row with headings on top, such as Name, Organisation, Role"
    problems.open(message, table.rows[0].place(0), hint, "attendees.no-headings")
    return found


def _kinds(table: Table, found: dict[str, int], words: Headings, roles: Roles) -> None:
    """A column called `Type` holds roles where most of its cells are some."""
    for column, heading in enumerate(table.headings):
        if column in found.values() or plain(heading) not in words.kinds:
            continue
        cells = [cell for row in table.rows[:2000] if (cell := row[column].strip())]
        if cells and 2 * sum(roles.knows(cell) for cell in cells) >= len(cells):
            found["role"] = column
            return


def _are_houses(cells: Sequence[str], people: Sequence[str]) -> bool:
    """Whether cells may name organisations: words, no numbers and codes, and no short forms of the names beside."""
    words = [
        cell for cell in cells if sum(map(str.isalpha, cell)) > 2 and not (_CODE.search(cell) or cell[0].isdigit())
    ]
    alike = sum(cell.split()[:1] == person.split()[:1] for cell, person in zip(cells, people, strict=True))
    return 2 * len(words) > len(cells) and 2 * alike < len(cells) + 1


def _jobs(table: Table, found: dict[str, int], roles: Roles, problems: Problems) -> None:
    """A column called `Role` that holds many different words, none of them a role, holds what people do."""
    column = found["role"]
    cells = [cell for row in table.rows[:2000] if (cell := row[column].strip())]
    unknown = [cell for cell in cells if not roles.knows(cell)]
    if len({fold(cell) for cell in unknown}) < _MANY or 4 * len(unknown) < 3 * len(cells):
        return
    del found["role"]
    what = "only kept"
    if "position" not in found:
        found["position"] = column
        what = "printed as what people do"
    assert table.header is not None
    heading = table.headings[column]
    message = f"the column {heading!r} holds few roles and many other words, such as {_short(unknown[0])}: it is {what}"
    hint = f"if they are roles, write in event.yaml: attendees: {{file: …, columns: {{role: {heading!r}}}}}"
    problems.open(message, table.header.place(column), hint, "attendees.roles")


# Rows


@dataclass(slots=True)
class _Left:
    """A row that gets no badge, and why."""

    row: Row
    who: str
    place: Place


@dataclass(slots=True)
class _Reader:
    table: Table
    words: Headings
    columns: Mapping[str, int]
    roles: Roles
    problems: Problems
    language: str
    pending: bool = False
    no_names: frozenset[str] = frozenset()
    """Folded cells that name nobody."""
    further: list[tuple[int, str]] = field(default_factory=list)
    named_in: int | None = None
    """The column that people are named in, the one printed first."""
    marks: list[tuple[int, str, str]] = field(default_factory=list)
    """Column, heading and common name of what layouts may name in one way."""
    told: set[int] = field(default_factory=set)
    """Rows of which it is said already why they get no badge."""
    left: dict[str, list[_Left]] = field(default_factory=dict)
    """Rows without a badge, by why."""
    states: dict[str, list[Place]] = field(default_factory=dict)
    """Words in the column of states that nobody knows."""
    standing: bool = False
    """Whether the list has a column that says who comes."""
    turned: bool = False
    """Whether the heading of the names says that the family name comes first."""
    void: bool = False
    """Whether a yes in the column of states means that the registration does not stand."""

    def __post_init__(self) -> None:
        headings = self.table.headings
        self.no_names = _OPEN | {
            fold(headings[column]) for key, column in self.columns.items() if key in NAMES and column < len(headings)
        }
        if "name" in self.columns and self.columns["name"] < len(headings):
            self.turned = bool(self.words.family_first & set(forms(headings[self.columns["name"]], self.words)[:2]))
        self.named_in = next((self.columns[key] for key in _NAMED if key in self.columns), None)
        self.further = further(self.table, self.words, self.columns, _PERSONAL)
        for key, common in MARKS.items():
            if key in self.columns:
                column = self.columns[key]
                heading = headings[column] if column < len(headings) else column_name(column)
                self.marks.append((column, heading, common))
        self.standing = bool({"status", "cancelled", "confirmed", "addon"} & self.columns.keys())
        if "status" in self.columns and self.columns["status"] < len(headings):
            self.void = self.words.holds("cancelled", plain(headings[self.columns["status"]]))

    def entry(self, row: Row) -> Entry | None:
        """A row as a person; None where it has no name or no longer stands."""
        cells = {key: self.cell(row, column, key) for key, column in self.columns.items()}
        get = cells.get
        given = f"{get('given', '')} {get('middle', '')}".strip()
        own, whole, family = get("language", ""), get("name", ""), get("family", "")
        if "@" in whole:
            whole = self.without_mail(row, cells)
        if not whole and family and given.endswith(f" {family}"):
            whole, given = given, ""  # the whole name was written where the given name was asked for
        if self.turned and not given and not family and whole.count(" ") == 1 and "," not in whole:
            family, given = whole.split(" ")
        if family == given == whole:
            family = ""  # forms insist on both parts, of people with one name too
        legal = name(whole, given, family, get("sort", ""), None, self.language, own)
        printed = self.chosen(cells, legal, own) if get("badge_name") else legal
        if not printed.full:
            self.nameless(row, cells)
            return None
        if fold(printed.full) in self.no_names and self.nobody(row, cells, printed):
            return None
        if printed.full[:1] in _SUMMED and self.total(row, cells, printed):
            return None
        if printed.full.isdecimal() and (word := next((c for c in row if c.strip()), "")) and _TOTAL.match(fold(word)):
            self.leave("total", row, next(key for key in _NAMED if cells.get(key)), word)
            return None
        if printed.full[:1] in _RULES and not any(letter not in _RULES for letter in printed.full):
            self.ruled(row, printed)
            return None
        if self.standing and self.falls(row, cells, printed):
            return None
        self.length(row, printed)
        if printed is legal and printed.full[0] not in _DOUBTFUL:
            self.doubts(row, printed, given)
        if "quantity" in cells or "guests" in cells:
            self.several(row, cells, printed)
        if "id" in cells or "order" in cells:
            self.number(row, cells)
        email = self.mail(row, cells["email"]) if "email" in cells else ""
        consents = self.consents(row)
        more = {title: cell for index, title in self.further if (cell := self.cell(row, index))} or _NOTHING
        for column, heading, common in self.marks:
            if cell := self.cell(row, column):
                more = more | {heading: cell} | self.mark(heading, common, cell)
        if printed is not legal and legal.full:
            more = _hidden(more, legal, printed)
        attendee = Attendee(
            _identity(cells, email, printed),
            printed,
            organisation=get("organisation", ""),
            position=get("position", ""),
            pronouns=get("pronouns", ""),
            roles=self.roles.of(row, self.columns, get("role", ""), get("ticket", "")),
            ticket=get("ticket", ""),
            language=get("language", ""),
            consents=consents,
            walk_in=bool(self.answer(row, "walk_in")),
            fields=more,
            place=row.place(next((self.columns[key] for key in _NAMED if get(key)), self.named_in)),
        )
        return Entry(
            attendee, fold(legal.full or printed.full), email, row, bool(self.answer(row, "online")), get("order", "")
        )

    def without_mail(self, row: Row, cells: dict[str, str]) -> str:
        """`Ada King <ada@king.example>` is a name and a mail address; an address alone is no name."""
        before, _, after = cells["name"].partition("<")
        found = _MAIL.search(cells["name"])
        if found and (not before.strip() or "@" in before) and found[0] == cells["name"].strip("<> "):
            hint = "write the name into the list"
            message = f"a mail address stands in row {row.number} where the name should; it gets no badge"
            self.problems.error(message, row.place(self.columns["name"]), hint, "attendees.no-name")
            self.told.add(row.number)
            return ""
        if found and after:
            cells.setdefault("email", "")
            cells["email"] = cells["email"] or found[0]
            return before.strip(' "')
        return cells["name"]

    def mark(self, heading: str, common: str, cell: str) -> dict[str, str]:
        """What layouts may name in one way: the cell, its heading where the cell is a yes, nothing where it is a no."""
        said = self.words.answers.get(fold(cell))
        if said is False or fold(cell) in self.words.nothing:
            return {}
        return {common: heading if said and common in ("dietary", "access") else cell}

    def chosen(self, cells: Mapping[str, str], legal: Name, own: str) -> Name:
        """The name somebody chose for the badge; a sort key that would tell the legal name is forgotten with it."""
        chosen, sort = cells["badge_name"], cells.get("sort", "")
        if _tells(sort, legal, chosen):
            sort = ""
        if fold(chosen) == fold(legal.full):
            return legal
        return name(chosen, sort=sort, language=self.language, own_language=own)

    # Cells

    def cell(self, row: Row, column: int, key: str = "") -> str:
        """A cell as one line of text without control characters; what was wrong with it is reported."""
        text = row[column]
        if not text:
            return ""
        if not text.isprintable():
            text = self.printable(row, column, text)
        if "  " in text or text[:1] == " " or text[-1:] == " " or not text.isprintable():
            text = _BLANKS.sub(" ", text).strip(" \u00a0\ufeff")
        if not text or text in _EMPTY or (text == "NA" and key not in NAMES):
            return ""
        if text[0] in _DOUBTFUL or len(text) > KEPT or _is_marked(text):
            from .cells import doubtful  # most lists have nothing doubtful

            return doubtful(text, row.place(column), _printed_as(key), self.problems)
        return text

    def printable(self, row: Row, column: int, text: str) -> str:
        if _CONTROLS.search(text):
            found = ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in _CONTROLS.findall(text)))
            message = f"a control character ({found}) was left out"
            self.problems.error(message, row.place(column), "delete it in the list", "attendees.control")
            text = _CONTROLS.sub("", text)
        return _BLANKS.sub(" ", text).strip(" \u00a0\ufeff")

    def number(self, row: Row, cells: dict[str, str]) -> None:
        """Numbers that went through a spreadsheet: `12345.0` is 12345; of `1.23E+11` nobody knows what it was."""
        for key in ("id", "order", "part"):
            text = cells.get(key, "")
            if not text or text[-1] not in "0123456789":
                continue
            if "." in text and (whole := _WHOLE.fullmatch(text)):
                cells[key] = whole[1]
            elif "+" in text and _DAMAGED.fullmatch(text):
                message = f"a spreadsheet has shortened this number to {text}; it does not tell who this is"
                hint = "format the column as text, and export the list again"
                self.problems.warning(message, row.place(self.columns[key]), hint, "attendees.number")
                cells[key] = ""

    def mail(self, row: Row, text: str) -> str:
        """The mail address, for telling people apart; one that is none is told of without being repeated."""
        folded = text.casefold().removeprefix("mailto:").strip()
        if "**" in folded or folded in self.words.nothing or folded == "anonymous":
            return ""  # hidden by the export, or not asked for: it tells nobody apart
        if folded.endswith(">") and "<" in folded:
            folded = folded[folded.rindex("<") + 1 : -1].strip()  # `Ada King <ada@example.org>`
        if not folded or (_MAIL.fullmatch(folded) and not folded.endswith((".con", ".cmo", ".ocm", ".vom"))):
            return folded
        what = "is no mail address" if not _MAIL.fullmatch(folded) else f"ends in {folded[-4:]}"
        message = f"the mail address of row {row.number} {what}"
        place = row.place(self.columns.get("email", self.named_in))
        self.problems.warning(message, place, "correct it in the list", "attendees.mail")
        return folded if "@" in folded else ""

    def length(self, row: Row, printed: Name) -> None:
        if len(printed.full) > LONGEST:
            key = next(key for key in ("badge_name", "name", "given", "family") if key in self.columns)
            message = f"a name of {len(printed.full)} characters: {_short(printed.full)}"
            hint = "look whether another cell has run into it"
            self.problems.warning(message, row.place(self.columns[key]), hint, "attendees.long-name")

    # Answers

    def consents(self, row: Row) -> Consents:
        if not any(key in self.columns for key in ANSWERED):
            return _UNASKED
        photo, forbidden, listed, contact = (self.answer(row, key) for key in ANSWERED)
        if forbidden is not None:
            photo = not forbidden if photo is None else photo and not forbidden
        return Consents(photo, listed, contact)

    def answer(self, row: Row, key: str) -> bool | None:
        """Yes, no, or None for an empty cell and for one that says neither, which is reported."""
        if key not in self.columns:
            return None
        text = self.cell(row, self.columns[key])
        if not text:
            return None
        said = self.words.said(text, key)
        if said is None and fold(text) not in self.words.nothing:
            message = f"{_short(text)} is neither yes nor no; it counts as not answered"
            self.problems.error(message, row.place(self.columns[key]), "write yes or no", "attendees.answer")
        return said

    # Rows without a badge

    def falls(self, row: Row, cells: Mapping[str, str], printed: Name) -> bool:
        """Whether a registration does not stand, or not yet; it is noted for the report."""
        if cells.get("addon"):
            self.leave("addon", row, "addon", printed.full)
            return True
        key, state = self.state(row, cells)
        if not state or (state == "pending" and self.pending):
            return False
        self.leave(state, row, key, printed.full)
        return True

    def state(self, row: Row, cells: Mapping[str, str]) -> tuple[str, str]:
        """The column that says so, and `cancelled`, `pending` or nothing."""
        status = fold(cells.get("status", ""))
        if status:
            if self.void:
                return "status", "cancelled" if self.words.answers.get(status) else ""
            state = self.words.state(cells["status"])
            if state in ("cancelled", "pending"):
                return "status", state
            if not state:
                self.states.setdefault(cells["status"], []).append(row.place(self.columns["status"]))
        said = fold(cells.get("cancelled", ""))
        if said and (self.words.answers.get(said) or (said in self.words.cancelled and said not in self.words.answers)):
            return "cancelled", "cancelled"
        said = fold(cells.get("confirmed", ""))
        if (said and self.words.answers.get(said) is False) or said in self.words.pending:
            return "confirmed", "pending"
        return "", ""

    def nameless(self, row: Row, cells: Mapping[str, str]) -> None:
        """A row without a name: a fault, but in a ticket shop a ticket that nobody has been named for."""
        key = next(key for key in ("name", "given", "family", "badge_name") if key in self.columns)
        if row.number in self.told or self.state(row, cells)[1] or cells.get("addon"):
            return
        if any(cells.get(each) for each in ("order", "ticket", "booker", "part")):
            booked = cells.get("booker", "") or cells.get("order", "")
            self.leave("nameless", row, key, f"booked by {booked}" if booked else cells.get("ticket", ""))
            return
        if sum(1 for cell in row if cell.strip()) == 1 and not any(letter.isalpha() for letter in "".join(row)):
            return  # a line of a form that is numbered and not filled in
        hint = "write the name, or delete the row"
        self.problems.error(f"row {row.number} has no name", row.place(self.columns[key]), hint, "attendees.no-name")

    def nobody(self, row: Row, cells: Mapping[str, str], printed: Name) -> bool:
        """Whether a name is none: the headings once more, as in lists put together, or `TBC` and its like."""
        key = next(key for key in _NAMED if cells.get(key))
        column = self.columns[key]
        if column < len(self.table.headings) and fold(cells[key]) == fold(self.table.headings[column]):
            alike = sum(fold(cell) == fold(heading) for cell, heading in zip(row, self.table.headings, strict=False))
            if 2 * alike > len(self.table.headings):
                self.leave("headings", row, key, printed.full)
                return True
        if fold(printed.full) in _OPEN:
            self.leave("nameless", row, key, printed.full)
            return True
        return False

    def total(self, row: Row, cells: Mapping[str, str], printed: Name) -> bool:
        """Whether a row adds others up: `Total: 45`, with nothing beside it but numbers."""
        if len(printed.full) > 40 or not _TOTAL.match(fold(printed.full)):
            return False
        key = next(key for key in _NAMED if cells.get(key))
        beside = [cell for column, cell in enumerate(row) if column != self.columns[key] and cell.strip()]
        if any(letter.isalpha() for cell in beside for letter in cell):
            return False
        self.leave("total", row, key, printed.full)
        return True

    def ruled(self, row: Row, printed: Name) -> None:
        """A row of dashes is a line under the headings; with words in it, it names nobody."""
        if any(letter.isalnum() for cell in row for letter in cell):
            self.leave("nameless", row, "", printed.full)

    def doubts(self, row: Row, printed: Name, given: str) -> None:
        """Names that may not be what somebody wants to wear: printed as written, and asked about."""
        full = printed.full
        if given and printed.family == given:
            self.leave("doubled", row, "", full)
        elif full[-1:] in ")]）" and len(full) < LONGEST and _MARKED.search(full):
            self.leave("brackets", row, "", full)
        elif " & " in full or " + " in full or ("; " in full and "&" not in full) or _joins(full) or _lists(full):
            self.leave("pair", row, "", full)

    def several(self, row: Row, cells: Mapping[str, str], printed: Name) -> None:
        """A row that stands for several people, of whom one is named."""
        for key, more in (("quantity", 0), ("guests", 1)):
            text = _WHOLE.sub(r"\1", cells.get(key, ""))
            if key == "guests" and self.words.answers.get(fold(text)):
                text = "1"
            if text.isdecimal() and len(text) < 5 and int(text) + more > 1:
                self.leave("several", row, key, f"{printed.full}: {int(text) + more} places")

    def leave(self, why: str, row: Row, key: str, who: str) -> None:
        """Note a row for the report; without a key, at the name."""
        self.left.setdefault(why, []).append(_Left(row, who, row.place(self.columns[key] if key else self.named_in)))

    def report(self, *, nobody: bool = False) -> None:
        """What was noted row by row, told once for each kind; `nobody` where no row at all gets a badge."""
        if nobody and len(self.left.get("pending", ())) > 1:
            self.left["all pending"] = self.left.pop("pending")
        for why, rows in self.left.items():
            one, many, hint, rule = _REPORTS[why]
            numbers = rows_named([each.row for each in rows])
            first = rows[0]
            message = (
                one.format(number=numbers, who=first.who)
                if len(rows) == 1
                else many.format(len(rows), numbers, first.who)
            )
            add = self.problems.warning if why == "cancelled" else self.problems.open
            add(message, first.place, hint, rule)
        if self.states:
            words = ", ".join(_short(word) for word in list(self.states)[:5]) + (" …" if len(self.states) > 5 else "")
            message = (
                f"whether {words} in the column of states means that somebody comes is not known; they get a badge"
            )
            hint = "delete the rows of those who do not come, or write cancelled"
            self.problems.open(message, next(iter(self.states.values()))[0], hint, "attendees.status")


_REPORTS = {
    "cancelled": (
        "row {number} ({who}) is cancelled and gets no badge",
        "{0} people are cancelled and get no badge: rows {1}",
        "nothing is to be done, unless one of them comes after all: then correct the state in the list",
        "attendees.cancelled",
    ),
    "pending": (
        "row {number} ({who}) is not paid or not approved and gets no badge",
        "{0} people have not paid or are not approved and get no badge: rows {1}",
        "to print their badges too, write in event.yaml: attendees: {file: …, pending: true}",
        "attendees.pending",
    ),
    "all pending": (
        "row {number} ({who}) is not paid or not approved: nobody gets a badge",
        "all {0} people have not paid or are not approved: nobody gets a badge",
        "to print their badges all the same, write in event.yaml: attendees: {file: …, pending: true}",
        "attendees.pending",
    ),
    "pair": (
        "row {number} may name several people ({who}); one badge is printed",
        "{0} rows may name several people each; one badge is printed for each row: rows {1}",
        "give everybody a row of their own",
        "attendees.several",
    ),
    "brackets": (
        "the name in row {number} ends in brackets: {who}; it is printed as written",
        "{0} names end in brackets, such as {2}; they are printed as written: rows {1}",
        "delete in the list what is no part of the name",
        "attendees.brackets",
    ),
    "doubled": (
        "given and family name are the same in row {number}: {who}; it is printed as written",
        "given and family name are the same in {0} rows, such as {2}; they are printed as written: rows {1}",
        "delete one of the two for people with one name",
        "attendees.doubled",
    ),
    "addon": (
        "row {number} ({who}) is an addition to another ticket and gets no badge of its own",
        "{0} rows are additions to other tickets and get no badge of their own: rows {1}",
        "nothing is to be done, unless somebody else comes with it: then write the name into the list",
        "attendees.addon",
    ),
    "nameless": (
        "row {number} names nobody ({who}) and gets no badge",
        "{0} rows name nobody and get no badge: rows {1}",
        "ask who comes, and write the names into the list",
        "attendees.nameless",
    ),
    "headings": (
        "row {number} repeats the headings and is passed over",
        "{0} rows repeat the headings and are passed over: rows {1}",
        "nothing is to be done",
        "attendees.nobody",
    ),
    "total": (
        "row {number} ({who}) adds up others and is passed over",
        "{0} rows add up others and are passed over: rows {1}",
        "if it is a person, write more than the name into the row",
        "attendees.nobody",
    ),
    "several": (
        "row {number} stands for several people ({who}); one badge is printed",
        "{0} rows stand for several people each; one badge is printed for each row: rows {1}",
        "add a row for everybody who comes along",
        "attendees.several",
    ),
}
"""For each kind of row that is told of: one row, many rows, hint and rule."""


def _joins(full: str) -> bool:
    """Whether a name is two, joined by a word: `Mama and Daddy`, and not `von und zu Ahlen`."""
    words = full.split(" ")
    return any(
        word in _AND and fold(words[at - 1]) not in PARTICLES and words[at + 1][:1].isupper()
        for at, word in enumerate(words[1:-1], 1)
    )


def _lists(full: str) -> bool:
    """Whether a name lists people: three and more parts after commas, or two after slashes, most of several words.

    Beside a slash a name may also stand in its other letters: `山田太郎 / Taro Yamada`.
    """
    slashed = full.split(" / ")
    parts = slashed if len(slashed) > 1 else full.split(", ")
    if len(parts) < (2 if parts is slashed else 3) or len({part[:1] < "\u0250" for part in parts}) > 1:
        return False
    return 2 * sum(" " in part for part in parts) > len(parts)


def _is_marked(text: str) -> bool:
    """Whether a text may hold LaTeX, a web page's markup, or letters read with the wrong encoding."""
    if "\\" in text or "&" in text or "<" in text:
        return True
    return not text.isascii() and any(sign in text for sign in "ÃÂÄÅâÐÑ√‚")


def _printed_as(key: str) -> str:
    """`name` for what names a person, `text` for what else is printed as it stands, nothing for what is only kept."""
    return "name" if key in NAMES else "text" if key in _PRINTED else ""


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _identity(cells: Mapping[str, str], email: str, printed: Name) -> str:
    if cells.get("id"):
        return f"id:{cells['id']}"
    if cells.get("order"):
        return f"order:{cells['order']}" + (f"-{cells['part']}" if cells.get("part") else "")
    return mail_mark(email) or f"name:{fold(printed.full)}"


def _tells(text: str, legal: Name, chosen: str) -> bool:
    """Whether a text gives away a part of the legal name that is not part of the chosen one."""
    if not text:
        return False
    folded = fold(text)
    secret = set(fold(legal.full).split()) - set(fold(chosen).split())
    if secret & set(re.findall(r"\w+", folded)):
        return True
    run = "".join(re.findall(r"\w", folded))
    whole = "".join(re.findall(r"\w", fold(legal.full)))
    return len(whole) > 4 and whole in run


def _hidden(more: Mapping[str, str], legal: Name, printed: Name) -> dict[str, str]:
    """Further fields without those that give the legal name away."""
    return {title: cell for title, cell in more.items() if not _tells(cell, legal, printed.full)}


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
        ranked = roles.ranked([*duty, *attendee.roles])
        made.append(attendee if ranked == attendee.roles else replace(attendee, roles=ranked))
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
    from ...collation import collator  # a badge at the desk needs no order

    filed = collator(language).filed
    return tuple(sorted(made, key=lambda attendee: (filed(attendee.name.sort), attendee.name.full, attendee.id)))
