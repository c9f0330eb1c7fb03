"""How large 300 names of the whole world stand on the 90 × 55 mm badge.

    python tests/benchmarks/bench_names.py NAMES

NAMES is a JSON file with the sample person names of Unicode's CLDR, by language. The sizes are those of the layout as
anybody gets it: the largest line of the name, and the smallest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from measure import SAMPLE

from eventprint.compose import compose
from eventprint.event import Event, Name, Product
from eventprint.geometry import mm
from eventprint.page import Page, Role, Text, walk
from eventprint.problems import Problems
from eventprint.read import read
from eventprint.text import Style, fit

COUNT = 300
KINDS = ("nativeGS", "nativeGGS", "foreignGS", "foreignGGS")
LEAST = 24.0
SHARE = 0.94
SCALE = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 17.0, 14.0, 12.0)
STEPS = (24.0, 32.0, 36.0)


def names(samples: dict[str, Any]) -> list[tuple[str, Name]]:
    """Language and name, each name once, evenly taken from the whole list."""
    found: dict[str, tuple[str, Name]] = {}
    for language, facts in samples.items():
        gap = facts["nativeSpaceReplacement"]
        first = language in facts["surnameFirst"]
        for kind in KINDS:
            fields = facts["sampleName"].get(kind, {})
            given = gap.join(fields[key] for key in ("given", "given2") if fields.get(key))
            family = fields.get("surname", "")
            if given and family:
                full = gap.join((family, given) if first else (given, family))
                found.setdefault(full, (language, Name(full, given, family, full, first, True)))
    every = list(found.values())
    return [every[at * len(every) // COUNT] for at in range(min(COUNT, len(every)))]


def badges(event: Event, people: Sequence[tuple[str, Name]]) -> list[Page]:
    """The front of everybody's badge."""
    crowd = tuple(
        replace(event.attendees[0], id=f"R{at}", name=name, language=language)
        for at, (language, name) in enumerate(people)
    )
    made = compose(replace(event, attendees=crowd, secret=bytes(32)), Product("badge-90x55"), Problems())
    return [page for page in made.pages if not page.back]


def sizes(page: Page, *roles: Role) -> list[float]:
    return [mark.size for mark, _ in walk(page.marks) if isinstance(mark, Text) and mark.role in roles]


def row(name: str, reached: Sequence[float]) -> str:
    shares = "  ".join(f"{sum(size >= step for size in reached) / len(reached):6.1%}" for step in STEPS)
    ordered = sorted(reached)
    return f"{name:<42} {ordered[len(ordered) // 20]:>5g} {median(ordered):>6g}  {shares}   {ordered[0]:g}"


def main() -> int:
    """Print the table; 1 where too few names are large enough, or one is too small and nobody is told."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path)
    people = names(json.loads(parser.parse_args().names.read_text(encoding="utf-8")))
    pages = badges(read(SAMPLE, Problems()), people)
    first = [max(sizes(page, Role.H1)) for page in pages]
    second = [min(sizes(page, Role.H1, Role.H2)) for page in pages]
    whole = whole_name(people)
    print(f"{len(people)} names, points              5th percentile  median  >= 24    >= 32    >= 36   least")
    print(row("badge-90x55: the line that is called", first))
    print(row("badge-90x55: the smallest line of the name", second))
    for title, reached in whole.items():
        print(row(title, reached))
    silent = [page.name for page, size in zip(pages, first, strict=True) if size < LEAST and not page.fittings]
    print(f"below {LEAST:g} pt: {sum(size < LEAST for size in first)}, of these told to nobody: {len(silent)}")
    return 0 if sum(size >= LEAST for size in first) >= SHARE * len(first) else 1


def whole_name(people: Sequence[tuple[str, Name]]) -> dict[str, list[float]]:
    """Given and family name in one size, in the room both have together on the badge."""

    def reached(lines: int) -> Callable[[tuple[str, Name]], float]:
        def size(person: tuple[str, Name]) -> float:
            language, name = person
            pieces = (name.family, name.given) if name.family_first else (name.given, name.family)
            style = Style(weight=600, language=language)
            return fit(name.full, style, 80 * mm, 34 * mm, sizes=SCALE, max_lines=lines, prefer=pieces).size

        return size

    return {
        "full name, 80 × 34 mm, one line": list(map(reached(1), people)),
        "full name, 80 × 34 mm, two lines": list(map(reached(2), people)),
        "full name, 80 × 34 mm, three lines": list(map(reached(3), people)),
    }


if __name__ == "__main__":
    sys.exit(main())
