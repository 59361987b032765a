"""Watching long work: bars on a terminal, plain lines in a log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from digest.cli.printing.terminal import Screen
from digest.ports import Progress

log = logging.getLogger("digest")

_BAR_WIDTH = 32
_DRAWN_EVERY_S = 0.1


class LogProgress:
    """Says when a step ends, one line each: what a log wants of progress."""

    def __init__(self) -> None:
        """Begin with no step ended."""
        self._ended: set[str] = set()

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:  # noqa: ARG002 - a log line names no single thing
        """Log the step's end; steps between are silent."""
        if total is not None and done >= total and name not in self._ended:
            self._ended.add(name)
            log.info("%s: %d of %d", name, done, total)

    def __enter__(self) -> Progress:
        """Return itself; nothing to open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""


class BarProgress:
    """One bar a step, the last line of a terminal; a step that ended stays above the next one's."""

    def __init__(self, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        """Draw on `screen`."""
        self._screen, self._clock = screen, clock
        self._lock = threading.Lock()
        self._begun: dict[str, float] = {}
        self._shown, self._drawn_at = "", 0.0

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Move the step's bar."""
        with self._lock:
            now = self._clock()
            self._begun.setdefault(name, now)
            is_new, is_over = name != self._shown, total is not None and done >= total
            if not (is_new or is_over or now - self._drawn_at >= _DRAWN_EVERY_S):
                return
            if is_new:
                self._screen.leave_bar()
            self._shown, self._drawn_at = name, now
            self._screen.bar(_bar(name, done, total, now - self._begun[name], note))

    def __enter__(self) -> Progress:
        """Return itself; nothing is drawn before the first step."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing, whatever happened."""
        self._screen.leave_bar()


def watching(screen: Screen) -> BarProgress | LogProgress:
    """Return bars where `screen` is a terminal, log lines elsewhere."""
    return BarProgress(screen) if screen.is_terminal else LogProgress()


def _bar(name: str, done: int, total: int | None, elapsed_s: float, note: str) -> str:
    full = round(_BAR_WIDTH * min(done / total, 1)) if total else _BAR_WIDTH if total == 0 else 0
    minutes, seconds = divmod(int(elapsed_s), 60)
    of = "?" if total is None else total
    drawn = f"[{'=' * full}{' ' * (_BAR_WIDTH - full)}]"
    return f"{name:>10} {drawn} {done}/{of} {minutes // 60}:{minutes % 60:02}:{seconds:02} {note}".rstrip()
