"""Rules of repetition: every one gives what dateutil, which is another's work, gives for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from effort import ending
from hypothesis import given
from hypothesis import strategies as st

from eventprint.read.exports.repeats import WEEKDAYS, instances

LIMIT = timedelta(days=1100)


def at(*parts: int) -> datetime:
    """A moment on a clock at no certain place."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc, arg-type]


def by_dateutil(rule: str, start: datetime) -> list[datetime]:
    until = start + LIMIT
    found = []
    for moment in rrulestr(rule, dtstart=start):
        if moment > until or len(found) == 50:
            break
        found.append(moment)
    return found


def ours(rule: str, start: datetime) -> list[datetime]:
    parts = dict(part.split("=") for part in rule.split(";"))
    return instances(parts, start, start + LIMIT, 50)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;BYMONTH=1,2;BYDAY=MO",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=1FR",
        "FREQ=MONTHLY;BYDAY=-2MO",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=MONTHLY;BYMONTHDAY=2,15",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=6,7",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "FREQ=YEARLY;BYYEARDAY=1,100,-1",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30",
    ],
)
@pytest.mark.parametrize("start", [at(2026, 1, 31, 10, 30), at(2024, 2, 29, 9), at(2026, 5, 7, 18)])
def test_a_rule_gives_what_another_program_gives(rule: str, start: datetime) -> None:
    assert ours(rule, start) == by_dateutil(rule, start)


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 5),
    st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    st.sampled_from(WEEKDAYS),
    st.datetimes(at(2020, 1, 1), at(2030, 1, 1)),
)
def test_any_rule_of_weekdays_gives_it_too(
    frequency: str, interval: int, days: set[str], first: str, start: datetime
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval};BYDAY={','.join(sorted(days))};WKST={first}"
    start = start.replace(second=0, microsecond=0)
    assert ours(rule, start) == by_dateutil(rule, start)


def test_a_rule_that_never_fits_ends_at_its_limit() -> None:
    with ending():
        assert ours("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", at(2026, 1, 1)) == []


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYMONTH=99"]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        ours(rule, at(2026, 1, 1))
