"""A pipelined SMTP client: one round trip for each mail.

The next envelope (MAIL, RCPT, DATA) travels behind the final dot of the mail before it. Greeting, TLS
and login stay aiosmtplib's: its open transport is taken over afterwards.

Source: RFC 2920.
"""

from __future__ import annotations

import asyncio
from collections import deque

import aiosmtplib

from digest.model import Outcome
from digest.transports.envelopes import Envelope, Reply, SessionBroken, Work, outcome_of

_MAX_REPLY = 64 * 1024


class PipelinedSession:
    """One connection, mails back to back."""

    def __init__(self, smtp: aiosmtplib.SMTP, *, timeout_s: float, answer_timeout_s: float) -> None:
        """Take over a connection that is past EHLO, TLS and login."""
        transport = smtp.transport
        assert isinstance(transport, asyncio.Transport)
        self._smtp = smtp
        self._timeout_s = timeout_s
        self._answer_timeout_s = answer_timeout_s
        self._takes_utf8 = smtp.supports_extension("smtputf8")
        self._wire = _Wire(transport)

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection stands and owes us nothing."""
        return self._wire.is_alive

    def abort(self) -> None:
        """Drop the connection."""
        self._wire.abort()

    async def quit(self) -> None:
        """Say QUIT and close."""
        if self._wire.is_alive:
            try:
                self._wire.write(b"QUIT\r\n")
                await self._wire.reply(5.0)
            except (SessionBroken, TimeoutError):
                pass
        self._wire.abort()

    async def deliver(self, work: Work) -> None:
        """Send until the work is done; see `Session`."""
        envelope = self._next(work)
        if envelope is not None:
            self._open(envelope, work)
        while envelope is not None:
            if await self._opened(envelope, work):
                envelope = await self._send(envelope, work)
            else:
                envelope = self._next(work)
                if envelope is not None:
                    self._open(envelope, work)

    def _next(self, work: Work) -> Envelope | None:
        """Return the next mail that this server can take at all."""
        while (envelope := work.take()) is not None:
            if envelope.mailbox.needs_smtputf8 and not self._takes_utf8:
                reason = "the server takes no international addresses (SMTPUTF8)"
                work.settle(envelope, Outcome.FAILED, reason)
                continue
            return envelope
        return None

    def _open(self, envelope: Envelope, work: Work) -> None:
        try:
            self._wire.write(_commands(envelope))
        except SessionBroken as error:
            work.give_back(envelope, str(error))
            raise

    async def _opened(self, envelope: Envelope, work: Work) -> bool:
        """Read the answers to MAIL, RCPT and DATA; report a refusal, tell whether the body may go."""
        try:
            mail, rcpt, data = [await self._wire.reply(self._timeout_s) for _ in range(3)]
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            work.give_back(envelope, str(error) or "no answer to the envelope")
            raise SessionBroken(str(error) or "no answer to the envelope") from error
        is_ready = data.code == 354
        if mail.code < 300 and rcpt.code < 300 and is_ready:
            return True
        culprit = next(reply for reply in (mail, rcpt, data) if not 200 <= reply.code < 300)
        outcome = outcome_of(culprit.code)
        if culprit is mail or outcome is not Outcome.FAILED:
            # Refusing the sender says nothing of the reader, and no body has gone: never final.
            outcome = Outcome.AGAIN
        if culprit.code == 421:
            self._wire.abort()
            work.give_back(envelope, f"421 {culprit.text}")
            raise SessionBroken(f"421 {culprit.text}")
        work.settle(envelope, outcome, f"{culprit.code} {culprit.text}")
        await self._clear(is_ready=is_ready)
        return False

    async def _clear(self, *, is_ready: bool) -> None:
        """Bring the server back to the state before MAIL.

        A 354 without a recipient wants an empty body, which the server then refuses (RFC 2920, 3.1).
        """
        try:
            self._wire.write((b".\r\n" if is_ready else b"") + b"RSET\r\n")
            for _ in range(2 if is_ready else 1):
                await self._wire.reply(self._timeout_s)
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            raise SessionBroken(str(error) or "no answer to RSET") from error

    async def _send(self, envelope: Envelope, work: Work) -> Envelope | None:
        """Send the body and, behind its dot, the next envelope; report on the first, return the next."""
        try:
            envelope.is_leaving = True
            self._wire.write(envelope.mail)
            await self._wire.drained(self._answer_timeout_s)
        except (SessionBroken, TimeoutError) as error:
            # The dot never left: the server can't have accepted.
            self._wire.abort()
            work.give_back(envelope, str(error) or "the server stopped reading")
            raise SessionBroken(str(error) or "the server stopped reading") from error
        following = self._next(work)
        try:
            self._wire.write(b".\r\n" + (_commands(following) if following else b""))
            reply = await self._wire.reply(self._answer_timeout_s)
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            work.settle(envelope, Outcome.UNCERTAIN, f"no answer after the mail: {error}")
            work.give_back(following, "the connection broke")
            raise SessionBroken(str(error) or "no answer after the mail") from error
        except BaseException:
            work.give_back(following, "interrupted")
            raise
        work.settle(
            envelope,
            outcome_of(reply.code),
            "" if 200 <= reply.code < 300 else f"{reply.code} {reply.text}",
        )
        if reply.code == 421:
            self._wire.abort()
            work.give_back(following, "421 the server closes the connection")
            raise SessionBroken("421 the server closes the connection")
        return following


def _commands(envelope: Envelope) -> bytes:
    utf8 = " SMTPUTF8" if envelope.mailbox.needs_smtputf8 else ""
    return (
        f"MAIL FROM:<{envelope.sender}>{utf8}\r\nRCPT TO:<{envelope.mailbox.address}>\r\nDATA\r\n"
    ).encode()


class _Wire(asyncio.Protocol):
    """The bytes of one connection: writes, and replies in the order they were asked for."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._buffer = bytearray()
        self._lines: list[bytes] = []
        self._replies: deque[Reply] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._lost = ""
        self._is_full = False
        # Not 0: asyncio's TLS then pauses on an empty buffer, and nothing wakes it.
        transport.set_write_buffer_limits(high=1, low=0)
        transport.set_protocol(self)

    @property
    def is_alive(self) -> bool:
        return not self._lost and not self._transport.is_closing() and not self._replies

    def write(self, data: bytes) -> None:
        if self._lost or self._transport.is_closing():
            raise SessionBroken(self._lost or "connection lost")
        self._transport.write(data)

    async def drained(self, timeout_s: float) -> None:
        """Return when the kernel has every byte written so far."""
        while self._is_full and not self._lost:
            await self._wait(timeout_s)
        if self._lost:
            raise SessionBroken(self._lost)

    async def reply(self, timeout_s: float) -> Reply:
        """Return the next reply."""
        while not self._replies:
            if self._lost:
                raise SessionBroken(self._lost)
            await self._wait(timeout_s)
        return self._replies.popleft()

    def abort(self) -> None:
        self._lost = self._lost or "closed"
        self._transport.abort()

    async def _wait(self, timeout_s: float) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout_s):
                await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = self._lost or f"connection lost{f': {exc}' if exc else ''}"
        self._wake()

    def eof_received(self) -> bool:
        self._lost = self._lost or "the server closed the connection"
        self._wake()
        return False

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end]).rstrip(b"\r")
            del self._buffer[: end + 1]
            self._take(line)
        if len(self._buffer) + sum(map(len, self._lines)) > _MAX_REPLY:
            self._lost = "the server's reply has no end"
            self._transport.abort()
        self._wake()

    def _take(self, line: bytes) -> None:
        """Take one line; the last of a reply has no hyphen behind its code."""
        if not line[:3].isdigit() or len(line) < 3:
            self._lost = self._lost or "the server does not speak SMTP"
            self._transport.abort()
            return
        self._lines.append(line[4:])
        if line[3:4] != b"-":
            text = b" ".join(self._lines).decode("utf-8", "replace")
            self._replies.append(Reply(int(line[:3]), text))
            self._lines.clear()
