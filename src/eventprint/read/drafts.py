"""Days, sessions and entries while they are being read, and what follows from their order: groups, kinds, ends.

No time is made up: an end is stated, or it is the start of what follows, or it is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from itertools import islice, pairwise

from ..event import Block, Cast, Day, Duty, Entry, Kind, Session, Sure, Time
from ..problems import Place, Problems
from ..values import dataclass
from .language.vocabulary import Vocabulary

MOST = 5_000
"""Entries of one event; the largest known has a fifth of them."""


def too_many(place: Place, problems: Problems) -> None:
    """Report that an agenda has more entries than are read, at the first that is left out."""
    message = f"there are more than {MOST:,} entries, more than any event has: from here on they are left out"
    problems.error(message, place, "look at what the file is", "agenda.lines")


@dataclass(slots=True)
class EntryDraft:
    """An entry whose people and remarks are still being met."""

    title: str
    place: Place
    start: Time | None = None
    end: Time | None = None
    cast: list[tuple[str, Duty | None, Place]] = field(default_factory=list)
    """Person, duty where one was said, place."""
    open: bool = False
    panel: bool = False
    """A label says that these people are a panel."""
    title_column: int = 1
    title_line: int = 0
    """Where it is another than that of the entry."""
    room: str = ""
    room_place: Place = Place()
    abstract: list[str] = field(default_factory=list)
    online: bool | None = None
    indent: int = 0
    kind: Kind | None = None
    minutes: int = 0
    """How long it lasts, where that is said."""
    alone: bool = False
    """People stood where a title stands: their names are the title until one is met."""
    bullet: int = -1
    """The indent of the list item it is, where it is one below a time."""
    misread: bool = False
    """A time stands with it, but not one that can be read."""
    track: str = ""
    link: str = ""
    subtitle: str = ""
    language: str = ""
    sure: Sure = Sure.CERTAIN

    @property
    def named(self) -> bool:
        return self.open or any(duty not in (Duty.CHAIR, Duty.MODERATOR, Duty.HOST) for _, duty, _ in self.cast)

    def kind_by(self, words: Vocabulary) -> Kind:
        return self.kind or (Kind.PANEL if self.panel else words.kind(self.title, named=self.named)[0])


@dataclass(slots=True)
class SessionDraft:
    """A session heading, and how its entries are told from what follows."""

    label: str
    title: str
    place: Place
    written: str = ""
    start: Time | None = None
    end: Time | None = None
    cast: list[tuple[str, Duty | None, Place]] = field(default_factory=list)
    room: str = ""
    minutes: int = 0
    entries: list[EntryDraft] = field(default_factory=list)
    heading: bool = False
    """A marked heading holds everything below it; a plain line only what comes before the next break."""
    indent: int | None = None
    """Set where the entries are list items below the session's own."""
    whole: bool = False
    """Its entries were given as a list: nothing is to be told apart."""


@dataclass(slots=True)
class DayDraft:
    """A day and everything on it in order, sessions as mere headings between entries."""

    place: Place = Place()
    date: date | None = None
    title: str = ""
    items: list[SessionDraft | EntryDraft] = field(default_factory=list)


def finish(day: DayDraft, words: Vocabulary, problems: Problems) -> Day:
    """The day with entries under their sessions, kinds and ends; a session without entries is a warning."""
    blocks = _group(day.items, words)
    flat = [
        (entry, block if isinstance(block, SessionDraft) else None)
        for block in blocks
        for entry in (block.entries if isinstance(block, SessionDraft) else [block])
    ]
    made: list[Block] = []
    at = 0
    next_of_entries = _next_of(flat)
    next_of_blocks = _following([_begin(block) for block in blocks])
    for index, block in enumerate(blocks):
        if isinstance(block, EntryDraft):
            made.append(_entry(at, flat, next_of_entries[at], words))
            at += 1
            continue
        entries = tuple(_entry(n, flat, next_of_entries[n], words) for n in range(at, at + len(block.entries)))
        at += len(entries)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if not entries and not (block.heading and isinstance(following, SessionDraft) and not following.heading):
            name = " ".join(part for part in (block.label, f"“{block.title}”" if block.title else "") if part)
            hint = "write its talks below it, or take the heading out"
            problems.warning(f"{name} has no entries", block.place, hint, "agenda.empty-session")
        start = _begin(block)
        end = block.end
        stated = end is not None
        if end is None and entries and entries[-1].end and entries[-1].end_stated:
            end, stated = entries[-1].end, True
        if end is None:
            end = next_of_blocks[index]
        cast = tuple(Cast(person, duty or Duty.CHAIR, place) for person, duty, place in block.cast)
        made.append(Session(block.label, block.title, entries, cast, block.room, start, end, stated, block.place))
    return Day(tuple(made), day.date, day.title, day.place)


def _group(items: Sequence[SessionDraft | EntryDraft], words: Vocabulary) -> list[SessionDraft | EntryDraft]:
    blocks: list[SessionDraft | EntryDraft] = []
    session: SessionDraft | None = None
    for item in items:
        if isinstance(item, SessionDraft):
            _release(session, blocks, words)
            session = None if item.whole else item
            blocks.append(item)
        elif session is None:
            blocks.append(item)
        elif session.indent is not None and item.indent <= session.indent:
            session = None
            blocks.append(item)
        elif session.indent is not None or session.heading:
            session.entries.append(item)
        elif item.kind_by(words) is Kind.BREAK and not session.entries and session.start is None:
            blocks.insert(len(blocks) - 1, item)
        elif (item.kind_by(words) is Kind.BREAK and not session.entries) or (_ends(item, words) and session.entries):
            session = None
            blocks.append(item)
        else:
            session.entries.append(item)
    _release(session, blocks, words)
    return _held(blocks)


