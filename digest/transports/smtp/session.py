"""One connection to a mail server, mails back to back.

With pipelining a mail costs one round trip: the next envelope (MAIL, RCPT, DATA) travels behind the final
dot of the mail before it. Without, each command waits for the answer to the one before.

An answer to a final dot counts once what follows it fits: the answers to the next envelope, or to the
RSET or QUIT at the end. A stray line before it would shift every later answer by one place, and that
shows there. Until then the mail is in flight, and where the answers don't fit it is uncertain.

Source: RFC 5321, 4.3.2 (which replies fit which command), RFC 2920.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from digest.model import Outcome
from digest.transports.envelopes import Envelope, Heir, Reply, SessionBroken, Work, outcome_of
from digest.transports.headers import scrubbed
from digest.transports.smtp.manners import Manners, is_about_pipelining
from digest.transports.smtp.sizes import SizeLimit
from digest.transports.smtp.steps import DATA, GO_AHEAD, check_answer, check_step
from digest.transports.smtp.wire import OutOfStep, Wire
from digest.transports.stages import Stage

log = logging.getLogger(__name__)

_CLOSING: Final = 421
_GOODBYE: Final = 221

_CLOSES_WITHIN_S: Final = 1.0
_DOT: Final = b".\r\n"


@dataclass(frozen=True, slots=True)
class _Answered:
    """A mail that has its answer, before anything later proves that the answer is its own."""

    envelope: Envelope
    reply: Reply
    stage: Stage
    is_followed: bool = False


class SmtpSession:
    """One connection, as long as it lasts or may be used."""

    def __init__(
        self,
        wire: Wire,
        manners: Manners,
        *,
        is_pipelined: bool,
        takes_utf8: bool,
        size: SizeLimit,
        mails: int,
        timeout_s: float,
        answer_timeout_s: float,
    ) -> None:
        """Take a connection that is past EHLO, TLS and login.

        Args:
            is_pipelined: the server offers it and it may be used.
            takes_utf8: the server takes international addresses.
            size: how large a mail it takes.
            mails: so many may go over this connection.
            timeout_s: for the answer to each command.
            answer_timeout_s: for the answer after the final dot.
        """
        self._wire = wire
        self._manners = manners
        self._is_pipelined = is_pipelined
        self._takes_utf8 = takes_utf8
        self._size = size
        self._left = mails
        self._timeout_s = timeout_s
        self._answer_timeout_s = answer_timeout_s
        self._answered: list[_Answered] = []
        self._is_ahead = False
        self._ready: Envelope | None = None

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection can take more mails."""
        return self._left > 0 and self._wire.is_alive

    @property
    def _may_pipeline(self) -> bool:
        return self._is_pipelined and self._manners.may_pipeline

    def abort(self) -> None:
        """Drop the connection."""
        self._wire.abort()

    async def quit(self) -> None:
        """Say QUIT and close."""
        try:
            self._wire.write(b"QUIT\r\n", replies=1)
            await self._wire.reply(5.0)
        except (SessionBroken, TimeoutError):
            pass
        self._wire.abort()

    async def deliver(self, work: Work, heir: Heir) -> bool:
        """Send until the work is done or the connection has carried its share; see `Session`."""
        try:
            await self._deliver(work, heir)
            if self._ready is None:
                await self._prove_last()
        except OutOfStep as fault:
            self._manners.fall_out_of_step(str(fault))
            self._doubt(str(fault))
            raise
        finally:
            self._confirm()
        return self._ready is not None

    async def _deliver(self, work: Work, heir: Heir) -> None:
        envelope, self._ready = self._ready, None
        is_open = envelope is not None
        envelope = envelope or self._next(work)
        while envelope is not None:
            following: Envelope | None = None
            if is_open or await self._opened(envelope):
                if envelope.work is not work:
                    self._ready = envelope
                    return
                following = await self._send(envelope, work, heir)
            is_open = False
            envelope = following or self._next(work)

    def _next(self, work: Work | None) -> Envelope | None:
        """Return the next mail that this server can take at all."""
        while work is not None and self._left > 0 and (envelope := work.take()) is not None:
            if envelope.mailbox.needs_smtputf8 and not self._takes_utf8:
                reason = "the server takes no international addresses (SMTPUTF8)"
                work.settle(envelope, Outcome.FAILED, reason)
                continue
            if not self._size.stops(envelope):
                self._left -= 1
                return envelope
        return None

    def _following(self, work: Work, heir: Heir) -> Envelope | None:
        """Return whose envelope goes out behind the mail that is leaving."""
        if not self._may_pipeline:
            return None
        return self._next(work) or (self._next(heir()) if self._left > 0 else None)

    async def _opened(self, envelope: Envelope) -> bool:
        """Have MAIL, RCPT and DATA answered; report a refusal, tell whether the body may go.

        No body has gone: whatever happens here, nothing was accepted.
        """
        was_pipelined = self._is_ahead or self._may_pipeline
        try:
            replies = await self._answers(self._commands(envelope), is_pipelined=was_pipelined)
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            if was_pipelined and isinstance(error, TimeoutError):
                # Some servers throw away what comes behind a mail.
                self._manners.forgo_pipelining()
            _give_back(envelope, str(error) or "no answer to the envelope")
            raise _broken(error, "no answer to the envelope") from error
        except BaseException:
            _give_back(envelope, "interrupted")
            raise
        culprit = next((reply for reply in replies if reply.code >= 400), None)
        if culprit is None:
            self._confirm()
            return True
        is_too_early = was_pipelined and is_about_pipelining(culprit)
        if culprit.code == _CLOSING:
            self._wire.abort()
            if is_too_early:
                self._put_back(envelope, culprit)
            else:
                _give_back(envelope, f"{culprit.code} {culprit.text}")
            raise SessionBroken(f"421 {culprit.text}")
        stage = Stage.MAIL if culprit is replies[0] else Stage.RCPT
        try:
            await self._clear(is_ready=replies[-1].code == GO_AHEAD)
            if stage is not Stage.MAIL:
                # A refusal of MAIL may be that of the mail before, behind a stray line that took its place:
                # only a 354 or a goodbye shows which, later.
                self._confirm()
        finally:
            if is_too_early:
                self._put_back(envelope, culprit)
            else:
                self._answered.append(_Answered(envelope, culprit, stage))
        return False

    async def _answers(self, commands: tuple[bytes, ...], *, is_pipelined: bool) -> list[Reply]:
        """Return the answers to MAIL, RCPT and DATA; behind a refusal some may be missing.

        Raises:
            OutOfStep: one of them fits no such command.
        """
        if is_pipelined and not self._is_ahead:
            self._wire.write(b"".join(commands), replies=len(commands))
        self._is_ahead = False
        replies: list[Reply] = []
        try:
            for command in commands:
                if not is_pipelined:
                    self._wire.write(command, replies=1)
                replies.append(await self._wire.reply(self._timeout_s))
                check_step(command, replies[-1])
                if replies[-1].code == _CLOSING or (replies[-1].code >= 400 and not is_pipelined):
                    break
        except OutOfStep:
            raise
        except (SessionBroken, TimeoutError) as error:
            refusal = next((reply for reply in replies if reply.code >= 400), None)
            if refusal is None:
                raise
            if isinstance(error, TimeoutError) and not is_about_pipelining(refusal):
                # Whoever refuses a command answers the next one at once: one answer is missing.
                raise OutOfStep("the server leaves out an answer") from None
            self._wire.abort()
        return replies

    async def _clear(self, *, is_ready: bool) -> None:
        """Bring the server back to the state before MAIL.

        A 354 without a recipient wants an empty body, which the server then refuses (RFC 2920, 3.1).
        """
        if is_ready:
            await self._ask(_DOT, "the empty mail")
        await self._reset()

    async def _reset(self) -> None:
        reply = await self._ask(b"RSET\r\n", "RSET")
        if reply.code == _CLOSING:
            self._wire.abort()
            raise SessionBroken(f"421 {reply.text}")
        if reply.code >= 300:
            raise OutOfStep(f"the server answers {reply.code} to RSET")

    async def _ask(self, command: bytes, what: str) -> Reply:
        try:
            self._wire.write(command, replies=1)
            return await self._wire.reply(self._timeout_s)
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            raise _broken(error, f"no answer to {what}") from error

    async def _send(self, envelope: Envelope, work: Work, heir: Heir) -> Envelope | None:
        """Send the body and, behind its dot, the next envelope; keep the answer, return the next."""
        try:
            envelope.is_leaving = True
            self._wire.write(envelope.mail)
            await self._wire.drained(self._answer_timeout_s)
        except (SessionBroken, TimeoutError) as error:
            # The dot never left: the server can't have accepted.
            self._wire.abort()
            _give_back(envelope, str(error) or "the server stopped reading")
            raise _broken(error, "the server stopped reading") from error
        following = self._following(work, heir)
        is_gone = False
        try:
            commands = self._commands(following) if following else ()
            self._wire.write(_DOT + b"".join(commands), replies=1 + len(commands))
            is_gone = True
            reply = await self._wire.reply(self._answer_timeout_s)
            check_answer(reply)
            if reply.code == _CLOSING:
                await self._check_closing(commands)
        except (SessionBroken, TimeoutError) as error:
            self._wire.abort()
            _give_back(following, "the connection broke")
            if not is_gone:
                _give_back(envelope, str(error))
            else:
                work.settle(envelope, Outcome.UNCERTAIN, f"no answer after the mail: {error}")
            raise _broken(error, "no answer after the mail") from error
        except BaseException:
            _give_back(following, "interrupted")
            raise
        self._answered.append(_Answered(envelope, reply, Stage.DATA, is_followed=following is not None))
        self._is_ahead = following is not None
        if reply.code == _CLOSING:
            self._wire.abort()
            _give_back(following, "421 the server closes the connection")
            raise SessionBroken("421 the server closes the connection")
        return following

    async def _check_closing(self, commands: tuple[bytes, ...]) -> None:
        """Look that a 421 was the mail's own answer: the server closes then, or goes on in step.

        Raises:
            OutOfStep: something comes that may be the answer to the mail.
        """
        said: list[Reply] = []
        try:
            for command in commands:
                said.append(await self._wire.reply(_CLOSES_WITHIN_S))
                check_step(command, said[-1])
            if commands:
                return
            await self._wire.reply(_CLOSES_WITHIN_S)
        except OutOfStep:
            raise
        except (SessionBroken, TimeoutError):
            if all(reply.code >= 400 for reply in said):
                return
        raise OutOfStep("the server goes on after 421")

    async def _prove_last(self) -> None:
        """Ask once more, so that the last answers have one behind them; say goodbye after the share.

        Behind a refusal only a goodbye will do: a stray 550 before the true 250 leaves a 250 for RSET.
        """
        is_refusal = any(one.reply.code >= 300 for one in self._answered)
        if self._left > 0 and not is_refusal:
            if self._answered:
                await self._reset()
            return
        reply = await self._ask(b"QUIT\r\n", "QUIT")
        if self._answered and reply.code not in (_GOODBYE, _CLOSING) and (is_refusal or reply.code >= 300):
            raise OutOfStep(f"the server answers {reply.code} to QUIT")
        self._wire.abort()

    def _confirm(self) -> None:
        """Report on the mails whose answers are now known to be their own."""
        answered, self._answered = self._answered, []
        for one in answered:
            if one.is_followed and is_about_pipelining(one.reply):
                self._put_back(one.envelope, one.reply)
                continue
            outcome = outcome_of(one.reply.code)
            if outcome is Outcome.SENT:
                self._manners.go_well()
                one.envelope.work.settle(one.envelope, outcome)
                continue
            if one.stage is Stage.MAIL or (one.stage is Stage.RCPT and outcome is not Outcome.FAILED):
                # Refusing the sender says nothing of the reader, and no body has gone: never final.
                outcome = Outcome.AGAIN
            one.envelope.work.settle(one.envelope, outcome, f"{one.reply.code} {one.reply.text}", one.stage)

    def _doubt(self, why: str) -> None:
        """Report the mails whose answers may be others'; where no body went, nothing was accepted."""
        answered, self._answered = self._answered, []
        for one in answered:
            if one.stage is Stage.DATA:
                one.envelope.work.settle(one.envelope, Outcome.UNCERTAIN, f"no proof after the mail: {why}")
            else:
                _give_back(one.envelope, why)

    def _commands(self, envelope: Envelope) -> tuple[bytes, ...]:
        options = self._size.told(envelope.mail) + (" SMTPUTF8" if envelope.mailbox.needs_smtputf8 else "")
        return (
            f"MAIL FROM:<{envelope.sender}>{options}\r\n".encode(),
            f"RCPT TO:<{envelope.mailbox.address}>\r\n".encode(),
            DATA,
        )

    def _put_back(self, envelope: Envelope, reply: Reply) -> None:
        """Let an envelope go again that came too early for the server, from now on one step at a time."""
        log.info("smtp: pipelining is given up: %s", scrubbed(f"{reply.code} {reply.text}"))
        self._is_pipelined = False
        self._manners.forgo_pipelining()
        self._left += 1
        envelope.work.put_back(envelope)


def _give_back(envelope: Envelope | None, reason: str) -> None:
    """Give back an envelope that is proved unaccepted, if there is one."""
    if envelope is not None:
        envelope.work.give_back(envelope, reason)


def _broken(error: SessionBroken | TimeoutError, otherwise: str) -> SessionBroken:
    """Return what ends the session, of the same kind as what happened."""
    kind = OutOfStep if isinstance(error, OutOfStep) else SessionBroken
    return kind(str(error) or otherwise)
