"""Refusals whose fault is not known yet: a reader is given up only where another one is taken.

What a server says of everybody (no relaying, a limit of the day, a blocked sender) looks like a refusal of
each reader. So whoever is refused stands under suspicion until somebody after them is taken. Where nobody
is, or where the words speak of what is never one reader's fault, all of them stay planned.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.model import Blame, Delivery, Outcome, Receipt

FEW = 4
"""So many in a row whom nobody followed, and the fault is not theirs."""

SOME = 10
"""The same where the words speak of a mailbox, and others of the edition were taken before."""

CERTAIN = 3
"""Asked so often, with pauses between, a few at an edition's end are given up."""


class Standing:
    """How a run stands with its server, whichever worker asked.

    Attributes:
        frozen: deliveries of the edition.
        taken: how many of them the server took, before this run and in it.
        is_taking: it took one in this run.
    """

    def __init__(self, frozen: int = 0, taken: int = 0) -> None:
        """Nobody was asked for in this run."""
        self.frozen, self.taken, self.is_taking = frozen, taken, False
        self._refused: dict[bool, list[int]] = {False: [], True: []}
        self._first: dict[str, int] = {}
        self._last_taken = -1
        self._asked = 0
        self._lock = threading.Lock()

    @property
    def mailboxes_in_a_row(self) -> int:
        """Return how many were refused by words of a mailbox since somebody was asked for who was taken."""
        return len(self._refused[True])

    @property
    def others_in_a_row(self) -> int:
        """Return how many were refused by other words since then."""
        return len(self._refused[False])

    def begin(self, size: int) -> int:
        """Return the place of a batch in the run's order of asking."""
        with self._lock:
            begins, self._asked = self._asked, self._asked + 2 * size + 1
        return begins

    def note_taken(self, order: int) -> None:
        """Count one that was taken; it follows whoever was refused before it was asked for."""
        with self._lock:
            self.taken += 1
            self.is_taking = True
            self._last_taken = max(self._last_taken, order)
            for is_mailbox, places in self._refused.items():
                self._refused[is_mailbox] = [one for one in places if one >= order]

    def note_refused(self, subscriber: str, order: int, *, is_mailbox: bool) -> None:
        """Count one that was refused."""
        with self._lock:
            self._refused[is_mailbox].append(order)
            self._first.setdefault(subscriber, order)

    def is_followed(self, subscriber: str) -> bool:
        """Tell whether another reader was asked for and taken since this one was first refused."""
        return self._last_taken > self._first.get(subscriber, self._last_taken)


@dataclass(slots=True)
class Judged:
    """What becomes of a batch's refusals.

    Attributes:
        ended: failed, or to be tried again after a wait.
        soon: to be tried again right after the others; the attempt counts.
        released: planned as if never tried.
        cause: the refusal that everybody would get; None where sending goes on.
        too_fast: a refusal by which the server wants fewer mails in a time; None where there is none.
    """

    ended: list[Receipt] = field(default_factory=list)
    soon: list[Receipt] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    cause: Receipt | None = None
    too_fast: Receipt | None = None


class Doubts:
    """The refusals of one batch that are not settled."""

    def __init__(self, standing: Standing, size: int) -> None:
        """Nobody of the batch of this size is refused yet."""
        self._standing = standing
        self._begins = standing.begin(size)
        self._seen = 0
        self._open: dict[str, tuple[Receipt, Delivery]] = {}

    def holds(self, receipt: Receipt, delivery: Delivery) -> bool:
        """Tell whether the receipt is kept back until it is known whose fault it is."""
        self._seen += 1
        blame = receipt.blame
        if blame is None or receipt.outcome not in {Outcome.FAILED, Outcome.AGAIN}:
            return False
        if receipt.outcome is Outcome.AGAIN and not blame.is_of_everybody:
            return False
        self._open[receipt.reference] = receipt, delivery
        if blame is not Blame.RATE:
            is_mailbox = blame is Blame.READER
            self._standing.note_refused(delivery.subscriber, self._place(receipt), is_mailbox=is_mailbox)
        return True

    def cleared(self, taken: Receipt) -> list[Receipt]:
        """Take note that a reader was taken; return the refusals that are their own readers' by that."""
        self._standing.note_taken(self._place(taken))
        found = [
            receipt
            for receipt, delivery in self._open.values()
            if receipt.outcome is Outcome.FAILED
            and receipt.blame is Blame.READER
            and self._standing.is_followed(delivery.subscriber)
        ]
        for receipt in found:
            del self._open[receipt.reference]
        return found

    def _place(self, receipt: Receipt) -> int:
        return self._begins + (receipt.order or self._seen)

    def judged(self) -> Judged:
        """Return what becomes of what is still open; nothing is then."""
        judged, waiting = Judged(), []
        for receipt, delivery in self._open.values():
            if receipt.blame is Blame.RATE:
                judged.released.append(receipt.reference)
                judged.too_fast = receipt
            elif receipt.outcome is Outcome.FAILED and self._is_the_readers(receipt, delivery):
                judged.ended.append(receipt)
            else:
                waiting.append(receipt)
        self._open.clear()
        self._put_off(waiting, judged)
        return judged

    def abandoned(self) -> Iterable[Receipt]:
        """Return all of it as to be tried again: the batch was cut short."""
        found = [receipt._replace(outcome=Outcome.AGAIN) for receipt, _delivery in self._open.values()]
        self._open.clear()
        return found

    def _is_the_readers(self, receipt: Receipt, delivery: Delivery) -> bool:
        blame, standing = receipt.blame, self._standing
        if blame is None or blame.is_never_the_readers:
            return False
        if standing.is_followed(delivery.subscriber):
            return True
        if blame is Blame.READER:
            return standing.frozen == 1 or (standing.taken > 0 and standing.mailboxes_in_a_row <= SOME)
        if not standing.taken:
            return False
        count = standing.others_in_a_row
        is_alone = count == 1 or (blame is Blame.MESSAGE and count < FEW)
        return is_alone or (delivery.attempt >= CERTAIN and count <= SOME)

    def _put_off(self, waiting: list[Receipt], judged: Judged) -> None:
        if not waiting:
            return
        standing = self._standing
        if not standing.taken or standing.mailboxes_in_a_row > SOME or standing.others_in_a_row >= FEW:
            # The words of most: one odd mailbox among them does not name the cause.
            blames = [one.blame for one in waiting]
            judged.cause = max(waiting, key=lambda one: (_weight(one.blame), blames.count(one.blame)))
        for receipt in waiting:
            blame = receipt.blame
            if judged.cause is not None and blame is not None and blame.is_of_everybody:
                judged.released.append(receipt.reference)
            elif receipt.outcome is Outcome.AGAIN:
                judged.ended.append(receipt)
            else:
                judged.soon.append(receipt._replace(outcome=Outcome.AGAIN))


def _weight(blame: Blame | None) -> int:
    return 1 if blame is not None and blame.is_of_everybody else 0
