"""Whether a click is ever heard of, so that clicks can decide between two subjects."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.settings.loading import load
from digest.wiring.links import counts_clicks
from tests.journeys.desk import OUTBOX, Folder

GRID = 'kind = "sendgrid"\napi_key = "SG.an.invented.key"'
TRACKED = f"{GRID}\nclick_tracking = true"
HOOK = '[desk]\nsendgrid_key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"'


@pytest.mark.parametrize(
    ("transport", "more", "is_heard"),
    [
        pytest.param(OUTBOX, "", False, id="an outbox"),
        pytest.param(OUTBOX, "[clicks]\ncount = true", True, id="counted by us"),
        pytest.param(TRACKED, "", False, id="nobody is told"),
        pytest.param(GRID, HOOK, False, id="nothing is counted"),
        pytest.param(TRACKED, HOOK, True, id="counted and told by SendGrid"),
    ],
)
def test_clicks_are_heard_of_where_someone_counts_and_tells_them(
    tmp_path: Path, transport: str, more: str, *, is_heard: bool
) -> None:
    folder = Folder(tmp_path).write(transport=transport, more="\n" + more)

    assert counts_clicks(load(folder.config, environ={}).settings) is is_heard
