"""A mail serialized once for each variant, then joined as bytes for each recipient.

Building an `EmailMessage` takes milliseconds; joining the pieces takes microseconds. The joined bytes
parse to exactly what an `EmailMessage` built whole for that recipient would hold.
"""

from __future__ import annotations

import binascii
import hashlib
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import chain
from threading import Lock
from typing import Final

from digest.errors import BadData
from digest.model import Batch, Delivery, EditionKey, Letterhead, RenderedEdition, TokenText, message_keys
from digest.transports import headers
from digest.transports.building import Proof
from digest.transports.headers import Unsendable, WireAddress, tidy
from digest.transports.reports.echoing import Echo

REFERENCE_HEADER: Final = "X-Digest-Reference"
"""Carries the attempt's reference, so that a bounce or complaint that quotes the mail names it."""

_RESERVED: Final = frozenset(
    {"from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "return-path"}
)
_HEADER_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SHORT: Final = 70
_PLAIN: Final = bytes(sign for sign in range(0x20, 0x7F) if sign not in b"=&<>\"'")
"""Signs that quoted-printable and HTML take as they are."""

Line = Callable[[Delivery, WireAddress, Mapping[str, str]], bytes]
"""Makes one header line of one recipient's mail, CRLF included."""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A whole mail as bytes, with the places of one recipient still open.

    Attributes:
        lines: makers of the header lines that differ from mail to mail.
        literals: everything else, split at the tokens of both bodies.
        tokens: each token of the bodies once.
        order: for each split, twice the index into `tokens`, and one more in the HTML.
        is_stuffed: a line that begins with a dot begins with two, as SMTP sends it.
        proof: given by the first mail that could be built.
    """

    lines: tuple[Line, ...]
    literals: tuple[bytes, ...]
    tokens: tuple[str, ...]
    order: tuple[int, ...]
    is_stuffed: bool = False
    proof: Proof = field(default_factory=Proof, compare=False, repr=False)

    def join(
        self, delivery: Delivery, values: Mapping[str, str], mailbox: WireAddress | None = None
    ) -> bytes:
        """Return one recipient's mail, CRLF line ends.

        Args:
            delivery: whose mail it is.
            values: raw token values; escaped here for HTML, quoted-printable and headers.
            mailbox: of the delivery's address, where the caller has it already.

        Raises:
            Unsendable: a token has no value, or the address fits no mail.
        """
        mailbox = mailbox or headers.wire_address(delivery.address)
        try:
            cells = [cell for name in self.tokens for cell in _cells(values[name])]
            head = [line(delivery, mailbox, values) for line in self.lines]
        except KeyError as error:
            raise Unsendable(f"the token {error} has no value") from error
        if self.is_stuffed:
            cells = list(map(_stuffed, cells))
        pieces: list[bytes] = [b""] * (2 * len(self.literals) - 1)
        pieces[::2] = self.literals
        pieces[1::2] = [cells[index] for index in self.order]
        mail = b"".join(chain(head, pieces))
        self.proof.is_given = True
        return mail


class MessageTemplates:
    """The templates in use, built once for each variant; safe from several threads."""

    def __init__(self, *, for_smtp: bool = False, echoes: Sequence[Echo] = (), keep: int = 64) -> None:
        """Keep at most `keep` templates, the oldest given up first.

        Args:
            for_smtp: with the reference of the attempt, dot-stuffed.
            echoes: how providers want it, besides.
        """
        self._echoes = tuple(echoes)
        self._for_smtp = for_smtp
        self._keep = keep
        self._built: dict[tuple[object, ...], MessageTemplate] = {}
        self._lock = Lock()

    def of(self, batch: Batch) -> MessageTemplate:
        """Return the template of the batch's variant."""
        edition = batch.deliveries[0].edition
        rendered = batch.rendered
        name = (batch.letterhead, edition, rendered.variant, rendered.content_hash)
        with self._lock:
            found = self._built.get(name)
            if found is None:
                found = build(
                    batch.letterhead,
                    rendered,
                    edition,
                    carries_reference=self._for_smtp,
                    is_stuffed=self._for_smtp,
                    echoes=self._echoes,
                )
                while len(self._built) >= self._keep:
                    del self._built[next(iter(self._built))]
                self._built[name] = found
        return found


def build(
    letterhead: Letterhead,
    rendered: RenderedEdition,
    edition: EditionKey,
    *,
    carries_reference: bool = False,
    is_stuffed: bool = False,
    echoes: Sequence[Echo] = (),
) -> MessageTemplate:
    """Serialize one variant.

    Args:
        letterhead: what all mails of the edition share.
        rendered: the variant, tokens open.
        edition: for Feedback-ID.
        carries_reference: add the attempt's reference as a header; the bytes then differ by attempt.
        is_stuffed: double the dots that begin lines; searching each whole mail for them takes five times
            as long as joining it.
        echoes: headers that bear the reference once more, as providers read and repeat it.

    Raises:
        BadData: the rendering brings a header that is not its to set, or the sender is unreadable.
    """
    before, between, after = _skeleton(letterhead, rendered, edition)
    tokens: dict[str, int] = {}
    order: list[int] = []
    literals: list[bytes] = [before]
    for body, is_html, tail in ((rendered.text, False, between), (rendered.html, True, after)):
        split = TokenText.split(_lines(body))
        pieces = _quoted_pieces(split.literals)
        pieces[-1] += tail
        literals[-1] += pieces[0]
        literals.extend(pieces[1:])
        order.extend(2 * tokens.setdefault(name, len(tokens)) + is_html for name in split.names)
    borne = (Echo(REFERENCE_HEADER, "{}"), *echoes) if carries_reference else ()
    lines = _varying_lines(letterhead, rendered, edition, borne=borne)
    if is_stuffed:
        literals = [piece.replace(b"\r\n.", b"\r\n..") for piece in literals]
    return MessageTemplate(tuple(lines), tuple(literals), tuple(tokens), tuple(order), is_stuffed)


def own_headers(rendered: RenderedEdition) -> Mapping[str, str]:
    """Return the rendering's extra headers, checked.

    Raises:
        BadData: one is not ASCII, or belongs to the transport.
    """
    for name in rendered.headers:
        low = name.lower()
        if not _HEADER_NAME.fullmatch(name) or low in _RESERVED or low.startswith(("content-", "mime-")):
            raise BadData(f"header {name!r} of the rendered edition", "a template may not set it")
    return rendered.headers


def feedback_id(edition: EditionKey, letterhead: Letterhead, arm: str) -> str:
    """Return Gmail's four fields: the edition, the newsletter, the arm, the sender.

    The last one never changes for a sender; colons separate, so no field holds one.

    Source: support.google.com/mail/answer/6254652.
    """
    sender = hashlib.sha256(letterhead.domain.encode()).hexdigest()[:12]
    names = (edition.day.isoformat() + edition.slot, edition.newsletter, arm or "edition", sender)
    return ":".join(re.sub(r"[^A-Za-z0-9_-]", "-", name) for name in names)


def list_lines(letterhead: Letterhead, rendered: RenderedEdition, edition: EditionKey) -> dict[str, bytes]:
    """Return the header lines that are the same in every mail of the variant, by name.

    A mail of no list, to one person who asked for it, carries none that speak of a list.
    """
    if not letterhead.list_id:
        return {"Auto-Submitted": headers.unstructured("Auto-Submitted", "auto-generated")}
    named = {
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": feedback_id(edition, letterhead, rendered.variant.arm),
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    addresses = {"List-Help": letterhead.help_url, "List-Archive": letterhead.archive_url}
    lines = {"List-Id": headers.list_id_line("List-Id", letterhead.list_name, letterhead.list_id)}
    lines |= {name: headers.unstructured(name, value) for name, value in named.items()}
    lines |= {name: headers.url_line(name, url) for name, url in addresses.items() if url}
    brought = {name.lower() for name in rendered.headers}
    return {name: line for name, line in lines.items() if name.lower() not in brought}


def _skeleton(
    letterhead: Letterhead, rendered: RenderedEdition, edition: EditionKey
) -> tuple[bytes, bytes, bytes]:
    """Return the bytes before the text body, between the bodies, and after the HTML body."""
    mark = hashlib.sha256(f"{rendered.content_hash}\n{edition}".encode()).hexdigest()[:24]
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(letterhead.sent_at)
    message["MIME-Version"] = "1.0"
    message.make_alternative()
    message["Content-Language"] = headers.folded(rendered.language)
    for body, subtype in (("text", "plain"), ("html", "html")):
        part = EmailMessage(policy=SMTP)
        part.set_content("", subtype=subtype, charset="utf-8", cte="quoted-printable")
        del part["MIME-Version"]
        if body == "text" and " \n" in rendered.text:  # lines that go on end with a space (RFC 3676)
            part.set_param("format", "flowed")
            part.set_param("delsp", "yes")
        part.set_payload(f"{mark}-{body}\n")
        message.attach(part)
    message.set_boundary(f"=_{mark}")  # "=_" never stands in a quoted-printable body
    constant = b"".join(_mailbox_lines(letterhead) + _constant_lines(letterhead, rendered, edition))
    before, _, rest = message.as_bytes().partition(f"{mark}-text\r\n".encode())
    between, _, after = rest.partition(f"{mark}-html\r\n".encode())
    return constant + before, between, after


def _mailbox_lines(letterhead: Letterhead) -> list[bytes]:
    named = {"From": letterhead.sender, "Reply-To": letterhead.reply_to}
    try:
        return [
            headers.address_line(name, mailbox.name, headers.wire_address(mailbox.address).address)
            for name, mailbox in named.items()
            if mailbox is not None
        ]
    except Unsendable as error:
        raise BadData("sender or reply_to", "it is not an address") from error


def _constant_lines(letterhead: Letterhead, rendered: RenderedEdition, edition: EditionKey) -> list[bytes]:
    lines = list(list_lines(letterhead, rendered, edition).values())
    lines.extend(
        headers.unstructured(name, value)
        for name, value in own_headers(rendered).items()
        if not TokenText.split(value).names
    )
    if not TokenText.split(rendered.subject).names:
        lines.append(headers.unstructured("Subject", rendered.subject))
    return lines


def _varying_lines(
    letterhead: Letterhead, rendered: RenderedEdition, edition: EditionKey, *, borne: Sequence[Echo]
) -> list[Line]:
    domain, key_of = letterhead.domain, message_keys(edition)
    lines: list[Line] = [
        lambda delivery, mailbox, _: headers.address_line("To", delivery.name, mailbox.address),
        lambda delivery, _, __: f"Message-ID: <{key_of(delivery.subscriber)}@{domain}>\r\n".encode(),
    ]
    if letterhead.list_id and "list-unsubscribe" not in {name.lower() for name in rendered.headers}:
        lines.append(_unsubscribe_line)
    lines += map(_reference_line, borne)
    for name, value in {"Subject": rendered.subject, **rendered.headers}.items():
        split = TokenText.split(value)
        if split.names:
            lines.append(_token_line(name, split))
    return lines


def _reference_line(echo: Echo) -> Line:
    return lambda delivery, _, __: headers.unstructured(echo.name, echo.of(delivery.reference))


def _unsubscribe_line(_delivery: Delivery, _mailbox: WireAddress, values: Mapping[str, str]) -> bytes:
    """Return where a mail program unsubscribes: by one click, and by mail where a box is read."""
    by_mail = values.get("unsubscribe_mailto", "")
    return headers.url_line("List-Unsubscribe", values["unsubscribe_url"], *filter(None, (by_mail,)))


def _token_line(name: str, split: TokenText) -> Line:
    if len(split.literals) == 2 and split.literals[0] == "<" and split.literals[1] == ">":
        return lambda _, __, values: headers.url_line(name, values[split.names[0]])
    return lambda _, __, values: headers.unstructured(name, split.join(values))


def _lines(body: str) -> str:
    """Return the body with LF line ends and one at the end."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body if body.endswith("\n") else body + "\n"


def _quoted_pieces(literals: Sequence[str]) -> list[bytes]:
    """Return quoted-printable pieces that a soft line break keeps apart from each token.

    A value so always begins a line of its own, and no line grows with it.
    """
    soft = b"=\r\n"
    last = len(literals) - 1
    pieces = []
    for index, literal in enumerate(literals):
        quoted = _quoted_printable(literal) if index == last else _quoted_open(literal)
        if index != last and quoted and not quoted.endswith(b"\n"):
            quoted += soft
        pieces.append((soft if index else b"") + quoted)
    return pieces


def _cells(value: str) -> tuple[bytes, bytes]:
    """Return one value in quoted-printable, every line within 73 characters: raw, and escaped for HTML.

    Most values are the same in all three and are known for it by one look.
    """
    if len(value) <= _SHORT and value.isascii() and not (plain := value.encode()).translate(None, _PLAIN):
        return plain, plain
    raw = _quoted(value)
    escaped = html.escape(value)
    return raw, raw if escaped == value else _quoted(escaped)


def _quoted(value: str) -> bytes:
    if len(value) <= _SHORT and value.isascii() and value.isprintable() and "=" not in value:
        return value.encode()
    return _quoted_open(tidy(value))


def _stuffed(cell: bytes) -> bytes:
    """Return a cell, which begins a line, with its dots doubled."""
    return (b"." + cell if cell.startswith(b".") else cell).replace(b"\r\n.", b"\r\n..")


def _quoted_open(text: str) -> bytes:
    """Return quoted-printable text whose last line has room for a soft break.

    An equals sign is encoded with it and cut off again: it holds three places free, and keeps white
    space before it from counting as trailing.
    """
    return _quoted_printable(text + "=")[:-3]


def _quoted_printable(text: str) -> bytes:
    return binascii.b2a_qp(text.encode(errors="replace"), istext=True).replace(b"\n", b"\r\n")
