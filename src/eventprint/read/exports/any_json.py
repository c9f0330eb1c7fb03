"""Any sensible JSON: objects with a title and a start, however deep they lie and whatever words name them.

What stands around a list is understood with it: a day, a time slot, a room, a track or a session that holds entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from ...event import Duty, Kind
from ...jsontext import List, Object, told
from ...problems import Place, Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..drafts import MOST
from ..language.plain import plain
from ..language.vocabulary import split, vocabulary
from .elsewhere import DAYS, ENTRIES, ROOMS, TRACKS, Elsewhere
from .export import calendar, in_languages, kind_of, read_minutes, read_moment, web
from .hours import bare, put_right, span, split_days, zone
from .keys import Names, known, plainly
from .keys import names as names_of
from .schedules import Heading, Item, Schedule, agenda, headline, page_of
from .undated import MOST_DAYS, NO_DATE, named_days

_DEPTH = 12
_NICK = re.compile(r"(?=[^_-]*[_-])(?=.*[a-z])[a-z0-9_-]+")
"""What a file is called that says more of a talk: `power_from_the_shore`."""
_HEADINGS = ("session", "header", "heading", "section", "issession", "isheader", "divider")
"""Names of marks that an object of a list is a heading over what follows."""
_NUMBERED = re.compile(r"(?:day|tag|dag|jour|dia|día|giorno|dzień)\d{1,2}")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")
_MOST_FLAGS = 31
"""Days that an entry says to be on."""
_REGISTERED = frozenset(("email", "emailaddress", "mail", "ticket", "tickettype", "order", "orderid"))
"""Names of what people who registered have and no entry has."""
_LONGEST = 12
"""Hours that an entry takes at most, where lengths are in hours."""
_NOTHING: tuple[Any, ...] = (None, "", [])


_KNOWN = known()
_SLOT = ("slot", "timeslot", "slotid", "timeslotid")
_WHOLE = frozenset({*_KNOWN.lists["whole"], ""})
_ASIDE = frozenset({*_KNOWN.lists["none"], *(name for name, _ in _KNOWN.people)})
"""Names of what stands with an entry and holds none."""


def _rows(value: List) -> List:
    """Lists of cells below a list of headings as objects, as spreadsheets are kept; any other list as it is."""
    head = value[0] if len(value) > 1 else None
    if not isinstance(head, List) or len(head) < 2 or not all(isinstance(cell, str) for cell in head):
        return value
    made = List(value.at, value.lines)
    for row in value[1:]:
        if isinstance(row, List):
            cells = dict(zip(head, row, strict=False))
            ats = dict(zip(head, row.ats or (), strict=False))
            made.append(Object(cells, row.at, ats, row.lines))
    return made


def _is_true(value: Any) -> bool:
    return value is True or told(value).casefold() in ("yes", "true")


def _in_hours(items: list[Item]) -> None:
    """Let lengths such as 0.75 and 1.5 be hours, where all are as small."""
    lengths = [item.minutes for item in items if item.minutes]
    if lengths and max(lengths) <= _LONGEST and any(length % 1 for length in lengths):
        for item in items:
            item.minutes = item.minutes and item.minutes * 60


def _label(value: Object) -> str:
    """The name of the session that an object says to be in."""
    said = value.values.get("session")
    return said.strip() if isinstance(said, str) else ""


def _spelt(nick: str) -> str:
    """What a talk is called among files, as words."""
    return " ".join(re.split(r"[_-]+", nick)).strip()


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of an entry by where it stands."""

    on: date | None = None
    day: str = ""
    """The name of a day that has no date."""
    start: datetime | None = None
    end: datetime | None = None
    room: str = ""
    track: str = ""
    session: str = ""
    key: str = ""
    """The name of the list, in plain letters."""
    listed: bool = False
    """It stands in a list, rather than under that name."""
    within: bool = False
    """The start is that of a session, and no entry's own."""
    labels: frozenset[str] = frozenset()
    """What several objects of the list have as their session."""
    scheduled: bool = False
    """Others of the list have a time, so that one without is worth a word."""


