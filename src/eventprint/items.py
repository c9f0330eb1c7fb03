"""What a layout is repeated for, and the fields each one offers: attendees, people, sessions, breaks, signs, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from .codes import short, token
from .colours import Colour
from .event import Attendee, Day, Duty, Entry, Event, Name, Person, Session, Sign
from .problems import Place
from .timetable import duty_word, in_room, rooms_of, time_range
from .values import dataclass
from .words import words


class Each(StrEnum):
    """What a panel is repeated for."""

    EVENT = "event"
    DAY = "day"
    ROOM = "room"
    """Each room of each day; the day itself where it has but one."""
    SESSION = "session"
    BREAK = "break"
    PERSON = "person"
    PANELLIST = "panellist"
    ATTENDEE = "attendee"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Item:
    """What one repetition is about."""

    fields: Mapping[str, str]
    """What a template may name, empty where nobody supplied it."""
    title: str
    """What it is called in a page's name and in problems."""
    subject: str = ""
    """Id of the attendee or key of the person."""
    mine: str = ""
    """Key of the person whose own entries are marked."""
    role: Colour | None = None
    """Colour of the holder's role."""
    token: str = ""
    """What the holder's code says."""
    day: Day | None = None
    """None: all days of the event."""
    session: Session | None = None
    person: Person | None = None
    name: Name | None = None
    """Whose item it is."""
    copies: int = 1
    place: Place = Place()


REPEATING = frozenset(
    {
        "title",
        "event",
        "subtitle",
        "dates",
        "date",
        "venue",
        "room",
        "address",
        "organisers",
        "supporters",
        "imprint",
        "format",
        "link",
        "online",
        "logo",
        "role",
        "role key",
    }
)
"""Fields that say the same on many items, so that what is made of them is worth keeping."""


def items(event: Event, each: Each, kind: str = "") -> Iterator[Item]:
    """What there is to print for, in order; of breaks and signs only the kinds named, or all."""
    common = _event_fields(event)
    day = event.days[0] if len(event.days) == 1 else None
    match each:
        case Each.EVENT:
            yield Item(common, "", day=day)
        case Each.DAY:
            for day in event.days:
                yield _day_item(event, common, day)
        case Each.ROOM:
            for day in event.days:
                yield from [_room_item(event, common, day, room) for room in rooms_of(day)] or [
                    _day_item(event, common, day)
                ]
        case Each.SESSION:
            for day in event.days:
                for session in day.sessions:
                    yield Item(
                        _session_fields(common, session),
                        session.label or session.title,
                        day=day,
                        session=session,
                        place=session.place,
                    )
        case Each.BREAK:
            for day in event.days:
                for entry in day.entries():
                    if entry.is_break and _is_of(kind, _service(entry)):
                        yield Item(_entry_fields(common, entry), entry.title, day=day, place=entry.place)
        case Each.PERSON | Each.PANELLIST:
            for person in event.people:
                if each is Each.PERSON or _sits_on_a_panel(event, person):
                    yield Item(
                        _person_fields(event, common, person),
                        person.name.full,
                        person.key,
                        person.key,
                        day=day,
                        person=person,
                        name=person.name,
                        place=person.place,
                    )
        case Each.SIGN:
            for sign in event.signs:
                if _is_of(kind, sign.kind):
                    yield Item(_sign_fields(common, sign), sign.text, copies=sign.copies, place=sign.place)
        case Each.ATTENDEE:
            for attendee in event.attendees:
                yield _attendee_item(event, common, attendee, day)


def _day_item(event: Event, common: Mapping[str, str], day: Day) -> Item:
    date = words(event.language).date(day.date) if day.date else day.title
    return Item({**common, "date": date, "door": ""}, date, day=day)


def _room_item(event: Event, common: Mapping[str, str], day: Day, room: str) -> Item:
    its = _day_item(event, common, in_room(day, room))
    return replace(its, fields={**its.fields, "room": room, "door": room}, title=", ".join((room, its.title)))


def _is_of(wanted: str, kind: str) -> bool:
    return not wanted or kind in wanted.split()


def _service(entry: Entry) -> str:
    return entry.service.value if entry.service else "pause"


def _sits_on_a_panel(event: Event, person: Person) -> bool:
    return any(a.duty in (Duty.PANELLIST, Duty.MODERATOR) for a in event.appearances(person.key))


def _event_fields(event: Event) -> dict[str, str]:
    vocabulary = words(event.language)
    venue = event.venue
    fields = {
        "title": event.title,
        "event": event.display_title,
        "subtitle": event.subtitle,
        "dates": vocabulary.dates([day.date for day in event.days if day.date]),
        "venue": venue.name,
        "room": venue.room,
        "address": venue.address,
        "organisers": ", ".join(event.organisers),
        "supporters": ", ".join(event.supporters),
        "imprint": event.imprint,
        "format": event.format,
        "link": event.link,
        "online": event.online.channel,
        "logo": str(event.brand.logo or ""),
    }
    return fields | {f"word:{key}": word for key, word in vocabulary.table.items()}


def _session_fields(common: Mapping[str, str], session: Session) -> dict[str, str]:
    return {
        **common,
        "label": session.label,
        "session": session.title,
        "time": time_range(session.start, session.end),
        "start": str(session.start or ""),
        "end": str(session.end or ""),
        "room": session.room or common["room"],
    }


def _entry_fields(common: Mapping[str, str], entry: Entry) -> dict[str, str]:
    return {
        **common,
        "entry": entry.title,
        "time": time_range(entry.start, entry.end) or entry.when,
        "start": str(entry.start or ""),
        "end": str(entry.end or ""),
        "service": _service(entry),
        "room": entry.room or common["room"],
    }


def _sign_fields(common: Mapping[str, str], sign: Sign) -> dict[str, str]:
    return {**common, "text": sign.text, "note": sign.note, "direction": sign.direction, "where": sign.where}


def _person_fields(event: Event, common: Mapping[str, str], person: Person) -> dict[str, str]:
    vocabulary = words(event.language)
    duties = dict.fromkeys(duty_word(vocabulary, a.duty) for a in event.appearances(person.key))
    return {
        **common,
        "name": person.name.full,
        "given": person.name.first_line,
        "family": person.name.second_line,
        "organisation": person.organisation,
        "position": person.position,
        "pronouns": person.pronouns,
        "duties": " · ".join(duties),
        "bio": person.bio,
        "photo": str(person.photo or ""),
        "moderates": "yes" if any(cast.person == person.key for cast in event.cast) else "",
    }


def _attendee_item(event: Event, common: Mapping[str, str], who: Attendee, day: Day | None) -> Item:
    """Columns of the list are fields too; one that is called like a fact of the event does not take its place."""
    role = event.role(who.role)
    code = token(event.secret, who.id)
    person = event.person(who.person) if who.person else None
    fields = {
        **who.fields,
        **common,
        "name": who.name.full,
        "given": who.name.first_line,
        "family": who.name.second_line,
        "organisation": who.organisation,
        "position": who.position,
        "pronouns": who.pronouns,
        "role": role.word,
        "roles": " · ".join(event.role(key).word for key in who.roles),
        "role key": who.role,
        "ticket": who.ticket,
        "id": short(code),
        "no photo": "yes" if who.consents.photo is False else "",
        "walk-in": "yes" if who.walk_in else "",
        "photo": str(person.photo or "") if person else "",
    }
    return Item(
        fields,
        who.name.full,
        who.id,
        who.person,
        role.colour,
        code,
        day,
        person=person,
        name=who.name,
        place=who.place,
    )
