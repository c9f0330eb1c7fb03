"""What may stand in `event.yaml` and `people.yaml`: every key, what it means, what holds where it is not given.

These classes are the whole description: the reader and the JSON Schema an editor uses both come from them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from ..colours import Colour
from ..event import Brand
from ..geometry import PAPERS, Size
from ..labels import Labels
from ..records import Length, Node
from ..values import dataclass

BRAND = Brand()


def _doc(text: str, default: Any = "", **more: Any) -> Any:
    """A field with the sentence that explains it in an editor."""
    metadata = {"doc": text, **more}
    if isinstance(default, type):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class VenueSettings:
    """Where the event takes place."""

    name: str = _doc("The house, as printed.")
    room: str = _doc("The room, with its floor if that helps.")
    address: str = _doc("Street, postcode and town.")
    note: str = _doc("A remark printed beside the name.")


@dataclass(frozen=True)
class OnlineSettings:
    """The online side of the event."""

    channel: str = _doc("What people join with, such as Microsoft Teams.")
    who: str = _doc("Who joins online, such as Online speakers.")
    link: str = _doc("The address to join at.")


@dataclass(frozen=True)
class FactSettings:
    """A practical fact: Wi-Fi, the emergency number, the hashtag."""

    label: str = field(metadata={"doc": "What it is about."})
    text: str = field(metadata={"doc": "What people need to know."})


@dataclass(frozen=True)
class BrandSettings:
    """The look that every product obeys."""

    primary: Colour = _doc("The main colour, for bands and headings. In quotes: '#0b5d5e'.", BRAND.primary)
    accent: Colour = _doc("The colour used sparingly: times, marks, rules.", BRAND.accent)
    ink: Colour = _doc("The colour of running text.", BRAND.ink)
    paper: Colour = _doc("The colour of the paper.", BRAND.paper)
    logo: Path | None = _doc("The logo, a picture inside the event folder.", None)
    sans: str = _doc("The family for badges, signs and headings.", BRAND.sans)
    serif: str = _doc("The family for reading text.", BRAND.serif)


@dataclass(frozen=True)
class RoleSettings:
    """How a role shows on a badge."""

    word: str = _doc("The word on the badge.")
    colour: Colour | None = _doc("The colour of the band. In quotes: '#a3341f'.", None)


@dataclass(frozen=True)
class SignSettings:
    """A sign beyond those that follow from the agenda."""

    text: str = field(metadata={"doc": "What the sign says."})
    kind: str = _doc("Which sign it is: arrow, reserved, notice …", "notice")
    direction: Literal["left", "right", "up", "down", "up-left", "up-right", "down-left", "down-right"] | None = _doc(
        "Where an arrow points.", None
    )
    note: str = _doc("A second line.")
    where: str = _doc("The spot in the venue, for the placement list.")
    copies: int = _doc("How many are needed.", 1, minimum=1, maximum=1000)


@dataclass(frozen=True)
class Columns:
    """Which column of the attendee list holds what: your headings, where they are not recognised by themselves."""

    id: str = _doc("The registration's own number of a person.")
    order: str = _doc("The order a person was booked with.")
    part: str = _doc("The person's number within the order.")
    name: str = _doc("The full name.")
    given: str = _doc("The given name.")
    middle: str = _doc("Further given names.")
    family: str = _doc("The family name.")
    sort: str = _doc("What lists sort the person by: 'Cuesta Lopez, Santiago'.")
    badge_name: str = _doc("The name to print instead; the legal name is then not kept.")
    organisation: str = _doc("Where the person comes from.")
    position: str = _doc("What the person does there.")
    pronouns: str = _doc("The person's pronouns.")
    role: str = _doc("One role or several, parted by commas.")
    ticket: str = _doc("The kind of ticket.")
    language: str = _doc("The language the person prefers.")
    email: str = _doc("Only used to tell people apart; never kept.")
    booker: str = _doc("Who booked, where nobody is named yet; never kept.")
    honorific: str = _doc("The form of address or academic title; a further field, not part of the name.")
    photo: str = _doc("Whether the person may be photographed.")
    no_photo: str = _doc("Whether the person must not be photographed.")
    listed: str = _doc("Whether the person may be named in a printed list.")
    contact: str = _doc("Whether the person may be contacted.")
    walk_in: str = _doc("Whether the person registered at the door.")
    online: str = _doc("Whether the person joins online and needs no badge.")
    status: str = _doc("Whether the registration still stands.")
    cancelled: str = _doc("Whether the registration was cancelled: yes or no.")
    confirmed: str = _doc("Whether the registration is paid, approved or confirmed: yes or no.")
    quantity: str = _doc("How many people the row stands for.")
    guests: str = _doc("How many people come along without being named.")
    addon: str = _doc("Whether the row is an addition to another ticket and no person.")
    dietary: str = _doc("What the person does not eat; layouts may name it {dietary}.")
    access: str = _doc("What the person needs to take part; layouts may name it {access}.")
    checked_in: str = _doc("When the person came; layouts may name it {checked in}.")
    country: str = _doc("The person's country; layouts may name it {country}.")
    city: str = _doc("The person's town; layouts may name it {city}.")
    seat: str = _doc("The person's seat or table; layouts may name it {seat}.")


@dataclass(frozen=True)
class AgendaColumns:
    """Which column of a spreadsheet's agenda holds what: your headings, where they are not recognised by themselves."""

    date: str = _doc("The day.")
    start: str = _doc("When it begins, or from when to when.")
    end: str = _doc("When it ends.")
    duration: str = _doc("How long it takes.")
    title: str = _doc("What happens.")
    speaker: str = _doc("Who speaks.")
    organisation: str = _doc("Where the speaker comes from.")
    chair: str = _doc("Who chairs.")
    room: str = _doc("Where.")
    track: str = _doc("The strand of the programme.")
    session: str = _doc("The session it belongs to.")
    abstract: str = _doc("What it is about.")
    language: str = _doc("The language it is held in.")
    kind: str = _doc("What kind of thing it is: talk, panel, break …")


