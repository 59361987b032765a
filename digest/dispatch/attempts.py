"""One batch on its way: claimed already, handed over once, settled as receipts arrive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from digest.dispatch.crashpoints import POINTS
from digest.dispatch.doubts import Doubts, Judged, Standing
from digest.dispatch.pacing import Throttle
from digest.dispatch.reconciliation import late_proofs
from digest.dispatch.retries import Backoff
from digest.errors import DatabaseUnavailable, DigestError, RefusesAll, TransportUnavailable, UnbuiltMail
from digest.model import (
    Batch,
    Blame,
    Delivery,
    EditionKey,
    Letterhead,
    Outcome,
    Receipt,
    RenderedEdition,
    Variant,
)
from digest.ports import Ledger, Overlapping, Personalizer, Transport

log = logging.getLogger(__name__)

_SETTLE_TRIES = 4

AT_ONCE = 2
"""So many batches are on their way together where a transport takes them so, sharing what one may hold."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How receipts become durable.

    Attributes:
        group: so many are settled in one transaction; a crash leaves at most so many uncertain.
        group_s: nor do they wait longer than this.
        max_attempts: what is still proved unaccepted after so many has failed, unless there is time left.
        keep_s: so long after the freeze there is, where the edition has no deadline.
    """

    group: int = 100
    group_s: float = 1.0
    max_attempts: int = 6
    keep_s: float = 0.0
    backoff: Backoff = field(default_factory=Backoff)


Turn = Callable[[list[Receipt]], tuple[int, tuple[Delivery, ...]]]
"""Settles receipts and claims what is next, where sending goes on: how many were ours, and that."""


@dataclass(slots=True)
class _Going:
    """A batch that is handed over.

    Attributes:
        pending: whoever of it has no receipt, by reference.
        begun_at: when, by the timer.
    """

    receipts: Iterable[Receipt]
    pending: dict[str, Delivery]
    doubts: Doubts
    begun_at: float


class Attempts:
    """Sends batches of one edition through one transport for one owner."""

    def __init__(
        self,
        key: EditionKey,
        owner: str,
        *,
        ledger: Ledger,
        transport: Transport,
        personalizer: Personalizer,
        letterhead: Letterhead,
        settling: Settling,
        lease_s: float,
        clock: Callable[[], datetime],
        timer: Callable[[], float],
        sleep: Callable[[float], None],
        standing: Standing,
        throttle: Throttle,
        gives_up_at: datetime | None,
    ) -> None:
        """Keep what every batch needs; `timer` gives seconds of any origin.

        Args:
            gives_up_at: no delivery fails by the number of its attempts before; None for at any time.
        """
        self._key, self._owner = key, owner
        self._ledger, self._transport = ledger, transport
        self._personalizer, self._letterhead = personalizer, letterhead
        self._settling, self._lease_s = settling, lease_s
        self._clock, self._timer, self._sleep = clock, timer, sleep
        self._standing, self._throttle, self._gives_up_at = standing, throttle, gives_up_at
        self._rendered: dict[Variant, RenderedEdition] = {}
        self._has_values = False

    def send(
        self, deliveries: tuple[Delivery, ...], *, settled: Callable[[int], None], turn: Turn | None = None
    ) -> None:
        """Hand the claimed deliveries over and settle every one of them, and what follows them as well.

        Where the transport takes a batch while the one before is on its way, two are.

        Args:
            settled: is told how many more have ended, group by group.
            turn: settles the last receipts of a batch and claims the next one; None where this is the last.

        Raises:
            TransportUnavailable: nothing left; what had no receipt is planned as if never tried.
            RefusesAll: what the server said is true of everybody; whoever it was said to is planned anew.
            UnbuiltMail: nothing left, for a fault of ours.
            DatabaseUnavailable: receipts could not be written; their leases will run out.
        """
        depth = AT_ONCE if turn is not None and isinstance(self._transport, Overlapping) else 1
        going = self._begun(deliveries, settled)
        try:
            while going:
                following = self._finish(going.pop(0), settled, turn)
                while following:
                    going += self._begun(following, settled)
                    following = turn([])[1] if turn is not None and len(going) < depth else ()
        except Exception:
            # What else is on its way goes out all the same.
            for one in going:
                with suppress(DigestError):
                    self._finish(one, settled, None)
            raise
        except BaseException:
            for one in going:
                self._settle(list(map(_without_receipt, one.pending)))
            raise

    def _begun(self, deliveries: tuple[Delivery, ...], settled: Callable[[int], None]) -> list[_Going]:
        """Return the batch of these that is on its way; none where nobody of them has values."""
        deliveries = self._not_yet(deliveries, settled)
        if not deliveries:
            return []
        batch = self._batch(deliveries, settled)
        if not batch.deliveries:
            return []
        doubts = Doubts(self._standing, len(batch.deliveries))
        pending = {one.reference: one for one in batch.deliveries}
        self._standing.handed.begun(batch.deliveries)
        begun_at = self._timer()
        try:
            if isinstance(self._transport, Overlapping):
                receipts = self._transport.begin(batch)
            else:
                receipts = self._transport.send(batch)
        except (TransportUnavailable, UnbuiltMail):
            self._release(list(pending))
            raise
        return [_Going(receipts, pending, doubts, begun_at)]

    def _not_yet(
        self, deliveries: tuple[Delivery, ...], settled: Callable[[int], None]
    ) -> tuple[Delivery, ...]:
        """Return those whom this run has not sent to; what the database has forgotten is told it again."""
        known = self._standing.handed.known(deliveries)
        if not known:
            return deliveries
        log.error(
            "%s: the database forgot %d mails that this run has sent: it went back to an earlier state, "
            "as a standby does that took over; they are not sent again",
            self._key,
            len(known),
        )
        self._settle(known)
        settled(_ended(known))
        again = {one.reference for one in known}
        return tuple(one for one in deliveries if one.reference not in again)

    def _finish(
        self, going: _Going, settled: Callable[[int], None], turn: Turn | None
    ) -> tuple[Delivery, ...]:
        """Settle everybody of a batch as their receipts come, and return what is claimed with the last."""
        pending = going.pending
        try:
            return self._settle_as_they_come(going, settled, turn)
        except (TransportUnavailable, UnbuiltMail):
            self._release(list(pending))
            pending.clear()
            raise
        finally:
            # The transport ended, or this process is being stopped, with some unaccounted for.
            self._settle([*going.doubts.abandoned(), *map(_without_receipt, pending)])

    def _release(self, references: list[str]) -> None:
        """Give back what was not tried, or counts as if it never was."""
        self._standing.handed.let_go(references)
        self._ledger.release(self._key, self._owner, references)

    def _end(self, judged: Judged, by_reference: Mapping[str, Delivery]) -> list[Receipt]:
        """Give back what is to be tried as if never tried, and return what is to be settled."""
        postponed: list[Receipt] = []
        if self._is_time_to_give_up():
            postponed = judged.postponed
        else:
            judged.released += [one.reference for one in judged.postponed]
        if judged.released:
            self._release(judged.released)
        if judged.too_fast is not None:
            self._throttle.limited()
            if self._throttle.is_hopeless and judged.cause is None:
                judged.cause = judged.too_fast
        tried = (*judged.ended, *postponed)
        ended = [self._bounded(one, by_reference[one.reference]) for one in tried]
        return [*ended, *judged.soon]

    def _batch(self, deliveries: tuple[Delivery, ...], settled: Callable[[int], None]) -> Batch:
        """Return the batch; whoever has no values is failed, where others have some."""
        is_ready = False
        try:
            values, broken = self._values(deliveries)
            variant = deliveries[0].variant
            if variant not in self._rendered:
                self._rendered[variant] = self._ledger.rendered(self._key, variant)
            whole = tuple(one for one in deliveries if one.reference in values)
            batch = Batch(
                self._letterhead,
                self._rendered[variant],
                whole,
                tuple(values[one.reference] for one in whole),
            )
            self._settle(broken)
            settled(len(broken))
            is_ready = True
        finally:
            if not is_ready:
                self._release([one.reference for one in deliveries])
        return batch

    def _values(
        self, deliveries: tuple[Delivery, ...]
    ) -> tuple[dict[str, Mapping[str, str]], list[Receipt]]:
        """Return each delivery's token values, and receipts for those whose can't be had.

        Raises:
            UnbuiltMail: nobody of the edition had any yet: it is no reader's fault.
        """
        values: dict[str, Mapping[str, str]] = {}
        broken: list[Receipt] = []
        for one in deliveries:
            try:
                values[one.reference] = self._personalizer.values(one)
            except Exception as error:  # one reader's own broken value, or a fault of ours in all of them
                reason = f"its values can't be made: {_told(error)}"
                broken.append(Receipt(one.reference, Outcome.FAILED, reason))
                if not values and len(broken) == len(deliveries) and not self._has_values:
                    raise UnbuiltMail(f"the readers' values can't be made: {_told(error)}") from error
        self._has_values |= bool(values)
        return values, broken

    def _settle_as_they_come(
        self, going: _Going, settled: Callable[[int], None], turn: Turn | None
    ) -> tuple[Delivery, ...]:
        group: list[Receipt] = []
        pending, doubts, given = going.pending, going.doubts, dict(going.pending)
        cause: Receipt | None = None
        paused_s = 0.0
        since, renewed = self._timer(), going.begun_at
        last: Turn | None = None
        try:
            for receipt in going.receipts:
                POINTS.reached("received")
                delivery = pending.pop(receipt.reference, None)
                if delivery is None:
                    log.error(
                        "%s gave a receipt for a delivery it was not given, or a second one: %s",
                        self._transport.name,
                        receipt.reference,
                    )
                    continue
                if doubts.holds(receipt, delivery):
                    continue
                if receipt.outcome is Outcome.SENT:
                    self._throttle.taken()
                    group.extend(doubts.cleared(receipt))
                group.append(self._bounded(receipt, delivery))
                if receipt.retry_after_s > paused_s:
                    # The provider asks for a pause: whoever sends by it keeps to it.
                    paused_s = receipt.retry_after_s
                    self._ledger.pause(self._transport.name, paused_s)
                at = self._timer()
                if len(group) >= self._settling.group or at - since >= self._settling.group_s:
                    ready, group, since = group, [], at
                    self._settle(ready)
                    settled(_ended(ready))
                if pending and at - renewed >= self._lease_s / 3:
                    self._ledger.renew(self._key, self._owner, lease_s=self._lease_s)
                    renewed = at
            judged = doubts.judged()
            group.extend(self._end(judged, given))
            cause = judged.cause
            last = turn if cause is None and not pending else None
        finally:
            following = self._settle(group, last)
            settled(_ended(group))
        if cause is not None:
            blame = cause.blame or Blame.UNKNOWN
            raise RefusesAll(self._transport.name, cause.reason, blame.remedy_for_all)
        return following

    def _bounded(self, receipt: Receipt, delivery: Delivery) -> Receipt:
        """Return the receipt with its wait filled in, or failed where it was tried often enough."""
        if receipt.outcome is not Outcome.AGAIN:
            return receipt
        # A provider that says when to come back, or is in trouble, speaks of no reader: none fails by it.
        is_everybodys = receipt.retry_after_s or receipt.blame is Blame.TROUBLE
        is_its_own = not is_everybodys and self._is_time_to_give_up()
        if is_its_own and delivery.attempt >= self._settling.max_attempts:
            reason = f"given up after {delivery.attempt} attempts: {receipt.reason}"
            return receipt._replace(outcome=Outcome.FAILED, reason=reason)
        wait_s = self._settling.backoff.wait_s(
            delivery.attempt, reference=delivery.message_key, asked_s=receipt.retry_after_s
        )
        return receipt._replace(retry_after_s=wait_s)

    def _is_time_to_give_up(self) -> bool:
        return self._gives_up_at is None or self._clock() >= self._gives_up_at

    def _settle(self, receipts: list[Receipt], turn: Turn | None = None) -> tuple[Delivery, ...]:
        """Write what became of these, and return what is claimed by the way."""
        if not receipts and turn is None:
            return ()
        self._standing.handed.ended(receipts)
        ours, following = self._persistently(receipts, turn)
        if ours == len(receipts):
            return following
        log.warning(
            "%s: %d of %d receipts came after their lease", self._key, len(receipts) - ours, len(receipts)
        )
        proofs = late_proofs(receipts, now=self._clock())
        if proofs:
            self._ledger.record_events(proofs)
        return following

    def _persistently(self, receipts: list[Receipt], turn: Turn | None) -> tuple[int, tuple[Delivery, ...]]:
        """Settle, several times if the database is busy or full: these receipts can't be had again."""
        for tried in range(1, _SETTLE_TRIES):
            try:
                if turn is not None and tried == 1:
                    return turn(receipts)
                return self._ledger.settle(self._key, self._owner, receipts), ()
            except DatabaseUnavailable as problem:
                log.warning("%s: receipts could not be written, trying again: %s", self._key, problem)
                self._sleep(float(2**tried))
        return self._ledger.settle(self._key, self._owner, receipts), ()


def _without_receipt(reference: str) -> Receipt:
    return Receipt(reference, Outcome.UNCERTAIN, "the transport ended without a receipt for it")


def _told(error: Exception) -> str:
    """Return an error in short; its words only where no address can be among them."""
    said = str(error)
    return type(error).__name__ if "@" in said else f"{type(error).__name__}: {said}"


def _ended(receipts: list[Receipt]) -> int:
    return sum(receipt.outcome in {Outcome.SENT, Outcome.FAILED} for receipt in receipts)
