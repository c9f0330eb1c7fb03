"""Roles of people: the usual ones with their words and colours, the event's own, and what a list calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from ... import records
from ...colours import Colour
from ...event import RoleStyle
from ...problems import Place, Problems
from ...sheets import Row
from ...shelves import shelf
from ...values import dataclass
from ..language.names import fold, slug
from ..settings import RoleSettings

PLAIN = "attendee"
"""The role of everybody who has no other."""


@dataclass(frozen=True)
class _Usual:
    """An entry of `data/roles.yaml`."""

    colour: Colour
    words: Mapping[str, str]
    also: tuple[str, ...] = ()


def parted(written: str) -> list[str]:
    """The roles in a cell that may hold several."""
    return [word for part in re.split(r"[,;/|+&\n]", written) if (word := part.strip())]


@dataclass(slots=True)
class Roles:
    """The roles of an event; those a list brings along are added as it is read."""

    styles: dict[str, RoleStyle] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Keys by folded word."""
    tickets: dict[str, str] = field(default_factory=dict)
    """Keys by the words a ticket may be called by: those of the event's language and of English."""
    unknown: dict[str, list[Place]] = field(default_factory=dict)
    """Where a list names roles that nobody described, by key."""
    _ranks: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of_event(cls, language: str, own: Mapping[str, RoleSettings]) -> Roles:
        """The usual roles in the event's language, changed and added to as `event.yaml` says."""
        file = shelf("data") / "roles.yaml"
        problems = Problems()
        usual = records.build(dict[str, _Usual], records.load(file, problems, file.parent), problems)
        roles = cls()
        for key, entry in usual.items():
            said = own.get(key, RoleSettings())
            spoken = entry.words.get(language) or entry.words.get(language.split("-")[0]) or entry.words["en"]
            roles.styles[key] = RoleStyle(key, said.word or spoken, said.colour or entry.colour)
            roles.tickets |= {fold(word): key for word in (key, spoken, entry.words["en"], *entry.also)}
            roles.keys |= {fold(word): key for word in (*entry.words.values(), *entry.also)} | {fold(key): key}
        plain = roles.styles.pop(PLAIN)
        for key, said in own.items():
            if key not in usual:
                roles.styles[key] = RoleStyle(key, said.word or key, said.colour or plain.colour)
        roles.styles[PLAIN] = plain
        named = {fold(word): key for key, said in own.items() for word in (key, said.word) if word}
        roles.keys |= named
        roles.tickets |= named
        return roles

    def knows(self, written: str) -> bool:
        """Whether a cell names roles alone that somebody described."""
        return fold(written) in self.keys or all(fold(word) in self.keys for word in parted(written))

    def of(self, row: Row, columns: Mapping[str, int], written: str, ticket: str) -> tuple[str, ...]:
        """The roles a row states; where the list has no such column, a ticket named like a role counts."""
        if "role" not in columns:
            return (self.tickets.get(fold(ticket), PLAIN),)
        whole = self.keys.get(fold(written))
        if whole and whole not in self.unknown:
            return (whole,)
        found = []
        for word in parted(written):
            key = self.keys.get(fold(word)) or self._new(word)
            if key in self.unknown:
                self.unknown[key].append(row.place(columns["role"]))
            found.append(key)
        return self.ranked(found)

    def _new(self, word: str) -> str:
        key = slug(word) or word
        plain = self.styles.pop(PLAIN)
        self.styles |= {key: RoleStyle(key, word, plain.colour), PLAIN: plain}
        self.keys[fold(word)] = key
        self.unknown[key] = []
        return key

    def ranked(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Roles without repeats, the most telling first; plain attendance only where there is nothing else."""
        found = {str(key) for key in keys} - {PLAIN}
        if len(found) < 2:
            return tuple(found) or (PLAIN,)
        if len(self._ranks) != len(self.styles):
            self._ranks = {key: rank for rank, key in enumerate(self.styles)}
        return tuple(sorted(found & self.styles.keys(), key=self._ranks.__getitem__)) or (PLAIN,)

    def report(self, problems: Problems) -> None:
        """One warning for each role that nobody described, at the first row that has it."""
        known = [style.word for style in self.styles.values() if style.key not in self.unknown]
        for key, places in self.unknown.items():
            word = self.styles[key].word
            more = f"; so in {len(places)} rows" if len(places) > 1 else ""
            hint = records.suggest(word, known)
            if len(word) > 60:
                hint, word = "look whether another cell has run into it", f"{word[:59]}…"
            elif not hint.startswith("did"):
                hint = f"to give it a colour, add to event.yaml: roles: {{{key}: {{word: {word}, colour: '#…'}}}}"
            problems.warning(
                f"no role is called {word!r}; it is printed as written{more}", places[0], hint, "attendees.role"
            )
