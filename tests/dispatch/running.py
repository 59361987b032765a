"""One way to drain the edition of the tests."""

from __future__ import annotations

from collections.abc import Callable

from digest.dispatch.brake import Brake
from digest.dispatch.retries import Backoff
from digest.dispatch.sending import SendingRules, Settling, drain
from digest.model import Delivery, Outcome, Receipt, Tally
from digest.ports import Ledger, Transport
from tests.dispatch.fakes import LETTERHEAD, Clock, Names
from tests.storage.samples import KEY

# No wait between attempts: the ledger's clock is the database's and can't be turned.
QUICK = SendingRules(
    batch=4,
    settling=Settling(group=2, max_attempts=3, backoff=Backoff(first_s=0.0)),
    brake=Brake(canary_wait_s=600),
)


def run(ledger: Ledger, transport: Transport, *, rules: SendingRules = QUICK, **more: object) -> Tally:
    clock = more.pop("clock", None) or Clock()
    assert isinstance(clock, Clock)
    arguments: dict[str, object] = {
        "personalizer": Names(),
        "letterhead": LETTERHEAD,
        "owner": "me",
        "clock": clock.now,
        "sleep": clock.sleep,
        "timer": clock.timer,
        "rules": rules,
    }
    return drain(KEY, ledger=ledger, transport=transport, **(arguments | more))  # type: ignore[arg-type]


def answers(outcome: Outcome, reason: str = "because", **more: float) -> Callable[[Delivery], Receipt]:
    return lambda delivery: Receipt(delivery.reference, outcome, reason, **more)  # type: ignore[arg-type]
