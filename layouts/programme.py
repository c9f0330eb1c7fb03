"""The programme booklet: cover, introduction, the day at a glance, everything in full, speakers, notes, back cover.

Inner pages share one column on a baseline grid. They are laid out without knowing their place in the booklet; only
then are they put in order, given their folios and margins, and every reference its page number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count, repeat

from eventprint import kit
from eventprint.kit import Box, Colour, Entry, Event, Length, Mark, Page, Piece, Role, Row, Session, Span, Style, mm, pt


class Switch(StrEnum):
    """Whether a part is printed."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


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
    contents: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where the booklet has more than 12 pages."})
    speakers: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where somebody stands on the programme."})
    notes: Switch = field(default=Switch.AUTO, metadata={"doc": "auto: where pages are left; yes: one at least."})
    multiple: int = field(default=4, metadata={"doc": "The number of pages is a multiple of this."})


def pages(event: Event, theme: Theme) -> list[Page]:
    """The booklet in reading order, cover first and back cover last."""
    book = _Book(event, theme)
    front = _introduction(book)
    programme = [draft for day in event.days for draft in _glance(book, day)]
    programme += [draft for number in range(len(event.days)) for draft in _in_full(book, number)]
    back = _speakers(book)
    inner = [*front, *programme, *back]
    if theme.contents is Switch.YES or (theme.contents is Switch.AUTO and _padded(len(inner), theme) > 12):
        inner = [*_contents(book, inner), *inner]
    inner += _notes(book, _padded(len(inner), theme) - len(inner) - 2)
    finished = _finish(book, inner)
    return [_cover(book), *finished, _back_cover(book, 2 + len(inner))]


