"""Agendas as YAML: days with entries and sessions, each fact under its own name. Nothing is guessed but ends and kinds.

title: Harbour Days
days:
  - date: 2026-03-03
    agenda:
      - {start: "09:30", title: Registration}
      - session: Session I
        title: Energy
        chair: Maria Rossi, CNR
        entries:
          - {start: "10:00", end: "10:30", title: Power from the shore, speaker: "Carlos Díaz, RTU"}

What another file was read as is said here in full: `from` tells where in that file something stood, and a note under
`open` is a point to settle, reported until somebody deletes it. `written.py` writes this form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from ... import records
from ...event import (
    Block,
    Cast,
    Day,
    Duty,
    Entry,
    Fact,
    Kind,
    Name,
    Online,
    Person,
    Reading,
    Service,
    Session,
    Sure,
    Taken,
    Time,
    Venue,
)
from ...problems import Place, Problems
from ...records import Node
from ...values import dataclass
from ..agenda import CERTAIN, Agenda, Source
from ..casting import Casting
from ..drafts import MOST, DayDraft, EntryDraft, SessionDraft, finish, too_many
from ..language.lines import BREAKS, Marked
from ..language.mentions import Mention, Mentions
from ..language.moments import clock
from ..language.names import slug, untitled
from ..language.vocabulary import vocabulary

T = TypeVar("T", bound=StrEnum)

_CHOICES: Mapping[type[StrEnum], str] = {Kind: "agenda.kind", Service: "agenda.service", Sure: "agenda.sure"}
"""The rules for words that are none of those to choose from."""

UNKNOWN = "open"
"""What stands for a time that is not known, where one would be concluded from what follows."""

_EXPLAINED = 50
"""Unknown names of which it is told what was meant."""
_TOP = re.compile(r"^(days|agenda|entries):[ \t]*(?:\[\])?[ \t]*(?:#.*)?$", re.MULTILINE)
_KEYED = re.compile(r"^\s*(?:- )?(?:\{\s*)?\w[\w ]{0,80}:(?:\s|$)")
_NAME = re.compile(r"\s*+(?:-\s++)*+(?:\{\s*+)?[\"']?(\w{1,40})[\"']?:(?:\s|$)")
_PART = re.compile(r"\s+(?:- +)?\{? *(?:title|start|session|date|entries|agenda):(?:\s|$)")
_COMMENT = re.compile(r"\s*(?:#|---\s*$|\.\.\.\s*$)")
_TALL = re.compile(r"\s*+(?:-\s++)*+(?P<key>[^\s#:{\[|>-][^:]*:\s)?(?P<mark>[|>])[-+\d]{0,2}\s*(?:#.*)?$")
"""A line whose text follows in lines of its own, indented below it."""
_COUNTED = re.compile(r"(.*) \((-?)(\d{1,3}):([0-5]\d)\)", re.DOTALL)
_LATE = re.compile(r"(\d{2,3}):([0-5]\d)")

_DUTIES = {
    "speaker": None,
    "speakers": None,
    "panellists": Duty.PANELLIST,
    "moderator": Duty.MODERATOR,
    "moderators": Duty.MODERATOR,
    "chair": Duty.CHAIR,
    "chairs": Duty.CHAIR,
    "host": Duty.HOST,
    "hosts": Duty.HOST,
}
_EVENT = (
    "title", "subtitle", "date", "format", "venue", "online", "organisers", "supporters", "introduction", "facts",
    "moderator", "moderators", "host", "hosts", "cast", "imprint", "link", "language", "days", "agenda", "entries",
    "people", "source", "open",
)  # fmt: skip
_DAY = ("date", "title", "agenda", "entries", "from", "open")
_SESSION = (
    "session", "title", "start", "end", "until", "room", "chair", "chairs", "moderator", "moderators", "cast",
    "entries", "from", "open",
)  # fmt: skip
_ENTRY = (
    "start", "end", "until", "minutes", "title", "subtitle", "kind", "service", "room", "track", "language", "abstract",
    "online", "link", "id", "speaker_tbc", *_DUTIES, "cast", "sure", "from", "open",
)  # fmt: skip
_PERSON = (
    "name", "organisation", "position", "key", "id", "known_as", "given", "family", "sort", "family_first",
    "pronouns", "bio", "link", "online",
)  # fmt: skip
_NAMES = frozenset(
    {*_EVENT, *_DAY, *_SESSION, *_ENTRY, *_PERSON, "address", "note", "channel", "who", "person", "duty"}
)


@dataclass(slots=True)
class _Entry(EntryDraft):
    """An entry as written, and what is said of it beyond what a text can say."""

    sures: list[Sure] = field(default_factory=list)
    """How sure each of its people is."""
    more: dict[str, Any] = field(default_factory=dict)
    """Values of `Entry` that stand over what follows from the order of the entries."""


@dataclass(slots=True)
class _Session(SessionDraft):
    """A session as written, and what is said of it beyond what a text can say."""

    sures: list[Sure] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


def likelihood(source: Source) -> float:
    """A list of days or entries under a name at the left edge, and names before colons in most lines.

    Texts and notes may have lines of their own; then it is enough that all at the left edge is a name, and that there
    are parts of entries further in.
    """
    lines = [line for _, line, within in _lines_of(source.text) if not (within or _COMMENT.match(line))]
    if not lines or not _TOP.search("\n".join(lines)):
        return 0.0
    inner = any(_PART.match(line) for line in lines)
    keyed = sum(bool(_KEYED.match(line)) for line in lines)
    names = [found[1] for line in lines if (found := _NAME.match(line))]
    own = ("agenda" in names or "entries" in names) and ("start" in names or "session" in names)
    if inner and own and sum(name in _NAMES for name in names) * 5 >= len(names) * 4:
        return CERTAIN
    outer = all(_KEYED.match(line) or line.startswith("- ") for line in lines if not line[0].isspace())
    return 0.8 if keyed * 2 >= len(lines) or (outer and inner) else 0.1


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a YAML text."""
    met = Problems()
    node = records.parse(source.text, source.name, met)
    agenda = _Reader(source, met).agenda(node)
    problems.add(*sorted(met.found, key=lambda problem: (problem.place.line, problem.place.column)))
    return agenda


