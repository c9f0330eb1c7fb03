"""Exports as tests make them up, read in a folder of their own, and what was read as lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eventprint.event import Entry
from eventprint.problems import Problem, Problems
from eventprint.read.agenda import Agenda, Given, read_agenda


class Folder:
    """A folder with an export of one or several files."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, data: Any, given: Given = Given(), **beside: Any) -> tuple[Agenda, list[Problem]]:
        for name, value in beside.items():
            self.write(f"{name}.json", value)
        self.write("agenda.json", data)
        problems = Problems()
        return read_agenda(self.path / "agenda.json", problems, self.path, given), problems.found

    def write(self, name: str, data: Any) -> None:
        text = data if isinstance(data, str) else json.dumps(data, indent=1, ensure_ascii=False)
        (self.path / name).write_text(text, encoding="utf-8")

    def line(self, words: str, name: str = "agenda.json") -> int:
        """The first line that holds these words."""
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if words in line)


def shown(agenda: Agenda) -> list[str]:
    """Each entry as one line: day, time, room, title, people."""
    names = {person.key: person.name.full for person in agenda.people}
    return [
        " ".join(
            part
            for part in (
                str(day.date or day.title),
                f"{entry.start or '--:--'}-{entry.end if entry.end_stated else ''}",
                f"[{entry.room}]" if entry.room else "",
                entry.title,
                f"({', '.join(names[cast.person] for cast in entry.cast)})" if entry.cast else "",
            )
            if part
        )
        for day in agenda.days
        for entry in day.entries()
    ]


def entry(agenda: Agenda, title: str) -> Entry:
    return next(each for each in agenda.entries() if each.title == title)


def rules(found: list[Problem]) -> list[tuple[str, str, int]]:
    return [(p.severity.value, p.rule, p.place.line) for p in found]
