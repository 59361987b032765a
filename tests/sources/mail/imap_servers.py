"""IMAP servers on loopback: Dovecot where it is installed, and a rude one of our own."""

from __future__ import annotations

import base64
import getpass
import os
import re
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.ports import free_port

AUTHORITY = trustme.CA()
DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
NOBODY = 65534
USER, PASSWORD = "desk", "pass wörd"


def trust() -> ssl.SSLContext:
    """Return what trusts the servers here."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def hand_over(folder: Path) -> None:
    """Give a Maildir to whom Dovecot serves."""
    if os.geteuid() == 0:
        for file in (folder, *folder.rglob("*")):
            os.chown(file, NOBODY, NOBODY)


@dataclass(frozen=True)
class Dovecot:
    """A running Dovecot with one user, whose mail is a Maildir."""

    port: int
    starttls_port: int
    maildir: Path


@contextmanager
def dovecot(folder: Path) -> Iterator[Dovecot]:
    """Run Dovecot on free loopback ports; everything it writes lies in the folder, which all may enter."""
    folder.chmod(0o755)
    certificate = AUTHORITY.issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "tls.pem"))
    running = Dovecot(free_port(), free_port(), folder / "mail")
    me = getpass.getuser()
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()  # Dovecot serves no mail of root's
    system = "service auth {\n  user = root\n}\n"
    own = f"default_login_user = {me}\ndefault_internal_user = {me}\ndefault_internal_group = {me}\n"
    (folder / "passwords").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    (folder / "passwords").chmod(0o644)
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        f"""{system if os.geteuid() == 0 else own}
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/tls.pem
ssl_key = <{folder}/tls.pem
mail_location = maildir:{running.maildir}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {owner}
mail_gid = {owner}
passdb {{
  driver = passwd-file
  args = {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={running.maildir}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {running.starttls_port}
  }}
  inet_listener imaps {{
    port = {running.port}
    ssl = yes
  }}
}}
"""
    )
    assert DOVECOT
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(configuration)])
    try:
        _wait_for(running.port, process)
        yield running
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        assert process.poll() is None, "Dovecot ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Dovecot does not listen")


@dataclass
class Rude:
    """What a server of our own does wrong, and what it was told.

    Attributes:
        mails: by number.
        breaks_at: at the fetch of which mail the connection is cut; 0 for none.
        greeting: its first line.
        login: its answer to one; that it is done where empty.
        offers: what ways to log in it names.
        commands: all that came, without logins.
        proofs: what came with AUTHENTICATE, decoded.
    """

    mails: dict[int, bytes]
    breaks_at: int = 0
    greeting: bytes = b"* OK ready\r\n"
    validity: int = 1
    login: str = ""
    offers: str = ""
    commands: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    port: int = 0


class _Handler(socketserver.StreamRequestHandler):
    rude: Rude

    def handle(self) -> None:
        self.wfile.write(self.rude.greeting)
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            tag, _, command = line.partition(" ")
            is_login = command.upper().startswith(("LOGIN", "AUTHENTICATE"))
            if not command.upper().startswith("LOGIN"):
                self.rude.commands.append(command)
            if command.upper().startswith("AUTHENTICATE"):
                self._hear_proof()
            if is_login and self.rude.login:
                self.wfile.write(f"{tag} {self.rude.login}\r\n".encode())
                continue
            if not self._obey(command):
                return
            self.wfile.write(f"{tag} OK done\r\n".encode())

    def _hear_proof(self) -> None:
        """Take a login by OAuth; of one that is refused an error is told first, as RFC 7628 has it."""
        self.wfile.write(b"+ \r\n")
        self.rude.proofs.append(base64.b64decode(self.rfile.readline()).decode())
        if self.rude.login:
            self.wfile.write(b"+ " + base64.b64encode(b'{"status":"400"}') + b"\r\n")
            self.rfile.readline()

    def _obey(self, command: str) -> bool:
        name = command.upper()
        if name.startswith("CAPABILITY"):
            self.wfile.write(f"* CAPABILITY IMAP4rev1 {self.rude.offers}".strip().encode() + b"\r\n")
        elif name.startswith(("EXAMINE", "SELECT")):
            told = f"* {len(self.rude.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.rude.validity}] v\r\n"
            self.wfile.write(told.encode())
        elif name.startswith("UID SEARCH"):
            self.wfile.write(f"* SEARCH {' '.join(map(str, self.rude.mails))}\r\n".encode())
        elif found := re.match(r"UID FETCH ([\d,:]+) \((.*)\)", name):
            return self._fetched(found[1], found[2])
        return True

    def _fetched(self, asked: str, what: str) -> bool:
        for uid in _numbers(asked):
            if "BODY.PEEK[]" in what and uid == self.rude.breaks_at:
                return False
            mail = self.rude.mails[uid]
            head = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            content, name = (head, "BODY[HEADER]<0>") if "HEADER" in what else (mail, "BODY[]<0>")
            stamp = 'INTERNALDATE "01-Dec-2026 10:00:00 +0000"'
            told = f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)} {stamp}"
            self.wfile.write(f"{told} {name} {{{len(content)}}}\r\n".encode() + content + b")\r\n")
        return True


def _numbers(asked: str) -> list[int]:
    found: list[int] = []
    for piece in asked.split(","):
        first, _, last = piece.partition(":")
        found.extend(range(int(first), int(last or first) + 1))
    return found


@contextmanager
def rude(told: Rude) -> Iterator[Rude]:
    """Run the server of our own on a free loopback port."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(tls)

    class Handler(_Handler):
        rude = told

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[ssl.SSLSocket, object]:
            plain, address = super().get_request()
            return tls.wrap_socket(plain, server_side=True), address

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that leaves is no fault of the server."""

    with Server(("127.0.0.1", 0), Handler) as server:
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
