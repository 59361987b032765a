"""A bounce's own parts, and where the quoted mail begins: nothing below that line is ever judged."""

from __future__ import annotations

import base64
import binascii
import email
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Final

MAX_TEXT: Final = 20_000
"""Characters read of one part."""

_MAX_DEPTH: Final = 6
_STATUSES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_QUOTED: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/partial"}
)
_SEPARATOR: Final = re.compile(
    r"^(?:(?:return-path|received|message-id|dkim-signature|x-digest-reference|mime-version):[ \t]"
    r"|[ \t]{0,8}(?:"
    r"[-_=*|]{2,60}[ \t]{0,4}(?:this is a copy of|the (?:header|body)"
    r"|(?:start of )?(?:the )?(?:original|returned"
    r"|undelivered|unsent|rejected|attached|forwarded) (?:message|mail)|below this line"
    r"|message (?:header|text"
    r"|follows|body)|enclosed|here (?:is|are|follows)|header of|urspr|message d|mensaje original)"
    r"|below (?:is|this line is) a copy|original (?:message|mail)(?: headers?| follows?"
    r"| text)?[ \t]{0,4}:?[ \t]*$"
    r"|(?:the )?(?:original message|message headers?|headers? of (?:the|your) message) (?:was|were"
    r"|follows?|is)\b"
    r"|(?:unsent|returned|undelivered|rejected) message (?:below|follows|header)"
    r"|possibly truncated original"
    r"|>(?!>> ))).{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_TO: Final = re.compile(r"^[>\s]{0,8}To:[ \t]{0,8}(.{3,400})$", re.IGNORECASE | re.MULTILINE)
_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "pre", "hr", "td"})


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail from the bounce box, taken apart.

    Attributes:
        notice: what its writer says to people, up to the quoted mail.
        statuses: the text of each part for machines.
        reader: whom the quoted mail was written to; empty where it is not quoted.
    """

    notice: str
    statuses: tuple[str, ...]
    reader: str


def taken_apart(message: Message) -> Parts:
    """Return a mail's parts without looking into the mail it quotes."""
    plain: list[str] = []
    rich: list[str] = []
    statuses: list[str] = []
    reader = ""
    for part in _own(message, 0):
        kind = part.get_content_type()
        if kind in _STATUSES:
            statuses.append(text_of_machines(part)[:MAX_TEXT])
        elif kind in _QUOTED:
            reader = reader or _written_to(part)
        elif kind == "text/html" and not reader:
            rich.append(_without_tags(_text(part)))
        elif kind.startswith("text/") and not reader:
            plain.append(_text(part))
    said = "\n\n".join(plain if any(text.strip() for text in plain) else rich)
    notice = _up_to_the_quoted_mail(said)
    if not reader and (found := _QUOTED_TO.search(said, len(notice))):
        reader = parseaddr(found[1].strip())[1]
    return Parts(notice, tuple(statuses), reader.lower())


def _own(part: Message, depth: int) -> Iterator[Message]:
    if part.get_content_maintype() != "multipart":
        yield part
        return
    inner = part.get_payload()
    if isinstance(inner, list) and depth < _MAX_DEPTH:
        for one in inner:
            if isinstance(one, Message):
                yield from _own(one, depth + 1)


def _text(part: Message) -> str:
    decoded = part.get_payload(decode=True)
    raw = decoded if isinstance(decoded, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8", "replace")[:MAX_TEXT]
    except LookupError:
        return raw.decode("utf-8", "replace")[:MAX_TEXT]


def text_of_machines(part: Message) -> str:
    """Return a part of type `message/*` as the text it is: the parser has taken it for mails."""
    try:
        written = part.as_bytes()
    except (AttributeError, LookupError, TypeError, ValueError):
        return ""
    raw = re.split(rb"\r?\n\r?\n", written, maxsplit=1)[-1]
    match str(part.get("Content-Transfer-Encoding", "")).strip().lower():
        case "base64":
            try:
                raw = base64.b64decode(raw)
            except binascii.Error:
                return ""
        case "quoted-printable":
            raw = quopri.decodestring(raw)
    return raw.decode("utf-8", "replace")


def _written_to(part: Message) -> str:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        quoted = inner[0]
    else:
        quoted = email.message_from_string(_text(part), policy=compat32)
    return parseaddr(str(quoted.get("To", "")))[1]


def _up_to_the_quoted_mail(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _SEPARATOR.search(text)
    return text[: found.start()] if found else text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._is_hidden = tag in ("style", "script", "title")
        if tag in _BREAKS:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._is_hidden = False
        if tag in _BREAKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.text.append(data)


def _without_tags(html: str) -> str:
    reader = _Tags()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n[ \t]+", "\n", "".join(reader.text))
