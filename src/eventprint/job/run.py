"""A build on its way: the files as they come to be, and what job sheets and manifest will say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from ..event import Event
from ..geometry import Size
from ..page import Edition, Page
from ..problems import Place, Problems
from ..values import dataclass
from .made import Made
from .papers import OnStock

if TYPE_CHECKING:
    from .. import compose as composing
    from ..inks import Press


@dataclass(frozen=True, slots=True)
class JobItem:
    """One line of a job sheet: a file and what to do with it."""

    file: str
    what: str
    size: str
    pages: str
    sides: str
    finishing: str
    quantity: int
    turn: str = ""
    """On which edge printed sheets are turned: long, short or manual; empty where one side is printed."""
    imposed: bool = False
    """Whether several pages lie on a sheet."""


_FAR = 12.0
"""ΔE*ab from which everybody sees that a printed colour is another one than that on the screen."""


@dataclass(slots=True)
class Run:
    """Files of a build as they come to be, by name, with what the manifest and the job sheets say of them."""

    event: Event
    problems: Problems
    files: dict[str, bytes] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    items: dict[str, list[JobItem]] = field(default_factory=dict)
    placed: list[tuple[str, ...]] = field(default_factory=list)
    """Rows of the placement list."""
    compositions: dict[str, composing.Composition] = field(default_factory=dict)
    """What each product was composed as, by its name."""
    lying: dict[str, OnStock] = field(default_factory=dict)
    """The labels and the printer each product is for, where any were ordered."""

    _press: Press | None = None

    def press(self) -> Press:
        """The print shop's press; what is wrong with its profile, and which colours it cannot print, is told once."""
        if self._press is None:
            from .. import inks

            try:
                self._press = inks.press(self.event.profile)
            except ValueError as fault:
                hint = "ask the print shop for its output profile; until then it is coated paper, FOGRA39"
                self.problems.error(str(fault), Place("event.yaml"), hint, "profile.refused")
                self._press = inks.press()
            brand = self.event.brand
            for name in ("primary", "accent", "ink"):
                colour = getattr(brand, name)
                distance = self._press.distance(colour)
                if distance > _FAR:
                    message = f"the brand's {name} colour {colour} cannot be printed as it is: ΔE {distance:.0f}"
                    hint = "look at a printed proof, or choose a colour that ink can reach"
                    self.problems.warning(message, Place("event.yaml"), hint, "brand.gamut")
        return self._press

    def draw(self, pages: Sequence[Page], edition: Edition, what: str, marks_from: float | None = None) -> bytes:
        """Pages as a file with the event's title, language and makers."""
        from ..draw import draw

        event = self.event
        return draw(
            pages,
            edition=edition,
            title=f"{event.display_title}: {what}",
            language=event.language,
            author=", ".join(event.organisers),
            press=self.press() if edition is Edition.SHOP else None,
            marks_from=marks_from,
        )

    def add(self, name: str, data: bytes, product: str, pages: int, trim: Size | None, what: str) -> None:
        """A finished file, by its name in the print folder."""
        self.files[name] = data
        self.made.append(Made(name, product, pages, trim, what))

    def order(self, recipient: str, item: JobItem) -> None:
        """A line of a recipient's job sheet."""
        self.items.setdefault(recipient, []).append(item)
