from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from subscribers import feedback, people, preferences, privacy, suppression
from subscribers.errors import UnknownSubscriber
from subscribers.feedback import FeedbackEvent, FeedbackKind
from subscribers.model import SubscriptionState, SuppressionKind
from subscribers.privacy import GRACE, Retention
from subscribers.storage.database import SubscriberDatabase
from subscribers.storage.tables import suppressions
from tests.subscribers.readers import DAY, HOUR, NOW, SECOND, barred, join, load, mailed, sign_up

ANN = "ann@harbour.example"


def _bounce(database: SubscriberDatabase, address: str = ANN) -> None:
    event = FeedbackEvent(
        "e1", FeedbackKind.BOUNCED, address, NOW, is_permanent=True, reason=f"{address} ?"
    )
    feedback.record(database, [event], now=NOW)


def test_everything_about_a_person_is_one_json_object(database: SubscriberDatabase) -> None:
    ann = join(database, ANN)
    people.tag(database, ann, ["VIP"])
    _bounce(database)

    told = privacy.everything(database, ANN)

    assert json.loads(json.dumps(told)) == told
    assert set(told) == {"subscriber", "subscriptions", "consents", "suppressions", "events"}
    text = json.dumps(told)
    for fact in (
        ann,
        ANN,
        "VIP",
        "morning",
        "Send me the morning edition.",
        "hard_bounce",
        "e1",
        "2026-11-23T06:00:00+00:00",
    ):
        assert fact in text


def test_only_the_suppression_or_the_event_of_a_stranger_is_told(database: SubscriberDatabase) -> None:
    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=NOW)
    feedback.record(database, [FeedbackEvent("e", FeedbackKind.BOUNCED, "bob@x.example", NOW)], now=NOW)

    assert privacy.everything(database, ANN)["subscriber"] is None
    assert list(privacy.everything(database, "bob@x.example")) == ["events"]
    with pytest.raises(UnknownSubscriber):
        privacy.everything(database, "nobody@x.example")


def test_an_erased_person_is_gone_and_stays_out(database: SubscriberDatabase, tmp_path: Path) -> None:
    ann = join(database, ANN)
    people.tag(database, ann, ["VIP"])
    _bounce(database)

    assert privacy.erase(database, ANN, now=NOW) is True
    assert privacy.erase(database, ANN, now=NOW) is False

    with pytest.raises(UnknownSubscriber):
        people.get(database, ann)
    assert load(database, tmp_path, f"email\n{ANN}\n").kept_out == 1
    assert mailed(database) == set()


def test_the_last_look_still_knows_an_erased_address_until_its_grace_is_over(
    database: SubscriberDatabase,
) -> None:
    join(database, ANN)
    privacy.erase(database, ANN, now=NOW)

    assert privacy.retain(database, now=NOW + GRACE - SECOND).addresses == 0
    assert barred(database) == {ANN}
    assert privacy.retain(database, now=NOW + GRACE).addresses == 1
    assert barred(database) == set()


