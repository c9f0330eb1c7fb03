"""How exports write moments, lengths, kinds, names and texts in several languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.event import Kind, Service
from eventprint.jsontext import parse
from eventprint.problems import Problems
from eventprint.read.agenda import Given, Source
from eventprint.read.exports.export import Export, in_languages, kind_of, parted, read_minutes, read_moment

DAY = date(2026, 5, 7)
WALL = datetime.fromisoformat("2026-05-07T09:30")


def export(text: str = "{}", language: str = "en") -> tuple[Export, Any, Problems]:
    problems = Problems()
    source = Source(Path("agenda.json"), "agenda.json", text.encode(), "json", text, Given(language=language))
    made = Export(source, problems)
    return made, source.json.root, problems


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-05-07T09:30:00", WALL),
        ("2026-05-07 09:30", WALL),
        ("2026-05-07T09:30:00.0000000", WALL),
        ("2026/5/7 9:30 AM", WALL),
        ("2026-05-07 09:30 pm", datetime.fromisoformat("2026-05-07T21:30")),
        ("2026-05-07-0930", WALL),
        ("20260507T093000", WALL),
        ("2026-05-07T24:00", datetime.fromisoformat("2026-05-08")),
        ("2026-05-07T09:30:00Z", WALL.replace(tzinfo=UTC)),
        ("2026-05-07T09:30:00-07:00", WALL.replace(tzinfo=timezone(timedelta(hours=-7)))),
        ("2026-05-07T09:30:00+0100", WALL.replace(tzinfo=timezone(timedelta(hours=1)))),
        ("2026-05-07T09:30+01", WALL.replace(tzinfo=timezone(timedelta(hours=1)))),
        ("2026-05-07T09:30:00+02:00[Europe/Berlin]", WALL.replace(tzinfo=timezone(timedelta(hours=2)))),
        ("Thu, 07 May 2026 09:30:00 GMT", WALL.replace(tzinfo=UTC)),
        ("Thu May 07 2026 09:30:00 GMT+0900 (日本標準時)", WALL.replace(tzinfo=timezone(timedelta(hours=9)))),
        ("May 7, 2026 9:30 AM", WALL),
        ("7. Mai 2026 09:30", WALL),
        (1778146200, WALL.replace(tzinfo=UTC)),
        (1778146200000, WALL.replace(tzinfo=UTC)),
        ("1778146200", WALL.replace(tzinfo=UTC)),
        ("09:30", WALL),
        ("9:30 am", WALL),
        ("9.30", WALL),
        ("09:30:00", WALL),
        ("2026-05-07", None),
        ("7 May 2026", None),
        ("2026-13-07T09:30", None),
        ("2026-05-07T25:00", None),
        ("2026-05-07T09:30+99:99", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59Z", None),
        ("soon", None),
        ("TBA", None),
        ("", None),
        (None, None),
        (True, None),
        (5, None),
        (1e300, None),
        (float("nan"), None),
        ([], None),
        ("9" * 5000, None),
    ],
)
def test_moments_are_read_in_any_usual_notation(written: Any, moment: datetime | None) -> None:
    assert read_moment(written, DAY) == moment


def test_a_moment_may_be_an_object_or_a_date_alone() -> None:
    text = '[{"date": "2026-05-07", "time": "09:30:00"}, {"seconds": 1778146200}, {"dateTime": "2026-05-07T09:30"}]'
    root = parse(text, "a").root
    assert [read_moment(each) for each in root] == [WALL, WALL.replace(tzinfo=UTC), WALL]
    assert read_moment("7 May 2026", whole=False) == datetime.fromisoformat("2026-05-07")
    assert read_moment("09:30") is None, "no day is said"


@given(st.text(max_size=90) | st.integers() | st.floats() | st.none())
def test_no_value_raises(value: Any) -> None:
    read_moment(value, DAY)
    read_minutes(value)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        (45, 45),
        ("45", 45),
        ("00:45", 45),
        ("01:30", 90),
        ("1:30:00", 90),
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT1H", 1500),
        ("45 min", 45),
        ("45 minutes", 45),
        ("1h", 60),
        ("1 h 30", 90),
        ("1 hour 30 mins", 90),
        ("45.0", 45),
        (0, 0),
        ("long", None),
        ("", None),
        (-5, None),
        (1e9, None),
        (None, None),
        (True, None),
        ([], None),
        ("P", None),
    ],
)
def test_lengths_are_read_in_any_usual_notation(written: Any, minutes: float | None) -> None:
    assert read_minutes(written) == minutes


@pytest.mark.parametrize(
    ("word", "title", "named", "service", "kind"),
    [
        ("Talk", "Bees", True, False, (None, None)),
        ("break", "Something else", False, False, (Kind.BREAK, Service.PAUSE)),
        ("Lunch", "Food", False, False, (Kind.BREAK, Service.LUNCH)),
        ("break", "Coffee", False, False, (Kind.BREAK, Service.COFFEE)),
        ("break", "How to break things", True, False, (None, None)),
        ("Panel", "Bees", True, False, (Kind.PANEL, None)),
        ("", "Coffee", False, True, (Kind.BREAK, Service.COFFEE)),
        ("", "Quiet Room", False, True, (Kind.OTHER, None)),
        ("", "Accueil / Welcome", True, False, (Kind.ADDRESS, None)),
    ],
)
def test_the_kind_of_an_entry_follows_what_the_export_says_of_it(
    word: str, title: str, named: bool, service: bool, kind: tuple[Kind | None, Service | None]
) -> None:
    assert kind_of(word, title, named=named, service=service) == kind


def test_texts_in_several_languages_are_taken_in_that_of_the_event() -> None:
    text = (
        '{"title": {"en": "Lunch", "fr": "Déjeuner", "de": ""}, "room": {"en": "A", "fr": "A"}, "tag": {"fr": "seul"}}'
    )
    for language, said in (("fr", "Déjeuner"), ("en", "Lunch"), ("de", "Lunch"), ("fr-CA", "Déjeuner")):
        made, root, problems = export(text, language)
        assert made.said(root, "title") == said
        assert made.said(root, "room") == "A"
        assert made.said(root, "tag") == "seul"
        made.finish()
        assert [p.rule for p in problems.found] == ["agenda.languages"], "one point, however many texts"
    made, root, problems = export('{"title": {"en": "A", "fr": "A"}}')
    made.said(root, "title")
    made.finish()
    assert problems.found == [], "they say the same"


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ('{"en": "a"}', True),
        ('{"de-formal": "a", "pt_BR": null}', True),
        ('{"id": "a"}', False),
        ('{"en": 1}', False),
        ("{}", False),
        ('{"name": "a"}', False),
    ],
)
def test_an_object_is_a_text_in_several_languages_by_its_keys(text: str, so: bool) -> None:
    assert in_languages(parse(text, "a").root) is so


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ('{"state": "confirmed"}', ""),
        ('{"state": "canceled"}', "cancelled"),
        ('{"status": "Abgesagt"}', "cancelled"),
        ('{"state": "withdrawn"}', "withdrawn"),
        ('{"status": "Declined"}', "rejected"),
        ('{"status": "Accept_Queue"}', "undecided"),
        ('{"state": "submitted"}', "undecided"),
        ('{"status": "draft"}', "unpublished"),
        ('{"cancelled": true}', "cancelled"),
        ('{"cancelled": false}', ""),
        ('{"hidden": 1}', "hidden"),
        ('{"active": "N"}', "unpublished"),
        ('{"active": "Y"}', ""),
        ('{"is_public": false}', "unpublished"),
        ('{"visible": "no"}', "hidden"),
        ('{"state": 5}', ""),
        ('{"state": {"en": "cancelled"}}', "cancelled"),
        ('{"state": [], "cancelled": {}}', ""),
    ],
)
def test_what_does_not_take_place_is_known_by_its_state(value: str, reason: str) -> None:
    made, root, _ = export(value)
    assert made.dropped(root) == reason


@pytest.mark.parametrize(
    ("names", "each"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace & Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace und Alan Turing; Grace Hopper", ["Ada Lovelace", "Alan Turing", "Grace Hopper"]),
        ("Lovelace, Ada", ["Lovelace, Ada"]),
        ("Ada\nAlan", ["Ada", "Alan"]),
    ],
)
def test_several_names_in_one_text_are_parted(names: str, each: list[str]) -> None:
    assert [name.strip() for name in parted(names)] == each


def test_a_person_is_read_by_the_keys_of_many_exports() -> None:
    made, root, _ = export("""[
        {"code": "A1", "name": "Ada Lovelace", "affiliation": "Analytical", "position": "Lead", "pronouns": "she/her",
         "biography": "<p>Bio</p>", "email": "ada@example.org",
         "links": [{"linkType": "Twitter", "url": "https://x.example/ada"},
                   {"linkType": "Company Website", "url": "https://ada.example"}]},
        {"firstName": "Alan", "lastName": "Turing", "tagLine": "Fellow", "company": {"name": "King's"}},
        {"name": "Grace Hopper", "title": "Admiral"}, {"name": 7}, {"name": null, "email": []}]""")
    ada, alan, grace, seven, nobody = (made.person(each) for each in root)
    assert (ada.name, ada.id, ada.organisation) == ("Ada Lovelace", "A1", "Analytical")
    assert (ada.position, ada.pronouns) == ("Lead", "she/her")
    assert (ada.bio, ada.mail, ada.link) == ("Bio", "ada@example.org", "https://ada.example")
    assert (alan.name, alan.given, alan.family, alan.position, alan.organisation) == (
        "Alan Turing",
        "Alan",
        "Turing",
        "Fellow",
        "King's",
    )
    assert (grace.name, grace.position) == ("Grace Hopper", "Admiral")
    assert (seven.name, nobody.name, nobody.mail) == ("7", "", "")
