"""The mail around the parts: headers, encodings, line lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

from digest.rendering.checks.findings import Finding, Level

MAX_LINE = 998
"""Characters without the line end (RFC 5322, 2.1.1)."""

LONG_SUBJECT = 100
"""Characters; no inbox shows more."""

_WANTED = {
    "From": "name the sender",
    "To": "name the reader",
    "Subject": "write one",
    "Date": "set it; a missing one counts as spam",
    "Message-ID": "set one that is the same for every attempt",
    "MIME-Version": "write 1.0",
}
_LISTED = {
    "List-Unsubscribe": "give an https address in angle brackets; Gmail and Yahoo ask for it",
    "List-Unsubscribe-Post": "write List-Unsubscribe=One-Click (RFC 8058)",
    "List-Id": "name the list (RFC 2919), so that readers can sort by it",
}


def check(message: EmailMessage, raw: bytes) -> Iterator[Finding]:
    """Yield what is wrong with headers and encoding."""
    yield from _present(message)
    yield from _subject(message)
    yield from _unsubscribe(message)
    yield from _parts(message)
    yield from _lines(raw)


def _finding(element: str, problem: str, remedy: str, level: Level = Level.ERROR) -> Finding:
    return Finding(level, "headers", element, problem, remedy)


def _present(message: EmailMessage) -> Iterator[Finding]:
    for name, remedy in {**_WANTED, **_LISTED}.items():
        found = message.get_all(name, [])
        if not found or not str(found[0]).strip():
            yield _finding(name, "is missing", remedy)
        elif len(found) > 1:
            yield _finding(name, f"is there {len(found)} times", "keep one")
    sender = message["From"]
    if sender is not None and len(getattr(sender, "addresses", ())) != 1:
        yield _finding("From", "does not name exactly one address", "write Name <address>")
    for name, value in message.items():
        for defect in getattr(value, "defects", ()):
            yield _finding(name, f"can't be read as it is ({defect})", "write it as RFC 5322 has it")


def _subject(message: EmailMessage) -> Iterator[Finding]:
    subject = str(message["Subject"] or "")
    if len(subject) > LONG_SUBJECT:
        problem = f"has {len(subject)} characters, and no inbox shows more than {LONG_SUBJECT}"
        yield _finding("Subject", problem, "shorten it", Level.WARNING)
    letters = [char for char in subject if char.isalpha()]
    if len(letters) > 10 and all(char.isupper() for char in letters):
        problem = "is all capitals, which filters count"
        yield _finding("Subject", problem, "use sentence case", Level.WARNING)
    if "!!" in subject:
        problem = "has exclamation marks in a row, which filters count"
        yield _finding("Subject", problem, "take them out", Level.WARNING)


def _unsubscribe(message: EmailMessage) -> Iterator[Finding]:
    value = str(message["List-Unsubscribe"] or "")
    if value and not re.search(r"<https://[^<>\s]+>", value):
        remedy = "one click needs an https address in angle brackets"
        yield _finding("List-Unsubscribe", "has no https address", remedy)
    post = str(message["List-Unsubscribe-Post"] or "")
    if post and post.strip() != "List-Unsubscribe=One-Click":
        remedy = "write List-Unsubscribe=One-Click (RFC 8058)"
        yield _finding("List-Unsubscribe-Post", "is not the one word that works", remedy)
    body = message.get_body(("html", "plain"))
    if value and body is not None:
        text = body.get_content().replace("&amp;", "&")
        addresses = re.findall(r"<(https://[^<>\s]+)>", value)
        if addresses and not any(address in text for address in addresses):
            problem = "is no link in the mail itself"
            yield _finding("List-Unsubscribe", problem, "link it in the footer too", Level.WARNING)


def _parts(message: EmailMessage) -> Iterator[Finding]:
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    if kinds[:2] != ["text/plain", "text/html"] or message.get_content_type() != "multipart/alternative":
        yield _finding(
            "Content-Type",
            f"holds {', '.join(kinds) or 'nothing'}",
            "send multipart/alternative: text/plain first, text/html after it",
        )
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        charset = (part.get_content_charset() or "").lower()
        if charset not in {"utf-8", "utf8"}:
            yield Finding(
                Level.ERROR,
                "charset",
                f"the {part.get_content_type()} part",
                f"is labeled {charset or 'with no charset'}, and Gmail clips such parts at any size",
                "send utf-8",
            )
        if str(part["Content-Transfer-Encoding"] or "").lower() == "8bit":
            element = f"the {part.get_content_type()} part"
            yield _finding(element, "is sent as 8bit, which not every server passes on", "quote it")


def _lines(raw: bytes) -> Iterator[Finding]:
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if any(byte > 127 for byte in head):
        remedy = "encode it (RFC 2047)"
        yield _finding("the headers", "hold bytes outside ASCII", remedy)
    longest = max((len(line) for line in raw.splitlines()), default=0)
    if longest > MAX_LINE:
        problem = f"has {longest} characters, and servers may break a line after {MAX_LINE}"
        yield _finding("the longest line", problem, "use quoted-printable")
