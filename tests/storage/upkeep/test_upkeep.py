"""Heartbeats, alerts and posts that are kept: once, by one, until they are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.model.upkeep import AlertKind, Heartbeat, Trouble
from digest.storage import database as our_storage
from digest.storage.database import Database
from digest.storage.upkeep.alerts import KEPT_FOR
from digest.storage.upkeep.hook_posts import MOST_TRIES, TAKEN_FOR
from tests.postgres import PostgresServer

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DISK = Trouble(AlertKind.DISK_FULL, "host:data", "The disk is nearly full.", "Make room.")
BOTH = frozenset({"mail", "url"})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/digest.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    our_storage.migrate(url)
    opened = our_storage.open_database(url)
    yield opened
    opened.close()


def test_of_one_trouble_there_is_one_open_alert(database: Database) -> None:
    alerts = database.alerts

    first = [alerts.open(DISK, now=NOW + MINUTE * number) for number in range(3)]
    (open_one,) = alerts.opened()
    alerts.close(open_one.number, well="There is room again.", now=NOW + MINUTE * 5)
    again = alerts.open(DISK, now=NOW + MINUTE * 9)

    assert first == [True, False, False]
    assert open_one.trouble == DISK
    assert open_one.opened_at == NOW
    assert again
    assert [one.opened_at for one in alerts.opened()] == [NOW + MINUTE * 9]


def test_each_channel_tells_it_once_and_only_one_process_at_a_time(database: Database) -> None:
    alerts = database.alerts
    alerts.open(DISK, now=NOW)
    (waiting,) = alerts.untold(BOTH, since=NOW)

    mine = alerts.claim(waiting.number, now=NOW)
    theirs = alerts.claim(waiting.number, now=NOW + MINUTE)
    of_the_dead = alerts.claim(waiting.number, now=NOW + MINUTE * 2)
    assert mine is not None
    assert theirs is None
    assert of_the_dead is not None
    alerts.note(replace(of_the_dead, told=frozenset({"url"})))

    (left,) = alerts.untold(BOTH, since=NOW)
    assert left.told == {"url"}
    assert alerts.untold(frozenset({"url"}), since=NOW) == ()


def test_the_end_is_told_where_the_alert_was(database: Database) -> None:
    alerts = database.alerts
    alerts.open(DISK, now=NOW)
    (one,) = alerts.opened()
    alerts.note(replace(one, told=frozenset({"url"})))
    alerts.close(one.number, well="There is room again.", now=NOW + MINUTE)

    (ended,) = alerts.untold(BOTH, since=NOW)
    alerts.note(replace(ended, told_well=frozenset({"url"})))

    assert ended.well == "There is room again."
    assert alerts.untold(BOTH, since=NOW) == ()


def test_what_lapsed_is_told_no_more(database: Database) -> None:
    alerts = database.alerts
    alerts.open(DISK, now=NOW)
    alerts.close(alerts.opened()[0].number, well="", now=NOW + MINUTE)

    assert alerts.untold(BOTH, since=NOW) == ()


def test_who_lives_is_kept_until_the_end(database: Database) -> None:
    beats = database.heartbeats
    run = Heartbeat("a1", "run", "host/1/2", "morning", NOW, NOW, NOW, "collect")
    later = Heartbeat("a1", "run", "host/1/2", "morning", NOW, NOW + MINUTE, NOW, "send")
    dead = Heartbeat("b2", "worker", "host/2/3", "", NOW - MINUTE * 900, NOW - MINUTE * 800, NOW)

    for one in (run, later, dead):
        beats.beat(one)

    assert beats.listed() == (later, dead)
    beats.forget(before=NOW - MINUTE * 700)
    assert beats.listed() == (later,)
    beats.end("a1")
    assert beats.listed() == ()


@pytest.mark.parametrize(
    ("kind", "silent", "still", "is_stuck"),
    [
        pytest.param("run", 1, 1, False, id="a run that gets on"),
        pytest.param("run", 4, 4, True, id="a run that is silent"),
        pytest.param("run", 1, 21, True, id="a run that lives and moves nothing"),
        pytest.param("worker", 1, 21, False, id="a worker with nothing to do"),
        pytest.param("worker", 4, 4, True, id="a worker that is silent"),
    ],
)
def test_who_is_silent_or_still_is_stuck(kind: str, silent: int, still: int, *, is_stuck: bool) -> None:
    one = Heartbeat(
        "a", kind, "host/1/2", "", NOW - MINUTE * 60, NOW - MINUTE * silent, NOW - MINUTE * still
    )

    assert one.is_stuck(NOW) is is_stuck


def test_a_post_is_judged_by_one_and_again_where_that_one_died(database: Database) -> None:
    posts = database.hook_posts
    for body in (b"first", b"second\0\xff"):
        posts.keep("sendgrid", body, now=NOW)

    first, second, none = (posts.take(now=NOW) for _ in range(3))
    assert first is not None
    assert second is not None
    posts.done(first.number)
    again = posts.take(now=NOW + TAKEN_FOR)

    assert (first.body, second.body, none) == (b"first", b"second\0\xff", None)
    assert again is not None
    assert again.number == second.number
    assert posts.count() == 1


def test_a_post_that_can_never_be_judged_is_left_alone(database: Database) -> None:
    posts = database.hook_posts
    posts.keep("sendgrid", b"[]", now=NOW)

    taken = [posts.take(now=NOW + TAKEN_FOR * number) for number in range(MOST_TRIES + 1)]

    assert taken[-1] is None
    assert None not in taken[:-1]


def test_a_milestone_is_the_last_time_something_was_done(database: Database) -> None:
    alerts = database.alerts
    never = alerts.milestone("bounce box read")

    alerts.reach("bounce box read", now=NOW, detail="3 mails")
    alerts.reach("bounce box read", now=NOW + MINUTE)

    assert never is None
    assert alerts.milestone("bounce box read") == (NOW + MINUTE, "")


def test_old_posts_and_alerts_that_are_over_are_forgotten(database: Database) -> None:
    alerts, posts = database.alerts, database.hook_posts
    alerts.open(DISK, now=NOW)
    alerts.close(alerts.opened()[0].number, well="There is room again.", now=NOW)
    alerts.open(DISK, now=NOW + KEPT_FOR)
    posts.keep("sendgrid", b"old", now=NOW)
    posts.keep("sendgrid", b"new", now=NOW + MINUTE)

    alerts.close(alerts.opened()[0].number, well="Again.", now=NOW + KEPT_FOR + MINUTE)
    posts.forget(before=NOW + MINUTE)
    kept = alerts.claim(1, now=NOW + KEPT_FOR + MINUTE)
    left = posts.take(now=NOW + MINUTE)

    assert kept is None
    assert left is not None
    assert left.body == b"new"


def test_a_milestone_is_moved_by_one_of_those_who_saw_the_same(database: Database) -> None:
    alerts = database.alerts
    first = [alerts.move("counted", None, now=NOW, detail=str(number)) for number in range(2)]
    known = alerts.milestone("counted")
    later = [alerts.move("counted", known, now=NOW + MINUTE, detail=str(number)) for number in range(2)]

    assert (first, later) == ([True, False], [True, False])
    assert alerts.milestone("counted") == (NOW + MINUTE, "0")
