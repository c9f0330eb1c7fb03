"""Set paragraphs in lines and pour them into columns. Knows no event, no page size and no PDF.

A paragraph takes three steps, each a function below:

1. `_breaks`: where *may* a line end? Each such place is a `Break`, measured along the text set as one endless line.
2. `total_fit`: where *shall* lines end? All lines are chosen together, so that the worst of them is as good as can be.
   What "good" means is a manner: `Justified`, `Ragged` or `Balanced`.
3. `_set`: each chosen line is shaped as a whole, so that kerning and ligatures are right, and placed in its column.

    lines = paragraph(person.bio, style, column.width, align="justify", hyphenate=True)
    marks, y = place(lines, column.x, y, style, ink, leading=12)

To fill columns and pages, turn lines into rows, rows into pieces, and pour them:

    heading = Piece(text_rows(paragraph(title, bold, width, balance=True), bold, ink, leading=14, role=Role.H2),
                    space_before=10, keep_with_next=True)
    body = Piece(text_rows(lines, style, ink, leading=12))
    for column in pour([heading, body], page_columns).columns: ...
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache, partial
from itertools import accumulate, islice, pairwise
from typing import Any, Literal, NamedTuple
from unicodedata import east_asian_width

from .colours import BLACK, Colour
from .fonts import on_change
from .geometry import SLACK, Box
from .page import Line, Mark, Role, Run, Text
from .text import Style, bidi, breaking, cap_height, clean, is_rtl, shape
from .text import width as width_of
from .text.scripts import clusters
from .text.shaping import cluster_count, line_width, shape_words
from .values import dataclass

Align = Literal["start", "left", "right", "centre", "justify"]
"""`start` is left, and right for scripts that run from right to left."""

FirstBaseline = Literal["centred", "cap"]
"""Where the first baseline stands below the top: capitals `centred` in the leading, or their `cap` exactly at the top.

Centred text has the same white above and below, as bands, table rows and columns want it. Text set by `cap` aligns its
top with a picture's or a rule's beside it.
"""

LINE_END = "\N{LINE SEPARATOR}"
"""U+2028 in a text ends its line; a line feed is only a space, because people wrap what they type."""

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_ZERO_SPACE = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a paragraph with a style of its own; without a colour it has the colour of the paragraph."""

    text: str
    style: Style
    colour: Colour | None = None
    link: str = ""
    """The address it leads to."""


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
    copy = _Copy(spans)
    if not copy.text:
        return ()
    short = len(copy.text) * _NARROWEST * spans[0].style.size < first and LINE_END not in copy.text
    if short and (whole := copy.width(0, len(copy.text))) < _PLAINLY * first:
        begin, end = Break(0, 0, Ending.FORCED, 0.0, 0.0, 0.0, 0.0), len(copy.text)
        only = Break(end, end, Ending.LAST, whole, whole, 0.0, 0.0, ends=True)
        return (_set(copy, begin, only, indent, width, "start" if align == "justify" and balance else align),)
    justify = align == "justify" and not balance
    breaks = _breaks(copy, hyphenate and not balance, justify, balance)
    narrowest = min(first, rest)
    if any(after.right - before.left > narrowest + SLACK for before, after in pairwise(breaks)):
        breaks = _with_cuts(copy, breaks, narrowest)
    manners: Sequence[Manner] = (Balanced(),) if balance else (Ragged(),)
    if justify:
        manners = [Justified(tolerance) for tolerance in _TOLERANCES]
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
    hyphens = [at.ending in _HYPHENS for at in breaks]
    return any(map(all, zip(hyphens, hyphens[1:], hyphens[2:], strict=False)))


_NARROWEST = 0.15
"""Em that letters are wide at least, for all but scripts of many marks: a longer text is never set on one line."""

_PLAINLY = 0.98
"""A text this much of its line or less is one line without a question, however its words are added up."""


# 1. Where may a line end? ---------------------------------------------------------------------------------------------


class Ending(StrEnum):
    """What ends a line at a break."""

    SPACE = "space"
    DASH = "dash"
    """After a hyphen or dash that stands in the text."""
    PLAIN = "plain"
    """Between two characters that need nothing between them: ideographs, a zero width space."""
    HYPHEN = "hyphen"
    """A hyphen is added."""
    CUT = "cut"
    """Nothing allows it, but the column is too narrow."""
    FORCED = "forced"
    LAST = "last"


_HYPHENS = (Ending.HYPHEN, Ending.DASH)


