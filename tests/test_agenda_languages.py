"""Agendas as people write them in many languages: their words, dates, times and ways to say who speaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eventprint.event import Duty, Entry, Kind, Service, Sure
from eventprint.problems import Problem, Problems, Severity
from eventprint.read.agenda import Agenda, Given, read_agenda
from eventprint.read.language.dates import Calendar
from eventprint.read.language.lines import mark
from eventprint.read.language.moments import Clock
from eventprint.read.language.vocabulary import vocabulary

Of = Callable[..., tuple[Agenda, list[Problem]]]


@pytest.fixture
def agenda_of(tmp_path: Path) -> Of:
    def of(text: str, given: Given = Given()) -> tuple[Agenda, list[Problem]]:
        file = tmp_path / "agenda.md"
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path, given), problems.found

    return of


def _row(entry: Entry) -> tuple[str, str, str]:
    times = f"{entry.start or ''}-{entry.end if entry.end_stated else ''}"
    return times, entry.service.value if entry.service else entry.kind.value, entry.title


DAYS = {
    "de": (
        "# Hafentage\n\n## Mittwoch, 11. Mai 2022\n\nab 9 Uhr Registrierung und Kaffee\n"
        "9.30 – 10.15 Uhr Begrüßung\n"
        "10.15–11 Uhr Gezeiten (Anna Berg, ETH)\n11.00 Uhr Kaffeepause\n11.30 Podiumsdiskussion: Wer zahlt?\n"
        "Moderation: Eva Lang, ETH\n12.30 Mittagessen\n19.00 – open end Gemütlicher Ausklang\n",
        [("9-", "registration", "Registrierung und Kaffee"), ("9.30-10.15", "address", "Begrüßung"),
         ("10.15-11", "talk", "Gezeiten"), ("11.00-", "coffee", "Kaffeepause"),
         ("11.30-", "panel", "Podiumsdiskussion: Wer zahlt?"), ("12.30-", "lunch", "Mittagessen"),
         ("19.00-", "reception", "Gemütlicher Ausklang")],
    ),
    "fr": (
        "# Journées du port\n\n## Mercredi 11 mai 2022\n\n- 9h : Accueil des participants\n"
        "- 9h30 à 10h00 : Mot de bienvenue\n"
        "- 10 h 00 – 11 h 15 : Les marées\n  Par Marie Dupont, CNRS\n- 11h15 : Pause café\n- 12h30 : Déjeuner\n"
        "- à partir de 18h : Cocktail\n",
        [("9h-", "registration", "Accueil des participants"), ("9h30-10h00", "address", "Mot de bienvenue"),
         ("10 h 00-11 h 15", "talk", "Les marées"), ("11h15-", "coffee", "Pause café"),
         ("12h30-", "lunch", "Déjeuner"),
         ("18h-", "reception", "Cocktail")],
    ),
    "es": (
        "# Jornadas\n\n## Miércoles, 11 de mayo de 2022\n\n9:00 Acreditación\n9:30 Inauguración\n"
        "10:00 Las mareas\n"
        "Ponente: Carlos Díaz, Puerto de Vigo\n11:00 Pausa para el café\n14:00 Comida\n"
        "16:00 Mesa redonda\n17:00 Clausura\n",
        [("9:00-", "registration", "Acreditación"), ("9:30-", "address", "Inauguración"),
         ("10:00-", "talk", "Las mareas"), ("11:00-", "coffee", "Pausa para el café"),
         ("14:00-", "lunch", "Comida"),
         ("16:00-", "panel", "Mesa redonda"), ("17:00-", "address", "Clausura")],
    ),
    "it": (
        "# Giornate\n\n## Mercoledì 11 maggio 2022\n\nore 9.00 Registrazione\nore 9.30 Saluti istituzionali\n"
        "dalle 10.00 alle 11.00 Le maree\nRelatore: Luca Rossi, CNR\n11.00 Pausa caffè\n"
        "13.00 Pranzo\n17.00 Chiusura dei lavori\n",
        [("9.00-", "registration", "Registrazione"), ("9.30-", "address", "Saluti istituzionali"),
         ("10.00-11.00", "talk", "Le maree"), ("11.00-", "coffee", "Pausa caffè"),
         ("13.00-", "lunch", "Pranzo"),
         ("17.00-", "address", "Chiusura dei lavori")],
    ),
    "nl": (
        "# Havendagen\n\n## Woensdag 11 mei 2022\n\n09.30 uur Inloop met koffie\n10.00 – 10.30 uur Welkom\n"
        "10.30 Getijden\nSpreker: Jan de Vries, TU Delft\n12.30 Lunch\n15.00 Koffiepauze\n17.00 Borrel\n",
        [("09.30-", "registration", "Inloop met koffie"), ("10.00-10.30", "address", "Welkom"),
         ("10.30-", "talk", "Getijden"), ("12.30-", "lunch", "Lunch"), ("15.00-", "coffee", "Koffiepauze"),
         ("17.00-", "reception", "Borrel")],
    ),
    "pt": (
        "# Jornadas\n\n## Quarta-feira, 11 de maio de 2022\n\n08h30 Credenciamento\n09h00 às 09h15 Abertura\n"
        "09h15 As marés\nPalestrante: João Silva, UFRJ\n10h00 Intervalo para café\n12h00 Almoço\n"
        "14h00 Mesa-redonda\n"
        "17h00 Encerramento\n",
        [("08h30-", "registration", "Credenciamento"), ("09h00-09h15", "address", "Abertura"),
         ("09h15-", "talk", "As marés"), ("10h00-", "coffee", "Intervalo para café"),
         ("12h00-", "lunch", "Almoço"),
         ("14h00-", "panel", "Mesa-redonda"), ("17h00-", "address", "Encerramento")],
    ),
    "pl": (
        "# Dni portu\n\n## Środa, 11 maja 2022 r.\n\n9:00 Rejestracja uczestników\n9:30 Powitanie\n"
        "10:00 Pływy\n"
        "Prelegent: Jan Kowalski, Politechnika Gdańska\n11:00 Przerwa kawowa\n13:00 Obiad\n"
        "14:00 Panel dyskusyjny\n"
        "16:00 Zakończenie\n",
        [("9:00-", "registration", "Rejestracja uczestników"), ("9:30-", "address", "Powitanie"),
         ("10:00-", "talk", "Pływy"), ("11:00-", "coffee", "Przerwa kawowa"), ("13:00-", "lunch", "Obiad"),
         ("14:00-", "panel", "Panel dyskusyjny"), ("16:00-", "address", "Zakończenie")],
    ),
    "da": (
        "# Havnedage\n\n## Onsdag den 11. maj 2022\n\nkl. 9.00 Registrering\n"
        "kl. 9.30 – 9.45 Velkomst\nkl. 9.45 Tidevand\n"
        "Oplægsholder: Søren Holm, DTU\nkl. 10.30 Kaffepause\nkl. 12.00 Frokost\n"
        "kl. 15.00 Paneldebat\nkl. 16.00 Afslutning\n",
        [("9.00-", "registration", "Registrering"), ("9.30-9.45", "address", "Velkomst"), ("9.45-", "talk", "Tidevand"),
         ("10.30-", "coffee", "Kaffepause"), ("12.00-", "lunch", "Frokost"), ("15.00-", "panel", "Paneldebat"),
         ("16.00-", "address", "Afslutning")],
    ),
    "sv": (
        "# Hamndagar\n\n## Onsdag 11 maj 2022\n\nkl 09.00 Registrering\n09.30 Välkommen\n09.45 Tidvatten\n"
        "Talare: Karin Holm, KTH\n10.30 Fika\n12.00 Lunch\n15.00 Paneldebatt\n16.00 Avslutning\n",
        [("09.00-", "registration", "Registrering"), ("09.30-", "address", "Välkommen"),
        ("09.45-", "talk", "Tidvatten"),
         ("10.30-", "coffee", "Fika"), ("12.00-", "lunch", "Lunch"), ("15.00-", "panel", "Paneldebatt"),
         ("16.00-", "address", "Avslutning")],
    ),
    "ru": (
        "# Дни порта\n\n## 11 мая 2022 г.\n\n9:00 Регистрация участников\n"
        "с 9:30 до 10:00 Открытие конференции\n"
        "10:00 Приливы\nДокладчик: Анна Петрова, МГУ\n11:00 Кофе-брейк\n13:00 Обед\n"
        "14:00 Круглый стол\n16:00 Подведение итогов\n",
        [("9:00-", "registration", "Регистрация участников"), ("9:30-10:00", "address", "Открытие конференции"),
         ("10:00-", "talk", "Приливы"), ("11:00-", "coffee", "Кофе-брейк"), ("13:00-", "lunch", "Обед"),
         ("14:00-", "panel", "Круглый стол"), ("16:00-", "address", "Подведение итогов")],
    ),
    "ko": (
        "# 항구의 날\n\n## 2022년 5월 11일 (수)\n\n오전 9시 등록\n09:30~10:00 개회사\n10:00 조석 이야기\n"
        "발표자: 홍길동 교수, 서울대학교\n11:00 휴식\n12:00 점심 식사\n오후 2시 패널 토론\n16:00 폐회\n",
        [("오전 9시-", "registration", "등록"), ("09:30-10:00", "address", "개회사"), ("10:00-", "talk", "조석 이야기"),
         ("11:00-", "pause", "휴식"), ("12:00-", "lunch", "점심 식사"), ("오후 2시-", "panel", "패널 토론"),
         ("16:00-", "address", "폐회")],
    ),
    "ja": (
        "# 港の日\n\n## 2022年5月11日（水）\n\n１３：００　受付開始\n13時30分〜14時 開会の挨拶\n14:00 潮の話\n"
        "講師：山田太郎（東京大学）\n15:00 休憩\n15:15 パネルディスカッション\n17:00 閉会\n18:00〜 懇親会\n",
        [("13:00-", "registration", "受付開始"), ("13時30分-14時", "address", "開会の挨拶"),
        ("14:00-", "talk", "潮の話"),
         ("15:00-", "pause", "休憩"), ("15:15-", "panel", "パネルディスカッション"), ("17:00-", "address", "閉会"),
         ("18:00-", "reception", "懇親会")],
    ),
    "zh": (
        "# 港口日\n\n## 2022年5月11日（周三）\n\n9:00-9:30 签到\n9：30-9：45 开幕致辞\n9:45 潮汐\n"
        "主讲人：李雷，清华大学\n"
        ""
        "10:30 茶歇\n12:00-14:00 午餐\n下午2:00-3:00 圆桌论坛\n17:50 会议结束\n",
        [("9:00-9:30", "registration", "签到"), ("9:30-9:45", "address", "开幕致辞"), ("9:45-", "talk", "潮汐"),
         ("10:30-", "coffee", "茶歇"), ("12:00-14:00", "lunch", "午餐"), ("下午2:00-3:00", "panel", "圆桌论坛"),
         ("17:50-", "address", "会议结束")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", DAYS)
def test_a_day_in_many_languages(agenda_of: Of, language: str) -> None:
    text, rows = DAYS[language]
    agenda, found = agenda_of(text)
    assert [day.date for day in agenda.days] == [date(2022, 5, 11)]
    assert [_row(entry) for entry in agenda.entries()] == rows
    assert [problem.message for problem in found if problem.severity is not Severity.OPEN] == []
    # One speaker each; the German one has a moderator besides.
    assert len(agenda.people) == (2 if language == "de" else 1)
    assert all(person.organisation for person in agenda.people)


def test_people_in_eastern_letters_are_parted_from_what_is_said_of_them(agenda_of: Of) -> None:
    for language, told in (
        ("ko", ("홍길동", "서울대학교")),
        ("ja", ("山田太郎", "東京大学")),
        ("zh", ("李雷", "清华大学")),
    ):
        agenda, _ = agenda_of(DAYS[language][0])
        assert [(person.name.full, person.organisation) for person in agenda.people] == [told]


@pytest.mark.parametrize(
    ("written", "start", "end", "rest"),
    [
        ("09:45 X", 585, None, "X"), ("9.30 – 10.15 X", 570, 615, "X"), ("10:00–10:20: X", 600, 620, "X"),
        ("0830-0900 X", 510, 540, "X"), ("14h00 X", 840, None, "X"), ("14 h 30 X", 870, None, "X"),
        ("9h : X", 540, None, "X"), ("9 Uhr X", 540, None, "X"), ("kl. 9.30 X", 570, None, "X"),
        ("2:00 PM X", 840, None, "X"), ("15:00~15:20\tX", 900, 920, "X"), ("오전 10시 X", 600, None, "X"),
        ("午後2時 X", 840, None, "X"), ("10時30分 X", 630, None, "X"), ("１０：００ X", 600, None, "X"),
        ("bis 12:00 X", None, 720, "X"), ("until 12:00 X", None, 720, "X"), ("17:00まで X", None, 1020, "X"),
        ("19:00- X", 1140, None, "X"), ("19:00 – open end X", 1140, None, "X"),
        ("19.00 – Ende offen: X", 1140, None, "X"),
        ("from 9: X", 540, None, "X"), ("from 9am X", 540, None, "X"), ("ab 9 Uhr X", 540, None, "X"),
        ("à partir de 14h X", 840, None, "X"), ("9-10 Uhr X", 540, 600, "X"), ("9–10am X", 540, 600, "X"),
        ("18h45 à 19h00 : X", 1125, 1140, "X"), ("od 10:00 do 11:00 X", 600, 660, "X"),
        ("10:00から11:00 X", 600, 660, "X"),
        ("오후 2:00 ~ 3:00 X", 840, 900, "X"), ("14 : 00 X", 840, None, "X"), ("10:00 CET X", 600, None, "X"),
        ("10:00 [CEST] – X", 600, None, "X"), ("19:15/21:00 – X", 1155, 1260, "X"),
        ("X (10:30-11:00)", 630, 660, "X"),
        ("X (19:00-)", 1140, None, "X"), ("X, 9:00 - 9:30", 540, 570, "X"),
    ],
)  # fmt: skip
def test_times_in_many_forms(written: str, start: int | None, end: int | None, rest: str) -> None:
    slot = Clock(vocabulary()).slot(mark(written))
    assert slot is not None
    assert (slot.start and slot.start.minutes, slot.end and slot.end.minutes, slot.rest.text) == (start, end, rest)


@pytest.mark.parametrize(
    "written",
    ["From 9 to 5: Dolly", "2-3 hours of work", "9 planets", "10 000 visitors", "2021-2027 Programme", "12-14 people",
     "Talk (10 min)", "45' Talk", "1:1 meetings", "3.5 Aims", "5 x 10 minute talks", "Q4 Interim? (November 2013)"],
)  # fmt: skip
def test_what_is_no_time_in_many_forms(written: str) -> None:
    assert Clock(vocabulary()).slot(mark(written)) is None


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("Tides (30 min)", 30), ("Tides (45')", 45), ("Tides – 30 minutes", 30),
    ("Tides (1h30)", 90), ("Tides (1 hour)", 60),
     ("10 minutes: Tides", 10), ("(90 Minuten) Tides", 90), ("Tides（15分）", 15), ("Tides (20분)", 20),
     ("Tides (20+5 min)", 25), ("Tides (2)", 0), ("Tides 24", 0)],
)  # fmt: skip
def test_lengths_in_many_forms(written: str, minutes: int) -> None:
    title, told = Clock(vocabulary()).lasting(mark(written))
    assert (told, title.text) == (minutes, "Tides" if minutes else written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024年5月11日(土)", (11, 5, 2024, 5)), ("5월 11일", (11, 5, 0, None)),
        ("11 мая 2022 г.", (11, 5, 2022, None)),
        ("12. Mai", (12, 5, 0, None)), ("sábado, 11 de maio de 2022", (11, 5, 2022, 5)),
        ("2024 July 8th", (8, 7, 2024, None)),
        ("11. toukokuuta 2022", (11, 5, 2022, None)), ("den 11. maj 2022", (11, 5, 2022, None)),
        ("Do, 11.5.", (11, 5, 0, 3)), ("2024. 5. 11. (토)", (11, 5, 2024, 5)),
        ("mar 11 mars 2022", (11, 3, 2022, 1)),
        ("11 maja 2022 r.", (11, 5, 2022, None)), ("10月19日（土曜日）", (19, 10, 0, 5)),
        ("1er juin 2023", (1, 6, 2023, None)),
        ("2019/10/18", (18, 10, 2019, None)), ("Segunda-feira (20/10)", (20, 10, 0, 0)),
        ("середа 11.05.2022", (11, 5, 2022, 2)),
        ("2022年5月11日（周三）", (11, 5, 2022, 2)), ("11 mar 2022", (11, 3, 2022, None)),
    ],
)  # fmt: skip
def test_dates_in_many_forms(written: str, told: tuple[int, int, int, int | None]) -> None:
    found = Calendar(vocabulary()).find(written)
    assert found is not None
    assert (found.day, found.month, found.year, found.weekday) == told


def test_a_year_that_is_given_elsewhere(agenda_of: Of) -> None:
    text = "Talks\n\n## Tuesday 3 March\n\n10:00 Tides\n"
    agenda, found = agenda_of(text, Given(dates=(date(2026, 3, 2), date(2026, 3, 3))))
    assert ([day.date for day in agenda.days], found) == ([date(2026, 3, 3)], [])


def test_a_year_that_the_title_names_is_asked_about(agenda_of: Of) -> None:
    agenda, found = agenda_of("# Talks 2026\n\n## Tuesday 3 March\n\n10:00 Tides\n")
    assert [day.date for day in agenda.days] == [date(2026, 3, 3)]
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:3:12", "agenda.no-year")]


# Who speaks


@pytest.mark.parametrize(
    ("line", "title", "people"),
    [
        ("Anna Berg (ETH): Tides", "Tides", {"Anna Berg": "ETH"}),
        ("Anna Berg: Tides", "Tides", {"Anna Berg": ""}),
        ("Anna Berg – Tides", "Tides", {"Anna Berg": ""}),
        ("Anna Berg – ETH – Tides", "Tides", {"Anna Berg": "ETH"}),
        ("Tides – Anna Berg, ETH", "Tides", {"Anna Berg": "ETH"}),
        ("Tides (Anna Berg, ETH)", "Tides", {"Anna Berg": "ETH"}),
        ("Tides by Anna Berg", "Tides", {"Anna Berg": ""}),
        ("Die Flut von Anna Berg", "Die Flut", {"Anna Berg": ""}),
        ("Anna Berg, “Tides of the sea”", "Tides of the sea", {"Anna Berg": ""}),
        ("Anna Berg, Tom Hardy and Eva Lang: Tides", "Tides", {"Anna Berg": "", "Tom Hardy": "", "Eva Lang": ""}),
        ("A. Berg, T. Hardy. Tides", "Tides", {"A. Berg": "", "T. Hardy": ""}),
        ("Tides (Anna Berg, CEO at Lumen)", "Tides", {"Anna Berg": "Lumen"}),
        ("Tides, with Dr. Tom Hardy, Jr., MIT", "Tides", {"Dr. Tom Hardy, Jr.": "MIT"}),
        ("Jan Kowalski i Anna Nowak: Pływy", "Pływy", {"Jan Kowalski": "", "Anna Nowak": ""}),
        ("Santiago Ramón y Cajal: Neuronas", "Neuronas", {"Santiago Ramón y Cajal": ""}),
        ("山田太郎（東京大学）：潮の話", "潮の話", {"山田太郎": "東京大学"}),
        ("Green Deal: what next?", "Green Deal: what next?", {}),
        ("Machine Learning – an introduction", "Machine Learning – an introduction", {}),
        ("Plenary Discussion - A chance to meet", "Plenary Discussion - A chance to meet", {}),
        ("Winter School: results", "Winter School: results", {}),
        ("Panel: who pays for it?", "Panel: who pays for it?", {}),
    ],
)  # fmt: skip
def test_who_speaks_is_told_from_the_title(agenda_of: Of, line: str, title: str, people: dict[str, str]) -> None:
    agenda, found = agenda_of(f"Talks\n\n10:00 {line}\n11:00 Lunch\n")
    entry = next(agenda.entries())
    assert (entry.title, {person.name.full: person.organisation for person in agenda.people}) == (title, people)
    assert [cast.person for cast in entry.cast] == [person.key for person in agenda.people]
    assert [problem.severity for problem in found if problem.severity is not Severity.OPEN] == []


def test_names_that_nothing_else_tells_are_told_by_the_manner_of_the_text(agenda_of: Of) -> None:
    alone, _ = agenda_of("Talks\n\n10:00 Qorvat Ilnesk: Tides\n")
    assert [entry.title for entry in alone.entries()] == ["Qorvat Ilnesk: Tides"]
    among, _ = agenda_of(
        "Talks\n\n10:00 Anna Berg: Moon\n11:00 Eva Lang: Ships\n12:00 Qorvat Ilnesk: Tides\n13:00 Tom Hardy: Cranes\n"
    )
    assert [(entry.title, len(entry.cast)) for entry in among.entries()] == [
        ("Moon", 1), ("Ships", 1), ("Tides", 1), ("Cranes", 1),
    ]  # fmt: skip


def test_a_title_may_follow_who_speaks(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\n- 10:00 Anna Berg (ETH)\n  _“Keep your code alive”_\n- 11:00 Tom Hardy\n- 12:00 Eva Lang\n  Ships\n"
    )
    assert [(entry.title, [cast.person for cast in entry.cast]) for entry in agenda.entries()] == [
        ("Keep your code alive", ["anna-berg"]),
        ("Tom Hardy", ["tom-hardy"]),
        ("Ships", ["eva-lang"]),
    ]


def test_everything_beside_a_title_finds_its_place(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "Talks\n\n10:00 Tides (30 min) (Anna Berg, ETH) [Room 2]\n11:00 Ships @ Hall B\n12:00 Cranes (online)\n"
        "13:00 Session 1 (chair: Eva Lang): Ports\n- Docks (Tom Hardy, MIT)\n14:00 Loads; Chair: Eva Lang\n"
    )
    tides, ships, cranes, docks, loads = agenda.entries()
    assert (tides.title, tides.minutes, tides.room, tides.cast[0].person) == ("Tides", 30, "Room 2", "anna-berg")
    assert ((ships.title, ships.room), (cranes.title, cranes.online)) == (("Ships", "Hall B"), ("Cranes", True))
    (session,) = agenda.days[0].sessions
    assert (session.label, session.title, [(c.person, c.duty) for c in session.cast]) == (
        "Session 1", "Ports", [("eva-lang", Duty.CHAIR)],
    )  # fmt: skip
    assert (docks.title, docks.cast[0].person) == ("Docks", "tom-hardy")
    assert (loads.title, loads.cast[0].duty) == ("Loads", Duty.CHAIR)
    assert found == []


def test_talks_listed_below_a_time_are_its_talks(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n## 3 March 2026\n\n**9:15-10:45 Panel 1: Water**\n\n"
        "- Anna Berg (ETH): *Tides*\n\n- Tom Hardy (MIT): *Ships*\n\n"
        "Discussant: Eva Lang (EPFL)\n\n**Coffee**\n\n**11:00-12:00 Panel 2: Land**\n\n"
        "- Noa Cohen (TAU): *Cranes*\n- Ivo Ivić (FER): *Docks*\n"
    )
    first, coffee, second = agenda.days[0].blocks
    assert [(e.title, e.cast[0].person, e.start) for e in first.entries] == [  # type: ignore[union-attr]
        ("Tides", "anna-berg", None), ("Ships", "tom-hardy", None),
    ]  # fmt: skip
    assert [(cast.person, cast.duty) for cast in first.cast] == [("eva-lang", Duty.PANELLIST)]
    assert isinstance(coffee, Entry)
    assert (coffee.kind, coffee.service, coffee.start) == (Kind.BREAK, Service.COFFEE, None)
    assert [e.title for e in second.entries] == ["Cranes", "Docks"]  # type: ignore[union-attr]
    assert {problem.rule for problem in found} == {"agenda.shared-start"}


def test_lengths_that_do_not_add_up_are_told(agenda_of: Of) -> None:
    text = (
        "# Talks\n\n### 9:00 - 10:45: Water\n- **Opening (30 mins):** Anna Berg\n"
        "- **Panel discussion ({} mins):**\n    - Moderator: Eva Lang\n"
    )
    agenda, found = agenda_of(text.format(60))
    assert [(entry.title, entry.minutes, entry.start) for entry in agenda.entries()] == [
        ("Opening", 30, None), ("Panel discussion", 60, None),
    ]  # fmt: skip
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:3:5", "agenda.lengths")]
    assert agenda_of(text.format(75))[1] == []


def test_a_name_turned_round_is_asked_about(agenda_of: Of) -> None:
    agenda, found = agenda_of("Talks\n\n10:00 Tides\nAnna Berg, ETH\n11:00 Ships\nBerg Anna, ETH\n")
    assert [person.name.full for person in agenda.people] == ["Anna Berg"]
    assert [(str(problem.place), problem.rule) for problem in found] == [("agenda.md:6:1", "agenda.same-person")]


@pytest.mark.parametrize(
    "line", ["~~11:00 Ships (Tom Hardy, MIT)~~", "11:00 Ships (cancelled)", "11:00 Entfällt: Ships"]
)
def test_what_is_cancelled_is_left_out_and_told(agenda_of: Of, line: str) -> None:
    agenda, found = agenda_of(f"Talks\n\n10:00 Tides\n{line}\n12:00 Lunch\n")
    assert [entry.title for entry in agenda.entries()] == ["Tides", "Lunch"]
    assert [(p.place.line, p.rule, p.severity) for p in found] == [(4, "agenda.cancelled", Severity.WARNING)]


def test_time_zones_that_differ_are_asked_about(agenda_of: Of) -> None:
    agenda, found = agenda_of("# Talks\n\n## 3 March 2026\n\n(all times in CET)\n\n10:00 Tides\n11:00 CEST Ships\n")
    assert [(fact.label, fact.text) for fact in agenda.facts] == [("Time zone", "CET")]
    assert [(problem.place.line, problem.rule) for problem in found] == [(8, "agenda.timezone")]


def test_the_title_may_stand_in_front_matter(agenda_of: Of) -> None:
    agenda, _ = agenda_of('+++\ntitle = "Harbour Days 2026"\ndraft = false\n+++\n\n## June 29\n\n10:00 Tides\n')
    assert (agenda.title, agenda.days[0].date) == ("Harbour Days 2026", date(2026, 6, 29))
    assert agenda_of("---\ntitle: Programme\n---\n\n# Harbour Days\n\n10:00 Tides\n")[0].title == "Harbour Days"


def test_a_clock_of_twelve_hours_is_told_by_the_whole_text(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n## 3 March 2026\n\n1:00-2:00 Registration\n2:00-6:00 Tides\n\n## 4 March 2026\n"
        "\n9:00-1:00 Ships\n8:00-10:00 Dinner\n"
    )
    assert [(e.start.minutes, e.end.minutes) for e in agenda.entries() if e.start and e.end] == [
        (780, 840), (840, 1080), (540, 780), (1200, 1320),
    ]  # fmt: skip
    assert found == []


def test_times_that_begin_anew_are_asked_about_once(agenda_of: Of) -> None:
    agenda, found = agenda_of(
        "# Talks\n\n## 3 March 2026\n\n10:00 Tides\n16:00 Closing\n\n## Buses\n\n"
        "09:00 From the hotels\n17:00 To the hotels\n"
    )
    assert len(list(agenda.entries())) == 4
    assert [(problem.place.line, problem.rule) for problem in found] == [(8, "agenda.begins-anew")]


def test_only_an_end_and_only_a_length_are_kept(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\n10:00 Tides\nbis 12:00 Abreise\n13:00 Session 1: Ships\n- Docks (20 min)\n- Cranes (25 min)\n"
    )
    assert [(str(e.start or ""), str(e.end or ""), e.when, e.title) for e in agenda.entries()] == [
        ("10:00", "", "10:00", "Tides"),
        ("", "12:00", "", "Abreise"),
        ("", "", "20 min", "Docks"),
        ("", "", "25 min", "Cranes"),
    ]


def test_a_dash_before_every_time_is_a_list(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n-10:00 Tides\n-11:00 Ships\n-12:00 Lunch\n")
    assert [(str(entry.start), entry.title) for entry in agenda.entries()] == [
        ("10:00", "Tides"), ("11:00", "Ships"), ("12:00", "Lunch"),
    ]  # fmt: skip


def test_how_sure_a_reading_is(agenda_of: Of) -> None:
    agenda, _ = agenda_of(
        "Talks\n\n10:00 Tides\nAnna Berg, ETH\n11:00 Tom Hardy: Ships\n\nA walk along the quay\n\n12:00 Lunch\n"
    )
    assert [(entry.title, entry.sure) for entry in agenda.entries()] == [
        ("Tides", Sure.CERTAIN),
        ("Ships", Sure.LIKELY),
        ("A walk along the quay", Sure.DOUBTFUL),
        ("Lunch", Sure.CERTAIN),
    ]


def test_a_name_after_the_last_comma_is_believed_where_it_is_the_manner(agenda_of: Of) -> None:
    lines = [
        "The tides of the sea, Anna Berg",
        "The ships of the north, Eva Lang",
        "Cranes, docks and loads, Tom Hardy",
    ]
    among, _ = agenda_of("Talks\n\n" + "".join(f"1{n}:00 {line}\n" for n, line in enumerate(lines)))
    assert [(entry.title, [cast.person for cast in entry.cast]) for entry in among.entries()] == [
        ("The tides of the sea", ["anna-berg"]),
        ("The ships of the north", ["eva-lang"]),
        ("Cranes, docks and loads", ["tom-hardy"]),
    ]
    alone, _ = agenda_of(f"Talks\n\n10:00 {lines[0]}\n")
    assert [(entry.title, entry.cast) for entry in alone.entries()] == [(lines[0], ())]


def test_how_somebody_joins_is_no_organisation(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n10:00 Tides – Anna Berg (via Zoom)\n11:00 Ships – Eva Lang, ETH\n")
    first = next(agenda.entries())
    assert (first.title, first.online, [person.organisation for person in agenda.people]) == (
        "Tides",
        True,
        ["", "ETH"],
    )


@pytest.mark.parametrize("dash", [" - ", " – ", ": "])
def test_father_and_son_are_two_people_before_a_title(agenda_of: Of, dash: str) -> None:
    agenda, _ = agenda_of(
        f"Talks\n\n10:00 Angel Marchev, Sr.{dash}Tides\n11:00 Angel Marchev, Jr.{dash}Ships\n"
        f"12:00 Angel Marchev, Sr., Angel Marchev, Jr.{dash}Cranes\n"
    )
    assert [(entry.title, [cast.person for cast in entry.cast]) for entry in agenda.entries()] == [
        ("Tides", ["angel-marchev-sr"]),
        ("Ships", ["angel-marchev-jr"]),
        ("Cranes", ["angel-marchev-sr", "angel-marchev-jr"]),
    ]
    assert [person.organisation for person in agenda.people] == ["", ""]


def test_a_firm_is_nobody(agenda_of: Of) -> None:
    agenda, _ = agenda_of("Talks\n\n10:00 Tides\nHafen Nord GmbH\n11:00 Ships (Anna Berg, Lumen GmbH)\n")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Anna Berg", "Lumen GmbH")]
