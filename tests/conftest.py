"""What tests share: the sample event as a copy, its print run made once, outside judges, real material, no network."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

    from eventprint.event import Event
    from eventprint.job import Built

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "mine-the-gap"

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"

GOLDEN = Path(__file__).resolve().parent / "golden"

SECRET = bytes(range(32))
"""The copy's key: a fixed one, so that codes are the same in every run."""

PACKAGES = {
    "qpdf": "qpdf",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdfimages": "poppler-utils",
    "gs": "ghostscript",
}
"""The package, as Debian names it, that brings a tool."""

TOGETHER = (
    "test_job.py",
    "test_cli.py",
    "test_house.py",
    "test_programme.py",
    "test_claims.py",
    "test_reading_order.py",
    "test_plates.py",
)
"""Files whose tests share what takes long to make: each runs in one process, so that it is made once."""


# a busy machine is no fault of what is tested
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


ALL = "EVENTPRINT_ALL_TESTS"
"""Set for the run before a change is taken: nothing is left out then."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds, such as building a wheel; leave out with -m 'not slow'")
    config.addinivalue_line("markers", f"thorough: takes long, and runs only with {ALL}=1, as in .ci/run")
    config.addinivalue_line("markers", f"sampled(n): of so many cases alike one runs, and all with {ALL}=1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, and say so, what would keep somebody waiting who only wants to know whether all is well."""
    if os.environ.get(ALL):
        return
    seen: dict[str, int] = {}
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(pytest.mark.skip(reason=f"takes long: set {ALL}=1 for all tests"))
        elif sampled := item.get_closest_marker("sampled"):
            number = seen[item.nodeid.partition("[")[0]] = seen.get(item.nodeid.partition("[")[0], -1) + 1
            if number % sampled.args[0]:
                reason = f"one of {sampled.args[0]} cases alike was run: set {ALL}=1 for all of them"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Each test goes to the next free process, but those of `TOGETHER` go by file; largest first."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFileWhereShared(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if Path(file).name in TOGETHER else nodeid

    return ByFileWhereShared(config, log)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """No test leaves the fonts or the layouts of its own event to the next."""
    if fonts := sys.modules.get("eventprint.fonts"):
        fonts.use([])
    for key in [key for key in sys.modules if key.startswith("eventprint_layout_")]:
        if not str(sys.modules[key].__file__).startswith(str(LAYOUTS)):
            del sys.modules[key]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write tests/golden anew; then read what git diff says of it")


def copy_of_the_sample(folder: Path) -> Path:
    """The sample event with the fixed key, and nothing that was made from it."""
    event = folder / "mine-the-gap"
    shutil.copytree(SAMPLE, event, ignore=shutil.ignore_patterns("print", ".eventprint"))
    (event / ".eventprint").mkdir()
    (event / ".eventprint" / "secret").write_text(SECRET.hex() + "\n", encoding="ascii")
    return event


def few(folder: Path, *products: str) -> Path:
    """The sample with the first five of its list and, where products are named, no others: built in a moment."""
    event = copy_of_the_sample(folder)
    people, settings = event / "attendees-invented.csv", event / "event.yaml"
    people.write_text("".join(people.read_text(encoding="utf-8").splitlines(keepends=True)[:6]), encoding="utf-8")
    if products:
        facts, orders = settings.read_text(encoding="utf-8").split("\nproducts:\n")
        kept = [line for line in orders.splitlines() if line.split(":")[0].strip() in products]
        assert len(kept) == len(products)
        settings.write_text("\n".join([facts, "products:", *kept, ""]), encoding="utf-8")
    return event


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A copy of the sample event that a test may change."""
    return copy_of_the_sample(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the sample event, for few people and with badges alone, that a test may change."""
    return few(tmp_path, "badges")


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
