"""The house rules: floors, one outside library a room, words and licences where they belong, a wheel that prints.

Read from the source with `ast`, so a rule holds for code that no test runs.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]
SOURCE = HOME / "src" / "eventprint"
LAYOUTS = HOME / "layouts"

GROUND = {"geometry", "problems", "rules", "shelves", "colours", "labels", "files"}
NOUNS = {"event", "page"}
TOOLS = [
    {"inks", "charsets", "packages", "yamlfaults"},
    {"collation", "records", "fonts", "codes", "images", "packed", "pdfpages", "rasters"}
    | {"symbols", "template", "ticket", "markup", "jsontext", "workbooks"},
    {"text", "words", "stock", "printers", "transfer", "sheets", "yamltext", "documents"},
    {"flow", "initials", "artwork"},
    {"prose"},
    {"timetable", "booklet"},
    {"items"},
    {"kit"},
]
VERBS = {"read", "check", "compose", "draw", "impose", "merge", "preflight", "proof", "deliver"}
DOORS = {"cli", "preview", "desk", "__main__"}
FLOORS: list[set[str]] = [{"__init__", "values"}, GROUND, NOUNS, *TOOLS, VERBS, {"job"}, DOORS]

READING: list[set[str]] = [
    {"language"},
    {"agenda", "casting", "compare", "drafts", "settings"},
    {"people", "tables"},
    {"texts", "exports"},
    {"folder"},
    {"__init__"},
]
"""The floors within the largest room: a reader knows the words below it, never the reader beside it."""

LIBRARIES = {
    "records": {"yaml"},
    "sheets": {"python_calamine"},
    "words": {"babel"},
    "fonts": {"uharfbuzz"},
    "text": {"uharfbuzz", "icu4py"},
    "flow": {"pyphen"},
    "prose": {"markdown_it"},
    "codes": {"qrcode"},
    "images": {"PIL"},
    "inks": {"PIL"},
    "rasters": {"pypdfium2", "PIL"},  # PDFium draws into Pillow's pictures
    "pdfpages": {"pypdf"},
    "transfer": {"pypdf"},
    "artwork": {"pypdf"},
    "draw": {"reportlab"},
    "impose": {"pypdf"},
    "merge": {"pypdf"},
    "preflight": {"pypdf"},
    "deliver": {"pypdf"},
    "read": {"babel"},  # what Microsoft calls time zones
    "cli": {"rich"},
}
"""What each room may bring in from outside; every other room makes do with the standard library."""

BASE_14 = r"Helvetica|Times-(Roman|Bold|Italic)|Courier|ZapfDingbats"
"""ISO 32000-1, 9.6.2.2: the fonts a viewer supplies itself, and so the ones a print shop refuses."""


def sources(*folders: Path) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(file)))


def room(file: Path) -> str:
    """The file's name, or the folder's where a room has grown into one."""
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if name in names)


@cache
def rooms_used(file: Path) -> set[str]:
    """The other rooms of the house a file imports from, also inside functions and for typing alone."""
    found: set[str] = set()
    depth = len(file.relative_to(SOURCE).parts)
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "eventprint":
            parts = str(node.module).split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {(a.name + ".").split(".")[1] for a in node.names if a.name.split(".")[0] == "eventprint"}
    names = {name for floor_names in FLOORS for name in floor_names}
    return {name if name in names else "__init__" for name in found} - {room(file)}


def outside(file: Path) -> set[str]:
    """The top-level names a file imports that are neither ours nor the standard library's."""
    found: set[str] = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).split(".")[0])
    return found - sys.stdlib_module_names - {"eventprint"}


