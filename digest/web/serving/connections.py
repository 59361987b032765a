"""Connections that can't be held by whoever sends half a request: time-outs, and a bound with a choice.

The server closes what is idle after an answer, but waits for ever for the rest of a request. Here headers
and bodies must come in time; where too many connections are open, those that wait for their client longest
give way, never one whose request is being answered to a client that takes the answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a client may take, and how many there may be.

    Attributes:
        header_s: for a whole request line and its headers.
        pause_s: without any byte of a body that is awaited.
        body_s: for a whole body: five minutes are an import of 18 MB at half a megabit a second.
        stall_s: without taking any byte of an answer.
        most: connections open at the same time.
    """

    header_s: float = 10.0
    pause_s: float = 20.0
    body_s: float = 300.0
    stall_s: float = 60.0
    most: int = 400


class Bounded(H11Protocol):
    """One connection; `bounds` are those of its server."""

    bounds = Bounds()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Begin with nothing awaited."""
        super().__init__(config, server_state, app_state, _loop)
        self._timer: asyncio.TimerHandle | None = None
        self._awaited: object = None
        self._since = self._until = self._full_since = 0.0
        self._unsent = -1

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the base has it
        """Await the headers, if there is room."""
        super().connection_made(transport)
        self._await_headers()
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing more."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, and see what is awaited now."""
        super().data_received(data)
        self._look()

    def pause_writing(self) -> None:
        """Note from when on the client takes no more of an answer."""
        super().pause_writing()
        self._full_since = self.loop.time()

    def on_response_complete(self) -> None:
        """Await the next request no longer than the server keeps connections alive."""
        self._disarm()
        self._awaited = None
        super().on_response_complete()
        if self._timer is None and self._is_answering:
            self._look()

    def shutdown(self) -> None:
        """End with the server; an answer that would go on for ever ends now."""
        super().shutdown()
        if self._is_answering and self.cycle.scope.get("state", {}).get("is_stream"):
            self.transport.close()

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for its client: for a request, or until more of an answer is taken."""
        return self.flow.write_paused or not self._is_answering or bool(self.cycle.more_body)

    @property
    def since(self) -> float:
        """Return since when it waits, on the loop's clock."""
        return self._full_since if self.flow.write_paused else self._since

    def give_way(self) -> None:
        """Close, unanswered."""
        self._disarm()
        self.transport.abort()

    @property
    def _is_answering(self) -> bool:
        # The base has none before the first request, whatever its annotation says.
        return bool(self.cycle) and not self.cycle.response_complete

    def _look(self) -> None:
        """Arm the timer for what is awaited: headers, a body, or the client's taking of the answer."""
        if self.transport.is_closing():
            self._disarm()
        elif not self._is_answering:
            if self._awaited != "headers":
                self._await_headers()
        elif self.cycle.more_body:
            now = self.loop.time()
            if self._awaited is not self.cycle:
                self._awaited, self._since, self._until = self.cycle, now, now + self.bounds.body_s
            self._arm(min(self.bounds.pause_s, self._until - now))
        else:
            self._awaited, self._unsent = None, -1
            self._arm(self.bounds.stall_s)

    def _await_headers(self) -> None:
        self._awaited, self._since = "headers", self.loop.time()
        self._arm(self.bounds.header_s)

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._timer = self.loop.call_later(max(0.0, seconds), self._run_out)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _run_out(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self._is_answering and not self.cycle.more_body:
            self._go_on_unless_stalled()
        elif self._is_answering and self.flow.read_paused and self.loop.time() < self._until:
            # What came is not read yet: the client is not at fault.
            self._arm(self.bounds.pause_s)
        else:
            self.transport.abort()

    def _go_on_unless_stalled(self) -> None:
        unsent = self.transport.get_write_buffer_size()
        if self.flow.write_paused and unsent == self._unsent:
            self.transport.abort()
            return
        self._unsent = unsent
        self._arm(self.bounds.stall_s)

    def _make_room(self) -> None:
        if len(self.connections) <= self.bounds.most:
            return
        others = [one for one in self.connections if isinstance(one, Bounded) and one is not self]
        waiting = [one for one in others if one.is_waiting]
        (min(waiting, key=lambda one: one.since) if waiting else self).give_way()


def bounded(bounds: Bounds) -> type[Bounded]:
    """Return the protocol of a server with these bounds."""
    return type("BoundedAsTold", (Bounded,), {"bounds": bounds})
