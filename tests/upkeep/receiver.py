"""A web server on loopback that keeps what is posted to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def values(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """What came, and what is answered.

    Attributes:
        status: of the next answers.
        holds: while it is clear, nobody gets an answer.
        came: set as soon as somebody asks.
    """

    url: str = ""
    status: int = 200
    got: list[Got] = field(default_factory=list)
    holds: threading.Event = field(default_factory=threading.Event)
    came: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        return [one.path.partition("?")[0] for one in self.got]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(one.values["type"], one.values["data"]["kind"]) for one in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.holds.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(Got(self.path, headers, body))
            receiver.came.set()
            receiver.holds.wait(120)
            try:
                self.send_response(receiver.status)
                self.send_header("content-length", "0")
                self.end_headers()
            except OSError:
                # Who asked did not wait for the answer.
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=120)
