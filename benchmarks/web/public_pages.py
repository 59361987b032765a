"""One-click unsubscribing under load: `digest desk` of this build against the one before, side by side.

    python -m benchmarks.web.public_pages [--rounds 5] [--clients 10] [--before COMMIT]

Each desk is the real command with its own SQLite database on this machine. Ten clients post, each its next
request as soon as the last is answered, over connections that stay open; every request is another reader's
and ends in a committed write. Told are the rate and the 99th of a hundred waits. Exit code 1 where the
median of the rounds misses a target.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.builds import BEFORE, THIS, Build, from_history
from benchmarks.harness.newsrooms import NEWSLETTER, SECRET, make
from benchmarks.harness.readers import MAILING_LIST
from benchmarks.harness.smtp_sink import free_port, wait_for
from subscribers.signed_links import Signer

MOST_P99_MS = 60.0
LEAST_RATE = 500.0
_EACH = 100
"""Requests of one client in a round."""

_BODY = b"List-Unsubscribe=One-Click"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of one desk took."""

    rate: float
    p50_ms: float
    p99_ms: float


class Server:
    """A running desk, and the next reader who leaves."""

    def __init__(self, build: Build, port: int) -> None:
        """Take the desk that listens on `port`."""
        self.name, self._port = build.name, port
        self._next = 1
        self._signer = Signer(SECRET)

    def round(self, clients: int) -> Round:
        """Let so many clients post at once."""
        work = [[self._request() for _ in range(_EACH)] for _ in range(clients)]
        with ThreadPoolExecutor(clients) as pool:
            began = time.perf_counter()
            waits = sorted(wait for waits in pool.map(self._client, work) for wait in waits)
            lasted = time.perf_counter() - began
        return Round(len(waits) / lasted, waits[len(waits) // 2], waits[int(len(waits) * 0.99)])

    def _request(self) -> bytes:
        token = self._signer.unsubscribe(f"{self._next:016x}", MAILING_LIST, NEWSLETTER)
        self._next += 1
        head = (
            f"POST /u/{token} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {_FORM}\r\n"
            f"Content-Length: {len(_BODY)}\r\n\r\n"
        )
        return head.encode() + _BODY

    def _client(self, requests: list[bytes]) -> list[float]:
        waits = []
        with socket.create_connection(("127.0.0.1", self._port), timeout=60) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in requests:
                began = time.perf_counter()
                connection.sendall(request)
                answer = b""
                while not answer.endswith(b"Unsubscribed."):
                    piece = connection.recv(65_536)
                    if not piece or not (answer + piece).startswith(b"HTTP/1.1 200"):
                        raise SystemExit(f"{self.name} answers {(answer + piece)[:100]!r}")
                    answer += piece
                waits.append((time.perf_counter() - began) * 1000)
        return waits


@contextmanager
def serving(build: Build, folder: Path, readers: int) -> Iterator[Server]:
    """Run a build's desk over a list of its own."""
    room = make(build, folder, readers=readers)
    port = free_port()
    words = build.command("desk", "--port", str(port), "--no-send")
    process = subprocess.Popen(words, cwd=room.folder, env=build.environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Server(build, port)
    finally:
        process.terminate()
        process.wait()


def report(found: dict[str, list[Round]]) -> tuple[float, float]:
    """Print every desk's figures; return the first one's median rate and p99."""
    for name, rounds in found.items():
        rates, waits = [one.rate for one in rounds], [one.p99_ms for one in rounds]
        middle = statistics.median(one.p50_ms for one in rounds)
        print(
            f"  {name:20} {statistics.median(rates):7.0f}/s ({min(rates):.0f}–{max(rates):.0f})"
            f"  p50 {middle:6.1f} ms  p99 {statistics.median(waits):6.1f} ms"
            f" ({min(waits):.1f}–{max(waits):.1f})"
        )
    ours, *others = found.values()
    for theirs in others:
        faster = statistics.median(one.rate / old.rate for one, old in zip(ours, theirs, strict=True))
        sooner = statistics.median(old.p99_ms / one.p99_ms for one, old in zip(ours, theirs, strict=True))
        print(f"  {faster:.1f}x the rate, p99 {sooner:.1f}x shorter (medians of the rounds)")
    return statistics.median(one.rate for one in ours), statistics.median(one.p99_ms for one in ours)


def main() -> int:
    """Race and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.public_pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--before", default=BEFORE, help="the commit of the other build")
    given = parser.parse_args()
    readers = (given.rounds + 1) * given.clients * _EACH + 1
    with (
        from_history(given.before) as before,
        tempfile.TemporaryDirectory(prefix="desks-") as folder,
        serving(THIS, Path(folder) / "this", readers) as ours,
        serving(before, Path(folder) / "before", readers) as theirs,
    ):
        found: dict[str, list[Round]] = {ours.name: [], theirs.name: []}
        for number in range(given.rounds + 1):
            for server in (ours, theirs):
                one = server.round(given.clients)
                if number:
                    found[server.name].append(one)
    print(f"One-click unsubscribing, {given.clients} clients, {given.rounds} rounds")
    rate, p99_ms = report(found)
    is_met = rate >= LEAST_RATE and p99_ms <= MOST_P99_MS
    print(f"  targets {LEAST_RATE:.0f}/s and {MOST_P99_MS:.0f} ms: {'met' if is_met else 'MISSED'}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
