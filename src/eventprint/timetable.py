"""The agenda as rows, and rows set in a box: what badges, cards, tents and signs show of the programme.

A row has the time that was written in the agenda or none; nothing here works out times of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import flow, text
from .colours import Colour
from .event import Appearance, Block, Cast, Day, Duty, Entry, Event, Kind, Service, Session, Time
from .geometry import Box
from .page import Mark, Role, TableCell, Text, celled, rectangle, rule
from .values import dataclass
from .words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a timetable: a session heading, a talk, a break."""

    time: str
    title: str
    people: tuple[str, ...] = ()
    kind: Kind | None = Kind.TALK
    """None for the heading of a session."""
    mine: bool = False
    remark: str = ""
    service: Service | None = None
    inside: bool = False
    """Stands under a session's heading."""


def time_range(start: Time | None, end: Time | None) -> str:
    """`09:45–10:15`, `09:45`, or nothing."""
    if start is None:
        return ""
    return f"{start}–{end}" if end else str(start)


def people_of(event: Event, cast: Sequence[Cast]) -> tuple[str, ...]:
    """The people of an entry as the agenda names them, each `Name, Organisation`."""
    named = [event.person(member.person) for member in cast]
    return tuple(", ".join(filter(None, (person.name.full, person.organisation))) for person in named)


def _entry_row(event: Event, words: Words, entry: Entry, mine: str, *, inside: bool, people: bool) -> Row:
    speakers = people_of(event, entry.cast) if people else ()
    if people and entry.to_be_confirmed:
        speakers = (*speakers, words["to_be_confirmed"])
    time = entry.when
    own = bool(mine) and any(member.person == mine for member in entry.cast)
    return Row(time, entry.title, speakers, entry.kind, own, "", entry.service, inside)


def same_as_session(session: Session) -> bool:
    """Whether the session is one entry under another name, as a panel session is its panel."""
    return len(session.entries) == 1 and session.entries[0].title.casefold() == session.title.casefold()


def session_title(words: Words, session: Session) -> str:
    """A session's label and title in one: `Session I: Panel discussion`."""
    if session.label and session.title:
        return words["labelled"].format(label=session.label, text=session.title)
    return session.label or session.title


def session_rows(
    event: Event, words: Words, session: Session, *, mine: str = "", full: bool = True, people: bool = True
) -> list[Row]:
    """A session's heading and, in full, its entries in order."""
    talks = [entry for entry in session.entries if entry.is_talk]
    own = [n for n, entry in enumerate(talks, 1) if mine and any(c.person == mine for c in entry.cast)]
    chairs = people_of(event, session.cast) if people else ()
    start = str(session.start) if session.start else ""
    single = same_as_session(session)
    if not full or single:
        remark = ""
        if own and not single:
            remark = words["your_talk"] + ", " + words["talk_of"].format(number=own[0], of=len(talks))
        panel = people_of(event, session.entries[0].cast) if single and people else ()
        return [Row(start, session_title(words, session), chairs + panel, None, bool(own), remark)]
    heading_time = "" if session.entries and session.entries[0].start else start
    rows = [Row(heading_time, session_title(words, session), chairs, None)]
    rows += [_entry_row(event, words, entry, mine, inside=True, people=people) for entry in session.entries]
    return rows


def block_rows(
    event: Event, words: Words, block: Block, *, mine: str = "", full: bool = True, people: bool = True
) -> list[Row]:
    """The rows of a session, or the one row of an entry that stands by itself."""
    if isinstance(block, Session):
        return session_rows(event, words, block, mine=mine, full=full, people=people)
    return [_entry_row(event, words, block, mine, inside=False, people=people and full)]


def day_rows(
    event: Event, words: Words, day: Day, *, mine: str = "", full: bool = True, people: bool = True
) -> list[Row]:
    """The whole day: in full every entry, at a glance every time once with sessions as single rows."""
    blocks = _shared(day)
    parallel = len({block.room for block in blocks if isinstance(block, Entry) and block.room}) > 1
    rows: list[Row] = []
    for block in blocks:
        made = block_rows(event, words, block, mine=mine, full=full, people=people)
        if parallel and isinstance(block, Entry) and block.room:
            made = [replace(row, remark=", ".join(filter(None, (row.remark, block.room)))) for row in made]
        rows += made
    return rows


def rooms_of(day: Day) -> list[str]:
    """The rooms of a day that has several, in the agenda's order; none where all is in one room or none is named."""
    rooms = dict.fromkeys(item.room for block in day.blocks for item in _with_entries(block) if item.room)
    return list(rooms) if len(rooms) > 1 else []


