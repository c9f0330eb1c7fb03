"""Values of a PDF's dictionaries, whoever holds them."""

from __future__ import annotations

from typing import Any

from ..geometry import Box


def value_of(mapping: Any, key: str) -> Any:
    """A value of a PDF dictionary, references followed; None for null and for what is not there."""
    value = mapping.get(key)
    if value is None:
        return None
    if hasattr(value, "get_object"):
        value = value.get_object()
    return None if type(value).__name__ == "NullObject" else value


def box_of(page: Any, key: str) -> Box | None:
    """A rectangle of a PDF dictionary, whichever corners it names; None where there is none."""
    found = value_of(page, key)
    if found is None:
        return None
    x1, y1, x2, y2 = (float(value) for value in found)
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
