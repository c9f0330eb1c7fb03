"""What there is to choose from: layouts, labels, impositions, print shops; and a folder to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import Problem, Problems
from .files import specs_of

if TYPE_CHECKING:
    from .. import stock as stocks
    from ..read.folder.starter import Started as Started


def new(
    folder: Path, *, source: Path | None = None, language: str = "", timezone: str = "", dates: Sequence[date] = ()
) -> Started:
    """A commented event folder that builds at once; with a source, around what is read from it.

    `language`, `timezone` and `dates` say of the source what it does not say itself.
    """
    from ..read.agenda import Given
    from ..read.folder import starter

    return starter.write(folder, source, Given(language, timezone, tuple(dates)))


def layouts(folder: Path | None) -> list[tuple[str, str, str, str]]:
    """Every layout: name, what it is, its size, where it was found."""
    from .. import compose
    from ..shelves import shelf

    rows = []
    for name, about, size, file in compose.describe(folder):
        if name == "panel":
            continue
        where = "eventprint" if file.is_relative_to(shelf("layouts")) else str(file)
        rows.append((name, about, size, where))
    return rows


def stock(words: Sequence[str] = (), folder: Path | None = None) -> tuple[dict[str, stocks.Stock], tuple[Problem, ...]]:
    """Every label and badge sheet by name, the event's own too, or those that all words name; and faults of its own."""
    from .. import stock as stocks

    problems = Problems()
    known = stocks.known(problems, folder)
    return {name: one for name, one in known.items() if one.matches(words)}, tuple(problems.found)


def schemes() -> list[tuple[str, str, int]]:
    """Every way to put pages on sheets: name, what it is for, pages of a block."""
    from .. import impose as impositions

    folders = [Path("impositions")]
    found = [(name, impositions.load(name, folders)) for name in impositions.schemes(folders)]
    return [(name, scheme.about, scheme.pages) for name, scheme in found]


def specs(event_folder: Path | None) -> list[tuple[str, str, str]]:
    """Every print spec: name, what it is for, where its numbers are from."""
    from .. import preflight as preflighting

    folders = specs_of(event_folder)
    found = [preflighting.spec(name, folders) for name in preflighting.specs(folders)]
    return [(one.name, one.title, one.source) for one in found]


def schema() -> dict[str, Any]:
    """The JSON Schema of `event.yaml`, from the classes that read it."""
    from ..read.settings import EventSettings
    from ..records import schema as schema_of

    return schema_of(EventSettings)
