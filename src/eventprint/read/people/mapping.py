"""Which column of a people list holds what: as event.yaml says, by its heading, by what stands below, by a question.

The headings that are known are words of `headings`; here is decided which of several columns is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from ... import records, sheets
from ...problems import Place, Problems
from ...sheets import Table
from ...values import dataclass
from ..language.names import fold, is_east_asian
from ..settings import Columns
from .headings import ANSWERED, NAMES, Headings, bare, forms, plain

_BEGINNING = re.compile(r"[^:：(]{1,80}(?:[:：]\s*|\((?=[^()]{1,40}\)$))|[^\W\d_]{1,30}[-._|]")
"""What several headings may begin with: up to a colon or a bracket, or one word and a sign."""

_PARTED = frozenset(":：(")
"""Signs after which stands a part of a name and nothing else."""

_READ = 2000
"""The rows in which is looked for what a column holds."""

_FIRST = re.compile(r"(?<!\S)1[.:]?(?!\S)")
"""The number of the first of several people in a heading."""


@dataclass(slots=True)
class _Finder:
    table: Table
    words: Headings
    stated: Columns
    problems: Problems
    plain: list[str] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)

    def columns(self) -> dict[str, int]:
        headings = self.table.headings
        self.plain = [plain(heading) for heading in headings]
        self.by_statement()
        said = set(self.found)
        beginnings = self.beginnings()
        read = [forms(heading, self.words) for heading in headings]
        self.by_heading([form[:1] for form in read])
        self.by_heading([form[1:] if self.is_one(form) else () for form in read])
        rest = [self.after(heading, beginnings) for heading in headings]
        self.parts(rest)
        self.by_heading([() if _PARTED & set(heading) else form for heading, form in zip(headings, rest, strict=True)])
        if not NAMES & self.found.keys():
            self.first_of_several()
        self.twice()
        if "status" in self.found and "status" not in said:
            self.states(read)
        if "organisation" in self.found and "organisation" not in said:
            self.kinds(read)
        for key in {"given", "family"} & self.found.keys() - said:
            if self.table.rows and "name" in self.found and not self.cells(self.found[key]):
                del self.found[key]  # nobody has filled it in: the name beside it is whole
        self.halves(said)
        self.by_content()
        self.by_question()
        self.mails()
        self.answered(said)
        self.numbers(said)
        self.digits(said)
        self.links(read, said)
        return self.found

    def place(self, index: int) -> Place:
        assert self.table.header is not None
        return self.table.header.place(index)

    def free(self) -> list[int]:
        taken = set(self.found.values())
        return [index for index, heading in enumerate(self.plain) if heading and index not in taken]

    def cells(self, index: int) -> list[str]:
        """What stands in a column, as far as it is needed to know what it holds."""
        return [cell for row in self.table.rows[:_READ] if (cell := row[index].strip())]

    def twice(self) -> None:
        if self.table.header is None or self.table.header.sheet is None:
            return  # the keys of JSON are given by a system
        seen: set[str] = set()
        for index, heading in enumerate(self.plain):
            # In many languages the state of a registration, a country and a part of one are one word.
            known = any(self.words.holds(key, heading) for key in ("country", "email"))
            if heading and heading in seen and heading not in self.words.states and not known:
                message = f"the heading {self.table.headings[index]!r} stands twice"
                self.problems.warning(message, self.place(index), "rename one of the two", "attendees.heading-twice")
            seen.add(heading)

    def by_statement(self) -> None:
        for key in self.words.columns:
            wanted = getattr(self.stated, key, "")
            if not wanted:
                continue
            if plain(wanted) in self.plain:
                self.found[key] = self.plain.index(plain(wanted))
            else:
                hint = records.suggest(wanted, [heading for heading in self.table.headings if heading])
                place = records.at(self.stated, key)
                self.problems.error(f"{self.table.file} has no column {wanted!r}", place, hint, "attendees.column")

    def by_heading(self, forms: Sequence[Sequence[str]]) -> None:
        by_form: dict[str, list[int]] = {}
        for index in self.free():
            for form in forms[index]:
                by_form.setdefault(form, []).append(index)
        for key, known in self.words.columns.items():
            if key in self.found:
                continue
            fitting = [(known[form], index) for form, those in by_form.items() if form in known for index in those]
            taken = set(self.found.values())
            free = [index for _, index in sorted(fitting) if index not in taken]
            if free:
                self.found[key] = self.fuller(key, free)

    def fuller(self, key: str, free: Sequence[int]) -> int:
        """The first of several columns, but for those in which little stands: forms ask for a name they also know."""
        filled = {index: len(self.cells(index)) for index in free if len(free) > 1 and self.suits(key, index)}
        most = max(filled.values(), default=0)
        return next((index for index, count in filled.items() if 2 * count >= most), free[0])

    def suits(self, key: str, index: int) -> bool:
        """Whether something stands in a column, and letters where it is to be a name: `Person` may count the rows."""
        cells = self.cells(index)
        return bool(cells) and (key not in NAMES or any(letter.isalpha() for cell in cells for letter in cell))

    def beginnings(self) -> frozenset[str]:
        """What several headings begin with and are not about: `Attendee name:` of pretix, `REG-`, `user.`."""
        counts = Counter(found[0] for heading in self.table.headings if (found := _beginning(heading)))
        half = len(self.table.headings) / 2
        return frozenset(
            said
            for said, count in counts.items()
            if not self.words.other & set(plain(said).split())
            and (count > 1 if said.rstrip()[-1] in ":：(" else count > 3 and count >= half)
        )

    def after(self, heading: str, beginnings: frozenset[str]) -> Sequence[str]:
        """The forms of a heading without the beginning it shares with others."""
        found = _beginning(heading)
        if not found or found[0] not in beginnings:
            return ()
        return forms(heading[found.end() :].removesuffix(")"), self.words)

    def parts(self, rest: Sequence[Sequence[str]]) -> None:
        """The given and the family name under headings that begin alike: `Attendee name: Given name` of pretix.

        A column that was taken for one of the two before, such as `Nome`, holds the whole name then.
        """
        pair: dict[str, int] = {}
        for key in ("given", "family", "middle", "honorific"):
            known = self.words.columns[key]
            at = next((at for at, each in enumerate(rest) if any(form in known for form in each)), None)
            if at is not None and at not in pair.values():
                pair[key] = at
        if not {"given", "family"} <= pair.keys() or {"given", "family"} <= self.found.keys():
            return
        before = self.found.get("given", self.found.get("family"))
        self.found |= pair
        if self.found.get("name") in pair.values():
            del self.found["name"]
        if before is not None and before not in pair.values():
            self.found.setdefault("name", before)

    def first_of_several(self) -> None:
        """`Vorname 1` beside `Vorname 2`: a row is its first person's, and that it names others is told."""
        at = {heading: index for index, heading in reversed([*enumerate(self.plain)])}
        firsts: list[list[str]] = [[] for _ in self.plain]
        second: dict[int, int] = {}
        for index, heading in enumerate(self.plain):
            found = _FIRST.search(heading)
            if found is None:
                continue
            before, after = heading[: found.start()], heading[found.end() :]
            other = at.get(f"{before}2{heading[found.start() + 1 :]}")
            # In a programme not every row has a `Speaker 1`.
            if other is None or 2 * len(self.cells(index)) < len(self.table.rows[:_READ]):
                continue
            second[index] = other
            firsts[index].append(plain(f"{before} {after}"))
            if not self.words.other & set(before.split()) and not self.words.holds("organisation", plain(before)):
                firsts[index].append(plain(after))
        self.by_heading(firsts)
        others = sorted(second[self.found[key]] for key in NAMES & self.found.keys() if self.found[key] in second)
        rows = sum(any(row[index].strip() for index in others) for row in self.table.rows)
        if rows:
            heading = self.table.headings[others[0]]
            message = f"{heading!r} names more people, in {rows} of {len(self.table.rows)} rows; they get no badge"
            hint = "give everybody a row of their own"
            self.problems.warning(message, self.place(others[0]), hint, "attendees.several")

    def states(self, read: Sequence[Sequence[str]]) -> None:
        """`Status` says who comes where words such as `paid` stand below; else another column does, or none.

        `Estado` is the part of a country in an address as well, `Statut` also what somebody is.
        """
        wanted = self.words.columns["status"]
        index = self.found["status"]
        if not self.cells(index) or self.tells_states(index, 1 / 3 if self.words.states & set(read[index][:2]) else 0):
            return
        others = [at for at in self.free() if any(form in wanted for form in read[at]) and self.tells_states(at)]
        if others:
            self.found["status"] = others[0]
        elif self.words.states & set(read[index][:2]):
            del self.found["status"]

    def tells_states(self, index: int, share: float = 0) -> bool:
        """Whether words such as `paid` stand in a column: one of them, or so many of its different words."""
        said = {cell for cell in self.cells(index) if not cell[0].isdigit() and len(cell) > 1}
        known = sum(bool(self.words.state(cell)) for cell in said)
        return known > 0 and known >= share * len(said)

    def kinds(self, read: Sequence[Sequence[str]]) -> None:
        """`Affiliation` beside `Institution` may hold kinds: `Industry`, `Academia`; the other is the organisation."""
        wanted = self.words.columns["organisation"]
        cells = self.cells(self.found["organisation"])
        kinds = len(set(cells))
        if len(cells) < 12 or 4 * kinds > len(cells):
            return
        for index in self.free():
            if any(form in wanted for form in read[index]) and len(set(self.cells(index))) > 3 * kinds:
                self.found["organisation"] = index
                return

    def mails(self) -> None:
        """Mail addresses under a heading that only names them among other words: `NMSU Email`, not `Email of payer`."""
        if "email" in self.found:
            return
        for index in self.free():
            said = self.plain[index]
            if "mail" not in said.replace(" ", "") or (self.words.payers | self.words.other) & set(said.split()):
                continue
            cells = self.cells(index)
            if cells and 2 * sum("@" in cell for cell in cells) > len(cells):
                self.found["email"] = index
                return

    def is_one(self, forms: Sequence[str]) -> bool:
        """Whether the parts of a heading name one thing alone: `Vorname / First name`, and not `Name / Company`."""
        meant = [frozenset(key for key, known in self.words.columns.items() if form in known) for form in forms]
        return len({keys for keys in meant if keys}) <= 1

    def halves(self, said: set[str]) -> None:
        """`Name` beside `Vorname` is a family name, `Nombre` beside `Apellidos` a given name."""
        headings = {key: "" if key in said else bare(self.plain[column]) for key, column in self.found.items()}
        beside = self.words.given_beside_family
        if "family" in self.found and "given" not in self.found and headings.get("name", "") in beside:
            self.found["given"] = self.found.pop("name")
        elif "given" in self.found and "family" not in self.found:
            if headings.get("name", "") in self.words.family_beside_given:
                self.found["family"] = self.found.pop("name")
            elif "name" not in self.found and headings["given"] in self.words.given_beside_family:
                self.found["name"] = self.found.pop("given")

    def by_content(self) -> None:
        """`Title` is a form of address where only such stand below it, `Photo` a consent where only answers do."""
        for index in self.free():
            if self.plain[index] in self.words.pictures and "photo" not in self.found:
                said = self.cells(index)
                if said and all(fold(cell) in self.words.answers for cell in said):
                    self.found["photo"] = index
            elif self.plain[index] in self.words.titles:
                self._title(index)

    def _title(self, index: int) -> None:
        said = self.cells(index)
        if said and all(self.words.addresses(cell) for cell in said):
            self.found.setdefault("honorific", index)
        elif said and "position" not in self.found:
            heading = self.table.headings[index]
            message = f"the column {heading!r} may hold jobs or something else; it is not printed as a position"
            self._open(index, message, "position", "attendees.title")

    def _open(self, index: int, message: str, key: str, rule: str) -> None:
        heading = self.table.headings[index]
        written = heading if len(heading) <= 60 else "…"
        hint = f"if it does, write in event.yaml: attendees: {{file: …, columns: {{{key}: {written!r}}}}}"
        self.problems.open(message, self.place(index), hint, rule)

    def by_question(self) -> None:
        """Long headings by their words, where they can mean one thing alone."""
        for index in self.free():
            heading = self.table.headings[index]
            if len(heading) > 1000:
                continue
            said = plain(heading.replace("'", " ").replace("’", " "))  # l'image is an image
            asked = self._asked(said)
            if len(said.split()) < 3 and not _has_east_asian(heading):
                asked = [key for key in asked if key in ("dietary", "access", "pronouns")]  # their words say it alone
            if asked == ["photo", "no_photo"]:
                asked = ["photo"]
            asked = [key for key in asked if key not in self.found] if len(asked) > 1 else asked
            if not asked or (len(asked) == 1 and asked[0] in self.found):
                continue
            if len(asked) > 1:
                written = heading if len(heading) <= 80 else f"{heading[:79]}…"
                message = (
                    f"{written!r} may ask for {' or '.join(map(_spoken, asked))}; it is only kept as a further field"
                )
                self._open(index, message, asked[0], "attendees.question")
                continue
            key = asked[0]
            turned = self._turned(said) if key in ("photo", "listed", "contact") else ""
            if turned == "before" and key == "photo":
                key = "no_photo"
            elif turned:
                message = f"whether a yes to {heading[:80]!r} allows or forbids is doubtful; it counts as not answered"
                self._open(index, message, key, "attendees.question")
                continue
            self.found.setdefault(key, index)

    def _asked(self, question: str) -> list[str]:
        """The things a question may be about."""
        said = question.split()
        if self.words.other & set(said):
            return []
        whole = "".join(said)
        found = []
        for key, ways in self.words.questions.items():
            if any(all(_stands(stem, said, whole) for stem in way) for way in ways):
                found.append(key)
        return found

    def _turned(self, question: str) -> str:
        """`before` where a word that turns the question round stands before its matter, else `after` or nothing."""
        said = question.split()
        at = next((n for n, word in enumerate(said) if word in self.words.turned), None)
        if at is None:
            return ""
        about = [n for n, word in enumerate(said) if word.startswith(("photo", "foto", "film", "image", "imag"))]
        return "before" if about and at < about[-1] else "after"

    def answered(self, said: set[str]) -> None:
        """A column whose cells are mostly no answers is none of consents, whatever its heading."""
        for key in (*ANSWERED, "walk_in", "online"):
            if key not in self.found or key in said:
                continue
            index = self.found[key]
            cells = self.cells(index)
            if len(cells) > 2 and 2 * sum(self.words.said(cell, key) is not None for cell in cells) < len(cells):
                del self.found[key]
                message = (
                    f"the column {self.table.headings[index][:80]!r} holds no answers of yes and no; it is only kept"
                )
                self._open(index, message, key, "attendees.answers")

    def links(self, read: Sequence[Sequence[str]], said: set[str]) -> None:
        """`Billet` may hold links to tickets; then another column says what kind they are."""
        for key in ("ticket", "organisation", "position"):
            if key not in self.found or key in said:
                continue
            if self.holds_links(self.found[key]):
                wanted, index = self.words.columns[key], self.found.pop(key)
                fitting = (at for at in self.free() if at != index and any(form in wanted for form in read[at]))
                other = next((at for at in fitting if self.cells(at) and not self.holds_links(at)), None)
                if other is not None:
                    self.found[key] = other

    def holds_links(self, index: int) -> bool:
        cells = self.cells(index)
        return bool(cells) and all(cell.startswith(("http://", "https://")) for cell in cells)

    def digits(self, said: set[str]) -> None:
        """What is printed as a text is no column of numbers: `Position` in pretix is the place within an order."""
        for key in ("position", "organisation", "badge_name", "name"):
            if key not in self.found or key in said:
                continue
            cells = self.cells(self.found[key])
            if cells and not any(letter.isalpha() for cell in cells for letter in cell):
                index = self.found.pop(key)
                if key == "position" and "order" in self.found:
                    self.found.setdefault("part", index)

    def numbers(self, said: set[str]) -> None:
        """Numbers that are mostly the same tell nobody apart, whatever their heading; nor do those of the rows."""
        for key in {"id", "order"} & self.found.keys() - said:
            index = self.found[key]
            cells = self.cells(index)
            same = key == "id" and len(cells) > 3 and 2 * len(set(cells)) < len(cells)
            running = self.words.running & set(forms(self.table.headings[index], self.words))
            if same or (running and _counts(cells)):
                del self.found[key]


