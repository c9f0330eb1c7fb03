"""What iCalendar and xCal share: components with their properties, made into the items of a schedule.

The readers part a file into components, each property with its place; here is decided what an event of a calendar is
on paper: its time zone, its repetitions, its room, and who of all the people named in it speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from ...event import Duty, Sure, Venue
from ...problems import Place, Problems
from ...values import dataclass
from ..agenda import Source
from ..language.plain import plain
from ..language.stamps import length, stamp
from .repeats import instances
from .schedules import YEARS, Item, Schedule, Speaker, clean, cut_off, page_of, several
from .titles import Titles
from .zones import described, olson

REPEATS = 366
"""Times that one event is printed at most; a few hundred are a term of lectures."""
ALL_REPEATS = 2000
"""Times that all events of a file are repeated at most."""
RULES = 200
"""Rules of repetition that are worked out at most."""
_REACH = timedelta(days=1100)
"""How far a rule is followed from its start, so that one that never fits comes to an end."""
_FARTHEST = timedelta(days=3700)
"""How far a rule is followed that says its end itself."""
_LONG = 20
"""Rules of a file that are followed so far; each costs what its days cost."""
_LONGEST = 14
"""Days on each of which an event of whole days is printed."""
_PARTS = {
    "title": ("summary", "title"),
    "start": ("dtstart",),
    "end": ("dtend", "duration"),
    "room": ("location",),
    "id": ("uid",),
    "link": ("url",),
}
"""The properties in which the parts of an event stand."""
_DESCRIBED = 30
"""Zones with names of their own that are looked for by their clocks."""
_SLOW = ("SECONDLY", "MINUTELY", "HOURLY")

_FAR = datetime(9999, 12, 31)  # noqa: DTZ001  # clock time at the venue


@dataclass(slots=True)
class Property:
    """A property of a component: its name in small letters, its values as text, its parameters, its place."""

    name: str
    values: list[str]
    parameters: dict[str, str] = field(default_factory=dict)
    place: Place = Place()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(slots=True)
class Component:
    """A calendar, an event, a time zone: its name in small letters, what it says, and what it holds."""

    name: str
    place: Place
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    whole: bool = True

    def all(self, *names: str) -> list[Property]:
        return [found for found in self.properties if found.name in names]

    def first(self, *names: str) -> Property | None:
        """The first property of the first of these names that says something."""
        return next((found for name in names for found in self.properties if found.name == name and found.value), None)

    def text(self, *names: str) -> str:
        found = self.first(*names)
        return found.value.strip() if found else ""


def schedule(calendars: Sequence[Component], source: Source, problems: Problems) -> Schedule:
    """The schedule of the calendars in a file."""
    return _Maker(calendars, source, problems).schedule()


@dataclass(slots=True)
class _Times:
    """When an event is: moments as they are written, or whole days."""

    start: datetime | None = None
    end: datetime | None = None
    first: date | None = None
    last: date | None = None
    zone: tzinfo | None = None
    told: bool = False

    @property
    def local(self) -> datetime | None:
        """The start on the clock it is written for."""
        if self.start is not None:
            return self.start.replace(tzinfo=None)
        return datetime(self.first.year, self.first.month, self.first.day) if self.first else None  # noqa: DTZ001


class _Maker:
    def __init__(self, calendars: Sequence[Component], source: Source, problems: Problems) -> None:
        self.calendars, self.source, self.problems = calendars, source, problems
        self.events = [(event, calendar) for calendar in calendars for event in _events(calendar)]
        self.zones = _declared(calendars)
        self.unknown: set[str] = set()
        self.repeats, self.rules, self.long = ALL_REPEATS, RULES, _LONG
        self.timezone = ""

    def schedule(self) -> Schedule:
        self.timezone = self._timezone()
        made = Schedule(timezone=self.timezone)
        for calendar in self.calendars:
            made.title = made.title or calendar.text("x-wr-calname", "name")
            made.introduction = made.introduction or plain(calendar.text("x-wr-caldesc", "description"))
            made.link = made.link or _web(calendar.text("url"))
        times = [self._times(event) for event, _ in self.events]
        moved, replaced = self._moved(), self._replaced()
        self.last = max(
            (
                each.local
                for each, (event, _) in zip(times, self.events, strict=True)
                if each.local and not event.first("rrule")
            ),
            default=None,
        )
        for (event, calendar), each in zip(self.events, times, strict=True):
            item = self._item(event, calendar, each)
            if item is None:
                continue
            if id(event) in replaced:
                item.dropped = "replaced by a later version"
            made.items += self._repeated(item, event, each, moved)
        self._places(made)
        self._people(made)
        wrote = " ".join(calendar.text("prodid") for calendar in self.calendars).casefold()
        Titles(self.problems).part(made.items, dashed="pretalx" in wrote)
        return made

    # Time

    def _timezone(self) -> str:
        """The venue's zone: that in which most events are written, else the calendar's own."""
        named = Counter(
            zone.key
            for event, _ in self.events
            if (start := event.first("dtstart")) and isinstance(zone := self._zone(start), ZoneInfo)
        )
        own = next(
            (zone for calendar in self.calendars if isinstance(zone := self._own_zone(calendar), ZoneInfo)), None
        )
        if named and (own is None or sum(named.values()) * 2 >= len(self.events)):
            return named.most_common(1)[0][0]
        if own:
            return own.key
        only = {zone.key for zone in self.zones.values() if isinstance(zone, ZoneInfo)}
        return only.pop() if len(only) == 1 else ""

    def _own_zone(self, calendar: Component) -> tzinfo | None:
        named = calendar.first("x-wr-timezone", "timezone-id", "tzid", "vtimezone", "x-timezone")
        if named is None:
            return None
        zone = olson(named.value)
        if zone is None and named.value not in self.unknown:
            self.unknown.add(named.value)
            self._unknown(named.value, named.place)
        return zone

    def _zone(self, moment: Property) -> tzinfo | None:
        """The zone that a moment names: None where it names none, or one that nobody knows."""
        name = moment.parameters.get("tzid", "").strip()
        if not name:
            return None
        zone = self.zones.get(name) or olson(name)
        if zone is None and name not in self.unknown:
            self.unknown.add(name)
            self._unknown(name, moment.place)
        return zone

    def _unknown(self, name: str, place: Place) -> None:
        message = f"“{name[:60]}” is no time zone that is known; its times are taken as those of the venue"
        hint = "write timezone: in event.yaml, such as Europe/Berlin, or correct the times in the source"
        self.problems.warning(message, place, hint, "agenda.timezone")

    def _times(self, event: Component) -> _Times:
        start, end = event.first("dtstart"), event.first("dtend")
        begins = self._moment(start)
        ends = self._moment(end)
        times = _Times(told=start is not None and begins is None)
        if isinstance(begins, datetime):
            times.start, times.zone = begins, begins.tzinfo
            if isinstance(ends, datetime):
                times.end = _alike(ends, begins)
            elif ends is None:
                times.end = self._lasting(event, begins)
        elif begins is not None:
            times.first = begins
            after = ends.date() if isinstance(ends, datetime) else ends
            # The end of whole days is the day after; some write the last day itself.
            times.last = max(begins, after - timedelta(days=1)) if after and after > begins else begins
            if after is None and (lasts := length(event.text("duration"))):
                times.last = begins + timedelta(days=max(0, min(int(lasts // 1440), 400) - 1))
        return times

    def _lasting(self, event: Component, begins: datetime) -> datetime | None:
        lasts = event.first("duration")
        if lasts is None:
            return None
        minutes = length(lasts.value)
        if minutes is None or minutes < 0:
            self._wrong(lasts, "length", "write it as PT45M or PT1H30M")
            return None
        try:
            # An hour that the clock is put forward or back in is as long as any other.
            return (begins.astimezone(UTC) if begins.tzinfo else begins) + timedelta(minutes=minutes)
        except OverflowError:
            return None

    def _moment(self, said: Property | None) -> date | datetime | None:
        if said is None:
            return None
        moment = stamp(said.value)
        if moment is None:
            self._wrong(said, "time", "write it as 20260507T094500, or 20260507 for a whole day")
            return None
        if moment.year not in YEARS:
            self._wrong(said, "date of an event", "correct its year in the source")
            return None
        if isinstance(moment, datetime) and moment.tzinfo is None and (zone := self._zone(said)):
            return moment.replace(tzinfo=zone)
        return moment

    def _wrong(self, said: Property, what: str, hint: str) -> None:
        rule = f"agenda.{what.split()[0]}"
        self.problems.error(f"“{clean(said.value)[:60]}” is no {what}", said.place, hint, rule)

    # Repetition

    def _moved(self) -> dict[str, list[date | datetime]]:
        """The instances of repeated events that have an entry of their own, by UID."""
        moved: dict[str, list[date | datetime]] = {}
        for event, _ in self.events:
            if (instance := event.first("recurrence-id")) and (moment := self._moment(instance)) is not None:
                moved.setdefault(event.text("uid"), []).append(moment)
                if instance.parameters.get("range", "").upper() == "THISANDFUTURE":
                    title = clean(event.text("summary"))[:60]
                    message = (
                        f"“{title}” is changed for all times from {moment:%Y-%m-%d} on; only the first is printed so"
                    )
                    hint = "give each later time that is changed an entry of its own"
                    self.problems.open(message, instance.place, hint, "agenda.repeats")
        return moved

    def _replaced(self) -> set[int]:
        """The events that stand in the file once more with a higher SEQUENCE: calendars keep what they were sent."""
        versions: dict[tuple[str, str], dict[int, Component]] = {}
        several: dict[tuple[str, str], int] = {}
        for event, _ in self.events:
            number = event.text("sequence")
            key = (event.text("uid"), event.text("recurrence-id"))
            if key[0] and number.isdecimal() and len(number) < 10:
                versions.setdefault(key, {}).setdefault(int(number), event)
            several[key] = several.get(key, 0) + 1
        if len(several) * 2 < len(self.events):
            # Whoever numbers everything alike says nothing of versions.
            return set()
        known = [numbered for key, numbered in versions.items() if len(numbered) == several[key]]
        return {id(event) for numbered in known for number, event in numbered.items() if number < max(numbered)}

    def _repeated(
        self, item: Item, event: Component, times: _Times, moved: dict[str, list[date | datetime]]
    ) -> Iterator[Item]:
        """The item at each of its times; a rule without end is followed as far as the calendar goes."""
        rules, dates = [each for each in event.all("rrule") if each.value], event.all("rdate")
        item.recurs = bool(rules or dates or event.first("recurrence-id"))
        if times.local is None or not (rules or dates) or item.dropped:
            if times.first and times.last and not item.dropped:
                yield from self._each_day(item, times.first, times.last)
            else:
                yield item
            return
        starts = {times.local}.union(*(self._by_rule(rule, item, times) for rule in rules))
        starts |= {local for each in self._each("rdate", event) if (local := _local(each, times.zone)) is not None}
        for rule in event.all("exrule"):
            starts -= self._by_rule(rule, item, times, until=max(starts))
        own = moved.get(event.text("uid"), [])
        left_out = {_exactly(each) for each in self._each("exdate", event)} | {_exactly(each) for each in own}
        if times.start is not None and times.zone is None:
            # A start without a zone is on the clock that its exceptions are written for.
            left_out |= {each.replace(tzinfo=None) for each in left_out if isinstance(each, datetime)}
        if times.first:
            left_out |= {self._day(each) for each in (*self._each("exdate", event), *own)}
        kept = sorted(start for start in starts if not _named_by(start, times, left_out))
        if not kept and not own:
            yield replace(item, dropped="taken out at each of its times")
        lasts = times.end - times.start if times.start and times.end else None
        for number, local in enumerate(kept):
            if self.repeats <= 0 or number >= REPEATS:
                message = f"“{clean(item.title)}” is repeated {len(kept)} times; {number} are printed"
                hint = "say in the source until when it is repeated"
                self.problems.warning(message, (rules or dates)[0].place, hint, "agenda.many-times")
                return
            self.repeats -= 1
            if times.first and times.last:
                yield from self._each_day(item, local.date(), local.date() + (times.last - times.first))
            else:
                start = local.replace(tzinfo=times.zone)
                end = start + lasts if lasts is not None else None
                yield replace(item, start=start, end=end, people=[*item.people])

    def _each(self, name: str, event: Component) -> Iterator[date | datetime]:
        """All moments of a property that lists them."""
        for said in event.all(name):
            for written in said.values:
                moment = self._moment(replace(said, values=[written.partition("/")[0]]))
                if moment is not None:
                    yield moment

    def _each_day(self, item: Item, first: date, last: date) -> Iterator[Item]:
        days = (last - first).days + 1
        if days > _LONGEST:
            message = f"“{clean(item.title)}” takes {days} whole days; it is printed on the first of them"
            hint = "give it an entry for each day it is to stand on"
            self.problems.open(message, item.place, hint, "agenda.several-days")
            days = 1
        for shift in range(days):
            yield replace(
                item,
                day=first + timedelta(days=shift),
                whole_day=True,
                recurs=item.recurs or days > 1,
                people=[*item.people],
            )

    def _day(self, moment: date | datetime) -> date:
        """The day that a moment names for what takes whole days: midnight at the venue may be written in UTC."""
        if not isinstance(moment, datetime):
            return moment
        there = _local(moment, self._venue())
        return there.date() if there and there.time() == time() else moment.date()

    def _by_rule(self, rule: Property, item: Item, times: _Times, until: datetime | None = None) -> set[datetime]:
        """The starts that a rule gives, on the clock of the first; `until`: how far an exception need be followed."""
        start = times.local
        assert start is not None
        written = "".join(rule.value.split()).upper()
        parts = dict(part.partition("=")[::2] for part in written.split(";") if "=" in part)
        if parts.get("FREQ", "") in _SLOW:
            message = f"“{clean(item.title)}” is repeated by a rule that no agenda can follow: {clean(rule.value)[:80]}"
            self.problems.error(message, rule.place, "give each time an entry of its own", "agenda.repeats")
            return set()
        self.rules -= 1
        if self.rules < 0:
            message = f"more than {RULES} entries are repeated by a rule; from here on each is printed once"
            if self.rules == -1:
                self.problems.error(message, rule.place, "give each time an entry of its own", "agenda.repeats")
            return set()
        limit, ends = self._limit(parts, start, times.zone or self._venue())
        if until is not None:
            limit, ends = min(limit, until) if not ends else until, ""
        try:
            count = parts.get("COUNT", "")
            found = instances(parts, start, limit, min(int(count) if count else REPEATS + 1, REPEATS + 1))
        except (ValueError, OverflowError):
            self._wrong(rule, "rule of repetition", "write it as FREQ=WEEKLY;COUNT=10")
            return set()
        if count and found and until is None and len(found) < min(int(count), REPEATS) and limit - start >= _REACH:
            ends = f"{count} times"
        if ends:
            message = f"“{clean(item.title)}” is repeated {ends}; it is printed until {limit:%Y-%m-%d}"
            hint = "say in the source until when it is repeated, or write dates: in event.yaml"
            self.problems.open(message, rule.place, hint, "agenda.endless")
        return set(found)

    def _limit(self, parts: dict[str, str], start: datetime, zone: tzinfo | None) -> tuple[datetime, str]:
        """Until when a rule is followed, and until when it goes on itself where that is later."""
        far = _later(start, _REACH)
        if until := _local(stamp(parts.get("UNTIL", "")), zone):
            until = until if "T" in parts["UNTIL"] else until.replace(hour=23, minute=59)
            far = self._farther(start, far) if until > far else far
            return min(far, until), f"until {until:%Y-%m-%d}" if until > far else ""
        if parts.get("COUNT", "").isdigit():
            # Every day of three years is more than is printed.
            return far if parts.get("FREQ") == "DAILY" else self._farther(start, far), ""
        dates = self.source.given.dates
        last = datetime.combine(max(dates), datetime.max.time()) if dates else self.last
        if last is None or last < start:
            last = start + timedelta(days=365) if far < _FAR else far
        return min(far, last.replace(hour=23, minute=59)), "without end"

    def _farther(self, start: datetime, far: datetime) -> datetime:
        self.long -= 1
        return far if self.long < 0 else _later(start, _FARTHEST)

    def _venue(self) -> tzinfo | None:
        name = self.source.given.timezone or self.timezone
        return olson(name) if name else None

    # What an event says

    def _item(self, event: Component, calendar: Component, times: _Times) -> Item | None:
        if not event.whole:
            cut_off(event.text("summary"), self.source, self.problems)
            return None
        summary = event.first("title", "summary")
        told = event.first("x-alt-desc", "styled-description")
        text = plain(event.text("description", "abstract"))
        if told and "<" in told.value:
            text = plain(told.value)
        location = event.text("location")
        online = location.casefold().startswith(("http://", "https://"))
        tracks = [clean(value) for each in event.all("categories", "category") for value in each.values]
        return Item(
            title=summary.value if summary else "",
            place=event.place,
            where={
                part: found.place for part, names in _PARTS.items() for found in event.properties if found.name in names
            },
            start=times.start,
            end=times.end,
            day=times.first,
            whole_day=times.first is not None,
            room="" if online else location,
            track=", ".join(dict.fromkeys(track for track in tracks if track)),
            language=(summary.parameters.get("language", "") if summary else "") or event.text("language"),
            subtitle=event.text("subtitle"),
            abstract=text,
            link=page_of(event.text("url")) or (location if online else ""),
            id=event.text("uid"),
            people=[*self._attendees(event)],
            dropped=_dropped(event, calendar),
            online=True if online else None,
            told=times.told,
        )

    def _attendees(self, event: Component) -> Iterator[Speaker]:
        """Those named with an event who are no guests: a guest is asked, and answers."""
        for each in event.all("attendee", "contact-speaker", "x-speaker", "speaker"):
            if _is_guest(each):
                continue
            name = each.parameters.get("cn", "")
            address = each.value.strip()
            if not name and not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
                name = address
            if not name or "@" in name:
                continue
            chairs = each.parameters.get("role", "").upper() == "CHAIR"
            speaker = Speaker(name, link=_web(address), duty=Duty.CHAIR if chairs else None, place=each.place)
            yield from several(speaker, self.problems)

    def _people(self, made: Schedule) -> None:
        """Guests are nobody's business; an organiser who is another one for each event is its speaker."""
        guests = [each for event, _ in self.events for each in event.all("attendee") if _is_guest(each)]
        if guests:
            message = f"{len(guests)} guests are invited to the entries; nobody of them is taken for a speaker"
            hint = "name the speakers in the titles or in the list of people, where guests are speakers"
            self.problems.open(message, guests[0].place, hint, "agenda.guests")
        named = {
            id(event): (name, organiser)
            for event, _ in self.events
            if (organiser := event.first("organizer")) and (name := clean(organiser.parameters.get("cn", "")))
        }
        names = Counter(name for name, _ in named.values())
        if len(names) < 3 or len(names) * 2 < names.total() or names.most_common(1)[0][1] * 2 > len(self.events):
            return
        places = {event.place: named[id(event)] for event, _ in self.events if id(event) in named}
        taken = 0
        for item in made.items:
            if item.place in places and not item.people:
                name, organiser = places[item.place]
                item.people = several(Speaker(name, place=organiser.place, sure=Sure.LIKELY), self.problems)
                taken += 1
        if taken:
            first = next(iter(named.values()))
            message = (
                f"the organiser of each entry is read as its speaker, {taken} in all, the first of them {first[0]}"
            )
            hint = "take ORGANIZER out of the source where that is wrong"
            self.problems.open(message, first[1].place, hint, "agenda.organiser")

    def _places(self, made: Schedule) -> None:
        """What all locations end in is the venue; what stands before it, the room."""
        rooms = [
            [part.strip() for part in re.split(r"[,\n]", item.room) if part.strip()] for item in made.items if item.room
        ]
        different = {tuple(parts) for parts in rooms}
        if not rooms:
            return
        if len(different) == 1:
            parts = rooms[0]
            # One address for everything is where the event is, and no room in it.
            if len(parts) > 2 or (len(parts) == 2 and any(letter.isdigit() for letter in " ".join(parts))):
                made.venue = Venue(parts[0], "", ", ".join(parts[1:]), place=self._place_of("location"))
                for item in made.items:
                    item.room = ""
            return
        shared = 0
        shortest = min(map(len, rooms))
        while shared < shortest - 1 and len({parts[-1 - shared] for parts in rooms}) == 1:
            shared += 1
        if shared and len(rooms) > 2:
            tail = rooms[0][-shared:]
            made.venue = Venue(tail[0], "", ", ".join(tail[1:]), place=self._place_of("location"))
            for item in made.items:
                parts = [part.strip() for part in re.split(r"[,\n]", item.room) if part.strip()]
                item.room = ", ".join(parts[:-shared]) if item.room else ""

    def _place_of(self, name: str) -> Place:
        return next((found.place for event, _ in self.events if (found := event.first(name))), Place())


