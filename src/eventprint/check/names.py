"""Names as they would be printed: their case, titles before them, stray marks, and two names for one person.

Doubles are found by keys that two spellings share, never by comparing everybody with everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from unicodedata import normalize

from ..event import Event, Name
from ..problems import Place, Problems
from ..values import dataclass
from .missing import MANY, names_of, told_at
from .spelling import FEW, slipped
from .walking import row_of, stands

_FORMS = frozenset(
    {"mr", "mrs", "ms", "mx", "miss", "herr", "herrn", "frau", "hr", "fr", "mme", "mlle", "madame", "monsieur"}
    | {"señor", "señora", "sra", "srta", "sig", "signor", "signora", "dhr", "mevr", "pan", "pani", "г-н", "г-жа"}
)
"""Forms of address; nobody wears one on a badge."""
_DEGREES = frozenset(
    {"dr", "prof", "professor", "professorin", "dipl", "ing", "mag", "dott", "drs", "priv", "doz", "hon", "rev", "sir"}
    | {"phd", "ph.d", "msc", "bsc", "m.sc", "b.sc", "mba", "md", "m.d", "esq", "ir", "dame", "lord", "lady"}
)
"""Titles that are often left out on badges, and then everywhere."""
_CLOSE = 8
"""Letters of a name from which one letter more, less or other may be a slip of the pen."""
_TWO_CAPITALS = re.compile(r"(?!IJ)[A-Z]{2}[a-z]{2,}")
"""The key for capitals was held too long: `ANna`, but not the Dutch `IJsbrand`."""
_BEGINNERS = frozenset(
    ("van", "von", "vom", "del", "der", "den", "des", "dos", "das", "bin", "ibn", "ter", "ten", "abu")
)
"""Small words of three letters that a family name begins with; shorter ones are no names at all."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody with a name that is printed: of the programme, or of the attendee list alone."""

    name: Name
    organisation: str
    place: Place
    marks: tuple[str, ...] = ()
    listed: bool = False
    """Of the attendee list."""


def _everybody(event: Event) -> Iterator[_Named]:
    for person in event.people:
        yield _Named(person.name, person.organisation, person.place, person.known_as)
    # Attendees stand in the order of the pile; of two that are alike the one further down in the list is told of.
    for attendee in sorted(event.attendees, key=lambda attendee: row_of(attendee.place)):
        if not attendee.person:
            yield _Named(attendee.name, attendee.organisation, attendee.place, listed=True)


def _sort_keys(event: Event, problems: Problems) -> None:
    """Where a family name begins in three words or more, only its owner knows."""
    lacking = [
        person
        for person in event.people
        if not (person.name.stated or person.name.family_first)
        and len(person.name.full.split()) >= 3
        and len(_words(person.name.full)) >= 3
    ]
    if len(lacking) > MANY:
        message = f"nobody said where the family name begins of {names_of(lacking)}"
        hint = "look at the pile list, and write sort: in people.yaml for those who stand under a wrong letter"
        problems.open(message, hint=hint, rule="names.sort-key")
        return
    for person in lacking:
        words, sort = person.name.full.split(), person.name.sort
        hint = f"write sort: under {person.name.full} in people.yaml, such as “{words[-1]}, {' '.join(words[:-1])}”"
        problems.open(
            f"{person.name.full} is filed under “{sort}”: nobody said where the family name begins"
            if sort
            else f"nobody said where the family name of {person.name.full} begins",
            person.place,
            hint,
            "names.sort-key",
        )