class Break(NamedTuple):
    """A place where a line may end and the next begin, on the paragraph set as one endless line; lengths in points."""

    end: int
    """The line's text ends before this character."""
    begin: int
    """The next line's text begins with this character."""
    ending: Ending
    right: float
    """Where a line that ends here ends: an added hyphen is counted, what hangs out of the column is not."""
    left: float
    """Where a line that begins here begins, again without what hangs out."""
    spaces_right: float
    """The width of all spaces before `end`: what may stretch and shrink."""
    spaces_left: float
    """The width of all spaces before `begin`."""
    malus: float = 0.0
    """What speaks against ending a heading's line here, or a cut word's; negative for a good place."""
    ends: bool = False
    """A line always ends here, however short."""


class _Widths(dict[str, float]):
    """Widths in points of everything ever measured in one style."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, text: str) -> float:
        seen = _visible(text)
        self[text] = value = width_of(seen, self.style) if seen else 0.0
        return value


_widths = lru_cache(maxsize=256)(_Widths)
on_change(_widths.cache_clear)


def _visible(text: str) -> str:
    return text.replace(_SOFT_HYPHEN, "").replace(_ZERO_SPACE, "")


_SURPLUS = re.compile(f"\\A[ {LINE_END}]+|[ {LINE_END}]+\\Z|(?<={LINE_END})[ {LINE_END}]+| +(?={LINE_END})|(?<= ) +")
"""Spaces at either end of a line, all but one of spaces in a row, and line ends that would leave a line empty."""


class _Copy:
    """The cleaned text of a paragraph, and which stretch of it has which style."""

    def __init__(self, spans: Sequence[Span]) -> None:
        texts = [LINE_END.join(map(clean, span.text.split(LINE_END))) for span in spans]
        raw = "".join(texts)
        surplus = [found.span() for found in _SURPLUS.finditer(raw)]
        self.text = _SURPLUS.sub("", raw)
        self.rtl = is_rtl(self.text) if bidi.has_rtl(self.text) else None
        """Which way the paragraph runs, and each line with it; None: there is only one way."""
        self.stretches: list[tuple[int, int, Span, _Widths]] = []
        start = read = 0
        for span, text in zip(spans, texts, strict=True):
            read += len(text)
            stop = read - sum(min(last, read) - first for first, last in surplus if first < read)
            if stop > start:
                self.stretches.append((start, stop, span, _widths(span.style)))
            start = stop

    def pieces(self, start: int, stop: int) -> Iterator[tuple[str, Span, _Widths]]:
        """The text between two places, in pieces of one style."""
        for first, last, span, widths in self.stretches:
            if first < stop and last > start:
                yield self.text[max(first, start) : min(last, stop)], span, widths

    def width(self, start: int, stop: int) -> float:
        """The natural width of the text between two places."""
        if len(self.stretches) == 1:
            return self.stretches[0][3][self.text[start:stop]]
        return sum(widths[text] for text, _, widths in self.pieces(start, stop))

    def widths_at(self, place: int) -> _Widths:
        """What measures in the style of one character."""
        if len(self.stretches) == 1:
            return self.stretches[0][3]
        return next(widths for _, stop, _, widths in self.stretches if place < stop)


_WORD = re.compile(f"[^ {LINE_END}]+")


@lru_cache(maxsize=1)
def _together() -> re.Pattern[str]:
    """Matches from the start of a word up to and with the space after it where a line must not end at that space.

    Compiled for the first paragraph: no badge needs it.
    """
    return re.compile(_TOGETHER, re.VERBOSE)


_TOGETHER = r"""
    [^\w\s]*                                          # quotes and brackets before it
    (?: [^\W\d_]\.[ ]                                # J. Smith, z. B.
      | [^\W\d_a-z]\.(?:[-\u2010]?[^\W\d_a-z]\.)+[ ]   # J.-P. Dupont
      | &[ ]                                          # Hub & SRIA
      | [«‹¿¡][ ] | \S*[ ](?=[!?:;»›]+(?:[ ]|\Z))     # the spaced punctuation of French
      | \S*[ ](?=[-\u2010–—](?:[ ]|\Z))               # no line begins with a dash
      | \S*\d[–—-][ ](?=\d) | [–—-][ ](?=\d\d?[:.h]\d\d)  # 09:45 – 10:15
      | [+±−-]?\d[\d.,:]*[ ](?=(?:%|‰|°[CF]?|€|\$|£|[kcmµn]?m[²³23]?|k?g|t|[mc]?l|h|min|s|Hz|[kMG]B|[kM]?W|pt|px
                                 |[aApP]\.?[mM]\.?|Uhr|hrs?|EUR|USD|CHF|GBP)(?!\w))   # 12 mm, 9.45 a.m.
      | \d\d?(?:\.|st|nd|rd|th|er|º)?[ ](?=[^\W\d_]{3,}\.?[ ]\d{4}(?!\d))   # 11 May 2022
      | [^\W\d_a-zß-öø-ÿ]\w*\.?[ ](?=(?:\d{1,3}|[IVXLC]{1,5})(?!\w)(?![.,]\d))  # Session II, Room 12, Fig. 3
    )"""

_DASHES = "-\u2010–—"
_PLAIN = re.compile(r"[\w.,:;!?'’()&/@]*\Z", re.ASCII)
"""Words of this kind hold no place but those of hyphenation where a line may end."""

_LETTERS = re.compile(r"[^\W\d_]{5,}")
_CAPITALS_TOO = ("de", "lb")
"""Languages that write every noun with a capital."""


@lru_cache(maxsize=64)
def _patterns(language: str) -> Any:
    """The hyphenation patterns of a language, or None; loaded when asked for, as no badge should wait for it."""
    import pyphen  # type: ignore[import-untyped]  # the package carries no types

    name = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=name, left=2, right=3) if name else None


@lru_cache(maxsize=16384)
def _inside(word: str, language: str) -> tuple[tuple[int, Ending], ...]:
    """Where a line may end inside a word; with a language, at its hyphenation points too."""
    found = {} if _PLAIN.match(word) else dict(_between(word))
    if not found and language:
        found = dict.fromkeys(_hyphenation(word, language), Ending.HYPHEN)
    return tuple(sorted(found.items()))


def _between(word: str) -> Iterator[tuple[int, Ending]]:
    """The places between letters: after dashes that join two words, at marks that say so, and round ideographs.

    All are places that Unicode allows; it allows more, such as after the hyphen of `e-mail` or of `COVID-19`.
    """
    yield from ((at, Ending.PLAIN) for at in breaking.word_ends(word))
    places = breaking.opportunities(word)
    for at in range(1, len(word)):
        if places[at] != breaking.MAY:
            continue
        before, after = word[at - 1], word[at]
        if before in _DASHES:
            if at > 2 and word[at : at + 2].isalpha() and len(word) - at > 1:
                yield at, Ending.DASH
        elif before == _SOFT_HYPHEN:
            yield at, Ending.HYPHEN
        elif before == _ZERO_SPACE or _is_eastern(before) or _is_eastern(after):
            yield at, Ending.PLAIN


def _is_eastern(character: str) -> bool:
    """Ideographs, kana and their punctuation; not Hangul, which is written with spaces."""
    kind = breaking.class_of(character)
    return kind == "ID" or (east_asian_width(character) in "FW" and kind[0] not in "HJ")


def _hyphenation(word: str, language: str) -> Iterator[int]:
    """The points of the one run of letters in a word; words with capitals inside, digits or dots in them have none."""
    runs = list(_LETTERS.finditer(word))
    if len(runs) != 1 or sum(character.isalnum() for character in word) != len(runs[0][0]):
        return
    letters = runs[0][0]
    plain = letters.islower() or (letters[1:].islower() and language.split("-")[0].lower() in _CAPITALS_TOO)
    patterns = _patterns(language) if plain else None
    if patterns and len(letters.lower()) == len(letters):
        for point in patterns.positions(letters):
            if point.data is None:  # patterns that change the spelling at the hyphen are left alone
                yield runs[0].start() + point


def _breaks(copy: _Copy, hyphenate: bool, justify: bool, heading: bool) -> list[Break]:
    """Every place where a line may end, the paragraph's start first and its end last."""
    text = copy.text
    breaks: list[Break] = []
    x = spaces = 0.0

    def add(
        end: int, begin: int, ending: Ending, right: float, left: float, spaces_right: float, spaces_left: float
    ) -> None:
        if ending is Ending.HYPHEN:
            letter, widths = _visible(text[max(end - 4, 0) : end])[-1:], copy.widths_at(end - 1)
            right += widths[f"{letter}-"] - widths[letter]
        if justify:
            right -= _hung_right(copy, end, ending) if end else 0.0
            left += _hung_left(copy, begin) if begin < len(text) else 0.0
        malus = _malus(text, end, begin, ending) if heading else 0.0
        ends = ending is Ending.LAST or ending is Ending.FORCED
        breaks.append(Break(end, begin, ending, right, left, spaces_right, spaces_left, malus, ends))

    together = _together()
    add(0, 0, Ending.FORCED, 0.0, 0.0, 0.0, 0.0)
    for match in _WORD.finditer(text):
        start, stop = match.span()
        whole = copy.width(start, stop)
        widths = copy.widths_at(start)
        give = _give(match[0])
        for place, ending in _inside(match[0], widths.style.language if hyphenate else ""):
            cut = start + place
            glue = spaces + give[place] * widths.style.size if give else spaces
            add(cut, cut, ending, x + copy.width(start, cut), x + whole - copy.width(cut, stop), glue, glue)
        x += whole
        spaces += give[-1] * widths.style.size if give else 0.0
        if stop == len(text):
            add(stop, stop, Ending.LAST, x, x, spaces, spaces)
        elif text[stop] == LINE_END:
            add(stop, stop + 1, Ending.FORCED, x, x, spaces, spaces)
        else:
            space = copy.width(stop, stop + 1)
            if not together.match(text, start):
                add(stop, stop + 1, Ending.SPACE, x, x + space, spaces, spaces + space)
            x += space
            spaces += space
    return breaks


