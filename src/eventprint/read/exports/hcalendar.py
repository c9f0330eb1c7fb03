"""Web pages that mark up their events: hCalendar (`vevent`), h-event of the microformats project, and microdata.

https://microformats.org/wiki/hcalendar, https://microformats.org/wiki/h-event, and the value class pattern for
dates and times that are written in several elements; https://schema.org/Event in attributes (`itemprop`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ... import markup
from ...event import Duty, Sure, Venue
from ...markup import Element
from ...problems import Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..language.plain import plain
from ..language.stamps import clock, length, stamp
from .schedules import Item, Schedule, Speaker, agenda, clean, page_of, several
from .titles import Titles

_MARKED = re.compile(
    r"class\s*=\s*(?:\"[^\"<>]{0,300}|'[^'<>]{0,300}|)(?<![\w-])(?:vevent|h-event)(?![\w-])"
    r"|itemtype\s*=\s*[\"']?\s*https?://(?:schema\.org|data-vocabulary\.org)/(?:\w{0,40}Event|\w{0,40}Festival)\b",
    re.IGNORECASE,
)
_TYPE = re.compile(r"https?://(?:schema\.org|data-vocabulary\.org)/\w*(?:Event|Festival)", re.IGNORECASE)
_EVENT = ("vevent", "h-event")
_OTHER = ("vcard", "h-card", "h-adr", "adr", "h-feed", "hfeed", "h-entry", "hentry", "h-product", "h-review", *_EVENT)
_NAMES = {
    "name": ("summary", "p-name"),
    "start": ("dtstart", "dt-start"),
    "end": ("dtend", "dt-end"),
    "duration": ("duration", "dt-duration"),
    "location": ("location", "p-location"),
    "url": ("url", "u-url"),
    "description": ("description", "p-description", "e-content", "e-description", "p-summary"),
    "category": ("category", "p-category"),
    "attendee": ("attendee", "p-attendee"),
    "speaker": ("speaker", "p-speaker", "p-performer", "performer", "p-author"),
    "organizer": ("organizer", "organiser", "p-organizer"),
    "uid": ("uid", "u-uid"),
    "status": ("status", "p-status"),
}
_PROPERTIES = {
    "name": "name",
    "summary": "name",
    "startdate": "start",
    "enddate": "end",
    "duration": "duration",
    "location": "location",
    "url": "url",
    "description": "description",
    "performer": "speaker",
    "performers": "speaker",
    "actor": "speaker",
    "speaker": "speaker",
    "attendee": "attendee",
    "organizer": "organizer",
    "eventstatus": "status",
}
"""What the properties of schema.org are here."""
_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d{2}(?![\d:])")
_FEW = 2
_BESIDE = 8
"""Times in the text of a page that are none of its events."""
_GONE = re.compile(r"cancell?ed$", re.IGNORECASE)
_LOOSE = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([ap])\.?\s?m\.?", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """An event of a page: its properties in the order they are met, each with the element that says it."""

    element: Element
    said: dict[str, list[tuple[str, Element]]]
    inside: bool = False
    """It holds other events."""

    def first(self, name: str) -> str:
        return self.said[name][0][0] if self.said.get(name) else ""


def likelihood(source: Source) -> float:
    """A page with marked-up events, and no more times in its text than they have."""
    if not _MARKED.search(source.text):
        return 0.0
    root = markup.html(source.text, source.name).root
    if root is None:
        return 0.9
    found = [event for event in events(root) if not event.inside]
    # Many a page marks up the conference alone, and says in its text what happens there.
    few = len(found) < _FEW and not any(_classes(event.element) & set(_EVENT) for event in found)
    return 0.0 if few or len(_CLOCK.findall(_words(root))) > 3 * len(found) + _BESIDE else 0.9


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of the events in a page."""
    document = markup.html(source.text, source.name)
    if document.root is None:
        problems.error(f"the page cannot be read: {document.fault}", document.place, "", "agenda.html")
        return Agenda()
    return agenda(_schedule(document.root, source, problems), source, problems)


def events(root: Element) -> list[Found]:
    """The events of a page in order, those inside others behind them."""
    found: list[Found] = []
    waiting: list[tuple[Element, Found | None]] = [(root, None)]
    while waiting:
        element, owner = waiting.pop()
        if _classes(element) & set(_EVENT) or _is_item(element):
            if owner is not None:
                owner.inside = True
            owner = Found(element, _properties(element))
            found.append(owner)
        waiting += [(child, owner) for child in reversed(element.elements)]
    return found


def _classes(element: Element) -> set[str]:
    written = element.attributes.get("class", "")
    return set(written.split()) if written else set()


def _is_item(element: Element) -> bool:
    """Whether this is an event of schema.org."""
    return bool(_TYPE.match(element.attributes.get("itemtype", "").strip()))


