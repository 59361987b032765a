"""Through a real mail server: into readers' boxes, and back from it as bounces."""

from __future__ import annotations

import mailbox
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from digest.dispatch.sending import drain
from digest.model import DeliveryState, EventKind, MailEvent, Tally, Verdict
from digest.storage.database import Database, open_database
from digest.storage.ledger.references import lasting
from digest.transports.feedback_reading import read_all
from digest.transports.inboxes import MaildirInbox
from digest.transports.smtp.transport import SmtpTransport
from digest.transports.verp import ReturnPath, Verp, attempt_of
from tests.dispatch.fakes import LETTERHEAD, Names
from tests.storage.samples import KEY, NOW, Reader, frozen
from tests.transports.smtp.postfix_relay import Relay, running

pytestmark = pytest.mark.postfix

VERP = Verp("a secret of the site", "harbour.example")
READERS = [
    Reader(f"r{number}", f"reader{number}@readers.example", name="Zoë O'Brien") for number in range(60)
]
GONE = [Reader(f"g{number}", f"gone{number}@gone.example") for number in range(3)]


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    home = tmp_path / "relay"
    home.mkdir()
    tmp_path.chmod(0o755)
    with running(home) as started:
        yield started


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "digest.db"
    shutil.copy(migrated_sqlite, path)
    opened = open_database(f"sqlite:///{path}")
    frozen(opened, f"sqlite:///{path}", [*READERS, *GONE])
    yield opened
    opened.close()


def arrived(box: Path, count: int) -> list[bytes]:
    """Wait until the Maildir holds so many mails, and return them all."""
    for _ in range(6000):
        if (box / "new").is_dir() and len(list((box / "new").iterdir())) >= count:
            break
        time.sleep(0.1)
    found = mailbox.Maildir(box, create=False)
    return [found.get_bytes(key) for key in found.keys()]  # noqa: SIM118 - a Maildir is no dict


def test_every_mail_reaches_its_box_and_every_bounce_its_delivery(relay: Relay, database: Database) -> None:
    transport = SmtpTransport("127.0.0.1", relay.port, tls="none", bounce_signer=ReturnPath(VERP, lasting))

    tally = drain(
        KEY,
        ledger=database.ledger,
        transport=transport,
        personalizer=Names(),
        letterhead=LETTERHEAD,
        owner="me",
        clock=lambda: NOW,
    )
    transport.close()

    assert tally == Tally(frozen=63, sent=63)
    mails = [message_from_bytes(raw, policy=default) for raw in arrived(relay.readers, len(READERS))]
    assert Counter(mail["X-Original-To"] for mail in mails) == Counter(one.address for one in READERS)
    assert {mail["To"].addresses[0].display_name for mail in mails} == {"Zoë O'Brien"}
    sent = {one.reference: one for one in database.ledger.records(KEY, [DeliveryState.SENT])}
    assert {mail["X-Digest-Reference"] for mail in mails} <= sent.keys()
    assert all(
        attempt_of(VERP.reference(mail["Return-Path"]) or "", mail["X-Digest-Reference"]) in sent
        for mail in mails
    )

    arrived(relay.bounces, len(GONE))
    events = [one for one in read_all(MaildirInbox(relay.bounces), VERP, NOW) if isinstance(one, MailEvent)]

    assert {sent[event.reference].address for event in events} == {one.address for one in GONE}
    assert {(event.kind, event.is_permanent, event.verdict) for event in events} == {
        (EventKind.BOUNCED, True, Verdict.DEAD)
    }
    assert database.ledger.record_events(events) == 3
    assert database.ledger.feedback(KEY).bounced == 3
