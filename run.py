"""Set eventprint up beside this file and run it: `python3 run.py demo`, `python3 run.py test`.

Needs nothing but Python 3.11 and its standard library. Everything goes into `.venv` beside this file; the one thing
asked of the network is the package index, and with `--wheels FOLDER` not even that.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "eventprint.stamp"
SAMPLE = Path("data") / "mine-the-gap"

MISSING = 5
"""The exit code where a file, a Python or a package is missing, as in `eventprint`."""

INTERRUPTED = 130

HELP = """\
python3 run.py demo                set up, then make everything the sample event prints
python3 run.py test [ARGUMENTS]    set up, then run all tests; the arguments go to pytest

Both make .venv beside run.py once, with packages from the package index.
--wheels FOLDER                    take them from a folder and no network; where there is one, fill it with
                                   python3 -m pip download -d FOLDER ".[test]" hatchling editables

Afterwards: {eventprint} build my-event"""


def main(words: list[str]) -> int:
    """Run what was asked for and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file an older Python may meet
        return complain(
            f"eventprint needs Python 3.11 or newer; this is {this_python()}",
            "start run.py with a newer one, such as `python3.12 run.py demo`; python.org has one for every system",
        )
    wheels = None
    if "--wheels" in words:
        at = words.index("--wheels")
        folder = "".join(words[at + 1 : at + 2])
        if not folder or not Path(folder).is_dir():
            return complain(f"--wheels: there is no folder {folder!r}", "name the folder that holds the .whl files")
        wheels = Path(folder).resolve()
        words = words[:at] + words[at + 2 :]
    command = words[0] if words else ""
    try:
        if command == "test":
            return set_up("test", wheels) or run("-m", "pytest", *words[1:])
        if command == "demo":
            return set_up("", wheels) or demo()
    except KeyboardInterrupt:
        return INTERRUPTED
    print(HELP.format(eventprint=shown(BIN / "eventprint")))
    return 0 if command in ("", "help", "-h", "--help") else 2


def demo() -> int:
    """Build the sample event with all it orders, and say where to look."""
    print(f"eventprint build {SAMPLE}", flush=True)
    code = run("-m", "eventprint", "build", str(SAMPLE))
    if code == 0:
        print(f"\nAll of it lies in {shown(HOME / SAMPLE / 'print')}; begin with the pictures in proof.")
        print(f"Your own event: {shown(BIN / 'eventprint')} new my-event")
    return code


def run(*words: str) -> int:
    """Run the environment's Python in this folder and return its exit code."""
    return subprocess.call([str(PYTHON), *words], cwd=HOME, env=environment())


# Setting up


def set_up(extra: str, wheels: Path | None) -> int:
    """Make .venv and install eventprint with this extra, unless that is done already. Returns an exit code."""
    wanted = fingerprint()
    done = STAMP.read_text(encoding="utf-8").split("\n") if STAMP.is_file() and PYTHON.exists() else []
    # An environment with the tests in it serves the demo as well.
    if wanted in done and (not extra or extra in done):
        return 0
    print(f"setting up {shown(VENV)}, once ...", flush=True)
    STAMP.unlink(missing_ok=True)
    target = f"{HOME}[{extra}]" if extra else str(HOME)
    if not (with_uv(target, wheels) or with_pip(target, wheels)):
        return MISSING
    # Compiled once here, so that the first badge is as quick as the next, wherever Python is told to keep no caches.
    run("-m", "compileall", "-q", "src", "layouts")
    STAMP.write_text(f"{wanted}\n{extra}", encoding="utf-8")
    return 0


def fingerprint() -> str:
    """What the environment depends on: the packages asked for, this Python, and where the checkout lies."""
    parts = (HOME / "pyproject.toml").read_bytes(), sys.version.encode(), os.fsencode(HOME)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def with_uv(target: str, wheels: Path | None) -> bool:
    """True where uv is at hand and did it all."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    fill = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *offline(wheels), "--editable", target]
    if succeeds(make) and succeeds(fill):
        return True
    print("uv could not do it; trying pip ...", flush=True)
    return False


def with_pip(target: str, wheels: Path | None) -> bool:
    """True once Python's own venv and pip did it; otherwise it was said what the system lacks."""
    pip = make_venv()
    if not pip:
        complain("this Python cannot make a virtual environment", remedy())
        return False
    options = ["--quiet", "--no-input", "--disable-pip-version-check", *offline(wheels)]
    if not succeeds([*pip, "install", *options, "--editable", target]):
        complain("the packages could not be installed; why stands above", "without a network, use --wheels FOLDER")
        return False
    return True


def make_venv() -> list[str]:
    """Make the environment; returns the command that is its pip, empty where this Python cannot make one."""
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if available("venv, ensurepip"):
        return [str(PYTHON), "-m", "pip"] if succeeds(make) else []
    # Debian and Ubuntu split ensurepip off; the system's pip can fill an environment that has none.
    if available("venv, pip") and succeeds([*make, "--without-pip"]):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return []


def offline(wheels: Path | None) -> list[str]:
    """The options, the same for uv and pip, that keep to a folder of packages."""
    return ["--no-index", "--find-links", str(wheels)] if wheels else []


def remedy() -> str:
    """How this system gets what Python's venv module needs, as a command to type."""
    try:
        system = Path("/etc/os-release").read_text(encoding="utf-8").lower()
    except OSError:
        return "install Python from python.org, where nothing is split off"
    commands = {
        "debian": f"sudo apt install python{this_python()}-venv",
        "fedora": "sudo dnf install python3-pip",
        "suse": f"sudo zypper install python{this_python().replace('.', '')}-pip",
        "alpine": "sudo apk add python3 py3-pip",
    }
    command = next((command for name, command in commands.items() if name in system), "")
    return f"type `{command}`, then try again" if command else "install your system's packages for Python's venv"


# Small things


def available(modules: str) -> bool:
    """True where the Python that runs this can import these modules."""
    return subprocess.run([sys.executable, "-c", f"import {modules}"], capture_output=True).returncode == 0


def succeeds(command: list[str]) -> bool:
    """Run a command and show what it said only where it fails; True where it succeeded."""
    done = subprocess.run(
        command, cwd=HOME, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
    return done.returncode == 0


def environment() -> dict[str, str]:
    """The environment of what is started: nothing of another Python reaches it, and uv fetches none."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")}
    return {**kept, "UV_PYTHON_DOWNLOADS": "never", "PYTHONUTF8": "1"}


def this_python() -> str:
    """The version as people say it: 3.11."""
    return ".".join(str(number) for number in sys.version_info[:2])


def shown(path: Path) -> str:
    """A path for people: from where they are, if it lies there."""
    here = Path.cwd()
    return str(path.relative_to(here)) if here in path.parents else str(path)


def complain(what: str, hint: str) -> int:
    """Say what is wrong and what helps; returns the exit code for something missing."""
    print(f"run.py: {what}\n  hint: {hint}", file=sys.stderr)
    return MISSING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
