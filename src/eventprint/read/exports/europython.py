"""EuroPython's programme API: sessions by their code with `speakers.json` beside them, and `schedule.json` by day."""

from __future__ import annotations

from ...jsontext import Object, objects
from ...problems import Problems, Stop
from ..agenda import Agenda, Source
from .export import Export, kind_of, read_moment
from .schedules import Item, Schedule, agenda, page_of

_SESSION = ("session_type", "slug", "website_url", "delivery", "tweet", "level")
_SPEAKER = ("submissions", "slug", "affiliation", "gitx", "website_url")


def likelihood(source: Source) -> float:
    """Sessions or speakers keyed by their code, or days that hold a list of events."""
    root = source.json.root
    if not isinstance(root, Object):
        return 0.0
    coded = [
        each for code, each in list(root.values.items())[:5] if isinstance(each, Object) and each.text("code") == code
    ]
    if any("title" in each and sum(key in each for key in _SESSION) >= 2 for each in coded):
        return 0.97
    if any("name" in each and sum(key in each for key in _SPEAKER) >= 3 for each in coded):
        return 0.96
    return 0.95 if any("event_type" in event or "session_type" in event for event in _first_events(root)) else 0.0


def _first_events(root: Object) -> list[Object]:
    days = root.object("days")
    return [event for day in objects(days)[:3] for event in day.objects("events")[:3]]


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of sessions.json or schedule.json."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        made = Schedule()
        days = root.object("days")
        if days is None and not any("title" in each for each in objects(root)):
            raise Stop(
                f"{self.source.file.name} holds the speakers of EuroPython, and no session",
                "give sessions.json or schedule.json, with this file beside it",
                place=self.source.at(1, 1),
            )
        speakers = self.beside("speakers")
        self.speakers = self.table(objects(speakers), "code", what="speakers")
        for code, session in root.values.items() if days is None else ():
            if isinstance(session, Object):
                made.items.append(self._session(session))
            else:
                self.wrong(root.place(code), session, "session")
        for on, day in days.values.items() if days is not None else ():
            if not isinstance(day, Object):
                self.wrong(days.place(on), day, "day") if days is not None else None
                continue
            made.rooms += [room for room in self.names(day.get("rooms")) if room not in made.rooms]
            moment = read_moment(on, whole=False)
            made.days += [moment.date()] if moment else []
            everywhere = len(self.names(day.get("rooms")))
            made.items += [self._session(event, everywhere) for event in day.objects("events")]
        made.people = self.everybody(self.speakers.values(), made.items)
        self.finish()
        return made

    def _session(self, session: Object, everywhere: int = 0) -> Item:
        """A session; one that takes place in several rooms at once is for everybody, and has none."""
        people, open_ = self.cast(session, "speakers", table=self.speakers or None)
        rooms = self.names(session.get("rooms", "room"))
        item = Item(
            title=self.said(session, "title"),
            place=session.place("title") if "title" in session else session.place(),
            where=self.where(session),
            end=self.moment(session, "end"),
            room=rooms[0] if len(rooms) == 1 else "" if 1 < everywhere == len(rooms) else ", ".join(rooms),
            track=self.said(session, "track"),
            language=self.said(session, "language"),
            abstract=self.prose(session, "abstract", "description"),
            link=page_of(session.text("website_url")),
            id=session.text("code"),
            people=people,
            open=open_,
            dropped=self.dropped(session, "state", "status"),
        )
        self.begins(item, session, "start")
        item.minutes = self.minutes(session, "duration") if item.end is None else None
        kind = "break" if self.said(session, "event_type") == "break" else self.said(session, "session_type")
        item.kind, item.service = kind_of(kind, item.title, named=bool(people) or open_)
        return item
