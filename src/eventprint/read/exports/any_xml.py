"""A schedule in an XML of its own: whatever its elements are called, they hold titles, times, rooms and speakers.

What is an item is found by what it says: the elements of one name that have a title and a start, as children or as
attributes. Days, rooms and tracks are said by them, or by the elements around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from ...event import Duty
from ...markup import Element
from ...problems import Problems
from ..agenda import Agenda, Source
from ..language.moments import Calendar
from ..language.plain import plain
from ..language.stamps import clock, length, stamp
from ..language.vocabulary import vocabulary
from .schedules import Item, Schedule, Speaker, agenda, clean, damaged, several

_TITLE = ("title", "name", "summary", "subject", "topic", "titel", "titre", "titulo", "headline")
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
_ROOM = ("room", "location", "place", "venue", "hall", "stage", "raum", "salle", "sala", "where", "ort", "auditorium")
_TRACK = ("track", "category", "strand", "stream", "theme", "topics")
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
_PEOPLE += ("lecturer", "teacher", "instructor", "host", "chair", "moderator", "panelist", "panelists", "speakername")
_TEXT = ("abstract", "description", "text", "body", "content", "details", "desc", "beschreibung", "info")
_LINK = ("url", "link", "href", "website")
_LANGUAGE = ("language", "lang")
_WHEN = ("time", "when", "date", "slot", "datetime", "period")
"""Elements that hold the parts of a time."""
_FEW = 2
_PROBED = 500
"""Elements that are looked at to know the file."""
_DUTIES = {"chair": Duty.CHAIR, "moderator": Duty.MODERATOR, "host": Duty.HOST, "panelist": Duty.PANELLIST}
_DUTIES |= {"panelists": Duty.PANELLIST}
_RANGE = re.compile(r"^(\S.*?)\s*(?:[-–—~]|\bto\b|\bbis\b)\s*(\d.*)$")
_NOT = frozenset(("rss", "feed", "html", "urlset", "svg", "project", "resources", "plist", "opml", "kml", "tv"))
"""Roots of files that hold no schedule, though titles and dates stand in them."""


def likelihood(source: Source) -> float:
    """An XML with several elements of one name that have a title and a time."""
    root = source.xml.root
    if root is None or root.name.casefold() in _NOT:
        return 0.0
    found = _items(root, _PROBED)
    return 0.6 if len(found) >= _FEW else 0.3 if found else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a schedule in an XML of its own."""
    damaged(source.xml, problems)
    root = source.xml.root
    if root is None:
        return Agenda()
    return agenda(_Reader(root, source, problems).schedule(), source, problems)


def _plainly(name: str) -> str:
    """A name as it is compared: `start_time`, `StartTime` and `start-time` are one."""
    return re.sub(r"[-_.]", "", name).casefold()


def _said(element: Element, names: Sequence[str]) -> tuple[str, Element] | None:
    """What an element says under one of these names, in a child or an attribute, and where."""
    children = {_plainly(child.name): child for child in reversed(element.elements)}
    for child in element.elements:
        if child.elements and _plainly(child.name) in _WHEN:
            children |= {_plainly(inner.name): inner for inner in child.elements}
    attributes = {_plainly(key): value for key, value in element.attributes.items()}
    for name in names:
        if name in children and (text := children[name].text()):
            return text, children[name]
        if attributes.get(name, "").strip():
            return attributes[name].strip(), element
    return None


def _text(element: Element, names: Sequence[str]) -> str:
    found = _said(element, names)
    return found[0] if found else ""


def _items(root: Element, most: int = 0) -> list[tuple[Element, list[Element]]]:
    """The elements that have a title and a time, each with those around it; `most`: of so many elements at most."""
    found: list[tuple[Element, list[Element]]] = []
    waiting: list[tuple[Element, list[Element]]] = [(root, [])]
    seen = 0
    while waiting and not 0 < most <= seen:
        seen += 1
        element, around = waiting.pop()
        if _said(element, _TITLE) and (start := _said(element, _START)) and _is_time(start[0]):
            found.append((element, around))
        inside = [*around, element]
        waiting += [(child, inside) for child in reversed(element.elements)]
    # What a day or a track says of itself is no item: the items are inside.
    holders = {id(holder) for _, around in found for holder in around}
    return [(element, around) for element, around in found if id(element) not in holders]


