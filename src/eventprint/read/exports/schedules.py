"""What readers of schedule exports share: items as an export has them, made into the days of an agenda.

A reader fills a `Schedule` with what its format says, in the order of the file; `agenda` decides what follows from it:
the day an item belongs to, its clock time at the venue, who is the same person, and what is reported and left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from ... import markup
from ...event import Block, Cast, Day, Duty, Entry, Kind, Reading, Service, Session, Sure, Taken, Time, Venue
from ...problems import Place, Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..casting import Casting
from ..drafts import MOST, too_many
from ..language.lines import Marked, short
from ..language.mentions import Mention, Mentions
from ..language.names import slug
from ..language.vocabulary import vocabulary

_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_BESIDE = re.compile(r"([^\[\]()]{2,80}?)\s*(?:\[([^\[\]]{2,120})\]|\(([^\W\d_]{2,6}(?:/[^\W\d_]{2,6}){1,2})\))")
"""A name with an organisation in square brackets, or with pronouns in round ones."""
_WHOLLY = re.compile(r"(\*\*|__)((?:(?!\1).)+)\1")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_MARKS = re.compile(r"</?(?:a|b|i|u|em|strong|span|small|sub|sup|code|font|p|div)(?:\s[^<>]*)?>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,500})\)")
_UTC = frozenset(("utc", "etc/utc", "gmt", "etc/gmt", "z", "etc/universal", "zulu"))
YEARS = range(1970, 2101)
"""Years of events; what lies outside is a slip of a machine or of a hand."""
_NIGHT = 9 * 60
"""Minutes after midnight until which something may belong to the day before, where the export says so."""
_MANY_EQUAL = 5
"""Equal ids above which they are no slip: the export counts several lists from one."""
_MOST_EQUAL = 20
"""Equal ids above which they are told as one, however long the file is."""
_SHARED = 5
"""Numbers that stand for several people each, from which on no number of the file tells people apart."""
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
    """The day of the event it belongs to, where the export says so: a night goes on after midnight.

    What has a day and no start stands there without a time.
    """
    within: bool = False
    """Its start is that of its session alone: it is printed in order, without a time of its own."""
    whole_day: bool = False
    """It takes the whole of its day, and stands before what has a time."""
    room: str = ""
    track: str = ""
    kind: Kind | None = None
    """None: by its title and its people."""
    service: Service | None = None
    type: str = ""
    """The export's own word for what it is, such as `lecture` or `break`; counts where the title does not tell."""
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
    parts: list[Item] = field(default_factory=list)
    """What happens within it, in order and without times of its own."""
    recurs: bool = False
    """One of several times of the same thing, which rightly share an id."""
    where: Mapping[str, Place] = field(default_factory=dict)
    """Where its `title`, `start`, `end`, `room`, `link` and `id` stand, as far as they stand apart."""

    def at(self, *parts: str) -> Place:
        """Where the first of these parts of it stands that stands anywhere, or else the whole."""
        return next((self.where[part] for part in parts if part in self.where), self.place)


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
    day_places: dict[date, Place] = field(default_factory=dict)
    """Where such a day stands."""
    rooms: list[str] = field(default_factory=list)
    """Rooms in the order of the export; others follow in the order they are met."""
    headings: dict[str, Heading] = field(default_factory=dict)
    """Sessions by the name items have for them."""
    people: list[Speaker] = field(default_factory=list)
    """Everybody the export lists, also those without an item."""
    cast: list[Speaker] = field(default_factory=list)
    """Chairs and hosts of the whole event."""


def clean(text: str) -> str:
    """A text as one line: without control characters, line breaks and doubled spaces."""
    return " ".join(_CONTROLS.sub(" ", text).split())


_MEANT = re.compile(r"(?:h[a-z]{1,6}:?/{1,3}|www\.)[^\r\n]{2,500}", re.IGNORECASE)


def page_of(text: str) -> str:
    """The page of an entry: what is, or was meant to be, an address of the web; nothing for anything else."""
    return text.strip() if _MEANT.fullmatch(text.strip()) else ""


