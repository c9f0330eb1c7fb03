"""Paragraphs as lines: broken, shaped, aligned and, where asked, justified; and lines as marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple

from ..colours import BLACK, Colour
from ..geometry import SLACK
from ..page import Line, Role, Run, Text
from ..text import Style, bidi, cap_height, shape
from ..text import width as width_of
from ..text.shaping import cluster_count, line_width, shape_words
from ..values import dataclass
from .breaks import HYPHENS, Break, Ending, breaks_of, hung_left, hung_right, is_unspaced, with_cuts
from .copy import LINE_END, SOFT_HYPHEN, Copy, Span, visible
from .demerits import TOLERANCES, Balanced, Justified, Manner, Ragged, total_fit

Align = Literal["start", "left", "right", "centre", "justify"]
"""`start` is left, and right for scripts that run from right to left."""

FirstBaseline = Literal["centred", "cap"]
"""Where the first baseline stands below the top: capitals `centred` in the leading, or their `cap` exactly at the top.

Centred text has the same white above and below, as bands, table rows and columns want it. Text set by `cap` aligns its
top with a picture's or a rule's beside it.
"""


class Part(NamedTuple):
    """A run of one style in a set line: its distance from the line's start in points, and what stands there."""

    x: float
    line: Line
    style: Style
    colour: Colour | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of a paragraph as set; all lengths in points. `place` and `text_rows` turn lines into marks."""

    parts: tuple[Part, ...]
    """One for each style on the line; a paragraph of one style has one part a line."""
    x: float
    """From the column's left edge to the line's start: indent, centring; negative where a quote hangs out."""
    width: float
    """From the line's start to its end as set, stretched spaces and hung marks included."""
    word_space: float
    """Added to every space; negative where spaces were shrunk."""
    tracking: float
    """Added after every cluster but the last, where the spaces alone would be too wide."""
    source: str
    """The paragraph's own text this line stands for; the sources of all lines, joined, are the cleaned paragraph."""
    hyphenated: bool = False
    """A hyphen was added at the end."""
    broken: bool = False
    """What could not be broken was wider than the column and was cut anywhere: worth a warning to somebody."""

    @property
    def text(self) -> str:
        """What stands on the line; an added hyphen is a soft one (U+00AD), so that a search finds the whole word."""
        return "".join(part.line.text for part in self.parts)


def paragraph(
    text: str | Sequence[Span],
    style: Style,
    width: float,
    *,
    align: Align = "start",
    hyphenate: bool = False,
    balance: bool = False,
    indent: float = 0.0,
    hang: float = 0.0,
) -> tuple[FlowLine, ...]:
    """The lines of a paragraph in a column `width` points wide; none for an empty text.

    `text` is plain text, or spans where styles change inside the paragraph (`style` is not used then). Spaces in a
    row, tabs and line feeds count as one space; U+2028 ends a line.

    `align`: ragged text (left, right, centre) gets the least ragged lines; justified text fills the column by
    stretching and shrinking spaces, hangs small punctuation out of both edges, and leaves only its last line, lines
    without any space and cut words short of it.
    `hyphenate` asks for hyphens in the language of the style; where no patterns exist for it nothing is hyphenated.
    Capitalised words are hyphenated in German only, elsewhere they are mostly names.
    `balance` is for headings: the fewest lines, as equally long as can be, better broken after a dash or a stop than
    after "of", never hyphenated, no single word on the last line. It wins over `hyphenate` and `align="justify"`.
    `indent` moves the first line's left edge to the right, `hang` that of all others; both in points.

    No line is wider than its measure, except by marks hung out of a justified column, and by a single letter wider
    than the whole column. A word wider than the column is cut between letters, and its lines have `broken` set.
    Raises ValueError where indent or hang leave no width at all.
    """
    spans = [Span(text, style)] if isinstance(text, str) else list(text)
    first, rest = width - indent, width - hang
    if min(first, rest) <= 0:
        raise ValueError(f"no width left for text: {min(first, rest):.2f} points")
    copy = Copy(spans)
    if not copy.text:
        return ()
    short = len(copy.text) * _NARROWEST * spans[0].style.size < first and LINE_END not in copy.text
    if short and (whole := copy.width(0, len(copy.text))) < _PLAINLY * first:
        begin, end = Break(0, 0, Ending.FORCED, 0.0, 0.0, 0.0, 0.0), len(copy.text)
        only = Break(end, end, Ending.LAST, whole, whole, 0.0, 0.0, ends=True)
        return (_set(copy, begin, only, indent, width, "start" if align == "justify" and balance else align),)
    justify = align == "justify" and not balance
    breaks = breaks_of(copy, hyphenate and not balance, justify, balance)
    narrowest = min(first, rest)
    if any(after.right - before.left > narrowest + SLACK for before, after in pairwise(breaks)):
        breaks = with_cuts(copy, breaks, narrowest)
    manners: Sequence[Manner] = (Balanced(),) if balance else (Ragged(),)
    if justify:
        manners = [Justified(tolerance) for tolerance in TOLERANCES]
    chosen: tuple[Break, ...] = ()
    for manner in manners:
        chosen = total_fit(breaks, first, rest, manner) or chosen
        if chosen and not _ladder(chosen):
            break
    lines = []
    for number, (before, after) in enumerate(pairwise(chosen)):
        inset = hang if number else indent
        lines.append(_set(copy, before, after, inset, width, "start" if align == "justify" and balance else align))
    return tuple(lines)


