"""Label and badge sheets and rolls as facts: what lies in the printer, each checking its own arithmetic.

A sheet is one YAML file, in data/stock or in the event's own `stock/`. It is known by the name of its file, by its
maker's number and by the numbers of its twins, however they are typed: `avery-l4785`, `Avery L4785`, `l4785-20`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from difflib import get_close_matches
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from . import records
from .geometry import PAPERS, SLACK, Box, Size, around, in_mm, inch, mm
from .labels import Labels
from .problems import Exit, Place, Problems, Stop
from .records import Length
from .shelves import shelf
from .values import dataclass

AGREES = 0.3 * mm
"""How far a page may differ from its label: less than a sheet moves on its way through a printer."""


class Outline(StrEnum):
    """The form of a label; a rectangle may have round corners."""

    RECTANGLE = "rectangle"
    ROUND = "round"
    """The circle or the ellipse inside the label's width and height."""


class Edge(StrEnum):
    """How labels come off their sheet."""

    DIE_CUT = "die-cut"
    """The maker has cut them; they are peeled off, or come one by one."""
    PERFORATED = "perforated"
    """Torn or bent out along a perforation."""
    CUT = "cut"
    """Cut by hand along marks."""

    @property
    def finishing(self) -> str:
        """What is done with a printed sheet."""
        return {"die-cut": "none", "perforated": "tear along the perforation", "cut": "cut apart"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet of labels or cards; the pitch is the distance from one label's edge to the next one's same edge."""

    about: str = ""
    maker: str = ""
    part: str = ""
    same_as: tuple[str, ...] = field(default=(), metadata={"doc": "Numbers of twins with the same measures."})
    sheet: Size
    label: Size
    shape: Outline = Outline.RECTANGLE
    radius: Length = field(default=Length(0), metadata={"doc": "Of round corners, where it is known."})
    edge: Edge = field(default=Edge.DIE_CUT, metadata={"doc": "How labels come off: die-cut, perforated or cut."})
    material: str = field(default="", metadata={"doc": "What it is made of; its twins may be of something else."})
    columns: int = field(default=1, metadata={"minimum": 1})
    rows: int = field(default=1, metadata={"minimum": 1})
    left: Length = field(default=Length(0), metadata={"doc": "From the sheet's left edge to the first label."})
    top: Length = field(default=Length(0), metadata={"doc": "From the sheet's top edge to the first label."})
    across: Length = field(default=Length(0), metadata={"doc": "Horizontal pitch."})
    down: Length = field(default=Length(0), metadata={"doc": "Vertical pitch."})
    roll: bool = field(default=False, metadata={"doc": "Labels on a roll: a page is a label."})
    endless: bool = field(
        default=False, metadata={"doc": "A roll that is cut to any length; its height is a usual one."}
    )
    source: str = field(default="", metadata={"doc": "Where the measures come from."})
    place: Place = Place()

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows

    @property
    def paper(self) -> str:
        """The sheet for people: `A4`, `Letter landscape`, `roll`, or its measures."""
        if self.roll:
            return "roll"
        for name, size in PAPERS.items():
            if size.same_as(self.sheet):
                return name
            if size.same_as(Size(self.sheet.height, self.sheet.width)):
                return f"{name} landscape"
        return str(self.sheet)

    @property
    def count(self) -> str:
        """How many there are to a sheet, for people: `10 on A4`, or `one by one` for rolls and single cards."""
        alone = self.per_sheet == 1 and self.label.same_as(self.sheet)
        return "one by one" if alone else f"{self.per_sheet} on {self.paper}"

    def labels(self) -> Iterator[Box]:
        """Every label's place on the sheet, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                x, y = self.left + column * self.across, self.top + row * self.down
                yield Box(x, y, self.label.width, self.label.height)

    def sheets(self, pages: int, free: Sequence[Labels] = ()) -> list[tuple[Box, ...]]:
        """The labels that so many pages are printed on, sheet by sheet: first the part-used sheets, then full ones.

        `free` holds the labels left on each part-used sheet; sheets that are not needed are left in the drawer.
        Raises ValueError where a sheet has no such label.
        """
        boxes = tuple(self.labels())
        part_used = [tuple(boxes[number - 1] for number in labels.on(self.per_sheet)) for labels in free]
        made: list[tuple[Box, ...]] = []
        while pages > 0:
            next_sheet = part_used[len(made)] if len(made) < len(part_used) else boxes
            made.append(next_sheet[:pages])
            pages -= len(next_sheet)
        return made

    def agreement(self, trim: Size, what: str = "page") -> Agreement:
        """How a page lies on a label: upright or a quarter turn clockwise, centred where it is smaller.

        A page that is larger than the label by more than 0.3 mm has a fault, which names the axis and the excess.
        """
        turned = Size(trim.height, trim.width)
        ways = [(self._cut_to(trim), False), (self._cut_to(turned), True)]
        ways.sort(key=lambda way: (_excess(turned if way[1] else trim, way[0].label), way[1]))
        stock, is_turned = ways[0]
        lying, label = (turned if is_turned else trim), stock.label
        over, under = _beyond(lying, label), _beyond(label, lying)
        if any(over):
            return Agreement(stock, trim, is_turned, fault=_told(what, lying, label, over, turned=is_turned))
        notes = [_told(what, lying, label, under, smaller=True)] if any(under) else []
        if any(under) and self.shape is Outline.ROUND and not _inside_ellipse(lying, label):
            notes.append(f"the {what}'s corners reach beyond the round label")
        return Agreement(stock, trim, is_turned, note="; ".join(notes))

    def _cut_to(self, lying: Size) -> Stock:
        """This stock, an endless roll cut to the length of a page."""
        if not self.endless:
            return self
        cut = Size(self.label.width, lying.height)
        return replace(self, sheet=cut, label=cut)

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word begins one of its own, is part of a number, or is its size: `herma`, `2205`, `4x3in`."""
        said = (self.maker, self.part, *self.same_as, self.about, self.material, self.paper, self.edge, self.shape)
        known = [_plain(each) for each in " ".join(said).split()]
        return all(
            self._has_size(size)
            if (size := _SIZE.fullmatch(word))
            else any(_names(_plain(word), each) for each in known)
            for word in words
        )

    def _has_size(self, size: re.Match[str]) -> bool:
        """Whether the label has this size, upright or on its side; small numbers without a unit are inches."""
        width, height = (float(size[side].replace(",", ".")) for side in ("width", "height"))
        unit = {"in": inch, "mm": mm}.get(size["unit"], inch if max(width, height) < 12 else mm)
        sizes = (Size(width * unit, height * unit), Size(height * unit, width * unit))
        return any(each.same_as(self.label, slack=0.75 * mm) for each in sizes)

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
        if self.roll and not (self.per_sheet == 1 and self.label.same_as(self.sheet)):
            message = f"a roll has one label to a page, as large as the page, but this has {self.per_sheet}"
            if self.per_sheet == 1:
                message = f"a roll's page is its label, but the page is {self.sheet} and the label {self.label}"
            problems.error(message, self.place, "write the same size for sheet and label", "stock.roll")
        if self.endless and not self.roll:
            problems.error("only a roll can be endless", self.place, "add roll: true", "stock.roll")
        least = min(self.label.width, self.label.height) / 2
        if not 0 <= self.radius <= least + SLACK:
            message = f"corners of {in_mm(self.radius)} do not fit a label of {self.label}"
            problems.error(message, self.place, f"the radius is at most {in_mm(least)}", "stock.radius")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a page lies on the labels of a stock, or why it does not."""

    stock: Stock
    """The stock; an endless roll cut to the page's length."""
    trim: Size
    turned: bool = False
    """The page lies on its side, turned by a quarter clockwise."""
    fault: str = ""
    note: str = ""
    """What somebody should know before printing, such as a page smaller than its label."""

    def box(self, label: Box) -> Box:
        """Where the page's trim comes to lie on a label, centred."""
        width, height = (self.trim.height, self.trim.width) if self.turned else (self.trim.width, self.trim.height)
        x, y = label.centre
        return Box(x - width / 2, y - height / 2, width, height)

    def places(self, free: Sequence[Labels] = ()) -> list[tuple[Box, ...]]:
        """The free labels of each part-used sheet, then those of a full one, which hold for all sheets that follow.

        A label that is smaller than the page by what nobody sees is as large as the page here.
        Raises ValueError where a sheet has no such label.
        """
        boxes = [around([label, self.box(label)]) for label in self.stock.labels()]
        numbers = [labels.on(self.stock.per_sheet) for labels in free]
        return [*(tuple(boxes[number - 1] for number in sheet) for sheet in numbers), tuple(boxes)]


def _beyond(outer: Size, inner: Size) -> tuple[float, float]:
    """By how much one size reaches beyond another, across and down; 0 for what nobody sees."""
    across, down = outer.width - inner.width, outer.height - inner.height
    seen = AGREES + SLACK
    return (across if across > seen else 0.0, down if down > seen else 0.0)


def _excess(lying: Size, label: Size) -> tuple[float, float]:
    """For the choice of a way to lie: the page beyond the label, then the label beyond the page."""
    return sum(_beyond(lying, label)), sum(_beyond(label, lying))


def _told(
    what: str, lying: Size, label: Size, beyond: tuple[float, float], *, smaller: bool = False, turned: bool = False
) -> str:
    """The difference in words: `the badge is 10 mm wider than the label: 90 mm on 80 mm`."""
    words = ("narrower", "lower") if smaller else ("wider", "higher")
    sides = ((lying.width, label.width), (lying.height, label.height))
    parts = [
        (f"{in_mm(excess)} {word}", f"{in_mm(side)} on {in_mm(room)}")
        for excess, word, (side, room) in zip(beyond, words, sides, strict=True)
        if excess
    ]
    by, measures = (" and ".join(texts) for texts in zip(*parts, strict=True))
    start = f"even turned, the {what} is" if turned and not smaller else f"the {what} is"
    return f"{start} {by} than the label{', and centred on it' if smaller else ''}: {measures}"


def _inside_ellipse(lying: Size, label: Size) -> bool:
    return (lying.width / label.width) ** 2 + (lying.height / label.height) ** 2 <= 1


# The shelves

_SIZE = re.compile(r"(?P<width>\d+(?:[.,]\d+)?)\s*[x×]\s*(?P<height>\d+(?:[.,]\d+)?)\s*(?P<unit>mm|in)?")
_PACK = re.compile(r"-\d+\Z")
"""How many sheets a pack holds, after a maker's number: `L4785-20`."""


def _plain(text: str) -> str:
    """Letters and digits alone, so that spaces, hyphens and capitals do not matter."""
    return re.sub(r"[^\w]|_", "", text.casefold())


def _names(word: str, other: str) -> bool:
    """Whether a word begins another; a number may also stand inside: 2205 in DK-22205, but not herma in thermal."""
    return other.startswith(word) or (word in other and any(letter.isdigit() for letter in word))


def _folders(event_folder: Path | None) -> list[Path]:
    """Where sheets are looked for, the event's own first."""
    return [event_folder / "stock", shelf("data") / "stock"] if event_folder else [shelf("data") / "stock"]


def names(event_folder: Path | None = None) -> list[str]:
    """Every sheet that is known, in the order of the alphabet."""
    return sorted(_files(event_folder))


def _files(event_folder: Path | None) -> dict[str, Path]:
    """Every sheet's file by name; the event's own counts where both have it."""
    found: dict[str, Path] = {}
    for folder in _folders(event_folder):
        for file in sorted(folder.glob("*.yaml")):
            found.setdefault(file.stem, file)
    return found


def load(name: str, problems: Problems, event_folder: Path | None = None, place: Place = Place()) -> Stock:
    """A sheet by the name of its file, its maker's number or a twin's; its faults are added to the problems.

    Raises Stop for a name that is unknown, with near ones, or that several makers use.
    """
    files = _files(event_folder)
    wanted = _plain(name)
    file = next((file for stem, file in files.items() if _plain(stem) == wanted), None)
    if file is None:
        file = _by_number(name, files, event_folder, place)
    return _read(file, problems, event_folder)


def known(problems: Problems, event_folder: Path | None = None) -> dict[str, Stock]:
    """Every sheet by name; one that cannot be read is reported and left out."""
    found = {}
    for name, file in sorted(_files(event_folder).items()):
        try:
            found[name] = _read(file, problems, event_folder)
        except Stop as stop:
            problems.add(stop.problem)
    return found


def _read(file: Path, problems: Problems, event_folder: Path | None) -> Stock:
    own = event_folder is not None and file.is_relative_to(event_folder)
    root = event_folder if own and event_folder else file.parent
    stock = records.build(Stock, records.load(file, problems, root), problems)
    stock.check(problems)
    return stock


def numbers(stock: Stock) -> set[str]:
    """Everything a sheet is called beside the name of its file: numbers alone, and with a maker's name before them."""
    makers = ["", stock.maker, *stock.maker.split()]
    return {_plain(maker + number) for maker in makers for number in (stock.part, *stock.same_as) if number}


def _alike(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _by_number(name: str, files: dict[str, Path], event_folder: Path | None, place: Place) -> Path:
    stocks = known(Problems(), event_folder)
    for wanted in dict.fromkeys((_plain(name), _plain(_PACK.sub("", name.strip())))):
        found = [key for key, stock in stocks.items() if wanted and wanted in numbers(stock)]
        if len(found) == 1:
            return files[found[0]]
        if found:
            makers = " and ".join(f"{stocks[key].maker} ({key})" for key in found)
            raise Stop(f"{name!r} is a number of {makers}", f"write {' or '.join(found)}", Exit.USAGE, place)
    called = {number: key for key, stock in stocks.items() for number in (_plain(key), *numbers(stock))}
    near = get_close_matches(_plain(name), called, n=20, cutoff=0.7)
    # Of numbers alike, those that begin alike are nearer: 5396 to 5395 than to 5163.
    near.sort(key=lambda number: -_alike(_plain(name), number))
    likely = list(dict.fromkeys(called[number] for number in near))[:3]
    hint = f"did you mean {' or '.join(likely)}?" if likely else "`eventprint stock` lists them"
    raise Stop(f"there is no label sheet {name!r}", hint, Exit.USAGE, place)
