"""A very small IMAP server over TLS on loopback: enough for a bounce box."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """The mails of the one folder `Bounces`, by UID, and which are seen."""

    mails: dict[int, bytes]
    seen: set[int] = field(default_factory=set)
    port: int = 0


class _Handler(socketserver.StreamRequestHandler):
    box: Box

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            status = self._obey(command)
            self.wfile.write(f"{tag} {status}\r\n".encode())
            if command.upper().startswith("LOGOUT"):
                return

    def _obey(self, command: str) -> str:
        name = command.upper()
        if name.startswith("CAPABILITY"):
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif name.startswith("LOGIN"):
            return "OK done" if command == 'LOGIN press "pass word"' else f"NO bad login {command}"
        elif name.startswith("SELECT"):
            return "OK done" if command == 'SELECT "Bounces"' else "NO no such folder"
        elif name.startswith("UID SEARCH"):
            unseen = " ".join(str(uid) for uid in self.box.mails if uid not in self.box.seen)
            self.wfile.write(f"* SEARCH {unseen}\r\n".encode())
        elif found := re.match(r"UID FETCH (\d+)", name):
            mail = self.box.mails[int(found[1])]
            self.wfile.write(
                f"* 1 FETCH (UID {found[1]} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n"
            )
        elif found := re.match(r"UID STORE (\d+) \+FLAGS.SILENT \(\\SEEN\)", name):
            self.box.seen.add(int(found[1]))
        return "OK done"


@contextmanager
def running(box: Box, tls: ssl.SSLContext) -> Iterator[Box]:
    """Run the server on a free loopback port."""

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[ssl.SSLSocket, object]:
            sock, address = self.socket.accept()
            return tls.wrap_socket(sock, server_side=True), address

    server = Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"box": box}))
    box.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
