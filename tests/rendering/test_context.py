from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest.rendering.context import full_in_each


@pytest.mark.parametrize(
    ("full", "lengths", "share"),
    [
        pytest.param(24, [5, 4, 4, 3, 2, 3], 5, id="all where there is room for all"),
        pytest.param(24, [12, 12], 12, id="equal sections"),
        pytest.param(24, [30, 2, 2], 20, id="what short sections leave goes to the long one"),
        pytest.param(24, [60], 24, id="one section"),
        pytest.param(24, [9] * 20, 2, id="two at least"),
        pytest.param(0, [5, 5], 0, id="none at all"),
        pytest.param(24, [0, 0], 2, id="nothing to share"),
    ],
)
def test_blurbs_are_shared_over_the_sections(full: int, lengths: Sequence[int], share: int) -> None:
    assert full_in_each(full, lengths) == share
