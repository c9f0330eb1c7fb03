"""Hoverboard, the web site of many DevFests: days with tracks and time slots, sessions and speakers by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from ...jsontext import List, Object, objects, told
from ...problems import Place, Problems
from ..agenda import Agenda, Source
from .export import Export, kind_of, read_moment
from .schedules import Item, Schedule, agenda

_MANY = 5
"""Sessions that may be missing one by one."""


def likelihood(source: Source) -> float:
    """Days with time slots that name sessions."""
    return 0.95 if any(True for _ in _days(source.json.root)) else 0.0


def _days(root: object) -> Iterator[tuple[str, Object]]:
    """The days with their date, in a list or by their date; also where the sessions stand in the same file."""
    if isinstance(root, Object) and isinstance(root.get("schedule"), (Object, list)):
        root = root.get("schedule")
    if isinstance(root, Object) and isinstance(root.get("days"), (Object, list)):
        root = root.get("days")
    days = root.values.items() if isinstance(root, Object) else [("", each) for each in objects(root)]
    for key, day in days:
        if isinstance(day, Object) and any(
            any(key in slot for key in ("sessions", "sessionIds", "singles")) and "startTime" in slot
            for slot in day.objects("timeslots")[:9]
        ):
            yield day.text("date") or key, day


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of days with time slots."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        whole = root if isinstance(root, Object) else None
        self.sessions = self._by_id(whole.get("sessions") if whole and "schedule" in whole else self.beside("sessions"))
        self.speakers = self._by_id(whole.get("speakers") if whole and "schedule" in whole else self.beside("speakers"))
        self.missing: dict[str, list[Place]] = {}
        if not self.sessions:
            message = "the sessions that the schedule names are not there"
            self.problems.error(
                message, self.source.at(1, 1), "put the file of the sessions beside it", "agenda.unknown-id"
            )
        made = Schedule()
        for written, day in _days(root):
            moment = read_moment(written, whole=False)
            if moment is None:
                self.wrong(day.place("date"), written, "date", "write it as 2026-05-07")
                continue
            made.days.append(moment.date())
            tracks = [self.words(track) for track in day.objects("tracks")] or self.names(day.get("tracks"))
            made.rooms += [track for track in tracks if track not in made.rooms]
            made.items += self._day(day, moment.date(), tracks)
        if self.sessions and len(self.missing) > _MANY and all(item.id in self.missing for item in made.items):
            message = "none of the sessions that the schedule names stands in the file of the sessions"
            hint = "put the file of the sessions that belongs to this schedule beside it"
            self.problems.error(message, next(iter(self.missing.values()))[0], hint, "agenda.unknown-id")
            self.missing.clear()
        for said, places in self.missing.items() if self.sessions else ():
            message = f"there is no session with the id {said[:60]}"
            message += f"; it stands in {len(places)} places" if len(places) > 1 else ""
            self.problems.error(message, places[0], "add the session, or take the id out", "agenda.unknown-id")
        counted: dict[str, int] = {}
        for item in made.items:
            counted[item.id] = counted.get(item.id, 0) + 1
        for item in made.items:
            # Coffee breaks are one session in several slots.
            item.recurs = counted[item.id] > 1
        made.people = self.everybody(self.speakers.values(), made.items)
        self.finish()
        return made

    def _by_id(self, value: Any) -> dict[str, Object]:
        """Objects by their id, or by the key they stand under."""
        lists = [each for each in value.values.values() if isinstance(each, List)] if isinstance(value, Object) else []
        value = next((each for each in lists if any("id" in one for one in objects(each)[:1])), value)
        found = self.table(objects(value), "id")
        if isinstance(value, Object):
            found |= {key: each for key, each in value.values.items() if isinstance(each, Object)}
        return found

    def _day(self, day: Object, on: date, tracks: list[str]) -> Iterator[Item]:
        slots = day.objects("timeslots")
        last: dict[tuple[str, str], Item] = {}
        for number, slot in enumerate(slots):
            start, end = self.moment(slot, "startTime", day=on), self.moment(slot, "endTime", day=on)
            late = start and end and not start.tzinfo and not end.tzinfo and end < start and end.hour < 6
            end = end + timedelta(days=1) if late and end else end
            columns = slot.get("sessions", "sessionIds")
            for held in slot.values.values():
                # `singles: [41]` and `workshopsIds: [11, 15]` stand beside those with a track.
                if isinstance(held, List) and held is not columns and not objects(held):
                    yield from (self._session(said, place, start, end, "") for said, place in _ids(held, held, 0))
            for column, held in enumerate(columns if isinstance(columns, list) else ()):
                room = tracks[column] if len(columns) > 1 and column < len(tracks) else ""
                room = room or (tracks[0] if len(tracks) == 1 else "")
                until = self._until(held, slots, number, on) or end
                for said, place in _ids(held, columns, column):
                    before = last.get((said, room))
                    if before is not None and before.end == start:
                        # A session over two slots stands in both.
                        before.end = until
                        continue
                    item = self._session(said, place, start, until, room)
                    last[said, room] = item
                    yield item

    def _until(self, held: Any, slots: list[Object], number: int, on: date) -> datetime | None:
        """The end of the last slot of a session that extends over several."""
        count = int(held.number("extend") or 0) if isinstance(held, Object) else 0
        if not 1 < count <= len(slots) - number:
            return None
        return read_moment(slots[number + count - 1].values.get("endTime"), on)

    def _session(self, said: str, place: Place, start: datetime | None, end: datetime | None, room: str) -> Item:
        session = self.sessions.get(said)
        if session is None:
            self.missing.setdefault(said, []).append(place)
            return Item(f"session {said}", place, start, end, room=room, id=said)
        table: Mapping[str, Object] | None = self.speakers or None
        people, open_ = self.cast(session, "speakers", table=table)
        item = Item(
            title=self.said(session, "title", "name"),
            place=session.place("title") if "title" in session else session.place(),
            where=self.where(session),
            start=start,
            end=end,
            room=room or self.said(session, "room", "place", "location"),
            track=self.said(session, "track"),
            language=self.said(session, "language"),
            abstract=self.prose(session, "description"),
            id=said,
            people=people,
            open=open_,
            dropped=self.dropped(session, "status", "state"),
        )
        kind = self.said(session, "type", "format")
        item.kind, item.service = kind_of(kind, item.title, named=bool(people) or open_)
        return item


def _ids(held: Any, columns: Any, column: int) -> Iterator[tuple[str, Place]]:
    """The ids in a column of a slot: `[1, 2]`, `{"items": [1]}` or `1`."""
    if isinstance(held, Object):
        held = held.get("items", "sessions", "id")
    if isinstance(held, List):
        yield from ((told(each), held.place(number)) for number, each in enumerate(held) if told(each))
    elif told(held) and isinstance(columns, List):
        yield told(held), columns.place(column)
