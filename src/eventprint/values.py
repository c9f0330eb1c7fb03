"""`dataclass` as in the standard library, for classes that share what each would otherwise have compiled for itself.

A badge at the desk is made by a fresh process, and compiling comparison, hash and representation of over a hundred
classes was an eighth of it. Here these three are written once and ask the class for its fields. Everything else,
`replace`, `fields` and pattern matching included, is the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, eq: bool = True, order: bool = False, frozen: bool = False, **options: Any) -> Callable:
        """A decorator that takes the standard one's options, all by keyword."""

        def made(kind: type) -> type:
            if order:
                return dataclasses.dataclass(kind, order=True, frozen=frozen, **options)
            shared = {"__repr__": _repr}
            if eq:
                shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
            for name, method in shared.items():
                if name not in kind.__dict__:
                    setattr(kind, name, method)
            return dataclasses.dataclass(kind, repr=False, eq=False, frozen=frozen, **options)

        return made


@cache
def _compared(kind: Any) -> Callable[[Any], object]:
    """Reads the fields that decide whether two values are equal."""
    return _reader(each.name for each in dataclasses.fields(kind) if each.compare)


@cache
def _hashed(kind: Any) -> Callable[[Any], object]:
    """Reads the fields a hash is made of: those compared, but for a field that says otherwise of itself."""
    return _reader(each.name for each in dataclasses.fields(kind) if (each.compare if each.hash is None else each.hash))


def _reader(names: Iterable[str]) -> Callable[[Any], object]:
    listed = tuple(names)
    return attrgetter(*listed) if listed else lambda value: ()


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    read = _compared(self.__class__)
    return self is other or read(self) == read(other)


def _hash(self: Any) -> int:
    return hash(_hashed(self.__class__)(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (each.name for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


__all__ = ["dataclass"]