def _events(calendar: Component) -> Iterator[Component]:
    """The events of a calendar, also those in a component that nobody else knows."""
    for component in calendar.components:
        if component.name == "vevent":
            yield component
        else:
            yield from _events(component)


def _declared(calendars: Iterable[Component]) -> dict[str, tzinfo]:
    """The zones that a file describes, by the name it has for them."""
    found: dict[str, tzinfo] = {}
    years: set[int] = set()
    described_ = 0
    for calendar in calendars:
        for component in calendar.components:
            if component.name == "vtimezone" and (name := component.text("tzid")):
                zone = olson(component.text("x-lic-location")) or olson(name)
                if zone is None and described_ < _DESCRIBED:
                    described_ += 1
                    years = years or {*_years(calendars)}
                    zone = described(component, years)
                if zone:
                    found[name] = zone
    return found


def _years(calendars: Iterable[Component]) -> Iterator[int]:
    for calendar in calendars:
        for event in _events(calendar):
            moment = stamp(event.text("dtstart"))
            if moment and moment.year in YEARS:
                yield moment.year


def _later(start: datetime, by: timedelta) -> datetime:
    try:
        return start + by
    except OverflowError:
        return _FAR


def _alike(end: datetime, start: datetime) -> datetime:
    """An end in the manner of its start, where one has a zone and the other none."""
    if (end.tzinfo is None) == (start.tzinfo is None):
        return end
    return end.replace(tzinfo=start.tzinfo)


