"""Editions that programs start: each in its turn on a thread of its own, as `digest run` would.

A crawl takes minutes: whoever asks is answered at once, and the courier, who sends, never waits for one.
What waits is kept in memory alone: a desk that ends forgets it, and whoever asked asks again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.day import rounds
from digest.dispatch.shutdown import STOPPING
from digest.errors import DigestError
from digest.model import DayReport, EditionKey, Step
from digest.upkeep import logs, shifts
from digest.upkeep.alarms.bell import Bell
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

MOST_WAITING = 20
_ENDS_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Start:
    """What is started: an edition, as far as a step."""

    key: EditionKey
    until: Step


class _NobodyWatches:
    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Say nothing: the heartbeat tells that the work got on."""


class Starter:
    """Starts editions one after the other; safe to share between threads."""

    def __init__(self, act: Callable[[Start, str], object], *, may: bool) -> None:
        """Begin asleep; the thread begins with the first that is asked for.

        Args:
            act: brings an edition as far as it can come, for whom the second value names.
            may: False for a desk that leaves sending to others.
        """
        self.may = may
        self._act = act
        self._asked: dict[Start, str] = {}
        self._changes = threading.Condition()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def ask(self, start: Start, *, by: str) -> bool:
        """Let an edition be started; tell whether that is new, or it waits for its turn already.

        Raises:
            OverflowError: too many wait.
        """
        with self._changes:
            if start in self._asked:
                return False
            if self._is_over or len(self._asked) >= MOST_WAITING:
                raise OverflowError
            self._asked[start] = by
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name="starter", daemon=True)
                self._thread.start()
            self._changes.notify_all()
            return True

    def stop(self) -> None:
        """Start nothing more; the batch that is being sent is finished first."""
        with self._changes:
            self._is_over = True
            self._changes.notify_all()
        if self._thread is not None and self._thread.is_alive():
            STOPPING.ask()
            self._thread.join(timeout=_ENDS_WITHIN_S)
            if not self._thread.is_alive():
                STOPPING.forget()

    def _go_on(self) -> None:
        while True:
            with self._changes:
                self._changes.wait_for(lambda: self._is_over or self._asked)
                if self._is_over:
                    return
                start = next(iter(self._asked))
                # Asked for again from now on, it is begun again: what it needs may have come meanwhile.
                by = self._asked.pop(start)
            try:
                self._act(start, by)
            except (DigestError, SubscribersError) as error:
                log.warning("%s: %s", start.key, error)
            except Exception:
                # A fault of ours in one edition: the next one's turn comes all the same.
                log.exception("%s could not be started", start.key)


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
