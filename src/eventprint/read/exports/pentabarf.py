"""`schedule.xml` as Pentabarf, frab, pretalx, Symposion and the c3voc tools write it: days, rooms in them, events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from ...event import Duty, Venue
from ...markup import Element
from ...problems import Problems
from ..agenda import Agenda, Source
from ..language.names import fold
from ..language.plain import plain
from ..language.stamps import clock, is_beyond, length, stamp
from .schedules import Item, Schedule, Speaker, agenda, clean, cut_off, damaged, page_of, several

_GONE = {
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "withdrawn": "withdrawn",
    "rejected": "rejected",
    "deleted": "deleted",
    "draft": "a draft",
    "hidden": "hidden",
    "unpublished": "hidden",
    "private": "hidden",
}
"""States that keep an event off the schedule."""
_DUTIES = {
    "moderator": Duty.MODERATOR,
    "chair": Duty.CHAIR,
    "host": Duty.HOST,
    "panelist": Duty.PANELLIST,
    "panellist": Duty.PANELLIST,
}

_PARTS = {
    "title": ("title", "name"),
    "start": ("start", "date"),
    "date": ("date",),
    "end": ("duration",),
    "room": ("room",),
    "link": ("url",),
}
"""The elements in which the parts of an event stand; its number stands in its own."""
_WRONG = {"date": "agenda.date", "time": "agenda.time", "length": "agenda.length"}
"""The rules for values that are none."""


def likelihood(source: Source) -> float:
    """A schedule whose days hold events."""
    root = _root(source)
    if root is None:
        return 0.0
    for day in root.all("day"):
        for event in day.walk("event"):
            # Days and events of anybody's own making say their times in other words.
            return 0.95 if day.get("date", "start") or event.first("start", "date") else 0.2
    return 0.6 if root.first("conference") and (root.first("day", "version")) else 0.0


def _root(source: Source) -> Element | None:
    root = source.xml.root
    if root is not None and root.name != "schedule":
        root = root.first("schedule")
    return root


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule.xml."""
    root = _root(source)
    if root is None:
        damaged(source.xml, problems)
        return Agenda()
    schedule = _Reader(root, source, problems).schedule()
    damaged(source.xml, problems)
    return agenda(schedule, source, problems)


