"""Places where a test may kill this process: around each step that the ledger or a reader can notice.

`DIGEST_CRASH_AT=7` in the environment kills at the seventh step, as hard as the kernel can. The steps are
every commit of the digest's database, before it and after it (wiring hands `POINTS` to the storage), and
every receipt of a transport, before it is settled.
"""

from __future__ import annotations

import os
import signal
import threading

VARIABLE = "DIGEST_CRASH_AT"


class CrashPoints:
    """Counts steps and dies at one of them."""

    def __init__(self, at: int = 0) -> None:
        """Die at step `at`, the first being 1; 0 for never."""
        self.at = at
        self.passed = 0
        self._lock = threading.Lock()

    def reached(self, _step: str) -> None:
        """Count one step; its name is for the reader of the code."""
        with self._lock:
            self.passed += 1
            if self.passed == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def from_environment(value: str | None) -> CrashPoints:
    """Return the crash points that `DIGEST_CRASH_AT` asks for.

    Raises:
        ValueError: it is set, and is no number of a step.
    """
    if not value:
        return CrashPoints()
    if not value.isdecimal():
        raise ValueError(f"{VARIABLE} must be the number of a step, not {value!r}")
    return CrashPoints(int(value))


POINTS = from_environment(os.environ.get(VARIABLE))
"""This process's own."""
