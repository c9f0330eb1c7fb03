"""Sessionize's JSON: the views All, Sessions, Speakers and GridSmart, with ids to join and local times without zone."""

from __future__ import annotations

from collections.abc import Iterator

from ...jsontext import Object, objects, told
from ...problems import Problems, Stop
from ..agenda import Agenda, Source
from .export import Export, kind_of
from .schedules import Item, Schedule, agenda, page_of

_MARKS = ("startsAt", "isServiceSession", "isPlenumSession", "categoryItems", "roomId", "questionAnswers")


def likelihood(source: Source) -> float:
    """Sessions with the keys that only Sessionize has, in any of its views."""
    if any(sum(mark in session for mark in _MARKS) >= 2 for _, session in _first(source)):
        return 0.95
    return 0.9 if _speakers_alone(source) else 0.0


def _first(source: Source) -> list[tuple[Object | None, Object]]:
    found = []
    for each in _sessions(source.json.root):
        found.append(each)
        if len(found) == 5:
            break
    return found


def _speakers_alone(source: Source) -> list[Object]:
    """The people of the Speakers view, which has no times."""
    root = source.json.root
    speakers = objects(root) if isinstance(root, list) else root.objects("speakers") if isinstance(root, Object) else []
    return speakers if any("profilePicture" in each and "sessions" in each for each in speakers[:5]) else []


def _sessions(root: object) -> Iterator[tuple[Object | None, Object]]:
    """Every session, each with the room or group it stands under."""
    if isinstance(root, Object):
        sessions = root.objects("sessions") or [each for each in objects(root) if "startsAt" in each]
        yield from ((None, session) for session in sessions)
        return
    for group in objects(root):
        if "fullName" in group or "profilePicture" in group:
            # Speakers name their sessions, and say no more of them.
            continue
        if "sessions" in group:
            yield from ((group, session) for session in group.objects("sessions"))
        elif "rooms" in group:
            for room in group.objects("rooms"):
                yield from ((room, session) for session in room.objects("sessions", "session"))
            for slot in group.objects("timeSlots") if not group.objects("rooms") else []:
                for room in slot.objects("rooms"):
                    if (only := room.object("session")) is not None:
                        yield room, only
        elif "startsAt" in group or "isServiceSession" in group:
            yield None, group


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a Sessionize view."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        sessions = list(_sessions(root))
        if not sessions:
            raise Stop(
                f"{self.source.file.name} holds the speakers of Sessionize, and no session",
                "take the view “All data” or “Sessions” under API / Embed",
                place=self.source.at(1, 1),
            )
        whole = root if isinstance(root, Object) else None
        speakers = (whole.objects("speakers") if whole else []) or objects(self.beside("speakers"))
        self.speakers = self.table(speakers, "id", what="speakers")
        self.rooms = self.table(whole.objects("rooms") if whole else [], "id", what="rooms")
        self.questions = {
            number: self.said(each, "question")
            for number, each in self.table(whole.objects("questions") if whole else [], "id").items()
        }
        self.categories = {
            number: (self.words(group.get("title", "name")), self.words(each))
            for group in (whole.objects("categories") if whole else [])
            for number, each in self.table(group.objects("items"), "id").items()
        }
        made = Schedule()
        in_order = sorted(self.rooms.values(), key=lambda room: room.number("sort") or 0)
        made.rooms = [name for room in in_order if (name := self.words(room))]
        if not made.rooms:
            made.rooms = list(dict.fromkeys(name for place, _ in sessions if place and (name := self.words(place))))
        seen: set[tuple[str, str, str]] = set()
        for place, session in sessions:
            item = self._session(session, place)
            # The grid has what is for everybody once, or in every room.
            mark = (item.id, str(item.start), item.room)
            if not item.id or mark not in seen:
                made.items.append(item)
            seen.add(mark)
        made.people = self.everybody(self.speakers.values(), made.items)
        self.finish()
        return made

    def _session(self, session: Object, place: Object | None) -> Item:
        title = self.said(session, "title", "name")
        table = self.speakers or None if any(not isinstance(s, Object) for s in _listed(session)) else self.speakers
        people, open_ = self.cast(session, "speakers", table=table)
        item = Item(
            title=title,
            place=session.place("title") if "title" in session else session.place(),
            where=self.where(session),
            end=self.moment(session, "endsAt"),
            room=self._room(session, place),
            abstract=self.prose(session, "description"),
            id=session.text("id"),
            people=people,
            open=open_,
            link=page_of(session.text("link", "url")),
            dropped=self.dropped(session, "status"),
        )
        if (named := self.rooms.get(session.text("roomId"))) and not session.get("room", "roomName"):
            item.where = {**item.where, "room": named.place("name")}
        self.begins(item, session, "startsAt")
        item.kind, item.service = kind_of("", title, named=bool(people), service=session.flag("isServiceSession"))
        for group, name in self._categories(session):
            heading = group.casefold()
            if "track" in heading:
                item.track = item.track or name
            elif "language" in heading or "sprache" in heading or "langue" in heading:
                item.language = item.language or name
            elif item.kind is None and ("format" in heading or "type" in heading):
                item.kind, item.service = kind_of(name, title, named=bool(people))
        return item

    def _room(self, session: Object, place: Object | None) -> str:
        if room := self.words(session.get("room", "roomName")):
            return room
        number = session.text("roomId")
        if number and self.rooms:
            if number in self.rooms:
                return self.words(self.rooms[number])
            message = f"there is no room with the id {number[:60]}"
            self.problems.error(
                message, session.place("roomId"), "add the room, or take the id out", "agenda.unknown-id"
            )
            return ""
        if place is None or session.flag("isPlenumSession") or "rooms" in place or "groupId" in place:
            return ""
        return self.words(place)

    def _categories(self, session: Object) -> Iterator[tuple[str, str]]:
        listed = session.get("categoryItems")
        for number in listed if isinstance(listed, list) else []:
            if (said := told(number)) in self.categories:
                yield self.categories[said]
        for group in session.objects("categories"):
            for name in self.names(group.get("categoryItems", "items")):
                yield self.words(group), name


def _listed(session: Object) -> list[object]:
    listed = session.get("speakers")
    return listed if isinstance(listed, list) else []
