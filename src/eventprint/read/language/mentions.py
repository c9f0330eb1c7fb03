"""People as agendas mention them: `Name, Organisation`, `Name (Organisation)`, `Name – Organisation`, several, TBC.

A mention keeps name and organisation exactly as written. Whether a line is one depends on where it stands: callers
judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile

from ...values import dataclass
from .lines import Marked
from .vocabulary import EASTERN, Vocabulary, narrow, split

LONGEST_LINE = 300
"""Letters in a line of people; what is longer is running text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a line."""

    name: str
    organisation: str = ""
    position: str = ""
    column: int = 1
    open: bool = False
    """`(tbc)` stands with the name."""
    form: str = "comma"
    """How the organisation was set apart: comma, bracket, dash or none."""


_BRACKET = re.compile(r"^(?P<name>[^()\[\]]+?)\s*,?\s*[(\[](?P<inside>(?:[^()\[\]]|\([^()\[\]]*\))+)[)\]][.,;]?$")
_DASHED = re.compile(r"^(?P<name>.+?)\s+[–—|-]\s+(?P<rest>.+)$")
_OPEN = re.compile(r"[\s,–-]*[(\[]\s*([^()\[\]]{2,30}?)\s*[)\]]\s*$")
_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA = re.compile(r"\s*[,，、](?!\s*(?i:sr|jr|ph\.?d|md|msc|mba|i{2,3}|iv)(?![^\W\d_]))\s*")
"""Between people, and not before what belongs to a name, as in `Tom Hardy, Jr.`."""
_BEFORE_MORE = re.compile(r"(?i:sr|jr|ph\.?d|md)\.?[\s,–—|-]")
_HEIR = re.compile(r",\s*(?i:sr|jr)(?![^\W\d_])")
_FIRMS = frozenset(
    ("gmbh", "inc", "ltd", "llc", "ag", "kg", "bv", "nv", "ab", "oy", "oyj", "plc", "corp", "sarl", "spa")
)
_OFFICE = re.compile(r"^(?P<office>.{2,60}?)\s+(?:at|@|bei|chez|presso)\s+(?P<at>[^\W\d].{1,80})$")
_INITIAL = re.compile(r"(?:^|[\s.-])[^\W\d_]\.(?=[\s-]|$|[^\W\d_])")
_ACRONYM = re.compile(r"(?<![^\W_])[^\W\d_a-z]{2,8}(?![^\W_])")
_KATAKANA_NAME = re.compile("[\u30a1-\u30fa\u30fc]{2,}(?:[・=＝ ][\u30a1-\u30fa\u30fc]{2,}){1,3}")
_OFFICE_LAST = re.compile(r"(?:教授|講師|助教|長|研究員|代表|社長|会長|讲师|研究员|主任|院士|总裁)$")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{3,5}(?<![会式論论学學演題题話话展況况望性術术表談谈座])")
_HEAD = re.compile(r"[,;(/&–—|、，；（]|\s-\s")
_SENTENCES = re.compile(r"[^\W\d_A-Z]{3}\.\s+[^\W\d_a-z]")
_SHORT_FORMS = re.compile(r"(?i)(?<![^\W_])(?:prof|hab|dipl|univ|inst|dept|abt|fak|min|assoc)\.(?=\s)")
"""Short forms that end no sentence: `prof. UMG`, `Inst. für Physik`."""
_AFTER_BRACKET = re.compile(r"(?<=\))\s*(?:[,;]\s*(?:[^\W\d_A-Z]{1,3}\s+)?|\s([^\W\d]{1,5}|&)\s)(?=\S)")
_WIDE = re.compile(r"\s{3}|\t")
"""Space that parts columns rather than words."""
_MAIL = re.compile(r"\s*[<(\[](?:mailto:)?[^\s<>()\[\]@]{1,64}@[^\s<>()\[\]@]{3,200}[>)\]]")
_SINGLE = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’`´.·-][^\W\d_]+)*[.'’]?")


_UNKNOWN = ("unknown", "speaker", "moderator", "title_label")
_RANKS = 8
"""Words of an office before a name, as in `Rektor Uniwersytetu Gdańskiego Jan Nowak`."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds people in a line."""

    words: Vocabulary
    known: Callable[[str], bool] = lambda name: False
    """Whether somebody of this name was met before."""

    def is_open(self, text: str) -> bool:
        """Whether nothing is said but that somebody is to be confirmed: `TBC`, `Speaker: tba`, `TBC, EISMEA`."""
        stripped = text.strip(" .()[]*:-–—")
        words = split(stripped) if len(stripped) <= 60 else []
        if self.words.is_one("unknown", words) or stripped.casefold() in {"t.b.c", "t.b.a", "n.n"}:
            return True
        # "Prelegent do potwierdzenia", "講演者未定": who is to be confirmed, in words; "invited speaker" is none.
        met = self.words.first(words, ("unknown",)) if 1 < len(words) <= 6 else None
        return bool(met and words[met[1]] != "invited" and self.words.covered(words, _UNKNOWN))

    def open_with_organisation(self, line: Marked) -> str | None:
        """The organisation of somebody unnamed, as in `TBC, EISMEA`; None where the line is no such thing."""
        found = re.match(r"^([^,()–—]{2,40}?)\s*(?:,|\s[–—-]\s|\()\s*(.+?)\)?$", line.text)
        return found[2] if found and self.is_open(found[1]) and len(found[2]) <= 80 else None

    def named(self, text: str, *, strict: bool = True) -> bool:
        """Whether a text has the shape of a personal name: two to six capitalised words, or one with a title.

        `strict` also refuses names that hold words of titles, such as Workshop.
        """
        text = text.strip()
        if not 2 <= len(text) <= 80 or any(letter.isdigit() for letter in text):
            return False
        if EASTERN.search(text):
            return self._eastern(text)[0] > 0
        if len(text) < 3 or _WIDE.search(text):
            return False
        pieces = text.replace(",", " ").split()
        if len(pieces) == 2 and len(pieces[1]) == 1 and pieces[0].casefold() not in self.words.single("given_name"):
            # "Regency E" is a room.
            return False
        titles = self.words.single("honorific")
        # "prof. dr hab. Jan Kowalski": some languages write them small.
        small = len(list(takewhile(lambda piece: piece.islower() and piece in titles, pieces)))
        small = small if len(pieces) - small > 1 else 0
        pieces = pieces[small:]
        plain = [piece for piece in pieces if piece.casefold() not in titles or piece.islower()]
        honoured = len(plain) < len(pieces) or small > 0
        if not (1 if honoured else 2) <= len(plain) <= 6:
            return False
        particles, never = self.words.single("particle"), self.words.single("never_a_name")
        seldom = self.words.single("seldom_a_name")
        capitals = doubts = 0
        if "," in text and self._is_title_and_name(text):
            return False
        for index, piece in enumerate(plain):
            if piece.replace("’", "'") == "'t":
                continue
            if not _WORD.fullmatch(piece) or (index + 1 < len(plain) and len(piece) > 4 and piece.endswith(".")):
                return False
            lowered = piece.casefold()
            if piece[0].islower():
                elided = re.match(r"(?:al|el|d|l|de|da|t)['’-](.)", piece)
                if lowered not in particles and not elided:
                    return False
                capitals += bool(elided and elided[1].isupper())
                continue
            # "Pierre Le Goff" is a name and "Hélène de La Tour" too, though a title may begin "Le" or "La Tour".
            inside = index > 0 and (lowered in particles or plain[index - 1].casefold() in particles)
            # "Per Christensen", though "per" is a small word elsewhere.
            inside = inside or (index == 0 and lowered in self.words.single("given_name"))
            if strict and not inside and (lowered in never or self._of_agendas(lowered)):
                return False
            doubts += lowered in seldom and lowered not in particles
            capitals += piece[0].isupper() or (not piece[0].islower() and len(plain) <= 4)
        # "Marc Winter" is a name, "Winter School" is none.
        if (
            strict
            and doubts
            and doubts * 2 >= len(plain)
            and plain[0].casefold() not in self.words.single("given_name")
        ):
            return False
        return capitals >= (1 if honoured else 2)

    def _is_title_and_name(self, text: str) -> bool:
        """Whether what stands after a comma is a whole name: `Havvind, Ingrid Moe`, and not `Moe, Ingrid Anna`."""
        family, _, rest = text.partition(",")
        given, pieces = self.words.single("given_name"), rest.casefold().split()
        if len(family.split()) > 1 or len(pieces) < 2 or pieces[0] not in given:
            return False
        more = [piece for piece in pieces[1:] if len(piece.rstrip(".")) > 1]
        suffixes = self.words.single("suffix") | self.words.single("particle")
        return bool(more) and not any(piece in given or piece in suffixes for piece in more)

    def _after_office(self, text: str) -> int:
        """Where the name begins after an office, as in `Rektor UMCS Jan Nowak`; 0 where no such thing stands."""
        pieces = list(re.finditer(r"\S+", text[:120]))
        positions, given = self.words.single("position"), self.words.single("given_name")
        if len(pieces) < 3 or pieces[0][0].casefold() not in positions - self.words.single("honorific"):
            return 0
        for piece in pieces[1:_RANKS]:
            if piece[0][-1] in ",;:(" or piece[0] in "–—|-":
                return 0
            name = _HEAD.split(text[piece.start() :], maxsplit=1)[0].strip()
            told = piece[0].casefold() in given or len(_INITIAL.findall(name)) > 1
            if told and piece[0][0].isupper() and self.named(name):
                return piece.start()
        return 0

    def _office_first(self, piece: Marked) -> Mention | None:
        """`Reitor da UFSC, Irineu Souza` and `Rector, Prof. Anna Berg`: the office before the comma."""
        before, comma, after = piece.text.rpartition(", ")
        if not comma or not self.named(after) or "(" in before or not before.strip(", "):
            return None
        positions, honorifics = self.words.single("position"), self.words.single("honorific")
        first, *others = before.casefold().replace(",", " ").split()
        alone = all(word in positions or word in honorifics for word in (first, *others))
        given = after.casefold().split()[0] in self.words.single("given_name") or _INITIAL.search(after) is not None
        if (
            first not in positions
            or not (given or alone)
            or self._after_office(before)
            or ("," in before and not alone)
        ):
            return None
        name = piece.cut(len(before) + 2)
        if alone:
            return Mention(name.text, "", before, name.column, False, "none")
        return Mention(name.text, before, "", name.column, False)

    def strength(self, mention: Mention) -> int:
        """How much of a person a mention is by its look: 3 known, 2 told by more than capitals, 1 by them, 0 hardly."""
        name = mention.name
        if self.known(name):
            return 3
        if EASTERN.search(name):
            return self._eastern(name)[0] + bool(mention.organisation)
        pieces = [piece.casefold() for piece in name.replace(",", " ").split()]
        titles = self.words.single("honorific") | self.words.single("suffix")
        # "Berlin IETF" is nobody.
        shouted = any(piece.isupper() and 2 <= len(piece) <= 5 and piece.isalpha() for piece in name.split())
        if shouted and not name.isupper() and not self.words.single("given_name").intersection(pieces[:2]):
            return 0
        told = any(piece in titles for piece in pieces) or _INITIAL.search(name) is not None
        given = bool(self.words.single("given_name").intersection(pieces[:3]))
        shaped = not (self.words.single("seldom_a_name") - self.words.single("particle")).intersection(pieces)
        place = mention.organisation
        affiliated = (mention.form == "bracket" and not place.islower()) or mention.position != ""
        affiliated = affiliated or (mention.form == "comma" and _ACRONYM.search(place) is not None)
        return 2 if told or given or (affiliated and shaped) else int(shaped and len(pieces) > 1)

    def is_organisation(self, text: str) -> bool:
        """Whether a text can hardly be anything but where somebody is from: by its words, or as an acronym."""
        words = split(text)
        known = self.words.single("organisation_word") | self.words.single("position")
        if len(words) <= 8 and any(word in known for word in words):
            return True
        if EASTERN.search(text) and any(text.endswith(word) or word in text for word in known if EASTERN.match(word)):
            return len(text) <= 30
        return re.fullmatch(r"[^\W\d_a-z]{2,8}|[^\W\d_]+[a-z][A-Z][^\W_]*", text.strip()) is not None

    def _eastern(self, text: str) -> tuple[int, str]:
        """How surely a text in Han, kana or Hangul is a name, from 0 to 2, and the name without what is said after it.

        Nothing but its family name tells one; a respectful word after it, or a space within, makes it surer.
        """
        text = text.strip()
        respectful = sorted(self.words.single("eastern_honorific"), key=len, reverse=True)
        suffix = next((word for word in respectful if text.endswith(word) and len(text) > len(word) + 1), "")
        name = text.removesuffix(suffix).strip() if suffix else text
        words = split(name)
        if any(len(word) > 1 and EASTERN.fullmatch(word) and self._of_agendas(word) for word in words):
            return 0, text
        if _KATAKANA_NAME.fullmatch(name):
            return 1 + bool(suffix), name
        letters = name.replace(" ", "").replace("\u3000", "")
        parts = name.split()
        family = next((length for length in (3, 2, 1) if letters[:length] in self.words.single("eastern_surname")), 0)
        if not EASTERN.fullmatch(letters) or len(parts) > 2 or not 2 <= len(letters) <= 6:
            return 0, text
        if "\uac00" <= letters[0] <= "\ud7af":
            fits = bool(family) and (len(letters) == 3 or (bool(suffix) and 2 <= len(letters) <= 4))
            fits = fits and (len(parts) == 1 or len(parts[0]) <= 2)
        else:
            fits = (bool(family) and len(letters) <= family + 3) or (len(parts) == 2 and max(map(len, parts)) <= 3)
        return (1 + bool(suffix) if fits or (suffix and len(letters) <= 4) else 0), name

    def _of_agendas(self, word: str) -> bool:
        return any(
            (word,) in self.words.phrases[group]
            for group in (
                "coffee",
                "lunch",
                "pause",
                "session",
                "agenda",
                "unknown",
                "opening",
                "closing",
                "registration",
            )
        )

    def one(self, line: Marked, *, bare: bool = False) -> Mention | None:
        """The one person of a text; `bare`: a name without an organisation will do."""
        line, is_open = self._without_open(self._without_by(line))
        text = narrow(line.text)
        text = text.rstrip(" ;,") if text.endswith((",", ";")) else text
        if re.search(r"[^\W\d_]{4}\.$", text) and split(text)[-1] not in self.words.single("suffix"):
            text = text[:-1]
        if not text or len(text) > LONGEST_LINE:
            return None
        if bare and text.endswith("?") and self.named(text[:-1]):
            # "Tom Hardy?" has not said yes.
            text, is_open = text[:-1].rstrip(), True
        if EASTERN.search(text):
            return self._one_eastern(line, text, is_open, bare=bare)
        if (at := self._after_office(text)) and (person := self.one(line.cut(at), bare=True)):
            return replace(person, position=person.position or text[:at].strip(), open=is_open)
        if found := _BRACKET.match(text):
            name, inside = found["name"].strip(" ,"), found["inside"].strip()
            if self.named(name) and self._links(inside):
                return Mention(name, "", "", line.column, is_open, "none")
            if self.words.duty(inside) or inside.casefold() in self.words.single("given_name"):
                # "Last words (Chairs)", "Tides and Ships (Anna)"
                return None
            if self.named(name) and self._organisation(inside):
                position, organisation = self._office(inside)
                return Mention(name, organisation, position, line.column, is_open, "bracket")
        if "," in text:
            parts = [part.strip() for part in text.split(",")]
            count = 1
            while count < len(parts) and parts[count].casefold() in self.words.single("suffix"):
                count += 1
            name = ", ".join(parts[:count])
            if self.named(name):
                rest = parts[count:]
                if not rest:
                    return Mention(name, "", "", line.column, is_open, "none") if bare else None
                position = ""
                if len(rest) > 1 and any(word in self.words.single("position") for word in split(rest[0])):
                    position, rest = rest[0], rest[1:]
                organisation = ", ".join(rest)
                if not position and len(rest) == 1:
                    position, organisation = self._office(organisation)
                if self._organisation(organisation):
                    return Mention(name, organisation, position, line.column, is_open)
            return None
        if found := _DASHED.match(text):
            if self.named(found["name"]) and self._organisation(found["rest"]):
                return Mention(found["name"], found["rest"].strip(), "", line.column, is_open, "dash")
            return None
        firm = text.rsplit(" ", 1)[-1].strip(".").casefold() in _FIRMS
        if (bare or text != line.text) and not firm and self.named(text):
            return Mention(text, "", "", line.column, is_open, "none")
        return None

    def _links(self, text: str) -> bool:
        """Whether a bracket holds nothing but links to more, as in `(slides, old slides)`."""
        parts = [split(part) for part in text.split(",")]
        return all(0 < len(words) <= 3 and self.words.is_one("link_word", words[-1:]) for words in parts)

    def _office(self, text: str) -> tuple[str, str]:
        """`CEO at Foo` is a position and an organisation."""
        found = _OFFICE.match(text)
        if found and any(word in self.words.single("position") for word in split(found["office"])):
            return found["office"], found["at"]
        return "", text

    def _one_eastern(self, line: Marked, text: str, is_open: bool, *, bare: bool) -> Mention | None:
        """`山田太郎（東京大学）`, `윤건영 대표`, `曹继忠，58到家`."""
        organisation, form, named = "", "none", text
        if told := re.fullmatch(r"(\S.{2,40})\s([^\s()]{3,8})", text):
            # "京都大学農学部教授 松野隆一氏"
            sure, name = self._eastern(told[2])
            if sure > 1 and name != told[2] and len(name) > 2 and self.is_organisation(told[1]):
                return Mention(name, told[1].strip(), "", line.column, is_open)
        if found := _BRACKET.match(text):
            named, organisation, form = found["name"], found["inside"].strip(), "bracket"
        else:
            found = re.match(r"([^,，、]{2,12})[,，]\s*(.{2,60})$", text) or _DASHED.match(text)
            parted = re.match(r"([^,，、]{2,8})、\s*([^、]{2,60})$", text) if not found else None
            if parted and self.is_organisation(parted[2]) and not self._eastern(parted[2])[0]:
                # "山田太郎、東京大学"
                found = parted
            if not found and not self._eastern(text)[0]:
                found = re.match(r"(\S{2,4})\s+(\S.{2,60})$", text)
                found = found if found and self.is_organisation(found[2]) else None
            if found:
                named, organisation, form = found[1], found[2].strip(), "comma"
        sure, name = self._eastern(named)
        if not sure and form == "bracket" and _OFFICE_LAST.search(organisation) and self.is_organisation(organisation):
            # A family name that no list has, and what its bearer is
            sure = int(_HAN_NAME.fullmatch(named) is not None and not self._of_agendas(named))
        if not sure or (form == "none" and not bare):
            return None
        said = named.strip().removeprefix(name).strip()
        position = said if said in self.words.single("position") else ""
        return Mention(name, organisation, position, line.column, is_open, form)

    def all(self, line: Marked, *, bare: bool = False, many: bool = False) -> tuple[Mention, ...]:
        """Everybody named in a line; empty where it is no line of people.

        `many`: a label in the plural stood before, so that commas may part names.
        """
        line = self._without_by(self._without_mail(line))
        if not 2 <= len(line.text) <= LONGEST_LINE or line.text.islower():
            return ()
        if office := self._office_first(line):
            return (office,)
        if self._hopeless(line.text):
            return ()
        found: list[Mention] = []
        pieces = list(_cut(line, _SEMICOLON))
        for piece in pieces:
            met = self._piece(piece, bare=bare, many=many and len(pieces) == 1)
            if not met:
                return ()
            found += met
        return tuple(found)

    @staticmethod
    def _without_mail(line: Marked) -> Marked:
        """`Anna Berg <anna@example.org>`: how to write to somebody is no part of the name."""
        if "@" not in line.text:
            return line
        for found in reversed(list(_MAIL.finditer(line.text))):
            before, after = line.cut(0, found.start()), line.cut(found.end())
            joint = "" if not after or after.text[0] in ",;:.)" else " "
            columns = [*before.columns, *([after.column] * len(joint)), *after.columns]
            line = Marked(before.text + joint + after.text, columns, line.bold, line.struck)
        return line

    def _without_by(self, line: Marked) -> Marked:
        """`Par Guillaume Dupont`, `presented by Anna Berg`: the people after such words."""
        found = re.match(r"((?:[^\W\d]+\s){0,2}?[^\W\d]+\.?/?)\s*:?\s+(?=[^\W\d])", line.text)
        if found is None or line.text[found.end()].islower():
            return line
        phrase = tuple(split(found[1])) or (found[1].lower(),)
        by = phrase in self.words.phrases["by"] or found[1].lower() in self.words.single("by")
        by = by and (len(found[1]) > 3 or found[1][0].islower() or found[1] in ("By", "Par", "Por", "Von", "Mit"))
        return line.cut(found.end()) if by else line

    def _hopeless(self, text: str) -> bool:
        """Whether a text begins like a sentence, with a small word that no name has: most lines are told by this."""
        head = _HEAD.split(text, maxsplit=1)[0]
        small = [word.casefold() for word in head.split()[:6] if word[0].islower() or word[0].isdigit()]
        if not small or EASTERN.search(head):
            return False
        fine = self.words.single("particle") | self.words.single("also") | self.words.single("honorific")
        fine |= self.words.single("position")
        return not all(word in fine or "'" in word or "’" in word for word in small)

    def _piece(self, piece: Marked, *, bare: bool, many: bool) -> tuple[Mention, ...]:
        if shared := self._sharing(piece):
            return shared
        listed = self._listed(piece) or self._bracketed(piece)
        if many and not listed and (couple := self._two(piece)):
            return couple
        if listed and (many or len(listed) > 3 or listed[0].form == "bracket" or self._given_names(listed[1:])):
            return listed
        if len(listed) == 3 and any(self._given_names((one,)) for one in listed[1:]) and self._shaped(listed):
            return listed
        if both := self._both(piece):
            return both
        one = self.one(piece, bare=bare)
        if one and one.form == "none" and len(pair := self._joined(piece)) == 2:
            # "Ana Ruiz y Eva Lang" are two people, "Santiago Ramón y Cajal" is one.
            two = [self.one(part, bare=True) for part in pair]
            if all(person and len(person.name.split()) > 1 for person in two):
                return tuple(person for person in two if person)
        if one:
            return (one,)
        parts = self._joined(piece)
        if len(parts) < 2:
            return ()
        last = self.one(parts[-1], bare=bare)
        if last is None:
            return ()
        before = [self.one(part, bare=True) for part in parts[:-1]]
        if not all(before):
            return ()
        place = last.organisation if not any(person and person.organisation for person in before) else ""
        return (
            *(
                Mention(person.name, person.organisation or place, person.position, person.column, person.open)
                for person in before
                if person
            ),
            last,
        )

    def _bracketed(self, piece: Marked) -> tuple[Mention, ...]:
        """`Cy Young (ETH), Di Fox (EPFL) and Ole Bull (Lumen)`."""
        if piece.text.count("(") < 2:
            return ()
        also = self.words.single("also")
        if any(joint[1] and joint[1].casefold() not in also for joint in _AFTER_BRACKET.finditer(piece.text)):
            # "Search (formulas) over documents (the archive)"
            return ()
        found = [self.one(part, bare=True) for part in _cut(piece, _AFTER_BRACKET)]
        people = tuple(person for person in found if person and person.form in ("bracket", "none"))
        several = sum(person.form == "bracket" for person in people) > 1
        return people if several and len(people) == len(found) else ()

    def _sharing(self, piece: Marked) -> tuple[Mention, ...]:
        """`Cy Young, Di Fox (ETH)`: several of one organisation."""
        found = _BRACKET.match(piece.text)
        if not found or "," not in found["name"] or not self._organisation(found["inside"]):
            return ()
        names = [name for part in _cut(piece.cut(0, found.end("name")), _COMMA) for name in self._joined(part)]
        if len(names) < 2 or not all(self.named(name.text) for name in names):
            return ()
        given = self.words.single("given_name")
        if not any(name.text.split()[0].casefold() in given for name in names[1:]):
            # "Anna Berg, Tide Commons (London)"
            return ()
        inside = found["inside"].strip()
        return tuple(Mention(name.text, inside, "", name.column, False, "bracket") for name in names)

    def _shaped(self, people: tuple[Mention, ...]) -> bool:
        """Whether all have the look of people, and none of a place or an organisation."""
        known = self.words.single("organisation_word")
        return all(self.strength(one) and not known.intersection(split(one.name)) for one in people)

    def _given_names(self, people: tuple[Mention, ...]) -> bool:
        known = self.words.single("given_name")
        return bool(people) and all(person.name.split()[0].casefold() in known for person in people)

    def _listed(self, piece: Marked) -> tuple[Mention, ...]:
        """`Jan Maas, Ole Bull and Plato`: names alone, parted by commas and a last `and`.

        Two parts alone may be a name and its organisation, unless the second holds an `and` or somebody known.
        """
        commas = list(_cut(piece, _COMMA))
        if len(commas) < 2:
            return ()
        last = self._joined(commas[-1])
        if len(commas) == 2 and not self.known(commas[1].text) and not (len(last) > 1 and self.named(last[0].text)):
            # "Ella Kaye, Heather Turner": the second is told by a given name.
            first = commas[1].text.split(" ")[0].casefold()
            initial = _INITIAL.match(commas[1].text) is not None
            told = initial or _HEIR.search(commas[1].text) or first in self.words.single("given_name")
            if not told or commas[1].text in ("Max Planck", "Marie Curie"):
                return ()
        names = [name for part in commas for name in self._joined(part)]
        for part in names:
            single = part is names[-1] and len(last) > 1 and _SINGLE.fullmatch(part.text)
            if not (self.named(part.text) or self.known(part.text) or single):
                return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in names)

    def _two(self, piece: Marked) -> tuple[Mention, ...]:
        """`Heinrich Töns, Kay Rentelmann`, where a label in the plural stands before: two names, and no firm."""
        parts = list(_cut(piece, _COMMA))
        if len(parts) == 2 and EASTERN.search(parts[1].text) and all(self._eastern(part.text)[0] for part in parts):
            # "박민수, 최지은"
            known = self.words.single("organisation_word")
            where = parts[1].text[-1] in "대大社部省署" or any(
                len(word) > 1 and word in parts[1].text for word in known
            )
            return () if where else tuple(Mention(part.text, "", "", part.column, False, "none") for part in parts)
        if len(parts) != 2 or not all(self.named(part.text) and 2 <= len(part.text.split()) <= 3 for part in parts):
            return ()
        second = parts[1].text
        if self.is_organisation(second) or any(map(_ACRONYM.search, second.split())) or EASTERN.search(piece.text):
            return ()
        first = self.words.single("given_name").intersection(parts[0].text.casefold().split()[:1])
        same = len(second.split()) == 2 and second.istitle()
        if not (first and same) or self.words.single("organisation_word").intersection(split(second)):
            return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in parts)

    def _both(self, piece: Marked) -> tuple[Mention, ...]:
        """`Cy Young, ETH and Di Fox, EPFL`: several people, each with an organisation.

        An organisation "of" something may go on after its `and`: `Ministry of Water and Rural Affairs, Malta`.
        """
        parts = self._joined(piece)
        # A sign joins the names of firms more often than people with all they are.
        if len(parts) < 2 or "/" in piece.text or "&" in piece.text:
            return ()
        found = [person for part in parts if (person := self.one(part)) and person.form in ("comma", "bracket")]
        if len(found) < len(parts):
            return ()
        before = [word for person in found[:-1] if person.form == "comma" for word in split(person.organisation)]
        return () if self.words.single("linking").intersection(before) else tuple(found)

    def people(self, value: Marked) -> tuple[Mention, ...]:
        """Everybody named in what follows a label such as `Podium:`."""
        return self.all(value, bare=True, many=True)

    def holds_person(self, mention: Mention, *, many: bool = False) -> bool:
        """Whether an organisation may be or hold a second person, as in `University of Oslo and Di Fox, EPFL`."""
        parts = self._joined(Marked(mention.organisation, range(1, len(mention.organisation) + 1)))
        if many and self.named(mention.organisation):
            return True
        return mention.form == "comma" and any((one := self.one(part)) and one.form == "comma" for part in parts[1:])

    def single(self, line: Marked) -> Mention | None:
        """`Plato, Academy`: a name of one word with an organisation, which may as well be a title with a comma."""
        line, is_open = self._without_open(line)
        name, comma, organisation = (part.strip() for part in line.text.partition(","))
        if not comma or not _SINGLE.fullmatch(name) or not self._organisation(organisation):
            return None
        lowered = name.casefold()
        if lowered in self.words.single("never_a_name") or self._of_agendas(lowered) or organisation[0].islower():
            return None
        return Mention(name, organisation, "", line.column, is_open) if len(organisation.split()) <= 5 else None

    def singles(self, line: Marked) -> tuple[Mention, ...]:
        """`Ben`, `Matt / Alex`, `Ben and Matt`: names of one word, where a label says that people follow."""
        parts = [name for part in _cut(line, _COMMA) for name in self._joined(part)]
        never = self.words.single("never_a_name")
        if not 0 < len(parts) <= 4:
            return ()
        if any(not _SINGLE.fullmatch(part.text) or part.text.casefold() in never for part in parts):
            return ()
        if any(self._of_agendas(part.text.casefold()) for part in parts):
            return ()
        return tuple(Mention(part.text, "", "", part.column, False, "none") for part in parts)

    def _joined(self, piece: Marked) -> list[Marked]:
        """The parts between `and`, `&` and strokes."""
        return list(_cut(piece, _joiner(self.words.single("also"))))

    def _without_open(self, line: Marked) -> tuple[Marked, bool]:
        found = _OPEN.search(line.text)
        if found and self.is_open(found[1]):
            return line.cut(0, found.start()), True
        return line, False

    @staticmethod
    def _organisation(text: str) -> bool:
        """Whether a text can be an organisation: short, and no sentence."""
        text = _SHORT_FORMS.sub("", text.strip())
        if not text or len(text) > 120 or len(text.split()) > 14 or _SENTENCES.search(text):
            return False
        if text.startswith("#") or not any(map(str.isalpha, text)):
            # "Negotiation (#1773)"
            return False
        if _BEFORE_MORE.match(text) or _HEIR.search(text):
            return False
        # A full stop ends a sentence, unless it belongs to a short name such as "Example Inc."
        return not text.endswith(("?", ":")) and (not text.endswith((".", "!")) or len(text.split()) <= 5)


@cache
def _joiner(also: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(also))
    return re.compile(rf"\s+(?:{words})\s+|\s*[/、]\s*", re.IGNORECASE)


def _cut(line: Marked, separator: re.Pattern[str]) -> Iterator[Marked]:
    start = 0
    for found in separator.finditer(line.text):
        if piece := line.cut(start, found.start()):
            yield piece
        start = found.end()
    if piece := line.cut(start):
        yield piece
