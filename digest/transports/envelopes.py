"""What an SMTP session takes up, one delivery at a time, and how it judges the server's words."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from digest.errors import UnbuiltMail
from digest.model import Batch, Delivery, Letterhead, Outcome, Receipt
from digest.transports import headers
from digest.transports.building import Doubts
from digest.transports.headers import WireAddress, scrubbed
from digest.transports.mime import MessageTemplate

Report = Callable[[Receipt], None]


class Reply(NamedTuple):
    """One answer of an SMTP server, its lines as one."""

    code: int
    text: str


class SessionBroken(Exception):
    """The connection is of no more use; whatever it had taken up is reported or given back."""


class BounceSigner(Protocol):
    """Makes the envelope sender that brings a bounce home to its delivery."""

    def sender(self, reference: str) -> str:
        """Return an address that holds the reference."""
        ...


@dataclass(slots=True)
class Envelope:
    """One delivery, as a session takes it up.

    Attributes:
        mail: dot-stuffed, ending in CRLF, without the final dot.
        is_leaving: bytes of the mail itself may be on the wire.
        is_second_try: a connection broke under it once, before anything could be accepted.
    """

    delivery: Delivery
    sender: str
    mailbox: WireAddress
    mail: bytes
    is_second_try: bool = False
    is_leaving: bool = False


class Work:
    """The deliveries of one batch that nobody has taken up; used on the event loop only.

    Attributes:
        reported: how many receipts were given.
        decided: how many of them are not AGAIN; where it stands still, connections carry nothing.
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
        self._taken = 0
        self.reported = 0
        self.decided = 0

    @property
    def size(self) -> int:
        """Return how many deliveries the batch has."""
        return len(self._batch.deliveries)

    @property
    def remains(self) -> bool:
        """Tell whether there may be something to take up."""
        return bool(self._given_back) or self._taken < len(self._batch.deliveries)

    def take(self) -> Envelope | None:
        """Return the next envelope, or None when there is no more."""
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
            sender = self._signer.sender(delivery.reference) if self._signer else self._sender
            mail = self._template.join(delivery, values, mailbox)
        except Exception as error:  # noqa: BLE001  # whose fault it is shows when the batch is through
            receipt = self._doubts.receipt(delivery.reference, error)
            if receipt is not None:
                self.report(receipt)
            return None
        return Envelope(delivery, sender, mailbox, mail)

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

    def give_back(self, envelope: Envelope | None, reason: str) -> None:
        """Take back an envelope that is proved unaccepted; the second time it is reported AGAIN."""
        if envelope is None:
            return
        if envelope.is_second_try:
            self.report(Receipt(envelope.delivery.reference, Outcome.AGAIN, scrubbed(reason)))
            return
        del self._out[envelope.delivery.reference]
        envelope.is_second_try, envelope.is_leaving = True, False
        self._given_back.append(envelope)

    def settle(self, envelope: Envelope, outcome: Outcome, reason: str = "") -> None:
        """Report what became of an envelope."""
        self.report(Receipt(envelope.delivery.reference, outcome, scrubbed(reason)))

    def report(self, receipt: Receipt) -> None:
        """Hand one receipt on."""
        self.reported += 1
        self._out.pop(receipt.reference, None)
        self.decided += receipt.outcome is not Outcome.AGAIN
        self._report(receipt)


def _envelope_sender(letterhead: Letterhead) -> str:
    address = headers.wire_address(letterhead.sender.address)
    if address.needs_smtputf8:
        raise UnbuiltMail("the sender's address holds signs outside ASCII, which not every server takes")
    return address.address


class Session(Protocol):
    """One open connection to an SMTP server."""

    @property
    def is_alive(self) -> bool:
        """Tell whether the connection can take more work."""
        ...

    async def deliver(self, work: Work) -> None:
        """Send until the work is done.

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
