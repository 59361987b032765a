"""Two whole days of a newsroom with 200 feeds, by the commands it would give, beside feedparser's own time.

    python -m benchmarks.whole_day [--feeds 200] [--entries 33] [--readers 5000] [--profile FILE] [--json]

The feeds are invented, the same each time, and served from this machine; on the second day each holds some
new entries at its top and 92 % old ones. Each step is a process of its own: `digest migrate`, `digest
subscribers import`, then for each day `digest run`, which collects, drafts, approves and sends every reader
a mail, over SMTP into Postfix's smtp-sink where that is installed, else into a folder. Counted is processor
time, start-up and everything (modules are compiled before, as an installed copy's are): of
`feedparser.parse` with its defaults on the same bytes before, between and after the days, and of the days.
Ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser

from benchmarks.harness.builds import THIS
from benchmarks.harness.newswire import Newswire
from tests.sources.servers import RawServer, answer, header_of

SEND_AT = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
FIRST_TARGET = 1.5
"""The first day, in feedparser's own time on its feeds."""
SECOND_TARGET = 0.6
"""The second day, in the first one's time."""
DAYS = 2
_SINKS = ("smtp-sink", "/usr/sbin/smtp-sink")
_CONFIG = """\
[site]
name = "Harbour Daily"
url = "https://harbour.example"
postal_address = "1 Quay Street, Port Merindi"
secret_key = "a-key-of-no-worth-that-signs-the-benchmark-links"

[database]
url = "sqlite:///digest.db"

[fetching]
allowed_hosts = [{hosts}]

[transport]
{transport}

[newsletters.morning]
title = "Harbour Daily Morning"
sender = "Harbour Daily <morning@harbour.example>"
lists = ["morning"]
language = "en"
timezone = "UTC"
cutoff = "06:00"
send_at = "06:30"

[[newsletters.morning.sections]]
key = "city"
title = "City"
match = {{ tags = ["City", "Politics"] }}

[[newsletters.morning.sections]]
key = "business"
title = "Business"
match = {{ tags = ["Business", "Science"] }}

[[newsletters.morning.sections]]
key = "more"
title = "And more"
"""
_SOURCE = """
[[newsletters.morning.sources]]
kind = "feed"
name = "paper{number}"
url = "{url}"
full_text = "never"
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds of processor time and of the clock, and megabytes."""

    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What both days took; `feedparser_s` is the median of its laps on the first day's feeds."""

    entries: int
    feedparser_s: float
    first: Cost
    second: Cost

    @property
    def first_ratio(self) -> float:
        """Return the first day in feedparser's own time."""
        return self.first.cpu_s / self.feedparser_s

    @property
    def second_ratio(self) -> float:
        """Return the second day in the first one's."""
        return self.second.cpu_s / self.first.cpu_s


def parsed_by_feedparser(feeds: Mapping[str, bytes]) -> float:
    """Return the processor time of feedparser's defaults on every feed."""
    began = time.process_time()
    for body in feeds.values():
        feedparser.parse(body)
    return time.process_time() - began


