"""The ledger at size: how long a freeze takes, how fast an edition is sent, how much memory it needs.

    python -m benchmarks.ledger [--readers 1000000] [--first N] [--claims 32] [--processes 1] [--url URL]

The list is synthetic and lies in the subscribers' own tables. Sending is the real thing (claims, the last
look at each of them, signed links, batches, receipts), but for a transport that accepts everything at once.
Each part runs in a process of its own, so that its peak memory is its own. Without `--url`, SQLite in a
temporary folder. Bytes written are, on PostgreSQL, those of its write-ahead log; on SQLite all that the
process wrote: whole pages, into the log and from there into the file. `--first N` sends N of a long list,
which tells what a mail costs there.
Ends with 1 where an edition of a million or more misses a target.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.harness.mails import LETTERHEAD
from benchmarks.harness.mails import edition as mail
from benchmarks.harness.readers import MAILING_LIST, fill
from digest.dispatch import owners
from digest.dispatch.sending import SendingRules, drain
from digest.dispatch.shutdown import Stopping
from digest.model import (
    Article,
    Batch,
    Blurb,
    CanonicalUrl,
    Edition,
    EditionKey,
    Item,
    Outcome,
    Receipt,
    Section,
    SourceKey,
    Window,
)
from digest.storage.database import open_database
from digest.wiring.links import SignedLinks
from digest.wiring.newsroom import last_look
from subscribers.audience import audience
from subscribers.signed_links import Signer

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEY = EditionKey("morning", date(2026, 11, 23))
BATCH = 1000


def prepare(url: str, readers: int) -> None:
    """Make the schema, the list and an approved edition."""
    fill(url, readers)
    article = Article(SourceKey("bench"), CanonicalUrl("https://harbour.example/1"), "Ferry runs")
    item = Item(article.id, "Ferry runs", article.url, Blurb(), articles=(article.id,))
    sections = (Section("port", "Port", (item,)),)
    database = open_database(url)
    database.editions.save_draft(
        Edition(KEY, "Morning", "Ferry runs", "and more", "en", Window(NOW, NOW), sections),
        (),
        expected_revision=0,
        now=NOW,
    )
    database.editions.approve(KEY, "a" * 64, by="bench", now=NOW)
    database.close()


def freeze(url: str) -> int:
    """Freeze the edition for the whole list."""
    database = open_database(url)
    frozen = database.ledger.freeze(KEY, [mail()], audience([MAILING_LIST]), now=NOW)
    database.close()
    return frozen


class Swallow:
    """A transport that accepts everything and keeps nothing."""

    name = "swallow"
    max_batch = BATCH
    repeats_are_safe = False

    def __init__(self, first: int, stopping: Stopping) -> None:
        """Have sending end after so many; 0 for when all are sent."""
        self._left, self._stopping = first, stopping

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Accept each mail."""
        for delivery in batch.deliveries:
            yield Receipt(delivery.reference, Outcome.SENT)
        if self._left:
            self._left -= len(batch.deliveries)
            if self._left <= 0:
                self._stopping.ask()

    def close(self) -> None:
        """Hold nothing."""


