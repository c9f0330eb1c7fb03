"""An agenda written as YAML that reads back as the same agenda, for people to go on with.

Only what the reader would not conclude by itself is written: what an entry is, where it ends, who is on the programme
follow from titles, order and mentions, and are said where they differ. What `agenda_yaml` knows, this file writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ...event import Cast, Day, Duty, Entry, Fact, Kind, Name, Person, Session, Sure, Time
from ...problems import Place, Problems
from ...values import dataclass
from ..agenda import Agenda
from ..drafts import DayDraft, EntryDraft, SessionDraft, finish
from ..language.lines import Marked
from ..language.mentions import Mentions
from ..language.names import slug, untitled
from ..language.vocabulary import vocabulary
from .agenda_yaml import UNKNOWN, moment
from .notation import Value
from .notation import written as yaml

_ABOUT = """\
# The agenda{of}. This file is yours to edit: it is what is printed.
#
# Each entry has a title, and a start unless it shares the time of the one before it. Beside these it may have
#   end, minutes, room, track, language, subtitle, abstract, link, online: true or false,
#   speaker or speakers, panellists, moderator, chair, host: a name, “Name, Organisation”, or TBC,
#   kind: talk, address, panel, break or other, where the title does not tell.
# Times stand in quotes: "09:45". Brackets hold the time that counts where another one is printed: "1:30 (13:30)" in the
# afternoon, and "00:30 (24:30)" in the night after the day.{more}
"""
_UNTIL = "\n# An end under until was concluded from what follows, and end: open says that none is known."
_FROM = "\n# from: where it stood in {source}."
_PEOPLE = "\n# people: everybody once, at the end; entries name them as they stand there."
_OPEN = "\n# open: a point to settle; delete the note when it is settled."

_SINGULAR = {
    Duty.SPEAKER: ("speaker", "speakers"),
    Duty.PANELLIST: ("panellists", "panellists"),
    Duty.MODERATOR: ("moderator", "moderators"),
    Duty.CHAIR: ("chair", "chairs"),
    Duty.HOST: ("host", "hosts"),
}
"""The keys for one and for several people."""


OPEN = "TBC"
"""What stands for a speaker who is to be confirmed."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is to be settled in an agenda: by the place of the entry, session or day it is about, and for the whole."""

    at: Mapping[Place, Sequence[str]]
    whole: Sequence[str] = ()


NONE = Notes({})


def written(agenda: Agenda, source: str = "", notes: Notes = NONE) -> str:
    """The YAML text of an agenda; `source`: the file it was read from, whose lines each entry is then marked with."""
    return _Writer(agenda, source, notes).text()


def time(value: Time) -> str:
    """A time such that `agenda_yaml.moment` reads it back."""
    again = moment(value.written)
    if again is not None and (again.minutes, again.written) == (value.minutes, value.written):
        return value.written
    sign, minutes = "-" if value.minutes < 0 else "", abs(value.minutes)
    return f"{value.written} ({sign}{minutes // 60}:{minutes % 60:02})"