def _padded(inner: int, theme: Theme) -> int:
    """How many pages a booklet has with so many between its covers."""
    least = inner + 2 + (theme.notes is Switch.YES)
    return -(-least // theme.multiple) * theme.multiple


# The column ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """An inner page before its place is known; x counts from the left edge of the column."""

    section: str
    marks: tuple[Mark, ...]
    continued: str = ""
    """What runs on from the page before."""


class _Book:
    """What all pages share: the grid, the styles, the colours, and the problems met."""

    def __init__(self, event: Event, theme: Theme) -> None:
        self.event, self.theme = event, theme
        self.words = kit.words(event.language)
        self.line = theme.leading
        height = theme.trim.height - theme.top - theme.bottom
        self.column = Box(0, theme.top, theme.trim.width - theme.inner - theme.outer, height // self.line * self.line)
        self.text = kit.style_of(event, "serif", theme.body)
        self.italic = self.text.but(italic=True)
        self.sans = kit.style_of(event, "sans", theme.body)
        self.title = self.sans.but(weight=600)
        self.label = kit.style_of(event, "sans", theme.small, 500)
        self.number = kit.style_of(event, "sans", theme.body, 500, features=("tnum",))
        self.part = kit.style_of(event, "serif", theme.heading, 600)
        brand = event.brand
        self.ink, self.primary, self.accent = brand.ink, brand.primary, brand.accent
        self.quiet = brand.ink.mix(kit.WHITE, 0.42)
        self.hairline = brand.primary.tint(0.3)
        self.band = brand.primary.tint(0.09)
        self.blocks = count(1)
        self.found: dict[kit.Problem, None] = {}

    def lines(
        self, text: str | Sequence[Span], style: Style, width: float, place: kit.Place = kit.Place(), **how: object
    ) -> tuple[kit.FlowLine, ...]:
        """A paragraph; letters that no font has and words wider than the column become problems."""
        spans = [Span(text, style)] if isinstance(text, str) else text
        whole = "".join(span.text for span in spans)
        for span in spans:
            for lost in kit.missing(span.text, span.style):
                self.problem(
                    kit.Severity.ERROR,
                    f"{whole}: no font has {lost} (U+{ord(lost[0]):04X})",
                    place,
                    "put a font that has it into the event's fonts folder",
                    "text.missing-glyph",
                )
        lines = kit.paragraph(spans, style, width, **how)  # type: ignore[arg-type]
        if any(line.broken for line in lines):
            self.problem(
                kit.Severity.WARNING,
                f"{whole!r} has a word wider than its column, which was cut",
                place,
                "add a soft hyphen or a space where it may be parted",
                "text.too-long",
            )
        return lines

    def problem(self, severity: kit.Severity, message: str, place: kit.Place, hint: str, rule: str) -> None:
        self.found[kit.Problem(severity, message, place, hint, rule)] = None

    def set(
        self, lines: Sequence[kit.FlowLine], colour: Colour, role: Role = Role.P, *, x: float = 0.0, deep: float = 1.0
    ) -> list[Row]:
        """One row a line, `deep` grid lines high; whatever the size, baselines stand on the grid."""
        block = next(self.blocks)
        height = deep * self.line

        def row(line: kit.FlowLine) -> Row:
            def marks(left: float, top: float) -> Sequence[Mark]:
                return self.stand([line], left + x, top + height - self.line, colour, role, block)

            return Row(height, marks)

        return [row(line) for line in lines]

    def stand(
        self, lines: Sequence[kit.FlowLine], x: float, y: float, colour: Colour, role: Role, block: int = 0
    ) -> tuple[kit.Text, ...]:
        """Lines whose first baseline is that of running text in the grid line at `y`, so that sizes can be mixed."""
        return kit.place(lines, x, y, self.text, colour, leading=self.line, role=role, block=block)[0]

    def opening(self, title: str, above: str, anchor: str, level: int = 0, place: kit.Place = kit.Place()) -> Piece:
        """The heading of a part: a small line and a large title, always as high, so that facing pages begin level."""
        rows = self.set(self.lines(above, self.label, self.column.width, place), self.accent)
        rows = rows or [Row(self.line, lambda x, y: ())]
        rows[0] = _with(rows[0], lambda x, y: (kit.Anchor(anchor, y, title, level),))
        rows += self.set(
            self.lines(title, self.part, self.column.width, place, balance=True), self.primary, Role.H1, deep=2
        )
        return Piece(tuple(rows), space_after=self.line, keep_with_next=True, keep_together=True)

    def pour(self, pieces: Sequence[Piece], section: str, running: Sequence[str] = ()) -> list[_Draft]:
        """Pages filled with pieces; `running` names for each piece what is said to run on where it begins a page."""
        drafts = []
        for column in kit.pour(pieces, repeat(self.column)).columns:
            continued = running[column.starts[0]] if running and column.starts else ""
            drafts.append(_Draft(section, column.marks, continued))
        return drafts

    def subheading(self, title: str, anchor: str) -> Piece:
        """A heading on two lines of the grid."""
        style = kit.style_of(self.event, "serif", self.theme.large, 600)
        rows = self.set(self.lines(title, style, self.column.width, balance=True), self.primary, Role.H2)
        rows[0] = _with(rows[0], lambda x, y: (kit.Anchor(anchor, y, title),))
        return Piece((*rows, _white(self.line)), keep_with_next=True, keep_together=True)

    def ruled(self) -> Row:
        """Half a line with a hairline at its top."""
        end = self.column.width
        return Row(self.line / 2, lambda x, y: (kit.rule(x, y, x + end, y, self.hairline, 0.5),))

    def ground(self, x: float, y: float, height: float) -> tuple[Mark, ...]:
        """The band of colour behind a session, a little wider than the column."""
        over = self.line / 2
        return (kit.rectangle(Box(x - over, y, self.column.width + 2 * over, height), self.band),)

    def linked(self, rows: Sequence[Row], anchor: str, label: str) -> list[Row]:
        """Rows that lead to a place; where it stands is known, and filled in, when all pages are in order."""
        height = len(rows) * self.line
        last = rows[-1]

        def marks(x: float, y: float) -> Sequence[Mark]:
            box = Box(x, y + self.line - height, self.column.width, height)
            return (*last.marks(x, y), kit.Link(box, f"#{anchor}", label))

        return [*rows[:-1], Row(last.height, marks)]

    def portrait(self, person: kit.Person, side: float) -> list[kit.Picture]:
        """A person's photograph in a circle, its top left corner at the origin."""
        assert person.photo is not None
        circle = Box(0, self.line / 4, side, side)
        try:
            image = kit.open_image(person.photo)
        except (ValueError, OSError) as fault:
            self.unreadable(person.photo, fault)
            return []
        return [kit.Picture(kit.cover(circle, image), image, person.name.full, circle, round=True)]

    def logo(self, x: float, side: float) -> list[Mark]:
        """The logo on a white label that hangs from the page's top; nothing where there is none."""
        file = self.event.brand.logo
        if file is None:
            return []
        pad, bleed = self.line * 0.75, self.theme.bleed
        try:
            picture = kit.picture_in(
                Box(x + pad, self.theme.top, 3 * side, 1.25 * side), file, self.event.display_title
            )
        except (ValueError, OSError) as fault:
            self.unreadable(file, fault)
            return []
        box = replace(picture.box, x=x + pad)
        label = Box(x, -bleed, box.width + 2 * pad, box.bottom + pad + bleed)
        return [kit.rectangle(label, kit.WHITE), replace(picture, box=box)]

    def unreadable(self, file: object, fault: Exception) -> None:
        name = str(getattr(file, "name", file))
        hint = "save the picture again as PNG or JPEG"
        self.problem(kit.Severity.ERROR, str(fault), kit.Place(name), hint, "picture.unreadable")


def _with(row: Row, marks: Callable[[float, float], Sequence[Mark]]) -> Row:
    """The row with marks that come before its own."""
    return Row(row.height, lambda x, y: (*marks(x, y), *row.marks(x, y)))


def _white(height: float) -> Row:
    return Row(height, lambda x, y: ())


# Parts -----------------------------------------------------------------------------------------------------------------


def _introduction(book: _Book) -> list[_Draft]:
    """The introduction, set large where it is short, and the practical facts at the foot of its page."""
    event, theme, line, words = book.event, book.theme, book.line, book.words
    facts = _facts(book)
    if not event.introduction:
        opening = book.opening(words["practical"], event.display_title, "practical")
        return book.pour([opening, *facts], words["practical"]) if facts else []
    pieces = [book.opening(words["introduction"], event.display_title, "introduction")]
    short = len(event.introduction) <= _SHORT
    style = book.text.at(theme.large) if short else book.text
    for text in event.introduction.split("\n\n"):
        lines = book.lines(text, style, book.column.width, align="start" if short else "justify", hyphenate=not short)
        rows = book.set(lines, book.ink, deep=1.5 if short else 1)
        pieces.append(Piece(tuple(rows), space_after=line))
    if facts:
        heading = book.subheading(words["practical"], "practical")
        taken = sum(piece.height for piece in (*pieces, heading, *facts)) + line * len(pieces)
        pieces.append(Piece((_white(max(0.0, book.column.height - taken)),)))
        pieces += [heading, *facts]
    return book.pour(pieces, words["introduction"])


_SHORT = 600
"""Letters of an introduction up to which it is set large."""


def _facts(book: _Book) -> list[Piece]:
    """Label and value of what is known of the event, and nothing else."""
    pieces = []
    indent = 7 * book.line
    for label, values in _known(book):
        rows: list[Row] = []
        for value in values:
            rows += book.set(book.lines(value, book.text, book.column.width - indent), book.ink, x=indent)
        labels = book.set(book.lines(label, book.label, indent - book.line / 2), book.accent)
        rows += [_white(book.line) for _ in labels[len(rows) :]]
        rows[: len(labels)] = [_with(row, label.marks) for row, label in zip(rows, labels, strict=False)]
        pieces.append(Piece((book.ruled(), *rows, _white(book.line / 2)), keep_together=True))
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
    joins = f"{words['online']}: {online.channel}" if online.channel else ""
    if online.channel and online.who:
        joins = words["online"] + " " + words["online_who"].format(who=online.who, channel=online.channel)
    if said := [text for text in (event.format, joins, online.link) if text]:
        yield words["format"] if event.format else words["online"], said
    for duty in dict.fromkeys(cast.duty for cast in event.cast):
        members = [cast for cast in event.cast if cast.duty is duty]
        yield kit.timetable.duty_word(words, duty), [kit.timetable.people_of(event, [cast]) for cast in members]
    if event.organisers:
        yield words["organised_by"], [", ".join(event.organisers)]
    if event.supporters:
        yield words["with_support_from"], [", ".join(event.supporters)]
    for fact in event.facts:
        yield fact.label, [fact.text]


def _day_opening(book: _Book, day: kit.Day, word: str, anchor: str) -> Piece:
    """The heading of a day's pages: what they are, or of several days which one."""
    date = book.words.date(day.date) if day.date else ""
    title, word = day.title or date, book.words[word]
    if len(book.event.days) == 1 or not title:
        return book.opening(word, " · ".join(filter(None, (day.title, date))), anchor, place=day.place)
    above = f"{word} · {date}" if day.title and date else word
    return book.opening(title, above, anchor, place=day.place)


# The day at a glance ---------------------------------------------------------------------------------------------------


def _glance(book: _Book, day: kit.Day) -> list[_Draft]:
    """Every time of the day once: sessions in bands, breaks quiet; as airy as still fits one page."""
    if not day.blocks:
        return []
    number = book.event.days.index(day)
    section = book.words["at_a_glance"]
    poured: list[_Draft] = []
    for size, pad in ((book.theme.lead, 1.5), (book.theme.lead, 1), (book.theme.body, 0.5), (book.theme.small, 0)):
        pieces = [_day_opening(book, day, "at_a_glance", f"glance-{number}")]
        for block in day.blocks:
            pieces += _glance_rows(book, block, size, pad * book.line)
        poured = book.pour(pieces, section)
        if len(poured) == 1:
            break
    return poured


def _glance_rows(book: _Book, block: kit.Block, size: float, pad: float) -> Iterator[Piece]:
    if isinstance(block, Entry):
        yield _glance_row(book, block.start, block.title, "", size, pad, block)
        return
    yield _glance_row(book, block.start, block.title or block.label, block.label, size, pad, None, block.room)
    for entry in block.entries:
        if entry.is_break and entry.start:
            yield _glance_row(book, entry.start, entry.title, "", size, pad, entry)


def _glance_row(
    book: _Book,
    start: kit.Time | None,
    title: str,
    label: str,
    size: float,
    pad: float,
    entry: Entry | None,
    room: str = "",
) -> Piece:
    """A time and what begins then; without an entry it is a session, in a band of colour."""
    line, indent, width = book.line, book.theme.times, book.column.width
    quiet = entry is not None and entry.is_break
    colour = book.quiet if quiet else book.ink
    style = book.sans.but(size=size, weight=400 if quiet else 600 if entry is None else 500)
    rows: list[Row] = []
    above = " · ".join(filter(None, (label if label != title else "", room or (entry.room if entry else ""))))
    if above:
        rows += book.set(book.lines(above, book.label, width - indent), book.accent, Role.CELL, x=indent)
    room_right = 2 * line if quiet else 0
    lines = book.lines(title, style, width - indent - room_right, balance=True)
    rows += book.set(lines, colour, Role.CELL, x=indent)
    if start:
        clock = book.set(book.lines(str(start), book.number.but(size=size), indent), colour, Role.CELL)
        rows[0] = _with(rows[0], clock[0].marks)
    if quiet and entry is not None and pad:
        service = (entry.service or kit.Service.PAUSE).value
        square = Box(width - line, -line / 8, line, line)
        rows[0] = rows[0].beside(lambda x, y: kit.pictogram(service, square.moved(x, y), book.quiet))
    height = len(rows) * line + pad
    if entry is None:
        ground = _white(pad / 2).beside(lambda x, y: book.ground(x, y, height))
    else:
        ground = _white(pad / 2).beside(lambda x, y: (kit.rule(x, y, x + width, y, book.hairline, 0.5),))
    return Piece((ground, *rows, _white(pad / 2)), keep_together=True)


# The programme in full -------------------------------------------------------------------------------------------------


def _in_full(book: _Book, number: int) -> list[_Draft]:
    """A day with all its sessions, talks and people."""
    day = book.event.days[number]
    if not day.blocks:
        return []
    pieces = [_day_opening(book, day, "programme_full", f"day-{number}")]
    running = [""]
    for at, block in enumerate(day.blocks):
        anchor = f"day-{number}-{at}"
        made = list(_session(book, block, anchor) if isinstance(block, Session) else [_entry(book, block, anchor)])
        label = (block.label or block.title) if isinstance(block, Session) else ""
        running += ["", *[f"{label}, {book.words['continued']}" if label else ""] * (len(made) - 1)]
        pieces += made
    return book.pour(pieces, book.words["programme_full"], running)


def _session(book: _Book, session: Session, anchor: str) -> Iterator[Piece]:
    """The session's heading in a band, then its entries; of a panel that is the whole session, its people."""
    line, indent, width = book.line, book.theme.times, book.column.width
    times = kit.timetable.time_range(session.start, session.end)
    label = " · ".join(filter(None, (session.label, session.room)))
    rows: list[Row] = []
    if label or times:
        rows = book.set(book.lines(label, book.label.but(weight=600), width - 2 * indent), book.accent, x=indent)
        rows = rows or [_white(line)]
        clock = book.lines(times, book.number.but(size=book.theme.small), width, align="right")
        for row in book.set(clock, book.ink):
            rows[0] = rows[0].beside(row.marks)
    style = book.text.but(size=book.theme.lead, weight=600)
    lines = book.lines(session.title, style, width - indent, session.place, balance=True)
    rows += book.set(lines, book.primary, Role.H2, x=indent)
    rows += _people(book, session.cast, False)
    height = (len(rows) + 1) * line
    title = kit.timetable.session_title(session)

    def ground(x: float, y: float) -> tuple[Mark, ...]:
        return (kit.Anchor(anchor, y, title, 1), *book.ground(x, y, height))

    band = (_with(_white(line / 2), ground), *rows, _white(line / 2))
    yield Piece(band, space_before=line, space_after=line, keep_with_next=bool(session.entries), keep_together=True)
    whole = kit.timetable.same_as_session(session)
    for number, entry in enumerate(session.entries):
        yield _entry(book, entry, f"{anchor}-{number}", named=not whole)


def _entry(book: _Book, entry: Entry, anchor: str, *, named: bool = True) -> Piece:
    """Time, title, people and abstract; `named` is false where the session's heading is its title already."""
    line, indent, width = book.line, book.theme.times, book.column.width
    colour = book.quiet if entry.is_break else book.ink
    rows: list[Row] = []
    if named:
        style = book.sans if entry.is_break else book.title
        lines = book.lines(entry.title, style, width - indent, entry.place, balance=True)
        rows = book.set(lines, colour, Role.P if entry.is_break else Role.H3, x=indent)
    rows += _people(book, entry.cast, entry.to_be_confirmed)
    spot = " · ".join(filter(None, (entry.room, book.words["online"] if entry.online else "")))
    rows += book.set(book.lines(spot, book.label, width - indent), book.quiet, x=indent)
    for text in filter(None, entry.abstract.split("\n\n")):
        set_text = book.lines(text, book.text, width - indent, entry.place, align="justify", hyphenate=True)
        rows += book.set(set_text, book.ink, x=indent)
    rows = rows or [_white(line)]
    if entry.start:
        clock = book.set(book.lines(str(entry.start), book.number, indent), colour)
        rows[0] = _with(rows[0], clock[0].marks)
    level = 2 if anchor.count("-") == 3 else 1
    bookmark = entry.title if named and not entry.is_break else ""
    rows[0] = _with(rows[0], lambda x, y: (kit.Anchor(anchor, y, bookmark, level),))
    return Piece(tuple(rows), space_before=line, keep_together=True)


def _people(book: _Book, cast: Sequence[kit.Cast], to_be_confirmed: bool) -> list[Row]:
    """Name and organisation, one person a line; who chairs or moderates is said to."""
    rows: list[Row] = []
    indent, width = book.theme.times, book.column.width - book.theme.times
    for member in cast:
        lead = _LEADS.get(member.duty)
        text = kit.timetable.people_of(book.event, [member])
        text = f"{book.words[lead]} {text}" if lead else text
        rows += book.set(book.lines(text, book.text, width, book.event.person(member.person).place), book.ink, x=indent)
    if to_be_confirmed:
        rows += book.set(book.lines(book.words["to_be_confirmed"], book.italic, width), book.quiet, x=indent)
    return rows


_LEADS = {kit.Duty.MODERATOR: "moderated_by", kit.Duty.CHAIR: "chaired_by"}


# Speakers --------------------------------------------------------------------------------------------------------------


def _speakers(book: _Book) -> list[_Draft]:
    """Everybody on the programme by name, with what they do, when, and on which page it stands."""
    event = book.event
    if not event.people or book.theme.speakers is Switch.NO:
        return []
    where = dict(_anchors(event))
    people = sorted(event.people, key=lambda person: _sort_key(person.name))
    pieces = [book.opening(book.words["speakers"], event.display_title, "speakers")]
    pieces += [_speaker(book, person, where) for person in people]
    return book.pour(pieces, book.words["speakers"])


def _anchors(event: Event) -> Iterator[tuple[int, str]]:
    """The anchor of every session and entry, by identity: two entries may read the same."""
    for number, day in enumerate(event.days):
        for at, block in enumerate(day.blocks):
            yield id(block), f"day-{number}-{at}"
            if isinstance(block, Session):
                yield from ((id(entry), f"day-{number}-{at}-{n}") for n, entry in enumerate(block.entries))


def _sort_key(name: kit.Name) -> tuple[str, str]:
    folded = unicodedata.normalize("NFKD", name.sort or name.full).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c)), name.full


