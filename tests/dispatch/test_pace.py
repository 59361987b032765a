from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.dispatch.crashpoints import CrashPoints, from_environment
from digest.dispatch.pace import Backoff


@settings(deadline=None, max_examples=100, derandomize=True)
@given(attempt=st.integers(0, 5000), asked=st.floats(0, 1e6), reference=st.text(max_size=40))
def test_a_wait_is_never_shorter_than_asked_for_nor_longer_than_its_spread(
    attempt: int, asked: float, reference: str
) -> None:
    backoff = Backoff(first_s=10, longest_s=600, spread=0.25)

    wait_s = backoff.wait_s(min(attempt, 900), reference=reference, asked_s=asked)

    assert asked <= wait_s <= max(asked, 600) * 1.25 + 1e-6
    assert wait_s >= 10
    assert wait_s == backoff.wait_s(min(attempt, 900), reference=reference, asked_s=asked)


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first_s=10, longest_s=60, spread=0)

    assert [backoff.wait_s(attempt, reference="x") for attempt in (1, 2, 3, 4, 5)] == [10, 20, 40, 60, 60]


def test_a_crowd_is_spread() -> None:
    waits = {round(Backoff().wait_s(1, reference=str(number)), 2) for number in range(100)}

    assert len(waits) > 90


def test_no_process_dies_unless_it_is_asked_to() -> None:
    points = from_environment(None)
    for _ in range(5):
        points.reached("claimed")

    assert (points.at, points.passed) == (0, 5)
    assert CrashPoints().at == from_environment("").at == 0
    assert from_environment("7").at == 7


@pytest.mark.parametrize("value", ["x", "-1", "1.5"])
def test_a_crash_point_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="DIGEST_CRASH_AT"):
        from_environment(value)
