"""What an accepted mail costs, how stretches are cut, and that nobody falls between them."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

from digest.model import DeliveryState, EventKind, MailEvent, Outcome, Receipt, Tally, Variant
from digest.storage.database import Database, open_database
from digest.storage.stretches import Stretch, parts
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import (
    KEY,
    NOW,
    Reader,
    add_readers,
    approved,
    audience,
    frozen,
    people,
    rendered,
)

WHOLE = Stretch(1, 11, 20, 0, state=DeliveryState.SENDING, claim_id=7, owner="me")


def stored(url: str) -> tuple[list[tuple[int, int, str]], list[tuple[int, str]]]:
    """Return the stretches and the stragglers there are."""
    engine = create_engine(url)
    with engine.connect() as connection:
        stretches = connection.execute(
            text("SELECT first_number, last_number, state FROM stretch ORDER BY last_number")
        ).all()
        apart = connection.execute(text("SELECT number, state FROM straggler ORDER BY number")).all()
    engine.dispose()
    return [tuple(row) for row in stretches], [tuple(row) for row in apart]


def covered(url: str) -> list[int]:
    stretches, apart = stored(url)
    inside = [number for first, last, _ in stretches for number in range(first, last + 1)]
    return sorted([*inside, *(number for number, _ in apart)])


def test_a_claim_and_its_outcome_are_one_row_whatever_its_size(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(500))

    for _ in range(2):
        settle(database, Outcome.SENT, *claim(database, limit=200))

    assert stored(database_url) == ([(1, 200, "sent"), (201, 400, "sent"), (401, 500, "planned")], [])


@pytest.mark.parametrize("size", [1, 7, 100])
def test_receipts_that_come_by_and_by_are_all_counted(
    database: Database, database_url: str, size: int
) -> None:
    frozen(database, database_url, people(100))
    taken = list(claim(database))
    random.Random(size).shuffle(taken)

    for start in range(0, len(taken), size):
        settle(database, Outcome.SENT, *taken[start : start + size])
        assert covered(database_url) == list(range(1, 101))

    assert database.ledger.tally(KEY) == Tally(frozen=100, sent=100)
    assert {state for *_, state in stored(database_url)[0]} == {"sent"}


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.AGAIN, Outcome.UNCERTAIN])
def test_only_what_did_not_simply_arrive_has_a_row_of_its_own(
    database: Database, database_url: str, outcome: Outcome
) -> None:
    frozen(database, database_url, people(9))
    taken = claim(database)
    settle(database, outcome, taken[4], reason="550 no")
    settle(database, Outcome.SENT, *taken[:4], *taken[5:])

    stretches, apart = stored(database_url)

    assert stretches == [(1, 4, "sent"), (6, 9, "sent")]
    assert [number for number, _state in apart] == [5]
    records = database.ledger.records(KEY, list(DeliveryState))
    assert [one.reference for one in records] == [one.reference for one in taken]


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        pytest.param([11], [(12, 20)], id="the first"),
        pytest.param([20], [(11, 19)], id="the last"),
        pytest.param([15], [(11, 14), (16, 20)], id="one in the middle"),
        pytest.param([11, 12, 19, 20], [(13, 18)], id="both ends"),
        pytest.param(range(11, 21), [], id="all"),
        pytest.param([], [(11, 20)], id="none"),
    ],
)
def test_a_stretch_is_cut_around_whoever_leaves_it(gone: list[int], left: list[tuple[int, int]]) -> None:
    found = parts(WHOLE, dict.fromkeys(gone))

    assert [(one.first_number, one.last_number) for one in found] == left
    assert all(one.is_like(WHOLE) for one in found)


def test_a_released_stretch_is_planned_as_if_never_tried(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(6))
    taken = claim(database, limit=4)

    assert database.ledger.release(KEY, "me", [one.reference for one in taken[1:3]]) == 2

    assert stored(database_url) == (
        [(1, 1, "sending"), (2, 3, "planned"), (4, 4, "sending"), (5, 6, "planned")],
        [],
    )
    assert [one.subscriber for one in claim(database)] == ["r00002", "r00003", "r00005", "r00006"]


def test_an_event_of_a_claim_that_was_given_back_is_still_proof(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(3))
    before = claim(database)
    database.ledger.release(KEY, "me", [one.reference for one in before])
    claim(database, owner="heir")

    database.ledger.record_events([MailEvent("e", EventKind.DELIVERED, before[1].reference, NOW)])

    assert database.ledger.tally(KEY) == Tally(frozen=3, sending=2, sent=1)


def test_a_claim_nobody_knows_proves_nothing_of_a_stretch(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    (one, *_) = claim(database)
    stranger = one.reference.rpartition("-")[0] + "-zzzzzz"

    database.ledger.record_events([MailEvent("e", EventKind.DELIVERED, stranger, NOW)])

    assert database.ledger.tally(KEY) == Tally(frozen=3, sending=3)


def test_the_canary_is_the_first_of_the_list_in_every_variant(
    database: Database, database_url: str
) -> None:
    add_readers(database_url, [Reader(f"r{n:02}", language="fr" if n % 2 else "") for n in range(20)])
    approved(database)
    database.ledger.freeze(KEY, [rendered(), rendered(Variant("fr"))], audience(), now=NOW, canary=6)

    taken = [*claim(database), *claim(database)]

    assert {one.subscriber for one in taken} == {f"r{n:02}" for n in range(6)}
    assert {one.variant for one in taken} == {Variant(), Variant("fr")}
    assert claim(database) == ()
    tally = database.ledger.tally(KEY)
    assert (tally.planned, tally.waiting) == (14, 14)


def test_readers_given_twice_are_planned_once_whatever_their_variant(
    database: Database, database_url: str
) -> None:
    readers = [Reader(f"r{n}", address=f"A{n % 3}@example.org", language="fr" * (n % 2)) for n in range(8)]
    add_readers(database_url, readers)
    approved(database)

    assert database.ledger.freeze(KEY, [rendered(), rendered(Variant("fr"))], audience(), now=NOW) == 3

    taken = [*claim(database), *claim(database)]
    assert sorted(one.subscriber for one in taken) == ["r0", "r1", "r2"]
    assert covered(database_url) == [1, 2, 3]


def test_receipts_reports_and_an_expiry_at_one_instant_lose_nobody(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(60))
    for round_ in range(3):
        taken = claim(database, limit=20)
        others = [open_database(database_url) for _ in range(3)]

        def settled(which: Database, taken: tuple[object, ...] = taken) -> None:
            for one in taken[::2]:
                which.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT)])  # type: ignore[attr-defined]

        def told(which: Database, taken: tuple[object, ...] = taken, round_: int = round_) -> None:
            for one in taken[::3]:
                reference: str = one.reference  # type: ignore[attr-defined]
                event = MailEvent(f"{round_} {reference}", EventKind.DELIVERED, reference, NOW)
                which.ledger.record_events([event])

        def ended(which: Database) -> None:
            which.ledger.expire(KEY, owner="me")

        with ThreadPoolExecutor(3) as pool:
            acts = zip((settled, told, ended), others, strict=True)
            for one in [pool.submit(act, which) for act, which in acts]:
                one.result()
        for which in others:
            which.close()
        assert covered(database_url) == list(range(1, 61))
        tally = database.ledger.tally(KEY)
        assert tally.adds_up
        assert tally.sending == 0
