"""How tables of agendas head their columns, in many languages, and the small words that stand in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from ... import records
from ...shelves import shelf
from ...values import dataclass
from ..language.names import fold
from ..language.vocabulary import split


class Role(StrEnum):
    """What a column holds."""

    TIME = "time"
    """A start, or a start and an end."""
    START = "start"
    END = "end"
    DURATION = "duration"
    DAY = "day"
    TITLE = "title"
    SPEAKER = "speaker"
    PERSON = "person"
    """`Name`: a speaker where a title stands beside it, else the title."""
    TALK = "talk"
    """Title and people in one cell."""
    AFFILIATION = "affiliation"
    POSITION = "position"
    ROOM = "room"
    TRACK = "track"
    SESSION = "session"
    CHAIR = "chair"
    ABSTRACT = "abstract"
    LANGUAGE = "language"
    TYPE = "type"
    LINK = "link"
    SUBTITLE = "subtitle"
    GIVEN = "given"
    FAMILY = "family"
    """Half of a speaker's name, where the other half has a column of its own."""
    ASIDE = "aside"
    """Known, and not printed."""
    NOTHING = "nothing"
    """Empty, or a word between start and end."""
    UNKNOWN = "unknown"


_EXACT = (Role.ROOM, Role.TRACK, Role.SESSION, Role.DAY, Role.TYPE, Role.LINK, Role.PERSON, Role.SUBTITLE, Role.ASIDE)
"""Headings that must say no more: a `Main hall`, a `Developer track` and a `Session 1` are columns of talks."""
_ORDER = (
    Role.ABSTRACT,
    Role.AFFILIATION,
    Role.POSITION,
    Role.DURATION,
    Role.CHAIR,
    Role.SPEAKER,
    Role.LANGUAGE,
    Role.TITLE,
    Role.END,
    Role.START,
    Role.TIME,
)
"""Which of several phrases in one heading tells: `Speaker affiliation` is an affiliation, `Talk description` a text."""
TIMES = (Role.TIME, Role.START, Role.END)

_NOTE = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_SUFFIX = re.compile(r"[\s_]+(?:id|ids|name|names|slug|title)\s*$", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a heading such as `startTime` parts into words."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The phrases of `data/words/columns.yaml` by what they tell."""

    phrases: Mapping[str, frozenset[tuple[str, ...]]]
    known: Mapping[str, Role]
    """What a heading that is nothing but a phrase names, by the phrase without case and accents."""

    def holds(self, group: str, text: str) -> bool:
        """Whether a text is a phrase of a group, and nothing else."""
        words = tuple(split(text))
        return (words or (text.strip().casefold(),)) in self.phrases[group]

    def part(self, group: str, text: str) -> bool:
        """Whether a word of a text belongs to a group."""
        return any((word,) in self.phrases[group] for word in split(text))

    def _glued(self, word: str) -> Role | None:
        """What `starttime` and `sessionchair` name: two words that were written as one."""
        for end in range(3, len(word) - 3):
            if (role := self.known.get(f"{word[:end]} {word[end:]}")) is not None:
                return role
        return None

    def exact(self, heading: str) -> Role | None:
        """What a heading names that says no more."""
        return self.known.get(fold(heading))

    def roles(self, heading: str) -> list[Role]:
        """What a column under this heading may hold, the likeliest first; `Title / Speaker` names two things."""
        bare = _NOTE.sub(" ", heading)
        exact = self.known
        spaced = CAMEL.sub(" ", bare.replace("_", " ").replace("*", " "))
        for text in (heading, bare, spaced):
            if (role := exact.get(fold(text))) is not None:
                return [role]
        if (role := exact.get(fold(_SUFFIX.sub("", spaced)))) is not None and fold(spaced) != fold(
            _SUFFIX.sub("", spaced)
        ):
            # A number of a room or of an artist stands for its name; that of a session for nothing.
            return [role if role in (Role.ROOM, Role.PERSON, Role.SPEAKER) else Role.ASIDE]
        if (role := exact.get(fold(unnumbered(spaced)))) in (Role.SPEAKER, Role.AFFILIATION, Role.POSITION):
            return [role]
        parts = [
            part for part in re.split(r"\s*[/&+,;|\n]\s*|\s+(?:and|und|et|y|e|en|i|och|og|и)\s+", bare) if part.strip()
        ]
        if len(parts) > 1:
            found = [role for part in parts if (role := exact.get(fold(part))) is not None]
            if len(found) == len(parts):
                return list(dict.fromkeys(found))
        words = split(spaced)
        if not 0 < len(words) <= 7:
            return []
        if len(words) == 1 and (role := self._glued(words[0])):
            return [role]
        for role in _ORDER:
            if any(
                tuple(words[start:end]) in self.phrases[role]
                for start in range(len(words))
                for end in range(start + 1, min(len(words), start + 4) + 1)
                # "de", "bis" and "to" head a column of times, and stand in headings of any other.
                if role not in (Role.START, Role.END) or not start or end == len(words) or len(words[start]) > 3
            ):
                # "Day 1 talks" and "Talks in hall B" are no headings of one column.
                return [] if any(word.isdigit() for word in words) and role is not Role.SPEAKER else [role]
        return []


@cache
def headings() -> Headings:
    """The words of `data/words/columns.yaml`."""
    file = shelf("data") / "words" / "columns.yaml"
    groups = records.plain(file)
    words = {
        group: [word.strip().casefold() for row in languages.values() for word in row.split(",")]
        for group, languages in groups.items()
    }
    roles = {role.value for role in Role}
    exact: dict[str, Role] = {}
    for group, each in words.items():
        for word in each if group in roles else ():
            exact.setdefault(fold(word), Role(group))
    phrases = {group: frozenset(tuple(split(word)) or (word,) for word in each) for group, each in words.items()}
    return Headings(phrases, exact)


@cache
def halves() -> Mapping[Role, frozenset[str]]:
    """How lists of people, whose words these are, head the two halves of a name."""
    said = records.plain(shelf("data") / "headings.yaml")["columns"]
    return {
        half: frozenset(word.strip() for word in fold(said[half.value]).replace("_", " ").split(","))
        for half in (Role.GIVEN, Role.FAMILY)
    }


def unnumbered(text: str) -> str:
    """A heading without the number at its end."""
    return re.sub(r"[\s_#-]*\d+$", "", text.strip())
