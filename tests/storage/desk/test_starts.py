"""A start is kept until one process has done it: no process loses one, and no two have the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.model import EditionKey, Step
from digest.model.desk import Start
from digest.storage.database import Database
from digest.storage.desk.starts import MOST_TRIES, TAKEN_FOR, WAITS_FOR

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEY = EditionKey("morning", date(2026, 11, 23))
WHOLE, DRAFT = Start(KEY, Step.CLOSE), Start(KEY, Step.DRAFT)
OTHER = Start(EditionKey("evening", KEY.day), Step.CLOSE)


def nobody(_owner: str) -> bool:
    return False


def ask(database: Database, start: Start, *, now: datetime = NOW) -> bool:
    return database.starts.ask(start, by="token cms", most=20, now=now)


def take(database: Database, owner: str, *, now: datetime = NOW, gone: str = "") -> Start | None:
    taken = database.starts.take(owner, lambda one: one == gone, now=now)
    return None if taken is None else taken.start


def test_of_many_who_take_at_once_one_has_it(database: Database) -> None:
    with ThreadPoolExecutor(4) as many:
        asked = list(many.map(lambda _: ask(database, WHOLE), range(4)))
        taken = list(many.map(lambda number: take(database, f"desk {number}"), range(4)))

    assert sorted(asked) == [False, False, False, True]
    assert [one for one in taken if one] == [WHOLE]


def test_of_one_edition_one_start_is_under_way_and_others_do_not_wait_for_it(database: Database) -> None:
    for start in (WHOLE, DRAFT, OTHER):
        ask(database, start)
    first = database.starts.take("a", nobody, now=NOW)
    assert first is not None

    second, third = take(database, "b"), take(database, "c")
    database.starts.done(first.number, "a")
    fourth = take(database, "c")

    assert (first.start, second, third, fourth) == (WHOLE, OTHER, None, DRAFT)


def test_what_died_with_its_owner_is_taken_up_by_another(database: Database) -> None:
    ask(database, WHOLE)

    first = take(database, "a")
    alive = take(database, "b", now=NOW + TAKEN_FOR / 2)
    dead = take(database, "b", now=NOW + TAKEN_FOR / 2, gone="a")
    silent = take(database, "c", now=NOW + 2 * TAKEN_FOR)

    assert (first, alive, dead, silent) == (WHOLE, None, WHOLE, WHOLE)


def test_who_says_that_it_is_at_it_keeps_it(database: Database) -> None:
    ask(database, WHOLE)
    taken = database.starts.take("a", nobody, now=NOW)
    assert taken is not None
    database.starts.renew(taken.number, "a", now=NOW + TAKEN_FOR)

    assert take(database, "b", now=NOW + TAKEN_FOR + timedelta(seconds=1)) is None


def test_whoever_lost_it_takes_it_from_nobody(database: Database) -> None:
    ask(database, WHOLE)
    taken = database.starts.take("a", nobody, now=NOW)
    assert taken is not None
    take(database, "b", gone="a")

    database.starts.done(taken.number, "a")

    assert take(database, "c", gone="b") == WHOLE


def test_a_start_that_kills_whoever_takes_it_is_forgotten(database: Database) -> None:
    ask(database, WHOLE)

    taken = [take(database, str(number), gone=str(number - 1)) for number in range(MOST_TRIES + 2)]

    assert taken == [WHOLE] * MOST_TRIES + [None] * 2


def test_asked_for_again_while_it_dies_it_is_taken_once(database: Database) -> None:
    ask(database, WHOLE)
    take(database, "a")

    again = ask(database, WHOLE)

    assert again
    assert take(database, "b", gone="a") == WHOLE
    assert take(database, "c", gone="a") is None


def test_what_waited_too_long_is_forgotten(database: Database) -> None:
    ask(database, WHOLE)

    assert take(database, "a", now=NOW + WAITS_FOR + timedelta(seconds=1)) is None
    assert ask(database, WHOLE, now=NOW + WAITS_FOR + timedelta(seconds=2))


def test_no_more_than_a_few_wait(database: Database) -> None:
    database.starts.ask(WHOLE, by="a", most=1, now=NOW)

    assert not database.starts.ask(WHOLE, by="b", most=1, now=NOW)
    with pytest.raises(OverflowError):
        database.starts.ask(DRAFT, by="a", most=1, now=NOW)
