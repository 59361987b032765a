"""The queue of those who write one SQLite file in this process.

SQLite's own waiting is polling, with longer and longer sleeps and in no order: of ten writers at once, one
in a hundred waited half a second for a lock that was mostly free. Here the next one is woken at once.
Writers of other processes are met as before, by polling, but by one writer of this process and not by all.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    who: object
    gate: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """One turn at a time, in the order they were asked for; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._lock = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._is_taken = False

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return len(self._queue)

    def take(
        self, *, timeout_s: float, who: object = None, unwanted: Callable[[], None] | None = None
    ) -> bool:
        """Wait for a turn, which the caller then gives or passes on; tell whether it came in time.

        Args:
            who: whoever names the same may pass the turn on to this one.
            unwanted: ends a turn that came as its taker was interrupted; None for `give`.
        """
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = _Waiting(who)
            mine.gate.acquire()
            self._queue.append(mine)
        try:
            # A turn that comes at the last moment is taken all the same.
            return mine.gate.acquire(timeout=timeout_s) or not self._is_out(mine)
        except BaseException:
            if not self._is_out(mine):
                (unwanted or self.give)()
            raise

    def give(self) -> None:
        """End the turn."""
        with self._lock:
            if self._queue:
                self._queue.popleft().gate.release()
            else:
                self._is_taken = False

    def pass_on(self, who: object) -> bool:
        """End the turn where one who names the same is next; tell whether it did."""
        with self._lock:
            if not self._queue or self._queue[0].who is not who:
                return False
            self._queue.popleft().gate.release()
            return True

    def _is_out(self, mine: _Waiting) -> bool:
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
