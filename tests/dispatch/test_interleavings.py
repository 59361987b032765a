"""No order of claims, receipts, leases running out, deaths and proofs sends twice or loses anybody."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Delivery, DeliveryState, EventKind, MailEvent, Outcome, Receipt
from digest.storage.database import Database, open_database
from tests.storage.samples import KEY, NOW, frozen, people

READERS = 5
OWNERS = ("a", "b", "c")

actions = st.one_of(
    st.tuples(st.just("claim"), st.sampled_from(OWNERS), st.integers(1, 3)),
    st.tuples(st.just("call"), st.sampled_from(OWNERS), st.sampled_from(list(Outcome))),
    st.tuples(st.just("settle"), st.sampled_from(OWNERS), st.integers(0, 3)),
    st.tuples(st.just("die"), st.sampled_from(OWNERS), st.just(0)),
    st.tuples(st.just("expire"), st.sampled_from(OWNERS), st.just(0)),
    st.tuples(st.just("hold"), st.just(""), st.just(0)),
    st.tuples(st.just("report"), st.just(""), st.integers(0, 30)),
)


class World:
    """The ledger, what each process knows, and what each reader got."""

    def __init__(self, database: Database) -> None:
        self.ledger = database.ledger
        self.claimed: dict[str, list[Delivery]] = {owner: [] for owner in OWNERS}
        self.receipts: dict[str, list[Receipt]] = {owner: [] for owner in OWNERS}
        self.got: Counter[str] = Counter()
        self.accepted: list[Delivery] = []

    def claim(self, owner: str, limit: int) -> None:
        self.claimed[owner] += self.ledger.claim(KEY, owner, limit=limit, lease_s=600)

    def call(self, owner: str, outcome: Outcome) -> None:
        """Send one of its deliveries, with this answer; a lease may have run out long ago."""
        if not self.claimed[owner]:
            return
        delivery = self.claimed[owner].pop()
        if outcome in {Outcome.SENT, Outcome.UNCERTAIN}:
            self.got[delivery.subscriber] += 1
            self.accepted.append(delivery)
        self.receipts[owner].append(Receipt(delivery.reference, outcome, "because"))

    def settle(self, owner: str, count: int) -> None:
        now, self.receipts[owner] = self.receipts[owner][:count], self.receipts[owner][count:]
        self.ledger.settle(KEY, owner, now)

    def die(self, owner: str, _number: int) -> None:
        self.claimed[owner], self.receipts[owner] = [], []
        self.ledger.expire(KEY, owner=owner)

    def expire(self, owner: str, _number: int) -> None:
        """Its lease runs out, but it lives on as a zombie and sends what it still has."""
        self.ledger.expire(KEY, owner=owner)

    def hold(self, _owner: str, _number: int) -> None:
        self.ledger.settle_uncertain(KEY, DeliveryState.HELD, "no proof")

    def report(self, _owner: str, number: int) -> None:
        """The provider tells about a mail it had."""
        if self.accepted:
            delivery = self.accepted[number % len(self.accepted)]
            event = MailEvent(delivery.reference, EventKind.DELIVERED, delivery.reference, NOW)
            self.ledger.record_events([event])

    def end(self) -> None:
        """Let everybody die, and one process without faults finish."""
        for owner in OWNERS:
            self.die(owner, 0)
        self.hold("", 0)
        while claimed := self.ledger.claim(KEY, "a", limit=2, lease_s=600):
            self.claimed["a"] += claimed
            while self.claimed["a"]:
                self.call("a", Outcome.SENT)
            self.settle("a", 99)


@pytest.fixture(scope="module")
def ready(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a frozen edition, to make copies of."""
    path = tmp_path_factory.mktemp("ready") / "digest.db"
    shutil.copy(migrated_sqlite, path)
    url = f"sqlite:///{path}"
    database = open_database(url)
    frozen(database, url, people(READERS))
    database.close()
    return path


@settings(deadline=None, max_examples=60, derandomize=True)
@given(story=st.lists(actions, min_size=5, max_size=40))
def test_no_interleaving_sends_twice_or_loses_anybody(
    ready: Path, story: list[tuple[str, str, int | Outcome]]
) -> None:
    with TemporaryDirectory(dir=ready.parent) as folder:
        path = Path(folder) / "digest.db"
        shutil.copy(ready, path)
        database = open_database(f"sqlite:///{path}")
        world = World(database)
        for name, owner, argument in story:
            getattr(world, name)(owner, argument)
            tally = database.ledger.tally(KEY)
            assert tally.adds_up
            assert max(world.got.values(), default=0) <= 1

        world.end()

        tally = database.ledger.tally(KEY)
        records = database.ledger.records(KEY, list(DeliveryState))
        database.close()
    assert (tally.frozen, tally.open) == (READERS, 0)
    assert max(world.got.values(), default=0) <= 1
    for record in records:
        if record.state is DeliveryState.SENT:
            assert world.got[record.subscriber] == 1
        if record.state is DeliveryState.FAILED:
            assert world.got[record.subscriber] == 0
