"""Lists for people at work: the pile of badges, where signs hang, what to print and how.

A list is a table that runs over as many pages as it needs, its headings repeated on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from eventprint import kit
from eventprint.kit import Box, Each, Mark, Page, Problem, Template, mm


class Of(StrEnum):
    """Where the rows come from."""

    PROGRAM = "program"
    """From whoever makes the list."""
    ATTENDEES = "attendees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its share of the width, and how its cells look."""

    heading: Template = field(metadata={"doc": "Text with {fields} of the event, such as `{word:name}`."})
    share: float = 1.0
    weight: int = 400
    align: Literal["left", "right"] = "left"
    tick: bool = field(default=False, metadata={"doc": "An empty square to tick with a pen."})
    scale: float = field(default=1.0, metadata={"doc": "Size of its letters, 1 being that of the cells."})
    quiet: bool = field(default=False, metadata={"doc": "In the grey of what goes with the rest."})
    loud: bool = field(default=False, metadata={"doc": "In the accent colour: for marks that have to be seen."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(kit.BaseTheme):
    """What a list's YAML may set."""

    title: Template = field(
        default=Template.parse("List"), metadata={"doc": "Text with {fields} of the event, such as `{word:job_sheet}`."}
    )
    note: Template = field(default=Template.parse(""), metadata={"doc": "A sentence under the title."})
    of: Of = Of.PROGRAM
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    groups: tuple[str, ...] = field(default=(), metadata={"doc": "The heading of each row."})
    size: float = field(default=9.5, metadata={"doc": "Size of the cells in points."})
    margin: kit.Length = field(default=kit.Length(16 * mm))


def pages(event: kit.Event, theme: Theme) -> list[Page]:
    """The list on as many pages as it needs; none where it has no rows."""
    rows = list(_attendee_rows(event)) if theme.of is Of.ATTENDEES else list(_grouped_rows(theme))
    if not rows:
        return []
    sheet = _Sheet(event, theme)
    made: list[list[Mark]] = []
    y = sheet.body.bottom + 1
    for number, (letter, row) in enumerate(rows, 1):
        marks, height = sheet.row(row, number)
        if letter:
            marks, height = sheet.under(letter, marks, height, number)
        if y + height > sheet.body.bottom:
            made.append([sheet.unread(mark) for mark in sheet.head()] if made else sheet.head())
            y = sheet.body.y
        made[-1].append(kit.Group(tuple(marks), 0, y))
        y += height
    finished = [
        Page(
            theme.trim,
            (*marks, *sheet.foot(number, len(made))),
            name=f"{sheet.says(theme.title)}, page {number}",
            label=str(number),
        )
        for number, marks in enumerate(made, 1)
    ]
    return [replace(finished[0], problems=tuple(_unknown_fields(theme, sheet.fields))), *finished[1:]]


def _unknown_fields(theme: Theme, offered: Mapping[str, str]) -> Iterator[Problem]:
    """A field that the event does not have prints nothing, so a wrong letter in its name would never be seen."""
    asked = [(theme.title, kit.at(theme, "title")), (theme.note, kit.at(theme, "note"))]
    asked += [(column.heading, kit.at(column, "heading")) for column in theme.columns]
    for template, place in asked:
        for name in sorted(template.names.difference(offered)):
            message = f"a list has no field {name!r}"
            yield Problem(kit.Severity.WARNING, message, place, kit.suggest(name, list(offered)), "layout.field")


_TABLE = 1
"""The one table of all pages, for those who hear it: row 0 has the headings, then letters and rows in turn."""

_LETTERED = 24
"""Rows above which a list shows where each letter begins: about a page."""
_A_LETTER = 3
"""And the names a letter must have on average, or the list would be more letters than names."""


def _grouped_rows(theme: Theme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows from whoever makes the list, each with the heading that begins with it."""
    groups = theme.groups or ("",) * len(theme.rows)
    before = ""
    for group, row in zip(groups, theme.rows, strict=True):
        yield (group if group != before else ""), row
        before = group


def _attendee_rows(event: kit.Event) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everybody in pile order: the letter that begins here if one does; name as filed, organisation, roles, code."""
    heading = kit.collator(event.language).heading
    letters = [heading(who.name.sort or who.name.full) for who in event.attendees]
    if len(letters) <= max(_LETTERED, len(set(letters)) * _A_LETTER - 1):
        letters = [""] * len(letters)
    before = ""
    for number, (who, letter) in enumerate(zip(event.attendees, letters, strict=True), 1):
        roles = ", ".join(event.role(key).word for key in who.roles)
        code = kit.short(kit.token(event.secret, who.id))
        row = ("", str(number), _filed(who.name), who.organisation, roles, code)
        yield (letter if letter != before else ""), row
        before = letter


def _filed(name: kit.Name) -> str:
    """A name as it is filed, where that is the whole of it: `Meer, Jan van der`; otherwise as it is said."""
    filed, whole = (sorted(re.findall(r"\w", text)) for text in (name.sort, name.full))
    return name.full if name.family_first or filed != whole else name.sort


def _wrapped(note: str, style: kit.Style, width: float) -> Iterator[str]:
    """A sentence under the title in as many lines as it needs, which are one nearly always and never more than two."""
    line = ""
    for word in note.split(" "):
        longer = f"{line} {word}" if line else word
        if line and kit.shape(longer, style).width * style.size > width:
            yield line
            longer = word
        line = longer
    yield line


_TITLE = (22, 20, 18, 16, 14)
"""Points: a list's title, smaller where the event's own name leaves it less room."""


class _Sheet:
    """The fixed parts of a list's pages, and how a row is set."""

    def __init__(self, event: kit.Event, theme: Theme) -> None:
        self.event, self.theme = event, theme
        (about,) = kit.items(event, Each.EVENT)
        self.fields = about.fields
        page = Box.of(theme.trim).inset(theme.margin)
        self.page = page
        self.cell = kit.style_of(event, "sans", theme.size, features=("tnum",))
        self.heading = self.cell.but(weight=600, size=round(theme.size * 0.82, 2))
        self.title = kit.style_of(event, "serif", _TITLE[0], 600)
        self.ink = event.brand.primary.legible(kit.WHITE)
        self.quiet = event.brand.ink.mix(kit.WHITE, 0.42)
        self.accent = event.brand.accent.legible(kit.WHITE)
        self.leading = theme.size * 1.28
        total = sum(column.share for column in theme.columns)
        gutter = 3 * mm
        usable = page.width - gutter * (len(theme.columns) - 1)
        self.columns: list[Box] = []
        x = page.x
        for column in theme.columns:
            width = usable * column.share / total
            self.columns.append(Box(x, 0, width, 0))
            x += width + gutter
        self.body = page.inset(0, top=26 * mm, bottom=9 * mm)

    def says(self, template: Template) -> str:
        return template.fill(self.fields)

    def head(self) -> list[Mark]:
        event, theme, page = self.event, self.theme, self.page
        small = self.cell.but(size=9.5)
        top = page.y + 6 * mm
        marks: list[Mark] = [
            kit.rectangle(Box(page.x, page.y - 4 * mm, page.width, 1.2 * mm), event.brand.primary),
        ]
        line = ", ".join(filter(None, (kit.event_dates(event), event.venue.name)))
        right, under = kit.shape(event.display_title, small.but(weight=600)), kit.shape(line, small)
        title = kit.shape(self.says(theme.title), self.title)
        room = page.width - max(right.width, under.width) * 9.5 - 6 * mm
        size = next((size for size in _TITLE if title.width * size <= room), _TITLE[-1])
        marks.append(kit.Text(page.x, top, title, size, self.ink, kit.Role.H1))
        marks.append(kit.Text(page.right - right.width * 9.5, top, right, 9.5, event.brand.ink))
        if line:
            marks.append(kit.Text(page.right - under.width * 9.5, top + 4.6 * mm, under, 9.5, self.quiet))
        if note := self.says(theme.note):
            for at, line in enumerate(_wrapped(note, small, page.width)):
                marks.append(kit.Text(page.x, top + (8.6 + 4 * at) * mm, kit.shape(line, small), 9.5, self.quiet))
        baseline = self.body.y - 2 * mm
        for at, (column, box) in enumerate(zip(theme.columns, self.columns, strict=True)):
            shaped = kit.shape(self.says(column.heading), self.heading)
            x = box.right - shaped.width * self.heading.size if column.align == "right" else box.x
            cell = kit.TableCell(_TABLE, 0, at)
            marks.append(kit.Text(x, baseline, shaped, self.heading.size, self.accent, kit.Role.HEADER, cell=cell))
        marks.append(kit.rule(page.x, self.body.y - 0.4 * mm, page.right, self.body.y - 0.4 * mm, event.brand.ink, 0.8))
        return marks

    def unread(self, mark: Mark) -> Mark:
        """A mark of the head on the second page and on later ones: who hears the list has heard it."""
        return replace(mark, role=kit.Role.ARTIFACT, cell=None) if isinstance(mark, kit.Text) else mark

    def row(self, cells: Sequence[str], number: int) -> tuple[list[Mark], float]:
        """The marks of a row, counted from 1, from its own top, and its height."""
        pad = 1.15 * mm
        marks: list[Mark] = []
        deepest = pad + self.leading
        for at, (cell, column, box) in enumerate(zip(cells, self.theme.columns, self.columns, strict=True)):
            style = self.cell.but(weight=column.weight, size=round(self.theme.size * column.scale, 2))
            if column.tick:
                side = self.theme.size * 0.86
                square = Box(box.x, pad + (self.leading - side) / 2, side, side)
                marks.append(kit.rectangle(square, None, self.event.brand.ink, 0.6))
                continue
            ink = self.accent if column.loud else self.quiet if column.quiet else self.event.brand.ink
            y = pad
            # What stands below a line break goes with the line above it: what to do, below what is wrong.
            for below, text in enumerate(cell.split("\n")):
                lines = kit.paragraph(text, style, box.width, align=column.align) if text else ()
                colour = self.quiet if below else ink
                placed, y = kit.place(lines, box.x, y, style, colour, leading=self.leading)
                marks += kit.celled(placed, kit.TableCell(_TABLE, 2 * number, at))
                style = style.but(weight=400)
            deepest = max(deepest, y)
        height = deepest + pad
        marks.append(kit.rule(self.page.x, height, self.page.right, height, self.event.brand.ink.tint(0.2), 0.35))
        return marks, height

    def under(self, letter: str, row: Sequence[Mark], height: float, number: int) -> tuple[list[Mark], float]:
        """A row's marks below the letter that begins with it, and the height of both: they stay on one page."""
        style = self.cell.but(weight=600, size=round(self.theme.size * 1.15, 2))
        shaped, cell = kit.shape(letter, style), kit.TableCell(_TABLE, 2 * number - 1, 0)
        deep = self.leading + 3 * mm
        text = kit.Text(self.page.x, deep - 1.4 * mm, shaped, style.size, self.ink, kit.Role.HEADER, cell=cell)
        rule = kit.rule(self.page.x, deep, self.page.right, deep, self.event.brand.ink.tint(0.2), 0.35)
        return [text, rule, kit.Group(tuple(row), 0, deep)], deep + height

    def foot(self, number: int, of: int) -> list[Mark]:
        shaped = kit.shape(f"{number} / {of}", self.cell.but(size=8.5))
        x = self.page.right - shaped.width * 8.5
        return [kit.Text(x, self.page.bottom, shaped, 8.5, self.quiet, kit.Role.ARTIFACT)]
