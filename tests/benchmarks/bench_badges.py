"""One badge from a cold process, and a thousand badges with codes on A4 sheets.

    python tests/benchmarks/bench_badges.py [--rounds 5]

The whole build is the print shop's file, the sheets, preflight, the proof, the pile list and the manifest. A bare
interpreter runs beside them: on another machine compare the ratios to it, not the seconds.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from pathlib import Path

from measure import BUILD, SAMPLE, measure, show

GIVEN = [
    "Ada",
    "Björn",
    "Chloé",
    "Dilnoza",
    "Eóin",
    "Françoise",
    "Grażyna",
    "Håkan",
    "İpek",
    "João",
    "Kaðlín",
    "Ľudmila",
    "Māra",
    "Nuño",
    "Ödön",
    "Păun",
]
FAMILY = [
    "Açıkgöz",
    "Bjørnstad",
    "Çelik",
    "Đorđević",
    "Eriksdóttir",
    "Fernández",
    "Győri",
    "Høgh",
    "Ílhan",
    "Jørgensen",
    "Kovač",
    "Łukasik",
    "Müller",
]
ROLES = ("attendee", "attendee", "attendee", "speaker", "organiser", "staff", "press")

SHEETS = """
import sys
from pathlib import Path
from eventprint import compose, draw, impose
from eventprint.geometry import PAPERS
from eventprint.page import Edition
from eventprint.problems import Problems
from eventprint.read import read

problems = Problems()
event = read(Path(sys.argv[1]), problems, secret=True)
product = next(product for product in event.products if product.name == "badges")
made = compose.compose(event, product, problems)
pdf = draw.draw(made.pages, edition=Edition.SHOP, title="badges", language=event.language)
sheets = impose.nup(pdf, PAPERS["A4"], duplex=made.duplex)
Path(sys.argv[2]).write_bytes(sheets.pdf)
"""
"""What a thousand badges need and no more: without lists, proofs and the print shop's copy."""


def crowd(folder: Path, count: int) -> Path:
    """The sample event with this many invented attendees and one format of badge to order."""
    event = folder / f"crowd-{count}"
    shutil.copytree(SAMPLE, event, ignore=shutil.ignore_patterns("print", ".eventprint"))
    with (event / "attendees-invented.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Id", "Name", "Organisation", "Role"])
        for number in range(count):
            given, family = GIVEN[number % len(GIVEN)], FAMILY[number // 3 % len(FAMILY)]
            name = f"{given} {family}{'-' + FAMILY[number // 41 % len(FAMILY)] if number % 3 == 0 else ''}"
            rows.writerow([f"R{number:05}", name, f"Institute {number % 97} of Invented Names", ROLES[number % 7]])
    settings = event / "event.yaml"
    before, _, _ = settings.read_text(encoding="utf-8").partition("\nproducts:")
    settings.write_text(f"{before}\nproducts:\n  badges: {{layout: badge-90x55}}\n", encoding="utf-8")
    return event


def main() -> int:
    """Print the figures; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        many, sample = crowd(folder, 1000), crowd(folder, 60)
        python = sys.executable
        one = [python, "-m", "eventprint", "badge", str(sample), "Nykänen", "--out", str(folder / "one.pdf")]
        sheets = [python, "-c", SHEETS, str(many), str(folder / "sheets.pdf")]
        build = [python, "-c", BUILD, str(many), "badges"]
        figures = measure({"bare python": [python, "-c", "pass"], "one badge, cold": one}, 2 * rounds + 1)
        figures |= measure({"1,000 badges on A4 sheets": sheets, "1,000 badges, the whole build": build}, rounds)
    limits = {"one badge, cold": (0.35, 80.0), "1,000 badges on A4 sheets": (4.0, 500.0)}
    return 0 if show(figures, limits) else 1


if __name__ == "__main__":
    sys.exit(main())
