"""A schedule in an XML of its own: whatever its elements are called, they hold titles, times, rooms and speakers.

What is an item is found by what it says: the elements of one name that have a title and a start, as children or as
attributes. Days, rooms and tracks are said by them, or by the elements around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from ...event import Duty
from ...markup import Element
from ...problems import Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..drafts import MOST
from ..language.dates import Calendar
from ..language.mentions import Mentions
from ..language.plain import plain
from ..language.stamps import clock, length, stamp
from ..language.vocabulary import split, vocabulary
from .schedules import Heading, Item, Schedule, Speaker, agenda, clean, cut_off, damaged, several
from .undated import MOST_DAYS, NO_DATE, named_days

_TITLE = ("title", "name", "summary", "subject", "topic", "titel", "titre", "titulo", "headline", "what", "activity")
_NO_TITLE = ("subtitle", "jobtitle", "booktitle")
_START: tuple[str, ...] = (
    "start",
    "begin",
    "from",
    "starttime",
    "begintime",
    "startdate",
    "time",
    "dtstart",
    "startsat",
    "beginning",
)
_START += ("startdatetime", "datetime", "beginn", "von", "debut", "inicio", "timestart", "timefrom", "uhrzeit", "hour")
_END: tuple[str, ...] = (
    "end",
    "to",
    "until",
    "finish",
    "endtime",
    "enddate",
    "dtend",
    "endsat",
    "stop",
    "enddatetime",
    "ende",
    "bis",
)
_END += ("fin", "timeend", "timeto", "till", "finishtime")
_DATE = ("date", "day", "datum", "fecha", "dia", "jour", "on", "dayofweek")
_LENGTH = ("duration", "length", "minutes", "dauer", "duree", "duracion")
_ROOM = (
    "room",
    "roomname",
    "location",
    "place",
    "venue",
    "hall",
    "stage",
    "raum",
    "salle",
    "sala",
    "where",
    "ort",
    "auditorium",
)
_TRACK = ("track", "trackname", "tracks", "category", "strand", "stream", "theme", "topics")
_TYPE = ("type", "kind", "format", "sessiontype")
_PEOPLE: tuple[str, ...] = (
    "speaker",
    "speakers",
    "person",
    "persons",
    "presenter",
    "presenters",
    "author",
    "authors",
    "people",
)
_PEOPLE += ("chairs", "moderators", "hosts", "lecturers", "teachers", "instructors")
_PEOPLE += ("lecturer", "teacher", "instructor", "host", "chair", "moderator", "panelist", "panelists", "speakername")
_TEXT = ("abstract", "description", "text", "body", "content", "details", "desc", "beschreibung", "info")
_LINK = ("url", "link", "href", "website")
_LANGUAGE = ("language", "lang")
_WHEN = ("time", "when", "date", "slot", "datetime", "period")
"""Elements that hold the parts of a time."""
_FEW = 2
_PROBED = 500
"""Elements that are looked at to know the file."""
_PREFIX = re.compile(r"(?:session|talk|event|presentation|lecture|slot|item)(?=[a-z])")
"""What some write before each word of an entry: `SessionName`, `SessionStart`."""
_DUTIES = {"chair": Duty.CHAIR, "moderator": Duty.MODERATOR, "host": Duty.HOST, "panelist": Duty.PANELLIST}
_DUTIES |= {"chairs": Duty.CHAIR, "moderators": Duty.MODERATOR, "hosts": Duty.HOST, "panelists": Duty.PANELLIST}
_GIVEN = ("firstname", "givenname", "forename", "vorname", "prenom")
_MIDDLE = ("middlename", "middleinitial", "mi")
_FAMILY = ("lastname", "familyname", "surname", "nachname", "nom")
_APART = frozenset((*_DATE, *_ROOM, *_TRACK, "tag", "days", "rooms", "tracks"))
"""Elements that hold entries and are no session."""
_LISTS = frozenset(("schedule", "agenda", "program", "programme", "programm", "sessions", "events", "talks"))
"""What files call themselves that say nothing of the event."""
_NOTHING = frozenset(("undefined", "null", "nan"))
"""What machines write where there is nothing."""
_RANGE = re.compile(r"^(\S.*?)\s*(?:[-–—~]|\bto\b|\bbis\b)\s*(\d.*)$")
_NOT = frozenset(("rss", "feed", "html", "urlset", "svg", "project", "resources", "plist", "opml", "kml", "tv"))
"""Roots of files that hold no schedule, though titles and dates stand in them."""


def likelihood(source: Source) -> float:
    """An XML with several elements of one name that have a title and a time."""
    root = source.xml.root
    if root is None or root.name.casefold() in _NOT:
        return 0.0
    found = _innermost(_timed(root, _PROBED))
    return 0.6 if len(found) >= _FEW else 0.3 if found else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule in an XML of its own."""
    root = source.xml.root
    if root is None:
        damaged(source.xml, problems)
        return Agenda()
    reader = _Reader(root, source, problems)
    schedule = reader.schedule()
    damaged(source.xml, problems)
    made = agenda(schedule, source, problems)
    return named_days(made, reader.called, source.given.dates)


