"""`run.py` sets up once, with uv or pip, and says plainly what a system lacks.

The outside programs are rehearsed by tiny stand-ins, so nothing here asks for a network.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[1] / "run.py"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for uv and python are shell scripts")

UV = """#!/bin/sh
echo "uv $*" >> "{log}"
if [ "$1" = venv ]; then
  mkdir -p .venv/bin
  printf '#!/bin/sh\\necho "python $*" >> "{log}"\\n' > .venv/bin/python
  chmod +x .venv/bin/python
fi
exit {code}
"""


class Checkout:
    """A folder with run.py and nothing else that is real; `calls()` is what it started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "calls.log"
        shutil.copy(RUN, folder)
        (folder / "pyproject.toml").write_text("[project]\nname = 'eventprint'\n")

    def stand_in_for_uv(self, code: int = 0) -> None:
        tools = self.folder / "tools"
        tools.mkdir(exist_ok=True)
        (tools / "uv").write_text(UV.format(log=self.log, code=code))
        (tools / "uv").chmod(0o755)

    def without(self, *modules: str) -> None:
        """Let this Python lack some modules, as Debian's does."""
        lacking = self.folder / "lacking"
        lacking.mkdir(exist_ok=True)
        for module in modules:
            (lacking / f"{module}.py").write_text("raise ImportError('split off by the distribution')\n")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'tools'}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "PYTHONPATH": str(self.folder / "lacking"),
        }
        command = [sys.executable, "-B", "run.py", *words]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)

    def calls(self) -> list[str]:
        """What was started since this was last asked."""
        text = self.log.read_text() if self.log.exists() else ""
        self.log.unlink(missing_ok=True)
        return text.replace(str(self.folder), "HERE").replace(sys.executable, "PYTHON").splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_alone_it_prints_the_few_commands(checkout: Checkout) -> None:
    done = checkout.run()
    assert done.returncode == 0
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[:2]] == [
        "python3 run.py demo",
        "python3 run.py test [ARGUMENTS]",
    ]
    assert "--wheels FOLDER" in done.stdout
    assert not (checkout.folder / ".venv").exists()


def test_a_word_it_does_not_know_is_wrong_use(checkout: Checkout) -> None:
    assert checkout.run("demmo").returncode == 2


def test_demo_installs_editable_and_builds_the_sample(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    done = checkout.run("demo")
    assert done.returncode == 0, done.stderr
    assert checkout.calls() == [
        "uv venv --quiet --clear --python PYTHON HERE/.venv",
        "uv pip install --quiet --python HERE/.venv/bin/python --editable HERE",
        "python -m compileall -q src layouts",
        "python -m eventprint build data/mine-the-gap",
    ]


def test_test_installs_the_test_extra_and_hands_its_arguments_to_pytest(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    assert checkout.run("test", "-k", "codes").returncode == 0
    assert checkout.calls()[1:] == [
        "uv pip install --quiet --python HERE/.venv/bin/python --editable HERE[test]",
        "python -m compileall -q src layouts",
        "python -m pytest -k codes",
    ]


def test_the_second_run_sets_nothing_up(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    checkout.run("demo")
    checkout.calls()
    checkout.run("demo")
    assert checkout.calls() == ["python -m eventprint build data/mine-the-gap"]


def test_the_demo_needs_nothing_more_after_the_tests_but_the_tests_do_after_the_demo(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    installs = []
    for command in ("demo", "test", "demo", "test"):
        checkout.run(command)
        installs.append(sum(call.startswith("uv pip") for call in checkout.calls()))
    assert installs == [1, 1, 0, 0]


def test_other_packages_in_pyproject_set_it_up_again(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    checkout.run("demo")
    (checkout.folder / "pyproject.toml").write_text("[project]\nname = 'eventprint'\ndependencies = ['rich']\n")
    checkout.calls()
    checkout.run("demo")
    assert len(checkout.calls()) == 4


def test_a_setup_that_failed_is_not_taken_for_done(checkout: Checkout) -> None:
    checkout.stand_in_for_uv(code=1)
    checkout.without("ensurepip", "pip")
    assert checkout.run("demo").returncode == 5
    assert checkout.run("demo").returncode == 5


def test_wheels_keep_it_off_the_network(checkout: Checkout) -> None:
    checkout.stand_in_for_uv()
    (checkout.folder / "wheels").mkdir()
    assert checkout.run("demo", "--wheels", "wheels").returncode == 0
    assert checkout.calls()[1] == (
        "uv pip install --quiet --python HERE/.venv/bin/python --no-index --find-links HERE/wheels --editable HERE"
    )


def test_a_folder_of_wheels_that_is_not_there_is_said(checkout: Checkout) -> None:
    done = checkout.run("demo", "--wheels", "nowhere")
    assert done.returncode == 5
    assert done.stderr == (
        "run.py: --wheels: there is no folder 'nowhere'\n  hint: name the folder that holds the .whl files\n"
    )


def test_a_python_without_venv_gets_one_plain_message(checkout: Checkout) -> None:
    checkout.without("ensurepip", "pip")
    done = checkout.run("demo")
    assert done.returncode == 5
    assert "this Python cannot make a virtual environment" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    subprocess.run([sys.executable, "-c", "import pip"], capture_output=True).returncode != 0,
    reason="this Python has no pip of its own to lend",
)
def test_a_python_without_ensurepip_lends_its_own_pip(checkout: Checkout) -> None:
    """Debian's way: python3-venv is not installed, python3-pip is."""
    checkout.without("ensurepip")
    (checkout.folder / "wheels").mkdir()
    done = checkout.run("demo", "--wheels", "wheels")
    assert (checkout.folder / ".venv" / "pyvenv.cfg").is_file()
    # The empty folder of packages ends it, and pip is the one to say so.
    assert done.returncode == 5
    assert "ERROR:" in done.stderr
    assert "the packages could not be installed" in done.stderr


def test_an_older_python_is_told_so_in_one_line() -> None:
    """The file has to parse there: checked against the grammar of 3.7, and its answer under a pretended 3.10."""
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 7))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 10, 4, 'final', 0); sys.argv = ['run.py', 'demo'];"
        f"runpy.run_path({str(RUN)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-B", "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 5
    assert done.stderr.splitlines()[0] == "run.py: eventprint needs Python 3.11 or newer; this is 3.10"


def test_it_uses_nothing_but_the_standard_library() -> None:
    tree = ast.parse(RUN.read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
