"""The sample's whole print run: made for the first time, and made again with nothing changed.

python tests/benchmarks/bench_build.py [--rounds 3]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import BUILD, SAMPLE, measure, show


def main() -> int:
    """Print the figures; they have no limit of their own yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as scratch:
        event = Path(scratch) / "event"
        shutil.copytree(SAMPLE, event, ignore=shutil.ignore_patterns("print", ".eventprint"))
        eventprint = [sys.executable, "-m", "eventprint"]
        commands = {
            "bare python": [sys.executable, "-c", "pass"],
            "check": [*eventprint, "check", str(event)],
            "build, first": [sys.executable, "-c", BUILD, str(event)],
            "build, nothing changed": [*eventprint, "build", str(event)],
        }
        show(measure(commands, rounds), {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
