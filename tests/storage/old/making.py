"""Databases at older revisions, an edition half sent in each: `python -m tests.storage.old.making`.

They are made by today's code at an older revision: the tables are those that the migrations up to it make,
the rows are today's, less what came later. From 0017 on the ledger keeps its deliveries as it does today;
what 0017 itself makes of the deliveries before it, tests/storage/ledger/test_migrating.py has.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from digest.cli.session import Session
from digest.day import job
from digest.model import EditionKey, Outcome, Receipt
from digest.web.serving.state import NobodyWatches
from tests.journeys.desk import Folder
from tests.upkeep.stage import SEND

HERE = Path(__file__).parent
REVISIONS = ("0017", "0019", "0021")
OF_SUBSCRIBERS = "0001"
KEY = EditionKey("morning", SEND.date())
HAD_IT = 2
"""So many of the five readers have it."""


def half_sent(folder: Folder) -> list[str]:
    """Send an edition to some readers without a mail in the outbox; return their addresses."""
    with Session(folder.config, as_json=False, rehearsed_now=SEND).newsroom() as newsroom:
        parts = newsroom.parts("morning", progress=NobodyWatches(), clock=lambda: SEND)
        job.collect(parts, now=SEND)
        job.draft(parts, KEY, now=SEND)
        job.freeze(parts, job.approve(parts, KEY, by="amina", now=SEND), now=SEND)
        claimed = parts.ledger.claim(KEY, "a process that is gone", limit=HAD_IT, lease_s=60)
        receipts = [Receipt(one.reference, Outcome.SENT) for one in claimed]
        parts.ledger.settle(KEY, "a process that is gone", receipts)
    return [one.address for one in claimed]


def at_revision(file: Path, revision: str) -> None:
    """Make empty tables as the migrations up to a revision do."""
    for package, upto in (("digest", revision), ("subscribers", OF_SUBSCRIBERS)):
        engine = create_engine(f"sqlite:///{file}")
        config = Config()
        config.set_main_option("script_location", f"{package}:storage/migrations")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, upto)
        engine.dispose()


def copy(today: Path, old: Path) -> None:
    """Copy the rows of today's tables into the older ones, column by column, as far as there are any."""
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("ATTACH ? AS today", (str(today),))
        named = "SELECT name FROM {}sqlite_master WHERE type = 'table' AND name NOT LIKE '%_version'"
        tables = [row[0] for row in raw.execute(named.format(""))]
        known = {row[0] for row in raw.execute(named.format("today."))}
        for table in (one for one in tables if one in known and not one.startswith("sqlite_")):
            columns = [
                {row[1] for row in raw.execute(f"PRAGMA {schema}.table_info({table})")}
                for schema in ("main", "today")
            ]
            names = ", ".join(f'"{name}"' for name in sorted(columns[0] & columns[1]))
            raw.execute(f'DELETE FROM main."{table}"')
            raw.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM today."{table}"')
        raw.commit()


def dumped(file: Path) -> str:
    """Return a database as SQL."""
    with closing(sqlite3.connect(file)) as raw:
        return "\n".join(raw.iterdump()) + "\n"


def main() -> None:
    """Write one file for each revision."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name)).ready()
        half_sent(folder)
        for revision in REVISIONS:
            old = Path(name) / f"at{revision}.db"
            at_revision(old, revision)
            copy(Path(name) / "digest.db", old)
            (HERE / f"at{revision}.sql").write_text(dumped(old), encoding="utf-8")


if __name__ == "__main__":
    main()
