"""An event made by `new --from` prints the same pages as one whose agenda is the source itself."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from agendas import NASTY, as_printed
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint import compose, job
from eventprint.event import Event
from eventprint.problems import Place, Problems, Severity, Stop
from eventprint.read import read
from eventprint.read.agenda import Agenda, Given
from eventprint.read.folder import starter

SECRET = bytes(range(32)).hex()

TEXT = """\
# Harbour Days

3 March 2026

Venue: Old Customs House, Baltic Street 1

09:30 Registration

Session I: Energy

10:00–10:30 **Power from the shore: now**

Carlos Díaz, Port of Vigo

**Hydrogen**

TBC

11:00 Lunch

12:00 **Panel discussion**

Moderator: Anna Berg, Port of Riga

Panellists: Carlos Díaz, Port of Vigo; Eva Lang, ETH

13:00 Closing
"""
TABLE = """\
# Night of maps, 5 March 2026

| Time | What | Who | Room |
|------|------|-----|------|
| 18:00 – 18:30 | Doors | | Foyer |
| 18:30 – 19:15 | Old maps | Ada Example, Library | Hall |
| 19:15 – 20:00 | New maps | Ben Sample, Corner Print | Hall |
| 20:00 | Drinks | | Foyer |
"""
CSV = """\
Date,Start,End,Title,Speaker,Organisation,Room,Track
2026-03-05,09:00,09:30,Registration,,,Foyer,
2026-03-05,09:30,10:15,"Bleed, slug and trim",Ada Example,Library,Hall,Print
2026-03-05,09:30,10:15,Colour,Ben Sample,Corner Print,Cellar,Print
2026-03-06,10:00,11:00,"Names: all of them",Chi Placeholder,,Hall,People
"""
SCHEDULE = """\
{"schedule": {"version": "1", "conference": {"title": "Night Talks", "days": [{"index": 1, "date": "2026-03-05",
 "day_start": "2026-03-05T09:00:00+01:00", "day_end": "2026-03-06T04:00:00+01:00", "rooms": {
 "Saal 1": [
  {"id": 6, "guid": "c", "date": "2026-03-05T22:00:00+01:00", "start": "22:00", "duration": "01:30", "room": "Saal 1",
   "title": "Late", "subtitle": "and later", "track": "Night", "language": "de", "abstract": "One.\\n\\n* a\\n* b",
   "persons": [{"id": 3, "public_name": "Ben Müller", "biography": "Writes."}, {"id": 4, "public_name": "Eva Lang"}]},
  {"id": 7, "guid": "a", "date": "2026-03-06T00:30:00+01:00", "start": "00:30", "duration": "00:45", "room": "Saal 1",
   "title": "Latest", "persons": [{"id": 9, "public_name": "Ben Müller"}]}],
 "Saal 2": [
  {"id": 8, "guid": "b", "date": "2026-03-05T22:00:00+01:00", "start": "22:00", "duration": "00:30", "room": "Saal 2",
   "title": "yes", "persons": []}]}}]}}}
"""
SESSIONS = """\
{"sessions": [{"title": "Late", "start": "2026-03-05T22:00:00Z", "end": "2026-03-05T23:30:00Z"},
 {"title": "Later", "start": "2026-03-05T23:30:00Z", "end": "2026-03-06T01:00:00Z", "speakers": ["Eva Lang"]}]}
