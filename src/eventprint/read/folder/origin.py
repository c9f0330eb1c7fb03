"""What an agenda was read from: the source that agenda.yaml names, line by line, and where its entries stand now.

The source is read again only where somebody wants to see both side by side; what is printed is the agenda alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from ... import files, records
from ...event import Event, Reading
from ...problems import Place, Problems, Stop
from ...records import Node
from ...values import dataclass
from .. import agenda as agendas

_ITEMS = ("title", "session", "entries")
"""What an entry or a session has at least one of."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of an agenda, and what became of it."""

    source: str
    """The file, relative to the event folder."""
    coverage: tuple[Reading, ...]
    """What each of its lines was taken for."""
    covers: str = "lines"
    """What they are counted in, as `Event.covers`."""
    at: Mapping[str, Place] = field(default_factory=dict, hash=False)
    """Where in the agenda that stands which `from` says came from there: `12`, `1:507`, `Sheet1!C17`."""


def origin(event: Event) -> Origin | None:
    """The source the event's agenda was read from; None where it names none, or one that cannot be read any more."""
    name = next((entry.place.file for entry in event.entries()), "")
    agenda = event.folder / name
    if agenda not in event.sources:
        return None
    problems = Problems()
    top = records.load(agenda, problems, event.folder) if agenda.suffix in (".yaml", ".yml") else None
    named = records.text_at(top, "source") if top else ""
    if top is None or not named or files.astray(event.folder, Path(named)):
        return None
    try:
        source = agendas.open_source(event.folder / named, problems, event.folder)
        found = agendas.read_source(source, problems) if source else None
    except Stop:
        return None
    if found is None or not any(found.entries()):
        return None
    return Origin(named, found.coverage, found.covers, dict(_places(top)))


def _places(top: Node) -> Iterator[tuple[str, Place]]:
    """In the order of the file."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        origin = node.get("from")
        if origin is not None and any(node.get(key) for key in _ITEMS):
            yield origin.text, node.place
        inside = (*node.items, *(value for _, value in node.pairs if value.kind != "scalar"))
        waiting += reversed(inside)
