"""Set paragraphs in lines and pour them into columns. Knows no event, no page size and no PDF.

A paragraph takes three steps, each a room of its own:

1. `breaks`: where *may* a line end? Each such place is a `Break`, measured along the text set as one endless line.
2. `demerits`: where *shall* lines end? All lines are chosen together, so that the worst of them is as good as can be.
   What "good" means is a manner: `Justified`, `Ragged` or `Balanced`.
3. `lines`: each chosen line is shaped as a whole, so that kerning and ligatures are right, and placed in its column.

    lines = paragraph(person.bio, style, column.width, align="justify", hyphenate=True)
    marks, y = place(lines, column.x, y, style, ink, leading=12)

To fill columns and pages, turn lines into rows, rows into pieces, and pour them:

    heading = Piece(text_rows(paragraph(title, bold, width, balance=True), bold, ink, leading=14, role=Role.H2),
                    space_before=10, keep_with_next=True)
    body = Piece(text_rows(lines, style, ink, leading=12))
    for column in pour([heading, body], page_columns).columns: ...
"""

from .breaks import Break, Ending
from .columns import Column, Piece, Poured, Row, balance_columns, pour, text_rows
from .copy import LINE_END, Span
from .demerits import Balanced, Justified, Ragged, total_fit
from .lines import Align, FirstBaseline, FlowLine, Part, paragraph, place

__all__ = [
    "LINE_END",
    "Align",
    "Balanced",
    "Break",
    "Column",
    "Ending",
    "FirstBaseline",
    "FlowLine",
    "Justified",
    "Part",
    "Piece",
    "Poured",
    "Ragged",
    "Row",
    "Span",
    "balance_columns",
    "paragraph",
    "place",
    "pour",
    "text_rows",
    "total_fit",
]