"""
XML = """\
<?xml version="1.0"?>
<schedule><conference><title>Night Talks</title></conference>
 <day index="1" date="2026-03-05"><room name="Saal 1">
  <event id="1"><date>2026-03-05T18:00:00+01:00</date><start>18:00</start><duration>00:45</duration>
   <title>Print &amp; ink</title><subtitle>a: b</subtitle><track>T</track><abstract>It # is.</abstract>
   <persons><person id="5">Ada Example</person></persons></event>
  <event id="2"><date>2026-03-05T18:45:00+01:00</date><start>18:45</start><duration>00:15</duration>
   <title>Break</title><persons/></event>
 </room></day></schedule>
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:1@example.org
DTSTART:20260305T180000
DTEND:20260305T184500
SUMMARY:Print\\, ink
LOCATION:Saal 1
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTART:20260305T190000
SUMMARY:Drinks
LOCATION:Foyer
END:VEVENT
END:VCALENDAR
"""
SAMPLES = {"a.md": TEXT, "b.md": TABLE, "c.csv": CSV, "d.json": SCHEDULE, "e.xml": XML, "f.ics": CALENDAR}

SELECTION = (
    "agenda-text/00-mine-the-gap-2022.txt",
    "agenda-text/global-azure-auckland-2019.md",
    "csv-agenda/orconf-2023.csv",
    "xlsx-agenda/ml4hst-2023.xlsx",
    "schedule-json/tuebix-2024-pretalx.json",
    "sessionize/global-azure-austria-2024-all.json",
    "open-event/droidcon-2017/sessions.json",
    "ics/fosdem-2024-app-export.ics",
    "hcalendar/combining.html",
)
"""Real sources, one or more of each form, whose products are compared page by page."""


def _twins(folder: Path, source: Path, given: Given = Given()) -> tuple[Path, Path]:
    """An event around what was read from a source, and one whose agenda is the source."""
    made, twin = folder / "made", folder / "twin"
    if starter.write(made, source, given).agenda is None:
        raise Stop("this is a list of people")
    (made / ".eventprint").mkdir()
    (made / ".eventprint" / "secret").write_text(SECRET + "\n", encoding="ascii")
    shutil.copytree(made, twin)
    (twin / "people.yaml").unlink(missing_ok=True)
    (twin / "agenda.yaml").unlink()
    facts = (twin / "event.yaml").read_text(encoding="utf-8")
    assert facts.count("agenda: agenda.yaml") == 1
    named = starter.main_file(source).name
    facts = facts.replace("agenda: agenda.yaml", f"agenda: 'source/{named}'", 1)
    (twin / "event.yaml").write_text(facts, encoding="utf-8")
    return made, twin


def _read(folder: Path) -> Event:
    problems = Problems()
    event = read(folder, problems)
    if folder.name == "made":
        assert [str(problem) for problem in problems.found if problem.severity is Severity.ERROR] == []
    return event


def _says(event: Event) -> Any:
    """All that products can print of an event, places apart."""
    names = ("title", "subtitle", "days", "format", "venue", "online", "organisers", "supporters", "introduction")
    names += ("facts", "cast", "imprint", "people", "link")
    agenda = Agenda(**{name: getattr(event, name) for name in names})
    attendees = [replace(attendee, place=Place()) for attendee in event.attendees]
    return as_printed(starter.decided(agenda)), attendees


def _pages(event: Event) -> dict[str, Any]:
    """Every product's pages with all that is on them written out; what composing complains of has other places."""
    return {
        product.name: [repr(replace(page, problems=())) for page in compose.compose(event, product, Problems()).pages]
        for product in event.products
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_of_each_form_read_the_same(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_text(SAMPLES[name], encoding="utf-8")
    made, twin = (_read(folder) for folder in _twins(tmp_path, source))
    assert len(list(made.entries())) >= 2
    assert _says(made) == _says(twin)


@pytest.mark.parametrize(
    ("name", "text", "given", "told"),
    [
        ("a.md", TEXT.replace(" 2026", ""), Given(dates=(date(2027, 3, 3),)), "2027-03-03 09:30"),
        ("a.ics", CALENDAR.replace("T180000", "T180000Z"), Given(timezone="Europe/Berlin"), "2026-03-05 19:00"),
        ("a.json", SESSIONS, Given("de", "Asia/Tokyo"), "2026-03-06 07:00"),
    ],
)
def test_what_the_organiser_says_of_a_source_counts_for_both(
    tmp_path: Path, name: str, text: str, given: Given, told: str
) -> None:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    made, twin = (_read(folder) for folder in _twins(tmp_path, source, given))
    assert f"{made.days[0].date} {next(made.entries()).start}" == told
    assert made.language == (given.language or "en")
    assert _says(made) == _says(twin)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(NASTY)), min_size=1, max_size=6),
)
def test_damaged_samples_read_the_same(name: str, damage: list[tuple[float, float, str]]) -> None:
    """Whatever a reader makes of a damaged file, the folder made of it says the same, and has no error of its own."""
    text = SAMPLES[name]
    for where, much, put in damage:
        at = int(where * len(text))
        text = text[:at] + (put if much < 0.7 else "") + text[at + int(10 * much) :]
    with TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_text(text, encoding="utf-8")
        with contextlib.suppress(Stop):
            made, twin = (_read(each) for each in _twins(Path(folder), source))
            assert _says(made) == _says(twin)


