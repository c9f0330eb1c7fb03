"""A thousand pages of anybody's PDF on sheets, beside pypdf that merely copies them.

    python tests/benchmarks/bench_impose.py [--rounds 5] [FILE.pdf]

Reading and writing are pypdf's in both; what imposing costs is the difference. A bare interpreter and one that only
imports what both need run beside them: on another machine compare the ratios to these, not the seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import measure, show

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from foreign.make import pages_of

COPIED = """
import sys
from pypdf import PdfReader, PdfWriter

writer = PdfWriter()
writer.append(PdfReader(sys.argv[1]))
writer.write(sys.argv[2])
"""
"""What nobody could do with less: every page read and written."""

IMPOSED = """
import sys
from pathlib import Path
from eventprint.geometry import Size
from eventprint.impose import {scheme}

Path(sys.argv[2]).write_bytes({scheme}(Path(sys.argv[1]).read_bytes(), Size(850, 1200){how}).pdf)
"""

IMPORTED = "import eventprint.impose"

LIMIT = 1.05
"""How much larger than its source a file of sheets may be."""


def main() -> int:
    """Print the figures; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("file", nargs="?", type=Path, help="a PDF whose pages are alike in size, instead of a made one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        given = asked.file or folder / "pages.pdf"
        if asked.file is None:
            given.write_bytes(pages_of(1000))
        python = sys.executable
        made = {"copied by pypdf": COPIED}
        made |= {"a booklet": IMPOSED.format(scheme="booklet", how="")}
        made |= {"four or more to a sheet": IMPOSED.format(scheme="nup", how=", duplex=True")}
        commands = {"bare python": [python, "-c", "pass"], "imported": [python, "-c", IMPORTED]}
        commands |= {name: [python, "-c", code, str(given), str(folder / name)] for name, code in made.items()}
        figures = measure(commands, asked.rounds)
        kept = show(figures, {name: (1.0, 300.0) for name in made if name != "copied by pypdf"})
        before = given.stat().st_size
        for name in made:
            ratio = (folder / name).stat().st_size / before
            small = ratio <= LIMIT or name == "copied by pypdf"
            kept = kept and small
            print(f"{name:<32} {ratio:7.3f} × the {before:,} bytes given{'' if small else ': MISSED'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
