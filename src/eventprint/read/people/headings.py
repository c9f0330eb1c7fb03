"""What the columns of a people list hold: known by their headings in many languages, or by the words of a question.

The headings themselves are data: `data/headings.yaml`. What event.yaml says of a column always wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from ... import records, sheets
from ...problems import Place, Problems
from ...sheets import Table
from ...shelves import shelf
from ...values import dataclass
from ..language.names import fold, is_east_asian
from ..settings import Columns

NAMES = frozenset({"name", "given", "family", "badge_name"})
"""What makes a table a list of people: one of these columns."""
ANSWERED = ("photo", "no_photo", "listed", "contact")
"""Columns of yes and no."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTED = re.compile(r"\s*[/|·•–—]\s*|\s+-\s+")
_HEADED = 30
"""Rows from the top in which the headings are looked for."""
_WIDEST = 1000
"""Cells of a row that are looked at for headings."""


@dataclass(frozen=True)
class _Words:
    """The file `data/headings.yaml` as it stands: words parted by commas."""

    columns: Mapping[str, str]
    family_beside_given: str
    given_beside_family: str
    titles: str
    pictures: str
    questions: Mapping[str, str]
    turned: str
    other: str
    yes: str
    no: str
    online_yes: str
    online_no: str
    cancelled: str
    pending: str
    standing: str
    nothing: str
    houses: str


@dataclass(frozen=True, slots=True)
class Headings:
    """How lists head their columns and answer yes or no, made ready for looking up."""

    columns: Mapping[str, Mapping[str, int]]
    """For each thing we look for, its headings and their order of trust."""
    family_beside_given: frozenset[str]
    given_beside_family: frozenset[str]
    titles: frozenset[str]
    pictures: frozenset[str]
    questions: Mapping[str, tuple[tuple[str, ...], ...]]
    turned: frozenset[str]
    other: frozenset[str]
    words: frozenset[str]
    """Every word of a heading of a column with names."""
    answers: Mapping[str, bool]
    online: Mapping[str, bool]
    cancelled: frozenset[str]
    pending: frozenset[str]
    standing: frozenset[str]
    nothing: frozenset[str]
    houses: frozenset[str]
    """Words in the names of organisations and of no people."""

    @classmethod
    @lru_cache(maxsize=1)
    def known(cls) -> Headings:
        file = shelf("data") / "headings.yaml"
        problems = Problems()
        said = records.build(_Words, records.load(file, problems, file.parent), problems)
        columns = {key: _ranked(text) for key, text in said.columns.items()}
        answers = dict.fromkeys(_folded(said.yes), True) | dict.fromkeys(_folded(said.no), False)
        online = dict.fromkeys(_folded(said.online_yes), True) | dict.fromkeys(_folded(said.online_no), False)
        named = {word for key in NAMES for heading in columns[key] for word in heading.split()}
        return cls(
            columns,
            frozenset(_plainly(said.family_beside_given)),
            frozenset(_plainly(said.given_beside_family)),
            frozenset(_plainly(said.titles)),
            frozenset(_plainly(said.pictures)),
            {key: tuple(tuple(way.split()) for way in _plainly(text)) for key, text in said.questions.items()},
            frozenset(_plainly(said.turned)),
            frozenset(_plainly(said.other)),
            frozenset(word for word in named if len(word) > 1),
            answers,
            answers | online,
            frozenset(_folded(said.cancelled)),
            frozenset(_folded(said.pending)),
            frozenset(_folded(said.standing)),
            frozenset(_folded(said.nothing)),
            frozenset(_folded(said.houses)),
        )

    def said(self, text: str, key: str = "") -> bool | None:
        """What an answer says: the whole of it, or its first words, such as `Yes, I agree`; None for neither."""
        answers = self.online if key == "online" else self.answers
        folded = fold(text)
        said = answers.get(folded)
        if said is not None or len(folded) > 500:
            return said
        parts = _WORD.findall(folded)
        for count in range(min(5, len(parts)), 0, -1):
            said = answers.get(" ".join(parts[:count]))
            if said is not None:
                # `Yes, but no video` is neither.
                doubtful = said and any(part in self.turned for part in parts[count:])
                return None if doubtful else said
        return None

    def holds(self, key: str, heading: str) -> bool:
        """Whether a heading, made plain, is one of a column's."""
        return heading in self.columns.get(key, ())


