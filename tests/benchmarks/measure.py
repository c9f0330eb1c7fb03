"""Time whole processes side by side: each round starts every command once, so that a busy minute falls on all alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "mine-the-gap"

BUILD = """
import shutil, sys
from eventprint.cli import main

shutil.rmtree(sys.argv[1] + "/print", ignore_errors=True)
sys.exit(main(["build", *sys.argv[1:]]))
"""
"""Builds an event, and what of it is asked for, as if for the first time."""

MADE = (0, 1, 4)
"""Exit codes after which the files are there: done, with problems in the event, refused by preflight."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a command took: median wall clock in seconds, the highest resident memory of any round in MB, and the
    median of what processors were busy with it in seconds, which a busy machine changes least."""

    seconds: float
    peak_mb: float
    busy: float


def measure(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Figure]:
    """Run the commands in turn, in fresh processes; raises CalledProcessError where one fails.

    A round before the first, with the modules compiled and kept as any installation has them, is not counted.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    walls: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, list[float]] = {name: [] for name in commands}
    busy: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
            assert process.stderr is not None
            said = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in MADE:
                raise subprocess.CalledProcessError(process.returncode, list(command), stderr=said.decode())
            if round_ > 0:
                walls[name].append(wall)
                busy[name].append(usage.ru_utime + usage.ru_stime)
                # Linux counts kilobytes, macOS bytes (getrusage(2)).
                peaks[name].append(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
    return {name: Figure(median(walls[name]), max(peaks[name]), median(busy[name])) for name in commands}


def show(figures: Mapping[str, Figure], limits: Mapping[str, tuple[float, float]]) -> bool:
    """Print the figures beside their limits (seconds, MB), and how many times the shortest; True where all are kept."""
    kept = True
    shortest = min(figure.seconds for figure in figures.values())
    for name, figure in figures.items():
        line = f"{name:<32} {figure.seconds:7.3f} s {figure.seconds / shortest:6.1f} × {figure.peak_mb:7.1f} MB"
        if name in limits:
            seconds, peak_mb = limits[name]
            good = figure.seconds <= seconds and figure.peak_mb <= peak_mb
            kept = kept and good
            line += f"   at most {seconds:g} s, {peak_mb:g} MB: {'kept' if good else 'MISSED'}"
        print(line)
    return kept
