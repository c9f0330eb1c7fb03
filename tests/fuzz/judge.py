"""Read some bytes as one kind of material or another, and say what is wrong with how they were read.

The judges know the rules and none of the readers: nothing but Stop may be raised, nothing may take long or fill the
memory, every problem says something and stands at a place that is there, no line of a text is lost, what is printed is
printable, and what was read can be written as JSON.
"""

from __future__ import annotations

import json
import re
import time
import traceback
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from effort import TooLong, ending

from eventprint import check as checking
from eventprint import documents, jsontext, markup, prose, records, sheets
from eventprint.packages import Refused
from eventprint.problems import Place, Problem, Problems, Stop
from eventprint.read import agenda as agendas
from eventprint.read import read

SECONDS = 2.0
"""Of this process, for each million bytes."""
LEAST_SECONDS = 1.5
"""For what is read with every file, however small."""
TIMES = 20
"""Bytes of memory for each byte of material."""
LEAST_BYTES = 30_000_000
"""For what is read with every file: words, fonts, layouts."""

AGENDA = "# A day\n\n## 11 May 2022\n\n10:00 Opening\n10:30 Birds\nAnna Berg (Museum)\n11:00 End\n"
SETTINGS = "title: A day\nlanguage: en\ndate: 2022-05-11\n"
PEOPLE = "Anna Berg:\n  given: Anna\n  family: Berg\n"
LIST = "Name,Organisation,Role\nAnna Berg,Museum,Speaker\nBo Li,Zoo,\n"

_BREAKS = re.compile(r"\r\n|\n|\r")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass
class Seen:
    """What came of reading: problems, what can be printed, and the lines the reader says it has looked at."""

    problems: list[Problem] = field(default_factory=list)
    data: Any = None
    covered: list[int] | None = None
    """None where the material has no lines that are each used or passed over."""
    printed: list[str] = field(default_factory=list)


Reader = Callable[[bytes, Path], Seen]


def _agenda(data: bytes, folder: Path) -> Seen:
    file = folder / "agenda.txt"
    file.write_bytes(data)
    problems = Problems()
    source = agendas.open_source(file, problems, folder)
    found = agendas.read_source(source, problems) if source else agendas.Agenda()
    best = agendas._best(source) if source and source.form == "words" else None
    is_text = best is not None and getattr(best[1], "__name__", "").endswith("texts.text")
    lines = [reading.line for reading in found.coverage] if is_text else None
    titles = [text for entry in found.entries() for text in (entry.title, entry.subtitle, entry.room, entry.track)]
    names = [text for person in found.people for text in (person.name.full, person.organisation)]
    return Seen(problems.found, agendas.as_data(found), lines, [found.title, *titles, *names])


def _folder(data: bytes, folder: Path, name: str) -> Seen:
    for usual, text in (
        ("event.yaml", SETTINGS),
        ("agenda.md", AGENDA),
        ("people.yaml", PEOPLE),
        ("attendees.csv", LIST),
    ):
        (folder / usual).write_text(text, encoding="utf-8")
    (folder / name).write_bytes(data)
    return _checked(folder)


def _checked(folder: Path) -> Seen:
    problems = Problems()
    event = read(folder, problems)
    checking.check(event, problems)
    names = [one.name.full for one in event.attendees]
    return Seen(problems.found, agendas.as_data(event, event.coverage), None, names)


def _listed(data: bytes, folder: Path) -> Seen:
    return _folder(data, folder, "attendees.csv")


def _settings(data: bytes, folder: Path) -> Seen:
    return _folder(data, folder, "event.yaml")


def _people(data: bytes, folder: Path) -> Seen:
    return _folder(data, folder, "people.yaml")


def _event(data: bytes, folder: Path) -> Seen:
    """A whole folder of one file: its parts stand one after another, parted by what no text holds."""
    (folder / "event.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, part in zip(
        ("agenda.md", "attendees.csv", "people.yaml", "event.yaml"), data.split(b"\xff\xfe\xfd"), strict=False
    ):
        (folder / name).write_bytes(part)
    return _checked(folder)


