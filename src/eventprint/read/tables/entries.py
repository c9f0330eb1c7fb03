"""Entries made of what the cells of a table say: their people, rooms and links, each reported where it is in doubt.

What days and sessions they stand under is kept here too; which cells belong together, other files know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from ...event import Duty, Kind, Sure, Taken, Time
from ...problems import Place, Problems
from ...values import dataclass
from ..casting import Casting
from ..drafts import DayDraft, EntryDraft, SessionDraft
from ..language.dates import Calendar
from ..language.lines import Marked, short
from ..language.mentions import Mention, Mentions
from ..language.moments import Clock, clock
from ..language.names import fold
from ..language.vocabulary import Vocabulary, split
from .columns import Columns, Judge
from .grids import Cell, Grid
from .headings import TIMES, Role, headings
from .spans import Moments
from .talks import Cells, Talk
from .timing import Slot, Timing

_SPAN = re.compile(r"\(?(\d{1,2}[:.h]\d\d)\s*[-–—]\s*(\d{1,2}[:.h]\d\d)\)?\s*[:,–-]?\s+(?=\S)")
_NOTED = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_NUMERAL = re.compile(r"([^\W\d_]+)\s+([IVXLC]+|\d{1,2}|[A-Z])(?![\w/&+])\.?\s*(?:[:.–—|-]\s*|$|(?=\())")


@dataclass(slots=True, eq=False)
class Aids:
    """What reading a table needs: words, clock and calendar, and the people met so far."""

    words: Vocabulary
    calendar: Calendar
    casting: Casting
    mentions: Mentions
    problems: Problems
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings by what stands below them, as `event.yaml` gives them."""
    dates: tuple[date, ...] = ()
    year: int = 0
    """Of dates that are written without one."""
    moments: Moments = field(init=False)
    judge: Judge = field(init=False)
    told: set[str] = field(default_factory=set)
    """Names that were reported: of rooms spelt in two ways, of people that may be groups."""
    rooms: dict[str, str] = field(default_factory=dict)
    """How rooms are spelt where they are first met."""

    def __post_init__(self) -> None:
        self.moments = Moments(self.words, self.calendar, headings())
        self.judge = Judge(self.moments, self.columns)


@dataclass(slots=True, eq=False)
class Plan:
    """What a table says."""

    days: list[DayDraft] = field(default_factory=list)
    """One without date and title belongs to the day under whose heading the table stands."""
    rows: dict[int, tuple[Taken, Sure, str]] = field(default_factory=dict)
    """What each row of the grid was taken for."""
    title: str = ""
    rooms: bool = False
    """Several rooms or tracks stand beside each other."""


