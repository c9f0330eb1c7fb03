"""iCalendar (RFC 5545) as calendars, conference systems and phone apps write it.

Content lines are read here and not by a library, because every event and every fault needs the line it stands on, and
because what is wrong in one line must not cost the others.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from ...problems import Place, Problems
from ..agenda import Agenda, Source
from . import calendars
from .calendars import Component, Property
from .schedules import agenda

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,60}+(?=[:;])")
_PARAMETER = re.compile(r";([A-Za-z0-9-]{1,60}+)=((?:\"[^\"]*+\"|[^\";:,]*+)(?:,(?:\"[^\"]*+\"|[^\";:,]*+))*+)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = {"n": "\n", "N": "\n"}
_COMMA = re.compile(r"(?:[^\\,]++|\\.)*+", re.DOTALL)
_LISTS = frozenset(("categories", "exdate", "rdate", "resources"))
_KNOWN = (
    _LISTS
    | {"action", "attach", "attendee", "begin", "calscale", "class", "color", "comment", "completed", "conference"}
    | {"contact", "created", "description", "dtend", "dtstamp", "dtstart", "due", "duration", "end", "exrule"}
    | {"freebusy", "geo", "image", "last-modified", "location", "method", "name", "organizer", "percent-complete"}
    | {"priority", "prodid", "recurrence-id", "refresh-interval", "related-to", "repeat", "request-status", "rrule"}
    | {"sequence", "source", "status", "styled-description", "summary", "transp", "trigger", "tzid", "tzname"}
    | {"tzoffsetfrom", "tzoffsetto", "tzurl", "uid", "url", "version"}
    | {"aalarm", "dalarm", "daylight", "malarm", "palarm", "rnum", "tz"}
)
"""Properties of RFC 5545, 7986 and 9073, and of vCalendar 1.0; those of anybody else begin with X."""
_TEXTS = frozenset(("description", "summary", "comment", "location", "contact", "styled-description"))
"""Properties whose text may go on in lines that are not marked as such."""
_CHARSETS = frozenset(("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii"))
_DEEP = 8
_MOST_STRAYS = 20


def likelihood(source: Source) -> float:
    """A text that begins as calendars do, or as an event taken out of one."""
    return 0.95 if re.match(r"\s*BEGIN:V(?:CALENDAR|EVENT)\b", source.text[:400], re.IGNORECASE) else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a calendar."""
    found = list(components(source, problems))
    return agenda(calendars.schedule(found, source, problems), source, problems)


def components(source: Source, problems: Problems) -> Iterator[Component]:
    """The calendars of a text, each property with its place."""
    root = Component("", source.at())
    open_ = [root]
    raw: Property | None = None
    """The property that a line without a name goes on with."""
    broken: list[Place] = []
    strays: list[tuple[str, Place]] = []
    for number, line in _unfolded(source.text):
        place = source.at(number, 1)
        if (said := _content(line, place)) is None or not _belongs(said, line, open_[-1], raw):
            if raw is not None and (raw.name in _TEXTS or raw.name.startswith("x-")):
                raw.values[-1] += "\n" + _plain(line)
                broken.append(place)
            elif line.strip():
                strays.append((line.strip(), place))
            continue
        raw = None
        if said.name == "begin":
            component = Component(said.value.strip().casefold(), place, whole=False)
            if len(open_) < _DEEP:
                open_[-1].components.append(component)
            open_.append(component)
        elif said.name == "end":
            if any(component.name == said.value.strip().casefold() for component in open_[1:]):
                while open_.pop().name != said.value.strip().casefold():
                    pass
                # What was ended together with it was whole as far as it goes.
                _made_whole(open_[-1])
        else:
            open_[-1].properties.append(said)
            raw = said
    if len(open_) > 1:
        # What the end of the file cut off is told as that.
        last = source.text.count("\n") + 1
        strays = [(line, place) for line, place in strays if place.line < last]
        if not any(each.name == "vevent" for each in open_):
            message = f"the calendar ends in the middle: there is no END:{open_[-1].name.upper()}"
            problems.error(message, source.at(last, 1), "export the calendar again", "agenda.cut-off")
    for line, place in strays[:_MOST_STRAYS]:
        problems.error(f"“{line[:60]}” is no line of a calendar", place, "take it out", "agenda.line")
    if broken:
        message = "a line goes on without the blank that says so; it is read with the line before"
        problems.warning(message, broken[0], "export the calendar again with another program", "agenda.unfolded")
    for component in root.components:
        component.whole = True
    alone = [component for component in root.components if component.name == "vevent"]
    if alone:
        message = "the beginning of the calendar is missing: there is no BEGIN:VCALENDAR"
        problems.warning(message, alone[0].place, "export the calendar again", "agenda.cut-off")
        yield Component("vcalendar", alone[0].place, components=alone)
    yield from (component for component in root.components if component.name == "vcalendar")


