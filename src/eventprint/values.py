"""`dataclass` as in the standard library, for classes that share what each would otherwise have compiled for itself.

A badge at the desk is made by a fresh process, and compiling the methods of over a hundred classes was a fifth of it.
Here comparison, hash, representation and the refusal to change are written once and ask the class for its fields, and
a class compiles its `__init__` when its first value is made: most never are. Everything else, `replace`, `fields` and
pattern matching included, is the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
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
            if frozen:
                shared |= {"__setattr__": _refuse, "__delattr__": _refuse}
                shared |= {"__getstate__": _state, "__setstate__": _restore}
            # Without a docstring the standard one would import `inspect` and write the signature.
            shared |= {"__doc__": kind.__name__} if not kind.__doc__ else {}
            for name, method in shared.items():
                if kind.__dict__.get(name) is None:
                    setattr(kind, name, method)
            finished = dataclasses.dataclass(kind, init=False, repr=False, eq=False, **options)
            finished.__init__ = _first(finished, frozen)
            # What the standard one asks of a class before it lets a frozen one inherit from it, as layouts do.
            finished.__dataclass_params__.frozen = frozen
            return finished

        return made


def _first(kind: Any, frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its place when the first value is made."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        kind.__init__ = compiled = _compiled(kind, frozen)
        compiled(self, *values, **named)

    return __init__


def _compiled(kind: Any, frozen: bool) -> Callable[..., None]:
    positional: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    scope: dict[str, Any] = {"_put": object.__setattr__, "_unset": MISSING}
    for each in dataclasses.fields(kind):
        name, value = each.name, each.name
        if each.default_factory is not MISSING:
            scope[f"_new_{name}"] = each.default_factory
            value = f"_new_{name}() if {name} is _unset else {name}" if each.init else f"_new_{name}()"
        elif each.default is not MISSING:
            scope[f"_usual_{name}"] = each.default
            value = name if each.init else f"_usual_{name}"
        elif not each.init:
            continue
        if each.init:
            usual = f"=_usual_{name}" if each.default is not MISSING else "=_unset" if value != name else ""
            (named if each.kw_only else positional).append(name + usual)
        slot = getattr(kind, name, None)
        if not frozen:
            body.append(f"self.{name} = {value}")
        elif isinstance(slot, MemberDescriptorType):
            scope[f"_put_{name}"] = slot.__set__
            body.append(f"_put_{name}(self, {value})")
        else:
            body.append(f"_put(self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        body.append("self.__post_init__()")
    signature = ", ".join([*positional, *(["*", *named] if named else [])])
    exec(f"def __init__({signature}):\n " + "\n ".join(body or ["pass"]), scope)
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
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


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} is frozen")


def _state(self: Any) -> dict[str, Any]:
    return {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}


def _restore(self: Any, state: dict[str, Any]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


__all__ = ["dataclass"]
