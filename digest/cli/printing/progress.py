"""Watching long work: bars on a terminal, plain lines in a log."""

from __future__ import annotations

import logging
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from digest.ports import Progress

log = logging.getLogger("digest")


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
    """One bar a step, on stderr, drawn by rich."""

    def __init__(self, console: Console) -> None:
        """Draw on `console`."""
        self._bars = RichProgress(
            TextColumn("{task.description:>10}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {}

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Move the step's bar."""
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, note=note)
        self._bars.update(self._tasks[name], completed=done, total=total, note=note)

    def __enter__(self) -> Progress:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing, whatever happened."""
        self._bars.stop()


def watching(console: Console) -> BarProgress | LogProgress:
    """Return bars where `console` is a terminal, log lines elsewhere."""
    return BarProgress(console) if console.is_terminal else LogProgress()
