"""What a text is made of, and what was met of its agenda so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from ...event import Cast, Duty, Fact, Kind, Online, Reading, Sure, Taken, Time, Venue
from ...problems import Exit, Place, Problems, Stop
from ..agenda import Source
from ..casting import Casting
from ..drafts import DayDraft, EntryDraft, SessionDraft
from ..language.dates import Calendar, Found
from ..language.lines import BREAKS, Line, Marked, lines, short
from ..language.mentions import Mention, Mentions
from ..language.moments import Clock, Slot, has_bare_hours, has_columns, has_numbers, odd_signs
from ..language.vocabulary import Vocabulary, narrow, split, vocabulary
from ..tables.in_text import NoTables, Table, tables
from .billing import Billing

LABEL = re.compile(
    r"(?P<label>[^:：()]{2,48}?)(?:\((?:a|as|es|ra|in|innen|e)\))?\s*(?:(?<=\s)::(?=\s)|:(?=[\s*_\[(]|$|[^\W\d])|(?<=[\u3040-\u9fff\uac00-\ud7af]):|：)\s*"
)
_NUMERAL = r"(?:[IVXLC]+|\d{1,2}(?:-?[A-Za-z])?|[A-Z])"
_COMPACT = re.compile(r"\s*(?:[-*]\s{0,9})?0\d{3}\s{0,9}[-–]\s{0,9}\d{4}\b")
_JOINT = re.compile(r"[\s,;:–—|-]*")
COUNTED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+(?!https?:)(?=[^\W\d]|~?\d{1,3}\s?[mh'])")
"""The number of an item: `3. Minutes of the last meeting`."""
_DATES = 40
"""Dates with a year that are kept."""
_SENTENCE = 40
"""Letters of a line above which it may be a part of a sentence."""
HEADED = -1
"""The indent of what stands in a heading: less than that of any line."""
AGAIN = 3
"""Times that a label stands in a text before it is one of a form that is filled in for each entry."""
MOST_TIMES = 3_000
"""Lines with a time: the largest programmes that people write have half of it."""
_MOST_LINES = 100_000
"""Lines of any text; with one more for each sixteen letters, a file that has more is none that people read."""


class State:
    """A text in lines with their times, and what was made of them so far: what every question about a line looks at."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.words: Vocabulary = vocabulary()
        self.lines = lines(source.text)
        raws = BREAKS.split(source.text)
        if len(raws) > _MOST_LINES + len(source.text) // 16:
            message = f"{source.file.name} has {len(raws):,} lines, far more than any agenda"
            raise Stop(message, "look at what the file is", Exit.PROBLEMS, source.at())
        compact = any(_COMPACT.match(raw) for raw in raws) or has_numbers(raws)
        self.clock = Clock(self.words, compact, has_bare_hours(raws), has_columns(raws), odd_signs(raws))
        self.calendar = Calendar(self.words)
        self.casting = Casting(problems)
        self.mentions = Mentions(self.words, self.casting.__contains__)
        self.billing = Billing(self.words, self.mentions, self.clock)
        self.readings: dict[int, Reading] = {}
        self.dated: dict[int, bool] = {}
        self.untimed_days: dict[int, bool] = {}
        """Days that were asked whether they have times, and whether they have none."""
        self.within: dict[int, bool] = {}
        """Lines that were asked whether they go on with a list item, and whether they do."""

        self.fronts: dict[int, tuple[Found | None, str]] = {}
        """Lines with a weekday or a date before their time, and what stands there."""
        self.front = ""
        self.tabled = self._tabled(tables(source.text, self.lines, source.name))
        self.lengths_only = False
        """The text says how long things last, and hardly ever when they begin."""
        self.taken: dict[int, str] = {}
        """Lines that belong to a time above them, and as what."""
        self.slots = self._slots()
        self._end(raws)
        self._close_up()
        self._said_again()
        self.twelve = self._has_twelve_hours()
        """No hour of the text is above twelve, and the hours begin anew."""
        self.last_slot = max(self.slots, default=0)
        content = [line for line in self.lines if not line.aside]
        self.after = dict(zip((line.number for line in content), content[1:], strict=False))
        self.before = dict(zip((line.number for line in content[1:]), content, strict=False))
        self.billing.learn(self._programme())
        self.labels = Counter(
            found["label"].strip().casefold() for line in content if (found := LABEL.match(line.text))
        )
        """How often each label stands at the beginning of a line: what comes again and again is no title."""

        self.stated = self._stated()
        """The dates of the text that have a year: line, first day and last day."""
        self.title = self.subtitle = self.format = ""
        self.venue, self.online = Venue(), Online()
        self.organisers: list[str] = []
        self.supporters: list[str] = []
        self.introduction: list[list[str]] = []
        """Paragraphs, each with its lines."""
        self.facts: list[Fact] = []
        self.spans: list[Fact] = []
        """Lines with the first and the last day, printed where the days themselves do not tell."""
        self.cast: list[Cast] = []
        self.imprint: list[str] = []
        self.titled = False
        """The title comes from the front matter."""
        self.guessed_year = 0
        """The year that the title names, for dates that name none."""
        self.days: list[DayDraft] = []
        self.day: DayDraft | None = None
        self.year = 0
        self.last_date = (0, 0, 0)
        """Day, month and year of the last heading of a day, as written."""

        self.paired, self.headed = self._pairs(content)
        """Lines of names below titles, where that is the manner of the text, and these titles."""
        self.starts = sorted(self.slots)
        self.headings = {line.number: line.heading for line in content if line.heading}
        self.agenda_level = 0
        """The level of the heading that says that the agenda follows; 0 where none does."""
        self.day_level = 0
        """The level of the heading that names the day; 0 where no heading does."""
        self.level = 0
        """The level of the heading in which the time of the entry stands; 0 where it stands in no heading."""
        self.letter = False
        """The text begins as a letter does."""
        self.listed: set[int] = set()
        """The entries that are items of a list below a session."""
        self.doubts: dict[int, tuple[EntryDraft, str, Place]] = {}
        """Lines that were taken for entries of their own and may be none."""

        self.begun = False
        """The agenda has begun: by a heading, a day or a time."""
        self.over = False
        """A heading after the last time has ended it."""
        self.section = ""
        """The heading the lines before the agenda stand under; `introduction` for those that are printed."""
        self.field = ""
        """A label without a value, whose value is the next line."""
        self.entry: EntryDraft | None = None
        self.session: SessionDraft | None = None
        self.label: tuple[Duty | None, bool] = (None, False)
        """What the people of the next lines do, and whether that is said for the whole event."""
        self.last_start: Time | None = None
        self.last_end: Time | None = None
        self.zones: dict[str, Place] = {}
        """The time zones that are named, and where each is first."""

    def _end(self, raws: Sequence[str]) -> None:
        """Tell where a text has more lines, or more times, than an agenda: there it ends."""
        if len(self.slots) > MOST_TIMES:
            first = max(self.slots)
            message = f"{MOST_TIMES:,} lines before this one have a time, more than any event: from here on"
            del self.slots[first]
            self.lines = tuple(line for line in self.lines if line.number < first)
        else:
            end = self.lines[-1].number if self.lines else 0
            first = next((number for number, raw in enumerate(raws[end:], end + 1) if raw.strip()), 0)
            message = f"there are {len(raws):,} lines, more than an agenda has: from here on"
        if first:
            hint = "look at what the file is, or divide the agenda"
            self.problems.error(f"{message} they are passed over", self.source.at(first, 1), hint, "agenda.lines")

    def _close_up(self) -> None:
        """Forget the blank lines of a text that has one below each line, with its times on lines of their own."""
        begin, lone = min(self.slots, default=0), sum(map(_is_lone, self.slots.values()))
        within = [line for line in self.lines if line.number > begin and not line.aside]
        plain = [line for line in within if not (line.bullet or line.heading or line.table)]
        if lone < AGAIN or lone * 2 < len(self.slots) or len(plain) < len(within):
            return
        if sum(line.after_blank for line in plain) * 10 < len(plain) * 9:
            return
        self.lines = tuple(replace(line, after_blank=False) if line.number > begin else line for line in self.lines)

    def _beyond(self) -> Iterator[Reading]:
        """The lines that are passed over because there are more before them than an agenda has."""
        end = self.lines[-1].number if self.lines else 0
        for number, raw in enumerate(BREAKS.split(self.source.text)[end:], end + 1):
            if raw.strip():
                yield Reading(number, Taken.PASSED, Sure.CERTAIN, "", "after more lines than an agenda has")

    def _slots(self) -> dict[int, Slot]:
        """The times of all lines, up to one more than an agenda has.

        A dash before a time is the mark of a list where most times have one.
        """
        timed = ((line.number, slot) for line in self.lines if (slot := self._slot(line)))
        found = dict(islice(timed, MOST_TIMES + 1))
        dashed = [number for number, slot in found.items() if slot.dashed]
        if len(dashed) * 3 > len(found):
            for line in (line for line in self.lines if line.number in set(dashed)):
                if slot := self.clock.slot(line.content.cut(1)):
                    found[line.number] = slot
        for above, line in pairwise(self.lines):
            if line.number in found and above.number not in found and self._runs_on(above, line):
                del found[line.number]
        self._ends_below(found)
        content = [line for line in self.lines if not line.aside]
        for at, line in enumerate(content):
            beside = any(other.number in found for other in content[max(at - 1, 0) : at + 2])
            beside = beside and line.number not in self.tabled and line.number not in found
            if beside and (slot := self._told_behind(line)):
                found[line.number] = slot
        for number in self._of_labels():
            found.pop(number, None)
        found |= self._series(found)
        lasting = self._lasting(found)
        self.lengths_only = bool(lasting)
        return found | lasting

    def _series(self, found: Mapping[int, Slot]) -> dict[int, Slot]:
        """Days with one time each, as of a series of lectures: `4 June 2026, 14:00 – 15:30`, and the title below."""
        dated = {line.number: both for line in self.lines if line.number not in found and (both := self._dated(line))}
        numbers = sorted(dated)
        if not numbers or (len(numbers) == 1 and (found or not self._is_one_talk())):
            return {}
        ends = [*numbers[1:], self.lines[-1].number + 1]
        if any(number < at < end for number, end in zip(numbers, ends, strict=True) for at in found):
            return {}
        self.fronts |= {number: (when, str(when)) for number, (_, when) in dated.items()}
        return {number: slot for number, (slot, _) in dated.items()}

    def _is_one_talk(self) -> bool:
        """Whether a text has lines with the title of a talk and with who gives it, each with its label."""
        labels = [found["label"] for line in self.lines if not line.aside and (found := LABEL.match(line.text))]
        titled = any(self.words.is_one("title_label", split(label)) for label in labels)
        return titled and any(map(self.words.duty, labels))

    def _dated(self, line: Line) -> tuple[Slot, Found] | None:
        """The date and the time of a line that says nothing else."""
        text = line.text
        if line.aside or line.command or line.content.struck or line.number in self.tabled or len(text) > 120:
            return None
        label = LABEL.match(text)
        begin = label.end() if label and self.words.is_one("date", split(label["label"])) else 0
        when = self.calendar.find(text)
        if when is None or when.last or not when.exists or when.start < begin:
            return None
        if any(len(word) > 3 and word not in self.words.weekdays for word in split(text[begin : when.start])):
            return None
        joint = _JOINT.match(text, when.end)
        slot = self.clock.slot(line.content.cut(joint.end() if joint else when.end))
        if slot is None or slot.start is None or slot.fault or slot.rest:
            return None
        return slot, when

    def _told_behind(self, line: Line) -> Slot | None:
        """`Registration from 8:30`, `Accueil à partir de 8h30 : café`: a break, and behind it when it begins."""
        text = line.text
        if (
            len(text) > _SENTENCE * 2
            or line.number in self.tabled
            or line.heading
            or line.command
            or line.content.struck
        ):
            return None
        for space in list(re.finditer(r"\s+(?=[^\W\d])", text))[:4]:
            slot = self.clock.slot(line.content.cut(space.end()))
            if slot is None or slot.start is None or slot.fault or slot.column <= line.content.columns[space.end()]:
                continue
            more = re.search(r"[:–—-]\s*$", text[: slot.rest.columns[0] - line.content.column]) if slot.rest else None
            goes_on = slot.rest.text[:1].islower() and len(slot.rest.text.split()) < AGAIN * 2 if slot.rest else True
            if self.words.kind(text[: space.start()], named=False)[0] is Kind.BREAK and (more or goes_on):
                front, joint = line.content.cut(0, space.start()), ": " if more else " "
                if not slot.rest:
                    return replace(slot, rest=front)
                columns = [*front.columns, *[front.columns[-1]] * len(joint), *slot.rest.columns]
                return replace(slot, rest=Marked(f"{front.text}{joint}{slot.rest.text}", columns))
        return None

    def _of_labels(self) -> Iterator[int]:
        """The items of a list below a label such as `Times:`, which tell of the whole event."""
        depth = -1
        for line in self.lines:
            if line.bullet and line.indent > depth >= 0:
                yield line.number
                continue
            label = LABEL.match(line.text) if line.bullet and not line.aside else None
            words = split(label["label"]) if label else []
            told = any(self.words.is_one(group, words) for group in ("date", "fact"))
            depth = line.indent if told else -1

    def _stated(self) -> Sequence[tuple[int, date, date]]:
        """The first dates of the text that have a year, those of its front matter among them."""
        own = (line for line in self.lines if line.aside in ("", "front matter") and "://" not in line.text)
        said = ((line.number, *span) for line in own for span in self.calendar.spans(line.text))
        return tuple(islice(said, _DATES))

    def _runs_on(self, above: Line, line: Line) -> bool:
        """Whether a line goes on with the sentence above it, as `17:10. Then …` does below `… from 16:30 to`."""
        if starts(line, {}) or above.aside or above.heading or len(above.text) < _SENTENCE:
            return False
        last = above.text.rsplit(" ", 1)[-1].casefold()
        return any(last in self.words.single(group) for group in ("until", "starting", "linking", "also", "by"))

    def _lasting(self, timed: Mapping[int, Slot]) -> dict[int, Slot]:
        """Lines that say how long they last, where that is all a text says of times."""
        found: dict[int, Slot] = {}
        for line in self.lines:
            if line.aside or line.table or line.command or line.content.struck or line.number in timed:
                continue
            if line.number in self.tabled or len(line.text) > _SENTENCE * 4:
                continue
            if not (starts(line, {}) or COUNTED.match(line.text) or line.text.endswith(")")):
                continue
            counted = COUNTED.match(line.text)
            whole = line.content.cut(counted.end()) if counted else line.content
            rest, minutes = self.clock.lasting(whole)
            if self.clock.lasting_beside(whole, narrow(whole.text)):
                # Who stands beside the length is met where the line is taken apart.
                rest = whole
            if minutes and rest and not self.clock.length(rest.text):
                found[line.number] = Slot(None, None, rest, column=line.content.column, minutes=minutes)
        return found if len(found) >= AGAIN and len(found) > 2 * len(timed) else {}

    def _ends_below(self, found: dict[int, Slot]) -> None:
        """Start and end on lines of their own, and the title below them: believed where three stand alike."""
        content = [line for line in self.lines if not line.aside]
        pairs = [
            (first, second)
            for line, below, title in zip(content, content[1:], content[2:], strict=False)
            if (first := line.number) in found
            and (second := below.number) in found
            and title.number not in found
            and _is_lone(found[first])
            and _is_lone(found[second])
            and found[first].start < found[second].start  # type: ignore[operator]
        ]
        for first, second in pairs if len(pairs) >= AGAIN else ():
            if second in found and first in found:
                found[first] = replace(found[first], end=found.pop(second).start)
                self.taken[second] = "the end of the time above it"

    def _pairs(self, content: Sequence[Line]) -> tuple[Mapping[int, tuple[Mention, ...]], frozenset[int]]:
        """Titles with nothing but names on the line below them: believed where three stand alike."""
        pairs: dict[int, tuple[Mention, ...]] = {}
        titles: list[int] = []
        first = min(self.slots, default=self.last_slot + 1)
        for above, line, below in zip(content, content[1:], [*content[2:], None], strict=False):
            if line.number < first or above.number in self.slots or not starts(above, self.slots) or above.heading:
                continue
            if starts(line, self.slots) or (below and not starts(below, self.slots)) or len(above.text) < 12:
                continue
            people = self.mentions.all(line.content, bare=True, many=True)
            if people and all(self.mentions.named(person.name) for person in people):
                pairs[line.number] = people
                titles.append(above.number)
        return (pairs, frozenset(titles)) if len(pairs) >= AGAIN else ({}, frozenset())

    def _has_twelve_hours(self) -> bool:
        starts = [slot.start.minutes for slot in self.slots.values() if slot.start]
        ends = [slot.end.minutes for slot in self.slots.values() if slot.end]
        return bool(starts) and max(starts + ends) < 13 * 60 and min(starts) < 6 * 60

    def _programme(self) -> Iterator[Marked]:
        """What stands beside the times, and the list items between them: the lines whose manner tells of each other."""
        first, last = min(self.slots, default=0), self.last_slot + 20
        headings = (line for line in self.lines if line.heading and line.number > last and not line.aside)
        if any(self.calendar.find(line.text) for line in headings):
            # Days without times go on below the last time.
            last = self.lines[-1].number
        for line in self.lines:
            if line.number in self.slots:
                yield self.slots[line.number].rest
            elif line.bullet and first < line.number < last and not line.aside and len(line.text) < 200:
                yield line.content

    def _tabled(self, found: Sequence[Table]) -> NoTables:
        if not found:
            return NoTables()
        from ..tables.entries import Aids
        from ..tables.tabled import Tabled

        dates = self.source.given.dates
        return Tabled(found, Aids(self.words, self.calendar, self.casting, self.mentions, self.problems, {}, dates))

    def _said_again(self) -> None:
        """Times below the last table that are all in its rows belong to what tells of the talks, not to the agenda."""
        last = self.tabled.last
        below = [number for number in self.slots if number > last]
        if not last or not below:
            return
        spans = self.tabled.spans()
        said = [
            (s.start.minutes if s.start else -1, s.end.minutes if s.end else -1)
            for s in map(self.slots.__getitem__, below)
        ]
        days = any(
            line.number > last and len(line.text) < 60 and not line.aside and self.calendar.find(line.text)
            for line in self.lines
        )
        if all(span in spans for span in said) and not days:
            for number in below:
                del self.slots[number]

    def _slot(self, line: Line) -> Slot | None:
        if line.number in self.tabled:
            return self.tabled.slot(line)
        if line.aside or line.content.struck or line.command:
            return None
        whole = self.calendar.find(line.text)
        if whole and (label := LABEL.match(line.text)) and self.words.is_one("date", split(label["label"])):
            # "When: Thursday, 4 June 2026, 9:00 – 17:00"
            return None
        if (
            whole
            and whole.start > 0
            and not all(word in self.words.weekdays for word in split(line.text[: whole.start]))
        ):
            whole = None
        front = whole.end if whole else 0
        if not whole and (weekday := re.match(r"([^\W\d_]{3,})[.,:]?\s+(?=\d)", line.text)):
            front = weekday.end() if weekday[1].casefold() in self.words.weekdays else 0
        if not front:
            return self.clock.slot(line.content)
        slot = self.clock.slot(line.content.cut(front + len(_JOINT.match(line.text, front)[0])))  # type: ignore[index]
        if slot is None or len(slot.rest.text) < 3 or not slot.start:
            return None if whole else self.clock.slot(line.content)
        self.fronts[line.number] = (whole, line.text[:front].strip(" ,.:"))
        return slot

    @property
    def days_begun(self) -> bool:
        return any(day.items for day in self.days)

    def _the_day(self) -> DayDraft:
        if self.day is None:
            self.day = DayDraft()
            self.days.append(self.day)
        return self.day

    def _note(self, line: Line, taken: Taken, sure: Sure = Sure.CERTAIN, note: str = "") -> bool:
        self.readings[line.number] = Reading(line.number, taken, sure, line.raw.strip(), note)
        return True

    def _pass(self, line: Line, reason: str, sure: Sure = Sure.CERTAIN) -> bool:
        return self._note(line, Taken.PASSED, sure, reason)

    def _at(self, line: Line, column: int = 0) -> Place:
        return self.source.at(line.number, column or line.content.column)

    def _next(self, line: Line) -> Line | None:
        return self.after.get(line.number)

    def _label_duty(self, text: str) -> Duty | None:
        found = LABEL.match(text)
        return self.words.duty(found["label"]) if found else None

    def _session_parts(self, text: str) -> tuple[str, str] | None:
        """Label and title of `Session II: Title`, `Session 2 – Title`, `Session 2`; None for anything else."""
        found = re.match(rf"([^\W\d_]+)\s+({_NUMERAL})(?![\w/&+])\.?\s*(?:[:.–—|]\s*|-\s+|-?$|(?=\())", text)
        if found and self.words.is_one("session", [found[1].casefold()]):
            label = text[: found.end(2)]
            return label, untitled(text[found.end() :])
        found = re.match(r"([^\W\d_]+)\s*:\s*(.+)", text)
        if found and found[1].casefold() in ("session", "sitzung", "séance", "sesión", "sessione", "sessie"):
            return "", untitled(found[2])
        return None

    def _slot_follows(self, line: Line) -> bool:
        following = self._next(line)
        return following is not None and following.number in self.slots

    def _cancelled(self, line: Line, title: str) -> bool:
        hint = "take the line out, or say that it takes place"
        self.problems.warning(
            f"“{short(title)}” is cancelled and is left out", self._at(line), hint, "agenda.cancelled"
        )
        return self._note(line, Taken.PASSED, Sure.CERTAIN, "cancelled")


def untitled(text: str) -> str:
    """A title without the colon that joined it to the next line."""
    return text.strip().removesuffix(":").rstrip() if text.count(":") else text.strip()


def _is_lone(slot: Slot) -> bool:
    """Whether a line says one time of day and nothing else."""
    return slot.start is not None and slot.end is None and not slot.rest and slot.fault is None


def starts(line: Line, slots: Mapping[int, Slot]) -> bool:
    """Whether a line starts something of its own, rather than going on with the list item above it."""
    return line.bullet or bool(line.heading) or line.after_blank or line.number in slots
