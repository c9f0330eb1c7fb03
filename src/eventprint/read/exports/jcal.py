"""jCal (RFC 7265), iCalendar as JSON: every component and property is a list that begins with its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...jsontext import List, Object, told
from ...problems import Problems
from ..agenda import Agenda, Source
from . import calendars
from .calendars import Component, Property
from .schedules import agenda

_DEEP = 8


def likelihood(source: Source) -> float:
    """A list that begins with the name of a calendar."""
    return 0.95 if any(True for _ in _calendars(source.json.root)) else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a calendar in JSON."""
    for fault in source.json.faults:
        (problems.error if fault.loses else problems.warning)(fault.message, fault.place, fault.hint, "agenda.json")
    made = [_component(found, 0) for found in _calendars(source.json.root)]
    return agenda(calendars.schedule(made, source, problems), source, problems)


def _calendars(root: Any) -> Iterator[List]:
    """The calendars of a file: one, or a list or stream of several."""
    if not isinstance(root, List) or not root:
        return
    if isinstance(root[0], str):
        if root[0].casefold() == "vcalendar" and len(root) >= 3:
            yield root
        return
    for each in root:
        if isinstance(each, List) and each and told(each[0]).casefold() == "vcalendar" and len(each) >= 3:
            yield each


def _component(value: List, depth: int) -> Component:
    component = Component(told(value[0]).casefold(), value.lines.place(value.at))
    properties, components = (value[n] if len(value) > n and isinstance(value[n], List) else [] for n in (1, 2))
    component.properties = [_property(each) for each in properties if isinstance(each, List) and len(each) >= 4]
    if depth < _DEEP:
        inner = (each for each in components if isinstance(each, List) and each)
        component.components = [_component(each, depth + 1) for each in inner]
    return component


def _property(value: List) -> Property:
    said = value[1] if isinstance(value[1], Object) else None
    parameters = {key.casefold(): _joined(said.values[key]) for key in said} if said is not None else {}
    values = [_rule(each) if isinstance(each, Object) else _joined(each) for each in value[3:]]
    return Property(told(value[0]).casefold(), values, parameters, value.lines.place(value.at))


def _joined(value: Any) -> str:
    """A value as text: a period is two of them with a slash between."""
    return "/".join(map(told, value)) if isinstance(value, List) else told(value)


def _rule(value: Object) -> str:
    """A rule of repetition as iCalendar writes it: `FREQ=WEEKLY;BYDAY=MO,WE`."""
    parts = []
    for key in value:
        inner = value.values[key]
        text = ",".join(map(told, inner)) if isinstance(inner, List) else told(inner)
        parts.append(f"{key.upper()}={text.replace('-', '').replace(':', '') if key.upper() == 'UNTIL' else text}")
    return ";".join(parts)