_GIVE = 0.08
"""Em of space that a letter of a script without spaces counts as: it helps so much to fill a justified line."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer, whose letters are set apart to fill a line, as ideographs and kana are."""


def _is_unspaced(letter: str) -> bool:
    return letter > "\u0dff" and (_UNSPACED.match(letter) is not None or _is_eastern(letter))


@lru_cache(maxsize=4096)
def _give(word: str) -> tuple[float, ...]:
    """The space in em that letters before each place of a word count as; empty for scripts that have spaces."""
    if word.isascii() or not any(map(_is_unspaced, word)):
        return ()
    return (0.0, *accumulate(_GIVE if _is_unspaced(letter) else 0.0 for letter in word))


_HUNG_RIGHT = {"-": 0.6, "\u2010": 0.6, ",": 0.7, ".": 0.7, "–": 0.3} | dict.fromkeys("'\"‘’‚“”„‹›«»", 0.6)
_HUNG_LEFT = dict.fromkeys("'\"‘’‚“”„‹›«»", 0.6)
"""How much of a mark hangs out of a justified column, as a share of its width; usual values, judged by eye."""


def _hung_right(copy: _Copy, end: int, ending: Ending) -> float:
    mark = "-" if ending is Ending.HYPHEN else copy.text[end - 1]
    return _HUNG_RIGHT[mark] * copy.widths_at(end - 1)[mark] if mark in _HUNG_RIGHT else 0.0


