"""The event as a value: what was read, before anything is laid out.

Nothing here is invented: a fact that nobody supplied is empty. Every item remembers the place it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from .colours import BLACK, WHITE, Colour
from .geometry import Size
from .labels import Labels
from .problems import Place
from .values import dataclass


class Kind(StrEnum):
    """What happens in an entry of the agenda."""

    TALK = "talk"
    ADDRESS = "address"
    """A welcome, an opening, closing words: somebody speaks, but it is no talk."""
    PANEL = "panel"
    BREAK = "break"
    OTHER = "other"


class Service(StrEnum):
    """What a break is for; signs and pictograms follow it."""

    REGISTRATION = "registration"
    COFFEE = "coffee"
    LUNCH = "lunch"
    DINNER = "dinner"
    RECEPTION = "reception"
    PAUSE = "pause"


class Duty(StrEnum):
    """What a person does in an entry, a session or the whole event."""

    SPEAKER = "speaker"
    PANELLIST = "panellist"
    MODERATOR = "moderator"
    CHAIR = "chair"
    HOST = "host"


class Sure(StrEnum):
    """How sure a reading is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """A time of day: minutes after midnight for sorting, and the way it was written for printing."""

    minutes: int
    written: str = field(compare=False)
    place: Place = field(default=Place(), compare=False, repr=False)
    """Where it stands, if that is another place than that of what takes place then."""

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as printed, in the two parts a badge sets apart, and as lists sort it."""

    full: str
    given: str = ""
    family: str = ""
    sort: str = ""
    family_first: bool = False
    stated: bool = False
    """Somebody said what its parts or its sort key are; otherwise they are guessed from the full name."""

    @property
    def first_line(self) -> str:
        """The part a badge sets largest: the given name, or the whole where no part is known or none stands alone."""
        return self.full if self.is_whole else self.given or self.full

    @property
    def second_line(self) -> str:
        return self.family if self.given and not self.is_whole else ""

    @property
    def is_whole(self) -> bool:
        """Whether it stays in one piece: a Chinese, Japanese or Korean name in its own letters, family name first."""
        return self.family_first and all(letter >= "\u2e80" for letter in self.full if letter not in " \u00b7")

    def __str__(self) -> str:
        return self.full


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the programme. A speaker still to be confirmed is a state of an entry, never a Person."""

    key: str
    name: Name
    organisation: str = ""
    position: str = ""
    pronouns: str = ""
    bio: str = ""
    photo: Path | None = None
    link: str = ""
    online: bool | None = None
    """True: joins online and needs no badge; None: nobody said."""
    known_as: tuple[str, ...] = ()
    """What else tells who this is, as `Attendee.id` has it: `id:` and a number, `mail:` and 16 digits of a hash."""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Consents:
    """What somebody agreed to; None where they were not asked."""

    photo: bool | None = None
    listed: bool | None = None
    contact: bool | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who gets a badge: a row of the attendee list, a person of the programme, or both."""

    id: str
    """What stays the same when a name is corrected: the registration's own id where there is one."""
    name: Name
    organisation: str = ""
    position: str = ""
    pronouns: str = ""
    roles: tuple[str, ...] = ("attendee",)
    """Keys of `Event.roles`, the most telling first: it gives the badge its colour and word."""
    ticket: str = ""
    language: str = ""
    consents: Consents = Consents()
    walk_in: bool = False
    person: str = ""
    """Key of the same human in `Event.people`, empty if not on the programme."""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Every further column of the list by its heading."""
    place: Place = Place()

    @property
    def role(self) -> str:
        return self.roles[0]


@dataclass(frozen=True, slots=True)
class RoleStyle:
    """How a role shows on a badge: its word and its colour."""

    key: str
    word: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Cast:
    """A person in an entry, and what they do there."""

    person: str
    """Key of `Event.people`."""
    duty: Duty = Duty.SPEAKER
    place: Place = Place()
    sure: Sure = Sure.CERTAIN


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the agenda: a talk, a panel, an address, a break."""

    title: str
    kind: Kind = Kind.TALK
    start: Time | None = None
    """None: printed in order under the entry before it, without an invented time."""
    end: Time | None = None
    end_stated: bool = False
    """False: the end was derived from what follows."""
    cast: tuple[Cast, ...] = ()
    to_be_confirmed: bool = False
    """The speaker's place holds TBC (or its like): printed as open, listed as an open point."""
    service: Service | None = None
    room: str = ""
    abstract: str = ""
    online: bool | None = None
    subtitle: str = ""
    track: str = ""
    """The strand of the programme it belongs to, where the source names one."""
    language: str = ""
    """The language it is held in, where the source says so: a code such as `de`, or the word as written."""
    link: str = ""
    """Its page, where the source gives one."""
    id: str = ""
    """What the source calls it, so that a later export of the same event can be compared; empty where it has none."""
    place: Place = Place()
    sure: Sure = Sure.CERTAIN
    """How sure it is that this is an entry, and what its parts are."""
    minutes: int = 0
    """How long it lasts, where the source says so in place of its times or beside them."""
    room_place: Place = field(default=Place(), compare=False, repr=False)
    """Where its room stands, if that is another place than its own."""
    link_place: Place = field(default=Place(), compare=False, repr=False)
    """Where its link stands, likewise."""

    @property
    def when(self) -> str:
        """What stands where a time stands: the start as written, or the length of what has no start, or nothing."""
        if self.start:
            return str(self.start)
        return f"{self.minutes} min" if self.minutes else ""

    @property
    def is_talk(self) -> bool:
        """Whether it counts among the talks of its session: somebody speaks, known or still to be confirmed."""
        return not self.is_break and bool(self.cast or self.to_be_confirmed)

    @property
    def is_break(self) -> bool:
        return self.kind is Kind.BREAK


