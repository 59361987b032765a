from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError

from subscribers import lists
from subscribers.errors import DatabaseUnavailable
from subscribers.storage.database import SubscriberDatabase, open_database
from subscribers.storage.joint_writing import JointWriting
from subscribers.storage.turns import Turns
from tests.subscribers.readers import NOW

PATIENCE_S = 30.0

Act = Callable[[Connection], object]


def adds(name: str) -> Act:
    return lambda connection: lists.ensured(connection, name, now=NOW)


def fails(connection: Connection) -> None:
    lists.ensured(connection, "never", now=NOW)
    raise ZeroDivisionError


class Writers:
    """Writers on threads of their own; those that begin while `gathering` wait for the first together."""

    def __init__(self, database: SubscriberDatabase) -> None:
        self.commits = 0
        self._database = database
        self._turns = Turns()
        self._joint = JointWriting(database.engine, self._turns, name="one.db", longest_s=PATIENCE_S)
        self._pool = ThreadPoolExecutor(10)
        event.listen(database.engine, "commit", self._count)

    def _count(self, connection: Connection) -> None:
        self.commits += connection.get_execution_options().get("subscribers_write", False)

    def write(self, act: Act) -> None:
        with self._joint.writing(timeout_s=PATIENCE_S) as connection:
            act(connection)

    def together(self, *acts: Act) -> list[Future[None]]:
        """Let the acts happen in their order, each waiting before the first one ends."""
        may_end = threading.Event()

        def first(connection: Connection) -> None:
            may_end.wait(PATIENCE_S)
            acts[0](connection)

        ends = [self._pool.submit(self.write, first)]
        for number, act in enumerate(acts[1:], 1):
            self.until(number - 1)
            ends.append(self._pool.submit(self.write, act))
        self.until(len(acts) - 1)
        may_end.set()
        return ends

    def until(self, waiting: int) -> None:
        ticking = threading.Event()
        assert any(self._turns.waiting == waiting or ticking.wait(0.01) for _ in range(3000))
        if not waiting:
            ticking.wait(0.05)  # the first has its turn, or takes it now

    def names(self) -> set[str]:
        return {one.mailing_list.key for one in lists.listed(self._database)}

    def close(self) -> None:
        self._pool.shutdown()
        event.remove(self._database.engine, "commit", self._count)


@pytest.fixture
def writers(sqlite_database: SubscriberDatabase) -> Iterator[Writers]:
    found = Writers(sqlite_database)
    yield found
    found.close()


def test_one_writer_alone_commits_by_itself(writers: Writers) -> None:
    writers.write(adds("a"))
    writers.write(adds("b"))

    assert writers.names() == {"a", "b"}
    assert writers.commits == 2


def test_writers_who_wait_for_each_other_share_a_commit(writers: Writers) -> None:
    ends = writers.together(*(adds(name) for name in "abcdef"))

    assert [end.exception() for end in ends] == [None] * 6
    assert writers.names() == set("abcdef")
    assert writers.commits == 1


@pytest.mark.parametrize("at", [0, 1, 2], ids=["the first", "one between", "the last"])
def test_a_part_that_fails_is_rolled_back_by_itself(writers: Writers, at: int) -> None:
    acts = [adds("a"), adds("b")]
    acts.insert(at, fails)

    ends = writers.together(*acts)

    assert [type(end.exception()) for end in ends].count(ZeroDivisionError) == 1
    assert isinstance(ends[at].exception(), ZeroDivisionError)
    assert writers.names() == {"a", "b"}


def test_a_transaction_in_which_every_part_fails_writes_nothing(writers: Writers) -> None:
    ends = writers.together(fails, fails)

    assert [type(end.exception()) for end in ends] == [ZeroDivisionError] * 2
    assert writers.names() == set()
    writers.write(adds("after"))
    assert writers.names() == {"after"}


def test_nobody_returns_before_the_commit(writers: Writers, sqlite_database: SubscriberDatabase) -> None:
    seen: list[object] = []
    ends: list[Future[None]] = []

    def looks(connection: Connection) -> None:
        other = open_database(str(sqlite_database.engine.url))
        seen.append({one.mailing_list.key for one in lists.listed(other)})
        seen.append(threading.Event().wait(0.1) or ends_done())
        other.close()

    def ends_done() -> bool:
        return any(end.done() for end in ends)

    ends += writers.together(adds("a"), looks, adds("b"))

    assert [end.exception() for end in ends] == [None] * 3
    assert seen == [set(), False]


def test_where_the_commit_fails_all_of_them_are_told(writers: Writers) -> None:
    def breaks(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql(
            "INSERT INTO subscription (subscriber, mailing_list, state, end_reason, topics, frequency)"
            " VALUES ('nobody', 'nothing', 'active', '', '', 'every')"
        )

    ends = writers.together(adds("a"), adds("b"), breaks)

    assert [type(end.exception()) for end in ends] == [
        DatabaseUnavailable,
        DatabaseUnavailable,
        IntegrityError,
    ]
    assert writers.names() == set()
    writers.write(adds("after"))
    assert writers.names() == {"after"}


def test_where_the_database_rolls_all_of_it_back_all_of_them_are_told(writers: Writers) -> None:
    """As SQLite does where the disk is full."""

    def is_rolled_back(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise ZeroDivisionError

    ends = writers.together(adds("a"), is_rolled_back, adds("b"))

    assert isinstance(ends[0].exception(), DatabaseUnavailable)
    assert ends[1].exception() is not None
    assert ends[2].exception() is None
    assert writers.names() == {"b"}


def test_a_rollback_that_a_part_hides_is_found(writers: Writers) -> None:
    def hides_it(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")

    ends = writers.together(adds("a"), hides_it)

    assert all(end.exception() is not None for end in ends)
    assert writers.names() == set()


def test_writers_of_every_kind_at_once_leave_what_succeeded(writers: Writers) -> None:
    acts: list[Act] = [fails if number % 3 == 0 else adds(f"list{number:03}") for number in range(90)]

    with ThreadPoolExecutor(9) as pool:
        ends = [pool.submit(writers.write, act) for act in acts]

    failed = [isinstance(end.exception(), ZeroDivisionError) for end in ends]
    assert failed == [number % 3 == 0 for number in range(90)]
    assert writers.names() == {f"list{number:03}" for number in range(90) if number % 3}
