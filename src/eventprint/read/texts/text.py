"""Agendas as people write them in plain text or Markdown: one thing to a line, times in front, people below.

What a line is follows from its form and from where it stands. Every line is taken for something or passed over with a
reason; where two readings are possible the likelier one is used and the other is an open point.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ...event import Cast, Duty, Fact, Kind, Online, Reading, Sure, Taken, Time, Venue
from ...jsontext import objects
from ...problems import Place, Problems
from ..agenda import Agenda, Source
from ..casting import Casting
from ..drafts import DayDraft, EntryDraft, SessionDraft, finish
from ..language.lines import BREAKS, TOO_MANY, Line, Marked, lines
from ..language.mentions import Mention, Mentions
from ..language.moments import NOON, Calendar, Clock, Fault, Found, Slot, has_bare_hours, has_columns
from ..language.vocabulary import Vocabulary, split, vocabulary
from ..tables.in_text import NoTables, Table, tables
from .billing import ALONE, FRONT, Billing, Dressed, is_quoted, unquoted

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LABEL = re.compile(r"(?P<label>[^:：()]{2,48}?)\s*(?::(?=[\s*_\[(]|$|[^\W\d])|：)\s*")
_NUMERAL = r"(?:[IVXLC]+|\d{1,2}|[A-Z])"
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*\.?")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_COMPACT = re.compile(r"\s*(?:[-*]\s{0,9})?0\d{3}\s{0,9}[-–]\s{0,9}\d{4}\b")

_HTML = frozenset(
    ("html", "head", "body", "div", "p", "style", "script", "link", "meta", "table", "h1", "h2", "h3", "ul", "ol", "br")
) | {"hr", "center", "a", "b", "i", "img", "span", "section", "article", "details", "strong", "em", "font", "pre"}
"""Tags with which a text with HTML in it may begin."""

_BESIDE = frozenset(("am", "den", "der", "le", "il", "el", "on", "em", "op", "dnia", "dne", "del", "the", "de", "dia"))
"""Small words beside a date."""
AHEAD = 200
"""Lines below a date in which the first time of its day is looked for."""
SHORT_TITLE = 100
"""Letters above which a title is looked at for a missing full stop."""
SUBTITLE = 240
"""Letters above which a paragraph below the title is an introduction."""

_TALKS = (FRONT, "back", "bracket", "comma")
"""Forms of a line that has a title and people."""
_SPAN = re.compile(r"[\s,(]*\d{1,2}[:.]\d\d(?:\s*[-–—]\s*\d{1,2}[:.]\d\d)?(?:\s*(?:CES?T|UTC|Uhr|h))?\)?")
"""Times beside a date: the day has them, its title does not."""
_EASTERN_DAY = re.compile(r"第?\s?[\d一二三四五]{1,2}\s?(?:日目|일차|天|日)(?:\s?[(（].{1,20}[)）])?")
_JOINT = re.compile(r"[\s,;:–—|-]*")
_AGAIN = 3
"""Times that a label stands in a text before it is one of a form that is filled in for each entry."""
_ZONE = re.compile(
    r"(?<![\w-])(?:UTC(?:[+-]\d{1,2}(?::\d\d)?)?|GMT(?:[+-]\d{1,2})?|CES?T|MES?Z|EES?T|WES?T|BST|MSK|JST|KST|SGT|HKT"
    r"|[ECMP][SD]T|A[EW]S?T|AE[SD]T|NZ[SD]T|BRT|SAST)(?![\w-])"
)

_FIELDS = (
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


def likelihood(source: Source) -> float:
    """Any text may be an agenda in plain words: the reader for what no other reader knows better.

    An export that no reader knows is no text that people wrote.
    """
    if source.form == "json":
        return (
            0.2
            if source.json.fault and not any(map(len, objects([source.json.root]) or objects(source.json.root)))
            else 0.0
        )
    if source.form == "markup":
        root = source.xml.root
        if source.xml.refused:
            return 0.0
        few = bool(source.xml.fault) and source.text.count("<") < 3
        return 0.2 if root is None or few or root.name.lower() in _HTML else 0.0
    return 0.2


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a text."""
    met = Problems()
    agenda = _Reader(source, met).agenda()
    problems.add(*sorted(met.found, key=lambda problem: (problem.place.line, problem.place.column)))
    return agenda


