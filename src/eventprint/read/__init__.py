"""Read an event folder: `event.yaml`, the agenda, the people and the attendee list, joined into one `Event`.

Whatever cannot be used is a Problem with its place, and the rest is read all the same.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from .. import files, fonts, records
from ..event import Brand, Day, Duty, Event, Fact, Online, Product, RoleStyle, Sign, Venue
from ..inks import shown
from ..problems import Exit, Place, Problems, Stop, place_in
from ..records import at
from ..rules import RULES
from . import agenda as agendas
from .people.attendees import Found, on_programme, read_attendees
from .people.people_yaml import parted, read_people
from .people.roles import Roles
from .settings import (
    AgendaSettings,
    AttendeeSettings,
    BrandSettings,
    EventSettings,
    ProductSettings,
    VenueSettings,
)

AGENDAS = tuple(
    f"agenda.{suffix}"
    for suffix in (
        *("md", "txt", "yaml", "yml", "rst", "csv", "xlsx", "ods", "xls"),
        *("docx", "odt", "json", "xml", "ics", "html"),
    )
)
"""What the agenda is called where event.yaml does not name it, the first that is there; its content says what it is."""
ATTENDEES = ("attendees.csv", "attendees.xlsx", "attendees.ods", "attendees.xls", "attendees.json")
PRODUCTS = ("programme", "speaker-cards", "table-tents", "badges", "signs-a3", "signs-a4")
LAYOUTS = {"badges": "badge-90x55"}
"""The layout of a product that is not called like it."""

_HIDDEN = ".eventprint"
_SECRET_BYTES = 32


def read(folder: Path, problems: Problems, *, secret: bool = False, ordered: bool = True) -> Event:
    """The event a folder describes. With `secret`, the key that signs badge codes is made where there is none; without
    `ordered`, attendees are in no certain order, which is quicker.

    Raises Stop where there is no such folder, where it holds neither `event.yaml` nor an agenda, and where the key
    cannot be written or read.
    """
    settings, agenda_file = _start(folder, problems)
    sources = [file for file in (folder / "event.yaml", agenda_file) if file and file.is_file()]

    pictures: dict[Path, Place] = {}
    links = {settings.link: at(settings, "link")} if settings.link else {}
    if settings.online.link:
        links.setdefault(settings.online.link, at(settings.online, "link"))

    def inside(named: Path | None, place: Place, what: str) -> Path | None:
        return _inside(folder, named, place, what, problems)

    def picture(named: Path | None, place: Place) -> Path | None:
        file = inside(named, place, "picture")
        if file:
            sources.append(file)
            pictures.setdefault(file, place)
        return file

    given = _given(settings)
    found = agendas.read_agenda(agenda_file, problems, folder, given) if agenda_file else agendas.Agenda()
    people = tuple(parted(person, settings.language) for person in found.people)
    people_file = _file(folder, settings.people, at(settings, "people"), ("people.yaml",), inside)
    if people_file:
        sources.append(people_file)
        people = read_people(people_file, people, picture, problems, folder, settings.language, links)
    for link, where in _linked(found, agenda_file, folder):
        links.setdefault(link, where)

    roles = Roles.of_event(settings.language, settings.roles)
    moderators = frozenset(cast.person for cast in found.cast if cast.duty is Duty.MODERATOR)
    said = settings.attendees
    listing = said if isinstance(said, AttendeeSettings) else AttendeeSettings(said or Path("attendees.csv"))
    place = at(listing, "file") if isinstance(said, AttendeeSettings) else at(settings, "attendees")
    attendee_file = _file(folder, listing.file if said else None, place, ATTENDEES, inside)
    listed = Found()
    if attendee_file:
        sources.append(attendee_file)
        listed = read_attendees(
            attendee_file,
            listing.columns,
            roles,
            people,
            problems,
            folder,
            settings.language,
            pending=listing.pending,
            encoding=listing.encoding or "",
        )
        people = tuple(replace(person, online=True) if person.key in listed.online else person for person in people)

    return Event(
        folder=folder,
        title=settings.title or found.title,
        short_title=settings.short_title,
        subtitle=settings.subtitle or found.subtitle,
        days=_days(settings, found.days, problems),
        language=settings.language,
        format=settings.format or found.format,
        venue=_venue(settings, found.venue),
        online=_online(settings, found.online),
        organisers=settings.organisers or found.organisers,
        supporters=settings.supporters or found.supporters,
        introduction=settings.introduction.strip() or found.introduction,
        facts=_facts(settings, found.facts),
        cast=found.cast,
        imprint=settings.imprint.strip() or found.imprint,
        link=settings.link or found.link,
        people=people,
        attendees=on_programme(listed.attendees, people, moderators, roles, settings.language if ordered else None),
        roles=_styles(roles),
        signs=tuple(
            Sign(sign.text.strip(), sign.kind, sign.direction or "", sign.note, sign.where, sign.copies, at(sign))
            for sign in settings.signs
        ),
        brand=_brand(settings.brand, picture, folder, problems),
        paper=settings.sheet,
        products=_products(settings, folder, problems),
        secret=_secret(folder, make=secret),
        coverage=found.coverage,
        covers=found.covers,
        sources=tuple(dict.fromkeys(sources)),
        pictures=pictures,
        links=links,
        profile=inside(settings.profile, at(settings, "profile"), "file") if settings.profile else None,
    )


def _linked(found: agendas.Agenda, file: Path | None, folder: Path) -> Iterator[tuple[str, Place]]:
    """The links an agenda names, each with the place of what has it."""
    if found.link and file:
        yield found.link, place_in(folder, file)
    if found.online.link:
        yield found.online.link, found.online.place
    for entry in found.entries():
        if entry.link:
            yield entry.link, entry.link_place if entry.link_place.file else entry.place
    for person in found.people:
        if person.link:
            yield person.link, person.place


# What is there


def _start(folder: Path, problems: Problems) -> tuple[EventSettings, Path | None]:
    """The settings of the event and its agenda, if it has one."""
    if not folder.is_dir():
        raise Stop(
            f"{folder} is a file, not an event folder" if folder.exists() else f"there is no folder {folder}",
            "give the folder that holds event.yaml; `eventprint new` makes one",
            Exit.MISSING,
        )
    file = folder / "event.yaml"
    agenda = next((folder / name for name in AGENDAS if (folder / name).is_file()), None)
    if not file.exists():
        if agenda is None:
            message = f"{folder} holds neither event.yaml nor an agenda"
            raise Stop(message, "put agenda.md into it; `eventprint new` makes a whole sample", Exit.MISSING)
        problems.warning(
            "there is no event.yaml: no brand, no signs, every product as it comes",
            Place("event.yaml"),
            "`eventprint new` writes one to start from",
            "event.none",
        )
        return EventSettings(), agenda
    node = records.load(file, problems, folder)
    settings = records.build(EventSettings, node, problems)
    problems.weigh(_weights(settings, node, problems))
    said = settings.agenda
    if isinstance(said, AgendaSettings):
        agenda = _inside(folder, said.file, at(said, "file"), "agenda", problems)
    elif said is not None:
        agenda = _inside(folder, said, at(settings, "agenda"), "agenda", problems)
    elif agenda is None:
        message = "there is no agenda: no programme, no speaker cards, no room signs"
        hint = "put agenda.md into the folder, or any agenda you have, and name it in event.yaml: agenda: …"
        problems.error(message, Place("event.yaml"), hint, "agenda.none")
    return settings, agenda


def _weights(settings: EventSettings, node: records.Node | None, problems: Problems) -> dict[str, str]:
    """How much each rule matters to the organiser; a rule that does not exist is reported where it is named."""
    said = node.get("rules") if node and node.kind == "mapping" else None
    for key, _ in said.pairs if said else ():
        if key.text not in RULES:
            near = [name for name in RULES if key.text in (name, name.partition(".")[2])]
            hint = f"did you mean {near[0]!r}?" if near else records.suggest(key.text, RULES)
            if key.text.startswith("preflight."):
                hint = "what preflight looks at is set in the print shop's own file: rules: in specs/NAME.yaml"
            problems.error(f"there is no rule {key.text!r}", key.place, hint, "event.rules")
    return {name: weight for name, weight in settings.rules.items() if name in RULES}


def _inside(folder: Path, named: Path | None, place: Place, what: str, problems: Problems) -> Path | None:
    """A file of the event folder by the name the material gives it; None, and a problem, where it is not in there."""
    if named is None:
        return None
    file = folder / named
    if reason := files.astray(folder, named):
        hint = "copy it into the folder, and name it from there: images/logo.png"
        problems.error(f"the {what} {files.shown(named)} {reason}", place, hint, "file.outside")
        return None
    if files.is_there(file):
        return file
    if file.exists():
        message = f"the {what} {files.shown(named)} is a folder or a device, and no ordinary file"
        problems.error(message, place, "name the file itself", "file.kind")
        return None
    beside = [each.name for each in file.parent.iterdir() if each.is_file()] if file.parent.is_dir() else []
    near = get_close_matches(named.name, beside, n=1) or [
        name for name in beside if name.casefold() == file.name.casefold()
    ]
    hint = f"did you mean '{(named.parent / near[0]).as_posix()}'?" if near else "check the name, or put the file there"
    problems.error(f"there is no {what} {files.shown(named)}", place, hint, "file.missing")
    return None


def _file(
    folder: Path,
    named: Path | None,
    place: Place,
    usual: Sequence[str],
    inside: Callable[[Path | None, Place, str], Path | None],
) -> Path | None:
    """The file that is named, or the first with a usual name that is there."""
    if named is not None:
        return inside(named, place, "file")
    return next((folder / name for name in usual if (folder / name).is_file()), None)


# What event.yaml says, over what the agenda says


def _given(settings: EventSettings) -> agendas.Given:
    """What event.yaml says that helps to read the agenda."""
    said = settings.agenda if isinstance(settings.agenda, AgendaSettings) else AgendaSettings(Path())
    columns = {item.name: heading for item in fields(said.columns) if (heading := getattr(said.columns, item.name))}
    return agendas.Given(settings.language, settings.timezone, _dates(settings), columns, said.sheet)


def _dates(settings: EventSettings) -> tuple[date, ...]:
    return settings.dates or ((settings.date,) if settings.date else ())


def _days(settings: EventSettings, days: tuple[Day, ...], problems: Problems) -> tuple[Day, ...]:
    dates = _dates(settings)
    if settings.dates and settings.date and settings.date not in settings.dates:
        hint = "keep one of the two"
        problems.error("date is none of the dates", at(settings, "date"), hint, "event.dates")
    if not dates or not days:
        return days or tuple(Day(date=day) for day in dates)
    if len(dates) != len(days):
        message = f"{len(dates)} dates are given, but the agenda has {len(days)} days"
        place = at(settings, "dates" if settings.dates else "date")
        problems.warning(message, place, "give one date for each day", "event.dates")
    pairs = zip(days, dates, strict=False)
    return (*(replace(day, date=stated) for day, stated in pairs), *days[len(dates) :])


def _venue(settings: EventSettings, found: Venue) -> Venue:
    said = settings.venue if isinstance(settings.venue, VenueSettings) else VenueSettings(settings.venue)
    place = found.place if found.place.file else at(settings, "venue")
    return Venue(
        said.name or found.name, said.room or found.room, said.address or found.address, said.note or found.note, place
    )


def _online(settings: EventSettings, found: Online) -> Online:
    said = settings.online
    place = found.place if found.place.file else at(settings, "online")
    return Online(said.channel or found.channel, said.who or found.who, said.link or found.link, place)


def _facts(settings: EventSettings, found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    said = tuple(Fact(fact.label.strip(), fact.text.strip(), at(fact)) for fact in settings.facts)
    labels = {fact.label.casefold() for fact in said}
    return (*(fact for fact in found if fact.label.casefold() not in labels), *said)


def _brand(
    said: BrandSettings, picture: Callable[[Path | None, Place], Path | None], folder: Path, problems: Problems
) -> Brand:
    """The look, with the event's own fonts in front of all others, and those of an event read before it forgotten."""
    own = folder / "fonts"
    fonts.use([own] if own.is_dir() else [], problems)
    logo = picture(said.logo, at(said, "logo"))
    families = []
    for key, usual in (("sans", Brand().sans), ("serif", Brand().serif)):
        family = getattr(said, key)
        if not fonts.has_family(family):
            hint = f"{records.suggest(family, fonts.families())}; until then it is {usual}"
            problems.error(f"there is no font family {family!r}", at(said, key), hint, "brand.font")
            family = usual
        families.append(family)
    primary, accent, ink, paper = map(shown, (said.primary, said.accent, said.ink, said.paper))
    return Brand(primary, accent, ink, paper, logo, *families)


