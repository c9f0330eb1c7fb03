"""Two agendas side by side: what is new, what is gone, and what differs of each entry, with the places of both.

Entries are matched by what their sources call them, else by title and start, by time and room, by a title that stands
once, or by a title that is much alike. What one of the two never says of any entry is told once and is no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Protocol

from ..event import Day, Entry, Person
from ..problems import Place
from ..values import dataclass
from .language.names import fold
from .language.vocabulary import split


class Aspect(StrEnum):
    """What may differ of an entry."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    DAY = "day"
    START = "start"
    END = "end"
    ROOM = "room"
    PEOPLE = "people"
    TRACK = "track"
    LANGUAGE = "language"
    ABSTRACT = "abstract"


class Programme(Protocol):
    """What is compared: an agenda as it was read, or an event."""

    @property
    def days(self) -> tuple[Day, ...]: ...

    @property
    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its day and room, and the names of its people."""

    entry: Entry
    day: str
    room: str
    people: tuple[str, ...]
    date: int = 0
    """The day counted on from year 1; 0 where none is known."""

    @property
    def place(self) -> Place:
        return self.entry.place

    @property
    def when(self) -> str:
        """Its day, its start and its room in a row, as far as they are known."""
        return " ".join(part for part in (self.day, self.said(Aspect.START), self.room) if part)

    def said(self, aspect: Aspect) -> str:
        """What is said of an aspect, as it is shown; empty where nothing is."""
        entry = self.entry
        match aspect:
            case Aspect.DAY:
                return self.day
            case Aspect.ROOM:
                return self.room
            case Aspect.PEOPLE:
                return ", ".join(self.people)
            case Aspect.START:
                return _clock(entry.start.minutes) if entry.start else ""
            case Aspect.END:
                return _clock(entry.end.minutes) if entry.end and entry.end_stated else ""
        return " ".join(str(getattr(entry, aspect.value)).split())


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it was and what it is."""

    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One entry of both agendas, and what differs."""

    old: Item
    new: Item
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two agendas compared: nothing is resolved, everything is told."""

    pairs: tuple[Pair, ...] = ()
    """Every entry that is in both, in the order of the new one."""
    new: tuple[Item, ...] = ()
    gone: tuple[Item, ...] = ()
    silent: tuple[tuple[Aspect, str], ...] = ()
    """What is said of no entry by one of the two, and by which: `old` or `new`."""
    renamed: tuple[Change, ...] = ()
    """What is called otherwise throughout, such as a room: told once, and no difference of its entries."""
    shift: int = 0
    """Minutes by which every start differs, where it is the same for all: another time zone."""
    people_new: tuple[str, ...] = ()
    people_gone: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.changes)

    @property
    def same(self) -> bool:
        return not (self.changed or self.new or self.gone or self.shift or self.renamed)

    def as_data(self) -> dict[str, Any]:
        """The comparison as lists and mappings, ready for JSON."""
        return {
            "counts": {
                "same": len(self.pairs) - len(self.changed),
                "changed": len(self.changed),
                "new": len(self.new),
                "gone": len(self.gone),
            },
            "shift": self.shift,
            "renamed": [{"what": change.aspect.value, "old": change.old, "new": change.new} for change in self.renamed],
            "silent": [{"what": aspect.value, "who": side} for aspect, side in self.silent],
            "changed": [
                {
                    "title": pair.new.entry.title,
                    "old": _where(pair.old),
                    "new": _where(pair.new),
                    "changes": [{"what": c.aspect.value, "old": c.old, "new": c.new} for c in pair.changes],
                }
                for pair in self.changed
            ],
            "new": [_told(item) for item in self.new],
            "gone": [_told(item) for item in self.gone],
            "people": {"new": list(self.people_new), "gone": list(self.people_gone)},
        }