class _Reader:
    """One pass over the lines, with what was met so far."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.words: Vocabulary = vocabulary()
        self.lines = lines(source.text)
        if first := next((line for line in self.lines if line.aside == TOO_MANY), None):
            message = f"there are {len(self.lines):,} lines, more than an agenda has: from here on they are passed over"
            problems.error(message, source.at(first.number, 1), "look at what the file is", "agenda.lines")
        raws = BREAKS.split(source.text)
        compact = any(_COMPACT.match(raw) for raw in raws)
        self.clock = Clock(self.words, compact, has_bare_hours(raws), has_columns(raws))
        self.calendar = Calendar(self.words)
        self.casting = Casting(problems)
        self.mentions = Mentions(self.words, self.casting.__contains__)
        self.billing = Billing(self.words, self.mentions, self.clock)
        self.readings: dict[int, Reading] = {}
        self.dated: dict[int, bool] = {}
        self.within: dict[int, bool] = {}
        """Lines that were asked whether they go on with a list item, and whether they do."""

        self.fronts: dict[int, tuple[Found | None, str]] = {}
        """Lines with a weekday or a date before their time, and what stands there."""
        self.front = ""
        self.tabled = self._tabled(tables(source.text, self.lines, source.name))
        self.slots = self._slots()
        self._said_again()
        self.twelve = self._has_twelve_hours()
        """No hour of the text is above twelve, and the hours begin anew."""
        self.last_slot = max(self.slots, default=0)
        content = [line for line in self.lines if not line.aside]
        self.after = dict(zip((line.number for line in content), content[1:], strict=False))
        self.before = dict(zip((line.number for line in content[1:]), content, strict=False))
        self.billing.learn(self._programme())
        self.labels = Counter(
            found["label"].strip().casefold() for line in content if (found := _LABEL.match(line.text))
        )
        """How often each label stands at the beginning of a line: what comes again and again is no title."""

        self.title = self.subtitle = self.format = ""
        self.venue, self.online = Venue(), Online()
        self.organisers: list[str] = []
        self.supporters: list[str] = []
        self.introduction: list[str] = []
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

        self.paired, self.headed = self._pairs(content)
        """Lines of names below titles, where that is the manner of the text, and these titles."""
        self.starts = sorted(self.slots)
        self.headings = {line.number: line.heading for line in content if line.heading}
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

    def _slots(self) -> dict[int, Slot]:
        """The times of all lines; a dash before a time is the mark of a list where most times have one."""
        found = {line.number: slot for line in self.lines if (slot := self._slot(line))}
        dashed = [number for number, slot in found.items() if slot.dashed]
        if len(dashed) * 3 > len(found):
            for line in (line for line in self.lines if line.number in set(dashed)):
                if slot := self.clock.slot(line.content.cut(1)):
                    found[line.number] = slot
        return found

    def _pairs(self, content: Sequence[Line]) -> tuple[Mapping[int, tuple[Mention, ...]], frozenset[int]]:
        """Titles with nothing but names on the line below them: believed where three stand alike."""
        pairs: dict[int, tuple[Mention, ...]] = {}
        titles: list[int] = []
        first = min(self.slots, default=self.last_slot + 1)
        for above, line, below in zip(content, content[1:], [*content[2:], None], strict=False):
            if line.number < first or above.number in self.slots or not _starts(above, self.slots) or above.heading:
                continue
            if _starts(line, self.slots) or (below and not _starts(below, self.slots)) or len(above.text) < 12:
                continue
            people = self.mentions.all(line.content, bare=True, many=True)
            if people and all(self.mentions.named(person.name) for person in people):
                pairs[line.number] = people
                titles.append(above.number)
        return (pairs, frozenset(titles)) if len(pairs) >= _AGAIN else ({}, frozenset())

    def _has_twelve_hours(self) -> bool:
        starts = [slot.start.minutes for slot in self.slots.values() if slot.start]
        ends = [slot.end.minutes for slot in self.slots.values() if slot.end]
        return bool(starts) and max(starts + ends) < 13 * 60 and min(starts) < 6 * 60

    def _programme(self) -> Iterator[Marked]:
        """What stands beside the times, and the list items between them: the lines whose manner tells of each other."""
        first = min(self.slots, default=0)
        for line in self.lines:
            if line.number in self.slots:
                yield self.slots[line.number].rest
            elif line.bullet and first < line.number < self.last_slot + 20 and not line.aside and len(line.text) < 200:
                yield line.content

    def _tabled(self, found: Sequence[Table]) -> NoTables:
        if not found:
            return NoTables()
        from ..tables.entries import Aids
        from ..tables.tabled import Tabled

        dates = self.source.given.dates
        return Tabled(found, Aids(self.words, self.calendar, self.casting, self.mentions, self.problems, {}, dates))

    # The whole

    def agenda(self) -> Agenda:
        self._front_matter()
        for line in self.lines:
            self._take(line)
        self.tabled.finish(self.days)
        self._passed_over()
        self._lengths()
        self._several_zones()
        self._untitled_entries()
        days = tuple(finish(day, self.words, self.problems) for day in self.days)
        for draft in (item for day in self.days for item in day.items if isinstance(item, EntryDraft)):
            self._run_on(draft)
        self._shared_starts()
        self._doubtful_entries()
        return Agenda(
            title=self.title,
            subtitle=self.subtitle,
            days=days,
            format=self.format,
            venue=self.venue,
            online=self.online,
            organisers=tuple(self.organisers),
            supporters=tuple(self.supporters),
            introduction="\n\n".join(self.introduction),
            facts=(*self.facts, *(self.spans if len(days) < 2 or any(day.date is None for day in days) else ())),
            cast=tuple(self.cast),
            imprint="\n".join(self.imprint),
            people=self.casting.finish(),
            coverage=tuple(self.readings[line.number] for line in self.lines),
        )

    def _take(self, line: Line) -> None:
        """Ask what the line is, the surest forms first; the last question has an answer for everything."""
        if line.number in self.tabled:
            self._in_table(line)
            return
        questions: tuple[Callable[[Line], bool], ...] = (
            self._is_aside,
            self._is_letter,
            self._is_zone,
            self._is_date,
            self._is_slot,
            self._is_field_value,
            self._is_beneath,
            self._is_session,
            self._is_agenda_heading,
            self._is_label,
            self._is_heading,
            self._is_open,
            self._is_people,
            self._is_text,
        )
        for question in questions:
            if question(line):
                return

    def _note(self, line: Line, taken: Taken, sure: Sure = Sure.CERTAIN, note: str = "") -> bool:
        self.readings[line.number] = Reading(line.number, taken, sure, line.raw.strip(), note)
        return True

    def _pass(self, line: Line, reason: str, sure: Sure = Sure.CERTAIN) -> bool:
        return self._note(line, Taken.PASSED, sure, reason)

    def _at(self, line: Line, column: int = 0) -> Place:
        return self.source.at(line.number, column or line.content.column)

    def _next(self, line: Line) -> Line | None:
        return self.after.get(line.number)

    # Lines without content, and lines after the agenda

    def _is_aside(self, line: Line) -> bool:
        if line.aside:
            return line.number in self.readings or self._pass(line, line.aside)
        if line.content.struck:
            return self._cancelled(line, line.text)
        previous = self.before.get(line.number)
        if previous and not _starts(line, self.slots) and self.readings[previous.number].note == "cancelled":
            return self._pass(line, "cancelled")
        if self.over:
            return self._pass(line, "after the agenda")
        if line.command:
            return self._pass(line, "a command for another program")
        return False

    def _is_letter(self, line: Line) -> bool:
        """How a letter begins and ends, when the agenda is mailed."""
        text, words = line.text, split(line.text)
        if not self.begun and not self.title and line.number not in self.slots:
            greeting = self.words.first(words[:4], ("greeting",))
            if greeting and greeting[1] == 0 and text.endswith((",", "!", ":", "，", "。")) and len(text) < 80:
                self.letter = True
                return self._pass(line, "a letter around the agenda")
            if self.letter and text.endswith((".", ":", ";", "!", "。", "：")) and len(words) > 4:
                found = self.calendar.find(text)
                if found and found.exists and not found.last and found.weekday is not None:
                    self._start_day(line, self._date(found, line, line.content.columns[found.start]), "")
                    return self._note(line, Taken.DATE, Sure.LIKELY, "the date in a letter around the agenda")
                return self._pass(line, "a letter around the agenda")
        if line.number > self.last_slot > 0 and len(words) <= 6 and self.words.is_one("regards", words):
            self.over = True
            return self._pass(line, "after the agenda")
        return False

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

    def _cancelled(self, line: Line, title: str) -> bool:
        hint = "take the line out, or say that it takes place"
        self.problems.warning(
            f"“{_short(title)}” is cancelled and is left out", self._at(line), hint, "agenda.cancelled"
        )
        return self._note(line, Taken.PASSED, Sure.CERTAIN, "cancelled")

    def _front_matter(self) -> None:
        """Title and subtitle from the matter before the text, where pages are made from it."""
        for line in self.lines:
            if line.aside != "front matter":
                continue
            found = re.match(r"\s*([\w-]+)\s*[:=]\s*(?P<quote>[\"']?)(?P<value>.+?)(?P=quote)\s*$", line.raw)
            if found is None:
                continue
            key, value = found[1].lower(), found["value"].strip()
            words = split(value)
            generic = not words or self.words.covered(words, ("agenda", "filler", "introduction", "day", "session"))
            if key == "title" and not generic and not self.calendar.find(value):
                self.title, self.titled = value, True
                self._note(line, Taken.TITLE)
            elif key in ("subtitle", "tagline") and self.title and len(value) <= SUBTITLE:
                self.subtitle = value
                self._note(line, Taken.SUBTITLE)
            if key in ("title", "subtitle", "description", "date") and (
                year := re.search(r"(?<!\d)20\d\d(?!\d)", value)
            ):
                self.guessed_year = self.guessed_year or (int(year[0]) if key != "date" else 0)
            self._zones_in(value, line)

    def _is_zone(self, line: Line) -> bool:
        """`(all times in CEST)`: a fact to print; several time zones in one text are asked about."""
        self._zones_in(line.text, line)
        if len(line.text) > 120 or line.number in self.slots or not (zone := _ZONE.search(line.text)):
            return False
        words = split(line.text)
        if len(words) > 12 or not {"times", "time", "zeiten", "uhrzeiten", "heures", "horas", "orari"}.intersection(
            words
        ):
            return False
        if not any(fact.text == zone[0] for fact in self.facts):
            self.facts.append(Fact("Time zone", zone[0], self._at(line)))
        return self._note(line, Taken.FIELD)

    def _zones_in(self, text: str, line: Line) -> None:
        for zone in _ZONE.findall(text):
            self.zones.setdefault(zone, self._at(line))

    def _several_zones(self) -> None:
        if len(self.zones) > 1:
            first, second, *_ = self.zones
            self.problems.open(
                f"times are said to be in {first} and in {second}; they are printed as they stand",
                self.zones[second],
                "say which of them it is, and take the other out",
                "agenda.timezone",
            )

    def _passed_over(self) -> None:
        """One open point for each run of lines with content that nothing was made of."""
        run: list[Reading] = []
        content = {line.number for line in self.lines if not line.aside and not self.tabled.is_markup(line.number)}
        readings = [self.readings[line.number] for line in self.lines if line.number in content]
        for reading in [*readings, None]:
            if reading and reading.taken is Taken.PASSED and (not run or reading.note == run[-1].note):
                run.append(reading)
                continue
            if run:
                first, last = run[0].line, run[-1].line
                lines_named = f"line {first} is" if first == last else f"lines {first} to {last} are"
                hint = "if it belongs on the programme, write it as a line with a time, or below one"
                if run[0].note != "cancelled":
                    self.problems.open(
                        f"{lines_named} passed over: {run[0].note}",
                        self.source.at(first, 1),
                        hint,
                        "agenda.passed-over",
                    )
            run = [reading] if reading and reading.taken is Taken.PASSED else []

    # Tables

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

    def _in_table(self, line: Line) -> None:
        """A line of a table: with the first one everything the table holds is taken."""
        if self.over:
            self._pass(line, "after the agenda")
            return
        if self.tabled.begins(line) and self.tabled.is_agenda(line):
            self.day = self.tabled.take(line, self.days, self.day, self.session, self.year)
            self.begun, self.section, self.field = True, "", ""
            self.entry = self.session = self.last_start = self.last_end = None
            self.label = (None, False)
        taken, sure, note = self.tabled.reading(line)
        self._note(line, taken, sure, note)

    # Dates and days

    def _is_date(self, line: Line) -> bool:
        text = line.text
        if len(text) > 120 or (self.section == "introduction" and not line.heading and len(text) > 40):
            return False
        found = self.calendar.find(text)
        rest = text if found is None else f"{text[: found.start]} {text[found.end :]}"
        words = split(rest)
        weekday = self.calendar.weekday(rest)
        label, words = self._day_label(words)
        if not label and _EASTERN_DAY.fullmatch(text):
            label, words = text, []
        if found:
            words = [word for word in words if word not in _BESIDE]
        bare = not words
        if found is None:
            if line.number not in self.slots and self.calendar.nearly(text):
                self._no_date(line, text, line.content.column)
                return self._note(line, Taken.DATE, Sure.DOUBTFUL, "a date that cannot be read")
            if not (label or weekday is not None) or not (bare or ((line.heading or line.content.bold) and label)):
                return False
            if line.number in self.slots:
                return False
            self._start_day(line, None, text)
            return self._note(line, Taken.DATE)
        marked = line.heading or line.content.bold or bool(label)
        if not bare and not (marked and len(words) <= 8):
            return self._is_date_and_place(line, found)
        title = "" if bare and not label else self._day_title(text, found)
        column = line.content.columns[found.start]
        if not found.exists or (found.year and not found.date()):
            self._no_date(line, text[found.start : found.end].strip(), column)
            self._start_day(line, None, text)
            return self._note(line, Taken.DATE, Sure.DOUBTFUL, "a date that does not exist")
        if found.last and not self.slots_between(line):
            return self._span(line, found, bare)
        day = self._date(found, line, column)
        self._start_day(line, day, title if day else text)
        return self._note(line, Taken.DATE, Sure.DOUBTFUL if found.ambiguous else Sure.CERTAIN)

    def _is_date_and_place(self, line: Line, found: Found) -> bool:
        """`Friday, 6 May 2026, Town Hall, Room 2` below the title."""
        previous = self.before.get(line.number)
        above = (Taken.TITLE, Taken.SUBTITLE, Taken.FIELD, Taken.PASSED)
        if self.begun or self.days or line.bullet or line.number in self.slots or found.last or not found.exists:
            return False
        if not self.last_slot or (previous and self.readings[previous.number].taken not in above):
            return False
        joint = re.match(r"\s*(?:[,;–—|·(-]+\s*|(?=[^\W\d_]+\.?\s?\d))", line.text[found.end :])
        before = [word for word in split(line.text[: found.start]) if word not in _BESIDE]
        if joint is None or not all(word in self.words.weekdays for word in before) or line.text.endswith("."):
            return False
        day = self._date(found, line, line.content.columns[found.start])
        rest = line.content.cut(found.end + joint.end())
        self._start_day(line, day, "" if day else line.text[: found.end])
        slot = self.clock.slot(rest)
        if rest and not self.venue.name and not (slot and len(slot.rest.text) < 4) and len(rest.text) < 90:
            self._take_venue(line, slot.rest if slot else rest)
        return self._note(line, Taken.DATE, Sure.LIKELY, "the date, and what stands beside it is taken for the place")

    def slots_between(self, line: Line) -> bool:
        """Whether times follow before the next date: then the line heads a day, whatever else it says."""
        following, passed = self._next(line), 0
        while following and following.number not in self.slots:
            passed += 1
            if passed > AHEAD or self._is_dated(following):
                return False
            following = self._next(following)
        return following is not None and self.begun

    def _is_dated(self, line: Line) -> bool:
        """Whether a short line has a date in it; lines are asked again and again, so the answer is kept."""
        if line.number not in self.dated:
            self.dated[line.number] = len(line.text) < 60 and self.calendar.find(line.text) is not None
        return self.dated[line.number]

    def _day_title(self, text: str, found: Found) -> str:
        """What a heading says beside its date and weekday."""
        rest = _SPAN.sub("", f"{text[: found.start]}\0{text[found.end :]}")
        parts = re.split(r"(\W+)", rest)
        kept = [part for part in parts if not (len(part) > 2 and part.casefold() in self.words.weekdays)]
        return re.sub(r"\s+", " ", "".join(kept).replace("\0", "")).strip(" ,;:–—-()|")

    def _day_label(self, words: Sequence[str]) -> tuple[str, list[str]]:
        """`Day 1` if the words say so, and the words without it and without weekdays."""
        kept: list[str] = []
        label = ""
        index = 0
        while index < len(words):
            word, following = words[index], words[index + 1] if index + 1 < len(words) else ""
            if self.words.is_one("day", [word]) and re.fullmatch(r"\d{1,2}|one|two|three|four|five|[ivx]+", following):
                label = f"{word} {following}"
                index += 2
                continue
            if not (len(word) > 2 and word in self.words.weekdays):
                kept.append(word)
            index += 1
        return label, kept

    def _span(self, line: Line, found: Found, bare: bool) -> bool:
        """`13-14 June 2013`: the whole event; the days have their own headings, or are one day not said which."""
        self.year = found.year or self.year
        if bare or not line.heading:
            self.spans.append(Fact("Date", line.text, self._at(line)))
            return self._note(line, Taken.DATE)
        if not self.subtitle:
            self.subtitle = line.text
            return self._note(line, Taken.SUBTITLE, Sure.LIKELY)
        self.spans.append(Fact("Date", line.text, self._at(line)))
        return self._note(line, Taken.DATE, Sure.LIKELY)

    def _date(self, found: Found, line: Line, column: int) -> date | None:
        place = self._at(line, column)
        written = line.text[found.start : found.end].strip(" ,.")
        day = found.date(self.year) or self._given_date(found)
        if day is None and self.guessed_year and (day := found.date(self.guessed_year)):
            self.problems.open(
                f"“{written}” has no year; {self.guessed_year} is taken from the title",
                place,
                f"write it with its year, such as “{written} {self.guessed_year}”",
                "agenda.no-year",
            )
        if day is None:
            hint = f"write it with its year, such as “{written} 2026”"
            self.problems.open(f"“{written}” has no year", place, hint, "agenda.no-year")
            return None
        if found.year:
            self.year = found.year
        if found.ambiguous:
            other = f"{found.year}-{found.day:02}-{found.month:02}"
            self.problems.open(
                f"“{written}” is read as {day.isoformat()}; it could be {other}",
                place,
                f"write the month in letters, or {day.isoformat()}",
                "agenda.ambiguous-date",
            )
        elif found.weekday is not None and found.weekday != day.weekday():
            stated, real = _WEEKDAYS[found.weekday], _WEEKDAYS[day.weekday()]
            self.problems.warning(
                f"{day.isoformat()} is a {real}, not a {stated}",
                place,
                "correct the date or the weekday",
                "agenda.weekday",
            )
        return day

    def _given_date(self, found: Found) -> date | None:
        """The date among the days of the event, which are said elsewhere."""
        given = self.source.given.dates
        same = [day for day in given if (day.month, day.day) == (found.month, found.day)]
        return same[0] if same else found.date(given[0].year) if given else None

    def _no_date(self, line: Line, written: str, column: int) -> None:
        hint = "write it such as 11 May 2022 or 2022-05-11"
        self.problems.error(f"{written} is not a date", self._at(line, column), hint, "agenda.date")

    def _start_day(self, line: Line, day: date | None, title: str) -> None:
        place = self._at(line)
        if self.day and not self.day.items and not (self.day.title and self.begun and self.slots_between(line)):
            # A date above the agenda gives way to the heading of its first day.
            self.days.remove(self.day)
            day = day or self.day.date if not self.begun else day
        self.day = DayDraft(place, day, title)
        self.days.append(self.day)
        self.entry = self.session = self.last_start = self.last_end = None
        self.label = (None, False)
        self.field = ""
        if line.heading:
            self.section = ""

    def _the_day(self) -> DayDraft:
        if self.day is None:
            self.day = DayDraft()
            self.days.append(self.day)
        return self.day

    # Times

    def _slot(self, line: Line) -> Slot | None:
        if line.number in self.tabled:
            return self.tabled.slot(line)
        if line.aside or line.content.struck or line.command:
            return None
        whole = self.calendar.find(line.text)
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

    def _is_slot(self, line: Line) -> bool:
        slot = self.slots.get(line.number)
        if slot is None:
            return False
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

    def _open_slot(self, line: Line, rest: Marked, start: Time | None, end: Time | None, minutes: int = 0) -> None:
        day = self._the_day()
        place = self._at(line)
        if self.session and self.session.indent is not None and line.indent <= self.session.indent:
            self.session = self.entry = None
        dressed = self.billing.dress(rest, bill=False)
        heading = self._session_parts(dressed.title.text)
        below = self._holds_list(line)
        if below or (heading and start) or (rest and start and self._holds_talks(line)):
            label, title = heading or ("", _untitled(dressed.title.text))
            session = SessionDraft(label, title, place, _untitled(rest.text), start, end)
            session.cast = self._cast_of(line, dressed)
            if dressed.open:
                who = f"who leads “{_short(title or label)}”"
                self.problems.open(
                    f"{who} is to be confirmed",
                    self._at(line, dressed.open),
                    "write the name when it is known",
                    "agenda.to-be-confirmed",
                )
            session.room, session.minutes = dressed.room, dressed.minutes or minutes
            if below or not (heading and start):
                session.indent = line.indent
            self._close(session)
            day.items.append(session)
            self.session, self.entry = session, None
            return
        self.level = line.heading
        entry = EntryDraft("", place, start, end, indent=line.indent, minutes=minutes)
        entry.misread = start is None
        dressed = self.billing.dress(rest)
        if dressed.cancelled:
            self.entry = entry
            self._cancelled(line, dressed.title.text)
            return
        day.items.append(entry)
        self.entry = entry
        duty = self._label_duty(rest.text)
        if duty and (duty is not Duty.SPEAKER or not dressed.casts):
            entry.title, entry.title_column = _untitled(rest.text), rest.column
            self._labelled(line, entry, duty, rest)
        elif rest:
            self._wear(line, entry, dressed)
        elif not self._title_follows(line):
            entry.title = line.text
            self._no_title(entry)
        if self.mentions.is_open(entry.title):
            self._to_be_confirmed(line, entry, rest.column, "what happens then")

    def _wear(self, line: Line, entry: EntryDraft, dressed: Dressed) -> None:
        """Give an entry its title and all that stands beside it."""
        entry.title, entry.title_column = _untitled(dressed.title.text), dressed.title.column
        entry.title_line = line.number
        entry.room, entry.minutes = dressed.room or entry.room, dressed.minutes or entry.minutes
        entry.online = entry.online if dressed.online is None else dressed.online
        entry.subtitle = dressed.label
        entry.alone = dressed.form == ALONE
        entry.cast += self._cast_of(line, dressed)
        if any(sure is not Sure.CERTAIN for _, _, sure in dressed.casts):
            entry.sure = Sure.LIKELY
        if dressed.open:
            entry.open = True
            self.problems.open(
                f"the speaker of “{_short(entry.title)}” is to be confirmed",
                self._at(line, dressed.open),
                "write the name when it is known; until then it is printed as open",
                "agenda.to-be-confirmed",
            )
        if dressed.untold:
            self.problems.open(
                f"“{entry.title}”: it is not said whether the title or the speaker is to be confirmed",
                self._at(line, dressed.untold),
                "write TBC below the title for the speaker, or leave it for the title",
                "agenda.to-be-confirmed",
            )
        for _, person, _ in dressed.casts:
            if person.open:
                entry.open = True
                hint = "take (tbc) out when it is settled"
                place = self._at(line, person.column)
                self.problems.open(f"{person.name} is still to be confirmed", place, hint, "agenda.to-be-confirmed")

    def _cast_of(self, line: Line, dressed: Dressed) -> list[tuple[str, Duty | None, Place]]:
        doubtful = [person for _, person, sure in dressed.casts if sure is Sure.DOUBTFUL]
        if unknown := [person for person in doubtful if person.name not in self.casting]:
            names = " and ".join(person.name for person in unknown)
            self.problems.open(
                f"“{names}” in brackets is taken for who speaks",
                self._at(line, unknown[0].column),
                "write the name as Name, Organisation on a line of its own below the title",
                "agenda.doubtful-person",
            )
        return [
            (self.casting.add(person, self._at(line, person.column)), duty, self._at(line, person.column))
            for duty, person, _ in dressed.casts
        ]

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
                    talk = bool(dressed.title) and dressed.form in _TALKS and not dressed.casts[0][0]
                    talks += 2 * bool(dressed.minutes) + talk
                    deeper = self._next(following)
                    listed = deeper and deeper.bullet and deeper.indent > level and following.content.bold
                    talks += 2 * bool(listed and self._label_duty(deeper.text if deeper else ""))
            following = self._next(following)
        return talks > 1

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
        while line.bullet and following and (following.indent > line.indent or not _starts(following, self.slots)):
            if following.number in self.slots and following.bullet:
                return True
            following = self._next(following)
        return False

    def _after_noon(self, start: Time) -> Time:
        """`1:00` after `12:00` is an hour after noon; `09:00` after `12:00` is a mistake.

        Where no hour of the text is above twelve, its clock is one of twelve hours: `8:00` after `6:30` is late too.
        """
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

    # A label in the place of a title

    def _label_duty(self, text: str) -> Duty | None:
        found = _LABEL.match(text)
        return self.words.duty(found["label"]) if found else None

    def _labelled(self, line: Line, entry: EntryDraft, duty: Duty, rest: Marked) -> None:
        """`14:15 Panel speakers:` — people follow, and the title is that of the session."""
        found = _LABEL.match(rest.text)
        assert found is not None
        entry.panel = duty is Duty.PANELLIST
        self.label = (None if duty is Duty.SPEAKER else duty, False)
        label = f"“{found['label']}:”"
        session = self.session
        taken = session is not None and not any(
            isinstance(item, EntryDraft) and item is not entry
            for item in self._the_day().items[self._the_day().items.index(session) :]
        )
        if session and taken and session.title:
            entry.title = session.title
            self.problems.open(
                f"{label} is taken as what the people below it do; the title “{entry.title}” is that of the session in "
                f"line {session.place.line}",
                self._at(line, rest.column),
                f"if it has a title of its own, write it after {entry.start or 'the time'}",
                "agenda.label-as-title",
            )
        else:
            entry.title = found["label"].strip()
            self.problems.open(
                f"{label} stands where a title is expected",
                self._at(line, rest.column),
                f"write the title after {entry.start or 'the time'}, and “{found['label']}:” on the next line",
                "agenda.label-as-title",
            )
        if value := rest.cut(found.end()):
            self._people(line, value, many=True, bare=True)

    # Sessions and headings

    def _session_parts(self, text: str) -> tuple[str, str] | None:
        """Label and title of `Session II: Title`, `Session 2 – Title`, `Session 2`; None for anything else."""
        found = re.match(rf"([^\W\d_]+)\s+({_NUMERAL})(?![\w/&+])\.?\s*(?:[:.–—|-]\s*|$|(?=\())", text)
        if found and self.words.is_one("session", [found[1].casefold()]):
            label = text[: found.end(2)]
            return label, _untitled(text[found.end() :])
        found = re.match(r"([^\W\d_]+)\s*:\s*(.+)", text)
        if found and found[1].casefold() in ("session", "sitzung", "séance", "sesión", "sessione", "sessie"):
            return "", _untitled(found[2])
        return None

    def _is_session(self, line: Line) -> bool:
        parts = self._session_parts(line.text)
        if parts is None or (line.bullet and not line.content.bold) or not self.last_slot:
            return False
        if line.number > self.last_slot and not self._people_follow(line) and not self._counts_on(parts[0]):
            # "Part 2" in what stands below the agenda.
            return False
        self._start_session(line, *parts)
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
        session.title = _untitled(dressed.title.text)
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
        if self.begun and line.number > self.last_slot:
            return False
        self.begun, self.section, self.field = True, "", ""
        return self._note(line, Taken.HEADING)

    def _is_heading(self, line: Line) -> bool:
        if not line.heading and not self._is_bold_heading(line):
            return False
        words = split(line.text)
        if self.words.is_one("introduction", words) and not self.days_begun:
            self.section, self.begun = "introduction", False
            return self._note(line, Taken.HEADING)
        if line.number > self.last_slot:
            self.over = self.last_slot > 0
            if not self.over and not self.title:
                return self._take_title(line)
            return self._pass(line, "after the agenda" if self.over else "a heading without times below it")
        top = self.titled and not self.subtitle and line.heading == 1
        if (not self.title or top) and not self.begun:
            return self._take_title(line)
        if self.begun and self.words.covered(words, ("part_of_day",)):
            self.entry = self.session = None
            return self._note(line, Taken.HEADING)
        if self.begun and self._is_break(line):
            return self._break(line)
        for group in _FIELDS[:-1]:
            if self.words.is_one(group, words) and not self.days_begun:
                self.field = group
                return self._note(line, Taken.HEADING)
        if not self.days_begun and self._slot_below(line) and self._speaks_of_agenda(words):
            self.begun, self.section, self.field = True, "", ""
            return self._note(line, Taken.HEADING, Sure.LIKELY)
        if self._slot_below(line):
            self._start_session(line, "", _untitled(line.text))
            if self.session and self.billing.is_room(line.text):
                # Rooms side by side: each begins the day anew.
                self.session.room, self.last_start = line.text, None
            self._begins_anew(line)
            return self._note(line, Taken.SESSION, Sure.LIKELY, "a heading with times below it")
        if self.days_begun:
            self.entry = self.session = None
        self.section = line.text
        return self._note(line, Taken.HEADING, Sure.LIKELY)

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
            f"under “{_short(line.text)}” the times begin anew at {first}; it is taken as part of the same day",
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

    @property
    def days_begun(self) -> bool:
        return any(day.items for day in self.days)

    def _slot_follows(self, line: Line) -> bool:
        following = self._next(line)
        return following is not None and following.number in self.slots

    def _slot_below(self, line: Line) -> bool:
        """Whether a time comes before the next heading and the next date."""
        following = self._next(line)
        while following and following.number not in self.slots:
            if following.heading or (self.calendar.find(following.text) and len(following.text) < 40):
                return False
            following = self._next(following)
        return following is not None and not following.heading

    # Labels with values

    def _is_label(self, line: Line) -> bool:
        found = _LABEL.match(line.text)
        if found is None and self.entry and self._is_bare_label(line) and (duty := self.words.duty(line.text)):
            return self._take_duty(line, line.text, duty, line.content.cut(len(line.text)))
        if found is None or line.number in self.slots:
            return False
        label, value = found["label"].strip(), line.content.cut(found.end())
        duty = self.words.duty(label)
        if not duty and self.entry and self.words.is_one("panel", split(label)) and self.mentions.people(value):
            # "Podium: Anna Berg, Tom Hardy" names people; "Panel: who pays?" is a title.
            duty = Duty.PANELLIST
        if duty:
            return self._take_duty(line, label, duty, value)
        words = split(label)
        group = next((group for group in _FIELDS if self.words.is_one(group, words)), "")
        if not group and words and self.words.is_one("online", words[:1]):
            group = "online"
        if self.days_begun:
            return self._detail(line, group, label, value)
        if group and self._take_field(line, group, label, value):
            return True
        if not self.title or self.begun or self.section or not value or len(words) > 3:
            return False
        previous = self.before.get(line.number)
        if previous and self.readings[previous.number].taken is Taken.TITLE and not self.subtitle:
            return False
        self.facts.append(Fact(label, value.text, self._at(line)))
        return self._note(line, Taken.FIELD, Sure.LIKELY)

    def _is_bare_label(self, line: Line) -> bool:
        """`Participants` without a colon, over a list."""
        following = self._next(line)
        return bool(following and following.bullet and following.indent > line.indent)

    def _take_field(self, line: Line, group: str, label: str, value: Marked) -> bool:
        if not value:
            if group == "introduction":
                self.section, self.begun, self.field = "introduction", False, ""
            elif not self.title and group not in ("date", "venue"):
                return False
            else:
                self.field = f"{group}:{label}"
            return self._note(line, Taken.HEADING)
        self._fill(line, group, label, value)
        return self._note(line, Taken.DATE if group == "date" else Taken.FIELD)

    def _is_field_value(self, line: Line) -> bool:
        if not self.field or line.heading:
            self.field = ""
            return False
        group, _, label = self.field.partition(":")
        self.field = ""
        if self._label_duty(line.text) or self._session_parts(line.text):
            return False
        self._fill(line, group, label or group.capitalize(), line.content)
        return self._note(line, Taken.FIELD, Sure.LIKELY, f"the value of “{label or group}” above it")

    def _fill(self, line: Line, group: str, label: str, value: Marked) -> None:
        place = self._at(line, value.column)
        text = value.text
        match group:
            case "date":
                found = self.calendar.find(text)
                if found is None or not found.exists or (found.year and not found.date()):
                    self._no_date(line, text, value.column)
                elif found.last:
                    self.year = found.year or self.year
                    self.spans.append(Fact(label, text, place))
                else:
                    day = self._date(_shifted(found, line, value), line, value.column)
                    self._start_day(line, day, "" if day else text)
            case "format":
                self.format = text
            case "venue":
                self._take_venue(line, value)
            case "room":
                self.venue = Venue(self.venue.name, text, self.venue.address, self.venue.note, self.venue.place)
            case "address":
                self.venue = Venue(self.venue.name, self.venue.room, text, self.venue.note, self.venue.place)
            case "organisers":
                self._take_organisers(line, value)
            case "supporters":
                self.supporters += self._listed(line, value)
            case "introduction":
                self.introduction.append(text)
            case "online":
                self._take_online(label, value, line)
            case _:
                self.facts.append(Fact(label, text, place))

    def _take_venue(self, line: Line, value: Marked) -> None:
        notes: list[str] = []
        kept = value.text
        for found in reversed(list(_BRACKETS.finditer(value.text))):
            inside = found[1].strip()
            label = _LABEL.match(inside)
            words = split(label["label"] if label else inside)
            if words and self.words.first(words[:2], ("online",)):
                piece = value.cut(found.start(1), found.end(1))
                self._take_online(label["label"] if label else "", piece.cut(label.end() if label else 0), line, piece)
            elif inside.islower():
                notes.insert(0, inside)
            else:
                continue
            kept = kept[: found.start()] + " " + kept[found.end() :]
        name, *others = [part.strip() for part in kept.strip(" .;").split(",")]
        rooms = [part for part in others if self.billing.is_room(part)]
        address = ", ".join(part for part in others if part not in rooms)
        self.venue = Venue(
            " ".join(name.split()),
            ", ".join(rooms) or self.venue.room,
            address or self.venue.address,
            "; ".join(notes),
            self._at(line, value.column),
        )

    def _take_online(self, label: str, value: Marked, line: Line, whole: Marked | None = None) -> None:
        """`Online speakers: Microsoft Teams`: who, by which channel."""
        words = label.split()
        who = " ".join(words[1:]) if words and self.words.is_one("online", split(words[0])) else ""
        link = _LINK.search(value.text)
        channel = _LINK.sub("", value.text).strip(" ,;:–-")
        if not channel and label and not who:
            channel = label
        self.online = Online(channel, who, link[0] if link else "", self._at(line, (whole or value).column))

    def _take_organisers(self, line: Line, value: Marked) -> None:
        text = value.text.casefold()
        phrases = sorted(
            (phrase for phrase in self.words.phrases["supporters"] if len(phrase) > 1), key=len, reverse=True
        )
        for phrase in phrases:
            if found := re.search(r"[,;(]?\s+" + r"\s+".join(map(re.escape, phrase)) + r"\s+", text):
                self.organisers += self._listed(line, value.cut(0, found.start()))
                self.supporters += self._listed(line, value.cut(found.end()))
                return
        self.organisers += self._listed(line, value)

    def _listed(self, line: Line, value: Marked) -> list[str]:
        """The names in a list with commas and a last `and`; a long name may hold an `and` of its own."""
        parts = [part.strip(" .") for part in re.split(r"\s*[,;]\s*", value.text) if part.strip(" .")]
        also = "|".join(re.escape(word) for word in sorted(self.words.single("also")))
        names: list[str] = []
        for index, part in enumerate(parts):
            if index and (bare := re.sub(rf"^(?:{also})\s+", "", part)) != part:
                names.append(bare)
                continue
            pieces = re.split(rf"\s+(?:{also})\s+", part)
            if index == len(parts) - 1 and len(pieces) > 1:
                if all(len(piece.split()) <= 2 for piece in pieces):
                    names += pieces
                    continue
                self.problems.open(
                    f"“{part}” is read as one organisation",
                    self._at(line, value.column),
                    "if it is several, put commas between them",
                    "agenda.doubtful-list",
                )
            names.append(part)
        return names

    def _detail(self, line: Line, group: str, label: str, value: Marked) -> bool:
        """A label below an entry or a session: where it takes place, what it is called, or something else about it."""
        target = self.entry or self.session
        if target is None or not value:
            return False
        if group in ("room", "venue") and not line.heading:
            target.room = value.text
            return self._note(line, Taken.FIELD)
        entry = self.entry
        if entry is None:
            return False
        if self.words.is_one("title_label", split(label)) and (line.bullet or not line.after_blank or entry.alone):
            if self.mentions.is_open(value.text):
                self._to_be_confirmed(line, entry, value.column, "the title")
                entry.open = entry.named
            elif entry.alone or not entry.title or self._is_kind(entry.title):
                entry.subtitle = "" if entry.alone else entry.title
                entry.title, entry.title_column, entry.alone = unquoted(value).text, value.column, False
                entry.title_line = line.number
            else:
                entry.subtitle = unquoted(value).text
            return self._note(line, Taken.FIELD)
        if group == "online" and not split(label)[0].endswith(("stream", "streaming")):
            entry.online = True
        elif self.labels[label.casefold()] < _AGAIN or not entry.title or self._label_duty(line.text):
            return False
        entry.abstract.append(line.text)
        return self._note(line, Taken.FIELD)

    def _is_kind(self, title: str) -> bool:
        """Whether a title says no more than what kind of talk it is: `Keynote 2`."""
        words = [word for word in split(title) if not word.isdigit()]
        return not words or self.words.is_one("talk_kind", words)

    # People

    def _take_duty(self, line: Line, label: str, duty: Duty, value: Marked) -> bool:
        whole = not self.days_begun and self.session is None
        if self.session and self.entry is None and self._session_is_new() and duty in (Duty.SPEAKER, Duty.PANELLIST):
            self._untimed(line, self.session.title or self.session.label)
        if self.session and self.session.indent is not None and not line.bullet and duty is not Duty.SPEAKER:
            # "Discussant: …" below the list of talks is said of all of them.
            self.entry = None
        if self.entry and duty is Duty.PANELLIST:
            self.entry.panel = True
        self.label = (duty, whole)
        if not value:
            return self._note(line, Taken.LABEL)
        if self.mentions.is_open(value.text):
            return self._take_open(line, value, f"the {label.casefold()}")
        many = duty is Duty.PANELLIST or (len(split(label)[-1]) > 3 and split(label)[-1].endswith(("s", "en", "i")))
        if whole and not self.title:
            return False
        named = self._people(line, value, many=many, bare=True)
        if not named and self.entry and (alone := self.mentions.singles(value)):
            # "Lead: Ben"
            for mention in alone:
                self._join(line, mention)
            named = True
        if not named:
            self.label = (None, False)
        if named:
            if not (self.entry and self.entry.panel and duty is Duty.PANELLIST):
                self.label = (None, False) if not whole else self.label
            return self._note(line, Taken.PEOPLE)
        target = self.entry
        if target:
            target.abstract.append(line.text)
            self.problems.open(
                f"“{value.text}” is not read as people's names",
                self._at(line, value.column),
                "write them as Name, Organisation; several with semicolons between",
                "agenda.unnamed-people",
            )
            return self._note(line, Taken.ABSTRACT, Sure.DOUBTFUL, "no names were found after the label")
        self.facts.append(Fact(label, value.text, self._at(line)))
        return self._note(line, Taken.FIELD, Sure.LIKELY, "no names were found after the label")

    def _session_is_new(self) -> bool:
        items = self._the_day().items
        return bool(items) and items[-1] is self.session

    def _people(self, line: Line, value: Marked, *, many: bool = False, bare: bool = False) -> bool:
        """Put everybody named in the value where they belong."""
        found = self.mentions.all(value, bare=bare, many=many)
        for mention in found:
            self._join(line, mention, many=many and len(found) == 1)
        return bool(found)

    def _join(self, line: Line, mention: Mention, *, many: bool = False) -> None:
        duty, whole = self.label
        place = self._at(line, mention.column)
        key = self.casting.add(mention, place)
        if self.mentions.holds_person(mention, many=many):
            self.problems.open(
                f"“{mention.organisation}” is taken for one organisation; it could hold a second person",
                place,
                "put a semicolon between two people",
                "agenda.doubtful-person",
            )
        if whole or (self.entry is None and self.session is None):
            self.cast.append(Cast(key, duty or Duty.SPEAKER, place))
            return
        target = self.entry or self.session
        assert target is not None
        target.cast.append((key, duty, place))
        if mention.open:
            if self.entry:
                self.entry.open = True
            hint = "take (tbc) out when it is settled"
            self.problems.open(f"{mention.name} is still to be confirmed", place, hint, "agenda.to-be-confirmed")

    def _is_open(self, line: Line) -> bool:
        if not (self.entry or self.label[1]) or (not self.begun and not self.label[1]):
            return False
        if self.mentions.is_open(line.text):
            return self._take_open(line, line.content, "the speaker")
        organisation = self.mentions.open_with_organisation(line.content)
        if organisation is None:
            return False
        return self._take_open(line, line.content, "the speaker", organisation)

    def _take_open(self, line: Line, value: Marked, who: str, organisation: str = "") -> bool:
        entry = self.entry
        if entry is None or self.label[1]:
            place, hint = self._at(line, value.column), "write the name when it is known"
            self.problems.open(f"{who} is to be confirmed", place, hint, "agenda.to-be-confirmed")
            return self._note(line, Taken.OPEN)
        self._to_be_confirmed(line, entry, value.column, who, organisation)
        return self._note(line, Taken.OPEN)

    def _to_be_confirmed(self, line: Line, entry: EntryDraft, column: int, who: str, organisation: str = "") -> None:
        entry.open = True
        of = f" of “{_short(entry.title)}”" if who.startswith("the ") else ""
        self.problems.open(
            f"{who}{of}{f', from {organisation},' if organisation else ''} is to be confirmed",
            self._at(line, column),
            "write “Name, Organisation” here when it is known; until then it is printed as open",
            "agenda.to-be-confirmed",
        )

    def _is_people(self, line: Line) -> bool:
        if self.label[1]:
            if self._people(line, line.content, bare=True):
                return self._note(line, Taken.PEOPLE)
            self.label = (None, False)
        entry = self.entry
        if entry is None or not entry.title or not self.begun:
            return False
        if line.number in self.headed or (self._is_sibling(line, entry) and not self.mentions.people(line.content)):
            return False
        if self._is_sibling(line, entry) and max(map(self.mentions.strength, self.mentions.people(line.content))) < 2:
            # "- Dependency Injection" in a list of things
            return False
        if line.number in self.paired and not entry.named:
            for mention in self.paired[line.number]:
                self._join(line, mention)
            return self._note(line, Taken.PEOPLE)
        if self.label[0] or entry.panel:
            return self._people(line, line.content, bare=True) and self._note(line, Taken.PEOPLE)
        if line.bullet and self._is_talk_of(line):
            return True
        found = self.mentions.all(line.content)
        if line.bullet and found and not max(map(self.mentions.strength, found)):
            # "- Read QC (FastQC, MultiQC)"
            return False
        if found:
            if all(mention.form == "dash" for mention in found) and not self._fits_dashed(line, entry, found):
                return False
            sure = Sure.LIKELY if entry.cast or found[0].form == "dash" else Sure.CERTAIN
            if any(mention.name in self.casting for mention in found):
                sure = Sure.CERTAIN
            for mention in found:
                self._join(line, mention)
            return self._note(line, Taken.PEOPLE, sure)
        return self._is_bare_name(line, entry) or self._is_single_name(line, entry)

    def _is_talk_of(self, line: Line) -> bool:
        """A list item below a session that names who speaks, and the title is on the next line: a talk of its own."""
        following = self._next(line)
        if not self.session or following is None or _starts(following, self.slots):
            return False
        dressed = self.billing.dress(line.content)
        if dressed.form != ALONE or self._label_duty(following.text) or self.mentions.all(following.content, bare=True):
            return False
        self._untimed(line, "")
        return self._note(line, Taken.UNTIMED)

    def _fits_dashed(self, line: Line, entry: EntryDraft, found: Sequence[Mention]) -> bool:
        """`Name – ORG` is also the shape of a title: it is a person where one is still wanted and no other follows."""
        if any(mention.name in self.casting for mention in found):
            return True
        return not entry.named and not self._people_follow(line)

    def _is_bare_name(self, line: Line, entry: EntryDraft) -> bool:
        """A name without an organisation, where a person is wanted and the next line is none."""
        if entry.named and line.text not in self.casting:
            return False
        mention = self.mentions.one(line.content, bare=True)
        if mention is None or mention.form != "none":
            return False
        known = mention.name in self.casting
        if not known and (self._people_follow(line) or entry.kind_by(self.words) == "break"):
            return False
        self._join(line, mention)
        told = self.mentions.strength(mention) > 1 and line.indent > entry.indent and not line.after_blank
        if told:
            return self._note(line, Taken.PEOPLE, Sure.LIKELY)
        if not known and not line.text.rstrip().endswith(","):
            self.problems.open(
                f"“{mention.name}” is taken for a person; it could be an entry without its own time",
                self._at(line, mention.column),
                f"write “{mention.name}, Organisation” for a person, or add (tbc) below it for an entry",
                "agenda.doubtful-person",
            )
        return self._note(line, Taken.PEOPLE, Sure.CERTAIN if known else Sure.DOUBTFUL, "" if known else "or an entry")

    def _is_single_name(self, line: Line, entry: EntryDraft) -> bool:
        """A name of one word with an organisation, where a person is wanted and the next line is none."""
        mention = self.mentions.single(line.content)
        wanted = not entry.named and entry.start is not None and entry.kind_by(self.words) != "break"
        if mention is None or not wanted or line.bullet or self._people_follow(line):
            return False
        self._join(line, mention)
        self.problems.open(
            f"“{line.text}” is taken for a person; it could be an entry without its own time",
            self._at(line, mention.column),
            f"write “Speaker: {line.text}” for a person, or add (tbc) below it for an entry",
            "agenda.doubtful-person",
        )
        return self._note(line, Taken.PEOPLE, Sure.DOUBTFUL, "or an entry")

    def _people_follow(self, line: Line) -> bool:
        """Whether the next line names people, or says that they are to be confirmed."""
        following = self._next(line)
        if following is None or following.number in self.slots or following.heading:
            return False
        if self.mentions.is_open(following.text) or self.mentions.open_with_organisation(following.content):
            return True
        if self._label_duty(following.text) in (Duty.SPEAKER, Duty.PANELLIST):
            return True
        if following.text in self.casting or following.number in self.paired:
            return True
        found = self.mentions.all(following.content)
        if following.bullet and found and not max(map(self.mentions.strength, found)):
            return False
        return bool(found) and (found[0].form != "dash" or self.mentions.is_organisation(found[0].organisation))

    # Everything else

    def _is_text(self, line: Line) -> bool:
        if self.days_begun or (self.begun and self.session):
            return self._in_agenda(line)
        if not self.title and not self.begun and len(line.text) <= SUBTITLE:
            if re.fullmatch(r"\s*\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?\s*", line.raw):
                return self._pass(line, "a link before the agenda")
            return self._take_title(line)
        if self.section == "introduction":
            return self._introduce(line, Sure.CERTAIN)
        if self.begun:
            reason = "before the first time of the agenda" if self.last_slot else "no line of this agenda has a time"
            return self._pass(line, reason, Sure.DOUBTFUL)
        if self.section:
            return self._pass(line, f"under the heading “{self.section}”, before the agenda")
        previous = self.before.get(line.number)
        directly = previous is not None and self.readings[previous.number].taken is Taken.TITLE
        if not self.subtitle and directly and len(line.text) <= SUBTITLE and not line.text.endswith("."):
            self.subtitle = _untitled(line.text)
            return self._note(line, Taken.SUBTITLE)
        return self._introduce(line, Sure.LIKELY)

    def _take_title(self, line: Line) -> bool:
        if self.titled:
            if split(line.text) != split(self.title):
                self.subtitle = _untitled(line.text)
            return self._note(line, Taken.SUBTITLE)
        self.title = _untitled(line.text)
        if year := re.search(r"(?<!\d)20\d\d(?!\d)", line.text):
            self.guessed_year = self.guessed_year or int(year[0])
        return self._note(line, Taken.TITLE)

    def _introduce(self, line: Line, sure: Sure) -> bool:
        if self.introduction and not line.after_blank and not line.bullet:
            self.introduction[-1] += " " + line.text
        else:
            self.introduction.append(line.text)
        return self._note(line, Taken.INTRODUCTION, sure)

    def _in_agenda(self, line: Line) -> bool:
        entry = self.entry
        if entry is not None and not entry.title:
            self._wear(line, entry, self.billing.dress(line.content))
            return self._note(line, Taken.SLOT, Sure.LIKELY, "the title of the time above it")
        new = entry is None and self.session and not self.session.title and self._session_is_new()
        if new and self.session and not line.bullet and not self.mentions.all(line.content, bare=True):
            self.session.title = _untitled(line.text)
            return self._note(line, Taken.SESSION, Sure.LIKELY, "the title of the session above it")
        if entry and self._is_link(line, entry):
            return True
        if entry and is_quoted(line.text) and self._is_kind(entry.title) and not line.after_blank:
            # "10:00 Keynote, Anna Berg", and the title below it.
            entry.subtitle, entry.title = entry.title, unquoted(line.content).text
            entry.title_column, entry.title_line = line.content.column, line.number
            return self._note(line, Taken.SLOT, Sure.LIKELY, "the title of the time above it")
        if entry and entry.alone and (is_quoted(line.text) or not (line.after_blank or line.bullet)):
            # Who speaks stood beside the time, and the title follows.
            dressed = self.billing.dress(unquoted(line.content), bill=False)
            entry.alone = False
            sentences = len(re.findall(r"[.!?](?:\s|$)", line.text))
            prose = _is_prose(line.text) and (sentences > 1 or len(line.text) > 250)
            if not is_quoted(line.text) and (prose or self._people_follow(line)):
                entry.abstract.append(line.text)
                return self._note(line, Taken.ABSTRACT, Sure.LIKELY)
            self._wear(line, entry, dressed)
            return self._note(line, Taken.SLOT, Sure.LIKELY, "the title of the time above it")
        previous = self.before.get(line.number)
        beneath = previous is not None and not _starts(line, self.slots)
        if entry and previous and beneath and not previous.bullet and line.text[:1].islower():
            taken = self.readings[previous.number].taken
            if taken in (Taken.SLOT, Taken.UNTIMED) and not entry.abstract:
                entry.title += " " + line.text
                return self._note(line, taken, Sure.LIKELY, "goes on from the line above it")
        if line.bullet and self._is_talk(line):
            return True
        follows = self._people_follow(line)
        if entry and not follows and self._is_sibling(line, entry):
            self.listed.add(id(entry))
            self.doubts.pop(id(entry), None)
            self._untimed(line, "")
            self.listed.add(id(self.entry))
            return self._note(line, Taken.UNTIMED, Sure.LIKELY, "one of a list")
        part = line.bullet or _is_prose(line.text) or self._beside(line) or (beneath and self._in_item(line))
        goes_on = beneath and previous and self.readings[previous.number].taken is Taken.ABSTRACT
        part = part or goes_on or self._is_paragraph(line) or (self.level > 0 and bool(entry and entry.start))
        if entry and not follows and part:
            entry.abstract.append(line.text)
            return self._note(line, Taken.ABSTRACT, Sure.LIKELY)
        if line.number > self.last_slot and entry and not follows:
            return self._take_imprint(line, entry)
        if entry is None and self.session and self.session.indent is not None and not line.bullet:
            return self._pass(line, "a remark below the heading of a block", Sure.DOUBTFUL)
        if entry is None and self.session is None:
            return self._pass(line, "a remark before the first time of the day", Sure.DOUBTFUL)
        self._untimed(line, "")
        if follows or (self.entry and self.entry.cast):
            return self._note(line, Taken.UNTIMED)
        assert self.entry is not None
        self.entry.sure = Sure.DOUBTFUL
        self.doubts[id(self.entry)] = (self.entry, line.text, self._at(line))
        return self._note(line, Taken.UNTIMED, Sure.DOUBTFUL, "or a part of the entry above it")

    def _is_sibling(self, line: Line, entry: EntryDraft) -> bool:
        """Whether a list item stands beside one that was taken for an entry for want of anything else."""
        return line.bullet and line.indent == entry.bullet and (id(entry) in self.doubts or id(entry) in self.listed)

    def _is_talk(self, line: Line) -> bool:
        """A list item with a title and who speaks, or with a length: a talk under the time or session above."""
        entry, session = self.entry, self.session
        within = session is not None and session.indent is not None
        within = within or bool(session and entry and entry.start is None and entry.bullet == line.indent)
        if within and entry and entry.start is None and line.indent > entry.bullet >= 0:
            return False
        dressed = self.billing.dress(line.content)
        talk = dressed.form in _TALKS and bool(dressed.title) and not dressed.casts[0][0]
        head = within and line.content.bold and not self._label_duty(line.text)
        if not talk and not (within and (dressed.minutes or head)):
            return False
        if dressed.cancelled:
            return self._cancelled(line, dressed.title.text)
        if entry and entry.start and not within and not entry.cast and self._is_kind(entry.title):
            # "10:00 Keynote", and below it who speaks and of what.
            kind, entry.bullet = entry.title, line.indent
            self._wear(line, entry, dressed)
            entry.subtitle = kind
            return self._note(line, Taken.SLOT, Sure.LIKELY, "the title of the time above it")
        if entry and not within and entry.kind_by(self.words) in (Kind.BREAK, Kind.PANEL):
            return False
        self._untimed(line, "")
        assert self.entry is not None
        self.entry.bullet = line.indent
        return self._note(line, Taken.UNTIMED, Sure.CERTAIN if within else Sure.LIKELY)

    def _is_link(self, line: Line, entry: EntryDraft) -> bool:
        """A line of nothing but links to more: `(abstract)`, `Slides | Video`."""
        words = split(line.text)
        found = re.search(r"\]\(\s*<?([^()\s>]+)|(https?://[^\s<>)]+)", line.raw)
        if not found or not words or len(words) > 8:
            return False
        bare = split(_LINK.sub("", line.text))
        if bare and not self.words.covered(bare, ("link_word", "filler", "also")):
            return False
        entry.link = entry.link or (found[1] or found[2])
        return self._note(line, Taken.FIELD)

    def _is_paragraph(self, line: Line) -> bool:
        """Whether a line is the first of several of running text."""
        following = self._next(line)
        if len(line.text) < 60 or following is None or _starts(following, self.slots):
            return False
        return not self._label_duty(following.text) and not self.mentions.all(following.content, bare=True)

    def _in_item(self, line: Line) -> bool:
        """Whether the line goes on with a list item, in one paragraph with it."""
        passed = [line.number]
        previous = self.before.get(line.number)
        while previous and not _starts(previous, self.slots) and previous.number not in self.within:
            passed.append(previous.number)
            previous = self.before.get(previous.number)
        inside = previous is not None and self.within.get(previous.number, previous.bullet)
        self.within.update(dict.fromkeys(passed, inside))
        return inside

    def _beside(self, line: Line) -> bool:
        """A remark in brackets."""
        return line.text.startswith("(") and line.text.endswith((")", ")."))

    def _untimed(self, line: Line, title: str) -> None:
        entry = EntryDraft(title, self._at(line), indent=line.indent, title_column=line.content.column)
        entry.bullet = line.indent if line.bullet else -1
        if not title:
            self._wear(line, entry, self.billing.dress(line.content))
        if self.session and self.session.indent is not None:
            entry.indent = max(entry.indent, self.session.indent + 1)
        self._the_day().items.append(entry)
        self.entry = entry
        self.label = (None, False)

    def _take_imprint(self, line: Line, entry: EntryDraft) -> bool:
        """What stands below the last entry and names nobody."""
        words = split(line.text)
        opening = self.words.first(words[:6], ("imprint",))
        self.imprint.append(line.text)
        if (opening and opening[1] == 0) or len(self.imprint) > 1:
            return self._note(line, Taken.IMPRINT)
        self.problems.open(
            f"“{_short(line.text)}” is taken for the imprint; it could be a last entry without its own time",
            self._at(line),
            "write the speaker, or TBC, below it if it is an entry",
            "agenda.doubtful-entry",
        )
        return self._note(line, Taken.IMPRINT, Sure.LIKELY, "or an entry without its own time")

    # Open points of the whole

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
                    f"the parts of “{_short(session.title or session.label)}” last {sum(parts)} min together; its time "
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
                if sum(id(entry) in self.doubts for entry in below) >= _AGAIN:
                    # A list below a time: what is said of the list is said of each.
                    for entry in below:
                        self.doubts.pop(id(entry), None)
                what = "talks" if all(isinstance(entry, EntryDraft) and entry.named for entry in group) else "entries"
                self.problems.open(
                    f"{len(group)} {what} share the start {item.start}; their own times are not given",
                    item.place,
                    "write a time before each, or leave them as they are: they are printed in order under one time",
                    "agenda.shared-start",
                )

    def _doubtful_entries(self) -> None:
        for _, text, place in self.doubts.values():
            self.problems.open(
                f"“{_short(text)}” is taken for an entry without its own time; it could belong to the line above it",
                place,
                "write the speaker, or TBC, below it; or put it in the line above",
                "agenda.doubtful-entry",
            )

    def _untitled_entries(self) -> None:
        for entry in (item for day in self.days for item in day.items if isinstance(item, EntryDraft)):
            if not entry.title:
                self._no_title(entry)

    def _no_title(self, entry: EntryDraft) -> None:
        hint = "write what happens then after the time"
        self.problems.warning(f"{entry.start or 'an entry'} has no title", entry.place, hint, "agenda.no-title")

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
                    f"a full stop or a colon may be missing before “{word[0]}” in “{_short(entry.title)}”",
                    Place(entry.place.file, entry.title_line or entry.place.line, at),
                    f"“{before[0]}: {word[0]} {following[0]}” if so; until then it is printed as it stands",
                    "agenda.run-on-title",
                )
                return


def _untitled(text: str) -> str:
    """A title without the colon that joined it to the next line."""
    return text.strip().removesuffix(":").rstrip() if text.count(":") else text.strip()


def _tail(whole: Marked, text: str) -> Marked:
    """The end of a marked text, by what it says."""
    at = whole.text.rfind(text) if text else len(whole.text)
    return whole.cut(max(at, 0))


def _shifted(found: Found, line: Line, value: Marked) -> Found:
    """A date found in a value, by its letters in the line."""
    offset = line.text.find(value.text)
    return Found(
        found.start + offset,
        found.end + offset,
        found.day,
        found.month,
        found.year,
        found.last,
        found.weekday,
        found.ambiguous,
    )


def _after(end: Time, start: Time) -> Time:
    """The end of a range whose start was moved to the afternoon."""
    return Time(end.minutes + NOON, end.written) if end < start and end.minutes < NOON else end


def _next_half(start: Time, end: Time) -> bool:
    """Whether an end such as `1:00` or `5:30` after a morning start is meant in the afternoon: within ten hours."""
    return bool(re.match(r"[1-7](?!\d)", end.written)) and start.minutes < end.minutes + NOON <= start.minutes + 600


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


def _starts(line: Line, slots: Mapping[int, Slot]) -> bool:
    """Whether a line starts something of its own, rather than going on with the list item above it."""
    return line.bullet or bool(line.heading) or line.after_blank or line.number in slots


def _is_prose(text: str) -> bool:
    return len(text) > 250 or (text.endswith((".", "?", "!")) and len(text.split()) >= 12)


def _short(text: str) -> str:
    """A title short enough to be named in a message."""
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"
