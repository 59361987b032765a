"""The wish to end: what is on its way is finished and settled, nothing new begins.

A batch that is cut off in the middle is uncertain, and by SMTP held; a stopped service, a deployment or a
reboot must not cost readers their mail.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_NAP_S = 0.2


class Stopping:
    """Whether a process is to end; safe to share between threads, and to ask from a signal's handler."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._is_asked = False
        self._sending = 0
        self._lock = threading.Lock()

    @property
    def is_asked(self) -> bool:
        """Tell whether sending is to end."""
        return self._is_asked

    def ask(self) -> bool:
        """Ask for the end; tell whether something is on its way that will be finished first.

        Asked a second time, or with nothing on its way, it says no: then the process may just end.
        """
        is_first, self._is_asked = not self._is_asked, True
        return is_first and self._sending > 0

    def forget(self) -> None:
        """Take it back: the process goes on with something else."""
        self._is_asked = False

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Know that something is on its way."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def sleep(self, seconds: float) -> None:
        """Sleep, but not on when somebody asks for the end."""
        # No event: a signal's handler may not wait for a lock that the interrupted thread holds.
        end = time.monotonic() + seconds
        while not self._is_asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _NAP_S))

    def _count(self, more: int) -> None:
        with self._lock:
            self._sending += more


STOPPING = Stopping()
"""This process's own."""
