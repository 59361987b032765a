from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, event

from subscribers import lists
from subscribers.errors import DatabaseUnavailable
from subscribers.storage.database import SubscriberDatabase, open_database
from subscribers.storage.joint_writing import JointWriting
from subscribers.storage.turns import Turns
from tests.subscribers.interrupting import interrupt_soon
from tests.subscribers.readers import NOW

PATIENCE_S = 30.0

Act = Callable[[Connection], object]


def adds(name: str) -> Act:
    return lambda connection: lists.ensured(connection, name, now=NOW)


def fails(connection: Connection) -> None:
    lists.ensured(connection, "never", now=NOW)
    raise ZeroDivisionError


class Writers:
    """Writers on threads of their own; those that ask while the first one writes wait together."""

    def __init__(self, database: SubscriberDatabase) -> None:
        self.commits = 0
        self._database = database
        self.turns = Turns()
        self._joint = JointWriting(database.engine, self.turns, name="one.db")
        self._pool = ThreadPoolExecutor(10)
        event.listen(database.engine, "commit", self._count)

    def _count(self, connection: Connection) -> None:
        self.commits += connection.get_execution_options().get("subscribers_write", False)

    def write(self, act: Act, timeout_s: float = PATIENCE_S) -> object:
        return self._joint.write(act, timeout_s=timeout_s)

    def together(self, *acts: Act) -> list[Future[object]]:
        """Let the acts be asked for in their order while somebody else has the turn."""
        assert self.turns.take(timeout_s=PATIENCE_S)
        ends = []
        for number, act in enumerate(acts, 1):
            ends.append(self.submit(act))
            self.until(number)
        self.turns.give()
        return ends

    def submit(self, act: Act) -> Future[object]:
        return self._pool.submit(self.write, act)

    def until(self, waiting: int) -> None:
        ticking = threading.Event()
        assert any(self._joint.waiting == waiting or ticking.wait(0.01) for _ in range(60_000))

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


def test_a_change_gives_its_result(writers: Writers) -> None:
    assert writers.write(lambda _: 7) == 7


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
    ends: list[Future[object]] = []

    def looks(_: Connection) -> None:
        other = open_database(str(sqlite_database.engine.url))
        seen.append({one.mailing_list.key for one in lists.listed(other)})
        seen.append(threading.Event().wait(0.1) or any(end.done() for end in ends))
        other.close()

    ends += writers.together(adds("a"), looks, adds("b"))

    assert [end.exception() for end in ends] == [None] * 3
    assert seen == [set(), False]


def test_each_writer_gets_its_own_result(writers: Writers) -> None:
    ends = writers.together(*(lambda _, number=number: number for number in range(6)))

    assert [end.result() for end in ends] == list(range(6))


def test_more_than_fit_into_a_transaction_are_written_too(writers: Writers) -> None:
    with ThreadPoolExecutor(100) as pool:
        assert writers.turns.take(timeout_s=PATIENCE_S)
        ends = [pool.submit(writers.write, adds(f"list{number:03}")) for number in range(100)]
        writers.until(100)
        writers.turns.give()

    assert [end.exception() for end in ends] == [None] * 100
    assert len(writers.names()) == 100
    assert writers.commits == 2


def test_whoever_waits_too_long_for_another_of_this_process_is_told(writers: Writers) -> None:
    assert writers.turns.take(timeout_s=PATIENCE_S)

    with pytest.raises(DatabaseUnavailable, match=r"one\.db: database is locked"):
        writers.write(adds("a"), timeout_s=0.01)

    writers.turns.give()
    writers.write(adds("b"))
    assert writers.names() == {"b"}


def test_whoever_leads_and_is_interrupted_hands_that_on(writers: Writers) -> None:
    def is_interrupted(_: Connection) -> None:
        raise KeyboardInterrupt

    ends = writers.together(adds("a"), is_interrupted, adds("b"))

    assert isinstance(ends[0].exception(), KeyboardInterrupt)
    assert [type(end.exception()) for end in ends[1:]] == [DatabaseUnavailable] * 2
    assert writers.names() == set()
    writers.write(adds("after"))
    assert writers.names() == {"after"}


def test_whoever_is_interrupted_while_waiting_is_left_out(writers: Writers) -> None:
    """On the main thread, where signals arrive, first as the one that leads and then as one that waits."""
    assert writers.turns.take(timeout_s=PATIENCE_S)
    ends = []
    for others in (0, 1):
        interrupt_soon()
        with pytest.raises(KeyboardInterrupt):
            writers.write(adds("never"))
        writers.until(others)
        ends.append(writers.submit(adds(f"after{others}")))
        writers.until(others + 1)
    writers.turns.give()

    assert [end.exception() for end in ends] == [None, None]
    assert writers.names() == {"after0", "after1"}


def test_where_the_commit_fails_all_of_them_are_told(writers: Writers) -> None:
    def breaks(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql(
            "INSERT INTO subscription (subscriber, mailing_list, state, end_reason, topics, frequency)"
            " VALUES ('nobody', 'nothing', 'active', '', '', 'every')"
        )

    ends = writers.together(adds("a"), adds("b"), breaks)

    assert [type(end.exception()) for end in ends] == [DatabaseUnavailable] * 3
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
