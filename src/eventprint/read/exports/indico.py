"""Indico's exports: an event with contributions or sessions, its timetable by day, and the newer timetable's lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from ...event import Duty, Kind, Service, Venue
from ...jsontext import Object, objects
from ...problems import Problems
from ..agenda import Agenda, Source
from ..language.plain import plain
from .export import Export, kind_of, read_moment, web
from .schedules import Heading, Item, Schedule, Speaker, agenda, page_of

_ENTRY = ("entryType", "_fossil", "contributionId", "sessionSlotId", "sessionId", "uniqueId", "conferenceId", "objId")
_NEWER = ("start_dt", "duration", "location_data", "person_links", "session_block_id", "session_id", "conveners")
_TYPES = ("Conference", "Contribution", "Session", "SessionSlot", "Meeting", "Lecture", "ContribSchEntry")


def likelihood(source: Source) -> float:
    """An answer of Indico's API, an event of its, or entries with the keys of its timetable."""
    root = source.json.root
    if isinstance(root, Object) and root.text("_type") == "HTTPAPIResult" and "results" in root:
        return 0.97 if _events(root) or any(True for _ in _entries(root)) else 0.0
    return 0.95 if _events(root) or any(True for _ in _entries(root)) or _newer(root) else 0.0


def _events(root: object) -> list[Object]:
    """The events an answer holds, or the one that is the file."""
    found = [root] if isinstance(root, Object) and "startDate" in root else objects(root)
    if isinstance(root, Object) and "results" in root:
        found = objects(root.get("results"))
    return [each for each in found if each.text("_type") in _TYPES and "startDate" in each and "entryType" not in each]


def _entries(root: object) -> Iterator[Object]:
    """The entries of a timetable: below an event, a day and a key, of which the outer ones may be left out."""
    waiting = [(root, 0)]
    while waiting:
        value, depth = waiting.pop(0)
        if not isinstance(value, Object) or depth > 5:
            continue
        if "startDate" in value and sum(key in value for key in _ENTRY) >= 2:
            yield value
            continue
        waiting += [(inner, depth + 1) for inner in value.values.values() if isinstance(inner, Object)]
        for inner in value.values.values():
            if isinstance(inner, list) and depth < 3:
                waiting += [(each, depth + 1) for each in inner if isinstance(each, Object) and "entryType" in each]


