from __future__ import annotations

import pytest

from digest.wiring.privacy import Swept
from subscribers.privacy import Forgotten


@pytest.mark.parametrize(
    ("swept", "said"),
    [
        pytest.param(Swept(Forgotten(0, 0, 0, 0), 0, 0), "", id="nothing"),
        pytest.param(Swept(Forgotten(2, 0, 0, 0), 0, 0), "2 sign-ups", id="one kind"),
        pytest.param(Swept(Forgotten(0, 3, 0, 1), 7, 4), "1 addresses, 7 reports, 7 deliveries", id="more"),
    ],
)
def test_only_what_was_taken_away_is_told(swept: Swept, said: str) -> None:
    assert str(swept) == said
