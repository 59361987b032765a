"""The bounce box: a Maildir, or a mailbox on an IMAP server.

A mail that was read moves on only when the caller says so, after its event is stored: a crash in
between reads it again, and the same mail is the same event.
"""

from __future__ import annotations

import imaplib
import logging
import mailbox
import ssl
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

from digest.errors import BadData, TransportUnavailable

log = logging.getLogger(__name__)

_MAX_BYTES: Final = 2_000_000
_TIMEOUT_S: Final = 60.0


class Inbox(Protocol):
    """A place that bounces come to."""

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the bytes of every mail not yet done, oldest first."""
        ...

    def done(self, key: str) -> None:
        """Put one mail away; its event is stored."""
        ...


class MaildirInbox:
    """A local Maildir: unread mails are in `new`, done ones move to `cur`, marked seen."""

    def __init__(self, path: Path) -> None:
        """Take an existing Maildir.

        Raises:
            BadData: the folder is none.
        """
        if not (path / "new").is_dir():
            raise BadData(str(path), "it is no Maildir", "Name the folder that has `new`, `cur` and `tmp`.")
        self._box = mailbox.Maildir(path, create=False)

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Yield the mails in `new`; see `Inbox`."""
        for key in sorted(self._box.keys()):
            try:
                if self._box.get_message(key).get_subdir() == "new":
                    yield key, self._box.get_bytes(key)[:_MAX_BYTES]
            except (KeyError, FileNotFoundError):  # someone else took it away
                log.info("a mail left the bounce box while it was read")

    def done(self, key: str) -> None:
        """Move one mail to `cur`, seen."""
        try:
            message = self._box.get_message(key)
            message.set_subdir("cur")
            message.add_flag("S")
            self._box[key] = message
        except KeyError:
            log.info("a mail left the bounce box before it was done")


class ImapInbox:
    """A folder on an IMAP server, over TLS; unseen mails are new, done ones are marked seen."""

    def __init__(
        self,
        host: str,
        *,
        username: str,
        password: str,
        port: int = 993,
        folder: str = "INBOX",
        tls_context: ssl.SSLContext | None = None,
    ) -> None:
        """Log in.

        Raises:
            TransportUnavailable: no connection, no login or no such folder.
        """
        where = f"{host}:{port}"
        context = tls_context or ssl.create_default_context()
        try:
            self._imap = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=_TIMEOUT_S)
        except (imaplib.IMAP4.error, OSError) as error:
            raise TransportUnavailable("imap", f"{where}: {error}") from error
        try:
            self._imap.login(username, password)
            status, _ = self._imap.select(f'"{folder}"')
        except (imaplib.IMAP4.error, OSError) as error:
            self._imap.shutdown()
            # The server's text may repeat the login.
            raise TransportUnavailable("imap", f"{where}: no login ({type(error).__name__})") from error
        if status != "OK":
            self.close()
            raise TransportUnavailable("imap", f"{where}: no folder {folder!r}")

    def __enter__(self) -> Self:
        """Return the inbox."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log out."""
        self.close()

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Yield the unseen mails; fetching does not mark them. See `Inbox`.

        Raises:
            TransportUnavailable: the connection broke.
        """
        found = self._ask("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").decode().split():
            for part in self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{_MAX_BYTES}>)"):
                if isinstance(part, tuple):
                    yield uid, part[1]

    def done(self, key: str) -> None:
        """Mark one mail seen.

        Raises:
            TransportUnavailable: the connection broke.
        """
        self._ask("STORE", key, "+FLAGS.SILENT", r"(\Seen)")

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        try:
            return self._imap.uid(command, *arguments)[1]
        except (imaplib.IMAP4.error, OSError) as error:
            raise TransportUnavailable(
                "imap", f"{command.lower()} failed ({type(error).__name__})"
            ) from error

    def close(self) -> None:
        """Log out; never raises for what the server does."""
        try:
            self._imap.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            log.info("imap logout: %s", type(error).__name__)
