"""A terminal as a person sees it: bold words, tables, log lines above the bar of what is being done."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from collections.abc import Sequence
from typing import TextIO

from digest.editions.display_width import displayed, one_line
from digest.upkeep.logs import scrubbed

_BOLD, _DIM, _RED, _YELLOW, _END = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
_CLEAR = "\r\x1b[K"
_GAP = "  "
_LEVEL_WIDTH = 8


class Screen:
    """Where a person reads what is no result: stderr. Safe to share between threads."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`; where there is none, to what stderr is then."""
        self._stream, self._bar, self._lock = stream, "", threading.RLock()

    @property
    def stream(self) -> TextIO:
        """Return where it writes."""
        return self._stream or sys.stderr

    @property
    def is_terminal(self) -> bool:
        """Tell whether lines can be drawn anew there."""
        return self.stream.isatty() and os.environ.get("TERM") != "dumb"

    @property
    def is_colored(self) -> bool:
        """Tell whether words may have a color: https://no-color.org."""
        return self.is_terminal and not os.environ.get("NO_COLOR")

    def line(self, text: str) -> None:
        """Write a line, above the bar where there is one."""
        with self._lock:
            self._write(f"{_CLEAR if self._bar else ''}{text}\n{self._bar}")

    def bar(self, text: str) -> None:
        """Draw the last line anew, as much of it as there is room for."""
        with self._lock:
            self._bar = _shortened(text, shutil.get_terminal_size().columns - 1)
            self._write(_CLEAR + self._bar)

    def leave_bar(self) -> None:
        """Let the last line stand as it is, and go on below it."""
        with self._lock:
            if self._bar:
                self._bar = ""
                self._write("\n")

    def _write(self, text: str) -> None:
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "replace").decode(encoding))
        self.stream.flush()


class ScreenLines(logging.Handler):
    """Log lines for a person: the level and the words, a traceback below them where there is one."""

    def __init__(self, screen: Screen) -> None:
        """Write to `screen`."""
        super().__init__()
        self._screen = screen
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one."""
        try:
            level = f"{record.levelname:<{_LEVEL_WIDTH}}"
            said = _visible(scrubbed(self.format(record)))
            self._screen.line(f"{self._colored(level, record.levelno)} {said}")
        except Exception:  # noqa: BLE001 - a line that can't be written stops no work
            self.handleError(record)

    def _colored(self, level: str, number: int) -> str:
        if not self._screen.is_colored:
            return level
        color = _RED if number >= logging.ERROR else _YELLOW if number >= logging.WARNING else _DIM
        return f"{color}{level}{_END}"


errors = Screen()


def bold(text: str) -> str:
    """Return a text that is bold where results are read on a terminal."""
    return f"{_BOLD}{text}{_END}" if Screen(sys.stdout).is_colored else text


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with their columns below each other.

    Args:
        header: the columns' names; of nothing but empty ones no line is made.
    """
    said = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(displayed(row[at]) for row in (header, *said)) for at in range(len(header))]
    lines = [bold(_row(header, widths))] if any(header) else []
    return [*lines, *(_row(row, widths) for row in said)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - displayed(cell)) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _shortened(text: str, width: int) -> str:
    shown = one_line(text) if any(ord(sign) < 32 for sign in text) else text
    while displayed(shown) > max(width, 1):
        shown = shown[:-1]
    return shown


def _visible(text: str) -> str:
    """Return a text without what would move a terminal's cursor."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