def _odd_case(people: Sequence[_Named], problems: Problems) -> None:
    # Where several write their family names in capitals, that is how names are written there.
    usual = sum(_in_part(who.name.full, str.isupper) for who in people) > 2
    odd: dict[str, list[_Named]] = {}
    for who in people:
        full = who.name.full
        if (full.isupper() or full.islower()) and _has_case(full):
            how = f"in {'capitals' if full.isupper() else 'small letters'} only"
        elif not usual and _in_part(full, str.isupper):
            how = "in capitals in part"
        elif _in_part(full, str.islower):
            how = "in small letters in part"
        elif len(full.split()) == 2 and any(map(_TWO_CAPITALS.fullmatch, full.split())):
            how = "with two capitals"
        else:
            continue
        odd.setdefault(how, []).append(who)
    hint = "if that is not meant, write it as it should be printed"
    for how, those in odd.items():
        if len(those) > MANY:
            # A whole list is written so: that is one question, and no matter of this or that person.
            message = f"{len(those)} names are written {how}, such as {those[0].name.full}"
            many = "if that is not meant, write them as they should be printed"
            problems.open(message, those[0].place, many, "names.case")
            continue
        for who in those:
            problems.open(f"{who.name.full} is written {how}", who.place, hint, "names.case")


def _has_case(full: str) -> bool:
    """Whether the case of a name says something: one word alone is written as its owner writes it.

    Georgian has capitals, but no name is written with them: only letters that a title changes count.
    """
    return " " in full and sum(letter.title() != letter.lower() for letter in full) > 3


def _in_part(full: str, case: Callable[[str], bool]) -> bool:
    """Whether one of the two words of a name is in one case: `anna Berg`, `Anna BERG`."""
    words = full.split()
    if len(words) != 2 or not all(word.isalpha() and word[0].title() != word[0].lower() for word in words):
        return False
    odd = [word for word in words if case(word) and len(word) > (3 if word.isupper() else 2)]
    return len(odd) == 1 and odd[0] not in _BEGINNERS


def _titles(people: Sequence[_Named], problems: Problems) -> None:
    """A title in a name becomes the given name, in the largest letters of the badge."""
    for who in people:
        words = who.name.full.split()
        bare = [word.strip(".,").casefold() for word in words]
        if len(words) < 2:
            continue
        for at, word in enumerate(bare):
            # Fr. and Sir are given names of nobody, but Pan, Ing and Mag are family names of some: the end is theirs.
            form = word in _FORMS and at == 0 and (words[at].endswith(".") or word not in ("pan", "fr", "hr", "sig"))
            degree = word in _DEGREES and (words[at].endswith(".") if 0 < at == len(words) - 1 else True)
            after = at == len(words) - 1 and word in ("phd", "ph.d", "msc", "bsc", "m.sc", "b.sc", "mba", "md", "m.d")
            if form or (degree and (at == 0 or bare[at - 1] in _DEGREES | _FORMS)) or after:
                rest = " ".join(w for w, b in zip(words, bare, strict=True) if b not in _FORMS | _DEGREES).rstrip(",")
                what = "a form of address" if form else "a title"
                hint = f"if badges and lists are to show the name alone, write “{rest}”" if rest else ""
                message = f"the name {who.name.full} holds {what}, “{words[at].strip(',')}”"
                problems.open(message, who.place, hint or "write the name alone", "names.title")
                break


def _stray_marks(people: Sequence[_Named], problems: Problems) -> None:
    told = told_at(problems, "attendees.latex", "attendees.html", "attendees.formula", "attendees.misread")
    for who in people:
        full = who.name.full
        if replace(who.place, heading="") in told:
            continue
        if "@" in full:
            what = "looks like a mail address"
        elif re.search(r"https?:|www\.", full):
            what = "looks like a link"
        elif found := re.search(r"^[,;:/|*.<>=+&-]|[,;:/|*<>=+&-]$|[;|<>{}\[\]=\\]", full):
            what = f"has a stray “{found[0]}” in it"
        elif found := re.search(r"(?<!\S)\d+(?!\S)", full):
            what = f"has a number in it, {found[0]}"
        elif "?" in full:
            what = "has a question mark in it: a letter may be lost"
        elif found := re.match(r"(\S+) \1(?!\S)", full):
            what = f"has “{found[1]}” twice in it"
        elif full.count("(") != full.count(")"):
            what = "has only one of two brackets"
        else:
            continue
        problems.open(f"the name {full} {what}", who.place, "write it as it should be printed", "names.mark")


