"""One careful way to fetch: bounded in time, size, redirects and reach."""

from __future__ import annotations

import base64
import codecs
import functools
import os
import re
import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import httpcore
import httpx

from digest.errors import BadData, DigestError
from digest.sources.web.connecting import AddressRefused, Deadline, Guard, GuardedBackend
from digest.sources.web.decoding import decoder_for
from digest.sources.web.urls import canonical, shown

MAX_REDIRECTS = 5
MAX_AT_ONCE = 8
MAX_PER_HOST = 1
MAX_PAUSE_S = 24 * 3600.0
"""A server that asks for a longer pause is asked again after this."""
BUSY = frozenset({429, 503})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LASTING_REDIRECTS = frozenset({301, 308})
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/html;q=0.8, application/json;q=0.8, */*;q=0.5"
)


class FetchFailed(DigestError, OSError):
    """A page or feed could not be fetched; stays inside the sources, where it becomes a Problem.

    Attributes:
        status: the HTTP status, 0 where it never came to one.
        problem: what went wrong and what to do, one sentence without the URL.
        pause_s: how long the server asked to be left alone (Retry-After); None where it did not.
    """

    def __init__(self, url: str, problem: str, status: int = 0, *, pause_s: float | None = None) -> None:
        """Name the URL (its credentials and query are left out), the problem and the status."""
        self.url, self.problem, self.status, self.pause_s = shown(url), problem, status, pause_s
        super().__init__(f"{self.url}: {problem}")

    @property
    def is_gone(self) -> bool:
        """Tell whether the server says that there is nothing here (404, 410)."""
        return self.status in {404, 410}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered.

    Attributes:
        url: where the answer came from, after redirects.
        body: decoded from gzip or deflate; empty where `is_unchanged`.
        charset: from the Content-Type header, lower case; empty where it names none or an unknown one.
        is_unchanged: 304: what we have is still right.
        moved_to: the new address, where every redirect on the way said it is for good.
        fields: the answer's headers, by name in lower case.
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False
    moved_to: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


class Fetcher:
    """Fetches over HTTP; safe to use from many threads: 8 fetches at once, 1 for each host.

    Proxies and cookies are not used. Addresses of this machine and of private networks are refused
    when connecting, whatever the name says. A server that asks for a pause (Retry-After) is left alone
    until then; one short enough for the deadline is waited for.

    Args:
        user_agent: says who we are and where to complain.
        allowed_hosts: names and networks that may be private after all: an intranet's CMS.
        deadline_s: seconds for one `get`, redirects included, waiting for a turn excluded.
        max_bytes: of a decoded body.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allowed_hosts: Sequence[str] = (),
        deadline_s: float = 20.0,
        max_bytes: int = 10_000_000,
    ) -> None:
        self._user_agent, self._deadline_s, self._max_bytes = user_agent, deadline_s, max_bytes
        self._deadline = Deadline()
        self._turns = _Turns()
        self._pauses = _Pauses()
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=2 * MAX_AT_ONCE,
            max_keepalive_connections=MAX_AT_ONCE,
            keepalive_expiry=15.0,
            network_backend=GuardedBackend(Guard(allowed_hosts), self._deadline),
        )

    def close(self) -> None:
        """Give back connections; the fetcher is not used again."""
        self._pool.close()

    def get(self, url: str, *, etag: str = "", last_modified: str = "", accept: str = ACCEPT) -> Fetched:
        """Fetch one URL, following at most 5 redirects.

        Args:
            url: http or https; credentials in it (`https://name:word@host/`) go to that origin only.
            etag: as the last answer gave it.
            last_modified: as the last answer gave it.
            accept: the Accept header.

        Raises:
            FetchFailed: anything but a 200 or 304, or a bound was reached.
        """
        origin, authorization = _origin(url), _authorization(url)
        used_s, hop, is_lasting = 0.0, url, True
        for _ in range(MAX_REDIRECTS + 1):
            headers = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
            if authorization and _origin(hop) == origin:
                headers["Authorization"] = authorization
            if etag:
                headers["If-None-Match"] = etag
            if last_modified:
                headers["If-Modified-Since"] = last_modified
            with self._turns.taken(_origin(hop)[1]):
                started = time.monotonic()
                self._deadline.at = started + self._deadline_s - used_s
                answer = self._in_its_time(hop, headers)
                used_s += time.monotonic() - started
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=answer.url if is_lasting and hop != url else "")
            is_lasting = is_lasting and answer.is_lasting
            hop = _next_hop(hop, answer.location, url)
        raise FetchFailed(url, f"redirects more than {MAX_REDIRECTS} times, maybe in a circle")

    def _in_its_time(self, url: str, headers: dict[str, str]) -> Fetched | _Redirect:
        """Make one request; a server that asks for a short pause is asked once more after it."""
        host = _origin(url)[1]
        left_s = self._pauses.left_s(host)
        if left_s > 0:
            raise FetchFailed(url, _pause_problem(left_s), pause_s=left_s)
        try:
            return self._answer(url, headers)
        except FetchFailed as busy:
            if busy.pause_s is None:
                raise
            if busy.pause_s < self._deadline.at - time.monotonic():
                time.sleep(busy.pause_s)
                return self._answer(url, headers)
            self._pauses.begin(host, busy.pause_s)
            raise

    def _answer(self, url: str, headers: dict[str, str]) -> Fetched | _Redirect:
        """Make one request; a kept connection that the server had closed is tried once more, fresh."""
        try:
            try:
                return self._request(url, headers)
            except (httpcore.ReadError, httpcore.WriteError):
                return self._request(url, headers)
            except httpcore.RemoteProtocolError as error:
                if "disconnected" not in str(error):
                    raise
                return self._request(url, headers)
        except AddressRefused as error:
            raise FetchFailed(
                url, f"{error}; if that is meant, name the host in [fetching] allowed_hosts"
            ) from error
        except httpcore.TimeoutException as error:
            raise FetchFailed(url, f"gave no full answer within {self._deadline_s:g} seconds") from error
        except httpcore.ConnectError as error:
            raise FetchFailed(url, _connect_problem(str(error))) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchFailed(url, f"broke off or spoke no proper HTTP ({error})") from error

    def _request(self, url: str, headers: dict[str, str]) -> Fetched | _Redirect:
        target = _request_url(url)
        sent = [(b"Host", _host_header(target))]
        sent += [(name.encode(), value.encode("ascii", "replace")) for name, value in headers.items()]
        with self._pool.stream("GET", target, headers=sent) as response:
            fields = httpx.Headers(response.headers)
            location = fields.get("location", "")
            if response.status in REDIRECTS and location:
                return _Redirect(location, response.status in LASTING_REDIRECTS)
            content_type = fields.get("content-type", "")
            fetched = Fetched(
                url=_without_credentials(url),
                status=response.status,
                content_type=content_type.partition(";")[0].strip().lower(),
                charset=_charset(content_type),
                etag=fields.get("etag", ""),
                last_modified=fields.get("last-modified", ""),
                is_unchanged=response.status == 304,
                fields={name.lower(): value for name, value in fields.items()},
            )
            if response.status == 304:
                return fetched
            if response.status != 200:
                pause_s = _pause_s(fields) if response.status in BUSY else None
                problem = _status_problem(response.status)
                raise FetchFailed(url, problem, response.status, pause_s=pause_s)
            return replace(fetched, body=self._body(url, response, fields))

    def _body(self, url: str, response: httpcore.Response, fields: httpx.Headers) -> bytes:
        declared = fields.get("content-length", "")
        too_big = FetchFailed(url, f"is bigger than {self._max_bytes / 1e6:g} MB")
        if declared.isdigit() and int(declared) > self._max_bytes:
            raise too_big
        decoder = decoder_for(fields.get("content-encoding", ""))
        whole = bytearray()
        try:
            for chunk in response.iter_stream():
                self._deadline.remaining()
                whole += decoder.feed(chunk, self._max_bytes + 1 - len(whole))
                if len(whole) > self._max_bytes:
                    raise too_big
        except zlib.error as error:
            raise FetchFailed(url, f"can't be unpacked ({error})") from error
        return bytes(whole)


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    is_lasting: bool


class _Turns:
    """Lets 8 fetches run at once, and 1 for each host."""

    def __init__(self) -> None:
        self._all = threading.BoundedSemaphore(MAX_AT_ONCE)
        self._hosts: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(MAX_PER_HOST)
        )
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, host: str) -> Iterator[None]:
        """Wait for the host first, so that a slow host never holds the turns of others."""
        with self._lock:
            own = self._hosts[host]
        with own, self._all:
            yield


class _Pauses:
    """Remembers which hosts asked to be left alone, and until when."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def left_s(self, host: str) -> float:
        with self._lock:
            return self._until.get(host, 0.0) - time.monotonic()

    def begin(self, host: str, pause_s: float) -> None:
        with self._lock:
            self._until[host] = time.monotonic() + pause_s


def _pause_s(fields: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After names, as a number or a date on the server's own clock."""
    raw = fields.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", raw):
        return min(float(raw), MAX_PAUSE_S)
    try:
        left = parsedate_to_datetime(raw) - parsedate_to_datetime(fields.get("date", ""))
    except (ValueError, TypeError):
        return None
    return min(max(0.0, left.total_seconds()), MAX_PAUSE_S)


def _pause_problem(left_s: float) -> str:
    return f"asked to be left alone for another {left_s / 60:.0f} minutes; it is tried again after that"


def _request_url(url: str) -> httpcore.URL:
    """Return the URL to dial, checked and percent-encoded."""
    try:
        parsed = httpx.URL(re.sub(r"[\t\n\r]", "", url).strip())
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchFailed(url, "is not a URL") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise FetchFailed(url, "is not an http or https URL")
    return httpcore.URL(
        scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path
    )


def _host_header(url: httpcore.URL) -> bytes:
    host = b"[" + url.host + b"]" if b":" in url.host else url.host
    return host if url.port is None else host + b":" + str(url.port).encode()


def _next_hop(hop: str, location: str, first: str) -> str:
    """Return where a redirect leads; credentials in it are dropped."""
    try:
        target = _without_credentials(urljoin(_without_credentials(hop), location.strip()))
        canonical(target)
    except (BadData, ValueError) as error:
        raise FetchFailed(first, "redirects to something that is no http or https page") from error
    return target


def _without_credentials(url: str) -> str:
    return re.sub(r"(?<=://)[^/?#@]*@", "", url)


def _origin(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url.strip())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme.lower(), 0)
    except ValueError as error:
        raise FetchFailed(url, "is not a URL") from error
    return parts.scheme.lower(), (parts.hostname or "").lower(), port


def _authorization(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


def _charset(content_type: str) -> str:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if not match:
        return ""
    try:
        return codecs.lookup(match.group(1)).name
    except LookupError:
        return ""


def _connect_problem(reason: str) -> str:
    if "CERTIFICATE" in reason.upper():
        return f"has no valid TLS certificate ({reason})"
    if "SSL" in reason.upper() or "TLS" in reason.upper():
        return f"failed at the TLS handshake ({reason})"
    return f"can't be reached ({reason})"


def _status_problem(status: int) -> str:
    known = {
        401: "asks for a login; put name and password into the URL, or get the key right",
        403: "refuses us; ask the publisher to let this user agent in",
        404: "is not there (404); check the address",
        410: "is gone for good (410); take it out of digest.toml",
        429: "says we come too often (429); it is tried again next time",
    }
    fallback = f"answered with status {status}"
    return known.get(status, fallback + ("; it is tried again next time" if status >= 500 else ""))


def _trusted() -> ssl.SSLContext:
    """Return whose certificates are believed; the two names are OpenSSL's own."""
    named = [os.environ.get(name, "") for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")]
    return _trusting(tuple(named), tuple(_changed_at(path) for path in named))


def _changed_at(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns if path else 0
    except OSError:
        return 0


@functools.lru_cache(maxsize=4)
def _trusting(named: tuple[str, ...], changed: tuple[int, ...]) -> ssl.SSLContext:  # noqa: ARG001
    """Return the same while it stands unchanged: to read it takes longer than most feeds."""
    return httpx.create_ssl_context()
