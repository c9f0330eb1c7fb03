"""What tests share: the sample event as a copy, its print run made once, outside judges, real material, no network."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from eventprint.event import Event
    from eventprint.job import Built

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "mine-the-gap"

GOLDEN = Path(__file__).resolve().parent / "golden"

SECRET = bytes(range(32))
"""The copy's key: a fixed one, so that codes are the same in every run."""

PACKAGES = {
    "qpdf": "qpdf",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdfimages": "poppler-utils",
    "gs": "ghostscript",
}
"""The package, as Debian names it, that brings a tool."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds, such as building a wheel; leave out with -m 'not slow'")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write tests/golden anew; then read what git diff says of it")


def copy_of_the_sample(folder: Path) -> Path:
    """The sample event with the fixed key, and nothing that was made from it."""
    event = folder / "mine-the-gap"
    shutil.copytree(SAMPLE, event, ignore=shutil.ignore_patterns("print", ".eventprint"))
    (event / ".eventprint").mkdir()
    (event / ".eventprint" / "secret").write_text(SECRET.hex() + "\n", encoding="ascii")
    return event


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A copy of the sample event that a test may change."""
    return copy_of_the_sample(tmp_path)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Event:
    """The sample event as a value, with the fixed key."""
    from eventprint.problems import Problems
    from eventprint.read import read

    problems = Problems()
    event = read(copy_of_the_sample(tmp_path_factory.mktemp("sample")), problems)
    assert problems.errors == []
    return event


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("badge", text)`: the text is what tests/golden/badge.txt says; `pytest --renew` makes it say so."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / f"{name}.txt"
        if request.config.getoption("--renew"):
            GOLDEN.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8"), "if this is meant: pytest --renew, and read the diff"

    return compare


@pytest.fixture(scope="session")
def print_run(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample's whole print run, built once; tests look at it and change nothing."""
    from eventprint import job

    return job.build(copy_of_the_sample(tmp_path_factory.mktemp("print-run")))


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool("qpdf")` is the path of an outside judge; where there is none, the test is skipped and says so."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed here; on Debian: apt install {PACKAGES.get(name, name)}")
        return path

    return find


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real material of many events, which no repository may carry along."""
    folder = os.environ.get("EVENTPRINT_REAL_DATA")
    if not folder:
        pytest.skip("EVENTPRINT_REAL_DATA names no folder of real agendas, so they are not read")
    return Path(folder)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Whatever reaches beyond this machine fails the test that does it."""
    connect = socket.socket.connect

    def local(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else ""
            assert host in ("127.0.0.1", "::1", "localhost"), f"a test reached out to {host}"
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local)
        yield
