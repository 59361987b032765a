"""The ways by which somebody is told: mail by a server of its own, a signed webhook, a program, a ping.

A channel never raises: what it could not tell it says, and the next look tries again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, Protocol

from digest.settings.upkeep import AlertSmtpSettings, signing_bytes
from digest.upkeep import calls
from digest.upkeep.alarms import programs
from digest.upkeep.alarms.messages import Letter, Message
from subscribers.address import EmailAddress

TIMEOUT_S = 10.0
MAIL_TIMEOUT_S = 60.0
"""For a mail from the first byte to the last: a server may say one every nine seconds."""
PROGRAM_TIMEOUT_S = 30.0
_LONGEST_PROBLEM = 200


class Channel(Protocol):
    """One way to tell."""

    @property
    def name(self) -> str:
        """Return its name, as it is kept beside each alert."""
        ...

    def tell(self, message: Message) -> str:
        """Tell it; return why it could not, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Mail by a server that only alerts go by."""

    settings: AlertSmtpSettings
    to: tuple[str, ...]
    name: str = "mail"
    within_s: float = MAIL_TIMEOUT_S

    def tell(self, message: Message) -> str:
        """Send one mail to all of them; a server that takes it for one has it told."""
        return self._send(message.letter, self.to)

    def send(self, letter: Letter, to: Sequence[EmailAddress]) -> str:
        """Send a letter to others; return why it could not, or nothing."""
        return self._send(letter, [one.address for one in to])

    def tried(self) -> str:
        """Log in and send nothing; return why it could not, or nothing."""
        return self._with_server(lambda server: server.noop())

    def _send(self, letter: Letter, to: Sequence[str]) -> str:
        def post(server: smtplib.SMTP) -> None:
            server.send_message(self._mail(letter, to), self.settings.sender.address, list(to))

        return self._with_server(post)

    def _with_server(self, act: Callable[[smtplib.SMTP], object]) -> str:
        given, opened, is_late = self.settings, list[smtplib.SMTP](), threading.Event()
        end = threading.Timer(self.within_s, _hang_up, (opened, is_late))
        end.daemon = True
        end.start()
        try:
            with self._connected(opened) as server:
                if given.username:
                    server.login(given.username, given.password.get_secret_value())
                act(server)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            if is_late.is_set():
                return f"{given.host}: it was not done within {self.within_s:.0f} s"
            return f"{given.host}: {_first_line(error)}"
        finally:
            end.cancel()
        return ""

    def _connected(self, opened: list[smtplib.SMTP]) -> smtplib.SMTP:
        import ssl

        class Known(smtplib.SMTP):
            def connect(self, *where: Any, **how: Any) -> tuple[int, bytes]:
                opened.append(self)
                return super().connect(*where, **how)

        class KnownByTls(Known, smtplib.SMTP_SSL):
            pass

        given, context = self.settings, ssl.create_default_context()
        if given.tls == "tls":
            return KnownByTls(given.host, given.effective_port, timeout=TIMEOUT_S, context=context)
        server = Known(given.host, given.effective_port, timeout=TIMEOUT_S)
        if given.tls == "starttls":
            try:
                server.starttls(context=context)
            except (smtplib.SMTPException, OSError):
                server.close()
                raise
        return server

    def _mail(self, letter: Letter, to: Sequence[str]) -> EmailMessage:
        mail = EmailMessage()
        sender = self.settings.sender
        mail["From"] = Address(sender.name, addr_spec=sender.address)
        mail["To"] = ", ".join(to)
        mail["Subject"] = " ".join(letter.subject.split())
        mail["Date"] = format_datetime(letter.at)
        mail["Message-ID"] = make_msgid(domain=self.settings.sender.domain)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text)
        return mail


@dataclass(frozen=True, slots=True)
class HookChannel:
    """A webhook, signed as standardwebhooks.com has it."""

    url: str
    secret: str
    name: str = "url"

    def tell(self, message: Message) -> str:
        """Post it; any 2xx is a yes."""
        body = json.dumps(message.values, ensure_ascii=False).encode()
        return posted(self.url, self.secret, name=message.name, body=body, now=message.at)


@dataclass(frozen=True, slots=True)
class PingChannel:
    """An address that is called with every alert, and gets its text."""

    url: str
    name: str = "ping"

    def tell(self, message: Message) -> str:
        """Call it; an end is not told, for such addresses know only one word."""
        if message.alert.is_over:
            return ""
        return calls.posted(self.url, message.text.encode(), within_s=TIMEOUT_S)


@dataclass(frozen=True, slots=True)
class ProgramChannel:
    """A program that reads the alert from stdin."""

    command: tuple[str, ...]
    name: str = "command"

    def tell(self, message: Message) -> str:
        """Run it; exit code 0 is a yes."""
        given = json.dumps(message.values, ensure_ascii=False).encode()
        try:
            return programs.told(self.command, given, within_s=PROGRAM_TIMEOUT_S)
        except (OSError, ValueError) as error:
            return f"{self.command[0]}: {_first_line(error)}"


def posted(url: str, secret: str, *, name: str, body: bytes, now: datetime) -> str:
    """Post JSON, signed; return why it was not taken, or nothing: any 2xx is a yes."""
    stamp = str(int(now.timestamp()))
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, name, stamp, body),
    }
    return calls.posted(url, body, headers, within_s=TIMEOUT_S)


def signature(secret: str, name: str, stamp: str, body: bytes) -> str:
    """Return the value of `webhook-signature`: one signature by each secret, the newest first.

    Args:
        secret: one, or several parted by blanks while it is changed: a receiver knows one of them.

    Source: the specification of Standard Webhooks, "Signature scheme" (symmetric, v1).
    """
    signed = b".".join((name.encode(), stamp.encode(), body))
    macs = (hmac.new(signing_bytes(one), signed, hashlib.sha256).digest() for one in secret.split())
    return " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs)


def names_of(channels: Sequence[Channel]) -> frozenset[str]:
    """Return the channels' names."""
    return frozenset(channel.name for channel in channels)


def _hang_up(opened: Sequence[smtplib.SMTP], is_late: threading.Event) -> None:
    """End the connection under whoever reads from it."""
    is_late.set()
    for server in opened:
        line = getattr(server, "sock", None)
        if isinstance(line, socket.socket):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _first_line(error: Exception) -> str:
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0][:_LONGEST_PROBLEM]
