"""What entries of any JSON say of room, track, people and length, and the lists that they refer to by number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ...event import Sure
from ...jsontext import List, Object, objects, told
from ...problems import Place, Problems
from ..agenda import Source
from ..language.plain import plain
from .export import Export, mentions, read_minutes
from .keys import Names, known, plainly
from .keys import names as names_of
from .schedules import Speaker, placed

_PAGE = re.compile(r"https?://\S+|/\S*|[^\s/]+(?:/\S+)?\.html?(?:[#?]\S*)?", re.IGNORECASE)
"""A page rather than a room: some keep the one where the other belongs."""
_SECOND = re.compile("co|second|speaker[2-9]")
"""Names of a speaker who stands beside the first."""
_NOTHING: tuple[Any, ...] = (None, "", [])

_KNOWN = known()
ROOMS, TRACKS, DAYS, ENTRIES = (frozenset(_KNOWN.lists[each]) for each in ("rooms", "tracks", "days", "entries"))
SLOTS = frozenset(("slots", "timeslots"))


def _mark(value: Object) -> tuple[str, str]:
    """What an object in the form of JSON:API is known by."""
    return value.text("type"), value.text("id")


class Elsewhere(Export):
    """A file of entries, each of which may say what stands in other lists, of this file or of one beside it."""

    def __init__(self, source: Source, problems: Problems) -> None:
        super().__init__(source, problems)
        self.dates: dict[str, date] = {}
        """Days by the number or name another list has for them."""
        self.rooms: dict[str, Object] = {}
        self.speakers: dict[str, Object] = {}
        self.talks: dict[str, Object] = {}
        self.tracks: dict[str, Object] = {}
        self.slots: dict[str, Object] = {}
        self.included: dict[tuple[str, str], Object] = {}
        """What objects in the form of JSON:API are related to, by type and number."""
        self.guessed: Place | None = None
        """Where a name beside a title was first taken for the speaker's."""

    def _tables(self, root: Any) -> None:
        """The lists that others refer to by number, in the file or beside it: speakers, rooms, days, slots, talks."""
        if isinstance(root, Object):
            self.included = {_mark(each): each for each in root.objects("included")}
        for key, value in root.values.items() if isinstance(root, Object) else ():
            called = plainly(key)
            found = objects(value)
            if called in ("speakers", "people", "persons", "presenters"):
                self.speakers |= self._by_number(value)
            elif called in ROOMS:
                self.rooms |= self._by_number(value)
            elif called in ("talks", "sessions", "presentations", "submissions"):
                self.talks |= self._by_number(value)
            elif called in TRACKS:
                self.tracks |= self._by_number(value)
            elif called in SLOTS:
                self.slots |= self._by_number(value)
            elif called in DAYS:
                for day in found:
                    on = next(
                        (day_ for k in day if plainly(k) in _KNOWN.entry["date"] and (day_ := self.day(day, k))), None
                    )
                    for name in ("id", "key", "name", "slug"):
                        if on and day.text(name):
                            self.dates.setdefault(day.text(name), on)
        self.speakers = self.speakers or self._by_number(self.beside("speakers", "people"))
        self.slots = self.slots or self._by_number(self.beside("slots", "timeslots"))
        self.talks = self.talks or self._by_number(self.beside("talks", "sessions", "presentations"))
        if self.talks and self.slots:
            self.talks = {**self._by_number(self.beside("breaks")), **self.talks}
        self.rooms = self.rooms or self._by_number(self.beside("rooms", "locations", "venues"))
        self.tracks = self.tracks or self._by_number(self.beside("tracks"))

    def _by_number(self, value: Any) -> dict[str, Object]:
        table: dict[str, Object] = {}
        if isinstance(value, Object):
            table |= {key: each for key, each in value.values.items() if isinstance(each, Object)}
        for each in objects(value):
            for name in ("id", "slug", "key", "code", "guid", "name", "url"):
                if each.text(name):
                    table.setdefault(each.text(name), each)
        return table

    def _flat(self, value: Any) -> Any:
        """An object in the form of JSON:API as one of its attributes and of what it is related to."""
        attributes = value.object("attributes") if isinstance(value, Object) else None
        if attributes is None or "type" not in value:
            return value
        made = Object(dict(attributes.values), value.at, dict(attributes.ats), value.lines)
        made.values["id"], made.ats["id"] = value.get("id"), value.ats.get("id", value.at)
        relations = value.object("relationships")
        for key, relation in relations.values.items() if relations else ():
            data = relation.get("data") if isinstance(relation, Object) else None
            found = [
                self.included.get(_mark(each), each) for each in objects(data if isinstance(data, List) else [data])
            ]
            if found and key not in made:
                related = List(value.at, value.lines)
                related.extend(map(self._plainly_flat, found))
                made.values[key] = related if isinstance(data, List) else related[0]
                made.ats[key] = value.at
        return made

    @staticmethod
    def _plainly_flat(value: Object) -> Object:
        attributes = value.object("attributes")
        return value if attributes is None else Object(attributes.values, value.at, attributes.ats, value.lines)

    def _numbered(self, value: Object, names: Names) -> Object | None:
        """The talk that stands elsewhere, where an object without a title has its id or address."""
        said = [told(value.values[names[name]]) for name in ("id", "url") if name in names]
        return next((self.talks[number] for number in said if number in self.talks), None)

    def _slots_of(self, value: Object, names: Names) -> list[Object]:
        """When an entry is, as an object within it, or as the name of a slot that stands elsewhere."""
        said = [value.values.get(names[name]) for name in _KNOWN.lists["slot"] if name in names]
        return [found for each in said if isinstance(found := self.slots.get(told(each), each), Object)]

    def _track_of(self, value: Object, names: Names) -> Object | None:
        """The track that stands elsewhere, by its number."""
        numbers = [told(value.values.get(names.get(name, ""))) for name in ("trackid", "track")]
        return next((self.tracks[number] for number in numbers if number in self.tracks), None)

    # What entries say

    def _told(self, value: Object, names: Names, what: str) -> str:
        """The first of the names of a thing under which something is said, also as `title_en`."""
        languages = (self.language[:2], "en") if what in ("title", "abstract", "subtitle") else ()
        found = (self.words(value.values[key]) for key in names.of(what, *languages))
        if what == "abstract":
            found = (said for said in found if not _PAGE.fullmatch(said))
        return next((said for said in found if said), "")

    def _room(self, value: Object, names: Names) -> str:
        for key in names.of("room"):
            said = value.values[key]
            if said in _NOTHING or (isinstance(said, str) and _PAGE.fullmatch(said.strip())):
                continue
            if isinstance(said, List):
                if any(isinstance(each, List) or (isinstance(each, Object) and "title" in each) for each in said):
                    continue
                found = [self.words(self.rooms.get(told(each), each)) for each in said]
                return ", ".join(room for room in found if room)
            return self.words(self.rooms.get(told(said), said)) if told(said) else self.words(said)
        for name in ("roomid", "venueid", "locationid"):
            if (number := told(value.values.get(names.get(name, "")))) in self.rooms:
                return self.words(self.rooms[number])
        inner = self._slots_of(value, names)
        inner += [track] if (track := self._track_of(value, names)) else []
        return next((room for each in inner if (room := self._room(each, names_of(each)))), "")

    def _people(self, value: Object, names: Names) -> tuple[list[Speaker], bool]:
        found: list[Speaker] = []
        open_ = False
        for name, duty in _KNOWN.people:
            if name not in names or (duty is None and found and not _SECOND.match(name)):
                continue
            key = names[name]
            said = value.values[key]
            ids = [
                told(each) or (each.text("id", "slug", "key", "code") if isinstance(each, Object) else "")
                for each in (said if isinstance(said, List) else [said])
            ]
            known = any(number in self.speakers for number in ids if number)
            people, unsaid = self.cast(value, key, table=self.speakers if known else None)
            for person in people:
                person.duty = person.duty or duty
            found += people
            open_ = open_ or unsaid
        if len(found) == 1 and found[0].name:
            self._said_beside(found[0], value, names)
        beside = value.values[names["name"]] if "name" in names else None
        if not found and isinstance(beside, str) and "title" in names:
            one = Speaker(name=beside.strip(), place=value.place(names["name"]), sure=Sure.LIKELY)
            one = one if mentions().named(beside) else placed(one)
            if mentions().named(one.name):
                self.guessed = self.guessed or one.place
                self._said_beside(one, value, names)
                found.append(one)
        return found, open_

    def _said_beside(self, person: Speaker, value: Object, names: Names) -> None:
        """What stands with the title of the one who speaks."""
        for field, keys in _KNOWN.beside.items():
            said = (self.words(value.values[names[key]]) for key in keys if key in names)
            if not getattr(person, field) and (one := next((text for text in said if text), "")):
                setattr(person, field, plain(one) if field == "bio" else one)

    def _on_speaker(self, value: Object, names: Names) -> str:
        """The title of the one talk of a speaker, where it stands among what is said of the speaker."""
        said = [told(value.values[names[name]]) for name, duty in _KNOWN.people if duty is None and name in names]
        known = [self.speakers[name] for name in said if name in self.speakers]
        if len(known) != 1:
            return ""
        theirs = names_of(known[0])
        titles = (self.words(known[0].values[theirs[name]]) for name in _KNOWN.lists["speakertalk"] if name in theirs)
        return next((title for title in titles if title), "")

    def _minutes(self, value: Object, names: Names) -> float | None:
        meta = value.object("meta")
        if meta and (seconds := meta.number("_wcpt_session_duration")):  # WordCamps count in seconds
            return seconds / 60
        said = [
            each.values[key] for each in (value, *self._slots_of(value, names)) for key in names_of(each).of("minutes")
        ]
        return read_minutes(next(iter(said), None))
