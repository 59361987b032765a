"""Whatever a run breaks off by stands in the book of runs, and is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from digest.cli.session import Session
from digest.errors import DigestError, TransportUnavailable
from digest.model.desk import JobRun
from digest.upkeep import logbook
from digest.wiring.newsroom import Newsroom
from subscribers.errors import DatabaseUnavailable
from tests.journeys.desk import AT_SEND, Folder

NOW = datetime.fromisoformat(AT_SEND)


@pytest.mark.parametrize(
    ("error", "ending", "said"),
    [
        pytest.param(TransportUnavailable("smtp", "refused"), logbook.AWAY, "refused", id="transport"),
        pytest.param(DigestError("a theme is broken"), logbook.FAILED, "a theme is broken", id="ours"),
        pytest.param(DatabaseUnavailable("x.db", "locked"), logbook.FAILED, "locked", id="readers'"),
        pytest.param(KeyError("title"), logbook.FAILED, "(KeyError)", id="a fault of a plug-in"),
    ],
)
def test_a_run_that_breaks_off_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, ending: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()

    def breaks() -> tuple[()]:
        raise error

    with Session(folder.config, as_json=False, rehearsed_now=NOW).newsroom() as newsroom:
        with pytest.raises(type(error)):
            logbook.keeping(newsroom, "morning", "digest run", breaks, clock=lambda: NOW)
        (run,) = _runs(newsroom)

    assert (run.ending, run.is_failed) == (ending, True)
    assert said in run.note


def _runs(newsroom: Newsroom) -> tuple[JobRun, ...]:
    return newsroom.database.runs.listed(limit=5)
