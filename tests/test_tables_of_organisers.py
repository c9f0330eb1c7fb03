"""Tables as organisers and their tools write them: each test has a form of its own, and what a person reads in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventprint.event import Duty, Session
from eventprint.problems import Problem, Problems
from eventprint.read.agenda import Agenda, read_agenda


def read(tmp_path: Path, text: str, name: str = "agenda.csv") -> tuple[Agenda, list[Problem]]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_agenda(file, problems, tmp_path), problems.found


def said(agenda: Agenda) -> list[str]:
    """Every entry as `09:00-10:00 Title @room: people`."""
    people = {person.key: person for person in agenda.people}
    found = []
    for entry in agenda.entries():
        end = f"-{entry.end}" if entry.end_stated else ""
        names = [
            people[cast.person].name.full + (f", {firm}" if (firm := people[cast.person].organisation) else "")
            for cast in entry.cast
        ]
        place = f" @{entry.room}" if entry.room else ""
        found.append(f"{entry.start or ''}{end} {entry.title}{place}{': ' if names else ''}{'; '.join(names)}".strip())
    return found


def rules(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.place.cell or f"{problem.place.line}") for problem in found]


# CSV


def test_rows_need_not_have_as_many_cells_as_the_headings(tmp_path: Path) -> None:
    text = (
        'Time,Title,Speakers,Type\n08:00,Registration\n09:00,Tides,Eva Lang,Talk,\n10:00,Coffee\n,"Ships, and more"\n'
    )
    agenda, found = read(tmp_path, text)
    assert said(agenda) == ["08:00 Registration", "09:00 Tides: Eva Lang", "10:00 Coffee", "Ships, and more"]
    assert rules(found) == [("agenda.shared-start", "B4")]


def test_marks_of_web_pages_in_cells_are_no_letters(tmp_path: Path) -> None:
    text = (
        "Heure,Titre,Intervenant\n9h00,<i>Marées</i> et <a href='https://example.org/m'>vagues</a>,"
        '"Eva Lang, IGE <br> Tom Hardy, CNRS"\n10h00,Navires,Di Fox\n11h00,Phares,Ole Bull\n'
    )
    agenda, _ = read(tmp_path, text)
    assert said(agenda)[0] == "9h00 Marées et vagues: Eva Lang, IGE; Tom Hardy, CNRS"
    assert next(agenda.entries()).link == "https://example.org/m"


def test_a_session_with_a_time_holds_the_rows_below_it_that_have_none(tmp_path: Path) -> None:
    text = (
        "Time,Title,Authors\n(UTC+1),,\n09:00-10:00,Session 1,(Chair) Eva Lang\n,Tides,Tom Hardy and Di Fox\n"
        ",Ships,Ole Bull\n10:00-10:30,Break,\n10:30-11:00,Closing,\n"
    )
    agenda, found = read(tmp_path, text)
    session = agenda.days[0].blocks[0]
    assert isinstance(session, Session)
    assert (session.label, str(session.start), str(session.end)) == ("Session 1", "09:00", "10:00")
    assert [(cast.person, cast.duty) for cast in session.cast] == [("eva-lang", Duty.CHAIR)]
    assert [entry.title for entry in session.entries] == ["Tides", "Ships"]
    assert said(agenda)[2:] == ["10:00-10:30 Break", "10:30-11:00 Closing"]
    assert rules(found) == [("agenda.passed-over", "A2")]


def test_a_session_may_be_named_where_people_stand(tmp_path: Path) -> None:
    text = (
        "| Time | Authors | Title |\n|---|---|---|\n| 09:00 - 10:00 | **Session 2** | **Water** |\n"
        "| | Eva Lang | Tides |\n| | Tom Hardy | Ships |\n| 10:00 - 10:30 | | Lunch |\n"
    )
    agenda, _ = read(tmp_path, text, "agenda.md")
    session = agenda.days[0].blocks[0]
    assert isinstance(session, Session)
    assert (session.label, session.title, len(session.entries)) == ("Session 2", "Water", 2)
    assert [person.name.full for person in agenda.people] == ["Eva Lang", "Tom Hardy"]


def test_names_in_two_columns_are_one_name(tmp_path: Path) -> None:
    text = "Start,End,Title,First Name,Last Name,Affiliation\n9:00,10:00,Tides,Eva Maria,van Dam,TU Delft\n"
    text += "10:00,11:00,Ships,Tom,Hardy,\n"
    agenda, found = read(tmp_path, text)
    assert said(agenda) == [
        "9:00-10:00 Tides: Eva Maria van Dam, TU Delft",
        "10:00-11:00 Ships: Tom Hardy",
    ]
    assert (agenda.people[0].name.given, agenda.people[0].name.family) == ("Eva Maria", "van Dam")
    assert not found


@pytest.mark.parametrize("heading", ["fullname", "full_name", "Contact Person", "Ansprechpartnerin"])
def test_people_are_found_below_these_headings(tmp_path: Path, heading: str) -> None:
    text = (
        f"Start,Title,{heading},Description\n9:00,Poetry Slam,Eva Lang,Reading\n10:00,Cultural Night,Tom Hardy,Music\n"
    )
    agenda, _ = read(tmp_path, text)
    assert said(agenda) == ["9:00 Poetry Slam: Eva Lang", "10:00 Cultural Night: Tom Hardy"]


def test_titles_with_capitals_are_no_people(tmp_path: Path) -> None:
    rows = ["9:00,Poetry Slam,Open reading", "10:00,Cultural Night,Music and dance", "11:00,Mock Court,A debate"]
    agenda, _ = read(tmp_path, "Start,Title,Description\n" + "\n".join(rows))
    assert said(agenda) == ["9:00 Poetry Slam", "10:00 Cultural Night", "11:00 Mock Court"]


def test_a_plain_title_is_the_talk_s(tmp_path: Path) -> None:
    text = "start,panel_title,title,speaker\n" + "".join(
        f"{hour}:00,{'Water' if hour < 12 else 'Air'},Talk about number {hour},Eva Lang\n" for hour in range(9, 15)
    )
    agenda, _ = read(tmp_path, text)
    assert [block.title for block in agenda.days[0].blocks if isinstance(block, Session)] == ["Water", "Air"]
    assert said(agenda)[0] == "9:00 Talk about number 9: Eva Lang"


def test_lists_with_and_before_the_last_name_are_names(tmp_path: Path) -> None:
    rows = '9:00,Tides,"Eva Lang, Tom Hardy, and Di Fox"\n10:00,Ships,"Ole Bull, Jan Maas and Ada Holm"\n'
    text = f"Time,Title,Authors\n{rows}"
    agenda, _ = read(tmp_path, text)
    assert len(agenda.people) == 6


def test_surnames_before_given_names_are_turned_round(tmp_path: Path) -> None:
    text = (
        "Start,Title,Speaker,Organisation\n"
        '9:00,Tides,"Hardy, Tom",Example Inc.\n10:00,Ships,"Brandt, Anna; Maier, Peter",\n11:00,Talk,"van Dam, Eva",\n'
    )
    agenda, _ = read(tmp_path, text)
    assert said(agenda) == [
        "9:00 Tides: Tom Hardy, Example Inc.", "10:00 Ships: Anna Brandt; Peter Maier", "11:00 Talk: Eva van Dam",
    ]  # fmt: skip


def test_as_many_firms_as_people_are_shared_out(tmp_path: Path) -> None:
    agenda, _ = read(tmp_path, "Start,Title,Speaker,Company\n9:00,Tides,Eva Lang; Tom Hardy,Alpha; Beta\n")
    assert said(agenda) == ["9:00 Tides: Eva Lang, Alpha; Tom Hardy, Beta"]


# Times and days


def test_a_length_is_no_start_and_a_number_of_a_day_belongs_to_its_heading(tmp_path: Path) -> None:
    text = (
        "día,Tema,duración,inicia,Finaliza,Tiempo\n,Día 1 (29 de agosto de 2026),,,,\n"
        "1,Bienvenida,00:10,09:00,09:10,0.0069\n1,Mareas,00:20,09:10,09:30,0.0139\n0,Duración total,00:30,,,0.0208\n"
        ",Día 2 (30 de agosto de 2026),,,,0\n2,Barcos,01:00,10:00,11:00,0.0417\n"
    )
    agenda, found = read(tmp_path, text)
    assert said(agenda) == ["09:00-09:10 Bienvenida", "09:10-09:30 Mareas", "10:00-11:00 Barcos"]
    assert [str(day.date) for day in agenda.days] == ["2026-08-29", "2026-08-30"]
    assert rules(found) == [("agenda.no-time", "B5")]


@pytest.mark.parametrize("written", ["4-May-26", "04-May-2026", "4/May/2026"])
def test_dates_as_spreadsheets_write_them(tmp_path: Path, written: str) -> None:
    agenda, _ = read(tmp_path, f"Date,Time,Title\n{written},9:00,Tides\n{written},10:00,Ships\n")
    assert [str(day.date) for day in agenda.days] == ["2026-05-04"]


def test_a_day_may_end_at_24_00(tmp_path: Path) -> None:
    agenda, found = read(tmp_path, "Start Time,End Time,Title\n19:00,24:00,Music\n23:00,24:00,Stars\n")
    assert said(agenda) == ["19:00-24:00 Music", "23:00-24:00 Stars"]
    assert not found


def test_what_goes_on_for_days_is_told(tmp_path: Path) -> None:
    text = (
        "Session start,Session end,Session name\n2026-05-17 18:00,2026-05-20 13:00,Posters\n"
        "2026-05-18 22:00,2026-05-19 01:00,Music\n2026-05-19 10:00,2026-05-18 11:00,Tides\n"
    )
    agenda, found = read(tmp_path, text)
    assert said(agenda) == ["18:00 Posters", "22:00-01:00 Music", "10:00 Tides"]
    assert rules(found) == [("agenda.several-days", "B2"), ("agenda.range", "B4")]


def test_times_in_other_places_are_no_ends(tmp_path: Path) -> None:
    text = "Time (PT),Time (CET),Title\n8:00,17:00,Opening\n8:10,17:10,Tides\n9:00,18:00,Ships\n9:30,18:30,Closing\n"
    agenda, _ = read(tmp_path, text)
    assert said(agenda) == ["8:00 Opening", "8:10 Tides", "9:00 Ships", "9:30 Closing"]


def test_a_row_over_all_columns_has_its_time_in_the_afternoon_too(tmp_path: Path) -> None:
    rows = ["8:00-9:00 | Tides", "12:00-1:00 Lunch |", "1:00-2:00 | Ships", "2:00-2:30 Break |", "2:30-4:00 | Birds"]
    text = "| Time | Title |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    agenda, found = read(tmp_path, text, "agenda.md")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Lunch", "Ships", "Break", "Birds"]
    assert not found


def test_sums_of_hours_are_no_agenda(tmp_path: Path) -> None:
    agenda, _ = read(tmp_path, "Etiquetas de fila;Suma de Tiempo\n1;05:00\n2;04:20\nTotal;09:20\n")
    assert said(agenda) == []


# Headings


def test_numbers_of_rows_and_tasks(tmp_path: Path) -> None:
    agenda, _ = read(tmp_path, "S.NO,Task,Time\n1,Tides and ships,9:30-10:30\n2,Birds,11 - 12:30\n3,Stars,2-3:30\n")
    assert said(agenda) == ["9:30-10:30 Tides and ships", "11-12:30 Birds", "2-3:30 Stars"]


def test_a_column_without_a_heading_says_what_has_no_title(tmp_path: Path) -> None:
    text = (
        "From:,To:,,\n09:00,09:30,Module 1,Tides and the ships on them\n09:30,10:00,Lunch,\n"
        "10:00,11:00,Module 2,Birds of the coast\n11:00,11:30,Break,\n"
    )
    agenda, found = read(tmp_path, text)
    assert [entry.title for entry in agenda.entries()] == [
        "Tides and the ships on them", "Lunch", "Birds of the coast", "Break",
    ]  # fmt: skip
    assert next(agenda.entries()).subtitle == "Module 1"
    assert not found


# HTML


def test_a_row_without_cells_counts_where_a_cell_spans_it(tmp_path: Path) -> None:
    text = (
        "<table><tr><th></th><th>Monday</th><th>Tuesday</th></tr>\n<tr><td>9:00</td><td rowspan=3>Tides</td>"
        "<td rowspan=3>Ships</td></tr>\n<tr></tr>\n<tr></tr>\n<tr><td>10:00</td><td>Birds</td><td>Stars</td></tr>\n"
        "<tr><td>11:00</td><td>Lunch</td><td>Lunch</td></tr></table>\n"
    )
    agenda, _ = read(tmp_path, text, "agenda.html")
    assert said(agenda) == ["9:00 Tides", "10:00 Birds", "11:00 Lunch", "9:00 Ships", "10:00 Stars", "11:00 Lunch"]


@pytest.mark.parametrize("before", ['<?php include("header.php"); ?>', '<%@page language="java"%>\n<c:set var="a"/>'])
def test_the_source_of_a_page_is_read_as_the_page(tmp_path: Path, before: str) -> None:
    page = (
        "<!doctype html><html><head><title>Tides</title></head><body>\n<table><tr><th>Time</th><th>Title</th></tr>"
        "<tr><td>9:00<td>Ships</tr><tr><td>10:00<td>Birds</tr></table></body></html>"
    )
    agenda, _ = read(tmp_path, f"{before}\n{page}\n", "agenda.html")
    assert said(agenda) == ["9:00 Ships", "10:00 Birds"]


def test_rooms_named_again_are_no_talks(tmp_path: Path) -> None:
    text = (
        "| Time | Room A | Room B |\n|---|---|---|\n"
        "| 9:00 | Tides | Ships |\n| | Room A | Room B |\n| 10:00 | Birds | Stars |\n"
    )
    agenda, _ = read(tmp_path, text, "agenda.md")
    assert said(agenda) == ["9:00 Tides @Room A", "9:00 Ships @Room B", "10:00 Birds @Room A", "10:00 Stars @Room B"]


# Japanese


def test_who_speaks_with_a_polite_word_a_reading_and_a_handle(tmp_path: Path) -> None:
    text = (
        "| 開始時間 | 終了時間 | 時間 | セッション | 登壇者 |\n|---|---|---|---|---|\n"
        "| 13:00 | 13:20 | 0:20 | 潮 | 古賀 洋平 (こが ようへい) さん |\n"
        "| 13:20 | 13:40 | 0:20 | 船 | 山田(@yama)さん & 西野(@nishi)さん |\n| 13:40 | 13:50 | 0:10 | 休憩 | |\n"
    )
    agenda, found = read(tmp_path, text, "agenda.md")
    assert said(agenda) == [
        "13:00-13:20 潮: 古賀 洋平 (こが ようへい)", "13:20-13:40 船: 山田, @yama; 西野, @nishi", "13:40-13:50 休憩",
    ]  # fmt: skip
    assert not found


# A second collection


@pytest.mark.parametrize(
    "heading",
    [
        "starttime,endtime,talktitle,speakername,sessionchair",
        "StartTime,EndTime,Talk_Title,SpeakerName,SessionChair",
    ],
)
def test_headings_of_two_words_in_one(tmp_path: Path, heading: str) -> None:
    rows = (
        "9:00,10:00,Tides,Eva Lang,Tom Hardy\n10:30,11:30,Ships,Di Fox,Tom Hardy\n13:00,14:00,Birds,Ole Bull,Jan Maas\n"
    )
    agenda, _ = read(tmp_path, f"{heading}\n{rows}")
    assert said(agenda)[0] == "9:00-10:00 Tides: Eva Lang; Tom Hardy"


def test_an_end_that_is_a_length(tmp_path: Path) -> None:
    agenda, found = read(
        tmp_path, "start,end,title\n8:30,0:30,Welcome\n9:00,0:35,Tides\n9:35,1:00,Ships\n10:35,,Dinner\n"
    )
    assert said(agenda) == ["8:30-09:00 Welcome", "9:00-09:35 Tides", "9:35-10:35 Ships", "10:35 Dinner"]
    assert not found


def test_moments_with_the_name_of_the_month(tmp_path: Path) -> None:
    text = "start,finish,Title\n2026-Nov-09 10:00,2026-Nov-09 11:00,Tides\n2026-Nov-10 9:00,2026-Nov-10 10:30,Ships\n"
    agenda, _ = read(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-11-09", "2026-11-10"]
    assert said(agenda) == ["10:00-11:00 Tides", "9:00-10:30 Ships"]


def test_a_date_written_as_midnight_is_a_date(tmp_path: Path) -> None:
    text = "Data,Início,Final,Título\n2026-05-24 00:00:00,08:45,10:15,Marés\n2026-05-25 00:00:00,09:00,09:30,Navios\n"
    agenda, _ = read(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-05-24", "2026-05-25"]


def test_times_without_a_sign_and_weekdays_below_dates(tmp_path: Path) -> None:
    text = (
        ",,2026-03-09,2026-03-10\n,,Mon,Tue\n900,1030,Tides,Shape your language\n1100,1230,Ships,Shape your language\n"
        "1430,1600,Birds,Stars\n"
    )
    agenda, _ = read(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-03-09", "2026-03-10"]
    assert said(agenda)[:3] == ["9:00-10:30 Tides", "11:00-12:30 Ships", "14:30-16:00 Birds"]


def test_the_year_stands_beside_the_days(tmp_path: Path) -> None:
    text = (
        "Mois,Jour,Date,Horaire,Titre\nMars 2026,Samedi,21 mars,10h - 13h,Marées\n,Dimanche,22 mars,14h - 16h,Navires\n"
    )
    agenda, found = read(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-03-21", "2026-03-22"]
    assert [problem.message for problem in found if problem.rule == "agenda.no-year"] == [
        "“21 mars” has no year; 2026 is taken from “Mars 2026”"
    ]


def test_weekdays_with_numbers_below_the_months_they_are_in(tmp_path: Path) -> None:
    rows = "9h00 - 10h30,Mareas,Barcos\n10h30 - 11h00,Café,Café\n"
    text = f"Noviembre/Diciembre de 2026,,\n,,\nHorario,Lunes 30,Martes 1\n{rows}"
    agenda, _ = read(tmp_path, text)
    assert [str(day.date) for day in agenda.days] == ["2026-11-30", "2026-12-01"]


def test_who_answers_for_a_talk_does_not_give_it(tmp_path: Path) -> None:
    rows = "19:00 - 20:00,Marés,Eva Lang,Matemática\n20:00 - 21:00,Navios,Tom Hardy,Letras\n"
    text = f"Horário,Atividade,Autor,Responsável\n{rows}"
    agenda, found = read(tmp_path, text)
    assert said(agenda) == ["19:00-20:00 Marés: Eva Lang", "20:00-21:00 Navios: Tom Hardy"]
    assert rules(found) == [("agenda.passed-over", "D1")]


def test_many_authors_are_people(tmp_path: Path) -> None:
    names = "A. Ayad and M. Imen and J. M. Loh and M. N. Omri and A. Mili"
    agenda, found = read(tmp_path, f"Time,Title,Authors\n9:00,Tides,{names}\n10:00,Ships,Eva Lang\n")
    assert len(agenda.people) == 6
    assert not found


@pytest.mark.parametrize("date", ["14.10", "14.10.2026", "Day 3"])
def test_a_table_without_times_is_no_text(tmp_path: Path, date: str) -> None:
    rows = f'63,{date},01A,"Safe ships, and tides",Eva Lang\n13,{date},01B,Birds,Tom Hardy\n'
    text = f"id,date,session,title,authors\n{rows}"
    agenda, found = read(tmp_path, text)
    assert said(agenda) == []
    assert rules(found) == [("agenda.passed-over", "A1")]


def test_a_room_that_stands_once_a_day_is_the_room_of_the_day(tmp_path: Path) -> None:
    text = (
        "date,room,time,topic\n2026-04-20,Hall 1,9:00,Tides\n,,10:00,Ships\n,,11:00,Birds\n"
        ",Pub,18:00,Dinner\n,,21:00,Music\n"
        "2026-04-21,Hall 2,9:00,Stars\n,,10:00,Moss\n,,11:00,Bees\n"
    )
    agenda, found = read(tmp_path, text)
    assert [entry.room for entry in agenda.entries()] == ["Hall 1"] * 3 + ["Pub", "Hall 1"] + ["Hall 2"] * 3
    assert rules(found) == [("agenda.doubtful-room", "B2")]


def test_headings_may_explain_what_their_columns_hold(tmp_path: Path) -> None:
    text = (
        '"Wer","Was?","Tag","Beginn","Ende","Raum","Gewünschter Satz für die Ankündigung (wird noch geändert)"\n'
        ',"Tag 1",,,,,\nEva,Gezeiten,1,0.4583333333333333,0.5,Aula,Kommt alle\nTom,Schiffe,1,0.5,0.625,Aula,\n'
        ',"Tag 2",,,,,\nDi,Vögel,2,0.4583333333333333,0.5,Aula,\n'
    )
    agenda, _ = read(tmp_path, text)
    assert [day.title for day in agenda.days] == ["Tag 1", "Tag 2"]
    assert said(agenda) == [
        "11:00-12:00 Gezeiten @Aula: Eva", "12:00-15:00 Schiffe @Aula: Tom", "11:00-12:00 Vögel @Aula: Di",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["date_start,date_end", "Date de début,Date de fin", "Datum von,Datum bis", "begin,-"]
)
def test_moments_from_and_to(tmp_path: Path, heading: str) -> None:
    rows = "2026-05-01T12:00:00,2026-05-01T13:00:00,Tides\n2026-05-01T13:30:00,2026-05-01T15:00:00,Ships\n"
    agenda, found = read(tmp_path, f"{heading},title\n{rows}2026-05-02T09:00:00,2026-05-02T09:30:00,Birds\n")
    assert said(agenda) == ["12:00-13:00 Tides", "13:30-15:00 Ships", "09:00-09:30 Birds"]
    assert not found


def test_a_time_for_each_of_two_days_is_told(tmp_path: Path) -> None:
    rows = "5 juin 2026,10h - 12h,Marées\n6 juin 2026,Sam. 13h-19h / Dim. 10h-19h,Fête des jardins\n"
    agenda, found = read(tmp_path, f"Date,Horaire,Titre\n{rows}7 juin 2026,9h - 10h,Navires\n")
    assert [entry.title for entry in agenda.entries()] == ["Marées", "Fête des jardins", "Navires"]
    assert rules(found) == [("agenda.time", "B3")]


@pytest.mark.parametrize("below", ["Legende:,,\n", "", "Legend,,\n,TBC,to be confirmed\n"])
def test_a_legend_below_the_table_is_passed_over(tmp_path: Path, below: str) -> None:
    rows = "9:00,Gezeiten,Eva Lang\n10:00,Schiffe,Tom Hardy\n11:00,Vögel,Di Fox\n"
    explained = f"{below}grün = bestätigt,,\ngelb = noch offen,,\n"
    agenda, found = read(tmp_path, f"Zeit,Titel,Person\n{rows}{explained}")
    assert said(agenda) == ["9:00 Gezeiten: Eva Lang", "10:00 Schiffe: Tom Hardy", "11:00 Vögel: Di Fox"]
    assert rules(found) == [("agenda.passed-over", "A5")]


@pytest.mark.parametrize("heading", ["Phone", "Telefon", "Teléfono", "Mobile number"])
def test_numbers_of_telephones_are_neither_times_nor_entries(tmp_path: Path, heading: str) -> None:
    rota = f"| Name | {heading} | Duty |\n| - | - | - |\n| Tom Hardy | 0171 99 | door |\n| Di Fox | 0171 98 | bar |\n"
    agenda, found = read(tmp_path, f"# Day\n\n| Time | Title |\n| - | - |\n| 9:00 | Tides |\n\n{rota}", "agenda.md")
    assert said(agenda) == ["9:00 Tides"]
    assert "agenda.time" not in {problem.rule for problem in found}


def test_who_stands_alone_below_another_talk_is_no_firm(tmp_path: Path) -> None:
    text = (
        'Time,Hall,Studio\n9:00,"Tides\nEva Lang","Ships\nDi Fox"\n'
        '10:00,"Panel: Future\nModerator: Eva Lang\nOle Bull, Di Fox","Moss\nTom Hardy, Example Inc."\n'
        '11:00,"Stars\nAnn Lee","Bees\nOle Bull"\n'
    )
    agenda, _ = read(tmp_path, text)
    assert said(agenda)[2:4] == [
        "10:00 Panel: Future @Hall: Eva Lang; Ole Bull; Di Fox", "10:00 Moss @Studio: Tom Hardy, Example Inc.",
    ]  # fmt: skip