def _hung_left(copy: _Copy, begin: int) -> float:
    mark = copy.text[begin]
    return _HUNG_LEFT[mark] * copy.widths_at(begin)[mark] if mark in _HUNG_LEFT else 0.0


def _malus(text: str, end: int, begin: int, ending: Ending) -> float:
    """How a heading suffers from a line end here, whatever its language: from 2.5, a sore, to -1.5, the best place."""
    if ending is Ending.DASH:
        return 2.5
    if ending is not Ending.SPACE:
        return 0.0
    last = text[text.rfind(" ", 0, end) + 1 : end]
    following = text[begin : begin + 5].split(" ")[0]
    if last[-1] in "–—:;.!?…|·":
        return -1.5
    if last[-1] in ",)]»”":
        return -0.5
    if len(last) <= 3:
        return 1.0
    if following.islower() and len(following) <= 4:
        return -0.4
    return 0.0


_CUTS = (
    (re.compile("(?<=[/?&=_@#-])(?<!://)(?![/?&=_@#-])"), 0.0),
    (re.compile(r"(?<=://)|(?<=\w\.)(?=\w)"), 0.4),
)
"""Where an address is cut best, and where at least not inside a word."""


def _with_cuts(copy: _Copy, breaks: Sequence[Break], measure: float) -> list[Break]:
    """The breaks, and in whatever is wider than the measure a break between every two letters and at every space.

    Such stretches are measured letter by letter, which is exact enough for a last resort; a letter wider than the
    column counts as wide as the column, so that there always is a way to set the paragraph.
    """
    done = [breaks[0]]
    shift = 0.0
    for before, after in pairwise(breaks):
        if after.right - before.left > measure + SLACK:
            x, spaces = done[-1].left, before.spaces_left
            place = before.begin
            for start, stop in clusters(copy.text[before.begin : after.end]):
                cluster = copy.text[before.begin + start : before.begin + stop]
                after_space = done[-1].begin == place
                advance = min(copy.width(place, place + len(cluster)), measure)
                if cluster in (" ", "\u00a0", "\u202f"):
                    glue = spaces + advance if cluster == " " else spaces
                    done.append(Break(place, place + 1, Ending.CUT, x, x + advance, spaces, glue))
                    spaces = glue
                elif not after_space:
                    malus = next((malus for cut, malus in _CUTS if cut.match(copy.text, place)), 1.0)
                    done.append(Break(place, place, Ending.CUT, x, x, spaces, spaces, malus))
                x += advance
                place += len(cluster)
            shift = x - after.right
            if after.ending is Ending.HYPHEN:
                after = after._replace(ending=Ending.CUT, left=after.right)
        done.append(after._replace(right=after.right + shift, left=after.left + shift))
    return done


