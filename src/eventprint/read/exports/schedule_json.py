"""`schedule.json` as frab, pretalx and the c3voc tools write it: version 1 by day and room, version 2 as one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ...jsontext import List, Object, objects, told
from ...problems import Place, Problems
from ..agenda import Agenda, Source
from .export import Export, kind_of, read_moment, web
from .schedules import Item, Schedule, agenda, page_of

_MOST_DAYS = 300
"""Days in whose spans events are looked for; no event has so many."""


def likelihood(source: Source) -> float:
    """A schedule whose conference lists days, or that lists events beside its conference."""
    schedule, conference = _parts(source)
    if schedule is None or conference is None:
        return 0.0
    return 0.95 if conference.objects("days") or schedule.objects("events") else 0.3


def _parts(source: Source) -> tuple[Object | None, Object | None]:
    root = source.json.root
    if not isinstance(root, Object):
        return None, None
    schedule = root.object("schedule") or root
    return schedule, schedule.object("conference")


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule.json."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root, conference = _parts(self.source)
        made = Schedule()
        if root is None or conference is None:
            return made
        self.zone = conference.text("time_zone_name", "timezone") or root.text("time_zone_name")
        self.persons = self.table(root.objects("persons", "speakers"), "guid", "id", "code", what="people")
        self.tracks = self.table(conference.objects("tracks"), "slug", "guid", "id")
        self.rooms = self.table(conference.objects("rooms"), "guid", "slug", "id")
        self.shifted: tuple[str, Place] | None = None
        made.title = self.said(conference, "title")
        made.subtitle = self.said(conference, "subtitle")
        made.link = web(conference.text("url")) or web(root.text("url", "base_url"))
        made.timezone = self.zone
        made.rooms = [name for each in conference.objects("rooms") if (name := self.words(each))]
        defaults = conference.object("defaults")
        made.language = conference.text("language") or (defaults.text("language") if defaults else "")
        self.days = [
            (day, self.day(day, "date", "day_start", "start"))
            for day in conference.objects("days") or root.objects("days")
        ]
        spans = (
            (read_moment(day.get("start", "day_start")), read_moment(day.get("end", "day_end")), on)
            for day, on in self.days
        )
        self.spans = [
            (begins.timestamp(), ends.timestamp(), on)
            for begins, ends, on in spans
            if begins and ends and on and begins.tzinfo and ends.tzinfo
        ][:_MOST_DAYS]
        made.days = [on for _, on in self.days if on]
        made.day_places = {on: day.place("date") for day, on in reversed(self.days) if on}
        made.items = list(self._by_day())
        made.items += [self._event(event) for event in root.objects("events")]
        made.people = self.everybody(self.persons.values(), made.items)
        if self.shifted:
            offset, place = self.shifted
            message = f"the time zone is said to be {self.zone}, but times are written with {offset}"
            hint = "they are printed as written; write timezone: in event.yaml if that is wrong"
            self.problems.open(message, place, hint, "agenda.timezone")
        self.finish()
        return made

    def _by_day(self) -> Iterator[Item]:
        for day, on in self.days:
            if "date" in day and (on is None or (told(day.get("date")) and self.day(day, "date") is None)):
                self.wrong(day.place("date"), day.values["date"], "date", "write it as 2026-05-07")
            for room, events in self._rooms(day):
                for event in events:
                    yield self._talk(event, room, on, day)

    def _rooms(self, day: Object) -> Iterator[tuple[str, list[Object]]]:
        """The events of a day by room: an object of lists, or a list of rooms with their events."""
        rooms = day.values.get("rooms")
        if isinstance(rooms, Object):
            for name, events in rooms.values.items():
                yield name, self._events(events, rooms.place(name), name)
        else:
            for room in objects(rooms):
                yield self.words(room), self._events(room.get("events", "talks"), room.place(), self.words(room))
        for key in ("events", "talks"):
            if key in day:
                yield "", self._events(day.values[key], day.place(key), "")

    def _events(self, events: object, place: Place, room: str) -> list[Object]:
        if isinstance(events, List):
            for number, event in enumerate(events):
                if not isinstance(event, Object):
                    self.wrong(events.place(number), event, "event", "take it out of the list")
        elif events is not None and not isinstance(events, Object):
            self.wrong(place, events, "list of events")
        return objects(events) if not isinstance(events, Object) or objects(events) else [events]

    def _talk(self, event: Object, room: str, on: date | None, day: Object) -> Item:
        """An event of version 1: its `start` is the clock at the venue, whatever zone its `date` is written in."""
        item = self._common(event)
        item.room = self.words(event.get("room")) or room
        if room and item.room != room:
            message = f"“{item.title[:60]}” stands among the events of {room}, but its room is {item.room}"
            self.problems.warning(message, event.place("room"), "correct one of the two", "agenda.two-rooms")
        item.start = self._wall(event, on, day)
        item.day = on if item.start else None
        item.told = item.start is None and bool(event.get("date", "start"))
        item.minutes = self.minutes(event, "duration")
        item.end = self._wall_end(event) if item.minutes is None else None
        return item

    def _wall(self, event: Object, on: date | None, day: Object) -> datetime | None:
        moment = read_moment(event.values.get("date")) if event.text("date") else None
        start = event.text("start")
        if moment is None:
            if event.text("date") and not (start and read_moment(event.values.get("date"), whole=False)):
                return self.moment(event, "date")
            on = self.day(event, "date") or on
            found = self.moment(event, "start", day=on)
            begins = read_moment(day.get("day_start", "start"))
            night = found and found.tzinfo is None and begins and found.date() == on and found.time() < begins.time()
            return found + timedelta(days=1) if found and night and begins and begins.hour < 12 else found
        if moment.tzinfo is None or not start:
            return moment
        clock = read_moment(start, moment.date())
        if clock is None:
            self.wrong(event.place("start"), event.values["start"], "time", "write it as 09:30")
            return moment
        written = moment.replace(tzinfo=None)
        if clock.time() == written.time():
            there = self._at(moment)
            if there and there.time() != written.time() and self.shifted is None:
                self.shifted = (f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:], event.place("date"))
            return written
        there = self._at(moment)
        if there and there.time() == clock.time():
            return there
        shifts = (datetime.combine(written.date() + timedelta(days=days), clock.time()) for days in (-1, 0, 1))
        begins = min(shifts, key=lambda each: abs(each - written))
        shift = abs(begins - written)
        in_utc = moment.utcoffset() == timedelta(0) and shift <= timedelta(hours=14) and shift.seconds % 900 == 0
        if not in_utc:
            message = f"start says {clock:%H:%M}, but date says {written:%H:%M}"
            hint = "correct one of the two; start is printed"
            self.problems.warning(message, event.place("start"), hint, "agenda.two-times")
        return begins

    def _wall_end(self, event: Object) -> datetime | None:
        end = self.moment(event, "end")
        return end if end is None or end.tzinfo is None else self._at(end) or end.replace(tzinfo=None)

    def _at(self, moment: datetime) -> datetime | None:
        try:
            return moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) if self.zone else None
        except (ValueError, OSError, KeyError, OverflowError):
            return None

    def _event(self, event: Object) -> Item:
        """An event of version 2: its moments carry their offset, its day is the one whose span it starts in."""
        item = self._common(event)
        room = event.object("room")
        known = self.rooms.get(room.text("guid", "slug", "id")) if room else None
        item.room = self.words(known) if known and not self.words(room) else self.words(event.get("room", "room_name"))
        self.begins(item, event, "start", "date")
        item.end = self.moment(event, "end")
        item.minutes = self.minutes(event, "duration") if item.end is None else None
        starts = item.start.timestamp() if item.start and item.start.tzinfo else None
        if starts is not None:
            item.day = next((on for begins, ends, on in self.spans if begins <= starts < ends), None)
        return item

    def _common(self, event: Object) -> Item:
        track = event.get("track")
        number = track.text("slug", "guid", "id") if isinstance(track, Object) else told(track)
        people, open_ = self.cast(event, "persons", "participants", "speakers", table=self.persons or None)
        item = Item(
            title=self.said(event, "title", "name"),
            place=event.place("title") if "title" in event else event.place(),
            where=self.where(event),
            track=self.words(track) or self.words(self.tracks.get(number)),
            language=self.said(event, "language"),
            subtitle=self.said(event, "subtitle"),
            abstract=self.texts(event, "abstract", "description"),
            link=page_of(event.text("url")),
            id=event.text("id", "guid", "code"),
            people=people,
            open=open_,
            dropped=self.dropped(event, "state", "status"),
        )
        item.kind, item.service = kind_of(self.said(event, "type"), item.title, named=bool(people) or open_)
        return item
