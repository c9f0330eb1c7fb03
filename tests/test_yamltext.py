"""YAML as the objects that readers of JSON know, each where it stands."""

from __future__ import annotations

from eventprint.jsontext import DEPTH, List, Object
from eventprint.yamltext import parse

SAMPLE = """\
# A schedule
days:
- date: 2026-05-07
  slots:
    - {time: '10:00', room: 007, talk: 12, open: true}
    - time: 9.30
      title: Wax
"""


def test_objects_and_lists_hold_what_is_written() -> None:
    root = parse(SAMPLE, "schedule.yml").root
    assert isinstance(root, Object)
    day = root.objects("days")[0]
    assert day.text("date") == "2026-05-07"
    first, second = day.objects("slots")
    assert first.values == {"time": "10:00", "room": "007", "talk": 12, "open": True}
    assert second.values == {"time": "9.30", "title": "Wax"}


def test_each_value_knows_its_line_and_column() -> None:
    root = parse(SAMPLE.replace("\n", "\r\n"), "schedule.yml").root
    day = root.objects("days")[0]
    first, second = day.objects("slots")
    assert str(day.place("date")) == "schedule.yml:3:9"
    assert str(first.place("talk")) == "schedule.yml:5:40"
    assert str(second.place("title")) == "schedule.yml:7:14"
    slots = day.get("slots")
    assert isinstance(slots, List)
    assert str(slots.place(1)) == "schedule.yml:6:7"


def test_what_is_no_yaml_is_told_at_its_place_and_the_rest_is_read() -> None:
    made = parse("- title: Wax\n- title: Honey: sweet\n- title: Bees\n", "schedule.yml")
    assert [each.text("title") for each in made.root] == ["Wax", "Bees"]
    assert [(str(fault.place), fault.rule) for fault in made.faults] == [("schedule.yml:2:15", "yaml.syntax")]


def test_levels_without_end_are_cut_off_and_told() -> None:
    made = parse("[" * 500 + "]" * 500, "schedule.yml")
    assert [fault.rule for fault in made.faults] == ["yaml.size"]
    depth, value = 0, made.root
    while isinstance(value, List) and value:
        depth, value = depth + 1, value[0]
    assert depth == DEPTH + 1