@lru_cache(4096)
def _plainly(name: str) -> str:
    """A name as it is compared: `start_time`, `StartTime` and `start-time` are one."""
    return re.sub(r"[-_.]", "", name).casefold()


def _words(element: Element) -> tuple[dict[str, Element], dict[str, str]]:
    """The children and the attributes of an element by their names as they are compared."""
    children: dict[str, Element] = {}
    for child in reversed(element.elements):
        name = _plainly(child.name)
        if short := _PREFIX.match(name):
            children.setdefault(name[short.end() :], child)
        children[name] = child
    for child in _parted(element):
        children |= {_plainly(inner.name): inner for inner in child.elements}
    return children, {_plainly(key): value for key, value in element.attributes.items()}


def _said(element: Element, names: Sequence[str]) -> tuple[str, Element] | None:
    """What an element says under one of these names, in a child or an attribute, and where."""
    children, attributes = _words(element)
    for name in names:
        if name in children and (text := children[name].text()) and text.casefold() not in _NOTHING:
            return text, children[name]
        if attributes.get(name, "").strip():
            return attributes[name].strip(), element
    return None


def _title(element: Element) -> str:
    """The title of an element: a word for it, `talk-title` in a `talk`, or whatever else ends in `title`."""
    if found := _said(element, _TITLE):
        return found[0]
    own = _plainly(element.name)
    others = (name for child in element.elements if (name := _plainly(child.name)).endswith("title"))
    return _text(element, [f"{own}title", f"{own}name", *(name for name in others if name not in _NO_TITLE)])


def _text(element: Element, names: Sequence[str]) -> str:
    found = _said(element, names)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _Found:
    """An element that has a title and a time, with those around it."""

    element: Element
    around: list[Element]


def _timed(root: Element, most: int = 0) -> list[_Found]:
    """The elements that have a title and a time; `most`: of so many elements at most."""
    found: list[_Found] = []
    waiting = [_Found(root, [])]
    seen = 0
    while waiting and not 0 < most <= seen:
        seen += 1
        each = waiting.pop()
        if (start := _said(each.element, _START)) and _is_time(start[0]) and _title(each.element):
            found.append(each)
        inside = [*each.around, each.element]
        waiting += [_Found(child, inside) for child in reversed(each.element.elements)]
    return found


def _innermost(found: list[_Found]) -> list[_Found]:
    """The entries: what a day, a track or a session says of itself is none, for those are inside."""
    holders = {id(holder) for each in found for holder in each.around}
    return [each for each in found if id(each.element) not in holders]


def _with_untimed(entries: list[_Found]) -> list[_Found]:
    """The entries, and between them those beside them that are called the same and say no time that can be read."""
    known = {id(each.element) for each in entries}
    holders = {id(holder) for each in entries for holder in each.around}
    names: dict[int, set[str]] = {}
    for each in entries:
        if each.around:
            names.setdefault(id(each.around[-1]), set()).add(each.element.name)
    found: list[_Found] = []
    for each in entries:
        called = names.pop(id(each.around[-1]), None) if each.around else None
        if called is None:
            continue
        for child in each.around[-1].elements:
            is_one = child.name in called and id(child) not in holders
            if id(child) in known or (is_one and _title(child)):
                found.append(_Found(child, each.around))
    return found if len(found) > len(entries) else entries


def _is_time(text: str) -> bool:
    if len(text) > 80:
        return False
    first = found[1] if (found := _RANGE.match(text)) and stamp(text) is None else text
    return clock(first) is not None or isinstance(stamp(first), datetime)


def _parted(element: Element) -> list[Element]:
    """The elements that hold the parts of its time; several of one name are times of others."""
    found = [child for child in element.elements if child.elements and _plainly(child.name) in _WHEN]
    return [child for child in found if len(found) == 1 or len(element.all(child.name)) == 1]


