"""Files are old or new and never half; nothing is touched that this program did not make."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventprint.deliver import Delivery, deliver, describe, manifest_of, write
from eventprint.geometry import Size, mm
from eventprint.problems import Exit, Stop


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest."""
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: data for name, data in files.items() if name != "manifest.json"}


def put(folder: Path, files: Mapping[str, bytes]) -> Delivery:
    entries = [describe(name, data, product=name.split(".")[0]) for name, data in files.items()]
    return deliver(folder, files, manifest={"event": "Mine the Gap", "files": entries})


def pdf(*sizes: tuple[float, float]) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for width, height in sizes:
            made.add_blank_page(page_size=(width + 20, height + 20))
            made.pages[-1].trimbox = [10, 10, 10 + width, 10 + height]
        made.save(out)
    return out.getvalue()


# What is written, kept and removed


def test_files_come_with_a_manifest(tmp_path: Path) -> None:
    delivery = put(tmp_path / "print", {"desk/badges.pdf": b"badges", "job-sheet.txt": b"4 sheets"})
    assert delivery == Delivery(written=("desk/badges.pdf", "job-sheet.txt"))
    assert tree(tmp_path / "print") == {"desk/badges.pdf": b"badges", "job-sheet.txt": b"4 sheets"}
    manifest = json.loads((tmp_path / "print" / "manifest.json").read_text())
    assert manifest["event"] == "Mine the Gap"
    assert [entry["file"] for entry in manifest["files"]] == ["desk/badges.pdf", "job-sheet.txt"]
    assert manifest["files"][0]["sha256"] == hashlib.sha256(b"badges").hexdigest()
    assert manifest["files"][0]["bytes"] == 6


def test_what_is_there_already_is_not_touched(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": b"same", "b.pdf": b"old"})
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in ("a.pdf", "manifest.json")}
    assert put(tmp_path, {"a.pdf": b"same", "b.pdf": b"old"}) == Delivery(unchanged=("a.pdf", "b.pdf"))
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in before} == before
    assert put(tmp_path, {"a.pdf": b"same", "b.pdf": b"new"}) == Delivery(("b.pdf",), ("a.pdf",))


def test_what_is_no_longer_made_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    put(tmp_path, {"badges.pdf": b"1", "signs/door.pdf": b"2"})
    (tmp_path / "notes.txt").write_text("ours")
    (tmp_path / "signs" / "arrow.pdf").write_text("by hand")
    assert put(tmp_path, {"badges.pdf": b"1"}) == Delivery((), ("badges.pdf",), ("signs/door.pdf",))
    assert tree(tmp_path) == {"badges.pdf": b"1", "notes.txt": b"ours", "signs/arrow.pdf": b"by hand"}


def test_a_run_for_one_product_leaves_the_others(tmp_path: Path) -> None:
    put(tmp_path, {"badges.pdf": b"1", "signs.pdf": b"2", "cards.pdf": b"3"})
    (tmp_path / "cards.pdf").unlink()
    entries = [describe("signs-a3.pdf", b"4", product="signs")]
    delivery = deliver(tmp_path, {"signs-a3.pdf": b"4"}, manifest={"files": entries}, only=["signs"])
    assert delivery == Delivery(("signs-a3.pdf",), (), ("signs.pdf",))
    assert [entry["file"] for entry in manifest_of(tmp_path)["files"]] == ["badges.pdf", "signs-a3.pdf"]


def test_the_same_run_writes_the_same_manifest(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path / name, {"b.pdf": b"2", "a.pdf": b"1"})
    assert (tmp_path / "one" / "manifest.json").read_bytes() == (tmp_path / "two" / "manifest.json").read_bytes()


