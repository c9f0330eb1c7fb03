"""An agenda as it was read, and the registry of readers: the file's content decides which of them reads it.

A reader is a module beside this one whose name starts with `agenda_`. It has two functions: `likelihood(source)` says
from 0 to 1 how sure it is that the text is its own kind, `read(source, problems)` gives the `Agenda`. Adding a format
means adding such a file.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from .. import records
from ..event import Cast, Day, Entry, Event, Fact, Online, Person, Reading, Session, Taken, Time, Venue
from ..problems import Exit, Place, Problems, Stop, place_in
from ..values import dataclass

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029]")

LARGEST = 20_000_000
"""Bytes of an agenda file; the largest real schedule known has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an agenda says, before anything from elsewhere joins it."""

    title: str = ""
    subtitle: str = ""
    days: tuple[Day, ...] = ()
    format: str = ""
    venue: Venue = Venue()
    online: Online = Online()
    organisers: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    introduction: str = ""
    facts: tuple[Fact, ...] = ()
    cast: tuple[Cast, ...] = ()
    """Moderators and hosts of the whole event."""
    imprint: str = ""
    people: tuple[Person, ...] = ()
    """In the order of their first mention; a name is not yet parted into given and family name."""
    coverage: tuple[Reading, ...] = ()
    """One for each line that is not blank, in order."""

    def entries(self) -> Iterator[Entry]:
        for day in self.days:
            yield from day.entries()


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an agenda file."""

    file: Path
    name: str
    """The file as problems name it."""
    text: str

    def at(self, line: int = 0, column: int = 0) -> Place:
        return Place(self.name, line, column)


