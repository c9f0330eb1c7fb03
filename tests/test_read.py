"""Read: an event folder becomes an event; what cannot be used is reported in its place, and the rest is there."""

from __future__ import annotations

import stat
from collections import Counter
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from eventprint import records
from eventprint.colours import WHITE, Colour
from eventprint.event import Event, Person, Sign
from eventprint.geometry import PAPERS
from eventprint.problems import Exit, Place, Problems, Severity, Stop
from eventprint.read import PRODUCTS, read
from eventprint.read.language.names import name
from eventprint.read.people.people_yaml import read_people
from eventprint.read.people.roles import Roles
from eventprint.read.settings import EventSettings, PersonSettings, RoleSettings

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "mine-the-gap"

AGENDA = """\
Days of Engines

11 May 2022

Moderator: *Grace Hopper, Navy*

09:45 **Welcome**

Grace Hopper, Navy

10:45 **The first programme**

Ada Lovelace, Analytical Engines
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agenda.md").write_text(AGENDA, encoding="utf-8")
    return tmp_path


def reading(folder: Path, **files: str) -> tuple[Event, list[str]]:
    """The event with these files (`event` for event.yaml …), and its problems without the agenda's open points."""
    for stem, text in files.items():
        file = folder / (f"{stem}.csv" if stem == "attendees" else f"{stem}.yaml")
        file.write_text(text, encoding="utf-8")
    problems = Problems()
    event = read(folder, problems)
    return event, [str(p).split("\n")[0] for p in problems.found if p.severity is not Severity.OPEN]


# The sample


@pytest.fixture(scope="module")
def sample() -> tuple[Event, Problems]:
    problems = Problems()
    return read(SAMPLE, problems), problems


def test_the_sample_reads_without_an_error(sample: tuple[Event, Problems]) -> None:
    event, problems = sample
    assert problems.errors == []
    assert (event.title, event.display_title) == ("MINE.THE.GAP Inter-platform Workshop", "MINE.THE.GAP Workshop")
    assert (event.days[0].date, event.language, event.paper) == (date(2022, 5, 11), "en", PAPERS["A4"])
    assert [product.name for product in event.products] == [
        "programme", "speaker-cards", "table-tents", "badges", "badges-a6", "signs-a3", "signs-a4",
    ]  # fmt: skip
    assert {source.name for source in event.sources} == {
        "event.yaml", "agenda.md", "people.yaml", "attendees-invented.csv", "logo.png",
    }  # fmt: skip


def test_the_sample_has_seven_people_by_the_order_they_are_filed_in(sample: tuple[Event, Problems]) -> None:
    assert sorted(person.name.sort for person in sample[0].people) == [
        "Cuesta Lopez, Santiago", "Jokelainen, Kristiina", "Lee, Meng-Chun", "Novo Guerrero, Antonio",
        "Nykänen, Ilkka", "Pinna, Valentina", "Stoyanova, Milena",
    ]  # fmt: skip


def test_the_sample_has_sixty_invented_people_and_the_seven_of_its_agenda(sample: tuple[Event, Problems]) -> None:
    event, problems = sample
    rows = [a for a in event.attendees if not a.person]
    assert (len(rows), len(event.attendees)) == (60, 67)
    assert {a.fields["Source"] for a in rows} == {"invented"}
    assert Counter(a.role for a in event.attendees if a.person) == {"speaker": 6, "moderator": 1}
    assert {a.role for a in rows} == {role.key for role in event.roles}
    assert sum(a.walk_in for a in rows) == 2
    assert [p.rule for p in problems.found if p.place.file.endswith(".csv")] == ["attendees.twice"]
    assert {a.consents.photo for a in rows} == {True, False, None}
    assert min(len(a.name.full) for a in rows) == 1
    assert max(len(a.name.full) for a in rows) > 60
    assert "@" not in repr(rows)


