"""The shelves are found in a checkout, and inside the package where a wheel put them."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from eventprint import shelves

HOME = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["layouts", "data", "fonts"])
def test_a_checkout_has_them_at_its_top(name: str) -> None:
    assert shelves.shelf(name) == HOME / name


def installed(package: Path) -> Callable[[str], Path]:
    """`shelf` as it works when the package lies there."""
    package.mkdir(parents=True)
    file = Path(shutil.copy(str(shelves.__file__), package))
    spec = importlib.util.spec_from_file_location("shelves_elsewhere", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    find: Callable[[str], Path] = module.shelf
    return find


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "site-packages" / "eventprint"
    shelf = installed(package)
    (package / "_shelves" / "fonts").mkdir(parents=True)
    (tmp_path / "lib" / "fonts").mkdir()  # somebody else's, where a checkout would have its own
    assert shelf("fonts") == package / "_shelves" / "fonts"


def test_a_damaged_installation_names_both_places(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "site-packages" / "eventprint"
    shelf = installed(package)
    with pytest.raises(FileNotFoundError) as caught:
        shelf("fonts")
    assert str(caught.value) == (
        f"no folder 'fonts' at {package / '_shelves' / 'fonts'} or {tmp_path / 'lib' / 'fonts'}: "
        "install eventprint again"
    )