# Two names for one person


def _same_person(people: Sequence[_Named], problems: Problems) -> None:
    """`Borges Luciano` may be `Luciano Borges`, `Mayor Anna Berg` or `A. Berg` Anna Berg, `Ana Berg` as well."""
    known = _Known(people)
    for number, who in enumerate(people):
        other = known.like(number)
        if other is not None:
            message = f"{who.name.full} may be the same person as {other.name.full}"
            hint = f"write the name the same way everywhere if so; {stands(other.place, who.place)}"
            problems.open(message, who.place, hint, "names.same-person")
        known.add(number)


class _Known:
    """Everybody met so far, under each key that another spelling of the name would share."""

    def __init__(self, people: Sequence[_Named]) -> None:
        self.people = people
        self.names = [" ".join(_words(who.name.full)) for who in people]
        self.slips = _slips(people, self.names)
        self.words: dict[str, _Named] = {}
        self.fewer: dict[str, _Named] = {}
        self.short = {key for name in self.names for key in _initial(name.split(" "))}
        """Family names and initials of those who write no more of their given name; only for them others are kept."""
        self.initials: dict[tuple[str, str], list[_Named]] = {}
        self.given: dict[tuple[str, str], list[_Named]] = {}

    def add(self, number: int) -> None:
        who, words = self.people[number], self.names[number].split(" ")
        self.words.setdefault(_whole(words), who)
        for less in _fewer(words):
            self.fewer.setdefault(less, who)
        if self.short:
            for kept, keys in ((self.given, _given(words)), (self.initials, _initial(words))):
                for each in keys:
                    if each in self.short and len(found := kept.setdefault(each, [])) < FEW:
                        found.append(who)

    def like(self, number: int) -> _Named | None:
        """The first who may be the same person; nobody where an export has told the two apart by their numbers."""
        who, words = self.people[number], self.names[number].split(" ")
        whole = _whole(words)
        same = self.words.get(whole)
        if same is not None:
            return None if _told_apart(same, who) else same
        found = self.fewer.get(whole) if " " in whole else None
        found = found or next((self.words[less] for less in _fewer(words) if less in self.words), None)
        if found is not None and not _elsewhere(found, who):
            return found
        if number in self.slips:
            return self.people[self.slips[number]]
        doubtful: list[_Named] = []
        if self.short:
            for each in _initial(words):
                doubtful += self.given.get(each, ())
            for each in _given(words):
                doubtful += self.initials.get(each, ())
        return next((each for each in doubtful if not _elsewhere(each, who) and _one_slip(each, who)), None)


