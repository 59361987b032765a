"""Settings that name mailboxes and mail domains: read into two parts, or refused with the remedy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Annotated, Final

from email_validator import EmailNotValidError, validate_email
from pydantic import PlainValidator

from digest.model import Mailbox, ascii_domain
from digest.settings.fields import EnvText, one_line

MOST_ALERTS: Final = 5
MAX_NAME: Final = 300
"""Characters; servers and inboxes refuse or cut far shorter ones."""

_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(r'\\(["\\])')
_ENCODED_WORD: Final = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LOCAL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*/=?^_`{|}~-]{1,24}")
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


def mailbox(text: str) -> Mailbox:
    """Return the mailbox that `Name <address>` or an address alone names.

    The name may be in quotes, and needs none: whatever stands before the last `<` is the name.

    Raises:
        ValueError: the address is none, or the name can't be one.
    """
    head, mark, tail = text.rpartition("<")
    if not mark:
        return Mailbox("", _address(text))
    if not tail.endswith(">"):
        raise ValueError(
            f"must end with the address in angle brackets, as in 'Name <address>', not '{text}'"
        )
    return Mailbox(_name(head.strip()), _address(tail[:-1].strip()))


def _name(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        text = _ESCAPED.sub(r"\1", quoted[1]).strip()
    elif "<" in text or ">" in text:
        raise ValueError(
            f"must name one address: '{text}' before it holds '<' or '>'. If they belong to the name, put "
            "it in double quotes"
        )
    if _ENCODED_WORD.search(text):
        text = _decoded(text)
    name = " ".join(text.split())
    if _CONTROL.search(name):
        raise ValueError("must be a name without control characters")
    if len(name) > MAX_NAME:
        raise ValueError(
            f"must be a name of {MAX_NAME} characters at most, not {len(name)}: shorten it, inboxes show 30"
        )
    return name


def _decoded(text: str) -> str:
    """Return a name copied from a mail's source as it reads."""
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, ValueError):
        raise ValueError(
            f"must be a name as readers see it: the encoded words in '{text}' can't be read"
        ) from None


def _address(text: str) -> str:
    try:
        checked = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(f"'{text}' is no mail address: {str(error).rstrip('.')}") from None
    if checked.ascii_email is None:
        raise ValueError(
            f"'{text}' holds signs outside ASCII before its @, which many servers refuse: take an address "
            "without them"
        )
    return checked.ascii_email


def _sender(value: object) -> Mailbox:
    if isinstance(value, Mailbox):
        return value
    text = one_line(value)
    found = mailbox(text) if "<" in text else None
    if found is None or not found.name:
        raise ValueError(f"must be a name and an address, as in 'Harbour Daily <morning@…>', not '{text}'")
    return found


def _reply_to(value: object) -> Mailbox | None:
    if value is None or isinstance(value, Mailbox):
        return value
    text = one_line(value)
    return mailbox(text) if text else None


def _alerts(value: object) -> tuple[Mailbox, ...]:
    if isinstance(value, EnvText):
        texts: Sequence[object] = _apart(value)
    elif isinstance(value, list | tuple):
        texts = value
    else:
        raise ValueError("must be a list of addresses")  # noqa: TRY004  # pydantic collects ValueError only
    found = tuple(one if isinstance(one, Mailbox) else mailbox(one_line(one)) for one in texts)
    if len(found) > MOST_ALERTS:
        raise ValueError(f"names {len(found)} addresses, {MOST_ALERTS} at most")
    return found


def _apart(text: str) -> list[str]:
    """Return the mailboxes of one text: a comma ends one only where an address stands before it."""
    found: list[str] = []
    open_pieces: list[str] = []
    for piece in text.split(","):
        open_pieces.append(piece)
        whole = ",".join(open_pieces).strip()
        is_named = "<" in whole
        if not whole or (whole.endswith(">") if is_named else "@" in whole and " " not in whole):
            found.append(whole)
            open_pieces = []
    return [one for one in (*found, ",".join(open_pieces).strip()) if one]


def _mail_domain(value: object) -> str:
    text = one_line(value).rstrip(".")
    try:
        domain = ascii_domain(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is no domain: {error}") from None
    if not all(_LABEL.fullmatch(label) for label in domain.split(".")) or len(domain) > 200:
        raise ValueError(f"must be a domain, as in 'bounces.example.org', not '{text}'")
    return domain


def _bounce_local(value: object) -> str:
    text = one_line(value)
    if not _LOCAL.fullmatch(text) or text.startswith(".") or text.endswith(".") or ".." in text:
        raise ValueError(
            f"must be what stands before the + of an address, 24 ASCII characters at most, not '{text}'"
        )
    return text


Sender = Annotated[Mailbox, PlainValidator(_sender)]
ReplyTo = Annotated[Mailbox | None, PlainValidator(_reply_to)]
Alerts = Annotated[tuple[Mailbox, ...], PlainValidator(_alerts)]
MailDomain = Annotated[str, PlainValidator(_mail_domain)]
BounceLocal = Annotated[str, PlainValidator(_bounce_local)]
