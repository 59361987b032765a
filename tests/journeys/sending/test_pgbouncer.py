"""PostgreSQL behind a pgbouncer in transaction mode: two server connections for everybody."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.cli.exits import Exit
from tests.forking import LONG_S, command, ended
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.journeys.sending.test_workers import one_is_killed
from tests.postgres import PostgresServer

READERS = 40
NOW = datetime.fromisoformat(AT_SEND)
POOL = 3

pytestmark = pytest.mark.postgres


class Pooled:
    """The addresses of one database: through the pool, and straight to the server."""

    def __init__(self, pooled: str, direct: str) -> None:
        self.pooled, self.direct = pooled, direct


@pytest.fixture
def pool(postgres_server: PostgresServer) -> Iterator[Pooled]:
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is missing: apt-get install pgbouncer")
    name = postgres_server.create_migrated()
    home = Path(tempfile.mkdtemp(prefix="pb-", dir="/tmp"))
    host = postgres_server.url(name).partition("host=")[2]
    (home / "users").write_text('"digest" ""\n')
    (home / "ini").write_text(
        f"[databases]\n{name} = host={host} dbname={name}\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n"
        f"unix_socket_dir = {home}\nauth_type = trust\nauth_file = {home}/users\npool_mode = transaction\n"
        f"default_pool_size = {POOL}\nmax_client_conn = 200\nserver_reset_query =\n"
        f"logfile = {home}/log\n"
    )
    runner: list[str] = []
    if os.geteuid() == 0:
        runner = ["runuser", "-u", "postgres", "--"]
        for path in (home, home / "users", home / "ini"):
            os.chown(path, pwd.getpwnam("postgres").pw_uid, -1)
    url = f"postgresql+psycopg://digest@/{name}?host={home}&port=6432"
    process = subprocess.Popen(
        [*runner, program, str(home / "ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(url, process)
        yield Pooled(url, postgres_server.url(name))
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LONG_S)
        postgres_server.drop(name)
        shutil.rmtree(home, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    engine = create_engine(url)
    while True:
        assert process.poll() is None, "pgbouncer ended"
        with contextlib.suppress(Exception), engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            break
        time.sleep(0.05)
    engine.dispose()


def behind(pool: Pooled, folder: Folder) -> Folder:
    folder.ready(readers=READERS, database=pool.pooled)
    config = folder.config.read_text(encoding="utf-8")
    mark = "[database]\n"
    assert mark in config
    folder.config.write_text(
        config.replace(mark, f'{mark}direct_url = "{pool.direct}"\n'), encoding="utf-8"
    )
    return folder


def test_a_days_run_and_desk_writes_share_three_connections(tmp_path: Path, pool: Pooled) -> None:
    folder = behind(pool, Folder(tmp_path))

    drafted = folder("run", "morning", "--until", "approve", now=CUTOFF)
    with ThreadPoolExecutor(8) as many:
        added = list(many.map(lambda number: _added(folder, number), range(8)))
    sent = folder("run", "morning", now=AT_SEND)

    assert (drafted.code, sent.code) == (Exit.DONE, Exit.DONE)
    assert added == [Exit.DONE] * 8
    assert len(folder.mails()) == READERS + 8
    assert folder("audit", "morning", "--json").values["is_settled"]


def _added(folder: Folder, number: int) -> int:
    words = ("subscribers", "add", f"late{number}@list.example", "--list", "morning", "--consent", "asked")
    return ended(command(folder.config, *words))


def test_workers_of_which_one_is_killed_send_each_reader_one_mail(tmp_path: Path, pool: Pooled) -> None:
    folder = behind(pool, Folder(tmp_path))
    assert folder("run", "morning", "--until", "approve", now=CUTOFF).code == Exit.DONE

    one_is_killed(folder, workers=3)

    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}
    assert folder("audit", "morning", "--json").values["is_settled"]


def test_the_doctor_sees_the_pool_and_names_the_way_around_it(tmp_path: Path, pool: Pooled) -> None:
    folder = behind(pool, Folder(tmp_path))
    well = _found(folder)
    text = folder.config.read_text(encoding="utf-8")
    folder.config.write_text(text.replace(f'direct_url = "{pool.direct}"\n', ""), encoding="utf-8")
    pooled = _found(folder)

    assert well == []
    assert len(pooled) == 1
    assert "database.direct_url" in pooled[0]


def _found(folder: Folder) -> list[str]:
    """Return what the doctor finds wrong with the database, with its fix."""
    from digest.settings.loading import load
    from digest.upkeep.doctor import machine
    from digest.upkeep.doctor.patient import Patient, RealWorld

    examined = machine.database(Patient(load(folder.config, environ={}), RealWorld(), NOW))
    return [f"{one.problem}: {one.remedy}" for one in examined.found]
