"""What is spoilt: small material of every kind written here, and real material where a folder of it is named."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import made_documents
import made_workbooks as made

HERE = Path(__file__).resolve().parent
LARGEST = 60_000
"""Bytes of real material that are taken: enough to have all its parts, few enough to be read often."""

ROWS = [["Name", "E-Mail", "Role"], ["Anna Berg", "a@example.org", "Speaker"], ["Bo Li", "", "TBC"]]
GRID = [
    ["Time", "Hall A", "Hall B"],
    ["10:00", "Opening", ""],
    ["10:30-11:00", "Birds\nAnna Berg (Museum)", "Bees"],
    ["Lunch", "", ""],
]


@cache
def own(kind: str) -> tuple[bytes, ...]:
    """Seeds of a kind of material, and all others for what may be met in their place."""
    files = sorted(file for file in (HERE / "seeds").iterdir() if file.is_file())
    data = [file.read_bytes() for file in files if kind in ("tools", "agenda") or kind in file.name]
    books = [make(rows) for rows in (ROWS, GRID) for make in (made.xlsx, made.ods, made.xls)]
    if kind == "event":
        agenda = [file.read_bytes() for file in files if "agenda" in file.name]
        people = (HERE / "seeds" / "people.yaml").read_bytes()
        settings = (HERE / "seeds" / "settings.yaml").read_bytes()
        lists = [file.read_bytes() for file in files if "attendees" in file.name]
        return tuple(
            b"\xff\xfe\xfd".join((one, lists[n % len(lists)], people, settings)) for n, one in enumerate(agenda)
        )
    if kind in ("tools", "agenda"):
        said = ["River Days", "11 May 2022", "10:00 Opening", "10:30 Birds", "Anna Berg, Museum"]
        books.append(made_documents.docx("".join(map(made_documents.p, said))))
        books.append(made_documents.odt("".join(f"<text:p>{line}</text:p>" for line in said)))
    return (*data, *(books if kind in ("tools", "agenda", "attendees") else ()))


REAL: Mapping[str, tuple[str, ...]] = {
    "agenda": ("",),
    "tools": ("",),
    "attendees": ("attendees", "names", "csv-agenda", "xlsx-agenda"),
}
"""The folders of real material that are of a kind."""


@cache
def real(kind: str) -> tuple[bytes, ...]:
    """Real material of a kind, large files cut; nothing where no folder of it is named."""
    folder = os.environ.get("EVENTPRINT_REAL_DATA")
    if not folder or kind not in REAL:
        return ()
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
    chosen = [file for file in files if any(str(file.relative_to(folder)).startswith(each) for each in REAL[kind])]
    return tuple(file.read_bytes()[:LARGEST] for file in chosen)


def all_of(kind: str) -> tuple[bytes, ...]:
    """All seeds of a kind."""
    return (*own(kind), *real(kind))


def found() -> list[tuple[str, Path]]:
    """What once was read wrongly, by the kind of material it was read as."""
    return [(file.name.partition("-")[0], file) for file in sorted((HERE / "found").glob("*-*"))]
