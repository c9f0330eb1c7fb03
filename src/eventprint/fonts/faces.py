"""Where the fonts are, and one opened face at a time.

Finding a family reads file names only; a file is mapped when a glyph of it is first asked for. Knows nothing of
scripts, languages or lines.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

from ..problems import Exit, Problems, Stop
from ..shelves import shelf
from .files import Source, open_face, read_folder, shelf_sources
from .outlines import DrawnOutlines
from .subset import Outlines, TrueType

OPTICAL_SIZES = (8.0, 10.0, 12.0, 16.0, 24.0, 36.0, 60.0)
"""Optical sizes a variable family is cut at, in points: each one used is one more font in a file, so they are few."""

_OPTICAL_BORDERS = tuple((a * b) ** 0.5 for a, b in pairwise(OPTICAL_SIZES))


class Face:
    """One static face: a file, or one place in a variable file's design space.

    Measures are font units; see `units_per_em`.
    """

    def __init__(self, key: str, source: Source, weight: int, axes: tuple[tuple[str, float], ...]) -> None:
        self.key = key
        self.family = source.family
        self.file = source.file
        self.number = source.number
        self.weight = weight
        self.axes = axes
        self.known: dict[str, bool] = {}
        """Clusters already judged: whether this face can show them. Kept by whoever judges."""
        self.plain: set[str] = set()
        """Characters that need no further thought in this face. Kept by whoever judges."""
        self._ink: dict[int, tuple[int, int]] = {}

    @cached_property
    def _face(self) -> hb.Face:
        _opened.append(self.file.name)
        return open_face(self.file, self.number)

    @cached_property
    def font(self) -> hb.Font:
        """The face for HarfBuzz, scaled to font units."""
        font = hb.Font(self._face)
        if self.axes:
            font.set_variations(dict(self.axes))
        return font

    @cached_property
    def units_per_em(self) -> int:
        return int(self._face.upem)

    @cached_property
    def postscript_name(self) -> str:
        """The name under which a PDF embeds the face.

        An instance is named after Adobe Technical Note 5902: `SourceSerif4Roman_400wght_10opsz`.
        """
        if not self.axes:
            return _ascii_name(self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.file.stem)
        family = self._face.get_name(hb.OTNameIdPredefined.VARIATIONS_PS_PREFIX)
        family = family or self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.file.stem
        return _ascii_name(family) + "".join(f"_{value:g}{tag}".replace(".", "d") for tag, value in self.axes)

    @cached_property
    def cap_height(self) -> int:
        """Of a capital without overshoot, for what files say of it is often another font's; or else what they say."""
        if capital := self.capital:
            return self.ink(capital)[0]
        return self._metric(hb.OTMetricsTag.CAP_HEIGHT, 700)

    @cached_property
    def capital(self) -> int:
        """The glyph of a capital that is flat at its top, Latin, Greek or Cyrillic; 0 where there is none."""
        glyphs = (self.font.get_nominal_glyph(ord(letter)) for letter in "H\u0397\u041d")
        return next((int(glyph) for glyph in glyphs if glyph and self.ink(glyph)[0] > 0), 0)

    @cached_property
    def x_height(self) -> int:
        return self._metric(hb.OTMetricsTag.X_HEIGHT, 500)

    @cached_property
    def ascent(self) -> int:
        return int(self.font.get_font_extents("ltr").ascender)

    @cached_property
    def descent(self) -> int:
        """Below the baseline, positive downwards."""
        return -int(self.font.get_font_extents("ltr").descender)

    def _metric(self, tag: hb.OTMetricsTag, per_mille: int) -> int:
        return int(self.font.get_metric_position(tag) or per_mille * self.units_per_em / 1000)

    def ink(self, glyph: int) -> tuple[int, int]:
        """How far a glyph's outline reaches up and down from its origin, y upwards."""
        found = self._ink.get(glyph)
        if found is None:
            extents = self.font.get_glyph_extents(glyph)
            found = (extents.y_bearing, extents.y_bearing + extents.height) if extents else (0, 0)
            self._ink[glyph] = found
        return found

    def is_mark(self, glyph: int) -> bool:
        """Whether the font itself says that the glyph is a combining mark (GDEF class 3)."""
        return bool(self._face.get_layout_glyph_class(glyph) == hb.OTLayoutGlyphClass.MARK)

    def has_ink(self, glyph: int) -> bool:
        """Whether a glyph has an outline; a coloured letter may be painted by other means."""
        drawn: list[int] = []
        pen = hb.DrawFuncs()
        pen.set_move_to_func(lambda *_: drawn.append(glyph))
        self.font.draw_glyph(glyph, pen)
        return bool(drawn)

    @cached_property
    def outlines(self) -> Outlines:
        """Outlines, advances and tables by the glyph ids of the file, at this face's place in its design space."""
        if "glyf" not in self._face.table_tags:
            return DrawnOutlines(self.font)
        return TrueType(self._pinned() if self.axes else bytes(self._face.blob.data), self.number)

    def _pinned(self) -> bytes:
        wanted = hb.SubsetInput()
        wanted.keep_everything()
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        pinned = dict(self.axes)
        for axis in self._face.axis_infos:
            wanted.pin_axis_location(self._face, axis.tag, pinned.get(axis.tag, axis.default_value))
        return bytes(wanted.subset(self._face).blob.data)