def _held(blocks: Sequence[SessionDraft | EntryDraft]) -> list[SessionDraft | EntryDraft]:
    """Below a heading, times that speak of sessions and have nothing under them are entries of what it heads."""
    made: list[SessionDraft | EntryDraft] = []
    holder: SessionDraft | None = None
    for block in blocks:
        one = _alone(block) if isinstance(block, SessionDraft) else block
        if isinstance(one, SessionDraft):
            holder = one if one.heading and not one.entries else None
            made.append(one)
        elif holder is not None and (holder.entries or isinstance(block, SessionDraft)):
            holder.entries.append(one)
        else:
            holder = None
            made.append(one)
    return made


def _ends(entry: EntryDraft, words: Vocabulary) -> bool:
    """Whether an entry ends a session: a break, or words of closing."""
    return entry.kind_by(words) is Kind.BREAK or (entry.start is not None and words.address(entry.title) == "closing")


def _release(session: SessionDraft | None, blocks: list[SessionDraft | EntryDraft], words: Vocabulary) -> None:
    """Breaks and closing words at the end of what stands under a marked heading come after the session."""
    if session is None or not session.heading:
        return
    released: list[EntryDraft] = []
    while len(session.entries) > 1 and _ends(session.entries[-1], words):
        released.insert(0, session.entries.pop())
    blocks.extend(released)


def _alone(session: SessionDraft) -> SessionDraft | EntryDraft:
    """A line with a time that speaks of a session, and nothing under it, is an entry."""
    if session.entries or session.start is None or session.whole:
        return session
    further = session.title and session.title not in session.written
    return EntryDraft(
        f"{session.written}: {session.title}" if further else session.written,
        session.place,
        session.start,
        session.end,
        session.cast,
        room=session.room,
        minutes=session.minutes,
    )


def _next_of(flat: Sequence[tuple[EntryDraft, SessionDraft | None]]) -> list[Time | None]:
    """The start of what follows each entry; where rooms stand side by side, of what follows beside it."""
    entries = [entry for entry, _ in flat]
    if not _is_parallel(entries):
        starts: list[Time | None] = []
        before: SessionDraft | None = None
        for entry, owner in flat:
            first = owner is not None and owner is not before
            starts.append(entry.start or (owner.start if owner and first else None))
            before = owner
        return _following(starts)
    found: list[Time | None] = []
    for index, entry in enumerate(entries):
        nexts = (each.start for each in islice(entries, index + 1, None) if _beside(entry, each))
        after = next((start for start in nexts if start and start != entry.start), None)
        found.append(after if after and (entry.start is None or after > entry.start) else None)
    return found


def _begin(block: SessionDraft | EntryDraft) -> Time | None:
    if block.start or isinstance(block, EntryDraft):
        return block.start
    return next((entry.start for entry in block.entries if entry.start), None)


def _following(starts: Sequence[Time | None]) -> list[Time | None]:
    """For each start the next one that is later; None where an earlier one comes first."""
    found: list[Time | None] = [None] * len(starts)
    later: int | None = None
    for index in range(len(starts) - 1, -1, -1):
        own, after = starts[index], None if later is None else starts[later]
        if after is not None and later is not None:
            found[index] = found[later] if after == own else after if own is None or after > own else None
        later = index if own else later
    return found


def _entry(
    index: int, flat: Sequence[tuple[EntryDraft, SessionDraft | None]], next_start: Time | None, words: Vocabulary
) -> Entry:
    draft, owner = flat[index]
    kind = draft.kind_by(words)
    end = draft.end
    if end is None and draft.start is not None:
        following, its_owner = flat[index + 1] if index + 1 < len(flat) else (None, None)
        # What has no time of its own shares this start, so that this end is not known.
        if not (following and following.start is None and its_owner is owner):
            end = next_start
    usual = Duty.PANELLIST if kind is Kind.PANEL else Duty.SPEAKER
    return Entry(
        title=draft.title,
        kind=kind,
        start=draft.start,
        end=end,
        end_stated=draft.end is not None,
        minutes=draft.minutes,
        cast=tuple(Cast(person, duty or usual, place) for person, duty, place in draft.cast),
        to_be_confirmed=draft.open,
        service=words.kind(draft.title, named=draft.named)[1] if kind is Kind.BREAK else None,
        room=draft.room,
        room_place=draft.room_place,
        abstract="\n".join(draft.abstract),
        online=draft.online,
        subtitle=draft.subtitle,
        track=draft.track,
        language=draft.language,
        link=draft.link,
        place=draft.place,
        sure=draft.sure,
    )


def _is_parallel(entries: Sequence[EntryDraft]) -> bool:
    """Whether things take place at the same time in several rooms or strands."""
    timed = [entry for entry in entries if entry.start is not None]
    return any(
        (first.room, first.track) != (second.room, second.track)
        and (
            first.start == second.start
            or (first.end is not None and second.start is not None and first.end > second.start)
        )
        for first, second in pairwise(timed)
    )


def _beside(entry: EntryDraft, following: EntryDraft) -> bool:
    """Whether what follows makes an end of an entry: it does so in the same room and strand, or where it names none."""
    place, other = entry.room or entry.track, following.room or following.track
    return not place or not other or place == other or bool(entry.track and entry.track == following.track)
