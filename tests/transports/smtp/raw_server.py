"""A mail server on loopback that says any bytes at any moment, and knows which mails it truly took."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PAUSE_S = 0.03
"""Long enough for what was said before to be read by itself."""


@dataclass(frozen=True)
class Moment:
    """Where the talk is: the verb, the recipient of the mail at hand, and the how-manieth mail it is.

    Attributes:
        verb: MAIL, RCPT, DATA, `.` for the end of a mail, RSET or QUIT.
        mail: counted over all connections, from 1.
        behind: the bytes that the client had sent behind the final dot.
    """

    verb: str
    recipient: str
    mail: int
    connection: int
    behind: bytes = b""


@dataclass(frozen=True)
class Said:
    """What the server says, in pieces with a pause between them.

    Attributes:
        takes: it says yes in truth: at the end of a mail, that is kept.
        closes: the connection ends after it.
        skips: what the client sent behind the dot is thrown away.
    """

    pieces: tuple[bytes, ...]
    takes: bool = True
    closes: bool = False
    skips: bool = False


YES = {
    "MAIL": b"250 sender ok\r\n",
    "RCPT": b"250 recipient ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 kept\r\n",
    "RSET": b"250 flushed\r\n",
    "QUIT": b"221 bye\r\n",
}

Script = Callable[[Moment], Said | None]


@dataclass
class RawServer:
    """Says what its script says; `taken` counts the mails it kept, by recipient."""

    script: Script = lambda _: None
    extensions: tuple[str, ...] = ("PIPELINING",)
    greeting: str = "raw.example ESMTP"
    taken: Counter[str] = field(default_factory=Counter)
    senders: dict[str, list[str]] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    per_connection: Counter[int] = field(default_factory=Counter)
    mails: int = 0
    connections: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Talk(socketserver.BaseRequestHandler):
    server_of: RawServer

    def handle(self) -> None:
        state = self.server_of
        with state.lock:
            state.connections += 1
            self.number = state.connections
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sender = self.recipient = ""
        self.allowed: set[str] = set()
        with suppress(OSError):
            self.request.sendall(f"220 {state.greeting}\r\n".encode())
            while (line := self._line()) is not None and self._answer(line):
                pass

    def _line(self) -> bytes | None:
        while b"\n" not in self.buffer:
            more = self.request.recv(65536)
            if not more:
                return None
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.rstrip(b"\r")

    def _answer(self, line: bytes) -> bool:
        state = self.server_of
        verb = line[:4].decode("ascii", "replace").upper().strip()
        if verb in {"EHLO", "HELO"}:
            lines = ["raw.example", *state.extensions]
            said = "".join(f"250{' ' if line is lines[-1] else '-'}{line}\r\n" for line in lines)
            self.request.sendall(said.encode())
            return True
        address = re.search(rb"<([^>]*)>", line)
        if verb == "MAIL":
            self.sender = address[1].decode() if address else ""
            with state.lock:
                state.mails += 1
                self.mail = state.mails
        if verb == "RCPT":
            self.recipient = address[1].decode() if address else ""
            state.senders.setdefault(self.recipient, []).append(self.sender)
        return self._say(verb)

    def _say(self, verb: str, behind: bytes = b"") -> bool:
        state = self.server_of
        moment = Moment(verb, self.recipient, getattr(self, "mail", 0), self.number, behind)
        state.moments.append(moment)
        said = Said((b"503 what for?\r\n",), takes=False)
        if verb not in {"RCPT", "DATA"} or verb in self.allowed:
            said = state.script(moment) or Said((YES.get(verb, b"502 what?\r\n"),))
        self.allowed = (
            {"MAIL": {"RCPT"}, "RCPT": {"RCPT", "DATA"}}.get(verb, set()) if said.takes else set()
        )
        if verb == "." and said.takes:
            with state.lock:
                state.taken[self.recipient] += 1
                state.per_connection[self.number] += 1
        if said.skips:
            self.buffer = b""
        for index, piece in enumerate(said.pieces):
            if index:
                time.sleep(PAUSE_S)
            self.request.sendall(piece)
        if said.closes or verb == "QUIT":
            return False
        if verb == "DATA" and said.takes:
            return self._body()
        return True

    def _body(self) -> bool:
        while (line := self._line()) is not None:
            if line == b".":
                return self._say(".", self.buffer)
        return False


@contextmanager
def running(server: RawServer) -> Iterator[RawServer]:
    """Run the server on a free loopback port."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    handler = type("Talk", (_Talk,), {"server_of": server})
    with Server(("127.0.0.1", 0), handler) as listening:
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def haraka(moment: Moment) -> Said | None:
    """Answer 503 to whatever traveled behind a final dot, once the mail is kept."""
    lines = moment.behind.count(b"\n")
    if moment.verb != "." or not lines:
        return None
    return Said((YES["."] + b"503 Nested MAIL command\r\n" * lines,), skips=True)
