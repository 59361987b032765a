from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from digest.model import (
    DeliveryState,
    Outcome,
    Tally,
    Variant,
)
from digest.storage.database import Database, open_database
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import (
    KEY,
    NOW,
    Reader,
    add_leavers,
    add_readers,
    approved,
    audience,
    frozen,
    people,
    rendered,
    suppressed,
)

PLANNED, HELD = DeliveryState.PLANNED, DeliveryState.HELD


def test_a_claim_is_as_large_as_asked_and_nobody_gets_it_twice(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))

    first, second, third = (claim(database, limit=2) for _ in range(3))

    assert [len(first), len(second), len(third)] == [2, 2, 1]
    assert len({one.subscriber for one in (*first, *second, *third)}) == 5
    assert claim(database) == ()
    assert database.ledger.tally(KEY) == Tally(frozen=5, sending=5)


def test_a_delivery_says_who_gets_what(database: Database, database_url: str) -> None:
    frozen(database, database_url, [Reader("r1", address="Ada@example.org", name="Ada")])

    (one,) = claim(database)

    assert (one.edition, one.subscriber, one.address, one.name) == (KEY, "r1", "Ada@example.org", "Ada")
    assert (one.variant, one.attempt, one.mailing_list) == (Variant(), 1, "morning")
    assert one.reference == one.reference.lower()
    assert len(one.reference) <= 40


def test_one_claim_holds_one_variant(database: Database, database_url: str) -> None:
    add_readers(database_url, [Reader(f"r{n}", language="fr" if n % 2 else "") for n in range(6)])
    approved(database)
    database.ledger.freeze(KEY, [rendered(), rendered(Variant("fr"))], audience(), now=NOW)

    batches = [claim(database) for _ in range(3)]

    assert [{one.variant.key for one in batch} for batch in batches] == [{"default"}, {"fr"}, set()]
    assert [len(batch) for batch in batches] == [3, 3, 0]


def test_only_leases_that_ran_out_expire(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    claim(database, "slow", limit=1, lease_s=0)
    claim(database, "quick", limit=2, lease_s=60)

    assert database.ledger.owners(KEY) == ("quick", "slow")
    assert database.ledger.expire(KEY) == 1
    assert database.ledger.expire(KEY) == 0
    assert database.ledger.owners(KEY) == ("quick",)
    assert database.ledger.tally(KEY) == Tally(frozen=3, sending=2, uncertain=1)
    (record,) = database.ledger.records(KEY, [DeliveryState.UNCERTAIN])
    assert "slow died or stalled" in record.reason


def test_the_lease_of_a_dead_owner_ends_at_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    claim(database, "dead", limit=1)
    claim(database, "alive", limit=1)

    assert database.ledger.expire(KEY, owner="dead") == 1
    assert database.ledger.owners(KEY) == ("alive",)


def test_a_renewed_lease_holds_and_a_dead_one_cannot_be_renewed(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    claim(database, "alive", limit=1, lease_s=0.3)
    claim(database, "dead", limit=1, lease_s=0)

    assert database.ledger.renew(KEY, "alive", lease_s=60) == 1
    assert database.ledger.renew(KEY, "dead", lease_s=60) == 0
    time.sleep(0.35)

    assert database.ledger.expire(KEY) == 1
    assert database.ledger.owners(KEY) == ("alive",)


def test_whoever_left_since_the_freeze_is_skipped_within_the_claim(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))
    add_leavers(database_url, ["r00001@example.org", "r00002@example.org", "r00004@example.org"])

    claimed = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed)

    assert [one.subscriber for one in claimed] == ["r00003"]
    claimed = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed)
    assert [one.subscriber for one in claimed] == ["r00005"]
    assert database.ledger.tally(KEY) == Tally(frozen=5, sending=2, skipped=3)


def test_nothing_is_due_when_all_has_ended(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    assert database.ledger.due_in(KEY) == 0

    claimed = claim(database, lease_s=60)
    lease_s = database.ledger.due_in(KEY)
    assert lease_s is not None
    assert 50 < lease_s <= 60

    settle(database, Outcome.SENT, *claimed)
    assert database.ledger.due_in(KEY) is None


def test_a_held_window_claims_nothing_before_its_end(database: Database, database_url: str) -> None:
    from datetime import UTC, datetime

    add_readers(database_url, people(1))
    approved(database)
    until = datetime.now(UTC) + timedelta(hours=1)

    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, hold_until=until)

    assert claim(database) == ()
    due_s = database.ledger.due_in(KEY)
    assert due_s is not None
    assert 3500 < due_s <= 3600
    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert dispatch.hold_until == until


def test_a_canary_goes_first_and_the_rest_when_it_passed(database: Database, database_url: str) -> None:
    add_readers(database_url, people(5))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)

    canary = claim(database)
    assert len(canary) == 2
    assert claim(database) == ()
    assert not database.ledger.canary_out(KEY, now=NOW)
    settle(database, Outcome.SENT, *canary)
    assert database.ledger.canary_out(KEY, now=NOW)
    assert database.ledger.canary_out(KEY, now=NOW + timedelta(hours=1))
    assert database.ledger.due_in(KEY) is None

    database.ledger.pass_canary(KEY)

    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert (dispatch.canary_out_at, dispatch.is_canary_passed) == (NOW, True)
    assert len(claim(database)) == 3


