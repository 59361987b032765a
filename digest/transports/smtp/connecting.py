"""Opening a connection to a relay: greeting, TLS and login are aiosmtplib's."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field

import aiosmtplib
from aiosmtplib import SMTPAuthenticationError, SMTPException, SMTPHeloError, SMTPResponseException

from digest.errors import RefusesAll, TransportUnavailable
from digest.model import Blame
from digest.transports.envelopes import Session
from digest.transports.headers import scrubbed
from digest.transports.smtp.manners import Manners
from digest.transports.smtp.session import SmtpSession
from digest.transports.smtp.sizes import SizeLimit
from digest.transports.smtp.wire import Wire
from digest.transports.stages import Stage


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


async def connect(relay: Relay, manners: Manners) -> Session:
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
        greeting = await smtp.connect()
        if smtp.is_ehlo_or_helo_needed:
            await _greet(smtp)
    except SMTPResponseException as error:
        smtp.close()
        raise _refused(relay, error) from error
    except (SMTPException, OSError, ValueError) as error:
        smtp.close()
        raise TransportUnavailable("smtp", f"{relay.host}:{relay.port}: {scrubbed(str(error))}") from error
    transport = smtp.transport
    if not isinstance(transport, asyncio.Transport):
        raise TransportUnavailable("smtp", f"{relay.host}:{relay.port}: the connection was lost")
    return SmtpSession(
        Wire(transport),
        manners,
        is_pipelined=manners.may_pipeline and smtp.supports_extension("pipelining"),
        takes_utf8=smtp.supports_extension("smtputf8"),
        size=SizeLimit.of(smtp),
        mails=manners.mails_for(greeting.message),
        timeout_s=relay.timeout_s,
        answer_timeout_s=relay.answer_timeout_s,
    )


def _refused(relay: Relay, error: SMTPResponseException) -> RefusesAll:
    """Return what the server's answer to greeting, EHLO or login says of everybody."""
    said = scrubbed(f"{error.code} {error.message}")
    from digest.transports.blaming import blame_of  # a quarter second, where something was refused

    blame = blame_of(said, Stage.CONNECT)
    if isinstance(error, SMTPAuthenticationError):
        blame = Blame.LOGIN
    elif isinstance(error, SMTPHeloError) and blame is Blame.RELAY:
        blame = Blame.HELO
    return RefusesAll("smtp", f"{relay.host}:{relay.port}: {said}", blame.remedy, what=blame)


async def _greet(smtp: aiosmtplib.SMTP) -> None:
    try:
        await smtp.ehlo()
    except SMTPHeloError:
        await smtp.helo()
