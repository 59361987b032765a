from __future__ import annotations

import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import BadData
from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.feedback import read_feedback
from digest.transports.inboxes import MaildirInbox
from digest.transports.verp import Verp

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
VERP = Verp("secret", "harbour.example")
REFERENCE = "1-2-1-abc"


def bounce(status: str = "5.1.1", action: str = "failed", to: str = "", quoted: str = "") -> bytes:
    """Write a delivery status notification, as Postfix does."""
    return (
        f"Return-Path: <>\r\nDate: Mon, 23 Nov 2026 04:00:00 +0000\r\n"
        "From: MAILER-DAEMON@mx.readers.example\r\n"
        f"To: {to or VERP.sender(REFERENCE)}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <b1@mx.readers.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.readers.example\r\n\r\n"
        f"Final-Recipient: rfc822; ann@readers.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{quoted}Subject: Ships\r\n\r\n--b--\r\n"
    ).encode()


def complaint(kind: str = "abuse", quoted: str = "") -> bytes:
    """Write an abuse report (RFC 5965, appendix B.1)."""
    return (
        "From: <abusedesk@readers.example>\r\nDate: Mon, 23 Nov 2026 04:30:00 +0000\r\n"
        "To: <abuse@harbour.example>\r\nMIME-Version: 1.0\r\nMessage-ID: <c1@readers.example>\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {kind}\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n"
        f"Original-Mail-From: <{VERP.sender(REFERENCE)}>\r\nOriginal-Rcpt-To: <ann@readers.example>\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"{quoted}From: <morning@harbour.example>\r\n\r\nHi\r\n\r\n"
        "--b--\r\n"
    ).encode()


def event_of(raw: bytes, verp: Verp | None = VERP) -> MailEvent:
    found = read_feedback(raw, verp=verp, now=NOW)
    assert isinstance(found, MailEvent), found
    return found


@pytest.mark.parametrize(
    ("status", "action", "kind", "is_permanent"),
    [
        ("5.1.1", "failed", EventKind.BOUNCED, True),
        ("4.4.1", "delayed", EventKind.DEFERRED, False),
        ("4.4.7", "failed", EventKind.DEFERRED, False),
    ],
)
def test_a_bounce_is_told_of_its_delivery(
    status: str, action: str, kind: EventKind, is_permanent: bool
) -> None:
    found = event_of(bounce(status, action))

    assert (found.kind, found.is_permanent, found.reference) == (kind, is_permanent, REFERENCE)
    assert (found.address, found.reason) == ("ann@readers.example", "550 5.1.1 unknown")
    assert found.verdict is (Verdict.DEAD if is_permanent else Verdict.UNKNOWN)
    assert found.at == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_the_same_bounce_twice_is_one_event() -> None:
    assert event_of(bounce()).event_id == event_of(bounce()).event_id


def test_a_bounce_to_a_forged_address_is_a_problem() -> None:
    forged = VERP.sender(REFERENCE).replace("1-2-1-abc", "1-3-1-abc")

    assert isinstance(read_feedback(bounce(to=forged), verp=VERP, now=NOW), Problem)


@pytest.mark.parametrize(
    ("quoted", "told"),
    [
        pytest.param("", "1-2-0-k3y", id="nothing quoted"),
        pytest.param("X-Digest-Reference: 1-2-3-abc\r\n", "1-2-3-abc", id="its own attempt"),
        pytest.param("X-Digest-Reference: 1-3-1-abc\r\n", "1-2-0-k3y", id="another delivery's"),
        pytest.param("X-Digest-Reference: 11-2-1-abc\r\n", "1-2-0-k3y", id="another edition's"),
        pytest.param("X-Digest-Reference: x\r\n", "1-2-0-k3y", id="none of ours"),
    ],
)
def test_the_attempt_is_read_from_the_mail_that_came_back(quoted: str, told: str) -> None:
    raw = bounce(to=VERP.sender("1-2-0-k3y"), quoted=quoted)

    assert event_of(raw).reference == told


