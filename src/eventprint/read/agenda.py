"""An agenda as it was read, and the registry of readers: the file's content decides which of them reads it.

A reader is a module in one of the rooms beside this one. It has two functions: `likelihood(source)` says from 0 to 1
how sure it is that the file is its own kind, `read(source, problems)` gives the `Agenda`. Adding a format means adding
such a file, and its name to `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, fields, is_dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from .. import charsets, jsontext, markup, packages, records, sheets, yamltext
from ..event import Cast, Day, Entry, Event, Fact, Online, Person, Reading, Session, Sure, Taken, Time, Venue
from ..problems import Exit, Place, Problem, Problems, Stop, place_in
from ..values import dataclass

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_COMMENT = re.compile(r"\A(?:\s*(?://[^\n]*(?:\n|\Z)|/\*(?:[^*]|\*(?!/))*\*/))+")
"""Before an export that somebody commented by hand."""
_SPLIT_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})")

LARGEST = 20_000_000
"""Bytes of an agenda file; the largest real schedule known has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an agenda says, before anything from elsewhere joins it."""

    title: str = ""
    subtitle: str = ""
    days: tuple[Day, ...] = ()
    format: str = ""
    venue: Venue = Venue()
    online: Online = Online()
    organisers: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    introduction: str = ""
    facts: tuple[Fact, ...] = ()
    cast: tuple[Cast, ...] = ()
    """Moderators and hosts of the whole event."""
    imprint: str = ""
    people: tuple[Person, ...] = ()
    """In the order of their first mention; a name is not yet parted into given and family name."""
    link: str = ""
    """The event's page, where the source gives one."""
    language: str = ""
    """The language of the event, where the source says so."""
    coverage: tuple[Reading, ...] = ()
    """One for each line that is not blank, in order."""
    covers: str = "lines"
    """What coverage is counted in: lines, or the items of an export."""

    def entries(self) -> Iterator[Entry]:
        for day in self.days:
            yield from day.entries()


