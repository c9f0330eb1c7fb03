"""What a print shop asks for: limits with their units, and how much each rule matters to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Literal

from ..geometry import mm
from ..records import Length
from ..values import dataclass


class Weight(StrEnum):
    """How much a rule matters to a spec."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True)
class Spec:
    """A print shop's limits, and how much each rule matters to it; every value comes from `data/specs/NAME.yaml`.

    A file may begin with `extends: NAME`, and then says only what differs. Without slots, so that records can keep
    where each value was written.
    """

    name: str = field(default="", metadata={"doc": "taken from the file's name"})
    title: str = field(default="", metadata={"doc": "what the spec is for, in a line"})
    bleed: Length = field(default=Length(3 * mm), metadata={"doc": "how far ink that touches the trim runs beyond it"})
    tolerance: Length = field(default=Length(0.01 * mm), metadata={"doc": "how far a trim may differ from the order"})
    safe: Length = field(default=Length(3 * mm), metadata={"doc": "no text or code nearer to the trim"})
    safe_wanted: Length = field(default=Length(0), metadata={"doc": "text nearer than this is a warning; 0 mm is off"})
    text: Length = field(default=Length(6), metadata={"doc": "the smallest text"})
    line: Length = field(default=Length(0.25), metadata={"doc": "the thinnest line"})
    ppi: float = field(default=150, metadata={"doc": "pixels an inch of pictures as printed, at least"})
    ppi_wanted: float = field(default=225, metadata={"doc": "fewer pixels an inch are a warning"})
    bitmap_ppi: float = field(default=550, metadata={"doc": "the same for pictures of black and white pixels only"})
    bitmap_ppi_wanted: float = field(default=800, metadata={"doc": "fewer are a warning"})
    module: Length = field(default=Length(0.4 * mm), metadata={"doc": "the smallest module of a code"})
    quiet: int = field(default=4, metadata={"doc": "modules of empty border round a code"})
    level: Literal["L", "M", "Q", "H"] = field(default="M", metadata={"doc": "the least error correction of a code"})
    ground: float = field(default=0.55, metadata={"doc": "how much light the ground of a code gives back, from 0 to 1"})
    contrast: float = field(default=4.5, metadata={"doc": "contrast of text and its ground, at least"})
    contrast_large: float = field(default=3.0, metadata={"doc": "the same for text of 18 pt and more"})
    binding: Literal["early", "intermediate", "late"] = field(
        default="early",
        metadata={
            "doc": "when screen colours become inks: before the file (early), or in the shop, those of pictures "
            "(intermediate) or all that say which they are (late)"
        },
    )
    spots: int = field(default=0, metadata={"doc": "how many inks besides the four are printed"})
    text_inks: Length = field(default=Length(8), metadata={"doc": "the smallest text in several inks, or white on ink"})
    line_inks: Length = field(
        default=Length(0.25), metadata={"doc": "the thinnest line in several inks or white on ink"}
    )
    over_text: Length = field(default=Length(12), metadata={"doc": "black text smaller than this overprints"})
    over_line: Length = field(default=Length(2), metadata={"doc": "black lines thinner than this overprint"})
    multiple: int = field(default=1, metadata={"doc": "the number of pages is a multiple of this"})
    ink: float = field(default=300, metadata={"doc": "all inks together in per cent, over any square of 15 mm"})
    source: str = field(default="", metadata={"doc": "where the shop says so: an address, or who was asked and when"})
    standards: tuple[str, ...] = field(
        default=(), metadata={"doc": "the file is of one of these, such as PDF/X-4; none is any PDF"}
    )
    version: float = field(default=0, metadata={"doc": "the newest version of PDF that is taken; 0 is any"})
    megabytes: float = field(default=0, metadata={"doc": "the largest file that is taken; 0 is any"})
    marks: Literal["crop", "none", "any"] = field(
        default="any", metadata={"doc": "whether crop marks are wanted outside the bleed, unwanted, or all the same"}
    )
    marks_from: Length = field(default=Length(0), metadata={"doc": "how far from the trim crop marks begin, at least"})
    spreads: bool = field(default=True, metadata={"doc": "whether two pages may lie side by side on one"})
    rules: Mapping[str, Weight] = field(
        default_factory=dict, metadata={"doc": "weight of each rule that is not to have its usual one"}
    )
