"""What one line of a programme says: a title, and who stands with it in one of the many forms people write.

    Anna Berg (ETH): Tides        Tides – Anna Berg, ETH        "Tides" by Anna Berg        Tides (Anna Berg)

A title may hold a colon or a dash of its own. So names that cannot be told by their look alone are believed where
other lines of the same text have the same form, or where the name is known from elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from itertools import islice

from ...event import Duty, Kind, Sure
from ...values import dataclass
from ..language.lines import Marked
from ..language.mentions import Mention, Mentions
from ..language.moments import Clock
from ..language.vocabulary import EASTERN, Vocabulary, narrow, split

FRONT, BACK, ALONE, LABELLED, COMMA = "front", "back", "alone", "labelled", "comma"
"""Where the people of a line stand."""

_COLON = re.compile(r"\s*:\s+|\s*：\s*|(?<=[)\]])\s*:\s*")
_DASH = re.compile(r"\s+(?:[–—|-]|--)\s+|\s*\|\s*|\s*——\s*|\s+[–—](?=\S)|\s*—\s*|\t\s*|\s{3,}|\u3000+")
_STROKE = re.compile(r"\s+/\s+")
_SPACES = re.compile(r"\s{2,}")
_AFTER_PLACE = re.compile(r"(?<=[)\]])\s*,\s+(?=[^\W_])")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.?!]\s+(?=[^\W\d_a-z])")
_STOP = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\)))\.\s+(?=[^\W\d_]{3}|[^\W\d_]{1,2}\s|[\"“„«])")
_QUOTED = re.compile(r"[\"“„«”「『‟《]([^\"“”„«»「」『』‟《》]{3,})[\"“”»」』‟》]")
_OPENING = '"“„«”「『‟《'
_CLOSING = '"“”»」』‟》'
_SHORT_NAME = r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?\s(?:[^\W\d_]\.\s?){1,2}"
_SHORT_NAMES = rf"{_SHORT_NAME}(?:(?:\s*[,;]\s*|\s(?:и|та|і|i|oraz|und|and)\s){_SHORT_NAME}){{0,7}}"
"""`Белов А.С., Крылова Н.Н.`: family names with initials, which need nothing between them and a title."""
_ONE_SHORT_NAME = re.compile(_SHORT_NAME)
_SHORT_NAMES_FIRST = re.compile(rf"(?P<names>{_SHORT_NAMES})(?<=[.\s])\s*(?=[^\W\d_]{{2}}|[«\"“„])")
_SHORT_NAMES_LAST = re.compile(rf"[.»\"”?!]\s*(?P<names>{_SHORT_NAMES})\s*$")
_LONGEST = 400
_LONGEST_TITLE = 600
"""Letters above which a line is no title with people beside it."""
_MANY = 6
"""The same, where nobody is told by more than capital letters."""
_SEVERAL = 2
"""Names above which a list of names is no title."""
_LEARNED = 300
"""Lines from which the manner of a text is learnt."""
_KEPT = 500
"""Lines taken apart that are kept."""
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
class Dressed:
    """A line of programme with everything that stands beside its title."""

    title: Marked
    casts: list[tuple[Duty | None, Mention, Sure]] = field(default_factory=list)
    """Who stands with it: what was said they do, and how sure it is that this is a person."""
    open: int = 0
    """The column where somebody is said to be confirmed; 0 where nobody is."""
    untold: int = 0
    """The column of a TBC that may be the title's or the speaker's."""
    room: str = ""
    minutes: int = 0
    online: bool | None = None
    cancelled: bool = False
    label: str = ""
    form: str = ""
    """How the people were told: `bracket`, or one of the forms of a bill."""


_GROUP = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]+)[)\]）】]\s*[.:：]?\s*$")
_WITHIN = re.compile(r"\s*[(\[（]([^()\[\]（）]{3,80}?[:：][^()\[\]（）]{2,80})[)\]）]")
_ROOMS = ("room", "rooms", "zaal", "saal", "lokaal", "kamer", "zimmer", "sraum", "halle", "hallen", "salen", "sali")
"""What words for rooms end with."""
_ENDING = re.compile(
    r"\s*[;,.]\s+|\s+[–—|-]\s+|\s{2,}|\u3000|[；。]|\s/\s(?=[^\s:：]{2,12}\s?[:：])|，(?=[^\s:：]{2,8}[:：])|\s(?=[\u3040-\u9fff\uac00-\ud7af]{2,8}[:：])"
)
_SAID = re.compile(r"(?P<label>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s+(?=[^\W\d_])")
_ONE_MORE = re.compile(r"(?P<joint>,|\s[^\W\d_&]{1,4}|\s&)\s+(?P<open>(?i:n\.\s?n\.|tb[acd]))\s*$")
_FRONT = re.compile(r"([^:：()]{2,40}?)(?:\s*[:：]\s*|\s+[–—-]\s+)(?=\S)")
_PLACED = re.compile(
    r"(?:\s+@\s*|(?<=[\u3040-\u9fff\uac00-\ud7af])@\s*|\s+(?:[–—|-]|--)\s+|\s*,\s+|\s{2,}|\t)"
    r"((?:(?!\s--\s)[^,@–—|]){2,40})$"
)
_LABEL = re.compile(r"(?P<label>[^:()：]{2,48}?)\s*[:：]\s*")


@dataclass(slots=True)
class Billing:
    """Takes lines apart; `manners` counts the forms that the lines of the whole text have."""

    words: Vocabulary
    mentions: Mentions
    clock: Clock
    manners: Counter[str] = field(default_factory=Counter)
    weak: Counter[str] = field(default_factory=Counter)
    """The same, with the lines whose people are told by nothing but capital letters."""
    dressed: dict[tuple[str, int, int, str], Dressed] = field(default_factory=dict)
    """What was taken apart lately: a line is looked at before it is read."""

    def learn(self, lines: Iterable[Marked]) -> None:
        """The manners of a text, from its lines of programme."""
        for line in islice(lines, _LEARNED):
            if len(line.text) > _LONGEST_TITLE:
                continue
            bare = self._stripped(line)
            if found := _GROUP.search(bare.text):
                inside = bare.cut(found.start(1), found.end(1))
                self.manners["bracket"] += bool(self.mentions.all(inside, bare=True))
                bare = bare.cut(0, found.start())
            readings = list(self.readings(bare))
            self.manners.update({bill.form for bill in readings if self._strength(bill) > 1})
            self.weak.update({bill.form for bill in readings})

    def _stripped(self, line: Marked) -> Marked:
        return self.clock.lasting(line)[0]

    def dress(self, line: Marked, *, bill: bool = True) -> Dressed:
        """A line of programme taken apart to the title; without `bill` only what stands in brackets and at its end."""
        if not line:
            return Dressed(line)
        return self._kept(line, self._billed if bill else self._dressed)

    def _kept(self, line: Marked, take_apart: Callable[[Marked], Dressed]) -> Dressed:
        key = (line.text, line.columns[0], line.columns[-1], take_apart.__name__)
        if key not in self.dressed:
            if len(self.dressed) > _KEPT:
                self.dressed.clear()
            self.dressed[key] = take_apart(line)
        made = self.dressed[key]
        return replace(made, casts=list(made.casts))

    def _no_organisations(self, made: Dressed) -> None:
        """`Tides (Anna Berg via Teams)`, `Tides (Anna Berg, 10 min)`: how somebody joins, and how long it lasts."""
        for index, (duty, person, sure) in enumerate(made.casts):
            if person.organisation and self._is_online(split(person.organisation)):
                made.casts[index] = (duty, replace(person, organisation=""), sure)
                made.online = True
            if with_others := self._with_others(person):
                made.casts[index] = (duty, replace(person, organisation=""), sure)
                made.casts += [(Duty.PANELLIST, other, Sure.LIKELY) for other in with_others]
                continue
            before, _, last = person.organisation.rpartition(",")
            if minutes := self.clock.length(last):
                made.casts[index] = (duty, replace(person, organisation=before.strip()), sure)
                made.minutes = made.minutes or minutes

    def _with_others(self, person: Mention) -> tuple[Mention, ...]:
        """`moderated by Anna Berg, with Tom Hardy and Eva Lang`: who else is there, behind the first name."""
        word, _, rest = person.organisation.partition(" ")
        if word not in self._by_words or not rest:
            return ()
        at = person.column + len(person.name) + len(word) + 3
        return self.mentions.people(Marked(rest, range(at, at + len(rest))))

    def _outside(self, line: Marked) -> Dressed:
        """A line without what stands in brackets, which takes longest to tell, and is asked for twice."""
        made = Dressed(line)
        if len(line.text) > _LONGEST_TITLE:
            return made
        self._beside_length(made)
        self._called_off(made)
        self._open_front(made)
        self._linked(made)
        for _ in range(6):
            if not self._group(made):
                break
        return made

    def _billed(self, line: Marked) -> Dressed:
        return self._dressed(line, bill=True)

    def _dressed(self, line: Marked, *, bill: bool = False) -> Dressed:
        made = self._kept(line, self._outside)
        if len(line.text) > _LONGEST_TITLE:
            return made
        made.title, minutes = self.clock.lasting(made.title)
        made.minutes = made.minutes or minutes
        self._within(made)
        more = self._open_last(made)
        before = made.title
        self._ending(made)
        if made.title is not before:
            # "Tides (Room 1), Leitung: Anna Berg"
            self._group(made)
        more = self._open_last(made) or more
        self._led_by(made)
        self._placed(made)
        if bill and (more or not made.open) and not any(duty is None for duty, _, _ in made.casts):
            found = self.bill(made.title)
            made.title, made.label, made.form = found.title, found.label, found.form or made.form
            made.casts += [(None, person, found.sure) for person in found.people]
            if found.form:
                self._placed(made)
                made.title, minutes = self.clock.lasting(made.title)
                made.minutes = made.minutes or minutes
        elif bill and made.open and not made.casts:
            people = self._people(made.title)
            if people and min(map(self.mentions.strength, people)) > 1:
                # "Prof. Anna Berg (ETH) (tbc)": the person is told, and no title.
                made.casts = [(None, replace(person, open=True), Sure.LIKELY) for person in people]
                made.open, made.form = 0, ALONE
        self._linked(made)
        self._no_organisations(made)
        return made

    def _beside_length(self, made: Dressed) -> None:
        """`Tides (10 min, Anna)`: who stands in a bracket beside the length is who speaks, a name of one word too."""
        beside = self.clock.lasting_beside(made.title, narrow(made.title.text))
        if beside is None:
            return
        made.title, made.minutes = beside
        found = _GROUP.search(made.title.text)
        inside = made.title.cut(found.start(1), found.end(1)) if found else None
        if found is None or inside is None or not found.start() or self.words.duty(inside.text):
            return
        people = self.mentions.all(inside, bare=True, many=True)
        sure = Sure.CERTAIN if people and min(map(self.mentions.strength, people)) > 1 else Sure.DOUBTFUL
        if people := people or self.mentions.singles(inside):
            made.casts += [(None, person, sure) for person in people]
            made.title, made.form = made.title.cut(0, found.start()), "bracket"

    def _called_off(self, made: Dressed) -> None:
        """`Cancelled: Tides`, `ENTFÄLLT – Tides`."""
        found = re.match(r"([^\W\d]+(?:\s[^\W\d]+)?)\s*[:–—-]+\s*(?=\S)", made.title.text)
        if found and self.words.is_one("cancelled", split(found[1])):
            made.cancelled, made.title = True, made.title.cut(found.end())

    def _open_front(self, made: Dressed) -> None:
        """`TBC: Tides`, `Intervenant à confirmer : Les marées`, `Talk 2: TBC`: it is not said who speaks."""
        found = _FRONT.match(made.title.text)
        if found and self.mentions.is_open(found[1]):
            made.open, made.title = made.title.column, made.title.cut(found.end())
        elif found and len(made.title.text) < 80 and self.mentions.is_open(made.title.text[found.end() :]):
            made.open, made.title = made.title.columns[found.end()], made.title.cut(0, found.end(1))

    def _open_last(self, made: Dressed) -> bool:
        """`Panel with Anna Berg, Tom Hardy and N.N.`: one of several is to be confirmed."""
        found = _ONE_MORE.search(made.title.text)
        also = self.words.single("also")
        if found is None or not (found["joint"] == "," or found["joint"].strip().casefold() in also):
            return False
        made.open, made.title = made.title.columns[found.start("open")], made.title.cut(0, found.start())
        return True

    def _linked(self, made: Dressed) -> None:
        """`Tides – slides`, `Tides. slides`: what stands at the end is a link to more."""
        title = made.title
        if not title.linked:
            return
        start = len(title.text)
        while start and (title.columns[start - 1] in title.linked or title.text[start - 1].isspace()):
            start -= 1
        tail = title.cut(start)
        apart = 0 < start < len(title.text) and (title.text[start].isspace() or not title.text[start - 1].isalnum())
        if apart and self._is_links(split(tail.text)):
            made.title = self._without_end(title.cut(0, start))

    def _group(self, made: Dressed) -> bool:
        """Take the bracket at the end of a title for what it is; False where it belongs to the title."""
        found = _GROUP.search(made.title.text)
        if found is None:
            return False
        inside = made.title.cut(found.start(1), found.end(1))
        text, words = narrow(inside.text), split(inside.text)
        duty: Duty | None = None
        label = _LABEL.match(text)
        if label and (duty := self.words.duty(label["label"])):
            inside = inside.cut(label.end())
        if not duty and self.is_room(text) and found.start():
            made.room = made.room or inside.text
        elif not duty and found.start() and self._is_links(words):
            pass
        elif not duty and self.words.is_one("cancelled", words):
            made.cancelled = True
        elif not duty and found.start() and self._is_online(words):
            made.online = True
        elif not duty and found.start() and (minutes := self.clock.length(text)):
            made.minutes = minutes
        elif self.mentions.is_open(inside.text) and found.start():
            if not duty and self.words.is_one("unknown", split(inside.text)[:1]) and len(split(inside.text)) == 1:
                made.untold = inside.column
                return False
            made.open = inside.column
        elif not self._group_of_people(made, inside, duty, alone=not found.start()):
            return False
        made.title = made.title.cut(0, found.start())
        return bool(made.title)

    def _is_links(self, words: list[str]) -> bool:
        return 0 < len(words) < 6 and self.words.covered(words, ("link_word",))

    def _group_of_people(self, made: Dressed, inside: Marked, duty: Duty | None, *, alone: bool) -> bool:
        if alone or (made.casts and duty is None):
            return False
        before = made.title.text[: made.title.text.rfind(inside.text)].rstrip(" ([（【")
        if duty is None and self.words.kind(before, named=False)[0] is Kind.BREAK:
            return False
        people = self.mentions.all(inside, bare=duty is not None, many=duty is not None)
        sure = Sure.CERTAIN
        if not people and duty is None and (people := self._given(inside)):
            made.casts += [(None, person, Sure.DOUBTFUL) for person in people]
            made.form = "bracket"
            return True
        if not people and (people := self.mentions.all(inside, bare=True, many=True)):
            usual = self.manners["bracket"] >= _ENOUGH
            strengths = [self.mentions.strength(person) for person in people]
            if not max(strengths) or self.words.first(split(inside.text), ("organisation_word",)):
                return False
            if (
                not usual
                and min(strengths) < _ENOUGH
                and not all(self.mentions.known(person.name) for person in people)
            ):
                sure = Sure.DOUBTFUL
            # "Anne Fouilloux (Nordic Group)": who is in front is the person.
            front = self.mentions.all(made.title.cut(0, made.title.text.rfind(inside.text) - 1), bare=True)
            if front and min(map(self.mentions.strength, front)) >= max(strengths):
                return False
        heads = [name.split()[0] for person in people for name in (person.name, person.organisation) if name]
        if not people or (duty is None and len(heads) > 1 and len(set(heads)) == 1):
            # "(Virtual Reality, Virtual Worlds)": things of one kind.
            return False
        if duty is None and not max(map(self.mentions.strength, people)):
            # "(KU Leuven, Belgium)"
            return False
        made.casts += [(duty, person, sure) for person in people]
        made.form = "bracket"
        return True

    def _given(self, inside: Marked) -> tuple[Mention, ...]:
        """`Tides (Anna & Tom)`: given names alone, all of them known for ones."""
        people = self.mentions.singles(inside)
        known = self.words.single("given_name")
        return people if all(person.name.casefold() in known for person in people) else ()

    def _within(self, made: Dressed) -> None:
        """`Session 1 (chair: Anna Berg): Tides`: a bracket that says what people do, wherever it stands."""
        found = _WITHIN.search(made.title.text)
        label = _LABEL.match(found[1]) if found else None
        duty = self.words.duty(label["label"]) if label else None
        if found is None or label is None or duty is None:
            return
        inside = made.title.cut(found.start(1) + label.end(), found.end(1))
        if people := self.mentions.people(inside):
            made.casts += [(duty, person, Sure.CERTAIN) for person in people]
            before, after = made.title.cut(0, found.start()), made.title.cut(found.end())
            joint = "" if after.text[:1] in (":", "：", ",", ".", "") else " "
            columns = [*before.columns, *([before.column] * len(joint)), *after.columns]
            made.title = Marked(before.text + joint + after.text, columns)

    def _ending(self, made: Dressed) -> None:
        """`Session 1; Chair: Anna Berg. Speakers: Tom Hardy`: what people do, after the title."""
        for _ in range(4):
            if not any(self._ends_with(made, found) for found in reversed(list(_ENDING.finditer(made.title.text)))):
                break

    def _ends_with(self, made: Dressed, joint: re.Match[str]) -> bool:
        """Take a label and the people behind it off the end of a title, if that is what stands after this joint."""
        label = made.title.text[joint.end() :]
        said = _LABEL.match(label)
        duty = self.words.duty(said["label"]) if said else None
        if said is None or duty is None:
            return self._led_without_colon(made, joint)
        if self.mentions.is_open(label[said.end() :]):
            made.open = made.title.columns[joint.end() + said.end()]
        elif people := self.mentions.people(made.title.cut(joint.end() + said.end())):
            made.casts[:0] = [(duty, person, Sure.CERTAIN) for person in people]
        else:
            return False
        made.title = made.title.cut(0, joint.start())
        return True

    def _led_without_colon(self, made: Dressed, joint: re.Match[str]) -> bool:
        """`Panel, moderator Anna Berg`: no colon stands between what somebody does and the name."""
        rest = made.title.cut(joint.end())
        said = _SAID.match(rest.text)
        while said:
            duty = self.words.duty(said["label"])
            people = self.mentions.people(rest.cut(said.end())) if duty in (Duty.MODERATOR, Duty.CHAIR) else ()
            if people and min(map(self.mentions.strength, people)) > 1:
                made.casts[:0] = [(duty, person, Sure.CERTAIN) for person in people]
                made.title = made.title.cut(0, joint.start())
                return True
            before, space, _ = said["label"].rpartition(" ")
            said = _SAID.match(rest.text[: len(before)] + " x") if space else None
            said = re.compile(rf"(?P<label>{re.escape(before)})\s+").match(rest.text) if said else None
        return False

    def _led_by(self, made: Dressed) -> None:
        """`Panel moderated by Anna Berg`, `Debat o.l.v. Jan Maas`: what people do, in words before their names."""
        for found in re.finditer(
            r"(?<=[\s,(])((?:[^\W\d_]+\s)?([^\W\d_]+|(?:\w\.){2,}))\s+(?=[^\W\d_a-z])", made.title.text
        ):
            duty = self.words.duty(found[1])
            if found[2].lower() not in self._by_words and not (duty and found[1].islower()):
                continue
            if duty in (Duty.MODERATOR, Duty.CHAIR, Duty.PANELLIST, Duty.HOST) and (
                people := self.mentions.people(made.title.cut(found.end()))
            ):
                made.casts += [(duty, person, Sure.CERTAIN) for person in people]
                made.title = self._without_end(made.title.cut(0, found.start()))
                return

    def _placed(self, made: Dressed) -> None:
        """`Tides @ Room 1`, `Tides – Hall B`."""
        found = _PLACED.search(made.title.text)
        if found and found.start() and self.is_room(found[1]) and len(found[1].split()) <= 5:
            if not self.words.is_one("room", split(found[1])):
                made.room, made.title = made.room or found[1].strip(), made.title.cut(0, found.start())
        elif (found := re.search(r"\s+@\s*([^@]{2,40})$", made.title.text)) and found[1][0].isupper():
            made.room, made.title = made.room or found[1].strip(), made.title.cut(0, found.start())

    def _is_online(self, words: list[str]) -> bool:
        told = any(self.words.is_one("online", [word]) for word in words)
        return told and self.words.covered(words, ("online", "filler"))

    def is_room(self, text: str) -> bool:
        """Whether a text is the name of a room: a word for one begins or ends it."""
        words = split(text)
        if not words or len(words) > 7:
            return False
        if EASTERN.search(text) and len(text) <= 24 and " " not in text.strip():
            rooms = (word for word in self.words.single("room") if len(word) > 1 and EASTERN.fullmatch(word))
            return any(word in text for word in rooms)
        outer = (words[0], words[-1])
        # "Visboekzaal B", "Tagungssaal": the Germanic languages write the word for a room and its name as one.
        return any(self.words.is_one("room", [word]) or (len(word) > 6 and word.endswith(_ROOMS)) for word in outer)

    def bill(self, line: Marked) -> Bill:
        """The likeliest reading of a line: who it names, and the title that is left."""
        best: Bill | None = None
        for bill in self.readings(line):
            strength = self._strength(bill)
            placed = all(person.form == "bracket" or self._is_told(person) for person in bill.people)
            if bill.form == COMMA and self.manners[COMMA] <= _ENOUGH and not placed:
                continue
            usual = self.manners[bill.form] >= _ENOUGH or (bill.form in (FRONT, BACK) and self.weak[bill.form] >= _MANY)
            together = self.manners[FRONT] + self.manners[ALONE] if bill.form in (FRONT, ALONE) else 0
            if strength < 2 and not usual and together < _ENOUGH + 1:
                continue
            if strength < 1:
                continue
            if best is None or (strength, self.manners[bill.form]) > (self._strength(best), self.manners[best.form]):
                sure = Sure.CERTAIN if strength > 2 or (strength and usual) else Sure.LIKELY
                best = Bill(bill.title, bill.people, bill.form, sure, bill.label)
        return best or Bill(line)

    def _is_told(self, person: Mention) -> bool:
        """Whether a person is told by a title, or by a given name and an office or organisation."""
        pieces = person.name.casefold().replace(",", " ").split()
        if self.words.single("honorific").intersection(pieces[:-1]):
            return True
        if person.position and (pieces[0] in self.words.single("given_name") or self.mentions.strength(person) > 1):
            return True
        given = pieces[0] in self.words.single("given_name")
        return given and bool(person.organisation and self.mentions.is_organisation(person.organisation))

    def _strength(self, bill: Bill) -> int:
        """Several people of whom none is doubtful vouch for each other."""
        strengths = [self.mentions.strength(person) for person in bill.people]
        return max(strengths) if min(strengths) else 0

    def readings(self, line: Marked) -> Iterator[Bill]:
        """Every way to read people out of a line, without regard to the other lines."""
        if not 3 < len(line.text) <= _LONGEST or not any(map(str.isalpha, line.text)):
            return
        if billed := list(self._with_initials(line)):
            yield from billed
            return
        if alone := self._people(line):
            yield Bill(line, alone, ALONE)
            return
        yield from self._quoted(line)
        yield from self._by(line)
        yield from self._after_link(line)
        for separator in (_COLON, _DASH, _STOP):
            yield from self._parted(line, separator)
        if EASTERN.search(line.text):
            yield from self._parted(line, _STROKE)
            yield from self._parted(line, _SPACES)
        yield from self._beside_place(line)
        yield from self._after_sentence(line)
        yield from self._after_kind(line)
        yield from self._of(line)
        yield from self._after_comma(line)

    def _after_link(self, line: Marked) -> Iterator[Bill]:
        """`[Tides](tides.html) Anna Berg`: nothing but the end of a link parts the title from who speaks."""
        if not line.linked or not line.linked.isdisjoint(line.columns[-1:]):
            return
        end = max((at for at, column in enumerate(line.columns) if column in line.linked), default=-1) + 1
        people = self._people(line.cut(end)) if end > 3 and line.text[end : end + 1].isspace() else ()
        if people:
            yield Bill(line.cut(0, end), people, BACK)

    def _beside_place(self, line: Marked) -> Iterator[Bill]:
        """`Anna Berg (ETH), Tides and ships`."""
        found = _AFTER_PLACE.search(line.text)
        people = self._people(line.cut(0, found.start())) if found else ()
        if found and people and people[-1].form == "bracket" and "), " not in line.text[found.end() :]:
            yield Bill(line.cut(found.end()), people, FRONT)

    def _after_sentence(self, line: Marked) -> Iterator[Bill]:
        """`How are the tides? Anna Berg, ETH`."""
        cuts = [cut for cut in _SENTENCE.finditer(line.text) if not self._is_short_form(line.text[: cut.start() + 1])]
        people = self._people(line.cut(cuts[-1].end())) if cuts else ()
        if people and all(one.organisation or self.mentions.strength(one) > 1 for one in people):
            yield Bill(line.cut(0, cuts[-1].start() + (line.text[cuts[-1].start()] != ".")), people, BACK)

    def _with_initials(self, line: Marked) -> Iterator[Bill]:
        """`Белов А.С., Крылова Н.Н. Приливы` and `Приливы. Белов А.С.`."""
        for found, form in ((_SHORT_NAMES_FIRST.match(line.text), FRONT), (_SHORT_NAMES_LAST.search(line.text), BACK)):
            if found is None or not found["names"][0].isupper():
                continue
            names = line.cut(found.start("names"), found.end("names"))
            each = list(_ONE_SHORT_NAME.finditer(names.text))
            told = found["names"].count(".") > 1 and all(self.mentions.named(one[0]) for one in each)
            people = [
                Mention(one[0].strip(), "", "", names.columns[one.start()], False, "none") for one in each if told
            ]
            kept = found.start() + (line.text[found.start()] in '»”?!"')
            title = line.cut(found.end()) if form == FRONT else line.cut(0, kept)
            title = title.cut(0, len(title.text.rstrip(". ")))
            if people and title:
                yield Bill(self._without_end(title), tuple(people), form)

    def _of(self, line: Marked) -> Iterator[Bill]:
        """`Lecture by Anna Berg (ETH): Tides`."""
        found = re.match(r"([^\W\d_]+(?:\s[^\W\d_]+)?)\s+([^\W\d_]{1,5})\s+(?=[^\W\d_a-z])", line.text)
        small = self._by_words | self.words.single("linking")
        if found and found[2].lower() in small and self.words.is_one("talk_kind", split(found[1])):
            for bill in self._parted(line.cut(found.end()), _COLON):
                if bill.form == FRONT:
                    yield Bill(unquoted(bill.title), bill.people, FRONT, bill.sure, found[1])

    def _after_comma(self, line: Marked) -> Iterator[Bill]:
        """`Tides and ships of the north, Anna Berg`: a manner that only several such lines make believable."""
        at = line.text.rfind(", ")
        if at < 0:
            return
        people = self._people(line.cut(at + 1))
        if not people and (before := line.text.rfind(", ", 0, at)) > 0:
            # "Lighthouses, Jean Petit, historien"
            people = self._people(line.cut(before + 1))
            people = people if len(people) == 1 and self._is_told(people[0]) else ()
            at = before if people else at
        while (
            people and (before := line.text.rfind(", ", 0, at)) > 0 and self.mentions.named(line.text[before + 2 : at])
        ):
            # "Tides, Anna Berg, Tom Hardy (ETH)"
            if not (more := self._people(line.cut(before + 1))):
                break
            at, people = before, more
        given = self.words.single("given_name")
        told = bool(people) and (self._is_told(people[-1]) or people[-1].name.split()[0].casefold() in given)
        told = told and (people[-1].form == "bracket" or self._is_told(people[-1]))
        if len(line.text[:at].split()) < (1 if told else 2 if people and people[-1].form == "bracket" else 3):
            return
        if people and min(map(self.mentions.strength, people)) > 1 and not self._people(line.cut(0, at)):
            yield Bill(line.cut(0, at), people, COMMA)

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
        if not 2 <= len(piece.text) <= _LONGEST or self.mentions.is_open(piece.text):
            return ()
        found = self.mentions.all(piece, bare=True, many=True)
        if (
            not found
            or not all(map(self._plain, found))
            or any(map(self._is_placed, found))
            or self.words.kind(piece.text, named=False)[2]
        ):
            return ()
        return found

    def _is_placed(self, mention: Mention) -> bool:
        """Whether what looks like a name is that of a room, as `North Ballroom` does."""
        return self.mentions.strength(mention) < _ENOUGH and self.is_room(mention.name)

    def _plain(self, mention: Mention) -> bool:
        """Whether this can be a person and where they are from, rather than a person and a title."""
        place = mention.organisation
        if (
            self.is_room(place)
            or len(place) > 90
            or re.search(r"[:?!]|\s[–—-]\s", place)
            or place.startswith(tuple(_OPENING))
        ):
            return False
        return mention.form != "dash" or self.mentions.is_organisation(place)

    def _parted(self, line: Marked, separator: re.Pattern[str]) -> Iterator[Bill]:
        dashed = separator is _DASH
        cuts = list(separator.finditer(line.text))
        if separator is _STOP:
            cuts = [cut for cut in cuts if not self._is_short_form(line.text[: cut.start() + 1])]
        for cut in cuts[:3]:
            left, right = line.cut(0, cut.start()), line.cut(cut.end())
            if not left or not right:
                continue
            people = self._people(left)
            if people and (between := self._between(line, people, cuts) if dashed and cut is cuts[0] else None):
                yield between
            elif people and (title := self._title(right)) and self._told(people, separator):
                yield Bill(title, people, FRONT)
        for cut in reversed(cuts[-2:] if separator is not _STOP else ()):
            left, right = line.cut(0, cut.start()), line.cut(cut.end())
            if left and right and (people := self._people(right)) and self._title(left):
                label = self.words.duty(left.text) is None and not dashed and len(split(left.text)) <= 4
                yield Bill(left, people, LABELLED if label else BACK)

    def _is_short_form(self, text: str) -> bool:
        """Whether the full stop at the end belongs to a short form before a name, as in `Tides, Ing.`."""
        return text.rsplit(" ", 1)[-1].casefold() in self.words.single("honorific")

    def _told(self, people: tuple[Mention, ...], separator: re.Pattern[str]) -> bool:
        """A full stop ends sentences: before it people are believed who are many, or told by more than capitals."""
        return separator is not _STOP or len(people) > _SEVERAL or min(map(self.mentions.strength, people)) > 1

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
        title = title.cut(0, len(title.text.rstrip(" ,")))
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
            before = line.cut(0, found.start())
            if re.search(rf"\s{re.escape(found[1])}\s+[^\W\d_a-z]", before.text):
                # "group A with Anna Berg, group B with Tom Hardy"
                return
            office = re.match(r"([^\W\d_]+)\s+(?=[^\W\d_a-z])", rest.text)
            if office and (office[1] in self.words.single("position") or self.words.duty(office[1])):
                # "Welcome by mayor Anna Berg"
                rest = rest.cut(office.end())
            if people := self._people(rest):
                yield Bill(self._without_end(before), people, BACK)
            return


def is_quoted(text: str) -> bool:
    """Whether a text is a title in quotation marks and nothing else."""
    stripped = narrow(text).strip(" .,")
    return len(stripped) > 3 and stripped[0] in _OPENING and stripped[-1] in _CLOSING


def unquoted(piece: Marked) -> Marked:
    """A title without the quotation marks around it."""
    start = int(piece.text.startswith(tuple(_OPENING)))
    text = piece.text.rstrip(" .,")
    return piece.cut(start, len(text) - 1) if start and text[-1] in _CLOSING else piece