def _newer(root: object) -> list[Object]:
    """What the newer timetable lists: contributions, blocks of sessions and breaks with `start_dt`."""
    lists = [root] if isinstance(root, list) else []
    lists += list(root.values.values()) if isinstance(root, Object) else []
    found = [each for inner in lists for each in objects(inner)]
    return [each for each in found if "start_dt" in each and sum(key in each for key in _NEWER) >= 3]


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of an event, or of a timetable."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        self.made = Schedule()
        self.zone, self.seen = "", set[str]()
        if events := _events(root):
            for event in events:
                self._event(event, alone=len(events) == 1)
        elif entries := list(_entries(root)):
            self.zone = next((zone for entry in entries if (zone := _zone_of(entry))), "")
            if isinstance(root, Object):
                info = root.object("eventInfo", "event") or root
                self.made.title = self.said(info, "title")
            for entry in entries:
                self._entry(entry)
        else:
            self._lists(root)
        self.made.timezone = self.zone
        self.finish()
        return self.made

    # Events

    def _event(self, event: Object, *, alone: bool) -> None:
        contributions, sessions = event.objects("contributions"), event.objects("sessions")
        self.zone = self.zone or event.text("timezone") or _zone_of(event)
        if alone:
            self.made.title = self.said(event, "title")
            self.made.introduction = plain(self.said(event, "description"))
            self.made.link = web(event.text("url"))
            place = event.place("location")
            name, address = self.said(event, "location"), self.said(event, "address")
            self.made.venue = Venue(name, self.said(event, "room"), " ".join(address.split()), place=place)
        if not contributions and not sessions:
            self._bare(event)
            return
        if alone:
            self.made.cast = [self.person(each) for each in event.objects("chairs")]
        for session in sessions:
            self._session(session)
        for contribution in contributions:
            self._contribution(contribution, self.said(contribution, "session"))

    def _bare(self, event: Object) -> None:
        """An event without its contributions: itself, once for each of its occurrences."""
        hint = "export it with detail=contributions or detail=sessions"
        message = f"“{self.said(event, 'title')[:60]}” was exported without its contributions"
        self.problems.open(message, event.place("title"), hint, "agenda.no-contributions")
        times = [each for each in event.objects("occurrences") if "startDT" in each] or [event]
        for each in times:
            item = self._item(event)
            item.recurs = len(times) > 1
            self._times(item, each)
            item.people, item.open = self.cast(event, "chairs")
            item.kind = Kind.OTHER if not item.people else None
            self.made.items.append(item)

    def _session(self, session: Object) -> None:
        inner = session.object("session")
        title = self.said(session, "title") or (self.said(inner, "title") if inner else "")
        slot = self.said(session, "slotTitle")
        title = f"{title}: {slot}" if slot and slot != title else title
        key = f"session {session.text('id') or title} {session.lines.place(session.at)}"
        heading = Heading(title, room=self._room(session), place=session.place("title"))
        heading.people = self._chairs(session)
        heading.start, heading.end = self._moment(session, "startDate"), self._moment(session, "endDate")
        found = session.objects("contributions", "entries")
        if not found:
            self._empty(session, title)
            return
        self.made.headings[key] = heading
        for contribution in found:
            self._contribution(contribution, key)

    def _chairs(self, session: Object) -> list[Speaker]:
        people, _ = self.cast(session, "conveners", "sessionConveners", "personLinks", "person_links", "chairs")
        for person in people:
            person.duty = person.duty or Duty.CHAIR
        return people

    def _empty(self, session: Object, title: str) -> None:
        """A session without contributions is an entry of its own."""
        item = self._item(session)
        item.title = title
        self._times(item, session)
        item.people = self._chairs(session)
        item.kind, item.service = kind_of("", title, named=False, service=True)
        self.made.items.append(item)

    def _contribution(self, contribution: Object, session: str) -> None:
        """A contribution, once: exports name it with the event and again with its session."""
        number = contribution.text("db_id", "id")
        if number and f"{number} {contribution.text('title')}" in self.seen:
            return
        self.seen.add(f"{number} {contribution.text('title')}")
        item = self._item(contribution)
        item.session = session
        self._times(item, contribution)
        item.people, item.open = self._speakers(contribution)
        kind = self.said(contribution, "type", "contributionType")
        item.kind, item.service = kind_of(kind, item.title, named=bool(item.people) or item.open)
        for part in contribution.objects("subContributions", "subcontributions"):
            inner = self._item(part)
            inner.people, inner.open = self._speakers(part)
            item.parts.append(inner)
        self.made.items.append(item)

    # Timetables

    def _entry(self, entry: Object) -> None:
        what = entry.text("entryType") or entry.text("_type")
        if "Break" in what:
            self._break(entry)
            return
        inside = entry.object("entries")
        if what != "Session" and inside is None:
            self._contribution(entry, "")
            return
        title, slot = self.said(entry, "title", "sessionTitle"), self.said(entry, "slotTitle")
        session = self.said(entry, "sessionTitle")
        title = title if not session or session == title else f"{session}: {title}"
        title = f"{title}: {slot}" if slot and slot != title else title
        found = objects(inside)
        if entry.text("id") in self.seen:
            return
        self.seen.add(entry.text("id"))
        if not found:
            self._empty(entry, title)
            return
        key = f"{entry.text('id')} {entry.lines.place(entry.at)}"
        label = self.said(entry, "code", "sessionCode")
        heading = Heading(title, label, self._room(entry), self._chairs(entry), place=entry.place("title"))
        heading.start, heading.end = self._moment(entry, "startDate"), self._moment(entry, "endDate")
        self.made.headings[key] = heading
        for each in found:
            if "Break" in (each.text("entryType") or each.text("_type")):
                self._break(each, key)
            else:
                self._contribution(each, key)

    def _break(self, entry: Object, session: str = "") -> None:
        item = self._item(entry)
        item.session = session
        self._times(item, entry)
        _, service = kind_of("", item.title, named=False, service=True)
        item.kind, item.service = Kind.BREAK, service or Service.PAUSE
        self.made.items.append(item)

    def _lists(self, root: object) -> None:
        """The lists of the newer timetable: blocks hold contributions by their number."""
        whole = root if isinstance(root, Object) else None
        blocks = self.table([each for each in _newer(root) if "conveners" in each and "person_links" not in each], "id")
        used = {each.text("session_block_id") for each in _newer(root) if each not in blocks.values()}
        names = {
            number: self.words(each)
            for number, each in self.table(whole.objects("sessions") if whole else [], "id").items()
        }
        for number, block in blocks.items():
            title = " – ".join(
                part
                for part in dict.fromkeys((names.get(block.text("session_id"), ""), self.said(block, "title")))
                if part
            )
            if number not in used:
                self._empty(block, title)
                continue
            heading = Heading(title, self.said(block, "code"), self._room(block), self._chairs(block))
            heading.place = block.place("title")
            self.made.headings[number] = heading
        for each in _newer(root):
            if any(each is block for block in blocks.values()):
                continue
            session = each.text("session_block_id")
            session = session if session in self.made.headings else ""
            if "person_links" in each:
                self._contribution(each, session)
            else:
                self._break(each, session)

    # Values

    def _person(self, value: Object) -> Speaker:
        """Somebody in one place of the event: `id` counts the places, `person_id` the people.

        Older exports have `Curie, Marie` and no parts of the name.
        """
        made = super()._person(value)
        made.id = value.text("person_id", "emailHash")
        family, comma, given = made.name.partition(", ")
        if comma and given and not made.family and "," not in given:
            made.name, made.given, made.family = f"{given} {family}", given, family
        return made

    def _item(self, value: Object) -> Item:
        location, house = self.said(value, "location"), self.made.venue.name
        room = self._room(value)
        room = f"{location}, {room}" if room and location and house and location not in (house, room) else room
        return Item(
            title=self.said(value, "title"),
            place=value.place("title") if "title" in value else value.place(),
            where=self.where(value),
            room=room,
            track=self.said(value, "track"),
            abstract=self.prose(value, "description", "_description"),
            link=page_of(value.text("url")),
            id=value.text("code", "friendly_id", "friendlyId", "contributionId", "id"),
            language=self.said(value, "language"),
            dropped=self.dropped(value, "state", "status"),
        )

    def _room(self, value: Object) -> str:
        location = value.object("location_data")
        return self.said(location, "room_name") if location else self.said(value, "room", "roomFullname", "roomName")

    def _times(self, item: Item, value: Object) -> None:
        before = len(self.problems.found)
        item.start = self._moment(value, "startDate", "startDT", "start_dt")
        item.told = len(self.problems.found) > before
        item.end = self._moment(value, "endDate", "endDT", "end_dt")
        seconds = "start_dt" in value and value.number("duration") is not None
        length = self.minutes(value, "duration") if item.end is None else None
        item.minutes = length / 60 if length and seconds else length

    def _moment(self, value: Object, *keys: str) -> datetime | None:
        """A moment in the time zone that stands with it, where that is not the event's."""
        moment = self.moment(value, *keys)
        zone = _zone_of(value)
        if moment is None or moment.tzinfo or not zone or zone == self.zone:
            return moment
        try:
            return moment.replace(tzinfo=ZoneInfo(zone))
        except (ValueError, OSError, KeyError):
            return moment

    def _speakers(self, value: Object) -> tuple[list[Speaker], bool]:
        """Who speaks; where nobody is said to, the first authors."""
        for key in ("personLinks", "person_links"):
            links = value.objects(key)
            if links:
                speak = [
                    each for each in links if "speaker" in self.names(each.get("roles")) or each.flag("is_speaker")
                ]
                wanted = speak or [each for each in links if "primary" in self.names(each.get("roles"))] or links
                people = [self.person(each) for each in wanted]
                return [each for each in people if each.name], False
        return self.cast(value, "speakers", "presenters", "primaryauthors", "primaryAuthors", "authors", "persons")


def _zone_of(value: Object) -> str:
    for key in ("startDate", "startDT", "endDate", "endDT"):
        if (found := value.object(key)) and (zone := found.text("tz")) and read_moment(found):
            return zone
    return ""
