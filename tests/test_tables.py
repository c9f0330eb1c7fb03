"""Tables inside texts: Markdown, HTML and reStructuredText, and what their rows and columns say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eventprint.event import Duty, Entry, Kind, Taken
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, read_agenda
from eventprint.read.language.lines import lines
from eventprint.read.tables.in_text import tables

Of = Callable[..., tuple[Agenda, list[Problem]]]


@pytest.fixture
def agenda_of(tmp_path: Path) -> Of:
    """`agenda_of("| Time | Talk |…")`: what is read of a text, and what is said about it."""

    def of(text: str, name: str = "agenda.md") -> tuple[Agenda, list[Problem]]:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path), problems.found

    return of


def cells(text: str) -> list[list[str]]:
    """The cells of the first table of a text, row by row."""
    grid = tables(text, lines(text), "a.md")[0].grid
    assert grid is not None
    return [[cell.text for cell in row] for row in grid.rows]


def who(agenda: Agenda, entry: Entry) -> list[str]:
    names = {person.key: person for person in agenda.people}
    return [
        names[cast.person].name.full + (f", {named}" if (named := names[cast.person].organisation) else "")
        for cast in entry.cast
    ]


def said(agenda: Agenda) -> list[str]:
    """Every entry as `09:00-10:00 Title @room ^track: people`."""
    found = []
    for entry in agenda.entries():
        end = f"-{entry.end}" if entry.end_stated else ""
        room = f" @{entry.room}" if entry.room else ""
        track = f" ^{entry.track}" if entry.track else ""
        people = f": {'; '.join(who(agenda, entry))}" if entry.cast else ""
        found.append(f"{entry.start or ''}{end} {entry.title}{room}{track}{people}".strip())
    return found


def rules(found: list[Problem]) -> list[tuple[int, int, str]]:
    return [(problem.place.line, problem.place.column, problem.rule) for problem in found]


# What a table is


def test_a_table_has_outer_bars_or_none() -> None:
    assert cells("| A | B |\n|---|---|\n| 1 | 2 |\n") == cells("A | B\n--- | ---\n1 | 2\n") == [["A", "B"], ["1", "2"]]


def test_rows_that_lack_cells_are_filled_and_marks_are_no_content() -> None:
    assert cells("| **A** | B | C |\n|:-:|---|---|\n| ~~x~~ `y` |\n| a \\| b | [c](http://d.e) | f<br>g |\n") == [
        ["A", "B", "C"],
        ["x y", "", ""],
        ["a | b", "c", "f g"],
    ]


def test_a_table_ends_where_its_bars_end() -> None:
    text = "| A | B |\n|---|---|\n| 1 | 2 |\nAnd so on.\n\nA | B\n---|---\n3 | 4\n\nEnd | of it.\n"
    assert [(table.first, table.last) for table in tables(text, lines(text), "")] == [(1, 3), (6, 8)]


def test_a_line_with_bars_alone_is_no_table() -> None:
    text = "Some Conference\n\nRoom A | Floor 2 | Berlin\n\n|logo|_\n"
    assert tables(text, lines(text), "") == ()


def test_html_is_read_as_people_write_it() -> None:
    text = (
        "<table>\n<tr><th>A<th>B</tr>\n<tr><td rowspan='2'>1\n<td><b>2</b>&nbsp;&amp; 3<table><tr><td>in</table>\n"
        '<tr><td style="\n x">4</td></tr><!-- <tr><td>no -->\n<tr><td colspan=2>5</table>after'
    )
    assert cells(text) == [["A", "B"], ["1", "2 & 3 in"], ["1", "4"], ["5", "5"]]


def test_two_tables_may_share_a_line() -> None:
    text = "<table><tr><td>a</table><p>x</p><table><tr><td>b</table>"
    made = [table.grid for table in tables(text, lines(text), "")]
    assert [[cell.text for cell in row] for grid in made if grid for row in grid.rows] == [["a"], ["b"]]


@pytest.mark.parametrize("cut", range(0, 140, 7))
def test_html_that_ends_anywhere_is_read_up_to_there(cut: int) -> None:
    text = (
        "<table><tr><td>09:00</td><td><a href='x'>Tides</a></td></tr>"
        "<tr><td>10:00</td><td>Ships<br>Eva</td></tr></table>"
    )
    text = text[:cut]
    assert len(tables(text, lines(text), "")) == (cut >= 7)


def test_a_grid_table_has_cells_over_rows_and_columns() -> None:
    assert cells(
        "+-------+-----------+---------+\n"
        "| Time  | A         | B       |\n"
        "+=======+===========+=========+\n"
        "| 9:00  | Welcome             |\n"
        "+-------+-----------+---------+\n"
        "| 10:00 | 日本語の話| Long    |\n"
        "|       | Ann       | work    |\n"
        "+-------+-----------+ shop    |\n"
        "| 11:00 | Two       |         |\n"
        "+-------+-----------+---------+\n"
    ) == [
        ["Time", "A", "B"],
        ["9:00", "Welcome", "Welcome"],
        ["10:00", "日本語の話 Ann", "Long work shop"],
        ["11:00", "Two", "Long work shop"],
    ]


def test_a_simple_table_and_a_list_table_say_the_same() -> None:
    simple = (
        "=====  ======  ====\nTime   Talk    Who\n=====  ======  ====\n"
        "9:00   Tides   Eva\n       and more\n=====  ======  ====\n"
    )
    listed = (
        ".. list-table:: Talks\n   :header-rows: 1\n\n   * - Time\n     - Talk\n     - Who\n"
        "   * - 9:00\n     - Tides\n       and more\n     - Eva\n"
    )
    assert cells(simple) == cells(listed) == [["Time", "Talk", "Who"], ["9:00", "Tides and more", "Eva"]]


def test_a_csv_table_has_its_headings_in_an_option() -> None:
    assert cells('.. csv-table:: Talks\n   :header: "Time", "Talk"\n\n   9:00, "Tides, ebb"\n') == [
        ["Time", "Talk"],
        ["9:00", "Tides, ebb"],
    ]


def test_every_letter_knows_its_place(agenda_of: Of) -> None:
    _, found = agenda_of("# Talks\n\n| Time | Talk | Speaker |\n|---|---|---|\n| 25:99 | Tides | Eva Lang |\n")
    assert rules(found) == [(5, 3, "agenda.time")]


# Lists


def test_columns_are_known_by_their_headings(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Room | Speaker | Affiliation | Title | End | Start | Chair | Language |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| Hall 1 | Eva Lang | ETH | Tides | 10:00 | 09:00 | Tom Hardy | de |\n"
    )
    assert said(agenda) == ["09:00-10:00 Tides @Hall 1: Eva Lang, ETH; Tom Hardy"]
    entry = next(agenda.entries())
    assert [cast.duty for cast in entry.cast] == [Duty.SPEAKER, Duty.CHAIR]
    assert (entry.language, found) == ("de", [])


@pytest.mark.parametrize(
    "headings",
    [
        "Zeit|Thema|Referentin|Raum",
        "Heure|Titre|Intervenant|Salle",
        "Hora|Título|Ponente|Sala",
        "Orario|Titolo|Relatore|Aula",
        "Tijd|Onderwerp|Spreker|Zaal",
        "Horário|Tema|Palestrante|Sala",
        "Godzina|Temat|Prelegent|Sala",
        "Tid|Ämne|Talare|Lokal",
        "Tid|Emne|Oplægsholder|Lokale",
        "Время|Тема|Спикер|Зал",
        "시간|주제|발표자|장소",
        "時間|タイトル|発表者|会場",
        "时间|主题|演讲者|地点",
        "Čas|Název|Přednášející|Místnost",
        "|||",
    ],
)
def test_headings_are_known_in_many_languages(agenda_of: Of, headings: str) -> None:
    agenda, found = agenda_of(
        f"# Talks\n\n|{headings}|\n|---|---|---|---|\n"
        "| 09:00 – 10:00 | How the tides of the sea turn | Eva Lang | Aula |\n"
        "| 10:00 – 11:00 | Why are there ships and cranes? | Tom Hardy | Room 2 |\n"
    )
    assert said(agenda) == [
        "09:00-10:00 How the tides of the sea turn @Aula: Eva Lang",
        "10:00-11:00 Why are there ships and cranes? @Room 2: Tom Hardy",
    ]
    assert found == []


def test_a_row_without_a_time_stands_under_the_one_above(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Title | Speaker |\n|---|---|---|\n| 09:00 | Tides | Eva Lang |\n"
        "| | Ships | Tom Hardy |\n| 10:00 | Cranes |\n"
    )
    assert said(agenda) == ["09:00 Tides: Eva Lang", "Ships: Tom Hardy", "10:00 Cranes"]
    assert rules(found) == [(5, 11, "agenda.shared-start")]


def test_a_length_makes_an_end(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# Talks\n\n| Start | Duration | Talk |\n|---|---|---|\n| 9:30 | 45 min | Tides |\n| 10:15 | 1:15 | Ships |\n"
    )
    assert said(agenda) == ["9:30-10:15 Tides", "10:15-11:30 Ships"]


def test_no_time_is_made_of_lengths_alone(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Item | Duration |\n|---|---|\n| Tides | 45 min |\n| Part 1: Sea | |\n| Ships | 5 min |\n"
    )
    assert (said(agenda), found) == (["Tides", "Ships"], [])
    assert [session.title for session in agenda.days[0].sessions] == ["Sea"]


def test_hours_after_noon_need_no_pm(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Talk |\n|---|---|\n| 9:00 - 12:15 | Tides |\n| 12:15 - 1:30 | Lunch |\n"
        "| 1:30 - 3:00 | Ships |\n"
    )
    assert [entry.start and entry.start.minutes for entry in agenda.entries()] == [540, 735, 810]
    assert found == []


def test_times_after_midnight_belong_to_the_night(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Night\n\n| Time | What |\n|---|---|\n| 22:00-23:30 | Film |\n| 23:30-01:00 | Music |\n"
        "| 01:00-02:00 | Bar |\n"
    )
    assert [entry.start and entry.start.minutes for entry in agenda.entries()] == [1320, 1410, 1500]
    assert found == []


def test_rows_of_days_rooms_and_sessions_bend_a_table(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| | **Friday** |\n|---|---|\n| | |\n| 09:00 | Tides |\n| | **Saturday** |\n| 08:00 | Ships |\n"
        "| | **Harbours of the North** |\n| 10:00 | Cranes |\n"
    )
    assert [day.title for day in agenda.days] == ["Friday", "Saturday"]
    assert [session.title for session in agenda.days[1].sessions] == ["Harbours of the North"]
    assert (said(agenda), found) == (["09:00 Tides", "08:00 Ships", "10:00 Cranes"], [])


def test_rooms_below_each_other_take_place_at_once(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n<table><tr><td></td><td></td><td></td><td>Room A</td><td></td></tr>\n"
        "<tr><td>09:00</td><td>to</td><td>09:30</td><td>Tides</td><td>Eva Lang</td></tr>\n"
        "<tr><td>10:00</td><td>to</td><td>10:30</td><td>Ships</td><td>Tom Hardy</td></tr>\n"
        "<tr><td>&nbsp;</td></tr><tr><td></td><td></td><td></td><td>Room B</td></tr>\n"
        "<tr><td>09:15</td><td>to</td><td>10:30</td><td>Cranes</td><td></td></tr></table>\n"
    )
    assert said(agenda) == [
        "09:00-09:30 Tides @Room A: Eva Lang",
        "09:15-10:30 Cranes @Room B",
        "10:00-10:30 Ships @Room A: Tom Hardy",
    ]
    assert found == []


def test_a_day_may_stand_in_a_column(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# Talks\n\n| Date | Time | Title |\n|---|---|---|\n| 3 May 2027 | 9:00 | Tides |\n"
        "| | 10:00 | Ships |\n| 4 May 2027 | 9:00 | Cranes |\n"
    )
    assert [(str(day.date), [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("2027-05-03", ["Tides", "Ships"]),
        ("2027-05-04", ["Cranes"]),
    ]


def test_headings_may_stand_there_again(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Title | Room |\n|---|---|---|\n| 9:00 | Tides | Hall |\n"
        "| Time | Room | Title |\n| 10:00 | Foyer | Ships |\n"
    )
    assert (said(agenda), found) == (["9:00 Tides @Hall", "10:00 Ships @Foyer"], [])
    assert agenda.coverage[4].taken is Taken.HEADING


def test_a_column_that_nobody_knows_is_one_open_point(agenda_of: Of) -> None:
    _, found = agenda_of(
        "# Talks\n\n| Time | Title | Speaker | Zibble |\n|---|---|---|---|\n"
        "| 9:00 | Tides | Eva Lang | q |\n| 10:00 | Ships | Tom Hardy | r |\n"
    )
    assert [(problem.severity, str(problem.place), problem.rule) for problem in found] == [
        (Severity.OPEN, "agenda.md:3:28", "agenda.passed-over")
    ]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Eva Lang & Tom Hardy", ["Eva Lang", "Tom Hardy"]),
        ("Eva Lang, Tom Hardy, Di Fox", ["Eva Lang", "Tom Hardy", "Di Fox"]),
        ("Eva Lang (ETH)", ["Eva Lang, ETH"]),
        ("Eva Lang, ETH Zurich; Tom Hardy, MIT Boston", ["Eva Lang, ETH Zurich", "Tom Hardy, MIT Boston"]),
        ("Eva Lang<br>Tom Hardy", ["Eva Lang", "Tom Hardy"]),
        ("Eva & Tom", ["Eva", "Tom"]),
        ("박재성", ["박재성"]),
        ("[Eva Lang](http://e.l)", ["Eva Lang"]),
        ("n/a", []),
        ("–", []),
    ],
)
def test_a_column_of_people_holds_people(agenda_of: Of, cell: str, people: list[str]) -> None:
    agenda, found = agenda_of(f"# Talks\n\n| Time | Title | Speaker |\n|---|---|---|\n| 9:00 | Tides | {cell} |\n")
    assert (who(agenda, next(agenda.entries())), found) == (people, [])


def test_everybody_is_nobody(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Title | Speaker |\n|---|---|---|\n| 9:00 | Panel | all speakers |\n"
        "| 10:00 | Tides | TBC |\n"
    )
    panel, tides = agenda.entries()
    assert (panel.kind, panel.cast, panel.to_be_confirmed, tides.to_be_confirmed) == (Kind.PANEL, (), False, True)
    assert rules(found) == [(5, 18, "agenda.unnamed-people"), (6, 19, "agenda.to-be-confirmed")]


# Titles and people in one cell


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("How tides turn (Eva Lang)", "Why ships sink (Tom Hardy)"),
        ("How tides turn – Eva Lang", "Why ships sink – Tom Hardy"),
        ("Eva Lang — How tides turn", "Tom Hardy — Why ships sink"),
        ("Eva Lang: How tides turn", "Tom Hardy: Why ships sink"),
        ("How tides turn<br>Eva Lang", "Why ships sink<br>Tom Hardy"),
        ("How tides turn<br>(Eva Lang)", "Why ships sink<br>by Tom Hardy"),
        ("Eva Lang<br>How tides turn", "Tom Hardy<br>Why ships sink"),
        ("[How tides turn](a) - [Eva Lang](b) - [Slides](c)", "[Why ships sink](a) - [Tom Hardy](b) - [Video](c)"),
    ],
)
def test_a_cell_holds_title_and_people(agenda_of: Of, first: str, second: str) -> None:
    agenda, found = agenda_of(
        f"# Talks\n\n| Time | Session |\n|---|---|\n| 9:00 | {first} |\n| 10:00 | {second} |\n| 11:00 | Break |\n"
    )
    assert said(agenda) == ["9:00 How tides turn: Eva Lang", "10:00 Why ships sink: Tom Hardy", "11:00 Break"]
    assert found == []


def test_capitals_beside_a_dash_make_no_speaker(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Developer Track | Admin Track |\n|---|---|---|\n"
        "| 9:00 | Tidal Functions - Ebb and flow | Ships in Action |\n"
        "| 10:00 | Crane Identity | Docks and how to use them |\n"
    )
    assert agenda.people == ()
    assert [entry.title for entry in agenda.entries()][:3] == [
        "Tidal Functions - Ebb and flow",
        "Ships in Action",
        "Crane Identity",
    ]
    assert found == []


def test_a_talk_keeps_its_link_and_its_room(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# Talks\n\n| Time | Session |\n|---|---|\n| 9:00 | [Tides](http://t.d) (Room 3) |\n")
    entry = next(agenda.entries())
    assert (entry.title, entry.link, entry.room) == ("Tides", "http://t.d", "Room 3")


# Tracks, rooms and days beside each other


def test_rooms_beside_each_other(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Hall 1 | Hall 2 |\n|---|---|---|\n| 9:00 | Welcome | Welcome |\n"
        "| 10:00 | Tides (Eva Lang) | Ships (Tom Hardy) |\n"
        "| 11:00 | Coffee break |\n| 11:30 | | Cranes (Di Fox) |\n"
    )
    assert said(agenda) == [
        "9:00 Welcome",
        "10:00 Tides @Hall 1: Eva Lang",
        "10:00 Ships @Hall 2: Tom Hardy",
        "11:00 Coffee break",
        "11:30 Cranes @Hall 2: Di Fox",
    ]
    assert found == []


def test_cells_over_columns_and_rows(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "<table><tr><th>Time</th><th>Hall 1</th><th>Hall 2</th></tr>\n"
        "<tr><td>9:00 - 10:00</td><td colspan=2>Opening words</td></tr>\n"
        "<tr><td>10:00 - 11:00</td><td>How tides turn</td><td rowspan=2>A course in ships</td></tr>\n"
        "<tr><td>11:00 - 12:00</td><td>Why cranes lift</td></tr></table>\n",
        "agenda.html",
    )
    assert said(agenda) == [
        "9:00-10:00 Opening words",
        "10:00-11:00 How tides turn @Hall 1",
        "10:00-12:00 A course in ships @Hall 2",
        "11:00-12:00 Why cranes lift @Hall 1",
    ]
    assert found == []


def test_who_stands_alone_in_the_first_room_may_be_for_all(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Hall 1 | Hall 2 |\n|---|---|---|\n| 9:00 | Sea (Di Fox) | |\n"
        "| 10:00 | Tides (Eva Lang) | Ships (Tom Hardy) |\n"
    )
    assert said(agenda)[0] == "9:00 Sea @Hall 1: Di Fox"
    assert rules(found) == [(5, 10, "agenda.doubtful-room")]


def test_several_talks_in_a_cell_share_its_time(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Hall 1 | Hall 2 |\n|---|---|---|\n"
        "| 9:00 | Tides (Eva Lang)<br>Ebb (Di Fox) | Ships (Tom Hardy) |\n| 10:00 | Lunch | Lunch |\n"
    )
    assert said(agenda) == [
        "9:00 Tides @Hall 1: Eva Lang",
        "Ebb @Hall 1: Di Fox",
        "9:00 Ships @Hall 2: Tom Hardy",
        "10:00 Lunch",
    ]
    assert rules(found) == [(5, 10, "agenda.shared-start")]


def test_days_beside_each_other(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# School\n\n| | | 08/07/2024 | 09/07/2024 | 10/07/2024 |\n|---|---|---|---|---|\n"
        "| 09:00 | 10:00 | 🟢 Eva Lang | 🟢 Tom Hardy | |\n"
        "| 10:00 | 10:30 | 🟠 Coffee | 🟠 Coffee | 🟠 Coffee |\n"
        "| 11:00 | 12:00 | 🟢 Di Fox | 🟢 Tom Hardy | 🔵 Panel |\n"
    )
    assert [(str(day.date), [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("2024-07-08", ["Eva Lang", "Coffee", "Di Fox"]),
        ("2024-07-09", ["Tom Hardy", "Coffee", "Tom Hardy"]),
        ("2024-07-10", ["Coffee", "Panel"]),
    ]
    assert [person.name.full for person in agenda.people] == ["Eva Lang", "Tom Hardy", "Di Fox"]
    assert rules(found) == [(5, 21, "agenda.name-as-title")]


def test_a_table_may_have_its_times_on_top(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# Talks\n\n| Room | 9:00 - 10:00 | 10:00 - 11:00 |\n|---|---|---|\n"
        "| Hall 1 | How tides turn | Why ships sink |\n| Hall 2 | All about cranes | |\n"
    )
    assert sorted(said(agenda)) == [
        "10:00-11:00 Why ships sink @Hall 1",
        "9:00-10:00 All about cranes @Hall 2",
        "9:00-10:00 How tides turn @Hall 1",
    ]


def test_the_same_table_again_is_not_doubled(agenda_of: Of) -> None:
    rows = [("9:00", "Tides"), ("10:00", "Ships"), ("11:00", "Cranes"), ("12:00", "Lunch"), ("13:00", "Docks")]
    first = "| Time | Talk |\n|---|---|\n" + "".join(f"| {time} | {title} |\n" for time, title in rows)
    second = "".join(f"<tr><td>{time}</td><td>{title}</td></tr>\n" for time, title in [*rows[:4], ("13:00", "Dikes")])
    agenda, found = agenda_of(f"# Talks\n\n{first}\n<table>\n{second}</table>\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships", "Cranes", "Lunch", "Docks"]
    assert [(problem.place.line, problem.rule) for problem in found] == [
        (12, "agenda.passed-over"),
        (16, "agenda.tables-differ"),
    ]


# Between tables


def test_days_and_rooms_stand_above_their_tables(agenda_of: Of) -> None:
    table = "| Time | Talk |\n|---|---|\n| 9:00 | {} |\n| 10:00 | {} |\n"
    agenda, found = agenda_of(
        "# Talks\n\n## 3 May 2027\n\n### Hall 1\n\n"
        + table.format("Tides", "Ships")
        + "\n### Hall 2\n\n"
        + table.format("Cranes", "Docks")
        + "\n## 4 May 2027\n\n"
        + table.format("Dikes", "Locks")
    )
    assert [str(day.date) for day in agenda.days] == ["2027-05-03", "2027-05-04"]
    assert said(agenda) == [
        "9:00 Tides @Hall 1",
        "9:00 Cranes @Hall 2",
        "10:00 Ships @Hall 1",
        "10:00 Docks @Hall 2",
        "9:00 Dikes",
        "10:00 Locks",
    ]
    assert found == []


def test_a_session_may_head_a_table(agenda_of: Of) -> None:
    table = "| Time | Talk |\n|---|---|\n| {} | {} |\n"
    agenda, found = agenda_of(
        "# Talks\n\n3 May 2027\n\n## Session 1: Sea\n\n"
        + table.format("9:00", "Tides")
        + "\n## Session 2: Land\n\n"
        + table.format("10:00", "Hills")
    )
    assert [(s.label, s.title, [e.title for e in s.entries]) for s in agenda.days[0].sessions] == [
        ("Session 1", "Sea", ["Tides"]),
        ("Session 2", "Land", ["Hills"]),
    ]
    assert found == []


def test_a_table_without_times_is_passed_over(agenda_of: Of) -> None:
    agenda, found = agenda_of("# Talks\n\n9:00 Tides\n10:00 Ships\n\n| Building | Room |\n|---|---|\n| North | 12 |\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships"]
    assert rules(found) == [(6, 1, "agenda.passed-over")]


def test_slides_below_the_table_are_no_agenda(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "## Timetable\n\nTime | Talk | Speaker\n--- | --- | ---\n"
        "9:00~9:30 | Tides | Eva Lang\n9:30~10:00 | Ships | Tom Hardy\n\n"
        "Session 1: 9:00~9:30\n## Tides\n\n### Eva Lang\n\nSession 2: 9:30~10:00\n## Ships\n"
    )
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Ships"]


def test_every_line_of_a_table_is_taken_or_passed_over(agenda_of: Of) -> None:
    text = (
        "# Talks\n\n| Time | Talk |\n|---|---|\n| 9:00 | Tides |\n| | |\n| 10:00 | Ships |\n\n"
        "<table><tr>\n<td>11:00</td>\n<td>Cranes</td>\n</tr></table>\n"
    )
    agenda, _ = agenda_of(text)
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [reading.line for reading in agenda.coverage] == numbers
    assert [entry.place.line for entry in agenda.entries()] == [5, 7, 11]


@pytest.mark.parametrize(
    "piece",
    ["|a" * 60_000, "<td>" * 30_000, "<table>" * 20_000, "| a | b |\n" * 12_000, "<!--<table>" * 9_000, "+--" * 40_000],
)
def test_large_tables_take_no_time_to_speak_of(agenda_of: Of, piece: str) -> None:
    agenda, _ = agenda_of(f"# Talks\n\n<table><tr><td>9:00\n{piece}\n\n| 9:00 | {piece} |\n")
    assert len(list(agenda.entries())) < 10_000


# What real tables taught


def test_speakers_above_their_titles_may_have_one_name(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "<table><tr><th></th><th>Monday</th><th>Tuesday</th></tr>\n"
        "<tr><th>9:00</th><td><a href='#l'>Lang</a><span class='tip'>How the tides turn</span></td>"
        "<td><a href='#h'>Hardy</a><span class='tip'>Why most ships sink</span></td></tr>\n"
        "<tr><th>10:00</th><td rowspan=2>Coffee</td><td>-</td></tr><tr><th>10:30</th><td>Walk</td></tr></table>\n",
        "agenda.html",
    )
    assert said(agenda) == [
        "9:00 How the tides turn: Lang",
        "10:00 Coffee",
        "9:00 Why most ships sink: Hardy",
        "10:30 Walk",
    ]


def test_a_heading_that_names_a_place_may_stand_above_talks(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Zeit | Bühne | Workshop 1 | Workshop 2 |\n|---|---|---|---|\n"
        "| 10:00 | Tides | Ships | Cranes |\n| 11:00 | Dikes | | Docks |\n"
    )
    assert said(agenda) == [
        "10:00 Tides @Bühne",
        "10:00 Ships ^Workshop 1",
        "10:00 Cranes ^Workshop 2",
        "11:00 Dikes @Bühne",
        "11:00 Docks ^Workshop 2",
    ]
    assert found == []


def test_lines_broken_for_want_of_room_are_whole_again() -> None:
    assert cells(
        "+------+----------------------+\n| Time | Talk                 |\n+======+======================+\n"
        "| 9:00 | How the tides of the |\n|      |                      |\n|      | North Sea turn       |\n"
        "+------+----------------------+\n"
    ) == [["Time", "Talk"], ["9:00", "How the tides of the North Sea turn"]]


def test_an_invited_talk_has_a_speaker(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Speaker | Title | Slides |\n|---|---|---|---|\n"
        "| 9:00 | **Eva Lang** *(invited)* | How tides turn in the cold<br>waters of the North | |\n"
        "| 10:00 | *Coffee break* | | |\n"
    )
    assert (said(agenda), found) == (
        ["9:00 How tides turn in the cold waters of the North: Eva Lang", "10:00 Coffee break"],
        [],
    )


def test_times_in_other_time_zones_are_passed_over(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| London | Tokyo | Session |\n|---|---|---|\n| 9:00 - 10:00 | 17:00 - 18:00 | Tides |\n"
        "| 17:00 - 18:00 | 25:00 - 02:00 | Ships |\n"
    )
    assert said(agenda) == ["9:00-10:00 Tides", "17:00-18:00 Ships"]
    assert [problem.rule for problem in found] == ["agenda.passed-over"]


def test_times_may_stand_in_the_titles(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "<table><tr><td colspan=2><h4>Monday, June 7, 2027 (all times UTC)</h4></td></tr>\n"
        "<tr><td>&nbsp;</td><td><b>09:00–10:20 The sea</b></td></tr>\n"
        "<tr><td>&nbsp;</td><td><i>Session chair: Di Fox</i></td></tr>\n"
        "<tr><td>&nbsp;</td><td><i>How tides turn</i><br>Eva Lang, Tom Hardy and Jo Day</td></tr>\n"
        "<tr><td>&nbsp;</td><td><b>10:30–11:00 The land</b></td></tr></table>\n",
        "agenda.html",
    )
    assert said(agenda) == [
        "09:00-10:20 The sea: Di Fox",
        "How tides turn: Eva Lang; Tom Hardy; Jo Day",
        "10:30-11:00 The land",
    ]
    assert [str(day.date) for day in agenda.days] == ["2027-06-07"]


def test_days_may_be_named_by_day_and_month(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Start | End | 3.12. | 10.12. |\n|---|---|---|---|\n| 9:00 | 10:00 | Tides | - |\n"
        "| 10:00 | 11:00 | Ships | Cranes |\n"
    )
    assert [(day.title, [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("3.12.", ["Tides", "Ships"]),
        ("10.12.", ["Cranes"]),
    ]
    assert [problem.rule for problem in found] == ["agenda.no-year", "agenda.no-year"]


def test_running_text_below_a_talk_is_about_it(agenda_of: Of) -> None:
    text = "In this talk we shall see how the tides of the sea turn, and why they never stop."
    agenda, found = agenda_of(
        f"# Talks\n\n| Time | Session |\n|---|---|\n| 9:00 | Tides |\n| | {text} |\n| 10:00 | Ships<br>{text} |\n"
    )
    assert [(entry.title, entry.abstract) for entry in agenda.entries()] == [("Tides", text), ("Ships", text)]
    assert found == []


def test_a_table_of_one_cell_is_a_heading(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "<table><tr><th>Day 1 - July 4, 2027</th></tr></table>\n"
        "<table><tr><td>01:00 - 02:10</td><td>Tides</td></tr><tr><td>02:10 - 03:00</td><td>Ships</td></tr>"
        "<tr><td>03:00 - 04:00</td><td>Cranes</td></tr></table>\n",
        "agenda.html",
    )
    assert [str(day.date) for day in agenda.days] == ["2027-07-04"]
    assert [entry.start and entry.start.minutes for entry in agenda.entries()] == [13 * 60, 14 * 60 + 10, 15 * 60]


def test_rooms_of_a_list_need_not_be_in_order_among_each_other(agenda_of: Of) -> None:
    _, found = agenda_of(
        "# Talks\n\n| Time | Title | Room |\n|---|---|---|\n| 9:00 | Tides | A |\n| 11:00 | Ships | A |\n"
        "| 9:30 | Cranes | B |\n"
    )
    assert found == []
    _, found = agenda_of(
        "# Talks\n\n| Time | Title | Room |\n|---|---|---|\n| 11:00 | Tides | A |\n| 9:00 | Ships | A |\n"
    )
    assert rules(found) == [(6, 3, "agenda.order")]


def test_pages_have_headings_and_heads(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset='utf-8'>\n<title>Sea days</title>\n</head>\n<body>\n"
        "<h2>3 May 2027</h2>\n<table><tr><td>9:00</td><td>Tides</td></tr></table>\n</body>\n</html>\n",
        "agenda.html",
    )
    assert (agenda.title, [str(day.date) for day in agenda.days]) == ("Sea days", ["2027-05-03"])
    assert said(agenda) == ["9:00 Tides"]
    assert found == []


def test_a_day_may_stand_in_the_column_of_times(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| | |\n|---|---|\n| **Monday** | |\n| 9:00 | Tides |\n| | |\n| **Tuesday** | |\n| 8:00 | Ships |\n"
    )
    assert [(day.title, [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("Monday", ["Tides"]),
        ("Tuesday", ["Ships"]),
    ]
    assert found == []


def test_a_name_behind_keynote_is_open(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n| Time | Title |\n|---|---|\n| 9:00 | Keynote: Eva Lang |\n| 10:00 | Papers 17: Marine Access |\n"
    )
    assert said(agenda) == ["9:00 Keynote: Eva Lang", "10:00 Papers 17: Marine Access"]
    assert [person.name.full for person in agenda.people] == ["Eva Lang"]
    assert rules(found) == [(5, 19, "agenda.doubtful-person")]


def test_a_link_that_needs_its_page_is_none(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# Talks\n\n| Time | Title |\n|---|---|\n| 9:00 | [Tides](#tides) |\n| 10:00 | [Ships](/talks/ships) |\n"
        "| 11:00 | [Cranes](https://example.org/cranes) |\n"
    )
    assert [(entry.title, entry.link) for entry in agenda.entries()] == [
        ("Tides", ""),
        ("Ships", ""),
        ("Cranes", "https://example.org/cranes"),
    ]


def test_a_cell_may_hold_the_list_of_a_day(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "<table><tr><td>Freitag</td><td><ul><li>09:00 - 10:00 Uhr Gezeiten</li><li>10:00 - 11:00 Uhr Schiffe</li>"
        "<li>ab 11:00 Uhr Ausklang</li></ul></td></tr>\n"
        "<tr><td>Samstag</td><td><ul><li>09:30 - 10:00 Uhr Kräne</li></ul></td></tr></table>\n",
        "agenda.html",
    )
    assert [day.title for day in agenda.days] == ["Freitag", "Samstag"]
    assert said(agenda) == ["09:00-10:00 Gezeiten", "10:00-11:00 Schiffe", "11:00 Ausklang", "09:30-10:00 Kräne"]
    assert found == []
