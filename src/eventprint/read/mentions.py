"""People as agendas mention them: `Name, Organisation`, `Name (Organisation)`, `Name – Organisation`, several, TBC.

A mention keeps name and organisation exactly as written. Whether a line is one depends on where it stands: callers
judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from ..values import dataclass
from .lines import Marked
from .vocabulary import Vocabulary, split

LONGEST_LINE = 300
"""Letters in a line of people; what is longer is running text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a line."""

    name: str
    organisation: str = ""
    position: str = ""
    column: int = 1
    open: bool = False
    """`(tbc)` stands with the name."""
    form: str = "comma"
    """How the organisation was set apart: comma, bracket, dash or none."""


_BRACKET = re.compile(r"^(?P<name>[^()\[\]]+?)\s*[(\[](?P<inside>[^()\[\]]+)[)\]][.,;]?$")
_DASHED = re.compile(r"^(?P<name>.+?)\s+[–—|-]\s+(?P<rest>.+)$")
_OPEN = re.compile(r"[\s,–-]*[(\[]\s*([^()\[\]]{2,30}?)\s*[)\]]\s*$")
_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA = re.compile(r"\s*,\s*")
_SINGLE = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’`´.·-][^\W\d_]+)*[.'’]?")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds people in a line."""

    words: Vocabulary
    known: Callable[[str], bool] = lambda name: False
    """Whether somebody of this name was met before."""

    def is_open(self, text: str) -> bool:
        """Whether nothing is said but that somebody is to be confirmed: `TBC`, `Speaker: tba`, `TBC, EISMEA`."""
        stripped = text.strip(" .()[]*:-–—")
        return self.words.is_one("unknown", split(stripped)) or stripped.casefold() in {"t.b.c", "t.b.a", "n.n"}

    def open_with_organisation(self, line: Marked) -> str | None:
        """The organisation of somebody unnamed, as in `TBC, EISMEA`; None where the line is no such thing."""
        found = re.match(r"^([^,()–—]{2,40}?)\s*(?:,|\s[–—-]\s|\()\s*(.+?)\)?$", line.text)
        return found[2] if found and self.is_open(found[1]) and len(found[2]) <= 80 else None

    def named(self, text: str, *, strict: bool = True) -> bool:
        """Whether a text has the shape of a personal name: two to six capitalised words, or one with a title.

        `strict` also refuses names that hold words of titles, such as Workshop.
        """
        text = text.strip()
        if not 2 < len(text) <= 80 or any(letter.isdigit() for letter in text):
            return False
        pieces = text.replace(",", " ").split()
        titles = self.words.single("honorific")
        plain = [piece for piece in pieces if piece.casefold() not in titles or piece.islower()]
        honoured = len(plain) < len(pieces)
        if not (1 if honoured else 2) <= len(plain) <= 6:
            return False
        particles, never = self.words.single("particle"), self.words.single("never_a_name")
        seldom = self.words.single("seldom_a_name")
        capitals = doubts = 0
        for index, piece in enumerate(plain):
            if not _WORD.fullmatch(piece):
                return False
            lowered = piece.casefold()
            if piece[0].islower():
                elided = re.match(r"(?:al|el|d|l|de|da|t)['’-](.)", piece)
                if lowered not in particles and not elided:
                    return False
                capitals += bool(elided and elided[1].isupper())
                continue
            # "Pierre Le Goff" is a name and "Hélène de La Tour" too, though a title may begin "Le" or "La Tour".
            inside = index > 0 and (lowered in particles or plain[index - 1].casefold() in particles)
            if strict and not inside and (lowered in never or self._of_agendas(lowered)):
                return False
            doubts += lowered in seldom and lowered not in particles
            capitals += 1
        if strict and doubts and doubts * 2 >= len(plain):
            return False
        return capitals >= (1 if honoured else 2)

    def _of_agendas(self, word: str) -> bool:
        return any(
            (word,) in self.words.phrases[group]
            for group in (
                "coffee",
                "lunch",
                "pause",
                "session",
                "agenda",
                "unknown",
                "opening",
                "closing",
                "registration",
            )
        )

    def one(self, line: Marked, *, bare: bool = False) -> Mention | None:
        """The one person of a text; `bare`: a name without an organisation will do."""
        line, is_open = self._without_open(line)
        text = line.text.rstrip(" ;,") if line.text.endswith((",", ";")) else line.text
        if not text or len(text) > LONGEST_LINE:
            return None
        if found := _BRACKET.match(text):
            name, inside = found["name"].strip(" ,"), found["inside"].strip()
            if self.named(name) and self._organisation(inside):
                return Mention(name, inside, "", line.column, is_open, "bracket")
        if "," in text:
            parts = [part.strip() for part in text.split(",")]
            count = 1
            while count < len(parts) and parts[count].casefold() in self.words.single("suffix"):
                count += 1
            name = ", ".join(parts[:count])
            if self.named(name):
                rest = parts[count:]
                if not rest:
                    return Mention(name, "", "", line.column, is_open, "none") if bare else None
                position = ""
                if len(rest) > 1 and any(word in self.words.single("position") for word in split(rest[0])):
                    position, rest = rest[0], rest[1:]
                organisation = ", ".join(rest)
                if self._organisation(organisation):
                    return Mention(name, organisation, position, line.column, is_open)
            return None
        if found := _DASHED.match(text):
            if self.named(found["name"]) and self._organisation(found["rest"]):
                return Mention(found["name"], found["rest"].strip(), "", line.column, is_open, "dash")
            return None
        if (bare or text != line.text) and self.named(text):
            return Mention(text, "", "", line.column, is_open, "none")
        return None

    def all(self, line: Marked, *, bare: bool = False, many: bool = False) -> tuple[Mention, ...]:
        """Everybody named in a line; empty where it is no line of people.

        `many`: a label in the plural stood before, so that commas may part names.
        """
        if not 2 < len(line.text) <= LONGEST_LINE or line.text.islower():
            return ()
        found: list[Mention] = []
        pieces = list(_cut(line, _SEMICOLON))
        for piece in pieces:
            met = self._piece(piece, bare=bare, many=many and len(pieces) == 1)
            if not met:
                return ()
            found += met
        return tuple(found)

    def _piece(self, piece: Marked, *, bare: bool, many: bool) -> tuple[Mention, ...]:
        if many and (listed := self._listed(piece)):
            return listed
        if both := self._both(piece):
            return both
        if one := self.one(piece, bare=bare):
            return (one,)
        parts = self._joined(piece)
        if len(parts) < 2:
            return ()
        last = self.one(parts[-1], bare=bare)
        if last is None:
            return ()
        before = [self.one(part, bare=True) for part in parts[:-1]]
        if not all(before):
            return ()
        shared = last.organisation if not any(person and person.organisation for person in before) else ""
        return (
            *(
                Mention(person.name, person.organisation or shared, person.position, person.column, person.open)
                for person in before
                if person
            ),
            last,
        )

    def _listed(self, piece: Marked) -> tuple[Mention, ...]:
        """`Jan Maas, Ole Bull and Plato`: names alone, parted by commas and a last `and`.

        Two parts alone may be a name and its organisation, unless the second holds an `and` or somebody known.
        """
        commas = list(_cut(piece, _COMMA))
        if len(commas) < 2:
            return ()
        last = self._joined(commas[-1])
        if len(commas) == 2 and not self.known(commas[1].text) and not (len(last) > 1 and self.named(last[0].text)):
            return ()
        names = [name for part in commas for name in self._joined(part)]
        for part in names:
            single = part is names[-1] and len(last) > 1 and _SINGLE.fullmatch(part.text)
            if not (self.named(part.text) or self.known(part.text) or single):
                return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in names)

    def _both(self, piece: Marked) -> tuple[Mention, ...]:
        """`Cy Young, ETH and Di Fox, EPFL`: several people, each with an organisation.

        An organisation "of" something may go on after its `and`: `Ministry of Water and Rural Affairs, Malta`.
        """
        parts = self._joined(piece)
        # A sign joins the names of firms more often than people with all they are.
        if len(parts) < 2 or "/" in piece.text or "&" in piece.text:
            return ()
        found = [person for part in parts if (person := self.one(part)) and person.form in ("comma", "bracket")]
        if len(found) < len(parts):
            return ()
        before = [word for person in found[:-1] if person.form == "comma" for word in split(person.organisation)]
        return () if self.words.single("linking").intersection(before) else tuple(found)

    def people(self, value: Marked) -> tuple[Mention, ...]:
        """Everybody named in what follows a label such as `Podium:`."""
        return self.all(value, bare=True, many=True)

    def holds_person(self, mention: Mention, *, many: bool = False) -> bool:
        """Whether an organisation may be or hold a second person, as in `University of Oslo and Di Fox, EPFL`."""
        parts = self._joined(Marked(mention.organisation, range(1, len(mention.organisation) + 1)))
        if many and self.named(mention.organisation):
            return True
        return mention.form == "comma" and any((one := self.one(part)) and one.form == "comma" for part in parts[1:])

    def single(self, line: Marked) -> Mention | None:
        """`Plato, Academy`: a name of one word with an organisation, which may as well be a title with a comma."""
        line, is_open = self._without_open(line)
        name, comma, organisation = (part.strip() for part in line.text.partition(","))
        if not comma or not _SINGLE.fullmatch(name) or not self._organisation(organisation):
            return None
        lowered = name.casefold()
        if lowered in self.words.single("never_a_name") or self._of_agendas(lowered) or organisation[0].islower():
            return None
        return Mention(name, organisation, "", line.column, is_open) if len(organisation.split()) <= 5 else None

    def _joined(self, piece: Marked) -> list[Marked]:
        """The parts between `and`, `&` and strokes."""
        return list(_cut(piece, _joiner(self.words.single("also"))))

    def _without_open(self, line: Marked) -> tuple[Marked, bool]:
        found = _OPEN.search(line.text)
        if found and self.is_open(found[1]):
            return line.cut(0, found.start()), True
        return line, False

    @staticmethod
    def _organisation(text: str) -> bool:
        """Whether a text can be an organisation: short, and no sentence."""
        text = text.strip()
        if not text or len(text) > 120 or len(text.split()) > 14:
            return False
        # A full stop ends a sentence, unless it belongs to a short name such as "Example Inc."
        return not text.endswith(("?", ":")) and (not text.endswith((".", "!")) or len(text.split()) <= 5)


@cache
def _joiner(also: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(also))
    return re.compile(rf"\s+(?:{words})\s+|\s*/\s*", re.IGNORECASE)


def _cut(line: Marked, separator: re.Pattern[str]) -> Iterator[Marked]:
    start = 0
    for found in separator.finditer(line.text):
        if piece := line.cut(start, found.start()):
            yield piece
        start = found.end()
    if piece := line.cut(start):
        yield piece