@dataclass(frozen=True, slots=True)
class Session:
    """Entries under a common heading; its times are those of its first entry and of what follows it."""

    label: str
    """`Session I`; empty where the heading has no number."""
    title: str
    entries: tuple[Entry, ...] = ()
    cast: tuple[Cast, ...] = ()
    """Chairs and moderators of the whole session."""
    room: str = ""
    start: Time | None = None
    end: Time | None = None
    end_stated: bool = False
    place: Place = Place()


Block = Session | Entry


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the event: sessions, and entries that belong to none, in order."""

    blocks: tuple[Block, ...] = ()
    date: date | None = None
    title: str = ""
    place: Place = Place()

    def entries(self) -> Iterator[Entry]:
        for block in self.blocks:
            if isinstance(block, Session):
                yield from block.entries
            else:
                yield block

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Session))


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the event takes place: the house, the room in it, the street."""

    name: str = ""
    room: str = ""
    address: str = ""
    note: str = ""
    """A remark that stood beside the name, such as `live`."""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Online:
    """The online side of a hybrid event: the channel, who uses it, the link."""

    channel: str = ""
    who: str = ""
    link: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Fact:
    """A practical fact to print with its label, such as Wi-Fi or the emergency number."""

    label: str
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign the event needs beyond those that follow from the agenda: an arrow, a service, reserved seats."""

    text: str
    kind: str = "notice"
    """`arrow`, `reserved`, `notice` …: which panel of the sign layouts sets it."""
    direction: str = ""
    """For arrows: left, right, up, down, up-left, up-right, down-left, down-right."""
    note: str = ""
    where: str = ""
    """The spot in the venue, for the placement list."""
    copies: int = 1
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Brand:
    """The look that every product obeys."""

    primary: Colour = Colour(0.06, 0.22, 0.29)
    """The main colour: bands, headings."""
    accent: Colour = Colour(0.78, 0.35, 0.13)
    """Used sparingly: times, marks, rules."""
    ink: Colour = BLACK
    """Running text."""
    paper: Colour = WHITE
    logo: Path | None = None
    sans: str = "Fira Sans"
    serif: str = "Source Serif 4"


@dataclass(frozen=True, slots=True)
class Product:
    """A product the organiser ordered: a layout by name, its quantity, its own settings."""

    layout: str
    name: str = ""
    quantity: int = 1
    settings: Mapping[str, object] = field(default_factory=dict, hash=False)
    place: Place = Place()
    stock: str = ""
    """The label sheet it is printed on, as the organiser calls it; empty for plain paper."""
    free: tuple[Labels, ...] = ()
    """The labels left on part-used sheets, in the order in which the sheets lie in the printer."""
    printer: str = ""
    """The printer whose offset, scale and skew are made up for; empty for one that needs nothing."""
    places: Mapping[str, Place] = field(default_factory=dict, hash=False)
    """Where `stock`, `free` and `printer` are written."""
    imposition: str = ""
    """How its pages lie on the sheets of the organiser's printer; empty: as usual for its layout."""
    paper: Size | None = None
    """The sheets it is printed on, where they are not those of the event."""
    thickness: float = 0.0
    """Of one sheet of the paper, for booklets."""
    flip: Literal["", "long", "short", "manual"] = ""
    """The edge the printer turns sheets about, where it is not the usual one: long, short, or manual."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One appearance of a person: the entry, its session and day, what they do, and which talk of how many it is."""

    entry: Entry | None
    """None: the duty is for the whole session or the whole event."""
    session: Session | None
    day: Day | None
    duty: Duty
    number: int = 0
    of: int = 0


