"""Where the desk listens: bound first, told after, and a taken port is an error of its own."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from digest.errors import PortTaken
from digest.web.serving.connections import Bounds, bounded

BACKLOG = 2048
USUAL = Bounds()


def bound(host: str, port: int) -> list[socket.socket]:
    """Return sockets bound to every address of `host`; the caller, or the server, closes them.

    Raises:
        PortTaken: somebody else listens there, or nobody may.
    """
    found: list[socket.socket] = []
    try:
        for family, address in _addresses(host, port):
            # asyncio sends at once (TCP_NODELAY) only where the protocol is named: else a small answer's
            # second half waits 40 ms for the receiver's word on the first.
            one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            found.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
            one.listen(BACKLOG)
    except OSError as error:
        for one in found:
            one.close()
        raise PortTaken(host, port, error.strerror or str(error)) from error
    return found


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    by_address = {address[:2]: family for family, _type, _protocol, _name, address in answers}
    return [(family, (str(name), int(number))) for (name, number), family in by_address.items()]


def serve(
    app: Starlette, sockets: Sequence[socket.socket], opened: Callable[[], None], *, bounds: Bounds = USUAL
) -> None:
    """Answer until a signal says to stop.

    Args:
        opened: is called once requests are taken.
    """
    config = uvicorn.Config(
        app,
        # No access log: one-time links and readers' tokens are in the addresses.
        access_log=False,
        log_config=None,
        http=bounded(bounds),
        ws="none",
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
    )
    _log_as_ours()
    with suppress(KeyboardInterrupt):
        _Server(config, opened).run(sockets=list(sockets))


def _log_as_ours() -> None:
    """Have the server's errors written as our own lines are, and nothing else of it.

    It warns of every malformed request: anybody out there could fill our log.
    """
    theirs, ours = logging.getLogger("uvicorn.error"), logging.getLogger("digest")
    theirs.handlers, theirs.propagate = ours.handlers[:], not ours.handlers
    theirs.setLevel(logging.ERROR)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._opened()
