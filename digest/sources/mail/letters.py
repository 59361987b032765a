"""A mail's bytes as a letter: its fields decoded, the part that people read, and nothing attached."""

# ruff: noqa: E501  # one line for some languages
from __future__ import annotations

import binascii
import email
import email.errors
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from digest.sources.text.blocks import count_words, fold
from digest.sources.text.charsets import read_charset

MAX_FIELD = 2_000
"""In characters: how much of a header is read."""
MAX_PARTS = 200
MAX_DEPTH = 12
FEWEST_WORDS = 25
"""A mail of fewer words around another one only hands it on."""

_FLOWED_QUOTE = re.compile(r"^>+ ?")
_SERVER = re.compile(r"(?:mailer-daemon|mail-daemon)(?:@|$)", re.IGNORECASE)
_AUTOMATIC = re.compile(
    r"(?:auto(?:matic(?:al)?)? ?(?:re(?:ply|sponse))|automatische (?:antwort|abwesenheit)|abwesenheit|réponse automatique|respuesta automática"
    r"|resposta automática|risposta automatica|automatisch antwoord|autosvar|automatiskt svar|automatisk svar|automaattinen vastaus"
    r"|odpowiedź automatyczna|automatická odpověď|автоматический ответ|автоматична відповідь|自动(?:回复|答复)|自動回覆|自動応答|자동 회신|otomatik yanıt"
    r"|رد تلقائي|out of (?:the )?office|fuera de la oficina|absence du bureau|absent du bureau|undeliver|delivery status|mail delivery failed|returned mail|unzustellbar)",
    re.IGNORECASE,
)
_ID = re.compile(r"<([^<>\s]{1,900})>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, read.

    Attributes:
        message_id: without its brackets; empty where it has none.
        sender: the name it comes under; empty where it gives none.
        address: in lower case.
        list_id: what stands in the brackets of List-Id.
        archived_at: where its list keeps it on the web.
        html: the part for people as HTML; empty where it has none.
        text: the same as plain text.
        date: raw; from the last server that had it where its writer gave none.
        is_automatic: a bounce, or an answer that nobody wrote.
        is_encrypted: only its reader could open it.
    """

    subject: str = ""
    message_id: str = ""
    sender: str = ""
    address: str = ""
    list_id: str = ""
    archived_at: str = ""
    date: str = ""
    received: str = ""
    language: str = ""
    html: str = ""
    text: str = ""
    is_automatic: bool = False
    is_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the rules of a source look at."""

    subject: str
    addresses: tuple[str, ...]
    list_id: str


def read_envelope(head: bytes) -> Envelope:
    """Return what rules look at, from a mail's headers."""
    message = email.message_from_bytes(head)
    senders = getaddresses([_raw(message, "from"), _raw(message, "sender")])
    addresses = dict.fromkeys(address.lower() for _, address in senders if address)
    return Envelope(_line(message, "subject"), tuple(addresses), _list_id(message))


def read_letters(content: bytes) -> tuple[Letter, ...]:
    """Return the letters of a mail: itself, the one it hands on, or those of a list's digest."""
    message = email.message_from_bytes(content)
    inner = tuple(_inner_messages(message))
    own = _letter(message)
    words = count_words(own.text) + count_words(re.sub(r"<[^<>]*>", " ", own.html))
    is_digest = message.get_content_type() == "multipart/digest" or len(inner) > 2
    if inner and not own.is_automatic and (is_digest or words < FEWEST_WORDS):
        return tuple(_letter(one) for one in inner)
    return (own,)


def _letter(message: Message) -> Letter:
    bodies = _Bodies()
    bodies.read(message)
    name, address = next(iter(getaddresses([_raw(message, "from")])), ("", ""))
    found = _ID.search(_raw(message, "message-id"))
    archived = _raw(message, "archived-at").strip().strip("<>")
    received = _raw(message, "received").rpartition(";")[2]
    return Letter(
        subject=_line(message, "subject"),
        message_id=found[1] if found else fold(_raw(message, "message-id"))[:900].strip("<> "),
        sender=fold(_decoded(name)),
        address=address.lower(),
        list_id=_list_id(message),
        archived_at=archived if archived.startswith(("http://", "https://")) else "",
        date=fold(_raw(message, "date")),
        received=fold(received),
        language=_raw(message, "content-language").partition(",")[0].strip(),
        html="\n".join(bodies.html),
        text="\n\n".join(bodies.text),
        is_automatic=_is_automatic(message, address) or message.get_content_type() == "multipart/report",
        is_encrypted=bodies.is_encrypted,
    )


def _is_automatic(message: Message, address: str) -> bool:
    """Tell whether nobody wrote a mail: an answer of a machine, or a server's own word."""
    submitted = _raw(message, "auto-submitted").strip().lower()
    if submitted.startswith("auto-replied") or _raw(message, "precedence").strip().lower() == "auto_reply":
        return True
    if _raw(message, "x-autoreply").strip().lower() not in {"", "no"} or _SERVER.match(address):
        return True
    is_machine = submitted not in {"", "no"} or bool(_raw(message, "x-auto-response-suppress"))
    return is_machine and bool(_AUTOMATIC.match(_line(message, "subject")))


class _Bodies:
    """Collects the parts that people read."""

    def __init__(self) -> None:
        self.html: list[str] = []
        self.text: list[str] = []
        self.is_encrypted = False
        self._parts = 0

    def read(self, part: Message, depth: int = 0) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS or depth > MAX_DEPTH:
            return
        part = _parted(part)
        kind = part.get_content_type()
        if kind in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}:
            self.is_encrypted = _is_sealed(part)
        elif kind == "multipart/alternative":
            self._read_best(_children(part), depth)
        elif kind == "multipart/signed":
            self._read_all(_children(part)[:1], depth)
        elif part.is_multipart() and part.get_content_maintype() == "multipart":
            self._read_all(_children(part), depth)
        elif kind in {"text/plain", "text/html"} and not _is_attached(part):
            text = _text_of(part)
            (self.html if kind == "text/html" or _PAGE.match(text) else self.text).append(text)

    def _read_all(self, parts: Sequence[Message], depth: int) -> None:
        for part in parts:
            self.read(part, depth + 1)

    def _read_best(self, parts: Sequence[Message], depth: int) -> None:
        """Read what is there in several forms: each as what it is, so that both are known."""
        found = _Bodies()
        found._parts = self._parts
        found._read_all(parts, depth)
        self._parts = found._parts
        self.is_encrypted |= found.is_encrypted
        self.html.extend(found.html)
        if not any(one.strip() for one in found.html):
            self.text.extend(found.text)
        elif not self.text:
            self.text.extend(found.text[:1])


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _inner_messages(message: Message) -> Iterator[Message]:
    """Yield the mails that a mail hands on, outermost ones only."""
    queue, looked_at = [message], 0
    while queue and looked_at < MAX_PARTS:
        looked_at += 1
        part = _parted(queue.pop(0))
        for child in _children(part):
            if child.get_content_type() == "message/rfc822":
                yield from map(_unwrapped, _children(child)[:1], [child])
            elif _is_kept_mail(child):
                yield email.message_from_bytes(_bytes_of(child))
            elif (
                child.get_content_maintype() == "multipart"
                and part.get_content_type() != "multipart/report"
            ):
                queue.append(child)