def test_after_the_grace_no_byte_of_the_address_is_left_in_the_file(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    join(sqlite_database, "unmistakable@harbour.example")
    _bounce(sqlite_database, "unmistakable@harbour.example")
    join(sqlite_database, ANN)
    file = Path(str(sqlite_database.engine.url.database))

    privacy.erase(sqlite_database, "unmistakable@harbour.example", now=NOW)
    privacy.retain(sqlite_database, now=NOW + GRACE)
    sqlite_database.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()

    assert b"unmistakable" not in file.read_bytes()
    assert b"ann@harbour" in file.read_bytes()


def test_erasing_a_stranger_keeps_imports_out(database: SubscriberDatabase, tmp_path: Path) -> None:
    assert privacy.erase(database, ANN, now=NOW, grace=timedelta(0)) is False

    assert load(database, tmp_path, f"email\n{ANN}\n", now=NOW + DAY).kept_out == 1


def test_unconfirmed_sign_ups_are_forgotten_and_an_earlier_no_is_not(database: SubscriberDatabase) -> None:
    sign_up(database, ANN)
    bob = join(database, "bob@x.example")
    sign_up(database, "bob@x.example", "evening")
    cid = join(database, "cid@x.example", now=NOW - DAY)
    preferences.unsubscribe(database, cid, "morning", now=NOW - HOUR)
    sign_up(database, "cid@x.example")

    assert privacy.retain(database, now=NOW + 30 * DAY).pending == 0
    assert privacy.retain(database, now=NOW + 30 * DAY + SECOND).pending == 3

    with pytest.raises(UnknownSubscriber):
        people.show(database, ANN)
    assert [one.mailing_list for one in people.show(database, "bob@x.example").subscriptions] == ["morning"]
    (one,) = people.show(database, "cid@x.example").subscriptions
    assert (one.state, one.ended_at) == (SubscriptionState.ENDED, NOW - HOUR)
    assert mailed(database) == {people.get(database, bob).canonical}


def test_old_events_go_unless_a_suppression_rests_on_them(database: SubscriberDatabase) -> None:
    _bounce(database)
    soft = FeedbackEvent("e2", FeedbackKind.BOUNCED, "bob@x.example", NOW)
    feedback.record(database, [soft], now=NOW)

    assert privacy.retain(database, now=NOW + 181 * DAY).events == 1
    assert "events" in privacy.everything(database, ANN)


def test_people_long_gone_become_a_hash_when_asked(database: SubscriberDatabase, tmp_path: Path) -> None:
    preferences.unsubscribe(database, join(database, ANN), "morning", now=NOW + HOUR)
    bob = join(database, "bob@x.example")
    join(database, "bob@x.example", "evening")
    preferences.unsubscribe(database, bob, "morning", now=NOW + HOUR)
    later = NOW + 400 * DAY

    assert privacy.retain(database, now=later).people == 0
    assert privacy.retain(database, now=later, retention=Retention(ended=365 * DAY)).people == 1

    assert [one.id for one in people.search(database)] == [bob]
    assert barred(database, []) == set()
    assert load(database, tmp_path, f"email\n{ANN}\n", now=later).kept_out == 1
    join(database, ANN, now=later)
    assert mailed(database, now=later + DAY) == {ANN}


def _kept(database: SubscriberDatabase) -> list[tuple[str, str | None, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(suppressions).order_by(suppressions.c.kind))
        return [(row.kind, row.canonical, row.reason) for row in rows]


@pytest.mark.parametrize("grace", [timedelta(0), GRACE])
@pytest.mark.parametrize(
    ("word", "kind"), [("bounced", "hard_bounce"), ("complained", "complaint"), ("blocked", "manual")]
)
def test_an_import_brings_no_address_of_an_erased_person_back(
    database: SubscriberDatabase, tmp_path: Path, word: str, kind: str, grace: timedelta
) -> None:
    join(database, ANN)
    privacy.erase(database, ANN, now=NOW + HOUR, grace=grace)

    load(database, tmp_path, f"email,status\n{ANN},{word}\n", now=NOW + 2 * HOUR)
    privacy.retain(database, now=NOW + HOUR + GRACE)

    assert _kept(database) == sorted([("erased", None, ""), (kind, None, "")])


def test_an_operators_suppression_brings_no_address_of_an_erased_person_back(
    database: SubscriberDatabase,
) -> None:
    join(database, ANN)
    privacy.erase(database, ANN, now=NOW, grace=timedelta(0))

    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=NOW + DAY, reason=f"{ANN} rang")

    assert _kept(database) == [("erased", None, ""), ("manual", None, "")]


def test_a_strangers_unconfirmed_sign_up_of_an_erased_address_goes_without_a_trace(
    database: SubscriberDatabase, tmp_path: Path
) -> None:
    join(database, ANN)
    privacy.erase(database, ANN, now=NOW)
    privacy.retain(database, now=NOW + GRACE)
    sign_up(database, ANN, now=NOW + 4 * DAY)
    load(database, tmp_path, f"email,status\n{ANN},bounced\n", now=NOW + 5 * DAY)

    assert [canonical for _, canonical, _ in _kept(database)] == [ANN, ANN]
    assert privacy.retain(database, now=NOW + 40 * DAY).pending == 1
    assert _kept(database) == [("erased", None, ""), ("hard_bounce", None, "")]
    assert load(database, tmp_path, f"email\n{ANN}\n", now=NOW + 41 * DAY).kept_out == 1


def test_a_strangers_unconfirmed_sign_up_of_someone_long_gone_goes_without_a_trace(
    database: SubscriberDatabase,
) -> None:
    preferences.unsubscribe(database, join(database, ANN), "morning", now=NOW + HOUR)
    later = NOW + 400 * DAY
    privacy.retain(database, now=later, retention=Retention(ended=365 * DAY))
    sign_up(database, ANN, now=later)

    privacy.retain(database, now=later + 31 * DAY)

    assert _kept(database) == [("unsubscribed_all", None, "")]


def test_the_reason_of_a_suppression_goes_with_the_person(database: SubscriberDatabase) -> None:
    join(database, ANN)
    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=NOW, reason="Ann Lee rang, 555 0100")

    privacy.erase(database, ANN, now=NOW + HOUR)

    assert [reason for _, _, reason in _kept(database)] == ["", ""]


def test_the_reason_of_a_suppression_goes_when_the_address_does(database: SubscriberDatabase) -> None:
    preferences.unsubscribe(database, join(database, ANN), "morning", now=NOW + HOUR)
    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=NOW, reason="Ann Lee rang, 555 0100")

    privacy.retain(database, now=NOW + 400 * DAY, retention=Retention(ended=365 * DAY))

    assert _kept(database) == [("manual", None, ""), ("unsubscribed_all", None, "")]