def _beginning(heading: str) -> re.Match[str] | None:
    return _BEGINNING.match(heading.strip()) if len(heading) <= 200 else None


def _counts(cells: Sequence[str]) -> bool:
    """Whether cells count the rows: 1, 2, 3 …, with gaps where a row was left out."""
    if not cells or max(map(len, cells)) > 6:
        return False
    numbers = [int(cell) for each in cells if (cell := each.removesuffix(".").removesuffix(".0")).isdecimal()]
    if len(numbers) < len(cells):
        return False
    rising = all(one < two for one, two in pairwise(numbers))
    return rising and numbers[-1] <= 2 * len(numbers)


def _stands(stem: str, said: Sequence[str], whole: str) -> bool:
    if is_east_asian(stem):
        return stem in whole
    return any(word.startswith(stem) for word in said)


def _has_east_asian(text: str) -> bool:
    return not text.isascii() and any(is_east_asian(letter) for letter in text if letter not in " ·")


def _spoken(key: str) -> str:
    return {"badge_name": "the name on the badge", "photo": "consent to photos", "access": "access needs"}.get(
        key, key.replace("_", " ")
    )


def columns(table: Table, words: Headings, stated: Columns, problems: Problems) -> dict[str, int]:
    """The column of each thing we look for: as event.yaml says, by its heading, or by the words of a question."""
    return _Finder(table, words, stated, problems).columns()


def further(table: Table, words: Headings, used: Mapping[str, int], personal: Sequence[str]) -> list[tuple[int, str]]:
    """Every other column with the name its field has: its heading, told apart by its letter where two are alike.

    Columns with names, numbers and mail addresses that are not used are not kept.
    """
    taken = set(used.values())
    hidden = {heading for key in personal for heading in words.columns.get(key, ())}
    found: list[tuple[int, str]] = []
    seen = {table.headings[index] for index in taken if index < len(table.headings)}
    for index, heading in enumerate(table.headings):
        said = plain(heading)
        if index in taken or said in hidden or "mail" in said.replace(" ", "") or said.endswith(" name"):
            continue
        title = heading or sheets.column_name(index)
        found.append((index, title if title not in seen else f"{title} ({sheets.column_name(index)})"))
        seen.add(title)
    return found