def in_room(day: Day, room: str) -> Day:
    """What a day has in one room, and what it has for all."""
    blocks: list[Block] = []
    for block in _shared(day):
        if block.room and room not in block.room.split(", "):
            continue
        if isinstance(block, Session) and not block.room and block.entries:
            entries = tuple(entry for entry in block.entries if entry.room in ("", room))
            if not entries:
                continue
            block = replace(block, entries=entries)
        blocks.append(block)
    return replace(day, blocks=tuple(blocks))


def _with_entries(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, Session):
        yield from block.entries


def with_shared_breaks(event: Event) -> Event:
    """The event with one break where several rooms have the same at the same time, as exports give one for each room.

    It keeps the names of its rooms, unless those are all that the day uses.
    """
    return replace(event, days=tuple(replace(day, blocks=_shared(day)) for day in event.days))


def _shared(day: Day) -> tuple[Block, ...]:
    rooms = {block.room for block in day.blocks}
    same: dict[object, list[Entry]] = {}
    for block in day.blocks:
        if isinstance(block, Entry) and block.is_break and not block.cast:
            same.setdefault(_moment(block), []).append(block)
    made: list[Block] = []
    for block in day.blocks:
        together = same.get(_moment(block), []) if isinstance(block, Entry) else []
        if len(together) < 2:
            made.append(block)
        elif block is together[0]:
            its = list(dict.fromkeys(entry.room for entry in together))
            room = "" if rooms <= {*its, ""} or "" in its else ", ".join(its)
            made.append(replace(together[0], room=room))
    return tuple(made)


def _moment(entry: Entry) -> object:
    return (entry.title.casefold(), entry.start, entry.end, entry.end_stated)


def day_name(words: Words, day: Day) -> str:
    """What tells a day from the others of its event."""
    return " · ".join(filter(None, (day.title, words.date(day.date) if day.date else "")))


def days_rows(
    event: Event, words: Words, days: Sequence[Day], *, mine: str = "", full: bool = True, people: bool = True
) -> Iterator[list[Row]]:
    """Several days under their names: whole; without breaks; only when each begins, and somebody's own items.

    One day alone: whole; without people; at a glance; with what is parallel counted rather than named; without breaks.
    """
    if len(days) == 1:
        for whole, named in dict.fromkeys(((full, people), (full, False), (False, False))):
            yield day_rows(event, words, days[0], mine=mine, full=whole, people=named)
        rows = _counted_rows(event, words, days[0], mine=mine)
        yield rows
        yield [row for row in rows if row.kind is not Kind.BREAK or row.mine]
        return
    headed = [
        (Row("", day_name(words, day), kind=None), day_rows(event, words, day, mine=mine, full=full, people=people))
        for day in days
    ]
    yield [row for heading, rows in headed for row in (heading, *rows)]
    yield [row for heading, rows in headed for row in (heading, *(r for r in rows if r.kind is not Kind.BREAK))]
    yield [
        row
        for heading, rows in headed
        for row in (
            replace(heading, time=next((r.time for r in rows if r.time), "")),
            *(replace(r, inside=True) for r in rows if r.mine),
        )
    ]


def _counted_rows(event: Event, words: Words, day: Day, *, mine: str) -> list[Row]:
    """A day at a glance where of what begins together only somebody's own is named, and the rest is counted."""
    together: dict[object, list[Row]] = {}
    for number, block in enumerate(_shared(day)):
        rows = block_rows(event, words, block, mine=mine, full=False, people=False)
        rows = [replace(row, remark=row.remark or block.room) if row.mine else row for row in rows]
        together.setdefault(block.start or number, []).extend(rows)
    made: list[Row] = []
    for rows in together.values():
        others = [row for row in rows if not row.mine]
        if len(rows) == 1 or len(others) < 2:
            made += rows
            continue
        own = [row for row in rows if row.mine]
        count = words["in_parallel"].format(number=len(others))
        made += [*own, Row("" if own else others[0].time, count, kind=Kind.OTHER)]
    return made


def panel_rows(event: Event, words: Words, session: Session) -> list[Row]:
    """What stands under a session's own heading: its entries, or the people of its one panel."""
    if not same_as_session(session):
        return session_rows(event, words, session)[1:]
    rows = []
    for member in session.cast + session.entries[0].cast:
        person = event.person(member.person)
        duty = () if member.duty is Duty.PANELLIST else (duty_word(words, member.duty),)
        rows.append(Row("", person.name.full, (*filter(None, (person.organisation,)), *duty)))
    return rows


def duty_word(words: Words, duty: Duty) -> str:
    """What a person does, in the event's language."""
    return words[duty.value]


