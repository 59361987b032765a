"""What an SMTP session takes up, one delivery at a time, and how it judges the server's words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final, NamedTuple, Protocol

from digest.model import Batch, Blame, Delivery, Outcome, Receipt
from digest.transports import headers
from digest.transports.blaming import Stage, blame_of
from digest.transports.headers import Mailbox, Unsendable
from digest.transports.mime import MessageTemplate

Report = Callable[[Receipt], None]

_ADDRESS: Final = re.compile(r"[^\s<>\"'()\[\],;:]+@[^\s<>\"'()\[\],;:]+")
_MAX_REASON: Final = 300

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


@dataclass(slots=True)
class Envelope:
    """One delivery, as a session takes it up.

    Attributes:
        is_second_try: a connection broke under it once, before anything could be accepted.
        order: how many of its batch the server had been asked for when it was, itself counted.
    """

    delivery: Delivery
    sender: str
    mailbox: Mailbox
    values: Mapping[str, str]
    template: MessageTemplate
    is_second_try: bool = False
    order: int = 0

    def mail(self) -> bytes:
        """Return the mail, dot-stuffed, ending in CRLF, without the final dot.

        Raises:
            Unsendable: a token has no value.
        """
        return self.template.join(self.delivery, self.values, self.mailbox)


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
        """Take the batch; what can't be put into an envelope is reported at once when met."""
        self._batch = batch
        self._template = template
        self._report = report
        self._signer = signer
        self._sender = headers.mailbox(parseaddr(batch.letterhead.sender)[1]).address
        self._fresh: Iterator[tuple[Delivery, Mapping[str, str]]] = iter(
            zip(batch.deliveries, batch.values, strict=True)
        )
        self._given_back: deque[Envelope] = deque()
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
        """Report AGAIN on whoever was not taken up, or was given back."""
        while (envelope := self._next()) is not None:
            receipt = Receipt(envelope.delivery.reference, Outcome.AGAIN, self.halted or scrubbed(reason))
            self.report(receipt._replace(blame=self._blame if self.halted else Blame.TROUBLE))

    def _next(self) -> Envelope | None:
        if self._given_back:
            return self._given_back.popleft()
        for delivery, values in self._fresh:
            self._taken += 1
            try:
                mailbox = headers.mailbox(delivery.address)
                sender = self._signer.sender(delivery) if self._signer else self._sender
            except Unsendable as error:
                self.report(Receipt(delivery.reference, Outcome.FAILED, error.reason))
                continue
            return Envelope(delivery, sender, mailbox, values, self._template)
        return None

    def give_back(self, envelope: Envelope | None, reason: str) -> None:
        """Take back an envelope that is proved unaccepted; the second time it is reported AGAIN."""
        if envelope is None:
            return
        if envelope.is_second_try:
            self.report(self._blamed(envelope, Outcome.AGAIN, reason, Stage.RCPT))
            return
        envelope.is_second_try = True
        self._given_back.append(envelope)

    def put_back(self, envelope: Envelope) -> None:
        """Let an envelope go next that the server took for a command too early: no try was spent."""
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
        receipt = Receipt(envelope.delivery.reference, outcome, scrubbed(reason))
        if outcome not in {Outcome.AGAIN, Outcome.FAILED} or not _REPLY.match(reason):
            if outcome is Outcome.SENT:
                self._refused = 0
            return receipt._replace(order=envelope.order)
        blame = blame_of(reason, stage)
        self._refused = self._refused + 1 if blame.is_of_everybody else 0
        if self._refused >= _ENOUGH or blame is Blame.RATE:
            self.halt(reason, blame)
        return receipt._replace(blame=blame, order=self._asked)

    def report(self, receipt: Receipt) -> None:
        """Hand one receipt on."""
        self.reported += 1
        self.decided += receipt.outcome is not Outcome.AGAIN
        self._report(receipt)


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


def scrubbed(text: str) -> str:
    """Return a server's text on one line, short, every address in it hidden."""
    return _ADDRESS.sub("<address>", headers.folded(text))[:_MAX_REASON]