def _parted(part: Message) -> Message:
    """Return a mail of several parts whose own mark between them is missing or wrong, parted by the one used."""
    body = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(body, str):
        return part
    found = _MARK_BETWEEN.search(body)
    if found is None:
        return part
    head = f'Content-Type: {part.get_content_type()}; boundary="{found[1]}"\n\n'
    return email.message_from_bytes((head + body).encode("utf-8", "surrogateescape"))


def _unwrapped(inner: Message, outer: Message) -> Message:
    """Return the mail that another hands on, also where it was encoded, which RFC 2046, 5.2.1, forbids."""
    body = inner.get_payload()
    if (
        _encoding_of(outer) not in {"base64", "quoted-printable"}
        or inner.keys()
        or not isinstance(body, str)
    ):
        return inner
    wrapper = Message()
    wrapper["Content-Transfer-Encoding"] = _encoding_of(outer)
    wrapper.set_payload(body)
    return email.message_from_bytes(_bytes_of(wrapper))


def _is_kept_mail(part: Message) -> bool:
    """Tell whether a file of no kind is a mail by its name: what programs make of one that is handed on."""
    name = _file_name(part) or ""
    return part.get_content_type() == "application/octet-stream" and name.strip().lower().endswith(".eml")


def _file_name(part: Message) -> str | None:
    """Return what file a part says it is: empty for none, None where that can't be read."""
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError):
        return None


