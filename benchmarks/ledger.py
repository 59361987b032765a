"""The ledger at size: how long a freeze takes, how fast an edition is sent, how much memory it needs.

    python -m benchmarks.ledger [--readers 1000000] [--claims 32] [--processes 1] [--mails N]
        [--url postgresql+psycopg://…] [--before COMMIT [--rounds 2]]

The list is synthetic and lies in the subscribers' own tables. Sending is the real thing (claims, the last
look at each of them, signed links, batches, receipts), but for a transport that accepts everything at once.
Each part runs in a process of its own, so that its peak memory is its own. Time counts from when all of its
processes are loaded; how long that took is told beside it. Without `--url`, SQLite in a temporary folder.
Bytes written are, on PostgreSQL, those of its write-ahead log; on SQLite all that the process wrote: whole
pages, into the log and from there into the file.

With `--before`, this build and the one of that commit take turns, each with a database of its own (`--url`
names it by `{name}`, which is dropped and made anew), and the ratios are told. `--mails` ends sending
after about so many: what was sent before may take hours.
Ends with 1 where an edition of a million or more misses a target.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text

from benchmarks.harness.builds import THIS, from_history
from benchmarks.harness.mails import LETTERHEAD
from benchmarks.harness.mails import edition as mail
from benchmarks.harness.readers import MAILING_LIST, fill
from benchmarks.harness.servers import Databases
from digest.dispatch import owners
from digest.dispatch.sending import SendingRules, Settling, drain
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
from subscribers.audience import audience

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEY = EditionKey("morning", date(2026, 11, 23))
BATCH = 1000
_OURS = (
    "benchmarks/ledger.py",
    *(f"benchmarks/harness/{name}.py" for name in ("builds", "readers", "servers")),
)
"""What the build before runs too; the mail is its own."""


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


class Enough(Exception):
    """As many mails were sent as were to be."""


class Swallow:
    """A transport that accepts everything and keeps nothing."""

    name = "swallow"
    max_batch = BATCH
    repeats_are_safe = False

    def __init__(self, most: int = 0) -> None:
        """Accept so many mails, and the rest of a batch; 0 for all there are."""
        self._most, self._sent = most, 0

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Accept each mail.

        Raises:
            Enough: there were as many as asked for.
        """
        if 0 < self._most <= self._sent:
            raise Enough
        self._sent += len(batch.deliveries)
        for delivery in batch.deliveries:
            yield Receipt(delivery.reference, Outcome.SENT)

    def close(self) -> None:
        """Hold nothing."""


def send(url: str, claims_of: int, most: int = 0) -> int:
    """Drain the edition as a run does, last look included; return how many were sent by now."""
    signer, last_look = _of_its_time()
    database = open_database(url)
    with suppress(Enough):
        drain(
            KEY,
            ledger=database.ledger,
            transport=Swallow(most),
            personalizer=SignedLinks(signer("a secret of the benchmark"), "https://harbour.example"),
            letterhead=LETTERHEAD,
            owner=owners.this_process(),
            suppressed=last_look([MAILING_LIST]),
            clock=lambda: NOW,
            # As a run by SendGrid does, whose receipts of one request come all at once.
            rules=replace(SendingRules(), batch=claims_of, settling=Settling(group=max(100, claims_of))),
        )
    sent = database.ledger.tally(KEY).sent
    database.close()
    return sent


