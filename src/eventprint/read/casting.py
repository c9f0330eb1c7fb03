"""The people of an agenda, gathered over all their mentions."""

from __future__ import annotations

from dataclasses import replace

from ..event import Name, Person
from ..problems import Place, Problems
from .mentions import Mention
from .names import slug, untitled


class Casting:
    """Everybody mentioned so far by key; two mentions of one name are one person."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.people: dict[str, Person] = {}

    def __contains__(self, name: str) -> bool:
        return slug(untitled(name)) in self.people

    def add(self, mention: Mention, place: Place) -> str:
        """The key of the person mentioned; what an earlier mention left open is filled in."""
        key = slug(untitled(mention.name)) or mention.name
        known = self.people.get(key)
        if known is None:
            self.people[key] = Person(key, Name(mention.name), mention.organisation, mention.position, place=place)
            return key
        if mention.organisation and known.organisation and mention.organisation != known.organisation:
            self.problems.open(
                f"{known.name.full} stands with two organisations: {known.organisation} (line {known.place.line}) and "
                f"{mention.organisation}",
                place,
                "say in people.yaml which of the two is right; until then the first is printed",
                "agenda.two-organisations",
            )
        self.people[key] = replace(
            known,
            organisation=known.organisation or mention.organisation,
            position=known.position or mention.position,
        )
        return key

    def finish(self) -> tuple[Person, ...]:
        """Everybody in the order of their first mention."""
        return tuple(self.people.values())
