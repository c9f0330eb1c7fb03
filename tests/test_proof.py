"""The proof of what was not set as wished: complete, the worst first, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

from eventprint.geometry import PAPERS
from eventprint.page import Fitting, Outcome, Page
from eventprint.proof import HEADINGS, fit_table, strained


def page(name: str, *fittings: Fitting) -> Page:
    return Page(PAPERS["A6"], (), name=name, fittings=fittings)


def one(text: str, size: float, *outcomes: Outcome) -> Fitting:
    return Fitting("given", text, size, 24, outcomes)


PAGES = [
    page("badge: Ada"),
    page("badge: Bo", one("Bo", 20, Outcome.CLOSER, Outcome.SMALLER)),
    page("badge: Cy", one("Cy", 12, Outcome.TOO_LONG)),
    page("badge: Di", one("Di", 17, Outcome.SMALLER), one("Di Di", 24, Outcome.CLOSER)),
    page("badge: Ed", one("Ed", 24, Outcome.BROKEN)),
]


def rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


def test_whoever_is_not_set_as_wished_is_in_the_table_once_and_the_worst_first() -> None:
    head, *said = rows(fit_table([("badges", [*PAGES])]))
    assert tuple(head) == HEADINGS
    assert [row[4] for row in said] == ["Cy", "Ed", "Di", "Bo", "Di Di"]
    assert said[3] == ["badges", "2", "badge: Bo", "given", "Bo", "20", "24", "letters set closer; smaller than wished"]


def test_the_pictures_show_the_worst_first_and_nobody_else() -> None:
    assert [page.name[-2:] for page in strained([("badges", PAGES), ("cards", PAGES[:2])])] == [
        "Cy",
        "Ed",
        "Di",
        "Bo",
        "Bo",
    ]
    assert len(strained([("badges", PAGES)], most=2)) == 2


def test_no_cell_is_a_formula() -> None:
    for text in ('=HYPERLINK("x")', "+1", "-1", "@x", "\tx", "\rx"):
        (said,) = rows(fit_table([("badges", [page(text, one(text, 12, Outcome.SMALLER))])]))[1:]
        assert said[2] == said[4] == f"'{text}"
