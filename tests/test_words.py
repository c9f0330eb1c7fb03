"""The printed words and dates, by language."""

from __future__ import annotations

import ast
import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise
from pathlib import Path

import pytest
import yaml
from babel.dates import format_date, get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from eventprint import words as module
from eventprint.compose import compose, make
from eventprint.event import Event
from eventprint.page import Page, Role, Text, walk
from eventprint.problems import Problems
from eventprint.read import read
from eventprint.shelves import shelf
from eventprint.text import Style, missing
from eventprint.words import words

HOME = Path(__file__).resolve().parents[1]
LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "pl", "da", "sv", "fi")


def table(language: str) -> dict[str, str]:
    """What a language's file says, as another reader of YAML has it."""
    text = (HOME / "data" / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.load(text, yaml.BaseLoader)
    return loaded


ENGLISH = table("en")
WEDNESDAY, THURSDAY, JUNE = date(2022, 5, 11), date(2022, 5, 12), date(2022, 6, 1)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Wednesday 11 May 2022"),
        ("en-GB", "Wednesday 11 May 2022"),
        ("en-US", "Wednesday, May 11, 2022"),
        ("de", "Mittwoch, 11. Mai 2022"),
        ("de-AT", "Mittwoch, 11. Mai 2022"),
        ("fr", "mercredi 11 mai 2022"),
        ("fi", "keskiviikko 11. toukokuuta 2022"),
    ],
)
def test_a_date_is_written_the_way_of_its_language(language: str, written: str) -> None:
    assert words(language).date(WEDNESDAY) == written


def test_a_date_without_its_weekday() -> None:
    assert words("en").date(WEDNESDAY, weekday=False) == "11 May 2022"


@pytest.mark.parametrize(
    ("language", "days", "written"),
    [
        ("en", (), ""),
        ("en", (WEDNESDAY,), "Wednesday 11 May 2022"),
        ("en", (THURSDAY, WEDNESDAY), "11–12 May 2022"),
        ("en", (WEDNESDAY, JUNE), "11 May 2022 – 1 June 2022"),
        ("en-US", (WEDNESDAY, THURSDAY), "May 11, 2022 – May 12, 2022"),
        ("de", (WEDNESDAY, THURSDAY), "11.–12. Mai 2022"),
        ("de-AT", (WEDNESDAY, THURSDAY), "11. Mai 2022 – 12. Mai 2022"),
        ("de", (WEDNESDAY, JUNE), "11. Mai 2022 – 1. Juni 2022"),
        ("fr", (JUNE, date(2022, 6, 2)), "1er–2 juin 2022"),
        ("es", (WEDNESDAY, THURSDAY), "11–12 de mayo de 2022"),
        ("it", (WEDNESDAY, THURSDAY), "11–12 maggio 2022"),
        ("nl", (WEDNESDAY, THURSDAY), "11–12 mei 2022"),
        ("pt", (WEDNESDAY, THURSDAY), "11–12 de maio de 2022"),
        ("pl", (WEDNESDAY, THURSDAY), "11–12 maja 2022"),
        ("da", (WEDNESDAY, THURSDAY), "11.–12. maj 2022"),
        ("sv", (WEDNESDAY, THURSDAY), "11–12 maj 2022"),
        ("fi", (WEDNESDAY, THURSDAY), "11.–12. toukokuuta 2022"),
    ],
)
def test_several_days_are_the_first_and_the_last(language: str, days: tuple[date, ...], written: str) -> None:
    assert words(language).dates(days) == written


@pytest.mark.parametrize("language", ["tlh", "xx-XX", "German", ""])
def test_a_language_nobody_knows_speaks_english(language: str) -> None:
    assert words(language)["coffee"] == "Coffee"
    assert words(language).date(WEDNESDAY) == "Wednesday 11 May 2022"


def test_a_word_is_there_or_it_is_not() -> None:
    assert "welcome" in words("en")
    assert "wellcome" not in words("en")


def test_every_word_that_is_asked_for_by_name_is_there() -> None:
    asked = set()
    for file in [*(HOME / "src").rglob("*.py"), *(HOME / "layouts").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(value=ast.Name(id="words" | "vocabulary"), slice=ast.Constant(value=str(key))):
                    asked.add(key)
    for file in (HOME / "layouts").glob("*.yaml"):
        asked |= set(re.findall(r"\{word:([^}|]+)", file.read_text(encoding="utf-8")))
    assert asked
    assert [key for key in sorted(asked) if key not in words("en")] == []


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(("en", "en-GB")), st.booleans())
def test_british_dates_are_those_of_babel(day: date, language: str, weekday: bool) -> None:
    expected = format_date(day, "full" if weekday else "long", locale="en_GB").replace(",", "")
    assert words(language).date(day, weekday=weekday) == expected


