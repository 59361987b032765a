"""What a program is told is kept once, told by one process at a time, and there to be told again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.model.upkeep import WebhookEvent
from digest.storage.database import Database
from digest.storage.upkeep.webhooks import CLAIMED_FOR, KEPT_FOR

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SENT = WebhookEvent("cms", "evt_1", "edition.sent", "morning/2026-11-23", b"{}", NOW, NOW)


def test_an_event_is_kept_once_for_each_webhook(database: Database) -> None:
    kept = database.webhooks
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: kept.keep([SENT, replace(SENT, hook="site")], now=NOW), range(4)))

    assert [one.hook for one in kept.listed(limit=9)] in (["cms", "site"], ["site", "cms"])
    assert kept.known("cms", ["evt_1", "evt_2"]) == {"evt_1"}
    assert kept.known("other", ["evt_1"]) == frozenset()


def test_one_process_tells_it_and_another_after_a_while(database: Database) -> None:
    kept = database.webhooks
    kept.keep([SENT], now=NOW)
    (event,) = kept.due("cms", now=NOW, limit=9)

    claimed = [kept.claim(event.number, now=NOW) for _ in range(2)]
    meanwhile = kept.due("cms", now=NOW, limit=9)
    later = kept.claim(event.number, now=NOW + CLAIMED_FOR)
    kept.note(replace(event, next_at=None, told_at=NOW, tries=1))

    assert claimed == [True, False]
    assert meanwhile == ()
    assert later
    assert kept.due("cms", now=NOW + KEPT_FOR, limit=9) == ()


def test_what_is_known_and_never_told_is_told_by_a_replay_alone(database: Database) -> None:
    kept = database.webhooks
    kept.keep([replace(SENT, next_at=None)], now=NOW)
    before = kept.due("cms", now=NOW, limit=9)
    (event,) = kept.listed(limit=9)

    found = kept.replay([event.number, event.number + 1], now=NOW)

    assert before == ()
    assert found == {event.number}
    assert [one.name for one in kept.due("cms", now=NOW, limit=9)] == ["evt_1"]


def test_old_events_are_forgotten(database: Database) -> None:
    kept, later = database.webhooks, NOW + KEPT_FOR + timedelta(seconds=1)
    kept.keep([SENT], now=NOW)

    kept.keep([replace(SENT, name="evt_2", made_at=later)], now=later)

    assert [one.name for one in kept.listed(limit=9)] == ["evt_2"]
