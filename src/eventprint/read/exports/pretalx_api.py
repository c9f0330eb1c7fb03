"""pretalx's API: submissions, talks or slots, and beside them the files of speakers, rooms and tracks, if any.

Also the form in which web sites keep them: talks nested by day, minute and room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ...jsontext import Object, objects, told
from ...problems import Problems, Stop
from ..agenda import Agenda, Source
from .export import Export, kind_of, read_moment
from .schedules import Item, Schedule, agenda, page_of

_TALK = (
    "submission_type",
    "content_locale",
    "slot",
    "slots",
    "slot_count",
    "is_featured",
    "submission_type_id",
    "pending_state",
)
_SLOT = ("submission", "schedule", "is_visible", "slot_type", "room", "room_id", "start")


def likelihood(source: Source) -> float:
    """Objects with the keys of pretalx's submissions, slots or speakers."""
    root = source.json.root
    first = _listed(root)[:5]
    if any(_is_talk(each) or _is_slot(each) for each in first):
        return 0.95
    if any("submissions" in each and "code" in each and "name" in each for each in first):
        return 0.9
    return 0.95 if any(_is_talk(talk) for _, _, _, talk in _some(root)) else 0.0


def _is_talk(each: Object) -> bool:
    return sum(key in each for key in _TALK) >= 2 and "title" in each


def _is_slot(each: Object) -> bool:
    return "submission" in each and sum(key in each for key in _SLOT) >= 4 and "title" not in each


def _listed(root: object) -> list[Object]:
    """The objects of a list, of the pages of an answer, or the only one."""
    if isinstance(root, Object):
        for key in ("results", "submissions", "talks", "slots", "speakers"):
            if isinstance(root.get(key), list):
                return root.objects(key)
        return [root] if _is_talk(root) else []
    found = objects(root)
    # Several pages of an answer, one after another.
    pages = [inner for page in found if isinstance(page.get("results"), list) for inner in page.objects("results")]
    return pages or found


_Nested = tuple[date, int, str, Object]


def _nested(root: object) -> Iterator[_Nested]:
    """Talks below a day and a minute of it, each with the name of its room's place there."""
    for group in root.values.values() if isinstance(root, Object) else ():
        if not isinstance(group, Object):
            continue
        for day, hours in group.values.items():
            on = read_moment(day, whole=False) if len(day) == 10 else None
            if on is None or not isinstance(hours, Object):
                continue
            for written, rooms in hours.values.items():
                minute = _minute(written)
                if minute is None or not isinstance(rooms, Object):
                    continue
                if "title" in rooms:
                    yield on.date(), minute, "", rooms
                    continue
                for room, talks in rooms.values.items():
                    for talk in objects(talks) if not isinstance(talks, Object) else [talks]:
                        yield on.date(), minute, room, talk


def _some(root: object) -> list[_Nested]:
    found = []
    for each in _nested(root):
        found.append(each)
        if len(found) == 5:
            break
    return found


