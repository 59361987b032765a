"""Header lines as bytes: encoded, folded, and closed to injection."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Sequence
from email.header import Header
from email.utils import quote as quote_string
from typing import Final, NamedTuple
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email

from digest.errors import DigestError

MAX_LINE: Final = 998
"""Characters of one line without its CRLF. Source: RFC 5322, 2.1.1."""

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN: Final = re.compile(r"[ -~]*")
_FOLD_AT: Final = 76
_ONE_WORD: Final = 45
"""Bytes that one encoded word of a line of 76 holds, behind `To: `."""
_AROUND_WORD: Final = 12
"""Signs of an encoded word besides what it says."""
_MAX_WORD: Final = 400
"""Characters of one quoted word; each may need a backslash, and a line holds 998."""
_UNQUOTED: Final = ('"', "\\", "=?")
"""What a name in quotes may not hold as it is."""
_LOCAL_SIGNS: Final = r"A-Za-z0-9.!#$%&'*+/=?^_`{|}~-"
_DOMAIN_SIGNS: Final = r"A-Za-z0-9.-"
_BARE_ADDRESS: Final = re.compile(rf"[{_LOCAL_SIGNS}]+@[{_DOMAIN_SIGNS}]+")
_ADDRESS: Final = re.compile(r"[^\s<>\"'()\[\],;:]+@[^\s<>\"'()\[\],;:]+")
_MAX_REASON: Final = 300
_MOST_READ: Final = 1_000
_MAX_ADDRESS: Final = 254
_URL_SIGNS: Final = "!#$%&'()*+,/:;=?@[]~"
_ALPHABET: Final = bytes(range(0x80))
_PLAIN_URL: Final = bytes(
    sign for sign in _ALPHABET if re.fullmatch(rf"[A-Za-z0-9._{re.escape(_URL_SIGNS)}-]", chr(sign))
)
_PLAIN_DOMAIN: Final = bytes(sign for sign in _ALPHABET if re.fullmatch(f"[{_DOMAIN_SIGNS}]", chr(sign)))
_LEFT: Final = re.compile(rf"\n([{_LOCAL_SIGNS}]*@\n)*".encode())
NOT_IN_URLS: Final = "".join(chr(sign) for sign in range(0x20, 0x7F) if sign not in _PLAIN_URL)
"""The printable ASCII that a URL in a header may not hold as it is."""


class Unsendable(DigestError, ValueError):
    """One delivery can't be put into a mail; the reason names no address."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, as it goes into the receipt."""
        self.reason = reason
        super().__init__(reason)


class BadAddress(Unsendable):
    """The reader's address fits no mail, whoever builds it."""


class WireAddress(NamedTuple):
    """An address as SMTP and a To line take it.

    Attributes:
        needs_smtputf8: the local part is not ASCII; only a server with SMTPUTF8 takes it.
    """

    address: str
    needs_smtputf8: bool = False


def is_plain_address(address: str) -> bool:
    """Tell whether an address goes on the wire as it is."""
    return len(address) <= _MAX_ADDRESS and _BARE_ADDRESS.fullmatch(address) is not None


def is_plain_url(url: str) -> bool:
    """Tell whether a URL goes into a header as it is."""
    return bool(url) and _has_only(_PLAIN_URL, url)


def odd_addresses(addresses: Sequence[str]) -> set[int]:
    """Return the indices of those that are not plain; a column is looked at as one where it can be."""
    if not addresses:
        return set()
    joined = "\n".join(["", *addresses, ""])
    # With a line end for each @, an empty part of any of them is an empty line.
    if (
        joined.isascii()
        and "\n\n" not in joined.replace("@", "\n")
        and max(map(len, addresses)) <= _MAX_ADDRESS
    ):
        # What is left of plain addresses is an @ each, and before it what a domain may not hold.
        left = joined.encode().translate(None, _PLAIN_DOMAIN)
        ends = len(addresses)
        if left == b"\n" + b"@\n" * ends or (left.count(b"\n") == ends + 1 and _LEFT.fullmatch(left)):
            return set()
    return {index for index, address in enumerate(addresses) if not is_plain_address(address)}


def tidy(value: str) -> str:
    """Return `value` on one line: control characters and line separators become spaces."""
    return value if value.isprintable() else _CONTROLS.sub(" ", value)


def folded(text: str) -> str:
    """Return `text` tidied, with runs of white space as one space, as a header holds it."""
    return " ".join(tidy(text).split())


def scrubbed(text: str) -> str:
    """Return a server's or a library's text on one line, short, every address in it hidden."""
    return _ADDRESS.sub("<address>", folded(text[:_MOST_READ]))[:_MAX_REASON]