@dataclass(frozen=True, slots=True)
class Given:
    """What the organiser says elsewhere that helps to read an agenda."""

    language: str = ""
    timezone: str = ""
    """The venue's, for exports that keep their times in another."""
    dates: tuple[date, ...] = ()
    """The days of the event, for agendas that write them without a year."""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Headings of a spreadsheet by what stands below them: fields of `settings.AgendaColumns`."""
    sheet: str = ""
    """The sheet of a workbook; empty for every one that holds an agenda."""


@dataclass(slots=True, eq=False)
class Source:
    """An agenda file: its bytes, and what they are as a text, a tree or a workbook, each made when first asked for."""

    file: Path
    name: str
    """The file as problems name it."""
    data: bytes
    form: str
    """`workbook`, `json`, `markup`, `calendar` or `words`: what it looks like, whatever it is called."""
    text: str = ""
    """Empty for a workbook."""
    given: Given = Given()
    opened: list[Path] = field(default_factory=list)
    """The files beside it that were read with it."""
    is_document: bool = False
    """Whether its text is that of a word processor's document."""
    _lines: list[str] | None = None
    _json: jsontext.Document | None = None
    _xml: markup.Document | None = None
    _sheets: tuple[sheets.Sheet, ...] | None = None
    _told: Problems = field(default_factory=Problems)

    def at(self, line: int = 0, column: int = 0) -> Place:
        return Place(self.name, line, column)

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of a letter of the text."""
        before = re.split(r"\r\n|\n|\r", self.text[:at])
        return len(before), len(before[-1]) + 1

    @property
    def lines(self) -> list[str]:
        """The lines of a text, as places count them."""
        if self._lines is None:
            self._lines = re.split(r"\r\n|\n|\r", self.text)
        return self._lines

    @property
    def json(self) -> jsontext.Document:
        """What the objects of JSON, or of YAML in words, are."""
        if self._json is None:
            parse = jsontext.parse if self.form == "json" else yamltext.parse
            self._json = parse(self.text, self.name)
        return self._json

    @property
    def xml(self) -> markup.Document:
        if self._xml is None:
            self._xml = markup.parse(self.text, self.name)
        return self._xml

    @property
    def sheets(self) -> tuple[sheets.Sheet, ...]:
        """The sheets of a workbook, or the one table of a CSV text."""
        if self._sheets is None:
            is_workbook = self.form == "workbook"
            self._sheets = (
                sheets.workbook(self.data, self.name, self._told)
                if is_workbook
                else (sheets.delimited(self.text, self.name, self._told),)
            )
        return self._sheets

    @property
    def table_faults(self) -> list[Problem]:
        """What is wrong with the form of the tables: for whoever reads the source as tables to report."""
        return self._told.found

    def beside(self, name: str) -> Source | None:
        """A file of this name in the same folder: some exports are several files that belong together."""
        file = self.file.parent / name
        if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
            return None
        problems = Problems()
        data = records.raw(file, problems, self.file.parent)
        if data is None:
            return None
        self.opened.append(file)
        named = f"{self.name.rpartition('/')[0]}/{name}".lstrip("/")
        text = records.decoded(data, named, problems)
        form = "words" if file.suffix.lower() in (".yml", ".yaml") else "json"
        return Source(file, named, data, form, text, self.given, self.opened)


class Reader(Protocol):
    """What a module that reads a kind of agenda offers."""

    __name__: str

    def likelihood(self, source: Source) -> float: ...

    def read(self, source: Source, problems: Problems) -> Agenda: ...


READERS: Mapping[str, tuple[str, ...]] = {
    "workbook": ("tables.sheet",),
    "json": (
        "exports.schedule_json",
        "exports.pretalx_api",
        "exports.sessionize",
        "exports.indico",
        "exports.europython",
        "exports.open_event",
        "exports.sched",
        "exports.wafer",
        "exports.hoverboard",
        "exports.jcal",
        "exports.schema_org",
        "exports.any_json",
        "texts.text",
    ),
    "markup": (
        "texts.microdown",
        "texts.text",
        "exports.pentabarf",
        "exports.xcal",
        "exports.any_xml",
        "exports.hcalendar",
        "exports.schema_org",
    ),
    "calendar": ("exports.icalendar",),
    "words": ("texts.microdown", "texts.text", "folder.agenda_yaml", "exports.any_yaml", "tables.sheet"),
}
"""The readers, modules in the rooms beside this one, that know files of a form."""
SIGNS: Mapping[str, re.Pattern[str]] = {
    "texts.microdown": re.compile("<!"),
    "folder.agenda_yaml": re.compile(r"^(?:days|agenda|entries)\s*:", re.MULTILINE),
    "exports.any_yaml": re.compile(
        r"^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?[\"']?:?[^\W\d][\w -]{1,40}[\"']?:(?:[ \t]|$)", re.MULTILINE
    ),
    "exports.schema_org": re.compile(r"ld\+json|schema\.org"),
    "tables.sheet": re.compile(r"\s*[^|#<+\s-][^\n,;\t]*[,;\t]"),
}
"""What a text must hold for a reader to be asked at all: to load every one would keep the desk's queue waiting."""
GENERAL = {"exports.any_json": 0.6}
"""Readers that look through the whole of a file, and how sure they can be: where another is surer they need not."""
UNLIKELY, CERTAIN = 0.1, 0.98
"""A likelihood up to which a reader does not know a file, and one from which no other need be asked."""


def read_agenda(file: Path, problems: Problems, root: Path, given: Given = Given()) -> Agenda:
    """The agenda in a file, read by the reader its content fits best; an unreadable file is a problem, and empty.

    Places name the file relative to `root`, the event folder. Raises Stop for what holds no agenda of a known kind.
    """
    source = open_source(file, problems, root, given)
    return Agenda() if source is None else read_source(source, problems)


def read_source(source: Source, problems: Problems) -> Agenda:
    """The agenda of a file that is open. Raises Stop for what holds no agenda of a known kind."""
    best = _best(source)
    if best is None or best[0] <= UNLIKELY:
        raise _unknown(source)
    if source.form == "json" and source.json.fault:
        # What only begins like JSON may be read as a text.
        _printable(source, problems, as_words=True)
    _legible(source, problems, tabled=best[1].__name__.endswith(READERS["workbook"][0]))
    if source.is_document:
        return _of_document(best[1], source, problems)
    return best[1].read(source, problems)


def _of_document(reader: Reader, source: Source, problems: Problems) -> Agenda:
    """The agenda of a document, whose lines are its paragraphs and rows: nobody sees columns in them."""
    from .. import documents

    met = Problems()
    agenda = reader.read(source, met)
    problems.add(*(_without_columns(problem) for problem in met.found))
    seen = tuple(replace(reading, text=documents.as_seen(reading.text)) for reading in agenda.coverage)
    return _without_columns(replace(agenda, coverage=seen))


_Value = TypeVar("_Value")


