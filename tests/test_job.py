"""The whole path on the sample event: other programs and models of paper read back what was made.

What a page must say is taken from the agenda's own lines and the tables below, never from what was read or composed.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import SAMPLE, SECRET, copy_of_the_sample, few
from PIL import ImageChops

from eventprint import codes, job
from eventprint.geometry import PAPERS, Size
from eventprint.problems import Exit, Problems, Stop

if TYPE_CHECKING:
    from eventprint.job import Built

MM = 72 / 25.4

AGENDA = (SAMPLE / "agenda.md").read_text(encoding="utf-8")

PEOPLE = {
    "Santiago Cuesta Lopez": "ICAMCyL",
    "Milena Stoyanova": "EISMEA",
    "Valentina Pinna": "EISMEA",
    "Kristiina Jokelainen": "SmartNorth",
    "Meng-Chun Lee": "GKZ",
    "Antonio Novo Guerrero": "IDiA",
    "Ilkka Nykänen": "Business Joensuu",
}

ORDERED = {
    "programme": (148, 210),
    "badges": (90, 55),
    "badges-a6": (105, 148),
    "speaker-cards": (148, 105),
    "table-tents": (297, 210),
    "signs-a3": (297, 420),
    "signs-a4": (297, 210),
    "job-sheet": (297, 210),
}
"""Millimetres of what goes to the print shop."""

BADGES = ("badges", "badges-a6")

EVERYBODY = 67
"""Badges of the sample: 61 rows of which two are one person, and the seven of the agenda."""


# --- files read back


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def page_texts(file: Path) -> list[str]:
    """The text layer of every page as another program extracts it."""
    with pypdfium2.PdfDocument(file) as document:
        return [hyphened(page.get_textpage().get_text_range()) for page in document]


def hyphened(text: str) -> str:
    """The hyphen at the end of a line, for which PDFium gives signs of its own."""
    return text.replace("\ufffe", "-").replace("\x02", "-")


def flat(text: str) -> str:
    """One space wherever there is any."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def pdfs(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pdf"))


@pytest.fixture(scope="module")
def texts(print_run: Built) -> dict[str, list[str]]:
    """Every page's text of every PDF of the print run, but for the proof, which quotes the agenda and its problems."""
    folder = print_run.folder
    files = [file for file in pdfs(folder) if file.parent.name != "proof"]
    return {file.relative_to(folder).as_posix(): page_texts(file) for file in files}


@pytest.fixture(scope="module")
def everything(texts: dict[str, list[str]]) -> str:
    return "\n".join(page for pages in texts.values() for page in pages)


# --- the agenda, read and printed


def test_the_sample_is_read_whole(print_run: Built) -> None:
    checked = job.check(print_run.folder.parent)
    counts = checked.as_data()["counts"]
    expected = {
        "entries": 15,
        "timed": 11,
        "untimed": 4,
        "sessions": 3,
        "talks": 8,
        "to be confirmed": 2,
        "breaks": 4,
        "people": 7,
        "organisations": 8,
    }
    assert {key: counts[key] for key in expected} == expected
    assert {p["name"]: p["organisation"] for p in checked.as_data()["people"].values()} == PEOPLE
    assert checked.event.imprint == "Consortium of MINE.THE.GAP"


def test_no_line_of_the_agenda_is_neither_used_nor_reported(print_run: Built) -> None:
    checked = job.check(print_run.folder.parent)
    used = {reading["line"] for reading in checked.as_data()["coverage"] if reading["taken"] != "passed"}
    reported = {problem.place.line for problem in checked.problems if problem.place.file == "agenda.md"}
    written = {number for number, line in enumerate(AGENDA.splitlines(), 1) if line.strip()}
    assert written <= used | reported


def test_the_sample_prints_without_an_error(print_run: Built) -> None:
    assert [str(problem) for problem in print_run.problems if problem.severity == "error"] == []


