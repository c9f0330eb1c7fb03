"""The rows of a table that has a column each for time, title, people: an entry to a row, or a heading between them."""

from __future__ import annotations

from collections.abc import Sequence

from ...event import Duty, Kind, Sure, Taken, Time
from ..drafts import EntryDraft, SessionDraft
from ..language.lines import Marked, short
from ..language.mentions import Mention
from ..language.names import fold
from .entries import Entries, address
from .grids import Cell
from .headings import Role
from .talks import Talk


class Lists(Entries):
    """Reads the rows of a list, one by one from above."""

    def _listed(self, index: int) -> None:
        row = self.grid.rows[index]
        cells = list({id(cell): cell for cell in row if cell}.values())
        timed = any(self.moments.is_time(row[column], headed=True) for column in self.columns.times if row[column])
        if timed or len(cells) == 1:
            self.holding = None
        if not timed and len(cells) == 1 and self._section(index, cells[0]):
            return
        if not timed and self._heads_day(index, cells):
            return
        wide = len(cells) == 1 and 1 < self.grid.width - 1 <= cells[0].columns
        if wide and not timed and self._remark(index, cells[0]):
            return
        if wide and cells[0].columns == self.grid.width and self._section(index, cells[0]):
            return
        self._day_of(index)
        titles = [row[c] for c in self.columns.of(Role.TITLE, Role.TALK) if row[c]]
        start, end, day, hanging, note = self.timing.slot(index, self.grid.width)
        if day:
            self._begin_day(row[self.columns.times[0]], day)
        if not titles:
            titles = self._instead(index)
        if not titles and not timed:
            self._nothing(index, cells)
            return
        if start is None and not hanging and self._led_by_session(index, titles):
            return
        if start is None and not hanging and len(cells) == 1 and self._goes_on(index, titles):
            return
        if start is not None and not hanging and self._opens_session(index, titles, start, end):
            return
        if not hanging and start is None and self._unscheduled(index, titles, cells):
            return
        for column in self.columns.of(Role.ASIDE, Role.UNKNOWN):
            if row[column]:
                self.asides.setdefault(column, []).append(row[column])
        self._entries(
            index, titles, start if not hanging else None, end if not hanging else None, note, hanging=hanging
        )

    def _heads_day(self, index: int, cells: Sequence[Cell]) -> bool:
        """A row whose title is a day, beside nothing but sums: a spreadsheet's `0` where there is nothing to add up."""
        row = self.grid.rows[index]
        titles = [row[column] for column in self.columns.of(Role.TITLE, Role.TALK) if row[column]]
        others = [cell for cell in cells if cell not in titles]
        if len(titles) != 1 or not self.moments.is_day(titles[0].text) or any(c.text.strip("0.,: ") for c in others):
            return False
        self._begin_day(titles[0])
        self._note(index, Taken.DATE)
        return True

    def _led_by_session(self, index: int, titles: Sequence[Cell]) -> bool:
        """A row without a time that names a session, and perhaps who chairs it."""
        parts = self._session_parts(titles[0].text) if titles and not titles[0].text.startswith("(") else None
        if parts is None or not self._time_below(index) or self.columns.of(Role.SESSION):
            return False
        session = SessionDraft(parts[0], parts[1].removesuffix(":"), self._at(titles[0], titles[0].lines[0].column))
        session.written, session.heading = titles[0].text, all(line.bold for line in titles[0].lines)
        people, _, _ = self._people_of(index)
        for mention, _, cell in people:
            place = self._at(cell, mention.column)
            session.cast.append((self.aids.casting.add(mention, place), Duty.CHAIR, place))
        self._put(session)
        self.session = session
        self._note(index, Taken.SESSION)
        return True

    def _opens_session(self, index: int, titles: Sequence[Cell], start: Time, end: Time | None) -> bool:
        """A row with a time that names a session, above rows with its talks, which have none.

        `Session 2` stands among the titles, or where people stand, with its title beside it.
        """
        if self.columns.of(Role.SESSION) or not titles or not self._led_below(index):
            return False
        row = self.grid.rows[index]
        named = [row[column] for column in self.columns.of(Role.SPEAKER) if row[column]]
        label = next((cell for cell in named if self._is_session(cell.text)), None)
        text = " ".join(titles[0].text.split())
        parts = (label.text.strip(), text) if label else self._session_parts(text)
        if parts is None:
            return False
        session = SessionDraft(*parts, self._at(titles[0], titles[0].lines[0].column), text, start, end, whole=True)
        session.room = self._room(index)
        self._put(session)
        for mention, duty, cell in self._people_of(index)[0]:
            place = self._at(cell, mention.column)
            session.cast.append((self.aids.casting.add(mention, place), duty or Duty.CHAIR, place))
        self.holding = session
        self._note(index, Taken.SESSION)
        return True

    def _led_below(self, index: int) -> bool:
        """Whether the next row that says something is a talk without a time: a title, and perhaps who gives it."""
        row = next((row for row in self.grid.rows[index + 1 : index + 3] if any(row)), None)
        if row is None or any(row[column] for column in self.columns.times):
            return False
        titles = [row[column] for column in self.columns.of(Role.TITLE, Role.TALK) if row[column]]
        several = len({id(cell) for cell in row if cell}) > 1
        return bool(titles) and several and self._session_parts(titles[0].text) is None

    def _goes_on(self, index: int, titles: Sequence[Cell]) -> bool:
        """A row of running text without a time, which tells more of the talk above it."""
        if self.last is None or not titles:
            return False
        text = titles[0].text
        if not (len(text) > 250 or (text.endswith((".", "?", "!")) and len(text.split()) >= 12)):
            return False
        self.last.abstract += [line.text for line in titles[0].lines]
        self._note(index, Taken.ABSTRACT, Sure.LIKELY, "below the talk it tells of")
        return True

    def _instead(self, index: int) -> list[Cell]:
        """What stands in for a title where its cell is empty: the type, the session, else whoever speaks."""
        row = self.grid.rows[index]
        for role in (Role.SUBTITLE, Role.TYPE, Role.SESSION, Role.ABSTRACT, Role.TRACK):
            for column in self.columns.of(role):
                if row[column]:
                    return [row[column]]
        for column in self.columns.times:
            if row[column] and not self.moments.is_time(row[column], headed=True) and len(row[column].text) > 3:
                return [row[column]]
        for column in self.columns.of(Role.SPEAKER, Role.ROOM):
            if row[column] and self.words.kind(row[column].text, named=False)[0] is not Kind.OTHER:
                return [row[column]]
        return []

    def _nothing(self, index: int, cells: Sequence[Cell]) -> None:
        text = "; ".join(cell.text for cell in cells)
        place = self._at(cells[0], cells[0].lines[0].column)
        hint = "give it a title and a time, or take it out"
        self.problems.open(
            f"“{short(text)}” has neither a time nor a title and is left out", place, hint, "agenda.passed-over"
        )
        self._note(index, Taken.PASSED, Sure.DOUBTFUL, "neither a time nor a title")

    def _unscheduled(self, index: int, titles: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        """Leave out a row that has neither day nor time in a table in which every other row has both."""
        row = self.grid.rows[index]
        if not self.columns.times:
            return False
        days = [row[column].text.strip() for column in self.columns.of(Role.DAY)]
        dayless = days and not any(day not in ("", "0") for day in days)
        if not dayless or any(row[column] for column in self.columns.times):
            return False
        title = titles[0] if titles else cells[0]
        place = self._at(title, title.lines[0].column)
        hint = "give it a time in the table, or leave it: it is not printed"
        self.problems.open(f"“{short(title.text)}” has no time and is left out", place, hint, "agenda.no-time")
        self._note(index, Taken.PASSED, Sure.CERTAIN, "no time")
        return True

    def _remark(self, index: int, cell: Cell) -> bool:
        """A remark over the whole width, above or below all times."""
        before = any(row in (Taken.SLOT,) for row, _, _ in self.found.rows.values())
        if before and self._time_below(index):
            return False
        self._note(index, Taken.PASSED, Sure.LIKELY, "a remark over the whole table")
        place = self._at(cell, cell.lines[0].column)
        hint = "if it belongs on the programme, give it a time"
        self.problems.open(
            f"“{short(cell.text)}” is passed over: a remark over the whole table", place, hint, "agenda.passed-over"
        )
        return True

    def _entries(
        self,
        index: int,
        titles: Sequence[Cell],
        start: Time | None,
        end: Time | None,
        note: str,
        *,
        hanging: bool,
    ) -> None:
        """The entries of a row of a list: one, or several where its title cell names several."""
        row = self.grid.rows[index]
        people, others, is_open = self._people_of(index)
        people = [each for each in people if each[2] not in titles]
        others = [each for each in others if each[1] not in titles]
        plain = bool(self.columns.of(Role.SPEAKER)) and not self.columns.both
        spanned = [cell for cell in titles if index > self.columns.first and cell in self.grid.rows[index - 1]]
        if spanned and titles == spanned and id(titles[0]) in self.seen and not hanging:
            for entry in self.seen[id(titles[0])]:
                entry.end = end or start or entry.end
            self._note(index, Taken.SLOT, note="goes on from the row above")
            self._join(self.seen[id(titles[0])][0], people, row)
            return
        talks: list[tuple[Cell, Talk]] = []
        if not titles and note:
            # "12:00–1:00 Lunch" in the column of times says what it is.
            cell = row[self.columns.times[0]]
            talks, note = [(cell, Talk(Marked(note, (cell.lines[0].column,) * len(note))))], ""
        for cell in titles[:1]:
            made = self.cells.talks(cell, plain=plain)
            if plain and len(made) > 1:
                made = self._one(made)
            talks += [(cell, talk) for talk in made]
        more = [cell for cell in titles[1:] if cell.text != titles[0].text]
        if not talks:
            if start is None and not hanging:
                self._nothing(index, [cell for cell in row if cell])
                return
            cell = next(cell for cell in row if cell)
            talks = [(cell, Talk(Marked("", ())))]
        if start is None and len(talks) == 1 and self._says_who(index, *talks[0]):
            return
        made_entries: list[EntryDraft] = []
        for number, (cell, talk) in enumerate(talks):
            first = number == 0
            entry = self._entry(cell, talk, start if first else None, end if first else None)
            entry.abstract[:0] = [each.text for each in more] if first else []
            entry.misread = first and index in self.timing.misread
            entry.minutes = self.timing.length(index) if first and entry.start is None else 0
            self._put(entry)
            made_entries.append(entry)
        entry = made_entries[0]
        if titles:
            self.seen[id(titles[0])] = made_entries
        self._fill(index, made_entries, note)
        self._join(entry, people, row)
        self._open_speaker(entry, is_open, index)
        for piece in others:
            self._not_people(entry, piece)
        if not entry.title:
            self._untitled(entry, people, row)
        untimed = start is None
        self._note(index, Taken.UNTIMED if untimed else Taken.SLOT)
        self.last = entry

    def _says_who(self, index: int, cell: Cell, talk: Talk) -> bool:
        """A row such as `Session chair: Eva Lang`, which belongs to what stands above it."""
        duty = self.words.duty(talk.title.text)
        target = self.last or self.session
        if duty is None or not talk.people or target is None:
            return False
        for mention, _ in talk.people:
            place = self._at(cell, mention.column)
            target.cast.append((self.aids.casting.add(mention, place), duty, place))
        self._note(index, Taken.PEOPLE)
        return True

    def _open_speaker(self, entry: EntryDraft, cell: Cell | None, index: int) -> None:
        if cell is not None:
            self._to_be_confirmed(entry, self._at(cell, cell.lines[0].column))

    def _untitled(
        self, entry: EntryDraft, people: Sequence[tuple[Mention, Duty | None, Cell]], row: Sequence[Cell]
    ) -> None:
        if people:
            entry.title = ", ".join(mention.name for mention, _, _ in people)
            self.named_titles.append((entry, self._at(people[0][2], people[0][0].column)))
            return
        hint = "write what happens then after the time"
        self.problems.warning(f"{entry.start or 'an entry'} has no title", entry.place, hint, "agenda.no-title")

    def _fill(self, index: int, entries: Sequence[EntryDraft], note: str) -> None:
        """What further columns of the row say of its entries."""
        row = self.grid.rows[index]
        room = self._room(index)
        track = self.timing.text(index, Role.TRACK)
        for entry in entries:
            if not entry.room:
                entry.room, entry.room_place = room or self.room, self._room_place(index)
            entry.track = entry.track or track or self.track
            entry.language = self.timing.text(index, Role.LANGUAGE)
        first = entries[0]
        for column in self.columns.of(Role.ABSTRACT):
            if row[column] and row[column].text != first.title and not self.heads.holds("nobody", row[column].text):
                first.abstract += [line.text for line in row[column].lines]
        for column in self.columns.of(Role.SUBTITLE):
            if row[column] and row[column].text != first.title:
                first.subtitle = row[column].text
        for column in self.columns.of(Role.LINK):
            if row[column]:
                said = row[column].link(row[column].lines[0]) or row[column].text
                first.link = first.link or address(said)
        if note:
            first.abstract.append(note)
        self._by_type(index, first)
        self._in_session(index, entries)

    def _by_type(self, index: int, entry: EntryDraft) -> None:
        text = self.timing.text(index, Role.TYPE)
        for group, kind in (("type_break", Kind.BREAK), ("type_panel", Kind.PANEL)):
            if text and self.heads.holds(group, text) and not (kind is Kind.BREAK and entry.cast):
                entry.kind = kind

    def _in_session(self, index: int, entries: Sequence[EntryDraft]) -> None:
        """Entries under the session that a column of their row names."""
        text = self.timing.text(index, Role.SESSION)
        if not text or text == entries[0].title:
            return
        day = self._the_day()
        key = f"{id(day)}:{fold(text)}"
        session = self.sessions.get(key)
        if session is None:
            label, title = self._session_parts(text) or ("", text)
            session = SessionDraft(label, title, entries[0].place, text, whole=True)
            self.sessions[key] = session
            day.items.insert(len(day.items) - len(entries), session)
        # They were put at the end of the day just before.
        del day.items[-len(entries) :]
        session.entries += entries
