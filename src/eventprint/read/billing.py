"""What one line of a programme says: a title, and who stands with it in one of the many forms people write.

    Anna Berg (ETH): Tides        Tides – Anna Berg, ETH        "Tides" by Anna Berg        Tides (Anna Berg)

A title may hold a colon or a dash of its own. So names that cannot be told by their look alone are believed where
other lines of the same text have the same form, or where the name is known from elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..event import Sure
from ..values import dataclass
from .lines import Marked
from .mentions import Mention, Mentions
from .vocabulary import NARROW, Vocabulary, split

FRONT, BACK, ALONE, LABELLED = "front", "back", "alone", "labelled"
"""Where the people of a line stand."""

_COLON = re.compile(r"\s*:\s+|\s*：\s*|(?<=[)\]])\s*:\s*")
_DASH = re.compile(r"\s+(?:[–—|-]|--)\s+|\s*\|\s*|\s+[–—](?=\S)|\s*——?\s*|\t\s*|\s{3,}")
_QUOTED = re.compile(r"[\"“„«”「『‟]([^\"“”„«»「」『』‟]{3,})[\"“”»」』‟]")
_OPENING = '"“„«”「『‟'
_LONGEST = 300
_ENOUGH = 2
"""Lines of one form that make it the manner of the text."""


@dataclass(frozen=True, slots=True)
class Bill:
    """A line taken apart."""

    title: Marked
    people: tuple[Mention, ...] = ()
    form: str = ""
    sure: Sure = Sure.CERTAIN
    label: str = ""
    """What the talk is called before its title, such as `Keynote`."""


@dataclass(slots=True)
class Billing:
    """Takes lines apart; `manners` counts the forms that the lines of the whole text have."""

    words: Vocabulary
    mentions: Mentions
    manners: Counter[str]

    @classmethod
    def of(cls, words: Vocabulary, mentions: Mentions, lines: Iterable[Marked]) -> Billing:
        """For a text with these lines of programme."""
        made = cls(words, mentions, Counter())
        found = [form for line in lines for form in {bill.form for bill in made.readings(line)}]
        made.manners = Counter(found)
        return made

    def bill(self, line: Marked) -> Bill:
        """The likeliest reading of a line: who it names, and the title that is left."""
        best: Bill | None = None
        for bill in self.readings(line):
            strength = self._strength(bill)
            usual = self.manners[bill.form] >= _ENOUGH
            together = self.manners[FRONT] + self.manners[ALONE] if bill.form in (FRONT, ALONE) else 0
            if strength < 2 and not usual and together < _ENOUGH + 1:
                continue
            if strength < 1 and not (usual and self.manners[bill.form] > _ENOUGH):
                continue
            if best is None or (strength, self.manners[bill.form]) > (self._strength(best), self.manners[best.form]):
                sure = Sure.CERTAIN if strength > 2 or (strength and usual) else Sure.LIKELY
                best = Bill(bill.title, bill.people, bill.form, sure, bill.label)
        return best or Bill(line)

    def _strength(self, bill: Bill) -> int:
        """Several people of whom none is doubtful vouch for each other."""
        strengths = [self.mentions.strength(person) for person in bill.people]
        return max(strengths) if min(strengths) else 0

    def readings(self, line: Marked) -> Iterator[Bill]:
        """Every way to read people out of a line, without regard to the other lines."""
        if not 3 < len(line.text) <= _LONGEST or not any(map(str.isalpha, line.text)):
            return
        if alone := self._people(line):
            yield Bill(line, alone, ALONE)
            return
        yield from self._quoted(line)
        yield from self._by(line)
        for separator in (_COLON, _DASH):
            yield from self._parted(line, separator)
        yield from self._after_kind(line)

    def _after_kind(self, line: Marked) -> Iterator[Bill]:
        """`Keynote – Anna Berg, ETH: Tides`."""
        found = _COLON.search(line.text) or _DASH.search(line.text)
        dash = _DASH.search(line.text)
        if found is None or (dash and dash.start() < found.start()):
            found = dash
        if found is None or not self.words.is_one("talk_kind", self._unnumbered(line.text[: found.start()])):
            return
        for bill in self.readings(line.cut(found.end())):
            if bill.form in (FRONT, BACK):
                yield Bill(bill.title, bill.people, bill.form, bill.sure, line.text[: found.start()].strip())

    def _unnumbered(self, text: str) -> list[str]:
        return [word for word in split(text) if not word.isdigit() and word not in ("i", "ii", "iii", "iv", "v")]

    def _people(self, piece: Marked) -> tuple[Mention, ...]:
        if not 2 < len(piece.text) <= _LONGEST or self.mentions.is_open(piece.text):
            return ()
        if self.words.kind(piece.text, named=False)[2]:
            return ()
        found = self.mentions.all(piece, bare=True, many=True)
        return found if found and all(map(self._plain, found)) else ()

    def _plain(self, mention: Mention) -> bool:
        """Whether this can be a person and where they are from, rather than a person and a title."""
        place = mention.organisation
        if len(place) > 90 or re.search(r"[:?!]", place) or place.startswith(tuple(_OPENING)):
            return False
        return mention.form != "dash" or self.mentions.is_organisation(place)

    def _parted(self, line: Marked, separator: re.Pattern[str]) -> Iterator[Bill]:
        dashed = separator is _DASH
        cuts = list(separator.finditer(line.text))
        for cut in cuts[:3]:
            left, right = line.cut(0, cut.start()), line.cut(cut.end())
            if not left or not right:
                continue
            people = self._people(left)
            if people and (between := self._between(line, people, cuts) if dashed and cut is cuts[0] else None):
                yield between
            elif people and (title := self._title(right)):
                yield Bill(title, people, FRONT)
        for cut in reversed(cuts[-2:]):
            left, right = line.cut(0, cut.start()), line.cut(cut.end())
            if left and right and (people := self._people(right)) and self._title(left):
                label = self.words.duty(left.text) is None and not dashed and len(split(left.text)) <= 4
                yield Bill(left, people, LABELLED if label else BACK)

    def _between(self, line: Marked, people: tuple[Mention, ...], cuts: list[re.Match[str]]) -> Bill | None:
        """`Anna Berg – ETH – Tides`."""
        if len(cuts) < 2 or len(people) > 1 or people[0].organisation:
            return None
        organisation, rest = line.cut(cuts[0].end(), cuts[1].start()), line.cut(cuts[1].end())
        if not rest or not self.mentions.is_organisation(organisation.text):
            return None
        person = people[0]
        whole = Mention(person.name, organisation.text, person.position, person.column, person.open, "dash")
        return Bill(rest, (whole,), FRONT)

    def _title(self, piece: Marked) -> Marked | None:
        return piece if any(map(str.isalpha, piece.text)) else None

    def _quoted(self, line: Marked) -> Iterator[Bill]:
        found = _QUOTED.search(line.text)
        if found is None:
            return
        before, after = line.cut(0, found.start()), line.cut(found.end())
        title = line.cut(found.start(1), found.end(1))
        before = before.cut(0, len(before.text.rstrip(" ,:;–—-|")))
        after = after.cut(len(after.text) - len(after.text.lstrip(" ,:;–—-|.")))
        if before and not after and (people := self._people(before)):
            yield Bill(title, people, FRONT)
        elif after and not before:
            by = self._after_by(after)
            if people := self._people(by or after):
                yield Bill(title, people, BACK)

    def _without_end(self, piece: Marked) -> Marked:
        return piece.cut(0, len(piece.text.rstrip(" ,(–—-:;|")))

    def _after_by(self, piece: Marked) -> Marked | None:
        word = re.match(r"[(]?([^\W\d]+\.?/?)\s+", piece.text)
        return piece.cut(word.end()) if word and word[1].lower() in self._by_words else None

    @property
    def _by_words(self) -> frozenset[str]:
        return self.words.single("by")

    def _by(self, line: Marked) -> Iterator[Bill]:
        """`Tides by Anna Berg`: the last such word before people."""
        for found in reversed(list(re.finditer(r"(?<=[\s,(–—-])(v/|[^\W\d]+\.?)\s+(?=\S)", line.text))):
            if found[1].lower() not in self._by_words:
                continue
            rest = line.cut(found.end())
            if rest.text.endswith(")") and rest.text.count(")") > rest.text.count("("):
                rest = rest.cut(0, len(rest.text) - 1)
            if people := self._people(rest):
                yield Bill(self._without_end(line.cut(0, found.start())), people, BACK)
            return


def is_quoted(text: str) -> bool:
    """Whether a text is a title in quotation marks and nothing else."""
    stripped = text.translate(NARROW).strip(" .,")
    return len(stripped) > 3 and stripped[0] in _OPENING and stripped[-1] in '"“”»」』‟'


def unquoted(piece: Marked) -> Marked:
    """A title without the quotation marks around it."""
    start = int(piece.text.startswith(tuple(_OPENING)))
    text = piece.text.rstrip(" .,")
    return piece.cut(start, len(text) - 1) if start and text[-1] in '"“”»」』‟' else piece
