"""Postfix's smtp-sink, which answers and forgets, and smtp-source, which sends one mail over and over."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SENDER = "morning@harbour.example"
_COUNTED = re.compile(rb"mesg=(\d+)\r")


def program(name: str) -> str:
    """Return the path of one of Postfix's programs.

    Raises:
        SystemExit: it is not installed.
    """
    found = shutil.which(name) or f"/usr/sbin/{name}"
    if not Path(found).exists():
        raise SystemExit(f"{name} is not installed: apt-get install postfix")
    return found


@dataclass(slots=True)
class SmtpSink:
    """A running sink.

    Attributes:
        taken: mails so far, where it counts.
    """

    port: int
    taken: int = 0
    _reader: threading.Thread | None = field(default=None, repr=False)

    def read(self, process: subprocess.Popen[bytes]) -> None:
        """Keep up with what the sink counts, on a thread of its own."""
        self._reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._reader.start()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        rest = b""
        while piece := os.read(process.stdout.fileno(), 65_536):
            told = _COUNTED.findall(rest + piece)
            self.taken = int(told[-1]) if told else self.taken
            rest = (rest + piece)[-80:]


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], within_s: float = 60.0) -> None:
    """Return when somebody listens on the port.

    Raises:
        SystemExit: nobody does in time.
    """
    until = time.monotonic() + within_s
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"nobody listens on port {port}")
        time.sleep(0.05)


@contextmanager
def sink(*, port: int = 0, counts: bool = False) -> Iterator[SmtpSink]:
    """Run smtp-sink.

    Args:
        port: a free one where not given.
        counts: it tells how many mails it took, at the cost of a write for each.
    """
    found = SmtpSink(port or free_port())
    words = [program("smtp-sink"), *(["-c"] if counts else [])]
    words += ["-u", "nobody"] if os.geteuid() == 0 else []
    words += [f"127.0.0.1:{found.port}", "256"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE if counts else subprocess.DEVNULL)
    try:
        wait_for(found.port, process)
        if counts:
            found.read(process)
        yield found
    finally:
        process.terminate()
        process.wait()


def source(port: int, message: Path, *, mails: int, connections: int) -> list[str]:
    """Return the words that have smtp-source send a message so many times."""
    words = [program("smtp-source"), "-s", str(connections), "-m", str(mails), "-F", str(message), "-d"]
    return [*words, "-f", SENDER, "-t", "reader@mail.example", f"127.0.0.1:{port}"]
