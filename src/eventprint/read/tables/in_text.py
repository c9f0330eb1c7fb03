"""Tables inside a text: where they begin and end, and what stands in their cells.

Knows Markdown's tables with and without outer bars, also without headings, and hands HTML and reStructuredText on.
What the cells are about, this file does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...event import Sure, Taken
from ...problems import Place
from ...values import dataclass
from ..drafts import DayDraft, SessionDraft
from ..language.lines import BREAKS, Line, Marked, mark
from ..language.moments import Slot
from .grids import COLUMNS, ROWS, Cell, Grid, Link, grid, position
from .in_html import html_table
from .in_rst import is_border, rst_table

_RULER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:[|+]\s*:?-*:?\s*)*\|?\s*$")
_HTML = re.compile(r"<table(?:[\s>]|$)", re.IGNORECASE)
_TRIES = 2000
"""Lines with bars that are looked at once more, where those before them begin no table."""
_BAR = re.compile(r"(?<!\\)\|")
_SUBSTITUTION = re.compile(r"\s*\|[^|\s](?:[^|]*[^|\s])?\|_{0,2}[.,;:]?\s*$")
_PART = re.compile(r"<br\s*/?>|</?(?:p|div|li|ul|ol)\b[^<>]*>|&#(?:10|13);", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[[^\[\]]*\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?[^()]*\)")
_ANCHOR = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^<>]*>", re.IGNORECASE)
_MARKER = re.compile(r"\s*[-*+•‣◦▪·]\s+")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_SKIPPED = ("front matter", "comment", "style or script", "head of the page")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table and the lines it stands in."""

    first: int
    last: int
    grid: Grid | None
    """None: it is too large for an agenda."""


def tables(source: str, lines: Sequence[Line], name: str) -> tuple[Table, ...]:
    """Every table of a text, in order; `name` names the file in places."""
    return tuple(_Finder(BREAKS.split(source), lines, name).tables())


