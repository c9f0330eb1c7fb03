"""The timetable: people and rooms in two places at once, overlaps, gaps, times outside their session, spellings.

A programme may run in many rooms at once: what is side by side in two rooms or two tracks is no overlap. Every rule
goes through the entries once, in order of time.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..event import Cast, Day, Entry, Event, Kind, Session, Time
from ..problems import Place, Problems
from ..values import dataclass
from .spelling import FEW, is_slip, near_spellings
from .walking import casts, placed, placed_on, room_of, sessions, stands

GAP = 5
"""Minutes between a stated end and the next start that need no words."""
POSTERS = 3
"""Entries of one time in one session that are shown side by side."""
PARALLEL = 4
"""Overlaps of a day without rooms from which on they are told as one."""
MIRRORED = 20
"""Talks held twice above which they are told as one: a programme that is held again for another part of the world."""
FEWEST = 5
"""Entries of a day in several rooms from which on time left empty in all of them may be a slip."""
WALK = range(15, 181)
"""Minutes left empty in all rooms that are told of: less is a walk to the next room, more the end of a part."""
EVENING = 18 * 60
"""Minutes after midnight from which what is no talk may begin when it likes."""


def _roles(event: Event, problems: Problems) -> None:
    known = {role.key for role in event.roles}
    for attendee in event.attendees:
        for role in attendee.roles:
            if known and role not in known:
                hint = f"use one of {', '.join(sorted(known))}, or describe it under roles: in event.yaml"
                problems.error(f"“{role}” is no role of this event", attendee.place, hint, "attendees.role")


def _without_appearance(event: Event, problems: Problems) -> None:
    named = {cast.person for cast in casts(event)}
    for person in event.people:
        if person.key not in named:
            hint = "name the person below an entry of the agenda, or take them out of people.yaml"
            problems.warning(
                f"{person.name.full} has no entry on the agenda", person.place, hint, "agenda.no-appearance"
            )


def _unknown_people(event: Event, problems: Problems) -> None:
    known = {person.key for person in event.people}
    for cast in casts(event):
        if cast.person not in known:
            hint = "name the person under people:, or correct the key"
            problems.error(f"nobody has the key “{cast.person}”", cast.place, hint, "agenda.unknown-person")


# Days


def _days(event: Event, problems: Problems) -> None:
    """Days without entries, twice, or out of order; an agenda without any entry is told elsewhere."""
    if not any(True for _ in event.entries()):
        return
    # Where a file is cut off, or an entry stands on another day, that was told, and the day is empty because of it.
    # A date on another weekday than it says is told of as that, wherever it stands.
    odd = {_line(each.place) for each in problems.found if each.rule == "agenda.weekday"}
    lost = any(each.rule in ("agenda.cut-off", "agenda.other-day") for each in problems.found)
    before: Day | None = None
    seen: dict[object, Day] = {}
    for day in event.days:
        named = day.date.isoformat() if day.date else f"“{day.title}”" if day.title else "a day"
        if not lost and not any(True for _ in day.entries()):
            hint = "write its entries, or take the day out"
            problems.open(f"{named} has no entries", day.place, hint, "agenda.empty-day")
        if day.date is None:
            continue
        if day.date in seen:
            hint = f"correct one of the dates, or put the two together; {stands(seen[day.date].place, day.place)}"
            problems.warning(f"{named} is there twice", day.place, hint, "agenda.day-twice")
        elif before and before.date and day.date < before.date and _line(day.place) not in odd:
            message = f"{named} comes after {before.date.isoformat()}"
            problems.warning(message, day.place, "correct the date, or put the days in order", "agenda.day-order")
        seen.setdefault(day.date, day)
        before = day


def _line(place: Place) -> tuple[str, int, str]:
    return place.file, place.line, place.cell


# People


@dataclass(frozen=True, slots=True)
class _Duty:
    """When somebody is needed: in an entry, or in the chair of a session."""

    start: Time
    end: Time | None
    title: str
    place: Place
    room: str
    session: Session | None
    """The one it belongs to: who chairs it may speak in it."""
    chair: bool = False


def _twice_at_once(event: Event, problems: Problems) -> None:
    names = {person.key: person.name.full for person in event.people}
    for day in event.days:
        for person, duties in _needed(day).items():
            latest: _Duty | None = None
            for duty in sorted(duties, key=lambda duty: (duty.start, duty.place.line)):
                if latest and _at_once(latest, duty):
                    where = f" in {latest.room} and {duty.room}" if latest.room and duty.room != latest.room else ""
                    problems.warning(
                        f"{names.get(person, person)} is in two entries at once{where}: “{latest.title}” at "
                        f"{latest.start} and “{duty.title}” at {duty.start}",
                        duty.place,
                        f"correct a time or a name; {stands(latest.place, duty.place)}",
                        "agenda.person-twice",
                    )
                if latest is None or latest.end is None or (duty.end or duty.start) >= latest.end:
                    latest = duty


def _needed(day: Day) -> dict[str, list[_Duty]]:
    of: dict[str, list[_Duty]] = defaultdict(list)
    for entry, session in placed_on(day):
        if entry.start:
            at = entry.start
            duty = _Duty(at, entry.end, entry.title, entry.place, room_of(entry, session), session)
            for person, place in _where_named(entry.cast):
                of[person].append(replace(duty, place=place if place.file else entry.place))
    for session in day.sessions:
        if session.start:
            title = session.title or session.label
            duty = _Duty(session.start, session.end, title, session.place, session.room, session, chair=True)
            for person, place in _where_named(session.cast):
                of[person].append(replace(duty, place=place if place.file else session.place))
    return of


def _where_named(cast: Sequence[Cast]) -> Iterable[tuple[str, Place]]:
    """Everybody in a cast once, and where they are named first."""
    return {each.person: each.place for each in reversed(cast)}.items()


def _at_once(first: _Duty, second: _Duty) -> bool:
    if first.session is second.session and (first.chair or second.chair):
        return False
    if first.start == second.start and _is_shared(first.title.casefold(), second.title.casefold()):
        return False
    return first.start == second.start or (first.end is not None and second.start < first.end)


def _is_shared(one: str, other: str) -> bool:
    """Whether two titles are those of one entry that several rooms share: `Keynote`, and `Keynote (stream)`."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (long == short or long[len(short) :].lstrip()[:1] in ("(", "["))


# Rooms


def _overlaps_and_gaps(event: Event, problems: Problems) -> None:
    """In one room, or one track where no room is said: what starts before the last has ended, and time left empty."""
    for day in event.days:
        strands: dict[tuple[str, str], list[_Slot]] = defaultdict(list)
        posters = _side_by_side(day)
        for slot in _slots(day):
            if id(slot.entry) in posters:
                continue
            strands[_plain(slot.room), "" if slot.room else slot.entry.track].append(slot)
        for (room, _), slots in strands.items():
            _follow(slots, problems, room=bool(room), alone=len(strands) == 1)
        if len(strands) > 1:
            together = sorted((slot for slots in strands.values() for slot in slots), key=_start)
            _into_breaks(together, problems)
            _nowhere(together, problems)


def _side_by_side(day: Day) -> set[int]:
    """All but the first of several entries that have one time in one session, as posters and demonstrations have."""
    found: set[int] = set()
    for session in day.sessions:
        at_once: dict[tuple[Time | None, Time | None], list[Entry]] = defaultdict(list)
        for entry in session.entries:
            at_once[entry.start, entry.end].append(entry)
        for entries in at_once.values():
            if len(entries) >= POSTERS:
                found |= {id(entry) for entry in entries[1:]}
    return found


@dataclass(frozen=True, slots=True)
class _Slot:
    """An entry with a time, or a session with a time whose entries have none."""

    entry: Entry
    room: str
    untimed: int
    """Entries without a time that stand before it: they take time nobody knows."""


def _slots(day: Day) -> Iterator[_Slot]:
    untimed = 0
    for block in day.blocks:
        entries = block.entries if isinstance(block, Session) else (block,)
        session = block if isinstance(block, Session) else None
        if session and session.start and session.end_stated and not any(entry.start for entry in entries):
            whole = Entry(session.title or session.label, Kind.OTHER, session.start, session.end, end_stated=True)
            yield _Slot(replace(whole, place=session.place), session.room, untimed)
            continue
        for entry in entries:
            if entry.start:
                yield _Slot(entry, room_of(entry, session), untimed)
            else:
                untimed += 1


def _follow(slots: Sequence[_Slot], problems: Problems, *, room: bool, alone: bool) -> None:
    latest: _Slot | None = None
    overlaps: list[tuple[Entry, Entry]] = []
    for slot in sorted(slots, key=_start):
        entry, before = slot.entry, latest.entry if latest else None
        assert entry.start
        if latest and before and before.end and before.end_stated:
            if entry.start < before.end:
                overlaps.append((before, entry))
            elif alone and slot.untimed == latest.untimed and _is_gap(before.end, entry):
                message = f"nothing is planned between {before.end} and {entry.start}"
                problems.open(message, _when(entry.start, entry), "add a break, or leave it", "agenda.gap")
        if before is None or before.end is None or (entry.end or entry.start) >= before.end:
            latest = slot
    if not room and len(overlaps) >= PARALLEL and len(overlaps) * 3 >= len(slots):
        # Nobody makes so many mistakes: these are tracks side by side of which no room is said.
        first = overlaps[0][1]
        message = f"{len(overlaps)} entries of this day begin before the one before them has ended, and no room is said"
        hint = "say in which rooms or tracks they are; until then they are printed one below the other"
        problems.open(message, _when(first.start, first), hint, "agenda.overlap")
        return
    for one, other in overlaps:
        _overlap(one, other, problems, room=room)


def _start(slot: _Slot) -> Time:
    return slot.entry.start or Time(0, "")


def _is_gap(end: Time, entry: Entry) -> bool:
    """Whether time is left empty before an entry; a dinner in the evening need not follow at once."""
    assert entry.start
    return entry.start.minutes - end.minutes > GAP and (entry.is_talk or entry.start.minutes < EVENING)


def _nowhere(slots: Sequence[_Slot], problems: Problems) -> None:
    """Time in which no room has anything, where that is so once in a day: else people need it to walk."""
    gaps: list[tuple[Time, Entry]] = []
    latest: _Slot | None = None
    for slot in slots:
        end = latest.entry.end if latest else None
        if latest and end and latest.entry.end_stated and slot.untimed == latest.untimed and _is_gap(end, slot.entry):
            gaps.append((end, slot.entry))
        if end is None or (slot.entry.end or _start(slot)) >= end:
            latest = slot
    for end, entry in gaps if len(gaps) == 1 and len(slots) >= FEWEST else ():
        if entry.start is None or entry.start.minutes - end.minutes not in WALK:
            continue
        message = f"nothing is planned in any room between {end} and {entry.start}"
        problems.open(message, _when(entry.start, entry), "add a break, or leave it", "agenda.gap")


def _into_breaks(slots: Sequence[_Slot], problems: Problems) -> None:
    """A talk in one of several rooms that runs into a break for all of them, or begins before it is over."""
    talk: Entry | None = None
    pause: Entry | None = None
    for slot in slots:
        entry = slot.entry
        if not entry.start or not entry.end or not entry.end_stated:
            continue
        if entry.is_break and not slot.room and not entry.track:
            if talk and talk.end and talk.start and talk.start < entry.start < talk.end < entry.end:
                _overlap(talk, entry, problems, room=False)
            pause = entry
        elif entry.cast and slot.room:
            if pause and pause.start and pause.end and pause.start < entry.start < pause.end < entry.end:
                _overlap(pause, entry, problems, room=False)
                pause = None
            if talk is None or talk.end is None or entry.end > talk.end:
                talk = entry


def _overlap(latest: Entry, entry: Entry, problems: Problems, *, room: bool) -> None:
    if room:
        message = f"{entry.room or latest.room or 'the room'} has two entries at once: {_titled(latest)}, "
        message += f"{latest.start}–{latest.end}, and {_titled(entry)} at {entry.start}"
        hint = f"correct a time or a room; {stands(latest.place, entry.place)}"
        problems.warning(message, entry.place, hint, "agenda.room-twice")
        return
    message = f"“{entry.title}” starts at {entry.start}, before “{latest.title}” ends at {latest.end}"
    hint = f"correct one of the two times, or say in which rooms they are; {stands(latest.place, entry.place)}"
    problems.warning(message, _when(entry.start, entry), hint, "agenda.overlap")


def _when(time: Time | None, entry: Entry | Session) -> Place:
    """Where a time stands, or else what takes place then."""
    return time.place if time and time.place.file else entry.place


def _titled(entry: Entry) -> str:
    return f"“{entry.title}”" if entry.title else "one without a title"


def _backwards(event: Event, problems: Problems) -> None:
    """Ends before their starts, which YAML may say; other readers have told of them and left the end out."""
    for entry, _ in placed(event):
        if _is_backwards(entry):
            message = f"{entry.start} to {entry.end} ends before it begins"
            problems.error(message, _when(entry.end, entry), "correct one of the two times", "agenda.range")
    for session in sessions(event):
        if session.start and session.end and session.end_stated and session.end < session.start:
            message = f"{session.start} to {session.end} ends before it begins"
            problems.error(message, _when(session.end, session), "correct one of the two times", "agenda.range")


def _is_backwards(entry: Entry) -> bool:
    return bool(entry.end_stated and entry.start and entry.end and entry.end < entry.start)


def _outside_session(event: Event, problems: Problems) -> None:
    for session in sessions(event):
        for entry in session.entries:
            if _is_backwards(entry):
                continue
            early = entry.start and session.start and entry.start < session.start
            late = entry.start and session.end and session.end_stated and entry.start >= session.end
            if early or late:
                name = session.label or f"“{session.title}”"
                span = f"{session.start}{f'–{session.end}' if session.end else ''}"
                problems.warning(
                    f"“{entry.title}” at {entry.start} is outside {name} ({span})",
                    _when(entry.start, entry),
                    "correct the time of one of the two",
                    "agenda.outside-session",
                )


# Twice, and spelt in two ways


def _titles_twice(event: Event, problems: Problems) -> None:
    """One talk on the agenda twice; several rooms may share an entry, and what nobody is named for may come again."""
    names = {person.key: _plain(person.name.full) for person in event.people}
    first: dict[tuple[str, frozenset[str]], Entry] = {}
    again: dict[tuple[str, frozenset[str]], tuple[Entry, Entry]] = {}
    for entry in event.entries():
        people = frozenset(cast.person for cast in entry.cast)
        if entry.kind not in (Kind.TALK, Kind.PANEL) or not people:
            continue
        key = _plain(entry.title), people
        if any(names.get(person) == key[0] for person in people):
            continue  # a name stands in the place of the title
        known = first.setdefault(key, entry)
        if known is entry or known.start == entry.start or key in again:
            continue
        again[key] = known, entry
    if len(again) > MIRRORED:
        known, entry = next(iter(again.values()))
        message = f"{len(again)} talks are on the agenda twice, the first of them “{entry.title}”"
        hint = f"leave it if they are held again; {stands(known.place, entry.place)}"
        problems.open(message, entry.place, hint, "agenda.title-twice")
        return
    for known, entry in again.values():
        at = f" at {known.start} and {entry.start}" if known.start and entry.start else ""
        hint = f"take one out, or leave it if it is held again; {stands(known.place, entry.place)}"
        problems.open(f"“{entry.title}” is on the agenda twice{at}", entry.place, hint, "agenda.title-twice")


def _spellings(event: Event, problems: Problems) -> None:
    for what, named in (
        ("room", _rooms(event)),
        ("track", ((entry.track, entry.place) for entry in event.entries() if entry.track)),
        ("organisation", ((p.organisation, p.place) for p in event.people if p.organisation)),
    ):
        known: dict[str, dict[str, Place]] = defaultdict(dict)
        times: Counter[str] = Counter()
        for name, place in named:
            known[_plain(name)].setdefault(name, place)
            times[name] += 1
        for spellings in known.values():
            (first, there), *others = spellings.items()
            for other, place in others:
                message = f"the {what} “{other}” is also written “{first}”"
                hint = f"write it the same way everywhere; {stands(there, place)}"
                problems.warning(message, place, hint, "agenda.two-spellings")
        for slip, meant in _slips([next(iter(spellings)) for spellings in known.values()], times):
            there, place = known[_plain(meant)][meant], known[_plain(slip)][slip]
            message = f"the {what} “{slip}” may be “{meant}”"
            hint = f"write it the same way everywhere if so; {stands(there, place)}"
            problems.open(message, place, hint, "agenda.two-spellings")


def _slips(names: Sequence[str], times: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Names met once, each with one met more often that differs by a letter or two letters changed round."""
    near: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if times[name] > 1:
            for letters in near_spellings(name):
                near[letters].append(name)
    for name in names:
        if times[name] == 1:
            others = (other for letters in near_spellings(name) for other in near.get(letters, ())[:FEW])
            if meant := next((other for other in others if is_slip(name, other)), None):
                yield name, meant


def _rooms(event: Event) -> Iterator[tuple[str, Place]]:
    if event.venue.room:
        yield event.venue.room, event.venue.place
    for session in sessions(event):
        if session.room:
            yield session.room, session.place
    for entry, _ in placed(event):
        if entry.room:
            yield entry.room, entry.room_place if entry.room_place.file else entry.place


def _plain(text: str) -> str:
    """Letters and digits alone, in small letters: what two spellings of a name have in common."""
    return re.sub(r"[\W_]+", "", text.casefold()) or text


RULES = (
    _roles,
    _without_appearance,
    _unknown_people,
    _days,
    _twice_at_once,
    _overlaps_and_gaps,
    _backwards,
    _outside_session,
    _titles_twice,
    _spellings,
)
