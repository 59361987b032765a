"""Two subjects: a tenth gets each, and the rest the one that more readers clicked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.dispatch.subject_tests import better, decide
from digest.model import DeliveryState, EventKind, MailEvent, Outcome, Receipt, Variant
from digest.model.subject_tests import ArmResult, SubjectTest
from digest.model.waves import Wave
from digest.storage.database import Database
from tests.storage.samples import KEY, NOW, add_readers, approved, audience, people, rendered

READERS = 200
ENDS = NOW + timedelta(hours=1)


def frozen(
    database: Database, url: str, *, percent: int = 10, waves: tuple[Wave, ...] = (), canary: int = 0
) -> None:
    add_readers(url, people(READERS))
    approved(database)
    both = [rendered(), rendered(Variant(arm="b"))]
    test = SubjectTest(percent, ENDS)
    frozen = database.ledger.freeze(KEY, both, audience(), now=NOW, test=test, waves=waves, canary=canary)
    assert frozen == READERS


def send(database: Database, *, clicks: str | None = None) -> list[str]:
    """Send all that may go, let the readers of one arm click, and return the arms in order."""
    arms = []
    while batch := database.ledger.claim(KEY, "me", limit=50, lease_s=60):
        arms += [one.variant.arm for one in batch]
        database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in batch])
        database.ledger.record_events(
            MailEvent(f"e{one.reference}", EventKind.CLICKED, one.reference, NOW, url="https://h.example/")
            for one in batch
            if one.variant.arm == clicks
        )
    return arms


def test_each_subject_goes_to_its_share_and_the_rest_waits(database: Database, database_url: str) -> None:
    frozen(database, database_url)

    arms = send(database)

    assert (arms.count(""), arms.count("b")) == (20, 20)
    assert database.ledger.tally(KEY).planned == READERS - len(arms)


@pytest.mark.parametrize("clicked", ["", "b"])
def test_the_rest_gets_the_subject_that_was_clicked(
    database: Database, database_url: str, clicked: str
) -> None:
    frozen(database, database_url)
    tested = len(send(database, clicks=clicked))

    early = decide(KEY, ledger=database.ledger, now=ENDS - timedelta(seconds=1))
    freed = decide(KEY, ledger=database.ledger, now=ENDS)
    again = decide(KEY, ledger=database.ledger, now=ENDS)

    assert (early, freed, again) == (0, READERS - tested, 0)
    assert send(database) == [clicked] * freed
    assert database.ledger.tally(KEY).sent == READERS
    test = database.ledger.subject_test(KEY)
    assert test is not None
    assert (test.winner, test.decided_by) == (clicked, "clicks")


def test_a_word_decides_before_the_clicks_do(database: Database, database_url: str) -> None:
    frozen(database, database_url)
    tested = len(send(database, clicks=""))

    assert database.ledger.choose_subject(KEY, "b", by="amina") == READERS - tested
    assert decide(KEY, ledger=database.ledger, now=ENDS) == 0
    assert set(send(database)) == {"b"}


def test_the_rest_keeps_the_time_of_its_wave(database: Database, database_url: str) -> None:
    later = datetime.now(UTC) + timedelta(hours=3)
    frozen(database, database_url, waves=(Wave((), later, later + timedelta(hours=1)),))

    assert send(database) == []
    freed = database.ledger.choose_subject(KEY, "b", by="amina")

    assert abs(freed - 160) <= 4
    assert send(database) == []
    due = database.ledger.due_in(KEY)
    assert due is not None
    assert 10_000 < due <= 3 * 3600


@pytest.mark.parametrize("percent", [1, 7, 25, 33, 49])
def test_whoever_is_tested_is_spread_over_the_list_and_the_arms_are_even(
    database: Database, database_url: str, percent: int
) -> None:
    frozen(database, database_url, percent=percent)

    arms = send(database)

    assert len(arms) == READERS * 2 * percent // 100
    assert abs(arms.count("") - arms.count("b")) <= 1
    sent = database.ledger.records(KEY, [DeliveryState.SENT])
    second_half = [one for one in sent if one.subscriber > f"r{READERS // 2:05}"]
    assert abs(len(second_half) - len(sent) / 2) <= 1


def test_halves_leave_nobody_to_wait(database: Database, database_url: str) -> None:
    frozen(database, database_url, percent=50)

    assert len(send(database)) == READERS
    assert database.ledger.subject_test(KEY) is None


def test_with_no_clicks_the_first_subject_wins() -> None:
    assert better([ArmResult("b", 20, 0), ArmResult("", 20, 0)]) == ""
    assert better([ArmResult("", 40, 4), ArmResult("b", 10, 2)]) == "b"
    assert better([]) == ""


def test_a_canary_does_not_wait_for_those_who_wait_for_the_better_subject(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, canary=50)
    first = send(database)

    assert len(first) == 10
    assert database.ledger.canary_out(KEY, now=NOW)
    database.ledger.pass_canary(KEY)
    assert len(send(database)) == 30
    assert database.ledger.choose_subject(KEY, "b", by="amina") == READERS - 40
    assert set(send(database)) == {"b"}