def moment(written: str) -> Time | None:
    """A time as written; `1:30 (13:30)` is printed `1:30`, and `00:30 (24:30)` is in the night after the day."""
    if counted := _COUNTED.fullmatch(written):
        minutes = int(counted[3]) * 60 + int(counted[4])
        return Time(-minutes if counted[2] else minutes, counted[1])
    return clock(written)


class _Reader:
    """The nodes of one file, turned into the drafts that every reader makes."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.words = vocabulary()
        self.mentions = Mentions(self.words)
        self.casting = Casting(problems)
        self.listed: dict[str, list[str]] = {}
        """The keys of those under `people:` by name."""
        self.taken: dict[int, tuple[Taken, str]] = {}
        self.broken = {each.place.line for each in problems.found}
        """Lines that are no YAML."""
        self.number = 0
        """How many entries and sessions were met."""
        self.unknown = 0
        """How many names were met that have no meaning."""

    def agenda(self, node: Node | None) -> Agenda:
        top = self._mapping(node, _EVENT, "the agenda")
        for key, taken in (("title", Taken.TITLE), ("subtitle", Taken.SUBTITLE), ("date", Taken.DATE)):
            self._take(top.get(key), taken)
        self._take(top.get("introduction"), Taken.INTRODUCTION)
        self._take(top.get("imprint"), Taken.IMPRINT)
        self._notes(top)
        for item in self._list(top.get("people")):
            self._listed(item)
        cast, sures = self._cast(top, ("moderator", "moderators", "host", "hosts", "cast"))
        if "days" in top:
            days = [self._day(item) for item in self._list(top["days"])]
        else:
            place = top["date"].place if "date" in top else Place()
            items = [item for key in ("agenda", "entries") for item in self._items(top.get(key))]
            days = [DayDraft(place, self._date(top.get("date")), "", items)]
            days = [day for day in days if day.items or day.date]
        venue = self._mapping_or_text(top.get("venue"), ("name", "room", "address", "note"), "name")
        online = self._mapping_or_text(top.get("online"), ("channel", "who", "link"), "channel")
        return Agenda(
            title=self._text(top, "title"),
            subtitle=self._text(top, "subtitle"),
            days=tuple(self._finished(day) for day in days),
            format=self._text(top, "format"),
            venue=Venue(**venue, place=self._place(top, "venue")),
            online=Online(**online, place=self._place(top, "online")),
            organisers=tuple(self._said(item, "organisers") for item in self._list(top.get("organisers"))),
            supporters=tuple(self._said(item, "supporters") for item in self._list(top.get("supporters"))),
            introduction=self._text(top, "introduction").strip(),
            facts=tuple(self._facts(top.get("facts"))),
            cast=tuple(
                Cast(person, duty or Duty.SPEAKER, place, sure)
                for (person, duty, place), sure in zip(cast, sures, strict=True)
            ),
            imprint=self._text(top, "imprint").strip(),
            people=self.casting.finish(),
            link=self._text(top, "link"),
            language=self._text(top, "language"),
            coverage=tuple(self._coverage(node)),
        )

    def _facts(self, node: Node | None) -> Iterator[Fact]:
        """Labels with their texts; as a list where a label comes twice."""
        if node is not None and node.kind == "list":
            for item in node.items:
                said = self._mapping(item, ("label", "text"), "a fact")
                yield Fact(self._text(said, "label"), self._text(said, "text"), item.place)
        elif node is not None:
            yield from (Fact(key.text, self._said(value, key.text), key.place) for key, value in node.pairs)

    def _day(self, node: Node) -> DayDraft:
        day = self._mapping(node, _DAY, "a day")
        self._take(node, Taken.DATE)
        self._notes(day)
        items = [item for key in ("agenda", "entries") for item in self._items(day.get(key))]
        return DayDraft(node.place, self._date(day.get("date")), self._text(day, "title"), items)

    def _items(self, node: Node | None) -> Iterator[SessionDraft | EntryDraft]:
        for item in self._as_many(self._list(node)):
            if "session" not in item.mapping and "entries" not in item.mapping:
                yield self._entry(item)
                continue
            yield self._session(item)

    def _as_many(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """The entries and sessions of a list, as far as an event may have so many."""
        for node in nodes:
            self.number += 1
            if self.number == MOST + 1:
                too_many(node.place, self.problems)
            if self.number > MOST:
                return
            yield node

    def _session(self, node: Node) -> _Session:
        parts = self._mapping(node, _SESSION, "a session")
        self._take(node, Taken.SESSION)
        self._notes(parts)
        label, title = self._text(parts, "session"), self._text(parts, "title")
        draft = _Session(label, title, node.place, title or label, whole=True)
        self._times(parts, draft)
        if "start" in parts and parts["start"].text == UNKNOWN:
            draft.more["start"] = None
        draft.room = self._text(parts, "room")
        draft.cast, draft.sures = self._cast(parts, ("chair", "chairs", "moderator", "moderators", "cast"))
        draft.entries = [self._entry(item) for item in self._as_many(self._list(parts.get("entries")))]
        return draft

    def _entry(self, node: Node) -> _Entry:
        parts = self._mapping(node, _ENTRY, "an entry")
        told = len(self.problems.found)
        draft = _Entry(self._text(parts, "title"), node.place)
        if not draft.title and len(self.problems.found) == told and not self._damaged(node, parts):
            # Who writes an empty title knows that there is none: a source had none either.
            tell = self.problems.warning if "title" in parts else self.problems.error
            tell("this entry has no title", node.place, "write title: beside start:", "agenda.no-title")
        self._times(parts, draft)
        self._take(node, Taken.SLOT if draft.start else Taken.UNTIMED)
        draft.misread = "start" in parts and draft.start is None
        draft.room = self._text(parts, "room")
        if "room" in parts:
            draft.room_place = parts["room"].place
        draft.track = self._text(parts, "track")
        if "link" in parts:
            draft.more["link_place"] = parts["link"].place
        draft.minutes = self._minutes(parts)
        if self._truth(parts, "speaker_tbc"):
            self._open(draft, parts["speaker_tbc"].place)
        draft.cast, draft.sures = self._cast(parts, (*_DUTIES, "cast"), draft)
        draft.kind = self._one_of(Kind, parts.get("kind"), "kind of entry")
        draft.more |= {
            "online": self._truth(parts, "online"),
            "abstract": self._text(parts, "abstract").strip(),
            **{key: self._text(parts, key) for key in ("subtitle", "track", "language", "link", "id")},
        }
        if "service" in parts:
            none = parts["service"].text == "none"
            draft.more["service"] = None if none else self._one_of(Service, parts["service"], "service of a break")
        draft.more["sure"] = self._one_of(Sure, parts.get("sure"), "degree of sureness") or Sure.CERTAIN
        if not self._notes(parts) and draft.more["sure"] is Sure.DOUBTFUL:
            hint = "look into the source, correct it here, and delete sure: doubtful"
            self.problems.open(
                f"“{draft.title}” is a doubtful reading", parts["sure"].place, hint, "agenda.doubtful-entry"
            )
        return draft

    def _damaged(self, node: Node, parts: Mapping[str, Node]) -> bool:
        """Whether a line of an entry is no YAML, or says nothing: its title may have stood there."""
        last = max((part.place.line for part in parts.values()), default=node.place.line) + 1
        return any(node.place.line <= line <= last for line in self.broken)

    def _minutes(self, parts: Mapping[str, Node]) -> int:
        written = self._text(parts, "minutes")
        if not written or (written.isdecimal() and len(written) < 5):
            return int(written or 0)
        hint = "write a number, such as minutes: 30"
        self.problems.error(f"{written} is no number of minutes", parts["minutes"].place, hint, "agenda.length")
        return 0

    def _times(self, parts: Mapping[str, Node], draft: _Entry | _Session) -> None:
        """Start and end; what `until` says is an end that nobody stated."""
        draft.start, draft.end = self._time(parts.get("start")), self._time(parts.get("end"))
        if "end" in parts and parts["end"].text == UNKNOWN:
            draft.more |= {"end": None, "end_stated": False}
        elif "until" in parts and draft.end is None:
            draft.more |= {"end": self._time(parts["until"]), "end_stated": False}

    def _finished(self, draft: DayDraft) -> Day:
        """The day with what follows from its order, and over it what is said."""
        day = finish(draft, self.words, self.problems)
        blocks: list[Block] = []
        for block, item in zip(day.blocks, draft.items, strict=True):
            if isinstance(block, Entry) and isinstance(item, _Entry):
                blocks.append(_said(block, item))
            elif isinstance(block, Session) and isinstance(item, _Session):
                entries = tuple(
                    _said(entry, each)
                    for entry, each in zip(block.entries, item.entries, strict=True)
                    if isinstance(each, _Entry)
                )
                cast = tuple(replace(each, sure=sure) for each, sure in zip(block.cast, item.sures, strict=True))
                blocks.append(replace(block, entries=entries, cast=cast, **item.more))
        return replace(day, blocks=tuple(blocks))

    def _take(self, node: Node | None, taken: Taken, note: str = "") -> None:
        if node is not None:
            self.taken.setdefault(node.place.line, (taken, note))

    def _notes(self, parts: Mapping[str, Node]) -> bool:
        """Report what is still to settle, whether there is anything."""
        notes = [note for note in self._list(parts.get("open")) if note.text.strip()]
        for note in notes:
            hint = "when it is settled, delete this note"
            self.problems.open(note.text.strip(), note.place, hint, "agenda.noted")
        return bool(notes)

    # People

    def _listed(self, node: Node) -> None:
        """Somebody under `people:`, with all that is known of them."""
        if node.kind == "scalar":
            self._people(node, None)
            return
        said = self._mapping(node, _PERSON, "a person")
        name = self._text(said, "name")
        if not name and not self._text(said, "key"):
            self.problems.error("this person has no name", node.place, "write name:", "agenda.no-name")
            return
        key = plain = self._text(said, "key") or slug(untitled(name)) or name
        count = 1
        while key in self.casting.people:
            count += 1
            key = f"{plain}-{count}"
        if count > 1:
            hint = "if they are two, give each a key: of its own, and write speaker: {key: …} where they speak"
            self.problems.open(f"two people are called “{name}”", node.place, hint, "agenda.same-name")
        parts = {part: self._text(said, part) for part in ("given", "family", "sort")}
        numbers = [f"id:{said['id'].text}"] if "id" in said else []
        known_as = (*numbers, *(mark.text for mark in self._list(said.get("known_as"))))
        self.listed.setdefault(name, []).append(key)
        self.casting.marks.update(dict.fromkeys(known_as, key))
        self.casting.people[key] = Person(
            key,
            Name(name, **parts, family_first=bool(self._truth(said, "family_first")), stated=any(parts.values())),
            organisation=self._text(said, "organisation"),
            position=self._text(said, "position"),
            pronouns=self._text(said, "pronouns"),
            bio=self._text(said, "bio").strip(),
            link=self._text(said, "link"),
            online=self._truth(said, "online"),
            known_as=known_as,
            place=node.place,
        )

    def _cast(
        self, parts: Mapping[str, Node], keys: Iterable[str], entry: _Entry | None = None
    ) -> tuple[list[tuple[str, Duty | None, Place]], list[Sure]]:
        """The people under these keys in the order of the file, each with a duty, and how sure each is.

        Who is to be confirmed is noted in the entry.
        """
        cast: list[tuple[str, Duty | None, Place]] = []
        sures: list[Sure] = []
        for key, node in parts.items():
            if key not in keys:
                continue
            for item in self._list(node):
                duty, sure, who = _DUTIES.get(key), Sure.CERTAIN, item
                if key == "cast":
                    said = self._mapping(item, (*Duty, "sure"), "a part in the cast")
                    named = next((word for word in said if word != "sure"), None)
                    if named is None:
                        continue
                    duty, who = Duty(named), said[named]
                    sure = self._one_of(Sure, said.get("sure"), "degree of sureness") or Sure.CERTAIN
                if entry is not None and who.kind == "scalar" and self._is_open(who.text):
                    self._open(entry, who.place)
                    continue
                found = self._people(who, duty)
                cast += found
                sures += [sure] * len(found)
        return cast, sures

    def _open(self, entry: _Entry, place: Place) -> None:
        entry.open = True
        hint = "write “Name, Organisation” when it is known; until then it is printed as open"
        message = f"the speaker of “{entry.title}” is to be confirmed"
        self.problems.open(message, place, hint, "agenda.to-be-confirmed")

    def _is_open(self, text: str) -> bool:
        return text not in self.listed and self.mentions.is_open(text)

    def _people(self, node: Node | None, duty: Duty | None) -> list[tuple[str, Duty | None, Place]]:
        cast: list[tuple[str, Duty | None, Place]] = []
        for item in self._list(node):
            if item.kind == "scalar" and item.text in self.listed:
                cast.append((self.listed[item.text][0], duty, item.place))
                continue
            if item.kind == "mapping":
                said = self._mapping(item, ("name", "organisation", "position", "key"), "a person")
                name, key = self._text(said, "name"), self._text(said, "key")
                if key in self.casting.people:
                    cast.append((key, duty, item.place))
                    continue
                if key:
                    hint = "list the person under people: with this key"
                    self.problems.error(f"nobody has the key “{key}”", said["key"].place, hint, "agenda.unknown-person")
                found: tuple[Mention, ...] = (
                    (Mention(name, self._text(said, "organisation"), self._text(said, "position")),) if name else ()
                )
            else:
                found = self.mentions.all(Marked(item.text, range(1, len(item.text) + 1)), bare=True)
                if not found and item.text.strip():
                    # A person may have one name only; half of an unquoted "Name, Organisation" looks the same.
                    found = (Mention(item.text.strip()),)
                    hint = 'inside [ ] put quotes around "Name, Organisation"; else leave it'
                    message = f"“{item.text}” is taken for a person's name"
                    self.problems.open(message, item.place, hint, "agenda.doubtful-person")
            cast += [(self.casting.add(mention, item.place), duty, item.place) for mention in found]
        return cast

    # Values

    def _mapping(self, node: Node | None, known: Sequence[str], what: str) -> Mapping[str, Node]:
        if node is None:
            return {}
        if node.kind != "mapping":
            hint = f"write {known[0]}: and its value"
            self.problems.error(f"{what} needs names with values", node.place, hint, "agenda.form")
            return {}
        for key, _ in node.pairs:
            if key.text not in known:
                self._take(key, Taken.PASSED, "an unknown name")
                self.unknown += 1
                # Finding what was meant takes a while: of very many, nobody reads it.
                near = get_close_matches(key.text[:40], known, 1) if self.unknown <= _EXPLAINED else []
                hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
                self.problems.error(f"{what} has no “{key.text}”", key.place, hint, "agenda.unknown-key")
        return {key: value for key, value in node.mapping.items() if key in known}

    def _mapping_or_text(self, node: Node | None, known: Sequence[str], alone: str) -> dict[str, str]:
        if node is not None and node.kind == "scalar":
            return {alone: node.text}
        return {key: self._said(value, key) for key, value in self._mapping(node, known, "this").items()}

    def _list(self, node: Node | None) -> tuple[Node, ...]:
        if node is None or (node.kind == "scalar" and node.value is None):
            return ()
        return node.items if node.kind == "list" else (node,)

    def _text(self, parts: Mapping[str, Node], key: str) -> str:
        return self._said(parts[key], key) if key in parts else ""

    def _said(self, node: Node, what: str) -> str:
        """A text; anything else in its place is reported."""
        if node.kind != "scalar":
            hint = f"write it beside {what}: in one line, or put it in quotes"
            self.problems.error(f"{what} needs a text", node.place, hint, "agenda.form")
        return node.text

    def _truth(self, parts: Mapping[str, Node], key: str) -> bool | None:
        """Yes, no, or nothing said."""
        node = parts.get(key)
        if node is None or (node.value is None and node.kind == "scalar"):
            return None
        said = {"yes": True, "no": False}.get(node.text.casefold(), node.value)
        if not isinstance(said, bool):
            hint = f"write {key}: true or {key}: false"
            self.problems.error(f"{key} is neither true nor false", node.place, hint, "agenda.form")
            return None
        return said

    def _place(self, parts: Mapping[str, Node], key: str) -> Place:
        return parts[key].place if key in parts else Place()

    def _time(self, node: Node | None) -> Time | None:
        if node is None or node.value is None or node.text == UNKNOWN:
            return None
        time = moment(node.text)
        if time is None:
            hint = "write hours and minutes, such as 09:45; in the night after the day, 00:30 (24:30)"
            self.problems.error(f"{node.text} is not a time", node.place, hint, "agenda.time")
        return replace(time, place=node.place) if time else None

    def _date(self, node: Node | None) -> date | None:
        if node is None or node.value is None:
            return None
        try:
            return date.fromisoformat(node.text)
        except ValueError:
            hint = "write it such as 2022-05-11"
            self.problems.error(f"{node.text} is not a date", node.place, hint, "agenda.date")
            return None

    def _one_of(self, choices: type[T], node: Node | None, what: str) -> T | None:
        if node is None:
            return None
        if node.text in list(choices):
            return choices(node.text)
        hint = f"write one of {', '.join(choices)}"
        self.problems.error(f"“{node.text}” is no {what}", node.place, hint, _CHOICES[choices])
        return None

    def _coverage(self, node: Node | None) -> Iterator[Reading]:
        """Every line by the value that starts on it; a line on which none starts goes on with the one above it."""
        starts = set(_lines(node))
        bad = {problem.place.line for problem in self.problems.found if problem.rule.startswith("yaml.")}
        current = (Taken.FIELD, "")
        for number, raw, within in _lines_of(self.source.text):
            if not within and _COMMENT.match(raw) and number not in starts:
                yield Reading(number, Taken.PASSED, Sure.CERTAIN, raw.strip(), "comment")
                continue
            if number in bad and number not in starts:
                current = (Taken.PASSED, "no YAML")
            elif number in starts:
                current = self.taken.get(number, (Taken.FIELD, ""))
            yield Reading(number, current[0], Sure.CERTAIN, raw.strip(), current[1])


def _said(entry: Entry, draft: _Entry) -> Entry:
    """An entry with what is said of it in place of what was concluded."""
    cast = tuple(replace(each, sure=sure) for each, sure in zip(entry.cast, draft.sures, strict=True))
    return replace(entry, cast=cast, **draft.more)


def _lines_of(text: str) -> Iterator[tuple[int, str, bool]]:
    """The lines that are not blank with their numbers, and whether each belongs to a text that began further up."""
    tall: int | None = None
    for number, line in enumerate(BREAKS.split(text), 1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        if tall is not None and indent <= tall:
            tall = None
        yield number, line, tall is not None
        if tall is None and (opened := _TALL.match(line)):
            tall = opened.start("key") if opened["key"] else max(opened.start("mark") - 2, 0)


def _lines(node: Node | None) -> Iterator[int]:
    waiting = [node] if node else []
    while waiting:
        current = waiting.pop()
        yield current.place.line
        waiting += current.items
        for key, value in current.pairs:
            waiting += (key, value)