def _of_its_time() -> tuple[Any, Any]:
    """Return what signs links and what gives the last look, by the names that the build has for them."""
    found = []
    for names in (
        ("subscribers.signed_links:Signer", "subscribers.tokens:Signer"),
        ("digest.wiring.newsroom:last_look", "subscribers.audience:suppressed"),
    ):
        for module, _, name in (one.partition(":") for one in names):
            with suppress(ImportError, AttributeError):
                found.append(getattr(importlib.import_module(module), name))
                break
    signer, last_look = found
    return signer, last_look


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part took; CPU time and peak memory are of its own process, the database's apart.

    Attributes:
        start_s: until its processes were loaded, before `wall_s`.
    """

    name: str
    rows: int
    start_s: float
    wall_s: float
    cpu_s: float
    peak_mib: float
    written: int

    def __str__(self) -> str:
        return (
            f"{self.name:24} {self.rows:>10,} rows  {self.wall_s:8.1f} s  cpu {self.cpu_s:7.1f} s"
            f"  {self.rows / self.wall_s:>10,.0f} rows/s  peak {self.peak_mib:6.0f} MiB"
            f"  written {self.written / self.rows:>6,.0f} bytes a row  started in {self.start_s:.1f} s"
        )


def measured(name: str, part: Callable[[str], int], url: str, processes: int = 1) -> Measured:
    """Run a part in processes of its own and return what it took; the peak is the largest one's."""
    begun, logged = time.perf_counter(), _logged(url)
    spawn = multiprocessing.get_context("spawn")
    loaded = spawn.Barrier(processes + 1)
    pipes = []
    running = []
    for _ in range(processes):
        reader, writer = multiprocessing.Pipe(duplex=False)
        running.append(spawn.Process(target=_run, args=(part, url, writer, loaded)))
        running[-1].start()
        # Or a process that dies would leave us waiting for its word.
        writer.close()
        pipes.append(reader)
    loaded.wait()
    ready = time.perf_counter()
    ends = [pipe.recv() for pipe in pipes]
    wall_s = time.perf_counter() - ready
    for process in running:
        process.join()
    found = Measured(
        name,
        max(rows for rows, *_ in ends),
        ready - begun,
        wall_s,
        sum(cpu for _, cpu, *_ in ends),
        max(peak for *_, peak, _ in ends) / 1024,
        _logged(url) - logged or sum(written for *_, written in ends),
    )
    print(found, flush=True)
    return found


def _run(
    part: Callable[[str], int], url: str, writer: multiprocessing.connection.Connection, loaded: Barrier
) -> None:
    before, loading_s = _written(), time.process_time()
    loaded.wait()
    rows = part(url)
    cpu_s = time.process_time() - loading_s
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writer.send((rows, cpu_s, peak, _written() - before))


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


def measure(given: argparse.Namespace, url: str) -> list[Measured]:
    """Make the list and the edition, freeze it and send it."""
    prepare(url, given.readers)
    before = size(url)
    found = [measured("freeze", freeze, url)]
    frozen = size(url)
    if not given.freeze_only:
        part = partial(send, claims_of=given.claims, most=given.mails)
        found.append(measured(f"send, claims of {given.claims}", part, url, given.processes))
    told = [f"{(after - before) / given.readers:.0f}" for after in (frozen, size(url))]
    print(f"bytes a delivery: {told[0]} when frozen, {told[1]} when sent")
    return found


def race(given: argparse.Namespace, words: Sequence[str]) -> None:
    """Run this build and the one before in turn, and tell the ratios of their rates."""
    rates: dict[str, list[list[float]]] = {}
    with from_history(given.before, ours=_OURS) as before, Databases(given.url) as databases:
        for _ in range(given.rounds):
            for build in (THIS, before):
                with tempfile.TemporaryDirectory(prefix="ledger-", dir=given.folder) as folder:
                    url = databases.create(Path(folder))
                    told = build.run("-m", "benchmarks.ledger", *words, "--url", url)
                print(f"{build.name}\n{told}", end="", flush=True)
                for name, rate in re.findall(r"^(\w+).* ([0-9,]+) rows/s", told, re.MULTILINE):
                    both = rates.setdefault(name, [[], []])
                    both[build is before].append(float(rate.replace(",", "")))
    for name, (ours, theirs) in rates.items():
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(f"{name}: {ratio:.2f} times the rate of the build before, {1 / ratio:.2f} of its time")


def main() -> int:
    """Measure a freeze, and sending all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--readers", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=1, help="that send together")
    parser.add_argument("--claims", type=int, default=SendingRules().batch, help="mails in a claim")
    parser.add_argument("--mails", type=int, default=0, help="that each process sends, about; 0 for all")
    parser.add_argument("--url", default="")
    parser.add_argument("--folder", help="where the SQLite file is made")
    parser.add_argument("--freeze-only", action="store_true")
    parser.add_argument("--before", default="", help="a commit whose build takes turns with this one")
    parser.add_argument("--rounds", type=int, default=2, help="of --before")
    given = parser.parse_args()
    if given.before:
        words = [f"--{name}={getattr(given, name)}" for name in ("readers", "processes", "claims", "mails")]
        race(given, [*words, *(["--freeze-only"] if given.freeze_only else [])])
        return 0
    with tempfile.TemporaryDirectory(prefix="ledger-", dir=given.folder) as folder:
        url = given.url or f"sqlite:///{folder}/digest.db"
        found = measure(given, url)
    told = missed(given.readers, found, is_sqlite=url.startswith("sqlite"))
    for line in told:
        print(f"MISSED {line}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