def _speaker(book: _Book, person: kit.Person, where: Mapping[int, str]) -> Piece:
    event, line, indent = book.event, book.line, book.theme.times
    width = book.column.width - indent
    appearances = event.appearances(person.key)
    duties = dict.fromkeys(kit.timetable.duty_word(book.words, a.duty) for a in appearances)
    style = kit.style_of(event, "sans", book.theme.lead, 600)
    rows = book.set(book.lines(person.name.full, style, width, person.place), book.ink, Role.H2, x=indent)
    rows[0] = _with(rows[0], lambda x, y: (kit.Anchor(f"person-{person.key}", y),))
    about = ", ".join(filter(None, (person.position, person.organisation)))
    about = " · ".join(filter(None, (about, ", ".join(duties))))
    rows += book.set(book.lines(about, book.text, width, person.place), book.ink, x=indent)
    if person.photo:
        picture = book.portrait(person, indent - line / 4)
        rows[0] = rows[0].beside(
            lambda x, y: [replace(p, box=p.box.moved(x, y), clip=p.clip.moved(x, y)) for p in picture if p.clip]
        )
    for text in filter(None, person.bio.split("\n\n")):
        lines = book.lines(text, book.text, width, person.place, align="justify", hyphenate=True)
        rows += book.set(lines, book.ink, x=indent)
    for appearance in appearances:
        rows += _appearance(book, appearance, where)
    return Piece(tuple(rows), space_before=line, keep_together=True)


