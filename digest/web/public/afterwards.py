"""Work that a public page leaves behind: done after the answer, so that its length tells nothing."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from digest.errors import DigestError
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Of jobs; more are refused, so that a flood can't fill the memory."""

_TRIES = 3
_WAIT_S = 5.0

Job = Callable[[], bool]
"""Tells whether it is done; False to be tried again in a while."""


class Mailer:
    """One thread that does the jobs in their order; it begins with the first."""

    def __init__(self, *, wait_s: float = _WAIT_S) -> None:
        """Begin with nothing to do.

        Args:
            wait_s: between two tries of a job.
        """
        self._wait_s = wait_s
        self._jobs: queue.Queue[Job | None] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_over = threading.Event()

    def post(self, job: Job) -> bool:
        """Leave a job; False where too many wait already."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="mailer", daemon=True)
                self._thread.start()
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            log.warning("%d sign-ups wait for their mail already; one was turned away", MOST_WAITING)
            return False
        return True

    def settle(self) -> None:
        """Return when everything left so far is done."""
        self._jobs.join()

    def close(self) -> None:
        """Finish the job under way and no other."""
        self._is_over.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            self._jobs.put(None)
            thread.join(timeout=30)

    def _work(self) -> None:
        while not self._is_over.is_set():
            job = self._jobs.get()
            try:
                if job is not None:
                    self._do(job)
            finally:
                self._jobs.task_done()

    def _do(self, job: Job) -> None:
        for _ in range(_TRIES):
            try:
                if job():
                    return
            except (DigestError, SubscribersError) as error:
                log.warning("a mail could not leave: %s", error)
            if self._is_over.wait(self._wait_s):
                return
        log.error("a mail was given up after %d tries; its reader can ask again in an hour", _TRIES)
