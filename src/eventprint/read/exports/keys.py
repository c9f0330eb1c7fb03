"""The names that exports in JSON have for things: `data/exports.yaml`, made ready for looking up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ... import records
from ...event import Duty
from ...jsontext import Object
from ...problems import Problems
from ...shelves import shelf
from ...values import dataclass


@dataclass(frozen=True)
class _Words:
    """The file as it stands: names parted by commas."""

    entry: Mapping[str, str]
    people: Mapping[str, str]
    beside: Mapping[str, str]
    lists: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Keys:
    """Names by what they say."""

    entry: Mapping[str, Mapping[str, int]]
    """For each thing said of an entry its names, and their order of trust."""
    people: tuple[tuple[str, Duty | None], ...]
    """Names of people, and what those do; None for speakers."""
    beside: Mapping[str, tuple[str, ...]]
    """Names of what stands with an entry and is said of its speaker, by fields of `Speaker`."""
    lists: Mapping[str, tuple[str, ...]]
    """Names of what holds entries."""


@cache
def known() -> Keys:
    """The names of the file."""
    file = shelf("data") / "exports.yaml"
    problems = Problems()
    said = records.build(_Words, records.load(file, problems, file.parent), problems)
    return Keys(
        {what: {name: rank for rank, name in enumerate(_parted(names))} for what, names in said.entry.items()},
        tuple(
            (name, None if duty == "speaker" else Duty(duty))
            for duty, names in said.people.items()
            for name in _parted(names)
        ),
        {what: tuple(_parted(names)) for what, names in said.beside.items()},
        {what: tuple(_parted(names)) for what, names in said.lists.items()},
    )


def _parted(names: str) -> list[str]:
    return list(dict.fromkeys(plainly(name) for name in names.split(",")))


@lru_cache(maxsize=4096)
def plainly(key: str) -> str:
    """A name in lower case and without signs: `Start Time`, `start_time` and `startTime` are one."""
    return re.sub(r"[\W_]+", "", key.casefold())


class Names(dict[str, str]):
    """The names in an object as it writes them, by their plain letters, and what was looked up among them."""

    __slots__ = ("_kept",)

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__((plainly(key), key) for key in reversed(keys))
        self._kept: dict[tuple[str, ...], list[str]] = {}

    def of(self, what: str, *languages: str) -> list[str]:
        """The names a thing can stand under, the most telling first; with languages also such as `title_en`."""
        kept = self._kept.get((what, *languages))
        if kept is None:
            ranks = known().entry[what]
            found = [(ranks[name], 0, key) for name, key in self.items() if name in ranks]
            ended = [(name[:-2], name[-2:], key) for name, key in self.items() if name[-2:] in languages]
            found += [(ranks[name], 1 + languages.index(end), key) for name, end, key in ended if name in ranks]
            kept = self._kept[(what, *languages)] = [key for _, _, key in sorted(found)]
        return kept


@lru_cache(maxsize=256)
def _shape(keys: tuple[str, ...]) -> Names:
    return Names(keys)


def names(value: Object) -> Names:
    """The names of an object, made once for all objects that have the same ones, as most objects of a list do."""
    keys = tuple(value.values)
    return _shape(keys) if len(keys) < 100 else Names(keys)
