"""Where a fetch may connect to, decided on the very address that is connected to.

A name is looked up once, each address is checked, and the checked address is dialed: a name that
changes its answer between check and connect (rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from digest.sources.web.public_addresses import is_public

MIN_TIMEOUT_S = 0.001


class AddressRefused(httpcore.ConnectError):
    """The host has only addresses that a fetch must not reach."""


class Deadline(threading.local):
    """The moment the current thread's fetch must be over; every socket call waits no longer.

    Connections are pooled and change threads, so the deadline belongs to the thread, not to them.
    """

    at: float = float("inf")

    def remaining(self, most: float | None = None) -> float:
        """Return how many seconds are left, at most `most`.

        Raises:
            httpcore.ReadTimeout: none are left.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole fetch is over")
        return max(MIN_TIMEOUT_S, left if most is None else min(left, most))


class Guard:
    """Says which addresses a host may be reached at.

    Args:
        allowed: host names that may have private addresses, and networks (`10.1.0.0/16`) that may be
            reached under any name: an intranet's CMS.
    """

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self.hosts: set[str] = set()
        self.networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for entry in allowed:
            try:
                self.networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                self.hosts.add(entry.lower().rstrip("."))

    def permits(self, host: str, address: str) -> bool:
        """Tell whether `host` may be reached at `address`."""
        if host.lower().rstrip(".") in self.hosts or is_public(address):
            return True
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
        return any(parsed in network for network in self.networks if network.version == parsed.version)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore: looks up, checks, dials what was checked, minds the deadline."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard, self._deadline, self._dialer = guard, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to the first permitted address that answers.

        Raises:
            AddressRefused: the host has no address that may be reached.
        """
        found = _look_up(host, port, self._deadline.remaining(timeout))
        permitted = [entry for entry in found if self._guard.permits(host, str(entry[4][0]))]
        if not permitted:
            addresses = ", ".join(sorted({str(entry[4][0]) for entry in found}))
            raise AddressRefused(f"{host} is at {addresses}, a private or special address")
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for entry in permitted:
            try:
                inner = self._dialer.connect_tcp(
                    str(entry[4][0]), port, self._deadline.remaining(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(inner, self._deadline)
        assert failure is not None
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no article lives behind a Unix socket."""
        del timeout, socket_options
        raise AddressRefused(f"{path} is a Unix socket")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every call ends with the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.remaining(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _look_up(host: str, port: int, timeout_s: float) -> list[Any]:
    """Ask the resolver, which knows no timeout, on a thread of its own."""
    answers: queue.SimpleQueue[list[Any] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"lookup {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout_s)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"the name {host} could not be looked up in time") from None
    if isinstance(answer, (OSError, UnicodeError)):
        raise httpcore.ConnectError(f"the name {host} could not be looked up") from answer
    return answer