def _minute(written: str) -> int | None:
    """The minute of the day: `570`, or `09:30`."""
    if re.fullmatch(r"\d{1,4}", written) and int(written) <= 48 * 60:
        return int(written)
    if found := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", written):
        return int(found[1]) * 60 + int(found[2])
    return None


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of submissions, talks or slots."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        root = self.source.json.root
        whole = root if isinstance(root, Object) else None
        found = _listed(root)
        nested = [] if any(_is_talk(each) or _is_slot(each) for each in found[:5]) else list(_nested(root))
        if not nested and not any(_is_talk(each) or _is_slot(each) for each in found):
            raise Stop(
                f"{self.source.file.name} holds the speakers of pretalx, and no talk",
                "give the file of the submissions, with this one beside it",
                place=self.source.at(1, 1),
            )
        speakers = (whole.objects("speakers") if whole and nested else []) or _listed(self.beside("speakers"))
        self.speakers = self.table(speakers, "code", "id", what="speakers")
        self.rooms = self.table((whole.objects("rooms") if whole else []) or _listed(self.beside("rooms")), "id")
        self.tracks = self.table(_listed(self.beside("tracks")), "id")
        self.types = self.table(_listed(self.beside("submission-types", "submission_types", "types")), "id")
        made = Schedule()
        made.rooms = [name for room in self.rooms.values() if (name := self.words(room))]
        if nested:
            made.items = [item for each in nested if (item := self._placed(*each)) is not None]
            counted: dict[str, int] = {}
            for item in made.items:
                counted[item.id] = counted.get(item.id, 0) + 1
            for item in made.items:
                item.recurs = counted[item.id] > 1
        else:
            slots = [each for each in found if _is_slot(each)]
            self.talks = self.table(_listed(self.beside("submissions", "talks")) if slots else [], "code")
            for each in found:
                if _is_slot(each):
                    made.items.append(self._slot(each))
                elif _is_talk(each):
                    made.items += self._talk(each)
        made.people = self.everybody(self.speakers.values(), made.items)
        self.finish()
        return made

    def _talk(self, talk: Object) -> Iterator[Item]:
        """A submission: once for each slot it has."""
        item = self._common(talk)
        slots = [slot for slot in [talk.object("slot"), *talk.objects("slots")] if slot is not None]
        placed = [slot for slot in slots if slot.get("start") is not None]
        if not placed:
            item.room = self._room(slots[0]) if slots else ""
            self.begins(item, talk, "start", "start_time")
            item.end = self.moment(talk, "end", "end_time")
            item.room = item.room or self.words(talk.get("room"))
            if item.start is None and not item.dropped and not item.told and isinstance(talk.get("slots"), list):
                numbers = [told(each) for each in talk.get("slots")]
                known = [number for number in numbers if number in self._slots]
                for number in known:
                    yield self._in(item, self._slots[number], len(known) > 1)
                if known:
                    return
            yield item
            return
        for slot in placed:
            yield self._in(item, slot, len(placed) > 1)

    def _in(self, item: Item, slot: Object, recurs: bool) -> Item:
        own = {part: place for part, place in self.where(slot).items() if part in ("start", "end", "room")}
        where = {**item.where, **own}
        placed = replace(item, room=self._room(slot), recurs=recurs, people=list(item.people), where=where)
        self.begins(placed, slot, "start")
        placed.end = self.moment(slot, "end")
        placed.minutes = item.minutes if placed.end is None else None
        return placed

    @property
    def _slots(self) -> dict[str, Object]:
        """The slots of a file beside this one, by their number."""
        if not hasattr(self, "_known_slots"):
            self._known_slots = self.table(_listed(self.beside("slots")), "id")
        return self._known_slots

    def _slot(self, slot: Object) -> Item:
        """A slot: of a submission, or of a break that has nothing but a description."""
        submission = slot.get("submission")
        talk = submission if isinstance(submission, Object) else self.talks.get(told(submission))
        if talk is not None:
            item = self._common(talk)
        else:
            item = Item(
                self.said(slot, "description", "title"), slot.place("description"), id=f"slot-{slot.text('id')}"
            )
            item.kind, item.service = kind_of(self.said(slot, "slot_type"), item.title, named=False, service=True)
            if told(submission):
                message = f"there is no talk with the code {told(submission)[:60]}"
                hint = "put the file of the submissions beside this one, as submissions.json"
                self.problems.error(message, slot.place("submission"), hint, "agenda.unknown-id")
        item.dropped = item.dropped or ("hidden" if slot.values.get("is_visible") is False else "")
        return self._in(item, slot, recurs=False)

    def _placed(self, on: date, minute: int, room: str, talk: Object) -> Item | None:
        """A talk at a day and minute: its own slot says the end."""
        if "title" not in talk and "code" not in talk:
            self.wrong(talk.place(), talk, "talk")
            return None
        item = self._common(talk)
        start = datetime.combine(on, time()) + timedelta(minutes=minute)
        item.room = self.words(self.rooms.get(room)) or ("" if room.isdigit() else room)
        item.start = start
        slots = [slot for slot in [talk.object("slot"), *talk.objects("slots")] if slot is not None]
        times = [(slot, read_moment(slot.values.get("start")), read_moment(slot.values.get("end"))) for slot in slots]
        same = [each for each in times if each[1] and each[1].replace(tzinfo=None) == start]
        for slot, _, end in same[:1]:
            item.end = end.replace(tzinfo=None) if end else None
            item.room = self._room(slot) or item.room
        if len(times) == 1 and not same and (begins := times[0][1]):
            said = (
                f"“{item.title[:60]}” stands at {start:%Y-%m-%d %H:%M}, but its slot begins at {begins:%Y-%m-%d %H:%M}"
            )
            self.problems.warning(said, times[0][0].place("start"), "correct one of the two", "agenda.two-times")
        item.minutes = item.minutes if item.end is None else None
        return item

    def _room(self, slot: Object) -> str:
        number = slot.text("room_id") or slot.text("room")
        known = self.words(self.rooms.get(number)) if number else ""
        room = self.words(slot.get("room"))
        return known or ("" if room.isdigit() else room)

    def _common(self, talk: Object) -> Item:
        people, open_ = self.cast(talk, "speakers", table=self.speakers if self.speakers else None)
        kind = self.words(self.types.get(told(talk.get("submission_type")))) or self.said(
            talk, "submission_type", "type"
        )
        track = talk.get("track")
        item = Item(
            title=self.said(talk, "title", "name"),
            place=talk.place("title") if "title" in talk else talk.place(),
            where=self.where(talk),
            minutes=self.minutes(talk, "duration"),
            track=self.words(self.tracks.get(told(track))) or ("" if told(track).isdigit() else self.words(track)),
            language=self.said(talk, "content_locale", "language"),
            abstract=self.texts(talk, "abstract", "description"),
            link=page_of(talk.text("url", "urls", "public_url")),
            id=talk.text("code", "id"),
            people=people,
            open=open_,
            dropped=self.dropped(talk, "state"),
        )
        if not item.dropped and self.said(talk, "pending_state"):
            item.dropped = {"rejected": "rejected", "canceled": "cancelled", "withdrawn": "withdrawn"}.get(
                self.said(talk, "pending_state"), ""
            )
        item.kind, item.service = kind_of(kind, item.title, named=bool(people) or open_)
        return item
