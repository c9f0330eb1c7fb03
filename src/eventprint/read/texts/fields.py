"""Lines of a text with a label and a value: `Venue: Town Hall`."""

from __future__ import annotations

import re

from ...event import Duty, Fact, Sure, Taken, Venue
from ..language.dates import Found
from ..language.lines import Line, Marked
from ..language.vocabulary import EASTERN, split
from .billing import unquoted
from .sessions import FIELDS, Sessions
from .state import AGAIN, LABEL


class Fields(Sessions):
    """What a label says."""

    def _is_label(self, line: Line) -> bool:
        found = LABEL.match(line.text)
        if found is None and self.entry and self._is_bare_label(line) and (duty := self.words.duty(line.text)):
            return self._take_duty(line, line.text, duty, line.content.cut(len(line.text)))
        if found is None and self.entry and (named := re.match(r"(\S{2,4})\s+(?=\S{2})", line.text)):
            # "座長 永井和夫氏"
            duty = self.words.duty(named[1]) if EASTERN.match(named[1]) else None
            if duty and self.mentions.people(line.content.cut(named.end())):
                return self._take_duty(line, named[1], duty, line.content.cut(named.end()))
        if found is None or line.number in self.slots:
            return False
        if line.bullet and self.day and not self.days_begun and self._is_untimed_day(line):
            return False
        label, value = found["label"].strip(), line.content.cut(found.end())
        duty = self.words.duty(label)
        if not duty and self.entry and self.words.is_one("panel", split(label)) and self.mentions.people(value):
            # "Podium: Anna Berg, Tom Hardy" names people; "Panel: who pays?" is a title.
            duty = Duty.PANELLIST
        if duty:
            return self._take_duty(line, label, duty, value)
        words = split(label)
        group = next((group for group in FIELDS if self.words.is_one(group, words)), "")
        if not group and words and self.words.is_one("online", words[:1]):
            group = "online"
        if self.days_begun:
            return self._detail(line, group, label, value)
        if group == "agenda" and value and not self.title:
            self.title = value.text
            return self._note(line, Taken.TITLE)
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
                self.introduction.append([text])
            case "online":
                self._take_online(label, value, line)
            case _:
                self.facts.append(Fact(label, text, place))

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
        elif self.labels[label.casefold()] < AGAIN or not entry.title or self._label_duty(line.text):
            return False
        entry.abstract.append(line.text)
        return self._note(line, Taken.FIELD)


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
