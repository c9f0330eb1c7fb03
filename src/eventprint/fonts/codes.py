"""Which text and which width each code of an embedded font has: as a PDF says it (ISO 32000-1, 9.7.4.3 and 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_TEXTS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap that says what text each code stands for, at most 100 codes a block."""
    lines = [f"<{code:04x}> <{text}>" for code, text in sorted(texts.items()) if text]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <ffff>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    ).encode()


def texts_of(cmap: bytes) -> dict[int, str] | None:
    """What `to_unicode` was told, None for a CMap of any other make; texts are hexadecimal UTF-16."""
    found = {int(code, 16): text.decode() for code, text in _TEXTS.findall(cmap)}
    found.pop(0, None)
    return found if to_unicode(found) == cmap else None


def widths(told: Mapping[int, str]) -> str:
    """The members of a /W array: neighbouring codes share a list."""
    parts: list[str] = []
    before = -2
    for code, width in sorted(told.items()):
        if code == before + 1:
            parts[-1] += f" {width}"
        else:
            parts.append(f"{code} [{width}")
        before = code
    return "".join(f"{part}]" for part in parts)


def widths_of(array: Sequence[object]) -> dict[int, str] | None:
    """What `widths` was told, from a /W array as numbers and lists; None where it is written in any other way."""
    found: dict[int, str] = {}
    for start, each in zip(array[::2], array[1::2], strict=False):
        if not isinstance(start, int) or not isinstance(each, Iterable):
            return None
        found.update(enumerate(map(str, each), start))
    return found if len(array) % 2 == 0 else None
