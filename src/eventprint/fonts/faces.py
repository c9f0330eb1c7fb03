"""Where the fonts are, and one opened face at a time.

Finding a family reads file names only; a file is mapped when a glyph of it is first asked for. Knows nothing of
scripts, languages or lines.
"""

from __future__ import annotations

import re
import threading
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

from ..problems import Exit, Place, Problems, Stop
from ..shelves import shelf
from ..values import dataclass

OPTICAL_SIZES = (8.0, 10.0, 12.0, 16.0, 24.0, 36.0, 60.0)
"""Optical sizes a variable family is cut at, in points: each one used is one more font in a file, so they are few."""

_OPTICAL_BORDERS = tuple((a * b) ** 0.5 for a, b in pairwise(OPTICAL_SIZES))

_STYLES = {
    "thin": 100,
    "extralight": 200,
    "light": 300,
    "regular": 400,
    "roman": 400,
    "": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "extrabold": 800,
    "black": 900,
}

_GLYF_TABLES = {"glyf", "loca", "head", "hhea", "hmtx", "maxp"}


@dataclass(frozen=True, slots=True)
class _Source:
    """A font file as the index knows it."""

    file: Path
    stem: str
    """What keys of its faces begin with; unique for this content."""
    family: str
    weight: int
    italic: bool
    variable: bool


class Face:
    """One static face: a file, or one place in a variable file's design space.

    Measures are font units; see `units_per_em`.
    """

    def __init__(self, key: str, family: str, file: Path, weight: int, axes: tuple[tuple[str, float], ...]) -> None:
        self.key = key
        self.family = family
        self.file = file
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
        return hb.Face(hb.Blob.from_file_path(str(self.file)))

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
        return self._metric(hb.OTMetricsTag.CAP_HEIGHT, 700)

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

    @cached_property
    def sfnt(self) -> bytes:
        """The face as a static TrueType font with the glyph ids of its file."""
        if not self.axes:
            return self.file.read_bytes()
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
_index: dict[str, list[_Source]] | None = None
_own: tuple[str, ...] = ()
_listeners: list[Callable[[], None]] = []


def use(folders: Sequence[Path], problems: Problems | None = None) -> None:
    """Look in these folders first, then among the project's own fonts; the folders named before are forgotten.

    A file that cannot be used is an error in `problems`: unreadable, without TrueType outlines.
    """
    global _folders, _index, _own
    with _lock:
        sources = [source for folder in folders for source in _read_folder(folder, problems or Problems())]
        if not sources and not _own:
            _folders = tuple(folders)
            return
        index: dict[str, list[_Source]] = {}
        for source in sources:
            index.setdefault(_plain(source.family), []).append(source)
        own = tuple(dict.fromkeys(source.family for source in sources))
        for name, shelved in _shelf_index().items():
            index.setdefault(name, shelved)
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
    """Whether a family of this name was found; case and spaces do not matter."""
    return _plain(family) in _sources()


def has_optical_sizes(family: str) -> bool:
    """Whether letters of this family change shape with their size."""
    return any(tag == "opsz" for source in _sources().get(_plain(family), ()) for tag, *_ in _axes_of(source))


def optical_size(points: float) -> float:
    """The cut made for letters of this size."""
    return OPTICAL_SIZES[bisect_right(_OPTICAL_BORDERS, points)]


def choose(family: str, weight: int = 400, italic: bool = False, points: float = 10.0) -> Face:
    """The face of a family nearest to what is asked for.

    Slope counts before weight; of two weights equally near, up to 500 the lighter is taken, above it the bolder, as in
    CSS Fonts 4, 5.2. Raises Stop where there is no such family.
    """
    asked = (family, weight, italic, optical_size(points))
    found = _chosen.get(asked)
    if found is not None:
        return found
    with _lock:
        sources = _sources().get(_plain(family))
        if not sources:
            raise Stop(f"there is no font family {family!r}", f"there are {', '.join(families())}", code=Exit.MISSING)

        def distance(source: _Source) -> tuple[bool, int, int]:
            off = 0 if source.variable else abs(source.weight - weight)
            return (source.italic != italic, off, source.weight if weight <= 500 else -source.weight)

        found = _face_of(min(sources, key=distance), weight, asked[3])
        _chosen[asked] = found
        return found


