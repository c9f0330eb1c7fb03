"""Which labels of a sheet are still free, as people write it: `4-10`, `4-`, `2,5,7-10`.

Labels are counted from 1, row by row. What sheet it is, this file does not know.
"""

from __future__ import annotations

import re
from typing import ClassVar

from .values import dataclass

_RANGE = re.compile(r"(?P<first>[0-9]+)(?:(?P<dash>-)(?P<last>[0-9]+)?)?")


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one sheet, in order and each once; `4-` is the fourth and all that follow it."""

    notation: ClassVar[str] = "the free labels of a sheet, such as 4-10, 4- or 2,5,7-10"

    ranges: tuple[tuple[int, int | None], ...]
    """First and last labels of stretches, apart from each other and in order; without a last one to the end."""

    @classmethod
    def parse(cls, text: str) -> Labels:
        """Raises ValueError that says which label is at fault."""
        found = sorted((_range(part) for part in text.replace("–", "-").split(",")), key=lambda pair: pair[0])
        joined: list[tuple[int, int | None]] = []
        for first, last in found:
            if joined:
                before, reach = joined[-1]
                if reach is None or first <= reach:
                    raise ValueError(f"label {first} is named twice in {text.strip()!r}")
                if first == reach + 1:
                    joined[-1] = before, last
                    continue
            joined.append((first, last))
        return cls(tuple(joined))

    @classmethod
    def after(cls, start: int) -> Labels:
        """The label of this number and all that follow it. Raises ValueError for a number below 1."""
        return cls(((_counted(start), None),))

    def on(self, per_sheet: int) -> tuple[int, ...]:
        """Their numbers on a sheet of so many. Raises ValueError where the sheet has no such label."""
        for first, last in self.ranges:
            far = first if last is None else last
            if far > per_sheet:
                raise ValueError(f"there is no label {far} on a sheet of {per_sheet}")
        return tuple(
            number for first, last in self.ranges for number in range(first, (per_sheet if last is None else last) + 1)
        )

    def __str__(self) -> str:
        return ",".join(
            f"{first}-" if last is None else f"{first}" if last == first else f"{first}-{last}"
            for first, last in self.ranges
        )


def _range(part: str) -> tuple[int, int | None]:
    match = _RANGE.fullmatch(re.sub(r"\s", "", part))
    if match is None:
        raise ValueError(f"{part.strip()!r} names no label" if part.strip() else "a label is missing")
    first = _counted(int(match["first"]))
    last = int(match["last"]) if match["last"] else None if match["dash"] else first
    if last is not None and last < first:
        raise ValueError(f"{match[0]} runs backwards: write {last}-{first}")
    return first, last


def _counted(number: int) -> int:
    if number < 1:
        raise ValueError(f"there is no label {number}: they are counted from 1")
    return number