# 2. Where shall lines end? --------------------------------------------------------------------------------------------


class Way(NamedTuple):
    """The best way found to set the paragraph up to a break."""

    cost: float
    at: Break
    kind: int
    """What the next line must know of the last ones besides its break: how tight, how many in a row hyphenated."""
    before: Way | None
    """The way up to the line before; None at the paragraph's start."""


@dataclass(frozen=True, slots=True)
class Justified:
    """Lines that fill the measure: Knuth and Plass, Breaking Paragraphs into Lines (1981), with values of plain TeX.

    A space stretches by half its width and shrinks by a third, `ratio` times; a line that would stretch more than
    `tolerance` times is not considered.
    """

    tolerance: float = float("inf")
    shrink = 1 / 3
    stretch = 1 / 2

    @property
    def loosest(self) -> float:
        """A line is too loose where its room is larger than so many times its spaces."""
        return self.tolerance * self.stretch

    def toll(self, at: Break) -> float:
        """What ending a line here costs, whatever the line."""
        match at.ending:
            case Ending.HYPHEN | Ending.DASH:
                return 50.0**2  # \hyphenpenalty and \exhyphenpenalty
            case Ending.CUT:
                return 1e6 + 1e7 * at.malus
            case _:
                return 0.0

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        """What the line from `way` to `at` costs, with `room` points to fill; its kind is its class of tightness and
        how many hyphens stand below each other."""
        if room < 0:
            ratio = room / (self.shrink * spaces) if spaces else 0.0
        elif at.ends:
            ratio = 0.0
        elif at.ending is Ending.CUT:
            ratio = 4 * room / measure
        else:
            ratio = room / (self.stretch * spaces) if spaces else _NO_SPACE if room else 0.0
        badness = 100 * abs(ratio) ** 3
        tightness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        cost = (10 + badness) ** 2  # \linepenalty
        if not -1 <= tightness - way.kind % _HYPHEN_KIND <= 1:
            cost += 10_000  # \adjdemerits
        if way.at.ending is Ending.HYPHEN:
            if at.ending is Ending.HYPHEN:
                cost += 10_000  # \doublehyphendemerits
            elif at.ending is Ending.LAST:
                cost += 400_000 if _lonely(way, room, spaces, measure) else 5_000
        if at.ending is Ending.LAST and _lonely(way, room, spaces, measure):
            cost += 50_000
        if at.ending not in _HYPHENS:
            return cost, tightness
        stacked = way.kind // _HYPHEN_KIND
        if stacked == 2:
            return cost + 1e9, tightness + 2 * _HYPHEN_KIND
        return cost, tightness + (stacked + 1) * _HYPHEN_KIND


_HYPHEN_KIND = 4
"""A way's kind is its tightness and so many times the number of lines, up to two, that end it with hyphens."""

_NO_SPACE = 25.0
"""Counts as the ratio of a justified line without any space, which stays short."""

_TOLERANCES = (3.0, 10.0, float("inf"))
"""Tried in this order: with a small tolerance few ways stay open, so that most paragraphs are set quickly."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lines as equally full as can be: the least sum of squared shortfalls, as shares of the measure, but the last."""

    shrink = 0.0
    loosest = float("inf")

    def toll(self, at: Break) -> float:
        match at.ending:
            case Ending.HYPHEN:
                return 0.0625  # as bad as a line a quarter short
            case Ending.DASH:
                return 0.01
            case Ending.CUT:
                return 0.15 + at.malus
            case _:
                return 0.0

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        if at.ends:
            return (1.0 if at.ending is Ending.LAST and _lonely(way, room, spaces, measure) else 0.0), 1
        short = room / measure
        if at.ending not in _HYPHENS:
            return short * short, 0
        stacked = way.kind // _HYPHEN_KIND
        if stacked == 2:
            return short * short + 5, 2 * _HYPHEN_KIND
        return short * short + 0.0625 * stacked, (stacked + 1) * _HYPHEN_KIND


