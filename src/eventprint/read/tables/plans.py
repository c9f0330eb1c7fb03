"""The programme that a table holds: its rows as days, sessions and entries, whatever form the table has.

Lists with a column each for time, title and people; tracks, rooms or days side by side; tables bent into sections by
rows that hold a day, a room or a session. What cannot be used is reported with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...event import Kind, Sure, Taken, Time
from ...problems import Place
from ..drafts import EntryDraft
from ..language.lines import short
from ..language.names import fold
from .columns import Columns, Judge, Strand
from .entries import Aids, Plan, entries_of, in_order
from .grids import Cell, Grid
from .headings import Role
from .lists import Lists
from .surnames import surnames_first
from .talks import Talk
from .timing import Slot

_EXPLAINED = re.compile(r"[^=\n\d]{1,30} = [^=\n]{2,60}")
"""`green = confirmed`, `* = to be confirmed`."""

Judged = tuple[Columns, Grid]
"""What the columns of a table hold, and the table, turned where its times stand on top."""


def plan(judged: Judged, aids: Aids) -> Plan:
    """The programme in a table that holds one."""
    columns, grid = judged
    return _Planner(grid, columns, aids).plan()


def judged(grid: Grid, aids: Aids) -> Judged | None:
    """What the columns of a table hold; None where it is no agenda."""
    columns, turned = _columns(grid, aids.judge)
    return None if columns is None else (columns, turned)


def _columns(grid: Grid, judge: Judge) -> tuple[Columns | None, Grid]:
    columns = judge.columns(grid)
    if columns is None and grid.height > 1 and grid.width > 2:
        turned = grid.transposed()
        first = [cell for row in grid.rows[:2] for cell in row if judge.moments.is_time(cell)]
        if len(first) > 1 and (columns := judge.columns(turned)) and columns.times:
            return columns, turned
        return None, grid
    if columns is not None and not columns.is_grid and not _says_something(columns, grid):
        return None, grid
    if columns is not None and not columns.times and columns.of(Role.DURATION):
        bodies = sum(bool(row[index]) for row in grid.rows[columns.first :] for index in columns.of(Role.DURATION))
        if bodies < 2 or not columns.of(Role.TITLE, Role.TALK):
            return None, grid
    return columns, grid


def _says_something(columns: Columns, grid: Grid) -> bool:
    """Whether words stand beside the times: sums of hours by number of day are no agenda."""
    cells = [cell for index in columns.of(Role.TITLE, Role.TALK) for cell in grid.column(index, columns.first)]
    worded = sum(any(letter.isalpha() for letter in cell.text) for cell in cells)
    if not cells:
        return bool(columns.of(Role.SPEAKER, Role.GIVEN, Role.SESSION, Role.TYPE, Role.ABSTRACT, Role.TRACK, Role.ROOM))
    return worded * 3 > len(cells)


class _Planner(Lists):
    """Reads a table: what is above its rows, the rows of lists and those of talks side by side, and what is left."""

    def plan(self) -> Plan:
        self._learn()
        for strand in self.columns.strands.values():
            if strand.day:
                self._day(strand.day, strand.day_cell)
        self._above()
        self._headed_twice()
        index, legend = self.columns.first, self._legend()
        while index < self.grid.height:
            row = self.grid.rows[index]
            if index >= legend:
                self._note(index, Taken.PASSED, Sure.LIKELY, "what explains the table")
            elif self._is_again(index):
                self._note(index, Taken.HEADING, note="the headings of the table")
            elif not any(row):
                self._note(index, Taken.PASSED, note="an empty row")
            elif self.columns.is_grid:
                self._beside(index)
            else:
                self._listed(index)
            index += 1
        self._left_aside()
        self._names_as_titles()
        self.found.days = [day for day in {id(day): day for day in self.days.values()}.values() if day.items]
        for day in self.found.days:
            for entry in entries_of(day):
                self._spoken(entry)
        self.found.rooms = len({s.room or s.track for s in self.columns.strands.values()}) > 1
        for day in self.found.days:
            in_order(day)
        return self.found

    def _legend(self) -> int:
        """The row below all times where the signs and colours of the table begin to be explained, else its height."""
        rows, height = self.grid.rows, self.grid.height
        below = height
        while below and not any(self.moments.is_time(rows[below - 1][n], headed=True) for n in self.columns.times):
            below -= 1
        for index in range(below or height, height):
            cells = list({id(cell): cell for cell in rows[index] if cell}.values())
            text = cells[0].text.strip() if cells else ""
            alone = len(cells) == 1 and _EXPLAINED.fullmatch(text)
            if cells and (alone or self.heads.holds("legend", text.partition(":")[0])):
                cell = cells[0]
                hint = "nothing is to be done if it need not be printed"
                said = f"“{short(cell.text)}” is passed over: it explains the table, with what stands below it"
                self.problems.open(said, cell.place, hint, "agenda.passed-over")
                return index
        return height

    def _learn(self) -> None:
        rows = self.grid.rows[self.columns.first :]
        several = [index for index, role in enumerate(self.columns.roles) if role is Role.TALK]
        if several:
            cells = list(dict.fromkeys(row[index] for row in rows for index in several if row[index]))
            self.cells.learn(cells)
        for column in self.columns.of(Role.SPEAKER, Role.CHAIR):
            self._learn_people(column)

    def _learn_people(self, column: int) -> None:
        """What commas part in a column of people: names, a name from its firm, or a surname from its given name."""
        cells = self.grid.column(column, self.columns.first)
        with_commas = [line.text for cell in cells for line in cell.lines if re.search("[,，、]", line.text)]
        self.commas.discard(column)
        self.inverted.discard(column)
        if with_commas and surnames_first(with_commas, self.words, self.heads):
            self.inverted.add(column)
        elif self.columns.of(Role.AFFILIATION) and self.columns.roles[column] is Role.SPEAKER:
            self.commas.add(column)
        elif with_commas:
            parts = [re.split(r"\s*[,，、]\s*", re.sub(r"[(\[][^()\[\]]*[)\]]", "", text)) for text in with_commas]
            names = [
                name.strip()
                for part in parts
                for piece in part
                for name in re.split(r"\s*[&/;]\s*|(?:^|\s+)(?:and|und|et|y|e|en|i)\s+", piece)
                if name.strip()
            ]
            # "Tom Hardy, Example Inc." alone lists nobody: somewhere two names must stand side by side.
            listed = any(sum(not self.heads.part("firm", piece) for piece in part) > 1 for part in parts)
            if listed and all(self.aids.mentions.named(name) or _cjk(name) for name in names):
                self.commas.add(column)

    def _above(self) -> None:
        """Rows of headings, and a title over the whole table."""
        for index in range(self.columns.first):
            cells = list({id(cell): cell for cell in self.grid.rows[index] if cell}.values())
            day = next((cell for cell in cells if self.moments.is_day(cell.text)), None)
            if not cells:
                self._note(index, Taken.PASSED, note="an empty row")
            elif day and len(cells) > 1 and not self.columns.is_grid:
                self._begin_day(day)
                self._note(index, Taken.HEADING, note="the headings of the table")
            elif len(cells) == 1 and not self.judge.is_heading_row(self.grid.rows[index]):
                self._title(index, cells[0])
            else:
                self._note(index, Taken.HEADING, note="the headings of the table")

    def _headed_twice(self) -> None:
        """Two columns of a list under one heading, of which one may be meant to hold something else."""
        met: dict[str, int] = {}
        single = {Role.START, Role.END, Role.DURATION, Role.DAY, Role.TITLE, Role.ROOM, Role.TRACK, Role.ABSTRACT}
        if len(self.columns.of(Role.SPEAKER)) < 2:
            single |= {Role.AFFILIATION}
        for index, role in enumerate(self.columns.roles if not self.columns.is_grid else ()):
            title = fold(self.columns.titles[index])
            if title and role in single and met.setdefault(title, index) != index:
                head = next((row[index] for row in self.grid.rows[: self.columns.first][::-1] if row[index]), _NONE)
                message = f"two columns are called “{head.text}”; what stands in them is taken together"
                self.problems.warning(message, head.place, "give each its own heading", "agenda.heading-twice")

    def _title(self, index: int, cell: Cell) -> None:
        strand = next((s for s in self.columns.strands.values() if s.day_cell is cell), None)
        if strand is not None:
            self._note(index, Taken.DATE)
        elif self.moments.is_day(cell.text) and not any(strand.day for strand in self.columns.strands.values()):
            self._begin_day(cell)
            self._note(index, Taken.DATE)
        elif not self.found.title:
            self.found.title = cell.text
            self._note(index, Taken.TITLE, Sure.LIKELY)
        else:
            self._note(index, Taken.PASSED, Sure.LIKELY, "above the headings of the table")

    def _is_again(self, index: int) -> bool:
        """Whether a row names columns anew; they are read so from there on."""
        row = self.grid.rows[index]
        if index <= self.columns.first or not self.judge.is_heading_row(row):
            return False
        if not any(self.judge.roles(cell.text) for cell in row if cell) and not self.columns.is_grid:
            return False
        rest = Grid(self.grid.rows[index:], 1, stated=self.grid.stated[index:])
        columns = self.judge.columns(rest)
        if columns is None or not columns.times:
            return False
        columns.first = self.columns.first
        self.columns = self.timing.columns = columns
        self.timing.clocks.clear()
        self._learn()
        return True

    def _beside(self, index: int) -> None:
        row = self.grid.rows[index]
        strands = self.columns.strands
        self._day_of(index)
        cells = [(column, row[column]) for column in strands if any(self._pair(index, column))]
        timed = any(row[column] for column in self.columns.times)
        distinct = list({id(cell): cell for cell in row if cell}.values())
        if not timed and cells and all(self._is_heading(cell, strands[column]) for column, cell in cells):
            self._note(index, Taken.HEADING, note="the headings of the table")
            return
        if (
            not timed
            and len(distinct) == 1
            and not self._spans_on(index, distinct[0])
            and self._section(index, distinct[0])
        ):
            return
        if not cells:
            self._strays(index, timed=timed)
            return
        groups: dict[int, list[int]] = {}
        for column, cell in cells:
            pair = self.columns.pairs.get(column)
            key = id(cell) if cell else id(row[pair]) if pair is not None else column
            groups.setdefault(key, []).append(column)
        self._common(index, groups)
        count = 0
        for columns in groups.values():
            count += self._side(index, columns)
        self._strays(index, timed=timed, quiet=True)
        self._note(index, Taken.SLOT if timed else Taken.UNTIMED)

    @staticmethod
    def _is_heading(cell: Cell, strand: Strand) -> bool:
        """Whether a cell says again what stands above its column."""
        return fold(cell.text) in {fold(said) for said in (strand.day, strand.room, strand.track) if said}

    def _spans_on(self, index: int, cell: Cell) -> bool:
        return index > 0 and cell in self.grid.rows[index - 1]

    def _common(self, index: int, groups: dict[int, list[int]]) -> None:
        """Put together the columns of one day that say the same in a row."""
        by: dict[tuple[str, str], int] = {}
        for key in list(groups):
            column = groups[key][0]
            talk, people = self._pair(index, column)
            if self._spans_on(index, talk or people or _NONE) and (talk or people):
                continue
            said = fold(f"{talk.text if talk else ''} {people.text if people else ''}".strip())
            day = self.columns.strands[column].day
            if not said:
                continue
            first = by.setdefault((day, said), key)
            if first != key:
                groups[first] += groups.pop(key)

    def _pair(self, index: int, column: int) -> tuple[Cell | None, Cell | None]:
        """The cells of a column of talks and of the people that belong to it, where they say something."""
        pair = self.columns.pairs.get(column)
        talk, people = (self.grid.rows[index][each] if each is not None else None for each in (column, pair))
        return (
            talk if talk and not self.heads.holds("nobody", talk.text) else None,
            people if people and not self.heads.holds("nobody", people.text) else None,
        )

    def _side(self, index: int, columns: list[int]) -> int:
        """The entries of one cell, or of equal cells beside each other; how many there are."""
        strands = self.columns.strands
        first = strands[columns[0]]
        talk_cell, people_cell = self._pair(index, columns[0])
        cell = talk_cell or people_cell
        assert cell is not None
        start, end, _, hanging, note = self._slot_beside(index, columns[0])
        if self._spans_on(index, cell) and id(cell) in self.seen:
            for entry in self.seen[id(cell)]:
                if not hanging and (end or start):
                    entry.end = end
            return 0
        by_day: dict[str, list[int]] = {}
        for column in columns:
            by_day.setdefault(strands[column].day, []).append(column)
        made: list[EntryDraft] = []
        for day_columns in by_day.values():
            strand = strands[day_columns[0]]
            target = self._day(strand.day, strand.day_cell) if strand.day else self._the_day()
            entries = self._talks_beside(index, cell, talk_cell, people_cell, start, end, hanging=hanging)
            for entry in entries:
                entry.misread = entry.start is None and index in self.timing.misread
            everywhere = self._everywhere(index, cell, day_columns, entries)
            for entry in entries:
                if not everywhere:
                    self._stands(entry, [strands[column] for column in day_columns])
                if not entry.room and len(strands) == 1:
                    entry.room = first.room
            for entry in entries:
                entry.room = entry.room or self._room(index) or self.room
                entry.track = entry.track or self.track
            self._extras(index, entries, note)
            target.items += entries
            made += entries
        self.seen[id(cell)] = made
        return len(made)

    def _slot_beside(self, index: int, column: int) -> Slot:
        key = (index, tuple(self.timing.times_before(column)))
        if key not in self.slots:
            self.slots[key] = self.timing.slot(index, column)
        return self.slots[key]

    def _extras(self, index: int, entries: Sequence[EntryDraft], note: str) -> None:
        """What columns beside those of the talks say of all of them."""
        if note:
            entries[0].abstract.append(note)
        people, others, _ = self._people_of(index)
        for entry in entries if people else ():
            self._join(entry, people, self.grid.rows[index])
        for piece in others:
            self._not_people(entries[0], piece)

    def _talks_beside(
        self,
        index: int,
        cell: Cell,
        talk_cell: Cell | None,
        people_cell: Cell | None,
        start: Time | None,
        end: Time | None,
        *,
        hanging: bool,
    ) -> list[EntryDraft]:
        if self.columns.pairs and talk_cell and people_cell:
            people, others, open_ = self._people_in(people_cell, index)
            talk = self._one(self.cells.talks(talk_cell, plain=True))[0]
            entry = self._entry(talk_cell, talk, None if hanging else start, None if hanging else end)
            self._join(entry, [(mention, duty, people_cell) for mention, duty in people], self.grid.rows[index])
            for piece in others:
                self._not_people(entry, (piece, people_cell))
            if open_ is not None:
                self._to_be_confirmed(entry, self._at(people_cell, open_.column))
            return [entry]
        if self.columns.pairs and people_cell and self.aids.mentions.named(people_cell.text):
            people, _, _ = self._people_in(people_cell, index)
            entry = self._entry(people_cell, Talk(people_cell.lines[0], people), start, end)
            self.named_titles.append((entry, entry.place))
            return [entry]
        talks = self.cells.talks(cell, plain=bool(self.columns.pairs and talk_cell))
        if not talks:
            talks = [Talk(cell.lines[0])]
        rooms = [talk.room for talk in talks]
        apart = len(talks) > 1 and all(rooms) and len(set(rooms)) == len(rooms)
        return [
            self._entry(
                cell,
                talk,
                None if hanging or (n and not apart) else start,
                None if hanging or (n and not apart) else end,
            )
            for n, talk in enumerate(talks)
        ]

    def _everywhere(self, index: int, cell: Cell, columns: Sequence[int], entries: Sequence[EntryDraft]) -> bool:
        """Whether what a row says is for all rooms or tracks of the day: it stands over all, or alone."""
        strands = self.columns.strands
        day = strands[columns[0]].day
        beside = [column for column in strands if strands[column].day == day]
        if len(beside) == 1:
            return False
        if len(columns) == len(beside):
            return True
        filled = [column for column in beside if any(self._pair(index, column))]
        if len(filled) > len(columns):
            return False
        entry = entries[0]
        kind = entry.kind_by(self.words)
        if kind in (Kind.BREAK, Kind.ADDRESS):
            return True
        missing = self.grid.stated[index] <= max(columns) + 1 if index < len(self.grid.stated) else False
        if columns[0] != beside[0]:
            return False
        plain = not entry.cast and (self._names_people() or self.heads.part("plenary", entry.title))
        if len(columns) == 1 and (missing or plain):
            return True
        if len(columns) == 1:
            room = strands[columns[0]].room or strands[columns[0]].track
            self.problems.open(
                f"“{short(entry.title)}” stands alone in its row: it is read as in {room}; it could be for all",
                entry.place,
                "write it in every column if it is for all",
                "agenda.doubtful-room",
            )
        return False

    def _names_people(self) -> bool:
        """Whether the cells of the table name who speaks, so that one that does not is no talk."""
        style = self.cells.style
        named = style.before or style.after or style.colon or style.brackets or style.people_first or style.below
        return bool(self.columns.pairs) or named

    def _stands(self, entry: EntryDraft, strands: Sequence[Strand]) -> None:
        rooms = dict.fromkeys(strand.room for strand in strands if strand.room)
        tracks = dict.fromkeys(strand.track for strand in strands if strand.track)
        entry.room = entry.room or ", ".join(rooms)
        entry.track = entry.track or ", ".join(tracks)

    def _strays(self, index: int, *, timed: bool, quiet: bool = False) -> None:
        """Cells in columns that nothing is known of."""
        row = self.grid.rows[index]
        found = False
        for column in self.columns.of(Role.UNKNOWN, Role.ASIDE, Role.ABSTRACT, Role.SUBTITLE):
            if row[column] and (index == 0 or self.grid.rows[index - 1][column] is not row[column]):
                found = True
                if self.columns.titles[column]:
                    self.asides.setdefault(column, []).append(row[column])
                    continue
                self.problems.open(
                    f"“{short(row[column].text)}” stands in a column without a heading and is passed over",
                    self._at(row[column], row[column].lines[0].column),
                    "move it below the heading it belongs to, or take it out",
                    "agenda.stray-cell",
                )
        if quiet:
            return
        if index and any(
            row[column] and row[column] is self.grid.rows[index - 1][column] for column in self.columns.strands
        ):
            self._note(index, Taken.SLOT, note="what stands in the row above goes on")
            return
        note = "a time with nothing beside it" if timed and not found else "nothing in the columns of talks"
        self._note(index, Taken.PASSED, Sure.LIKELY, note)

    def _left_aside(self) -> None:
        """One open point for each column that is not printed."""
        for column, cells in sorted(self.asides.items()):
            heading = self.columns.titles[column]
            if all(cell.text.strip().rstrip(".").isdigit() for cell in cells):
                continue
            head = next((row[column] for row in self.grid.rows[: self.columns.first][::-1] if row[column]), None)
            first = head if head and heading else cells[0]
            place = self._at(first, first.lines[0].column)
            named = f"the column “{heading}”" if heading else "a column without a heading"
            known = self.columns.roles[column] is Role.ASIDE
            hint = (
                "nothing is to be done if it need not be printed"
                if known
                else "say in event.yaml, under columns:, what it holds, such as abstract: " + (heading or "…")
            )
            many = f"{len(cells)} cells" if len(cells) > 1 else "1 cell"
            self.problems.open(f"{named} is passed over ({many})", place, hint, "agenda.passed-over")

    def _names_as_titles(self) -> None:
        """One open point for all cells that hold nothing but a name."""
        entries = [(entry, place) for entry, place in self.named_titles if entry.cast]
        if not entries:
            return
        names = list(dict.fromkeys(entry.title for entry, _ in entries))
        shown = ", ".join(f"“{name}”" for name in names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        stand = "stands" if len(names) == 1 else "stand"
        taken = "a person who speaks" if len(names) == 1 else "people who speak"
        self.problems.open(
            f"{shown} {stand} where a title is expected: taken for {taken}",
            entries[0][1],
            "write the title of the talk too; until then the name is printed in its place",
            "agenda.name-as-title",
        )
        for entry, _ in entries:
            entry.sure = Sure.LIKELY


_NONE = Cell((), lambda at: Place())


def _cjk(text: str) -> bool:
    return bool(text) and all(letter >= "\u2e80" for letter in text if not letter.isspace()) and len(text) <= 5
