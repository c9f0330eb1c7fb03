"""Fonts: families and faces, and what is embedded of them. The one room that opens font files, with uharfbuzz."""

from .faces import (
    Face,
    choose,
    face,
    families,
    has_family,
    has_optical_sizes,
    on_change,
    opened,
    optical_size,
    outlines,
    own_families,
    postscript_name,
    units_per_em,
    use,
)

__all__ = [
    "Face",
    "choose",
    "face",
    "families",
    "has_family",
    "has_optical_sizes",
    "on_change",
    "opened",
    "optical_size",
    "outlines",
    "own_families",
    "postscript_name",
    "units_per_em",
    "use",
]
