"""Envelope senders that bring a bounce home: `bounces+<reference>-<proof>@domain`.

A receiver's complaint about a mail comes back to its envelope sender; the reference in it names the
delivery whatever the bounce's text looks like, and the proof keeps strangers from making bounces up.
Which attempt it was stands in a header of ours, where the mail that comes back quotes it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Collection
from typing import Final

from digest.model import Delivery
from digest.transports.headers import Unsendable

_PROOF: Final = 12
"""Characters of base32: 60 bits."""

_MAX_LOCAL: Final = 64
_REFERENCE: Final = re.compile(r"[a-z0-9._-]+")


class Verp:
    """Makes and reads envelope senders; both keep the reference opaque."""

    def __init__(
        self, secret_key: str, domain: str, *, local: str = "bounces", older: Collection[str] = ()
    ) -> None:
        """Take the site's secret, the bounce domain, and the local part before the plus sign.

        Args:
            older: secrets of before, whose mails may still bounce.
        """
        self._key, *self._older = (
            hashlib.sha256(b"verp\x00" + secret.encode()).digest() for secret in (secret_key, *older)
        )
        self._domain = domain
        self._local = local
        self._read = re.compile(
            rf"{re.escape(local)}\+([a-z0-9._-]+)-([a-z2-7]{{{_PROOF}}})@{re.escape(domain)}", re.IGNORECASE
        )

    def sender(self, reference: str) -> str:
        """Return the envelope sender of one delivery.

        Raises:
            Unsendable: the reference has signs that a mail server may change, or is too long.
        """
        local = f"{self._local}+{reference}-{_proof(self._key, reference)}"
        if not _REFERENCE.fullmatch(reference) or len(local) > _MAX_LOCAL:
            raise Unsendable("its reference fits no envelope sender")
        return f"{local}@{self._domain}"

    def reference(self, address: str) -> str | None:
        """Return the reference in an address of ours, or None where it proves nothing.

        Servers may have changed its case, which no reference of ours depends on.
        """
        found = self._read.fullmatch(address.strip().strip("<>"))
        if not found:
            return None
        reference, proof = found[1].lower(), found[2].lower()
        keys = (self._key, *self._older)
        is_ours = any(hmac.compare_digest(proof, _proof(key, reference)) for key in keys)
        return reference if is_ours else None


class ReturnPath:
    """Makes the envelope sender of a delivery, the same at each of its attempts.

    A server that keeps strangers waiting knows them by it: with another one it would begin anew, for ever.
    """

    def __init__(self, verp: Verp, lasting: Callable[[Delivery], str]) -> None:
        """Take what tells the reference of a delivery, whatever the attempt."""
        self._verp = verp
        self._lasting = lasting

    def sender(self, delivery: Delivery) -> str:
        """Return the envelope sender.

        Raises:
            Unsendable: see `Verp.sender`.
        """
        return self._verp.sender(self._lasting(delivery))


def attempt_of(reference: str, quoted: str | None) -> str:
    """Return the attempt that a returned mail quotes, where it is one of the delivery it came back for."""
    if quoted is None or quoted.rsplit("-", 2)[0] != reference.rsplit("-", 2)[0]:
        return reference
    return quoted


def _proof(key: bytes, reference: str) -> str:
    mac = hmac.digest(key, reference.encode(), "sha256")
    return base64.b32encode(mac).decode().lower()[:_PROOF]
