"""One mail after the other through aiosmtplib: for servers without PIPELINING."""

from __future__ import annotations

import contextlib

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from digest.model import Outcome
from digest.transports.envelopes import Envelope, SessionBroken, Work, outcome_of


class PlainSession:
    """Waits for each answer before it says the next thing."""

    def __init__(self, smtp: aiosmtplib.SMTP, *, answer_timeout_s: float) -> None:
        """Take a connection that is past EHLO, TLS and login."""
        self._smtp = smtp
        self._answer_timeout_s = answer_timeout_s

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection stands."""
        return self._smtp.is_connected

    async def deliver(self, work: Work) -> None:
        """Send until the work is done; see `Session`."""
        while (envelope := work.take()) is not None:
            await self._deliver_one(envelope, work)

    def abort(self) -> None:
        """Drop the connection."""
        self._smtp.close()

    async def quit(self) -> None:
        """Say QUIT and close."""
        with contextlib.suppress(SMTPException, OSError):
            await self._smtp.quit(timeout=5)
        self._smtp.close()

    async def _deliver_one(self, envelope: Envelope, work: Work) -> None:
        """Send one mail; everything before the body's end proves that it was not accepted."""
        if envelope.mailbox.needs_smtputf8 and not self._smtp.supports_extension("smtputf8"):
            work.settle(envelope, Outcome.FAILED, "the server takes no international addresses (SMTPUTF8)")
            return
        try:
            await self._open_envelope(envelope)
        except SMTPResponseException as error:
            await self._refused(envelope, work, error)
            return
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            self._smtp.close()
            work.give_back(envelope, str(error))
            raise SessionBroken(str(error)) from error
        await self._finish(envelope, work)

    async def _open_envelope(self, envelope: Envelope) -> None:
        utf8 = envelope.mailbox.needs_smtputf8
        await self._smtp.mail(
            envelope.sender, options=["SMTPUTF8"] if utf8 else None, encoding="utf-8" if utf8 else "ascii"
        )
        await self._smtp.rcpt(envelope.mailbox.address, encoding="utf-8" if utf8 else "ascii")
        reply = await self._smtp.execute_command(b"DATA")
        if reply.code != 354:
            raise SMTPResponseException(reply.code, reply.message)

    async def _refused(self, envelope: Envelope, work: Work, error: SMTPResponseException) -> None:
        """Report a refusal before the body, and clear the server's mind for the next mail."""
        if error.code == 421:
            self._smtp.close()
            work.give_back(envelope, f"421 {error.message}")
            raise SessionBroken(f"421 {error.message}")
        outcome = outcome_of(error.code)
        if isinstance(error, aiosmtplib.SMTPSenderRefused) or outcome is not Outcome.FAILED:
            # Refusing the sender says nothing of the reader, and no body has gone: never final.
            outcome = Outcome.AGAIN
        work.settle(envelope, outcome, f"{error.code} {error.message}")
        try:
            await self._smtp.rset()
        except (SMTPException, OSError) as reset:
            self._smtp.close()
            raise SessionBroken(str(reset)) from reset

    async def _finish(self, envelope: Envelope, work: Work) -> None:
        protocol = self._smtp.protocol
        if protocol is None:
            work.give_back(envelope, "connection lost")
            raise SessionBroken("connection lost")
        try:
            envelope.is_leaving = True
            protocol.write(envelope.mail + b".\r\n")
            reply = await protocol.read_response(timeout=self._answer_timeout_s)
        except (TimeoutError, SMTPException, OSError) as error:
            self._smtp.close()
            work.settle(envelope, Outcome.UNCERTAIN, f"no answer after the mail: {error}")
            raise SessionBroken(str(error)) from error
        work.settle(
            envelope, outcome_of(reply.code), "" if reply.code < 300 else f"{reply.code} {reply.message}"
        )
        if reply.code == 421:
            self._smtp.close()
            raise SessionBroken(f"421 {reply.message}")
