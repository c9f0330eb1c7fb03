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


def is_true(value: Any) -> bool:
    """Whether a value is the word true, whoever holds it."""
    return str(value).lower() == "true"


def descendant(font: Any) -> Any:
    """The font inside a composite one."""
    return (value_of(font, "/DescendantFonts") or [font])[0].get_object()


def is_embedded(font: Any) -> bool:
    """Whether a font that is not composite brings its program along."""
    descriptor = value_of(font, "/FontDescriptor") or {}
    return any(value_of(descriptor, key) is not None for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def box_of(page: Any, key: str) -> Box | None:
    """A rectangle of a PDF dictionary, whichever corners it names; None where there is none."""
    found = value_of(page, key)
    if found is None:
        return None
    x1, y1, x2, y2 = (float(value) for value in found)
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