def test_every_attendee_has_an_id_and_a_described_role(sample: tuple[Event, Problems]) -> None:
    event, _ = sample
    assert len({a.id for a in event.attendees}) == len(event.attendees)
    assert all(event.role(role) for a in event.attendees for role in a.roles)
    assert all(event.person(a.person) for a in event.attendees if a.person)


# What event.yaml says


def test_event_yaml_wins_over_the_agenda(folder: Path) -> None:
    event, problems = reading(
        folder,
        event="title: 'Days: two'\nsubtitle: Sub\nlanguage: de\ndate: 2023-01-02\nformat: Hybrid\n"
        "venue: {name: Mill, room: Loft}\nonline: {channel: Jitsi, link: https://a.example}\norganisers: One\n"
        "supporters: [Two, Three]\nintroduction: |\n  Come in.\nfacts: [{label: Wi-Fi, text: 10:45}]\nimprint: End\n"
        "link: https://b.example\npaper: Letter\n"
        "signs: [{text: Room, kind: arrow, direction: up-left, copies: 2, where: Hall}]\n",
    )
    assert problems == []
    assert (event.title, event.subtitle, event.language, event.format) == ("Days: two", "Sub", "de", "Hybrid")
    assert (event.days[0].date, event.venue.name, event.venue.room) == (date(2023, 1, 2), "Mill", "Loft")
    assert (event.online.channel, event.online.link) == ("Jitsi", "https://a.example")
    assert (event.organisers, event.supporters, event.introduction) == (("One",), ("Two", "Three"), "Come in.")
    assert [(fact.label, fact.text) for fact in event.facts] == [("Wi-Fi", "10:45")]
    assert (event.imprint, event.link, event.paper) == ("End", "https://b.example", PAPERS["Letter"])
    assert event.signs == (Sign("Room", "arrow", "up-left", "", "Hall", 2, Place("event.yaml", 16, 9)),)


def test_without_event_yaml_everything_comes_as_it_is(folder: Path) -> None:
    event, problems = reading(folder)
    assert [str(p) for p in problems] == [
        "event.yaml: warning: there is no event.yaml: no brand, no signs, every product as it comes"
    ]
    assert [(p.name, p.layout, p.quantity) for p in event.products] == [
        (product, {"badges": "badge-90x55"}.get(product, product), 1) for product in PRODUCTS
    ]
    assert [(a.name.full, a.role) for a in event.attendees] == [
        ("Grace Hopper", "moderator"),
        ("Ada Lovelace", "speaker"),
    ]


def test_products_with_their_settings(folder: Path) -> None:
    event, problems = reading(
        folder, event="products:\n  badges:\n  big: {layout: badge-a6, quantity: 3, band: 12 mm}\n"
    )
    assert problems == []
    assert [(p.name, p.layout, p.quantity) for p in event.products] == [
        ("badges", "badge-90x55", 1),
        ("big", "badge-a6", 3),
    ]
    assert [p.place for p in event.products] == [Place("event.yaml", 2, 3), Place("event.yaml", 3, 17)]
    band = event.products[1].settings["band"]
    assert isinstance(band, records.Node)
    assert (band.text, band.place) == ("12 mm", Place("event.yaml", 3, 46))


def test_roles_of_the_event(folder: Path) -> None:
    event, problems = reading(
        folder,
        event="roles:\n  jury: {word: Jury, colour: '#112233'}\n  speaker: {word: Voice}\n",
        attendees="Name,Role\nZoë,jury\nMax,Voice\nEve,Juror\n",
    )
    assert event.role("jury").colour == Colour.parse("#112233")
    assert (event.role("speaker").word, event.role("juror").word) == ("Voice", "Juror")
    assert {a.name.full: a.roles for a in event.attendees}["Max"] == ("speaker",)
    assert problems == [
        "attendees.csv:4:5: warning: no role is called 'Juror'; it is printed as written (cell B4, Role)"
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "xx"])
def test_usual_roles_carry_white_letters_and_are_told_apart(language: str) -> None:
    styles = Roles.of_event(language, {}).styles
    assert set(styles) == {
        "attendee", "speaker", "moderator", "organiser", "staff", "volunteer", "sponsor", "exhibitor", "press", "guest",
        "vip",
    }  # fmt: skip
    assert all(style.colour.contrast(WHITE) >= 4.5 for style in styles.values())
    assert len({style.colour for style in styles.values()}) == len({style.word for style in styles.values()}) == 11


