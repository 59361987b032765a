"""Logging in to a mail server, and out again: no mail."""

from __future__ import annotations

import ssl
from typing import Literal

from digest.transports.smtp.connecting import Relay, connect
from digest.transports.smtp.manners import Manners

TIMEOUT_S = 20.0


async def probe(
    host: str,
    port: int,
    *,
    username: str = "",
    password: str = "",
    tls: Literal["starttls", "tls", "none"] = "starttls",
    helo_name: str = "",
    tls_context: ssl.SSLContext | None = None,
) -> str:
    """Return a clause that says who answered.

    Args:
        tls_context: instead of the system's certificates.

    Raises:
        RefusesAll: the server refuses greeting, name or login.
        TransportUnavailable: it can't be reached, or offers no TLS where that is asked for.
    """
    relay = Relay(
        host=host,
        port=port,
        username=username,
        password=password,
        tls=tls,
        tls_context=tls_context,
        timeout_s=TIMEOUT_S,
        answer_timeout_s=TIMEOUT_S,
        helo_name=helo_name,
    )
    session = await connect(relay, Manners())
    await session.quit()
    how = "logs us in" if username else "answers"
    return f"{host}:{port} {how}{'' if tls == 'none' else ' by TLS'}"
