"""No statement of a claim, its last look, settling, tally or event intake reads a growing table whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

from benchmarks.harness.readers import MAILING_LIST, fill
from digest.model import DeliveryState, EventKind, MailEvent, Outcome, Receipt
from digest.storage.database import Database, open_database
from digest.wiring.newsroom import last_look
from subscribers.audience import audience
from tests.postgres import PostgresServer
from tests.storage.samples import KEY, NOW, approved, rendered

READERS = 2_000
GROWING = frozenset(
    {
        "delivery",
        "delivery_mark",
        "stretch",
        "straggler",
        "claim",
        "subscriber",
        "subscription",
        "suppression",
        "mail_event",
        "subscriber_event",
    }
)
Plan = tuple[str, tuple[str, ...]]
"""A statement, and what is wrong with how the database means to run it."""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with a list of some size and an edition frozen for it."""
    if request.param == "sqlite":
        yield _frozen(f"sqlite:///{tmp_path_factory.mktemp('plans') / 'digest.db'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    yield _frozen(server.url(name))
    server.drop(name)


def _frozen(url: str) -> str:
    fill(url, READERS)
    with closing(open_database(url)) as database:
        approved(database)
        database.ledger.freeze(KEY, [rendered()], audience([MAILING_LIST]), now=NOW)
    return url


@contextmanager
def planned(url: str) -> Iterator[list[Plan]]:
    """Yield what gathers each statement's faults, as the database explains them right before it runs."""
    explaining = create_engine(url)
    found: list[Plan] = []

    def explain(
        connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        many: bool,
    ) -> None:
        if connection.engine is explaining or not re.match(r"\s*(SELECT|UPDATE|WITH|DELETE)", statement):
            return
        values = parameters[0] if many else parameters
        read = _of_sqlite if explaining.dialect.name == "sqlite" else _of_postgresql
        with explaining.connect() as other:
            found.append((statement, read(other, statement, values)))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
        explaining.dispose()


def _of_sqlite(connection: Connection, statement: str, values: Any) -> tuple[str, ...]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [str(row[3]) for row in rows]
    scanned = [
        step for step in steps if (told := re.match(r"SCAN (\w+)", step)) and told[1] in GROWING | {"other"}
    ]
    # The open claims of an edition are few, and put in the order in which others lock them.
    is_of_claims = steps == [steps[0], steps[-1]] and "ix_claim_open" in steps[0]
    is_sorted = [step for step in steps if "TEMP B-TREE" in step and "DISTINCT" not in step]
    return (*scanned, *(() if is_of_claims else is_sorted))


def _of_postgresql(connection: Connection, statement: str, values: Any) -> tuple[str, ...]:
    # The list is small: what the planner can do by an index, it is made to do by one.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return tuple(_faults(plan[0]["Plan"]))


def _faults(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GROWING:
        yield f"Seq Scan on {node['Relation Name']}"
    for below in node.get("Plans", ()):
        yield from _faults(below)


def _claim_and_settle(database: Database) -> None:
    claimed = database.ledger.claim(KEY, "me", limit=32, lease_s=60, suppressed=last_look([MAILING_LIST]))
    receipts = [Receipt(one.reference, Outcome.SENT) for one in claimed[:30]]
    later = [
        Receipt(one.reference, Outcome.AGAIN, reason="451 later", retry_after_s=60.0)
        for one in claimed[30:]
    ]
    assert database.ledger.settle(KEY, "me", [*receipts, *later]) == len(claimed) > 30


def _look_around(database: Database) -> None:
    database.ledger.due_in(KEY)
    database.ledger.owners(KEY)
    database.ledger.dispatch(KEY)
    assert database.ledger.renew(KEY, "me", lease_s=60) == 0
    assert database.ledger.expire(KEY) == 0
    assert database.ledger.tally(KEY).frozen > 0


def _try_again(database: Database) -> None:
    """Lose a claim, plan it anew, claim it once more, and look at all that did not simply arrive."""
    database.ledger.claim(KEY, "dead", limit=32, lease_s=60)
    assert database.ledger.expire(KEY, owner="dead") > 30
    assert database.ledger.settle_uncertain(KEY, DeliveryState.PLANNED, "again") > 30
    again = database.ledger.claim(KEY, "me", limit=32, lease_s=60, suppressed=last_look([MAILING_LIST]))
    assert {one.attempt for one in again} == {2}
    receipts = [Receipt(one.reference, Outcome.FAILED, "550 no such user") for one in again[:9]]
    assert database.ledger.settle(KEY, "me", receipts) == 9
    assert database.ledger.release(KEY, "me", [one.reference for one in again[9:]]) == len(again) - 9
    told = (DeliveryState.UNCERTAIN, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.SKIPPED)
    assert len(database.ledger.records(KEY, told)) >= 9
    assert database.ledger.tally(KEY).adds_up


def _take_in_events(database: Database) -> None:
    (one, *_) = database.ledger.records(KEY, [DeliveryState.SENT], limit=1)
    told = [
        MailEvent(f"e-{kind}", kind, one.reference, NOW, raw="{}")
        for kind in (EventKind.DELIVERED, EventKind.BOUNCED)
    ]
    assert database.ledger.record_events(told) == 2
    database.ledger.readers_of([one.reference])
    assert database.ledger.feedback(KEY).bounced == 1


@pytest.mark.parametrize("act", [_claim_and_settle, _look_around, _try_again, _take_in_events])
def test_no_statement_reads_or_sorts_a_table_that_grows(url: str, act: Callable[[Database], None]) -> None:
    with closing(open_database(url)) as database:
        if act is not _claim_and_settle:
            _claim_and_settle(database)
        with planned(url) as found:
            act(database)

    assert len(found) >= 3
    assert [one for one in found if one[1]] == []


def test_the_last_look_asks_for_its_own_addresses_only(url: str) -> None:
    with closing(open_database(url)) as database, planned(url) as found:
        _claim_and_settle(database)

    # One for stragglers, one for what is taken off a stretch: whichever were due.
    looks = [statement for statement, _ in found if "suppression" in statement]
    assert looks
    assert all("WITH asked" in look for look in looks)


def test_a_readers_deliveries_are_found_by_the_mark_of_their_address(url: str) -> None:
    address = "reader77@list77.example"
    with closing(open_database(url)) as database, planned(url) as found:
        mails = database.forgetting.of_reader(address)["deliveries"]
        others = database.forgetting.of_reader("nobody@list77.example")["deliveries"]
        variant = database.results.variant_of(KEY, f"{77:016x}", address)

    assert ([one["address"] for one in mails], others) == ([address], [])
    assert variant is not None
    assert [fault for _, faults in found for fault in faults if "delivery" in fault] == []
