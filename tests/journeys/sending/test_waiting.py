"""Between the freeze of an edition and its first mail people leave, and articles are withdrawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.model import DeliveryState, EditionKey
from digest.storage.database import open_database
from tests.journeys.desk import AT_SEND, OUTBOX, Folder

AWAY = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'
BACK = "2026-11-23T09:00:00+03:00"
READERS = 5


def frozen_and_waiting(folder: Folder) -> None:
    """Freeze an edition whose provider is down, and let the provider come back."""
    folder.ready(readers=READERS, transport=AWAY)
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    folder.config.write_text(folder.config.read_text().replace(AWAY, OUTBOX))


def skipped(path: Path) -> list[str]:
    database = open_database(f"sqlite:///{path}/digest.db")
    key = EditionKey("morning", date(2026, 11, 23))
    records = database.ledger.records(key, [DeliveryState.SKIPPED])
    database.close()
    return [one.reason for one in records]


@pytest.mark.parametrize(
    "goodbye",
    [
        ("unsubscribe", "reader1@list.example", "--list", "morning"),
        ("suppress", "reader1@list.example", "--kind", "complaint"),
        ("erase", "reader1@list.example", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_whoever_leaves_while_the_edition_waits_gets_nothing(
    folder: Folder, tmp_path: Path, goodbye: tuple[str, ...]
) -> None:
    frozen_and_waiting(folder)
    assert folder("subscribers", *goodbye).code == Exit.DONE

    said = folder("run", "morning", "--json", now=BACK)

    assert said.code == Exit.DONE
    assert said.values["tally"]["sent"] == READERS - 1
    assert "reader1@list.example" not in folder.recipients()
    assert skipped(tmp_path) == [
        "the reader was erased"
        if goodbye[0] == "erase"
        else "suppressed or unsubscribed since the edition was frozen"
    ]


def test_an_article_withdrawn_while_the_edition_waits_stops_it_until_somebody_decides(
    folder: Folder, tmp_path: Path
) -> None:
    frozen_and_waiting(folder)
    (tmp_path / "articles" / "ferry.md").unlink()

    stopped = folder("run", "morning", "--json", now=BACK)
    again = folder("run", "morning", now=BACK)

    assert (stopped.code, again.code) == (Exit.STOPPED, Exit.STOPPED)
    assert "withdrawn by its publisher after the freeze" in stopped.values["note"]
    assert stopped.values["tally"]["planned"] == READERS
    assert folder.mails() == []
    assert folder("dispatch", "morning", "--resume", now=BACK).code == Exit.DONE
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}


def test_a_stopped_edition_that_waited_may_be_canceled(folder: Folder, tmp_path: Path) -> None:
    frozen_and_waiting(folder)
    (tmp_path / "articles" / "ferry.md").unlink()
    folder("run", "morning", now=BACK)

    said = folder("dispatch", "morning", "--cancel", "--json", now=BACK)

    assert said.values["outcome"] == "a draft again"
    assert folder.mails() == []


def test_an_edition_that_merely_waited_goes_out(folder: Folder) -> None:
    frozen_and_waiting(folder)

    assert folder("run", "morning", now=BACK).code == Exit.DONE
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}


def test_the_test_of_two_subjects_leaves_time_for_the_rest_before_the_deadline(
    folder: Folder, tmp_path: Path
) -> None:
    more = (
        'deadline = "08:30"\nsubject_test = true\nsubject_test_minutes = 600\nsubject_test_by = "operator"'
    )
    folder.ready(readers=READERS, newsletter=more)

    folder("run", "morning", now=AT_SEND)

    database = open_database(f"sqlite:///{tmp_path}/digest.db")
    test = database.ledger.subject_test(EditionKey("morning", date(2026, 11, 23)))
    database.close()
    assert test is not None
    assert test.ends_at.isoformat() == "2026-11-23T04:30:00+00:00"


@pytest.mark.parametrize(("canary", "percent", "first"), [(0, 25, 3), (4, 25, 4), (1, 33, 4), (2, 0, 2)])
def test_the_canary_is_so_many_or_so_many_percent(
    folder: Folder, tmp_path: Path, canary: int, percent: int, first: int
) -> None:
    slice_of = f"\n[dispatch]\ncanary = {canary}\ncanary_percent = {percent}"
    folder.ready(readers=10, transport=AWAY + slice_of)

    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE

    database = open_database(f"sqlite:///{tmp_path}/digest.db")
    dispatch = database.ledger.dispatch(EditionKey("morning", date(2026, 11, 23)))
    database.close()
    assert dispatch is not None
    assert (dispatch.canary, dispatch.is_canary_passed) == (first, False)