# Every language


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(LANGUAGES), st.booleans())
def test_dates_of_every_language_are_those_of_babel(day: date, language: str, weekday: bool) -> None:
    """But for the first of a month, which French and Italian write as an ordinal and babel does not."""
    expected = format_date(day, "full" if weekday else "long", locale=language)
    if day.day == 1 and language in ("fr", "it"):
        expected = re.sub(r"\b1\b", {"fr": "1er", "it": "1º"}[language], expected, count=1)
    assert words(language).date(day, weekday=weekday) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_days_and_months_are_those_of_babel(language: str) -> None:
    days, months = get_day_names("wide", "stand-alone", language), get_month_names("wide", "format", language)
    assert words(language)["weekdays"].split() == [days[number] for number in range(7)]
    assert words(language)["months"].split() == [months[number] for number in range(1, 13)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_keys_of_english_in_their_order(language: str) -> None:
    assert list(table(language)) == list(ENGLISH)


def test_there_are_no_other_languages_than_those_tested() -> None:
    assert {file.stem for file in (HOME / "data" / "words").glob("*.yaml")} == {"agenda", "columns", "en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_fields_stand_in_every_language(language: str) -> None:
    fields = re.compile(r"\{[^}]*\}|[{}]").findall
    here = table(language)
    assert {key: sorted(fields(here[key])) for key in ENGLISH} == {key: sorted(fields(ENGLISH[key])) for key in ENGLISH}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_words_are_clean(language: str) -> None:
    for key, word in table(language).items():
        assert word, key
        assert word == word.strip(), key
        assert unicodedata.is_normalized("NFC", word), key
        assert re.findall(r"[\x00-\x1f\u200b-\u200f\ufeff'\"]|  ", word) == [], key


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("family", ["Fira Sans", "Source Serif 4"])
def test_the_fonts_have_every_letter(language: str, family: str) -> None:
    assert missing(" ".join(table(language).values()), Style(family, language=language)) == ()


def test_french_colons_and_quotes_keep_their_spaces() -> None:
    told = " ".join(table("fr").values())
    assert re.findall(r"[^\u00a0\u202f][:;!?»%]|«[^\u00a0\u202f]", told) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_differs_from_english(language: str) -> None:
    """In three of four words at least: a file that was copied and not translated is no language."""
    here = table(language)
    assert sum(here[key] == ENGLISH[key] for key in ENGLISH) < len(ENGLISH) / 4


def test_usual_roles_have_a_word_in_every_language() -> None:
    roles = yaml.safe_load((HOME / "data" / "roles.yaml").read_text(encoding="utf-8"))
    spoken = {key: set(role["words"]) for key, role in roles.items()}
    assert spoken.pop("vip") == {"en"}, "VIP is VIP in all of them"
    assert {key: known for key, known in spoken.items() if known != {"en", *LANGUAGES}} == {}


def test_what_a_language_leaves_out_is_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    shutil.copy(HOME / "data" / "words" / "en.yaml", tmp_path / "words")
    (tmp_path / "words" / "de.yaml").write_text("coffee: Kaffee\nmonths: nie\n", encoding="utf-8")
    monkeypatch.setattr(module, "shelf", lambda name: tmp_path if name == "data" else shelf(name))
    module.words.cache_clear()
    module._table.cache_clear()
    try:
        german = words("de")
        assert (german["coffee"], german["lunch"]) == ("Kaffee", "Lunch")
        assert german.date(WEDNESDAY) == "Mittwoch, 11. Mai 2022"
    finally:
        module.words.cache_clear()
        module._table.cache_clear()


# A German event

AGENDA = """\
Regionen im Gespräch:

Wie Nachbarn zusammenarbeiten

11. Mai 2022

Ort: Rathaus Graz, Großer Saal

Veranstalter: Verein Grenzland mit Unterstützung von Stiftung Nord

Einführung:

Nachbarn treffen sich und reden über gemeinsame Sorgen.

Programm

Moderation: Ute Hähnel, Verein Grenzland

09:45 Anmeldung

10:00 Begrüßung

Ute Hähnel, Verein Grenzland

10:50 Kaffeepause

Sitzung I: Zusammenarbeit über Grenzen

11:00 Wasser kennt keine Grenze

TBC

11:20 Schienen verbinden

Jörg Maß, Bahnhof Süd

11:40 Strom für alle

Änne Groß, Werk Ost

12:00 Mittagspause

Sitzung II: Podiumsdiskussion

13:00 Auf dem Podium:

Jörg Maß, Bahnhof Süd

Änne Groß, Werk Ost

14:00 Schlusswort

Ute Hähnel, Verein Grenzland
"""

SETTINGS = """\
language: {language}
agenda: agenda.md
attendees: liste.csv
online: {{who: Gäste, channel: Webex}}
link: https://grenzland.invalid
signs:
  - {{text: Garderobe, kind: arrow, direction: left, where: Flur}}
  - {{text: Vorstand, kind: reserved, where: Erste Reihe}}
  - {{text: Ruhe bitte, kind: notice, where: Flur}}
products:
  programme: {{contents: 'yes', notes: 'yes'}}
  badge-90x55: {{}}
  badge-a6: {{}}
  speaker-cards: {{}}
  table-tents: {{}}
  signs-a3: {{}}
  signs-a4: {{}}
  pile-list: {{}}
"""


def event_in(language: str, folder: Path) -> Event:
    (folder / "agenda.md").write_text(AGENDA, encoding="utf-8")
    (folder / "event.yaml").write_text(SETTINGS.format(language=language), encoding="utf-8")
    people = [
        ("Jörg", "Maß", "Referent"),
        ("Ute", "Hähnel", "Moderation"),
        ("Änne", "Groß", ""),
        ("Ida", "Öl", "Presse"),
    ]
    rows = ["Vorname,Nachname,Firma,Rolle", *(f"{given},{family},Haus,{role}" for given, family, role in people)]
    (folder / "liste.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / ".eventprint").mkdir()
    (folder / ".eventprint" / "secret").write_text("a7" * 32, encoding="ascii")
    problems = Problems()
    event = read(folder, problems)
    assert problems.errors == []
    return event


def printed(event: Event) -> Iterator[tuple[str, str]]:
    """Every text of every product, with the product it stands on."""
    placed = []
    for product in event.products:
        made = compose(event, product, Problems())
        assert made.pages, product.name
        if made.recipient == "venue":
            placed += [("", page.name, page.where, "", "", "") for page in made.pages]
        yield from ((product.name, text) for page in made.pages for text in said(page))
    for layout, rows in (("placement-list", tuple(placed)), ("job-sheet", (("",) * 7,))):
        made = make(event, layout, Problems(), rows=rows)
        yield from ((layout, text) for page in made.pages for text in said(page))


def said(page: Page) -> list[str]:
    return [mark.line.text for mark, _ in walk(page.marks) if isinstance(mark, Text)]


def english_only(language: str) -> list[str]:
    """The English words, and the words around their fields, that the language does not have itself."""
    pieces = {piece.strip(" :,") for word in ENGLISH.values() for piece in re.split(r"\{[^}]*\}", word)}
    pieces |= set(chain(ENGLISH["weekdays"].split(), ENGLISH["months"].split()))
    own = " ".join([*table(language).values(), AGENDA, *role_words(language)]).casefold()
    return [piece for piece in pieces if len(piece) > 1 and not re.search(rf"\b{re.escape(piece.casefold())}\b", own)]


def role_words(language: str) -> list[str]:
    roles = yaml.safe_load((HOME / "data" / "roles.yaml").read_text(encoding="utf-8"))
    return [role["words"].get(language, role["words"]["en"]) for role in roles.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_prints_no_english_label(language: str, tmp_path: Path) -> None:
    telltale = english_only(language)
    assert {"Registration desk", "Where", "The day at a glance", "Speaker to be confirmed"} <= set(telltale)
    ours = re.compile("|".join(rf"\b{re.escape(piece)}\b" for piece in sorted(telltale, key=len)), re.IGNORECASE)
    assert [found for found in printed(event_in(language, tmp_path)) if ours.search(found[1])] == []


def test_the_same_event_in_english_would_be_caught(tmp_path: Path) -> None:
    """The judge of the test above sees English on each product that has words of its own."""
    ours = re.compile("|".join(rf"\b{re.escape(piece)}\b" for piece in english_only("de")), re.IGNORECASE)
    event = event_in("en", tmp_path)
    caught = {product for product, text in printed(event) if ours.search(text)}
    products = {product.name for product in event.products} - {"table-tents"}
    assert caught == {*products, "placement-list", "job-sheet"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_longer_words_fit(language: str, tmp_path: Path) -> None:
    event = event_in(language, tmp_path)
    problems = Problems()
    for product in event.products:
        compose(event, product, problems)
    assert [str(problem) for problem in problems.found] == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("layout", ["pile-list", "placement-list", "job-sheet"])
def test_headings_of_lists_do_not_run_into_each_other(language: str, layout: str, tmp_path: Path) -> None:
    width = 7 if layout == "job-sheet" else 6
    (page,) = make(event_in(language, tmp_path), layout, Problems(), rows=(("",) * width,)).pages
    marks = [(mark, mark.x + mark.line.width * mark.size) for mark, _ in walk(page.marks) if isinstance(mark, Text)]
    headings = [(mark.x, right, mark.line.text) for mark, right in marks if mark.role is Role.HEADER and mark.line.text]
    assert [a[2] for a, b in pairwise(headings) if a[1] + 2 > b[0]] == []
    title, *others = [(mark, right) for mark, right in marks if mark.role is not Role.HEADER][:3]
    assert all(title[1] + 6 < mark.x for mark, _ in others if mark.y - title[0].y < 15 and mark is not title[0])