def _appearance(book: _Book, appearance: kit.Appearance, where: Mapping[int, str]) -> list[Row]:
    """When, what, as what in which session, and a link that gets the page's number."""
    entry, session = appearance.entry, appearance.session
    thing = entry or session
    if thing is None:
        return []
    line, indent = book.line, book.theme.times
    title = entry.title if entry else kit.timetable.session_title(thing) if isinstance(thing, Session) else ""
    remarks = []
    if entry is None or appearance.duty is not kit.Duty.SPEAKER:
        remarks.append(kit.timetable.duty_word(book.words, appearance.duty))
    if entry and session:
        remarks.append(session.label or ("" if kit.timetable.same_as_session(session) else session.title))
        if entry.start is None:
            remarks.append(kit.timetable.time_range(session.start, session.end))
        if appearance.number and appearance.of > 1:
            remarks.append(book.words["talk_of"].format(number=appearance.number, of=appearance.of))
    remark = ", ".join(filter(None, remarks))
    small = book.text.but(size=book.theme.body)
    spans = [Span(title, small, book.ink)]
    if remark:
        spans.append(Span(f"  {remark}", book.label.but(weight=400), book.quiet))
    lines = book.lines(spans, small, book.column.width - indent - 2 * line, hang=0)
    rows = book.set(lines, book.ink, x=indent)
    if thing.start:
        clock = book.set(book.lines(str(thing.start), book.number, indent), book.quiet)
        rows[0] = _with(rows[0], clock[0].marks)
    return book.linked(rows, where[id(thing)], title)


