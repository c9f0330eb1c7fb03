"""Names of files that lead elsewhere: to other folders, by links, into a network, to devices without an end.

Each is refused in one line at its place, and beside each stands a clean twin that passes.
"""

from __future__ import annotations

import ast
import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import few

from eventprint import files, job, printers
from eventprint.problems import Problem, Problems, Severity, Stop
from eventprint.read import read

HOME = Path(__file__).resolve().parents[1]
AGENDA = "# A day\n\n10:00 Opening\n10:30 Birds\nAnna Berg (Museum)\n11:00 End\n"

HOSTILE = [
    "../secret.txt",
    "images/../../secret.txt",
    "/etc/passwd",
    "~/secret.txt",
    r"C:\secret.txt",
    "C:secret.txt",
    r"\secret.txt",
    r"\\server\share\secret.txt",
    "//server/share/secret.txt",
    r"\\?\C:\secret.txt",
    "file:///etc/passwd",
    "http://example.org/logo.png",
    "https://example.org/logo.png",
    "ftp://example.org/logo.png",
    "data:image/png;base64,AAAA",
    "images/linked.txt",
    "linked/secret.txt",
    "loop/secret.txt",
    "nul\0inside.txt",
    "line\nbreak.txt",
    "a" * 1001,
    "images/" + "宴" * 90 + ".png",
]


