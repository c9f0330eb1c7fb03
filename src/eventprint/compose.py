"""Turn an event into pages: find a layout, build its theme, call it.

Layouts are found by name: first in the event's own `layouts/`, then on the project's own shelf, then among installed
packages (entry points `eventprint.layouts`, each naming a package whose folder holds YAML files). A package can add
names but not take one over, and a badge at the desk need not search every installed package.
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

from . import kit, records
from .event import Event, Product
from .files import is_there
from .geometry import SLACK, Size
from .page import Finish, Page, artworks
from .problems import Exit, Place, Problem, Problems, Severity, Stop, place_in
from .shelves import shelf
from .values import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that can be used: its settings as written, the module that makes its pages, where it was found."""

    name: str
    module: ModuleType
    settings: records.Node | None
    file: Path


@dataclass(frozen=True, slots=True)
class Composition:
    """A product's finished pages, and what becomes of them."""

    name: str
    layout: str
    pages: tuple[Page, ...]
    finish: Finish
    duplex: bool
    trim: Size
    spec: str
    recipient: str
    about: str
    right_to_left: bool = False
    """The book is bound at its right."""


def _near(event_folder: Path | None) -> list[Path]:
    """Where layouts are looked for first."""
    return [event_folder / "layouts", shelf("layouts")] if event_folder else [shelf("layouts")]


def _packages() -> Iterator[Path]:
    """The folders of installed packages that bring layouts."""
    from importlib.metadata import entry_points  # costs a third of a cold badge

    for point in sorted(entry_points(group="eventprint.layouts"), key=lambda point: point.name):
        package = point.load()
        if package.__file__:
            yield Path(package.__file__).parent


def names(event_folder: Path | None) -> dict[str, Path]:
    """Every layout by name, the one that counts where several have it."""
    found: dict[str, Path] = {}
    for folder in (*_near(event_folder), *_packages()):
        if folder.is_dir():
            for file in sorted(folder.glob("*.yaml")):
                found.setdefault(file.stem, file)
    return found


def _file_of(name: str, event_folder: Path | None) -> Path | None:
    for folder in _near(event_folder):
        file = folder / f"{name}.yaml"
        if file.parent == folder and is_there(file):
            return file
    return names(event_folder).get(name)