def test_a_manifest_from_elsewhere_removes_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "print"
    folder.mkdir()
    (tmp_path / "agenda.md").write_text("09:00 welcome")
    (folder / "kept").mkdir()
    names = ["../agenda.md", str(tmp_path / "agenda.md"), "kept", "manifest.json", "", ".", "x/../../agenda.md", "a\0b"]
    (folder / "manifest.json").write_text(json.dumps({"files": [{"file": name} for name in names] + [7, {}]}))
    assert put(folder, {"a.pdf": b"1"}).removed == ()
    assert (tmp_path / "agenda.md").read_text() == "09:00 welcome"
    assert (folder / "kept").is_dir()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3}', "[" * 100_000, '{"files": [{"file": 3}]}', "\xff"])
def test_a_manifest_that_is_none_is_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
    put(tmp_path, {"a.pdf": b"1"})
    assert [entry["file"] for entry in manifest_of(tmp_path)["files"]] == ["a.pdf"]


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious.pdf").write_bytes(b"precious")
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "a.pdf").symlink_to(tmp_path / "precious.pdf")
    put(folder, {"a.pdf": b"precious"})
    assert not (folder / "a.pdf").is_symlink()
    put(folder, {"a.pdf": b"new"})
    assert (tmp_path / "precious.pdf").read_bytes() == b"precious"


def test_a_file_has_the_rights_the_user_gives_new_files(tmp_path: Path) -> None:
    (tmp_path / "reference").write_bytes(b"")
    put(tmp_path / "print", {"a.pdf": b"1"})
    assert (tmp_path / "print" / "a.pdf").stat().st_mode == (tmp_path / "reference").stat().st_mode


NAME = st.text("abc", min_size=1, max_size=3)
NAMES = st.one_of(NAME.map("{}.pdf".format), st.tuples(NAME, NAME).map(lambda both: f"{both[0]}/{both[1]}.pdf"))


