"""Signed links: short, URL-safe tokens that only we can make, each good for one purpose.

A token reads `<purpose><key id>.<fields joined by "~">.<22 signs of HMAC-SHA256>`, for instance
`u1.0f3c…~morning.Rk…`. The fields are plain to read and carry no address; the signature covers
everything before it, under a key derived for the purpose alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from binascii import b2a_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from subscribers.errors import TokenRejected

MAX_CHARS = 400
"""Longer texts are refused unread."""

_MAC_CHARS = 22
_FIELDS = re.compile(r"[A-Za-z0-9_-]+(?:~[A-Za-z0-9_-]+)*\Z")
_KEY_ID = re.compile(r"[a-z0-9]{1,8}\Z")
_MIN_SECRET_BYTES = 16
_INNER = bytes(sign ^ 0x36 for sign in range(256))
_OUTER = bytes(sign ^ 0x5C for sign in range(256))
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Purpose(StrEnum):
    """What a token may do; its value is the token's first letter."""

    UNSUBSCRIBE = "u"
    PREFERENCES = "p"
    VIEW = "v"
    CONFIRM = "c"
    LINK = "l"
    CLICK = "k"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine token says.

    Attributes:
        mailing_list: for UNSUBSCRIBE and CONFIRM.
        newsletter: for UNSUBSCRIBE: whose mail it stood in; empty in tokens of before.
        edition: for VIEW: the edition's name, `morning/2026-11-23`.
        requested_at: for CONFIRM: the sign-up it belongs to, to the millisecond.
        name, arm, target: for LINK: which link of the edition, the arm of its mail, where it leads.
        reference, at: for CLICK: the delivery whose mail it is, and when that was handed over.
    """

    purpose: Purpose
    subscriber: str
    mailing_list: str = ""
    newsletter: str = ""
    edition: str = ""
    requested_at: datetime | None = None
    name: str = ""
    arm: str = ""
    target: str = ""
    reference: str = ""
    at: datetime | None = None


class Signer:
    """Makes and reads the tokens of one site.

    To rotate: give the new secret with a new `key_id`, and the old one in `older` under its own id.
    Links in mails already sent stay good for as long as their key is listed.
    """

    def __init__(
        self, secret_key: str, *, key_id: str = "1", older: Mapping[str, str] | None = None
    ) -> None:
        """Derive the keys; secrets are at least 16 bytes, key ids 1 to 8 of a-z and 0-9.

        Raises:
            ValueError: a secret is too short, or an id is malformed or used twice.
        """
        secrets = dict(older or {})
        if key_id in secrets:
            raise ValueError(f"Key id {key_id!r} is also an older key's: give the new key a new id.")
        secrets[key_id] = secret_key
        self._keys: dict[str, dict[Purpose, _Seal]] = {}
        for name, secret in secrets.items():
            if not _KEY_ID.match(name):
                raise ValueError(f"Key id {name!r} must be 1 to 8 of a-z and 0-9.")
            if len(secret.encode()) < _MIN_SECRET_BYTES:
                raise ValueError(f"The secret of key {name!r} is shorter than 16 bytes.")
            self._keys[name] = {purpose: _Seal(secret, purpose, name) for purpose in Purpose}
        current = self._keys[key_id]
        # By attribute: to look a member of an enumeration up takes as long as to sign.
        self._unsubscribing, self._preferring = current[Purpose.UNSUBSCRIBE], current[Purpose.PREFERENCES]
        self._viewing, self._confirming = current[Purpose.VIEW], current[Purpose.CONFIRM]
        self._linking, self._clicking = current[Purpose.LINK], current[Purpose.CLICK]

    def unsubscribe(self, subscriber: str, mailing_list: str, newsletter: str = "") -> str:
        """Return the token by which a reader leaves a newsletter; it never expires.

        Args:
            mailing_list: the list that brought the mail.
        """
        if not newsletter:
            return self._unsubscribing.token(f"{subscriber}~{mailing_list}", 1)
        return self._unsubscribing.token(f"{subscriber}~{mailing_list}~{newsletter}", 2)

    def preferences(self, subscriber: str) -> str:
        """Return the token of a reader's own preferences page; it never expires."""
        return self._preferring.token(subscriber, 0)

    def view(self, subscriber: str, edition: str) -> str:
        """Return the token of a reader's own variant of an edition on the web; it never expires."""
        fields = f"{subscriber}~{edition.replace('/', '~')}"
        return self._viewing.token(fields, 1 + edition.count("/"))

    def confirm(
        self,
        subscriber: str,
        mailing_list: str,
        *,
        requested_at: datetime,
        now: datetime,
        valid_for: timedelta = timedelta(days=7),
    ) -> str:
        """Return the token that confirms the sign-up of `requested_at`, and no other."""
        asked, ends = _millis(requested_at), _millis(now + valid_for)
        return self._confirming.token(f"{subscriber}~{mailing_list}~{asked:x}~{ends:x}", 3)

    def link(self, edition: str, name: str, target: str, *, arm: str = "") -> str:
        """Return the token of a link that is the same for all readers, and good for `target` alone.

        The target is signed but not written in it: who reads it must know where the link led.
        """
        fields = f"{name}~{arm or '-'}~{edition.replace('/', '~')}"
        signed = self._linking.signed(fields, 2 + edition.count("/"))
        return f"{signed}.{self._linking.mac(_with(signed, target))}"

    def click(self, reference: str, *, at: datetime) -> str:
        """Return the token that says whose mail a link was followed from; it never expires."""
        return self._clicking.token(f"{reference}~{_millis(at) // 1000:x}", 1)

    def read_link(self, token: str, target_of: Callable[[Claim], str]) -> Claim:
        """Return what a link's token says, its target with it.

        Args:
            target_of: where the link that a claim names leads, as far as anybody knows; empty for nowhere.

        Raises:
            TokenRejected: forged, cut, or made for another target.
        """
        keys, signed, body, mac = self._parts(token, Purpose.LINK)
        name, _, rest = body.partition("~")
        arm, _, edition = rest.partition("~")
        claim = Claim(
            Purpose.LINK, "", edition=edition.replace("~", "/"), name=name, arm="" if arm == "-" else arm
        )
        target = target_of(claim)
        if not target or not hmac.compare_digest(keys[Purpose.LINK].mac(_with(signed, target)), mac):
            raise TokenRejected("its signature is wrong, or its target is not known")
        return replace(claim, target=target)

    def read(self, token: str, purpose: Purpose, *, now: datetime) -> Claim:
        """Return what `token` says, if it is ours and for `purpose`.

        Raises:
            TokenRejected: forged, cut, swapped, expired, or of another purpose.
        """
        keys, signed, body, mac = self._parts(token, purpose)
        if not hmac.compare_digest(keys[purpose].mac(signed), mac):
            raise TokenRejected("its signature is wrong")
        return _claim(purpose, body.split("~"), now)

    def _parts(self, token: str, purpose: Purpose) -> tuple[Mapping[Purpose, _Seal], str, str, str]:
        """Return the keys a token claims, what is signed, its fields and its signature, unchecked."""
        if len(token) > MAX_CHARS or not token.isascii():
            raise TokenRejected("it is malformed")
        signed, _, mac = token.rpartition(".")
        head, _, body = signed.partition(".")
        keys = self._keys.get(head[1:])
        if not head.startswith(purpose) or keys is None or not _FIELDS.match(body):
            raise TokenRejected("it is malformed, for another page, or its key is retired")
        return keys, signed, body, mac


