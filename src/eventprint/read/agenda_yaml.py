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
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from .. import records
from ..event import Cast, Duty, Fact, Kind, Online, Reading, Sure, Taken, Time, Venue
from ..problems import Place, Problems
from ..records import Node
from .agenda import Agenda, Source
from .casting import Casting
from .drafts import DayDraft, EntryDraft, SessionDraft, finish
from .lines import BREAKS, Marked
from .mentions import Mention, Mentions
from .moments import clock
from .vocabulary import vocabulary

_TOP = re.compile(r"^(days|agenda|entries):\s*(?:#.*)?$", re.MULTILINE)
_KEYED = re.compile(r"^\s*(?:- )?(?:\{\s*)?[\w ]+:(?:\s|$)")
_COMMENT = re.compile(r"\s*(?:#|---\s*$|\.\.\.\s*$)")

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
    "moderator", "moderators", "host", "hosts", "imprint", "days", "agenda", "entries",
)  # fmt: skip
_DAY = ("date", "title", "agenda", "entries")
_SESSION = ("session", "title", "start", "end", "room", "chair", "chairs", "moderator", "moderators", "entries")
_ENTRY = ("start", "end", "title", "kind", "room", "abstract", "online", "speaker_tbc", *_DUTIES)


def likelihood(source: Source) -> float:
    """A list of days or entries under a name at the left edge, and names before colons in most lines."""
    lines = [line for line in BREAKS.split(source.text) if line.strip() and not _COMMENT.match(line)]
    if not lines or not _TOP.search("\n".join(lines)):
        return 0.0
    keyed = sum(bool(_KEYED.match(line)) for line in lines)
    return 0.9 if keyed * 2 >= len(lines) else 0.1


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a YAML text."""
    met = Problems()
    agenda = _Reader(source, met).agenda(records.parse(source.text, source.name, met))
    problems.add(*sorted(met.found, key=lambda problem: (problem.place.line, problem.place.column)))
    return agenda


class _Reader:
    """The nodes of one file, turned into the drafts that every reader makes."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.words = vocabulary()
        self.mentions = Mentions(self.words)
        self.casting = Casting(problems)
        self.taken: dict[int, tuple[Taken, str]] = {}

    def agenda(self, node: Node | None) -> Agenda:
        top = self._mapping(node, _EVENT, "the agenda")
        for key, taken in (("title", Taken.TITLE), ("subtitle", Taken.SUBTITLE), ("date", Taken.DATE)):
            self._take(top.get(key), taken)
        self._take(top.get("introduction"), Taken.INTRODUCTION)
        self._take(top.get("imprint"), Taken.IMPRINT)
        cast = [
            Cast(person, duty or Duty.SPEAKER, place)
            for key in ("moderator", "moderators", "host", "hosts")
            for person, duty, place in self._people(top.get(key), _DUTIES[key])
        ]
        if "days" in top:
            days = [self._day(item) for item in self._list(top["days"])]
        else:
            place = top["date"].place if "date" in top else Place()
            items = [item for key in ("agenda", "entries") for item in self._items(top.get(key))]
            days = [DayDraft(place, self._date(top.get("date")), "", items)]
        venue = self._mapping_or_text(top.get("venue"), ("name", "room", "address", "note"), "name")
        online = self._mapping_or_text(top.get("online"), ("channel", "who", "link"), "channel")
        return Agenda(
            title=self._text(top, "title"),
            subtitle=self._text(top, "subtitle"),
            days=tuple(finish(day, self.words, self.problems) for day in days if day.items or day.date),
            format=self._text(top, "format"),
            venue=Venue(**venue, place=self._place(top, "venue")),
            online=Online(**online, place=self._place(top, "online")),
            organisers=tuple(item.text for item in self._list(top.get("organisers"))),
            supporters=tuple(item.text for item in self._list(top.get("supporters"))),
            introduction=self._text(top, "introduction"),
            facts=tuple(Fact(key.text, value.text, key.place) for key, value in top["facts"].pairs)
            if "facts" in top
            else (),
            cast=tuple(cast),
            imprint=self._text(top, "imprint"),
            people=self.casting.finish(),
            coverage=tuple(self._coverage(node)),
        )

    def _day(self, node: Node) -> DayDraft:
        day = self._mapping(node, _DAY, "a day")
        self._take(node, Taken.DATE)
        items = [item for key in ("agenda", "entries") for item in self._items(day.get(key))]
        return DayDraft(node.place, self._date(day.get("date")), self._text(day, "title"), items)

    def _items(self, node: Node | None) -> Iterator[SessionDraft | EntryDraft]:
        for item in self._list(node):
            if "session" not in item.mapping and "entries" not in item.mapping:
                yield self._entry(item)
                continue
            yield self._session(item)

    def _session(self, node: Node) -> SessionDraft:
        parts = self._mapping(node, _SESSION, "a session")
        self._take(node, Taken.SESSION)
        label, title = self._text(parts, "session"), self._text(parts, "title")
        draft = SessionDraft(label, title, node.place, title or label, whole=True)
        draft.start, draft.end = self._time(parts.get("start")), self._time(parts.get("end"))
        draft.room = self._text(parts, "room")
        for key in ("chair", "chairs", "moderator", "moderators"):
            draft.cast += self._people(parts.get(key), _DUTIES[key])
        draft.entries = [self._entry(item) for item in self._list(parts.get("entries"))]
        return draft

    def _entry(self, node: Node) -> EntryDraft:
        parts = self._mapping(node, _ENTRY, "an entry")
        draft = EntryDraft(self._text(parts, "title"), node.place)
        if not draft.title:
            self.problems.error("this entry has no title", node.place, "write title: beside start:", "agenda.no-title")
        draft.start, draft.end = self._time(parts.get("start")), self._time(parts.get("end"))
        self._take(node, Taken.SLOT if draft.start else Taken.UNTIMED)
        draft.misread = "start" in parts and draft.start is None
        draft.room = self._text(parts, "room")
        draft.abstract = [text] if (text := self._text(parts, "abstract").strip()) else []
        draft.open = parts["speaker_tbc"].value is True if "speaker_tbc" in parts else False
        online = parts["online"].value if "online" in parts else None
        draft.online = online if isinstance(online, bool) else None
        for key, duty in _DUTIES.items():
            for node_of in self._list(parts.get(key)):
                if self.mentions.is_open(node_of.text):
                    draft.open = True
                    hint = "write “Name, Organisation” when it is known; until then it is printed as open"
                    message = f"the speaker of “{draft.title}” is to be confirmed"
                    self.problems.open(message, node_of.place, hint, "agenda.to-be-confirmed")
                else:
                    draft.cast += self._people(node_of, duty)
        if "kind" in parts:
            kind = parts["kind"].text
            if kind in list(Kind):
                draft.kind = Kind(kind)
            else:
                hint = f"write one of {', '.join(Kind)}"
                self.problems.error(f"“{kind}” is no kind of entry", parts["kind"].place, hint, "agenda.kind")
        return draft

    def _take(self, node: Node | None, taken: Taken, note: str = "") -> None:
        if node is not None:
            self.taken.setdefault(node.place.line, (taken, note))

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
                near = get_close_matches(key.text, known, 1)
                hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
                self.problems.error(f"{what} has no “{key.text}”", key.place, hint, "agenda.unknown-key")
        return {key: value for key, value in node.mapping.items() if key in known}

    def _mapping_or_text(self, node: Node | None, known: Sequence[str], alone: str) -> dict[str, str]:
        if node is not None and node.kind == "scalar":
            return {alone: node.text}
        return {key: value.text for key, value in self._mapping(node, known, "this").items()}

    def _list(self, node: Node | None) -> tuple[Node, ...]:
        if node is None or (node.kind == "scalar" and node.value is None):
            return ()
        return node.items if node.kind == "list" else (node,)

    def _text(self, parts: Mapping[str, Node], key: str) -> str:
        return parts[key].text if key in parts else ""

    def _place(self, parts: Mapping[str, Node], key: str) -> Place:
        return parts[key].place if key in parts else Place()

    def _time(self, node: Node | None) -> Time | None:
        if node is None or node.value is None:
            return None
        time = clock(node.text)
        if time is None:
            hint = "write hours and minutes, such as 09:45"
            self.problems.error(f"{node.text} is not a time", node.place, hint, "agenda.time")
        return time

    def _date(self, node: Node | None) -> date | None:
        if node is None or node.value is None:
            return None
        try:
            return date.fromisoformat(node.text)
        except ValueError:
            hint = "write it such as 2022-05-11"
            self.problems.error(f"{node.text} is not a date", node.place, hint, "agenda.date")
            return None

    def _people(self, node: Node | None, duty: Duty | None) -> list[tuple[str, Duty | None, Place]]:
        cast: list[tuple[str, Duty | None, Place]] = []
        for item in self._list(node):
            if item.kind == "mapping":
                said = self._mapping(item, ("name", "organisation", "position"), "a person")
                name = self._text(said, "name")
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

    def _coverage(self, node: Node | None) -> Iterator[Reading]:
        """Every line by the value that starts on it; a line on which none starts goes on with the one above it."""
        starts = set(_lines(node))
        bad = {problem.place.line for problem in self.problems.found if problem.rule.startswith("yaml.")}
        current = (Taken.FIELD, "")
        for number, raw in enumerate(BREAKS.split(self.source.text), 1):
            if not raw.strip():
                continue
            if _COMMENT.match(raw) and number not in starts:
                yield Reading(number, Taken.PASSED, Sure.CERTAIN, raw.strip(), "comment")
                continue
            if number in bad and number not in starts:
                current = (Taken.PASSED, "no YAML")
            elif number in starts:
                current = self.taken.get(number, (Taken.FIELD, ""))
            yield Reading(number, current[0], Sure.CERTAIN, raw.strip(), current[1])


def _lines(node: Node | None) -> Iterator[int]:
    waiting = [node] if node else []
    while waiting:
        current = waiting.pop()
        yield current.place.line
        waiting += current.items
        for key, value in current.pairs:
            waiting += (key, value)