def unstructured(name: str, value: str) -> bytes:
    """Return a whole header, folded, RFC 2047-encoded only where it must be, CRLF included.

    ASCII is never encoded for its length alone: machines read List-Id and Feedback-ID as they stand.
    """
    value = folded(value)
    longest = max(map(len, value.split(" ")))
    if _PLAIN.fullmatch(value) and "=?" not in value and len(name) + 2 + longest <= MAX_LINE:
        return f"{_wrapped(name, value)}\r\n".encode("ascii")
    return f"{name}: {_encoded(value, len(name) + 2)}\r\n".encode("ascii")


def address_line(name: str, display: str, address: str) -> bytes:
    """Return `name: "display" <address>`, the display name encoded where it must be."""
    display = folded(display)
    if not display:
        return f"{name}: {address}\r\n".encode()
    return _phrase_line(name, display, address)


def list_id_line(name: str, display: str, list_id: str) -> bytes:
    """Return `name: "display" <list_id>`; the angle brackets are there without a display name too.

    Source: RFC 2919, 3.
    """
    display = folded(display)
    return _phrase_line(name, display, list_id) if display else f"{name}: <{list_id}>\r\n".encode()


def _phrase_line(name: str, display: str, address: str) -> bytes:
    if len(display) <= 40 and display.isascii() and not any(sign in display for sign in _UNQUOTED):
        phrase = f'"{display}"'
    elif display.isascii() and "=?" not in display and max(map(len, display.split(" "))) <= _MAX_WORD:
        # Base64 of what is ASCII already counts as spam.
        phrase = _wrapped(name, f'"{quote_string(display)}"')[len(name) + 2 :]
    elif len(encoded := display.encode()) <= _ONE_WORD:
        phrase = f"=?utf-8?b?{b2a_base64(encoded, newline=False).decode()}?="
    else:
        phrase = "\r\n ".join(_encoded_words(display, len(name) + 2))
    last = phrase.rpartition("\n")[2]
    fold = "\r\n" if len(last) + len(address) + 12 > _FOLD_AT else ""
    return f"{name}: {phrase}{fold} <{address}>\r\n".encode()


def url_line(name: str, url: str, *more: str) -> bytes:
    """Return `name: <url>, <url>` on one line, never folded and never encoded-words.

    One-click unsubscription breaks where the line does, and the email package turns a long URL
    into encoded words.

    Raises:
        Unsendable: the line would pass 998 characters.

    Source: RFC 8058, 3.1.
    """
    safe = (one if is_plain_url(one) else quote(tidy(one).strip(), safe=_URL_SIGNS) for one in (url, *more))
    line = f"{name}: " + ", ".join(f"<{one}>" for one in safe)
    if len(line) > MAX_LINE:
        raise Unsendable(f"{name} has {len(line)} characters; a mail line holds {MAX_LINE}")
    return f"{line}\r\n".encode("ascii")


def value_of(name: str, line: bytes) -> str:
    """Return the value of a whole header line, on one line."""
    return line.decode("ascii").removeprefix(f"{name}: ").replace("\r\n", "").rstrip()


def wire_address(address: str) -> WireAddress:
    """Return the address as it goes on the wire, an international domain in ASCII.

    Raises:
        BadAddress: it is none that an envelope can hold.
    """
    if is_plain_address(address):
        return WireAddress(address)
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddress("the address is not valid") from error
    if checked.ascii_email is not None:
        return WireAddress(checked.ascii_email)
    return WireAddress(checked.normalized, needs_smtputf8=True)


def _has_only(signs: bytes, text: str) -> bool:
    return text.isascii() and not text.encode().translate(None, signs)


def _wrapped(name: str, value: str) -> str:
    """Fold at spaces; a word that fits no line of 76 has one of its own."""
    if len(name) + 2 + len(value) <= _FOLD_AT:
        return f"{name}: {value}"
    lines: list[str] = []
    line = f"{name}:"
    for word in value.split(" "):
        has_word = bool(lines) or " " in line
        if has_word and len(line) + 1 + len(word) > _FOLD_AT:
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line])


def _encoded_words(display: str, used: int) -> list[str]:
    """Return RFC 2047 words that begin where words do: some programs show a space between any two."""
    found: list[str] = []
    room = (_FOLD_AT - used - _AROUND_WORD) // 4 * 3
    held = ""
    for piece in re.findall(r"\S+ ?", display):
        if held and len((held + piece).encode()) > room:
            found.append(held)
            held, room = "", _ONE_WORD
        for sign in piece:
            if len((held + sign).encode()) > room:
                found.append(held)
                held, room = "", _ONE_WORD
            held += sign
    return [
        f"=?utf-8?b?{b2a_base64(one.encode(), newline=False).decode()}?=" for one in (*found, held) if one
    ]


def _encoded(value: str, used: int) -> str:
    """Return RFC 2047 words, each within 75 characters, folded with CRLF."""
    header = Header(value, "utf-8", maxlinelen=_FOLD_AT, header_name="x" * max(used - 2, 0))
    return header.encode(linesep="\r\n")
