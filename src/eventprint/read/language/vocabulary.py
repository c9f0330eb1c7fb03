"""The words by which the reader knows what a line of an agenda is, in several languages: `data/words/agenda.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from ... import records
from ...event import Duty, Kind, Service
from ...shelves import shelf
from ...values import dataclass

Phrase = tuple[str, ...]

_WORD = re.compile(r"(?:\w\.){2,}|[\w'’]+(?:[-‑][\w'’]+)*|[&©~+]")

_REMARK = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")
"""What a title says in brackets at its end, as in `Coffee (in the foyer)`."""
_LISTS = frozenset(("filler", "given_name", "eastern_surname", "particle", "never_a_name", "seldom_a_name", "months"))
"""Groups of single words that no phrase is looked for in."""
_NAMES = frozenset(("given_name", "eastern_surname", "seldom_a_name", "months"))
"""The longest of them, which are only ever asked for a word."""
_SERVICES = ("registration", "coffee", "lunch", "dinner", "reception", "pause")
DUTIES = ("panellist", "moderator", "chair", "speaker", "host")


NARROW = str.maketrans(
    {0xFF01 + at: 0x21 + at for at in range(94)}
    | {0x3000: 0x20, 0x301C: 0x7E, 0xFF5E: 0x7E, 0x3010: 0x5B, 0x3011: 0x5D}
)
"""Full-width letters, figures and signs to those of ASCII, one for one, so that columns stay."""

EASTERN = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
"""Han, kana and Hangul: letters that need no spaces between words."""
_BRIEF = 200
"""Letters up to which the words of a text are kept: a line is looked at more than once."""


def narrow(text: str) -> str:
    """A text with its full-width letters, figures and signs as those of ASCII, one for one."""
    return text if text.isascii() else text.translate(NARROW)


def split(text: str) -> list[str]:
    """The words of a text for comparing: lower case, without punctuation; `t.b.c.` and `check-in` are one word each.

    Chinese, Japanese and Korean, where nothing need stand between words, are parted into the longest words that are
    known and the letters between them.
    """
    return list(_split(text) if len(text) <= _BRIEF else _words_of(text))


@lru_cache(maxsize=1 << 12)
def _split(text: str) -> tuple[str, ...]:
    return _words_of(text)


def _words_of(text: str) -> tuple[str, ...]:
    words = [word.replace("’", "'") for word in _WORD.findall(narrow(text).casefold())]
    if text.isascii() or not EASTERN.search(text):
        return tuple(words)
    return tuple(part for word in words for part in _parted(word))


def _parted(word: str) -> Iterator[str]:
    at = 0
    for found in EASTERN.finditer(word):
        if at < found.start():
            yield word[at : found.start()]
        at = found.start()
        while at < found.end():
            length = next((len(known) for known in _eastern().get(word[at], ()) if word.startswith(known, at)), 1)
            yield word[at : at + length]
            at += length
    if at < len(word):
        yield word[at:]


_MOST_WORDS = 40
"""Words of what may be nothing but phrases; twice as many are looked at for one that is among them."""


_TITLE = 240
"""Letters of a title that say what kind it is."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by what they tell, over all languages."""

    phrases: Mapping[str, frozenset[Phrase]]
    singles: Mapping[str, frozenset[str]]
    heads: Mapping[str, frozenset[str]]
    """The first words of the phrases, so that most words need no closer look."""
    any_head: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """Monday is 0."""

    def single(self, group: str) -> frozenset[str]:
        """The words of a group that stand alone, as written but in lower case."""
        return self.singles[group]

    def is_one(self, group: str, words: Sequence[str]) -> bool:
        """Whether the words are one phrase of the group, and nothing else."""
        return tuple(words) in self.phrases[group]

    def covered(self, words: Sequence[str], groups: Sequence[str]) -> bool:
        """Whether the words are nothing but phrases of these groups."""
        if len(words) > _MOST_WORDS or (words and not any(words[0] in self.heads[group] for group in groups)):
            return False
        sets = [self.phrases[group] for group in groups]
        reach = {0}
        for end in range(1, len(words) + 1):
            if any(
                start in reach and any(tuple(words[start:end]) in phrases for phrases in sets)
                for start in range(max(0, end - 5), end)
            ):
                reach.add(end)
        return len(words) in reach

    def first(self, words: Sequence[str], groups: Sequence[str]) -> tuple[str, int, int] | None:
        """The group of the first, longest phrase met, and where it starts and ends."""
        for start, word in enumerate(words[: 2 * _MOST_WORDS]):
            if word not in self.any_head:
                continue
            likely = [group for group in groups if word in self.heads[group]]
            for end in range(min(len(words), start + 6), start, -1) if likely else ():
                for group in likely:
                    if tuple(words[start:end]) in self.phrases[group]:
                        return group, start, end
        return None

    def duty(self, label: str) -> Duty | None:
        """What people named under a label do: `Panel speakers` are panellists."""
        words = split(label)
        for duty in DUTIES:
            if self.is_one(duty, words):
                return Duty(duty)
        return None

    def kind(self, title: str, *, named: bool) -> tuple[Kind, Service | None, bool]:
        """What an entry is by its title: kind, what a break is for, and whether that is certain.

        `named`: people stand with the entry, so that "Registration of chemicals" is a talk.
        """
        title = title[:_TITLE]
        words = split(_REMARK.sub("", title) or title)
        met = self.first(words, _SERVICES)
        if met:
            service = Service(met[0])
            # "Coffee break" and "break with coffee" are for coffee, though a break may be met first.
            if service is Service.PAUSE:
                other = self.first(words, _SERVICES[:-1])
                service = Service(other[0]) if other else service
            opened = service is Service.PAUSE and self.is_one("opening", words[:1])
            if self.covered(words, (*_SERVICES, "filler", "opening")) and not opened:
                return Kind.BREAK, service, True
            # "Registration of chemicals" may be a talk whose speaker nobody named.
            placed = met[1] == 0 and len(words) <= _LONG_TITLE and not _AT.isdisjoint(words[met[2] : met[2] + 1])
            if (
                not named
                and service is not Service.REGISTRATION
                and (len(words) <= 6 or placed)
                and (met[1] == 0 or met[2] == len(words))
            ):
                return Kind.BREAK, service, False
        if self.address(title):
            return Kind.ADDRESS, None, True
        panel = self.first(words, ("panel",))
        if panel and (panel[1] == 0 or (panel[2] == len(words) <= 4) or panel[2] - panel[1] > 1):
            return Kind.PANEL, None, True
        return (Kind.TALK if named else Kind.OTHER), None, named

    def address(self, title: str) -> str:
        """`opening` or `closing` where the title says no more than that; else nothing."""
        words = [word for word in split(title[:_TITLE]) if not word.isdigit()]
        met = self.first(words, ("opening", "closing"))
        # "Introduction to lace" tells of its subject, and "opening by the mayor" of the day.
        told = met and words[met[2] : met[2] + 1] == ["to"]
        if met and (
            self.covered(words, ("opening", "closing", "filler")) or (met[1] == 0 and len(words) <= 3 and not told)
        ):
            return met[0]
        # "Welcome by the mayor of the town"
        after = words[met[2] : met[2] + 3] if met and met[1] == 0 and len(words) <= _LONG_TITLE else []
        return met[0] if met and (after[:1] in _OPENED_BY or after in _OPENED_BY) else ""