def test_a_canary_of_everybody_is_none(database: Database, database_url: str) -> None:
    add_readers(database_url, people(2))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)

    dispatch = database.ledger.dispatch(KEY)

    assert dispatch is not None
    assert dispatch.is_canary_passed


def test_a_stopped_dispatch_claims_nothing_until_it_is_resumed(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    database.ledger.stop(KEY, "too many complaints")
    assert claim(database) == ()
    assert database.ledger.due_in(KEY) is None

    database.ledger.resume(KEY)

    assert len(claim(database)) == 1


def test_two_connections_never_claim_the_same(database: Database, database_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    frozen(database, database_url, people(120))
    other = open_database(database_url)

    def take(which: Database, owner: str) -> list[str]:
        taken: list[str] = []
        while claimed := which.ledger.claim(KEY, owner, limit=7, lease_s=60):
            taken += [one.subscriber for one in claimed]
        return taken

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(take, [database, other, database, other], "abcd"))
    other.close()

    everybody = [one for part in parts for one in part]
    assert len(everybody) == len(set(everybody)) == 120


@pytest.mark.parametrize("table", ["stretch", "straggler"])
def test_a_claim_reads_its_index_in_order_and_sorts_nothing(
    database: Database, database_url: str, table: str
) -> None:
    from sqlalchemy import create_engine, select, text

    from digest.storage.ledger.claiming import next_due, next_stretch
    from digest.storage.tables import dispatches

    add_readers(database_url, people(2000))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW)
    engine = create_engine(database_url)
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        dispatch = connection.execute(select(dispatches)).one()
        make = next_stretch if table == "stretch" else next_due
        query = make(is_stopped=False, is_canary=False).params(edition=dispatch.edition_id, most=100)
        if not is_sqlite:
            # Both tables are small: what the planner can do by an index, it is made to do by one.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        shown = query.compile(engine, compile_kwargs={"literal_binds": True})
        plan = connection.execute(text(f"EXPLAIN {'QUERY PLAN' if is_sqlite else ''} {shown}"))
        lines = "\n".join(str(row) for row in plan)
    engine.dispose()

    assert f"ix_{table}_planned" in lines
    assert "SORT" not in lines.upper()
    assert "TEMP B-TREE" not in lines


@pytest.mark.parametrize("asked", ["due", "owners", "renew", "expire"])
def test_open_claims_are_found_by_their_index(database: Database, database_url: str, asked: str) -> None:
    from sqlalchemy import Engine, create_engine, event, text

    frozen(database, database_url, people(3000))
    engine = create_engine(database_url)
    with engine.begin() as connection:
        edition = connection.execute(text("SELECT id FROM edition")).scalar_one()
        rows = [
            {"id": number, "edition": edition, "owner": f"o{number}", "no": False} for number in range(3000)
        ]
        connection.execute(
            text("INSERT INTO claim VALUES (:id, :edition, :owner, 0, 1, 1, :no)"),
            rows,
        )
        connection.execute(text("ANALYZE"))
    claim(database)
    acts: dict[str, Callable[[], object]] = {
        "due": lambda: database.ledger.due_in(KEY),
        "owners": lambda: database.ledger.owners(KEY),
        "renew": lambda: database.ledger.renew(KEY, "me", lease_s=60),
        "expire": lambda: database.ledger.expire(KEY, owner="me"),
    }
    said: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        said.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    acts[asked]()
    event.remove(Engine, "before_cursor_execute", note)

    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    about = [one for one in said if "claim.is_open" in one[0]]
    assert about
    with engine.connect() as connection:
        for statement, parameters in about:
            plan = connection.exec_driver_sql(f"{explain} {statement}", parameters)
            lines = "\n".join(str(row) for row in plan)
            assert "ix_claim_open" in lines, lines
    engine.dispose()


def test_nothing_is_claimed_while_the_provider_asks_for_a_pause(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(3))
    database.ledger.pause("smtp", 3600.0)

    assert database.ledger.claim(KEY, "me", limit=3, lease_s=60, provider="smtp") == ()
    assert len(database.ledger.claim(KEY, "me", limit=1, lease_s=60, provider="sendgrid")) == 1
    assert len(database.ledger.claim(KEY, "me", limit=3, lease_s=60)) == 2


def test_two_ways_to_tell_who_left_are_kept_apart(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(6))
    add_leavers(database_url, ["r00001@example.org", "r00003@example.org", "r00005@example.org"])

    first = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed)
    second = database.ledger.claim(KEY, "me", limit=2, lease_s=60)
    third = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed)

    got = [[one.subscriber for one in found] for found in (first, second, third)]
    assert got == [["r00002"], ["r00003", "r00004"], ["r00006"]]