class _Reader:
    def __init__(self, root: Element, source: Source, problems: Problems) -> None:
        self.root, self.source, self.problems = root, source, problems
        self.rooms: set[tuple[str, str]] = set()
        """Rooms of events and of those around them that were told to differ."""
        self.utc = False
        """Whether it was said that `start` is written in UTC."""
        self.shifted = False
        """Whether it was said that days stand in the export with the dates of another zone."""
        self.conference = root.first("conference") or Element("conference", {}, root.line, root.column, root.file)

    def schedule(self) -> Schedule:
        said = self.conference.text
        changes = clock(said("day_change"))
        house, city = clean(said("venue")), clean(said("city"))
        made = Schedule(
            title=said("title", "name"),
            subtitle=said("subtitle"),
            link=_web(said("url", "base_url")),
            venue=Venue(house, "", "" if city and city in house else city, place=self.conference.place)
            if house or city
            else Venue(),
            timezone=said("time_zone_name", "timezone"),
            day_change=changes.hour * 60 + changes.minute if changes else 0,
        )
        self.changes = made.day_change
        for element in self.root.all("day"):
            day = self._day(element)
            if day is not None:
                made.days.append(day)
                made.day_places.setdefault(day, element.place)
            items = [item for event, room in _events(element) if (item := self._item(event, room, day))]
            if day is not None and (other := self._day_there(element, day, items)):
                made.days[-1:] = [other]
            made.items += items
        made.rooms = list(dict.fromkeys(item.room for item in made.items))
        return made

    def _day(self, element: Element) -> date | None:
        written = element.get("date", "start")
        found = stamp(written)
        if found is None:
            message = f"“{written}” is no date" if written else "a day has no date"
            hint = 'write it as 2026-05-07: date="2026-05-07"'
            self.problems.error(message, element.place, hint, "agenda.date")
            return None
        return found.date() if isinstance(found, datetime) else found

    def _day_there(self, element: Element, day: date, items: list[Item]) -> date | None:
        """The date of a day at the venue, where its own is that of another zone, as all that it holds says."""
        dates = {item.start.date() for item in items if item.start and item.day}
        if len(dates) != 1 or day in dates:
            return None
        first, last = (stamp(element.get(name)) for name in ("start", "end"))
        of = next((event for event, _ in _events(element) if event.text("date")), None)
        at = stamp(of.text("date")) if of is not None else None
        if not (isinstance(first, datetime) and isinstance(last, datetime) and isinstance(at, datetime)):
            return None
        if not (first.tzinfo and last.tzinfo and at.tzinfo and first <= at <= last):
            return None
        if at.replace(tzinfo=None) in (item.start for item in items):
            # Written on the clock of the venue: what stands there is a night that goes on.
            return None
        other = dates.pop()
        if not self.shifted:
            message = f"the day says {day.isoformat()}, but what it holds happens on {other.isoformat()} at the venue"
            hint = "the export writes its days in another time zone; the dates of the entries are printed"
            self.problems.open(message, element.place, hint, "agenda.other-day")
            self.shifted = True
        for item in items:
            item.day = other
        return other

    def _item(self, event: Element, room: str, day: date | None) -> Item | None:
        title = event.text("title", "name")
        if not event.whole:
            cut_off(title, self.source, self.problems)
            return None
        before = len(self.problems.found)
        own = event.text("room")
        pair = (fold(own), fold(room))
        if own and room and pair not in self.rooms and not _is_one_room(*pair):
            # A hall that is called otherwise in every event is told once.
            self.rooms.add(pair)
            message = f"“{clean(title)[:60]}” stands among the events of {clean(room)}, but its room is {clean(own)}"
            place = (event.first("room") or event).place
            self.problems.warning(message, place, "correct one of the two", "agenda.two-rooms")
        start, day = self._start(event, day)
        told = start is None and len(self.problems.found) > before
        abstract, description = plain(event.text("abstract")), plain(event.text("description"))
        return Item(
            title=title,
            place=event.place,
            where={part: found.place for part, names in _PARTS.items() if (found := event.first(*names))},
            start=start,
            minutes=self._minutes(event),
            day=day if start or (day and not event.text("start", "date")) else None,
            room=own or room,
            track=event.text("track"),
            type=event.text("type"),
            language=event.text("language"),
            subtitle=event.text("subtitle"),
            abstract="\n\n".join(dict.fromkeys(part for part in (abstract, description) if part)),
            link=page_of(event.text("url")),
            id=event.get("id", "guid") or event.text("guid", "slug"),
            people=[person for element in _persons(event) for person in self._people(element)],
            dropped=_dropped(event),
            told=told,
        )

    # Time

    def _start(self, event: Element, day: date | None) -> tuple[datetime | None, date | None]:
        """When an event starts: `start` is the clock at the venue, whatever zone `date` is written in."""
        written, dated = event.text("start"), event.text("date")
        begins, at = clock(written) if written else None, stamp(dated) if dated else None
        if written and begins is None and (whole := stamp(written)):
            at, written = at or whole, ""
        if written and begins is None:
            self._wrong(event.first("start"), "time", "write hours and minutes, such as 09:45")
        if dated and at is None:
            self._wrong(event.first("date"), "date", "write it as 2026-05-07T09:45:00")
        if begins is None:
            return (at, day) if isinstance(at, datetime) else (None, day)
        begins = begins.replace(tzinfo=None)
        if not isinstance(at, datetime):
            on = at or day
            if on is None:
                return None, None
            night = at is None and begins.hour * 60 + begins.minute < self.changes
            return datetime.combine(on, begins) + timedelta(days=night), day or on
        local = at.replace(tzinfo=None)
        if local.time().replace(second=0) != begins.replace(second=0):
            local = self._told_twice(event, at, begins)
        return local, day

    def _told_twice(self, event: Element, at: datetime, begins: time) -> datetime:
        """The clock time of an event whose `date` and `start` differ: right where one is in UTC, else a fault."""
        local = min(
            (datetime.combine(at.date() + timedelta(days=shift), begins) for shift in (-1, 0, 1)),
            key=lambda moment: abs(moment - at.replace(tzinfo=None)),
        )
        shift = abs(local - at.replace(tzinfo=None))
        zoned = at.tzinfo is not None and shift <= timedelta(hours=14) and shift.seconds % 900 == 0
        if _is_utc(begins, at) and self._starts_in_utc:
            self._told_utc(event, at, begins)
            return at.replace(tzinfo=None)
        if not (zoned and at.utcoffset() == timedelta(0)):
            place = (event.first("start") or event).place
            message = f"start says {begins:%H:%M}, but date says {at:%H:%M}"
            self.problems.warning(message, place, "correct one of the two; start is printed", "agenda.two-times")
        return local

    @cached_property
    def _starts_in_utc(self) -> bool:
        """Whether most events write their `start` in UTC; a single one that seems to is a slip."""
        written = [(clock(event.text("start")), stamp(event.text("date"))) for event in self.root.walk("event")]
        both = [(begins, at) for begins, at in written if begins and isinstance(at, datetime)]
        return sum(_is_utc(begins, at) for begins, at in both) * 2 > len(both)

    def _told_utc(self, event: Element, at: datetime, begins: time) -> None:
        """Say once that `start` is written in UTC: the clock of `date` is the one on the wall."""
        if not self.utc:
            self.utc = True
            message = (
                f"start says {begins:%H:%M} in UTC, and date {at:%H:%M} at the venue: the times of date are printed"
            )
            hint = "where that is wrong, correct the times of date in the source"
            self.problems.open(message, (event.first("start") or event).place, hint, "agenda.two-times")

    def _minutes(self, event: Element) -> float | None:
        written = event.text("duration")
        minutes = length(written) if written else None
        if written and minutes is None:
            self._wrong(event.first("duration"), "length", "write hours and minutes, such as 00:45")
        if minutes and is_beyond(written) and (element := event.first("duration")):
            message = f"“{written}” has more than 59 minutes; it is read as {minutes:.0f} minutes"
            self.problems.warning(message, element.place, "correct the length", "agenda.length")
        return minutes

    def _wrong(self, element: Element | None, what: str, hint: str) -> None:
        if element is not None:
            message = f"“{clean(element.text())[:60]}” is no {what}"
            self.problems.error(message, element.place, hint, _WRONG[what])

    # People

    def _people(self, element: Element) -> list[Speaker]:
        name = element.text("public_name", "full_public_name", "name") if element.elements else element.text()
        name = name or element.get("name")
        if not name.strip():
            hint = "write the name in the source, or take the person out"
            self.problems.warning("a person of an event has no name", element.place, hint, "agenda.no-name")
        person = Speaker(
            name=name,
            id=element.get("id", "guid", "code"),
            bio=plain(element.text("biography", "bio", "abstract", "description")),
            link=_web(element.text("url", "link")),
            mail="",
            duty=_DUTIES.get(element.get("role", "event_role").casefold()),
            place=element.place,
        )
        return several(person, self.problems)


