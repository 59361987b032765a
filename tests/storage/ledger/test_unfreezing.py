"""The way back from a freeze, and who is first where a sender claims at the same instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, inspect, text

from digest.dispatch.sending import drain
from digest.errors import UnknownEdition
from digest.model import (
    Edition,
    EditionKey,
    EditionState,
    EventKind,
    MailEvent,
    Outcome,
    Tally,
)
from digest.model.subject_tests import SubjectTest
from digest.model.waves import Wave
from digest.storage.database import Database
from tests.dispatch.fakes import LETTERHEAD, Names, Script
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import (
    DAY,
    HASH,
    KEY,
    NOW,
    add_readers,
    approved,
    audience,
    frozen,
    people,
    rendered,
)

ROUNDS = 15


def take_back(database: Database, key: EditionKey = KEY) -> Edition | None:
    return database.ledger.take_back(key, "canceled by amina", by="amina", now=NOW)


def left_over(url: str) -> dict[str, int]:
    """Return how many rows each table of the ledger still has."""
    engine = create_engine(url)
    names = {"rendering", "dispatch", "claim", "delivery", "wave", "subject_test"}
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in names & set(inspect(engine).get_table_names())
        }
    engine.dispose()
    assert set(found) == names
    return {name: count for name, count in found.items() if count}


def test_what_nobody_was_handed_is_a_draft_as_if_it_had_never_been_frozen(
    database: Database, database_url: str
) -> None:
    add_readers(database_url, people(3))
    approved(database)
    before = database.editions.load(KEY)
    database.ledger.freeze(
        KEY,
        [rendered(), rendered(replace(rendered().variant, arm="b"))],
        audience(),
        now=NOW,
        hold_until=NOW + timedelta(days=3650),
        waves=[Wave((), NOW, None)],
        test=SubjectTest(20, NOW + timedelta(hours=1)),
    )

    back = take_back(database)

    assert before is not None
    assert back is not None
    assert back == replace(before, state=EditionState.DRAFT, approved_hash="", canceled="canceled by amina")
    assert database.editions.load(KEY) == back
    assert left_over(database_url) == {}
    assert database.ledger.tally(KEY) == Tally()
    (told,) = database.audit_log.entries(edition=str(KEY))
    assert (told.who, told.action, told.revision) == ("amina", "canceled, a draft again", 1)
    assert database.editions.already_sent("morning", before=KEY, since=NOW).identities == {}


def test_it_may_be_mended_and_frozen_anew(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    back = take_back(database)
    assert back is not None

    mended = replace(back, subject="The ferry is on time", is_edited=True)
    database.editions.save_draft(mended, (), expected_revision=1, now=NOW)
    database.editions.approve(KEY, "b" * 64, by="amina", now=NOW)
    frozen_again = database.ledger.freeze(KEY, [rendered()], audience(), now=NOW)

    assert frozen_again == 3
    assert len(claim(database, limit=9)) == 3


def test_an_approved_edition_that_is_not_frozen_comes_back(database: Database) -> None:
    approved(database)

    back = take_back(database)

    assert back is not None
    assert (back.state, back.canceled) == (EditionState.DRAFT, "canceled by amina")


def test_what_its_claim_gave_back_before_a_byte_had_left_counts_as_untouched(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(3))
    taken = claim(database)
    database.ledger.release(KEY, "me", [one.reference for one in taken])

    assert not database.ledger.has_begun(KEY)
    assert take_back(database) is not None
    assert left_over(database_url) == {}


@pytest.mark.parametrize("outcome", [None, *Outcome], ids=lambda one: str(one or "in flight"))
def test_after_a_claim_there_is_no_way_back(
    database: Database, database_url: str, outcome: Outcome | None
) -> None:
    frozen(database, database_url, people(3))
    taken = claim(database, limit=1)
    if outcome is not None:
        settle(database, outcome, *taken)

    assert database.ledger.has_begun(KEY)
    assert take_back(database) is None
    assert database.ledger.tally(KEY).frozen == 3


def test_a_report_of_a_mail_proves_that_it_had_begun(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (one,) = claim(database)
    database.ledger.release(KEY, "me", [one.reference])
    database.ledger.record_events([MailEvent("e1", EventKind.DELIVERED, one.reference, NOW)])

    assert take_back(database) is None


@pytest.mark.parametrize("state", ["draft", "canceled", "closed"])
def test_what_does_not_wait_stays_as_it_is(database: Database, database_url: str, state: str) -> None:
    frozen(database, database_url, people(1))
    if state == "draft":
        assert take_back(database) is not None
    else:
        database.ledger.cancel(KEY, "canceled by bo")
    if state == "closed":
        database.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    before = database.editions.load(KEY)

    assert take_back(database) is None
    assert database.editions.load(KEY) == before


def test_a_sender_of_the_same_instant_comes_before_or_after_never_between(
    database: Database, database_url: str
) -> None:
    add_readers(database_url, people(4))

    for number in range(ROUNDS):
        key = approved(database, EditionKey("morning", DAY, f"race{number:02}"))
        database.ledger.freeze(key, [rendered()], audience(), now=NOW)

        def sender(key: EditionKey = key) -> int:
            try:
                return len(database.ledger.claim(key, "me", limit=2, lease_s=60))
            except UnknownEdition:
                return 0

        def editor(key: EditionKey = key) -> Edition | None:
            return take_back(database, key)

        with ThreadPoolExecutor(3) as pool:
            claims = [pool.submit(sender), pool.submit(sender)]
            back = pool.submit(editor).result()
        taken = sum(one.result() for one in claims)

        assert (taken == 0) == (back is not None)
        if back is None:
            assert database.ledger.tally(key).sending == taken
        else:
            assert database.ledger.dispatch(key) is None


def test_a_sender_that_waited_does_not_send_what_was_frozen_since(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    old = database.ledger.dispatch(KEY)
    take_back(database)
    database.editions.approve(KEY, HASH, by="amina", now=NOW)
    later = NOW + timedelta(minutes=5)
    database.ledger.freeze(KEY, [rendered()], audience(), now=later)
    transport = Script()

    def send(freeze: object) -> Tally:
        return drain(
            KEY,
            ledger=database.ledger,
            transport=transport,
            personalizer=Names(),
            letterhead=LETTERHEAD,
            owner="me",
            clock=lambda: NOW,
            sleep=lambda _s: None,
            freeze=freeze,  # type: ignore[arg-type]  # either of the two
        )

    stale = send(old)
    before = list(transport.batches)
    fresh = send(database.ledger.dispatch(KEY))

    assert (stale.planned, before) == (2, [])
    assert fresh.sent == 2


def test_a_sender_whose_edition_is_a_draft_again_ends_quietly(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    old, transport = database.ledger.dispatch(KEY), Script()
    take_back(database)
    tally = drain(
        KEY,
        ledger=database.ledger,
        transport=transport,
        personalizer=Names(),
        letterhead=LETTERHEAD,
        owner="me",
        clock=lambda: NOW,
        freeze=old,
    )

    assert (tally, transport.batches) == (Tally(), [])
    with pytest.raises(UnknownEdition):
        database.ledger.due_in(KEY)