# Contents and notes ----------------------------------------------------------------------------------------------------


def _contents(book: _Book, inner: Sequence[_Draft]) -> list[_Draft]:
    """Parts, days and sessions with the numbers of their pages."""
    pieces = [book.opening(book.words["contents"], book.event.display_title, "contents")]
    line, width = book.line, book.column.width
    for draft in inner:
        for mark in draft.marks:
            if not isinstance(mark, kit.Anchor) or not mark.title or mark.name.count("-") == 3:
                continue
            session = mark.name.count("-") == 2
            if session and not _is_session(book.event, mark.name):
                continue
            style, x = (book.text, line) if session else (book.title, 0.0)
            rows = book.set(book.lines(mark.title, style, width - x - 2 * line), book.ink, x=x)
            rows = book.linked(rows, mark.name, mark.title)
            pieces.append(
                Piece(tuple(rows), space_before=0 if session else line, keep_together=True, keep_with_next=False)
            )
    return book.pour(pieces, book.words["contents"])


def _is_session(event: Event, anchor: str) -> bool:
    _, day, block = anchor.split("-")
    return isinstance(event.days[int(day)].blocks[int(block)], Session)


def _notes(book: _Book, number: int) -> list[_Draft]:
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
                marks.append(kit.rule(0, y, column.width, y, book.hairline, 0.5, (0.5, 3)))
        drafts.append(_Draft(book.words["notes"], tuple(marks)))
    return drafts


