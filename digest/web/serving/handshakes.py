"""Logins by an identity provider that have gone out and not come back yet."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from digest.errors import DigestError
from digest.settings.signing_in import OidcSettings
from digest.words.speaking import say

MINUTES = 10
"""Somebody may take so long at the provider."""

MOST_UNDER_WAY = 1_000


class LoginRefused(DigestError):
    """The provider's answer does not let anybody in."""

    def __init__(self, problem: str) -> None:
        """Say why, without a token or a code."""
        super().__init__(say("The login was refused: %(problem)s.", problem=problem))


@dataclass(frozen=True, slots=True)
class Handshake:
    """What one login under way knows; its secrets never leave the server but in their places.

    Attributes:
        state: comes back beside the code; `nonce` inside the token.
        verifier: proves at the token endpoint that the code was asked for here.
    """

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """Return what the provider is shown of the verifier (RFC 7636, S256)."""
        return _base64(hashlib.sha256(self.verifier.encode()).digest())


class IdentityProvider(Protocol):
    """Who else lets people in: what the pages ask of `digest.web.signing_in.identity.Provider`."""

    settings: OidcSettings

    def door(self, handshake: Handshake, *, now: datetime) -> str:
        """Return the address at the provider where the login begins."""
        ...

    def claims(self, query: Mapping[str, str], handshake: Handshake, *, now: datetime) -> Mapping[str, Any]:
        """Return what the provider says of whom it sends back.

        Raises:
            LoginRefused: it says nothing that can be believed.
        """
        ...

    def close(self) -> None:
        """Close its connections."""
        ...


class UnderWay:
    """Logins that have gone out and not come back yet, each for the one browser that began it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: OrderedDict[str, tuple[datetime, Handshake]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, handshake: Handshake, *, now: datetime) -> str:
        """Keep a handshake and return the secret that the browser keeps."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._known[_digest(secret)] = now + timedelta(minutes=MINUTES), handshake
            while len(self._known) > MOST_UNDER_WAY:
                self._known.popitem(last=False)
        return secret

    def take(self, secret: str, *, now: datetime) -> Handshake | None:
        """Return the browser's handshake, once; None where there is none, or it took too long."""
        with self._lock:
            found = self._known.pop(_digest(secret), None)
        return found[1] if found is not None and now < found[0] else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
