"""Lines of a text that head others: the title, the sessions, and the end of the agenda."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from ...event import Kind, Sure, Taken
from ..drafts import SessionDraft
from ..language.lines import Line, Marked, short
from ..language.vocabulary import split
from .dates import AHEAD
from .slots import Slots
from .state import HEADED, untitled

FIELDS = (
    "date",
    "format",
    "room",
    "venue",
    "address",
    "organisers",
    "supporters",
    "introduction",
    "agenda",
    "fact",
)


class Sessions(Slots):
    """What a heading is."""

    def _is_session(self, line: Line) -> bool:
        parts = self._session_parts(line.text)
        field = any(self.words.is_one(group, split(line.text)) for group in FIELDS)
        if line.bullet and line.number not in self.slots and not field and self._holds_list(line):
            return self._is_list(line, *(parts or ("", untitled(line.text))))
        if parts is None or (line.bullet and not line.content.bold) or not self.last_slot:
            return False
        if line.number > self.last_slot and not self._people_follow(line) and not self._counts_on(parts[0]):
            # "Part 2" in what stands below the agenda.
            return False
        self._start_session(line, *parts)
        following = self._next(line)
        if self.session and following and following.bullet and following.number in self.slots and not line.bullet:
            # A list of times below the line holds all that belongs to it.
            self.session.heading = True
        return self._note(line, Taken.SESSION)

    def _is_list(self, line: Line, label: str, title: str) -> bool:
        """`- Session I`, `- Morning`: a list item over a list of times."""
        if self.session and self.session.indent is not None and line.indent <= self.session.indent:
            self.session = None
        self._start_session(line, label, title)
        assert self.session is not None
        self.session.indent = line.indent
        return self._note(line, Taken.SESSION)

    def _counts_on(self, label: str) -> bool:
        """Whether sessions before this one are called alike, as `Session C` is after `Session B`."""
        word = label.split(" ")[0]
        sessions = (item for day in self.days for item in day.items if isinstance(item, SessionDraft))
        return bool(label) and any(session.label.split(" ")[0] == word for session in sessions)

    def _start_session(self, line: Line, label: str, title: str) -> None:
        self.begun, self.section, self.field = True, "", ""
        session = SessionDraft(label, title, self._at(line), line.text, heading=bool(line.heading))
        written = _tail(line.content, title)
        if (slot := self.clock.slot(written)) and slot.start:
            written, session.start, session.end = slot.rest, slot.start, slot.end
        dressed = self.billing.dress(written, bill=False)
        session.title = untitled(dressed.title.text)
        session.cast, session.room, session.minutes = self._cast_of(line, dressed), dressed.room, dressed.minutes
        self._the_day().items.append(session)
        self.session, self.entry = session, None
        self.label = (None, False)

    def _is_agenda_heading(self, line: Line) -> bool:
        words = split(line.text)
        if not 1 <= len(words) <= 5 or not self.words.covered(words, ("agenda", "filler")):
            return False
        if not self.words.first(words, ("agenda",)) or line.bullet:
            return False
        if self.begun and (line.number > self.last_slot or (self.lengths_only and self.days_begun)):
            return False
        self.begun, self.section, self.field = True, "", ""
        self.agenda_level = line.heading
        return self._note(line, Taken.HEADING)

    def _is_heading(self, line: Line) -> bool:
        if not line.heading and not self._is_bold_heading(line):
            return False
        words = split(line.text)
        if self.words.is_one("introduction", words) and not self.days_begun:
            self.section, self.begun = "introduction", False
            return self._note(line, Taken.HEADING)
        goes_on = self.lengths_only and self.days_begun and line.heading > self.day_level > 0
        if line.number > self.last_slot and not goes_on and self._is_within_day(line):
            self._start_session(line, "", untitled(line.text))
            return self._note(
                line, Taken.SESSION, Sure.LIKELY, "a heading with a list below it, in a day without times"
            )
        if line.number > self.last_slot and not goes_on:
            self.over = self.last_slot > 0
            if not self.over and not self.title:
                return self._take_title(line)
            return self._pass(line, "after the agenda" if self.over else "a heading without times below it")
        ended = 0 < line.heading <= self.agenda_level or self._has_closed(line)
        if self.days_begun and line.heading and ended and self._is_afterword(words):
            self.over = True
            return self._pass(line, "after the agenda")
        top = self.titled and not self.subtitle and line.heading == 1
        if (not self.title or top) and not self.begun:
            return self._take_title(line)
        if self.begun and self.words.covered(words, ("part_of_day",)):
            self.entry = self.session = None
            return self._note(line, Taken.HEADING)
        if self.begun and self._is_break(line):
            return self._break(line)
        for group in FIELDS[:-1]:
            if self.words.is_one(group, words) and not self.days_begun:
                self.field = group
                return self._note(line, Taken.HEADING)
        if not self.days_begun and self._slot_below(line) and self._speaks_of_agenda(words):
            self.begun, self.section, self.field = True, "", ""
            self.agenda_level = line.heading
            return self._note(line, Taken.HEADING, Sure.LIKELY)
        if self._slot_below(line):
            self._start_session(line, "", untitled(line.text))
            if self.lengths_only:
                self._hold()
            if self.session and self.billing.is_room(line.text):
                # Rooms side by side: each begins the day anew.
                self.session.room, self.last_start = line.text, None
            self._begins_anew(line)
            return self._note(line, Taken.SESSION, Sure.LIKELY, "a heading with times below it")
        if self.entry and self.entry.start and line.heading == self.level and not self._is_afterword(words):
            # "## Music", between "## 18:00 Doors" and "## 21:00 Close"
            self._untimed(line, "")
            return self._is_doubtful(line)
        if self.days_begun and self.lengths_only and self._is_afterword(words):
            self.entry = self.session = None
            self.section = line.text
            return self._note(line, Taken.HEADING, Sure.LIKELY)
        following = self._next(line)
        below = self._next(following) if following else None
        listed = following is not None and (
            following.bullet or bool(below and below.bullet and len(following.text) < 40)
        )
        if self.days_begun and self.lengths_only and following and not following.heading and not listed:
            self.session = None
            self._untimed(line, "")
            assert self.entry is not None
            self.entry.indent, self.level = HEADED, line.heading
            return self._note(line, Taken.UNTIMED, Sure.LIKELY, "a heading among things that say how long they last")
        if self.days_begun and self.lengths_only and listed:
            self._start_session(line, "", untitled(line.text))
            self._hold()
            return self._note(line, Taken.SESSION, Sure.LIKELY, "a heading with a list below it")
        if self.days_begun:
            self.entry = self.session = None
        self.section = line.text
        return self._note(line, Taken.HEADING, Sure.LIKELY)

    def _is_within_day(self, line: Line) -> bool:
        """Whether a heading over a list stands in a day that began after the last time."""
        following = self._next(line)
        within = self.day is not None and line.heading > self.day_level > 0
        within = within and self.day is not None and self.day.place.line > self.last_slot
        return within and following is not None and following.bullet

    def _take_title(self, line: Line) -> bool:
        if self.titled:
            if split(line.text) != split(self.title):
                self.subtitle = untitled(line.text)
            return self._note(line, Taken.SUBTITLE)
        self.title = untitled(line.text)
        if year := re.search(r"(?<!\d)20\d\d(?!\d)", line.text):
            self.guessed_year = self.guessed_year or int(year[0])
        found = self.calendar.find(line.text) if len(line.text) <= 120 else None
        if found and found.exists and not found.year and not found.last and not self._dates_below(line):
            # "Program fredag 9. november": the only date there is, and it has no year.
            self._start_day(line, self._date(found, line, line.content.columns[found.start]), "")
        return self._note(line, Taken.TITLE)

    def _hold(self) -> None:
        """A session under a heading holds what stands below it up to the next heading, whatever that is."""
        assert self.session is not None
        self.session.indent = HEADED

    def _has_closed(self, line: Line) -> bool:
        """Whether the entry above closes the event: no other date follows soon."""
        if self.entry is None or self.words.address(self.entry.title) != "closing":
            return False
        following = self._next(line)
        for _ in range(AHEAD):
            if following is None:
                return True
            if self._is_dated(following) and (following.heading or following.content.bold or len(following.text) < 24):
                return False
            following = self._next(following)
        return True

    def _is_afterword(self, words: Sequence[str]) -> bool:
        """Whether a heading no deeper than that of the agenda speaks of the place, of the rooms or of coming there."""
        groups = ("venue", "room", "address", "registration", "organisers", "supporters", "fact", "imprint")
        found = self.words.first(words, groups)
        # "Booked rooms", but not "Encoding and language of parameters".
        return found is not None and found[1] < 2 and self.words.first(words, ("agenda", "session")) is None

    def _dates_below(self, line: Line) -> bool:
        """Whether other lines above the last time have a date in them."""
        return any(
            other.number > line.number and not other.aside and (other.number in self.fronts or self._is_dated(other))
            for other in self.lines
            if other.number <= self.last_slot
        )

    def _speaks_of_agenda(self, words: Sequence[str]) -> bool:
        found = self.words.first(words, ("agenda",))
        return found is not None and found[1] == 0 and len(words) <= 5

    def _is_break(self, line: Line) -> bool:
        kind, _, certain = self.words.kind(line.text, named=False)
        return kind is Kind.BREAK and certain and bool(self.day and self.day.items)

    def _break(self, line: Line) -> bool:
        """A break without a time of its own, under a heading or in bold."""
        self._untimed(line, "")
        if self.session and self.session.indent is not None and self.entry:
            self.entry.indent, self.session = self.session.indent, None
        return self._note(line, Taken.UNTIMED)

    def _begins_anew(self, line: Line) -> None:
        """Times that go back under a heading: another strand of the day, another day, or no programme at all."""
        following = self._next(line)
        while following and following.number not in self.slots:
            following = self._next(following)
        first = self.slots[following.number].start if following else None
        if first is None or self.last_start is None or first >= self.last_start:
            return
        if self._after_noon(first) is not first:
            return
        self.problems.open(
            f"under “{short(line.text)}” the times begin anew at {first}; it is taken as part of the same day",
            self._at(line),
            "write the date above it if it is another day, or take it out if it is no part of the programme",
            "agenda.begins-anew",
        )
        self.last_start = self.last_end = None

    def _is_bold_heading(self, line: Line) -> bool:
        """Whether a bold line between the times is a heading: a time follows, and it is neither a title nor people."""
        if not (line.content.bold and self.begun and self._slot_follows(line)):
            return False
        if self.entry is not None and not self.entry.title:
            return False
        if self._label_duty(line.text):
            return False
        return not self.mentions.is_open(line.text) and not self.mentions.all(line.content, bare=True)

    def _slot_below(self, line: Line) -> bool:
        """Whether a time comes before the next heading and the next date."""
        following = self._next(line)
        while following and following.number not in self.slots:
            if following.heading or (self.calendar.find(following.text) and len(following.text) < 40):
                return False
            following = self._next(following)
        return following is not None and not following.heading

    def _is_beneath(self, line: Line) -> bool:
        """A deeper heading below a heading that has a time: a part of what happens then."""
        entry = self.entry
        if not (entry and 0 < self.level < line.heading and self.last_slot > line.number):
            return False
        following = self.starts[bisect(self.starts, line.number)]
        if self._heading_of(following) > self.level or not self._heading_of(following) or self._people_follow(line):
            return False
        entry.abstract.append(line.text)
        return self._note(line, Taken.ABSTRACT, Sure.LIKELY, "a heading below that of the time above it")

    def _heading_of(self, number: int) -> int:
        """The level of the heading that a line is, 0 for any other line."""
        return self.headings.get(number, 0)


def _tail(whole: Marked, text: str) -> Marked:
    """The end of a marked text, by what it says."""
    at = whole.text.rfind(text) if text else len(whole.text)
    return whole.cut(max(at, 0))
