"""Ways through an event that several rules take, and words for where something else stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..event import Cast, Day, Entry, Event, Session
from ..problems import Place


def sessions(event: Event) -> Iterator[Session]:
    """Every session, day after day."""
    for day in event.days:
        yield from day.sessions


def placed_on(day: Day) -> Iterator[tuple[Entry, Session | None]]:
    """Every entry of a day with the session it belongs to."""
    for block in day.blocks:
        if isinstance(block, Session):
            yield from ((entry, block) for entry in block.entries)
        else:
            yield block, None


def placed(event: Event) -> Iterator[tuple[Entry, Session | None]]:
    """Every entry with the session it belongs to."""
    for day in event.days:
        yield from placed_on(day)


def casts(event: Event) -> Iterator[Cast]:
    """Everybody named anywhere: with the event, a session or an entry."""
    yield from event.cast
    for session in sessions(event):
        yield from session.cast
    for entry in event.entries():
        yield from entry.cast


def room_of(entry: Entry, session: Session | None) -> str:
    """Where an entry takes place: its own room, or that of its session."""
    return entry.room or (session.room if session else "")


def spot(place: Place, beside: Place = Place()) -> str:
    """A place in words for a hint, such as `line 12`; the file is named where it is not the one beside."""
    where = f"cell {place.cell}" if place.cell else f"line {place.line}" if place.line else ""
    if place.file and place.file != beside.file:
        where = f"{where} of {place.file}" if where else place.file
    return where


def row_of(place: Place) -> int:
    """The line of a place, or its row in a sheet."""
    number = re.search(r"\d+$", place.cell)
    return place.line or (int(number[0]) if number else 0)


def stands(place: Place, beside: Place) -> str:
    """`the other stands in line 12`, for the hint of a problem that is about two things."""
    where = spot(place, beside)
    return f"the other stands in {where}" if where else "there is another"
