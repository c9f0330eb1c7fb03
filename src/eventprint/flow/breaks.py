"""Where a line may end: at spaces, dashes and hyphens, between ideographs, and in a narrow column anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from ..geometry import SLACK
from ..text import breaking
from ..text.scripts import clusters
from .copy import LINE_END, SOFT_HYPHEN, ZERO_SPACE, Copy, visible


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


HYPHENS = (Ending.HYPHEN, Ending.DASH)


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
        elif before == SOFT_HYPHEN:
            yield at, Ending.HYPHEN
        elif before == ZERO_SPACE or _is_eastern(before) or _is_eastern(after):
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


def breaks_of(copy: Copy, hyphenate: bool, justify: bool, heading: bool) -> list[Break]:
    """Every place where a line may end, the paragraph's start first and its end last."""
    text = copy.text
    breaks: list[Break] = []
    x = spaces = 0.0

    def add(
        end: int, begin: int, ending: Ending, right: float, left: float, spaces_right: float, spaces_left: float
    ) -> None:
        if ending is Ending.HYPHEN:
            letter, widths = visible(text[max(end - 4, 0) : end])[-1:], copy.widths_at(end - 1)
            right += widths[f"{letter}-"] - widths[letter]
        if justify:
            right -= hung_right(copy, end, ending) if end else 0.0
            left += hung_left(copy, begin) if begin < len(text) else 0.0
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


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces."""
    return letter > "\u0dff" and (_UNSPACED.match(letter) is not None or _is_eastern(letter))


@lru_cache(maxsize=4096)
def _give(word: str) -> tuple[float, ...]:
    """The space in em that letters before each place of a word count as; empty for scripts that have spaces."""
    if word.isascii() or not any(map(is_unspaced, word)):
        return ()
    return (0.0, *accumulate(_GIVE if is_unspaced(letter) else 0.0 for letter in word))


_HUNG_RIGHT = {"-": 0.6, "\u2010": 0.6, ",": 0.7, ".": 0.7, "–": 0.3} | dict.fromkeys("'\"‘’‚“”„‹›«»", 0.6)
_HUNG_LEFT = dict.fromkeys("'\"‘’‚“”„‹›«»", 0.6)
"""How much of a mark hangs out of a justified column, as a share of its width; usual values, judged by eye."""


def hung_right(copy: Copy, end: int, ending: Ending) -> float:
    """How far the mark that ends a line hangs out of a justified column, in points."""
    mark = "-" if ending is Ending.HYPHEN else copy.text[end - 1]
    return _HUNG_RIGHT[mark] * copy.widths_at(end - 1)[mark] if mark in _HUNG_RIGHT else 0.0


def hung_left(copy: Copy, begin: int) -> float:
    """How far the mark that begins a line hangs out of a justified column, in points."""
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


def with_cuts(copy: Copy, breaks: Sequence[Break], measure: float) -> list[Break]:
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
            if after.ending is Ending.HYPHEN:
                # A cut adds no hyphen, and what follows begins where the letters end.
                after = after._replace(ending=Ending.CUT, right=after.left)
            shift = x - after.right
        done.append(after._replace(right=after.right + shift, left=after.left + shift))
    return done
