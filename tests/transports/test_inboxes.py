from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
import trustme

from digest.errors import TransportUnavailable
from digest.transports.inboxes import ImapInbox
from tests.transports import imap_server
from tests.transports.imap_server import Box

AUTHORITY = trustme.CA()


@pytest.fixture
def box() -> Iterator[Box]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(tls)
    mails = {7: b"Subject: one\r\n\r\nx\r\n", 9: b"Subject: two\r\n\r\n(odd) {3}\r\n", 12: b""}
    with imap_server.running(Box(mails, seen={12}), tls) as started:
        yield started


def inbox(box: Box, *, password: str = "pass word", folder: str = "Bounces") -> ImapInbox:
    trust = ssl.create_default_context()
    AUTHORITY.configure_trust(trust)
    return ImapInbox(
        "127.0.0.1", port=box.port, username="press", password=password, folder=folder, tls_context=trust
    )


def test_an_imap_folder_gives_each_mail_until_it_is_done(box: Box) -> None:
    with inbox(box) as opened:
        assert list(opened.mails()) == [("7", box.mails[7]), ("9", box.mails[9])]
        opened.done("7")
        assert [key for key, _ in opened.mails()] == ["9"]

    assert box.seen == {7, 12}


def test_a_refused_login_is_unavailable_and_not_repeated(box: Box) -> None:
    with pytest.raises(TransportUnavailable) as caught:
        inbox(box, password="hunter2")

    assert "hunter2" not in str(caught.value)


def test_a_missing_folder_is_unavailable(box: Box) -> None:
    with pytest.raises(TransportUnavailable, match="no folder 'Nowhere'"):
        inbox(box, folder="Nowhere")


def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(TransportUnavailable, match=r"127\.0\.0\.1:1"):
        ImapInbox("127.0.0.1", port=1, username="u", password="p")


def test_a_connection_that_breaks_is_unavailable(box: Box) -> None:
    with inbox(box) as opened:
        opened._imap.shutdown()

        with pytest.raises(TransportUnavailable, match="search failed"):
            list(opened.mails())
