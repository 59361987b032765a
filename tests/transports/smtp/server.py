"""A real SMTP server on loopback whose every answer a test may script."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

DROP = "drop"
"""In place of an answer: the connection is cut."""

Script = Callable[[str], str]
"""From an address to the answer; empty for 250."""


@dataclass
class Arrived:
    """One mail that the server took."""

    sender: str
    recipient: str
    content: bytes
    utf8: bool


@dataclass
class ScriptedServer:
    """Says what it is told to; `arrived` holds what it answered 250 to, or took before a cut."""

    on_mail: Script = lambda _: ""
    on_rcpt: Script = lambda _: ""
    on_data: Script = lambda _: ""
    offers_pipelining: bool = True
    hangs_s: float = 0.0
    connections: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    port: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        if self.offers_pipelining:
            responses.insert(1, "250-PIPELINING")
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._say(server, self.on_mail(address))
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._say(server, self.on_rcpt(address))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        if self.hangs_s:
            await asyncio.sleep(self.hangs_s)
        said = self.on_data(recipient)
        if said in {"", DROP} or said.startswith("2"):
            content = envelope.original_content or b""
            self.arrived.append(
                Arrived(str(envelope.mail_from), recipient, content, bool(envelope.smtp_utf8))
            )
        return self._say(server, said)

    def _say(self, server: SMTP, answer: str) -> str:
        if answer == DROP:
            transport: Any = server.transport
            transport.abort()
            return "421 gone"
        return answer or "250 OK"


@contextmanager
def running(server: ScriptedServer, **options: Any) -> Iterator[ScriptedServer]:
    """Run the server on loopback, on a free port where no `port` is given."""
    with listening(server, enable_SMTPUTF8=True, **options) as port:
        server.port = port
        yield server


class _Local(Controller):
    """aiosmtpd on a port of loopback that is its own from the moment it is known."""

    def _create_server(self) -> Any:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listener, ssl=self.ssl_context)


@contextmanager
def listening(handler: object, *, port: int = 0, **options: Any) -> Iterator[int]:
    """Run aiosmtpd with `handler`, on a free port where none is given; yield the port."""
    controller = _Local(handler, hostname="127.0.0.1", port=port, ready_timeout=600, **options)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()
