"""How long one article may take to be read: what no bound of length foresaw costs itself only."""

from __future__ import annotations

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

_end: ContextVar[tuple[Clock, float] | None] = ContextVar("patience", default=None)


@contextmanager
def patience(clock: Clock = WORK, most_s: float = READING_S) -> Iterator[None]:
    """Give what is done within so many seconds, which `check` looks at between its steps."""
    before = _end.set((clock, clock() + most_s))
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
    if counted is not None and counted[0]() > counted[1]:
        raise TookTooLong
