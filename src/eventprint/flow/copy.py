"""The text of a paragraph as it is set: cleaned, measured, and which stretch of it has which style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..colours import Colour
from ..fonts import on_change
from ..text import Style, bidi, clean, is_rtl
from ..text import width as width_of
from ..values import dataclass

LINE_END = "\N{LINE SEPARATOR}"
"""U+2028 in a text ends its line; a line feed is only a space, because people wrap what they type."""

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
ZERO_SPACE = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a paragraph with a style of its own; without a colour it has the colour of the paragraph."""

    text: str
    style: Style
    colour: Colour | None = None
    link: str = ""
    """The address it leads to."""


class Widths(dict[str, float]):
    """Widths in points of everything ever measured in one style."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, text: str) -> float:
        seen = visible(text)
        self[text] = value = width_of(seen, self.style) if seen else 0.0
        return value


widths_of = lru_cache(maxsize=256)(Widths)
on_change(widths_of.cache_clear)


def visible(text: str) -> str:
    """The text without the marks that only say where a line may end."""
    return text.replace(SOFT_HYPHEN, "").replace(ZERO_SPACE, "")


_SURPLUS = re.compile(f"\\A[ {LINE_END}]+|[ {LINE_END}]+\\Z|(?<={LINE_END})[ {LINE_END}]+| +(?={LINE_END})|(?<= ) +")
"""Spaces at either end of a line, all but one of spaces in a row, and line ends that would leave a line empty."""


class Copy:
    """The cleaned text of a paragraph, and which stretch of it has which style."""

    def __init__(self, spans: Sequence[Span]) -> None:
        texts = [LINE_END.join(map(clean, span.text.split(LINE_END))) for span in spans]
        raw = "".join(texts)
        surplus = [found.span() for found in _SURPLUS.finditer(raw)]
        self.text = _SURPLUS.sub("", raw)
        self.rtl = is_rtl(self.text) if bidi.has_rtl(self.text) else None
        """Which way the paragraph runs, and each line with it; None: there is only one way."""
        self.stretches: list[tuple[int, int, Span, Widths]] = []
        start = read = 0
        for span, text in zip(spans, texts, strict=True):
            read += len(text)
            stop = read - sum(min(last, read) - first for first, last in surplus if first < read)
            if stop > start:
                self.stretches.append((start, stop, span, widths_of(span.style)))
            start = stop

    def pieces(self, start: int, stop: int) -> Iterator[tuple[str, Span, Widths]]:
        """The text between two places, in pieces of one style."""
        for first, last, span, widths in self.stretches:
            if first < stop and last > start:
                yield self.text[max(first, start) : min(last, stop)], span, widths

    def width(self, start: int, stop: int) -> float:
        """The natural width of the text between two places."""
        if len(self.stretches) == 1:
            return self.stretches[0][3][self.text[start:stop]]
        return sum(widths[text] for text, _, widths in self.pieces(start, stop))

    def widths_at(self, place: int) -> Widths:
        """What measures in the style of one character."""
        if len(self.stretches) == 1:
            return self.stretches[0][3]
        return next(widths for _, stop, _, widths in self.stretches if place < stop)
