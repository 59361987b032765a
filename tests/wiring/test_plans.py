"""No statement of a claim, its last look, settling, tally or event intake reads a growing table whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, case, create_engine, event, select

from benchmarks.harness.readers import MAILING_LIST, fill
from digest.model import (
    DEADLINE_PASSED,
    DeliveryState,
    EditionState,
    EventKind,
    MailEvent,
    Outcome,
    Receipt,
)
from digest.model.waves import Wave
from digest.storage.database import Database, open_database
from digest.storage.ledger.references import lasting
from digest.wiring.newsroom import last_look
from subscribers.audience import audience
from tests.postgres import PostgresServer
from tests.storage.samples import KEY, NOW, approved, rendered

READERS = 2_000
WAVES = replace(KEY, slot="waves")
_DAY = timedelta(days=1)
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
        "edition_identity",
        "mine",
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
        approved(database, WAVES)
        database.ledger.freeze(WAVES, [rendered()], _by_zone(), now=NOW, waves=_waves())
    return url


def _by_zone() -> Select[Any]:
    """Return the list, a zone for each reader by their number."""
    whom = audience([MAILING_LIST]).subquery()
    zone = case(
        (whom.c.subscriber < f"{500:016x}", "Africa/Nairobi"),
        (whom.c.subscriber < f"{900:016x}", "Asia/Tokyo"),
        else_="",
    )
    return select(*(one for one in whom.c if one.name != "timezone"), zone.label("timezone"))


def _waves() -> list[Wave]:
    """Return one that is due, one that is late, and one whose time is not yet."""
    now = datetime.now(tz=UTC)
    return [
        Wave(("Africa/Nairobi",), now - _DAY),
        Wave(("Asia/Tokyo",), now - 2 * _DAY, now - _DAY),
        Wave((), now + _DAY),
    ]


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
    several = database.ledger.records(KEY, [DeliveryState.SENT], limit=3)
    going = database.ledger.claim(KEY, "me", limit=3, lease_s=60, suppressed=last_look([MAILING_LIST]))
    told = [
        MailEvent(f"e-{kind}-{reference}", kind, reference, NOW, raw="{}")
        for kind in (EventKind.DELIVERED, EventKind.BOUNCED)
        for reference in (*(one.reference for one in several), *map(lasting, going))
    ]
    assert len(going) == 3
    assert database.ledger.record_events(told) == 12
    database.ledger.readers_of([one.reference for one in several])
    assert database.ledger.feedback(KEY).bounced == 6


def _hold_and_go_on(database: Database) -> None:
    """Hold what is uncertain, let an operator settle it each way, and put the edition off meanwhile."""
    ledger = database.ledger
    lost = ledger.claim(KEY, "dead", limit=32, lease_s=60, suppressed=last_look([MAILING_LIST, "other"]))
    assert ledger.expire(KEY, owner="dead") == len(lost) > 30
    assert ledger.settle_uncertain(KEY, DeliveryState.HELD, "nobody knows") == len(lost)
    readers = [one.subscriber for one in lost]
    assert ledger.settle_held(KEY, DeliveryState.SENT, "it came", subscribers=readers[:9]) == 9
    assert ledger.settle_held(KEY, DeliveryState.FAILED, "it never came", subscribers=readers[9:12]) == 3
    assert ledger.settle_held(KEY, DeliveryState.PLANNED, "once more") == len(lost) - 12
    ledger.put_off(KEY, "the relay is down", until=NOW)
    assert ledger.settle_failed(KEY, "again", suppressed=last_look([MAILING_LIST])) >= 3
    ledger.go_on(KEY)
    ledger.stop(KEY, "complaints")
    assert ledger.claim(KEY, "me", limit=32, lease_s=60) == ()
    ledger.resume(KEY)


def _go_in_waves(database: Database) -> None:
    """Claim what has a time and a deadline of its own: one wave is due, one is late, one is not yet."""
    look = last_look([MAILING_LIST])
    sent = 0
    while claimed := database.ledger.claim(WAVES, "me", limit=500, lease_s=60, suppressed=look):
        sent += database.ledger.settle(
            WAVES, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed]
        )
    tally = database.ledger.tally(WAVES)
    assert 0 < sent == tally.sent
    assert tally.skipped > 0
    assert tally.planned > 0
    assert (database.ledger.due_in(WAVES) or 0) > 0
    assert database.ledger.skip(WAVES, f"{DEADLINE_PASSED} had passed") == tally.planned


ACTS = [
    _claim_and_settle,
    _look_around,
    _try_again,
    _take_in_events,
    _hold_and_go_on,
    _go_in_waves,
]


@pytest.mark.parametrize("act", ACTS)
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

    assert ([one["address"] for one in mails], others) == ([address] * 2, [])
    assert variant is not None
    assert [fault for _, faults in found for fault in faults if "delivery" in fault] == []


def test_editions_that_share_a_story_are_found_by_key(url: str) -> None:
    with closing(open_database(url)) as database, planned(url) as found:
        repeats = database.ledger.repeats(WAVES, [KEY.newsletter], since=NOW - _DAY)

    assert [one.edition for one in repeats.sharing] == [KEY]
    assert "edition_identity" in "".join(statement for statement, _ in found)
    # The editions of some days are few, and put in their order.
    assert [fault for _, faults in found for fault in faults if "TEMP B-TREE" not in fault] == []


def test_whether_an_edition_is_out_is_found_by_key(url: str) -> None:
    with closing(open_database(url)) as database, planned(url) as found:
        assert database.history.is_published(WAVES, now=NOW)
        assert database.history.published_days(WAVES.newsletter, now=NOW) == (WAVES.day,)

    # The days of a newsletter are few, and put in their order.
    assert len(found) >= 3
    assert [fault for _, faults in found for fault in faults if "TEMP B-TREE" not in fault] == []


def test_a_freeze_is_taken_back_by_key(url: str) -> None:
    key = replace(KEY, slot="taken back")
    with closing(open_database(url)) as database:
        approved(database, key)
        database.ledger.freeze(key, [rendered()], audience([MAILING_LIST]), now=NOW)
        with planned(url) as found:
            assert database.ledger.take_back(key, "not today", by="ops", now=NOW) is not None

    assert len(found) >= 10
    assert [one for one in found if one[1]] == []


def test_forgetting_finds_deliveries_and_where_they_stand_by_key(url: str) -> None:
    """The last of all: nobody of the edition has a name after it."""
    with closing(open_database(url)) as database:
        _claim_and_settle(database)
        with planned(url) as found:
            _forget(database)

    assert len(found) >= 10
    assert [one for one in found if one[1]] == []


def _forget(database: Database) -> None:
    """Forget two readers on their word, one planned and one sent to, and then all whose time has come."""
    (sent, *_) = database.ledger.records(KEY, [DeliveryState.SENT], limit=1)
    (planned, *_) = database.ledger.records(KEY, [DeliveryState.PLANNED], limit=1)
    for one in (sent, planned):
        assert database.forgetting.forget_reader(one.address) >= 1
        database.forgetting.forget_reader(one.address, is_final=True)
    late = MailEvent("e-late", EventKind.DELIVERED, sent.reference, NOW, sent.address, raw="{}")
    assert database.ledger.record_events([late]) == 1
    assert database.forgetting.of_reader(sent.address)["reports"] == []
    database.ledger.skip(KEY, "over")
    database.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    later = NOW + 400 * _DAY
    names, told = database.forgetting.forget_before(deliveries_before=later, events_before=later)
    assert names > READERS / 2
    assert told >= 0
