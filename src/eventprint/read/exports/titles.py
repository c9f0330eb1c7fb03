"""Speakers who stand in titles and texts, as calendars have them: `On rivers (talk by Ana Ruiz)`.

What says so itself, `talk by` or a line `Speaker: Ana Ruiz`, is taken; any other form only where most titles of a file
have it. Each form is told once as an open point.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from ...event import Duty, Kind, Sure
from ...problems import Problems
from ...values import dataclass
from ..language.lines import Marked
from ..language.mentions import Mentions
from ..language.vocabulary import split, vocabulary
from .schedules import Item, Speaker, clean, several

_BRACKET = re.compile(r"^(?P<title>.*\S)\s*[(\[](?P<inside>[^()\[\]]{3,160})[)\]]$")
_SUFFIX = re.compile(r"^(?P<title>.+\S)\s+(?:-{1,3}|[–—|])\s+(?P<people>[^–—|]{3,160})$")
_PREFIX = re.compile(r"^(?P<people>[^:–—|]{3,160}?)(?::|\s+(?:-{1,3}|[–—|]))\s+(?P<title>\S.*)$")
_OUTSIDE = re.compile(r"(?:[^,\[\]]|\[[^\[\]]*\])+")
"""What stands between commas that are in no square brackets."""
_KEYNOTE = re.compile(r"^(?P<word>[^\W\d_]+(?:\s[^\W\d_]+)?)\s*[:–—-]\s+(?P<rest>\S.*)$")
_WITH = frozenset(("with", "mit", "avec", "con", "com", "met", "med"))
"""Words that stand before people and before all else."""
_LONGEST = 400
_FEW = 3
_LINES = 300
"""Lines of a text that are looked at for a label."""


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item
    title: str
    people: tuple[Speaker, ...]


class Titles:
    """Parts people from titles."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.words = vocabulary()
        self.mentions = Mentions(self.words)

    def part(self, items: Sequence[Item], *, dashed: bool = False) -> None:
        """Take the speakers out of the titles of items that name nobody elsewhere.

        `dashed`: the program that wrote the titles is known to put a dash and the speakers behind every one.
        """
        if dashed:
            self._take([found for item in items if (found := self._dashed(item))], "end in people")
        bare = [item for item in items if not item.people and not item.dropped and 3 < len(item.title) <= _LONGEST]
        said = [found for item in bare if (found := self._said(item))]
        self._take(said, "say who speaks")
        echoed = [found for item in bare if not item.people and (found := self._echoed(item))]
        self._take(echoed, "end in people whom their texts name")
        bare = [item for item in bare if not item.people]
        talks = [item for item in bare if self.words.kind(clean(item.title), named=True)[0] in (Kind.TALK, Kind.PANEL)]
        forms: tuple[tuple[Callable[[str], tuple[str, str] | None], str], ...] = (
            (_ends, "end in people"),
            (_begins, "begin with people"),
            (_brackets, "hold people in brackets"),
        )
        for form, words in forms:
            formed = [one for item in talks if not item.people and (one := self._formed(item, form))]
            # What is repeated proves nothing more.
            different = len({clean(one.item.title) for one in formed})
            if different >= _FEW and different * 2 >= len({clean(item.title) for item in talks}):
                self._take(formed, words)
        for item in bare:
            if not item.people:
                self._keynote(item)
        self._labelled([item for item in items if not item.people and not item.dropped and item.abstract])

    def _take(self, found: Sequence[_Found], words: str) -> None:
        if not found:
            return
        first = found[0]
        names = ", ".join(person.name for person in first.people)
        example = f"“{clean(first.item.title)[:80]}”"
        many = f"the titles of {len(found)} entries {words}, such as {example}"
        message = f"{many}: they are read as its speakers ({names}) and no longer stand in the title"
        if len(found) == 1:
            message = f"the title {example} names people: {names} is read as the speaker, and no longer stands in it"
        place = first.item.place
        for one in found:
            one.item.title, one.item.people = one.title, list(one.people)
        hint = "where that is wrong, name the speakers in the source"
        self.problems.open(message, place, hint, "agenda.people-in-titles")

    def _dashed(self, item: Item) -> _Found | None:
        title, dash, names = clean(item.title).rpartition(" -")
        if not dash or item.people:
            return None
        if not names.strip():
            item.title = title.strip()
            return None
        people = [
            person
            for name in _OUTSIDE.findall(names)
            for person in several(Speaker(name.strip(), place=item.place, sure=Sure.LIKELY), self.problems)
        ]
        return _Found(item, title.strip(), tuple(people))

    def _labelled(self, items: Sequence[Item]) -> None:
        """`Speaker: Ana Ruiz` in what is told of an entry; the text stays as it is."""
        first: Item | None = None
        count = 0
        for item in items:
            for label, below in self._labels(item):
                people = self._people(label, item, certain=True) if label else self._below(below, item)
                if people:
                    item.people, first, count = list(people), first or item, count + 1
                    break
        if first is not None:
            names = ", ".join(person.name for person in first.people)
            who = f"the texts of {count} entries name" if count > 1 else "the text of an entry names"
            message = f"{who} who speaks, such as {names} for “{clean(first.title)[:60]}”"
            hint = "they are read as the speakers; where that is wrong, name them in the source"
            self.problems.open(message, first.place, hint, "agenda.people-in-texts")

    def _labels(self, item: Item) -> Iterator[tuple[str, Sequence[str]]]:
        """What stands behind `Speaker:` in the text of an item, or nothing, and the lines below it."""
        lines = [line.strip() for line in item.abstract.split("\n")[:_LINES]]
        for number, line in enumerate(lines):
            label, _, rest = line.partition(":")
            if len(label) <= 40 and self.words.duty(label) is Duty.SPEAKER:
                yield rest.strip(), lines[number + 1 :]
            elif found := _presented().match(line):
                yield found[1].strip(), ()

    def _echoed(self, item: Item) -> _Found | None:
        """`On rivers - Ana`, where the text says `Speaker: Ana`: a name that needs no other proof."""
        parts = _ends(clean(item.title))
        if parts is None or not item.abstract:
            return None
        label = next((label for label, _ in self._labels(item) if clean(label) == parts[1]), "")
        people = self._people(label, item, certain=True) if label else ()
        return _Found(item, parts[0], people) if people else None

    def _below(self, lines: Sequence[str], item: Item) -> tuple[Speaker, ...]:
        """The names below a line `Speakers:`, each alone on its line, with what is told of them between."""
        named = [line for line in lines if line]
        if not named or not self.mentions.named(named[0]):
            return ()
        found = dict.fromkeys(line for line in named if len(line.split()) <= 5 and self.mentions.named(line))
        return tuple(Speaker(name, place=item.place, sure=Sure.LIKELY) for name in found)

    def _said(self, item: Item) -> _Found | None:
        """`Title (talk by Ana Ruiz)`: what stands in the bracket says itself that it is a person."""
        found = _BRACKET.match(clean(item.title))
        if found is None:
            return None
        by = _by().search(found["inside"])
        if by is None or len(found["inside"][: by.start()].split()) > 3:
            return None
        said = found["inside"][by.end() :].strip()
        # "Workshop (with Ana Ruiz)", but "Registration (with coffee)".
        certain = by[0].strip().casefold() not in _WITH
        people = self._people(said, item, certain=certain)
        if not people and not certain:
            return None
        if not people:
            message = f"“{clean(said)[:80]}” stands where a speaker is named, and is no name; it stays in the title"
            self.problems.open(message, item.place, "name the speaker in the source", "agenda.doubtful-person")
            return None
        item.type = item.type or found["inside"][: by.start()].strip()
        return _Found(item, found["title"].strip(), people)

    def _formed(self, item: Item, form: Callable[[str], tuple[str, str] | None]) -> _Found | None:
        parts = form(clean(item.title))
        people = self._people(parts[1], item) if parts else ()
        return _Found(item, parts[0], people) if parts and people else None

    def _people(self, text: str, item: Item, *, certain: bool = False) -> tuple[Speaker, ...]:
        line = Marked(text, range(1, len(text) + 1))
        if "[" in text:
            people = [
                several(Speaker(name.strip(), place=item.place), self.problems) for name in _OUTSIDE.findall(text)
            ]
            if all(len(each) == 1 and each[0].organisation and self.mentions.named(each[0].name) for each in people):
                return tuple(replace(each[0], sure=Sure.LIKELY) for each in people)
            return ()
        found = self.mentions.all(line, bare=True, many=True)
        words = text.split()
        if not found and certain and len(words) <= 4 and all(word.lstrip("\"'“„‘(")[:1].isupper() for word in words):
            if self.mentions.is_open(text):
                return ()
            return tuple(several(Speaker(text, place=item.place, sure=Sure.LIKELY), self.problems))
        return tuple(
            one
            for person in found
            for one in several(
                Speaker(person.name, person.organisation, person.position, place=item.place, sure=Sure.LIKELY),
                self.problems,
            )
        )

    def _keynote(self, item: Item) -> None:
        """`Keynote: Ana Ruiz - On rivers`: the title stays as it is, and the person is doubtful."""
        found = _KEYNOTE.match(clean(item.title))
        if found is None or not self.words.is_one("talk_kind", split(found["word"])):
            return
        rest = found["rest"]
        for said in (rest, *(parts[1] for parts in (_begins(rest), _ends(rest)) if parts)):
            if people := self._people(said, item):
                item.people = list(people)
                for person in item.people:
                    person.sure = Sure.DOUBTFUL
                names = ", ".join(person.name for person in people)
                message = f"“{clean(item.title)[:80]}” is read as held by {names}; or is that part of its title?"
                hint = "name the speaker in the source"
                self.problems.open(message, item.place, hint, "agenda.doubtful-person")
                return


def _ends(title: str) -> tuple[str, str] | None:
    found = _SUFFIX.match(title)
    return (found["title"], found["people"]) if found else None


def _begins(title: str) -> tuple[str, str] | None:
    found = _PREFIX.match(title)
    return (found["title"], found["people"]) if found else None


def _brackets(title: str) -> tuple[str, str] | None:
    found = _BRACKET.match(title)
    return (found["title"].strip(), found["inside"]) if found else None


@cache
def _by() -> re.Pattern[str]:
    words = sorted(vocabulary().single("by"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\s+", re.IGNORECASE)


@cache
def _presented() -> re.Pattern[str]:
    """`Presented by Ana Ruiz.` at the start of a line: the words for it that end in `by`."""
    last = vocabulary().single("by")
    phrases = [" ".join(phrase) for phrase in vocabulary().phrases["speaker"] if len(phrase) > 1 and phrase[-1] in last]
    words = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:{words}):?\s+([^.:\n]{{3,120}})(?:[.:]|$)", re.IGNORECASE)
