"""The programme booklet: cover, introduction, the day at a glance, everything in full, speakers, notes, back cover.

Each part below gives drafts of pages; what they share, and how they become numbered pages, is `kit.booklet`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal

from eventprint import kit
from eventprint.kit import (
    Box,
    Draft,
    Entry,
    Event,
    Length,
    Mark,
    Page,
    Piece,
    Role,
    Row,
    Session,
    Span,
    booklet,
    mm,
    pt,
)


class Switch(StrEnum):
    """Whether a part is printed."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a supplied page goes: next to a part, inside the cover, or on a page of its own number."""

    notation: ClassVar[str] = (
        "inside front, inside back, page 5, or before or after one of: contents, introduction, glance, programme,"
        " speakers, notes"
    )

    side: Literal["before", "after", "inside", "page"]
    part: str = ""
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Spot:
        """Raises ValueError for any other words."""
        match text.split():
            case [("before" | "after") as side, part] if part in _PARTS:
                return cls("before" if side == "before" else "after", part)
            case ["inside", ("front" | "back") as part]:
                return cls("inside", part)
            case ["page", number] if number.isascii() and number.isdigit() and int(number) > 1:
                return cls("page", "", int(number))
        raise ValueError(f"{text!r} is no place in the booklet")


_PARTS = ("contents", "introduction", "glance", "programme", "speakers", "notes")


