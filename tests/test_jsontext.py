"""JSON is read whatever is wrong with it: each fault is told at its place, and everything around it is kept."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from effort import ending
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint.jsontext import DEPTH, FAULTS, List, Object, parse, told


def data(value: Any) -> Any:
    """The values alone, as the standard reader gives them."""
    if isinstance(value, Object):
        return {key: data(inner) for key, inner in value.values.items()}
    return [data(inner) for inner in value] if isinstance(value, list) else value


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.message, fault.place.line, fault.place.column) for fault in parse(text, "agenda.json").faults]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_is_well_formed_reads_as_the_standard_reader_reads_it(value: Any, indent: Any, ascii_: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    known = any("\ud800" <= letter <= "\udfff" for letter in text) or "\\ud" in text
    document = parse(text, "agenda.json")
    if not known and isinstance(value, (dict, list)):
        assert document.faults == ()
        assert data(document.root) == json.loads(text)


def test_every_real_file_reads_as_the_standard_reader_reads_it(real_data: Path) -> None:
    files = [file for file in real_data.rglob("*.json") if not file.name.startswith("cldr")]
    assert len(files) >= 25
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        document = parse(text, file.name)
        assert (document.faults, data(document.root)) == ((), json.loads(text)), file


def test_places_are_those_an_editor_shows() -> None:
    text = '{\r\n  "title": "Über",\n  "rooms": [\n    "A",\r    {"name": "B"}\n  ]\n}'
    root = parse(text, "agenda.json").root
    rooms = root.get("rooms")
    assert isinstance(rooms, List)
    places = [root.place(), root.place("title"), rooms.place(0), rooms.place(1), rooms[1].place("name")]
    assert [(place.line, place.column) for place in places] == [(1, 1), (2, 12), (4, 5), (5, 5), (5, 14)]
    assert root.place("nothing") == root.place()
    assert rooms.place(99) == root.place("rooms")


@pytest.mark.parametrize(
    ("text", "value", "told_"),
    [
        ('{"a": 1,}', {"a": 1}, [("there is a comma too many before }", 1, 8)]),
        ('{"a": [1, 2,]}', {"a": [1, 2]}, [("there is a comma too many before ]", 1, 12)]),
        ("[1,, 2]", [1, 2], [("there is a comma too many", 1, 4)]),
        ("[, 1]", [1], [("there is a comma too many", 1, 2)]),
        ('{"a": 1\n "b": 2}', {"a": 1, "b": 2}, [("a comma is missing", 1, 8)]),
        ('{"a": "x" "b": 2}', {"a": "x", "b": 2}, [("a comma is missing", 1, 10)]),
        ('[{"a": 1}\n{"a": 2}]', [{"a": 1}, {"a": 2}], [("a comma is missing", 1, 10)]),
        ('{"a" 1}', {"a": 1}, [("a colon is missing", 1, 6)]),
        ('{"a" = 1}', {"a": 1}, [("= stands where a colon is expected", 1, 6)]),
        ('{"a": , "b": 2}', {"a": None, "b": 2}, [("the value of “a” is missing", 1, 7)]),
        ('{"b": 2, "a":}', {"b": 2, "a": None}, [("the value of “a” is missing", 1, 14)]),
        (
            '// my agenda\n{"a": 1, /* old */ "b": 2 # c\n}',
            {"a": 1, "b": 2},
            [("JSON has no comments; they were passed over", 1, 1)],
        ),
        ("{'a': 1}", {"a": 1}, [("a text stands in single quotes", 1, 2)]),
        ('{a: 1, "b": 2}', {"a": 1, "b": 2}, [("the name “a” stands without quotation marks", 1, 2)]),
        ('{"at": 10:30, "b": 2}', {"at": "10:30", "b": 2}, [("“10:30” stands without quotation marks", 1, 8)]),
        ('{"on": 2026-05-07}', {"on": "2026-05-07"}, [("“2026-05-07” stands without quotation marks", 1, 8)]),
        (
            '{"a": True, "b": None}',
            {"a": True, "b": None},
            [("True is no word of JSON", 1, 7), ("None is no word of JSON", 1, 18)],
        ),
        ('{"a": 1, "a": 2}', {"a": 2}, [("“a” stands twice in one object; the first, in line 1, is left out", 1, 10)]),
        ('{"a": {"b": 1, "c": 2]}', {"a": {"b": 1, "c": 2}}, [("] stands where } is expected", 1, 22)]),
        ('[{"a": 1]', [{"a": 1}], [("] stands where } is expected", 1, 9)]),
        ('{"a": 1}}', {"a": 1}, [("there is a } too many", 1, 9)]),
        (
            '{"a": "one\n "b": "two"}',
            {"a": "one", "b": "two"},
            [("a text is never closed; it was read up to the end of its line", 1, 7), ("a comma is missing", 1, 11)],
        ),
        (
            '{"a": "the "best" talk",\n "b": 1}',
            {"a": 'the "best" talk', "b": 1},
            [("a text holds quotation marks of its own", 1, 12)],
        ),
        (r'{"a": "C:\x\new"}', {"a": "C:\\x\new"}, [("a text holds a \\ sign that means nothing", 1, 8)]),
        (
            r'{"a": "\ud83d x", "b": "\ud83d\ude00"}',
            {"a": " x", "b": "😀"},
            [("a text holds half of a letter (\\ud800 to \\udfff); it was left out", 1, 7)],
        ),
        ('{"a": NaN, "b": -Infinity}', {"a": None, "b": None}, []),
        ('{"a": 1e999}', {"a": None}, [("the number is too large", 1, 7)]),
        ('{"a": 007}', {"a": 7}, []),
        ('{"a": "one\nline"}', {"a": "one\nline"}, []),
        ('\ufeff{"a": 1}', {"a": 1}, []),
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}], []),
    ],
)
def test_what_people_do_by_hand_is_told_in_its_place_and_the_rest_is_read(
    text: str, value: Any, told_: list[tuple[str, int, int]]
) -> None:
    assert data(parse(text, "agenda.json").root) == value
    assert faults(text) == told_


@pytest.mark.parametrize("cut", [1, 5, 9, 12, 17, 20, 30, 33])
def test_a_file_cut_short_gives_what_stands_before_the_cut(cut: int) -> None:
    whole = '{"a": ["x", {"b": 1.5}, true], "c": "end"}'
    document = parse(whole[:cut], "agenda.json")
    assert document.faults[-1].message.startswith("the text ends too early")
    assert document.faults[-1].loses
    assert document.faults[-1].place.column == cut + 1
    assert set(document.root) <= {"a", "c"}


def test_an_empty_file_says_so() -> None:
    assert [parse(text, "a").fault for text in ("", "  \n", "\ufeff")] == ["the file is empty"] * 3


def test_what_stands_too_deep_is_left_out_and_what_follows_is_read() -> None:
    deep = "[" * 5000 + "]" * 5000
    document = parse('{"a": ' + deep + ', "b": ' + '"x"' * 1 + ', "c": "' + "y" * 200_000 + '"}', "agenda.json")
    assert document.root.text("b") == "x"
    assert [fault.message for fault in document.faults] == [
        "lists and objects stand too deep inside each other; the inner ones are left out"
    ]
    assert document.faults[0].place.column == len('{"a": ') + DEPTH + 1


def test_a_file_that_is_no_json_is_given_up_after_some_faults() -> None:
    document = parse("{" + '"a" "b" ' * 10_000 + "}", "agenda.json")
    assert len(document.faults) == FAULTS + 1
    assert document.faults[-1].message == "too much is wrong up to here: the rest is left out"


def test_nothing_but_brackets_does_not_fill_the_memory() -> None:
    document = parse("[" + "{}," * 300_000 + "{}]", "agenda.json")
    assert document.fault == "there are more lists and objects than words up to here: the rest is left out"
    assert len(document.root) < 100_000


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[,",
        '"',
        '{"a":"',
        '"\\',
        '["\n',
        "[/*",
        "[#",
        "[ a b",
        "['",
        '["a"b ',
        '{"a":["',
        "{'a' ",
        "{a:",
        '"a"b c"',
        "-",
        "1e",
    ],
)
def test_any_text_is_read_to_its_end(text: str) -> None:
    with ending():
        parse(text * (500_000 // len(text)), "agenda.json")


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_mutants_of_an_export_never_raise_and_keep_most(rand: random.Random) -> None:
    whole = json.dumps(
        {"schedule": {"days": [{"date": "2026-05-07", "rooms": {"A": [{"title": f"T{n}"} for n in range(6)]}}]}},
        indent=1,
    )
    letters = list(whole)
    for _ in range(rand.randint(1, 4)):
        at = rand.randrange(len(letters))
        match rand.randrange(3):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, rand.choice("{}[]\",:\\/#'x0\n\ud800"))
            case _:
                letters[at] = rand.choice("{}[]\",:\\/#'x0\n")
    document = parse("".join(letters), "agenda.json")
    assert document.root is not None


@given(st.text(alphabet="{}[]\",:\\/#'ab01-. \n\tué\ud83d", max_size=200))
def test_no_text_raises(text: str) -> None:
    document = parse(text, "agenda.json")
    assert all(fault.place.line >= 1 and fault.place.column >= 1 for fault in document.faults)


def test_values_are_asked_for_by_what_they_should_be() -> None:
    root = parse(
        '{"t": " x ", "n": 3, "f": 4.0, "b": true, "z": null, "o": {"x": {"y": 1}}, "l": ["a", 1, {"q": 2}], '
        '"big": 1e200}',
        "agenda.json",
    ).root
    assert [root.text(key) for key in ("t", "n", "f", "b", "z", "o", "l", "none")] == [
        "x",
        "3",
        "4",
        "",
        "",
        "",
        "",
        "",
    ]
    assert [root.number(key) for key in ("n", "t", "b", "big", "l")] == [3, None, None, None, None]
    assert root.text("z", "t") == "x"
    assert [data(each) for each in root.objects("l")] == [{"q": 2}]
    assert [data(each) for each in root.objects("o")] == [{"y": 1}]
    assert root.texts("l") == ["a"]
    assert [root.flag(key) for key in ("b", "n", "none")] == [True, False, False]
    assert root.key("none", "z", "t") == "t"
    assert [told(value) for value in (1.5, 2.0, False, None, "a ")] == ["1.5", "2", "", "", "a"]
