"""Lines of a text that name people, or say that they are still to be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...event import Cast, Duty, Fact, Sure, Taken
from ..drafts import EntryDraft
from ..language.lines import Line, Marked
from ..language.mentions import Mention
from ..language.vocabulary import split
from .billing import ALONE, is_quoted
from .entries import Entries
from .state import LABEL, starts

_OFFICE = "what the person above it is"


class People(Entries):
    """Who speaks, leads and sits on a panel."""

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
        if not any(known == key and does in (duty, None) for known, does, _ in target.cast):
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

    def _is_people(self, line: Line) -> bool:
        if self.label[1]:
            if self._people(line, line.content, bare=True):
                return self._note(line, Taken.PEOPLE)
            self.label = (None, False)
        entry = self.entry
        if entry is None or not entry.title or not self.begun:
            return False
        if line.content.is_link and self.words.is_one("link_word", split(line.text)[-1:]):
            return False
        if self._is_office(line, entry):
            return True
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

    def _is_office(self, line: Line, entry: EntryDraft) -> bool:
        """What somebody is, on the line below the name: `Anna Berg`, and then `Director of the Institute`."""
        above = self.before.get(line.number)
        if above is None or starts(line, self.slots) or not entry.cast or len(line.text) > 120:
            return False
        if is_quoted(line.text) or self._label_duty(line.text) or not line.text[0].isalnum():
            return False
        key, _, place = entry.cast[-1]
        person = self.casting.people[key]
        others = self.mentions.all(line.content, bare=True, many=True)
        office = bool(set(split(line.text)[:2]) & self.words.single("position"))
        office = office or (not others and self.mentions.is_organisation(line.text))
        if self.readings[above.number].note == _OFFICE:
            # A second line of it
            if others or not (office or above.text.endswith(",")):
                return False
            organisation = f"{person.organisation.rstrip(' ,;')}, {line.text.strip(' ,;')}"
            self.casting.people[key] = replace(person, organisation=organisation)
            return self._note(line, Taken.PEOPLE, Sure.LIKELY, _OFFICE)
        given = self.words.single("given_name")
        named = any(other.name.split()[0].casefold() in given for other in others)
        if place.line != above.number or person.organisation or named or not office:
            return False
        self.casting.add(Mention(person.name.full, line.text.strip(" ,;")), self._at(line))
        return self._note(line, Taken.PEOPLE, Sure.LIKELY, _OFFICE)

    def _is_talk_of(self, line: Line) -> bool:
        """A list item below a session that names who speaks, and the title is on the next line: a talk of its own."""
        following = self._next(line)
        if not self.session or following is None or starts(following, self.slots):
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
        if not known and self.mentions.strength(mention) < 2 and (self._among_things(line) or self._goes_on(line)):
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

    def _among_things(self, line: Line) -> bool:
        """Whether a list item stands beside one that is no name: `- Clear Skies` below `- Rain, and what it tells`."""
        beside = (self.before.get(line.number), self._next(line))
        items = [each for each in beside if each and each.bullet and each.indent == line.indent]
        return line.bullet and any(self.mentions.one(each.content, bare=True) is None for each in items)

    def _goes_on(self, line: Line) -> bool:
        """Whether the line is in one paragraph with an abstract above it."""
        above = self.before.get(line.number)
        return (
            above is not None and not starts(line, self.slots) and self.readings[above.number].taken is Taken.ABSTRACT
        )

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

    def _labelled(self, line: Line, entry: EntryDraft, duty: Duty, rest: Marked) -> None:
        """`14:15 Panel speakers:` — people follow, and the title is that of the session."""
        found = LABEL.match(rest.text)
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
