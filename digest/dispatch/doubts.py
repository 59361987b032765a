"""Refusals whose fault is not known yet: a reader is given up only where another one is taken.

What a server says of everybody (no relaying, a limit of the day, a blocked sender) looks like a refusal of
each reader. So whoever is refused stands under suspicion until somebody after them is taken. Where nobody
is, or where the words speak of what is never one reader's fault, all of them stay planned.

A refusal for the moment ends nobody's delivery, but where all are refused so, nobody else is asked either.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from digest.dispatch.handed import Handed
from digest.model import Blame, Delivery, Outcome, Receipt

FEW = 4
"""So many in a row whom nobody followed, and the fault is not theirs."""

SOME = 10
"""The same where the words speak of a mailbox, and others of the edition were taken before."""

CERTAIN = 3
"""Asked so often, with pauses between, a few at an edition's end are given up."""


class _Said(Enum):
    """What kind of words refused a reader."""

    MAILBOX = auto()
    OTHER = auto()
    FOR_NOW = auto()


class Standing:
    """How a run stands with its server, whichever worker asked.

    Attributes:
        frozen: deliveries of the edition.
        taken: how many of them the server took, before this run and in it.
        is_taking: it took one in this run.
        handed: whom it took in this run.
    """

    def __init__(self, frozen: int = 0, taken: int = 0) -> None:
        """Nobody was asked for in this run."""
        self.frozen, self.taken, self.is_taking = frozen, taken, False
        self.handed = Handed()
        self._refused: dict[_Said, list[int]] = {said: [] for said in _Said}
        self._first: dict[str, int] = {}
        self._last_taken = -1
        self._asked = 0
        self._lock = threading.Lock()

    @property
    def is_well(self) -> bool:
        """Tell whether the server takes what it is asked for, and nobody is under suspicion."""
        return self.is_taking and not self.refused_in_a_row

    @property
    def refused_in_a_row(self) -> int:
        """Return how many were refused since somebody was asked for who was taken."""
        return sum(map(len, self._refused.values()))

    @property
    def mailboxes_in_a_row(self) -> int:
        """Return how many of them were refused for good by words of a mailbox."""
        return len(self._refused[_Said.MAILBOX])

    @property
    def others_in_a_row(self) -> int:
        """Return how many of them were refused by words of everybody, or for good by words of nobody."""
        return len(self._refused[_Said.OTHER])

    @property
    def for_now_in_a_row(self) -> int:
        """Return how many of them were refused for the moment, by words that blame nothing of ours."""
        return len(self._refused[_Said.FOR_NOW])

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
            for said, places in self._refused.items():
                if places:
                    self._refused[said] = [one for one in places if one >= order]

    def note_refused(self, subscriber: str, order: int, said: _Said) -> None:
        """Count one that was refused."""
        with self._lock:
            self._refused[said].append(order)
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
        postponed: refused for the moment as everybody is; planned as if never tried while there is time.
        released: planned as if never tried.
        cause: the refusal that everybody would get; None where sending goes on.
        too_fast: a refusal by which the server wants fewer mails in a time; None where there is none.
    """

    ended: list[Receipt] = field(default_factory=list)
    soon: list[Receipt] = field(default_factory=list)
    postponed: list[Receipt] = field(default_factory=list)
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
        said = _said(receipt, delivery)
        if said is None:
            return False
        self._open[receipt.reference] = receipt, delivery
        if receipt.blame is not Blame.RATE:
            self._standing.note_refused(delivery.subscriber, self._place(receipt), said)
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
        if self._is_refused_to_all(waiting):
            # The words of most: one odd mailbox among them does not name the cause.
            blames = [one.blame for one in waiting]
            judged.cause = max(waiting, key=lambda one: (_weight(one), blames.count(one.blame)))
        for receipt in waiting:
            blame = receipt.blame
            if judged.cause is not None and blame is not None and blame.is_of_everybody:
                judged.released.append(receipt.reference)
            elif receipt.outcome is not Outcome.AGAIN:
                judged.soon.append(receipt._replace(outcome=Outcome.AGAIN))
            elif judged.cause is not None:
                judged.postponed.append(receipt)
            else:
                judged.ended.append(receipt)

    def _is_refused_to_all(self, waiting: list[Receipt]) -> bool:
        """Tell whether whoever else is asked would be refused as well, as far as can be seen."""
        standing = self._standing
        if not waiting:
            return False
        if standing.taken:
            mailboxes, for_now = standing.mailboxes_in_a_row, standing.for_now_in_a_row
            return max(mailboxes, for_now) > SOME or standing.others_in_a_row >= FEW
        if any(one.blame is not None and one.blame.is_of_everybody for one in waiting):
            return True
        is_one_for_now = standing.frozen == 1 and waiting[0].outcome is Outcome.AGAIN
        return standing.refused_in_a_row >= min(FEW, standing.frozen) and not is_one_for_now


def _said(receipt: Receipt, delivery: Delivery) -> _Said | None:
    """Return what kind of words a refusal has; None where it leaves no doubt of anybody else."""
    blame = receipt.blame
    if blame is None or receipt.outcome not in {Outcome.FAILED, Outcome.AGAIN}:
        return None
    if receipt.outcome is Outcome.FAILED or blame.is_of_everybody:
        return _Said.MAILBOX if blame is Blame.READER else _Said.OTHER
    is_new_to_it = blame is Blame.STRANGER and delivery.attempt < CERTAIN
    return None if is_new_to_it or blame is Blame.TROUBLE else _Said.FOR_NOW


def _weight(receipt: Receipt) -> int:
    """Return how much a refusal says of everybody: most what does so in words, least what is for now."""
    if receipt.blame is not None and receipt.blame.is_of_everybody:
        return 2
    return 1 if receipt.outcome is Outcome.FAILED else 0
