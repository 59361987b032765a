"""The queue of those who write one SQLite file in this process.

SQLite's own waiting is polling, with longer and longer sleeps and in no order: of ten writers at once, one
in a hundred waited half a second for a lock that was mostly free. Here the next one is woken at once.
Writers of other processes are met as before, by polling, but by one writer of this process and not by all.
"""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from weakref import WeakValueDictionary


class Turns:
    """One turn at a time, in the order they were asked for; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._lock = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._is_taken = False

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return len(self._queue)

    def take(self, *, timeout_s: float) -> bool:
        """Wait for a turn, which the caller then gives; tell whether it came in time."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        try:
            # A turn that comes at the last moment is taken all the same.
            return mine.acquire(timeout=timeout_s) or not self._is_out(mine)
        except BaseException:
            if not self._is_out(mine):
                self.give()
            raise

    def give(self) -> None:
        """End the turn."""
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_taken = False

    def _is_out(self, mine: threading.Lock) -> bool:
        """Wait no longer, and tell whether no turn had come."""
        with self._lock:
            if mine not in self._queue:
                return False
            self._queue.remove(mine)
            return True


_OPEN: WeakValueDictionary[str, Turns] = WeakValueDictionary()
_OPENING = threading.Lock()


def turns_of(file: str) -> Turns:
    """Return the queue of a file, the same for everybody in this process who holds it."""
    name = str(Path(file).resolve())
    with _OPENING:
        return _OPEN.setdefault(name, Turns())
