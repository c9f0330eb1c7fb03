"""Events as schema.org describes them, in JSON-LD: in a file of their own, or in the scripts of a web page.

https://schema.org/Event. What holds the others as its `subEvent` is the event itself, or a session of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ...event import Venue
from ...jsontext import List, Object, objects
from ...problems import Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..language.stamps import stamp
from .export import Export, web
from .hcalendar import whole_days
from .schedules import Heading, Item, Schedule, agenda

_SCRIPT = re.compile(r"<script\b[^<>]{0,300}\bld\+json\b[^<>]{0,300}>", re.IGNORECASE)
_WRAPPED = re.compile(r"<!--|-->|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>")
_END = re.compile(r"</script", re.IGNORECASE)
_EVENTS = ("Event", "Festival", "EventSeries", "Hackathon")
"""What the names of the kinds of events end in."""
_PEOPLE = ("performer", "performers", "speaker", "speakers", "actor", "instructor", "contributor", "author")
_ASIDE = frozenset((*_PEOPLE, "location", "offers", "organizer", "sponsor", "funder", "image", "superEvent", "review"))
_ASIDE |= {"workPerformed", "performerIn", "attendee", "attendees", "about", "publisher", "alumniOf", "worksFor"}
"""What is said of an event and holds no other that is part of it."""
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_FEW = 2
_DEEP = 20
"""Events inside each other; no event has so many."""


@dataclass(slots=True, eq=False)
class _Met:
    """An event with the one that holds it."""

    value: Object
    owner: _Met | None
    inside: bool = False
    """It holds others."""


def likelihood(source: Source) -> float:
    """Several events with a time of their own, and a page that says no more times than they do."""
    if source.form != "json" and "ld+json" not in source.text:
        return 0.0
    made = _scripts(source)
    found = [each for each in _events(made.json.root) if not each.inside and _is_timed(each.value)]
    if len(found) < _FEW:
        # A page says in its text what happens at the one event that it describes so.
        return 0.6 if found and source.form == "json" else 0.0
    if source.form != "json":
        first, *others = _SCRIPT.split(source.text)
        shown = [first, *(each[end.start() :] for each in others if (end := _END.search(each)))]
        if sum(len(_CLOCK.findall(part)) for part in shown) > 3 * len(found):
            return 0.0
    return 0.92


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of the events."""
    made = _scripts(source)
    return agenda(_Reader(made, problems).schedule(), made, problems)


def _scripts(source: Source) -> Source:
    """The scripts of a page as one JSON list, each where it stands; a file of JSON as it is."""
    if source.form == "json":
        return source
    text, parts, at, comma = source.text, list[str](), 0, "["
    while found := _SCRIPT.search(text, at):
        closing = _END.search(text, found.end())
        end = closing.start() if closing else len(text)
        body = _WRAPPED.sub(lambda mark: " " * len(mark[0]), text[found.end() : end])
        parts.append(re.sub(r"[^\r\n]", " ", text[at : found.end() - 1]))
        if body.strip(" \t\r\n;"):
            parts.append(comma)
            comma = ","
            kept = body.rstrip(" \t\r\n;")
            parts.append(kept + re.sub(r"[^\r\n]", " ", body[len(kept) :]))
        else:
            parts.append(" " + body)
        at = end
    # A page that is cut off in a script has no place for the end of the list.
    made = "".join(parts) + ("]" if at < len(text) else "")
    return Source(source.file, source.name, source.data, "json", made, source.given, source.opened)


def _events(root: Any) -> list[_Met]:
    """The events of a file in order, those inside others behind them; each once, wherever it is named again."""
    found: list[_Met] = []
    waiting: list[tuple[Any, _Met | None]] = [(root, None)]
    named: dict[str, _Met] = {}
    held: dict[str, _Met] = {}
    while waiting:
        value, owner = waiting.pop()
        if isinstance(value, List):
            waiting += [(each, owner) for each in reversed(value)]
        elif isinstance(value, Object):
            if _is_event(value):
                owner = _Met(value, owner)
                found.append(owner)
                if mark := value.text("@id"):
                    named.setdefault(mark, owner)
                above = value.object("superEvent")
                if above is not None and above.text("@id"):
                    held.setdefault(value.text("@id") or str(id(value)), owner)
            elif owner is not None and (mark := value.text("@id")) and len(value) <= 2:
                held.setdefault(mark, owner)
            waiting += [(inner, owner) for key, inner in reversed(value.values.items()) if key not in _ASIDE]
    _joined(found, named, held)
    return found


def _joined(found: list[_Met], named: dict[str, _Met], held: dict[str, _Met]) -> None:
    """Put events that others only name by their `@id` into those."""
    for each in found:
        mark, above = each.value.text("@id"), each.value.object("superEvent")
        owner = named.get(above.text("@id")) if above is not None else None
        owner = owner or (held.get(mark) if mark else None)
        if each.owner is None and owner is not None and owner is not each and not _is_within(owner, each):
            each.owner = owner
    for each in found:
        if each.owner is not None:
            each.owner.inside = True


def _is_within(one: _Met, other: _Met) -> bool:
    above: _Met | None = one
    for _ in range(_DEEP):
        if above is None or above is other:
            return above is other
        above = above.owner
    return True


def _is_event(value: Object) -> bool:
    kinds = value.get("@type")
    listed = kinds if isinstance(kinds, List) else [kinds]
    is_one = any(isinstance(kind, str) and kind.endswith(_EVENTS) for kind in listed)
    return is_one and bool(value.get("name", "startDate"))


