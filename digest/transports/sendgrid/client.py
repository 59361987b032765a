"""The sendgrid package's HTTP client on pooled connections with timeouts.

The stock client opens a connection for each call, never times out, and writes the API key into the
debug log; this one does none of it and keeps its interface (`client.mail.send.post(...)`).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from digest.errors import ConfigurationError, Fault
from digest.transports.sendgrid.package import Client, SendGridAPIClient, region_host_dict

log = logging.getLogger(__name__)

_KEEPALIVE_S: Final = 15.0
"""Shorter than load balancers keep idle connections: a stale one would make a batch uncertain."""

_MAX_BODY: Final = 4_000_000
"""Bytes read of an answer: a thousand faults, each with a sentence, are a tenth of it."""

_BODY_S: Final = 30.0
"""A body that drips on for longer is let go; its status is known by then."""

_OF_THE_BODY: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class PooledClient(Client):  # type: ignore[misc]
    """A `python_http_client.Client` whose calls go over one shared `httpx.Client`."""

    def __init__(self, http: httpx.Client, **options: Any) -> None:
        """Take the pool, and the options of the stock client."""
        super().__init__(**options)
        self._http = http

    def post(
        self,
        request_body: list[bytes] | Mapping[str, object] | None = None,
        query_params: Mapping[str, str] | None = None,
        request_headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Post and return the answer, whatever its status; blocks go as they are, None as no body at all.

        The status alone is the answer: what is lost of the body behind it is left out.

        Raises:
            httpx.TransportError: no answer came.
        """
        headers = {**self.request_headers, **(request_headers or {})}
        if request_body is None:
            return self._answer("POST", query_params, headers)
        headers.setdefault("Content-Type", "application/json")
        blocks = request_body if isinstance(request_body, list) else [json.dumps(request_body).encode()]
        headers["Content-Length"] = str(sum(map(len, blocks)))  # else it would go out chunked
        return self._answer("POST", query_params, headers, blocks)

    def get(self, query_params: Mapping[str, str] | None = None) -> httpx.Response:
        """Get and return the answer, whatever its status.

        Raises:
            httpx.TransportError: no answer came.
        """
        return self._answer("GET", query_params, self.request_headers)

    def _answer(
        self,
        method: str,
        query_params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        blocks: list[bytes] | None = None,
    ) -> httpx.Response:
        request = self._http.build_request(
            method, self._build_url(query_params), content=blocks, headers=headers
        )
        response = self._http.send(request, stream=True)
        body = bytearray()
        ends_at = time.monotonic() + _BODY_S
        try:
            for block in response.iter_bytes():
                body += block
                if len(body) > _MAX_BODY or time.monotonic() > ends_at:
                    break
        except httpx.RequestError as error:
            log.info("sendgrid: the body of a %d was lost (%s)", response.status_code, type(error).__name__)
        finally:
            response.close()
        headers = {name: value for name, value in response.headers.items() if name not in _OF_THE_BODY}
        return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=request)

    def _build_client(self, name: str | None = None) -> PooledClient:
        """Return the client one URL segment further, on the same pool."""
        return PooledClient(
            self._http,
            host=self.host,
            version=self._version,
            request_headers=self.request_headers,
            url_path=[*self._url_path, name] if name else self._url_path,
            append_slash=self.append_slash,
            timeout=self.timeout,
        )


def pool(*, timeout_s: float, answer_timeout_s: float, connections: int) -> httpx.Client:
    """Return the HTTP client that all requests share; whoever asks closes it."""
    return httpx.Client(
        timeout=httpx.Timeout(timeout_s, read=answer_timeout_s),
        limits=httpx.Limits(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_KEEPALIVE_S,
        ),
        follow_redirects=False,
    )


def api(
    api_key: str, http: httpx.Client, *, region: str = "global", api_url: str = "", subuser: str = ""
) -> SendGridAPIClient:
    """Return the package's client on the pool.

    Args:
        api_key: in no log and no message.
        http: the pool.
        region: "global" or "eu", where the account's data lies.
        api_url: instead of the region's (`http://127.0.0.1:8025` for a mock).
        subuser: whose mail it is, where the account has several.

    Raises:
        ConfigurationError: no such region.
    """
    if region not in region_host_dict:
        raise ConfigurationError(
            [Fault("transport.region", f"{region!r} is not one of: {', '.join(sorted(region_host_dict))}")]
        )
    host = (api_url or region_host_dict[region]).rstrip("/")
    found = SendGridAPIClient(api_key, host=host, impersonate_subuser=subuser or None)
    found.client = PooledClient(http, host=host, request_headers=found._default_headers, version=3)  # noqa: SLF001
    return found
