"""Links that say whose mail they were in: each reader's own, in both parts, whatever the transport."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from pathlib import Path

from digest.model import Batch
from digest.testing import NOW, a_batch, a_rendered
from digest.transports.outbox import OutboxTransport
from digest.transports.sendgrid.transport import SendGridTransport
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import KEY, Mock
from tests.transports.smtp import server as smtp_server
from tests.transports.smtp.server import ScriptedServer

LINK = "https://harbour.example/l/l1.a~-~morning.mac"


def counted() -> Batch:
    rendered = a_rendered(
        html=f'<p><a href="{LINK}?r=%%click%%">Ferry</a> <a href="%%unsubscribe_url%%">Unsubscribe</a></p>',
        text=f"Ferry {LINK}?r=%%click%%\n%%unsubscribe_url%%\n",
    )
    batch = a_batch(count=3, rendered=rendered)
    return replace(
        batch,
        values=tuple({**one, "click": f"k1.{at}-abc~5f.mac-_"} for at, one in enumerate(batch.values)),
    )


def parts(content: bytes) -> tuple[str, str]:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert text is not None
    return html.get_content(), text.get_content()


def agree(found: dict[str, tuple[str, str]], batch: Batch) -> None:
    """Check that each reader's two parts have that reader's link, and no token is left."""
    assert set(found) == {one.address for one in batch.deliveries}
    for delivery, values in zip(batch.deliveries, batch.values, strict=True):
        html, text = found[delivery.address]
        assert f'href="{LINK}?r={values["click"]}"' in html
        assert f"{LINK}?r={values['click']}\n" in text.replace("\r\n", "\n")
        assert "%%" not in html + text


def test_in_the_outbox(tmp_path: Path) -> None:
    batch = counted()

    list(OutboxTransport(tmp_path).send(batch))

    mails = [path.read_bytes() for path in tmp_path.rglob("*.eml")]
    agree(
        {str(email.message_from_bytes(one)["To"]).split("<")[-1].rstrip(">"): parts(one) for one in mails},
        batch,
    )


def test_over_smtp() -> None:
    batch, server = counted(), ScriptedServer()
    with smtp_server.running(server):
        transport = SmtpTransport("127.0.0.1", server.port, tls="none")
        list(transport.send(batch))
        transport.close()

    agree({one.recipient: parts(one.content) for one in server.arrived}, batch)


def test_over_sendgrid() -> None:
    batch = counted()
    with sendgrid_mock.running(Mock()) as mock:
        transport = SendGridTransport(KEY, api_url=mock.url, clock=lambda: NOW)
        list(transport.send(batch))
        transport.close()

    agree({one.address: (one.html, one.text) for one in mock.mails}, batch)
