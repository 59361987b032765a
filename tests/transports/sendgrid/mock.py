"""A SendGrid on loopback that keeps state: it refuses, throttles, forgets, schedules and signs."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = "SG.secret-of-the-mock.0123456789"

ACCEPT_THEN_DROP = "accept-then-drop"
DROP_UNREAD = "drop-unread"
STORM_429 = "429"
STORM_503 = "503"
GATEWAY_503 = "503-without-a-time"
ERROR_500 = "500"
ACCEPT_THEN_500 = "accept-then-500"
DENY = "403"
TOO_LARGE = "413"
NAMELESS_400 = "nameless-400"
NAMED_ROW_400 = "named-row-400"
SLOW = "slow"
ACCEPT_THEN_WAIT = "accept-then-wait"
ACCEPT_HALF_BODY = "accept-half-body"
ACCEPT_NO_GZIP = "accept-no-gzip"
ACCEPT_HALF_CHUNK = "accept-half-chunk"
TIMED_OUT = "408"

_BROKEN_BODIES: dict[str, tuple[dict[str, str], bytes]] = {
    ACCEPT_HALF_BODY: ({"Content-Length": "1000"}, b"{"),
    ACCEPT_NO_GZIP: ({"Content-Length": "4", "Content-Encoding": "gzip"}, b"nope"),
    ACCEPT_HALF_CHUNK: ({"Transfer-Encoding": "chunked"}, b"ff\r\n{"),
}

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Mail:
    """One mail as its reader gets it."""

    address: str
    name: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    reference: str


@dataclass
class Mock:
    """The state of the mock; tests read and script it.

    Attributes:
        script: what the next requests to Mail Send meet; empty for the ordinary way.
        bad: addresses that the validation refuses besides malformed ones.
        is_vague: refusals name no row.
        bad_name: one field that the validation refuses in every row, naming the first only.
        remaining: what accepted requests say of the account's limit; empty for nothing.
        pause_s: each mail send takes so long before it is accepted, and as long after.
        is_fence_away: what is asked of batches gets no usable answer.
    """

    script: deque[str] = field(default_factory=deque)
    bad: set[str] = field(default_factory=set)
    is_vague: bool = False
    bad_name: str = ""
    remaining: str = ""
    slow_s: float = 0.0
    retry_after: str = "7"
    requests: list[dict[str, Any]] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    scheduled: dict[str, list[Mail]] = field(default_factory=dict)
    canceled: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    on_behalf_of: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    can_cancel: bool = True
    pause_s: float = 0.0
    is_fence_away: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    signing_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def addresses(self) -> list[str]:
        return [mail.address for mail in self.mails]

    @property
    def public_key(self) -> str:
        """Return the verification key as SendGrid's settings page shows it."""
        der = self.signing_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    def signed(self, events: list[dict[str, Any]], timestamp: str) -> tuple[bytes, str]:
        """Return the body of an event post and its signature."""
        body = json.dumps(events).encode()
        signature = self.signing_key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return body, base64.b64encode(signature).decode()

    @property
    def thanks(self) -> dict[str, str]:
        """Return the headers of an accepted request's answer."""
        headers = {"X-Message-Id": f"message-{len(self.requests)}"}
        if self.remaining:
            headers |= {"X-RateLimit-Remaining": self.remaining, "Retry-After": self.retry_after}
        return headers

    def release(self) -> None:
        """Let the time of every scheduled batch come."""
        for batch_id, mails in self.scheduled.items():
            if batch_id not in self.canceled:
                self.mails.extend(mails)
        self.scheduled.clear()

    def accept(self, request: dict[str, Any]) -> None:
        """Queue every mail of a request."""
        mails = [mail_of(request, row) for row in request["personalizations"]]
        if "batch_id" in request:
            self.scheduled.setdefault(request["batch_id"], []).extend(mails)
        else:
            self.mails.extend(mails)

    def faults(self, request: dict[str, Any]) -> list[dict[str, str | None]]:
        """Return the errors of a request, as SendGrid words them."""
        errors: list[dict[str, str | None]] = []
        if not request.get("subject"):
            errors.append({"message": "The subject is required.", "field": "subject"})
        rows = request.get("personalizations", [])
        if not 1 <= len(rows) <= 1000:
            errors.append({"message": "There may be 1000 personalizations.", "field": "personalizations"})
        seen: set[str] = set()
        for index, row in enumerate(rows):
            errors.extend(self._row_faults(index, row, seen))
        if self.bad_name and rows:
            errors.append({"message": "Not taken.", "field": f"personalizations.0.{self.bad_name}"})
        if self.is_vague:
            return [{"message": "Bad Request", "field": None}] if errors else []
        return errors

    def _row_faults(
        self, index: int, row: dict[str, Any], seen: set[str]
    ) -> Iterator[dict[str, str | None]]:
        address = str(row["to"][0]["email"])
        if not _ADDRESS.fullmatch(address) or address in self.bad:
            where = f"personalizations.{index}.to.0.email"
            yield {"message": f"Does not contain a valid address: {address}", "field": where}
        if address.lower() in seen:
            yield {
                "message": "Each email address in the personalization block should be unique between to, "
                f"cc, and bcc. We found the first duplicate instance of [{address}] in the "
                f"personalizations.{index}.to field.",
                "field": "personalizations",
            }
        seen.add(address.lower())
        for name in ("substitutions", "custom_args"):
            if len(json.dumps(row.get(name, {}), ensure_ascii=False).encode()) > 10_000:
                yield {"message": f"{name} over 10000 bytes", "field": f"personalizations.{index}.{name}"}


