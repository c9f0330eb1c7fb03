"""The judges of work can fail: what grows with the square is told, and what never ends is ended."""

from __future__ import annotations

import pytest
from effort import TooLong, effort, ending, grows_evenly


def test_calls_are_counted_the_same_each_time() -> None:
    def work() -> None:
        sorted(abs(number) for number in range(100))

    assert effort(work) == effort(work) > 100


@pytest.mark.parametrize(
    ("work", "evenly"),
    [
        (lambda n: [abs(number) for number in range(n)], True),
        (lambda n: [abs(number) for number in range(n) for _ in range(n)], False),
    ],
)
def test_work_that_grows_with_the_square_is_told(work: object, evenly: bool) -> None:
    assert grows_evenly(work, 100) is evenly  # type: ignore[arg-type]


def _forever() -> None:
    while True:
        pass


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(TooLong), ending(0.1):
        _forever()
