"""What nobody supplied: each thing is asked for once, at its place where it has one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..event import Day, Duty, Entry, Event, Kind, Person
from ..problems import Place, Problems
from ..words import speaks
from .walking import placed, row_of, sessions

LONG_TITLE = 32
"""Letters of a title above which badges and signs want a short form."""
MANY = 12
"""People above which one problem speaks of all of them."""


def _no_title(event: Event, problems: Problems) -> None:
    if not event.title.strip():
        hint = "write title: in event.yaml, or the title into the first line of the agenda"
        problems.error("the event has no title", hint=hint, rule="missing.title")
    elif not event.short_title and len(event.title) > LONG_TITLE:
        problems.open(
            f"the title “{event.title}” is long for badges and signs",
            hint="if there is a short form of it, write short_title: in event.yaml",
            rule="missing.short-title",
        )


def _language(event: Event, problems: Problems) -> None:
    if not speaks(event.language):
        message = f"there are no words in “{event.language}” yet: what the products say by themselves is in English"
        problems.open(message, hint="look at the proofs, or write language: en", rule="event.language")


def _no_entries(event: Event, problems: Problems) -> None:
    if not any(True for _ in event.entries()):
        hint = "write a line such as “09:45 Registration” for each item"
        problems.error("the agenda has no entries", hint=hint, rule="agenda.no-entries")


def _no_date(event: Event, problems: Problems) -> None:
    told = {row_of(each.place) for each in problems.found if each.rule in ("agenda.date", "agenda.no-year")}
    for day in event.days:
        if day.date is None and day.blocks and row_of(day.place) not in told:
            name = f"“{day.title}” has" if day.title else "the day has"
            hint = "write the date above the agenda, such as 11 May 2022, or date: in event.yaml"
            problems.open(f"{name} no date", day.place, hint, "missing.date")


def _no_venue(event: Event, problems: Problems) -> None:
    venue, hint = event.venue, "write venue: with name, room and address in event.yaml"
    if not venue.name:
        problems.open("no venue is named", venue.place, hint, "missing.venue")
        return
    if not venue.room and not any(entry.room for entry in event.entries()) and not any(s.room for s in sessions(event)):
        problems.open(f"no room is named at {venue.name}", venue.place, hint, "missing.room")
    if not venue.address:
        problems.open(f"no address stands with {venue.name}", venue.place, hint, "missing.address")


def _who_is_online(event: Event, problems: Problems) -> None:
    online = event.online
    if not (online.channel or online.who) or any(person.online is not None for person in event.people):
        return
    who = online.who or "people"
    said = f"the format is “{event.format}”, but {who} join" if event.format else f"{who} join"
    problems.open(
        f"{said} online{f' by {online.channel}' if online.channel else ''}: who is online is not said",
        online.place,
        "write online: true with their names in people.yaml; they get no badge",
        "missing.who-is-online",
    )


def _no_end(event: Event, problems: Problems) -> None:
    faulty = _faulty(event, problems)
    for day in event.days:
        timed = [entry for entry in day.entries() if entry.start]
        if (
            timed
            and timed[-1].end is None
            and row_of(timed[-1].place) not in faulty
            and not _stated_end(day, timed[-1])
        ):
            entry = timed[-1]
            hint = f"write the end beside the start: “{entry.start}–… {entry.title}”"
            problems.open(f"“{entry.title}” at {entry.start} has no end time", entry.place, hint, "missing.end")


def _faulty(event: Event, problems: Problems) -> set[int]:
    """The lines or rows of entries whose times were told of, so that what they lack follows from that.

    A time may stand some lines from its title: it belongs to the one above, unless it stands right over the next.
    """
    rows = sorted({row_of(entry.place) for entry in event.entries()})
    found: set[int] = set()
    for each in problems.found if rows else ():
        if each.rule in ("agenda.time", "agenda.range", "agenda.length"):
            row = row_of(each.place)
            at = bisect_right(rows, row)
            above, below = rows[max(0, at - 1)], rows[min(at, len(rows) - 1)]
            found.add(below if above > row or (above < row and 0 < below - row <= 2) else above)
    return found


def told_at(problems: Problems, *rules: str) -> set[Place]:
    """Where rules have found fault already, so that what is odd there follows from that."""
    return {replace(each.place, heading="") for each in problems.found if each.rule in rules}


def _stated_end(day: Day, entry: Entry) -> bool:
    return any(session.end is not None and entry in session.entries for session in day.sessions)


def _no_panel_moderator(event: Event, problems: Problems) -> None:
    for entry, session in placed(event):
        cast = (*entry.cast, *(session.cast if session else ()))
        if entry.kind is Kind.PANEL and not any(member.duty in (Duty.MODERATOR, Duty.CHAIR) for member in cast):
            hint = "write “Moderator: Name, Organisation” below its title"
            problems.open(f"who moderates “{entry.title}” is not said", entry.place, hint, "missing.panel-moderator")


def _no_attendees(event: Event, problems: Problems) -> None:
    if not any(attendee.place.cell or not attendee.person for attendee in event.attendees):
        hint = "put attendees.csv into the event folder: a row for each, with the headings Name and Organisation"
        problems.open(
            "there is no attendee list: badges only for the people of the agenda", hint=hint, rule="missing.attendees"
        )


def _no_portraits(event: Event, problems: Problems) -> None:
    photos = [person for person in event.people if person.photo is None]
    if photos:
        message = f"there {_none_of('photo', 'photos', photos, event)}"
        hint = "write photo: a file in images/ under their names in people.yaml"
        problems.open(message, hint=hint, rule="missing.photos")
    bios = [person for person in event.people if not person.bio]
    if bios:
        message = f"there {_none_of('biography', 'biographies', bios, event)}"
        hint = "write bio: a few sentences under their names in people.yaml"
        problems.open(message, hint=hint, rule="missing.biographies")


def _none_of(one: str, several: str, lacking: Sequence[Person], event: Event) -> str:
    everybody = 1 < len(lacking) == len(event.people)
    what = f"is no {one}" if everybody or len(lacking) == 1 else f"are no {several}"
    return f"{what} of {f'any of the {len(lacking)} people' if everybody else names_of(lacking)}"


def names_of(people: Sequence[Person]) -> str:
    """Their names for a sentence; of very many the first."""
    shown = people if len(people) <= MANY else people[: MANY // 2]
    more = len(people) - len(shown)
    return ", ".join(person.name.full for person in shown) + (f" and {more} more" if more else "")


def _no_logo(event: Event, problems: Problems) -> None:
    if event.brand.logo is None:
        hint = "put it into images/ and write logo: under brand: in event.yaml"
        problems.open("there is no logo", hint=hint, rule="missing.logo")


def _no_organisation(event: Event, problems: Problems) -> None:
    """Each where a few lack it; where an export names no organisations at all, that is one point."""
    lacking = [person for person in event.people if not person.organisation]
    if len(lacking) > MANY and 2 * len(lacking) > len(event.people):
        hint = "if badges are to show where people come from, write organisation: under their names in people.yaml"
        problems.open(f"no organisation stands with {names_of(lacking)}", hint=hint, rule="missing.organisation")
        return
    for person in lacking:
        hint = f"write “{person.name.full}, Organisation” in the agenda, or organisation: in people.yaml"
        problems.open(f"no organisation stands with {person.name.full}", person.place, hint, "missing.organisation")


RULES = (
    _no_title,
    _language,
    _no_entries,
    _no_date,
    _no_venue,
    _who_is_online,
    _no_end,
    _no_panel_moderator,
    _no_attendees,
    _no_portraits,
    _no_logo,
    _no_organisation,
)
