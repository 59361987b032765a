"""A fault of ours before the first byte takes nobody along; a reader's own takes only that reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.errors import UnbuiltMail
from digest.model import Batch, Mailbox, Outcome, Receipt
from digest.ports import Transport
from digest.testing.builders import a_batch, a_delivery, a_rendered
from digest.transports.outbox import OutboxTransport
from digest.transports.sendgrid.transport import SendGridTransport
from digest.transports.smtp.transport import SmtpTransport
from digest.transports.verp import Verp
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import KEY, Mock
from tests.transports.smtp.server import ScriptedServer, running

Opened = tuple[Transport, Callable[[], int]]
"""A transport, and how many mails its other end has."""


@contextmanager
def the_outbox(folder: Path) -> Iterator[Opened]:
    yield OutboxTransport(folder), lambda: len(list(folder.glob("new/*")))


@contextmanager
def pipelined(_folder: Path) -> Iterator[Opened]:
    with running(ScriptedServer()) as server:
        yield SmtpTransport("127.0.0.1", server.port, tls="none"), lambda: len(server.arrived)


@contextmanager
def one_by_one(_folder: Path) -> Iterator[Opened]:
    with running(ScriptedServer(offers_pipelining=False)) as server:
        yield SmtpTransport("127.0.0.1", server.port, tls="none"), lambda: len(server.arrived)


@contextmanager
def sendgrid(_folder: Path) -> Iterator[Opened]:
    with sendgrid_mock.running(Mock()) as mock:
        yield SendGridTransport(KEY, api_url=mock.url), lambda: len(mock.addresses)


EVERY = pytest.mark.parametrize(
    "way",
    [
        pytest.param(the_outbox, id="outbox"),
        pytest.param(pipelined, id="smtp pipelined"),
        pytest.param(one_by_one, id="smtp one by one"),
        pytest.param(sendgrid, id="sendgrid"),
    ],
)
BROKEN = pytest.mark.parametrize(
    "value",
    [
        pytest.param({}, id="none at all"),
        pytest.param({"unsubscribe_url": "https://h.example/" + "u" * 11_000}, id="a link of no length"),
        pytest.param({"name": 7}, id="a number"),
        pytest.param({"name": None}, id="nothing for a name"),
    ],
)


def broken(batch: Batch, at: int, value: dict[str, Any]) -> Batch:
    """Return the batch with one reader's values broken."""
    values = list(batch.values)
    values[at] = {**values[at], **value} if value else {}
    return replace(batch, values=tuple(values))


def given(transport: Transport, batch: Batch, receipts: list[Receipt]) -> None:
    """Send, and keep the receipts that came before it ended, however it did."""
    with closing(transport):
        receipts.extend(transport.send(batch))


@EVERY
@BROKEN
def test_one_readers_broken_value_fails_that_reader_alone(
    way: Any, value: dict[str, Any], tmp_path: Path
) -> None:
    batch = broken(a_batch(count=5, rendered=a_rendered(text="%%name%% %%unsubscribe_url%%\n")), 1, value)
    receipts: list[Receipt] = []
    with way(tmp_path) as (transport, arrived):
        given(transport, batch, receipts)
        assert arrived() == 4

    found = {receipt.reference: receipt for receipt in receipts}
    outcomes = [found[delivery.reference].outcome for delivery in batch.deliveries]
    assert outcomes == [Outcome.SENT, Outcome.FAILED, *[Outcome.SENT] * 3]
    assert found[batch.deliveries[1].reference].reason


@EVERY
@pytest.mark.parametrize("count", [1, 3])
def test_a_token_that_nobody_has_fails_nobody(way: Any, count: int, tmp_path: Path) -> None:
    batch = a_batch(count=count, rendered=a_rendered(text="%%no_such_value%%\n"))
    receipts: list[Receipt] = []
    with way(tmp_path) as (transport, arrived):
        with pytest.raises(UnbuiltMail, match="no_such_value"):
            given(transport, batch, receipts)
        assert arrived() == 0

    assert receipts == []


@EVERY
def test_values_that_break_for_all_fail_nobody_but_an_address_that_is_none(
    way: Any, tmp_path: Path
) -> None:
    good, bad = a_delivery(1), a_delivery(2, address="no address")
    batch = broken(broken(a_batch(good, bad), 0, {"name": None}), 1, {"name": None})
    receipts: list[Receipt] = []
    with way(tmp_path) as (transport, _arrived), pytest.raises(UnbuiltMail):
        given(transport, batch, receipts)

    assert [receipt.reference for receipt in receipts] in ([], [bad.reference])
    assert all(receipt.outcome is Outcome.FAILED for receipt in receipts)


@EVERY
def test_a_reader_alone_in_a_later_batch_is_judged_by_those_before(way: Any, tmp_path: Path) -> None:
    rendered = a_rendered(text="%%name%%\n")
    first = a_batch(a_delivery(1), rendered=rendered)
    later = broken(a_batch(a_delivery(2), rendered=rendered), 0, {"name": 7})
    with way(tmp_path) as (transport, _arrived), closing(transport):
        assert [receipt.outcome for receipt in transport.send(first)] == [Outcome.SENT]
        assert [receipt.outcome for receipt in transport.send(later)] == [Outcome.FAILED]


@EVERY
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"letterhead": {"sender": Mailbox("N", "no address")}}, id="the sender"),
        pytest.param({"letterhead": {"archive_url": "https://h.example/" + "a" * 990}}, id="a long link"),
        pytest.param({"rendered": {"headers": {"From": "x@y.example"}}}, id="a header of ours"),
        pytest.param({"rendered": {"html": None}}, id="no page"),
    ],
)
def test_a_fault_in_what_all_mails_share_fails_nobody(
    way: Any, fault: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    batch = a_batch(count=3)
    changed = {name: replace(getattr(batch, name), **values) for name, values in fault.items()}
    receipts: list[Receipt] = []
    with way(tmp_path) as (transport, arrived):
        with pytest.raises(UnbuiltMail):
            given(transport, replace(batch, **changed), receipts)
        assert arrived() == 0

    assert receipts == []


def test_an_envelope_sender_that_no_mail_fits_fails_nobody() -> None:
    signer = Verp("secret", "bounces.example", local="b" * 60)
    receipts: list[Receipt] = []
    with running(ScriptedServer()) as server:
        transport = SmtpTransport("127.0.0.1", server.port, tls="none", bounce_signer=signer)
        with pytest.raises(UnbuiltMail, match="envelope sender"):
            given(transport, a_batch(count=3), receipts)
        assert server.arrived == []

    assert receipts == []


def test_a_sender_of_which_smtp_can_make_nothing_plain_fails_nobody() -> None:
    batch = a_batch(count=2)
    odd = replace(batch, letterhead=replace(batch.letterhead, sender=Mailbox("N", "ö@a.example")))
    with running(ScriptedServer()) as server:
        transport = SmtpTransport("127.0.0.1", server.port, tls="none")
        with pytest.raises(UnbuiltMail, match="outside ASCII"):
            given(transport, odd, [])
        assert server.arrived == []
