"""Emptying an edition's queue: claim, hand over, settle, until nothing is left to do.

Any number of processes and threads may do this at once, and any of them may die anywhere: the ledger
alone decides who sends what.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from digest.dispatch import owners, pausing
from digest.dispatch.attempts import AT_ONCE, Attempts, Settling
from digest.dispatch.brake import Brake, check_brake, check_canary
from digest.dispatch.doubts import Standing
from digest.dispatch.pacing import Throttle
from digest.dispatch.reconciliation import UncertainPolicy, bury, resolve
from digest.dispatch.rules import SendingRules
from digest.dispatch.shutdown import Stopping
from digest.dispatch.subject_tests import decide
from digest.errors import RefusesAll, UnknownEdition
from digest.model import (
    DEADLINE_PASSED,
    FENCE_NOTE,
    Delivery,
    Dispatch,
    EditionKey,
    Letterhead,
    Receipt,
    Tally,
)
from digest.ports import (
    LONGEST_BOOKING_S,
    Ledger,
    Overlapping,
    Personalizer,
    Progress,
    Recalling,
    Suppressed,
    Transport,
)

log = logging.getLogger(__name__)

__all__ = ["Brake", "SendingRules", "Settling", "UncertainPolicy", "drain"]

_POLL_S = 5.0
_SHORTEST_WAIT_S = 0.05
_PACED_S = 5.0


def drain(
    key: EditionKey,
    *,
    ledger: Ledger,
    transport: Transport,
    personalizer: Personalizer,
    letterhead: Letterhead,
    owner: str,
    clock: Callable[[], datetime],
    suppressed: Suppressed | None = None,
    deadline: datetime | None = None,
    rules: SendingRules | None = None,
    progress: Progress | None = None,
    sleep: Callable[[float], None] | None = None,
    timer: Callable[[], float] = time.monotonic,
    is_gone: Callable[[str], bool] = owners.is_gone,
    last_look: Callable[[], str] | None = None,
    stopping: Stopping | None = None,
    freeze: Dispatch | None = None,
) -> Tally:
    """Send what is planned of a frozen edition and return how it stands.

    Args:
        owner: this process, as claims name it (`owners.this_process()`).
        clock: the present, for the deadline.
        suppressed: asked within every claim: whoever it gives by then is skipped.
        deadline: what could only leave past it is skipped.
        is_gone: proves that an owner is dead, so that its lease need not run out.
        last_look: asked once, when the first delivery may leave; why the edition must stop, or nothing.
        freeze: what the letterhead is of: once that freeze was taken back, nothing is claimed any more.
        stopping: once it is asked for, what is on its way is finished and nothing else claimed.

    Raises:
        TransportUnavailable: no mail can leave now; what was claimed is planned anew.
        RefusesAll: the server refuses what is true of everybody, or did and the pause is not over; whoever
            it was said to is planned anew.
        DatabaseUnavailable: the ledger can't be read or written now.
        UnknownEdition: it is not frozen.
    """
    stopping = stopping or Stopping()
    zone, dispatch = letterhead.sent_at.tzinfo, ledger.dispatch(key)
    pausing.refuse_while_paused(
        key, dispatch, provider=transport.name, deadline=deadline, zone=zone, now=clock()
    )
    run = _Run(
        key,
        ledger=ledger,
        transport=transport,
        clock=clock,
        suppressed=suppressed,
        deadline=deadline,
        rules=rules or SendingRules(),
        progress=progress,
        sleep=sleep or stopping.sleep,
        timer=timer,
        is_gone=is_gone,
        last_look=last_look,
        stopping=stopping,
        freeze=freeze,
    )

    decide(key, ledger=ledger, now=clock())

    def attempts(name: str) -> Attempts:
        return Attempts(
            key,
            name,
            ledger=ledger,
            transport=transport,
            personalizer=personalizer,
            letterhead=letterhead,
            settling=run.rules.settling,
            lease_s=run.rules.lease_s,
            clock=clock,
            timer=timer,
            # Receipts are worth their waits, whoever wants to end.
            sleep=sleep or time.sleep,
            standing=run.standing,
            throttle=run.throttle,
            gives_up_at=run.gives_up_at,
        )

    try:
        _work(run, owner, attempts, stopping)
    except RefusesAll as refused:
        raise pausing.put_off(
            key,
            refused,
            ledger=ledger,
            deadline=deadline,
            zone=zone,
            now=clock(),
            has_taken=run.standing.is_taking,
        ) from refused
    if dispatch is not None and dispatch.pauses and run.standing.is_taking:
        ledger.go_on(key)
    return run.finish()


def _work(run: _Run, owner: str, attempts: Callable[[str], Attempts], stopping: Stopping) -> None:
    """Let one worker or several empty the queue."""
    with stopping.sending():
        if run.rules.workers <= 1:
            run.work(owner, attempts(owner))
        else:
            names = [f"{owner}#{number}" for number in range(1, run.rules.workers + 1)]
            with ThreadPoolExecutor(len(names), thread_name_prefix="send") as pool:
                # In a context of its own each, so that their log lines tell whose work it is.
                ends = [pool.submit(copy_context().run, run.work, name, attempts(name)) for name in names]
            for end in ends:
                end.result()


class _Run:
    """What the workers of one drain share."""

    def __init__(
        self,
        key: EditionKey,
        *,
        ledger: Ledger,
        transport: Transport,
        clock: Callable[[], datetime],
        suppressed: Suppressed | None,
        deadline: datetime | None,
        rules: SendingRules,
        progress: Progress | None,
        sleep: Callable[[float], None],
        timer: Callable[[], float],
        is_gone: Callable[[str], bool],
        last_look: Callable[[], str] | None,
        stopping: Stopping,
        freeze: Dispatch | None,
    ) -> None:
        self._ahead_s = ahead_s = transport.ahead_s if isinstance(transport, Recalling) else 0.0
        canary_wait_s = rules.brake.canary_wait_s + ahead_s
        self.rules = replace(rules, brake=replace(rules.brake, canary_wait_s=canary_wait_s))
        self._is_gone = is_gone
        self._look = last_look
        self._stopping, self._freeze = stopping, freeze
        self._key, self._ledger, self._transport = key, ledger, transport
        self._clock, self._suppressed = clock, suppressed
        self._deadline = None if deadline is None else deadline - timedelta(seconds=ahead_s)
        self._progress, self._sleep, self._timer = progress, sleep, timer
        self._paused_s = 0.0
        self._is_recalling = False
        self._note = FENCE_NOTE if isinstance(transport, Recalling) and transport.notes_calls else ""
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._brake_at = timer()
        before = ledger.tally(key)
        self.standing = Standing(before.frozen, before.sent)
        self.throttle = Throttle(transport.name, ledger=ledger, per_s=rules.per_s, timer=timer)
        keep_s = rules.settling.keep_s
        kept = ledger.frozen_at(key) + timedelta(seconds=keep_s) if keep_s else None
        self.gives_up_at = self._deadline or kept
        self._total = before.frozen
        self._done = before.frozen - before.open

    def work(self, owner: str, attempts: Attempts) -> None:
        """Claim and send until nothing is left to wait for, or another worker met the end."""
        is_done = False
        idle_s = 0.0
        try:
            self._resolve()
            while not (self._is_over.is_set() or self._stopping.is_asked):
                if self._step(owner, attempts):
                    idle_s = 0.0
                    continue
                wait_s = self._wait_s()
                if wait_s is None or idle_s + wait_s > self.rules.patience_s:
                    break
                self._sleep(wait_s)
                idle_s += wait_s
            is_done = True
        except UnknownEdition:
            # A freeze that we were given was there: it was taken back, and may be made anew by now.
            if self._freeze is None:
                raise
        finally:
            if not is_done:
                self._is_over.set()

    def finish(self) -> Tally:
        """Return how the edition stands, and let the progress end where it is finished."""
        tally = self._ledger.tally(self._key)
        if self._progress is not None:
            self._progress.step("send", tally.frozen - tally.open, tally.frozen)
        return tally

    def _step(self, owner: str, attempts: Attempts) -> bool:
        """Do one thing there is to do, and tell whether there was one."""
        self._last_look()
        if not self._is_well():
            return False
        deliveries = self._claimed(owner)
        if deliveries is None:
            return False
        if deliveries:
            attempts.send(deliveries, settled=self._count, turn=partial(self._turn, owner))
            return True
        if self._is_taken_back():
            self._is_over.set()
            return False
        moved_on = check_canary(self._key, ledger=self._ledger, brake=self.rules.brake, now=self._clock())
        return moved_on or self._resolve() > 0

    def _claimed(self, owner: str) -> tuple[Delivery, ...] | None:
        """Return what is claimed now; None where the pace, or whoever wants to end, lets nothing go."""
        limit, has_pace = self._limit(), bool(self.throttle.per_s)
        if not has_pace and (found := self._claim(owner, limit)):
            # A pause that the provider asked for is looked for within the claim: most have none.
            return found
        if not self._is_our_turn(limit) or self._stopping.is_asked:
            return None
        return self._claim(owner, limit)

    def _claim(self, owner: str, limit: int) -> tuple[Delivery, ...]:
        return self._settle_and_claim(owner, [], limit)[1]

    def _turn(self, owner: str, receipts: list[Receipt]) -> tuple[int, tuple[Delivery, ...]]:
        """Settle, and claim the next by the way where the server takes what it is given, at no pace."""
        is_over = self._is_over.is_set() or self._stopping.is_asked
        is_paced = self.throttle.is_probing or self.throttle.per_s
        if not (is_over or is_paced) and self.standing.is_well:
            self._last_look()
            return self._settle_and_claim(owner, receipts, self._limit())
        return (self._ledger.settle(self._key, owner, receipts) if receipts else 0), ()

    def _settle_and_claim(
        self, owner: str, receipts: list[Receipt], limit: int
    ) -> tuple[int, tuple[Delivery, ...]]:
        return self._ledger.settle_and_claim(
            self._key,
            owner,
            receipts,
            limit=limit,
            lease_s=self.rules.lease_s,
            suppressed=self._suppressed,
            note=self._note,
            ahead_s=self._ahead_s,
            freeze=self._freeze,
            provider="" if self.throttle.per_s else self._transport.name,
        )

    def _is_taken_back(self) -> bool:
        """Tell whether the freeze we have the letterhead of is none any more."""
        found = self._ledger.dispatch(self._key)
        return self._freeze is not None and (found is None or found.name != self._freeze.name)

    def _is_well(self) -> bool:
        """Look at the edition once, as its first mail may leave; false where that stopped it."""
        with self._lock:
            if self._look is None or self._ledger.due_in(self._key) != 0:
                return True
            look, self._look = self._look, None
            reason = look()
            if reason and not self._is_taken_back():
                self._ledger.stop(self._key, reason)
                log.error("%s is stopped: %s", self._key, reason)
        return not reason

    def _is_our_turn(self, count: int) -> bool:
        """Wait until so many mails may go by the pace that all share; false where that is far off.

        It is booked before anything is claimed: whoever dies while waiting leaves nothing uncertain.
        """
        self._paused_s = 0.0
        if self.throttle.per_s and self._ledger.due_in(self._key) != 0:
            return True
        wait_s = self._ledger.book(self._transport.name, count, per_s=self.throttle.per_s)
        if wait_s > LONGEST_BOOKING_S:
            self._paused_s = wait_s
            return False
        if wait_s:
            self._sleep(wait_s)
        return True

    def _limit(self) -> int:
        """Return how many to claim at once: with a pace, no more than a few seconds of it."""
        limit = min(self.rules.batch, self._transport.max_batch)
        if self.throttle.is_probing:
            return 1
        if self.throttle.per_s:
            return min(limit, max(1, int(self.throttle.per_s * _PACED_S)))
        # Batches on their way together hold no more than one would by itself.
        return max(1, limit // AT_ONCE) if isinstance(self._transport, Overlapping) else limit

    def _last_look(self) -> None:
        """Skip what is too late, and stop an edition that readers complain about."""
        if self._deadline is not None and self._clock() >= self._deadline:
            late = self._ledger.skip(
                self._key, f"{DEADLINE_PASSED} {self._deadline.isoformat()} had passed"
            )
            if late:
                log.warning("%s: the deadline has passed; %d deliveries are skipped", self._key, late)
        with self._lock:
            at = self._timer()
            is_due = at - self._brake_at >= self.rules.brake.every_s
            if is_due:
                self._brake_at = at
        if is_due:
            check_brake(self._key, ledger=self._ledger, brake=self.rules.brake)

    def _resolve(self) -> int:
        # Each time there is nothing else to do: another process may have died beside this one.
        buried = bury(self._key, ledger=self._ledger, is_gone=self._is_gone)
        resolution = resolve(
            self._key,
            ledger=self._ledger,
            transport=self._transport,
            policy=self.rules.uncertain,
            max_attempts=self.rules.settling.max_attempts,
        )
        self._is_recalling = resolution.is_open
        return buried + resolution.moved

    def _wait_s(self) -> float | None:
        """Return how long to sleep before looking again; None when there is nothing to wait for."""
        due_s = self._ledger.due_in(self._key)
        canary_s = self.rules.brake.canary_wait_left_s(self._ledger.dispatch(self._key), self._clock())
        recall_s = _POLL_S if self._is_recalling else None
        waits = [wait for wait in (due_s, canary_s, recall_s) if wait is not None]
        if not waits:
            return None
        wait_s = max(min(waits), self._paused_s)
        if wait_s > self.rules.patience_s:
            return wait_s
        if self._deadline is not None:
            wait_s = min(wait_s, max(0.0, (self._deadline - self._clock()).total_seconds()))
        # Another worker may settle, or give back, sooner than the lease says.
        return min(max(wait_s, _SHORTEST_WAIT_S), _POLL_S)

    def _count(self, settled: int) -> None:
        if not settled:
            return
        with self._lock:
            self._done = min(self._done + settled, self._total)
            done = self._done
        if self._progress is not None and done < self._total:
            self._progress.step("send", done, self._total)