class _Finder:
    def __init__(self, raw: Sequence[str], lines: Sequence[Line], name: str) -> None:
        self.raw = raw
        self.passed = {line.number for line in lines if line.aside in _SKIPPED}
        self.name = name
        self.refused = -1
        """The last line of what was looked at as a table, and is none."""

    def place(self, at: int) -> Place:
        line, column = divmod(at, position(1, 0))
        return Place(self.name, line, column)

    def tables(self) -> Iterator[Table]:
        at = tried = 0
        while at < len(self.raw):
            if at + 1 in self.passed or not self.raw[at].strip():
                at += 1
                continue
            if "<" in self.raw[at] and (opening := _HTML.search(self.raw[at])):
                while opening:
                    made, last, column = html_table(self.raw, at, opening.start(), self.place)
                    yield Table(at + 1, last + 1, made)
                    at = last
                    opening = _HTML.search(self.raw[at], column)
                at += 1
                continue
            found = self._rst(at) or self._bars(at)
            if found is not None:
                yield found
            tried = tried + 1 if found is None and at < self.refused else 0
            # A table may begin further down among lines with bars, but not just anywhere in thousands of them.
            at = (
                found.last
                if found
                else self.refused + 1
                if tried and tried > 3 + _TRIES // (self.refused - at + 1)
                else at + 1
            )

    def _rst(self, at: int) -> Table | None:
        found = rst_table(self.raw, at, self.place)
        return Table(at + 1, found[1] + 1, found[0]) if found else None

    # Bars

    def _bars(self, at: int) -> Table | None:
        """A table in bars: with a ruler below its headings, or at least two rows that look alike."""
        if "|" not in self.raw[at] or _SUBSTITUTION.match(self.raw[at]):
            return None
        ruled = _is_ruler(self._line(at + 1)) and not _is_ruler(self.raw[at])
        last = self._last(at, ruled=ruled)
        self.refused = max(self.refused, last)
        if last - at > ROWS or any(self.raw[number].count("|") > 2 * COLUMNS for number in range(at, last + 1)):
            return Table(at + 1, last + 1, None)
        rows = [(number, self.raw[number]) for number in range(at, last + 1)]
        cells = [(number, self._cells(number)) for number, raw in rows if not _is_ruler(raw)]
        several = [number for number, row in cells if len(row) > 1]
        if not cells or (not ruled and len(several) < max(2, len(cells) // 2)):
            return None
        last = self._goes_on(last, len(cells[0][1]), cells)
        filled = [(number, row) for number, row in cells if any(row)]
        header = 1 if ruled and any(cells[0][1]) else 0
        made = grid([row for _, row in filled], header=header, lines=[(number + 1,) for number, _ in filled])
        return Table(at + 1, last + 1, made)

    def _line(self, at: int) -> str:
        return self.raw[at] if at < len(self.raw) else ""

    def _last(self, at: int, *, ruled: bool) -> int:
        """The last line that goes on with the table from line `at`."""
        outer = self.raw[at].lstrip().startswith("|")
        last = at
        while (line := self._line(last + 1)).strip() and last + 2 not in self.passed:
            bars = len(_BAR.findall(line))
            if not bars or _SUBSTITUTION.match(line) or line.lstrip().startswith("#"):
                break
            if not (ruled or bars > 1 or line.lstrip().startswith("|")) or (
                outer and not line.lstrip().startswith("|")
            ):
                break
            last += 1
        return last

    def _goes_on(self, last: int, width: int, cells: list[tuple[int, list[Cell]]]) -> int:
        """Rows of the same form after blank lines belong to the table, unless a ruler below them makes them another."""
        while True:
            at = last + 1
            while at < len(self.raw) and not self.raw[at].strip():
                at += 1
            line = self._line(at)
            if at == last + 1 or not line.lstrip().startswith("|") or _is_ruler(self._line(at + 1)):
                return last
            if _SUBSTITUTION.match(line) or (not _is_ruler(line) and len(self._cells(at)) != width):
                return last
            last = self._last(at, ruled=False)
            cells += [(n, self._cells(n)) for n in range(at, last + 1) if not _is_ruler(self.raw[n])]

    def _cells(self, at: int) -> list[Cell]:
        raw = self.raw[at]
        bars = [found.start() for found in _BAR.finditer(raw)]
        if "`" in raw:
            coded = [found.span() for found in re.finditer(r"`[^`]+`", raw)]
            bars = [bar for bar in bars if not any(start < bar < end for start, end in coded)]
        first = len(raw) - len(raw.lstrip())
        edges = [first - 1, *bars, len(raw)] if not bars or bars[0] != first else [*bars, len(raw)]
        if len(edges) > 2 and not raw[edges[-2] + 1 :].strip():
            edges.pop()
        return [self._cell(at, start + 1, end) for start, end in pairwise(edges)]

    def _cell(self, at: int, start: int, end: int) -> Cell:
        lines, links = marked_cell(self.raw[at][start:end], at + 1, start)
        return Cell(lines, self.place, position(at + 1, start + 1), links)


def _is_ruler(raw: str) -> bool:
    return ("|" in raw or "+" in raw) and "-" in raw and (_RULER.match(raw) is not None or is_border(raw))


def marked_cell(piece: str, line: int, start: int) -> tuple[tuple[Marked, ...], tuple[Link, ...]]:
    """The lines of a cell in Markdown, each letter with its position, and the links in it."""
    links: list[Link] = []
    if "](" in piece:
        links = [_link(found.start(), found.end(), found[1], line, start) for found in _LINK.finditer(piece)]
    if "<" in piece:
        for found in _ANCHOR.finditer(piece):
            end = piece.find("</a", found.end())
            links.append(_link(found.end(), end if end >= 0 else len(piece), found[1], line, start))
    lines: list[Marked] = []
    at = 0
    breaks = list(_PART.finditer(piece)) if "<" in piece or "&" in piece else []
    for part_end, following in [*((found.start(), found.end()) for found in breaks), (len(piece), len(piece))]:
        part = piece[at:part_end]
        if breaks and (bullet := _MARKER.match(part)):
            part, at = part[bullet.end() :], at + bullet.end()
        part = _REFERENCE.sub(lambda found: found[1] + " " * (len(found[0]) - len(found[1])), part)
        if made := mark(part):
            columns = tuple(position(line, start + at + column) for column in made.columns)
            lines.append(Marked(made.text, columns, made.bold, made.struck))
        at = following
    return tuple(lines), tuple(links)


def _link(first: int, last: int, address: str, line: int, start: int) -> Link:
    return Link(position(line, start + first + 1), position(line, start + last), address)


class NoTables:
    """What the reader of a text asks of its tables, where it has none: what reads them is then not even loaded."""

    last = 0
    """The last line of a table that holds an agenda."""

    def __contains__(self, number: int) -> bool:
        return False

    def is_markup(self, number: int) -> bool:
        """Whether a line of a table that holds an agenda stands in none of its rows."""
        return False

    def spans(self) -> frozenset[tuple[int, int]]:
        """Every start and end that a row of the tables states."""
        return frozenset()

    def slot(self, line: Line) -> Slot | None:
        """A stand-in for the times of a line, so that headings above and below know that times stand here."""
        return None

    def is_agenda(self, line: Line) -> bool:
        return False

    def begins(self, line: Line) -> bool:
        """Whether a table on this line was not taken yet."""
        return False

    def reading(self, line: Line) -> tuple[Taken, Sure, str]:
        """What a line of a table was taken for."""
        return Taken.PASSED, Sure.LIKELY, "a table without times"

    def take(
        self, line: Line, days: list[DayDraft], day: DayDraft | None, session: SessionDraft | None, year: int
    ) -> DayDraft | None:
        """Put what the tables of a line hold into the days; the day that is open after them."""
        return day

    def finish(self, days: Sequence[DayDraft]) -> None:
        """Put what several tables hold of a day in order of time."""