def _folded(text: str) -> list[str]:
    return [word.strip() for word in fold(text).split(",")]


def _plainly(text: str) -> list[str]:
    # One text is folded at once: a thousand headings one by one would take as long as the list itself.
    return [" ".join(_WORD.findall(each)) for each in fold(text.replace("#", " no ")).replace("_", " ").split(",")]


def _ranked(text: str) -> dict[str, int]:
    ranked: dict[str, int] = {}
    for number, heading in enumerate(_plainly(text)):
        ranked.setdefault(heading, number)
    return ranked


def plain(heading: str) -> str:
    """A heading without case, accents and punctuation; `#` means number, but before a heading it marks a comment."""
    numbered = _HUMP.sub(" ", heading.lstrip("# ")).replace("#", " no ")
    return " ".join(_WORD.findall(fold(numbered).replace("_", " ")))


_WHOSE = ("person ", "attendee ", "participant ", "delegate ", "registrant ", "speaker ", "ticket ", "your ")
_AT_WHOM = (
    *(
        " of participant",
        " of attendee",
        " on badge",
        " for badge",
        " participant",
        " du participant",
        " del participante",
    ),
    *(" del asistente", " del partecipante", " do participante", " des teilnehmers", " deelnemer", " uczestnika"),
)
"""What a heading says before or after what it is about: whose it is."""


def _bare(said: str) -> str:
    """A plain heading without the words that say whose it is: `person_firstname`, `Nom participant`."""
    for before in _WHOSE:
        if said.startswith(before):
            return said[len(before) :]
    for after in _AT_WHOM:
        if said.endswith(after):
            return said[: -len(after)]
    return said


def _forms(heading: str) -> list[str]:
    """A heading, and what is left of it without its brackets, or before and after a slash: `Name / Nom`."""
    whole = plain(heading)
    found = [whole]
    if "(" in heading or "[" in heading:
        found.append(plain(_BRACKETS.sub(" ", heading)))
    parts = [plain(part) for part in _PARTED.split(_BRACKETS.sub(" ", heading))]
    if 1 < len(parts) < 5:
        found += parts
    found += [_bare(whole), whole.replace(" ", "")]
    return [form for form in dict.fromkeys(found) if form]


# The row of headings


def header_row(rows: Sequence[Sequence[str]], words: Headings, stated: Columns) -> int | None:
    """The row that heads a table of people: the first that names a column of names; None where there is none."""
    wanted = {plain(said) for key in words.columns if (said := getattr(stated, key, ""))}
    best: int | None = None
    for number, row in enumerate(rows[:_HEADED]):
        filled, known = _known(row, words)
        if not filled:
            continue
        if len(known) == 1 and known & NAMES and _recurs(rows, number, row, words):
            continue
        named = known & NAMES or wanted & set(map(plain, filled))
        if named and (len(known) > 1 or len(filled) <= 4 or wanted & set(map(plain, filled))):
            # Above the headings may stand others that group them: `Person`, `Booking`.
            _, below = _known(rows[number + 1], words) if number + 1 < len(rows) else ((), frozenset())
            return number + 1 if below & NAMES and len(below) > len(known) else number
        if best is None and len(known) > 1 and 2 * len(known) >= len(filled):
            best = number
    return best


def _known(row: Sequence[str], words: Headings) -> tuple[Sequence[str], frozenset[str]]:
    """The cells of a row with something in them, and the things that they are known headings of."""
    filled = [cell for cell in row if cell.strip()]
    if not filled or max(map(len, filled)) > 2000:
        return (), frozenset()
    return filled, frozenset(key for cell in filled[:_WIDEST] if (key := _one_of(cell, words)))


def _recurs(rows: Sequence[Sequence[str]], number: int, row: Sequence[str], words: Headings) -> bool:
    """Whether the one heading of a row stands in its column again: it is a role then, such as `speaker`."""
    column = next(at for at, cell in enumerate(row) if cell.strip() and _one_of(cell, words))
    return _stands_again(rows, number, column)


