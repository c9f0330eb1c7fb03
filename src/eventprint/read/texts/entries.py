"""Entries of a text: what stands in a line beside title, people, room and length."""

from __future__ import annotations

from ...event import Duty, Kind, Sure, Taken
from ...problems import Place
from ..drafts import EntryDraft
from ..language.lines import Line, short
from ..language.vocabulary import split
from .billing import ALONE, Dressed
from .dates import Dates
from .state import untitled


class Entries(Dates):
    """How an entry is opened and what it is given."""

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

    def _wear(self, line: Line, entry: EntryDraft, dressed: Dressed) -> None:
        """Give an entry its title and all that stands beside it."""
        entry.title, entry.title_column = untitled(dressed.title.text), dressed.title.column
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
                f"the speaker of “{short(entry.title)}” is to be confirmed",
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

    def _to_be_confirmed(self, line: Line, entry: EntryDraft, column: int, who: str, organisation: str = "") -> None:
        entry.open = True
        of = f" of “{short(entry.title)}”" if who.startswith("the ") else ""
        self.problems.open(
            f"{who}{of}{f', from {organisation},' if organisation else ''} is to be confirmed",
            self._at(line, column),
            "write “Name, Organisation” here when it is known; until then it is printed as open",
            "agenda.to-be-confirmed",
        )

    def _no_title(self, entry: EntryDraft) -> None:
        hint = "write what happens then after the time"
        self.problems.warning(f"{entry.start or 'an entry'} has no title", entry.place, hint, "agenda.no-title")

    def _is_kind(self, title: str) -> bool:
        """Whether a title says no more than what kind of talk it is: `Keynote 2`."""
        words = [word for word in split(title) if not word.isdigit()]
        return not words or self.words.is_one("talk_kind", words)

    def _is_sibling(self, line: Line, entry: EntryDraft) -> bool:
        """Whether a list item stands beside one that was taken for an entry for want of anything else."""
        return line.bullet and line.indent == entry.bullet and (id(entry) in self.doubts or id(entry) in self.listed)

    def _session_is_new(self) -> bool:
        items = self._the_day().items
        return bool(items) and items[-1] is self.session

    def _is_doubtful(self, line: Line) -> bool:
        """An entry without a time: an open point, unless it names people or is a break."""
        entry = self.entry
        assert entry is not None
        kind, _, certain = self.words.kind(entry.title, named=False)
        if entry.cast or (kind is Kind.BREAK and certain):
            return self._note(line, Taken.UNTIMED)
        entry.sure = Sure.DOUBTFUL
        self.doubts[id(entry)] = (entry, line.text, self._at(line))
        return self._note(line, Taken.UNTIMED, Sure.DOUBTFUL, "or a part of the entry above it")

    def _is_untimed_day(self, line: Line) -> bool:
        """Whether the day a line stands in has a heading, and no times."""
        day = self._the_day()
        if id(day) not in self.untimed_days:
            self.untimed_days[id(day)] = bool(day.place.line) and not day.items and self._is_without_times(line)
        return self.untimed_days[id(day)]

    def _is_without_times(self, line: Line) -> bool:
        """Whether no time comes before the next date; where no day has begun, no other heading either."""
        if self.days_begun:
            return not self.slots_between(line)
        following = self._next(line)
        while following and following.number not in self.slots:
            if self._is_dated(following) and (following.heading or following.content.bold):
                return True
            if following.heading:
                return False
            following = self._next(following)
        return False
