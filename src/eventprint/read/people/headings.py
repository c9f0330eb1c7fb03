"""What the columns of a people list hold: known by their headings in many languages, or by the words of a question.

The headings themselves are data: `data/headings.yaml`. What event.yaml says of a column always wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ... import records
from ...problems import Problems
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
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】")
_PARTED = re.compile(r"\s*[/|·•–—]\s*|\s+-\s+")
_ADDRESS = re.compile(r"[\s.,/-]+")
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
    family_first: str
    running: str
    states: str
    kinds: str
    titles: str
    addresses: str
    payers: str
    pictures: str
    questions: Mapping[str, str]
    tongues: str
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
    family_first: frozenset[str]
    """Headings of whole names that say the family name comes first: `Cognome e nome`."""
    running: frozenset[str]
    """Headings of columns that may only number the rows."""
    states: frozenset[str]
    """Headings that may say who comes, or something else."""
    kinds: frozenset[str]
    """Headings that may say what role somebody has, or something else."""
    titles: frozenset[str]
    parts_of_address: frozenset[str]
    """Words that forms of address and academic titles are made of."""
    payers: frozenset[str]
    """Words of a heading that is about who booked and not about who comes."""
    pictures: frozenset[str]
    questions: Mapping[str, tuple[tuple[str, ...], ...]]
    tongues: frozenset[str]
    """Last words of headings that say in which language the column is."""
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
            frozenset(_plainly(said.family_first)),
            frozenset(_plainly(said.running)),
            frozenset(_plainly(said.states)),
            frozenset(_plainly(said.kinds)),
            frozenset(_plainly(said.titles)),
            frozenset(_folded(said.addresses)),
            frozenset(_folded(said.payers)),
            frozenset(_plainly(said.pictures)),
            {key: tuple(tuple(way.split()) for way in _plainly(text)) for key, text in said.questions.items()},
            frozenset(_plainly(said.tongues)),
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

    def state(self, text: str) -> str:
        """`cancelled`, `pending` or `standing`, as a cell says whether somebody comes; empty where nobody knows."""
        folded = fold(text)
        if said := self._state(folded):
            return said
        if folded[:1].isdigit():
            return "standing"  # the time at which somebody said so, or how many come
        if len(folded) > 200:
            return ""
        if "(" in folded and (said := self._state(" ".join(_BRACKETS.sub(" ", folded).split()))):
            return said
        if is_east_asian(folded):
            named = {"pending": self.pending, "cancelled": self.cancelled, "standing": self.standing}
            return next(
                (key for key, words in named.items() if any(len(each) > 1 and each in folded for each in words)), ""
            )
        parts = _WORD.findall(folded)
        for count in range(min(4, len(parts) - 1), 0, -1):
            phrase = " ".join(parts[:count])
            if len(phrase) > 3 and (said := self._state(phrase)):
                return said
        return ""

    def _state(self, folded: str) -> str:
        if folded in self.cancelled:
            return "cancelled"
        if folded in self.pending:
            return "pending"
        answer = self.answers.get(folded)
        if answer is False:
            return "cancelled"
        return "standing" if answer or folded in self.standing else ""

    def addresses(self, cell: str) -> bool:
        """Whether a cell holds a form of address or a title and nothing else: `Frau Prof. Dr.`."""
        parts = [part for part in _ADDRESS.split(fold(cell)) if part]
        return 0 < len(parts) <= 6 and all(part in self.parts_of_address for part in parts)

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


_WHOSE = (
    *("person ", "attendee ", "attendees ", "participant ", "participants ", "delegate ", "registrant ", "speaker "),
    *("ticket holder ", "ticketholder ", "holder ", "ticket ", "guest ", "your ", "applicant ", "visitor "),
)
_AT_WHOM = (
    *(" of participant", " of attendee", " on badge", " for badge", " participant", " du participant"),
    *(" del participante", " del asistente", " del partecipante", " do participante", " des teilnehmers"),
    *(" deelnemer", " uczestnika", " der teilnehmer in", " teilnehmer in", " ucastnika", " osallistujan"),
)
"""What a heading says before or after what it is about: whose it is."""


def bare(said: str) -> str:
    """A plain heading without the words that say whose it is: `person_firstname`, `Nom participant`."""
    for before in _WHOSE:
        if said.startswith(before):
            return said[len(before) :]
    for after in _AT_WHOM:
        if said.endswith(after):
            return said[: -len(after)]
    return said


def forms(heading: str, words: Headings) -> list[str]:
    """A heading, and what is left of it without brackets and language, or before and after a slash: `Name / Nom`."""
    whole = plain(heading)
    found = [whole]
    outside = _BRACKETS.sub(" ", heading)
    if outside != heading:
        found.append(plain(outside))
    parts = [plain(part) for part in _PARTED.split(outside)]
    if 1 < len(parts) < 5:
        found += parts
    before, _, last = whole.rpartition(" ")
    if last in words.tongues:
        found += [before, bare(before)]
    found += [bare(whole), whole.replace(" ", "")]
    return [form for form in dict.fromkeys(found) if form]


# The row of headings


def header_row(rows: Sequence[Sequence[str]], words: Headings, stated: Columns) -> int | None:
    """The row that heads a table of people: the first that names a column of names; None where there is none."""
    wanted = {plain(said) for key in words.columns if (said := getattr(stated, key, ""))}
    best: int | None = None
    telling = -1
    """The last row that names a column of names and another; looked for where a row names one thing alone."""
    for number, row in enumerate(rows[:_HEADED]):
        filled, known = _known(row, words)
        if not filled:
            continue
        said = wanted & set(map(plain, filled))
        if len(known) == 1 and known & NAMES and not said:
            if _recurs(rows, number, row, words):
                continue
            if _people_below(rows, number, row, words):
                return number
            if len(filled) > 4:
                continue
            if len(filled) > 1 and telling < 0:
                telling = _last_telling(rows, number, words)
            if telling > number:
                continue  # `Name: the summer school`, above the list
        named = known & NAMES or said
        if named and (len(known) > 1 or len(filled) <= 4 or said):
            # Above the headings may stand others that group them: `Person`, `Booking`.
            _, below = _known(rows[number + 1], words) if number + 1 < len(rows) else ((), frozenset())
            return number + 1 if below & NAMES and len(below) > len(known) else number
        if best is None and len(known) > 1 and 2 * len(known) >= len(filled):
            best = number
    return best


def known_in(row: Sequence[str], words: Headings) -> int:
    """How many different things the cells of a row are known headings of."""
    return len(_known(row, words)[1])


def is_heading(cell: str, words: Headings) -> bool:
    """Whether a cell is a heading that is known."""
    return bool(_one_of(cell, words))


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


def _people_below(rows: Sequence[Sequence[str]], number: int, row: Sequence[str], words: Headings) -> bool:
    """Whether below the one heading of a row people stand."""
    column = next(at for at, cell in enumerate(row) if cell.strip() and _one_of(cell, words))
    cells = [cell for each in rows[number + 1 : number + 50] if (cell := "".join(each[column : column + 1]).strip())]
    cells = [_BRACKETS.sub(" ", cell).strip() for cell in cells]
    return bool(cells) and 2 * sum(reads_like_a_person(cell, words) for cell in cells) >= len(cells)


def _last_telling(rows: Sequence[Sequence[str]], number: int, words: Headings) -> int:
    """The last of the first rows, after this one, that names a column of names and another; else this one."""
    told = [at for at in range(number + 1, min(_HEADED, len(rows))) if names_two(rows[at], words)]
    return told[-1] if told else number


def names_two(row: Sequence[str], words: Headings) -> bool:
    """Whether a row names a column of names and another column that is known."""
    _, known = _known(row, words)
    return len(known) > 1 and bool(known & NAMES)


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
    return next((key for form in forms(heading, words) for key, known in words.columns.items() if form in known), "")


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