def appearance_row(event: Event, words: Words, appearance: Appearance) -> Row:
    """One appearance of a person, for cards: when, what, and where in its session it stands."""
    entry, session = appearance.entry, appearance.session
    if entry is None and session is None:
        return Row("", event.display_title, (duty_word(words, appearance.duty),), Kind.OTHER)
    day = appearance.day if len(event.days) > 1 else None
    named_day = (day.title or day_name(words, day)) if day else ""
    if entry is None:
        assert session is not None
        return Row(
            time_range(session.start, session.end),
            session_title(words, session),
            (duty_word(words, appearance.duty),),
            None,
            remark=named_day,
        )
    start, end = entry.start, entry.end
    remark = ""
    if session is not None:
        if appearance.of > 1 and any(e.start is None for e in session.entries):
            # Talks under one common time: what is known is when the session begins and ends.
            start, end = session.start, session.end
        if appearance.of > 1:
            label = session.label or session.title
            remark = f"{label}, " + words["talk_of"].format(number=appearance.number, of=appearance.of)
        else:
            remark = session.label
    remark = ", ".join(filter(None, (named_day, remark)))
    return Row(time_range(start, end), entry.title, (duty_word(words, appearance.duty),), entry.kind, remark=remark)


def brief_row(event: Event, words: Words, appearance: Appearance) -> Row:
    """One appearance among many, in a single line: the day, the time and the title."""
    row = appearance_row(event, words, appearance)
    day = appearance.day if len(event.days) > 1 else None
    weekdays = [other.date.weekday() for other in event.days if other.date]
    named = ""
    if day and day.date:
        once = weekdays.count(day.date.weekday()) == 1
        named = words.weekday(day.date) if once else words.date(day.date, weekday=False)
    elif day:
        named = day.title
    return replace(row, time=" ".join(filter(None, (named, row.time))), people=(), remark="")


@dataclass(frozen=True, slots=True)
class Setting:
    """How rows are set; sizes and spaces are in points at the first size and shrink together with it."""

    sizes: tuple[float, ...]
    """Sizes to try for titles, largest first; the last is the floor."""
    sans: str
    ink: Colour
    quiet: Colour
    """Breaks, people, remarks."""
    accent: Colour
    """Times of sessions, marks of somebody's own items."""
    language: str = "en"
    leading: float = 1.22
    gap: float = 0.42
    """Space between rows, in em."""
    people_share: float = 0.86
    """Size of people and remarks relative to titles."""
    title_weight: int = 500
    band: Colour | None = None
    """Ground behind session headings."""
    rules: Colour | None = None
    """Hairlines between the blocks of the day."""
    stretch: float = 1.0
    """How far the gaps may grow to fill the box's height."""
    beside: float = 0.0
    """Share of the width for people in a column of their own; at 0 they stand under the title."""


@dataclass(frozen=True, slots=True)
class Set:
    """Rows as set: their marks, the height they take, their size, and whether they fitted."""

    marks: tuple[Mark, ...]
    height: float
    size: float
    fits: bool


def set_rows(rows: Sequence[Row], box: Box, setting: Setting) -> Set:
    """Rows in a box from its top, at the largest size at which all fit; at the floor where none does."""
    sets: dict[int, Set] = {}

    def fits(at: int) -> bool:
        if _least(rows, setting, setting.sizes[at]) > box.height:
            return False
        sets[at] = _set_at(rows, box, setting, setting.sizes[at], setting.gap)
        return sets[at].fits

    floor = len(setting.sizes) - 1
    chosen = bisect_left(range(floor), True, key=fits)
    result = sets[chosen] if chosen in sets else _set_at(rows, box, setting, setting.sizes[chosen], setting.gap)
    if result.fits and setting.stretch > 1 and len(rows) > 1:
        gaps = sum(_gap_before(row) for row in rows[1:])
        spare = (box.height - result.height) / gaps / result.size
        gap = min(setting.gap * setting.stretch, setting.gap + spare)
        grown = _set_at(rows, box, setting, result.size, gap)
        result = grown if grown.fits else result
    return result


def set_cut(rows: Sequence[Row], box: Box, setting: Setting, words: Words) -> tuple[Set, int]:
    """The first rows of too many and a last one that says how many more there are, with the number of these."""

    def cut(kept: int) -> Set:
        more = Row("", words["and_more"].format(number=len(rows) - kept), kind=Kind.BREAK)
        return _set_at([*rows[:kept], more], box, setting, setting.sizes[-1], setting.gap)

    most = bisect_left(range(1, len(rows)), True, key=lambda kept: not cut(kept).fits)
    return cut(most), len(rows) - most


def may_fit(rows: Sequence[Row], box: Box, setting: Setting) -> bool:
    """Whether rows could fit a box if each title took a single line: to set hundreds of them for nothing takes long."""
    return _least(rows, setting, setting.sizes[-1]) <= box.height


