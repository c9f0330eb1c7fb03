"""What a PDF says of itself, taken from its trailer, its catalogue and all its objects.

Clauses are those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

from ..geometry import Box
from .document import Document, Intent, Tag, profile, xmp
from .objects import box_of, is_true, value_of

_DEEP = 200
"""So many levels of tags are enough for any real file; one whose tags contain each other has no end."""

_MOST = 500_000
"""So many objects are looked at; the largest real files have fewer."""


def read(reader: PdfReader, size: int) -> Document:
    """Everything but the content of pages."""
    root = reader.root_object
    trailer = reader.trailer
    found = Document(version=_version(reader, root), size=size)
    names = value_of(trailer, "/ID")
    found.named = sum(bool(name.get_object()) for name in names) if isinstance(names, list) else 0
    _information(value_of(trailer, "/Info"), found)
    metadata = value_of(root, "/Metadata")
    found.metadata = metadata is not None
    if metadata is not None and hasattr(metadata, "get_data"):
        found.xmp = xmp(metadata.get_data())
    found.intents = [_intent(each.get_object()) for each in value_of(root, "/OutputIntents") or ()]
    found.marked = is_true(value_of(value_of(root, "/MarkInfo") or {}, "/Marked"))
    found.suspect = is_true(value_of(value_of(root, "/MarkInfo") or {}, "/Suspects"))
    found.language = str(value_of(root, "/Lang") or "").strip()
    found.shows_title = is_true(value_of(value_of(root, "/ViewerPreferences") or {}, "/DisplayDocTitle"))
    places = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages, 1) if page.indirect_reference}
    tree = value_of(root, "/StructTreeRoot")
    holders: dict[int, Tag] = {}
    if isinstance(tree, Mapping):
        found.tree = _tree(tree, places, found.foreign_roles, holders, found.reading)
        found.worded = {piece for tag in found.tree.walk() if tag.worded for one in tag.walk() for piece in one.pieces}
    _annotations(reader, found, holders)
    _actions(root, found)
    _objects(reader, found)
    return found


def _version(reader: PdfReader, root: Any) -> float:
    """The header's or the catalogue's, whichever is newer (7.5.2)."""
    told = [reader.pdf_header.removeprefix("%PDF-"), str(value_of(root, "/Version") or "").removeprefix("/")]
    numbers = [0.0]
    for each in told:
        try:
            numbers.append(float(each))
        except ValueError:
            continue
    return max(numbers)


def _information(info: Any, found: Document) -> None:
    if not isinstance(info, Mapping):
        return
    for key, value in info.items():
        thing = value.get_object()
        words = str(thing)
        if key == "/Trapped":
            # a name is written with its slash; a string that begins with one is no name
            found.trapped = words if type(thing).__name__ == "NameObject" else f"({words})"
        else:
            found.info[key.removeprefix("/")] = words.strip()


def _intent(intent: Any) -> Intent:
    stream = value_of(intent, "/DestOutputProfile")
    data = stream.get_data() if stream is not None and hasattr(stream, "get_data") else b""
    return Intent(
        str(value_of(intent, "/S") or "").lstrip("/"),
        str(value_of(intent, "/OutputConditionIdentifier") or ""),
        profile(data),
        stream is not None,
        int(value_of(stream, "/N") or 0) if isinstance(stream, Mapping) else 0,
    )


# The tree


def _tree(
    root: Any,
    places: Mapping[int, int],
    foreign: set[str],
    holders: dict[int, Tag],
    reading: list[tuple[int, int]],
) -> Tag:
    """The tags as they are read, roles translated by the file's own list (14.7.3).

    Filled besides: kinds of tags that are not laid down, the tag that holds each annotation, by its number, and the
    pieces of content in the order in which they are read, those of a link within those of its paragraph.
    """
    roles = value_of(root, "/RoleMap") or {}
    foreign |= {key.lstrip("/") for key in roles if key.lstrip("/") in _STANDARD}
    top = Tag("")
    seen: set[int] = set()
    waiting: list[tuple[Any, Tag, int]] = [(kid, top, 0) for kid in reversed(_kids(root))]
    while waiting and len(seen) < _MOST:
        reference, parent, depth = waiting.pop()
        number = reference.idnum if isinstance(reference, IndirectObject) else 0
        kid = reference.get_object()
        if isinstance(kid, int):
            parent.pieces.append((parent.page, int(kid)))
            reading.append(parent.pieces[-1])
            continue
        if not isinstance(kid, Mapping) or depth > _DEEP or (number and number in seen):
            continue
        seen.add(number)
        kind = str(value_of(kid, "/Type") or "")
        if kind == "/MCR":
            parent.pieces.append((_page_of(kid, places) or parent.page, int(value_of(kid, "/MCID") or 0)))
            reading.append(parent.pieces[-1])
        elif kind == "/OBJR":
            parent.annotations += 1
            thing = kid.get("/Obj")
            if isinstance(thing, IndirectObject):
                holders.setdefault(thing.idnum, parent)
        else:
            tag = _tag(kid, parent, roles, places)
            if tag.role not in _STANDARD:
                foreign.add(tag.role)
            waiting.extend((each, tag, depth + 1) for each in reversed(_kids(kid)))
    return top


_STANDARD = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"}
    | {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"}
    | {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code"}
    | {"Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"}
)
"""Kinds of tags that every reader knows (14.8.4)."""


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    inner = kids.get_object() if kids is not None else None
    if isinstance(inner, list):
        return list(inner)
    return [] if inner is None else [kids]


def _page_of(element: Any, places: Mapping[int, int]) -> int:
    page = element.get("/Pg")
    return places.get(page.idnum, 0) if isinstance(page, IndirectObject) else 0


def _tag(element: Any, parent: Tag, roles: Any, places: Mapping[int, int]) -> Tag:
    role = str(value_of(element, "/S") or "")
    for _ in range(8):
        translated = value_of(roles, role)
        if translated is None or str(translated) == role:
            break
        role = str(translated)
    tag = Tag(role.lstrip("/"), parent, _page_of(element, places))
    tag.worded = value_of(element, "/ActualText") is not None
    tag.alternative = tag.worded or bool(str(value_of(element, "/Alt") or "").strip())
    tag.language = str(value_of(element, "/Lang") or "")
    tag.name = str(value_of(element, "/ID") or "")
    attributes = value_of(element, "/A")
    for each in attributes if isinstance(attributes, list) else [attributes]:
        attribute = each.get_object() if each is not None else None
        if isinstance(attribute, Mapping) and value_of(attribute, "/O") == "/Table":
            tag.scope = tag.scope or value_of(attribute, "/Scope") is not None
            tag.headers = tag.headers or bool(value_of(attribute, "/Headers"))
            tag.across = max(1, int(value_of(attribute, "/ColSpan") or 1))
            tag.down = max(1, int(value_of(attribute, "/RowSpan") or 1))
    parent.kids.append(tag)
    return tag


# What acts


_HOLDERS = {"Link": "Link", "Widget": "Form"}
"""The kind of tag that holds each kind of annotation (PDF/UA-1, 7.18.1, 7.18.4 and 7.18.5); all others are in Annot."""


def _annotations(reader: PdfReader, found: Document, holders: Mapping[int, Tag]) -> None:
    """Which annotations can be heard (PDF/UA-1, 7.18)."""
    for number, page in enumerate(reader.pages, 1):
        notes = list(value_of(page, "/Annots") or ())
        heard = [(note, note.get_object()) for note in notes]
        sight = box_of(page, "/CropBox") or box_of(page, "/MediaBox")
        shown = [(one, note) for one, note in heard if not _hidden(note, sight)]
        found.unsteady += [(number, why) for _, note in heard if (why := _unsteady(note))]
        for reference, note in shown:
            kind = str(value_of(note, "/Subtype") or "").lstrip("/")
            if kind != "PrinterMark":
                holder = holders.get(reference.idnum) if isinstance(reference, IndirectObject) else None
                wanted = _HOLDERS.get(kind, "Annot")
                at: Tag | None = holder
                while at is not None and at.role in ("Span", "NonStruct") and at.parent is not None:
                    at = at.parent
                if at is None or at.role != wanted or value_of(note, "/StructParent") is None:
                    found.loose.append((number, kind))
                named = value_of(note, "/TU" if kind == "Widget" else "/Contents")
                if named is None and kind == "Widget":
                    named = value_of(value_of(note, "/Parent") or {}, "/TU")
                if not str(named or "").strip() and not (kind != "Link" and holder is not None and holder.alternative):
                    found.nameless.append((number, kind))
            for act in _chain(value_of(note, "/A")):
                found.acts.append((number, act))
            for act in _events(value_of(note, "/AA")):
                found.acts.append((number, act))
        if shown and value_of(page, "/Tabs") != "/S":
            found.tabless.append(number)
        found.acts += [(number, act) for act in _events(value_of(page, "/AA"))]


_KINDS = frozenset(
    {
        "Text",
        "Link",
        "FreeText",
        "Line",
        "Square",
        "Circle",
        "Polygon",
        "PolyLine",
        "Highlight",
        "Underline",
        "Squiggly",
    }
    | {"StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Widget", "PrinterMark", "TrapNet"}
    | {"Watermark", "Redact"}
)
"""Annotations of ISO 32000-1, 12.5.6, but those that play or are shown in space."""


def _unsteady(note: Any) -> str:
    """Why an annotation does not look the same everywhere (ISO 19005-2, 6.3)."""
    kind = str(value_of(note, "/Subtype") or "").lstrip("/")
    if kind not in _KINDS:
        return f"a note of the kind {kind or 'unknown'} plays, or is known to few readers"
    if kind == "Popup":
        return ""
    flags = int(value_of(note, "/F") or 0)
    # bits 1, 2, 6 and 9: invisible, hidden, no view, toggled; bit 3: print
    if flags & (1 | 2 | 32 | 256) or not flags & 4:
        return f"a note ({kind}) is not shown or not printed"
    shapes = value_of(note, "/AP")
    rect = [float(edge) for edge in value_of(note, "/Rect") or ()]
    if not isinstance(shapes, Mapping):
        flat = len(rect) == 4 and rect[0] == rect[2] and rect[1] == rect[3]
        return "" if kind == "Link" or flat else f"a note ({kind}) does not say what it looks like"
    if set(shapes) - {"/N"}:
        return f"a note ({kind}) changes when it is touched"
    return ""


def _hidden(note: Any, sight: Box | None) -> bool:
    """Whether it is a mere window of another one, neither shown nor printed (12.5.3, bit 2), or off the page."""
    box = box_of(note, "/Rect")
    off = box is not None and sight is not None and not box.intersects(sight)
    return off or value_of(note, "/Subtype") == "/Popup" or bool(int(value_of(note, "/F") or 0) & 2)


def _actions(root: Any, found: Document) -> None:
    opening = value_of(root, "/OpenAction")
    found.acts += [(0, act) for act in _chain(opening)]
    found.acts += [(0, act) for act in _events(value_of(root, "/AA"))]
    if value_of(value_of(root, "/Names") or {}, "/JavaScript") is not None:
        found.acts.append((0, "JavaScript"))
    seen: set[int] = set()
    item = value_of(value_of(root, "/Outlines") or {}, "/First")
    waiting = [item] if item is not None else []
    while waiting and len(seen) < _MOST:
        item = waiting.pop()
        if id(item) in seen or not isinstance(item, Mapping):
            continue
        seen.add(id(item))
        found.acts += [(0, act) for act in _chain(value_of(item, "/A"))]
        waiting += [each for key in ("/First", "/Next") if (each := value_of(item, key)) is not None]


def _chain(action: Any) -> Iterator[str]:
    """The kinds of an action and of those that follow it (12.6.2)."""
    seen: set[int] = set()
    waiting = [action]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if each is not None else None
        if isinstance(each, list):
            # a list is of actions to follow, or a place in the file: that begins with its page
            things = (one.get_object() for one in each)
            waiting += [one for one in things if isinstance(one, Mapping) and value_of(one, "/Type") != "/Page"]
        elif isinstance(each, Mapping) and id(each) not in seen:
            seen.add(id(each))
            yield str(value_of(each, "/S") or "unknown").lstrip("/")
            waiting.append(value_of(each, "/Next"))


def _events(actions: Any) -> Iterator[str]:
    if isinstance(actions, Mapping):
        for key in actions:
            yield from _chain(value_of(actions, key))


# All objects


def _objects(reader: PdfReader, found: Document) -> None:
    """Filters, transfer curves and what comes from elsewhere, wherever in the file it lies."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting and len(seen) < _MOST:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            key = (thing.idnum, thing.generation)
            if key in seen:
                continue
            seen.add(key)
            thing = thing.get_object()
        if isinstance(thing, Mapping):
            _look(thing, found)
            waiting.extend(value for key, value in thing.items() if isinstance(value, (IndirectObject, Mapping, list)))
        elif isinstance(thing, list):
            waiting.extend(value for value in thing if isinstance(value, (IndirectObject, Mapping, list)))


