"""Agendas as people write them all over the world: notations of times, dates and names, and who is to be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eventprint.event import Entry
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, read_agenda
from eventprint.read.language.dates import Calendar
from eventprint.read.language.lines import mark
from eventprint.read.language.moments import Clock
from eventprint.read.language.vocabulary import vocabulary

Of = Callable[[str], tuple[Agenda, list[Problem]]]


@pytest.fixture
def agenda_of(tmp_path: Path) -> Of:
    def of(text: str) -> tuple[Agenda, list[Problem]]:
        file = tmp_path / "agenda.md"
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path), problems.found

    return of


def _times(agenda: Agenda) -> list[tuple[int, int, str]]:
    return [
        (
            entry.start.minutes if entry.start else -1,
            entry.end.minutes if entry.end_stated and entry.end else -1,
            entry.title,
        )
        for entry in agenda.entries()
    ]


def _kind(entry: Entry) -> str:
    return entry.service.value if entry.service else entry.kind.value


@pytest.mark.parametrize(
    ("written", "start", "end", "rest"),
    [
        ("10u30 - 11u00 Pauze", 630, 660, "Pauze"), ("9u Welkom", 540, None, "Welkom"),
        ("ore 17,30 Saluti", 1050, None, "Saluti"), ("19,00 – 19,15 Velkomst", 1140, 1155, "Velkomst"),
        ("13h30min – Oficina", 810, None, "Oficina"), ("13h30 às 14h30min Curso", 810, 870, "Curso"),
        ("14-00 – 15-30 Секция", 840, 930, "Секция"), ("15 ч. 30 мин. Доклад", 930, None, "Доклад"),
        ("9 Uhr 30: Beginn", 570, None, "Beginn"), ("9点整 参观", 540, None, "参观"),
        ("9시 정각 시작", 540, None, "시작"),
        ("09:00 h. – 09:30 h. Café", 540, 570, "Café"), ("12’30 h Comida", 750, None, "Comida"),
        ("11:05 – 11: 40 Panel", 665, 700, "Panel"), ("kl. 14.15 - 15 Kaffe", 855, 900, "Kaffe"),
        ("ore 10.15, interventi", 615, None, "interventi"), ("ore 10, musica", 600, None, "musica"),
        ("13.30 horas: almuerzo", 810, None, "almuerzo"), ("ora 10:00 Deschidere", 600, None, "Deschidere"),
        ("10 óra Megnyitó", 600, None, "Megnyitó"), ("з 9:30 до 10:00 Відкриття", 570, 600, "Відкриття"),
    ],
)  # fmt: skip
def test_times_in_the_notations_of_many_countries(written: str, start: int, end: int | None, rest: str) -> None:
    slot = Clock(vocabulary()).slot(mark(written))
    assert slot is not None
    assert (slot.start and slot.start.minutes, slot.end and slot.end.minutes, slot.rest.text) == (start, end, rest)


@pytest.mark.parametrize(
    "written",
    [
        "O1 Peptides",
        "from 1.25 million",
        "12,50 Kaffee",
        "10-15 participants",
        "9-10 enfants",
        "3,5 Ziele",
    ],
)
def test_what_looks_like_such_a_time_and_is_none(written: str) -> None:
    assert Clock(vocabulary()).slot(mark(written)) is None


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        ("18,30: dørene åbner\n19,00 – 19,15 Velkomst\n20,40 Pause\n", [(1110, -1), (1140, 1155), (1240, -1)]),
        ("800 - 900 Śniadanie\n920 - 1110 Sesja\n1330- 1530 Obiad\n2000 - 2400 Bankiet\n",
         [(480, 540), (560, 670), (810, 930), (1200, 1440)]),
        ("9-00 Регистрация\n9-30 Открытие\n13-00 – 14-00 Обед\n", [(540, -1), (570, -1), (780, 840)]),
    ],
)  # fmt: skip
def test_signs_that_a_whole_text_has_in_its_times(agenda_of: Of, lines: str, times: list[tuple[int, int]]) -> None:
    agenda, found = agenda_of(f"# Dagen\n\n{lines}")
    assert [(start, end) for start, end, _ in _times(agenda)] == times
    assert [problem for problem in found if problem.severity is not Severity.OPEN] == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("令和8年6月18日（木）", date(2026, 6, 18)), ("民國115年9月10日", date(2026, 9, 10)),
        ("114年9月25日", date(2025, 9, 25)),
        ("2026. október 8., csütörtök", date(2026, 10, 8)), ("8 Ekim 2026 Perşembe", date(2026, 10, 8)),
        ("8 жовтня 2026 р., четвер", date(2026, 10, 8)), ("Πέμπτη 8 Οκτωβρίου 2026", date(2026, 10, 8)),
        ("Dijous, 8 d'octubre de 2026", date(2026, 10, 8)), ("Joi, 8 octombrie 2026", date(2026, 10, 8)),
        ("fimmtudagurinn 8. október 2026", date(2026, 10, 8)),
    ],
)  # fmt: skip
def test_dates_of_many_calendars_and_languages(agenda_of: Of, written: str, told: date) -> None:
    agenda, found = agenda_of(f"# A\n\n## {written}\n\n9:00 B\n")
    assert ([day.date for day in agenda.days], found) == ([told], [])


def test_the_twenty_second_of_september_needs_no_last_stop_beside_a_weekday() -> None:
    found = Calendar(vocabulary()).find("22.9 - Viernes")
    assert found is not None
    assert (found.day, found.month, found.weekday) == (22, 9, 4)


@pytest.mark.parametrize(
    "lines",
    [
        "9.00 Acreditacions\n9.30 Benvinguda\n10.30 Pausa cafè\n11.00 Taula rodona\n13.30 Dinar\n17.00 Cloenda",
        "9.00 Regisztráció\n9.30 Megnyitó\n10.30 Kávészünet\n11.00 Kerekasztal-beszélgetés\n13.30 Ebéd\n17.00 Zárszó",
        "9.00 Kayıt\n9.30 Açılış konuşması\n10.30 Kahve arası\n11.00 Panel\n13.30 Öğle yemeği\n17.00 Kapanış",
        "9.00 Реєстрація\n9.30 Вітальне слово\n10.30 Кава\n11.00 Панельна дискусія\n13.30 Обід\n17.00 Закриття",
        "9.00 Εγγραφές\n9.30 Χαιρετισμοί\n10.30 Καφές\n11.00 Στρογγυλή τράπεζα\n13.30 Γεύμα\n17.00 Λήξη",
        "9.00 Înregistrare\n9.30 Deschidere\n10.30 Pauză de cafea\n11.00 Masă rotundă\n13.30 Prânz\n17.00 Închidere",
    ],
)
def test_more_languages_than_products_are_printed_in(agenda_of: Of, lines: str) -> None:
    agenda, found = agenda_of(f"# A\n\n{lines}\n")
    kinds = ["registration", "address", "coffee", "panel", "lunch", "address"]
    assert ([_kind(entry) for entry in agenda.entries()], found) == (kinds, [])


@pytest.mark.parametrize(
    ("line", "title", "people"),
    [
        ("Salzwiesen, Referentin: Dipl.-Biol. Maike Lorenz, Amt", "Salzwiesen", ["Dipl.-Biol. Maike Lorenz"]),
        ("Povodně v datech, Ing. Petr Novotný, Ph.D. (ČVUT)", "Povodně v datech", ["Ing. Petr Novotný, Ph.D."]),
        ("«El mar». Dra. Carmen Ruiz (Universidad de Murcia)", "El mar", ["Dra. Carmen Ruiz"]),
        ("Introduzione ai lavori, Ing. Paolo Bassi", "Introduzione ai lavori", ["Ing. Paolo Bassi"]),
        ("Otwarcie – dr hab. inż. Jan Nowak, prof. UMG", "Otwarcie", ["dr hab. inż. Jan Nowak"]),
        ("Otwarcie – Rektor UMG Jan Nowak", "Otwarcie", ["Jan Nowak"]),
        ("Вітальне слово, ректор Іваненко О. П.", "Вітальне слово", ["Іваненко О. П."]),
        ("Белов А.С., Крылова Н.Н. Спутники", "Спутники", ["Белов А.С.", "Крылова Н.Н."]),
        ("«Спутники». Белов А.С.", "«Спутники»", ["Белов А.С."]),
        ("Les phares, Jean-Yves Petit, historien", "Les phares", ["Jean-Yves Petit"]),
        ("Havvind, Ingrid Moe (Equinor)", "Havvind", ["Ingrid Moe"]),
        ("Dijken – Jeroen 't Hart", "Dijken", ["Jeroen 't Hart"]),
        ("数字海洋 —— 李晓明 教授（海洋大学）", "数字海洋", ["李晓明"]),
        ("遥感与渔业  陈丽华 研究员，海洋所", "遥感与渔业", ["陈丽华"]),
        ("《海冰预测》 张伟（华为云）", "海冰预测", ["张伟"]),
        ("开幕式 致辞人：王建国 院长", "开幕式", ["王建国"]),
    ],
)
def test_people_with_the_titles_of_many_countries(agenda_of: Of, line: str, title: str, people: list[str]) -> None:
    agenda, found = agenda_of(f"# A\n\n9:00 {line}\n12:00 B\n")
    names = {person.key: person.name.full for person in agenda.people}
    entry = next(agenda.entries())
    assert (entry.title, [names[cast.person] for cast in entry.cast]) == (title, people)
    assert [problem for problem in found if problem.severity is not Severity.OPEN] == []


@pytest.mark.parametrize(
    ("line", "title", "cast"),
    [
        ("Debat o.l.v. Jan Maas", "Debat", [("Jan Maas", "moderator")]),
        ("Panelová diskuse, moderuje Tomáš Marek", "Panelová diskuse", [("Tomáš Marek", "moderator")]),
        ("Inledning, moderator Karin Holm", "Inledning", [("Karin Holm", "moderator")]),
        ("Tavola rotonda. Modera: Avv. Luca Greco. Partecipano: Andrea Marin, Elena Costa", "Tavola rotonda",
         [("Avv. Luca Greco", "moderator"), ("Andrea Marin", "panellist"), ("Elena Costa", "panellist")]),
        ("Table ronde, animée par Anne Petit, avec Yann Morvan et Mme Claire Riou", "Table ronde",
         [("Anne Petit", "moderator"), ("Yann Morvan", "panellist"), ("Mme Claire Riou", "panellist")]),
        ("圆桌论坛：海洋与AI 主持人：赵敏；嘉宾：李晓明、张伟", "圆桌论坛：海洋与AI",
         [("赵敏", "moderator"), ("李晓明", "panellist"), ("张伟", "panellist")]),
    ],
)  # fmt: skip
def test_who_leads_and_who_sits_there_in_one_line(
    agenda_of: Of, line: str, title: str, cast: list[tuple[str, str]]
) -> None:
    agenda, _ = agenda_of(f"# A\n\n9:00 {line}\n12:00 B\n")
    names = {person.key: person.name.full for person in agenda.people}
    entry = next(agenda.entries())
    assert (entry.title, [(names[one.person], one.duty.value) for one in entry.cast]) == (title, cast)


@pytest.mark.parametrize(
    "line",
    ["Prelegent do potwierdzenia", "講演者未定", "嘉宾待定", "발표자 미정", "Спикер уточняется",
     "Intervenant à confirmer : Les ports",
     "미정 - 바다 이야기", "Panel: Anna Berg, Tom Hardy und N.N.", "Palestra 2: A DEFINIR"],
)  # fmt: skip
def test_somebody_to_be_confirmed_in_many_languages(agenda_of: Of, line: str) -> None:
    agenda, found = agenda_of(f"# A\n\n9:00 {line}\n12:00 B\n")
    assert next(agenda.entries()).to_be_confirmed
    assert [problem.rule for problem in found] == ["agenda.to-be-confirmed"]


def test_workshops_side_by_side_with_who_leads_them(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# A\n\n13:00 Workshops\n- Workshop A: Sand (Raum 1.02), Leitung: Hauke Thomsen\n"
        "- Workshop B: Recht (Raum 1.04), Leitung: Silke Brodersen\n14:30 B\n"
    )
    assert [(entry.title, entry.room) for entry in agenda.entries()] == [
        ("Workshop A: Sand", "Raum 1.02"), ("Workshop B: Recht", "Raum 1.04"), ("B", ""),
    ]  # fmt: skip


def test_the_only_date_there_is_stands_in_the_title_and_has_no_year(agenda_of: Of) -> None:
    agenda, found = agenda_of("Program fredag 9. november\n\n9:00 A\n")
    assert (agenda.title, [day.date for day in agenda.days]) == ("Program fredag 9. november", [None])
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:1:16", "agenda.no-year")]


def test_morning_and_afternoon_of_one_day_under_two_headings(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "Assises\n\nSamedi 14 mars 2026, matin\n\n9h A\n\nSamedi 14 mars 2026, après-midi\n\n14h B\n\n"
        "Dimanche 15 mars\n\n9h C\n"
    )
    days = [(day.date, len(day.blocks)) for day in agenda.days]
    assert (days, found) == ([(date(2026, 3, 14), 2), (date(2026, 3, 15), 1)], [])


def test_days_with_their_words_and_weekdays_in_many_languages(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# A\n\n## Dia 1 – 20 de agosto de 2026 (quinta-feira)\n\n9h B\n\n1日目　2026年8月21日（金）\n\n9:00 C\n\n"
        "Lørdag d. 22. august 2026\n\n9:00 D\n"
    )
    assert [(day.date and day.date.day, day.title) for day in agenda.days] == [(20, "Dia 1"), (21, "1日目"), (22, "")]


def test_a_list_of_links_to_the_days_is_no_day(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# A\n\n- [Freitag](/a)\n- [Samstag](/b)\n\n13:30 B\n")
    assert [(day.title, len(day.blocks)) for day in agenda.days] == [("", 1)]


def test_the_small_hours_after_an_evening_belong_to_it(agenda_of: Of) -> None:
    agenda, found = agenda_of("# A\n\n21:30 – 0:30 Musik\n00:30 Suppe\n01:00 – 02:00 Ausklang\n")
    assert [(start, end) for start, end, _ in _times(agenda)] == [(1290, 1470), (1470, -1), (1500, 1560)]
    assert found == []


def test_start_and_end_on_lines_of_their_own(agenda_of: Of) -> None:
    lines = "10:00\n\n10:15\n\nOtwarcie\n\n10:15\n\n11:00\n\nWykład\n\n11:00\n\n11:30\n\nPrzerwa\n"
    agenda, found = agenda_of(f"# A\n\n{lines}")
    assert _times(agenda) == [(600, 615, "Otwarcie"), (615, 660, "Wykład"), (660, 690, "Przerwa")]
    assert found == []


def test_a_title_that_goes_on_in_the_next_line(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# A\n\n- 9h00 - Como começar (Ana\n  Oliver, Lumen)\n- 10h00 - Debate com o público e\nos convidados\n"
    )
    assert [title for _, _, title in _times(agenda)] == ["Como começar", "Debate com o público e os convidados"]
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Ana Oliver", "Lumen")]


def test_a_room_beside_the_time_and_the_title_below_it(agenda_of: Of) -> None:
    agenda, found = agenda_of("# A\n\n9:00 - 10:00 Uhr - Hörsaal 11\nGezeiten\n10:00 Kaffeepause\n")
    assert [(entry.title, entry.room) for entry in agenda.entries()] == [
        ("Gezeiten", "Hörsaal 11"),
        ("Kaffeepause", ""),
    ]
    assert found == []


def test_what_somebody_is_on_the_lines_below_the_name(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "# A\n\n18:00 Eröffnung\nProf. Dr. Kurt Lang\nPräsident des Rates,\nStadt Husum\n\n"
        "Moderation:\nInge Berg\nPublizistin\n"
    )
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Prof. Dr. Kurt Lang", "Präsident des Rates, Stadt Husum"), ("Inge Berg", "Publizistin"),
    ]  # fmt: skip


def test_dates_in_capitals(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# A\n\nVIERNES 2 DE OCTUBRE DE 2026\n\n9:00 Paseo\n\nSÁBADO 3 DE OUTUBRO\n\n9:00 Feira\n")
    assert [day.date for day in agenda.days] == [date(2026, 10, 2), date(2026, 10, 3)]


@pytest.mark.parametrize(
    ("written", "start", "end", "title"),
    [
        ("開会の辞 9:50から10:00", 590, 600, "開会の辞"), ("講演(午前の部) 10:00から11:00", 600, 660, "講演(午前の部)"),
        ("Eröffnung 9:50 bis 10:00", 590, 600, "Eröffnung"),
        ("Morning lectures 10:00 to 11:00", 600, 660, "Morning lectures"),
        ("Entre 12h45 et 14h - pizzas", 765, 840, "pizzas"), ("Entre las 13:00 y las 14:00 Siesta", 780, 840, "Siesta"),
        ("Zwischen 10 und 12 Uhr: Spiele", 600, 720, "Spiele"), ("Mellom 10 og 12: Spill", 600, 720, "Spill"),
        ("Innen kl 11:00   Innsjekk", -1, 660, "Innsjekk"), ("Spätestens 16 Uhr Abreise", -1, 960, "Abreise"),
    ],
)  # fmt: skip
def test_times_told_by_words(agenda_of: Of, written: str, start: int, end: int, title: str) -> None:
    agenda, found = agenda_of(f"# A\n\n4 May 2026\n\n{written}\n")
    assert _times(agenda) == [(start, end, title)]
    assert found == []


@pytest.mark.parametrize(
    ("first", "start", "title"),
    [
        ("Anmeldung ab 8.30 Uhr", 510, "Anmeldung"), ("Registro a partir de las 8:30", 510, "Registro"),
        ("Morgenmad fra kl. 8.30", 510, "Morgenmad"), ("Petit-déjeuner dès 8h30", 510, "Petit-déjeuner"),
        ("Petit-déjeuner à partir de 8h30 : café", 510, "Petit-déjeuner: café"),
        ("Frühstück um 8 Uhr im Goldenen Hirsch", 480, "Frühstück im Goldenen Hirsch"),
    ],
)  # fmt: skip
def test_a_break_and_behind_it_when_it_begins(agenda_of: Of, first: str, start: int, title: str) -> None:
    agenda, found = agenda_of(f"# A\n\n4 May 2026\n\n{first}\n9.30 Tides\n")
    assert _times(agenda) == [(start, -1, title), (570, -1, "Tides")]
    assert found == []


def test_prose_with_opening_hours_is_no_break(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# A\n\n4 May 2026\n\n9:30 Tides\nthe library is open from 9:00 to 17:00\n")
    assert [start for start, _, _ in _times(agenda) if start >= 0] == [570]


def test_two_names_after_a_label_in_the_plural(agenda_of: Of) -> None:
    agenda, found = agenda_of("# A\n\n10:00 Gezeiten\nReferenten: Heinrich Moor, Kay Rettel\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Heinrich Moor", ""), ("Kay Rettel", ""),
    ]  # fmt: skip
    assert found == []


def test_blank_lines_between_all_lines_mean_nothing(agenda_of: Of) -> None:
    lines = (
        "09.00", "Eröffnung", "Prof. Dr. Rolf Lang", "Sprecher der Gesellschaft", "10.00", "Dr. Inge Berg",
        "Landesbeauftragte in Husum", "„Gezeiten und Schiffe“", "11.00", "Kaffeepause",
    )  # fmt: skip
    agenda, _ = agenda_of("# A\n\n4. Mai 2026\n\n" + "\n\n".join(lines) + "\n")
    assert _times(agenda) == [(540, -1, "Eröffnung"), (600, -1, "Gezeiten und Schiffe"), (660, -1, "Kaffeepause")]
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("Prof. Dr. Rolf Lang", "Sprecher der Gesellschaft"), ("Dr. Inge Berg", "Landesbeauftragte in Husum"),
    ]  # fmt: skip


def test_people_of_japan_with_all_they_are(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# 会議\n\n日時:2026年6月18日(木)9:30 - 17:35(18:00から交流会)\n場所:本館\n\nプログラム:\n"
        "09:30 - 09:35 挨拶\n大久保達也(東京大学大学院 研究科長)\n09:35 - 10:00 海の現状\n"
        "東京大学農学部教授 松野隆一氏\n"
        "座長 京都大学農学部教授 永井和夫氏\n"
    )
    assert _times(agenda) == [(570, 575, "挨拶"), (575, 600, "海の現状")]
    assert [day.date for day in agenda.days] == [date(2026, 6, 18)]
    assert [(person.name.full, person.organisation) for person in agenda.people] == [
        ("大久保達也", "東京大学大学院 研究科長"), ("松野隆一", "東京大学農学部教授"),
        ("永井和夫", "京都大学農学部教授"),
    ]  # fmt: skip
    assert found == []


def test_a_day_without_times_is_told(agenda_of: Of) -> None:
    agenda, found = agenda_of("# A\n\n## Programme\n\n### 4 May 2026\n\n### 5 May 2026\n\n10:00 Opening\n10:30 Tides\n")
    assert [day.date for day in agenda.days] == [date(2026, 5, 5)]
    assert [problem.rule for problem in found] == ["agenda.passed-over"]


def test_a_meal_below_the_last_time_is_no_imprint(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# A\n\n4 mai 2026\n\n12 h 00 à 13 h 00\nDiscours\n\n13 h 00\nCocktail\nDéjeuner au salon\n")
    assert [title for _, _, title in _times(agenda)] == ["Discours", "Cocktail", "Déjeuner au salon"]
    assert agenda.imprint == ""


@pytest.mark.parametrize(
    ("when", "where", "who"),
    [
        ("Datum/Uhrzeit: 4.6.2026, 9 bis 17 Uhr", "Ort: Rathaus", "Veranstalter: Verein"),
        ("Quand : jeudi 4 juin 2026, de 9h à 17h", "Où : Mairie", "Organisé par : Union"),
        ("Cuándo: 4 de junio de 2026, de 9:00 a 17:00 h", "Dónde: Casa", "Organiza: Unión"),
        ("Когда: четверг, 4 июня 2026 г., 9:00–17:00", "Где: Зал", "Организатор: Общество"),
        ("Коли: четвер, 4 червня 2026 р., 9:00–17:00", "Де: Зала", "Організатор: Товариство"),
        ("Aika: to 4.6.2026 klo 9.00–17.00", "Paikka: Talo", "Järjestäjä: Seura"),
        ("Tarih: 4 Haziran 2026 Perşembe, 09:00-17:00", "Yer: Salon", "Düzenleyen: Dernek"),
        ("Időpont: 2026. június 4. (csütörtök) 9.00–17.00", "Helyszín: Ház", "Szervező: Egyesület"),
        ("일시: 2026년 6월 4일(목) 09:00~17:00", "장소: 시청", "주최: 학회"),
        ("日時：2026年6月4日（木）9:00～17:00", "場所：市民会館", "主催：海の会"),
        ("时间：2026年6月4日（星期四）9:00-17:00", "地点：会议中心", "主办单位：学会"),
    ],
)  # fmt: skip
def test_when_where_and_who_above_the_first_time(agenda_of: Of, when: str, where: str, who: str) -> None:
    agenda, found = agenda_of(f"A\n\n{when}\n{where}\n{who}\n\n9:00 Kalevala\n10:00 Kanteletar\n")
    assert [day.date for day in agenda.days] == [date(2026, 6, 4)]
    assert [start for start, _, _ in _times(agenda)] == [540, 600]
    assert agenda.venue.name
    assert len(agenda.organisers) == 1
    assert found == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Begrüßung durch den Bürgermeister der Stadt", "address"), ("Ouverture par le maire de la ville", "address"),
        ("Inauguración a cargo de la rectora", "address"), ("Otwarcie przez prezydenta miasta Gdańska", "address"),
        ("Introduction to the mathematics of lace", "other"), ("Almuerzo en los salones del ayuntamiento", "lunch"),
        ("Déjeuner dans les jardins de la mairie du bourg", "lunch"),
        ("Lunch and what we know of the tides of the sea", "other"),
    ],
)  # fmt: skip
def test_who_opens_and_where_a_meal_is(agenda_of: Of, title: str, kind: str) -> None:
    agenda, _ = agenda_of(f"# A\n\n9:00 {title}\n10:00 Tides\n")
    assert _kind(next(iter(agenda.entries()))) == kind


@pytest.mark.parametrize(
    "letter",
    [
        "Уважаемые коллеги!\n\nПриглашаем вас в четверг, 4 июня 2026 года, в ратушу. Программа:\n\n*\n\nС уважением",
        "皆様\n\n2026年6月4日（木）に市民会館で開催します。プログラムは以下の通りです。\n\n*\n\nよろしくお願いいたします。\n佐藤花子",
        "안녕하세요, 여러분.\n\n2026년 6월 4일(목) 시청에서 모입니다. 프로그램입니다:\n\n*\n\n감사합니다.",
        "各位老师：\n\n我们将于2026年6月4日（星期四）在会议中心开会，日程如下：\n\n*\n\n此致\n李娜",
    ],
)
def test_letters_around_an_agenda(agenda_of: Of, letter: str) -> None:
    agenda, found = agenda_of(letter.replace("*", "9:00 Kalevala\n10:30 潮汐（山田太郎、東京大学）"))
    assert [day.date for day in agenda.days] == [date(2026, 6, 4)]
    assert _times(agenda) == [(540, -1, "Kalevala"), (630, -1, "潮汐")]
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("山田太郎", "東京大学")]
    assert {problem.rule for problem in found} == {"agenda.passed-over"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Do, 4. Juni 2026, 18 Uhr c.t.", "Do, 11. Juni 2026, 18 Uhr c.t."),
        ("Termin: 4. Juni 2026, 18:00–19:30", "Termin: 11. Juni 2026, 18:00–19:30"),
        ("## 4. Juni 2026, 18:00 Uhr\n", "## 11. Juni 2026, 18:00 Uhr\n"),
        ("Jeudi 4 juin 2026 à 18h", "Jeudi 11 juin 2026 à 18h"),
        ("4 de junho de 2026, às 18h", "11 de junho de 2026, às 18h"),
        ("Четверг, 4 июня 2026 г. в 18:00", "Четверг, 11 июня 2026 г. в 18:00"),
        ("日時：2026年6月4日（木）18時～20時", "日時：2026年6月11日（木）18時～20時"),
        ("2026년 6월 4일(목) 오후 6시", "2026년 6월 11일(목) 오후 6시"),
        ("2026年6月4日（星期四）下午6:00", "2026年6月11日（星期四）下午6:00"),
    ],
)
def test_a_series_of_talks_has_a_day_and_a_time_for_each(agenda_of: Of, first: str, second: str) -> None:
    talks = f"{first}\nTides\nAnna Berg (ETH)\n\n{second}\nShips\nTom Hardy (EPFL)\n"
    agenda, found = agenda_of(f"# A\n\n{talks}")
    assert [day.date for day in agenda.days] == [date(2026, 6, 4), date(2026, 6, 11)]
    assert [(start, title) for start, _, title in _times(agenda)] == [(1080, "Tides"), (1080, "Ships")]
    assert [person.organisation for person in agenda.people] == ["ETH", "EPFL"]
    assert found == []


def test_one_talk_with_all_its_labels(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "Conférence\n\nDate : jeudi 4 juin 2026 de 18h00 à 20h00\nLieu : Salle 1\nIntervenante : Anna Berg, ETH\n"
        "Titre : Les marées\n"
    )
    assert _times(agenda) == [(1080, 1200, "Les marées")]
    assert [day.date for day in agenda.days] == [date(2026, 6, 4)]
    assert [person.name.full for person in agenda.people] == ["Anna Berg"]
    assert found == []


def test_labels_parted_by_a_stroke_and_two_names_in_korean(agenda_of: Of) -> None:
    agenda, _ = agenda_of("# 행사\n\n2026년 6월 13일\n\n14:50 토론 좌장: 이영희 / 토론자: 박민수, 최지은\n")
    assert [person.name.full for person in agenda.people] == ["이영희", "박민수", "최지은"]


def test_a_label_with_its_other_ending_in_brackets(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# A\n\n10h - Mesa-redonda 1: Oceanos\nMediador(a): Prof. Pedro Alves (UFBA)\n14h/16h - Oficina\n"
    )
    assert _times(agenda) == [(600, -1, "Mesa-redonda 1: Oceanos"), (840, 960, "Oficina")]
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Prof. Pedro Alves", "UFBA")]
    assert found == []


@pytest.mark.parametrize("afternoon", ["下午", "Nachmittag", "Après-midi", "Tarde"])
def test_a_part_of_the_day_alone_is_a_heading(agenda_of: Of, afternoon: str) -> None:
    agenda, found = agenda_of(f"# A\n\nSobota, 13.06.2026 r.\n09:00 Tides\n{afternoon}\n14:00 Ships\n")
    assert _times(agenda) == [(540, -1, "Tides"), (840, -1, "Ships")]
    assert [day.date for day in agenda.days] == [date(2026, 6, 13)]
    assert found == []
