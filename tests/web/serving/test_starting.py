"""One edition is started at a time, each once; a broken one costs nobody else its turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import UnknownEdition
from digest.model import EditionKey, Step
from digest.model.desk import Start
from digest.storage import database as storage
from digest.storage.database import Database
from digest.web.serving.starting import MOST_WAITING, Starter

FIRST = date(2026, 11, 1)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/digest.db"
    storage.migrate(url)
    with closing(storage.open_database(url)) as opened:
        yield opened


def starter_of(database: Database, act: Callable[[Start, str], object], *, may: bool = True) -> Starter:
    return Starter(act, database.starts, lambda: NOW, may=may)


def start_of(number: int, until: Step = Step.CLOSE) -> Start:
    return Start(EditionKey("morning", FIRST + timedelta(days=number)), until)


def test_a_start_that_waits_is_asked_for_once_and_one_under_way_is_begun_again(database: Database) -> None:
    has_begun, may_go, is_done = threading.Event(), threading.Event(), threading.Event()
    done: list[tuple[Start, str]] = []

    def act(start: Start, by: str) -> None:
        has_begun.set()
        may_go.wait()
        done.append((start, by))
        if start == start_of(2):
            is_done.set()

    starter = starter_of(database, act)
    first = starter.ask(start_of(1), by="token a")
    has_begun.wait()
    wanted = (start_of(1, Step.DRAFT), start_of(1), start_of(1), start_of(1, Step.DRAFT), start_of(2))
    told = [starter.ask(one, by="token b") for one in wanted]
    may_go.set()
    is_done.wait()
    starter.stop()

    assert (first, told) == (True, [True, True, False, False, True])
    assert done == [
        (start_of(1), "token a"),
        (start_of(1, Step.DRAFT), "token b"),
        (start_of(1), "token b"),
        (start_of(2), "token b"),
    ]


def test_a_start_that_breaks_leaves_the_next_its_turn(database: Database) -> None:
    is_done = threading.Event()

    def act(start: Start, _by: str) -> None:
        if start == start_of(1):
            raise UnknownEdition(str(start.key))
        if start == start_of(2):
            raise RuntimeError
        is_done.set()

    starter = starter_of(database, act)
    for number in (1, 2, 3):
        starter.ask(start_of(number), by="token a")
    is_done.wait()
    starter.stop()


def test_no_more_than_a_few_wait(database: Database) -> None:
    has_begun, may_go = threading.Event(), threading.Event()

    def act(_start: Start, _by: str) -> None:
        has_begun.set()
        may_go.wait()

    starter = starter_of(database, act)
    starter.ask(start_of(0), by="token a")
    has_begun.wait()
    for number in range(MOST_WAITING):
        starter.ask(start_of(number), by="token a")

    with pytest.raises(OverflowError):
        starter.ask(start_of(MOST_WAITING), by="token a")

    may_go.set()
    starter.stop()
    with pytest.raises(OverflowError):
        starter.ask(start_of(0, Step.DRAFT), by="token a")


def is_open(starter: Starter) -> bool:
    try:
        starter.ask(start_of(2), by="token 2")
    except OverflowError:
        return False
    return True


def test_what_a_desk_left_the_next_one_takes_up_once(database: Database) -> None:
    has_begun, may_go, is_done = threading.Event(), threading.Event(), threading.Event()
    done: list[tuple[Start, str]] = []

    def held(_start: Start, _by: str) -> None:
        has_begun.set()
        may_go.wait()

    def act(start: Start, by: str) -> None:
        done.append((start, by))
        if start == start_of(3):
            is_done.set()

    before = starter_of(database, held)
    for number in (1, 2, 3):
        before.ask(start_of(number), by=f"token {number}")
    has_begun.wait()
    stopping = threading.Thread(target=before.stop)
    stopping.start()
    while is_open(before):
        time.sleep(0.01)
    # It ends with the first: the others wait.
    may_go.set()
    stopping.join()
    after = starter_of(database, act)
    after.start()
    is_done.wait()
    after.stop()
    last = starter_of(database, act)
    last.start()
    last.stop()

    assert done[-1] == (start_of(3), "token 3")
    assert len(done) == len(set(done))


def test_a_desk_that_leaves_sending_to_others_takes_up_nothing(database: Database) -> None:
    database.starts.ask(start_of(1), by="token a", most=MOST_WAITING, now=NOW)
    starter = starter_of(database, lambda *_: pytest.fail("it was started"), may=False)

    starter.start()
    starter.stop()

    assert database.starts.take("another", lambda _owner: False, now=NOW) is not None
