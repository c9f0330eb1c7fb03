"""Look at a page as its file shows it, and at its place on a sheet; say how far the two pictures differ.

Knows nothing of the code that places pages: boxes are read by pikepdf, pictures are made by PDFium and by poppler.
"""

from __future__ import annotations

import io
import subprocess
import warnings
from collections.abc import Callable
from typing import NamedTuple

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the coordinates of a page."""

Look = Callable[[bytes, int, Edges, float], Image.Image]
"""Makes a picture of a part of a page of a file."""

NOISE = 24
"""Levels of 255 by which a pixel may differ: what a hundredth of a point does to a smoothed edge."""


class Trim(NamedTuple):
    """What of a page is left after cutting."""

    edges: Edges
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """In points, as somebody holding the page sees it."""
        width = (self.edges[2] - self.edges[0]) * self.unit
        height = (self.edges[3] - self.edges[1]) * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)


def trims(pdf: bytes) -> list[Trim]:
    """The trim of every page as pikepdf finds it."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            media = _edges(page.mediabox) if "/MediaBox" in page.obj or _inherits(page.obj, "/MediaBox") else None
            media = media or (0, 0, 612, 792)
            inner = next(
                (
                    edges
                    for name in ("/TrimBox", "/CropBox")
                    if (box := _inherited(page.obj, name)) is not None and (edges := _edges(box))
                ),
                media,
            )
            shared = (
                max(inner[0], media[0]),
                max(inner[1], media[1]),
                min(inner[2], media[2]),
                min(inner[3], media[3]),
            )
            edges = shared if shared[2] > shared[0] and shared[3] > shared[1] else media
            turn = int(_inherited(page.obj, "/Rotate") or 0) % 360
            found.append(Trim(edges, turn, float(page.obj.get("/UserUnit", 1))))
    return found


def _inherits(node: pikepdf.Object, name: str) -> bool:
    return _inherited(node, name) is not None


def _inherited(node: pikepdf.Object, name: str) -> pikepdf.Object | None:
    for _ in range(50):
        if name in node:
            return node[name]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _edges(box: pikepdf.Object) -> Edges | None:
    try:
        x, y, to_x, to_y = (float(number) for number in box)
    except (TypeError, ValueError):
        return None
    edges = min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
    return edges if edges[2] > edges[0] and edges[3] > edges[1] else None


def seen(pdf: bytes, number: int, edges: Edges, scale: float) -> Image.Image:
    """A part of a page, from 0, as PDFium prints it: with the notes and fields that print."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        page = document[number]
        page.set_mediabox(*edges)
        page.set_cropbox(*edges)
        return page.render(scale=scale, optimize_mode="print", draw_annots=True).to_pil().convert("RGB")
    finally:
        document.close()


def second_opinion(tool: str) -> Look:
    """The same by poppler, of the file as qpdf mends it."""

    def look(pdf: bytes, number: int, edges: Edges, scale: float) -> Image.Image:
        with warnings.catch_warnings():
            # pikepdf says that fields without a form may not show
            warnings.simplefilter("ignore")
            with pikepdf.open(io.BytesIO(pdf)) as file:
                page = file.pages[number].obj
                for name in ("/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit"):
                    if name in page:
                        del page[name]
                page.MediaBox = page.CropBox = pikepdf.Array([round(edge, 4) for edge in edges])
                file.save(mended := io.BytesIO())
        only = str(number + 1)
        asked = [tool, "-png", "-cropbox", "-f", only, "-l", only, "-r", str(72 * scale), "-"]
        made = subprocess.run(asked, input=mended.getvalue(), check=True, capture_output=True, timeout=60)
        return Image.open(io.BytesIO(made.stdout)).convert("RGB")

    return look


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels whose like the other picture does not have within one pixel, seen from both sides."""
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return 1.0
    size = min(one.width, other.width), min(one.height, other.height)
    one, other = one.crop((0, 0, *size)), other.crop((0, 0, *size))
    return max(_strange(one, other), _strange(other, one))


def _strange(one: Image.Image, other: Image.Image) -> float:
    if min(one.size) < 3:
        least = most = other
    else:
        least, most = other.filter(ImageFilter.MinFilter(3)), other.filter(ImageFilter.MaxFilter(3))
    beyond = ImageChops.lighter(ImageChops.subtract(one, most), ImageChops.subtract(least, one))
    red, green, blue = beyond.split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    histogram = worst.histogram()
    return sum(histogram[NOISE:]) / (one.width * one.height)


def is_blank(picture: Image.Image) -> bool:
    return all(low == high for low, high in picture.getextrema())
