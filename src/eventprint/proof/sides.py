"""Source and reading side by side: each line of the agenda, and what it was read as.

What stands on a line is found by the places that everything read remembers; the agenda is not read again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from ..event import Cast, Day, Duty, Entry, Event, Kind, Person, Reading, Session, Sure, Taken, Time
from ..problems import Place
from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """A line of the source and its reading."""

    line: int
    source: str
    taken: Taken
    sure: Sure
    read_as: str
    """What it was read as, in words: `talk 09:45–10:15 “Tides”, Anna Berg (ETH)`."""
    note: str = ""
    """Why it was passed over, or what else it might be."""

    @property
    def used(self) -> bool:
        return self.taken is not Taken.PASSED


def sides(event: Event, coverage: Sequence[Reading], moved: Mapping[str, Place] | None = None) -> tuple[Side, ...]:
    """The lines of a source in order, each with what was read from it.

    `moved` says where in the agenda stands now what came from a place of the source, such as `12`, `1:507` or
    `Sheet1!C17`; without it, the source is the agenda itself.
    """
    found = _Found(event, None if moved else {reading.line for reading in coverage})
    if moved:
        found.move(moved)
    kept: Counter[int] = Counter(reading.line for reading in coverage)
    made = []
    for reading in coverage:
        said = [] if reading.taken is Taken.PASSED else found.on(reading, alone=kept[reading.line] == 1)
        sure = max((reading.sure, *(sure for _, sure in said)), key=list(Sure).index)
        words = "; ".join(dict.fromkeys(text for text, _ in said)) or _otherwise(reading)
        made.append(Side(reading.line, reading.text, reading.taken, sure, words, reading.note))
    return tuple(made)


def mark(side: Side) -> str:
    """`?` for a doubtful reading, `–` for what was passed over, nothing for all else."""
    return "–" if not side.used else "?" if side.sure is Sure.DOUBTFUL else ""


def figure(coverage: Sequence[Reading], counted_in: str = "lines") -> str:
    """How much of the agenda was used: `120 of 124 lines used, 4 passed over (2 comment, 2 after the agenda)`."""
    total = len(coverage)
    passed = [reading for reading in coverage if reading.taken is Taken.PASSED]
    what = counted_in.removesuffix("s") if total == 1 else counted_in
    said = f"{total - len(passed)} of {total} {what} used"
    if not passed:
        return said
    reasons = Counter(reading.note or "no reason said" for reading in passed)
    return f"{said}, {len(passed)} passed over ({gist(reasons)})"


def gist(reasons: Mapping[str, int], most: int = 5) -> str:
    """Reasons and how often each was given, the most frequent first; few words for very many."""
    first = sorted(reasons.items(), key=lambda each: -each[1])
    said = [f"{count} × {reason}" if count > 1 else reason for reason, count in first[:most]]
    if rest := sum(count for _, count in first[most:]):
        said.append(f"{rest} for other reasons")
    return ", ".join(said)


def worth_showing(made: Sequence[Side], most: int) -> tuple[list[Side], str]:
    """The lines for a page or a few: all, or where there are very many the doubtful ones and the first of the others.

    And a sentence that says so, empty where all are shown.
    """
    if len(made) <= most:
        return list(made), ""
    doubtful = [at for at, side in enumerate(made) if not side.used or side.sure is Sure.DOUBTFUL][:most]
    shown = set(doubtful)
    for at in range(len(made)):
        if len(shown) >= most:
            break
        shown.add(at)
    return (
        [made[at] for at in sorted(shown)],
        f"{len(shown)} are shown: the doubtful ones, and the first others (all: eventprint check --readings)",
    )


def _otherwise(reading: Reading) -> str:
    """What a line is called of which nothing is kept under its own place."""
    match reading.taken:
        case Taken.PASSED:
            return "passed over"
        case Taken.OPEN:
            return "to be confirmed"
        case Taken.SLOT:
            return "entry"
    return str(reading.taken)


class _Found:
    """Everything read, by the line it stands on."""

    def __init__(self, event: Event, own: Set[int] | None) -> None:
        self.own = own or frozenset()
        """Lines that are shown by themselves: people on any other stand with what they take part in."""
        self.people = {person.key: person for person in event.people}
        self.file = next((entry.place.file for entry in event.entries()), "")
        self.at: dict[int, list[tuple[str, str, Sure]]] = defaultdict(list)
        for day in event.days:
            self._day(day)
        for what, place in _facts(event):
            self._put(place, "", what)
        for cast in event.cast:
            self._put(cast.place, "", f"{cast.duty} of the event: {self._person(cast)}", cast.sure)

    def move(self, moved: Mapping[str, Place]) -> None:
        """Let everything stand where it stood in the source that the agenda was made from."""
        now, self.at = self.at, defaultdict(list)
        for came_from, place in moved.items():
            line = re.search(r"^\d+|\d+$", came_from)
            if line:
                self.at[int(line[0])] += now.get(place.line, ())

    def on(self, reading: Reading, *, alone: bool) -> list[tuple[str, Sure]]:
        """What stands on a reading's line; where several share the line, what has this one's title."""
        found = self.at.get(reading.line, ())
        if alone:
            return [(text, sure) for _, text, sure in found]
        own = [(text, sure) for title, text, sure in found if title and title == reading.text]
        return own[:1]

    def _put(self, place: Place, title: str, text: str, sure: Sure = Sure.CERTAIN) -> None:
        row = re.search(r"\d+$", place.cell)
        line = place.line or (int(row[0]) if row else 0)
        if line and place.file == self.file:
            self.at[line].append((title, text, sure))

    def _day(self, day: Day) -> None:
        if day.date and day.blocks and day.place != _place_of(day.blocks[0]):
            self._put(day.place, "", f"day {day.date.isoformat()}")
        for block in day.blocks:
            if isinstance(block, Session):
                self._session(block)
            else:
                self._entry(block)

    def _session(self, session: Session) -> None:
        name = " ".join(part for part in (session.label, f"“{session.title}”" if session.title else "") if part)
        if not session.entries or session.place != session.entries[0].place:
            words = [f"session {name or 'without a title'}", _span(session.start, session.end), session.room]
            own = [self._member(cast) for cast in session.cast if self._beside(cast, session)]
            self._put(session.place, "", ", ".join(filter(None, (*words, *own))))
        for cast in session.cast:
            if not self._beside(cast, session):
                self._put(cast.place, "", f"{self._member(cast)}, of session {name}", cast.sure)
        for entry in session.entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        words = [f"{_kind(entry)} {_span(entry.start, entry.end if entry.end_stated else None)}".strip()]
        words[0] += f" “{entry.title}”" if entry.title else " without a title"
        words += [part for part in (entry.room, entry.track) if part]
        words += [self._member(cast) for cast in entry.cast if self._beside(cast, entry)]
        if entry.to_be_confirmed:
            words.append("speaker to be confirmed")
        self._put(entry.place, entry.title, ", ".join(words), entry.sure)
        short = entry.title if len(entry.title) <= 40 else entry.title[:39].rsplit(" ", 1)[0] + " …"
        for cast in entry.cast:
            if not self._beside(cast, entry):
                self._put(cast.place, "", f"{self._member(cast)}, of “{short}”", cast.sure)

    def _beside(self, cast: Cast, item: Entry | Session) -> bool:
        return cast.place.line == item.place.line or cast.place.line not in self.own

    def _member(self, cast: Cast) -> str:
        said = self._person(cast)
        return said if cast.duty is Duty.SPEAKER else f"{cast.duty} {said}"

    def _person(self, cast: Cast) -> str:
        person: Person | None = self.people.get(cast.person)
        if person is None:
            return cast.person
        return f"{person.name.full} ({person.organisation})" if person.organisation else person.name.full


def _facts(event: Event) -> Iterator[tuple[str, Place]]:
    venue = ", ".join(filter(None, (event.venue.name, event.venue.room, event.venue.address)))
    if venue:
        yield f"venue {venue}", event.venue.place
    online = ", ".join(filter(None, (event.online.channel, event.online.who, event.online.link)))
    if online:
        yield f"online: {online}", event.online.place
    for fact in event.facts:
        yield f"{fact.label}: {fact.text}", fact.place


def _place_of(block: Session | Entry) -> Place:
    return block.entries[0].place if isinstance(block, Session) and block.entries else block.place


def _kind(entry: Entry) -> str:
    if entry.is_break:
        return "break"
    return "entry" if entry.kind is Kind.OTHER else str(entry.kind)


def _span(start: Time | None, end: Time | None) -> str:
    if start is None:
        return ""
    return f"{start}–{end}" if end else str(start)
