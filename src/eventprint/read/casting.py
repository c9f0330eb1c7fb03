"""The people of an agenda, gathered over all their mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..event import Name, Person
from ..problems import Place, Problems
from .language.mentions import Mention
from .language.names import slug, untitled


class Casting:
    """Everybody mentioned so far by key; two mentions of one name are one person."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.people: dict[str, Person] = {}
        self.marks: dict[str, str] = {}
        """The person that a number or a mail address stands for."""
        self.spellings: dict[str, list[str]] = {}
        """Other ways in which a name was met, each told once."""
        self.told: set[tuple[str, str]] = set()
        """What was said of whom, so that it is said once however often they are met."""
        self.counts: dict[str, int] = {}
        """How many people of one name were met, where there are several."""

    def __contains__(self, name: str) -> bool:
        return slug(untitled(name)) in self.people

    def add(self, mention: Mention, place: Place, known_as: tuple[str, ...] = ()) -> str:
        """The key of the person mentioned; what an earlier mention left open is filled in.

        `known_as`: what the source calls the person. Who has another number is another person, though of one name.
        """
        key = self._key(mention, place, known_as)
        known = self.people.get(key)
        if known is None:
            self.people[key] = Person(
                key, Name(mention.name), mention.organisation, mention.position, known_as=known_as, place=place
            )
            return key
        spelling = _written(mention.name)
        if not known_as and spelling not in (_written(known.name.full), *self.spellings.get(key, ())):
            self.spellings.setdefault(key, []).append(spelling)
            self.problems.open(
                f"{mention.name} is taken to be {known.name.full}",
                place,
                "write the name with the same letters in both places, or add what tells the two apart",
                "agenda.same-person",
            )
        if mention.organisation and known.organisation and mention.organisation != known.organisation:
            self._open(
                (key, mention.organisation),
                f"{known.name.full} stands with two organisations: {known.organisation} ({_where(known.place)}) and "
                f"{mention.organisation}",
                place,
                "say in people.yaml which of the two is right; until then the first is printed",
                "agenda.two-organisations",
            )
        self.people[key] = replace(
            known,
            organisation=known.organisation or mention.organisation,
            position=known.position or mention.position,
            known_as=tuple(dict.fromkeys([*known.known_as, *known_as])),
        )
        return key

    def _key(self, mention: Mention, place: Place, known_as: tuple[str, ...]) -> str:
        for mark in known_as:
            if (known := self.marks.get(mark)) and self._is_one(mark, known, mention, place):
                for other in known_as:
                    self.marks.setdefault(other, known)
                return known
        key = plain = slug(untitled(mention.name)) or mention.name
        if not known_as and key not in self.people and (other := self._turned_round(key)):
            self.problems.open(
                f"{mention.name} is taken to be {self.people[other].name.full}",
                place,
                "write the name in the same order in both places, or add what tells the two apart",
                "agenda.same-person",
            )
            return other
        number = next((mark for mark in known_as if mark.startswith("id:")), "")
        count = self.counts.get(plain, 1)
        while number and key in self.people and any(mark.startswith("id:") for mark in self.people[key].known_as):
            count += 1
            key = f"{plain}-{count}"
        if key != plain:
            self.counts[plain] = count
            self.problems.open(
                f"two people are called {mention.name}: {self.people[plain].known_as[0]} and {number}",
                place,
                "if they are one, give them one id in the source",
                "agenda.same-name",
            )
        for mark in known_as:
            self.marks.setdefault(mark, key)
        return key

    def _is_one(self, mark: str, key: str, mention: Mention, place: Place) -> bool:
        """Whether somebody with a known number or address is the known person: an address may be shared."""
        name = self.people[key].name.full
        words, others = (set(slug(untitled(one)).split("-")) for one in (name, mention.name))
        if words == others:
            return True
        is_one = mark.startswith("id:") or bool(words & others)
        what = "number" if mark.startswith("id:") else "mail address"
        message = f"{mention.name} has the {what} of {name}"
        hint = f"{name} stands in {_where(self.people[key].place)}; " + (
            "they are taken for one, and that name is printed" if is_one else "they are taken for two people"
        )
        self._open((mark, mention.name), message, place, hint, "agenda.two-names")
        return is_one

    def _open(self, of: tuple[str, str], message: str, place: Place, hint: str, rule: str) -> None:
        if of not in self.told:
            self.told.add(of)
            self.problems.open(message, place, hint, rule)

    def _turned_round(self, key: str) -> str:
        """The key of somebody whose name has the same words in another order, as `Borges Luciano` has."""
        words = key.split("-")
        if len(words) != 2 or words[0] == words[1]:
            return ""
        other = f"{words[1]}-{words[0]}"
        return other if other in self.people and not self.people[other].known_as else ""

    def complete(self, key: str, *, given: str = "", family: str = "", **more: Any) -> None:
        """Fill in what is not yet known of a person: `bio`, `link`, `pronouns`, and the parts of the name."""
        person = self.people[key]
        filled = {name: value for name, value in more.items() if value and not getattr(person, name)}
        if given and family and not person.name.stated:
            filled["name"] = Name(person.name.full, given, family, stated=True)
        if filled:
            self.people[key] = replace(person, **filled)

    def finish(self) -> tuple[Person, ...]:
        """Everybody in the order of their first mention."""
        return tuple(self.people.values())


def _written(name: str) -> str:
    """A name by its letters, accents included; titles, case, order and what stands between its words do not count."""
    return "".join(sorted(letter for letter in untitled(name).casefold() if letter.isalnum()))


def _where(place: Place) -> str:
    """A place within its file, as a sentence names it."""
    return f"cell {place.cell}" if place.cell and not place.line else f"line {place.line}"
