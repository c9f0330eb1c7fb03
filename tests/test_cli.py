"""The command line as people and scripts meet it: started as its own process, judged by what comes out where."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import few
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from eventprint.geometry import mm

BROKEN = Path(__file__).resolve().parent / "broken"

COMMANDS = [
    "new",
    "check",
    "build",
    "compare",
    "badge",
    "verify",
    "preflight",
    "impose",
    "merge",
    "layouts",
    "stock",
    "test-sheet",
    "schema",
]


def eventprint(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command and wait for it."""
    return subprocess.run(
        [sys.executable, "-m", "eventprint", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


# Words


def test_help_names_every_command_and_every_exit_code() -> None:
    done = eventprint("--help")
    assert done.returncode == 0
    assert re.findall(r"^  ([a-z][a-z-]+)  +[a-z]", done.stdout, re.MULTILINE) == COMMANDS
    assert done.stdout.endswith(
        "exit codes: 0 done, 1 problems in the event, 2 wrong use, 3 a layout failed, 4 preflight refused,\n"
        "            5 a file or font is missing\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_takes_json(command: str) -> None:
    done = eventprint(command, "--help")
    assert done.returncode == 0
    assert f"usage: eventprint {command}" in done.stdout
    assert "--json" in done.stdout
    assert f"example: eventprint {command}" in done.stdout


def test_nothing_said_is_wrong_use_and_shows_the_help() -> None:
    done = eventprint()
    assert (done.returncode, done.stdout) == (2, "")
    assert "commands:" in done.stderr


def test_the_version() -> None:
    from eventprint import __version__

    assert eventprint("--version").stdout == f"eventprint {__version__}\n"


def test_a_misspelt_command() -> None:
    done = eventprint("biuld", "somewhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "eventprint: there is no command 'biuld'\n  hint: did you mean `eventprint build`?\n"


@pytest.mark.parametrize("words", [("biuld",), ("check", "--jsn"), ("preflight", "x.pdf"), ("new",)])
def test_wrong_use_is_json_too_where_that_was_asked_for(words: tuple[str, ...]) -> None:
    done = eventprint(*words, "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, done.stderr, data["exit"], data["command"]) == (2, "", 2, words[0])
    assert [bool(problem["message"] and problem["hint"]) for problem in data["problems"]] == [True]


def test_a_layout_that_fails_in_a_build_has_its_own_exit_code(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "agenda.md").write_text("Talks\n\n10:00 Tides\n", encoding="utf-8")
    (tmp_path / "event.yaml").write_text("products:\n  programme: {}\n  mine: {}\n", encoding="utf-8")
    (tmp_path / "layouts" / "mine.yaml").write_text("about: mine\n", encoding="utf-8")
    (tmp_path / "layouts" / "mine.py").write_text("Theme = pages = 1 / 0\n", encoding="utf-8")
    done = eventprint("build", tmp_path, "--own-code", "--json")
    data = json.loads(done.stdout)
    failed = [problem for problem in data["problems"] if problem["severity"] == "error"]
    assert (done.returncode, [(problem["rule"], problem["file"], problem["line"]) for problem in failed]) == (
        3,
        [("layout.failed", "layouts/mine.py", 1)],
    )
    assert (tmp_path / "print" / "print-shop" / "programme.pdf").is_file()
    refused = json.loads(eventprint("build", tmp_path, "mine", "--json").stdout)["problems"]
    assert [(each["file"], each["line"]) for each in refused if each["severity"] == "error"] == [("event.yaml", 3)]


def test_an_option_nobody_knows() -> None:
    done = eventprint("check", "--jsn")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unrecognized arguments: --jsn\n  hint: see `eventprint check --help`" in done.stderr


# Which event


def test_the_event_is_the_nearest_folder_upwards(event: Path) -> None:
    inside = event / "images" / "deep"
    inside.mkdir(parents=True)
    here = eventprint("check", "--json", cwd=inside)
    assert here.stdout == eventprint("check", event, "--json").stdout


def test_the_event_may_be_named_by_its_yaml(event: Path) -> None:
    assert eventprint("check", event / "event.yaml", "--json").stdout == eventprint("check", event, "--json").stdout


def test_outside_every_event(tmp_path: Path) -> None:
    done = eventprint("check", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "error: there is no event.yaml here or in a folder above\n"
        "  hint: name the event's folder, or make one with `eventprint new DIR`\n"
    )


def test_a_misspelt_folder(event: Path) -> None:
    done = eventprint("build", "mine-the-gpa", cwd=event.parent)
    assert done.returncode == 5
    assert done.stderr == "error: there is no folder 'mine-the-gpa'\n  hint: did you mean 'mine-the-gap'?\n"


def test_a_misspelt_product(event: Path) -> None:
    for done in (eventprint("build", event, "bagdes"), eventprint("build", "bagdes", cwd=event)):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "error: this event has no product 'bagdes'\n  hint: did you mean 'badges'?\n"


def test_a_product_stays_a_product_beside_a_folder_of_its_name(event: Path) -> None:
    (event / "signs").mkdir()
    done = eventprint("build", "signs", "--json", cwd=event)
    products = {file["product"] for file in json.loads(done.stdout)["files"]}
    assert {"signs-a3", "signs-a4"} <= products
    assert "programme" not in products


# check


def test_check_reads_the_sample_without_a_fault(event: Path) -> None:
    done = eventprint("check", event)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:6] == [
        "MINE.THE.GAP Inter-platform Workshop",
        "  1 day (2022-05-11)",
        "  3 sessions",
        "  15 entries, 11 with a time",
        "  8 talks, 2 with a speaker to be confirmed",
        "  4 breaks",
    ]


def test_check_lists_the_open_points_with_their_lines_on_standard_error(event: Path) -> None:
    done = eventprint("check", event)
    lines = {int(n) for n in re.findall(r"^agenda\.md:(\d+)(?::\d+)?: open: ", done.stderr, re.MULTILINE)}
    # No room, three talks at one time, a speaker open, the same again, the run-on title, the panel's label, no end.
    assert {13, 43, 45, 59, 65, 67, 75, 83} <= lines
    assert re.search(r"\d+ points still open, \d+ things not supplied$", done.stderr)


def test_check_writes_nothing(event: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in event.rglob("*")}
    eventprint("check", event)
    assert {file: file.stat().st_mtime_ns for file in event.rglob("*")} == before


def test_check_as_data_has_a_version_and_a_stable_shape(event: Path) -> None:
    done = eventprint("check", event, "--json")
    data = json.loads(done.stdout)
    assert (data["eventprint"], data["command"], data["exit"]) == (1, "check", 0)
    assert done.stderr == ""
    assert data["summary"] == {
        "errors": 0,
        "warnings": sum(problem["severity"] == "warning" for problem in data["problems"]),
        "open": sum(problem["severity"] == "open" for problem in data["problems"]),
    }
    shape = {"severity", "message", "file", "line", "column", "cell", "heading", "hint", "rule"}
    assert all(set(problem) == shape for problem in data["problems"])


# What a terminal and a script see


def test_nothing_is_coloured_away_from_a_terminal(event: Path) -> None:
    done = eventprint("check", event)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_on_a_terminal_unless_refused(event: Path, environment: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-m", "eventprint", "check", str(event)],
        env={**plain, "TERM": "xterm", **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        # Linux ends a pseudo-terminal with an error, others with nothing.
        while chunk := _read(ours):
            shown += chunk
        process.wait()
    os.close(ours)
    assert (b"\x1b[1;36mopen\x1b[0m" in shown) is coloured
    assert b"open" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_is_no_failure_worth_words(event: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "eventprint", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    """Pressed while the second product is made: a layout of the event's own says when that is, and waits for it."""
    import signal

    (tmp_path / "layouts").mkdir()
    (tmp_path / "agenda.md").write_text("Talks\n\n10:00 Tides\n", encoding="utf-8")
    (tmp_path / "event.yaml").write_text("products:\n  programme: {}\n  mine: {}\n", encoding="utf-8")
    (tmp_path / "layouts" / "mine.yaml").write_text("about: mine\n", encoding="utf-8")
    program = "import time\nprint('begun', flush=True)\ntime.sleep(60)\n"
    (tmp_path / "layouts" / "mine.py").write_text(program, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "eventprint", "build", str(tmp_path), "--own-code"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell starts what runs in the background deaf to Ctrl-C, and its children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert error == b"eventprint: stopped; every file is either as it was or complete\n"
    assert not (tmp_path / "print").exists()


# build


@dataclass(frozen=True)
class Printed:
    """An event, and what was said when all it orders was built."""

    event: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The sample for few people; tests look at it and change nothing."""
    event = few(tmp_path_factory.mktemp("printed"))
    return Printed(event, eventprint("build", event))


def test_build_names_every_file_it_made(printed: Printed) -> None:
    event, done = printed.event, printed.done
    assert done.returncode == 0, done.stderr
    made = {
        file.relative_to(event / "print").as_posix()
        for file in (event / "print").rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    named = re.findall(r"^  (\S+/\S+)", done.stdout, re.MULTILINE)
    assert sorted(named) == sorted(made)
    assert {name.split("/")[0] for name in named} == {"print-shop", "office", "desk", "venue", "online", "proof"}


def test_build_says_pages_and_trim_in_columns_that_line_up(printed: Printed) -> None:
    rows = [line for line in printed.done.stdout.splitlines() if ".pdf" in line]
    (programme,) = [row for row in rows if "print-shop/programme.pdf" in row]
    assert "8 pages" in programme
    assert "148 × 210 mm" in programme
    assert len({row.index(" pages") - len(re.findall(r"(\d+) pages", row)[0]) for row in rows if " pages" in row}) == 1


def test_build_says_what_it_left_as_it_was(small: Path) -> None:
    eventprint("build", small)
    again = eventprint("build", small)
    rows = [line for line in again.stdout.splitlines() if "/" in line and ".p" in line]
    assert rows
    assert all(line.endswith("unchanged") for line in rows)


def test_build_shows_the_open_points_and_what_nobody_supplied(printed: Printed) -> None:
    said = printed.done.stderr
    assert re.search(r"^agenda\.md:45:\d+: open: ", said, re.MULTILINE)
    assert "not supplied, and so left out:\n  there is no photo of any of the 7 people\n" in said


def test_build_puts_the_files_where_it_is_told(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    done = eventprint("build", small, "badges", "--out", out, "--json")
    data = json.loads(done.stdout)
    assert data["folder"] == str(out)
    assert not (small / "print").exists()
    (sheets,) = [file for file in data["files"] if file["name"] == "print-shop/badges.pdf"]
    assert sheets["trim"] == {"width_mm": 90.0, "height_mm": 55.0}
    assert (sheets["product"], sheets["written"]) == ("badges", True)
    assert all((out / file["name"]).is_file() for file in data["files"])


# badge, verify


def test_one_badge_by_part_of_a_name_without_accents(event: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.pdf"
    done = eventprint("badge", event, "nykanen", "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out}\n"
    assert out.read_bytes().startswith(b"%PDF-")


def test_one_badge_inside_the_event_with_words_unquoted(event: Path) -> None:
    done = eventprint("badge", "Ilkka", "Nykänen", cwd=event)
    assert done.returncode == 0, done.stderr
    assert Path(event / done.stdout.strip()).is_file()


def test_a_badge_for_nobody_and_for_too_many(event: Path) -> None:
    nobody = eventprint("badge", event, "Zzyzx")
    assert nobody.returncode == 2
    assert "nobody on the list is called 'Zzyzx'" in nobody.stderr
    many = eventprint("badge", event, "EISMEA")
    assert many.returncode == 2
    assert "Milena Stoyanova" in many.stderr
    assert "Valentina Pinna" in many.stderr


def test_a_genuine_code_is_known_and_any_wrong_letter_refused(event: Path) -> None:
    from eventprint import codes, job

    checked = job.check(event)
    someone = next(a for a in checked.event.attendees if a.name.full == "Meng-Chun Lee")
    secret = bytes.fromhex((event / ".eventprint" / "secret").read_text().strip())
    code = codes.token(secret, someone.id)
    genuine = eventprint("verify", code, "--event", event)
    assert (genuine.returncode, genuine.stdout) == (0, "genuine: Meng-Chun Lee (Speaker)\n")
    wrong = code[:-1] + ("B" if code[-1] != "B" else "C")
    refused = eventprint("verify", wrong, "--event", event, "--json")
    assert refused.returncode == 1
    data = json.loads(refused.stdout)
    assert (data["ok"], data["name"]) == (False, "")


# preflight, layouts, stock, schema, new


def test_preflight_accepts_what_is_for_the_print_shop_and_refuses_the_desks_sheets(printed: Printed) -> None:
    shop, desk = (printed.event / "print" / folder / "badges.pdf" for folder in ("print-shop", "desk"))
    accepted = eventprint("preflight", shop, "--spec", "digital")
    assert accepted.returncode == 0, accepted.stderr
    assert "accepted by digital" in accepted.stdout
    refused = eventprint("preflight", desk, "--spec", "digital")
    assert refused.returncode == 4
    assert "accepted" not in refused.stdout
    assert re.search(r"^  1  .+  \[PF-\d+[a-z]?\]\n     where  (page|the file)", refused.stdout, re.MULTILINE)
    assert re.search(r"^     why    .+", refused.stdout, re.MULTILINE)
    assert re.search(r"^     mend   .+", refused.stdout, re.MULTILINE)
    assert re.fullmatch(r"\d+ errors?(, \d+ warnings?)?\n", refused.stderr)


def test_preflight_lists_the_print_shops_and_knows_one_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "event.yaml").write_text("title: Tides\n", encoding="utf-8")
    (tmp_path / "specs").mkdir()
    own = tmp_path / "specs" / "corner.yaml"
    own.write_text("extends: digital\ntitle: the shop round the corner\nrules: {PF-062: off}\n", encoding="utf-8")
    listed = eventprint("preflight", "--list", cwd=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert re.search(r"^  corner +the shop round the corner$", listed.stdout, re.MULTILINE)
    assert re.search(r"^  sheet +programme at a print shop", listed.stdout, re.MULTILINE)
    names = [
        each["name"] for each in json.loads(eventprint("preflight", "--list", "--json", cwd=tmp_path).stdout)["specs"]
    ]
    assert names == sorted(names)
    (tmp_path / "flyer.pdf").write_bytes(flyer())
    for spec in (own, "corner"):
        data = json.loads(eventprint("preflight", tmp_path / "flyer.pdf", "--spec", spec, "--json").stdout)
        assert data["spec"] == "corner"
        assert "PF-062" not in {fault["rule"] for fault in data["faults"]}


@pytest.mark.parametrize("words", [("preflight",), ("preflight", "a.pdf"), ("preflight", "--spec", "sheet")])
def test_preflight_wants_a_file_and_a_spec(words: tuple[str, ...]) -> None:
    done = eventprint(*words)
    assert done.returncode == 2
    assert "eventprint preflight FILE --spec NAME" in done.stderr


def flyer() -> bytes:
    """A page of A6 with 3 mm of bleed, and on it a line of text that begins 1 mm from the left edge of the trim."""
    width, height, bleed = 105 * mm, 148 * mm, 3 * mm
    trim = (bleed, bleed, bleed + width, bleed + height)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width + 2 * bleed, height + 2 * bleed), trimBox=trim)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(bleed + 1 * mm, 300, "Come in")
    canvas.save()
    return out.getvalue()


def test_preflight_draws_the_pages_at_fault_and_tells_the_same_as_json(tmp_path: Path) -> None:
    file = tmp_path / "flyer.pdf"
    file.write_bytes(flyer())
    done = eventprint("preflight", file, "--spec", "sheet", "--picture", tmp_path / "out" / "marked.png", "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["accepted"]) == (4, False)
    assert data["pictures"] == [str(tmp_path / "out" / "marked.png")]
    with Image.open(data["pictures"][0]) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
    live = next(fault for fault in data["faults"] if fault["rule"] == "PF-062")
    assert [(place["page"], place["x"]) for place in live["places"]] == [(1, 1.0)]
    assert all(fault["why"] for fault in data["faults"])
    assert [fault["number"] for fault in data["faults"]] == list(range(1, len(data["faults"]) + 1))


def test_preflight_of_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("Dear print shop")
    done = eventprint("preflight", file, "--spec", "digital")
    assert done.returncode in (4, 5)
    assert "Traceback" not in done.stderr
    missing = eventprint("preflight", tmp_path / "nowhere.pdf", "--spec", "digital")
    assert missing.returncode == 5


def a_pdf(file: Path, count: int, side: float = 283.4645669) -> Path:
    """So many square pages of 100 mm."""
    import pikepdf

    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(side, side))
    pdf.save(file)
    return file


def test_anybodys_pdf_is_put_on_sheets_beside_it(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "book.pdf", 10)
    done = eventprint("impose", file, "--thickness", "0.1 mm")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        str(tmp_path / "book-saddle.pdf"),
        "  3 sheets of 297 × 210 mm, 2 × 1 pages to a side",
        "  print both sides, turn on the short edge, without scaling; fold in the middle, staple twice in the fold",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["book-saddle.pdf", "book.pdf"]
    data = json.loads(eventprint("impose", file, "--as", "copies-4", "--out", tmp_path / "x.pdf", "--json").stdout)
    assert (data["sheets"], data["columns"], data["rows"]) == (10, 2, 2)


def test_every_way_to_put_pages_on_sheets_is_listed() -> None:
    done = eventprint("impose", "--list")
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert {"saddle", "sections", "perfect", "quarto", "octavo", "cards", "stack", "copies-2", "fold-over"} <= set(
        names
    )
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "no PDF was named"),
        (("nowhere.pdf",), 5, "nowhere.pdf cannot be read"),
        (("words.pdf",), 2, "words.pdf is damaged or no PDF"),
        (("book.pdf", "--as", "sadle"), 2, "there is no imposition 'sadle'"),
        (("book.pdf", "--paper", "A9"), 2, "--paper: 'A9' is not a paper size"),
        (("book.pdf", "--thickness", "thick"), 2, "--thickness: 'thick' is not a length"),
        (("book.pdf", "--paper", "A7"), 2, "two pages of 100 × 100 mm do not fit side by side on paper of 74 × 105 mm"),
        (("book.pdf", "--out", "book.pdf"), 2, "book.pdf would be written over"),
        (("book.pdf", "--one-sided"), 2, "saddle needs both sides of a sheet"),
        (("book.pdf", "--marks", "stars"), 2, "--marks knows no 'stars'"),
    ],
)
def test_what_cannot_be_put_on_sheets_is_refused_in_a_line(
    tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    a_pdf(tmp_path / "book.pdf", 4)
    (tmp_path / "words.pdf").write_text("no PDF at all", encoding="utf-8")
    before = sorted(each.name for each in tmp_path.iterdir())
    done = eventprint("impose", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_preflight_with_a_spec_nobody_knows(tmp_path: Path) -> None:
    file = tmp_path / "any.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    done = eventprint("preflight", file, "--spec", "digitall")
    assert done.returncode in (2, 5)
    assert "digital" in done.stderr


@pytest.mark.parametrize("command", ["layouts", "stock"])
def test_lists_are_lists(command: str) -> None:
    done = eventprint(command)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(eventprint(command, "--json").stdout)[command]
    assert len(done.stdout.splitlines()) == len(rows) >= 3


def test_label_sheets_are_found_by_maker_number_and_size(tmp_path: Path) -> None:
    def found(*words: str) -> list[str]:
        rows = json.loads(eventprint("stock", *words, "--json", cwd=tmp_path).stdout)["stock"]
        return [row["name"] for row in rows]

    assert found("Avery", "80x50") == ["avery-l4785"]
    assert found("50x80") == ["avery-l4785", "herma-4412"]
    assert found("DK-2205") == ["brother-dk-22205"]
    (row,) = json.loads(eventprint("stock", "l7418", "--json", cwd=tmp_path).stdout)["stock"]
    assert (row["maker"], row["part"], row["label"], row["per_sheet"]) == ("Avery", "L7418", "86 × 55 mm", "8 on A4")
    assert (row["sheet_size"], row["edge"]) == ({"width_mm": 210.0, "height_mm": 297.0}, "perforated")
    line = eventprint("stock", "l7418", cwd=tmp_path).stdout
    assert " ".join(line.split()) == "avery-l7418 Avery L7418 86 × 55 mm 8 on A4 Perforated inserts for name badges"
    nothing = eventprint("stock", "cupboard", cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert nothing.stderr.startswith("error: no label sheet is cupboard\n  hint: ")


def test_an_events_own_label_sheets_are_listed_in_it(event: Path) -> None:
    (event / "stock").mkdir()
    own = "maker: Corner\npart: C1\nsheet: A4\nlabel: 90 x 55 mm\nsource: a ruler\n"
    (event / "stock" / "corner-c1.yaml").write_text(own, encoding="utf-8")
    listed = eventprint("stock", "corner", cwd=event)
    assert (listed.returncode, listed.stdout.split()[:3]) == (0, ["corner-c1", "Corner", "C1"])
    assert eventprint("stock", "corner", "--event", event, cwd=event.parent).returncode == 0
    (event / "stock" / "corner-c1.yaml").write_text(own.replace("90 x", "290 x"), encoding="utf-8")
    faulty = eventprint("stock", "corner", cwd=event)
    assert faulty.returncode == 1
    assert "stock/corner-c1.yaml:1:1: error: labels run off the sheet across by 80 mm" in faulty.stderr


def test_a_test_sheet_is_made_without_an_event(tmp_path: Path) -> None:
    done = eventprint("test-sheet", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "test-sheet-a4.pdf\n")
    made = json.loads(
        eventprint("test-sheet", "--paper", "letter", "--out", "sub/t.pdf", "--json", cwd=tmp_path).stdout
    )
    assert made["file"]["pages"] == 2
    assert (tmp_path / "sub" / "t.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "test-sheet-a4.pdf").is_file()
    for paper, fault in (
        ("A6", "a test sheet needs paper of at least 200 × 270 mm"),
        ("big", "'big' is not a paper size"),
    ):
        refused = eventprint("test-sheet", "--paper", paper, cwd=tmp_path)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.startswith(f"error: {fault}")


def test_the_schema_is_json_and_knows_every_key_of_the_sample(event: Path) -> None:
    import jsonschema
    import yaml

    schema = json.loads(eventprint("schema").stdout)
    assert json.loads(eventprint("schema", "--json").stdout)["schema"] == schema
    jsonschema.Draft7Validator.check_schema(schema)
    sample = yaml.safe_load((event / "event.yaml").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(sample)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**sample, "titel": "x"})


def test_a_new_event_builds_at_once(tmp_path: Path) -> None:
    made = eventprint("new", tmp_path / "party")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "party" / "event.yaml").is_file()
    built = eventprint("build", tmp_path / "party")
    assert built.returncode == 0, built.stderr
    assert "programme.pdf" in built.stdout


def test_a_new_event_from_an_agenda_keeps_it_byte_for_byte(event: Path, tmp_path: Path) -> None:
    agenda = event / "agenda.md"
    made = eventprint("new", tmp_path / "mine", "--from", agenda)
    assert made.returncode == 0, made.stderr
    assert agenda.read_bytes() == (tmp_path / "mine" / "source" / "agenda.md").read_bytes()
    assert eventprint("check", tmp_path / "mine").returncode == 0


def test_new_never_writes_over_an_event(event: Path) -> None:
    before = (event / "event.yaml").read_bytes()
    done = eventprint("new", event)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert (event / "event.yaml").read_bytes() == before


# A broken event: twenty mistakes in four files, reported in one run

EXPECTED = re.compile(r"(?P<column>\d+) (?P<severity>error|warning): (?P<message>.+?) \| ?(?P<hint>.*)$")


def planted() -> list[tuple[str, int, int, str, str, str]]:
    """Every announced problem: file, line, column, severity, and a part each of message and hint."""
    found = []
    for file in sorted(BROKEN.glob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if match := re.search(r"  # " + EXPECTED.pattern, line):
                column, severity, message, hint = match.groups()
                found.append((file.name, number, int(column), severity, message, hint))
    for line in (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines():
        name, number, rest = line.split(":", 2)
        match = EXPECTED.match(rest)
        assert match, line
        column, severity, message, hint = match.groups()
        found.append((name, int(number), int(column), severity, message, hint))
    return found


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One build of a copy of the broken event, its problems as data."""
    import shutil

    folder = tmp_path_factory.mktemp("broken") / "event"
    shutil.copytree(BROKEN, folder)
    return eventprint("build", folder, "--json")


def test_at_least_twenty_mistakes_are_planted_in_four_files() -> None:
    assert len(planted()) >= 20
    assert {file for file, *_ in planted()} == {"event.yaml", "agenda.md", "people.yaml", "list.csv"}


@pytest.mark.parametrize("mistake", planted(), ids=lambda mistake: f"{mistake[0]}:{mistake[1]}")
def test_a_planted_mistake_is_reported_at_its_place_with_a_hint(
    broken: subprocess.CompletedProcess[str], mistake: tuple[str, int, int, str, str, str]
) -> None:
    file, line, column, severity, message, hint = mistake
    there = [p for p in json.loads(broken.stdout)["problems"] if (p["file"], p["line"]) == (file, line)]
    met = [p for p in there if p["column"] == column and p["severity"] == severity and message in p["message"]]
    assert met, f"at {file}:{line} stands only {there}"
    assert any(p["hint"] and hint in p["hint"] for p in met), met
    if file.endswith(".csv") and "quote" not in message:
        # A quote that is not closed leaves it open which cell it stands in.
        assert all(re.fullmatch(r"[A-Z]+\d+", p["cell"]) for p in met)


def test_no_mistake_is_reported_that_was_not_planted(broken: subprocess.CompletedProcess[str]) -> None:
    places = {(file, line) for file, line, *_ in planted()}
    errors = [p for p in json.loads(broken.stdout)["problems"] if p["severity"] == "error"]
    assert [p for p in errors if (p["file"], p["line"]) not in places] == []


def test_a_broken_event_ends_with_one_and_what_can_be_made_is_made(broken: subprocess.CompletedProcess[str]) -> None:
    assert broken.returncode == 1
    assert "Traceback" not in broken.stderr
    names = {file["name"] for file in json.loads(broken.stdout)["files"]}
    assert {"print-shop/programme.pdf", "print-shop/speaker-cards.pdf", "print-shop/signs-a4.pdf"} <= names


def test_problems_are_printed_as_place_severity_message_and_hint() -> None:
    done = eventprint("check", BROKEN)
    assert done.returncode == 1
    assert "event.yaml:3:1: error: " in done.stderr
    lines = done.stderr.splitlines()
    assert lines[lines.index(next(line for line in lines if line.startswith("event.yaml:3:1: "))) + 1] == (
        "  hint: did you mean 'title'?"
    )
    order = [found[1] for line in lines if (found := re.match(r"\S+: (error|warning|open): ", line))]
    assert order == sorted(order, key=["error", "warning", "open"].index)
    assert re.fullmatch(r"\d+ errors, \d+ warnings?(, \d+ points? still open)?(, \d+ things? not supplied)?", lines[-1])


def test_what_stands_in_a_file_cannot_steer_the_terminal(event: Path) -> None:
    (event / "event.yaml").write_text('title: x\n"\\e[2J\\a\\u202e": y\n', encoding="utf-8")
    done = eventprint("check", event)
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr
    assert "\u202e" not in done.stderr  # it turns round what stands behind it
    assert "\\x1b[2J\\x07\\u202e" in done.stderr


# Hostile names: printed as text or reported, and the batch goes on

HOSTILE = [
    "<b>Bold</b> Brandt",
    "Ampersand & Sons",
    "{given} {0}",
    "Back\\slash \\n",
    "%s %(name)s",
    "Robert'); DROP TABLE badges;--",
    "=HYPERLINK(0)",
    "N\x00UL Byte",
    "L" * 300,
    ("Anna Maria " * 27 + "End")[:300],
]


def test_hostile_names_are_printed_as_text_or_reported(small: Path) -> None:
    import csv

    from pypdf import PdfReader

    with (small / "attendees-invented.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Id", "Name", "Organisation"])
        rows.writerows([str(number), name, name[:40]] for number, name in enumerate(HOSTILE, 1))
        rows.writerow(["99", "Plain Jane", "Last Row Ltd"])
    done = eventprint("build", small, "badges", "--json")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    data = json.loads(done.stdout)
    said = "\n".join(problem["message"] for problem in data["problems"])
    pages = PdfReader(small / "print" / "print-shop" / "badges.pdf").pages
    printed = "\n".join(re.sub(r"\s+", " ", page.extract_text()) for page in pages)
    assert "Plain" in printed
    assert "Last Row Ltd" in printed
    assert "a control character (U+0000)" in said
    for name in HOSTILE:
        words = name.replace("\x00", "").split(" ")
        assert all(word in printed for word in words) or any(word in said for word in (name, name[:20], words[-1])), (
            name
        )


# What the machine refuses: one clear line each


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere; rights differ on Windows")
def test_a_folder_that_must_not_be_written(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "locked"
    out.mkdir(mode=0o555)
    assert_one_clear_line(eventprint("build", small, "badges", "--out", out), "locked")


@pytest.mark.skipif(
    not Path("/sys/kernel").exists(), reason="only Linux has a folder nobody may write to, root included"
)
def test_a_folder_that_not_even_root_may_write(small: Path) -> None:
    assert_one_clear_line(eventprint("build", small, "badges", "--out", "/sys/kernel/eventprint"), "/sys/kernel")


def test_a_file_where_the_folder_should_be(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "print"
    out.write_text("not a folder")
    assert_one_clear_line(eventprint("build", small, "badges", "--out", out), "print")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_disk_that_is_full(event: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "eventprint", "schema"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 5
    assert done.stderr == "eventprint: the result could not be written: No space left on device\n"


def assert_one_clear_line(done: subprocess.CompletedProcess[str], word: str) -> None:
    assert done.returncode == 5, done.stderr
    errors = [line for line in done.stderr.splitlines() if "error: " in line]
    assert len(errors) == 1
    assert word in errors[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_corrupt_picture_is_one_line_and_the_rest_is_printed(small: Path, content: bytes) -> None:
    (small / "images" / "logo.png").write_bytes(content)
    done = eventprint("build", small, "badges", "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    about = [p for p in data["problems"] if p["severity"] == "error"]
    assert len(about) == 1
    assert "logo.png" in about[0]["message"]
    assert "print-shop/badges.pdf" in {file["name"] for file in data["files"]}


def test_a_font_that_is_not_there_is_one_line(small: Path) -> None:
    yaml = small / "event.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("sans: Fira Sans", "sans: Fira Sanz"), encoding="utf-8")
    done = eventprint("build", small, "badges")
    assert done.returncode == 1
    about = [line for line in done.stderr.splitlines() if "error: " in line]
    assert len(about) == 1
    assert "Fira Sanz" in about[0]
    assert about[0].startswith("event.yaml:16:")
    assert "did you mean 'Fira Sans'?" in done.stderr
    assert "print-shop/badges.pdf" in done.stdout
    assert "Traceback" not in done.stderr


# One badge on a sheet of labels


def test_one_badge_is_laid_on_the_first_free_label_of_a_sheet(tmp_path: Path) -> None:
    import pypdfium2

    event = few(tmp_path, "badges")
    out = tmp_path / "badge.pdf"
    who = ("badge", event, "Nykänen", "--out", out)
    done = eventprint(*who, "--stock", "plain-a4-90x55", "--start", "4")
    assert (done.returncode, done.stderr) == (0, "")
    document = pypdfium2.PdfDocument(out)
    assert len(document) == 2
    boxes = []
    for page in document:
        picture = page.render(scale=2 * 25.4 / 72).to_pil().convert("L")
        boxes.append([edge / 2 for edge in picture.point(lambda v: 255 if v < 250 else 0).getbbox()])
    document.close()
    # the fourth of ten labels: second row, right column; the bleed runs 2 mm beyond the label at most
    (left, top, right, bottom), behind = boxes
    assert left >= 13 + 94 - 3
    assert right <= 13 + 94 + 90 + 3
    assert top >= 7 + 57 - 3
    assert bottom <= 7 + 57 + 55 + 3
    assert behind[2] <= 210 - 107 + 3, "the back lies behind the front when the sheet is turned like a page"
    for words, message in (
        (("--start", "4"), "no labels were named"),
        (("--stock", "plain-a4-90x55", "--start", "4", "--free", "2"), "--start and --free say the same thing"),
        (("--stock", "plain-a4-90x55", "--free", "12"), "there is no label 12 on a sheet of 10"),
        (("--stock", "avery-l4785"), "the badge is 10 mm wider and 5 mm higher than the label"),
        (("--stock", "nobodys"), "there is no label sheet 'nobodys'"),
        (("--stock", "plain-a4-90x55", "--printer", "none"), "there is no printer 'none'"),
    ):
        refused = eventprint(*who, *words)
        assert refused.returncode != 0
        assert message in refused.stderr
        assert "Traceback" not in refused.stderr