def compare(old: Programme, new: Programme) -> Comparison:
    """What differs between an agenda and a later or another form of it."""
    before, after = _items(old), _items(new)
    matched = _Matching(before, after).pairs()
    silent = tuple(
        (aspect, "old" if not any(item.said(aspect) for item in before) else "new")
        for aspect in Aspect
        if any(item.said(aspect) for item in before) != any(item.said(aspect) for item in after)
    )
    unsaid = {aspect for aspect, _ in silent}
    shift = _shift(matched)
    renamed = tuple(_renamed(matched, unsaid))
    pairs = tuple(Pair(one, two, tuple(_changes(one, two, unsaid, shift, renamed))) for one, two in matched)
    left, right = {id(one) for one, _ in matched}, {id(two) for _, two in matched}
    named = [_names(before), _names(after)] if Aspect.PEOPLE not in unsaid else [{}, {}]
    return Comparison(
        pairs,
        tuple(item for item in after if id(item) not in right),
        tuple(item for item in before if id(item) not in left),
        silent,
        renamed,
        shift,
        tuple(name for key, name in named[1].items() if key not in named[0]),
        tuple(name for key, name in named[0].items() if key not in named[1]),
    )


def _items(programme: Programme) -> list[Item]:
    names = {person.key: person.name.full for person in programme.people}
    found = []
    for day in programme.days:
        written = day.date.isoformat() if day.date else day.title
        rooms = {id(entry): session.room for session in day.sessions for entry in session.entries}
        for entry in day.entries():
            people = dict.fromkeys(names.get(cast.person, cast.person) for cast in entry.cast)
            number = day.date.toordinal() if day.date else 0
            found.append(Item(entry, written, entry.room or rooms.get(id(entry), ""), tuple(people), number))
    return found


def _names(items: Iterable[Item]) -> dict[str, str]:
    return {fold(name): name for item in items for name in item.people}


def _renamed(pairs: Sequence[tuple[Item, Item]], unsaid: set[Aspect]) -> Iterable[Change]:
    """Rooms, tracks and languages that are called otherwise in the other agenda, wherever they stand."""
    for aspect in (Aspect.ROOM, Aspect.TRACK, Aspect.LANGUAGE):
        if aspect in unsaid:
            continue
        both = Counter((old.said(aspect), new.said(aspect)) for old, new in pairs)
        before, after = Counter(one for one, _ in both), Counter(two for _, two in both)
        for (one, two), count in both.items():
            if one and two and one != two and count > 1 and before[one] == 1 and after[two] == 1:
                yield Change(aspect, one, two)


def _changes(old: Item, new: Item, unsaid: set[Aspect], shift: int, renamed: Sequence[Change]) -> Iterable[Change]:
    for aspect in Aspect:
        one, two = old.said(aspect), new.said(aspect)
        if one == two or aspect in unsaid or Change(aspect, one, two) in renamed:
            continue
        if aspect is Aspect.PEOPLE and {fold(name) for name in old.people} == {fold(name) for name in new.people}:
            continue
        if aspect in (Aspect.DAY, Aspect.START, Aspect.END) and shift and one and two:
            continue
        # An end that one of the two does not state is the start of what follows.
        if aspect is Aspect.END and not (one and two):
            continue
        yield Change(aspect, one, two)


def _shift(pairs: Sequence[tuple[Item, Item]]) -> int:
    """The minutes by which every start differs; 0 where they differ by different ones, or where there are few."""
    found = {
        new.entry.start.minutes - old.entry.start.minutes + (new.date - old.date) * 1440
        for old, new in pairs
        if old.entry.start and new.entry.start and bool(old.date) == bool(new.date)
    }
    only = found.pop() if len(found) == 1 else None
    return only if only and len(pairs) >= 3 and only % 15 == 0 else 0


