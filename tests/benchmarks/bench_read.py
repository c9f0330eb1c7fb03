"""How long large material takes to read, from the start of Python: a schedule of 876 talks, lists of 10,000 people.

    python tests/benchmarks/bench_read.py [--schedule FILE] [--rounds 9]

FILE is a large schedule export, such as FOSDEM's; the other files are made here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import measure

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_workbooks as made

MOST = {"schedule": 1.5, "text": 1.5, "list as CSV": 1.5, "list as xlsx": 2.0}
"""Seconds of work that are allowed for each: what the clock says on a machine with nothing else to do."""

AGENDA = """
import gc, sys
from pathlib import Path

gc.set_threshold(100_000)  # as the command line has it
from eventprint.problems import Problems
from eventprint.read.agenda import read_agenda

file = Path(sys.argv[1])
agenda = read_agenda(file, Problems(), file.parent)
assert len(list(agenda.entries())) >= int(sys.argv[2])
"""
LIST = """
import gc, sys
from pathlib import Path

gc.set_threshold(100_000)
from eventprint.problems import Problems
from eventprint.read import read

event = read(Path(sys.argv[1]), Problems())
assert len(event.attendees) == int(sys.argv[2])
"""


def people(count: int) -> list[list[str]]:
    """Rows of a list of so many people, all of different names."""
    given = ("Anna", "Bo", "Carla", "Dana", "Erik", "Fatima", "Gil", "Hana", "Ines", "Jonas")
    rows = [["Name", "Organisation", "E-Mail", "Role", "Ticket", "Dietary"]]
    for number in range(count):
        name = f"{given[number % 10]} {chr(65 + number % 26)}{'aeiou'[number % 5]}rg{number}"
        rows.append([name, f"House {number % 90}", f"p{number}@example.org", "", "Full", "vegan" if number % 7 else ""])
    return rows


def text(days: int) -> str:
    """An agenda in plain words of so many days with forty talks each."""
    lines = ["# A long event", ""]
    for day in range(days):
        lines.append(f"## {day % 28 + 1} {('March', 'April', 'May')[day // 28 % 3]} 2024")
        for number in range(40):
            lines += [f"{9 + number // 6:02}:{number % 6 * 10:02} Talk {day}-{number} about birds of the sea"]
            lines += [f"Anna Berg{day}, House of Birds", ""]
    return "\n".join(lines)


def main() -> int:
    """Measure, and say whether any takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedule", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = people(10_000)
        for kind in ("csv", "xlsx"):
            (folder / kind).mkdir()
            (folder / kind / "agenda.md").write_text("# A day\n\n10:00 Opening\n", encoding="utf-8")
        (folder / "csv" / "attendees.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
        (folder / "xlsx" / "attendees.xlsx").write_bytes(made.xlsx(rows))
        (folder / "xlsx" / "event.yaml").write_text("title: A day\nattendees: attendees.xlsx\n", encoding="utf-8")
        (folder / "agenda.md").write_text(text(20), encoding="utf-8")
        commands = {
            "text": [sys.executable, "-c", AGENDA, str(folder / "agenda.md"), "800"],
            "list as CSV": [sys.executable, "-c", LIST, str(folder / "csv"), "10000"],
            "list as xlsx": [sys.executable, "-c", LIST, str(folder / "xlsx"), "10000"],
        }
        if options.schedule:
            commands["schedule"] = [sys.executable, "-c", AGENDA, str(options.schedule), "1"]
        figures = measure(commands, options.rounds)
    for name, figure in figures.items():
        work = f"{figure.busy:5.2f} s of work (at most {MOST[name]})"
        print(f"{name:14} {figure.seconds:5.2f} s, {work}, {figure.peak_mb:4.0f} MB")
    return int(any(figure.busy > MOST[name] for name, figure in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
