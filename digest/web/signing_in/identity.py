"""An OpenID Connect provider, as far as a login needs it: authorization code with PKCE, signed ID tokens.

Source: OpenID Connect Core 1.0 (3.1), Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (issuer in the answer).
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from digest.errors import MissingExtra
from digest.settings.signing_in import OidcSettings
from digest.web.serving.handshakes import Handshake, LoginRefused
from digest.words.speaking import say

try:
    from joserfc import errors, jws, jwt
    from joserfc.jwk import KeySet
except ImportError as _missing:
    raise MissingExtra("desk.oidc", "oidc") from _missing

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures of a key that only the provider has; never `none`, never a shared secret."""

LEEWAY = timedelta(seconds=60)
LONGEST_AGE = timedelta(minutes=10)
"""Of an ID token; one is made for every login."""

_KEYS_KEPT_FOR = timedelta(hours=1)
_KEYS_ASKED_AGAIN_AFTER = timedelta(minutes=1)
_TIMEOUT_S = 10.0
_MOST_BYTES = 1_000_000
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Provider:
    """One identity provider; safe to share between threads."""

    def __init__(
        self, settings: OidcSettings, redirect: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        """Ask nothing yet.

        Args:
            redirect: where it sends people back to, as it was registered there.
        """
        self.settings, self._redirect = settings, redirect
        self._http = httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False, transport=transport)
        self._lock = threading.Lock()
        self._about: Mapping[str, Any] = MappingProxyType({})
        self._keys: KeySet | None = None
        self._known_at: datetime | None = None

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def door(self, handshake: Handshake, *, now: datetime) -> str:
        """Return the address at the provider where the login begins.

        Raises:
            LoginRefused: the provider can't be reached, or says of itself what can't be.
        """
        about = self._known(now)
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self._redirect,
            "scope": " ".join(self.settings.scopes),
            "state": handshake.state,
            "nonce": handshake.nonce,
            "code_challenge": handshake.challenge,
            "code_challenge_method": "S256",
        }
        address = str(about["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    def claims(
        self, answer: Mapping[str, str], handshake: Handshake, *, now: datetime
    ) -> Mapping[str, Any]:
        """Return what the provider signed of the person who came back.

        Args:
            answer: the fields of the address that the browser came back to.

        Raises:
            LoginRefused: anything is not as it must be.
        """
        if not hmac.compare_digest(answer.get("state", "").encode(), handshake.state.encode()):
            raise LoginRefused(say("it was not begun in this browser"))
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:
            raise LoginRefused(say("another provider answered"))
        if "error" in answer or not answer.get("code"):
            raise LoginRefused(say("the provider said no"))
        token = self._exchanged(answer["code"], handshake, now)
        return self._verified(token, handshake, now)

    def _exchanged(self, code: str, handshake: Handshake, now: datetime) -> str:
        about = self._known(now)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "code_verifier": handshake.verifier,
        }
        client, secret = self.settings.client_id, self.settings.client_secret.get_secret_value()
        auth: httpx.Auth | None = None
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret and "client_secret_basic" in ways:
            # RFC 6749, 2.3.1: both are form-encoded before they are joined.
            auth = httpx.BasicAuth(quote(client, safe=""), quote(secret, safe=""))
        else:
            form |= {"client_id": client} | ({"client_secret": secret} if secret else {})
        found = self._asked("POST", str(about["token_endpoint"]), form=form, auth=auth)
        token = found.get("id_token")
        if not isinstance(token, str):
            raise LoginRefused(say("the provider gave no ID token"))
        return token

    def _verified(self, token: str, handshake: Handshake, now: datetime) -> Mapping[str, Any]:
        try:
            claims = jwt.decode(token, self._keys_for(token, now), algorithms=list(ALGORITHMS)).claims
            registry = jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=int(LEEWAY.total_seconds()),
                iss={"essential": True, "value": self.settings.issuer},
                aud={"essential": True, "value": self.settings.client_id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": handshake.nonce},
            )
            registry.validate(claims)
        except (errors.JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("an ID token was refused: %s", type(error).__name__)
            raise LoginRefused(say("its token is not valid")) from error
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        party = claims.get("azp", self.settings.client_id)
        if party != self.settings.client_id or (len(audience) > 1 and "azp" not in claims):
            raise LoginRefused(say("its token is meant for somebody else"))
        if now.timestamp() - float(claims["iat"]) > (LONGEST_AGE + LEEWAY).total_seconds():
            raise LoginRefused(say("its token is old"))
        return MappingProxyType(claims)

    def _keys_for(self, token: str, now: datetime) -> KeySet:
        """Return the provider's keys; asked for anew where this token's is not among them."""
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        with self._lock:
            is_known = self._keys is not None and (
                kid is None or any(key.kid == kid for key in self._keys.keys)
            )
            may_ask = self._known_at is None or now - self._known_at >= _KEYS_ASKED_AGAIN_AFTER
            if is_known or (self._keys is not None and not may_ask):
                assert self._keys is not None
                return self._keys
        self._learn(now)
        assert self._keys is not None
        return self._keys

    def _known(self, now: datetime) -> Mapping[str, Any]:
        with self._lock:
            is_fresh = self._known_at is not None and now - self._known_at < _KEYS_KEPT_FOR
        if not is_fresh:
            self._learn(now)
        return self._about

    def _learn(self, now: datetime) -> None:
        """Ask the provider about itself, and for its keys."""
        _check(self.settings.issuer)
        about = self._asked("GET", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.settings.issuer:
            raise LoginRefused(say("the provider calls itself by another name"))
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            _check(about.get(name))
        try:
            keys = KeySet.import_key_set(self._asked("GET", str(about["jwks_uri"])))  # type: ignore[arg-type]  # checked there
        except (errors.JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise LoginRefused(say("the provider’s keys can’t be read")) from error
        with self._lock:
            self._about, self._keys, self._known_at = MappingProxyType(about), keys, now

    def _asked(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> dict[str, Any]:
        headers = {"accept": "application/json"}
        try:
            with self._http.stream(method, url, data=form, auth=auth, headers=headers) as response:
                content = b""
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > _MOST_BYTES:
                        raise LoginRefused(say("the provider’s answer is too long"))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("the identity provider: %s", type(error).__name__)
            raise LoginRefused(say("the provider can’t be reached")) from error
        if response.status_code != httpx.codes.OK:
            raise LoginRefused(say("the provider answered %(status)s", status=response.status_code))
        try:
            found = json.loads(content)
        except ValueError as error:
            raise LoginRefused(say("the provider’s answer can’t be read")) from error
        if not isinstance(found, dict):
            raise LoginRefused(say("the provider’s answer can’t be read"))
        return found


def _check(url: object) -> None:
    """Pass where the provider may be asked there: over TLS, or on this machine.

    Raises:
        LoginRefused: it may not.
    """
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise LoginRefused(say("the provider names an address without TLS"))
