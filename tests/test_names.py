"""Names: what a badge sets apart, what a list sorts by, and when two spellings are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.event import Name
from eventprint.read.language.names import fold, name, slug, untitled


@pytest.mark.parametrize(
    ("full", "given", "family", "sort"),
    [
        ("Ada Lovelace", "Ada", "Lovelace", "Lovelace, Ada"),
        ("Santiago Cuesta Lopez", "Santiago", "Cuesta Lopez", "Cuesta Lopez, Santiago"),
        ("Meng-Chun Lee", "Meng-Chun", "Lee", "Lee, Meng-Chun"),
        ("Pieter-Jan van der Zee", "Pieter-Jan", "van der Zee", "Zee, Pieter-Jan van der"),
        ("Anna Van Damme", "Anna", "Van Damme", "Van Damme, Anna"),
        ("Ludwig von und zu Berg", "Ludwig", "von und zu Berg", "und zu Berg, Ludwig von"),
        ("Charles d’Orbigny", "Charles", "d’Orbigny", "Orbigny, Charles d’"),
        ("Leila al-Masri", "Leila", "al-Masri", "Masri, Leila al-"),
        ("Mary J. Blige-Test", "Mary J.", "Blige-Test", "Blige-Test, Mary J."),
        ("Dr. Marie Curie-Test", "Dr. Marie", "Curie-Test", "Curie-Test, Dr. Marie"),
        ("Élodie DE LA TOUR", "Élodie", "DE LA TOUR", "DE LA TOUR, Élodie"),
        ("Q", "", "", "Q"),
        ("van Dijk", "", "", "van Dijk"),
        ("欧阳静怡", "", "", "欧阳静怡"),
    ],
)
def test_where_nothing_is_stated_the_first_word_is_the_given_name(
    full: str, given: str, family: str, sort: str
) -> None:
    assert name(full) == Name(full, given, family, sort)


@pytest.mark.parametrize(
    ("language", "given", "family", "sort"),
    [
        ("nl-NL", "Jan", "van der Meer", "Meer, Jan van der"),
        ("nl-BE", "Jan", "van der Meer", "van der Meer, Jan"),
        ("de", "Ludwig", "von Beethoven", "Beethoven, Ludwig von"),
        ("en-US", "Dick", "Van Dyke", "Van Dyke, Dick"),
        ("es", "Gabriel", "García Márquez", "García Márquez, Gabriel"),
        ("es", "Concepción", "de la Peña", "Peña, Concepción de la"),
        ("pt", "João", "Gonçalves da Conceição", "Conceição, João Gonçalves da"),
        ("pt-BR", "Ana", "Souza Lima Neto", "Lima Neto, Ana Souza"),
        ("fr", "Jean", "de la Fontaine", "la Fontaine, Jean de"),
        ("fr", "Joachim", "du Bellay", "du Bellay, Joachim"),
        ("it", "Luca", "di Costanzo", "di Costanzo, Luca"),
        ("is", "Vigdís", "Finnbogadóttir", "Vigdís Finnbogadóttir"),
        ("is", "Geir", "Haarde", "Haarde, Geir"),
    ],
)
def test_a_language_has_its_own_way_to_file_a_name(language: str, given: str, family: str, sort: str) -> None:
    """IFLA, Names of Persons, 4th edition 1996: the entry elements of each country."""
    assert name("", given, family, language=language).sort == sort
    assert name("", given, family, language="xx", own_language=language).sort == sort
    assert name("", given, family, sort="Own Key", language=language).sort == "Own Key"


@pytest.mark.parametrize(
    ("given", "family", "own_language", "full", "first_line"),
    [
        ("静", "石", "", "石静", "石静"),
        ("太郎", "山田", "en", "山田太郎", "山田太郎"),
        ("민준", "김", "ko", "김민준", "김민준"),
        ("ジョン", "スミス", "", "ジョン・スミス", "ジョン"),
        ("Zsófia", "Kerecsényi", "hu", "Kerecsényi Zsófia", "Zsófia"),
        ("Minh", "Nguyễn", "vi", "Nguyễn Minh", "Minh"),
        ("Zsófia", "Kerecsényi", "en", "Zsófia Kerecsényi", "Zsófia"),
    ],
)
def test_two_columns_become_one_name_in_its_own_order(
    given: str, family: str, own_language: str, full: str, first_line: str
) -> None:
    made = name("", given, family, own_language=own_language)
    assert (made.full, made.first_line) == (full, first_line)
    assert made.family_first == full.startswith(family)


def test_of_a_name_without_a_space_one_part_tells_the_other() -> None:
    assert name("欧阳静怡", family="欧阳").given == "静怡"
    assert name("欧阳静怡", given="静怡").family == "欧阳"
    assert name("欧阳静怡", given="明").family == ""


def test_the_family_name_may_come_first() -> None:
    assert name("田中 さくら") == Name("田中 さくら", "さくら", "田中", "田中, さくら", family_first=True)
    assert name("KOVÁCS Anna") == Name("KOVÁCS Anna", "Anna", "KOVÁCS", "KOVÁCS, Anna", family_first=True)
    assert name("Nguyễn Thị Minh", "Minh", "Nguyễn Thị").family_first
    assert name("", "Minh", "Nguyễn", family_first=True).full == "Nguyễn Minh"
    assert not name("Anna Kovács", "Anna", "Kovács").family_first


def test_a_comma_turns_the_name_round_but_a_degree_does_not() -> None:
    assert name("Lovelace, Ada").full == "Ada Lovelace"
    assert name("Ada Lovelace, PhD").full == "Ada Lovelace, PhD"


@pytest.mark.parametrize(
    ("full", "given", "family", "sort"),
    [
        ("Prof. Dr. Jan van der Meer", "Prof. Dr. Jan", "van der Meer", "Meer, Prof. Dr. Jan van der"),
        ("Mme Hélène de La Tour", "Mme Hélène", "de La Tour", "La Tour, Mme Hélène de"),
        ("Mr. Bullot", "", "Bullot", "Bullot"),
    ],
)
def test_a_title_is_never_the_given_name(full: str, given: str, family: str, sort: str) -> None:
    assert name(full) == Name(full, given, family, sort)
    assert name(full).first_line == (given or full)


@pytest.mark.parametrize(
    ("full", "plain"),
    [
        ("Prof. Dr. Jan van der Meer", "Jan van der Meer"),
        ("Frau Ute Heide", "Ute Heide"),
        ("Dr. Who", "Dr. Who"),
        ("Ing Chang Lee", "Ing Chang Lee"),
        ("Fr Anna Berg", "Fr Anna Berg"),
    ],
)
def test_titles_before_a_name_can_be_left_out(full: str, plain: str) -> None:
    assert untitled(full) == plain


def test_what_is_stated_is_kept() -> None:
    assert name("Antonio Novo Guerrero", sort="Novo").sort == "Novo"
    assert name("", "Ana", "de la Cruz") == Name("Ana de la Cruz", "Ana", "de la Cruz", "Cruz, Ana de la", stated=True)
    assert name("Gabriel José García Márquez", given="Gabriel José").family == "García Márquez"
    assert name("Gabriel José García Márquez", family="García Márquez").given == "Gabriel José"


def test_a_no_break_space_holds_a_family_name_together() -> None:
    assert name("Aoife\u00a0Rua Ó\u202fBriain").family == "Ó\u202fBriain"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Søren Kjærgård", "soren kjaergard"),
        ("O'Brien", "O’BRIEN"),
        ("Weiß-Müller", "WEISS MULLER"),
        ("Łukasz  Öztürk", "lukasz ozturk"),
        ("Núñez", "Nu\u0301n\u0303ez"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_marks_of_other_scripts_are_letters() -> None:
    assert fold("कि") != fold("क")
    assert fold("ば") != fold("は")


def test_a_key() -> None:
    assert slug("Santiago Cuesta Lopez") == "santiago-cuesta-lopez"
    assert slug("Ilkka Nykänen") == "ilkka-nykanen"


WORDS = st.text("ABcdé'’-ŁłЯя李ก", min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
def test_no_letter_of_a_name_is_lost(full: str) -> None:
    made = name(full)
    assert made.full == full
    parts = (made.family, made.given) if made.family_first else (made.given, made.family)
    assert " ".join(part for part in parts if part) in (full, "")
    assert fold(fold(full)) == fold(full)


@pytest.mark.parametrize(
    ("full", "given", "family", "first"),
    [
        ("Иванов Иван Иванович", "Иван Иванович", "Иванов", True),
        ("Иван Иванович Иванов", "Иван Иванович", "Иванов", False),
        ("Шевченко Леся Василівна", "Леся Василівна", "Шевченко", True),
        ("Nguyễn Thị Minh Khai", "Thị Minh Khai", "Nguyễn", True),
        ("Khai Nguyễn", "Khai", "Nguyễn", False),
        ("Ada King III", "Ada", "King III", False),
        ("King, Ada, PhD", "Ada", "King, PhD", False),
        ("Ada (Addie) King", "Ada (Addie)", "King", False),
        ("Ada King (she/her)", "Ada", "King (she/her)", False),
        ("Guest (Guest)", "", "", False),
        ("Ada & Wei", "", "", False),
        ("Wei Ming MA", "Wei Ming", "MA", False),
    ],
)
def test_parts_of_names_with_patronymics_degrees_and_brackets(full: str, given: str, family: str, first: bool) -> None:
    made = name(full)
    assert (made.given, made.family, made.family_first) == (given, family, first)


def test_a_full_width_space_parts_a_name_and_stays_in_it() -> None:
    made = name("山田　太郎")
    assert (made.full, made.family, made.given, made.family_first) == ("山田　太郎", "山田", "太郎", True)
