"""People of the agenda made complete by `people.yaml`: sort keys, biographies, photographs, who is online."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ... import records
from ...event import Person
from ...problems import Place, Problems
from ..language.names import fold, name, untitled
from ..settings import PersonSettings

Picture = Callable[[Path | None, Place], Path | None]
"""Finds a picture named in the material, or reports it and gives None."""


def read_people(
    file: Path,
    people: Sequence[Person],
    picture: Picture,
    problems: Problems,
    root: Path,
    language: str = "",
    links: dict[str, Place] | None = None,
) -> tuple[Person, ...]:
    """The people with what the file says about them; a name that nobody on the agenda has is an error.

    `links` gets the links it names, and where.
    """
    node = records.load(file, problems, root)
    entries = records.build(dict[str, PersonSettings], node, problems)
    known = {fold(untitled(person.name.full)): person for person in people}
    found: dict[str, Person] = {}
    for key, _ in node.pairs if node else ():
        person = known.get(fold(untitled(key.text)))
        if person is None:
            hint = records.suggest(key.text, [person.name.full for person in people])
            problems.error(f"nobody on the agenda is called {key.text!r}", key.place, hint, "people.unknown")
        elif person.key in found:
            problems.error(f"{key.text!r} is described twice", key.place, "keep one of the two", "people.twice")
        elif key.text in entries:
            said = entries[key.text]
            found[person.key] = _complete(person, said, picture, key.place, language)
            if said.link and links is not None:
                links.setdefault(said.link, records.at(said, "link"))
    return tuple(found.get(person.key, person) for person in people)


def parted(person: Person, language: str = "") -> Person:
    """A person whose name has its parts and its sort key."""
    known = person.name
    return replace(
        person, name=name(known.full, known.given, known.family, known.sort, known.family_first or None, language)
    )


def _complete(person: Person, said: PersonSettings, picture: Picture, place: Place, language: str) -> Person:
    return replace(
        person,
        name=name(person.name.full, said.given, said.family, said.sort, said.family_first, language),
        organisation=said.organisation or person.organisation,
        position=said.position or person.position,
        pronouns=said.pronouns or person.pronouns,
        bio=said.bio.strip() or person.bio,
        photo=picture(said.photo, records.at(said, "photo")) or person.photo,
        link=said.link or person.link,
        online=person.online if said.online is None else said.online,
        place=person.place if person.place.file else place,
    )
