"""A file can be heard: its tags are there, complete, and in the order in which they make sense.

Clauses are those of PDF/UA-1 (ISO 14289-1). By themselves these rules are off: they are for files to read on a screen
and for those that claim to be PDF/UA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..document import Tag
from ..facts import Work
from ..limits import Weight
from .registry import Finding, rule

_AGAIN = "export it again as tagged PDF"


@rule("PF-070", Weight.OFF)
def _tagged(work: Work) -> Iterator[Finding]:
    """The file is tagged, and says so (7.1).

    Tags tell a screen reader what is a heading, a list or a table, and what comes after what. Without them it reads
    words in the order they happen to lie in the file, or nothing.
    """
    document = work.file.document
    if document.tree is None or not document.tree.kids:
        yield Finding(0, "it has no tags", _AGAIN)
    elif not document.marked:
        yield Finding(0, "it does not say that it is tagged", _AGAIN)
    elif document.suspect:
        yield Finding(0, "it says that its tags may be wrong", "have the tags checked, and then say that they were")
    for role in sorted(document.foreign_roles):
        yield Finding(
            0, f"its tags of the kind {role} mean nothing to readers, or another thing than laid down", _AGAIN
        )


@rule("PF-070b", Weight.OFF)
def _language(work: Work) -> Iterator[Finding]:
    """The file says which language it is in (7.2).

    A voice that reads German words by English rules cannot be understood.
    """
    document = work.file.document
    hint = "set the language of the document and export again"
    in_content = any(reading.speaks for reading in work.file.readings)
    if not (document.language or in_content) and any(tag.pieces and not _language_of(tag) for tag in _tags(work)):
        yield Finding(0, "it does not say which language it is in", hint)
    for language in sorted({document.language, *(tag.language for tag in _tags(work))} - {""}):
        if not _LANGUAGE.fullmatch(language):
            yield Finding(0, f"{language!r} is the name of no language", "write it as in en, de or pt-BR")


_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
"""The shape of a name such as `pt-BR` (RFC 3066, as ISO 32000-1, 14.9.2, asks)."""


def _language_of(tag: Tag) -> str:
    """The language of a node, or of the nearest one it lies in."""
    at: Tag | None = tag
    while at is not None and not at.language:
        at = at.parent
    return at.language if at is not None else ""


@rule("PF-070c", Weight.OFF)
def _titled(work: Work) -> Iterator[Finding]:
    """The file has a title, and readers show it instead of the file's name (7.1).

    The title is the first thing that is read aloud; a file's name is often a string of letters and figures.
    """
    document = work.file.document
    hint = "give the document a title and have it shown"
    if not (document.xmp or {}).get("dc:title"):
        yield Finding(0, "it has no title in its metadata", hint)
    if not document.shows_title:
        yield Finding(0, "readers show the name of the file instead of its title", hint)


def _tags(work: Work) -> Iterator[Tag]:
    tree = work.file.document.tree
    if tree is not None:
        yield from tree.walk()


@rule("PF-070d", Weight.OFF)
def _figures(work: Work) -> Iterator[Finding]:
    """Every picture that says something has words that say it too (7.3).

    Who cannot see a picture hears these words instead; without them there is a silence.
    """
    for tag in _tags(work):
        if tag.role in ("Figure", "Formula") and not tag.alternative:
            kind = "picture" if tag.role == "Figure" else "formula"
            yield Finding(tag.first_page(), f"a {kind} has no words that stand for it", "give it alternative text")


@rule("PF-070e", Weight.OFF)
def _headings(work: Work) -> Iterator[Finding]:
    """Headings go down one level at a time (7.4.2).

    People who cannot see the page jump from heading to heading; a level that is left out sends them astray.
    """
    level = 0
    plain = next((tag for tag in _tags(work) if tag.role == "H"), None)
    for tag in _tags(work):
        if [kid.role for kid in tag.kids].count("H") > 1:
            yield Finding(tag.first_page(), "a part has two headings of no level", "give headings levels")
        if len(tag.role) == 2 and tag.role[0] == "H" and tag.role[1].isdigit():
            has = int(tag.role[1])
            if plain is not None:
                yield Finding(
                    tag.first_page(), "some headings have a level and some have none", "give all of them levels"
                )
                plain = None
            if has > level + 1:
                before = f"after one of level {level}" if level else "as the first"
                message = f"a heading of level {has} stands {before}"
                yield Finding(tag.first_page(), message, f"make it level {level + 1}")
            level = has


@rule("PF-070f", Weight.OFF)
def _tables(work: Work) -> Iterator[Finding]:
    """Tables have rows of equal length and heading cells that say what they head (7.5).

    In a table that is heard cell by cell, only the headings tell which time belongs to which talk.
    """
    for tag in _tags(work):
        if tag.role in _PARENTS and tag.parent is not None and tag.parent.role not in _PARENTS[tag.role]:
            inside = tag.parent.role or "nothing"
            message = f"a part of a table or list ({tag.role}) lies in {inside}"
            yield Finding(tag.first_page(), message, _AGAIN)
        wrong = [kid for kid in tag.kids if tag.role in _KIDS and kid.role not in _KIDS[tag.role]]
        # what may lie in one place only was told where it lies
        if told := [kid.role for kid in wrong if kid.role not in _PARENTS]:
            message = f"in a part of a table or list ({tag.role}) lies what does not belong there ({told[0]})"
            yield Finding(tag.first_page(), message, _AGAIN)
        if tag.role == "TH" and not (tag.scope or tag.headers or _has_headers(tag)):
            message = "a heading cell does not say whether it heads a row or a column"
            yield Finding(tag.first_page(), message, "set the scope of heading cells")
        if fault := _parts(tag):
            yield Finding(tag.first_page(), f"a {'table' if tag.role == 'Table' else 'list'} has {fault}", _AGAIN)
        if tag.role == "Table":
            lengths = _lengths(tag)
            if not lengths:
                yield Finding(tag.first_page(), "a table has no rows", _AGAIN)
            for page in _read_twice(tag):
                message = "the heading row of a table is read again where the page turns"
                yield Finding(page, message, "mark the row that is printed again as decoration", True)
            if len(set(lengths)) > 1:
                message = f"the rows of a table have {min(lengths)} to {max(lengths)} cells"
                yield Finding(tag.first_page(), message, "fill missing cells with empty ones")


_PARENTS = {
    **dict.fromkeys(("TH", "TD"), ("TR",)),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    **dict.fromkeys(("THead", "TBody", "TFoot"), ("Table",)),
    "LI": ("L",),
    "LBody": ("LI",),
    "TOCI": ("TOC",),
}
"""What may hold each part (ISO 32000-1, 14.8.4)."""


_KIDS = {
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"),
    **dict.fromkeys(("THead", "TBody", "TFoot"), ("TR",)),
    "TR": ("TH", "TD"),
    "L": ("L", "LI", "Caption"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOC", "TOCI", "Caption"),
}
"""What each part may hold (ISO 32000-1, 14.8.4)."""


def _parts(tag: Tag) -> str:
    """What a table, a list or a list of contents has too many or too few of, or in the wrong place."""
    roles = [kid.role for kid in tag.kids]
    if tag.role not in ("Table", "L", "TOC"):
        return ""
    for role, words in (("THead", "two heads"), ("TFoot", "two feet"), ("Caption", "two captions")):
        if roles.count(role) > 1:
            return words
    if tag.role == "Table" and ("THead" in roles or "TFoot" in roles) and "TBody" not in roles:
        return "a head or a foot and no body"
    if "Caption" in roles and roles.index("Caption") not in ((0, len(roles) - 1) if tag.role == "Table" else (0,)):
        return "its caption in the middle"
    return ""


def _has_headers(cell: Tag) -> bool:
    """Whether the cells of a table name their own headings, so that these need not say what they head."""
    table = cell.parent
    while table is not None and table.role != "Table":
        table = table.parent
    return table is not None and any(one.headers for one in table.walk() if one.role == "TD")


def _rows(table: Tag) -> list[Tag]:
    return [row for part in table.kids for row in (part.kids if part.role in _GROUPS else [part]) if row.role == "TR"]


def _read_twice(table: Tag) -> Iterator[int]:
    """The pages that begin with headings which somebody has heard already."""
    for before, row in pairwise(_rows(table)):
        heads = len(row.kids) > 1 and all(cell.role == "TH" for cell in row.kids)
        page = row.first_page()
        if heads and page > before.first_page() > 0 and any(cell.role == "TD" for cell in before.kids):
            yield page


def _lengths(table: Tag) -> list[int]:
    """How many columns each row of a table takes, cells that reach down from rows above included."""
    rows = _rows(table)
    lengths: list[int] = []
    above: list[tuple[int, int]] = []
    for row in rows:
        reaching = [(width, rows_left) for width, rows_left in above if rows_left]
        cells = [cell for cell in row.kids if cell.role in ("TH", "TD")]
        lengths.append(sum(cell.across for cell in cells) + sum(width for width, _ in reaching))
        above = [(width, rows_left - 1) for width, rows_left in reaching]
        above += [(cell.across, cell.down - 1) for cell in cells if cell.down > 1]
    return lengths


_GROUPS = ("THead", "TBody", "TFoot")


@rule("PF-070g", Weight.OFF)
def _all_tagged(work: Work) -> Iterator[Finding]:
    """Everything on the pages is tagged, or said to be decoration (7.1).

    What has no tag is not read. What is decoration and does not say so interrupts a sentence.
    """
    if work.file.document.tree is None:
        return  # a fault of its own, and then nothing is tagged
    told = set(work.file.document.reading)
    for reading in work.file.readings:
        for kind in reading.untagged:
            message = (
                f"{kind} on it have no tag and are not decoration either"
                if kind != "text"
                else ("text on it has no tag and is not decoration either")
            )
            yield Finding(reading.number, message, _AGAIN)
        if reading.mixed:
            yield Finding(reading.number, "decoration and what is to be read lie inside each other", _AGAIN)
        lost = [piece for piece in reading.pieces if (reading.number, piece) not in told]
        if lost or (reading.pieces and not reading.structured):
            yield Finding(reading.number, "a part of it is tagged and not in the tree of tags", _AGAIN)


@rule("PF-070h", Weight.OFF)
def _links(work: Work) -> Iterator[Finding]:
    """Links are in the tree, have words, and are reached in the order of reading (7.18).

    A link that is not in the tree cannot be found without a mouse, and one without words is read as its address.
    """
    document = work.file.document
    for number, kind in document.loose if document.tree is not None else ():
        yield Finding(number, f"an annotation ({kind}) is not in the tree of tags", _AGAIN)
    for number, kind in document.nameless:
        what = "a link has no words that say where it leads" if kind == "Link" else f"a note ({kind}) has no words"
        yield Finding(number, what, "give it a description")
    for number in document.tabless:
        yield Finding(number, "its links are not reached in the order of reading", "set the tab order to the structure")


@rule("PF-070j", Weight.OFF)
def _notes(work: Work) -> Iterator[Finding]:
    """Every footnote has a name of its own (7.9).

    By it a reader goes from the sign in the text to the note and back again.
    """
    seen: set[str] = set()
    for tag in _tags(work):
        if tag.role == "Note":
            if not tag.name or tag.name in seen:
                fault = "has no name" if not tag.name else "has the name of another one"
                yield Finding(tag.first_page(), f"a footnote {fault}", _AGAIN)
            seen.add(tag.name)


@rule("PF-070i", Weight.OFF)
def _order(work: Work) -> Iterator[Finding]:
    """The file is read in the order it is printed in.

    A talk that is read before its time, or a page after the next one, is worse than a page that is not read at all.
    """
    last = 0
    for page, _ in work.file.document.reading:
        if 0 < page < last:
            yield Finding(page, f"it is read after page {last}", "put the tags into the order of the pages")
            return
        last = max(last, page)
    tables = {(page, piece): table for page, piece, table in _pieces(work.file.document.tree)}
    orders: dict[int, list[tuple[int, int]]] = {}
    for page, piece in work.file.document.reading:
        orders.setdefault(page, []).append((piece, tables.get((page, piece), 0)))
    for reading in work.file.readings:
        places = {piece: at for at, piece in enumerate(reading.pieces)}
        # a table is read row by row, however it was painted
        first: dict[tuple[int, int], int] = {}
        for piece, table in orders.get(reading.number, ()):
            if piece in places:
                key = (0, table) if table else (piece, 0)
                first[key] = min(places[piece], first.get(key, places[piece]))
        if list(first.values()) != sorted(first.values()):
            message = "it is read in another order than it is printed in"
            yield Finding(reading.number, message, "compare what is read aloud with the page", True)


def _pieces(tree: Tag | None) -> Iterator[tuple[int, int, int]]:
    """Page and number of each piece, and which table it is in; 0 is none."""
    waiting = [(tree, 0)] if tree is not None else []
    while waiting:
        tag, table = waiting.pop()
        table = table or (id(tag) if tag.role == "Table" else 0)
        for page, piece in tag.pieces:
            yield page, piece, table
        waiting.extend((kid, table) for kid in reversed(tag.kids))
