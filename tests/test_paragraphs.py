"""The same paragraphs by Typst and by WeasyPrint: no line of ours may be looser than theirs. Poppler measures them.

The table and a picture of it are made by tests/gallery/paragraphs.py.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

GALLERY = Path(__file__).parent / "gallery"


@pytest.fixture(scope="module")
def compared() -> ModuleType:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler is not installed: nothing measures the lines")
    sys.path.insert(0, str(GALLERY))
    try:
        return importlib.import_module("paragraphs")
    finally:
        sys.path.remove(str(GALLERY))


def needs(name: str) -> None:
    try:
        importlib.import_module(name)
    except (ImportError, OSError) as fault:
        pytest.skip(f"{name} does not run here: {str(fault).splitlines()[0]}")


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # theirs
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("measure", [60, 70, 80, 90])
@pytest.mark.parametrize("peer", ["Typst", "WeasyPrint"])
def test_our_worst_line_is_not_looser_than_theirs(
    compared: ModuleType, peer: str, measure: float, language: str
) -> None:
    needs(peer.lower())
    ours = compared.by_eventprint(language, measure)
    theirs = compared.SETTERS[peer](language, measure)
    lines = compared.stretches(theirs, language)
    assert len(lines) > 15, "the other's lines are read"
    assert max(compared.stretches(ours, language)) < max(lines)
    assert compared.stacked(ours) <= 2


@pytest.mark.thorough
def test_the_measure_sees_a_loose_line(compared: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hyphens lines are looser; a judge that does not see it is none."""
    with_hyphens = max(compared.stretches(compared.by_eventprint("de", 60), "de"))
    paragraph = compared.paragraph
    monkeypatch.setattr(compared, "paragraph", lambda *given, **how: paragraph(*given, **how | {"hyphenate": False}))
    assert max(compared.stretches(compared.by_eventprint("de", 60), "de")) > with_hyphens + 0.5