def _ascii_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.+-]", "", name)


_lock = threading.RLock()
_opened: list[str] = []
_faces: dict[str, Face] = {}
"""Every face by its key; never emptied, for lines keep keys."""
_chosen: dict[tuple[str, int, bool, float], Face] = {}
_folders: tuple[Path, ...] = ()
_index: dict[str, list[Source]] | None = None
_own: tuple[str, ...] = ()
_listeners: list[Callable[[], None]] = []


def use(folders: Sequence[Path], problems: Problems | None = None) -> None:
    """Look in these folders first, then among the project's own fonts; the folders named before are forgotten.

    A file that cannot be used is an error in `problems`: unreadable, for web pages, not to be embedded. A family that
    is in both has the faces of both, the user's before the project's where they are alike.
    """
    global _folders, _index, _own
    with _lock:
        sources = [source for folder in folders for source in read_folder(folder, problems or Problems())]
        if not sources and not _own:
            _folders = tuple(folders)
            return
        index: dict[str, list[Source]] = {}
        for source in sources:
            index.setdefault(_plain(source.family), []).append(source)
        own = tuple(dict.fromkeys(source.family for source in sources))
        for name, shelved in _shelf_index().items():
            index.setdefault(name, []).extend(shelved)
        named = {name for name in map(_plain, (source.alias for source in sources)) if name not in index}
        for source in sources:
            if _plain(source.alias) in named:
                index.setdefault(_plain(source.alias), []).append(source)
        _folders, _own, _index = tuple(folders), own, index
        _chosen.clear()
        for forget in _listeners:
            forget()


def on_change(forget: Callable[[], None]) -> None:
    """Call this whenever other fonts may be chosen than before."""
    _listeners.append(forget)


def families() -> tuple[str, ...]:
    """The names of all families that can be asked for, in order."""
    return tuple(sorted({sources[0].family for sources in _sources().values()}))


def own_families() -> tuple[str, ...]:
    """The families found in the user's folders."""
    return _own


def has_family(family: str) -> bool:
    """Whether a family of this name was found, or faces alone of it; case and spaces do not matter."""
    return _plain(family) in _sources()


def has_optical_sizes(family: str) -> bool:
    """Whether letters of this family change shape with their size."""
    return any(tag == "opsz" for source in _sources().get(_plain(family), ()) for tag, *_ in _axes_of(source))


def optical_size(points: float) -> float:
    """The cut made for letters of this size."""
    return OPTICAL_SIZES[bisect_right(_OPTICAL_BORDERS, points)]


