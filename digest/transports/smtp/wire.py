"""The bytes of one connection: commands out, and replies in the order they were asked for.

A reply is worth something only where it surely answers what was asked. So replies are counted against
commands, and whatever does not fit (a line nobody can read, a reply nobody asked for, a reply of two
codes) ends the connection together with every reply that was not handed out yet: any of them may be the
stranger.

Source: RFC 5321, 4.2 (replies), RFC 2920 (pipelining).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from typing import Final

from digest.transports.envelopes import Reply, SessionBroken

_MAX_LINE: Final = 4096
"""Bytes of one line of a reply: RFC 5321 allows 512, servers with long addresses in their text use more."""

_MAX_REPLY: Final = 64 * 1024
_ROOM: Final = 16 * 1024
"""Bytes that are read at once; a reply has 60."""

_LINE: Final = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\x00\r\n]*))?", re.DOTALL)
_CLOSING: Final = 421
_MOST_KNOWN: Final = 32
"""Replies of one line that a connection knows again at sight; a server says the same few to each mail."""


class OutOfStep(SessionBroken):
    """The server's answers can no longer be told apart: none that was not handed out is a proof."""


class Wire(asyncio.BufferedProtocol):
    """One connection that is past EHLO, TLS and login.

    Replies are read into a buffer that is there: to make one of a quarter of a megabyte for each, as
    asyncio does, takes longer than to read it.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        """Take the connection over from whoever opened it."""
        self._transport = transport
        # A view: asyncio's TLS reads into slices, which of a bytearray are copies.
        self._arrived = memoryview(bytearray(_ROOM))
        self._buffer = b""
        self._known: dict[bytes, Reply] = {}
        self._lines: list[bytes] = []
        self._size = 0
        self._code = 0
        self._replies: deque[Reply] = deque()
        self._owed = 0
        self._waiter: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._alarm: asyncio.TimerHandle | None = None
        self._until = 0.0
        self._lost = ""
        self._is_out_of_step = False
        self._is_full = False
        # Not 0: asyncio's TLS then pauses on an empty buffer, and nothing wakes it.
        transport.set_write_buffer_limits(high=1, low=0)
        transport.set_protocol(self)

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection stands and neither side owes anything."""
        is_quiet = not (self._replies or self._buffer or self._lines or self._owed)
        return not self._lost and not self._transport.is_closing() and is_quiet

    def write(self, data: bytes, *, replies: int = 0) -> None:
        """Send bytes that ask for so many replies.

        Raises:
            OutOfStep: the server has said something that nobody asked for; nothing was sent.
            SessionBroken: the connection is lost; nothing was sent.
        """
        if not self._owed and (self._replies or self._buffer or self._lines):
            self._fault("the server answers what it was not asked")
        self._check()
        if self._transport.is_closing():
            raise SessionBroken("connection lost")
        self._owed += replies
        self._transport.write(data)

    async def drained(self, timeout_s: float) -> None:
        """Return when the kernel has every byte written so far."""
        while self._is_full and not self._lost:
            await self._wait(timeout_s)
        self._check()

    async def reply(self, timeout_s: float) -> Reply:
        """Return the next reply.

        Raises:
            OutOfStep: it could be an answer to anything.
            SessionBroken: the connection was lost before it.
            TimeoutError: it did not come in time.
        """
        while not self._replies:
            self._check()
            await self._wait(timeout_s)
        return self._replies.popleft()

    def abort(self) -> None:
        """Drop the connection."""
        self._lost = self._lost or "closed"
        self._transport.abort()
        self._hush()

    def pause_writing(self) -> None:
        """Know that the kernel takes no more for now."""
        self._is_full = True

    def resume_writing(self) -> None:
        """Know that the kernel has it all."""
        self._is_full = False
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Keep why it ended; replies that came before it still count."""
        self._lost = self._lost or f"connection lost{f': {exc}' if exc else ''}"
        self._wake()
        self._hush()

    def eof_received(self) -> bool:
        """Take the server's goodbye; half a line before it is no answer."""
        self._lost = self._lost or "the server closed the connection"
        self._wake()
        return False

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  # asyncio's
        """Return where what arrives is put."""
        return self._arrived

    def buffer_updated(self, nbytes: int) -> None:
        """Read the lines; behind a fault in one of them nothing counts."""
        if self._lost:
            return
        *lines, self._buffer = (self._buffer + bytes(self._arrived[:nbytes])).split(b"\n")
        for line in lines:
            self._take(line.removesuffix(b"\r"))
            if self._is_out_of_step:
                break
        if len(self._buffer) > _MAX_LINE:
            self._fault("the server's reply has no end")
        self._wake()

    def _take(self, line: bytes) -> None:
        """Take one line; the last of a reply has no hyphen behind its code."""
        if not self._lines and (known := self._known.get(line)) is not None:
            self._complete(known)
            return
        found = _LINE.fullmatch(line) if len(line) <= _MAX_LINE else None
        self._size += len(line)
        if found is None or self._size > _MAX_REPLY:
            self._fault("the server does not speak SMTP")
            return
        code, rest, text = int(found[1]), found[2], found[3] or b""
        if self._lines and code != self._code:
            self._fault("the server gives one reply two codes")
            return
        self._code = code
        self._lines.append(text)
        if rest == b"-":
            return
        reply = Reply(code, b" ".join(self._lines).decode("utf-8", "replace"))
        if len(self._lines) == 1 and len(self._known) < _MOST_KNOWN:
            self._known[line] = reply
        self._lines.clear()
        self._size = 0
        self._complete(reply)

    def _complete(self, reply: Reply) -> None:
        if self._owed:
            self._owed -= 1
            self._replies.append(reply)
        elif reply.code == _CLOSING:
            # A server may say so at any time: RFC 5321, 3.8.
            self._lost = f"{reply.code} {reply.text}"
        else:
            self._fault("the server answers what it was not asked")

    def _fault(self, why: str) -> None:
        """End the connection, and with it every reply that nobody has read."""
        self._lost = self._lost or why
        self._is_out_of_step = True
        self._buffer = b""
        self._lines.clear()
        self._replies.clear()
        self._transport.abort()

    def _check(self) -> None:
        if self._is_out_of_step:
            raise OutOfStep(self._lost)
        if self._lost:
            raise SessionBroken(self._lost)

    async def _wait(self, timeout_s: float) -> None:
        """Wait to be woken.

        One alarm serves many waits, and looks when it rings whether the present one is over time: to set
        one for each takes a tenth of the processor time of a mail.

        Raises:
            TimeoutError: nothing came in time.
        """
        self._waiter = self._loop.create_future()
        self._until = self._loop.time() + timeout_s
        if self._alarm is None or self._alarm.when() > self._until:
            self._set_alarm()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._loop.call_at(self._until, self._ring)

    def _ring(self) -> None:
        """End the present wait where its time is over; else look again when it is."""
        self._alarm = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() >= self._until:
            self._waiter.set_exception(TimeoutError())
        else:
            self._set_alarm()

    def _hush(self) -> None:
        """Let no alarm hold a connection that is over."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