def test_role_words_follow_the_language() -> None:
    assert Roles.of_event("de-AT", {}).styles["press"].word == "Presse"
    assert Roles.of_event("de", {"press": RoleSettings(word="Medien")}).styles["press"].word == "Medien"


# People


def people(folder: Path, source: str) -> tuple[tuple[Person, ...], list[str]]:
    (folder / "people.yaml").write_text(source, encoding="utf-8")
    problems = Problems()
    known = (Person("ada", name("Ada Lovelace"), "Engines"), Person("grace", name("Grace Hopper")))
    found = read_people(folder / "people.yaml", known, lambda named, place: named, problems, folder)
    return found, [str(p).split("\n")[0] for p in problems.found]


def test_what_people_yaml_adds(tmp_path: Path) -> None:
    (ada, grace), problems = people(
        tmp_path,
        "ada LOVELACE: {given: Ada, family: Lovelace, sort: 'Byron, Ada', position: Analyst, pronouns: she/her,\n"
        "  bio: Wrote., photo: ada.png, link: https://a.example, online: true}\n",
    )
    assert problems == []
    assert ada.name.sort == "Byron, Ada"
    assert (ada.position, ada.pronouns, ada.bio, ada.photo, ada.online) == (
        "Analyst",
        "she/her",
        "Wrote.",
        Path("ada.png"),
        True,
    )
    assert ada.organisation == "Engines"
    assert grace == Person("grace", name("Grace Hopper"))


def test_faults_in_people_yaml(tmp_path: Path) -> None:
    assert people(tmp_path, "Ada Lovlace: {}\nGrace Hopper:\n  bio: a\n  biography: b\nGRACE HOPPER: {bio: c}\n")[
        1
    ] == [
        "people.yaml:4:3: error: Grace Hopper knows no 'biography'",
        "people.yaml:1:1: error: nobody on the agenda is called 'Ada Lovlace'",
        "people.yaml:5:1: error: 'GRACE HOPPER' is described twice",
    ]
    assert people(tmp_path, "- Ada Lovelace\n")[1] == [
        "people.yaml:1:1: error: this is a list, but should be a group of names and values"
    ]


# Everything at once


