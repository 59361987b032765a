"""A word after a restore: it serves for that restore alone, and ends what was canceled half sent."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.day import job
from digest.dispatch import owners
from digest.model import EditionKey
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.journeys.operating.test_restoring import LATE, dispatch

KEY = EditionKey("morning", date(2026, 11, 23))


@pytest.fixture
def ready(folder: Folder) -> Folder:
    return folder.ready(readers=3)


@pytest.mark.parametrize(
    "word", [("--after-restore",), ("--cancel", "--for-good", "--yes")], ids=["sent", "canceled"]
)
def test_a_word_serves_for_one_restore_alone(ready: Folder, word: tuple[str, ...]) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup), now=CUTOFF)
    ready("run", "morning", now=AT_SEND)
    ready("restore", str(backup), "--replace", now=LATE)
    ready("run", "morning", now=LATE)
    assert dispatch(ready, *word) == Exit.DONE
    mails = len(ready.mails())

    assert ready("restore", str(backup), "--replace", now=LATE).code == Exit.DONE

    assert ready("run", "morning", now=LATE).code == Exit.STOPPED
    assert len(ready.mails()) == mails


def test_a_half_sent_edition_that_was_restored_and_canceled_comes_to_an_end(ready: Folder) -> None:
    """The copy holds claims of a process that is gone: they are settled, and nothing more leaves."""
    backup = ready.root / "kept.tar"
    with Session(ready.config, as_json=False, rehearsed_now=datetime.fromisoformat(AT_SEND)).parts(
        "morning"
    ) as parts:
        job.collect(parts, now=parts.clock())
        job.draft(parts, KEY, now=parts.clock())
        edition = job.approve(parts, KEY, by="amina", now=parts.clock())
        job.freeze(parts, edition, now=parts.clock())
        parts.ledger.claim(KEY, owners.this_process().rpartition("/")[0] + "/1", limit=2, lease_s=600)
        assert ready("backup", str(backup), now=AT_SEND).code == Exit.DONE
    assert ready("run", "morning", now=AT_SEND).code == Exit.DONE
    mails = len(ready.mails())
    ready("restore", str(backup), "--replace", now=LATE)
    assert ready("run", "morning", now=LATE).code == Exit.STOPPED

    begun = dispatch(ready, "--cancel", "--for-good", "--yes")
    ended = ready("run", "morning", now=LATE)
    again = ready("run", "morning", now=LATE)

    assert begun in {Exit.DONE, Exit.UNFINISHED}
    assert "--after-restore" not in ended.out
    assert ready("audit", "morning", "--json", now=LATE).values["state"] == "closed"
    assert again.code == ended.code
    assert len(ready.mails()) == mails
