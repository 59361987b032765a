"""Who may write when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

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


def asked(store: Store, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> int:
    """Return how often the server was asked whether it is there while `act` ran."""
    found: list[object] = []
    told: Any = psycopg.Connection.execute

    def noted(self: Any, query: object, *given: Any, **terms: Any) -> Any:
        found.extend([query] if query == ";" else [])
        return told(self, query, *given, **terms)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "execute", noted)
        act()
    return len(found)


@pytest.mark.postgres
def test_a_connection_in_use_is_not_asked_each_time_whether_it_stands(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(postgres_url)

    def read() -> None:
        with store.reading() as connection:
            assert connection.scalar(text("SELECT 1")) == 1

    assert asked(store, monkeypatch, read) == 0, "it was opened now"
    assert asked(store, monkeypatch, read) == 0, "it was used a moment ago"
    at = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: at + 60)
    assert asked(store, monkeypatch, read) == 1, "it lay idle for a minute"
    store.close()


@pytest.mark.postgres
@pytest.mark.parametrize("how_many", [1, 3])
def test_connections_that_the_server_ended_a_moment_ago_are_opened_anew(
    postgres_url: str, how_many: int
) -> None:
    store, other = Store(postgres_url), Store(postgres_url)
    with ExitStack() as stack:
        kept = [stack.enter_context(store.reading()) for _ in range(how_many)]
        pids = [one.scalar(text("SELECT pg_backend_pid()")) for one in kept]
    with other.writing() as connection:
        for pid in pids:
            assert connection.scalar(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid})

    for _ in range(how_many):
        with store.writing() as connection:
            assert connection.scalar(text("SELECT pg_backend_pid()")) not in pids

    store.close()
    other.close()