class _Writer:
    def __init__(self, agenda: Agenda, source: str, notes: Notes) -> None:
        self.agenda, self.source = agenda, source
        self.notes = dict(notes.at)
        self.whole = notes.whole
        self.words = vocabulary()
        self.mentions = Mentions(self.words)
        self.people = {person.key: person for person in agenda.people}
        self.names = Counter(person.name.full for person in agenda.people)
        self.unique = {each.key for each in agenda.people if each.name.full and self.names[each.name.full] == 1}
        self.lines = Counter(item.place.line for item in _items(agenda))
        """How many entries and sessions a line of the source holds."""
        self.listed = not self._told_by_mentions()
        self.met: set[str] = set()
        self.concluded = False
        """Whether an end was written that nobody stated, or that none is known."""

    def text(self) -> str:
        agenda = self.agenda
        venue, online = agenda.venue, agenda.online
        noted = bool(self.whole or self.notes)
        moderators = self._cast(agenda.cast, {Duty.MODERATOR, Duty.HOST})
        body = yaml({"days": [self._day(day) for day in agenda.days]}, spaced=("days", "agenda"))
        top: dict[str, Value] = {
            "title": agenda.title,
            "subtitle": agenda.subtitle,
            "format": agenda.format,
            "venue": _filled(name=venue.name, room=venue.room, address=venue.address, note=venue.note),
            "online": _filled(channel=online.channel, who=online.who, link=online.link),
            "link": agenda.link,
            "language": agenda.language,
            "organisers": list(agenda.organisers),
            "supporters": list(agenda.supporters),
            "introduction": agenda.introduction,
            "facts": _facts(agenda.facts),
            **moderators,
            "imprint": agenda.imprint,
            "source": self.source,
            "open": [*self.whole, *chain.from_iterable(self.notes.values())],
        }
        top = {key: value for key, value in top.items() if value}
        parts = [self._about(noted=noted), yaml(top) if top else "", body]
        if self.listed and agenda.people:
            parts.append(yaml({"people": [self._person(person) for person in agenda.people]}, spaced=("people",)))
        return "\n".join(part for part in parts if part)

    def _about(self, *, noted: bool) -> str:
        more = (_UNTIL if self.concluded else "") + (_FROM.format(source=self.source) if self.source else "")
        more += _PEOPLE if self.listed and self.people else ""
        more += _OPEN if noted else ""
        return _ABOUT.format(of=f", as it was read from {self.source}" if self.source else "", more=more)

    # Days

    def _day(self, day: Day) -> dict[str, Value]:
        made: dict[str, Value] = {}
        if day.date:
            made["date"] = day.date
        made |= _filled(title=day.title)
        drafts = [self._draft(block) for block in day.blocks]
        concluded = finish(DayDraft(items=drafts), self.words, Problems())
        items: list[Value] = []
        for block, draft, guess in zip(day.blocks, drafts, concluded.blocks, strict=True):
            if isinstance(block, Entry):
                assert isinstance(guess, Entry)
                items.append(self._entry(block, guess))
            else:
                assert isinstance(draft, SessionDraft)
                assert isinstance(guess, Session)
                items.append(self._session(block, draft, guess))
        return {**made, **self._marks(day.place, origin=False), "agenda": items}

    def _draft(self, block: Entry | Session) -> EntryDraft | SessionDraft:
        """What the reader makes of a block as it is written, so that it is known what it will conclude."""
        if isinstance(block, Session):
            draft = SessionDraft(block.label, block.title, block.place, whole=True)
            draft.entries = [self._entry_draft(entry) for entry in block.entries]
            if block.start is not None and not _same(block.start, _first_start(block.entries)):
                draft.start = block.start
            return draft
        return self._entry_draft(block)

    @staticmethod
    def _entry_draft(entry: Entry) -> EntryDraft:
        draft = EntryDraft(entry.title, entry.place, entry.start, entry.end if entry.end_stated else None)
        draft.cast = [(cast.person, cast.duty, cast.place) for cast in entry.cast]
        draft.open = entry.to_be_confirmed
        # Things side by side end by what follows in the same room.
        draft.room, draft.track = entry.room, entry.track
        return draft

    def _session(self, session: Session, draft: SessionDraft, guess: Session) -> dict[str, Value]:
        made = _filled(session=session.label, title=session.title)
        if draft.start:
            made["start"] = time(draft.start)
        elif session.start is None and guess.start is not None:
            made["start"] = UNKNOWN
        made |= self._end(session, guess)
        made |= _filled(room=session.room)
        made |= self._cast(session.cast, {Duty.CHAIR, Duty.MODERATOR})
        made |= self._marks(session.place)
        entries = [self._entry(entry, of) for entry, of in zip(session.entries, guess.entries, strict=True)]
        return {**made, "entries": entries}

    def _entry(self, entry: Entry, guess: Entry) -> dict[str, Value]:
        made: dict[str, Value] = {}
        if entry.start:
            made["start"] = time(entry.start)
        made |= self._end(entry, guess)
        if entry.minutes:
            made["minutes"] = entry.minutes
        made |= {"title": entry.title, **_filled(subtitle=entry.subtitle)}
        if entry.kind is not guess.kind:
            made["kind"] = entry.kind.value
        told = self.words.kind(entry.title, named=bool(entry.cast) or entry.to_be_confirmed)[1]
        if entry.service is not (told if entry.kind is Kind.BREAK else None):
            made["service"] = entry.service.value if entry.service else "none"
        made |= _filled(room=entry.room, track=entry.track, language=entry.language)
        made |= self._cast(entry.cast, set(Duty), entry)
        if entry.to_be_confirmed and OPEN in self.names:
            made["speaker_tbc"] = True
        if entry.online is not None:
            made["online"] = entry.online
        made |= _filled(link=entry.link) | _number("id", entry.id)
        if entry.sure is not Sure.CERTAIN:
            made["sure"] = entry.sure.value
        made |= self._marks(entry.place)
        return {**made, **_filled(abstract=entry.abstract)}

    def _end(self, item: Entry | Session, guess: Entry | Session) -> dict[str, Value]:
        """The end where it was stated; else only where the reader would conclude another one, or one at all."""
        if item.end and item.end_stated and isinstance(item, Entry):
            return {"end": time(item.end)}
        if _same(item.end, guess.end) and item.end_stated == guess.end_stated:
            return {}
        if item.end and item.end_stated:
            return {"end": time(item.end)}
        self.concluded = True
        return {"until": time(item.end)} if item.end else {"end": UNKNOWN}

    def _marks(self, place: Place, *, origin: bool = True) -> dict[str, Value]:
        """Where it came from, and what is to be settled about it."""
        made: dict[str, Value] = {}
        if origin and self.source and (place.cell or place.line):
            several = self.lines[place.line] > 1 and place.column
            made["from"] = place.cell or (f"{place.line}:{place.column}" if several else place.line)
        if notes := self.notes.pop(place, ()):
            made["open"] = notes[0] if len(notes) == 1 else list(notes)
        return made

    # People

    def _told_by_mentions(self) -> bool:
        """Whether everybody is known by the mentions alone: nothing but names and organisations, in their order."""
        order = dict.fromkeys(cast.person for cast in _casts(self.agenda))
        if list(order) != [person.key for person in self.agenda.people] or len(self.unique) < len(self.people):
            return False
        return all(
            person == Person(person.key, Name(person.name.full), person.organisation, place=person.place)
            and person.key == (slug(untitled(person.name.full)) or person.name.full)
            and not self.mentions.is_open(person.name.full)
            for person in self.agenda.people
        )

    def _cast(self, cast: Sequence[Cast], usual: Iterable[Duty], entry: Entry | None = None) -> dict[str, Value]:
        """People under the names of their duties where their order allows, else one by one under `cast`."""
        runs = [duty for number, duty in enumerate(c.duty for c in cast) if not number or cast[number - 1].duty != duty]
        # The plain word for somebody who speaks means a panellist where the entry is a panel.
        plain = set(usual) - ({Duty.SPEAKER} if entry and entry.kind is Kind.PANEL else set())
        made: dict[str, list[Value]] = {}
        if len(set(runs)) == len(runs) and all(c.duty in plain and c.sure is Sure.CERTAIN for c in cast):
            for duty in runs:
                people = [self._mention(each.person) for each in cast if each.duty is duty]
                made[_SINGULAR[duty][len(people) > 1]] = people
        elif cast:
            made["cast"] = [self._part(each) for each in cast]
        if entry and entry.to_be_confirmed and OPEN not in self.names:
            if "speaker" in made:
                made = {{"speaker": "speakers"}.get(key, key): people for key, people in made.items()}
            key = next((key for key in made if key in ("speakers", "panellists")), "speaker")
            made.setdefault(key, []).append(OPEN)
        return {
            key: people[0] if len(people) == 1 and key not in ("cast", "panellists") else people
            for key, people in made.items()
        }

    def _part(self, cast: Cast) -> dict[str, Value]:
        sure = {} if cast.sure is Sure.CERTAIN else {"sure": cast.sure.value}
        return {cast.duty.value: self._mention(cast.person), **sure}

    def _mention(self, key: str) -> Value:
        person = self.people.get(key)
        if person is None:
            return {"key": key}
        if self.listed:
            return person.name.full if key in self.unique else {"key": key}
        organisation = "" if key in self.met else person.organisation
        self.met.add(key)
        name = person.name.full
        text = ", ".join(part for part in (name, organisation) if part)
        found = self.mentions.all(Marked(text, range(1, len(text) + 1)), bare=True)
        if not self.mentions.is_open(text) and [(each.name, each.organisation, each.position) for each in found] == [
            (name, organisation, "")
        ]:
            return text
        return {"name": name, **_filled(organisation=organisation)}

    def _person(self, person: Person) -> dict[str, Value]:
        name = person.name
        made: dict[str, Value] = {"name": name.full}
        plain = slug(untitled(name.full)) or name.full
        if person.key != plain or person.key not in self.unique:
            made["key"] = person.key
        made |= _filled(organisation=person.organisation, position=person.position, pronouns=person.pronouns)
        made |= _filled(given=name.given, family=name.family, sort=name.sort)
        if name.family_first:
            made["family_first"] = True
        if person.online is not None:
            made["online"] = person.online
        made |= _filled(link=person.link)
        numbers = [mark.removeprefix("id:") for mark in person.known_as if mark.startswith("id:")]
        if len(numbers) == 1 and person.known_as[0].startswith("id:"):
            made |= _number("id", numbers[0])
            made |= {"known_as": list(person.known_as[1:])} if person.known_as[1:] else {}
        elif person.known_as:
            made["known_as"] = list(person.known_as)
        return made | _filled(bio=person.bio)


def _filled(**values: str) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value}


def _number(key: str, said: str) -> dict[str, Value]:
    """What something is called, without quotes where it is a number."""
    return (
        {key: int(said) if said.isascii() and said.isdigit() and str(int(said[:18])) == said else said} if said else {}
    )


def _facts(facts: Sequence[Fact]) -> Value:
    labels = [fact.label for fact in facts]
    if len(set(labels)) == len(labels) and all(0 < len(label) < 100 and "\n" not in label for label in labels):
        return {fact.label: fact.text for fact in facts}
    return [{"label": fact.label, "text": fact.text} for fact in facts]


def _first_start(entries: Sequence[Entry]) -> Time | None:
    return next((entry.start for entry in entries if entry.start), None)


def _same(one: Time | None, other: Time | None) -> bool:
    return one == other and (one is None or other is None or one.written == other.written)


def _casts(agenda: Agenda) -> Iterator[Cast]:
    """Everybody in the order in which the file mentions them."""
    yield from agenda.cast
    yield from chain.from_iterable(item.cast for item in _items(agenda))


def _items(agenda: Agenda) -> Iterator[Entry | Session]:
    for day in agenda.days:
        for block in day.blocks:
            yield block
            if isinstance(block, Session):
                yield from block.entries