def _ladder(breaks: Sequence[Break]) -> bool:
    """Whether more than two lines in a row end with a hyphen."""
    hyphens = [at.ending in HYPHENS for at in breaks]
    return any(map(all, zip(hyphens, hyphens[1:], hyphens[2:], strict=False)))


_NARROWEST = 0.15
"""Em that letters are wide at least, for all but scripts of many marks: a longer text is never set on one line."""

_PLAINLY = 0.98
"""A text this much of its line or less is one line without a question, however its words are added up."""


def _set(copy: Copy, before: Break, after: Break, inset: float, measure: float, align: Align) -> FlowLine:
    """The line between two breaks, shaped, aligned and, where asked, justified."""
    text = copy.text
    rtl = copy.rtl
    hyphenated = after.ending is Ending.HYPHEN
    pieces = [(visible(piece), span) for piece, span, _ in copy.pieces(before.begin, after.end)]
    if hyphenated:
        pieces[-1] = (pieces[-1][0] + "-", pieces[-1][1])
    made = shape_words if rtl is None else partial(shape, rtl=rtl)
    lines = [(made(piece, span.style), span) for piece, span in pieces if piece]
    widths = [line_width(line, span.style) for line, span in lines]
    if hyphenated and not rtl:
        lines[-1] = (_softened(lines[-1][0]), lines[-1][1])
    if rtl:
        lines.reverse()
        widths.reverse()

    out_left = out_right = 0.0
    if align == "justify":
        out_left = hung_left(copy, before.begin)
        out_right = hung_right(copy, after.end, after.ending)
    spaces = sum(line.text.count(" ") for line, _ in lines)
    room = measure - inset + out_left + out_right - sum(widths)
    fill = align == "justify" and not after.ends and after.ending is not Ending.CUT
    # A justified paragraph's last line may be one that shrinks; a ragged one gives way where kerning makes it wider.
    word_space = room / spaces if spaces and (fill or room < 0) else 0.0
    letters = sum(cluster_count(line) for line, _ in lines) - 1
    tracking = 0.0
    if letters > 0 and (fill or room < 0) and 2 * sum(map(is_unspaced, text[before.begin : after.end])) > letters:
        word_space, tracking = 0.0, room / letters
    elif fill and word_space > 0 and (tracking := _tracking(lines, spaces, room)):
        word_space = (room - tracking * letters) / spaces

    parts = []
    x = 0.0
    for (line, span), wide in zip(lines, widths, strict=True):
        parts.append(Part(x, line, span.style, span.colour, span.link))
        x += wide + line.text.count(" ") * word_space + cluster_count(line) * tracking
    x -= tracking
    spare = measure - inset - x
    match align:
        case "centre":
            left = inset + spare / 2
        case "right":
            left = inset + spare
        case "left":
            left = inset
        case _ if rtl:
            left = spare + out_left
        case _:
            left = inset - out_left
    broken = Ending.CUT in (before.ending, after.ending) or x > measure - inset + out_left + out_right + SLACK
    return FlowLine(tuple(parts), left, x, word_space, tracking, text[before.begin : after.begin], hyphenated, broken)


_MOST_TRACKING = 0.015
"""Em by which letters of a loose line may be set apart; nobody sees so little, and spaces a third narrower."""


def _tracking(lines: Sequence[tuple[Line, Span]], spaces: int, room: float) -> float:
    """What letters take over where spaces would stretch beyond their measure; nothing in scripts that join letters."""
    size = lines[0][1].style.size
    over = room - spaces * Justified.stretch * width_of(" ", lines[0][1].style)
    text = "".join(line.text for line, _ in lines)
    if over <= 0 or text.upper() == text.lower() or bidi.has_rtl(text):
        return 0.0
    return min(_MOST_TRACKING * size, over / sum(cluster_count(line) for line, _ in lines))


def _softened(line: Line) -> Line:
    """The line with its last hyphen standing for U+00AD, as ISO 32000-1, 14.8.2.2.3, asks for at line ends."""
    run = line.runs[-1]
    cells = (*run.cells[:-1], run.cells[-1]._replace(text=SOFT_HYPHEN))
    soft = Run(run.face, cells, run.units_per_em, run.scale)
    return Line(line.text[:-1] + SOFT_HYPHEN, (*line.runs[:-1], soft), line.width, line.ascent, line.descent)


def place(
    lines: Sequence[FlowLine],
    x: float,
    y: float,
    style: Style,
    colour: Colour = BLACK,
    *,
    leading: float,
    role: Role = Role.P,
    block: int = 0,
    first_baseline: FirstBaseline = "centred",
) -> tuple[tuple[Text, ...], float]:
    """The marks of lines below each other, and where they end: `y` plus one `leading` a line.

    `x` and `y` are the left edge and the top of the column, `leading` the distance of baselines, all in points.
    `style` decides the first baseline (see `FirstBaseline`), `block` joins the lines to one paragraph for readers.
    """
    cap = cap_height(style) * style.size
    baseline = y + (cap if first_baseline == "cap" else (leading + cap) / 2)
    marks = []
    for number, line in enumerate(lines):
        for part in line.parts:
            size = part.style.size
            at = baseline + number * leading
            tint = part.colour or colour
            tracking = part.style.tracking * size + line.tracking
            marks.append(Text(x + line.x + part.x, at, part.line, size, tint, role, block, line.word_space, tracking))
    return tuple(marks), y + len(lines) * leading
