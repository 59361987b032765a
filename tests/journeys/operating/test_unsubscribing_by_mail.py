"""Readers who unsubscribe by mail: heard with the bounces, where it was a hand that wrote."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
from email.message import EmailMessage
from urllib.parse import unquote

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from digest.cli.exits import Exit
from digest.cli.session import Session as Work
from digest.model import DeliveryState, EventKind, MailEvent
from digest.upkeep.feedback import take_in
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.operating.test_feedback import BOUNCES
from tests.journeys.sending.test_killed import CountingSink, sink
from tests.web.newsroom import KEY, SEND_TIME

__all__ = ["sink"]

WHO, OTHER = "reader1@list.example", "reader0@list.example"


class KeepingSink(CountingSink):
    """Keeps each mail's header, too."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: dict[str, EmailMessage] = {}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, policy=email.policy.default)
        self.mails |= dict.fromkeys(envelope.rcpt_tos, mail)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def sent(folder: Folder, sink: tuple[CountingSink, int]) -> tuple[Folder, str, str]:
    """Send to three readers on two lists each; give where one of them writes to, and what."""
    handler, port = sink
    kept = KeepingSink()
    handler.handle_DATA = kept.handle_DATA  # type: ignore[method-assign]  # the server's own hook
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}'
    folder.ready(readers=3, transport=transport)
    config = folder.config.read_text()
    folder.config.write_text(config.replace('lists = ["morning"]', 'lists = ["morning", "vip"]'))
    folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "vip")
    mailbox.Maildir(folder.root / "bounces", create=True).close()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    header = kept.mails[WHO]["List-Unsubscribe"]
    found = re.fullmatch(r"<https://[^<>\s]+>, <mailto:([^?]+)\?subject=([^>]+)>", header)
    assert found, header
    assert kept.mails[WHO]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return folder, found[1], unquote(found[2])


def a_mail(to: str, subject: str, *more: str, sender: str = WHO) -> bytes:
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", "Message-ID: <1@list.example>", *more]
    return "\n".join([*head, "", "", ""]).encode()


def put(folder: Folder, raw: bytes) -> dict[str, int]:
    box = mailbox.Maildir(folder.root / "bounces")
    box.add(raw)
    box.close()
    said = folder("feedback", "--json", now=NEXT_DAY)
    assert said.code == Exit.DONE
    values: dict[str, int] = said.values
    return values


def on(folder: Folder, who: str) -> set[str]:
    shown = folder("subscribers", "show", who, "--json").values
    return {one["mailing_list"] for one in shown["subscriptions"] if one["state"] == "active"}


@pytest.mark.parametrize(
    ("address", "subject", "more"),
    [
        pytest.param("{}", "{}", (), id="as a mail program writes it"),
        pytest.param("{}", "", (), id="without the subject"),
        pytest.param("{}", "Please stop", (), id="a subject of one's own"),
        pytest.param("bounces@bounce.gazette.example", "{}", (), id="by the subject alone"),
        pytest.param("bounces@bounce.gazette.example", "Re: {}", (), id="as an answer"),
        pytest.param("someone@else.example", "x", ("Delivered-To: {}",), id="as the server notes it"),
        pytest.param("{}", "{}", ("Auto-Submitted: no", "Return-Path: <x@y.example>"), id="by hand"),
        pytest.param("{}", "{}", ("Received: from a by b; nonsense",), id="an odd date"),
    ],
)
def test_a_mail_to_the_address_leaves_the_newsletter(
    sent: tuple[Folder, str, str], address: str, subject: str, more: tuple[str, ...]
) -> None:
    folder, to, told = sent

    head = (line.format(to) for line in more)
    said = put(folder, a_mail(address.format(to), subject.format(told), *head))

    assert (said["unsubscribed"], said["problems"]) == (1, 0)
    assert on(folder, WHO) == set()
    assert on(folder, OTHER) == {"morning", "vip"}


@pytest.mark.parametrize(
    ("subject", "more", "sender"),
    [
        pytest.param("{}", ("Auto-Submitted: auto-replied",), WHO, id="an automatic answer"),
        pytest.param("{}", ("Auto-Submitted: auto-generated; x=y",), WHO, id="generated"),
        pytest.param("{}", ("Return-Path: <>",), WHO, id="no sender"),
        pytest.param("{}", ("Precedence: auto_reply",), WHO, id="precedence"),
        pytest.param("{}", ("X-Autoreply: yes",), WHO, id="an older header"),
        pytest.param("{}", (), "MAILER-DAEMON@mx.list.example", id="a mail server"),
        pytest.param("Automatic reply: {}", (), WHO, id="by its subject"),
        pytest.param("Out of office", (), WHO, id="away"),
        pytest.param("Undeliverable: {}", (), WHO, id="a bounce"),
        pytest.param("{}", ("Content-Type: multipart/report; boundary=b",), WHO, id="a report"),
    ],
)
def test_what_no_hand_wrote_does_nothing(
    sent: tuple[Folder, str, str], subject: str, more: tuple[str, ...], sender: str
) -> None:
    folder, to, told = sent

    said = put(folder, a_mail(to, subject.format(told), *more, sender=sender))

    assert said["unsubscribed"] == 0
    assert on(folder, WHO) == {"morning", "vip"}


def test_what_is_forged_does_nothing(sent: tuple[Folder, str, str]) -> None:
    folder, to, told = sent
    for address, subject in ((to[1:], told[:-1] + "x"), (to.replace("-", "-a", 1), "unsubscribe")):
        assert put(folder, a_mail(address, subject))["problems"] == 1

    assert on(folder, WHO) == {"morning", "vip"}


def test_the_same_mail_twice_is_one_no(sent: tuple[Folder, str, str]) -> None:
    folder, to, told = sent
    put(folder, a_mail(to, told))
    again = put(folder, a_mail(to, told))

    assert again["unsubscribed"] == 1
    assert on(folder, WHO) == set()


def test_an_erased_readers_mail_is_simply_done(sent: tuple[Folder, str, str]) -> None:
    folder, to, told = sent
    folder("subscribers", "erase", WHO, "--yes")

    assert put(folder, a_mail(to, told))["unsubscribed"] == 1


def test_a_providers_unsubscribe_leaves_the_newsletter_too(sent: tuple[Folder, str, str]) -> None:
    folder, _, _ = sent
    with Work(folder.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
        records = newsroom.database.ledger.records(KEY, [DeliveryState.SENT])
        who = newsroom.database.ledger.readers_of(one.reference for one in records)
        reference = next(key for key, (canonical, _) in who.items() if canonical == WHO)
        event = MailEvent("e1", EventKind.UNSUBSCRIBED, reference, SEND_TIME, address=WHO)
        for _ in range(2):
            take_in(newsroom, [event], now=SEND_TIME)

    assert on(folder, WHO) == set()
    assert on(folder, OTHER) == {"morning", "vip"}
