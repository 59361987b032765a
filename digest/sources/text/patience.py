"""How long one article may take to be read: what no bound of length foresaw costs itself only."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from digest.errors import TookTooLong

Clock = Callable[[], float]
"""Seconds, from any moment on."""

READING_S = 20.0
"""The longest article there may be takes a twentieth of it."""
WORK: Clock = time.thread_time
"""A thread's own processor time: what else the machine does, and waiting, costs no article."""

_end: ContextVar[tuple[Clock, float, float] | None] = ContextVar("patience", default=None)
"""The clock, when it ends, and the moment before which a thread's own time can't have ended."""


@contextmanager
def patience(clock: Clock = WORK, most_s: float = READING_S) -> Iterator[None]:
    """Give what is done within so many seconds, which `check` looks at between its steps."""
    soonest = time.monotonic() + most_s if clock is WORK else -math.inf
    before = _end.set((clock, clock() + most_s, soonest))
    try:
        yield
    finally:
        _end.reset(before)


def check() -> None:
    """Go on only where there is time left; where nobody counts it, there is.

    Raises:
        TookTooLong: there is none.
    """
    counted = _end.get()
    if counted is None:
        return
    clock, end, soonest = counted
    if time.monotonic() >= soonest and clock() > end:  # asking for a thread's time takes ten times as long
        raise TookTooLong
