"""Agendas in plain words: forms of times, of days and of people that other tests do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventprint.event import Entry, Session
from eventprint.problems import Problems
from eventprint.read.agenda import Agenda, read_agenda


def reading(tmp_path: Path, text: str) -> tuple[Agenda, Problems]:
    file = tmp_path / "agenda.txt"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_agenda(file, problems, tmp_path), problems


def entries(agenda: Agenda) -> Iterator[Entry]:
    for day in agenda.days:
        for block in day.blocks:
            yield from block.entries if isinstance(block, Session) else (block,)


def times(agenda: Agenda) -> list[tuple[str, str, str]]:
    return [
        (str(entry.start), str(entry.end) if entry.end_stated else "", entry.title)
        for entry in entries(agenda)
        if entry.start
    ]


def cast(agenda: Agenda) -> dict[str, list[str]]:
    names = {person.key: person.name.full for person in agenda.people}
    return {entry.title: [names[member.person] for member in entry.cast] for entry in entries(agenda)}


def rules(problems: Problems) -> list[str]:
    return [problem.rule for problem in problems.found]


@pytest.mark.parametrize(
    "written",
    ["12 december 2025", "12. dezember 2025", "12 de diciembre de 2025", "12 dicembre 2025", "12 dezembro 2025"],
)
def test_a_month_may_begin_like_the_word_before_it(tmp_path: Path, written: str) -> None:
    agenda, _ = reading(tmp_path, f"Winter\n\n{written}\n\n10:00 Talk\n11:00 Talk\n")
    assert [str(day.date) for day in agenda.days] == ["2025-12-12"]


def test_hours_alone_are_times_where_the_text_writes_them_so(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Meeting\n\n9 – 10 Welcome\n10 – 12 Talks\n12 – 1 Lunch\n1 – 3 Talks\n")
    assert times(agenda) == [
        ("9", "10", "Welcome"),
        ("10", "12", "Talks"),
        ("12", "1", "Lunch"),
        ("1", "3", "Talks"),
    ]
    assert [entry.start.minutes // 60 for entry in entries(agenda) if entry.start] == [9, 10, 12, 13]


def test_figures_before_a_line_are_no_hours_by_themselves(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Meeting\n\n10:00 Games\n- 3-4 people in a group\n- 2-3 rounds\n11:00 Talk\n")
    assert times(agenda) == [("10:00", "", "Games"), ("11:00", "", "Talk")]


@pytest.mark.parametrize("noon", ["Noon: Lunch", "12 noon Lunch", "Midi : Lunch", "Mezzogiorno – Lunch"])
def test_noon_is_a_time(tmp_path: Path, noon: str) -> None:
    agenda, _ = reading(tmp_path, f"Meeting\n\n10:00 – noon Talk\n{noon}\n13:00 Talk\n")
    assert [(entry.start.minutes, entry.title) for entry in entries(agenda) if entry.start] == [
        (600, "Talk"),
        (720, "Lunch"),
        (780, "Talk"),
    ]


def test_a_title_may_begin_with_the_word_for_an_end(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Journée\n\n9h00 - Accueil\n15h30 - Fin des journées\n16h00 - fin\n")
    assert [title for _, _, title in times(agenda)][:2] == ["Accueil", "Fin des journées"]


def test_times_at_the_end_need_no_sign_before_them(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Workshop\n\n10:00-11:00 Talk\n\n**Coffee break 11.00-11.30**\n\n11:30-12:00 Talk\n")
    assert times(agenda)[1] == ("11.00", "11.30", "Coffee break")


def test_a_backslash_that_breaks_a_line_is_no_part_of_it(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "# Workshop\n\n10:00 Tides of the north\\\nAnna Berg, ETH\n\n11:00 Talk\n")
    assert cast(agenda)["Tides of the north"] == ["Anna Berg"]


@pytest.mark.parametrize("room", ["Visboekzaal B", "Tagungssaal", "Vergaderkamer 3", "Turnhalle"])
def test_rooms_may_be_written_as_one_word(tmp_path: Path, room: str) -> None:
    agenda, _ = reading(tmp_path, f"Workshop\n\n10:00 Welcome ({room})\n11:00 Talk\n")
    assert next(entries(agenda)).room == room
    assert not agenda.people


def test_several_authors_before_a_stop_are_believed(tmp_path: Path) -> None:
    text = "Workshop\n\n* 9:00-10:30 Session 1\n    * Bent Ulv, Mira Falk, Sten Ask and Gerd Holm. _When tides meet_.\n"
    text += "    * Invited talk – Matti Mo (HCL). _Tools for ships_.\n* 10:30 coffee\n"
    agenda, _ = reading(tmp_path, text)
    assert cast(agenda) == {
        "When tides meet.": ["Bent Ulv", "Mira Falk", "Sten Ask", "Gerd Holm"],
        "Tools for ships.": ["Matti Mo"],
        "coffee": [],
    }


def test_things_of_one_kind_are_not_people(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Journée\n\n9h00 Prospective (Réalité Virtuelle, Réalité Augmentée)\n10h00 Pause\n")
    assert not agenda.people


@pytest.mark.parametrize(
    ("line", "title", "people"),
    [
        ("Anna Berg (ETH), Tides and ships", "Tides and ships", ["Anna Berg"]),
        ("Ruimte voor de rivier, Jan van den Berg (Rijkswaterstaat)", "Ruimte voor de rivier", ["Jan van den Berg"]),
        ("Tides of the north, Anna Berg, Tom Hardy (ETH)", "Tides of the north", ["Anna Berg", "Tom Hardy"]),
        ("dr Anna Nowak (Politechnika Gdańska) – Rzeki miejskie", "Rzeki miejskie", ["dr Anna Nowak"]),
        ("Otwarcie konferencji – prof. dr hab. Jan Kowalski", "Otwarcie konferencji", ["prof. dr hab. Jan Kowalski"]),
        ("Conférence de Jeanne Petit (EHESS) : « Marcher, écrire »", "Marcher, écrire", ["Jeanne Petit"]),
        ("Welkom door dagvoorzitter Marieke de Vries", "Welkom", ["Marieke de Vries"]),
        ("기조강연: 마을과 축제 / 이영희 교수(서울대학교)", "기조강연: 마을과 축제", ["이영희"]),
        ("開会挨拶　山田太郎（東京大学）", "開会挨拶", ["山田太郎"]),
        ("パネルディスカッション　司会：高橋健", "パネルディスカッション", ["高橋健"]),
        ("Kompost i praksis. Ingrid Dahl, Bondelaget", "Kompost i praksis", ["Ingrid Dahl"]),
        ("Side channels by Jo Van Bulck (KU Leuven, Belgium)", "Side channels", ["Jo Van Bulck"]),
        ("Table ronde animée par Sophie Bernard", "Table ronde", ["Sophie Bernard"]),
    ],
)
def test_who_speaks_stands_beside_the_title_in_many_forms(
    tmp_path: Path, line: str, title: str, people: list[str]
) -> None:
    agenda, _ = reading(tmp_path, f"Meeting\n\n9:00 {line}\n12:00 Lunch\n")
    assert cast(agenda)[title] == people


def test_names_of_three_letters_in_a_list_are_kept(tmp_path: Path) -> None:
    text = "Meeting\n\n9:00 Panel: who pays?\nPanellists: Ole Moe (DMI), Jan Doe (Defra), Li Wei (Tongji University)\n"
    agenda, _ = reading(tmp_path, text)
    assert cast(agenda)["Panel: who pays?"] == ["Ole Moe", "Jan Doe", "Li Wei"]


def test_one_word_with_people_twice_is_left_in_the_title(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "Day out\n\n13.30 Visits: group A with Joe Black, group B with Kim White\n15.30 Tea\n"
    )
    assert cast(agenda) == {"Visits: group A with Joe Black, group B with Kim White": [], "Tea": []}


def test_a_bare_hour_in_a_column_of_times_is_a_time(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "Meeting\n\n9.30     Update\n10.15    Talk\n11       Budget 2026\n11.45    Lunch\n4        AOB\n"
    )
    assert [title for _, _, title in times(agenda)] == ["Update", "Talk", "Budget 2026", "Lunch", "AOB"]


@pytest.mark.parametrize(
    "line",
    [
        "Friday, 6 March 2026, Town Hall, Room 2",
        "Freitag, den 6. März 2026",
        "Vendredi 6 mars 2026 – Université Lyon 2",
        "Venerdì 6 marzo 2026, ore 9.30",
        "fredagen den 6 mars 2026 kl 9-16",
    ],
)
def test_the_date_below_the_title_is_that_of_the_day(tmp_path: Path, line: str) -> None:
    agenda, problems = reading(tmp_path, f"Meeting\n{line}\n\n9.30 Talk\n11.00 Talk\n")
    assert [str(day.date) for day in agenda.days] == ["2026-03-06"]
    assert not problems.found


def test_a_letter_around_the_agenda_is_no_part_of_it(tmp_path: Path) -> None:
    text = "Dear all,\n\nbelow is the agenda for our meeting on Thursday 12 March 2026.\n\nSpring Meeting\n\n"
    text += "9.00\tCoffee\n9.30\tTalk\n\nBest regards,\nSally\n"
    agenda, problems = reading(tmp_path, text)
    assert (agenda.title, agenda.imprint) == ("Spring Meeting", "")
    assert str(agenda.days[0].date) == "2026-03-12"
    assert rules(problems) == ["agenda.passed-over", "agenda.passed-over"]


def test_names_below_titles_are_believed_where_three_stand_alike(tmp_path: Path) -> None:
    text = "Workshop\n\n14:00-15:00 Poster session\n\n"
    text += (
        "  _Tides of the north_\\\n  Elie Hajar\n\n  _Accuracy, Generality: a study_\\\n  Mayte Lau and Zhai Bao\n\n"
    )
    text += "  _Ships of the south_\\\n  Pran Madhya\n\n15:00 Close\n"
    agenda, problems = reading(tmp_path, text)
    assert cast(agenda) == {
        "Poster session": [],
        "Tides of the north": ["Elie Hajar"],
        "Accuracy, Generality: a study": ["Mayte Lau", "Zhai Bao"],
        "Ships of the south": ["Pran Madhya"],
        "Close": [],
    }
    assert rules(problems) == ["agenda.shared-start"]


def test_what_stands_below_a_heading_with_a_time_belongs_to_it(tmp_path: Path) -> None:
    text = "# Workshop\n\n## 10:00–11:00 | Hands-on\n**Lead:** Ben / Alex\n\n### Objective\nFrom data to results.\n\n"
    text += "### Part 1 — Preparing\n- Load tables\n- Read QC (FastQC, MultiQC)\n\n## 11:00–11:15 | Coffee\n"
    text += "\n## 11:15 | End\n"
    agenda, problems = reading(tmp_path, text)
    assert [entry.title for entry in entries(agenda)] == ["Hands-on", "Coffee", "End"]
    assert cast(agenda)["Hands-on"] == ["Ben", "Alex"]
    assert not problems.found


def test_a_list_below_a_time_is_one_open_point(tmp_path: Path) -> None:
    text = "Workshop\n\n10:00 Posters\n\nTides of the north\n\nShips of the south\n\nWinds of the west\n\n12:00 Lunch\n"
    _, problems = reading(tmp_path, text)
    assert rules(problems) == ["agenda.shared-start"]


def test_part_of_the_day_is_no_entry(tmp_path: Path) -> None:
    text = "# Journées\n\n## 24 juin 2024\n\n- 17h00 - Séminaire\n\n#### Soirée\n- 19h30: Repas\n"
    text += "\n## 25 juin 2024\n- 9h00 X\n"
    agenda, _ = reading(tmp_path, text)
    assert [entry.title for entry in entries(agenda)] == ["Séminaire", "Repas", "X"]


def test_a_list_below_a_session_is_read_item_by_item(tmp_path: Path) -> None:
    text = (
        "# Kurs\n\n- **9:00 - 10:30 Uhr: Block 1**\n  - Formulare\n  - MVVM\n  - Dependency Injection\n- 10:30 Pause\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert [entry.title for entry in entries(agenda)] == ["Formulare", "MVVM", "Dependency Injection", "Pause"]
    assert not agenda.people
    assert rules(problems) == ["agenda.shared-start"]


def test_a_weekday_or_a_date_before_each_time_tells_the_day(tmp_path: Path) -> None:
    text = "Timetable\n\nSunday 13.00 - 16.30 Registration\nSunday 17.00 - 18.00 Talk\nMonday 9.00 - 10.00 Tides\n"
    text += "Tue 5 May 2026, 9.00 Ships\nTue 5 May 2026, 10.00 Close\n"
    agenda, _ = reading(tmp_path, text)
    assert [(str(day.date), day.title, len(day.blocks)) for day in agenda.days] == [
        ("2026-05-03", "", 2),
        ("2026-05-04", "", 1),
        ("2026-05-05", "", 2),
    ]


def test_rooms_and_days_in_japanese(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "# 会\n\n## 1日目\n\n* 10:00 - 11:25 開会 (大展示ホール1F)\n* 11:25 - 12:10 話 (D会議室6F)\n"
    )
    assert [entry.room for entry in entries(agenda)] == ["大展示ホール1F", "D会議室6F"]
    assert [day.title for day in agenda.days] == ["1日目"]


def test_hours_alone_stand_among_times(tmp_path: Path) -> None:
    text = "Training\n\n10:00 - 12:00 Session 1\n12-13 lunch-break\n13:00 - 13:15 Review\n13:30 - 15:30 Session 2\n"
    agenda, _ = reading(tmp_path, text)
    assert ("12", "13", "lunch-break") in times(agenda)


def test_an_organisation_and_its_country_are_nobody(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "Workshop\n\n9:00 Side channels (KU Leuven, Belgium)\n10:00 Coffee\n")
    assert not agenda.people


def test_how_long_and_where_to_read_more_are_no_organisations(tmp_path: Path) -> None:
    text = (
        "# Day\n\n10:00 Tides (Anna Berg, 10 min)\n11:00 Ships\nTom Hardy ([slides](a.pdf), [old slides](b.pdf))\n"
        "12:00 Winds - *Ole Bull* ([slides](c.pdf))\n13:00 Rain (Ida Holm, University of Oslo, 20 minutes)\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Anna Berg", ""),
        ("Tom Hardy", ""),
        ("Ole Bull", ""),
        ("Ida Holm", "University of Oslo"),
    ]
    assert [entry.minutes for entry in entries(agenda)] == [10, 0, 0, 20]


def test_the_end_of_a_link_parts_a_title_from_who_speaks(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 [Tides of the north](tides.html) Anna Berg\n11:00 [Ships](s.html) and more\n"
    agenda, _ = reading(tmp_path, text)
    assert cast(agenda) == {"Tides of the north": ["Anna Berg"], "Ships and more": []}


def test_a_link_behind_a_dash_and_in_brackets_is_no_part_of_the_title(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 Tides - [slides](a.pdf)\n11:00 Final project - presentation\n12:00 Ships [[pptx](b.pptx)]\n"
    agenda, _ = reading(tmp_path, text)
    assert [entry.title for entry in entries(agenda)] == ["Tides", "Final project - presentation", "Ships"]


def test_a_question_mark_behind_a_name_says_that_the_person_is_open(tmp_path: Path) -> None:
    agenda, problems = reading(tmp_path, "# Day\n\n10:00 Tides (Anna Berg?)\n11:00 Ships (Tom Hardy)\n")
    assert cast(agenda) == {"Tides": ["Anna Berg"], "Ships": ["Tom Hardy"]}
    assert [(problem.place.line, problem.rule) for problem in problems.found] == [(3, "agenda.to-be-confirmed")]


def test_mail_addresses_stand_beside_names(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 Tides\nSpeakers: Anna Berg <anna@example.org>, Tom Hardy <tom@example.org>\n"
    agenda, problems = reading(tmp_path, text)
    assert (cast(agenda), problems.found) == ({"Tides": ["Anna Berg", "Tom Hardy"]}, [])


def test_brackets_in_a_title_make_no_people_of_it(tmp_path: Path) -> None:
    text = (
        "# Day\n\n- 10:00 Search of Text (Formulas and Words) over Open Archives (for example one)\n"
        "- 11:00 Reading Minds (#1773)\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert agenda.people == ()


def test_what_ends_like_a_room_is_nobody(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "# Day\n\n10:00 Grand Old Ballroom - Welcome dance\n11:00 Mike Halle - Tides\n")
    assert [person.name.full for person in agenda.people] == ["Mike Halle"]


@pytest.mark.parametrize("written", ["16:00 to ? - Games", "16:00 until late: Games", "16:00 – late Games"])
def test_an_end_may_be_open(tmp_path: Path, written: str) -> None:
    agenda, _ = reading(tmp_path, f"# Day\n\n15:00 Tea\n{written}\n")
    assert times(agenda)[-1] == ("16:00", "", "Games")


def test_a_point_for_the_dash_of_a_range_is_no_time(tmp_path: Path) -> None:
    _, problems = reading(tmp_path, "# Day\n\n- 12.00-13.15 Lunch\n- 13.15.13.45 Questions\n- 14.00-15.00 Talks\n")
    assert [(str(problem.place), problem.rule) for problem in problems.found] == [("agenda.txt:4:3", "agenda.time")]


def test_a_postcode_is_no_time(tmp_path: Path) -> None:
    _, problems = reading(tmp_path, "# Day\n\nTown hall\n0373 Oslo\n\n## Programme\n\n10:00 Tides\n11:00 Ships\n")
    assert "agenda.time" not in rules(problems)


def test_a_year_may_follow_its_month_with_of(tmp_path: Path) -> None:
    agenda, problems = reading(
        tmp_path, "# Day\n\n## Session, Thursday July 16th of 2020\n\n10:00 Tides\n11:00 Ships\n"
    )
    assert ([str(day.date) for day in agenda.days], problems.found) == (["2020-07-16"], [])


def test_a_session_without_entries_stays_where_it_stands(tmp_path: Path) -> None:
    lines = ["10:00 Session 1", "Tides, Anna Berg", "11:00 Break", "12:00 Session 2", "13:00 Lunch", "14:00 Session 3"]
    text = "# Day\n\n" + "\n\n".join(lines) + "\n"
    agenda, _ = reading(tmp_path, text)
    assert [str(block.start) for block in agenda.days[0].blocks] == ["10:00", "11:00", "12:00", "13:00", "14:00"]


def test_a_quoted_heading_is_a_heading(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 Tides (Anna Berg)\n11:00 Ships (Tom Hardy)\n\n> ## What to bring\n>\n> Bread and water.\n"
    agenda, _ = reading(tmp_path, text)
    assert [entry.abstract for entry in entries(agenda)] == ["", ""]


def titles(agenda: Agenda) -> list[str]:
    return [entry.title for entry in entries(agenda)]


def blocks(agenda: Agenda) -> list[tuple[str, str, list[str]]]:
    sessions = (block for day in agenda.days for block in day.blocks if isinstance(block, Session))
    return [(block.label, block.title, [entry.title for entry in block.entries]) for block in sessions]


def test_a_list_item_without_a_time_beside_timed_ones_is_an_entry(tmp_path: Path) -> None:
    text = "# Day\n\n- 10:00 Tides\n- break\n- 11:00 Ships\n- Work on the boats\n  - bring gloves\n- 12:00 Close\n"
    text += "- The bar stays open\n"
    agenda, problems = reading(tmp_path, text)
    assert titles(agenda) == ["Tides", "break", "Ships", "Work on the boats", "Close"]
    assert [entry.abstract for entry in entries(agenda)][3:] == ["bring gloves", "The bar stays open"]
    assert (6, "agenda.doubtful-entry") in [(problem.place.line, problem.rule) for problem in problems.found]


def test_list_items_over_lists_of_times_are_sessions(tmp_path: Path) -> None:
    text = (
        "# Day\n\n- Session I\n\n  - 10:00 Tides\n  - 11:00 Lunch\n\n- Session II\n  - 12:00 Ships\n\n"
        "- Evening\n  - 18:00 Songs\n- Boat trip\n  - 20:00 To the lighthouse\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert blocks(agenda) == [
        ("Session I", "", ["Tides", "Lunch"]),
        ("Session II", "", ["Ships"]),
        ("", "Evening", ["Songs"]),
        ("", "Boat trip", ["To the lighthouse"]),
    ]
    assert (titles(agenda), problems.found) == (["Tides", "Lunch", "Ships", "Songs", "To the lighthouse"], [])


def test_lengths_alone_make_an_agenda(tmp_path: Path) -> None:
    text = (
        "Board meeting - 2026-05-04\n\n1. Call to order (2 min)\n2. Minutes of the last meeting (5 min)\n"
        "3. Report of the treasurer (15 min)\n   - the roof\n4. ~30 min - The new harbour (Anna Berg)\n"
        "5. Any other business\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert [(entry.title, entry.minutes) for entry in entries(agenda)] == [
        ("Call to order", 2),
        ("Minutes of the last meeting", 5),
        ("Report of the treasurer", 15),
        ("The new harbour", 30),
        ("Any other business", 0),
    ]
    assert ([str(day.date) for day in agenda.days], rules(problems)) == (["2026-05-04"], ["agenda.no-date"])


def test_lengths_in_headings_and_below_headings(tmp_path: Path) -> None:
    text = (
        "# Working group\n\n## Tuesday, 3 March 2026\n\n13:30-15:30 Afternoon session, Hall 1\n\n### Opening\n\n"
        "* 2 min - Scribes\n* 3 min - Agenda\n\n### Drafts\n\n* 15 min - Tides - *Anna Berg* ([slides](a.pdf))\n\n"
        "### If time permits\n\n* Ships - *Tom Hardy*\n\n## Wednesday, 4 March 2026\n\n### 10min Opening (Chairs)\n\n"
        "[Slides](b.pdf)\n\n### 20min Winds (Anna & Tom)\n\nA long story.\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-03-03", "2026-03-04"]
    assert blocks(agenda) == [
        ("", "Opening", ["Scribes", "Agenda"]),
        ("", "Drafts", ["Tides"]),
        ("", "If time permits", ["Ships"]),
    ]
    assert [(entry.title, entry.minutes, entry.abstract) for entry in agenda.days[1].entries()] == [
        ("Opening (Chairs)", 10, ""),
        ("Winds", 20, "A long story."),
    ]
    assert [(person.name.full) for person in agenda.people] == ["Anna Berg", "Tom Hardy", "Anna", "Tom"]


def test_a_year_that_stands_elsewhere_is_the_year_of_the_days(tmp_path: Path) -> None:
    text = (
        "# School\n\n## When\n\nWednesday June 12th - Friday June 14th 2019\n\n## Programme\n\n"
        "### Wednesday, June 12th\n\n"
        "- 10:00 Tides\n\n### Thursday, June 13th\n\n- 10:00 Ships\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert ([str(day.date) for day in agenda.days], problems.found) == (["2019-06-12", "2019-06-13"], [])


def test_weekdays_and_numbered_days_are_dated_by_the_other_dates(tmp_path: Path) -> None:
    weekdays = "# F2F\n\n## Monday 9 September 2019\n\n* 10:00 Tides\n\n## Tuesday\n\n* 10:00 Ships\n\n"
    weekdays += "## Friday (Hall 1)\n\n* 10:00 Winds\n"
    agenda, problems = reading(tmp_path, weekdays)
    assert [(str(day.date), day.title) for day in agenda.days] == [
        ("2019-09-09", ""),
        ("2019-09-10", ""),
        ("2019-09-13", "Hall 1"),
    ]
    assert [(str(problem.place), problem.rule) for problem in problems.found] == [("agenda.txt:7:4", "agenda.no-date")]
    numbered = "# Course\n\n27th - 28th March 2019\n\n_Day 1_\n\n10:00 Tides\n\n_Day 2_\n\n10:00 Ships\n"
    agenda, problems = reading(tmp_path, numbered)
    assert [(str(day.date), day.title) for day in agenda.days] == [("2019-03-27", "Day 1"), ("2019-03-28", "Day 2")]
    assert rules(problems) == ["agenda.no-date"]


def test_days_without_times_below_the_last_time_are_days(tmp_path: Path) -> None:
    text = (
        "# School\n\n## Monday, 4 May 2026\n\n- 10:00 Tides\n- 11:00 Ships\n\n## Tuesday, 5 May 2026\n\n"
        "- Work on the boats\n- A walk to the lighthouse\n\n## Venue\n\nThe old harbour.\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert [[entry.title for entry in day.entries()] for day in agenda.days] == [
        ["Tides", "Ships"],
        ["Work on the boats", "A walk to the lighthouse"],
    ]


def test_a_heading_about_rooms_ends_the_agenda(tmp_path: Path) -> None:
    text = (
        "# Talks\n\n## Agenda\n\n### Monday, 4 May 2026\n\n- 10:00 Tides\n- 11:00 Ships\n\n## Booked rooms\n\n"
        "- Monday, 4 May 2026\n  - Hall 1, 12:00-18:00\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert (len(agenda.days), titles(agenda)) == (1, ["Tides", "Ships"])


def test_a_sentence_that_runs_on_with_a_time_is_no_entry(tmp_path: Path) -> None:
    text = "# Talks\n\nThe sessions are on two days in the big hall, from 16:30 to\n17:10. Bring your own chair.\n\n"
    text += "- 16:30 Tides\n- 17:00 Ships\n"
    agenda, _ = reading(tmp_path, text)
    assert titles(agenda) == ["Tides", "Ships"]


def test_things_in_a_list_are_no_people(tmp_path: Path) -> None:
    text = "# Day\n\n- 10:00 Controls\n  - Feature policy, and what it costs\n  - Cookie Controls\n- 11:00 Ships\n"
    agenda, _ = reading(tmp_path, text)
    assert agenda.people == ()


def test_sessions_under_a_heading_are_its_entries(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 Welcome\n\n### Boats in the small hall\n\n11:00 Session 1\n\n12:00 Lunch\n\n"
    text += "13:00 Session 2:\nOf oars\n"
    agenda, problems = reading(tmp_path, text)
    assert blocks(agenda) == [("", "Boats in the small hall", ["Session 1", "Lunch", "Session 2: Of oars"])]
    assert problems.found == []


def test_three_names_are_people_where_one_of_them_is_told(tmp_path: Path) -> None:
    agenda, _ = reading(tmp_path, "# Day\n\n10:00 Tides (Zora Quill, Anna Berg, Oro Venn)\n11:00 Ships (Zora Quill)\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Zora Quill", ""),
        ("Anna Berg", ""),
        ("Oro Venn", ""),
    ]


def test_hours_with_a_point_and_a_dash_are_times(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "# Day\n\n- **9.30** - morning sessions begin\n- **11.00** - coffee\n- **11.30** - more\n"
    )
    assert [start for start, _, _ in times(agenda)] == ["9.30", "11.00", "11.30"]


def test_headings_between_equals_signs(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "Call\n\n== Agenda ==\n\n10:00 Tides\n11:00 Ships\n\n=== Where ===\n\nThe old harbour.\n"
    )
    assert (agenda.title, [entry.abstract for entry in entries(agenda)]) == ("Call", ["", ""])


def test_a_link_at_the_end_is_no_part_of_the_title(tmp_path: Path) -> None:
    text = "# Day\n\n* 10:00 Tides [slides](a.pdf) - Anna Berg\n* 11:00 Ships - [slides](b.pdf) _Tom Hardy_\n"
    text += "* 12:00 Open issues. [pdf](c)\n"
    agenda, _ = reading(tmp_path, text)
    assert cast(agenda) == {"Tides": ["Anna Berg"], "Ships": ["Tom Hardy"], "Open issues.": []}


def test_headings_with_lengths_hold_the_lists_below_them(tmp_path: Path) -> None:
    text = (
        "# Group\n\n## Time and date\n\n* Wednesday, November 9, 2022, 09:30 - 11:30 (UTC), Session I\n\n## Links\n\n"
        "* [Notes](n)\n\n## Opening (5 minutes)\n\n* Scribes\n\n## Boats (30 minutes)\n\n"
        "- [Tides](t) - _Anna Berg_, 10 minutes\n- [Ships](s) - _Tom Hardy_, 5 minutes\n\n"
        "## Winds\n\n*20 minutes*\n\nA talk.\n\n## Charter (30 minutes)\n\n- Chairs\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert blocks(agenda) == [("", "Boats", ["Tides", "Ships"])]
    assert [(entry.title, entry.minutes) for entry in entries(agenda)] == [
        ("Session I", 0),
        ("Opening", 5),
        ("Tides", 10),
        ("Ships", 5),
        ("Winds", 20),
        ("Charter", 30),
    ]
    assert rules(problems) == ["agenda.passed-over"]


def test_lengths_at_the_ends_of_lines_make_an_agenda(tmp_path: Path) -> None:
    text = "Opening, and so on          ( 5 mins)\nProblem summary             ( 5 mins)\n"
    text += "What to do                  (20 mins)\n"
    agenda, _ = reading(tmp_path, text)
    assert [(entry.title, entry.minutes) for entry in entries(agenda)] == [
        ("Opening, and so on", 5),
        ("Problem summary", 5),
        ("What to do", 20),
    ]


def test_a_time_in_brackets_may_stand_before_another_bracket(tmp_path: Path) -> None:
    text = "# 2026-03-23 Agenda\n\n## Greetings (~6:30pm)\n\n## Short talks (~7:20pm) (optional)\n\n"
    text += "## Music\n\n## End (~8pm)\n"
    agenda, problems = reading(tmp_path, text)
    assert [(str(day.date), day.title) for day in agenda.days] == [("2026-03-23", "")]
    assert [(str(entry.start or ""), entry.title) for entry in entries(agenda)] == [
        ("6:30pm", "Greetings"),
        ("7:20pm", "Short talks (optional)"),
        ("", "Music"),
        ("8pm", "End"),
    ]
    assert (7, "agenda.doubtful-entry") in [(problem.place.line, problem.rule) for problem in problems.found]


def test_a_session_over_a_list_holds_the_whole_list(tmp_path: Path) -> None:
    text = (
        "# Day\n\nSession I\n\n- 10:00 - 10:15 Registration\n- 10:15 - 11:00 Tides\n- 11:00 - 11:30 Coffee break\n"
        "- 11:30 - 12:00 Ships\n\nSession II\n\n- 13:00 - 14:00 Winds\n- 14:00 - 14:30 Tea break\n- 14:30 - 15:00 Ice\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert blocks(agenda) == [
        ("Session I", "", ["Registration", "Tides", "Coffee break", "Ships"]),
        ("Session II", "", ["Winds", "Tea break", "Ice"]),
    ]


def test_days_without_times_above_the_first_time_are_days(tmp_path: Path) -> None:
    text = (
        "# Camp\n\nCome all.\n\n**Wed Feb 10 2027**\n\n- **Daytime**: Prepare the barn\n- **Evening**: Songs\n\n"
        "**Thu Feb 11 2027**\n\n- **4pm**: Start\n- **7pm**: Dance\n\n"
        "**Fri Feb 12 - Sat Feb 13 2027**\n\n- **Mornings**: Walks\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert [(str(day.date), [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("2027-02-10", ["Daytime: Prepare the barn", "Evening: Songs"]),
        ("2027-02-11", ["Start", "Dance"]),
        ("2027-02-12", ["Mornings: Walks"]),
    ]


def test_a_heading_with_the_span_of_the_event_is_its_title(tmp_path: Path) -> None:
    text = "Harbour meeting, July 13-14, 2015\n====\n\nLogistics\n---\n\nBring bread.\n\n"
    text += "July 13\n===\n\n10:00 Tides\n11:00 Ships\n"
    agenda, _ = reading(tmp_path, text)
    assert (agenda.title, [str(day.date) for day in agenda.days]) == (
        "Harbour meeting, July 13-14, 2015",
        ["2015-07-13"],
    )


def test_a_word_and_a_letter_in_brackets_are_nobody(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "# Day\n\n10:00 Opening (Regency E)\n11:00 Closing talk (Regency F)\n12:00 Tides (Anna B)\n"
    )
    assert [person.name.full for person in agenda.people] == ["Anna B"]


def test_who_stands_in_a_bracket_beside_a_length_is_who_speaks(tmp_path: Path) -> None:
    text = (
        "Working group - 4 May 2026\n\n1. Agree to the code of conduct (1m, Host)\n1. New meeting time (2m, Zory)\n"
        "   - [Another agenda](a.md)\n2. Tides of the North (15 min, Anna Berg)\n3. RFC: Ship Expressions (1h, Zory)\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert [(entry.title, entry.minutes) for entry in entries(agenda)] == [
        ("Agree to the code of conduct (Host)", 1),
        ("New meeting time", 2),
        ("Tides of the North", 15),
        ("RFC: Ship Expressions", 60),
    ]
    assert [person.name.full for person in agenda.people] == ["Zory", "Anna Berg"]
    assert [(problem.place.line, problem.rule) for problem in problems.found] == [
        (1, "agenda.no-date"),
        (4, "agenda.doubtful-person"),
    ]


def test_two_dashes_part_as_one_does(tmp_path: Path) -> None:
    text = (
        "# Day\n\n9:00 - 9:30 -- Tides and boats -- Anna Berg -- Great Hall\n: \n\n"
        "11:00 - 12:00 -- Talks, one -- Great Hall\n: + Tom Hardy -- Ships\n  + Ole Bull -- Winds\n\n"
        "11:00 - 12:00 -- Talks, two -- Small Hall\n: + Ida Holm -- Rain\n  + Jan Maas -- Ice\n\n"
        "12:00 - 1:00 -- Lunch -- Great Hall\n: Bread and water.\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert [str(block.start) for block in agenda.days[0].blocks] == ["9:00", "11:00", "11:00", "12:00"]
    assert [block.room for block in agenda.days[0].blocks] == ["Great Hall", "Great Hall", "Small Hall", "Great Hall"]
    assert cast(agenda) == {
        "Tides and boats": ["Anna Berg"],
        "Ships": ["Tom Hardy"],
        "Winds": ["Ole Bull"],
        "Rain": ["Ida Holm"],
        "Ice": ["Jan Maas"],
        "Lunch": [],
    }
    assert "agenda.range" not in rules(problems)


def test_links_by_name_are_their_words(tmp_path: Path) -> None:
    text = "# Day\n\n10:00 [Tides][tides] and [ships][]\n11:00 Winds\n\n"
    text += '[tides]: https://example.org/t\n[ships]: ./s "Ships"\n'
    agenda, _ = reading(tmp_path, text)
    assert [(entry.title, entry.abstract) for entry in entries(agenda)] == [("Tides and ships", ""), ("Winds", "")]


def test_a_text_of_org_is_read(tmp_path: Path) -> None:
    text = (
        "#+TITLE: Harbour Day\n#+AUTHOR: The organisers\n#+DATE: <2024-05-18 Sat>\n\n"
        "* Programme\n** 09:00-09:30 Registration\n"
        "** 09:30-10:15 [[https://example.org][Tides]] of the north     :talk:\n"
        "   :PROPERTIES:\n   :SPEAKER: Anna Berg\n   :END:\n"
        "   How the moon moves water.\n** TODO 10:15-11:00 Ships with Tom Hardy\n"
        "   - Speaker :: Tom Hardy\n* Venue\n  The harbour.\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert (agenda.title, [str(day.date) for day in agenda.days]) == ("Harbour Day", ["2024-05-18"])
    assert cast(agenda) == {"Registration": [], "Tides of the north": ["Anna Berg"], "Ships": ["Tom Hardy"]}
    assert [entry.abstract for entry in entries(agenda)] == ["", "How the moon moves water.", ""]
    assert rules(problems) == ["agenda.passed-over"]


def test_times_below_a_label_are_of_the_whole_event(tmp_path: Path) -> None:
    text = (
        "# Meeting\n\n- **Times**:\n    - Monday - 8:00am to 6:00pm\n    - Tuesday - 8:00am to 6:00pm\n"
        "- **Location**: Harbour\n\n"
        "## Agenda\n\n### Monday, 4 May 2026\n\n- 8:00am - 9:00am Tides\n- 9:30am-12: Ships\n"
    )
    agenda, _ = reading(tmp_path, text)
    assert titles(agenda) == ["Tides", "Ships"]


def test_weekdays_with_hours_or_other_weekdays_are_days(tmp_path: Path) -> None:
    text = (
        "# Camp\n\n## Monday afternoon 15:00-19:00\n\n- 15:00 Tides\n- 17:30-18: Songs\n\n"
        "## Tuesday morning\n\n- 9:00 Ships\n\n"
        "## Tuesday afternoon\n\n- 14:00 Winds\n\n## Wednesday-Friday\n\n- 9:00 Rain\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert [[entry.title for entry in day.entries()] for day in agenda.days] == [
        ["Tides", "Songs"],
        ["Ships", "Winds"],
        ["Rain"],
    ]
    assert problems.found == []


def test_talks_above_the_first_time_of_the_first_day_are_on_it(tmp_path: Path) -> None:
    text = "# Camp\n\n## Monday afternoon\n\nShow and tell.\n\n- Tides (Anna Berg)\n- Ships and oars (Tom Hardy)\n\n"
    text += "20:30: songs\n21:00: supper\n"
    agenda, _ = reading(tmp_path, text)
    assert titles(agenda) == ["Tides", "Ships and oars", "songs", "supper"]


def test_brackets_of_a_day_are_closed(tmp_path: Path) -> None:
    agenda, _ = reading(
        tmp_path, "# Group\n\n## Monday, 22 July 2019, Session II (Tides)\n\n10:00 Ships\n11:00 Winds\n"
    )
    assert [day.title for day in agenda.days] == ["Session II (Tides)"]


def test_what_follows_the_closing_words_is_no_agenda(tmp_path: Path) -> None:
    text = (
        "# Day\n\nMonday, 4 May 2026\n\n9:00 Tides\n15:00 Close\n\n## Registration\n\nRegister by 1 May, 12:00.\n\n"
        "## Code of conduct\n\n- 10:00 quiet hours\n"
    )
    agenda, problems = reading(tmp_path, text)
    assert (titles(agenda), rules(problems)) == (["Tides", "Close"], ["agenda.passed-over"])
    days = "# Days\n\n## 4 May 2026\n\n9:00 Tides\n15:00 Close\n\n## Registration\n\n## 5 May 2026\n\n"
    days += "9:00 Ships\n10:00 Close\n"
    agenda, _ = reading(tmp_path, days)
    assert [len(day.blocks) for day in agenda.days] == [3, 2]