def test_every_planted_mistake_is_found_in_one_run_in_its_place(folder: Path) -> None:
    event, problems = reading(
        folder,
        event="titel: Days\n"  # 1
        "format: one\n"
        "format: two\n"  # 3
        "date: 11 May 2022\n"  # 4
        "venue: {nam: Mill}\n"  # 5
        "brand:\n"
        "  primary: #0b5d5e\n"  # 7
        "  accent: blue\n"  # 8
        "  logo: ../logo.png\n"  # 9
        "signs:\n"
        "  - {text: Room, direction: lift}\n"  # 11
        "  - {text: Room, copies: many}\n"  # 12
        "  - {kind: notice}\n"  # 13
        "imprint: a: b\n"  # 14
        "paper: A5\n"  # 15
        "products: {badges: {quantity: 0}}\n",  # 16
        people="Ada Lovelace:\n  photo: /etc/ada.png\n  online: no\n"
        "Grace Hoper: {bio: x}\nGrace Hopper: {photo: grace.png}\n",
        attendees="Name,Role,Photo consent\n,speaker,yes\nZoë,spaeker,yes\nMax,,maybe\nEve\x01,,no\n",
    )
    assert sorted(problems) == sorted(
        [
            "event.yaml:1:1: error: this file knows no 'titel'",
            "event.yaml:3:1: error: 'format' is given twice; the first is in line 2",
            "event.yaml:4:7: error: '11 May 2022' is not a date",
            "event.yaml:5:9: error: venue knows no 'nam'",
            "event.yaml:7:11: error: primary is empty",
            "event.yaml:8:11: error: blue is not a colour",
            "event.yaml:9:9: error: the picture ../logo.png lies outside the event folder",
            "event.yaml:11:29: error: direction cannot be 'lift'",
            "event.yaml:12:26: error: 'many' is not a whole number",
            "event.yaml:13:5: error: signs[3] needs 'text', which is missing",
            "event.yaml:14:11: error: a second ': ' in one line",
            "event.yaml:15:8: error: paper cannot be 'A5'",
            "event.yaml:16:31: error: quantity is 0, but 1 is the least",
            "people.yaml:2:10: error: the picture /etc/ada.png lies outside the event folder",
            "people.yaml:3:11: error: 'no' is not true or false",
            "people.yaml:4:1: error: nobody on the agenda is called 'Grace Hoper'",
            "people.yaml:5:23: error: there is no picture grace.png",
            "attendees.csv:2:1: error: row 2 has no name (cell A2, Name)",
            "attendees.csv:3:5: warning: no role is called 'spaeker'; it is printed as written (cell B3, Role)",
            "attendees.csv:4:6: error: 'maybe' is neither yes nor no; it counts as not answered"
            " (cell C4, Photo consent)",
            "attendees.csv:5:1: error: a control character (U+0001) was left out (cell A5, Name)",
        ]
    )
    assert (event.title, len(event.people), len(event.signs)) == ("Days of Engines", 2, 2)
    assert {a.name.full for a in event.attendees} == {"Ada Lovelace", "Grace Hopper", "Zoë", "Max", "Eve"}


def test_every_error_has_a_hint(folder: Path) -> None:
    (folder / "event.yaml").write_text(
        "titel: x\nbrand: {primary: red, logo: no.png}\npeople: p.yaml\n", encoding="utf-8"
    )
    problems = Problems()
    read(folder, problems)
    assert len(problems.errors) == 4
    assert all(problem.hint for problem in problems.errors)


@pytest.mark.parametrize(
    "strange", ["- a\n- b\n", "just text", "\x00\x01", "{{{{", "title: [", "", "!!python/object:os.system x"]
)
def test_a_strange_event_yaml_is_survived(folder: Path, strange: str) -> None:
    event, problems = reading(folder, event=strange)
    assert event.title == "Days of Engines"
    assert bool(problems) == bool(strange)


# Folders and files


def stopped(folder: Path, **how: bool) -> tuple[str, int]:
    with pytest.raises(Stop) as stop:
        read(folder, Problems(), **how)
    assert stop.value.problem.hint
    assert "\n" not in str(stop.value)
    return str(stop.value), stop.value.code


