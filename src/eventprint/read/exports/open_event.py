"""Open Event, FOSSASIA's folder of JSON files: sessions, beside them the files of the event, speakers and rooms."""

from __future__ import annotations

from collections.abc import Mapping

from ...event import Venue
from ...jsontext import Object, objects, told
from ...problems import Problems, Stop
from ..agenda import Agenda, Source
from ..language.plain import plain
from .export import Export, kind_of, web
from .schedules import Item, Schedule, agenda, page_of

_SESSION = (
    "microlocation",
    "session-type",
    "session_type",
    "short-abstract",
    "short_abstract",
    "signup-url",
    "signup_url",
)
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "speakers": ("organisation", "sessions"),
    "tracks": ("color", "sessions"),
    "microlocations": ("floor", "latitude"),
    "session types": ("length",),
    "sponsors": ("level", "type"),
}
"""Files that stand beside the sessions, by keys of theirs."""


def likelihood(source: Source) -> float:
    """Sessions with the keys of Open Event, or a file that stands beside them."""
    if any(_is_session(each) for each in objects(source.json.root)[:5]):
        return 0.95
    return 0.9 if _is_event(source.json.root) or _other(source.json.root) else 0.0


def _is_session(each: Object) -> bool:
    return "title" in each and sum(key in each for key in _SESSION) >= 2


def _is_event(root: object) -> bool:
    return isinstance(root, Object) and any(
        f"organizer{sign}name" in root and f"location{sign}name" in root for sign in "-_"
    )


def _other(root: object) -> str:
    """What a file is that stands beside the sessions."""
    first = [each for each in objects(root)[:3] if isinstance(root, list) and "name" in each]
    for what, marks in _OTHERS.items():
        if any(all(mark in each for mark in marks) for each in first):
            return what
    return ""


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a folder of Open Event, by its file of sessions or of the event."""
    reader = _Reader(source, problems)
    root = source.json.root
    if _is_event(root) and (beside := reader.another("sessions")) is not None:
        return read(beside, problems)
    if not any(_is_session(each) for each in objects(root)):
        what = "the event" if _is_event(root) else f"the {_other(root)}"
        raise Stop(
            f"{source.file.name} holds {what} of Open Event, and no session",
            "give the file of the sessions, with this one beside it",
            place=source.at(1, 1),
        )
    return agenda(reader.schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        made = Schedule()
        event = self.beside("event")
        if isinstance(event, Object):
            self._event(event, made)
        speakers = self.beside("speakers")
        self.speakers = self.table(objects(speakers), "id", what="speakers")
        self.rooms = self.table(objects(self.beside("microlocations")), "id")
        self.tracks = self.table(objects(self.beside("tracks")), "id")
        made.rooms = [name for room in self.rooms.values() if (name := self.words(room))]
        made.items = [self._session(session) for session in self.all(self.source.json.root, "session")]
        made.people = self.everybody(self.speakers.values(), made.items)
        sponsors = objects(self.beside("sponsors"))
        if sponsors:
            message = f"{len(sponsors)} sponsors stand beside the sessions; they are no part of the agenda"
            self.problems.open(message, sponsors[0].place(), "write supporters: in event.yaml", "agenda.sponsors")
        self.finish()
        return made

    def _event(self, event: Object, made: Schedule) -> None:
        made.title = self.said(event, "name", "title")
        made.introduction = plain(self.said(event, "description"))
        made.link = web(event.text("event-url", "event_url", "url"))
        made.timezone = event.text("timezone")
        if place := self.said(event, "location-name", "location_name", "searchable-location-name"):
            made.venue = Venue(
                place, place=event.place("location-name" if "location-name" in event else "location_name")
            )

    def _session(self, session: Object) -> Item:
        people, open_ = self.cast(session, "speakers", table=self.speakers or None)
        kind = self.words(session.get("session-type", "session_type"))
        item = Item(
            title=self.said(session, "title"),
            place=session.place("title"),
            where=self.where(session),
            end=self.moment(session, "ends-at", "end_time", "ends_at"),
            room=self._of(session, "microlocation", self.rooms),
            track=self._of(session, "track", self.tracks),
            language=self.said(session, "language"),
            subtitle=self.said(session, "subtitle"),
            abstract=self.texts(session, "short-abstract", "short_abstract", "long-abstract", "long_abstract"),
            link=page_of(session.text("url")),
            id=session.text("id"),
            people=people,
            open=open_,
            dropped=self.dropped(session, "state") or ("deleted" if session.text("deleted-at", "deleted_at") else ""),
        )
        self.begins(item, session, "starts-at", "start_time", "starts_at")
        item.kind, item.service = kind_of(kind, item.title, named=bool(people) or open_)
        return item

    def _of(self, session: Object, key: str, table: dict[str, Object]) -> str:
        """The name of a room or a track: it stands with the session, or its id does."""
        value = session.get(key, f"{key}-id", f"{key}_id")
        if isinstance(value, Object):
            return self.words(value) or self.words(table.get(value.text("id")))
        number = told(value)
        if number and number not in table:
            message = f"there is no {key} with the id {number[:60]}"
            self.problems.error(message, session.place(key), f"add the {key}, or take the id out", "agenda.unknown-id")
        return self.words(table.get(number))
