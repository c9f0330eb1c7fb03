"""Where the project's own layouts, data and fonts lie: in a wheel, an editable install or a bare checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shelf(name: str) -> Path:
    """The folder `layouts`, `data` or `fonts`.

    A wheel carries them inside the package under `_shelves`; a checkout has them at its top level.
    Raises FileNotFoundError, naming both places, where the installation is damaged.
    """
    packed, checkout = _PACKAGE / "_shelves" / name, _PACKAGE.parents[1] / name
    for folder in (packed, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name!r} at {packed} or {checkout}: install eventprint again")
