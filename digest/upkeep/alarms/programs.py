"""Programs that are told something on stdin: they end in time, and what they leave holds up nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

_LAST_WORDS = 2_000
"""Bytes of stderr that are kept, the last ones: nothing is written down, for the disk may be full."""

_LISTENS_S = 1.0
"""So long after its end a program's last words may still be on their way."""

_LONGEST = 200


def told(command: Sequence[str], given: bytes, *, within_s: float) -> str:
    """Run a program with `given` on stdin; return why that was no success, or nothing.

    Its own end counts. Whatever it left running in the background may hold its lines open, and is not
    waited for; a program that is at it for too long is ended with all that it began.

    Raises:
        OSError: it can't be run.
        ValueError: its words can't be a command's.
    """
    process = subprocess.Popen(  # noqa: S603 - the operator's own program, and no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    words = _Words(process.stderr)
    threading.Thread(target=_say, args=(process.stdin, given), name="to a program", daemon=True).start()
    try:
        code = process.wait(within_s)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return f"{command[0]} was not done within {within_s:.0f} s"
    return f"{command[0]} ended with {code}: {words.last()}" if code else ""


def _say(stream: IO[bytes] | None, given: bytes) -> None:
    """Write to a program that may read nothing: then this waits, and nobody for it."""
    if stream is not None:
        # One that reads nothing closes the line.
        with suppress(OSError), stream:
            stream.write(given)


class _Words:
    """Listens to a program on a thread of its own, so that it never waits for us."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._stream, self._heard = stream, bytearray()
        self._thread = threading.Thread(target=self._listen, name="a program's words", daemon=True)
        self._thread.start()

    def last(self) -> str:
        """Return the last line."""
        self._thread.join(_LISTENS_S)
        lines = bytes(self._heard).decode("utf-8", "replace").strip().splitlines()
        said = "".join(one for one in (lines or [""])[-1] if one.isprintable()).strip()
        return said[:_LONGEST] or "it said nothing"

    def _listen(self) -> None:
        if self._stream is None:
            return
        with self._stream as stream:
            while heard := os.read(stream.fileno(), _LAST_WORDS):
                self._heard = (self._heard + heard)[-_LAST_WORDS:]
