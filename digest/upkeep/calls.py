"""A call over HTTP that ends in time, whatever the other side does: it may answer a byte a minute."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

GONE = 410
NO_MORE = "the answer was 410: it wants no more"
"""What a receiver that takes nothing any more is told as. Source: Standard Webhooks."""

if TYPE_CHECKING:
    import httpx


def posted(url: str, content: bytes, headers: Mapping[str, str] | None = None, *, within_s: float) -> str:
    """Post it; return why it was not taken, or nothing: any 2xx is a yes. Only an answer's head is read.

    Args:
        within_s: for all of it: name, connection, answer. A library's own limit is for each step.
    """
    import httpx  # only where somebody is called

    said: list[str] = []
    try:
        client = httpx.Client(timeout=within_s)
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        # The environment names a proxy, or certificates, that are none: `digest doctor` names the variable.
        return f"the call could not be made: {type(error).__name__}"

    def call() -> None:
        said.append(_problem(client, url, content, headers or {}))

    thread = threading.Thread(target=call, name="call", daemon=True)
    thread.start()
    thread.join(within_s)
    # Whoever still waits for an answer finds the connection gone.
    client.close()
    return said[0] if said else f"no answer within {within_s:.0f} s"


def _problem(client: httpx.Client, url: str, content: bytes, headers: Mapping[str, str]) -> str:
    import httpx

    try:
        with client.stream("POST", url, content=content, headers=headers) as answer:
            if answer.status_code == GONE:
                return NO_MORE
            return "" if answer.is_success else f"the answer was {answer.status_code}"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError, ValueError) as error:
        # Its own words may hold the address, which is a secret.
        return f"the call failed: {type(error).__name__}"
