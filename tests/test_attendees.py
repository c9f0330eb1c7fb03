"""Attendee lists: every system's headings, every row used or reported, nobody twice, nothing kept that need not be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eventprint.event import Attendee, Consents, Name, Person
from eventprint.problems import Problems, Severity
from eventprint.read.language.names import name
from eventprint.read.people.attendees import on_programme, read_attendees
from eventprint.read.people.roles import Roles
from eventprint.read.settings import Columns

ADA = Person("ada-lovelace", name("Ada Lovelace"), "Analytical Engines")


def listed(
    folder: Path, source: str, people: tuple[Person, ...] = (), columns: Columns = Columns()
) -> tuple[list[Attendee], list[str]]:
    """The attendees of a list in its own order, and the problems as text without hints."""
    (folder / "list.csv").write_text(source, encoding="utf-8")
    problems = Problems()
    found = read_attendees(folder / "list.csv", columns, Roles.of_event("en", {}), people, problems, folder)
    return list(found.attendees), [str(problem).split("\n")[0] for problem in problems.found]


# Headings of real registration systems, one invented row each


REAL = {
    "pretix check-in list": (
        "Order code,Attendee name,Attendee name: First name,Attendee name: Family name,Product,Price,Checked in,"
        "Automatically checked in,Secret,E-mail,Company,Voucher code,Order date,Requires special attention,Comment",
        "ABC12,Ada Lovelace,Ada,Lovelace,Full day,10.00,,No,s3cr3t,ada@invented.example,Engines & Co,,2026-01-01,No,",
    ),
    "pretix order positions": (
        "Event slug,Order code,Position ID,Status,Email,Product,Attendee name,Attendee email,Attendee company",
        "ws,ABC12,1,paid,ada@invented.example,Full day,Ada Lovelace,ada@invented.example,Engines & Co",
    ),
    "Indico registrations": (
        "ID,Name,Email Address,First Name,Last Name,Affiliation,Title,Address,Country,Phone Number,Position,Picture",
        "7,Ada Lovelace,ada@invented.example,Ada,Lovelace,Engines & Co,Dr,,,,Analyst,",
    ),
    "Eventbrite attendee report": (
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
        "Currency,Total Paid,Fees Paid,Attendee Status,Home City,Job Title,Company",
        "11,2026-01-01,Ada,Lovelace,ada@invented.example,1,,Full day,99,,,EUR,0,0,Attending,Rome,Analyst,Engines & Co",
    ),
    "tito": (
        "Number,Ticket,Ticket Full Name,Ticket First Name,Ticket Last Name,Ticket Email,Ticket Company Name,"
        "Ticket Phone Number,Event,Void Status,Price,Ticket Reference,Tags,Order Name,Order Email",
        "1,Full day,Ada Lovelace,Ada,Lovelace,ada@invented.example,Engines & Co,,WS,false,0,REF-1,,B,b@b.example",
    ),
    "luma guests": (
        "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,ticket_name,Company",
        "gst-1,,Ada,Lovelace,ada@invented.example,,2026-01-01,approved,Full day,Engines & Co",
    ),
    "a list that marks its headings": (
        "#First Name, Last Name, Institution, Email Address",
        "Ada, Lovelace, Engines & Co, ada@invented.example",
    ),
    "German": (
        "Anmeldenummer;Vorname;Name;Firma;E-Mail-Adresse;Ticketart",
        "5;Ada;Lovelace;Engines & Co;a@b.example;Full day",
    ),
    "French": ("Prénom;Nom;Société;Courriel;Type de billet", "Ada;Lovelace;Engines & Co;a@b.example;Full day"),
    "Spanish": (
        "Nombre;Apellidos;Empresa;Correo electrónico;Entrada",
        "Ada;Lovelace;Engines & Co;a@b.example;Full day",
    ),
    "Italian": ("Cognome;Nome;Azienda;Indirizzo e-mail;Biglietto", "Lovelace;Ada;Engines & Co;a@b.example;Full day"),
    "Dutch": ("Voornaam;Achternaam;Bedrijf;E-mailadres;Kaartje", "Ada;Lovelace;Engines & Co;a@b.example;Full day"),
    "Polish": ("Imię;Nazwisko;Instytucja;Adres e-mail;Rodzaj biletu", "Ada;Lovelace;Engines & Co;a@b.example;Full day"),
    "Swedish": ("Förnamn;Efternamn;Företag;E-postadress;Biljett", "Ada;Lovelace;Engines & Co;a@b.example;Full day"),
}


@pytest.mark.parametrize("system", REAL)
def test_the_headings_of_registration_systems_are_known(tmp_path: Path, system: str) -> None:
    (ada,), problems = listed(tmp_path, "\n".join(REAL[system]) + "\n")
    assert problems == []
    assert replace(ada.name, stated=True) == Name("Ada Lovelace", "Ada", "Lovelace", "Lovelace, Ada", stated=True)
    assert (ada.organisation, ada.ticket or "Full day") == ("Engines & Co", "Full day")
    assert "@" not in repr(ada)


@pytest.mark.parametrize(
    "heading", ["Name", "Nom", "Naam", "Nombre", "Nome", "Nome e cognome", "Nombre y apellidos", "氏名", "ФИО"]
)
def test_a_single_column_with_names(tmp_path: Path, heading: str) -> None:
    (ada,), problems = listed(tmp_path, f"{heading}\nAda Lovelace\n")
    assert (ada.name.full, problems) == ("Ada Lovelace", [])


def test_headings_that_nobody_knows_are_named_in_event_yaml(tmp_path: Path) -> None:
    source = "Wer,Woher so\nAda Lovelace,Engines\n"
    assert listed(tmp_path, source)[1] == ["list.csv:1:1: error: list.csv has no column with names (cell A1)"]
    (ada,), problems = listed(tmp_path, source, columns=Columns(name="Wer", organisation="woher so"))
    assert (ada.name.full, ada.organisation, problems) == ("Ada Lovelace", "Engines", [])


def test_further_columns_are_kept_by_their_headings(tmp_path: Path) -> None:
    (ada,), _ = listed(tmp_path, "Name,Diet,Diet,,Work e-mail\nAda Lovelace,vegan,no nuts,x,a@b.example\n")
    assert ada.fields == {"Diet": "vegan", "dietary": "vegan", "Diet (C)": "no nuts", "D": "x"}


# What is never kept


def test_a_badge_name_hides_the_legal_name(tmp_path: Path) -> None:
    source = (
        "Name,First name,Last name,Badge name,Order name,Note,Email\n"
        "Augusta Byron,Augusta,Byron,Ada,Augusta Byron,invoice to augusta byron,augusta@invented.example\n"
    )
    (ada,), _ = listed(tmp_path, source)
    assert ada.name == Name("Ada", sort="Ada")
    assert "augusta" not in repr(ada).lower()
    assert "byron" not in repr(ada).lower()


# Identity


@pytest.mark.parametrize(
    ("source", "identity"),
    [
        ("Registration ID,Order code,Name,Email\nR-7,ABC,Ada Lovelace,a@b.example", "id:R-7"),
        ("Order code,Position ID,Name\nABC,2,Ada Lovelace", "order:ABC-2"),
        ("Order code,Name,Email\nABC,Ada Lovelace,a@b.example", "order:ABC"),
        # printf a@b.example | sha256sum
        ("Name,Email\nAda Lovelace,A@b.example", "mail:ebb18a030bf15174"),
        ("Name\nAda  LOVELACE", "name:ada lovelace"),
    ],
)
def test_an_id_stays_when_other_things_change(tmp_path: Path, source: str, identity: str) -> None:
    assert listed(tmp_path, source)[0][0].id == identity


def test_colleagues_in_one_order_are_two_people_with_two_ids(tmp_path: Path) -> None:
    found, _ = listed(tmp_path, "Order code,Name\nABC,Ada Lovelace\nABC,Grace Hopper\n")
    assert [attendee.id for attendee in found] == ["order:ABC", "order:ABC|grace hopper"]


# Twice


@pytest.mark.parametrize(
    "source",
    [
        "ID,Name,Organisation\n1,Ada Lovelace,Engines\n1,Ada King-Lovelace,\n",
        "Name,Email,Organisation\nAda Lovelace,a@b.example,Engines\nAda King,A@B.example,\n",
        "Name,Organisation\nZoë Müller,Engines\nZoe Muller,ENGINES\n",
    ],
)
def test_a_person_who_stands_twice_gets_one_badge_and_a_warning_naming_both_rows(tmp_path: Path, source: str) -> None:
    found, problems = listed(tmp_path, source)
    assert len(found) == 1
    assert found[0].organisation == "Engines"
    assert len(problems) == 1
    assert problems[0].startswith("list.csv:3:1: warning: ")
    assert "stands in rows 2 and 3; one badge" in problems[0]


def test_two_rows_of_one_person_fill_each_other_and_the_careful_consent_holds(tmp_path: Path) -> None:
    source = "ID,Name,Pronouns,Role,Photo consent,Listed\n1,Ada King,,speaker,yes,\n1,Ada King,she/her,sponsor,no,yes\n"
    (ada,), _ = listed(tmp_path, source)
    assert (ada.pronouns, ada.roles) == ("she/her", ("speaker", "sponsor"))
    assert ada.consents == Consents(photo=False, listed=True)


def test_one_mail_address_for_two_names_is_two_badges_and_a_question(tmp_path: Path) -> None:
    found, problems = listed(tmp_path, "Name,Email\nAda Lovelace,office@b.example\nGrace Hopper,office@b.example\n")
    assert [attendee.name.full for attendee in found] == ["Ada Lovelace", "Grace Hopper"]
    assert len({attendee.id for attendee in found}) == 2
    assert problems == [
        "list.csv:3:14: warning: Grace Hopper in row 3 and Ada Lovelace in row 2 share one mail address; two badges"
        " (cell B3, Email)"
    ]


def test_two_people_may_have_one_name(tmp_path: Path) -> None:
    found, problems = listed(tmp_path, "Name,Organisation\nLi Wei,One\nLi Wei,Two\n")
    assert (len(found), len({attendee.id for attendee in found}), problems) == (2, 2, [])


# Rows that cannot be used, or not quite


def test_faults_of_rows_are_reported_with_their_cells_and_the_rest_goes_on(tmp_path: Path) -> None:
    long = "Wolfe" * 60
    source = (
        "Name,Organisation,Role,Photo consent,Note\n"  # 1
        ",Engines,speaker,yes,\n"  # 2
        "Ada Lovelace,Engines,speaker,perhaps,\n"  # 3
        "Grace Hopper,Navy,wizzard,ja,\n"  # 4
        f"{long},,,,\n"  # 5
        "Alan\x00 Turing,,,,\n"  # 6
        '"Emmy\nNoether",Göttingen,speeker,oui,\n'  # 7 and 8
        "Mary Somerville,=SUM(A1:A2),,no,{} \\ <b>&\n"  # 9
        "Hypatia,,wizzard,,,too much\n"  # 10
    )
    found, problems = listed(tmp_path, source)
    assert problems == [
        "list.csv:10:20: warning: row 9 has more cells than there are headings (cell F9)",
        "list.csv:2:1: error: row 2 has no name (cell A2, Name)",
        "list.csv:3:30: error: 'perhaps' is neither yes nor no; it counts as not answered (cell D3, Photo consent)",
        f"list.csv:5:1: warning: a name of 300 characters: '{long[:39]}…' (cell A5, Name)",
        "list.csv:6:1: error: a control character (U+0000) was left out (cell A6, Name)",
        "list.csv:9:17: warning: a formula, “=SUM(A1:A2)”, stands where a text should be; it is printed as written"
        " (cell B8, Organisation)",
        "list.csv:4:19: warning: no role is called 'wizzard'; it is printed as written; so in 2 rows (cell C4, Role)",
        "list.csv:8:20: warning: no role is called 'speeker'; it is printed as written (cell C7, Role)",
    ]
    assert [attendee.name.full for attendee in found] == [
        "Ada Lovelace", "Grace Hopper", long, "Alan Turing", "Emmy Noether", "Mary Somerville", "Hypatia",
    ]  # fmt: skip
    somerville = found[5]
    assert (somerville.organisation, somerville.fields) == ("=SUM(A1:A2)", {"Note": "{} \\ <b>&"})


def test_every_fault_has_a_hint_or_needs_none(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Name,Role,Listed\n,x,\nA,speeker,vielleicht\n=B,,\n", encoding="utf-8")
    problems = Problems()
    read_attendees(tmp_path / "list.csv", Columns(), Roles.of_event("en", {}), (), problems, tmp_path)
    assert [problem.hint for problem in problems.found] == [
        "write the name, or delete the row",
        "write yes or no",
        "export the list with values",
        "did you mean 'Speaker'?",
    ]


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "1", "x", "ja", "Oui", "sí", "Sì", "d’accord", "tak", "✓"])
def test_yes_in_many_languages(tmp_path: Path, word: str) -> None:
    assert listed(tmp_path, f"Name,Photo consent\nAda,{word}\n")[0][0].consents == Consents(photo=True)


@pytest.mark.parametrize("word", ["no", "N", "false", "0", "nein", "Non", "não", "nie", "✗"])
def test_no_in_many_languages(tmp_path: Path, word: str) -> None:
    assert listed(tmp_path, f"Name,Photo consent\nAda,{word}\n")[0][0].consents == Consents(photo=False)


@pytest.mark.parametrize("word", ["", "-", "?", "n/a"])
def test_no_answer_is_neither(tmp_path: Path, word: str) -> None:
    (ada,), problems = listed(tmp_path, f"Name,Photo consent\nAda,{word}\n")
    assert (ada.consents, problems) == (Consents(), [])


def test_cancelled_rows_get_no_badge_and_are_reported(tmp_path: Path) -> None:
    found, problems = listed(tmp_path, "Name,Attendee Status\nAda,Attending\nGrace,Refunded\n")
    assert [attendee.name.full for attendee in found] == ["Ada"]
    assert problems == [
        "list.csv:3:7: warning: row 3 (Grace) is cancelled and gets no badge (cell B3, Attendee Status)"
    ]
    assert [a.name.full for a in listed(tmp_path, "Name,Void Status\nAda,false\nGrace,true\n")[0]] == ["Ada"]


@pytest.mark.parametrize("source", ["", "\n\n", "Name\n", '"', "\x00", ",,,\n,,,\n", "=1\n=2\n"])
def test_a_strange_list_is_survived(tmp_path: Path, source: str) -> None:
    assert listed(tmp_path, source)[0] == []


# Roles


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("", ("attendee",)),
        ("Participant", ("attendee",)),
        ("SPEAKER", ("speaker",)),
        ("Referentin", ("speaker",)),
        ("panellist", ("speaker",)),
        ("attendee; Sponsor / speaker", ("speaker", "sponsor")),
        ("guest of honour", ("vip",)),
    ],
)
def test_roles_in_the_order_of_what_they_tell(tmp_path: Path, written: str, roles: tuple[str, ...]) -> None:
    assert listed(tmp_path, f"Name,Role\nAda,{written}\n")[0][0].roles == roles


def test_without_a_role_column_a_ticket_named_like_a_role_counts(tmp_path: Path) -> None:
    found, problems = listed(tmp_path, "Name,Ticket\nAda,Press\nGrace,Full day\n")
    assert ([attendee.role for attendee in found], problems) == (["press", "attendee"], [])


# People of the programme


def test_a_row_of_somebody_on_the_programme_is_the_same_human(tmp_path: Path) -> None:
    for organisation in ("Analytical Engines", "ANALYTICAL ENGINES", ""):
        found, problems = listed(tmp_path, f"ID,Name,Organisation\n1,ada LOVELACE,{organisation}\n", (ADA,))
        made = on_programme(found, (ADA,), frozenset(), Roles.of_event("en", {}))
        assert [(a.id, a.person, a.roles, a.organisation or ADA.organisation) for a in made] == [
            ("id:1", "ada-lovelace", ("speaker",), organisation or "Analytical Engines")
        ]
        assert problems == []


def test_the_same_name_from_elsewhere_is_doubtful_and_stays_apart(tmp_path: Path) -> None:
    found, problems = listed(tmp_path, "Name,Organisation\nAda Lovelace,Royal Navy\n", (ADA,))
    made = on_programme(found, (ADA,), frozenset(), Roles.of_event("en", {}))
    assert [(attendee.organisation, attendee.person) for attendee in made] == [
        ("Royal Navy", ""),
        ("Analytical Engines", "ada-lovelace"),
    ]
    assert problems == [
        "list.csv:2:1: warning: Ada Lovelace of Royal Navy has the name of Ada Lovelace of Analytical Engines on the"
        " programme; taken for two people (cell A2, Name)"
    ]


def test_people_of_the_programme_get_a_badge_unless_they_are_online() -> None:
    online = Person("grace-hopper", name("Grace Hopper"), online=True)
    made = on_programme((), (ADA, online), frozenset({"ada-lovelace"}), Roles.of_event("en", {}))
    assert [(a.id, a.role, a.person) for a in made] == [("person:ada-lovelace", "moderator", "ada-lovelace")]


def test_who_joins_online_gets_no_badge_and_is_counted(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "Name,Online\nAda Lovelace,yes\nGrace,on site\nAlan,via Teams\n", encoding="utf-8"
    )
    problems = Problems()
    found = read_attendees(tmp_path / "list.csv", Columns(), Roles.of_event("en", {}), (ADA,), problems, tmp_path)
    assert [attendee.name.full for attendee in found.attendees] == ["Grace"]
    assert found.online == {"ada-lovelace"}
    assert [(p.severity, p.message) for p in problems.found] == [
        (Severity.WARNING, "2 people join online and get no badge")
    ]


def test_the_pile_is_in_the_order_of_names(tmp_path: Path) -> None:
    source = "Name\nZoë Ábel\nAnna van der Berg\nJürgen Österle\nPer Oster\nŁucja Bąk\n"
    made = on_programme(listed(tmp_path, source)[0], (), frozenset(), Roles.of_event("en", {}))
    assert [attendee.name.sort for attendee in made] == [
        "Ábel, Zoë", "Bąk, Łucja", "Berg, Anna van der", "Oster, Per", "Österle, Jürgen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Aas Åberg Lopez Łoś Lund Zorn"),
        ("sv", "Aas Lopez Łoś Lund Zorn Åberg"),
        ("nb", "Lopez Łoś Lund Zorn Åberg Aas"),
        ("pl", "Aas Åberg Lopez Lund Łoś Zorn"),
    ],
)
def test_the_pile_is_in_the_order_of_the_language(tmp_path: Path, language: str, order: str) -> None:
    found, _ = listed(tmp_path, "Family name\n" + "\n".join(["Zorn", "Lund", "Łoś", "Åberg", "Aas", "Lopez"]) + "\n")
    roles = Roles.of_event("en", {})
    for given in (found, found[::-1]):
        made = on_programme(given, (), frozenset(), roles, language)
        assert " ".join(attendee.name.full for attendee in made) == order


def test_a_column_says_what_lists_sort_by(tmp_path: Path) -> None:
    (ada, q), problems = listed(tmp_path, 'Name,Sort as\nAda King Noel,"Noel, Ada"\nQ,\n')
    assert (ada.name.sort, ada.name.stated, q.name.sort, problems) == ("Noel, Ada", True, "Q", [])
    assert ada.fields == {}


def test_what_the_list_states_of_a_name_is_better_than_a_guess(tmp_path: Path) -> None:
    known = Person("ana", name("Ana María Ruiz"), "")
    source = "Name,Given name,Family name\nAna María Ruiz,Ana María,Ruiz\n"
    assert listed(tmp_path, source, (known,))[0][0].name.sort == "Ruiz, Ana María"
    said = replace(known, name=name("Ana María Ruiz", sort="María Ruiz, Ana"))
    assert listed(tmp_path, source, (said,))[0][0].name.sort == "María Ruiz, Ana"


def test_the_own_language_of_a_person_tells_how_the_name_is_filed(tmp_path: Path) -> None:
    source = "Given name,Family name,Language\nJan,van der Meer,nl-BE\nPiet,van der Meer,nl\n"
    assert [each.name.sort for each in listed(tmp_path, source)[0]] == ["van der Meer, Jan", "Meer, Piet van der"]
