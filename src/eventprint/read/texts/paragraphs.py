"""Lines of a text that are none of the other things: titles on their own, abstracts, remarks, letters."""

from __future__ import annotations

import re
from dataclasses import replace

from ...event import Kind, Sure, Taken
from ..drafts import EntryDraft
from ..language.lines import Line, short
from ..language.vocabulary import EASTERN, split
from .billing import is_quoted, unquoted
from .dates import LINK
from .fields import Fields
from .slots import TALKS
from .state import COUNTED, starts, untitled

SUBTITLE = 240
"""Letters above which a paragraph below the title is an introduction."""

_GREETING = 16
"""Letters of a greeting in Japanese, Korean or Chinese, which may end without any sign."""


class Paragraphs(Fields):
    """What is left."""

    def _is_aside(self, line: Line) -> bool:
        if line.aside:
            return line.number in self.readings or self._pass(line, line.aside)
        if line.content.struck:
            return self._cancelled(line, line.text) if self.begun else self._pass(line, "struck out")
        previous = self.before.get(line.number)
        if previous and not starts(line, self.slots) and self.readings[previous.number].note == "cancelled":
            return self._pass(line, "cancelled")
        if self.over and not self._is_another_day(line):
            return self._pass(line, "after the agenda")
        self.over = False
        if line.command:
            return self._pass(line, "a command for another program")
        return False

    def _is_another_day(self, line: Line) -> bool:
        """Whether a heading of the same level as those of the days names a later one, though no time follows."""
        if not line.heading or line.heading != self.day_level or len(line.text) > 80 or self.day is None:
            return False
        found = self.calendar.find(line.text)
        if found is None or not found.exists or found.weekday is None:
            return False
        day, before = found.date(self.year), self.day.date
        return day is None or before is None or day > before

    def _is_letter(self, line: Line) -> bool:
        """How a letter begins and ends, when the agenda is mailed."""
        text, words = line.text, split(line.text)
        if not self.begun and not self.title and line.number not in self.slots:
            greeting = self.words.first(words[:4], ("greeting",))
            ends = text.endswith((",", "!", ":", "，", "。", "：", "！"))
            ends = ends or (EASTERN.search(text) is not None and len(text) <= _GREETING)
            if greeting and greeting[1] == 0 and ends and len(text) < 80:
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

    def _is_text(self, line: Line) -> bool:
        if self.days_begun or (self.begun and self.session):
            return self._in_agenda(line)
        if line.bullet and self.day and self._is_untimed_day(line):
            self.begun = True
            return self._in_agenda(line)
        if line.bullet and self.day and self.day_level and self._is_talk(line):
            # Talks below the heading of the first day, and above its first time.
            self.begun = True
            return True
        if not self.title and not self.begun and len(line.text) <= SUBTITLE:
            if re.fullmatch(r"\s*(?:\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|`[^`]*`__?)\s*", line.raw):
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
            self.subtitle = untitled(line.text)
            return self._note(line, Taken.SUBTITLE)
        return self._introduce(line, Sure.LIKELY)

    def _introduce(self, line: Line, sure: Sure) -> bool:
        if self.introduction and not line.after_blank and not line.bullet:
            self.introduction[-1].append(line.text)
        else:
            self.introduction.append([line.text])
        return self._note(line, Taken.INTRODUCTION, sure)

    def _in_agenda(self, line: Line) -> bool:
        entry = self.entry
        if self._slot_follows(line) and (words := split(line.text)) and self.words.covered(words, ("part_of_day",)):
            # "Nachmittag", "下午"
            self.entry = self.session = None
            return self._note(line, Taken.HEADING)
        if entry is not None and not entry.title:
            self._wear(line, entry, self.billing.dress(line.content))
            return self._note(line, Taken.SLOT, Sure.LIKELY, "the title of the time above it")
        if entry and self.lengths_only and (counted := COUNTED.match(line.text)):
            # "5. Any other business", in a list whose other items say how long they last.
            self._untimed(replace(line, content=line.content.cut(counted.end())), "")
            return self._note(line, Taken.UNTIMED)
        if entry is None and self.session and self._session_is_new() and (minutes := self.clock.length(line.text)):
            self.session.minutes = minutes
            return self._note(line, Taken.FIELD)
        if entry and self.lengths_only and not entry.minutes and (minutes := self.clock.length(line.text)):
            entry.minutes = minutes
            return self._note(line, Taken.FIELD)
        new = entry is None and self.session and not self.session.title and self._session_is_new()
        if new and self.session and not line.bullet and not self.mentions.all(line.content, bare=True):
            self.session.title = untitled(line.text)
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
        beneath = previous is not None and not starts(line, self.slots)
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
        if entry and not follows and self._stands_beside(line, entry):
            self._untimed(line, "")
            return self._is_doubtful(line)
        part = line.bullet or _is_prose(line.text) or self._beside(line) or (beneath and self._in_item(line))
        goes_on = beneath and previous and self.readings[previous.number].taken is Taken.ABSTRACT
        part = (
            part
            or goes_on
            or self._is_paragraph(line)
            or (self.level > 0 and bool(entry and (entry.start or entry.minutes or self.lengths_only)))
        )
        if entry and not follows and part:
            entry.abstract.append(line.text)
            return self._note(line, Taken.ABSTRACT, Sure.LIKELY)
        if line.number > self.last_slot and entry and not follows:
            return self._take_imprint(line, entry)
        if entry is None and self.session and self.session.indent is not None and not line.bullet:
            return self._pass(line, "a remark below the heading of a block", Sure.DOUBTFUL)
        if entry is None and self.session and self._session_is_new() and not line.bullet and self._is_remark(line):
            return self._pass(line, "a remark below a heading", Sure.DOUBTFUL)
        if entry is None and self.session is None and not (line.bullet and self._is_untimed_day(line)):
            return self._pass(line, "a remark before the first time of the day", Sure.DOUBTFUL)
        self._untimed(line, "")
        return self._note(line, Taken.UNTIMED) if follows else self._is_doubtful(line)

    def _stands_beside(self, line: Line, entry: EntryDraft) -> bool:
        """Whether a list item stands in one list with the entry above it, which is an item too."""
        if self.words.address(entry.title) == "closing":
            # "18:00 Close", and that the bar stays open.
            return False
        kind, _, certain = self.words.kind(entry.title, named=False)
        if kind is Kind.BREAK and certain and entry.start and entry.bullet < 0 and line.after_blank:
            # "12:30 Lunch" in a line of its own, and a list of what follows.
            return line.bullet and not _is_prose(line.text)
        beside = line.bullet and line.indent == entry.bullet and not _is_prose(line.text)
        return beside and not (entry.start and line.after_blank and line.number > self.last_slot)

    def _is_talk(self, line: Line) -> bool:
        """A list item with a title and who speaks, or with a length: a talk under the time or session above."""
        entry, session = self.entry, self.session
        within = session is not None and session.indent is not None
        within = within or bool(session and entry and entry.start is None and entry.bullet == line.indent)
        if within and entry and entry.start is None and line.indent > entry.bullet >= 0:
            return False
        dressed = self.billing.dress(line.content)
        talk = dressed.form in TALKS and bool(dressed.title) and not dressed.casts[0][0]
        talk = talk or (within and bool(dressed.title and dressed.casts) and not self._label_duty(line.text))
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
        bare = split(LINK.sub("", line.text))
        if line.content.is_link and self.words.is_one("link_word", words[-1:]):
            # "[Anna's slides](slides.pdf)"
            bare = []
        if bare and not self.words.covered(bare, ("link_word", "filler", "also")):
            return False
        entry.link = entry.link or (found[1] or found[2])
        return self._note(line, Taken.FIELD)

    def _is_paragraph(self, line: Line) -> bool:
        """Whether a line is the first of several of running text."""
        following = self._next(line)
        if len(line.text) < 60 or following is None or starts(following, self.slots):
            return False
        return not self._label_duty(following.text) and not self.mentions.all(following.content, bare=True)

    def _in_item(self, line: Line) -> bool:
        """Whether the line goes on with a list item, in one paragraph with it."""
        passed = [line.number]
        previous = self.before.get(line.number)
        while previous and not starts(previous, self.slots) and previous.number not in self.within:
            passed.append(previous.number)
            previous = self.before.get(previous.number)
        inside = previous is not None and self.within.get(previous.number, previous.bullet)
        self.within.update(dict.fromkeys(passed, inside))
        return inside

    def _is_remark(self, line: Line) -> bool:
        """What stands below a heading and before its list, or in brackets."""
        following = self._next(line)
        return self._beside(line) or (self.lengths_only and following is not None and following.bullet)

    def _beside(self, line: Line) -> bool:
        """A remark in brackets."""
        return line.text.startswith("(") and line.text.endswith((")", ")."))

    def _take_imprint(self, line: Line, entry: EntryDraft) -> bool:
        """What stands below the last entry and names nobody."""
        words = split(line.text)
        kind, _, _ = self.words.kind(line.text, named=False)
        if kind is Kind.BREAK and not line.after_blank and not self.imprint:
            # "13:00 – 15:00 Cocktail", and below it "Lunch"
            self._untimed(line, "")
            return self._is_doubtful(line)
        opening = self.words.first(words[:6], ("imprint",))
        self.imprint.append(line.text)
        if (opening and opening[1] == 0) or len(self.imprint) > 1:
            return self._note(line, Taken.IMPRINT)
        self.problems.open(
            f"“{short(line.text)}” is taken for the imprint; it could be a last entry without its own time",
            self._at(line),
            "write the speaker, or TBC, below it if it is an entry",
            "agenda.doubtful-entry",
        )
        return self._note(line, Taken.IMPRINT, Sure.LIKELY, "or an entry without its own time")


def _is_prose(text: str) -> bool:
    return len(text) > 250 or (text.endswith((".", "?", "!")) and len(text.split()) >= 12)
