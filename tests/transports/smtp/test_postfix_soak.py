"""A real mail server that is reloaded, restarted and stalled while mail goes over to it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from digest.errors import TransportUnavailable
from digest.model import Delivery, Outcome
from digest.testing import a_batch, a_delivery
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.smtp.postfix_relay import Relay, running
from tests.transports.smtp.test_postfix_queue import arrived

pytestmark = [pytest.mark.postfix, pytest.mark.slow]

READERS = 600
BATCH = 32
STALL_S = 40.0
"""Longer than a reload, shorter than the answers are waited for."""


@pytest.fixture
def relay() -> Iterator[Relay]:
    # Not below pytest's own folder: another session of it closes that to the readers' boxes.
    with TemporaryDirectory(prefix="postfix-") as home, running(Path(home)) as started:
        yield started


def restart(relay: Relay) -> None:
    relay.control("stop")
    time.sleep(1.0)
    relay.control("start")


def reload_often(relay: Relay) -> None:
    for _ in range(5):
        relay.control("reload")


def delivered(relay: Relay, taken: Collection[str]) -> Counter[str]:
    """Return whose boxes hold how many mails, once each of `taken` is among them.

    A mail that nobody is sure of may be there as well. What trouble put off goes now.
    """
    got: Counter[str] = Counter()
    for _ in range(6):
        mails = [message_from_bytes(raw, policy=default) for raw in arrived(relay.readers, len(taken))]
        got = Counter(str(mail["X-Original-To"]) for mail in mails)
        if got.keys() >= set(taken):
            break
        relay.control("flush")
        time.sleep(1.0)
    return got


TROUBLES: dict[str, Callable[[Relay], None]] = {
    "reloaded": lambda relay: relay.control("reload"),
    "reloaded again and again": reload_often,
    "stopped and started": restart,
    "stalled": lambda relay: relay.stall(STALL_S),
}


def sent(relay: Relay, trouble: Callable[[Relay], None], *, pipelining: bool) -> dict[str, Outcome]:
    """Send to everybody, trouble after a third; whoever was surely not taken goes again."""
    transport = SmtpTransport("127.0.0.1", relay.port, tls="none", pipelining=pipelining)
    waiting: list[Delivery] = [a_delivery(number) for number in range(READERS)]
    ended: dict[str, Outcome] = {}
    with ThreadPoolExecutor(1) as pool:
        operator = None
        while waiting:
            if operator is None and len(ended) >= READERS // 3:
                operator = pool.submit(trouble, relay)
            if operator is not None and operator.done():
                operator.result()
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            try:
                receipts = list(transport.send(a_batch(*batch)))
            except TransportUnavailable:
                waiting.extend(batch)
                time.sleep(0.2)
                continue
            by_reference = {one.reference: one for one in batch}
            for receipt in receipts:
                delivery = by_reference[receipt.reference]
                if receipt.outcome is Outcome.AGAIN:
                    waiting.append(delivery)
                else:
                    ended[delivery.address] = receipt.outcome
        assert operator is not None
        operator.result()
    transport.close()
    return ended


@pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "plain"])
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_a_server_in_trouble_gets_every_mail_once(
    relay: Relay, trouble: Callable[[Relay], None], pipelining: bool
) -> None:
    ended = sent(relay, trouble, pipelining=pipelining)

    told = Counter(ended.values())
    taken = {address for address, outcome in ended.items() if outcome is Outcome.SENT}
    got = delivered(relay, taken)
    assert told[Outcome.SENT] + told[Outcome.UNCERTAIN] == len(ended) == READERS
    assert told[Outcome.UNCERTAIN] <= 4
    assert set(got.values()) == {1}
    assert taken <= got.keys()
