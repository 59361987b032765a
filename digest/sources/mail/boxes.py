"""Where letters lie: a Maildir, or a folder on an IMAP server. Both are only read.

What was read is remembered with the articles, in one transaction: a crash in between reads it again, and
the same mail is the same article. So nothing is ever marked, moved or deleted there.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from digest.sources.mail.letters import Envelope, read_envelope
from digest.sources.mail.logins import BoxFailed, connected, leave, log_in, log_in_by_token, reason
from digest.sources.mail.tokens import Tokens

if TYPE_CHECKING:
    from imapclient import IMAPClient

HORIZON = timedelta(days=31)
"""Older mails are left alone."""
MAX_BYTES: Final = 5_000_000
"""Of one mail; of a bigger one the beginning is read, where its text stands."""
MAX_HEAD: Final = 200_000
"""In bytes: a mail's headers."""
MAX_MAILS: Final = 1_000
"""What one crawl reads at most; the newest."""
HEADS_AT_ONCE: Final = 100
MAX_CRAWL_S: Final = 300.0

Wanted = Callable[[Envelope], bool]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of a box.

    Attributes:
        key: what the box calls it.
        content: its bytes, MAX_BYTES at most.
        size: of all of it, in bytes.
        arrived: when the box got it; None where it does not say.
    """

    key: str
    content: bytes
    size: int
    arrived: datetime | None = None


@dataclass
class Looked:
    """What a crawl has looked at so far; kept up while its mails are taken.

    Attributes:
        notes: for the next crawl.
        new: mails that were not known.
        problems: sentences about the box.
    """

    notes: dict[str, str] = field(default_factory=dict)
    new: int = 0
    problems: list[str] = field(default_factory=list)


class Box(Protocol):
    """A place that letters come to."""

    @property
    def where(self) -> str:
        """Return what it is called in problems."""
        ...

    def mails(
        self, notes: Mapping[str, str], wanted: Wanted, looked: Looked, now: datetime
    ) -> Iterator[Mail]:
        """Yield the new mails that are wanted, oldest first.

        Raises:
            BoxFailed: it can't be opened, or not be read on.
        """
        ...


@dataclass(frozen=True, slots=True)
class MaildirBox:
    """A Maildir on this machine."""

    path: Path

    @property
    def where(self) -> str:
        """Return its path."""
        return str(self.path)

    def mails(
        self, notes: Mapping[str, str], wanted: Wanted, looked: Looked, now: datetime
    ) -> Iterator[Mail]:
        """Yield the new mails that are wanted; see `Box`."""
        known = frozenset(notes.get("known", "").split())
        files = self._files(now)
        looked.notes["known"] = " ".join(_mark(key) for _, key, _ in files)
        new = [one for one in files if _mark(one[1]) not in known]
        looked.new = len(new)
        taken = [(at, key, path) for at, key, path in new if self._is_wanted(path, wanted)]
        if len(taken) > MAX_MAILS:
            looked.problems.append(f"holds {len(taken)} new mails; the newest {MAX_MAILS} were read")
        for at, key, path in taken[-MAX_MAILS:]:
            try:
                with path.open("rb") as file:
                    content, size = file.read(MAX_BYTES), path.stat().st_size
            except OSError:  # a mail program moved it while we read; the next crawl meets it again
                marks = looked.notes["known"].split()
                looked.notes["known"] = " ".join(mark for mark in marks if mark != _mark(key))
                continue
            yield Mail(key, content, size, at)

    def _files(self, now: datetime) -> list[tuple[datetime, str, Path]]:
        """Return what is there of the last weeks: when it came, its key, its file."""
        if not (self.path / "new").is_dir() or not (self.path / "cur").is_dir():
            reason = "is no Maildir: it has no `new` and `cur`" if self.path.is_dir() else "is not there"
            raise BoxFailed(self.where, f"{reason}; has it moved?")
        found: list[tuple[datetime, str, Path]] = []
        try:
            files = [one for name in ("new", "cur") for one in (self.path / name).iterdir()]
        except OSError as error:
            raise BoxFailed(self.where, f"can't be read ({error.strerror})") from error
        for file in files:
            key, _, flags = file.name.partition(":2,")
            if key.startswith(".") or "T" in flags or file.is_symlink():
                continue
            try:
                at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            except FileNotFoundError:  # a mail program moved it to `cur` meanwhile; the next crawl reads it
                continue
            if at >= now - HORIZON and file.is_file():
                found.append((at, key, file))
        return sorted(found)

    def _is_wanted(self, path: Path, wanted: Wanted) -> bool:
        try:
            with path.open("rb") as file:
                return wanted(read_envelope(_head(file.read(MAX_HEAD))))
        except OSError:
            return True  # told where it is read


@dataclass(frozen=True, slots=True)
class ImapBox:
    """A folder on an IMAP server.

    Attributes:
        is_tls: TLS from the start; else STARTTLS, and no login without it.
        tls: where other authorities are to be trusted.
        tokens: where given, log in by OAuth, and the password is not looked at.
    """

    host: str
    username: str
    password: str = field(default="", repr=False)
    port: int = 993
    folder: str = "INBOX"
    is_tls: bool = True
    tls: ssl.SSLContext | None = None
    tokens: Tokens | None = None

    @property
    def where(self) -> str:
        """Return server and folder."""
        return f"imap://{self.host}:{self.port}/{self.folder}"

    def mails(
        self, notes: Mapping[str, str], wanted: Wanted, looked: Looked, now: datetime
    ) -> Iterator[Mail]:
        """Yield the new mails that are wanted; see `Box`."""
        client = self._logged_in()
        try:
            with self._told("stopped answering"):
                validity = self._opened(client)
                last = int(notes.get("uid", "0")) if notes.get("validity") == validity else 0
                looked.notes |= {"validity": validity, "uid": str(last)}
                uids = _new_uids(client, last, now)
                looked.new = len(uids)
                taken = list(self._wanted(client, uids, wanted))
            if len(taken) > MAX_MAILS:
                looked.problems.append(f"holds {len(taken)} new mails; the newest {MAX_MAILS} were read")
            over = time.monotonic() + MAX_CRAWL_S
            for uid, size, arrived in taken[-MAX_MAILS:]:
                if time.monotonic() > over:
                    looked.problems.append("took too long; the rest is read at the next crawl")
                    return
                content = self._content(client, uid, notes, looked)
                if content is not None:
                    yield Mail(str(uid), content, size, arrived)
                looked.notes["uid"] = str(uid)
            if uids:
                looked.notes["uid"] = str(uids[-1])
        finally:
            leave(client)

    def _logged_in(self) -> IMAPClient:
        context = self.tls or ssl.create_default_context()
        client = connected(self.where, self.host, self.port, context, is_tls=self.is_tls)
        if self.tokens is not None:
            log_in_by_token(self.where, client, self.username, self.tokens)
        else:
            log_in(self.where, client, self.username, self.password)
        return client

    def _opened(self, client: IMAPClient) -> str:
        """Open the folder for reading only, and return what its numbers hold for."""
        from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

        try:
            opened: Mapping[bytes, Any] = client.select_folder(self.folder, readonly=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            names = [name for _, _, name in client.list_folders()]
            shown = ", ".join(str(name) for name in names[:10]) + (", …" if len(names) > 10 else "")
            what = f"has no folder {self.folder!r} that may be read; it has {shown or 'none'}"
            raise BoxFailed(self.where, f"{what}; has it moved?") from error
        return str(opened.get(b"UIDVALIDITY", ""))

    def _wanted(
        self, client: IMAPClient, uids: Sequence[int], wanted: Wanted
    ) -> Iterator[tuple[int, int, datetime | None]]:
        """Yield number, size and arrival of the mails that a source takes, by their headers."""
        for start in range(0, len(uids), HEADS_AT_ONCE):
            asked = uids[start : start + HEADS_AT_ONCE]
            heads = client.fetch(asked, ["RFC822.SIZE", "INTERNALDATE", f"BODY.PEEK[HEADER]<0.{MAX_HEAD}>"])
            for uid in asked:
                told = heads.get(uid, {})
                head = next((value for name, value in told.items() if name.startswith(b"BODY[")), None)
                if isinstance(head, bytes) and wanted(read_envelope(head)):
                    arrived = told.get(b"INTERNALDATE")
                    is_stamp = isinstance(arrived, datetime)
                    yield (
                        uid,
                        int(told.get(b"RFC822.SIZE", 0)),
                        arrived.astimezone(UTC) if is_stamp else None,
                    )

    def _content(
        self, client: IMAPClient, uid: int, notes: Mapping[str, str], looked: Looked
    ) -> bytes | None:
        """Return a mail's bytes; None for one that broke the connection twice, or is gone."""
        if notes.get("stuck") == str(uid):
            looked.problems.append(f"broke off twice at mail {uid}; it was left out")
            return None
        looked.notes["stuck"] = str(uid)
        with self._told(f"broke off at mail {uid}"):
            told = client.fetch([uid], [f"BODY.PEEK[]<0.{MAX_BYTES}>"]).get(uid, {})
        del looked.notes["stuck"]
        return next((value for name, value in told.items() if name.startswith(b"BODY[")), None)

    def _told(self, what: str) -> _Told:
        return _Told(self.where, what)


@dataclass(frozen=True, slots=True)
class _Told:
    """Makes a server's fault a sentence."""

    where: str
    what: str

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        from imapclient.exceptions import IMAPClientError

        if isinstance(error, (IMAPClientError, OSError, UnicodeError, ValueError)) and not isinstance(
            error, BoxFailed
        ):
            raise BoxFailed(
                self.where, f"{self.what} ({reason(error)}); the next crawl goes on there"
            ) from error


def _new_uids(client: IMAPClient, last: int, now: datetime) -> list[int]:
    """Return the numbers after the last one read, of the last weeks only where none was."""
    since = (now - HORIZON).date()
    asked = ["UNDELETED", *(["UID", f"{last + 1}:*"] if last else ["SINCE", since])]
    return sorted(uid for uid in client.search(asked) if uid > last)


def _head(content: bytes) -> bytes:
    """Return a mail's headers."""
    ends = [at for mark in (b"\r\n\r\n", b"\n\n") if (at := content.find(mark)) >= 0]
    return content[: min(ends)] + b"\n\n" if ends else content


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:10]