def test_no_page_prints_a_time_the_agenda_does_not_have(everything: str) -> None:
    written = set(re.findall(r"\d\d:\d\d", AGENDA))
    assert len(written) == 11
    assert set(re.findall(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)", everything)) == written


def test_nobody_is_called_tbc_and_no_talk_panel_speakers(everything: str) -> None:
    assert not re.search(r"\b(TBC|tbc|T\.B\.C)\b", everything)
    assert "Panel speakers" not in flat(everything)


def test_nothing_that_identifies_a_person_to_machines_is_printed(everything: str, print_run: Built) -> None:
    assert "@" not in everything
    assert "invented.example" not in everything
    assert all(SECRET.hex().encode() not in data for data in tree(print_run.folder).values())


def test_nothing_is_shortened(everything: str) -> None:
    assert "…" not in everything
    assert "..." not in everything


# --- the programme


def in_order() -> list[str]:
    """What the programme has to say of the agenda, piece by piece, from the lines of the file."""
    pieces: list[str] = []
    for line in AGENDA[AGENDA.index("\nAgenda\n") :].splitlines()[1:]:
        line = line.strip()
        name, _, organisation = line.partition(", ")
        if entry := re.fullmatch(r"(\d\d:\d\d) \*\*(.+)\*\*", line):
            pieces += [part for part in entry.groups() if part != "Panel speakers:"]
        elif session := re.fullmatch(r"(Session [IV]+): (.+)", line):
            pieces += session.groups()
        elif PEOPLE.get(name) == organisation:
            pieces += [name, organisation]
        elif line == "TBC":
            pieces.append("Speaker to be confirmed")
        elif line not in ("", "Agenda", "Moderator: *Santiago Cuesta Lopez, ICAMCyL*"):
            pieces.append(line)
    return pieces


def as_set(piece: str) -> str:
    """A pattern for a piece as it may stand in lines: spaces are any white space, and a line may end after a hyphen."""
    words = (re.escape(word).replace(r"\-", r"\-\s?") for word in piece.split())
    return r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"


def missed(pieces: Sequence[str], text: str) -> list[str]:
    """Pieces that do not follow those before them."""
    start, gone = 0, []
    for piece in pieces:
        if met := re.compile(as_set(piece)).search(text, start):
            start = met.end()
        else:
            gone.append(piece)
    return gone


def test_the_agenda_is_told_apart_as_it_was_meant() -> None:
    pieces = in_order()
    assert len(pieces) == 11 + 10 + 4 + 2 * 3 + 2 * 11 + 2 + 1
    assert missed(["Coffee break", "Lunch"], "Lunch\nCoffee break") == ["Lunch"]
    assert missed(["eco-systems & SRIA"], "eco-\nsystems\n& SRIA") == []
    assert missed(["SRIA"], "SRIAS") == ["SRIA"]


def test_the_online_edition_says_everything_in_order_and_as_written(texts: dict[str, list[str]]) -> None:
    assert missed(in_order(), "\n".join(texts["online/programme.pdf"])) == []


def test_the_programme_tells_what_stands_before_the_agenda(texts: dict[str, list[str]]) -> None:
    lines = [line for line in AGENDA[: AGENDA.index("\nAgenda\n")].splitlines() if line.strip()]
    title, subtitle, introduction = lines[0].rstrip(":"), lines[1], lines[-1]
    text = "\n".join(texts["online/programme.pdf"])
    facts = ("Wednesday 11 May 2022", "Hilton Grand Place Brussels", "Microsoft Teams")
    for piece in (title, subtitle, introduction, *facts):
        assert missed([piece], text) == []
    for name in ("DIGIPOLIS", "GKZ", "ICAMCyL", "ISMC"):
        assert missed([name], texts["online/programme.pdf"][-1]) == []


def test_every_edition_of_the_programme_says_the_same(texts: dict[str, list[str]]) -> None:
    assert texts["print-shop/programme.pdf"] == texts["online/programme.pdf"]


def test_pages_named_beside_people_are_those_that_show_them(texts: dict[str, list[str]]) -> None:
    """Each number at the end of a line under a speaker is a page on which the name and the title stand."""
    pages = texts["online/programme.pdf"]
    listed = next(page for page in reversed(pages) if all(name in flat(page) for name in PEOPLE))
    starts = sorted((listed.index(name), name) for name in PEOPLE)
    for (start, name), (end, _) in zip(starts, [*starts[1:], (len(listed), "")], strict=True):
        numbers = [int(number) for number in re.findall(r" (\d{1,2})\r?$", listed[start:end], re.MULTILINE)]
        assert numbers, name
        assert all(name in flat(pages[number - 1]) for number in numbers if pages[number - 1] is not listed)


def halves(file: Path) -> list[tuple[str, str]]:
    """The text left and right of the middle of every side."""
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append(
                (
                    bounded(text, height, 0, 0, width / 2, height),
                    bounded(text, height, width / 2, 0, width, height),
                )
            )
    return found


def leafed_through(sides: Sequence[tuple[str, str]]) -> list[str]:
    """Print both sides of each sheet, stack them with the first outside, fold the stack in the middle, and read.

    Turned over its short edge a sheet shows, behind the right half of its front, the left half of its back.
    """
    right, left = [], []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        right += [front[1], back[0]]
        left = [back[1], front[0], *left]
    return [squeezed(page) for page in (*right, *left)]


def test_the_booklet_folds_into_the_programme(print_run: Built, texts: dict[str, list[str]]) -> None:
    pages = [squeezed(page) for page in texts["print-shop/programme.pdf"]]
    assert len(pages) % 4 == 0
    assert len(set(pages)) == len(pages), "two pages alike could be changed for one another unseen"
    sides = halves(print_run.folder / "office" / "programme-booklet.pdf")
    assert leafed_through(sides) == pages
    assert leafed_through(sides[::-1]) != pages
    assert leafed_through([(second, first) for first, second in sides]) != pages


# --- codes


@dataclass(frozen=True)
class Seen:
    """A code as a reader sees it: its payload, and its corners in points from the top left of the page."""

    payload: str
    corner: tuple[float, float]
    along: tuple[float, float]
    """From the corner to the end of the symbol's first row."""
    down: tuple[float, float]


@cache
def seen(file: Path, ppi: int) -> list[list[Seen]]:
    """The codes on every front, each page rendered as a whole."""
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for number in range(0, len(document), 2):
            picture = document[number].render(scale=ppi / 72, grayscale=True).to_pil()
            found.append(
                [one(each, 72 / ppi) for each in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
            )
    return found


def one(barcode: Any, scale: float) -> Seen:
    at = barcode.position
    x, y = at.top_left.x, at.top_left.y
    return Seen(
        barcode.text,
        (x * scale, y * scale),
        ((at.top_right.x - x) * scale, (at.top_right.y - y) * scale),
        ((at.bottom_left.x - x) * scale, (at.bottom_left.y - y) * scale),
    )


def invented() -> dict[str, str]:
    """The name each invented person wears, by id, given name first where the list has it."""
    with (SAMPLE / "attendees-invented.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["Registration ID"]: row["Name on badge"]
            or f"{row['Given name']} {row['Family name']}".strip()
            or row["Name"]
            for row in csv.DictReader(stream)
        }


@pytest.fixture(scope="module")
def owners(print_run: Built) -> dict[str, str]:
    """The name on the badge for each code this event may print."""
    worn = invented()
    return {
        codes.token(SECRET, each.id): worn.get(each.id.removeprefix("id:"), each.name.full)
        for each in print_run.event.attendees
    }


def test_the_people_with_a_badge_are_those_of_the_list_and_of_the_agenda(owners: dict[str, str]) -> None:
    assert len(owners) == EVERYBODY
    assert Counter(owners.values()) == Counter([*invented().values(), *PEOPLE]) - Counter(["Soren Kjaergard-Molby"])


@pytest.mark.parametrize("ppi", [200, 300])
@pytest.mark.parametrize("product", BADGES)
def test_every_code_of_the_print_shops_badges_belongs_to_the_name_beside_it(
    print_run: Built, texts: dict[str, list[str]], owners: dict[str, str], product: str, ppi: int
) -> None:
    name = f"print-shop/{product}.pdf"
    met = seen(print_run.folder / name, ppi)
    assert [len(page) for page in met] == [1] * EVERYBODY
    assert {page[0].payload for page in met} == set(owners)
    for [code], text in zip(met, texts[name][::2], strict=True):
        assert f"{code.payload[2:7]} {code.payload[7:12]}" in flat(text)
        words = owners[code.payload].split()
        assert all(word in squeezed(text) for word in words), (words, text)


@pytest.mark.parametrize("ppi", [200, 300])
@pytest.mark.parametrize("product", BADGES)
def test_every_code_on_the_desks_sheets_belongs_to_the_badge_it_is_cut_out_with(
    print_run: Built, texts: dict[str, list[str]], product: str, ppi: int
) -> None:
    """Cut the sheet around each code as the single badge lies around it; front and back are then that person's."""
    folder = print_run.folder
    single = f"print-shop/{product}.pdf"
    singles = {page[0].payload: (page[0], number) for number, page in enumerate(seen(folder / single, 200))}
    fronts, backs = (texts[single][side::2] for side in (0, 1))
    sheets = seen(folder / f"desk/{product}.pdf", ppi)
    assert sorted(code.payload for sheet in sheets for code in sheet) == sorted(singles)
    with (
        pypdfium2.PdfDocument(folder / f"desk/{product}.pdf") as desk,
        pypdfium2.PdfDocument(folder / single) as shop,
    ):
        for number, sheet in enumerate(sheets):
            width, height = desk[2 * number].get_size()
            front, back = (desk[2 * number + side].get_textpage() for side in (0, 1))
            for code in sheet:
                alone, position = singles[code.payload]
                left, top, right, bottom = cut_around(code, alone, shop[0])
                assert words(bounded(front, height, left, top, right, bottom)) == words(fronts[position])
                # Turned over its long edge, an upright sheet is mirrored left to right, a landscape one top to bottom.
                if width < height:
                    left, right = width - right, width - left
                else:
                    top, bottom = height - bottom, height - top
                assert words(bounded(back, height, left, top, right, bottom)) == words(backs[position])


def cut_around(code: Seen, single: Seen, page: Any) -> tuple[float, float, float, float]:
    """The edges on the sheet of the badge that lies around a code as it does around the single one's."""
    assert abs(code.along[1]) < 1 > abs(single.along[1]), "fronts lie upright"
    tall = page.get_size()[1]
    left, low, right, high = page.get_trimbox()
    dx, dy = code.corner[0] - single.corner[0], code.corner[1] - single.corner[1]
    return left + dx, tall - high + dy, right + dx, tall - low + dy


def bounded(text: Any, height: float, left: float, top: float, right: float, bottom: float) -> str:
    """The text between edges in points from the top left of a page so high."""
    return hyphened(text.get_text_bounded(left=left, bottom=height - bottom, right=right, top=height - top))


def words(text: str) -> Counter[str]:
    """The words whatever their order: a page on its head is extracted from its foot."""
    return Counter(text.split())


def test_the_back_of_a_speakers_badge_is_not_everybodys(print_run: Built, owners: dict[str, str]) -> None:
    """Own items are marked: at least seven backs look unlike the one the others share."""
    with pypdfium2.PdfDocument(print_run.folder / "print-shop" / "badges.pdf") as document:
        looks = Counter(document[n].render(scale=1).to_pil().tobytes() for n in range(1, len(document), 2))
    assert looks.most_common(1)[0][1] == EVERYBODY - len(PEOPLE)


def test_a_payload_tells_nothing_about_a_person(owners: dict[str, str]) -> None:
    assert all(re.fullmatch("EP[BCDFGHJKLNPRSTVX]{26}", payload) for payload in owners)
    assert len({payload[2:12] for payload in owners}) == EVERYBODY


def test_every_code_is_accepted_for_its_person(print_run: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    event = print_run.folder.parent
    names = {each.id: each.name.full for each in print_run.event.attendees}
    # Read once, not for every one of the many.
    again = job.check(event).event
    monkeypatch.setattr("eventprint.read.read", lambda folder, problems: {event: again}[folder])
    for identity, name in names.items():
        verdict = job.verify(event, codes.token(SECRET, identity))
        assert (verdict.ok, verdict.name) == (True, name)


def test_every_altered_code_is_refused(owners: dict[str, str]) -> None:
    for payload in owners:
        assert codes.identify(SECRET, payload) == payload[2:12]
        for place in range(2, len(payload)):
            for letter in set("BCDFGHJKLNPRSTVX") - {payload[place]}:
                assert codes.identify(SECRET, payload[:place] + letter + payload[place + 1 :]) is None


def test_a_code_put_together_from_two_or_cut_short_is_refused(print_run: Built, owners: dict[str, str]) -> None:
    event = print_run.folder.parent
    first, second, *_ = owners
    n = next(n for n in range(2, 27) if first[n] != first[n + 1])
    swapped = first[:n] + first[n + 1] + first[n] + first[n + 2 :]
    for wrong in (first[:12] + second[12:], first[:-1], first + "B", first[2:], "", swapped, "XX" + first[2:]):
        assert job.verify(event, wrong).ok is False
    assert job.verify(event, f" {first[:7].lower()}-{first[7:]}\n").ok is True


def test_another_events_key_refuses_every_code(owners: dict[str, str], tmp_path: Path) -> None:
    other = copy_of_the_sample(tmp_path)
    (other / ".eventprint" / "secret").write_text(bytes(range(1, 33)).hex() + "\n", encoding="ascii")
    assert job.verify(other, next(iter(owners))).ok is False
    assert all(codes.identify(bytes(range(1, 33)), payload) is None for payload in owners)


# --- what a print shop looks at


BASE_14 = re.compile(r"(Times|Helvetica|Courier)(-|New|$)|Symbol$|ZapfDingbats|Arial")


def test_every_font_is_embedded_as_a_subset_and_extractable(print_run: Built, tool: Callable[[str], str]) -> None:
    for file in pdfs(print_run.folder):
        done = subprocess.run([tool("pdffonts"), file], capture_output=True, text=True, check=True)
        rows = done.stdout.splitlines()[2:]
        assert rows, file
        for row in rows:
            name, flags = row.split()[0], row.split()[-5:-2]
            assert flags == ["yes", "yes", "yes"], (file, row)
            assert re.match(r"[A-Z]{6}\+", name), (file, row)
            assert not BASE_14.match(name[7:]), (file, row)


def test_every_file_is_sound(print_run: Built, tool: Callable[[str], str]) -> None:
    for file in pdfs(print_run.folder):
        done = subprocess.run([tool("qpdf"), "--check", file], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stdout + done.stderr


def edges(box: Any) -> list[float]:
    return [float(value) for value in box]


def test_every_page_for_the_print_shop_has_its_ordered_size_and_its_bleed(print_run: Built) -> None:
    shop = print_run.folder / "print-shop"
    assert {file.stem for file in pdfs(shop)} == set(ORDERED)
    for file in pdfs(shop):
        width, height = ORDERED[file.stem]
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                assert page.obj.get("/Rotate", 0) == 0
                assert page.obj.get("/UserUnit", 1) == 1
                media, bleed, trim = edges(page.mediabox), edges(page.bleedbox), edges(page.trimbox)
                assert (trim[2] - trim[0]) / MM == pytest.approx(width, abs=0.01)
                assert (trim[3] - trim[1]) / MM == pytest.approx(height, abs=0.01)
                for outer, inner in ((media, bleed), (bleed, trim)):
                    assert all(o <= i for o, i in zip(outer[:2], inner[:2], strict=True))
                    assert all(o >= i for o, i in zip(outer[2:], inner[2:], strict=True))
                if file.stem != "job-sheet":
                    by = [abs(b - t) / MM for b, t in zip(bleed, trim, strict=True)]
                    assert by == pytest.approx([3] * 4, abs=0.01)


def test_the_manifest_describes_exactly_what_lies_there(print_run: Built) -> None:
    files = tree(print_run.folder)
    listed = {entry["file"]: entry for entry in json.loads(files.pop("manifest.json"))["files"]}
    assert set(listed) == set(files)
    assert set(listed) == {made.name for made in print_run.files}
    sources = {"event.yaml", "agenda.md", "people.yaml", "attendees-invented.csv"}
    for name, entry in listed.items():
        assert (entry["sha256"], entry["bytes"]) == (sha256(files[name]).hexdigest(), len(files[name]))
        assert sources <= set(entry["sources"])
        if name.endswith(".pdf"):
            with pikepdf.open(print_run.folder / name) as pdf:
                # of a sheet it is the paper that counts, of a page what is left of it
                sheet = name.startswith(("desk/", "office/"))
                edged = [edges(page.mediabox if sheet else page.trimbox) for page in pdf.pages]
                boxes = {tuple(round(e / MM, 1) for e in edge) for edge in edged}
                assert entry["pages"] == len(pdf.pages)
            if name.endswith("/job.pdf"):
                assert entry["trim"] is None
                continue
            left, low, right, high = boxes.pop()
            assert not boxes
            assert entry["trim"] == pytest.approx([right - left, high - low], abs=0.11), name


def test_each_recipient_gets_one_folder_and_a_job_sheet_that_names_its_files(texts: dict[str, list[str]]) -> None:
    recipients = {name.partition("/")[0] for name in texts}
    assert recipients == {"print-shop", "office", "desk", "venue", "online"}
    for recipient in recipients - {"online"}:
        said = squeezed("".join(texts[f"{recipient}/job-sheet.pdf"]))
        names = [name.partition("/")[2] for name in texts if name.startswith(f"{recipient}/")]
        ordered = set(names) - {"job-sheet.pdf", "job.pdf", "pile-list.pdf", "placement-list.pdf"}
        assert ordered
        assert all(name in said for name in ordered)


# --- the same input, and one that differs a little


@pytest.fixture
def built(print_run: Built, tmp_path: Path) -> Path:
    """A copy of the sample event with its whole print run, which a test may change."""
    return Path(shutil.copytree(print_run.folder.parent, tmp_path / "mine-the-gap"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_another_process_elsewhere_makes_the_same_bytes_and_writes_none(built: Path, tmp_path: Path) -> None:
    before = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in built.rglob("*")}
    bytes_before = tree(built)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    done = subprocess.run(
        [sys.executable, "-m", "eventprint", "build", built, "--json"],
        cwd=elsewhere,
        env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Kolkata", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    files = {made["name"]: made["written"] for made in json.loads(done.stdout)["files"]}
    assert files == dict.fromkeys(tree(built / "print").keys() - {"manifest.json"}, False)
    assert tree(built) == bytes_before
    assert {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in built.rglob("*")} == before
    assert list(elsewhere.iterdir()) == []


def showing(texts: dict[str, list[str]], organisation: str) -> set[str]:
    return {name for name, pages in texts.items() if squeezed(organisation) in squeezed("".join(pages))}


def test_an_attendees_new_organisation_changes_only_what_shows_it(built: Path, texts: dict[str, list[str]]) -> None:
    before = tree(built / "print")
    change(built / "attendees-invented.csv", "Kuvitteellinen Kaivos Oy", "Kuviteltu Louhos Oy")
    run = job.build(built)
    after = changed(before, tree(built / "print"))
    assert after == {
        "desk/badges.pdf",
        "desk/badges-a6.pdf",
        "desk/job-ticket.json",
        "desk/job.pdf",
        "desk/pile-list.pdf",
        "print-shop/badges.pdf",
        "print-shop/badges-a6.pdf",
        "print-shop/job-ticket.json",
        "proof/badges-1.png",
        "proof/badges-a6-1.png",
        "manifest.json",
    }
    assert {name for name in after if name.endswith(".pdf")} == showing(texts, "Kuvitteellinen Kaivos Oy")
    assert {made.name for made in run.files if made.written} == after - {"manifest.json"}


@pytest.mark.thorough
def test_a_speakers_new_organisation_changes_only_what_shows_it(built: Path, texts: dict[str, list[str]]) -> None:
    before = tree(built / "print")
    change(built / "agenda.md", "Ilkka Nykänen, Business Joensuu", "Ilkka Nykänen, Business Kuopio")
    job.build(built)
    after = changed(before, tree(built / "print"))
    printed = {name for name in after if name.endswith(".pdf") and not name.startswith("proof/")}
    assert printed == showing(texts, "Business Joensuu")
    assert after >= {
        "desk/badges.pdf",
        "desk/speaker-cards.pdf",
        "office/programme-booklet.pdf",
        "online/programme.pdf",
        "print-shop/programme.pdf",
        "proof/programme.png",
        "proof/speaker-cards.png",
        "manifest.json",
    }
    assert after.isdisjoint({"desk/table-tents.pdf", "venue/placement-list.pdf", "print-shop/table-tents.pdf"})
    assert not any("job-sheet" in name for name in after)


def test_one_product_built_alone_leaves_the_others_and_the_manifest_whole(built: Path) -> None:
    before = tree(built / "print")
    change(built / "agenda.md", "Ilkka Nykänen, Business Joensuu", "Ilkka Nykänen, Business Kuopio")
    run = job.build(built, ["badges-a6"])
    after = tree(built / "print")
    assert {made.product for made in run.files} == {"badges-a6", "pile-list", "fit"}
    assert {re.sub(r"-\d\.png$", ".png", name) for name in changed(before, after)} == {
        "desk/badges-a6.pdf",
        "desk/pile-list.pdf",
        "print-shop/badges-a6.pdf",
        "proof/badges-a6.png",
        "proof/fit.csv",
        "proof/fit.png",
        "manifest.json",
        # of all parts of a folder, and so gone until all are made again
        "desk/job-ticket.json",
        "desk/job.pdf",
        "print-shop/job-ticket.json",
    }
    assert (
        set(before) - set(after)
        == set(run.removed)
        == {
            "desk/job-ticket.json",
            "desk/job.pdf",
            "print-shop/job-ticket.json",
        }
    )
    assert {entry["file"] for entry in json.loads(after["manifest.json"])["files"]} == set(after) - {"manifest.json"}


# --- faults


def eventprint(*words: str | Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eventprint", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        preexec_fn=before,
        timeout=300,
    )


def errors(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert "Traceback" not in done.stderr
    return [line for line in done.stderr.splitlines() if "error: " in line]


STRANGE = [
    "<b>Bold</b>",
    "R&D & &amp; Söhne",
    "{} {0} {name}",
    "{word:welcome} {event.title}",
    "[x] [link](http://a.example)",
    "Back\\slash \\n \\u0041",
    "**stars** _and_ `ticks`",
    "$(date) %s #1",
    "~100 % ^2",
]
"""Text that some parser, template or shell would take for its own."""


def test_strange_text_is_printed_as_it_stands_wherever_it_stands(tmp_path: Path) -> None:
    event = few(tmp_path)
    with (event / "attendees-invented.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Id", "Name", "Organisation"])
        rows.writerows([str(number), text, STRANGE[-number]] for number, text in enumerate(STRANGE, 1))
    change(event / "agenda.md", "Ilkka Nykänen, Business Joensuu", "Ilkka Nykänen, {word:welcome} R&D <x> [x]")
    change(event / "agenda.md", "**Welcome**", "**Welcome <all> & {given} [x] {word:welcome}**")
    change(event / "event.yaml", "short_title: MINE.THE.GAP Workshop", "short_title: '<b>A&B</b> {word:welcome} [x]'")
    run = job.build(event)
    assert [str(problem) for problem in run.problems if problem.severity == "error"] == []
    fronts = [squeezed(text) for text in page_texts(run.folder / "print-shop" / "badges.pdf")[::2]]
    for number, text in enumerate(STRANGE, 1):
        assert any(squeezed(text) in front and squeezed(STRANGE[-number]) in front for front in fronts), text
    programme = squeezed("".join(page_texts(run.folder / "online" / "programme.pdf")))
    title, organisation = "Welcome <all> & {given} [x] {word:welcome}", "{word:welcome} R&D <x> [x]"
    for text in (title, organisation, "<b>A&B</b> {word:welcome} [x]"):
        assert squeezed(text) in programme


def test_a_name_no_badge_can_hold_stops_neither_the_batch_nor_other_products(tmp_path: Path) -> None:
    event = few(tmp_path)
    change(event / "attendees-invented.csv", "Bo Å,Bo,Å", f"{'Lång' * 75},{'Lång' * 75},")
    change(event / "attendees-invented.csv", "Tuğçe Iğdırlı,Tuğçe,Iğdırlı", "Tuğçe\0 Iğdırlı,Tuğçe\0,Iğdırlı")
    run = job.build(event)
    said = "\n".join(str(problem) for problem in run.problems)
    assert "U+0000" in said
    assert "Lång" in said
    assert {made.name for made in run.files} >= {f"print-shop/{product}.pdf" for product in ORDERED}
    fronts = page_texts(run.folder / "print-shop" / "badges.pdf")[::2]
    assert len(fronts) == 5 + len(PEOPLE)
    assert any("Iğdırlı" in front for front in fronts)
    assert any(squeezed("Lång" * 75) in squeezed(front) for front in fronts)


LOOP = """
import sys
from pathlib import Path
from eventprint import job
one, other, out = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    job.build(one, out=out)
    job.build(other, out=out)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_in_mid_build_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    one, other = (few(tmp_path / name, "badges", "speaker-cards", "table-tents") for name in ("one", "other"))
    change(other / "agenda.md", "11th May 2022", "12th May 2022")
    old, new = (tree(job.build(each).folder) for each in (one, other))
    out = one / "print"
    assert sum(old[name] != new[name] for name in old) >= 8
    chance = random.Random(11052022)
    mixed = 0
    for kill in range(12):
        if kill >= 3 and mixed:
            break
        began = stamps(out)
        child = subprocess.Popen([sys.executable, "-c", LOOP, other, one, out], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        deadline = time.monotonic() + 60
        if kill == 0:
            time.sleep(chance.uniform(0.0, 1.0))
        else:
            # Most of a build is spent before the first file is touched: these kills wait for that one.
            while stamps(out) == began and child.poll() is None and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(chance.uniform(0.0, 0.03))
        assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        there = tree(out)
        whole = {name: data for name, data in there.items() if not Path(name).name.startswith(".eventprint-")}
        assert set(whole) == set(old)
        assert [name for name, data in whole.items() if data not in (old[name], new[name])] == []
        for file in pdfs(out):
            assert page_texts(file)
        mixed += len({data == old[name] for name, data in whole.items() if old[name] != new[name]}) == 2
    assert mixed, "no kill fell between two files: the test has proved nothing"
    job.build(one)
    assert tree(out) == old


def stamps(folder: Path) -> dict[str, int]:
    """When each file was last written; files that come and go while one looks are left out."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                found[f"{top}/{name}"] = Path(top, name).stat().st_mtime_ns
    return found


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_build_that_meets_a_limit_says_so_in_one_line_and_leaves_whole_files(tmp_path: Path) -> None:
    import resource

    event = few(tmp_path, "badges", "table-tents")
    job.build(event)
    old = tree(event / "print")
    change(event / "agenda.md", "11th May 2022", "12th May 2022")
    most = max(len(data) for name, data in old.items() if name.startswith("print-shop/")) - 1
    done = eventprint("build", event, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert done.returncode == Exit.MISSING
    [line] = errors(done)
    assert "larger than this disk or account allows" in line
    assert not list((event / "print").rglob("*.part"))
    for file in pdfs(event / "print"):
        assert page_texts(file)


@pytest.mark.thorough
def test_a_build_on_a_full_disk_says_so_in_one_line_and_leaves_whole_files(tmp_path: Path) -> None:
    """A file system of 1 MB in a name space of its own, where the system lets us make one."""
    event = few(tmp_path)
    out = tmp_path / "small"
    kept = tmp_path / "kept"
    out.mkdir()
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare here to mount a small file system with")
    script = (
        'mount -t tmpfs -o size=1m none "$1" 2>/dev/null || exit 77; '
        '"$3" -m eventprint build "$2" badges cards --out "$1"; code=$?; cp -a "$1" "$4"; exit $code'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", out, event, sys.executable, kept],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    if not kept.exists():
        pytest.skip("no small file system can be mounted here")
    assert done.returncode == Exit.MISSING
    [line] = errors(done)
    assert "the disk is full" in line
    assert not list(kept.rglob("*.part"))
    assert pdfs(kept)
    for file in pdfs(kept):
        assert page_texts(file)


def test_a_corrupt_photograph_is_one_line_and_everything_is_printed(tmp_path: Path) -> None:
    event = few(tmp_path)
    (event / "images" / "lee.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    with (event / "people.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\nMeng-Chun Lee:\n  photo: images/lee.jpg\n")
    done = eventprint("build", event, "programme", "cards")
    assert done.returncode == Exit.PROBLEMS
    [line] = errors(done)
    number = (event / "people.yaml").read_text(encoding="utf-8").splitlines().index("  photo: images/lee.jpg") + 1
    assert line.startswith(f"people.yaml:{number}:10: error: images/lee.jpg is ")
    assert {file.stem for file in pdfs(event / "print" / "print-shop")} == {"programme", "speaker-cards", "table-tents"}


# --- one badge


def pictures(file: Path, pages: Sequence[int]) -> Iterator[Any]:
    """Pages as they are cut."""
    with pypdfium2.PdfDocument(file) as document:
        for number in pages:
            page = document[number]
            page.set_cropbox(*page.get_trimbox())
            yield page.render(scale=2).to_pil().convert("L")


@pytest.mark.parametrize(
    "who",
    ["Ilkka Nykänen", "ilkka nykanen", "Nyk", "Business Joensuu", "nyk joen", "id", "code"],
)
def test_one_badge_is_the_one_of_the_batch(
    print_run: Built, texts: dict[str, list[str]], tmp_path: Path, who: str
) -> None:
    batch = print_run.folder / "print-shop" / "badges.pdf"
    fronts = texts["print-shop/badges.pdf"]
    number = next(n for n, text in enumerate(fronts) if "Nykänen" in text and n % 2 == 0)
    [identity] = [each.id for each in print_run.event.attendees if each.name.full == "Ilkka Nykänen"]
    who = {"id": identity, "code": codes.token(SECRET, identity)}.get(who, who)
    made = job.badge(print_run.folder.parent, who, out=tmp_path / "one.pdf")
    assert (made.name, made.pages) == (str(tmp_path / "one.pdf"), 2)
    assert page_texts(tmp_path / "one.pdf") == fronts[number : number + 2]
    alone, among = pictures(tmp_path / "one.pdf", [0, 1]), pictures(batch, [number, number + 1])
    for mine, theirs in zip(alone, among, strict=True):
        assert mine.size == theirs.size
        assert sum(ImageChops.difference(mine, theirs).histogram()[40:]) < 0.002 * mine.width * mine.height
    [[code]] = seen(tmp_path / "one.pdf", 300)
    assert code.payload == codes.token(SECRET, identity)


@pytest.mark.parametrize("who", ["SAMPLE-055", "sample-055", "short", "欧阳石静"])
def test_one_badge_by_the_lists_own_number_and_by_the_letters_below_the_code(
    print_run: Built, tmp_path: Path, who: str
) -> None:
    if who == "short":
        who = codes.short(codes.token(SECRET, "id:SAMPLE-055"))
    job.badge(print_run.folder.parent, who, out=tmp_path / "one.pdf")
    [[code]] = seen(tmp_path / "one.pdf", 300)
    assert code.payload == codes.token(SECRET, "id:SAMPLE-055")


def stopped(event: Path, who: str) -> Stop:
    with pytest.raises(Stop) as stop:
        job.badge(event, who)
    return stop.value


def test_a_name_that_fits_two_stops_with_both_and_what_to_do(event: Path) -> None:
    stop = stopped(event, "eismea")
    assert stop.code == Exit.USAGE
    assert stop.problem.message == "2 people match 'eismea': Valentina Pinna, EISMEA; Milena Stoyanova, EISMEA"
    assert stop.problem.hint == "type more of the name or the organisation"
    assert not (event / "print").exists()


def test_a_name_that_fits_many_shows_some_and_counts_the_rest(event: Path) -> None:
    message = stopped(event, "a").problem.message
    assert re.match(r"\d+ people match 'a': ", message)
    assert message.count("; ") == 5
    assert re.search(r" and \d+ more$", message)


def test_a_name_on_no_list_stops(event: Path) -> None:
    stop = stopped(event, "Zzyzx")
    assert (stop.code, stop.problem.message) == (Exit.USAGE, "nobody on the list is called 'Zzyzx'")


@pytest.mark.parametrize("who", ["", "  ", "*", "TBC", "Panel speakers", "Consortium of MINE.THE.GAP"])
def test_what_names_nobody_finds_nobody(event: Path, who: str) -> None:
    assert stopped(event, who).code == Exit.USAGE


def test_a_code_of_somebody_taken_off_the_list(event: Path) -> None:
    stop = stopped(event, codes.token(SECRET, "SAMPLE-999"))
    assert stop.problem.message == "the code is genuine, but nobody on the list has it"


# --- the press


def rules_told(run: job.Built) -> list[str]:
    return [problem.rule for problem in run.problems]


def test_a_colour_that_ink_cannot_reach_is_told_once(tmp_path: Path) -> None:
    event = copy_of_the_sample(tmp_path)
    change(event / "event.yaml", "primary:", "primary: '#00ff00' #")
    (told,) = [one for one in job.build(event, ["cards"]).problems if one.rule == "brand.gamut"]
    assert told.message.startswith("the brand's primary colour #00ff00 cannot be printed as it is: ΔE ")


def test_the_profile_of_a_print_shop_is_embedded_and_what_is_none_refused(tmp_path: Path) -> None:
    event = copy_of_the_sample(tmp_path)
    icc = SAMPLE.parents[0] / "icc"
    settings = (event / "event.yaml").read_text(encoding="utf-8")
    for name, refused in (("isocoated-v2-300.icc", False), ("srgb.icc", True)):
        shutil.copy(icc / name, event / name)
        (event / "event.yaml").write_text(f"{settings}\nprofile: {name}\n", encoding="utf-8")
        run = job.build(event, ["speaker-cards"])
        assert ("profile.refused" in rules_told(run)) is refused
        made = (event / "print" / "print-shop" / "speaker-cards.pdf").read_bytes()
        assert (b"FOGRA39" in made) is refused


# --- sheets as ordered


def ordered(folder: Path, product: str, settings: str) -> Path:
    """A small sample with one product ordered in its own way."""
    event = few(folder, product)
    file = event / "event.yaml"
    said = file.read_text(encoding="utf-8")
    file.write_text(re.sub(rf"(?m)^  {product}:.*$", f"  {product}: {{{settings}}}", said), encoding="utf-8")
    return event


def test_a_product_lies_on_sheets_as_it_is_ordered(tmp_path: Path) -> None:
    event = ordered(tmp_path, "programme", "imposition: perfect, paper: SRA3, thickness: 0.1 mm, flip: long")
    built = job.build(event)
    assert not [problem for problem in built.problems if problem.severity == "error"]
    with pikepdf.open(event / "print" / "office" / "programme-booklet.pdf") as pdf:
        assert [round(float(edge) / MM) for edge in pdf.pages[0].mediabox] == [0, 0, 450, 320]
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
    texts = page_texts(event / "print" / "office" / "programme-booklet.pdf")
    assert "sheet 1/2 · front · pages 1, 4" in flat(texts[0])
    sheet = flat(" ".join(page_texts(event / "print" / "office" / "job-sheet.pdf")))
    assert "mill 3 mm off the spine and glue" in sheet
    assert "turn on the long edge" in sheet


def test_a_book_read_from_right_to_left_is_bound_at_its_right(tmp_path: Path) -> None:
    event = ordered(tmp_path, "programme", "right_to_left: true")
    built = job.build(event)
    assert not [problem for problem in built.problems if problem.severity == "error"]
    folder = event / "print"
    with pypdfium2.PdfDocument(folder / "office" / "programme-booklet.pdf") as document:
        page = document[0]
        half = page.get_width() / 2
        left = page.get_textpage().get_text_bounded(right=half)
        right = page.get_textpage().get_text_bounded(left=half)
    # laid down on its first page, the fold at the right: the cover is on the left of the first sheet
    assert "Inter-platform" in left
    assert "Inter-platform" not in right
    ticket = json.loads((folder / "office" / "job-ticket.json").read_bytes())
    assert [part["BindingEdge"] for part in ticket["Parts"]] == ["Right"]
    # the wide margin lies at the spine: left of a right-hand page, which is an even one
    with pypdfium2.PdfDocument(folder / "online" / "programme.pdf") as document:
        edges = [document[number].get_textpage() for number in (2, 3)]
        boxes = [[text.get_charbox(at) for at in range(text.count_chars())] for text in edges]
    inner = [min(box[0] for box in page if box[2] > box[0]) / MM for page in boxes]
    assert inner == pytest.approx([13, 16], abs=0.6)


def test_an_imposition_nobody_knows_is_told_where_it_was_ordered(tmp_path: Path) -> None:
    built = job.build(ordered(tmp_path, "programme", "imposition: sadle"))
    told = [problem for problem in built.problems if "sadle" in problem.message]
    assert [(problem.message, problem.place.file) for problem in told] == [
        ("there is no imposition 'sadle'", "event.yaml")
    ]
    assert "saddle" in told[0].hint


# On labels

OFFICE = """paper: A4
front:
  top_left: [15.4 mm, 14.6 mm]
  top_right: [195.4 mm, 14.6 mm]
  bottom_left: [15.4 mm, 281.6 mm]
  bottom_right: [195.4 mm, 281.6 mm]
"""


def on_labels(folder: Path, badges: str) -> list[tuple[str, int, int, str]]:
    """What a check and a build say of badges on labels: severity, line, column and message."""
    (folder / "agenda.md").write_text("Talks\n\n10:00 Tides\n", encoding="utf-8")
    (folder / "attendees.csv").write_text("Name,Organisation\nAda Lovelace,Analytical Engines\n", encoding="utf-8")
    (folder / "event.yaml").write_text(f"products:\n  badges:\n    {badges}\n", encoding="utf-8")
    (folder / "printers").mkdir(exist_ok=True)
    (folder / "printers" / "office.yaml").write_text(OFFICE, encoding="utf-8")

    def told(found: Sequence[Any]) -> list[tuple[str, int, int, str]]:
        return [
            (str(problem.severity), problem.place.line, problem.place.column, problem.message)
            for problem in found
            if problem.place.file == "event.yaml" and problem.place.line and str(problem.severity) != "open"
        ]

    checked, built = told(job.check(folder).problems), told(job.build(folder).problems)
    assert checked == built
    return checked


@pytest.mark.parametrize(
    ("badges", "severity", "line", "column", "message"),
    [
        (
            "stock: avery-l4785",
            "error",
            3,
            12,
            "badges on avery-l4785: the badge is 10 mm wider and 5 mm higher than the label: "
            "90 mm on 80 mm and 55 mm on 50 mm",
        ),
        (
            "stock: Durable 1456-02",
            "warning",
            3,
            12,
            "badges on Durable 1456-02: the badge is 5 mm lower than the label, and centred on it: 55 mm on 60 mm",
        ),
        ("stock: avery-l4875", "error", 3, 12, "there is no label sheet 'avery-l4875'"),
        ("{stock: plain-a4-90x55, free: [4-, 11]}", "error", 3, 35, "there is no label 11 on a sheet of 10"),
        ("{stock: plain-a4-90x55, free: [9-4]}", "error", 3, 36, "9-4 runs backwards: write 4-9"),
        ("{stock: plain-a4-90x55, printer: offise}", "error", 3, 38, "there is no printer 'offise'"),
        (
            "{stock: plain-letter-4x3, printer: office}",
            "error",
            3,
            40,
            "the printer office was measured on 210 × 297 mm, but plain-letter-4x3 is 215.9 × 279.4 mm",
        ),
    ],
)
def test_badges_and_labels_that_do_not_agree_are_told_where_they_are_ordered(
    badges: str, severity: str, line: int, column: int, message: str, tmp_path: Path
) -> None:
    assert (severity, line, column, message) in on_labels(tmp_path, badges)


def test_badges_that_agree_with_their_labels_are_silent(tmp_path: Path) -> None:
    order = '{stock: plain-a4-90x55, free: ["4-10", "2,5,7-10"], printer: office}'
    assert on_labels(tmp_path, order) == []
    (product,) = job.check(tmp_path).event.products
    assert ([str(labels) for labels in product.free], product.stock) == (["4-10", "2,5,7-10"], "plain-a4-90x55")
    assert product.settings == {}
    lying = job.on_stock(job.check(tmp_path).event, product, Size(90 * MM, 55 * MM), Problems())
    assert lying.agreement is not None
    assert lying.printer is not None
    assert (lying.agreement.turned, lying.printer.paper) == (False, PAPERS["A4"])
    # 0.4 mm too far right and too far up on paper: drawn as much to the left, and lower as PDF counts.
    (front, back) = lying.corrections
    assert [round(number / MM, 6) for number in front[4:]] == [-0.4, -0.4]
    assert back == (1, 0, 0, 1, 0, 0)
    used = [len(labels) for labels in lying.agreement.stock.sheets(20, product.free)]
    assert used == [7, 6, 7]


def test_free_labels_may_be_written_as_one(tmp_path: Path) -> None:
    assert on_labels(tmp_path, "{stock: plain-a4-90x55, free: 4-}") == []
    assert on_labels(tmp_path, "{stock: plain-a4-90x55, free: 4}") == []