def _least(rows: Sequence[Row], setting: Setting, size: float) -> float:
    lines = sum(bool(row.title) for row in rows)
    return lines * size * setting.leading + setting.gap * size * sum(map(_gap_before, rows[1:]))


def _gap_before(row: Row) -> float:
    """The space above a row as a multiple of the gap: talks of one session stand closer together."""
    return 1.0 if row.inside else 1.5


def _set_at(rows: Sequence[Row], box: Box, setting: Setting, size: float, gap: float) -> Set:
    columns = _Columns.of(rows, box, setting, size)
    pad = 0.32 * size
    marks: list[Mark] = []
    y = box.y
    for index, row in enumerate(rows):
        banded = row.kind is None and setting.band is not None
        if index:
            y += gap * size * _gap_before(row)
            if setting.rules and not row.inside and not banded:
                line_y = y - gap * size * 0.75
                marks.append(rule(box.x, line_y, box.right, line_y, setting.rules, 0.35))
        top = y + pad if banded else y
        placed, end = _set_row(row, box, setting, columns, top, index + 1)
        if banded:
            ground = Box(box.x - pad, y, box.width + 2 * pad, end - top + 2 * pad)
            marks.append(rectangle(ground, setting.band))
            end += pad
        if row.mine:
            marks.append(rectangle(Box(box.x - 0.55 * size, top, 0.22 * size, end - top), setting.accent))
        marks += placed
        y = end
    height = y - box.y
    return Set(tuple(marks), height, size, height <= box.height + 0.01)


_TABLE = -1
"""A page's one timetable, for those who hear it."""

_SMALLEST = 6.5
"""No text under this, in points: an x-height of 1.2 mm in Fira Sans, the least that is still read at arm's length."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where times, titles and people stand, and in what styles."""

    title: text.Style
    time: text.Style
    small: text.Style
    title_x: float
    title_width: float
    people_x: float
    people_width: float

    @classmethod
    def of(cls, rows: Sequence[Row], box: Box, setting: Setting, size: float) -> _Columns:
        title = text.Style(setting.sans, setting.title_weight, size=size, language=setting.language)
        time = title.but(weight=600, features=("tnum",))
        widest = max((text.width(row.time, time) for row in rows if row.time), default=0.0)
        column = widest + 0.9 * size if widest else 0.0
        small = title.but(weight=400, size=max(round(size * setting.people_share, 2), min(size, _SMALLEST)))
        x, width = box.x + column, box.width - column
        if not setting.beside:
            return cls(title, time, small, x, width, x, width)
        people = box.width * setting.beside
        gutter = 1.2 * size
        return cls(title, time, small, x, width - people - gutter, box.right - people, people)


def _set_row(
    row: Row, box: Box, setting: Setting, columns: _Columns, y: float, number: int
) -> tuple[list[Mark], float]:
    """A row's marks from its top, and where it ends; read out as time, title, people."""
    cell = TableCell(_TABLE, number, 0)
    heading, quiet = row.kind is None, row.kind is Kind.BREAK and not row.mine
    style = columns.title.but(weight=600 if heading or row.mine else 400 if quiet else setting.title_weight)
    leading, small_leading = style.size * setting.leading, columns.small.size * setting.leading
    ink = setting.quiet if quiet else setting.ink
    marks: list[Mark] = []
    if row.time:
        time = columns.time.but(weight=600 if heading or row.mine else 400 if quiet else 500)
        baseline = y + (leading + text.cap_height(style) * style.size) / 2
        tint = setting.accent if heading or row.mine else ink
        marks.append(Text(box.x, baseline, text.shape(row.time, time), time.size, tint, Role.HEADER, cell=cell))
    beside = setting.beside > 0 and bool(row.people) and not row.remark
    width = columns.title_width if beside else box.right - columns.title_x
    lines = flow.paragraph(row.title, style, width, balance=heading)
    placed, end = flow.place(lines, columns.title_x, y, style, ink, leading=leading)
    marks += celled(placed, cell._replace(column=1))
    if beside:
        below = y + (leading - small_leading) / 2 + 0.5 * text.cap_height(style) * (style.size - columns.small.size)
        for person in row.people:
            lines = flow.paragraph(person, columns.small, columns.people_width)
            placed, below = flow.place(
                lines, columns.people_x, below, columns.small, setting.quiet, leading=small_leading
            )
            marks += celled(placed, cell._replace(column=2))
        return marks, max(end, below)
    under = " · ".join(filter(None, (row.remark, "; ".join(row.people))))
    lines = flow.paragraph(under, columns.small, box.right - columns.title_x)
    placed, end = flow.place(lines, columns.title_x, end, columns.small, setting.quiet, leading=small_leading)
    return [*marks, *celled(placed, cell._replace(column=2))], end
