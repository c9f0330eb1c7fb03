"""What stands in a cell of an agenda: titles, people, rooms, links and times, one talk or several.

How one table writes its talks is counted first (`Style`), so that all its cells are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache

from ...event import Duty, Time
from ...values import dataclass
from ..language.lines import Marked
from ..language.mentions import Mention, Mentions
from ..language.moments import Clock
from ..language.names import fold
from ..language.vocabulary import Vocabulary, split
from .grids import Cell
from .headings import Headings
from .surnames import turned_round

_DASH = re.compile(r"\s+[-–—―|]+\s+|\s*[—―]\s*")
_COLON = re.compile(r"\s*:\s+|：\s*")
_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）]+)[)\]）]\s*[.,;]?\s*$")
_INSIDE = re.compile(r"\s+[-–—]\s+|\s*[,;/|]\s*|\s*[—]\s*")
_SINGLE = re.compile(r"[^\W\d_a-z][^\W\d_]{1,}(?:[-'’.][^\W\d_]+)*")
_LABEL = re.compile(r"\s*([^:()]{2,40}?)\s*[:：]\s*")
_DUTY = re.compile(r"\s*[(\[（]([^()\[\]（）]{2,24})[)\]）]\s*(?=\w)")
_HONORIFIC = re.compile(r"(?<=[\w)）\]])\s*(?:さん|さま|様|氏)$")
_KANA = re.compile(r"[\s\u3040-\u30ff・]+")
_URL = re.compile(r"(?:https?://|www\.)\S+$")
_MARK = re.compile(
    r"^[^\w(\[\"'“‘«„¿¡#@&<*]+(?=\s*\w)|(?<=[\w).!?\"”])\s*[\U0001F000-\U0001FAFF\u2600-\u27BF\ufe0f]+\s*$"
)
_GLUE = re.compile(r"[-–,:&/]$|\b(?:and|und|et|y|e|of|de|the|with|mit|for|für|in|on)$", re.IGNORECASE)


@cache
def _joint(also: frozenset[str]) -> str:
    """What joins names: `and` in many languages, `with`, and signs."""
    words = "|".join(sorted(map(re.escape, also), key=len, reverse=True))
    return rf"\s+(?:{words}|with|mit|avec|con|и)\s+|\s*[&/+＆]\s*"


@dataclass(slots=True)
class Talk:
    """One thing that a cell says takes place."""

    title: Marked
    people: list[tuple[Mention, Duty | None]] = field(default_factory=list)
    room: str = ""
    link: str = ""
    open: Marked | None = None
    """Where it says that somebody is to be confirmed."""
    start: Time | None = None
    end: Time | None = None
    more: list[str] = field(default_factory=list)
    doubt: str = ""
    """What else it may be."""
    bracketed: bool = False
    """Its people stand in brackets or behind a dash in its own line."""


@dataclass(slots=True)
class Style:
    """How a table writes its talks."""

    before: bool = False
    """`Speaker – title`."""
    after: bool = False
    """`Title – speaker`."""
    colon: bool = False
    """`Speaker: title`."""
    brackets: bool = False
    """`Title (speaker)`."""
    people_first: bool = False
    """Speaker in one line, title in the next."""
    below: bool = False
    """Title in one line, speaker in the next."""
    whole: bool = False
    """Most cells hold nothing but a name."""
    commas: bool = False
    """Commas part names, and no affiliation is written."""


@dataclass(slots=True)
class Cells:
    """Reads the cells of one table."""

    words: Vocabulary
    heads: Headings
    mentions: Mentions
    clock: Clock
    style: Style = field(default_factory=Style)
    speaking: set[str] = field(default_factory=set)
    """Who stands alone below the title of a talk."""

    # How the table writes

    def learn(self, cells: Iterable[Cell]) -> None:
        """Count how the cells part titles from people."""
        before = after = colon = bracket = ends = whole = first = second = alone = pairs = full = known = 0
        listed: list[str] = []
        for cell in cells:
            lines = [self.unmarked(line) for line in cell.lines]
            if len(lines) > 1:
                alone_first = self._single_or_named(lines[0].text) and not self.named(lines[1])
                first += alone_first and (self.named(lines[0]) or 2 < len(lines[1].text.split()) < 12)
                full += self.named(lines[0])
                second += bool(self.names(lines[1])) and not self.named(lines[0])
                pairs += self.words.kind(lines[0].text, named=False)[1] is None
                if self.named(lines[1]) and not self.named(lines[0]):
                    self.speaking.add(fold(lines[1].text))
                for line in lines[1:]:
                    names = re.split(r"\s*[,&]\s*|\s+(?:and|und|et|y|e|en|i)\s+", line.text) if "," in line.text else []
                    listed += names if len(names) > 1 and self.named(names[0]) else []
            for line in lines:
                if self.words.kind(line.text, named=False)[1] is not None or not line:
                    continue
                whole += 1
                lone = len(lines) == 1 and self.named(line)
                alone += lone
                known += lone and self._is_known(line.text)
                if found := _BRACKET.search(line.text):
                    ends += 1
                    bracket += self._may_be_people(found[1])
                if len(parts := self._dashed(cell, line)) > 1:
                    left, right = self.named(parts[0]), self.named(parts[-1]) or self.names(parts[-1]) != ()
                    left = left or self.names(parts[0]) != ()
                    before += left and not right
                    after += right and not left
                    many = [part.text for part in (parts[0], parts[-1]) if "," in part.text]
                    names = [re.split(r"\s*[,&]\s*|\s+and\s+", text) for text in many]
                    listed += [name for each in names if self.named(each[0]) for name in each]
                if (joint := _COLON.search(line.text)) and joint.end() < len(line.text):
                    colon += self.named(line.cut(0, joint.start())) and not self.named(line.cut(joint.end()))
        self.style = Style(
            before > after and before * 3 >= whole,
            after > before and after * 5 >= whole,
            colon > 1 and colon * 4 > whole,
            bracket * 5 >= ends * 3 and (bracket > 1 or ends == bracket) and bracket * 4 >= whole,
            first > second and first * 2 >= pairs and (first > 1 or full > 0),
            second > first and second * 2 >= pairs,
            alone * 2 >= whole and alone > 1 and known * 4 >= alone,
            bool(listed) and sum(self.named(name) for name in listed) * 5 >= len(listed) * 4,
        )

    def _is_known(self, name: str) -> bool:
        """Whether a name begins with a given name that is known, or in other letters than Latin ones."""
        first = split(name)[0]
        return first in self.words.single("given_name") or not first.isascii()

    def _may_be_people(self, text: str) -> bool:
        pieces = [piece for piece in re.split(r"\s*[,;/&]\s*|\s+(?:and|und|et|y|e|en|i)\s+|\s+[-–—]\s+", text) if piece]
        return bool(pieces) and self._single_or_named(pieces[0]) and len(text) < 120

    def _single_or_named(self, text: str) -> bool:
        text = text.strip()
        if self.mentions.named(text):
            return True
        if not _SINGLE.fullmatch(text):
            return False
        return not self._is_word(text) and not (text.isupper() and len(text) < 5)

    def _is_word(self, text: str) -> bool:
        """Whether one word belongs to agendas rather than to people."""
        word = text.casefold()
        words = self.words
        groups = ("coffee", "lunch", "pause", "session", "agenda", "online", "opening", "closing", "panel", "format")
        if any(
            (word,) in words.phrases[group] for group in (*groups, "registration", "unknown", "reception", "dinner")
        ):
            return True
        if word in words.single("never_a_name") or word in words.single("filler"):
            return True
        return any((word,) in self.heads.phrases[g] for g in ("place", "media", "type_talk", "everybody", "group"))

    def named(self, text: Marked | str) -> bool:
        return self.mentions.named(str(text).strip(" .,;:"))

    # People

    def names(self, piece: Marked) -> tuple[Mention, ...]:
        """Everybody of a piece that is nothing but names: `Jan Maas`, `Jan Maas, Ole Bull & Di Fox (EPFL)`."""
        listed = "," in piece.text and (self.style.commas or self._speak_elsewhere(piece.text))
        if not listed and (found := self.mentions.all(piece, bare=True)):
            return found
        if "," in piece.text or "，" in piece.text or "、" in piece.text:
            parts = list(self.cut(piece, r"\s*[,，、]\s*"))
            singles = [one for part in parts for one in self.joined(part)]
            if len(singles) > 1 and all(self.named(one) for one in singles):
                return tuple(Mention(one.text, "", "", one.column, False, "none") for one in singles)
        return ()

    def _speak_elsewhere(self, text: str) -> bool:
        """Whether whoever stands behind a comma stands alone below the title of another talk: no firm."""
        return all(fold(part) in self.speaking for part in text.split(",")[1:])

    def _several_names(self, piece: Marked) -> tuple[Mention, ...]:
        """Two or more names with commas between, and nothing else."""
        parts = [one for part in self.cut(piece, r"\s*[,，、]\s*") for one in self.joined(part)]
        if len(parts) < 2 or not all(self.named(part) for part in parts):
            return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in parts)

    def people(
        self, cell: Cell, *, commas: bool, inverted: bool = False
    ) -> tuple[list[tuple[Mention, Duty | None]], list[Marked], Marked | None]:
        """Everybody of a cell that holds people; what is none; and where it says that somebody is to be confirmed.

        `commas`: commas part names, as no affiliation is written in the column; `inverted`: they stand behind surnames.
        """
        found: list[tuple[Mention, Duty | None]] = []
        others: list[Marked] = []
        is_open: Marked | None = None
        lines = [self.unmarked(line) for line in cell.lines]
        if described := self._described(lines):
            return [(described, None)], [], None
        duty: Duty | None = None
        for line in lines:
            for piece in self.cut(line, r"\s*;\s*"):
                if self.heads.holds("nobody", piece.text) or not any(c.isalnum() for c in piece.text):
                    continue
                if (label := _LABEL.match(piece.text)) and (said := self.words.duty(label[1])):
                    duty, piece = said, piece.cut(label.end())
                    if not piece:
                        continue
                said, piece = self._with_duty(piece)
                piece = self._without_also(piece)
                if self.mentions.is_open(piece.text):
                    is_open = piece
                    continue
                if self.heads.holds("everybody", piece.text):
                    others.append(piece)
                    continue
                met = [turned_round(piece)] if inverted and "," in piece.text else self._in_column(piece, commas=commas)
                if not met and found and (affiliation := self._affiliation(piece)):
                    # The affiliation of whoever stands in the line above.
                    last, of = found.pop()
                    found.append((_with(last, affiliation), of))
                    continue
                if met:
                    found += [(mention, said or duty) for mention in met]
                else:
                    others.append(piece)
        return found, others, is_open

    def _with_duty(self, piece: Marked) -> tuple[Duty | None, Marked]:
        """What somebody does, said in brackets before or behind the name, and the rest: `(Chair) Eva Lang`."""
        if (before := _DUTY.match(piece.text)) and (duty := self.words.duty(before[1])):
            return duty, piece.cut(before.end())
        behind = _BRACKET.search(piece.text)
        if behind and behind.start() and (duty := self.words.duty(behind[1])):
            return duty, piece.cut(0, behind.start())
        return None, piece

    def _without_also(self, piece: Marked) -> Marked:
        """A piece without an `and` that joined it to the line above or below."""
        also = self.words.single("also")
        words = piece.text.split()
        if len(words) > 2 and words[-1].casefold() in also:
            piece = piece.cut(0, len(piece.text) - len(words[-1]))
        if len(words) > 2 and words[0].casefold() in also and len(words[0]) > 1:
            piece = piece.cut(len(words[0]))
        return piece

    def _affiliation(self, piece: Marked) -> str:
        text = piece.text.strip("()[] ")
        return text if piece.text.startswith(("(", "[")) and len(text) < 100 else ""

    def _described(self, lines: Sequence[Marked]) -> Mention | None:
        """A name, a position and an organisation in a line each."""
        if len(lines) != 3 or not self.named(lines[0]):
            return None
        if any(word in self.words.single("position") for word in split(lines[1].text)):
            return Mention(lines[0].text, lines[2].text, lines[1].text, lines[0].column)
        return None

    def _in_column(self, piece: Marked, *, commas: bool) -> list[Mention]:
        """Whoever a piece of a column of people names: there a single word is a name too."""
        if (bracket := _BRACKET.search(piece.text)) and self.heads.holds("type_talk", bracket[1]):
            # "(invited)" and "(keynote)" tell of the talk.
            piece = piece.cut(0, bracket.start())
        if polite := _HONORIFIC.search(piece.text):
            piece = piece.cut(0, polite.start())
        text = piece.text
        if self._is_room(text) or (bracket and not bracket.start()):
            return []
        if (bracket := _BRACKET.search(text)) and _KANA.fullmatch(bracket[1]):
            # How a name is read aloud belongs to it.
            return [Mention(text.strip(), "", "", piece.column, False, "none")]
        small = self.words.single("particle") | self.words.single("also") | {"with", "mit", "avec", "con"}
        lowered = [word for word in text.split() if word[:1].islower() and word.casefold().strip(",;") not in small]
        if len(lowered) > 2 and len(lowered) * 2 > len(text.split()):
            # "Contributed from submitted abstracts" names nobody.
            return []
        if (len(text) > 200 or len(text.split()) > 8) and not self._may_list_people(piece):
            return []
        if commas and re.search(r"[,，、]", text):
            parts = [one for part in self.cut(piece, r"\s*[,，、]\s*") for one in self.joined(self._without_also(part))]
            return [self._person(part) for part in parts]
        if known := self.mentions.all(piece, bare=True):
            return list(known)
        found: list[Mention] = []
        for part in self.joined(piece):
            found.append(self._person(part))
        return found

    def _may_list_people(self, piece: Marked) -> bool:
        """Whether a long piece is a list of many people rather than a sentence."""
        parts = [part for one in self.cut(piece, r"\s*[,，、]\s*") for part in self.joined(one)]
        longest = max((len(part.text.split()) for part in parts), default=0)
        return longest <= (8 if len(parts) > 1 else 12) and (len(piece.text) <= 200 or len(parts) > 3)

    def _person(self, part: Marked) -> Mention:
        part, is_open = self._without_open(part)
        if polite := _HONORIFIC.search(part.text):
            part = part.cut(0, polite.start())
        if bracket := _BRACKET.search(part.text):
            return Mention(
                part.text[: bracket.start()].strip(), bracket[1].strip(), "", part.column, is_open, "bracket"
            )
        for joint in (r"\s*[,，]\s*", r"\s+[-–—|]\s+", r"\s*[—]\s*", r"\s+@\s*|\s*@\s+"):
            found = re.search(joint, part.text)
            if found and found.start() and found.end() < len(part.text):
                name, rest = part.text[: found.start()], part.text[found.end() :]
                return Mention(name.strip(), rest.strip(), "", part.column, is_open)
        return Mention(part.text.strip(" .,;"), "", "", part.column, is_open, "none")

    def _without_open(self, part: Marked) -> tuple[Marked, bool]:
        found = _BRACKET.search(part.text)
        if found and self.mentions.is_open(found[1]):
            return part.cut(0, found.start()), True
        return part, False

    def joined(self, piece: Marked) -> list[Marked]:
        """The parts between `and`, `&`, `+` and strokes."""
        pattern = _joint(self.words.single("also"))
        if not re.search(r"[(（\[]", piece.text):
            return list(self.cut(piece, pattern))
        # What stands in brackets stays whole.
        shut = re.sub(r"[(（\[][^()（）\[\]]*[)）\]]", lambda found: "\0" * len(found[0]), piece.text)
        at, parts = 0, []
        for found in re.finditer(pattern, shut, re.IGNORECASE):
            parts.append(piece.cut(at, found.start()))
            at = found.end()
        return [part for part in [*parts, piece.cut(at)] if part]

    @staticmethod
    def cut(piece: Marked, pattern: str) -> Iterator[Marked]:
        """The pieces between what matches, without those that say nothing."""
        at = 0
        for found in re.finditer(pattern, piece.text, re.IGNORECASE):
            if part := piece.cut(at, found.start()):
                yield part
            at = found.end()
        if part := piece.cut(at):
            yield part

    # Talks

    @staticmethod
    def unmarked(line: Marked) -> Marked:
        """A line without the signs before it and the pictures behind it that stand for a legend."""
        while found := _MARK.search(line.text):
            line = line.cut(found.end()) if found.start() == 0 else line.cut(0, found.start())
        return line

    def talks(self, cell: Cell, *, plain: bool = False) -> list[Talk]:
        """What a cell says takes place; `plain`: people have a column of their own."""
        lines = [self.unmarked(line) for line in cell.lines if not line.struck]
        lines = [line for line in lines if line and not self.heads.holds("nobody", line.text)]
        if not plain and (described := self._described(lines)):
            talk = Talk(lines[0], [(described, None)])
            return [talk]
        found: list[Talk] = []
        for line in self._wrapped(lines) if plain else self._whole(lines):
            if found and self._goes_with(found[-1], line, plain=plain):
                continue
            if several := self._several(cell, line):
                found += several
                continue
            talk = self._talk(cell, line, plain=plain)
            if found and self._belongs(found, talk, line, plain=plain):
                continue
            found.append(talk)
        return [self._turned(talk) for talk in found]

    def _several(self, cell: Cell, line: Marked) -> list[Talk]:
        """`Lightning talks: A – Video, B – Slides`: links to slides and videos end each talk but the last."""
        if len(cell.links) < 3 or "," not in line.text:
            return []
        edges = [0]
        for found in re.finditer(r",\s+", line.text):
            before = line.cut(edges[-1], found.start())
            link = next((each for each in cell.links if before and each.first <= before.columns[-1] <= each.last), None)
            if link and self._is_media(line, link.first, link.last):
                edges.append(found.end())
        if len(edges) < 2:
            return []
        pieces = [line.cut(start, end) for start, end in zip(edges, [*edges[1:], len(line.text)], strict=True)]
        talks: list[Talk] = []
        label = _COLON.search(pieces[0].text)
        if label and label.start() and len(split(pieces[0].text[: label.start()])) <= 4:
            talks.append(Talk(pieces[0].cut(0, label.start())))
            pieces[0] = pieces[0].cut(label.end())
        return [*talks, *(self._talk(cell, self._without_media(cell, piece), plain=False) for piece in pieces)]

    def _is_media(self, line: Marked, first: int, last: int) -> bool:
        text = "".join(letter for letter, at in zip(line.text, line.columns, strict=True) if first <= at <= last)
        return any((word,) in self.heads.phrases["media"] for word in split(text)) and len(split(text)) <= 3

    def _without_media(self, cell: Cell, piece: Marked) -> Marked:
        for link in cell.links:
            if piece and self._is_media(piece, link.first, link.last):
                start = next((i for i, at in enumerate(piece.columns) if link.first <= at <= link.last), 0)
                piece = piece.cut(0, start) if start else piece
        text = piece.text.rstrip(" ,–-|")
        return piece.cut(0, len(text))

    def _wrapped(self, lines: Sequence[Marked]) -> list[Marked]:
        """The lines of a title beside a column of people: a short title that was broken is whole again."""
        made = self._whole(lines)
        if len(made) != 2 or len(made[0].text) + len(made[1].text) > 120 or made[0].bold != made[1].bold:
            return made
        first, second = made
        if re.search(r"[.?!:)\]]$", first.text) or second.text[:1] in "([-–•" or self._is_head(first):
            return made
        if len(first.text.split()) < 4 or self._is_label(first.text):
            return made
        joint = first.columns[-1]
        columns = (*first.columns, joint, *second.columns)
        return [Marked(f"{first.text} {second.text}", columns, first.bold and second.bold)]

    def _whole(self, lines: Sequence[Marked]) -> list[Marked]:
        """Lines that were broken for want of room, whole again; what has a time of its own begins anew."""
        made: list[Marked] = []
        for line in lines:
            timed = any(letter.isdigit() for letter in line.text[:12]) and self.clock.slot(line) is not None
            if (
                made
                and not timed
                and (_GLUE.search(made[-1].text) or line.text[:1].islower())
                and not (made[-1].text.endswith(":") and line.bold and not made[-1].bold)
                and not made[-1].text.endswith(".")
            ):
                last = made.pop()
                joint = last.columns[-1] if last.columns else 0
                line = Marked(
                    f"{last.text} {line.text}", (*last.columns, joint, *line.columns), last.bold and line.bold
                )
            made.append(line)
        return made

    def _goes_with(self, talk: Talk, line: Marked, *, plain: bool) -> bool:
        """Take a line as what belongs to the talk above it: people, a room, a word that they are open."""
        text = line.text
        if _URL.fullmatch(text):
            talk.link = talk.link or text
            return True
        if self.mentions.is_open(text):
            talk.open = line
            return True
        if label := _LABEL.match(text):
            duty = self.words.duty(label[1])
            if duty and (listed := self._in_column(line.cut(label.end()), commas=True)):
                talk.people += [(one, duty) for one in listed]
                return True
            if self.heads.holds("room", label[1]) or self.words.is_one("room", split(label[1])):
                talk.room = line.text[label.end() :].strip()
                return True
        inner = line.cut(1, len(text) - 1) if text[:1] in "([" and text[-1:] in ")]" else line
        if self._is_room(inner.text) and not talk.room:
            talk.room = inner.text
            return True
        if plain:
            return False
        if not talk.people or not talk.bracketed:
            lone = inner is not line or self.style.brackets
            people = self.names(inner) or (self._lone(inner) if lone else ())
            if people and not self._may_stand_below(talk, people, bracketed=inner is not line):
                return False
            if people and not (self.style.people_first and talk.people) and talk.title:
                talk.people += [(one, None) for one in people]
                return True
        return False

    def _may_stand_below(self, talk: Talk, people: Sequence[Mention], *, bracketed: bool) -> bool:
        """Whether two capitalised words below a title are who speaks: the table writes so, or the title says so."""
        if self.words.kind(talk.title.text, named=False)[1] is not None and not bracketed:
            return False
        if any(one.organisation and one.form in ("comma", "bracket") for one in people):
            return True
        return self.style.below or bracketed or self._is_head(talk.title) or self._surely(people)

    def _lone(self, piece: Marked) -> tuple[Mention, ...]:
        """People named by one word each, as in a table that writes `Title (Anna)` throughout."""
        parts = [one for part in self.cut(piece, r"\s*[,;]\s*") for one in self.joined(part)]
        if not parts or not all(self._single_or_named(part.text) or _titled(part.text, self.words) for part in parts):
            return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in parts)

    def _is_room(self, text: str) -> bool:
        words = split(text)
        if not 0 < len(words) <= 4 or len(text) > 50 or re.search(r"[()\[\]:;]|\s[-–—]\s", text):
            return False
        places = self.heads.phrases["place"]
        short = len(words) > 1 and (words[-2],) in places and len(words[-1]) < 4
        return (words[0],) in places or (words[-1],) in places or short

    def _belongs(self, found: Sequence[Talk], talk: Talk, line: Marked, *, plain: bool) -> bool:
        """Whether a line without people of its own is more about the talk above it: a subtitle, a remark."""
        last = found[-1]
        if talk.people or talk.open or talk.start:
            if last.people or last.start or not talk.people or last.more:
                return False
            # A line without people above one with people: it heads it, as "Keynote" does.
            words = split(last.title.text)
            if len(words) <= 2 and len(found) == 1 and not self.named(last.title) and talk.title:
                head = last.title
                joint = head.columns[-1] if head.columns else 0
                last.title = Marked(
                    f"{head.text.rstrip(':')}: {talk.title.text}",
                    (*head.columns[: len(head.text.rstrip(":"))], joint, joint, *talk.title.columns),
                )
                last.people, last.room, last.link = talk.people, last.room or talk.room, last.link or talk.link
                last.bracketed = talk.bracketed
                return True
            return False
        prose = len(line.text) > 150 or (line.text.endswith((".", "?", "!")) and len(line.text.split()) >= 12)
        if prose and last.title:
            last.more.append(line.text)
            return True
        if last.people and not plain and not last.bracketed and not self.style.people_first:
            return False
        if last.people and last.bracketed and not plain:
            return False
        if not last.title:
            return False
        if not last.more and self._is_label(last.title.text):
            joint = last.title.columns[-1]
            text = f"{last.title.text.rstrip(':')}: {talk.title.text}"
            columns = (*last.title.columns[: len(last.title.text.rstrip(":"))], joint, joint, *talk.title.columns)
            last.title, last.link = Marked(text, columns), last.link or talk.link
            return True
        if self.words.kind(talk.title.text, named=False)[1] is not None and len(split(talk.title.text)) <= 4:
            return False
        last.more.append(line.text)
        return True

    def _is_label(self, text: str) -> bool:
        """Whether a line is a bare `Session 2`, whose title stands in the next."""
        words = split(text)
        return len(words) == 2 and self.words.is_one("session", words[:1]) and (words[1].isdigit() or len(words[1]) < 4)

    def _turned(self, talk: Talk) -> Talk:
        """A name above a title, where the table writes people first."""
        whole = len(talk.people) == 1 and talk.people[0][0].name == talk.title.text
        turned = self.style.people_first and talk.more and (whole or not talk.people)
        people = self.names(talk.title) or self._lone(talk.title) if turned else ()
        if people:
            talk.people = [(one, None) for one in people]
            talk.title, talk.more = Marked(talk.more[0], (talk.title.column,) * len(talk.more[0])), talk.more[1:]
        return talk

    def _dashed(self, cell: Cell, line: Marked) -> list[Marked]:
        """The parts of a line between dashes outside of links, without links to slides and videos."""
        at = 0
        parts: list[Marked] = []
        linked = [(link.first, link.last) for link in cell.links]
        if len(linked) == 1 and line.columns and linked[0][0] <= line.columns[0] and line.columns[-1] <= linked[0][1]:
            linked = []
        for found in _DASH.finditer(line.text):
            where = line.columns[found.start()] if found.start() < len(line.columns) else 0
            if found.end() >= len(line.text) or not found.start():
                continue
            if any(first < where < last for first, last in linked):
                continue
            parts.append(line.cut(at, found.start()))
            at = found.end()
        parts.append(line.cut(at))
        if cell.links and linked:
            parts = [part for part in parts if not self._media(cell, part)]
        return [part for part in parts if part]

    def _media(self, cell: Cell, part: Marked) -> bool:
        words = split(part.text)
        return (
            0 < len(words) <= 3
            and bool(cell.link(part))
            and all((word,) in self.heads.phrases["media"] or word.isdigit() or word in ("and", "&") for word in words)
        )

    def _talk(self, cell: Cell, line: Marked, *, plain: bool) -> Talk:
        start = end = None
        slot = self.clock.slot(line) if any(c.isdigit() for c in line.text[:6]) else None
        if slot and slot.start and slot.rest and not slot.fault:
            line, start, end = slot.rest, slot.start, slot.end
        if not plain and (made := self._behind_link(cell, line)):
            made.start, made.end = start, end
            return made
        parts = self._dashed(cell, line)
        if not parts:
            return Talk(line, start=start, end=end)
        if len(parts) > 1 and not plain and (made := self._parted(parts)):
            made.link, made.start, made.end = cell.link(made.title), start, end
            self._brackets(made)
            return made
        whole = self._joined_again(line, parts)
        talk = Talk(whole, link=cell.link(whole), start=start, end=end)
        if not plain:
            self._coloned(talk)
        if not plain or self.style.brackets:
            self._brackets(talk)
        elif found := _BRACKET.search(whole.text):
            self._room_or_open(talk, found)
        if (
            not plain
            and not talk.people
            and (people := self.names(talk.title))
            and self._only_person(talk.title, people)
        ):
            talk.people = [(one, None) for one in people]
            if len(people) == 1 and people[0].organisation:
                talk.title = talk.title.cut(0, talk.title.text.find(people[0].name) + len(people[0].name))
        return talk

    def _behind_link(self, cell: Cell, line: Marked) -> Talk | None:
        """A linked title with nothing but a name behind it."""
        for link in cell.links[:2]:
            inside = [link.first <= at <= link.last for at in line.columns]
            if not inside or not inside[0] or all(inside):
                continue
            end = inside.index(False)
            title, rest = line.cut(0, end), line.cut(end)
            if any(inside[end:]) or not title or not rest or not self.named(rest):
                continue
            return Talk(title, [(one, None) for one in self.names(rest)], link=link.address, bracketed=True)
        return None

    def _only_person(self, title: Marked, people: Sequence[Mention]) -> bool:
        if self.words.kind(title.text, named=False)[0].value != "other":
            return False
        return self.style.whole or self.style.brackets or self._surely(people)

    @staticmethod
    def _joined_again(line: Marked, parts: Sequence[Marked]) -> Marked:
        """The line up to the last part that is no link to slides."""
        last = parts[-1]
        for end in range(len(line.text), 0, -1):
            if line.columns[end - 1] == last.columns[-1]:
                return line.cut(0, end)
        return line

    def _parted(self, parts: Sequence[Marked]) -> Talk | None:
        """`Speaker – title` and `title – speaker`."""
        first, last = self.names(parts[0]), self.names(parts[-1])
        if not (self.style.before or self.style.after):
            # Two capitalised words beside a dash may be anything: somebody known, or whoever gives the keynote.
            first = first if self._surely(first) else ()
            last = last if self._surely(last) or self._is_head(parts[0]) else ()
        elif (
            not last
            and self.style.after
            and self.heads.part("group", parts[-1].text)
            and len(split(parts[-1].text)) < 6
        ):
            last = (Mention(parts[-1].text, "", "", parts[-1].column, False, "none"),)
        elif first and last:
            first, last = (first, ()) if self.style.before else ((), last)
        if first and not (last or self.style.after):
            rest = _between(parts[1], parts[-1])
            return (
                Talk(rest or parts[1], [(one, None) for one in first], bracketed=True)
                if len(parts) == 2
                else Talk(
                    parts[1], [(one, None) for one in first], more=[part.text for part in parts[2:]], bracketed=True
                )
            )
        if last and (not self.style.before or len(parts) > 1):
            title = parts[0]
            if len(parts) > 2:
                text = " – ".join(part.text for part in parts[:-1])
                title = Marked(text, (parts[0].column,) * len(text))
            return Talk(title, [(one, None) for one in last], bracketed=True)
        return None

    def _surely(self, people: Sequence[Mention]) -> bool:
        """Whether somebody is known already, or has a title such as Dr."""
        return any(self.mentions.known(one.name) or _honoured(one.name, self.words) for one in people)

    def _is_head(self, piece: Marked) -> bool:
        """Whether a piece says no more than what kind of talk follows."""
        words = split(re.split(r"[:：]", piece.text)[0])
        known = self.heads.holds("type_talk", piece.text) or self.words.address(piece.text) != ""
        return known or (len(words) <= 3 and any((word,) in self.heads.phrases["type_talk"] for word in words))

    def _coloned(self, talk: Talk) -> None:
        """`Speaker: title`, `Keynote: speaker`, `Keynote by speaker`."""
        text = talk.title.text
        joint = _COLON.search(text)
        if joint and joint.start() and joint.end() < len(text):
            left, right = talk.title.cut(0, joint.start()), talk.title.cut(joint.end())
            said = self.words.duty(left.text)
            if self.style.colon and self.named(left):
                talk.people, talk.title, talk.bracketed = [(m, None) for m in self.names(left)], right, True
            elif (said or self.heads.holds("speech", left.text)) and (people := self.names(right)):
                talk.people, talk.bracketed = [(one, said) for one in people], True
                talk.title = left
                label = said and not self.heads.holds("speech", left.text)
                sure = label or self._surely(people) or any(one.organisation for one in people)
                talk.doubt = "" if sure else "title"
            elif self.named(left) and not self.named(right) and self.style.before:
                talk.people, talk.title, talk.bracketed = [(m, None) for m in self.names(left)], right, True
            return
        found = re.search(r"[,\s]+(?:by|from|with|von|mit|par|por|di|door|av|af|przez)\s+", text)
        people = self.names(talk.title.cut(found.end())) if found else ()
        if found and people and all(self.named(one.name) and not one.organisation for one in people):
            talk.people, talk.bracketed = [(one, None) for one in people], True
            talk.title = talk.title.cut(0, found.start())

    def in_charge(self, title: Marked) -> tuple[Marked, list[tuple[Mention, Duty]]]:
        """The title of a session, and who is said in brackets behind it to lead it: `Results (Chair: Eva Lang)`."""
        found = _BRACKET.search(title.text)
        inside = title.cut(found.start(1), found.end(1)) if found and found.start() else Marked("", ())
        label = _LABEL.match(inside.text)
        duty = self.words.duty(label[1]) if label else None
        if found is None or label is None or duty is None:
            return title, []
        people = self._in_column(inside.cut(label.end()), commas=True)
        return (title.cut(0, found.start()), [(one, duty) for one in people]) if people else (title, [])

    def _brackets(self, talk: Talk) -> None:
        """People, a room, or a word that somebody is open, in brackets at the end of a title."""
        found = _BRACKET.search(talk.title.text)
        if found is None or not found.start():
            return
        if self._room_or_open(talk, found):
            return
        words = split(talk.title.text[: found.start()])
        if len(words) == 2 and self.words.is_one("session", words[:1]) and len(words[1]) < 4:
            # "Session A (Young Researchers)" says what the session is for.
            return
        inside = talk.title.cut(found.start(1), found.end(1))
        if label := _LABEL.match(inside.text):
            duty = self.words.duty(label[1])
            if duty and (listed := self._in_column(inside.cut(label.end()), commas=True)):
                talk.people += [(one, duty) for one in listed]
                talk.title, talk.bracketed = talk.title.cut(0, found.start()), True
            return
        people: Sequence[Mention] = self._several_names(inside) or self.names(inside)
        parts = list(self.cut(inside, _INSIDE.pattern))
        if not people and len(parts) > 1:
            # Name and room, as in (Anna – EN 5041).
            rooms = [part for part in parts if self._is_room(part.text) or re.search(r"\d", part.text)]
            names = [one for part in parts if part not in rooms for one in (self.names(part) or self._lone(part))]
            if names and len(rooms) == 1 and self.style.brackets:
                people, talk.room = names, rooms[0].text
        if not people and self.style.brackets:
            people = self._lone(inside)
        if people and (self.style.brackets or all(self.named(one.name) for one in people)):
            talk.people += [(one, None) for one in people]
            talk.title, talk.bracketed = talk.title.cut(0, found.start()), True

    def _room_or_open(self, talk: Talk, found: re.Match[str]) -> bool:
        inside = found[1].strip()
        if self._is_room(inside) and not talk.room:
            talk.room, talk.title = inside, talk.title.cut(0, found.start())
            return True
        if self.mentions.is_open(inside):
            talk.open = talk.title.cut(found.start(1), found.end(1))
            talk.title = talk.title.cut(0, found.start())
            return True
        return False


def _with(mention: Mention, organisation: str) -> Mention:
    return Mention(mention.name, mention.organisation or organisation, mention.position, mention.column, mention.open)


def _between(first: Marked, last: Marked) -> Marked:
    return first if first is last else Marked("", ())


def _honoured(name: str, words: Vocabulary) -> bool:
    pieces = name.split()
    return bool(pieces) and pieces[0].casefold() in words.single("honorific")


def _titled(text: str, words: Vocabulary) -> bool:
    """Whether a text is one word with a title before it, such as Dr. Wright."""
    pieces = text.split()
    return len(pieces) > 1 and pieces[0].casefold() in words.single("honorific") and len(pieces) <= 3