@settings(max_examples=40, deadline=None)
@given(runs=st.lists(st.dictionaries(NAMES, st.binary(max_size=9), max_size=5), min_size=1, max_size=4))
def test_after_any_runs_there_is_exactly_what_the_last_one_made(runs: list[dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for files in runs:
            before = tree(folder)
            delivery = put(folder, files)
            assert tree(folder) == files
            assert set(delivery.written) == {each for each in files if before.get(each) != files[each]}
            assert set(delivery.unchanged) == set(files) - set(delivery.written)
            assert set(delivery.removed) == set(before) - set(files)
        listed = {entry["file"]: entry["sha256"] for entry in manifest_of(folder)["files"]}
        assert listed == {each: hashlib.sha256(data).hexdigest() for each, data in runs[-1].items()}


# What stops it


def stopped(folder: Path, files: Mapping[str, bytes]) -> str:
    with pytest.raises(Stop) as stop:
        put(folder, files)
    assert stop.value.code == Exit.MISSING
    assert stop.value.problem.hint
    assert "\n" not in stop.value.problem.message
    return stop.value.problem.message


@pytest.mark.parametrize(
    "name",
    [
        "../a.pdf",
        "/a.pdf",
        "x/../../a.pdf",
        "",
        ".",
        "..",
        "x//a.pdf",
        "x/",
        "x\\a.pdf",
        "C:a.pdf",
        "a\0.pdf",
        "a\n.pdf",
    ],
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert "is no name for a file inside the folder" in stopped(tmp_path / "print", {"good.pdf": b"1", name: b"2"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["manifest.json", ".eventprint-unfinished.json"])
def test_the_names_of_its_own_files_are_refused(tmp_path: Path, name: str) -> None:
    stopped(tmp_path, {name: b"1"})


def test_names_that_differ_by_case_alone_are_refused(tmp_path: Path) -> None:
    assert stopped(tmp_path, {"Signs.pdf": b"1", "signs.pdf": b"2"}) == (
        "Signs.pdf and signs.pdf are one file where case does not count"
    )


def test_a_linked_folder_that_leads_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "desk").symlink_to(tmp_path / "elsewhere")
    assert "leads out of" in stopped(tmp_path / "print", {"desk/a.pdf": b"1"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "print").write_bytes(b"a file")
    assert stopped(tmp_path / "print", {"a.pdf": b"1"}).endswith("a file stands where a folder is needed")
    assert stopped(tmp_path, {"print/a.pdf": b"1"}).endswith("a file stands where a folder is needed")
    assert stopped(tmp_path / "print" / "deep", {"a.pdf": b"1"}).endswith("a file stands where a folder is needed")
    assert (tmp_path / "print").read_bytes() == b"a file"


def test_a_folder_where_the_file_is_to_go(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    assert stopped(tmp_path, {"a.pdf": b"1"}).endswith("a folder stands where the file is to go")
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_a_name_that_is_too_long_for_the_disk(tmp_path: Path) -> None:
    longest = "n" * 251 + ".pdf"
    put(tmp_path, {longest: b"1"})
    assert (tmp_path / longest).read_bytes() == b"1"
    message = stopped(tmp_path, {"n" * 252 + ".pdf": b"1"})
    assert message.endswith("the name is too long")
    assert len(message) < 250


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that other users can reach, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX users")
def test_a_read_only_folder(open_to_all: Path) -> None:
    put(open_to_all, {"a.pdf": b"old"})
    open_to_all.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may write anywhere; nobody may not
    try:
        message = stopped(open_to_all, {"a.pdf": b"new"})
        deep = stopped(open_to_all / "print", {"a.pdf": b"new"})
    finally:
        if root:
            os.seteuid(0)
    assert message == f"cannot write {open_to_all / 'a.pdf'}: writing is not allowed there"
    assert deep == f"cannot write {open_to_all / 'print'}: writing is not allowed there"
    assert tree(open_to_all) == {"a.pdf": b"old"}


FULL = """
import sys
from pathlib import Path
from eventprint.deliver import deliver
from eventprint.problems import Stop
folder = Path(sys.argv[1])
deliver(folder, {"a.txt": b"old", "b.txt": b"old"}, manifest={})
try:
    deliver(folder, {"a.txt": b"new", "b.txt": bytes(300_000), "c.txt": b"new"}, manifest={})
except Stop as stop:
    print(stop.code, stop.problem.message)
print(sorted(path.name for path in folder.iterdir()))
print((folder / "a.txt").read_bytes(), (folder / "b.txt").read_bytes(), file=sys.stderr)
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command], capture_output=True, text=True, check=False, timeout=60)


def test_a_full_disk(tmp_path: Path) -> None:
    """A file system of 128 kB in a name space of its own, where the system lets us make one."""
    mount = "mount -t tmpfs -o size=128k none $0 2>/dev/null || exit 77; "
    done = (
        run("unshare", "-rm", "sh", "-c", f'{mount} exec "$1" -c "$2" $0', str(tmp_path), sys.executable, FULL)
        if shutil.which("unshare")
        else None
    )
    if done is None or (done.returncode and "old" not in done.stderr and "Traceback" not in done.stderr):
        pytest.skip("no small file system can be mounted here")
    assert done.stdout.splitlines() == [
        f"5 cannot write {tmp_path / 'b.txt'}: the disk is full",
        "['.eventprint-unfinished.json', 'a.txt', 'b.txt', 'manifest.json']",
    ]
    assert done.stderr.strip() == "b'new' b'old'"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_file_larger_than_the_account_allows(tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    done = run(sys.executable, "-c", limit + FULL, str(tmp_path))
    assert done.stdout.splitlines()[0].startswith(f"5 cannot write {tmp_path / 'b.txt'}: the file is larger")
    assert done.stderr.strip() == "b'new' b'old'"


# Kills


WRITER = """
import sys
from pathlib import Path
from eventprint.deliver import deliver
print("ready", flush=True)
for turn in range(1_000_000):
    files = {f"sub{number % 2}/{number}.txt": str(turn % 10).encode() * (200_000 + turn) for number in range(6)}
    files[f"turn-{turn % 5}.txt"] = str(turn % 10).encode() * 1000
    deliver(Path(sys.argv[1]), files, manifest={"turn": turn})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_at_any_moment_leaves_whole_files_and_no_litter_after_the_next_run(tmp_path: Path) -> None:
    chance = random.Random(20220511)
    folder = tmp_path / "print"
    litter = 0
    for kill in range(60):
        if kill >= 12 and litter:
            break
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.12))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for name, data in tree(folder).items():
            if name.endswith(".txt"):
                # one figure from end to end, and as long as its turn wrote it: no half file and no mixture
                assert len(set(data)) == 1
                assert len(data) == 1000 or (len(data) - 200_000) % 10 == int(chr(data[0]))
            else:
                litter += name.endswith(".part")
        if (folder / "manifest.json").is_file():
            assert "turn" in json.loads((folder / "manifest.json").read_text())
    assert litter, "no kill hit a file half written: the test has proved nothing"
    deliver(folder, {"last.txt": b"1"}, manifest={})
    assert tree(folder) == {"last.txt": b"1"}


def test_the_part_of_a_killed_run_is_swept_and_a_part_of_others_is_not(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / ".eventprint-0123456789abcdef.part").write_bytes(b"half")
    (tmp_path / "desk" / "film.mp4.part").write_bytes(b"a download")
    put(tmp_path, {"desk/a.pdf": b"1"})
    assert set(tree(tmp_path)) == {"desk/a.pdf", "desk/film.mp4.part"}


# One file alone


def test_one_file_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "badge.pdf", b"1")
    write(tmp_path / "deep" / "badge.pdf", b"2")
    assert tree(tmp_path) == {"deep/badge.pdf": b"2"}


def test_one_file_goes_where_a_link_points(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "badge.pdf").symlink_to(tmp_path / "stick" / "badge.pdf")
    write(tmp_path / "badge.pdf", b"1")
    assert (tmp_path / "badge.pdf").is_symlink()
    assert (tmp_path / "stick" / "badge.pdf").read_bytes() == b"1"


@pytest.mark.parametrize("name", ["", "pipe"])
def test_one_file_does_not_replace_what_is_no_file(tmp_path: Path, name: str) -> None:
    if name:
        os.mkfifo(tmp_path / name)
    with pytest.raises(Stop, match="it is no ordinary file") as stop:
        write(tmp_path / name, b"1")
    assert stop.value.code == Exit.MISSING


# Entries


def test_an_entry_says_what_a_file_is() -> None:
    data = pdf((148 * mm, 210 * mm), (148 * mm, 210 * mm))
    assert describe("programme.pdf", data, product="programme", sources=["people.yaml", "agenda.md"]) == {
        "file": "programme.pdf",
        "product": "programme",
        "pages": 2,
        "trim": [148, 210],
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "sources": ["agenda.md", "people.yaml"],
    }


def test_an_entry_has_no_trim_where_pages_differ_and_no_pages_where_there_are_none() -> None:
    assert describe("signs.pdf", pdf((300, 400), (400, 300)))["trim"] is None
    assert describe("proof.png", b"\x89PNG")["pages"] is None
    assert describe("half.pdf", pdf((300, 400))[:200])["pages"] is None


def test_a_turned_page_is_described_as_it_is_seen() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf((300, 400)))) as opened:
        opened.pages[0].obj.Rotate = 90
        opened.save(out)
    assert describe("a.pdf", out.getvalue())["trim"] == [round(400 / mm, 2), round(300 / mm, 2)]


def test_what_is_known_is_not_looked_up() -> None:
    entry = describe("badges.pdf", b"%PDF- and nothing that could be read", pages=60, trim=Size(90 * mm, 55 * mm))
    assert (entry["pages"], entry["trim"]) == (60, [90, 55])


def test_pypdf_stays_away_from_files_that_are_known() -> None:
    code = (
        "import sys; from eventprint.deliver import describe; from eventprint.geometry import Size; "
        "describe('a.pdf', b'%PDF-', pages=1, trim=Size(9, 9)); print('pypdf' in sys.modules)"
    )
    assert run(sys.executable, "-c", code).stdout == "False\n"