def public(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree(file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def test_every_file_has_a_floor() -> None:
    known = {name for names in FLOORS for name in names}
    assert {room(file) for file in sources(SOURCE)} <= known


def test_a_file_imports_from_floors_below_its_own() -> None:
    climbs = [
        f"{file.relative_to(SOURCE)} imports {used}"
        for file in sources(SOURCE)
        for used in sorted(rooms_used(file))
        if floor(used) >= floor(room(file)) and not (room(file) in DOORS and used in DOORS)
    ]
    assert climbs == []


def test_only_job_joins_verbs() -> None:
    joins = [
        f"{file.relative_to(SOURCE)} imports {used}"
        for file in sources(SOURCE)
        for used in sorted(rooms_used(file) & VERBS)
        if room(file) != "job"
    ]
    assert joins == []


def test_a_reader_imports_from_floors_below_its_own() -> None:
    house = SOURCE / "read"
    level = {name: number for number, names in enumerate(READING) for name in names}
    rooms = {file: file.relative_to(house).parts[0].removesuffix(".py") for file in sources(house)}
    assert set(rooms.values()) == set(level)
    climbs = [
        f"{file.relative_to(house)} imports {used}"
        for file, own in rooms.items()
        for node in nodes(file)
        if isinstance(node, ast.ImportFrom) and node.level == len(file.relative_to(house).parts)
        for used in ([node.module.split(".")[0]] if node.module else [alias.name for alias in node.names])
        if used != own and level[used] >= level[own]
    ]
    assert climbs == []


def test_each_room_has_one_outside_library() -> None:
    strangers = [
        f"{file.relative_to(SOURCE)} imports {name}"
        for file in sources(SOURCE)
        for name in sorted(outside(file) - LIBRARIES.get(room(file), set()))
    ]
    assert strangers == []


def test_a_layout_imports_the_kit_and_the_standard_library() -> None:
    strangers = []
    for file in sources(LAYOUTS):
        for node in nodes(file):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                whole = node.module != "eventprint"
                names = [f"{node.module}" if whole else f"eventprint.{alias.name}" for alias in node.names]
            else:
                continue
            strangers += [
                f"{file.name} imports {name}"
                for name in names
                if name != "eventprint.kit" and name.split(".")[0] not in sys.stdlib_module_names
            ]
    assert strangers == []


def test_no_file_name_hides_what_is_inside() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "lib"}
    assert [str(file) for file in sources(SOURCE, LAYOUTS) if file.stem in vague or file.parent.name in vague] == []


def test_everything_public_says_what_you_get() -> None:
    silent = [
        f"{file.relative_to(HOME)}: {node.name}"
        for file in sources(SOURCE, LAYOUTS)
        for node in public(file)
        if not ast.get_docstring(node)
    ]
    silent += [str(file.relative_to(HOME)) for file in sources(SOURCE, LAYOUTS) if not ast.get_docstring(tree(file))]
    assert silent == []


def test_nothing_below_the_doors_prints() -> None:
    loud = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file in sources(SOURCE)
        if room(file) not in DOORS
        for node in nodes(file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert loud == []


def test_no_font_is_left_to_the_viewer() -> None:
    """No text constant names a font of the base 14; a docstring may, to say why not, and preflight, to refuse them."""
    named = []
    for file in sources(SOURCE, LAYOUTS):
        if file.is_relative_to(SOURCE) and room(file) == "preflight":
            continue
        prose = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
        named += [
            f"{file.relative_to(HOME)}:{node.lineno} {node.value!r}"
            for node in nodes(file)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and re.search(BASE_14, node.value)
        ]
    assert named == []


RULE = re.compile(r"([a-z]+)\.[a-z]+(?:-[a-z]+)*")
"""What a rule is called; of the words before the dot only those of rules are looked at."""
SUFFIXES = {"md", "txt", "csv", "yaml", "json", "xml", "xlsx", "xls", "ods", "ics", "html", "pdf", "png"}


def rules_used() -> dict[str, str]:
    """Every text in the source that is called like a rule, and where: a rule reaches a problem from a text alone."""
    from eventprint.rules import RULES

    families = {name.partition(".")[0] for name in RULES} | {"preflight"}
    used: dict[str, str] = {}
    for file in sources(SOURCE, LAYOUTS):
        if file == SOURCE / "rules.py":
            continue
        for node in nodes(file):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = RULE.fullmatch(node.value)
                if match and match[1] in families and (node.value in RULES or node.value.split(".")[1] not in SUFFIXES):
                    used.setdefault(node.value, f"{file.relative_to(HOME)}:{node.lineno}")
    return used


def test_every_rule_is_in_the_list_with_a_sentence() -> None:
    """`rules.RULES` is what event.yaml may name and `eventprint check --rules` shows; preflight keeps its own."""
    from eventprint.rules import RULES

    unlisted = {rule: where for rule, where in rules_used().items() if rule not in RULES}
    assert {rule for rule in unlisted if not rule.startswith("preflight.")} == set(), unlisted
    assert [rule for rule, sentence in RULES.items() if not re.fullmatch(r"[A-Z].*[^.]\.", sentence, re.DOTALL)] == []


def test_every_rule_of_the_list_is_used() -> None:
    from eventprint.rules import RULES

    assert set(RULES) - set(rules_used()) == set()


def test_no_rule_is_put_together_from_pieces() -> None:
    """Or nobody could find where it is used; but preflight's, which are those of its own list."""
    families = "|".join({rule.partition(".")[0] for rule in rules_used()} - {"preflight"})
    made = [
        f"{file.relative_to(HOME)}:{node.lineno}"
        for file in sources(SOURCE, LAYOUTS)
        for node in nodes(file)
        if isinstance(node, ast.Call)
        for value in (*node.args, *(keyword.value for keyword in node.keywords))
        if isinstance(value, ast.JoinedStr) and re.fullmatch(rf"'({families})\.'", ast.unparse(value.values[0]))
    ]
    assert made == []


def test_every_problem_has_a_rule() -> None:
    """A problem without one could not be weighed; a mistake in a print shop's own file is no problem of an event."""
    without = []
    for file in sources(SOURCE, LAYOUTS):
        for node in nodes(file):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("error", "warning", "open") and ast.unparse(node.func.value).endswith("problems"):
                named = len(node.args) >= 4 or any(keyword.arg == "rule" for keyword in node.keywords)
                starred = any(isinstance(each, ast.Starred) for each in node.args)
                if not named and not starred and room(file) != "preflight":
                    without.append(f"{file.relative_to(HOME)}:{node.lineno}")
    assert without == []


def test_no_promise_is_left_in_the_source() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [str(f) for f in sources(SOURCE, LAYOUTS) if words.search(f.read_text(encoding="utf-8"))] == []


def test_every_font_has_its_licence_beside_it() -> None:
    licences = {
        re.sub(r"[^a-z0-9]", "", file.stem.removeprefix("OFL-").lower()): file.read_text(encoding="utf-8")
        for file in (HOME / "fonts" / "licences").iterdir()
    }
    missing = []
    for font in sorted([*(HOME / "fonts").rglob("*.ttf"), *(HOME / "fonts").rglob("*.otf")]):
        family = font.stem.split("-")[0].removesuffix("Variable").lower()
        text = licences.get(family) or licences.get(family.rstrip("0123456789"), "")
        if "SIL OPEN FONT LICENSE" not in text.upper():
            missing.append(font.name)
    assert missing == []


def test_every_command_is_in_the_readme() -> None:
    from eventprint.cli import COMMANDS

    readme = (HOME / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"eventprint {name}" not in readme] == []


def test_the_top_level_is_the_agreed_one() -> None:
    try:
        listed = subprocess.run(["git", "ls-files"], cwd=HOME, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so what belongs to the project is not known")
    agreed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "run.py"}
    agreed |= {"data", "layouts", "fonts", "src", "tests", ".ci", ".gitignore"}
    assert {line.split("/")[0] for line in listed.splitlines()} <= agreed


def test_the_changelog_begins_with_this_version() -> None:
    from eventprint import __version__

    changelog = (HOME / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == __version__


# The command line before its first import of weight

HEAVY = {"yaml", "babel", "uharfbuzz", "pyphen", "qrcode", "PIL", "pypdfium2", "reportlab", "pypdf", "rich"}


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_importing_the_command_line_brings_nothing_heavy() -> None:
    assert modules_after("import eventprint.cli") & HEAVY == set()


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["badge", "--help"], ["bild"]])
def test_help_and_typing_mistakes_bring_nothing_heavy(words: list[str]) -> None:
    call = f"from eventprint.cli import main\ntry: main({words!r})\nexcept SystemExit: pass"
    assert modules_after(call) & HEAVY == set()


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it from this checkout, without asking for a network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=HOME,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_the_shelves(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = [
        f"{shelf}/{file.relative_to(HOME / shelf).as_posix()}"
        for shelf in ("layouts", "data", "fonts")
        for file in (HOME / shelf).rglob("*")
        if file.is_file() and not {"__pycache__", "print", ".eventprint"} & set(file.parts)
    ]
    assert [name for name in ours if f"eventprint/_shelves/{name}" not in inside] == []
    assert "eventprint/py.typed" in inside


@pytest.mark.slow
def test_the_wheel_holds_nothing_that_was_made_or_is_secret(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if re.search(r"__pycache__|/print/|/\.eventprint/", name)] == []


@pytest.mark.slow
def test_a_badge_is_printed_from_the_wheel(wheel: Path, event: Path, tmp_path: Path) -> None:
    """In a fresh environment: eventprint from the wheel alone, the libraries lent by this Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    zipfile.ZipFile(wheel).extractall(site)
    lent = [line for line in sys.path if line.endswith("site-packages")]
    (site / "lent.pth").write_text("\n".join(lent) + "\n")

    where = subprocess.run(
        [python, "-I", "-c", "import eventprint; print(eventprint.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(site)

    badge = tmp_path / "badge.pdf"
    command = [python, "-I", "-m", "eventprint", "badge", str(event), "Ilkka Nykänen", "--out", str(badge)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert badge.read_bytes().startswith(b"%PDF-")
