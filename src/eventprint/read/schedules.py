"""What readers of schedule exports share: items as an export has them, made into the days of an agenda.

A reader fills a `Schedule` with what its format says, in the order of the file; `agenda` decides what follows from it:
the day an item belongs to, its clock time at the venue, who is the same person, and what is reported and left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from ..event import Block, Cast, Day, Duty, Entry, Kind, Reading, Service, Session, Sure, Taken, Time, Venue
from ..problems import Place, Problems
from ..values import dataclass
from .agenda import Agenda, Source
from .casting import Casting
from .mentions import Mention
from .vocabulary import vocabulary

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_MINUTES = 24 * 60


@dataclass(slots=True)
class Speaker:
    """Somebody an export names with an item."""

    name: str = ""
    organisation: str = ""
    position: str = ""
    bio: str = ""
    link: str = ""
    pronouns: str = ""
    given: str = ""
    family: str = ""
    id: str = ""
    """What the export calls the person."""
    mail: str = ""
    """Tells people apart; only a hash of it is kept."""
    duty: Duty | None = None
    place: Place = Place()
    sure: Sure = Sure.CERTAIN


@dataclass(slots=True)
class Item:
    """One thing on a schedule as its export has it."""

    title: str
    place: Place = Place()
    start: datetime | None = None
    """With the offset from UTC where the export says so, else clock time at the venue."""
    end: datetime | None = None
    minutes: float | None = None
    """How long it takes, where that is said in place of its end."""
    day: date | None = None
    """The day of the event it belongs to, where the export says so: a night goes on after midnight."""
    room: str = ""
    track: str = ""
    kind: Kind | None = None
    """None: by its title and its people."""
    service: Service | None = None
    language: str = ""
    subtitle: str = ""
    abstract: str = ""
    link: str = ""
    id: str = ""
    people: list[Speaker] = field(default_factory=list)
    open: bool = False
    """Its speaker is to be confirmed."""
    online: bool | None = None
    session: str = ""
    """The heading it stands under together with others, empty for none; items of one heading and day stand together."""
    dropped: str = ""
    """Why it is not printed, such as `cancelled`; empty for what takes place."""
    told: bool = False
    """What is wrong with its time was reported already."""
    recurs: bool = False
    """One of several times of the same thing, which rightly share an id."""


@dataclass(slots=True)
class Heading:
    """A session that items name as theirs."""

    title: str
    label: str = ""
    room: str = ""
    people: list[Speaker] = field(default_factory=list)
    start: datetime | None = None
    end: datetime | None = None
    place: Place = Place()


@dataclass(slots=True)
class Schedule:
    """What a schedule export says, before anything is concluded from it."""

    items: list[Item] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    link: str = ""
    venue: Venue = Venue()
    introduction: str = ""
    language: str = ""
    timezone: str = ""
    """The name of the venue's time zone, such as `Europe/Berlin`, where the export says it."""
    day_change: int = 0
    """Minutes after midnight at which a day of the event begins: what is earlier belongs to the night before."""
    days: list[date] = field(default_factory=list)
    """Days that the export lists, also those without items."""
    rooms: list[str] = field(default_factory=list)
    """Rooms in the order of the export; others follow in the order they are met."""
    headings: dict[str, Heading] = field(default_factory=dict)
    """Sessions by the name items have for them."""
    people: list[Speaker] = field(default_factory=list)
    """Everybody the export lists, also those without an item."""


def clean(text: str) -> str:
    """A text as one line: without control characters, line breaks and doubled spaces."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def agenda(schedule: Schedule, source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule; everything that is left out or doubtful is a problem at its place."""
    return _Maker(schedule, source, problems).agenda()


@dataclass(slots=True)
class _Placed:
    """An item that takes place: its day and its clock times there."""

    item: Item
    day: date
    start: Time
    end: Time | None
    stated: bool
    number: int


