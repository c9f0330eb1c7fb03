"""Check an event: what is missing, what contradicts itself, what somebody should look at.

Each rule is one function; it knows the joined event and nothing of files. What the reader could not make out, the
reader has said; what does not fit its place on a page, composing says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from .event import Cast, Day, Duty, Entry, Event, Kind, Session, Time
from .problems import Problems
from .words import speaks

LONG_TITLE = 32
"""Letters of a title above which badges and signs want a short form."""
GAP = 5
"""Minutes between a stated end and the next start that need no words."""


def check(event: Event, problems: Problems) -> None:
    """Report everything the joined event leaves open or contradicts."""
    for rule in _RULES:
        rule(event, problems)


# What is missing


def _no_title(event: Event, problems: Problems) -> None:
    if not event.title.strip():
        hint = "write title: in event.yaml, or the title into the first line of the agenda"
        problems.error("the event has no title", hint=hint, rule="missing.title")
    elif not event.short_title and len(event.title) > LONG_TITLE:
        problems.open(
            f"the title “{event.title}” is long for badges and signs",
            hint="if there is a short form of it, write short_title: in event.yaml",
            rule="missing.short-title",
        )


def _language(event: Event, problems: Problems) -> None:
    if not speaks(event.language):
        message = f"there are no words in “{event.language}” yet: what the products say by themselves is in English"
        problems.open(message, hint="look at the proofs, or write language: en", rule="event.language")


def _no_entries(event: Event, problems: Problems) -> None:
    if not any(True for _ in event.entries()):
        hint = "write a line such as “09:45 Registration” for each item"
        problems.error("the agenda has no entries", hint=hint, rule="agenda.no-entries")


def _no_date(event: Event, problems: Problems) -> None:
    for day in event.days:
        if day.date is None and day.blocks:
            name = f"“{day.title}” has" if day.title else "the day has"
            hint = "write the date above the agenda, such as 11 May 2022, or date: in event.yaml"
            problems.open(f"{name} no date", day.place, hint, "missing.date")


def _no_venue(event: Event, problems: Problems) -> None:
    venue, hint = event.venue, "write venue: with name, room and address in event.yaml"
    if not venue.name:
        problems.open("no venue is named", venue.place, hint, "missing.venue")
        return
    if (
        not venue.room
        and not any(entry.room for entry in event.entries())
        and not any(s.room for s in _sessions(event))
    ):
        problems.open(f"no room is named at {venue.name}", venue.place, hint, "missing.room")
    if not venue.address:
        problems.open(f"no address stands with {venue.name}", venue.place, hint, "missing.address")


def _who_is_online(event: Event, problems: Problems) -> None:
    online = event.online
    if not (online.channel or online.who) or any(person.online is not None for person in event.people):
        return
    who = online.who or "people"
    said = f"the format is “{event.format}”, but {who} join" if event.format else f"{who} join"
    problems.open(
        f"{said} online{f' by {online.channel}' if online.channel else ''}: who is online is not said",
        online.place,
        "write online: true with their names in people.yaml; they get no badge",
        "missing.who-is-online",
    )


def _no_end(event: Event, problems: Problems) -> None:
    for day in event.days:
        timed = [entry for entry in day.entries() if entry.start]
        if timed and timed[-1].end is None and not _stated_end(day, timed[-1]):
            entry = timed[-1]
            hint = f"write the end beside the start: “{entry.start}–… {entry.title}”"
            problems.open(f"“{entry.title}” at {entry.start} has no end time", entry.place, hint, "missing.end")


def _stated_end(day: Day, entry: Entry) -> bool:
    return any(session.end is not None and entry in session.entries for session in day.sessions)


def _no_panel_moderator(event: Event, problems: Problems) -> None:
    for entry, session in _placed(event):
        cast = (*entry.cast, *(session.cast if session else ()))
        if entry.kind is Kind.PANEL and not any(member.duty in (Duty.MODERATOR, Duty.CHAIR) for member in cast):
            hint = "write “Moderator: Name, Organisation” below its title"
            problems.open(f"who moderates “{entry.title}” is not said", entry.place, hint, "missing.panel-moderator")


def _no_attendees(event: Event, problems: Problems) -> None:
    if not any(attendee.place.cell or not attendee.person for attendee in event.attendees):
        hint = "put attendees.csv into the event folder: a row for each, with the headings Name and Organisation"
        problems.open(
            "there is no attendee list: badges only for the people of the agenda", hint=hint, rule="missing.attendees"
        )


def _no_portraits(event: Event, problems: Problems) -> None:
    for one, several, key, lacking in (
        ("photo", "photos", "photo: a file in images/", [p.name.full for p in event.people if p.photo is None]),
        ("biography", "biographies", "bio: a few sentences", [p.name.full for p in event.people if not p.bio]),
    ):
        if lacking:
            everybody = 1 < len(lacking) == len(event.people)
            whose = f"any of the {len(lacking)} people" if everybody else ", ".join(lacking)
            what = f"is no {one}" if everybody or len(lacking) == 1 else f"are no {several}"
            hint = f"write {key} under their names in people.yaml"
            problems.open(f"there {what} of {whose}", hint=hint, rule=f"missing.{several}")


def _no_logo(event: Event, problems: Problems) -> None:
    if event.brand.logo is None:
        hint = "put it into images/ and write logo: under brand: in event.yaml"
        problems.open("there is no logo", hint=hint, rule="missing.logo")


def _no_organisation(event: Event, problems: Problems) -> None:
    for person in event.people:
        if not person.organisation:
            hint = f"write “{person.name.full}, Organisation” in the agenda, or organisation: in people.yaml"
            problems.open(f"no organisation stands with {person.name.full}", person.place, hint, "missing.organisation")


def _pictures(event: Event, problems: Problems) -> None:
    if not event.pictures:
        return
    from . import images

    for file in event.pictures:
        try:
            images.open_image(file)
        except (ValueError, OSError) as fault:
            problems.add(images.unreadable(file, fault, event.folder, event.pictures))


# Names


def _sort_keys(event: Event, problems: Problems) -> None:
    """Where a family name begins in three words or more, only its owner knows."""
    for person in event.people:
        words = person.name.full.split()
        if len(words) >= 3 and not person.name.stated:
            sort = person.name.sort
            hint = f"write sort: under {person.name.full} in people.yaml, such as “{words[-1]}, {' '.join(words[:-1])}”"
            problems.open(
                f"{person.name.full} is filed under “{sort}”: nobody said where the family name begins"
                if sort
                else f"nobody said where the family name of {person.name.full} begins",
                person.place,
                hint,
                "names.sort-key",
            )


def _odd_case(event: Event, problems: Problems) -> None:
    named = [(person.name, person.place) for person in event.people]
    named += [(attendee.name, attendee.place) for attendee in event.attendees if not attendee.person]
    for name, place in named:
        # Georgian has capitals, but no name is written with them: only letters that a title changes count.
        cased = [letter for letter in name.full if letter.title() != letter.lower()]
        if len(cased) > 3 and (name.full.isupper() or name.full.islower()):
            how = "capitals" if name.full.isupper() else "small letters"
            hint = "if that is not meant, write it as it should be printed"
            problems.open(f"{name.full} is written in {how} only", place, hint, "names.case")


def _same_words(event: Event, problems: Problems) -> None:
    """`Borges Luciano` may be `Luciano Borges`, and `Mayor Anna Berg` may be `Anna Berg`."""
    known: list[tuple[frozenset[str], str]] = []
    for person in event.people:
        words = frozenset(person.name.full.casefold().replace(",", " ").split())
        for others, name in known:
            if words == others or (min(len(words), len(others)) > 1 and (words < others or words > others)):
                problems.open(
                    f"{person.name.full} may be the same person as {name}",
                    person.place,
                    "write the name the same way everywhere if so",
                    "names.same-person",
                )
                break
        known.append((words, person.name.full))


def _roles(event: Event, problems: Problems) -> None:
    known = {role.key for role in event.roles}
    for attendee in event.attendees:
        for role in attendee.roles:
            if known and role not in known:
                hint = f"use one of {', '.join(sorted(known))}, or describe it under roles: in event.yaml"
                problems.error(f"“{role}” is no role of this event", attendee.place, hint, "attendees.role")


# The timetable


def _without_appearance(event: Event, problems: Problems) -> None:
    for person in event.people:
        if not event.appearances(person.key):
            hint = "name the person below an entry of the agenda, or take them out of people.yaml"
            problems.warning(
                f"{person.name.full} has no entry on the agenda", person.place, hint, "agenda.no-appearance"
            )


def _unknown_people(event: Event, problems: Problems) -> None:
    known = {person.key for person in event.people}
    for cast in _casts(event):
        if cast.person not in known:
            hint = "name the person under people:, or correct the key"
            problems.error(f"nobody has the key “{cast.person}”", cast.place, hint, "agenda.unknown-person")


def _twice_at_once(event: Event, problems: Problems) -> None:
    names = {person.key: person.name.full for person in event.people}
    for day in event.days:
        of: dict[str, list[Entry]] = defaultdict(list)
        for entry in day.entries():
            if entry.start:
                for person in dict.fromkeys(cast.person for cast in entry.cast):
                    of[person].append(entry)
        for person, entries in of.items():
            for first, second in combinations(entries, 2):
                if _overlap(first, second):
                    problems.warning(
                        f"{names.get(person, person)} is in two entries at once: “{first.title}” at {first.start} "
                        f"and “{second.title}” at {second.start}",
                        second.place,
                        f"the other stands in line {first.place.line}; correct a time or a name",
                        "agenda.person-twice",
                    )


def _overlap(first: Entry, second: Entry) -> bool:
    assert first.start is not None
    assert second.start is not None
    if first.start == second.start:
        return True
    earlier, later = (first, second) if first.start < second.start else (second, first)
    assert later.start is not None
    return earlier.end is not None and later.start < earlier.end


def _overlaps_and_gaps(event: Event, problems: Problems) -> None:
    """In one room, an entry that starts before the last has ended, and time that nothing fills."""
    for day in event.days:
        rooms: dict[str, list[Entry]] = defaultdict(list)
        for entry, session in _placed_on(day):
            if entry.start:
                rooms[entry.room or (session.room if session else "")].append(entry)
        for entries in rooms.values():
            _follow(entries, problems, alone=len(rooms) == 1)


def _follow(entries: Sequence[Entry], problems: Problems, *, alone: bool) -> None:
    latest: Entry | None = None
    for entry in sorted(entries, key=lambda entry: entry.start or Time(0, "")):
        if latest and latest.end and latest.end_stated and entry.start:
            if entry.start < latest.end:
                where = f" in {entry.room}" if entry.room else ""
                problems.warning(
                    f"“{entry.title}” starts at {entry.start}{where}, before “{latest.title}” ends at {latest.end}",
                    entry.place,
                    "correct one of the two times, or say in which rooms they are",
                    "agenda.overlap",
                )
            elif alone and entry.start.minutes - latest.end.minutes > GAP:
                problems.open(
                    f"nothing is planned between {latest.end} and {entry.start}",
                    entry.place,
                    "add a break, or leave it",
                    "agenda.gap",
                )
        if latest is None or latest.end is None or (entry.end or entry.start or latest.end) >= latest.end:
            latest = entry


def _outside_session(event: Event, problems: Problems) -> None:
    for session in _sessions(event):
        for entry in session.entries:
            early = entry.start and session.start and entry.start < session.start
            late = entry.start and session.end and session.end_stated and entry.start >= session.end
            if early or late:
                name = session.label or f"“{session.title}”"
                span = f"{session.start}{f'–{session.end}' if session.end else ''}"
                hint = "correct the time of one of the two"
                problems.warning(
                    f"“{entry.title}” at {entry.start} is outside {name} ({span})",
                    entry.place,
                    hint,
                    "agenda.outside-session",
                )


# Walking the event


def _sessions(event: Event) -> Iterator[Session]:
    for day in event.days:
        yield from day.sessions


def _placed_on(day: Day) -> Iterator[tuple[Entry, Session | None]]:
    for block in day.blocks:
        if isinstance(block, Session):
            yield from ((entry, block) for entry in block.entries)
        else:
            yield block, None


def _placed(event: Event) -> Iterator[tuple[Entry, Session | None]]:
    for day in event.days:
        yield from _placed_on(day)


def _casts(event: Event) -> Iterator[Cast]:
    yield from event.cast
    for session in _sessions(event):
        yield from session.cast
    for entry in event.entries():
        yield from entry.cast


_RULES: tuple[Callable[[Event, Problems], None], ...] = (
    _no_title,
    _language,
    _no_entries,
    _no_date,
    _no_venue,
    _who_is_online,
    _no_end,
    _no_panel_moderator,
    _no_attendees,
    _no_portraits,
    _no_logo,
    _pictures,
    _no_organisation,
    _sort_keys,
    _odd_case,
    _same_words,
    _roles,
    _without_appearance,
    _unknown_people,
    _twice_at_once,
    _overlaps_and_gaps,
    _outside_session,
)