@dataclass(frozen=True, slots=True)
class Balanced:
    """A heading: the fewest lines, and these as equally long as sense allows."""

    shrink = 0.0
    loosest = float("inf")

    def toll(self, at: Break) -> float:
        # One line more costs more than all else can, so that the fewest win.
        return 1000 + (5 + 5 * at.malus if at.ending is Ending.CUT else 0.07 * at.malus)

    def judge(self, way: Way, at: Break, room: float, spaces: float, measure: float) -> tuple[float, int]:
        # Of the same words on the same number of lines, equal lines have the least sum of squared shortfalls.
        lonely = at.ending is Ending.LAST and way.before is not None and not spaces
        return (room / measure) ** 2 + (10 if lonely else 0), 1


Manner = Justified | Ragged | Balanced


def _lonely(way: Way, room: float, spaces: float, measure: float) -> bool:
    """A last line of one short word, or of next to nothing."""
    return way.before is not None and room > measure * (0.9 if spaces else 2 / 3)


def total_fit(breaks: Sequence[Break], first: float, rest: float, manner: Manner) -> tuple[Break, ...]:
    """The breaks of the cheapest way to set a paragraph, its start and end included; none where the manner allows none.

    `first` and `rest` are the widths of the first line and of all others. The cost of a way is the sum of what the
    manner asks for each of its lines, its `toll` and its `judge`; of ways with equal cost the one found first is taken.
    """
    shrink, loosest, judge = manner.shrink, manner.loosest, manner.judge
    recoil = _recoil(breaks)
    start = Way(0.0, breaks[0], 1, None)
    # Where a line of each open way would end when full, the spaces before it, the width it has, and the way.
    ways = [(first + start.at.left, start.at.spaces_left, first, start)]
    for at in breaks[1:]:
        right, spaces_right, ends, toll = at.right, at.spaces_right, at.ends, manner.toll(at)
        may_be_short = ends or at.ending is Ending.CUT
        best: dict[int, Way] = {}
        alive = []
        for open_way in ways:
            full, spaces_left, measure, way = open_way
            room = full - right
            spaces = spaces_right - spaces_left
            if room + shrink * spaces < -SLACK:
                if room + shrink * spaces >= -SLACK - recoil:
                    alive.append(open_way)
                continue
            alive.append(open_way)
            if room > loosest * spaces and not may_be_short:  # false of a line without spaces where all may be loose
                continue
            cost, kind = judge(way, at, room, spaces, measure)
            cost += way.cost + toll
            if kind not in best or cost < best[kind].cost:
                best[kind] = Way(cost, at, kind, way)
        ways = [] if ends else alive
        ways += [(rest + at.left, at.spaces_left, rest, best[kind]) for kind in sorted(best)]
        if not ways:
            return ()
    last: Way | None = min((way for *_, way in ways), key=lambda way: way.cost)
    chosen = []
    while last:
        chosen.append(last.at)
        last = last.before
    return tuple(reversed(chosen))


def _recoil(breaks: Sequence[Break]) -> float:
    """How far at most a break lies left of an earlier one: by an added hyphen, or by a mark hung out."""
    furthest = recoil = 0.0
    for at in breaks:
        recoil = max(recoil, furthest - at.right)
        furthest = max(furthest, at.right)
    return recoil


# 3. What does a line look like? ---------------------------------------------------------------------------------------