# The booklet -----------------------------------------------------------------------------------------------------------


def _finish(book: _Book, drafts: Sequence[_Draft]) -> list[Page]:
    """Drafts as pages: on their side of the spine, with folios, references filled in."""
    theme, line = book.theme, book.line
    folios = {
        mark.name: str(number)
        for number, draft in enumerate(drafts, 2)
        for mark in draft.marks
        if isinstance(mark, kit.Anchor)
    }
    made = []
    foot = book.label.but(size=theme.tiny, weight=400)
    for number, draft in enumerate(drafts, 2):
        right = number % 2 == 1
        x = theme.inner if right else theme.outer
        marks: list[Mark] = []
        for mark in draft.marks:
            if isinstance(mark, kit.Link) and mark.target[1:] in folios:
                page = book.lines(folios[mark.target[1:]], book.number, mark.box.width, align="right")
                marks += book.stand(page, mark.box.x, mark.box.bottom - line, book.accent, Role.P)
            marks.append(mark)
        width = book.column.width
        y = book.column.bottom + line
        ends = [(str(number), book.number.but(size=theme.small), "right" if right else "left", book.primary)]
        ends.append((f"{book.event.display_title}  ·  {draft.section}", foot, "left" if right else "right", book.quiet))
        for text, style, align, colour in ends:
            marks += book.stand(book.lines(text, style, width, align=align), 0, y, colour, Role.ARTIFACT)
        if draft.continued:
            head = book.lines(draft.continued, foot, width, align="right" if right else "left")
            marks += book.stand(head, 0, book.column.y - 1.5 * line, book.accent, Role.ARTIFACT)
        made.append(
            Page(
                theme.trim,
                (kit.Group(tuple(marks), x, 0),),
                theme.bleed,
                label=str(number),
                name=draft.section,
                problems=tuple(book.found) if number == 2 else (),
            )
        )
    return made


