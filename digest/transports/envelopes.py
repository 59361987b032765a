"""What an SMTP session takes up, one delivery at a time, and how it judges the server's words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from digest.errors import UnbuiltMail
from digest.model import Batch, Blame, Delivery, Letterhead, Outcome, Receipt
from digest.transports import headers
from digest.transports.building import Doubts
from digest.transports.headers import WireAddress, scrubbed
from digest.transports.mime import MessageTemplate
from digest.transports.stages import Stage

Report = Callable[[Receipt], None]

_ENOUGH: Final = 4
"""So many refusals of what is true of everybody in a row, none taken between: nobody else is asked."""

_REPLY: Final = re.compile(r"[45]\d\d\b")


class Reply(NamedTuple):
    """One answer of an SMTP server, its lines as one."""

    code: int
    text: str


class SessionBroken(Exception):
    """The connection is of no more use; whatever it had taken up is reported or given back."""


class BounceSigner(Protocol):
    """Makes the envelope sender that brings a bounce home to its delivery."""

    def sender(self, delivery: Delivery) -> str:
        """Return an address that names the delivery, the same at every attempt."""
        ...


@dataclass(slots=True, eq=False)
class Envelope:
    """One delivery, as a session takes it up.

    Attributes:
        work: that it is of.
        mail: dot-stuffed, ending in CRLF, without the final dot.
        is_leaving: bytes of the mail itself may be on the wire.
        is_second_try: a connection broke under it once, before anything could be accepted.
        order: how many of its batch the server had been asked for when it was, itself counted.
    """

    work: Work
    delivery: Delivery
    sender: str
    mailbox: WireAddress
    mail: bytes
    is_second_try: bool = False
    is_leaving: bool = False
    order: int = 0


class Work:
    """The deliveries of one batch that nobody has taken up; used on the event loop only.

    Attributes:
        reported: how many receipts were given.
        decided: how many of them are not AGAIN; where it stands still, connections carry nothing.
        halted: why nobody else of it is asked; empty while it goes on.
    """

    def __init__(
        self, batch: Batch, template: MessageTemplate, report: Report, signer: BounceSigner | None = None
    ) -> None:
        """Take the batch; each mail is built when it is taken up, before a session knows of it.

        Raises:
            UnbuiltMail: the letterhead's address is none that every server takes.
        """
        self._batch = batch
        self._template = template
        self._report = report
        self._signer = signer
        self._sender = _envelope_sender(batch.letterhead)
        self._fresh: Iterator[tuple[Delivery, Mapping[str, str]]] = iter(
            zip(batch.deliveries, batch.values, strict=True)
        )
        self._doubts = Doubts(template.proof)
        self._out: dict[str, Envelope] = {}
        self._given_back: deque[Envelope] = deque()
        self._lost: list[Receipt] = []
        self._taken = 0
        self.reported = 0
        self.decided = 0
        self.halted = ""
        self._blame = Blame.UNKNOWN
        self._refused = 0
        self._asked = 0

    @property
    def size(self) -> int:
        """Return how many deliveries the batch has."""
        return len(self._batch.deliveries)

    @property
    def remains(self) -> bool:
        """Tell whether there may be something to take up."""
        if self.halted:
            return False
        return bool(self._given_back) or self._taken < len(self._batch.deliveries)

    def take(self) -> Envelope | None:
        """Return the next envelope, or None when there is no more, or nobody else is to be asked."""
        envelope = None if self.halted else self._next()
        if envelope is not None:
            self._asked += 1
            envelope.order = self._asked
        return envelope

    def halt(self, reason: str, blame: Blame) -> None:
        """Ask nobody else of the batch: what was said is true of everybody."""
        if not self.halted:
            self.halted, self._blame = scrubbed(reason), blame

    def end(self, reason: str) -> None:
        """Report AGAIN on whoever was not taken up, or was given back; then close.

        Raises:
            UnbuiltMail: nobody could be built.
        """
        given_back, self._given_back = self._given_back, deque()
        fresh = [delivery for delivery, _ in self._fresh]
        self._taken += len(fresh)
        for delivery in (*(one.delivery for one in given_back), *fresh):
            receipt = Receipt(delivery.reference, Outcome.AGAIN, self.halted or scrubbed(reason))
            self.report(receipt._replace(blame=self._blame if self.halted else Blame.TROUBLE))
        self.close()

    def close(self) -> None:
        """Report those who could not be built, and what a session left behind when it broke down.

        Raises:
            UnbuiltMail: nobody could be built.
        """
        for envelope in list(self._out.values()):
            if envelope.is_leaving:
                self.settle(envelope, Outcome.UNCERTAIN, "the session broke down under it")
        for receipt in self._doubts.judged():
            self.report(receipt)
        lost, self._lost = self._lost, []
        for receipt in lost:
            self.report(receipt)

    def _next(self) -> Envelope | None:
        envelope = self._given_back.popleft() if self._given_back else None
        while envelope is None and (following := next(self._fresh, None)) is not None:
            envelope = self._built(*following)
        if envelope is not None:
            self._out[envelope.delivery.reference] = envelope
        return envelope

    def _built(self, delivery: Delivery, values: Mapping[str, str]) -> Envelope | None:
        """Return one reader's envelope; None where it can't be built, which is kept in doubt."""
        self._taken += 1
        try:
            mailbox = headers.wire_address(delivery.address)
            sender = self._signer.sender(delivery) if self._signer else self._sender
            mail = self._template.join(delivery, values, mailbox)
        except Exception as error:  # noqa: BLE001  # whose fault it is shows when the batch is through
            receipt = self._doubts.receipt(delivery.reference, error)
            if receipt is not None:
                self.report(receipt)
            return None
        return Envelope(self, delivery, sender, mailbox, mail)

    def give_back(self, envelope: Envelope, reason: str) -> None:
        """Take back an envelope that is proved unaccepted; the second time it is reported AGAIN."""
        if envelope.is_second_try:
            self._report_lost(self._blamed(envelope, Outcome.AGAIN, reason, Stage.RCPT))
            return
        self._out.pop(envelope.delivery.reference, None)
        envelope.is_second_try, envelope.is_leaving = True, False
        self._given_back.append(envelope)

    def put_back(self, envelope: Envelope) -> None:
        """Let an envelope go next that the server took for a command too early: no try was spent."""
        self._out.pop(envelope.delivery.reference, None)
        envelope.is_leaving = False
        self._given_back.appendleft(envelope)

    def settle(
        self, envelope: Envelope, outcome: Outcome, reason: str = "", stage: Stage = Stage.DATA
    ) -> None:
        """Report what became of an envelope, and whose fault a server's words name.

        Args:
            stage: which of our words was answered.
        """
        self.report(self._blamed(envelope, outcome, reason, stage))

    def _blamed(self, envelope: Envelope, outcome: Outcome, reason: str, stage: Stage) -> Receipt:
        if outcome is Outcome.SENT and not reason:
            self._refused = 0
            return Receipt(envelope.delivery.reference, outcome, order=envelope.order)
        receipt = Receipt(envelope.delivery.reference, outcome, scrubbed(reason))
        if outcome not in {Outcome.AGAIN, Outcome.FAILED} or not _REPLY.match(reason):
            if outcome is Outcome.SENT:
                self._refused = 0
            return receipt._replace(order=envelope.order)
        from digest.transports.blaming import blame_of  # a quarter second, where something was refused

        blame = blame_of(reason, stage)
        self._refused = self._refused + 1 if blame.is_of_everybody else 0
        if self._refused >= _ENOUGH or blame is Blame.RATE:
            self.halt(reason, blame)
        return receipt._replace(blame=blame, order=self._asked)

    def forget_lost(self) -> None:
        """Drop the receipts that were kept back: the caller plans their deliveries as if never tried."""
        self._lost.clear()

    def _report_lost(self, receipt: Receipt) -> None:
        """Keep back who was lost with a connection while no connection has carried anything."""
        if self.reported:
            self.report(receipt)
        else:
            self._out.pop(receipt.reference, None)
            self._lost.append(receipt)

    def report(self, receipt: Receipt) -> None:
        """Hand one receipt on, and those that were kept back."""
        self.reported += 1
        lost, self._lost = self._lost, []
        for one in lost:
            self.report(one)
        self._out.pop(receipt.reference, None)
        self.decided += receipt.outcome is not Outcome.AGAIN
        self._report(receipt)


def _envelope_sender(letterhead: Letterhead) -> str:
    address = headers.wire_address(letterhead.sender.address)
    if address.needs_smtputf8:
        raise UnbuiltMail("the sender's address holds signs outside ASCII, which not every server takes")
    return address.address


Heir = Callable[[], Work | None]
"""Gives the work that a session goes on with, if there is one by now."""


class Session(Protocol):
    """One open connection to an SMTP server."""

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection can take more work."""
        ...

    async def deliver(self, work: Work, heir: Heir) -> bool:
        """Send until the work is done.

        Returns:
            Whether its heir has begun: that must be delivered at once, then, by this session.

        Raises:
            SessionBroken: the connection is of no more use; there may be work left.
        """
        ...

    def abort(self) -> None:
        """Drop the connection at once."""
        ...

    async def quit(self) -> None:
        """Say goodbye and close; never raises for what the server does."""
        ...


def outcome_of(code: int) -> Outcome:
    """Return what a reply to RCPT, DATA or the final dot proves.

    Source: RFC 5321, 4.2.1.
    """
    if 200 <= code < 300:
        return Outcome.SENT
    if 400 <= code < 500:
        return Outcome.AGAIN
    if 500 <= code < 600:
        return Outcome.FAILED
    return Outcome.UNCERTAIN