def _set(copy: _Copy, before: Break, after: Break, inset: float, measure: float, align: Align) -> FlowLine:
    """The line between two breaks, shaped, aligned and, where asked, justified."""
    text = copy.text
    rtl = copy.rtl
    hyphenated = after.ending is Ending.HYPHEN
    pieces = [(_visible(piece), span) for piece, span, _ in copy.pieces(before.begin, after.end)]
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
        out_left = _hung_left(copy, before.begin)
        out_right = _hung_right(copy, after.end, after.ending)
    spaces = sum(line.text.count(" ") for line, _ in lines)
    room = measure - inset + out_left + out_right - sum(widths)
    fill = align == "justify" and not after.ends and after.ending is not Ending.CUT
    # A justified paragraph's last line may be one that shrinks; a ragged one gives way where kerning makes it wider.
    word_space = room / spaces if spaces and (fill or room < 0) else 0.0
    letters = sum(cluster_count(line) for line, _ in lines) - 1
    tracking = 0.0
    if letters > 0 and (fill or room < 0) and 2 * sum(map(_is_unspaced, text[before.begin : after.end])) > letters:
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
    cells = (*run.cells[:-1], run.cells[-1]._replace(text=_SOFT_HYPHEN))
    soft = Run(run.face, cells, run.units_per_em, run.scale)
    return Line(line.text[:-1] + _SOFT_HYPHEN, (*line.runs[:-1], soft), line.width, line.ascent, line.descent)


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


# Columns --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A strip across a column that is never parted: a line of text, a picture, a row of a table."""

    height: float
    """In points, what stands below a baseline and the white up to the next row included."""
    marks: Callable[[float, float], Sequence[Mark]]
    """The row's marks, given the column's left edge and the row's top in points."""

    def beside(self, marks: Callable[[float, float], Sequence[Mark]]) -> Row:
        """The same row with more marks: a time left of a title, a rule above a heading."""
        return Row(self.height, lambda x, y: (*self.marks(x, y), *marks(x, y)))