def _without_columns(value: _Value) -> _Value:
    made: Any = value
    if isinstance(made, Place):
        made = replace(made, column=0)
    elif isinstance(made, tuple):
        made = tuple(map(_without_columns, made))
    elif is_dataclass(made) and not isinstance(made, type):
        inner = {each.name: _without_columns(getattr(made, each.name)) for each in fields(made) if each.init}
        made = replace(made, **inner)
    return cast(_Value, made)


def likelihood(source: Source) -> float:
    """How sure it is, from 0 to 1, that a file holds an agenda of a known kind."""
    best = _best(source)
    return best[0] if best else 0.0


def _best(source: Source) -> tuple[float, Reader] | None:
    likely: list[tuple[float, Reader]] = []
    for reader in _readers(source, likely):
        likely.append((reader.likelihood(source), reader))
        if likely[-1][0] >= CERTAIN:
            break
    return max(likely, key=lambda each: each[0], default=None)


def open_source(file: Path, problems: Problems, root: Path, given: Given = Given()) -> Source | None:
    """The file as a source of an agenda; None, and a problem, where it cannot be read.

    Raises Stop for a file that is too large, and for one that is neither a text nor a spreadsheet.
    """
    name = place_in(root, file).file
    try:
        size = file.stat().st_size
    except OSError:
        size = 0
    if size > LARGEST:
        raise Stop(f"{file.name} is too large for an agenda ({size // 1_000_000} MB)", place=Place(name))
    data = records.raw(file, problems, root)
    if data is None:
        return None
    if data.startswith(_OFFICE) and (document := _document(file, name, data, given)):
        return document
    if sheets.is_workbook(data):
        return Source(file, name, data, "workbook", given=given)
    if not charsets.is_text(data):
        hint = "save the agenda as plain text, Markdown or YAML and give that file"
        raise Stop(f"{file.name} is no text file", hint, Exit.PROBLEMS, Place(name))
    text = _decoded(data, name, problems)
    form = _form(text)
    source = Source(file, name, data, form, text, given)
    if form == "markup" and (declared := _declared(text)):
        before = text[:declared].splitlines()
        raise Stop(
            f"{file.name} declares entities of its own, which no schedule needs: it is refused",
            "export the schedule again from where it was made",
            Exit.PROBLEMS,
            source.at(len(before), len(before[-1]) + 1),
        )
    if form != "json":
        _printable(source, problems)
    return source


_OFFICE = (b"PK\x03\x04", packages.OLE, b"%PDF", b"{\\rtf")
"""How the files of office programs begin."""


def _document(file: Path, name: str, data: bytes, given: Given) -> Source | None:
    """A word processor's document; None for a spreadsheet. Raises Stop for what is not read, and what is damaged."""
    from .. import documents  # no text at the desk needs them

    if way_out := documents.way_out(data):
        raise Stop(f"{file.name} is no text file", way_out, Exit.PROBLEMS, Place(name))
    if sheets.is_workbook(data) or not documents.is_document(data):
        return None
    try:
        return Source(file, name, data, "words", documents.text_of(data, name), given, is_document=True)
    except packages.Refused as fault:
        hint = "open it in a word processor and save it again as docx, without a password"
        raise Stop(f"{Path(name).name} {fault}", hint, Exit.PROBLEMS, Place(name)) from None


def _decoded(data: bytes, name: str, problems: Problems) -> str:
    """The text in the encoding that an XML file declares where that holds, else as `records.decoded` finds it."""
    # Python knows encodings that are none of texts, and some that take very long.
    if re.match(
        r"utf-?(?:8|16)|iso|latin|windows|cp\d|koi8|mac|gb|big5|shift|euc|us-ascii", declared := markup.encoding(data)
    ):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            pass
    if data[:400].lstrip().upper().startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT")):
        # Calendars break lines after 75 bytes, some of them inside a letter.
        data = _SPLIT_LETTER.sub(rb"\1\3\2", data)
    return records.decoded(data, name, problems)


_DOCTYPE = re.compile(r"\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*<!DOCTYPE\b[^\[>]*\[", re.IGNORECASE)
_DECLARES = re.compile(r"<!ENTITY\b|<[A-Za-z]")


def _declared(text: str) -> int:
    """The letter at which an XML text begins to declare entities, what bombs are made of; 0 where it does not."""
    doctype = _DOCTYPE.match(text[:100_000])
    first = doctype and _DECLARES.search(text, doctype.end())
    return first.start() if first and first[0].startswith("<!") else 0