def command(*arguments: str, folder: Path, profile: Path | None = None) -> Cost:
    """Run `digest` in a process of its own.

    Raises:
        SystemExit: it failed; its words are printed.
    """
    profiled = ["-m", "cProfile", "-o", str(profile)] if profile else []
    ours = [sys.executable, *profiled, "-m", "digest", *arguments]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(ours, cwd=folder, env=dict(THIS.environment), stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise SystemExit(f"digest {' '.join(arguments)}:\n{said.read().decode()[-4000:]}")
    wall = time.perf_counter() - began
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


@contextlib.contextmanager
def transport() -> Iterator[str]:
    """Yield the settings of a place that takes every mail: smtp-sink, else a folder."""
    program = next((found for one in _SINKS if (found := shutil.which(one))), None)
    if program is None:
        yield 'kind = "outbox"\npath = "outbox"'
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen([program, *as_user, f"127.0.0.1:{port}", "256"])
    try:
        yield f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'
    finally:
        sink.terminate()
        sink.wait()


@contextlib.contextmanager
def served(feeds: Mapping[str, bytes]) -> Iterator[str]:
    """Serve feeds by their host, an address of this machine for each; yield the port."""

    def act(connection: socket.socket, request: bytes) -> None:
        connection.sendall(answer(feeds[header_of(request, "Host").partition(":")[0]]))

    with RawServer(act, host="0.0.0.0") as server:
        yield server.url.rpartition(":")[2]


def host_of(number: int) -> str:
    """Return the address that a feed has to itself: as elsewhere, each is on another host."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def prepare(folder: Path, *, feeds: int, readers: int, port: str, sending: str) -> None:
    """Write the newsroom's settings, and import its readers."""
    hosts = ", ".join(f'"{host_of(number)}"' for number in range(feeds))
    sources = (
        _SOURCE.format(number=number, url=f"http://{host_of(number)}:{port}/feed")
        for number in range(feeds)
    )
    config = _CONFIG.format(hosts=hosts, transport=sending) + "".join(sources)
    (folder / "digest.toml").write_text(config, encoding="utf-8")
    rows = (f"reader{number}@mail{number % 97}.example,Amina Otieno" for number in range(readers))
    (folder / "readers.csv").write_text("\n".join(["email,name", *rows]), encoding="utf-8")
    command("migrate", folder=folder)
    people = ("subscribers", "import", "readers.csv", "--list", "morning", "--consent", "benchmark")
    command(*people, folder=folder)


def measure(*, feeds: int, entries: int, readers: int, profile: str = "") -> Figures:
    """Return what both days took."""
    wire = Newswire(feeds=feeds, entries=entries, begins=SEND_AT - timedelta(minutes=35))
    bodies: dict[str, bytes] = {}
    laps, days = [], []
    with (
        tempfile.TemporaryDirectory() as named,
        served(bodies) as port,
        transport() as sending,
    ):
        folder = Path(named)
        bodies |= {host_of(number): wire.feed(number, 0) for number in range(feeds)}
        prepare(folder, feeds=feeds, readers=readers, port=port, sending=sending)
        feedparser.parse(bodies[host_of(0)])  # its tables are loaded
        for day in range(DAYS):
            bodies |= {host_of(number): wire.feed(number, day) for number in range(feeds)}
            laps.append(parsed_by_feedparser(bodies))
            now = (SEND_AT + timedelta(days=day)).isoformat()
            kept = Path(f"{profile}.{day + 1}").absolute() if profile else None
            days.append(command("run", "morning", "--now", now, folder=folder, profile=kept))
        laps.append(parsed_by_feedparser(bodies))
    return Figures(feeds * entries, statistics.median(laps), days[0], days[1])


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=33, help="of each feed")
    parser.add_argument("--readers", type=int, default=5000)
    parser.add_argument("--profile", default="", metavar="FILE", help="keep cProfile's FILE.1 and FILE.2")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    found = measure(
        feeds=options.feeds, entries=options.entries, readers=options.readers, profile=options.profile
    )
    is_met = found.first_ratio <= FIRST_TARGET and found.second_ratio <= SECOND_TARGET
    if options.json:
        ratios = {"first_ratio": found.first_ratio, "second_ratio": found.second_ratio}
        print(json.dumps(asdict(found) | ratios))
        return int(not is_met)
    print(f"{options.feeds} feeds, {found.entries} entries, {options.readers} readers; processor time")
    print(f"  feedparser  {found.feedparser_s:7.2f} s")
    for name, cost in (("first day", found.first), ("second day", found.second)):
        print(f"  {name:11} {cost.cpu_s:7.2f} s  ({cost.wall_s:.1f} s by the clock, {cost.peak_mb:.0f} MB)")
    print(f"first day in feedparser's time  {found.first_ratio:.2f} (target {FIRST_TARGET})")
    print(f"second day in the first one's   {found.second_ratio:.2f} (target {SECOND_TARGET})")
    return int(not is_met)


if __name__ == "__main__":
    raise SystemExit(main())
