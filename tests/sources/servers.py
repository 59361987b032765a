"""Small servers on 127.0.0.1: polite ones by path, and raw ones that do what servers must not."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Act = Callable[[socket.socket, bytes], None]
"""What a raw server does with a connection and the request it read."""


@dataclass
class RawServer:
    """Accepts connections and lets `act` do as it likes; `requests` keeps what was asked."""

    act: Act
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    host: str = "127.0.0.1"

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self.host, 0))
        self._port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=120)

    @property
    def url(self) -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self._port}"

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(120)
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                while not self._stopped.is_set():
                    request = _request(connection)
                    if not request:
                        return
                    self.requests.append(request)
                    self.act(connection, request)


def _request(connection: socket.socket) -> bytes:
    whole = b""
    while b"\r\n\r\n" not in whole:
        piece = connection.recv(65536)
        if not piece:
            return b""
        whole += piece
    return whole


def answer(body: bytes = b"", *, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    """Return a whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def path_of(request: bytes) -> str:
    return request.split(b" ", 2)[1].decode()


def header_of(request: bytes, name: str) -> str:
    for line in request.decode("latin-1").split("\r\n")[1:]:
        found, _, value = line.partition(":")
        if found.lower() == name.lower():
            return value.strip()
    return ""


@contextlib.contextmanager
def site(pages: Mapping[str, bytes]) -> Iterator[RawServer]:
    """Serve whole answers by path; 404 for the others. The mapping may change while it serves."""

    def act(connection: socket.socket, request: bytes) -> None:
        connection.sendall(pages.get(path_of(request), answer(b"nothing here", status="404 Not Found")))

    with RawServer(act) as server:
        yield server
