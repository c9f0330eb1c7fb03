"""Printers measured with a ruler: what is drawn by their correction is printed where it belongs.

A printer is simulated by an affine map that is made here from offset, scale, turn and skew; what the profile makes of
readings of that printer is judged by sending points through both.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint import printers
from eventprint.geometry import PAPERS, Size, mm
from eventprint.page import Matrix, after
from eventprint.printers import Cross, Printer, Readings, crosses, upwards
from eventprint.problems import Exit, Place, Problems, Severity, Stop
from eventprint.records import Length

A4 = PAPERS["A4"]


def through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def simulated(
    paper: Size,
    right: float = 0,
    down: float = 0,
    wide: float = 1,
    high: float = 1,
    turn_deg: float = 0,
    skew_deg: float = 0,
) -> Matrix:
    """A printer that scales about the middle of the sheet, leans, turns clockwise and shifts by millimetres."""
    turn, lean = math.radians(turn_deg), math.tan(math.radians(skew_deg))
    steps: tuple[Matrix, ...] = (
        (1, 0, 0, 1, -paper.width / 2, -paper.height / 2),
        (wide, 0, 0, high, 0, 0),
        (1, 0, -lean, 1, 0, 0),
        (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0),
        (1, 0, 0, 1, paper.width / 2 + right * mm, paper.height / 2 + down * mm),
    )
    whole: Matrix = (1, 0, 0, 1, 0, 0)
    for step in steps:
        whole = after(whole, step)
    return whole


def read(paper: Size, printer: Matrix, noise: dict[str, tuple[float, float]] | None = None) -> Readings:
    """What a ruler says, wrong by so many millimetres."""
    found = {}
    for cross in crosses(paper):
        x, y = through(printer, cross.x, cross.y)
        wrong = (noise or {}).get(cross.name, (0, 0))
        found[cross.name] = (Length(x + wrong[0] * mm), Length(y + wrong[1] * mm))
    return Readings(**found)


def miss(profile: Printer, printer: Matrix, x: float, y: float) -> tuple[float, float]:
    """How far from its place a point is printed after correction, in millimetres across and down."""
    printed = through(after(profile.matrix("front"), printer), x, y)
    return abs(printed[0] - x) / mm, abs(printed[1] - y) / mm


REAL = {
    "right": st.floats(-4, 4),
    "down": st.floats(-4, 4),
    "wide": st.floats(0.985, 1.015),
    "high": st.floats(0.985, 1.015),
    "turn_deg": st.floats(-0.7, 0.7),
    "skew_deg": st.floats(-0.4, 0.4),
}
PAPER = st.sampled_from([PAPERS["A4"], PAPERS["Letter"], PAPERS["A5"], PAPERS["A3"]])


@given(PAPER, st.fixed_dictionaries(REAL), st.floats(0, 1), st.floats(0, 1))
def test_without_noise_the_corrected_print_is_exact(
    paper: Size, real: dict[str, float], across: float, along: float
) -> None:
    printer = simulated(paper, **real)
    profile = Printer(paper=paper, front=read(paper, printer))
    assert max(miss(profile, printer, across * paper.width, along * paper.height)) < 1e-9


NOISE = st.floats(-0.2, 0.2)


@given(
    PAPER,
    st.fixed_dictionaries(REAL),
    st.fixed_dictionaries({cross.name: st.tuples(NOISE, NOISE) for cross in crosses(A4)}),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_readings_that_are_wrong_by_a_fifth_of_a_millimetre_leave_no_more_than_three_tenths(
    paper: Size, real: dict[str, float], noise: dict[str, tuple[float, float]], across: float, along: float
) -> None:
    """Anywhere between the crosses, however unluckily the ruler errs; 0.01 mm is what the printer adds to an error."""
    printer = simulated(paper, **real)
    profile = Printer(paper=paper, front=read(paper, printer, noise))
    first, last = crosses(paper)[0], crosses(paper)[3]
    x, y = first.x + across * (last.x - first.x), first.y + along * (last.y - first.y)
    assert max(miss(profile, printer, x, y)) <= 0.31


def test_and_so_it_is_over_the_whole_sheet_for_all_but_the_unluckiest_of_rulers() -> None:
    chance = random.Random(4)
    misses = []
    for _ in range(2000):
        real = {
            "right": chance.uniform(-4, 4),
            "down": chance.uniform(-4, 4),
            "wide": chance.uniform(0.99, 1.01),
            "high": chance.uniform(0.99, 1.01),
            "turn_deg": chance.uniform(-0.5, 0.5),
            "skew_deg": chance.uniform(-0.3, 0.3),
        }
        noise = {cross.name: (chance.uniform(-0.2, 0.2), chance.uniform(-0.2, 0.2)) for cross in crosses(A4)}
        printer = simulated(A4, **real)
        profile = Printer(front=read(A4, printer, noise))
        corners = [(x, y) for x in (0, A4.width) for y in (0, A4.height)]
        misses.append(max(max(miss(profile, printer, *corner)) for corner in corners))
    assert sum(miss <= 0.3 for miss in misses) / len(misses) >= 0.98
    assert max(misses) <= 0.4


def test_front_and_back_are_corrected_each_for_itself() -> None:
    front, back = simulated(A4, right=1.5), simulated(A4, down=-2, wide=1.004)
    profile = Printer(front=read(A4, front), back=read(A4, back))
    for printer, matrix in ((front, profile.matrix("front")), (back, profile.matrix("back"))):
        x, y = through(after(matrix, printer), 100, 600)
        assert (round(x, 6), round(y, 6)) == (100, 600)
    assert Printer(front=read(A4, front)).matrix("back") == (1, 0, 0, 1, 0, 0)


def test_what_a_printer_does_is_said_in_words() -> None:
    profile = Printer(front=read(A4, simulated(A4, 0.4, -1.2, 1.002, 0.999, 0.1)))
    assert str(profile.distortion("front")) == (
        "0.4 mm too far right, 1.2 mm too far up, 100.20% wide, 99.90% high, turned by 0.10°, skewed by 0.00°"
    )
    skewed = Printer(front=read(A4, simulated(A4, skew_deg=0.2))).distortion("front")
    assert math.isclose(skewed.skew_deg, 0.2, abs_tol=1e-6)
    assert math.isclose(skewed.turn_deg, 0, abs_tol=1e-6)
    assert skewed.residual < 1e-9


@given(st.fixed_dictionaries(REAL), st.floats(0, 600), st.floats(0, 840))
def test_from_the_bottom_it_is_the_same_map(real: dict[str, float], x: float, y: float) -> None:
    printer = simulated(A4, **real)
    to_x, to_y = through(printer, x, y)
    up_x, up_y = through(upwards(printer, A4.height), x, A4.height - y)
    assert math.isclose(up_x, to_x, abs_tol=1e-6)
    assert math.isclose(up_y, A4.height - to_y, abs_tol=1e-6)


# Readings that can be no printer's


def told(**wrong: tuple[float, float]) -> str:
    """What is said of readings of a perfect printer, some replaced by others in millimetres."""
    good = {cross.name: (Length(cross.x), Length(cross.y)) for cross in crosses(A4)}
    bad = {name: (Length(x * mm), Length(y * mm)) for name, (x, y) in wrong.items()}
    with pytest.raises(Stop) as stop:
        Printer(front=Readings(**{**good, **bad})).matrix("front")
    assert stop.value.code == Exit.PROBLEMS
    return f"{stop.value.problem.message}; {stop.value.problem.hint}"


def test_a_cross_measured_from_the_wrong_edge_is_named() -> None:
    assert told(top_right=(15.3, 15)) == (
        "front, top right: 15.3 mm from the left looks wrong: the test sheet has it at 195 mm; "
        "measure every cross from the left and from the top edge"
    )
    assert told(bottom_left=(15, 14.8)).startswith(
        "front, bottom left: 14.8 mm from the top looks wrong: the test sheet has it at 282 mm; measure every cross"
    )


def test_a_slip_of_the_pen_is_named() -> None:
    assert told(top_left=(51, 15)).startswith(
        "front, top left: 51 mm from the left looks wrong: the test sheet has it at 15 mm"
    )
    assert told(bottom_right=(195, 284)).startswith(
        "front, bottom right: 284 mm from the top looks wrong: the four crosses disagree by 2 mm"
    )


@pytest.mark.parametrize("name", [cross.name for cross in crosses(A4)])
@pytest.mark.parametrize("slip", [-5.0, -2.0, 2.0, 5.0])
def test_whichever_reading_slipped_is_the_one_that_is_named(name: str, slip: float) -> None:
    """Also where the printer itself shifts, scales and turns as printers do."""
    printer = simulated(A4, 1, -1, 1.002, 0.998, 0.1)
    with pytest.raises(Stop, match=f"front, {name.replace('_', ' ')}: .* from the left looks wrong"):
        Printer(front=read(A4, printer, {name: (slip, 0)})).matrix("front")


def test_more_than_ten_millimetres_off_is_no_printer() -> None:
    shifted = read(A4, simulated(A4, right=11))
    with pytest.raises(Stop, match="would be printed 11 mm off its place, and 10 mm is the most"):
        Printer(front=shifted).matrix("front")
    assert Printer(front=read(A4, simulated(A4, right=9.9))).distortion("front").offset[0] / mm == pytest.approx(9.9)


def test_three_in_a_hundred_too_large_is_no_printer() -> None:
    for real, what in (
        ({"wide": 1.04}, "4.0% too large"),
        ({"high": 0.96}, "4.0% too small"),
        ({"turn_deg": 2}, "aslant"),
    ):
        with pytest.raises(Stop, match=f"would be printed .*{what}, and 3% is the most"):
            Printer(front=read(A4, simulated(A4, **real))).matrix("front")
    assert Printer(front=read(A4, simulated(A4, wide=1.029))).distortion("front").scale[0] == pytest.approx(1.029)


# Files

OFFICE = """about: The laser printer in the office, tray 2
paper: A4
measured: 2026-03-05
front:
  top_left: [15.4 mm, 14.6 mm]
  top_right: [195.5 mm, 14.7 mm]
  bottom_left: [15.4 mm, 281.5 mm]
  bottom_right: [195.4 mm, 281.5 mm]
