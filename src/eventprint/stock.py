"""Label and badge sheets as facts: what lies in the printer, from data/stock, each checking its own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from . import records
from .geometry import Box, Size, in_mm
from .problems import Place, Problems
from .records import Length
from .shelves import shelf
from .values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet of labels or cards; the pitch is the distance from one label's edge to the next one's same edge."""

    about: str = ""
    maker: str = ""
    part: str = ""
    same_as: tuple[str, ...] = ()
    sheet: Size
    label: Size
    columns: int = field(default=1, metadata={"minimum": 1})
    rows: int = field(default=1, metadata={"minimum": 1})
    left: Length = field(metadata={"doc": "From the sheet's left edge to the first label."})
    top: Length = field(metadata={"doc": "From the sheet's top edge to the first label."})
    across: Length = field(metadata={"doc": "Horizontal pitch."})
    down: Length = field(metadata={"doc": "Vertical pitch."})
    source: str = field(default="", metadata={"doc": "Where the measures come from."})
    place: Place = Place()

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows

    def labels(self) -> Iterator[Box]:
        """Every label's place on the sheet, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                x, y = self.left + column * self.across, self.top + row * self.down
                yield Box(x, y, self.label.width, self.label.height)

    def check(self, problems: Problems) -> None:
        """Report labels that overlap or run off the sheet, with the axis and the excess."""
        axes = (
            ("across", self.columns, self.left, self.across, self.label.width, self.sheet.width),
            ("down", self.rows, self.top, self.down, self.label.height, self.sheet.height),
        )
        for axis, count, start, pitch, side, room in axes:
            if count > 1 and pitch < side - 0.01:
                problems.error(
                    f"labels overlap {axis} by {in_mm(side - pitch)}", self.place, "check the pitch", "stock.overlap"
                )
            excess = max(-start, start + (count - 1) * pitch + side - room)
            if excess > 0.01:
                problems.error(
                    f"labels run off the sheet {axis} by {in_mm(excess)}",
                    self.place,
                    "check margin and pitch",
                    "stock.excess",
                )


def names() -> list[str]:
    """Every sheet that is known, in the order of the alphabet."""
    return sorted(file.stem for file in (shelf("data") / "stock").glob("*.yaml"))


def load(name: str, problems: Problems) -> Stock:
    """A sheet by the name of its file; its faults are added to the problems."""
    file = shelf("data") / "stock" / f"{name}.yaml"
    stock = records.build(Stock, records.load(file, problems, file.parent), problems)
    stock.check(problems)
    return stock