def _form(text: str) -> str:
    start = _COMMENT.sub("", text[:4000]).lstrip()[:400]
    if start.startswith("{") or re.match(r"\[\s*(?:[\[{\]]|\"vcalendar\")", start, re.IGNORECASE):
        return "json"
    if re.match(r"BEGIN:V(?:CALENDAR|EVENT)\b", start, re.IGNORECASE):
        return "calendar"
    return "markup" if start.startswith("<") else "words"


def _readers(source: Source, likely: Sequence[tuple[float, Reader]] = ()) -> Iterator[Reader]:
    """The readers for a file; `likely`, which grows meanwhile, has those that were asked."""
    for name in READERS[source.form]:
        if name in GENERAL and any(sure > GENERAL[name] for sure, _ in likely):
            continue
        sign = SIGNS.get(name)
        if sign and source.text and not (sign.match if name == "tables.sheet" else sign.search)(source.text):
            continue
        yield cast(Reader, import_module(f"{__package__}.{name}"))


def _unknown(source: Source) -> Stop:
    what = {"json": "JSON", "markup": "XML", "workbook": "a spreadsheet"}.get(source.form, source.form)
    fault, place = "", source.at()
    if source.form == "json" and source.json.fault:
        fault, place = f": {source.json.fault}", source.json.place
    elif source.form == "markup" and source.xml.fault:
        fault, place = f": {source.xml.fault}", source.xml.place
    message, hint = (
        f"{source.file.name} is {what}, but no schedule that is known{fault}",
        "export the schedule again, or write the agenda as a text",
    )
    if source.form == "workbook":
        empty = not any(cell.strip() for sheet in source.sheets for row in sheet.rows for cell in row)
        why = "nothing stands in it" if empty else "no sheet of it has a column of times beside what happens then"
        message = f"{message}: {why}"
        hint = "write when each thing begins in a column of its own, below a heading such as Time"
    return Stop(message, hint, Exit.PROBLEMS, place)


def _printable(source: Source, problems: Problems, *, as_words: bool = False) -> None:
    """Put a space for each control character, so that columns stay; the first one is an error, page ends are none."""
    source.text = source.text.replace("\x0c", " ")
    # Word processors break lines within a text so; an export keeps them, and they are breaks there as well.
    controls = _CONTROLS if as_words or source.form == "words" else _BUT_BREAKS
    first = controls.search(source.text)
    if first is None:
        return
    many = len(controls.findall(source.text))
    what = f"a control character (U+{ord(first[0]):04X}) was" if many == 1 else f"{many} control characters were"
    place, hint = source.at(*source.position(first.start())), "delete it in the agenda"
    problems.error(f"{what} left out", place, hint if many == 1 else "delete them in the agenda", "agenda.control")
    source.text = controls.sub(" ", source.text)


_EACH = 3
"""Damaged words up to which each is told of at its place."""


def _legible(source: Source, problems: Problems, *, tabled: bool) -> None:
    """Tell of words that were read with the wrong encoding before they came here."""
    words: list[tuple[charsets.Misread, Place | None]] = []
    if not tabled:
        words = [(each, None) for each in charsets.misread(source.text)]
    for sheet in source.sheets if tabled else ():
        for at, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                words += [(each, sheet.row(at).place(column)) for each in charsets.misread(cell)]
    hint = "write the letters that are meant, or export the file again as UTF-8"
    for each, place in words if len(words) <= _EACH else words[:1]:
        if place is None:
            place = source.at(*source.position(each.start))
        message = f"“{each.word}” looks like “{each.meant}”, read with the wrong encoding; it is printed as written"
        if len(words) > _EACH:
            message = f"{len(words)} words were read with the wrong encoding, such as “{each.word}” for “{each.meant}”"
        problems.warning(message, place, hint, "agenda.misread")
    lost = source.data.count("\ufffd".encode()) and source.text.count("\ufffd")
    if lost:
        what = "a letter was" if lost == 1 else f"{lost} letters were"
        place = source.at(*source.position(source.text.index("\ufffd")))
        message, hint = f"{what} lost before the file came here: \ufffd stands in its place", "write what is meant"
        problems.warning(message, place, hint, "agenda.misread")