def _stands_again(rows: Sequence[Sequence[str]], number: int, column: int) -> bool:
    said = rows[number][column].strip()
    among = [*rows[:number], *rows[number + 1 : number + 200]]
    return any(each[column].strip() == said for each in among if column < len(each))


def names_things(rows: Sequence[Sequence[str]], words: Headings) -> bool:
    """Whether a cell of the first row is a heading that is known, and no word that stands in its column again."""
    filled = [(column, cell) for column, cell in enumerate(rows[0][:200]) if cell.strip() and len(cell) < 2000]
    known = [
        column
        for column, cell in filled
        if _one_of(cell, words) or plain(cell) in words.titles or plain(cell) in words.pictures
    ]
    return any(not _stands_again(rows, 0, column) for column in known)


def _one_of(heading: str, words: Headings) -> str:
    """The thing a heading is known for; empty for none."""
    forms = _forms(heading)
    return next((key for form in forms for key, known in words.columns.items() if form in known), "")


def reads_like_a_person(text: str, words: Headings) -> bool:
    """Whether a cell may be somebody's name and is surely no heading: two to five words in capitals, no other signs."""
    before, _, after = text.partition(",")
    parts = f"{after} {before}".split() if after.strip() else text.split()
    if not 2 <= len(parts) <= 5 or len(text) > 60 or not (parts[0][:1].isupper() and parts[-1][:1].isupper()):
        return False
    if not all(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?", part) for part in parts):
        return False
    said = set(plain(text).split())
    return not said & words.words and not said & words.houses


# Columns


@dataclass(slots=True)
class _Finder:
    table: Table
    words: Headings
    stated: Columns
    problems: Problems
    plain: list[str] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)

    def columns(self) -> dict[str, int]:
        self.plain = [plain(heading) for heading in self.table.headings]
        self.twice()
        self.by_statement()
        said = set(self.found)
        forms = [_forms(heading) for heading in self.table.headings]
        self.by_heading([form[:1] for form in forms])
        self.by_heading([form[1:] if self.is_one(form) else () for form in forms])
        self.halves(said)
        self.by_content()
        self.by_question()
        self.answered(said)
        self.numbers(said)
        return self.found

    def place(self, index: int) -> Place:
        assert self.table.header is not None
        return self.table.header.place(index)

    def free(self) -> list[int]:
        taken = set(self.found.values())
        return [index for index, heading in enumerate(self.plain) if heading and index not in taken]

    def cells(self, index: int) -> list[str]:
        """What stands in a column, as far as it is needed to know what it holds."""
        return [cell for row in self.table.rows[:2000] if (cell := row[index].strip())]

    def twice(self) -> None:
        seen: set[str] = set()
        for index, heading in enumerate(self.plain):
            if heading in seen:
                message = f"the heading {self.table.headings[index]!r} stands twice"
                self.problems.warning(message, self.place(index), "rename one of the two", "attendees.heading-twice")
            seen.add(heading)
        seen.discard("")

    def by_statement(self) -> None:
        for key in self.words.columns:
            wanted = getattr(self.stated, key, "")
            if not wanted:
                continue
            if plain(wanted) in self.plain:
                self.found[key] = self.plain.index(plain(wanted))
            else:
                hint = records.suggest(wanted, [heading for heading in self.table.headings if heading])
                place = records.at(self.stated, key)
                self.problems.error(f"{self.table.file} has no column {wanted!r}", place, hint, "attendees.column")

    def by_heading(self, forms: Sequence[Sequence[str]]) -> None:
        by_form: dict[str, int] = {}
        for index in self.free():
            for form in forms[index]:
                by_form.setdefault(form, index)
        for key, known in self.words.columns.items():
            if key in self.found:
                continue
            ranked = sorted((known[form], index) for form, index in by_form.items() if form in known)
            free = next((index for _, index in ranked if index not in self.found.values()), None)
            if free is not None:
                self.found[key] = free

    def is_one(self, forms: Sequence[str]) -> bool:
        """Whether the parts of a heading name one thing alone: `Vorname / First name`, and not `Name / Company`."""
        meant = [frozenset(key for key, known in self.words.columns.items() if form in known) for form in forms]
        return len({keys for keys in meant if keys}) <= 1

    def halves(self, said: set[str]) -> None:
        """`Name` beside `Vorname` is a family name, `Nombre` beside `Apellidos` a given name."""
        headings = {key: "" if key in said else _bare(self.plain[column]) for key, column in self.found.items()}
        beside = self.words.given_beside_family
        if "family" in self.found and "given" not in self.found and headings.get("name", "") in beside:
            self.found["given"] = self.found.pop("name")
        elif "given" in self.found and "family" not in self.found:
            if headings.get("name", "") in self.words.family_beside_given:
                self.found["family"] = self.found.pop("name")
            elif "name" not in self.found and headings["given"] in self.words.given_beside_family:
                self.found["name"] = self.found.pop("given")

    def by_content(self) -> None:
        """`Title` is a form of address where only such stand below it, `Photo` a consent where only answers do."""
        for index in self.free():
            if self.plain[index] in self.words.pictures and "photo" not in self.found:
                said = self.cells(index)
                if said and all(fold(cell) in self.words.answers for cell in said):
                    self.found["photo"] = index
            elif self.plain[index] in self.words.titles:
                self._title(index)

    def _title(self, index: int) -> None:
        said = self.cells(index)
        if said and "honorific" not in self.found and all(_addresses(cell) for cell in said):
            self.found["honorific"] = index
        elif said and "position" not in self.found:
            heading = self.table.headings[index]
            message = f"the column {heading!r} may hold jobs or something else; it is not printed as a position"
            self._open(index, message, "position", "attendees.title")

    def _open(self, index: int, message: str, key: str, rule: str) -> None:
        heading = self.table.headings[index]
        written = heading if len(heading) <= 60 else "…"
        hint = f"if it does, write in event.yaml: attendees: {{file: …, columns: {{{key}: {written!r}}}}}"
        self.problems.open(message, self.place(index), hint, rule)

    def by_question(self) -> None:
        """Long headings by their words, where they can mean one thing alone."""
        for index in self.free():
            heading = self.table.headings[index]
            if len(heading) > 1000:
                continue
            said = plain(heading.replace("'", " ").replace("’", " "))  # l'image is an image
            asked = self._asked(said)
            if len(said.split()) < 3 and not _has_east_asian(heading):
                asked = [key for key in asked if key in ("dietary", "access", "pronouns")]  # their words say it alone
            if asked == ["photo", "no_photo"]:
                asked = ["photo"]
            asked = [key for key in asked if key not in self.found] if len(asked) > 1 else asked
            if not asked or (len(asked) == 1 and asked[0] in self.found):
                continue
            if len(asked) > 1:
                written = heading if len(heading) <= 80 else f"{heading[:79]}…"
                message = (
                    f"{written!r} may ask for {' or '.join(map(_spoken, asked))}; it is only kept as a further field"
                )
                self._open(index, message, asked[0], "attendees.question")
                continue
            key = asked[0]
            turned = self._turned(said) if key in ("photo", "listed", "contact") else ""
            if turned == "before" and key == "photo":
                key = "no_photo"
            elif turned:
                message = f"whether a yes to {heading[:80]!r} allows or forbids is doubtful; it counts as not answered"
                self._open(index, message, key, "attendees.question")
                continue
            self.found.setdefault(key, index)

    def _asked(self, question: str) -> list[str]:
        """The things a question may be about."""
        said = question.split()
        if self.words.other & set(said):
            return []
        whole = "".join(said)
        found = []
        for key, ways in self.words.questions.items():
            if any(all(_stands(stem, said, whole) for stem in way) for way in ways):
                found.append(key)
        return found

    def _turned(self, question: str) -> str:
        """`before` where a word that turns the question round stands before its matter, else `after` or nothing."""
        said = question.split()
        at = next((n for n, word in enumerate(said) if word in self.words.turned), None)
        if at is None:
            return ""
        about = [n for n, word in enumerate(said) if word.startswith(("photo", "foto", "film", "image", "imag"))]
        return "before" if about and at < about[-1] else "after"

    def answered(self, said: set[str]) -> None:
        """A column whose cells are mostly no answers is none of consents, whatever its heading."""
        for key in (*ANSWERED, "walk_in", "online"):
            if key not in self.found or key in said:
                continue
            index = self.found[key]
            cells = self.cells(index)
            if len(cells) > 2 and 2 * sum(self.words.said(cell, key) is not None for cell in cells) < len(cells):
                del self.found[key]
                message = (
                    f"the column {self.table.headings[index][:80]!r} holds no answers of yes and no; it is only kept"
                )
                self._open(index, message, key, "attendees.answers")

    def numbers(self, said: set[str]) -> None:
        """A column of numbers that are mostly the same does not tell people apart, whatever its heading."""
        if "id" in self.found and "id" not in said:
            cells = self.cells(self.found["id"])
            if len(cells) > 3 and 2 * len(set(cells)) < len(cells):
                del self.found["id"]