def choose(family: str, weight: int = 400, italic: bool = False, points: float = 10.0) -> Face:
    """The face of a family nearest to what is asked for.

    Width counts before slope and slope before weight; of two weights equally near, up to 500 the lighter is taken,
    above it the bolder, as in CSS Fonts 4, 5.2. A file of italics is taken before one that leans by an axis. Raises
    Stop where there is no such family.
    """
    asked = (family, weight, italic, optical_size(points))
    found = _chosen.get(asked)
    if found is not None:
        return found
    with _lock:
        sources = _sources().get(_plain(family))
        if not sources:
            raise Stop(f"there is no font family {family!r}", f"there are {', '.join(families())}", code=Exit.MISSING)

        def distance(source: Source) -> tuple[float, int, float, int]:
            slope = 0 if source.italic == italic else 1 if italic and _leans(source) else 2
            least, most = _weights(source)
            off = max(least - weight, weight - most, 0)
            return abs(source.width - 100), slope, off, source.weight if weight <= 500 else -source.weight

        found = _face_of(min(sources, key=distance), weight, italic, asked[3])
        _chosen[asked] = found
        return found


def face(key: str) -> Face:
    """The face of a key given out before. Raises KeyError for any other."""
    return _faces[key]


def outlines(key: str) -> Outlines:
    """What is embedded of a face, by the glyph ids that cells have; variable families at their weight and size."""
    return _faces[key].outlines


def units_per_em(key: str) -> int:
    """The font units of one em of this face."""
    return _faces[key].units_per_em


def postscript_name(key: str) -> str:
    """The name a PDF gives this face."""
    return _faces[key].postscript_name


def opened() -> tuple[str, ...]:
    """The font files opened so far, by name."""
    return tuple(_opened)


def _plain(family: str) -> str:
    return re.sub(r"[\s_-]+", "", family).casefold()


def _sources() -> dict[str, list[Source]]:
    return _index if _index is not None else _shelf_index()


_shelved: dict[str, list[Source]] = {}


def _shelf_index() -> dict[str, list[Source]]:
    if not _shelved:
        for source in shelf_sources(shelf("fonts")):
            _shelved.setdefault(_plain(source.family), []).append(source)
    return _shelved


_axes: dict[str, tuple[tuple[str, float, float, float], ...]] = {}


def _axes_of(source: Source) -> tuple[tuple[str, float, float, float], ...]:
    """Tag, smallest, usual and largest value of each axis."""
    if not source.variable:
        return ()
    if source.stem not in _axes:
        opened_face = open_face(source.file, source.number)
        _axes[source.stem] = tuple(
            (axis.tag, axis.min_value, axis.default_value, axis.max_value) for axis in opened_face.axis_infos
        )
    return _axes[source.stem]


def _weights(source: Source) -> tuple[float, float]:
    """The lightest and the boldest a file can be."""
    ranges = ((least, most) for tag, least, _, most in _axes_of(source) if tag == "wght")
    return next(ranges, (source.weight, source.weight))


def _leans(source: Source) -> bool:
    """Whether an upright file has an axis that makes it italic or oblique."""
    return any(tag in ("ital", "slnt") for tag, *_ in _axes_of(source))


def _face_of(source: Source, weight: int, italic: bool, optical: float) -> Face:
    wanted = {"wght": float(weight), "opsz": optical}
    if italic and not source.italic:
        wanted |= {"ital": 1.0, "slnt": -90.0}  # degrees, counted against the clock; no font leans so far
    axes = tuple((tag, min(max(wanted.get(tag, usual), least), most)) for tag, least, usual, most in _axes_of(source))
    key = source.stem + "".join(f"_{value:g}{tag}" for tag, value in axes)
    if key not in _faces:
        _faces[key] = Face(key, source, int(dict(axes).get("wght", source.weight)), axes)
    return _faces[key]
