"""Set the same paragraphs by eventprint, Typst and WeasyPrint: `python tests/gallery/paragraphs.py`.

Writes paragraphs.png beside this file and prints how far the spaces of the worst line are stretched, at measures from
60 to 90 mm, in English and in German. All three have the same font, size, text and hyphenation on; poppler reads the
spaces back from the three files. Needs the packages typst and weasyprint, and pdftotext and pdftoppm of poppler.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from statistics import mean

from PIL import Image, ImageDraw, ImageFont

from eventprint import draw
from eventprint.flow import paragraph, place
from eventprint.geometry import Size, mm
from eventprint.page import Edition, Mark, Page
from eventprint.shelves import shelf
from eventprint.text import Style, width

HERE = Path(__file__).parent
SIZE, LEADING = 9.5, 13.0
MEASURES = (60, 65, 70, 75, 80, 85, 90)
SHOWN = 65
PPI = 200
FONT = "Fira Sans"

TEXTS = {
    "en": (
        "Mining regions have lived with the same question for two hundred years: what happens when the ore is gone? "
        "This talk follows three towns that asked it early. One built a university on top of the old shaft, one "
        "turned tailings into building material, and one simply waited. Ten years later their unemployment figures "
        "could hardly be more different, although the money they received from structural funds was almost the same.",
        "We measured dust, noise and groundwater at forty places for eighteen months and compared the readings with "
        "what people living nearby had noticed and reported. The instruments disagreed with the residents less often "
        "than anybody expected. Where they did disagree, the residents were usually right, because nobody had thought "
        "of putting an instrument where children play.",
        "Environmental permits take between nine months and eleven years in the countries we looked at. The length of "
        "the procedure has surprisingly little to do with the strictness of the requirements; it depends on whether "
        "the authorities responsible sit in the same building. We describe an inexpensive experiment with a shared "
        "calendar, its unexpected consequences, and why an internationally recognised certificate made things worse.",
        "Second-hand conveyor belts are not glamorous. They are, however, the largest single stream of rubber that is "
        "still thrown away, and a small cooperative in the north has been buying them since 2015. The founders will "
        "bring samples, their bookkeeping and an honest list of everything that went wrong in the first three years.",
    ),
    "de": (
        "Seit zweihundert Jahren stellt sich in Bergbauregionen dieselbe Frage: Was bleibt, wenn das Erz zu Ende geht? "
        "Der Vortrag folgt drei Städten, die früh darüber nachgedacht haben. Eine baute eine Hochschule auf den alten "
        "Schacht, eine machte aus Abraum einen Baustoff, und eine wartete ab. Zehn Jahre später könnten die Zahlen "
        "der Arbeitslosen kaum verschiedener sein, obwohl alle drei fast gleich viel Fördergeld erhalten haben.",
        "An vierzig Stellen haben wir anderthalb Jahre lang Staub, Lärm und Grundwasser gemessen und die Werte mit "
        "dem verglichen, was den Anwohnern aufgefallen war. Die Geräte widersprachen den Menschen seltener als "
        "erwartet. Wo sie es taten, hatten meistens die Menschen recht, denn niemand war auf den Gedanken gekommen, "
        "dort ein Messgerät aufzustellen, wo Kinder spielen.",
        "Genehmigungsverfahren dauern in den untersuchten Ländern zwischen neun Monaten und elf Jahren. Mit der "
        "Strenge der Umweltauflagen hat das erstaunlich wenig zu tun; entscheidend ist, ob die zuständigen Behörden "
        "im selben Gebäude sitzen. Wir berichten von einem preiswerten Versuch mit einem gemeinsamen Kalender, von "
        "unerwarteten Folgen und davon, warum ein anerkanntes Gütesiegel alles verschlimmert hat.",
        "Gebrauchte Förderbänder sind nichts Glanzvolles. Sie sind aber der größte Strom von Gummi, der noch immer "
        "weggeworfen wird, und eine kleine Genossenschaft im Norden kauft sie seit 2015 auf. Die Gründerinnen bringen "
        "Muster mit, ihre Buchhaltung und eine ehrliche Liste dessen, was in den ersten drei Jahren misslungen ist.",
    ),
}

Setter = Callable[[str, float], bytes]


def by_eventprint(language: str, measure: float) -> bytes:
    style = Style(FONT, size=SIZE, language=language)
    marks: list[Mark] = []
    y = 10 * mm - LEADING
    for text in TEXTS[language]:
        lines = paragraph(text, style, measure * mm, align="justify", hyphenate=True)
        texts, y = place(lines, 10 * mm, y + LEADING, style, leading=LEADING)
        marks += texts
    page = Page(Size((measure + 20) * mm, 330 * mm), tuple(marks))
    return draw.draw([page], edition=Edition.OFFICE, title="paragraphs", language=language)


def by_typst(language: str, measure: float) -> bytes:
    import typst

    body = "\n\n".join(re.sub(r"([#$*_@<\\`])", r"\\\1", text) for text in TEXTS[language])
    source = (
        f"#set page(width: {measure + 20}mm, height: 330mm, margin: 10mm)\n"
        f'#set text(font: "{FONT}", size: {SIZE}pt, lang: "{language}", hyphenate: true)\n'
        f"#set par(justify: true, leading: {LEADING - 0.7 * SIZE}pt, spacing: {2 * LEADING - 0.7 * SIZE}pt)\n{body}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paragraphs.typ"
        file.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(file), font_paths=[str(shelf("fonts") / "core")], ignore_system_fonts=True))


def by_weasyprint(language: str, measure: float) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    file = (shelf("fonts") / "core" / "FiraSans-Regular.ttf").as_uri()
    css = (
        f'@font-face {{ font-family: "{FONT}"; src: url("{file}") }}'
        f"@page {{ size: {measure + 20}mm 330mm; margin: 10mm }}"
        f'body {{ margin: 0; font: {SIZE}pt/{LEADING}pt "{FONT}"; text-align: justify; hyphens: auto }}'
        f"p {{ margin: 0 0 {LEADING}pt }}"
    )
    body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in TEXTS[language])
    page = weasyprint.HTML(string=f'<html lang="{language}"><body>{body}</body></html>')
    return bytes(page.write_pdf(stylesheets=[weasyprint.CSS(string=css, font_config=fonts)], font_config=fonts))


SETTERS = {"eventprint": by_eventprint, "Typst": by_typst, "WeasyPrint": by_weasyprint}


def lines_of(pdf: bytes) -> Iterator[list[tuple[float, float, str]]]:
    """The words of each line, where they begin and end; a drawn line is what shares a baseline."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(["pdftotext", "-bbox", file.name, "-"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', told)
    rows: dict[int, list[tuple[float, float, str]]] = {}
    for left, top, right, text in found:
        rows.setdefault(round(float(top)), []).append((float(left), float(right), text))
    yield from (sorted(rows[top]) for top in sorted(rows))