def send(url: str, claims_of: int, first: int = 0) -> int:
    """Drain the edition as a run does, last look included; return how many were sent by now.

    Args:
        first: sending ends after so many; 0 for when all are sent.
    """
    database = open_database(url)
    stopping = Stopping()
    tally = drain(
        KEY,
        ledger=database.ledger,
        transport=Swallow(first, stopping),
        personalizer=SignedLinks(Signer("a secret of the benchmark"), "https://harbour.example"),
        letterhead=LETTERHEAD,
        owner=owners.this_process(),
        suppressed=last_look([MAILING_LIST]),
        clock=lambda: NOW,
        stopping=stopping,
        rules=replace(SendingRules(), batch=claims_of),
    )
    database.close()
    return tally.sent


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part took; CPU time (its start-up left out) and peak memory are of its own process."""

    name: str
    rows: int
    wall_s: float
    cpu_s: float
    peak_mib: float
    written: int

    def __str__(self) -> str:
        return (
            f"{self.name:24} {self.rows:>10,} rows  {self.wall_s:8.1f} s  cpu {self.cpu_s:7.1f} s"
            f"  {self.rows / self.wall_s:>10,.0f} rows/s  peak {self.peak_mib:6.0f} MiB"
            f"  cpu {self.cpu_s / self.rows * 1e6:,.0f} µs a row"
            f"  written {self.written / self.rows:>6,.0f} bytes a row"
        )


def measured(name: str, part: Callable[[str], int], url: str, processes: int = 1) -> Measured:
    """Run a part in processes of its own and return what it took; the peak is the largest one's."""
    begun, logged = time.perf_counter(), _logged(url)
    spawn = multiprocessing.get_context("spawn")
    pipes = []
    running = []
    for _ in range(processes):
        reader, writer = multiprocessing.Pipe(duplex=False)
        running.append(spawn.Process(target=_run, args=(part, url, writer)))
        running[-1].start()
        # Or a process that dies would leave us waiting for its word.
        writer.close()
        pipes.append(reader)
    ends = [pipe.recv() for pipe in pipes]
    for process in running:
        process.join()
    wall_s = time.perf_counter() - begun if processes > 1 else ends[0][1]
    found = Measured(
        name,
        max(rows for rows, *_ in ends),
        wall_s,
        sum(cpu for _, _, cpu, *_ in ends),
        max(peak for _, _, _, peak, _ in ends) / 1024,
        _logged(url) - logged or sum(written for *_, written in ends),
    )
    print(found, flush=True)
    return found


def _run(part: Callable[[str], int], url: str, writer: multiprocessing.connection.Connection) -> None:
    begun, cpu_s, before = time.perf_counter(), time.process_time(), _written()
    rows = part(url)
    wall_s, cpu_s = time.perf_counter() - begun, time.process_time() - cpu_s
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writer.send((rows, wall_s, cpu_s, peak_kib, _written() - before))


def _written() -> int:
    """Return how many bytes this process has written so far, to whatever file."""
    told = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(told["wchar"])


def _logged(url: str) -> int:
    """Return how far PostgreSQL's write-ahead log is; 0 for SQLite."""
    if url.startswith("sqlite"):
        return 0
    return int(_asked(url, "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))


def size(url: str) -> int:
    """Return how many bytes the ledger takes, its indexes included; on SQLite, the whole file."""
    if url.startswith("sqlite"):
        _asked(url, "PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    tables = ", ".join(f"('{name}')" for name in ("delivery", "stretch", "straggler", "claim"))
    sizes = "sum(pg_total_relation_size(to_regclass(name)))"
    return int(_asked(url, f"SELECT {sizes} FROM (VALUES {tables}) AS ledger (name)"))


def _asked(url: str, question: str) -> Any:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(question)).scalar()
    engine.dispose()
    return found


def missed(readers: int, found: Sequence[Measured], *, is_sqlite: bool) -> list[str]:
    """Return the targets that this size has and that were missed."""
    if readers < 1_000_000:
        return []
    bound = 160
    told = [f"{one.name}: more than {bound} MiB" for one in found if one.peak_mib > bound]
    slow = [one for one in found if one.name == "freeze" and one.wall_s > 10 * readers / 1_000_000]
    return told + ["freeze: more than 10 s a million" for _ in slow if is_sqlite]


def main() -> int:
    """Measure a freeze, and sending all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--readers", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="send no more than about so many; 0 for all")
    parser.add_argument("--processes", type=int, default=1, help="that send together")
    parser.add_argument("--claims", type=int, default=SendingRules().batch, help="mails in a claim")
    parser.add_argument("--url", default="")
    parser.add_argument("--folder", help="where the SQLite file is made")
    parser.add_argument("--freeze-only", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ledger-", dir=given.folder) as folder:
        url = given.url or f"sqlite:///{folder}/digest.db"
        prepare(url, given.readers)
        before = size(url)
        found = [measured("freeze", freeze, url)]
        frozen = size(url)
        if not given.freeze_only:
            part = partial(send, claims_of=given.claims, first=given.first)
            found.append(measured(f"send, claims of {given.claims}", part, url, given.processes))
        sent = size(url)
    told = [f"{(after - before) / given.readers:.0f}" for after in (frozen, sent)]
    print(f"bytes a delivery: {told[0]} when frozen, {told[1]} afterwards")
    told = missed(given.readers, found, is_sqlite=not given.url)
    for line in told:
        print(f"MISSED {line}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