def _properties(event: Element) -> dict[str, list[tuple[str, Element]]]:
    said: dict[str, list[tuple[str, Element]]] = {}
    waiting = list(reversed(event.elements))
    while waiting:
        element = waiting.pop()
        classes, item = _classes(element), element.attributes.get("itemprop", "").casefold().split()
        names = [name for name, words in _NAMES.items() if classes.intersection(words)]
        names += [name for each in item if (name := _PROPERTIES.get(each, "")) and name not in names]
        for name in names:
            value = _moment(element, said) if name in ("start", "end") else _value(element, name)
            if value:
                said.setdefault(name, []).append((value, element))
        # What another thing inside says is its own: the name of a card is no title of the event.
        if not classes.intersection(_OTHER) and "itemscope" not in element.attributes:
            waiting += reversed(element.elements)
    if "name" not in said and "h-event" in _classes(event):
        # An event that says nothing but its words is called by them.
        said["name"] = [(clean(_words(event)), event)]
        if "url" not in said and event.name == "a" and event.get("href"):
            said["url"] = [(event.get("href"), event)]
    return said


def _value(element: Element, name: str) -> str:
    """What a property says, as the microformats project parses it."""
    if "itemscope" in element.attributes and name != "url":
        inner = [part for part in element.walk() if "name" in part.attributes.get("itemprop", "").casefold().split()]
        if inner:
            return inner[0].get("content") or clean(_words(inner[0]))
    if name in ("url", "uid"):
        return element.get("href", "src", "data", "content") or clean(_words(element))
    if element.get("content") and "itemprop" in element.attributes:
        return element.get("content")
    if name == "status" and element.get("href"):
        return element.get("href")
    if name == "description":
        return "\n\n".join(part for part in _paragraphs(element) if part)
    if (card := _card(element)) is not None:
        return card
    if element.name == "abbr" and element.get("title"):
        return element.get("title")
    if element.name in ("img", "area") and element.get("alt"):
        return element.get("alt")
    if element.name in ("data", "input") and element.get("value"):
        return element.get("value")
    parts = [part for part in element.walk() if "value" in _classes(part)]
    return clean("".join(_words(part) for part in parts)) if parts else clean(_words(element))


def _card(element: Element) -> str | None:
    """The name on a card (`vcard`, `h-card`); None for what is none."""
    if not _classes(element).intersection(("vcard", "h-card")):
        return None
    for part in element.walk():
        if _classes(part).intersection(("fn", "p-name")):
            return clean(part.get("alt") or _words(part))
    return clean(_words(element))


def _words(element: Element) -> str:
    """The words of an element, with those of its pictures."""
    parts: list[str] = []
    waiting: list[Element | str] = list(reversed(element.content))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
        elif part.name == "img":
            parts.append(part.get("alt"))
        elif part.name == "br":
            parts.append(" ")
        elif part.name not in ("script", "style"):
            waiting += reversed(part.content)
    return "".join(parts)


def _paragraphs(element: Element) -> Iterator[str]:
    inner = list(element.walk("p", "li", "h1", "h2", "h3", "h4"))
    if not inner:
        yield clean(_words(element))
        return
    for child in inner:
        yield ("- " if child.name == "li" else "") + clean(_words(child))


# Time


def _moment(element: Element, said: dict[str, list[tuple[str, Element]]]) -> str:
    """A date and time: of the element itself, or put together from the values inside it."""
    parts = [part for part in element.walk() if _classes(part).intersection(("value", "value-title"))]
    if not parts:
        return _written(element)
    day = begins = zone = ""
    for part in parts:
        written = part.get("title") if "value-title" in _classes(part) else _written(part)
        if re.match(r"\d{4}-\d", written):
            day, _, rest = written.replace("T", " ").partition(" ")
            begins = begins or rest
        elif re.fullmatch(r"[+-]\d{1,2}:?\d{0,2}|[zZ]", written):
            zone = written
        elif written:
            begins = begins or _clock(written)
    if not day:
        # `from 19:00 to 22:00`: the end is on the day of the start.
        starts = said.get("start", [])
        day = starts[-1][0].replace("T", " ").partition(" ")[0] if starts else ""
    begins = re.sub(r"([+-]\d{2}):(\d{2})$", r"\1\2", begins + zone)
    return f"{day} {begins[:-1] + 'Z' if begins.endswith('z') else begins}".strip()


def _written(element: Element) -> str:
    if element.get("content") and "itemprop" in element.attributes:
        return element.get("content")
    if element.name in ("time", "ins", "del") and element.get("datetime"):
        return element.get("datetime")
    if element.name == "abbr" and element.get("title"):
        return element.get("title")
    if element.name in ("data", "input") and element.get("value"):
        return element.get("value")
    return clean(_words(element))


def _clock(written: str) -> str:
    """A time of day by the clock of 24 hours: `7pm` is `19:00`."""
    found = _LOOSE.fullmatch(written.strip())
    if found is None:
        return written
    hour = int(found[1]) % 12 + (12 if found[4] in "pP" else 0)
    return f"{hour:02}:{found[2] or '00'}{':' + found[3] if found[3] else ''}"


# A schedule of them


