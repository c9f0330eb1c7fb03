"""A new event folder: commented, complete, and built at once; the organiser then replaces its parts one by one.

Without a source it is a small invented event. With one it holds what was read: the agenda as YAML to go on with, what
is known of its people, the points left open, and the source itself.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from ...event import Entry, Name, Person, Session, Sure
from ...files import contents as bytes_of
from ...problems import Exit, Problem, Problems, Severity, Stop
from ...shelves import shelf
from ...values import dataclass
from .. import agenda as agendas
from ..agenda import Agenda, Given, Source
from ..language.names import fold, untitled
from ..people.headings import NAMES, Headings
from ..people.mapping import columns
from ..people.people_yaml import parted
from ..people.rosters import column_of_names, open_list
from ..settings import Columns
from . import agenda_yaml, notation, open_points, written

AGENDA, PEOPLE, POINTS, SOURCE = "agenda.yaml", "people.yaml", "open-points.md", "source"
MAIN = ("schedule", "sessions", "submissions", "talks", "timetable", "agenda", "programme", "program", "all", "event")
"""How the main file of an export of several files is called, the likeliest first."""
TEXTS = ("agenda", "programme", "program", "schedule", "timetable")
"""How a text is called that is an agenda."""
_SUFFIXES = frozenset(
    {"json", "xml", "ics", "csv", "tsv", "xlsx", "xls", "ods", "yaml", "yml", "md", "txt", "rst", "html", "htm"}
)
_REGISTERED = frozenset({"order", "ticket", "status", "email", "photo", "contact", "listed"})
"""Columns of lists of people who registered."""
_PLAIN = 0.5
"""A likelihood below which a file is an agenda only as any text may be one."""
_SEVERAL = 3
"""Entries with a time or a length that make an agenda of a text with a list of people in it."""
_MOST = 200
"""Files of a folder among which an agenda is looked for."""
_LISTS = "from a spreadsheet or a ticket shop; the columns are known by their headings"
_FOUND = "# Said in the agenda. To print something else, take away the # and write it here."
_LACKING = "# Not said in the agenda: take away the # and write yours."
_EXAMPLES: Mapping[str, notation.Value] = {
    "title": "My Event",
    "dates": [date(2026, 3, 5), date(2026, 3, 6)],
    "venue": {"name": "Town Library", "room": "Blue Room", "address": "1 Main Street, My Town"},
}
_ODD = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What stands in names of files by mistake alone, and in no text."""
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_](?:[A-Za-z]{2}|[A-Za-z]{4}))?")


@dataclass(frozen=True, slots=True)
class Started:
    """A new event folder: its files, what its agenda was read as, and what is to be settled."""

    folder: Path
    files: tuple[Path, ...]
    agenda: Agenda | None = None
    listed: int = 0
    """How many rows there are where the source is a list of people."""
    problems: tuple[Problem, ...] = ()
    """What reading the source left open; each stands in the list of open points."""
    points: str = POINTS
    """The file with the list of open points."""
    items: bool = False
    """Whether the source holds items of an export, not lines that people wrote."""

    @property
    def counts(self) -> dict[str, int]:
        """How many of everything were read."""
        return agendas.counts(self.agenda) if self.agenda else {}