def _made_whole(parent: Component) -> None:
    if parent.components:
        parent.components[-1].whole = True


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The content lines with the number of their first line: what begins with a blank goes on with the line before."""
    first, parts = 0, list[str]()
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line and parts:
            # Where a line ends twice, the next may still go on with the one before.
            continue
        if line[:1] in (" ", "\t"):
            if parts:
                parts.append(line[1:])
                continue
            line = line.lstrip()
        if parts and parts != [""]:
            yield first, "".join(parts)
        first, parts = number, [line]
    if parts and parts != [""]:
        yield first, "".join(parts)


def _content(line: str, place: Place) -> Property | None:
    """A line as a property; None where it is none."""
    found = _NAME.match(line)
    if found is None:
        return None
    at = found.end()
    parameters: dict[str, str] = {}
    while (parameter := _PARAMETER.match(line, at)) is not None:
        parameters.setdefault(parameter[1].casefold(), _parameter(parameter[2]))
        at = parameter.end()
    if line[at : at + 1] != ":":
        # A parameter that is none: what follows the next colon is the value.
        at = line.find(":", at)
        if at < 0:
            return None
    name, value = found[0].casefold(), line[at + 1 :]
    if parameters.get("encoding", "").upper() == "QUOTED-PRINTABLE":
        # vCalendar 1.0, which telephones and old calendars still write
        charset = parameters.get("charset", "utf-8").lower()
        value = quopri.decodestring(value.encode()).decode(charset if charset in _CHARSETS else "utf-8", "replace")
        return Property(name, [value.replace("\r\n", "\n")], parameters, place)
    values = [_plain(part) for part in _listed(value)] if name in _LISTS else [_plain(value)]
    return Property(name, values, parameters, place)


def _belongs(said: Property, line: str, component: Component, before: Property | None) -> bool:
    """Whether this is a property, and no word with a colon in a text that goes on without a blank."""
    if said.name in _KNOWN or said.name.startswith("x-") or not component.name or component.name == "vcalendar":
        return True
    # Some programs have properties of their own that do not begin with X.
    own = line[: len(said.name)].isupper()
    return own and (before is None or before.name not in _TEXTS or "-" in said.name)


def _listed(value: str) -> Iterator[str]:
    at = 0
    while True:
        part = _COMMA.match(value, at)
        end = part.end() if part else at
        yield value[at:end]
        if end >= len(value):
            return
        at = end + 1


def _plain(value: str) -> str:
    """A text without its escapes; a backslash that escapes nothing stays."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: _UNESCAPED.get(found[1], found[1] if found[1] in '\\;,:"' else found[0]), value)


def _parameter(value: str) -> str:
    """A parameter without quotation marks, its line breaks and quotes as RFC 6868 writes them."""
    value = value.replace('"', "")
    return value.replace("^n", "\n").replace("^'", '"').replace("^^", "^") if "^" in value else _plain(value)
