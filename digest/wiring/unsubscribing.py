"""Unsubscribing by mail: the address in List-Unsubscribe, and who a mail to it means.

The address names the reader and the newsletter, and proves that we made it; the subject that mail programs
put in for it carries the signed token of the link beside it. Either is enough.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from digest.settings import kinds
from digest.settings.schema import Settings

_PROOF: Final = 12
"""Characters of base32: 60 bits."""

_NAME: Final = 6
"""Of a newsletter's key; only its own newsletters are looked up by it."""

_MAX_LOCAL: Final = 64
_READER: Final = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a mail to an unsubscribe address means; `mark` stands for the newsletter's key."""

    subscriber: str
    mark: str


class UnsubscribeAddresses:
    """Makes and reads addresses such as `bounces+u-<reader>-<newsletter>-<proof>@domain`."""

    def __init__(
        self, secret_key: str, domain: str, *, local: str = "bounces", older: Collection[str] = ()
    ) -> None:
        """Take the site's secret, the box's domain, and the local part before the plus sign.

        Args:
            older: secrets of before, whose mails still lie in inboxes.
        """
        self._key, *self._older = (
            hashlib.sha256(b"unsubscribe by mail\x00" + secret.encode()).digest()
            for secret in (secret_key, *older)
        )
        self._domain, self._local = domain, local
        self._read = re.compile(
            rf"{re.escape(local)}\+u-([a-z0-9_]+)-([a-z2-7]{{{_NAME}}})-([a-z2-7]{{{_PROOF}}})"
            rf"@{re.escape(domain)}",
            re.IGNORECASE,
        )

    def uri(self, subscriber: str, newsletter: str, token: str) -> str:
        """Return the `mailto:` URI; empty where an address would be too long for mail servers.

        Args:
            token: of the unsubscribe link in the same mail.
        """
        body = f"{subscriber}-{mark_of(newsletter)}"
        local = f"{self._local}+u-{body}-{_proof(self._key, body)}"
        if not _READER.fullmatch(subscriber) or len(local) > _MAX_LOCAL:
            return ""
        return f"mailto:{local}@{self._domain}?subject=unsubscribe%20{token}"

    def read(self, address: str) -> Meant | None:
        """Return whom an address means; None where it proves nothing. Its case may have changed."""
        found = self._read.fullmatch(address.strip().strip("<>"))
        if found is None:
            return None
        subscriber, mark, proof = (part.lower() for part in found.groups())
        body = f"{subscriber}-{mark}"
        keys = (self._key, *self._older)
        is_ours = any(hmac.compare_digest(proof, _proof(key, body)) for key in keys)
        return Meant(subscriber, mark) if is_ours else None


def mark_of(newsletter: str) -> str:
    """Return the six signs that stand for a newsletter in an address."""
    return base64.b32encode(hashlib.sha256(newsletter.encode()).digest())[:_NAME].decode().lower()


def newsletter_of_mark(newsletters: Iterable[str], mark: str) -> str:
    """Return the newsletter's key; empty where there is none of this mark any more."""
    return next((key for key in newsletters if mark_of(key) == mark), "")


def addresses_of(settings: Settings) -> UnsubscribeAddresses | None:
    """Return what makes and reads the addresses; None where no box is read."""
    transport = settings.transport
    if not isinstance(transport, kinds.SmtpSettings) or transport.bounces is None:
        return None
    site, bounces = settings.site, transport.bounces
    older = [secret.get_secret_value() for secret in site.older_keys.values()]
    secret = site.secret_key.get_secret_value()
    return UnsubscribeAddresses(secret, bounces.domain, local=bounces.local, older=older)


def _proof(key: bytes, body: str) -> str:
    return base64.b32encode(hmac.digest(key, body.encode(), "sha256")).decode().lower()[:_PROOF]