def folder_of(tmp_path: Path, settings: str = "", **written: str) -> Path:
    """An event folder with an agenda, links out of it, and something outside that nobody may read."""
    folder = tmp_path / "event"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("- secret\n", encoding="utf-8")
    (folder / "images" / "linked.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "images" / "within.txt").symlink_to(folder / "agenda.md")
    (folder / "agenda.md").write_text(AGENDA, encoding="utf-8")
    (folder / "event.yaml").write_text(settings or "title: A day\n", encoding="utf-8")
    for name, text in written.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def quoted(name: str) -> str:
    return '"' + name.replace("\\", r"\\").replace("\0", r"\0").replace("\n", r"\n") + '"'


def found(folder: Path) -> list[Problem]:
    """The errors met while a folder is read."""
    problems = Problems()
    read(folder, problems)
    return problems.errors


# What a name may be


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_leads_elsewhere_is_astray(name: str, tmp_path: Path) -> None:
    assert files.astray(folder_of(tmp_path), Path(name)) != ""


@pytest.mark.parametrize(
    "name", ["agenda.md", "images/within.txt", "images/../agenda.md", "none.png", "a b/ç:d.png", "10:00 talk.pdf"]
)
def test_a_name_inside_is_not(name: str, tmp_path: Path) -> None:
    assert files.astray(folder_of(tmp_path), Path(name)) == ""


def test_a_name_is_shown_in_one_line() -> None:
    assert files.shown(Path("a\nb\x1b[31m.png")) == "a�b�[31m.png"
    assert len(files.shown("a" * 5000)) == 101


# Every place where the material may name a file

NAMED: dict[str, Callable[[str], dict[str, str]]] = {
    "agenda": lambda name: {"settings": f"title: A\nagenda: {name}\n"},
    "attendees": lambda name: {"settings": f"title: A\nattendees: {name}\n"},
    "attendees with columns": lambda name: {"settings": f"title: A\nattendees: {{file: {name}}}\n"},
    "people": lambda name: {"settings": f"title: A\npeople: {name}\n"},
    "logo": lambda name: {"settings": f"title: A\nbrand: {{logo: {name}}}\n"},
    "profile": lambda name: {"settings": f"title: A\nprofile: {name}\n"},
    "photo": lambda name: {"settings": "title: A\npeople: people.yaml\n", "people": f"Anna Berg: {{photo: {name}}}\n"},
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("where", NAMED)
@pytest.mark.parametrize("name", HOSTILE)
def test_each_name_in_the_material_is_refused_in_one_line(where: str, name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **NAMED[where](quoted(name)))
    errors = found(folder)
    assert [error.rule for error in errors] == ["file.outside"]
    (error,) = errors
    assert "\n" not in error.message
    assert "secret" not in error.message.replace("secret.txt", "")
    assert len(error.message) < 250
    assert error.hint
    assert (error.place.file, error.place.line > 0, error.place.column > 1) == (
        "people.yaml" if where == "photo" else "event.yaml",
        True,
        True,
    )


@pytest.mark.parametrize("where", NAMED)
def test_its_twin_that_lies_inside_is_not(where: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **NAMED[where]("images/within.txt"))
    assert "file.outside" not in [error.rule for error in found(folder)]


@pytest.mark.parametrize("where", NAMED)
@pytest.mark.parametrize("name", ["images", ".", "pipe", "zero"])
def test_what_is_no_ordinary_file_is_refused(where: str, name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **NAMED[where](name))
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    assert [error.rule for error in found(folder)] == ["file.outside" if name == "zero" else "file.kind"]


# Files that are found without being named


@pytest.mark.parametrize("name", ["event.yaml", "agenda.md", "attendees.csv", "people.yaml"])
def test_a_usual_file_that_is_a_link_out_is_not_read(name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret.txt")
    errors = found(folder)
    assert [(error.rule, error.place.file) for error in errors if error.rule != "yaml.kind"] == [("file.outside", name)]
    assert "secret" not in str(errors)


@pytest.mark.parametrize("name", ["event.yaml", "agenda.md", "attendees.csv", "people.yaml"])
def test_a_usual_file_that_is_a_link_inside_is_read(name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "images" / name).write_text("title: A\n" if name == "event.yaml" else "", encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder / "images" / name)
    assert "file.outside" not in [error.rule for error in found(folder)]


@pytest.mark.parametrize("name", ["event.yaml", "agenda.md", "attendees.csv", "people.yaml", ".eventprint/secret"])
def test_a_usual_file_that_is_a_pipe_does_not_hang(name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / ".eventprint").mkdir()
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with contextlib.suppress(Stop):
        read(folder, Problems())


def test_the_hidden_folder_may_not_lead_elsewhere(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / ".eventprint").symlink_to(tmp_path)
    with pytest.raises(Stop, match="leads out of the event folder"):
        read(folder, Problems(), secret=True)
    assert not (tmp_path / ".gitignore").exists()


def test_a_font_that_is_a_link_out_is_not_used(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "fonts").mkdir()
    font = next((HOME / "fonts" / "core").glob("*.ttf"))
    (folder / "fonts" / "a.ttf").symlink_to(font)
    (folder / "fonts" / "b.ttf").write_bytes(font.read_bytes())
    assert [(error.rule, error.place.file) for error in found(folder)] == [("fonts.outside", "a.ttf")]


# Names in layouts and products


def with_layout(tmp_path: Path, element: str, more: str = "") -> Path:
    folder = few(tmp_path, "badges")
    (folder / "layouts").mkdir()
    panels = f"panels:\n  - name: badge\n    each: attendee\n    front:\n      - {element}\n"
    text = f"extends: badge-90x55\n{more}{panels}"
    (folder / "layouts" / "mine.yaml").write_text(text, encoding="utf-8")
    settings = folder / "event.yaml"
    written = settings.read_text(encoding="utf-8").split("\nproducts:\n")[0]
    settings.write_text(f"{written}\nproducts:\n  badges: {{layout: mine}}\n", encoding="utf-8")
    (tmp_path / "secret.png").write_bytes((HOME / "tests" / "gallery" / "badges.png").read_bytes())
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "linked.png").symlink_to(tmp_path / "secret.png")
    (folder / "images" / "own.png").write_bytes((tmp_path / "secret.png").read_bytes())
    return folder


def told(folder: Path) -> list[tuple[str, str]]:
    built = job.build(folder, ["badges"])
    return sorted({(p.rule, p.place.file) for p in built.problems if p.severity is Severity.ERROR})


BOX = "box: 5 5 8 8 mm"


@pytest.mark.parametrize("name", ["../secret.png", "images/linked.png", "http://example.org/a.png", r"\\server\a.png"])
def test_a_picture_of_a_layout_stays_inside(name: str, tmp_path: Path) -> None:
    folder = with_layout(tmp_path, f"{{picture: '{name}', {BOX}}}")
    assert told(folder) == [("file.outside", "layouts/mine.yaml")]


def test_its_own_picture_is_drawn(tmp_path: Path) -> None:
    assert told(with_layout(tmp_path, f"{{picture: images/own.png, {BOX}}}")) == []


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/a.pdf", "http://example.org/a.pdf", "loop\\0"])
def test_artwork_of_a_layout_stays_inside(name: str, tmp_path: Path) -> None:
    folder = with_layout(tmp_path, f'{{artwork: "{name}", {BOX}}}')
    assert told(folder) == [("artwork.outside", "layouts/mine.yaml")]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a" * 3000, "a\0b", "http://example.org/x"])
@pytest.mark.parametrize("key", ["layout", "stock", "printer", "imposition"])
def test_names_of_a_product_are_no_paths(key: str, name: str, small: Path) -> None:
    settings = small / "event.yaml"
    written = settings.read_text(encoding="utf-8").split("\nproducts:\n")[0]
    settings.write_text(f"{written}\nproducts:\n  badges: {{{key}: {quoted(name)}}}\n", encoding="utf-8")
    built = job.build(small, ["badges"])
    assert [p.place.file for p in built.problems if p.severity is Severity.ERROR] == ["event.yaml"]


def test_a_printer_elsewhere_is_refused(small: Path) -> None:
    settings = small / "event.yaml"
    written = settings.read_text(encoding="utf-8").split("\nproducts:\n")[0]
    settings.write_text(f"{written}\nproducts:\n  badges: {{printer: ../mine.yaml}}\n", encoding="utf-8")
    (small.parent / "mine.yaml").write_text("secret: 1\n", encoding="utf-8")
    problems = Problems()
    event = read(small, problems)
    assert [(p.rule, event.products[0].printer) for p in problems.errors] == [("file.outside", "")]


def test_a_spec_elsewhere_is_refused(tmp_path: Path) -> None:
    folder = with_layout(tmp_path, f"{{text: a, style: id, {BOX}}}", "spec: ../../secret.yaml\n")
    (tmp_path / "secret.yaml").write_text("secret: 1\n", encoding="utf-8")
    errors = [p for p in job.build(folder, ["badges"]).problems if p.severity is Severity.ERROR]
    assert ["lies outside the event folder" in p.message for p in errors] == [True]


@pytest.mark.parametrize("language", ["../../en", "a" * 3000, "a\0b", "/etc/passwd", "x-\n"])
def test_a_language_is_no_path(language: str, small: Path) -> None:
    settings = small / "event.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("language: en", f"language: {quoted(language)}"), encoding="utf-8")
    job.build(small, ["badges"])


@pytest.mark.parametrize("name", ["../evil", "a/b", "a" * 300, "a\0b", "con:", "C:\\x"])
def test_a_product_is_no_path(name: str, small: Path) -> None:
    settings = small / "event.yaml"
    written = settings.read_text(encoding="utf-8").split("\nproducts:\n")[0]
    settings.write_text(f"{written}\nproducts:\n  {quoted(name)}: {{layout: badge-90x55}}\n", encoding="utf-8")
    before = {file for file in small.parent.rglob("*") if small not in file.parents}
    with contextlib.suppress(Stop):
        job.build(small)
    assert {file for file in small.parent.rglob("*") if small not in file.parents} == before


# What is read


def test_devices_and_pipes_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for file in (tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero"), Path("/dev/stdin")):
            if file.exists():
                with pytest.raises(OSError, match="it is a device or a pipe"):
                    files.contents(file)
    with pytest.raises(OSError, match="it is a folder"):
        files.contents(tmp_path)
    with pytest.raises(OSError, match="no file has such a name"):
        files.contents(tmp_path / "a\0b")


def test_no_more_is_read_than_is_sensible(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 1000)
    assert files.contents(file, 1000) == b"x" * 1000
    with pytest.raises(OSError, match="no more than"):
        files.contents(file, 999)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("agenda.md", ""),
        ("people.yaml", ""),
        ("attendees.csv", ""),
        ("event.yaml", ""),
        ("images/logo.png", "brand: {logo: images/logo.png}\n"),
        ("fonts/big.ttf", ""),
        ("mine.icc", "profile: mine.icc\n"),
    ],
)
def test_a_huge_file_is_refused_before_it_is_in_memory(name: str, settings: str, tmp_path: Path) -> None:
    import tracemalloc

    folder = folder_of(tmp_path, f"title: A\n{settings}")
    (folder / name).parent.mkdir(exist_ok=True)
    with (folder / name).open("wb") as stream:
        stream.truncate(3_000_000_000)  # takes no room on the disk
    tracemalloc.start()
    told: list[str]
    try:
        told = [p.message for p in job.check(folder).problems if "MB" in p.message]
    except Stop as stop:
        told = [stop.problem.message]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if name != "mine.icc":  # looked at when a print-shop file is made
        assert len(told) == 1
        assert "3,000 MB" in told[0].replace("(3000 MB)", "3,000 MB")
    assert peak < 60_000_000


def test_a_printer_may_be_a_file_where_somebody_types_its_name(tmp_path: Path) -> None:
    with pytest.raises(Stop):
        printers.load(str(tmp_path / "none.yaml"), Problems())


# No road into a network


SILENT = ("read", "sheets", "markup", "jsontext", "records", "images", "fonts", "artwork", "pdfpages", "files", "check")
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "xmlrpc", "requests", "httpx", "aiohttp"}
NETWORK |= {"socketserver", "webbrowser", "telnetlib", "imaplib", "poplib", "nntplib", "subprocess", "ctypes"}


def reaching(source: str) -> set[str]:
    """What a program imports that can reach beyond this machine, or run another program; `urllib.parse` cannot."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name for name in names if name.split(".")[0] in NETWORK and not name.startswith("urllib.parse")}
    return found


def test_nothing_that_reads_can_reach_a_network() -> None:
    source = HOME / "src" / "eventprint"
    reading = [file for name in SILENT for file in [source / f"{name}.py", *(source / name).rglob("*.py")]]
    looked_at = [file for file in reading if file.is_file()]
    assert len(looked_at) > 25
    assert {file.name: found for file in looked_at if (found := reaching(file.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "line", ["import socket", "from urllib.request import urlopen", "def f():\n    import http.client", "import urllib"]
)
def test_what_reaches_out_is_told(line: str) -> None:
    assert reaching(line)
    assert not reaching("from urllib.parse import urlsplit\nimport json")