def _clock(minutes: int) -> str:
    """A time of day, however it was written; what is after midnight counts on as the night before has it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _where(item: Item) -> dict[str, Any]:
    place = item.place
    at = {"file": place.file, "line": place.line, "column": place.column}
    return {**at, **({"cell": place.cell} if place.cell else {})}


def _told(item: Item) -> dict[str, Any]:
    said = {aspect.value: item.said(aspect) for aspect in Aspect if aspect is not Aspect.ABSTRACT}
    return {**said, "id": item.entry.id, "place": _where(item)}


Key = Callable[[Item], Hashable | None]


class _Matching:
    """Matches entries, the surest way first; each is matched once."""

    def __init__(self, old: list[Item], new: list[Item]) -> None:
        self.old, self.new = old, new
        self.found: dict[int, Item] = {}
        """By the new item, the old one."""
        self.taken: set[int] = set()

    def pairs(self) -> list[tuple[Item, Item]]:
        self._by(_whole_id, alike=True)
        self._by(_short_id, alike=True)
        self._by(lambda item: (fold(item.entry.title), item.day, _start(item), fold(item.room)), many=True)
        self._by(lambda item: (fold(item.entry.title), item.day, _start(item)), many=True)
        self._by(lambda item: (fold(item.entry.title), fold(item.room)) if item.entry.title else None)
        self._by(lambda item: fold(item.entry.title) or None)
        self._by_words()
        self._by(lambda item: (item.day, _start(item), fold(item.room)) if item.entry.start and item.room else None)
        return [(self.found[id(item)], item) for item in self.new if id(item) in self.found]

    def _left(self) -> tuple[list[Item], list[Item]]:
        old = [item for item in self.old if id(item) not in self.taken]
        return old, [item for item in self.new if id(item) not in self.found]

    def _take(self, old: Item, new: Item) -> None:
        self.found[id(new)] = old
        self.taken.add(id(old))

    def _by(self, key: Key, *, many: bool = False, alike: bool = False) -> None:
        """Match what has one key; a key that several have matches nothing, or with `many` in their order."""
        old, new = self._left()
        befores, afters = _grouped(old, key), _grouped(new, key)
        for value, items in afters.items():
            others = befores.get(value, [])
            if len(others) != 1 or len(items) != 1:
                if many:
                    for one, two in zip(others, items, strict=False):
                        self._take(one, two)
                continue
            if not alike or _alike(others[0], items[0]):
                self._take(others[0], items[0])

    def _by_words(self) -> None:
        """Match titles that share most of their words; words that many titles have tell nothing."""
        old, new = self._left()
        words = {id(item): frozenset(split(item.entry.title)) for item in (*old, *new)}
        holders: dict[str, list[Item]] = defaultdict(list)
        for item in old:
            for word in words[id(item)]:
                holders[word].append(item)
        ranked: list[tuple[float, int, Item, Item]] = []
        for number, item in enumerate(new):
            near = Counter(
                position
                for word in words[id(item)]
                if len(holders.get(word, ())) <= _RARE
                for position in map(id, holders.get(word, ()))
            )
            known = {id(one): one for word in words[id(item)] for one in holders.get(word, ())[:_RARE]}
            for position, _ in near.most_common(_NEAR):
                other = known.get(position)
                if other is not None and (ratio := _ratio(words[position], words[id(item)])) >= _MOST_WORDS:
                    ranked.append((-ratio, number, other, item))
        for _, _, one, two in sorted(ranked, key=lambda each: each[:2]):
            if id(one) not in self.taken and id(two) not in self.found:
                self._take(one, two)


_RARE = 20
_NEAR = 5
_MOST_WORDS = 0.6


def _grouped(items: Iterable[Item], key: Key) -> dict[Hashable, list[Item]]:
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        value = key(item)
        if value is not None:
            groups[value].append(item)
    return groups


def _whole_id(item: Item) -> str | None:
    return item.entry.id or None


def _short_id(item: Item) -> str | None:
    """The number in `2850@2024@be.example`: calendars add a domain to what the export calls an entry."""
    return item.entry.id.partition("@")[0] or None


def _start(item: Item) -> int | None:
    return item.entry.start.minutes if item.entry.start else None


def _alike(old: Item, new: Item) -> bool:
    """Whether two entries of one id can be one: ids of two systems may be equal by chance."""
    if (old.day, _start(old)) == (new.day, _start(new)) or set(old.people) & set(new.people):
        return True
    one, two = fold(old.entry.title)[:300], fold(new.entry.title)[:300]
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.5


def _ratio(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / max(1, len(one | two))
