"""What comes back by mail: a bounce suppresses the reader it means, and nobody else."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.sending.test_killed import CountingSink, sink

__all__ = ["sink"]

BOUNCES = '[transport.bounces]\ndomain = "bounce.gazette.example"\npath = "bounces"'


def a_bounce(to: str, reader: str) -> bytes:
    """Return a delivery status notification, RFC 3464, as Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.list.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 07:00:00 +0300
Message-ID: <bounce-of-{reader}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.list.example

Final-Recipient: rfc822; {reader}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b--
""".encode()


@pytest.fixture
def sent(folder: Folder, sink: tuple[CountingSink, int]) -> tuple[Folder, dict[str, str]]:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}'
    folder.ready(readers=3, transport=transport)
    mailbox.Maildir(folder.root / "bounces", create=True).close()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    return folder, handler.senders


def test_a_bounce_suppresses_exactly_the_reader_it_means(sent: tuple[Folder, dict[str, str]]) -> None:
    folder, senders = sent
    assert len(set(senders.values())) == 3
    box = mailbox.Maildir(folder.root / "bounces")
    box.add(a_bounce(senders["reader1@list.example"], "reader1@list.example"))
    box.add(b"From: a.person@list.example\nSubject: thank you\n\nA fine edition.\n")
    box.close()

    said = folder("feedback", "--json", now=NEXT_DAY)
    again = folder("feedback", "--json", now=NEXT_DAY)

    assert said.code == Exit.DONE
    assert said.values == {"events": 1, "new": 1, "problems": 1, "refused": 0, "unsubscribed": 0}
    assert again.values["events"] == 0
    shown = folder("subscribers", "show", "reader1@list.example", "--json").values
    assert [one["kind"] for one in shown["suppressions"]] == ["hard_bounce"]
    for other in ("reader0", "reader2"):
        shown = folder("subscribers", "show", f"{other}@list.example", "--json").values
        assert not shown["suppressions"]


def test_without_a_bounce_box_the_command_says_which_setting_is_missing(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder("feedback")

    assert said.code == Exit.CONFIGURATION
    assert "transport.bounces" in said.err


def test_a_bounce_box_that_is_no_maildir_is_named(folder: Folder, sink: tuple[CountingSink, int]) -> None:
    _, port = sink
    folder.ready(
        readers=1,
        transport=f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}',
    )
    Path("bounces").mkdir(exist_ok=True)

    said = folder("feedback")

    assert said.code == Exit.BAD_DATA
    assert "bounces" in said.err
