"""wafer's `schedule.json`: venues and events, each event with its room's number, a start and a length in minutes."""

from __future__ import annotations

from ...jsontext import Object
from ...problems import Problems
from ..agenda import Agenda, Source
from .export import Export, kind_of
from .schedules import Item, Schedule, agenda, page_of


def likelihood(source: Source) -> float:
    """Venues beside events that name theirs by its number."""
    root = source.json.root
    if not isinstance(root, Object) or "venues" not in root:
        return 0.0
    return 0.95 if any("start_time" in each and "room_id" in each for each in root.objects("events")[:5]) else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        self.rooms = self.table(root.objects("venues"), "id", what="venues")
        made = Schedule(title=self.said(root, "conference name", "conference_name", "name"))
        made.rooms = [name for room in self.rooms.values() if (name := self.words(room))]
        made.items = [self._event(each) for each in self.all(root.get("events"), "event")]
        self.finish()
        return made

    def _event(self, event: Object) -> Item:
        people, open_ = self.cast(event, "authors", "persons", "people")
        rooms = [room for room, _, _ in self.joined(event, "room_id", self.rooms, "venue")]
        track = self.said(event, "track")
        item = Item(
            title=self.said(event, "title", "name"),
            place=event.place("title") if "title" in event else event.place(),
            where=self.where(event),
            minutes=self.minutes(event, "duration"),
            room=self.words(rooms[0]) if rooms else "",
            track="" if track.casefold() == "no track" else track,
            abstract=self.prose(event, "description"),
            link=page_of(event.text("url")),
            id=event.text("id"),
            people=people,
            open=open_,
            dropped=self.dropped(event, "status", "state"),
        )
        self.begins(item, event, "start_time", "start")
        item.kind, item.service = kind_of(
            self.said(event, "talk_type", "type"), item.title, named=bool(people) or open_
        )
        return item
