"""A pushed article is kept once, and each push is told truly what it came to."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, insert, text

from digest.model.articles import SourceKey
from digest.storage.database import Database, open_database
from digest.storage.pushes import KEPT_FOR, Push, pushed_articles

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SOURCE = SourceKey("newsdesk")


def test_each_push_is_told_what_it_came_to(database: Database) -> None:
    pushes = database.pushes

    told = [pushes.keep(SOURCE, "7", body, now=NOW) for body in (b"{1}", b"{1}", b"{2}", b"{2}")]
    gone = [pushes.withdraw(SOURCE, "7", now=NOW) for _ in range(2)]
    back = [pushes.keep(SOURCE, "7", b"{2}", now=NOW) for _ in range(2)]
    other = pushes.keep(SourceKey("other"), "7", b"{2}", now=NOW)

    assert told == [Push.NEW, Push.UNCHANGED, Push.CHANGED, Push.UNCHANGED]
    assert gone == [True, False]
    assert back == [Push.CHANGED, Push.UNCHANGED]
    assert other is Push.NEW
    assert [(one.name, one.body, one.is_gone) for one in pushes.of(SOURCE)] == [("7", b"{2}", False)]


def test_an_article_that_was_forgotten_is_new_again(database: Database) -> None:
    pushes = database.pushes
    pushes.keep(SOURCE, "7", b"{1}", now=NOW)

    assert pushes.keep(SOURCE, "7", b"{1}", now=NOW + KEPT_FOR + timedelta(seconds=1)) is Push.NEW


def test_of_many_pushes_at_once_exactly_one_is_new(database: Database) -> None:
    with ThreadPoolExecutor(6) as many:
        bodies = [b"{%d}" % number for number in range(6)]
        told = list(many.map(lambda body: database.pushes.keep(SOURCE, "7", body, now=NOW), bodies))

    assert sorted(told) == [*[Push.CHANGED] * 5, Push.NEW]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        pytest.param(b"{1}", b"{2}", Push.CHANGED, id="another-text"),
        pytest.param(b"{1}", b"{1}", Push.UNCHANGED, id="the-same-text"),
    ],
)
def test_a_first_push_waits_for_anothers_and_is_not_new(
    migrated_postgres: str,
    request: pytest.FixtureRequest,
    first: bytes,
    second: bytes,
    told: Push,
) -> None:
    server = request.getfixturevalue("postgres_server")
    url = server.url(migrated_postgres)
    ours, engine = open_database(url), create_engine(url)
    row = {"source": SOURCE, "name": "7", "body": first, "is_gone": False, "changed_at": NOW}
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")

    with ThreadPoolExecutor(1) as other, engine.connect() as theirs, engine.connect() as watching:
        theirs.execute(insert(pushed_articles).values(row))
        pushed = other.submit(ours.pushes.keep, SOURCE, "7", second, now=NOW)
        while not watching.scalar(waiting) and not pushed.done():
            time.sleep(0.01)
        theirs.commit()
        outcome = pushed.result(timeout=60)

    kept = [one.body for one in ours.pushes.of(SOURCE)]
    ours.close()
    engine.dispose()
    server.empty(migrated_postgres)
    assert outcome is told
    assert kept == [second]