def find(
    name: str, event_folder: Path | None, problems: Problems, *, own_code: bool = False, place: Place = Place()
) -> Layout:
    """The layout of this name, with everything it extends merged in.

    A module in the event's own folder runs only where `own_code` allows it. Raises Stop for an unknown name.
    """
    first = _file_of(name, event_folder)
    if first is None:
        close = get_close_matches(name, names(event_folder), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`eventprint layouts` lists them"
        raise Stop(f"there is no layout {name!r}", hint, Exit.USAGE, place)
    settings: records.Node | None = None
    module: ModuleType | None = None
    seen: list[str] = []
    wanted, extends = name, place
    while wanted:
        file = _file_of(wanted, event_folder)
        if wanted in seen or file is None:
            which = "extends it" if wanted in seen else "is missing"
            hint = records.suggest(wanted, [known for known in names(event_folder) if known not in seen])
            raise Stop(f"layout {name!r} extends {wanted!r}, which {which}", hint, Exit.USAGE, extends)
        seen.append(wanted)
        root = event_folder if event_folder and file.is_relative_to(event_folder) else file.parents[1]
        node = records.load(file, problems, root)
        settings = records.merged(node, settings) if node and settings else settings or node
        module = module or _module(wanted, file, event_folder, own_code)
        below = node.get("extends") if node else None
        wanted, extends = (below.text, below.place) if below else ("", place)
    if module is None:
        where = place_in(event_folder, first) if event_folder else place
        raise Stop(f"layout {name!r} has no module", f"add `extends: panel` to {first.name}", Exit.USAGE, where)
    settings = records.without(settings, "extends") if settings else None
    return Layout(name, module, settings, first)


def _module(name: str, file: Path, event_folder: Path | None, own_code: bool) -> ModuleType | None:
    source = file.with_suffix(".py")
    if not source.is_file():
        return None
    if event_folder and source.is_relative_to(event_folder) and not own_code:
        raise Stop(
            f"{source.relative_to(event_folder).as_posix()} is a program and was not run",
            "build with --own-code if you trust it",
            Exit.USAGE,
        )
    key = f"eventprint_layout_{file.parent.name}_{name.replace('-', '_')}"
    if key in sys.modules and sys.modules[key].__file__ == str(source):
        return sys.modules[key]
    spec = importlib.util.spec_from_file_location(key, source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[key] = module
    try:
        spec.loader.exec_module(module)
        missing = [wanted for wanted in ("Theme", "pages") if not hasattr(module, wanted)]
        if missing:
            raise AttributeError(f"it has no {' and no '.join(missing)}")
    except Exception as fault:
        del sys.modules[key]
        if source.is_relative_to(shelf("layouts")):
            raise
        raise _failed(name, fault, source, event_folder) from fault
    return module


def _failed(name: str, fault: Exception, file: Path, event_folder: Path | None) -> Stop:
    """What to say of a layout of somebody else's that does not work: the last line of its own that was run."""
    line = 0
    if isinstance(fault, SyntaxError) and fault.filename == str(file.with_suffix(".py")):
        line = fault.lineno or 0
    for frame in traceback.extract_tb(fault.__traceback__):
        if frame.filename == str(file.with_suffix(".py")):
            file, line = file.with_suffix(".py"), frame.lineno or 0
    place = place_in(event_folder or file.parents[1], file, line)
    return Stop(f"layout {name!r} failed: {fault}", f"look into {file.name}", Exit.LAYOUT, place)


def compose(
    event: Event,
    product: Product,
    problems: Problems,
    *,
    own_code: bool = False,
    bleed_for: Callable[[str], float] | None = None,
) -> Composition:
    """The pages of a product; faults of its texts and pictures are added to the problems.

    `bleed_for` says how much bleed a print spec asks for: a layout that has less gets as much. Raises Stop where the
    layout is unknown or fails.
    """
    layout, theme = _themed(event, product, problems, own_code)
    if bleed_for is not None and (wanted := bleed_for(theme.spec)) > theme.bleed:
        theme = replace(theme, bleed=records.Length(wanted))
    try:
        pages = tuple(layout.module.pages(event, theme))
    except Stop:
        raise
    except Exception as fault:
        if layout.file.is_relative_to(shelf("layouts")) and not isinstance(fault, ValueError):
            raise
        raise _failed(layout.name, fault, layout.file, event.folder) from fault
    for page in pages:
        problems.add(*page.problems)
    problems.add(*_unclaimed(pages, event.folder))
    return Composition(
        product.name or product.layout,
        layout.name,
        pages,
        theme.finish,
        theme.duplex,
        theme.trim,
        theme.spec,
        theme.recipient,
        theme.about,
        bool(getattr(theme, "right_to_left", False)),
    )


def _unclaimed(pages: Sequence[Page], folder: Path) -> Iterator[Problem]:
    """What supplied PDFs on the pages cost a file that they are placed in."""
    for file, number in artworks(pages):
        from . import artwork  # reading PDFs takes longer to bring in than a badge to make

        for fault in artwork.faults(file, number):
            claims = ", ".join(claim for claim in artwork.CLAIMS if claim in fault.breaks)
            message = f"page {number + 1}: {fault.message}; a file with it does not claim {claims}"
            hint = "ask for a PDF/X-4 file with its fonts in it"
            yield Problem(Severity.WARNING, message, place_in(folder, file), hint, "artwork.claim")


def trim(event: Event, product: Product) -> Size:
    """The finished size of a product, without making its pages. Raises Stop where the layout is unknown or fails."""
    return _themed(event, product, Problems(), own_code=False)[1].trim


def _themed(event: Event, product: Product, problems: Problems, own_code: bool) -> tuple[Layout, kit.BaseTheme]:
    """A product's layout, and its theme with the product's own settings laid over it."""
    layout = find(product.layout, event.folder, problems, own_code=own_code, place=product.place)
    settings = layout.settings
    for key, value in product.settings.items():
        settings = records.with_setting(settings, key, value) if isinstance(value, records.Node) else settings
    theme = records.build(layout.module.Theme, settings, problems)
    assert isinstance(theme, kit.BaseTheme)
    if theme.finish is Finish.BOOKLET and "trim" not in product.settings:
        theme = replace(theme, trim=_foldable(theme.trim, event.paper))
    return layout, theme


def _foldable(trim: Size, paper: Size) -> Size:
    """The size of a booklet's page, or half the organiser's sheet where two of them do not lie on it side by side."""
    sheet = paper.landscape
    if 2 * trim.width <= sheet.width + SLACK and trim.height <= sheet.height + SLACK:
        return trim
    return Size(sheet.width / 2, sheet.height)


def make(event: Event, layout: str, problems: Problems, **fields: object) -> Composition:
    """The pages of a layout whose theme gets these values from the program, such as the rows of a job sheet."""
    found = find(layout, None, problems)
    theme = records.build(found.module.Theme, found.settings, problems)
    theme = replace(theme, **fields)
    pages = tuple(found.module.pages(event, theme))
    return Composition(
        layout, layout, pages, theme.finish, theme.duplex, theme.trim, theme.spec, theme.recipient, theme.about
    )


def describe(event_folder: Path | None) -> list[tuple[str, str, str, Path]]:
    """Every layout's name, what it is, its size and its file; what cannot be used says why instead."""
    rows = []
    for name, file in names(event_folder).items():
        problems = Problems()
        try:
            layout = find(name, event_folder, problems, own_code=False)
            theme = records.build(layout.module.Theme, layout.settings, problems)
        except Stop as stop:
            rows.append((name, str(stop), "", file))
        else:
            rows.append((name, theme.about, str(theme.trim), file))
    return rows
