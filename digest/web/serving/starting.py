"""Editions that programs start: each in its turn on a thread of its own, as `digest run` would.

A crawl takes minutes: whoever asks is answered at once, and the courier, who sends, never waits for one.
What waits is kept in the database: a desk that ends, or dies over one, leaves it to the next.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from secrets import token_hex

from digest.day import rounds
from digest.dispatch import owners
from digest.dispatch.shutdown import STOPPING
from digest.errors import DigestError
from digest.model import DayReport
from digest.model.desk import Start, TakenStart
from digest.storage.desk.starts import SqlStarts
from digest.upkeep import logs, shifts
from digest.upkeep.alarms.bell import Bell
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

MOST_WAITING = 20
LOOKS_EVERY_S = 15.0
"""So often a desk looks for what another one left."""

RENEWS_EVERY_S = 30.0
_ENDS_WITHIN_S = 30.0


class _NobodyWatches:
    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Say nothing: the heartbeat tells that the work got on."""


class Starter:
    """Starts editions one after the other; safe to share between threads, and beside other desks."""

    def __init__(
        self,
        act: Callable[[Start, str], object],
        starts: SqlStarts,
        clock: Callable[[], datetime],
        *,
        may: bool,
    ) -> None:
        """Begin asleep; the thread begins with `start`, or with the first that is asked for.

        Args:
            act: brings an edition as far as it can come, for whom the second value names.
            starts: what is asked for; it outlives this process.
            may: False for a desk that leaves sending to others.
        """
        self.may = may
        self._act, self._starts, self._clock = act, starts, clock
        self._owner = f"{owners.this_process()}#{token_hex(4)}"
        self._changes = threading.Condition()
        self._is_over = self._has_news = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take up what a desk before this one left."""
        if self.may:
            self._wake()

    def ask(self, start: Start, *, by: str) -> bool:
        """Let an edition be started; tell whether that is new, or it waits for its turn already.

        Raises:
            OverflowError: too many wait.
        """
        if self._is_over:
            raise OverflowError
        is_new = self._starts.ask(start, by=by, most=MOST_WAITING, now=self._clock())
        self._wake()
        return is_new

    def stop(self) -> None:
        """Start nothing more; the batch that is being sent is finished first, what waits is kept."""
        with self._changes:
            self._is_over = True
            self._changes.notify_all()
        if self._thread is not None and self._thread.is_alive():
            STOPPING.ask()
            self._thread.join(timeout=_ENDS_WITHIN_S)
            if not self._thread.is_alive():
                STOPPING.forget()

    def _wake(self) -> None:
        with self._changes:
            self._has_news = True
            if self._thread is None and not self._is_over:
                self._thread = threading.Thread(target=self._go_on, name="starter", daemon=True)
                self._thread.start()
            self._changes.notify_all()

    def _go_on(self) -> None:
        while not self._is_over:
            with self._changes:
                self._has_news = False
            taken = self._taken()
            if taken is not None:
                self._do(taken)
                continue
            with self._changes:
                self._changes.wait_for(lambda: self._is_over or self._has_news, timeout=LOOKS_EVERY_S)

    def _taken(self) -> TakenStart | None:
        try:
            return self._starts.take(self._owner, owners.is_gone, now=self._clock())
        except DigestError as error:
            log.warning("starts can't be taken up: %s", error)
            return None

    def _do(self, taken: TakenStart) -> None:
        """Start an edition; what breaks it off is logged, and the start is done all the same.

        A process that dies over it is another thing: the next one takes it up.
        """
        key = taken.start.key
        try:
            with self._renewed(taken):
                self._act(taken.start, taken.by)
        except (DigestError, SubscribersError) as error:
            log.warning("%s: %s", key, error)
        except Exception:
            # A fault of ours in one edition: the next one's turn comes all the same.
            log.exception("%s could not be started", key)
        try:
            self._starts.done(taken.number, self._owner)
        except DigestError as error:
            log.warning("%s: that it was started is not noted: %s", key, error)

    @contextmanager
    def _renewed(self, taken: TakenStart) -> Iterator[None]:
        """Say now and then that we are still at it."""
        is_done = threading.Event()

        def renew() -> None:
            while not is_done.wait(RENEWS_EVERY_S):
                try:
                    self._starts.renew(taken.number, self._owner, now=self._clock())
                except DigestError as error:
                    log.debug("a start was not renewed: %s", error)

        thread = threading.Thread(target=renew, name="renews a start", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_done.set()
            thread.join()


def bring(
    newsroom: Newsroom, bell: Bell, clock: Callable[[], datetime], start: Start, by: str
) -> Sequence[DayReport]:
    """Bring an edition as far as it can come now, written into the book of runs.

    Raises:
        DigestError: whatever broke it off.
    """
    newsletter = start.key.newsletter
    with (
        shifts.begun(newsroom, newsletter, _NobodyWatches(), clock=clock) as progress,
        logs.about(edition=str(start.key)),
    ):
        parts = newsroom.parts(newsletter, progress=progress, clock=clock)
        return shifts.done(
            newsroom,
            newsletter,
            by,
            lambda: rounds.run(parts, start.key, now=clock(), until=start.until),
            bell=bell,
            clock=clock,
        )