def _stands(stem: str, said: Sequence[str], whole: str) -> bool:
    if is_east_asian(stem):
        return stem in whole
    return any(word.startswith(stem) for word in said)


def _has_east_asian(text: str) -> bool:
    return not text.isascii() and any(is_east_asian(letter) for letter in text if letter not in " ·")


def _spoken(key: str) -> str:
    return {"badge_name": "the name on the badge", "photo": "consent to photos", "access": "access needs"}.get(
        key, key.replace("_", " ")
    )


_ADDRESSES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "fr",
        "sr",
        "sra",
        "srta",
        "herr",
        "frau",
        "hr",
        "dipl",
        "ing",
        "mag",
        "mme",
        "mlle",
        "m",
        "madame",
        "monsieur",
        "mademoiselle",
        "señor",
        "señora",
        "don",
        "doña",
        "dott",
        "dottssa",
        "dottor",
        "dottoressa",
        "sig",
        "sigra",
        "signor",
        "signora",
        "dhr",
        "mevr",
        "mw",
        "drs",
        "ir",
        "pan",
        "pani",
        "mgr",
        "inż",
        "hab",
        "doc",
        "ph",
        "phd",
        "d",
        "med",
        "rer",
        "nat",
        "phil",
        "md",
        "msc",
        "bsc",
        "univ",
        "dra",
        "profa",
        "eng",
        "arch",
        "avv",
        "r",
        "h",
        "c",
        "em",
        "assoc",
        "asst",
        "associate",
        "assistant",
        "г",
        "жа",
        "教授",
        "博士",
        "先生",
        "女士",
        "様",
        "さん",
        "씨",
        "박사",
        "교수",
    ]
)
"""Words that forms of address and academic titles are made of."""


