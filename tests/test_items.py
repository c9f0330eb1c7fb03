"""What layouts are repeated for, and the fields each offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eventprint.event import Attendee, Consents, Day, Entry, Event, Kind, Name, Service, Session, Sign, Time
from eventprint.items import Each, items


def titles(event: Event, each: Each, kind: str = "") -> list[str]:
    return [item.title for item in items(event, each, kind)]


def attendee(event: Event, **facts: object) -> dict[str, str]:
    """The fields of somebody with these facts."""
    who = replace(Attendee("1", Name("Ada Lovelace", "Ada", "Lovelace")), **facts)  # type: ignore[arg-type]
    (item,) = items(replace(event, attendees=(who,)), Each.ATTENDEE)
    return dict(item.fields)


def test_an_event_is_one_item(sample: Event) -> None:
    (item,) = items(sample, Each.EVENT)
    assert item.fields["event"] == "MINE.THE.GAP Workshop"
    assert item.fields["dates"] == "Wednesday 11 May 2022"
    assert item.fields["venue"] == "Hilton Grand Place Brussels"
    assert item.fields["word:welcome"] == "Welcome"


def test_everybody_on_the_list_is_an_item_in_pile_order(sample: Event) -> None:
    assert titles(sample, Each.ATTENDEE) == [who.name.full for who in sample.attendees]


def test_a_day_is_called_by_its_date_or_its_title(sample: Event) -> None:
    event = replace(sample, days=(*sample.days, Day(title="Excursion")))
    assert titles(event, Each.DAY) == ["Wednesday 11 May 2022", "Excursion"]


def test_sessions_and_breaks_come_from_the_agenda(sample: Event) -> None:
    assert titles(sample, Each.SESSION) == ["Session I", "Session II", "Session III"]
    assert titles(sample, Each.BREAK) == [
        "Registration and morning coffee",
        "Coffee break",
        "Lunch break",
        "Coffee Break",
    ]
    assert titles(sample, Each.BREAK, "lunch dinner") == ["Lunch break"]


def test_each_break_belongs_to_its_own_day(sample: Event) -> None:
    tea = Day((Entry("Tea", Kind.BREAK, Time(900, "15:00"), service=Service.COFFEE),), title="Second day")
    event = replace(sample, days=(*sample.days, tea))
    assert [item.day for item in items(event, Each.BREAK)][-1] == tea


def test_tents_are_for_panellists_and_moderators(sample: Event) -> None:
    assert titles(sample, Each.PANELLIST) == [
        "Santiago Cuesta Lopez",
        "Milena Stoyanova",
        "Kristiina Jokelainen",
        "Antonio Novo Guerrero",
    ]


def test_a_sign_is_for_its_kind(sample: Event) -> None:
    event = replace(sample, signs=(Sign("Exit", "arrow", "left", copies=2), Sign("Quiet", "notice")))
    (item,) = items(event, Each.SIGN, "arrow")
    assert (item.title, item.copies, item.fields["direction"]) == ("Exit", 2, "left")
    assert titles(event, Each.SIGN) == ["Exit", "Quiet"]


def test_a_room_of_its_own_comes_before_the_venue_s(sample: Event) -> None:
    blocks = (Session("I", "One", room="Baltic"), Session("II", "Two"))
    event = replace(sample, venue=replace(sample.venue, room="Aula"), days=(Day(blocks),))
    assert [item.fields["room"] for item in items(event, Each.SESSION)] == ["Baltic", "Aula"]


def test_an_attendee_offers_names_roles_and_code(sample: Event) -> None:
    fields = attendee(sample, roles=("speaker", "organiser"), organisation="EISMEA", pronouns="she/her")
    asked = ("name", "given", "family", "organisation", "pronouns", "role", "role key", "roles")
    assert [fields[name] for name in asked] == [
        "Ada Lovelace",
        "Ada",
        "Lovelace",
        "EISMEA",
        "she/her",
        "Speaker",
        "speaker",
        "Speaker · Organiser",
    ]
    assert len(fields["id"].replace(" ", "")) == 10


@pytest.mark.parametrize(("consent", "mark"), [(True, ""), (None, ""), (False, "yes")])
def test_only_somebody_who_said_no_is_marked_against_photographs(
    sample: Event, consent: bool | None, mark: str
) -> None:
    assert attendee(sample, consents=Consents(photo=consent))["no photo"] == mark


def test_further_columns_are_fields_but_take_no_fact_s_place(sample: Event) -> None:
    column = {"Diet": "vegan", "event": "Another party", "given": "Bob", "word:welcome": "Go away", "role": "Boss"}
    fields = attendee(sample, fields=column)
    assert [fields[name] for name in column] == ["vegan", "MINE.THE.GAP Workshop", "Ada", "Welcome", "Participant"]