def _encoding_of(part: Message) -> str:
    """Return how a part is encoded, without the blanks and quotation marks that some programs write."""
    return _raw(part, "content-transfer-encoding").strip(" \t\"';").lower()


def _bytes_of(part: Message) -> bytes:
    encoding = _encoding_of(part)
    if encoding and encoding != _raw(part, "content-transfer-encoding").lower():
        del part["content-transfer-encoding"]
        part["Content-Transfer-Encoding"] = encoding
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "replace")


def _is_sealed(part: Message) -> bool:
    """Tell an encrypted mail from one that is only signed (`smime-type=signed-data`)."""
    return str(part.get_param("smime-type") or "").lower() != "signed-data"


def _is_attached(part: Message) -> bool:
    try:
        is_attachment = part.get_content_disposition() == "attachment"
    except (ValueError, LookupError, AttributeError):
        return True
    return is_attachment or _file_name(part) != ""


_PAGE = re.compile(r"\s{0,200}<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
"""How a page of HTML begins, whatever it is declared as."""
_MARK_BETWEEN = re.compile(r"(?m)^--([\w'()+,./:=?-]{1,70})[ \t]{0,9}\r?\n(?=content-)", re.IGNORECASE)
"""The line between parts (RFC 2046, 5.1.1), known by the header of a part behind it."""
_CLEAR_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Z][A-Za-z]{1,30}:[^\n]{0,200}\n)*|-----BEGIN PGP SIGNATURE-----.*",
    re.DOTALL,
)


def _text_of(part: Message) -> str:
    text = read_charset(_bytes_of(part), _charset(part)).replace("\r\n", "\n").replace("\r", "\n")
    if "-----BEGIN PGP SIGNED" in text:
        text = re.sub(r"(?m)^- (?=-)", "", _CLEAR_SIGNED.sub("", text))
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError):
        return ""


def _unflowed(text: str, *, delsp: bool) -> str:
    """Join the lines that a mail program has parted (RFC 3676); quoted ones are joined as such."""
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        quote = _FLOWED_QUOTE.match(line)
        bare = line if quote else line.removeprefix(" ")
        is_signature = bare == "-- "
        if is_open and not is_signature:
            bare = bare[quote.end() :] if quote else bare
            lines[-1] += bare
        else:
            lines.append(bare)
        is_open = bare.endswith(" ") and not is_signature
        if is_open and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _raw(message: Message, name: str) -> str:
    """Return a header as it was sent, bytes beyond ASCII read as what they most likely are."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    value = value[:MAX_FIELD].replace("\r", "").replace("\n", "")
    if not value.isascii():
        value = read_charset(value.encode("utf-8", "surrogateescape"))
    return value


def _line(message: Message, name: str) -> str:
    return fold(_decoded(_raw(message, name)))


def _list_id(message: Message) -> str:
    raw = _raw(message, "list-id")
    found = _ID.search(raw)
    return (found[1] if found else fold(raw)).lower()


def _decoded(raw: str) -> str:
    """Return a header's text, encoded words read; what can't be read stays as it is."""
    if "=?" not in raw:
        return raw
    try:
        parts = decode_header(raw)
    except (binascii.Error, email.errors.HeaderParseError, ValueError):
        return raw
    pieces = (
        read_charset(text, charset or "") if isinstance(text, bytes) else text for text, charset in parts
    )
    return "".join(pieces)