def face(key: str) -> Face:
    """The face of a key given out before. Raises KeyError for any other."""
    return _faces[key]


def sfnt(key: str) -> bytes:
    """A static TrueType font with the glyph ids that cells have; variable families are pinned at weight and size."""
    return _faces[key].sfnt


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


def _sources() -> dict[str, list[_Source]]:
    return _index if _index is not None else _shelf_index()


_shelved: dict[str, list[_Source]] = {}


def _shelf_index() -> dict[str, list[_Source]]:
    if not _shelved:
        root = shelf("fonts")
        for folder in ("core", "cjk"):
            for file in sorted((root / folder).glob("*.ttf")):
                family, _, style = file.stem.partition("-")
                variable = family.endswith("Variable")
                name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", family.removesuffix("Variable"))
                italic = style.endswith("Italic")
                weight = _STYLES.get(style.removesuffix("Italic").lower(), 400)
                _shelved.setdefault(_plain(name), []).append(_Source(file, file.stem, name, weight, italic, variable))
    return _shelved


def _read_folder(folder: Path, problems: Problems) -> Iterator[_Source]:
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        kind = file.suffix.lower()
        if kind not in (".ttf", ".otf", ".ttc", ".woff", ".woff2"):
            continue
        place = Place(file.name)
        if kind in (".woff", ".woff2", ".ttc"):
            problems.error(
                f"{file.name} is a {kind[1:]} file, which cannot be printed with",
                place,
                "put the family's .ttf files in the folder",
                "fonts.format",
            )
            continue
        try:
            content = file.read_bytes()
            opened_face = hb.Face(content)
            tables = set(opened_face.table_tags)
        except (OSError, hb.HarfBuzzError) as fault:
            problems.error(f"{file.name} cannot be read: {fault}", place, "", "fonts.unreadable")
            continue
        if not tables >= _GLYF_TABLES:
            outlines = bool(tables & {"CFF ", "CFF2"})
            problems.error(
                f"{file.name} has no TrueType outlines" if outlines else f"{file.name} is no font, or a damaged one",
                place,
                "most families are also offered as .ttf",
                "fonts.outlines" if outlines else "fonts.unreadable",
            )
            continue
        font = hb.Font(opened_face)
        name = hb.OTNameIdPredefined
        family = opened_face.get_name(name.TYPOGRAPHIC_FAMILY) or opened_face.get_name(name.FONT_FAMILY) or file.stem
        yield _Source(
            file,
            f"{file.stem}.{zlib.crc32(content):08x}",
            family,
            int(font.get_style_value(hb.StyleTag.WEIGHT)),
            bool(font.get_style_value(hb.StyleTag.ITALIC) or font.get_style_value(hb.StyleTag.SLANT_ANGLE)),
            bool(opened_face.has_var_data),
        )


_axes: dict[str, tuple[tuple[str, float, float, float], ...]] = {}


def _axes_of(source: _Source) -> tuple[tuple[str, float, float, float], ...]:
    """Tag, smallest, usual and largest value of each axis."""
    if not source.variable:
        return ()
    if source.stem not in _axes:
        opened_face = hb.Face(hb.Blob.from_file_path(str(source.file)))
        _axes[source.stem] = tuple(
            (axis.tag, axis.min_value, axis.default_value, axis.max_value) for axis in opened_face.axis_infos
        )
    return _axes[source.stem]


def _face_of(source: _Source, weight: int, optical: float) -> Face:
    wanted = {"wght": float(weight), "opsz": optical}
    axes = tuple((tag, min(max(wanted.get(tag, usual), least), most)) for tag, least, usual, most in _axes_of(source))
    key = source.stem + "".join(f"_{value:g}{tag}" for tag, value in axes)
    if key not in _faces:
        at = int(dict(axes).get("wght", source.weight))
        _faces[key] = Face(key, source.family, source.file, at, axes)
    return _faces[key]
