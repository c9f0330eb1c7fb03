"""How hard something works, told without a clock: its calls are counted, and what never ends is ended."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 60.0
"""Seconds of this process after which something hangs: a hundred times what the slowest of the tests needs."""
EVENLY = 2.4
"""How much more work twice as much material may make; work that grows with the square would be 4."""


class TooLong(BaseException):
    """Raised inside what hangs: nothing can catch it by accident."""


@contextmanager
def ending(seconds: float = PATIENCE) -> Iterator[None]:
    """Raises TooLong in what happens inside once this process has worked on it for so long."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"still at work after {seconds:.1f} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def effort(work: Callable[[], object]) -> int:
    """The calls of functions that some work makes, Python's own included: the same on every machine."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether twice the size makes about twice the work, once what is made ready for all of it is ready."""
    work(size // 4)
    small, large = (effort(lambda n=n: work(n)) for n in (size, 2 * size))  # type: ignore[misc]
    return large <= EVENLY * small