def _is_timed(value: Object) -> bool:
    return isinstance(stamp(value.text("startDate")), datetime)


class _Reader(Export):
    def schedule(self) -> Schedule:
        found = _events(self.source.json.root)
        self.known = {mark: value for value in self._objects(self.source.json.root) if (mark := value.text("@id"))}
        made = Schedule()
        outer = [each for each in found if each.owner is None and each.inside]
        whole = outer[0] if len(outer) == 1 else None
        if whole is not None:
            made.title, made.link = self.said(whole.value, "name"), web(whole.value.text("url"))
            made.introduction = self.prose(whole.value, "description")
            made.venue = self._venue(whole.value)
            made.language = whole.value.text("inLanguage")
        else:
            names = {self.said(above, "name") for each in found if (above := each.value.object("superEvent"))}
            made.title = names.pop() if len(names) == 1 else ""
        for each in found:
            if each.inside:
                continue
            for item in self._items(each):
                owner = each.owner
                if owner is not None and owner is not whole:
                    item.session = str(id(owner))
                    made.headings.setdefault(item.session, self._heading(owner))
                if item.room == made.venue.name:
                    item.room = ""
                made.items.append(item)
        self.finish()
        return made

    def _objects(self, root: Any) -> Iterator[Object]:
        """The objects of a file that say more than what they are called by."""
        waiting = [root]
        while waiting:
            value = waiting.pop()
            if isinstance(value, List):
                waiting += value
            elif isinstance(value, Object):
                if value.get("name", "givenName", "familyName"):
                    yield value
                waiting += value.values.values()

    def _resolve(self, value: Object, *keys: str) -> None:
        """Put in the place of those that are only named by an `@id` what is said of them elsewhere."""
        for key in keys:
            inner = value.values.get(key)
            if isinstance(inner, Object):
                value.values[key] = self._said_of(inner)
            elif isinstance(inner, List):
                inner[:] = [self._said_of(each) if isinstance(each, Object) else each for each in inner]

    def _said_of(self, value: Object) -> Object:
        return value if value.get("name", "givenName") else self.known.get(value.text("@id"), value)

    def _items(self, each: _Met) -> Iterator[Item]:
        value = each.value
        self._resolve(value, "location", *_PEOPLE)
        people, open_ = self.cast(value, *_PEOPLE)
        room, online = self._room(value)
        item = Item(
            title=self.said(value, "name"),
            place=value.place("name") if "name" in value else value.place(),
            minutes=self.minutes(value, "duration"),
            room=room,
            online=online,
            abstract=self.prose(value, "description"),
            link=web(value.text("url")),
            id=value.text("@id", "identifier"),
            language=value.text("inLanguage"),
            people=people,
            open=open_,
            dropped=self._gone(value),
        )
        first, last = (stamp(value.text(key)) for key in ("startDate", "endDate"))
        if first is not None and not isinstance(first, datetime):
            until = last.date() if isinstance(last, datetime) else last
            yield from whole_days(item, first, until or first)
            return
        self.begins(item, value, "startDate")
        item.end = self._end(value, item.start, last)
        yield item

    def _end(self, value: Object, start: datetime | None, last: date | datetime | None) -> datetime | None:
        if start is None or (last is not None and not isinstance(last, datetime)):
            return None
        end = self.moment(value, "endDate")
        same = end is None or (end.tzinfo is None) == (start.tzinfo is None)
        return end if same or end is None else end.replace(tzinfo=start.tzinfo)

    def _gone(self, value: Object) -> str:
        status = value.text("eventStatus").rpartition("/")[2].removeprefix("Event").casefold()
        return {"cancelled": "cancelled", "canceled": "cancelled", "postponed": "postponed"}.get(status, "")

    def _heading(self, met: _Met) -> Heading:
        value = met.value
        self._resolve(value, "location", *_PEOPLE)
        people, _ = self.cast(value, *_PEOPLE)
        start, end = (stamp(value.text(key)) for key in ("startDate", "endDate"))
        return Heading(
            self.said(value, "name"),
            room=self._room(value)[0],
            people=people,
            start=start if isinstance(start, datetime) else None,
            end=end if isinstance(end, datetime) else None,
            place=value.place(),
        )

    # Places

    def _room(self, value: Object) -> tuple[str, bool | None]:
        """Where it is, and whether it is online; of several places the first that is one."""
        listed = value.get("location")
        if isinstance(listed, str):
            return ("", True) if web(listed) else (listed.strip(), None)
        places = objects(listed) if isinstance(listed, List) else [listed] if isinstance(listed, Object) else []
        real = [place for place in places if not place.text("@type").endswith("VirtualLocation")]
        room = next((name for place in real if (name := self.said(place, "name") or self._address(place))), "")
        return room, True if places and not real else None

    def _address(self, place: Object) -> str:
        address = place.get("address")
        if not isinstance(address, Object):
            return place.text("address")
        keys = ("streetAddress", "postalCode", "addressLocality", "addressRegion")
        street, code, town, region = (address.text(key) for key in keys)
        return ", ".join(part for part in (street, f"{code} {town}".strip(), region) if part)

    def _venue(self, value: Object) -> Venue:
        self._resolve(value, "location")
        listed = value.get("location")
        place = listed if isinstance(listed, Object) else next(iter(objects(listed)), None)
        if place is None:
            return Venue(value.text("location"), place=value.place("location")) if value.text("location") else Venue()
        name, address = self.said(place, "name"), self._address(place)
        return Venue(name or address, "", address if name else "", place=place.place()) if name or address else Venue()
