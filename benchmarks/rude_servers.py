"""Rude servers against the fetcher as it ships: seconds, extra memory, and who was connected to.

    python -m benchmarks.rude_servers [--json]

Runs the servers of tests/sources/web/rude_servers.py against the usual bounds (20 s, 10 MB). Memory is
what the process' peak (VmHWM) grew by, the server's thread included. Every address that the process
connects to is watched by an audit hook; only the rude server's own may be among them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from digest.sources.web.fetching import Fetcher, FetchFailed
from tests.sources.servers import RawServer
from tests.sources.web.rude_servers import Rude, improper, too_much

MOST_S, MOST_BYTES = 20.0, 10_000_000
"""The fetcher's own bounds."""
MOST_MB = 64.0
SLACK_S = 1.0
"""Of a machine that does other things, too."""

connected: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Keep the address of every connection that is tried."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        connected.append(f"{arguments[1][0]}:{arguments[1][1]}")


def peak_mb() -> float:
    """Return the process' highest memory since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(match.group(1)) / 1024 if match else 0.0


def forget_peak() -> None:
    """Begin a new peak at what is in use now."""
    Path("/proc/self/clear_refs").write_text("5")


def measure(rude: Rude) -> dict[str, object]:
    """Return how one server ended."""
    connected.clear()
    with RawServer(rude.act) as server:
        fetcher = Fetcher(user_agent="benchmark", allowed_hosts=("127.0.0.1",))
        forget_peak()
        before, began, problem = peak_mb(), time.monotonic(), ""
        try:
            fetcher.get(server.url)
        except FetchFailed as error:
            problem = error.problem
        seconds, extra = time.monotonic() - began, peak_mb() - before
        fetcher.close()
        own = urlsplit(server.url).netloc
    strangers = sorted({one for one in connected if one != own})
    return {
        "server": rude.name,
        "seconds": round(seconds, 2),
        "extra_mb": round(extra, 1),
        "strangers": strangers,
        "problem": problem,
        "holds": rude.said in problem
        and seconds <= MOST_S + SLACK_S
        and extra <= MOST_MB
        and not strangers,
    }


def main() -> int:
    """Print a line for each server; 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    sys.addaudithook(watch)
    servers = (*too_much(deadline_s=MOST_S, max_bytes=MOST_BYTES), *improper())
    rows = [measure(each) for each in servers]
    for row in rows:
        told = "ok  " if row["holds"] else "FAIL"
        line = f"{told} {row['seconds']:>6} s {row['extra_mb']:>6} MB  {row['server']}: {row['problem']}"
        print(json.dumps(row) if options.json else line)
    held = sum(bool(row["holds"]) for row in rows)
    if not options.json:
        print(f"{held} of {len(rows)} within {MOST_S:g} s and {MOST_MB:g} MB, no stranger connected to")
    return 0 if held == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
