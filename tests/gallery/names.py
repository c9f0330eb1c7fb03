"""Make names.png, the contact sheet of the hard names: `python tests/gallery/names.py`.

The list is tests/names/hard-names.tsv. Each name stands at the weight of a badge, under it its language and what is
hard about it; a name with a letter that no font has would be red.
"""

from __future__ import annotations

import csv
from pathlib import Path

from PIL import Image

from eventprint import draw, rasters
from eventprint.colours import Colour
from eventprint.geometry import Box, Size, mm
from eventprint.page import Edition, Mark, Page, Text, rectangle
from eventprint.text import Style, fit, is_rtl, missing, shape

HERE = Path(__file__).parent
LIST = HERE.parent / "names" / "hard-names.tsv"
COLUMNS = 5
CELL = Size(66 * mm, 23 * mm)
GAP = 7 * mm
MARGIN = 12 * mm
HEAD = 24 * mm
BASELINE = 11 * mm
NOTE = 19.4 * mm
"""Below the deepest stacks of Tibetan."""

PPI = 150

INK = Colour.parse("#1d2024")
QUIET = Colour.parse("#6c6f75")
RULE = Colour.parse("#d8d5ce")
ACCENT = Colour.parse("#0b5c5c")
FAULT = Colour.parse("#c4162a")
SIZES = tuple(float(size) for size in range(24, 11, -1))


def main() -> None:
    """Write names.png beside this file."""
    with LIST.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    deep = -(-len(rows) // COLUMNS)
    wide = 2 * MARGIN + COLUMNS * CELL.width + (COLUMNS - 1) * GAP
    size = Size(wide, MARGIN + HEAD + deep * CELL.height + MARGIN / 2)
    marks: list[Mark] = list(heading(len(rows)))
    for at, row in enumerate(rows):
        # down the columns, so that neighbours of one family of scripts stand below each other
        x = MARGIN + at // deep * (CELL.width + GAP)
        y = MARGIN + HEAD + at % deep * CELL.height
        marks += cell(Box(x, y, CELL.width, CELL.height), row["language"], row["name"], row["hard"])
    page = Page(size, tuple(marks))
    pdf = draw.draw([page], edition=Edition.OFFICE, title="Hard names", language="en")
    (picture,) = rasters.pages_to_png(pdf, PPI)
    picture.quantize(64, dither=Image.Dither.NONE).save(HERE / "names.png", optimize=True)


def heading(count: int) -> tuple[Mark, ...]:
    title, note = Style(weight=600), Style()
    words = f"{count} names that are hard to set"
    said = "badge weight, Fira Sans and its companions; language and difficulty below each name"
    return (
        Text(MARGIN, MARGIN + 8 * mm, shape(words, title), 28, INK),
        Text(MARGIN, MARGIN + 14.5 * mm, shape(said, note), 11, QUIET),
    )


def cell(box: Box, language: str, name: str, hard: str) -> list[Mark]:
    """A hairline, the name at the side it is read from, the note below."""
    style = Style(weight=600, language=language)
    fitted = fit(name, style, box.width, 12 * mm, sizes=SIZES, max_lines=1)
    (line,) = fitted.lines
    start = box.right - line.width * fitted.size if is_rtl(name) else box.x
    tag, note = shape(language, Style(weight=600)), shape(hard, Style())
    below = box.y + NOTE
    return [
        rectangle(Box(box.x, box.y, box.width, 0.4), fill=RULE),
        Text(start, box.y + BASELINE, line, fitted.size, FAULT if missing(name, style) else INK),
        Text(box.x, below, tag, 8, ACCENT),
        Text(box.x + max(8 * mm, tag.width * 8 + 2 * mm), below, note, 8, QUIET),
    ]


if __name__ == "__main__":
    main()