def _local(moment: date | datetime | None, zone: tzinfo | None = None) -> datetime | None:
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    if zone and moment.tzinfo:
        try:
            moment = moment.astimezone(zone)
        except (OverflowError, ValueError):
            return None
    return moment.replace(tzinfo=None)


def _exactly(moment: date | datetime) -> date | datetime:
    """A moment in UTC where it has a zone, else as it is written."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _named_by(start: datetime, times: _Times, moments: set[date | datetime]) -> bool:
    """Whether a start, on the clock of its event, is one of these moments; a date alone names the whole day."""
    return bool(moments) and (
        start in moments
        or start.date() in moments
        or (times.zone is not None and start.replace(tzinfo=times.zone).astimezone(UTC) in moments)
    )


def _dropped(event: Component, calendar: Component) -> str:
    if event.text("status").upper() in ("CANCELLED", "CANCELED") or calendar.text("method").upper() == "CANCEL":
        return "cancelled"
    return "private" if event.text("class").upper() in ("PRIVATE", "CONFIDENTIAL") else ""


def _is_guest(attendee: Property) -> bool:
    """Whether somebody was sent an invitation: a mail address, and an answer to it or the wish for one."""
    said = attendee.parameters
    asked = said.get("rsvp", "").upper() == "TRUE" or said.get("partstat", "") or "x-num-guests" in said
    return attendee.value.strip().casefold().startswith("mailto:") and bool(asked)


def _web(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""