@dataclass(frozen=True)
class AgendaSettings:
    """The agenda, and what a spreadsheet's columns hold where that is not recognised."""

    file: Path = field(metadata={"doc": "The agenda: a file inside the event folder."})
    sheet: str = _doc("The sheet of a spreadsheet; without it, every sheet that holds an agenda.")
    columns: AgendaColumns = _doc("Your headings by what they hold.", AgendaColumns())


@dataclass(frozen=True)
class AttendeeSettings:
    """The attendee list, and its headings where they are not recognised."""

    file: Path = field(metadata={"doc": "A CSV file, a workbook or a JSON export inside the event folder."})
    columns: Columns = _doc("Your headings by what they hold.", Columns())
    encoding: (
        Literal[
            "utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "mac_roman", "koi8_r", "cp932", "cp949", "gb18030", "big5"
        ]
        | None
    ) = _doc("The encoding of a CSV file, where it is not recognised.", None)
    pending: bool = _doc("true: who has not paid or is not approved gets a badge too.", False)


@dataclass(frozen=True)
class ProductSettings:
    """A product to print; everything beside the keys here is a setting of its layout."""

    layout: str = _doc("The layout; without it, the product's own name.")
    quantity: int = _doc("How many to print.", 1, minimum=1, maximum=1_000_000)
    imposition: str = _doc("How pages lie on your printer's sheets: a name of `eventprint impose --list`.")
    paper: Size | None = _doc("The sheet it is printed on, where it is not that of the event.", None)
    thickness: Length = _doc("Of one sheet of paper, such as 0.1 mm: pages of a booklet creep by it.", Length(0))
    flip: Literal["long", "short", "manual"] | None = _doc("The edge your printer turns sheets about.", None)
    stock: str = _doc("The label sheet it is printed on, by its maker's number, such as Avery L4785.")
    free: tuple[Labels, ...] = _doc("The labels left on part-used sheets, in order: 4-10, 4- or 2,5,7-10.", ())
    printer: str = _doc("The printer, by the name of its file in printers/: what it does wrong is made up for.")
    settings: Mapping[str, Node] = field(default_factory=dict, metadata={"rest": True})