def _is_utc(begins: time, at: datetime) -> bool:
    return bool(at.utcoffset()) and at.astimezone(UTC).time().replace(second=0) == begins.replace(second=0, tzinfo=None)


def _is_one_room(name: str, other: str) -> bool:
    """Whether a room is called by two names of which one says more: `Hall` and `House Hall`."""
    words, others = set(name.split()), set(other.split())
    return words <= others or others <= words


def _events(day: Element) -> Iterator[tuple[Element, str]]:
    """The events of a day with the room they stand under."""
    for element in day.elements:
        if element.name == "event":
            yield element, ""
        elif element.name == "room":
            for event in element.walk("event"):
                yield event, element.get("name")


def _persons(event: Element) -> list[Element]:
    """The persons of an event, in `persons` or beside the title."""
    return [
        person for holder in (event, *event.all("persons", "speakers")) for person in holder.all("person", "speaker")
    ]


def _dropped(event: Element) -> str:
    for key in ("state", "status"):
        if reason := _GONE.get((event.text(key) or event.get(key)).strip().casefold(), ""):
            return reason
    flags = {key: (event.text(key) or event.get(key)).strip().casefold() for key in ("public", "hidden", "cancelled")}
    if flags["cancelled"] in ("true", "1", "yes"):
        return "cancelled"
    return "hidden" if flags["hidden"] in ("true", "1", "yes") or flags["public"] in ("false", "0", "no") else ""


def _web(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""
