"""Measure the import, the audience query and the tokens; prints seconds and peak memory.

Run: `python -m benchmarks.subscribers [ROWS] [DATABASE URL]`; a SQLite file in a temporary folder by
default. The database must be empty. Ends with 1 where a million rows miss a target: import and dry run
within 60 s and 128 MB, an audience and its insertion within 10 s.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from subscribers.audience import audience, count, suppressed
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.signed_links import Signer
from subscribers.storage.database import SubscriberDatabase, migrate, open_database

MOST_IMPORT_S, MOST_MB, MOST_FREEZE_S = 60.0, 128.0, 10.0

_DOMAINS = ("gmail.example", "outlook.example", "Mail.Example.org", "bücher.example", "harbour.example")


def _write(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["email", "name", "language", "confirm_time"])
        for number in range(rows):
            domain = _DOMAINS[min(int(chance.expovariate(1.2)), 4)]
            name = f"Reader{chance.randrange(10_000)}"
            writer.writerow([f"{name}.{number}@{domain}", f"{name} Ōtani", "en", "2026-01-02 03:04:05"])


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Clock:
    """Prints how long each step took: on the wall, and of the processor (the machine may be shared)."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def say(self, name: str) -> float:
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        print(f"{name:<28} {wall:7.2f} s wall {cpu:7.2f} s cpu   peak {_peak_mb():6.1f} MB", flush=True)
        self.restart()
        return wall


def _freeze(database: SubscriberDatabase, now: datetime) -> None:
    """Insert an audience of two lists into a table as a ledger would, and drop it again."""
    with database.writing() as connection:
        connection.execute(
            text(
                "CREATE TABLE frozen (subscriber VARCHAR(24) PRIMARY KEY, address TEXT, "
                "canonical VARCHAR(254) UNIQUE, name TEXT, mailing_list TEXT, language TEXT, "
                "timezone TEXT, topics TEXT)"
            )
        )
        query = audience(["evening", "morning"], now=now)
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"INSERT INTO frozen {str(compiled).replace('%', '%%')}")
        connection.execute(text("DROP TABLE frozen"))


def main(rows: int, url: str) -> int:
    """Print the figures for `rows` rows at `url`; return 1 where a million rows miss a target."""
    missed: list[str] = []
    selecting = 0.0
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        url = url or f"sqlite:///{folder}/bench.db"
        path = Path(folder) / "readers.csv"
        _write(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        clock = _Clock()
        clock.say("before")
        migrate(url)
        database = open_database(url)
        for name, dry in (("dry run", True), ("import", False), ("import again", False)):
            clock.restart()
            report = import_file(database, path, ImportTerms("morning", now, is_dry_run=dry))
            if clock.say(name) > MOST_IMPORT_S or _peak_mb() > MOST_MB:
                missed.append(name)
            print(f"    added {report.added:,}, unchanged {report.unchanged:,}, bad {report.bad:,}")
        for name, query in (
            ("audience", audience(["morning"], now=now)),
            ("audience of two lists", audience(["evening", "morning"], now=now)),
            ("suppressed", suppressed(["morning"], now=now)),
        ):
            clock.restart()
            found = count(database, query)
            selecting = max(selecting, clock.say(f"{name}, counted"))
            print(f"    {found:,}")
        _freeze(database, now)
        if selecting + clock.say("INSERT … SELECT, two lists") > MOST_FREEZE_S:
            missed.append("audience and freeze")
        signer = Signer("a benchmark's secret key")
        for number in range(200_000):
            signer.unsubscribe(f"{number:023x}", "morning")
        clock.say("200,000 unsubscribe tokens")
        database.close()
    if rows >= 1_000_000 and missed:
        print("missed: " + ", ".join(missed))
        return 1
    return 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    sys.exit(main(asked, sys.argv[2] if len(sys.argv) > 2 else ""))
