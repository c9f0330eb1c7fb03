"""How long a paragraph of 600 characters takes to be set, justified and hyphenated, beside its greedy setting.

    python tests/benchmarks/bench_paragraph.py

Every paragraph is new text, as in a booklet: words have been measured before, lines have not been shaped.
"""

from __future__ import annotations

import time
from statistics import median

from eventprint.flow import paragraph
from eventprint.geometry import mm
from eventprint.text import Style

TEXT = """
mining regions have lived with the same question for many years what happens when ore is gone this talk follows three
towns that asked it early one built a university on top of an old shaft turned tailings into building material
environmental permits take between nine months and eleven years depending on responsible authorities experiments
unexpected consequences internationally recognised certificate bookkeeping cooperative founders samples honest
"""
WORDS = TEXT.split()
LENGTH = 600
MEASURE = 85
ROUNDS = 60


def text_of(number: int) -> str:
    words, step = [], 1 + number % (len(WORDS) - 1)
    at = number
    while sum(map(len, words)) + len(words) < LENGTH:
        words.append(WORDS[at % len(WORDS)])
        at += step + len(words) % 3
    return " ".join(words)[: LENGTH - 1].rstrip().capitalize() + "."


def measured(texts: list[str], **how: object) -> float:
    style = Style("Source Serif 4", size=9.5, language="en")
    times = []
    for text in texts:
        began = time.perf_counter()
        lines = paragraph(text, style, MEASURE * mm, **how)  # type: ignore[arg-type]
        times.append(time.perf_counter() - began)
        assert len(lines) > 5
    return median(times) * 1000


def main() -> None:
    """Print medians in milliseconds."""
    texts = [text_of(number) for number in range(4 * ROUNDS)]
    measured(texts[:ROUNDS], align="justify", hyphenate=True)
    print(f"{LENGTH} characters at {MEASURE} mm, median of {ROUNDS}, words known, lines new")
    print(f"justified and hyphenated  {measured(texts[ROUNDS : 2 * ROUNDS], align='justify', hyphenate=True):6.2f} ms")
    print(f"ragged and hyphenated     {measured(texts[2 * ROUNDS : 3 * ROUNDS], hyphenate=True):6.2f} ms")
    print(f"ragged                    {measured(texts[3 * ROUNDS :]):6.2f} ms")
    print(f"the same again            {measured(texts[:ROUNDS], align='justify', hyphenate=True):6.2f} ms")


if __name__ == "__main__":
    main()
