"""Fixed formats from YAML alone: badges, cards, tents and signs.

A panel is one thing to print, repeated for every attendee, person, session, break, sign, day or once for the event.
Its front and back are lists of elements, each in a box: text with fields, stacks of text, codes, pictures, fills,
arrows, pictograms and the agenda as a list. User text only ever replaces a field; it is never read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eventprint import kit
from eventprint.kit import Box, Mark, Page, Problem


class Each(StrEnum):
    """What a panel is repeated for."""

    EVENT = "event"
    DAY = "day"
    SESSION = "session"
    BREAK = "break"
    PERSON = "person"
    PANELLIST = "panellist"
    ATTENDEE = "attendee"
    SIGN = "sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A text style: everything but where it stands."""

    font: str = field(default="sans", metadata={"doc": "sans, serif, or the name of a family."})
    weight: int = field(default=400, metadata={"doc": "100 to 900."})
    italic: bool = False
    sizes: str = field(default="9 pt", metadata={"doc": "Sizes to try, largest first; the last is the floor."})
    leading: float = field(default=1.15, metadata={"doc": "Line height as a multiple of the size."})
    lines: int = field(default=1, metadata={"doc": "The most lines it may take."})
    colour: str = field(
        default="ink", metadata={"doc": "primary, accent, ink, role, white, on role, primary 20%, #hex."}
    )
    features: tuple[str, ...] = field(default=(), metadata={"doc": "OpenType features, such as tnum or smcp."})
    tracking: float = field(default=0.0, metadata={"doc": "Space added after each letter, in em."})
    role: kit.Role = field(default=kit.Role.P, metadata={"doc": "What it is to somebody who hears the page."})
    case: str = field(default="", metadata={"doc": "`upper` for short labels that are never names."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing in a panel. It is what it has: a text, a stack, a code, a picture, a fill, an arrow, a list."""

    box: str = field(
        default="trim", metadata={"doc": "`x y width height mm` from the trim's top left, `trim` or `bleed`."}
    )
    when: str = field(
        default="", metadata={"doc": "Only when: `pronouns`, `not room`, `role is speaker`; joined by `and`."}
    )
    text: str = field(
        default="", metadata={"doc": "Text with {fields}; a part in [ ] vanishes where its field is empty."}
    )
    style: str = field(default="text", metadata={"doc": "Name of a text style."})
    sizes: str = field(default="", metadata={"doc": "Sizes instead of the style's."})
    lines: int = field(default=0, metadata={"doc": "The most lines, instead of the style's."})
    colour: str = field(default="", metadata={"doc": "Colour instead of the style's."})
    align: str = field(default="", metadata={"doc": "left, centre or right; in a stack, instead of the stack's own."})
    valign: str = field(default="top", metadata={"doc": "top, middle or bottom."})
    stack: tuple[Element, ...] = field(default=(), metadata={"doc": "Texts under each other that share the box."})
    gap: str = field(default="0 mm", metadata={"doc": "Space above this text in a stack."})
    code: str = field(default="", metadata={"doc": "`badge` for the holder's token, or text with {fields}."})
    picture: str = field(default="", metadata={"doc": "`logo`, `photo`, or a file in the event folder."})
    fill: str = field(default="", metadata={"doc": "Fill the box with this colour."})
    stroke: str = field(default="", metadata={"doc": "Outline the box with this colour."})
    stroke_width: str = "0.5 pt"
    radius: str = "0 mm"
    arrow: str = field(default="", metadata={"doc": "Direction, such as left or up-right; may be a {field}."})
    pictogram: str = field(default="", metadata={"doc": "coffee, lunch, registration … ; may be a {field}."})
    list: str = field(default="", metadata={"doc": "The agenda as rows: day, glance, session or appearances."})
    band: str = field(default="", metadata={"doc": "Ground behind session headings in a list."})
    people: bool = field(default=True, metadata={"doc": "Lists name the people of each entry."})
    beside: float = field(default=0.0, metadata={"doc": "Share of a list's width for people in a column of their own."})
    row_gap: str = field(default="", metadata={"doc": "Space between a list's rows at its largest size."})
    stretch: float = field(default=1.0, metadata={"doc": "How far a list's gaps may grow to fill the box."})
    turn: int = field(default=0, metadata={"doc": "180 turns the element upside down in its box."})
    fold: bool = field(default=False, metadata={"doc": "A fold line along the top of the box."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One thing to print and what it is repeated for."""

    name: str = "panel"
    each: Each = Each.EVENT
    kind: str = field(default="", metadata={"doc": "For signs and breaks: only those of this kind."})
    when: str = field(default="", metadata={"doc": "Only for items that meet this condition."})
    front: tuple[Element, ...] = ()
    back: tuple[Element, ...] = ()
    copies: int = field(default=1, metadata={"doc": "How many of each are printed."})
    where: str = field(default="", metadata={"doc": "Where it goes, for the placement list."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    """What a panel YAML may set."""

    styles: Mapping[str, Type] = field(default_factory=dict)
    panels: tuple[Panel, ...] = ()


def pages(event: kit.Event, theme: Theme) -> list[Page]:
    """The pages of every panel, in the panels' order, each item's front followed by its back."""
    made: list[Page] = []
    painter = _Painter(event, theme)
    for panel in theme.panels:
        for item in _items(event, panel):
            if not _holds(panel.when, item.fields):
                continue
            sides = [painter.side(panel, item, panel.front, back=False)]
            if panel.back or theme.duplex:
                sides.append(painter.side(panel, item, panel.back, back=True))
            made += sides * (panel.copies * item.copies)
    return made


def _page_name(panel: Panel, item: _Item, *, back: bool) -> str:
    title = item.title if item.title.casefold() != panel.name.casefold() else ""
    return f"{panel.name}: {title}".rstrip(": ") + (", back" if back else "")


@dataclass(frozen=True, slots=True)
class _Item:
    """What one repetition of a panel is about."""

    fields: Mapping[str, str]
    title: str
    subject: str = ""
    mine: str = ""
    """Key of the person whose own entries are marked."""
    role: kit.Colour | None = None
    token: str = ""
    day: kit.Day | None = None
    session: kit.Session | None = None
    person: kit.Person | None = None
    copies: int = 1
    place: kit.Place = kit.Place()


def _items(event: kit.Event, panel: Panel) -> Iterator[_Item]:
    common = _event_fields(event)
    vocabulary = kit.words(event.language)
    day = event.days[0] if event.days else None
    match panel.each:
        case Each.EVENT:
            yield _Item(common, panel.name, day=day)
        case Each.DAY:
            for day in event.days:
                date = vocabulary.date(day.date) if day.date else day.title
                yield _Item({**common, "date": date}, date or panel.name, day=day)
        case Each.SESSION:
            for day in event.days:
                for session in day.sessions:
                    yield _Item(
                        _session_fields(common, session),
                        session.label or session.title,
                        day=day,
                        session=session,
                        place=session.place,
                    )
        case Each.BREAK:
            for entry in _breaks(event, panel.kind):
                yield _Item(_entry_fields(common, entry), entry.title, day=day, place=entry.place)
        case Each.PERSON | Each.PANELLIST:
            for person in event.people:
                if panel.each is Each.PERSON or _sits_on_a_panel(event, person.key):
                    yield _Item(
                        _person_fields(event, common, person),
                        person.name.full,
                        person.key,
                        person.key,
                        day=day,
                        person=person,
                        place=person.place,
                    )
        case Each.SIGN:
            for sign in event.signs:
                if sign.kind == panel.kind:
                    fields = {"text": sign.text, "note": sign.note, "direction": sign.direction, "where": sign.where}
                    yield _Item({**common, **fields}, sign.text, copies=sign.copies, place=sign.place)
        case Each.ATTENDEE:
            for attendee in event.attendees:
                yield _attendee_item(event, common, attendee, day)


def _breaks(event: kit.Event, kind: str) -> Iterator[kit.Entry]:
    for entry in event.entries():
        service = entry.service.value if entry.service else "pause"
        if entry.is_break and (not kind or service in kind.split()):
            yield entry


def _sits_on_a_panel(event: kit.Event, key: str) -> bool:
    return any(a.duty in (kit.Duty.PANELLIST, kit.Duty.MODERATOR) for a in event.appearances(key))


def _event_fields(event: kit.Event) -> dict[str, str]:
    vocabulary = kit.words(event.language)
    venue = event.venue
    fields = {
        "title": event.title,
        "event": event.display_title,
        "subtitle": event.subtitle,
        "dates": kit.event_dates(event),
        "venue": venue.name,
        "room": venue.room,
        "address": venue.address,
        "organisers": ", ".join(event.organisers),
        "supporters": ", ".join(event.supporters),
        "imprint": event.imprint,
        "format": event.format,
        "link": event.link,
        "online": event.online.channel,
        "logo": str(event.brand.logo or ""),
    }
    return fields | {f"word:{key}": word for key, word in vocabulary.table.items()}


def _session_fields(common: Mapping[str, str], session: kit.Session) -> dict[str, str]:
    return {
        **common,
        "label": session.label,
        "session": session.title,
        "time": kit.timetable.time_range(session.start, session.end),
        "start": str(session.start or ""),
        "end": str(session.end or ""),
        "room": session.room or common["room"],
    }


def _entry_fields(common: Mapping[str, str], entry: kit.Entry) -> dict[str, str]:
    return {
        **common,
        "entry": entry.title,
        "time": kit.timetable.time_range(entry.start, entry.end),
        "start": str(entry.start or ""),
        "end": str(entry.end or ""),
        "service": entry.service.value if entry.service else "pause",
        "room": entry.room or common["room"],
    }


def _person_fields(event: kit.Event, common: Mapping[str, str], person: kit.Person) -> dict[str, str]:
    vocabulary = kit.words(event.language)
    duties = dict.fromkeys(kit.timetable.duty_word(vocabulary, a.duty) for a in event.appearances(person.key))
    return {
        **common,
        "name": person.name.full,
        "given": person.name.first_line,
        "family": person.name.second_line,
        "organisation": person.organisation,
        "position": person.position,
        "pronouns": person.pronouns,
        "duties": " · ".join(duties),
        "bio": person.bio,
        "photo": str(person.photo or ""),
        "moderates": "yes" if any(cast.person == person.key for cast in event.cast) else "",
    }


def _attendee_item(event: kit.Event, common: Mapping[str, str], who: kit.Attendee, day: kit.Day | None) -> _Item:
    role = event.role(who.role)
    token = kit.token(event.secret, who.id)
    person = event.person(who.person) if who.person else None
    fields = {
        **common,
        **who.fields,
        "name": who.name.full,
        "given": who.name.first_line,
        "family": who.name.second_line,
        "organisation": who.organisation,
        "position": who.position,
        "pronouns": who.pronouns,
        "role": role.word,
        "roles": " · ".join(event.role(key).word for key in who.roles),
        "role key": who.role,
        "ticket": who.ticket,
        "id": kit.short(token),
        "no photo": "yes" if who.consents.photo is False else "",
        "walk-in": "yes" if who.walk_in else "",
        "photo": str(person.photo or "") if person else "",
    }
    return _Item(fields, who.name.full, who.id, who.person, role.colour, token, day, person=person, place=who.place)


_FIELD = re.compile(r"\{([^{}]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def _filled(template: str, fields: Mapping[str, str]) -> str:
    """The template with its fields; `{a|b}` takes the first that is not empty."""

    def value(match: re.Match[str]) -> str:
        return next((fields[name] for name in match[1].split("|") if fields.get(name)), "")

    def part(match: re.Match[str]) -> str:
        names = _FIELD.findall(match[1])
        if not all(any(fields.get(name) for name in alternatives.split("|")) for alternatives in names):
            return ""
        return match[1]

    return _FIELD.sub(value, _OPTIONAL.sub(part, template)).strip()


def _holds(condition: str, fields: Mapping[str, str]) -> bool:
    """Whether a condition such as `pronouns and role key is speaker` holds."""
    return all(_one_holds(part.strip(), fields) for part in condition.split(" and ") if part.strip())


def _one_holds(condition: str, fields: Mapping[str, str]) -> bool:
    if condition.startswith("not "):
        return not _one_holds(condition[4:], fields)
    name, is_, values = condition.partition(" is ")
    if is_:
        return fields.get(name, "") in [value.strip() for value in values.split(" or ")]
    return bool(fields.get(name))


def _sizes(text: str) -> tuple[float, ...]:
    """`48 40 36 pt` as numbers."""
    *numbers, unit = text.split()
    return tuple(kit.length(f"{number} {unit}") for number in numbers)


class _Painter:
    """Sets the elements of one theme; static sides of a layout are made once and shared."""

    def __init__(self, event: kit.Event, theme: Theme) -> None:
        self.event = event
        self.theme = theme
        self.trim = Box.of(theme.trim)
        self.naming = ""
        self._static: dict[tuple[int, int, str, str], kit.Group] = {}
        self._boxes: dict[str, Box] = {"trim": self.trim, "bleed": self.trim.inset(-theme.bleed)}
        self._types: dict[tuple[str, str], tuple[kit.Style, tuple[float, ...]]] = {}

    def side(self, panel: Panel, item: _Item, elements: tuple[Element, ...], *, back: bool) -> Page:
        self.naming = panel.name
        marks: list[Mark] = []
        problems: list[Problem] = []
        run: list[Element] = []
        for element in elements:
            if _holds(element.when, item.fields):
                if self._is_static(element):
                    run.append(element)
                    continue
                marks += self._shared(run, item, problems)
                run = []
                marks += self._element(element, item, problems)
        marks += self._shared(run, item, problems)
        return Page(
            self.theme.trim,
            tuple(marks),
            self.theme.bleed,
            name=_page_name(panel, item, back=back),
            subject=item.subject,
            back=back,
            where=item.fields.get("where", "") or panel.where,
            problems=tuple(problems),
        )

    def _is_static(self, element: Element) -> bool:
        """Whether an element looks the same for every holder of a role: such marks are drawn once a file."""
        if element.stack:
            return all(self._is_static(inner) for inner in element.stack)
        templates = element.text + element.arrow + element.pictogram
        varying = _FIELD.search(templates) and not all(
            name.startswith("word:") or name in _event_fields_static
            for name in "|".join(_FIELD.findall(templates)).split("|")
        )
        return not (varying or element.code or element.picture == "photo" or element.list in ("session", "appearances"))

    def _shared(self, run: list[Element], item: _Item, problems: list[Problem]) -> list[Mark]:
        """One shared group for neighbouring static elements, kept by role and by whose entries are marked."""
        if not run:
            return []
        lists = any(e.list for e in run)
        date = item.fields.get("date", "")
        key = (id(run[0]), len(run), str(item.role), (item.mine + date) if lists else date)
        if key not in self._static:
            marks = [mark for element in run for mark in self._element(element, item, problems)]
            self._static[key] = kit.Group(tuple(marks), shared=True)
        return [self._static[key]]

    def box(self, text: str) -> Box:
        """An element's box by its text; raises ValueError for what is none."""
        if text not in self._boxes:
            *numbers, unit = text.split()
            if len(numbers) != 4:
                raise ValueError(f"{text!r} is not a box: write `x y width height mm`")
            x, y, width, height = (kit.length(f"{number} {unit}") for number in numbers)
            self._boxes[text] = Box(x, y, width, height)
        return self._boxes[text]

    def _element(self, element: Element, item: _Item, problems: list[Problem]) -> list[Mark]:
        box = self.box(element.box)
        marks: list[Mark] = []
        if element.fill or element.stroke:
            fill = self._colour(element.fill, item) if element.fill else None
            stroke = self._colour(element.stroke, item) if element.stroke else None
            weight = kit.length(element.stroke_width) if stroke else 0
            marks.append(kit.rectangle(box, fill, stroke, weight, kit.length(element.radius)))
        if element.stack or element.text:
            marks += self._stack(element, box, item, problems)
        if element.code:
            marks += self._code(element, box, item, problems)
        if element.picture:
            marks += self._picture(element, box, item, problems)
        if element.arrow:
            marks += kit.arrow(_filled(element.arrow, item.fields), box, self._colour(element.colour or "ink", item))
        if element.pictogram:
            marks += kit.pictogram(
                _filled(element.pictogram, item.fields), box, self._colour(element.colour or "ink", item)
            )
        if element.list:
            marks += self._list(element, box, item, problems)
        if element.fold:
            marks.append(kit.rule(box.x, box.y, box.right, box.y, kit.BLACK.tint(0.35), 0.4, (2, 3), "fold"))
        if element.turn == 180:
            centre_x, centre_y = box.centre
            marks = [kit.Group(tuple(marks), 2 * centre_x, 2 * centre_y, 180)]
        return marks

    def _colour(self, name: str, item: _Item) -> kit.Colour:
        return kit.brand_colour(self.event, name, item.role)

    def _style(self, element: Element) -> tuple[Type, kit.Style, tuple[float, ...]]:
        kind = self.theme.styles[element.style]
        key = (element.style, element.sizes)
        if key not in self._types:
            sizes = _sizes(element.sizes or kind.sizes)
            style = kit.style_of(
                self.event, kind.font, sizes[0], kind.weight, italic=kind.italic, features=kind.features
            ).but(tracking=kind.tracking)
            self._types[key] = (style, sizes)
        return (kind, *self._types[key])

    def _stack(self, element: Element, box: Box, item: _Item, problems: list[Problem]) -> list[Mark]:
        """Texts under each other; where they are too tall together, they step down by turns."""
        parts: list[_Part] = []
        for inner in element.stack or (element,):
            content = _filled(inner.text, item.fields)
            if content and _holds(inner.when, item.fields):
                parts.append(_Part(self, inner, content, box, gap=kit.length(inner.gap) if parts else 0.0))
        _shrink(parts, box.height)
        height = sum(part.height for part in parts)
        for part in parts:
            lost = kit.missing(part.content, part.style)
            if lost:
                shown = ", ".join(f"{c} (U+{ord(c[0]):04X})" for c in lost)
                problems.append(
                    Problem(
                        kit.Severity.ERROR,
                        f"{item.title}: no font has {shown}",
                        item.place,
                        "put a font that has it into the event's fonts folder",
                        "text.missing-glyph",
                    )
                )
            if not part.fitted.fits or height > box.height + 0.01:
                problems.append(
                    Problem(
                        kit.Severity.WARNING,
                        f"{part.content!r} does not fit its place on the {self.naming} of {item.title}, even at {part.size:g} pt",
                        item.place,
                        "shorten it, or give a badge name",
                        "text.too-long",
                    )
                )
        free = box.height - height
        y = box.y + {"top": 0.0, "middle": free / 2, "bottom": free}[element.valign]
        marks: list[Mark] = []
        for part in parts:
            y += part.gap
            colour = self._colour(part.element.colour or part.kind.colour, item)
            marks += part.marks(y, part.element.align or element.align or "left", colour)
            y += part.fitted_height
        return marks

    def _code(self, element: Element, box: Box, item: _Item, problems: list[Problem]) -> list[Mark]:
        payload = item.token if element.code == "badge" else _filled(element.code, item.fields)
        if not payload:
            return []
        try:
            return [kit.place_code(payload, box)]
        except ValueError as fault:
            problems.append(
                Problem(
                    kit.Severity.ERROR,
                    f"{item.title}: {fault}",
                    item.place,
                    "make the code's box larger or its text shorter",
                    "code.too-small",
                )
            )
            return []

    def _picture(self, element: Element, box: Box, item: _Item, problems: list[Problem]) -> list[Mark]:
        named = {"logo": self.event.brand.logo, "photo": item.person.photo if item.person else None}
        file = named[element.picture] if element.picture in named else self.event.folder / element.picture
        if file is None:
            return []
        try:
            image = kit.open_image(file)
        except (ValueError, OSError) as fault:
            problems.append(
                Problem(
                    kit.Severity.ERROR,
                    str(fault),
                    kit.Place(file.name),
                    "save the picture again as PNG or JPEG",
                    "picture.unreadable",
                )
            )
            return []
        if element.picture == "photo":
            return [kit.Picture(kit.cover(box, image), image, item.title, box, round=True)]
        inside = kit.contain(box, image)
        shift = {"left": box.x - inside.x, "centre": 0.0, "right": box.right - inside.right}[element.align or "left"]
        return [
            kit.Picture(inside.moved(shift, 0), image, self.event.display_title if element.picture == "logo" else "")
        ]

    def _list(self, element: Element, box: Box, item: _Item, problems: list[Problem]) -> list[Mark]:
        event, table = self.event, kit.timetable
        vocabulary = kit.words(event.language)
        match element.list:
            case "day" | "glance":
                full = element.list == "day"
                rows = (
                    table.day_rows(event, vocabulary, item.day, mine=item.mine, full=full, people=element.people)
                    if item.day
                    else []
                )
            case "session":
                rows = table.panel_rows(event, vocabulary, item.session) if item.session else []
            case "appearances":
                key = item.person.key if item.person else ""
                rows = [table.appearance_row(event, vocabulary, one) for one in event.appearances(key)]
            case _:
                raise ValueError(f"{element.list!r} is not a list: write day, glance, session or appearances")
        kind, style, sizes = self._style(element)
        ink = self._colour(element.colour or kind.colour, item)
        setting = table.Setting(
            sizes,
            style.family,
            ink,
            ink.mix(kit.WHITE, 0.42) if ink.luminance < 0.5 else ink,
            event.brand.accent,
            event.language,
            leading=kind.leading,
            title_weight=kind.weight,
            band=self._colour(element.band, item) if element.band else None,
            stretch=element.stretch,
            beside=element.beside,
            gap=kit.length(element.row_gap) / sizes[0] if element.row_gap else 0.42,
        )
        made = table.set_rows(rows, box, setting)
        if not made.fits:
            problems.append(
                Problem(
                    kit.Severity.WARNING,
                    f"the programme does not fit {item.title} at {made.size:g} pt",
                    item.place,
                    "use a larger format, or `list: glance`",
                    "text.too-long",
                )
            )
        return list(made.marks)


_event_fields_static = frozenset(
    {
        "title",
        "event",
        "subtitle",
        "dates",
        "venue",
        "room",
        "address",
        "organisers",
        "supporters",
        "imprint",
        "format",
        "link",
        "online",
        "role",
        "role key",
    }
)
"""Fields that are the same for all holders of a role."""


def _shrink(parts: list[_Part], height: float) -> None:
    """Step texts down by turns until all fit a height together, then up again where a shorter break left room."""

    def fit() -> bool:
        return sum(part.height for part in parts) <= height + 0.01

    while not fit():
        able = [part for part in parts if part.can_step]
        if not able:
            return
        max(able, key=lambda part: part.size / part.sizes[0]).step(1)
    for part in parts:
        while part.first > 0:
            before = part.first
            part.step(-1)
            if part.first >= before or not fit():
                part.step(before - part.first)
                break


class _Part:
    """One text of a stack, fitted to the stack's width, that can step down its sizes."""

    def __init__(self, painter: _Painter, element: Element, content: str, box: Box, gap: float) -> None:
        self.element, self.box, self.gap = element, box, gap
        self.kind, self.style, self.sizes = painter._style(element)
        self.content = content.upper() if self.kind.case == "upper" else content
        self.max_lines = element.lines or self.kind.lines
        self.first = 0
        self._fit()

    def _fit(self) -> None:
        self.fitted = kit.fit(
            self.content,
            self.style,
            self.box.width,
            self.box.height,
            sizes=self.sizes[self.first :],
            max_lines=self.max_lines,
            leading=self.kind.leading,
        )
        self.first = self.sizes.index(self.fitted.size)
        size, lines = self.fitted.size, self.fitted.lines
        self.above = max(kit.cap_height(self.style), lines[0].ascent if lines else 0) * size
        self.below = max(0.22, lines[-1].descent if lines else 0) * size

    @property
    def size(self) -> float:
        return self.fitted.size

    @property
    def can_step(self) -> bool:
        return self.first + 1 < len(self.sizes)

    def step(self, steps: int) -> None:
        self.first += steps
        self._fit()

    @property
    def fitted_height(self) -> float:
        """From the top of the first line's ink, or its capitals, to below the last line's descenders."""
        return self.above + (len(self.fitted.lines) - 1) * self.fitted.leading + self.below

    @property
    def height(self) -> float:
        return self.gap + self.fitted_height

    def marks(self, y: float, align: str, colour: kit.Colour) -> list[Mark]:
        made: list[Mark] = []
        baseline = y + self.above
        tracking = self.style.tracking * self.size
        for line in self.fitted.lines:
            room = self.box.width - line.width * self.size - tracking * sum(len(run.cells) for run in line.runs)
            x = self.box.x + {"left": 0.0, "centre": room / 2, "right": room}[align]
            made.append(kit.Text(x, baseline, line, self.size, colour, self.kind.role, tracking=tracking))
            baseline += self.fitted.leading
        return made
