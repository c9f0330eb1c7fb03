"""Make the README's pictures from the sample event: `python tests/gallery/make.py`.

Builds the sample into a temporary folder with a fixed secret and lays its pages out like a table of printed matter.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from eventprint import job, rasters
from eventprint.geometry import inch
from eventprint.shelves import shelf

HERE = Path(__file__).parent
GROUND = (236, 234, 229)
PPI = 100
SHOWN = (10, 11, 52, 53, 12, 24, 48, 76, 90, 98, 110, 118, 126, 130, 132, 116)
"""Pages of the badges to show: two with their backs, then faces of many scripts."""

Placed = tuple[Image.Image, tuple[int, int]]


def main() -> None:
    """Write products.png, booklet.png, badges.png and preflight.png beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        event = Path(folder) / "event"
        shutil.copytree(shelf("data") / "mine-the-gap", event, ignore=shutil.ignore_patterns("print", ".eventprint"))
        (event / ".eventprint").mkdir()
        (event / ".eventprint" / "secret").write_text("5a" * 32, encoding="utf-8")
        job.build(event)
        files = event / "print"
        cover = faulty(Path(folder) / "cover.pdf")
        job.mark(cover, job.preflight(cover, "sheet"), HERE / "preflight.png")
        booklet = pictures(files / "online" / "programme.pdf", PPI)
        badges = pictures(files / "print-shop" / "badges.pdf", PPI * 1.25, trimmed=True)
        large = pictures(files / "print-shop" / "badges-a6.pdf", PPI * 0.86, trimmed=True)
        cards = pictures(files / "print-shop" / "speaker-cards.pdf", PPI * 0.86, trimmed=True)
        tents = pictures(files / "desk" / "table-tents.pdf", PPI * 0.4)
        doors = pictures(files / "venue" / "signs-a3.pdf", PPI * 0.335)
        signs = pictures(files / "venue" / "signs-a4.pdf", PPI * 0.292)
    products(booklet, badges, large, cards, tents, doors, signs).save(HERE / "products.png", optimize=True)
    table((2000, 760), opened(booklet)).save(HERE / "booklet.png", optimize=True)
    table((2000, 1324), grid([badges[n] for n in SHOWN], 4, 40, 40)).save(HERE / "badges.png", optimize=True)


def faulty(file: Path) -> Path:
    """A cover as somebody made it at home: no bleed, colours of the screen, fine lines, words at the edge."""
    from reportlab.pdfgen.canvas import Canvas

    width, height = 148 / 25.4 * inch, 210 / 25.4 * inch
    canvas = Canvas(str(file), pagesize=(width, height), trimBox=(0, 0, width, height), invariant=1)
    canvas.setFillColorRGB(0.05, 0.31, 0.34)
    canvas.rect(0, height * 0.45, width, height * 0.55, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica-Bold", 34)
    canvas.drawString(40, height * 0.72, "Stone & Soil")
    canvas.setFont("Helvetica", 5)
    canvas.drawString(40, height * 0.72 - 22, "A workshop about the ground we stand on")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(width - 4, 12, "www.example.org/stone-and-soil")
    canvas.setLineWidth(0)
    canvas.line(40, height * 0.4, width - 40, height * 0.4)
    canvas.save()
    return file


def pictures(file: Path, ppi: float, *, trimmed: bool = False) -> list[Image.Image]:
    """Every page as a picture; with `trimmed`, without the 3 mm of bleed."""
    made = rasters.pages_to_png(file.read_bytes(), ppi)
    if not trimmed:
        return made
    bleed = round(3 / 25.4 * inch * ppi / inch)
    return [page.crop((bleed, bleed, page.width - bleed, page.height - bleed)) for page in made]


def products(
    booklet: Sequence[Image.Image],
    badges: Sequence[Image.Image],
    large: Sequence[Image.Image],
    cards: Sequence[Image.Image],
    tents: Sequence[Image.Image],
    doors: Sequence[Image.Image],
    signs: Sequence[Image.Image],
) -> Image.Image:
    """Something of everything on one table."""
    small = [
        badge.resize((round(badge.width / 1.25), round(badge.height / 1.25)), Image.Resampling.LANCZOS)
        for badge in badges
    ]
    return table(
        (2400, 1690),
        [
            (spread(booklet[0]), (80, 80)),
            (spread(booklet[4], booklet[5]), (717, 80)),
            (doors[0], (1937, 80)),
            (doors[2], (1937, 706)),
            (small[44], (80, 968)),
            (small[45], (80, 1247)),
            (large[10], (488, 968)),
            (cards[3], (897, 968)),
            (tents[1], (1430, 968)),
            (signs[3], (897, 1366)),
            (signs[4], (1268, 1366)),
            (signs[9], (1639, 1366)),
            (signs[16], (2010, 1366)),
        ],
    )


def spread(*pages: Image.Image) -> Image.Image:
    """Pages side by side, with a little shade in the fold."""
    both = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
    x = 0
    for page in pages:
        both.paste(page, (x, 0))
        x += page.width
    if len(pages) == 2:
        fold = pages[0].width
        for offset in range(-26, 26):
            depth = round(14 * (1 - abs(offset) / 26))
            column = both.crop((fold + offset, 0, fold + offset + 1, both.height))
            both.paste(ImageChops.subtract(column, Image.new("RGB", column.size, (depth,) * 3)), (fold + offset, 0))
    return both


def opened(booklet: Sequence[Image.Image]) -> list[Placed]:
    """The booklet's first spreads, smaller."""
    half = [
        page.resize((round(page.width * 0.72), round(page.height * 0.72)), Image.Resampling.LANCZOS) for page in booklet
    ]
    left, right = spread(half[1], half[2]), spread(half[3], half[4])
    x = (2000 - left.width - right.width - 60) // 2
    return [(left, (x, 80)), (right, (x + left.width + 60, 80))]


def grid(pages: Sequence[Image.Image], columns: int, gap_x: int, gap_y: int) -> list[Placed]:
    """Pages in rows."""
    wide, high = pages[0].size
    width = columns * wide + (columns - 1) * gap_x
    x0 = (2000 - width) // 2
    return [
        (page, (x0 + i % columns * (wide + gap_x), 60 + i // columns * (high + gap_y))) for i, page in enumerate(pages)
    ]


def table(size: tuple[int, int], placed: Sequence[Placed]) -> Image.Image:
    """Printed matter on a table, each with a soft shadow."""
    ground = Image.new("RGB", size, GROUND)
    for picture, (x, y) in placed:
        shadow = Image.new("L", size, 0)
        shadow.paste(70, (x + 4, y + 10, x + picture.width + 4, y + picture.height + 10))
        shadow = shadow.filter(ImageFilter.GaussianBlur(14))
        ground.paste((60, 55, 45), (0, 0), shadow)
        ground.paste(picture, (x, y))
    return ground


if __name__ == "__main__":
    main()
