"""A real SMTP server on loopback whose every answer a test may script."""

from __future__ import annotations

import asyncio
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
    port = options.pop("port", 0)

    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, **self.SMTP_kwargs)

    controller = Local(
        server, hostname="127.0.0.1", port=0, ready_timeout=10, enable_SMTPUTF8=True, **options
    )
    controller.port = port or _free_port()
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
