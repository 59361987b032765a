"""A SendGrid in a process of its own that reads requests over TLS as fast as it can and accepts them.

It parses no JSON: it counts rows, so that a race measures the sender. Refusals, storms and lost answers
are the business of the mock in tests/transports.
"""

from __future__ import annotations

import multiprocessing
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import trustme

_ACCEPTED = b"HTTP/1.1 202 Accepted\r\nX-Message-Id: sink\r\nContent-Length: 0\r\n\r\n"
_ROW = b'"custom_args"'


@dataclass(frozen=True, slots=True)
class Sink:
    """A running sink.

    Attributes:
        ca: the certificate to trust, a file.
    """

    port: int
    ca: Path
    counter: Synchronized[int]

    @property
    def url(self) -> str:
        """Return the base of its API."""
        return f"https://localhost:{self.port}"

    @property
    def rows(self) -> int:
        """Return how many recipients it has accepted."""
        return self.counter.value


@contextmanager
def running(folder: Path) -> Iterator[Sink]:
    """Run the sink; its certificates lie in `folder`."""
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    ca, chain = folder / "ca.pem", folder / "chain.pem"
    authority.cert_pem.write_to_path(ca)
    issued.private_key_and_cert_chain_pem.write_to_path(chain)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    counter: Synchronized[int] = multiprocessing.get_context("fork").Value("q", 0)
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(listener, chain, counter), daemon=True
    )
    process.start()
    try:
        yield Sink(listener.getsockname()[1], ca, counter)
    finally:
        process.terminate()
        process.join()
        listener.close()


def _serve(listener: socket.socket, chain: Path, counter: Synchronized[int]) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_talk, args=(connection, context, counter), daemon=True).start()


def _talk(connection: socket.socket, context: ssl.SSLContext, counter: Synchronized[int]) -> None:
    with suppress(OSError), context.wrap_socket(connection, server_side=True) as tls:
        pending = bytearray()
        while True:
            while (end := pending.find(b"\r\n\r\n")) < 0:
                if not (chunk := tls.recv(65_536)):
                    return
                pending += chunk
            head = bytes(pending[:end]).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            body = bytearray(length)
            have = len(pending) - end - 4
            body[:have] = pending[end + 4 :]
            view = memoryview(body)
            while have < length:
                have += tls.recv_into(view[have:]) or length
            with counter.get_lock():
                counter.value += body.count(_ROW)
            tls.sendall(_ACCEPTED)
            pending.clear()
