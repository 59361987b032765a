"""Letters to read, as bytes, and a Maildir to lay them in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model import Article, SourceKey
from digest.ports import Collected, Memory
from digest.sources.mail.boxes import MaildirBox
from digest.sources.mail.rules import Rules
from digest.sources.mailbox import ANY, MailboxSource

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
BASE = "https://paper.example/"
TEXT = (
    "The harbour opened again on Monday after three weeks of repairs, the port said.\n\n"
    "Ships of up to 200 metres can enter at any tide, and the ferry runs every hour again."
)


def letter(text: str = TEXT, /, *, body: bytes = b"", **fields: str) -> bytes:
    """Return a mail: fields by name (`_` is a hyphen; empty ones are left out), then its body."""
    told = {
        "From": "Harbour Press <press@harbour.example>",
        "To": "desk@paper.example",
        "Subject": "Harbour opens again",
        "Date": "Tue, 01 Dec 2026 09:00:00 +0000",
        "Message-ID": "<one@harbour.example>",
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return head.encode() + b"\r\n" + (body or text.replace("\n", "\r\n").encode())


def html_letter(html: str, **fields: str) -> bytes:
    """Return a mail with an HTML part alone."""
    return letter(html, body=b"", **(fields | {"Content_Type": "text/html; charset=utf-8"}))


def a_maildir(path: Path, *mails: bytes, at: datetime = NOW) -> Path:
    """Return a Maildir that holds mails, delivered one second after the other."""
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True, exist_ok=True)
    start = len(list((path / "new").iterdir()))
    for number, mail in enumerate(mails, start):
        file = path / "new" / f"{1_700_000_000 + number}.M{number}.host"
        file.write_bytes(mail)
        os.utime(file, (at.timestamp() - 3600 + number,) * 2)
    return path


def a_source(path: Path, *, rules: Rules = ANY, is_split: bool = False) -> MailboxSource:
    """Return a source of a Maildir."""
    return MailboxSource(
        SourceKey("letters"),
        MaildirBox(path),
        zone=ZoneInfo("Europe/Berlin"),
        base_url=BASE,
        rules=rules,
        is_split=is_split,
    )


def collected(tmp_path: Path, *mails: bytes, is_split: bool = False) -> Collected:
    return a_source(a_maildir(tmp_path / "box", *mails), is_split=is_split).collect(Memory(), now=NOW)


def only(tmp_path: Path, mail: bytes) -> Article:
    found = collected(tmp_path, mail)
    assert [str(one) for one in found.problems] == []
    (article,) = found.articles
    return article
