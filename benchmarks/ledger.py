"""The ledger at size: how long a freeze takes, how fast claims and receipts go, how much memory it needs.

    python -m benchmarks.ledger [--readers 1000000] [--url postgresql+psycopg://…]

The list is synthetic and lies in the same database, as subscribers do. Each part runs in a process of its
own, so that its peak memory is its own. Without `--url`, SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Column, Engine, MetaData, Select, Table, Text, create_engine, literal, select, text

from benchmarks.mailing import edition as mail
from digest.model import (
    Article,
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
from digest.storage.database import migrate, open_database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEY = EditionKey("morning", date(2026, 11, 23))
BATCH = 1000

_tables = MetaData()
READERS = Table(
    "bench_reader",
    _tables,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
)
_FILL = {
    "sqlite": """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :readers)
        INSERT INTO bench_reader
        SELECT printf('%016x', n), printf('reader%d@list%d.example', n, n % 997), 'Amina Otieno'
          FROM numbers
    """,
    "postgresql": """
        INSERT INTO bench_reader
        SELECT lpad(to_hex(n), 16, '0'), format('reader%s@list%s.example', n, n % 997), 'Amina Otieno'
          FROM generate_series(1, :readers) AS n
    """,
}


def audience() -> Select[tuple[str, str, str, str, str, str, str, str]]:
    """Return the synthetic list as an audience."""
    nothing = literal("")
    return select(
        READERS.c.id.label("subscriber"),
        READERS.c.address,
        READERS.c.address.label("canonical"),
        READERS.c.name,
        literal("morning").label("mailing_list"),
        nothing.label("language"),
        nothing.label("timezone"),
        nothing.label("topics"),
    )


def prepare(url: str, readers: int) -> None:
    """Make the schema, the list and an approved edition."""
    migrate(url)
    engine: Engine = create_engine(url)
    _tables.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text(_FILL[engine.dialect.name]), {"readers": readers})
    engine.dispose()
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
    frozen = database.ledger.freeze(KEY, [mail()], audience(), now=NOW)
    database.close()
    return frozen


def send(url: str) -> int:
    """Claim and settle every delivery, without a transport."""
    database = open_database(url)
    ledger = database.ledger
    total = 0
    while deliveries := ledger.claim(KEY, "bench", limit=BATCH, lease_s=300):
        receipts = [Receipt(one.reference, Outcome.SENT) for one in deliveries]
        total += ledger.settle(KEY, "bench", receipts)
    database.close()
    return total


def measured(name: str, part: Callable[[str], int], url: str) -> None:
    """Run a part in a process of its own and print its rows, seconds and peak memory."""
    reader, writer = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(part, url, writer))
    process.start()
    rows, seconds, peak_kib = reader.recv()
    process.join()
    print(
        f"{name:24} {rows:>10,} rows  {seconds:8.1f} s  {rows / seconds:>10,.0f} rows/s"
        f"  peak {peak_kib / 1024:6.0f} MiB",
        flush=True,
    )


def _run(part: Callable[[str], int], url: str, writer: multiprocessing.connection.Connection) -> None:
    begun = time.perf_counter()
    rows = part(url)
    seconds = time.perf_counter() - begun
    writer.send((rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def main() -> None:
    """Measure a freeze, and claiming and settling all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--readers", type=int, default=1_000_000)
    parser.add_argument("--url", default="")
    parser.add_argument("--freeze-only", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        url = given.url or f"sqlite:///{folder}/digest.db"
        prepare(url, given.readers)
        before = sum(path.stat().st_size for path in Path(folder).iterdir())
        measured("freeze", freeze, url)
        if not given.freeze_only:
            measured("claim and settle", send, url)
        grown = sum(path.stat().st_size for path in Path(folder).glob("digest.db")) - before
        if not given.url:
            print(f"bytes a delivery: {grown / given.readers:.0f}")


if __name__ == "__main__":
    main()