def _look(thing: Any, found: Document) -> None:
    if hasattr(thing, "get_data"):
        filters = value_of(thing, "/Filter")
        names = [str(each) for each in filters] if isinstance(filters, list) else [str(filters)]
        found.lzw += "/LZWDecode" in names or "/LZW" in names
        kind = str(value_of(thing, "/Subtype") or "")
        if kind == "/PS" or str(value_of(thing, "/Subtype2") or "") == "/PS":
            found.foreign.add("a PostScript program")
        if kind in ("/Image", "/Form"):
            for key, words in _ELSEWHERE.items():
                if value_of(thing, key) is not None:
                    found.foreign.add(words)
    elif _is_state(thing):
        curves = [value_of(thing, "/TR"), value_of(thing, "/HTP"), value_of(thing, "/HTO")]
        second = value_of(thing, "/TR2")
        found.transfers += any(curve is not None for curve in curves) or (second is not None and second != "/Default")


_ELSEWHERE = {
    "/Alternates": "a second picture to be shown instead of one",
    "/OPI": "a picture to be exchanged by the print shop (OPI)",
    "/Ref": "a page of another file",
}


def _is_state(thing: Any) -> bool:
    """Whether a dictionary is a graphics state; its type is rarely written (8.4.5)."""
    if str(value_of(thing, "/Type") or "") == "/ExtGState":
        return True
    return "/Type" not in thing and any(key in thing for key in ("/TR", "/TR2", "/HTP", "/HTO"))