def _schedule(root: Element, source: Source, problems: Problems) -> Schedule:
    found = events(root)
    made = Schedule()
    outer = [event for event in found if event.inside]
    if outer:
        # What holds the others is the event itself.
        made.title, made.link = outer[0].first("name"), _web(outer[0].first("url"))
        if place := outer[0].first("location"):
            made.venue = Venue(place, place=outer[0].element.place)
    else:
        heading = next(root.walk("h1"), None) or next(root.walk("title"), None)
        made.title = clean(_words(heading)) if heading is not None else ""
    for event in found:
        if not event.inside:
            made.items += _items(event, problems)
    guests = [event for event in found if event.said.get("attendee") and not event.said.get("speaker")]
    if guests:
        message = (
            f"those who attend are read as speakers, {sum(len(event.said['attendee']) for event in guests)} in all"
        )
        hint = "mark speakers up as such in the page, and leave out who only attends"
        problems.open(message, guests[0].said["attendee"][0][1].place, hint, "agenda.guests")
    Titles(problems).part(made.items)
    return made


_PARTS = {"title": "name", "start": "start", "end": "end", "room": "location", "id": "uid", "link": "url"}
"""What the parts of an item are called in a page."""


def _items(event: Found, problems: Problems) -> Iterator[Item]:
    element = event.element
    starts = list(dict.fromkeys(event.said.get("start", [])))
    item = Item(
        title=event.first("name"),
        place=element.place,
        where={part: event.said[said][0][1].place for part, said in _PARTS.items() if event.said.get(said)},
        room=event.first("location"),
        track=", ".join(value for value, _ in event.said.get("category", [])),
        abstract=plain(event.first("description")),
        link=page_of(event.first("url")),
        id=event.first("uid") or element.get("id"),
        people=[*_people(event, problems)],
        dropped="cancelled" if _GONE.search(event.first("status")) else "",
    )
    if starts:
        begins = _read(starts[0][0])
        if begins is None:
            message = f"“{clean(starts[0][0])[:60]}” is no time"
            problems.error(message, starts[0][1].place, "write it as 2026-05-07T09:45", "agenda.time")
            item.told = True
        ends = _read(event.first("end"), begins)
        if event.first("end") and ends is None and begins is not None:
            message = f"“{clean(event.first('end'))[:60]}” is no time"
            problems.error(message, event.said["end"][0][1].place, "write it as 2026-05-07T09:45", "agenda.time")
        different = list(dict.fromkeys(value for value, _ in starts))
        if len(different) > 1:
            message = f"“{clean(item.title)[:60]}” has {len(different)} starts: {', '.join(different)}"
            problems.open(message, starts[1][1].place, "the first is printed; leave one", "agenda.several-starts")
        if isinstance(begins, datetime):
            item.start = begins
            if isinstance(ends, datetime):
                same = (ends.tzinfo is None) == (begins.tzinfo is None)
                item.end = ends if same else ends.replace(tzinfo=begins.tzinfo)
            elif ends is not None and ends > begins.date():
                item.end = datetime.combine(ends, time(23, 59), begins.tzinfo)
            item.minutes = length(event.first("duration")) if item.end is None else None
        elif begins is not None:
            last = ends.date() if isinstance(ends, datetime) else ends
            yield from whole_days(item, begins, last or begins)
            return
    yield item


def whole_days(item: Item, first: date, last: date) -> Iterator[Item]:
    """An item on each of the days it takes, two weeks of them at most."""
    days = min(max((last - first).days, 0), 13) + 1
    for shift in range(days):
        yield replace(item, day=first + timedelta(days=shift), whole_day=True, recurs=days > 1, people=[*item.people])


def _read(written: str, start: date | datetime | None = None) -> date | datetime | None:
    """A moment; a clock time alone is on the day of the start."""
    if not written:
        return None
    moment = stamp(written)
    if moment is None and start is not None and (begins := clock(_clock(written))) is not None:
        day = start.date() if isinstance(start, datetime) else start
        return datetime.combine(day, begins)
    return moment


def _people(event: Found, problems: Problems) -> Iterator[Speaker]:
    """Speakers, or else the attendees: a page that names nobody else means those by it."""
    for name, sure in (("speaker", Sure.CERTAIN), ("attendee", Sure.LIKELY)):
        found = event.said.get(name, [])
        for value, element in found:
            organisation = next((clean(_words(part)) for part in element.walk() if _is_house(part)), "")
            link = next((part.get("href") for part in [element, *element.walk()] if part.get("href")), "")
            speaker = Speaker(value, organisation if organisation != value else "", link=_web(link))
            speaker.place, speaker.sure = element.place, sure
            speaker.duty = Duty.SPEAKER
            yield from several(speaker, problems)
        if found:
            return


def _is_house(element: Element) -> bool:
    """Whether this says where somebody comes from."""
    return "org" in _classes(element) or element.attributes.get("itemprop", "").casefold() in (
        "affiliation",
        "worksfor",
    )


def _web(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""
