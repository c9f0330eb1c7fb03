"""Which column holds what: headings of systems in their languages, and columns told apart by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from eventprint import sheets
from eventprint.problems import Problem, Problems
from eventprint.read.people.headings import Headings
from eventprint.read.people.mapping import columns
from eventprint.read.settings import Columns


def found(text: str) -> tuple[dict[str, str], list[Problem]]:
    """The heading of each thing that a list holds, and what is told of it."""
    problems = Problems()
    table = sheets.parse_table(text, "a.csv", problems)
    at = columns(table, Headings.known(), Columns(), problems)
    return {key: table.headings[column] for key, column in at.items()}, list(problems.found)


CHECK_IN_LISTS: Mapping[str, str] = {
    # order; name; what the parts of a name begin with; given; family; ticket; mail
    "de": "Bestellnummer;Name Teilnehmer*in;Teilnehmer*innenname:;Vorname;Nachname;Produkt;E-Mail",
    "fr": "Code de commande;Nom du participant;Nom du participant :;Prénom;Nom de famille;Produit;E-mail",
    "es": "Código del pedido;Nombre del asistente;Nombre del asistente:;Nombre;Apellido;Producto;Email",
    "it": "Codice ordine;Nome del partecipante;Nome del partecipante:;Nome;Cognome;Prodotto;Email",
    "nl": "Bestelcode;Naam deelnemer;Naam deelnemer:;Voornaam;Achternaam;Product;E-mail",
    "pl": "Kod zamówienia;Imię i nazwisko uczestnika;Imię i nazwisko uczestnika:;Imię;Nazwisko;Produkt;Email",
    "pt": "Código do pedido;Nome do participante;Nome do participante:;Nome;Sobrenome;Produto;E-mail",
    "cs": "Kód objednávky;Jméno účastníka;Jméno účastníka:;Jméno;Příjmení;Produkt;E-mail",
    "fi": "Tilauskoodi;Osallistujan nimi;Osallistujan nimi:;Etunimi;Sukunimi;Tuote;Sähköposti",
    "hr": "Šifra narudžbe;Ime sudionika;Ime sudionika:;Ime;Prezime;Proizvod;E-pošta",
    "uk": "Код замовлення;Ім'я учасника;Ім'я учасника:;Ім'я;Прізвище;Продукт;Email",
    "ja": "注文コード;参加者の名前;参加者の名前:;名;姓;製品;電子メール",
    "tr": "Sipariş kodu;Katılımcı adı;Katılımcı adı:;Ad;Soyad;Ürün;E-posta",
    "ar": "رمز الطلب;اسم المشارك;اسم المشارك:;الاسم الأول;اسم العائلة;المنتج;البريد الإلكتروني",
}


@pytest.mark.parametrize("language", CHECK_IN_LISTS)
def test_a_check_in_list_in_the_language_of_its_organiser(language: str) -> None:
    order, name, part, given, family, ticket, mail = CHECK_IN_LISTS[language].split(";")
    headings = [order, name, f"{part} {given}", f"{part} {family}", ticket, mail]
    said, problems = found(";".join(headings) + "\nABC12;Ada King;Ada;King;Standard;ada@king.example\n")
    keys = ("order", "name", "given", "family", "ticket", "email")
    assert {key: said.get(key) for key in keys} == dict(zip(keys, headings, strict=True))
    assert problems == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nombre,País,Estado\nAda,ES,Madrid\nLi,ES,Cádiz\n", None),  # the part of a country
        ("Nombre,Estado,Estado\nAda,pagado,M\nLi,cancelado,C\n", "Estado"),
        ("Nom,Statut\nAda,Doctorante\nLi,Chercheur\n", None),  # what somebody is
        ("Name,Order status,Ticket status\nAda,Completed,Valid\nLi,Completed,Voided\n", "Ticket status"),
        ("Name,Registration state\nAda,zzz\nLi,yyy\n", "Registration state"),  # nothing else can be meant
    ],
)
def test_a_state_says_who_comes_only_where_such_words_stand_below(text: str, status: str | None) -> None:
    said, problems = found(text)
    assert said.get("status") == status
    assert problems == []


def test_of_two_columns_for_a_name_the_one_with_names_in_it_is_read() -> None:
    said, _ = found("Id,Email,Name,Vor- und Nachname,Firma\n1,anonymous,,Ada King,Engines\n2,anonymous,,Li Wei,\n")
    assert (said["name"], said["organisation"]) == ("Vor- und Nachname", "Firma")


def test_kinds_of_organisations_are_no_organisations() -> None:
    people = "".join(f"P{n},{('Industry', 'Academia')[n % 2]},House {n}\n" for n in range(14))
    assert found(f"Name,Affiliation,Institution\n{people}")[0]["organisation"] == "Institution"
    assert found("Name,Affiliation,Institution\nAda,Industry,Engines\nLi,Industry,Mills\n")[0]["organisation"] == (
        "Affiliation"
    )


def test_a_beginning_that_all_headings_share_says_nothing() -> None:
    said, _ = found("REG-FULL NAME,REG-EMAIL,REG-COUNTRY,REG-DIETARY,Amount\nAda King,a@k.example,UK,vegan,3\n")
    assert {key: said[key] for key in ("name", "email", "country", "dietary")} == {
        "name": "REG-FULL NAME", "email": "REG-EMAIL", "country": "REG-COUNTRY", "dietary": "REG-DIETARY",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nameEn,nameKo,email\nAda,에이다,a@k.example\n", {"name": "nameEn", "email": "email"}),
        ("Full Name,Campus Email\nAda,a@k.example\n", {"name": "Full Name", "email": "Campus Email"}),
        ("Name,Email payeur\nAda,a@k.example\n", {"name": "Name"}),
        ("#,What's your name?,What's your email?\n1,Ada,a@k.example\n",
         {"name": "What's your name?", "email": "What's your email?"}),
        ("Ticket holder first name,Ticket holder last name\nAda,King\n",
         {"given": "Ticket holder first name", "family": "Ticket holder last name"}),
        ("Order code,Name,Position\nA,Ada,1\nA,Li,2\n", {"order": "Order code", "name": "Name", "part": "Position"}),
        ("Name,Billet,Tarif\nAda,https://t.example/1,Plein\n", {"name": "Name", "ticket": "Tarif"}),
        ("Name,No\nAda,1\nLi,2\nBo,3\n", {"name": "Name"}),  # the rows are numbered
        ("person,namn\n1,Ada\n2,Li\n", {"name": "namn"}),
        ("Name,First name\nAda King,\nLi Wei,\n", {"name": "Name"}),
        ("Name (Vorname),Name (Nachname),Schule\nAda,King,Engines\n",
         {"given": "Name (Vorname)", "family": "Name (Nachname)", "organisation": "Schule"}),
        ("E-mail,Name,E-mail\na@k.example,Ada,a@k.example\n", {"email": "E-mail", "name": "Name"}),
        ("Nazwa,Imię i nazwisko,Zewnętrzny identyfikator\nX,Ada,17\n", {"name": "Imię i nazwisko"}),
    ],
)  # fmt: skip
def test_columns_that_are_told_by_their_words_or_by_what_stands_in_them(text: str, expected: dict[str, str]) -> None:
    said, problems = found(text)
    assert said == expected
    assert problems == []


def test_degrees_beside_a_form_of_address_are_asked_about_by_nobody() -> None:
    said, problems = found("Anrede,Titel,Name\nFrau,Dr.,Ada\nHerr,Prof. Dr.,Li\n")
    assert (said["honorific"], problems) == ("Anrede", [])


def test_the_column_of_names_is_one_in_which_names_stand() -> None:
    rows = "".join(
        f"{who},{'Guest X' if number == 1 else ''}\n" for number, who in enumerate(("A B", "C D", "E F", "G H"))
    )
    assert found("Full name,Participant name\n" + rows)[0]["name"] == "Full name"


def test_an_order_that_counts_the_rows_is_no_order() -> None:
    assert "order" not in found("Order,Name\n1,A B\n2,C D\n3,E F\n")[0]
    assert found("Order,Name\n1,A B\n1,C D\n2,E F\n")[0]["order"] == "Order"


@pytest.mark.parametrize(
    "heading", ["Vorname {},Nachname {}", "Teilnehmer {}: Name", "{}. Teilnehmer", "Participant {} name"]
)
def test_a_row_of_several_people_is_its_first_ones_and_the_others_are_told_of(heading: str) -> None:
    one, two = heading.replace("{}", "1"), heading.replace("{}", "2")
    rows = (
        (one, two, "Firma"),
        *(
            (",".join(["Ada"] * (one.count(",") + 1)), ",".join([other] * (one.count(",") + 1)), "X")
            for other in ("Li", "")
        ),
    )
    at, problems = found("\n".join(map(",".join, rows)))
    assert {at[key] for key in at if key != "organisation"} == set(one.split(","))
    assert [(problem.rule, problem.severity.value) for problem in problems] == [("attendees.several", "warning")]
    assert "in 1 of 2 rows" in problems[0].message


def test_the_second_line_of_a_firm_is_nobody() -> None:
    assert "name" not in found("Firma 1 Name,Firma 2 Name,E-Mail\nX GmbH,Y AG,a@x.org\n")[0]
    at, problems = found("Name 1;Name 2;Vorname;Nachname\nX GmbH;Werk Nord;Jan;Abt\n")
    assert (at, problems) == ({"given": "Vorname", "family": "Nachname"}, [])


def test_the_first_speakers_of_a_programme_are_no_list() -> None:
    assert found("Time,Speaker 1,Speaker 2\n9:00,,\n10:00,A B,C D\n11:00,,\n")[0] == {}
