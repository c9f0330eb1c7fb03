"""Lists in every encoding that programs write: what is certain is read in silence, what is guessed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventprint import charsets
from eventprint.event import Attendee
from eventprint.problems import Problem, Problems
from eventprint.read.people.attendees import read_attendees
from eventprint.read.people.roles import Roles
from eventprint.read.settings import Columns

LISTS = {
    "German": "Name;Firma\nJürgen Müller;Grün & Söhne\nÄnne Großmann;Universität Köln\nBjörn Weiß;Öko-Büro\n",
    "French": "Nom;Société\nHélène Lefèvre;Société Générale\nFrançois Noël;Université de Besançon\n"
    "Élodie Bérénger;À côté\n",
    "Spanish": "Nombre;Empresa\nJosé Ibáñez;Compañía Española\nMaría Núñez;Peña y Cía\nÁngel Muñoz;Diseño\n",
    "Portuguese": "Nome;Empresa\nJoão Conceição;Fundação\nInês Gonçalves;Organização\nÂngela Magalhães;Educação\n",
    "Italian": "Nome;Azienda\nNiccolò Fantò;Università di Forlì\nDésirée Cantù;Città\n",
    "Danish": "Navn;Firma\nSøren Kjær;Københavns Universitet\nÅse Bøgh;Rådgivning\nJørgen Ærø;Håndværk\n",
    "Swedish": "Namn;Företag\nÅsa Sjöström;Göteborgs universitet\nBjörn Ängström;Malmö högskola\n",
}
POLISH = "Imię i nazwisko;Instytucja\nŁukasz Żółć;Politechnika Łódzka\nMałgorzata Świątek;Uniwersytet Śląski\n"
RUSSIAN = "Имя и фамилия;Организация\nАнна Каренина;Московский университет\nЛев Толстой;Ясная Поляна\n"
KOREAN = "이름,소속\n김민준,서울대학교\n이서연,한국전력공사\n박지훈,네이버\n"
JAPANESE = "お名前,会社名\n山田 太郎,株式会社テスト\n佐藤 花子,東京大学\nスミス・ジョン,ソニー\n"
CHINESE = "姓名,单位\n王小明,北京大学\n李雷,清华大学\n欧阳娜娜,中国科学院\n"
TAIWANESE = "姓名,單位\n王小明,國立臺灣大學\n陳美麗,中華電信股份有限公司\n"


def read(folder: Path, data: bytes, encoding: str = "") -> tuple[list[Attendee], list[Problem]]:
    (folder / "list.csv").write_bytes(data)
    problems = Problems()
    roles = Roles.of_event("en", {})
    found = read_attendees(folder / "list.csv", Columns(), roles, (), problems, folder, encoding=encoding)
    return list(found.attendees), problems.found


def names(attendees: list[Attendee]) -> list[str]:
    return [attendee.name.full for attendee in attendees]


def expected(text: str) -> list[str]:
    return [line.replace(";", ",").split(",")[0] for line in text.splitlines()[1:]]


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [*LISTS.values(), POLISH, RUSSIAN, KOREAN, JAPANESE, CHINESE])
def test_unicode_is_certain_with_its_mark_and_without(tmp_path: Path, encoding: str, text: str) -> None:
    if encoding in ("utf-16-le", "utf-16-be") and text in (RUSSIAN, KOREAN, JAPANESE, CHINESE):
        text = f"Name,Company,E-mail address\n{expected(text)[0]},Invented Company,somebody@invented.example\n"
    found, problems = read(tmp_path, text.encode(encoding))
    assert (names(found), problems) == (expected(text), [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("language", LISTS)
def test_western_lists_of_windows_and_of_the_old_mac(tmp_path: Path, encoding: str, language: str) -> None:
    found, problems = read(tmp_path, LISTS[language].encode(encoding))
    assert names(found) == expected(LISTS[language])
    assert [(p.severity, p.rule) for p in problems] == [("warning", "file.encoding")]
    assert f"it was read as {charsets.NAMES[encoding]}" in problems[0].message
    lines = LISTS[language].split("\n")
    letter = lines[problems[0].place.line - 1][problems[0].place.column - 1]
    assert letter > "\x7f"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", POLISH),
        ("cp1251", RUSSIAN),
        ("koi8_r", RUSSIAN),
        ("cp949", KOREAN),
        ("cp932", JAPANESE),
        ("gb18030", CHINESE),
        ("big5", TAIWANESE),
    ],
)
def test_other_old_encodings_are_told_by_their_letters(tmp_path: Path, encoding: str, text: str) -> None:
    found, problems = read(tmp_path, text.encode(encoding))
    assert names(found) == expected(text)
    assert [p.rule for p in problems] == ["file.encoding"]
    assert f"it was read as {charsets.NAMES[encoding]}" in problems[0].message


def test_letters_that_two_encodings_know_are_doubtful_and_both_are_named(tmp_path: Path) -> None:
    # byte 9A is š for Windows and ö for the Mac; nothing else in the list tells which
    data = b"Name\nPetr Vla\x9aek\n"
    found, problems = read(tmp_path, data)
    assert len(problems) == 1
    assert "Windows-1252" in problems[0].message
    assert "MacRoman" in problems[0].message
    assert "Vlašek" in problems[0].message
    assert "Vlaöek" in problems[0].message
    other = next(code for code in ("mac_roman", "cp1252") if code in problems[0].hint)
    again, problems = read(tmp_path, data, encoding=other)
    assert problems == []
    assert {*names(found), *names(again)} == {"Petr Vlašek", "Petr Vlaöek"}


def test_a_list_said_to_be_in_an_encoding_is_read_so(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name\nDvořák Jiří\n".encode("cp1250"), encoding="cp1250")
    assert (names(found), problems) == (["Dvořák Jiří"], [])


def test_one_damaged_letter_does_not_make_a_list_another_encoding(tmp_path: Path) -> None:
    data = "Name\nJürgen Müller\nÄnne Größl\nZoë Bäcker\n".encode().replace(b"\xc3\xb6", b"\xf6")
    found, problems = read(tmp_path, data)
    assert names(found) == ["Jürgen Müller", "Änne Gr\ufffdßl", "Zoë Bäcker"]
    assert [(p.severity, p.place.line, p.place.column) for p in problems] == [("error", 3, 8)]


def test_letters_read_twice_are_told_with_what_they_may_have_been(tmp_path: Path) -> None:
    (zoe,), problems = read(tmp_path, "Name\nZoÃ« MÃ¼ller\n".encode())
    assert zoe.name.full == "ZoÃ« MÃ¼ller"
    assert [(p.rule, p.place.cell) for p in problems] == [("attendees.misread", "A2")]
    assert "“Zoë Müller”" in problems[0].message
    assert read(tmp_path, "Nome\nJOÃO MAGALHÃES\n".encode())[1] == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_of_every_system(tmp_path: Path, delimiter: str, ends: str) -> None:
    rows = [["Name", "Company", "Note"], ["Anna Berg", '"Berg; Sons, Inc|"', '"two\nlines"'], ["Li Wei", "", ""]]
    text = ends.join(delimiter.join(row) for row in rows)
    found, problems = read(tmp_path, text.encode())
    assert (names(found), problems) == (["Anna Berg", "Li Wei"], [])
    assert (found[0].organisation, found[0].fields) == ("Berg; Sons, Inc|", {"Note": "two lines"})


def test_a_title_above_the_headings_does_not_hide_what_parts_the_cells(tmp_path: Path) -> None:
    text = "Participants, spring 2024\n\nName;Company\nAnna Berg;Berg\nLi Wei;Two\nAda King;Engines\n"
    found, problems = read(tmp_path, text.encode())
    assert [(a.name.full, a.organisation) for a in found] == [
        ("Anna Berg", "Berg"), ("Li Wei", "Two"), ("Ada King", "Engines")
    ]  # fmt: skip
    assert [(p.severity, p.rule, p.place.line) for p in problems] == [("open", "attendees.above", 1)]
    assert "row 3" in problems[0].message


def test_zeros_within_cells_cost_a_letter_each(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"Name,Company\nAn\0na Berg,B\nLi Wei,\0\nAda King,C\nBo Ek,D\n" + b"E F,G\n" * 9)
    assert names(found)[:4] == ["Anna Berg", "Li Wei", "Ada King", "Bo Ek"]
    assert [(p.rule, p.place.cell) for p in problems][:2] == [("attendees.control", "A2"), ("attendees.control", "B3")]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n\0\0\0", b"\x1f\x8b\x08\0", bytes(range(256)) * 20])
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    found, problems = read(tmp_path, data)
    assert (found, len(problems)) == ([], 1)
    assert problems[0].hint
