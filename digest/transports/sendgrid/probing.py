"""Asking SendGrid what our key may do: no mail."""

from __future__ import annotations

import asyncio

import httpx

from digest.errors import TransportUnavailable
from digest.transports.sendgrid.client import api, pool
from digest.transports.sendgrid.package import HTTPError

TIMEOUT_S = 20.0
NEEDED = "mail.send"


async def probe(api_key: str, *, region: str = "global", api_url: str = "") -> str:
    """Return a clause that says what the key may do.

    Raises:
        TransportUnavailable: the key is refused or may send nothing, or SendGrid can't be reached.
    """
    return await asyncio.to_thread(_ask, api_key, region, api_url)


def _ask(api_key: str, region: str, api_url: str) -> str:
    with pool(timeout_s=TIMEOUT_S, answer_timeout_s=TIMEOUT_S, connections=1) as http:
        try:
            answer = api(api_key, http, region=region, api_url=api_url).client.scopes.get()
            scopes = answer.to_dict.get("scopes", [])
        except HTTPError as refused:
            problem = f"the key is refused ({refused.status_code})"
            raise TransportUnavailable("sendgrid", problem) from refused
        except (httpx.HTTPError, ValueError, AttributeError) as away:
            raise TransportUnavailable("sendgrid", str(away) or type(away).__name__) from away
    if NEEDED not in scopes:
        raise TransportUnavailable("sendgrid", f"the key may not send: it lacks the scope {NEEDED}")
    return "SendGrid takes the key, and it may send"
