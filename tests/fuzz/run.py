"""Read spoilt material for as long as asked: `python tests/fuzz/run.py --minutes 10 --engine hypothesis`.

Each fault that is met for the first time is shown, and what was read is kept in the folder of `--out`. With `atheris`
the way through the program steers what is tried next; where it is not installed, that is said and nothing is run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz import mutate


class Run:
    """What was tried so far, and the faults that were met."""

    def __init__(self, kinds: list[str], out: Path, minutes: float) -> None:
        self.kinds, self.out = kinds, out
        self.until = time.monotonic() + 60 * minutes
        self.tried = 0
        self.met: dict[str, int] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz-"))

    @property
    def over(self) -> bool:
        return time.monotonic() > self.until

    def one(self, kind: str, data: bytes) -> None:
        from fuzz import judge

        self.tried += 1
        folder = self.folder / "event"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for fault in judge.faults(data, kind, folder, memory=self.tried % 40 == 0):
            name = re.sub(r"['\"].*['\"]|[\d.,]+(?= (?:s|bytes|of|is))", "…", fault)
            self.met[name] = self.met.get(name, 0) + 1
            if self.met[name] == 1:
                self.out.mkdir(parents=True, exist_ok=True)
                file = self.out / f"{kind}-{len(self.met):03}"
                file.write_bytes(data)
                print(f"{file.name} ({len(data)} bytes): {fault}", flush=True)

    def told(self) -> int:
        shutil.rmtree(self.folder, ignore_errors=True)
        print(f"{self.tried:,} tried, {len(self.met)} faults")
        for name, count in sorted(self.met.items(), key=lambda each: -each[1]):
            print(f"  {count:6}  {name}")
        return 1 if self.met else 0


def with_hypothesis(run: Run) -> int:
    """Spoilt seeds and random texts, in batches until the time is over."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    from fuzz import seeds

    batch = settings(
        max_examples=200, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )

    @batch
    @given(st.sampled_from(run.kinds), st.randoms(use_true_random=True))
    def spoilt(kind: str, random: Random) -> None:
        if not run.over:
            run.one(kind, mutate.mutated(seeds.all_of(kind), random))

    @batch
    @given(st.sampled_from(run.kinds), st.lists(st.sampled_from(mutate.PIECES) | st.binary(max_size=9), max_size=60))
    def pieced(kind: str, pieces: list[bytes]) -> None:
        if not run.over:
            run.one(kind, b"".join(pieces))

    @batch
    @given(st.sampled_from(run.kinds), st.text(max_size=400))
    def text(kind: str, written: str) -> None:
        if not run.over:
            run.one(kind, written.encode("utf-8", "replace"))

    while not run.over:
        spoilt()
        spoilt()
        spoilt()
        pieced()
        text()
    return run.told()


def with_atheris(run: Run) -> int:
    """What leads to new ways through the readers is spoilt further."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed here, so its run is left out: pip install atheris")
        return 0
    with atheris.instrument_imports(include=["eventprint"], enable_loader_override=False):
        from fuzz import judge, seeds

    judge.SECONDS, judge.LEAST_SECONDS = 8.0, 6.0  # what is watched so closely is slower
    corpus = run.folder / "corpus"
    corpus.mkdir()
    for number, kind in enumerate(run.kinds):
        for at, data in enumerate(seeds.all_of(kind)):
            (corpus / f"{kind}-{at}").write_bytes(bytes([number]) + data)

    def one(data: bytes) -> None:
        if run.over:
            os._exit(run.told())
        if data:
            run.one(run.kinds[data[0] % len(run.kinds)], data[1:])

    def spoil(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3 or not data:
            return bytes(atheris.Mutate(data, most))
        kind = run.kinds[data[0] % len(run.kinds)]
        chosen = random.choice(mutate.WAYS)
        return (data[:1] + chosen(data[1:], seeds.all_of(kind), random))[:most]

    arguments = [
        sys.argv[0],
        f"-max_len={mutate.LONGEST}",
        "-rss_limit_mb=4096",
        "-timeout=120",
        "-print_final_stats=0",
    ]
    atheris.Setup([*arguments, str(corpus)], one, custom_mutator=spoil)
    atheris.Fuzz()
    return run.told()


def main() -> int:
    """Run as the words of the command line say."""
    kinds = ["agenda", "attendees", "settings", "people", "event", "tools"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    parser.add_argument("--kind", action="append", choices=kinds, help="of material; all of them without it")
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"), help="where what was read wrongly is kept")
    options = parser.parse_args()
    run = Run(options.kind or kinds, options.out, options.minutes)
    return {"hypothesis": with_hypothesis, "atheris": with_atheris}[options.engine](run)


if __name__ == "__main__":
    sys.exit(main())
