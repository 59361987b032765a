"""The one contract, against every transport."""

from __future__ import annotations

import email
from collections.abc import Iterable
from email.policy import default
from pathlib import Path

import pytest

from digest.testing import check_transport
from digest.transports.outbox import OutboxTransport
from digest.transports.sendgrid.transport import SendGridTransport
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import KEY, Mock
from tests.transports.smtp.server import ScriptedServer, running


def to_addresses(mails: Iterable[bytes]) -> list[str]:
    return [
        str(email.message_from_bytes(mail, policy=default)["To"].addresses[0].addr_spec) for mail in mails
    ]


def test_the_outbox_keeps_the_contract(tmp_path: Path) -> None:
    check_transport(
        lambda: OutboxTransport(tmp_path / "outbox"),
        arrived=lambda: to_addresses(path.read_bytes() for path in (tmp_path / "outbox/new").iterdir()),
    )


@pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "aiosmtplib"])
def test_smtp_keeps_the_contract(pipelining: bool) -> None:
    with running(ScriptedServer(offers_pipelining=pipelining)) as server:
        check_transport(
            lambda: SmtpTransport("127.0.0.1", server.port, tls="none"),
            arrived=lambda: [mail.recipient for mail in server.arrived],
        )


def test_sendgrid_keeps_the_contract() -> None:
    with sendgrid_mock.running(Mock()) as mock:
        check_transport(lambda: SendGridTransport(KEY, api_url=mock.url), arrived=lambda: mock.addresses)