back:
  top_left: [14.1 mm, 15.9 mm]
  top_right: [194.2 mm, 16.0 mm]
  bottom_left: [14.1 mm, 282.9 mm]
  bottom_right: [194.2 mm, 283.0 mm]
"""


def written(folder: Path, text: str = OFFICE) -> Path:
    (folder / "printers").mkdir(exist_ok=True)
    (folder / "printers" / "office.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_printer_is_a_file_of_the_event(tmp_path: Path) -> None:
    problems = Problems()
    office = printers.load("office", problems, written(tmp_path))
    assert problems.found == []
    assert printers.names(tmp_path) == ["office"]
    assert printers.names(None) == []
    assert office.about == "The laser printer in the office, tray 2"
    right, down = office.distortion("front").offset
    assert (round(right / mm, 3), round(down / mm, 3)) == (0.425, -0.425)
    right, down = office.distortion("back").offset
    assert (round(right / mm, 3), round(down / mm, 3)) == (-0.85, 0.95)
    assert list(tmp_path.rglob("*")) == [tmp_path / "printers", tmp_path / "printers" / "office.yaml"]


def test_a_printer_may_be_named_by_the_path_of_its_file(tmp_path: Path) -> None:
    file = written(tmp_path) / "printers" / "office.yaml"
    named, by_path = printers.load("office", Problems(), tmp_path), printers.load(str(file), Problems())
    assert by_path.place.file == "office.yaml"
    assert by_path.distortion("back") == named.distortion("back")


def test_a_faulty_reading_is_told_at_its_line(tmp_path: Path) -> None:
    problems = Problems()
    printers.load("office", problems, written(tmp_path, OFFICE.replace("[194.2 mm, 16.0 mm]", "[14.2 mm, 16.0 mm]")))
    (problem,) = problems.found
    assert problem.severity is Severity.ERROR
    assert problem.place == Place("printers/office.yaml", 11, 14)
    assert problem.message.startswith("back, top right: 14.2 mm from the left looks wrong")


def test_a_reading_without_a_unit_is_refused(tmp_path: Path) -> None:
    problems = Problems()
    with pytest.raises(Stop, match="is not a length"):
        printers.load("office", problems, written(tmp_path, OFFICE.replace("[15.4 mm, 14.6 mm]", "[15.4, 14.6]")))
    assert [(problem.place.line, problem.place.column, problem.message) for problem in problems.found] == [
        (5, 14, "'15.4' is not a length"),
        (5, 20, "'14.6' is not a length"),
    ]


def test_a_printer_nobody_measured_is_refused_with_a_near_one(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        printers.load("offise", Problems(), written(tmp_path), Place("event.yaml", 9, 3))
    assert str(stop.value) == "there is no printer 'offise'"
    assert (stop.value.problem.hint, stop.value.problem.place.line) == ("did you mean 'office'?", 9)
    with pytest.raises(Stop, match="there is no printer 'office'"):
        printers.load("office", Problems())
    with pytest.raises(Stop, match=r"there is no printer '\.\./printers/office'"):
        printers.load("../printers/office", Problems(), tmp_path)


def test_crosses_lie_fifteen_millimetres_from_every_edge() -> None:
    assert [str(cross) for cross in crosses(A4)] == ["top left", "top right", "bottom left", "bottom right"]
    assert [(round(cross.x / mm, 6), round(cross.y / mm, 6)) for cross in crosses(A4)] == [
        (15, 15),
        (195, 15),
        (15, 282),
        (195, 282),
    ]
    assert isinstance(crosses(A4)[0], Cross)