@dataclass(frozen=True)
class EventSettings:
    """The facts of an event and what to print for it: every key may be left out, and wins over the agenda."""

    title: str = _doc("The title of the event.")
    short_title: str = _doc("A short form of the title, for badges and signs.")
    subtitle: str = _doc("The subtitle.")
    language: str = _doc("The language of the words on every product, such as en, de or fr.", "en")
    date: datetime.date | None = _doc("The day of the event: 2022-05-11.", None)
    dates: tuple[datetime.date, ...] = _doc("The days of an event of several days, in order.", ())
    format: str = _doc("How people take part, as printed.")
    venue: VenueSettings | str = _doc("Where the event takes place.", VenueSettings())
    online: OnlineSettings = _doc("The online side of the event.", OnlineSettings())
    organisers: tuple[str, ...] = _doc("Who organises the event.", ())
    supporters: tuple[str, ...] = _doc("Who supports it.", ())
    introduction: str = _doc("The text that opens the programme.")
    facts: tuple[FactSettings, ...] = _doc("Practical facts for the programme.", ())
    imprint: str = _doc("The last line of the programme.")
    link: str = _doc("The event's page; it becomes a code on the programme.")
    timezone: str = _doc("The venue's time zone, such as Europe/Berlin: for exports that keep their times in UTC.")
    agenda: AgendaSettings | Path | None = _doc(
        "The agenda: a text, a spreadsheet, a calendar or an export; without it agenda.md, agenda.xlsx, agenda.ics …",
        None,
    )
    attendees: AttendeeSettings | Path | None = _doc("The attendee list; without it attendees.csv.", None)
    people: Path | None = _doc("More about the people of the agenda; without it people.yaml.", None)
    brand: BrandSettings = _doc("The look that every product obeys.", BrandSettings())
    roles: Mapping[str, RoleSettings] = _doc("Words and colours of roles, yours and the usual ones.", dict)
    signs: tuple[SignSettings, ...] = _doc("Signs beyond those that follow from the agenda.", ())
    paper: Literal["A4", "Letter"] = _doc("The sheet in your own printer.", "A4")
    profile: Path | None = _doc("The ICC profile of your print shop; without it coated paper in offset, FOGRA39.", None)
    rules: Mapping[str, Literal["error", "warning", "open", "ignore"]] = _doc(
        "How much a rule matters, such as names.case: ignore; `eventprint check --rules` lists them.", dict
    )
    products: Mapping[str, ProductSettings] = _doc("What to print; without it, everything.", dict)

    @property
    def sheet(self) -> Size:
        return PAPERS[self.paper]


@dataclass(frozen=True)
class PersonSettings:
    """What the agenda does not say about one of its people, found under the name as the agenda writes it."""

    given: str = _doc("The given name, which a badge sets largest.")
    family: str = _doc("The family name.")
    sort: str = _doc("What lists sort by: 'Cuesta Lopez, Santiago'.")
    family_first: bool | None = _doc("Whether the family name is said first.", None)
    organisation: str = _doc("The organisation, where the agenda has none or another one.")
    position: str = _doc("What the person does there.")
    pronouns: str = _doc("The person's pronouns.")
    bio: str = _doc("A few sentences about the person.")
    photo: Path | None = _doc("A picture inside the event folder.", None)
    link: str = _doc("The person's page.")
    online: bool | None = _doc("true: joins online and needs no badge.", None)
