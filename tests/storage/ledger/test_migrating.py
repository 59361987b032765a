"""An edition half sent when the ledger learned to keep stretches goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, text
from sqlalchemy.exc import IntegrityError

from digest.model import (
    DeliveryState,
    EventKind,
    MailEvent,
    Outcome,
    Receipt,
    RenderedEdition,
    Tally,
    Variant,
)
from digest.storage.database import Database, migrate, open_database
from digest.storage.ledger.references import Reference
from digest.storage.records import seal, stored
from digest.storage.tables import dispatches, renderings
from tests.postgres import PostgresServer
from tests.storage.samples import KEY, NOW, approved, rendered

GONE, MINE = 71, 72
FOREVER_MS = 1 << 51
FENCE = "fence:1763870400:batch-1"

# number: state, attempt, not_before_ms, claim, provider's id, reason
ROWS: dict[int, tuple[str, int, int, int | None, str | None, str | None]] = {
    1: ("sent", 1, 0, GONE, "message-1", None),
    2: ("sent", 1, 0, GONE, "message-1", None),
    3: ("failed", 1, 0, GONE, None, "550 no such user"),
    4: ("sent", 1, 0, GONE, "message-2", None),
    5: ("sent", 2, 0, MINE, None, None),
    6: ("sent", 1, 0, GONE, None, "by the word of ops"),
    7: ("held", 1, 0, GONE, FENCE, "nobody knows"),
    8: ("uncertain", 1, 0, GONE, FENCE, "it died"),
    9: ("planned", 1, FOREVER_MS, GONE, None, "451 later"),
    10: ("planned", 0, 0, None, "fence:", None),
    11: ("sending", 1, 0, MINE, None, None),
    12: ("sending", 2, 0, MINE, None, None),
    13: ("skipped", 0, 0, None, None, "the reader was erased"),
    14: ("skipped", 0, 0, None, None, "the reader was erased"),
    15: ("skipped", 1, 0, GONE, None, "the deadline of its wave had passed"),
    16: ("planned", 0, 0, None, None, None),
    17: ("planned", 0, 0, None, None, None),
    18: ("planned", 0, FOREVER_MS, None, None, None),
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database as the version before left it in the middle of an edition."""
    if request.param == "sqlite":
        made = f"sqlite:///{tmp_path_factory.mktemp('before') / 'digest.db'}"
        _fill(made)
        yield made
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    _fill(server.url(name))
    yield server.url(name)
    server.drop(name)


def _fill(url: str) -> None:
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", "digest:storage/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
    # Whoever keeps an edition today keeps its words too, in a table that was not there yet.
    with engine.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        number, words = ("INTEGER", "TEXT") if is_sqlite else ("SERIAL", "TSVECTOR")
        connection.execute(
            text(
                f"CREATE TABLE edition_words (id {number} PRIMARY KEY, edition_id INTEGER, article TEXT,"
                f" words {words})"
            )
        )
    database = open_database(url)
    approved(database)
    database.close()
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE edition_words"))
    content = stored(RenderedEdition, rendered())
    with engine.begin() as connection:
        edition = connection.execute(
            text("UPDATE edition SET state = 'dispatching' RETURNING id")
        ).scalar_one()
        kept = {"edition_id": edition, "content": content, "content_sha256": seal(content)}
        connection.execute(insert(renderings).values(variant=0, name="default", **kept))
        connection.execute(
            insert(dispatches).values(
                edition_id=edition,
                frozen=len(ROWS),
                frozen_at=NOW,
                content_hash="",
                canary=0,
                is_canary_passed=True,
                stopped="",
                canceled="",
            )
        )
        for claim, is_open in ((GONE, False), (MINE, True)):
            connection.execute(
                text("INSERT INTO claim VALUES (:id, :edition, :owner, :until, 1, 12, :is_open)"),
                {
                    "id": claim,
                    "edition": edition,
                    "owner": f"owner of {claim}",
                    "until": FOREVER_MS,
                    "is_open": is_open,
                },
            )
        connection.execute(
            text(
                "INSERT INTO delivery VALUES (:edition, :number, :id, :address, NULL, 'Ada', 'morning', 0,"
                " :state, :attempt, :at, :claim, :provider, :reason)"
            ),
            [
                {
                    "edition": edition,
                    "number": number,
                    "id": f"r{number:02}",
                    "address": f"r{number:02}@example.org",
                    "state": state,
                    "attempt": attempt,
                    "at": at,
                    "claim": claim,
                    "provider": provider,
                    "reason": reason,
                }
                for number, (state, attempt, at, claim, provider, reason) in ROWS.items()
            ],
        )
    engine.dispose()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """That database, migrated and open."""
    migrate(url)
    opened = open_database(url)
    yield opened
    opened.close()


def test_every_delivery_stands_where_it_stood(database: Database) -> None:
    records = database.ledger.records(KEY, list(DeliveryState))

    assert [one.subscriber for one in records] == [f"r{number:02}" for number in ROWS]
    for record, (number, row) in zip(records, ROWS.items(), strict=True):
        state, attempt, _at, claim, provider, reason = row
        assert (record.state, record.attempt, record.reason) == (state, attempt, reason or ""), number
        assert record.provider_id == (provider or "") or number == 10
        its_own = "" if claim is None else str(Reference(1, number, attempt, claim))
        assert record.reference == its_own
    assert database.ledger.tally(KEY) == Tally(
        frozen=18, planned=5, sending=2, uncertain=1, sent=5, failed=1, skipped=3, held=1
    )


def test_every_reader_of_before_is_found_by_their_address(database: Database) -> None:
    found = [database.forgetting.of_reader(f"r{number:02}@example.org")["deliveries"] for number in ROWS]

    assert [len(one) for one in found] == [1] * len(ROWS)


def test_what_was_never_claimed_is_claimed_and_what_was_sent_is_not(database: Database) -> None:
    taken = database.ledger.claim(KEY, "me", limit=50, lease_s=60)

    assert [(one.subscriber, one.attempt, one.variant) for one in taken] == [
        (f"r{number}", 1, Variant()) for number in (10, 16, 17)
    ]
    assert database.ledger.claim(KEY, "me", limit=50, lease_s=60) == ()
    assert database.ledger.tally(KEY).adds_up


def test_a_claim_of_before_is_settled_by_its_owner_only(database: Database) -> None:
    receipts = [
        Receipt(str(Reference(1, number, ROWS[number][1], MINE)), Outcome.SENT) for number in (11, 12)
    ]

    assert database.ledger.owners(KEY) == (f"owner of {MINE}",)
    assert database.ledger.settle(KEY, "me", receipts) == 0
    assert database.ledger.settle(KEY, f"owner of {MINE}", receipts) == 2
    assert database.ledger.owners(KEY) == ()
    assert database.ledger.tally(KEY).sent == 7


def test_a_report_with_a_reference_of_before_still_proves(database: Database) -> None:
    events = [
        MailEvent(f"e{number}", EventKind.DELIVERED, str(Reference(1, number, 1, GONE)), NOW)
        for number in (1, 7, 8, 9)
    ]

    assert database.ledger.record_events(events) == 4

    tally = database.ledger.tally(KEY)
    assert (tally.sent, tally.held, tally.uncertain, tally.planned) == (8, 0, 0, 4)
    assert database.ledger.feedback(KEY).delivered == 4


def test_two_migrations_of_the_same_number_are_one(url: str) -> None:
    assert migrate(url)[0] == "0016"
    before, after = migrate(url)
    assert before == after

    engine = create_engine(url)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO delivery SELECT * FROM delivery"))
    engine.dispose()
