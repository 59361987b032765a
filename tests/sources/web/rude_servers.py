"""Servers that send too much, too slowly or no proper HTTP: each a little past a bound, and then it ends.

A client with wider bounds gets a whole answer from those of `too_much`, so that only the bound cut it off.
"""

from __future__ import annotations

import gzip
import socket
import threading
from dataclasses import dataclass

from tests.sources.servers import Act, answer

HEADER_BYTES = 128 * 1024
"""More than httpcore reads of an answer's head."""
STEPS = 10
"""A slow answer comes in so many pieces before the deadline, and in as many after it."""


@dataclass(frozen=True, slots=True)
class Rude:
    """One server: what it does, and the words of the problem that its fetch ends with."""

    name: str
    act: Act
    said: str


def too_much(*, deadline_s: float, max_bytes: int) -> list[Rude]:
    """Return the servers whose answers are whole, but longer or slower than these bounds."""
    packed = gzip.compress(b" " * (max_bytes + 1))
    return [
        Rude("body, piece by piece", _slowly(b"HTTP/1.1 200 OK\r\n\r\n", b"x", b"", deadline_s), "within"),
        Rude(
            "header, piece by piece",
            _slowly(b"HTTP/1.1 200 OK\r\nX: ", b"x", b"\r\n\r\nhello", deadline_s),
            "within",
        ),
        Rude(
            "says nothing for long",
            _slowly(b"", b"", b"HTTP/1.1 200 OK\r\n\r\nhello", deadline_s),
            "within",
        ),
        Rude(
            "100 Continue again and again",
            _slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nhello", deadline_s),
            "within",
        ),
        Rude(
            "body of a byte too much", saying(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (max_bytes + 1)), "bigger"
        ),
        Rude("length of a byte too much", saying(answer(b" " * (max_bytes + 1))), "bigger"),
        Rude("packed body of a byte too much", _packed(packed), "bigger"),
    ]


def improper() -> list[Rude]:
    """Return the servers whose answers nobody can use."""
    return [
        Rude("header too long", saying(b"HTTP/1.1 200 OK\r\nX: " + b"x" * HEADER_BYTES), "broke off"),
        Rude("body ends early", _short, "broke off"),
        Rude("reset", _reset, "broke off"),
        Rude("no HTTP", saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "broke off"),
        Rude("redirect loop", _moved("/"), "circle"),
        Rude("redirect to a file", _moved("file:///etc/passwd"), "no http"),
        Rude("redirect inward", _moved("http://10.0.0.1/"), "private"),
        Rude("redirect to no URL", _moved("http://[::1"), "no http"),
        Rude("packing unasked for", _packed(b"x", "br"), "br"),
        Rude("bad gzip", _packed(b"\x1f\x8b\x08junk"), "unpacked"),
    ]


def _slowly(start: bytes, piece: bytes, end: bytes, deadline_s: float) -> Act:
    def act(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        stop = threading.Event()
        for _step in range(2 * STEPS):
            stop.wait(deadline_s / STEPS)
            connection.sendall(piece)
        connection.sendall(end)
        connection.shutdown(socket.SHUT_RDWR)

    return act


def _short(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort")
    connection.shutdown(socket.SHUT_RDWR)


def _reset(connection: socket.socket, _: bytes) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def saying(whole: bytes) -> Act:
    """Return what sends these bytes, whatever was asked, and then no more."""

    def act(connection: socket.socket, _: bytes) -> None:
        connection.sendall(whole)
        connection.shutdown(socket.SHUT_WR)

    return act


def _moved(location: str) -> Act:
    return saying(answer(status="302 Found", headers={"Location": location}))


def _packed(body: bytes, encoding: str = "gzip") -> Act:
    return saying(answer(body, headers={"Content-Encoding": encoding}))