class Reader(Protocol):
    """What a module that reads a kind of agenda offers."""

    def likelihood(self, source: Source) -> float: ...

    def read(self, source: Source, problems: Problems) -> Agenda: ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader beside this file, in the order of their names."""
    folder = str(Path(__file__).parent)
    names = sorted(module.name for module in pkgutil.iter_modules([folder]) if module.name.startswith("agenda_"))
    return tuple(cast(Reader, import_module(f"{__package__}.{name}")) for name in names)


def read_agenda(file: Path, problems: Problems, root: Path) -> Agenda:
    """The agenda in a file, read by the reader its content fits best; an unreadable file is a problem, and empty.

    Places name the file relative to `root`, the event folder. Raises Stop for what is no text at all.
    """
    try:
        with file.open("rb") as stream:
            head, size = stream.read(4096), file.stat().st_size
    except OSError:
        head, size = b"", 0
    if size > LARGEST:
        raise Stop(f"{file.name} is too large for an agenda ({size // 1_000_000} MB)", place=place_in(root, file))
    if _binary(head):
        hint = "save the agenda as plain text, Markdown or YAML and give that file"
        raise Stop(f"{file.name} is no text file", hint, Exit.PROBLEMS, place_in(root, file))
    text = records.text(file, problems, root)
    if text is None:
        return Agenda()
    source = _printable(Source(file, place_in(root, file).file, text), problems)
    return max(readers(), key=lambda reader: reader.likelihood(source)).read(source, problems)


def _printable(source: Source, problems: Problems) -> Source:
    """The text with a space for each control character, so that columns stay; the first one is an error."""
    first = _CONTROLS.search(source.text)
    if first is None:
        return source
    before = re.split(r"\r\n|\n|\r", source.text[: first.start()])
    many = len(_CONTROLS.findall(source.text))
    what = f"a control character (U+{ord(first[0]):04X}) was" if many == 1 else f"{many} control characters were"
    place, hint = source.at(len(before), len(before[-1]) + 1), "delete it in the agenda"
    problems.error(f"{what} left out", place, hint if many == 1 else "delete them in the agenda", "agenda.control")
    return Source(source.file, source.name, _CONTROLS.sub(" ", source.text))


def _binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return head.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or head.count(0) * 20 > len(head)


def as_data(agenda: Agenda | Event, coverage: tuple[Reading, ...] = ()) -> dict[str, Any]:
    """The agenda as lists and mappings for JSON, each item with the line it stands on; then counts and coverage.

    An event that more was joined to is shown in the same form; the coverage of its agenda is given beside it.
    """
    coverage = agenda.coverage if isinstance(agenda, Agenda) else coverage
    dates = [day.date for day in agenda.days if day.date]
    moderators = [_cast(cast) for cast in agenda.cast]
    return {
        "event": {
            "title": agenda.title,
            "subtitle": agenda.subtitle,
            "date": dates[0].isoformat() if dates else None,
            "format": agenda.format or None,
            "venue": {
                "name": agenda.venue.name or None,
                "room": agenda.venue.room or None,
                "address": agenda.venue.address or None,
                "note": agenda.venue.note or None,
                "line": agenda.venue.place.line or None,
            },
            "online": {
                "channel": agenda.online.channel or None,
                "for": agenda.online.who or None,
                "link": agenda.online.link or None,
                "line": agenda.online.place.line or None,
            },
            "organisers": list(agenda.organisers),
            "supporters": list(agenda.supporters),
            "introduction": agenda.introduction or None,
            "facts": [{"label": fact.label, "text": fact.text, "line": fact.place.line} for fact in agenda.facts],
            "cast": moderators,
            "imprint": agenda.imprint or None,
        },
        "people": {
            person.key: {
                "name": person.name.full,
                "organisation": person.organisation or None,
                **({"position": person.position} if person.position else {}),
                "line": person.place.line,
            }
            for person in agenda.people
        },
        "days": [
            {
                "date": _iso(day.date),
                "title": day.title or None,
                "line": day.place.line or None,
                "agenda": [_block(block) for block in day.blocks],
            }
            for day in agenda.days
        ],
        "counts": counts(agenda, coverage),
        "coverage": [
            {
                "line": reading.line,
                "taken": reading.taken.value,
                "sure": reading.sure.value,
                **({"note": reading.note} if reading.note else {}),
            }
            for reading in coverage
        ],
    }


def counts(agenda: Agenda | Event, coverage: tuple[Reading, ...] = ()) -> dict[str, int]:
    """How many of everything were read."""
    entries = list(agenda.entries())
    coverage = agenda.coverage if isinstance(agenda, Agenda) else coverage
    passed = sum(reading.taken is Taken.PASSED for reading in coverage)
    return {
        "days": len(agenda.days),
        "sessions": sum(len(day.sessions) for day in agenda.days),
        "entries": len(entries),
        "timed": sum(entry.start is not None for entry in entries),
        "untimed": sum(entry.start is None for entry in entries),
        "talks": sum(entry.kind == "talk" for entry in entries),
        "breaks": sum(entry.is_break for entry in entries),
        "to be confirmed": sum(entry.to_be_confirmed for entry in entries),
        "people": len(agenda.people),
        "organisations": len(organisations(agenda)),
        "lines": len(coverage),
        "lines used": len(coverage) - passed,
    }


def organisations(agenda: Agenda | Event) -> tuple[str, ...]:
    """Everybody's, in the order organisers, supporters, people; each once."""
    named = (*agenda.organisers, *agenda.supporters, *(person.organisation for person in agenda.people))
    return tuple(dict.fromkeys(name for name in named if name))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written(time: Time | None) -> str | None:
    return time.written if time else None


def _cast(cast: Cast) -> dict[str, Any]:
    return {"person": cast.person, "duty": cast.duty.value, "line": cast.place.line}


def _block(block: Session | Entry) -> dict[str, Any]:
    if isinstance(block, Entry):
        return _entry(block)
    return {
        "session": block.label or None,
        "title": block.title or None,
        "start": _written(block.start),
        "end": _written(block.end),
        **({"end_stated": True} if block.end_stated else {}),
        **({"room": block.room} if block.room else {}),
        **({"cast": [_cast(cast) for cast in block.cast]} if block.cast else {}),
        "line": block.place.line,
        "entries": [_entry(entry) for entry in block.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "start": _written(entry.start),
        "end": _written(entry.end),
        **({"end_stated": True} if entry.end_stated else {}),
        "kind": entry.kind.value,
        **({"service": entry.service.value} if entry.service else {}),
        "title": entry.title,
        **({"cast": [_cast(cast) for cast in entry.cast]} if entry.cast else {}),
        **({"speaker_tbc": True} if entry.to_be_confirmed else {}),
        **({"room": entry.room} if entry.room else {}),
        **({"abstract": entry.abstract} if entry.abstract else {}),
        **({"online": entry.online} if entry.online is not None else {}),
        "line": entry.place.line,
    }
