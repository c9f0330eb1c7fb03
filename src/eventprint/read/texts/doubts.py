"""What is asked about a text as a whole, once it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ... import charsets
from ...event import Reading, Sure, Taken
from ...problems import Place
from ..drafts import DayDraft, EntryDraft, SessionDraft
from ..language.lines import short
from ..language.vocabulary import split
from .entries import Entries
from .state import AGAIN

_WEEKS = 14
"""Days of an event beyond which a weekday tells no date."""
SHORT_TITLE = 100
"""Letters above which a title is looked at for a missing full stop."""


class Doubts(Entries):
    """Open points that no single line shows."""

    def _passed_over(self) -> None:
        """One open point for each run of lines with content that nothing was made of, headings between them or not."""
        run: list[Reading] = []
        content = {line.number for line in self.lines if not line.aside and not self.tabled.is_markup(line.number)}
        readings = [self.readings[line.number] for line in self.lines if line.number in content]
        for reading in [*readings, None]:
            if reading and reading.taken is Taken.PASSED and (not run or _alike(reading, run[-1])):
                run.append(reading)
                continue
            if reading and run and reading.taken is Taken.HEADING and reading.sure is not Sure.CERTAIN:
                continue
            if run:
                first, last = run[0].line, run[-1].line
                lines_named = f"line {first} is" if first == last else f"lines {first} to {last} are"
                reasons = list(dict.fromkeys(each.note for each in run))
                reason = reasons[0] if len(reasons) == 1 else f"under {len(reasons)} headings, before the agenda"
                hint = "if it belongs on the programme, write it as a line with a time, or below one"
                if run[0].note != "cancelled":
                    self.problems.open(
                        f"{lines_named} passed over: {reason}",
                        self.source.at(first, 1),
                        hint,
                        "agenda.passed-over",
                    )
            run = [reading] if reading and reading.taken is Taken.PASSED else []

    def _undated_days(self) -> None:
        """Days called by a weekday or a number alone get their dates from the days beside them, or from the span."""
        bare = [(at, day) for at, day in enumerate(self.days) if day.date is None and day.place.line]
        taken: list[tuple[DayDraft, date]] = []
        for at, day in bare:
            found = None if self.calendar.find(day.title) else self._weekday_date(at, day) or self._numbered_date(at)
            if found:
                taken.append((day, found))
                day.date = found
        for at, day in reversed(bare):
            after = self.days[at + 1].date if at + 1 < len(self.days) else None
            weekday = self.calendar.weekday(day.title)
            if after and day.date is None and weekday is not None and not self.calendar.find(day.title):
                day.date = after - timedelta(days=(after.weekday() - weekday) % 7 or 7)
                taken.insert(0, (day, day.date))
        if not taken:
            self._only_day()
            return
        first, when = taken[0]
        called = f"“{short(first.title)}”"
        more = len(taken) - 1
        others = f", and so {'is that' if more == 1 else 'are those'} of {more} more" if more else ""
        self.problems.open(
            f"{called} has no date of its own: {when.isoformat()} is taken from the other dates of the text{others}",
            first.place,
            f"write the date beside it, such as “{when.isoformat()}”",
            "agenda.no-date",
        )
        for day, _ in taken:
            day.title = self._without_weekday(day.title)

    def _only_day(self) -> None:
        """The one day of an agenda is that of the one date above it, as in a title such as `Board, 4 May 2026`."""
        begin = min(self.slots, default=0)
        above = {line.number for line in self.lines if not line.aside and line.number < begin}
        said = {first: number for number, first, last in self.stated if first == last and number in above}
        if len(self.days) != 1 or len(said) != 1 or self.days[0].date or self.days[0].title:
            return
        ((when, number),) = said.items()
        self.days[0].date = when
        self.problems.open(
            f"the day has no date of its own: {when.isoformat()} is taken from line {number}",
            self.source.at(number, 1),
            "write the date in a line of its own above the first time",
            "agenda.no-date",
        )

    def _without_weekday(self, title: str) -> str:
        word, _, rest = title.partition(" ")
        known = word.strip(",:").casefold() in self.words.weekdays
        return rest.strip(" ,:–—-").removeprefix("(").removesuffix(")") if known else title

    def _weekday_date(self, at: int, day: DayDraft) -> date | None:
        """The next such weekday after the day before, or the one such weekday of the days of the event."""
        weekday = self.calendar.weekday(day.title)
        if weekday is None:
            return None
        before = self.days[at - 1].date if at else None
        if before:
            after = (weekday - before.weekday()) % 7
            return before + timedelta(days=after) if after else None
        fits = {
            first + timedelta(days=number)
            for _, first, last in self.stated
            for number in range(min((last - first).days, _WEEKS) + 1)
            if last > first and (first + timedelta(days=number)).weekday() == weekday
        }
        return fits.pop() if len(fits) == 1 else None

    def _numbered_date(self, at: int) -> date | None:
        """`Day 2` of as many days as the span of the event has."""
        label, rest = self._day_label(split(self.days[at].title))
        spans = {(first, last) for _, first, last in self.stated if last > first}
        if not label or rest or len(spans) != 1:
            return None
        ((first, last),) = spans
        number = label.rsplit(" ", 1)[-1]
        fits = (last - first).days + 1 == len(self.days) and number == str(at + 1)
        return first + timedelta(days=at) if fits else None

    def _lengths(self) -> None:
        """An open point where the lengths of the parts do not make up the time of the whole."""
        for session in (item for day in self.days for item in day.items if isinstance(item, SessionDraft)):
            if session.start is None or session.end is None or session.indent is None:
                continue
            day = next(day for day in self.days if session in day.items)
            items = day.items[day.items.index(session) + 1 :]
            below = []
            for item in items:
                if not isinstance(item, EntryDraft) or item.indent <= session.indent:
                    break
                below.append(item)
            parts = [item.minutes for item in below]
            whole = session.end.minutes - session.start.minutes
            if parts and all(parts) and sum(parts) != whole:
                self.problems.open(
                    f"the parts of “{short(session.title or session.label)}” last {sum(parts)} min together; its time "
                    f"is {whole} min",
                    session.place,
                    "correct the lengths, or leave them if there is room for questions",
                    "agenda.lengths",
                )

    def _shared_starts(self) -> None:
        """An open point for each time that several entries stand under."""
        for day in self.days:
            for item, below in _with_untimed(day.items):
                group = [*([item] if isinstance(item, EntryDraft) else []), *below]
                if len(group) < 2 or all(entry.minutes for entry in below):
                    continue
                if sum(id(entry) in self.doubts for entry in below) >= AGAIN:
                    # A list below a time: what is said of the list is said of each.
                    for entry in below:
                        self.doubts.pop(id(entry), None)
                if all(id(entry) in self.doubts for entry in below):
                    continue  # what is asked about each of them says as much
                what = "talks" if all(isinstance(entry, EntryDraft) and entry.named for entry in group) else "entries"
                self.problems.open(
                    f"{len(group)} {what} share the start {item.start}; their own times are not given",
                    item.place,
                    "write a time before each, or leave them as they are: they are printed in order under one time",
                    "agenda.shared-start",
                )

    def _doubtful_entries(self) -> None:
        for _, text, place in self.doubts.values():
            if "\ufffd" in text or any(charsets.misread(text)):
                continue  # a name that lost its letters is none, and that was told
            self.problems.open(
                f"“{short(text)}” is taken for an entry without its own time; it could belong to the line above it",
                place,
                "write the speaker, or TBC, below it; or put it in the line above",
                "agenda.doubtful-entry",
            )

    def _untitled_entries(self) -> None:
        for entry in (item for day in self.days for item in day.items if isinstance(item, EntryDraft)):
            if not entry.title:
                self._no_title(entry)

    def _run_on(self, entry: EntryDraft) -> None:
        """A long title in which a capitalised word follows a word as if a stop were missing between them."""
        if len(entry.title) <= SHORT_TITLE:
            return
        pieces = list(re.finditer(r"\S+", entry.title))
        small = self.words.single("filler") | self.words.single("particle") | self.words.single("also")
        for before, word, following in zip(pieces[2:], pieces[3:], pieces[4:], strict=False):
            plural = before[0].endswith("s") and before[0][-2:] != "ss"
            if (
                plural
                and before[0].isalpha()
                and before[0].casefold() not in small
                and not before[0].istitle()
                and word[0].istitle()
                and word[0].isalpha()
                and following[0][:1].isupper()
            ):
                at = entry.title_column + word.start()
                self.problems.open(
                    f"a full stop or a colon may be missing before “{word[0]}” in “{short(entry.title)}”",
                    Place(entry.place.file, entry.title_line or entry.place.line, at),
                    f"“{before[0]}: {word[0]} {following[0]}” if so; until then it is printed as it stands",
                    "agenda.run-on-title",
                )
                return


def _alike(reading: Reading, before: Reading) -> bool:
    """Whether two lines are passed over for one reason: each under its heading, or by the same words."""
    under = "under the heading"
    return reading.note == before.note or (reading.note.startswith(under) and before.note.startswith(under))


def _with_untimed(
    items: Sequence[SessionDraft | EntryDraft],
) -> Iterator[tuple[SessionDraft | EntryDraft, list[EntryDraft]]]:
    """Everything that has a start, with the entries below it that have none."""
    head: SessionDraft | EntryDraft | None = None
    below: list[EntryDraft] = []
    for item in items:
        if isinstance(item, EntryDraft) and _untimed_entry(item):
            below.append(item)
            continue
        if head is not None:
            yield head, below
        head, below = (item if item.start is not None else None), []
    if head is not None:
        yield head, below


def _untimed_entry(item: SessionDraft | EntryDraft) -> bool:
    return isinstance(item, EntryDraft) and item.start is None and not item.misread