def test_no_folder_no_event(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert stopped(tmp_path / "none") == (f"there is no folder {tmp_path / 'none'}", Exit.MISSING)
    assert stopped(tmp_path / "file") == (f"{tmp_path / 'file'} is a file, not an event folder", Exit.MISSING)
    (tmp_path / "empty").mkdir()
    assert stopped(tmp_path / "empty") == (f"{tmp_path / 'empty'} holds neither event.yaml nor an agenda", Exit.MISSING)


def test_badges_need_no_agenda(tmp_path: Path) -> None:
    event, problems = reading(tmp_path, event="title: Fair\ndates: [2022-05-11, 2022-05-12]\n", attendees="Name\nAda\n")
    assert problems == ["event.yaml: error: there is no agenda: no programme, no speaker cards, no room signs"]
    assert [a.name.full for a in event.attendees] == ["Ada"]
    assert [day.date for day in event.days] == [date(2022, 5, 11), date(2022, 5, 12)]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("agenda: agnda.md", "event.yaml:1:9: error: there is no agenda agnda.md"),
        ("people: gone.yaml", "event.yaml:1:9: error: there is no file gone.yaml"),
        ("attendees: gone.csv", "event.yaml:1:12: error: there is no file gone.csv"),
        ("attendees: {file: gone.csv}", "event.yaml:1:19: error: there is no file gone.csv"),
        ("attendees: /etc/passwd", "event.yaml:1:12: error: the file /etc/passwd lies outside the event folder"),
        (
            "brand: {logo: a/../../x.png}",
            "event.yaml:1:15: error: the picture a/../../x.png lies outside the event folder",
        ),
        ("brand: {logo: logo.PNG}", "event.yaml:1:15: error: there is no picture logo.PNG"),
    ],
)
def test_a_file_that_is_not_there(folder: Path, said: str, problem: str) -> None:
    (folder / "logo.png").write_bytes(b"")
    assert reading(folder, event=said)[1] == [problem]


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "logo.png"
    outside.write_bytes(b"")
    (folder / "logo.png").symlink_to(outside)
    assert reading(folder, event="brand: {logo: logo.png}")[1] == [
        "event.yaml:1:15: error: the picture logo.png lies outside the event folder"
    ]


def test_a_near_name_is_offered(folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "logo.png").write_bytes(b"")
    (folder / "event.yaml").write_text("brand: {logo: images/lgo.png}", encoding="utf-8")
    problems = Problems()
    read(folder, problems)
    assert [problem.hint for problem in problems.errors] == ["did you mean 'images/logo.png'?"]


# The key that signs badge codes


def test_the_key_is_made_once_kept_private_and_out_of_version_control(folder: Path) -> None:
    assert read(folder, Problems()).secret == b""
    assert not (folder / ".eventprint").exists()
    key = read(folder, Problems(), secret=True).secret
    assert len(key) == 32
    assert read(folder, Problems()).secret == read(folder, Problems(), secret=True).secret == key
    file = folder / ".eventprint" / "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(each.name for each in file.parent.iterdir()) == [".gitignore", "secret"]
    assert (file.parent / ".gitignore").read_text() == "*\n"
    assert key.hex() not in repr(read(folder, Problems()))


def test_a_key_that_cannot_be_written_or_read_stops_in_one_line(folder: Path) -> None:
    (folder / ".eventprint").write_text("in the way")
    message, code = stopped(folder, secret=True)
    assert code == Exit.MISSING
    assert message.startswith(f"the key for badge codes, {folder / '.eventprint' / 'secret'}, cannot be written: ")


@pytest.mark.parametrize("damaged", ["", "abc", "zz" * 32, "00" * 31, "é"])
def test_a_damaged_key_stops(folder: Path, damaged: str) -> None:
    (folder / ".eventprint").mkdir()
    (folder / ".eventprint" / "secret").write_text(damaged, encoding="utf-8")
    message, code = stopped(folder)
    assert (message, code) == (
        f"the key for badge codes, {folder / '.eventprint' / 'secret'}, is damaged",
        Exit.MISSING,
    )


# The schema


def test_the_schema_accepts_the_sample_and_refuses_its_mistakes() -> None:
    schema = records.schema(EventSettings)
    jsonschema.Draft7Validator.check_schema(schema)
    check = jsonschema.Draft7Validator(schema)
    node = records.load(SAMPLE / "event.yaml", Problems(), SAMPLE)
    assert node is not None
    assert list(check.iter_errors(node.data)) == []
    for mistake in (
        {"titel": "x"},
        {"date": "11 May"},
        {"paper": "A5"},
        {"brand": {"primary": "red"}},
        {"signs": [{}]},
    ):
        assert not check.is_valid(mistake)


def test_every_setting_explains_itself() -> None:
    for kind in (EventSettings, dict[str, PersonSettings]):
        schema = records.schema(kind)
        records_of = [schema, *schema["definitions"].values()]
        bare = [
            key for each in records_of for key, says in each.get("properties", {}).items() if "description" not in says
        ]
        assert bare == []