class Taken(StrEnum):
    """What a line was taken for."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    DATE = "date"
    FIELD = "field"
    HEADING = "heading"
    INTRODUCTION = "introduction"
    SESSION = "session"
    SLOT = "slot"
    UNTIMED = "untimed entry"
    LABEL = "label"
    PEOPLE = "people"
    OPEN = "tbc"
    ABSTRACT = "abstract"
    IMPRINT = "imprint"
    PASSED = "passed over"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line of the source was taken for."""

    line: int
    taken: Taken
    sure: Sure = Sure.CERTAIN
    text: str = ""
    """The line as it stands in the file, without spaces around."""
    note: str = ""
    """Why the line was passed over, or what else it might be."""


@dataclass(frozen=True, slots=True)
class Event:
    """The whole gathering."""

    folder: Path
    title: str
    short_title: str = ""
    subtitle: str = ""
    days: tuple[Day, ...] = ()
    language: str = "en"
    format: str = ""
    venue: Venue = Venue()
    online: Online = Online()
    organisers: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    introduction: str = ""
    facts: tuple[Fact, ...] = ()
    cast: tuple[Cast, ...] = ()
    """Moderators and hosts of the whole event."""
    imprint: str = ""
    link: str = ""
    people: tuple[Person, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    """Everybody who gets a badge, people of the programme included, in pile order."""
    roles: tuple[RoleStyle, ...] = ()
    signs: tuple[Sign, ...] = ()
    brand: Brand = Brand()
    paper: Size = Size(595.2755905511812, 841.8897637795276)
    """The sheet in the organiser's own printer: A4 unless the event says otherwise."""
    products: tuple[Product, ...] = ()
    secret: bytes = field(default=b"", repr=False)
    """The key that signs badge codes; it never leaves the event folder."""
    coverage: tuple[Reading, ...] = ()
    """What each line of the agenda was taken for; no line that is not blank is missing."""
    covers: str = "lines"
    """What `coverage` is counted in: lines, the rows of a table, or the items of an export."""
    sources: tuple[Path, ...] = ()
    """Every file that was read."""
    pictures: Mapping[Path, Place] = field(default_factory=dict, hash=False)
    """Every picture the material names, and where it does."""
    links: Mapping[str, Place] = field(default_factory=dict, hash=False)
    """Every link the material names, and where it does first."""
    profile: Path | None = None
    """The ICC profile of the print shop; without it coated paper."""
    _people: dict[str, Person] = field(default_factory=dict, init=False, repr=False, compare=False)
    _appearances: dict[str, tuple[Appearance, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Both are filled when first asked for: a large event asks for every person's on every badge."""

    @property
    def display_title(self) -> str:
        return self.short_title or self.title

    def entries(self) -> Iterator[Entry]:
        for day in self.days:
            yield from day.entries()

    def person(self, key: str) -> Person:
        if not self._people:
            self._people.update({person.key: person for person in reversed(self.people)})
        return self._people[key]

    def role(self, key: str) -> RoleStyle:
        return next(role for role in self.roles if role.key == key)

    def appearances(self, key: str) -> tuple[Appearance, ...]:
        """Everything a person does, in the order of the agenda; duties for the whole event come first."""
        if not self._appearances:
            found: dict[str, list[Appearance]] = {}
            for person, appearance in self._all_appearances():
                found.setdefault(person, []).append(appearance)
            self._appearances.update({person: tuple(each) for person, each in found.items()})
        return self._appearances.get(key, ())

    def _all_appearances(self) -> Iterator[tuple[str, Appearance]]:
        yield from ((cast.person, Appearance(None, None, None, cast.duty)) for cast in self.cast)
        for day in self.days:
            for block in day.blocks:
                session = block if isinstance(block, Session) else None
                entries = block.entries if isinstance(block, Session) else (block,)
                if session:
                    yield from ((cast.person, Appearance(None, session, day, cast.duty)) for cast in session.cast)
                talks = sum(entry.is_talk for entry in entries)
                number = 0
                for entry in entries:
                    number += entry.is_talk
                    for cast in entry.cast:
                        at = number if entry.is_talk else 0
                        yield cast.person, Appearance(entry, session, day, cast.duty, at, talks)