def _tools(data: bytes, folder: Path) -> Seen:
    """The tools under the readers, whatever the bytes are."""
    problems = Problems()
    text = records.decoded(data, "a", problems)
    markup.parse(data, "a")
    markup.html(text, "a")
    jsontext.parse(text, "a")
    sheets.delimited(text, "a", problems)
    node = records.parse(text, "a", problems)
    said = [paragraph.text for paragraph in prose.read(text[:20_000], "en")]
    if sheets.is_workbook(data):
        sheets.workbook(data, "a")
    if documents.is_document(data):
        try:
            said.append(documents.text_of(data, "a"))
        except Refused as refused:
            said.append(str(refused))
    return Seen(problems.found, [str(node and node.kind), said])


READERS: Mapping[str, Reader] = {
    "agenda": _agenda,
    "attendees": _listed,
    "settings": _settings,
    "people": _people,
    "event": _event,
    "tools": _tools,
}


def faults(data: bytes, kind: str, folder: Path, *, memory: bool = False, reader: Reader | None = None) -> list[str]:
    """What is wrong with how bytes were read in an empty folder; nothing where all is well."""
    allowed = LEAST_SECONDS + SECONDS * len(data) / 1_000_000
    found: list[str] = []
    if memory:
        tracemalloc.start()
        allowed *= 8  # each piece of memory is written down, which takes time
    seen = Seen()
    begun = time.process_time()
    try:
        with ending(3 * allowed):
            seen = (reader or READERS[kind])(data, folder)
    except Stop as stop:
        seen = Seen([stop.problem])
    except TooLong as fault:
        return [f"hangs: {fault} at {_where(fault)}"]
    except Exception as fault:
        return [f"raises {type(fault).__name__}: {str(fault)[:200]!r} at {_where(fault)}"]
    finally:
        if memory:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    if (spent := time.process_time() - begun) > allowed:
        found.append(f"takes {spent:.1f} s for {len(data):,} bytes")
    if memory and peak > TIMES * len(data) + LEAST_BYTES:
        found.append(f"needs {peak:,} bytes for {len(data):,}")
    found += _problems(seen.problems, folder)
    found += [f"prints a control character: {text[:80]!r}" for text in seen.printed if _CONTROLS.search(text)]
    if seen.covered is not None:
        found += _coverage(seen.covered, data)
    try:
        json.dumps(seen.data, ensure_ascii=False).encode("utf-8")
    except (TypeError, ValueError) as fault:
        found.append(f"cannot be written as JSON: {fault}")
    return found


def _where(fault: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "eventprint" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno} {last.name}"


def _problems(problems: list[Problem], folder: Path) -> Iterator[str]:
    lines: dict[str, list[str] | None] = {}
    for problem in problems[:2000]:
        if not problem.message.strip():
            yield f"a problem says nothing: {problem!r}"
        if len(problem.message) > 2000:
            yield f"a problem says too much: {problem.message[:80]!r} … ({len(problem.message):,} letters)"
        if problem.place.file and problem.place.line:
            name = problem.place.file
            if name not in lines:
                lines[name] = _lines_of(folder / name)
            yield from _place(problem.place, lines[name], problem.message)


def _lines_of(file: Path) -> list[str] | None:
    try:
        data = file.read_bytes()
    except (OSError, ValueError):
        return None
    return _BREAKS.split(_text(data))


def _text(data: bytes) -> str:
    try:
        return documents.text_of(data, "a") if documents.is_document(data) else records.decoded(data, "a", Problems())
    except Refused:
        return ""


def _place(place: Place, lines: list[str] | None, message: str) -> Iterator[str]:
    if lines is None:
        return
    if not 1 <= place.line <= len(lines):
        yield f"line {place.line} of {len(lines)} is named: {message[:80]!r}"
    elif place.column > len(lines[place.line - 1]) + 1 and not place.cell:
        yield f"column {place.column} of {len(lines[place.line - 1])} is named in line {place.line}: {message[:80]!r}"
    if place.column < 0 or place.line < 0:
        yield f"a place before all: {place!r}"


def _coverage(covered: list[int], data: bytes) -> Iterator[str]:
    text = _text(data)
    expected = [
        number
        for number, line in enumerate(_BREAKS.split(text), 1)
        if re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", line).strip()
    ]
    if missing := sorted(set(expected) - set(covered)):
        yield f"line {missing[0]} of {len(expected)} is lost"
    if len(covered) != len(set(covered)):
        yield f"a line is looked at twice: {next(line for line in covered if covered.count(line) > 1)}"
    if covered != sorted(covered):
        yield "lines are out of order"