class Entries:
    """What has been made of a table so far, and the making of its entries."""

    def __init__(self, grid: Grid, columns: Columns, aids: Aids) -> None:
        self.grid, self.columns, self.aids = grid, columns, aids
        grid.titles[:] = columns.titles
        self.words, self.problems = aids.words, aids.problems
        self.heads = headings()
        self.moments, self.judge = aids.moments, aids.judge
        self.cells = Cells(aids.words, self.heads, aids.mentions, Clock(aids.words))
        self.timing = Timing(grid, columns, self.moments, aids.problems, aids.dates, aids.year)
        self.found = Plan(title=grid.title)
        self.days: dict[str, DayDraft] = {}
        self.day: DayDraft | None = None
        self.heading_of_day: list[str] = []
        """The words of the row or cell that begins the day."""
        self.session: SessionDraft | None = None
        self.room = self.track = ""
        self.seen: dict[int, list[EntryDraft]] = {}
        """What was made of a cell that stands over several rows."""
        self.last: EntryDraft | None = None
        self.holding: SessionDraft | None = None
        """A session with a time, whose talks stand in the rows below it without one."""
        self.commas: set[int] = set()
        """Columns of people whose commas part names, as no affiliation is written there."""
        self.inverted: set[int] = set()
        """Columns of people that put the surname first: `Hardy, Tom`."""
        self.sessions: dict[str, SessionDraft] = {}
        self.asides: dict[int, list[Cell]] = {}
        self.named_titles: list[tuple[EntryDraft, Place]] = []
        self.rooms_of_days = self._has_rooms_of_days()
        self.slots: dict[tuple[int, tuple[int, ...]], Slot] = {}

    def _note(self, row: int, taken: Taken, sure: Sure = Sure.CERTAIN, note: str = "") -> None:
        self.found.rows[row] = (taken, sure, note)

    def _begin_day(self, cell: Cell, text: str = "") -> DayDraft:
        self.day = self._day(text or cell.text, cell)
        self.heading_of_day = split(text or cell.text)
        self.holding = None
        self.session, self.room, self.track, self.last = None, "", "", None
        self.timing.clocks.clear()
        return self.day

    def _day(self, text: str, cell: Cell | None) -> DayDraft:
        key = " ".join(split(text)) or text
        if key in self.days:
            return self.days[key]
        when, title = (None, "") if not text else self.timing.dated(text, cell)
        same = next((day for day in self.days.values() if when and day.date == when), None)
        if same is None:
            same = DayDraft(cell.place if cell else Place(), when, title)
        self.days[key] = same
        return same

    def _the_day(self) -> DayDraft:
        if self.day is None:
            self.day = self.days.setdefault("", DayDraft())
        return self.day

    def _day_of(self, index: int) -> None:
        for column in self.columns.of(Role.DAY):
            cell = self.grid.rows[index][column]
            if not cell:
                continue
            text = self._numbered(cell.text, column)
            if text == "0":
                continue
            if self.day is None or (self.day is not self._day(text, cell) and not self._is_numbered(text)):
                self._begin_day(cell, text)

    def _numbered(self, text: str, column: int) -> str:
        """A mere number below the heading `Day` with that heading: `Day 2`."""
        heading = self.columns.titles[column]
        if not re.fullmatch(r"\s*0*[1-9]\d?\s*", text) or not self.moments.label([*split(heading), "1"]):
            return text
        return f"{heading[:1].upper()}{heading[1:].lower()} {text.strip()}"

    def _is_numbered(self, text: str) -> bool:
        """Whether a row above that heads a day, such as `Day 2 (30 August)`, has the number of a column."""
        words = split(text)
        return self.heading_of_day[: len(words)] == words and self.moments.label(words)

    def _put(self, item: EntryDraft | SessionDraft) -> None:
        if self.holding is not None and isinstance(item, EntryDraft):
            self.holding.entries.append(item)
            return
        self._the_day().items.append(item)

    def _has_rooms_of_days(self) -> bool:
        """Whether the first row of each day has the day and the room, and the rows below it neither."""
        days, rooms = self.columns.of(Role.DAY), self.columns.of(Role.ROOM)
        if len(days) != 1 or len(rooms) != 1 or self.columns.is_grid:
            return False
        rows = [row for row in self.grid.rows[self.columns.first :] if any(row)]
        with_day = [row for row in rows if row[days[0]]]
        others = [row for row in rows if not row[days[0]]]
        roomed = sum(bool(row[rooms[0]]) for row in others)
        return 1 < len(with_day) < len(others) and all(row[rooms[0]] for row in with_day) and roomed * 5 < len(others)

    def _room(self, index: int) -> str:
        cells = [self.grid.rows[index][column] for column in self.columns.of(Role.ROOM)]
        if self.rooms_of_days and not any(cells):
            return self.room
        if self.rooms_of_days and self.grid.rows[index][self.columns.of(Role.DAY)[0]]:
            self.room = self.timing.text(index, Role.ROOM)
            if "" not in self.aids.told:
                self.aids.told.add("")
                message = f"“{short(self.room)}” stands once for a day: it is taken for the room of all its entries"
                hint = "write the room in each row, if it is not for all of them"
                self.problems.open(message, cells[0].place, hint, "agenda.doubtful-room")
        text = self.timing.text(index, Role.ROOM)
        return self._spelt(text, self._room_place(index)) if text else ""

    def _room_place(self, index: int) -> Place:
        """Where the room of a row stands; nowhere, where no column names rooms."""
        cells = [self.grid.rows[index][column] for column in self.columns.of(Role.ROOM)]
        return next((cell.place for cell in cells if cell), Place())

    def _at(self, cell: Cell, at: int) -> Place:
        return cell.at(at)

    def _spelt(self, room: str, place: Place) -> str:
        """A room as it is spelt where it is first met: capitals and spaces make no other room."""
        first = self.aids.rooms.setdefault(fold(room), room)
        if room != first and room not in self.aids.told:
            self.aids.told.add(room)
            message = f"“{room}” is taken for “{first}”"
            self.problems.open(message, place, "spell a room alike everywhere", "agenda.room-spelling")
        return first

    def _spoken(self, entry: EntryDraft) -> None:
        """ "Introduction to networks" with a speaker is a talk, and no address."""
        words = split(entry.title)
        if (
            entry.cast
            and self.words.address(entry.title)
            and not self.words.covered(words, ("opening", "closing", "filler"))
        ):
            entry.kind = entry.kind or Kind.TALK

    def _people_of(
        self, index: int
    ) -> tuple[list[tuple[Mention, Duty | None, Cell]], list[tuple[Marked, Cell]], Cell | None]:
        row = self.grid.rows[index]
        found: list[tuple[Mention, Duty | None, Cell]] = []
        others: list[tuple[Marked, Cell]] = []
        is_open: Cell | None = None
        columns = [c for c in self.columns.of(Role.SPEAKER, Role.CHAIR) if c not in self.columns.pairs.values()]
        for number, column in enumerate(columns):
            if not row[column]:
                continue
            if self._is_session(row[column].text):
                others.append((row[column].lines[0], row[column]))
                continue
            usual = Duty.CHAIR if self.columns.roles[column] is Role.CHAIR else None
            people, rest, open_ = self._people_in(row[column], index)
            people = self._with_firms(people, row[column])
            following = columns[number + 1] if number + 1 < len(columns) else len(row)
            organisation, position = (
                self._of_person(index, role, column, following, first=not number)
                for role in (Role.AFFILIATION, Role.POSITION)
            )
            each = re.split(r"\s*;\s*", organisation)
            firms = each if len(each) == len(people) > 1 and all(each) else [organisation] * len(people)
            for (mention, duty), firm in zip(people, firms, strict=True):
                if usual is None:
                    mention = replace(
                        mention,
                        organisation=mention.organisation or firm,
                        position=mention.position or position,
                    )
                found.append((mention, duty or usual, row[column]))
            others += [(piece, row[column]) for piece in rest]
            is_open = row[column] if open_ is not None else is_open
        return found or self._of_halves(index), others, is_open

    def _of_halves(self, index: int) -> list[tuple[Mention, Duty | None, Cell]]:
        """Who speaks where the name stands in two columns."""
        row = self.grid.rows[index]
        cells = [row[column] for column in (*self.columns.of(Role.GIVEN), *self.columns.of(Role.FAMILY)) if row[column]]
        if not cells:
            return []
        place = self.columns.of(Role.FAMILY)[0]
        organisation = self._of_person(index, Role.AFFILIATION, place, len(row), first=True)
        position = self._of_person(index, Role.POSITION, place, len(row), first=True)
        halves = [" ".join(cell.text.split()) for cell in cells]
        mention = Mention(" ".join(halves), organisation, position, cells[0].lines[0].column, False, "none")
        if len(halves) == 2:
            key = self.aids.casting.add(mention, self._at(cells[0], mention.column))
            self.aids.casting.complete(key, given=halves[0], family=halves[1])
        return [(mention, None, cells[0])]

    def _people_in(
        self, cell: Cell, index: int
    ) -> tuple[list[tuple[Mention, Duty | None]], list[Marked], Marked | None]:
        """Everybody of a cell of a column of people, in the manner of that column."""
        column = next(n for n, each in enumerate(self.grid.rows[index]) if each is cell)
        return self.cells.people(cell, commas=column in self.commas, inverted=column in self.inverted)

    def _with_firms(
        self, people: Sequence[tuple[Mention, Duty | None]], cell: Cell
    ) -> list[tuple[Mention, Duty | None]]:
        """`Tom Hardy, Example Inc.` is somebody of a firm, where other cells list people with commas too."""
        made: list[tuple[Mention, Duty | None]] = []
        for mention, duty in people:
            before = made[-1][0] if made else None
            behind = before is not None and f"{before.name}, {mention.name}" in cell.text
            if before and behind and not before.organisation and self.heads.part("firm", mention.name):
                made[-1] = (replace(before, organisation=mention.name), made[-1][1])
            else:
                made.append((mention, duty))
        return made

    def _of_person(self, index: int, role: Role, column: int, following: int, *, first: bool) -> str:
        """What columns of a role say of whom a column names: those up to the next column of people."""
        row = self.grid.rows[index]
        columns = [each for each in self.columns.of(role) if column < each < following]
        if first and not columns:
            columns = [each for each in self.columns.of(role) if each < column or following == len(row)]
        said = [row[each].text for each in columns if row[each] and not self.heads.holds("nobody", row[each].text)]
        return ", ".join(dict.fromkeys(said))

    def _join(
        self, entry: EntryDraft, people: Sequence[tuple[Mention, Duty | None, Cell]], row: Sequence[Cell]
    ) -> None:
        said = {key for key, *_ in entry.cast}
        for mention, duty, cell in people:
            place = self._at(cell, mention.column)
            kind = self.words.kind(entry.title, named=False)[0]
            if (
                kind is Kind.BREAK
                and not self.aids.mentions.named(mention.name)
                and mention.name not in self.aids.casting
            ):
                entry.abstract.append(mention.name)
                continue
            key = self.aids.casting.add(mention, place)
            if key not in said:
                entry.cast.append((key, duty, place))
                said.add(key)
            if mention.open:
                entry.open = True
                hint = "take (tbc) out when it is settled"
                self.problems.open(f"{mention.name} is still to be confirmed", place, hint, "agenda.to-be-confirmed")
            elif self._is_group(mention, place):
                pass
            elif self.aids.mentions.holds_person(mention):
                self.problems.open(
                    f"“{mention.organisation}” is taken for one organisation; it could hold a second person",
                    place,
                    "put a semicolon between two people",
                    "agenda.doubtful-person",
                )

    def _is_group(self, mention: Mention, place: Place) -> bool:
        """An open point for a name that may be that of a group, once for each."""
        if not self.heads.part("group", mention.name) or mention.name in self.aids.told:
            return False
        self.aids.told.add(mention.name)
        self.problems.open(
            f"“{mention.name}” is taken for a person; it could be a group",
            place,
            "leave it, or write the names of those who speak",
            "agenda.doubtful-person",
        )
        return True

    def _not_people(self, entry: EntryDraft, piece: tuple[Marked, Cell]) -> None:
        text, cell = piece
        if not entry.room and self.judge.is_room(text.text):
            entry.room = text.text
            return
        entry.abstract.append(text.text)
        if self.words.kind(entry.title, named=False)[0] is Kind.BREAK:
            return
        self.problems.open(
            f"“{short(text.text)}” is not read as people's names",
            self._at(cell, text.column),
            "write them as Name, Organisation; several with semicolons between",
            "agenda.unnamed-people",
        )

    def _to_be_confirmed(self, entry: EntryDraft, place: Place) -> None:
        entry.open = True
        self.problems.open(
            f"the speaker of “{short(entry.title)}” is to be confirmed",
            place,
            "write “Name, Organisation” here when it is known; until then it is printed as open",
            "agenda.to-be-confirmed",
        )

    def _entry(self, cell: Cell, talk: Talk, start: Time | None, end: Time | None) -> EntryDraft:
        place = self._at(cell, talk.title.column) if talk.title else cell.place
        entry = EntryDraft(
            _bare(talk.title.text), place, talk.start or start, talk.end or (None if talk.start else end)
        )
        entry.room, entry.link, entry.abstract = talk.room, address(talk.link), list(talk.more)
        if talk.start and not self.columns.is_grid:
            entry.start, entry.end = self.timing.settled(talk.start, talk.end, cell)
        for mention, duty in talk.people:
            at = self._at(cell, mention.column)
            entry.cast.append((self.aids.casting.add(mention, at), duty, at))
            if not self._is_group(mention, at) and talk.doubt:
                self.problems.open(
                    f"“{mention.name}” is taken for who speaks; it could be the title",
                    at,
                    "write the name in brackets behind the title, or in a column of its own",
                    "agenda.doubtful-person",
                )
        if talk.people and len(talk.people) == 1 and entry.title == talk.people[0][0].name:
            self.named_titles.append((entry, place))
        if talk.open is not None:
            self._to_be_confirmed(entry, self._at(cell, talk.open.column))
        if self.aids.mentions.is_open(entry.title):
            self.problems.open(
                "what happens then is to be confirmed",
                place,
                "write the title when it is known",
                "agenda.to-be-confirmed",
            )
        return entry

    @staticmethod
    def _one(talks: Sequence[Talk]) -> list[Talk]:
        """Lines of a title cell beside a column of people: one talk, what stands below its title is more about it."""
        first, *others = talks
        first.more += [text for talk in others for text in (talk.title.text, *talk.more)]
        first.people += [person for talk in others for person in talk.people]
        return [first]

    def _kind(self, text: str) -> Kind:
        return self.words.kind(text, named=False)[0]

    def _section(self, index: int, cell: Cell) -> bool:
        """A row that holds one thing and no time: a day, a room, a session."""
        text = cell.text.strip()
        marked = self.cells.unmarked(cell.lines[0]) if cell.lines else cell.lines[0]
        if self.moments.is_day(text):
            self._begin_day(cell)
            self._note(index, Taken.DATE)
            return True
        column = next(i for i, each in enumerate(self.grid.rows[index]) if each is cell)
        role = self.columns.roles[column]
        wide = cell.columns > 1
        if self.judge.is_room(text) and role is not Role.TALK and not self._ends_with_people(cell):
            self.room, self.session = text, None
            self.timing.clocks.clear()
            self._note(index, Taken.SESSION, note="the room of the rows below it")
            return True
        if role in TIMES and _NOTED.fullmatch(text):
            # "(GMT-3)" or "(all times are local)" below the heading of the times.
            self._note(index, Taken.PASSED, Sure.LIKELY, "a remark on the times")
            hint = "nothing is to be done if it need not be printed"
            self.problems.open(f"“{short(text)}” is passed over", cell.place, hint, "agenda.passed-over")
            return True
        parts = self._session_parts(text)
        bold = all(line.bold for line in cell.lines) or cell.head
        below = self._time_below(index)
        if parts is None and (bold or wide) and below and self._kind(text) is Kind.OTHER:
            parts = ("", text)
        if parts is None and below and column in self.columns.times[:1]:
            parts = ("", text)
        if parts is None and self.heads.part("strand", text) and below and len(split(text)) <= 5:
            self.track, self.session = text, None
            self.timing.clocks.clear()
            self._note(index, Taken.SESSION, note="the track of the rows below it")
            return True
        if parts is None:
            return False
        label, title = parts
        led: list[tuple[Mention, Duty]] = []
        if title and marked.text.endswith(title):
            named, led = self.cells.in_charge(marked.cut(len(marked.text) - len(title)))
            title = named.text
        session = SessionDraft(
            label, title.removesuffix(":"), self._at(cell, marked.column), text, heading=bool(bold and wide)
        )
        session.room = ""
        for mention, duty in led:
            place = self._at(cell, mention.column)
            session.cast.append((self.aids.casting.add(mention, place), duty, place))
        if found := _SPAN.match(session.title):
            # "(9:00–10:30) Parsing": the session says when it takes place.
            session.start, session.end = clock(found[1]), clock(found[2])
            session.title = session.title[found.end() :] if session.start else session.title
        self.holding = None
        self._put(session)
        self.session = session
        self._note(index, Taken.SESSION)
        return True

    def _ends_with_people(self, cell: Cell) -> bool:
        return any(self.cells.names(line) for line in cell.lines)

    def _time_below(self, index: int) -> bool:
        for row in self.grid.rows[index + 1 : index + 3]:
            if any(row[column] for column in [*self.columns.times, *self.columns.of(Role.DURATION)]):
                return True
        return False

    def _is_session(self, text: str) -> bool:
        """Whether a text is `Session 2` and no more."""
        parts = self._session_parts(text.strip())
        return parts is not None and not parts[1]

    def _session_parts(self, text: str) -> tuple[str, str] | None:
        found = _NUMERAL.match(text)
        if found and self.words.is_one("session", [found[1].casefold()]):
            return text[: found.end(2)], text[found.end() :]
        found = re.match(r"([^\W\d_]+)\s*:\s*(.+)", text)
        if found and self.words.is_one("session", [found[1].casefold()]) and len(found[1]) > 4:
            return "", found[2]
        return None