@dataclass(frozen=True, kw_only=True)
class Insert:
    """Pages of a PDF that somebody supplied: an advert, a letter of welcome."""

    file: Path = field(metadata={"doc": "The PDF, inside the event folder."})
    place: Spot | None = field(default=None, metadata={"doc": f"Where it goes: {Spot.notation}."})
    page: int | None = field(default=None, metadata={"doc": "Only this page of it; else all of them.", "minimum": 1})
    title: str = field(default="", metadata={"doc": "What the contents call it; without one it is not listed."})
    alternative: str = field(default="", metadata={"doc": "What it shows, for those who hear the programme."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    """What the booklet's YAML may set."""

    inner: Length = field(default=Length(16 * mm), metadata={"doc": "Margin at the spine."})
    outer: Length = field(default=Length(13 * mm), metadata={"doc": "Margin at the outer edge."})
    top: Length = field(default=Length(15 * mm), metadata={"doc": "Margin above the text."})
    bottom: Length = field(default=Length(17 * mm), metadata={"doc": "Margin below the text; the folio stands in it."})
    leading: Length = field(default=Length(13 * pt), metadata={"doc": "Distance of the lines of the grid."})
    times: Length = field(default=Length(14 * mm), metadata={"doc": "Width of the column of times."})
    tiny: float = field(default=7.5, metadata={"doc": "Points: running feet."})
    small: float = field(default=8.5, metadata={"doc": "Points: labels and remarks."})
    body: float = field(default=9.5, metadata={"doc": "Points: running text, and titles of talks."})
    lead: float = field(default=11.0, metadata={"doc": "Points: titles of sessions, names."})
    large: float = field(default=14.0, metadata={"doc": "Points: a short introduction, the subtitle."})
    heading: float = field(default=20.0, metadata={"doc": "Points: headings of parts."})
    cover: tuple[float, ...] = field(
        default=(36, 32, 28, 20), metadata={"doc": "Points: the title on the cover, the largest first."}
    )
    right_to_left: bool = field(default=False, metadata={"doc": "The book is bound at its right, as Hebrew ones are."})
    contents: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where the booklet has more than 12 pages."})
    roman: Switch = field(
        default=Switch.AUTO,
        metadata={"doc": "Contents and introduction are numbered ii, iii …; auto: where there are contents."},
    )
    speakers: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where somebody stands on the programme."})
    notes: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where pages are left; yes: one at least."})
    align: Literal["justify", "ragged"] = field(
        default="justify", metadata={"doc": "Running text: justify, or ragged at its right."}
    )
    small_caps: bool = field(
        default=False, metadata={"doc": "Three capitals or more in running text, such as NATO, become small ones."}
    )
    multiple: int = field(default=4, metadata={"doc": "The number of pages is a multiple of this."})
    front_cover: kit.Node | None = field(
        default=None, metadata={"doc": "A PDF inside the event folder whose first page is the cover."}
    )
    back_cover: kit.Node | None = field(
        default=None, metadata={"doc": "A PDF inside the event folder whose last page is the back of the cover."}
    )
    letters: tuple[Insert, ...] = field(
        default=(), metadata={"doc": "Letters supplied as PDF; after the contents unless they say where."}
    )
    adverts: tuple[Insert, ...] = field(
        default=(), metadata={"doc": "Adverts supplied as PDF; inside the back cover unless they say where."}
    )


def pages(event: Event, theme: Theme) -> list[Page]:
    """The booklet in reading order, cover first and back cover last."""
    event = kit.timetable.with_shared_breaks(event)
    book = _Book(event, replace(theme, times=kit.Length(_times(event, theme))))
    inserts = _inserts(book)

    def with_inserts(part: str, drafts: Sequence[Draft]) -> list[Draft]:
        return [*inserts.get(f"before {part}", ()), *drafts, *inserts.get(f"after {part}", ())]

    days = range(len(event.days))
    front = with_inserts("introduction", _introduction(book))
    rest = [
        *with_inserts("glance", [draft for number in days for draft in _glance(book, number)]),
        *with_inserts("programme", [draft for number in days for draft in _in_full(book, number)]),
        *with_inserts("speakers", _speakers(book)),
    ]
    outer = [draft for place, drafts in inserts.items() if place.split()[-1] not in _PARTS[1:-1] for draft in drafts]
    count = len(front) + len(rest) + len(outer)
    contents = theme.contents is Switch.YES or (theme.contents is Switch.AUTO and _padded(count, theme) > 12)
    listed = _contents(book, [*front, *rest, *outer]) if contents else []
    front = [*inserts.get("inside front", ()), *with_inserts("contents", listed), *front]
    roman = bool(front) and (theme.roman is Switch.YES or (theme.roman is Switch.AUTO and contents))
    count += len(listed)
    inner, first = _in_order(book, front, rest, count, inserts)
    if roman and first % 2 == 0:
        # page 1 lies on the right, as every odd one does
        inner, first = _in_order(book, [*front, Draft("", ())], rest, count + 1, inserts)
    finished = booklet.finish(book, inner, first if roman else 0)
    back = _supplied_cover(book, theme.back_cover, front=False) or _back_cover(book)
    cover = _supplied_cover(book, theme.front_cover, front=True) or _cover(book)
    return [replace(cover, problems=tuple(book.found)), *finished, back]


def _in_order(
    book: _Book, front: Sequence[Draft], rest: Sequence[Draft], count: int, inserts: Mapping[str, Sequence[Draft]]
) -> tuple[list[Draft], int]:
    """Everything between the covers, `count` pages and notes to fill the rest; and how many come before the programme.

    Adverts with a page of their own stand there, also among the contents and the introduction.
    """
    notes = _notes(book, _padded(count, book.theme) - count - 2)
    notes = [*inserts.get("before notes", ()), *notes, *inserts.get("after notes", ()), *inserts.get("inside back", ())]
    inner = [*front, *rest, *notes]
    first = len(front)
    for number, drafts in sorted((int(place[5:]), drafts) for place, drafts in inserts.items() if place[:4] == "page"):
        inner[number - 2 : number - 2] = drafts
        first += len(drafts) if number - 2 < first else 0
    return inner, first


def _times(event: Event, theme: Theme) -> float:
    """The width of the column of times: wider than the theme's where times say AM or PM."""
    style = kit.style_of(event, "sans", theme.body, 500, features=("tnum",))
    written = [f"–{entry.end}" if entry.end_stated else str(entry.start or "") for entry in event.entries()]
    written += [entry.when for entry in event.entries()]
    return max([theme.times, *(kit.width(text, style) + theme.leading / 2 for text in written)])


def _padded(inner: int, theme: Theme) -> int:
    """How many pages a booklet has with so many between its covers."""
    least = inner + 2 + (theme.notes is Switch.YES)
    return -(-least // theme.multiple) * theme.multiple


class _Book(booklet.Book):
    """What all parts share."""

    def __init__(self, event: Event, theme: Theme) -> None:
        super().__init__(event, theme)
        self.theme = theme


# Parts ----------------------------------------------------------------------------------------------------------------


def _introduction(book: _Book) -> list[Draft]:
    """The introduction, set large where it is short, and the practical facts at the foot of its page."""
    event, theme, line, words = book.event, book.theme, book.line, book.words
    if not event.introduction:
        return _practical(book)
    pieces = [book.opening(words["introduction"], event.display_title, "introduction")]
    short = len(event.introduction) <= _SHORT
    large = book.running_text.at(theme.large)
    paragraphs = (
        book.paragraphs(event.introduction, kit.Place(), style=large, align="start", deep=1.5)
        if short
        else book.paragraphs(event.introduction, kit.Place())
    )
    pieces += [Piece(tuple(rows), space_after=line) for rows in paragraphs]
    for white in (1.0, 0.5):
        heading, facts = book.subheading(words["practical"], "practical"), _facts(book, white)
        taken = sum(piece.height for piece in (*pieces, heading, *facts)) + line * len(pieces)
        if facts and taken <= book.column.height:
            foot = Piece((booklet.white(book.column.height - taken),))
            return book.pour([*pieces, foot, heading, *facts], words["introduction"])
    return book.pour(pieces, words["introduction"]) + _practical(book)


def _practical(book: _Book) -> list[Draft]:
    """The practical facts on a page of their own, as airy as fits; not for the date alone, which the cover has."""
    title = book.words["practical"]
    if [label for label, _ in _known(book)] == [book.words["date"]]:
        return []
    poured: list[Draft] = []
    for white in (2.0, 1.0):
        facts = _facts(book, white)
        pieces = [book.opening(title, book.event.display_title, "practical"), *facts]
        poured = book.pour(pieces, title) if facts else []
        if len(poured) <= 1:
            break
    return poured


_SHORT = 600
"""Letters of an introduction up to which it is set large."""


def _facts(book: _Book, white: float) -> list[Piece]:
    """Label and value of what is known of the event, and nothing else; with so many lines of white round each."""
    half = white * book.line / 2
    pieces = []
    indent = 7 * book.line
    for label, values in _known(book):
        rows: list[Row] = []
        for value in values:
            rows += book.set(book.lines(value, book.text, book.column.width - indent), book.ink, x=indent)
        labels = book.set(book.lines(label, book.label, indent - book.line / 2), book.accent)
        rows += [booklet.white(book.line) for _ in labels[len(rows) :]]
        rows[: len(labels)] = [booklet.before(row, label.marks) for row, label in zip(rows, labels, strict=False)]
        pieces.append(Piece((book.ruled(half), *rows, booklet.white(half)), keep_together=True))
    return pieces


def _known(book: _Book) -> Iterator[tuple[str, Sequence[str]]]:
    event, words, venue, online = book.event, book.words, book.event.venue, book.event.online
    if dates := kit.event_dates(event):
        yield words["date"], [dates]
    if venue.name:
        yield words["venue"], [f"{venue.name} ({venue.note})" if venue.note else venue.name]
    if venue.room:
        yield words["room"], [venue.room]
    if venue.address:
        yield words["address"], [venue.address]
    joins = words["labelled"].format(label=words["online"], text=online.channel) if online.channel else ""
    if online.channel and online.who:
        joins = words["online_who"].format(who=online.who, channel=online.channel)
    if said := [text for text in (event.format, joins, online.link) if text]:
        yield words["format"] if event.format else words["online"], said
    for duty in dict.fromkeys(cast.duty for cast in event.cast):
        members = [cast for cast in event.cast if cast.duty is duty]
        yield kit.timetable.duty_word(words, duty), kit.timetable.people_of(event, members)
    if event.organisers:
        yield words["organised_by"], [", ".join(event.organisers)]
    if event.supporters:
        yield words["with_support_from"], [", ".join(event.supporters)]
    for fact in event.facts:
        yield fact.label, [fact.text]


def _day_title(book: _Book, day: kit.Day) -> str:
    date = book.words.date(day.date) if day.date else ""
    return day.title or date or book.words["programme"]


def _running(book: _Book, day: kit.Day, word: str) -> str:
    """What the foot of a day's pages says: the part, and of several days which one."""
    return book.words[word] if len(book.event.days) == 1 else f"{book.words[word]} · {_day_title(book, day)}"


def _day_opening(book: _Book, day: kit.Day, word: str, anchor: str) -> Piece:
    """The heading of a day's pages: what they are, or of several days which one."""
    date = book.words.date(day.date) if day.date else ""
    word = book.words[word]
    if len(book.event.days) == 1:
        return book.opening(word, " · ".join(filter(None, (day.title, date))), anchor, place=day.place)
    above = f"{word} · {date}" if day.title and date else word
    return book.opening(_day_title(book, day), above, anchor, place=day.place)


# The day at a glance --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    """What begins at a time of the day."""

    time: str
    title: str
    above: str = ""
    """A session's label, a room."""
    service: kit.Service | None = None
    """Of a break."""
    session: bool = False
    room: str = ""
    """Of an entry by itself: where it is, or where that is not said, its track."""


def _room_beside(session: Session) -> str:
    """A session's room, unless the session is called like it."""
    return "" if session.room in (session.label, session.title) else session.room


def _moments(day: kit.Day) -> Iterator[_Moment]:
    """Sessions as one moment each, entries outside them, and every break."""
    for block in day.blocks:
        time = str(block.start or "")
        if isinstance(block, Session):
            label = block.label if block.title else ""
            above = " · ".join(filter(None, (label, _room_beside(block))))
            yield _Moment(time, block.title or block.label, above, session=True)
        for entry in block.entries if isinstance(block, Session) else (block,):
            if entry.is_break:
                yield _Moment(str(entry.start or ""), entry.title, "", entry.service or kit.Service.PAUSE)
            elif entry is block:
                yield _Moment(time, entry.title, room=entry.room or entry.track)


def _glance(book: _Book, number: int) -> list[Draft]:
    """Every time of the day once: sessions in bands, breaks quiet; as airy as still fits one page."""
    day = book.event.days[number]
    moments = list(_moments(day))
    if not moments:
        return []
    opening = _day_opening(book, day, "at_a_glance", f"glance-{number}")
    rooms = _room_column(book, moments)

    def poured(size: float, white: float) -> list[Draft]:
        pieces = [opening]
        table = next(book.blocks)
        for number, (before, moment) in enumerate(zip((None, *moments), moments, strict=False), 1):
            cell = kit.TableCell(table, number, 0)
            pieces.append(_glance_row(book, moment, before, size, white * book.line, cell, rooms))
        return book.pour(pieces, _running(book, day, "at_a_glance"), even=True)

    lead, body, small = book.theme.lead, book.theme.body, book.theme.small
    for size, white in ((lead, 2.5), (lead, 2), (lead, 1.5), (lead, 1), (body, 0.5), (small, 0.25)):
        if len(one := poured(size, white)) == 1:
            return one
    # What fits no single page takes as few as it can, and is then as airy as they allow.
    least = poured(body, 0.5)
    return next((several for white in (1.5, 1) if len(several := poured(body, white)) == len(least)), least)


def _room_column(book: _Book, moments: Sequence[_Moment]) -> float:
    """The width of a column of rooms at the right: a third of the page at most, and 0 where no room is named."""
    widths = [kit.width(moment.room, book.label) for moment in moments if moment.room]
    return min(max(widths, default=0.0), book.column.width / 3)


def _glance_row(
    book: _Book,
    moment: _Moment,
    before: _Moment | None,
    size: float,
    white: float,
    cell: kit.TableCell,
    rooms: float,
) -> Piece:
    """A time and what begins then, with half of the white above and half below; read out as time, title, room, and what
    stands above it.

    What begins together stands together: without a rule between, and with its time in the quiet colour.
    """
    line, indent, width = book.line, book.theme.times, book.column.width
    service = moment.service
    colour = book.quiet if service else book.ink
    style = book.sans.but(size=size, weight=400 if service else 600 if moment.session else 500)
    also = bool(before and before.time and before.time == moment.time and not (before.session or moment.session))
    above = book.set(book.lines(moment.above, book.label, width - indent), book.accent, Role.CELL, x=indent)
    beside = 2 * line if service else rooms + line if rooms else 0
    lines = book.lines(moment.title, style, width - indent - beside, balance=True)
    titles = book.set(lines, colour, Role.CELL, x=indent)
    rows = [booklet.in_cell(row, cell._replace(column=2)) for row in above]
    rows += [booklet.in_cell(row, cell._replace(column=1)) for row in titles]
    rows = rows or [booklet.white(line)]
    if moment.room:
        named = book.set(book.lines(moment.room, book.label, rooms), book.accent, Role.CELL, x=width - rooms)
        rows += [booklet.white(line) for _ in named[len(rows) :]]
        for at, part in enumerate(named):
            rows[at] = rows[at].beside(booklet.in_cell(part, cell._replace(column=2)).marks)
    clock_style = book.number.but(size=size, weight=400) if also else book.number.but(size=size)
    clock = book.set(book.lines(moment.time, clock_style, indent), book.quiet if also else colour, Role.CELL)
    if clock:
        rows[0] = booklet.before(rows[0], booklet.in_cell(clock[0], cell, Role.HEADER).marks)
    if service:
        square = Box(width - line, 0, line, line)
        rows[0] = rows[0].beside(lambda x, y: kit.pictogram(service.value, square.moved(x, y), book.quiet))
    height = len(rows) * line + white

    def ground(x: float, y: float) -> Sequence[Mark]:
        rule = kit.rule(x, y, x + width, y, book.hairline, 0.5)
        if moment.session:
            band = book.ground(x, y, height)
            return (*band, rule) if before and before.session else band
        return () if also or (before and before.session) else (rule,)

    return Piece((Row(white / 2, ground), *rows, booklet.white(white / 2)), keep_together=True)


# The programme in full ------------------------------------------------------------------------------------------------


def _in_full(book: _Book, number: int) -> list[Draft]:
    """A day with all its sessions, talks and people."""
    day = book.event.days[number]
    if not day.blocks:
        return []
    pieces = [_day_opening(book, day, "programme_full", f"day-{number}")]
    running = [""]
    # Whoever hears the page walks through a table by its rows; one with paragraphs in it would be no help.
    plain = not any(entry.abstract for entry in day.entries())
    table = 0
    for at, block in enumerate(day.blocks):
        anchor = f"day-{number}-{at}"
        if isinstance(block, Session):
            made = list(_session(book, block, anchor, next(book.blocks) if plain else 0))
            table = 0
        else:
            table = table or (next(book.blocks) if plain else 0)
            made = _entry(book, block, anchor, kit.TableCell(table, at + 1, 0))
        label = (block.label or block.title) if isinstance(block, Session) else ""
        running += ["", *[f"{label}, {book.words['continued']}" if label else ""] * (len(made) - 1)]
        pieces += made
    return book.pour(pieces, _running(book, day, "programme_full"), running)


def _session(book: _Book, session: Session, anchor: str, table: int) -> Iterator[Piece]:
    """The session's heading in a band, then its entries; of a panel that is the whole session, its people."""
    line, indent, width = book.line, book.theme.times, book.column.width
    times = kit.timetable.time_range(session.start, session.end)
    label = " · ".join(filter(None, (session.label, _room_beside(session))))
    rows: list[Row] = []
    if label or times:
        rows = book.set(book.lines(label, book.label.but(weight=600), width - 2 * indent), book.accent, x=indent)
        rows = rows or [booklet.white(line)]
        clock = book.lines(times, book.number.but(size=book.theme.small), width, align="right")
        for row in book.set(clock, book.ink):
            rows[0] = rows[0].beside(row.marks)
    style = book.text.but(size=book.theme.lead, weight=600)
    lines = book.lines(session.title, style, width - indent, session.place, balance=True)
    rows += book.set(lines, book.heading, Role.H2, x=indent)
    rows += _people(book, session.cast, False)
    height = (len(rows) + 1) * line
    title = kit.timetable.session_title(book.words, session)

    def ground(x: float, y: float) -> tuple[Mark, ...]:
        return (kit.Anchor(anchor, y, title, 1), *book.ground(x, y, height))

    band = (booklet.before(booklet.white(line / 2), ground), *rows, booklet.white(line / 2))
    yield Piece(band, space_before=line, space_after=line, keep_with_next=bool(session.entries), keep_together=True)
    whole = kit.timetable.same_as_session(session)
    for number, entry in enumerate(session.entries):
        yield from _entry(book, entry, f"{anchor}-{number}", kit.TableCell(table, number + 1, 0), named=not whole)


def _entry(book: _Book, entry: Entry, anchor: str, cell: kit.TableCell, *, named: bool = True) -> list[Piece]:
    """Time, title, people and abstract; `named` is false where the session's heading is its title already.

    With a table numbered other than 0 it is read out as a row of it: time, title, people, room.
    """

    def column(rows: Sequence[Row], number: int, role: Role = Role.CELL) -> list[Row]:
        at = cell._replace(column=number)
        return [booklet.in_cell(row, at, role) for row in rows] if cell.table else list(rows)

    line, indent, width = book.line, book.theme.times, book.column.width
    colour = book.quiet if entry.is_break else book.ink
    rows: list[Row] = []
    if named:
        style = book.sans if entry.is_break else book.title
        lines = book.lines(entry.title, style, width - indent, entry.place, balance=True)
        rows = column(book.set(lines, colour, Role.P if entry.is_break else Role.H3, x=indent), 1)
        subtitle = book.lines(entry.subtitle, book.italic, width - indent, entry.place, balance=True)
        rows += column(book.set(subtitle, colour, x=indent), 1, Role.P)
    rows += column(_people(book, entry.cast, entry.to_be_confirmed, entry.title), 2)
    track = "" if entry.track in (entry.room, entry.title) else entry.track
    spot = " · ".join(filter(None, (entry.room, track, book.words["online"] if entry.online else "")))
    rows += column(book.set(book.lines(spot, book.label, width - indent), book.quiet, x=indent), 3)
    clock = book.set(book.lines(entry.when, book.number, indent), colour)
    if entry.start and entry.end and entry.end_stated:
        clock += book.set(book.lines(f"–{entry.end}", book.number.but(weight=400), indent), book.quiet)
    clock = column(clock, 0, Role.HEADER)
    rows += [booklet.white(line) for _ in range(len(rows), max(len(clock), 1))]
    # Both times are heard before the title, though the second stands beside its second line.
    rows[0] = booklet.before(
        rows[0], lambda x, y: [mark for n, time in enumerate(clock) for mark in time.marks(x, y + n * line)]
    )
    level = 2 if anchor.count("-") == 3 else 1
    bookmark = entry.title if named and not entry.is_break else ""
    rows[0] = booklet.before(rows[0], lambda x, y: (kit.Anchor(anchor, y, bookmark, level),))
    head = Piece(tuple(rows), space_before=line, keep_together=True)
    return book.with_prose(head, entry.abstract, entry.place, x=indent, whole=_WHOLE)


_WHOLE = 18
"""Lines of an entry up to which it stays on one page; longer ones would leave too much of it empty."""


def _people(book: _Book, cast: Sequence[kit.Cast], to_be_confirmed: bool, title: str = "") -> list[Row]:
    """Name and organisation, one person a line; who chairs or moderates is said to.

    Of a speaker whose name stands in the place of the title, the organisation alone.
    """
    rows: list[Row] = []
    indent, width = book.theme.times, book.column.width - book.theme.times
    for member in cast:
        lead = _LEADS.get(member.duty)
        (text,) = kit.timetable.people_of(book.event, [member])
        text = f"{book.words[lead]} {text}" if lead else text
        if book.event.person(member.person).name.full == title:
            text = book.event.person(member.person).organisation
        rows += book.set(book.lines(text, book.text, width, book.event.person(member.person).place), book.ink, x=indent)
    if to_be_confirmed:
        rows += book.set(book.lines(book.words["to_be_confirmed"], book.italic, width), book.quiet, x=indent)
    return rows


_LEADS = {kit.Duty.MODERATOR: "moderated_by", kit.Duty.CHAIR: "chaired_by"}


# Speakers -------------------------------------------------------------------------------------------------------------


def _speakers(book: _Book) -> list[Draft]:
    """Everybody on the programme by name, with what they do, when, and on which page it stands."""
    event = book.event
    if not event.people or book.theme.speakers is Switch.NO:
        return []
    where = dict(_anchors(event))
    order = kit.collator(event.language)
    people = sorted(event.people, key=lambda person: (order.filed(person.name.sort or person.name.full), person.key))
    opening = book.opening(book.words["speakers"], event.display_title, "speakers")
    page = book.set(
        book.lines(book.words["page"], book.label.but(weight=400), book.column.width, align="right"), book.quiet
    )
    last = opening.rows[-1].beside(lambda x, y: page[0].marks(x, y + book.line))
    pieces = [replace(opening, rows=(*opening.rows[:-1], last))]
    for person in people:
        pieces += _speaker(book, person, where)
    return book.pour(pieces, book.words["speakers"])


def _anchors(event: Event) -> Iterator[tuple[int, str]]:
    """The anchor of every session and entry, by identity: two entries may read the same."""
    for number, day in enumerate(event.days):
        for at, block in enumerate(day.blocks):
            yield id(block), f"day-{number}-{at}"
            if isinstance(block, Session):
                yield from ((id(entry), f"day-{number}-{at}-{n}") for n, entry in enumerate(block.entries))


def _speaker(book: _Book, person: kit.Person, where: Mapping[int, str]) -> list[Piece]:
    """Name, organisation and duties, the biography, and each appearance."""
    event, line, indent = book.event, book.line, book.theme.times
    width = book.column.width - indent
    appearances = event.appearances(person.key)
    duties = ", ".join(dict.fromkeys(kit.timetable.duty_word(book.words, a.duty) for a in appearances))
    name = Span(person.name.full, book.style("sans", book.theme.lead, 600))
    about = ", ".join(filter(None, (person.position, person.organisation)))
    told = book.lines(duties, book.label.but(weight=400), width, align="right")
    room = width - line - max((part.width for part in told), default=0)
    whole = [name, Span(f", {about}", book.text)] if about else [name]
    lines = book.lines(whole, book.text, width, person.place)
    if person.photo or len(told) > 1 or len(lines) > 1 or lines[0].width > room:
        lines = book.lines([name], book.text, width, person.place) + book.lines(about, book.text, width, person.place)
        lines, told = (*lines, *book.lines(duties, book.label.but(weight=400), width)), ()
    rows = book.set(lines, book.ink, Role.H2, x=indent)
    for row in book.set(told, book.quiet, x=indent):
        rows[0] = rows[0].beside(row.marks)
    side = indent - line / 2

    def beginning(x: float, y: float) -> Sequence[Mark]:
        return (kit.Anchor(f"person-{person.key}", y), *book.portrait(person, side, x, y + line / 4))

    rows[0] = booklet.before(rows[0], beginning)
    bare = not person.bio
    if person.photo and bare:  # the times of appearances stand below it
        rows += [booklet.white(line) for _ in range(3 - len(rows))]
    shown = [tuple(made) for made in (_appearance(book, a, where) for a in appearances) if made]
    head = Piece(tuple(rows), space_before=line, keep_with_next=bool(shown), keep_together=bare)
    least = sum(map(len, shown))
    pieces = book.with_prose(head, person.bio, person.place, x=indent, whole=_BRIEF - least)
    brief = pieces[-1].keep_together
    last = len(shown) - 1
    return [*pieces, *(Piece(made, 0, 0, brief and at < last, True, grid=line) for at, made in enumerate(shown))]


_BRIEF = 12
"""Lines on a person up to which they stay on one page; longer ones would leave too much of it empty."""


def _appearance(book: _Book, appearance: kit.Appearance, where: Mapping[int, str]) -> list[Row]:
    """When, what, as what in which session, and a link that gets the page's number."""
    entry, session = appearance.entry, appearance.session
    thing = entry or session
    if thing is None:
        return []
    indent = book.theme.times
    title = (
        entry.title if entry else kit.timetable.session_title(book.words, thing) if isinstance(thing, Session) else ""
    )
    remarks = []
    if appearance.day and len(book.event.days) > 1:
        remarks.append(_day_title(book, appearance.day))
    if entry is None or appearance.duty is not kit.Duty.SPEAKER:
        remarks.append(kit.timetable.duty_word(book.words, appearance.duty))
    if entry and session:
        remarks.append(session.label or ("" if kit.timetable.same_as_session(session) else session.title))
        if entry.start is None:
            remarks.append(kit.timetable.time_range(session.start, session.end))
        if appearance.number and appearance.of > 1:
            remarks.append(book.words["talk_of"].format(number=appearance.number, of=appearance.of))
    remark = Span(", ".join(filter(None, remarks)), book.label.but(weight=400), book.quiet)
    width = book.column.width - indent - 2.5 * book.line
    lines = book.lines(title, book.text, width)
    if remark.text:
        inline = book.lines([Span(title, book.text), replace(remark, text=f" · {remark.text}")], book.text, width)
        lines = inline if len(inline) == len(lines) else lines + book.lines([remark], book.text, width)
    rows = book.set(lines, book.ink, x=indent)
    if thing.start:
        clock = book.set(book.lines(str(thing.start), book.number.but(weight=400), indent), book.ink)
        rows[0] = booklet.before(rows[0], clock[0].marks)
    return book.linked(rows, where[id(thing)], title)


# Contents and notes ---------------------------------------------------------------------------------------------------


def _contents(book: _Book, inner: Sequence[Draft]) -> list[Draft]:
    """Parts, days and sessions with the numbers of their pages."""
    line, width = book.line, book.column.width
    anchors = [mark for draft in inner for mark in draft.marks if isinstance(mark, kit.Anchor)]
    where = {mark.name: at for at, mark in enumerate(anchors)}
    letters = [(mark.name, mark.title, False) for mark in anchors if mark.name.startswith("supplied-") and mark.title]
    wanted = sorted([*_listed(book, where), *letters], key=lambda one: where[one[0]])
    poured: list[Draft] = []
    for gap in (1.0, 0.5):
        pieces = [book.opening(book.words["contents"], book.event.display_title, "contents")]
        for anchor, title, session in wanted:
            if not title:
                continue
            x = line if session else 0.0
            rows = book.set(
                book.lines(title, book.text if session else book.title, width - x - 3 * line, hang=line * session),
                book.ink,
                Role.CONTENTS,
                x=x,
            )
            rows = book.linked(rows, anchor, title)
            pieces.append(Piece(tuple(rows), space_before=0 if session else gap * line, keep_together=True))
        fewer = book.pour(pieces, book.words["contents"], even=True)
        if not poured or len(fewer) < len(poured):
            poured = fewer
    return poured


def _listed(book: _Book, known: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """What the contents name: the anchor, its words, whether it is a session; only of what is printed."""
    words, event = book.words, book.event
    parts = [("introduction", words["introduction"]), ("practical", words["practical"])]
    parts.append((next((f"glance-{n}" for n, day in enumerate(event.days) if day.blocks), ""), words["at_a_glance"]))
    yield from ((anchor, title, False) for anchor, title in parts if anchor in known)
    for number, day in enumerate(event.days):
        if day.blocks:
            alone = len(event.days) == 1
            yield f"day-{number}", words["programme_full"] if alone else _day_title(book, day), False
            for at, block in enumerate(day.blocks):
                if isinstance(block, Session):
                    yield f"day-{number}-{at}", kit.timetable.session_title(words, block), True
    if "speakers" in known:
        yield "speakers", words["speakers"], False


def _notes(book: _Book, number: int) -> list[Draft]:
    """Pages to write on."""
    drafts = []
    line, column = book.line, book.column
    for at in range(number):
        marks: list[Mark] = []
        y = column.y
        if at == 0:
            opening = book.opening(book.words["notes"], book.event.display_title, "notes")
            for row in opening.rows:
                marks += row.marks(0, y)
                y += row.height
        if book.theme.notes is not Switch.NO:
            step = 2 * line
            y = column.y + 3 * line if at == 0 else column.y - line
            while (y := y + step) <= column.bottom + 0.01:
                marks.append(kit.rule(0, y, column.width, y, book.hairline, 0.75, (0.75, 3.25)))
        drafts.append(Draft(book.words["notes"], tuple(marks)))
    return drafts


# What others supplied -------------------------------------------------------------------------------------------------


def _inserts(book: _Book) -> dict[str, list[Draft]]:
    """The supplied pages by where they go."""
    made: dict[str, list[Draft]] = {}
    theme = book.theme
    usual = ((theme.letters, Spot("after", "contents")), (theme.adverts, Spot("inside", "back")))
    inserts = [(insert, insert.place or spot) for group, spot in usual for insert in group]
    for number, (insert, spot) in enumerate(inserts):
        place = f"page {spot.number}" if spot.side == "page" else f"{spot.side} {spot.part}"
        made.setdefault(place, []).extend(_inserted(book, insert, f"supplied-{number}"))
    return made


def _inserted(book: _Book, insert: Insert, anchor: str) -> Iterator[Draft]:
    """The pages of an insert: whole pages where they are as large or of the same shape, others in the type area."""
    place, name, found = kit.at(insert, "file"), insert.file.as_posix(), book.found.setdefault
    supplied = kit.artwork.find(book.event.folder, insert.file, place, found)
    if supplied is None or (
        insert.page and not kit.artwork.has_page(supplied, insert.page, kit.at(insert, "page"), found)
    ):
        return
    if not insert.alternative:
        hint = "write its words or what it shows: alternative: …"
        message = f"{name} says nothing to those who hear the programme"
        book.problem(kit.Severity.OPEN, message, place, hint, "artwork.silent")
    trim, bleed = Box.of(book.theme.trim), book.theme.bleed
    for number in range(len(supplied.sheets)) if insert.page is None else (insert.page - 1,):
        start = () if number and insert.page is None else (kit.Anchor(anchor, 0, insert.title),)
        placed = kit.artwork.whole(supplied, number, trim, bleed, insert.alternative)
        where, size = "a page", book.theme.trim
        if not placed.full:
            placed = kit.artwork.inside(supplied, number, book.column, insert.alternative)
            where, size = "a type area", book.column.size
        for problem in kit.artwork.remarks(placed, supplied.sheets[number], size, bleed, where, place, name):
            found(problem)
        frame = () if placed.full else (kit.rectangle(placed.mark.box, None, book.hairline, 0.5),)
        yield Draft(insert.title or name, (*start, placed.mark, *frame), whole=placed.full, foot=insert.title)


def _supplied_cover(book: _Book, named: kit.Node | None, *, front: bool) -> Page | None:
    """A side of the cover that somebody supplied; None where nobody did, or it cannot be used."""
    if named is None:
        return None
    if named.kind != "scalar":
        message, hint = "a cover is the name of one PDF", "write front_cover: images/cover.pdf"
        book.problem(kit.Severity.ERROR, message, named.place, hint, "artwork.cover")
        return None
    found, theme = book.found.setdefault, book.theme
    supplied = kit.artwork.find(book.event.folder, Path(named.text), named.place, found)
    if supplied is None:
        return None
    number = 0 if front else len(supplied.sheets) - 1
    told = book.event.title if front else book.event.display_title
    placed = kit.artwork.whole(supplied, number, Box.of(theme.trim), theme.bleed, told)
    sheet = supplied.sheets[number]
    for problem in kit.artwork.remarks(placed, sheet, theme.trim, theme.bleed, "a cover", named.place, named.text):
        found(problem)
    return Page(theme.trim, (placed.mark,), theme.bleed, name="Cover" if front else "Back cover")


# The cover ------------------------------------------------------------------------------------------------------------


def _outside(book: _Book, *, front: bool) -> list[Mark]:
    """The ground of one side of the cover: layers that run from the back over the spine to the front."""
    trim = Box.of(book.theme.trim)
    bleed = trim.inset(-book.theme.bleed)
    _, low = bleed.cut_top(trim.height * _HORIZON)
    on_right = front != book.theme.right_to_left
    spread = Box(bleed.x - trim.width if on_right else bleed.x, low.y, bleed.width + trim.width, low.height)
    ground = book.primary
    layers = (
        (ground.mix(kit.WHITE, 0.14), 1.0),
        (ground.mix(kit.WHITE, 0.3), 1.2),
        (book.event.brand.accent, 0.5),
        (ground.mix(kit.WHITE, 0.08), 1.0),
        (ground.mix(kit.BLACK, 0.3), 1.0),
    )
    return [kit.rectangle(bleed, ground), *kit.strata(book.event.title, spread, low, book.theme.bleed, layers)]


_HORIZON = 0.73
"""Share of the cover's height above its layers."""


def _cover(book: _Book) -> Page:
    """Title, subtitle, when, where and by whom."""
    event, theme, line = book.event, book.theme, book.line
    x, width = theme.inner, theme.trim.width - 2 * theme.inner
    ink = book.primary.ink_on()
    serif = book.style("serif", theme.cover[0], 600)
    book.check(event.title, serif)
    title = kit.fit(event.title, serif, width, 13 * line, sizes=theme.cover, max_lines=6, leading=1.1)
    told: list[Mark] = []
    end = 0.0
    for size in (theme.large, theme.lead, theme.body):
        told, end = [], _hang(book)
        block = next(book.blocks)
        for number, shaped in enumerate(title.lines):
            end += title.leading if number else 0.0
            told.append(kit.Text(x, end, shaped, title.size, ink, Role.H1, block))
        end += line
        groups = (
            (book.text.at(size), 1.5, (event.subtitle,)),
            (book.style("sans", theme.lead, 500), 1.25, (kit.event_dates(event), event.venue.name)),
            (book.sans, 1.25, tuple(f"{label} {names}" for label, names in _organisers(book))),
        )
        for style, deep, texts in groups:
            end += line / 2
            for text in texts:
                lines = book.lines(text, style, width, balance=True)
                placed, end = kit.place(lines, x, end, book.text, ink, leading=deep * line, block=next(book.blocks))
                told += placed
            end += line
        if end <= theme.trim.height * _HORIZON + line:
            break
    else:
        book.too_long(event.title)
    if not title.fits:
        book.too_long(event.title)
    marks = (*_outside(book, front=True), *book.logo(x), *told)
    return Page(theme.trim, marks, theme.bleed, name="Cover")


def _hang(book: _Book) -> float:
    """Where the first line of either side of the cover stands."""
    return book.theme.trim.height * 0.26


def _organisers(book: _Book) -> list[tuple[str, str]]:
    event, words = book.event, book.words
    known = ((words["organised_by"], event.organisers), (words["with_support_from"], event.supporters))
    return [(label, ", ".join(names)) for label, names in known if names]


def _back_cover(book: _Book) -> Page:
    """The imprint, who made the event possible, and where to read more."""
    event, theme, line = book.event, book.theme, book.line
    marks = _outside(book, front=False)
    ink = book.primary.ink_on()
    x, width = theme.inner, theme.trim.width - 2 * theme.inner
    serif = book.style("serif", theme.large, 600)
    y = _hang(book) - line
    told = [[(event.imprint or event.title, serif)]]
    told += [[(label, book.label), (value, book.sans)] for label, value in _organisers(book)]
    if event.link:
        told.append([(book.words["more_online"], book.label), (event.link, book.sans)])
    for group in told:
        for text, style in group:
            lines = book.lines(text, style, width, balance=style is serif)
            deep = 1.5 if style is serif else 1
            placed, y = kit.place(lines, x, y, book.text, ink, leading=deep * line, block=next(book.blocks))
            marks += placed
        y += line
    if event.link:
        marks += book.code(event.link, Box(x, y, 32 * mm, 32 * mm))
    return Page(theme.trim, tuple(marks), theme.bleed, name="Back cover")
