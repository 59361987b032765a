"""SMTP: a few connections to the relay, kept open and shared, on an event loop of its own."""

from __future__ import annotations

import asyncio
import queue
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Final, Literal

from digest.errors import RefusesAll, TransportUnavailable
from digest.model import Batch, Blame, Receipt, ascii_domain
from digest.transports.building import before_the_first_byte
from digest.transports.envelopes import BounceSigner, Work
from digest.transports.mime import MessageTemplates
from digest.transports.reports.echoing import Echo
from digest.transports.smtp.connecting import Relay
from digest.transports.smtp.lanes import Lanes
from digest.transports.smtp.manners import Manners, Pipelining

_GATHER_S: Final = 0.05
"""A receipt waits so long for others; a crash in between leaves its mail uncertain.

That is well below what receipts wait to be settled together (`digest.dispatch.attempts.Settling`).
"""

_TURNS_TO_CLOSE: Final = 5
"""Of the event loop: an aborted connection, TLS above it, gives its socket back after some."""


class _Tray:
    """Receipts on their way from the loop's thread to the caller's, several at a time.

    Handing each over by itself makes the two threads wait for each other at every mail: 115 µs of 250.
    """

    def __init__(self) -> None:
        self._filled: queue.SimpleQueue[list[Receipt] | None] = queue.SimpleQueue()
        self._open: list[Receipt] = []

    def put(self, receipt: Receipt) -> None:
        """Take a receipt; on the loop only."""
        self._open.append(receipt)
        if len(self._open) == 1:
            asyncio.get_running_loop().call_later(_GATHER_S, self._pass_on)

    def end(self) -> None:
        """Pass on what is left, and that there is no more."""
        self._pass_on()
        self._filled.put(None)

    def get(self) -> list[Receipt] | None:
        """Wait for receipts; None at the end."""
        return self._filled.get()

    def _pass_on(self) -> None:
        if self._open:
            self._filled.put(self._open)
            self._open = []


def _arriving(tray: _Tray, running: Future[None]) -> Iterator[Receipt]:
    """Yield the receipts of a batch that is on its way."""
    try:
        while (receipts := tray.get()) is not None:
            yield from receipts
        running.result()
    finally:
        running.cancel()


class SmtpTransport:
    """Sends by SMTP; see `digest.ports.Transport`.

    Counted as SENT is only what the server answered 2xx to after the final dot.
    """

    name = "smtp"
    max_batch = 32
    """What a killed process leaves unproved is what it had claimed: a few mails for each connection."""
    repeats_are_safe = False

    def __init__(
        self,
        host: str,
        port: int,
        *,
        username: str = "",
        password: str = "",
        tls: Literal["starttls", "tls", "none"] = "starttls",
        tls_context: ssl.SSLContext | None = None,
        connections: int = 4,
        timeout_s: float = 60.0,
        answer_timeout_s: float = 120.0,
        helo_name: str = "",
        pipelining: Pipelining = "auto",
        mails_per_connection: int | None = None,
        bounce_signer: BounceSigner | None = None,
        echoes: Sequence[Echo] = (),
    ) -> None:
        """Take the relay's coordinates; nothing is opened before the first send.

        Args:
            host: name or address of the relay.
            port: usually 587 with "starttls", 465 with "tls", 25 with "none".
            username: empty for no login.
            password: never logged.
            tls: "starttls" and "tls" refuse to send where the server offers none.
            tls_context: instead of the system's certificates.
            connections: open at the same time, at most.
            timeout_s: for each command's answer.
            answer_timeout_s: for the answer after the final dot; longer is safer, since its lack makes
                a delivery uncertain. Keep it under the lease.
            helo_name: what we call ourselves; empty for the machine's name.
            pipelining: "auto" uses it where the server offers it, until it is shown not to work; true tries
                it with each connection; false never does.
            mails_per_connection: so many go over one connection before another is opened; None for what
                suits the server: 10 for Exim, which parks the rest, 100 for any other.
            bounce_signer: makes the envelope sender of each delivery; without it the letterhead's.
            echoes: headers by which providers tell in their reports which delivery they mean.
        """
        self._relay = Relay(
            host=host,
            port=port,
            username=username,
            password=password,
            tls=tls,
            tls_context=tls_context,
            timeout_s=timeout_s,
            answer_timeout_s=answer_timeout_s,
            helo_name=ascii_domain(helo_name),
        )
        self._manners = Manners(pipelining, mails_per_connection)
        self._signer = bounce_signer
        self._templates = MessageTemplates(for_smtp=True, echoes=echoes)
        self._connections = connections
        self._lanes: Lanes | None = None
        self._has_carried = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._lock = Lock()

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Send the batch; see `digest.ports.Transport`."""
        yield from self.begin(batch)

    def begin(self, batch: Batch) -> Iterator[Receipt]:
        """Begin to send the batch, and return its receipts; see `digest.ports.Overlapping`.

        Its mails go out behind those of the batch before, each connection by itself.
        """
        if not batch.deliveries:
            return iter(())
        tray = _Tray()
        with before_the_first_byte():
            work = Work(batch, self._templates.of(batch), tray.put, self._signer)
            running = self._start(work)
        running.add_done_callback(lambda _: tray.end())
        return _arriving(tray, running)

    def close(self) -> None:
        """Say goodbye on every idle connection and end the loop."""
        with self._lock:
            loop, thread, lanes = self._loop, self._thread, self._lanes
            self._loop = self._thread = self._lanes = None
        if loop is None or thread is None or lanes is None:
            return
        asyncio.run_coroutine_threadsafe(self._quit_all(lanes), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _start(self, work: Work) -> Future[None]:
        with self._lock:
            if self._loop is None or self._lanes is None:
                self._loop = asyncio.new_event_loop()
                self._lanes = Lanes(self._relay, self._manners, self._connections)
                self._thread = Thread(target=self._loop.run_forever, name="smtp", daemon=True)
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(self._send(work, self._lanes), self._loop)

    async def _send(self, work: Work, lanes: Lanes) -> None:
        """Let up to all connections work on the batch; whatever is left at the end is AGAIN."""
        results = await lanes.carry(work)
        unexpected = [
            error
            for error in results
            if isinstance(error, BaseException) and not isinstance(error, TransportUnavailable)
        ]
        if unexpected:
            work.close()
            with before_the_first_byte():
                raise unexpected[0]  # of whatever has no receipt now, no byte has left
        reasons = [error for error in results if isinstance(error, TransportUnavailable)]
        if reasons and not work.reported:
            raise reasons[0]
        if lanes.broke and not (self._has_carried or work.reported or work.halted) and work.size > 1:
            # The server is there and lets nothing through: no reader is tried by that.
            work.forget_lost()
            raise TransportUnavailable("smtp", f"{self._relay.host}: {lanes.broke}")
        self._has_carried |= bool(work.decided)
        refused = next((error for error in reasons if isinstance(error, RefusesAll)), None)
        if refused is not None and work.remains:
            work.halt(refused.reason, Blame(refused.what or Blame.RELAY))
        work.end(str(reasons[0]) if reasons else "the connection broke")

    async def _quit_all(self, lanes: Lanes) -> None:
        """Stop whatever a caller abandoned, say goodbye, and let the sockets close."""
        await lanes.close()
        abandoned = asyncio.all_tasks() - {asyncio.current_task()}
        for task in abandoned:
            task.cancel()
        await asyncio.gather(*abandoned, return_exceptions=True)
        for _ in range(_TURNS_TO_CLOSE):
            await asyncio.sleep(0)
        await asyncio.get_running_loop().shutdown_default_executor()