# The cover -------------------------------------------------------------------------------------------------------------


def _outside(book: _Book, *, front: bool) -> list[Mark]:
    """The ground of one side of the cover: layers that run from the back over the spine to the front."""
    trim = Box.of(book.theme.trim)
    bleed = trim.inset(-book.theme.bleed)
    top = trim.height * 0.66
    height = bleed.bottom - top
    spread = Box(0 if not front else -trim.width, top, 2 * trim.width, height)
    spread = spread.inset(0, left=-book.theme.bleed, right=-book.theme.bleed)
    window = Box(bleed.x, top, bleed.width, height)
    ground = book.primary
    layers = [
        ground.mix(kit.WHITE, 0.16),
        ground.mix(kit.WHITE, 0.32),
        book.accent,
        ground.mix(kit.WHITE, 0.1),
        ground.mix(kit.BLACK, 0.3),
    ]
    return [kit.rectangle(bleed, ground), *kit.strata(book.event.title, spread, window, layers)]


def _cover(book: _Book) -> Page:
    event, theme, trim = book.event, book.theme, book.theme.trim
    marks = _outside(book, front=True)
    ink = book.primary.ink_on()
    x, width = theme.inner, trim.width - 2 * theme.inner
    marks += book.logo(x, theme.inner)
    serif = kit.style_of(event, "serif", theme.cover[0], 600)
    y = trim.height * 0.25
    title = kit.fit(event.title, serif, width, trim.height * 0.25, sizes=theme.cover, max_lines=5, leading=1.1)
    for shaped in title.lines:
        y += title.leading
        marks.append(kit.Text(x, y, shaped, title.size, ink, Role.H1, 1))
    y += 1.5 * book.line
    sub = book.lines(event.subtitle, book.text.at(theme.large), width, balance=True)
    placed, y = kit.place(sub, x, y, book.text, ink, leading=1.5 * book.line, block=2)
    marks += placed
    y += 1.5 * book.line
    for text in filter(None, (kit.event_dates(event), event.venue.name)):
        placed, y = kit.place(
            book.lines(text, kit.style_of(event, "sans", theme.lead, 500), width),
            x,
            y,
            book.text,
            ink,
            leading=1.25 * book.line,
        )
        marks += placed
    return Page(trim, tuple(marks), theme.bleed, name=event.title)


def _back_cover(book: _Book, number: int) -> Page:
    event, theme, trim = book.event, book.theme, book.theme.trim
    marks = _outside(book, front=False)
    ink = book.primary.ink_on()
    x, width = theme.inner, trim.width - 2 * theme.inner
    y = trim.height * 0.25
    for text in filter(
        None,
        (
            event.imprint,
            *(
                f"{label} {value[0]}"
                for label, value in _known(book)
                if label in (book.words["organised_by"], book.words["with_support_from"])
            ),
        ),
    ):
        placed, y = kit.place(book.lines(text, book.text, width), x, y, book.text, ink, leading=book.line)
        marks += placed
    return Page(
        trim, tuple(marks), theme.bleed, name=book.words["imprint"] if "imprint" in book.words else "back cover"
    )