def _styles(roles: Roles) -> tuple[RoleStyle, ...]:
    return tuple(roles.styles.values())


def _printer(said: ProductSettings, folder: Path, problems: Problems) -> str:
    """The printer a product is for; a file of one's own may be named by its path, if it lies in the event folder."""
    if said.printer.endswith(".yaml") and (reason := files.astray(folder, Path(said.printer))):
        hint = "put the file into printers/, and name it as it is called there"
        message = f"the printer {files.shown(said.printer)} {reason}"
        problems.error(message, at(said, "printer"), hint, "file.outside")
        return ""
    return said.printer


def _products(settings: EventSettings, folder: Path, problems: Problems) -> tuple[Product, ...]:
    ordered = settings.products or {name: ProductSettings() for name in PRODUCTS}
    return tuple(
        Product(
            said.layout or LAYOUTS.get(name, name),
            name,
            said.quantity,
            said.settings,
            at(said, "layout"),
            said.stock,
            said.free,
            _printer(said, folder, problems),
            {key: at(said, key) for key in ("stock", "free", "printer")},
            imposition=said.imposition,
            paper=said.paper,
            thickness=said.thickness,
            flip=said.flip or "",
        )
        for name, said in ordered.items()
    )


# The key that signs badge codes


def _secret(folder: Path, *, make: bool) -> bytes:
    """The event's key; made, readable by its owner alone and kept out of version control, only where asked for."""
    file = folder / _HIDDEN / "secret"
    if not files.holds(folder, file):
        message = f"{file.parent} is a link that leads out of the event folder"
        raise Stop(message, "replace it by the folder itself", Exit.MISSING, place_in(folder, file))
    try:
        if make and not file.exists():
            _make_secret(file)
        written = files.contents(file, 1000).decode("ascii").strip() if file.exists() else ""
        key = bytes.fromhex(written)
    except OSError as fault:
        reason = (fault.strerror or "unknown reason").lower()
        message = f"the key for badge codes, {file}, cannot be {'written' if make else 'read'}: {reason}"
        raise Stop(message, "make the event folder writable", Exit.MISSING) from fault
    except ValueError:
        key = b"damaged"
    if file.exists() and len(key) != _SECRET_BYTES:
        hint = "bring it back from a copy; if you delete it, codes that were printed are no longer recognised"
        raise Stop(f"the key for badge codes, {file}, is damaged", hint, Exit.MISSING, place_in(folder, file))
    return key


def _make_secret(file: Path) -> None:
    file.parent.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    (file.parent / ".gitignore").write_text("*\n", encoding="ascii")
    beside = file.with_name(f"secret.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(os.urandom(_SECRET_BYTES).hex() + "\n")
        if not file.exists():
            beside.rename(file)
    finally:
        beside.unlink(missing_ok=True)


__all__ = ["AGENDAS", "PRODUCTS", "read"]
