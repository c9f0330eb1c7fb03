"""The plates of a press, made by Ghostscript: how much of each ink lies where."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image as pillow
from PIL import ImageChops, ImageFilter

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


def plates(pdf: bytes, folder: Path, *, ppi: int = 72, first: int = 1, last: int = 1) -> list[dict[str, pillow.Image]]:
    """For each page its plates by the names of their inks, 255 for all the ink there is and 0 for none.

    A process ink always has a plate, a spot ink has one on pages that name it.
    """
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed: nobody makes plates")
    folder = folder / f"plates-{len(list(folder.glob('plates-*')))}"
    folder.mkdir(parents=True)
    file = folder / "file.pdf"
    file.write_bytes(pdf)
    options = ["-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{ppi}", f"-dFirstPage={first}"]
    options += [f"-dLastPage={last}", f"-sOutputFile={folder / 'page-%04d.tif'}"]
    subprocess.run(["gs", "-q", *options, str(file)], check=True, capture_output=True)
    pages: dict[int, dict[str, pillow.Image]] = {}
    for made in sorted(folder.glob("page-*(*).tif")):
        number, ink = re.fullmatch(r"page-(\d+)\((.+)\)\.tif", made.name).groups()  # type: ignore[union-attr]
        with pillow.open(made) as plate:
            pages.setdefault(int(number), {})[ink] = ImageChops.invert(plate.convert("L"))
    return [pages[number] for number in sorted(pages)]


def inked(plate: pillow.Image) -> bool:
    return plate.getextrema()[1] > 0  # type: ignore[operator]


def total(page: dict[str, pillow.Image]) -> list[float]:
    """All inks together at each spot, in per cent, least first."""
    return sorted(100 / 255 * sum(spot) for spot in zip(*(plate.tobytes() for plate in page.values()), strict=True))


def heaviest(page: dict[str, pillow.Image], ppi: int, side: float = 15.0) -> float:
    """The most ink in per cent that any square has on average, its side in millimetres (GWG 2022, R0026)."""
    radius = side / 25.4 * ppi / 2
    blurred = [plate.filter(ImageFilter.BoxBlur(radius)) for plate in page.values()]
    return total(dict(enumerate(blurred)))[-1]  # type: ignore[arg-type]
