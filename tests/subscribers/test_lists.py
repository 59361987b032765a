from __future__ import annotations

from pathlib import Path

from subscribers import lists, preferences
from subscribers.lists import Growth
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, HOUR, NOW, join, load, sign_up


def test_growth_counts_who_came_and_who_left_since(database: SubscriberDatabase, tmp_path: Path) -> None:
    join(database, "early@harbour.example", now=NOW - 40 * DAY)
    left = join(database, "left@harbour.example", now=NOW - 40 * DAY)
    join(database, "new@harbour.example", now=NOW - 2 * DAY)
    join(database, "new@harbour.example", "evening", now=NOW - 40 * DAY)
    sign_up(database, "waiting@harbour.example", now=NOW - DAY)
    rows = "email,confirm_time\nold@harbour.example,2020-01-02 03:04:05\n"
    load(database, tmp_path, rows)
    preferences.unsubscribe(database, left, "morning", now=NOW - HOUR)

    assert lists.grown(database, since=NOW - 30 * DAY) == {"morning": Growth(joined=1, left=1)}
    assert lists.grown(database, since=NOW - 50 * DAY) == {
        "morning": Growth(joined=3, left=1),
        "evening": Growth(joined=1, left=0),
    }
