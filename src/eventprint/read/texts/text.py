"""Agendas as people write them in plain text or Markdown: one thing to a line, times in front, people below.

What a line is follows from its form and from where it stands. Every line is taken for something or passed over with a
reason; where two readings are possible the likelier one is used and the other is an open point.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ...event import Sure, Taken
from ...jsontext import objects
from ...problems import Problems
from ..agenda import Agenda, Source
from ..drafts import EntryDraft, finish
from ..language.lines import MAIL, SUBJECT, Line
from ..language.vocabulary import split
from .doubts import Doubts
from .paragraphs import SUBTITLE, Paragraphs

_HTML = frozenset(
    ("html", "head", "body", "div", "p", "style", "script", "link", "meta", "table", "h1", "h2", "h3", "ul", "ol", "br")
) | {
    "hr",
    "center",
    "a",
    "b",
    "i",
    "img",
    "span",
    "section",
    "article",
    "details",
    "strong",
    "em",
    "font",
    "pre",
    "title",
}
"""Tags with which a text with HTML in it may begin."""
_PAGE = re.compile(r"\s*<(?:%|\?php\b)|(?:[^<]|<(?!html\b))*<html\b", re.IGNORECASE)
"""How the source of a page begins that a program fills in, or in which something stands before the page."""


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
        page = bool(source.xml.fault) and _PAGE.match(source.text[:4000]) is not None
        return 0.2 if root is None or few or page or root.name.lower() in _HTML else 0.0
    return 0.2


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of a text."""
    met = Problems()
    agenda = _Reader(source, met).agenda()
    problems.add(*sorted(met.found, key=lambda problem: (problem.place.line, problem.place.column)))
    return agenda


class _Reader(Paragraphs, Doubts):
    """One pass over the lines: each is asked what it is, the surest forms first."""

    def agenda(self) -> Agenda:
        self._front_matter()
        for line in self.lines:
            self._take(line)
        self.tabled.finish(self.days)
        self._undated_days()
        self._subject()
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
            introduction="\n\n".join(map(" ".join, self.introduction)),
            facts=(*self.facts, *(self.spans if len(days) < 2 or any(day.date is None for day in days) else ())),
            cast=tuple(self.cast),
            imprint="\n".join(self.imprint),
            people=self.casting.finish(),
            coverage=(*(self.readings[line.number] for line in self.lines), *self._beyond()),
        )

    def _take(self, line: Line) -> None:
        """Ask what the line is, the surest forms first; the last question has an answer for everything."""
        if line.number in self.taken:
            self._note(line, Taken.SLOT, Sure.LIKELY, self.taken[line.number])
            return
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

    def _subject(self) -> None:
        """What a mail is about is the title of an agenda that has none."""
        heads = ((line, SUBJECT.match(line.raw)) for line in self.lines if line.aside == MAIL)
        for line, found in heads:
            if found and not self.title:
                self.title = found["value"].strip()
                self._note(line, Taken.TITLE, Sure.LIKELY, "the subject of a mail")

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