class _Seal:
    """The key of one purpose, which makes a token for one page noise to every other."""

    def __init__(self, secret: str, purpose: Purpose, key_id: str) -> None:
        """Derive it, and begin both halves of its HMAC: to copy them takes a third of beginning anew."""
        key = hmac.digest(secret.encode(), f"newsroom-digest link {purpose.name}".encode(), "sha256")
        whole = key.ljust(hashlib.sha256().block_size, b"\0")
        self._head = f"{purpose}{key_id}."
        self._inner = hashlib.sha256(whole.translate(_INNER))
        self._outer = hashlib.sha256(whole.translate(_OUTER))

    def token(self, body: str, separators: int) -> str:
        """Return the fields, signed."""
        signed = self.signed(body, separators)
        return f"{signed}.{self.mac(signed)}"

    def signed(self, body: str, separators: int) -> str:
        """Return what is signed of a token.

        Raises:
            ValueError: a field holds what none may.
        """
        if not _FIELDS.match(body) or body.count("~") != separators:
            raise ValueError("A token's fields take only A-Z, a-z, 0-9, - and _.")
        return self._head + body

    def mac(self, signed: str) -> str:
        """Return 22 signs: the first 128 bits of the HMAC (RFC 2104), URL-safe."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(signed.encode())
        outer.update(inner.digest())
        text = b2a_base64(outer.digest()[:16], newline=False)[:_MAC_CHARS]
        return text.translate(_URL_SAFE).decode()


def _with(signed: str, target: str) -> str:
    """Return what a link's signature covers; a line break is in no address and no token."""
    return f"{signed}\n{target}"


def _claim(purpose: Purpose, fields: list[str], now: datetime) -> Claim:
    """Return the claim of fields whose signature held; their number is our own doing."""
    subscriber, *rest = fields
    if purpose is Purpose.UNSUBSCRIBE:
        return Claim(purpose, subscriber, mailing_list=rest[0], newsletter="".join(rest[1:]))
    if purpose is Purpose.VIEW:
        return Claim(purpose, subscriber, edition="/".join(rest))
    if purpose is Purpose.PREFERENCES:
        return Claim(purpose, subscriber)
    if purpose is Purpose.CLICK:
        at = _EPOCH + timedelta(seconds=int(rest[0], 16))
        return Claim(purpose, "", reference=subscriber, at=at)
    mailing_list, asked, ends = rest
    if _millis(now) >= int(ends, 16):
        raise TokenRejected("it has expired")
    requested_at = _EPOCH + timedelta(milliseconds=int(asked, 16))
    return Claim(purpose, subscriber, mailing_list=mailing_list, requested_at=requested_at)


def _millis(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)
