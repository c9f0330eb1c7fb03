"""Agendas in the commands of Microdown: `<!talk|subject=Tides&author=A. Berg&length=30&room=Hall 1!>`.

Only a segment says when it starts; what follows in it begins when what stands before it is over, as its length says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...event import Duty, Kind, Reading, Sure, Taken, Time
from ...problems import Place, Problems
from ...values import dataclass
from ..agenda import Agenda, Source
from ..casting import Casting
from ..drafts import DayDraft, EntryDraft, finish
from ..language.dates import Calendar
from ..language.lines import BREAKS
from ..language.mentions import Mention
from ..language.moments import DAY, clock
from ..language.vocabulary import vocabulary

_COMMAND = re.compile(r"\s*<!(?P<name>[A-Za-z]\w*)(?:\|(?P<values>.*?))?\s*(?:!>\s*)?$")
_VALUE = re.compile(r"(?:^|&)(?P<key>[A-Za-z]\w*)=")
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:and|et|y|und)\s+|\s+&\s+")
_ENTRIES = {"talk": Kind.TALK, "break": Kind.BREAK, "panel": Kind.PANEL}
_KNOWN = frozenset(("agenda", "day", "segment", *_ENTRIES))


def likelihood(source: Source) -> float:
    """Commands that agendas are made of, in most lines."""
    found = [match["name"].lower() for raw in BREAKS.split(source.text) if (match := _COMMAND.match(raw))]
    return 0.9 if sum(name in _KNOWN for name in found) >= 2 and not _ENTRIES.keys().isdisjoint(found) else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda that the commands make, with every time added up from the start of its segment."""
    return _Reader(source, problems).agenda()


@dataclass(slots=True)
class _Command:
    """A command, its values and where they stand."""

    name: str
    line: int
    values: Mapping[str, str]
    columns: Mapping[str, int]


class _Reader:
    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.words = vocabulary()
        self.calendar = Calendar(self.words)
        self.casting = Casting(problems)
        self.title = ""
        self.days: list[DayDraft] = []
        self.readings: list[Reading] = []
        self.now: int | None = None
        """When the next entry begins, in minutes after midnight; None where nothing says so."""

    def agenda(self) -> Agenda:
        for number, raw in enumerate(BREAKS.split(self.source.text), 1):
            if raw.strip():
                self._take(number, raw)
        days = tuple(finish(day, self.words, self.problems) for day in self.days)
        return Agenda(title=self.title, days=days, people=self.casting.finish(), coverage=tuple(self.readings))

    def _at(self, command: _Command, key: str = "") -> Place:
        return self.source.at(command.line, command.columns.get(key, command.columns[""]))

    def _take(self, number: int, raw: str) -> None:
        command = _command(number, raw)
        taken, note = Taken.PASSED, ""
        if command is None:
            note = "the end of a command" if set(raw.split()) == {"!>"} else "no command of an agenda"
        elif command.name in _ENTRIES:
            self._entry(command)
            taken = Taken.SLOT
        elif command.name == "agenda":
            self.title = command.values.get("title", "")
            taken = Taken.TITLE
        elif command.name == "day":
            self._day(command)
            taken = Taken.DATE
        elif command.name == "segment":
            self._segment(command)
            taken = Taken.FIELD
        else:
            note = f"a command “{command.name}” is not known"
        if taken is Taken.PASSED and note != "the end of a command":
            hint = "write it as <!talk|subject=…&author=…&length=30!> if it belongs on the programme"
            self.problems.open(
                f"line {number} is passed over: {note}", self.source.at(number, 1), hint, "agenda.passed-over"
            )
        self.readings.append(Reading(number, taken, Sure.CERTAIN, raw.strip(), note))

    def _day(self, command: _Command) -> None:
        written = command.values.get("start") or command.values.get("date", "")
        found, place = self.calendar.find(written), self._at(command, "start")
        day = found.date() if found else None
        if day is None:
            hint = "write it such as 2022-05-11"
            self.problems.error(f"{written or 'this'} is not a date", place, hint, "agenda.date")
        self.days.append(DayDraft(place, day, command.values.get("title", "" if day else written)))
        self.now = None

    def _segment(self, command: _Command) -> None:
        written = command.values.get("start", "")
        start = clock(written)
        if start is None:
            hint = "write hours and minutes, such as start=09:45"
            message = f"{written} is not a time" if written else "this segment has no start"
            self.problems.error(message, self._at(command, "start"), hint, "agenda.time")
        self.now = start.minutes if start else None

    def _entry(self, command: _Command) -> None:
        if not self.days:
            self.days.append(DayDraft(self.source.at(command.line, 1)))
        values, place = command.values, self._at(command)
        title = values.get("subject", "") or values.get("title", "")
        if not title:
            self.problems.warning("this entry has no title", place, "write it after subject=", "agenda.no-title")
        start = None if self.now is None else _time(self.now)
        length = self._length(command, title)
        self.now = None if self.now is None or length is None else self.now + length
        draft = EntryDraft(
            title,
            place,
            start,
            None if self.now is None else _time(self.now),
            kind=_ENTRIES[command.name],
            room=values.get("room", ""),
            title_column=command.columns.get("subject", 1),
            misread=start is None,
        )
        if start is None and length:
            draft.minutes = length
        draft.cast = list(self._people(command))
        self.days[-1].items.append(draft)

    def _length(self, command: _Command, title: str) -> int | None:
        written = command.values.get("length", "")
        if written.isdecimal() and len(written) < 6 and 0 < int(written) < DAY:
            return int(written)
        message = f"“{written}” is not a length in minutes" if written else f"“{title}” has no length"
        hint = "write length=30, in minutes: the times of what follows are added up from it"
        self.problems.error(message, self._at(command, "length"), hint, "agenda.length")
        return None

    def _people(self, command: _Command) -> Iterator[tuple[str, Duty | None, Place]]:
        written, at = command.values.get("author", ""), command.columns.get("author", 1)
        start = 0
        for end in [*(found.span() for found in _BETWEEN.finditer(written)), (len(written), len(written))]:
            name = written[start : end[0]].strip()
            place = self.source.at(command.line, at + start)
            start = end[1]
            if any(letter.isalpha() for letter in name):
                yield self.casting.add(Mention(name, column=place.column, form="none"), place), None, place


def _command(number: int, raw: str) -> _Command | None:
    found = _COMMAND.match(raw)
    if found is None:
        return None
    values: dict[str, str] = {}
    columns = {"": found.start("name") - 1}
    said = found["values"] or ""
    keys = list(_VALUE.finditer(said))
    for index, key in enumerate(keys):
        end = keys[index + 1].start() if index + 1 < len(keys) else len(said)
        name, value = key["key"].lower(), said[key.end() : end]
        values[name] = " ".join(value.split())
        columns[name] = found.start("values") + key.end() + 1 + len(value) - len(value.lstrip())
    return _Command(found["name"].lower(), number, values, columns)


def _time(minutes: int) -> Time:
    return Time(minutes, f"{minutes // 60 % 24:02}:{minutes % 60:02}")
