"""What a call costs before it does anything: processor time and memory, beside `python -c pass`.

    python -m benchmarks.start_up [--rounds 5] [--before FOLDER]

The calls take turns, each a process of its own: the help, the version and the completion of a shell, then
on the demo's newsroom `status`, `audit` and `run` of an edition that is sent. Each line has the median and
how many times that of `python -c pass` it is. FOLDER is a checkout of an older build, run by the same
Python with the same libraries; its figures stand beside ours. Modules are compiled by the first call and
kept, as an installed copy's are. `python -X importtime -m digest --help` tells
which module costs what. Ends with 1 where the first three take more than a quarter second or 40 MB, or
where, with FOLDER, one of the others takes more than .6 of what it took.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.builds import Build

HERE = Path(__file__).resolve().parent.parent
FIRST = ("--help", "--version", "completion")
MOST_CPU_S, MOST_MB = 0.25, 40.0
MOST_OF_BEFORE = 0.6


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, and megabytes at the peak."""

    cpu_s: float
    peak_mb: float


def spent(arguments: Sequence[str], *, folder: Path, code: Path, **more: str) -> Cost:
    """Run Python once with the given code first on its path.

    Raises:
        SystemExit: it failed; its words are printed.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env={**Build(code.name, code).environment, **more},
            stdout=said,
            stderr=said,
        )
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise SystemExit(f"{' '.join(arguments)}:\n{said.read().decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def sent_day(demo: Path) -> str:
    """Return the first of the demo's days, whose edition is sent."""
    with closing(sqlite3.connect(demo / "digest.db")) as connection:
        return str(connection.execute("SELECT min(day) FROM edition").fetchone()[0])


def calls(demo: Path, day: str = "") -> Mapping[str, tuple[Sequence[str], Path, Mapping[str, str]]]:
    """Return what is called: arguments, folder and environment, by name."""
    digest = ("-m", "digest")
    return {
        "python -c pass": (("-c", "pass"), demo, {}),
        "--help": ((*digest, "--help"), demo, {}),
        "--version": ((*digest, "--version"), demo, {}),
        "completion": (digest, demo, {"_DIGEST_COMPLETE": "bash_source"}),
        "status": ((*digest, "status"), demo, {}),
        "audit": ((*digest, "audit", f"morning/{day}"), demo, {}),
        "run already sent": ((*digest, "run", "morning", "--date", day), demo, {}),
    }


def measure(builds: Sequence[Path], rounds: int) -> dict[str, list[Cost]]:
    """Return the median of each call, for each build."""
    laps: dict[tuple[str, int], list[Cost]] = {}
    with tempfile.TemporaryDirectory() as named:
        demos = [Path(named) / f"demo{number}" for number in range(len(builds))]
        for demo, code in zip(demos, builds, strict=True):
            spent(("-m", "digest", "demo", str(demo)), folder=Path(named), code=code)
        days = [sent_day(demo) for demo in demos]
        for _ in range(rounds):
            for number, (demo, code) in enumerate(zip(demos, builds, strict=True)):
                for name, (arguments, folder, more) in calls(demo, days[number]).items():
                    cost = spent(arguments, folder=folder, code=code, **more)
                    laps.setdefault((name, number), []).append(cost)
    return {name: [_middle(laps[name, number]) for number in range(len(builds))] for name in calls(Path())}


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.cpu_s for one in costs), statistics.median(one.peak_mb for one in costs)
    )


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="a checkout of an older build")
    options = parser.parse_args()
    builds = [HERE, *([options.before.resolve()] if options.before else [])]
    found = measure(builds, options.rounds)
    bare = found["python -c pass"][0].cpu_s
    is_met = True
    for name, (ours, *before) in found.items():
        line = f"{name:17} {ours.cpu_s:6.2f} s  {ours.cpu_s / bare:5.1f}x  {ours.peak_mb:4.0f} MB"
        for old in before:
            line += f"   before {old.cpu_s:5.2f} s {old.peak_mb:4.0f} MB: {ours.cpu_s / old.cpu_s:.2f}"
            is_met &= name in {*FIRST, "python -c pass"} or ours.cpu_s <= MOST_OF_BEFORE * old.cpu_s
        if name in FIRST:
            is_met &= ours.cpu_s <= MOST_CPU_S and ours.peak_mb <= MOST_MB
        print(line)
    print("targets met" if is_met else "targets MISSED")
    return int(not is_met)


if __name__ == "__main__":
    raise SystemExit(main())