def _is_time(text: str) -> bool:
    if len(text) > 80:
        return False
    first = found[1] if (found := _RANGE.match(text)) and stamp(text) is None else text
    return clock(first) is not None or isinstance(stamp(first), datetime)


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
        self.numbered: dict[int, int] = {}
        """Days that no date is said of, in the order they are met."""

    def schedule(self) -> Schedule:
        items = _items(self.root)
        inner = {id(element) for element, _ in items}
        heads = [self.root, *(child for child in self.root.elements if id(child) not in inner)]
        made = Schedule(title=next((title for head in heads[:3] if (title := _text(head, ("title", "name")))), ""))
        for element, around in items:
            if item := self._item(element, around):
                made.items.append(item)
        made.days = sorted({item.day for item in made.items if item.day})
        if self.undated:
            many = f"{len(self.undated)} entries stand" if len(self.undated) > 1 else "an entry stands"
            hint = "write the dates of the days, with their year, in the source, or dates: in event.yaml"
            self.problems.error(f"{many} under no date", self.undated[0].place, hint, "agenda.no-date")
        return made

    def _item(self, element: Element, around: list[Element]) -> Item | None:
        title = _text(element, _TITLE)
        if not element.whole:
            message = f"the file ends in the middle of “{clean(title)[:60]}”, which is left out"
            self.problems.error(message, element.place, "export the schedule again", "agenda.cut-off")
            return None
        day, start, end = self._times(element, around)
        room = _text(element, _ROOM) or self._around(around, ("room", "hall", "stage", "location"))
        written = _said(element, _LENGTH)
        texts = [plain(text) for names in (_TEXT[:1], _TEXT[1:]) if (text := _text(element, names))]
        return Item(
            title=title,
            place=element.place,
            start=start,
            end=end,
            minutes=length(re.sub(r"\s*min\w*\.?$", "", written[0])) if written else None,
            day=day,
            room="" if room.casefold() in ("all", "alle", "tous", "todas", "-") else clean(room),
            track=_text(element, _TRACK) or self._around(around, ("track", "stream")),
            type=_text(element, _TYPE),
            language=_text(element, _LANGUAGE),
            subtitle=_text(element, ("subtitle", "untertitel")),
            abstract="\n\n".join(dict.fromkeys(texts)),
            link=link if (link := _text(element, _LINK)).startswith(("https://", "http://")) else "",
            id=element.get("id", "guid", "uid", "code") or element.text("id", "guid", "uid"),
            people=list(self._people(element)),
            dropped="cancelled" if _text(element, ("status", "state")).casefold() in ("cancelled", "canceled") else "",
            told=start is None,
        )

    # Time

    def _times(self, element: Element, around: list[Element]) -> tuple[date | None, datetime | None, datetime | None]:
        written = _said(element, _START)
        assert written is not None
        text, place = written
        end = _text(element, _END)
        if (found := _RANGE.match(text)) and stamp(text) is None:
            text, end = found[1], end or found[2]
        whole = stamp(text)
        if isinstance(whole, datetime):
            return None, whole, self._end(end, whole)
        day = self._day(element, around)
        begins = clock(text)
        if day is None:
            self.undated.append(element)
            return None, None, None
        if begins is None:
            hint = "write hours and minutes, such as 09:45"
            self.problems.error(f"“{clean(text)[:60]}” is no time", place.place, hint, "agenda.time")
            return None, None, None
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
        for holder in reversed(around):
            if id(holder) not in self.dates:
                said = self._holds(holder, ("title", "name", "id"))
                self.dates[id(holder)] = self._own_day(holder) or self._date(said[0] if said else "")
            if day := self.dates[id(holder)]:
                return day
        dates = self.source.given.dates
        around = [holder for holder in around if _plainly(holder.name) in _DATE] or around[-1:]
        number = self.numbered.setdefault(id(around[-1]) if around else 0, len(self.numbered))
        return dates[number] if number < len(dates) else None

    def _own_day(self, element: Element) -> date | None:
        """The date that an element says itself, in one piece or in its parts."""
        if day := self._date(_text(element, _DATE)):
            return day
        spelled = (
            self._date(_spelled(child))
            for child in element.elements
            if child.elements and _plainly(child.name) in _WHEN
        )
        return next((day for day in spelled if day), None)

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
        for holder in reversed(around):
            if _plainly(holder.name) in names:
                said = self._holds(holder, ("name", "title"))
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
            for each in inner or [child]:
                yield from self._person(each, _DUTIES.get(name))
        attributes = {_plainly(key): value for key, value in element.attributes.items()}
        for name in _PEOPLE:
            if attributes.get(name, "").strip():
                speaker = Speaker(attributes[name], duty=_DUTIES.get(name), place=element.place)
                yield from several(speaker, self.problems)

    def _person(self, element: Element, duty: Duty | None) -> Iterator[Speaker]:
        given, family = (
            _text(element, ("firstname", "givenname")),
            _text(element, ("lastname", "familyname", "surname")),
        )
        name = _text(element, ("name", "fullname", "displayname")) or f"{given} {family}".strip()
        if not name and not element.elements:
            name = element.text()
        if not name:
            return
        link = _text(element, ("profile", "url", "link", "website"))
        speaker = Speaker(
            name,
            _text(element, ("organisation", "organization", "company", "affiliation", "institution")),
            _text(element, ("position", "jobtitle", "role")),
            bio=plain(_text(element, ("bio", "biography", "description", "abstract"))),
            link=link if link.startswith(("https://", "http://")) else "",
            given=given,
            family=family,
            id=element.get("id", "guid", "uid", "code"),
            mail=_text(element, ("email", "mail")),
            duty=duty,
            place=element.place,
        )
        yield from several(speaker, self.problems)