def text_rows(
    lines: Sequence[FlowLine],
    style: Style,
    colour: Colour = BLACK,
    *,
    leading: float,
    role: Role = Role.P,
    block: int = 0,
    x: float = 0.0,
    first_baseline: FirstBaseline = "centred",
) -> tuple[Row, ...]:
    """One row a line, as high as `leading`; `x` moves the lines to the right of the column's edge; else as `place`."""

    def row(line: FlowLine) -> Row:
        def marks(left: float, top: float) -> Sequence[Mark]:
            return place(
                (line,),
                left + x,
                top,
                style,
                colour,
                leading=leading,
                role=role,
                block=block,
                first_baseline=first_baseline,
            )[0]

        return Row(leading, marks)

    return tuple(row(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something poured into columns: rows below each other, parted only between rows. Lengths in points."""

    rows: tuple[Row, ...]
    space_before: float = 0.0
    """Between two pieces stands the larger of the upper one's `space_after` and this; none at a column's top."""
    space_after: float = 0.0
    keep_with_next: bool = False
    """As headings: a column does not end with this piece."""
    keep_together: bool = False
    """All rows stay in one column, where one is high enough."""
    orphans: int = 2
    """So many rows at least stand at a column's foot before the piece goes on in the next."""
    widows: int = 2
    """So many rows at least stand at a column's top after the piece began in another."""
    grid: float = 0.0
    """The piece begins a multiple of this below the column's top, so that lines of facing pages agree."""

    @property
    def height(self) -> float:
        """All rows without the space around them."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was filled."""

    box: Box
    marks: tuple[Mark, ...]
    bottom: float
    """Where the last row ends; the box's top in an empty column."""
    starts: tuple[int, ...]
    """Numbers, from 0, of the pieces that begin here: for contents, running heads and an index."""
    strained: bool = False
    """It had to end where a piece asked not to be parted: what belongs together is higher than the column."""
    over: bool = False
    """Its one row is higher than the column and stands out of it."""


@dataclass(frozen=True, slots=True)
class Poured:
    """The columns that were filled, in order, and what found no room in them."""

    columns: tuple[Column, ...]
    rest: tuple[Piece, ...]
    """Empty whenever there were columns enough; else what to pour on, or to report."""


def pour(pieces: Sequence[Piece], columns: Iterable[Box]) -> Poured:
    """Fill columns one after the other, each as full as its pieces allow.

    `columns` may be endless, such as a generator of the columns of page after page; it is read little further than
    needed. Lines were broken for a width, so columns should have that width; their heights may differ. A column ends,
    by preference: between pieces or inside one with orphans and widows kept; inside one that asked to be kept
    together; with an orphan or a widow; after a piece that asked to be kept with the next. The second and later
    happen only where what belongs together is higher than this column and the next few, and `strained` says so;
    a low column before higher ones is rather left empty.
    """
    strips = _strips(pieces)
    filled: list[Column] = []
    source = iter(columns)
    ahead = list(islice(source, _AHEAD))
    done = 0
    while ahead and done < len(strips):
        box = ahead.pop(0)
        ahead += islice(source, 1)
        fitting = _fitting(strips, done, box.height)
        taken = fitting
        strain = _FREE
        if fitting < len(strips):
            ends = range(done + 1, fitting + 1)
            taken = min(ends, key=lambda end: (strips[end].strain, -end), default=done)
            strain = strips[taken].strain if taken > done else _TORN
        over = False
        if strain > _FREE and any(other.height > box.height + SLACK for other in ahead):
            taken, strain = done, _FREE
        elif taken == done:
            taken, over = done + 1, True
            strain = strips[taken].strain if taken < len(strips) else _FREE
        filled.append(_fill(strips[done:taken], box, strain > _FREE, over))
        done = taken
    return Poured(tuple(filled), _left_over(pieces, strips, done))


def balance_columns(pieces: Sequence[Piece], columns: Sequence[Box]) -> Poured:
    """Fill columns side by side so that they end as high up, and so as evenly, as what belongs together allows.

    For a list or an index that does not fill its page. Where the pieces need the full height this is `pour`.
    """
    best = pour(pieces, columns)
    strained = sum(column.strained or column.over for column in best.columns)
    if best.rest or not best.columns:
        return best
    low, high = 0.0, max(box.height for box in columns)
    while high - low > 0.1:
        middle = (low + high) / 2
        trial = pour(pieces, [Box(box.x, box.y, box.width, min(box.height, middle)) for box in columns])
        if trial.rest or sum(column.strained or column.over for column in trial.columns) > strained:
            low = middle
        else:
            best, high = trial, middle
    # Every box becomes one column, so columns and boxes go in step.
    return Poured(tuple(replace(column, box=box) for column, box in zip(best.columns, columns, strict=False)), ())


_AHEAD = 4
"""Columns looked at beyond the one being filled."""

_FREE, _TOGETHER_TORN, _FEW_TORN, _TORN = range(4)
"""How bad a column end is: fine; in a piece to keep together; by an orphan or a widow; after a heading."""


class _Strip(NamedTuple):
    """A row in the sequence of all rows."""

    row: Row
    gap: float
    """The space above it where it does not begin a column."""
    grid: float
    """It stands a multiple of this below the column's top; 0: anywhere."""
    strain: int
    """How bad it is to end a column above it."""
    piece: int
    number: int
    """Which row of its piece it is, from 0."""

    def top(self, above: float) -> float:
        """Where it begins below the column's top, when what is above it ends there."""
        y = above + self.gap
        return math.ceil((y - SLACK) / self.grid) * self.grid if self.grid else y


def _strips(pieces: Sequence[Piece]) -> list[_Strip]:
    strips: list[_Strip] = []
    above = Piece(())
    for index, piece in enumerate(pieces):
        count = len(piece.rows)
        for number, row in enumerate(piece.rows):
            if number == 0:
                gap = max(above.space_after, piece.space_before)
                strain = _TORN if above.keep_with_next else _FREE
            else:
                gap = 0.0
                few = number < piece.orphans or count - number < piece.widows
                strain = _FEW_TORN if few else _TOGETHER_TORN if piece.keep_together else _FREE
            strips.append(_Strip(row, gap, 0.0 if number else piece.grid, strain, index, number))
        if count:
            above = piece
    return strips


def _fitting(strips: Sequence[_Strip], start: int, height: float) -> int:
    """The number of the first row that does not fit below the row `start` at the column's top."""
    y = 0.0
    for at in range(start, len(strips)):
        if at > start:
            y = strips[at].top(y)
        y += strips[at].row.height
        if y > height + SLACK:
            return at
    return len(strips)


def _fill(strips: Sequence[_Strip], box: Box, strained: bool, over: bool) -> Column:
    marks: list[Mark] = []
    y = box.y
    for at, strip in enumerate(strips):
        y = box.y + strip.top(y - box.y) if at else y
        marks += strip.row.marks(box.x, y)
        y += strip.row.height
    starts = tuple(strip.piece for strip in strips if strip.number == 0)
    return Column(box, tuple(marks), y, starts, strained, over)


def _left_over(pieces: Sequence[Piece], strips: Sequence[_Strip], done: int) -> tuple[Piece, ...]:
    if done == len(strips):
        return ()
    first = strips[done]
    piece = pieces[first.piece]
    if first.number:
        # What was parted already is no new beginning: its rows need no company above.
        piece = replace(piece, rows=piece.rows[first.number :], space_before=0.0, orphans=1)
    return (piece, *pieces[first.piece + 1 :])
