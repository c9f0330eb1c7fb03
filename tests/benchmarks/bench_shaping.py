"""How long a name takes to be shaped: for the first time, again, and by HarfBuzz alone.

    python tests/benchmarks/bench_shaping.py [NAMES]

The names are those of tests/names/hard-names.tsv, and 300 of NAMES where it is given: a JSON file with the sample
person names of Unicode's CLDR, by language. At first sight fonts are opened and letters met that were never seen.
Uncached, both are known, as in the middle of a batch, but the line is forgotten between rounds; the best of the rounds
counts for each name.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import uharfbuzz as hb
from bench_names import names

from eventprint import fonts
from eventprint.text import Style, shape, shaping
from eventprint.text.bidi import has_rtl
from eventprint.text.scripts import script

HARD = Path(__file__).resolve().parents[1] / "names" / "hard-names.tsv"
ROUNDS = 15
MOST_UNCACHED = 100.0
MOST_CACHED = 1.0
"""Microseconds a name may take, as the median of its kind."""

Named = tuple[str, Style]


def kind(name: str) -> str:
    """Latin, CJK, or complex: every script whose letters join, stack, or run from right to left."""
    scripts = {script(character) for character in name}
    if scripts & {"Hani", "Hira", "Kana", "Hang", "Bopo"}:
        return "CJK"
    return "complex" if has_rtl(name) or scripts - {"Latn", "Grek", "Cyrl", "Zyyy"} else "Latin"


def hard() -> list[Named]:
    """The names that are hard to set."""
    with HARD.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["name"], Style(weight=600, language=row["language"])) for row in rows]


def samples(file: Path) -> list[Named]:
    """Three hundred names of the whole world."""
    people = names(json.loads(file.read_text(encoding="utf-8")))
    return [(name.full, Style(weight=600, language=language)) for language, name in people]


def bare(name: str, style: Style) -> Callable[[], object]:
    """HarfBuzz alone on the longest run of the name, its buffer filled and its glyphs read."""
    run = max(shape(name, style).runs, key=lambda run: len(run.cells))
    font, text = fonts.face(run.face).font, "".join(cell.text for cell in run.cells)

    def work() -> object:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        return buffer.glyph_infos, buffer.glyph_positions

    return work


def best(work: Callable[[], object], before: Callable[[], None] | None = None) -> float:
    """The shortest of the rounds, in microseconds."""
    found = []
    for _ in range(ROUNDS):
        if before:
            before()
        began = time.perf_counter_ns()
        work()
        found.append(time.perf_counter_ns() - began)
    return min(found) / 1000


def table(title: str, people: Sequence[Named]) -> bool:
    """Print the medians of each kind; True where both limits are kept."""
    first = []
    for name, style in people:
        began = time.perf_counter_ns()
        shape(name, style)
        first.append((time.perf_counter_ns() - began) / 1000)
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for name, style in people:
        again = [shape] * 100
        cached = best(lambda: [one(name, style) for one in again]) / len(again)  # noqa: B023  # called at once
        uncached = best(lambda: shape(name, style), shaping.forget_lines)  # noqa: B023
        row = (uncached, cached, best(bare(name, style)))
        rows.setdefault(kind(name), []).append(row)
        rows.setdefault("all", []).append(row)
    print(f"{title:<32} names  uncached   slowest    cached   hb.shape alone   (µs, medians)")
    for which, figures in sorted(rows.items()):
        new, again_, alone = zip(*figures, strict=True)
        shown = (f"{value:9.1f}" for value in (median(new), max(new)))
        print(f"{which:<32} {len(figures):5}", *shown, f"{median(again_):9.2f} {median(alone):16.1f}")
    print(f"{'at first sight':<32} {len(first):5} {median(first):9.1f} {max(first):9.1f}")
    uncached_all, cached_all, _ = zip(*rows["all"], strict=True)
    return median(uncached_all) <= MOST_UNCACHED and median(cached_all) <= MOST_CACHED


def main() -> int:
    """Print the tables; 1 where a median is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path, nargs="?")
    file = parser.parse_args().names
    kept = table("hard names", hard())
    if file:
        kept = table("300 names of CLDR", samples(file)) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