def test_a_difference_would_be_seen(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(TEXT, encoding="utf-8")
    made, twin = _twins(tmp_path, source)
    agenda = (made / "agenda.yaml").read_text(encoding="utf-8")
    before = _pages(_read(twin))
    for one, other in (("10:30", "10:35"), ("Hydrogen", "Hydrogem"), ("Port of Vigo", "Port of Vig")):
        assert one in agenda
        (made / "agenda.yaml").write_text(agenda.replace(one, other), encoding="utf-8")
        event = _read(made)
        assert _says(event) != _says(_read(twin))
        assert _pages(event) != before


@pytest.mark.parametrize("name", ["a.md", pytest.param("d.json", marks=pytest.mark.thorough)])
def test_samples_print_the_same_pages(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_text(SAMPLES[name], encoding="utf-8")
    made, twin = (_pages(_read(folder)) for folder in _twins(tmp_path, source))
    assert sum(map(len, made.values())) > 5
    assert [key for key, value in made.items() if value != twin[key]] == []


@pytest.mark.thorough
def test_every_real_source_reads_the_same(real_data: Path, tmp_path: Path) -> None:
    known = 0
    kinds = sorted(each for each in real_data.iterdir() if each.is_dir() and each.name not in ("names", "attendees"))
    for source in (file for kind in kinds for file in sorted(kind.rglob("*")) if file.is_file()):
        folder = tmp_path / str(known)
        try:
            made, twin = (_read(each) for each in _twins(folder, source))
        except Stop:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        known += 1
        assert _says(made) == _says(twin), source
        shutil.rmtree(folder)
    assert known >= 45


@pytest.mark.thorough
@pytest.mark.parametrize("name", SELECTION)
def test_real_sources_print_the_same_pages(real_data: Path, tmp_path: Path, name: str) -> None:
    made, twin = (_pages(_read(folder)) for folder in _twins(tmp_path, real_data / name))
    assert made["programme"]
    assert [key for key, value in made.items() if value != twin[key]] == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", [SELECTION[0], SELECTION[4]])
def test_real_sources_print_the_same_files(
    real_data: Path, tmp_path: Path, name: str, tool: Callable[[str], str]
) -> None:
    """The finished PDFs by their text and by their pixels."""
    made, twin = _twins(tmp_path, real_data / name)
    files = [sorted(job.build(folder).folder.rglob("*.pdf")) for folder in (made, twin)]
    names = [
        [str(file.relative_to(folder / "print")) for file in each]
        for folder, each in zip((made, twin), files, strict=True)
    ]
    assert names[0] == names[1]
    for one, other in zip(*files, strict=True):
        if "proof" in one.parts:
            continue  # it lists problems, and these stand in other places
        assert _text(one, tool) == _text(other, tool), one
        assert _pixels(one, tool) == _pixels(other, tool), one


def _text(file: Path, tool: Callable[[str], str]) -> bytes:
    return subprocess.run([tool("pdftotext"), "-layout", file, "-"], capture_output=True, check=True).stdout


def _pixels(file: Path, tool: Callable[[str], str]) -> list[bytes]:
    folder = file.with_suffix(".pages")
    folder.mkdir()
    subprocess.run([tool("pdftoppm"), "-r", "40", file, folder / "page"], check=True)
    return [page.read_bytes() for page in sorted(folder.iterdir())]
