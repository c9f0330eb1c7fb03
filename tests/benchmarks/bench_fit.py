"""How long the slowest of many strings takes to be fitted into a badge as a name.

    python tests/benchmarks/bench_fit.py STRINGS

STRINGS is a text file with a string a line, such as a list of naughty strings. Each is fitted in four languages, so
that nothing is remembered but the opened fonts, and the best of the four counts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from eventprint.geometry import mm
from eventprint.text import Style, clean, fit

SCALE = (48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 17.0, 14.0, 12.0)
LANGUAGES = ("en", "de", "fr", "nl")


def main() -> None:
    """Print the five slowest strings and their times in milliseconds."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
    strings = [text for line in lines if not line.startswith("#") and (text := clean(line)).strip()]
    best = dict.fromkeys(strings, float("inf"))
    for language in LANGUAGES:
        style = Style(weight=600, language=language)
        for text in best:
            began = time.perf_counter()
            fit(text, style, 80 * mm, 18 * mm, sizes=SCALE, max_lines=2)
            best[text] = min(best[text], time.perf_counter() - began)
    print(f"{len(best)} strings, the five slowest:")
    for text, seconds in sorted(best.items(), key=lambda pair: -pair[1])[:5]:
        print(f"{seconds * 1000:7.2f} ms  {len(text):4} characters  {text[:60]!r}")


if __name__ == "__main__":
    main()
