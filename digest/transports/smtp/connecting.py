"""Opening a connection to a relay: greeting, TLS and login are aiosmtplib's."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field

import aiosmtplib
from aiosmtplib import SMTPException, SMTPHeloError

from digest.errors import TransportUnavailable
from digest.transports.envelopes import Session
from digest.transports.headers import scrubbed
from digest.transports.smtp.pipelined import PipelinedSession
from digest.transports.smtp.plain import PlainSession


@dataclass(frozen=True, slots=True)
class Relay:
    """Where and how to connect; see `SmtpTransport`."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    tls: str
    tls_context: ssl.SSLContext | None
    timeout_s: float
    answer_timeout_s: float
    helo_name: str
    pipelining: bool


async def connect(relay: Relay) -> Session:
    """Return a session that is past EHLO, TLS and login.

    Raises:
        TransportUnavailable: no connection, no TLS where it is asked for, or no login.
    """
    smtp = aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.username or None,
        password=relay.password or None,
        local_hostname=relay.helo_name or None,
        timeout=relay.timeout_s,
        use_tls=relay.tls == "tls",
        start_tls=relay.tls == "starttls",
        tls_context=relay.tls_context,
    )
    try:
        await smtp.connect()
        if smtp.is_ehlo_or_helo_needed:
            await _greet(smtp)
    except (SMTPException, OSError, ValueError) as error:
        smtp.close()
        raise TransportUnavailable("smtp", f"{relay.host}:{relay.port}: {scrubbed(str(error))}") from error
    if relay.pipelining and smtp.supports_extension("pipelining"):
        return PipelinedSession(smtp, timeout_s=relay.timeout_s, answer_timeout_s=relay.answer_timeout_s)
    return PlainSession(smtp, answer_timeout_s=relay.answer_timeout_s)


async def _greet(smtp: aiosmtplib.SMTP) -> None:
    try:
        await smtp.ehlo()
    except SMTPHeloError:
        await smtp.helo()
