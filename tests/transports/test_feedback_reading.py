from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from digest.model import EventKind, MailEvent, Problem
from digest.transports.feedback_reading import read_all
from digest.transports.inboxes import MaildirInbox
from tests.transports.test_feedback import NOW, REFERENCE, VERP, bounce, complaint

LETTER = b"From: ann@readers.example\r\nTo: morning@harbour.example\r\n\r\nThank you!\r\n"


@pytest.fixture
def box(tmp_path: Path) -> MaildirInbox:
    maildir = mailbox.Maildir(tmp_path / "bounces")
    for raw in (bounce(), LETTER, complaint()):
        maildir.add(raw)
    return MaildirInbox(tmp_path / "bounces")


def test_every_mail_is_told_of_and_put_away(box: MaildirInbox) -> None:
    told = list(read_all(box, VERP, NOW))

    events = [one for one in told if isinstance(one, MailEvent)]
    assert {event.kind for event in events} == {EventKind.BOUNCED, EventKind.COMPLAINED}
    assert {event.reference for event in events} == {REFERENCE}
    assert [one.what for one in told if isinstance(one, Problem)] == [
        "it is neither a bounce nor a complaint"
    ]
    assert list(box.mails()) == []


def test_what_was_not_stored_is_read_again(box: MaildirInbox) -> None:
    first = next(read_all(box, VERP, NOW))

    again = list(read_all(box, VERP, NOW))

    assert first in again
    assert len(again) == 3


def test_a_mail_is_put_away_when_the_next_is_asked_for(box: MaildirInbox) -> None:
    reading = read_all(box, VERP, NOW)
    next(reading)
    assert len(list(box.mails())) == 3

    next(reading)

    assert len(list(box.mails())) == 2