def address(link: str) -> str:
    """A link where it leads somewhere on its own; nothing for `#tides` and `/talks/tides`, which need their page."""
    return link if re.match(r"(?:https?://|www\.)\S", link, re.IGNORECASE) else ""


def in_order(day: DayDraft) -> None:
    """Put what stands in several columns or tables in order of time; what has no time stays behind what it follows.

    Sessions that are mere headings keep everything where it is.
    """
    if any(isinstance(item, SessionDraft) and not item.whole for item in day.items):
        return
    keyed: list[tuple[int, int, EntryDraft | SessionDraft]] = []
    anchor = (-1, 0)
    for index, item in enumerate(day.items):
        start = item.start
        if isinstance(item, SessionDraft):
            start = start or next((entry.start for entry in item.entries if entry.start), None)
        if start:
            anchor = (start.minutes, index)
        keyed.append((*anchor, item))
    day.items = [item for _, _, item in sorted(keyed, key=lambda each: each[:2])]


def shared_starts(day: DayDraft, problems: Problems) -> None:
    """An open point for each time that several entries stand under."""
    group: list[EntryDraft] = []
    for item in [*day.items, None]:
        if isinstance(item, EntryDraft) and item.start is None and group and not item.misread:
            group.append(item)
            continue
        if len(group) > 1:
            what = "talks" if all(entry.named for entry in group) else "entries"
            problems.open(
                f"{len(group)} {what} share the start {group[0].start}; their own times are not given",
                group[0].place,
                "write a time before each, or leave them as they are: they are printed in order under one time",
                "agenda.shared-start",
            )
        group = [item] if isinstance(item, EntryDraft) and item.start else []


def entries_of(day: DayDraft) -> Iterator[EntryDraft]:
    """Every entry of a day, those of its sessions included."""
    for item in day.items:
        if isinstance(item, SessionDraft):
            yield from item.entries
        else:
            yield item


def _bare(text: str) -> str:
    """A title without the colon or dash that joined it to what stood behind it."""
    text = " ".join(text.replace("\u00ad", "").split())
    return text.rstrip(":–—- ").strip() or text
