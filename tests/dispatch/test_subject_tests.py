"""Which of two subjects the rest of the readers gets."""

from __future__ import annotations

import pytest

from digest.dispatch.subject_tests import better
from digest.model.subject_tests import ArmResult


@pytest.mark.parametrize(
    ("first", "second", "won"),
    [
        pytest.param((10, 1), (10, 2), "b", id="more clicks"),
        pytest.param((10, 2), (5, 2), "b", id="a larger share"),
        pytest.param((10, 2), (10, 2), "", id="a tie"),
        pytest.param((10, 0), (10, 0), "", id="no clicks"),
        pytest.param((0, 0), (1, 1), "", id="nobody got the first"),
        pytest.param((1, 0), (0, 0), "", id="nobody got the second"),
    ],
)
def test_a_subject_wins_over_one_that_readers_got(
    first: tuple[int, int], second: tuple[int, int], won: str
) -> None:
    assert better([ArmResult("b", *second), ArmResult("", *first)]) == won


def test_one_arm_alone_wins_nothing() -> None:
    assert better([ArmResult("b", 4, 1)]) == ""
    assert better([]) == ""