def stretches(pdf: bytes, language: str) -> list[float]:
    """How wide the spaces of each justified line are, as a multiple of the font's own; last lines are left out."""
    natural = width(" ", Style(FONT, size=SIZE, language=language))
    lasts = {text.split()[-1] for text in TEXTS[language]}
    return [
        mean(after[0] - before[1] for before, after in pairwise(words)) / natural
        for words in lines_of(pdf)
        if len(words) > 1 and words[-1][2] not in lasts
    ]


def stacked(pdf: bytes) -> int:
    """The most lines in a row that end with a hyphen."""
    most = run = 0
    for words in lines_of(pdf):
        run = run + 1 if words[-1][2].endswith(("-", "\u2010", "\u00ad")) else 0
        most = max(most, run)
    return most


def main() -> None:
    """Print the table, and write the picture of one measure."""
    print("worst space of a line, as a multiple of the font's own space; below it the mean, and hyphens in a row")
    print("language  measure  " + "".join(f"{name:>22}" for name in SETTERS))
    for language in TEXTS:
        for measure in MEASURES:
            cells = []
            for setter in SETTERS.values():
                pdf = setter(language, measure)
                found = stretches(pdf, language)
                cells.append(f"{max(found):10.2f} {mean(found):6.2f} {stacked(pdf):4}")
            print(f"{language:<9} {measure:>4} mm  " + "".join(f"{cell:>22}" for cell in cells))
    sheet([(name, setter("en", SHOWN)) for name, setter in SETTERS.items()]).save(
        HERE / "paragraphs.png", optimize=True
    )


def sheet(made: list[tuple[str, bytes]]) -> Image.Image:
    """The three settings beside each other, their names and their worst lines above."""
    pictures = []
    for _, pdf in made:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "one.pdf"
            file.write_bytes(pdf)
            subprocess.run(["pdftoppm", "-r", str(PPI), "-png", "-singlefile", file, file.with_suffix("")], check=True)
            picture = Image.open(file.with_suffix(".png")).convert("L")
            pictures.append(picture.crop((0, 0, picture.width, int(172 * PPI / 25.4))))
    wide, high = pictures[0].width, min(picture.height for picture in pictures)
    page = Image.new("L", (wide * len(made), high + 60), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(shelf("fonts") / "core" / "FiraSans-SemiBold.ttf", 34)
    for at, ((name, pdf), picture) in enumerate(zip(made, pictures, strict=True)):
        page.paste(picture, (at * wide, 60))
        pen.text((at * wide + 10 * PPI / 25.4, 20), f"{name}: {max(stretches(pdf, 'en')):.2f}", 0, font)
    return page.quantize(16)


if __name__ == "__main__":
    main()
