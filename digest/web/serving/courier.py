"""The courier: sends what people approved when its time has come, while the desk is open.

It does what `digest run` does after an approval, by the same code and through the same ledger; both at
once, or neither for a while, does no harm.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from digest.day import job
from digest.day.parts import DayParts
from digest.dispatch.shutdown import STOPPING
from digest.errors import DigestError
from digest.model import DayReport, Edition, EditionState
from digest.selection.window import send_time
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

LOOKS_EVERY_S = 15.0


class Post(Protocol):
    """What the courier asks of the desk."""

    def due(self, now: datetime) -> list[Edition]:
        """Return the editions that wait to be sent, or are half sent."""
        ...

    def parts(self, newsletter: str) -> DayParts:
        """Return the parts of a newsletter's day."""
        ...

    def keep(self, newsletter: str, act: Callable[[], DayReport]) -> DayReport:
        """Do it, and write it into the book of runs."""
        ...


class Courier:
    """A thread that looks after approved editions."""

    def __init__(self, post: Post, clock: Callable[[], datetime], *, sends: bool) -> None:
        """Begin asleep; `sends` false for a desk that leaves sending to cron and workers."""
        self._post, self._clock, self._sends = post, clock, sends
        self.also: Callable[[datetime], object] = lambda _now: None
        self._wakes = threading.Event()
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="courier", daemon=True)
            self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Tell whether it looks after what is due."""
        return self._thread is not None and self._thread.is_alive()

    def wake(self) -> None:
        """Look now."""
        self._wakes.set()

    def stop(self) -> None:
        """Look no more; the batch that is being sent is finished first, the ledger remembers the rest."""
        self._is_over.set()
        self._wakes.set()
        if self._thread is not None:
            STOPPING.ask()
            self._thread.join(timeout=30)
            if not self._thread.is_alive():
                STOPPING.forget()

    def look_once(self) -> int:
        """Send what is due now and return how many editions were due."""
        found = self._post.due(self._clock())
        for edition in found:
            try:
                report = self._post.keep(
                    edition.key.newsletter,
                    partial(
                        job.dispatch,
                        self._post.parts(edition.key.newsletter),
                        edition.key,
                        now=self._clock(),
                    ),
                )
                log.info("%s: %s %s", edition.key, report.ending, report.note)
            except (DigestError, SubscribersError) as error:
                # The next look tries again; the ledger knows what has left.
                log.warning("%s: %s", edition.key, error)
            except Exception:
                # A fault of ours in one edition: the next one's turn comes all the same.
                log.exception("%s could not be sent", edition.key)
        return len(found)

    def _look(self) -> None:
        while not self._is_over.is_set():
            try:
                if self._sends:
                    self.look_once()
                self.also(self._clock())
            except (DigestError, SubscribersError) as error:
                log.warning("%s", error)
            except Exception:
                # Who sends outlives a fault of ours: nothing else would send what is due.
                log.exception("the courier stumbled; it looks again in %.0f s", LOOKS_EVERY_S)
            self._wakes.wait(LOOKS_EVERY_S)
            self._wakes.clear()


def is_due(edition: Edition, parts: DayParts, now: datetime) -> bool:
    """Tell whether there is something to send of it now."""
    if edition.state is EditionState.APPROVED:
        return now >= send_time(parts.newsletter.schedule, edition.key.day)
    if edition.state is not EditionState.DISPATCHING:
        return False
    dispatch = parts.ledger.dispatch(edition.key)
    if dispatch is not None and dispatch.paused_until is not None and now < dispatch.paused_until:
        return False
    return dispatch is not None and (dispatch.hold_until is None or now >= dispatch.hold_until)