def _addresses(cell: str) -> bool:
    parts = [part for part in re.split(r"[\s.,/-]+", cell.casefold()) if part]
    return len(parts) <= 6 and all(part in _ADDRESSES for part in parts)


def columns(table: Table, words: Headings, stated: Columns, problems: Problems) -> dict[str, int]:
    """The column of each thing we look for: as event.yaml says, by its heading, or by the words of a question."""
    return _Finder(table, words, stated, problems).columns()


def further(table: Table, words: Headings, used: Mapping[str, int], personal: Sequence[str]) -> list[tuple[int, str]]:
    """Every other column with the name its field has: its heading, told apart by its letter where two are alike.

    Columns with names, numbers and mail addresses that are not used are not kept.
    """
    taken = set(used.values())
    hidden = {heading for key in personal for heading in words.columns.get(key, ())}
    found: list[tuple[int, str]] = []
    seen = {table.headings[index] for index in taken if index < len(table.headings)}
    for index, heading in enumerate(table.headings):
        said = plain(heading)
        if index in taken or said in hidden or "mail" in said.replace(" ", "") or said.endswith(" name"):
            continue
        title = heading or sheets.column_name(index)
        found.append((index, title if title not in seen else f"{title} ({sheets.column_name(index)})"))
        seen.add(title)
    return found
