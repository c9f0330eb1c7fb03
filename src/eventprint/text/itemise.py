"""Which font shows each part of a text.

Every grapheme cluster is shown by one font whole: the style's own, or else the first of a chain that can. In front of
the chain stand all fonts of the event; the rest depends on the script, and for Chinese characters on the language, so
that only fonts which may help are opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from unicodedata import category, normalize

import uharfbuzz as hb  # type: ignore[import-untyped]  # the package carries no types

from .. import fonts
from ..fonts import Face
from ..values import dataclass
from .scripts import COMMON, OTHER, clusters, is_ignorable, is_mark, is_prepended, script
from .style import Style

_NEIGHBOUR = "Noto Sans"
"""The family beside the project's own with the widest Latin, Greek and Cyrillic."""

_FAMILIES = {
    "Latn": _NEIGHBOUR,
    "Grek": _NEIGHBOUR,
    "Cyrl": _NEIGHBOUR,
    "Deva": _NEIGHBOUR,
    "Armn": "Noto Sans Armenian",
    "Hebr": "Noto Sans Hebrew",
    "Arab": "Noto Sans Arabic",
    "Syrc": "Noto Sans Syriac",
    "Thaa": "Noto Sans Thaana",
    "Nkoo": "Noto Sans NKo",
    "Adlm": "Noto Sans Adlam",
    "Beng": "Noto Sans Bengali",
    "Guru": "Noto Sans Gurmukhi",
    "Gujr": "Noto Sans Gujarati",
    "Orya": "Noto Sans Oriya",
    "Taml": "Noto Sans Tamil",
    "Telu": "Noto Sans Telugu",
    "Knda": "Noto Sans Kannada",
    "Mlym": "Noto Sans Malayalam",
    "Sinh": "Noto Sans Sinhala",
    "Thai": "Noto Sans Thai",
    "Laoo": "Noto Sans Lao",
    "Tibt": "Noto Serif Tibetan",
    "Mymr": "Noto Sans Myanmar",
    "Geor": "Noto Sans Georgian",
    "Ethi": "Noto Sans Ethiopic",
    "Cher": "Noto Sans Cherokee",
    "Cans": "Noto Sans Canadian Aboriginal",
    "Khmr": "Noto Sans Khmer",
    "Tfng": "Noto Sans Tifinagh",
    "Olck": "Noto Sans Ol Chiki",
}
_ALPHABETS = frozenset({"Latn", "Grek", "Cyrl"})
_EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Bopo", "Hang"})
_SYMBOLS = ("Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Emoji")
_PICTURES = ("Noto Emoji", "Noto Sans Symbols 2", "Noto Sans Symbols")
_EAST = {
    "ja": ("Noto Sans JP", "Noto Sans SC", "Noto Sans TC", "Noto Sans KR"),
    "ko": ("Noto Sans KR", "Noto Sans JP", "Noto Sans SC", "Noto Sans TC"),
    "zh": ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR"),
    "zh-hant": ("Noto Sans TC", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR"),
}
_REGIONS = {"jp": "ja", "j": "ja", "kr": "ko", "k": "ko", "sc": "zh", "cn": "zh"}
_REGIONS |= dict.fromkeys(("tc", "tw", "hk", "hc"), "zh-hant")
"""What families with Chinese characters have at the end of their names, and whose forms they show."""

_REGION_OF = {families[0]: east for east, families in _EAST.items()}
_TRADITIONAL = re.compile(r"(zh-(hant|tw|hk|mo)|yue)\b")
_EMOJI = "\ufe0f"
_VARIANTS = re.compile("[\U000e0100-\U000e01ef]")
_REPLACEMENT = "\ufffd"
"""What stands where a letter was lost before it came here; fonts have it, but it is nobody's name."""

_NO_INK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that are meant to be empty."""

_BRACKETS = {")": "(", "]": "[", "}": "{"}

_NOTO_CAP_HEIGHT = 0.714
"""Cap height in em of Noto Sans, whose scripts are all drawn to go with it; their own files do not always say so."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of text in one font, one script and one direction."""

    start: int
    end: int
    face: Face
    script: str
    level: int
    scale: float


def eastern_language(text: str, language: str) -> str:
    """Whose forms of Chinese characters to use: the language's, or what kana and Hangul in the text tell."""
    tag = language.lower().replace("_", "-")
    if _TRADITIONAL.match(tag):
        return "zh-hant"
    if tag[:2] in ("ja", "ko", "zh"):
        return tag[:2]
    scripts = {script(character) for character in text}
    if scripts & {"Hira", "Kana"}:
        return "ja"
    return "ko" if "Hang" in scripts else "zh"


def is_plain(text: str, face: Face) -> bool:
    """Whether every character is known to be a letter, figure or mark of Latin text in this face."""
    return face.plain.issuperset(text)


def itemise(text: str, levels: Sequence[int], style: Style, primary: Face) -> tuple[list[Item], list[str]]:
    """The text in stretches, in logical order, and the clusters that no font can show."""
    east = eastern_language(text, style.language)

    def shown(cluster: str, name: str) -> bool:
        return _find(cluster, name, east, style, primary) is not None

    spans = list(clusters(text))
    if any(map(is_prepended, text)):
        spans = [part for span in spans for part in _parted(text, levels, span, shown)]
    own = [_script_of(text, start, end) for start, end in spans]
    missing: list[str] = []
    faces: list[Face | None] = []
    for (start, end), name in zip(spans, own, strict=True):
        cluster = text[start:end]
        if name == COMMON:
            faces.append(None)
            continue
        found = _find(cluster, name, east, style, primary)
        if found is None:
            missing.append(cluster)
            # the usual form of a character is nearer to a name than an empty box
            bare = _VARIANTS.sub("", cluster)
            found = _find(bare, name, east, style, primary) if bare != cluster else None
        faces.append(found or primary)
        if found is primary and name == "Latn" and len(cluster) == 1:
            primary.plain.add(cluster)
    eastern = {face for face, name in zip(faces, own, strict=True) if face and name in _EAST_ASIAN}
    chosen = _dress_common(text, spans, faces, eastern, east, style, primary, missing)
    scripts = _inherit(own, chosen)
    items: list[Item] = []
    for (start, end), face, name in zip(spans, chosen, scripts, strict=True):
        level = levels[start] if levels else 0
        if items:
            last = items[-1]
            if last.face is face and last.level == level and last.script == name:
                items[-1] = Item(last.start, end, face, name, level, last.scale)
                continue
        items.append(Item(start, end, face, name, level, _scale(face, name, primary)))
    return items, missing


def _parted(
    text: str, levels: Sequence[int], span: tuple[int, int], shown: Callable[[str, str], bool]
) -> Iterator[tuple[int, int]]:
    """A cluster whole, or without the sign before it where that runs the other way or is in another font."""
    start, end = span
    while end - start > 1 and is_prepended(text[start]):
        level = not levels or levels[start] == levels[start + 1]
        if level and shown(text[start:end], _script_of(text, start, end)):
            break
        yield start, start + 1
        start += 1
    yield start, end


def _script_of(text: str, start: int, end: int) -> str:
    if end - start == 1:
        return script(text[start])
    return next((name for name in map(script, text[start:end]) if name != COMMON), COMMON)


def _inherit(own: list[str], chosen: list[Face]) -> list[str]:
    """Each cluster's script; what scripts share goes with the neighbour in the same font, and is kerned with it."""
    following: list[int | None] = [None] * len(own)
    ahead: int | None = None
    for at in range(len(own) - 1, -1, -1):
        following[at] = ahead
        ahead = at if own[at] != COMMON else ahead
    found: list[str] = []
    behind: int | None = None
    for at, name in enumerate(own):
        if name != COMMON:
            behind = at
            found.append(name)
            continue
        ahead = following[at]
        near = [place for place in (behind, ahead) if place is not None]
        same = [place for place in near if chosen[place] is chosen[at]]
        found.append(own[(same or near)[0]] if near else "Latn")
    return found


def _dress_common(
    text: str,
    spans: list[tuple[int, int]],
    faces: list[Face | None],
    eastern: set[Face],
    east: str,
    style: Style,
    primary: Face,
    missing: list[str],
) -> list[Face]:
    """Fonts for spaces, figures, punctuation and symbols: the neighbours' where both sides agree, else the style's own.

    A closing bracket has the font of the one it closes; a symbol's font never spreads to what stands beside it.
    """
    following: list[Face | None] = [None] * len(faces)
    ahead: Face | None = None
    for at in range(len(faces) - 1, -1, -1):
        following[at] = ahead
        ahead = faces[at] or ahead
    chosen: list[Face] = []
    behind: Face | None = None
    open_brackets: list[tuple[str, Face]] = []
    for at, (start, end) in enumerate(spans):
        face = faces[at]
        if face is not None:
            chosen.append(face)
            behind = face
            continue
        cluster = text[start:end]
        ahead = following[at]
        between = behind if behind is ahead or ahead is None else ahead if behind is None else None
        partner = _BRACKETS.get(cluster)
        if partner and open_brackets and open_brackets[-1][0] == partner:
            between = open_brackets.pop()[1]
        elif between is not None and cluster.isascii() and between in eastern:
            between = None  # figures and spaces of the text font look better among Chinese characters, too
        if between is not None and between is not primary and _shows(between, cluster, COMMON):
            face = between
        else:
            face = _find(cluster, COMMON, east, style, primary)
            if face is None or cluster == _REPLACEMENT:
                missing.append(cluster)
            face = face or primary
            if face is primary and len(cluster) == 1 and cluster < "\u2100" and not is_mark(cluster):
                primary.plain.add(cluster)
        if cluster in "([{" and len(cluster) == 1:
            open_brackets.append((cluster, face))
        chosen.append(face)
    return chosen


def _scale(face: Face, name: str, primary: Face) -> float:
    """Size of a fallback font relative to the text's, so that capitals agree."""
    if face is primary:
        return 1.0
    noto = face.family.startswith("Noto ") and (name in _EAST_ASIAN or not face.capital)
    cap = _NOTO_CAP_HEIGHT if noto else face.cap_height / face.units_per_em
    return primary.cap_height / primary.units_per_em / cap


_Asked = tuple[str, str, str, str, int, bool, float]
_found: dict[_Asked, Face | None] = {}
fonts.on_change(_found.clear)

_MOST_FOUND = 50_000


def _find(cluster: str, name: str, east: str, style: Style, primary: Face) -> Face | None:
    asked = (cluster, name, east, primary.key, style.weight, style.italic, style.key[3])
    if asked not in _found:
        if len(_found) >= _MOST_FOUND:
            _found.clear()
        chain = _chain(cluster, name, east, style, primary)
        _found[asked] = next((face for face in chain if _shows(face, cluster, name)), None)
    return _found[asked]


def _chain(cluster: str, name: str, east: str, style: Style, primary: Face) -> Iterator[Face]:
    """The faces worth asking, best first."""
    pictorial = cluster >= "\U0001f000" or _EMOJI in cluster
    if not pictorial:
        yield primary
    symbols = _PICTURES if pictorial else _SYMBOLS
    families: tuple[str, ...]
    if name in _EAST_ASIAN:
        families = (*_own_eastern(east), *_EAST[east], _NEIGHBOUR)
    elif name in _ALPHABETS:
        families = (*fonts.own_families(), _NEIGHBOUR)
    elif name == COMMON:
        around = (*symbols, _NEIGHBOUR) if pictorial else (_NEIGHBOUR, *symbols)
        families = (*fonts.own_families(), *around, *_EAST[east])
    elif name == OTHER:
        families = (*fonts.own_families(), _NEIGHBOUR, *symbols)
    else:
        families = (*fonts.own_families(), _FAMILIES[name], _NEIGHBOUR)
    for family in families:
        if fonts.has_family(family):
            yield fonts.choose(family, style.weight, style.italic, style.size)
    if pictorial:
        yield primary


def _own_eastern(east: str) -> list[str]:
    """The event's own families, those drawn for another language last, in the order of the project's own."""
    regions = [_REGION_OF[family] for family in _EAST[east]]

    def distance(family: str) -> tuple[int, bool]:
        region = _REGIONS.get(family.casefold().rpartition(" ")[2])
        return (1 + regions.index(region) if region != east else 0) if region else 1, "mono" in family.casefold()

    return sorted(fonts.own_families(), key=distance)


def _shows(face: Face, cluster: str, name: str) -> bool:
    found = face.known.get(cluster)
    if found is None:
        found = face.known[cluster] = _judge(face, cluster, name)
    return found


def _judge(face: Face, cluster: str, name: str) -> bool:
    """Whether a face has all of a cluster, and in alphabets puts every mark where it belongs."""
    font = face.font
    own = face.family in fonts.own_families()
    if len(cluster) == 1 and not own and font.get_nominal_glyph(ord(cluster)):
        return True
    characters = [character for character in cluster if not is_ignorable(character)]
    nominal = all(font.get_nominal_glyph(ord(character)) for character in characters)
    if nominal and own and _is_blank(face, characters):
        return False
    marked = len(characters) > 1 and any(map(is_mark, characters))
    if nominal and not (marked and (name in _ALPHABETS or name == COMMON)):
        return _has_variation(face, cluster)
    if not nominal and len(characters) == 1 and normalize("NFD", cluster) == cluster and cluster > "\u3000":
        return False
    buffer = hb.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    if any(info.codepoint == 0 for info in infos):
        return False
    if not marked:
        return True
    return all(
        place.x_advance == 0 and (place.x_offset or place.y_offset)
        for info, place in zip(infos, positions, strict=True)
        if face.is_mark(info.codepoint)
    )


def _is_blank(face: Face, characters: list[str]) -> bool:
    """Whether a letter or symbol has no outline, as in fonts of pictures and those that hide what they do not know."""
    return any(
        category(character)[0] in "LNPS"
        and character not in _NO_INK
        and not face.has_ink(face.font.get_nominal_glyph(ord(character)))
        for character in characters
    )


def _has_variation(face: Face, cluster: str) -> bool:
    """A selected ideographic variant must be in the font; other selectors are only a wish."""
    for base, selector in pairwise(cluster):
        if "\U000e0100" <= selector <= "\U000e01ef":
            return bool(face.font.get_variation_glyph(ord(base), ord(selector)))
    return True
