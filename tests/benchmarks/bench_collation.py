"""How long the order of ten thousand names takes, and how long its rules take to load: seconds.

python tests/benchmarks/bench_collation.py
"""

from __future__ import annotations

import random
from time import perf_counter

from eventprint.collation import collator

FAMILIES = (
    "Meer",
    "Müller",
    "O’Brien",
    "Łętowska",
    "Csaba",
    "Åberg",
    "Ünal",
    "Nguyễn",
    "Кузнецов",
    "王",
    "김",
    "Szűcs",
)
NAMES = [f"{FAMILIES[number % len(FAMILIES)]}{number % 97}, Anna Maria {number}" for number in range(10_000)]


def main() -> None:
    """Print the seconds of both for a few languages."""
    random.Random(1).shuffle(NAMES)
    for language in ("en", "sv", "hu", "vi", "zh", "ja"):
        begun = perf_counter()
        filed = collator(language).filed
        filed("王, 静")
        loaded = perf_counter()
        sorted(NAMES, key=filed)
        print(f"{language}  load {loaded - begun:.4f}  sort {perf_counter() - loaded:.4f}")


if __name__ == "__main__":
    main()
