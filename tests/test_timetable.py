"""The agenda as rows, and rows in a box: no time of its own, everything inside, what does not fit is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eventprint.colours import BLACK, Colour
from eventprint.event import Cast, Day, Duty, Entry, Event, Kind, Session, Time
from eventprint.geometry import Box, mm
from eventprint.page import Mark, Shape, Text
from eventprint.timetable import (
    Row,
    Setting,
    appearance_row,
    brief_row,
    day_rows,
    days_rows,
    in_room,
    may_fit,
    panel_rows,
    people_of,
    rooms_of,
    session_rows,
    session_title,
    set_cut,
    set_rows,
    time_range,
    with_shared_breaks,
)
from eventprint.words import words

EN = words("en")
NINE, TEN = Time(540, "9:00"), Time(600, "10:00")
ACCENT = Colour(0.8, 0.3, 0.1)
SETTING = Setting((12, 10, 8), "Fira Sans", BLACK, Colour(0.4, 0.4, 0.4), ACCENT)
BOX = Box(20, 30, 90 * mm, 60 * mm)
ROWS = (
    Row("09:45", "Registration and morning coffee", kind=Kind.BREAK),
    Row("", "Session I: The sea", ("Ada Lovelace, ETH",), None),
    Row("10:00", "Tides and what they leave behind on a beach of stones", ("Ben Berg",), inside=True),
    Row("", "Ships", ("Cora Dahl", "Dan Eck"), inside=True, mine=True),
)


@pytest.mark.parametrize(
    ("start", "end", "text"), [(NINE, TEN, "9:00–10:00"), (NINE, None, "9:00"), (None, TEN, ""), (None, None, "")]
)
def test_a_range_says_what_is_known(start: Time | None, end: Time | None, text: str) -> None:
    assert time_range(start, end) == text


@pytest.mark.parametrize(
    ("label", "title", "text"),
    [("Session I", "The sea", "Session I: The sea"), ("Session I", "", "Session I"), ("", "The sea", "The sea")],
)
def test_a_session_is_called_by_label_and_title(label: str, title: str, text: str) -> None:
    assert session_title(EN, Session(label, title)) == text


def test_at_a_glance_every_session_is_one_row(sample: Event) -> None:
    rows = day_rows(sample, EN, sample.days[0], full=False, people=False)
    assert [(row.time, row.title) for row in rows] == [
        ("09:45", "Registration and morning coffee"),
        ("10:00", "Welcome"),
        ("10:20", "Cross-regional collaboration in INNOSUP actions implemented under H2020 Programme"),
        ("10:30", "I3 – Interregional Innovation Investments Instrument"),
        ("10:50", "Coffee break"),
        (
            "11:00",
            "Session I: Interregional cooperation in the development of innovation eco-systems "
            "for raw materials sector",
        ),
        ("12:00", "Lunch break"),
        ("13:00", "Session II: Interregional cooperation in the frame of cluster activities"),
        ("14:00", "Coffee Break"),
        ("14:15", "Session III: Panel discussion"),
        ("15:30", "Closing remark"),
    ]


def _of_two_days(sample: Event) -> Event:
    person = sample.people[0].key
    second = Day((Entry("Tea", Kind.BREAK, NINE), Entry("Dunes", start=TEN, cast=(Cast(person),))), title="Day 2")
    return replace(sample, days=(Day((Entry("Tides", start=NINE),), title="Day 1"), second), cast=())


def test_several_days_stand_under_their_names_and_shrink_to_what_counts(sample: Event) -> None:
    event = _of_two_days(sample)
    made = days_rows(event, EN, event.days, mine=event.people[0].key, full=False, people=False)
    assert [[(row.time, row.title) for row in rows] for rows in made] == [
        [("", "Day 1"), ("9:00", "Tides"), ("", "Day 2"), ("9:00", "Tea"), ("10:00", "Dunes")],
        [("", "Day 1"), ("9:00", "Tides"), ("", "Day 2"), ("10:00", "Dunes")],
        [("9:00", "Day 1"), ("9:00", "Day 2"), ("10:00", "Dunes")],
    ]


def _of_two_rooms(sample: Event) -> Event:
    person = sample.people[0].key
    day = Day(
        (
            Entry("Opening", start=NINE),
            Entry("Tides", start=TEN, room="Hall"),
            Entry("Dunes", start=TEN, room="Attic", cast=(Cast(person),)),
            Entry("Ships", start=TEN, room="Cellar"),
            Entry("Tea", Kind.BREAK, start=Time(660, "11:00")),
            Session("Session 1", "", (Entry("Gulls", room="Hall"), Entry("Terns", room="Attic"))),
        ),
        title="Monday",
    )
    return replace(sample, days=(day,), cast=())


def test_one_day_needs_no_name_and_shrinks_to_what_counts(sample: Event) -> None:
    event = _of_two_rooms(sample)
    whole, nameless, glance, counted, least = days_rows(event, EN, event.days, mine=event.people[0].key)
    assert whole == day_rows(event, EN, event.days[0], mine=event.people[0].key)
    assert [row.title for row in nameless] == [row.title for row in whole]
    assert not any(row.people for row in nameless)
    assert [row.title for row in glance] == ["Opening", "Tides", "Dunes", "Ships", "Tea", "Session 1"]
    assert [(row.time, row.title, row.remark) for row in counted] == [
        ("9:00", "Opening", ""),
        ("10:00", "Dunes", "Attic"),
        ("", "2 in parallel", ""),
        ("11:00", "Tea", ""),
        ("", "Session 1", ""),
    ]
    assert [row.title for row in least] == ["Opening", "Dunes", "2 in parallel", "Session 1"]


def test_a_room_has_what_is_in_it_and_what_is_for_all(sample: Event) -> None:
    (day,) = _of_two_rooms(sample).days
    assert rooms_of(day) == ["Hall", "Attic", "Cellar"]
    assert [entry.title for entry in in_room(day, "Attic").entries()] == ["Opening", "Dunes", "Tea", "Terns"]
    assert [entry.title for entry in in_room(day, "Cellar").entries()] == ["Opening", "Ships", "Tea"]
    assert [rooms_of(day) for day in sample.days] == [[]]


def test_many_appearances_are_told_in_a_line_each(sample: Event) -> None:
    event = _of_two_days(sample)
    (one,) = event.appearances(event.people[0].key)
    assert brief_row(event, EN, one) == Row("Day 2 10:00", "Dunes")
    dated = replace(event, days=tuple(replace(day, date=date(2026, 5, 4 + n)) for n, day in enumerate(event.days)))
    assert brief_row(dated, EN, dated.appearances(event.people[0].key)[0]).time == "Tuesday 10:00"
    weeks = replace(dated, days=(dated.days[0], replace(dated.days[1], date=date(2026, 5, 11))))
    assert brief_row(weeks, EN, weeks.appearances(event.people[0].key)[0]).time == "11 May 2026 10:00"


@pytest.mark.parametrize("height", [5.0, 40.0, 55.0, 70.0])
def test_of_too_many_rows_the_first_are_set_and_the_rest_counted(height: float) -> None:
    box = replace(BOX, height=height)
    rows = [Row("", f"Talk {number}") for number in range(20)]
    assert not set_rows(rows, box, SETTING).fits
    made, left = set_cut(rows, box, SETTING, EN)
    said = [text.line.text for text in texts(made.marks)]
    assert said == [*(f"Talk {number}" for number in range(20 - left)), f"and {left} more"]
    assert made.fits is (height > 10)
    more = Row("", "and more", kind=Kind.BREAK)
    assert not set_rows([*rows[: 21 - left], more], box, replace(SETTING, sizes=SETTING.sizes[-1:])).fits


def test_an_appearance_at_an_event_of_several_days_says_its_day(sample: Event) -> None:
    event = _of_two_days(sample)
    (one,) = event.appearances(event.people[0].key)
    assert appearance_row(event, EN, one).remark == "Day 2"


def test_only_what_somebody_speaks_at_counts_as_a_talk(sample: Event) -> None:
    person = sample.people[0].key
    session = Session("Session 1", "Sea", (Entry("Tides", start=NINE, cast=(Cast(person),)), Entry("End of day 1")))
    (one,) = replace(sample, days=(Day((session,)),), cast=()).appearances(person)
    assert (one.number, one.of) == (1, 1)


def test_in_full_a_talk_without_a_time_gets_none(sample: Event) -> None:
    rows = session_rows(sample, EN, sample.days[0].sessions[0])
    assert [(row.time, row.kind, row.inside) for row in rows] == [
        ("", None, False),
        ("11:00", Kind.TALK, True),
        ("", Kind.TALK, True),
        ("", Kind.TALK, True),
    ]
    assert [row.people for row in rows[1:]] == [
        ("Speaker to be confirmed",),
        ("Kristiina Jokelainen, SmartNorth",),
        ("Meng-Chun Lee, GKZ",),
    ]


def test_somebody_s_own_items_are_marked_and_nobody_else_s(sample: Event) -> None:
    full = day_rows(sample, EN, sample.days[0], mine="valentina-pinna")
    assert [row.title for row in full if row.mine] == ["I3 – Interregional Innovation Investments Instrument"]
    glance = day_rows(sample, EN, sample.days[0], mine="meng-chun-lee", full=False)
    assert [(row.time, row.remark) for row in glance if row.mine] == [("11:00", "your talk, talk 3 of 3")]
    assert [row for row in day_rows(sample, EN, sample.days[0], mine="nobody") if row.mine] == []
    assert [row for row in day_rows(sample, EN, sample.days[0]) if row.mine] == []


def test_a_panel_that_is_its_session_shows_once_with_its_people(sample: Event) -> None:
    session = sample.days[0].sessions[2]
    (row,) = session_rows(sample, EN, session, mine="milena-stoyanova")
    assert (row.title, row.mine, row.remark) == ("Session III: Panel discussion", True, "")
    assert [row.title for row in panel_rows(sample, EN, session)] == [
        "Milena Stoyanova",
        "Antonio Novo Guerrero",
        "Kristiina Jokelainen",
    ]


def test_a_moderator_on_a_panel_is_named_as_such(sample: Event) -> None:
    session = replace(sample.days[0].sessions[2], cast=(Cast("meng-chun-lee", Duty.MODERATOR),))
    assert panel_rows(sample, EN, session)[0] == Row("", "Meng-Chun Lee", ("GKZ", "Moderator"))


def test_people_are_named_with_where_they_come_from(sample: Event) -> None:
    assert people_of(sample, [Cast("meng-chun-lee")]) == ("Meng-Chun Lee, GKZ",)
    bare = replace(sample, people=(replace(sample.person("meng-chun-lee"), organisation=""),))
    assert people_of(bare, [Cast("meng-chun-lee")]) == ("Meng-Chun Lee",)


def test_each_appearance_says_when_what_and_which_talk(sample: Event) -> None:
    rows = [appearance_row(sample, EN, one) for one in sample.appearances("kristiina-jokelainen")]
    assert [(row.time, row.people, row.remark) for row in rows] == [
        ("11:00–12:00", ("Speaker",), "Session I, talk 2 of 3"),
        ("14:15–15:30", ("Panellist",), "Session III"),
    ]


def test_a_duty_for_the_whole_event_has_no_time(sample: Event) -> None:
    (first, *_) = sample.appearances("santiago-cuesta-lopez")
    assert appearance_row(sample, EN, first) == Row("", "MINE.THE.GAP Workshop", ("Moderator",), Kind.OTHER)


def test_the_chair_of_a_session_has_its_times(sample: Event) -> None:
    chaired = Session("Session I", "The sea", (Entry("Tides"),), (Cast("meng-chun-lee", Duty.CHAIR),), "", NINE, TEN)
    event = replace(sample, cast=(), days=(replace(sample.days[0], blocks=(chaired,)),))
    (appearance,) = event.appearances("meng-chun-lee")
    assert appearance_row(event, EN, appearance) == Row("9:00–10:00", "Session I: The sea", ("Chair",), None)


def texts(marks: Sequence[Mark]) -> list[Text]:
    return [mark for mark in marks if isinstance(mark, Text)]


@pytest.mark.parametrize("beside", [0.0, 0.35])
@pytest.mark.parametrize("stretch", [1.0, 5.0])
def test_rows_stay_in_their_box(beside: float, stretch: float) -> None:
    made = set_rows(ROWS, BOX, replace(SETTING, beside=beside, stretch=stretch))
    assert made.fits
    assert made.height <= BOX.height + 0.01
    assert [text.line.text for text in texts(made.marks) if not BOX.contains(text.box, 0.5)] == []


def test_every_word_of_every_row_is_set() -> None:
    said = " ".join(text.line.text for text in texts(set_rows(ROWS, BOX, SETTING).marks))
    wanted = [word for row in ROWS for text in (row.time, row.title, *row.people) for word in text.split()]
    assert sorted(said.replace(";", "").split()) == sorted(wanted)


def test_the_largest_size_at_which_all_fit_is_taken() -> None:
    tall, small = Box(0, 0, BOX.width, 1000), Box(0, 0, BOX.width, set_rows(ROWS, BOX, SETTING).height - 1)
    assert set_rows(ROWS, tall, SETTING).size == 12
    assert set_rows(ROWS, small, SETTING).size < set_rows(ROWS, BOX, SETTING).size


def test_what_does_not_fit_at_the_floor_is_said() -> None:
    made = set_rows(ROWS, Box(0, 0, BOX.width, 10), SETTING)
    assert (made.fits, made.size) == (False, 8)


def test_no_text_is_under_six_and_a_half_points_unless_the_layout_says_so() -> None:
    made = set_rows(ROWS, BOX, replace(SETTING, sizes=(7,)))
    assert {text.size for text in texts(made.marks)} == {7, 6.5}


def test_gaps_grow_to_fill_the_box_and_no_further_than_allowed() -> None:
    tall = Box(0, 0, BOX.width, 400)
    plain, grown, most = (
        set_rows(ROWS, tall, replace(SETTING, stretch=stretch)).height for stretch in (1.0, 2.0, 1000.0)
    )
    assert plain < grown < most
    assert most == pytest.approx(400, abs=0.1)


def test_own_rows_have_a_bar_beside_them_and_no_other_row_has() -> None:
    made = set_rows(ROWS, BOX, SETTING)
    (bar,) = [mark for mark in made.marks if isinstance(mark, Shape) and mark.fill == ACCENT]
    (own,) = [text for text in texts(made.marks) if text.line.text == "Ships"]
    (other,) = [text for text in texts(made.marks) if text.line.text == "Ben Berg"]
    assert bar.box.right < own.x
    assert bar.box.y <= own.y <= bar.box.bottom
    assert not bar.box.y <= other.y <= bar.box.bottom


def test_no_rows_take_no_room() -> None:
    assert set_rows((), BOX, SETTING).marks == ()
    assert set_rows((), BOX, replace(SETTING, stretch=4)).height == 0


def _rooms(*blocks: tuple[str, str, Kind]) -> Event:
    entries = tuple(Entry(title, kind, NINE, TEN, True, room=room) for title, room, kind in blocks)
    return Event(Path(), "Harbour Days", days=(Day(entries),))


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ([("Coffee", "A", Kind.BREAK), ("Coffee", "B", Kind.BREAK)], [("Coffee", "")]),
        (
            [("Coffee", "A", Kind.BREAK), ("coffee", "B", Kind.BREAK), ("Tides", "C", Kind.TALK)],
            [("Coffee", "A, B"), ("Tides", "C")],
        ),
        ([("Coffee", "A", Kind.BREAK), ("Lunch", "B", Kind.BREAK)], [("Coffee", "A"), ("Lunch", "B")]),
        ([("Tides", "A", Kind.TALK), ("Tides", "B", Kind.TALK)], [("Tides", "A"), ("Tides", "B")]),
    ],
)
def test_a_break_that_every_room_has_is_printed_once(
    blocks: list[tuple[str, str, Kind]], left: list[tuple[str, str]]
) -> None:
    event = _rooms(*blocks)
    assert [(entry.title, entry.room) for entry in with_shared_breaks(event).entries()] == left
    assert [row.title for row in day_rows(event, EN, event.days[0])] == [title for title, _ in left]


def test_talks_side_by_side_say_where_they_are() -> None:
    event = _rooms(("Tides", "A", Kind.TALK), ("Ships", "B", Kind.TALK))
    assert [row.remark for row in day_rows(event, EN, event.days[0])] == ["A", "B"]
    alone = _rooms(("Tides", "A", Kind.TALK))
    assert [row.remark for row in day_rows(alone, EN, alone.days[0])] == [""]


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_what_cannot_fit_is_known_before_it_is_set(count: int) -> None:
    rows = [replace(row, title=row.title) for row in ROWS * count]
    tall = set_rows(rows, replace(BOX, height=1e6), SETTING)
    floor = replace(SETTING, sizes=SETTING.sizes[-1:])
    least = next(height for height in range(1, 100_000) if may_fit(rows, replace(BOX, height=height), floor))
    assert least <= set_rows(rows, replace(BOX, height=1e6), floor).height <= tall.height
    assert not may_fit(rows, replace(BOX, height=least - 2), SETTING)


def test_appearances_are_counted_among_the_talks_of_their_session() -> None:
    talks = tuple(Entry(title, cast=(Cast(who),)) for title, who in (("Tides", "a"), ("Ships", "b"), ("Tides", "a")))
    session = Session("I", "The sea", (talks[0], Entry("Coffee", Kind.BREAK), *talks[1:]), (Cast("c", Duty.CHAIR),))
    event = Event(Path(), "Harbour Days", days=(Day((session, Entry("Dinner", cast=(Cast("b"),)))),), cast=(Cast("c"),))
    assert [(a.number, a.of) for a in event.appearances("a")] == [(1, 3), (3, 3)]
    assert [(a.number, a.of) for a in event.appearances("b")] == [(2, 3), (1, 1)]
    assert [(a.entry, a.session is session) for a in event.appearances("c")] == [(None, False), (None, True)]
    assert event.appearances("nobody") == ()