_OPENED_BY = [
    *([word] for word in ("by", "durch", "par", "por", "przez", "door", "av", "ved", "pelo", "pela")),
    *(["a", word, small] for word in ("cargo", "càrrec") for small in ("de", "del", "d")),
]
"""What stands between an opening and who opens."""
_AT = frozenset(
    (
        "at",
        "in",
        "im",
        "auf",
        "à",
        "au",
        "aux",
        "dans",
        "en",
        "a",
        "al",
        "nel",
        "nella",
        "presso",
        "no",
        "na",
        "op",
        "w",
    )
)
"""What stands between a meal and its place."""
_LONG_TITLE = 12
"""Words above which a title tells of more than a meal and its place, or an opening and who opens."""


@cache
def _rows() -> Mapping[str, Sequence[str]]:
    """What `data/words/agenda.yaml` lists for each group, one row for each language."""
    file = shelf("data") / "words" / "agenda.yaml"
    groups = records.plain(file)
    return {group: [row.casefold() for row in languages.values()] for group, languages in groups.items()}


@cache
def _eastern() -> Mapping[str, Sequence[str]]:
    """Every known word in letters that need no spaces between words, the longest first, by its first letter."""
    found: dict[str, set[str]] = {}
    for row in (row for rows in _rows().values() for row in rows if EASTERN.search(row)):
        for word in re.split(r"[\s,・/()]+", row):
            if len(word) > 1 and EASTERN.fullmatch(word):
                found.setdefault(word[0], set()).add(word)
    return {first: sorted(words, key=lambda word: (-len(word), word)) for first, words in found.items()}


@cache
def vocabulary() -> Vocabulary:
    """The words of `data/words/agenda.yaml`."""
    rows = _rows()
    words = {group: [word.strip() for row in each for word in row.split(",")] for group, each in rows.items()}
    phrases = {group: frozenset(map(_phrase, each)) for group, each in words.items() if group not in _NAMES}
    return Vocabulary(
        phrases,
        {group: frozenset(word for word in each if " " not in word) for group, each in words.items()},
        {group: frozenset(phrase[0] for phrase in each) for group, each in phrases.items()},
        frozenset(phrase[0] for group, each in phrases.items() if group not in _LISTS for phrase in each),
        _cycle(rows["months"], 12),
        _cycle(rows["weekdays"], 7),
    )


def _phrase(word: str) -> Phrase:
    # Most are one word in letters that need no closer look, and there are ten thousand of them; and no known word is
    # longer than a known word itself.
    if word.isalpha() and (word[0] < "\u3000" or EASTERN.fullmatch(word)):
        return (word,)
    return _words_of(word) or (word,)


def _cycle(rows: Sequence[str], length: int) -> dict[str, int]:
    return {word.strip(): index % length for row in rows for index, word in enumerate(row.split(","))}