def test_without_verp_the_quoted_header_names_the_delivery() -> None:
    raw = bounce(to="morning@harbour.example", quoted=f"X-Digest-Reference: {REFERENCE}\r\n")

    assert event_of(raw, verp=None).reference == REFERENCE
    assert isinstance(read_feedback(raw, verp=VERP, now=NOW), Problem)


def test_a_complaint_is_told_of_its_delivery() -> None:
    found = event_of(complaint())

    assert (found.kind, found.reference) == (EventKind.COMPLAINED, REFERENCE)
    assert found.address == "ann@readers.example"
    assert found.reason == "abuse SomeGenerator/1.0"


@pytest.mark.parametrize(
    "kind",
    ["abuse", "Abuse", "fraud", "virus", "other", "miscategorized", "abuse (a reader's)", "abuse; x=1", ""],
)
def test_what_a_reader_says_against_a_mail_is_a_complaint(kind: str) -> None:
    assert event_of(complaint(kind)).kind is EventKind.COMPLAINED


@pytest.mark.parametrize("kind", ["opt-out", "opt-out-list"])
def test_a_reader_who_wants_out_is_no_complaint_but_a_no(kind: str) -> None:
    assert event_of(complaint(kind)).kind is EventKind.UNSUBSCRIBED


AUTH_FAILURE = "Auth-Failure: dmarc\r\nIdentity-Alignment: none\r\nDelivery-Result: reject\r\n"


@pytest.mark.parametrize(
    "kind", ["auth-failure", "Auth-Failure", "auth-failure (dmarc)", "dmarc", "dkim", "not-spam", "tls"]
)
def test_a_report_on_authentication_is_no_complaint(kind: str) -> None:
    for fields in ("", AUTH_FAILURE):
        raw = complaint(kind).replace(b"Version: 1\r\n", b"Version: 1\r\n" + fields.encode())

        assert isinstance(read_feedback(raw, verp=VERP, now=NOW), Problem)


def test_a_report_on_authentication_without_its_kind_is_no_complaint() -> None:
    raw = complaint("").replace(b"Feedback-Type: \r\n", AUTH_FAILURE.encode())

    assert isinstance(read_feedback(raw, verp=VERP, now=NOW), Problem)


def test_a_report_on_authentication_that_quotes_a_bounce_is_no_bounce() -> None:
    status = bounce().split(b"--b\r\n")[2]
    raw = complaint("auth-failure").replace(b"--b--", b"--b\r\n" + status + b"--b--")

    assert b"Final-Recipient" in raw
    assert isinstance(read_feedback(raw, verp=VERP, now=NOW), Problem)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(complaint("not-spam"), id="the reader took it back"),
        pytest.param(b"From: ann@readers.example\r\nSubject: Thanks\r\n\r\nLovely.\r\n", id="a letter"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\x00\r\n\r\n\xff", id="noise"),
        pytest.param(bounce()[:300], id="cut off"),
    ],
)
def test_what_is_no_feedback_is_a_problem(raw: bytes) -> None:
    assert isinstance(read_feedback(raw, verp=VERP, now=NOW), Problem)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(data=st.data())
def test_no_damage_to_a_mail_crashes_the_reading(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([bounce(), complaint()])))
    for _ in range(data.draw(st.integers(0, 10))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))

    read_feedback(bytes(raw), verp=VERP, now=NOW)


def test_a_maildir_gives_each_mail_until_it_is_done(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box", create=True)
    for number in (1, 2):
        message = EmailMessage()
        message["Subject"] = f"bounce {number}"
        message.set_content("x")
        box.add(message)
    box.close()
    inbox = MaildirInbox(tmp_path / "box")
    first, second = list(inbox.mails())

    inbox.done(first[0])

    assert [key for key, _ in MaildirInbox(tmp_path / "box").mails()] == [second[0]]
    assert b"Subject: bounce" in second[1]
    (seen,) = (tmp_path / "box" / "cur").iterdir()
    assert seen.name.endswith(":2,S")


def test_a_folder_that_is_no_maildir_is_bad_data(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="no Maildir"):
        MaildirInbox(tmp_path)
