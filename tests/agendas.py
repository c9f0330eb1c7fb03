"""Agendas of every kind for hypothesis, with texts that notations trip over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from eventprint.event import (
    Cast,
    Day,
    Duty,
    Entry,
    Fact,
    Kind,
    Name,
    Online,
    Person,
    Service,
    Session,
    Sure,
    Time,
    Venue,
)
from eventprint.read.agenda import Agenda
from eventprint.read.language.names import slug, untitled

NASTY = (
    "a: b", "#c", "a #b", "- a", "'", '"', "say \"it's\"", "yes", "null", "1e3", "12:30", "2026-03-05", " a", "a ",
    "[a]", "{a}", "مرحبا بالعالم", "👩‍💻 Code: now", "TBC", "tba", "open", "Anna Berg, ETH", "Coffee", "Panel",
    "Registration", "&", "*a", "\\n", "%", "Lunch", "Closing", "A\u00a0B", "key", "<b>", "~", "|", ">",
    "x" * 130, "word " * 40 + "end",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
LINES = st.one_of(st.sampled_from(NASTY), st.text(LETTERS, min_size=1, max_size=20))
"""Texts of one line that say something."""
MAYBE = st.one_of(st.just(""), LINES)
PROSE = st.one_of(MAYBE, st.lists(MAYBE, min_size=2, max_size=5).map("\n".join)).map(str.strip)
TIMES = st.one_of(
    st.integers(0, 24 * 60 - 1).map(lambda minutes: Time(minutes, f"{minutes // 60:02}:{minutes % 60:02}")),
    st.builds(
        Time,
        st.integers(-12 * 60, 3 * 24 * 60),
        st.sampled_from(("1:30", "00:30", "9.45", "2 PM", "14h", "noon", "x (9:00)")),
    ),
    st.builds(Time, st.integers(0, 2 * 24 * 60), LINES),
)
ONLINE = st.sampled_from((None, True, False))
DATES = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))


def _person(number: int) -> st.SearchStrategy[Person]:
    names = st.one_of(
        st.sampled_from(("Anna Berg", "Dr. Anna Berg", "Carlos Díaz", "O'Neil, Kim", "李雷", "TBC", "Plato")), LINES
    )

    @st.composite
    def made(draw: st.DrawFn) -> Person:
        parts = draw(st.sampled_from(({}, {}, {"given": "Anna", "family": "Berg: von"}, {"sort": "Berg, Anna"})))
        full, simple = draw(names), draw(st.booleans())
        name = Name(full, **parts, family_first=bool(parts) and draw(st.booleans()), stated=bool(parts))
        key = draw(st.sampled_from((slug(untitled(full)) or full, f"key-{number}")))
        if simple:
            return Person(key, Name(full), draw(MAYBE))
        marks = draw(
            st.sampled_from(((), ("id:7",), ("id:x 1", "mail:0123456789abcdef"), ("mail:aa",), ("mail:a", "id:007")))
        )
        said: dict[str, Any] = {each: draw(MAYBE) for each in ("organisation", "position", "pronouns", "link")}
        return Person(
            key, name, **said, bio=draw(PROSE), online=draw(ONLINE), known_as=tuple(f"{m}{number}" for m in marks)
        )

    return made()


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Any agenda that a reader could make; places and coverage are empty."""
    cast_of = draw(st.tuples(*(_person(number) for number in range(draw(st.integers(0, 4))))))
    people = tuple({person.key: person for person in cast_of}.values())
    casts = st.just(())
    if people:
        one = st.builds(
            Cast, st.sampled_from([p.key for p in people]), st.sampled_from(Duty), sure=st.sampled_from(Sure)
        )
        certain = one.map(lambda cast: replace(cast, sure=Sure.CERTAIN))
        casts = st.lists(certain, max_size=3).map(tuple) | st.lists(one, max_size=4).map(tuple)

    @st.composite
    def entry(draw: st.DrawFn) -> Entry:
        end = draw(st.none() | TIMES)
        kind = draw(st.sampled_from(Kind))
        return Entry(
            draw(LINES), kind, draw(st.none() | TIMES), end, end is not None and draw(st.booleans()), draw(casts),
            draw(st.booleans()), draw(st.none() | st.sampled_from(Service)), draw(MAYBE), draw(PROSE), draw(ONLINE),
            draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE), sure=draw(st.sampled_from(Sure)),
            minutes=draw(st.sampled_from((0, 0, 30, 105))),
        )  # fmt: skip

    @st.composite
    def session(draw: st.DrawFn) -> Session:
        end = draw(st.none() | TIMES)
        return Session(
            draw(MAYBE), draw(MAYBE), tuple(draw(st.lists(entry(), max_size=3))), draw(casts), draw(MAYBE),
            draw(st.none() | TIMES), end, end is not None and draw(st.booleans()),
        )  # fmt: skip

    days = st.builds(Day, st.lists(entry() | session(), max_size=4).map(tuple), DATES, MAYBE)
    return Agenda(
        draw(MAYBE), draw(MAYBE), tuple(draw(st.lists(days, min_size=1, max_size=3))), draw(MAYBE),
        draw(st.builds(Venue, MAYBE, MAYBE, MAYBE, MAYBE)), draw(st.builds(Online, MAYBE, MAYBE, MAYBE)),
        tuple(draw(st.lists(LINES, max_size=2))), tuple(draw(st.lists(LINES, max_size=2))), draw(PROSE),
        tuple(draw(st.lists(st.builds(Fact, LINES, LINES), max_size=3))), draw(casts), draw(PROSE), people,
        draw(MAYBE), draw(MAYBE),
    )  # fmt: skip


def placeless(agenda: Agenda) -> Agenda:
    """The agenda without the places it was read from, and without its coverage."""

    def cast(each: tuple[Cast, ...]) -> tuple[Cast, ...]:
        return tuple(Cast(one.person, one.duty, sure=one.sure) for one in each)

    def entry(one: Entry) -> Entry:
        return replace(one, cast=cast(one.cast), place=Venue().place)

    def block(one: Entry | Session) -> Entry | Session:
        if isinstance(one, Entry):
            return entry(one)
        return replace(one, cast=cast(one.cast), entries=tuple(map(entry, one.entries)), place=Venue().place)

    return replace(
        agenda,
        days=tuple(replace(day, blocks=tuple(map(block, day.blocks)), place=Venue().place) for day in agenda.days),
        venue=replace(agenda.venue, place=Venue().place),
        online=replace(agenda.online, place=Venue().place),
        facts=tuple(Fact(fact.label, fact.text) for fact in agenda.facts),
        cast=cast(agenda.cast),
        people=tuple(replace(person, place=Venue().place) for person in agenda.people),
        coverage=(),
    )


def as_printed(agenda: Agenda) -> Any:
    """Everything an agenda says, the writing of each time included, which `Time` leaves out of comparisons."""

    def times(block: Entry | Session) -> Any:
        own = [(time.minutes, time.written) if time else None for time in (block.start, block.end)]
        return [own, [times(entry) for entry in block.entries]] if isinstance(block, Session) else own

    return placeless(agenda), [[times(block) for block in day.blocks] for day in agenda.days]
