"""What the organiser looks at before printing: the names that could not be set as wished, the worst first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..page import Page

HEADINGS = ("product", "page", "for", "part", "text", "points", "wished", "what became of it")


def fit_table(products: Iterable[tuple[str, Sequence[Page]]]) -> bytes:
    """A CSV of every text that is not set as wished, the worst first, each once; spreadsheets find no formula in it.

    UTF-8 with a byte order mark, as spreadsheets need one to read it rightly.
    """
    rows: dict[tuple[str, ...], float] = {}
    for product, pages in products:
        for number, page in enumerate(pages, 1):
            for one in page.fittings:
                became = "; ".join(one.outcomes)
                wished = f"{one.wished:g}" if one.wished else ""
                row = (product, str(number), page.name, one.part, one.text, f"{one.size:g}", wished, became)
                rows.setdefault(row, one.strain)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([as_text(cell) for cell in row] for row in sorted(rows, key=lambda row: -rows[row]))
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: one that looks like it gets an apostrophe in front (OWASP)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def strained(products: Iterable[tuple[str, Sequence[Page]]], most: int = 40) -> list[Page]:
    """The pages with such texts, the worst first; pages that are the same once."""
    pages = (page for _, made in products for page in dict.fromkeys(made) if page.fittings)
    return sorted(pages, key=lambda page: -page.strain)[:most]
