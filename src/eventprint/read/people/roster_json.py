"""People in the JSON of registration systems, laid out as a table: one row for each, one column for each key.

Any list of objects with names is read. The orders of pretix are taken apart first: their people are positions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ... import charsets, files, jsontext
from ...jsontext import Object
from ...problems import Place, Problems, place_in
from ...sheets import Row, Table
from ...values import dataclass

_LISTS = (
    *("results", "attendees", "registrants", "registrations", "participants", "people", "speakers", "tickets"),
    *("guests", "rsvps", "orders", "positions", "entries", "items", "edges", "nodes", "data", "rows", "members"),
    *("users", "event"),
)
"""Keys that the list of people stands under, likeliest first."""
_LARGEST = 5_000_000
_BESIDE = 40
"""Files beside a list that are looked into for the names of tickets."""
_COLUMNS = 300
_CELLS = 1_000_000
_TITLED = frozenset(("product", "ticket", "ticket_type", "item", "release", "event", "session"))
"""Keys of what has a title, and is nobody whose title it could be."""
_STATUS = {"n": "pending", "p": "paid", "e": "expired", "c": "cancelled"}
"""What pretix means by the letters of an order's status."""

_Cells = dict[str, tuple[str, Place]]


@dataclass(frozen=True, slots=True)
class _Products:
    """Names of tickets by the numbers of item and variation, and the items that let nobody in."""

    items: dict[str, str]
    variations: dict[str, str]
    questions: dict[str, str]


def table(text: str, file: Path, root: Path, problems: Problems) -> Table:
    """The people of a JSON text; what is wrong with it is reported, and read as far as it goes."""
    name = place_in(root, file).file
    document = jsontext.parse(text, name)
    if document.fault:
        hint = "export the list again; what stands before this place is read"
        problems.error(f"{file.name} is damaged: {document.fault}", document.place, hint, "attendees.json")
    if isinstance(document.root, list) and document.root and all(isinstance(each, str) for each in document.root):
        return _table([{"name": (each, Place(name, 1, 1))} for each in document.root], name)
    found = [_bare(each) for each in _people(document.root)]
    if _is_pretix(found):
        products = _products(document.root, file)
        records = [cells for each in found for cells in _positions(each, products)]
        if not products.items and any("product" in cells for cells in records):
            first = next(cells["product"][1] for cells in records if "product" in cells)
            hint = "put the export of the items (products) beside the list, as JSON"
            problems.open("the tickets have numbers and no names here", first, hint, "attendees.products")
    else:
        records = [_flat(each) for each in found]
    return _table(records, name)