def posted(events: list[dict[str, Any]]) -> bytes:
    """Return the body of an event post, unsigned."""
    return json.dumps(events).encode()


def mail_of(request: dict[str, Any], row: dict[str, Any]) -> Mail:
    """Put a row's substitutions into both parts and the subject, as SendGrid does."""

    def fill(text: str) -> str:
        for key, value in row.get("substitutions", {}).items():
            text = text.replace(key, value)
        return text

    parts = {part["type"]: fill(part["value"]) for part in request["content"]}
    return Mail(
        address=row["to"][0]["email"],
        name=row["to"][0].get("name", ""),
        subject=fill(row.get("subject") or request["subject"]),
        text=parts.get("text/plain", ""),
        html=parts.get("text/html", ""),
        headers={**request.get("headers", {}), **row.get("headers", {})},
        reference=row["custom_args"]["digest_reference"],
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    mock: Mock

    def setup(self) -> None:
        super().setup()
        with self.mock.lock:
            self.mock.connections += 1

    def do_POST(self) -> None:
        with self.mock.lock:
            self.mock.calls.append(self.path)
            todo = self.mock.script.popleft() if self.path == "/v3/mail/send" and self.mock.script else ""
        if todo == DROP_UNREAD:
            self._drop()
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != f"Bearer {KEY}":
            self._answer(401, {"errors": [{"message": "authorization required", "field": None}]})
        elif self.path == "/v3/mail/batch":
            with self.mock.lock:
                self._answer(201, {"batch_id": f"batch-{len(self.mock.calls)}"})
        elif self.path == "/v3/user/scheduled_sends":
            self._cancel(json.loads(body))
        elif self.path == "/v3/mail/send":
            self._send(body, todo)
        else:
            self._answer(404, {"errors": [{"message": "not found", "field": None}]})

    def _send(self, body: bytes, todo: str) -> None:
        if len(body) > 30_000_000 or todo == TOO_LARGE:
            self._answer(413, {"errors": [{"message": "too large", "field": None}]})
            return
        if todo == SLOW:
            time.sleep(self.mock.slow_s)
        refusals = {
            STORM_429: (429, {"Retry-After": self.mock.retry_after}),
            STORM_503: (503, {"Retry-After": self.mock.retry_after}),
            GATEWAY_503: (503, {}),
            ERROR_500: (500, {}),
            DENY: (403, {}),
            TIMED_OUT: (408, {}),
            NAMELESS_400: (400, {}),
            NAMED_ROW_400: (400, {}),
        }
        if todo in refusals:
            status, headers = refusals[todo]
            named = "personalizations.0.substitutions" if todo == NAMED_ROW_400 else None
            self._answer(status, {"errors": [{"message": f"scripted {status}", "field": named}]}, headers)
            return
        request = json.loads(body)
        time.sleep(self.mock.pause_s)
        with self.mock.lock:
            self.mock.requests.append(request)
            self.mock.on_behalf_of.append(self.headers.get("On-Behalf-Of", ""))
            faults = self.mock.faults(request)
            if not faults:
                self.mock.accept(request)
        time.sleep(self.mock.pause_s)
        if faults:
            self._answer(400, {"errors": faults})
        else:
            self._thank(request, todo)

    def _thank(self, request: dict[str, Any], todo: str) -> None:
        """Answer a request that was accepted, unless the script loses the answer."""
        if todo == ACCEPT_THEN_DROP:
            self._drop()
        elif todo == ACCEPT_THEN_WAIT:
            time.sleep(self.mock.slow_s)
            self._drop()
        elif todo in _BROKEN_BODIES:
            self._break_off(*_BROKEN_BODIES[todo])
        elif todo == ACCEPT_THEN_500:
            self._answer(500, {})
        elif request.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            self._answer(200, None)
        else:
            self._answer(202, None, self.mock.thanks)

    def do_GET(self) -> None:
        with self.mock.lock:
            self.mock.calls.append(f"GET {self.path}")
            if self.path == "/v3/user/scheduled_sends":
                waiting = [{"batch_id": name, "status": "cancel"} for name in sorted(self.mock.canceled)]
                self._answer(200, waiting)
            else:
                self._answer(404, {"errors": [{"message": "not found", "field": None}]})

    def _cancel(self, request: dict[str, str]) -> None:
        if self.mock.is_fence_away:
            self._answer(503, {"errors": [{"message": "away", "field": None}]})
            return
        with self.mock.lock:
            if not self.mock.can_cancel or len(self.mock.canceled) >= 10:
                self._answer(400, {"errors": [{"message": "too many", "field": None}]})
                return
            self.mock.canceled.add(request["batch_id"])
        self._answer(201, {"batch_id": request["batch_id"], "status": request["status"]})

    def _break_off(self, headers: Mapping[str, str], body: bytes) -> None:
        """Say that all is well, and lose the thread within the body."""
        self.send_response(202)
        for name, value in {**self.mock.thanks, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self._drop()

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _answer(self, status: int, said: object, headers: Mapping[str, str] | None = None) -> None:
        body = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the stdlib's name
        """Stay quiet."""


@contextmanager
def running(mock: Mock) -> Iterator[Mock]:
    """Run the mock on a free loopback port."""
    handler = type("Handler", (_Handler,), {"mock": mock})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    mock.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield mock
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