def write(folder: Path, source: Path | None = None, given: Given = Given()) -> Started:
    """The files of a new event in a folder that does not exist yet or is empty.

    With a source, a file or the folder of an export, it is read first, with what the organiser says of it; then all is
    written or nothing. Raises Stop where the folder holds something, the source is missing or holds no agenda, or
    nothing can be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(f"{folder} is there already", "name a folder that does not exist yet", Exit.USAGE)
    if given.timezone and not _is_zone(given.timezone):
        raise Stop(f"{given.timezone} is no time zone", "write it such as Europe/Berlin", Exit.USAGE)
    if source is None:
        made = Started(folder, ())
        contents = {name: _starter(name) for name in ("event.yaml", "agenda.md", "attendees.csv")}
    else:
        made, contents = _from(folder, source, given)
    contents[".gitignore"] = b"/print/\n/.eventprint/\n"
    _put(folder, contents)
    names = sorted(name for name in contents if name != ".gitignore")
    return replace(made, files=tuple(folder / name for name in names))


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return False


def _starter(name: str) -> bytes:
    return (shelf("data") / "starter" / name).read_bytes()


# What is read


def _from(folder: Path, named: Path, given: Given) -> tuple[Started, dict[str, bytes]]:
    problems = Problems()
    source = _open(main_file(named), problems, given)
    listed = _people(source, as_agenda=agendas.likelihood(source))
    if listed and not _is_part(source):
        return _of_people(folder, source, listed, given)
    agenda = decided(agendas.read_source(source, problems))
    if listed and sum(bool(entry.start or entry.minutes) for entry in agenda.entries()) < _SEVERAL:
        return _of_people(folder, source, listed, given)
    if not any(True for _ in agenda.entries()):
        if listed := _people(source, as_agenda=0, bare=True):
            return _of_people(folder, source, listed, given)
        met = next((problem.message for problem in problems.found), "no line of it is known as an entry")
        hint = f"{met}; give each entry its time"
        raise Stop(f"{source.file.name} holds no agenda that can be read", hint, Exit.PROBLEMS, source.at())
    found = [_moved(problem, source) for problem in problems.found]
    doubtful = [_doubtful(entry) for entry in agenda.entries() if entry.sure is Sure.DOUBTFUL]
    noted = {problem.place for problem in found}
    found += [problem for problem in doubtful if problem.place not in noted]
    language = given.language or _language(agenda)
    rest, people = _apart(agenda, language)
    told = _told_again(rest, source.name, found)
    notes = open_points.notes(rest, source, [problem for problem in found if problem not in told])
    contents = {
        AGENDA: written.written(rest, source.name, notes).encode("utf-8", "replace"),
        "event.yaml": _settings(agenda, language, given).encode("utf-8", "replace"),
        POINTS: open_points.page(agenda.title, source, found).encode("utf-8", "replace"),
        source.name: source.data,
    }
    if people:
        contents[PEOPLE] = people.encode("utf-8", "replace")
    for file in dict.fromkeys(source.opened):
        contents[f"{SOURCE}/{file.name}"] = bytes_of(file, agendas.LARGEST)
    items = source.form not in ("words", "calendar")
    return Started(folder, (), agenda, problems=tuple(found), items=items), contents


def _is_part(source: Source) -> bool:
    """Whether a table in bars is the smaller part of a text, as the people who come stand in that of a meeting."""
    said = [line for line in source.text.splitlines() if line.strip()] if source.form == "words" else []
    return 0 < 2 * sum(line.count("|") > 1 for line in said) < len(said)


def _people(source: Source, as_agenda: float, bare: bool = False) -> int:
    """How many people stand in the file, where it is a table with their names and something beside.

    What may be an agenda too is a list of people only where it tells of tickets and the like; without headings
    (`bare`) only where it is no agenda.
    """
    words, problems, root = Headings.known(), Problems(), source.file.parent
    table = open_list(source.file, Columns(), words, problems, root)
    if table is None:
        return 0
    if table.header is None:
        return len(table.rows) if bare and column_of_names([row.cells for row in table.rows], words) is not None else 0
    found = columns(table, words, Columns(), problems)
    beside = len(found.keys() & _REGISTERED) > 1 if as_agenda >= _PLAIN else len(found) > 1
    return len(table.rows) if NAMES & found.keys() and beside else 0


def _of_people(folder: Path, source: Source, listed: int, given: Given) -> tuple[Started, dict[str, bytes]]:
    """An event folder around a list of people, which stays as it is; what is wrong in it, checking tells."""
    name = f"attendees{source.file.suffix.lower() or '.csv'}"
    contents = {
        "event.yaml": _settings(Agenda(), given.language, given, name).encode("utf-8", "replace"),
        name: source.data,
    }
    return Started(folder, (), listed=listed), contents


def _open(file: Path, problems: Problems, given: Given) -> Source:
    """The source under the name it gets in the event folder. Raises Stop where it cannot be read."""
    if not file.exists():
        raise Stop(f"there is no file {file}", "name the agenda after --from", Exit.MISSING)
    actual = file.resolve()
    source = agendas.open_source(actual, problems, actual.parent, given)
    if source is None:
        fault = problems.errors[-1]
        raise Stop(fault.message, fault.hint, Exit.MISSING)
    source.name = f"{SOURCE}/{_ODD.sub('_', file.name)}"
    return source


def main_file(named: Path) -> Path:
    """The file itself; of a folder, as some exports are, the file that holds the schedule."""
    if not named.is_dir():
        return named
    inside = sorted(
        file
        for file in named.iterdir()
        if file.suffix.lstrip(".").casefold() in _SUFFIXES and file.is_file() and not file.is_symlink()
    )
    likely: dict[Path, float] = {}
    for file in inside[:_MOST]:
        try:
            source = agendas.open_source(file, Problems(), named)
            likely[file] = agendas.likelihood(source) if source else 0.0
        except Stop:
            continue
    schedules = [file for file, value in likely.items() if value >= _PLAIN]
    among = schedules or [file for file, value in likely.items() if value > agendas.UNLIKELY]
    # Any text may be an agenda: of texts alone, the name has to say so.
    names = MAIN if schedules else TEXTS
    named_so = [file for name in names for file in among if file.stem.casefold() == name]
    if named_so or len(schedules) == 1:
        return named_so[0] if named_so else schedules[0]
    hint = f"name one of its files: {', '.join(file.name for file in among[:6])}" if among else "name the agenda's file"
    message = (
        f"it is not clear which file of {named} is the agenda" if among else f"{named} holds no agenda that is known"
    )
    raise Stop(message, hint, Exit.USAGE)


def _moved(problem: Problem, source: Source) -> Problem:
    """A problem with the name its file gets."""
    place = problem.place
    if not place.file or place.file.startswith(f"{SOURCE}/"):
        return problem
    return replace(problem, place=replace(place, file=f"{SOURCE}/{place.file.rpartition('/')[2]}"))


def decided(agenda: Agenda) -> Agenda:
    """The agenda as it is once somebody takes it over: what was likely is now said, what is doubtful stays so."""

    def sure(item: Any) -> Any:
        return replace(item, sure=Sure.CERTAIN) if item.sure is Sure.LIKELY else item

    def block(item: Any) -> Any:
        item = replace(item, cast=tuple(map(sure, item.cast)))
        return replace(item, entries=tuple(map(block, item.entries))) if isinstance(item, Session) else sure(item)

    days = tuple(replace(day, blocks=tuple(map(block, day.blocks))) for day in agenda.days)
    return replace(agenda, days=days, cast=tuple(map(sure, agenda.cast)))


def _doubtful(entry: Entry) -> Problem:
    hint = "look into the source, correct it in agenda.yaml, and delete sure: doubtful"
    return Problem(Severity.OPEN, f"“{entry.title}” is a doubtful reading", entry.place, hint, "agenda.doubtful-entry")


def _told_again(agenda: Agenda, source: str, found: Sequence[Problem]) -> set[Problem]:
    """The problems that reading agenda.yaml tells by itself, so that no note need say them."""
    problems = Problems()
    text = written.written(agenda, source)
    agenda_yaml.read(Source(Path(AGENDA), AGENDA, text.encode("utf-8", "replace"), "words", text), problems)
    again = Counter(problem.rule for problem in problems.found)
    before = Counter(problem.rule for problem in found)
    messages = {(problem.rule, problem.message) for problem in problems.found}
    return {
        problem
        for problem in found
        if again[problem.rule] >= before[problem.rule] or (problem.rule, problem.message) in messages
    }


def _language(agenda: Agenda) -> str:
    """The language of the event where the source says it, or says one and the same of every entry: `de`, `pt-BR`."""
    spoken = {entry.language for entry in agenda.entries() if not entry.is_break}
    said = agenda.language or (spoken.pop() if len(spoken) == 1 else "")
    if not _LANGUAGE.fullmatch(said):
        return ""
    first, *regions = re.split("[-_]", said)
    return "-".join([first.lower(), *(each.upper() if len(each) == 2 else each.title() for each in regions)])


# What is written


def _apart(agenda: Agenda, language: str) -> tuple[Agenda, str]:
    """The agenda with names, organisations and ids alone, and `people.yaml` with what else is known of its people."""
    names = [parted(person, language or "en").name.full for person in agenda.people]
    count = Counter(fold(untitled(name)) for name in names)
    plain: list[Person] = []
    more: dict[str, notation.Value] = {}
    for person, name in zip(agenda.people, names, strict=True):
        said = _said(person)
        # What people.yaml says is found by the name.
        if not said or count[fold(untitled(name))] > 1 or not 0 < len(name) <= 100:
            plain.append(person)
            continue
        more[name] = said
        bare = Person(person.key, Name(person.name.full), person.organisation, known_as=person.known_as)
        plain.append(replace(bare, place=person.place))
    if not more:
        return agenda, ""
    about = (
        "# More about the people of the agenda, each under the name as the agenda writes it.\n"
        "# Known: given, family, sort, family_first, organisation, position, pronouns, bio, photo, link, online.\n\n"
    )
    blocks = [notation.written({name: said}) for name, said in more.items()]
    return replace(agenda, people=tuple(plain)), about + "\n".join(blocks)


def _said(person: Person) -> dict[str, notation.Value]:
    name = person.name
    said: dict[str, notation.Value] = {
        "given": name.given,
        "family": name.family,
        "sort": name.sort,
        "position": person.position,
        "pronouns": person.pronouns,
        "link": person.link,
        "bio": person.bio,
    }
    said = {key: value for key, value in said.items() if value}
    if name.family_first:
        said["family_first"] = True
    if person.online is not None:
        said["online"] = person.online
    return said


def _settings(agenda: Agenda, language: str, given: Given, attendees: str = "") -> str:
    """`event.yaml` around an agenda: what the organiser said, what was found as comments, the rest as usual."""
    said: dict[str, notation.Value] = {"timezone": given.timezone, "dates": list(given.dates)}
    said = {key: value for key, value in said.items() if value}
    known = notation.written(said) if said else ""
    found = _known(agenda)
    lacking = {key: value for key, value in _EXAMPLES.items() if key not in {*found, *said}}
    for about, facts in ((_FOUND, found), (_LACKING, lacking)):
        if facts:
            known += f"{about}\n" + "".join(f"# {line}\n" for line in notation.written(facts).splitlines())
    if attendees:
        files = ["# agenda: agenda.md                  # as people write it, or any export", f"attendees: {attendees}"]
    else:
        files = [
            f"agenda: {AGENDA:<28} # what was read; it is yours to edit",
            f"# attendees: attendees.csv           # {_LISTS}",
        ]
    template = Template(_starter("event-from.yaml").decode())
    return template.substitute(
        said=f"{known}\n" if known else "", language=notation.scalar(language or "en"), files="\n".join(files)
    )


def _known(agenda: Agenda) -> dict[str, notation.Value]:
    """The facts of an event that stand in its agenda."""
    venue = agenda.venue
    where = {"name": venue.name, "room": venue.room, "address": venue.address}
    known: dict[str, notation.Value] = {
        "title": agenda.title,
        "dates": [day.date for day in agenda.days if day.date],
        "venue": {key: value for key, value in where.items() if value},
        "link": agenda.link,
    }
    return {key: value for key, value in known.items() if value}


def _put(folder: Path, contents: Mapping[str, bytes]) -> None:
    """The files in their folder, all of them or none: written beside it, then renamed."""
    there = folder.exists()
    beside = (folder if there else folder.parent) / f".eventprint-{secrets.token_hex(4)}.part"
    try:
        beside.mkdir(parents=True)
        for name, data in contents.items():
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_bytes(data)
        if not there:
            beside.rename(folder)
            return
        for file in sorted(beside.iterdir(), key=lambda each: each.name == "event.yaml"):
            file.rename(folder / file.name)
        beside.rmdir()
    except OSError as fault:
        shutil.rmtree(beside, ignore_errors=True)
        raise Stop(f"{folder} cannot be written: {fault.strerror}", "choose another folder", Exit.MISSING) from None
