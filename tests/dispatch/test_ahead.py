"""A transport that hands mail over ahead: deadline and canary mean when the mail leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.model import Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Clock, Script
from tests.dispatch.running import QUICK, run
from tests.storage.samples import KEY, NOW, add_readers, approved, audience, frozen, people, rendered


class Ahead(Script):
    """A transport that hands mail over a quarter of an hour ahead."""

    ahead_s = 900.0
    notes_calls = False

    def call_back(self, note: str) -> bool:
        return False


def test_what_could_only_leave_past_the_deadline_is_skipped(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    ahead = Ahead()

    tally = run(database.ledger, ahead, deadline=NOW + timedelta(seconds=900))

    assert tally == Tally(frozen=2, skipped=2)
    assert ahead.batches == []


def test_the_canary_is_judged_once_its_mails_have_left(database: Database, database_url: str) -> None:
    add_readers(database_url, people(4))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)
    clock, ahead = Clock(), Ahead()
    ahead.ahead_s = 45.0
    rules = replace(QUICK, patience_s=5000.0, brake=replace(QUICK.brake, canary_wait_s=30.0))

    run(database.ledger, ahead, clock=clock, rules=rules)

    assert sum(clock.slept) >= 45 + 30
    assert database.ledger.tally(KEY).sent == 4