def likelihood(source: Source) -> float:
    """Objects with a title and a start, or talks without any; other readers know exports better."""
    reader = _Reader(source, Problems())
    reader.looking = True
    try:
        reader.items(source.json.root)
    except _Found:
        return 0.6
    reader.untimed = True
    try:
        reader.items(source.json.root)
    except _Found:
        return 0.15
    return 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of whatever lists the file holds."""
    reader = _Reader(source, problems)
    made = agenda(reader.schedule(), source, problems)
    names = dict.fromkeys(range(reader.nameless), "")
    names |= {number: name for name, number in reversed(reader.days.items())}
    return named_days(made, names, source.given.dates)


def _is_day(title: str) -> bool:
    """Whether a title names a day: `Day 1`, `Tag 2`, `Friday`, `9 May`."""
    words = split(title)
    if not 0 < len(words) <= 5:
        return False
    counted = vocabulary().is_one("day", words[:1]) and all(word.isdigit() for word in words[1:])
    return counted or (len(words) == 1 and calendar().weekday(title) is not None) or bool(calendar().find(title))


class _Found(Exception):
    """An entry with a time was met: it is enough to know that there is one."""


class _Reader(Elsewhere):
    def __init__(self, source: Source, problems: Problems) -> None:
        super().__init__(source, problems)
        self.looking = False
        """Only whether there is an entry at all is asked."""
        self.seen = 0
        """How many entries without a time were met while looking."""
        self.untimed = False
        """No entry has a time: titles with people are entries."""
        self.days: dict[str, int] = {}
        """The names of days without a date, and their order."""
        self.nameless = 0
        """How many days a list without any date or day makes up."""
        self.headings: dict[str, Heading] = {}
        self.between = 0
        """How many entries have no session, among others that name theirs."""
        self.letters: dict[str, Place] = {}
        """Time zones that stand with hours by their letters, and where first."""
        self.unread: list[Place] = []
        """Parts of lists of entries that are no entries."""
        self.timeless: list[Item] = []
        """Entries without a time among others that have one."""
        self.event: Object | None = None
        """The whole event, where an object holds everything."""
        self.zones: dict[str, None] = {}
        """Time zones that stand with entries."""
        slashed = {(int(first), int(second)) for first, second in _SLASHED.findall(source.text)}
        # The days of an event follow each other: what they share is the month.
        shared = len(slashed) > 1 and len({first for first, _ in slashed}) == 1
        self.month_first = shared or any(second > 12 for _, second in slashed)
        """Whether 6/7/2026 is in June: another date of the file leaves no other reading."""
        days_first = len(slashed) > 1 and len({second for _, second in slashed}) == 1
        self.doubtful_date = "" if self.month_first or days_first or any(first > 12 for first, _ in slashed) else "?"
        """The first date that can be two days."""
        self.elsewhere: list[tuple[str, Place]] = []
        """Talks of which nothing stands here but a name or number of theirs."""

    def schedule(self) -> Schedule:
        root = self.source.json.root
        made = Schedule(items=self.items(root))
        if not any(item.start for item in made.items) and not self.problems.errors:
            self.untimed = True
            made.items = self.items(root)
            if made.items:
                message = "no entry has a time; they stand in the order of the file"
                hint = "write the times into agenda.yaml, or export the schedule once it is made"
                self.problems.open(message, made.items[0].place, hint, "agenda.untimed")
        event = root.object("conference", "event", "meta", "info") if isinstance(root, Object) else None
        for each in (self.event, event, root):
            if isinstance(each, Object) and (each is not root or self.event is not None or len(made.items) > 1):
                said = ("title", "name", "conference", "event", "event_name", "conference_name")
                made.title = made.title or self.said(each, *said)
                made.link = made.link or web(each.text("url", "website"))
                called = each.text("timezone", "time_zone", "timeZone", "time_zone_name", "tz")
                made.timezone = made.timezone or ("" if re.match(r"[+-]?\d|UTC[+-]", called) else called)
        zones = [name for name in self.zones if "/" in name and " " not in name]
        made.timezone = made.timezone or (zones[0] if len(zones) == 1 else "")
        _in_hours(made.items)
        made.headings = self.headings
        put_right(made.items, made.headings.values(), self.source.text, self.problems)
        used = {item.session for item in made.items}
        made.headings = {key: heading for key, heading in made.headings.items() if key in used}
        if list(self.days) == [""] and not made.headings:
            self.nameless = split_days(made.items, self.problems)
        if made.items and self.doubtful_date and (found := _SLASHED.search(self.source.text)):
            before = self.source.text[: found.start()].splitlines() or [""]
            place = self.source.at(len(before), len(before[-1]) + 1)
            message = f"{found[0]} can be two days; the first figure was read as the day"
            self.problems.open(message, place, "write dates as 2026-07-06", "agenda.ambiguous-date")
        if len(self.letters) > 1:
            letters, *others = self.letters
            message = f"some times are said in {letters}, others in {' and '.join(others)}"
            hint = "they are printed as written; write those of the venue into agenda.yaml"
            self.problems.open(message, self.letters[letters], hint, "agenda.timezone")
        if self.timeless:
            first, more = self.timeless[0], len(self.timeless) - 1
            message = f"“{headline(first.title)[0][:60]}” has no time; it stands after the entry before it in the file"
            message += f", and so {'does one other' if more == 1 else f'do {more} others'}" if more else ""
            hint = "give it a time in the source, unless it belongs to that entry"
            self.problems.open(message, first.place, hint, "agenda.untimed")
        if self.unread:
            many = f"{len(self.unread)} parts of the lists of entries have"
            message = f"{many if len(self.unread) > 1 else 'a part of the list of entries has'} no title that is known"
            hint = "write what is missing into agenda.yaml"
            self.problems.open(f"{message}: left out", self.unread[0], hint, "agenda.passed-over")
        if self.elsewhere:
            number, place = self.elsewhere[0]
            many = f" and {len(self.elsewhere) - 1} other talks are" if len(self.elsewhere) > 1 else " is"
            message = f"“{number[:60]}”{many} named here, but what they are about stands in other files"
            message = message if len(self.elsewhere) > 1 else message.replace("they are", "it is")
            hint = "put that file (talks or sessions) beside this one, or write the titles into agenda.yaml"
            self.problems.open(message, place, hint, "agenda.unknown-id")
        if self.guessed:
            message = "a name stands beside each title; it was taken for the speaker's"
            hint = "call it speaker in the file, so that it is sure"
            self.problems.open(message, self.guessed, hint, "agenda.doubtful-person")
        self.finish()
        return made

    def _when(self, value: Any, day: date | None = None, *, whole: bool = True) -> datetime | None:
        return read_moment(value, day, whole=whole, month_first=self.month_first)

    def items(self, root: Any) -> list[Item]:
        """Everything in the file that has a title and a time."""
        self._tables(root)
        return list(islice(self._visit(root, _Around(), 0), MOST + 1))

    # Where entries stand

    def _visit(self, value: Any, around: _Around, depth: int) -> Iterator[Item]:
        if depth > _DEPTH:
            return
        value = self._flat(value)
        if isinstance(value, Object):
            yield from self._object(value, around, depth)
        elif isinstance(value, List):
            value = _rows(value)
            inside = [each for each in value if isinstance(each, (Object, List))]
            timed = any(isinstance(each, Object) and self._start(each, around) for each in inside[:200])
            several = self._labels(inside)
            inner = replace(around, scheduled=timed or around.scheduled, listed=True, labels=several)
            before: Item | None = None
            for number, each in enumerate(value):
                if isinstance(each, (Object, List)):
                    found = False
                    if timed and (heading := self._heading(each)):
                        inner = replace(inner, session=heading)
                        continue
                    for item in self._visit(each, inner, depth + 1):
                        self._beside(item, before)
                        before, found = item if item.start else before, True
                        yield item
                    if timed and not found and isinstance(each, Object) and any(each.values.values()):
                        self.unread.append(each.place())
                elif around.start and around.key in ENTRIES and told(each) in self.talks:
                    talk = self.talks[told(each)]
                    yield self._entry(talk, names_of(talk), around.start, around.end, around, value.place(number))

    def _heading(self, value: Object | List) -> str:
        """The session that begins with an object of a list that says so and has no time: `session: true`."""
        if not isinstance(value, Object):
            return ""
        names = names_of(value)
        marked = any(name in names and _is_true(value.values[names[name]]) for name in _HEADINGS)
        title = self._told(value, names, "title") if marked else ""
        if not title or self._start(value, _Around()):
            return ""
        key = f"{title} {value.lines.place(value.at)}"
        self.headings[key] = Heading(title, place=value.place(next(iter(names.of("title")), "")))
        return key

    def _beside(self, item: Item, before: Item | None) -> None:
        """Let an entry without a time stand where the list has it: on the day of the entry before it."""
        if item.start is None and item.day is None and not item.told and before and before.start:
            item.day = before.day or before.start.date()
            item.session = item.session or before.session
            self.timeless.append(item)

    def _object(self, value: Object, around: _Around, depth: int) -> Iterator[Item]:
        """An entry; or what holds entries: a day, a slot, a room, a session, or an object by name of any of these."""
        names = names_of(value)
        flags = [key for name, key in names.items() if value.values[key] is True and _NUMBERED.fullmatch(name)]
        if 0 < len(flags) <= _MOST_FLAGS and around.day not in flags:
            # `day1: true, day2: true`: it takes place on each of them.
            for flag in sorted(flags):
                yield from self._object(value, replace(around, day=flag), depth)
            return
        around = self._dated(value, names, around)
        start, end = self._start(value, around), None
        if start:
            end = self._end(value, around, start)
        title = self._title(value, names, around)
        if not title and start and end:
            said = (self.words(value.values[key]) for key in names.of("type"))
            title = next((word for word in said if kind_of(word, "", named=False)[1]), "")
        if not title and start and not any(name in names for name in _KNOWN.lists["talk"]):
            # Who writes one text for each time calls it a description now and then.
            title = plain(self._told(value, names, "abstract"))
        holders = [
            (key, inner)
            for key, inner in value.values.items()
            if isinstance(inner, (Object, List)) and len(inner) and not self._aside(key, inner)
        ]
        whole = depth == 0 or (depth == 1 and around.listed and len(self.source.json.root) == 1)
        inner_around = replace(around, start=start or around.start, end=end or (around.end if not start else None))
        if whole:
            inside = self._inside(holders, replace(inner_around, start=None, end=None), depth, parts=False)
            self.event = value if inside and title else self.event
        if not whole or not inside:
            inner_around = self._holding(value, names, title, start, inner_around, bool(holders))
            parts = bool(title and start) and not _is_day(title)
            inside = self._inside(holders, inner_around, depth, parts=parts or inner_around.session != around.session)
        if inside:
            yield from inside
            return
        if inner_around.session != around.session:
            self.headings.pop(inner_around.session, None)
        slotless = self._slotless(value, names)
        begins = None if slotless else start or around.start
        end = end or (None if start or begins is None or around.within else around.end)
        around = replace(around, within=around.within and start is None)
        named = [name for name in _KNOWN.lists["talk"] if name in names and told(value.values[names[name]])]
        talk = next((name for name in named if told(value.values[names[name]]) not in around.labels), "")
        if talk and (begins or slotless) and (not title or title == told(value.values[names[talk]])):
            yield self._referred(value, names, talk, begins, end, around)
        elif title and (begins or (around.scheduled and self._is_entry(names)) or self._is_talk(value, names)):
            yield self._entry(value, names, begins, end, around)
        elif around.start and (numbered := self._numbered(value, names)):
            yield self._entry(numbered, names_of(numbered), begins, end, around, value.place())
        elif start and (
            _label(value) in around.labels
            or any(value.values[names[name]] for name, _ in _KNOWN.people if name in names)
        ):
            yield self._entry(value, names, begins, end, around)

    def _inside(
        self, holders: list[tuple[str, Object | List]], around: _Around, depth: int, *, parts: bool
    ) -> list[Item]:
        """The entries in what an object holds; `parts`: it is an entry itself, and they are parts of it."""
        inside: list[Item] = []
        # By a time there stand rooms, as `_below` has it.
        roomy = {key for key, inner in holders if around.start and isinstance(inner, Object)}
        unknown = {key for key, inner in holders if key not in roomy and self._is_strand(key, inner)}
        for key, inner in holders:
            below = around
            if key in unknown and len(unknown) > 1:
                below = replace(below, track=below.track or key)
            if parts:
                # What stands with an entry is a part of it where its name says so, or where it has its own time.
                name = plainly(key)
                mine = name in ENTRIES or (isinstance(inner, List) and f"{name}s" in ENTRIES)
                below = replace(below, start=below.start if mine else None, within=True, scheduled=mine)
            inside += self._below(key, inner, below, depth)
        return inside

    def _referred(
        self, value: Object, names: Names, talk: str, start: datetime | None, end: datetime | None, around: _Around
    ) -> Item:
        """An entry that is the number of a talk: what is said of the talk, at this place and time."""
        number, place = told(value.values[names[talk]]), value.place(names[talk])
        known = self.talks.get(number)
        nick, nameless = known is None and _NICK.fullmatch(number) is not None, False
        if known is None:
            nameless = nick or (talk.endswith("id") and not self.talks)
            if self.talks and not nick:
                message = f"there is no talk with the id {number[:60]}"
                self.problems.error(message, place, "add the talk, or write its title here", "agenda.unknown-id")
            known = value
        item = self._entry(known, names_of(known), start, end, around, place)
        item.title = _spelt(number) if nick else item.title or number
        if nick:
            item.kind, item.service = kind_of("", item.title, named=bool(item.people) or item.open)
        if nameless and vocabulary().kind(item.title, named=False)[0] is not Kind.BREAK:
            self.elsewhere.append((number, place))
        item.room = self._room(value, names) or item.room
        if end is None and item.minutes is None:
            item.minutes = self._minutes(value, names)
        return item

    def _is_strand(self, key: str, inner: Object | List) -> bool:
        """Whether a name that means nothing by itself stands over entries: with others like it, it is their strand."""
        name = plainly(key)
        if name in ENTRIES | ROOMS | TRACKS | DAYS | _WHOLE or _is_day(key) or key in {**self.dates, **self.slots}:
            return False
        if re.match(r"\d", key) or _NUMBERED.fullmatch(name) or vocabulary().first(split(key), ("room",)):
            return False
        return isinstance(inner, List) or not self._told(inner, names_of(inner), "title")

    def _aside(self, key: str, inner: Object | List) -> bool:
        """Whether it holds no entries: people, links, a text in several languages, a moment in parts."""
        name = plainly(key)
        if name in _ASIDE:
            return True
        alone = isinstance(inner, Object) and not any(
            isinstance(each, (Object, List)) for each in inner.values.values()
        )
        if alone and any(name in _KNOWN.entry[what] for what in ("room", "track", "type", "language")):
            return not any(plainly(each) in _KNOWN.lists["talk"] for each in inner)
        if not isinstance(inner, Object):
            return False
        # What has a title besides its date is an entry, and no moment in parts.
        moment = self._when(inner, whole=False) is not None and not self._told(inner, names_of(inner), "title")
        return moment or in_languages(inner)

    def _below(self, key: str, inner: Object | List, around: _Around, depth: int) -> Iterator[Item]:
        """The entries under a name, which may be a date, a time, a day or a room itself."""
        name = plainly(key)
        moment = self._when(key, whole=False) if re.match(r"\d{4}", key) or len(key) > 8 else None
        clock = self._when(key, around.on or NO_DATE) if re.fullmatch(r"\d{1,2}[:.h]\d{2}.{0,9}", key) else None
        if moment is not None:
            around = replace(around, on=moment.date(), start=moment if moment.time() != time() else around.start)
        elif clock is not None:
            around = replace(around, start=self._on(clock, around))
        elif key in self.dates:
            around = replace(around, on=self.dates[key])
        elif key in self.slots:
            slot = self.slots[key]
            start = self._start(slot, around)
            around = replace(around, start=start, end=self._end(slot, around, start) if start else None)
        elif around.key in ROOMS and not around.listed:
            around = replace(around, room=key)
        elif around.key in TRACKS and not around.listed:
            around = replace(around, track=key)
        elif around.start and isinstance(inner, Object) and name not in ENTRIES and "title" not in inner:
            around = replace(around, room=self.words(self.rooms[key]) if key in self.rooms else key)
        elif (around.key in DAYS and not around.listed) or _is_day(key) or _NUMBERED.fullmatch(name):
            around = replace(around, day=key)
        elif (
            isinstance(inner, List)
            and name not in ENTRIES | ROOMS | TRACKS
            and vocabulary().first(split(key), ("room",))
        ):
            around = replace(around, room=key)
        yield from self._visit(inner, replace(around, key=name, listed=False), depth + 1)

    def _dated(self, value: Object, names: Names, around: _Around) -> _Around:
        """With the day an object says, by its date or by its name."""
        for key in names.of("date"):
            said = value.values[key]
            moment = self._when(said, whole=False) if isinstance(said, (str, Object)) else None
            if moment is not None:
                return replace(around, on=moment.date(), day="")
            if told(said) in self.dates:
                return replace(around, on=self.dates[told(said)], day="")
        for name in ("date", "day", "datum", "tag", "jour", "fecha"):
            for called in (name, f"{name}{self.language[:2]}", f"{name}en"):
                if called in names and around.on is None and (label := self.words(value.values[names[called]])):
                    months = [self.words(value.values[names[each]]) for each in ("month", "year") if each in names]
                    label = " ".join([label, *months]) if label.isdigit() and months else label
                    on = self._when(label, whole=False) if months else None
                    return replace(around, on=on.date() if on else None, day="" if on else label)
        return around

    def _holding(
        self, value: Object, names: Names, title: str, start: datetime | None, around: _Around, holds: bool
    ) -> _Around:
        """With the room, track or session that an object with others inside is."""
        if not holds:
            return around
        if around.key in ROOMS:
            return replace(around, room=title or self._room(value, names) or around.room)
        if around.key in TRACKS:
            return replace(around, track=title or around.track, room=self._room(value, names) or around.room)
        around = replace(around, room=self._room(value, names) or around.room)
        holds_talks = any(plainly(key) in ENTRIES for key in value)
        untitled = not title and start and around.end and around.key == "sessions" and holds_talks
        is_day = around.key in DAYS or (not around.listed and _NUMBERED.fullmatch(around.key) is not None)
        if not untitled and (is_day or not title or _is_day(title)):
            if title and around.on is None and (moment := self._when(title, whole=False)):
                return replace(around, on=moment.date(), day="", start=None)
            day = title if around.on is None and title else around.day
            if _NUMBERED.fullmatch(plainly(around.day)) and title and not _is_day(title):
                # `Day 1` has a motto.
                day = f"{around.day}: {title}"
            return replace(around, day=day, start=None if _is_day(title) else around.start)
        if start is None and around.key in _WHOLE:
            return around
        key = f"{title} {value.lines.place(value.at)}"
        heading = Heading(title, room=around.room, place=value.place(names.get("title", "")), start=start)
        heading.end = around.end if start else None
        heading.people = self._people(value, names)[0]
        for person in heading.people:
            person.duty = person.duty or Duty.CHAIR
        self.headings[key] = heading
        return replace(around, session=key)

    # What entries say

    def _labels(self, listed: list[Object | List]) -> frozenset[str]:
        """What several objects of a list have as their session, where some have a title besides."""
        labels: Counter[str] = Counter()
        titled = False
        for each in listed:
            if isinstance(each, Object) and (label := _label(each)):
                labels[label] += 1
                titled = titled or self._told(each, names_of(each), "title") != label
        return frozenset(label for label, count in labels.items() if titled and count > 1)

    def _title(self, value: Object, names: Names, around: _Around) -> str:
        """The title of an entry: the session it has in common with others is none."""
        title = self._told(value, names, "title")
        return "" if title and title == _label(value) and title in around.labels else title

    def _named_session(self, label: str, value: Object) -> str:
        """The session that an entry names as its own, up to the next entry that has none."""
        key = f"{label} {self.between}"
        self.headings.setdefault(key, Heading(label, place=value.place("session")))
        return key

    def _on(self, moment: datetime, around: _Around) -> datetime:
        """A clock time on its day, or on a day that stands for one of which no date is said."""
        if moment.date() != NO_DATE:
            return moment
        number = self.days.setdefault(around.day, min(len(self.days), MOST_DAYS))
        return datetime.combine(NO_DATE + timedelta(days=number), moment.timetz())

    def _start(self, value: Object, around: _Around) -> datetime | None:
        return self._time(value, around, "start")

    def _time(self, value: Object, around: _Around, what: str) -> datetime | None:
        names = names_of(value)
        on = around.on
        dates = (self._when(value.values[key], whole=False) for key in names.of("date"))
        on = next((moment.date() for moment in dates if moment), on)
        found = [value.values[key] for key in names.of(what)]
        for said in found:
            # A whole moment is more than the clock time that may stand beside it.
            if not isinstance(said, (int, float)) and (moment := self._when(said)) is not None:
                return moment
        for said in found:
            if isinstance(said, str):
                said = both[what == "end"] if (both := span(said)) else said
            moment = self._moment(said, on)
            if moment is not None:
                return self._on(moment, around)
            if isinstance(said, str) and (named := self._named_day(said, around)):
                return named
        inner = self._slots_of(value, names)
        return next((moment for each in inner if (moment := self._time(each, replace(around, on=on), what))), None)

    def _slotless(self, value: Object, names: Names) -> bool:
        """Whether an entry names a slot that is none of those listed: it has no time, and that is reported here."""
        key = next((names[name] for name in _SLOT if name in names and told(value.values[names[name]])), "")
        if not self.slots or not key or told(value.values[key]) in self.slots:
            return False
        if self._moment(value.values[key], None) is not None or span(told(value.values[key])):
            return False
        message = f"there is no slot with the name {told(value.values[key])[:60]}"
        self.problems.error(
            message, value.place(key), "add the slot with its time, or correct the name", "agenda.unknown-id"
        )
        return True

    def _moment(self, said: Any, on: date | None) -> datetime | None:
        if isinstance(said, (int, float)) and not isinstance(said, bool) and abs(said) < 1e8:
            return None
        moment = self._when(said, on or NO_DATE)
        if moment is None and isinstance(said, str) and bare(said) != said:
            moment = self._when(bare(said), on or NO_DATE)
        return moment

    def _named_day(self, said: str, around: _Around) -> datetime | None:
        """A moment on a day without a year, `Tue Aug 6 8:30 AM`: the day is known by its name."""
        found = calendar().find(said) if len(said) <= 80 else None
        if found is None or found.year or not found.month:
            return None
        moment = self._when(said[found.end :].strip(" ,"), NO_DATE)
        return moment and self._on(moment, replace(around, day=said[: found.end].strip(" ,")))

    def _end(self, value: Object, around: _Around, start: datetime) -> datetime | None:
        names = names_of(value)
        end = self._time(value, replace(around, on=around.on or start.date()), "end")
        if end is None:
            for key in names.of("start"):
                said = value.values[key]
                if isinstance(said, str) and (both := span(said)):
                    end = self._when(both[1], start.date())
                    break
        if end is None:
            return None
        if bool(end.tzinfo) != bool(start.tzinfo):
            end = end.replace(tzinfo=start.tzinfo)
        late = end < start and end.date() == start.date() and end.hour < 6 <= start.hour
        return end + timedelta(days=1) if late else end

    def _is_talk(self, value: Object, names: Names) -> bool:
        """Whether an object is an entry without a time where none has one: it has a title and people."""
        titled = any(name in names for name in _KNOWN.entry["title"] if name.endswith(("title", "titel", "titre")))
        return self.untimed and titled and any(value.values[names[name]] for name, _ in _KNOWN.people if name in names)

    def _is_entry(self, names: Names) -> bool:
        """Whether an object without a time is an entry like those beside it."""
        return any(
            name in _KNOWN.entry[what] for what in ("start", "end", "minutes", "room", "abstract") for name in names
        ) or any(name in names for name, _ in _KNOWN.people)

    def _entry(
        self,
        value: Object,
        names: Names,
        start: datetime | None,
        end: datetime | None,
        around: _Around,
        place: Place | None = None,
    ) -> Item:
        if self.looking and start is not None and _REGISTERED.isdisjoint(names):
            raise _Found
        if self.looking and self.untimed:
            self.seen += 1
            if self.seen > 1:
                raise _Found
        people, open_ = self._people(value, names)
        if named := value.text("timezone", "timeZone", "tz"):
            self.zones.setdefault(named)
        for key in names.of("start"):
            if letters := zone(told(value.values[key])):
                self.letters.setdefault(letters, value.place(key))
        kind, track = (self._told(value, names, what) for what in ("type", "track"))
        title = self._title(value, names, around)
        title = title or self._on_speaker(value, names) or plain(self._told(value, names, "abstract"))
        known_as = (self.words(value.values[key]) for key in names.of("type"))
        title = title or (
            "" if people else next((word for word in known_as if kind_of(word, "", named=False)[1]), kind)
        )
        known = self._track_of(value, names)
        item = Item(
            title=title,
            place=place or value.place(next(iter(names.of("title", self.language[:2], "en")), "")),
            start=start,
            end=end,
            room=self._room(value, names) or around.room,
            track=self.words(known) or ("" if track == kind else track) or around.track,
            language=self._told(value, names, "language"),
            subtitle=self._told(value, names, "subtitle"),
            id=self._told(value, names, "id"),
            link=page_of(self._told(value, names, "link")),
            people=people,
            open=open_,
            session=around.session,
            within=around.within,
            dropped=self.dropped(value, *names.of("state")),
        )
        abstract = self._told(value, names, "abstract")
        item.abstract = plain(abstract) if abstract != title else ""
        item.minutes = self._minutes(value, names) if end is None and start is not None else None
        item.kind, item.service = kind_of(kind, title, named=bool(people) or open_)
        label = _label(value)
        if start and label and label != title and label not in self.talks and (title or label in around.labels):
            item.session = item.session or self._named_session(label, value)
        elif start and not item.session:
            # What stands between parts their sessions.
            self.between += 1
        if start is None:
            item.day = around.on
            if self.untimed:
                item.day = self._on(datetime.combine(NO_DATE, time()), around).date()
            else:
                self._untold(value, names, item)
        return item

    def _untold(self, value: Object, names: Names, item: Item) -> None:
        """Something stands where the time should, and is none."""
        for key in names.of("start"):
            said = value.values[key]
            if isinstance(said, str) and re.search("[a-z]", said) and read_minutes(said) is not None:
                continue
            if (
                said not in _NOTHING
                and plainly(key) not in ("date", "day")
                and not (self.slots and plainly(key) in _SLOT)
            ):
                self.wrong(value.place(key), said, "time", "write it as 2026-05-07T09:30, or as 09:30")
                item.told = True
                return