def _table(records: list[_Cells], name: str) -> Table:
    most = max(40, min(_COLUMNS, _CELLS // max(len(records), 1)))
    headings = tuple(dict.fromkeys(key for cells in records for key in cells))[:most]
    header = Row(0, headings, tuple((1, 1) for _ in headings), name, headings, None) if headings else None
    rows = []
    for number, cells in enumerate(records if headings else [], 1):
        first = next((place for _, place in cells.values()), Place(name, 1, 1))
        at = [cells[key][1] if key in cells else first for key in headings]
        texts = tuple(cells[key][0] if key in cells else "" for key in headings)
        starts = tuple((place.line, place.column) for place in at)
        rows.append(Row(number, texts, starts, name, headings, None))
    return Table(name, headings, tuple(rows), header)


def _people(root: Any) -> list[Object]:
    """The objects that are people or orders: the first list of objects, of what is likeliest."""
    for _ in range(6):
        if isinstance(root, list):
            found = jsontext.objects(root)
            if (
                len(found) == 1
                and not _named(found[0])
                and any(isinstance(found[0].get(key), (Object, list)) for key in _LISTS)
            ):
                root = found[0]
                continue
            return found
        if not isinstance(root, Object):
            return []
        lists = {key: found for key in root if (found := jsontext.objects(root.get(key)))}
        for key in _LISTS:
            if key in lists:
                root = lists[key]
                break
            if isinstance(root.get(key), Object):
                root = root.get(key)
                break
        else:
            keyed = jsontext.objects(root)
            return keyed or max(lists.values(), key=len, default=[])
    return []


def _bare(each: Object) -> Object:
    """What stands in the wrapping that answers to queries have: `{"node": {…}}`."""
    inner = each.get("node")
    return inner if isinstance(inner, Object) else each


def _named(each: Object) -> bool:
    return any("name" in key.lower() for key in each)


def _text(value: Any) -> str:
    """A value as a cell: a text or a number as it stands, a truth as yes or no, a text in several languages in one."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int():
            return str(value) if abs(value) < 10**300 else ""
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case Object():
            return next((text for key in ("en", "de", *value) if isinstance(text := value.get(key), str) and text), "")
        case list():
            texts = [_text(each) for each in value if not isinstance(each, (Object, list))]
            named = [each.text("name", "title", "label", "value") for each in jsontext.objects(value)]
            return ", ".join(text for text in (*texts, *named) if text)
    return ""


def _flat(person: Object) -> _Cells:
    """An object as cells: what stands inside it one level deeper too, and its answers under their questions."""
    cells: _Cells = {}
    for key in person:
        value = person.get(key)
        if isinstance(value, Object) and not _spoken(value):
            for inner in value:
                if asked := _asked(value.get(inner)):
                    cells |= _answers(asked, {})
                elif said := _text(value.get(inner)):
                    free = inner not in cells and inner not in person and not (inner == "title" and key in _TITLED)
                    heading = inner.removeprefix("user_") if free else f"{key} {inner}"
                    cells.setdefault(heading, (said, value.place(inner)))
        elif answers := _asked(value):
            cells |= _answers(answers, {})
        elif said := _text(value):
            cells[key] = (said, person.place(key))
        elif key not in cells and value in ("", None):
            cells[key] = ("", person.place(key))
    if "code" in cells and "id" not in cells and "submissions" in person:
        cells["speaker id"] = cells.pop("code")
    if "regformId" in cells and "state" in cells:
        cells["registration state"] = cells.pop("state")
    return cells


def _asked(value: Any) -> list[Object]:
    """The answers to questions in a list of objects."""
    return [each for each in jsontext.objects(value) if each.text("question", "FieldName", "label") and len(each) > 1]


def _spoken(value: Object) -> bool:
    """Whether an object is one text in several languages: `{"en": "Speaker", "de": "Vortrag"}`."""
    return (
        bool(value) and len(value) > 0 and all(len(key) in (2, 5) and isinstance(value.get(key), str) for key in value)
    )


def _answers(answers: list[Object], questions: dict[str, str]) -> _Cells:
    cells: _Cells = {}
    for answer in answers:
        inner = answer.object("question")
        asked = (
            _text(inner.get("question", "text", "title", "name"))
            if inner
            else answer.text("question", "FieldName", "label")
        )
        asked = questions.get(asked, asked)
        if asked.isdigit():
            asked = answer.text("question_identifier") or f"question {asked}"
        said = _text(answer.get("answer", "response", "value", "Value"))
        if asked and said:
            cells[asked] = (said, answer.place())
    return cells


# pretix


def _is_pretix(found: list[Object]) -> bool:
    return any("attendee_name" in each or "attendee_name_parts" in each for each in found[:50]) or any(
        "attendee_name" in position or "attendee_name_parts" in position
        for each in found[:50]
        for position in each.objects("positions")
    )


def _positions(order: Object, products: _Products) -> Iterator[_Cells]:
    """The people of an order, or the one that stands for itself where positions are listed alone."""
    inside = order.objects("positions")
    for number, position in enumerate(inside or ([] if "positions" in order else [order]), 1):
        parent = order if inside else None
        cells: _Cells = {}

        def put(heading: str, source: Object | None, *keys: str, cells: _Cells = cells) -> None:
            if source is not None:
                key = next((key for key in keys if source.text(key)), "")
                if key:
                    cells[heading] = (source.text(key), source.place(key))

        put("Order code", parent, "code")
        put("Order code", position, "order")
        put("Position ID", position, "positionid")
        if "Position ID" not in cells and len(inside) > 1:
            cells["Position ID"] = (str(number), position.place())
        put("Pseudonymization ID", position, "pseudonymization_id")
        cells["Attendee name"] = (position.text("attendee_name"), position.place("attendee_name"))
        parts = position.object("attendee_name_parts")
        for key in parts or ():
            if parts is not None and key not in ("_scheme", "full_name", "_legacy"):
                put(f"Attendee name: {key.replace('_', ' ')}", parts, key)
        if not cells["Attendee name"][0] and parts is not None:
            put("Attendee name", parts, "full_name", "_legacy")
        put("Attendee email", position, "attendee_email")
        put("Company", position, "company")
        for key in ("city", "country"):
            put(key.capitalize(), position, key)
        put("Add-on to position ID", position, "addon_to")
        status = position.text("order__status") or order.text("status")
        if position.flag("canceled") or order.flag("testmode"):
            status = "c"
        if status:
            cells["Status"] = (_STATUS.get(status, status), order.place("status"))
        ticket = _ticket(position, products)
        if ticket:
            cells["product"] = (ticket, position.place("item"))
        seat = position.object("seat")
        put("Seat", seat, "name")
        if checkins := position.objects("checkins"):
            put("Checked in", checkins[0], "datetime")
        yield cells | _answers(position.objects("answers"), products.questions)


def _ticket(position: Object, products: _Products) -> str:
    item, variation = position.text("item"), position.text("variation")
    if not products.items:
        return item
    names = [products.items.get(item, item), products.variations.get(variation, "")]
    return " – ".join(name for name in names if name)


def _products(root: Any, file: Path) -> _Products:
    """What the tickets are called: said in the export itself, or in another one in the same folder."""
    found = _Products({}, {}, {})
    inside = root if isinstance(root, Object) else None
    event = inside.object("event") if inside else None
    if event and event.objects("items"):
        _collect(event.objects("items"), event.objects("questions"), found)
        return found
    beside = sorted(each for each in file.parent.glob("*.json") if each != file and not each.is_symlink())
    for other in beside[:_BESIDE]:
        try:
            data = files.contents(other, _LARGEST)
        except OSError:
            continue
        text = charsets.decoded(data, other.name, Problems())
        if '"item' not in text and '"variations"' not in text and '"question"' not in text:
            continue
        document = jsontext.parse(text, other.name).root
        listed = jsontext.objects(document.get("results") if isinstance(document, Object) else document)
        items = [each for each in listed if "name" in each and ("variations" in each or "admission" in each)]
        questions = [each for each in listed if "question" in each and "identifier" in each]
        _collect(items, questions, found)
    return found


def _collect(items: list[Object], questions: list[Object], found: _Products) -> None:
    for item in items:
        found.items[item.text("id")] = _text(item.get("name"))
        for variation in item.objects("variations"):
            found.variations[variation.text("id")] = _text(variation.get("value", "name"))
    for question in questions:
        found.questions[question.text("id")] = _text(question.get("question"))