class _Maker:
    def __init__(self, schedule: Schedule, source: Source, problems: Problems) -> None:
        self.schedule, self.source, self.problems = schedule, source, problems
        self.casting = Casting(problems)
        self.words = vocabulary()
        self.readings: list[Reading] = []
        self.zone = _zone(schedule.timezone) or _zone(source.given.timezone)
        self.utc: Place | None = None
        self.dropped: dict[str, list[Item]] = {}

    def agenda(self) -> Agenda:
        schedule = self.schedule
        self._timezone()
        placed = self._ended([each for n, item in enumerate(schedule.items) if (each := self._placed(item, n))])
        self._left_out()
        if self.utc is not None:
            self.problems.open(
                "the times are in UTC; the time zone of the venue is not said",
                self.utc,
                "write timezone: in event.yaml, such as Europe/Berlin",
                "agenda.utc",
            )
        for speaker in schedule.people:
            self._person(speaker)
        found = sorted({each.day for each in placed} | set(schedule.days))
        return Agenda(
            title=clean(schedule.title),
            subtitle=clean(schedule.subtitle),
            days=tuple(self._day(day, [each for each in placed if each.day == day]) for day in found),
            venue=schedule.venue,
            introduction=schedule.introduction.strip(),
            link=schedule.link,
            language=schedule.language,
            people=self.casting.finish(),
            coverage=tuple(sorted(self.readings, key=lambda reading: reading.line)),
        )

    # Time

    def _timezone(self) -> None:
        if self.schedule.timezone and _zone(self.schedule.timezone) is None:
            message = f"“{self.schedule.timezone}” is no time zone that is known"
            hint = "write timezone: in event.yaml, such as Europe/Berlin"
            self.problems.warning(message, self.source.at(), hint, "agenda.timezone")

    def _wall(self, moment: datetime, place: Place) -> datetime:
        """The clock time at the venue: as written, unless it is written in UTC or the zone is known."""
        if moment.tzinfo is None:
            return moment
        if self.zone is not None:
            try:
                return moment.astimezone(self.zone).replace(tzinfo=None)
            except (OverflowError, ValueError):
                return moment.replace(tzinfo=None)
        if moment.utcoffset() == timedelta(0) and self.utc is None:
            self.utc = place
        return moment.replace(tzinfo=None)

    def _placed(self, item: Item, number: int) -> _Placed | None:
        """Where an item stands; None, and a word about it, where it is left out."""
        item.title = clean(item.title)
        if item.dropped:
            self._leave_out(item, item.dropped)
            return None
        if item.start is None:
            hint = "give it a time in the source, or leave it: it is not printed"
            if not item.told:
                self.problems.open(f"{_named(item)} has no time and is left out", item.place, hint, "agenda.no-time")
            self._read(item, Taken.PASSED, "no time")
            return None
        start = self._wall(item.start, item.place)
        day = item.day or (start - timedelta(minutes=self.schedule.day_change)).date()
        begins = round((start - datetime.combine(day, datetime.min.time())).total_seconds() / 60)
        if not -12 * 60 <= begins < 3 * _MINUTES:
            message = f"{_named(item)} starts on {start.date().isoformat()}, but stands on {day.isoformat()}"
            self.problems.warning(message, item.place, "correct one of the two", "agenda.other-day")
            day = start.date()
            begins = start.hour * 60 + start.minute
        end = self._end(item, start)
        ends = None if end is None else begins + round((end - start).total_seconds() / 60)
        written = Time(begins, f"{start:%H:%M}")
        finish = None if ends is None or end is None else Time(ends, f"{end:%H:%M}")
        if not item.title:
            hint = "write a title in the source"
            self.problems.warning(f"what happens at {written} has no title", item.place, hint, "agenda.no-title")
        self._read(item, Taken.SLOT)
        return _Placed(item, day, written, finish, finish is not None, number)

    def _end(self, item: Item, start: datetime) -> datetime | None:
        end = self._wall(item.end, item.place) if item.end else None
        if end is None and item.minutes:
            try:
                end = start + timedelta(minutes=item.minutes)
            except OverflowError:
                end = None
        if end is not None and end < start:
            message = f"{_named(item)} ends at {end:%H:%M}, before it begins at {start:%H:%M}"
            self.problems.error(message, item.place, "correct one of the two times", "agenda.range")
            return None
        if end is not None and end - start > timedelta(days=2):
            return None
        return None if end == start else end

    def _ended(self, placed: Sequence[_Placed]) -> list[_Placed]:
        """In order of day, start and room; an end that nobody stated is the next start in the same room."""
        order = {room: number for number, room in enumerate(dict.fromkeys(map(clean, self._rooms())))}
        found = sorted(
            placed, key=lambda each: (each.day, each.start, order.get(clean(each.item.room), -1), each.number)
        )
        following: dict[tuple[date, str], Time] = {}
        for each in reversed(found):
            key = (each.day, clean(each.item.room))
            if each.end is None and key in following and following[key] > each.start:
                each.end = following[key]
            following[key] = each.start
        return found

    def _rooms(self) -> Iterator[str]:
        yield from self.schedule.rooms
        yield from (item.room for item in self.schedule.items)

    # What is left out

    def _leave_out(self, item: Item, reason: str) -> None:
        self.dropped.setdefault(reason, []).append(item)
        self._read(item, Taken.PASSED, reason)

    def _left_out(self) -> None:
        """Say what was left out: what was announced and does not take place one by one, all else by its number."""
        hint = "take it out of the source if that is right; else correct its state there"
        for reason, items in self.dropped.items():
            rule = f"agenda.{reason.split()[0]}"
            if reason in ("cancelled", "withdrawn") or len(items) == 1:
                for item in items:
                    self.problems.warning(f"{_named(item)} is {reason} and is left out", item.place, hint, rule)
            else:
                message = f"{len(items)} entries are {reason} and are left out, the first of them {_named(items[0])}"
                self.problems.warning(message, items[0].place, hint, rule)

    def _read(self, item: Item, taken: Taken, note: str = "") -> None:
        self.readings.append(Reading(item.place.line, taken, Sure.CERTAIN, item.title, note))

    # Days

    def _day(self, day: date, placed: Sequence[_Placed]) -> Day:
        self._equal_ids(placed)
        blocks: list[Block | str] = []
        entries: dict[str, list[Entry]] = {}
        for each in placed:
            entry = self._entry(each)
            if not each.item.session:
                blocks.append(entry)
                continue
            if each.item.session not in entries:
                blocks.append(each.item.session)
            entries.setdefault(each.item.session, []).append(entry)
        made = tuple(self._session(b, entries[b], day) if isinstance(b, str) else b for b in blocks)
        place = placed[0].item.place if placed else self.source.at()
        return Day(made, day, "", place)

    def _session(self, key: str, entries: Sequence[Entry], day: date) -> Session:
        heading = self.schedule.headings.get(key) or Heading(key)
        rooms = list(dict.fromkeys(entry.room for entry in entries))
        room = clean(heading.room) or (rooms[0] if len(rooms) == 1 else "")
        ends = [entry.end for entry in entries if entry.end]
        midnight = datetime.combine(day, datetime.min.time())
        own = [self._wall(moment, heading.place) for moment in (heading.start, heading.end) if moment]
        times = [Time(round((m - midnight).total_seconds() / 60), f"{m:%H:%M}") for m in own if m.date() == day]
        start, end = times if len(times) == 2 else (entries[0].start, max(ends, default=None))
        cast = [
            Cast(key, speaker.duty or Duty.CHAIR, speaker.place, speaker.sure)
            for speaker in heading.people
            for key in self._person(speaker)
        ]
        kept = tuple(replace(entry, room="") if entry.room == room else entry for entry in entries)
        place = heading.place if heading.place.file else entries[0].place
        return Session(
            clean(heading.label), clean(heading.title), kept, tuple(cast), room, start, end, len(times) == 2, place
        )

    def _entry(self, each: _Placed) -> Entry:
        item = each.item
        cast = tuple(
            Cast(key, speaker.duty or Duty.SPEAKER, speaker.place if speaker.place.file else item.place, speaker.sure)
            for speaker in item.people
            for key in self._person(speaker)
        )
        kind, service, certain = self.words.kind(item.title, named=bool(cast) or item.open)
        kind = item.kind or kind
        if kind is Kind.PANEL:
            cast = tuple(replace(c, duty=Duty.PANELLIST) if c.duty is Duty.SPEAKER else c for c in cast)
        return Entry(
            title=item.title,
            kind=kind,
            start=each.start,
            end=each.end,
            end_stated=each.stated,
            cast=tuple({(c.person, c.duty): c for c in cast}.values()),
            to_be_confirmed=item.open,
            service=item.service or (service if kind is Kind.BREAK else None),
            room=clean(item.room),
            abstract=_CONTROLS.sub("", item.abstract.replace("\r\n", "\n").replace("\r", "\n")).strip(),
            online=item.online,
            subtitle=clean(item.subtitle),
            track=clean(item.track),
            language=clean(item.language),
            link=item.link.strip(),
            id=item.id,
            place=item.place,
            sure=Sure.CERTAIN if item.kind or certain else Sure.LIKELY,
        )

    def _equal_ids(self, placed: Sequence[_Placed]) -> None:
        known: dict[str, _Placed] = {}
        for each in sorted(placed, key=lambda one: one.number):
            first = known.setdefault(each.item.id, each)
            if first is not each and each.item.id and not each.item.recurs:
                message = f"{_named(each.item)} has the id of {_named(first.item)}: {each.item.id}"
                hint = f"the other stands in line {first.item.place.line}; both are printed"
                self.problems.warning(message, each.item.place, hint, "agenda.equal-ids")

    # People

    def _person(self, speaker: Speaker) -> Iterable[str]:
        name = clean(speaker.name) or clean(f"{speaker.given} {speaker.family}")
        if not name:
            return ()
        known_as = (*((f"id:{speaker.id}",) if speaker.id else ()), *mail_mark(speaker.mail))
        mention = Mention(name, clean(speaker.organisation), clean(speaker.position))
        key = self.casting.add(mention, speaker.place, known_as)
        self.casting.complete(
            key,
            bio=_CONTROLS.sub("", speaker.bio).strip(),
            link=speaker.link.strip(),
            pronouns=clean(speaker.pronouns),
            given=clean(speaker.given),
            family=clean(speaker.family),
        )
        return (key,)


def mail_mark(mail: str) -> tuple[str, ...]:
    """How a mail address is remembered, as in `Attendee.id`: by 16 digits of its SHA-256."""
    folded = mail.strip().casefold()
    return (f"mail:{hashlib.sha256(folded.encode()).hexdigest()[:16]}",) if folded else ()


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def _named(item: Item) -> str:
    title = item.title if len(item.title) <= 60 else item.title[:57].rsplit(" ", 1)[0] + " …"
    return f"“{title}”" if title else "an entry without a title"
