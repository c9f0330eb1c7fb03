"""Spoilt material is read: what once went wrong, a short run of what may, and judges that can fail.

`python tests/fuzz/run.py --minutes 10` runs for longer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from fuzz import judge, mutate, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventprint.problems import Place, Problem, Severity, Stop

KINDS = list(judge.READERS)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "event").mkdir()
    yield tmp_path / "event"
    shutil.rmtree(tmp_path / "event")


def faults(data: bytes, kind: str, folder: Path) -> list[str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return judge.faults(data, kind, folder)


# Seeds, and what was found once


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wrong_with_how_seeds_are_read(kind: str, empty: Path) -> None:
    own = seeds.own(kind)
    assert own
    assert {number: found for number, data in enumerate(own) if (found := faults(data, kind, empty))} == {}


@pytest.mark.parametrize("kind", ["agenda", "attendees", "tools"])
def test_nothing_is_wrong_with_how_real_material_is_read(kind: str, real_data: Path, empty: Path) -> None:
    found = {number: wrong for number, data in enumerate(seeds.real(kind)) if (wrong := faults(data, kind, empty))}
    assert found == {}


@pytest.mark.parametrize(("kind", "file"), seeds.found(), ids=[file.name for _, file in seeds.found()])
def test_what_once_was_read_wrongly_is_no_more(kind: str, file: Path, empty: Path) -> None:
    assert faults(file.read_bytes(), kind, empty) == []


# A short run


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_spoilt_seeds_are_read(tmp_path_factory: pytest.TempPathFactory, kind: str, number: int) -> None:
    data = mutate.mutated(seeds.own(kind), Random(number))
    assert faults(data, kind, tmp_path_factory.getbasetemp() / "spoilt") == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS), st.lists(st.sampled_from(mutate.PIECES) | st.binary(max_size=5), max_size=40))
def test_pieces_in_any_order_are_read(tmp_path_factory: pytest.TempPathFactory, kind: str, pieces: list[bytes]) -> None:
    assert faults(b"".join(pieces), kind, tmp_path_factory.getbasetemp() / "pieces") == []


@pytest.mark.slow
def test_the_longer_run_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).parent / "fuzz" / "run.py"), "--minutes", "0.03"]
    done = subprocess.run(
        [*command, "--kind", "people", "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert " tried, 0 faults" in done.stdout, done.stdout + done.stderr


# Pieces without end


REPEATED = [
    "a", "A", " ", "1", "0", "é", "漢", "_", "~", "/", "-", "*", "|", "(", "[", "{", "<", "&", ".", ":", "\\", "`", "#",
    "a ", "a b ", "12:00 ", "10:00-", "11 May ", "2022-05-11 ", "Anna Berg and ", "Anna, ", "Dr. ", "- ", "| ", "|-",
    "**", "[a](", "<a ", "<td", "<!--", "&amp;", "(tbc) ", "http://", "am ", "IV", "\t", "[[", "{{", "? ", "&a *a ",
    "<table><tr><td>", "BEGIN:VEVENT\n", "## Day 1\n", "10:00 Talk\nAnna Berg\n", "  - x\n", "|a|b|\n|-|-|\n|c|d|\n",
]  # fmt: skip


@pytest.mark.sampled(8)
@pytest.mark.parametrize("start", ["", "# A\n\n10:00 Start\n"], ids=["alone", "below"])
@pytest.mark.parametrize("piece", REPEATED)
def test_no_piece_repeated_takes_long(piece: str, start: str, empty: Path) -> None:
    data = start + piece * (20_000 // len(piece))
    assert faults(data.encode(), "agenda", empty) == []


# The judges can fail


def _wrong(what: str) -> judge.Reader:
    def reader(data: bytes, folder: Path) -> judge.Seen:
        (folder / "agenda.txt").write_bytes(data)
        lines = list(range(1, data.count(b"\n") + 1))
        place = Place("agenda.txt", 1, 1)
        match what:
            case "raises":
                raise IndexError("what nobody thought of")
            case "hangs":
                while True:
                    lines.sort()
            case "is slow":
                begun = time.process_time()
                while time.process_time() - begun < 2:
                    lines.sort()
            case "fills the memory":
                lines += [len(bytearray(60_000_000))] * 0
            case "loses a line":
                lines = lines[:-1]
            case "reads a line twice":
                lines = [*lines[:1], *lines]
            case "says nothing":
                return judge.Seen([Problem(Severity.ERROR, " ", place)], {}, lines)
            case "names a line too far":
                return judge.Seen([Problem(Severity.ERROR, "a", Place("agenda.txt", 99, 1))], {}, lines)
            case "names a column too far":
                return judge.Seen([Problem(Severity.ERROR, "a", Place("agenda.txt", 1, 99))], {}, lines)
            case "prints control characters":
                return judge.Seen([], {}, lines, ["a\x1b[31m"])
            case "gives half a letter":
                return judge.Seen([], {"title": "\ud800"}, lines)
            case "gives what is no JSON":
                return judge.Seen([], {"title": {1}}, lines)
            case "stops":
                raise Stop("it is no agenda", "write another", place=place)
        return judge.Seen([Problem(Severity.ERROR, "a", place)], {"title": "a"}, lines)

    return reader


WRONG = {
    "raises": "raises IndexError",
    "hangs": "hangs",
    "is slow": "takes ",
    "fills the memory": "needs ",
    "loses a line": "line 3 of 3 is lost",
    "reads a line twice": "a line is looked at twice: 1",
    "says nothing": "a problem says nothing",
    "names a line too far": "line 99 of 4 is named",
    "names a column too far": "column 99 of 1 is named in line 1",
    "prints control characters": "prints a control character",
    "gives half a letter": "cannot be written as JSON",
    "gives what is no JSON": "cannot be written as JSON",
}


@pytest.mark.parametrize("what", WRONG)
def test_a_reader_that_is_wrong_is_found_out(what: str, empty: Path) -> None:
    memory = what == "fills the memory"
    (found,) = judge.faults(b"a\nb\nc\n", "agenda", empty, memory=memory, reader=_wrong(what))
    assert found.startswith(WRONG[what])


@pytest.mark.parametrize("what", ["is right", "stops"])
def test_a_reader_that_is_right_is_not(what: str, empty: Path) -> None:
    assert judge.faults(b"a\nb\nc\n", "agenda", empty, memory=True, reader=_wrong(what)) == []


def test_spoiling_is_the_same_for_the_same_number() -> None:
    own = seeds.own("agenda")
    assert mutate.mutated(own, Random(7)) == mutate.mutated(own, Random(7))
    assert len({mutate.mutated(own, Random(number)) for number in range(50)}) > 40
