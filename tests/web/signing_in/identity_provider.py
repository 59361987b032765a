"""An OpenID Connect provider on a port of this machine: real signatures, and the faults a test wants."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "desk", "between the desk & its provider"

Claims = dict[str, Any]


@cache
def made(kid: str) -> RSAKey:
    """Return a key of this name, made once for all tests."""
    return RSAKey.generate_key(2048, {"kid": kid}, auto_kid=False)


@dataclass(slots=True)
class IdentityProvider:
    """A provider; a test changes what it says next.

    Attributes:
        person: the claims of whoever logs in.
        bend: changes the claims before they are signed.
        forge: makes the token in place of the provider.
        codes: what was asked at the door, by code.
    """

    issuer: str
    clock: Callable[[], datetime]
    key: RSAKey = field(default_factory=lambda: made("one"))
    person: Claims = field(default_factory=dict)
    bend: Callable[[Claims], None] = lambda _claims: None
    forge: Callable[[Claims], str] | None = None
    named: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def about(self) -> Mapping[str, object]:
        return {
            "issuer": self.named or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=quay",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self) -> Mapping[str, object]:
        return KeySet([self.key]).as_dict(private=False)

    def door(self, query: str) -> str:
        """Let the person in at once and send them back with a code."""
        asked = dict(parse_qsl(query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: Mapping[str, str], authorization: str) -> tuple[int, Mapping[str, object]]:
        asked = self.codes.pop(form["code"], None)
        secret = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or [unquote(part) for part in secret.split(":")] != [CLIENT, SECRET]
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(self.clock().timestamp())
        claims: Claims = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"]} | self.person
        self.bend(claims)
        return 200, {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": (self.forge or self.signed)(claims),
        }

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def unsigned(self, claims: Claims) -> str:
        """Return a token of the algorithm `none`."""
        return ".".join([_part({"alg": "none"}), _part(claims), ""])

    def signed_by_the_public_key(self, claims: Claims) -> str:
        """Return a token whose shared secret is the public key: the confusion of RS256 with HS256."""
        head = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(claims)}"
        return f"{head}.{_base64(hmac.digest(self.key.as_pem(private=False), head.encode(), 'sha256'))}"

    def signed_by_a_stranger(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, made("of a stranger"))


def _part(value: object) -> str:
    return _base64(json.dumps(value).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextlib.contextmanager
def identity_provider(clock: Callable[[], datetime]) -> Iterator[IdentityProvider]:
    """Serve a provider until the end of the block."""
    here: list[IdentityProvider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            here[0].asked.append(parts.path)
            if parts.path == "/authorize":
                self.send_response(303)
                self.send_header("location", here[0].door(parts.query))
                self.end_headers()
            elif parts.path == "/keys":
                self._json(200, here[0].keys())
            else:
                self._json(200, here[0].about())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*here[0].token(form, self.headers["authorization"] or ""))

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

        def _json(self, code: int, value: Mapping[str, object]) -> None:
            content = json.dumps(value).encode()
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.append(IdentityProvider(f"http://127.0.0.1:{server.server_port}", clock))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=120)
