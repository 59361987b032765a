"""Who may write when."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from digest.errors import DatabaseUnavailable
from digest.storage.engine import Store, is_server_itself
from subscribers.storage.turns import Turns

PATIENCE_S = 30.0


def stored(path: Path, turns: Turns | None, *, busy_ms: int = 30_000) -> Store:
    return Store(f"sqlite:///{path / 'one.db'}", turns=turns, busy_ms=busy_ms)


def test_a_writer_waits_for_its_turn_in_this_process(tmp_path: Path) -> None:
    turns = Turns()
    store = stored(tmp_path, turns)
    turns.take(timeout_s=PATIENCE_S)

    def write() -> None:
        with store.writing() as connection:
            connection.execute(text("CREATE TABLE one (id INTEGER)"))

    with ThreadPoolExecutor(1) as pool:
        end = pool.submit(write)
        ticking = threading.Event()
        assert any(turns.waiting or ticking.wait(0.01) for _ in range(60_000))
        assert not end.done()
        turns.give()

    assert end.exception() is None
    assert turns.take(timeout_s=0), "it gave its turn back"
    store.close()


def test_a_turn_that_does_not_come_is_a_database_that_stays_locked(tmp_path: Path) -> None:
    turns = Turns()
    store = stored(tmp_path, turns, busy_ms=10)
    turns.take(timeout_s=PATIENCE_S)

    with pytest.raises(DatabaseUnavailable, match="database is locked"), store.writing():
        pass

    store.close()


def test_a_change_that_fails_gives_its_turn_back(tmp_path: Path) -> None:
    turns = Turns()
    store = stored(tmp_path, turns)

    with pytest.raises(ZeroDivisionError), store.writing():
        raise ZeroDivisionError

    assert turns.take(timeout_s=0)
    store.close()


def test_readers_wait_for_nobodys_turn(tmp_path: Path) -> None:
    turns = Turns()
    store = stored(tmp_path, turns)
    turns.take(timeout_s=PATIENCE_S)

    with store.reading() as connection:
        assert connection.scalar(text("SELECT 1")) == 1

    store.close()


@pytest.mark.postgres
def test_a_server_itself_keeps_what_comes_again_and_is_known_by_its_process(postgres_url: str) -> None:
    store = Store(postgres_url)
    again = text("SELECT :number + 1")
    for number in range(5):
        with store.reading() as connection:
            assert connection.scalar(again, {"number": number}) == number + 1

    with store.reading() as connection:
        kept = connection.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        assert is_server_itself(raw)
    assert any("+ 1" in one for one in kept)
    store.close()