def agenda(schedule: Schedule, source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule; everything that is left out or doubtful is a problem at its place."""
    return _Maker(schedule, source, problems).agenda()


def cut_off(title: str, source: Source, problems: Problems) -> None:
    """Report at the end of a file that it ends in the middle of an entry, which is left out."""
    named = f"“{clean(title)[:60]}”" if title.strip() else "an entry without a title"
    text = source.text.rstrip()
    place = source.xml.place if source.form == "markup" else source.at(*source.position(len(text)))
    message = f"the file ends in the middle of {named}, which is left out"
    if source.form == "markup" and source.xml.fault != markup.TOO_EARLY:
        message = f"the XML is damaged: {source.xml.fault}; {named} is left out"
    problems.error(message, place, "export the schedule again", "agenda.cut-off")


def damaged(document: markup.Document, problems: Problems) -> None:
    """Report where an XML file is broken, if nothing was told of it yet; what could still be read is used."""
    if document.fault and not any(each.rule == "agenda.cut-off" for each in problems.found):
        message = f"the XML is damaged: {document.fault}"
        hint = "export the schedule again; what could be read of this one is used"
        problems.error(message, document.place, hint, "agenda.xml")


def headline(title: str) -> tuple[str, str]:
    """A title as it is printed, and what stands below it: the marks of a heading go, of several lines the first stays.

    A link in Markdown leaves its words in the title, and its address with the rest.
    """
    title = _broken(title) if "<" in title else title
    first, _, rest = title.strip().partition("\n") if "\n" in title else (title, "", "")
    first, rest = _HEADING.sub("", clean(first)), rest.strip()
    if found := _WHOLLY.fullmatch(first):
        first = found[2]
    if links := _LINK.findall(first):
        first = _LINK.sub(r"\1", first)
        rest = "\n\n".join([*(f"[{words}]({address})" for words, address in links), *([rest] if rest else [])])
    return first, rest


def _broken(title: str) -> str:
    """A title without the marks of a web page, breaks as spaces; below a heading in bold type it goes on in a line."""
    title = _MARKS.sub("", title)
    first, *rest = _BREAK.split(title)
    return (f"{first}\n" if rest and _WHOLLY.fullmatch(first.strip()) else f"{first} ") + " ".join(rest)


def several(speaker: Speaker, problems: Problems) -> list[Speaker]:
    """The people whom an export names in the place of one, `Ana Ruiz, Jan Maas y Ole Bull`: an open point says so."""
    name = clean(speaker.name)
    if not speaker.organisation and (found := _BESIDE.fullmatch(name)):
        # `Ana Ruiz [Harbour Institute]`, `Ana Ruiz (she/her)`
        if found[2]:
            return [replace(speaker, name=found[1], organisation=found[2])]
        return [replace(speaker, name=found[1], pronouns=speaker.pronouns or found[3])]
    mentions = Mentions(vocabulary())
    bracketed = re.fullmatch(r"[^()]{2,80}\(([^()]{2,120})\)", name)
    if not speaker.organisation and bracketed and ("," in bracketed[1] or mentions.is_organisation(bracketed[1])):
        return [placed(speaker)]
    parts = [part for part in _joiner().split(name) if part] if len(name) <= 300 else []
    suffixes = mentions.words.single("suffix")
    none = len(parts) < 2 or any(part.casefold() in suffixes or not mentions.named(part) for part in parts)
    if none or any(map(mentions.is_organisation, parts[1:])):
        if len(parts) > 1 and not speaker.organisation and "," in name and mentions.named(parts[0]):
            return [placed(speaker)]
        return [speaker]
    message = f"“{name}” stands in the place of one person and is read as {len(parts)}: {'; '.join(parts)}"
    hint = "write each as a person of its own in the source; or is the last of them where the first comes from?"
    problems.open(message, speaker.place, hint, "agenda.people-in-one")
    return [replace(speaker, name=part, id="", mail="", bio="", sure=Sure.LIKELY) for part in parts]


def placed(speaker: Speaker) -> Speaker:
    """Somebody with where the person comes from for itself: `Ana Ruiz, Director, Harbour Institute`, `Bo Ek (HI)`."""
    name = clean(speaker.name)
    one = Mentions(vocabulary()).one(Marked(name, range(1, len(name) + 1))) if len(name) <= 300 else None
    if one is None or not one.organisation or one.form not in ("comma", "bracket"):
        return speaker
    return replace(speaker, name=one.name, organisation=one.organisation, position=one.position)


@cache
def _joiner() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(vocabulary().single("also")))
    return re.compile(rf"\s*[;,]\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+|\s*/\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Placed:
    """An item that takes place: its day and its clock times there."""

    item: Item
    day: date
    start: Time | None
    end: Time | None
    stated: bool
    number: int
    after: int = -1
    """Minutes of the start it stands at: its own, or that of the item before it."""


class _Maker:
    def __init__(self, schedule: Schedule, source: Source, problems: Problems) -> None:
        self.schedule, self.source, self.problems = schedule, source, problems
        self.casting = Casting(problems)
        self.words = vocabulary()
        self.readings: list[Reading] = []
        # An organiser who says where the venue is knows it better than a calendar made somewhere else.
        self.zone = _zone(source.given.timezone) or _venue_zone(schedule.timezone)
        self.utc: Place | None = None
        self.dropped: dict[str, list[Item]] = {}

    def agenda(self) -> Agenda:
        schedule = self.schedule
        if len(schedule.items) > MOST:
            too_many(schedule.items[MOST].place, self.problems)
            del schedule.items[MOST:]
        self._timezone()
        self._numbers()
        placed = self._ended([each for n, item in enumerate(schedule.items) if (each := self._placed(item, n))])
        self._left_out()
        self._equal_ids(placed)
        if self.utc is not None:
            self.problems.open(
                "the times are in UTC; the time zone of the venue is not said",
                self.utc,
                "write timezone: in event.yaml, such as Europe/Berlin",
                "agenda.utc",
            )
        for speaker in schedule.people:
            self._person(speaker)
        cast = [
            Cast(key, speaker.duty or Duty.HOST, speaker.place, speaker.sure)
            for speaker in schedule.cast
            for key in self._person(speaker)
        ]
        by_day: dict[date, list[_Placed]] = {day: [] for day in schedule.days}
        for each in placed:
            by_day.setdefault(each.day, []).append(each)
        return Agenda(
            title=clean(schedule.title),
            subtitle=clean(schedule.subtitle),
            days=tuple(self._day(day, by_day[day]) for day in sorted(by_day)),
            venue=schedule.venue,
            introduction=schedule.introduction.strip(),
            link=schedule.link,
            language=schedule.language,
            cast=tuple(cast),
            people=self.casting.finish(),
            coverage=tuple(sorted(self.readings, key=lambda reading: reading.line)),
            covers="items",
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
        self._title(item)
        if item.dropped:
            self._leave_out(item, item.dropped)
            return None
        if item.start is None and item.day is None:
            hint = "give it a time in the source, or leave it: it is not printed"
            if not item.told:
                self.problems.open(f"{_named(item)} has no time and is left out", item.place, hint, "agenda.no-time")
            self._read(item, Taken.PASSED, "no time")
            return None
        year = item.start.year if item.start else item.day.year if item.day else 0
        if year not in YEARS:
            message = f"{_named(item)} is in the year {year} and is left out"
            self.problems.error(message, item.at("date", "start"), "correct its date in the source", "agenda.date")
            self._read(item, Taken.PASSED, "its year cannot be")
            return None
        if item.start is None:
            assert item.day is not None
            self._untitled(item, f"on {item.day.isoformat()}")
            self._read(item, Taken.SLOT)
            return _Placed(item, item.day, None, None, False, number)
        start = self._wall(item.start, item.place)
        day = item.day or (start - timedelta(minutes=self.schedule.day_change)).date()
        begins = round((start - datetime.combine(day, datetime.min.time())).total_seconds() / 60)
        if not 0 <= begins < _MINUTES + max(self.schedule.day_change, _NIGHT):
            message = f"{_named(item)} starts on {start.date().isoformat()}, but stands on {day.isoformat()}"
            self.problems.warning(message, item.at("date", "start"), "correct one of the two", "agenda.other-day")
            day = start.date()
            begins = start.hour * 60 + start.minute
        if item.within:
            self._untitled(item, f"at {start:%H:%M}")
            self._read(item, Taken.UNTIMED)
            return _Placed(item, day, None, None, False, number, begins)
        end, length = self._end(item, start)
        written = Time(begins, f"{start:%H:%M}", item.at("start"))
        finish = None if end is None else Time(begins + length, f"{end:%H:%M}", item.at("end"))
        self._untitled(item, f"at {written}")
        self._read(item, Taken.SLOT)
        return _Placed(item, day, written, finish, finish is not None or length > 0, number, begins)

    def _title(self, item: Item) -> None:
        """Make the title one line; what stood below it goes in front of the abstract."""
        written = item.title
        item.title, below = headline(written)
        if below and below not in item.abstract:
            item.abstract = f"{below}\n\n{item.abstract}".strip()
        if below and "\n" in written.strip():
            message = f"the title of {_named(item)} goes on over several lines; the first is printed as its title"
            hint = "the rest stands in front of its abstract; write it there in the source"
            self.problems.open(message, item.place, hint, "agenda.long-title")

    def _untitled(self, item: Item, when: str) -> None:
        if not item.title:
            hint = "write a title in the source"
            self.problems.warning(f"what happens {when} has no title", item.at("title"), hint, "agenda.no-title")

    def _end(self, item: Item, start: datetime) -> tuple[datetime | None, int]:
        """The clock time of the end, and the minutes until then; None where it is not known or lies days ahead."""
        assert item.start is not None
        end = item.end
        if end is None and item.minutes:
            try:
                # An hour that the clock is put forward or back in is as long as any other.
                since = item.start.astimezone(UTC) if item.start.tzinfo else item.start
                end = since + timedelta(minutes=item.minutes)
            except (OverflowError, ValueError):
                end = None
        if end is None:
            return None, 0
        wall = self._wall(end, item.place) if item.end or self.zone or not item.start.tzinfo else None
        if wall is None:
            wall = end.astimezone(item.start.tzinfo).replace(tzinfo=None)
        zoned = item.start.tzinfo is not None and end.tzinfo is not None
        passed = end - item.start if zoned and item.start.tzinfo and end.tzinfo else wall - start
        if passed < timedelta(0):
            message = f"{_named(item)} ends at {wall:%H:%M}, before it begins at {start:%H:%M}"
            if wall.date() != start.date():
                message = f"{_named(item)} ends on {wall:%Y-%m-%d}, before it begins on {start:%Y-%m-%d}"
            self.problems.error(message, item.at("end"), "correct one of the two times", "agenda.range")
            return None, 0
        minutes = round(passed.total_seconds() / 60)
        if minutes > _MINUTES:
            message = f"{_named(item)} goes on until {wall:%Y-%m-%d %H:%M}; it is printed once, without that end"
            hint = "give it one entry for each day in the source, if it is to stand on each"
            self.problems.open(message, item.place, hint, "agenda.several-days")
            return None, minutes
        return (wall, minutes) if minutes else (None, 0)

    def _ended(self, placed: Sequence[_Placed]) -> list[_Placed]:
        """In order of day, start and room; an end that nobody stated is the next start in the same room."""
        order = {room: number for number, room in enumerate(dict.fromkeys(map(clean, self._rooms())))}
        before: dict[date, int] = {}
        for each in placed:
            if each.start is None and not each.item.whole_day and not each.item.within:
                each.after = before.get(each.day, -1)
            before[each.day] = each.after
        found = sorted(
            placed, key=lambda each: (each.day, each.after, order.get(clean(each.item.room), -1), each.number)
        )
        following: dict[tuple[date, str], tuple[Time, Time | None]] = {}
        for each in reversed(found):
            if each.start is None:
                continue
            key = (each.day, clean(each.item.room))
            next_, after_next = following.get(key, (None, None))
            later = next_ if next_ and next_ > each.start else after_next
            if not each.stated and later:
                each.end = later
            if next_ is None or next_ != each.start:
                following[key] = (each.start, next_)
        for each in found:
            each.stated = each.stated and each.end is not None
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
            rule = "agenda.left-out"
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
        blocks: list[Block | str] = []
        entries: dict[str, list[Entry]] = {}
        for each in placed:
            found = [self._entry(each), *(self._part(part, each) for part in each.item.parts)]
            if not each.item.session:
                blocks += found
                continue
            if each.item.session not in entries:
                blocks.append(each.item.session)
            entries.setdefault(each.item.session, []).extend(found)
        made = tuple(self._session(b, entries[b], day) if isinstance(b, str) else b for b in blocks)
        place = placed[0].item.place if placed else self.schedule.day_places.get(day, self.source.at())
        return Day(made, day, "", place)

    def _session(self, key: str, entries: Sequence[Entry], day: date) -> Session:
        heading = self.schedule.headings.get(key) or Heading(key)
        rooms = list(dict.fromkeys(entry.room for entry in entries))
        room = clean(heading.room) or (rooms[0] if len(rooms) == 1 else "")
        ends = [entry.end for entry in entries if entry.end]
        midnight = datetime.combine(day, datetime.min.time())
        own = [self._wall(moment, heading.place) for moment in (heading.start, heading.end) if moment]
        times = [Time(round((m - midnight).total_seconds() / 60), f"{m:%H:%M}") for m in own if m.date() == day]
        begins = times[0] if times and heading.start else None
        start, end = times if len(times) == 2 else (entries[0].start or begins, max(ends, default=None))
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

    def _part(self, part: Item, each: _Placed) -> Entry:
        """An entry within another: it has no time of its own, and its room is the other's."""
        part.title = clean(part.title)
        self._read(part, Taken.UNTIMED)
        made = self._entry(_Placed(part, each.day, each.start, None, False, each.number))
        return replace(made, start=None, room=clean(part.room) or clean(each.item.room))

    def _entry(self, each: _Placed) -> Entry:
        item = each.item
        cast = tuple(
            Cast(key, speaker.duty or Duty.SPEAKER, speaker.place if speaker.place.file else item.place, speaker.sure)
            for speaker in item.people
            for key in self._person(speaker)
        )
        kind, service, certain = self.words.kind(item.title, named=bool(cast) or item.open)
        if item.type and item.kind is None and kind in (Kind.TALK, Kind.OTHER):
            typed, for_, sure = self.words.kind(item.type, named=bool(cast))
            if typed is Kind.PANEL or (typed is Kind.BREAK and not cast):
                kind, service, certain = typed, for_, sure
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
            room_place=item.at("room"),
            link_place=item.at("link"),
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
        equal: list[tuple[Item, Item]] = []
        for each in sorted(placed, key=lambda one: one.number):
            first = known.setdefault(each.item.id, each)
            # What stands there twice with all it says is told as a room that has two entries at once.
            is_copy = bool(each.item.room) and _slot(first) == _slot(each)
            if first is not each and each.item.id and not is_copy and not (each.item.recurs and first.item.recurs):
                equal.append((first.item, each.item))
        if len(equal) > _MANY_EQUAL and (len(equal) * 10 > len(placed) or len(equal) > _MOST_EQUAL):
            first_, other = equal[0]
            which = f"{_named(other)} that of {_named(first_)}: {other.id}"
            message = f"{len(equal)} entries have the id of another, {which}"
            hint = f"the other stands in line {first_.at('id').line}; all are printed, and told apart by title and time"
            self.problems.open(message, other.at("id"), hint, "agenda.equal-ids")
            return
        for first_, other in equal:
            hint = f"the other stands in line {first_.at('id').line}; both are printed"
            if other.title == first_.title:
                message = f"{_named(other)} stands twice with one id, {other.id}: in two parts, or once too often"
                self.problems.open(message, other.at("id"), hint, "agenda.equal-ids")
            else:
                message = f"{_named(other)} has the id of {_named(first_)}: {other.id}"
                self.problems.warning(message, other.at("id"), hint, "agenda.equal-ids")

    # People

    def _everybody(self) -> Iterator[Speaker]:
        waiting = list(reversed(self.schedule.items))
        while waiting:
            item = waiting.pop()
            yield from item.people
            waiting += reversed(item.parts)
        for heading in self.schedule.headings.values():
            yield from heading.people
        yield from self.schedule.people
        yield from self.schedule.cast

    def _numbers(self) -> None:
        """Forget the numbers of people that tell nobody apart: one for all, or each list counted from one."""
        named: dict[str, dict[frozenset[str], Speaker]] = {}
        numbers: dict[frozenset[str], dict[str, Speaker]] = {}
        mentions = 0
        for speaker in self._everybody():
            words = frozenset(slug(clean(speaker.name)).split("-"))
            if speaker.id and speaker.name:
                named.setdefault(speaker.id, {}).setdefault(words, speaker)
                numbers.setdefault(words, {}).setdefault(speaker.id, speaker)
                mentions += 1
        again = [found for found in numbers.values() if len(found) > 1]
        if len(again) >= _SHARED and mentions == len(named):
            first, second = list(again[0].values())[:2]
            message = f"every mention of a person has a number of its own, such as {first.id} and {second.id} for "
            message += f"{clean(first.name)}: people are told apart by their names"
            hint = "if two people have one name, write what tells the two apart"
            self.problems.open(message, second.place, hint, "agenda.same-name")
            for speaker in self._everybody():
                speaker.id = ""
            return
        shared = {number: found for number, found in named.items() if not _alike(found)}
        if len(shared) < _SHARED:
            shared = {number: found for number, found in shared.items() if len(found) > 2}
        if not shared:
            return
        number, found = next(iter(shared.items()))
        first, second = list(found.values())[:2]
        people = f"{clean(first.name)} (line {first.place.line}) and {clean(second.name)}"
        what = f"the number {number} stands for {len(found)} people, {people} among them"
        if len(shared) > 1:
            what = f"{len(shared)} numbers stand for several people each, such as {number} for {people}"
        message = f"{what}: people are told apart by their names"
        hint = "if two people have one name, write what tells the two apart"
        self.problems.open(message, second.place, hint, "agenda.two-names")
        for speaker in self._everybody():
            if speaker.id in shared or len(shared) >= _SHARED:
                speaker.id = ""

    def _person(self, speaker: Speaker) -> Iterable[str]:
        written = _MARKS.sub("", speaker.name) if "<" in speaker.name else speaker.name
        name = clean(written) or clean(f"{speaker.given} {speaker.family}")
        if not any(map(str.isalnum, name)):
            # A dash is no name.
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


def _alike(names: Iterable[frozenset[str]]) -> bool:
    """Whether names may all be one person's: each shares a word with the first."""
    first, *others = names
    return all(first & other for other in others)


def _slot(each: _Placed) -> tuple[str, date, Time | None, str]:
    return each.item.title, each.day, each.start, clean(each.item.room)


def mail_mark(mail: str) -> tuple[str, ...]:
    """How a mail address is remembered, as in `Attendee.id`: by 16 digits of its SHA-256."""
    folded = mail.strip().casefold()
    return (f"mail:{hashlib.sha256(folded.encode()).hexdigest()[:16]}",) if folded else ()


def _venue_zone(name: str) -> tzinfo | None:
    """The zone that an export names; UTC is nobody's clock on the wall, only a machine's."""
    return None if name.casefold() in _UTC else _zone(name)


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def _named(item: Item) -> str:
    return f"“{short(item.title)}”" if item.title else "an entry without a title"
