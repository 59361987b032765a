"""A connection goes on with the next batch without a pause, and what is proved stays proved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from digest.errors import TransportUnavailable
from digest.model import Batch, Outcome
from digest.testing import a_batch, a_delivery
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.smtp.raw_server import YES, Moment, RawServer, Said, running
from tests.transports.smtp.test_proof import STRAYS, check

SIZE = 3
SEAM = [(".", SIZE), ("MAIL", SIZE + 1), ("RCPT", SIZE + 1), ("DATA", SIZE + 1), (".", SIZE + 1)]
"""The last mail of the first batch, and the first of the next, whose envelope travels behind it."""

REFUSALS = {
    "later": (b"451 4.3.0 later\r\n", False),
    "never": (b"550 5.1.1 no such user\r\n", False),
    "too early": (b"503 5.5.1 pipelining? not here\r\n", False),
    "closes": (b"421 4.3.2 shutting down\r\n", True),
    "dies": (b"", True),
}


@dataclass
class Held:
    """Says at one moment what it is told to, and nothing before both batches are on their way."""

    said: dict[tuple[str, int], Said] = field(default_factory=dict)
    both: threading.Event = field(default_factory=threading.Event)

    def __call__(self, moment: Moment) -> Said | None:
        self.both.wait(60)
        return self.said.pop((moment.verb, moment.mail), None)


def batches(count: int) -> list[Batch]:
    return [a_batch(*(a_delivery(SIZE * at + number) for number in range(SIZE))) for at in range(count)]


def begun_together(
    server: RawServer,
    held: Held,
    given: list[Batch],
    *,
    connections: int = 1,
    before: Callable[[list[object]], None] = lambda _going: None,
) -> dict[str, Outcome]:
    """Send the batches, each on its way before the one before is through; return outcomes by address."""
    transport = SmtpTransport(
        "127.0.0.1", server.port, tls="none", connections=connections, timeout_s=1, answer_timeout_s=1
    )
    outcomes: dict[str, Outcome] = {}
    try:
        going = [transport.begin(batch) for batch in given]
        held.both.set()
        before(list(going))
        for batch, receipts in zip(given, going, strict=True):
            by_reference = {one.reference: one.address for one in batch.deliveries}
            try:
                for receipt in receipts:
                    address = by_reference.pop(receipt.reference)
                    outcomes[address] = receipt.outcome
            except TransportUnavailable:
                continue
    finally:
        transport.close()
    return outcomes


@pytest.mark.parametrize("connections", [1, 2, 4])
def test_three_batches_on_their_way_are_one_stream(connections: int) -> None:
    held, given = Held(), batches(3)
    with running(RawServer(held)) as server:
        outcomes = begun_together(server, held, given, connections=connections)

    assert outcomes == {one.address: Outcome.SENT for batch in given for one in batch.deliveries}
    assert set(server.taken.values()) == {1}
    verbs = [moment.verb for moment in server.moments]
    assert verbs.count("RSET") <= connections
    assert server.connections <= connections


@pytest.mark.parametrize(("verb", "mail"), SEAM)
@pytest.mark.parametrize("name", [*STRAYS][::3])
def test_a_stray_between_two_batches_makes_no_wrong_receipt(name: str, verb: str, mail: int) -> None:
    held = Held({(verb, mail): Said((STRAYS[name] + YES[verb],))})
    with running(RawServer(held)) as server:
        outcomes = begun_together(server, held, batches(2))

    check(server, outcomes)
    assert Outcome.FAILED not in outcomes.values()
    assert list(outcomes.values()).count(Outcome.SENT) >= SIZE - 1


@pytest.mark.parametrize("extensions", [("PIPELINING",), ("SIZE",)], ids=["pipelined", "plain"])
@pytest.mark.parametrize(("verb", "mail"), SEAM)
@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_between_two_batches_is_of_the_one_it_was_said_to(
    name: str, verb: str, mail: int, extensions: tuple[str, ...]
) -> None:
    said, closes = REFUSALS[name]
    held, given = Held({(verb, mail): Said((said,), takes=False, closes=closes)}), batches(2)
    with running(RawServer(held, extensions=extensions)) as server:
        outcomes = begun_together(server, held, given)

    check(server, outcomes)
    assert len(outcomes) == 2 * SIZE
    others = [one for one, outcome in outcomes.items() if outcome is not Outcome.SENT]
    assert len(others) <= 1
    assert set(others) <= {given[0].deliveries[-1].address, given[1].deliveries[0].address}


def test_whoever_gives_up_a_batch_stops_nobody_elses() -> None:
    held, given = Held(), batches(3)

    def give_up(going: list[object]) -> None:
        next(going[0])  # type: ignore[call-overload]
        going[0].close()  # type: ignore[attr-defined]

    with running(RawServer(held)) as server:
        outcomes = begun_together(server, held, given, before=give_up)

    rest = {one.address for batch in given[1:] for one in batch.deliveries}
    assert {address for address, outcome in outcomes.items() if outcome is Outcome.SENT} >= rest
    assert max(server.taken.values()) == 1