def _words(full: str) -> list[str]:
    """A name's words without case, accents and titles."""
    plain = normalize("NFKD", full.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    words = re.sub(r"['’`´]", "", plain).replace("-", " ").replace(",", " ").split()
    kept = [word for word in words if word.strip(".") not in _FORMS | _DEGREES and not word.isdigit()]
    return kept or words


def _whole(words: Iterable[str]) -> str:
    """Words in an order of their own, each once: equal for a name and the name turned round."""
    return " ".join(sorted(set(words)))


def _fewer(words: Sequence[str]) -> Iterator[str]:
    """The name with one word less, or two, but for those of two words."""
    if len(words) < 3:
        return
    whole = frozenset(words)
    if 2 < len(whole) <= 6:
        for word in sorted(whole):
            less = whole - {word}
            yield _whole(less)
            if len(less) > 2:
                yield from (_whole(less - {second}) for second in sorted(less) if second > word)


def _slips(people: Sequence[_Named], names: Sequence[str]) -> dict[int, int]:
    """For each whose name is a slip of the pen away from that of somebody before them, the first of those.

    Names that could be are brought together by sorting, word by word, so that no more than a few keys are kept at once.
    """
    found: dict[int, int] = {}

    def meet(first: int, second: int) -> None:
        first, second = sorted((first, second))
        if found.get(second, second) > first and not _elsewhere(people[first], people[second]):
            found[second] = first

    # Of people of one name it is enough to look at the first.
    alone = {names[number]: number for number in reversed(range(len(names))) if _long_enough(names[number])}
    parted = sorted(alone.values())
    for those in _together(parted, lambda number: names[number].replace(" ", "")):
        for first, second in pairwise(those):
            if names[first].count(" ") != names[second].count(" "):
                meet(first, second)
    for at in range(max((names[number].count(" ") + 1 for number in parted), default=0)):

        def others(number: int, at: int = at) -> str:
            words = names[number].split(" ")
            return " ".join([*words[:at], words[at][0], *words[at + 1 :]])

        for those in _together((number for number in parted if names[number].count(" ") >= at), others):
            near: dict[str, list[int]] = {}
            for number in those:
                word = names[number].split(" ")[at]
                keys = {word, *(word[:left] + word[left + 1 :] for left in range(len(word)))}
                for other in sorted({other for key in keys for other in near.get(key, ())})[: 2 * FEW]:
                    if slipped(names[other].split(" ")[at], word):
                        meet(other, number)
                for key in keys:
                    if len(known := near.setdefault(key, [])) < FEW:
                        known.append(number)
    return found


def _together(numbers: Iterable[int], key: Callable[[int], str]) -> Iterator[list[int]]:
    """Numbers of one key, where there are several of them, in their order."""
    for _, those in groupby(sorted(numbers, key=key), key):
        if len(group := list(those)) > 1:
            yield group


def _long_enough(name: str) -> bool:
    """Whether a letter more or less in a name can be a slip of the pen: not so in short ones, or in initials."""
    words = name.split(" ")
    return _CLOSE <= len(name) <= 60 and len(words) > 1 and all(len(word.strip(".")) > 1 for word in words)


def _one_slip(one: _Named, other: _Named) -> bool:
    """Whether the names differ by one letter more, less or other, by two that changed places, or by an initial."""
    first, second = _words(one.name.full), _words(other.name.full)
    if len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1:
        a, b = next((a, b) for a, b in zip(first, second, strict=True) if a != b)
        # Daniel and Daniela, Jon and Jan are two people as often as not: a slip is inside a longer word.
        return min(len(a.strip(".")), len(b.strip("."))) == 1 or slipped(a, b)
    return len(first) != len(second)


def _initial(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`A. Berg` as family name and initial."""
    if len(words) >= 2 and len(words[0].strip(".")) == 1 and len(words[-1].strip(".")) > 1:
        yield words[-1], words[0][0]


def _given(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`Anna Berg` as the key that `A. Berg` has."""
    if len(words) >= 2 and len(words[0].strip(".")) > 1 and len(words[-1].strip(".")) > 1:
        yield words[-1], words[0][0]


def _elsewhere(one: _Named, other: _Named) -> bool:
    """Whether both say where they come from, and not the same."""
    there, here = (" ".join(_words(each.organisation)) for each in (one, other))
    return bool(there and here) and there not in here and here not in there


def _told_apart(one: _Named, other: _Named) -> bool:
    """Whether two of one name are the reader's to tell of, who knows their numbers, rows and mail addresses."""
    if _words(one.name.full) != _words(other.name.full):
        return False
    numbered = all(any(mark.startswith("id:") for mark in each.marks) for each in (one, other))
    return numbered or one.listed or other.listed


def _printed_names(event: Event, problems: Problems) -> None:
    people = tuple(_everybody(event))
    for rule in (_odd_case, _titles, _stray_marks, _same_person):
        rule(people, problems)


RULES = (_sort_keys, _printed_names)
