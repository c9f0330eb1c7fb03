"""Lines of a text that say when and where: dates, days, time zones, the venue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ...event import Fact, Online, Sure, Taken, Venue
from ...problems import Place
from ..drafts import DayDraft
from ..language.dates import WEEKDAYS, Found
from ..language.lines import Line, Marked
from ..language.vocabulary import split
from .state import LABEL, State

_MONTH = timedelta(days=31)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*\.?")
LINK = re.compile(r"(?:https?://|www\.)\S+")
_BESIDE = frozenset(
    (
        "am",
        "den",
        "der",
        "le",
        "il",
        "el",
        "on",
        "em",
        "op",
        "dnia",
        "dne",
        "del",
        "the",
        "de",
        "dia",
        "d",
        "r",
        "г",
        "р",
    )
)
"""Small words beside a date."""
_HEADING = 9
"""Words above which a heading is no day."""
AHEAD = 200
"""Lines below a date in which the first time of its day is looked for."""
_SPAN = re.compile(r"[\s,(]*\d{1,2}[:.]\d\d(?:\s*[-–—]\s*\d{1,2}[:.]\d\d)?(?:\s*(?:CES?T|UTC|Uhr|h))?\)?")
"""Times beside a date: the day has them, its title does not."""
_EASTERN_DAY = re.compile(r"第?\s?[\d一二三四五]{1,2}\s?(?:日目|일차|天|日)(?:\s?[(（].{1,20}[)）])?")
_ZONE = re.compile(
    r"(?<![\w-])(?:UTC(?:[+-]\d{1,2}(?::\d\d)?)?|GMT(?:[+-]\d{1,2})?|CES?T|MES?Z|EES?T|WES?T|BST|MSK|JST|KST|SGT|HKT"
    r"|[ECMP][SD]T|A[EW]S?T|AE[SD]T|NZ[SD]T|BRT|SAST)(?![\w-])"
)
ZONE_ALONE = re.compile(rf"[\s(]*(?:{_ZONE.pattern}|[ECMP]T)[\s)]*")
"""A time zone and nothing else, also by the letters that are words elsewhere."""


class Dates(State):
    """Which day it is, and where."""

    def _is_date(self, line: Line) -> bool:
        text = line.text
        if line.number in self.slots and line.number in self.fronts and not self.slots[line.number].rest:
            return False
        if len(text) > 120 or (self.section == "introduction" and not line.heading and len(text) > 40):
            return False
        found = self.calendar.find(text)
        rest = text if found is None else f"{text[: found.start]} {text[found.end :]}"
        words = split(rest)
        weekday = self.calendar.weekday(rest)
        label, words = self._day_label(words)
        if not label and _EASTERN_DAY.fullmatch(text):
            label, words = text, []
        if found and not label and (eastern := _EASTERN_DAY.fullmatch(rest.strip())):
            label, words = eastern[0], []
        if found:
            words = [word for word in words if word not in _BESIDE]
            words = words if not self.words.covered(words, ("part_of_day",)) else []
        bare = not words
        if found is None:
            if self._is_day_list(line, weekday):
                return self._pass(line, "a list of the days")
            if line.number not in self.slots and self.calendar.nearly(text):
                self._no_date(line, text, line.content.column)
                return self._note(line, Taken.DATE, Sure.DOUBTFUL, "a date that cannot be read")
            headed = bool(line.heading or line.content.bold)
            told = bare or (headed and (bool(label) or self._begins_with_weekday(text)))
            if not (label or weekday is not None) or not told or line.number in self.slots:
                return False
            if not bare and not label and self._is_same_day(weekday, text):
                self.entry = self.session = None
                return self._note(line, Taken.HEADING)
            self._start_day(line, None, text)
            return self._note(line, Taken.DATE)
        odd = [word for word in words if word.isdigit() and len(word) > 4]
        if not found.year and odd and len(words) - len(odd) <= (weekday is not None):
            # "Friday, 9 October 20226"
            self._no_date(line, text, line.content.column)
            self._start_day(line, None, text)
            return self._note(line, Taken.DATE, Sure.DOUBTFUL, "a date that cannot be read")
        marked = line.heading or line.content.bold or bool(label)
        if not bare and not (marked and len(words) <= 8):
            return self._is_date_and_place(line, found)
        title = "" if bare and not label else self._day_title(text, found)
        column = line.content.columns[found.start]
        if not found.exists or (found.year and not found.date()):
            self._no_date(line, text[found.start : found.end].strip(), column)
            self._start_day(line, None, text)
            return self._note(line, Taken.DATE, Sure.DOUBTFUL, "a date that does not exist")
        following = self._next(line)
        listed = self.days_begun and (line.heading or line.content.bold) and following is not None and following.bullet
        if found.last and not listed and not self.slots_between(line):
            return self._span(line, found, bare)
        if bare and not label and self._is_day_again(line, found):
            # "Samedi 14 mai, après-midi" below the morning
            self.entry = self.session = None
            return self._note(line, Taken.DATE)
        day = self._date(found, line, column)
        self._start_day(line, day, title if day else text)
        self.last_date = (found.day, found.month, found.year)
        return self._note(line, Taken.DATE, Sure.DOUBTFUL if found.ambiguous else Sure.CERTAIN)

    def _begins_with_weekday(self, text: str) -> bool:
        """`Friday (Room 2)`, `Friday: workshops`, `Friday afternoon`, `Friday - Saturday`."""
        found = re.match(r"([^\W\d_]{3,})(?:\s*([:,(–—&/-])|\s+)", text)
        if found is None or found[1].casefold() not in self.words.weekdays or len(text.split()) > _HEADING:
            return False
        return bool(found[2]) or self.words.covered(split(_SPAN.sub("", text[found.end() :])), ("part_of_day",))

    def _is_same_day(self, weekday: int | None, text: str) -> bool:
        """`Friday afternoon` below `Friday, 6 May`."""
        day, words = self.day, split(text)[1:]
        if day is None or not words or not self.words.covered(words, ("part_of_day",)):
            return False
        return weekday == (day.date.weekday() if day.date else self.calendar.weekday(day.title))

    def _is_day_again(self, line: Line, found: Found) -> bool:
        """Whether a date is that of the day it stands in, as over the afternoon of a day: its times go on below it."""
        following, passed = self._next(line), 0
        while following and following.number not in self.slots and passed < AHEAD:
            following, passed = self._next(following), passed + 1
        begins = self.slots[following.number].start if following and following.number in self.slots else None
        if begins and self.last_start and begins < self.last_start and begins.minutes >= 7 * 60:
            return False
        return (
            self.day is not None
            and bool(self.day.items)
            and self.last_date[:2] == (found.day, found.month)
            and found.year in (0, self.last_date[2])
        )

    def _is_day_list(self, line: Line, weekday: int | None) -> bool:
        """`- Friday`, `- Saturday`: list items with nothing but weekdays side by side, mostly links to other pages."""
        if weekday is None or not line.bullet:
            return False
        beside = (self.before.get(line.number), self._next(line))
        return any(
            other is not None
            and other.bullet
            and other.indent == line.indent
            and all(word in self.words.weekdays for word in split(other.text))
            for other in beside
        )

    def _is_date_and_place(self, line: Line, found: Found) -> bool:
        """`Friday, 6 May 2026, Town Hall, Room 2` below the title."""
        previous = self.before.get(line.number)
        above = (Taken.TITLE, Taken.SUBTITLE, Taken.FIELD, Taken.PASSED)
        if self.begun or self.days or line.bullet or line.number in self.slots or found.last:
            return False
        if not self.last_slot or (previous and self.readings[previous.number].taken not in above):
            return False
        joint = re.match(r"\s*(?:[,;–—|·(-]+\s*|(?=[^\W\d_]+\.?\s?\d))", line.text[found.end :])
        before = [word for word in split(line.text[: found.start]) if word not in _BESIDE]
        if joint is None or not all(word in self.words.weekdays for word in before) or line.text.endswith("."):
            return False
        column = line.content.columns[found.start]
        exists = found.exists and (not found.year or found.date() is not None)
        if not exists:
            self._no_date(line, line.text[found.start : found.end].strip(), column)
        day = self._date(found, line, column) if exists else None
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
        # "quinta-feira" is one word.
        parts = re.split(r"((?:(?!-\b)\W)+)", rest)
        kept = [part for part in parts if not (len(part) > 2 and part.casefold() in self.words.weekdays)]
        title = re.sub(r"\s+", " ", "".join(kept).replace("\0", "")).strip(" ,;:–—-()|")
        title += ")" * (title.count("(") - title.count(")"))
        return "" if self.words.covered(split(title), ("agenda",)) else title

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
        if line.heading and not bare and not self.title and not self.begun:
            self.title = line.text
            return self._note(line, Taken.TITLE)
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
        day = found.date(self.year) or self._given_date(found) or self._stated_date(found, place, written)
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
            stated, real = WEEKDAYS[found.weekday], WEEKDAYS[day.weekday()]
            before = line.text[: found.start].rstrip(" ,.")
            start = before.rfind(" ") + 1
            if before[start:].casefold() in self.words.weekdays:
                place = self._at(line, line.content.columns[start])
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

    def _stated_date(self, found: Found, place: Place, written: str) -> date | None:
        """A date without a year in a text that names one for it elsewhere: in the same days, or in days near them."""
        near = {year: line for year, line, first, last in self._near(found)}
        if len(near) != 1:
            return None
        ((year, number),) = near.items()
        day = found.date(year)
        if day and not any(first <= day <= last for _, _, first, last in self._near(found)):
            self.problems.open(
                f"“{written}” has no year; {year} is taken from line {number}",
                place,
                f"write it with its year, such as “{written} {year}”",
                "agenda.no-year",
            )
        return day

    def _near(self, found: Found) -> Iterator[tuple[int, int, date, date]]:
        """The dates with a year that are a month from this one at most, each with its year and its line."""
        for number, first, last in self.stated:
            for year in {first.year, last.year}:
                day = found.date(year)
                if day and first - _MONTH <= day <= last + _MONTH:
                    yield year, number, first, last

    def _no_date(self, line: Line, written: str, column: int) -> None:
        hint = "write it such as 11 May 2022 or 2022-05-11"
        self.problems.error(f"{written} is not a date", self._at(line, column), hint, "agenda.date")

    def _start_day(self, line: Line, day: date | None, title: str) -> None:
        place = self._at(line)
        if self.day and not self.day.items and not (self.day.title and self.begun and self.slots_between(line)):
            # A date above the agenda gives way to the heading of its first day.
            self.days.remove(self.day)
            day = day or self.day.date if not self.begun else day
            if self.begun and self.day.date and day and self.day.date < day:
                self.problems.open(
                    f"{self.day.date.isoformat()} has nothing with a time and is left out",
                    self.day.place,
                    "write a time before what happens on that day",
                    "agenda.passed-over",
                )
        self.day = DayDraft(place, day, title)
        self.days.append(self.day)
        self.entry = self.session = self.last_start = self.last_end = None
        self.label = (None, False)
        self.field = ""
        self.day_level = line.heading
        if line.heading:
            self.section = ""

    def _take_venue(self, line: Line, value: Marked) -> None:
        notes: list[str] = []
        kept = value.text
        for found in reversed(list(_BRACKETS.finditer(value.text))):
            inside = found[1].strip()
            label = LABEL.match(inside)
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
        link = LINK.search(value.text)
        channel = LINK.sub("", value.text).strip(" ,;:–-")
        if not channel and label and not who:
            channel = label
        self.online = Online(channel, who, link[0] if link else "", self._at(line, (whole or value).column))

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
