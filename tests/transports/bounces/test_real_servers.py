"""Reports that real servers made, where they are at hand: each judged as it is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from digest.model import EventKind, MailEvent
from digest.transports.feedback import read_feedback
from tests.outside_data import outside
from tests.transports.bounces.reading import NOW


def bounces_of_real_servers() -> list[tuple[Path, bool, bool]]:
    """Return (file, is delayed, is dead) of the reports of real servers, where they lie beside us."""
    truth = outside("data/bounces/truth.csv")
    if not truth.is_file():
        return []
    with truth.open(newline="") as file:
        return [
            (truth.with_name(row["file"]), row["action"] == "delayed", row["mailbox_is_dead"] == "yes")
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize(
    ("path", "is_delayed", "is_dead"),
    [pytest.param(*row, id=row[0].stem) for row in bounces_of_real_servers()],
)
def test_reports_of_real_servers_are_judged_as_they_are(
    path: Path, *, is_delayed: bool, is_dead: bool
) -> None:
    event = read_feedback(path.read_bytes(), verp=None, now=NOW)

    assert isinstance(event, MailEvent), event
    assert (event.kind is EventKind.DEFERRED) >= is_delayed
    assert event.is_permanent is is_dead, event.reason
