"""What posts of all providers have in common: their bounds, what proves them, and how a value is read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from digest.errors import BadData, DigestError
from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.headers import scrubbed

MAX_BODY_BYTES: Final = 16_000_000
"""Ten thousand of SendGrid's bounces are 8 MB, with long replies of servers 12."""

MAX_SINGLE_BYTES: Final = 5_000_000
"""Of the posts of providers that report one event at a time."""

MAX_AGE: Final = timedelta(hours=25)
"""Providers repeat a post that we failed to answer for hours, some as it was signed; an older one is a
replay."""

MAX_AHEAD: Final = timedelta(minutes=5)
_MAX_SECONDS: Final = 10**11
"""Numbers above it are milliseconds: as seconds they would lie in the year 5138."""

Object = Mapping[str, Any]
Read = tuple[tuple[MailEvent, ...], tuple[Problem, ...]]


class SignatureInvalid(DigestError, PermissionError):
    """A webhook call that the provider did not make, or not now; answer it with 403."""

    def __init__(self, provider: str, problem: str) -> None:
        """Say what is wrong; never what would be right."""
        super().__init__(f"{provider}'s webhook: {problem}.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a post that was proved leaves behind.

    Attributes:
        token: a mark of this signature, which no other post may bear; empty where it signs the whole body.
        confirm: where the provider wants its posts to be wanted, and waits for us to call this address.
        holds_events: there is something to be judged.
    """

    token: str = ""
    confirm: str = ""
    holds_events: bool = True


Verifier = Callable[[bytes, Mapping[str, str], datetime], Proof]
"""Proves a post by its body, its headers (names in small letters) and the time; else `SignatureInvalid`."""


def parsed(body: bytes, provider: str) -> Any:
    """Return the JSON of a post.

    Raises:
        BadData: it is none, or longer than any provider's; answer it with 400.
    """
    where = f"{provider}'s webhook"
    if len(body) > MAX_BODY_BYTES:
        raise BadData(where, f"it has {len(body)} bytes")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadData(where, "it is no JSON") from error


def parsed_object(body: bytes, provider: str) -> Object:
    """Return the JSON object of a post.

    Raises:
        BadData: it is none.
    """
    found = parsed(body, provider)
    if not isinstance(found, dict):
        raise BadData(f"{provider}'s webhook", "it is no JSON object")
    return found


def inner(said: Object, *names: str) -> Object:
    """Return the object that lies within others by these names; an empty one where there is none."""
    for name in names:
        value = said.get(name)
        if not isinstance(value, dict):
            return {}
        said = value
    return said


def text(said: Object, *names: str) -> str:
    """Return the first of these values that is a text or a number, as text; empty for none."""
    for name in names:
        value = said.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def word(said: Object, *names: str) -> str:
    """Return such a value in small letters, without what parts its words: `hardBounce` is `hardbounce`."""
    return "".join(sign for sign in text(said, *names).lower() if sign.isalnum())


def moment(said: object, now: datetime) -> datetime:
    """Return a time as providers write it (ISO 8601, seconds, milliseconds), no later than `now`."""
    found = None
    try:
        if isinstance(said, str) and not said.strip().isdecimal():
            found = datetime.fromisoformat(said.strip())
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        elif isinstance(said, str | int | float) and not isinstance(said, bool):
            number = float(said)
            found = datetime.fromtimestamp(number / 1000 if abs(number) > _MAX_SECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return now if found is None else min(found, now)


def event_of(
    provider: str,
    kind: EventKind,
    reference: str,
    *,
    at: datetime,
    about: tuple[str, ...],
    address: str = "",
    reason: str = "",
    verdict: Verdict | None = None,
    said_no: EventKind | None = None,
    url: str = "",
    raw: Object,
) -> MailEvent:
    """Return an event; the same one, however often it is told, has the same id.

    Args:
        about: what tells it from all others of its provider.
        raw: what is kept for the audit.
    """
    name = hashlib.sha256("\n".join(about).encode("utf-8", "replace")).hexdigest()[:32]
    is_refusal = kind in (EventKind.BOUNCED, EventKind.REJECTED)
    return MailEvent(
        event_id=f"{provider}:{name}",
        kind=kind,
        reference=reference,
        at=at,
        address=address,
        reason=scrubbed(reason),
        is_permanent=is_refusal and verdict is Verdict.DEAD,
        verdict=verdict if is_refusal else None,
        said_no=said_no,
        url=url,
        raw=kept(raw),
    )


def kept(said: Object) -> str:
    """Return what is kept of a report for the audit; nothing of one that no writer of JSON would take."""
    try:
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        return ""


def check_age(provider: str, signed_at: datetime, now: datetime) -> None:
    """Return if a post was signed lately.

    Raises:
        SignatureInvalid: it was not.
    """
    if not -MAX_AHEAD <= now - signed_at <= MAX_AGE:
        raise SignatureInvalid(provider, f"it was signed at {signed_at.isoformat()}, not lately")


def by_password(provider: str, username: str, password: str) -> Verifier:
    """Return what takes posts that bear this name and password (HTTP Basic)."""
    right = f"{username}:{password}".encode()

    def verify(_body: bytes, headers: Mapping[str, str], _now: datetime) -> Proof:
        scheme, _, value = headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(value.strip(), validate=True)
        except (binascii.Error, ValueError) as error:
            raise SignatureInvalid(provider, "its name and password can't be read") from error
        if scheme.lower() != "basic" or not hmac.compare_digest(given, right):
            raise SignatureInvalid(provider, "it bears no name and password, or wrong ones")
        return Proof()

    return verify


def by_token(provider: str, token: str) -> Verifier:
    """Return what takes posts that bear this token (HTTP Bearer)."""
    right = token.encode()

    def verify(_body: bytes, headers: Mapping[str, str], _now: datetime) -> Proof:
        scheme, _, value = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(value.strip().encode(), right):
            raise SignatureInvalid(provider, "it bears no token, or a wrong one")
        return Proof()

    return verify
