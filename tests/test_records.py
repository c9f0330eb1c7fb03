"""Records: YAML and CSV are read as people mean them, and every fault is found where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint import records
from eventprint.colours import Colour
from eventprint.geometry import Size, mm
from eventprint.problems import Place, Problems, Stop
from eventprint.records import Length, Node, at, build, schema


class Way(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Pole:
    """A pole with a sign."""

    text: str
    copies: int = field(default=1, metadata={"minimum": 1, "maximum": 9, "doc": "How many."})
    way: Way = Way.LEFT


@dataclass(frozen=True)
class Theme:
    """Everything a field can be."""

    title: str = "untitled"
    band: Length = Length(0.0)
    ink: Colour = Colour(0, 0, 0)
    sheet: Size = Size(1, 1)
    day: date | None = None
    photo: Path | None = None
    share: float = 0.5
    side: Literal["inner", "outer"] = "inner"
    bold: bool = False
    names: tuple[str, ...] = ()
    poles: tuple[Pole, ...] = ()
    corner: tuple[Length, Length] = (Length(0.0), Length(0.0))
    sizes: Mapping[str, int] = field(default_factory=dict)
    either: str | Pole = ""
    keyed: str = field(default="", metadata={"key": "from"})
    raw: Node | None = None


@dataclass(frozen=True)
class Order:
    layout: str = ""
    place: Place = Place()
    settings: Mapping[str, Node] = field(default_factory=dict, metadata={"rest": True})


def reading(source: str, kind: type[Any] = Theme) -> tuple[Any, list[str]]:
    """What a text gives, and its problems as `line:column: message`."""
    problems = Problems()
    made = build(kind, records.parse(source, "a.yaml", problems), problems)
    return made, [f"{p.place.line}:{p.place.column}: {p.message}" for p in problems.found]


def value(written: str) -> object:
    node = records.parse(f"it: {written}\n", "a.yaml", Problems())
    assert node is not None
    return node.mapping["it"].value


# Scalars of YAML 1.2


@pytest.mark.parametrize(
    "text", ["10:45", "09:45", "12:30:00", "NO", "no", "yes", "On", "2026-03-05", "1_000", "0b11", "1,5"]
)
def test_what_only_old_yaml_takes_for_something_else_is_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12), ("-7", -7), ("0o17", 15), ("0xff", 255), ("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("017", 17),
        ("true", True), ("False", False), ("~", None), ("null", None), ("", None), ("'12'", "12"), ('"true"', "true"),
        ("!!str 12", "12"), (".inf", float("inf")),
    ],
)  # fmt: skip
def test_the_core_schema(written: str, meant: object) -> None:
    found = value(written)
    assert found == meant
    assert type(found) is type(meant)


def test_texts_stay_as_written() -> None:
    made, problems = reading("title: 10:45\nnames: [NO, 2026-03-05, 007, true]\n")
    assert (made.title, made.names, problems) == ("10:45", ("NO", "2026-03-05", "007", "true"), [])


# Kinds of field


def test_every_kind_of_field() -> None:
    made, problems = reading(
        "title: A\nband: 12 mm\nink: '#fff'\nsheet: A5 landscape\nday: 2022-05-11\nphoto: images/a.png\nshare: 1\n"
        "side: outer\nbold: true\nnames: [a, b]\npoles:\n  - text: x\n    way: right\ncorner: [1 mm, 2 mm]\n"
        "sizes: {a: 1}\neither: {text: y}\nfrom: z\nraw: {any: [thing, 1]}\n"
    )
    assert problems == []
    assert made.raw.data == {"any": ["thing", 1]}
    assert made == Theme(
        "A", Length(12 * mm), Colour(1, 1, 1), Size(210 * mm, 148 * mm), date(2022, 5, 11), Path("images/a.png"), 1.0,
        "outer", True, ("a", "b"), (Pole("x", way=Way.RIGHT),), (Length(mm), Length(2 * mm)), {"a": 1}, Pole("y"), "z",
        made.raw,
    )  # fmt: skip


def test_nothing_gives_the_defaults() -> None:
    assert reading("") == (Theme(), [])
    assert reading("# a comment\n") == (Theme(), [])
    assert reading("title:\nnames:\n") == (Theme(), [])


def test_one_value_is_a_list_of_one() -> None:
    assert reading("names: DIGIPOLIS\n")[0].names == ("DIGIPOLIS",)


def test_a_text_or_a_group() -> None:
    assert reading("either: words\n")[0].either == "words"
    assert reading("either: {text: words}\n")[0].either == Pole("words")


def test_the_rest_is_kept_for_a_layout_to_read() -> None:
    made, problems = reading("layout: badge\nband: 12 mm\n", Order)
    assert (made.layout, {key: node.text for key, node in made.settings.items()}) == ("badge", {"band": "12 mm"})
    assert made.place == Place("a.yaml", 1, 1)
    assert made.settings["band"].place == Place("a.yaml", 2, 7)
    assert problems == []


def test_a_mapping_of_records_needs_no_class_of_its_own() -> None:
    made, problems = reading("one: {text: a}\ntwo: {text: b, copies: 2}\n", dict[str, Pole])
    assert (made, problems) == ({"one": Pole("a"), "two": Pole("b", 2)}, [])


def test_where_a_value_was_written() -> None:
    made, _ = reading("# first\ntitle: A\npoles:\n  - text: x\n    copies: 2\n")
    assert at(made, "title") == Place("a.yaml", 2, 8)
    assert at(made.poles[0], "copies") == Place("a.yaml", 5, 13)
    assert at(made.poles[0]) == Place("a.yaml", 4, 5)
    assert at(made, "band") == at(made) == Place("a.yaml", 2, 1)
    assert at(object()) == Place()


# Faults


FAULTS = [
    ("titel: A", "1:1: this file knows no 'titel'"),
    ("title: A\n\ntitle: B", "3:1: 'title' is given twice; the first is in line 1"),
    ("title: [a]", "1:8: title is a list, but should be a single value"),
    ("band: 12", "1:7: '12' is not a length"),
    ("band: wide", "1:7: 'wide' is not a length"),
    ("ink: #ff0000", "1:5: ink is empty"),
    ("ink: red", "1:6: red is not a colour"),
    ("sheet: B5", "1:8: 'B5' is not a paper size"),
    ("day: 11.5.2022", "1:6: '11.5.2022' is not a date"),
    ("day: 2022-02-30", "1:6: '2022-02-30' is not a date"),
    ("share: half", "1:8: 'half' is not a number"),
    ("side: iner", "1:7: side cannot be 'iner'"),
    ("bold: yes", "1:7: 'yes' is not true or false"),
    ("names: [a, ]\nnames2: x", "2:1: this file knows no 'names2'"),
    ("names: [a, ~]", "1:12: names[2] is empty"),
    ("poles:\n  - {text: a}\n  - {copies: 2}", "3:5: poles[2] needs 'text', which is missing"),
    ("poles: [{text: a, copies: 0}]", "1:27: copies is 0, but 1 is the least"),
    ("poles: [{text: a, copies: 10}]", "1:27: copies is 10, but 9 is the most"),
    ("poles: [{text: a, copies: '2'}]", "1:27: '2' is not a whole number"),
    ("poles: [{text: a, copies: 1.5}]", "1:27: '1.5' is not a whole number"),
    ("poles: [{text: a, way: up}]", "1:24: way cannot be 'up'"),
    ("poles: [a]", "1:9: poles[1] is a single value, but should be a group of names and values"),
    ("corner: [1 mm]", "1:9: corner has 1 values, but should have 2"),
    ("sizes: {a: x}", "1:12: 'x' is not a whole number"),
    ("either: {txt: a, text: b}", "1:10: either knows no 'txt'"),
    ("- a\n- b", "1:1: this is a list, but should be a group of names and values"),
    ("<<: {title: A}", "1:1: '<<' does not merge in YAML 1.2"),
    ("title: *gone", "1:8: *gone stands for nothing"),
    ("title: A\n---\ntitle: B", "2:1: a second document starts here"),
    ("title: a\x07b", "1:9: a control character (U+0007) is in the text"),
]


@pytest.mark.parametrize(("source", "expected"), FAULTS)
def test_a_fault_is_named_where_it_stands(source: str, expected: str) -> None:
    assert reading(source)[1] == [expected]


SYNTAX = [
    ("title: a: b\nbold: true", "1:9: a second ': ' in one line"),
    ("bold: true\ntitle: 'open", "2:8: this quote is never closed"),
    ("names: [a, b\nbold: true", "1:8: this [ is never closed"),
    ("sizes:\n\ta: 1\nbold: true", "2:1: a tab stands where YAML needs spaces"),
    ("title: @home\nbold: true", "1:8: a text cannot start with '@'"),
    ("title: A\n  side: inner\nbold: true", "2:7: this line is indented deeper than the ones it belongs to"),
    ('title: "C:\\quarry"\nbold: true', "1:8: a backslash in double quotes needs a known letter after it"),
]


@pytest.mark.parametrize(("source", "expected"), SYNTAX)
def test_what_is_no_yaml_costs_its_line_and_not_the_file(source: str, expected: str) -> None:
    made, problems = reading(source)
    assert problems == [expected]
    assert made.bold is True


def test_all_faults_of_a_file_are_reported_at_once_and_the_rest_is_read() -> None:
    made, problems = reading(
        "titel: A\nband: 12\ntitle: MINE: THE GAP\nside: outer\nink: '#0b5d5e'\nside: inner\nbold: maybe\n"
    )
    assert problems == [
        "3:12: a second ': ' in one line",
        "6:1: 'side' is given twice; the first is in line 4",
        "1:1: this file knows no 'titel'",
        "2:7: '12' is not a length",
        "7:7: 'maybe' is not true or false",
    ]
    assert (made.side, made.ink) == ("outer", Colour.parse("#0b5d5e"))


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("titel: A", "did you mean 'title'?"),
        ("Title: A", "did you mean 'title'?"),
        ("side: iner", "did you mean 'inner'?"),
        ("side: zzz", "known here: inner, outer"),
        ("ink: #000000", "a colour needs quotes: '#0b5d5e', or # starts a comment"),
        ("band: 12", "add its unit, such as 12 mm"),
        ("poles: [{text: a, copies: '2'}]", "write it without quotes"),
    ],
)
def test_a_hint_says_what_to_do(source: str, hint: str) -> None:
    problems = Problems()
    build(Theme, records.parse(source, "a.yaml", problems), problems)
    assert [problem.hint for problem in problems.found] == [hint]


def test_what_cannot_be_left_out_stops() -> None:
    with pytest.raises(Stop) as stop:
        build(Pole, records.parse("copies: 2", "a.yaml", problems := Problems()), problems)
    assert (
        str(stop.value.problem) == "a.yaml:1:1: error: this file needs 'text', which is missing\n  hint: add 'text: …'"
    )


def test_aliases_repeat_a_value_but_never_explode() -> None:
    assert reading("title: &t A\nnames: [*t, *t]\n")[0].names == ("A", "A")
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    problems = Problems()
    node = records.parse(bomb, "a.yaml", problems)
    assert node is not None
    assert "this repeats itself too often through its aliases" in [problem.message for problem in problems.found]


def test_depth_is_no_danger() -> None:
    problems = Problems()
    records.parse("[" * 3000 + "]" * 3000, "a.yaml", problems)
    records.parse("a: " + "{a: " * 3000, "a.yaml", problems)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-[]{}#'\"&*!|>%@`,? \n\t\0\x85\u2028é漢🪨\\0", max_size=60))
def test_no_text_breaks_the_reader(source: str) -> None:
    problems = Problems()
    build(Theme, records.parse(source, "a.yaml", problems), problems)
    assert all(problem.place.line >= 1 for problem in problems.found)


KEYS = st.text("abcxyz", min_size=1, max_size=5)
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
PLAIN = st.recursive(
    st.text(LETTERS, max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, PLAIN, min_size=1, max_size=4))
def test_what_another_program_wrote_is_read_back(data: dict[str, Any]) -> None:
    written = yaml.safe_dump(data, default_style='"', allow_unicode=True)
    problems = Problems()
    node = records.parse(written, "a.yaml", problems)
    assert node is not None
    assert (node.data, problems.found) == (data, [])


def test_mappings_laid_over_each_other() -> None:
    def parsed(source: str) -> Node:
        node = records.parse(source, "a.yaml", Problems())
        assert node is not None
        return node

    under, over = parsed("a: 1\nb: {c: 2, d: [3]}"), parsed("b: {d: [4, 5]}\ne: 6")
    assert records.merged(under, over).data == {"a": 1, "b": {"c": 2, "d": [4, 5]}, "e": 6}
    assert records.without(under, "b").data == {"a": 1}
    assert records.with_setting(under, "b", parsed("c: 7")).data == {"a": 1, "b": {"c": 7, "d": [3]}}
    assert records.with_setting(None, "b", parsed("c: 7")).data == {"b": {"c": 7}}
    assert (records.text_at(under, "a"), records.text_at(under, "z")) == ("1", "")


# The schema says what the reader does


GOOD = [
    "title: A", "title: 2022", "title:", "title: true", "band: 12 mm", "band: 0.5in", "ink: '#fff'",
    "sheet: A5 landscape", "sheet: 90 x 55 mm", "sheet: 90 mm × 55 mm", "day: 2022-05-11", "share: 1", "share: 0.25",
    "side: outer", "bold: false", "names: one", "names: [one, 2]", "names: []", "poles: [{text: a}]",
    "poles: [{text: a, copies: 9, way: right}]", "corner: [1 mm, 2 mm]", "sizes: {a: 1, b: 2}", "either: a",
    "either: {text: a}", "from: here", "raw: [1, {a: b}]", "{}",
]  # fmt: skip
BAD = [
    "titel: A", "title: [A]", "title: {a: b}", "band: 12", "band: 12 px", "band:\n  - 12 mm", "ink: red", "ink:",
    "ink: 12", "sheet: B5", "sheet: 90 x 55", "day: 11 May", "day: 20220511", "share: much", "share: '1'",
    "side: iner", "bold: yes", "bold: 1", "names: {a: b}", "names: [~]", "names: [[a]]", "poles: {text: a}",
    "poles: [{copies: 1}]", "poles: [{text: a, copies: 0}]", "poles: [{text: a, copies: 10}]",
    "poles: [{text: a, copies: 1.5}]", "poles: [{text: a, copies: '2'}]", "poles: [{text: a, way: up}]",
    "poles: [{text: a, size: 2}]", "corner: [1 mm]", "corner: 1 mm", "sizes: {a: x}", "sizes: [1]",
    "either: {way: left}", "either: [a]", "keyed: x", "[]", "- a",
]  # fmt: skip


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(schema(Theme))
    jsonschema.Draft7Validator.check_schema(schema(dict[str, Pole]))
    assert schema(Theme)["description"] == "Everything a field can be."
    assert schema(Theme)["definitions"]["Pole"]["properties"]["copies"]["description"] == "How many."


@pytest.mark.parametrize("source", [*GOOD, *BAD])
def test_schema_and_reader_agree(source: str) -> None:
    node = records.parse(source, "a.yaml", Problems())
    assert node is not None
    problems = Problems()
    build(Theme, node, problems)
    valid = jsonschema.Draft7Validator(schema(Theme)).is_valid(node.data)
    assert (valid, not problems.found) == (source in GOOD, source in GOOD)


# Files


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    problems = Problems()
    assert records.load(tmp_path / "none.yaml", problems, tmp_path) is None
    assert records.text(tmp_path, problems, tmp_path) is None
    assert [str(p.place) for p in problems.found] == ["none.yaml", "."]
    assert problems.found[0].message == "none.yaml cannot be read: there is no such file"
    assert problems.found[1].message.endswith("it is a folder")


def test_a_byte_that_is_no_utf8_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("side: outer\ntitle: Grün\n".encode("cp1252"))
    problems = Problems()
    made = build(Theme, records.load(tmp_path / "a.yaml", problems, tmp_path), problems)
    assert (made.title, [str(p.place) for p in problems.found]) == ("Grün", ["a.yaml:2:10"])
