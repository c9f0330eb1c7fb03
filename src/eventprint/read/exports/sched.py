"""Sched's JSON: one list of sessions with `event_start`, `event_end`, `venue` and whether each is active."""

from __future__ import annotations

from ...event import Duty
from ...jsontext import Object, objects
from ...problems import Problems
from ..agenda import Agenda, Source
from .export import Export, kind_of
from .schedules import Item, Schedule, agenda, page_of

_MARKS = ("event_key", "event_start", "event_end", "event_type", "venue", "goers", "seats", "event_subtype")


def likelihood(source: Source) -> float:
    """Sessions with the keys that only Sched has."""
    return (
        0.95
        if any(sum(mark in each for mark in _MARKS) >= 3 and "name" in each for each in _listed(source)[:5])
        else 0.0
    )


def _listed(source: Source) -> list[Object]:
    root = source.json.root
    if isinstance(root, Object):
        return root.objects("sessions", "events", "data", "results") or objects(root)
    return objects(root)


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a list of sessions."""
    return agenda(_Reader(source, problems).schedule(), source, problems)


class _Reader(Export):
    def schedule(self) -> Schedule:
        made = Schedule(items=[self._session(each) for each in _listed(self.source)])
        self.finish()
        return made

    def _session(self, session: Object) -> Item:
        people, open_ = self.cast(session, "speakers", "speaker", "artists")
        for key, duty in (("moderators", Duty.MODERATOR), ("moderator", Duty.MODERATOR), ("hosts", Duty.HOST)):
            others, _ = self.cast(session, key)
            for person in others:
                person.duty = duty
            people += others
        kind = self.said(session, "event_type", "type")
        item = Item(
            title=self.said(session, "name", "title"),
            place=session.place("name") if "name" in session else session.place(),
            where=self.where(session),
            end=self.moment(session, "event_end", "end_time"),
            room=self.said(session, "venue", "room"),
            track=kind,
            abstract=self.prose(session, "description"),
            link=page_of(session.text("url", "link")),
            id=session.text("event_key", "id"),
            people=people,
            open=open_,
            dropped=self.dropped(session, "status", "state"),
        )
        self.begins(item, session, "event_start", "start_time", "start")
        item.kind, item.service = kind_of(kind, item.title, named=bool(people) or open_)
        if item.kind is not None and item.service is not None:
            item.track = ""
        return item
