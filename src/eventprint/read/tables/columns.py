"""What the columns of an agenda hold: known by their headings, or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ...values import dataclass
from ..language.moments import NOON, Clock
from ..language.names import fold
from ..language.vocabulary import split
from .grids import ROWS, Cell, Grid, line_of
from .headings import CAMEL, TIMES, Role, halves, unnumbered
from .spans import MIDNIGHT, Moments, Span, minutes


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
        if not cells or any(self.moments.is_time(cell) for cell in cells):
            return False
        known = [cell for cell in cells if self.roles(cell.text) or self.moments.is_day(cell.text)]
        if any(len(cell.text) > 60 for cell in cells) and len(known) < 4:
            # Whoever explains a column in its heading has other headings too.
            return False
        return (
            len({fold(cell.text) for cell in known}) >= least
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
            timed: list[int] = []
            for index, row in enumerate(grid.rows[:12]):
                if any(self.moments.is_time(cell) for cell in row) or any(
                    row[column] and self.moments.is_time(row[column], headed=True) for column in timed
                ):
                    break
                # Below a heading for times, "9-10" and "0.375" are some.
                timed = timed or [
                    n for n, cell in enumerate(row) if cell and any(role in TIMES for role in self.roles(cell.text)[:1])
                ]
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
        self._compact(roles, titles, body)
        self._times(roles, titles, body)
        self._lengths(roles, grid.rows[top:])
        times = [index for index, role in enumerate(roles) if role in TIMES]
        lengths = [index for index, role in enumerate(roles) if role is Role.DURATION]
        if not times and not lengths:
            return self._led(grid, top, roles, titles, body)
        columns = Columns(roles, titles, top, {}, {}, set())
        self._both(columns, stacks, body)
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

    def _compact(self, roles: list[Role], titles: Sequence[str], body: Sequence[Sequence[Cell]]) -> None:
        """Columns of times without a sign between hours and minutes, one after the other: 900, 1030, 1100."""
        for index, cells in enumerate(body[:4]):
            texts = [cell.text.strip() for cell in cells]
            if len(texts) < 3 or (titles[index] and roles[index] not in TIMES):
                continue
            if not all(re.fullmatch(r"\d{1,2}[0-5]\d", text) and int(text) < 2400 for text in texts):
                continue
            numbers = [int(text) for text in texts]
            if numbers == sorted(set(numbers)) and numbers[0] >= 500 and any(number % 100 for number in numbers):
                roles[index] = Role.TIME if roles[index] is Role.UNKNOWN else roles[index]
                self.moments.learn(texts)

    @staticmethod
    def _spans(moments: Moments, rows: Sequence[Sequence[Cell]], *columns: int) -> Iterator[tuple[Span | None, ...]]:
        for row in rows:
            yield tuple(moments.span(row[column], headed=True) if row[column] else None for column in columns)

    def _lengths(self, roles: list[Role], rows: Sequence[Sequence[Cell]]) -> None:
        """A column headed as the end that says how long things take: `9:15, 0:35`."""
        if roles.count(Role.START) != 1 or roles.count(Role.END) != 1:
            return
        start, end = roles.index(Role.START), roles.index(Role.END)
        both = [(a.start, b.start) for a, b in self._spans(self.moments, rows, start, end) if a and b]
        short = sum(
            first is not None and last is not None and last < first and last.minutes <= 240 and first.minutes < 18 * 60
            for first, last in both
        )
        if len(both) > 2 and short * 5 >= len(both) * 4:
            roles[end] = Role.DURATION

    def _times(self, roles: list[Role], titles: list[str], body: Sequence[Sequence[Cell]]) -> None:
        """Columns of times, also where no heading or a wrong one names them; two side by side are start and end."""
        for index, cells in enumerate(body):
            if not cells:
                continue
            if roles[index] in (Role.DAY, Role.TIME, Role.START) and all(MIDNIGHT.search(cell.text) for cell in cells):
                roles[index] = Role.DAY
                continue
            headed = roles[index] in TIMES
            timed = sum(self.moments.is_time(cell, headed=headed) for cell in cells)
            if roles[index] is Role.DAY and all(re.fullmatch(r"\d{1,2}\.\d{1,2}\.?", cell.text) for cell in cells):
                continue
            if timed:
                # A day may stand among the times, as a heading of those below it.
                cells = [cell for cell in cells if not self.moments.is_day(cell.text)] or cells
            if headed and timed * 3 < len(cells):
                if roles[index] is not Role.END and not timed and all(self.moments.is_day(c.text) for c in cells):
                    roles[index] = Role.DAY
                elif sum(bool(self.length(cell)) for cell in cells) * 2 > len(cells):
                    roles[index] = Role.DURATION
                else:
                    roles[index] = Role.UNKNOWN
            elif (
                roles[index] not in (Role.ASIDE, Role.DURATION)
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
            if roles[index] is Role.START and roles[nearest] is Role.TIME and Role.END not in roles:
                spans = [self.moments.span(cell, headed=True) for cell in body[nearest]]
                roles[nearest] = Role.TIME if any(span and span.end for span in spans) else Role.END
            if roles[index] is Role.TIME and roles[nearest] is Role.TIME:
                both = [self.moments.span(cell, headed=True) for cell in (*body[index], *body[nearest])]
                if titles[index] and titles[nearest] and self._elsewhere(body[index], body[nearest]):
                    self._zones(roles, nearest)
                elif not any(span and span.end for span in both):
                    roles[index], roles[nearest] = Role.START, Role.END
                elif nearest == index + 1 and titles[nearest]:
                    self._zones(roles, nearest)

        if Role.START in roles and Role.END in roles:
            for index, role in enumerate(roles):
                if role is Role.TIME and titles[index]:
                    # "Time" beside a start and an end says how long it takes, or when in another place.
                    short = sum(0 < self.length(cell) <= 240 or cell.text.startswith("0.") for cell in body[index])
                    roles[index] = Role.DURATION if short * 5 >= len(body[index]) * 4 else Role.ASIDE

    def _elsewhere(self, first: Sequence[Cell], second: Sequence[Cell]) -> bool:
        """Whether two columns say the times for two places: always so many hours apart, however long things take."""
        if len(first) != len(second) or len(first) < 3:
            return False
        spans = [[self.moments.span(cell, headed=True) for cell in cells] for cells in (first, second)]
        pairs = [
            (a.start.minutes, b.start.minutes) for a, b in zip(*spans, strict=True) if a and b and a.start and b.start
        ]
        apart = [(there - here) % NOON for here, there in pairs]
        chained = sum(before[1] == after[0] for before, after in pairwise(pairs))
        if chained * 3 > len(pairs):
            return False
        steps = {after[0] - before[0] for before, after in pairwise(pairs)}
        # The last row may hold a slip.
        usual = max(set(apart), key=apart.count, default=0)
        return len(steps) > 1 and apart.count(usual) * 10 >= len(first) * 8 and usual % 30 == 0

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

    def _both(self, columns: Columns, stacks: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> None:
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
        speakers = columns.of(Role.SPEAKER)
        charge = [index for index in speakers if self.heads.holds("in_charge", titles[index])]
        if len(charge) < len(speakers):
            for index in charge:
                roles[index] = Role.ASIDE
        self._plain_title(columns, body)
        self._halves(columns)
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

    @staticmethod
    def _plain_title(columns: Columns, body: Sequence[Sequence[Cell]]) -> None:
        """`Title` is the talk's, and `Panel title` beside it that of what the talk belongs to."""
        roles, titles = columns.roles, columns.titles
        named = [index for index, role in enumerate(roles) if role is Role.TITLE]
        plain = [index for index in named if fold(titles[index]) in ("title", "titel", "titre", "titulo", "titolo")]
        if len(plain) == 1 and len(named) == 2:
            other = named[0] if named[1] == plain[0] else named[1]
            cells = body[other]
            if sum(len(cell.text) for cell in cells) > 100 * len(cells):
                # What a "summary" holds is no title.
                roles[other] = Role.ABSTRACT
            elif len({cell.text for cell in cells}) < len(cells) * 0.7:
                # The title of a panel stands in several rows; one in another language does not.
                roles[other] = Role.SUBTITLE if Role.SESSION in roles else Role.SESSION

    def _halves(self, columns: Columns) -> None:
        """`First name` beside `Last name`, where no column has whole names, is who speaks."""
        roles, titles = columns.roles, columns.titles
        unsure = (Role.UNKNOWN, Role.PERSON, Role.ASIDE)
        if Role.SPEAKER in roles or not any(roles[index] in unsure and titles[index] for index in range(len(roles))):
            return
        found: dict[Role, list[int]] = {Role.GIVEN: [], Role.FAMILY: []}
        for index, role in enumerate(roles):
            said = fold(CAMEL.sub(" ", titles[index].replace("_", " "))) if role in unsure else ""
            for half, at in found.items():
                if said in halves()[half]:
                    at.append(index)
        if len(found[Role.GIVEN]) == len(found[Role.FAMILY]) == 1:
            for half, (index,) in found.items():
                roles[index] = half

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
                # A weekday below a date says no more than the date.
                if not day or self.moments.calendar.find(text):
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
                or self.roles(unnumbered(stacks[index][-1].text))[:1] in ([Role.PERSON], [Role.SPEAKER])
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
            elif Role.TITLE in roles and self._fills(body[roles.index(Role.TITLE)], cells):
                roles[index] = Role.SUBTITLE
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
        given = self.words.single("given_name")
        if sum(any(word in given for word in split(text)) for text in texts) * 4 < len(texts):
            # "Poetry Slam" and "Cultural Night" have the capitals of names, and are none.
            return
        described = [cell for cell in body[more] if len(cell.text) < 200]
        if sum(map(_looks_named, texts)) * 5 >= len(texts) * 3 and len(described) * 2 >= len(texts) > 2:
            roles[title], roles[more] = Role.SPEAKER, Role.TITLE

    @staticmethod
    def _fills(titles: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        """Whether a column says something in rows that have no title: `Lunch`, below `Module 1` with its title."""
        return len(cells) > len(titles) and not {line_of(c.begin) for c in titles} >= {line_of(c.begin) for c in cells}

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
