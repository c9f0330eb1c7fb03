"""How pages lie on sheets, as data: a matrix of page numbers for each side of a block, and how blocks fill a sheet.

A block is what stays together when the sheet is cut: a card, or a sheet that is folded. `data/impositions` has the
usual schemes; an event may bring its own in a folder of that name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Literal, NamedTuple

from .. import records
from ..geometry import mm
from ..problems import Exit, Place, Problems, Stop
from ..records import Length
from ..shelves import shelf
from ..values import dataclass

Flip = Literal["like a page", "long", "short", "manual"]
"""How a sheet is turned between its sides."""


class Face(NamedTuple):
    """A page of a block, numbered from 1, in its matrix."""

    number: int
    row: int
    column: int
    turned: bool
    """It stands on its head."""


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A way to put pages on sheets; every value comes from `data/impositions/NAME.yaml`.

    The back is written as it is seen when the sheet is turned like a page of a book, about its upright axis. Without
    slots, so that records can keep where each value was written.
    """

    name: str = field(default="", metadata={"doc": "taken from the file's name"})
    about: str = field(default="", metadata={"doc": "what the scheme is for, in a line"})
    front: tuple[str, ...] = field(metadata={"doc": "rows of page numbers from the top; `^`: it stands on its head"})
    back: tuple[str, ...] = field(default=(), metadata={"doc": "the same for the back, turned like a page of a book"})
    across: tuple[Length, ...] = field(default=(), metadata={"doc": "room between the columns of a block"})
    down: tuple[Length, ...] = field(default=(), metadata={"doc": "room between the rows of a block"})
    bound: bool = field(default=False, metadata={"doc": "pages are read on: blank ones fill up the last sheet"})
    nested: int = field(default=1, metadata={"doc": "sheets folded into each other; 0: all of them", "minimum": 0})
    last: int = field(default=0, metadata={"doc": "pages that stay the last, behind blank ones", "minimum": 0})
    fill: Literal["once", "rows", "columns", "stack", "copies"] = field(
        default="once", metadata={"doc": "how blocks fill a sheet: stack keeps the pile in order when it is cut"}
    )
    blocks: int = field(default=0, metadata={"doc": "blocks on a sheet; 0: as many as fit", "minimum": 0})
    columns: int = field(default=0, metadata={"doc": "columns of blocks; 0: as many as fit", "minimum": 0})
    rows: int = field(default=0, metadata={"doc": "rows of blocks; 0: as many as fit", "minimum": 0})
    gutter: Length | None = field(default=None, metadata={"doc": "room between blocks; without it, what there is"})
    margin: Length = field(default=Length(5 * mm), metadata={"doc": "what a printer leaves white around a sheet"})
    shrink: bool = field(default=False, metadata={"doc": "pages larger than their place are made smaller"})
    thickness: Length = field(default=Length(0), metadata={"doc": "of the paper; inner pages creep to the spine by it"})
    right_to_left: bool = field(default=False, metadata={"doc": "the book is read from right to left"})
    flip: Flip = field(
        default="like a page", metadata={"doc": "the edge the printer turns a sheet about; manual: fronts, then backs"}
    )
    marks: tuple[Literal["crop", "fold", "registration", "collation"], ...] = field(
        default=("crop", "fold"), metadata={"doc": "which marks are drawn where there is room for them"}
    )
    finishing: str = field(default="", metadata={"doc": "what is done with the printed sheets"})

    @property
    def pages(self) -> int:
        """Pages of a block."""
        return len(self.faces(False)) + len(self.faces(True))

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows of a block."""
        return len(self.front[0].split()), len(self.front)

    def faces(self, back: bool) -> list[Face]:
        """The pages of a side in their places; a book read from right to left is a mirror of the other."""
        columns = self.grid[0]
        found = []
        for row, line in enumerate(self.back if back else self.front):
            for column, word in enumerate(line.split()):
                at = columns - 1 - column if self.right_to_left and self.bound else column
                found.append(Face(int(word.rstrip("^")), row, at, word.endswith("^")))
        return found

    def gaps(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Room between columns and between rows of a block, in points; none where none is said."""
        columns, rows = self.grid
        across = tuple(self.across) or (0.0,) * (columns - 1)
        return (across[::-1] if self.right_to_left and self.bound else across), tuple(self.down) or (0.0,) * (rows - 1)


_WORD = re.compile(r"[1-9]\d{0,2}\^?")


def check(scheme: Scheme, problems: Problems) -> None:
    """Report a matrix that is none, a page that is missing or repeated, and leaves whose two sides do not belong."""
    place = records.at(scheme, "front")

    def wrong(message: str, hint: str) -> None:
        problems.error(message, place, hint, "imposition.matrix")

    lines = [*scheme.front, *scheme.back]
    if not scheme.front or any(not _WORD.fullmatch(word) for line in lines for word in line.split()):
        return wrong("a row of pages holds something that is no page number", "write numbers: `4 1`, or `5^ 4^`")
    widths = {len(line.split()) for line in lines}
    if len(widths) != 1 or 0 in widths or (scheme.back and len(scheme.back) != len(scheme.front)):
        return wrong("front and back differ in rows or columns", "each row has as many numbers as every other")
    numbers = Counter(face.number for back in (False, True) for face in scheme.faces(back))
    if sorted(numbers.elements()) != list(range(1, scheme.pages + 1)):
        return wrong(f"the pages are not 1 to {scheme.pages}, each once", "look for a number that stands there twice")
    columns, rows = scheme.grid
    if scheme.back:
        behind = {(face.row, columns - 1 - face.column): face for face in scheme.faces(True)}
        for face in scheme.faces(False):
            other = behind[face.row, face.column]
            if {face.number, other.number} != {odd := (face.number - 1) // 2 * 2 + 1, odd + 1}:
                return wrong(
                    f"page {face.number} has page {other.number} behind it", "a leaf has an odd page and the next one"
                )
            if face.turned != other.turned:
                return wrong(f"pages {face.number} and {other.number} of one leaf differ in what is up", "check the ^")
    for name, gaps, count in (("across", scheme.across, columns), ("down", scheme.down, rows)):
        if gaps and len(gaps) != count - 1:
            problems.error(
                f"{name} has {len(gaps)} lengths for {count} places",
                records.at(scheme, name),
                "say one between each two, or none",
                "imposition.gaps",
            )
    return None


def schemes(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names of all schemes: those of the given folders, and those that come with eventprint."""
    return tuple(sorted({file.stem for folder in (*folders, _shelf()) for file in folder.glob("*.yaml")}))


def load(name: str, folders: Sequence[Path] = ()) -> Scheme:
    """The scheme of this name, from the first folder that has one.

    Raises Stop for an unknown name, naming the nearest, and for a scheme with faults in it.
    """
    known = schemes(folders)
    if name not in known:
        raise Stop(f"there is no imposition {name!r}", records.suggest(name, known) or f"there are: {', '.join(known)}")
    file = next(file for folder in (*folders, _shelf()) if (file := folder / f"{name}.yaml").is_file())
    problems = Problems()
    scheme = records.build(Scheme, records.load(file, problems, file.parent), problems)
    if not problems.errors:
        check(scheme, problems)
    for problem in problems.errors:
        raise Stop(problem.message, problem.hint, Exit.USAGE, problem.place or Place(file.name))
    return replace(scheme, name=name)


def _shelf() -> Path:
    return shelf("data") / "impositions"
