"""Lines of a text with a time in front."""

from __future__ import annotations

import re
from bisect import bisect

from ...event import Duty, Fact, Kind, Sure, Taken, Time
from ..drafts import EntryDraft, SessionDraft
from ..language.lines import Line, Marked, short
from ..language.moments import NOON, Fault, Slot
from ..language.vocabulary import split
from .billing import FRONT
from .dates import ZONE_ALONE
from .people import People
from .state import HEADED, starts, untitled

TALKS = (FRONT, "back", "bracket", "comma")
"""Forms of a line that has a title and people."""


class Slots(People):
    """What a time opens: an entry, or a session with entries below."""

    def _is_slot(self, line: Line) -> bool:
        slot = self.slots.get(line.number)
        if slot is None:
            return False
        if self._is_whole(line, slot):
            self.facts.append(Fact("Time", line.text, self._at(line)))
            return self._note(line, Taken.FIELD, Sure.LIKELY, "the hours of all that follows")
        if line.number in self.fronts and self.fronts[line.number][1] != self.front:
            found, self.front = self.fronts[line.number]
            day = self._date(found, line, line.content.columns[found.start]) if found and found.exists else None
            self._start_day(line, day, "" if day else self.front)
        self.begun, self.section, self.field = True, "", ""
        self.label = (None, False)
        sure, note = Sure.CERTAIN, ""
        start, end = slot.start, slot.end
        if slot.fault:
            self._no_time(line, slot.fault)
            sure, note = Sure.DOUBTFUL, f"{slot.fault.text} is not a time"
        if start and not slot.half:
            shifted = self._after_noon(start)
            if shifted is not start:
                sure, note = Sure.LIKELY, f"{start} is read as an hour after noon"
                end = _after(end, shifted) if end else None
                start = shifted
            elif end and end < start and _next_half(start, end):
                sure, note = Sure.LIKELY, f"{end} is read as an hour after noon"
                end = Time(end.minutes + NOON, end.written)
        if start and self.last_start and start.minutes < 5 * 60 and self.last_start.minutes >= 20 * 60:
            # The small hours after an evening
            start = Time(start.minutes + 24 * 60, start.written)
            end = Time(end.minutes + 24 * 60, end.written) if end and end.minutes < NOON else end
        if start and end and end < start:
            if start.minutes >= 18 * 60 and end.minutes <= 6 * 60:
                end = Time(end.minutes + 24 * 60, end.written)
            else:
                hint = "correct one of the two times"
                place = self._at(line, slot.column)
                self.problems.error(f"{start} to {end} ends before it begins", place, hint, "agenda.range")
                end = None
        if start and self.last_start and start < self.last_start:
            place, hint = self._at(line, slot.column), "put the lines in order, or correct the time"
            self.problems.warning(f"{start} comes after {self.last_start}", place, hint, "agenda.order")
        self.last_start, self.last_end = start or self.last_start, end
        self._open_slot(line, slot.rest, start, end, slot.minutes)
        return self._note(line, Taken.SLOT, sure, note)

    def _is_whole(self, line: Line, slot: Slot) -> bool:
        """`10:00 – 12:00 CET` above the first time of the day: nothing stands beside it, and its start comes again."""
        if not (slot.start and slot.end) or (self.day and self.day.items) or line.bullet or line.number in self.fronts:
            return False
        if slot.rest and not ZONE_ALONE.fullmatch(slot.rest.text):
            return False
        following = self.after.get(line.number)
        if following is None or not (following.number in self.slots or following.after_blank or following.heading):
            return False
        below = bisect(self.starts, line.number)
        first = self.slots[self.starts[below]].start if below < len(self.starts) else None
        return first is not None and slot.start <= first < slot.end

    def _open_slot(self, line: Line, rest: Marked, start: Time | None, end: Time | None, minutes: int = 0) -> None:
        day = self._the_day()
        place = self._at(line)
        rest = self._whole_title(line, rest)
        depth = HEADED if line.heading and minutes else line.indent
        if self.session and self.session.indent is not None and depth <= self.session.indent:
            self.session = self.entry = None
        dressed = self.billing.dress(rest, bill=False)
        heading = None if self.lengths_only else self._session_parts(dressed.title.text)
        below = self._holds_list(line)
        kind, _, certain = self.words.kind(dressed.title.text, named=False)
        pause = kind is Kind.BREAK and certain
        below = below or (bool(line.heading and minutes) and self._holds_items(line))
        if below or (heading and start) or (rest and start and not pause and self._holds_talks(line)):
            label, title = heading or ("", untitled(dressed.title.text))
            session = SessionDraft(label, title, place, untitled(rest.text), start, end)
            session.cast = self._cast_of(line, dressed)
            if dressed.open:
                who = f"who leads “{short(title or label)}”"
                self.problems.open(
                    f"{who} is to be confirmed",
                    self._at(line, dressed.open),
                    "write the name when it is known",
                    "agenda.to-be-confirmed",
                )
            session.room, session.minutes = dressed.room, dressed.minutes or minutes
            if line.heading and minutes:
                session.indent = HEADED
            elif below or not (heading and start):
                session.indent = line.indent
            self._close(session)
            day.items.append(session)
            self.session, self.entry = session, None
            return
        self.level = line.heading
        entry = EntryDraft("", place, start, end, indent=depth, minutes=minutes)
        entry.misread = start is None and not minutes
        entry.bullet = line.indent if line.bullet else -1
        dressed = self.billing.dress(rest)
        if dressed.cancelled:
            self.entry = entry
            self._cancelled(line, dressed.title.text)
            return
        day.items.append(entry)
        self.entry = entry
        duty = self._label_duty(rest.text)
        if duty and (duty is not Duty.SPEAKER or not dressed.casts):
            entry.title, entry.title_column = untitled(rest.text), rest.column
            self._labelled(line, entry, duty, rest)
        elif rest and self._is_only_room(line, rest):
            # "9:00 – 10:00 Hörsaal 11", and the title below it
            entry.room = rest.text
        elif rest:
            self._wear(line, entry, dressed)
        elif not self._title_follows(line):
            entry.title = line.text
            self._no_title(entry)
        if self.mentions.is_open(entry.title):
            self._to_be_confirmed(line, entry, rest.column, "what happens then")

    def _whole_title(self, line: Line, rest: Marked) -> Marked:
        """What stands beside a time, with the next line where a bracket is still open or a small word ends it."""
        below = self._next(line)
        if not rest or below is None or starts(below, self.slots) or below.number in self.taken:
            return rest
        opened = rest.text.count("(") - rest.text.count(")")
        last = rest.text.rsplit(" ", 1)[-1]
        small = last.islower() and (last in self.words.single("also") or last in self.words.single("by"))
        if not (opened == 1 and below.text.count(")") - below.text.count("(") == 1) and not (small and len(last) < 5):
            return rest
        self.taken[below.number] = "goes on from the line above it"
        columns = [*rest.columns, rest.columns[-1] + 1, *below.content.columns]
        return Marked(f"{rest.text} {below.text}", columns)

    def _holds_items(self, line: Line) -> bool:
        """Whether a list of talks, or of things with lengths of their own, stands directly below a heading."""
        following = self._next(line)
        if following is None or not following.bullet:
            return False
        return following.number in self.slots or self.billing.dress(following.content).form in TALKS

    def _holds_talks(self, line: Line) -> bool:
        """Whether list items below a time are talks of their own: people and titles, lengths, or lists under bold."""
        following, talks, level = self._next(line), 0, -1
        for _ in range(80):
            if following is None or following.number in self.slots or following.heading:
                break
            if following.bullet and (not line.bullet or following.indent > line.indent):
                level = following.indent if level < 0 else level
                if following.indent == level and not self._label_duty(following.text):
                    dressed = self.billing.dress(following.content)
                    # "Workshop A: Tides, Leitung: Anna Berg" is a talk too.
                    talk = bool(dressed.title and dressed.casts) and (
                        dressed.form in TALKS or bool(dressed.casts[0][0])
                    )
                    talks += 2 * bool(dressed.minutes) + talk
                    deeper = self._next(following)
                    listed = deeper and deeper.bullet and deeper.indent > level and following.content.bold
                    talks += 2 * bool(listed and self._label_duty(deeper.text if deeper else ""))
            following = self._next(following)
        return talks > 1

    def _is_only_room(self, line: Line, rest: Marked) -> bool:
        """Whether beside a time nothing stands but a room with its number, and something else is below it."""
        below = self._next(line)
        *words, number = split(rest.text) or [""]
        named = len(words) in (1, 2) and any(letter.isdigit() for letter in number)
        if not named or not any(self.words.is_one("room", [word]) for word in words):
            return False
        return below is not None and below.number not in self.slots and not below.heading

    def _close(self, session: SessionDraft) -> None:
        """A new session makes an end of the list the last one stood over."""
        if self.session and self.session.indent is not None and session.indent is None:
            self.session = None

    def _title_follows(self, line: Line) -> bool:
        following = self._next(line)
        return bool(following and following.number not in self.slots and not following.heading)

    def _holds_list(self, line: Line) -> bool:
        """Whether list items with times of their own stand indented below this line."""
        following = self._next(line)
        while line.bullet and following and (following.indent > line.indent or not starts(following, self.slots)):
            if following.number in self.slots and following.bullet:
                return True
            following = self._next(following)
        return False

    def _after_noon(self, start: Time) -> Time:
        """`1:00` after `12:00` is an hour after noon; `09:00` after `12:00` is a mistake.

        Where no hour of the text is above twelve, its clock is one of twelve hours: `8:00` after `6:30` is late too.
        """
        if self.last_start and start >= self.last_start:
            # Beside what began then, and not twelve hours later.
            return start
        if self.twelve and start.minutes < NOON:
            early = self.last_start is None and start.minutes < 6 * 60
            before = max(filter(None, (self.last_start, self.last_end)), default=None)
            if early or (before and before.minutes >= NOON and start < before):
                return Time(start.minutes + NOON, start.written)
        late = self.last_start and self.last_start.minutes >= 11 * 60
        if late and self.last_start and start < self.last_start and re.match(r"[1-7](?!\d)", start.written):
            return Time(start.minutes + NOON, start.written)
        return start

    def _no_time(self, line: Line, fault: Fault) -> None:
        hint = "write hours and minutes, such as 09:45"
        self.problems.error(f"{fault.text} is not a time", self._at(line, fault.column), hint, "agenda.time")


def _after(end: Time, start: Time) -> Time:
    """The end of a range whose start was moved to the afternoon."""
    return Time(end.minutes + NOON, end.written) if end < start and end.minutes < NOON else end


def _next_half(start: Time, end: Time) -> bool:
    """Whether an end such as `1:00` or `5:30` after a morning start is meant in the afternoon: within ten hours."""
    return bool(re.match(r"[1-7](?!\d)", end.written)) and start.minutes < end.minutes + NOON <= start.minutes + 600
