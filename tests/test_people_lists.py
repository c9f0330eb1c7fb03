"""Lists as people keep them: headings in many languages, questions, titles above, sheets beside, cells that are odd."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import made_workbooks as made
import pytest
from effort import ending, grows_evenly
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventprint import sheets
from eventprint.event import Attendee, Consents, Person
from eventprint.problems import Problem, Problems
from eventprint.read.language.names import name
from eventprint.read.people.attendees import on_programme, read_attendees
from eventprint.read.people.headings import Headings
from eventprint.read.people.mapping import columns
from eventprint.read.people.roles import Roles
from eventprint.read.people.same import mail_mark
from eventprint.read.settings import Columns


def read(
    folder: Path,
    content: str | bytes,
    people: tuple[Person, ...] = (),
    columns: Columns = Columns(),
    named: str = "list",
) -> tuple[list[Attendee], list[Problem]]:
    (folder / named).write_bytes(content.encode() if isinstance(content, str) else content)
    problems = Problems()
    found = read_attendees(folder / named, columns, Roles.of_event("en", {}), people, problems, folder)
    return list(found.attendees), problems.found


def rules(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.severity.value, problem.rule, problem.place.cell) for problem in problems]


# Headings


LANGUAGES: Mapping[str, str] = {
    # given, family, organisation, position, pronouns, role, ticket, mail, dietary
    "English": "First name,Surname,Company,Job title,Pronouns,Role,Ticket type,E-mail address,Dietary requirements",
    "German": "Vorname,Nachname,Firma,Funktion,Pronomen,Rolle,Ticketart,E-Mail-Adresse,Unverträglichkeiten",
    "French": "Prénom,Nom,Société,Fonction,Pronoms,Rôle,Type de billet,Adresse e-mail,Régime alimentaire",
    "Spanish": "Nombre,Apellidos,Empresa,Cargo,Pronombres,Rol,Tipo de entrada,Correo electrónico,Alergias",
    "Italian": "Nome,Cognome,Azienda,Qualifica,Pronomi,Ruolo,Biglietto,Indirizzo e-mail,Intolleranze alimentari",
    "Dutch": "Voornaam,Achternaam,Bedrijf,Functie,Voornaamwoorden,Rol,Kaartsoort,E-mailadres,Dieetwensen",
    "Portuguese": "Nome,Apelido,Instituição,Cargo,Pronomes,Papel,"
    "Tipo de bilhete,Endereço de e-mail,Restrições alimentares",
    "Polish": "Imię,Nazwisko,Instytucja,Stanowisko,Zaimki,Rola,Rodzaj biletu,Adres e-mail,Alergie",
    "Danish": "Fornavn,Efternavn,Virksomhed,Stilling,Pronominer,Rolle,Billettype,E-mailadresse,Allergier",
    "Swedish": "Förnamn,Efternamn,Företag,Befattning,Pronomen,Roll,Biljettyp,E-postadress,Specialkost",
    "Russian": "Имя,Фамилия,Организация,Должность,Местоимения,Роль,Тип билета,Электронная почта,Аллергия",
    "Korean": "이름,성,소속,직책,인칭대명사,역할,티켓 종류,이메일,알레르기",
    "Japanese": "名,姓,会社名,役職,代名詞,役割,チケット種別,メールアドレス,アレルギー",
    "Chinese": "名,姓,单位,职位,人称代词,角色,票种,邮箱,忌口",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_in_the_languages_of_lists(tmp_path: Path, language: str) -> None:
    row = "Ada,King,Engines,Analyst,she/her,Speaker,Full day,ada@invented.example,no nuts"
    (ada,), problems = read(tmp_path, f"{LANGUAGES[language]}\n{row}\n")
    assert problems == []
    assert (ada.name.given, ada.name.family) == ("Ada", "King")
    assert (ada.organisation, ada.position, ada.pronouns) == ("Engines", "Analyst", "she/her")
    assert (ada.role, ada.ticket, ada.fields["dietary"]) == ("speaker", "Full day", "no nuts")
    assert ada.id == "mail:803d8ec1dbc9a06f"  # printf ada@invented.example | sha256sum
    assert "@" not in repr(ada)


@pytest.mark.parametrize(
    "headings",
    [
        "firstName,lastName,companyName",
        "FIRST_NAME,LAST_NAME,COMPANY",
        "First Name *,Last Name *,Company (optional)",
        "Vorname / First name,Nachname / Last name,Firma / Company",
        " First name , Last name , Company ",
        "#First name,Last name,Company",
    ],
)
def test_headings_however_they_are_written(tmp_path: Path, headings: str) -> None:
    (ada,), problems = read(tmp_path, f"{headings}\nAda,King,Engines\n")
    assert (ada.name.given, ada.name.family, ada.organisation, problems) == ("Ada", "King", "Engines", [])


QUESTIONS = {
    "What should we print on your badge?": ("name", "Ada L."),
    "How would you like your name to appear on the badge?": ("name", "Ada L."),
    "Welcher Name soll auf dem Namensschild stehen?": ("name", "Ada L."),
    "Quel nom faut-il écrire sur le badge ?": ("name", "Ada L."),
    "What pronouns do you use?": ("pronouns", "she/her"),
    "Allergies / dietary requirements": ("dietary", "no nuts"),
    "Do you have any food allergies we should know of?": ("dietary", "no nuts"),
    "Haben Sie Allergien oder Unverträglichkeiten?": ("dietary", "no nuts"),
    "Avez-vous des allergies ou un régime alimentaire particulier ?": ("dietary", "no nuts"),
    "¿Tiene alguna alergia o restricción alimentaria?": ("dietary", "no nuts"),
    "食物アレルギーはありますか？": ("dietary", "no nuts"),
    "是否有过敏或饮食要求？": ("dietary", "no nuts"),
    "Do you have any accessibility requirements?": ("access", "ramp"),
    "Do you use a wheelchair or need other special assistance?": ("access", "ramp"),
    "Benötigen Sie einen barrierefreien Zugang?": ("access", "ramp"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_are_understood_by_their_words(tmp_path: Path, question: str) -> None:
    key, answer = QUESTIONS[question]
    (ada,), problems = read(tmp_path, f'Name,"{question}"\nAugusta King,{answer}\n')
    assert problems == []
    assert {"name": ada.name.full, "pronouns": ada.pronouns}.get(key, ada.fields.get(key)) == answer


PHOTO = {
    "Do you consent to being photographed?": (True, False),
    "I agree that photos of me may be published": (True, False),
    "Sind Sie mit Fotoaufnahmen einverstanden?": (True, False),
    "J'autorise l'utilisation de mon droit à l'image": (True, False),
    "No photos please": (False, True),
    "I do not want to be photographed": (False, True),
    "Ich möchte nicht fotografiert werden": (False, True),
}


@pytest.mark.parametrize("question", PHOTO)
def test_a_yes_to_a_question_about_photos_means_what_was_asked(tmp_path: Path, question: str) -> None:
    (one, other, none), problems = read(tmp_path, f'Name,"{question}"\nAda King,Yes\nAlan Turing,no\nBo Ek,\n')
    assert problems == []
    assert (one.consents.photo, other.consents.photo, none.consents.photo) == (*PHOTO[question], None)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("May we print your allergies on your name badge?", "the name on the badge or dietary"),
        ("Do you consent to photos of you and to being on the participant list?", "consent to photos or listed"),
        ("Do you consent to being photographed, or would you rather not?", "allows or forbids"),
    ],
)
def test_a_question_that_may_be_about_two_things_is_an_open_point(tmp_path: Path, question: str, about: str) -> None:
    (ada,), problems = read(tmp_path, f'Name,"{question}"\nAda King,yes\n')
    assert rules(problems) == [("open", "attendees.question", "B1")]
    assert about in problems[0].message
    assert "columns: {" in problems[0].hint
    assert (ada.name.full, ada.consents, ada.fields) == ("Ada King", Consents(), {question: "yes"})


def test_the_mapping_that_an_open_point_asks_for_is_obeyed(tmp_path: Path) -> None:
    question = "Do you consent to being photographed, or would you rather not?"
    (ada,), problems = read(tmp_path, f'Name,"{question}"\nAda King,no\n', columns=Columns(photo=question))
    assert (ada.consents, problems) == (Consents(photo=False), [])
    (ada,), problems = read(tmp_path, f'Name,"{question}"\nAda King,no\n', columns=Columns(no_photo=question))
    assert (ada.consents, problems) == (Consents(photo=True), [])


@pytest.mark.parametrize(
    "heading",
    [
        "T-shirt size for your badge pack",
        "Price of the meal",
        "Emergency contact phone",
        "Which workshop do you attend?",
    ],
)
def test_questions_about_other_things_are_only_kept(tmp_path: Path, heading: str) -> None:
    (ada,), problems = read(tmp_path, f"Name,{heading}\nAda King,seven\n")
    assert (ada.name.full, ada.fields, problems) == ("Ada King", {heading: "seven"}, [])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Yes, I agree to be photographed", True),
        ("I agree to the photo policy", True),
        ("No, thank you", False),
        ("I do not consent", False),
        ("Ja, gerne", True),
        ("Yes, but not on video", None),
        ("Only from behind", None),
    ],
)
def test_answers_of_several_words(tmp_path: Path, answer: str, said: bool | None) -> None:
    (ada,), problems = read(tmp_path, f'Name,Photo consent\nAda King,"{answer}"\n')
    assert ada.consents == Consents(photo=said)
    assert rules(problems) == ([] if said is not None else [("error", "attendees.answer", "B2")])


def test_a_column_called_contact_with_telephone_numbers_is_no_consent(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name,Contact\nA B,+49 30 1\nC D,+49 30 2\nE F,+49 30 3\n")
    assert [each.fields for each in found] == [
        {"Contact": "+49 30 1"},
        {"Contact": "+49 30 2"},
        {"Contact": "+49 30 3"},
    ]
    assert rules(problems) == [("open", "attendees.answers", "B1")]


def test_titles_are_forms_of_address_or_a_question(tmp_path: Path) -> None:
    (ada,), problems = read(tmp_path, "Title,Name\nProf. Dr.,Ada King\n")
    assert (ada.name.full, ada.fields["form of address"], problems) == ("Ada King", "Prof. Dr.", [])
    (ada,), problems = read(tmp_path, "Title,Name\nChief Analyst,Ada King\n")
    assert (ada.position, rules(problems)) == ("", [("open", "attendees.title", "A1")])
    (ada,), problems = read(tmp_path, "Title,Name\nChief Analyst,Ada King\n", columns=Columns(position="Title"))
    assert (ada.position, problems) == ("Chief Analyst", [])


def test_marks_that_say_there_is_nothing_are_no_marks(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "Name,Allergies\nA B,None\nC D,keine\nE F,-\nG H,milk\n")
    assert [each.fields.get("dietary") for each in found] == [None, None, None, "milk"]
    assert [each.fields.get("Allergies") for each in found] == ["None", "keine", None, "milk"]


def test_a_yes_under_a_mark_is_the_mark(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name,Vegetarian diet,Wheelchair access\nA B,yes,no\nC D,no,x\n")
    assert [(each.fields.get("dietary"), each.fields.get("access")) for each in found] == [
        ("Vegetarian diet", None), (None, "Wheelchair access")
    ]  # fmt: skip
    assert problems == []


WHOSE = {
    "person_name,person_firstname,person_organisation,person_email": "King,Ada,Engines,ada@invented.example",
    "Nom participant,Prénom participant,Organisme,E-mail": "King,Ada,Engines,ada@invented.example",
    "First/Given Name,Last/Family Name,Organization/Affiliation,Email Id": "Ada,King,Engines,ada@invented.example",
    "Attendee first name,Attendee last name,Affiliation on badge,Your email": "Ada,King,Engines,ada@invented.example",
}


@pytest.mark.parametrize("headings", WHOSE)
def test_headings_that_say_whose_they_are(tmp_path: Path, headings: str) -> None:
    (ada,), problems = read(tmp_path, f"{headings}\n{WHOSE[headings]}\n")
    assert (ada.name.given, ada.name.family, ada.organisation, problems) == ("Ada", "King", "Engines", [])
    assert ada.id == "mail:803d8ec1dbc9a06f"


# What stands around the table


def test_titles_above_the_headings_and_blank_rows(tmp_path: Path) -> None:
    rows = [["Participants 2024", ""], ["as of 1 March", ""], ["", ""], ["Name", "Company"], ["Ada King", "Engines"],
            ["", ""], ["Li Wei", "Two"]]  # fmt: skip
    for data in (made.xlsx(rows), made.ods(rows), made.xls(rows)):
        (ada, wei), problems = read(tmp_path, data)
        assert [(a.name.full, a.organisation, a.place.cell) for a in (ada, wei)] == [
            ("Ada King", "Engines", "S!A5"), ("Li Wei", "Two", "S!A7")
        ]  # fmt: skip
        assert rules(problems) == [("open", "attendees.above", "S!A1")]
        assert "“Participants 2024 as of 1 March”" in problems[0].message


def test_faults_in_workbooks_are_told_at_sheet_cell_and_heading(tmp_path: Path) -> None:
    rows = [["Name", "Photo consent"], ["Ada King", "perhaps"], ["", "yes"]]
    for data in (made.xlsx(rows), made.ods(rows), made.xls(rows)):
        _, problems = read(tmp_path, data)
        assert [(p.place.cell, p.place.heading, p.place.line) for p in problems] == [
            ("S!B2", "Photo consent", 0), ("S!A3", "Name", 0)
        ]  # fmt: skip


def test_one_of_several_sheets_holds_the_people(tmp_path: Path) -> None:
    parts = made.xlsx_parts("<sheetData/>")
    people = "".join(
        f'<row r="{n}">{made.cell(f"A{n}", who)}{made.cell(f"B{n}", where)}</row>'
        for n, (who, where) in enumerate([("Name", "Company"), ("Ada King", "Engines"), ("Li Wei", "Two")], 1)
    )
    notes = f'<row r="1">{made.cell("A1", "To do")}</row><row r="2">{made.cell("A2", "Order badges")}</row>'
    for number, rows in ((1, notes), (2, people), (3, "")):
        parts[f"xl/worksheets/sheet{number}.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
            parts["xl/worksheets/sheet1.xml"].partition(">")[2], f"<sheetData>{rows}</sheetData></worksheet>"
        )
    one = '<sheet name="S" sheetId="1" r:id="rId1"/>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        one,
        "".join(
            one.replace('"S"', f'"{n}"').replace("1", str(i)) for i, n in ((1, "Notes"), (2, "List"), (3, "Empty"))
        ),
    )
    related = parts["xl/_rels/workbook.xml.rels"]
    link = related[related.index("<Relationship Id") : related.index("</Relationships>")]
    parts["xl/_rels/workbook.xml.rels"] = related.replace(
        link, "".join(link.replace("rId1", f"rId{i}").replace("sheet1", f"sheet{i}") for i in (1, 2, 3))
    )
    found, problems = read(tmp_path, made.zipped(parts))
    assert [attendee.place.cell for attendee in found] == ["List!A2", "List!A3"]
    assert [(p.severity, p.rule) for p in problems] == [("open", "attendees.sheets")]
    assert "not read: “Notes”" in problems[0].message


def test_numbers_dates_and_truths_of_workbooks_are_as_people_say_them(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1">'
        + "".join(
            made.cell(f"{letter}1", text)
            for letter, text in zip("ABCD", ("ID", "Name", "Photo consent", "Seat"), strict=True)
        )
        + '</row><row r="2"><c r="A2"><v>12345</v></c>'
        + made.cell("B2", "Ada King")
        + '<c r="C2" t="b"><v>1</v></c><c r="D2" t="str"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    (ada,), problems = read(tmp_path, made.zipped(made.xlsx_parts(sheet)))
    assert (ada.id, ada.consents, ada.fields["seat"], problems) == ("id:12345", Consents(photo=True), "2", [])


# Cells


def test_formulas_are_text_and_told_where_they_would_be_printed(tmp_path: Path) -> None:
    source = (
        "Name,Company,Twitter,Phone\n"
        '"=HYPERLINK(""http://evil.invented"",""Ada"")",Engines,@ada,+49 30 1\n'
        "+1,Engines,@alan,-\n"
        "@SUM(A1),Engines,,\n"
        "Ada King,@cmd(1),=1+1,\n"
        "Li Wei,-,'=x,\n"
    )
    found, problems = read(tmp_path, source)
    assert [each.name.full for each in found] == [
        '=HYPERLINK("http://evil.invented","Ada")', "+1", "@SUM(A1)", "Ada King", "Li Wei"
    ]  # fmt: skip
    assert rules(problems) == [("warning", "attendees.formula", cell) for cell in ("A2", "A3", "A4", "B5", "C5", "C6")]
    assert found[0].fields == {"Twitter": "@ada", "Phone": "+49 30 1"}
    assert (found[3].organisation, found[4].organisation, found[4].fields) == ("@cmd(1)", "", {"Twitter": "=x"})


def test_numbers_that_went_through_a_spreadsheet(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "ID,Name\n12345.0,Ada King\n1.23E+11,Alan Turing\n0012,Li Wei\n")
    assert [each.id for each in found] == ["id:12345", "name:alan turing", "id:0012"]
    assert rules(problems) == [("warning", "attendees.number", "A3")]


def test_a_column_of_equal_numbers_tells_nobody_apart(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "Number,Name\n1,Ada King\n1,Ada Byron\n1,Alan Turing\n1,Li Wei\n")
    assert [each.id for each in found] == ["name:ada king", "name:ada byron", "name:alan turing", "name:li wei"]


def test_marks_of_web_pages_and_of_latex_are_no_markup_and_asked_about(tmp_path: Path) -> None:
    source = (
        "Name,Company\n"
        "Sinead O&#39;Brien,M&amp;S\n"
        "Ada<br>King,AT&T\n"
        'J\\"{o}rg M\\"uller,"\\textbf{Engines}"\n'
        'Fran\\c{c}ois No\\"el,a_{1}\n'
    )
    found, problems = read(tmp_path, source)
    assert [(each.name.full, each.organisation) for each in found] == [
        ("Sinead O&#39;Brien", "M&amp;S"), ("Ada<br>King", "AT&T"), ('J\\"{o}rg M\\"uller', "\\textbf{Engines}"),
        ('Fran\\c{c}ois No\\"el', "a_{1}"),
    ]  # fmt: skip
    meant = ["Sinead O'Brien", "M&S", "Ada King", "Jörg Müller", "Engines", "François Noël"]
    assert [problem.hint for problem in problems] == [f"if “{text}” is meant, write it so" for text in meant]
    assert [(severity, cell) for severity, _, cell in rules(problems)] == [
        ("open", cell) for cell in ("A2", "B2", "A3", "A4", "B4", "A5")
    ]


def test_a_gigantic_cell_costs_neither_time_nor_the_others(tmp_path: Path) -> None:
    with ending():
        found, problems = read(tmp_path, f"Name,Note\nAda King,{'x' * 3_000_000}\nLi Wei,ok\n{'Bo ' * 100_000},\n")
    assert [len(each.name.full) for each in found] == [8, 6, 32_767]
    assert len(found[0].fields["Note"]) == 32_767
    assert [rule for _, rule, _ in rules(problems)] == [
        "attendees.long-cell", "attendees.long-cell", "attendees.long-name"
    ]  # fmt: skip


def test_ragged_rows_and_headings_that_stand_twice(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name,Note,Note\nAda King,a,b,c\nLi Wei\n")
    assert [each.name.full for each in found] == ["Ada King", "Li Wei"]
    assert found[0].fields == {"Note": "a", "Note (C)": "b"}
    assert rules(problems) == [("warning", "table.ragged", "D2"), ("warning", "attendees.heading-twice", "C1")]


def test_a_wrong_mail_address_is_told_without_being_repeated(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "Name,E-mail\nAda King,ada at home\nLi Wei,li@wei.con\nBo Ek,bo@ek.example\n")
    assert rules(problems) == [("warning", "attendees.mail", "B2"), ("warning", "attendees.mail", "B3")]
    assert not any("ada at home" in str(problem) or "li@wei" in str(problem) for problem in problems)


# The name on the badge hides the legal one


@pytest.mark.parametrize(
    "more",
    ["Invoice to King Augusta", "augusta.king@home", "@augustaking", "Frau King", "Herr Augusta", "KING, AUGUSTA"],
)
def test_no_further_column_gives_a_legal_name_away(tmp_path: Path, more: str) -> None:
    source = f'First name,Last name,Sort as,Name on badge,Note,Diet\nAugusta,King,"King, Augusta",Ada,"{more}",vegan\n'
    (ada,), problems = read(tmp_path, source)
    assert problems == []
    assert (ada.name.full, ada.name.sort, ada.fields) == ("Ada", "Ada", {"Diet": "vegan", "dietary": "vegan"})
    assert "king" not in repr(ada).lower()
    assert "augusta" not in repr(ada).lower()


def test_a_badge_name_that_is_the_name_changes_nothing(tmp_path: Path) -> None:
    (ada,), _ = read(tmp_path, "First name,Last name,Name on badge,Note\nAda,King,Ada King,for Ada King\n")
    assert (ada.name.given, ada.name.family, ada.fields) == ("Ada", "King", {"Note": "for Ada King"})


# The same human in the list and on the programme


ADA = Person("ada-king", name("Ada King"), "Engines", known_as=("id:R-1", mail_mark("ada@invented.example")))


def joined(folder: Path, source: str, people: tuple[Person, ...] = (ADA,)) -> tuple[list[Attendee], list[Problem]]:
    found, problems = read(folder, source, people)
    return list(on_programme(found, people, frozenset(), Roles.of_event("en", {}))), problems


@pytest.mark.parametrize(
    "source",
    [
        "Name,Company\nAda King,ENGINES\n",
        "Name\nDr. Ada King\n",
        'Name\n"King, Ada"\n',
        "Name\nADA KING\n",
        "Name,E-mail,Company\nAda Lovelace,ADA@invented.example,Elsewhere\n",
        "Name,E-mail\nA. King,ada@invented.example\n",
        "ID,Name,Company\nR-1,Ada King-Noel,Elsewhere\n",
    ],
)
def test_one_human_gets_one_badge_with_both_roles(tmp_path: Path, source: str) -> None:
    headings, row, _ = source.split("\n")
    (ada,), problems = joined(tmp_path, f"{headings},Role\n{row},Sponsor\n")
    assert (ada.person, ada.roles, problems) == ("ada-king", ("speaker", "sponsor"), [])


@pytest.mark.parametrize(
    "source",
    [
        "Name,Company\nAda King,Royal Navy\n",
        "Name,E-mail\nAlan Turing,ada@invented.example\n",
        "Name,Company\nKing Ada,Royal Navy\n",
        "Name\nKing Ada\n",
    ],
)
def test_in_doubt_there_are_two_badges_and_a_question(tmp_path: Path, source: str) -> None:
    found, problems = joined(tmp_path, source)
    assert len(found) == 2
    assert [problem.rule for problem in problems] == ["attendees.doubtful"]
    assert problems[0].hint


def test_a_name_turned_round_with_the_same_organisation_is_one_human_and_told(tmp_path: Path) -> None:
    (ada,), problems = joined(tmp_path, "Name,Company\nKing Ada,Engines\n")
    assert (ada.person, rules(problems)) == ("ada-king", [("open", "attendees.doubtful", "A2")])


def test_a_number_that_two_systems_use_by_chance_joins_nobody(tmp_path: Path) -> None:
    found, problems = joined(tmp_path, "ID,Name\nR-1,Alan Turing\n")
    assert [(each.name.full, each.person) for each in found] == [("Ada King", "ada-king"), ("Alan Turing", "")]
    assert problems == []


def test_two_rows_are_never_one_speaker(tmp_path: Path) -> None:
    found, problems = joined(tmp_path, "ID,Name,Company\n1,Ada King,Engines\n2,Ada King,\n")
    assert sorted(each.person for each in found) == ["", "ada-king"]
    assert [problem.rule for problem in problems] == ["attendees.doubtful"]


def test_two_speakers_of_one_name_are_told_apart_by_their_organisations(tmp_path: Path) -> None:
    people = (Person("li-wei", name("Li Wei"), "One"), Person("li-wei-2", name("Li Wei"), "Two"))
    found, problems = joined(tmp_path, "Name,Company\nLi Wei,Two\n", people)
    assert sorted((each.person, each.organisation) for each in found) == [("li-wei", "One"), ("li-wei-2", "Two")]
    assert problems == []
    found, problems = joined(tmp_path, "Name\nLi Wei\n", people)
    assert (len(found), [problem.rule for problem in problems]) == (3, ["attendees.doubtful"])


def test_families_and_colleagues_with_one_address_get_a_badge_each(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name,E-mail\nAda King,k@b.example\nBo King,k@b.example\nCy Ek,k@b.example\n")
    assert [each.name.full for each in found] == ["Ada King", "Bo King", "Cy Ek"]
    assert rules(problems) == [("warning", "attendees.shared", "B3")]


def test_many_people_are_joined_as_quickly_as_few(tmp_path: Path) -> None:
    def joined(size: int) -> None:
        people = tuple(Person(f"p-{n}", name(f"Person{n} Name{n}"), f"Org {n}") for n in range(size))
        rows = "".join(f"Person{n} Name{n},Org {n}\n" for n in range(size))
        found, problems = read(tmp_path, f"Name,Company\n{rows}", people)
        assert ([each.person for each in found], problems) == ([person.key for person in people], [])

    assert grows_evenly(joined, 400)


PAGE = (
    "<html><head><meta charset=utf-8></head><body><table><tr><td>Menu</td></tr></table>\n"
    "<table border=1>\n<tr><th>Name</th><th>Company</th><th>Photo consent</th></tr>\n"
    "<tr><td>Zo&euml; M&uuml;ller</td><td>B&amp;B</td>\n<td>perhaps</td></tr>\n"
    "<tr><td>Li Wei<td colspan=2>Two</tr></table></body></html>"
)
BOOK = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="A"><Table>\n<Row><Cell><Data ss:Type="String">Name</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="String">Company</Data></Cell></Row>\n'
    '<Row><Cell><Data ss:Type="String">Zoë Müller</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="String">B&amp;B</Data></Cell></Row></Table></Worksheet></Workbook>'
)


def test_a_web_page_that_is_called_a_spreadsheet(tmp_path: Path) -> None:
    found, problems = read(tmp_path, PAGE, named="list.xls")
    assert [(a.name.full, a.organisation, a.place.line) for a in found] == [
        ("Zoë Müller", "B&B", 4),
        ("Li Wei", "Two", 6),
    ]
    assert [(p.severity, p.rule, p.place.line) for p in problems] == [
        ("open", "attendees.sheets", 3), ("error", "attendees.answer", 5)
    ]  # fmt: skip
    assert problems[1].place.cell == "C2"


def test_a_spreadsheet_in_the_xml_of_2003(tmp_path: Path) -> None:
    (zoe,), problems = read(tmp_path, BOOK, named="list.xls")
    assert (zoe.name.full, zoe.organisation, zoe.place.line, problems) == ("Zoë Müller", "B&B", 5, [])


@pytest.mark.parametrize("text", ["<p>Hello</p>", "<svg/>", "<", '<?xml version="1.0"?><a/>', "<table></table>"])
def test_a_page_without_a_table_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    found, problems = read(tmp_path, text)
    assert (found, [p.rule for p in problems]) == ([], ["attendees.form"])


@pytest.mark.parametrize(
    ("heading", "comes", "stays_away"),
    [
        ("RSVP", "Yes", "No"),
        ("Teilnahme", "ja", "nein"),
        ("Status", "confirmed", "withdrawn"),
        ("참석여부", "참석", "미참석"),
        ("出欠", "出席", "欠席"),
        ("Statut", "Payé", "Annulé"),
        ("Cancelled", "", "yes"),
        ("Void status", "false", "TRUE"),
    ],
)
def test_who_does_not_come_gets_no_badge(tmp_path: Path, heading: str, comes: str, stays_away: str) -> None:
    found, problems = read(tmp_path, f"Name,{heading}\nAda King,{comes}\nAlan Turing,{stays_away}\nLi Wei,\n")
    assert [each.name.full for each in found] == ["Ada King", "Li Wei"]
    assert rules(problems) == [("warning", "attendees.cancelled", "B3")]


def test_a_state_that_nobody_knows_is_an_open_point_and_gets_a_badge(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Name,Status\nAda King,VIP\nAlan Turing,zzz\nLi Wei,paid\n")
    assert len(found) == 3
    assert rules(problems) == [("open", "attendees.status", "B2")]
    assert "'VIP', 'zzz'" in problems[0].message


def test_a_heading_of_two_things_is_neither(tmp_path: Path) -> None:
    (ada,), problems = read(tmp_path, "Name,Company / Role\nAda King,Engines / speaker\n")
    assert (ada.organisation, ada.role, ada.fields) == ("", "attendee", {"Company / Role": "Engines / speaker"})
    assert problems == []


CELLS = st.sampled_from(
    [
        *("Ada King", "", "no", "yes", "=1+1", "-", '"', "a\nb", "Ünï", "1.23E+11", "12.0", "ada@b.example", "\x00"),
        *("\\textbf{x}", "&amp;", "x" * 300, "王小明", "Doe, John", "Speaker", "'=x", "<br>", "Ã¼", "\ufeff", "\u202e"),
    ]
) | st.text(max_size=9)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "mac_roman", "utf-16-le"]),
    st.booleans(),
)
def test_no_list_breaks_the_reader(
    tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str, headed: bool
) -> None:
    table = [["Name", "Company", "E-mail", "ID", "Photo consent", "Status"], *rows] if headed else rows
    text = "\n".join(delimiter.join(row) for row in table)
    found, problems = read(tmp_path, text.encode(encoding, errors="replace"), (ADA,))
    assert len({each.id for each in found}) == len(found)
    assert all(each.name.full and len(each.roles) > 0 for each in found)
    assert all(problem.message and problem.rule and len(str(problem)) < 1500 for problem in problems)


def test_a_column_called_role_with_jobs_in_it_holds_what_people_do(tmp_path: Path) -> None:
    jobs = ["Engineer", "Analyst", "Head of Sales", "Nurse", "Baker", "Pilot", "Judge", "Writer", "Speaker"]
    rows = "".join(f"Person{n} Name,{job}\n" for n, job in enumerate(jobs))
    found, problems = read(tmp_path, f"Name,Role\n{rows}")
    assert ([each.position for each in found], {each.role for each in found}) == (jobs, {"attendee"})
    assert rules(problems) == [("open", "attendees.roles", "B1")]
    found, problems = read(tmp_path, f"Name,Role\n{rows}", columns=Columns(role="Role"))
    assert (found[-1].role, len(problems)) == ("speaker", 8)


def test_many_different_roles_take_no_longer_than_few(tmp_path: Path) -> None:
    def roles(size: int) -> None:
        rows = "".join(f"Person{n} Name,role {n}; other {n}\n" for n in range(size))
        found, problems = read(tmp_path, f"Name,Role\n{rows}", columns=Columns(role="Role"))
        assert (len(found), len(problems)) == (size, 2 * size)

    assert grows_evenly(roles, 400)


def test_rows_that_are_no_people_are_passed_over_and_told(tmp_path: Path) -> None:
    source = "Name,Company,Amount\nAda King,Engines,1\nName,Company,Amount\nTBC,Two,\nSumma Cum,Laude,\nTotal: 2,,2\n"
    found, problems = read(tmp_path, source)
    assert [each.name.full for each in found] == ["Ada King", "Summa Cum"]
    assert rules(problems) == [
        ("open", "attendees.nobody", "A3"), ("open", "attendees.nameless", "A4"), ("open", "attendees.nobody", "A6")
    ]  # fmt: skip
    assert "repeats the headings" in problems[0].message
    assert "(TBC)" in problems[1].message
    assert "adds up others" in problems[2].message


def test_a_list_without_headings_whose_names_come_last(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path, "1,Acme Corporation,John Doe\n2,Invented University,Ada King\n3,Bo Partners,Li Wei\n"
    )
    assert [(each.name.full, each.organisation) for each in found] == [
        ("John Doe", "Acme Corporation"), ("Ada King", "Invented University"), ("Li Wei", "Bo Partners")
    ]  # fmt: skip
    assert rules(problems) == [("open", "attendees.no-headings", "A1")]


def test_a_whole_event_reads_a_list_as_event_yaml_describes_it(tmp_path: Path) -> None:
    from eventprint.read import read as read_event

    (tmp_path / "agenda.md").write_text("# Day\n\n09:00 Opening\n", encoding="utf-8")
    (tmp_path / "people.csv").write_bytes("Wer;Status\nJiří Dvořák;pending\n".encode("cp1250"))
    (tmp_path / "event.yaml").write_text(
        "title: Day\nattendees: {file: people.csv, encoding: cp1250, pending: true, columns: {name: Wer}}\n",
        encoding="utf-8",
    )
    problems = Problems()
    event = read_event(tmp_path, problems)
    assert [attendee.name.full for attendee in event.attendees] == ["Jiří Dvořák"]
    assert [problem for problem in problems.found if problem.rule.startswith(("attendees", "file"))] == []


SYSTEMS = {
    "CampTix": (
        "Attendee ID,Ticket Type,First Name,Last Name,E-mail Address,Status,Buyer Name,"
        "Do you have any severe allergies?",
        "id ticket given family email status booker dietary",
    ),
    "ConfTool": (
        "personID,person_name,person_firstname,person_organisation,person_country,person_email,person_badgename",
        "id family given organisation country email badge_name",
    ),
    "a form": (
        "Timestamp,Email Address,Full Name,What organization do you work for?,What is your job title?,"
        "Do you have any dietary restrictions?,Can we take photos of you during the event?",
        "- email name organisation position dietary photo",
    ),
    "HelloAsso": (
        "Numéro de billet,Nom participant,Prénom participant,Statut de la commande,Tarif,Régime alimentaire",
        "id family given status ticket dietary",
    ),
    "Weezevent": ("Nom,Prénom,Email,Type de billet,Statut,Société", "family given email ticket status organisation"),
    "XING Events": (
        "Ticket-ID,Ticketkategorie,Anrede,Vorname,Nachname,Firma,Position,E-Mail,Bestellnummer,Status",
        "id ticket honorific given family organisation position email order status",
    ),
    "Humanitix": (
        "Order ID,Ticket name,Ticket number,First name,Last name,Email,Checked in",
        "order ticket id given family email checked_in",
    ),
    "CMT": (
        "Email,First Name,Middle Initial (optional),Last Name,Organization,Country",
        "email given middle family organisation country",
    ),
    "a Japanese office": ("受付番号,氏名,フリガナ,会社名,役職,メールアドレス", "id name - organisation position email"),
    "a Korean office": ("번호,성함,소속,직위,연락처,이메일,결제상태", "- name organisation position - email status"),
    "a Chinese office": ("序号,姓名,单位,职务,手机,邮箱", "- name organisation position - email"),
    "a Russian office": (
        "№,Фамилия,Имя,Отчество,Место работы,Должность,E-mail",
        "- family given middle organisation position email",
    ),
    "an Italian office": (
        "Numero,Nome,Cognome,Ente di appartenenza,E-mail,Partecipa in presenza o online?,Intolleranze",
        "id given family organisation email online dietary",
    ),
    "a Polish office": ("Lp.,Imię i nazwisko,Afiliacja,E-mail,Dieta", "- name organisation email dietary"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_headings_of_further_systems(system: str) -> None:
    headings, expected = SYSTEMS[system]
    problems = Problems()
    table = sheets.parse_table(f"{headings}\n", "a.csv", problems)
    found = {column: key for key, column in columns(table, Headings.known(), Columns(), problems).items()}
    assert " ".join(found.get(column, "-") for column in range(len(table.headings))) == expected
    assert problems.found == []


def test_headings_in_groups_stand_in_the_second_row(tmp_path: Path) -> None:
    source = "Person,,,Booking,\nFirst name,Last name,Company,Order no,Ticket type\nAda,King,Engines,7,Full day\n"
    (ada,), problems = read(tmp_path, source)
    assert (ada.name.family, ada.organisation, ada.id, ada.ticket) == ("King", "Engines", "order:7", "Full day")
    assert rules(problems) == [("open", "attendees.above", "A1")]
