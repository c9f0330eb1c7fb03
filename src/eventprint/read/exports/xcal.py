"""xCal, iCalendar as XML: RFC 6321, and the older form that Pentabarf writes with properties as plain elements."""

from __future__ import annotations

from collections.abc import Iterator

from ...markup import Element
from ...problems import Problems
from ..agenda import Agenda, Source
from . import calendars
from .calendars import Component, Property
from .schedules import agenda, damaged

_HOLDERS = frozenset(("vcalendar", "vevent", "vtimezone", "valarm", "vtodo", "vjournal", "standard", "daylight"))


def likelihood(source: Source) -> float:
    """An XML that holds a calendar with events."""
    root = source.xml.root
    if root is None or root.name.casefold() not in ("icalendar", "vcalendar"):
        return 0.0
    return 0.95


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of an xCal file."""
    root = source.xml.root
    if root is None:
        damaged(source.xml, problems)
        return Agenda()
    found = [root] if root.name.casefold() == "vcalendar" else list(root.all("vcalendar"))
    made = [_component(element) for element in found]
    schedule = calendars.schedule(made, source, problems)
    damaged(source.xml, problems)
    return agenda(schedule, source, problems)


def _component(element: Element) -> Component:
    component = Component(element.name.casefold(), element.place, whole=element.whole)
    for child in element.elements:
        if child.name == "properties":
            component.properties += [_property(each) for each in child.elements]
        elif child.name == "components":
            component.components += [_component(each) for each in child.elements]
        elif child.name.casefold() in _HOLDERS:
            component.components.append(_component(child))
        else:
            component.properties.append(_property(child))
    return component


def _property(element: Element) -> Property:
    name = element.name.casefold()
    parameters = {key.casefold(): value for key, value in element.attributes.items()}
    for holder in element.all("parameters"):
        parameters |= {each.name.casefold(): each.text() for each in holder.elements}
    held = [child for child in element.elements if child.name != "parameters"]
    if name == "rrule" and held:
        return Property(name, [";".join(_rule(held))], parameters, element.place)
    return Property(name, [child.text() for child in held] or [element.text()], parameters, element.place)


def _rule(held: list[Element]) -> Iterator[str]:
    """A rule of repetition as iCalendar writes it: `FREQ=WEEKLY;BYDAY=MO,WE`."""
    parts = [part for each in held for part in (each.elements if each.name == "recur" else [])]
    if not parts:
        yield from (each.text() for each in held)
    together: dict[str, list[str]] = {}
    for part in parts:
        together.setdefault(part.name.upper(), []).append(part.text())
    for key, values in together.items():
        plain = [value.replace("-", "").replace(":", "") if key == "UNTIL" else value for value in values]
        yield f"{key}={','.join(plain)}"