def _spelled(element: Element) -> str:
    """The parts of a date in a row: `<dd>8th</dd><mm>Oct</mm>`."""
    return " ".join(text for child in element.elements if (text := child.text()))


class _Reader:
    def __init__(self, root: Element, source: Source, problems: Problems) -> None:
        self.root, self.source, self.problems = root, source, problems
        self.calendar = Calendar(vocabulary())
        self.held: dict[tuple[int, tuple[str, ...]], tuple[str, Element] | None] = {}
        """What elements around others say: each is asked once, however many it holds."""
        self.dates: dict[int, date | None] = {}
        self.undated: list[Element] = []
        self.nameless: dict[str, int] = {}
        """Days that no date is said of, in the order they are met, by what tells them apart."""
        self.called: dict[int, str] = {}
        """What they are called."""
        self.timed: dict[int, _Found] = {}
        self.holding: Counter[int] = Counter()
        """How many entries stand in an element."""
        self.days: dict[int, date | None] = {}
        self.beside: dict[tuple[int, tuple[str, ...]], str] = {}
        """What is said around the entries of one element: it is looked for once, however many they are."""
        self.within: dict[int, str] = {}
        self.sessions: dict[int, str] = {}
        """The headings of elements around entries; empty for what is none."""

    def schedule(self) -> Schedule:
        found = _timed(self.root)
        self.timed = {id(each.element): each for each in found}
        entries = _with_untimed(_innermost(found))
        self.holding.update(id(holder) for each in entries for holder in each.around)
        inner = {id(each.element) for each in entries}
        holders = {child.name for child in self.root.elements if self.holding[id(child)]}
        beside = (child for child in self.root.elements if id(child) not in inner and child.name not in holders)
        heads = [self.root, *(child for child in beside if _plainly(child.name) not in _APART)]
        titles = (title for head in heads[:3] if (title := _text(head, ("title", "name"))))
        made = Schedule(title=next((title for title in titles if _plainly(title) not in _LISTS), ""))
        for each in entries[: MOST + 1]:
            if item := self._item(each.element, each.around):
                item.session = self._session(each, made, len(entries))
                made.items.append(item)
        made.items = self._without_heads(made)
        made.days = sorted({item.day for item in made.items if item.day})
        given, dated = self.source.given.dates, any(item.day and item.day < NO_DATE for item in made.items)
        if self.undated and (dated or len(self.nameless) > len(given)):
            many = f"{len(self.undated)} entries stand" if len(self.undated) > 1 else "an entry stands"
            hint = "write the dates of the days, with their year, in the source, or dates: in event.yaml"
            self.problems.open(f"{many} under no date", self.undated[0].place, hint, "agenda.no-date")
        return made

    def _without_heads(self, made: Schedule) -> list[Item]:
        """The items but for those that are the session of the others beside them: it takes their time and people."""
        of: dict[str, list[Item]] = {}
        for item in made.items:
            of.setdefault(item.session, []).append(item)
        heads = set[int]()
        for key, (first, *others) in of.items():
            heading = made.headings.get(key)
            if heading is None or heading.start or not others or not first.start or not first.end:
                continue
            words = set(split(first.title)) - set(split(heading.title))
            holds = all(one.start and one.end and first.start <= one.start and one.end <= first.end for one in others)
            if holds and all(vocabulary().is_one("session", [word]) for word in words):
                heads.add(id(first))
                heading.start, heading.end, heading.people = first.start, first.end, heading.people or first.people
        return [item for item in made.items if id(item) not in heads]

    def _session(self, each: _Found, made: Schedule, many: int) -> str:
        """The heading of the session that holds an entry: the nearest element around it with a title of its own."""
        if not each.around:
            return ""
        innermost = id(each.around[-1])
        if innermost not in self.within:
            self.within[innermost] = self._innermost_session(each.around, made, many)
        return self.within[innermost]

    def _innermost_session(self, around: list[Element], made: Schedule, many: int) -> str:
        for depth in range(len(around) - 1, 0, -1):
            holder = around[depth]
            if id(holder) not in self.sessions:
                self.sessions[id(holder)] = self._heading(holder, around[:depth], made, many)
            if key := self.sessions[id(holder)]:
                return key
        return ""

    def _heading(self, holder: Element, around: list[Element], made: Schedule, many: int) -> str:
        timed = id(holder) in self.timed
        title = clean(_title(holder))
        if (
            not title
            or _plainly(holder.name) in _APART
            or self._weekday(holder.name)
            or (not timed and self.holding[id(holder)] == many)
        ):
            return ""
        if self.calendar.find(title) or stamp(title) or self._weekday(title):
            return ""
        key = f"{title} {id(holder)}"
        _, start, end = self._times(holder, around) if timed else (None, None, None)
        room, people = clean(_text(holder, _ROOM)), list(self._people(holder))
        made.headings[key] = Heading(title, "", room, people, start, end, holder.place)
        return key

    def _item(self, element: Element, around: list[Element]) -> Item | None:
        title = _title(element)
        if not element.whole:
            cut_off(title, self.source, self.problems)
            return None
        day, start, end = self._times(element, around)
        room = _text(element, _ROOM) or self._around(around, ("room", "hall", "stage", "location"))
        written = _said(element, _LENGTH)
        texts = [plain(text) for names in (_TEXT[:1], _TEXT[1:]) if (text := _text(element, names))]
        if not texts and not element.elements:
            texts = [plain(element.text())]
        return Item(
            title=title,
            place=element.place,
            start=start,
            end=end,
            minutes=length(re.sub(r"\s*min\w*\.?$", "", written[0])) if written else None,
            day=day,
            room="" if room.casefold() in ("all", "alle", "tous", "todas", "-") else clean(room),
            track=_text(element, _TRACK) or self._around(around, ("track", "stream", "strand", "category")),
            type=_text(element, _TYPE),
            language=_text(element, _LANGUAGE),
            subtitle=_text(element, ("subtitle", "untertitel", "teaser")),
            abstract="\n\n".join(dict.fromkeys(texts)),
            link=link if (link := _text(element, _LINK)).startswith(("https://", "http://")) else "",
            id=element.get("id", "guid", "uid", "code") or element.text("id", "guid", "uid"),
            people=list(self._people(element)),
            dropped="cancelled" if _text(element, ("status", "state")).casefold() in ("cancelled", "canceled") else "",
            told=day is not None,
        )

    # Time

    def _times(self, element: Element, around: list[Element]) -> tuple[date | None, datetime | None, datetime | None]:
        text, place = _said(element, _START) or ("", element)
        end = _text(element, _END)
        if (found := _RANGE.match(text)) and stamp(text) is None:
            text, end = found[1], end or found[2]
        whole = stamp(text)
        if isinstance(whole, datetime):
            return None, whole, self._end(end, whole)
        day = self._day(element, around)
        begins = clock(text)
        if day is None and not text:
            return None, None, None
        if day is None:
            if id(element) not in self.holding:
                self.undated.append(element)
            day = self._nameless(element, around)
        if begins is None:
            if text:
                hint = "write hours and minutes, such as 09:45"
                self.problems.error(f"“{clean(text)[:60]}” is no time", place.place, hint, "agenda.time")
            return day, None, None
        start = datetime.combine(day, begins)
        return day, start, self._end(end, start)

    def _end(self, written: str, start: datetime) -> datetime | None:
        if not written:
            return None
        whole = stamp(written)
        if isinstance(whole, datetime):
            return whole if (whole.tzinfo is None) == (start.tzinfo is None) else whole.replace(tzinfo=start.tzinfo)
        ends = clock(written)
        return None if ends is None else datetime.combine(start.date(), ends.replace(tzinfo=start.tzinfo))

    def _day(self, element: Element, around: list[Element]) -> date | None:
        if day := self._own_day(element):
            return day
        if around and id(around[-1]) not in self.days:
            self.days[id(around[-1])] = self._held_day(around)
        return self.days[id(around[-1])] if around else None

    def _held_day(self, around: list[Element]) -> date | None:
        for holder in reversed(around):
            if id(holder) not in self.dates:
                said = self._holds(holder, ("title", "name", "id"))
                self.dates[id(holder)] = self._own_day(holder) or self._date(said[0] if said else "")
            if day := self.dates[id(holder)]:
                return day
        return None

    def _nameless(self, element: Element, around: list[Element]) -> date:
        """The day that stands for one of which no date is said: by its own words, or by the element that holds it."""
        name = clean(_text(element, _DATE))
        key = name.casefold()
        for written in (name, *map(_spelled, _parted(element))):
            if met := self.calendar.find(written):
                name, key = name or written[met.start : met.end], f"{met.month}-{met.day}"
                break
        if not name:
            days = [each for each in around if _plainly(each.name) in _DATE or self._weekday(each.name)]
            holder = (days or around[-1:] or [self.root])[-1]
            said = self._holds(holder, ("title", "name", "id")) if days else None
            name = holder.name if self._weekday(holder.name) else clean(said[0]) if said else ""
            # Each track may have a Monday of its own, and it is the same day.
            key = name.casefold() or str(id(holder))
        number = self.nameless.setdefault(key, min(len(self.nameless), MOST_DAYS))
        self.called.setdefault(number, name)
        return NO_DATE + timedelta(days=number)

    def _weekday(self, name: str) -> bool:
        return self.calendar.weekday(name) is not None

    def _own_day(self, element: Element) -> date | None:
        """The date that an element says itself, in one piece or in its parts."""
        if day := self._date(_text(element, _DATE)):
            return day
        spelled = next((day for part in _parted(element) if (day := self._date(_spelled(part)))), None)
        if spelled:
            return spelled
        begins = self.timed.get(id(element)) and stamp(_text(element, _START))
        return begins.date() if isinstance(begins, datetime) else None

    def _holds(self, holder: Element, names: tuple[str, ...]) -> tuple[str, Element] | None:
        key = (id(holder), names)
        if key not in self.held:
            self.held[key] = _said(holder, names)
        return self.held[key]

    def _date(self, text: str) -> date | None:
        if not text or len(text) > 200:
            return None
        found = stamp(text)
        if found is not None:
            return found.date() if isinstance(found, datetime) else found
        met = self.calendar.find(text)
        year = self.source.given.dates[0].year if self.source.given.dates else 0
        return met.date(year) if met else None

    def _around(self, around: list[Element], names: tuple[str, ...]) -> str:
        """What an element around says: `<room name="Hall">`, or a child or attribute of this name."""
        if not around:
            return ""
        key = (id(around[-1]), names)
        if key not in self.beside:
            self.beside[key] = self._held(around, names)
        return self.beside[key]

    def _held(self, around: list[Element], names: tuple[str, ...]) -> str:
        for holder in reversed(around):
            if _plainly(holder.name) in names:
                said = self._holds(holder, ("name", "title", "kind", "label"))
                return said[0] if said else holder.get("id")
            if (found := self._holds(holder, names)) and not found[1].elements:
                return found[0]
        return ""

    # People

    def _people(self, element: Element) -> Iterator[Speaker]:
        for child in element.elements:
            name = _plainly(child.name)
            if name not in _PEOPLE:
                continue
            inner = [each for each in child.elements if _plainly(each.name) in _PEOPLE]
            if not child.elements and name.endswith("s"):
                # Several names are what its own name promises.
                yield from self._listed(Speaker(child.text(), duty=_DUTIES.get(name), place=child.place))
                continue
            for each in inner or [child]:
                yield from self._person(each, _DUTIES.get(name))
        attributes = {_plainly(key): value for key, value in element.attributes.items()}
        for name in _PEOPLE:
            if attributes.get(name, "").strip():
                speaker = Speaker(attributes[name], duty=_DUTIES.get(name), place=element.place)
                yield from several(speaker, self.problems)

    def _listed(self, speaker: Speaker) -> Iterator[Speaker]:
        """The people in an element whose name says that they are several."""
        parts = [part for part in map(clean, re.split(r"[,;\n]", speaker.name)) if part]
        named = sum(map(Mentions(vocabulary()).named, parts))
        if len(parts) > 2 and named * 2 >= len(parts):
            # Somebody known by one word alone is no reason to make one of all.
            yield from (replace(speaker, name=part) for part in parts)
        else:
            yield from several(speaker, Problems())

    def _person(self, element: Element, duty: Duty | None) -> Iterator[Speaker]:
        parts = next(
            (child for child in element.elements if child.elements and _plainly(child.name) == "name"), element
        )
        given, middle, family = (_text(parts, names) for names in (_GIVEN, _MIDDLE, _FAMILY))
        whole = " ".join(part for part in (given, middle, family) if part)
        name = whole if parts is not element else _text(element, ("name", "fullname", "displayname")) or whole
        if not name and not element.elements:
            name = element.text()
        if not name:
            return
        link = _text(element, ("profile", "url", "link", "website"))
        role = _text(element, ("role",))
        said = vocabulary().duty(role) if role else None
        speaker = Speaker(
            name,
            _text(element, ("organisation", "organization", "company", "affiliation", "institution")),
            _text(element, ("position", "jobtitle")) or ("" if said else role),
            bio=plain(_text(element, ("bio", "biography", "description", "abstract"))),
            link=link if link.startswith(("https://", "http://")) else "",
            given=given,
            family=family,
            id=element.get("id", "guid", "uid", "code"),
            mail=_text(element, ("email", "mail")),
            duty=duty or said,
            place=element.place,
        )
        yield from several(speaker, self.problems)
