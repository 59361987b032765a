"""What the tests of the ledger do most."""

from __future__ import annotations

from digest.model import Delivery, Outcome, Receipt
from digest.storage.database import Database
from tests.storage.samples import KEY


def claim(
    database: Database, owner: str = "me", *, limit: int = 100, lease_s: float = 60
) -> tuple[Delivery, ...]:
    return database.ledger.claim(KEY, owner, limit=limit, lease_s=lease_s)


def settle(
    database: Database, outcome: Outcome, *which: Delivery, owner: str = "me", **more: object
) -> int:
    receipts = [Receipt(one.reference, outcome, **more) for one in which]  # type: ignore[arg-type]
    return database.ledger.settle(KEY, owner, receipts)
