"""Several workers on one PostgreSQL send one edition, whoever of them dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.cli.exits import Exit
from digest.cli.services.worker import LOOK
from digest.storage.ledger.waking import DRAIN, QUEUE_SCHEMA
from tests.journeys.desk import AT_SEND, CUTOFF, OUTBOX, Folder
from tests.postgres import PostgresServer, programs
from tests.processes.forking import LONG_S, command, ended

READERS = 60


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create_migrated()
    yield postgres_server.url(name)
    postgres_server.drop(name)


def a_worker(folder: Folder, *arguments: str, now: str = AT_SEND) -> ForkServerProcess:
    return command(folder.config, "worker", *arguments, now=now)


def one_is_killed(folder: Folder, *, workers: int) -> None:
    """Let so many workers send an edition, kill the first in the middle, and let another one finish."""
    started = [a_worker(folder, "--once") for _ in range(workers)]
    outbox = folder.root / "outbox" / "new"
    while not outbox.exists() and any(one.is_alive() for one in started):
        time.sleep(0.01)
    victim = started[0]
    if victim.is_alive() and victim.pid is not None:
        os.kill(victim.pid, signal.SIGKILL)
    for one in started:
        ended(one)
    ended(a_worker(folder, "--once"))


def jobs(url: str) -> list[tuple[str, str]]:
    """Return the jobs that are kept, but for the look that every minute brings."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text(f"SELECT task_name, status FROM {QUEUE_SCHEMA}.procrastinate_jobs ORDER BY id")
        ).all()
    engine.dispose()
    return [(str(task), str(status)) for task, status in rows if task != LOOK]


@pytest.mark.postgres
def test_four_workers_of_which_one_is_killed_send_each_reader_one_mail(tmp_path: Path, url: str) -> None:
    folder = Folder(tmp_path).ready(readers=READERS, database=url)
    assert folder("run", "morning", "--until", "approve", now=CUTOFF).code == Exit.DONE

    one_is_killed(folder, workers=4)

    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}
    audit = folder("audit", "morning", "--json").values
    assert audit["is_settled"]
    assert audit["tally"]["sent"] == READERS


@pytest.mark.postgres
def test_a_worker_does_the_day_and_leaves_no_job_behind(tmp_path: Path, url: str) -> None:
    folder = Folder(tmp_path).ready(readers=3, database=url)

    early = ended(a_worker(folder, "--once", now=CUTOFF))
    drafted = folder("status", "--json", now=CUTOFF).values["newsletters"][0]["editions"][0]["state"]
    sent = ended(a_worker(folder, "--once"))

    assert (early, sent) == (Exit.DONE, Exit.DONE)
    assert drafted == "approved"
    assert len(folder.mails()) == 3
    assert jobs(url) == []


@pytest.mark.postgres
def test_the_wake_up_is_written_with_the_freeze_and_drains_what_another_left(
    tmp_path: Path, url: str
) -> None:
    away = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'
    folder = Folder(tmp_path).ready(readers=3, database=url, transport=away)
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    assert jobs(url) == [(DRAIN, "todo")]
    config = folder.config.read_text()
    start, end = config.index("[transport]"), config.index("[newsletters.morning]")
    folder.config.write_text(f"{config[:start]}[transport]\n{OUTBOX}\n\n{config[end:]}")

    another = ended(a_worker(folder, "--once"))

    assert another == Exit.DONE
    assert len(folder.mails()) == 3
    assert jobs(url) == []


@pytest.mark.postgres
def test_the_jobs_of_workers_that_died_are_taken_away(tmp_path: Path, url: str) -> None:
    folder = Folder(tmp_path).ready(readers=3, database=url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO {QUEUE_SCHEMA}.procrastinate_jobs (queue_name, task_name, status, args)"
                " VALUES ('digest', 'digest.day', 'doing', '{}')"
            )
        )
    engine.dispose()

    ended(a_worker(folder, "--once", now=CUTOFF))

    assert jobs(url) == []


def test_on_sqlite_a_worker_says_what_it_needs(folder: Folder) -> None:
    folder.ready()

    said = folder("worker")

    assert said.code == Exit.CONFIGURATION
    assert "workers need PostgreSQL" in said.err
    assert "digest run" in said.err


@pytest.mark.postgres
def test_the_queues_schema_is_the_installed_librarys() -> None:
    """A newer Procrastinate brings migrations of its own: each becomes one of ours."""
    from procrastinate.schema import SchemaManager

    kept = Path("digest/storage/migrations/procrastinate_3_10.sql")
    ours = (Path(__file__).parents[3] / kept).read_text()

    assert ours.endswith(SchemaManager.get_schema())


@pytest.mark.slow
@pytest.mark.postgres
def test_a_worker_outlives_its_database_and_goes_on_when_it_is_back(folder: Folder) -> None:
    found = programs()
    assert found is not None
    server = PostgresServer(found)
    try:
        url = server.url(server.create())
        folder.ready(readers=3, database=url)
        sending = folder.config.read_text()
        process = a_worker(folder)
        wait_until(lambda: workers(url) == 1)

        server.crash()
        time.sleep(1)
        server.start()
        # Another process freezes and dies of its provider; its wake-up is there for the worker.
        folder.config.write_text(sending.replace(OUTBOX, 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9'))
        assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
        wait_until(lambda: len(folder.mails()) == 3)

        assert process.is_alive()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
        assert ended(process) == Exit.DONE
        assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(3)}
    finally:
        server.stop()


@pytest.mark.slow
@pytest.mark.postgres
def test_a_worker_that_comes_up_before_its_database_waits_for_it(folder: Folder) -> None:
    found = programs()
    assert found is not None
    server = PostgresServer(found)
    try:
        url = server.url(server.create())
        folder.ready(readers=3, database=url)
        server.crash()
        process = a_worker(folder)
        time.sleep(1)
        assert process.is_alive()

        server.start()
        wait_until(lambda: len(folder.mails()) == 3)

        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
        assert ended(process) == Exit.DONE
    finally:
        server.stop()


def wait_until(is_so: Callable[[], bool], *, at_most_s: float = LONG_S) -> None:
    end = time.monotonic() + at_most_s
    while not is_so():
        assert time.monotonic() < end, "waited for too long"
        time.sleep(0.1)


def workers(url: str) -> int:
    """Return how many workers have registered themselves."""
    engine = create_engine(url)
    with engine.connect() as connection:
        count = connection.scalar(text(f"SELECT count(*) FROM {QUEUE_SCHEMA}.procrastinate_workers"))
    engine.dispose()
    return int(count or 0)
