"""What the columns of an agenda hold: known by their headings in many languages, or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cache

from ... import records
from ...event import Time
from ...shelves import shelf
from ...values import dataclass
from ..language.lines import Marked
from ..language.moments import NOON, Calendar, Clock, clock
from ..language.names import fold
from ..language.vocabulary import Vocabulary, split
from .grids import ROWS, Cell, Grid


class Role(StrEnum):
    """What a column holds."""

    TIME = "time"
    """A start, or a start and an end."""
    START = "start"
    END = "end"
    DURATION = "duration"
    DAY = "day"
    TITLE = "title"
    SPEAKER = "speaker"
    PERSON = "person"
    """`Name`: a speaker where a title stands beside it, else the title."""
    TALK = "talk"
    """Title and people in one cell."""
    AFFILIATION = "affiliation"
    POSITION = "position"
    ROOM = "room"
    TRACK = "track"
    SESSION = "session"
    CHAIR = "chair"
    ABSTRACT = "abstract"
    LANGUAGE = "language"
    TYPE = "type"
    LINK = "link"
    SUBTITLE = "subtitle"
    ASIDE = "aside"
    """Known, and not printed."""
    NOTHING = "nothing"
    """Empty, or a word between start and end."""
    UNKNOWN = "unknown"


_EXACT = (Role.ROOM, Role.TRACK, Role.SESSION, Role.DAY, Role.TYPE, Role.LINK, Role.PERSON, Role.SUBTITLE, Role.ASIDE)
"""Headings that must say no more: a `Main hall`, a `Developer track` and a `Session 1` are columns of talks."""
_ORDER = (
    Role.ABSTRACT,
    Role.AFFILIATION,
    Role.POSITION,
    Role.DURATION,
    Role.CHAIR,
    Role.SPEAKER,
    Role.LANGUAGE,
    Role.TITLE,
    Role.END,
    Role.START,
    Role.TIME,
)
"""Which of several phrases in one heading tells: `Speaker affiliation` is an affiliation, `Talk description` a text."""
TIMES = (Role.TIME, Role.START, Role.END)

_NOTE = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_SHORT = re.compile(r"(?:([^\W\d]{2,12})\.?,?\s+)?(\d{1,2})[./]\s?(\d{1,2})(\.)?$")
_FIGURE = re.compile(r"\d")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUFFIX = re.compile(r"[\s_]+(?:id|ids|name|names|slug|title)\s*$", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?$")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ]+(\d{1,2}:\d\d)(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$")
_ZONE = re.compile(
    r"\s*\(?\b(?:UTC|GMT|CES?T|[ECMP][SD]T|BST|IST|JST|MSK|EES?T|WES?T|AE[SD]T|NZ[SD]T)(?:\s*[+-]\s*\d+)?\b\)?$"
)


@dataclass(frozen=True, slots=True)
class Headings:
    """The phrases of `data/words/columns.yaml` by what they tell."""

    phrases: Mapping[str, frozenset[tuple[str, ...]]]
    known: Mapping[str, Role]
    """What a heading that is nothing but a phrase names, by the phrase without case and accents."""

    def holds(self, group: str, text: str) -> bool:
        """Whether a text is a phrase of a group, and nothing else."""
        words = tuple(split(text))
        return (words or (text.strip().casefold(),)) in self.phrases[group]

    def part(self, group: str, text: str) -> bool:
        """Whether a word of a text belongs to a group."""
        return any((word,) in self.phrases[group] for word in split(text))

    def exact(self, heading: str) -> Role | None:
        """What a heading names that says no more."""
        return self.known.get(fold(heading))

    def roles(self, heading: str) -> list[Role]:
        """What a column under this heading may hold, the likeliest first; `Title / Speaker` names two things."""
        bare = _NOTE.sub(" ", heading)
        exact = self.known
        spaced = _CAMEL.sub(" ", bare.replace("_", " ").replace("*", " "))
        for text in (heading, bare, spaced):
            if (role := exact.get(fold(text))) is not None:
                return [role]
        if (role := exact.get(fold(_SUFFIX.sub("", spaced)))) is not None and fold(spaced) != fold(
            _SUFFIX.sub("", spaced)
        ):
            # A number of a room or of an artist stands for its name; that of a session for nothing.
            return [role if role in (Role.ROOM, Role.PERSON, Role.SPEAKER) else Role.ASIDE]
        if (role := exact.get(fold(_unnumbered(spaced)))) in (Role.SPEAKER, Role.AFFILIATION, Role.POSITION):
            return [role]
        parts = [
            part for part in re.split(r"\s*[/&+,;|\n]\s*|\s+(?:and|und|et|y|e|en|i|och|og|и)\s+", bare) if part.strip()
        ]
        if len(parts) > 1:
            found = [role for part in parts if (role := exact.get(fold(part))) is not None]
            if len(found) == len(parts):
                return list(dict.fromkeys(found))
        words = split(spaced)
        if not 0 < len(words) <= 7:
            return []
        for role in _ORDER:
            if any(
                tuple(words[start:end]) in self.phrases[role]
                for start in range(len(words))
                for end in range(start + 1, min(len(words), start + 4) + 1)
            ):
                # "Day 1 talks" and "Talks in hall B" are no headings of one column.
                return [] if any(word.isdigit() for word in words) and role is not Role.SPEAKER else [role]
        return []


@cache
def headings() -> Headings:
    """The words of `data/words/columns.yaml`."""
    file = shelf("data") / "words" / "columns.yaml"
    groups = records.plain(file)
    words = {
        group: [word.strip().casefold() for row in languages.values() for word in row.split(",")]
        for group, languages in groups.items()
    }
    roles = {role.value for role in Role}
    exact: dict[str, Role] = {}
    for group, each in words.items():
        for word in each if group in roles else ():
            exact.setdefault(fold(word), Role(group))
    phrases = {group: frozenset(tuple(split(word)) or (word,) for word in each) for group, each in words.items()}
    return Headings(phrases, exact)


@dataclass(frozen=True, slots=True)
class Span:
    """The time a cell states."""

    start: Time | None
    end: Time | None
    half: bool = False
    """It says am or pm."""
    fault: str = ""
    """What stands where a time stands and is none."""
    date: str = ""
    note: str = ""
    """What else the cell says."""


def minutes(text: str, clock: Clock) -> int:
    """A duration such as `50 min`, `1h30`, `0:50`, `90` or `30 minutes (with questions)`; 0 for what is none."""
    text = text.strip()
    if ranged := re.match(r"(\d{1,2}):(\d\d)(?::\d\d)?$", text):
        return int(ranged[1]) * 60 + int(ranged[2])
    if re.fullmatch(r"\d{1,3}", text):
        return int(text)
    if found := clock.length(text) or clock.length(_NOTE.sub("", text)):
        return found
    # "5 x 10 minutes, 50 minutes": the whole stands last.
    last = re.search(r"(?<![\d.:])(\d{1,3}\s?[^\W\d_]{1,9}\.?)$", _NOTE.sub("", text).strip())
    return clock.length(last[1]) if last else 0


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads the times and days that stand in cells."""

    words: Vocabulary
    calendar: Calendar
    heads: Headings
    spans: dict[tuple[str, bool], Span | None] = field(default_factory=dict, compare=False, repr=False)
    days: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was found of texts before: a table asks often, and says the same in many cells."""

    def span(self, cell: Cell, *, headed: bool = False) -> Span | None:
        """The time of a cell that says little else; `headed`: its heading says that times stand here, so `9` is one."""
        text = cell.text
        if len(text) > 80 or not _FIGURE.search(text):
            return None
        key = text, headed
        if key not in self.spans:
            self.spans[key] = self._span(text, headed=headed)
        return self.spans[key]

    def _span(self, text: str, *, headed: bool) -> Span | None:
        text = text.strip().strip("*_~").strip()
        if not any(letter.isdigit() for letter in text) or self.short_date(text):
            return None
        if not headed and text.isdigit():
            # A number of a session; that of a year.
            return None
        if iso := _ISO.match(text):
            return Span(clock(iso[2]), None, False, "", iso[1])
        bare = _ZONE.sub("", text)
        if headed and (found := _HOURS.match(bare)):
            start, end = (clock(f"{hour}:00") if hour else None for hour in found.groups())
            if start:
                start = Time(start.minutes, found[1])
                return Span(start, Time(end.minutes, found[2]) if end else None)
        if headed and re.fullmatch(r"0?\.\d+", bare):
            # A day's fraction: a spreadsheet's time that lost its form.
            total = round(float(bare) * 24 * 60)
            return Span(Time(total, f"{total // 60:02}:{total % 60:02}"), None)
        slot = Clock(self.words, compact=True).slot(Marked(bare, range(1, len(bare) + 1)))
        if slot is None:
            date = self.calendar.find(bare)
            if date and date.start == 0 and date.exists:
                rest = bare[date.end :].strip(" ,;–-")
                slot = Clock(self.words, compact=True).slot(Marked(rest, range(1, len(rest) + 1)))
                if slot and slot.start and not slot.rest:
                    return Span(slot.start, slot.end, slot.half, "", bare[: date.end])
            return None
        rest = slot.rest.text.strip(" ()-–—:.,;")
        if rest and len(rest) > (30 if headed else 4):
            return None
        if rest and self.heads.part("title", rest) and not headed:
            return None
        if rest and not headed and len(rest.split()) > 1:
            return None
        start, end = slot.start, slot.end
        if rest and not end and start and (finish := clock(rest)):
            end, rest = finish, ""
        return Span(start, end, slot.half, slot.fault.text if slot.fault else "", "", rest)

    def is_time(self, cell: Cell, *, headed: bool = False) -> bool:
        return self.span(cell, headed=headed) is not None

    def is_day(self, text: str) -> bool:
        """Whether a text is a date, a weekday or `Day 2`, with at most a few words beside it."""
        text = text.strip()
        if not text or len(text) > 60:
            return False
        if text not in self.days:
            self.days[text] = self._is_day(text)
        return self.days[text]

    def _is_day(self, text: str) -> bool:
        text = _NOTE.sub(" ", text)
        if self.short_date(text):
            return True
        found = self.calendar.find(text)
        words = split(f"{text[: found.start]} {text[found.end :]}" if found else text)
        if found and found.exists:
            return len(words) <= 4 and Clock(self.words).slot(Marked(text, range(1, len(text) + 1))) is None
        if self.label(words):
            return len(words) <= 4
        named = [word for word in words if self.weekday(word) is not None]
        return bool(named) and len(words) <= 2 and all(word in named or word.isdigit() for word in words)

    def short_date(self, text: str) -> tuple[int, int] | None:
        """Day and month of `3.12.` and `Mon 3/12`."""
        found = _SHORT.match(text.strip())
        if found is None or not (found[4] or (found[1] and self.calendar.weekday(found[1]) is not None)):
            return None
        day, month = int(found[2]), int(found[3])
        return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None

    def weekday(self, word: str) -> int | None:
        word = word.casefold().strip(".")
        return self.words.weekdays.get(word) if len(word) > 1 else None

    def label(self, words: Sequence[str]) -> bool:
        """Whether words begin with `Day 1`."""
        for index, word in enumerate(words[:-1]):
            if (word,) in self.words.phrases["day"] and re.fullmatch(
                r"\d{1,2}|one|two|three|four|five|[ivx]+|eins|zwei|drei", words[index + 1]
            ):
                return True
        joined = "".join(words)
        return bool(re.fullmatch(r"第.{1,3}天|day\d{1,2}|\d{1,2}日目|\d{1,2}일차|tag\d{1,2}", joined))


@dataclass(frozen=True, slots=True)
class Strand:
    """What the headings above a column of talks say: its day, its room, its track."""

    day: str = ""
    day_cell: Cell | None = None
    room: str = ""
    track: str = ""


@dataclass(slots=True, eq=False)
class Columns:
    """What each column of a grid holds."""

    roles: list[Role]
    titles: list[str]
    """Their headings."""
    first: int
    """The first row below the headings."""
    strands: dict[int, Strand]
    """For columns side by side that hold talks: their day, room or track."""
    pairs: dict[int, int]
    """The column of people that belongs to a column of titles beside it."""
    both: set[int]
    """Columns headed by title and speaker at once."""

    def of(self, *roles: Role) -> list[int]:
        return [index for index, role in enumerate(self.roles) if role in roles]

    @property
    def is_grid(self) -> bool:
        return bool(self.strands)

    @property
    def times(self) -> list[int]:
        return self.of(*TIMES)


class Judge:
    """Decides what the columns of a grid hold."""

    def __init__(self, moments: Moments, given: Mapping[str, str]) -> None:
        self.moments, self.heads, self.words = moments, moments.heads, moments.words
        self.known: dict[str, list[Role]] = {}
        self.given = {fold(heading): Role(name) for name, heading in given.items() if name in set(Role)}

    def roles(self, heading: str) -> list[Role]:
        if heading not in self.known:
            own = self.given.get(fold(heading))
            self.known[heading] = [own] if own else self.heads.roles(heading) if len(heading) < 100 else []
        return self.known[heading]

    def length(self, cell: Cell) -> int:
        return minutes(cell.text, Clock(self.words))

    def is_heading_row(self, row: Sequence[Cell], *, least: int = 2) -> bool:
        """Whether a row names columns: no times in it, and at least two things that are known as headings."""
        cells = list(dict.fromkeys(cell for cell in row if cell))
        if not cells or any(len(cell.text) > 60 for cell in cells):
            return False
        if any(self.moments.is_time(cell) for cell in cells):
            return False
        known = [cell for cell in cells if self.roles(cell.text) or self.moments.is_day(cell.text)]
        return (
            len(known) >= least
            and len(known) * 3 >= len(cells)
            and bool([cell for cell in cells if self.roles(cell.text)] or len(known) > 1)
        )

    def columns(self, grid: Grid) -> Columns | None:
        """What the columns hold; None for a table that is no agenda."""
        return self._columns(grid, self._top(grid))

    def _top(self, grid: Grid) -> int:
        """The first row that is no heading."""
        top = grid.header
        while top and any(self.moments.is_time(cell) for cell in grid.rows[top - 1]):
            # Markdown wants headings: people who have none put the first row there.
            top -= 1
        if not top:
            for index, row in enumerate(grid.rows[:12]):
                if any(self.moments.is_time(cell) for cell in row):
                    break
                distinct = {id(cell) for cell in row if cell}
                if self.is_heading_row(row) or (
                    len(distinct) > 1
                    and index + 1 < grid.height
                    and any(map(self.moments.is_time, grid.rows[index + 1]))
                ):
                    top = index + 1
        # A second row of headings, such as rooms below tracks.
        while 0 < top < grid.height - 1 and top < 4:
            row = grid.rows[top]
            cells = list(dict.fromkeys(cell for cell in row if cell))
            spanning = any(cell.columns > 1 for cell in grid.rows[top - 1] if cell)
            if len(cells) < 2 or any(self.moments.is_time(cell) for cell in cells):
                break
            rooms = all(self.is_room(cell.text) or self.heads.exact(cell.text) for cell in cells)
            if not (spanning or all(cell.head for cell in cells) or rooms):
                break
            top += 1
        return top

    def is_room(self, text: str) -> bool:
        """Whether a text names a room, such as Hall 2, Aula or Room B 12."""
        words = split(text)
        if not words or len(words) > 6 or len(text) > 50:
            return False
        return any((word,) in self.heads.phrases["place"] or (word,) in self.words.phrases["room"] for word in words)

    def _columns(self, grid: Grid, top: int) -> Columns | None:
        width = grid.width
        stacks = [self._stack(grid, index, top) for index in range(width)]
        titles = [" ".join(cell.text for cell in stack) for stack in stacks]
        body = [list(grid.column(index, top)) for index in range(width)]
        for index in range(width - 1, 0, -1):
            if body[index] and all(cell in body[index - 1] for cell in body[index]) and len(body[index]) < ROWS // 10:
                # Cells over two columns throughout: they are one.
                body[index] = []
        roles = [self._role(titles[index], stacks[index], body[index]) for index in range(width)]
        self._times(roles, titles, body)
        times = [index for index, role in enumerate(roles) if role in TIMES]
        lengths = [index for index, role in enumerate(roles) if role is Role.DURATION]
        if not times and not lengths:
            return self._led(grid, top, roles, titles, body)
        columns = Columns(roles, titles, top, {}, {}, set())
        self._both(columns, stacks)
        self._rooms_of_talks(columns, body, grid)
        content = [
            index
            for index, role in enumerate(roles)
            if role in (Role.UNKNOWN, Role.NOTHING) and body[index] and role is not Role.NOTHING
        ]
        if self._repeated(columns, stacks, body):
            return columns
        named = [role for role in roles if role in (Role.TITLE, Role.TALK)]
        days = [index for index in content if self._day(stacks[index])]
        if len(days) > 1 or (content and not named and self._side_by_side(content, titles, roles)):
            self._stray(columns, content, stacks, body)
            for index in content:
                if roles[index] is Role.UNKNOWN:
                    columns.strands[index] = self._strand(columns, stacks, index)
            for index in columns.strands:
                roles[index] = Role.TALK
            return columns
        self._by_content(columns, content, body)
        return columns

    def _led(
        self, grid: Grid, top: int, roles: list[Role], titles: list[str], body: Sequence[Sequence[Cell]]
    ) -> Columns | None:
        """A table without a column of times whose titles begin with theirs: `09:00–10:20 Session 1`."""
        clock = Clock(self.words)
        for index, cells in enumerate(body):
            slots = [clock.slot(line) for cell in cells for line in cell.lines[:1] if line.text[:1].isdigit()]
            led = sum(slot is not None and slot.start is not None and bool(slot.rest) for slot in slots)
            ranged = sum(slot is not None and slot.end is not None for slot in slots)
            if (led > 2 and led * 5 >= len(cells)) or ranged > 1:
                made = [Role.TALK if each == index else role for each, role in enumerate(roles)]
                for each, others in enumerate(body):
                    if others and each != index and all(self.moments.is_day(cell.text) for cell in others):
                        made[each] = Role.DAY
                return Columns(made, titles, top, {}, {}, set())
        return None

    def _stack(self, grid: Grid, index: int, top: int) -> list[Cell]:
        """The headings above a column; a title over the whole table is none of them."""
        found: list[Cell] = []
        for row in grid.rows[:top]:
            cell = row[index]
            alone = len({id(each) for each in row if each}) == 1
            if cell and not (alone and (cell.columns > 1 or top > 1)) and cell not in found:
                found.append(cell)
        return found

    def _role(self, title: str, stack: Sequence[Cell], body: Sequence[Cell]) -> Role:
        if not body:
            return Role.NOTHING
        if all(self.heads.holds("joint", cell.text) for cell in body):
            return Role.NOTHING
        roles = self.roles(title) if title else []
        if not roles and len(stack) > 1:
            roles = self.roles(stack[-1].text)
        if roles and not (len(stack) == 1 and self.moments.is_day(title)):
            return roles[0]
        return Role.UNKNOWN

    def _times(self, roles: list[Role], titles: list[str], body: Sequence[Sequence[Cell]]) -> None:
        """Columns of times, also where no heading or a wrong one names them; two side by side are start and end."""
        for index, cells in enumerate(body):
            if not cells:
                continue
            headed = roles[index] in TIMES
            timed = sum(self.moments.is_time(cell, headed=headed) for cell in cells)
            if timed:
                # A day may stand among the times, as a heading of those below it.
                cells = [cell for cell in cells if not self.moments.is_day(cell.text)] or cells
            if headed and timed * 3 < len(cells):
                if roles[index] is Role.TIME and all(self.moments.is_day(cell.text) for cell in cells):
                    roles[index] = Role.DAY
                elif sum(bool(self.length(cell)) for cell in cells) * 2 > len(cells):
                    roles[index] = Role.DURATION
                else:
                    roles[index] = Role.UNKNOWN
            elif (
                roles[index] is not Role.ASIDE
                and not headed
                and timed * 5 >= len(cells) * (3 if roles[index] is Role.UNKNOWN else 4)
            ):
                roles[index] = Role.TIME
            elif roles[index] is Role.UNKNOWN and not titles[index] and self._numbers(cells, body):
                roles[index] = Role.DAY
            elif roles[index] is Role.UNKNOWN and not titles[index] and len(cells) > 1:
                lengths = sum(bool(self.length(cell)) and not cell.text.isdigit() for cell in cells)
                if lengths * 5 >= len(cells) * 4:
                    roles[index] = Role.DURATION
        for index in range(len(roles) - 1):
            nearest = index + 1
            while nearest < len(roles) - 1 and roles[nearest] is Role.NOTHING:
                nearest += 1
            if roles[index] is Role.TIME and roles[nearest] is Role.TIME:
                both = [self.moments.span(cell, headed=True) for cell in (*body[index], *body[nearest])]
                if not any(span and span.end for span in both):
                    roles[index], roles[nearest] = Role.START, Role.END
                elif nearest == index + 1 and titles[nearest]:
                    self._zones(roles, nearest)

    @staticmethod
    def _zones(roles: list[Role], index: int) -> None:
        """Columns of times behind another: the same times in other time zones."""
        while index < len(roles) and roles[index] is Role.TIME:
            roles[index] = Role.ASIDE
            index += 1

    def _numbers(self, cells: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> bool:
        """Whether cells count days: 1, 2, 3 in a column where few rows have anything."""
        counted = [str(number) for number in range(1, len(cells) + 1)]
        most = max(map(len, body))
        return len(cells) > 1 and [cell.text.strip() for cell in cells] == counted and len(cells) * 3 <= most

    def _both(self, columns: Columns, stacks: Sequence[Sequence[Cell]]) -> None:
        """Headings such as `Title / Speaker`, and `Name` or `Session` in the place of a title."""
        roles, titles = columns.roles, columns.titles
        for index, role in enumerate(roles):
            named = self.roles(titles[index]) if titles[index] else []
            if role not in TIMES and Role.SPEAKER in named and len(named) > 1:
                if Role.TITLE in named or Role.SESSION in named:
                    roles[index] = Role.TALK
                    columns.both.add(index)
                else:
                    roles[index] = Role.SPEAKER
        has_title = Role.TITLE in roles or Role.TALK in roles
        for index, role in enumerate(roles):
            if role is Role.PERSON:
                roles[index] = Role.SPEAKER if has_title or roles.count(Role.PERSON) > 1 else Role.TITLE
        unknown = Role.UNKNOWN in roles
        if Role.TITLE not in roles and Role.TALK not in roles:
            usual = (Role.SESSION, Role.ABSTRACT, Role.TRACK, Role.TYPE, Role.SUBTITLE)
            for instead in usual if not unknown else (Role.SESSION,):
                if roles.count(instead) == 1:
                    roles[roles.index(instead)] = Role.TITLE
                    break

    def _rooms_of_talks(self, columns: Columns, body: Sequence[Sequence[Cell]], grid: Grid) -> None:
        """Columns whose headings could name what they hold, but stand side by side with columns of talks.

        Below `Stage` there are talks where no column holds titles; `Talks` and `Workshops` share what is for both.
        """
        roles = columns.roles
        unknown = [index for index, role in enumerate(roles) if role is Role.UNKNOWN and body[index]]
        if not unknown or Role.SPEAKER in roles:
            return
        if Role.TITLE not in roles and Role.TALK not in roles:
            for index in columns.of(Role.ROOM, Role.TRACK, Role.SESSION):
                cells = body[index]
                if len({cell.text for cell in cells}) * 2 > len(cells) and sum(map(self._placed, cells)) * 3 < len(
                    cells
                ):
                    roles[index] = Role.UNKNOWN
            return
        titles = columns.of(Role.TITLE)
        loose = [index for index in titles if self.heads.exact(columns.titles[index]) is None]
        if loose and any(self.is_room(columns.titles[index]) or len(unknown) > 2 for index in unknown):
            # "Launch Event Space" beside rooms is one of them, though events are talks.
            for index in loose:
                roles[index] = Role.UNKNOWN
            return
        times = columns.times
        for row in grid.rows[columns.first :]:
            for index in titles:
                cell = row[index]
                if (
                    cell.columns > 1
                    and any(row[each] is cell for each in unknown)
                    and not any(row[t] is cell for t in times)
                ):
                    for each in titles:
                        roles[each] = Role.UNKNOWN
                    return

    def _placed(self, cell: Cell) -> bool:
        return self.is_room(cell.text)

    def _day(self, stack: Sequence[Cell]) -> bool:
        return any(self.moments.is_day(cell.text) for cell in stack)

    def _side_by_side(self, content: Sequence[int], titles: Sequence[str], roles: Sequence[Role]) -> bool:
        """Whether columns with headings of their own are rooms or tracks beside each other."""
        headed = [index for index in content if titles[index]]
        if not headed:
            return False
        if len(content) == 1:
            return self.is_room(titles[content[0]]) or self.heads.part("strand", titles[content[0]])
        return Role.SPEAKER not in roles

    def _stray(
        self, columns: Columns, content: Sequence[int], stacks: list[list[Cell]], body: Sequence[Sequence[Cell]]
    ) -> None:
        """A column whose heading stands over the column of times beside it takes that heading."""
        for index in content:
            before = index - 1
            if stacks[index] or before < 0 or not stacks[before]:
                continue
            if columns.roles[before] in TIMES and self._day(stacks[before]):
                stacks[index] = stacks[before]
                columns.titles[index] = columns.titles[before]

    def _strand(self, columns: Columns, stacks: Sequence[Sequence[Cell]], index: int) -> Strand:
        day, day_cell, room, track = "", None, "", ""
        for cell in stacks[index]:
            text = cell.text
            if self.moments.is_day(text):
                day, day_cell = text, cell
            elif self.is_room(text) and not self.heads.part("strand", text):
                room = text
            elif len(parts := re.split(r"\s+[-–—|]\s+", text, maxsplit=1)) == 2 and self.is_room(parts[0]):
                # "Room 221 – Data": the room, and what it is given over to.
                room, track = parts[0], f"{track} {parts[1]}".strip()
            else:
                track = f"{track} {text}".strip()
        return Strand(day, day_cell, room, track)

    def _repeated(self, columns: Columns, stacks: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> bool:
        """Pairs of columns, such as `Name1, Track 1, Name2, Track 2` or speaker and title for each room."""
        width = len(columns.roles)
        people = [
            index
            for index in range(width)
            if columns.titles[index]
            and (
                columns.roles[index] is Role.SPEAKER
                or self.roles(_unnumbered(stacks[index][-1].text))[:1] in ([Role.PERSON], [Role.SPEAKER])
            )
        ]
        if len(people) < 2:
            return False
        partners: dict[int, int] = {}
        step = (
            1
            if people[0] + 1 < width and people[0] + 1 not in people and columns.roles[people[0] + 1] not in TIMES
            else -1
        )
        if step == 1 and columns.roles[people[0] - 1] in (Role.TITLE, Role.TALK) and people[-1] + 1 >= width:
            step = -1
        for index in people:
            partner = index + step
            if not 0 <= partner < width or partner in people or columns.roles[partner] in TIMES:
                return False
            if columns.titles[partner]:
                partners[partner] = index
            known = self.roles(columns.titles[partner])
            if known and known[0] in (Role.AFFILIATION, Role.POSITION, Role.ASIDE, Role.ABSTRACT, Role.LINK):
                # "Presenter 1, Company 1, Presenter 2" are several people of one talk.
                return False
        if len(partners) < 2:
            return False
        for partner, index in partners.items():
            if not body[partner] and not body[index]:
                continue
            heading = stacks[partner][-1].text if stacks[partner] else ""
            said = [cell for cell in stacks[partner] if len(stacks[partner]) > 1 or not self.roles(cell.text)]
            day, room, track = "", "", ""
            day_cell = None
            for cell in said or stacks[partner]:
                if self.moments.is_day(cell.text):
                    day, day_cell = cell.text, cell
                elif self.roles(cell.text) and cell.text == heading and len(stacks[partner]) > 1:
                    continue
                elif self.is_room(cell.text) and not self.heads.part("strand", cell.text):
                    room = cell.text
                else:
                    track = cell.text
            columns.roles[partner], columns.roles[index] = Role.TALK, Role.SPEAKER
            columns.strands[partner] = Strand(day, day_cell, room, track)
            columns.pairs[partner] = index
        return len(columns.strands) > 1

    # Without headings

    def _by_content(self, columns: Columns, content: Sequence[int], body: Sequence[Sequence[Cell]]) -> None:
        """Columns that no heading names, by what stands in them; the one with most letters is the title."""
        roles = columns.roles
        left = [index for index in content if roles[index] is Role.UNKNOWN and not columns.titles[index]]
        if Role.TITLE not in roles and Role.TALK not in roles:
            unknown = [index for index in content if roles[index] is Role.UNKNOWN]
            # What is full of letters and different in each row is the title.
            best = max(unknown, key=lambda index: _weight(body[index], len(body)), default=None)
            if best is not None:
                roles[best] = Role.TITLE
            elif Role.SPEAKER in roles:
                roles[roles.index(Role.SPEAKER)] = Role.TALK
        for index in left:
            if roles[index] is not Role.UNKNOWN:
                continue
            cells = body[index]
            if all(self.moments.is_day(cell.text) for cell in cells):
                roles[index] = Role.DAY
            elif sum(self.is_room(cell.text) for cell in cells) * 2 > len(cells):
                roles[index] = Role.ROOM
            elif Role.SPEAKER not in roles and self._people(cells) * 2 > len(cells):
                roles[index] = Role.SPEAKER
            elif all(cell.text.strip().isdigit() for cell in cells):
                roles[index] = Role.ASIDE
        self._names_for_titles(columns, body)
        if Role.SPEAKER not in roles and not columns.both:
            for index, role in enumerate(roles):
                if role is Role.TITLE:
                    roles[index] = Role.TALK

    def _names_for_titles(self, columns: Columns, body: Sequence[Sequence[Cell]]) -> None:
        """A column headed as titles that holds names, beside one of descriptions that holds the titles."""
        roles = columns.roles
        if Role.SPEAKER in roles or roles.count(Role.TITLE) != 1 or roles.count(Role.ABSTRACT) != 1:
            return
        title, more = roles.index(Role.TITLE), roles.index(Role.ABSTRACT)
        texts = [cell.text for cell in body[title] if self.words.kind(cell.text, named=False)[1] is None]
        described = [cell for cell in body[more] if len(cell.text) < 200]
        if sum(map(_looks_named, texts)) * 5 >= len(texts) * 3 and len(described) * 2 >= len(texts) > 2:
            roles[title], roles[more] = Role.SPEAKER, Role.TITLE

    def _people(self, cells: Sequence[Cell]) -> int:
        return sum(_looks_named(cell.text) for cell in cells)


def _weight(cells: Sequence[Cell], rows: int) -> tuple[int, int]:
    texts = {cell.text for cell in cells}
    return min(sum(min(len(text), 80) for text in texts), 10_000), len(cells)


def _looks_named(text: str) -> bool:
    """Whether a text is two to four capitalised words without figures, as most names are."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    return (
        2 <= len(words) <= 8
        and not any(c.isdigit() for c in text)
        and sum(w[0].isupper() for w in words) >= len(words) - 1
    )


def _unnumbered(text: str) -> str:
    return re.sub(r"[\s_#-]*\d+$", "", text.strip())


def after_noon(time: Time) -> Time:
    """The time twelve hours later, written alike."""
    return Time(time.minutes + NOON, time.written)