def as_data(agenda: Agenda | Event, coverage: tuple[Reading, ...] = ()) -> dict[str, Any]:
    """The agenda as lists and mappings for JSON, each item with the line it stands on; then counts and coverage.

    An event that more was joined to is shown in the same form; the coverage of its agenda is given beside it.
    """
    coverage = agenda.coverage if isinstance(agenda, Agenda) else coverage
    dates = [day.date for day in agenda.days if day.date]
    moderators = [_cast(cast) for cast in agenda.cast]
    return {
        "event": {
            "title": agenda.title,
            "subtitle": agenda.subtitle,
            "date": dates[0].isoformat() if dates else None,
            "format": agenda.format or None,
            "venue": {
                "name": agenda.venue.name or None,
                "room": agenda.venue.room or None,
                "address": agenda.venue.address or None,
                "note": agenda.venue.note or None,
                "line": agenda.venue.place.line or None,
            },
            "online": {
                "channel": agenda.online.channel or None,
                "for": agenda.online.who or None,
                "link": agenda.online.link or None,
                "line": agenda.online.place.line or None,
            },
            "organisers": list(agenda.organisers),
            "supporters": list(agenda.supporters),
            "introduction": agenda.introduction or None,
            "facts": [{"label": fact.label, "text": fact.text, "line": fact.place.line} for fact in agenda.facts],
            "cast": moderators,
            "imprint": agenda.imprint or None,
        },
        "people": {
            person.key: {
                "name": person.name.full,
                "organisation": person.organisation or None,
                **({"position": person.position} if person.position else {}),
                "line": person.place.line,
            }
            for person in agenda.people
        },
        "days": [
            {
                "date": _iso(day.date),
                "title": day.title or None,
                "line": day.place.line or None,
                "agenda": [_block(block) for block in day.blocks],
            }
            for day in agenda.days
        ],
        "counts": counts(agenda, coverage),
        "coverage": [
            {
                "line": reading.line,
                "taken": reading.taken.value,
                "sure": reading.sure.value,
                **({"note": reading.note} if reading.note else {}),
            }
            for reading in coverage
        ],
    }


def counts(agenda: Agenda | Event, coverage: tuple[Reading, ...] = ()) -> dict[str, int]:
    """How many of everything were read."""
    entries = list(agenda.entries())
    coverage = agenda.coverage if isinstance(agenda, Agenda) else coverage
    passed = sum(reading.taken is Taken.PASSED for reading in coverage)
    return {
        "days": len(agenda.days),
        "sessions": sum(len(day.sessions) for day in agenda.days),
        "entries": len(entries),
        "timed": sum(entry.start is not None for entry in entries),
        "untimed": sum(entry.start is None for entry in entries),
        "talks": sum(entry.kind == "talk" for entry in entries),
        "breaks": sum(entry.is_break for entry in entries),
        "to be confirmed": sum(entry.to_be_confirmed for entry in entries),
        "people": len(agenda.people),
        "organisations": len(organisations(agenda)),
        "lines": len(coverage),
        "lines used": len(coverage) - passed,
    }


def organisations(agenda: Agenda | Event) -> tuple[str, ...]:
    """Everybody's, in the order organisers, supporters, people; each once."""
    named = (*agenda.organisers, *agenda.supporters, *(person.organisation for person in agenda.people))
    return tuple(dict.fromkeys(name for name in named if name))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written(time: Time | None) -> str | None:
    return time.written if time else None


def _cast(cast: Cast) -> dict[str, Any]:
    return {"person": cast.person, "duty": cast.duty.value, "line": cast.place.line}


def _block(block: Session | Entry) -> dict[str, Any]:
    if isinstance(block, Entry):
        return _entry(block)
    return {
        "session": block.label or None,
        "title": block.title or None,
        "start": _written(block.start),
        "end": _written(block.end),
        **({"end_stated": True} if block.end_stated else {}),
        **({"room": block.room} if block.room else {}),
        **({"cast": [_cast(cast) for cast in block.cast]} if block.cast else {}),
        "line": block.place.line,
        "entries": [_entry(entry) for entry in block.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "start": _written(entry.start),
        "end": _written(entry.end),
        **({"end_stated": True} if entry.end_stated else {}),
        **({"minutes": entry.minutes} if entry.minutes else {}),
        "kind": entry.kind.value,
        **({"service": entry.service.value} if entry.service else {}),
        "title": entry.title,
        **({"cast": [_cast(cast) for cast in entry.cast]} if entry.cast else {}),
        **({"speaker_tbc": True} if entry.to_be_confirmed else {}),
        **({"room": entry.room} if entry.room else {}),
        **({"abstract": entry.abstract} if entry.abstract else {}),
        **({"online": entry.online} if entry.online is not None else {}),
        **{key: said for key in ("subtitle", "track", "language", "link", "id") if (said := getattr(entry, key))},
        **({"sure": entry.sure.value} if entry.sure is not Sure.CERTAIN else {}),
        "line": entry.place.line,
    }
